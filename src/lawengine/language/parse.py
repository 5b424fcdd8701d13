"""Parsing: `parse(source)` gives the tree of all that could be read, and what could not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lawengine.base.collecting import uncollected
from lawengine.base.diagnostic import Diagnostic, in_order, nearest
from lawengine.base.label import Label, Language
from lawengine.base.source import Source, Span
from lawengine.language import syntax as s
from lawengine.language.automaton import Automaton, Refused
from lawengine.language.builder import Builder
from lawengine.language.keywords import DECLARATIONS, TABLE, phrases, reserved
from lawengine.language.lexer import Lexed, lex
from lawengine.language.tables import read_tables
from lawengine.language.tokens import Token, token_span

LITERALS = {
    "NAME": Label("a name", "名称"),
    "INSTRUMENT": Label("an instrument such as `AUCL-2019`", "法规标识，如“反不正当竞争法-2019”"),
    "ARTICLE": Label("an article such as `art 20(1)`", "条款，如“第20条第1款”"),
    "TEXT": Label("a quoted text", "引号中的文字"),
    "NUMBER": Label("a number", "数字"),
    "MULTIPLE": Label("a multiple", "倍数"),
    "MONEY": Label("an amount such as `20_000 yuan`", "金额，如“2万元”"),
    "PERCENT": Label("a percentage", "百分数"),
    "DATE": Label("a date such as `2018-01-01`", "日期，如“2018-01-01”"),
    "MONTH": Label("a month such as `2018-01`", "月份，如“2018-01”"),
    "PERIOD": Label("a period such as `30 days`", "期间，如“30日”"),
    "SLASH": Label("`/`", "“/”"),
    "COLON": Label("`:`", "“：”"),
    "COMMA": Label("`,`", "“，”"),
    "LPAR": Label("`(`", "“（”"),
    "RPAR": Label("`)`", "“）”"),
    "PIPE": Label("`|`", "“|”"),
    "STAR": Label("`*`", "“*”"),
    "PLUS": Label("`+`", "“+”"),
    "MINUS": Label("`-`", "“-”"),
    "_NL": Label("the end of the line", "行末"),
    "$END": Label("the end of the declaration", "声明的结尾"),
}
_COLLECTIONS = (
    (
        frozenset(
            (
                "NAME",
                "NUMBER",
                "MULTIPLE",
                "MONEY",
                "PERCENT",
                "DATE",
                "MONTH",
                "PERIOD",
                "TEXT",
                "LPAR",
                "YES",
                "NO",
                "NOT",
                "HIGHER_OF",
                "LOWER_OF",
                "COUNT_OF",
                "SUM_OF",
                "ANY",
                "EVERY",
                "LAST_DAY_OF",
                "DAYS_FROM",
            )
        ),
        Label("a value", "一个值"),
    ),
    (
        frozenset(
            (
                "IS",
                "IS_NOT",
                "IS_ONE_OF",
                "AT_LEAST",
                "AT_MOST",
                "MORE_THAN",
                "LESS_THAN",
                "BEFORE",
                "AFTER",
                "ESTABLISHED",
            )
        ),
        Label("a comparison", "比较"),
    ),
    (
        frozenset(
            (
                "PLUS",
                "MINUS",
                "TIMES",
                "MULTIPLE",
                "PERCENT",
                "ROUNDED_DOWN",
                "ROUNDED_UP",
                "ROUNDED_HALF_EVEN",
            )
        ),
        Label("arithmetic", "运算"),
    ),
)
"""Where most of such words are possible, one word for all of them says more."""
_ASKING = frozenset(
    ("LISTED", "GRANTED", "BREACHED", "WATCHED", "LISTED_ANYWHERE", "NOT_LISTED", "NOT_GRANTED")
)
"""What asks for the state of a status goes with values and comparisons."""
MAX_MISTAKES = 50
"""After as many wrong lines the rest of a declaration is left out."""
MANY = 7
"""More expected words than this say nothing to a reader: then the list is left out."""
_SYNTAX = frozenset(("LAW101", "LAW104", "LAW110", "LAW111", "LAW112"))
_UNREADABLE = frozenset(("LAW102", "LAW103"))
_HEADS = (("VERSION",), ("AMEND", "SET", "REPEAL"))
"""What begins a part of a declaration, and what ends such a part by beginning the next."""
_WITHOUT_SPAN = frozenset(("ASK", "READING", "UNVERIFIED", "GIVES", "BECAUSE"))


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree of what could be read, and everything that was wrong."""

    tree: s.FileNode
    diagnostics: tuple[Diagnostic, ...]


@uncollected
def parse(source: Source) -> Parsed:
    """Return the tree of `source` and its diagnostics; what cannot be read is left out of the tree.

    A declaration that does not parse never hides the ones beside it.
    """
    lexed = lex(source)
    diagnostics = list(lexed.diagnostics)
    if lexed.stray:
        diagnostics.append(_stray(source.path, lexed.stray[0], lexed.language))
    builder = Builder(source.path, lexed.language)
    automaton = Automaton(read_tables(), builder)
    nodes: list[s.Declaration] = []
    for tokens in lexed.declarations:
        node = _declaration(source, tokens, automaton, builder, diagnostics)
        if node is not None:
            nodes.append(node)
    diagnostics += builder.diagnostics
    # What follows a character without meaning on its line says nothing new.
    spoilt = {d.span.line for d in lexed.diagnostics if d.code in _UNREADABLE}
    diagnostics = [d for d in diagnostics if d.code not in _SYNTAX or d.span.line not in spoilt]
    span = Span(source.path, 0, len(source.text), 1, 1)
    tree = s.FileNode(lexed.language, tuple(nodes), lexed.comments, _clause_lines(lexed), span)
    return Parsed(tree, in_order(diagnostics))


