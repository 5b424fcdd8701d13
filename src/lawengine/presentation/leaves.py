"""Every figure and text of the plain data of an analysis, one by one, with the path to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value; its path names keys and places, `counts[0].whole.figures[1].cases`.

    Edges: an empty list or block is a value of its own, `[]` or `{}`, so that nothing is lost.
    """

    path: str
    value: Value | tuple[()] | Mapping[str, object]


def leaves(data: object, path: str = "") -> Iterator[Leaf]:
    """Yield the values of plain data in their order."""
    if isinstance(data, Mapping) and data:
        for key, value in data.items():
            yield from leaves(value, f"{path}.{key}" if path else str(key))
    elif isinstance(data, list | tuple) and data:
        for place, value in enumerate(data):
            yield from leaves(value, f"{path}[{place}]")
    elif isinstance(data, list | tuple):
        yield Leaf(path, ())
    elif isinstance(data, str | int | float | Mapping) or data is None:
        yield Leaf(path, data)
    else:
        raise TypeError(type(data).__name__)


def literal(value: object) -> str:
    """Return a value as JSON writes it."""
    return json.dumps(value, ensure_ascii=False)
