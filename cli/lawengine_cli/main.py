"""The outermost door: whatever happens, a user sees one clear line and a documented exit code."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from lawengine_cli.exits import Exit
from lawengine_cli.streams import complain, forget_output, prepare_streams


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command that the arguments name (those of the process by default) and end.

    Edges: with `LAWENGINE_DEBUG=1` an unexpected error shows its traceback.
    """
    code: int
    try:
        code = _run(arguments)
        # What is still buffered may not fit the disk, or its reader may be gone.
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        code = Exit.INTERRUPTED
    except BrokenPipeError:
        code = Exit.CLOSED_PIPE
    except Exception as error:  # noqa: BLE001 - this is the outermost door
        code = Exit.COULD_NOT_RUN
        _report(error)
    if code in (Exit.CLOSED_PIPE, Exit.COULD_NOT_RUN):
        forget_output()
    sys.exit(int(code))


def _run(arguments: Sequence[str] | None) -> int:
    prepare_streams()
    # A command is short and keeps most of what it makes: looking for garbage at the usual pace
    # takes a twentieth of a start.
    gc.set_threshold(50_000, 20, 20)
    from lawengine_cli.app import app

    try:
        app(args=None if arguments is None else list(arguments), prog_name="lawengine")
    except SystemExit as end:
        if end.code is None:
            return Exit.DONE
        return end.code if isinstance(end.code, int) else Exit.COULD_NOT_RUN
    return Exit.DONE


def _report(error: Exception) -> None:
    if os.environ.get("LAWENGINE_DEBUG") == "1":
        import traceback

        traceback.print_exception(error)
        return
    from lawengine.base.errors import LawEngineError

    if isinstance(error, LawEngineError):
        complain(f"lawengine: {error}")
    elif isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        complain(f"lawengine: {where}{error.strerror or type(error).__name__}")
    else:
        first, *_ = str(error).splitlines() or [""]
        complain(
            f"lawengine: unexpected {type(error).__name__}: {first} (LAWENGINE_DEBUG=1 shows where)"
        )
