"""How choices compare: a column with one choice, or with another column."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lawengine.columns.lines import Code
from lawengine.columns.values import OPEN, Truth
from lawengine.model import expressions as e

if TYPE_CHECKING:
    from lawengine.columns.writing import ColumnWriter


class _Side(NamedTuple):
    """One side: its source, where it is known, and the places of the choices that it may be."""

    text: str
    known: Code
    some: frozenset[int] | None


def chosen(
    comparison: e.Comparison, sides: tuple[e.Expression, e.Expression], writer: ColumnWriter
) -> Truth:
    """Return whether a choice is, or is not, another one.

    Edges: it is settled in all rows where the two have no choice in common.
    """
    one, two = (_side(side, writer) for side in sides)
    if sides[0].type.choices != sides[1].type.choices or one is None or two is None:
        return OPEN
    equal = comparison is e.Comparison.EQUAL
    found: Code = not equal
    if one.some is None or two.some is None or one.some & two.some:
        if one.text.isdecimal() and two.text.isdecimal():
            found = equal
        else:
            found = writer.put(f"{one.text} {'==' if equal else '!='} {two.text}")
    return writer.where_known(found, writer.both(one.known, two.known))


def _side(expression: e.Expression, writer: ColumnWriter) -> _Side | None:
    """Return one side; None where no column holds it."""
    match expression:
        case e.FactOf(entity=entity, fact=fact):
            path = f"{entity}.{fact}"
            found = writer.column(path)
            return None if found is None else _Side(*found, writer.columns[path].some)
        case e.Constant(value=value):
            members = writer.rulebook.vocabulary.choices[expression.type.choices].members
            place = next((n for n, m in enumerate(members) if m.name == value), None)
            return None if place is None else _Side(str(place), True, frozenset({place}))
        case _:
            return None
