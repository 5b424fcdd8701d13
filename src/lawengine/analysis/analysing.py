"""`analyse`: a table of cases under the law and under reforms, as an `Analysis`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from lawengine.analysis.deterrence import side_deterrence
from lawengine.analysis.exact import MICRO, Scale
from lawengine.analysis.figures import change, figures
from lawengine.analysis.grouping import Grouping, day
from lawengine.analysis.kinds import Kinds
from lawengine.analysis.result import (
    Analysis,
    Assumption,
    Breakdown,
    Count,
    Data,
    Hits,
    ReformShown,
    Section,
    Side,
    SideDeterrence,
)
from lawengine.analysis.running import Asked, Progress, Ran, Running, Sink, hash_of
from lawengine.analysis.sides import Law
from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.label import Label
from lawengine.columns.summary import Totals
from lawengine.columns.table import EPOCH
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Interval, Parameter, Rule
from lawengine.model.vocabulary import Vocabulary
from lawengine.reforms.changes import changes

_WHOLE = Label("all cases", "全部案件")
_OPEN = Assumption(
    "open_judgements",
    Label(
        "what the law leaves to a judgement, or hangs on a fact that the table does not know, is "
        "no assumption: every figure is a lower and an upper one",
        "法律留待裁量或者取决于表中不明事实的部分不作假设：每个数字均给出下限和上限",
    ),
)
_SAME_CASES = Assumption(
    "same_cases",
    Label(
        "the cases stay what they are: nobody violates more or less because the law changes",
        "案件不变：不因法律变化而增减违法行为",
    ),
)


@dataclass(frozen=True, slots=True)
class Analysed:
    """An analysis, the run that it was made of, and what is to be said of it."""

    analysis: Analysis
    ran: Ran
    diagnostics: tuple[Diagnostic, ...]


def analyse(
    path: Path,
    laws: Sequence[Law],
    asked: Asked,
    sink: Sink | None = None,
    progress: Progress | None = None,
) -> Analysed:
    """Return what the cases of a table come to under each law; the first is the one in force.

    Raises:
        TableError: the file is no table of cases, or a value lies outside its bounds.
        RefusedError: a column that was asked for cannot serve.
    """
    ran = Running(laws, asked).run(path, sink, progress)
    rulebook = laws[0].rulebook
    counts = [_count("", ran, rulebook, len(asked.hidden))]
    if asked.weights:
        counts.append(_count(asked.weights, ran, rulebook, len(asked.hidden)))
    deterrence = tuple(side_deterrence(ran, place) for place in range(len(laws)) if asked.gains)
    analysis = Analysis(
        data=data_of(path, ran, asked.weights, rulebook.vocabulary),
        sides=tuple(side_of(law, totals) for law, totals in zip(laws, ran.totals, strict=True)),
        counts=tuple(counts),
        assumptions=tuple(assumptions(ran, laws)),
        standings=ran.standings,
    )  # fmt: skip
    told = (*ran.notes, *_unreached(laws, ran))
    return Analysed(with_deterrence(analysis, deterrence), ran, told)


def with_deterrence(analysis: Analysis, sides: tuple[SideDeterrence, ...]) -> Analysis:
    """Return the analysis with what deterrence is left, where that was asked for."""
    from lawengine.analysis.deterrence import deterrence_of  # noqa: PLC0415 - as it is asked for

    return replace(analysis, deterrence=deterrence_of((), sides)) if sides else analysis


def weighing(ran: Ran, *, weighted: bool, kinds: Kinds | None = None) -> Scale:
    """Return how kinds of rows count: each row once, or by its weight."""
    kinds = kinds or ran.kinds
    if not weighted:
        return Scale(kinds.rows, 1)
    return Scale(kinds.rows * ran.layout.weights(kinds.numbers), MICRO)


def _count(weights: str, ran: Ran, rulebook: Rulebook, hidden: int) -> Count:
    whole = _section("", _WHOLE, ran, ran.kinds, weighted=bool(weights))
    by = tuple(
        Breakdown(
            grouping.column,
            grouping.fact.label if grouping.fact is not None else Label(grouping.column),
            tuple(_groups(place, grouping, ran, rulebook, weighted=bool(weights))),
        )
        for place, grouping in enumerate(ran.groupings[: len(ran.groupings) - hidden])
    )
    return Count(weights, whole, by)


def _groups(
    place: int, grouping: Grouping, ran: Ran, rulebook: Rulebook, *, weighted: bool
) -> Iterator[Section]:
    codes = ran.layout.group(ran.kinds.numbers, place)
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(len(grouping.ordered()) + 1))
    for number, value in enumerate(grouping.ordered()):
        kinds = ran.kinds.at(order[ends[number] : ends[number + 1]])
        name, label = grouping.name(value, rulebook), grouping.label(value, rulebook)
        yield _section(name, label, ran, kinds, weighted=weighted)


def _section(name: str, label: Label, ran: Ran, kinds: Kinds, *, weighted: bool) -> Section:
    scale = weighing(ran, weighted=weighted, kinds=kinds)
    every = [ran.layout.side(kinds.numbers, place) for place in range(ran.layout.sides)]
    return Section(
        name, label,
        tuple(figures(one, scale) for one in every),
        tuple(change(every[0], one, scale) for one in every[1:]),
    )  # fmt: skip


def data_of(path: Path, ran: Ran, weights: str, vocabulary: Vocabulary) -> Data:
    """Return what is told of the table."""
    missing = tuple(map(vocabulary.named, ran.missing))
    weight = weighing(ran, weighted=True).count() if weights else None
    ends = _days(ran.conduct), _days(ran.decided)
    return Data(path.name, hash_of(path), ran.rows, missing, weight, *ends)


def side_of(law: Law, totals: Totals) -> Side:
    """Return what is told of a side."""
    rules = law.rulebook.rules
    return Side(
        name=law.name,
        title=law.title,
        rulebook=law.rulebook.content_hash,
        reforms=tuple(ReformShown(one.name, one.label, one.because) for one in law.reforms),
        rules=tuple(Hits(name, rules[name].label, number) for name, number in totals.by_rule()),
        later=totals.flags["later"],
        rows_alone=totals.left,
    )


def _days(days: tuple[int, int] | None) -> tuple[str, str] | None:
    return None if days is None else (day(days[0]), day(days[1]))


def assumptions(ran: Ran, laws: Sequence[Law]) -> Iterator[Assumption]:
    """Yield what the figures of a run rest on."""
    yield _OPEN
    yield _SAME_CASES
    days = {law.day.isoformat() for law in laws if law.day is not None}
    if days:
        told = ", ".join(sorted(days))
        text = Label(
            f"all dates of each case are moved so that its act ends on {told}, and the lighter "
            "later law is left out: a hypothesis about the law of that day, no account of these "
            "cases",
            f"每一案件的所有日期一并移动，使行为于{told}终了，不适用从旧兼从轻："
            "此为关于该日法律的假设，并非对这些案件的说明",
        )
        yield Assumption("law_of", text)
    if ran.missing:
        text = Label(
            f"{len(ran.missing)} facts that rules ask for have no column: they are not known in "
            "any row",
            f"规则所问的{len(ran.missing)}项事实没有对应列，各行均不明",
        )
        yield Assumption("missing_columns", text)


def _unreached(laws: Sequence[Law], ran: Ran) -> Iterator[Diagnostic]:
    """Yield a warning for each reform that can reach none of the cases by their days."""
    for law in laws[1:]:
        spans = _spans(laws[0], law)
        ends = (ran.conduct, ran.decided)
        if not spans or None in ends or not ran.dated:
            continue
        first, last = _hull_of(law, ends)
        if all(_outside(span, first, last) for span in spans):
            words = {"name": law.title, "spans": _told(spans)}
            days = {"first": day(first), "last": day(last)}
            yield Diagnostic("LAW713", words={**words, **days}, severity=Severity.WARNING)


def _told(spans: Sequence[Interval]) -> Label:
    """Return the days whose law differs, from the first ones on."""
    english, chinese = [], []
    for start, end in sorted({(str(span.start), str(span.end or "")) for span in spans}):
        english.append(f"from {start} to {end}" if end else f"from {start} on")
        chinese.append(f"{start}至{end}" if end else f"{start}起")
    return Label(" and ".join(english), "、".join(chinese))


def _spans(before: Law, after: Law) -> tuple[Interval, ...] | None:
    """Return the days whose law differs, () where nothing does; None where it is undated."""
    found: list[Interval] = []
    for changed in changes(before.rulebook, after.rulebook):
        if not isinstance(changed.norm, Rule | Parameter):
            return None
        found += [one.interval for one in changed.differences]
    return tuple(found)


def _hull_of(
    law: Law, ends: tuple[tuple[int, int] | None, tuple[int, int] | None]
) -> tuple[int, int]:
    conduct, decided = ends
    assert conduct is not None  # noqa: S101 - asked where both are known
    assert decided is not None  # noqa: S101 - as above
    if law.day is None:
        return conduct[0], decided[1]
    number = law.day.toordinal() - EPOCH
    return number, number


def _outside(span: Interval, first: int, last: int) -> bool:
    start = span.start.toordinal() - EPOCH
    return start > last or (span.end is not None and span.end.toordinal() - EPOCH < first)
