"""Scores and grades as Python functions: from exact facts to points, or to a level.

What is open (a missing indicator, points off the scale, no version, no band) raises `KeyError`, and
the reference reads the condition that asks.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from lawengine.base.calendar import Rounding
from lawengine.base.diagnostic import Diagnostic
from lawengine.compiled.expressions import SIGNS, Code, Writer
from lawengine.compiled.facts import Node
from lawengine.compiled.index import turning_days_between
from lawengine.compiled.runtime import stop
from lawengine.compiled.source import NotCompiled, Source
from lawengine.evaluation.domains import rounded
from lawengine.evaluation.facts import Known
from lawengine.model import expressions as e
from lawengine.model.ratings import Grade, GradeVersion, Score, ScoreVersion, Veto
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import ROOT
from lawengine.registers.ratings import off_scale
from lawengine.registers.register import Register

Points = int | Fraction
Rating = Callable[..., Any]
"""Facts from the case down to what is rated in; its points or its level out."""


@dataclass(slots=True)
class Ratings:
    """The scores and grades of a rulebook, each compiled when the first case asks for it."""

    rulebook: Rulebook
    _asked: dict[tuple[str, bool], Rating] = field(default_factory=dict)

    def code(self, source: Source, name: str, scope: Mapping[str, str]) -> Code:
        """Return the source that asks for a score or a grade of what is in view.

        Raises:
            NotCompiled: what has it is not in view.
        """
        line = self._line(name)
        if any(entity not in scope for entity in line):
            raise NotCompiled
        return f"{source.keep(self.asked(name))}({', '.join(scope[entity] for entity in line)})"

    def asked(self, name: str, *, veto: bool = False) -> Rating:
        """Return the function of a score or a grade; with `veto`, whether a veto of it holds."""
        key = name, veto
        if key not in self._asked:
            rating = self.rulebook.ratings[name]
            self._asked[key] = _Dated(self, rating, self._line(name), veto)
        return self._asked[key]

    def contradictions(self, root: Node, register: Register) -> Iterator[Diagnostic]:
        """Yield each indicator of the case whose facts give points off its scale.

        A score that a function gives is on its scale; any other one is read by the register.
        """
        for name, score in self.rulebook.scores.items():
            line = self._line(name)
            for chain in _chains((root,), line[1:]):
                try:
                    self.asked(name)(*chain)
                except KeyError:
                    seen = {
                        entity: node.instance
                        for entity, node in zip(line, chain, strict=True)
                        if node.instance is not None
                    }
                    yield from off_scale(register.rater.score(score, seen))

    def _line(self, name: str) -> tuple[str, ...]:
        line = [self.rulebook.ratings[name].entity]
        while line[-1] != ROOT:
            line.append(self.rulebook.vocabulary.entities[line[-1]].parent)
        return tuple(reversed(line))


@dataclass(slots=True)
class _Dated:
    """One score or grade: the day that dates it picks the function."""

    ratings: Ratings
    rating: Score | Grade
    line: tuple[str, ...]
    veto: bool
    turns: list[datetime.date] = field(init=False)
    _made: dict[int, Rating] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read once on which days a version, or a figure that one reads, changes."""
        self.turns = turning_days_between(self.rating.versions, self.ratings.rulebook)

    def __call__(self, *chain: Mapping[str, object]) -> Any:  # noqa: ANN401 - points or a level
        """Return the points or the level.

        Raises:
            KeyError: that is open.
        """
        dated = self.rating.dated_by
        if not isinstance(dated, e.FactOf) or dated.entity not in self.line:
            stop()
        day: Any = chain[self.line.index(dated.entity)][dated.fact]
        era = bisect_right(self.turns, day)
        made = self._made.get(era)
        if made is None:
            made = self._made[era] = self._make(day)
        return made(*chain)

    def _make(self, day: datetime.date) -> Rating:
        version = self.rating.version_at(day)
        if version is None:
            return _open
        writer = _RatingWriter(self.ratings, self.rating, self.line, day)
        try:
            return writer.veto(version) if self.veto else writer.write(version)
        except NotCompiled:
            return _open


