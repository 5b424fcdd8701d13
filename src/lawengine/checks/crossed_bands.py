"""Bands of a fine whose floor lies, or can lie, above the ceiling."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.label import Label
from lawengine.checks.check import Check, Sample
from lawengine.checks.walking import conditions_of, names_in
from lawengine.checks.words import named
from lawengine.model import expressions as e
from lawengine.model.measures import Band, Measure, MeasureChoice
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Interval, Version
from lawengine.statutes import Library

_ALWAYS = Label("always lies above", "总是高于")
_CAN = Label("can lie above", "可能高于")


def run(rulebook: Rulebook, library: Library) -> Iterable[Diagnostic]:
    """Yield the bands whose ends cross: an error where they always do, a warning where they can.

    Edges: a floor that only can lie above is left alone where a condition of the version asks for
    one of the same facts: the author has looked at it, and what it rules out is not followed here.
    """
    del library
    for rule in rulebook.rules.values():
        for version in rule.versions:
            reach = _Reach(rulebook, version.interval)
            for band in _bands(version):
                how = _crossing(band, version, reach)
                if how is not None:
                    span = getattr(band.high, "span", version.span)
                    severity = Severity.ERROR if how is _ALWAYS else Severity.WARNING
                    words = {"name": named(rule), "how": how}
                    yield Diagnostic("LAW325", span, words, severity)


def _bands(version: Version) -> Iterator[Band]:
    for consequence in version.all_consequences():
        measures = (
            consequence.measures if isinstance(consequence, MeasureChoice) else (consequence,)
        )
        for measure in measures:
            if isinstance(measure, Measure):
                yield from (band for _, band in measure.bands)


def _crossing(band: Band, version: Version, reach: _Reach) -> Label | None:
    if band.low is None or band.low == band.high:
        return None
    low, high = reach.of(band.low), reach.of(band.high)
    if low.least is not None and high.most is not None and low.least > high.most:
        return _ALWAYS
    if low.most is not None and high.least is not None and low.most <= high.least:
        return None
    if _parts_of_one(band.low, band.high, reach):
        return None
    ends = [band.low, band.high]
    others = [part for part in conditions_of(version) if not any(part is end for end in ends)]
    read, asked = _facts(ends, reach.rulebook), _facts(others, reach.rulebook)
    return None if read & asked else _CAN


def _parts_of_one(low: e.Expression, high: e.Expression, reach: _Reach) -> bool:
    """Tell whether both ends are shares of one sum that is never below nothing: 3 to 5 times."""
    (small, one), (large, two) = _share(low), _share(high)
    least = reach.of(one).least
    return one == two and small <= large and least is not None and least >= 0


def _share(expression: e.Expression) -> tuple[Fraction, e.Expression]:
    """Return a share and what it is a share of; rounding within a fen is left aside."""
    if isinstance(expression, e.Rounded):
        return _share(expression.operand)
    if isinstance(expression, e.Computed) and expression.operation is e.Operation.MULTIPLY:
        for one, other in (
            (expression.left, expression.right),
            (expression.right, expression.left),
        ):
            if isinstance(one, e.Constant) and isinstance(one.value, int | Fraction):
                return Fraction(one.value), other
    return Fraction(1), expression


def _facts(expressions: Iterable[e.Expression], rulebook: Rulebook) -> set[tuple[str, str]]:
    """Return the facts that expressions read, themselves or through definitions."""
    parts = list(expressions)
    named_ = {name for part in parts for name in names_in(part, rulebook)}
    parts += [rulebook.definitions[name].body for name in named_ & rulebook.definitions.keys()]
    found = set()
    while parts:
        part = parts.pop()
        parts += e.children(part)
        if isinstance(part, e.FactOf):
            found.add((part.entity, part.fact))
    return found


@dataclass(frozen=True, slots=True)
class _Ends:
    """The least and the most that a value can be; None is open."""

    least: Fraction | None = None
    most: Fraction | None = None


@dataclass(frozen=True, slots=True)
class _Reach:
    """What values an expression can take while a version is in force."""

    rulebook: Rulebook
    interval: Interval

    def of(  # noqa: PLR0911 - one case for each class of expression
        self, expression: e.Expression
    ) -> _Ends:
        """Return its ends, as far as figures and the bounds of facts settle them."""
        match expression:
            case e.Constant(value=value):
                return _exactly(value)
            case e.FactOf(entity=entity, fact=fact):
                known = self.rulebook.vocabulary.fact(entity, fact)
                lows = [x for b in known.low if (x := _fixed(b)) is not None]
                highs = [x for b in known.high if (x := _fixed(b)) is not None]
                return _Ends(max(lows, default=None), min(highs, default=None))
            case e.ParameterValue(name=name):
                dated = self.rulebook.parameters[name].values
                values = [v.value for v in dated if v.interval.overlaps(self.interval)]
                return _hull([_exactly(value) for value in values])
            case e.Defined(name=name):
                return self.of(self.rulebook.definitions[name].body)
            case e.Cases(branches=branches, otherwise=otherwise):
                return _hull([self.of(x) for x in (*(value for _, value in branches), otherwise)])
            case e.Rounded(operand=operand):
                ends = self.of(operand)
                least = None if ends.least is None else Fraction(math.floor(ends.least))
                most = None if ends.most is None else Fraction(math.ceil(ends.most))
                return _Ends(least, most)
            case e.Chosen(extreme=extreme, operands=operands):
                return _chosen([self.of(x) for x in operands], higher=extreme is e.Extreme.HIGHER)
            case e.Computed(operation=operation, left=left, right=right):
                return _computed(operation, self.of(left), self.of(right))
            case e.Tallied(operands=operands):
                return _Ends(Fraction(0), Fraction(len(operands)))
            case e.Aggregated(aggregation=how) if how in e.NUMBERED:
                return _Ends(Fraction(0))
            case _:
                return _Ends()


def _exactly(value: e.Value) -> _Ends:
    number = Fraction(value) if isinstance(value, int | Fraction) else None
    return _Ends(number, number)


def _fixed(bound: e.Expression) -> Fraction | None:
    """Return a bound that is a figure, None for one that names another fact."""
    return _exactly(bound.value).least if isinstance(bound, e.Constant) else None


def _hull(parts: list[_Ends]) -> _Ends:
    leasts, mosts = [x.least for x in parts], [x.most for x in parts]
    return _Ends(
        None if None in leasts or not leasts else min(x for x in leasts if x is not None),
        None if None in mosts or not mosts else max(x for x in mosts if x is not None),
    )


def _chosen(parts: list[_Ends], *, higher: bool) -> _Ends:
    leasts = [x.least for x in parts if x.least is not None]
    mosts = [x.most for x in parts if x.most is not None]
    if higher:
        return _Ends(max(leasts, default=None), max(mosts) if len(mosts) == len(parts) else None)
    return _Ends(min(leasts) if len(leasts) == len(parts) else None, min(mosts, default=None))


def _computed(operation: e.Operation, one: _Ends, two: _Ends) -> _Ends:
    if operation is e.Operation.ADD:
        return _Ends(_plus(one.least, two.least), _plus(one.most, two.most))
    if operation is not e.Operation.MULTIPLY or one.least is None or two.least is None:
        return _Ends()
    if min(one.least, two.least) < 0:
        return _Ends()
    return _Ends(one.least * two.least, _times(one.most, two.most))


def _plus(one: Fraction | None, two: Fraction | None) -> Fraction | None:
    return None if one is None or two is None else one + two


def _times(one: Fraction | None, two: Fraction | None) -> Fraction | None:
    return None if one is None or two is None else one * two


_RULE = """
rule LAN.hawking "Hawking" / "叫卖"

  version from 2016-01-01
    law LAN-2016 art 3
    {when}then fine {band}
"""


def _sample(band: str, code: str = "", when: str = "") -> Sample:
    return Sample(_RULE.format(band=band, when=f"{when}\n    " if when else ""), code)


CHECK = Check(
    id="crossed-bands",
    codes=("LAW325",),
    label=Label("Fines whose floor lies above the ceiling", "下限高于上限的罚款"),
    why=Label(
        "nothing above the ceiling can be imposed, so such a floor says what cannot be done",
        "超出上限的罚款没有依据，这样的下限无法适用",
    ),
    run=run,
    samples=(
        _sample("3 to 5 times act.gain"),
        _sample("1 % of act.gain rounded up to 10 % of act.gain rounded down"),
        _sample("10 yuan to higher of 20 yuan and act.gain"),
        _sample("up to act.gain"),
        _sample("100 yuan to 2 times act.gain", when="when act.gain at least 50 yuan"),
        _sample("100 yuan to 2 times act.gain", "LAW325"),
        _sample("act.gain to 40 yuan", "LAW325"),
        _sample("5 times act.gain to 3 times act.gain", "LAW325"),
        _sample("100 yuan to lower of 50 yuan and act.gain", "LAW325"),
    ),
)
