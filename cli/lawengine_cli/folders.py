"""Folders of the user, made whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from lawengine.base.errors import LawEngineError
from lawengine.base.writing import umask


class FolderTakenError(LawEngineError):
    """Where a folder is to be made, there is something already."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"`{path}` is there already and is no empty folder")
        self.path = path


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder of these files all at once: it is there with all of them, or not at all.

    Names are relative, with `/` between folders. Edges: an empty folder is filled and stays what it
    is, with its owner and permissions; of two that fill one at once, the first wins.

    Raises:
        FolderTakenError: something stands there already; it is left as it is.
        FileNotFoundError: there is no folder to make it in.
        OSError: it cannot be written; nothing is left behind.
    """
    filled = os.path.lexists(target)
    if filled and not (target.is_dir() and not any(target.iterdir())):
        raise FolderTakenError(target)
    if not target.parent.is_dir():
        raise FileNotFoundError(target.parent)
    import tempfile

    # Beside what it becomes, so that moving it is one step of one file system.
    room = target if filled else target.parent
    temporary = Path(tempfile.mkdtemp(dir=room, prefix=".lawengine-new-", suffix=".tmp"))
    try:
        for name, data in files.items():
            place = temporary / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        if filled:
            _move_all(temporary, target)
        else:
            temporary.chmod(0o777 & ~umask())
            _move(temporary, target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _move_all(source: Path, target: Path) -> None:
    """Move what a folder holds into another one, all of it or nothing.

    The first move decides between two that try at once: the other one finds it taken.
    """
    moved: list[Path] = []
    try:
        # Folders first: a folder never takes the place of one that holds something, a file would.
        for item in sorted(source.iterdir(), key=lambda item: (item.is_file(), item.name)):
            _move(item, target / item.name)
            moved.append(target / item.name)
    except BaseException:  # an interrupt too leaves no half-moved folder; raised again
        for item in moved:
            shutil.rmtree(item) if item.is_dir() else item.unlink()
        raise


def _move(source: Path, target: Path) -> None:
    if source.is_file() and os.path.lexists(target):
        raise FolderTakenError(target)
    try:
        source.rename(target)
    except OSError as error:
        # Something came there in the meantime.
        if os.path.lexists(target):
            raise FolderTakenError(target) from None
        raise OSError(error.errno, error.strerror, str(target)) from None
