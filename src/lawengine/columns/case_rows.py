"""Case files as a table: a row for each act, or party without one; what it leaves out is told."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.label import Label
from lawengine.columns.databases import write_csv
from lawengine.columns.failures import TableError
from lawengine.columns.table import HELD
from lawengine.compiled.facts import exact_facts
from lawengine.compiled.index import CHAIN
from lawengine.evaluation.facts import CaseFacts, Instance, Known
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.model.vocabulary import ACT, PARTY, Role

if TYPE_CHECKING:
    import duckdb

IDENTIFIER = "case"
"""The column, to be kept, that says which case a row is of."""
_TYPES = {
    Kind.YES_NO: "BOOLEAN", Kind.MONEY: "BIGINT", Kind.COUNT: "BIGINT", Kind.DATE: "DATE",
    Kind.CHOICE: "VARCHAR",
}  # fmt: skip

Cells = dict[str, Any]
"""What is known in a row, by the name of its column."""


def from_case_files(
    path: Path,
    rulebook: Rulebook,
    kept: Sequence[str],
    place: Path,
    connection: duckdb.DuckDBPyConnection,
) -> tuple[Diagnostic, ...]:
    """Write the acts of a casebook folder, or of one case file, as Parquet.

    A party without an act is a row that says so.

    Returns warnings: what of the cases a flat table does not hold.

    Raises:
        TableError: a file is no case, or there is no party.
    """
    from lawengine.casebook.reading import read_case, read_casebook  # noqa: PLC0415 - for these only

    if path.is_dir():
        cases, problems = read_casebook(path, rulebook)
    else:
        read = read_case(path, rulebook)
        cases, problems = () if read.case is None else (read.case,), read.diagnostics
    wrong = [problem for problem in problems if problem.severity is Severity.ERROR]
    if wrong:
        raise TableError(*wrong)
    rows = _Rows(rulebook)
    lines = [cells for case in cases for cells in rows.of(case.facts)]
    if not lines:
        raise TableError(Diagnostic("LAW657", words={"path": str(path)}))
    if any(rows.acts in cells for cells in lines):
        for cells in lines:
            cells.setdefault(rows.acts, 1)
    columns = list(dict.fromkeys(name for cells in lines for name in cells))
    if IDENTIFIER not in kept:
        columns.remove(IDENTIFIER)
    text = place.with_suffix(".csv")
    with text.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([cells.get(name) for name in columns] for cells in lines)
    write_csv(text, {name: rows.type(name) for name in columns}, place, connection)
    text.unlink()
    return rows.warnings()


class _Rows:
    """Makes rows of cases, and counts what they leave out."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.facts = {fact.path: fact for fact in rulebook.vocabulary.facts()}
        self.acts = rulebook.vocabulary.entities[ACT].listed_as
        conduct = rulebook.roles.get(Role.CONDUCT_DATE)
        self.conduct = conduct.path if conduct is not None else ""
        self.several: dict[str, int] = {}
        self.bounded: dict[str, int] = {}
        self.unheld: dict[str, int] = {}

    def type(self, column: str) -> str:
        """Return the type of a column, as the database names it."""
        fact = self.facts.get(column)
        if fact is None:
            return "VARCHAR" if column == IDENTIFIER else "BIGINT"
        return _TYPES[fact.type.kind]

    def of(self, case: CaseFacts) -> Iterator[Cells]:
        """Yield a row for each act, and one for each party without any.

        The day of the conduct has a column in any case: it picks the law of the other rows.
        """
        root = self._own(case.root)
        for party in case.root.children.get(PARTY, ()):
            acts = party.children.get(ACT, ())
            if len(acts) > 1:
                self.several[ACT] = self.several.get(ACT, 0) + len(acts)
            if not acts:
                idle = {self.acts: 0, **({self.conduct: None} if self.conduct else {})}
                yield {IDENTIFIER: case.identifier, **root, **self._own(party), **idle}
            for act in acts:
                yield {IDENTIFIER: case.identifier, **root, **self._own(party), **self._own(act)}

    def _own(self, instance: Instance) -> Cells:
        """Return the facts of an instance, and of the only element of each of its collections."""
        found: Cells = {}
        for name, value in exact_facts(instance, self.rulebook, {}).items():
            fact = self.facts.get(f"{instance.entity}.{name}")
            if fact is not None and fact.type.kind in HELD:
                found[fact.path] = _cell(value)
            elif fact is not None:
                self.unheld[fact.path] = self.unheld.get(fact.path, 0) + 1
        for name, entry in instance.facts.items():
            path = f"{instance.entity}.{name}"
            if not isinstance(entry.domain, Known) and path in self.facts:
                self.bounded[path] = self.bounded.get(path, 0) + 1
        for entity, elements in instance.children.items():
            if entity in CHAIN:
                continue
            listed = self.rulebook.vocabulary.entities[entity].listed_as
            if len(elements) > 1:
                self.several[entity] = self.several.get(entity, 0) + 1
                continue
            found[listed] = len(elements)
            for element in elements:
                found |= self._own(element)
        return found

    def warnings(self) -> tuple[Diagnostic, ...]:
        """Return what the rows leave out, each kind once."""
        entities = self.rulebook.vocabulary.entities
        found = []
        for entity, number in self.several.items():
            code = "LAW735" if entity == ACT else "LAW736"
            words = {"of": entities[entity].label, "number": number}
            found.append(Diagnostic(code, words=words, severity=Severity.WARNING))
        for code, counted in (("LAW737", self.bounded), ("LAW738", self.unheld)):
            if counted:
                names = ", ".join(counted)
                words = {"facts": Label(names, names), "number": sum(counted.values())}
                found.append(Diagnostic(code, words=words, severity=Severity.WARNING))
        return tuple(found)


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime.date) else value
