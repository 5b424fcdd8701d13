"""`lawengine grade` and `grade weights`, as the users of the program see them."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lawengine_cli.app import app

CASE = """
case: demo
title: {{en: "A shop (invented)", zh: "一家网店（虚构）"}}
decided_on: 2021-07-01
respondents:
  - name: Shop A
    penalties: []
    shop_evaluations:
      - name: first half
        evaluated_on: 2021-06-30
        goods_passed: 70 %
        sent_in_time: 95 %
        {settled}
        bad_reviews: 9
        bad_review_rate: 4 %
        brushing_found: {brushing}
        counterfeits_found: no
        reviews:
          - {{amount: 900 yuan, verdict: good_review, paid_for: no}}
          - {{amount: 10 yuan, verdict: bad_review, paid_for: no}}
    acts: [{{name: none}}]
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("LAWENGINE_LANG", raising=False)


@pytest.fixture
def case(tmp_path: Path) -> Callable[..., str]:
    def write(*, settled: str = "disputes_settled: 80 %", brushing: str = "no") -> str:
        text = CASE.format(settled=settled, brushing=brushing)
        (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
        return "case.yaml"

    return write


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), prog_name="lawengine")


def test_a_grade_with_its_arithmetic_and_what_would_lift_it(case: Callable[..., str]) -> None:
    result = run("grade", case())

    assert result.exit_code == 0
    # 100 x 30 % + 70 x 30 % + 95 x 20 % + 80 x 20 % = 86
    assert "Credit grade of a shop · first half: 4A" in result.stdout
    assert "Quality of goods (objective): 70 × 30 % = 21" in result.stdout
    assert "Sum: 30 + 21 + 19 + 16 = 86" in result.stdout
    # four points are missing to 90: quality by 4 / 30 %, disputes by 4 / 20 %
    assert "from 70 to at least 83.34" in result.stdout
    assert "from 80 to at least 100" in result.stdout
    assert "[unverified]" in result.stdout


def test_the_same_in_chinese(case: Callable[..., str]) -> None:
    result = run("grade", case(), "--lang", "zh")

    assert result.exit_code == 0
    assert "网店信用等级 · first half：4A级" in result.stdout
    assert "合计：30 + 21 + 19 + 16 = 86" in result.stdout
    assert "升至5A级" in result.stdout


def test_a_missing_indicator_leaves_the_grade_open(case: Callable[..., str]) -> None:
    result = run("grade", case(settled=""))

    assert result.exit_code == 4
    assert "OPEN (5A / 4A / 3A)" in result.stdout
    assert "Missing indicators: Disputes settled (objective)" in result.stdout


def test_a_veto_is_named_before_points(case: Callable[..., str]) -> None:
    result = run("grade", case(brushing="yes"))

    assert result.exit_code == 0
    assert "below the scale, by veto" in result.stdout
    assert "these vetoes must be gone first: fake trade" in " ".join(result.stdout.split())


def test_the_json_is_that_of_the_decision(case: Callable[..., str]) -> None:
    own = json.loads(run("grade", case(), "--format", "json").stdout)
    whole = json.loads(run("decide", case(), "--format", "json").stdout)

    (party,), (decided,) = own["respondents"], whole["respondents"]
    assert party["scores"] == decided["scores"]
    assert party["grades"] == decided["grades"]
    (score,), (grade,) = party["scores"], party["grades"]
    assert (score["value"], score["missing"], score["low"], score["high"]) == (86, [], 0, 100)
    assert (grade["possible"], grade["lift_to"]) == (["AAAA"], "AAAAA")
    assert [lift["indicator"] for lift in grade["lifts"]] == ["quality", "disputes"]


def test_a_party_that_did_nothing_is_rated_too(case: Callable[..., str], tmp_path: Path) -> None:
    with_act = json.loads(run("grade", case(), "--format", "json").stdout)
    path = tmp_path / "case.yaml"
    text = path.read_text(encoding="utf-8").replace("    acts: [{name: none}]\n", "")
    assert "acts" not in text
    path.write_text(text, encoding="utf-8")

    result = run("grade", "case.yaml", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["respondents"] == with_act["respondents"]
    decided = json.loads(run("decide", "case.yaml", "--format", "json").stdout)
    (party,) = decided["respondents"]
    assert party["grades"] == json.loads(result.stdout)["respondents"][0]["grades"]


def test_explain_gives_grades_as_data(case: Callable[..., str]) -> None:
    whole = json.loads(run("decide", case(), "--format", "json").stdout)["respondents"][0]
    told = json.loads(run("explain", case(), "--format", "json").stdout)
    name = whole["grades"][0]["grade"]
    asked = json.loads(run("explain", case(), "--format", "json", f"--why={name}").stdout)

    assert [item["respondent"] for item in told] == ["Shop A", "Shop A"]
    assert told[-1]["scores"] == whole["scores"]
    assert told[-1]["grades"] == asked[-1]["grades"] == whole["grades"]
    assert asked[-1]["scores"] == []


@pytest.mark.parametrize("format_", ["text", "md", "html"])
def test_decide_shows_grades_in_every_format(case: Callable[..., str], format_: str) -> None:
    page = run("decide", case(), "--format", format_).stdout

    assert "Scores and grades" in page
    assert "30 + 21 + 19 + 16 = 86" in page.replace("\\+", "+")


def test_weights_from_data_are_a_fragment_to_use(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311 - drawn, not secret
    lines = ["quality,delivery,complaints"]
    for _ in range(60):
        common = chance.gauss(0, 1)
        noise = [chance.gauss(0, 0.5) for _ in range(3)]
        lines.append(f"{common + noise[0]:.4f},{common + noise[1]:.4f},{noise[2] - common:.4f}")
    (tmp_path / "firms.csv").write_text("\n".join(lines), encoding="utf-8")
    asked = ["grade", "weights", "firms.csv", "--columns", "quality, delivery, complaints"]

    refused = run(*asked, "--from", "2026-01-01")
    assert refused.exit_code == 3
    assert "LAW464" in refused.stderr

    turned = [*asked, "--lower-is-better", "complaints", "--from", "2026-01-01"]
    result = run(*turned, "--out", "weights.law")
    assert result.exit_code == 0
    assert run("fmt", "weights.law", "--check").exit_code == 0
    assert (tmp_path / "weights.law").read_text(encoding="utf-8").count(" % from 2026-01-01") == 3

    missing = run(*[word.replace("delivery", "speed") for word in turned])
    assert missing.exit_code == 3
    assert "LAW469" in missing.stderr


def test_the_group_and_its_short_form_have_help() -> None:
    assert "weights" in run("grade", "--help").stdout
    assert run("grade", "case", "--help").exit_code == 0
    assert run("grade").exit_code == 2


def test_explain_tells_grades_and_why(case: Callable[..., str]) -> None:
    short = run("explain", case())
    asked = run("explain", case(), "--why", "信用评价.网店等级")

    assert "CE.shop_grade: “Credit grade of a shop”: 4A" in short.stdout
    assert "Sum: 30 + 21 + 19 + 16 = 86" in asked.stdout
    assert "CE.shop_score:" not in asked.stdout
    assert "AUCL.false_publicity" not in asked.stdout
