"""Words of messages and sentences in TOML files, each table read when it is first asked for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_HEADING = re.compile(r"^\[([A-Za-z0-9_]+)(?:\.[a-z]+)?\]$", re.MULTILINE)


class Words(Mapping[str, Any]):
    """The tables of a file by their names, as `tomllib` reads the whole of it.

    A start of the program needs some of a thousand tables, and reading all took longer than most
    cases. Edges: a table and those below it (`[name.yes]`) stand together.
    """

    def __init__(self, path: Path) -> None:
        self._text = path.read_text(encoding="utf-8")
        self._places: dict[str, tuple[int, int]] = {}
        self._read: dict[str, Any] = {}
        found = [(one[1], one.start()) for one in _HEADING.finditer(self._text)]
        ends = [start for _, start in found[1:]]
        for (name, start), end in zip(found, [*ends, len(self._text)], strict=True):
            self._places[name] = self._places.get(name, (start, 0))[0], end

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - what TOML holds
        """Return one table.

        Raises:
            KeyError: there is none of that name.
        """
        if name not in self._read:
            start, end = self._places[name]
            self._read[name] = tomllib.loads(self._text[start:end])[name]
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names in the order of the file."""
        return iter(self._places)

    def __len__(self) -> int:
        """Return how many tables there are."""
        return len(self._places)
