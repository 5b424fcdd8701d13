import errno
import os
import threading
from pathlib import Path

import pytest

from lawengine.base.writing import write_whole
from lawengine_cli import locking
from lawengine_cli.locking import only_one
from lawengine_cli.opening import beside


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_whole(tmp_path / "new.txt", "某店\n")
    finally:
        os.umask(old)

    assert (tmp_path / "new.txt").read_bytes() == "某店\n".encode()
    assert (tmp_path / "new.txt").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["new.txt"]


def test_a_write_that_fails_leaves_the_older_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "old.txt").write_text("older", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "old.txt", "newer")

    assert (tmp_path / "old.txt").read_text(encoding="utf-8") == "older"
    assert [path.name for path in tmp_path.iterdir()] == ["old.txt"]


def test_a_device_is_written_to_as_it_is() -> None:
    write_whole(Path(os.devnull), "x")

    assert not Path(os.devnull).is_file()


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "x.txt"
    with pytest.raises(FileNotFoundError) as caught:
        write_whole(path, "x")
    assert caught.value.filename == str(path)


def test_a_lock_is_waited_for(tmp_path: Path) -> None:
    order: list[str] = []
    inside, leave = threading.Event(), threading.Event()

    def first() -> None:
        with only_one(tmp_path):
            inside.set()
            leave.wait(10)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    assert inside.wait(10)
    threading.Timer(0.2, leave.set).start()
    with only_one(tmp_path):
        order.append("second")
    thread.join()

    assert order == ["first", "second"]


def test_a_file_system_without_locks_is_no_reason_to_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    def refuse(_: int, __: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)

    with pytest.raises(OSError, match="No locks"), locking.only_one(tmp_path):
        pass


def test_folders_are_not_read_twice(tmp_path: Path) -> None:
    for name in ("shipped/inner", "mine/inner", "other"):
        (tmp_path / name).mkdir(parents=True)
    shipped, mine, other = (tmp_path / name for name in ("shipped", "mine", "other"))

    assert beside([shipped], [shipped / "inner", mine / "inner", mine, other, mine]) == (
        mine,
        other,
    )
    assert beside([], [other, shipped]) == (other, shipped)
