"""The nearest changes that flip an outcome."""

import datetime
from fractions import Fraction
from typing import Any

import pytest

from lawengine.evaluation.facts import Known
from lawengine.questions import Change, Goal, Wanted, needs, what_if
from tests import small

ACT = "respondents[1].acts[1]"
RULES = """
parameter term : period
  is 2 years from 2000-01-01 law GEN-2000 art 1

rule P
  version from 2000-01-01 to 2009-12-31
    law GEN-2000 art 1
    when act.kind is red and (act.a or act.b)
    unless act.c
    then fine 10 to 20 yuan
    if act.number more than 5
      fine 20 to 40 yuan
  version from 2010-01-01
    law GEN-2000 art 1
    when act.kind is red
    then fine 30 to 50 yuan

exception X to P
  version from 2000-01-01
    law GEN-2000 art 2
    when act.worse
    then refers to OTH-2000 art 1

rule E
  version from 2000-01-01
    law GEN-2000 art 2
    when act.excused and act.mild
    then exempt from penalty

rule T
  version from 2000-01-01
    law GEN-2000 art 3
    when act.seen_on after act.ended_on + term rounded down
    then exempt from penalty

rule G
  version from 2000-01-01
    law GEN-2000 art 4
    when P established
    then publish

rule M
  version from 2000-01-01
    law GEN-2000 art 5
    when act.fee at least 3 yuan
    then fine 1 to 3 times act.gain
"""
GOOD = {
    "kind": "red", "a": True, "b": False, "c": False, "worse": False, "number": 7, "fee": 0,
    "ended_on": "2006-05-05", "seen_on": "2006-06-05", "gain": 5,
}  # fmt: skip


def asked(
    goal: Goal,
    *,
    powers: frozenset[str] | None = None,
    fen: int = 0,
    rule: str = "",
    **facts: object,
) -> list[Change]:
    book = small.rulebook(RULES)
    known = {k: v for k, v in {**GOOD, **facts}.items() if v is not None}
    facts_of = small.case(book, known, decided_on="2012-01-01")
    return what_if(facts_of, book, ACT, Wanted(goal, fen, rule), powers=powers)


def told(changes: list[Change]) -> set[frozenset[tuple[str, object]]]:
    return {
        frozenset((f.key.fact, f.after.value) for f in c.facts if isinstance(f.after, Known))
        for c in changes
    }


def one(**facts: object) -> frozenset[tuple[str, object]]:
    return frozenset(facts.items())


def test_no_violation_by_each_condition_alone() -> None:
    found = told(asked(Goal.NO_VIOLATION))

    assert {one(kind="blue"), one(a=False), one(c=True)} <= found
    assert one(worse=True) not in found
    assert not any(len(change) > 1 and one(a=False) < change for change in found)


def test_alternatives_have_to_go_together() -> None:
    found = told(asked(Goal.NO_VIOLATION, b=True))

    assert one(a=False, b=False) in found
    assert one(a=False) not in found


def test_no_penalty_by_grounds_and_by_time() -> None:
    changes = asked(Goal.NO_PENALTY)
    found = told(changes)

    assert one(excused=True, mild=True) in found
    assert one(seen_on=datetime.date(2008, 5, 6)) in found
    # Where another law decides, nobody knows that there is no penalty.
    assert one(worse=True) not in found
    grounds = next(c for c in changes if {f.key.fact for f in c.facts} == {"excused", "mild"})
    assert not grounds.in_power
    assert not grounds.penalised
    assert [f.presumed for f in grounds.facts] == [True, True]
    assert [(f.before_label.en, f.after_label.en) for f in grounds.facts] == [("no", "yes")] * 2


def test_a_lower_maximum_and_a_fine_of_at_most() -> None:
    lower = told(asked(Goal.LOWER_MAXIMUM))

    assert one(number=5) in lower
    assert one(number=5) in told(asked(Goal.FINE_AT_MOST, fen=2_000))
    assert one(number=5) not in told(asked(Goal.FINE_AT_MOST, fen=1_999))


def test_an_amount_goes_as_near_as_it_can() -> None:
    found = told(asked(Goal.FINE_AT_MOST, fen=3_000, a=False, fee=3, gain=40))

    assert one(gain=1_000) in found
    assert one(fee=299) in found


def test_the_state_of_a_rule() -> None:
    established = told(asked(Goal.ESTABLISHED, rule="T"))
    out = told(asked(Goal.NOT_ESTABLISHED, rule="G"))

    assert one(seen_on=datetime.date(2008, 5, 6)) in established
    assert {one(kind="blue"), one(a=False), one(worse=True)} <= out
    assert one(kind="red", a=True) in told(asked(Goal.ESTABLISHED, rule="G", kind="blue", a=False))


def test_two_rules_have_to_be_ended_together() -> None:
    found = told(asked(Goal.NO_VIOLATION, fee=3))

    assert one(a=False, fee=299) in found
    assert one(a=False) not in found


def test_the_law_of_another_day() -> None:
    assert one(ended_on=datetime.date(1999, 12, 31)) in told(asked(Goal.NOT_ESTABLISHED, rule="G"))


def test_nothing_is_changed_where_the_outcome_is_there() -> None:
    assert asked(Goal.NO_VIOLATION, kind="blue") == []
    assert asked(Goal.LOWER_MAXIMUM, kind="blue") == []


