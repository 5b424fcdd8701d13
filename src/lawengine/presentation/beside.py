"""Sections on what was asked beside the figures: sweeps, bootstrap, behaviour, publications."""

from __future__ import annotations

from collections.abc import Iterator

from lawengine.analysis.result import (
    Axis,
    Behaviour,
    Bootstrap,
    Bounds,
    Interval,
    Published,
    Step,
    Sweep,
)
from lawengine.presentation.counting import alt
from lawengine.presentation.document import Block, Cell, Prose, Section
from lawengine.presentation.numbers import count, percent, short, yuan
from lawengine.presentation.plots import Kind, Mark, Plot, Row
from lawengine.presentation.teller import Teller, exactly, letter

MOST_LINES = 6
"""Lines of a second figure that one plot shows; the table holds all steps."""


class Sweeping:
    """Tells a sweep."""

    def __init__(self, teller: Teller, sweep: Sweep) -> None:
        self.tell, self.sweep = teller, sweep

    def sections(self) -> Iterator[Section]:
        """Yield the section."""
        t, sweep = self.tell, self.sweep
        weighed = t.say("by_weight", column=sweep.weights) if sweep.weights else ""
        points = tuple(
            (t.text(axis.label), t.say("axis_in_force", law=t.text(axis.law_text) or "–"))
            for axis in sweep.axes
        )
        blocks: list[Block] = [Prose(points), self.hero()]
        if len(sweep.axes) == 1:
            moved = any(one.change.unchanged < one.figures.cases for one in sweep.steps)
            blocks.append(self._fares() if moved else Prose((("", t.say("sweep_same")),)))
        blocks.append(self._table())
        blocks += self._standings()
        yield Section("sweep", f"{t.say('section_sweep')}{weighed}", tuple(blocks))

    def hero(self) -> Plot:
        """Return the mean fine over the figure that is moved, for some values of a second one."""
        t, sweep = self.tell, self.sweep
        first, *more = sweep.axes
        lines = _some(len(more[0].values)) if more else [0]
        series = tuple(self._value(more[0], n) for n in lines) if more else ("",)
        rows = []
        for place in range(len(first.values)):
            steps = [step for step in sweep.steps if step.at[0] == place]
            marks = [
                t.mark(n, step.figures.fine.mean, "yuan")
                for n, line in enumerate(lines)
                for step in steps
                if not more or step.at[1] == line
            ]
            label = self._value(first, place)
            # Lines run over numbers; two figures would cover each other, so they stand in rows.
            rows.append(Row(label, tuple(marks), first.numbers[place]))
        name = t.text(first.label)
        left = len(more[0].values) - len(lines) if more else 0
        note = t.say("lines_left", left=left) if left else ""
        kind: Kind = "bars" if more else "bands"
        return Plot(
            "sweep-fine", t.say("sweep_title", figure=name), alt(t, tuple(rows), series),
            kind, "yuan", t.say("axis_bounds_yuan" if more else "axis_bands_yuan"), series,
            tuple(rows), across=name, note=note,
        )  # fmt: skip

    def _value(self, axis: Axis, place: int) -> str:
        return self.tell.text(axis.texts[place]) if axis.texts else axis.values[place]

    def name(self, step: Step) -> str:
        """Return a step by the values at which its figures stand."""
        return self.tell.listing(
            self._value(axis, at) for axis, at in zip(self.sweep.axes, step.at, strict=True)
        )

    def _fares(self) -> Plot:
        t = self.tell
        names = ("losers", "winners", "open")
        rows = tuple(
            Row(
                self.name(step),
                tuple(
                    Mark(n, exactly(number), count(number))
                    for n, number in enumerate(
                        (step.change.losers, step.change.winners, step.change.undecided)
                    )
                ),
            )
            for step in self.sweep.steps[: MOST_LINES * 2]
        )
        series = tuple(t.say(name) for name in names)
        return Plot(
            "sweep-fares", t.say("sweep_fares"), alt(t, rows, series), "bars", "cases",
            t.say("axis_cases"), series, rows, letters="+-?",
        )  # fmt: skip

    def _table(self) -> Block:
        t, sweep = self.tell, self.sweep
        head = (
            "", t.say("fined_low"), t.say("fined_high"), t.say("fines_low"), t.say("fines_high"),
            t.say("mean_low"), t.say("mean_high"), t.say("losers"), t.say("winners"), t.say("open"),
        )  # fmt: skip
        rows = [(t.words(t.say("in_force")), *self._cells(None))]
        rows += [(t.words(self.name(step)), *self._cells(step)) for step in sweep.steps]
        return t.table("sweep", t.say("sweep_table"), head, rows, t.say("plus_note"))

    def _standings(self) -> Iterator[Block]:
        """Yield in how many rows each list, benefit and duty holds that some step moves."""
        t, every = self.tell, self.sweep.standings
        if not every:
            return
        parts = ("held", "open")
        head = ("", *(
            f"{t.text(one.label)}{t.colon}{t.say(f'standings_{part}')}"
            for one in every for part in parts
        ))  # fmt: skip
        names = [t.say("in_force"), *map(self.name, self.sweep.steps)]
        rows = [
            (
                t.words(name),
                *(t.number(n) for one in every for n in (one.sides[at].held, one.sides[at].open)),
            )
            for at, name in enumerate(names)
        ]
        yield Prose((("", t.say("standings_text")),))
        yield t.table("sweep-standings", t.say("standings_title"), head, rows)

    def _cells(self, step: Step | None) -> tuple[Cell, ...]:
        t = self.tell
        figures = self.sweep.law if step is None else step.figures
        cells = (
            *t.ends([figures.fined], t.counted),
            *t.ends([figures.fine.sum], t.amount),
            *t.ends([figures.fine.mean], t.amount),
        )
        if step is None:
            return (*cells, Cell("–"), Cell("–"), Cell("–"))
        change = step.change
        return (*cells, *map(t.number, (change.losers, change.winners, change.undecided)))


