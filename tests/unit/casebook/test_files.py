"""Files as they come: missing, huge, binary, or a whole folder of them."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from lawengine.casebook import read_case, read_casebook
from lawengine.casebook.tree import MAX_BYTES
from lawengine.model.rulebook import Rulebook

SHORT = """\
case: NAME
respondents:
  - name: agency
    acts:
      - kind: false_publicity
"""


def only(path: Path, rulebook: Rulebook) -> tuple[str, int, str]:
    read = read_case(path, rulebook)
    assert read.case is None
    (found,) = read.diagnostics
    assert found.span.path == str(path)
    assert found.message("zh")
    return found.code, found.span.line, found.message("en")


def test_a_missing_file(tmp_path: Path, rulebook: Rulebook) -> None:
    code, line, words = only(tmp_path / "none.yaml", rulebook)
    assert (code, line) == ("LAW501", 1)
    assert "No such file" in words


def test_what_is_no_file(tmp_path: Path, rulebook: Rulebook) -> None:
    assert only(tmp_path, rulebook)[0] == "LAW501"
    assert only(Path("a\0b"), rulebook)[0] == "LAW501"


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xff", "LAW513", 1),
        (b"case: a\nb: \x00\n", "LAW513", 2),
        ("case: a\ntitle: 刷单\n".encode("gb18030"), "LAW502", 2),
        ("case: a\n".encode("utf-16"), "LAW513", 1),
    ],
)
def test_bytes_that_are_no_text(
    tmp_path: Path, rulebook: Rulebook, data: bytes, code: str, line: int
) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    assert only(path, rulebook)[:2] == (code, line)


def test_a_file_of_100_mb_is_not_read(tmp_path: Path, rulebook: Rulebook) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 100_000_000)
    start = time.perf_counter()
    code, _, words = only(path, rulebook)
    assert time.perf_counter() - start < 1
    assert code == "LAW514"
    assert f"{MAX_BYTES // 1_000_000} MB" in words


def test_a_bomb_of_aliases_does_nothing(tmp_path: Path, rulebook: Rulebook) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    path = tmp_path / "bomb.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    start = time.perf_counter()
    assert only(path, rulebook)[:2] == ("LAW515", 1)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("text", ["[" * 4_000_000, "{a: " * 1_000_000, "- " * 2_000_000])
def test_endless_nesting_is_left_early(tmp_path: Path, rulebook: Rulebook, text: str) -> None:
    path = tmp_path / "deep.yaml"
    path.write_text(text, encoding="utf-8")
    start = time.perf_counter()
    assert only(path, rulebook)[:2] == ("LAW516", 1)
    assert time.perf_counter() - start < 1


def test_a_folder_is_read_in_order_and_a_bad_file_stops_no_other(
    tmp_path: Path, rulebook: Rulebook
) -> None:
    (tmp_path / "b.yaml").write_text(SHORT.replace("NAME", "second"), encoding="utf-8")
    (tmp_path / "a.YML").write_text(SHORT.replace("NAME", "first"), encoding="utf-8")
    (tmp_path / "c.yaml").write_text("case: [", encoding="utf-8")
    (tmp_path / "d.yaml").write_text(SHORT.replace("NAME", "first"), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("words", encoding="utf-8")
    files, diagnostics = read_casebook(tmp_path, rulebook)
    assert [case.identifier for case in files] == ["first", "second"]
    assert [(found.code, Path(found.span.path).name) for found in diagnostics] == [
        ("LAW511", "c.yaml"),
        ("LAW535", "d.yaml"),
    ]
    assert Path(diagnostics[1].notes[0].span.path).name == "a.YML"


def test_a_folder_without_cases(tmp_path: Path, rulebook: Rulebook) -> None:
    files, (found,) = read_casebook(tmp_path, rulebook)
    assert (files, found.code) == ((), "LAW538")
    files, (found,) = read_casebook(tmp_path / "none", rulebook)
    assert (files, found.code) == ((), "LAW501")
