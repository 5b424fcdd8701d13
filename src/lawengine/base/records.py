"""Records: frozen dataclasses written as lines of JSON, and read back."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from types import ModuleType
from typing import Any, Never, TypeAlias

from lawengine.base.source import Span

Data: TypeAlias = "bool | int | str | Sequence[Data] | Mapping[str, Data] | None"
"""What JSON can hold, without floating point."""

_CONSTANT, _TUPLE, _MAP, _SET, _DATE, _FRACTION, _SPAN = "#", "(", "{", "set", "date", "/", "@"


class Records:
    """The dataclasses and enumerations of some modules, as values that can be written and read.

    Shapes: yes/no, whole numbers, texts and None stand for themselves. Everything else is an object
    of one member: its key is the name of a class, the value an array of its fields in order; or a
    tag: `#` for the number of a constant (a member of an enumeration, or one of `constants`), `(`
    for a tuple, `{` for pairs of a mapping, `set`, `date`, `/` for a fraction, `@` for a span in
    one of a list of texts. So a scanner of JSON builds each value from its parts as it closes it.

    Fields in `without` are left out where a class has a default for them: it stands in again.
    Reading makes only values of these classes and runs no code but their constructors.
    """

    def __init__(
        self,
        modules: Iterable[ModuleType],
        constants: Iterable[object] = (),
        *,
        without: Collection[tuple[str, str]] = (),
    ) -> None:
        """Take every dataclass and enumeration that one of the modules defines.

        `constants` are values that occur so often that a number stands for each; `without` names
        pairs of a module and a last field.

        Raises:
            ValueError: two of the classes have one name; a field that is left out is not the last.
        """
        self.classes: dict[str, type] = {}
        self.fields: dict[type, tuple[str, ...]] = {}
        self.constants: list[object] = []
        self._without = without
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
            self.fields[found] = self._names(found)

    def _names(self, found: type) -> tuple[str, ...]:
        names = tuple(one.name for one in fields(found) if one.init)
        kept = tuple(name for name in names if (found.__module__, name) not in self._without)
        if kept != names[: len(kept)]:
            msg = f"of `{found.__name__}` only last fields can be left out"
            raise ValueError(msg)
        return kept


class Writer:
    """Writes values of some records; `paths` fills with the texts that their spans are in."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self.paths: list[str] = []
        self._places: dict[str, int] = {}

    def line(self, value: object) -> str:
        """Return `value` as one line of JSON.

        Raises:
            TypeError: `value` holds something else than these records hold.
        """
        return json.dumps(self.write(value), ensure_ascii=False, separators=(",", ":"))

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
                return {_CONSTANT: number}
        if names is not None:
            return {kind.__name__: [self.write(getattr(value, name)) for name in names]}
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
        return {_SPAN: [place, span.start, span.end - span.start, span.line, span.column]}

    def _other(self, value: object) -> Data:
        if isinstance(value, tuple):
            return {_TUPLE: [*map(self.write, value)]}
        if isinstance(value, Mapping):
            return {_MAP: [[self.write(key), self.write(item)] for key, item in value.items()]}
        if isinstance(value, frozenset):
            return {_SET: sorted(item if type(item) is int else str(item) for item in value)}
        if isinstance(value, datetime.date):
            return {_DATE: value.isoformat()}
        if isinstance(value, Fraction):
            return {_FRACTION: [value.numerator, value.denominator]}
        msg = f"no record holds `{type(value).__name__}`"
        raise TypeError(msg)


class Reader:
    """Reads what was written of some records; `paths` are the texts that spans are in."""

    def __init__(self, records: Records, paths: Sequence[str] = ()) -> None:
        makers: dict[str, Callable[[Any], object]] = {
            _CONSTANT: records.constants.__getitem__,
            _TUPLE: tuple,
            _MAP: dict,
            _SET: frozenset,
            _DATE: datetime.date.fromisoformat,
            _FRACTION: lambda items: Fraction(*items),
            _SPAN: lambda items: Span(
                paths[items[0]], items[1], items[1] + items[2], items[3], items[4]
            ),
        }
        for name, made in records.classes.items():
            makers[name] = _maker(made, len(records.fields[made]))

        def make(pairs: list[tuple[str, Any]]) -> object:
            ((tag, parts),) = pairs
            return makers[tag](parts)

        self._scan = json.JSONDecoder(
            object_pairs_hook=make, parse_float=_no_number, parse_constant=_no_number
        ).decode

    def read(self, line: str) -> Any:  # noqa: ANN401 - the caller says what it expects
        """Return the value that a line was written from.

        Raises:
            ValueError, TypeError, LookupError, ArithmeticError, RecursionError: nothing was
                written like that.
        """
        return self._scan(line)


def _maker(made: type, length: int) -> Callable[[list[Any]], object]:
    def record(items: list[Any]) -> object:
        if type(items) is not list or len(items) != length:
            _wrong_fields(made)
        return made(*items)

    return record


def _wrong_fields(made: type) -> Never:
    msg = f"`{made.__name__}` was written with other fields"
    raise ValueError(msg)


def _no_number(text: str) -> Never:
    msg = f"`{text}` is no whole number"
    raise ValueError(msg)
