"""The procedure of a penalty: one file from the lead to the court, and files that say nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import lawengine
from lawengine.base.truth import Truth
from lawengine.deciding.decision import Decision
from lawengine.evaluation.domains import bounds
from lawengine.model.statuses import StatusKind
from lawengine.reports.timeline import timeline

WHOLE_LIFE = {
    "SAMR.filing": ("discharged", "2024-03-22", Truth.FALSE),
    "SAMR.hearing_request": ("discharged", "2024-05-16", Truth.TRUE),
    "APL.hearing_notice": ("discharged", "2024-05-24", Truth.FALSE),
    "SAMR.decision": ("discharged", "2024-06-18", Truth.TRUE),
    "APL.prior_notice": ("discharged", "2024-06-24", Truth.FALSE),
    "APL.service": ("discharged", "2024-07-04", Truth.FALSE),
    "SAMR.publicity": ("discharged", "2024-07-23", Truth.FALSE),
    "APL.payment": ("breached", "2024-07-19", Truth.FALSE),
    "ARL.application": ("lapsed", "2024-09-02", Truth.FALSE),
    "ALL.suit": ("lapsed", "2025-01-06", Truth.FALSE),
    "ACL.demand": ("breached", "2025-02-24", Truth.FALSE),
    "ACL.application": ("due", "2025-04-07", Truth.FALSE),
}
"""State, last day and lateness of each duty, the days counted by hand with the notices of 2024 and
2025: 2024-05-11 is worked, 2025-04-04 to 04-06 are days off."""


@pytest.fixture(scope="module")
def folder() -> Path:
    return Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def rules() -> lawengine.Rules:
    return lawengine.load()


def decided(rules: lawengine.Rules, path: Path) -> Decision:
    return lawengine.decide(path, rules)


def test_the_whole_life_of_a_fine(rules: lawengine.Rules, folder: Path) -> None:
    found = decided(rules, folder / "tests" / "fixtures" / "procedure" / "whole-life.yaml")
    duties = {
        due.status.name: (due.status.state.value, str(bounds(due.known)[1]), due.status.late)
        for due in timeline(found)
    }

    assert duties == WHOLE_LIFE


def names_penalties(path: Path) -> bool:
    """Whether a case file names penalties of a party, whose procedure can be asked for."""
    return "    penalties:\n" in path.read_text(encoding="utf-8")


# Other tests tell the coverage; watching all this line by line would only take minutes.
@pytest.mark.no_cover
def test_files_without_a_procedure_are_asked_nothing(rules: lawengine.Rules, folder: Path) -> None:
    silent = [
        path for path in sorted((folder / "casebook").glob("*.yaml")) if not names_penalties(path)
    ]
    decisions = [decided(rules, path) for path in silent]

    assert len(decisions) > 30
    assert [timeline(found) for found in decisions] == [()] * len(decisions)
    assert not any(
        status.kind is StatusKind.DUTY for found in decisions for status in found.all_statuses()
    )


def test_published_penalties_are_asked_for_their_procedure(
    rules: lawengine.Rules, folder: Path
) -> None:
    named = [path for path in sorted((folder / "casebook").glob("*.yaml")) if names_penalties(path)]

    assert {path.stem: bool(timeline(decided(rules, path))) for path in named} == {
        path.stem: True for path in named
    }
    assert named
