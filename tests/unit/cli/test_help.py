"""The help in Chinese: every text of it, and how a page looks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from lawengine.base.source import display_width
from lawengine_cli.app import COMMANDS, Command, Group, _load, app
from lawengine_cli.help_texts import CHINESE
from lawengine_cli.main import run

RUNNER = CliRunner()


def loaded(
    entries: tuple[Command | Group, ...] = COMMANDS, path: str = ""
) -> Iterator[tuple[str, Any]]:
    for entry in entries:
        inside = f"{path} {entry.name}".strip()
        yield inside, _load(entry, inside)
        if isinstance(entry, Group):
            yield from loaded(entry.commands, inside)


def texts() -> Iterator[str]:
    """Yield every text that the help holds, in English."""
    program = typer.main.get_command(app)
    for command in (program, *(command for _, command in loaded())):
        yield from (command.help or "", command.short_help or "")
        yield from (part for part in (command.epilog or "").split("\n\n") if "Example" not in part)
        yield from (one.short_help for one in getattr(command, "commands", {}).values())
        context = typer.Context(command)
        yield from (getattr(one, "help", None) or "" for one in command.get_params(context))


def test_every_text_of_the_help_stands_in_chinese_and_no_other_does() -> None:
    english = {" ".join(text.split()) for text in texts()} - {""}

    assert english - CHINESE.keys() == set()
    assert CHINESE.keys() - english == set()
    assert all(any("\u4e00" <= char <= "\u9fff" for char in text) for text in CHINESE.values())


@pytest.mark.parametrize("path", [path for path, _ in loaded()])
def test_a_page_in_chinese_holds_what_the_english_one_does(path: str) -> None:
    pages = {
        language: RUNNER.invoke(
            app, ["--lang", language, *path.split(), "--help"], prog_name="lawengine"
        ).stdout
        for language in ("en", "zh")
    }
    english, chinese = pages["en"], pages["zh"]

    assert chinese.startswith(f"用法：lawengine {path} ")
    assert all(display_width(line) <= 80 for line in chinese.splitlines())
    (said, _, one), (told, _, other) = english.rpartition("Example: "), chinese.rpartition("示例：")
    assert "".join(one.split()) == "".join(other.split())
    names = [line.split()[0] for line in said.splitlines() if line.startswith("  -")]
    assert [line.split()[0] for line in told.splitlines() if line.startswith("  -")] == names
    assert not any(word in chinese for word in ("default:", "required", "Options:", "Usage"))


def test_the_language_of_the_help_is_that_of_results(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.delenv("LAWENGINE_LANG", raising=False)

    def shown(*arguments: str) -> str:
        with pytest.raises(SystemExit):
            run(arguments)
        return capsys.readouterr().out

    assert shown("--help").startswith("Usage:")
    for arguments in (
        ["--lang", "zh", "-h"],
        ["-h", "--lang", "zh"],
        ["decide", "--lang=zh", "-h"],
    ):
        assert shown(*arguments).startswith("用法：")
    monkeypatch.setenv("LAWENGINE_LANG", "zh")
    assert "退出码：0 完成" in shown("--help")
    monkeypatch.delenv("LAWENGINE_LANG")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "真实案件" in shown("casebook", "--help")


def test_wrong_use_is_told_with_the_usage_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["--lang", "zh", "casebook", "nosuch"])
    told = capsys.readouterr().err

    assert told.startswith("用法：lawengine casebook [选项] 命令 [参数]...\n")
    assert "没有命令“nosuch”" in told
