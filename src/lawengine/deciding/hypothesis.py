"""What another day's law would have allowed: labelled hypotheses, never decisions."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.errors import DateOutOfRangeError, LawEngineError
from lawengine.base.label import Label
from lawengine.deciding.decide import Decided, decide, union_of
from lawengine.deciding.decision import (
    ActDecision,
    Decision,
    FineTotal,
    RespondentDecision,
)
from lawengine.deciding.leaf import carries_penalty
from lawengine.deciding.outcome import add
from lawengine.evaluation.domains import bounds, within
from lawengine.evaluation.facts import CaseFacts, Entry, FactKey, Known
from lawengine.evaluation.prepare import prepare
from lawengine.model.measures import MeasureKind
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Interval, Version
from lawengine.model.scenarios import RuleState
from lawengine.model.types import Kind
from lawengine.model.vocabulary import Role


class NoAnchorError(LawEngineError):
    """No act of the case has an end, so that its dates cannot be moved."""

    def __init__(self) -> None:
        super().__init__("no act of the case has a known end: its dates cannot be moved")


class AssumedGain(Protocol):
    """A gain that nobody established, named as an assumption. Units: `gain` in fen."""

    @property
    def name(self) -> str:
        """Return the short name of the assumption."""

    @property
    def text(self) -> Label:
        """Return what is assumed."""

    @property
    def respondent(self) -> str:
        """Return the name of the party it is assumed for."""

    @property
    def gain(self) -> int:
        """Return the assumed illegal gain."""


@dataclass(frozen=True, slots=True)
class Margin:
    """What stays with the party if the assumed gain is true and it is caught for sure.

    Units: fen. `least` is after the highest fine (None where its ceiling is not known), `most`
    after the lowest that may be imposed, the gain being left to the party; below 0 the violation
    costs more than it brings. Where the gain is confiscated too, each is lower by `gain`.
    """

    assumption: str
    text: Label
    gain: int
    least: int | None
    most: int


@dataclass(frozen=True, slots=True)
class Line:
    """One party under one version.

    `by_branch` gives the range under each open answer. `break_even` is the gain in fen above which
    the violation pays even at the highest fine, while the gain is left; None where the ceiling is
    not known. `taken` cites what confiscates the gain itself, empty where nothing does: then no
    gain pays.
    """

    respondent: str
    fine: FineTotal
    by_branch: tuple[tuple[Label, FineTotal], ...]
    taken: tuple[Citation, ...]
    break_even: int | None
    margins: tuple[Margin, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One version of the law put under the case: from when it is, what it cites, what follows."""

    interval: Interval
    law: tuple[Citation, ...]
    unverified: Label
    moved_to: datetime.date
    decision: Decision
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The true answer, with the lighter later law, and apart from it each version's hypothesis."""

    decision: Decision
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]


def law_of(
    case: CaseFacts, rulebook: Rulebook, day: datetime.date, *, title: Label | None = None
) -> Decided:
    """Return what the law of `day` would have allowed, as a labelled hypothesis.

    All dates of the case move together so that its last act ends on `day`; the periods between
    them stay, and the lighter later law is left out.

    Raises:
        NoAnchorError: no act has an end.
        DateOutOfRangeError: a moved date leaves the years 1 to 9999.
    """
    prepared = prepare(case, rulebook)
    if prepared.diagnostics:
        return Decided(None, prepared.diagnostics)
    ends = dict(_conduct_ends(case, rulebook, prepared.entries))
    anchor = max(ends.values(), default=None)
    if anchor is None:
        raise NoAnchorError
    shift = day - anchor
    overrides = dict(_moved(case, rulebook, shift))
    for key, end in ends.items():
        if end == anchor:
            overrides[key] = replace(overrides.get(key, Entry(Known(day))), domain=Known(day))
    label = Label(
        f"Hypothesis: the law of {day.isoformat()}. All dates moved by {shift.days:+d} days so "
        "that the act ends on that day; the lighter later law is left out. Not a decision.",
        f"假设：适用{day.isoformat()}的法律。案件所有日期一并移动{shift.days:+d}日，使行为于该日终了；"
        "不适用从旧兼从轻。本结果不是处罚决定。",
    )
    return decide(
        case, rulebook, title=title, overrides=overrides, hypothesis=label, lighter=False,
        grounds=False,
    )  # fmt: skip


def _conduct_ends(
    case: CaseFacts, rulebook: Rulebook, entries: Mapping[FactKey, Entry]
) -> Iterator[tuple[FactKey, datetime.date]]:
    fact = rulebook.vocabulary.with_role(Role.CONDUCT_DATE)
    if fact is None:
        return
    for instance in case.instances():
        if instance.entity == fact.entity:
            key = instance.key(fact.name)
            entry = entries.get(key, instance.entry(fact.name))
            high = bounds(entry.domain)[1] if entry else None
            if isinstance(high, datetime.date):
                yield key, high


