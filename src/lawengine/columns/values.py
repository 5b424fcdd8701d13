"""What writers know of a condition, of a number, and of a column."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from lawengine.base.calendar import Period
from lawengine.columns.lines import Code
from lawengine.columns.ranges import Range
from lawengine.columns.table import EPOCH
from lawengine.model import expressions as e
from lawengine.model.types import Kind


class Truth(NamedTuple):
    """A condition: `yes` where it surely holds, `may` where it is not settled that it fails."""

    yes: Code
    may: Code

    @property
    def sure(self) -> bool:
        """Tell whether it is settled in every row."""
        return self.yes == self.may


OPEN = Truth(yes=False, may=True)
"""Settled in no row: what columns do not hold or say is left to the exact evaluator."""


class Number(NamedTuple):
    """A number in every row. `width` is "" for a literal; `known` tells where it is known."""

    text: str
    range: Range
    width: str
    known: Code


def literal(value: int) -> Number:
    """Return a number that is the same in every row."""
    return Number(str(value), Range(value, value), "", known=True)


NOTHING_KNOWN = Number("0", Range(0, 0), "", known=False)


class Held(NamedTuple):
    """What a plan may rely on of a column: its type, its range, whether every value is known.

    `some` holds the only choices that occur, by their places; None where any may.
    """

    width: str
    range: Range
    complete: bool
    some: frozenset[int] | None = None

    def wider(self, other: Held) -> Held:
        """Return what holds of both; it is complete as this one is.

        Edges: where other choices come, any may, so that no plan is made for each of them.
        """
        inside = self.some is not None and other.some is not None and other.some <= self.some
        some = self.some if inside else None
        return Held(other.width, self.range.span(other.range), self.complete, some)


Piece = tuple[Code, e.Value]
"""A value of a figure, and in which rows it applies."""


EXISTS = Held("", Range(1, 1), complete=True)
"""The number of elements of a kind of which each row has exactly one: no column holds it."""


def low_end(path: str) -> str:
    """Return the path of the column that says from where on an open fact is taken to lie."""
    return f"{path} from"


def high_end(path: str) -> str:
    """Return the path of the column that says up to where an open fact is taken to lie."""
    return f"{path} to"


def holds_path(status: str) -> str:
    """Return the path of the column that says where a status holds; "" is any list."""
    return f"holds {status}"


def as_number(value: e.Value) -> Number:
    """Return a literal; a value that is no whole number is none."""
    if isinstance(value, bool | Fraction | Period | str):
        return NOTHING_KNOWN
    return literal(value if isinstance(value, int) else value.toordinal() - EPOCH)


def settled_by(comparison: e.Comparison, one: Range, two: Range) -> bool | None:
    """Return what ranges say of a comparison by themselves."""
    match comparison:
        case e.Comparison.AT_LEAST | e.Comparison.LESS:
            found = True if one.low >= two.high else False if one.high < two.low else None
            return found if comparison is e.Comparison.AT_LEAST or found is None else not found
        case e.Comparison.MORE | e.Comparison.AT_MOST:
            found = True if one.low > two.high else False if one.high <= two.low else None
            return found if comparison is e.Comparison.MORE or found is None else not found
        case _:
            if one.low == one.high == two.low == two.high:
                return comparison is e.Comparison.EQUAL
            if one.high < two.low or two.high < one.low:
                return comparison is e.Comparison.UNEQUAL
            return None


def share_in(operand: e.Expression) -> tuple[e.Expression, e.Expression] | None:
    """Return the amount and the rate of a product of both, in whichever order; None for no such."""
    if isinstance(operand, e.Computed) and operand.operation is e.Operation.MULTIPLY:
        for one, two in ((operand.left, operand.right), (operand.right, operand.left)):
            if two.type.kind is Kind.RATE:
                return one, two
    return None
