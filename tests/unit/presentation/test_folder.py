"""A report is a folder that is there whole or not at all, and its files agree with each other."""

from __future__ import annotations

import errno
import json
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest
from PIL import Image

from lawengine.analysis.refusal import RefusedError
from lawengine.analysis.result import Analysis, Data
from lawengine.base.label import LANGUAGES
from lawengine.presentation import folder as folders
from lawengine.presentation.document import Cell, Table
from lawengine.presentation.folder import free, write_report
from lawengine.presentation.fonts import chinese_font
from lawengine.presentation.pages import page
from lawengine.presentation.workbook import as_workbook
from tests.presenting import SVG, hostile, material, rebuilt, whole, workbook

NO_FONTS = (Path("no-such-folder"),)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("reports") / "report"
    diagnostics = write_report(material(), place, NO_FONTS)
    assert [one.code for one in diagnostics] == ["LAW793"]
    return place


def as_json(report: Path) -> object:
    return json.loads((report / "analysis.json").read_text(encoding="utf-8"))


def test_the_files_of_a_report(report: Path) -> None:
    names = {path.name for path in report.iterdir()}
    assert names == {
        "analysis.json", "figures.parquet", "plots", "report.en.html", "report.zh.html",
        "tables.en.xlsx", "tables.zh.xlsx",
    }  # fmt: skip
    plots = {path.name for path in (report / "plots").iterdir()}
    for language in LANGUAGES:
        wanted = {f"{one.name}.{language}.svg" for one in page(material(), language).plots()}
        assert wanted == {name for name in plots if name.endswith(f".{language}.svg")}
    assert list(report.parent.iterdir()) == [report]


def test_json_holds_the_analysis_as_it_is(report: Path) -> None:
    assert as_json(report) == json.loads(json.dumps(whole().as_data()))


def test_parquet_read_back_is_the_json(report: Path) -> None:
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"SELECT path, value, number FROM '{report / 'figures.parquet'}'"
        ).fetchall()
    assert rebuilt([(path, json.loads(value)) for path, value, _ in rows]) == as_json(report)
    for _, value, number in rows:
        plain = json.loads(value)
        counts = isinstance(plain, int | float) and not isinstance(plain, bool)
        assert number == (plain if counts else None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_read_back_is_the_json_and_the_tables(report: Path, language: str) -> None:
    sheets = workbook(report / f"tables.{language}.xlsx")
    *_, last = sheets
    assert last == "analysis.json"
    pairs: list[tuple[str, object]] = []
    for path, *rest in sheets[last]:
        value = rest[0] if rest else None
        pairs.append((str(path), json.loads(value) if value in ("[]", "{}") else value))
    assert rebuilt(pairs) == as_json(report)
    tables = page(material(), "zh" if language == "zh" else "en").tables()
    for table, cells in zip(tables, list(sheets.values())[1:-1], strict=True):
        assert [str(cell or "") for cell in cells[1]] == [*table.head]
        for row, read in zip(table.rows, cells[2:], strict=False):
            assert [one.text if one.number is None else one.number for one in row] == [
                *("" if cell is None else cell for cell in read)
            ]


def test_without_a_chinese_font_only_such_pictures_are_left_out(report: Path) -> None:
    pictures = sorted((report / "plots").glob("*.png"))
    assert pictures
    assert [one.name for one in pictures if ".zh." in one.name] == []
    for path in pictures:
        with Image.open(path) as picture:
            assert picture.size[0] == 1760
            assert picture.convert("RGB").getextrema() != ((255, 255),) * 3
    drawing = (report / "plots" / "mean-fine-weighted.zh.svg").read_text(encoding="utf-8")
    words = "".join(one.text or "" for one in ElementTree.fromstring(drawing).iter(f"{SVG}text"))  # noqa: S314 - our own
    assert "件均罚款" in words
    assert chinese_font(NO_FONTS) is None


def test_a_broken_font_is_no_font(tmp_path: Path) -> None:
    (tmp_path / "NotoSansCJK-Regular.ttc").write_bytes(b"no font at all")
    assert chinese_font((tmp_path,)) is None


def refused(code: str, *arguments: object) -> str:
    with pytest.raises(RefusedError) as caught:
        write_report(*arguments)  # type: ignore[arg-type]  # as the tests give them
    assert caught.value.diagnostic.code == code
    return caught.value.diagnostic.message("en")


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_nothing_that_is_there_is_touched(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "report"
    if kind == "folder":
        place.mkdir()
    elif kind == "file":
        place.write_text("mine", encoding="utf-8")
    else:
        place.symlink_to(tmp_path / "nowhere")
    before = sorted(tmp_path.rglob("*"))
    assert "is there already" in refused("LAW790", material(), place)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "Not a directory" in refused("LAW791", material(), tmp_path / "file" / "report")
    assert "No such file" in refused("LAW791", material(), tmp_path / "none" / "report")


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(folders, "as_workbook", full)
    assert "No space left" in refused("LAW791", material(), tmp_path / "report", NO_FONTS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("library", ["PIL", "xlsxwriter"])
def test_without_the_libraries_it_says_what_to_install(
    library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(RefusedError) as caught:
        free(tmp_path / "report")
    assert caught.value.diagnostic.code == "LAW792"


def test_nothing_to_report(tmp_path: Path) -> None:
    data = Data("x", "0", 0, (), None, None, None)
    refused("LAW794", material(Analysis(data, (), (), ())), tmp_path / "report")
    empty = replace(whole(), data=replace(whole().data, rows=0), deterrence=None)
    refused("LAW794", material(empty), tmp_path / "report")
    assert list(tmp_path.iterdir()) == []


def test_words_of_others_are_no_formulas(tmp_path: Path) -> None:
    words = "=HYPERLINK(1)[]:*?/\\\x00"
    told = page(material(hostile(words)), "en")
    name = "x" * 40 + "/[a]"
    table = Table(name, "=1+1", ("=2", "+2"), ((Cell("=3"), Cell("9", 2**60)),) * 2)
    section = replace(told.sections[0], blocks=(table, table))
    place = tmp_path / "book.xlsx"
    place.write_bytes(as_workbook(replace(told, sections=(section,)), "en", ()))
    sheets = workbook(place)
    assert [len(one) <= 31 for one in sheets] == [True] * 4
    assert list(sheets.values())[1] == [["=1+1"], ["=2", "+2"], ["=3", "9"], ["=3", "9"]]
