"""Words that are read table by table are those that the whole file holds."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import lawengine
from lawengine.base.words import Words

PACKAGE = Path(lawengine.__file__).parent
FILES = (PACKAGE / "base" / "messages.toml", PACKAGE / "explanation" / "phrases.toml")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_table_by_table_a_file_says_what_it_says_as_a_whole(path: Path) -> None:
    whole = tomllib.loads(path.read_text(encoding="utf-8"))
    found = Words(path)

    assert whole
    assert list(found) == list(whole)
    assert {name: found[name] for name in found} == whole
    assert len(found) == len(whole)


def test_a_table_goes_as_far_as_those_below_it(tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text(
        '# words\n[one]\nen = "a [b]"\n# of one\n[one.yes]\nen = "c"\n\n[two]\nen = "[d]"\n',
        encoding="utf-8",
    )
    found = Words(path)

    assert found["one"] == {"en": "a [b]", "yes": {"en": "c"}}
    assert found["two"] == {"en": "[d]"}
    assert "three" not in found
    with pytest.raises(KeyError):
        found["three"]
