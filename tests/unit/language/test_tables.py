"""The tables of the parser: kept beside the grammar, and those of no other grammar are used."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lawengine.language import make_tables, tables

SMALL = """
declaration: RULE parts _NL
?parts: NAME | NAME COMMA parts -> several
%declare RULE NAME COMMA _NL
"""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a small grammar in the place of ours."""
    path = tmp_path / "grammar.lark"
    path.write_text(SMALL, encoding="utf-8")
    for module in (tables, make_tables):
        monkeypatch.setattr(module, "GRAMMAR", path)
    return path


def test_the_tables_that_are_kept_are_those_of_the_grammar() -> None:
    kept = tables.TABLES.read_text(encoding="utf-8")

    assert kept == make_tables.text_of(make_tables.make_tables()), "run `make tables`"


@pytest.mark.usefixtures("small")
def test_tables_of_another_grammar_are_not_used() -> None:
    found = tables.read_tables.__wrapped__()

    assert found == tables.tables_of(make_tables.make_tables())
    assert {production.builds for production in found.productions} == {
        "declaration",
        "several",
        tables.ONLY_PART,
    }


def test_a_node_that_only_the_text_could_tell_is_refused(small: Path) -> None:
    grammar = SMALL.replace("NAME COMMA parts -> several", "NAME (COMMA NAME)+")
    small.write_text(grammar, encoding="utf-8")

    with pytest.raises(ValueError, match=r"`\?parts` holds a repetition"):
        make_tables.make_tables()


@pytest.mark.usefixtures("small")
def test_the_text_that_is_kept_is_the_data() -> None:
    made = make_tables.make_tables()

    assert json.loads(make_tables.text_of(made)) == json.loads(json.dumps(made))


def test_reading_rules_loads_no_lark() -> None:
    code = (
        "import sys; from lawengine.language.parse import parse; "
        "from lawengine.base.source import Source; "
        "tree = parse(Source('x.law', 'define x as 1 +\\n')).tree; "
        "print('lark' in sys.modules, len(tree.declarations))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert result.stdout == "False 0\n"
