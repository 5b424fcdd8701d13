"""Folding: branches that come to the same become one, as far as one line of assumptions can say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from itertools import combinations

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.truth import Truth
from lawengine.deciding.decision import Assumed, Branch, RuleOutcome
from lawengine.deciding.leaf import Leaf
from lawengine.deciding.outcome import outcome_key, violations
from lawengine.evaluation.domains import adjoin, compare, hull
from lawengine.evaluation.facts import UNKNOWN, Among, Domain, FactKey
from lawengine.evaluation.states import Scene
from lawengine.evaluation.trace import Need, Question, merge_needs
from lawengine.explanation.phrasing import domain_label, fact_label, fill
from lawengine.explanation.reason import Reason
from lawengine.model.expressions import Comparison
from lawengine.model.scenarios import RuleState

MAX_GATHERED = 64
"""Where more branches than this are left, only neighbours are joined: every pair is looked at."""

About = FactKey | Question


@dataclass(frozen=True, slots=True)
class Grown:
    """A branch with the leaf it was read from, and the scenes of all leaves folded into it."""

    branch: Branch
    leaf: Leaf
    scenes: tuple[Scene, ...]


def assumed_label(scene: Scene, key: FactKey, domain: Domain) -> Label:
    """Return what is assumed of a fact, in words."""
    fact = scene.rulebook.vocabulary.fact(key.entity, key.fact)
    value = domain_label(domain, fact.type, scene.rulebook)
    return fill(Label("{a}: {b}", "{a}：{b}"), a=fact_label(fact), b=value)


def fold(grown: Sequence[Grown], scene: Scene, line: Sequence[Assumed]) -> list[Grown]:
    """Return the branches with those joined that come to the same.

    Neighbours that differ in one answer become one; so do branches whose common bounds hold no
    case of another outcome. An answer that makes no difference is dropped and said so. `line` is
    what `scene` itself assumes: a part of it that was split further comes back whole.
    """
    folder = _Folder(scene, {assumed.about: assumed for assumed in line}, list(grown))
    while folder.step(folder.join):
        pass
    if len(folder.items) <= MAX_GATHERED:
        while folder.step(folder.gather):
            pass
    return folder.items


_Way = Callable[[int, int], "tuple[Grown, list[int]] | None"]


@dataclass(slots=True)
class _Folder:
    scene: Scene
    above: Mapping[About, Assumed]
    items: list[Grown]
    outcomes: list[object] = field(init=False)
    _reach: dict[tuple[int, About], tuple[Grown, Domain]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.outcomes = [(outcome_key(item.branch), violations(item.leaf)) for item in self.items]

    def step(self, way: _Way) -> bool:
        """Join one pair that comes to the same, and tell whether there was one."""
        for i, j in combinations(range(len(self.items)), 2):
            if self.outcomes[i] != self.outcomes[j]:
                continue
            found = way(i, j)
            if found is not None:
                together, taken = found
                self.items[i] = together
                for number in sorted(taken, reverse=True):
                    del self.items[number], self.outcomes[number]
                return True
        return False

    # --- neighbours ---

    def join(self, i: int, j: int) -> tuple[Grown, list[int]] | None:
        """Return two branches as one, or None where several answers differ."""
        ours, theirs = _said(self.items[i]), _said(self.items[j])
        if set(ours) != set(theirs):
            return None
        differing = [about for about in ours if ours[about].domain != theirs[about].domain]
        if len(differing) != 1:
            return None
        domain = adjoin(ours[differing[0]].domain, theirs[differing[0]].domain)
        if domain is None:
            return None
        return self._together([i, j], {differing[0]: domain}), [j]

    # --- common bounds ---

    def gather(self, i: int, j: int) -> tuple[Grown, list[int]] | None:
        """Return two branches as one where nothing else lies within their common bounds.

        INVARIANT: the branches of a scene contain all its cases. So what lies within the common
        bounds and in no other branch lies in one of the two.
        """
        one, two = self.items[i], self.items[j]
        box = {
            about: domain
            for about in {**_said(one), **_said(two)}
            if not self._whole(about, domain := _cover(self._of(one, about), self._of(two, about)))
        }
        taken = [j]
        for number, other in enumerate(self.items):
            if number in (i, j) or self._apart(other, box):
                continue
            if self.outcomes[number] != self.outcomes[i] or not self._inside(other, box):
                return None
            taken.append(number)
        stated = {about for number in (i, *taken) for about in _said(self.items[number])}
        changed = {about: box.get(about, UNKNOWN) for about in stated}
        return self._together([i, *taken], changed), taken

    def _of(self, item: Grown, about: About) -> Domain:
        """Return what the branch says of a fact, or what follows from all it says."""
        key = (id(item), about)
        if key not in self._reach:
            # the item is kept beside it, so that its id is not used again
            self._reach[key] = (item, self._found(item, about))
        return self._reach[key][1]

    def _found(self, item: Grown, about: About) -> Domain:
        said = _said(item).get(about)
        if said is not None:
            return said.domain
        if isinstance(about, Question):
            return UNKNOWN
        entries = [scene.entry(about) for scene in item.scenes]
        return hull([entry.domain if entry is not None else UNKNOWN for entry in entries])

    def _apart(self, item: Grown, box: Mapping[About, Domain]) -> bool:
        equal = (compare(Comparison.EQUAL, self._of(item, about), box[about]) for about in box)
        return any(found is Truth.FALSE for found in equal)

    def _inside(self, item: Grown, box: Mapping[About, Domain]) -> bool:
        return all(_cover(self._of(item, about), box[about]) == box[about] for about in box)

    # --- putting together ---

    def _whole(self, about: About, domain: Domain) -> bool:
        """Tell whether nothing is assumed any more: the scene leaves no more open."""
        if domain == UNKNOWN or isinstance(about, Question):
            return domain == UNKNOWN
        fact = self.scene.rulebook.vocabulary.fact(about.entity, about.fact)
        if isinstance(domain, Among):
            choices = self.scene.rulebook.vocabulary.choices[fact.type.choices].members
            if len(domain.options) == len(choices):
                return True
        entry = self.scene.entry(about)
        return entry is not None and _cover(entry.domain, domain) == domain

    def _together(self, numbers: Sequence[int], changed: Mapping[About, Domain]) -> Grown:
        """Return the branches as one that assumes `changed`; what is whole is dropped."""
        items = [self.items[number] for number in numbers]
        said = {
            about: assumed for item in reversed(items) for about, assumed in _said(item).items()
        }
        order = dict.fromkeys(about for item in items for about in _said(item))
        needs = merge_needs(
            *(assumed.needs for item in items for assumed in item.branch.assumptions
              if assumed.about in changed)
        )  # fmt: skip
        branch = items[0].branch
        for other in items[1:]:
            branch = _either(branch, other.branch, needs)
        line, dropped = [], []
        for about in order:
            domain = changed.get(about, said[about].domain)
            if about not in changed:
                line.append(said[about])
            elif not self._whole(about, domain):
                line.append(self._assumed(said[about], domain))
            elif about in self.above:
                line.append(self.above[about])
            else:
                dropped.append(about)
        notes = tuple(self._note(about) for about in dropped)
        reason = replace(branch.reason, children=(*branch.reason.children, *notes))
        branch = replace(branch, assumptions=tuple(line), reason=reason)
        scenes = tuple(scene for item in items for scene in item.scenes)
        return Grown(branch, items[0].leaf, scenes)

    def _assumed(self, old: Assumed, domain: Domain) -> Assumed:
        if old.domain == domain or not isinstance(old.about, FactKey):
            return old
        return replace(old, domain=domain, label=assumed_label(self.scene, old.about, domain))

    def _note(self, about: About) -> Reason:
        book = self.scene.rulebook
        if isinstance(about, FactKey):
            label = fact_label(book.vocabulary.fact(about.entity, about.fact))
            return Reason("either_way", {"what": label}, fact=about)
        return Reason("either_way", {"what": book.rules[about.rule].label})


def _said(item: Grown) -> dict[About, Assumed]:
    return {assumed.about: assumed for assumed in item.branch.assumptions}


def _cover(one: Domain, two: Domain) -> Domain:
    """Return the least bounds that hold both; nothing is known where one is not."""
    return UNKNOWN if UNKNOWN in (one, two) else hull([one, two])


def _either(one: Branch, two: Branch, needs: tuple[Need, ...]) -> Branch:
    """Return what can be said of both branches: a rule that differs between them is open."""
    others = {outcome.rule: outcome for outcome in two.rules}
    rules = tuple(
        rule
        if others[rule.rule].state is rule.state
        else replace(
            rule,
            state=RuleState.UNDETERMINED,
            defeated_by="",
            needs=merge_needs(rule.needs, others[rule.rule].needs, needs),
            reason=_open_reason(rule, others[rule.rule]),
        )
        for rule in one.rules
    )
    effects = tuple(effect for effect in one.effects if effect in two.effects)
    return replace(one, rules=rules, effects=effects)


def _open_reason(one: RuleOutcome, two: RuleOutcome) -> Reason:
    """Return why a rule is open that differs between two branches with the same outcome.

    Edges: the argument of one branch, that it applies or does not, would be false for the other.
    """
    for rule in (one, two):
        if rule.state is RuleState.UNDETERMINED:
            return rule.reason
    words = {"rule": one.label or Label(one.rule, one.rule)}
    return Reason("rule_either", words, law=one.law or two.law)
