from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from lawengine.base.citation import Citation, parse_citation
from lawengine.base.diagnostic import Severity
from lawengine.statutes import (
    Library,
    Outcome,
    attached_text,
    fingerprint,
    import_texts,
    read_attachments,
    read_library,
    stamp,
    verify,
)
from lawengine.statutes.attaching import FILE_NAME

ROOT = Path(__file__).parents[3]
# Whoever has the official texts names their folder here; the same tests then run on them too.
REAL_TEXTS = os.environ.get("LAWENGINE_OFFICIAL_TEXTS", "")
HEADINGS = {"LAN-2015 art 4": "第四条　", "AUCL-2025 art 25": "第二十五条　"}


@dataclass(frozen=True)
class World:
    """Digests with the official texts they were stamped from, in folders a test may change."""

    digests: Path
    official: Path
    article: str
    file: str

    def library(self) -> Library:
        library, diagnostics = read_library([self.digests])
        assert diagnostics == ()
        return library


_WORLDS = {
    "invented": (
        ROOT / "tests" / "unit" / "statutes" / "invented",
        ROOT / "tests" / "fixtures" / "official",
        "LAN-2015 art 4",
        "lantern-law_2015-10-08.md",
    )
}
if REAL_TEXTS:
    _WORLDS["real"] = (
        ROOT / "statutes",
        Path(REAL_TEXTS),
        "AUCL-2025 art 25",
        "anti-unfair-competition-law_2025-06-27.md",
    )


@pytest.fixture(params=sorted(_WORLDS))
def world(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    digests, official, article, file = _WORLDS[request.param]
    # The texts may be write-protected; the copies must not be.
    for name, folder in (("digests", digests), ("official", official)):
        (tmp_path / name).mkdir()
        for path in folder.iterdir():
            if path.is_file():
                shutil.copyfile(path, tmp_path / name / path.name)
    return World(tmp_path / "digests", tmp_path / "official", article, file)


def cite(text: str) -> Citation:
    citation = parse_citation(text)
    assert citation is not None
    return citation


def change_article(world: World, old: str, new: str) -> None:
    """Replace words inside the world's chosen article, in the file of its version."""
    path = world.official / world.file
    text = path.read_text(encoding="utf-8")
    heading = HEADINGS[world.article]
    before, found, after = text.partition(heading)
    assert found
    assert old in after.partition("\n")[0]
    path.write_text(before + found + after.replace(old, new, 1), encoding="utf-8")


def outcomes(world: World) -> dict[str, Outcome]:
    return {str(c.citation): c.outcome for c in verify(world.library(), world.official).checks}


# Versions stamped from extracts that stand in no collection of official texts so far.
ELSEWHERE = frozenset(
    {
        *("ALL-2017", "ARL-2023", "CIPL-2023", "EIPR-2024"),
        *("GACC-282-2026", "SAMR-44-2021", "SAMRH-2021", "SAMRP-2022"),
    }
)


def test_digests_match_the_texts_they_were_stamped_from(world: World) -> None:
    result = verify(world.library(), world.official)
    without = {
        check.citation.instrument for check in result.checks if check.outcome is Outcome.NO_TEXT
    }
    stamped = {
        instrument.id: sum(bool(article.fingerprint) for article in instrument.articles)
        for instrument in world.library().instruments
    }
    assert not result.any_differs
    assert {name for name in without if stamped[name]} <= ELSEWHERE
    assert result.count(Outcome.MATCH) == sum(
        count for name, count in stamped.items() if name not in without
    )
    assert [found for found in result.diagnostics if found.severity is Severity.ERROR] == []
    assert [found for found in result.diagnostics if found.code == "LAW427"] == []


@pytest.mark.parametrize(("old", "new"), [("一百", "二百"), ("罚款", "罚金"), ("处", "可以处")])
def test_one_changed_word_bites_and_names_the_article(world: World, old: str, new: str) -> None:
    before = outcomes(world)
    change_article(world, old, new)
    result = verify(world.library(), world.official)
    after = {str(check.citation): check.outcome for check in result.checks}
    assert {key for key in after if after[key] is not before[key]} == {world.article}
    assert after[world.article] is Outcome.DIFFERS
    assert result.any_differs
    assert not result.all_match
    errors = [found for found in result.diagnostics if found.code == "LAW422"]
    assert [str(found.article) for found in errors] == [world.article]
    assert errors[0].span.path.startswith(str(world.digests))
    assert world.file in errors[0].message("zh")


def test_another_layout_of_the_same_words_still_matches(world: World) -> None:
    path = world.official / world.file
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("，", "， ").replace("“", "「").replace("”", "」"), encoding="utf-8"
    )
    assert outcomes(world)[world.article] is Outcome.MATCH


