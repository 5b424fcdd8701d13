"""Every list and benefit of the shipped rules walks its whole life in scenarios.

Each condition is left out, each bound and each term moved by its smallest step, each way out taken
away; a scenario must then fail. So an entry that just misses a condition, a removal a day too
early, the last day of a term and the day after are all expected somewhere, in some version.
"""

from dataclasses import replace

import pytest

from lawengine.model import scenarios as sc
from lawengine.model.statuses import EndingKind, StatusKind, StatusState
from tests import shortcuts as walks
from tests import small

LEFT = {
    # What vetoes the grade of a shop bars it and leads it out as well: the grade says so already.
    "CE.admission": 3,
    "CE.exit": 2,
    # Neither list lets go within the year for which an admission holds.
    "CBI.platform_entry": 2,
    # Who was granted nothing and is listed has lost nothing: it has no line either way.
    "EF.access": 1,
    # The longer wait asks for the fields in which the shorter one is closed; elsewhere the shorter
    # one has ended the display. Fraud that was found on a day was fraud.
    "SAMR.display_three_years": 2,
    "NDRC.display_three_years": 1,
}
"""How many kinds of shortcut no scenario can refuse: the rules say the same thing twice there."""


@pytest.mark.parametrize("name", [*walks.walked(), *walks.users(small.shipped())])
def test_scenarios_refuse_every_shortcut(name: str) -> None:
    left = walks.kinds_left(name, walks.reader())

    assert len(left) == LEFT.get(name, 0), left


@pytest.mark.parametrize("name", walks.walked())
def test_a_life_has_its_beginning_its_refusal_and_each_of_its_ends(name: str) -> None:
    book = small.shipped()
    status = book.statuses[name]
    kinds = {one.kind for version in status.versions for one in version.endings}
    listed = status.kind is StatusKind.LIST
    wanted = (
        {StatusState.LISTED, StatusState.NOT_LISTED}
        if listed
        else {StatusState.GRANTED, StatusState.NOT_GRANTED}
    )
    wanted |= {StatusState.REMOVED} if EndingKind.REMOVED in kinds else set()
    wanted |= {StatusState.LOST} if EndingKind.LOST in kinds else set()
    if any(version.term is not None for version in status.versions):
        wanted |= {StatusState.EXPIRED}

    expected = {
        one.state
        for scenario in book.scenarios
        for one in scenario.expectations
        if isinstance(one, sc.ExpectStatus) and one.status == name
    }

    assert wanted - expected == set()


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (StatusState.EXPIRED, "lasts +1 day"),
        (StatusState.REMOVED, "removed: gone"),
        (StatusState.REMOVED, "removed: after +1 day"),
        (StatusState.LISTED, "removed: after -1 day"),
        (StatusState.LISTED, "lasts -1 day"),
        (StatusState.NOT_LISTED, "when: listing.serious_dishonesty taken as True"),
    ],
)
def test_without_its_scenarios_a_shortcut_is_seen(state: StatusState, kind: str) -> None:
    book, name = small.shipped(), "MOFCOM.joint_punishment"

    def kept(scenario: sc.Scenario) -> bool:
        found = (one for one in scenario.expectations if isinstance(one, sc.ExpectStatus))
        return not any((one.status, one.state) == (name, state) for one in found)

    fewer = replace(book, scenarios=tuple(one for one in book.scenarios if kept(one)))

    assert kind in walks.kinds_left(name, walks.Reader(fewer))
    assert kind not in walks.kinds_left(name, walks.reader())
