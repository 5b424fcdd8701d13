"""Failures that stay readable: values of the size of a rulebook are told by where they differ.

To show how two values differ, pytest writes both out and compares the texts line by line. Of all
scenarios of the law these are megabytes: that takes minutes, and what a worker sends to the others
is as large. So two large values are told by the first place at which they differ, and what a
failure says is cut.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence, Sized
from dataclasses import fields, is_dataclass
from itertools import islice
from typing import Any

import pytest

LARGE = 3_000
"""So many parts are too many to be written out and compared: a second's work, and no reading."""
LONGEST = 200_000
"""Signs of one failure; the longest that says anything to a reader is a tenth of that."""
_SHOWN = 300
_DEEPEST = 50


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Return where two large values differ; None leaves what is small to pytest."""
    if isinstance(right, str) and op != "==":
        return None  # what a text lacks is read in the text; that is cut at the end
    if not (is_large(left) or is_large(right)):
        return None
    told = [f"{_name(left)} {op} {_name(right)}"]
    if op == "==":
        told += _differing(left, right)
    return told


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Cut what a failure says."""
    report = yield
    told = "" if report.longrepr is None else str(report.longrepr)
    if len(told) > LONGEST:
        half = LONGEST // 2
        left_out = f"\n... {len(told) - 2 * half} signs left out ...\n"
        report.longrepr = told[:half] + left_out + told[-half:]
    return report


def is_large(value: object) -> bool:
    """Tell whether a value has so many parts that it is not to be written out."""
    seen, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        seen += len(one) // 80 if isinstance(one, str | bytes) else 1
        if seen > LARGE:
            return True
        waiting.extend(islice((part for _, part in _parts(one)), LARGE + 1 - seen))
    return False


def _parts(value: object) -> Iterator[tuple[str, object]]:
    """Yield the parts of a value, each with how it is reached from the whole."""
    if isinstance(value, str | bytes):
        return
    if is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield f".{one.name}", getattr(value, one.name, None)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield f"[{_short(key)}]", part
    elif isinstance(value, Sequence):
        for number, part in enumerate(value):
            yield f"[{number}]", part
    elif isinstance(value, set | frozenset):
        for part in value:
            yield "", part


def _differing(left: Any, right: Any) -> list[str]:  # noqa: ANN401 - whatever a test compares
    """Return the path to the first part that differs, and both sides of it."""
    path, told = "", []
    for _ in range(_DEEPEST):
        found = _first(left, right)
        if found is None:
            break
        step, left, right = found
        path += step
    told.append(f"they differ at `{path or 'the whole'}`: {_short(left)} and {_short(right)}")
    if isinstance(left, Sized) and isinstance(right, Sized) and len(left) != len(right):
        told.append(f"of {len(left)} and of {len(right)} parts")
    return told


def _first(left: object, right: object) -> tuple[str, object, object] | None:
    """Return the first part of two values of one kind that differs; None where there is none."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        for key, part in left.items():
            if key in right and right[key] != part:
                return f"[{_short(key)}]", part, right[key]
        return None
    if type(left) is not type(right) or isinstance(left, set | frozenset):
        return None
    for (step, one), (_, two) in zip(_parts(left), _parts(right), strict=False):
        if one != two:
            return step, one, two
    return None


def _name(value: object) -> str:
    size = f" of {len(value)}" if isinstance(value, Sized) and not isinstance(value, str) else ""
    return _short(value) if not is_large(value) else f"<{type(value).__name__}{size}>"


def _short(value: object) -> str:
    """Return a value in few signs; a large one by its kind and size."""
    if is_large(value):
        return _name(value)
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
