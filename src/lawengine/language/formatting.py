"""Formatting: the one canonical layout of a rule file, in either keyword language."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from lawengine.base.diagnostic import Diagnostic, has_errors
from lawengine.base.label import Language
from lawengine.base.source import Source, Span
from lawengine.language import syntax as s
from lawengine.language.layout import Line
from lawengine.language.parse import parse
from lawengine.language.print_declarations import DeclarationWriter
from lawengine.language.print_expressions import Phrasing

LANGUAGE_LINE = "语言 中文"
"""The first line of a Chinese file, so that telling its language never rests on its content."""


def format_file(tree: s.FileNode, language: Language) -> str:
    """Return the text of `tree` in the keywords of `language`.

    Comments on a line of their own stand before the line they preceded; those after code stay at
    its end. Clauses come in one order, one empty line stands between declarations.

    Edges: names are written as they stand in the tree (`translation.translate` changes them); one
    that is a keyword of `language` cannot be written, see `translation.unwritable`.
    """
    writer = DeclarationWriter(Phrasing(language), tree.clause_lines)
    for declaration in tree.declarations:
        writer.declaration(declaration)
    head = [Line(LANGUAGE_LINE)] if language == "zh" else []
    lines = [*head, *_commented(writer.lines, tree.comments)]
    texts: list[str] = []
    for line in lines:
        if texts and (line.top or line.gap):
            texts.append("")
        texts.append(line.text)
    return "".join(f"{text}\n" for text in texts)


def format_text(source: Source) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the text of `source` in the canonical layout of its own language, and diagnostics.

    Edges: a file with reading errors comes back unchanged, and so does one whose new layout would
    read as something else (LAW126): formatting never changes what a file says.
    """
    parsed = parse(source)
    if has_errors(parsed.diagnostics):
        return source.text, parsed.diagnostics
    text = format_file(parsed.tree, parsed.tree.language)
    again = parse(Source(source.path, text))
    if again.diagnostics or again.tree != parsed.tree:
        place = Span(source.path, 0, 0, 1, 1)
        return source.text, (*parsed.diagnostics, Diagnostic("LAW126", place))
    return text, parsed.diagnostics


def _commented(lines: list[Line], comments: Iterable[s.Comment]) -> list[Line]:
    """Return the lines with the comments where they belong."""
    places = sorted((line.place, index) for index, line in enumerate(lines) if line.place)
    above: dict[int, list[s.Comment]] = {}
    behind: dict[int, s.Comment] = {}
    for comment in comments:
        below = bisect_right(places, (comment.line, len(lines)))
        around = places[below - 1][1] if below else 0
        if comment.trailing and below:
            index = around
            if index in behind:  # joined lines had one each: only the last can stay at the end
                above.setdefault(index, []).append(behind[index])
            behind[index] = comment
        elif below and lines[around].last > comment.line:  # inside what is now one line
            above.setdefault(around, []).append(comment)
        else:
            index = places[below][1] if below < len(places) else len(lines)
            above.setdefault(index, []).append(comment)
    found: list[Line] = []
    for index, line in enumerate(lines):
        block = _block(above.get(index, []), line)
        if block and (line.top or line.gap):
            block[0] = replace(block[0], gap=True)
            apart = line.top and line.place - above[index][-1].line > 1
            line = replace(line, top=apart, gap=False)  # noqa: PLW2901 - the line as it is written
        if index in behind:
            line = replace(line, text=f"{line.text}  {_text(behind[index])}")  # noqa: PLW2901 - with what stands behind it
        found += [*block, line]
    rest = _block(above.get(len(lines), []), Line("", top=True))
    return [*found, *(replace(line, gap=line.gap or i == 0) for i, line in enumerate(rest))]


def _block(comments: list[s.Comment], below: Line) -> list[Line]:
    """Return comments as lines above `below`; between declarations their own gaps are kept."""
    indent = " " * (len(below.text) - len(below.text.lstrip(" ")))
    return [
        Line(
            indent + _text(comment),
            comment.line,
            gap=index > 0 and below.top and comment.line - comments[index - 1].line > 1,
        )
        for index, comment in enumerate(comments)
    ]


def _text(comment: s.Comment) -> str:
    return f"-- {comment.text}" if comment.text else "--"
