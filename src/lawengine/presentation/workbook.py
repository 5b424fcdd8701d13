"""The tables of a page as an Excel workbook, with every figure of the analysis on a last sheet."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lawengine.base.label import Language
from lawengine.presentation.document import Page, Table
from lawengine.presentation.leaves import Leaf, literal
from lawengine.presentation.wording import say
from lawengine.reports.styled import clean

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_000_000
_EXACT = 2**53
"""The largest whole number that a cell holds exactly; larger ones are written as text."""
_LONGEST, _CELL = 31, 32_000
_WIDEST, _NARROWEST = 46, 10


def as_workbook(page: Page, language: Language, leaves: Sequence[Leaf]) -> bytes:
    """Return the workbook.

    Edges: words are never read as formulas, whatever they begin with.
    """
    import xlsxwriter  # noqa: PLC0415 - the extra for reports

    found = BytesIO()
    book = xlsxwriter.Workbook(found, {"in_memory": True})
    # No clock: the same analysis gives the same workbook.
    book.set_properties({"created": datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)})
    forms = {
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"}),
        "title": book.add_format({"bold": True, "font_size": 13}),
        "number": book.add_format({"num_format": "#,##0.##"}),
        "words": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    front = book.add_worksheet(say("answer", language)[:_LONGEST])
    _front(front, page, language, forms)
    names: set[str] = {front.get_name().lower()}
    for table in page.tables():
        _table(book.add_worksheet(_name(table.name, names)), table, forms)
    _leaves(book.add_worksheet(_name("analysis.json", names)), leaves)
    book.close()
    return found.getvalue()


def _name(name: str, taken: set[str]) -> str:
    """Return a name for a sheet that none has yet."""
    plain = "".join("_" if char in "[]:*?/\\'" else char for char in name)[:_LONGEST]
    found, number = plain, 2
    while found.lower() in taken:
        tail = f"~{number}"
        found, number = f"{plain[: _LONGEST - len(tail)]}{tail}", number + 1
    taken.add(found.lower())
    return found


def _front(sheet: Worksheet, page: Page, language: Language, forms: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 110)
    lines: Iterable[tuple[str, str]] = (
        ("title", page.question),
        *(("words", one) for one in (page.alarm, page.alarm_note) if one),
        *(("words", one) for one in page.answer),
        ("head", say("caveats", language)),
        *(("words", one) for one in page.caveats),
        ("words", page.produced),
    )
    for row, (form, text) in enumerate(lines):
        _text(sheet, row, 0, text, forms[form])


def _table(sheet: Worksheet, table: Table, forms: dict[str, Any]) -> None:
    _text(sheet, 0, 0, table.title, forms["title"])
    for column, text in enumerate(table.head):
        _text(sheet, 1, column, text, forms["head"])
    widths = [len(text) for text in table.head]
    for row, cells in enumerate(table.rows[:MOST_ROWS], 2):
        for column, cell in enumerate(cells):
            widths[column] = max(widths[column], len(cell.text) + 2)
            if cell.number is None or abs(cell.number) > _EXACT:
                _text(sheet, row, column, cell.text)
            else:
                sheet.write_number(row, column, cell.number, forms["number"])
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width, _NARROWEST), _WIDEST))
    sheet.freeze_panes(2, 1)
    if table.note:
        _text(sheet, min(len(table.rows), MOST_ROWS) + 3, 0, table.note)


def _leaves(sheet: Worksheet, leaves: Sequence[Leaf]) -> None:
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 1, 40)
    for row, (path, value) in enumerate(_values(leaves[:MOST_ROWS])):
        _text(sheet, row, 0, path)
        if isinstance(value, bool):
            sheet.write_boolean(row, 1, value)
        elif isinstance(value, int | float):
            sheet.write_number(row, 1, value)
        elif value is not None:
            _text(sheet, row, 1, value)


def _values(leaves: Sequence[Leaf]) -> Iterator[tuple[str, str | int | float | None]]:
    for leaf in leaves:
        value = leaf.value
        plain = value is None or isinstance(value, str | float)
        exact = isinstance(value, int) and abs(value) <= _EXACT
        yield leaf.path, value if plain or exact else literal(value)  # type: ignore[misc]  # asked above


def _text(sheet: Worksheet, row: int, column: int, text: str, form: Any = None) -> None:  # noqa: ANN401 - a format
    sheet.write_string(row, column, clean(text)[:_CELL], form)
