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
        code = _run(sys.argv[1:] if arguments is None else list(arguments))
        # What is still buffered may not fit the disk, or its reader may be gone.
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        code = Exit.INTERRUPTED
    except BrokenPipeError:
        code = Exit.CLOSED_PIPE
    except Exception as error:  # noqa: BLE001 - this is the outermost door
        code = Exit.COULD_NOT_RUN
        _report(error, sys.argv[1:] if arguments is None else arguments)
    if code in (Exit.CLOSED_PIPE, Exit.COULD_NOT_RUN):
        forget_output()
    if arguments is None and "duckdb" not in sys.modules:
        # The process ends: looking for garbage in all that it made takes a seventh of a short run.
        # DuckDB looks itself whether all was given back, and complains otherwise.
        gc.freeze()
    sys.exit(int(code))


def _run(arguments: Sequence[str]) -> int:
    prepare_streams()
    # A command is short and keeps most of what it makes: looking for garbage at the usual pace
    # takes a twentieth of a start.
    gc.set_threshold(200_000, 20, 20)
    from lawengine_cli.app import app
    from lawengine_cli.languages import language_wished

    wished = language_wished(arguments)
    try:
        code = app(args=list(arguments), prog_name="lawengine", standalone_mode=False, obj=wished)
    except SystemExit as end:
        if end.code is None:
            return Exit.DONE
        return end.code if isinstance(end.code, int) else Exit.COULD_NOT_RUN
    except Exception as error:
        # What the parser of the command line raises knows how to word itself; all else goes on.
        if not hasattr(error, "format_message"):
            raise
        from lawengine_cli.wrong_use import show_wrong_use

        return show_wrong_use(error, wished)
    return code if isinstance(code, int) else Exit.DONE


def _report(error: Exception, arguments: Sequence[str]) -> None:
    if os.environ.get("LAWENGINE_DEBUG") == "1":
        import traceback

        traceback.print_exception(error)
        return
    from lawengine.base.errors import LawEngineError
    from lawengine.base.system_words import system_reason
    from lawengine_cli.languages import language_wished

    language = language_wished(arguments)
    if isinstance(error, LawEngineError):
        complain(f"lawengine: {error.text(language)}")
    elif isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        complain(f"lawengine: {where}{system_reason(error).text(language)}")
    elif type(error).__name__ == "Abort":
        complain("已中止" if language == "zh" else "Aborted!")
    else:
        first, *_ = str(error).splitlines() or [""]
        what = f"{type(error).__name__}: {first}"
        words = {
            "en": f"unexpected {what} (LAWENGINE_DEBUG=1 shows where)",
            "zh": f"程序内部错误 {what}（设置 LAWENGINE_DEBUG=1 可显示位置）",
        }
        complain(f"lawengine: {words[language]}")
