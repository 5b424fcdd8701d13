"""What the columns of a table stand for: facts of orders, the shop, the number, the currency."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lawengine.base.diagnostic import nearest
from lawengine.base.label import Label
from lawengine.model.types import KIND_LABELS, Kind
from lawengine.model.vocabulary import Entity, Fact
from lawengine.tables.cells import READ_KINDS, UNITS, shown
from lawengine.tables.problems import Problems

EVERYTHING = "*"
"""Among the columns to leave out: whatever is not known."""
_IDS = frozenset({"order_id", "order id", "订单号", "订单编号"})
_CURRENCIES = frozenset({"currency", "币种"})
_UNIT = re.compile(r"(?P<name>.*?)\s*[(\[](?P<unit>[^()\[\]]*)[)\]]")


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a table is to be read.

    `by` is the column that names the shop, `wanted` the facts that are asked for by name. Of these
    `unknown` may be missing from the table: nothing is then known of them. `ignore` are columns to
    leave out, `EVERYTHING` all that stand for nothing. `unit` is that of amounts without one. By
    the column `tally` shops are counted; "" for none.
    """

    by: str
    wanted: frozenset[str]
    unknown: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    unit: str = ""
    tally: str = ""


@dataclass(frozen=True, slots=True)
class FactColumn:
    """A column that holds a fact; `unit` is that of its amounts, empty where each says its own."""

    place: int
    header: str
    fact: Fact
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of the columns that are read; None for one that is not there."""

    width: int
    shop: int
    order_id: int | None
    currency: int | None
    facts: tuple[FactColumn, ...]
    tally: int | None = None


def lay_out(
    header: Sequence[str], orders: Entity, wishes: Wishes, problems: Problems
) -> Layout | None:
    """Return what the columns stand for, or None where they cannot be read (reported)."""
    before = len(problems.found)
    headers = [plain(cell) for cell in header]
    places = _places(headers, problems)
    shop = places.get(plain(wishes.by))
    if shop is None:
        near = nearest(wishes.by, places)
        problems.add("LAW626", {"name": wishes.by, "columns": _listed(headers)}, suggestion=near)
    names = _names(orders)
    order_id = next((places[name] for name in headers if name.casefold() in _IDS), None)
    currency = next((places[name] for name in headers if name.casefold() in _CURRENCIES), None)
    tally = places.get(plain(wishes.tally)) if wishes.tally else None
    if wishes.tally and tally is None:
        near = nearest(wishes.tally, places)
        problems.add("LAW643", {"name": wishes.tally, "columns": _listed(headers)}, suggestion=near)
    others = {shop, order_id, currency, tally}
    known = {plain(word) for word in wishes.ignore}
    facts: dict[str, FactColumn] = {}
    for place, name in enumerate(headers):
        found = _fact(name, names)
        if found is None:
            if place not in others and not known & {name, EVERYTHING}:
                near = nearest(name.casefold(), names)
                problems.add("LAW623", {"name": shown(name)}, place=place, suggestion=near)
            continue
        fact, unit = found
        if name in known or fact.name not in wishes.wanted:
            continue
        if fact.name in facts:
            first = facts[fact.name].header
            problems.add(
                "LAW624", {"name": name, "first": first, "fact": _words(fact)}, place=place
            )
            continue
        unit = unit or ("yuan" if currency is not None else wishes.unit)
        facts[fact.name] = FactColumn(place, name, fact, unit)
    for name in sorted(wishes.wanted - set(facts) - _known_facts(wishes.unknown, names)):
        problems.add("LAW625", {"fact": _words(orders.facts[name]), "name": name})
    for column in facts.values():
        if column.fact.type.kind not in READ_KINDS:
            words = {"name": column.header, "kind": KIND_LABELS[column.fact.type.kind]}
            problems.add("LAW636", words, place=column.place)
    if shop is None or len(problems.found) > before:
        return None
    return Layout(len(headers), shop, order_id, currency, tuple(facts.values()), tally)


def plain(text: str) -> str:
    """Return the words of a header, wide signs as plain ones."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _places(headers: Iterable[str], problems: Problems) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, name in enumerate(headers):
        if name in places:
            problems.add("LAW622", {"name": shown(name)}, place=place)
        else:
            places[name] = place
    return places


def _names(orders: Entity) -> dict[str, Fact]:
    """Return every word that names a fact, in either language, in small letters."""
    return {word: fact for fact in orders.facts.values() for word in _words_for(fact)}


def _words_for(fact: Fact) -> Iterator[str]:
    for word in (fact.name, fact.alias, fact.label.en, fact.label.zh, fact.path):
        if word:
            yield plain(word).casefold()


def _fact(name: str, names: Mapping[str, Fact]) -> tuple[Fact, str] | None:
    """Return the fact that a header names, and the unit of money that it says."""
    fact = names.get(name.casefold())
    if fact is not None:
        return fact, ""
    match = _UNIT.fullmatch(name)
    fact = names.get(match["name"].casefold()) if match else None
    unit = UNITS.get(match["unit"].strip().casefold()) if match else None
    if fact is None or unit is None or fact.type.kind is not Kind.MONEY:
        return None
    return fact, unit


def _known_facts(words: Iterable[str], names: Mapping[str, Fact]) -> set[str]:
    return {fact.name for word in words if (fact := names.get(plain(word).casefold()))}


def _words(fact: Fact) -> Label:
    return fact.label or Label(fact.name, fact.alias)


def _listed(headers: Sequence[str]) -> str:
    return ", ".join(f"`{shown(name)}`" for name in headers[:MOST_NAMED]) or "-"


MOST_NAMED = 30
"""So many columns are named where one is looked for in vain."""