@dataclass(slots=True)
class _RatingWriter:
    """Writes the functions of one version, with the figures of one day."""

    ratings: Ratings
    rating: Score | Grade
    line: tuple[str, ...]
    day: datetime.date
    source: Source = field(default_factory=Source)

    def write(self, version: ScoreVersion | GradeVersion) -> Rating:
        """Return what gives the points or the level.

        Raises:
            NotCompiled: something that the version says has no source.
        """
        if isinstance(version, ScoreVersion):
            self._points(version)
        else:
            self._level(version)
        return self._function()

    def veto(self, version: ScoreVersion | GradeVersion) -> Rating:
        """Return what tells whether a veto of the version itself holds.

        Raises:
            NotCompiled: the condition of one has no source.
        """
        self.source.add(1, f"return {self._any(version.vetoes)}")
        return self._function()

    def _function(self) -> Rating:
        return self.source.function(f"rating({', '.join(self._names())})")

    def _names(self) -> list[str]:
        return [f"e{place}" for place in range(len(self.line))]

    def _writer(self) -> Writer:
        scope = dict(zip(self.line, self._names(), strict=True))
        book = self.ratings.rulebook
        return Writer(self.source, book, scope, self._figure, _no_rule, ratings=self.ratings.code)

    def _figure(self, name: str) -> e.Value | None:
        found = self.ratings.rulebook.parameters[name].at(self.day)
        return found.value if found is not None else None

    def _any(self, vetoes: Iterable[Veto]) -> str:
        writer = self._writer()
        return " or ".join(f"({writer.text(veto.condition)})" for veto in vetoes) or "False"

    def _points(self, version: ScoreVersion) -> None:
        score, add, writer = self.rating, self.source.add, self._writer()
        if not isinstance(score, Score):
            raise NotCompiled
        low, high = (self.source.constant(end) for end in (score.low, score.high))
        add(1, "total = 0")
        for indicator in version.indicators:
            add(1, f"x = {writer.text(indicator.value)}")
            add(1, f"if not {low} <= x <= {high}:")
            add(2, writer.stop())
            add(1, f"total += ({writer.text(indicator.weight)}) * x")
        if version.rounding is None:
            add(1, "return total")
        else:
            settled, how = self.source.keep(_settled), self.source.keep(version.rounding)
            add(1, f"return {settled}(total, {how})")

    def _level(self, version: GradeVersion) -> None:
        add, constant, writer = self.source.add, self.source.constant, self._writer()
        chain = ", ".join(self._names())
        below = self.source.keep(self.ratings.asked(version.score, veto=True))
        add(1, f"if {below}({chain}) or {self._any(version.vetoes)}:")
        add(2, f"return {constant(version.vetoed)}")
        add(1, f"x = {self.source.keep(self.ratings.asked(version.score))}({chain})")
        add(1, "levels = []")
        for band in version.bands:
            limits = [limit for limit in (band.low, band.high) if limit is not None]
            tests = [f"x {SIGNS[one.comparison]} {writer.text(one.points)}" for one in limits]
            add(1, f"if {' and '.join(tests) or 'True'}:")
            add(2, f"levels.append({constant(band.level)})")
        add(1, "if len(levels) != 1:")
        add(2, writer.stop())
        add(1, "return levels[0]")


def _chains(above: tuple[Node, ...], line: Sequence[str]) -> Iterator[tuple[Node, ...]]:
    """Yield the facts from the case down to each instance of the last entity of the line."""
    if not line:
        yield above
        return
    group = above[-1].get(f"*{line[0]}")
    for each in group if isinstance(group, tuple) else ():
        yield from _chains((*above, each), line[1:])


def _settled(total: Points, rounding: Rounding) -> object:
    found = rounded(Known(total), rounding)
    if not isinstance(found, Known):
        stop()
    return found.value


def _open(*_: object) -> object:
    raise KeyError


def _no_rule(_: str) -> Code:
    """Refuse: scores and grades ask no rules."""
    raise NotCompiled
