import gc
from collections.abc import Callable
from pathlib import Path

import pytest

from lawengine.base.errors import UnreadableFileError
from lawengine_cli import app, main
from lawengine_cli.exits import Exit


def code_of(arguments: list[str]) -> int:
    with pytest.raises(SystemExit) as end:
        main.run(arguments)
    assert isinstance(end.value.code, int)
    return end.value.code


def raising(error: BaseException) -> Callable[..., None]:
    def fail(**_: object) -> None:
        raise error

    return fail


def test_the_codes_are_those_that_are_documented() -> None:
    assert {code.name: code.value for code in Exit} == {
        "DONE": 0,
        "COULD_NOT_RUN": 1,
        "USAGE": 2,
        "RULES": 3,
        "UNDETERMINED": 4,
        "CASEBOOK": 5,
        "CONFLICT": 6,
        "REFUSED": 7,
        "TAMPERED": 8,
        "INTERRUPTED": 130,
        "CLOSED_PIPE": 141,
    }


def test_a_command_ends_with_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert code_of(["version"]) == 0
    assert code_of(["nope"]) == 2
    captured = capsys.readouterr()
    assert captured.out.startswith("lawengine ")
    assert "No such command 'nope'" in captured.err


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (KeyboardInterrupt(), 130, ""),
        (BrokenPipeError(), 141, ""),
        (SystemExit(), 0, ""),
        (SystemExit("words"), 1, ""),
        (SystemExit(4), 4, ""),
        (
            UnreadableFileError(Path("a"), "no such file"),
            1,
            "lawengine: cannot read a: no such file\n",
        ),
        (OSError(28, "No space left"), 1, "lawengine: No space left\n"),
        (OSError(13, "Denied", "a.yaml"), 1, "lawengine: a.yaml: Denied\n"),
        (
            ValueError("odd\nmore"),
            1,
            "lawengine: unexpected ValueError: odd (LAWENGINE_DEBUG=1 shows where)\n",
        ),
        (
            ValueError(),
            1,
            "lawengine: unexpected ValueError:  (LAWENGINE_DEBUG=1 shows where)\n",
        ),
    ],
)
def test_whatever_happens_has_its_code(
    error: BaseException,
    code: int,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(app, "app", raising(error))
    monkeypatch.delenv("LAWENGINE_DEBUG", raising=False)

    assert code_of([]) == code
    assert capsys.readouterr().err == told


def test_debugging_shows_the_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(app, "app", raising(ValueError("odd")))
    monkeypatch.setenv("LAWENGINE_DEBUG", "1")

    assert code_of([]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_only_a_process_of_its_own_stops_looking_for_garbage(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = gc.get_freeze_count()
    with pytest.raises(SystemExit):
        main.run(["version"])

    assert capsys.readouterr().out.startswith("lawengine ")
    assert gc.get_freeze_count() == before
