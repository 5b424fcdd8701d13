"""How an editor looks at a case file: its own reading of YAML, then the schema."""

from __future__ import annotations

import re
from typing import Any

import yaml
from jsonschema import Draft202012Validator

_NUMBER = "-+.0123456789"
_CORE = {
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "bool": (r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    "int": (r"[-+]?[0-9]+", list(_NUMBER)),
    "float": (r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list(_NUMBER)),
}
"""The words that are no text in the core schema of YAML 1.2, which editors follow."""


class _Core(yaml.SafeLoader):
    """Reads YAML 1.2: `2016` is a number, `yes` and `2016-01-01` are texts."""

    yaml_implicit_resolvers: Any = {}  # noqa: RUF012 - the base class has it so


for _name, (_pattern, _first) in _CORE.items():
    _tag = f"tag:yaml.org,2002:{_name}"
    _Core.add_implicit_resolver(_tag, re.compile(rf"^(?:{_pattern})$"), _first)
_Core.add_constructor("tag:yaml.org,2002:int", lambda _loader, node: int(node.value))
_Core.add_constructor("tag:yaml.org,2002:float", lambda _loader, node: float(node.value))


class _Texts(yaml.BaseLoader):
    """Reads every scalar as a text, as the engine does."""


def complaints(schema: dict[str, Any], text: str) -> list[str]:
    """Return what the schema says against a case file, in either reading of its YAML."""
    validator = Draft202012Validator(schema)
    readings = [yaml.load(text, loader) for loader in (_Core, _Texts)]  # noqa: S506 - both are safe
    return [
        f"{error.json_path}: {error.message[:200]}"
        for data in readings
        for error in validator.iter_errors(data)
    ]
