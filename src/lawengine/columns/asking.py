"""What conditions ask of a collection, where the table holds the one element of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lawengine.columns.elements import number_path
from lawengine.columns.lines import both, either
from lawengine.columns.ranges import Range
from lawengine.columns.values import EXISTS, NOTHING_KNOWN, OPEN, Number, Truth, literal
from lawengine.compiled.index import CHAIN
from lawengine.model import expressions as e

if TYPE_CHECKING:
    from lawengine.columns.writing import ColumnWriter


def exists(entity: str, writer: ColumnWriter) -> Truth | None:
    """Return where there is an element of a kind; None where the table says nothing of it.

    Edges: each row is one act of one party in one case.
    """
    if entity in CHAIN or writer.columns.get(number_path(entity)) == EXISTS:
        return Truth(yes=True, may=True)
    return writer.flagged(number_path(entity))


def of_element(asked: e.Aggregated, writer: ColumnWriter) -> Truth:
    """Return what is asked of any or all elements, of which there is one at most."""
    there = _counted(asked, writer)
    if there is None or asked.body is None:
        return OPEN
    body = writer.truth(asked.body)
    if asked.aggregation is e.Aggregation.ANY:
        return joined(writer, there, body)
    if asked.aggregation is e.Aggregation.ALL:
        none = Truth(writer.negated(there.may), writer.negated(there.yes))
        yes, may = (either(pair) for pair in zip(none, body, strict=True))
        return Truth(writer.code(yes), writer.code(may))
    return OPEN


def count(asked: e.Aggregated, writer: ColumnWriter) -> Number:
    """Return how many elements there are: none or one."""
    there = _counted(asked, writer)
    if there is None or asked.aggregation is not e.Aggregation.COUNT:
        return NOTHING_KNOWN
    if isinstance(there.yes, bool):
        found = literal(int(there.yes))
    else:
        found = Number(writer.put(f"{there.yes}.view(i1)"), Range(0, 1), "i1", known=True)
    return found._replace(known=writer.negated(writer.open_rows(there)))


def _counted(asked: e.Aggregated, writer: ColumnWriter) -> Truth | None:
    """Return where there is an element that counts."""
    there = exists(asked.entity, writer)
    if there is None or asked.keys or asked.where is None:
        return None if asked.keys else there
    return joined(writer, there, writer.truth(asked.where))


def joined(writer: ColumnWriter, *parts: Truth) -> Truth:
    """Return the Kleene "and" of conditions."""
    yes, may = both(part.yes for part in parts), both(part.may for part in parts)
    return Truth(writer.code(yes), writer.code(may))
