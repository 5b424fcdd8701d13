"""What a terminal is shown, with a stand-in for the terminal."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.label import Language
from lawengine.base.source import Source, Span, display_width
from lawengine.reports import StyledLine
from lawengine_cli.exits import Exit
from lawengine_cli.results import deliver_lines, width
from lawengine_cli.showing import counted, exit_of, show
from lawengine_cli.streams import complain, forget_output, in_colour, prepare_streams, say
from lawengine_cli.tables import say_table

WARNING = Diagnostic("LAW404", Span("a.yaml", 3, 4, 1, 4), {}, Severity.WARNING)
ERROR = Diagnostic("LAW404", Span("a.yaml", 3, 4, 1, 4))
UNREADABLE = Diagnostic("LAW107", Span("a.law", 0, 0, 1, 1), {"why": "Permission denied"})
UNFIT = Diagnostic("LAW107", Span("a.law", 0, 0, 1, 1), {"why": "UTF-8"})
SOURCES = {"a.yaml": Source("a.yaml", "abc: d\n")}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Closed(io.StringIO):
    def write(self, _: str) -> int:
        raise BrokenPipeError

    def flush(self) -> None:
        raise BrokenPipeError


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Terminal]:
    """Return what puts a terminal in place; pytest puts its own streams back before a test."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.delenv("NO_COLOR", raising=False)

    def attach() -> Terminal:
        found = Terminal()
        monkeypatch.setattr(sys, "stdout", found)
        monkeypatch.setattr(sys, "stderr", found)
        return found

    return attach


def test_diagnostics_are_coloured(terminal: Callable[[], Terminal]) -> None:
    screen = terminal()
    show([ERROR, WARNING], SOURCES, "en")

    assert "\x1b[1;31merror LAW404\x1b[0m" in screen.getvalue()
    assert "\x1b[1;33mwarning LAW404\x1b[0m" in screen.getvalue()
    assert "\x1b[1;31m^\x1b[0m" in screen.getvalue()
    assert "\x1b[1;36mhelp\x1b[0m" in screen.getvalue()


def test_diagnostics_in_a_pipe_are_plain(capsys: pytest.CaptureFixture[str]) -> None:
    show([WARNING], SOURCES, "zh")
    show([], SOURCES, "zh")

    assert capsys.readouterr().err.startswith("a.yaml:1:4: 警告 LAW404")


def test_the_excerpt_comes_from_the_file_where_nobody_kept_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("abc: d\n", encoding="utf-8")
    broken = tmp_path / "b.yaml"
    broken.write_bytes(b"ab\xff\n")

    for place in (path, broken):
        show([Diagnostic("LAW404", Span(str(place), 3, 4, 1, 4))], {}, "en")

    shown = capsys.readouterr().err
    assert "    abc: d\n       ^\n" in shown
    assert f"{broken}:1:4: error LAW404" in shown


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ([], Exit.DONE),
        ([WARNING], Exit.DONE),
        ([ERROR, WARNING], Exit.RULES),
        ([ERROR, UNREADABLE], Exit.COULD_NOT_RUN),
        ([UNFIT], Exit.RULES),
    ],
)
def test_errors_have_their_exit_code(found: list[Diagnostic], code: Exit) -> None:
    assert exit_of(found) is code


def test_findings_are_counted() -> None:
    assert counted([ERROR, WARNING, WARNING], "en") == "1 error, 2 warnings"
    assert counted([ERROR], "zh") == "1个错误，0个警告"


def test_lines_have_their_styles(terminal: Callable[[], Terminal], tmp_path: Path) -> None:
    screen = terminal()
    line = StyledLine((("heading", "Fine: "), ("range", "1 yuan"), ("", " [x]")))

    deliver_lines([line], None)
    deliver_lines([line], tmp_path / "out.txt")

    assert screen.getvalue() == "\x1b[1mFine: \x1b[0m\x1b[1;32m1 yuan\x1b[0m [x]\n"
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == "Fine: 1 yuan [x]\n"


