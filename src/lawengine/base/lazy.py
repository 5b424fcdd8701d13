"""Public names of a package that are loaded on first use, so that importing it costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module


def on_first_use(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return the `__getattr__` of a package whose names live in other modules.

    `homes` lists, by module inside the package, the names it defines, separated by spaces.
    """
    home = {name: f"{package}.{module}" for module in homes for name in homes[module].split()}

    def load(name: str) -> object:
        if name not in home:
            msg = f"module `{package}` has no attribute `{name}`"
            raise AttributeError(msg)
        return getattr(import_module(home[name]), name)

    return load
