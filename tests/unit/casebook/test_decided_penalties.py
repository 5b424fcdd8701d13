"""Case files tell of penalties that were decided and of what a party applies for."""

from __future__ import annotations

import datetime

import pytest

from lawengine.base.source import Source
from lawengine.casebook import read_case
from lawengine.deciding.decide import decide
from lawengine.evaluation.facts import Instance, Known
from tests import small

CASE = """\
case: fined-before
decided_on: 2022-06-01
respondents:
  - name: agency
    nature: legal_person
    integrity_model: yes
    penalties:
      - decided_on: 2022-02-20
        served_on: 2022-03-01
        fine_amount: 20_000 yuan
        step: heavier_step
        area: market_order
        paid: yes
        paid_on: 2022-03-10
      - decided_on: 2021-01-01
    applications:
      - kind: green_channel
        applied_on: 2022-05-01
    acts:
      - kind: organising_fake_transactions
        ended_on: 2022-01-10
"""
CHINESE = (
    CASE.replace("penalties:", "行政处罚:")
    .replace("fine_amount", "处罚决定的罚款数额")
    .replace("heavier_step", "从重处罚阶次")
    .replace("applications:", "申请事项:")
    .replace("applied_on", "申请日")
)


def party_of(text: str) -> Instance:
    found = read_case(Source("x.yaml", text), small.shipped())
    assert found.diagnostics == ()
    assert found.case is not None
    return found.case.facts.root.children["party"][0]


@pytest.mark.parametrize("text", [CASE, CHINESE])
def test_penalties_and_applications_are_read_in_either_language(text: str) -> None:
    party = party_of(text)
    first, second = party.children["penalty"]
    (application,) = party.children["application"]

    known = {name: entry.domain for name, entry in first.facts.items()}
    assert known["fine_amount"] == Known(2_000_000)
    assert known["step"] == Known("heavier_step")
    assert known["served_on"] == Known(datetime.date(2022, 3, 1))
    assert set(second.facts) == {"decided_on"}
    assert application.facts["applied_on"].domain == Known(datetime.date(2022, 5, 1))


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("paid_on: 2022-03-10", "paid_on: 2022-02-10", "penalties[1].paid_on"),
        ("served_on: 2022-03-01", "served_on: 2022-02-19", "penalties[1].served_on"),
        ("decided_on: 2021-01-01", "decided_on: 2022-06-02", "penalties[2].decided_on"),
        ("applied_on: 2022-05-01", "applied_on: 2022-06-02", "applications[1].applied_on"),
    ],
)
def test_days_that_cannot_be_are_told(old: str, new: str, path: str) -> None:
    assert old in CASE
    found = read_case(Source("x.yaml", CASE.replace(old, new)), small.shipped())
    assert found.case is not None
    told = decide(found.case.facts, small.shipped()).diagnostics

    assert [d.code for d in told] == ["LAW550"]
    assert path in str(told[0].words["path"])


def test_penalties_of_the_past_change_no_fine_of_today() -> None:
    book = small.shipped()
    facts = [read_case(Source("x.yaml", text), book).case for text in (CASE, _bare())]
    fines = [
        [branch.fine for branch in act.branches]
        for case in facts
        if case is not None and (decision := decide(case.facts, book).decision) is not None
        for act in decision.acts()
    ]

    assert fines[0] == fines[1] != []


def _bare() -> str:
    head, _, rest = CASE.partition("    penalties:\n")
    return head + rest[rest.index("    acts:") :]
