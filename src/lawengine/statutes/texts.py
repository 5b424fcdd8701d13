"""Official wording: its normal form, its fingerprint, its articles, paragraphs and items."""

from __future__ import annotations

import hashlib
import unicodedata

from lawengine.base.citation import Article
from lawengine.base.dataclass import dataclass
from lawengine.base.numerals import read_numeral
from lawengine.base.patterns import pattern

_NUMERAL = "[零〇一二三四五六七八九十百千0-9０-９]+"
_MARKS = r"[\s#*_>-]*"
_ARTICLE = pattern(rf"{_MARKS}第\s*({_NUMERAL})\s*条(?:\s*之\s*({_NUMERAL}))?[*_]*(?:[\s:：]+|$)")
_HEADING = pattern(rf"{_MARKS}(?:第\s*{_NUMERAL}\s*(?:编|分编|章|节)(?:\s|$)|附\s*则\s*$)")
_ITEM = pattern(rf"[（(]\s*({_NUMERAL})\s*[）)]")
_SUB_ITEM = pattern(r"([0-9０-９]{1,3})\s*[.．、]")
_LINE_MARK = pattern(r"^\s*(?:[-+>]\s+|>|#+)\s*")
_MARKDOWN = frozenset("*_`#\\")
_ONE_FORM = str.maketrans(
    {
        **dict.fromkeys("“”„‟「」『』〝〞〟", '"'),
        **dict.fromkeys("‘’‚‛", "'"),
        **dict.fromkeys("〈‹", "<"),
        **dict.fromkeys("〉›", ">"),
        **dict.fromkeys("‐‑‒–—―─", "-"),
        **dict.fromkeys("•・‧", "·"),
        "。": ".",
        "〔": "(",
        "〕": ")",
    }
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph 款 of an article with its items 项 and, below each, its sub-items 目."""

    text: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An item 项 by the number it bears."""

    number: int
    text: str
    sub_items: tuple[tuple[int, str], ...] = ()


def normalise(text: str) -> str:
    """Return the form of a wording in which two faithful copies are equal.

    The rule, in this order:
    1. line marks of Markdown (`#`, `>`, `- `) go;
    2. Unicode NFKC: full-width digits, letters and punctuation become half-width, compatibility
       characters (such as Kangxi radicals from a PDF) become the ordinary ones;
    3. one form for quotation marks, angle brackets, dashes, middle dots, the full stop and 〔〕;
    4. white space of any kind and invisible characters go, and `*`, `_`, backtick, `#`, backslash.

    Everything else stays: a changed character, digit, comma or item number is a changed wording.
    Chinese numerals and Arabic digits stay different. A heading `第…条` is not part of the wording
    (`split_articles` cuts it off), so an article that only moved to another number keeps its form.
    """
    lines = "\n".join(_LINE_MARK.sub("", line) for line in text.splitlines())
    unified = unicodedata.normalize("NFKC", lines).translate(_ONE_FORM)
    return "".join(
        char
        for char in unified
        if char not in _MARKDOWN and not char.isspace() and unicodedata.category(char) != "Cf"
    )


def fingerprint(text: str) -> str:
    """Return the SHA-256 of the normal form in hexadecimal.

    Edges: a wording that is empty in normal form has no fingerprint: the empty string, which never
    counts as equal to anything.
    """
    normal = normalise(text)
    return hashlib.sha256(normal.encode("utf-8")).hexdigest() if normal else ""


def split_articles(text: str) -> dict[Article, str]:
    """Return the wording of each article, its heading `第…条` cut off, its paragraphs on lines.

    Whatever stands before the first article, and headings of parts, chapters and sections, are
    dropped. Edges: a line that only mentions an article (`第八条规定的…`) starts none: white space,
    a colon or a line end must follow the heading. An article that occurs twice keeps both
    wordings, one after the other, so that it matches no fingerprint by accident.
    """
    articles: dict[Article, list[str]] = {}
    current: list[str] | None = None
    for raw in text.splitlines():
        line = raw.strip()
        if match := _ARTICLE.match(line):
            number, inserted = (read_numeral(group or "") for group in match.groups())
            if number is not None and (inserted is not None or not match.group(2)):
                current = articles.setdefault(Article(number, inserted=inserted or 0), [])
                line = line[match.end() :]
        elif _HEADING.match(line) or line.startswith("#"):
            continue
        if current is not None and line:
            current.append(line)
    return {article: "\n".join(lines) for article, lines in articles.items()}


def outline(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of an article's wording with their items.

    A line `（一）…` is an item of the paragraph above it, a line `1.…` below an item is a sub-item,
    any other line is a new paragraph.
    """
    paragraphs: list[Paragraph] = []
    for raw in text.splitlines():
        line = _LINE_MARK.sub("", raw).strip().strip("*_")
        if not line:
            continue
        item, sub = _ITEM.match(line), _SUB_ITEM.match(line)
        last = paragraphs[-1] if paragraphs else Paragraph("")
        if item and (number := read_numeral(item.group(1))):
            paragraphs[-1:] = [Paragraph(last.text, (*last.items, Item(number, line)))]
        elif sub and last.items:
            below = last.items[-1]
            subs = (*below.sub_items, (int(sub.group(1)), line))
            items = (*last.items[:-1], Item(below.number, below.text, subs))
            paragraphs[-1:] = [Paragraph(last.text, items)]
        else:
            paragraphs.append(Paragraph(line))
    return tuple(paragraphs)


def layout(text: str) -> tuple[int, ...]:
    """Return how many items each paragraph has: `(4, 0)` is one with a list and a plain one."""
    return tuple(len(paragraph.items) for paragraph in outline(text))


def wording_at(text: str, path: tuple[int, ...]) -> str | None:
    """Return the words of a paragraph, item or sub-item of an article's wording, or None.

    An empty path gives the whole article. Edges: paragraph 0 (`第8条第3项`) means the only
    paragraph that has items; an item comes without the paragraph's opening words.
    """
    paragraphs = outline(text)
    if not path:
        return text or None
    if path[0] == 0:
        listing = [paragraph for paragraph in paragraphs if paragraph.items]
        chosen = listing[0] if len(listing) == 1 else None
    else:
        chosen = paragraphs[path[0] - 1] if path[0] <= len(paragraphs) else None
    if chosen is None or len(path) == 1:
        return _paragraph_text(chosen) if chosen else None
    item = next((item for item in chosen.items if item.number == path[1]), None)
    if item is None or len(path) == 2:  # noqa: PLR2004 - paragraph and item
        return _item_text(item) if item else None
    return next((words for number, words in item.sub_items if number == path[2]), None)


def _paragraph_text(paragraph: Paragraph) -> str:
    return "\n".join((paragraph.text, *(_item_text(item) for item in paragraph.items)))


def _item_text(item: Item) -> str:
    return "\n".join((item.text, *(words for _, words in item.sub_items)))
