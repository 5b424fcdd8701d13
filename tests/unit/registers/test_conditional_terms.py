"""Terms that depend on conditions: the first case that is met decides, the last always is."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from lawengine.base.source import Source
from lawengine.compiled.engine import Engine
from lawengine.deciding.decide import decide
from lawengine.deciding.decision import StatusOutcome
from lawengine.evaluation.domains import bounds
from lawengine.explanation.reason import Reason
from lawengine.explanation.sentences import sentence
from lawengine.language.formatting import format_file, format_text
from lawengine.language.lower import lower
from lawengine.language.parse import parse
from lawengine.language.resolve import resolve
from lawengine.language.translation import translate
from lawengine.language.writing import Words, status_text
from lawengine.model.rulebook import Rulebook
from lawengine.model.statuses import StatusState as S
from tests import small
from tests import statuses as st
from tests.reforming import under

LIST = """
list GEN.black also 通用.黑名单 of penalty "Black" / "黑名单"
  dated by penalty.decided
  version from 2000-01-01
    law GEN-2000 art 1
    lasts whichever applies from penalty.decided
      3 years where penalty.heavy law GEN-2000 art 2
      2 years where penalty.paid
      1 year otherwise
"""
DUTY = """
duty GEN.pay of penalty
  dated by penalty.served
  version from 2000-01-01
    law GEN-2000 art 1
    due whichever applies from penalty.served
      10 days where penalty.heavy
      20 days otherwise
    discharged on penalty.paid_on where penalty.paid
"""
BACK = """
duty GEN.tell of penalty
  dated by penalty.served
  version from 2000-01-01
    law GEN-2000 art 1
    due whichever applies before penalty.served
      7 days where penalty.heavy
      3 days otherwise
