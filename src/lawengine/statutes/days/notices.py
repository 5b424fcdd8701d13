"""Comparing the fingerprints of notices with the texts of them that a user has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lawengine.base.diagnostic import Diagnostic, in_order
from lawengine.base.patterns import pattern
from lawengine.statutes.days.model import Notice, Year
from lawengine.statutes.files import list_files, read_source
from lawengine.statutes.official import SUFFIXES
from lawengine.statutes.texts import fingerprint, normalise
from lawengine.statutes.verifying import Outcome

_DATED = pattern(r"\d月\d+日")
_ARRANGES = ("放假", "上班", "假期")
_ITEM = pattern(r"[一二三四五六七八九十]+、")


@dataclass(frozen=True, slots=True)
class NoticeCheck:
    """What comparing one notice gave; `file` is empty where there was no text."""

    notice: Notice
    outcome: Outcome
    file: str = ""
    found: str = ""


def verify_notices(
    years: Mapping[int, Year], folder: Path
) -> tuple[tuple[NoticeCheck, ...], tuple[Diagnostic, ...]]:
    """Return how every notice compares with the texts in `folder`, and what could not be read.

    A text is that of a notice whose number it bears, or else whose whole title. Edges: of several
    texts the first by name counts; a text without any day off is none.
    """
    paths, problems = list_files(folder, SUFFIXES)
    diagnostics = list(problems)
    texts: list[tuple[str, str, str]] = []
    for path in paths:
        source, problems = read_source(path)
        diagnostics.extend(problems)
        if source is not None and (words := arranging_words(source.text)):
            texts.append((path.name, normalise(source.text), words))
    checks = []
    for year in years.values():
        for notice in year.notices:
            check = _check(notice, texts)
            checks.append(check)
            if check.outcome is Outcome.DIFFERS:
                words_ = {"number": notice.name, "file": check.file}
                diagnostics.append(Diagnostic("LAW441", notice.fingerprint_span, words_))
    return tuple(checks), in_order(diagnostics)


def arranging_words(text: str) -> str:
    """Return what a notice says to arrange days: the lines that name a day and days off or work.

    The salutation, the reasons, the reminders at the end and the signature differ between faithful
    copies; these lines do not. Edges: where there are numbered items, only those count; an item may
    be broken into a line with its number and lines with its days.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    items: list[str] = []
    inside = False
    for line in lines:
        if _ITEM.match(line):
            items.append(line)
            inside = True
        elif inside and _arranges(line):
            items[-1] += line
        else:
            inside = False
    found = [item for item in items if _arranges(item)]
    return "\n".join(found or [line for line in lines if _arranges(line)])


def _arranges(line: str) -> bool:
    return bool(_DATED.search(line)) and any(word in line for word in _ARRANGES)


def _check(notice: Notice, texts: Iterable[tuple[str, str, str]]) -> NoticeCheck:
    number, title = normalise(notice.number), normalise(notice.title.zh)
    by_number = [t for t in texts if notice.number_verified and number in t[1]]
    by_title = [t for t in texts if title in t[1]]
    chosen = (by_number or by_title)[:1]
    if not chosen:
        return NoticeCheck(notice, Outcome.NO_TEXT)
    name, _, words = chosen[0]
    found = fingerprint(words)
    if not notice.fingerprint:
        outcome = Outcome.NO_FINGERPRINT
    else:
        outcome = Outcome.MATCH if found == notice.fingerprint else Outcome.DIFFERS
    return NoticeCheck(notice, outcome, name, found)
