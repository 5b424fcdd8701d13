"""Where a user's own data and the program's cache are kept, on each system as its users expect."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

NAME = "lawengine"
CACHE_VARIABLE = "LAWENGINE_CACHE"
"""Names another folder for the cache, or `off`."""


def data_folder() -> Path:
    """Return the folder of this user's data; it need not exist yet."""
    return folder_on(sys.platform, os.environ, Path.home())


def cache_folder() -> Path | None:
    """Return the folder of what can be worked out again, or None where none is wanted or known."""
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return cache_on(sys.platform, os.environ, home)


def folder_on(platform: str, variables: Mapping[str, str], home: Path) -> Path:
    """Return the data folder on a platform.

    Edges: a relative `XDG_DATA_HOME` does not count, as its specification says.
    """
    given = Path(variables.get("XDG_DATA_HOME", ""))
    if given.is_absolute():
        return given / NAME
    if platform == "win32":
        return _local(variables, home) / NAME
    if platform == "darwin":
        return home / "Library" / "Application Support" / NAME
    return home / ".local" / "share" / NAME


def cache_on(platform: str, variables: Mapping[str, str], home: Path) -> Path | None:
    """Return the cache folder on a platform, or None when `LAWENGINE_CACHE` is `off`.

    Edges: a relative `XDG_CACHE_HOME` does not count; a relative `LAWENGINE_CACHE` does.
    """
    wish = variables.get(CACHE_VARIABLE, "")
    if wish:
        return None if wish == "off" else Path(wish)
    given = Path(variables.get("XDG_CACHE_HOME", ""))
    if given.is_absolute():
        return given / NAME
    if platform == "win32":
        return _local(variables, home) / NAME / "Cache"
    if platform == "darwin":
        return home / "Library" / "Caches" / NAME
    return home / ".cache" / NAME


def _local(variables: Mapping[str, str], home: Path) -> Path:
    local = variables.get("LOCALAPPDATA")
    return Path(local) if local else home / "AppData" / "Local"
