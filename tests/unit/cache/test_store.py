"""The cache of read rulebooks: the same as read anew, and nothing that was not written so."""

import os
import stat
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from lawengine import workspace
from lawengine.base.source import Source
from lawengine.cache import store
from lawengine.cache.contents import Contents, read_contents, write_contents
from lawengine.cache.lines import DamagedRecordError, LazyMap, LazyRow
from lawengine.model.rulebook import Rulebook
from lawengine.workspace import Places, open_workspace
from tests import small

RULE = """
rule R
  version from 2000-01-01
    law GEN-2000 art 1
    when act.a
    then fine 10 to 20 yuan

exception S to R
  version from 2000-01-01
    law GEN-2000 art 2
    when act.b
"""
NAME = "0" * 64


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    made = tmp_path / "rules"
    made.mkdir()
    text = small.VOCABULARY.read_text(encoding="utf-8")
    (made / "small.law").write_text(text + RULE, encoding="utf-8")
    return made


def contents() -> Contents:
    return Contents(small.rulebook(RULE), open_workspace().library)


def whole(book: Rulebook) -> dict[str, object]:
    known = ["facts_read", "general", "merciful", "attackers", "status_entities", "earliest"]
    known += ["content_hash", "rating_entities", "watches"]
    return {name: getattr(book, name) for name in (*(f.name for f in fields(book)), *known)}


# Other tests tell the coverage; watching all this line by line would only take minutes.
@pytest.mark.no_cover
def test_the_shipped_rules_are_the_same_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAWENGINE_CACHE", "off")
    fresh = open_workspace()
    monkeypatch.setenv("LAWENGINE_CACHE", str(folder))
    first, second = open_workspace(), open_workspace()

    assert type(first.rulebook.rules) is dict
    assert isinstance(second.rulebook.rules, LazyMap)
    for one in (first, second):
        assert whole(one.rulebook) == whole(fresh.rulebook)
        assert list(one.rulebook.attackers.items()) == list(fresh.rulebook.attackers.items())
        assert one.library == fresh.library
        assert (one.sources, one.diagnostics) == (fresh.sources, fresh.diagnostics)
    # What does not count in a comparison is kept too.
    spans = [[v.span for v in rule.versions] for rule in fresh.rulebook.rules.values()]
    assert [[v.span for v in rule.versions] for rule in second.rulebook.rules.values()] == spans


def test_rules_are_read_when_they_are_touched() -> None:
    read = read_contents(write_contents(contents()))
    book = read.rulebook

    assert isinstance(book.rules, LazyMap)
    assert isinstance(book.scenarios, LazyRow)
    assert (len(book.rules), "R" in book.rules, book.rules.touched()) == (2, True, 0)
    assert book.rules["R"] is book.rules["R"]
    assert book.rules.touched() == 1
    assert "none" not in book.rules
    with pytest.raises(KeyError):
        book.rules["none"]


def test_a_row_behaves_like_a_tuple() -> None:
    shipped = open_workspace().rulebook.scenarios
    row = read_contents(write_contents(Contents(small.shipped(), open_workspace().library)))
    scenarios = row.rulebook.scenarios

    assert scenarios[-1] == shipped[-1]
    assert scenarios[1:3] == tuple(shipped[1:3])
    assert hash(scenarios[:2]) == hash(tuple(shipped[:2]))
    assert scenarios.__eq__("text") is NotImplemented
    assert scenarios == tuple(shipped)
    with pytest.raises(IndexError):
        scenarios[len(shipped)]


def test_another_text_another_path_or_another_order_is_another_name() -> None:
    a, b = Source("a", "1"), Source("b", "2")
    names = {
        store.name_of(texts)
        for texts in ((), (a,), (b,), (a, b), (b, a), (Source("a", "1b2"),), (Source("a1", ""),))
    }

    assert len(names) == 7
    assert store.name_of((a, b)) == store.name_of((Source("a", "1"), Source("b", "2")))


def test_another_code_is_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    before = store.name_of(())
    monkeypatch.setattr(store, "_code", lambda: "changed")

    assert store.name_of(()) != before


