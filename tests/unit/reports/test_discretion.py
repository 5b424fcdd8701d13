"""Recommendations and figures as readers and programs get them."""

from __future__ import annotations

import jsonschema
import pytest

from lawengine.base.label import Label, Language
from lawengine.deciding.decide import decide
from lawengine.deciding.decision import Decision
from lawengine.deciding.recommended import Figure
from lawengine.model.rulebook import Rulebook
from lawengine.reports import decision_data, render, schema
from lawengine.reports.rendering import Format
from lawengine.statutes import Library
from tests.small import case

ACT = {
    "kind": "organising_fake_transactions",
    "helped_others": True,
    "serious": False,
    "ended_on": "2023-05-10",
    "discovered_on": "2023-06-01",
}
WHY = Label("the shop was young", "店铺新设")


def told(rulebook: Rulebook, fen: int, *grounds: Label, region: str = "unknown") -> Decision:
    facts = case(rulebook, ACT, decided_on="2025-09-01", region=region)
    figure = Figure("respondents[1]", "", fen, fen, proposed=True, grounds=grounds)
    found = decide(facts, rulebook, figures=[figure]).decision
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "Recommended: ordinary, above 440,000 yuan, below 760,000 yuan",
                "Proposed fine: 300,000 yuan",
                "inside the lawful range, in another step; step: lighter; called for: ordinary",
                "a written ground is missing",
                "LAW722",
            ],
        ),
        (
            "zh",
            [
                "裁量建议：一般处罚，超过44万元，不满76万元",
                "拟处罚款：30万元",
                "在法定幅度内，不在应当适用的阶次；所在阶次：从轻处罚；应当适用：一般处罚",
                "缺少书面理由",
                "LAW722",
            ],
        ),
    ],
)
@pytest.mark.parametrize("format_", ["text", "md", "html"])
def test_the_reader_sees_recommendation_figure_and_what_is_missing(
    rulebook: Rulebook,
    library: Library,
    format_: Format,
    language: Language,
    expected: list[str],
) -> None:
    page = render(told(rulebook, 30_000_000), rulebook, format_, language, library=library)
    flat = " ".join(page.split()) if language == "en" else "".join(page.split())

    for words in expected:
        assert (words if language == "en" else words.replace(" ", "")) in flat


def test_a_written_ground_is_shown(rulebook: Rulebook, library: Library) -> None:
    page = render(told(rulebook, 30_000_000, WHY), rulebook, "text", "en", library=library)

    assert "Written ground: the shop was young" in page
    assert "a written ground is missing" not in page


def test_the_arithmetic_stands_among_the_reasons(rulebook: Rulebook, library: Library) -> None:
    page = render(told(rulebook, 50_000_000), rulebook, "text", "en", library=library)

    assert "The lowest 30 % of 800,000 yuan are 240,000 yuan: the lighter step" in page
    assert "SAMRD-2022" in page.partition("Law")[2]


def test_the_data_hold_steps_placing_and_finding(rulebook: Rulebook) -> None:
    data = decision_data(told(rulebook, 30_000_000), rulebook)
    jsonschema.Draft202012Validator(schema.decision_schema()).validate(data)
    (respondent,) = data["respondents"]
    (branch,) = respondent["acts"][0]["branches"]
    (line,) = branch["recommended"]
    (figure,) = respondent["figures"]

    assert line["called"] == ["ordinary_step"]
    assert (line["low_fen"], line["high_fen"], line["amount_fen"]) == (44_000_001, 75_999_999, None)
    assert [(one["step"], one["low_fen"], one["high_fen"]) for one in line["steps"]] == [
        ("reduced_step", None, 19_999_999),
        ("lighter_step", 20_000_000, 44_000_000),
        ("ordinary_step", 44_000_001, 75_999_999),
        ("heavier_step", 76_000_000, 100_000_000),
    ]
    assert figure["ground_missing"]
    assert [one["code"] for one in figure["findings"]] == ["LAW722"]
    assert [(one["placing"], one["steps"], one["finding"]) for one in figure["placed"]] == [
        ("other_step", ["lighter_step"], "LAW722")
    ]


def test_steps_are_named_like_those_of_decided_penalties(rulebook: Rulebook) -> None:
    from lawengine.model.standards import DiscretionStep

    members = rulebook.vocabulary.choices["penalty.step"].members

    assert [member.name for member in members] == [step.value for step in DiscretionStep]
