"""What is found wrong in one case file, collected while it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic, Note, Severity, in_order, nearest
from lawengine.base.label import Label
from lawengine.base.source import Span

MAX_FINDINGS = 500
"""More findings than anyone reads; the limit keeps a hostile file cheap."""

_MAX_SHOWN = 40


@dataclass(slots=True)
class Findings:
    """The diagnostics of one file; past `MAX_FINDINGS` only the fact that there are more."""

    collected: list[Diagnostic] = field(default_factory=list)

    def error(
        self,
        code: str,
        span: Span,
        words: Mapping[str, object] | None = None,
        *,
        notes: tuple[Note, ...] = (),
        near: tuple[str, Iterable[str]] | None = None,
        suggestion: str = "",
    ) -> None:
        """Take an error; `near` is a wrong word and the right ones it may be a slip of."""
        if len(self.collected) < MAX_FINDINGS and near is not None and len(near[0]) <= _MAX_SHOWN:
            suggestion = nearest(*near)
        self.take(Diagnostic(code, span, words or {}, notes=notes, suggestion=suggestion))

    def warning(self, code: str, span: Span, words: Mapping[str, object]) -> None:
        """Take a warning."""
        self.take(Diagnostic(code, span, words, Severity.WARNING))

    def take(self, found: Diagnostic) -> None:
        """Take a diagnostic that was made elsewhere."""
        if len(self.collected) < MAX_FINDINGS:
            self.collected.append(found)
        elif len(self.collected) == MAX_FINDINGS:
            self.collected.append(Diagnostic("LAW536", found.span, {"limit": MAX_FINDINGS}))

    @property
    def broken(self) -> bool:
        """Tell whether any error was found."""
        return any(found.severity is Severity.ERROR for found in self.collected)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Return all of them by place."""
        return in_order(self.collected)


def shortened(text: str) -> str:
    """Return `text` on one line and short enough for a message."""
    line = " ".join(text.split())
    return line if len(line) <= _MAX_SHOWN else f"{line[: _MAX_SHOWN - 1]}…"


def shown(value: object) -> Label:
    """Return how a message names what stands in the file: the user's words, or the shape."""
    if isinstance(value, str) and value.strip():
        return Label(f"`{shortened(value)}`", f"“{shortened(value)}”")
    if isinstance(value, dict):
        return Label("a block of keys", "键值块")
    if isinstance(value, list):
        return Label("a list", "列表")
    return Label("nothing", "空")
