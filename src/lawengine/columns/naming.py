"""Which fact a column of a file holds: its name in either language, and its unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lawengine.base.diagnostic import Diagnostic, nearest
from lawengine.columns.elements import NUMBER
from lawengine.columns.table import HELD
from lawengine.compiled.index import CHAIN
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import COUNT, KIND_LABELS, Kind
from lawengine.model.vocabulary import ACT, Fact, Role

UNITS: Mapping[str, int] = {
    "fen": 1, "分": 1, "yuan": 100, "元": 100, "wan_yuan": 1_000_000, "万元": 1_000_000,
}  # fmt: skip
"""Fen in each unit that a name may end in: `illegal_gain_yuan`, `违法所得_元`."""

_UNIT = re.compile(r"(?P<name>.+?)_(?P<unit>wan_yuan|yuan|fen|万元|元|分)")
_INTEGERS = re.compile(r"U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)")
_DECIMAL = re.compile(r"DECIMAL\((?P<digits>\d+),\s*(?P<places>\d+)\)")
_EXPECTED: Mapping[Kind, str] = {
    Kind.YES_NO: "BOOLEAN, or yes / no",
    Kind.MONEY: "whole fen, or a DECIMAL with the unit in the name",
    Kind.COUNT: "whole numbers",
    Kind.DATE: "DATE",
    Kind.CHOICE: "names of its choices",
}
NOTHING = "NULL"
"""The type of a column of texts that holds none: it is not known in any row, whatever the fact."""
CELLS = "TEXT"
"""The type of a column of a text file whose cells are no numbers, or not all: each is looked at."""
_WHOLE, _PARTS = "-?[0-9]{1,18}", r"-?[0-9]{1,16}(\.[0-9]{0,6}0*)?"
_PLACES = 6
_EMPTY = {Kind.YES_NO: "BOOLEAN", Kind.CHOICE: "USMALLINT", Kind.DATE: "INTEGER"}
_WORDS = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}


@dataclass(frozen=True, slots=True)
class Source:
    """A column of a file that holds a fact; `sql` gives its cells as whole numbers or yes and no.

    `problem` is SQL that is yes where a cell is there but cannot be one.
    """

    column: str
    fact: Fact
    sql: str
    problem: str


@dataclass(frozen=True, slots=True)
class Named:
    """What the columns of a file stand for, and what is wrong with them."""

    sources: tuple[Source, ...]
    missing: tuple[Fact, ...]
    diagnostics: tuple[Diagnostic, ...]


def name_columns(
    columns: Sequence[tuple[str, str]],
    rulebook: Rulebook,
    read: Iterable[Fact],
    kept: Sequence[str] = (),
) -> Named:
    """Return what columns stand for; each comes with its type, `read` are the facts of the rules.

    `kept` names the columns that only go into the result.
    """
    facts = _names(rulebook)
    found: dict[str, Source] = {}
    problems: list[Diagnostic] = []
    there = {column for column, _ in columns}
    for column in kept:
        if column not in there:
            words = {"column": column}
            problems.append(Diagnostic("LAW665", words=words, suggestion=nearest(column, there)))
    for column, type_ in columns:
        if column in kept:
            continue
        source = _source(column, type_, facts, rulebook)
        if isinstance(source, Diagnostic):
            problems.append(source)
        elif source.fact.path in found:
            words = {"one": found[source.fact.path].column, "two": column}
            problems.append(Diagnostic("LAW653", words={**words, "fact": source.fact.path}))
        else:
            found[source.fact.path] = source
    for role in (Role.CONDUCT_DATE, Role.DECISION_DATE):
        fact = rulebook.roles.get(role)
        if fact is not None and fact.path not in found and not problems:
            words = {"path": fact.path}
            problems.append(Diagnostic("LAW651", words={"fact": fact.label, **words}))
    missing = tuple(f for f in read if f.path not in found and f.presumption is None)
    return Named(tuple(found.values()), missing, tuple(problems))


def fact_named(name: str, rulebook: Rulebook) -> Fact | None:
    """Return the fact of case, party or act that a column of this name holds, or None.

    Edges: a name that fits several facts is none of them.
    """
    facts = _names(rulebook)
    cut = _UNIT.fullmatch(name)
    if name not in facts and cut is not None:
        money = facts.get(cut["name"], ())
        return money[0] if len(money) == 1 and money[0].type.kind is Kind.MONEY else None
    found = facts.get(name, ())
    return found[0] if len(found) == 1 and found[0].type.kind in HELD else None


def _names(rulebook: Rulebook) -> Mapping[str, tuple[Fact, ...]]:
    """Return the facts by each name that they go by.

    Those of case, party and act go by their own name too; those of elements only with what they
    belong to, for such a column says that there is one. The number of elements goes by the name
    under which a case file lists them, or by the Chinese name of one; so does that of acts.
    """
    found: dict[str, list[Fact]] = {}
    for fact in rulebook.vocabulary.facts():
        entity = rulebook.vocabulary.entities[fact.entity]
        names = [name for name in (fact.name, fact.alias) if name]
        whole = [f"{one}.{name}" for one in (entity.name, entity.alias) if one for name in names]
        own = names if fact.entity in CHAIN else []
        for name in dict.fromkeys((*own, *whole)):
            found.setdefault(name, []).append(fact)
    for entity in rulebook.vocabulary.entities.values():
        if entity.name not in CHAIN or entity.name == ACT:
            fact = Fact(entity.name, NUMBER, "", entity.label, COUNT)
            for name in dict.fromkeys((entity.listed_as, entity.alias)):
                if name:
                    found.setdefault(name, [fact])
    return {name: tuple(facts) for name, facts in found.items()}


def _source(
    column: str, type_: str, facts: Mapping[str, tuple[Fact, ...]], rulebook: Rulebook
) -> Source | Diagnostic:
    name, unit = column, ""
    cut = _UNIT.fullmatch(column)
    if column not in facts and cut is not None:
        name, unit = cut["name"], cut["unit"]
    fitting = facts.get(name, ())
    if not fitting or (unit and fitting[0].type.kind is not Kind.MONEY):
        return Diagnostic("LAW652", words={"column": column}, suggestion=_meant(column, facts))
    if len(fitting) > 1:
        paths = ", ".join(fact.path for fact in fitting)
        return Diagnostic("LAW661", words={"column": column, "facts": paths})
    (fact,) = fitting
    kind = fact.type.kind
    if kind not in HELD:
        return Diagnostic("LAW660", words={"column": column, "kind": KIND_LABELS[kind]})
    made = _sql(column, type_, fact, unit, rulebook)
    if made is None:
        words = {"column": column, "found": type_, "expected": _EXPECTED[kind]}
        return Diagnostic("LAW654", words={"fact": fact.label, **words})
    return Source(column, fact, *made)


def _meant(column: str, facts: Iterable[str]) -> str:
    """Return the name that is most like it, whatever its letters are written in, with its unit."""
    cut = _UNIT.fullmatch(column.casefold())
    if cut is not None and (found := nearest(cut["name"], facts)):
        return f"{found}_{cut['unit']}"
    return nearest(column.casefold(), facts)


def _sql(
    column: str, type_: str, fact: Fact, unit: str, rulebook: Rulebook
) -> tuple[str, str] | None:
    """Return the SQL of the cells and of what is wrong with them; None for a wrong type."""
    name = quoted(column)
    if type_ == NOTHING:
        return f"NULL::{_EMPTY.get(fact.type.kind, 'BIGINT')}", "false"
    if fact.name == NUMBER:
        return _there(name, type_, fact)
    if type_ == CELLS and (written := _written(name, fact.type.kind, unit)) is not None:
        return written
    text = type_ in ("VARCHAR", CELLS) or type_.startswith("ENUM")
    match fact.type.kind:
        case Kind.YES_NO if type_ == "BOOLEAN":
            return name, "false"
        case Kind.YES_NO if text:
            cases = "".join(f" WHEN {literal(word)} THEN {value}" for word, value in _WORDS.items())
            sql = f"(CASE lower({name}::VARCHAR){cases} END)"
            return sql, f"{name} IS NOT NULL AND {sql} IS NULL"
        case Kind.DATE if type_ == "DATE":
            return f"date_diff('day', DATE '1970-01-01', {name})", f"NOT isfinite({name})"
        case Kind.COUNT if _INTEGERS.fullmatch(type_):
            return f"{name}::BIGINT", "false"
        case Kind.CHOICE if text:
            return _choice(name, fact, rulebook)
        case Kind.MONEY:
            return _money(name, type_, unit)
        case _:
            return None


def _there(name: str, type_: str, fact: Fact) -> tuple[str, str] | None:
    """Return the same for a column that says whether there is an element."""
    if type_ != "BOOLEAN" and _INTEGERS.fullmatch(type_) is None:
        return None
    wrong = f"{name}::BIGINT NOT BETWEEN 0 AND 1"
    # A row is asked either for what an act brings or for what its party has without one.
    unsaid = f"{name} IS NULL OR " if fact.entity == ACT else ""
    return f"{name}::BIGINT", unsaid + wrong


def _written(name: str, kind: Kind, unit: str) -> tuple[str, str] | None:
    """Return the same for days and numbers that are texts; None for what is a text anyway."""
    like = f"regexp_full_match({name}, {literal(_PARTS if unit else _WHOLE)})"
    match kind:
        case Kind.DATE:
            day = f"TRY_CAST({name} AS DATE)"
            sql = f"date_diff('day', DATE '1970-01-01', {day})"
            right = f"coalesce(isfinite({day}), false)"
        case Kind.COUNT:
            sql, right = f"TRY_CAST({name} AS BIGINT)", like
        case Kind.MONEY:
            made = _money(name, f"DECIMAL(38,{_PLACES})" if unit else "BIGINT", unit, "TRY_CAST")
            if made is None:
                return None
            sql, wrong = made
            right = f"({like} AND NOT coalesce({wrong}, true))"
        case _:
            return None
    return sql, f"{name} IS NOT NULL AND NOT {right}"


def _choice(name: str, fact: Fact, rulebook: Rulebook) -> tuple[str, str]:
    members = rulebook.vocabulary.choices[fact.type.choices].members
    cases = "".join(
        f" WHEN {literal(word)} THEN {place}"
        for place, member in enumerate(members)
        for word in dict.fromkeys((member.name, member.alias))
        if word
    )
    sql = f"(CASE {name}::VARCHAR{cases} END)::USMALLINT"
    return sql, f"{name} IS NOT NULL AND {sql} IS NULL"


def _money(name: str, type_: str, unit: str, cast: str = "CAST") -> tuple[str, str] | None:
    factor = UNITS.get(unit, 1)
    decimal = _DECIMAL.fullmatch(type_)
    if _INTEGERS.fullmatch(type_):
        whole = f"({cast}({name} AS HUGEINT) * {factor})"
    elif decimal is not None and unit:
        places = 10 ** int(decimal["places"])
        exact = f"{cast}({name} AS DECIMAL(38, {decimal['places']}))"
        scaled = f"(({exact} * {places})::HUGEINT * {factor})"
        whole = f"({scaled} // {places})"
        # Parts of a fen are no amount.
        wrong = f"{scaled} % {places} <> 0 OR abs({whole}) > {MOST}"
        return f"TRY_CAST({whole} AS BIGINT)", wrong
    else:
        return None
    return f"TRY_CAST({whole} AS BIGINT)", f"abs({whole}) > {MOST}"


MOST = 10**18
"""Fen that a cell may hold at most: no sum of money comes near, and none is ever wrapped."""


def quoted(name: str) -> str:
    """Return a name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
