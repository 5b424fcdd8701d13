"""Reading a table of orders: every column checked, every mistake by row and column."""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lawengine.base.collecting import uncollected
from lawengine.base.diagnostic import Diagnostic, has_errors
from lawengine.base.errors import UnreadableFileError
from lawengine.base.label import Label
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.evaluate import View, evaluate
from lawengine.evaluation.facts import UNKNOWN, Entry, Instance, Known, Ordered
from lawengine.evaluation.trace import Finding
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import YES_NO
from lawengine.model.vocabulary import ROOT, Fact, Role
from lawengine.tables.cells import Bounds, Cells, shown
from lawengine.tables.duck import Coded, Columns
from lawengine.tables.layout import Layout, Wishes, lay_out
from lawengine.tables.problems import Problems
from lawengine.tables.sources import NotATableError, Rows, open_source
from lawengine.tables.table import ORDER, Column, Table

MAX_ROWS = 20_000_000
"""More orders at once would not fit the memory of a small machine."""
_YUAN = frozenset({"cny", "rmb", "人民币", "元", "yuan"})


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table, None where it has mistakes, and everything that was found."""

    table: Table | None
    diagnostics: tuple[Diagnostic, ...]


def read_orders(path: Path, rulebook: Rulebook, wishes: Wishes, day: datetime.date) -> ReadTable:
    """Return the orders of a file, checked against the vocabulary; `day` is that of the look.

    Edges: an empty cell is a fact that nobody knows. Nothing else is ever put in its place. What
    the fast way finds wrong is read again the careful way, which says where it stands.
    """
    read = _read(path, rulebook, wishes, day, careful=False)
    return read if read.table is not None else _read(path, rulebook, wishes, day, careful=True)


@uncollected
def _read(
    path: Path, rulebook: Rulebook, wishes: Wishes, day: datetime.date, *, careful: bool
) -> ReadTable:
    problems = Problems(str(path))
    table = None
    try:
        source = open_source(path, careful=careful)
        orders = rulebook.vocabulary.entities[ORDER]
        layout = lay_out(source.header, orders, wishes, problems)
        if layout is not None:
            reader = _Reader(rulebook, layout, problems, day)
            for chunk in source.chunks:
                reader.take(chunk)
            table = reader.table()
    except NotATableError as error:
        problems.add("LAW620", {"why": error.reason})
    except UnreadableFileError as error:
        problems.add("LAW107", {"why": Label(error.why, error.why)})
    found = problems.all()
    return ReadTable(None if has_errors(found) else table, found)


class _Places(dict[str, int]):
    """The places of names by the texts of their cells; `names` are they without outer spaces."""

    def __init__(self) -> None:
        super().__init__()
        self.names: dict[str, int] = {}

    def __missing__(self, text: str) -> int:
        """Return the place of a name, a new one where the name is new."""
        found = self[text] = self.names.setdefault(text.strip(), len(self.names))
        return found


@dataclass(slots=True)
class _Reader:
    """Takes chunk after chunk of rows into whole columns."""

    rulebook: Rulebook
    layout: Layout
    problems: Problems
    day: datetime.date
    next: int = 2  # the header is row 1
    count: int = 0
    cells: list[Cells] = field(default_factory=list)
    columns: list[array[int]] = field(default_factory=list)
    shops: _Places = field(default_factory=_Places)
    shop_of: array[int] = field(default_factory=lambda: array("q"))
    tallies: _Places = field(default_factory=_Places)
    tally_of: array[int] = field(default_factory=lambda: array("q"))
    orders: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Make an empty column for each fact."""
        choices = self.rulebook.vocabulary.choices
        view = _view(self.rulebook, self.day)
        for column in self.layout.facts:
            fact = column.fact
            found = choices.get(fact.type.choices)
            self.cells.append(Cells(fact, _bounds(fact, view), found, column.unit))
            self.columns.append(array("q"))
        if self.layout.order_id is None:
            self.problems.warn("LAW642", {})

    def take(self, chunk: Rows) -> None:
        """Take some more rows, and report what is wrong with them."""
        whole = range(self.next, self.next + chunk.count + len(chunk.blank))
        self.next = whole.stop
        blank = set(chunk.blank)
        rows = [n for place, n in enumerate(whole) if place not in blank] if blank else whole
        self.count += chunk.count
        if self.count > MAX_ROWS:
            raise NotATableError(Path(self.problems.path), f"has more than {MAX_ROWS:,} rows")
        for place, width in chunk.ragged:
            words = {"found": width, "expected": self.layout.width}
            self.problems.add("LAW627", words, row=rows[place])
        broken = {rows[place] for place, _ in chunk.ragged}
        self._take_shops(chunk.columns[self.layout.shop], rows, broken)
        if self.layout.tally is not None:
            _extend(self.tally_of, self.tallies, chunk.columns[self.layout.tally])
        self._take_ids(chunk.columns, rows, broken)
        if self.layout.currency is not None:
            self._take_currency(chunk.columns[self.layout.currency], rows, broken)
        for known, cells, kept in zip(self.layout.facts, self.cells, self.columns, strict=True):
            texts = chunk.columns[known.place]
            _extend(kept, cells, texts)
            if cells.refused:
                for row, text in zip(rows, texts, strict=True):
                    if text in cells.refused:
                        refusal = cells.refused[text]
                        self.problems.refused(refusal, row, known.place, known.header)

    def _take_shops(self, texts: Sequence[str], rows: Sequence[int], broken: set[int]) -> None:
        _extend(self.shop_of, self.shops, texts)
        if "" in self.shops.names:
            for row, text in zip(rows, texts, strict=True):
                if not text.strip() and row not in broken:
                    self.problems.add("LAW633", row=row, place=self.layout.shop)

    def _take_ids(
        self, columns: Sequence[Sequence[str]], rows: Sequence[int], broken: set[int]
    ) -> None:
        place = self.layout.order_id
        if place is None or (isinstance(columns, Columns) and columns.once(place)):
            return
        texts, seen = columns[place], self.orders
        fresh = set(texts)
        if len(fresh) < len(texts) or "" in fresh or not seen.isdisjoint(fresh):
            for row, text in zip(rows, texts, strict=True):
                if not text.strip() and row not in broken:
                    self.problems.add("LAW634", row=row, place=place)
                elif text in seen and text.strip():
                    words = {"found": shown(text)}
                    self.problems.add("LAW632", words, row=row, place=place)
                seen.add(text)
        seen |= fresh

    def _take_currency(self, texts: Sequence[str], rows: Sequence[int], broken: set[int]) -> None:
        """Report amounts in anything but yuan: the law counts in yuan, and no rate is at hand."""
        different = texts.texts if isinstance(texts, Coded) else set(texts)
        wrong = {text for text in different if text.strip().casefold() not in _YUAN}
        if wrong:
            for row, text in zip(rows, texts, strict=True):
                if text in wrong and row not in broken:
                    words = {"found": shown(text.strip()) or "-"}
                    at = self.layout.currency or 0
                    self.problems.add("LAW631", words, row=row, place=at)

    def table(self) -> Table:
        """Return the whole columns."""
        if not self.count:
            self.problems.add("LAW621")
        made = {
            known.fact.name: Column(known.fact, kept, tuple(cells.places))
            for known, cells, kept in zip(self.layout.facts, self.cells, self.columns, strict=True)
        }
        shops, tallies = tuple(self.shops.names), tuple(self._tallies())
        return Table(self.problems.path, shops, self.shop_of, made, tallies)

    def _tallies(self) -> list[str]:
        """Return what shops are counted by, one text for each; a shop with two is reported."""
        shops, texts = list(self.shops.names), list(self.tallies.names)
        found: dict[int, str] = {}
        for shop, place in sorted(set(zip(self.shop_of, self.tally_of, strict=False))):
            if shop in found:
                words = {"shop": shown(shops[shop]), "one": shown(found[shop])}
                words["other"] = shown(texts[place])
                self.problems.add("LAW644", words, place=self.layout.tally or 0)
            found.setdefault(shop, texts[place])
        return list(found.values())


