"""`lawengine version`."""

from __future__ import annotations

import platform

from lawengine import __version__
from lawengine_cli.streams import say


def version() -> None:
    """Print the version of the program and of the Python it runs on."""
    say(f"lawengine {__version__} (Python {platform.python_version()})")
