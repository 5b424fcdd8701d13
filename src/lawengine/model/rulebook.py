"""The rulebook: one immutable value that every evaluator reads."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property

from lawengine.base.source import Span
from lawengine.model.rules import Definition, Parameter, Rule, Table
from lawengine.model.scenarios import Scenario
from lawengine.model.vocabulary import Vocabulary


@dataclass(frozen=True)
class Rulebook:
    """Vocabulary, figures, definitions, tables and rules, all resolved and typed.

    Nothing in it is ever changed: a reform is a new rulebook.
    """

    vocabulary: Vocabulary
    parameters: Mapping[str, Parameter]
    definitions: Mapping[str, Definition]
    tables: Mapping[str, Table]
    rules: Mapping[str, Rule]
    scenarios: tuple[Scenario, ...] = ()

    @cached_property
    def content_hash(self) -> str:
        """Return the SHA-256 of what the rulebook means, in hexadecimal.

        Edges: places in source texts do not count, so moving a rule changes nothing.
        """
        data = as_data(self)
        text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def as_data(value: object) -> object:
    """Return `value` as plain lists, dicts and strings, without spans; each object names its class.

    Raises:
        TypeError: `value` holds something that no rulebook holds.
    """
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Fraction):
        return {"fraction": [str(value.numerator), str(value.denominator)]}
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    if isinstance(value, Mapping):
        return {str(key): as_data(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [as_data(item) for item in value]
    if is_dataclass(value):
        named = {
            f.name: as_data(item)
            for f in fields(value)
            if not isinstance(item := getattr(value, f.name), Span)
        }
        return {"is": type(value).__name__, **named}
    msg = f"a rulebook holds no {type(value).__name__}"
    raise TypeError(msg)
