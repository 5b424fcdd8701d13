"""The legal diff: what the law says and what it would say, norm by norm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label, Language
from lawengine.model.rulebook import Proposal
from lawengine.model.rules import Interval
from lawengine.reports.naming import Names
from lawengine.reports.sheets import Row, Section, Sheet, marked
from lawengine.reports.wording import word


@dataclass(frozen=True, slots=True)
class Text:
    """What a norm says over some days, in one language: in that of rules, and in plain words."""

    code: tuple[str, ...]
    plain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One norm over the days on which it differs; an empty text says that there is none."""

    name: str
    label: Label
    kind: str
    days: Interval
    before: Text
    after: Text


def draft_diff(
    entries: Iterable[Entry], reforms: Sequence[Proposal], rulebook_hash: str, names: Names
) -> Sheet:
    """Return the sheet of a legal diff, words struck and added marked."""
    language = names.language
    titles = [reform.label.text(language) or reform.name for reform in reforms]
    return Sheet(
        title=names.join(titles) or word("legal_diff", language),
        sub=word("legal_diff", language),
        alarm=word("proposal", language) if reforms else "",
        alarm_note=names.join(_because(reform, language) for reform in reforms),
        before=word("reform_before", language),
        after=word("reform_after", language),
        sections=tuple(_section(entry, names) for entry in entries),
        nothing=word("legal_diff_none", language),
        produced=word("legal_diff_of", language, rulebook=rulebook_hash[:12]),
    )


def _because(reform: Proposal, language: Language) -> str:
    label = reform.label.text(language) or reform.name
    because = reform.because.text(language)
    colon = "：" if language == "zh" else ": "
    return f"{label}{colon}{because}" if because else label


def _section(entry: Entry, names: Names) -> Section:
    language = names.language
    code = marked(entry.before.code, entry.after.code)
    plain = marked(entry.before.plain, entry.after.plain)
    rows = [Row(word("legal_text", language), *code, code=True)]
    if plain[0] or plain[1]:
        rows.append(Row(word("plain_words", language), *plain))
    label = entry.label.text(language)
    heading = f"{label} · {entry.name}" if label else entry.name
    return Section(heading, tuple(rows), (_days(entry.days, names),))


def _days(days: Interval, names: Names) -> str:
    start = names.day(days.start)
    if days.start.year == 1:
        return word("at_all_times", names.language)
    if days.end is None:
        return word("from_day", names.language, start=start)
    return word("from_to", names.language, start=start, end=names.day(days.end))