def test_a_changed_rule_is_read_anew(
    folder: Path, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAWENGINE_CACHE", str(folder))
    places = Places(rules=(rules,), with_shipped=False)
    before = open_workspace(places).rulebook.content_hash
    file = rules / "small.law"
    file.write_text(file.read_text(encoding="utf-8").replace("10 to 20", "10 to 30"), "utf-8")
    # A file system may keep no finer time than this.
    os.utime(file, (0, 0))

    assert open_workspace(places).rulebook.content_hash != before


def test_what_has_errors_is_not_kept(
    folder: Path, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAWENGINE_CACHE", str(folder))
    (rules / "wrong.law").write_text("rule Q\n  nonsense\n", encoding="utf-8")
    places = Places(rules=(rules,), with_shipped=False)
    first = open_workspace(places)

    assert first.diagnostics
    assert open_workspace(places).diagnostics == first.diagnostics
    assert not folder.exists()


def _cut(data: bytes) -> bytes:
    return data[:-100]


def _changed(data: bytes) -> bytes:
    return data.replace(b"GEN-2000", b"GEN-2001")


def _sealed_by_another(data: bytes) -> bytes:
    body = _changed(data)[64:]
    return store._seal(b"k" * 32, NAME, body) + body


@pytest.mark.parametrize(
    "harm", [_cut, _changed, _sealed_by_another, lambda _: b"", lambda d: d[64:], lambda d: d + d]
)
def test_a_damaged_or_planted_file_is_refused(folder: Path, harm: Callable[[bytes], bytes]) -> None:
    assert store.save(folder, NAME, contents())
    file = folder / f"{NAME}.rulebook"
    data = file.read_bytes()
    file.write_bytes(harm(data))

    assert harm(data) != data
    assert store.load(folder, NAME) is None
    file.write_bytes(data)
    assert store.load(folder, NAME) is not None


def test_a_stale_file_under_a_new_name_is_refused(folder: Path) -> None:
    assert store.save(folder, NAME, contents())
    (folder / f"{NAME}.rulebook").rename(folder / f"{'1' * 64}.rulebook")

    assert store.load(folder, "1" * 64) is None


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{}", b"[]", b"null\n", b"\xff", b'{"paths":[]}\n', b"[" * 100_000,
        b'{"paths":[]}\n' + b'{"Rule":[]}\n' * 7,
    ],
    ids=range(8),
)  # fmt: skip
def test_a_sealed_file_that_is_no_rulebook_is_refused(folder: Path, body: bytes) -> None:
    assert store.save(folder, NAME, contents())
    key = (folder / "key").read_bytes()
    (folder / f"{NAME}.rulebook").write_bytes(store._seal(key, NAME, body) + body)

    assert store.load(folder, NAME) is None


def test_a_forged_line_is_an_error_in_one_line() -> None:
    lines = write_contents(contents()).splitlines()
    whole = 7  # the head, and what every case reads
    forged = b"\n".join([*lines[:whole], *(b'{"Rule":[]}' for _ in lines[whole:]), b""])
    book = read_contents(forged).rulebook

    with pytest.raises(DamagedRecordError, match="delete the cache folder"):
        book.rules["R"]


def test_lines_that_are_missing_or_left_over_are_refused() -> None:
    text = write_contents(contents())
    with pytest.raises(ValueError, match="left over"):
        read_contents(text + b"{}\n")
    with pytest.raises(ValueError, match="missing"):
        read_contents(b"".join(text.splitlines(keepends=True)[:-1]))
    with pytest.raises(ValueError, match="cut off"):
        read_contents(text[:-1])


def _foreign_file(folder: Path) -> None:
    (folder / f"{NAME}.rulebook").chmod(0o666)


def _foreign_key(folder: Path) -> None:
    (folder / "key").chmod(0o620)


def _open_folder(folder: Path) -> None:
    folder.chmod(0o777)


@pytest.mark.parametrize("opened", [_foreign_file, _foreign_key, _open_folder])
def test_what_others_can_write_to_is_not_used(folder: Path, opened: Callable[[Path], None]) -> None:
    assert store.save(folder, NAME, contents())
    opened(folder)

    with pytest.raises(store.UnsafeFolderError):
        store.load(folder, NAME)


def test_what_belongs_to_others_is_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert store.save(folder, NAME, contents())
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)

    with pytest.raises(store.UnsafeFolderError):
        store.load(folder, NAME)
    with pytest.raises(store.UnsafeFolderError):
        store.save(folder, NAME, contents())


def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    assert store.save(folder, NAME, contents())
    file = folder / f"{NAME}.rulebook"
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert store.load(folder, NAME) is None

    linked = tmp_path / "linked"
    linked.symlink_to(folder)
    with pytest.raises(store.UnsafeFolderError):
        store.load(linked, NAME)


def test_a_pipe_keeps_nobody_waiting(folder: Path) -> None:
    assert store.save(folder, NAME, contents())
    file = folder / f"{NAME}.rulebook"
    file.unlink()
    os.mkfifo(file, 0o600)

    assert store.load(folder, NAME) is None


def test_an_unsafe_folder_is_a_warning_and_no_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    folder.chmod(0o777)
    monkeypatch.setenv("LAWENGINE_CACHE", str(folder))
    found = open_workspace()

    assert found.sound
    assert [(d.code, d.severity) for d in found.diagnostics] == [("LAW460", "warning")]
    assert str(folder) in found.diagnostics[0].message("en")
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("LAWENGINE_CACHE", str(tmp_path / "file" / "cache"))

    assert open_workspace().diagnostics == ()


def test_files_are_of_this_user_alone_and_few(folder: Path) -> None:
    for n in range(store.KEEP + 3):
        assert store.save(folder, f"{n:064}", contents())
        os.utime(folder / f"{n:064}.rulebook", (n, n))

    kept = sorted(folder.glob("*.rulebook"))
    assert [int(path.stem) for path in kept] == list(range(3, store.KEEP + 3))
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {path.suffix for path in folder.iterdir()} == {".rulebook", ""}


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise RuntimeError

    monkeypatch.delenv("LAWENGINE_CACHE")
    monkeypatch.setattr(Path, "home", nowhere)

    assert workspace.open_workspace().sound
