"""Findings about decision tables, and their words."""

import datetime
from fractions import Fraction

import pytest

from lawengine.base.calendar import Period, Unit
from lawengine.base.diagnostic import Diagnostic
from lawengine.checks.decision_tables import CHECK
from lawengine.checks.words import value_words
from lawengine.model.types import COUNT, DATE, MONEY, PERIOD, RATE, TEXT, YES_NO, Kind, Type
from tests.checks.reading import read, run


def table(text: str, hit: str = "unique hit") -> list[Diagnostic]:
    return run(CHECK, f'table base "Base" / "基数": money {hit}\n{text}')


def shown(found: list[Diagnostic]) -> list[str]:
    return [f"{d.code} {d.message('en')}" for d in found]


def test_a_gap_names_a_row_that_is_missing() -> None:
    found = table(
        """
  | act.kind | act.gain | gives |
  | hawking | at least 1_000 yuan | 1 yuan |
  | lighting, other | * | 2 yuan |
""".lstrip("\n")
    )

    assert shown(found) == [
        "LAW305 the table `base` has no row for | hawking | 0 yuan |",
    ]
    assert found[0].message("zh") == "决策表“基数”没有与| 叫卖 | 0元 |对应的行"


def test_both_ends_of_a_range_belong_to_it() -> None:
    found = table(
        """
  | act.gain | gives |
  | 0 yuan to 10 yuan | 1 yuan |
  | 10.01 yuan to 20 yuan | 2 yuan |
  | at least 20 yuan | 3 yuan |
""".lstrip("\n")
    )

    assert shown(found) == ["LAW306 rows 2 and 3 of the table `base` both match | 20 yuan |"]
    assert found[0].notes[0].span.line == found[0].span.line - 1


def test_between_two_rates_there_is_always_another() -> None:
    found = table(
        """
  | act.share | gives |
  | at most 5 % | 1 yuan |
  | at least 6 % | 2 yuan |
""".lstrip("\n")
    )

    assert shown(found) == ["LAW305 the table `base` has no row for | 5.5 % |"]


def test_days_have_neighbours() -> None:
    found = table(
        """
  | act.ended_on | gives |
  | at most 2016-12-31 | 1 yuan |
  | at least 2017-01-01 | 2 yuan |
""".lstrip("\n")
    )

    assert found == []


def test_three_gaps_of_a_table_are_enough() -> None:
    found = table(
        """
  | party.shops | gives |
  | 1 | 1 yuan |
  | 3 | 1 yuan |
  | 5 | 1 yuan |
  | 7 | 1 yuan |
""".lstrip("\n")
    )

    assert [d.message("en").rpartition(" for ")[2] for d in found] == ["| 0 |"]


def test_inputs_apart_have_gaps_apart() -> None:
    rows = "".join(f"  | {n} | yes | 1 yuan |\n" for n in range(6))
    found = table(f"  | party.shops | act.serious | gives |\n{rows}  | at least 6 | * | 1 yuan |\n")

    assert [d.message("en").rpartition(" for ")[2] for d in found] == [
        "| 0 | no |",
        "| 1 | no |",
        "| 2 | no |",
    ]


def test_a_text_input_has_others() -> None:
    text = """define owner as
  "Ann"

table base "Base" / "基数": money unique hit
  | owner | gives |
  | "Ann", "Bob" | 1 yuan |
"""
    found = run(CHECK, text)

    assert shown(found) == ["LAW305 the table `base` has no row for | any other |"]
    assert run(CHECK, text + "  | * | 2 yuan |\n")[0].code == "LAW306"


def test_a_very_long_table_is_left_unchecked() -> None:
    rows = "".join(f"  | {n} | {n} yuan |\n" for n in range(0, 2_400, 2))
    found = table(f"  | party.shops | gives |\n{rows}")

    assert len(found) == 1
    assert shown(found)[0] == (
        "LAW318 the table `base` is not wholly checked for gaps and overlaps: "
        "it has too many rows or combinations of inputs"
    )


@pytest.mark.parametrize(
    ("value", "kind", "english", "chinese"),
    [
        (True, YES_NO, "yes", "是"),
        (False, YES_NO, "no", "否"),
        (2_000_000, MONEY, "20,000 yuan", "2万元"),
        (Fraction(1, 3), Type(Kind.MONEY, whole=False), "1/3", "1/3"),
        (7, COUNT, "7", "7"),
        (Fraction(1, 20), RATE, "5 %", "5 %"),
        (datetime.date(2016, 1, 1), DATE, "2016-01-01", "2016-01-01"),
        (Period(2, Unit.YEAR), PERIOD, "2 years", "2年"),
        ("Ann", TEXT, "Ann", "Ann"),
        ("hawking", Type(Kind.CHOICE, "act.kind"), "hawking", "叫卖"),
        ("lost", Type(Kind.CHOICE, "act.kind"), "lost", "lost"),
        ("lost", Type(Kind.CHOICE, "act.lost"), "lost", "lost"),
    ],
)
def test_values_are_written_as_rules_write_them(
    value: object, kind: Type, english: str, chinese: str
) -> None:
    words = value_words(value, kind, read("").vocabulary)  # type: ignore[arg-type]  # what is not there fails the test

    assert (words.text("en"), words.text("zh")) == (english, chinese)
