import dataclasses
import datetime
from enum import StrEnum
from fractions import Fraction

import pytest

from lawengine.base import calendar, citation, label, source
from lawengine.base.calendar import Period, Unit
from lawengine.base.citation import Article, Citation
from lawengine.base.label import Label
from lawengine.base.records import Reader, Records, Writer
from lawengine.base.source import Span

EMPTY = Label()
RECORDS = Records((calendar, citation, label, source), (EMPTY,))
UNITS = list(Unit)


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (None, None),
        (True, True),
        (-7, -7),
        ("文", "文"),
        ((), {"(": []}),
        ((1, ("x",)), {"(": [1, {"(": ["x"]}]}),
        (frozenset({"b", "a"}), {"set": ["a", "b"]}),
        ({"k": (1,)}, {"{": [["k", {"(": [1]}]]}),
        ({(1, 2): "x"}, {"{": [[{"(": [1, 2]}, "x"]]}),
        (datetime.date(2010, 1, 2), {"date": "2010-01-02"}),
        (Fraction(1, 3), {"/": [1, 3]}),
        (Unit.YEAR, {"#": UNITS.index(Unit.YEAR)}),
        (Period(2, Unit.YEAR), {"Period": [2, {"#": UNITS.index(Unit.YEAR)}]}),
        (EMPTY, {"#": len(UNITS) + len(calendar.Rounding)}),
        (Label("a", "甲"), {"Label": ["a", "甲"]}),
        (Span("p", 10, 12, 3, 4), {"@": [0, 10, 2, 3, 4]}),
        (
            (Span("p", 1, 2, 3, 4), Span("q", 1, 1, 1, 1), Span("p", 0, 0, 0, 0)),
            {"(": [{"@": [0, 1, 1, 3, 4]}, {"@": [1, 1, 0, 1, 1]}, {"@": [0, 0, 0, 0, 0]}]},
        ),
        (
            Citation("L-1", Article(3, (1,))),
            {"Citation": ["L-1", {"Article": [3, {"(": [1]}, 0, False]}]},
        ),
    ],
)
def test_a_value_is_read_as_it_was_written(value: object, data: object) -> None:
    writer = Writer(RECORDS)
    written = writer.write(value)

    assert written == data
    again = Reader(RECORDS, writer.paths).read(writer.line(value))
    assert again == value
    assert type(again) is type(value)


@pytest.mark.parametrize("value", [1.5, object(), b"x", [1], datetime.timedelta(1)])
def test_what_no_record_holds(value: object) -> None:
    with pytest.raises(TypeError, match="no record holds"):
        Writer(RECORDS).write((value,))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{}",
        "{",
        "1.5",
        "NaN",
        '{"nothing": []}',
        '{"__import__": ["os"]}',
        '{"Label": []}',
        '{"Label": ["a", "b", "c"]}',
        '{"Label": "ab"}',
        '{"Label": ["a", "b"], "#": 0}',
        '{"Span": ["p", 1]}',
        '{"@": [1, 0, 0, 0, 0]}',
        '{"@": [0, 0]}',
        '{"#": 99}',
        '{"#": "a"}',
        '{"date": "2010-02-30"}',
        '{"date": 5}',
        '{"/": [1, 0]}',
        '{"set": [[]]}',
        '{"{": 1}',
        '{"(": 1}',
        '[{"x": 1}]',
        "[" * 100_000,
    ],
)
def test_other_lines_are_refused(line: str) -> None:
    with pytest.raises((ValueError, TypeError, LookupError, ArithmeticError, RecursionError)):
        Reader(RECORDS, ["p"]).read(line)


def test_members_that_are_equal_as_texts_stay_apart() -> None:
    one, other = type(label)("one"), type(label)("other")
    vars(one)["One"] = StrEnum("One", {"A": "same"}, module="one")
    vars(other)["Other"] = StrEnum("Other", {"A": "same"}, module="other")
    records = Records((one, other))
    first, second = one.One.A, other.Other.A

    assert first == second
    line = Writer(records).line((first, second))
    assert line == '{"(":[{"#":0},{"#":1}]}'
    again = Reader(records).read(line)
    assert [type(found) for found in again] == [one.One, other.Other]


def test_two_classes_of_one_name_are_refused() -> None:
    other = type(label)("other")
    made = dataclasses.make_dataclass("Label", ["x"], namespace={"__module__": "other"})
    vars(other)["Label"] = made

    with pytest.raises(ValueError, match="two classes are called `Label`"):
        Records((label, other))


def test_a_field_that_is_left_out_is_read_as_its_default() -> None:
    records = Records((label,), without={(label.__name__, "zh")})
    line = Writer(records).line(Label("a", "甲"))

    assert line == '{"Label":["a"]}'
    assert Reader(records).read(line) == Label("a")


def test_only_last_fields_are_left_out() -> None:
    with pytest.raises(ValueError, match="of `Label` only last fields can be left out"):
        Records((label,), without={(label.__name__, "en")})
