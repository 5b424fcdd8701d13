"""Reads a file of assumptions, and checks it against the vocabulary."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from lawengine.base.diagnostic import Diagnostic, has_errors, in_order, nearest
from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.model.types import Kind
from lawengine.model.vocabulary import ACT, PARTY, ROOT, Fact, Vocabulary
from lawengine.population.schema import DrawnFact, DrawnGroup, Margins, Population, Shape, Words

S = TypeVar("S", bound=Shape)

WAYS = ("among", "years", "between", "lognormal", "after", "share_of")
"""The ways in which a fact can be drawn."""

_FITS: Mapping[Kind, frozenset[str]] = {
    Kind.YES_NO: frozenset({"among"}),
    Kind.CHOICE: frozenset({"among"}),
    Kind.DATE: frozenset({"years", "after"}),
    Kind.MONEY: frozenset({"between", "lognormal", "share_of"}),
    Kind.COUNT: frozenset({"between", "lognormal", "share_of"}),
}
YES_NO = ("yes", "no")
_YEARS = range(1900, 2201)
FEN = 100
"""Fen in a yuan: amounts of money stand in yuan in the file."""


@dataclass(frozen=True, slots=True)
class Draw:
    """How a fact is drawn in one group.

    Units: amounts in fen. `source` is the key of a published source, "" where it is assumed.
    """

    fact: Fact
    way: str
    how: DrawnFact
    source: str
    assumed: Label


@dataclass(frozen=True, slots=True)
class Group:
    """One group of cases; `draws` stand in an order in which each finds what it hangs on."""

    name: str
    label: Label
    weight: int
    source: str
    assumed: Label
    draws: tuple[Draw, ...]


@dataclass(frozen=True, slots=True)
class Specification:
    """The assumptions of a population."""

    label: Label
    sources: Mapping[str, Label]
    groups: tuple[Group, ...]

    def paths(self) -> tuple[str, ...]:
        """Return the paths of all facts that any group draws, each once."""
        return tuple(dict.fromkeys(d.fact.path for group in self.groups for d in group.draws))


def read_specification(
    path: Path, vocabulary: Vocabulary
) -> tuple[Specification | None, tuple[Diagnostic, ...]]:
    """Return the assumptions of a TOML file, or None, and what is wrong with it.

    Edges: what a group says of a fact goes before what is said of all groups.
    """
    read, problems = _read(path, Population)
    if read is None:
        return None, problems
    checker = _Checker(read.sources, vocabulary, Span(str(path), 0, 0, 1, 1))
    found = checker.specification(read)
    problems = in_order(checker.diagnostics)
    return (None if has_errors(problems) else found), problems


def read_margins(
    path: Path, vocabulary: Vocabulary
) -> tuple[tuple[Draw, ...] | None, tuple[Diagnostic, ...]]:
    """Return the shares that a TOML file wants of each fact, or None, and what is wrong with it."""
    read, problems = _read(path, Margins)
    if read is None:
        return None, problems
    checker = _Checker(read.sources, vocabulary, Span(str(path), 0, 0, 1, 1))
    found = checker.margins(read)
    problems = in_order(checker.diagnostics)
    return (None if has_errors(problems) else found), problems


def _read(path: Path, shape: type[S]) -> tuple[S | None, tuple[Diagnostic, ...]]:
    place = Span(str(path), 0, 0, 1, 1)
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
        return shape.model_validate(data), ()
    except OSError as error:
        words = {"path": path, "why": error.strerror or type(error).__name__}
        return None, (Diagnostic("LAW401", place, words),)
    except UnicodeDecodeError:
        return None, (Diagnostic("LAW402", place, {"path": path}),)
    except tomllib.TOMLDecodeError as error:
        return None, (Diagnostic("LAW690", place, {"why": str(error)}),)
    except ValidationError as error:
        return None, tuple(_misshapen(error, place))


def _misshapen(error: ValidationError, place: Span) -> Iterator[Diagnostic]:
    for found in error.errors():
        key = ".".join(str(step) for step in found["loc"])
        yield Diagnostic("LAW691", place, {"key": key, "why": found["msg"]})


class _Checker:
    def __init__(self, sources: Mapping[str, Words], vocabulary: Vocabulary, place: Span) -> None:
        self.sources, self.vocabulary, self.place = sources, vocabulary, place
        self.facts = {
            fact.path: fact for fact in vocabulary.facts() if fact.entity in (ROOT, PARTY, ACT)
        }
        self.diagnostics: list[Diagnostic] = []

    def report(self, code: str, suggestion: str = "", **words: object) -> None:
        found = Diagnostic(code, self.place, words, suggestion=suggestion)
        if found not in self.diagnostics:
            self.diagnostics.append(found)

    def specification(self, read: Population) -> Specification:
        sources = {name: _label(text) for name, text in self.sources.items()}
        groups = tuple(self._group(name, group, read.facts) for name, group in read.groups.items())
        return Specification(_label(read.title), sources, groups)

    def margins(self, read: Margins) -> tuple[Draw, ...]:
        """Return the shares that are wanted of each fact."""
        found = [self._draw(path, how) for path, how in read.margins.items()]
        for draw in found:
            if draw is not None and draw.way not in ("among", "years"):
                self.report("LAW693", fact=draw.fact.path, ways="among, years")
        return tuple(draw for draw in found if draw is not None)

    def _group(self, name: str, group: DrawnGroup, common: Mapping[str, DrawnFact]) -> Group:
        self._grounded(f"groups.{name}", group)
        wanted = {**common, **group.facts}
        draws = [self._draw(path, how) for path, how in wanted.items()]
        ordered = self._ordered(name, [draw for draw in draws if draw is not None])
        return Group(
            name, _label(group.title), group.weight, group.source, _label(group.assumed), ordered
        )

    def _draw(self, path: str, how: DrawnFact) -> Draw | None:
        self._grounded(f"facts.{path}", how)
        fact = self.facts.get(path)
        if fact is None:
            self.report("LAW692", nearest(path, list(self.facts)), name=path)
            return None
        ways = [way for way in WAYS if getattr(how, way) is not None]
        fits = _FITS.get(fact.type.kind, frozenset())
        if len(ways) != 1 or ways[0] not in fits:
            self.report("LAW693", fact=path, ways=", ".join(sorted(fits)) or "-")
            return None
        if not self._sensible(fact, how):
            return None
        return Draw(fact, ways[0], how, how.source, _label(how.assumed))

    def _sensible(self, fact: Fact, how: DrawnFact) -> bool:
        if how.among is not None:
            known = self._members(fact)
            for member in how.among.keys() - set(known):
                self.report("LAW694", nearest(member, known), fact=fact.path, name=member)
                return False
            return self._weighed(fact, how.among)
        if how.years is not None:
            for year in how.years:
                if not (year.isdecimal() and int(year) in _YEARS):
                    self.report("LAW694", fact=fact.path, name=year)
                    return False
            return self._weighed(fact, how.years)
        low, high = _ends(how)
        if low > high:
            self.report("LAW695", fact=fact.path, low=low, high=high)
            return False
        return True

    def _weighed(self, fact: Fact, weights: Mapping[str, int]) -> bool:
        if sum(weights.values()) > 0:
            return True
        self.report("LAW695", fact=fact.path, low=0, high=0)
        return False

    def _members(self, fact: Fact) -> Sequence[str]:
        if fact.type.kind is Kind.YES_NO:
            return YES_NO
        return [member.name for member in self.vocabulary.choices[fact.type.choices].members]

    def _ordered(self, group: str, draws: Sequence[Draw]) -> tuple[Draw, ...]:
        by_path = {draw.fact.path: draw for draw in draws}
        graph: dict[str, list[str]] = {}
        for path, draw in by_path.items():
            after = draw.how.after or draw.how.share_of
            graph[path] = [after.fact] if after else []
            other = by_path.get(after.fact) if after else draw
            if other is None or other.fact.type.kind is not draw.fact.type.kind:
                self.report("LAW696", fact=path, other=after.fact if after else "", group=group)
                return ()
        try:
            return tuple(by_path[path] for path in TopologicalSorter(graph).static_order())
        except CycleError as error:
            self.report("LAW697", names=" -> ".join(error.args[1]))
            return ()

    def _grounded(self, key: str, what: DrawnFact | DrawnGroup) -> None:
        """Report what names neither a source nor an assumption, or both."""
        if bool(what.source) is (what.assumed is not None):
            self.report("LAW698", key=key)
        elif what.source and what.source not in self.sources:
            near = nearest(what.source, list(self.sources))
            self.report("LAW699", near, key=key, name=what.source)


def _ends(how: DrawnFact) -> tuple[float, float]:
    if how.lognormal is not None:
        return how.lognormal.least, how.lognormal.most
    pair: Sequence[float] = how.between or (0, 0)
    if how.after is not None:
        pair = how.after.days
    elif how.share_of is not None:
        pair = how.share_of.percent
    low, high = pair
    return low, high


def _label(words: object) -> Label:
    return Label() if words is None else Label(words.en, words.zh)  # type: ignore[attr-defined]  # Words
