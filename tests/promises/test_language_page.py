"""What the page on the language shows is read: each example, in the language it is written in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from lawengine.base.label import Label
from lawengine.base.source import Source
from lawengine.deciding.scenarios import run_scenario
from lawengine.language.keywords import TABLE
from lawengine.language.lower import Lowered, lower
from lawengine.language.parse import parse
from lawengine.model.scenarios import ExpectStatus
from lawengine.model.statuses import StatusKind

EXAMPLE = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def page(checkout: Path) -> str:
    return (checkout / "docs" / "language.md").read_text(encoding="utf-8")


def section(checkout: Path, title: str) -> str:
    return page(checkout).split(f"\n## {title}\n")[1].split("\n## ")[0]


def with_shipped_vocabulary(
    checkout: Path, text: str, instruments: Mapping[str, str] | None = None
) -> Lowered:
    vocabulary = (checkout / "rules" / "vocabulary.law").read_text(encoding="utf-8")
    trees = [parse(Source("page.law", part)).tree for part in (vocabulary, text)]
    return lower(trees, dict(instruments or {}))


def test_every_example_reads_without_a_mistake(checkout: Path) -> None:
    examples = EXAMPLE.findall(page(checkout))
    told = [d.message("en") for text in examples for d in parse(Source("x.law", text)).diagnostics]

    assert len(examples) >= 6
    assert told == []


def test_lists_benefits_and_duties_are_shown_alike_in_both_languages(checkout: Path) -> None:
    english, chinese = EXAMPLE.findall(section(checkout, "Lists, benefits, duties"))
    found = with_shipped_vocabulary(checkout, english)

    assert found.diagnostics == ()
    assert {status.kind for status in found.rulebook.statuses.values()} == set(StatusKind)
    (scenario,) = found.rulebook.scenarios
    assert isinstance(scenario.expectations[0], ExpectStatus)
    assert with_shipped_vocabulary(checkout, chinese).rulebook == found.rulebook


def test_a_discretion_standard_is_shown_alike_in_both_languages(checkout: Path) -> None:
    english, chinese = EXAMPLE.findall(section(checkout, "Discretion standards"))
    instruments = {"市场监管裁量权意见-2022": "SAMRD-2022"}
    found = with_shipped_vocabulary(checkout, english, instruments)
    (standard,) = found.rulebook.standards.values()
    same = with_shipped_vocabulary(checkout, chinese, instruments).rulebook.standards.values()

    assert found.diagnostics == ()
    assert [replace(version, unverified=Label()) for version in standard.versions] == [
        replace(version, unverified=Label()) for one in same for version in one.versions
    ]


@pytest.mark.parametrize(
    "token", ["IN_REGION", "LIGHTER_IS", "HEAVIER_IS", "RECOMMENDS", "BALANCED"]
)
def test_the_table_of_standards_names_the_words_of_both_languages(
    checkout: Path, token: str
) -> None:
    (english,), (chinese,) = TABLE[token]
    text = section(checkout, "Discretion standards")

    assert english in text
    assert chinese in text


@pytest.mark.parametrize(
    "token",
    [
        "LASTS",
        "DUE",
        "MEASURE",
        "REMOVED",
        "LOST",
        "DISCHARGED",
        "TRIGGERS",
        "LISTED_ANYWHERE",
        "WATCH",
    ],
)
def test_the_table_names_the_words_of_both_languages(checkout: Path, token: str) -> None:
    (english,), (chinese,) = TABLE[token]
    text = section(checkout, "Lists, benefits, duties")

    assert f"`{english}" in text
    assert f"`{chinese}" in text


def test_scores_and_grades_are_shown_alike_in_both_languages(checkout: Path) -> None:
    english, chinese = EXAMPLE.findall(section(checkout, "Scores and grades"))
    found = with_shipped_vocabulary(checkout, english)

    assert found.diagnostics == ()
    assert (list(found.rulebook.scores), list(found.rulebook.grades)) == (
        ["demo.points"],
        ["demo.grade"],
    )
    assert with_shipped_vocabulary(checkout, chinese).rulebook == found.rulebook
    (scenario,) = found.rulebook.scenarios
    assert run_scenario(scenario, found.rulebook).failures == ()


@pytest.mark.parametrize(
    "token", ["SCALE", "INDICATOR", "WEIGHT", "VETO", "LEVELS", "RESTS_ON", "BAND", "VETOED"]
)
def test_the_table_names_the_words_of_scores_and_grades(checkout: Path, token: str) -> None:
    (english,), (chinese,) = TABLE[token]
    text = section(checkout, "Scores and grades")

    assert english in text
    assert chinese in text
