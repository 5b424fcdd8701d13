"""Lists, benefits and duties as a reader gets them, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lawengine.base.truth import Truth
from lawengine.deciding.decision import StatusOutcome
from lawengine.evaluation.facts import UNKNOWN, Domain
from lawengine.explanation.phrasing import domain_label, status_label
from lawengine.model.statuses import JointMeasure, StatusState
from lawengine.model.types import MONEY
from lawengine.reports.document import Item, StatusPart
from lawengine.reports.naming import Names, need_label
from lawengine.reports.steps import Stepper
from lawengine.reports.wording import word

KEPT_STATES = (StatusState.BREACHED, StatusState.DUE, StatusState.DISCHARGED)
"""The states of a duty that have words of their own where it is kept or broken."""


def status_parts(
    statuses: Iterable[StatusOutcome], names: Names, *, full: bool
) -> tuple[StatusPart, ...]:
    """Return the lists, benefits and duties that apply or are open; all of them with `full`."""
    stepper = Stepper(names, full)
    return tuple(_part(one, names, stepper) for one in statuses if full or one.told)


def state_text(status: StatusOutcome, names: Names) -> str:
    """Return the state of a status in words; every one that is possible where it is open."""
    if status.barred:
        return word("status_barred", names.language, by=status.barred.text(names.language))
    states = " / ".join(
        word(state_key("state", state, status), names.language) for state in status.possible
    )
    if status.state is StatusState.UNDETERMINED:
        return word("state_open", names.language, states=states)
    late = status.state is StatusState.DISCHARGED and status.late is Truth.TRUE
    return word("state_late", names.language) if late else states


def state_key(what: str, state: StatusState, status: StatusOutcome) -> str:
    """Return the key of the word for a state; a duty that is kept or broken has words of its own.

    `what` is what the key begins with.
    """
    own = status.for_good and state in KEPT_STATES
    return f"{what}_{state.value}_kept" if own else f"{what}_{state.value}"


def status_facts(status: StatusOutcome, names: Names) -> Iterator[tuple[str, str]]:
    """Yield the days of a status, then what its lateness adds, each with its name."""
    yield from status_days(status, names)
    if status.added is not None:
        amount = domain_label(status.added.amount, MONEY, names.rulebook).text(names.language)
        yield word("status_added", names.language), amount


def status_days(status: StatusOutcome, names: Names) -> Iterator[tuple[str, str]]:
    """Yield the days of a status with their names: since when, until when, the deadline."""
    days: tuple[tuple[str, Domain | None], ...] = (
        ("status_since", status.start),
        ("status_until", status.until),
        ("status_deadline", status.deadline),
        ("status_removable", status.earliest_removal if _running(status) else None),
        ("status_ended", status.ended),
    )
    for key, day in days:
        if day is not None and day != UNKNOWN:
            yield word(key, names.language), names.days(day)


def _running(status: StatusOutcome) -> bool:
    return StatusState.LISTED in status.possible


def _part(status: StatusOutcome, names: Names, stepper: Stepper) -> StatusPart:
    triggers = status.triggers if StatusState.BREACHED in status.possible else ()
    return StatusPart(
        kind=word(f"kind_{status.kind.value}", names.language),
        name=status_label(status.name, names.rulebook).text(names.language),
        of=status.instance_name,
        state=state_text(status, names),
        alarm=status.state in (StatusState.BREACHED, StatusState.UNDETERMINED),
        law=names.citations(status.law),
        unverified=status.unverified.text(names.language),
        authority=names.term(status.authority) if status.authority else "",
        days=tuple(status_facts(status, names)),
        measures=tuple(_measure(m, names) for m in status.measures if _has(status)),
        triggers=tuple(names.rule(name) for name in triggers),
        needs=tuple(
            dict.fromkeys(
                need_label(need, names.rulebook).text(names.language) for need in status.needs
            )
        ),
        steps=stepper.steps([status.reason]),
    )


def _has(status: StatusOutcome) -> bool:
    """Tell whether the measures of a list, or those that a benefit consists of, may apply."""
    held = {StatusState.LISTED, StatusState.GRANTED, StatusState.WATCHED}
    return not held.isdisjoint(status.possible)


def _measure(measure: JointMeasure, names: Names) -> Item:
    text = measure.label.text(names.language) or measure.name.replace("_", " ")
    if measure.authority:
        text = word(
            "measure_by", names.language, measure=text, authority=names.term(measure.authority)
        )
    return Item(text, names.citations(measure.law), bool(measure.unverified))
