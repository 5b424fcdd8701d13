"""Folders of results, wherever Spark can write: they appear under their name when all is there."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pyspark.sql import SparkSession

from lawengine.base.diagnostic import Diagnostic
from lawengine.columns.files import TableError


@contextmanager
def whole(session: SparkSession, out: str) -> Iterator[str]:
    """Give a place to write to, which becomes `out` when the block ends well, and else is gone.

    Raises:
        TableError: something stands at `out` already; nothing of it is touched.
    """
    target = _path(session, out)
    files = target.getFileSystem(_hadoop(session))
    if files.exists(target):
        raise TableError(_there(out))
    name = f".{target.getName()}.lawengine-{uuid.uuid4().hex}"
    parent = target.getParent()
    place = _path(session, f"{parent}/{name}" if parent is not None else name)
    try:
        yield place.toString()
        # Of two runs to one place the second finds it taken: a rename never replaces a folder.
        if files.exists(target) or not files.rename(place, target):
            raise TableError(_there(out))
    finally:
        files.delete(place, True)


def _there(out: str) -> Diagnostic:
    return Diagnostic("LAW767", words={"path": out})


# PySpark has no public way to a file system; these two names have stood since its first versions.
def _path(session: SparkSession, name: str) -> Any:  # noqa: ANN401 - an object of Java
    return session.sparkContext._jvm.org.apache.hadoop.fs.Path(name)  # noqa: SLF001 - as said


def _hadoop(session: SparkSession) -> Any:  # noqa: ANN401 - an object of Java
    return session.sparkContext._jsc.hadoopConfiguration()  # noqa: SLF001 - as said
