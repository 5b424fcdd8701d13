from pathlib import Path

import pytest

from lawengine.base.errors import (
    AmbiguousDateError,
    DateOutOfRangeError,
    LawEngineError,
    UnreadableFileError,
)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (UnreadableFileError(Path("rules"), "no such folder"), "cannot read rules: no such folder"),
        (DateOutOfRangeError("x"), "the date x lies outside the years 1 to 9999"),
        (AmbiguousDateError("x"), "x names a day that does not exist, and no rounding is written"),
    ],
)
def test_an_error_is_one_line_for_its_reader(error: LawEngineError, expected: str) -> None:
    assert str(error) == expected


def test_an_unreadable_file_says_which_and_why() -> None:
    error = UnreadableFileError(Path("rules/a.law"), "permission denied")

    assert error.path == Path("rules/a.law")
    assert error.why == "permission denied"
