"""What is fuzzed: each target has texts to start from and a promise that holds for every text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from lawengine.base.diagnostic import has_errors
from lawengine.base.label import LANGUAGES
from lawengine.base.rendering import render_diagnostic
from lawengine.base.source import Source
from lawengine.language.formatting import format_file, format_text
from lawengine.language.parse import Parsed, parse
from tests.fuzz.cases import case_promise, case_seeds

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Target:
    """One reader of texts.

    `seeds` returns good texts to spoil; `promise` takes any text and fails only where a promise is
    broken, returning a word on what came out, for the statistics.
    """

    seeds: Callable[[], Sequence[str]]
    promise: Callable[[str], str]


TARGETS: dict[str, Target] = {}


@cache
def rule_seeds() -> tuple[str, ...]:
    """Return the declarations of all rule files, one by one, in both keyword languages."""
    found: list[str] = []
    for path in sorted((ROOT / "rules").rglob("*.law")):
        text = path.read_text(encoding="utf-8")
        tree = parse(Source(path.name, text)).tree
        found += [part for part in text.split("\n\n") if len(part) < 3000]
        for node in tree.declarations:
            one = replace(tree, declarations=(node,), comments=())
            found += [format_file(one, language) for language in LANGUAGES]
    return tuple(found)


def parser_promise(text: str) -> str:
    """Any text gives a tree or diagnostics that can be shown; a clean one can be formatted."""
    source = Source("fuzzed.law", text)
    parsed = parse(source)
    assert isinstance(parsed, Parsed)
    for diagnostic in parsed.diagnostics:
        span = diagnostic.span
        assert 0 <= span.start <= span.end <= len(text), span
        assert span.line >= 1, span
        assert span.column >= 1, span
        assert span.path == source.path
        for language in LANGUAGES:
            shown = render_diagnostic(diagnostic, {source.path: source}, language)
            assert diagnostic.code in shown
            assert "\r" not in shown
    formatted, problems = format_text(source)
    if has_errors(parsed.diagnostics):
        assert formatted == text
        return "refused"
    if problems:
        assert [problem.code for problem in problems] == ["LAW126"]
        return "not formatted"
    assert format_text(Source(source.path, formatted)) == (formatted, ())
    return "clean"


TARGETS["parser"] = Target(rule_seeds, parser_promise)
TARGETS["cases"] = Target(case_seeds, case_promise)
