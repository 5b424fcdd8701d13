"""Which Java there is; Spark runs on it, and what it says where there is none helps nobody.

INVARIANT: needs nothing but the standard library, so that it can be asked before anything is
installed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

OLDEST_JAVA = 17
_VERSION = re.compile(r'version "(?:1\.)?(?P<number>\d+)')


def java_program(variables: Mapping[str, str] = os.environ) -> str | None:
    """Return the program that Spark would start: that of `JAVA_HOME`, else the one on the path."""
    home = variables.get("JAVA_HOME")
    if home:
        program = Path(home) / "bin" / "java"
        return str(program) if os.access(program, os.X_OK) else None
    return shutil.which("java", path=variables.get("PATH"))


def java_version(program: str) -> int:
    """Return the number of a Java's version; 0 where it does not tell one.

    >>> number_in('openjdk version "17.0.15" 2025-04-15')
    17
    """
    try:
        told = subprocess.run(  # noqa: S603 - the user's own Java, as Spark itself finds it
            [program, "-version"], capture_output=True, text=True, errors="replace", check=False
        )
    except OSError:
        return 0
    return number_in(told.stderr + told.stdout)


def number_in(text: str) -> int:
    """Return the number of the version that a Java tells; 0 where there is none.

    >>> number_in('java version "1.8.0_292"'), number_in("command not found")
    (8, 0)
    """
    found = _VERSION.search(text)
    return int(found["number"]) if found else 0
