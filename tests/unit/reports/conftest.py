"""What the tests of reports share: the shipped law, and small cases decided under it."""

import datetime
from pathlib import Path

import pytest

from lawengine.base.label import Label
from lawengine.deciding.decide import decide
from lawengine.deciding.decision import Decision
from lawengine.evaluation.facts import Entry, Evidence, Known
from lawengine.model.rulebook import Rulebook
from lawengine.reports.naming import Names
from lawengine.statutes import Library
from lawengine.workspace import Places, Workspace, open_workspace
from tests.unit.reports.samples import Facts, case_of


@pytest.fixture(scope="session")
def workspace() -> Workspace:
    return open_workspace(Places())


@pytest.fixture(scope="session")
def rulebook(workspace: Workspace) -> Rulebook:
    return workspace.rulebook


@pytest.fixture(scope="session")
def library(workspace: Workspace) -> Library:
    return workspace.library


@pytest.fixture(scope="session")
def english(rulebook: Rulebook, library: Library) -> Names:
    return Names(rulebook, library, "en")


@pytest.fixture(scope="session")
def chinese(rulebook: Rulebook, library: Library) -> Names:
    return Names(rulebook, library, "zh")


def settled(decision: Decision | None) -> Decision:
    assert decision is not None
    return decision


SERIOUS = Entry(
    Known(value=True),
    evidence=Evidence(
        source="record of 3 March",
        on="2020-09-01",
        recorded_by="case handling office",
        because="many buyers were misled",
        evidence="order data",
        law="AUCL-2019 art 20(1)",
    ),
)
ONE_DAY = Known(datetime.date(2020, 6, 18))
TITLE = Label("A sample", "示例")


@pytest.fixture(scope="session")
def branched(rulebook: Rulebook) -> Decision:
    """Return a decision with one act that hangs on an open judgement."""
    facts: Facts = {"ended_on": ONE_DAY, "helped_others": Known(value=True)}
    case = case_of(("agency", [("brushing", facts)]), decided=Known(datetime.date(2020, 12, 1)))
    return settled(decide(case, rulebook, title=TITLE).decision)


@pytest.fixture(scope="session")
def serious(rulebook: Rulebook) -> Decision:
    """Return a decision with a recorded judgement and two acts of one party."""
    facts: Facts = {
        "ended_on": ONE_DAY,
        "helped_others": Known(value=True),
        "serious": SERIOUS,
    }
    acts: list[tuple[str, Facts]] = [("one", facts), ("two", facts)]
    case = case_of(("agency", acts), decided=Known(datetime.date(2020, 12, 1)))
    return settled(decide(case, rulebook, title=TITLE).decision)


@pytest.fixture(scope="session")
def lighter(rulebook: Rulebook) -> Decision:
    """Return a decision to which the lighter later law applies."""
    facts: Facts = {
        "ended_on": Known(datetime.date(2025, 6, 18)),
        "helped_others": Known(value=True),
        "serious": Known(value=False),
        "illegal_gain": Known(5_000_000),
    }
    case = case_of(("agency", [("", facts)]), decided=Known(datetime.date(2025, 10, 27)))
    return settled(decide(case, rulebook, title=TITLE).decision)


@pytest.fixture(scope="session")
def henan_file(checkout: Path) -> Path:
    return checkout / "casebook" / "henan-brushing-2016.yaml"
