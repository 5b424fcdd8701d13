"""The catalogue of joint measures by department, as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from lawengine.base.label import Label, Language
from lawengine.base.release import DECISION_FORMAT
from lawengine.explanation.phrasing import status_label
from lawengine.model.rulebook import Rulebook
from lawengine.registers.catalogue import Catalogue, CatalogueEntry, Source
from lawengine.reports.naming import Names
from lawengine.reports.standing import safe_cell
from lawengine.reports.styled import DEFAULT_WIDTH, Piece, StyledLine, wrap
from lawengine.reports.value_json import text_data
from lawengine.reports.wording import word
from lawengine.statutes import Library

_COLUMNS = (
    "department", "department_label", "measure", "label", "source", "of", "of_label", "lists",
    "law", "verified", "unverified", "since", "law_since", "until",
)  # fmt: skip


def department_label(name: str, rulebook: Rulebook) -> Label:
    """Return how a department is called, that of every department for the empty name."""
    if not name:
        return Label(word("catalogue_every", "en"), word("catalogue_every", "zh"))
    return Label(*(Names(rulebook, Library(), one).term(name) for one in ("en", "zh")))


def catalogue_lines(
    found: Catalogue,
    rulebook: Rulebook,
    language: Language = "en",
    *,
    library: Library | None = None,
    width: int = DEFAULT_WIDTH,
) -> Iterator[StyledLine]:
    """Yield the catalogue as lines of styled text: department, measure, what it goes with."""
    names = Names(rulebook, library or Library(), language)

    def lines(indent: int, *pieces: Piece) -> Iterator[StyledLine]:
        lead = " " * indent
        yield from wrap(list(pieces), width, [("", lead)], [("", f"{lead}  ")])

    yield from lines(0, ("title", word("catalogue", language, on=names.day(found.on))))
    yield from lines(0, ("muted", word("catalogue_note", language)))
    if not found.entries:
        yield from lines(0, ("", word("catalogue_none", language)))
    reasons: dict[str, int] = {}
    for department, entries in _by_department(found):
        label = department_label(department, rulebook).text(language)
        yield StyledLine(())
        yield from lines(0, ("heading", label))
        for what, group in _by_measure(entries, language):
            yield from lines(2, ("", what))
            for entry in group:
                yield from lines(4, *_goes_with(entry, names, reasons))
    if reasons:
        yield StyledLine(())
        yield from lines(0, ("heading", word("unverified_heading", language)))
        for reason, number in reasons.items():
            yield from lines(2, ("", f"{number}. {reason}"))


def _by_department(found: Catalogue) -> Iterator[tuple[str, list[CatalogueEntry]]]:
    for name, entries in groupby(found.entries, key=lambda entry: entry.department):
        yield name, list(entries)


def _by_measure(
    entries: Sequence[CatalogueEntry], language: Language
) -> Iterator[tuple[str, list[CatalogueEntry]]]:
    """Yield each measure with all that it goes with, in the order in which it first stands."""
    groups: dict[tuple[bool, str, str], list[CatalogueEntry]] = {}
    for entry in entries:
        key = entry.source is Source.BENEFIT, entry.measure, entry.label.text(language)
        groups.setdefault(key, []).append(entry)
    for (benefit, _, label), group in groups.items():
        yield (word("catalogue_benefit", language, benefit=label) if benefit else label), group


def _goes_with(entry: CatalogueEntry, names: Names, reasons: dict[str, int]) -> Iterator[Piece]:
    """Yield what a measure goes with; why it is not checked is told once, by its number."""
    language = names.language
    if entry.source is Source.BENEFIT:
        goes = word("catalogue_of_benefit", language, lists=_lists(entry.lists, names))
    else:
        goes = word(
            f"catalogue_of_{entry.source.value}", language, of=entry.of_label.text(language)
        )
    days = word("catalogue_since", language, day=names.day(entry.since))
    if entry.law_since != entry.since:
        days += word("catalogue_law_since", language, day=names.day(entry.law_since))
    yield "", f"{goes}{word('catalogue_comma', language)}{days}{names.colon}"
    yield "law", names.citations(entry.law)
    if entry.unverified:
        number = reasons.setdefault(entry.unverified.text(language), len(reasons) + 1)
        yield "unverified", word("catalogue_note_mark", language, n=number)


def _lists(lists: Sequence[str], names: Names) -> str:
    """Return the lists by their labels; as any list where it is every register."""
    registers = [one.name for one in names.rulebook.statuses.values() if one.is_register]
    if len(lists) > 1 and list(lists) == registers:
        return word("catalogue_any_list", names.language)
    return word("comma", names.language).join(_label(name, names) for name in lists)


def _label(name: str, names: Names) -> str:
    return status_label(name, names.rulebook).text(names.language)


# --- data -----------------------------------------------------------------------------------------


def catalogue_json(found: Catalogue, rulebook: Rulebook) -> str:
    """Return the catalogue as the text of a JSON file, in both languages."""
    data = {
        "format": DECISION_FORMAT,
        "on": found.on.isoformat(),
        "departments": [
            {
                "department": name or None,
                "label": text_data(department_label(name, rulebook)),
                "measures": [_data(entry) for entry in entries],
            }
            for name, entries in _by_department(found)
        ],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _data(entry: CatalogueEntry) -> dict[str, object]:
    return {
        "measure": entry.measure,
        "label": text_data(entry.label),
        "source": entry.source.value,
        "of": entry.of,
        "of_label": text_data(entry.of_label),
        "lists": list(entry.lists),
        "law": [str(citation) for citation in entry.law],
        "verified": not entry.unverified,
        "unverified": text_data(entry.unverified) if entry.unverified else None,
        "since": entry.since.isoformat(),
        "law_since": entry.law_since.isoformat(),
        "until": entry.until.isoformat() if entry.until else None,
    }


def catalogue_csv(found: Catalogue, rulebook: Rulebook, language: Language = "en") -> str:
    """Return a row for each entry of the catalogue.

    Edges: what could start a formula in a spreadsheet is quoted with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for entry in found.entries:
        writer.writerow([safe_cell(cell) for cell in _row(entry, rulebook, language)])
    return out.getvalue()


def _row(entry: CatalogueEntry, rulebook: Rulebook, language: Language) -> Iterable[str]:
    return (
        entry.department,
        department_label(entry.department, rulebook).text(language),
        entry.measure,
        entry.label.text(language),
        entry.source.value,
        entry.of,
        entry.of_label.text(language),
        " ".join(entry.lists),
        "; ".join(str(citation) for citation in entry.law),
        "no" if entry.unverified else "yes",
        entry.unverified.text(language),
        entry.since.isoformat(),
        entry.law_since.isoformat(),
        entry.until.isoformat() if entry.until else "",
    )
