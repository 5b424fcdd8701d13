"""Files of the user, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

_SHOWN = 40
"""Characters of a name that a temporary file repeats: a long name leaves no room for more."""


def write_whole(path: Path, text: str) -> None:
    """Write a file all at once: a reader sees the old text or the new one, never a part.

    Edges: a link keeps pointing to the file, which keeps its permissions; what is no ordinary file
    (a pipe, a device) is written to as it is.

    Raises:
        OSError: the folder cannot be written to; the old file is then untouched.
    """
    data = text.encode("utf-8", errors="backslashreplace")
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    target = path.resolve()
    mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~umask()
    import tempfile  # noqa: PLC0415 - only writers need it, and it takes its time

    try:
        handle, name = tempfile.mkstemp(
            dir=target.parent, prefix=f".{target.name[:_SHOWN]}.", suffix=".tmp"
        )
    except OSError as error:
        # The user named the file, not the temporary one beside it.
        raise OSError(error.errno, error.strerror, str(path)) from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def umask() -> int:
    """Return which permissions a new file of this process does not get."""
    current = os.umask(0o022)
    os.umask(current)
    return current