@pytest.mark.parametrize(("columns", "expected"), [("20", 60), ("90", 90), ("300", 140)])
def test_lines_are_as_wide_as_the_terminal_within_reason(
    terminal: Callable[[], Terminal], monkeypatch: pytest.MonkeyPatch, columns: str, expected: int
) -> None:
    screen = terminal()
    monkeypatch.setenv("COLUMNS", columns)

    assert width(None) == expected
    assert width(Path("out.txt")) == 100
    assert screen.getvalue() == ""


def test_cells_are_wrapped_on_a_terminal_and_whole_ones_only_for_want_of_room(
    terminal: Callable[[], Terminal],
) -> None:
    screen = terminal()
    words = "one two three four five six seven eight nine ten"
    say_table(["id", "words"], [("a-long-identifier", words)], whole=(0,))
    lines = screen.getvalue().splitlines()

    assert lines[2].startswith("a-long-identifier")
    assert len(lines) > 4
    assert max(map(len, lines[1:])) <= 40

    screen = terminal()
    say_table(["id", "words"], [("a-long-identifier" * 3, "x")], whole=(0,))
    shown = screen.getvalue()
    assert max(map(display_width, shown.splitlines()[1:])) <= 40
    assert "a-long-identifier" * 3 in "".join(line.split()[0] for line in shown.splitlines()[2:])


def test_a_row_is_one_line_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    say_table(["id", "words"], [("x" * 200, "one\ntwo"), ("店\x1b[31m", "y")])

    head, rule, first, second = capsys.readouterr().out.splitlines()
    assert head.split() == ["id", "words"]
    assert set(rule) == {"─"}
    assert first.split() == ["x" * 200, "one", "|", "two"]
    assert second.split() == ["店\ufffd[31m", "y"]


@pytest.mark.parametrize(
    ("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")], ids=["declined", "dumb"]
)
def test_colours_can_be_declined(
    terminal: Callable[[], Terminal], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    screen = terminal()
    assert in_colour(screen)
    monkeypatch.setenv(name, value)

    assert not in_colour(screen)
    assert not in_colour(None)


def test_a_reader_that_is_gone_ends_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Closed())

    with pytest.raises(typer.Exit) as end:
        say("x")

    assert end.value.exit_code == Exit.CLOSED_PIPE


def test_output_that_cannot_be_written_goes_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "out.txt").open("w", encoding="utf-8") as file:

        class Full(Closed):
            def fileno(self) -> int:
                return file.fileno()

        monkeypatch.setattr(sys, "stdout", Full())
        monkeypatch.setattr(sys, "stderr", None)
        forget_output()
        file.write("lost")

    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == ""


def test_streams_are_made_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(data, encoding="ascii"))
    monkeypatch.setattr(sys, "stderr", None)

    prepare_streams()
    say("某店 \udc80")
    complain("nobody hears it")

    assert data.getvalue() == "某店 \\udc80\n".encode()


def many_findings(count: int) -> list[Diagnostic]:
    warnings = [
        Diagnostic("LAW404", Span("a.yaml", 3, 4, n, 4), {}, Severity.WARNING) for n in range(count)
    ]
    return [*warnings, ERROR, UNREADABLE]


@pytest.mark.parametrize(
    ("language", "rest"),
    [
        ("en", "and 4,997 more: LAW404 4,997; `lawengine check --all` shows them\n"),
        ("zh", "另有4997个未列：LAW404 4997个；`lawengine check --all`可全部显示\n"),
    ],
)
def test_of_many_findings_the_first_of_each_code_are_shown(
    language: Language, rest: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = many_findings(4999)
    show(found, SOURCES, language)
    short = capsys.readouterr().err
    assert short.count("LAW404:") == 3
    assert short.count("LAW107:") == 1
    assert short.startswith("a.yaml:1:4: error" if language == "en" else "a.yaml:1:4: 错误")
    assert short.endswith(f"{rest}\n")

    show(found, SOURCES, language, everything=True)
    assert capsys.readouterr().err.count("LAW404:") == 5000


def test_a_few_findings_are_all_shown(capsys: pytest.CaptureFixture[str]) -> None:
    show(many_findings(28), SOURCES, "en")
    assert capsys.readouterr().err.count("LAW404:") == 29
