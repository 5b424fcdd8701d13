"""From text to tokens: phrases joined, literals with their units, continued lines joined."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

from lawengine.base.calendar import Period, Unit
from lawengine.base.citation import Article, parse_article
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Language
from lawengine.base.money import FEN_IN_YUAN, WAN, YI, format_yuan, parse_decimal
from lawengine.base.source import Source, Span
from lawengine.language.keywords import DECLARATIONS, TABLE, phrases
from lawengine.language.syntax import Comment
from lawengine.language.tokens import Token, token_span

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 40
MAX_OPERATORS = 100
MAX_DIGITS = 18

# The commonest come first; no two begin alike, but for comments before marks and dates before
# numbers.
_TOKENS = re.compile(
    r"""[ \t\u3000\ufeff]*+(?:
      (?P<run>[^\W\d]\w*+(?:-\d++)*+(?:\.[^\W\d]\w*+(?:-\d++)*+)*+)
    | (?P<newline>\r\n|[\n\r\u2028\u2029\x0b\x0c\x85])
    | (?P<comment>--[^\n\r]*)
    | (?P<mark>[,，、:：()（）/／|｜*+\-])
    | (?P<date>\d{4}-\d{2}-\d{2}(?![\w-]))
    | (?P<month>\d{4}-\d{2}(?![\w-]))
    | (?P<number>\d[\d_]*(?:\.\d+)?)
    | (?P<text>"(?:[^"\\\n\r]|\\[^\n\r])*"|“[^”\n\r]*”)
    )""",
    re.VERBOSE,
)
_ARTICLE = re.compile(
    r"""(?:(?:art|part)[ \t]+\d+(?:-\d+)?(?:\(\d+\))*
        |第N(?:条|部分)(?:之N)?(?:第N款)?(?:第(?:N|[（(]N[）)])项)?(?:第N目)?)(?!\w)""".replace(
        "N", r"(?:\d+|[零〇一二三四五六七八九十百千]+)"
    ),
    re.VERBOSE,
)
_SPACE = re.compile(r"[ \t\u3000\ufeff]*")
_REST_OF_LINE = re.compile(r"[^\n\r]*")
_RUN_ON = re.compile(r"\w+")
_UNIT = re.compile(
    r"""[ \t]*(?P<percent>[%％])
      | [ \t\u3000]+(?P<english>yuan|fen|working[ \t]+days?|days?|months?|years?)(?![\w.])
      | (?P<chinese>亿元|万元|元|分|个工作日|日|天|个月|年|倍)(?!\w)""",
    re.VERBOSE,
)
_MARKS = {
    ",": "COMMA", "，": "COMMA", "、": "COMMA", ":": "COLON", "：": "COLON",
    "(": "LPAR", "（": "LPAR", ")": "RPAR", "）": "RPAR", "/": "SLASH", "／": "SLASH",
    "|": "PIPE", "｜": "PIPE", "*": "STAR", "+": "PLUS", "-": "MINUS",
}  # fmt: skip
_PERIODS = {
    "day": Unit.DAY, "days": Unit.DAY, "日": Unit.DAY, "天": Unit.DAY,
    "working day": Unit.WORKING_DAY, "working days": Unit.WORKING_DAY,
    "个工作日": Unit.WORKING_DAY, "month": Unit.MONTH, "months": Unit.MONTH, "个月": Unit.MONTH,
    "year": Unit.YEAR, "years": Unit.YEAR, "年": Unit.YEAR,
}  # fmt: skip
_MONEY = {"fen": 1, "分": 1, "yuan": FEN_IN_YUAN, "元": FEN_IN_YUAN}
_MONEY |= {"万元": FEN_IN_YUAN * WAN, "亿元": FEN_IN_YUAN * YI}

_GOES_ON_AFTER = frozenset(
    (
        "COMMA",
        "AND",
        "OR",
        "NOT",
        "LPAR",
        "PLUS",
        "MINUS",
        "TIMES",
        "WHEN",
        "UNLESS",
        "THEN",
        "GIVEN",
        "EXPECT",
        "WHERE",
        "SATISFIES",
        "COLON",
        "IS",
        "IS_ONE_OF",
        "ONE_OF",
        "LEVELS",
        "AS",
        "BECAUSE",
        "PAIR",
    )
)
_GOES_ON_BEFORE = frozenset(
    (
        "AND",
        "OR",
        "COMMA",
        "RPAR",
        "OUTSIDE",
    )
)
_OPERATORS = frozenset(
    (
        "PLUS",
        "MINUS",
        "TIMES",
        "ROUNDED_DOWN",
        "ROUNDED_UP",
        "ROUNDED_HALF_EVEN",
    )
)
_NESTING = frozenset(("LPAR", "NOT"))
_COUNTED = _NESTING | _OPERATORS
_ENDS_NO_LINE = _GOES_ON_AFTER | {"_NL"}
_BEGINS = frozenset(DECLARATIONS)
_LANGUAGE_WORDS = frozenset(word for side in TABLE["LANGUAGE"] for word in side)
"""The first line may say the language in either language."""


@dataclass(frozen=True, slots=True)
class Lexed:
    """The tokens of a file, declaration by declaration, with its comments.

    `stray` holds tokens before the first declaration, which belong to nothing.
    """

    language: Language
    declarations: tuple[tuple[Token, ...], ...]
    stray: tuple[Token, ...]
    comments: tuple[Comment, ...]
    diagnostics: tuple[Diagnostic, ...]


@cache
def _keywords(language: Language) -> dict[str, tuple[list[tuple[re.Pattern[str], str]], str]]:
    """Return, by first word, the patterns of longer phrases and the token of the word alone."""
    found = {}
    for first, options in phrases(language).items():
        longer = [
            (re.compile(r"[ \t]+".join(map(re.escape, words)) + r"(?![\w.]|-\d)"), token)
            for words, token in options
            if len(words) > 1
        ]
        found[first] = longer, next((token for words, token in options if len(words) == 1), "")
    return found


@dataclass(slots=True)
class _Lexer:
    """Walks one text; `stray` and `declarations` fill with its tokens as they come."""

    source: Source
    language: Language
    line: int = 1
    line_start: int = 0
    written: int = 0  # the line of the last token
    last: str = "_NL"  # the type of the last token
    stray: list[Token] = field(default_factory=list)
    declarations: list[list[Token]] = field(default_factory=list)
    current: list[Token] = field(init=False)
    keywords: dict[str, tuple[list[tuple[re.Pattern[str], str]], str]] = field(init=False)
    comments: list[Comment] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.current = self.stray
        self.keywords = _keywords(self.language)

    def span(self, start: int, end: int) -> Span:
        return Span(self.source.path, start, end, self.line, start - self.line_start + 1)

    def emit(self, kind: str, value: object, start: int, end: int) -> None:
        """Add a token to the line, the sentence and the declaration that it belongs to."""
        if self.last == "_NL":
            if kind in _GOES_ON_BEFORE and self.current:
                self.current.pop()
            elif kind in _BEGINS:
                self.current = []
                self.declarations.append(self.current)
        line = self.written = self.line
        self.current.append(Token(kind, value, start, end, line, start - self.line_start + 1))
        self.last = kind

    def report(self, code: str, start: int, end: int, **words: object) -> None:
        self.diagnostics.append(Diagnostic(code, self.span(start, end), words))

    def run(self) -> None:
        text, position, length = self.source.text, 0, len(self.source.text)
        match_token, word = _TOKENS.match, self.word
        while position < length:
            match = match_token(text, position)
            kind = match.lastgroup if match else None
            if match is None or kind is None:
                position = self.unknown(position)
            elif kind == "run":
                position = word(*match.span(kind))
            else:
                position = self.take(kind, *match.span(kind))
        self.newline(length)

    def unknown(self, position: int) -> int:
        """Report what is no token, once a line, and return where to go on."""
        text = self.source.text
        position = _end(_SPACE, text, position)
        if position == len(text):
            return position
        if text[position] in '"“':
            end = _end(_REST_OF_LINE, text, position)
            self.report("LAW103", position, end)
            self.emit("TEXT", text[position + 1 : end], position, end)
            return end
        last = self.diagnostics[-1] if self.diagnostics else None
        if last is None or (last.code, last.span.line) != ("LAW102", self.line):
            self.report("LAW102", position, position + 1, char=_visible(text[position]))
        return position + 1

    def take(self, kind: str, start: int, end: int) -> int:
        """Read one lexeme that is no word; return where to go on."""
        lexeme = self.source.text[start:end]
        match kind:
            case "mark":
                self.emit(_MARKS[lexeme], lexeme, start, end)
            case "newline":
                self.newline(start)
                self.line += 1
                self.line_start = end
            case "number":
                return self.number(lexeme, start, end)
            case "text":
                self.emit("TEXT", _unquote(lexeme), start, end)
            case "date":
                self.date(lexeme, start, end)
            case "month":
                self.month(lexeme, start, end)
            case "comment":
                trailing = self.written == self.line
                self.comments.append(Comment(lexeme[2:].strip(), self.line, trailing))
        return end

    def newline(self, position: int) -> None:
        """End a line, unless its sentence goes on below.

        A clause that is struck out has no words of its own: `strike when` ends there.
        """
        if self.last not in _ENDS_NO_LINE or (
            self.last != "_NL" and len(self.current) > 1 and self.current[-2].type == "STRIKE"
        ):
            self.emit("_NL", "\n", position, position)

    def article(self, start: int, end: int) -> int:
        lexeme = self.source.text[start:end]
        longest = max(map(len, re.findall(r"\d+", lexeme)), default=0)
        article = parse_article(lexeme) if longest <= MAX_DIGITS else None
        if article is None or article.path[-1:] == (0,):
            self.report("LAW114", start, end, text=lexeme)
            article = Article(1)
        self.emit("ARTICLE", article, start, end)
        return end

    def date(self, lexeme: str, start: int, end: int) -> None:
        try:
            day = datetime.date.fromisoformat(lexeme)
        except ValueError:
            self.report("LAW106", start, end, date=lexeme)
            day = datetime.date(2000, 1, 1)
        self.emit("DATE", day, start, end)

    def month(self, lexeme: str, start: int, end: int) -> None:
        year, month = int(lexeme[:4]), int(lexeme[5:])
        if not (1 <= month <= 12 and year >= 1):  # noqa: PLR2004 - months of a year
            self.report("LAW106", start, end, date=lexeme)
            year, month = 2000, 1
        self.emit("MONTH", (year, month), start, end)

    def number(self, lexeme: str, start: int, end: int) -> int:
        few = len(lexeme) <= MAX_DIGITS or _digits(lexeme) <= MAX_DIGITS
        value = parse_decimal(lexeme) if few else None
        if value is None:
            self.report("LAW115", start, end, digits=MAX_DIGITS)
            value = Fraction(1)
        unit = _UNIT.match(self.source.text, end)
        if unit is None:
            tail = _end(_RUN_ON, self.source.text, end)
            if tail > end:
                self.report("LAW105", start, tail, text=self.source.text[start:tail])
            self.emit("NUMBER", value, start, tail)
            return tail
        self.quantity(value, " ".join(unit.group().split()), start, unit.end())
        return unit.end()

    def quantity(self, value: Fraction, unit: str, start: int, end: int) -> None:
        if unit in ("%", "％"):
            self.emit("PERCENT", value / 100, start, end)
        elif unit == "倍":
            self.emit("MULTIPLE", value, start, end)
        else:
            whole, rest = divmod(value.numerator * _MONEY.get(unit, 1), value.denominator)
            if rest:
                code = "LAW116" if unit in _MONEY else "LAW117"
                self.report(code, start, end, text=self.source.text[start:end])
                whole = 1
            large = unit in _MONEY and whole >= 10**MAX_DIGITS
            if large and _digits(format_yuan(whole, "en")) > MAX_DIGITS:
                self.report("LAW115", start, end, digits=MAX_DIGITS)
                whole = 1
            if unit in _MONEY:
                self.emit("MONEY", (whole, _MONEY[unit]), start, end)
            else:
                self.emit("PERIOD", Period(whole, _PERIODS[unit]), start, end)

    def word(self, start: int, end: int) -> int:
        """Read an article, a keyword with its phrase, or a name; return where to go on."""
        text = self.source.text
        lexeme = text[start:end]
        if lexeme in ("art", "part") or lexeme[0] == "第":
            found = _ARTICLE.match(text, start)
            if found:
                return self.article(start, found.end())
        longer, alone = self.keywords.get(lexeme, ((), ""))
        for pattern, token in longer:
            match = pattern.match(text, start)
            if match:
                self.emit(token, match.group(), start, match.end())
                return match.end()
        if not alone or text[end : end + 1] == ".":
            alone = "INSTRUMENT" if "-" in lexeme and "." not in lexeme else "NAME"
        self.emit(alone, lexeme, start, end)
        return end


def lex(source: Source) -> Lexed:
    """Return the tokens of `source`, grouped by declaration.

    Edges: a text of over two million characters, brackets over 40 deep or over 100 operators in
    one sentence are refused with a diagnostic, so that later stages stay within their stack.
    """
    language = _language(source.text)
    if len(source.text) > MAX_CHARACTERS:
        span = Span(source.path, 0, 0, 1, 1)
        too_long = Diagnostic("LAW108", span, {"limit": MAX_CHARACTERS})
        return Lexed(language, (), (), (), (too_long,))
    lexer = _Lexer(source, language)
    lexer.run()
    diagnostics = lexer.diagnostics
    stray = lexer.stray
    if stray and stray[0].value in _LANGUAGE_WORDS:
        end = next((i for i, token in enumerate(stray) if token.type == "_NL"), len(stray) - 1)
        if [t.value for t in stray[1:end]] not in (["en"], ["zh"], ["中文"], ["英文"]):
            diagnostics.append(Diagnostic("LAW113", token_span(source.path, stray[0])))
        stray = stray[end + 1 :]
    kept = []
    for declaration in lexer.declarations:
        problem = _too_deep(source, declaration)
        if problem:
            diagnostics.append(problem)
        else:
            kept.append(tuple(declaration))
    return Lexed(language, tuple(kept), tuple(stray), tuple(lexer.comments), tuple(diagnostics))


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    """Return where a match of `pattern` ends that begins at `position`, or `position`."""
    match = pattern.match(text, position)
    return match.end() if match else position


def _language(text: str) -> Language:
    """Tell the keyword language: the first line may name it, else the first keyword shows it."""
    for match in re.finditer(r"^[ \t\u3000\ufeff]*(?!--)(\S+)(?:[ \t]+(\S+))?", text, re.MULTILINE):
        first, second = match.groups()
        if first in _LANGUAGE_WORDS:
            return "zh" if second in ("zh", "中文") else "en"
        for language in ("en", "zh"):
            if any(token in DECLARATIONS for _, token in phrases(language).get(first, ())):
                return language
    return "en"


def _too_deep(source: Source, tokens: list[Token]) -> Diagnostic | None:
    if sum([token.type in _COUNTED for token in tokens]) <= min(MAX_DEPTH, MAX_OPERATORS):
        return None
    depth = operators = 0
    for token in tokens:
        if token.type in _NESTING:
            depth += 1
        elif token.type == "RPAR":
            depth -= 1
        elif token.type in _OPERATORS:
            operators += 1
        elif token.type == "_NL":
            depth = operators = 0
        if depth > MAX_DEPTH or operators > MAX_OPERATORS:
            words = {"depth": MAX_DEPTH, "operators": MAX_OPERATORS}
            return Diagnostic("LAW109", token_span(source.path, token), words)
    return None


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _unquote(lexeme: str) -> str:
    if lexeme[0] == "“":
        return lexeme[1:-1]
    return re.sub(r"\\(.)", r"\1", lexeme[1:-1])


def _visible(char: str) -> str:
    return char if char.isprintable() else f"U+{ord(char):04X}"
