"""Records: frozen dataclasses written as plain data that JSON can hold, and read back."""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from types import ModuleType
from typing import Any, Never, TypeAlias

from lawengine.base.source import Span

Data: TypeAlias = "bool | int | str | list[Data] | dict[str, Data] | None"
"""What JSON can hold, without floating point."""


class Records:
    """Writes and reads values made of the dataclasses and enumerations of some modules.

    Shapes: yes/no, whole numbers, texts and None stand for themselves, a mapping with text keys is
    an object. Everything else is an array that begins with its tag: the name of a class followed
    by its fields in order, or `tuple`, `set`, `map`, `date`, `fraction`.

    Reading makes only values of these classes and runs no code but their constructors.
    """

    def __init__(self, modules: Iterable[ModuleType]) -> None:
        """Take every dataclass and enumeration that one of the modules defines.

        Raises:
            ValueError: two of them have one name.
        """
        self._readers: dict[str, Callable[[list[Any]], object]] = {
            "tuple": lambda items: tuple(map(self.read, items[1:])),
            "set": lambda items: frozenset(items[1:]),
            "map": self._read_map,
            "date": lambda items: datetime.date.fromisoformat(items[1]),
            "fraction": lambda items: Fraction(items[1], items[2]),
        }
        self._fields: dict[type, tuple[tuple[str, bool], ...]] = {}
        for module in modules:
            for name, found in vars(module).items():
                if inspect.isclass(found) and found.__module__ == module.__name__:
                    self._take(name, found)

    def _take(self, name: str, found: type) -> None:
        if issubclass(found, Enum):
            reader = self._enumeration(found)
        elif is_dataclass(found):
            self._fields[found] = tuple((f.name, f.type == "Span") for f in fields(found) if f.init)
            reader = self._record(found)
        else:
            return
        if name in self._readers:
            msg = f"two classes are called `{name}`"
            raise ValueError(msg)
        self._readers[name] = reader

    def write(self, value: object, *, places: bool = True) -> Data:
        """Return `value` as plain data; without `places`, spans in source texts are left out.

        Edges: data without places cannot be read back; it is for comparing what is meant.

        Raises:
            TypeError: `value` holds something else than these records hold.
        """
        if isinstance(value, Enum):
            return [type(value).__name__, value.value]
        if value is None or isinstance(value, bool | int | str):
            return value
        written = self._fields.get(type(value))
        if written is not None:
            return [
                type(value).__name__,
                *(
                    self.write(getattr(value, name), places=places)
                    for name, is_place in written
                    if places or not is_place
                ),
            ]
        return self._write_other(value, places=places)

    def _write_other(self, value: object, *, places: bool) -> Data:
        if isinstance(value, tuple):
            return ["tuple", *(self.write(item, places=places) for item in value)]
        if isinstance(value, Mapping):
            pairs = [(key, self.write(item, places=places)) for key, item in value.items()]
            if all(isinstance(key, str) for key, _ in pairs):
                return dict(pairs)
            return ["map", *([self.write(key, places=places), item] for key, item in pairs)]
        if isinstance(value, frozenset):
            return ["set", *sorted(str(item) for item in value)]
        if isinstance(value, datetime.date):
            return ["date", value.isoformat()]
        if isinstance(value, Fraction):
            return ["fraction", value.numerator, value.denominator]
        msg = f"no record holds `{type(value).__name__}`"
        raise TypeError(msg)

    def read(self, data: Any) -> Any:  # noqa: ANN401 - the caller says what it expects
        """Return the value that `data` was written from.

        Raises:
            ValueError, TypeError, LookupError: no value of these records was written like that.
        """
        if type(data) is list:
            return self._readers[data[0]](data)
        if type(data) is dict:
            return {key: self.read(item) for key, item in data.items()}
        return data

    def _read_map(self, items: list[Any]) -> dict[Any, Any]:
        return {self.read(key): self.read(item) for key, item in items[1:]}

    def _record(self, made: type) -> Callable[[list[Any]], object]:
        read, length = self.read, len(self._fields[made]) + 1
        if made is Span:
            # Spans are most of what there is, and hold nothing to be read.
            return lambda items: Span(*items[1:])

        def record(items: list[Any]) -> object:
            if len(items) != length:
                _wrong_length(made, items)
            # The look spares a call for what stands for itself.
            return made(*[read(i) if type(i) in _NESTED else i for i in items[1:]])

        return record

    @staticmethod
    def _enumeration(made: type[Enum]) -> Callable[[list[Any]], object]:
        members = {member.value: member for member in made}
        return lambda items: members[items[1]]


_NESTED = frozenset({list, dict})


def _wrong_length(made: type, items: list[Any]) -> Never:
    msg = f"`{made.__name__}` was written with {len(items) - 1} fields"
    raise ValueError(msg)
