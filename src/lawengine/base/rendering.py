"""Diagnostics as plain text: the place, the message, the line, and a mark under the words meant."""

from __future__ import annotations

import unicodedata

from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.label import Label, Language
from lawengine.base.source import NOWHERE, Source, SourceMap, Span, display_width

TAB = 4
WINDOW = 200
"""Characters of a line that are shown; a longer one is cut around the place."""
BEFORE = 60
"""Characters kept before the place in a line that is cut."""

_SEVERITIES = {
    Severity.ERROR: Label("error", "错误"),
    Severity.WARNING: Label("warning", "警告"),
}
_NOTE = Label("note", "附注")
_HELP = Label("help", "提示")
_NEWLINES = "\r\n\x0b\x0c\x85\u2028\u2029"


def render_diagnostic(diagnostic: Diagnostic, sources: SourceMap, language: Language) -> str:
    """Return a diagnostic as plain text of several lines, without a line end after the last.

    The first line is `path:line:column: error LAW101: message`; then the source line, the mark
    under it, the notes with their own places, and the help.

    Units: the column in the first line counts characters, as editors do; the mark stands by
    terminal columns, so it is right under Chinese text and after tabs.
    Edges: a span over several lines is marked to the end of its first line; where the text is not
    among `sources`, there is no excerpt; characters that would move the cursor are shown as �.
    """
    severity = _SEVERITIES[diagnostic.severity].text(language)
    message = _shown(diagnostic.message(language))
    lines = [f"{_place(diagnostic.span)}{severity} {diagnostic.code}: {message}"]
    lines += _excerpt(diagnostic.span, sources, "^")
    for note in diagnostic.notes:
        words = f"{_place(note.span)}{_NOTE.text(language)}: {_shown(note.label.text(language))}"
        lines += [f"  {words}", *_excerpt(note.span, sources, "-")]
    help_line = diagnostic.help(language)
    if help_line:
        lines.append(f"  {_HELP.text(language)}: {_shown(help_line)}")
    return "\n".join(lines)


def _place(span: Span) -> str:
    return "" if span == NOWHERE or not span.path else f"{_shown(str(span))}: "


def _excerpt(span: Span, sources: SourceMap, mark: str) -> list[str]:
    source = sources.get(span.path)
    if source is None or span.line < 1:
        return []
    line = _line_of(span, source)
    start = min(max(span.column - 1, 0), len(line))
    end = min(max(start + span.end - span.start, start), len(line))
    cut = max(0, start - BEFORE) if len(line) > WINDOW else 0
    window = line[cut : cut + WINDOW]
    start, end = start - cut, min(end - cut, len(window))
    ahead, behind = "…" if cut else "", "…" if cut + WINDOW < len(line) else ""
    left = display_width(ahead + _shown(window[:start]))
    width = display_width(ahead + _shown(window[:end])) - left
    excerpt = f"    {ahead}{_shown(window)}{behind}".rstrip()
    return [excerpt, f"    {' ' * left}{mark * max(width, 1)}"]


def _line_of(span: Span, source: Source) -> str:
    """Return the line on which `span` begins, by its offset where that fits its column.

    Readers do not agree on what ends a line (a lone carriage return does for some); an offset
    leaves no doubt, and a span that knows only its line has the offset 0.
    """
    text, start = source.text, span.start - span.column + 1
    fits = 0 <= start <= len(text) and (start > 0 or span.line == 1)
    if not fits or (start > 0 and text[start - 1] not in _NEWLINES):
        return source.line(span.line)
    end = min((i for char in "\r\n" if (i := text.find(char, start)) >= 0), default=len(text))
    return text[start:end]


def _shown(text: str) -> str:
    """Return `text` as a terminal can show it on one line, tabs as spaces."""
    parts: list[str] = []
    column = 0
    for char in text:
        if char == "\t":
            shown = " " * (TAB - column % TAB)
        elif char == "\u3000" or char.isprintable():
            shown = char
        else:
            shown = " " if unicodedata.category(char) == "Zs" else "\ufffd"
        parts.append(shown)
        column += display_width(shown)
    return "".join(parts)
