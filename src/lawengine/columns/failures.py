"""What is wrong with a file of cases."""

from __future__ import annotations

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.errors import LawEngineError


class TableError(LawEngineError):
    """What is wrong with a file of cases, or with writing one."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*(found.message("en") for found in diagnostics))
        self.diagnostics = diagnostics
