"""Plots drawn at a width: wide ones for desks and paper, narrow ones for phones."""

from __future__ import annotations

import math
from dataclasses import dataclass

from lawengine.analysis.result import Number
from lawengine.base.label import Language
from lawengine.presentation.numbers import FEN, shown
from lawengine.presentation.plots import Mark, Plot, Row
from lawengine.presentation.scene import (
    BOLD,
    GRID,
    INK,
    PALE,
    PAPER,
    SERIES,
    SOFT,
    Group,
    Line,
    Polygon,
    Rect,
    Scene,
    Shape,
    Words,
    fitted,
    folded,
    width_of,
)

WIDE, NARROW = 880, 340
_PAD, _BAR, _STEP, _GAP, _SIZE, _LINE = 8, 14, 22, 12, 13, 17
_LABEL, _VALUE = 200, 240
"""Most room for the labels of rows on the left, and for the words of marks on the right."""
_TARGET = {WIDE: 5, NARROW: 3}
_BAND_HEIGHT = 260
_ARROW = 9


def draw(plot: Plot, width: int, language: Language) -> Scene:
    """Return the plot drawn at a width, `WIDE` or `NARROW`."""
    return _Pen(plot, width, language).scene()


@dataclass(frozen=True, slots=True)
class _Axis:
    """Where figures stand: from `left` on, `room` pixels for `most`."""

    left: float
    room: float
    most: float

    def at(self, number: Number) -> float:
        return self.left + self.room * min(max(float(number), 0.0), self.most) / self.most