def test_no_text_is_never_a_match(world: World) -> None:
    (world.official / world.file).unlink()
    result = verify(world.library(), world.official)
    version = world.article.split()[0]
    found = {c.outcome for c in result.checks if c.citation.instrument == version}
    assert found == {Outcome.NO_TEXT}
    assert not result.all_match
    assert version in {d.words["id"] for d in result.diagnostics if d.code == "LAW423"}


def test_nothing_at_all_to_compare_is_no_match(world: World, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    result = verify(world.library(), empty)
    assert result.count(Outcome.NO_TEXT) == len(result.checks) > 0
    assert not result.all_match
    missing = verify(world.library(), tmp_path / "missing")
    assert missing.count(Outcome.MATCH) == 0
    assert "LAW401" in {found.code for found in missing.diagnostics}


def test_a_library_without_articles_does_not_match(tmp_path: Path) -> None:
    library, _ = read_library([])
    assert not verify(library, tmp_path).all_match


def test_all_match_when_every_article_was_compared(world: World) -> None:
    version = world.article.split()[0]
    for path in world.digests.glob("*.yaml"):
        if path.stem != version:
            path.unlink()
    library, _ = read_library([world.digests])
    assert verify(library, world.official).all_match


def test_an_article_that_its_file_lacks_is_an_error(world: World) -> None:
    path = world.official / world.file
    heading = HEADINGS[world.article]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(heading, "第九十九条　", 1), encoding="utf-8")
    result = verify(world.library(), world.official)
    assert outcomes(world)[world.article] is Outcome.NO_TEXT
    assert world.article in {str(d.article) for d in result.diagnostics if d.code == "LAW424"}


def test_two_files_of_one_version_are_named(world: World) -> None:
    shutil.copyfile(world.official / world.file, world.official / "zz-copy.md")
    result = verify(world.library(), world.official)
    found = [d for d in result.diagnostics if d.code == "LAW426"]
    assert [d.words["first"] for d in found] == [world.file]


def test_a_text_of_another_day_is_not_taken_for_the_version(world: World) -> None:
    path = world.official / world.file
    lines = path.read_text(encoding="utf-8").splitlines()
    lines = ["- 施行: 1999-01-01" if "施行 (this" in line else line for line in lines]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert outcomes(world)[world.article] is Outcome.NO_TEXT


def test_unreadable_texts_are_diagnostics(world: World) -> None:
    (world.official / "aa.md").write_bytes(b"\xff\xfe\xfa")
    (world.official / "ab.md").write_bytes(b"a" * 5_000_001)
    result = verify(world.library(), world.official)
    assert {"LAW402", "LAW403"} <= {found.code for found in result.diagnostics}
    assert not result.any_differs


