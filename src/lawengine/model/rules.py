"""Rules as lineages of dated versions, and what else a rulebook holds."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import field
from enum import StrEnum

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.source import NOWHERE, Span
from lawengine.model.expressions import Expression, Value
from lawengine.model.measures import Consequence, Effect, Measure, MeasureChoice
from lawengine.model.types import Type


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` to `end`, both included; `end` None is open."""

    start: datetime.date
    end: datetime.date | None = None

    def contains(self, day: datetime.date) -> bool:
        """Tell whether `day` lies in it; both ends belong to it."""
        return self.start <= day and (self.end is None or day <= self.end)

    def overlaps(self, other: Interval) -> bool:
        """Tell whether the two share a day."""
        return (self.end is None or other.start <= self.end) and (
            other.end is None or self.start <= other.end
        )


class DatedBy(StrEnum):
    """Which of the three times picks the version of a rule."""

    CONDUCT = "conduct"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Tier:
    """Consequences under a further condition.

    Law: a tier replaces only measures of the same kind (a fine for a fine); all others of the
    tier it opens from stay, unless `instead_of_all` is written.
    """

    condition: Expression
    consequences: tuple[Consequence, ...]
    tiers: tuple[Tier, ...] = ()
    instead_of_all: bool = False
    reading: Label = field(default_factory=Label)
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a rule, in force over `interval`.

    `law` is what is applied, `breaches` the duties broken. `unverified` gives the reason why the
    law behind it is not checked, empty when it is. `readings` are choices of interpretation,
    shown in every explanation. `exclusions` are the conditions after `unless`. `proposed_by` names
    the reforms whose text it is: then it is no law.
    """

    interval: Interval
    law: tuple[Citation, ...]
    when: Expression | None
    exclusions: tuple[Expression, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    tiers: tuple[Tier, ...] = ()
    breaches: tuple[Citation, ...] = ()
    unverified: Label = field(default_factory=Label)
    readings: tuple[Label, ...] = ()
    authority: str = ""
    prevails_over: tuple[str, ...] = ()
    proposed_by: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)

    def all_consequences(self) -> Iterator[Consequence]:
        """Yield the consequences of every tier, in the order of the text."""
        yield from self.consequences
        stack = list(reversed(self.tiers))
        while stack:
            tier = stack.pop()
            yield from tier.consequences
            stack.extend(reversed(tier.tiers))


@dataclass(frozen=True, slots=True)
class Repeal:
    """From `start` on the lineage has no successor: the law dropped it.

    `law` None: a reform proposes it, and no law does it yet.
    """

    start: datetime.date
    law: Citation | None
    proposed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A lineage: one norm through its versions, which are in order and never overlap.

    `exception_to` names the rule that this one defeats when it is established.
    """

    name: str
    alias: str
    label: Label
    versions: tuple[Version, ...]
    dated_by: DatedBy = DatedBy.CONDUCT
    exception_to: str = ""
    repeal: Repeal | None = None
    span: Span = field(default=NOWHERE, compare=False)

    def effects(self) -> Iterator[Effect]:
        """Yield every effect on penalties of every version."""
        for version in self.versions:
            yield from (c for c in version.all_consequences() if isinstance(c, Effect))

    def measures(self) -> Iterator[Measure]:
        """Yield every measure of every version, those inside choices too."""
        for version in self.versions:
            for consequence in version.all_consequences():
                if isinstance(consequence, Measure):
                    yield consequence
                elif isinstance(consequence, MeasureChoice):
                    yield from consequence.measures

    def targets(self) -> Iterator[str]:
        """Yield the rules that this one can defeat: its own as an exception, or by priority."""
        if self.exception_to:
            yield self.exception_to
        for version in self.versions:
            yield from version.prevails_over

    def version_at(self, day: datetime.date) -> Version | None:
        """Return the version in force on `day`, or None: an expired one is never a fallback."""
        return next((v for v in self.versions if v.interval.contains(day)), None)


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value of a parameter over an interval, with the law that sets it."""

    interval: Interval
    value: Value
    law: Citation | None
    unverified: Label = field(default_factory=Label)
    proposed_by: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure of law that changes with time."""

    name: str
    alias: str
    label: Label
    type: Type
    values: tuple[DatedValue, ...]
    span: Span = field(default=NOWHERE, compare=False)

    def at(self, day: datetime.date) -> DatedValue | None:
        """Return the value in force on `day`, or None."""
        return next((v for v in self.values if v.interval.contains(day)), None)


@dataclass(frozen=True, slots=True)
class Definition:
    """A named condition or formula, with the law behind it; `entity` is what it is about."""

    name: str
    alias: str
    label: Label
    body: Expression
    law: tuple[Citation, ...] = ()
    unverified: Label = field(default_factory=Label)
    entity: str = ""
    span: Span = field(default=NOWHERE, compare=False)


class Hit(StrEnum):
    """Which row of a table counts: the only one that matches, or the first."""

    UNIQUE = "unique"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class Cell:
    """A test of one input: any value (`*`), one of some, or a range with both ends included."""

    options: tuple[Expression, ...] = ()
    low: Expression | None = None
    high: Expression | None = None

    @property
    def any(self) -> bool:
        """Tell whether the cell accepts everything."""
        return not self.options and self.low is None and self.high is None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: a cell for each input, and the result."""

    cells: tuple[Cell, ...]
    result: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table."""

    name: str
    alias: str
    label: Label
    type: Type
    hit: Hit
    inputs: tuple[Expression, ...]
    rows: tuple[Row, ...]
    law: tuple[Citation, ...] = ()
    unverified: Label = field(default_factory=Label)
    entity: str = ""
    span: Span = field(default=NOWHERE, compare=False)
