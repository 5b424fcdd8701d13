"""Strategies for rule texts and for facts, whole and with parts of them unknown."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from hypothesis import strategies as st

from lawengine.evaluation.domains import within
from lawengine.evaluation.facts import UNKNOWN, Among, Domain, Known, Ordered, Within

DAY = datetime.timedelta(days=1)
START = datetime.date(2009, 1, 1)
Exact: TypeAlias = Any
"""An exact value of any kind."""
PRESUMED = ("excused", "mild")
"""Facts never left open: an answer rests on a presumption until the file says otherwise."""

FIGURES = """
parameter cap : money
  is 1 yuan from 2000-01-01 to 2009-06-30 law GEN-2000 art 1
  is 2 yuan from 2009-07-01 to 2009-12-31 law GEN-2000 art 1
  is 2 yuan from 2010-06-01 law GEN-2000 art 1

define sized as
  if act.grave then 3 yuan
  if act.a then cap
  otherwise act.fee

table band : money, unique hit
  | act.number | act.kind | gives |
  | at most 1 | * | 1 yuan |
  | 2 to 3 | red, green | 2 yuan |
  | 3 to 5 | green, blue | 2 yuan |
  | at least 5 | * | act.gain |

table step : count, first hit
  | act.number | act.a | gives |
  | at most 2 | yes | 1 |
  | at most 4 | * | act.other |
  | * | * | 3 |
"""

# --- texts ----------------------------------------------------------------------------------------

small = st.integers(0, 5)
moneys = st.recursive(
    st.sampled_from(["act.gain", "act.fee", "cap", "sized", "band"])
    | small.map(lambda n: f"{n} yuan"),
    lambda inner: st.one_of(
        st.builds("({} + {})".format, inner, inner),
        st.builds("({} - {})".format, inner, inner),
        st.builds("({} times {})".format, small, inner),
        st.builds("(act.number times {})".format, inner),
        st.builds("(higher of {} and {})".format, inner, inner),
        st.builds("(lower of {} and {})".format, inner, inner),
        st.builds(
            "(50 % of {} rounded {})".format, inner, st.sampled_from(["down", "up", "half even"])
        ),
        st.just("(sum of order.amount)"),
        st.just("(sum of order.amount where fake)"),
    ),
    max_leaves=4,
)
counts = st.sampled_from(
    ["act.number", "act.other", "step", "(count of order where fake)", "(act.second - act.first)"]
) | small.map(str)
dates = st.one_of(
    st.sampled_from(["act.first", "act.second", "2009-01-03"]),
    st.builds("(act.first {} {} days)".format, st.sampled_from("+-"), small),
    st.builds(
        "(act.second {} {} months rounded {})".format,
        st.sampled_from("+-"),
        small,
        st.sampled_from(["down", "up"]),
    ),
)
comparisons = st.sampled_from(["is", "is not", "at least", "at most", "more than", "less than"])


def compared(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds("({} {} {})".format, values, comparisons, values)


atoms = st.one_of(
    st.sampled_from(["act.a", "act.b", "act.grave", "act.excused"]),
    st.sampled_from(["act.kind is red", "act.kind is not blue", "act.kind is one of red, green"]),
    compared(moneys),
    compared(counts),
    compared(dates),
    st.sampled_from(
        ["(any order satisfies fake)", "(every order where fake satisfies amount more than 1 yuan)"]
    ),
)
conditions = st.recursive(
    atoms.map("({})".format),
    lambda inner: st.one_of(
        st.builds("(not {})".format, inner),
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
    ),
    max_leaves=6,
)

# --- facts ----------------------------------------------------------------------------------------

fen = st.integers(-3, 6).map(lambda n: n * 50)
days = st.integers(0, 40).map(lambda n: START + n * DAY)


@st.composite
def acts(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an act of which everything is known."""
    yes_no = st.booleans()
    order = st.fixed_dictionaries(
        {"amount": fen.map(Known), "fake": yes_no.map(Known), "pieces": small.map(Known)}
    )
    exact: dict[str, Any] = {
        "ended_on": draw(st.dates(datetime.date(2009, 3, 1), datetime.date(2010, 9, 1))),
        "kind": draw(st.sampled_from(["red", "green", "blue"])),
        **{name: draw(yes_no) for name in ("a", "b", "c", "grave", "worse", "excused", "mild")},
        "gain": abs(draw(fen)),
        "fee": draw(fen),
        "number": draw(st.integers(0, 6)),
        "other": draw(st.integers(-1, 6)),
        "first": draw(days),
        "second": draw(days),
    }
    known: dict[str, Any] = {name: Known(value) for name, value in exact.items()}
    known["orders"] = draw(st.lists(order, max_size=3))
    return known


@st.composite
def blurred(draw: st.DrawFn, act: Mapping[str, Any], keep: int = 2) -> dict[str, Any]:
    """Draw what a file may know of `act`: exact, within bounds, or nothing; `keep` weighs exact."""
    found: dict[str, Any] = {}
    for name, value in act.items():
        if isinstance(value, list):
            if draw(st.integers(0, 3)):
                found[name] = [draw(blurred(item, keep)) for item in value]
            continue
        how = keep + 1 if name in PRESUMED else draw(st.integers(0, keep + 1))
        if how > 1:
            found[name] = value
        elif how == 1:
            found[name] = draw(_around(value))
    return found


def _around(known: Known) -> st.SearchStrategy[Domain]:
    value = known.value
    if isinstance(value, bool):
        return st.sampled_from([known, UNKNOWN])
    if isinstance(value, str):
        others = st.sets(st.sampled_from(["red", "green", "blue"]))
        return others.map(lambda more: Among(frozenset({value, *more})))
    if isinstance(value, datetime.date):
        steps = st.integers(0, 200) | st.none()
        return st.builds(_bounds, st.just(value), steps, steps, st.just(DAY))
    assert isinstance(value, int)
    steps = st.integers(0, 200) | st.none()
    return st.builds(_bounds, st.just(value), steps, steps, st.just(1))


def _bounds(value: Exact, below: int | None, above: int | None, unit: Exact) -> Domain:
    low = None if below is None else value - below * unit
    high = None if above is None else value + above * unit
    return within(low, high)


def inside(domain: Domain, value: Exact) -> bool:
    """Tell whether `value` is possible by what is known."""
    match domain:
        case Known(value=exact):
            return bool(exact == value)
        case Within(low=low, high=high):
            above: Callable[[Ordered], bool] = lambda end: bool(value >= end)  # noqa: E731 - one line each, side by side
            return (low is None or above(low)) and (high is None or bool(value <= high))
        case Among(options=options):
            return value in options
        case _:
            return True
