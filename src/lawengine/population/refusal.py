"""What makes a population impossible: a mistake of its author, told like every other."""

from __future__ import annotations

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.errors import LawEngineError
from lawengine.base.source import NOWHERE


class RefusedError(LawEngineError):
    """Assumptions or margins that no population meets, told by `diagnostic`."""

    def __init__(self, code: str, **words: object) -> None:
        self.diagnostic = Diagnostic(code, NOWHERE, words)
        super().__init__(self.diagnostic.message("en"))
