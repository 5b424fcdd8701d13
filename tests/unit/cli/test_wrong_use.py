"""Wrong use and refusals of the system, in the language of the user."""

import errno
import os
import re
from pathlib import Path

import pytest
import typer

from lawengine.base.system_words import system_reason
from lawengine_cli import main
from lawengine_cli.languages import language_wished
from lawengine_cli.wrong_use import WrongUseError

CASE = "casebook/henan-brushing-2016.yaml"
WRONG = [
    (["decide"], "缺少参数“CASE”"),
    (["decide", "--nonsense", CASE], "没有选项“--nonsense”"),
    (["decide", CASE, "--formt", "json"], "没有选项“--formt”。相近的选项：--format"),
    (["decide", CASE, "--format"], "选项“--format”后面须有值"),
    (["decide", CASE, "--why=x"], "选项“--why”后面不能有值"),
    (["decide", CASE, "--format", "pdf"], "'--format'的值无效：'pdf'不在可选值之内：'text'"),
    (["decide", CASE, "--out"], "选项“--out”后面须有值"),
    (["decide", CASE, "more", "words"], "多余的参数：more words"),
    (["decide", CASE, "--law-of", "2019"], "“2019”不是日期"),
    (["decide", CASE, "--law-of", "2019-05-01", "--compare-versions"], "不能同时使用"),
    (["decide", CASE, "--only-own-rules"], "须以`--rules`指明自己的规则文件夹"),
    (["decid"], "没有命令“decid”。是否要写'decide'？"),
    (["statutes", "shw"], "没有命令“shw”"),
    (["calendar", "count", "2025-09-28", "soon"], "“soon”不是期间"),
    (["calendar", "count", "2025-09-28", "5 days", "--counting", "nope"], "没有计算规则“nope”"),
    (["explain", CASE, "--what-if", "riches"], "“riches”不是可问的结果"),
    (["explain", CASE, "--why-not", "AUCL.fals"], "没有规则“AUCL.fals”"),
    (["decide", CASE, "--rules", "not-there"], "无法读取“not-there”：文件或者文件夹不存在"),
]


def told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    with pytest.raises(SystemExit) as end:
        main.run(arguments)
    assert isinstance(end.value.code, int)
    return end.value.code, capsys.readouterr().err


@pytest.mark.parametrize(("arguments", "words"), WRONG)
def test_wrong_use_is_told_in_chinese(
    arguments: list[str],
    words: str,
    checkout: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(checkout)
    code, chinese = told(["--lang", "zh", *arguments], capsys)
    assert words in chinese
    assert code in (1, 2)
    same, english = told(["--lang", "en", *arguments], capsys)
    assert same == code
    assert not re.search("[一-鿿]", english)
    for phrase in ("Usage", "Error", "Missing", "such", "Invalid", "Try", "cannot", "is not"):
        assert phrase not in chinese


def test_a_group_without_a_command_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(["--lang", "zh", "statutes"], capsys)[0] == 2


def test_the_language_is_that_of_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("LAWENGINE_LANG", "zh")
    assert language_wished(["decide"]) == "zh"
    assert language_wished(["decide", "--lang=en"]) == "en"
    assert language_wished(["--lang", "zh", "decide", "--lang", "en"]) == "en"
    assert language_wished(["decide", "--", "--lang", "en"]) == "zh"
    assert language_wished(["decide", "--lang", "fr"]) == "en"
    assert language_wished(["decide", "--lang"]) == "en"


def test_own_mistakes_are_told_in_both_languages() -> None:
    found = [
        (path, line)
        for path in Path(main.__file__).parent.glob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "raise typer.BadParameter" in line
    ]
    assert found == []
    assert issubclass(WrongUseError, typer.BadParameter)


# --- what the system refuses ---


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "没有访问权限"),
        (errno.ENOENT, "文件或者文件夹不存在"),
        (errno.EISDIR, "是文件夹，不是文件"),
        (errno.ENOSPC, "磁盘空间已满"),
        (errno.EROFS, "文件系统只读"),
        (errno.ECHILD, f"系统错误{errno.ECHILD}（{os.strerror(errno.ECHILD)}）"),
    ],
)
def test_the_system_speaks_the_language_of_the_user(number: int, words: str) -> None:
    reason = system_reason(OSError(number, os.strerror(number)))
    assert reason.zh == words
    assert reason.en == os.strerror(number)


def test_a_file_that_cannot_be_written_is_told_in_chinese(
    tmp_path: Path, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lost = tmp_path / "no" / "answer.txt"
    code, said = told(["--lang", "zh", "decide", str(checkout / CASE), "--out", str(lost)], capsys)
    assert code == 1
    assert said == f"lawengine: {lost}: 文件或者文件夹不存在\n"


@pytest.mark.parametrize("command", [["decide"], ["casebook", "check"]])
def test_a_case_that_is_not_there_is_told_in_chinese(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = told(["--lang", "zh", *command, str(tmp_path / "lost.yaml")], capsys)
    assert code == 1
    assert "文件或者文件夹不存在" in said
    assert "No such file" not in said
