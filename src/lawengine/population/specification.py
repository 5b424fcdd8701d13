"""Reads a file of assumptions, and checks it against the vocabulary."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from lawengine.base.diagnostic import Diagnostic, has_errors, in_order, nearest
from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.model.types import Kind
from lawengine.model.vocabulary import ACT, PARTY, ROOT, Fact, Vocabulary
from lawengine.population.schema import (
    MOST_ORDERS,
    DrawnFact,
    DrawnGroup,
    DrawnNumber,
    DrawnOrders,
    Grounded,
    Margins,
    Population,
    Shape,
    Words,
)
from lawengine.tables.table import ORDER

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

S = TypeVar("S", bound=Shape)

WAYS = ("among", "years", "days", "between", "lognormal", "after", "share_of")
"""The ways in which a fact can be drawn."""

_FITS: Mapping[Kind, frozenset[str]] = {
    Kind.YES_NO: frozenset({"among"}),
    Kind.CHOICE: frozenset({"among"}),
    Kind.TEXT: frozenset({"among"}),
    Kind.DATE: frozenset({"years", "days", "after"}),
    Kind.MONEY: frozenset({"between", "lognormal", "share_of"}),
    Kind.COUNT: frozenset({"among", "between", "lognormal", "share_of"}),
}
_HANGING = frozenset({"after", "share_of"})
"""Ways by which a value hangs on another one of the same row."""
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
class Sort:
    """One sort of the orders of a shop; `draws` as in a group."""

    name: str
    label: Label
    weight: int
    source: str
    assumed: Label
    draws: tuple[Draw, ...]


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders of each shop of a group: how many, and of which sorts."""

    number: DrawnNumber
    assumed: Label
    sorts: tuple[Sort, ...]

    @property
    def source(self) -> str:
        """Return the key of the source of the number, "" where it is assumed."""
        return self.number.source


@dataclass(frozen=True, slots=True)
class Group:
    """One group of cases; `draws` stand in an order in which each finds what it hangs on."""

    name: str
    label: Label
    weight: int
    source: str
    assumed: Label
    draws: tuple[Draw, ...]
    acts: int = 1
    orders: Orders | None = None


@dataclass(frozen=True, slots=True)
class Specification:
    """The assumptions of a population."""

    label: Label
    sources: Mapping[str, Label]
    groups: tuple[Group, ...]

    def paths(self) -> tuple[str, ...]:
        """Return the paths of all facts that any group draws, each once."""
        return tuple(dict.fromkeys(d.fact.path for group in self.groups for d in group.draws))

    def order_draws(self) -> tuple[Draw, ...]:
        """Return how the facts of orders are drawn, in any sort of any group."""
        sorts = (sort for group in self.groups if group.orders for sort in group.orders.sorts)
        return tuple(draw for sort in sorts for draw in sort.draws)

    @property
    def has_orders(self) -> bool:
        """Tell whether the parties of a group are shops with orders."""
        return any(group.orders is not None for group in self.groups)

    def texts(self, path: str) -> tuple[str, ...]:
        """Return the texts that a fact of orders can have, each once, by their places."""
        among = (draw.how.among or {} for draw in self.order_draws() if draw.fact.path == path)
        return tuple(dict.fromkeys(text for weights in among for text in weights))


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
        yield Diagnostic("LAW691", place, {"key": key, "why": why_misshapen(found)})


_BLOCK, _LIST = (
    Label("should be a block of keys", "应为键值块"),
    Label("should be a list", "应为列表"),
)
_WHOLE, _NUMBER = (
    Label("should be a whole number", "应为整数"),
    Label("should be a number", "应为数"),
)
_ONE_OF = Label("should be one of: {expected}", "应为下列之一：{expected}")
_WHY = {
    "missing": Label("is missing", "缺少该项"),
    "extra_forbidden": Label("is no key that is known here", "此处没有这一项"),
    "greater_than": Label("should be more than {gt}", "应大于 {gt}"),
    "greater_than_equal": Label("should be at least {ge}", "应不小于 {ge}"),
    "less_than": Label("should be less than {lt}", "应小于 {lt}"),
    "less_than_equal": Label("should be at most {le}", "应不大于 {le}"),
    "too_short": Label("has too few entries", "条目过少"),
    "too_long": Label("has too many entries", "条目过多"),
    "string_type": Label("should be a text", "应为文字"),
    "bool_type": Label("should be true or false", "应为 true 或 false"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), _WHOLE),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), _NUMBER),
    **dict.fromkeys(("list_type", "tuple_type"), _LIST),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), _BLOCK),
    **dict.fromkeys(("literal_error", "enum"), _ONE_OF),
}


def why_misshapen(found: ErrorDetails) -> Label:
    """Return what pydantic finds wrong with a value, in both languages.

    Edges: of what has no words of its own here, the message is in English.
    """
    words = _WHY.get(found["type"])
    if words is None:
        return Label(found["msg"], found["msg"])
    given = found.get("ctx", {})
    return Label(words.en.format(**given), words.zh.format(**given))