def test_stamping_writes_the_same_fingerprints_again(world: World) -> None:
    assert stamp(world.digests, world.official)[1] == ()
    path = world.digests / f"{world.article.split()[0]}.yaml"
    original = path.read_text(encoding="utf-8")
    lines = [
        '    fingerprint: ""' if line.startswith("    fingerprint:") else line
        for line in original.splitlines()
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    stamped, diagnostics = stamp(world.digests, world.official)
    assert diagnostics == ()
    assert world.article in {str(change.citation) for change in stamped}
    assert {change.old for change in stamped} == {""}
    assert path.read_text(encoding="utf-8") == original
    assert stamp(world.digests, world.official) == ((), ())


def test_stamping_keeps_the_mode_of_a_file(world: World) -> None:
    path = world.digests / f"{world.article.split()[0]}.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub('fingerprint: ".+"', 'fingerprint: ""', text), encoding="utf-8")
    path.chmod(0o664)

    assert stamp(world.digests, world.official)[0]
    assert path.stat().st_mode & 0o777 == 0o664


def test_an_import_is_as_open_as_other_new_files(world: World, tmp_path: Path) -> None:
    (tmp_path / "other").write_text("", encoding="utf-8")

    import_texts(world.library(), world.official, tmp_path / "store")

    mode = (tmp_path / "store" / FILE_NAME).stat().st_mode
    assert mode == (tmp_path / "other").stat().st_mode


def test_stamping_leaves_files_with_mistakes_alone(world: World) -> None:
    path = world.digests / f"{world.article.split()[0]}.yaml"
    broken = path.read_text(encoding="utf-8").replace("rank: law", "rank: wish")
    path.write_text(broken, encoding="utf-8")
    _, diagnostics = stamp(world.digests, world.official)
    assert [found.code for found in diagnostics] == ["LAW410"]
    assert path.read_text(encoding="utf-8") == broken


def test_imported_wording_is_found_down_to_the_paragraph(world: World, tmp_path: Path) -> None:
    library, store = world.library(), tmp_path / "data"
    result = import_texts(library, world.official, store)
    attachments, diagnostics = read_attachments(library, store)
    assert diagnostics == ()
    assert len(attachments) == result.count(Outcome.MATCH)
    whole = attached_text(attachments, cite(world.article))
    second = attached_text(attachments, cite(f"{world.article}(2)"))
    assert whole is not None
    assert second is not None
    assert whole.text.endswith(second.text)
    assert "\n" not in second.text
    assert str(second.place).endswith("(2)")
    assert second.file == world.file
    assert [path.name for path in store.iterdir()] == [FILE_NAME]


def test_importing_folder_by_folder_keeps_what_fits(world: World, tmp_path: Path) -> None:
    library, store, empty = world.library(), tmp_path / "data", tmp_path / "empty"
    empty.mkdir()
    result = import_texts(library, world.official, store)
    import_texts(library, empty, store)
    assert len(read_attachments(library, store)[0]) == result.count(Outcome.MATCH)


def test_a_differing_text_is_not_imported(world: World, tmp_path: Path) -> None:
    change_article(world, "罚款", "罚金")
    library = world.library()
    import_texts(library, world.official, tmp_path / "data")
    attachments, _ = read_attachments(library, tmp_path / "data")
    assert attached_text(attachments, cite(world.article)) is None
    assert len(attachments) > 0


@pytest.mark.parametrize("forged", [False, True])
def test_stored_wording_that_was_changed_is_refused(
    world: World, tmp_path: Path, forged: bool
) -> None:
    library, store = world.library(), tmp_path / "data"
    import_texts(library, world.official, store)
    path = store / FILE_NAME
    data = json.loads(path.read_text(encoding="utf-8"))
    number = cite(world.article).article.number
    version = world.article.split()[0]
    for entry in data["articles"]:
        if (entry["instrument"], entry["article"]) == (version, number):
            entry["text"] = entry["text"].replace("罚款", "罚金")
            if forged:
                entry["fingerprint"] = fingerprint(entry["text"])
    path.write_text(json.dumps(data), encoding="utf-8")
    attachments, diagnostics = read_attachments(library, store)
    assert [(d.code, str(d.article)) for d in diagnostics] == [("LAW431", world.article)]
    assert attached_text(attachments, cite(world.article)) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 2, "articles": []}', "\ud7ff"])
