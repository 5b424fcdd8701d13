"""Each command as its users see it: results, exit codes, and what is written where."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lawengine.base.errors import UnreadableFileError
from lawengine_cli.app import app
from lawengine_cli.exits import Exit

RULE = """rule AUCL.brushing also 反不正当竞争法.刷单 "Brushing" / "刷单"

  version from 2019-04-23 to 2025-10-14
    law AUCL-2019 art 20(1)
    when act.kind is brushing
    then fine 200_000 to 1_000_000 yuan
    if act.serious
      fine 1_000_000 to 2_000_000 yuan
    if act.repeated
      fine 1_500_000 to 2_000_000 yuan
"""
FORMATS = ["text", "json", "md", "html"]


def case_text(facts: str) -> str:
    return (
        "case: a-shop\ndecided_on: 2020-05-06\nrespondents:\n  - name: 某店\n    acts:\n"
        f"      - {{name: brushing, ended_on: 2020-02-03, {facts}}}\n"
    )


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in an empty folder, in English, with an own home."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("LAWENGINE_LANG", raising=False)


@pytest.fixture
def henan(checkout: Path) -> str:
    return str(checkout / "casebook" / "henan-brushing-2016.yaml")


@pytest.fixture
def invented(checkout: Path) -> list[str]:
    """Return the options for the library of an invented land."""
    folder = checkout / "tests" / "unit" / "statutes" / "invented"
    return ["--statutes", str(folder)]


@pytest.fixture
def official(checkout: Path) -> Path:
    return checkout / "tests" / "fixtures" / "official"


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in arguments], prog_name="lawengine")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


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


# --- check, fmt, test -----------------------------------------------------------------------------


def test_the_shipped_rules_have_no_error() -> None:
    result = run("check", "--coverage")

    assert result.exit_code == 0
    assert " 0 errors" in result.stdout
    assert "no rule cites" in result.stdout


def test_findings_as_data(own_rules: Callable[[str], Path]) -> None:
    own_rules(RULE.replace("act.kind is brushing", "act.knid is brushing"))

    result = run("check", "mine", "--only-own-rules", "--format", "json")
    error = next(item for item in json.loads(result.stdout) if item["code"] == "LAW201")

    assert result.exit_code == 3
    assert (error["file"], error["line"]) == ("mine/rules.law", 5)
    assert "knid" in error["message"]


def test_a_folder_of_shipped_rules_is_not_read_twice(checkout: Path) -> None:
    result = run("test", checkout / "rules" / "scenarios" / "unknowns.law")
    every = run("test", checkout / "rules")

    assert result.exit_code == every.exit_code == 0
    assert 0 < int(result.stdout.split()[0]) < int(every.stdout.split()[0])
    assert every.stdout == run("test").stdout


def test_own_rules_stand_beside_the_shipped_ones(
    own_rules: Callable[[str], Path], henan: str
) -> None:
    text = RULE.replace("AUCL.brushing also 反不正当竞争法.刷单", "LOCAL.brushing")
    text = text.replace("act.kind is brushing", "act.kind is organising_fake_transactions")
    folder = own_rules(text.partition("    if act")[0])
    (folder / "vocabulary.law").unlink()

    result = run("explain", henan, "--rules", folder)

    assert result.exit_code == 0
    assert "AUCL.false_publicity: " in result.stdout
    assert "LOCAL.brushing: " in result.stdout


def test_only_what_was_asked_about_is_warned_of(
    own_rules: Callable[[str], Path], checkout: Path
) -> None:
    own_rules(RULE.partition("    if act.repeated")[0])

    mine = run("check", "mine", "--only-own-rules")
    scenarios = run("check", checkout / "rules" / "scenarios")

    assert mine.exit_code == scenarios.exit_code == 0
    assert "mine/rules.law:1:1: warning LAW313" in mine.stderr
    assert "mine/" not in scenarios.stderr
    assert "rules/aucl.law" not in scenarios.stderr


def test_formatting_keeps_links_and_permissions(own_rules: Callable[[str], Path]) -> None:
    target = own_rules(RULE.replace("    when", "    when  ")) / "rules.law"
    target.chmod(0o640)
    Path("linked.law").symlink_to(target)

    result = run("fmt", "linked.law")

    assert result.exit_code == 0
    assert Path("linked.law").is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert target.read_text(encoding="utf-8") == RULE


def test_the_shipped_rules_are_in_the_canonical_layout(checkout: Path) -> None:
    assert run("fmt", checkout / "rules", "--check").exit_code == 0


def test_a_file_that_cannot_be_translated_is_left_alone(own_rules: Callable[[str], Path]) -> None:
    folder = own_rules(RULE.replace("act.kind is brushing", "act.knid is brushing"))
    before = (folder / "rules.law").read_text(encoding="utf-8")

    result = run("fmt", folder / "rules.law", "--to", "zh", "--rules", "mine", "--only-own-rules")

    assert result.exit_code == 3
    assert "`act.knid`" in result.stderr
    assert (folder / "rules.law").read_text(encoding="utf-8") == before


# --- statutes -------------------------------------------------------------------------------------


def test_the_versions_are_listed() -> None:
    plain = run("statutes", "list")
    data = json.loads(run("statutes", "list", "--format", "json").stdout)

    assert plain.exit_code == 0
    assert {item["id"] for item in data} >= {"AUCL-1993", "AUCL-2019", "ECL-2018"}
    assert all(item["id"] in plain.stdout for item in data)
    assert next(item for item in data if item["id"] == "AUCL-1993")["unverified"] != ""


def test_texts_that_match_are_ok_and_missing_ones_never(
    invented: list[str], official: Path
) -> None:
    both = ["--of", "LAN-2001", "--of", "LAN-2015"]

    assert run("statutes", "verify", official, *invented, *both).exit_code == 0
    every = run("statutes", "verify", official, *invented, "--format", "json")
    assert every.exit_code == 4
    outcomes = {item["article"]: item["outcome"] for item in json.loads(every.stdout)}
    assert outcomes["AUCL-2019 art 20"] == "no_text"
    assert outcomes["LAN-2001 art 3"] == "match"


def test_a_text_that_differs_is_tampering(invented: list[str], official: Path) -> None:
    changed = Path("texts")
    changed.mkdir()
    name = "lantern-law_2001-03-01.md"
    text = (official / name).read_text(encoding="utf-8")
    (changed / name).write_text(text.replace("十", "百"), encoding="utf-8")

    verified = run("statutes", "verify", changed, *invented, "--of", "LAN-2001")
    imported = run("statutes", "import", changed, *invented)

    assert verified.exit_code == imported.exit_code == 8
    assert "error LAW422" in verified.stderr
    assert "LAN-2001 art 3: rules that rest on it: -" in verified.stdout


def test_a_folder_without_texts_keeps_nothing(invented: list[str]) -> None:
    Path("texts").mkdir()

    assert run("statutes", "import", "texts", *invented).exit_code == 4
    assert not Path("data").exists()


@pytest.mark.parametrize(
    "command",
    [
        ["statutes", "import", "nowhere"],
        ["statutes", "verify", "nowhere"],
        ["statutes", "stamp", "nowhere", "nowhere"],
        ["statutes", "list", "--statutes", "nowhere"],
        ["check", "nowhere"],
        ["test", "nowhere"],
        ["fmt", "nowhere"],
        ["casebook", "run", "nowhere"],
    ],
)
def test_a_place_that_is_not_there_cannot_be_read(command: list[str]) -> None:
    with pytest.raises(UnreadableFileError, match="cannot read nowhere: no such file or folder"):
        run(*command)


def test_imported_wording_is_shown(invented: list[str], official: Path) -> None:
    before = run("statutes", "show", "LAN-2001", "art", "3", *invented)
    imported = run("statutes", "import", official, *invented)
    after = run("statutes", "show", "LAN-2001 art 3", *invented, "--lang", "zh")

    assert imported.exit_code == 0
    assert Path("data/lawengine/official-wording.json").is_file()
    assert "not imported" in before.stdout
    assert "尚未导入" not in after.stdout
    assert "官方文本" in after.stdout


def test_an_instrument_alone_shows_all_its_articles(invented: list[str]) -> None:
    result = run("statutes", "show", "LAN-2015", *invented)

    assert result.exit_code == 0
    assert result.stdout.count("Digest (our words):") == 4


def test_two_imports_at_once_lose_nothing(
    invented: list[str], official: Path, variables: dict[str, str]
) -> None:
    names = ["lantern-law_2001-03-01.md", "lantern-law_2015-10-08.md"]
    for name in names:
        folder = Path(name.removesuffix(".md"))
        folder.mkdir()
        (folder / name).write_bytes((official / name).read_bytes())
    common = [sys.executable, "-m", "lawengine_cli", "statutes", "import", "--into", "kept"]

    processes = [
        subprocess.Popen([*common, name.removesuffix(".md"), *invented], env=variables)
        for name in names
    ]

    assert [process.wait() for process in processes] == [0, 0]
    store = json.loads(Path("kept/official-wording.json").read_text(encoding="utf-8"))
    assert {item["instrument"] for item in store["articles"]} == {"LAN-2001", "LAN-2015"}
    assert len(store["articles"]) == 7


def test_changed_articles_are_named_with_their_rules() -> None:
    plain = run("statutes", "changed")
    data = json.loads(run("statutes", "changed", "--format", "json").stdout)
    found = {item["article"]: item for item in data}

    assert plain.exit_code == 0
    assert "AUCL.false_publicity" in plain.stdout
    assert found["AUCL-2025 art 25"]["kind"] == "reworded"
    assert "AUCL.false_publicity" in found["AUCL-2025 art 25"]["rules"]
    assert found["AUCL-2019 art 20"]["kind"] == "incomparable"


def test_fingerprints_are_stamped(checkout: Path, official: Path) -> None:
    digests = Path("digests")
    digests.mkdir()
    shipped = checkout / "tests" / "unit" / "statutes" / "invented" / "LAN-2001.yaml"
    text = shipped.read_text(encoding="utf-8")
    stale = text.replace("be59060256af", "000000000000")
    (digests / shipped.name).write_text(stale, encoding="utf-8")

    result = run("statutes", "stamp", digests, official)

    assert result.exit_code == 0
    assert "LAN-2001 art 2: 000000000000" in result.stdout
    assert (digests / shipped.name).read_text(encoding="utf-8") == text


# --- casebook -------------------------------------------------------------------------------------


def test_the_shipped_casebook_agrees_with_the_world_but_for_laws_without_rules() -> None:
    result = run("casebook", "run")
    data = json.loads(run("casebook", "run", "--format", "json").stdout)

    # each of them rests on a law that has no rule here
    named = {case["case"]: case for case in data if case["mismatch"]}
    assert result.exit_code == 5
    assert "mismatches: 3 (didi-" in result.stdout
    assert list(named) == [
        "didi-personal-information-2022",
        "kuaigou-platform-2025",
        "taiyuan-live-sales-2025",
    ]
    didi, kuaigou, taiyuan = named.values()
    first = "respondents[1]"
    assert didi["unasked"] == [f"{first}.turnover_last_year", f"{first}.acts[1].illegal_gain"]
    assert [item["obstacle"] for item in didi["decisions"]] == ["combined"]
    assert [item["other_articles"] for item in kuaigou["decisions"]] == [
        ["ECL-2018 art 38", "ADL-2021 art 9", "ADL-2021 art 16", "ADL-2021 art 46"]
    ]
    assert [item["other_articles"] for item in taiyuan["decisions"]] == [
        ["PL-1997 art 14(4)", "PVP-2010 art 7"]
    ]
    assert [case["open"] for case in data if case["open"]] == []
    fines = [item for case in data for item in case["decisions"] if "henan" in case["case"]]
    assert [item["fine"] for item in fines] == ["190,000 yuan", "160,000 yuan"]
    assert {item["verdict"] for item in fines} == {"inside"}


def test_a_decision_outside_the_range_is_a_mismatch(henan: str) -> None:
    folder = Path("cases")
    folder.mkdir()
    text = Path(henan).read_text(encoding="utf-8").replace("190_000 yuan", "290_000 yuan")
    (folder / "case.yaml").write_text(text, encoding="utf-8")

    result = run("casebook", "run", folder, "--lang", "zh")

    assert result.exit_code == 5
    assert "0，1万-20万" in result.stdout
    assert "高于上限" in result.stdout


def test_a_case_with_errors_does_not_hide_the_others(henan: str) -> None:
    folder = Path("cases")
    folder.mkdir()
    (folder / "a.yaml").write_text("case: x\ncase: y\n", encoding="utf-8")
    (folder / "b.yaml").write_bytes(Path(henan).read_bytes())

    result = run("casebook", "run", folder)

    assert result.exit_code == 3
    assert "cases/a.yaml:2:1: error LAW508" in result.stderr
    assert "190,000 yuan" in result.stdout
