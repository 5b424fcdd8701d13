"""Official texts that a user has: which file is which version, and its articles."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

from lawengine.base.citation import Article
from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.patterns import pattern
from lawengine.base.source import Span
from lawengine.statutes.files import list_files, read_source
from lawengine.statutes.model import Instrument
from lawengine.statutes.texts import normalise, split_articles

SUFFIXES = (".md", ".txt")
_COUNTRY = "中华人民共和国"
_FIELD = pattern(r"-\s*([^:：(（]+?)\s*(?:[(（][^)）]*[)）])?\s*[:：]\s*(.*)$")
_BRACKETS = pattern(r"\([^()]*\)")
_LONGEST_FIELD = 500
"""The longest header line that is read; the fields of interest fit a tenth of it."""
_DAY = pattern(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class OfficialText:
    """One file: the titles and dates of its header, and its articles."""

    path: Path
    titles: frozenset[str]
    in_force_from: datetime.date | None
    adopted: datetime.date | None
    articles: Mapping[Article, str]

    def is_version(self, instrument: Instrument) -> bool:
        """Tell whether this is the text of that version: same title, and same day in force.

        The title counts without brackets and without the name of the country. The day of adoption
        decides only when the header gives no day in force, because the header of a consolidated
        text often gives the adoption of the first version.
        """
        if bare_title(instrument.title.zh) not in self.titles:
            return False
        if self.in_force_from is not None:
            return self.in_force_from == instrument.in_force_from
        return self.adopted == instrument.adopted


def bare_title(title: str) -> str:
    """Return a title in the form in which titles are compared.

    >>> bare_title("中华人民共和国反不正当竞争法（2019年修正）")
    '反不正当竞争法'
    """
    return _BRACKETS.sub("", normalise(title)).removeprefix(_COUNTRY)


def read_official_texts(folder: Path) -> tuple[tuple[OfficialText, ...], tuple[Diagnostic, ...]]:
    """Return the texts of a folder, by file name, and which files could not be read.

    Edges: a file without articles (a translation, a list of contents, a notice) is no text and is
    passed over.
    """
    paths, problems = list_files(folder, SUFFIXES)
    texts: list[OfficialText] = []
    diagnostics = list(problems)
    for path in paths:
        source, problems = read_source(path)
        diagnostics.extend(problems)
        if source is not None:
            text = _read_text(path, source.text)
            texts.extend([text] if text.articles else [])
    return tuple(texts), tuple(diagnostics)


def text_of(
    instrument: Instrument, texts: Sequence[OfficialText]
) -> tuple[OfficialText | None, tuple[Diagnostic, ...]]:
    """Return the text of a version, or None; a warning when several files claim to be it.

    Edges: of several files the first by name is taken.
    """
    found = [text for text in texts if text.is_version(instrument)]
    if len(found) < 2:  # noqa: PLR2004 - one file or none
        return (found[0] if found else None), ()
    names = ", ".join(text.path.name for text in found)
    words = {"id": instrument.id, "files": names, "first": found[0].path.name}
    place = Span(str(found[0].path), 0, 0, 1, 1)
    return found[0], (Diagnostic("LAW426", place, words, Severity.WARNING),)


def _read_text(path: Path, text: str) -> OfficialText:
    titles: set[str] = set()
    in_force: datetime.date | None = None
    adopted: datetime.date | None = None
    for line in _header(text):
        if line.startswith("#"):
            titles.add(bare_title(line))
        elif match := _FIELD.match(line[:_LONGEST_FIELD]):
            key, value = match.groups()
            if "标题" in key or key.lower() == "title":
                titles.add(bare_title(value))
            elif "施行" in key or key.lower() == "effective":
                in_force = in_force or _first_day(value)
            elif "公布" in key or "通过" in key or key.lower() == "promulgated":
                adopted = adopted or _first_day(value)
    return OfficialText(path, frozenset(titles - {""}), in_force, adopted, split_articles(text))


def _header(text: str) -> list[str]:
    """Return the lines down to the rule `---`; without one, the first line as the title."""
    lines = [line.strip() for line in text.splitlines()]
    if "---" in lines:
        return lines[: lines.index("---")]
    return [f"# {line}" for line in lines if line][:1]


def _first_day(value: str) -> datetime.date | None:
    match = _DAY.search(value)
    try:
        return datetime.date.fromisoformat(match.group()) if match else None
    except ValueError:
        return None
