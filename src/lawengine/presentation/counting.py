"""Sections of a count: before and after, who pays more, groups, measures."""

from __future__ import annotations

from collections.abc import Iterator

from lawengine.analysis.result import Bounds, Breakdown, Change, Count, Distribution, Figures
from lawengine.base.label import Label
from lawengine.presentation.document import Block, Cell, Prose, Section, Table
from lawengine.presentation.numbers import count, percent, short
from lawengine.presentation.plots import Mark, Plot, Row
from lawengine.presentation.teller import Teller, exactly, letter

FARES = ("worse_surely", "worse", "unchanged", "better", "better_surely", "undecided")
MOST_GROUPS = 20
"""Groups that a plot shows; the table holds them all."""
_SHARES = (0.1, 0.25, 0.5, 0.75, 0.9, 1.0)


class Counting:
    """Tells one count: by rows, or by weights."""

    def __init__(self, teller: Teller, counted: Count) -> None:
        self.tell, self.counted = teller, counted
        self.tail = f"-{'weighted' if counted.weights else 'rows'}"
        self.of = teller.say("by_weight", column=counted.weights) if counted.weights else ""

    def sections(self) -> Iterator[Section]:
        """Yield the sections in the order of the page."""
        whole = self.counted.whole
        yield self._section("spread", tuple(self._spread(whole.figures)))
        if whole.changes:
            yield self._section("fares", tuple(self._fares(whole.changes)))
        for number, one in enumerate(self.counted.by):
            blocks = tuple(self._groups(number, one))
            name = self._column(one)
            yield self._section(f"groups-{number + 1}", blocks, "groups", column=name)
        yield self._section("measures", tuple(self._measures(whole.figures, whole.changes)))

    def _section(
        self, name: str, blocks: tuple[Block, ...], key: str = "", **places: object
    ) -> Section:
        heading = self.tell.say(f"section_{key or name}", **places)
        return Section(f"{name}{self.tail}", f"{heading}{self.of}", blocks)

    def hero(self) -> Plot:
        """Return the mean fine of a case under each state of the law."""
        t = self.tell
        figures = self.counted.whole.figures
        rows = (t.row(t.say("mean_fine"), [one.fine.mean for one in figures], "yuan"),)
        return Plot(
            f"mean-fine{self.tail}", t.say("hero_title"),
            self._alt(rows), "bars", "yuan", t.say("axis_bounds_yuan"), t.sides, rows,
        )  # fmt: skip

    def _alt(self, rows: tuple[Row, ...]) -> str:
        return alt(self.tell, rows, self.tell.sides)

    # --- before and after ---

    def _spread(self, every: tuple[Figures, ...]) -> Iterator[Block]:
        t = self.tell
        yield Prose((("", t.say("spread_text")),))
        yield self._totals(every)
        for name in ("fine", "confiscation", "sanction"):
            spreads = [getattr(one, name) for one in every]
            if any(one.cases for one in spreads):
                same = name == "sanction" and not any(one.confiscation.cases for one in every)
                yield from self._bins(name, spreads, drawn=name != "confiscation" and not same)
                yield self._amounts(name, spreads)

    def _totals(self, every: tuple[Figures, ...]) -> Table:
        t = self.tell
        rows = [
            (t.words(t.say("cases")), *t.ends([exactly(one.cases) for one in every], t.counted)),
            (t.words(t.say("established")), *t.ends([one.established for one in every], t.counted)),
            (
                t.words(t.say("undetermined")),
                *t.ends([exactly(one.undetermined) for one in every], t.counted),
            ),
            (t.words(t.say("fined")), *t.ends([one.fined for one in every], t.counted)),
        ]
        return t.table(f"totals{self.tail}", t.say("totals"), t.head(), rows)

    def _amounts(self, name: str, spreads: list[Distribution]) -> Table:
        t = self.tell
        rows = [
            (t.words(t.say("sum")), *t.ends([one.sum for one in spreads], t.amount)),
            (t.words(t.say("mean")), *t.ends([one.mean for one in spreads], t.amount)),
            (
                t.words(t.say("with_amount")),
                *t.ends([exactly(one.cases) for one in spreads], t.counted),
            ),
        ]
        for place, quantile in enumerate(spreads[0].quantiles):
            bounds = [one.quantiles[place].amount if one.quantiles else None for one in spreads]
            words = t.say("quantile", p=percent(quantile.share))
            rows.append((t.words(words), *t.ends(bounds, t.amount)))
        open_ = [one.sum.open for one in spreads]
        note = t.say("open_note", cases=t.same(map(count, open_))) if any(open_) else ""
        title = t.say("amounts_of", what=t.say(name))
        return t.table(f"{name}{self.tail}", title, t.head(), rows, note)

    def _bins(self, name: str, spreads: list[Distribution], *, drawn: bool) -> Iterator[Block]:
        """Yield how many cases lie where, by their lower and by their upper figures."""
        t = self.tell
        bins = spreads[0].bins
        labels = [t.words(self._bin(one.since, one.until)) for one in bins]
        rows = []
        for place, label in enumerate(labels):
            at = [one.bins[place] for one in spreads]
            cells = [t.number(n) for one in at for n in (one.by_low, one.by_high)]
            rows.append((label, *cells))
        head = tuple(
            text.replace(t.say("at_least"), t.say("by_low")).replace(
                t.say("at_most"), t.say("by_high")
            )
            for text in t.head(t.say("yuan_of", what=t.say(name)))
        )
        title = t.say("bins_of", what=t.say(name))
        for end in ("low", "high") if drawn else ():
            numbers = [[getattr(b, f"by_{end}") for b in one.bins] for one in spreads]
            shown = [n for n in range(len(bins)) if any(side[n] for side in numbers)]
            if not shown:
                continue
            plotted = tuple(
                t.row(labels[n].text, [exactly(side[n]) for side in numbers], "cases")
                for n in range(shown[0], shown[-1] + 1)
            )
            yield Plot(
                f"{name}-by-{end}{self.tail}", t.say(f"bins_{end}", what=t.say(name)),
                self._alt(plotted), "bars", "cases", t.say("axis_cases"), t.sides, plotted,
            )  # fmt: skip
        yield t.table(f"{name}-bins{self.tail}", title, head, rows, folded=True)

    def _bin(self, since: int, until: int | None) -> str:
        t = self.tell
        low = short(since, t.language)
        if until == 1:
            return t.say("bin_none")
        if until is None:
            return t.say("bin_from", low=low)
        # From one fen on: more than nothing.
        high = short(until, t.language)
        return t.say("bin_below", high=high) if since == 1 else t.say("bin", low=low, high=high)

    # --- who pays more ---

    def _fares(self, changes: tuple[Change, ...]) -> Iterator[Block]:
        t = self.tell
        cases = self.counted.whole.figures[0].cases
        yield Prose((("", t.say("fares_text")),))
        after = t.sides[1:]
        rows = tuple(
            Row(
                t.say(name),
                tuple(
                    Mark(n, exactly(getattr(one, name)), _of(getattr(one, name), cases))
                    for n, one in enumerate(changes)
                ),
            )
            for name in FARES
        )
        series = after if len(after) > 1 else (t.say("against", title=after[0], law=t.sides[0]),)
        yield Plot(
            f"fares{self.tail}", t.say("fares_title"), alt(t, rows, series),
            "bars", "cases", t.say("axis_cases"), series, rows,
        )  # fmt: skip
        names = (*FARES, "newly_fined", "no_longer_fined")
        heads = [f"{letter(n + 1)} · {title}" for n, title in enumerate(after)]
        cells: list[tuple[Cell, ...]] = [
            (t.words(t.say(name)), *(t.number(getattr(one, name)) for one in changes))
            for name in names
        ]
        cells += [
            (t.words(t.say(name)), *(t.amount(getattr(one, name)) for one in changes))
            for name in ("floors", "ceilings")
        ]
        yield t.table(f"fares{self.tail}", t.say("fares_title"), ("", *heads), cells)

    # --- groups ---

    def _column(self, one: Breakdown) -> str:
        label = self.tell.text(one.label)
        return label if label == one.column else f"{label}{self.tell.bracketed(one.column)}"

    def _groups(self, number: int, one: Breakdown) -> Iterator[Block]:
        t = self.tell
        groups = sorted(one.groups, key=lambda group: -group.figures[0].cases)[:MOST_GROUPS]
        rows = tuple(
            t.row(
                t.say("group_of", name=t.text(g.label) or g.name, cases=count(g.figures[0].cases)),
                [side.fine.mean for side in g.figures],
                "yuan",
            )
            for g in groups
        )
        left = len(one.groups) - len(groups)
        if rows:
            yield Plot(
                f"groups-{number + 1}{self.tail}",
                t.say("groups_title", column=self._column(one)),
                self._alt(rows), "bars", "yuan", t.say("axis_bounds_yuan"), t.sides, rows,
                note=t.say("groups_left", left=left) if left else "",
            )  # fmt: skip
        changed = range(t.many - 1)
        fares = tuple(
            f"{letter(n + 1)}{t.colon}{t.say(name)}"
            for n in changed
            for name in ("losers", "winners", "open")
        )
        cells = []
        for group in one.groups:
            line = [
                t.words(t.text(group.label) or group.name),
                t.number(group.figures[0].cases),
                *t.ends([side.fine.mean for side in group.figures], t.amount),
            ]
            for change in group.changes:
                line += map(t.number, (change.losers, change.winners, change.undecided))
            cells.append(tuple(line))
        _, *heads = t.head()
        head = ("", t.say("cases"), *(t.say("mean_of", end=h) for h in heads), *fares)
        title = t.say("groups_title", column=self._column(one))
        yield t.table(f"groups-{number + 1}{self.tail}", title, head, cells, t.say("plus_note"))

    # --- measures ---

    def _measures(self, every: tuple[Figures, ...], changes: tuple[Change, ...]) -> Iterator[Block]:
        t = self.tell
        labels = {one.kind: one.label for side in every for one in side.measures}
        if not labels:
            yield Prose((("", t.say("measures_none")),))
            return
        yield Prose((("", t.say("measures_text")),))
        rows = tuple(
            t.row(t.text(label), [_measure(side, kind) for side in every], "cases")
            for kind, label in labels.items()
        )
        yield Plot(
            f"measures{self.tail}", t.say("measures_title"), self._alt(rows),
            "bars", "cases", t.say("axis_measures"), t.sides, rows,
        )  # fmt: skip
        must, may = t.say("must"), t.say("may")
        names = ("",) if t.many == 1 else tuple(f"{letter(n)}{t.colon}" for n in range(t.many))
        head = ("", *(f"{name}{word}" for name in names for word in (must, may)))
        cells = []
        for kind, label in labels.items():
            line = [t.words(t.text(label))]
            for side in every:
                found = next((one for one in side.measures if one.kind == kind), None)
                line += [t.number(found.must if found else 0), t.number(found.may if found else 0)]
            cells.append(tuple(line))
        yield t.table(f"measures{self.tail}", t.say("measures_title"), head, cells)
        if changes:
            yield from self._gained(changes)

    def _gained(self, changes: tuple[Change, ...]) -> Iterator[Block]:
        t = self.tell
        labels: dict[str, Label] = {one.kind: one.label for c in changes for one in c.measures}
        if not labels:
            yield Prose((("", t.say("gained_none")),))
            return
        parts = ("gained", "lost", "stricter", "milder")
        head = (
            "",
            *(f"{letter(n + 1)}{t.colon}{t.say(p)}" for n in range(len(changes)) for p in parts),
        )
        cells = []
        for kind, label in labels.items():
            line = [t.words(t.text(label))]
            for change in changes:
                found = next((one for one in change.measures if one.kind == kind), None)
                line += [t.number(getattr(found, part) if found else 0) for part in parts]
            cells.append(tuple(line))
        yield t.table(f"gained{self.tail}", t.say("gained_title"), head, cells)


def _measure(side: Figures, kind: str) -> Bounds:
    found = next((one for one in side.measures if one.kind == kind), None)
    return Bounds(found.must, found.must + found.may) if found else exactly(0)


def _of(number: float, cases: float) -> str:
    return f"{count(number)} ({percent(number / cases)})" if cases else count(number)


def alt(teller: Teller, rows: tuple[Row, ...], series: tuple[str, ...]) -> str:
    """Return what is seen, for whoever does not see it: every mark with its words."""
    parts = []
    for row in rows[:MOST_GROUPS]:
        marks = teller.listing(
            f"{series[mark.series]}{teller.colon}{mark.text}" if len(series) > 1 else mark.text
            for mark in row.marks
        )
        parts.append(f"{row.label}{teller.colon}{marks}" if row.label else marks)
    left = len(rows) - MOST_GROUPS
    if left > 0:
        parts.append(teller.say("and_more", left=left))
    return teller.join(parts)