class _Checker:
    def __init__(self, sources: Mapping[str, Words], vocabulary: Vocabulary, place: Span) -> None:
        self.sources, self.vocabulary, self.place = sources, vocabulary, place
        self.facts = _facts_of(vocabulary, ROOT, PARTY, ACT)
        self.order_facts = _facts_of(vocabulary, ORDER)
        self.diagnostics: list[Diagnostic] = []

    def report(self, code: str, suggestion: str = "", **words: object) -> None:
        found = Diagnostic(code, self.place, words, suggestion=suggestion)
        if found not in self.diagnostics:
            self.diagnostics.append(found)

    def specification(self, read: Population) -> Specification:
        sources = {name: _label(text) for name, text in self.sources.items()}
        groups = tuple(self._group(name, group, read) for name, group in read.groups.items())
        return Specification(_label(read.title), sources, groups)

    def margins(self, read: Margins) -> tuple[Draw, ...]:
        """Return the shares that are wanted of each fact."""
        found = [self._draw(path, how, self.facts) for path, how in read.margins.items()]
        for draw in found:
            if draw is not None and draw.way not in ("among", "years"):
                self.report("LAW693", fact=draw.fact.path, ways="among, years")
        return tuple(draw for draw in found if draw is not None)

    def _group(self, name: str, group: DrawnGroup, read: Population) -> Group:
        self._grounded(f"groups.{name}", group)
        common = read.facts
        if not group.acts:
            common = {path: how for path, how in common.items() if not _of_act(path)}
            for path in filter(_of_act, group.facts):
                self.report("LAW781", fact=path, group=name)
        orders = None
        if group.orders is not None:
            orders = self._orders(name, group.orders, read.orders)
        return Group(
            name, _label(group.title), group.weight, group.source, _label(group.assumed),
            self._draws(name, {**common, **group.facts}, self.facts), group.acts, orders,
        )  # fmt: skip

    def _orders(self, name: str, orders: DrawnOrders, common: Mapping[str, DrawnFact]) -> Orders:
        key = f"groups.{name}.orders"
        self._number(f"{key}.number", orders.number)
        sorts = []
        for which, sort in orders.sorts.items():
            self._grounded(f"{key}.sorts.{which}", sort)
            draws = self._draws(f"{name}.{which}", {**common, **sort.facts}, self.order_facts)
            sorts.append(
                Sort(
                    which, _label(sort.title), sort.weight, sort.source, _label(sort.assumed), draws
                )
            )
        return Orders(orders.number, _label(orders.number.assumed), tuple(sorts))

    def _number(self, key: str, number: DrawnNumber) -> None:
        self._grounded(key, number)
        if (number.between is None) is (number.lognormal is None):
            self.report("LAW693", fact=key, ways="between, lognormal")
            return
        low, high = _ends(number)
        if low > high or high > MOST_ORDERS:
            self.report("LAW695", fact=key, low=low, high=high)

    def _draws(
        self, group: str, wanted: Mapping[str, DrawnFact], facts: Mapping[str, Fact]
    ) -> tuple[Draw, ...]:
        draws = [self._draw(path, how, facts) for path, how in wanted.items()]
        return self._ordered(group, [draw for draw in draws if draw is not None])

    def _draw(self, path: str, how: DrawnFact, facts: Mapping[str, Fact]) -> Draw | None:
        self._grounded(f"facts.{path}", how)
        fact = facts.get(path)
        if fact is None:
            code = "LAW692" if facts is self.facts else "LAW782"
            self.report(code, nearest(path, list(facts)), name=path)
            return None
        ways = [way for way in WAYS if getattr(how, way) is not None]
        fits = _FITS.get(fact.type.kind, frozenset())
        if len(ways) != 1 or ways[0] not in fits:
            self.report("LAW693", fact=path, ways=", ".join(sorted(fits)) or "-")
            return None
        if not self._sensible(fact, how):
            return None
        if how.once_per_shop and (facts is self.facts or ways[0] in _HANGING):
            self.report("LAW780", fact=path)
            return None
        return Draw(fact, ways[0], how, how.source, _label(how.assumed))

    def _sensible(self, fact: Fact, how: DrawnFact) -> bool:
        if how.among is not None:
            known = self._members(fact, how.among)
            for member in how.among.keys() - set(known):
                self.report("LAW694", nearest(member, known), fact=fact.path, name=member)
                return False
            return self._weighed(fact, how.among)
        if how.days is not None:
            first, last = how.days
            if first > last:
                self.report("LAW695", fact=fact.path, low=first, high=last)
            return first <= last
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

    def _members(self, fact: Fact, among: Mapping[str, int]) -> Sequence[str]:
        if fact.type.kind is Kind.YES_NO:
            return YES_NO
        if fact.type.kind is Kind.TEXT:
            return [text for text in among if text.strip()]
        if fact.type.kind is Kind.COUNT:
            return [text for text in among if text.isascii() and text.isdecimal()]
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

    def _grounded(self, key: str, what: Grounded) -> None:
        """Report what names neither a source nor an assumption, or both."""
        if bool(what.source) is (what.assumed is not None):
            self.report("LAW698", key=key)
        elif what.source and what.source not in self.sources:
            near = nearest(what.source, list(self.sources))
            self.report("LAW699", near, key=key, name=what.source)


def _facts_of(vocabulary: Vocabulary, *entities: str) -> dict[str, Fact]:
    return {fact.path: fact for fact in vocabulary.facts() if fact.entity in entities}


def _of_act(path: str) -> bool:
    return path.partition(".")[0] == ACT


def _ends(how: DrawnFact | DrawnNumber) -> tuple[float, float]:
    if how.lognormal is not None:
        return how.lognormal.least, how.lognormal.most
    pair: Sequence[float] = how.between or (0, 0)
    if isinstance(how, DrawnNumber):
        pass
    elif how.after is not None:
        pair = how.after.days
    elif how.share_of is not None:
        pair = how.share_of.percent
    low, high = pair
    return low, high


def _label(words: object) -> Label:
    return Label() if words is None else Label(words.en, words.zh)  # type: ignore[attr-defined]  # Words
