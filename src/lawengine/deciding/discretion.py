"""From a lawful range to the part of it that a discretion standard recommends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lawengine.base.label import Label
from lawengine.deciding.folding import Grown, assumed_label
from lawengine.deciding.leaf import Applied, Leaf, grow
from lawengine.deciding.outcome import mercy_of
from lawengine.deciding.recommended import Recommended
from lawengine.deciding.recommending import Recommending
from lawengine.deciding.standards import worlds
from lawengine.evaluation.facts import Origin
from lawengine.evaluation.states import Scene
from lawengine.evaluation.trace import Need, merge_needs
from lawengine.model.measures import EffectKind
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import Role
from lawengine.sanctions.concurrence import Norm
from lawengine.sanctions.discretion import STEP_EFFECTS
from lawengine.sanctions.packages import FineRange

MAX_SCENES = 32
"""Answers that came to one outcome and are looked at again for what each says of the step."""
_DATES = (Role.CONDUCT_DATE, Role.DECISION_DATE)


def recommend(grown: Sequence[Grown], *, lighter: bool) -> list[Grown]:
    """Return the branches with what the discretion standards recommend for each.

    The lawful range of a branch hangs on no standard, so nothing else in it changes. Where answers
    that come to one lawful range, or what is open of the standard itself, call for different steps,
    each gets a line: an unknown circumstance never counts as none.
    """
    if not grown or not grown[0].leaf.scene.rulebook.standards:
        return list(grown)
    return [
        replace(item, branch=replace(item.branch, recommended=tuple(_lines(item, lighter=lighter))))
        for item in grown
    ]


def _lines(item: Grown, *, lighter: bool) -> Iterator[Recommended]:
    """Yield what is recommended under a branch, one line for each answer that differs."""
    if item.branch.open:
        return
    found: dict[str, list[Recommended]] = {}
    for scene, bearing, said, needs in _answers(item, lighter=lighter):
        for line in _of_scene(item.leaf, scene, bearing):
            assumptions = (*said, *line.assumptions)
            needed = merge_needs(needs, line.needs)
            line_ = replace(line, assumptions=assumptions, needs=needed)
            found.setdefault(line.rule, []).append(line_)
    whole = len(item.scenes) <= MAX_SCENES
    for lines in found.values():
        if any(line.standards for line in lines):
            yield from _folded(lines if whole else [replace(one, open=True) for one in lines])


def _folded(lines: Sequence[Recommended]) -> Iterator[Recommended]:
    """Yield lines that recommend the same as one; what makes no difference is not assumed."""
    kinds: dict[object, list[Recommended]] = {}
    for line in lines:
        kinds.setdefault(line.same, []).append(line)
    if len(kinds) == 1:
        settled = lines[0].open
        yield replace(lines[0], assumptions=(), needs=lines[0].needs if settled else ())
        return
    for group in kinds.values():
        shared = set(group[0].assumptions).intersection(*(one.assumptions for one in group))
        kept = tuple(one for one in group[0].assumptions if one in shared)
        yield replace(group[0], assumptions=kept or group[0].assumptions)


_Answer = tuple[Scene, tuple[Applied, ...], tuple[Label, ...], tuple[Need, ...]]


def _answers(item: Grown, *, lighter: bool) -> Iterator[_Answer]:
    """Yield each answer that was folded into a branch, with the effects that bear on the step.

    With it come the assumptions that it makes beside those of the branch. What else the answers say
    is the same: that is why they were folded. A standard may still weigh what they differ in.
    """
    rules = _step_rules(item.leaf.scene.rulebook)
    differ = _hangs_on_answers(item, rules)
    told = {assumed.about for assumed in item.branch.assumptions}
    for scene in item.scenes[:MAX_SCENES]:
        leaf = item.leaf
        if differ and scene is not item.leaf.scene:
            leaf = grow(scene, lighter=lighter, names=rules)
        keys = [
            key
            for key, entry in scene.entries.items()
            if len(item.scenes) > 1 and entry.origin is Origin.ASSUMED and key not in told
        ]
        said = tuple(assumed_label(scene, key, scene.entries[key].domain) for key in keys)
        yield scene, _of_step(leaf), said, tuple(Need(key) for key in keys)


def _of_step(leaf: Leaf) -> tuple[Applied, ...]:
    return tuple(applied for applied in leaf.effects if applied.effect.kind in STEP_EFFECTS)


def _step_rules(rulebook: Rulebook) -> tuple[str, ...]:
    """Return the rules whose effects bear on the step, and the one on the lighter later law.

    The other rules are asked where one of these asks for them.
    """
    wanted = STEP_EFFECTS | {EffectKind.LATER_LIGHTER_LAW}
    return tuple(
        name
        for name in rulebook.rules
        if name in rulebook.general
        and any(effect.kind in wanted for effect in rulebook.rules[name].effects())
    )


def _hangs_on_answers(item: Grown, rules: Sequence[str]) -> bool:
    """Tell whether the answers folded into a branch can differ in what bears on the step."""
    first, *others = item.scenes
    if not others:
        return False
    if any(scene.answers != first.answers for scene in others):
        return True
    keys = {
        key
        for scene in others
        for key in {*scene.entries, *first.entries}
        if scene.entries.get(key) != first.entries.get(key)
    }
    book = first.rulebook
    read = frozenset().union(*(book.facts_read[name] for name in rules))
    dates = {fact.path for fact in (book.roles.get(role) for role in _DATES) if fact is not None}
    return any(f"{key.entity}.{key.fact}" in read | dates for key in keys)


def _of_scene(leaf: Leaf, scene: Scene, bearing: Sequence[Applied]) -> Iterator[Recommended]:
    """Yield what is recommended for each provision that allows a fine on the act.

    `scene` is that of the leaf, or one that came to the same lawful outcome.
    """
    mercy = mercy_of(leaf)
    if mercy.exempt is not None:
        for world in worlds(scene, _authority(leaf)) if leaf.norms else ():
            yield Recommending(leaf, world, bearing).nothing(mercy.exempt)
    elif mercy.no_fine is None:
        for norm, authority, fine in _fines(leaf):
            for world in worlds(scene, authority):
                yield Recommending(leaf, world, bearing).fine(norm.rule, fine)


def _authority(leaf: Leaf) -> str:
    found = (state.version.authority for _, _, state, _ in leaf.norms if state.version is not None)
    return next((authority for authority in found if authority), "")


def _fines(leaf: Leaf) -> Iterator[tuple[Norm, str, FineRange]]:
    """Yield the fines that stand, each with the authority that its provision names."""
    standing = list(leaf.settled.standing)
    for norm, _, state, _ in leaf.norms:
        fine = norm.item.fine
        if norm in standing and fine is not None and state.version is not None:
            standing.remove(norm)
            yield norm, state.version.authority, fine
