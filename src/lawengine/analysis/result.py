"""The result of an analysis, as values and as plain data: what a report shows, and nothing else.

Units: amounts in fen, shares and probabilities as numbers from 0 to 1. Without weights every number
is whole and exact; weighted ones are exact sums over weights in millionths, rounded at the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import TypeAlias

from lawengine.analysis.status_counts import Standings
from lawengine.base.label import Label

FORMAT_VERSION = 1
"""The number of the form of `Analysis.as_data()`: it changes when a reader must change."""

Number: TypeAlias = int | float


@dataclass(frozen=True, slots=True)
class Bounds:
    """A lower and an upper figure; nothing between them is ever put in their place.

    `high` None means that no upper figure is known. In sums, `high` adds up the cases that have an
    upper figure, and `open` counts those that have none: what these bring comes on top.
    """

    low: Number
    high: Number | None
    open: Number = 0


@dataclass(frozen=True, slots=True)
class Quantile:
    """The value at or below which a share of the cases lies: of all lower, of all upper figures."""

    share: float
    amount: Bounds


@dataclass(frozen=True, slots=True)
class Bin:
    """How many cases lie from `since` to below `until`, by their lower and their upper figure.

    Units: fen; `until` None is without end. Cases whose upper figure is not known are in no bin.
    """

    since: int
    until: int | None
    by_low: Number
    by_high: Number


@dataclass(frozen=True, slots=True)
class Distribution:
    """How an amount is spread: the fine, what is confiscated, or both together (`sanction`).

    `sum` and `mean` go over all cases, one without the amount counting 0; `mean` is in fen for each
    case. `quantiles` and `bins` go over the `cases` that can have the amount at all.
    """

    sum: Bounds
    mean: Bounds
    cases: Number
    quantiles: tuple[Quantile, ...]
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """In how many cases a kind of measure must be taken, and in how many it may."""

    kind: str
    label: Label
    must: Number
    may: Number


@dataclass(frozen=True, slots=True)
class Hits:
    """In how many rows a rule is established, or may be (never weighted)."""

    rule: str
    label: Label
    cases: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What some cases come to under one state of the law.

    `established`: from the cases in which a norm surely is, to those in which it may be; `fined`:
    from those that must be fined to those that may be.
    """

    cases: Number
    established: Bounds
    undetermined: Number
    fined: Bounds
    fine: Distribution
    confiscation: Distribution
    sanction: Distribution
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """In how many cases a kind of measure comes in, falls away, becomes mandatory or optional."""

    kind: str
    label: Label
    gained: Number
    lost: Number
    stricter: Number
    milder: Number


@dataclass(frozen=True, slots=True)
class Change:
    """How cases fare under a reform, by the money that they pay: fine and confiscation.

    A sanction is a range. `better_surely`: the most that can be paid after is no more than the
    least before, and the ranges are not the same; `better`: neither end is higher, one is lower,
    the ranges overlap; `worse` and `worse_surely` the other way round; `unchanged`: both ends are
    the same; `undecided`: the ends move apart or together, or an end hangs on an unknown fact.

    `floors` and `ceilings` sum the moves of the lower and of the upper ends (fen; ceilings of the
    cases that have one before and after).
    """

    better_surely: Number
    better: Number
    unchanged: Number
    worse: Number
    worse_surely: Number
    undecided: Number
    floors: Number
    ceilings: Number
    newly_fined: Number
    no_longer_fined: Number
    measures: tuple[MeasureChange, ...]

    @property
    def winners(self) -> Number:
        """Return how many pay less, surely or by their range."""
        return self.better_surely + self.better

    @property
    def losers(self) -> Number:
        """Return how many pay more, surely or by their range."""
        return self.worse_surely + self.worse


