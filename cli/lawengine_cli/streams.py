"""Standard output and standard error: results to the one, everything about them to the other."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from lawengine_cli.exits import Exit


def prepare_streams() -> None:
    """Make both streams write UTF-8, whatever the locale; what cannot be encoded is escaped."""
    for stream in (sys.stdout, sys.stderr):
        # A test or a closed descriptor may have put something else in place.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def forget_output() -> None:
    """Send what is still buffered nowhere, so that Python does not complain when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            try:
                os.dup2(nowhere, stream.fileno())
            except (OSError, ValueError, AttributeError):
                continue
    os.close(nowhere)


def say(text: str) -> None:
    """Print a result.

    Raises:
        typer.Exit: the reader of the pipe is gone.
    """
    _write(text, sys.stdout)


def complain(text: str) -> None:
    """Print what is not a result: diagnostics, progress, warnings."""
    if sys.stderr is not None:
        _write(text, sys.stderr)


def _write(text: str, stream: TextIO) -> None:
    try:
        print(text, file=stream, flush=True)
    except BrokenPipeError:
        import typer

        forget_output()
        raise typer.Exit(Exit.CLOSED_PIPE) from None


def in_colour(stream: TextIO | None) -> bool:
    """Tell whether colours belong on a stream: a terminal whose user did not decline them."""
    if stream is None or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()
