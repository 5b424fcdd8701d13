"""Python source under construction: lines, made-up names, and constants that never become text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


class NotCompiled(Exception):  # noqa: N818 - it is an answer between writers, not an error
    """What the writers do not express: the reference evaluator decides such cases."""


@dataclass(slots=True)
class Source:
    """Lines of one function, and the constants that they name.

    Whatever comes from a rulebook reaches the code as a constant; the text of the code holds only
    names made here and whole numbers. Two equal constants of one class share a name.
    """

    lines: list[str] = field(default_factory=list)
    constants: dict[str, object] = field(default_factory=dict)
    _known: dict[tuple[type, object], str] = field(default_factory=dict)
    _count: int = 0

    def name(self, letter: str) -> str:
        """Return a name that nothing else in the source has."""
        self._count += 1
        return f"{letter}{self._count}"

    def constant(self, value: object) -> str:
        """Return the text that stands for `value`: itself for whole numbers, else a name."""
        if type(value) is int:
            return repr(value) if value >= 0 else f"({value!r})"
        key = (type(value), value)
        try:
            if key not in self._known:
                self._known[key] = self.keep(value)
        except TypeError:  # it has no hash; the constants keep it, so its identity stays its own
            key = (type(value), id(value))
            if key not in self._known:
                self._known[key] = self.keep(value)
        return self._known[key]

    def keep(self, value: object) -> str:
        """Return a new name for an object whose identity counts."""
        name = self.name("k")
        self.constants[name] = value
        return name

    def add(self, depth: int, text: str) -> None:
        """Add a line."""
        self.lines.append("    " * depth + text)

    def function(self, head: str) -> Callable[..., Any]:
        """Return the function that the lines are the body of; `head` is `name(parameters)`."""
        body = "\n".join(self.lines) or "    pass"
        # INVARIANT: the text holds names made here, operators and whole numbers, nothing else.
        code = compile(f"def {head}:\n{body}\n", "<lawengine rules>", "exec")
        space: dict[str, object] = dict(self.constants)
        exec(code, space)  # noqa: S102 - see the invariant
        made: Callable[..., Any] = space[head.partition("(")[0]]  # type: ignore[assignment]  # it is the function just written
        return made
