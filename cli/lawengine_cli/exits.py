"""The exit codes of every command."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the exit code of a command says; the numbers are permanent.

    `RULES` also stands for a case file with errors and for facts that contradict each other.
    `CLOSED_PIPE` is what a shell reports of a program whose reader went away.
    """

    DONE = 0
    COULD_NOT_RUN = 1
    USAGE = 2
    RULES = 3
    UNDETERMINED = 4
    CASEBOOK = 5
    CONFLICT = 6
    REFUSED = 7
    TAMPERED = 8
    INTERRUPTED = 130
    CLOSED_PIPE = 141
