from pathlib import Path

import pytest

from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.source import Source
from lawengine.statutes import read_instrument, read_library
from lawengine.statutes.files import MAX_BYTES

INVENTED = Path(__file__).parent / "invented"
GOOD = (INVENTED / "LAN-2001.yaml").read_text(encoding="utf-8")
UNVERIFIED = (INVENTED / "HAR-2010.yaml").read_text(encoding="utf-8")


def read(text: str) -> list[Diagnostic]:
    _, diagnostics = read_instrument(Source("x.yaml", text))
    # Every message fills its places, in both languages.
    assert all(found.message("en") and found.message("zh") for found in diagnostics)
    return list(diagnostics)


def codes(diagnostics: list[Diagnostic]) -> list[tuple[str, int]]:
    return sorted((found.code, found.span.line) for found in diagnostics)


def test_a_good_file_has_no_diagnostics() -> None:
    assert read(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "words"),
    [
        ("family: LAN", "famliy: LAN", "LAW409", 2, "unknown key `famliy`"),
        ("rank: law", "rank: custom", "LAW410", 7, "`rank` should be one of: 'law', "),
        ("2001-03-01", "2001-02-30", "LAW410", 8, "a date such as 2019-04-23, found `2001-02-30`"),
        ("2001-03-01", "20010301", "LAW410", 8, "a date such as"),
        ("2001-03-01", "[2001, 3, 1]", "LAW410", 8, "a date such as 2019-04-23, found a list"),
        ("verified: true", "verified: perhaps", "LAW410", 6, "true or false"),
        ("id: LAN-2001", "id: LAN 2001", "LAW410", 1, "a name without spaces"),
        ("  - article: art 4", "  - article: article four", "LAW410", 25, "an article such as"),
        ("  - article: art 4", "  - article: art 4(1)", "LAW410", 25, "an article such as"),
        ('"1(2)"', '"1.2"', "LAW410", 21, "a place such as"),
        ("layout: [0]", "layout: [none]", "LAW410", 27, "a whole number"),
        ("layout: [0]", "layout: many", "LAW410", 27, "a list"),
        ("terms: [责令改正, 罚款]", "terms: {a: b}", "LAW410", 23, "a list, found a block of keys"),
        (
            "    layout: [0]\n",
            "    layout: [0]\n    succeeds: [art 3]\n",
            "LAW410",
            28,
            "a citation",
        ),
        ("title: {", "title: words #{", "LAW410", 4, "a block of keys, found `words`"),
        ("art 2\n", "art 4\n", "LAW412", 25, "`LAN-2001 art 4` is digested twice"),
        ("in_force_to: 2015-12-31", "in_force_to: 2001-03-31", "LAW417", 9, "out of order"),
        ("adopted: 2001-03-01", "adopted: 2001-04-02", "LAW417", 9, "out of order"),
        ('"1(2)"', '"1(4)"', "LAW418", 17, "`LAN-2001 art 3(1)(4)`"),
        ("family: LAN", "family: LAN\nfamily: HAR", "LAW405", 3, "`family` stands twice"),
        ("family: LAN", "family: &a LAN", "LAW406", 2, "anchors"),
        ("family: LAN", "family: *a", "LAW406", 2, "anchors"),
        ("family: LAN", "family: !!str LAN", "LAW406", 2, "tags"),
        ("family: LAN", "\tfamily: LAN", "LAW404", 2, "not well-formed"),
        ("family: LAN", "? [a]\n: LAN", "LAW404", 2, "not well-formed"),
        ("family: LAN", "family: LAN\n---\na: b", "LAW404", 3, "not well-formed"),
        ("family: LAN", "family: " + "[" * 30 + "]" * 30, "LAW407", 2, "deeper than 20"),
        ("family: LAN", "family: L\x00N", "LAW404", 1, "not well-formed"),
        ("family: LAN", 'family: "\\ud800"', "LAW404", 2, "not well-formed"),
        ("family: LAN", "family:", "LAW410", 2, "a name without spaces, found nothing"),
        ("  - article: art 4", "  - article: art " + "9" * 5000, "LAW410", 25, "99…`"),
        ("layout: [0]", "layout: [" + "9" * 5000 + "]", "LAW410", 27, "99…`"),
        ('zh: "处罚入灯簿。"', 'zh: " "', "LAW410", 26, "some words"),
        ("    fingerprint:", "    fingerprint: 00ff #", "LAW410", 16, "64 hexadecimal digits"),
    ],
)
def test_a_mistake_is_named_at_its_place(
    old: str, new: str, code: str, line: int, words: str
) -> None:
    assert old in GOOD
    diagnostics = read(GOOD.replace(old, new, 1))
    found = [d for d in diagnostics if (d.code, d.span.line) == (code, line)]
    assert found, codes(diagnostics)
    assert words in found[0].message("en")