@dataclass(frozen=True, slots=True)
class Section:
    """The cases of a table, or of one group: `figures` for each side, a change for each reform.

    `name` is "" for the whole table, else the value of the column; the first of `figures` is of
    the law in force, `changes[n]` compares it with `figures[n + 1]`.
    """

    name: str
    label: Label
    figures: tuple[Figures, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A table by one column: its groups together are the whole."""

    column: str
    label: Label
    groups: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """All figures, counted by rows, or by a column of weights (`weights` is its name, or "")."""

    weights: str
    whole: Section
    by: tuple[Breakdown, ...]


@dataclass(frozen=True, slots=True)
class Data:
    """The table: its file, the SHA-256 of its bytes, its rows, what it has no column for.

    `missing` names the facts that rules ask for and no row knows; `weight` the sum of the weights.
    """

    name: str
    hash: str
    rows: int
    missing: tuple[Label, ...]
    weight: Number | None
    conduct: tuple[str, str] | None
    decided: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class ReformShown:
    """A reform of one side."""

    name: str
    title: Label
    because: Label


@dataclass(frozen=True, slots=True)
class Side:
    """A state of the law: the one in force (`reforms` is empty), or what reforms make of it.

    `rows_alone` counts the rows that columns left to the evaluator of single cases, `later` those
    under the lighter later law; both are never weighted.
    """

    name: str
    title: Label
    rulebook: str
    reforms: tuple[ReformShown, ...]
    rules: tuple[Hits, ...]
    later: int
    rows_alone: int


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something that the figures rest on and nobody published; `on` tells whether it is used."""

    name: str
    text: Label
    on: bool = True


@dataclass(frozen=True, slots=True)
class PaysAt:
    """What holds at one probability of being caught.

    `gain`: above so much a violation pays, at the least and at the greatest sanction (None: at no
    gain; `high` None: at none surely); `cases`: in how many cases with a known gain it pays, surely
    and at most (tables only).
    """

    probability: float
    gain: Bounds | None
    cases: Bounds | None


@dataclass(frozen=True, slots=True)
class Threshold:
    """The probability of being caught from which on a violation does not pay any more.

    `p_star` None: not known, for the gain is not known. A `p_star.high` or `.low` of 1 or more, or
    None, says that even certain detection does not deter at that end.
    """

    gain: int | None
    gain_basis: Label
    p_star: Bounds | None


@dataclass(frozen=True, slots=True)
class VersionDeterrence:
    """One version of the law put under a case.

    `confiscated` is `yes`, `no` or `open`. Where `applied`, it is the law that applies to the case;
    a `title` without it names a reform.
    """

    since: str
    until: str
    law: tuple[str, ...]
    unverified: Label
    applied: bool
    fine: Bounds
    may_be_left_out: bool
    no_floor: bool
    confiscated: str
    confiscated_by: tuple[str, ...]
    thresholds: tuple[Threshold, ...]
    pays: tuple[PaysAt, ...]
    title: Label = Label()  # noqa: RUF009 - an empty label is a constant


@dataclass(frozen=True, slots=True)
class CaseDeterrence:
    """A party of a case under the law of its day (first), and under each version."""

    case: str
    title: Label
    party: str
    versions: tuple[VersionDeterrence, ...]


@dataclass(frozen=True, slots=True)
class SideDeterrence:
    """The cases of a table under one side.

    `known` counts the cases with a known gain above 0 and a violation. `p_star` holds quantiles
    over them; `never` those that even certain detection does not deter (surely, at most).
    """

    known: Number
    without_gain: Number
    p_star: tuple[Quantile, ...]
    never: Bounds
    pays: tuple[PaysAt, ...]


@dataclass(frozen=True, slots=True)
class Deterrence:
    """Sanction against gain; `model` states every assumption that the probabilities rest on."""

    model: tuple[Label, ...]
    cases: tuple[CaseDeterrence, ...]
    sides: tuple[SideDeterrence, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """A bootstrap interval: of the figure `figure` of side `side`; for changes, of that reform.

    Units: as the figure: fen, cases, or a share from 0 to 1.
    """

    figure: str
    label: Label
    unit: str
    side: int
    estimate: Number
    low: Number
    high: Number


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """How much the figures would move if the cases had been others drawn like these."""

    method: Label
    draws: int
    seed: int
    level: float
    cluster: str
    units: int
    weights: str
    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """One side, if offenders answer to it: the number of violations, and the fines that follow.

    `violations` and `fine` are bounds over the ranges of sanctions; `factor` the mean factor by
    which the number of cases changes; `unmoved` counts the cases of which both sanctions are 0 or
    unknown, so that nothing can be said of an answer: they stay.
    """

    violations: Bounds
    factor: Bounds
    fine: Bounds
    unmoved: Number = 0


@dataclass(frozen=True, slots=True)
class Behaviour:
    """The answer of offenders, an assumption that is off unless asked for."""

    elasticity: float
    text: Label
    sides: tuple[Response, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """A published aggregate, what arithmetic alone draws from it, and the simulated figure beside.

    `bounds` are sentences that hold whatever the single cases were; no grounds are named that
    nobody published. `figures` are the published numbers by name, `simulated` the figure under the
    law in force that comes nearest to it, None where the table has no such cases.
    """

    name: str
    label: Label
    source: Label
    figures: Mapping[str, Number]
    bounds: tuple[Label, ...]
    simulated: Bounds | None
    simulated_label: Label


@dataclass(frozen=True, slots=True)
class Axis:
    """A figure that a sweep moves. `values` are exact texts, `numbers` the same for plots.

    `law` is the value in force, "" where there is none; `texts` and `law_text` are the same in both
    languages.
    """

    name: str
    label: Label
    unit: Label
    law: str
    values: tuple[str, ...]
    numbers: tuple[Number, ...]
    texts: tuple[Label, ...] = ()
    law_text: Label = Label()  # noqa: RUF009 - an empty label is a constant


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a sweep: the place on each axis, and what follows there.

    `rulebook` is a hash of the law and of what the step sets.
    """

    at: tuple[int, ...]
    rulebook: str
    figures: Figures
    change: Change


@dataclass(frozen=True, slots=True)
class Sweep:
    """One or two figures moved over a range; `law` is the step that nothing moves.

    `unchanged_rows` counts the rows that no step touches, and that were decided once. `standings`
    are the lists, benefits and duties that hold in other rows at some step; their `sides` are the
    law and then each step.
    """

    axes: tuple[Axis, ...]
    law: Figures
    steps: tuple[Step, ...]
    weights: str
    unchanged_rows: int
    standings: tuple[Standings, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """All of it. What was not asked for is None or empty.

    `sides[0]` is the law in force. `counts[0]` is unweighted; a weighted one follows where a column
    of weights was named. `standings` are the lists, benefits and duties of which the columns tell.
    """

    data: Data
    sides: tuple[Side, ...]
    counts: tuple[Count, ...]
    assumptions: tuple[Assumption, ...]
    deterrence: Deterrence | None = None
    sweep: Sweep | None = None
    bootstrap: Bootstrap | None = None
    behaviour: Behaviour | None = None
    published: tuple[Published, ...] = ()
    standings: tuple[Standings, ...] = ()

    def as_data(self) -> dict[str, object]:
        """Return all of it as plain data: blocks, lists, texts in both languages, numbers."""
        return {"format": FORMAT_VERSION, **_block(self)}


def as_plain(value: object) -> object:
    """Return any value of this module as plain data."""
    if isinstance(value, Label):
        return {"en": value.text("en"), "zh": value.text("zh")} if value else None
    if is_dataclass(value):
        return _block(value)
    if isinstance(value, Mapping):
        return {str(key): as_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [as_plain(item) for item in value]
    return value


def _block(value: object) -> dict[str, object]:
    # A mapping of the fields by name, in their order; `fields` takes any dataclass.
    return {one.name: as_plain(getattr(value, one.name)) for one in fields(value)}  # type: ignore[arg-type]  # a dataclass
