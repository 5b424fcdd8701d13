"""The questions of an officer, asked at the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from lawengine.casebook import read_case
from lawengine.deciding.decide import decide
from lawengine_cli import main
from tests import small

SHOP = """\
case: a-shop
decided_on: 2021-08-01
respondents:
  - name: shop
    nature: legal_person
    acts:
      - {name: reviews, kind: organising_fake_transactions, ended_on: 2020-06-18, helped_others: no}
"""


@pytest.fixture
def henan(checkout: Path) -> str:
    return str(checkout / "casebook" / "henan-brushing-2016.yaml")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        main.run(list(arguments))
    assert isinstance(end.value.code, int)
    return end.value.code


def asked_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert run("explain", *arguments, "--format", "json") == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_why_a_ground_does_not_help_in_henan(
    capsys: pytest.CaptureFixture[str], henan: str
) -> None:
    found = asked_json(capsys, henan, "--why-not", "APL.minor_corrected")

    (why,) = found[0]["why_not"]
    assert (why["state"], why["cause"]) == ("not_established", "conditions")
    assert [one[0]["facts"][0]["origin"] for one in why["failing"]] == ["presumed"] * 3
    assert len(found) == 2


def test_henan_needs_nothing_more_and_what_would_have_spared_the_penalty(
    capsys: pytest.CaptureFixture[str], henan: str
) -> None:
    found = asked_json(capsys, henan, "--needs", "--what-if", "no-penalty")

    assert found[0]["needs"]["settled"]
    changes = found[0]["what_if"][0]["changes"]
    facts = [{fact["fact"].rpartition(".")[2] for fact in change["facts"]} for change in changes]
    assert {"minor", "corrected_in_time", "no_harm"} in facts
    assert all(not change["penalised"] for change in changes)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["each of these alone keeps it out", "nothing more is needed", "no fine"]),
        ("zh", ["下列每一组均足以使其不成立", "无需其他事实", "不得罚款", "推定"]),
    ],
)
def test_answers_in_both_languages(
    capsys: pytest.CaptureFixture[str], henan: str, language: str, words: list[str]
) -> None:
    asked = ("--why-not", "行政处罚法.轻微不罚", "--needs", "--what-if", "no-violation")
    assert run("explain", henan, *asked, "--lang", language) == 0

    printed = capsys.readouterr().out
    assert [word for word in words if word not in printed] == []


def test_a_shop_on_the_network_needs_two_kinds_of_facts(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "shop.yaml"
    path.write_text(SHOP, encoding="utf-8")
    asked = ("--needs", "--why-not", "ECL.unfair_competition", "--what-if", "fine-at-most:1 yuan")

    (found,) = asked_json(capsys, str(path), *asked)

    assert [fact["fact"].rpartition(".")[2] for fact in found["needs"]["fewest"]] == ["serious"]
    assert "capacity" in {fact["fact"].rpartition(".")[2] for fact in found["needs"]["also"]}
    assert found["why_not"][0]["cause"] == "open"
    assert (
        run(
            "explain",
            str(path),
            *asked,
            "--what-if",
            "established:ECL.unfair_competition",
            "--lang",
            "en",
        )
        == 0
    )
    printed = capsys.readouterr().out
    assert "needed in any case" in printed
    assert "other rules and sums hang on" in printed
    assert "open is:" in printed


@pytest.mark.parametrize(
    "outcome", ["happiness", "no-penalty:x", "fine-at-most:much", "established:AUCL.false_publicty"]
)
def test_an_outcome_that_is_none(
    capsys: pytest.CaptureFixture[str], henan: str, outcome: str
) -> None:
    assert run("explain", henan, "--what-if", outcome) == 2
    assert "Error" in capsys.readouterr().err


# --- the interview --------------------------------------------------------------------------------


def interview(
    monkeypatch: pytest.MonkeyPatch, path: Path, answers: str, *more: str, lang: str = "en"
) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(answers))
    return run("ask", str(path), "--lang", lang, *more)


def test_an_interview_from_nothing_stopped_and_gone_on_with(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "My Case.yaml"
    assert interview(monkeypatch, path, "2020-06-18\nno such kind\nfake transactions\nstop\n") == 0
    first = capsys.readouterr().out
    assert "When did the act end?" in first
    assert "stopped" in first

    answers = "2021-08-01\nyes\nit went on for years\nno\n2\n"
    assert interview(monkeypatch, path, answers, "--quick") == 0
    printed = capsys.readouterr().out
    assert "When did the act end?" not in printed
    assert "nothing more can change the outcome" in printed
    assert "1,000,000 yuan to 2,000,000 yuan" in printed
    read = read_case(path, small.shipped())
    assert read.diagnostics == ()
    assert read.case is not None
    assert read.case.identifier == "my-case"
    decided = decide(read.case.facts, small.shipped()).decision
    assert decided is not None
    (act,) = decided.acts()
    assert not act.undetermined
    assert len(act.branches) == 1


def test_answers_that_cannot_be_used_are_asked_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "shop.yaml"
    path.write_text(
        SHOP.replace("2020-06-18", "2020-06-18, began_on: 2020-06-01"), encoding="utf-8"
    )
    before = path.read_text(encoding="utf-8")

    assert interview(monkeypatch, path, "maybe\n") == 0
    assert path.read_text(encoding="utf-8") == before
    printed = capsys.readouterr().out
    assert "`serious circumstances` should be `yes` or `no`, found `maybe`" in printed
    assert interview(monkeypatch, path, "也许\n", lang="zh") == 0
    assert "“情节严重”应为“是”或者“否”，实为“也许”" in capsys.readouterr().out


def test_a_day_that_nobody_knows_leaves_the_other_questions(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "undated.yaml"

    answers = "？\n2025-11-20\n？\n刷单\n组织虚假交易\n" + "？\n" * 9
    assert interview(monkeypatch, path, answers, "--quick", lang="zh") == 4
    printed = capsys.readouterr().out
    assert "当事人实施了何种行为？" in printed
    assert "没有名为“刷单”的答案：请写其序号（1至59）或者名称" in printed
    assert "没有其他需要询问的事实" in printed
    assert "   [act-1] 终了日\n   [act-1] " in printed
    assert "没有其他事实可以改变结论" not in printed


def test_a_ground_owes_its_proof(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "shop.yaml"
    text = SHOP.replace("helped_others: no", "helped_others: yes, serious: {value: no, because: x}")
    path.write_text(text, encoding="utf-8")
    answers = {"correct": "是\n及时\n照片\n办案机构\n"}

    lines = ["否"] * 3 + answers["correct"].split() + ["是", "理由", "?", "?"]
    assert interview(monkeypatch, path, "\n".join([*lines, "停"]), lang="zh") in (0, 4)
    printed = capsys.readouterr().out
    assert "未另行查明时视为“否”" in printed
    assert "recorded_by: 办案机构" in path.read_text(encoding="utf-8")
    assert "未予记录" in printed
    assert read_case(path, small.shipped()).case is not None


def test_contradictions_are_shown_and_not_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "shop.yaml"
    path.write_text(SHOP.replace("decided_on: 2021-08-01\n", ""), encoding="utf-8")

    assert interview(monkeypatch, path, "2019-01-01\n2021-08-01\nstop\n") == 0
    assert "LAW550" in capsys.readouterr().err
    assert "decided_on: 2021-08-01" in path.read_text(encoding="utf-8")
    path.write_text(SHOP.replace("2021-08-01", "2019-01-01"), encoding="utf-8")
    assert interview(monkeypatch, path, "") == 3
