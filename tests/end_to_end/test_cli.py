"""Deciding, explaining and help as users see them: results, exit codes, what is written where."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lawengine_cli.exits import Exit
from tests.end_to_end.commands import RULE, case_text, run

pytestmark = pytest.mark.usefixtures("own_place")
FORMATS = ["text", "json", "md", "html"]


# --- decide ---------------------------------------------------------------------------------------


def test_the_henan_case_is_decided_with_the_range_of_its_day(henan: str) -> None:
    result = run("decide", henan)

    assert result.exit_code == 0
    assert result.stderr == ""
    assert "10,000 yuan to 200,000 yuan" in result.stdout
    assert "AUCL-1993 art 24" in result.stdout


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("format_", FORMATS)
def test_a_decision_is_written_in_every_format(henan: str, format_: str, language: str) -> None:
    out = Path("decision.txt")

    printed = run("--lang", language, "decide", henan, "--format", format_)
    written = run("decide", henan, "--format", format_, "--out", out, "--lang", language)

    assert (printed.exit_code, written.exit_code) == (0, 0)
    assert written.stdout == ""
    assert out.read_text(encoding="utf-8") == printed.stdout
    marks = {"text": "├─", "json": '"respondents"', "md": "# ", "html": "<html"}
    assert marks[format_] in printed.stdout
    if format_ == "json":
        assert json.loads(printed.stdout)["case"] == "henan-brushing-2016"
    else:
        assert ("万元" in printed.stdout) is (language == "zh")


def test_full_reasons_say_more(henan: str) -> None:
    assert len(run("decide", henan, "--why").stdout) > len(run("decide", henan).stdout)


def test_another_days_law_is_a_labelled_hypothesis(henan: str) -> None:
    result = run("decide", henan, "--law-of", "2019-04-23")

    assert result.exit_code == 0
    assert "Hypothesis: the law of 2019-04-23" in " ".join(result.stdout.split())
    assert "200,000 yuan to 1,000,000 yuan" in result.stdout


@pytest.mark.parametrize("format_", FORMATS)
def test_versions_are_compared(henan: str, format_: str) -> None:
    result = run("decide", henan, "--compare-versions", "--format", format_)

    assert result.exit_code == 0
    if format_ == "json":
        assert len(json.loads(result.stdout)["versions"]) == 4
    else:
        assert "AUCL" in result.stdout
        assert "1,000,000 yuan" in result.stdout


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ("kind: brushing, serious: no, repeated: no", 0),
        ("kind: other", 0),
        ("serious: no, repeated: no", 4),
        ("kind: brushing, serious: yes, repeated: yes", 6),
        ("kind: brushing, seriuos: yes", 3),
    ],
)
def test_the_exit_code_tells_the_outcome(
    own_rules: Callable[[str], Path], facts: str, code: int
) -> None:
    own_rules(RULE)
    Path("case.yaml").write_text(case_text(facts), encoding="utf-8")

    result = run("decide", "case.yaml", "--rules", "mine", "--only-own-rules")

    assert result.exit_code == code
    assert run("explain", "case.yaml", "--rules", "mine", "--only-own-rules").exit_code == code


def test_facts_that_contradict_each_other_are_not_decided(henan: str) -> None:
    text = Path(henan).read_text(encoding="utf-8").replace("ended_on: 2016", "ended_on: 2018", 1)
    Path("case.yaml").write_text(text, encoding="utf-8")

    for command in ("decide", "explain"):
        result = run(command, "case.yaml")
        assert result.exit_code == 3
        assert "case.yaml:14:19: error LAW550" in result.stderr
        assert result.stdout == ""
    assert run("decide", "case.yaml", "--compare-versions").exit_code == 3
    assert run("casebook", "check", "case.yaml").exit_code == 3


@pytest.mark.parametrize("options", [[], ["--compare-versions"], ["--law-of", "2019-04-23"]])
def test_nothing_is_written_where_nothing_was_decided(henan: str, options: list[str]) -> None:
    Path("case.yaml").write_text(
        Path(henan).read_text(encoding="utf-8").replace("kind:", "kinds:"), encoding="utf-8"
    )
    Path("decision.txt").write_text("older\n", encoding="utf-8")

    result = run("decide", "case.yaml", "--out", "decision.txt", *options)

    assert result.exit_code == 3
    assert Path("decision.txt").read_text(encoding="utf-8") == "older\n"
    assert sorted(path.name for path in Path().iterdir()) == ["case.yaml", "decision.txt"]


def test_a_case_that_is_not_there_could_not_run() -> None:
    result = run("decide", "missing.yaml")

    assert result.exit_code == 1
    assert "cannot be read" in result.stderr


# --- help -----------------------------------------------------------------------------------------


COMMANDS = [
    ["decide"],
    ["explain"],
    ["check"],
    ["fmt"],
    ["new"],
    ["schema"],
    ["test"],
    ["statutes", "list"],
    ["statutes", "show"],
    ["statutes", "verify"],
    ["statutes", "import"],
    ["statutes", "changed"],
    ["statutes", "stamp"],
    ["casebook", "run"],
    ["casebook", "check"],
    ["version"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(command: list[str]) -> None:
    result = run(*command, "-h")

    assert result.exit_code == 0
    assert f"Example: lawengine {' '.join(command)}" in result.stdout


def test_the_help_of_the_program_names_commands_and_exit_codes() -> None:
    shown = run("--help").stdout

    assert {command[0] for command in COMMANDS} <= set(shown.split())
    for code in Exit:
        if code < Exit.INTERRUPTED:
            assert f" {code.value} " in shown.replace("\n", " ")


# --- explain --------------------------------------------------------------------------------------


def test_every_rule_is_told_of_or_one(henan: str) -> None:
    every = run("explain", henan)
    one = run("explain", henan, "--why", "AUCL.false_publicity")
    chinese = run("explain", henan, "--why", "反不正当竞争法.虚假宣传")

    assert every.exit_code == one.exit_code == 0
    assert "APL.limitation: " in every.stdout
    assert "└─" not in every.stdout
    assert "APL.limitation: " not in one.stdout
    assert "└─" in one.stdout
    assert chinese.stdout == one.stdout


def test_the_law_cited_is_shown_in_the_official_words_where_imported(
    own_rules: Callable[[str], Path], invented: list[str], official: Path
) -> None:
    text = RULE.partition("    if act.serious")[0].replace("AUCL-2019 art 20(1)", "LAN-2001 art 3")
    own_rules(text.replace("2019-04-23 to 2025-10-14", "2001-04-01"))
    Path("case.yaml").write_text(case_text("kind: brushing"), encoding="utf-8")
    command = ["explain", "case.yaml", "--rules", "mine", "--only-own-rules", "--why", *invented]

    before = run(*command)
    imported = run("statutes", "import", official, *invented, "--into", "kept")
    after = run(*command, "--from", "kept")

    assert before.exit_code == imported.exit_code == after.exit_code == 0
    assert "LAN-2001 art 3 (digest, not the official wording): Penalties of" in before.stdout
    assert "LAN-2001 art 3: " in after.stdout
    assert "digest, not the official wording" not in after.stdout


def test_why_alone_means_all_rules(henan: str) -> None:
    behind = run("explain", henan, "--why")
    before = run("explain", "--why", henan)

    assert behind.exit_code == before.exit_code == 0
    assert behind.stdout == before.stdout
    assert "APL.limitation: " in behind.stdout
    assert "└─" in behind.stdout


def test_an_explanation_as_data(henan: str) -> None:
    result = run("explain", henan, "--why", "AUCL.false_publicity", "--format", "json")
    data = json.loads(result.stdout)

    assert [act["respondent"] for act in data] == ["agency-a", "agency-b"]
    assert [rule["rule"] for act in data for rule in act["rules"]] == ["AUCL.false_publicity"] * 2


def test_a_rule_that_there_is_not_is_wrong_use(henan: str) -> None:
    result = run("explain", henan, "--why", "AUCL.false_publicty")

    assert result.exit_code == 2
    assert "did you mean `AUCL.false_publicity`?" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "out"),
    [
        (["decide", "case.yaml"], "case.yaml"),
        (["decide", "case.yaml"], "link.yaml"),
        (["compare", "--reform", "reform.law"], "reform.law"),
        (["simulate", "table.csv::x"], "table.csv"),
    ],
)
def test_what_is_read_is_never_written_over(arguments: list[str], out: str) -> None:
    for name in ("case.yaml", "reform.law", "table.csv"):
        Path(name).write_text("mine\n", encoding="utf-8")
    Path("link.yaml").symlink_to("case.yaml")

    result = run(*arguments, "--out", out)

    assert result.exit_code == Exit.USAGE
    assert f"names a file that is read: {out}" in result.stderr
    for name in ("case.yaml", "reform.law", "table.csv"):
        assert Path(name).read_text(encoding="utf-8") == "mine\n"
