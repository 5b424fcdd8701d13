"""Row 7: the three doors for programs: load the rules, decide a case, explain the decision."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from lawengine.base.calendar import Period
from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.errors import LawEngineError
from lawengine.base.label import Label, Language
from lawengine.base.source import Source
from lawengine.casebook import CaseFile, Read, read_case
from lawengine.deciding.decide import decide as decided_by
from lawengine.deciding.decision import Decision
from lawengine.evaluation.facts import CaseFacts
from lawengine.model.rulebook import Rulebook
from lawengine.registers.terms import DayRules
from lawengine.statutes import Library
from lawengine.workspace import Places, open_workspace

if TYPE_CHECKING:
    from lawengine.compiled.engine import Engine

Case: TypeAlias = "Mapping[str, object] | str | os.PathLike[str] | Source | CaseFile | CaseFacts"
"""A case: plain data, the path of a file, a text with its name, or one that was read before."""

Reforms: TypeAlias = "str | os.PathLike[str] | Source | Iterable[str | os.PathLike[str] | Source]"
"""Reforms: the paths of files, or texts with their names."""

Format: TypeAlias = Literal["text", "md", "html", "json"]

MAX_DEPTH = 20
"""Levels of plain data: as many as a case file may have."""


class RulesError(LawEngineError):
    """The rules or digests have errors; `diagnostics` are all of them, warnings too."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(_first("the rules have errors", self.diagnostics))


