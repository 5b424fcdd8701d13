"""Text and tree say the same: each tree survives being written and read, in either language."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lawengine.base.label import LANGUAGES, Language
from lawengine.base.source import Source
from lawengine.language import syntax as s
from lawengine.language.formatting import format_file, format_text
from lawengine.language.parse import parse
from tests.language import trees

BOUNDED = settings(max_examples=60, suppress_health_check=list(HealthCheck))


def read(text: str) -> s.FileNode:
    """Return the tree of a text that must be free of reading errors."""
    parsed = parse(Source("drawn.law", text))
    shown = [(d.span.line, d.span.column, d.message("en")) for d in parsed.diagnostics]
    assert shown == [], text
    return parsed.tree


@pytest.mark.parametrize("language", LANGUAGES)
@BOUNDED
@given(tree=trees.files())
def test_a_tree_survives_text(language: Language, tree: s.FileNode) -> None:
    text = format_file(tree, language)

    assert read(text) == replace(tree, language=language), text


@pytest.mark.parametrize("language", LANGUAGES)
@BOUNDED
@given(tree=trees.files())
def test_formatting_twice_changes_nothing(language: Language, tree: s.FileNode) -> None:
    text = format_file(tree, language)

    assert format_text(Source("drawn.law", text)) == (text, ())


@BOUNDED
@given(tree=trees.files())
def test_either_language_leads_to_the_same_text(tree: s.FileNode) -> None:
    english = format_file(tree, "en")
    chinese = format_file(read(english), "zh")

    assert chinese == format_file(tree, "zh")
    assert format_file(read(chinese), "en") == english


def commented(text: str, own: set[int], trailing: set[int]) -> str:
    """Return `text` with a comment above or at the end of some of its lines."""
    lines: list[str] = []
    for number, line in enumerate(text.removesuffix("\n").split("\n")):
        indent = " " * (len(line) - len(line.lstrip(" ")))
        if line and number % 7 in own:
            lines.append(f"{indent}-- above {number}")
        lines.append(f"{line}  -- after {number}" if line and number % 7 in trailing else line)
    return "".join(f"{line}\n" for line in lines)


@BOUNDED
@given(
    tree=trees.files(least=1),
    language=st.sampled_from(LANGUAGES),
    own=st.sets(st.integers(0, 6)),
    trailing=st.sets(st.integers(0, 6)),
)
def test_comments_stay_where_they_are(
    tree: s.FileNode, language: Language, own: set[int], trailing: set[int]
) -> None:
    text = commented(format_file(tree, language), own, trailing)
    if language == "zh":
        text = text.replace("语言 中文  -- after 0", "语言 中文")
        text = text.removeprefix("-- above 0\n")

    assert format_text(Source("drawn.law", text)) == (text, ())
