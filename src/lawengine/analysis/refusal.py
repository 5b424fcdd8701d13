"""What makes an analysis impossible: a mistake in what was asked for, told like every other."""

from __future__ import annotations

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.errors import LawEngineError
from lawengine.base.source import NOWHERE


class RefusedError(LawEngineError):
    """A question that the table, or the law, has no answer to; told by `diagnostic`."""

    def __init__(self, code: str, suggestion: str = "", **words: object) -> None:
        self.diagnostic = Diagnostic(code, NOWHERE, words, suggestion=suggestion)
        super().__init__(self.diagnostic.message("en"))
