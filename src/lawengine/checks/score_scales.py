"""Indicators that can give points which the scale of their score does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.label import Label
from lawengine.base.points import points_text
from lawengine.checks.check import Check, Sample
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.statutes import Library

Ends = tuple[Fraction | None, Fraction | None]
_OPEN: Ends = (None, None)


def run(rulebook: Rulebook, library: Library) -> Iterable[Diagnostic]:
    """Yield the indicators whose points are not bounded by the scale of their score.

    Edges: bounds are those of the vocabulary; what it does not bound can be any number.
    """
    del library
    for score in rulebook.scores.values():
        for version in score.versions:
            for item in version.indicators:
                low, high = _ends(item.value, rulebook)
                bounded = low is not None and high is not None
                if bounded and score.low <= low and high <= score.high:  # type: ignore[operator]  # both are of one kind by the checks
                    continue
                words = {
                    "name": item.label or Label(item.name, item.name),
                    "points": _words(low, high, Fraction(score.low)),
                    "low": points_text(score.low),
                    "high": points_text(score.high),
                }
                yield Diagnostic("LAW262", item.span, words, Severity.WARNING)


def _words(low: Fraction | None, high: Fraction | None, bottom: Fraction) -> Label:
    if low is None and high is None:
        return Label("any number", "任何数值")
    if low is None:
        return Label("any number below", "更低的数值")
    if low < bottom:
        return Label(points_text(low), points_text(low))
    if high is None:
        return Label("any number above", "更高的数值")
    return Label(points_text(high), points_text(high))


def _ends(expression: e.Expression, rulebook: Rulebook) -> Ends:
    """Return the lowest and highest value that the vocabulary allows; None where it is open."""
    match expression:
        case e.Constant(value=value):
            return _exact(value)
        case e.FactOf(entity=entity, fact=name):
            fact = rulebook.vocabulary.fact(entity, name)
            return max(_written(fact.low), default=None), min(_written(fact.high), default=None)
        case e.ParameterValue(name=name):
            return _hull(_exact(value.value) for value in rulebook.parameters[name].values)
        case e.Rated(name=name) if name in rulebook.scores:
            score = rulebook.scores[name]
            return Fraction(score.low), Fraction(score.high)
        case e.Defined(name=name):
            return _ends(rulebook.definitions[name].body, rulebook)
        case e.Looked(name=name):
            return _hull(_ends(row.result, rulebook) for row in rulebook.tables[name].rows)
        case _:
            return _composed(expression, rulebook)


def _composed(expression: e.Expression, rulebook: Rulebook) -> Ends:
    match expression:
        case e.Cases(branches=branches, otherwise=otherwise):
            values = (*(value for _, value in branches), otherwise)
            return _hull(_ends(value, rulebook) for value in values)
        case e.Chosen(extreme=extreme, operands=operands):
            return _extreme(extreme, [_ends(part, rulebook) for part in operands])
        case e.Rounded(operand=operand):
            low, high = _ends(operand, rulebook)
            floor = None if low is None else Fraction(low.numerator // low.denominator)
            return floor, None if high is None else Fraction(-(-high.numerator // high.denominator))
        case e.Computed(operation=operation, left=left, right=right):
            return _computed(operation, _ends(left, rulebook), _ends(right, rulebook))
        case e.Aggregated(aggregation=e.Aggregation.COUNT):
            return Fraction(0), None
        case _:
            return _OPEN


def _exact(value: e.Value) -> Ends:
    return (Fraction(value), Fraction(value)) if isinstance(value, int | Fraction) else _OPEN


def _written(bounds: Iterable[e.Expression]) -> Iterator[Fraction]:
    for bound in bounds:
        if isinstance(bound, e.Constant) and isinstance(bound.value, int | Fraction):
            yield Fraction(bound.value)


def _hull(ends: Iterable[Ends]) -> Ends:
    found = list(ends)
    lows = [low for low, _ in found if low is not None]
    highs = [high for _, high in found if high is not None]
    low = min(lows) if lows and len(lows) == len(found) else None
    return low, max(highs) if highs and len(highs) == len(found) else None


def _extreme(which: e.Extreme, ends: list[Ends]) -> Ends:
    lows = [low for low, _ in ends if low is not None]
    highs = [high for _, high in ends if high is not None]
    everywhere = len(lows) == len(ends), len(highs) == len(ends)
    if which is e.Extreme.HIGHER:
        return max(lows, default=None), max(highs) if everywhere[1] else None
    return min(lows) if everywhere[0] else None, min(highs, default=None)


def _computed(operation: e.Operation, one: Ends, two: Ends) -> Ends:
    (a, b), (c, d) = one, two
    if operation is e.Operation.ADD:
        return _sum(a, c), _sum(b, d)
    if operation is e.Operation.SUBTRACT:
        return _sum(a, None if d is None else -d), _sum(b, None if c is None else -c)
    corners = list(_products((a, b), (c, d)))
    if None not in corners:
        known = [corner for corner in corners if corner is not None]
        return min(known), max(known)
    at_least_nothing = all(low is not None and low >= 0 for low in (a, c))
    return (a * c if at_least_nothing and a is not None and c is not None else None), None


def _sum(one: Fraction | None, two: Fraction | None) -> Fraction | None:
    return None if one is None or two is None else one + two


def _products(one: Ends, two: Ends) -> Iterator[Fraction | None]:
    for left in one:
        for right in two:
            yield None if left is None or right is None else left * right


_SCORE = """score LAN.light of act "Light" / "灯光"
  scale from 0 to 100
  dated by act.ended_on
  version from 2016-01-01
    law LAN-2016 art 3
    indicator one "One" / "一" weighing 100 % is VALUE
"""
_DEFINED = """define dimmed "dimmed" / "昏暗" as
  if act.serious then 101
  otherwise 10

"""

CHECK = Check(
    id="score-scales",
    codes=("LAW262",),
    label=Label("Indicators that leave the scale", "越出量程的指标"),
    why=Label(
        "a file that gives such points is refused: let the value end where the scale does",
        "案卷给出此类分值的将被拒绝：请使取值不超出量程",
    ),
    run=run,
    samples=(
        Sample(_SCORE.replace("VALUE", "lower of 100 and party.shops times 5")),
        Sample(_SCORE.replace("VALUE", "higher of 0 and (100 - party.shops times 5)")),
        Sample(_SCORE.replace("VALUE", "party.shops times 5"), "LAW262"),
        Sample(_SCORE.replace("VALUE", "100 - party.shops"), "LAW262"),
        Sample(_SCORE.replace("VALUE", "act.share times 100"), "LAW262"),
        Sample(_DEFINED + _SCORE.replace("VALUE", "dimmed"), "LAW262"),
        Sample(_SCORE.replace("VALUE", "120"), "LAW262"),
    ),
)