def test_what_is_no_store_is_a_diagnostic(world: World, tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    attachments, diagnostics = read_attachments(world.library(), tmp_path)
    assert len(attachments) == 0
    assert [found.code for found in diagnostics] == ["LAW430"]


def test_an_unreadable_store_is_a_diagnostic(world: World, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"\xff\xfe")
    _, diagnostics = read_attachments(world.library(), tmp_path)
    assert [found.code for found in diagnostics] == ["LAW402"]


def test_nothing_attached_is_none(world: World, tmp_path: Path) -> None:
    attachments, diagnostics = read_attachments(world.library(), tmp_path / "none")
    assert diagnostics == ()
    assert attached_text(attachments, cite(world.article)) is None
    assert attached_text(attachments, cite("NONE-1 art 1")) is None


def test_a_failed_write_leaves_the_old_store(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, store = world.library(), tmp_path / "data"
    import_texts(library, world.official, store)
    before = (store / FILE_NAME).read_bytes()

    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="no space"):
        import_texts(library, world.official, store)
    assert (store / FILE_NAME).read_bytes() == before
    assert [path.name for path in store.iterdir()] == [FILE_NAME]


def write_text(folder: Path, name: str, header: str, body: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"{header}\n\n---\n\n{body}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("header", "outcome"),
    [
        ("# 码头规则\n- 标题: 灯笼国码头规则\n- 施行: 2010-06-01", Outcome.NO_FINGERPRINT),
        ("# 灯笼国码头规则（试行）\n- 公布: 2010-05-05", Outcome.NO_FINGERPRINT),
        ("- title: 灯笼国码头规则\n- effective: 2010-06-01 to date", Outcome.NO_FINGERPRINT),
        ("# 灯笼国码头规则\n- 公布: 2010-05-05\n- 施行: 2010-06-02", Outcome.NO_TEXT),
        ("# 灯笼国码头规则\n- 公布: 2010-05-06", Outcome.NO_TEXT),
        ("# 灯笼国码头规则\n- 施行: 2010-06-31", Outcome.NO_TEXT),
        ("# 灯笼国码头规则", Outcome.NO_TEXT),
        ("# 灯笼国码头规则修改决定\n- 施行: 2010-06-01", Outcome.NO_TEXT),
        (f"- a{' ' * 100_000}b\n# 灯笼国码头规则\n- 施行: 2010-06-01", Outcome.NO_FINGERPRINT),
    ],
)
def test_a_file_is_recognised_by_title_and_day(
    invented: Library, tmp_path: Path, header: str, outcome: Outcome
) -> None:
    write_text(tmp_path / "texts", "a.txt", header, "第一条　船只应当挂灯。")
    checks = {str(c.citation): c.outcome for c in verify(invented, tmp_path / "texts").checks}
    assert checks["HAR-2010 art 1"] is outcome


def test_a_text_without_a_header_is_never_taken_for_a_version(
    invented: Library, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("灯笼国码头规则\n第一条　船只应当挂灯。\n", encoding="utf-8")
    assert verify(invented, tmp_path).count(Outcome.NO_TEXT) == 8


def test_another_division_into_paragraphs_is_a_warning(invented: Library, tmp_path: Path) -> None:
    official = ROOT / "tests" / "fixtures" / "official" / "lantern-law_2001-03-01.md"
    text = official.read_text(encoding="utf-8")
    joined = text.replace("尺寸。\n\n第三人", "尺寸。第三人")
    (tmp_path / official.name).write_text(joined, encoding="utf-8")
    result = verify(invented, tmp_path)
    assert [c.outcome for c in result.checks if c.file] == [Outcome.MATCH] * 3
    found = [d for d in result.diagnostics if d.code == "LAW427"]
    assert [d.message("en").partition(" in `")[0] for d in found] == [
        "`LAN-2001 art 2` is laid out as [0, 0] in the digest and as [0]"
    ]


def test_a_place_that_the_text_does_not_show_gives_the_whole_article(
    invented: Library, tmp_path: Path
) -> None:
    official = ROOT / "tests" / "fixtures" / "official" / "lantern-law_2001-03-01.md"
    text = official.read_text(encoding="utf-8").replace("尺寸。\n\n第三人", "尺寸。第三人")
    (tmp_path / official.name).write_text(text, encoding="utf-8")
    import_texts(invented, tmp_path, tmp_path / "data")
    attachments, _ = read_attachments(invented, tmp_path / "data")
    wording = attached_text(attachments, cite("集市法-2001 第2条第2款"))
    assert wording is not None
    assert str(wording.citation) == "LAN-2001 art 2(2)"
    assert str(wording.place) == "art 2"
    assert wording.text.endswith("不适用本条。")


def test_every_outcome_has_words_and_only_one_says_that_it_matches() -> None:
    words = {outcome: outcome.label().en for outcome in Outcome}
    assert [outcome for outcome, text in words.items() if "matches" in text] == [Outcome.MATCH]
    assert len(set(words.values())) == len(Outcome)


def test_stamping_passes_over_what_cannot_be_read(world: World) -> None:
    stamp(world.digests, world.official)
    (world.digests / "aa.yaml").write_bytes(b"\xff")
    stamped, diagnostics = stamp(world.digests, world.official)
    assert stamped == ()
    assert [found.code for found in diagnostics] == ["LAW402"]


def test_a_store_with_half_a_character_is_refused(invented: Library, tmp_path: Path) -> None:
    entry = (
        '{"instrument": "LAN-2001", "article": 4, "inserted": 0, "fingerprint": "", "file": "a",'
        ' "text": "\\ud800"}'
    )
    (tmp_path / FILE_NAME).write_text(f'{{"format": 1, "articles": [{entry}]}}', encoding="utf-8")
    attachments, diagnostics = read_attachments(invented, tmp_path)
    assert len(attachments) == 0
    assert [found.code for found in diagnostics] == ["LAW430"]
