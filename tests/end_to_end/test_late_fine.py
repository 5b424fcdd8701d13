"""The late fine of the shipped rules as a reader gets it: sums, what is open, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import lawengine
from lawengine.base.truth import Truth
from lawengine.deciding.decision import StatusOutcome
from lawengine.evaluation.domains import within
from lawengine.evaluation.facts import Known
from lawengine.reports import timeline_ics, timeline_json, timeline_lines
from lawengine.reports.timeline import timeline

CASE = """
case: late-fine
decided_on: {on}
respondents:
  - name: trader
    penalties:
      - decided_on: 2022-02-25
        decided_by: market_supervision
        served_on: 2022-03-01
        fine_amount: 20000 yuan
        {paid}
        {lists}
    acts:
      - kind: other
        ended_on: 2022-01-10
"""
NOTHING = "part_payments: []\n        contests: []"
OUTSTANDING = "fine_outstanding: yes"


@pytest.fixture(scope="module")
def rules() -> lawengine.Rules:
    return lawengine.load()


def decided(
    rules: lawengine.Rules,
    folder: Path,
    *,
    paid: str = OUTSTANDING,
    lists: str = NOTHING,
    on: str = "2022-04-01",
) -> lawengine.Decision:
    path = folder / "case.yaml"
    path.write_text(CASE.format(on=on, paid=paid, lists=lists), encoding="utf-8")
    return lawengine.decide(path, rules)


def payment(decision: lawengine.Decision) -> StatusOutcome:
    return next(due.status for due in timeline(decision) if due.status.name == "APL.payment")


def test_a_file_that_lists_no_payments_leaves_the_sum_within_the_cap(
    rules: lawengine.Rules, tmp_path: Path
) -> None:
    found = payment(decided(rules, tmp_path, lists="annulled: no"))

    assert found.added is not None
    assert found.added.amount == within(0, 2_000_000)
    assert {need.key.entity for need in found.needs} == {"part_payment", "contest"}


def test_a_payment_whose_day_is_open_leaves_sum_and_state_open(
    rules: lawengine.Rules, tmp_path: Path
) -> None:
    found = payment(decided(rules, tmp_path, paid="paid_on: 2022-03", on="2022-06-01"))

    assert found.late is Truth.UNKNOWN
    assert found.added is not None
    assert found.added.amount == within(0, 3 * 15 * 20_000)


def test_nothing_is_added_in_time(rules: lawengine.Rules, tmp_path: Path) -> None:
    assert payment(decided(rules, tmp_path, on="2022-03-16")).added is None
    assert payment(decided(rules, tmp_path, paid="paid_on: 2022-03-16")).added is None


def test_more_paid_than_the_fine_adds_nothing_below_zero(
    rules: lawengine.Rules, tmp_path: Path
) -> None:
    lists = "part_payments: [{amount: 90000 yuan, paid_on: 2022-03-10}]\n        contests: []"

    assert payment(decided(rules, tmp_path, lists=lists)).added is None


def test_the_sum_stands_in_every_form(rules: lawengine.Rules, tmp_path: Path) -> None:
    decision = decided(rules, tmp_path, on="2022-04-10")
    book = rules.rulebook
    data = json.loads(timeline_json(decision, book))
    (duty,) = (one for one in data["duties"] if one["status"] == "APL.payment")
    found = payment(decision)

    assert found.added is not None
    assert found.added.amount == Known(1_500_000)
    assert duty["late_adds"] == {
        "fen": 1_500_000,
        "law": ["APL-2021 art 72(1)(1)", "APL-2021 art 73(3)"],
        "unverified": None,
    }
    text = {
        language: " ".join(
            line.plain for line in timeline_lines(decision, book, language, full=True, width=200)
        )
        for language in ("en", "zh")
    }
    assert "its lateness adds 15,000 yuan" in text["en"]
    assert "late fine of a day: 3 %" in text["en"]
    assert "comes to 25" in text["en"]
    assert "逾期加处 1.5万元" in text["zh"]
    assert "计得25" in text["zh"]
    calendar = timeline_ics(decision, book).replace("\r\n ", "")
    assert "its lateness adds: 15\\,000 yuan" in calendar
