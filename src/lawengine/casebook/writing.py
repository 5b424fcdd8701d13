"""Writing facts into a case file: what stands there, comments too, stays as it is."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from fractions import Fraction

from lawengine.base.calendar import Period
from lawengine.base.errors import LawEngineError
from lawengine.base.label import Label
from lawengine.base.money import FEN_IN_YUAN
from lawengine.base.patterns import pattern
from lawengine.base.source import Source
from lawengine.casebook.tree import read_nodes
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import Among, Domain, Entry, Evidence, FactKey, Known, Unknown
from lawengine.model.expressions import Value
from lawengine.model.types import Kind
from lawengine.model.vocabulary import ACT, PARTY, Fact, Vocabulary
from lawengine.statutes.yaml_tree import Node

_STEP = pattern(r"(?P<name>[^.\[\]]+)\[(?P<number>[1-9][0-9]*)\]")
_PLAIN = pattern(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^:#,\[\]{}\"'\n]*")
_NO_TEXT = frozenset(("null", "~", "true", "false", "yes", "no", "on", "off"))
"""Words that some readers of YAML take for something else than a text."""
_PERCENT = 100


class UnwritableCaseError(LawEngineError):
    """A fact has no place in the text of a case file."""

    def __init__(self, key: FactKey) -> None:
        super().__init__(f"`{key}` has no place in the case file")
        self.key = key


def new_case(identifier: str, party: str, act: str, vocabulary: Vocabulary) -> str:
    """Return the text of a case file with one party and one act and no facts yet."""
    parties, acts = (vocabulary.entities[name].listed_as for name in (PARTY, ACT))
    return (
        f"case: {_text(identifier)}\n{parties}:\n  - name: {_text(party)}\n"
        f"    {acts}:\n      - name: {_text(act)}\n"
    )


def write_fact(source: Source, key: FactKey, entry: Entry, vocabulary: Vocabulary) -> str:
    """Return the text of the case file with that fact told, in place of what it said before.

    Edges: facts that are new stand behind the last plain key of their block; a block in braces
    stays one. Everything else is left byte for byte.

    Raises:
        UnwritableCaseError: the instance or the text is not there.
    """
    tree, _ = read_nodes(source)
    node = _at(tree, key.instance, vocabulary) if tree is not None else None
    if node is None or not isinstance(node.value, dict):
        raise UnwritableCaseError(key)
    fact = vocabulary.fact(key.entity, key.fact)
    written = written_entry(entry, fact)
    text = source.text
    for form in (fact.name, fact.alias, fact.label.en, fact.label.zh):
        if form and form in node.value:
            old = node.value[form]
            before = text[: old.span.start]
            if before.rstrip().endswith(":"):
                before = f"{before.rstrip()} "  # a block on lines of its own becomes one line
            return before + written + text[_end(old, text) :]
    if not node.value:
        raise UnwritableCaseError(key)
    return _inserted(text, node, f"{fact.name}: {written}")


def written_entry(entry: Entry, fact: Fact) -> str:
    """Return a fact as a case file writes it: a scalar, or a block in braces with its sources."""
    said = [
        f"{name}: {_words(value)}"
        for name in Evidence.__dataclass_fields__
        if (value := getattr(entry.evidence, name))
    ]
    form = written_domain(entry.domain, fact.type.kind)
    if isinstance(form, str):
        return f"{{{', '.join([f'value: {form}', *said])}}}" if said else form
    return f"{{{', '.join([*(f'{name}: {text}' for name, text in form.items()), *said])}}}"


def _words(said: str | Label) -> str:
    if isinstance(said, str):
        return _text(said)
    sides = {"en": said.en, "zh": said.zh}
    return f"{{{', '.join(f'{name}: {_text(text)}' for name, text in sides.items() if text)}}}"


def written_domain(domain: Domain, kind: Kind) -> str | Mapping[str, str]:
    """Return what is known of a value: one scalar, or the keys of a block."""
    match domain:
        case Known(value=value):
            return _scalar(value, kind)
        case Among(options=options):
            return {"one_of": f"[{', '.join(sorted(options))}]"}
        case Unknown():
            return {"unknown": "yes"}
    low, high = bounds(domain)
    names = ("from", "to") if kind is Kind.DATE else ("at_least", "at_most")
    ends = zip(names, (low, high), strict=True)
    return {name: _scalar(end, kind) for name, end in ends if end is not None}


def _scalar(value: Value, kind: Kind) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime.date():
            return value.isoformat()
        case Period():
            return value.text("en")
        case str():
            return value if kind is Kind.CHOICE else _text(value)
    if kind is Kind.MONEY:
        yuan, fen = divmod(abs(int(value)), FEN_IN_YUAN)
        sign = "-" if value < 0 else ""
        return f"{sign}{yuan:_}.{fen:02d} yuan" if fen else f"{sign}{yuan:_} yuan"
    if kind is Kind.RATE:
        return f"{_decimal(Fraction(value) * _PERCENT)} %"
    return str(value)


def _decimal(value: Fraction) -> str:
    """Return a fraction in decimal figures; exact wherever a case file can say it."""
    digits = 0
    while (value * 10**digits).denominator != 1 and digits < 12:  # noqa: PLR2004 - as read
        digits += 1
    whole = int(value * 10**digits)
    return str(whole) if not digits else f"{whole // 10**digits}.{whole % 10**digits:0{digits}d}"


def _text(words: str) -> str:
    """Return words as YAML reads them back: plain where nothing in them could be misread."""
    return (
        words
        if _PLAIN.fullmatch(words) and words == words.strip() and words.lower() not in _NO_TEXT
        else json.dumps(words, ensure_ascii=False)
    )


def _at(tree: Node, path: str, vocabulary: Vocabulary) -> Node | None:
    """Return the block of an instance, or None."""
    forms = {
        form: entity.listed_as
        for entity in vocabulary.entities.values()
        for form in (entity.listed_as, entity.alias)
        if form
    }
    node: Node | None = tree
    for step in _STEP.finditer(path):
        if node is None or not isinstance(node.value, dict):
            return None
        listed = next(
            (value for key, value in node.value.items() if forms.get(key) == step["name"]), None
        )
        node = listed.child(int(step["number"]) - 1) if listed is not None else None
    return node


def _inserted(text: str, node: Node, line: str) -> str:
    """Return the text with a key and its value added to a block that is not empty."""
    keys = node.keys
    if text[node.span.start] == "{":
        start = node.span.start + 1
        return f"{text[:start]}{line}, {text[start:]}"
    # Behind the last key with a value of its own line, so that lists stay at the end.
    plain = [key for key, value in _values(node) if _on_one_line(value, text)]
    first = min(keys.values(), key=lambda span: span.start)
    indent = " " * (first.column - 1)
    if not plain:
        return f"{text[: first.start]}{line}\n{indent}{text[first.start :]}"
    anchor = _values_by_key(node)[plain[-1]]
    end = text.find("\n", _end(anchor, text))
    end = len(text) if end < 0 else end
    return f"{text[:end].rstrip(chr(13))}\n{indent}{line}{text[end:]}"


def _values(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield the keys up to the first list that follows a plain one, with their values."""
    seen = False
    for key, value in _values_by_key(node).items():
        if isinstance(value.value, list) and seen:
            return
        seen = seen or isinstance(value.value, str)
        yield key, value


def _values_by_key(node: Node) -> dict[str, Node]:
    return node.value if isinstance(node.value, dict) else {}


def _on_one_line(node: Node, text: str) -> bool:
    return "\n" not in text[node.span.start : _end(node, text)] and not isinstance(node.value, list)


def _end(node: Node, text: str) -> int:
    """Return where a value really ends: the reader counts what follows a block as part of it."""
    if isinstance(node.value, str) or text[node.span.start] in "{[":
        end = node.span.end if isinstance(node.value, str) else _closing(node, text)
        return node.span.start + len(text[node.span.start : end].rstrip())
    return max((_end(child, text) for child in _inner(node)), default=node.span.end)


def _closing(node: Node, text: str) -> int:
    """Return the place behind the bracket that closes a value in brackets."""
    last = max((_end(child, text) for child in _inner(node)), default=node.span.start + 1)
    closing = "}" if text[node.span.start] == "{" else "]"
    return text.index(closing, last) + 1


def _inner(node: Node) -> list[Node]:
    if isinstance(node.value, dict):
        return list(node.value.values())
    return node.value if isinstance(node.value, list) else []
