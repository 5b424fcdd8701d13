"""From what the register found to what a reader gets: states of lists, benefits and duties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lawengine.base.calendar import Period
from lawengine.base.citation import Citation
from lawengine.base.counting_words import step_words
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.truth import Truth
from lawengine.deciding.decision import LateAddition, StatusOutcome
from lawengine.deciding.outcome import UNTOLD
from lawengine.evaluation.absence import absent_until, is_absent
from lawengine.evaluation.facts import Domain, Instance, Known
from lawengine.evaluation.intervals import days as days_of
from lawengine.evaluation.trace import Finding, merge_needs
from lawengine.explanation.argue import Argument
from lawengine.explanation.phrasing import domain_label, phrase, status_label
from lawengine.explanation.reason import Bilingual, Reason
from lawengine.model.expressions import StatusHolds
from lawengine.model.keeping import broken_for_good
from lawengine.model.rules import Interval
from lawengine.model.statuses import EndingKind, StatusKind, StatusState, StatusVersion
from lawengine.model.types import DATE, MONEY
from lawengine.registers.findings import (
    ABSENT,
    EndingFinding,
    Fate,
    StatusFinding,
    VersionFinding,
)
from lawengine.registers.register import Register
from lawengine.registers.terms import Term

_STATES = {
    StatusState.NOT_LISTED: "status_not_listed",
    StatusState.LISTED: "status_listed",
    StatusState.REMOVED: "status_removed",
    StatusState.NOT_GRANTED: "status_not_granted",
    StatusState.GRANTED: "status_granted",
    StatusState.LOST: "status_lost",
    StatusState.EXPIRED: "status_expired",
    StatusState.NOT_DUE: "status_not_due",
    StatusState.DUE: "status_due",
    StatusState.DISCHARGED: "status_discharged",
    StatusState.BREACHED: "status_breached",
    StatusState.NOT_WATCHED: "status_not_watched",
    StatusState.WATCHED: "status_watched",
    StatusState.LAPSED: "status_lapsed",
    StatusState.UNDETERMINED: "status_undetermined",
}
_KEPT = {
    "status_due": "status_to_keep",
    "status_discharged": "status_kept",
    "status_breached": "status_not_kept",
}
"""The words for duties that are kept or broken."""
_WAYS = {
    EndingKind.REMOVED: Label("removal", "移出"),
    EndingKind.LOST: Label("loss", "丧失"),
    EndingKind.DISCHARGED: Label("discharge", "履行"),
}
_DATED = {
    Fate.ENDED: "ending_held",
    Fate.OPEN: "ending_open",
    Fate.UNMET: "ending_unmet",
    Fate.BEFORE_START: "ending_before",
    Fate.LATER: "ending_later",
    Fate.OUTSIDE: "ending_outside",
    Fate.EARLY: "ending_early",
    Fate.TOO_LATE: "ending_after_term",
}
_UNDATED = {
    **_DATED,
    Fate.ENDED: "ending_holds",
    Fate.EARLY: "ending_not_yet",
}
_NOW = Label("now", "今")
Words = dict[str, Bilingual | str | int]


def outcomes(
    register: Register | None, within: Mapping[str, Instance]
) -> tuple[StatusOutcome, ...]:
    """Return what became of each status of what is given, in the order of the rulebook.

    Edges: a watch that is not in force says nothing, and is left out.
    """
    if register is None:
        return ()
    teller = Teller(Argument(register.rulebook), register)
    return tuple(teller.outcome(one) for one in register.findings(within) if not one.silent)


def barred_by(labels: Sequence[Label]) -> Label:
    """Return what stands in the way as one text."""
    return Label(
        "; ".join(label.text("en") for label in labels),
        "；".join(label.text("zh") for label in labels),
    )


def untold(found: StatusFinding, register: Register) -> StatusOutcome:
    """Return what became of a status without its reason, whose trees cost most of the time."""
    return Teller(Argument(register.rulebook), register).outcome(found, reasoned=False)


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells what the register found, with its reasons."""

    argument: Argument
    register: Register

    def outcome(self, found: StatusFinding, *, reasoned: bool = True) -> StatusOutcome:
        """Return the state of one status as a reader gets it."""
        status, version = found.status, found.version
        late = self.register.late(found)
        applies = version is not None and found.state not in ABSENT.values()
        term = version.term if version is not None and applies else None
        duty = status.kind is StatusKind.DUTY
        ended = version.ended if version is not None and applies else None
        told = version.version if version is not None else None
        barred = self._barred(version) if version is not None else Label()
        begins = applies and told is not None and told.start is not None
        return StatusOutcome(
            kind=status.kind,
            name=status.name,
            label=status.label,
            instance=found.instance.path,
            instance_name=found.instance.name,
            state=found.state,
            possible=tuple(state for state in StatusState if state in found.states),
            on=found.on,
            start=version.start.domain if version is not None and begins else None,
            until=term.last if term is not None and not duty else None,
            deadline=term.last if term is not None and duty else None,
            earliest_removal=_opens(version) if version is not None and applies else None,
            ended=ended.day if ended is not None else None,
            late=version.late if version is not None and applies else Truth.FALSE,
            barred=barred,
            measures=told.measures if told is not None else (),
            triggers=told.triggers if told is not None else (),
            authority=told.authority if told is not None else "",
            needs=found.needs if late is None else merge_needs(found.needs, late.needs),
            reason=self._reason(found, barred, late) if reasoned else UNTOLD,
            unverified=told.unverified if told is not None else Label(),
            law=told.law if told is not None else (),
            added=None if late is None or told is None else _added(late, told),
            for_good=broken_for_good(told, self.argument.rulebook.definitions),
        )

    # --- the whole ---

    def _reason(self, found: StatusFinding, barred: Label, late: Finding | None) -> Reason:
        words: Words = {
            "status": status_label(found.status.name, self.argument.rulebook),
            "on": self._day(found.on),
        }
        code = _STATES[found.state]
        if barred:
            code = "status_barred"
            words["by"] = barred
        version = found.version
        told = version.version if version is not None else None
        if code in _KEPT and broken_for_good(told, self.argument.rulebook.definitions):
            code = _KEPT[code]
        children = tuple(self._versions(found))
        if late is not None and version is not None:
            children += (self._late(late, version.version, found.on),)
        return Reason(
            code,
            words,
            law=version.version.law if version is not None else (),
            unverified=version.version.unverified if version is not None else Label(),
            children=children,
        )

    def _versions(self, found: StatusFinding) -> Iterator[Reason]:
        name = status_label(found.status.name, self.argument.rulebook)
        words: Words = {"day": self._day(found.day), "rule": name}
        if not found.versions:
            yield Reason("no_version", words)
        elif found.version is None:
            yield Reason("version_open", words)
        for version in found.versions:
            yield self._conditions(version)
            if version.truth is not Truth.FALSE and found.status.kind is not StatusKind.WATCH:
                yield from self._life(version, found)

    def _conditions(self, found: VersionFinding) -> Reason:
        version = found.version
        children = [] if found.when is None else [self.argument.of(found.when)]
        children += [
            Reason("unless", truth=item.truth, children=(self.argument.of(item),))
            for item in found.exclusions
        ]
        children += [Reason("reading", {"text": reading}) for reading in version.readings]
        children += self.argument.proposed(version.proposed_by)
        words: Words = {
            "day": self._day(found.day),
            "from": version.interval.start.isoformat(),
            "to": _end(version.interval),
        }
        return Reason(
            "status_proposed" if version.proposed_by else "status_version",
            words,
            law=version.law,
            unverified=version.unverified,
            children=tuple(children),
        )

    def _barred(self, found: VersionFinding) -> Label:
        """Return what alone stands in the way, lists by their names; empty where nothing does."""
        if not found.barred:
            return Label()
        labels = [
            label
            for item in found.exclusions
            if item.truth is Truth.TRUE
            for label in self._holding(item)
        ]
        return barred_by(labels)

    def _holding(self, found: Finding) -> list[Label]:
        parts = [part for part in found.parts if part.truth is Truth.TRUE]
        any_list = isinstance(found.expression, StatusHolds) and not found.expression.status
        if any_list and parts:
            return [phrase(part.expression, self.argument.rulebook) for part in parts]
        return [phrase(found.expression, self.argument.rulebook)]

    # --- start, term, endings ---

    def _life(self, found: VersionFinding, status: StatusFinding) -> Iterator[Reason]:
        start: Words = {"day": self._day(found.start.domain), "on": self._day(status.on)}
        code = "status_not_begun" if found.begun is Truth.FALSE else "status_start"
        if found.version.before is not None:
            code = "status_before"
        missing = found.missing_step
        if missing is not None and missing.entry is not None:
            code = "status_start_absent"
            start["what"] = phrase(missing.expression, self.argument.rulebook)
            start["until"] = absent_until(missing.entry).isoformat()
        yield Reason(code, start, children=(self.argument.of(missing or found.start),))
        if found.begun is Truth.FALSE:
            return
        if found.term is not None:
            yield self._term(found.term, status, found)
        for ending in found.endings:
            yield self._ending(ending, found)

    def _term(self, term: Term, status: StatusFinding, found: VersionFinding) -> Reason:
        version = found.version
        words: Words = {
            "period": term.period,
            "last": self._day(term.last),
            "start": self._day(term.start),
        }
        children: list[Reason] = []
        law: tuple[Citation, ...] = () if found.case is None else found.case.law
        doubt = Label()
        for case, condition in found.cases:
            case_words: Words = {"period": case.period}
            if condition is None:
                children.append(Reason("term_otherwise", case_words))
            else:
                parts = (self.argument.of(condition),)
                children.append(
                    Reason("term_case", case_words, condition.truth, case.law, children=parts)
                )
        for count in term.counts:
            law = (*law, *count.citations)
            doubt = next(iter(count.unverified), doubt)
            children += [
                Reason("count_step", {"text": step_words(step)}, law=step.because)
                for step in count.steps
            ]
        children += [Reason("count_doubt", {"text": text}) for text in term.doubts]
        code = "status_due_by" if status.status.kind is StatusKind.DUTY else "status_term"
        if version.before is not None:
            code = "status_counted_back" if version.term is not None else "status_last_day"
        if term.either:
            code = "status_term_open"
            words["periods"] = _either(term.either)
        return Reason(code, words, law=law, unverified=doubt, children=tuple(children))

    def _ending(self, found: EndingFinding, version: VersionFinding) -> Reason:
        opens = found.opens
        words: Words = {
            "way": _WAYS[found.ending.kind],
            "day": self._day(found.day) if found.day is not None else Label(),
            "opens": self._day(opens) if opens is not None else Label(),
            "last": self._day(version.term.last) if version.term is not None else Label(),
        }
        children = [self.argument.of(part) for part in (found.condition, found.on) if part]
        if opens is not None and found.ending.after is not None:
            start = self._day(version.start.domain)
            period: Words = {"period": found.ending.after, "start": start, "opens": words["opens"]}
            children.append(Reason("ending_opens", period))
        code = _DATED[found.fate] if found.day is not None else _UNDATED[found.fate]
        if found.happened is Truth.FALSE and found.on is not None and is_absent(found.on.entry):
            return self._not_taken(found, found.on)
        if found.fate is Fate.ENDED and version.late is Truth.TRUE:
            code = "discharged_late"
        doubt = found.ending.unverified
        return Reason(code, words, law=found.ending.law, unverified=doubt, children=tuple(children))

    def _not_taken(self, found: EndingFinding, on: Finding) -> Reason:
        """Return that the complete file names no day of it: what else it takes adds nothing."""
        until = "" if on.entry is None else absent_until(on.entry).isoformat()
        words: Words = {"way": _WAYS[found.ending.kind], "until": until}
        doubt, children = found.ending.unverified, (self.argument.of(on),)
        return Reason(
            "ending_absent", words, law=found.ending.law, unverified=doubt, children=children
        )

    def _late(self, late: Finding, version: StatusVersion, on: Domain) -> Reason:
        """Return what lateness costs with its arithmetic."""
        amount = domain_label(late.domain, MONEY, self.argument.rulebook)
        words: Words = {"amount": amount, "on": self._day(on)}
        added = version.late
        return Reason(
            "late_adds",
            words,
            law=() if added is None else added.law,
            unverified=Label() if added is None else added.unverified,
            children=(self.argument.of(late),),
        )

    def _day(self, day: Domain) -> Label:
        return domain_label(day, DATE, self.argument.rulebook)


def _either(periods: Sequence[Period]) -> Label:
    return Label(
        " or ".join(period.text("en") for period in periods),
        "或者".join(period.text("zh") for period in periods),
    )


def _added(late: Finding, version: StatusVersion) -> LateAddition | None:
    if version.late is None or late.domain == Known(0):
        return None
    return LateAddition(late.domain, version.late.law, version.late.unverified)


def _opens(found: VersionFinding) -> Domain | None:
    """Return the first day on which a listing may be removed, the earliest of several ways.

    Edges: a way that was closed by its interval, or whose day is open, does not count.
    """
    days = [
        ending.opens
        for ending in found.endings
        if ending.opens is not None
        and ending.ending.kind is EndingKind.REMOVED
        and ending.outside is not Truth.TRUE
    ]
    return min(days, key=lambda day: days_of(day)[0], default=None)


def _end(interval: Interval) -> Label:
    if interval.end is None:
        return _NOW
    return Label(interval.end.isoformat(), interval.end.isoformat())
