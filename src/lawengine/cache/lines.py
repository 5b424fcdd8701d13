"""Collections whose items stay lines of JSON until somebody asks for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar, overload

from lawengine.base.errors import LawEngineError
from lawengine.base.records import Reader

Item = TypeVar("Item")


class DamagedRecordError(LawEngineError):
    """A line of a sealed cache file does not hold what it should: somebody forged the file."""

    def __init__(self) -> None:
        super().__init__("a cached rulebook is not as it was written: delete the cache folder")


def read_line(line: bytes, reader: Reader) -> Any:  # noqa: ANN401 - the caller says what it expects
    """Return the value that a line holds.

    Raises:
        DamagedRecordError: it holds none.
    """
    try:
        return reader.read(line.decode())
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
        raise DamagedRecordError from error


class LazyMap(Mapping[str, Item], Generic[Item]):
    """A mapping from names to values, each read from its line on first touch."""

    __slots__ = ("_items", "_lines", "_reader")

    def __init__(self, names: Sequence[str], lines: Sequence[bytes], reader: Reader) -> None:
        """Take one line for each name.

        Raises:
            ValueError: there are more of the one than of the other.
        """
        self._lines = dict(zip(names, lines, strict=True))
        self._reader = reader
        self._items: dict[str, Item] = {}

    def __getitem__(self, name: str) -> Item:
        try:
            return self._items[name]
        except KeyError:
            item: Item = read_line(self._lines[name], self._reader)
            return self._items.setdefault(name, item)

    def __contains__(self, name: object) -> bool:
        return name in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def touched(self) -> int:
        """Return how many values were read so far."""
        return len(self._items)


class LazyRow(Sequence[Item], Generic[Item]):
    """A sequence of values, each read from its line on first touch."""

    __slots__ = ("_items", "_lines", "_reader")

    def __init__(self, lines: Sequence[bytes], reader: Reader) -> None:
        """Take one line for each value."""
        self._lines = lines
        self._reader = reader
        self._items: dict[int, Item] = {}

    @overload
    def __getitem__(self, index: int) -> Item: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Item, ...]: ...

    def __getitem__(self, index: int | slice) -> Item | tuple[Item, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        place = range(len(self._lines))[index]
        if place not in self._items:
            self._items[place] = read_line(self._lines[place], self._reader)
        return self._items[place]

    def __len__(self) -> int:
        return len(self._lines)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))
