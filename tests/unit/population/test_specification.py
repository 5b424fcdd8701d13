"""Mistakes in a file of assumptions are told, all at once."""

from pathlib import Path

import pytest

from lawengine.population.specification import read_specification
from tests import small

ASSUMED = 'assumed = { en = "a", zh = "甲" }'
GOOD = f"""
title = {{ en = "t", zh = "题" }}
[sources]
s = {{ en = "s", zh = "源" }}
[groups.g]
title = {{ en = "g", zh = "组" }}
weight = 1
source = "s"
[facts."act.ended_on"]
years = {{ 2024 = 1 }}
{ASSUMED}
"""


def codes(tmp_path: Path, text: str | bytes) -> list[str]:
    path = tmp_path / "p.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found, problems = read_specification(path, small.shipped().vocabulary)
    assert (found is None) is bool(problems)
    for problem in problems:
        assert problem.message("en") and problem.message("zh")  # noqa: PT018 - both languages
    return [problem.code for problem in problems]


def test_a_good_file_has_no_diagnostics(tmp_path: Path) -> None:
    assert codes(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        (GOOD.replace('title = { en = "t", zh = "题" }', ""), "is missing", "缺少该项"),
        (GOOD.replace("weight = 1", "weight = 0"), "should be ", "应"),
        (GOOD.replace("weight = 1", "weight = 1.5"), "should be a whole number", "应为整数"),
        (GOOD + "wrong = 1\n", "is no key that is known here", "此处没有这一项"),
    ],
)
def test_a_wrong_shape_is_told_in_both_languages(
    tmp_path: Path, text: str, english: str, chinese: str
) -> None:
    path = tmp_path / "assumed.toml"
    path.write_text(text, encoding="utf-8")
    (problem,) = read_specification(path, small.shipped().vocabulary)[1]
    assert english in problem.message("en")
    assert chinese in problem.message("zh")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("title = [", "LAW690"),
        (b"\xff", "LAW402"),
        (GOOD.replace('title = { en = "t", zh = "题" }', ""), "LAW691"),
        (GOOD.replace("weight = 1", "weight = 0"), "LAW691"),
        (GOOD.replace("weight = 1", "weight = 1.5"), "LAW691"),
        (GOOD + "wrong = 1\n", "LAW691"),
        (GOOD.replace("act.ended_on", "act.endet_on"), "LAW692"),
        (GOOD.replace("act.ended_on", "order.amount"), "LAW692"),
        (GOOD.replace("years = { 2024 = 1 }", "among = { yes = 1 }"), "LAW693"),
        (GOOD.replace("years = { 2024 = 1 }", "unknown_percent = 5.0"), "LAW693"),
        (GOOD.replace("2024", "20240"), "LAW694"),
        (GOOD + f'[facts."act.kind"]\namong = {{ brushing = 1 }}\n{ASSUMED}\n', "LAW694"),
        (GOOD.replace("2024 = 1", "2024 = 0"), "LAW695"),
        (GOOD + f'[facts."act.turnover"]\nbetween = [5, 1]\n{ASSUMED}\n', "LAW695"),
        (
            GOOD + '[facts."act.began_on"]\n'
            f'after = {{ fact = "act.turnover", days = [0, 1] }}\n{ASSUMED}\n',
            "LAW696",
        ),
        (
            GOOD
            + f'[facts."act.began_on"]\nafter = {{ fact = "act.discovered_on", days = [0, 1] }}'
            f'\n{ASSUMED}\n[facts."act.discovered_on"]\n'
            f'after = {{ fact = "act.began_on", days = [0, 1] }}\n{ASSUMED}\n',
            "LAW697",
        ),
        (GOOD.replace(ASSUMED, ""), "LAW698"),
        (GOOD.replace(ASSUMED, f'{ASSUMED}\nsource = "s"'), "LAW698"),
        (GOOD.replace('source = "s"', 'source = "t"'), "LAW699"),
    ],
)
def test_a_mistake_is_told(tmp_path: Path, text: str | bytes, code: str) -> None:
    assert codes(tmp_path, text) == [code]


def test_a_wrong_name_gets_a_hint(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text(GOOD.replace("act.ended_on", "act.endet_on"), encoding="utf-8")
    _, (problem,) = read_specification(path, small.shipped().vocabulary)

    assert problem.suggestion == "act.ended_on"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    _, (problem,) = read_specification(tmp_path / "none.toml", small.shipped().vocabulary)

    assert problem.code == "LAW401"
