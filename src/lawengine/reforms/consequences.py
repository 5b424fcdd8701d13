"""How new consequences take the place of old ones: kind for kind, as a tier does it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lawengine.model.measures import Consequence, Effect, Measure, MeasureChoice, Reference
from lawengine.model.reforms import REFERENCE
from lawengine.model.rules import Tier


def kinds(consequence: Consequence) -> tuple[str, ...]:
    """Return the kinds of measures or effects in a consequence, in order."""
    match consequence:
        case Measure(kind=kind) | Effect(kind=kind):
            return (kind.value,)
        case MeasureChoice(measures=measures):
            return tuple(dict.fromkeys(measure.kind.value for measure in measures))
        case Reference():
            return (REFERENCE,)


def replaced(old: Sequence[Consequence], new: Sequence[Consequence]) -> tuple[Consequence, ...]:
    """Return `old` with the consequences of the kinds in `new` taken out and `new` in their place.

    Edges: where an old choice holds a measure of such a kind and the new one stands alone, the new
    one is what may be chosen instead; a kind that was not there comes last.
    """
    found: list[Consequence] = []
    waiting = list(new)
    covered = {kind for one in new for kind in kinds(one)}
    for one in old:
        shared = covered.intersection(kinds(one))
        if not shared:
            found.append(one)
        elif isinstance(one, MeasureChoice) and not _is_choice(waiting, shared):
            found.append(_inside(one, waiting, shared))
        else:
            found += _taken(waiting, shared)
            if isinstance(one, MeasureChoice):
                found += _rest(one, covered)
    return (*found, *waiting)


def without(old: Iterable[Consequence], kind: str) -> tuple[Consequence, ...]:
    """Return `old` without the consequences of that kind, those inside choices too."""
    found: list[Consequence] = []
    for one in old:
        if kind not in kinds(one):
            found.append(one)
        elif isinstance(one, MeasureChoice):
            found += _rest(one, {kind})
    return tuple(found)


def merged(tiers: Sequence[Tier], new: Tier) -> tuple[Tier, ...]:
    """Return `tiers` with `new` in the one under the same condition, or as the last one."""
    at = next((i for i, tier in enumerate(tiers) if tier.condition == new.condition), None)
    if at is None:
        return (*tiers, new)
    old = tiers[at]
    inner = old.tiers
    for tier in new.tiers:
        inner = merged(inner, tier)
    both = replace(
        old,
        consequences=replaced(old.consequences, new.consequences),
        tiers=inner,
        instead_of_all=old.instead_of_all or new.instead_of_all,
        reading=new.reading or old.reading,
        span=new.span,
    )
    return (*tiers[:at], both, *tiers[at + 1 :])


def _is_choice(new: Iterable[Consequence], shared: Iterable[str]) -> bool:
    return any(
        isinstance(one, MeasureChoice) and set(kinds(one)).intersection(shared) for one in new
    )


def _taken(waiting: list[Consequence], shared: Iterable[str]) -> list[Consequence]:
    """Take out of `waiting` what has a kind in `shared`, and return it."""
    taken = [one for one in waiting if set(kinds(one)).intersection(shared)]
    waiting[:] = [one for one in waiting if one not in taken]
    return taken


def _inside(
    choice: MeasureChoice, waiting: list[Consequence], shared: Iterable[str]
) -> MeasureChoice:
    """Return a choice between the new measures, in the place of the old, and all others."""
    taken = [one for one in _taken(waiting, shared) if isinstance(one, Measure)]
    parts: list[Measure] = []
    for part in choice.measures:
        same = [one for one in taken if one.kind is part.kind]
        parts += [one for one in same if one not in parts] if same else [part]
    return replace(choice, measures=tuple(parts))


def _rest(choice: MeasureChoice, covered: Iterable[str]) -> list[Consequence]:
    """Return what is left of a choice: one measure is no choice any more."""
    left = tuple(part for part in choice.measures if part.kind.value not in covered)
    if len(left) > 1:
        return [replace(choice, measures=left)]
    return [replace(part, modality=choice.modality) for part in left]
