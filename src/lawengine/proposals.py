"""Row 7: the law and what reforms would make of it, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic, Severity, has_errors, in_order
from lawengine.base.label import LANGUAGES, Label, Language
from lawengine.base.source import Source
from lawengine.model.reforms import Reform
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import DatedValue, Definition, Parameter, Rule, Table, Version
from lawengine.model.statuses import Status, StatusVersion
from lawengine.reforms.applying import apply
from lawengine.reforms.changes import AnyVersion, Norm, changes
from lawengine.reports.legal_diff import Entry, Text
from lawengine.statutes.library import Library
from lawengine.workspace import Workspace, instrument_names

if TYPE_CHECKING:
    from lawengine.language.writing import Words
    from lawengine.reports.naming import Names
    from lawengine.reports.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Proposed:
    """The workspace of the law, the one under the reforms, and the reforms themselves.

    `diagnostics` is what was found wrong with the reforms alone; those of `after` hold them too.
    Where there are errors among them, `after` is the law as it is.
    """

    before: Workspace
    after: Workspace
    reforms: tuple[Reform, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def propose(workspace: Workspace, files: Iterable[Path], texts: Iterable[Source] = ()) -> Proposed:
    """Return the workspace under the reforms of these files and texts; mistakes are diagnostics.

    Edges: a folder stands for the reforms in it. Nothing of the workspace is changed, and nothing
    under a reform is ever kept in the cache.
    """
    from lawengine.language.reading import read_sources  # noqa: PLC0415 - for reforms only

    read, problems = read_sources(files)
    sources = [*read, *texts]
    from lawengine.language.lower_reforms import circles, lower_reforms  # noqa: PLC0415 - late: most runs need none of it
    from lawengine.language.parse import parse  # noqa: PLC0415 - loads the parser

    parsed = [parse(source) for source in sources]
    names = instrument_names(workspace.library)
    lowered = lower_reforms([one.tree for one in parsed], workspace.rulebook, names)
    found = [*problems, *(d for one in parsed for d in one.diagnostics), *lowered.diagnostics]
    rulebook = workspace.rulebook
    if not has_errors(found):
        applied = apply(rulebook, lowered.reforms)
        found += applied.diagnostics
        if not has_errors(found):
            found += circles(applied.rulebook)
        if not has_errors(found):
            rulebook = applied.rulebook
            found += _checked(workspace, rulebook, {source.path for source in sources})
    after = replace(
        workspace,
        sources={**workspace.sources, **{source.path: source for source in sources}},
        rulebook=workspace.rulebook if has_errors(found) else rulebook,
        diagnostics=in_order((*workspace.diagnostics, *found)),
    )
    return Proposed(workspace, after, lowered.reforms, in_order(found))


def legal_diff(proposed: Proposed, language: Language) -> tuple[Entry, ...]:
    """Return what the law says and what it would say, in one language, norm by norm."""
    from lawengine.reports.naming import Names  # noqa: PLC0415 - for reports only

    library = proposed.before.library
    words = _words_of(library, language)
    old, new = proposed.before.rulebook, proposed.after.rulebook
    sides = tuple(_Side(book, words, Names(book, library, language)) for book in (old, new))
    found = []
    for changed in changes(old, new):
        norm = changed.norm
        for one in changed.differences:
            before, after = (
                side.text(norm, version)
                for side, version in zip(sides, (one.before, one.after), strict=True)
            )
            name = words.pick(norm.name, norm.alias)
            kind = type(norm).__name__.lower()
            found.append(Entry(name, norm.label, kind, one.interval, before, after))
    return tuple(found)


def diff_sheet(proposed: Proposed, language: Language) -> Sheet:
    """Return the legal diff as a sheet to be rendered."""
    from lawengine.reports.legal_diff import draft_diff  # noqa: PLC0415 - late: most runs need none of it
    from lawengine.reports.naming import Names  # noqa: PLC0415 - for reports only

    before, after = proposed.before, proposed.after
    names = Names(after.rulebook, before.library, language)
    entries = legal_diff(proposed, language)
    return draft_diff(entries, after.rulebook.reforms, before.rulebook.content_hash, names)


def diff_data(proposed: Proposed) -> dict[str, object]:
    """Return the legal diff as plain data, both languages side by side."""
    by_language = {language: legal_diff(proposed, language) for language in LANGUAGES}
    return {
        "rulebook": proposed.before.rulebook.content_hash,
        "under_reform": proposed.after.rulebook.content_hash,
        "reforms": [
            {
                "name": one.name,
                "title": _both(one.label),
                "because": _both(one.because) if one.because else None,
            }
            for one in proposed.after.rulebook.reforms
        ],
        "changes": [
            {
                "name": entries[0].name,
                "title": _both(entries[0].label),
                "kind": entries[0].kind,
                "from": None if entries[0].days.start.year == 1 else str(entries[0].days.start),
                "to": None if entries[0].days.end is None else str(entries[0].days.end),
                "before": _texts([entry.before for entry in entries]),
                "after": _texts([entry.after for entry in entries]),
            }
            for entries in zip(*by_language.values(), strict=True)
        ],
    }


def _both(label: Label) -> dict[str, str]:
    return {language: label.text(language) for language in LANGUAGES}


def _texts(texts: list[Text]) -> dict[str, dict[str, list[str]]]:
    pairs = zip(LANGUAGES, texts, strict=True)
    return {
        language: {"text": list(text.code), "plain": list(text.plain)} for language, text in pairs
    }


def _words_of(library: Library, language: Language) -> Words:
    from lawengine.language.writing import Words  # noqa: PLC0415 - loads the parser

    chinese = {one.id: one.zh_id for one in library.instruments} if language == "zh" else {}
    return Words(language, chinese)


@dataclass(frozen=True, slots=True)
class _Side:
    """Writes the versions of one rulebook."""

    rulebook: Rulebook
    words: Words
    names: Names

    def text(self, norm: Norm, version: AnyVersion | None) -> Text:
        """Return what a version says, without doubts, readings and days."""
        from lawengine.language import writing  # noqa: PLC0415 - loads the parser
        from lawengine.reports import plain  # noqa: PLC0415 - late: most runs need none of it

        book, words = self.rulebook, self.words
        match version, norm:
            case Version(), Rule():
                bare = replace(version, unverified=Label(), readings=())
                code = writing.rule_text(bare, book, words)
                return Text(code, plain.rule_words(version, self.names))
            case StatusVersion(), Status(kind=kind):
                shown = replace(version, unverified=Label(), readings=())
                lines = writing.status_text(shown, norm, book, words)
                return Text(lines, plain.status_words(version, kind, self.names))
            case DatedValue(), Parameter(type=kind_):
                figure = writing.value_text(version, kind_, book, words)
                return Text(figure, plain.figure_words(version, kind_, self.names))
            case Definition() | Table(), _:
                bare_ = replace(version, unverified=Label())
                return Text(writing.named_text(bare_, book, words), ())
            case _:
                return Text((), ())


def _checked(workspace: Workspace, rulebook: Rulebook, paths: set[str]) -> tuple[Diagnostic, ...]:
    """Return what the checks find in the texts of the reforms, and every error they bring about.

    Edges: an error that the law has without them is none of theirs.
    """
    from lawengine.checks import run_checks  # noqa: PLC0415 - for reforms only

    if rulebook is workspace.rulebook:
        return ()
    found = run_checks(rulebook, workspace.library)
    theirs = [d for d in found if d.span.path in paths]
    others = [d for d in found if d.span.path not in paths and d.severity is Severity.ERROR]
    known = run_checks(workspace.rulebook, workspace.library) if others else ()
    return (*theirs, *(d for d in others if d not in known))