def _some(many: int) -> list[int]:
    """Return at most `MOST_LINES` places, the first and the last among them."""
    if many <= MOST_LINES:
        return list(range(many))
    return [round(n * (many - 1) / (MOST_LINES - 1)) for n in range(MOST_LINES)]


def bootstrap_section(t: Teller, found: Bootstrap) -> Section:
    """Return how far the figures would move with other cases drawn like these."""
    amounts = [one for one in found.intervals if one.unit == "fen" and ".mean." in one.figure]
    labels = dict.fromkeys(one.figure for one in amounts)
    rows = tuple(
        Row(
            t.text(next(one.label for one in amounts if one.figure == figure)),
            tuple(_interval(t, one) for one in amounts if one.figure == figure),
        )
        for figure in labels
    )
    blocks: list[Block] = [Prose((("", t.sentence(t.text(found.method))),))]
    if rows:
        blocks.append(Plot(
            "bootstrap", t.say("bootstrap_title"), alt(t, rows, t.sides), "intervals", "yuan",
            t.say("axis_interval"), t.sides, rows,
        ))  # fmt: skip
    head = ("", t.say("of_side"), t.say("estimate"), t.say("from"), t.say("to"))
    cells = []
    for one in found.intervals:
        shows = {"fen": t.amount, "share": t.share}.get(one.unit, t.counted)
        side = letter(one.side) if t.many > 1 else "–"
        ends = (shows(x) for x in (one.estimate, one.low, one.high))
        cells.append((t.words(t.text(one.label)), t.words(side), *ends))
    blocks.append(t.table("bootstrap", t.say("bootstrap_table"), head, cells, folded=bool(rows)))
    return Section("bootstrap", t.say("section_bootstrap", p=percent(found.level)), tuple(blocks))


def _interval(t: Teller, one: Interval) -> Mark:
    low, high = short(one.low, t.language), short(one.high, t.language)
    text = low if one.low == one.high else t.say("low_to_high", low=low, high=high)
    return Mark(one.side, Bounds(one.low, one.high), t.say("of_yuan", text=text), one.estimate)


def behaviour_section(t: Teller, found: Behaviour) -> Section:
    """Return what follows if offenders answer to the law, an assumption throughout."""
    sides = found.sides
    rows = (t.row(t.say("violations"), [one.violations for one in sides], "cases"),)
    blocks: list[Block] = [Prose(((t.say("assumption"), t.sentence(t.text(found.text))),))]
    blocks.append(Plot(
        "behaviour", t.say("behaviour_title"), alt(t, rows, t.sides), "bars", "cases",
        t.say("axis_bounds_cases"), t.sides, rows,
    ))  # fmt: skip
    cells = [
        (t.words(t.say("violations")), *t.ends([one.violations for one in sides], t.counted)),
        (t.words(t.say("factor")), *t.ends([one.factor for one in sides], t.share)),
        (t.words(t.say("fines_yuan")), *t.ends([one.fine for one in sides], t.amount)),
        (t.words(t.say("unmoved")), *t.ends([exactly(one.unmoved) for one in sides], t.counted)),
    ]
    blocks.append(t.table("behaviour", t.say("behaviour_title"), t.head(), cells))
    return Section("behaviour", t.say("section_behaviour"), tuple(blocks))


def published_section(t: Teller, every: tuple[Published, ...]) -> Section:
    """Return published aggregates, what arithmetic draws from them, and our figures beside."""
    series = (t.say("published"), t.say("simulated"))
    rows = []
    for one in every:
        marks = []
        mean = one.figures.get("mean_fen")
        if mean is not None:
            marks.append(t.mark(0, exactly(mean), "yuan"))
        if one.simulated is not None:
            marks.append(t.mark(1, one.simulated, "yuan"))
        if marks:
            rows.append(Row(t.text(one.label), tuple(marks)))
    blocks: list[Block] = []
    if rows:
        blocks.append(Plot(
            "published", t.say("published_title"), alt(t, tuple(rows), series), "bars", "yuan",
            t.say("axis_bounds_yuan"), series, tuple(rows), letters="PS",
        ))  # fmt: skip
    for one in every:
        points = [(t.text(one.label), t.text(one.source))]
        points += [("", t.text(text)) for text in one.bounds]
        if one.simulated is None:
            points.append(("", t.say("published_none")))
        else:
            points.append(("", f"{t.text(one.simulated_label)}{t.colon}{_ends(t, one.simulated)}"))
        blocks.append(Prose(tuple(points), listed=True))
    head = ("", t.say("figure"), t.say("value"))
    cells = [
        (
            t.words(t.text(one.label)), t.words(t.figure(name)),
            t.amount(number) if name.endswith("_fen") else t.number(number),
        )
        for one in every
        for name, number in one.figures.items()
    ]  # fmt: skip
    blocks.append(t.table("published", t.say("published_figures"), head, cells))
    return Section("published", t.say("section_published"), tuple(blocks))


def _ends(t: Teller, bounds: Bounds) -> str:
    low = yuan(bounds.low)
    if bounds.high is None:
        return t.say("of_yuan", text=t.say("at_least_open", low=low))
    high = yuan(bounds.high)
    return t.say("of_yuan", text=low if low == high else t.say("low_to_high", low=low, high=high))
