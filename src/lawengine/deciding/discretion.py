"""From a lawful range to the part of it that a discretion standard recommends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lawengine.base.label import Label
from lawengine.deciding.folding import Grown, assumed_label
from lawengine.deciding.leaf import Leaf, grow
from lawengine.deciding.outcome import mercy_of
from lawengine.deciding.recommended import Recommended
from lawengine.deciding.recommending import Recommending
from lawengine.deciding.standards import worlds
from lawengine.evaluation.facts import Origin
from lawengine.evaluation.trace import Need, merge_needs
from lawengine.sanctions.concurrence import Norm
from lawengine.sanctions.discretion import STEP_EFFECTS
from lawengine.sanctions.packages import FineRange

MAX_SCENES = 16
"""Answers that came to one outcome and are looked at again for what each says of the step."""


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
    for leaf, said, needs in _leaves(item, lighter=lighter):
        for line in _of_leaf(leaf):
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


def _leaves(
    item: Grown, *, lighter: bool
) -> Iterator[tuple[Leaf, tuple[Label, ...], tuple[Need, ...]]]:
    """Yield the leaves folded into a branch, with what each assumes beside the branch."""
    if len(item.scenes) == 1:
        yield item.leaf, (), ()
        return
    told = {assumed.about for assumed in item.branch.assumptions}
    for scene in item.scenes[:MAX_SCENES]:
        leaf = item.leaf if scene is item.leaf.scene else grow(scene, lighter=lighter)
        keys = [
            key
            for key, entry in scene.entries.items()
            if entry.origin is Origin.ASSUMED and key not in told
        ]
        said = tuple(assumed_label(scene, key, scene.entries[key].domain) for key in keys)
        yield leaf, said, tuple(Need(key) for key in keys)


def _of_leaf(leaf: Leaf) -> Iterator[Recommended]:
    """Yield what is recommended for each provision that allows a fine on the act."""
    mercy = mercy_of(leaf)
    bearing = [applied for applied in leaf.effects if applied.effect.kind in STEP_EFFECTS]
    fines = list(_fines(leaf))
    if mercy.exempt is not None or mercy.no_fine is not None:
        fines = []
        if mercy.exempt is not None and any(leaf.norms):
            authority = _authority(leaf)
            for world in worlds(leaf.scene, authority):
                yield Recommending(leaf, world, bearing).nothing(mercy.exempt)
    for norm, authority, fine in fines:
        for world in worlds(leaf.scene, authority):
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
