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
    "CE.admission": 3,
    "CE.exit": 3,
    "MOF.import_tax_relief": 4,
    "GACC.import_standing": 1,
    "CBI.report_attention": 2,
    "CBI.negative_list": 1,
    "CBI.platform_entry": 7,
    "SAMR.display_three_months": 2,
    "SAMR.display_one_year": 27,
    "SAMR.display_anew": 7,
    "SAMR.display_three_years": 63,
    "NDRC.display_three_months": 4,
    "NDRC.display_one_year": 24,
    "NDRC.display_three_years": 33,
    "EF.access": 5,
    "SC.green_channel": 10,
    "SC.missing_documents": 10,
    "SC.priority": 10,
    "SC.fewer_inspections": 10,
    "SC.credit_finance": 10,
    "SAMR.serious_violations": 3,
    "SAMR.abnormal_operation": 1,
    "GACC.dishonest": 8,
}
"""How many kinds of shortcut no scenario refuses yet: each number may only fall. What is not named
here has none left; most that are left are of displays, whose articles stand several times in one.

Some can be refused by none. Of a benefit `lost where X listed` says nothing more than `X listed
since it was granted`, but for a file that does not say whether it was granted: there it is open
between not granted and lost, and `test_shipped_statuses` holds that it is not granted. Brushing
and counterfeits are vetoes of the shop's grade too. An entry limited for longer than its three
years ends by the later of two ways, so that the earlier one may name the day or not.
"""


@pytest.mark.parametrize("name", (*walks.walked(), *walks.users(small.shipped())))
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
