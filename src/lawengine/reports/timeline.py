"""The timeline of a case: every duty with its last day, what is late, what was done, and why."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Language
from lawengine.base.release import DECISION_FORMAT
from lawengine.deciding.decision import Decision, StatusOutcome
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import UNKNOWN, Domain
from lawengine.evaluation.intervals import days
from lawengine.model.rulebook import Rulebook
from lawengine.model.statuses import StatusKind, StatusState
from lawengine.reports.calendar_file import Event, calendar_file, identifier
from lawengine.reports.naming import Names
from lawengine.reports.status_json import statuses_data
from lawengine.reports.status_parts import state_key, state_text, status_parts
from lawengine.reports.styled import DEFAULT_WIDTH, StyledLine
from lawengine.reports.terminal import status_lines
from lawengine.reports.value_json import domain_data, text_data
from lawengine.reports.wording import word
from lawengine.statutes import Library

SHOWN = (
    StatusState.BREACHED,
    StatusState.DUE,
    StatusState.UNDETERMINED,
    StatusState.DISCHARGED,
    StatusState.LAPSED,
)
"""The states that a timeline counts, what presses most first."""


@dataclass(frozen=True, slots=True)
class Due:
    """One duty of one party; `owner` is empty for what hangs on the case itself."""

    owner: str
    status: StatusOutcome

    @property
    def known(self) -> Domain:
        """Return the last day to do it, as far as it is known."""
        return UNKNOWN if self.status.deadline is None else self.status.deadline


def timeline(decision: Decision) -> tuple[Due, ...]:
    """Return the duties that were owed or may be, by their last day; those without one come last.

    Edges: of a last day within bounds the earlier end counts.
    """
    found = [Due("", status) for status in decision.statuses]
    found += [
        Due(respondent.name or respondent.path, status)
        for respondent in decision.respondents
        for status in respondent.statuses
    ]
    owed = [due for due in found if due.status.kind is StatusKind.DUTY and due.status.told]
    return tuple(sorted(owed, key=_order))


def _order(due: Due) -> tuple[bool, datetime.date, str, str]:
    low = _first(due.known)
    return low is None, low or datetime.date.max, due.status.name, due.status.instance


def _first(day: Domain) -> datetime.date | None:
    low, _ = bounds(day)
    return low if isinstance(low, datetime.date) else None


def counted(dues: Sequence[Due]) -> Mapping[StatusState, int]:
    """Return how many duties are in each state that a timeline counts."""
    return {state: sum(due.status.state is state for due in dues) for state in SHOWN}


# --- text -----------------------------------------------------------------------------------------


def timeline_lines(
    decision: Decision,
    rulebook: Rulebook,
    language: Language = "en",
    *,
    full: bool = False,
    library: Library | None = None,
    width: int = DEFAULT_WIDTH,
) -> Iterator[StyledLine]:
    """Yield the timeline as lines of styled text; `full` keeps all that was weighed."""
    names = Names(rulebook, library or Library(), language)
    dues = timeline(decision)
    parts = [
        (due.owner, part) for due in dues for part in status_parts([due.status], names, full=full)
    ]
    title = decision.title.text(language) or decision.case
    yield from status_lines(
        f"{word('timeline', language)}{names.colon}{title}", _summary(dues, language), parts,
        language, width,
    )  # fmt: skip


def _summary(dues: Sequence[Due], language: Language) -> str:
    if not dues:
        return word("no_duties", language)
    number = counted(dues)
    counts = {state.value: number[state] for state in SHOWN}
    broken = [due for due in dues if due.status.state is StatusState.BREACHED]
    for_good = sum(due.status.for_good for due in broken)
    counts["breached"] -= for_good
    summary = word("timeline_counts", language, **counts)
    if for_good:
        summary += word("timeline_for_good", language, n=for_good)
    if number[StatusState.LAPSED]:
        summary += word("timeline_lapsed", language, **counts)
    return summary


# --- data -----------------------------------------------------------------------------------------


def timeline_json(decision: Decision, rulebook: Rulebook, *, full: bool = False) -> str:
    """Return the timeline as the text of a JSON file, in both languages."""
    dues = timeline(decision)
    data = {
        "format": DECISION_FORMAT,
        "case": decision.case,
        "title": text_data(decision.title),
        "counts": {state.value: number for state, number in counted(dues).items()},
        "duties": [
            {
                "respondent": due.owner,
                "due": domain_data(due.known),
                **statuses_data([due.status], rulebook, full=full)[0],
            }
            for due in dues
        ],
        "unasked": {
            respondent.path: list(respondent.unasked)
            for respondent in decision.respondents
            if respondent.unasked
        },
        "rulebook": decision.rulebook,
        "engine": decision.engine,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


# --- iCalendar ------------------------------------------------------------------------------------


def undated(decision: Decision) -> int:
    """Return how many duties have no day that a calendar could show."""
    return sum(_first(due.known) is None for due in timeline(decision))


def timeline_ics(
    decision: Decision,
    rulebook: Rulebook,
    language: Language = "en",
    *,
    library: Library | None = None,
) -> str:
    """Return the timeline as an iCalendar file: one whole day for each duty, its last.

    Edges: a last day within bounds stands on the first of them and is tentative; a duty of which
    no day is known is left out.
    """
    names = Names(rulebook, library or Library(), language)
    events = [
        _event(decision, due, day, names)
        for due in timeline(decision)
        if (day := _first(due.known)) is not None
    ]
    return calendar_file(events)


def _event(decision: Decision, due: Due, day: datetime.date, names: Names) -> Event:
    status = due.status
    (part,) = status_parts([status], names, full=False)
    low, high = days(due.known)
    sure = low == high
    lines = [
        state_text(status, names),
        *(f"{key}{names.colon}{value}" for key, value in part.days),
        f"{word('needs', names.language)}{names.colon}{names.join(part.needs)}"
        if part.needs
        else "",
        part.law,
        f"[{word('unverified', names.language)}] {part.unverified}" if part.unverified else "",
        f"{word('case', names.language)} {decision.case}",
    ]
    done = status.state is StatusState.DISCHARGED
    mark = "" if sure else f"{word('not_before', names.language)}{names.colon}"
    if done:
        key = state_key("state", StatusState.DISCHARGED, status)
        mark = f"{word(key, names.language)}{names.colon}"
    elif status.state is StatusState.UNDETERMINED and sure:
        mark = f"{word('open_mark', names.language)}{names.colon}"
    elif status.state is StatusState.BREACHED:
        key = state_key("state", StatusState.BREACHED, status)
        mark = f"{word(key, names.language)}{names.colon}"
    elif status.state is StatusState.LAPSED:
        mark = f"{word('state_lapsed', names.language)}{names.colon}"
    owner = f" ({due.owner})" if due.owner else ""
    return Event(
        uid=identifier(decision.case, status.name, status.instance),
        stamp=_stamp(status.on),
        day=day,
        summary=f"{mark}{part.name}{owner}",
        text="\n".join(line for line in lines if line),
        tentative=not sure or status.state is StatusState.UNDETERMINED,
    )


def _stamp(on: Domain) -> datetime.date:
    """Return the day a calendar says that the entry is of: that of the decision, never today."""
    first, last = days(on)
    return first if first != datetime.date.min else last
