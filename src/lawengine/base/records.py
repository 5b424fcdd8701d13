"""Records: frozen dataclasses written as plain data that JSON can hold, and read back."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from types import ModuleType
from typing import Any, Never, TypeAlias

from lawengine.base.source import Span

Data: TypeAlias = "bool | int | str | Sequence[Data] | Mapping[str, Data] | None"
"""What JSON can hold, without floating point."""


class Records:
    """The dataclasses and enumerations of some modules, as values that can be written and read.

    Shapes: yes/no, whole numbers, texts and None stand for themselves, a mapping with text keys is
    an object. Everything else is an array. Its first item is the number of a constant (a member of
    an enumeration, or one of `constants`), or a tag: the name of a class followed by its fields in
    order, or `tuple`, `set`, `map`, `date`, `fraction`, `@` for a span in one of a list of texts.

    Reading makes only values of these classes and runs no code but their constructors.
    """

    def __init__(self, modules: Iterable[ModuleType], constants: Iterable[object] = ()) -> None:
        """Take every dataclass and enumeration that one of the modules defines.

        `constants` are values that occur so often that a number stands for each.

        Raises:
            ValueError: two of the classes have one name.
        """
        self.classes: dict[str, type] = {}
        self.fields: dict[type, tuple[str, ...]] = {}
        self.constants: list[object] = []
        for module in modules:
            for name, found in vars(module).items():
                if isinstance(found, type) and found.__module__ == module.__name__:
                    self._take(name, found)
        self.constants += constants
        # Members of two enumerations are equal where they are equal as texts.
        self.numbers = {(type(one), one): number for number, one in enumerate(self.constants)}

    def _take(self, name: str, found: type) -> None:
        if issubclass(found, Enum):
            self.constants += found
        elif is_dataclass(found):
            if name in self.classes:
                msg = f"two classes are called `{name}`"
                raise ValueError(msg)
            self.classes[name] = found
            self.fields[found] = tuple(f.name for f in fields(found) if f.init)


class Writer:
    """Writes values of some records; `paths` fills with the texts that their spans are in."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self.paths: list[str] = []
        self._places: dict[str, int] = {}

    def write(self, value: object) -> Data:
        """Return `value` as plain data.

        Raises:
            TypeError: `value` holds something else than these records hold.
        """
        kind = type(value)
        if value is None or kind in (bool, int, str):
            return value  # type: ignore[return-value]  # one of these
        names = self._records.fields.get(kind)
        if kind is Span and names is not None:
            return self._span(value)  # type: ignore[arg-type]  # it is one
        if names is not None or isinstance(value, Enum):
            number = self._number(value)
            if number is not None:
                return [number]
        if names is not None:
            return [kind.__name__, *(self.write(getattr(value, name)) for name in names)]
        return self._other(value)

    def _number(self, value: object) -> int | None:
        try:
            return self._records.numbers.get((type(value), value))
        except TypeError:
            return None  # it holds a mapping, so it is no constant

    def _span(self, span: Span) -> Data:
        place = self._places.setdefault(span.path, len(self.paths))
        if place == len(self.paths):
            self.paths.append(span.path)
        return ["@", place, span.start, span.end - span.start, span.line, span.column]

    def _other(self, value: object) -> Data:
        if isinstance(value, tuple):
            return ["tuple", *map(self.write, value)]
        if isinstance(value, Mapping):
            pairs = [(key, self.write(item)) for key, item in value.items()]
            if all(isinstance(key, str) for key, _ in pairs):
                return dict(pairs)
            return ["map", *([self.write(key), item] for key, item in pairs)]
        if isinstance(value, frozenset):
            return ["set", *sorted(str(item) for item in value)]
        if isinstance(value, datetime.date):
            return ["date", value.isoformat()]
        if isinstance(value, Fraction):
            return ["fraction", value.numerator, value.denominator]
        msg = f"no record holds `{type(value).__name__}`"
        raise TypeError(msg)


class Reader:
    """Reads what was written of some records; `paths` are the texts that spans are in."""

    def __init__(self, records: Records, paths: Sequence[str] = ()) -> None:
        read = self.read
        self._constants = records.constants
        self._tags: dict[str, Callable[[list[Any]], object]] = {
            "tuple": lambda items: tuple(map(read, items[1:])),
            "set": lambda items: frozenset(items[1:]),
            "map": lambda items: {read(key): read(item) for key, item in items[1:]},
            "date": lambda items: datetime.date.fromisoformat(items[1]),
            "fraction": lambda items: Fraction(items[1], items[2]),
            "@": lambda items: Span(
                paths[items[1]], items[2], items[2] + items[3], items[4], items[5]
            ),
        }
        for name, made in records.classes.items():
            self._tags[name] = _maker(made, len(records.fields[made]), read)

    def read(self, data: Any) -> Any:  # noqa: ANN401 - the caller says what it expects
        """Return the value that `data` was written from.

        Raises:
            ValueError, TypeError, LookupError, ArithmeticError: nothing was written like that.
        """
        if type(data) is list:
            tag = data[0]
            if type(tag) is int:
                return self._constants[tag]
            return self._tags[tag](data)
        if type(data) is dict:
            return {key: self.read(item) for key, item in data.items()}
        return data


def _maker(made: type, length: int, read: Callable[[Any], Any]) -> Callable[[list[Any]], object]:
    def record(items: list[Any]) -> object:
        if len(items) != length + 1:
            _wrong_length(made, items)
        # The look spares a call for what stands for itself.
        return made(*[read(i) if type(i) in _NESTED else i for i in items[1:]])

    return record


_NESTED = frozenset({list, dict})


def _wrong_length(made: type, items: list[Any]) -> Never:
    msg = f"`{made.__name__}` was written with {len(items) - 1} fields"
    raise ValueError(msg)