def test_a_slip_is_corrected_and_a_missing_key_named() -> None:
    diagnostics = read(GOOD.replace("family: LAN", "famliy: LAN"))
    assert codes(diagnostics) == [("LAW408", 1), ("LAW409", 2)]
    assert [found.suggestion for found in diagnostics if found.code == "LAW409"] == ["family"]


def test_all_mistakes_come_at_once() -> None:
    text = GOOD.replace("rank: law", "rank: x").replace("2001-04-01", "soon", 1)
    assert codes(read(text.replace("layout: [0]", "layout: [x]"))) == [
        ("LAW410", 7),
        ("LAW410", 9),
        ("LAW410", 27),
    ]


def test_unverified_needs_a_reason() -> None:
    lines = [line for line in UNVERIFIED.splitlines() if not line.startswith("because")]
    assert codes(read("\n".join(lines))) == [("LAW416", 11)]


@pytest.mark.parametrize("text", ["", "words", "[1, 2]", "a: b", "{", "- - -", "\ufeff", "%"])
def test_what_is_no_digest_gives_diagnostics_and_no_crash(text: str) -> None:
    instrument, _ = read_instrument(Source("x.yaml", text))
    assert instrument is None


def test_a_file_cut_in_half_never_crashes() -> None:
    for length in range(0, len(GOOD), 7):
        for found in read(GOOD[:length]):
            assert found.span.path == "x.yaml"


def folder_with(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_of_the_user_stands_beside(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, own=GOOD.replace("LAN", "OWN").replace("集市法", "自家法"))
    library, diagnostics = read_library([INVENTED, folder])
    assert diagnostics == ()
    assert library.families() == ("HAR", "LAN", "OWN")


def test_the_same_identifier_twice_is_named_and_the_first_counts(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, again=GOOD.replace("Lantern Land (2001)", "Elsewhere"))
    library, diagnostics = read_library([INVENTED, folder])
    assert [found.code for found in diagnostics] == ["LAW411"]
    assert diagnostics[0].span.path == str(folder / "again.yaml")
    assert diagnostics[0].notes[0].span.path == str(INVENTED / "LAN-2001.yaml")
    first = library.instrument("LAN-2001")
    assert first is not None
    assert first.title.en == "Market Law of Lantern Land (2001)"


def test_one_chinese_name_for_two_versions_is_named(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, again=GOOD.replace("id: LAN-2001", "id: LAN-2002", 1))
    _, diagnostics = read_library([INVENTED, folder])
    assert [found.words["id"] for found in diagnostics] == ["集市法-2001"]


@pytest.mark.parametrize(
    ("end", "code", "severity"),
    [
        ("2016-01-01", "LAW413", Severity.ERROR),
        ("", "LAW413", Severity.ERROR),
        ("2015-12-30", "LAW414", Severity.WARNING),
    ],
)
def test_versions_overlap_or_leave_a_gap(
    tmp_path: Path, end: str, code: str, severity: Severity
) -> None:
    later = (INVENTED / "LAN-2015.yaml").read_text(encoding="utf-8")
    earlier = GOOD.replace("2015-12-31", end)
    _, diagnostics = read_library([folder_with(tmp_path, a=earlier, b=later)])
    assert [(found.code, found.severity) for found in diagnostics] == [(code, severity)]


def test_a_citation_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    later = (INVENTED / "LAN-2015.yaml").read_text(encoding="utf-8")
    later = later.replace("LAN-2001 art 2]", "LAN-2010 art 2]").replace("art 4(2)]", "art 4(3)]")
    _, diagnostics = read_library([folder_with(tmp_path, a=GOOD, b=later)])
    assert [(found.code, str(found.words["citation"])) for found in diagnostics] == [
        ("LAW415", "LAN-2015 art 4(3)"),
        ("LAW415", "LAN-2010 art 2"),
    ]
    assert diagnostics[1].suggestion in {"LAN-2015", "LAN-2001"}


def test_files_that_cannot_be_used_are_named_and_the_others_read(tmp_path: Path) -> None:
    folder_with(tmp_path, good=GOOD)
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00id: x")
    (tmp_path / "big.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    (tmp_path / "folder.yaml").mkdir()
    library, diagnostics = read_library([tmp_path, tmp_path / "missing"])
    assert sorted((found.code, Path(found.span.path).name) for found in diagnostics) == [
        ("LAW401", "folder.yaml"),
        ("LAW401", "missing"),
        ("LAW402", "binary.yaml"),
        ("LAW403", "big.yaml"),
    ]
    assert [found.id for found in library.instruments] == ["LAN-2001"]


def test_an_empty_folder_is_a_warning(tmp_path: Path) -> None:
    library, diagnostics = read_library([tmp_path])
    assert library.instruments == ()
    assert [(d.code, d.severity) for d in diagnostics] == [("LAW419", Severity.WARNING)]