def _clause_lines(lexed: Lexed) -> tuple[tuple[str, int], ...]:
    return tuple(
        (token.type, (declaration[at + 1] if token.type == "BECAUSE" else token).line)
        for declaration in lexed.declarations
        for at, token in enumerate(declaration[:-1])
        if token.type in _WITHOUT_SPAN
    )


def _declaration(
    source: Source,
    tokens: Sequence[Token],
    automaton: Automaton,
    builder: Builder,
    diagnostics: list[Diagnostic],
) -> s.Declaration | None:
    """Return the node of a declaration; a line that cannot be read is reported and left out.

    Lines right below one that was left out, indented under it and wrong from their first word,
    belonged to it: they go with it in silence.
    """
    rest = tokens
    gap, indent = -1, 0
    known = len(builder.diagnostics)
    for _ in range(MAX_MISTAKES):
        found: s.Declaration | Refused | None = automaton.run(rest)
        if not isinstance(found, Refused):
            return found
        del builder.diagnostics[known:]  # what was built so far is built again
        silent = found.at < len(rest) and found.at == gap and rest[gap].column > indent
        if not silent:
            diagnostics.append(_unexpected(source, rest, found, builder.language))
        cut = _line_of(rest, found.at)
        if cut is None:
            return None
        if not silent:
            indent = rest[cut[0]].column
        gap = cut[0]
        rest = [*rest[: cut[0]], *rest[cut[1] :]]
    return None


def _line_of(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Return the stretch of tokens to leave out for an error at one of them; None for all.

    A version whose first line is wrong goes as a whole, so that its clauses do not land in the
    version before; so does an amendment.
    """
    if at == len(tokens):
        return None
    start = at
    while start > 0 and tokens[start - 1].type != "_NL":
        start -= 1
    end = at
    while end < len(tokens) and tokens[end].type != "_NL":
        end += 1
    for heads in _HEADS:
        if tokens[start].type == heads[0]:
            while end + 1 < len(tokens) and tokens[end + 1].type not in heads:
                end += 1
    return (start, end + 1) if start > 0 else None


def _unexpected(
    source: Source, tokens: Sequence[Token], refused: Refused, language: Language
) -> Diagnostic:
    expected = set(refused.accepts)
    wanted = _wanted(expected, language)
    if refused.at == len(tokens):
        return Diagnostic("LAW112", token_span(source.path, tokens[-1]), {"expected": wanted})
    token = tokens[refused.at]
    span = token_span(source.path, token)
    if token.type == "_NL":
        return Diagnostic("LAW110", span, {"expected": wanted})
    word = source.text[span.start : span.end]
    if token.type == "NAME":
        other: Language = "en" if language == "zh" else "zh"
        if word in phrases(other):
            return Diagnostic("LAW104", span, {"word": word})
        near = nearest(word, _spellings(expected | _declared_at(span), language))
        return Diagnostic("LAW101", span, {"word": word, "expected": wanted}, suggestion=near)
    if word in reserved(language) and "NAME" in expected:
        return Diagnostic("LAW111", span, {"word": word, "expected": wanted})
    return Diagnostic("LAW101", span, {"word": word, "expected": wanted})


def _declared_at(span: Span) -> set[str]:
    """Return the declarations if one can be meant: those begin at the margin."""
    return set(DECLARATIONS) if span.column == 1 else set()


def _stray(path: str, token: Token, language: Language) -> Diagnostic:
    wanted = _wanted(set(DECLARATIONS), language, len(DECLARATIONS))
    word = "" if token.type == "_NL" else str(token.value)
    near = nearest(word, _spellings(set(DECLARATIONS), language))
    words = {"word": word, "expected": wanted}
    return Diagnostic("LAW101", token_span(path, token), words, suggestion=near)


def _spellings(tokens: set[str], language: Language) -> list[str]:
    side = language == "zh"
    return [word for token in tokens for word in TABLE.get(token, ((), ()))[side]]


def _wanted(expected: set[str], language: Language, many: int = MANY) -> Label:
    """Return "a name, `to` or the end of the line", keywords in the language of the file."""
    literals = []
    for tokens, label in _COLLECTIONS:
        if len(tokens & expected) > len(tokens) // 2:
            expected = expected - tokens - _ASKING
            literals.append(label)
    literals += [LITERALS[token] for token in sorted(expected) if token in LITERALS]
    keywords = sorted(_spellings(expected, language))
    if len(literals) + len(keywords) > many:
        keywords = []
    if len(literals) > MANY or not literals + keywords:
        return Label("something else", "其他内容")
    english = [label.en for label in literals] + [f"`{word}`" for word in keywords]
    chinese = [label.zh for label in literals] + [f"“{word}”" for word in keywords]
    return Label(_join(english, ", ", " or "), _join(chinese, "、", "或"))


def _join(words: list[str], comma: str, last: str) -> str:
    return words[0] if len(words) == 1 else comma.join(words[:-1]) + last + words[-1]
