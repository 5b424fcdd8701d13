"""Branches: an open question never collapses the answer, it gives one line per answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from itertools import combinations
from typing import Protocol

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.deciding.decision import Assumed, Branch
from lawengine.deciding.leaf import Leaf, RuledOut, grow
from lawengine.deciding.outcome import outcome, outcome_key, violations
from lawengine.deciding.reasoning import Reasoner, ReasonsTold
from lawengine.evaluation.domains import adjoin, segments
from lawengine.evaluation.facts import (
    UNKNOWN,
    Among,
    CaseFacts,
    Domain,
    Entry,
    FactKey,
    Known,
    Origin,
)
from lawengine.evaluation.prepare import prepare
from lawengine.evaluation.states import EXCLUDED, Scene
from lawengine.evaluation.trace import Need, Question, merge_needs
from lawengine.explanation.phrasing import domain_label, fact_label, fill
from lawengine.explanation.reason import Reason
from lawengine.model.scenarios import RuleState
from lawengine.model.types import Kind

MAX_DEPTH = 8
MAX_CHOICES = 12
"""At most eight facts are open at once; a list of over twelve choices is asked, not split."""
MAX_LEAVES = 512
"""Combinations of answers that are tried; where there are more, the rest stays open and says so."""


@dataclass(frozen=True, slots=True)
class Grown:
    """A branch with the leaf it was read from."""

    branch: Branch
    leaf: Leaf


class Teller(Protocol):
    """Grows the leaves of one act and tells what each of them stands for."""

    def grow(self, scene: Scene, ruled_out: RuledOut | None) -> Leaf:
        """Return the leaf of a scene; `ruled_out` as in `grow`."""

    def tell(self, leaf: Leaf, line: tuple[Assumed, ...]) -> Branch:
        """Return the branch that a leaf stands for."""


@dataclass(frozen=True, slots=True)
class _Reasoning:
    """Asks every rule and tells everything with its reasons: the meaning."""

    lighter: bool
    told: ReasonsTold = field(default_factory=dict)

    def grow(self, scene: Scene, ruled_out: RuledOut | None) -> Leaf:
        return grow(scene, lighter=self.lighter, ruled_out=ruled_out)

    def tell(self, leaf: Leaf, line: tuple[Assumed, ...]) -> Branch:
        return outcome(leaf, line, Reasoner(leaf, self.told))


@dataclass(frozen=True, slots=True)
class _Explorer:
    case: CaseFacts
    teller: Teller

    def explore(
        self,
        scene: Scene,
        overrides: Mapping[FactKey, Entry],
        line: tuple[Assumed, ...],
        leaves: int = MAX_LEAVES,
        ruled_out: RuledOut | None = None,
    ) -> list[Grown]:
        leaf = self.teller.grow(scene, ruled_out)
        answers = list(self._answers(scene, overrides, leaf)) if len(line) < MAX_DEPTH else []
        if not answers or len(answers) > leaves:
            return [Grown(self.teller.tell(leaf, line), leaf)]
        found: list[Grown] = []
        for inner, changed, assumed in answers:
            others = tuple(other for other in line if other.about != assumed.about)
            share = leaves // len(answers)
            found += self.explore(inner, changed, (*others, assumed), share, leaf.ruled_out)
        # folded level by level: what is dropped here is all that this scene leaves open
        return fold(found, scene, line)

    def _answers(
        self, scene: Scene, overrides: Mapping[FactKey, Entry], leaf: Leaf
    ) -> Iterator[tuple[Scene, Mapping[FactKey, Entry], Assumed]]:
        """Yield the scene under each answer to the first open question that has answers."""
        needs = merge_needs(*(block.needs for block in leaf.blocking))
        for key in dict.fromkeys(need.key for need in needs):
            domains = _split(key, [need for need in needs if need.key == key], scene)
            if len(domains) > 1:
                yield from self._by_fact(scene, overrides, key, domains)
                return
        for block in leaf.blocking:
            question = block.question
            if question is not None and question.wording and question not in scene.answers:
                for answer in (False, True):
                    answers = {**scene.answers, question: answer}
                    label = _question_label(scene, question, answer=answer)
                    assumed = Assumed(question, Known(answer), label, block.needs)
                    yield replace(scene, answers=answers), overrides, assumed
                return

    def _by_fact(
        self, scene: Scene, overrides: Mapping[FactKey, Entry], key: FactKey, domains: list[Domain]
    ) -> Iterator[tuple[Scene, Mapping[FactKey, Entry], Assumed]]:
        for domain in domains:
            changed = {**overrides, key: _assume(scene, key, domain)}
            prepared = prepare(self.case, scene.rulebook, changed)
            if prepared.diagnostics:
                continue  # that answer contradicts the bounds of another fact
            assumed = Assumed(key, domain, _label(scene, key, domain), (Need(key),))
            yield replace(scene, entries=prepared.entries), changed, assumed


def explore(
    case: CaseFacts,
    scene: Scene,
    overrides: Mapping[FactKey, Entry],
    *,
    lighter: bool,
    teller: Teller | None = None,
) -> list[Grown]:
    """Return the branches of one act: one where nothing that matters is open, else one an answer.

    Answers that lead to the same outcome are one branch, so what holds at every point of a
    fact's bounds is determined. A condition that hangs on several facts at once is itself the
    question. Law: unsettled judgements stay open to the officer; the engine decides none of them.
    `teller` may leave out reasons and rules that the case cannot touch.
    """
    return _Explorer(case, teller or _Reasoning(lighter)).explore(scene, overrides, ())


def _assume(scene: Scene, key: FactKey, domain: Domain) -> Entry:
    old = scene.entry(key)
    if old is None:
        return Entry(domain, Origin.ASSUMED)
    return replace(old, domain=domain, origin=Origin.ASSUMED)


def _split(key: FactKey, needs: list[Need], scene: Scene) -> list[Domain]:
    """Return the answers to a fact that make a difference; none where they cannot be listed."""
    if not key.fact:
        return []
    fact = scene.rulebook.vocabulary.fact(key.entity, key.fact)
    entry = scene.entry(key)
    domain = entry.domain if entry is not None else UNKNOWN
    if fact.type.kind is Kind.YES_NO:
        return [Known(value=False), Known(value=True)]
    if fact.type.kind is Kind.CHOICE:
        options = [m.name for m in scene.rulebook.vocabulary.choices[fact.type.choices].members]
        if isinstance(domain, Among):
            options = [option for option in options if option in domain.options]
        return [Known(option) for option in options] if len(options) <= MAX_CHOICES else []
    if fact.type.kind is Kind.RATE:
        return []
    cuts = [(need.cut.comparison, need.cut.value) for need in needs if need.cut is not None]
    return segments(domain, cuts)


def _label(scene: Scene, key: FactKey, domain: Domain) -> Label:
    fact = scene.rulebook.vocabulary.fact(key.entity, key.fact)
    value = domain_label(domain, fact.type, scene.rulebook)
    return fill(Label("{a}: {b}", "{a}：{b}"), a=fact_label(fact), b=value)


def _question_label(scene: Scene, question: Question, *, answer: bool) -> Label:
    rule = scene.rulebook.rules[question.rule]
    label = rule.label or Label(rule.name, rule.name)
    value = Label("met", "符合") if answer else Label("not met", "不符合")
    template = Label("conditions of “{a}”: {b}", "“{a}”的条件：{b}")
    if question.tier == EXCLUDED:
        excluded = Label("excluded", "排除") if answer else Label("not excluded", "不排除")
        template = Label("“{a}” by another rule: {b}", "“{a}”被其他规则：{b}")
        return fill(template, a=label, b=excluded)
    if question.band >= 0:
        number = Label(str(question.band + 1), str(question.band + 1))
        template = Label("alternative {c} of the fine of “{a}”: {b}", "“{a}”罚款的第{c}种情形：{b}")
        return fill(template, a=label, b=value, c=number)
    if question.tier >= 0:
        number = Label(str(question.tier + 1), str(question.tier + 1))
        template = Label("tier {c} of “{a}”: {b}", "“{a}”的第{c}档：{b}")
        return fill(template, a=label, b=value, c=number)
    return fill(template, a=label, b=value)


def fold(grown: list[Grown], scene: Scene, line: tuple[Assumed, ...]) -> list[Grown]:
    """Return the branches with those joined that come to the same and differ in one answer only.

    Neighbouring periods become one; an answer that makes no difference is dropped and said so.
    `line` is what `scene` itself assumes: a part of it that was split further comes back whole.
    """
    above = {assumed.about: assumed for assumed in line}
    items = list(grown)
    outcomes = [(outcome_key(item.branch), violations(item.leaf)) for item in items]
    joined = True
    while joined:
        joined = False
        for i, j in combinations(range(len(items)), 2):
            if outcomes[i] != outcomes[j]:
                continue
            together = _join(items[i], items[j], scene, above)
            if together is not None:
                items[i] = together
                del items[j], outcomes[j]
                joined = True
                break
    return items


def _join(
    one: Grown, two: Grown, scene: Scene, above: Mapping[FactKey | Question, Assumed]
) -> Grown | None:
    """Return two branches of one outcome as one, or None where several answers differ."""
    ours = {assumed.about: assumed for assumed in one.branch.assumptions}
    theirs = {assumed.about: assumed for assumed in two.branch.assumptions}
    if set(ours) != set(theirs):
        return None
    differing = [about for about in ours if ours[about].domain != theirs[about].domain]
    if len(differing) != 1:
        return None
    about = differing[0]
    domain = adjoin(ours[about].domain, theirs[about].domain)
    if domain is None:
        return None
    needs = merge_needs(ours[about].needs, theirs[about].needs)
    both = Grown(_either(one.branch, two.branch, needs), one.leaf)
    if isinstance(about, Question):
        return _without(both, about, scene)
    if domain == UNKNOWN or _whole(scene, about, domain):
        if about not in above:
            return _without(both, about, scene)
        wider = above[about]
    else:
        wider = replace(ours[about], domain=domain, label=_label(scene, about, domain))
    line = tuple(wider if a.about == about else a for a in both.branch.assumptions)
    return Grown(replace(both.branch, assumptions=line), one.leaf)


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
        )
        for rule in one.rules
    )
    effects = tuple(effect for effect in one.effects if effect in two.effects)
    return replace(one, rules=rules, effects=effects)


def _whole(scene: Scene, key: FactKey, domain: Domain) -> bool:
    """Tell whether nothing is assumed any more: the domain is all that the file leaves open."""
    fact = scene.rulebook.vocabulary.fact(key.entity, key.fact)
    if isinstance(domain, Among):
        choices = scene.rulebook.vocabulary.choices[fact.type.choices].members
        if len(domain.options) == len(choices):
            return True
    entry = scene.entry(key)
    return entry is not None and entry.domain == domain


def _without(grown: Grown, key: FactKey | Question, scene: Scene) -> Grown:
    if isinstance(key, FactKey):
        label = fact_label(scene.rulebook.vocabulary.fact(key.entity, key.fact))
        note = Reason("either_way", {"what": label}, fact=key)
    else:
        note = Reason("either_way", {"what": scene.rulebook.rules[key.rule].label})
    reason = replace(grown.branch.reason, children=(*grown.branch.reason.children, note))
    kept = tuple(assumed for assumed in grown.branch.assumptions if assumed.about != key)
    return Grown(replace(grown.branch, assumptions=kept, reason=reason), grown.leaf)