def _extend(kept: array[int], numbers: dict[str, int], texts: Sequence[str]) -> None:
    """Add the number of each text; a text that is new is parsed by `numbers` itself."""
    if isinstance(texts, Coded):
        kept.frombytes(texts.through([numbers[text] for text in texts.texts]))
    else:
        kept.extend(map(numbers.__getitem__, texts))


def _view(rulebook: Rulebook, day: datetime.date) -> View:
    decided = rulebook.vocabulary.with_role(Role.DECISION_DATE)
    facts: Mapping[str, Entry] = {} if decided is None else {decided.name: Entry(Known(day))}
    root = Instance(ROOT, "", "", facts)
    return View(rulebook, {ROOT: root}, Known(day), None, _no_rules)


def _bounds(fact: Fact, view: View) -> Bounds:
    """Return the bounds of a fact that do not hang on another fact of the order."""
    lows = [_edge(part, view, high=False) for part in fact.low]
    highs = [_edge(part, view, high=True) for part in fact.high]
    return Bounds(
        max((low for low in lows if low is not None), default=None),
        min((high for high in highs if high is not None), default=None),
    )


def _edge(expression: e.Expression, view: View, *, high: bool) -> int | None:
    if any(isinstance(p, e.FactOf) and p.entity not in view.instances for p in _parts(expression)):
        return None
    return _number(bounds(evaluate(expression, view).domain)[high])


def _parts(expression: e.Expression) -> list[e.Expression]:
    found = [expression]
    for part in found:
        found += e.children(part)
    return found


def _number(value: Ordered | None) -> int | None:
    if isinstance(value, datetime.date):
        return value.toordinal()
    return value if isinstance(value, int) else None


def _no_rules(_rule: str) -> Finding:
    """Return that nothing is known: a table has no rules to ask."""
    return Finding(e.Constant(value=True, type=YES_NO), UNKNOWN)
