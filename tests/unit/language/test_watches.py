"""Groups, at least so many of several, and watches: what is read, and what is refused."""

from __future__ import annotations

import datetime

import pytest

from lawengine.base.source import Source
from lawengine.deciding.decide import decide
from lawengine.language.lower import Lowered, lower
from lawengine.language.parse import parse
from lawengine.model.expressions import Value
from lawengine.model.statuses import StatusState
from lawengine.tables.table import table_of
from tests.agreement.order_tables import VOCABULARY, rulebook

DAY = datetime.date(2020, 2, 2)


def lowered(text: str) -> Lowered:
    parsed = parse(Source("demo.law", VOCABULARY + text))
    assert parsed.diagnostics == ()
    return lower([parsed.tree], {"DEMO-2020": "DEMO-2020"})


def watch(when: str, more: str = "") -> str:
    return f"""
watch demo.look of party "Look" / "关注"
  dated by case.decided_on
  version from 2020-01-01
    law DEMO-2020 art 1
    when {when}
{more}"""


@pytest.mark.parametrize(
    ("when", "more", "code"),
    [
        ("(largest group of order alike in party.age) at least 1", "", "LAW280"),
        ("(number of groups of order alike in limit) at least 1", "", "LAW280"),
        ("(number of groups of order alike in order.none) at least 1", "", "LAW201"),
        ("(largest group of nothing alike in order.area) at least 1", "", "LAW213"),
        ("at least 3 of (party.known, party.age at least 1)", "", "LAW281"),
        ("at least 0 of (party.known, party.age at least 1)", "", "LAW281"),
        ("at least 5 yuan of (party.known, party.age at least 1)", "", "LAW204"),
        ("at least 1 of (party.known, party.age)", "", "LAW204"),
        ("(count of order) at least 40 %", "", "LAW204"),
        ("(count of order) at least part", "", "LAW204"),
        ("party.known", "    lasts 3 years from case.decided_on\n", "LAW246"),
        ("party.known", "    removed where party.known\n", "LAW246"),
        ("act.ended_on is 2020-01-01", "", "LAW207"),
    ],
)
def test_what_says_nothing_is_refused(when: str, more: str, code: str) -> None:
    assert [found.code for found in lowered(watch(when, more)).diagnostics] == [code]


def states(text: str, values: list[Value | None] | None) -> dict[str, StatusState]:
    book = rulebook(VOCABULARY + text)
    fact = book.vocabulary.fact("order", "area")
    table = table_of("x", ["S"] * len(values or [""]), {"area": (fact, values or [""])})
    rows = None if values is None else table.rows(0)
    decided = decide(table.case(0, DAY, book.vocabulary, rows), book).decision
    assert decided is not None
    (respondent,) = decided.respondents
    found = {one.name: one.state for one in respondent.statuses}
    return found | dict.fromkeys(respondent.unasked, StatusState.UNDETERMINED)


BAR = """
benefit demo.green of party "Green" / "绿色"
  dated by case.decided_on
  version from 2020-01-01
    law DEMO-2020 art 2
    when not party.known
    unless listed anywhere
    lasts from case.decided_on
list demo.black of party "Black" / "黑名单"
  dated by case.decided_on
  version from 2020-01-01
    law DEMO-2020 art 3
    when party.known
    lasts from case.decided_on
"""


def test_whoever_is_watched_stands_on_no_list_and_keeps_every_benefit() -> None:
    text = watch("(largest group of order alike in order.area) at least 2") + BAR
    found = states(text, ["x", "x"])

    assert found["demo.look"] is StatusState.WATCHED
    assert found["demo.green"] is StatusState.GRANTED
    assert found["demo.black"] is StatusState.NOT_LISTED


def test_a_watch_asks_for_another_watch_by_its_name() -> None:
    text = watch("(count of order) at least 2") + watch("demo.look watched").replace(
        "watch demo.look", "watch demo.again"
    )

    assert states(text, ["x", "y"])["demo.again"] is StatusState.WATCHED
    assert states(text, ["x"])["demo.again"] is StatusState.NOT_WATCHED


def test_a_file_without_orders_leaves_the_watch_unasked_and_says_nothing_of_it() -> None:
    text = watch("(count of order) at least 2")
    book = rulebook(VOCABULARY + text)
    table = table_of("x", ["S"], {})
    decided = decide(table.case(0, DAY, book.vocabulary, None), book).decision

    assert decided is not None
    assert decided.respondents[0].statuses == ()
    assert decided.respondents[0].unasked == ("demo.look",)
    assert states(text, [])["demo.look"] is StatusState.NOT_WATCHED


def test_what_is_open_of_an_order_leaves_the_watch_open() -> None:
    text = watch("(largest group of order alike in order.area) at least 2")

    assert states(text, ["x", None])["demo.look"] is StatusState.UNDETERMINED
    assert states(text, ["x", "x", None])["demo.look"] is StatusState.WATCHED
