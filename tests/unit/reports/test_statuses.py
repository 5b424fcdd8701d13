"""Lists, benefits and duties in reports: the state first, its days, what it brings, and why."""

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from lawengine.base.label import Label, Language
from lawengine.reports.rendering import Format, render
from lawengine.reports.schema import decision_schema
from tests import small
from tests import statuses as st

PARTY: dict[str, Any] = {
    "penalties": [
        {
            "decided": "2010-03-01",
            "heavy": True,
            "mended": True,
            "removed_on": "2010-12-01",
            "served": "2011-05-20",
            "paid": False,
        }
    ],
    "applications": [{"applied": "2011-01-01", "clean": True}],
}
BOOK = st.rulebook(st.black_list(), st.green_channel(), st.payment())


def rendered(party: dict[str, Any], format_: Format, language: Language = "en") -> str:
    decision = st.decided(BOOK, party, "2011-06-10", st.Days()).decision
    assert decision is not None
    return render(decision, BOOK, format_, language)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "Lists, benefits, duties",
                "List: Black · respondents[1].penalties[1]: listed (GEN-2000 art 5)",
                "since 2010-03-01 · until 2013-03-01 · removable from 2011-03-01",
                "What it brings: Key supervision",
                "Refused, too early: removal is allowed only from 2011-03-01",
                "not granted, although its conditions are met:",
                "Duty: Pay · respondents[1].penalties[1]: OVERDUE and not done",
                "since 2011-05-20 · last day 2011-06-06",
                "A breach opens: R",
                "2011-06-04 is no working day: the end moves to 2011-06-06",
            ],
        ),
        (
            "zh",
            [
                "名单、激励与义务",
                "名单：black名 · respondents[1].penalties[1]：在列",
                "可移出之日 2011年3月1日",
                "不予移出，时间过早：2011-03-01起方可移出",
                "条件具备，但不予适用：已被列入“black名”",
                "逾期未履行",
            ],
        ),
    ],
)
def test_the_terminal(language: Language, expected: list[str]) -> None:
    text = rendered(PARTY, "text", language)

    for words in expected:
        assert words in text


@pytest.mark.parametrize("format_", ["md", "html"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages_say_the_same(format_: Format, language: Language) -> None:
    text = rendered(PARTY, format_, language)

    wanted = ["Key supervision", "OVERDUE"] if language == "en" else ["重点监管", "逾期未履行"]
    for words in [*wanted, "2011"]:
        assert words in text


def test_what_does_not_apply_is_not_shown() -> None:
    party = {"penalties": [{"decided": "2010-03-01", "heavy": False, "served": "2012-01-01"}]}

    assert "List: Black" not in rendered(party, "text")
    assert "Duty" not in rendered(party, "text")


def test_what_is_open_is_shown_with_what_it_lacks() -> None:
    text = rendered({"penalties": [{"decided": "2010-03-01"}]}, "text")

    assert "OPEN (not listed / listed / removed)" in text
    assert "Still needed: Heavy; Mended; Removed on" in text


def test_a_hostile_label_is_text_in_every_format() -> None:
    bad = Label("<script>alert(1)</script> `x` [a](b)", "<b>\x1b[31m")
    status = replace(st.black_list(), label=bad)
    book = st.rulebook(status)
    decision = st.decided(book, PARTY, "2011-06-10").decision
    assert decision is not None

    assert "<script>" not in render(decision, book, "html", "en")
    assert "[a](b)" not in render(decision, book, "md", "en")
    assert "\x1b" not in render(decision, book, "text", "zh")


def test_the_json_validates_and_holds_every_state() -> None:
    data = json.loads(rendered(PARTY, "json"))

    jsonschema.validate(data, decision_schema())
    found = data["respondents"][0]["statuses"]
    assert [(one["status"], one["state"]) for one in found] == [
        ("black", "listed"),
        ("green", "not_granted"),
        ("pay", "breached"),
    ]
    assert found[0]["earliest_removal"] == "2011-03-01"
    assert found[1]["barred"] == {
        "en": "stands on the list “Black”",
        "zh": "已被列入“black名”",
    }
    assert (found[2]["deadline"], found[2]["late"], found[2]["triggers"]) == (
        "2011-06-06",
        False,
        ["R"],
    )
    assert data["statuses"] == []


def test_a_deadline_within_bounds_stands_so_in_the_json() -> None:
    decision = st.decided(BOOK, PARTY, "2011-06-10").decision
    assert decision is not None

    data = json.loads(render(decision, BOOK, "json"))

    (duty,) = (s for s in data["respondents"][0]["statuses"] if s["status"] == "pay")
    assert duty["deadline"] == {"from": "2011-06-04", "to": None}
    assert duty["possible"] == ["due", "breached"]


KINDS = ("business_suspended", "business_restricted", "barred", "downgraded", "licence_revoked")
FINED: dict[str, Any] = {
    "decided_on": "2026-02-01",
    "published_on": "2026-02-10",
    "decided_by": "market_supervision",
    "fine_amount": 8_000_000,
    "confiscated": 0,
    "step": "ordinary_step",
    "area": "market_order",
    **dict.fromkeys((*KINDS, "closed", "other_heavier", "permit_suspended"), False),
}


@pytest.mark.parametrize(
    ("language", "name", "pointer"),
    [("en", "minor penalty", " (as explained above)"), ("zh", "轻微处罚", "（理由同上）")],
)
def test_a_definition_is_explained_once(language: Language, name: str, pointer: str) -> None:
    book = small.shipped()
    decision = st.decided(book, {"penalties": [FINED]}, "2026-03-20", small.shipped_days()).decision
    assert decision is not None

    text = render(decision, book, "text", language, full=True)

    shown = [line.strip("│ └├─✗") for line in text.splitlines() if f"✗ {name}" in line]
    explained, pointed = shown[:2]
    assert not explained.startswith(f"{name}{pointer}")
    assert pointed.startswith(f"{name}{pointer}")
