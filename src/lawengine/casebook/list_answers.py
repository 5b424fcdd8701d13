"""Whether a party was put on a list or granted a benefit, and for how long, by the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lawengine.base.truth import Truth, disjunction
from lawengine.casebook.asking import Asked
from lawengine.casebook.status_reading import (
    either_label,
    entered,
    entry_needs,
    last_days,
    length,
    may_begin,
    start_of,
    terms_of,
)
from lawengine.casebook.status_verdicts import (
    AGREES,
    Aspect,
    StatusGround,
    differs,
    left_open,
    weight,
    worst,
)
from lawengine.evaluation.facts import Unknown
from lawengine.model.statuses import Status
from lawengine.registers.findings import StatusFinding


def standing(asked: Asked, status: Status) -> Aspect:
    """Return how a published entry, or that there was none, compares with the rules."""
    found, missing = asked.found(status)
    if not isinstance(asked.published.day, Unknown):
        # What is of another day is not what was published; alone, its day is the wrong one.
        near = [one for one in found if may_begin(one, asked.published.day)]
        found = near or (found if asked.published.held else [])
    truth = disjunction([*map(entered, found), *([Truth.UNKNOWN] if missing else ())])
    if truth is Truth.UNKNOWN:
        return left_open(missing, *(entry_needs(one) for one in found if entered(one) is truth))
    if truth is Truth.FALSE:
        return AGREES if not asked.published.held else asked.never(status, found)
    held = [one for one in found if entered(one) is Truth.TRUE]
    if not asked.published.held:
        return differs(StatusGround.HOLDS, asked.day(start_of(held[0])))
    return min((worst(_life(asked, one)) for one in held), key=weight)


def _life(asked: Asked, found: StatusFinding) -> Iterator[Aspect]:
    """Yield how day, last day and term of an entry compare with what was published."""
    published = asked.published
    yield AGREES
    if not isinstance(published.day, Unknown):
        start = start_of(found)
        needs = [version.start.needs for version in found.versions]
        yield asked.placed(start, published.day, StatusGround.OTHER_DAY, needs)
    if not isinstance(published.until, Unknown):
        last = last_days(found)
        if not last:
            yield differs(StatusGround.OTHER_TERM)
        else:
            parts = [
                asked.placed(day, published.until, StatusGround.OTHER_TERM, [found.needs])
                for day in last
            ]
            yield min(parts, key=weight) if len(last) == 1 else _among(parts)
    if published.term is not None:
        terms = terms_of(found)
        if length(published.term) not in {length(term) for term in terms}:
            yield differs(StatusGround.OTHER_TERM, either_label(terms))
        elif len(terms) > 1:
            yield left_open(found.needs)


def _among(parts: Sequence[Aspect]) -> Aspect:
    """Return how several days of which one applies compare: settled only where all say the same."""
    verdicts = {part.verdict for part in parts}
    return parts[0] if len(verdicts) == 1 else left_open(*(part.needs for part in parts))
