"""One case under the law of its day, under each version since, and under reforms: does it pay?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from lawengine.analysis.result import (
    Bounds,
    CaseDeterrence,
    PaysAt,
    Threshold,
    VersionDeterrence,
)
from lawengine.analysis.sides import Law
from lawengine.base.calendar import Rounding
from lawengine.base.citation import Citation
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.base.money import round_exact
from lawengine.casebook import CaseFile
from lawengine.deciding.decision import Decision, FineTotal, RespondentDecision
from lawengine.deciding.hypothesis import Line, compare_versions
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import Instance
from lawengine.model.measures import MeasureKind
from lawengine.model.rules import Interval
from lawengine.model.vocabulary import Role

CHANCES = (Fraction(1, 100), Fraction(5, 100), Fraction(1, 10), Fraction(1, 2), Fraction(1))
"""Probabilities of being caught for which it is told what gain makes a violation pay."""

_DIGITS = 1_000_000
_OF_THE_DAY = Label("the law that applies", "应适用的法律")
_ESTABLISHED = Label("the gain that the case file states", "案件文件所载违法所得")


def case_deterrence(
    case: CaseFile, laws: Sequence[Law]
) -> tuple[tuple[CaseDeterrence, ...], tuple[Diagnostic, ...]]:
    """Return for each party what deterrence each version of the law leaves, and what is wrong.

    The first row is the law that applies to the case, then follows each version of the norms that
    it rests on, put under the case as a hypothesis; then the law that applies under each reform.

    Raises:
        NoAnchorError: no act of the case has an end.
    """
    comparison, problems = compare_versions(
        case.facts, laws[0].rulebook, title=case.title, assumptions=case.assumptions
    )
    if comparison is None:
        return (), problems
    found: dict[str, list[VersionDeterrence]] = {line.respondent: [] for line in comparison.lines}
    gains = _gains(case, laws[0])
    teller = _Teller(case, gains)
    for row in teller.rows(comparison.decision, comparison.lines, _OF_THE_DAY, applied=True):
        found[row[0]].append(row[1])
    for version in comparison.rows:
        told = teller.rows(
            version.decision, version.lines, Label(), interval=version.interval, law=version.law,
            unverified=version.unverified,
        )  # fmt: skip
        for name, one in told:
            found[name].append(one)
    for law in laws[1:]:
        after, wrong = compare_versions(
            case.facts, law.rulebook, title=case.title, assumptions=case.assumptions
        )
        if after is None:
            return (), wrong
        for name, one in teller.rows(after.decision, after.lines, law.title):
            found[name].append(one)
    return tuple(
        CaseDeterrence(case.identifier, case.title, name, tuple(rows))
        for name, rows in found.items()
    ), ()


def _gains(case: CaseFile, law: Law) -> dict[str, int]:
    """Return the gain of each party, where each of its acts has a known one."""
    fact = law.rulebook.roles.get(Role.ILLEGAL_GAIN)
    if fact is None:
        return {}
    found: dict[str, int | None] = {}
    for instance in case.facts.instances():
        if instance.entity == fact.entity:
            party = instance.path.rpartition(".")[0]
            gain, before = _exact(instance, fact.name), found.get(party, 0)
            found[party] = None if gain is None or before is None else before + gain
    return {party: gain for party, gain in found.items() if gain}


def _exact(instance: Instance, name: str) -> int | None:
    entry = instance.entry(name)
    low, high = bounds(entry.domain) if entry is not None else (None, None)
    return low if isinstance(low, int) and low == high else None


class _Teller:
    def __init__(self, case: CaseFile, gains: dict[str, int]) -> None:
        self.case, self.gains = case, gains

    def rows(
        self,
        decision: Decision,
        lines: Sequence[Line],
        title: Label,
        *,
        applied: bool = False,
        interval: Interval | None = None,
        law: Sequence[Citation] = (),
        unverified: Label | None = None,
    ) -> Iterator[tuple[str, VersionDeterrence]]:
        """Yield what one decision says of each party."""
        for respondent, line in zip(decision.respondents, lines, strict=True):
            fine = _ends(line.fine)
            taken, by = _taken(respondent)
            cited = law or tuple(dict.fromkeys(_fined_by(respondent)))
            yield (
                line.respondent,
                VersionDeterrence(
                    since=interval.start.isoformat() if interval is not None else "",
                    until=interval.end.isoformat() if interval is not None and interval.end else "",
                    law=tuple(one.text("en") for one in cited),
                    unverified=unverified or Label(),
                    applied=applied,
                    fine=fine,
                    may_be_left_out=line.fine.may,
                    no_floor=line.fine.low is None and not line.fine.none,
                    confiscated=taken,
                    confiscated_by=tuple(one.text("en") for one in by),
                    thresholds=tuple(self._thresholds(respondent, fine, taken)),
                    pays=tuple(_pays(fine, taken)),
                    title=title,
                ),
            )

    def _thresholds(
        self, respondent: RespondentDecision, fine: Bounds, taken: str
    ) -> Iterator[Threshold]:
        told = [
            (assumed.gain, assumed.text)
            for assumed in self.case.assumptions
            if assumed.respondent == respondent.name
        ]
        known = self.gains.get(respondent.path)
        if known is not None:
            told.insert(0, (known, _ESTABLISHED))
        for gain, basis in told:
            yield Threshold(gain, basis, p_star(gain, fine, taken))
        if not told:
            yield Threshold(None, Label("the gain is not known", "违法所得不明"), None)


def p_star(gain: int, fine: Bounds, taken: str) -> Bounds:
    """Return the probability at which the violation stops paying, rounded outward to a millionth.

    `taken` is `yes`, `no` or `open`. Edges: the upper end is None where no sanction is certain, for
    no probability deters then; without any sanction the lower end is 1.
    """
    most = None if fine.high is None else int(fine.high) + (gain if taken != "no" else 0)
    least = int(fine.low) + (gain if taken == "yes" else 0)
    low = Fraction(0) if most is None else Fraction(gain, most) if most else None
    high = Fraction(gain, least) if least else None
    return Bounds(
        low=_share(low, Rounding.DOWN) if low is not None else 1.0,
        high=None if high is None else _share(high, Rounding.UP),
    )


def _share(value: Fraction, rounding: Rounding) -> float:
    return round_exact(value * _DIGITS, rounding) / _DIGITS


def _pays(fine: Bounds, taken: str) -> Iterator[PaysAt]:
    """Yield the gain above which a violation pays, at the least and at the greatest sanction."""
    for chance in CHANCES:
        low = _needed(Fraction(fine.low), chance, taken == "yes", Rounding.DOWN)
        high = None
        if fine.high is not None:
            high = _needed(Fraction(fine.high), chance, taken != "no", Rounding.UP)
        gain = None if low is None else Bounds(low, high)
        yield PaysAt(float(chance), gain, None)


def _needed(fine: Fraction, chance: Fraction, taken: bool, rounding: Rounding) -> int | None:  # noqa: FBT001 - one of a handful of plain values
    """Return the gain at which a violation breaks even, or None where no gain is enough."""
    if not taken:
        return round_exact(fine * chance, rounding)
    return None if chance == 1 else round_exact(fine * chance / (1 - chance), rounding)


def _ends(fine: FineTotal) -> Bounds:
    low = 0 if fine.may or fine.low is None else fine.low
    return Bounds(low, None if fine.high_open else (fine.high or 0))


def _taken(respondent: RespondentDecision) -> tuple[str, tuple[Citation, ...]]:
    """Return whether the gain is confiscated, in every branch or in some, and by which articles."""
    told = []
    cited: dict[Citation, None] = {}
    for act in respondent.acts:
        for branch in act.branches:
            by = [s for s in branch.sanctions if s.kind is MeasureKind.CONFISCATE and s.mandatory]
            cited |= dict.fromkeys(citation for s in by for citation in s.law)
            told.append(bool(by))
    if not any(told):
        return "no", ()
    return ("yes" if all(told) else "open"), tuple(cited)


def _fined_by(respondent: RespondentDecision) -> Iterator[Citation]:
    for act in respondent.acts:
        for branch in act.branches:
            for sanction in branch.sanctions:
                if sanction.kind is MeasureKind.FINE:
                    yield from sanction.law