def test_an_outcome_holds_whatever_stays_open() -> None:
    found = told(asked(Goal.NO_VIOLATION, c=None))

    assert one(c=True) in found
    assert one(kind="blue") in found


def test_the_vocabulary_says_what_the_party_can_change() -> None:
    text = small.VOCABULARY.read_text(encoding="utf-8")
    for written in ('  c "C" / "丙": yes_no', '  excused "Excused" / "免责": ground'):
        assert written in text
        text = text.replace(written, f"{written}, party can change")
    found = small.lowered(text, RULES, vocabulary=False)
    assert found.diagnostics == ()
    facts_of = small.case(found.rulebook, GOOD, decided_on="2006-08-08")
    changes = what_if(facts_of, found.rulebook, ACT, Wanted(Goal.NO_VIOLATION))
    grounds = what_if(facts_of, found.rulebook, ACT, Wanted(Goal.NO_PENALTY))

    assert {f.key.fact: f.in_power for c in changes for f in c.facts} == {
        "a": False, "c": True, "ended_on": False, "kind": False
    }  # fmt: skip
    assert changes[0].facts[0].key.fact == "c"
    mixed = next(c for c in grounds if {f.key.fact for f in c.facts} == {"excused", "mild"})
    assert [f.in_power for f in mixed.facts] == [True, False]
    assert not mixed.in_power


def test_a_caller_may_say_what_the_party_can_change() -> None:
    by_default = {f.key.fact: f.in_power for c in asked(Goal.NO_VIOLATION) for f in c.facts}
    listed = asked(Goal.NO_VIOLATION, powers=frozenset({"act.c"}))

    assert not any(by_default.values())
    assert {f.key.fact: f.in_power for c in listed for f in c.facts} == {
        fact: fact == "c" for fact in by_default
    }
    assert listed[0].facts[0].key.fact == "c"


def test_a_rule_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        asked(Goal.ESTABLISHED, rule="nothing")


@pytest.mark.parametrize(
    ("condition", "facts", "change"),
    [
        ("act.number is 3", {"number": 3}, {"number": 2}),
        ("act.number is not 3", {"number": 9}, {"number": 3}),
        ("act.number less than 3", {"number": 1}, {"number": 3}),
        ("act.share more than 5 %", {"share": "7 %"}, {"share": Fraction(1, 20)}),
        ("act.share at least 5 %", {"share": "7 %"}, {"share": Fraction(499, 10_000)}),
        ("act.number + act.other more than 6", {"number": 4, "other": 5}, {"number": 1}),
        (
            "act.first at most 2009-05-05",
            {"first": "2009-05-01"},
            {"first": datetime.date(2009, 5, 6)},
        ),
        (
            "act.first before act.second",
            {"first": "2009-05-01", "second": "2009-05-09"},
            {"first": datetime.date(2009, 5, 9)},
        ),
        ("act.kind is not blue", {"kind": "red"}, {"kind": "blue"}),
        ("not act.kind is blue", {"kind": "red"}, {"kind": "blue"}),
        ("not (act.a or act.b)", {"a": False, "b": False}, {"b": True}),
        ('act.note is "x"', {"note": "x", "a": True}, None),
        ("act.a and (count of shop) at least 1", {"a": True, "shops": [{}]}, {"a": False}),
    ],
)
def test_each_sort_of_condition_is_moved_to_its_edge(
    condition: str, facts: dict[str, Any], change: dict[str, object] | None
) -> None:
    head = "rule P\n  version from 2000-01-01\n    law GEN-2000 art 1\n"
    text = f"{head}    when {condition}\n    then warn\n"
    book = small.rulebook(text)
    case = small.case(book, {"ended_on": "2009-09-09", **facts}, decided_on="2010-01-01")

    found = told(what_if(case, book, ACT, Wanted(Goal.NO_VIOLATION)))

    assert change is None or one(**change) in found
    assert one(ended_on=datetime.date(1999, 12, 31)) in found


def test_of_very_many_kinds_only_none_of_them_is_tried() -> None:
    kinds = ", ".join(f'k{n} "{n}" / "{n}"' for n in range(9))
    vocabulary = f"""
entity case "Case" / "案件"
  decided_on "Decided" / "决定日": date, serves as decision_date

entity party of case, listed as respondents "Party" / "当事人"
  papers "Papers" / "证照": one of licence "licence" / "执照", permit "permit" / "许可证"

entity act of party, listed as acts "Act" / "行为"
  sort "Sort" / "种类": one of {kinds}
  ended_on "Ended" / "终了日": date, serves as conduct_date
"""
    rules = "".join(
        f"rule P{n}\n  version from 2000-01-01\n    law GEN-2000 art 1\n"
        f"    when act.sort is k{n}\n    then warn\n\n"
        for n in range(7)
    )
    found = small.lowered(vocabulary, rules, vocabulary=False)
    assert found.diagnostics == ()
    book = found.rulebook
    facts = small.case(book, {"sort": "k1", "ended_on": "2009-09-09"}, decided_on="2010-01-01")

    changes = told(what_if(facts, book, ACT, Wanted(Goal.NO_VIOLATION)))

    assert {change for change in changes if "sort" in dict(change)} == {one(sort="k8")}
    open_kind = small.case(book, {"ended_on": "2009-09-09"}, decided_on="2010-01-01")
    (needed,) = needs(open_kind, book, ACT).fewest
    assert [a.label.en for a in needed.answers][-1] == "7 or 8"
