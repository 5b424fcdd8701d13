"""On which lists each party stands on a day: since when, what they bring, what removal lacks."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.base.truth import Truth, disjunction
from lawengine.deciding.decision import StatusOutcome
from lawengine.deciding.statuses import Teller
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import CaseFacts, Domain, Entry, Instance, Known
from lawengine.evaluation.intervals import days as days_of
from lawengine.evaluation.prepare import prepare
from lawengine.evaluation.trace import Finding, Need, merge_needs
from lawengine.explanation.argue import Argument
from lawengine.explanation.phrasing import phrase
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.statuses import ListForm, Status, StatusKind, StatusState
from lawengine.model.vocabulary import PARTY, PENALTY, ROOT
from lawengine.registers.findings import EndingFinding, Fate, StatusFinding, VersionFinding
from lawengine.registers.register import Register
from lawengine.registers.terms import DayRules, TermCounter


@dataclass(frozen=True, slots=True)
class Lack:
    """A condition of a removal that does not hold; `truth` tells whether it is open or not met."""

    what: Label
    truth: Truth


@dataclass(frozen=True, slots=True)
class Way:
    """A way off a list that is open on the day.

    `opens` is the first day on which it may be taken, None where no time must pass. `on` is the day
    on which it happens by itself, None where it must be granted or its day is not known. `refused`
    is the day that the file gives for it where that is too early: it ended nothing.
    """

    opens: Domain | None
    on: Domain | None
    lacks: tuple[Lack, ...]
    law: tuple[Citation, ...]
    unverified: Label
    refused: Domain | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One list for one thing of a party. `until` is the last day at the latest, as far as known.

    `form` tells a register from a display or a ban.
    `bars` names the benefits that no party on this list is granted.
    """

    outcome: StatusOutcome
    until: Domain | None
    ways: tuple[Way, ...]
    bars: tuple[str, ...]
    form: ListForm = ListForm.REGISTER


