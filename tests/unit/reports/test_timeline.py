"""The timeline: what is due when, what is late, what was done."""

import json
from typing import Any

from lawengine.deciding.decision import Decision
from lawengine.model.statuses import StatusState
from lawengine.reports.timeline import (
    counted,
    timeline,
    timeline_ics,
    timeline_json,
    timeline_lines,
    undated,
)
from tests import statuses as st

BOOK = st.rulebook(st.payment())
PENALTIES: list[dict[str, Any]] = [
    {"served": "2011-06-01", "paid": False},
    {"served": "2011-05-20", "paid": False},
    {"served": "2011-04-01", "paid": True, "paid_on": "2011-04-20"},
    {"paid": False},
    {"served": "2011-07-01"},
]


def decision(on: str = "2011-06-10", days: st.Days | None = None) -> Decision:
    found = st.decided(BOOK, {"penalties": PENALTIES}, on, days or st.Days()).decision
    assert found is not None
    return found


def test_duties_stand_by_their_last_day_and_those_without_one_last() -> None:
    found = [(due.status.instance[-2], due.status.state) for due in timeline(decision())]

    assert found == [
        ("3", StatusState.DISCHARGED),
        ("2", StatusState.BREACHED),
        ("1", StatusState.DUE),
        ("4", StatusState.UNDETERMINED),
    ]


def test_the_counts() -> None:
    found = counted(timeline(decision()))

    assert list(found.values()) == [1, 1, 1, 1, 0]
    assert next(iter(found)) is StatusState.BREACHED


def test_the_text_in_both_languages() -> None:
    english, chinese = (
        "\n".join(line.plain for line in timeline_lines(decision(), BOOK, language))
        for language in ("en", "zh")
    )

    assert "1 overdue, 1 to be done, 1 open, 1 done" in english
    assert "Pay · respondents[1].penalties[3]: done, but late" in english
    assert "since 2011-05-20 · last day 2011-06-06" in english
    assert "逾期1项，应履行1项，未定1项，已履行1项" in chinese
    assert "已履行，但逾期" in chinese


def test_a_case_without_duties_says_so() -> None:
    found = st.decided(st.rulebook(), {}).decision
    assert found is not None

    lines = [line.plain for line in timeline_lines(found, st.rulebook())]
    assert lines[-1] == "No duty is owed, as far as the file says."


def test_the_data() -> None:
    data = json.loads(timeline_json(decision(), BOOK))

    assert data["counts"] == {
        "breached": 1,
        "due": 1,
        "undetermined": 1,
        "discharged": 1,
        "lapsed": 0,
    }
    assert [duty["due"] for duty in data["duties"]] == [
        "2011-04-18",
        "2011-06-06",
        "2011-06-16",
        None,
    ]
    assert data["duties"][0]["late"] is True
    assert data["duties"][0]["respondent"] == "respondents[1]"


def test_a_file_silent_on_penalties_says_what_could_not_be_asked() -> None:
    found = st.decided(BOOK, {}).decision
    assert found is not None

    assert json.loads(timeline_json(found, BOOK))["unasked"] == {"respondents[1]": ["pay"]}


def test_the_calendar_holds_every_duty_with_a_day() -> None:
    text = timeline_ics(decision(), BOOK)

    assert text.count("BEGIN:VEVENT") == 3
    assert undated(decision()) == 1
    assert "DTSTART;VALUE=DATE:20110606\r\n" in text
    assert "SUMMARY:OVERDUE and not done: Pay" in text
    assert text.count("DTSTAMP:20110610T000000Z") == 3
    assert text == timeline_ics(decision(), BOOK)


def test_a_day_within_bounds_is_tentative() -> None:
    text = timeline_ics(decision("2011-06-02", st.Days(years=[])), BOOK)

    assert "STATUS:TENTATIVE" in text
    assert "SUMMARY:not before this day: Pay" in text


def test_entries_keep_their_names_from_day_to_day() -> None:
    names = [
        {line for line in timeline_ics(decision(on), BOOK).split("\r\n") if line[:4] == "UID:"}
        for on in ("2011-06-10", "2011-06-20")
    ]

    assert names[0] == names[1]
