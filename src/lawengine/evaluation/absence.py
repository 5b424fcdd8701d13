"""Steps that were not taken: what a file that is complete up to a day says by leaving it out.

Law: only the day of a step that the vocabulary marks so (`goes on file`) is read like this, and
only where a fact of the case says how far the file is complete. Without it what is missing stays
open: unknown is never no.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import CaseFacts, Entry, FactKey, Origin, Within
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import Role


def absent(
    case: CaseFacts, rulebook: Rulebook, overrides: Mapping[FactKey, Entry]
) -> Iterator[tuple[FactKey, Entry]]:
    """Yield the day of each step that the complete file does not give: after that day, if ever.

    What speaks for it is what speaks for the completeness.

    Edges: where the day up to which the file is complete is known within bounds, its earliest
    counts; a step that the file names without its day was taken on an unknown day.
    """
    fact = rulebook.roles.get(Role.COMPLETE_UNTIL)
    if fact is None or not rulebook.recorded:
        return
    key = case.root.key(fact.name)
    said = overrides.get(key, case.root.entry(fact.name))
    until = None if said is None else bounds(said.domain)[0]
    if said is None or not isinstance(until, datetime.date):
        return
    after = Within(first_possible(until), None)
    for instance in case.instances():
        for name in rulebook.recorded.get(instance.entity, ()):
            step = instance.key(name)
            if step not in overrides and instance.entry(name) is None:
                yield step, Entry(after, Origin.ABSENT, said.evidence, said.span)


def first_possible(until: datetime.date) -> datetime.date:
    """Return the first day on which a step may be that was not taken up to `until`.

    Edges: no day lies after the last one of the calendar, which then stands for it.
    """
    if until == datetime.date.max:
        return until
    return until + datetime.timedelta(days=1)


def is_absent(entry: Entry | None) -> bool:
    """Tell whether an entry says that a step was not taken so far."""
    return entry is not None and entry.origin is Origin.ABSENT


def absent_until(entry: Entry) -> datetime.date:
    """Return the last day up to which it is known that the step was not taken."""
    low, _ = bounds(entry.domain)
    if not isinstance(low, datetime.date) or low == datetime.date.min:
        return datetime.date.min
    return low - datetime.timedelta(days=1)
