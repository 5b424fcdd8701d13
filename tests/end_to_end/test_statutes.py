"""The digests of the law as users see them: lists, wording, proof against official texts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lawengine.base.errors import UnreadableFileError
from tests.end_to_end.commands import run

pytestmark = pytest.mark.usefixtures("own_place")


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


# Other tests tell the coverage; watching all this line by line would only take minutes.
@pytest.mark.no_cover
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
