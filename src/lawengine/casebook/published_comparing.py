"""What was published on statuses beside what the rules make of the facts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.truth import Truth, disjunction
from lawengine.casebook.case_file import CaseFile
from lawengine.casebook.published import PublishedKind, PublishedStatus
from lawengine.casebook.status_reading import (
    condition_labels,
    department_names,
    either_label,
    entered,
    entry_needs,
    last_days,
    later_label,
    may_begin,
    minimum_terms,
    over_before,
    placed,
    repaired,
    start_of,
    terms_of,
    unmet,
)
from lawengine.casebook.status_verdicts import (
    AGREES,
    Aspect,
    StatusComparison,
    StatusGround,
    StatusVerdict,
    differs,
    left_open,
    weight,
    worst,
)
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import Domain, Entry, FactKey, Instance, Known, Unknown
from lawengine.evaluation.intervals import days as days_of
from lawengine.evaluation.trace import Need
from lawengine.explanation.phrasing import domain_label
from lawengine.model.rulebook import Rulebook
from lawengine.model.statuses import JointMeasure, Status, StatusKind, StatusVersion
from lawengine.model.types import DATE
from lawengine.model.vocabulary import PARTY, ROOT, Role
from lawengine.registers.findings import Fate, StatusFinding
from lawengine.registers.register import Register
from lawengine.registers.terms import DayRules, TermCounter


def compare_statuses(
    case: CaseFile,
    rulebook: Rulebook,
    entries: Mapping[FactKey, Entry],
    days: DayRules | None = None,
) -> tuple[StatusComparison, ...]:
    """Return each published status of the case beside the rules' answer, in the order of the file.

    `entries` are what bounds add to the facts of the file. Edges: where the day of the decision is
    known within bounds the last of them is asked for: what was published had happened by then.
    """
    root = case.facts.root
    on = _asked_on(rulebook, root, entries)
    register = Register(rulebook, root, entries, TermCounter(days), on)
    parties = {party.name: party for party in root.children.get(PARTY, ())}
    found = []
    for published in case.statuses:
        aspect = Aspect(StatusVerdict.NOT_KNOWN, StatusGround.NO_RULE)
        if published.name:
            chain = {ROOT: root, PARTY: parties[published.respondent]}
            aspect = _Answer(rulebook, register, chain, published).aspect()
        found.append(
            StatusComparison(published, aspect.verdict, aspect.ground, aspect.detail, aspect.needs)
        )
    return tuple(found)


def _asked_on(
    rulebook: Rulebook, root: Instance, entries: Mapping[FactKey, Entry]
) -> Domain | None:
    """Return the last day on which the case can have been decided, None where that is open."""
    fact = rulebook.vocabulary.with_role(Role.DECISION_DATE)
    if fact is None or fact.entity != root.entity:
        return None
    entry = entries.get(root.key(fact.name), root.entry(fact.name))
    last = bounds(entry.domain)[1] if entry is not None else None
    return None if last is None else Known(last)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the rules say of one published status of one respondent."""

    rulebook: Rulebook
    register: Register
    chain: Mapping[str, Instance]
    published: PublishedStatus

    def aspect(self) -> Aspect:
        match self.published.kind:
            case PublishedKind.MEASURE:
                return self._measure()
            case PublishedKind.REPAIR:
                return self._repair(self.rulebook.statuses[self.published.name])
            case _:
                return self._standing(self.rulebook.statuses[self.published.name])

    def _found(self, status: Status) -> tuple[list[StatusFinding], tuple[Need, ...]]:
        """Return what became of a status for each thing it hangs on, and lists the file lacks."""
        reached = self.register.reach(status.entity, self.chain)
        found = [self.register.finding(status, chain) for chain in reached.chains]
        return found, reached.missing

    # --- lists and benefits ---

    def _standing(self, status: Status) -> Aspect:
        found, missing = self._found(status)
        if not isinstance(self.published.day, Unknown):
            # Another thing of another day is not what was published.
            found = [one for one in found if may_begin(one, self.published.day)] or found
        truth = disjunction([*map(entered, found), *([Truth.UNKNOWN] if missing else ())])
        if truth is Truth.UNKNOWN:
            return left_open(missing, *(entry_needs(one) for one in found if entered(one) is truth))
        if truth is Truth.FALSE:
            return AGREES if not self.published.held else self._never(status, found)
        held = [one for one in found if entered(one) is Truth.TRUE]
        if not self.published.held:
            return differs(StatusGround.HOLDS, self._day(start_of(held[0])))
        return min((worst(self._life(one)) for one in held), key=weight)

    def _life(self, found: StatusFinding) -> Iterator[Aspect]:
        """Yield how day, last day and term of an entry compare with what was published."""
        published = self.published
        yield AGREES
        if not isinstance(published.day, Unknown):
            start = start_of(found)
            needs = [version.start.needs for version in found.versions]
            yield self._placed(start, published.day, StatusGround.OTHER_DAY, needs)
        if not isinstance(published.until, Unknown):
            last = last_days(found)
            if not last:
                yield differs(StatusGround.OTHER_TERM)
            else:
                parts = [
                    self._placed(day, published.until, StatusGround.OTHER_TERM, [found.needs])
                    for day in last
                ]
                yield min(parts, key=weight) if len(last) == 1 else _among(parts)
        if published.term is not None:
            terms = terms_of(found)
            if published.term not in terms:
                yield differs(StatusGround.OTHER_TERM, either_label(terms))
            elif len(terms) > 1:
                yield left_open(found.needs)

    def _placed(
        self,
        found: Domain,
        published: Domain,
        ground: StatusGround,
        needs: Sequence[tuple[Need, ...]],
    ) -> Aspect:
        truth = placed(found, published)
        if truth is Truth.TRUE:
            return AGREES
        return left_open(*needs) if truth is Truth.UNKNOWN else differs(ground, self._day(found))

    def _never(self, status: Status, found: Sequence[StatusFinding]) -> Aspect:
        """Return why a party was not put on a list or granted a benefit, by what fails least."""
        if not found:
            return differs(StatusGround.NOTHING_DECIDED)
        if not any(one.versions for one in found):
            starts = [version.interval.start for version in status.versions]
            return differs(StatusGround.NOT_IN_FORCE, later_label(starts, found[0].day))
        failing = [
            condition_labels(unmet(version), self.rulebook)
            for one in found
            for version in one.versions
        ]
        return differs(StatusGround.NOT_MET, min(failing, key=lambda label: len(label.en)))

    # --- joint measures ---

    def _measure(self) -> Aspect:
        day = self.published.day
        on = self.register.decided(self.chain)[0] if isinstance(day, Unknown) else day
        first, last = days_of(on)
        known = list(self._versions())
        in_force = [
            (status, version, measure)
            for status, version, measure in known
            if version.interval.start <= last
            and (version.interval.end is None or version.interval.end >= first)
        ]
        bringing = [(s, v) for s, v, m in in_force if self._takes(m)]
        if not bringing:
            later = [v.interval.start for _, v, m in known if self._takes(m)]
            if in_force:
                names = dict.fromkeys(measure.authority for _, _, measure in in_force)
                detail = department_names(names, self.rulebook)
                return differs(StatusGround.OTHER_DEPARTMENT, detail)
            if later and min(later) > last:
                return differs(StatusGround.NOT_IN_FORCE, later_label(later, on))
            return differs(StatusGround.NOT_BROUGHT)
        truths, needs = [], []
        for name in dict.fromkeys(status.name for status, _ in bringing):
            found, missing = self._found(self.rulebook.statuses[name])
            if missing:
                truths.append(Truth.UNKNOWN)
                needs.append(missing)
            for one in found:
                truth = self._brought(one, first)
                truths.append(truth)
                needs += [entry_needs(one)] if truth is Truth.UNKNOWN else []
        truth = disjunction(truths)
        if truth is Truth.UNKNOWN:
            return left_open(*needs)
        return AGREES if truth is Truth.TRUE else differs(StatusGround.NOT_LISTED)

    def _versions(self) -> Iterator[tuple[Status, StatusVersion, JointMeasure]]:
        """Yield every version that brings the measure, by whatever department."""
        for status in self.rulebook.statuses.values():
            if status.kind not in (StatusKind.LIST, StatusKind.BENEFIT):
                continue
            if self.published.of in ("", status.name):
                for version in status.versions:
                    for measure in version.measures:
                        if measure.name == self.published.name:
                            yield status, version, measure

    def _takes(self, measure: JointMeasure) -> bool:
        """Tell whether the department that announced it may take it.

        Law: a measure without a department of its own is one of every department.
        """
        return not self.published.department or measure.authority in (
            "",
            self.published.department,
        )

    def _brought(self, found: StatusFinding, first: datetime.date) -> Truth:
        """Return whether a listing brings the measure: it keeps those of its own version."""
        brings = [
            any(m.name == self.published.name and self._takes(m) for m in v.version.measures)
            for v in found.versions
        ]
        if not any(brings) or over_before(found, first):
            return Truth.FALSE
        return entered(found) if all(brings) else entered(found) & Truth.UNKNOWN

    # --- repairs ---

    def _repair(self, status: Status) -> Aspect:
        found, missing = self._found(status)
        truth = disjunction([*map(entered, found), *([Truth.UNKNOWN] if missing else ())])
        if truth is Truth.FALSE:
            # Who stands on no list is granted no repair of it.
            return AGREES if self.published.held is False else self._never(status, found)
        listed = [one for one in found if entered(one) is not Truth.FALSE]
        aspects = []
        if self.published.minimum is not None:
            aspects.append(self._minimum(listed, missing))
        if self.published.held is not None:
            aspects.append(self._repaired(listed, missing))
        return worst(aspects)

    def _minimum(self, listed: Sequence[StatusFinding], missing: tuple[Need, ...]) -> Aspect:
        if missing:
            return left_open(missing)
        day = self.published.day
        on = self.register.decided(self.chain)[0] if isinstance(day, Unknown) else day
        terms, needs = minimum_terms(listed, on)
        if self.published.minimum not in terms:
            return differs(StatusGround.OTHER_MINIMUM, either_label(terms))
        return AGREES if len(terms) == 1 else left_open(needs)

    def _repaired(self, listed: Sequence[StatusFinding], missing: tuple[Need, ...]) -> Aspect:
        truth = disjunction([*map(repaired, listed), *([Truth.UNKNOWN] if missing else ())])
        if truth is Truth.UNKNOWN:
            return left_open(missing, *(one.needs for one in listed))
        gone = [
            ended.day
            for one in listed
            if repaired(one) is Truth.TRUE and one.version is not None
            for ended in [one.version.ended]
            if ended is not None and ended.day is not None
        ]
        if truth is Truth.TRUE and not self.published.held:
            return differs(StatusGround.HOLDS, self._day(gone[0]) if gone else None)
        if truth is Truth.TRUE:
            if isinstance(self.published.day, Unknown):
                return AGREES
            parts = [
                self._placed(day, self.published.day, StatusGround.OTHER_DAY, []) for day in gone
            ]
            return min(parts, key=weight) if parts else left_open()
        if not self.published.held:
            return AGREES
        return self._not_repaired(listed)

    def _not_repaired(self, listed: Sequence[StatusFinding]) -> Aspect:
        endings = [e for one in listed for version in one.versions for e in version.endings]
        early = [e.opens for e in endings if e.fate is Fate.EARLY and e.opens is not None]
        if early:
            return differs(StatusGround.TOO_EARLY, self._day(min(early, key=days_of)))
        conditions = [
            condition_labels([e.condition], self.rulebook)
            for e in endings
            if e.fate is Fate.UNMET and e.condition is not None and e.on is not None
        ]
        return differs(
            StatusGround.NOT_MET, min(conditions, key=lambda one: len(one.en), default=None)
        )

    def _day(self, day: Domain) -> Label:
        return domain_label(day, DATE, self.rulebook)


def _among(parts: Sequence[Aspect]) -> Aspect:
    """Return how several days of which one applies compare: settled only where all say the same."""
    verdicts = {part.verdict for part in parts}
    return parts[0] if len(verdicts) == 1 else left_open(*(part.needs for part in parts))
