"""An analysis as lines of text: sides in columns, 80 of them where there are up to three sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lawengine.base.label import Label, Language
from lawengine.base.source import display_width

if TYPE_CHECKING:
    from lawengine.analysis.result import (
        Analysis,
        Bounds,
        Breakdown,
        Change,
        Count,
        Deterrence,
        Distribution,
        Figures,
        Number,
        Section,
        SideDeterrence,
    )
    from lawengine.analysis.status_counts import StandingChange

WIDTH = 80
_COLUMNS = 3
"""Sides that fit side by side; of more the law in force stands first in each block."""

_FIRST, _GAP = 28, 2
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_ALARM = Label(
    "!! A PROPOSAL OR HYPOTHESIS BESIDE THE LAW: NO DECISION ON ANY CASE !!",
    "!! 草案或者假设与现行法律的对比：并非对任何案件的决定 !!",
)
_TABLE = Label("{name}: {rows} cases", "{name}：{rows}件")
_DAYS = Label("acts ended {a} to {b}, decided {c} to {d}", "行为终了{a}至{b}，决定日期{c}至{d}")
_HASH = Label("data {hash}", "数据 {hash}")
_ROWS = Label("by rows", "按行计")
_WEIGHED = Label("by weight, `{column}` (in all {sum})", "按“{column}”加权（合计{sum}）")
_ESTABLISHED = Label("violation or norm surely", "确定成立")
_UNDETERMINED = Label("violation itself open", "违法与否不明")
_FINED = Label("fined: at least", "处罚款：至少")
_AT_LEAST, _AT_MOST = Label("at least", "下限"), Label("at most", "上限")
_NO_END = Label("+ cases of unknown upper end", "＋上限不明（件）")
_AMOUNTS = {
    "fine": Label("fines (yuan)", "罚款（元）"),
    "confiscation": Label("confiscation (yuan)", "没收（元）"),
}
_SUM, _MEAN = Label("sum", "合计"), Label("mean of a case", "件均")
_QUANTILE = Label("{p} % lie at or below", "{p}% 不高于")
_MEASURES = Label("other measures: must / may", "其他措施：应当 / 可以")
_CASES = Label("cases", "案件")
_FARES = {
    "better_surely": Label("pay less, surely", "必然减轻"),
    "better": Label("pay less by the range", "区间下移"),
    "unchanged": Label("unchanged", "不变"),
    "worse": Label("pay more by the range", "区间上移"),
    "worse_surely": Label("pay more, surely", "必然加重"),
    "undecided": Label("undecided", "不能确定"),
    "newly_fined": Label("fine now possible", "新增可处罚款"),
    "no_longer_fined": Label("no fine any more", "不再处罚款"),
}
_FARING = Label("how cases fare against A", "与A相比")
_FLOORS = Label("lower ends move by (yuan)", "下限变动合计（元）")
_CEILINGS = Label("upper ends move by (yuan)", "上限变动合计（元）")
_FARING_RULE = Label(
    "surely: the ranges before and after do not overlap; by the range: neither end moves the other "
    "way; undecided: the ends move apart or together, or hang on an unknown fact",
    "必然：前后区间不重叠；区间移动：两端均不反向；不能确定：两端反向移动，或者取决于不明事实",
)
_GAINED = Label("measures gained / lost", "增加 / 减少的措施")
STANDINGS = Label(
    "on a list, with a benefit, in breach of a duty (rows)", "列入名单、享有激励、违反义务（行）"
)
_HELD_OPEN = Label("open", "不明")
_HELD_CHANGE = Label("comes to hold / holds no more", "新增 / 不再（名单、激励、违反义务）")
_BY = Label("by {column}", "按{column}")
_GROUP_HEAD = Label("cases|mean fine, yuan|less|more|open", "案件|件均罚款（元）|减轻|加重|不定")
_GROUP_ONE = Label("cases|mean fine: at least|at most", "案件|件均罚款下限|上限")
_DETERRED = Label("sanction against illegal gain", "处罚与违法所得")
_KNOWN = Label("cases with a known gain", "违法所得已知（件）")
_WITHOUT = Label("without a known gain", "违法所得不明（件）")
_P_STAR = Label("p*, {p} % lie at or below", "p*，{p}%不高于")
_NEVER = Label("pays even if surely caught", "必被查获仍有利可图")
_PAYS = Label("pays at p = {p} %, cases", "p＝{p}%时有利（件）")
_MODEL = Label("the model, and what it assumes", "模型及其假设")
_MISSING = Label("no column, so not known in any row", "没有对应列，各行均不明")
_ASSUMED = Label("assumptions", "假设")
_RULEBOOKS = Label("rulebooks", "规则库")
_LABEL_WIDTH = 46


def analysis_lines(analysis: Analysis, language: Language) -> Iterator[str]:
    """Yield an analysis as text."""
    yield from _Teller(analysis, language).lines()


class _Teller:
    def __init__(self, analysis: Analysis, language: Language) -> None:
        self.analysis, self.language = analysis, language
        self.sides = len(analysis.sides)
        self.blocks = blocks(self.sides)
        self.width = (WIDTH - _FIRST) // min(self.sides, _COLUMNS)

    def words(self, label: Label, **values: object) -> str:
        return label.text(self.language).format(**values)

    def lines(self) -> Iterator[str]:
        from lawengine_cli.analysis_beside import beside_lines

        yield from self._head()
        for one in self.analysis.counts:
            yield from self._count(one)
        yield from self._standings()
        if self.analysis.deterrence is not None:
            yield from self._deterrence(self.analysis.deterrence)
        yield from beside_lines(self.analysis, self.language)
        yield from self._foot()

    # --- parts ---

    def _head(self) -> Iterator[str]:
        data = self.analysis.data
        if self.sides > 1:
            yield self.words(_ALARM)
        yield self.words(_TABLE, name=data.name, rows=f"{data.rows:,}")
        if data.conduct and data.decided:
            ends = dict(zip("abcd", (*data.conduct, *data.decided), strict=True))
            yield f"  {self.words(_DAYS, **ends)}"
        for letter, side in zip(LETTERS, self.analysis.sides, strict=False):
            yield f"  {letter}  {side.title.text(self.language)}"

    def _count(self, counted: Count) -> Iterator[str]:
        yield ""
        head = self.words(_ROWS)
        if counted.weights:
            weight = count(self.analysis.data.weight or 0)
            head = self.words(_WEIGHED, column=counted.weights, sum=weight)
        for number, block in enumerate(self.blocks):
            if number:
                yield ""
            yield self._letters(head, block)
            yield from self._section([counted.whole.figures[at] for at in block])
        for number, change in enumerate(counted.whole.changes):
            yield from self._change(change, LETTERS[number + 1], counted.whole.figures[0].cases)
        for breakdown in counted.by:
            yield from self._breakdown(breakdown)

    def _letters(self, head: str, block: Sequence[int]) -> str:
        return self._row(head, [LETTERS[at] for at in block] if self.sides > 1 else [""])

    def _section(self, every: Sequence[Figures]) -> Iterator[str]:
        yield self._row(self.words(_CASES), [count(one.cases) for one in every])
        yield self._row(self.words(_ESTABLISHED), [count(one.established.low) for one in every])
        if any(one.undetermined for one in every):
            yield self._row(self.words(_UNDETERMINED), [count(one.undetermined) for one in every])
        yield self._row(self.words(_FINED), [count(one.fined.low) for one in every])
        yield self._row(f"  {self.words(_AT_MOST)}", [count(one.fined.high) for one in every])
        for name, label in _AMOUNTS.items():
            yield from self._spread(self.words(label), [getattr(one, name) for one in every])
        yield from self._measures(every)

    def _spread(self, head: str, every: Sequence[Distribution]) -> Iterator[str]:
        if not any(one.cases for one in every):
            return
        yield f"{head}"
        ends = [("sum", self.words(_SUM), [one.sum for one in every])]
        ends.append(("mean", self.words(_MEAN), [one.mean for one in every]))
        for place, quantile in enumerate(every[0].quantiles):
            percent = round(100 * quantile.share)
            if percent in (10, 50, 90, 100):
                amounts = [one.quantiles[place].amount for one in every]
                ends.append(("", self.words(_QUANTILE, p=percent), amounts))
        for _, words, bounds in ends:
            low, high = [yuan(x.low) for x in bounds], [_upper(x) for x in bounds]
            if low == high:
                yield self._row(f"  {words}", low)
                continue
            yield self._row(f"  {words}, {self.words(_AT_LEAST)}", low)
            yield self._row(f"    {self.words(_AT_MOST)}", high)
        if any(one.sum.open for one in every):
            yield self._row(f"  {self.words(_NO_END)}", [count(one.sum.open) for one in every])

    def _measures(self, every: Sequence[Figures]) -> Iterator[str]:
        labels = {one.kind: one.label for figures in every for one in figures.measures}
        if labels:
            yield self.words(_MEASURES)
        for kind, label in labels.items():
            cells = []
            for figures in every:
                found = next((one for one in figures.measures if one.kind == kind), None)
                cells.append(f"{count(found.must)} / {count(found.may)}" if found else "-")
            yield self._row(f"  {label.text(self.language)}", cells)

    def _change(self, change: Change, letter: str, cases: Number) -> Iterator[str]:
        yield ""
        head = f"{letter}: {self.words(_FARING)}"
        yield self._pair(head, [self.words(_CASES), "%"])
        for name, label in _FARES.items():
            number: Number = getattr(change, name)
            if number or name == "unchanged":
                share = f"{100 * number / cases:.1f}" if cases else "-"
                yield self._pair(f"  {self.words(label)}", [count(number), share])
        yield self._pair(f"  {self.words(_FLOORS)}", [_signed(change.floors), ""])
        yield self._pair(f"  {self.words(_CEILINGS)}", [_signed(change.ceilings), ""])
        if change.measures:
            yield f"  {self.words(_GAINED)}"
        for one in change.measures:
            cell = f"{count(one.gained)} / {count(one.lost)}"
            yield self._pair(f"    {one.label.text(self.language)}", [cell, ""])

    def _standings(self) -> Iterator[str]:
        """Yield on which lists, with which benefits, in breach of which duties the parties are."""
        for number, block in enumerate(self.blocks if self.analysis.standings else ()):
            yield ""
            yield self._letters(self.words(STANDINGS) if not number else "", block)
            for one in self.analysis.standings:
                held = [count(one.sides[at].held) for at in block]
                yield self._row(f"  {one.label.text(self.language)}", held)
                if any(one.sides[at].open for at in block):
                    open_ = [count(one.sides[at].open) for at in block]
                    yield self._row(f"    {self.words(_HELD_OPEN)}", open_)
        for place in range(self.sides - 1):
            moved = [one for one in self.analysis.standings if any(_moved(one.changes[place]))]
            if moved:
                yield ""
                head = f"{LETTERS[place + 1]}: {self.words(_HELD_CHANGE)}"
                yield self._pair(head, ["+", "-"])
            for one in moved:
                gained, lost = _moved(one.changes[place])
                cells = [count(gained), count(lost)]
                yield self._pair(f"  {one.label.text(self.language)}", cells)

    def _breakdown(self, breakdown: Breakdown) -> Iterator[str]:
        column = breakdown.label.text(self.language)
        if breakdown.column != column:
            column = f"{column} ({breakdown.column})"
        yield ""
        yield self.words(_BY, column=column)
        changed = bool(breakdown.groups and breakdown.groups[0].changes)
        if not changed:
            yield columns("", self.words(_GROUP_ONE).split("|"), (10, 18, 18))
            for group in breakdown.groups:
                mean = group.figures[0].fine.mean
                cells = [count(group.figures[0].cases), yuan(mean.low), yuan(mean.high)]
                yield columns(group.label.text(self.language), cells, (10, 18, 18))
            return
        for number in range(self.sides - 1):
            letter = LETTERS[number + 1]
            head = self.words(_GROUP_HEAD).split("|")
            head[1] = f"A > {letter} {head[1]}"
            yield columns("", head, (9, 23, 8, 8, 8))
            for group in breakdown.groups:
                yield from self._group(group, number)

    def _group(self, group: Section, number: int) -> Iterator[str]:
        before, after, change = group.figures[0], group.figures[number + 1], group.changes[number]
        one, two = before.fine.mean, after.fine.mean
        fares = [count(change.winners), count(change.losers), count(change.undecided)]
        low = f"{_short(one.low)} > {_short(two.low)}"
        high = f"{_short(one.high)} > {_short(two.high)}"
        name = group.label.text(self.language)
        first = f"{self.words(_AT_LEAST)} {low}" if low != high else low
        yield columns(name, [count(before.cases), first, *fares], (9, 23, 8, 8, 8))
        if low != high:
            yield columns("", ["", f"{self.words(_AT_MOST)} {high}", "", "", ""], (9, 23, 8, 8, 8))

    def _deterrence(self, deterrence: Deterrence) -> Iterator[str]:
        if deterrence.cases:
            from lawengine_cli.deterrence import cases_lines

            yield ""
            yield from cases_lines(deterrence.cases, self.language)
        if deterrence.sides:
            for block in self.blocks:
                yield ""
                yield self._letters(self.words(_DETERRED), block)
                yield from self._deterred([deterrence.sides[at] for at in block])
        yield ""
        yield self.words(_MODEL)
        for text in deterrence.model:
            yield from self._wrapped(text)

    def _deterred(self, sides: Sequence[SideDeterrence]) -> Iterator[str]:
        yield self._row(f"  {self.words(_KNOWN)}", [count(one.known) for one in sides])
        yield self._row(f"  {self.words(_WITHOUT)}", [count(one.without_gain) for one in sides])
        for place, quantile in enumerate(sides[0].p_star):
            percent = round(100 * quantile.share)
            if percent in (10, 50, 90):
                amounts = [one.p_star[place].amount for one in sides]
                cells = [f"{share(one.low)} - {share(one.high)}" for one in amounts]
                yield self._row(f"  {self.words(_P_STAR, p=percent)}", cells)
        for place, at in enumerate(sides[0].pays):
            label = _NEVER if at.probability >= 1 else _PAYS
            words = self.words(label, p=f"{100 * at.probability:g}")
            bounds = [one.pays[place].cases for one in sides]
            cells = [f"{count(b.low)} - {count(b.high)}" for b in bounds if b is not None]
            yield self._row(f"  {words}", cells)

    def _foot(self) -> Iterator[str]:
        if self.analysis.counts[0].whole.changes:
            yield ""
            yield from self._wrapped(_FARING_RULE)
        yield ""
        yield self.words(_ASSUMED)
        for one in self.analysis.assumptions:
            if one.on:
                yield from self._wrapped(one.text)
        if self.analysis.data.missing:
            yield self.words(_MISSING)
            names = (name.text(self.language) for name in self.analysis.data.missing)
            yield from self._wrapped(Label(", ".join(names)))
        yield ""
        for letter, side in zip(LETTERS, self.analysis.sides, strict=False):
            yield f"{self.words(_RULEBOOKS)} {letter} {side.rulebook}"
        yield self.words(_HASH, hash=self.analysis.data.hash)

    # --- layout ---

    def _row(self, words: str, cells: Sequence[str]) -> str:
        return columns(words, cells, [self.width] * len(cells))

    def _pair(self, words: str, cells: Sequence[str]) -> str:
        return columns(words, cells, [(WIDTH - _FIRST) // 2] * len(cells))

    def _wrapped(self, text: Label) -> Iterator[str]:
        yield from wrapped(text.text(self.language))


def _moved(change: StandingChange) -> tuple[int, int]:
    return change.gained, change.lost


def blocks(sides: int) -> list[tuple[int, ...]]:
    """Return which sides stand together: all, or the first with two others each time.

    >>> blocks(3), blocks(6)
    ([(0, 1, 2)], [(0, 1, 2), (0, 3, 4), (0, 5)])
    """
    if sides <= _COLUMNS:
        return [tuple(range(sides))]
    more = range(1, sides)
    step = _COLUMNS - 1
    return [(0, *more[at : at + step]) for at in range(0, len(more), step)]


def wrapped(text: str) -> Iterator[str]:
    """Yield a text over as many lines as it takes."""
    from lawengine.reports.styled import wrap

    for line in wrap([("", text)], WIDTH, [("", "  ")], [("", "    ")]):
        yield line.plain


def columns(words: str, cells: Sequence[str], widths: Sequence[int]) -> str:
    """Return words on the left and cells that end where their columns do."""
    at = WIDTH - sum(widths) if sum(widths) < WIDTH else _FIRST
    line = words
    if cells and display_width(words) + _GAP + display_width(cells[0]) > at + widths[0]:
        line = f"{words}\n"
    for cell, width in zip(cells, widths, strict=True):
        at += width
        room = at - display_width(line.rpartition("\n")[2]) - display_width(cell)
        line += " " * max(room, _GAP if cell else 0) + cell
    return line.rstrip()


def count(number: Number | None) -> str:
    """Return a count; a weighted one with one place."""
    if number is None:
        return "?"
    return f"{number:,}" if isinstance(number, int) else f"{number:,.1f}"


def yuan(fen: Number | None) -> str:
    """Return an amount as yuan, `?` for one that nobody knows."""
    if fen is None:
        return "?"
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(round(fen)), 100)
    return f"{sign}{whole:,}" + (f".{rest:02}" if rest else "")


def _upper(bounds: Bounds) -> str:
    """Return an upper end; a sum to which cases without one come is followed by a plus."""
    known = yuan(bounds.high)
    return f"{known} +" if bounds.open and bounds.high is not None else known


def short(fen: Number | None) -> str:
    """Return an amount in whole units of 10,000 yuan."""
    return "?" if fen is None else f"{round(fen / 1_000_000):,}"


def upper_short(bounds: Bounds) -> str:
    """Return an upper end in units of 10,000 yuan."""
    return (
        f"{short(bounds.high)} +" if bounds.open and bounds.high is not None else short(bounds.high)
    )


def _short(fen: Number | None) -> str:
    """Return an amount in whole yuan."""
    return "?" if fen is None else f"{round(fen / 100):,}"


def _signed(fen: Number) -> str:
    return f"+{yuan(fen)}" if fen > 0 else yuan(fen)


def share(value: Number | None) -> str:
    """Return a probability as percents; None is more than certain."""
    return ">100 %" if value is None or value > 1 else f"{100 * value:.1f} %"