class CaseError(LawEngineError):
    """A case cannot be decided: mistakes in it, or facts that contradict each other."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(_first("the case has errors", self.diagnostics))


class PlainDataError(LawEngineError):
    """Plain data holds something that no case file can say; `path` is its place."""

    def __init__(self, path: str, problem: str) -> None:
        self.path = path
        super().__init__(f"`{path or 'case'}` {problem}")


@dataclass(frozen=True)
class Rules:
    """Rules that were read once, for any number of cases.

    `library` holds the digests, for the names of the law; `warnings` is what reading found,
    `days` counts deadlines; without it they stay within bounds.
    """

    rulebook: Rulebook
    library: Library = Library()  # noqa: RUF009 - an empty library is a constant
    warnings: tuple[Diagnostic, ...] = ()
    days: DayRules | None = None

    @cached_property
    def engine(self) -> Engine:
        """Return the compiled engine for many cases; made on first use."""
        from lawengine.compiled.engine import Engine  # noqa: PLC0415 - for many cases only

        return Engine(self.rulebook, days=self.days)

    def read(self, case: Case) -> Read:
        """Return a case as it was read, with every mistake and warning; nothing is decided.

        Raises:
            PlainDataError: plain data holds something that no case file can say.
        """
        match case:
            case CaseFile():
                return Read(case, ())
            case CaseFacts():
                return Read(CaseFile(case, Label()), ())
            case Source():
                return read_case(case, self.rulebook)
            case Mapping():
                text = json.dumps(_plain(case, "", 0), ensure_ascii=False, indent=1)
                return read_case(Source("case", text), self.rulebook)
            case _:
                return read_case(Path(case), self.rulebook)

    def case(self, case: Case) -> CaseFile:
        """Return a case without mistakes.

        Raises:
            CaseError: it has some.
            PlainDataError: as in `read`.
        """
        read = self.read(case)
        if read.case is None:
            raise CaseError(read.diagnostics)
        return read.case


def load(
    rules: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
    statutes: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
    *,
    shipped: bool = True,
    reforms: Reforms = (),
) -> Rules:
    """Return the shipped rules, with own folders of rules and digests beside them.

    With `shipped` False the own folders stand alone. With `reforms`, files of proposals or their
    texts, the rules are those that the law would have under them, and every decision says so.

    Raises:
        RulesError: something in them is wrong, or a folder is not there.
    """
    places = Places(_folders(rules), _folders(statutes), with_shipped=shipped)
    files, texts = _proposals(reforms)
    missing = [path for path in (*places.rules, *places.statutes, *files) if not path.exists()]
    if missing:
        raise RulesError([_missing(path) for path in missing])
    workspace = open_workspace(places)
    if workspace.sound and (files or texts):
        from lawengine.proposals import propose  # noqa: PLC0415 - the law itself needs none

        workspace = propose(workspace, files, texts).after
    if not workspace.sound:
        raise RulesError(workspace.diagnostics)
    return Rules(workspace.rulebook, workspace.library, workspace.diagnostics, workspace.days)


def decide(case: Case, rules: Rules | Rulebook | None = None) -> Decision:
    """Return the decision of a case; without `rules`, by the shipped ones.

    In plain data a key that is absent or None is a fact that nobody knows, never no or 0. Amounts,
    rates and periods are texts with their unit, as in a case file: `20万元`, `5 %`, `30 days`.

    Raises:
        CaseError: the case has mistakes, or its facts contradict each other.
        PlainDataError: plain data holds something that no case file can say, such as a float.
    """
    book = _rules(rules)
    file = book.case(case)
    decided = decided_by(
        file.facts, book.rulebook, title=file.title, days=book.days, figures=file.figures()
    )
    if decided.decision is None:
        raise CaseError(decided.diagnostics)
    return decided.decision


def explain(
    subject: Decision | Case,
    rules: Rules | Rulebook | None = None,
    *,
    language: Language = "en",
    format_: Format = "text",
    full: bool = False,
) -> str:
    """Return a decision, or a case that is decided first, with its reasons.

    As `text`, `md` or `html` in one language; as `json` with both. `full` keeps all that was
    weighed, not only what decided. The rules must be those of the decision.

    Raises:
        CaseError, PlainDataError: as in `decide`.
        LawEngineError: other rules made the decision.
    """
    from lawengine.reports import render  # noqa: PLC0415 - deciding needs no reports

    book = _rules(rules)
    decision = subject if isinstance(subject, Decision) else decide(subject, book)
    if decision.rulebook != book.rulebook.content_hash:
        raise LawEngineError("the decision was made by other rules: give those")
    return render(decision, book.rulebook, format_, language, full=full, library=book.library)


@cache
def _shipped() -> Rules:
    # What ships never changes while the program runs.
    return load()


def _rules(rules: Rules | Rulebook | None) -> Rules:
    if rules is None:
        return _shipped()
    return Rules(rules) if isinstance(rules, Rulebook) else rules


def _folders(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
) -> tuple[Path, ...]:
    if isinstance(paths, str | os.PathLike):
        return (Path(paths),)
    return tuple(Path(path) for path in paths)


def _proposals(reforms: Reforms) -> tuple[tuple[Path, ...], tuple[Source, ...]]:
    """Return the files and the texts among reforms."""
    if isinstance(reforms, str | os.PathLike | Source):
        reforms = (reforms,)
    given = list(reforms)
    files = tuple(Path(one) for one in given if not isinstance(one, Source))
    return files, tuple(one for one in given if isinstance(one, Source))


def _missing(path: Path) -> Diagnostic:
    from lawengine.base.source import Span  # noqa: PLC0415 - for a mistake only

    words = {"why": Label("no such file or folder", "没有此文件或者文件夹")}
    return Diagnostic("LAW107", Span(str(path), 0, 0, 1, 1), words)


def _first(head: str, diagnostics: tuple[Diagnostic, ...]) -> str:
    errors = [d for d in diagnostics if d.severity is Severity.ERROR]
    if not errors:
        return head
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{head}: {errors[0].span}: {errors[0].message('en')}{more}"


def _plain(value: object, path: str, depth: int) -> object:
    """Return plain data as a case file writes it: texts, lists and blocks of keys.

    Edges: what is None is left out, which is how a case says that nobody knows.
    """
    if depth > MAX_DEPTH:
        raise PlainDataError(path, f"is nested deeper than {MAX_DEPTH}")
    match value:
        case Mapping():
            found = {}
            for key, item in value.items():
                if not isinstance(key, str):
                    raise PlainDataError(path, f"has a key that is no text: {key!r}")
                if item is not None:
                    found[key] = _plain(item, f"{path}.{key}" if path else key, depth + 1)
            return found
        case list() | tuple():
            return [
                _plain(item, f"{path}[{number}]", depth + 1) for number, item in enumerate(value, 1)
            ]
        case _:
            return _scalar(value, path)


def _scalar(value: object, path: str) -> str:
    match value:
        case str():
            return str(value)
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case datetime.datetime():
            raise PlainDataError(path, "is a moment: give a day, such as `2019-04-23`")
        case datetime.date():
            return value.isoformat()
        case Period():
            return value.text("en")
        case float() | Fraction():
            raise PlainDataError(path, "is not exact or has no unit: give a text such as `5 %`")
    raise PlainDataError(path, f"is {type(value).__name__}, which no case file can say")
