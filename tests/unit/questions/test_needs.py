"""The fewest facts that settle an act."""

from lawengine.questions import Needs, needs
from lawengine.questions.openness import Matter
from tests import small

ACT = "respondents[1].acts[1]"
RULES = """
rule P
  version from 2000-01-01 to 2009-12-31
    law GEN-2000 art 1
    when act.kind is one of red, green
    then fine 10 to 20 yuan
    if act.grave
      fine 20 to 40 yuan
  version from 2010-01-01
    law GEN-2000 art 1
    when act.kind is one of red, green
    then fine 30 to 40 yuan

rule E
  version from 2000-01-01
    law GEN-2000 art 2
    when act.a and act.b
    then exempt from penalty

rule C
  version from 2000-01-01
    law GEN-2000 art 3
    when act.c
    then publish

rule G
  version from 2000-01-01
    law GEN-2000 art 4
    when P established
    then confiscate act.gain
"""
GOOD = {
    "kind": "red", "a": False, "b": False, "c": False, "grave": False, "gain": 5,
    "ended_on": "2006-05-05",
}  # fmt: skip


def asked(text: str = RULES, *, limit: int = 400, without: str = "", **facts: object) -> Needs:
    book = small.rulebook(text)
    known = {k: v for k, v in {**GOOD, **facts}.items() if k not in without.split()}
    return needs(small.case(book, known, decided_on="2012-01-01"), book, ACT, limit=limit)


def names(found: Needs) -> list[str]:
    return [fact.key.fact for fact in found.fewest]


def test_nothing_is_needed_where_all_that_matters_is_known() -> None:
    found = asked()

    assert (found.settled, found.fewest, found.also, found.exact) == (True, (), (), True)


def test_what_each_answer_leads_to() -> None:
    found = asked(without="grave")

    (fact,) = found.fewest
    assert (fact.key.fact, fact.necessary, fact.matter, fact.rules) == (
        "grave", True, Matter.CONSEQUENCE, ("P",),
    )  # fmt: skip
    ends = {
        answer.label.en: (answer.fine and answer.fine.high, answer.settled)
        for answer in fact.answers
    }
    assert ends == {"yes": (4000, True), "no": (2000, True)}


def test_the_violation_comes_first_and_choices_that_rules_treat_alike_are_one_answer() -> None:
    found = asked(without="grave kind")

    assert names(found) == ["kind", "grave"]
    first = found.fewest[0]
    assert first.matter is Matter.VIOLATION
    assert {answer.label.en: answer.open_violation for answer in first.answers} == {
        "green or red": False,
        "blue": False,
    }


def test_one_of_two_facts_is_not_enough_where_both_must_hold() -> None:
    assert sorted(names(asked(without="a b"))) == ["a", "b"]


def test_other_rules_and_sums_are_told_apart() -> None:
    found = asked(without="c gain")

    assert found.settled
    assert {fact.key.fact: fact.matter for fact in found.also} == {
        "c": Matter.OTHER_RULE,
        "gain": Matter.AMOUNT,
    }


def test_a_day_between_two_laws() -> None:
    found = asked(ended_on={"from": "2009-01-01", "to": "2010-12-31"})

    assert names(found) == ["ended_on"]
    assert len(found.fewest[0].answers) == 2


def test_a_search_that_stops_says_so_and_still_gives_enough() -> None:
    found = asked(without="grave kind a b", limit=2)

    assert not found.exact
    assert {"kind"} <= set(names(found))


def test_a_list_that_is_missing_is_needed_as_a_whole() -> None:
    text = RULES.replace("when act.c", "when any order satisfies fake").replace("publish", "warn")
    found = asked(text)

    assert [(fact.key.entity, fact.key.fact, fact.label.en) for fact in found.fewest] == [
        ("order", "", "list of “Order”")
    ]


def test_what_no_fact_settles() -> None:
    text = RULES.replace("when act.c", "when act.number more than cap").replace("publish", "warn")
    text += "\nparameter cap : count\n  is 1 from 1990-01-01 to 1990-12-31 law GEN-2000 art 1\n"
    found = asked(text, number=3)

    assert not found.settled
    assert not found.settleable


def test_a_violation_that_the_later_law_takes_away_is_asked_for() -> None:
    book = small.rulebook("""
        rule P
          version from 2000-01-01 to 2009-12-31
            law GEN-2000 art 1
            when act.a
            then fine 10 to 20 yuan
          version from 2010-01-01
            law GEN-2010 art 1
            when act.a and act.b
            then fine 10 to 20 yuan

        rule E
          version from 2000-01-01
            law GEN-2000 art 2
            when act.a
            then exempt from penalty

        exception X to P
          version from 2000-01-01
            law GEN-2000 art 3
            when act.b
            then publish

        rule L
          dated by decision
          version from 2000-01-01
            law GEN-2000 art 9
            then the lighter later law
        """)
    act = {"ended_on": "2009-05-05", "b": False}
    case = small.case(book, act, decided_on="2010-06-01")
    found = needs(case, book, ACT)

    # nothing follows either way, but whether there was a violation hangs on it
    assert [one.key.fact for one in found.fewest] == ["a"]
    assert not found.settled