"""
DECIDED = {"decided": "2010-03-01"}


def outcome(book: Rulebook, penalty: dict[str, Any], on: str = "2011-06-01") -> StatusOutcome:
    case = small.case(book, st.ACT, party={"penalties": [penalty]}, decided_on=on)
    decision = decide(case, book, days=st.Days()).decision
    assert decision is not None
    found = decision.respondents[0].statuses[0]
    (answer,) = Engine(book, days=st.Days()).whole(case).statuses["respondents[1]"]
    assert (answer.state, answer.possible()) == (found.state, found.possible)
    assert answer.outcome().until == found.until
    assert answer.outcome().deadline == found.deadline
    return found


@pytest.mark.parametrize(
    ("facts", "until", "state"),
    [
        pytest.param({"heavy": True}, "2013-03-01", S.LISTED, id="the first case"),
        pytest.param({"heavy": True, "paid": True}, "2013-03-01", S.LISTED, id="the first of two"),
        pytest.param({"heavy": False, "paid": True}, "2012-03-01", S.LISTED, id="the second"),
        pytest.param({"heavy": False, "paid": False}, "2011-03-01", S.EXPIRED, id="otherwise"),
    ],
)
def test_the_first_case_that_is_met_decides(facts: dict[str, Any], until: str, state: S) -> None:
    found = outcome(small.rulebook(LIST), DECIDED | facts)

    assert found.state is state
    assert found.until is not None
    assert bounds(found.until) == (datetime.date.fromisoformat(until),) * 2


@pytest.mark.parametrize(
    ("facts", "on", "states", "needs"),
    [
        pytest.param({"paid": True}, "2011-02-01", {S.LISTED}, set(), id="either way it runs"),
        pytest.param({"paid": True}, "2012-06-01", {S.LISTED, S.EXPIRED}, {"heavy"}, id="open"),
        pytest.param({}, "2011-06-01", {S.LISTED, S.EXPIRED}, {"heavy", "paid"}, id="both open"),
        pytest.param({}, "2013-06-01", {S.EXPIRED}, set(), id="either way it is over"),
    ],
)
def test_while_a_condition_is_open_every_term_counts(
    facts: dict[str, Any], on: str, states: set[S], needs: set[str]
) -> None:
    found = outcome(small.rulebook(LIST), DECIDED | facts, on)

    assert set(found.possible) == states
    assert {need.key.fact for need in found.needs} == needs


def test_a_duty_has_the_last_day_of_its_case() -> None:
    book, served = small.rulebook(DUTY), {"served": "2011-05-09", "paid": False}

    assert outcome(book, {**served, "heavy": True}, "2011-05-20").state is S.BREACHED
    assert outcome(book, {**served, "heavy": False}, "2011-05-20").state is S.DUE
    assert outcome(book, served, "2011-05-20").state is S.UNDETERMINED


def test_a_term_by_case_may_be_counted_back() -> None:
    book, served = small.rulebook(BACK), {"served": "2011-06-30"}

    assert outcome(book, {**served, "heavy": True}, "2011-06-24").state is S.BREACHED
    assert outcome(book, {**served, "heavy": False}, "2011-06-24").state is S.DUE


def _all(reason: Reason) -> list[Reason]:
    return [reason, *(one for child in reason.children for one in _all(child))]


def test_the_reasons_name_the_case_its_law_and_what_is_open() -> None:
    book = small.rulebook(LIST)
    told = _all(outcome(book, {**DECIDED, "heavy": True}).reason)
    (term,) = [one for one in told if one.code == "status_term"]
    (case,) = [one for one in told if one.code == "term_case"]
    assert [str(law) for law in term.law] == ["GEN-2000 art 2"]
    assert sentence(case, "en") == "3 years where this condition is met"
    assert sentence(case, "zh") == "具备该条件的，期限为3年"

    otherwise = _all(outcome(book, {**DECIDED, "heavy": False, "paid": False}).reason)
    assert "Otherwise 1 year" in [sentence(one, "en") for one in otherwise]
    open_still = _all(outcome(book, {**DECIDED, "heavy": False}).reason)
    assert any(
        sentence(one, "en").startswith("Which term applies is not settled: 2 years or 1 year")
        for one in open_still
    )


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        pytest.param("2 years where penalty.paid", "2 years otherwise", ["LAW774"], id="not last"),
        pytest.param("1 year otherwise", "1 year where penalty.paid", ["LAW775"], id="no last"),
        pytest.param("penalty.paid\n", "act.a\n", ["LAW207"], id="out of view"),
        pytest.param("penalty.paid\n", "GEN.black listed\n", ["LAW321"], id="a circle"),
    ],
)
def test_cases_that_cannot_be(old: str, new: str, codes: list[str]) -> None:
    found = small.lowered(LIST.replace(old, new)).diagnostics

    assert [one.code for one in found] == codes


def test_a_term_and_cases_are_not_written_together() -> None:
    parsed = parse(Source("x.law", LIST.replace("lasts whichever", "lasts 4 years whichever")))

    assert parsed.diagnostics


def test_it_is_written_in_both_languages_and_comes_back() -> None:
    vocabulary = small.VOCABULARY.read_text(encoding="utf-8")
    trees = [parse(Source(f"{n}.law", text)).tree for n, text in enumerate([vocabulary, LIST])]
    chinese = format_file(translate(trees[1], resolve(trees), "zh"), "zh")

    assert "    有效期 依情形 自 处罚.决定作出日\n" in chinese
    assert "      3年 其中 处罚.heavy 依据 GEN-2000 第2条\n" in chinese
    assert "      1年 否则\n" in chinese
    assert format_text(Source("again.law", chinese)) == (chinese, ())
    again = lower([trees[0], parse(Source("zh.law", chinese)).tree], {}).rulebook
    assert again.statuses == small.rulebook(LIST).statuses
    status = again.statuses["GEN.black"]
    lines = status_text(status.versions[0], status, again, Words("en", {}))
    assert "lasts whichever applies from penalty.decided" in lines
    assert "  3 years where penalty.heavy law GEN-2000 art 2" in lines


def test_a_reform_may_put_cases_in_the_place_of_a_term() -> None:
    text = """
reform longer
  amend GEN.black from 2020-01-01
    lasts whichever applies
      5 years where penalty.heavy
      4 years otherwise
"""
    plain = LIST.replace("whichever applies from", "1 year from").split("      3 years")[0]
    found = under(text, book=small.rulebook(plain))

    old, new = found.statuses["GEN.black"].versions
    assert (len(old.terms), [one.length for one in new.terms]) == (1, [5, 4])
    assert new.start == old.start
