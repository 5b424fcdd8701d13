"""Regular expressions that are compiled on first use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from re import compile as pattern
else:

    class pattern:  # noqa: N801 - it stands for the function `re.compile`
        """A compiled pattern, compiled when it is first asked for something.

        A start loads thirty patterns and most commands use few of them; compiling one takes as
        long as loading a small module.
        """

        def __init__(self, text: str, flags: int = 0) -> None:
            self._made = (text, flags)

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has
            # Found once: from then on it is an attribute like any other.
            found = getattr(re.compile(*self._made), name)
            setattr(self, name, found)
            return found


__all__ = ["pattern"]