@dataclass(frozen=True, slots=True)
class Prospect:
    """A list that one more penalty, decided on the day, would or may bring; what it hangs on."""

    status: str
    label: Label
    sure: bool
    needs: tuple[Need, ...]
    unverified: Label
    law: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class PartyStanding:
    """The lists of one party: those on which it stands or may stand, or stood before.

    `listed` answers whether it stands on any list, displays and bans left out. `unasked` names the
    lists that the file does not allow to ask, because it does not say what they hang on.
    """

    path: str
    name: str
    listed: Truth
    listings: tuple[Listing, ...]
    prospects: tuple[Prospect, ...]
    unasked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The lists of all parties of a case on a day; `past` where the day lies before the decision.

    `diagnostics` says why nothing could be asked.
    """

    case: str
    on: Domain
    past: bool
    parties: tuple[PartyStanding, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def standing(
    case: CaseFacts,
    rulebook: Rulebook,
    on: datetime.date | None = None,
    days: DayRules | None = None,
) -> Standing:
    """Return on which lists each party stands on the day, by default that of the decision.

    Law: what the file dates after the day had not happened by then; a fact without a date counts
    on every day as the file has it.
    """
    prepared = prepare(case, rulebook)
    asked = None if on is None else Known(on)
    counter = TermCounter(days)
    plain = Register(rulebook, case.root, prepared.entries, counter)
    problems = prepared.diagnostics or plain.contradictions()
    decided, _ = plain.decided({ROOT: case.root})
    if problems:
        return Standing(case.identifier, asked or decided, False, (), tuple(problems))
    past = on is not None and on < days_of(decided)[0]
    register = Register(rulebook, case.root, prepared.entries, counter, asked)
    lister = _Lister(register, Teller(Argument(rulebook), register))
    parties = tuple(lister.party(party) for party in case.root.children.get(PARTY, ()))
    return Standing(case.identifier, asked or decided, past, parties)


@dataclass(frozen=True, slots=True)
class _Lister:
    register: Register
    teller: Teller

    def party(self, party: Instance) -> PartyStanding:
        chain = {ROOT: self.register.root, PARTY: party}
        found = [one for one in self.register.findings(chain) if _is_list(one.status)]
        lists = {status.name for status in self._lists()}
        registers = {status.name for status in self._lists() if status.is_register}
        # Whether a private scheme would list it is no question of law: nobody must answer it.
        schemes = {status.name for status in self._lists() if status.form is ListForm.SCHEME}
        unasked = tuple(n for n in self.register.unasked(chain) if n in lists - schemes)
        truths = [one.holds for one in found if one.status.is_register]
        listed = disjunction([*truths, *(Truth.UNKNOWN for name in unasked if name in registers)])
        listings = tuple(listing for one in found if (listing := self._listing(one)))
        prospects = tuple(self._prospects(party))
        return PartyStanding(party.path, party.name, listed, listings, prospects, unasked)

    def _lists(self) -> Iterator[Status]:
        statuses = self.register.rulebook.statuses.values()
        return (status for status in statuses if _is_list(status))

    def _listing(self, found: StatusFinding) -> Listing | None:
        outcome = self.teller.outcome(found)
        if not outcome.told:
            return None
        version = found.version
        running = version is not None and StatusState.LISTED in found.states
        ways = tuple(self._ways(version, found.on)) if version is not None and running else ()
        until = _latest(outcome, ways) if running else None
        bars = tuple(self._barred(found)) if StatusState.LISTED in found.states else ()
        return Listing(outcome, until, ways, bars, found.status.form)

    # --- the ways off ---

    def _ways(self, version: VersionFinding, on: Domain) -> Iterator[Way]:
        first, last = days_of(on)
        for ending in version.endings:
            interval = ending.ending.interval
            closed = interval is not None and interval.end is not None and interval.end < first
            if closed or (interval is not None and interval.start > last):
                continue
            lacks = tuple(self._lacks(ending))
            by_itself = isinstance(ending.ending.on, e.Computed | e.Rounded)
            if by_itself and any(lack.truth is Truth.FALSE for lack in lacks):
                continue
            day = ending.day if by_itself else None
            law, doubt = ending.ending.law, ending.ending.unverified
            refused = ending.day if ending.fate is Fate.EARLY and not by_itself else None
            yield Way(ending.opens, day, lacks, law, doubt, refused)

    def _lacks(self, ending: EndingFinding) -> Iterator[Lack]:
        """Yield each condition of a removal that is not met, and its day where that is open."""
        book = self.register.rulebook
        conditions = [] if ending.condition is None else list(_conjuncts(ending.condition))
        for part in conditions:
            if part.truth is not Truth.TRUE:
                yield Lack(phrase(part.expression, book), part.truth)
        if isinstance(ending.ending.on, e.FactOf) and ending.happened is not Truth.TRUE:
            yield Lack(phrase(ending.ending.on, book), ending.happened)

    # --- what a listing bars ---

    def _barred(self, found: StatusFinding) -> Iterator[str]:
        """Yield the benefits that an exclusion on that day bars by this list, or by any."""
        first, last = days_of(found.on)
        book = self.register.rulebook
        for status in book.statuses.values():
            if status.kind is not StatusKind.BENEFIT:
                continue
            versions = [one for one in status.versions if one.interval.contains(last)]
            asked = {
                name
                for one in versions
                for part in one.exclusions
                for name in _asks(part, status.entity, book)
            }
            barring = (
                {found.status.name} if not found.status.is_register else {found.status.name, ""}
            )
            if first == last and asked & barring:
                yield status.name

    # --- what a decision would bring ---

    def _prospects(self, party: Instance) -> Iterator[Prospect]:
        """Yield the lists that one more penalty of the day, else unknown, would or may bring."""
        book = self.register.rulebook
        on = self.register.decided({ROOT: self.register.root})[0]
        if PENALTY not in book.vocabulary.entities:
            return
        lists = [status for status in self._lists() if status.entity == PENALTY]
        dated = {
            one.dated_by.fact
            for one in lists
            if isinstance(one.dated_by, e.FactOf) and one.dated_by.entity == PENALTY
        }
        more = Instance(PENALTY, f"{party.path}.+", "", {name: Entry(on) for name in sorted(dated)})
        chain = {ROOT: self.register.root, PARTY: replace(party, children={}), PENALTY: more}
        register = replace(self.register, _known={}, _held={})
        for status in lists:
            found = register.finding(status, chain)
            if StatusState.LISTED in found.states:
                yield _prospect(found)


def _prospect(found: StatusFinding) -> Prospect:
    """Return what the conditions of a listing hang on; how it would end is another question."""
    version = found.version
    if version is None:
        return Prospect(found.status.name, found.status.label, False, found.needs, Label(), ())
    parts = [part for part in (version.when, *version.exclusions) if part is not None]
    needs = merge_needs(*(part.needs for part in parts if part.truth is Truth.UNKNOWN))
    text = version.version
    sure = version.truth is Truth.TRUE
    return Prospect(found.status.name, found.status.label, sure, needs, text.unverified, text.law)


def _is_list(status: Status) -> bool:
    return status.kind is StatusKind.LIST


def _conjuncts(finding: Finding) -> Iterator[Finding]:
    """Yield what must hold altogether; a definition that says the same of its parts is opened."""
    expression = finding.expression
    if isinstance(expression, e.Connection) and expression.logic is e.Logic.AND:
        for part in finding.parts:
            yield from _conjuncts(part)
    elif isinstance(expression, e.Defined) and finding.parts:
        inside = list(_conjuncts(finding.parts[0]))
        yield from inside if len(inside) > 1 else [finding]
    else:
        yield finding


def _asks(condition: e.Expression, entity: str, book: Rulebook) -> Iterator[str]:
    """Yield the statuses each of which alone makes a condition hold; "" is any list.

    Edges: what else is asked may be about what is applied for (`entity`), as whether it was granted
    already: whoever applies anew is barred all the same.
    """
    match condition:
        case e.StatusHolds(status=name):
            yield name
        case e.Connection(logic=e.Logic.OR, operands=operands):
            for operand in operands:
                yield from _asks(operand, entity, book)
        case e.Connection(operands=operands):
            others = [part for part in operands if not _about(part, entity)]
            if len(others) == 1:
                yield from _asks(others[0], entity, book)
        case e.Defined(name=name):
            yield from _asks(book.definitions[name].body, entity, book)


def _about(expression: e.Expression, entity: str) -> bool:
    """Tell whether all that is asked are plain facts of that entity."""
    parts = e.children(expression)
    if not parts:
        constant = isinstance(expression, e.Constant)
        return constant or (isinstance(expression, e.FactOf) and expression.entity == entity)
    return all(_about(part, entity) for part in parts)


def _latest(outcome: StatusOutcome, ways: Sequence[Way]) -> Domain | None:
    """Return the last day at the latest: of the term, or before a removal that comes by itself."""
    ends = [way.on for way in ways if way.on is not None and not way.lacks]
    found = [outcome.until] if outcome.until is not None else []
    for end in ends:
        low, high = bounds(end)
        if isinstance(low, datetime.date) and low == high and low > datetime.date.min:
            found.append(Known(low - datetime.timedelta(days=1)))
    return min(found, key=lambda day: days_of(day)[1], default=None)
