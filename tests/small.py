"""Small rulebooks and cases for tests: rule texts in our language over one plain vocabulary."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from lawengine.base.calendar import Period, Unit
from lawengine.base.source import Source
from lawengine.evaluation.evaluate import View
from lawengine.evaluation.facts import (
    UNKNOWN,
    Among,
    CaseFacts,
    Domain,
    Entry,
    Instance,
    Known,
    Ordered,
)
from lawengine.evaluation.prepare import prepare
from lawengine.evaluation.states import LawTime, Scene, States
from lawengine.language.lower import Lowered, lower
from lawengine.language.parse import parse
from lawengine.model.expressions import Value
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.model.vocabulary import Vocabulary
from lawengine.registers.terms import DayRules
from lawengine.workspace import open_workspace

Written: TypeAlias = Any
"""What a test or a table of tests writes of a fact."""
VOCABULARY = Path(__file__).parent / "semantics" / "vocabulary.law"


def lowered(*texts: str, vocabulary: bool = True) -> Lowered:
    """Return what the texts lower to, with the small vocabulary in front of them."""
    sources = [VOCABULARY.read_text(encoding="utf-8")] if vocabulary else []
    parsed = [parse(Source(f"text-{n}.law", text)) for n, text in enumerate([*sources, *texts])]
    found = lower([item.tree for item in parsed], {})
    reading = tuple(d for item in parsed for d in item.diagnostics)
    return Lowered(found.rulebook, found.symbols, reading + found.diagnostics)


def rulebook(*texts: str) -> Rulebook:
    """Return the rulebook of texts that must be free of mistakes."""
    found = lowered(*texts)
    assert [(str(d.span), d.message("en")) for d in found.diagnostics] == []
    return found.rulebook


@cache
def shipped() -> Rulebook:
    """Return the rulebook that comes with the program."""
    workspace = open_workspace()
    assert workspace.sound, [d.message("en") for d in workspace.diagnostics]
    return workspace.rulebook


@cache
def shipped_days() -> DayRules:
    """Return the calendars and counting rules that come with the program."""
    return open_workspace().days


def domain(kind: Kind, written: Written) -> Domain:
    """Return what a test writes of a fact: `unknown`, a value, `{from, to}` or `{one_of}`."""
    if isinstance(written, Domain):
        return written
    if written == "unknown":
        return UNKNOWN
    if isinstance(written, dict) and "one_of" in written:
        return Among(frozenset(written["one_of"]))
    if isinstance(written, dict):
        low, high = (_end(kind, written.get(end)) for end in ("from", "to"))
        return _within(low, high)
    return Known(value(kind, written))


def _end(kind: Kind, written: Written) -> Ordered | None:
    found = None if written is None else value(kind, written)
    assert found is None or isinstance(found, int | Fraction | datetime.date)
    return found


def _within(low: Ordered | None, high: Ordered | None) -> Domain:
    from lawengine.evaluation.domains import within

    return within(low, high)


def value(kind: Kind, written: Written) -> Value:
    """Return the value of a kind: money is written in yuan, a rate in percent."""
    match kind:
        case Kind.YES_NO:
            assert isinstance(written, bool), written
            return written
        case Kind.MONEY:
            fen = Fraction(str(written)) * 100
            return fen.numerator if fen.denominator == 1 else fen
        case Kind.RATE:
            return Fraction(str(written).removesuffix("%").strip()) / 100
        case Kind.COUNT:
            assert isinstance(written, int), written
            return written
        case Kind.DATE:
            if isinstance(written, datetime.date):
                return written
            return datetime.date.fromisoformat(str(written))
        case Kind.PERIOD:
            length, unit = str(written).split(" ", 1)
            return Period(int(length), Unit(unit.removesuffix("s").replace(" ", "_")))
        case _:
            return str(written)


def entries(vocabulary: Vocabulary, entity: str, facts: Mapping[str, Any]) -> dict[str, Entry]:
    """Return the entries of one instance; keys that name a collection are left out."""
    known = vocabulary.entities[entity].facts
    return {
        name: Entry(domain(known[name].type.kind, written))
        for name, written in facts.items()
        if name in known
    }


def instance(vocabulary: Vocabulary, entity: str, path: str, facts: Mapping[str, Any]) -> Instance:
    """Return an instance; a key that is an entity's list name holds its elements."""
    children: dict[str, tuple[Instance, ...]] = {}
    left = set(facts) - set(vocabulary.entities[entity].facts)
    for child in vocabulary.children(entity):
        if child.listed_as in facts:
            left.discard(child.listed_as)
            prefix = f"{path}." if path else ""
            children[child.name] = tuple(
                instance(vocabulary, child.name, f"{prefix}{child.listed_as}[{n}]", item)
                for n, item in enumerate(facts[child.listed_as], 1)
            )
    assert not left, f"unknown facts of {entity}: {sorted(left)}"
    return Instance(entity, path, path, entries(vocabulary, entity, facts), children)


def case(
    book: Rulebook,
    act: Mapping[str, Any] | Sequence[Mapping[str, Any]],
    *,
    party: Mapping[str, Any] | None = None,
    **facts: Written,
) -> CaseFacts:
    """Return a case of one party with one act or several."""
    acts = [act] if isinstance(act, Mapping) else list(act)
    respondent = {**(party or {}), "acts": acts}
    root = instance(book.vocabulary, "case", "", {**facts, "respondents": [respondent]})
    return CaseFacts("small", root)


def scene(book: Rulebook, facts: CaseFacts) -> Scene:
    """Return the first act with everything that bounds add."""
    prepared = prepare(facts, book)
    assert prepared.diagnostics == ()
    party = facts.root.children["party"][0]
    return Scene(book, facts.root, party, party.children["act"][0], prepared.entries)


def view(book: Rulebook, facts: CaseFacts, time: LawTime = LawTime.CONDUCT) -> View:
    """Return the view of the first act, under the law of its own day or that of the decision."""
    from lawengine.model.vocabulary import Role

    found = scene(book, facts)
    role = Role.CONDUCT_DATE if time is LawTime.CONDUCT else Role.DECISION_DATE
    return States(found, time).view(*found.day(role))


def date(written: str) -> datetime.date:
    """Return a date."""
    return datetime.date.fromisoformat(written)


def later(day: datetime.date, days: int) -> datetime.date:
    """Return the day that many days later."""
    return day + datetime.timedelta(days=days)
