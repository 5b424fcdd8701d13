"""Duties whose breach is no missed day: which they are, and that dates alone make none."""

from __future__ import annotations

import pytest

from lawengine.model.keeping import broken_for_good
from lawengine.model.statuses import StatusKind
from tests import small


def of(body: str, more: str = "") -> list[bool]:
    """Return what is told of each version of a duty over penalties."""
    text = f"""{more}
duty D of penalty
  dated by penalty.decided
  version from 2000-01-01
    law GEN-2000 art 1
    {body}
"""
    book = small.rulebook(text)
    return [broken_for_good(one, book.definitions) for one in book.statuses["D"].versions]


FOR_GOOD = [
    "due before penalty.served + 1 day\n    discharged on penalty.served where penalty.heavy",
    (
        "due before penalty.served\n    discharged on penalty.paid_on where "
        "penalty.paid_on before penalty.served"
    ),
    (
        "due before penalty.served + 1 day\n    discharged on penalty.paid_on where "
        "penalty.heavy and penalty.served at least penalty.paid_on"
    ),
    "due before held_to\n    discharged on owed_to where not penalty.heavy",
]
MISSED = [
    "due before penalty.served + 1 day\n    discharged on penalty.paid_on",
    "due before penalty.served + 1 day\n    discharged on penalty.paid_on where penalty.heavy",
    "due 15 days from penalty.served\n    discharged on penalty.served where penalty.heavy",
    (
        "due before penalty.served + 1 day\n    discharged on penalty.paid_on where "
        "penalty.paid_on at least penalty.served"
    ),
    (
        "due before penalty.served + 1 day\n    discharged on penalty.paid_on where "
        "penalty.heavy or penalty.paid_on before penalty.served"
    ),
    (
        "due before penalty.served + 1 day\n    discharged on penalty.served where penalty.heavy\n"
        "    discharged on penalty.paid_on"
    ),
]
DAYS = """
define owed_to of penalty "Owed to" as penalty.served + 3 years rounded down
define held_to of penalty "Held to" as
  if penalty.heavy then penalty.paid_on
  otherwise owed_to + 1 day
"""


@pytest.mark.parametrize("body", FOR_GOOD)
def test_what_lies_on_a_day_fixed_beforehand_is_kept_or_broken(body: str) -> None:
    assert of(body, DAYS) == [True]


@pytest.mark.parametrize("body", MISSED)
def test_what_can_be_done_late_is_overdue(body: str) -> None:
    assert of(body, DAYS) == [False]


def test_of_the_law_these_are_kept_or_broken() -> None:
    book = small.shipped()
    found = {
        name
        for name, status in book.statuses.items()
        if status.kind is StatusKind.DUTY
        and any(broken_for_good(one, book.definitions) for one in status.versions)
    }

    assert found == {
        "CBI.risk_notice",  # agreed to before the order, or never
        "GACC.old_entry_made_good",  # made good before a day of the calendar
        "PIPL.ground", "PIPL.access_right",  # a look has a ground when it is taken
        "PIPL.assessment_kept", "FSL.records_kept", "ECL.records_kept", "NBPI.keep_data",
        "NBPI.kept_to_the_end",  # what is destroyed early does not come back
        "CREDIT.basis",  # a measure rests on law when it is taken
        "CI.keyed",  # a record is found by the key under which it was entered
        "PIPL.consent_to_share", "PIPL.consent_to_publish", "PIPL.within_powers", "PIPL.masked",
        "NDRC.no_repaired_information",  # what was passed on cannot be called back
    }  # fmt: skip
    assert not broken_for_good(None, book.definitions)
