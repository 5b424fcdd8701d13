"""What is known of a case: each fact exactly, within bounds, or not at all."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.source import NOWHERE, Span
from lawengine.model.expressions import Value

Ordered: TypeAlias = int | Fraction | datetime.date
"""Values that have an order, so that bounds make sense."""


@dataclass(frozen=True, slots=True)
class Known:
    """Exactly this value."""

    value: Value


@dataclass(frozen=True, slots=True)
class Within:
    """Somewhere from `low` to `high`, both included; None is open on that side."""

    low: Ordered | None
    high: Ordered | None


@dataclass(frozen=True, slots=True)
class Among:
    """One of these choices."""

    options: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing is known; never read as no, 0 or any default."""


Domain: TypeAlias = Known | Within | Among | Unknown
UNKNOWN = Unknown()


class Origin(StrEnum):
    """Where the knowledge comes from; absent: of a step that a complete file does not name."""

    FILE = "file"
    PRESUMED = "presumed"
    DERIVED = "derived"
    ASSUMED = "assumed"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the file says about the source of a fact; each part may be empty.

    `source` names the document, `on` its date, `recorded_by` the office or role (never a natural
    person's name), `because` the written reason of a judgement, in one language or both,
    `evidence` what supports it.
    """

    source: str = ""
    on: str = ""
    recorded_by: str = ""
    because: str | Label = ""
    evidence: str = ""
    law: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of one instance."""

    domain: Domain
    origin: Origin = Origin.FILE
    evidence: Evidence = field(default_factory=Evidence)
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, order=True)
class FactKey:
    """Which fact of which instance: `respondents[1].acts[1]` and `serious`.

    Edges: instances count from 1; the case itself has the empty path.
    """

    instance: str
    entity: str
    fact: str

    def __str__(self) -> str:
        """Return `respondents[1].acts[1].serious`; the name of a collection that is missing."""
        name = self.fact or self.entity
        return f"{self.instance}.{name}" if self.instance else name


@dataclass(frozen=True, slots=True)
class Instance:
    """One entity of the case with its facts and what belongs to it.

    `path` is "" for the case, `respondents[1]`, `respondents[1].acts[2]`, ...; `name` is what the
    file calls it. `children` are keyed by entity; a collection that the file does not mention is
    absent (nothing is known of it), one that it lists as empty is an empty tuple.
    """

    entity: str
    path: str
    name: str
    facts: Mapping[str, Entry]
    children: Mapping[str, tuple[Instance, ...]] = field(default_factory=dict)
    span: Span = field(default=NOWHERE, compare=False)

    def entry(self, fact: str) -> Entry | None:
        """Return what is known of a fact, or None."""
        return self.facts.get(fact)

    def key(self, fact: str) -> FactKey:
        """Return the key of one of its facts."""
        return FactKey(self.path, self.entity, fact)

    def walk(self) -> Iterator[Instance]:
        """Yield this instance and everything below it."""
        yield self
        for group in self.children.values():
            for child in group:
                yield from child.walk()


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """The facts of one case file; `root` is the instance of the entity `case`."""

    identifier: str
    root: Instance

    def instances(self) -> Iterator[Instance]:
        """Yield every instance of the case."""
        return self.root.walk()
