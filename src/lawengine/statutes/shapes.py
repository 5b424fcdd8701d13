"""What pydantic finds wrong with a file of the library, as diagnostics at their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from lawengine.base.diagnostic import Diagnostic, nearest
from lawengine.base.label import Label
from lawengine.statutes.schema import EXPECTED
from lawengine.statutes.yaml_tree import Node


def explain(error: ValidationError, tree: Node, keys: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield pydantic's findings in legal words, each at its place; `keys` are the known keys."""
    for found in error.errors():
        # A wrong key of a block is reported with the marker `[key]` behind it, which is no step.
        path = tuple(step for step in found["loc"] if step != "[key]")
        kind, key = found["type"], str(path[-1]) if path else ""
        if kind == "missing":
            yield Diagnostic("LAW408", tree.place(path), {"key": key})
        elif kind == "extra_forbidden":
            hint = nearest(key, keys)
            yield Diagnostic("LAW409", tree.key_place(path), {"key": key}, suggestion=hint)
        else:
            expected = EXPECTED.get(kind, Label("another value", "其他值"))
            options = str(found.get("ctx", {}).get("expected", ""))
            words = {
                "key": ".".join(str(step) for step in path) or "file",
                "expected": Label(
                    expected.en.replace("{expected}", options),
                    expected.zh.replace("{expected}", options),
                ),
                "found": _shown(found["input"]),
            }
            yield Diagnostic("LAW410", tree.place(path), words)


def _shown(value: object) -> Label:
    if isinstance(value, str) and value:
        short = value if len(value) <= 40 else f"{value[:39]}…"  # noqa: PLR2004 - fits a line
        return Label(f"`{short}`", f"“{short}”")
    if isinstance(value, dict):
        return Label("a block of keys", "键值块")
    if isinstance(value, list | tuple):
        return Label("a list", "列表")
    return Label("nothing", "空")
