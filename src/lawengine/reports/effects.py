"""What a reform changes for one case: the answer under the law beside that under the reform."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lawengine.reports.document import ActPart, Document, PartyPart, StatusPart
from lawengine.reports.naming import Names
from lawengine.reports.sheets import Row, Section, Sheet, plain
from lawengine.reports.wording import word


def draft_effects(before: Document, after: Document, names: Names) -> Sheet:
    """Return the sheet of everything that differs between two drafts of one case."""
    language = names.language
    sections = [section for section in _sections(before, after, names) if section.rows]
    return Sheet(
        title=after.title,
        sub=word("reform_effects", language),
        alarm=word("hypothesis", language),
        alarm_note=after.hypothesis,
        before=word("reform_before", language),
        after=word("reform_after", language),
        sections=tuple(sections),
        nothing=word("reform_no_effect", language),
        produced=after.produced,
    )


def _sections(before: Document, after: Document, names: Names) -> Iterator[Section]:
    for old, new in zip(before.parties, after.parties, strict=True):
        for one, two in zip(old.acts, new.acts, strict=True):
            kind = f"{names.colon}{two.kind}" if two.kind else ""
            heading = f"{new.name} · {two.heading}{kind}"
            yield Section(heading, tuple(_rows(_act(one, names), _act(two, names))))
        yield Section(new.name, tuple(_rows(_party(old, names), _party(new, names))))
    own = _statuses(before.statuses), _statuses(after.statuses)
    yield Section(word("statuses", names.language), tuple(_rows(*own)))


def _rows(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Row]:
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key, ""), after.get(key, "")
        if old != new:
            yield Row(key, plain(old), plain(new))


def _act(act: ActPart, names: Names) -> dict[str, str]:
    """Return what follows for an act, by what it is."""
    language = names.language
    fines = [_if(answer.conditions, answer.range, names) for answer in act.answers]
    laws = dict.fromkeys(
        names.join(basis.parts) for answer in act.answers for basis in answer.bases
    )
    found = {word("fine", language): names.join(fines), word("under_law", language): _lines(laws)}
    measures: dict[str, list[str]] = {}
    for line in act.measures:
        measures.setdefault(line.heading, []).extend(item.text for item in line.items)
    for answer in act.answers:
        for line in answer.measures:
            texts = names.join(item.text for item in line.items)
            measures.setdefault(line.heading, []).append(_if(answer.conditions, texts, names))
    found |= {heading: names.join(texts) for heading, texts in measures.items()}
    effects = [item.text for item in act.effects]
    effects += [
        _if(answer.conditions, item.text, names)
        for answer in act.answers
        for item in answer.effects
    ]
    if effects:
        found[word("effects", language)] = names.join(effects)
    if act.undetermined:
        found[word("undetermined_short", language)] = word("undetermined", language)
    return found


def _if(conditions: Iterable[str], text: str, names: Names) -> str:
    """Return the text behind its conditions, if there are any."""
    shown = word("or_if", names.language).join(conditions)
    return f"{shown}{names.colon}{text}" if shown else text


def _lines(texts: Iterable[str]) -> str:
    return " / ".join(texts)


def _party(party: PartyPart, names: Names) -> dict[str, str]:
    found = {word("total", names.language): party.total} if party.total else {}
    return found | _statuses(party.statuses)


def _statuses(statuses: Iterable[StatusPart]) -> dict[str, str]:
    found = {}
    for status in statuses:
        of = f" · {status.of}" if status.of else ""
        days = "".join(f" · {key} {value}" for key, value in status.days)
        found[f"{status.kind} {status.name}{of}"] = f"{status.state}{days}"
    return found
