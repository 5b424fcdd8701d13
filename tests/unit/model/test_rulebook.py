"""The rulebook as one immutable value."""

from __future__ import annotations

import datetime
from dataclasses import replace
from fractions import Fraction

import pytest

from lawengine.base.source import Source
from lawengine.language.formatting import format_file
from lawengine.language.lower import lower
from lawengine.language.parse import parse
from lawengine.language.translation import translate
from lawengine.model import expressions as e
from lawengine.model.dependence import facts_read
from lawengine.model.rulebook import Principle, Rulebook, Standing, as_data
from lawengine.model.rules import Cell
from lawengine.model.types import COUNT, YES_NO, Choices, Member
from tests import small

RULE = """
rule R
  version from 2000-01-01 to 2009-12-31
    law GEN-2000 art 1
    when act.a
    then fine 10 to 20 yuan
  version from 2010-01-01
    law GEN-2010 art 1
    when act.b
    then either of warn, fine up to 5 yuan
    if act.grave
      suspend business
      further if act.worse
        close business
"""


def test_the_hash_counts_what_is_meant_and_not_where_it_stands() -> None:
    one, moved = small.rulebook(RULE), small.rulebook("\n\n-- a comment\n" + RULE)
    changed = small.rulebook(RULE.replace("20 yuan", "21 yuan"))

    assert one.content_hash == moved.content_hash
    assert len(one.content_hash) == 64
    assert one.content_hash != changed.content_hash


def test_the_hash_is_that_of_either_language() -> None:
    text = small.VOCABULARY.read_text(encoding="utf-8") + RULE
    parsed = parse(Source("small.law", text))
    lowered = lower([parsed.tree], {})
    chinese = format_file(translate(parsed.tree, lowered.symbols, "zh"), "zh")

    again = lower([parse(Source("small.law", chinese)).tree], {})

    assert "规则" in chinese
    assert again.diagnostics == ()
    assert again.rulebook.content_hash == lowered.rulebook.content_hash


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (Fraction(1, 3), {"fraction": ["1", "3"]}),
        (datetime.date(2010, 1, 2), {"date": "2010-01-02"}),
        (frozenset({"b", "a"}), ["a", "b"]),
        ((1, "x", None, True), [1, "x", None, True]),
        ({"k": 1}, {"k": 1}),
        (Principle.HIGHER, "higher"),
    ],
)
def test_what_a_rulebook_holds_as_plain_data(value: object, data: object) -> None:
    assert as_data(value) == data


@pytest.mark.parametrize("value", [1.5, object(), b"x"])
def test_what_no_rulebook_holds(value: object) -> None:
    with pytest.raises(TypeError, match="a rulebook holds no"):
        as_data(value)


def standing(
    since: int = 2000, outranks: str = "", special_to: str = "", family: str = ""
) -> Standing:
    return Standing(
        family,
        datetime.date(since, 1, 1),
        frozenset(outranks.split()),
        frozenset(special_to.split()),
    )


@pytest.mark.parametrize(
    ("one", "two", "preferred"),
    [
        (standing(outranks="B"), standing(2020, special_to="A"), ("A", Principle.HIGHER)),
        (standing(2020), standing(outranks="A"), ("B", Principle.HIGHER)),
        (standing(special_to="B"), standing(2020), ("A", Principle.SPECIAL)),
        (standing(2020), standing(special_to="A"), ("B", Principle.SPECIAL)),
        (standing(2020), standing(2000), ("A", Principle.LATER)),
        (standing(2000), standing(2020), ("B", Principle.LATER)),
        (standing(2000), standing(2000), None),
        (standing(special_to="B"), standing(special_to="A"), None),
    ],
)
def test_which_instrument_prevails(
    one: Standing, two: Standing, preferred: tuple[str, Principle] | None
) -> None:
    book = replace(small.rulebook(), instruments={"A": one, "B": two})

    assert book.preferred("A", "B") == preferred
    assert book.preferred("B", "A") == preferred
    assert book.preferred("A", "A") is None
    assert book.preferred("A", "C") is None
    assert book.preferred("C", "A") is None


