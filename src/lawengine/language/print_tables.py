"""How the rows of decision tables are written: cells below cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lawengine.base.source import display_width
from lawengine.language import syntax as s
from lawengine.language.layout import Doc, Line, flat
from lawengine.language.print_expressions import Level, Phrasing


def table_row(phrasing: Phrasing, row: s.RowNode) -> list[Doc]:
    """Return the cells of a row and its result."""
    cells = [_cell(phrasing, cell) for cell in row.cells]
    return [*cells, phrasing.expression(row.result, Level.SUM)]


def aligned(rows: Sequence[Sequence[Doc]], indent: int) -> Iterator[Line]:
    """Yield a line for each row, its columns as wide as their widest cell."""
    written = [[flat(doc) for doc in row] for row in rows]
    columns = zip(*written, strict=True)
    widths = [max(display_width(cell.text) for cell in column) for column in columns]
    for row in written:
        texts = (
            cell.text + " " * (width - display_width(cell.text))
            for cell, width in zip(row, widths, strict=True)
        )
        place = min((cell.place for cell in row if cell.place), default=0)
        yield Line(f"{' ' * indent}| {' | '.join(texts)} |", place, max(c.last for c in row))


def _cell(phrasing: Phrasing, node: s.CellNode) -> Doc:
    p = phrasing
    if node.options:
        return p.several(p.expression(option, Level.SUM) for option in node.options)
    if node.low is not None and node.high is not None:
        return p.span_of(node.low, node.high)
    if node.low is not None:
        return (f"{p.word('AT_LEAST')} ", p.expression(node.low, Level.SUM))
    if node.high is not None:
        return (f"{p.word('AT_MOST')} ", p.expression(node.high, Level.SUM))
    return "*"
