"""The promise of the case reader, and the texts that its fuzzing starts from."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lawengine.base.diagnostic import has_errors
from lawengine.base.label import LANGUAGES
from lawengine.base.rendering import render_diagnostic
from lawengine.base.source import Source
from lawengine.casebook import read_case
from lawengine.language.lower import lower
from lawengine.language.parse import parse
from lawengine.model.rulebook import Rulebook

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "fixtures" / "casebook"


@cache
def small_rulebook() -> Rulebook:
    """Return the rulebook that the good case of the fixtures is written for."""
    path = FOLDER / "small.law"
    return lower([parse(Source(path.name, path.read_text(encoding="utf-8"))).tree], {}).rulebook


def case_seeds() -> list[str]:
    """Return good case files: the one of the fixtures, and those that are shipped."""
    paths = [FOLDER / "good.yaml", *sorted((ROOT / "casebook").glob("*.yaml"))]
    return [path.read_text(encoding="utf-8") for path in paths]


def case_promise(text: str) -> str:
    """Any text gives a case or errors, each at a place of the text, that can be shown."""
    source = Source("fuzzed.yaml", text)
    read = read_case(source, small_rulebook())
    assert read.source is not None
    shown_text = read.source.text
    assert (read.case is None) == has_errors(read.diagnostics)
    for diagnostic in read.diagnostics:
        span = diagnostic.span
        assert span.path == source.path
        assert 0 <= span.start <= span.end <= len(shown_text), span
        assert span.line == shown_text.count("\n", 0, span.start) + 1, span
        assert span.column == span.start - shown_text.rfind("\n", 0, span.start), span
        for language in LANGUAGES:
            shown = render_diagnostic(diagnostic, {source.path: read.source}, language)
            assert diagnostic.code in shown
    if read.case is None:
        return "refused"
    # The same text always tells the same case.
    assert read_case(source, small_rulebook()).case == read.case
    return "warned" if read.diagnostics else "clean"
