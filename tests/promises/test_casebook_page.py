"""The page on the casebook: its two examples are one case, and every key and verdict is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lawengine.base.source import Source
from lawengine.casebook import (
    STATUS_VERDICT_LABELS,
    CaseFile,
    StatusVerdict,
    read_case,
    run_case,
)
from lawengine.casebook.blocks import CHINESE_KEYS
from lawengine.casebook.published import KEY_OF
from lawengine.casebook.published_sections import STATUS_KEYS
from tests import small

PAGE = Path(__file__).parents[2] / "docs" / "casebook.md"


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def examples(page: str) -> list[CaseFile]:
    found = []
    for block in re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        read = read_case(Source("page.yaml", block), small.shipped())
        assert [(one.code, one.message("en")) for one in read.diagnostics] == []
        assert read.case is not None
        found.append(read.case)
    return found


def test_the_examples_say_the_same_in_both_languages(examples: list[CaseFile]) -> None:
    english, chinese = examples

    assert english.statuses == chinese.statuses
    assert len(english.statuses) == 7
    assert [(one.path, one.name) for one in english.facts.instances()] == [
        (one.path.replace("当事人", "respondents"), one.name) for one in chinese.facts.instances()
    ]


def test_the_examples_show_what_is_open_and_not_known(examples: list[CaseFile]) -> None:
    for case in examples:
        verdicts = {one.verdict for one in run_case(case, small.shipped()).statuses}
        assert {StatusVerdict.OPEN, StatusVerdict.NOT_KNOWN} <= verdicts


def test_every_key_and_verdict_is_named(page: str) -> None:
    for kind, key in KEY_OF.items():
        assert f"| `{key}` {CHINESE_KEYS[key]} |" in page
        row = next(line for line in page.splitlines() if line.startswith(f"| `{key}` "))
        assert all(f"`{name}" in row for name in STATUS_KEYS[kind].optional), key
    for label in STATUS_VERDICT_LABELS.values():
        assert f"| {label.en} {label.zh} |" in page
