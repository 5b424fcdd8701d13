"""YAML as a tree whose every value knows its place; whatever could surprise is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import cast

import yaml

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic, Note
from lawengine.base.label import Label
from lawengine.base.source import Source, Span

MAX_DEPTH = 20
"""Digests nest five deep; twenty leaves room and stops hostile files early."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FIRST = Label("first here", "首次出现于此")


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar (always text: nothing is guessed), a list or a block of keys."""

    span: Span
    value: str | list[Node] | dict[str, Node]
    keys: dict[str, Span] = field(default_factory=dict)

    def plain(self) -> object:
        """Return the value as nested dicts, lists and strings."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def child(self, step: int | str) -> Node | None:
        """Return the value under a key or at a number, or None."""
        if isinstance(self.value, dict):
            return self.value.get(str(step))
        if isinstance(self.value, list) and isinstance(step, int) and step < len(self.value):
            return self.value[step]
        return None

    def nearest(self, path: Sequence[int | str]) -> Node:
        """Return the value at `path`, or the nearest one that holds it."""
        child = self.child(path[0]) if path else None
        return child.nearest(path[1:]) if child else self

    def place(self, path: Sequence[int | str]) -> Span:
        """Return the span of the value at `path`, or of the nearest one that holds it."""
        return self.nearest(path).span

    def key_place(self, path: Sequence[int | str]) -> Span:
        """Return the span of the last key of `path`, or of the nearest value that holds it."""
        holder = self.nearest(path[:-1])
        return holder.keys.get(str(path[-1]), holder.span) if path else holder.span


@dataclass(slots=True)
class _Frame:
    node: Node
    key: str = ""
    key_span: Span | None = None


@dataclass(slots=True)
class _Builder:
    source: Source
    root: Node | None = None
    frames: list[_Frame] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:  # pragma: no cover - both parsers mark every event
            return Span(self.source.path, 0, 0, 1, 1)
        return Span(self.source.path, start.index, end.index, start.line + 1, start.column + 1)

    def refuse(self, code: str, span: Span, **words: object) -> bool:
        self.diagnostics.append(Diagnostic(code, span, words))
        return False

    def take(self, event: yaml.Event) -> bool:
        """Take one event; False ends the reading, because what follows cannot be trusted."""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return self.refuse("LAW406", self.span(event))
        if getattr(event, "tag", None):
            return self.refuse("LAW406", self.span(event))
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            return self.refuse("LAW404", self.span(event))
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            if len(self.frames) >= MAX_DEPTH:
                return self.refuse("LAW407", self.span(event), limit=MAX_DEPTH)
            is_list = isinstance(event, yaml.SequenceStartEvent)
            node = Node(self.span(event), [] if is_list else {})
            if not self.add(node):
                return False
            self.frames.append(_Frame(node))
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self.frames.pop()
        return True

    def scalar(self, event: yaml.ScalarEvent) -> bool:
        frame = self.frames[-1] if self.frames else None
        if frame and isinstance(frame.node.value, dict) and frame.key_span is None:
            frame.key, frame.key_span = event.value, self.span(event)
            return True
        return self.add(Node(self.span(event), event.value))

    def add(self, node: Node) -> bool:
        if not self.frames:
            self.root = node
            return True
        frame = self.frames[-1]
        if isinstance(frame.node.value, list):
            frame.node.value.append(node)
            return True
        if frame.key_span is None:
            return self.refuse("LAW404", node.span)
        self.set_key(frame, frame.key_span, node)
        return True

    def set_key(self, frame: _Frame, span: Span, node: Node) -> None:
        frame.key_span = None
        keys = frame.node.keys
        if frame.key in keys:
            notes = (Note(keys[frame.key], _FIRST),)
            self.diagnostics.append(Diagnostic("LAW405", span, {"key": frame.key}, notes=notes))
            return
        keys[frame.key] = span
        cast("dict[str, Node]", frame.node.value)[frame.key] = node


def read_tree(source: Source) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Return the tree of a YAML text and what is wrong with it; None when it cannot be trusted.

    Edges: a key that stands twice is a diagnostic and its first value counts; anchors, aliases and
    tags, a second document and nesting deeper than 20 end the reading. Scalars stay text.
    """
    builder = _Builder(source)
    try:
        complete = all(builder.take(event) for event in _events(source.text))
    except yaml.YAMLError as error:
        builder.refuse("LAW404", _error_span(source, error))
        complete = False
    return (builder.root if complete else None), tuple(builder.diagnostics)


def _events(text: str) -> Iterator[yaml.Event]:
    yield from yaml.parse(text, Loader=_LOADER)


def _error_span(source: Source, error: yaml.YAMLError) -> Span:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return Span(source.path, 0, 0, 1, 1)
    return Span(source.path, mark.index, mark.index, mark.line + 1, mark.column + 1)
