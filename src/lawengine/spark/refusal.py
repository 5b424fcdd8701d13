"""What Spark finds wrong, in the words of this program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.base.release import VERSION
from lawengine.columns.files import TableError

_MISSING = re.compile(r"ModuleNotFoundError: No module named '(?P<module>[^']+)'")
_VERSION = re.compile(r"this worker holds lawengine (?P<found>\S+), the driver lawengine")
_CAUSE = "Caused by: "
_CALL = "An error occurred while calling"
_TRACE = "Traceback (most recent call last):"
_NO_FILE = Label("no such file", "没有这个文件")


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Tell why Spark cannot read a table.

    Raises:
        TableError: it cannot.
    """
    try:
        yield
    except (PySparkException, Py4JError) as error:
        missing = isinstance(error, PySparkException) and error.getCondition() == "PATH_NOT_FOUND"
        line = first_line(error)
        why = _NO_FILE if missing else Label(line, line)
        raise TableError(Diagnostic("LAW650", words={"path": path, "why": why})) from None


@contextmanager
def running() -> Iterator[None]:
    """Tell why Spark gave up a run.

    Raises:
        TableError: it did.
    """
    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise TableError(diagnostic_of(error)) from None


def diagnostic_of(error: Exception) -> Diagnostic:
    """Return what is wrong with a run, or with its workers."""
    text = str(error)
    missing, version = _MISSING.search(text), _VERSION.search(text)
    if missing is not None:
        return Diagnostic("LAW765", words={"module": missing["module"]})
    if version is not None:
        return Diagnostic("LAW766", words={"found": version["found"], "ours": VERSION})
    return Diagnostic("LAW764", words={"why": first_line(error)})


def first_line(error: Exception) -> str:
    r"""Return the line of a message that says most: what a worker raised, a last cause, the first.

    >>> first_line(ValueError("a call\n\tat java\nCaused by: broken\n\tat java"))
    'broken'
    >>> first_line(ValueError(f"a worker\n{_TRACE}\n  File x\n    y\nKeyError: 1\n"))
    'KeyError: 1'
    """
    lines = [line.rstrip() for line in str(error).splitlines() if line.strip()]
    if _TRACE in lines:
        *_, last = (place for place, line in enumerate(lines) if line == _TRACE)
        raised = (line for line in lines[last + 1 :] if not line.startswith(" "))
        return next(raised, _TRACE)
    causes = [line.removeprefix(_CAUSE) for line in lines if line.startswith(_CAUSE)]
    rest = [line.strip(" :") for line in lines if not line.startswith(_CALL)]
    return (causes[-1:] or rest[:1] or [type(error).__name__])[0]
