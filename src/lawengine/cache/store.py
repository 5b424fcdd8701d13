"""The files of the cache: written whole, read only when they are ours, unchanged and of today."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from lawengine.base.release import VERSION
from lawengine.base.source import Source
from lawengine.cache.contents import Contents, read_contents, write_contents

KEEP = 8
"""How many files stay: one for each set of rules that somebody works with, and some before."""

MAX_BYTES = 200_000_000
"""Ten thousand rules take about 20,000,000 bytes."""

_SUFFIX = ".rulebook"
_KEY = "key"
_KEY_BYTES = 32
_SEAL_DIGITS = 64
_MEANING = ("base", "cache", "language", "model", "statutes")
"""The packages whose code decides what is read from a text."""


class UnsafeFolderError(Exception):
    """The folder or a file in it belongs to somebody else, or others can write to it."""


def name_of(sources: Iterable[Source]) -> str:
    """Return the name under which what these texts say is kept.

    It hangs on every text with its path, on the program's version, and on the code that reads.
    """
    found = hashlib.sha256(f"{VERSION} {_code()}".encode())
    for source in sources:
        for part in (source.path, source.text):
            data = part.encode(errors="surrogatepass")
            found.update(b"%d:" % len(data))
            found.update(data)
    return found.hexdigest()


def load(folder: Path, name: str) -> Contents | None:
    """Return what is kept under `name`, or None when there is nothing to be trusted.

    Refused is what was changed, cut short, renamed, sealed with another key or is no rulebook.

    Raises:
        UnsafeFolderError: somebody else could have put a file there.
    """
    try:
        _need_private(folder, os.lstat(folder))
        _, key = _read(folder / _KEY)
        seal, body = _read(folder / f"{name}{_SUFFIX}", _SEAL_DIGITS)
    except OSError:
        return None
    if seal != _seal(key, name, body):
        return None
    try:
        return read_contents(body)
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError):
        return None


def save(folder: Path, name: str, contents: Contents) -> bool:
    """Keep what was read under `name`; tell whether that was possible.

    Edges: a full disk, a folder that cannot be written to and a diagnostic that is no record are no
    errors: the next start reads the texts again.

    Raises:
        UnsafeFolderError: somebody else could have put a file there.
    """
    try:
        body = write_contents(contents)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _need_private(folder, os.lstat(folder))
        seal = _seal(_key(folder), name, body)
        _write(folder / f"{name}{_SUFFIX}", seal + body)
        _drop_old(folder)
    except (OSError, TypeError, ValueError):
        return False
    return True


def _seal(key: bytes, name: str, body: bytes) -> bytes:
    # The key goes before a text of known length, so that nothing can be added to what was sealed.
    inner = hashlib.sha256(body).digest()
    return hashlib.sha256(key + name.encode() + inner).hexdigest().encode()


def _key(folder: Path) -> bytes:
    """Return the key of this folder, made at first use; of two made at once the first stays."""
    path = folder / _KEY
    if not path.exists():
        made = _temporary(path, os.urandom(_KEY_BYTES))
        try:
            os.link(made, path)
        except FileExistsError:
            pass
        finally:
            made.unlink(missing_ok=True)
    _, key = _read(path)
    return key


def _write(path: Path, data: bytes) -> None:
    made = _temporary(path, data)
    try:
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def _temporary(path: Path, data: bytes) -> Path:
    made = path.with_name(f".{path.name[:8]}.{os.getpid()}.{os.urandom(4).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(made, flags, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except OSError:
        made.unlink(missing_ok=True)
        raise
    return made


def _read(path: Path, first: int = 0) -> tuple[bytes, bytes]:
    """Return the first bytes of a file, and all others."""
    # Never through a link, and never waiting for a pipe.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
            raise OSError
        _need_private(path, found)
        return file.read(first), file.read()


def _need_private(path: Path, found: os.stat_result) -> None:
    """Make sure that only this user can have written there.

    Edges: where a system has no owners of this kind, the user's own folders are private by rule.
    """
    if stat.S_ISLNK(found.st_mode):
        raise UnsafeFolderError(path)
    if hasattr(os, "geteuid") and (
        found.st_uid != os.geteuid() or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    ):
        raise UnsafeFolderError(path)


def _drop_old(folder: Path) -> None:
    """Remove all but the files that were written last."""
    kept = sorted(folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime_ns)
    for path in kept[:-KEEP]:
        path.unlink(missing_ok=True)


@cache
def _code() -> str:
    """Return a fingerprint of the code that makes a rulebook of texts."""
    # By size and time, as Python itself decides whether to compile a module anew.
    found = hashlib.sha256()
    package = Path(__file__).resolve().parent.parent
    for name in _MEANING:
        for folder, _, files in sorted(os.walk(package / name)):
            for file in sorted(files):
                if file.endswith((".py", ".lark", ".json", ".toml")):
                    path = os.path.join(folder, file)  # noqa: PTH118 - a hundred paths at each start
                    data = os.stat(path)  # noqa: PTH116 - as above
                    found.update(f"{path}\0{data.st_size}\0{data.st_mtime_ns}\0".encode())
    return found.hexdigest()
