"""Facts written into case files."""

import datetime
from fractions import Fraction

import pytest

from lawengine.base.source import Source
from lawengine.casebook import read_case
from lawengine.casebook.writing import UnwritableCaseError, new_case, write_fact, written_domain
from lawengine.evaluation.facts import (
    UNKNOWN,
    Among,
    Domain,
    Entry,
    Evidence,
    FactKey,
    Known,
    Within,
)
from lawengine.model.types import Kind
from tests import small

ACT = "respondents[1].acts[1]"
RULES = "rule P\n  version from 2000-01-01\n    law GEN-2000 art 1\n    then warn\n"
BOOK = small.rulebook(RULES)
TEXT = """\
# A case.
case: one   # its name
title:
  en: "One"
  zh: "一"
respondents:
  - name: shop
    rich: yes
    acts:
      - name: first
        kind: red   # or green
        grave:
          value: yes
          because: "it was"
        # more to come
        orders: [{amount: 5 yuan, fake: no}]
      - {name: second, kind: [blue]}
notes:
  en: the end
"""


def key(fact: str, instance: str = ACT, entity: str = "act") -> FactKey:
    return FactKey(instance, entity, fact)


def written(text: str, where: FactKey, domain: Domain, **evidence: str) -> str:
    entry = Entry(domain, evidence=Evidence(**evidence))
    return write_fact(Source("case.yaml", text), where, entry, BOOK.vocabulary)


def test_a_new_fact_stands_behind_the_last_plain_one_and_the_rest_stays() -> None:
    found = written(TEXT, key("a"), Known(value=True))

    assert found == TEXT.replace(
        '          because: "it was"\n', '          because: "it was"\n'
    ).replace("kind: red   # or green\n", "kind: red   # or green\n        a: yes\n")
    root = written(TEXT, key("decided_on", "", "case"), Known(datetime.date(2007, 1, 2)))
    assert root == TEXT.replace("# its name\n", "# its name\ndecided_on: 2007-01-02\n")


def test_a_fact_that_stands_there_is_replaced() -> None:
    assert "kind: green   # or green" in written(TEXT, key("kind"), Known("green"))
    found = written(TEXT, key("grave"), Known(value=False), because="no, it: was not")
    assert 'grave: {value: no, because: "no, it: was not"}\n        # more to come' in found


def test_blocks_in_braces() -> None:
    found = written(TEXT, key("b", "respondents[1].acts[2]"), Known(value=False))

    assert "- {b: no, name: second, kind: [blue]}" in found
    again = written(found, key("kind", "respondents[1].acts[2]"), Known("red"))
    assert "- {b: no, name: second, kind: red}" in again
    order = written(TEXT, key("fake", f"{ACT}.orders[1]", "order"), Known(value=True))
    assert "[{amount: 5 yuan, fake: yes}]" in order


@pytest.mark.parametrize(
    ("domain", "kind", "form"),
    [
        (Known(123_456_700), Kind.MONEY, "1_234_567 yuan"),
        (Known(-105), Kind.MONEY, "-1.05 yuan"),
        (Known(Fraction(1, 8)), Kind.RATE, "12.5 %"),
        (Known(7), Kind.COUNT, "7"),
        (Known("red"), Kind.CHOICE, "red"),
        (Known("a: b"), Kind.TEXT, '"a: b"'),
        (UNKNOWN, Kind.DATE, {"unknown": "yes"}),
        (Among(frozenset({"red", "blue"})), Kind.CHOICE, {"one_of": "[blue, red]"}),
        (Within(1, 5), Kind.COUNT, {"at_least": "1", "at_most": "5"}),
        (Within(None, 100), Kind.MONEY, {"at_most": "1 yuan"}),
        (
            Within(datetime.date(2007, 1, 1), datetime.date(2007, 3, 1)),
            Kind.DATE,
            {"from": "2007-01-01", "to": "2007-03-01"},
        ),
    ],
)
def test_values_in_the_forms_of_a_case_file(domain: Domain, kind: Kind, form: object) -> None:
    assert written_domain(domain, kind) == form


@pytest.mark.parametrize(
    ("fact", "domain"),
    [
        ("gain", Known(12_345)),
        ("gain", Within(100, 20_000)),
        ("share", Known(Fraction(1, 400))),
        ("number", Known(3)),
        ("kind", Among(frozenset({"red", "blue"}))),
        ("first", Within(datetime.date(2007, 1, 1), datetime.date(2007, 3, 1))),
        ("note", Known("说明：一二 - “三”")),
        ("note", Known("yes")),
        ("a", UNKNOWN),
        ("term", Known(small.value(Kind.PERIOD, "3 months"))),
    ],
)
def test_what_is_written_is_read_back(fact: str, domain: Domain) -> None:
    start = new_case("one", "店铺: 甲", "first", BOOK.vocabulary)
    text = written(written(start, key(fact), UNKNOWN), key(fact), domain)
    read = read_case(Source("case.yaml", text), BOOK)

    assert read.diagnostics == ()
    assert read.case is not None
    (party,) = read.case.facts.root.children["party"]
    entry = party.children["act"][0].entry(fact)
    assert party.name == "店铺: 甲"
    assert entry is not None
    assert entry.domain == domain


def test_a_block_without_plain_keys_and_a_file_without_a_last_line_end() -> None:
    text = "case: one\nrespondents:\n  - acts:\n      - kind: red"

    assert written(text, key("rich", "respondents[1]", "party"), Known(value=True)) == text.replace(
        "- acts", "- rich: yes\n    acts"
    )
    assert written(text, key("a"), Known(value=True)).endswith("kind: red\n        a: yes")


@pytest.mark.parametrize(
    "where",
    [
        key("a", "respondents[3].acts[1]"),
        key("a", "respondents[1].acts[9]"),
        key("a", f"{ACT}.kind[1]"),
    ],
)
def test_what_has_no_place_is_said(where: FactKey) -> None:
    with pytest.raises(UnwritableCaseError, match="has no place in the case file"):
        written(TEXT, where, UNKNOWN)


@pytest.mark.parametrize("text", ["", "a: [", "- 1\n", "case: one\nrespondents:\n  - acts: [{}]\n"])
def test_a_text_that_is_no_case_is_left_alone(text: str) -> None:
    with pytest.raises(UnwritableCaseError):
        written(text, key("a"), UNKNOWN)
