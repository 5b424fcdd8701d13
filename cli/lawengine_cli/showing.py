"""Diagnostics on the terminal: every one, with its line and a mark under the words meant."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lawengine.base.label import Label, Language
from lawengine_cli.exits import Exit
from lawengine_cli.streams import complain, in_colour

if TYPE_CHECKING:
    from lawengine.base.diagnostic import Diagnostic
    from lawengine.base.source import Source, SourceMap

_UNREADABLE = frozenset(("LAW107", "LAW401", "LAW501"))
_UNFIT = frozenset(("NUL", "UTF-8"))
"""Why a file that could be opened is no text: that is a mistake in it, not of the machine."""

_MANY, _OF_EACH = 30, 3
"""More diagnostics than that are shown by code, and so many of each."""

_MAX_EXCERPT = 8_000_000
_STYLES = {
    r"(?m)^(?:\S.*?: )?(?P<bad>(?:error|错误) LAW\d+):": "bold red",
    r"(?m)^(?:\S.*?: )?(?P<odd>(?:warning|警告) LAW\d+):": "bold yellow",
    r"(?m)^    ? *(?P<mark>\^+)$": "bold red",
    r"(?m)^  (?P<help>help|note|提示|附注)(?=: )": "bold cyan",
}


def show(
    diagnostics: Iterable[Diagnostic],
    sources: SourceMap,
    language: Language,
    *,
    everything: bool = False,
) -> None:
    """Print diagnostics to standard error, an empty line after each.

    Edges: of many, the first of each code, errors before warnings, and how many more there are of
    each; all of them with `everything`.
    """
    every = tuple(diagnostics)
    found, rest = (every, {}) if everything else _first(every)
    if found:
        _show(found, sources, language)
    if rest:
        complain(_rest_words(rest, language))


def _first(
    found: Sequence[Diagnostic],
) -> tuple[tuple[Diagnostic, ...], Mapping[str, int]]:
    """Return the diagnostics to show, grouped by code, and how many are left of each code."""
    from lawengine.base.diagnostic import Severity

    if len(found) <= _MANY:
        return tuple(found), {}
    groups: dict[str, list[Diagnostic]] = {}
    for diagnostic in sorted(found, key=lambda d: d.severity is not Severity.ERROR):
        groups.setdefault(diagnostic.code, []).append(diagnostic)
    shown = [d for group in groups.values() for d in group[:_OF_EACH]]
    left = {code: len(group) - _OF_EACH for code, group in groups.items()}
    return tuple(shown), {code: count for code, count in left.items() if count > 0}


def _rest_words(rest: Mapping[str, int], language: Language) -> str:
    total = sum(rest.values())
    if language == "zh":
        codes = "、".join(f"{code} {count}个" for code, count in rest.items())
        return f"另有{total}个未列：{codes}；`lawengine check --all`可全部显示\n"
    codes = ", ".join(f"{code} {count:,}" for code, count in rest.items())
    return f"and {total:,} more: {codes}; `lawengine check --all` shows them\n"


def _show(found: Sequence[Diagnostic], sources: SourceMap, language: Language) -> None:
    from lawengine.base.rendering import render_diagnostic

    known = {**_excerpts(found, sources), **sources}
    for diagnostic in found:
        text = render_diagnostic(diagnostic, known, language)
        if in_colour(sys.stderr):
            _print_coloured(text)
        else:
            complain(f"{text}\n")


def _print_coloured(text: str) -> None:
    from rich.console import Console
    from rich.text import Text

    painted = Text(f"{text}\n")
    for pattern, style in _STYLES.items():
        name = pattern.partition("?P<")[2].partition(">")[0]
        for match in re.finditer(pattern, text):
            painted.stylize(style, *match.span(name))
    Console(stderr=True, highlight=False).print(painted, soft_wrap=True)


def _excerpts(diagnostics: Sequence[Diagnostic], sources: SourceMap) -> dict[str, Source]:
    """Return the texts that diagnostics point into and nobody kept, such as digest files."""
    from lawengine.base.source import Source

    spans = [d.span for d in diagnostics] + [n.span for d in diagnostics for n in d.notes]
    found = {}
    for name in {span.path for span in spans if span.path and span.start > 0} - set(sources):
        path = Path(name)
        try:
            if path.is_file() and path.stat().st_size <= _MAX_EXCERPT:
                found[name] = Source(name, path.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError):
            # No excerpt then: the message names file and line all the same.
            continue
    return found


def exit_of(diagnostics: Iterable[Diagnostic]) -> Exit:
    """Return the exit code that diagnostics call for: errors, or what could not be read at all."""
    from lawengine.base.diagnostic import Severity

    errors = [d for d in diagnostics if d.severity is Severity.ERROR]
    if any(d.code in _UNREADABLE and d.words.get("why") not in _UNFIT for d in errors):
        return Exit.COULD_NOT_RUN
    return Exit.RULES if errors else Exit.DONE


def counted(diagnostics: Iterable[Diagnostic], language: Language) -> str:
    """Return `2 errors, 1 warning`."""
    from lawengine.base.diagnostic import Severity

    found = [d.severity for d in diagnostics]
    errors, warnings = found.count(Severity.ERROR), found.count(Severity.WARNING)
    words = Label(
        f"{number(errors, 'error')}, {number(warnings, 'warning')}",
        f"{errors}个错误，{warnings}个警告",
    )
    return words.text(language)


def number(count: int, noun: str) -> str:
    """Return `1 rule` or `2 rules`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
