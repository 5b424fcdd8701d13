from pathlib import Path

from lawengine.base.source import Source
from lawengine.statutes.files import read_source
from lawengine.statutes.yaml_tree import Node, read_tree

TEXT = "a: 1\nb:\n  - x\n  - c: no\n"


def tree() -> Node:
    root, diagnostics = read_tree(Source("x.yaml", TEXT))
    assert diagnostics == ()
    assert root is not None
    return root


def test_scalars_stay_text() -> None:
    assert tree().plain() == {"a": "1", "b": ["x", {"c": "no"}]}


def test_places_are_those_of_the_value_or_of_what_holds_it() -> None:
    root = tree()
    assert [
        (root.place(path).line, root.place(path).column)
        for path in (("a",), ("b", 0), ("b", 1, "c"), ("a", "deeper"), ("b", 9), ("none",), ())
    ] == [(1, 4), (3, 5), (4, 8), (1, 4), (3, 3), (1, 1), (1, 1)]
    assert TEXT[root.place(("b", 1, "c")).start : root.place(("b", 1, "c")).end] == "no"


def test_places_of_keys() -> None:
    root = tree()
    assert root.key_place(("b", 1, "c")).column == 5
    assert root.key_place(("b",)).line == 2
    assert root.key_place(()) == root.span
    assert root.key_place(("none",)) == root.span


def test_the_first_of_two_keys_counts() -> None:
    root, diagnostics = read_tree(Source("x.yaml", "a: 1\na: 2\n"))
    assert root is not None
    assert root.plain() == {"a": "1"}
    assert [(found.code, found.notes[0].span.line) for found in diagnostics] == [("LAW405", 1)]


def test_a_bomb_of_aliases_ends_the_reading() -> None:
    text = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    root, diagnostics = read_tree(Source("x.yaml", text))
    assert root is None
    assert [(found.code, found.span.line) for found in diagnostics] == [("LAW406", 1)]


def test_a_file_that_is_not_there_is_a_diagnostic(tmp_path: Path) -> None:
    source, diagnostics = read_source(tmp_path / "none.yaml")
    assert source is None
    assert [found.code for found in diagnostics] == ["LAW401"]
