"""The JSON Schema of a decision and the page that explains its fields, from one set of types."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator
from pathlib import Path
from typing import (
    Any,
    Literal,
    TypeAlias,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from lawengine.base.release import DECISION_FORMAT
from lawengine.reports.comparison_shape import ComparisonData
from lawengine.reports.decision_shape import DecisionData

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN = {str: "string", int: "integer", bool: "boolean", type(None): "null"}
_TITLES = {
    "decision": (DecisionData, "A decision"),
    "comparison": (ComparisonData, "A comparison of versions of the law"),
}

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema is data of any shape."""

Hint: TypeAlias = Any
"""A type as an annotation gives it; those have no class in common."""


def decision_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of what `decision_data` and `comparison_data` give.

    A file is one or the other: `anyOf` at the top.
    """
    definitions: dict[str, Schema] = {}
    tops = [_schema(found, definitions) for found, _ in _TITLES.values()]
    return {
        "$schema": DIALECT,
        "title": f"lawengine decision, format {DECISION_FORMAT}",
        "anyOf": tops,
        "$defs": dict(sorted(definitions.items())),
    }


def format_page() -> str:
    """Return the Markdown page that says what each field means."""
    lines = [_INTRODUCTION]
    seen: dict[type, None] = {}
    for name, (top, title) in _TITLES.items():
        lines += [f"## {title}", "", f"What `{name}_data` returns.", ""]
        for found in _below(top, seen):
            lines += _table(found)
    return "\n".join(lines).rstrip() + "\n"


def write_format(folder: Path) -> None:
    """Write `decision.schema.json` and `decision-format.md` into a folder."""
    text = json.dumps(decision_schema(), ensure_ascii=False, indent=2) + "\n"
    (folder / "decision.schema.json").write_text(text, encoding="utf-8")
    (folder / "decision-format.md").write_text(format_page(), encoding="utf-8")


# --- from types to schema -------------------------------------------------------------------------


def _fields(found: type) -> Iterator[tuple[str, object, str]]:
    """Yield name, type and meaning of each field."""
    for name, hint in get_type_hints(found, include_extras=True).items():
        kind, meaning = get_args(hint)
        yield name, kind, meaning


def _schema(hint: Hint, definitions: dict[str, Schema]) -> Schema:
    if _is_record(hint):
        _define(hint, definitions)
        return {"$ref": f"#/$defs/{_name(hint)}"}
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    origin, arguments = _origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is list:
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema(part, definitions) for part in arguments]}
    raise TypeError(hint)


def _define(found: type, definitions: dict[str, Schema]) -> None:
    name = _name(found)
    if name in definitions:
        return
    entry: Schema = {"description": found.__doc__, "type": "object", "additionalProperties": False}
    definitions[name] = entry
    fields = list(_fields(found))
    entry["required"] = [field for field, _, _ in fields]
    entry["properties"] = {
        field: {**_schema(kind, definitions), "description": meaning}
        for field, kind, meaning in fields
    }


def _name(found: type) -> str:
    return found.__name__.removesuffix("Data")


# --- from types to words --------------------------------------------------------------------------


def _origin(hint: Hint) -> object:
    return get_origin(hint)


def _is_record(hint: Hint) -> bool:
    return is_typeddict(hint)


def _below(found: type, seen: dict[type, None]) -> Iterator[type]:
    """Yield a type and all types that its fields hold, each once, from the top down."""
    if found in seen:
        return
    seen[found] = None
    yield found
    for _, kind, _ in _fields(found):
        for part in _typed(kind):
            yield from _below(part, seen)


def _typed(hint: Hint) -> Iterator[type]:
    if _is_record(hint):
        yield hint
    elif _origin(hint) is not Literal:
        for part in get_args(hint):
            yield from _typed(part)


def _table(found: type) -> Iterator[str]:
    yield f"### {_name(found)}"
    yield ""
    yield str(found.__doc__)
    yield ""
    yield "| field | type | meaning |"
    yield "|---|---|---|"
    for name, kind, meaning in _fields(found):
        yield f"| `{name}` | {_words(kind)} | {meaning} |"
    yield ""


def _words(hint: Hint) -> str:
    if _is_record(hint):
        name = _name(hint)
        return f"[{name}](#{name.lower()})"
    if hint in _PLAIN:
        return _PLAIN[hint]
    if _origin(hint) is Literal:
        return " ".join(f"`{option}`" for option in get_args(hint))
    if _origin(hint) is list:
        return f"list of {_words(get_args(hint)[0])}"
    return " or ".join(_words(part) for part in get_args(hint))


_INTRODUCTION = """\
# The JSON of a decision

`lawengine decide CASE --format json` writes what this page describes; `decision.schema.json` beside
it is the same as a JSON Schema (draft 2020-12). Every field is always there. Words come in English
and Chinese; nothing hangs on the language that was asked for.

- Amounts are whole fen (100 fen are 1 yuan). No floor is `null`, never 0: a fine that is imposed
  is above 0, and one that may be left out says so in `may`.
- A day is `YYYY-MM-DD`. A value that is known within bounds only is `{"from": ..., "to": ...}`,
  both ends included and `null` for an open side; a value of which nothing is known is `null`.
- A citation is the identifier of a version and a place: `AUCL-2019 art 20(1)`.
- A path such as `respondents[1].acts[2].serious` names a fact as the case file does, from 1 on.
- Where `unverified` is not `null`, the law behind the line was not checked against official texts.
- Why a rule applies or not stands once, in `rules` of the act; reasons elsewhere name the rule. Of
  a rule that does not apply only what fails is told; with `--why` all that was weighed.
- `format` is raised when a field goes or changes its meaning. A new field leaves it as it is.
"""