def _moved(
    case: CaseFacts, rulebook: Rulebook, shift: datetime.timedelta
) -> Iterator[tuple[FactKey, Entry]]:
    for instance in case.instances():
        facts = rulebook.vocabulary.entities[instance.entity].facts
        for name, entry in instance.facts.items():
            if facts[name].type.kind is Kind.DATE:
                low, high = bounds(entry.domain)
                domain = within(_add(low, shift), _add(high, shift))
                yield instance.key(name), replace(entry, domain=domain)


def _add(day: object, shift: datetime.timedelta) -> datetime.date | None:
    if not isinstance(day, datetime.date):
        return None
    try:
        return day + shift
    except OverflowError:
        raise DateOutOfRangeError(f"{day.isoformat()} {shift.days:+d} days") from None


def compare_versions(
    case: CaseFacts,
    rulebook: Rulebook,
    *,
    title: Label | None = None,
    assumptions: Sequence[AssumedGain] = (),
) -> tuple[Comparison | None, tuple[Diagnostic, ...]]:
    """Return the true answer, and what each version of the norms it rests on would have allowed.

    Each version is tried on the first day that it is in force. Contradictory facts give diagnostics
    and no comparison.

    Raises:
        NoAnchorError: no act has an end.
    """
    decided = decide(case, rulebook, title=title)
    if decided.decision is None:
        return None, decided.diagnostics
    rows = []
    for version in _versions(decided.decision, rulebook):
        day = version.interval.start
        found = law_of(case, rulebook, day, title=title)
        if found.decision is not None:
            lines = tuple(_line(r, assumptions) for r in found.decision.respondents)
            rows.append(
                Row(version.interval, version.law, version.unverified, day, found.decision, lines)
            )
    lines = tuple(_line(r, assumptions) for r in decided.decision.respondents)
    return Comparison(decided.decision, lines, tuple(rows)), ()


def _versions(decision: Decision, rulebook: Rulebook) -> Iterable[Version]:
    """Return the versions of every penalty norm that is established, by their first day.

    Edges: where none is (the act came before the law), all penalty norms count.
    """
    norms = {name for name, rule in rulebook.rules.items() if carries_penalty(rule)}
    hit = {
        outcome.rule
        for act in decision.acts()
        for branch in act.branches
        for outcome in branch.rules
        if outcome.rule in norms and outcome.state is not RuleState.NOT_ESTABLISHED
    }
    sanctioned = {s.rule for a in decision.acts() for b in a.branches for s in b.sanctions}
    chosen = (hit & sanctioned) or hit or norms
    fined = {name for name in chosen if any(True for _ in _fined(rulebook, name))}
    by_day = {
        version.interval.start: version
        for name in sorted(fined or chosen)
        for version in rulebook.rules[name].versions
    }
    return [by_day[day] for day in sorted(by_day)]


def _fined(rulebook: Rulebook, name: str) -> Iterator[Version]:
    for version in rulebook.rules[name].versions:
        if any(getattr(c, "kind", None) is MeasureKind.FINE for c in version.all_consequences()):
            yield version


def _line(respondent: RespondentDecision, assumptions: Sequence[AssumedGain]) -> Line:
    fine = add(union_of(act) for act in respondent.acts)
    taken = dict.fromkeys(
        citation
        for act in respondent.acts
        for b in act.branches
        for s in b.sanctions
        if s.kind is MeasureKind.CONFISCATE and s.mandatory
        for citation in s.law
    )
    break_even = None if fine.high_open else (fine.high or 0)
    margins = tuple(_margin(a, fine) for a in assumptions if a.respondent == respondent.name)
    return Line(
        respondent.name, fine, tuple(_by_branch(respondent.acts)), tuple(taken), break_even, margins
    )


def _margin(assumed: AssumedGain, fine: FineTotal) -> Margin:
    lowest = 0 if fine.may or fine.none else (fine.low or 0)
    least = None if fine.high_open else assumed.gain - (fine.high or 0)
    return Margin(assumed.name, assumed.text, assumed.gain, least, assumed.gain - lowest)


def _by_branch(acts: Sequence[ActDecision]) -> Iterator[tuple[Label, FineTotal]]:
    if len(acts) != 1:
        return
    for branch in acts[0].branches:
        english = "; ".join(a.label.text("en") for a in branch.assumptions)
        chinese = "；".join(a.label.text("zh") for a in branch.assumptions)
        yield Label(english, chinese), branch.fine
