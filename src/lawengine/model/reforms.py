"""Reforms: proposals to change the law, which are never rules themselves.

A reform is applied to a rulebook and gives another one (`reforms.apply`).
"""

from __future__ import annotations

import datetime
from dataclasses import field
from typing import TypeAlias

from lawengine.base.calendar import Period
from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.source import NOWHERE, Span
from lawengine.model.expressions import Expression, Value
from lawengine.model.measures import Consequence
from lawengine.model.rulebook import Proposal
from lawengine.model.rules import Definition, Parameter, Rule, Table, Tier
from lawengine.model.scenarios import Scenario
from lawengine.model.statuses import Ending, JointMeasure, Status, TermCases

REFERENCE = "reference"
"""The kind of every reference to another rule or law, beside those of measures and effects."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Which version a change takes hold of, and from when.

    `since` is the first day of the new text; None is "as if always": the new text stands in the
    place of the old one over all its days. `on` is a day on which the version meant is in force;
    None means that of `since`, or the last version.
    """

    since: datetime.date | None
    on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class NewCondition:
    """Another condition instead of the one after `when`; None strikes it out."""

    condition: Expression | None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NewExclusions:
    """Other conditions instead of all after `unless`; none strikes them out."""

    exclusions: tuple[Expression, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NewAuthority:
    """Another authority."""

    authority: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NewReading:
    """A choice of interpretation beside those that the version rests on."""

    reading: Label
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NewConsequences:
    """Consequences of the ordinary tier in the place of those of the same kind; others stay.

    Those of another tier come with it, as a `NewTier`.
    """

    consequences: tuple[Consequence, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NewTier:
    """A tier that the version does not have yet, or one that replaces all of the tier there is."""

    tier: Tier
    path: tuple[Expression, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NoConsequence:
    """All consequences of one kind are struck out, of the ordinary tier or of that of `path`."""

    kind: str
    path: tuple[Expression, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NoTier:
    """The tier under that condition is struck out."""

    path: tuple[Expression, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NewTerm:
    """Another term of a status; `start` and `before` None keep the day that it runs from or to."""

    term: Period | TermCases | None
    start: Expression | None = None
    before: Expression | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NewEndings:
    """Other ways out of a status instead of all that there are; none strikes them out."""

    endings: tuple[Ending, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NewJointMeasure:
    """A joint measure: it replaces the one of the same name, or is added."""

    measure: JointMeasure
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NoJointMeasure:
    """The joint measure of that name is struck out."""

    name: str
    span: Span = field(default=NOWHERE, compare=False)


Change: TypeAlias = (
    NewCondition
    | NewExclusions
    | NewAuthority
    | NewReading
    | NewConsequences
    | NewTier
    | NoConsequence
    | NoTier
    | NewTerm
    | NewEndings
    | NewJointMeasure
    | NoJointMeasure
)


@dataclass(frozen=True, slots=True)
class Amendment:
    """Changes of one version of a rule, a list, a benefit or a duty."""

    name: str
    reach: Reach
    changes: tuple[Change, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NewFigure:
    """Another value of a parameter; `law` None keeps the citation of the value it replaces."""

    name: str
    reach: Reach
    value: Value
    law: Citation | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Repealing:
    """A rule, a list, a benefit or a duty ends the day before `since`, without a successor."""

    name: str
    since: datetime.date
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Reform:
    """A proposal: what it amends, sets, repeals and adds.

    `scenarios` are expectations about the rulebook that it makes.
    """

    name: str
    alias: str = ""
    label: Label = field(default_factory=Label)
    because: Label = field(default_factory=Label)
    amendments: tuple[Amendment, ...] = ()
    figures: tuple[NewFigure, ...] = ()
    repeals: tuple[Repealing, ...] = ()
    rules: tuple[Rule, ...] = ()
    statuses: tuple[Status, ...] = ()
    definitions: tuple[Definition, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    tables: tuple[Table, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def proposal(self) -> Proposal:
        """Return what a rulebook remembers of it."""
        return Proposal(self.name, self.alias, self.label, self.because)
