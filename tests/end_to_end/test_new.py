"""A starter folder runs as its README says, in both languages, and nothing is overwritten."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lawengine.base.label import LANGUAGES, Language
from lawengine.workspace import Places, open_workspace
from lawengine_cli.app import app
from lawengine_cli.folders import FolderTakenError, write_folder
from lawengine_cli.new import starter
from lawengine_cli.opening import digests_with

FILES = {
    "README.md",
    "cases/first-case.yaml",
    "rules/facts.law",
    "rules/recordings.law",
    "rules/scenarios.law",
    "statutes/SAMPLE-2024.yaml",
}
EXPECTED = {
    "check": ("0 errors, 0 warnings", "0个错误，0个警告"),
    "test": ("4 passed, 0 failed", "4个通过，0个未通过"),
    "decide": ("2,000 yuan to 10,000 yuan", "2000元以上1万元以下"),
    "schema": ("", ""),
    "ask": ("stopped", "已暂停"),
}


def run(*arguments: str | Path, typed: str = "") -> Result:
    words = [str(word) for word in arguments]
    return CliRunner().invoke(app, words, prog_name="lawengine", input=typed)


def held(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


# Other tests tell the coverage; watching all this line by line would only take minutes.
@pytest.mark.no_cover
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_commands_of_its_readme_run(
    language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    folder = tmp_path / "my rules 我的规则"
    assert run("new", folder, "--lang", language).exit_code == 0
    assert held(folder) == FILES
    monkeypatch.chdir(folder)
    readme = Path("README.md").read_text(encoding="utf-8")
    commands = re.findall(r"```\n +lawengine (.+)\n +```", readme)

    assert [command.split()[0] for command in commands] == list(EXPECTED)
    for command in commands:
        name, *words = shlex.split(command)
        result = run(name, *words, typed="stop\n")
        assert result.exit_code == 0, (command, result.output)
        assert EXPECTED[name][language == "zh"] in result.stdout
        assert "warning" not in result.stderr
    assert held(folder) == FILES | {"case.schema.json", "cases/second-case.yaml"}
    assert "SAMPLE.recordings" in readme or "recordings.law" in readme
    for name in FILES - {"README.md"}:
        assert f"`{name}`" in readme or f"`{name.split('/')[0]}/`" in readme


# Other tests tell the coverage; watching all this line by line would only take minutes.
@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("name", "language"), [("my-rules", "en"), ("我的 规则", "zh"), ("rules", "en"), ("规则", "zh")]
)
def test_the_commands_that_are_printed_run_as_they_are(
    name: str, language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    printed = run("new", name, "--lang", language).stdout
    commands = re.findall(r"^  lawengine (.+)$", printed, re.MULTILINE)

    assert [command.split()[0] for command in commands] == ["check", "test", "decide"]
    for command in commands:
        word, *words = shlex.split(command)
        result = run(word, *words, "--lang", language)
        assert result.exit_code == 0, (command, result.output)
        assert EXPECTED[word][language == "zh"] in result.stdout
    monkeypatch.chdir(Path(name) / "rules")
    assert run("check", ".").exit_code == 0
    assert run("check", "../rules", "--statutes", "../statutes").exit_code == 0


def test_digests_are_found_only_as_a_folder_named_for_them(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "statutes").write_text("no folder")
    (tmp_path / "other").mkdir()
    assert digests_with([tmp_path / "rules", tmp_path / "other"]) == []
    (tmp_path / "other" / "statutes").mkdir()
    assert digests_with([tmp_path / "rules", tmp_path / "other"]) == [
        tmp_path / "other" / "statutes"
    ]


def test_rules_without_a_vocabulary_have_one_mistake(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in ("rules/recordings.law", "rules/scenarios.law"):
        (folder / Path(name).name).write_bytes(starter("en")[name])
    (folder / "statutes").mkdir()
    digest = "statutes/SAMPLE-2024.yaml"
    (folder / digest).write_bytes(starter("en")[digest])

    result = run("check", folder, "--only-own-rules", "--lang", "en")

    assert result.exit_code == 3
    assert re.findall(r"error (LAW\d+)", result.stderr) == ["LAW253"]
    assert "there is no vocabulary" in result.stderr
    assert "--only-own-rules" in result.stderr


def test_both_languages_say_the_same_law(tmp_path: Path) -> None:
    hashes = []
    for language in LANGUAGES:
        folder = tmp_path / language
        write_folder(folder, starter(language))
        workspace = open_workspace(Places((folder / "rules",), (folder / "statutes",)))
        assert workspace.diagnostics == ()
        hashes.append(workspace.rulebook.content_hash)
        assert run("fmt", "--check", folder / "rules").exit_code == 0

    assert hashes[0] == hashes[1]


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    for place in (tmp_path / "full", tmp_path / "file", tmp_path / "hidden"):
        if place.name == "file":
            place.write_text("mine", encoding="utf-8")
        else:
            place.mkdir()
            (place / (".x" if place.name == "hidden" else "README.md")).write_text("mine")
        before = sorted(tmp_path.rglob("*"))
        result = run("new", place, "--lang", "zh")
        assert result.exit_code == 1
        assert "未写入任何内容" in result.stderr
        assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_below_nothing_is_not_made(tmp_path: Path) -> None:
    result = run("new", tmp_path / "no" / "such", "--lang", "en")

    assert result.exit_code == 1
    assert f"there is no folder `{tmp_path / 'no'}`" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_no_system_takes_is_one_line(tmp_path: Path) -> None:
    name = tmp_path / ("名" * 300)
    with pytest.raises(OSError, match="name too long") as found:
        write_folder(name, starter("en"))

    assert found.value.filename == str(name)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_filled_and_a_link_followed(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir(mode=0o750)
    (tmp_path / "link").symlink_to(real)
    before = real.stat()

    assert run("new", tmp_path / "link").exit_code == 0

    assert held(real) == FILES
    assert (real.stat().st_ino, real.stat().st_mode) == (before.st_ino, before.st_mode)
    assert (tmp_path / "link").is_symlink()


@pytest.mark.parametrize("there", [False, True])
def test_what_fails_half_way_leaves_nothing(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "rules"
    if there:
        folder.mkdir()
    moves: list[Path] = []
    rename = Path.rename

    def broken(self: Path, target: Path) -> Path:
        moves.append(target)
        if len(moves) == (3 if there else 1):
            raise PermissionError(13, "Permission denied", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", broken)
    with pytest.raises(PermissionError) as found:
        write_folder(folder, starter("en"))

    assert found.value.filename == str(moves[-1])
    assert list(tmp_path.rglob("*")) == ([folder] if there else [])


def test_a_disk_that_fills_up_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, _data: bytes) -> int:
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        write_folder(tmp_path / "rules", starter("en"))

    assert list(tmp_path.iterdir()) == []


def test_who_comes_second_finds_it_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The other one writes after we looked and before we move.
    folder = tmp_path / "rules"
    made = tempfile.mkdtemp

    def late(**words: object) -> str:
        monkeypatch.undo()
        write_folder(folder, {"README.md": b"theirs", "rules/a.law": b""})
        return str(made(dir=tmp_path, prefix=str(words["prefix"])))

    monkeypatch.setattr(tempfile, "mkdtemp", late)
    with pytest.raises(FolderTakenError, match="is there already"):
        write_folder(folder, starter("en"))

    assert held(folder) == {"README.md", "rules/a.law"}
    assert [path.name for path in tmp_path.iterdir()] == ["rules"]


@pytest.mark.parametrize("there", [False, True])
def test_of_many_at_once_one_wins(there: bool, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    if there:
        folder.mkdir()
    won: list[bool] = []
    start = threading.Barrier(6)

    def one() -> None:
        start.wait()
        try:
            write_folder(folder, starter("zh"))
            won.append(True)
        except FolderTakenError:
            won.append(False)

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(won) == [False] * 5 + [True]
    assert held(folder) == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["rules"]


def test_as_a_process_of_its_own(tmp_path: Path, checkout: Path) -> None:
    path = os.pathsep.join(str(checkout / root) for root in ("src", "cli"))
    variables = {**os.environ, "PYTHONPATH": path, "LAWENGINE_LANG": "zh"}
    result = subprocess.run(
        [sys.executable, "-m", "lawengine_cli", "new", "新 规则"],
        cwd=tmp_path,
        env=variables,
        capture_output=True,
        check=False,
    )

    assert result.returncode == 0
    assert "已创建“新 规则”：" in result.stdout.decode()
    assert (tmp_path / "新 规则" / "README.md").read_text(encoding="utf-8").startswith("# 自己的")
