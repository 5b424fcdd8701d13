"""The help of a command in Chinese; loaded only when somebody asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lawengine.base.source import display_width
from lawengine.reports.styled import Piece, wrap
from lawengine_cli.help_texts import CHINESE

_LINE = "  "
_WIDEST_NAME = 30
_WORDS = (
    (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 [参数]..."),
    (r"\[default: \((.*?)\)\]", r"[默认：\1]"),
    (r"default: ", "默认："),
    (r"env var: ", "环境变量："),
    (r"required\]", "必填]"),
)
"""What the parser of the command line adds to a page, and how it is said in Chinese."""

Rows = list[tuple[str, str]]


def page_in_chinese(command: Any, context: Any) -> str:  # noqa: ANN401 - the parser's own
    """Return the page that `-h` shows."""
    width = context.make_formatter().width
    usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    blocks = [
        [f"用法：{parser_words(usage)}"],
        *_paragraphs(_translated(command.help or ""), width),
    ]
    arguments, options = _parameters(command, context)
    commands = [
        (name, _translated(one.short_help or ""))
        for name, one in getattr(command, "commands", {}).items()
    ]
    for title, rows in (("参数：", arguments), ("选项：", options), ("命令：", commands)):
        if rows:
            blocks.append([title, *_rows(rows, width)])
    for part in (command.epilog or "").split("\n\n"):
        example, said, rest = part.partition("Example: ")
        text = f"示例：{rest}" if said and not example else _translated(part)
        blocks += _paragraphs(text, width)
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _translated(text: str) -> str:
    """Return a text of the help in Chinese; one that is not known as it is."""
    plain = " ".join(text.split())
    return CHINESE.get(plain, plain)


def parser_words(text: str) -> str:
    """Return what the parser of the command line adds to a text, in Chinese."""
    for english, chinese in _WORDS:
        text = re.sub(english, chinese, text)
    return text


def _parameters(command: Any, context: Any) -> tuple[Rows, Rows]:  # noqa: ANN401 - the parser's own
    """Return what stands before each text, and the text, of arguments and of options."""
    arguments: Rows = []
    options: Rows = []
    for one in command.get_params(context):
        english = one.help or ""
        one.help = "\0"
        try:
            found = one.get_help_record(context)
        finally:
            one.help = english
        if found is not None:
            name, more = found
            text = more.replace("\0", _translated(english), 1)
            rows = options if one.param_type_name == "option" else arguments
            rows.append((name, parser_words(text)))
    return arguments, options


def _paragraphs(text: str, width: int) -> Iterator[list[str]]:
    for part in text.split("\n\n"):
        if part.strip():
            yield list(_wrapped([("", part.strip())], width, _LINE, _LINE))


def _rows(rows: Rows, width: int) -> Iterator[str]:
    """Yield names on the left and texts on the right; a long name has a line of its own."""
    room = min(max(display_width(name) for name, _ in rows), _WIDEST_NAME)
    rest = " " * (len(_LINE) + room + 2)
    for name, text in rows:
        size = display_width(name)
        if size > room:
            yield _LINE + name
        first = rest if size > room else f"{_LINE}{name}{' ' * (room - size + 2)}"
        yield from _wrapped([("", text)], width, first, rest)


def _wrapped(pieces: list[Piece], width: int, first: str, rest: str) -> Iterable[str]:
    return (line.plain for line in wrap(pieces, width, [("", first)], [("", rest)]))