class _Pen:
    def __init__(self, plot: Plot, width: int, language: Language) -> None:
        self.plot, self.width, self.language = plot, width, language
        self.narrow = width == NARROW
        self.groups: list[Group] = []
        self.y = float(_PAD)

        marks = [mark for row in plot.rows for mark in row.marks]
        labels = (width_of(row.label, _SIZE * BOLD) for row in plot.rows)
        texts = (width_of(mark.text, 12) for mark in marks)
        letters = 26 if len(plot.series) > 1 else 10
        self.label = min(_LABEL, max(labels, default=0.0) + letters)
        self.value = min(_VALUE, max(texts, default=0.0) + 2 * _PAD + _ARROW)

    def scene(self) -> Scene:
        plot = self.plot
        self._legend()
        if plot.kind == "bands":
            self._bands()
        else:
            self._rows()
        name = f"{plot.name}-{'narrow' if self.narrow else 'wide'}"
        height = round(self.y + _PAD, 1)
        return Scene(name, self.width, height, plot.title, plot.alt, tuple(self.groups))

    def put(self, *shapes: Shape, data: tuple[tuple[str, str], ...] = ()) -> None:
        self.groups.append(Group(shapes, data))

    # --- parts that all have ---

    def _legend(self) -> None:
        """Put a swatch for each series; letters tell them apart without colour."""
        if not any(self.plot.series):
            return
        x = float(_PAD)
        for number, name in enumerate(self.plot.series):
            text = fitted(f"{self._letter(number)}{name}", self.width - 2 * _PAD - 24, _SIZE)
            room = 24 + width_of(text, _SIZE)
            if x > _PAD and x + room > self.width - _PAD:
                x, self.y = float(_PAD), self.y + _LINE
            colour = SERIES[number % len(SERIES)]
            self.put(
                Rect(x, self.y + 2, 14, 12, colour), Words(x + 20, self.y + 13, text, size=_SIZE)
            )
            x += room + 18
        self.y += _LINE + _GAP

    def _letter(self, number: int) -> str:
        letters = self.plot.letters
        return f"{letters[number % len(letters)]} · " if len(self.plot.series) > 1 else ""

    def _axis(self, left: float, room: float) -> _Axis:
        if self.plot.most is not None:
            return _Axis(left, room, float(self.plot.most))
        ends = [
            float(number)
            for row in self.plot.rows
            for mark in row.marks
            for number in (mark.bounds.low, mark.bounds.high, mark.estimate)
            if number is not None
        ]
        return _Axis(left, room, max(ends, default=0.0) * 1.02 or 1.0)

    def _ticks(self, axis: _Axis) -> list[float]:
        scale = FEN if self.plot.unit == "yuan" else 1
        step = nice_step(axis.most / scale, _TARGET[self.width], whole=self.plot.unit == "cases")
        return [n * step * scale for n in range(int(axis.most / scale / step * 1.000001) + 1)]

    def _beyond(self, x: float, y: float, colour: str) -> Polygon:
        return Polygon(((x, y - 7), (x + _ARROW, y), (x, y + 7)), colour)

    # --- bars and intervals ---

    def _rows(self) -> None:
        left = _PAD if self.narrow else _PAD + self.label
        room = self.width - left - _PAD - (_ARROW + 2 if self.narrow else self.value)
        axis = self._axis(left, room)
        start = self.y
        grid_at = len(self.groups)
        for row in self.plot.rows:
            self._row(row, axis)
            self.y += _GAP
        lines = [
            Line(((axis.at(t), start - 4), (axis.at(t), self.y - 4)), GRID if t else SOFT)
            for t in self._ticks(axis)
        ]
        if not self.narrow:
            self.groups.insert(grid_at, Group(tuple(lines)))
        self._foot(axis)

    def _foot(self, axis: _Axis) -> None:
        """Put the figures of the axis and what they are."""
        self.y += 10
        for number in self._ticks(axis):
            text = shown(round(number, 9), self.plot.unit, self.language)
            x, half = axis.at(number), width_of(text, 12) / 2
            x = min(max(x, half + 2), self.width - half - 2)
            data = (("tick", f"{number:.10g}"), ("x", f"{axis.at(number):.2f}"))
            self.put(Words(x, self.y + 2, text, "middle", 12, fill=SOFT), data=data)
        self.y += _LINE
        for line in folded(self.plot.axis, self.width - axis.left - _PAD, 12, 4):
            self.put(Words(axis.left, self.y + 2, line, size=12, fill=SOFT))
            self.y += _LINE

    def _row(self, row: Row, axis: _Axis) -> None:
        letters = 24 if len(self.plot.series) > 1 else 8
        room = self.width - 2 * _PAD if self.narrow else self.label - letters
        lines = folded(row.label, room, _SIZE * BOLD, 2 if self.narrow else max(3, len(row.marks)))
        if self.narrow:
            for line in lines:
                self.put(Words(_PAD, self.y + 11, line, size=_SIZE, bold=True))
                self.y += _LINE
            for mark in row.marks:
                self._narrow_mark(row, mark, axis)
            return
        top = self.y
        for number, line in enumerate(lines):
            self.put(Words(_PAD, top + 12 + number * _LINE, line, size=_SIZE, bold=True))
        for mark in row.marks:
            colour = SERIES[mark.series % len(SERIES)]
            if len(self.plot.series) > 1:
                letter = self._letter(mark.series)[0]
                self.put(Words(axis.left - 8, self.y + 12, letter, "end", 12, True, colour))
            self._mark(row, mark, axis)
            self._value(mark, self.width - self.value + _ARROW, self.value - _ARROW - _PAD)
            self.y += _STEP
        self.y = max(self.y, top + len(lines) * _LINE)

    def _value(self, mark: Mark, x: float, room: float) -> None:
        lines = folded(mark.text, room, 12)
        for number, line in enumerate(lines):
            self.put(Words(x, self.y + 11 + number * 14, line, size=12))
        self.y += (len(lines) - 1) * 14

    def _narrow_mark(self, row: Row, mark: Mark, axis: _Axis) -> None:
        colour = SERIES[mark.series % len(SERIES)]
        x = float(_PAD)
        if len(self.plot.series) > 1:
            self.put(Words(x, self.y + 11, self._letter(mark.series)[0], "start", 12, True, colour))
            x += 16
        self._value(mark, x, self.width - x - _PAD)
        self.y += _LINE
        if mark.bounds.high == 0:
            # Nothing to be drawn, so no room for it; the figure stands there all the same.
            self.put(
                data=(*figures(row, mark), ("x", f"{axis.left:.2f}"), ("to", f"{axis.left:.2f}"))
            )
            self.y += 4
            return
        # Words stand above each bar: lines of the axis would run through them.
        ends = self.y - 2, self.y + _BAR + 4
        self.put(
            *(Line(((axis.at(t), ends[0]), (axis.at(t), ends[1])), GRID) for t in self._ticks(axis))
        )
        self._mark(row, mark, axis)
        self.y += _STEP

    def _mark(self, row: Row, mark: Mark, axis: _Axis) -> None:
        """Put a bar or an interval; what lies beyond the axis ends in an arrow."""
        colour = SERIES[mark.series % len(SERIES)]
        pale = PALE[mark.series % len(PALE)]
        bounds, top = mark.bounds, self.y + 1
        low = axis.at(bounds.low)
        beyond = bounds.high is None or bounds.high > axis.most
        high = axis.at(axis.most if bounds.high is None else bounds.high)
        shapes: list[Shape] = []
        if self.plot.kind == "intervals":
            middle = top + _BAR / 2
            shapes.append(Rect(low, middle - 3, max(high - low, 1), 6, pale, colour))
            if mark.estimate is not None:
                x = axis.at(mark.estimate)
                shapes.append(Rect(x - 1, top - 1, 2, _BAR + 2, colour))
        else:
            if high > low or beyond:
                shapes.append(Rect(low, top + 0.5, max(high - low, 1), _BAR - 1, pale, colour))
            if bounds.low > 0:
                shapes.append(Rect(axis.left, top, max(low - axis.left, 1.5), _BAR, colour))
        if beyond:
            shapes.append(self._beyond(high + 1, top + _BAR / 2, colour))
        self.put(*shapes, data=(*figures(row, mark), ("x", f"{low:.2f}"), ("to", f"{high:.2f}")))

    # --- bands over a line of places ---

    def _bands(self) -> None:
        rows = self.plot.rows
        top, bottom = self.y + 8, self.y + 8 + _BAND_HEIGHT
        axis = self._axis(0, _BAND_HEIGHT)
        ticks = self._ticks(axis)
        names = [shown(round(tick, 9), self.plot.unit, self.language) for tick in ticks]
        left = _PAD + max(width_of(name, 12) for name in names) + 8
        right = self.width - _PAD - 24
        for tick, name in zip(ticks, names, strict=True):
            y = bottom - axis.at(tick)
            self.put(Line(((left, y), (right, y)), GRID))
            data = (("tick", f"{tick:.10g}"), ("y", f"{y:.2f}"))
            self.put(Words(left - 6, y + 4, name, "end", 12, fill=SOFT), data=data)
        first, last = float(rows[0].x), float(rows[-1].x)
        span = (last - first) or 1.0
        places = [left + 12 + (right - left - 24) * (float(row.x) - first) / span for row in rows]
        for number in range(len(self.plot.series)):
            self._band(number, places, bottom, axis)
        self.put(Line(((left, bottom), (right, bottom)), INK))
        self._places(places, bottom)
        self.y = bottom + 2.6 * _LINE
        across = f"{self.plot.across} · {self.plot.axis}" if self.plot.across else self.plot.axis
        for line in folded(across, self.width - 2 * _PAD, 12, 4):
            self.put(Words(_PAD, self.y, line, size=12, fill=SOFT))
            self.y += _LINE
        self.y = max(self.y, top)

    def _band(self, number: int, places: list[float], bottom: float, axis: _Axis) -> None:
        """Put what lies between the lower and the upper figures, and a line for each of them."""
        colour, pale = SERIES[number % len(SERIES)], PALE[number % len(PALE)]
        lows, highs, dots = [], [], []
        for x, row in zip(places, self.plot.rows, strict=True):
            for mark in row.marks:
                if mark.series != number:
                    continue
                bounds = mark.bounds
                high = axis.most if bounds.high is None else bounds.high
                lows.append((x, bottom - axis.at(bounds.low)))
                highs.append((x, bottom - axis.at(high)))
                dots.append((row, mark, lows[-1], highs[-1]))
        self.put(Polygon((*lows, *reversed(highs)), pale))
        self.put(Line(tuple(highs), colour, 2, dash=True), Line(tuple(lows), colour, 2))
        for row, mark, (x, low), (_, high_) in dots:
            shapes: list[Shape] = [
                Rect(x - 3, low - 3, 6, 6, colour),
                Rect(x - 3, high_ - 3, 6, 6, PAPER, colour),
            ]
            if mark.bounds.high is None:
                shapes.append(Polygon(((x - 6, high_), (x, high_ - 9), (x + 6, high_)), colour))
            data = (*figures(row, mark), ("at", repr(row.x)))
            self.put(*shapes, data=(*data, ("x", f"{low:.2f}"), ("to", f"{high_:.2f}")))

    def _places(self, places: list[float], bottom: float) -> None:
        """Put the labels of the places, as many as there is room for."""
        taken = -1e9
        for x, row in zip(places, self.plot.rows, strict=True):
            half = width_of(row.label, 12) / 2
            at = min(max(x, half + 2), self.width - half - 2)
            if at - half > taken + 6:
                self.put(Words(at, bottom + _LINE, row.label, "middle", 12, fill=SOFT))
                taken = at + half


def figures(row: Row, mark: Mark) -> tuple[tuple[str, str], ...]:
    """Return the figures behind a mark, exactly; an upper figure that nobody knows is empty."""
    bounds = mark.bounds
    found = [
        ("row", row.label),
        ("series", str(mark.series)),
        ("low", repr(bounds.low)),
        ("high", "" if bounds.high is None else repr(bounds.high)),
        ("open", repr(bounds.open)),
    ]
    if mark.estimate is not None:
        found.append(("estimate", repr(mark.estimate)))
    return tuple(found)


def nice_step(most: float, target: int, *, whole: bool) -> float:
    """Return a step of 1, 2 or 5 times a power of ten that gives about `target` ticks."""
    if most <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(most / target))
    step = next(n * power for n in (1, 2, 5, 10) if n * power >= most / target)
    return max(step, 1.0) if whole else step