def test_versions_and_figures_by_day() -> None:
    book = small.rulebook(
        RULE,
        "parameter p : money\n  is 1 yuan from 2000-01-01 to 2000-12-31\n"
        "  is 2 yuan from 2002-01-01\n",
    )
    rule, figure = book.rules["R"], book.parameters["p"]
    day = datetime.date

    assert rule.version_at(day(1999, 12, 31)) is None
    assert rule.version_at(day(2009, 12, 31)) is rule.versions[0]
    assert rule.version_at(day(2010, 1, 1)) is rule.versions[1]
    assert figure.at(day(2001, 1, 1)) is None
    assert (found := figure.at(day(2002, 1, 1))) is not None
    assert found.value == 200


def test_all_consequences_of_a_version() -> None:
    version = small.rulebook(RULE).rules["R"].versions[1]

    kinds = [type(c).__name__ for c in version.all_consequences()]

    assert kinds == ["MeasureChoice", "Measure", "Measure"]


def test_children_of_expressions() -> None:
    one, two = e.Constant(1, COUNT), e.Constant(2, COUNT)
    yes = e.Constant(value=True, type=YES_NO)

    assert e.children(e.OneOf(one, (two,), YES_NO)) == (one, two)
    assert e.children(e.Aggregated(e.Aggregation.ANY, "order", yes, None, YES_NO)) == (yes,)
    assert e.children(e.Cases(((yes, one),), two, COUNT)) == (yes, one, two)
    assert e.children(e.Negation(yes, YES_NO)) == (yes,)
    assert e.children(e.Chosen(e.Extreme.HIGHER, (one, two), COUNT)) == (one, two)
    assert e.children(e.Computed(e.Operation.ADD, one, two, COUNT)) == (one, two)
    assert e.children(one) == ()


def test_the_vocabulary_is_looked_up_by_name() -> None:
    vocabulary = small.rulebook().vocabulary

    assert vocabulary.fact("act", "a").path == "act.a"
    assert [entity.name for entity in vocabulary.children("act")] == ["order", "shop"]
    with pytest.raises(KeyError):
        vocabulary.fact("act", "nothing")


def test_a_choice_without_a_label_reads_as_its_name() -> None:
    members = (Member("one_way", "单程", small.shipped().vocabulary.entities["act"].label),)
    choices = Choices("x", members)

    assert choices.member("one_way") is members[0]
    with pytest.raises(KeyError):
        choices.member("two_way")


def test_the_facts_a_rule_can_hang_on() -> None:
    text = """
define d as act.c and d2
define d2 as (count of order where fake) at least 1
table t : count, first hit
  | act.number | d2 | gives |
  | at least act.other | yes | 1 |
  | 3 to 4 | * | 2 |
  | 1, 2 | * | 2 |
rule A
  version from 2000-01-01
    law GEN-2000 art 1
    when d and d
    then warn
    if act.grave
      publish
      further if act.worse
        educate
rule B
  version from 2000-01-01
    law GEN-2000 art 1
    when A established
    unless t is 2
    then warn
exception C to B
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is red
    then warn
rule D
  version from 2000-01-01
    law GEN-2000 art 1
    when act.b
    prevails over A
    then warn
rule E
  version from 2000-01-01
    law GEN-2000 art 1
    then warn
"""
    book: Rulebook = small.rulebook(text)

    found = facts_read(book.rules, book.definitions, book.tables)

    of_a = {"act.c", "order", "order.fake", "act.grave", "act.worse", "act.b"}
    assert found["A"] == of_a
    assert found["B"] == of_a | {"act.number", "act.other", "act.kind"}
    assert found["C"] == {"act.kind"}
    assert found["D"] == {"act.b"}
    assert found["E"] == frozenset()
    # what is not among the rules given is not followed
    alone = facts_read({"B": book.rules["B"]}, {}, {})
    assert alone == {"B": frozenset()}


def test_a_cell_that_tests_nothing_accepts_everything() -> None:
    one = e.Constant(1, COUNT)

    assert Cell().any
    assert not any(cell.any for cell in (Cell((one,)), Cell(low=one), Cell(high=one)))
