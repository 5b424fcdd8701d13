"""Where a user's own data is kept, on each system where its users expect it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

NAME = "lawengine"


def data_folder() -> Path:
    """Return the folder of this user's data; it need not exist yet."""
    return folder_on(sys.platform, os.environ, Path.home())


def folder_on(platform: str, variables: Mapping[str, str], home: Path) -> Path:
    """Return the data folder on a platform.

    Edges: a relative `XDG_DATA_HOME` does not count, as its specification says.
    """
    given = Path(variables.get("XDG_DATA_HOME", ""))
    if given.is_absolute():
        return given / NAME
    if platform == "win32":
        local = variables.get("LOCALAPPDATA")
        return (Path(local) if local else home / "AppData" / "Local") / NAME
    if platform == "darwin":
        return home / "Library" / "Application Support" / NAME
    return home / ".local" / "share" / NAME
