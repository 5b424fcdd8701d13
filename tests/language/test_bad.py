"""Every mistake in `bad/*.law` gets exactly the diagnostics in the `.out` file beside it."""

import re
from pathlib import Path

import pytest

from lawengine.base.diagnostic import catalogue
from lawengine.base.label import LANGUAGES
from lawengine.base.rendering import render_diagnostic
from lawengine.base.source import Source
from lawengine.language.lexer import MAX_CHARACTERS
from lawengine.language.parse import parse

BAD = Path(__file__).parent / "bad"
FILES = sorted(BAD.glob("*.law"))
CODE = re.compile(r"LAW\d{3}")
# Told of a whole file, before there is a text to parse; or by the formatter.
NOT_THE_PARSERS = {"LAW107", "LAW126"}


def shown(path: Path) -> str:
    """Return all diagnostics of a file as its reader sees them, in English and in Chinese."""
    with path.open(encoding="utf-8", newline="") as stream:
        source = Source(path.name, stream.read())
    diagnostics = parse(source).diagnostics
    parts = [
        render_diagnostic(diagnostic, {source.path: source}, language)
        for language in LANGUAGES
        for diagnostic in diagnostics
    ]
    return "".join(f"{part}\n\n" for part in parts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_mistake_is_told_as_expected(path: Path, bless: bool) -> None:
    expected = path.with_suffix(".out")
    found = shown(path)
    if bless:
        expected.write_text(found, encoding="utf-8")

    assert found != ""
    assert found == expected.read_text(encoding="utf-8")


def test_every_expected_output_has_its_file() -> None:
    assert [path.with_suffix(".law") for path in sorted(BAD.glob("*.out"))] == FILES


def test_a_text_beyond_the_limit_is_refused() -> None:
    (diagnostic,) = parse(Source("long.law", " " * (MAX_CHARACTERS + 1))).diagnostics

    assert diagnostic.code == "LAW108"
    assert diagnostic.message("en") == "the file is longer than 2000000 characters"


def test_every_reading_code_has_a_file_that_shows_it() -> None:
    told = {code for path in FILES for code in CODE.findall(shown(path))} | {"LAW108"}
    known = {code for code in catalogue() if code.startswith("LAW1")}

    assert known - NOT_THE_PARSERS - told == set()


def test_the_parser_uses_no_reading_code_beyond_the_catalogue(checkout: Path) -> None:
    folder = checkout / "src" / "lawengine" / "language"
    used = {
        code
        for name in ("lexer", "parse", "build*", "formatting", "reading")
        for path in folder.glob(f"{name}.py")
        for code in CODE.findall(path.read_text(encoding="utf-8"))
    }

    assert used == {code for code in catalogue() if code.startswith("LAW1")}
