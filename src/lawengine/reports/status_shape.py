"""The shape of lists, benefits, duties, scores and grades as JSON."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, TypedDict

from lawengine.reports.value_shape import (
    DomainData,
    NeedData,
    ReasonData,
    ScalarData,
    TextData,
)

StatusKindName: TypeAlias = Literal["list", "benefit", "duty", "watch"]
StatusStateName: TypeAlias = Literal[
    "not_listed",
    "listed",
    "removed",
    "not_granted",
    "granted",
    "lost",
    "expired",
    "not_due",
    "due",
    "discharged",
    "breached",
    "not_watched",
    "watched",
    "lapsed",
    "undetermined",
]
RatingStateName: TypeAlias = Literal["settled", "open", "none"]
RoundingName: TypeAlias = Literal["down", "up", "half_even"]


class JointMeasureData(TypedDict):
    """What a listing brings about, or what a benefit consists of."""

    measure: Annotated[str, "identifier of the measure"]
    label: Annotated[TextData, "its name in words"]
    authority: Annotated[str, "who applies it; empty: every authority"]
    law: Annotated[list[str], "the provisions behind it"]
    unverified: Annotated[TextData | None, "why the law is not checked; null when it is"]


class LateData(TypedDict):
    """What is added to a duty because it is late."""

    fen: Annotated[DomainData, "how much, in fen, on the day of the decision"]
    law: Annotated[list[str], "what is applied"]
    unverified: Annotated[TextData | None, "why the law is not checked; null when it is"]


class StatusData(TypedDict):
    """What became of one list, benefit or duty for one thing, on the day of the decision."""

    kind: Annotated[StatusKindName, "a list, a benefit or a duty"]
    status: Annotated[str, "identifier of the list, benefit or duty"]
    label: Annotated[TextData, "its name in words"]
    instance: Annotated[str, "path of the thing it is asked for; empty: the case"]
    state: Annotated[StatusStateName, "`undetermined`: see `possible`"]
    possible: Annotated[list[StatusStateName], "every state that is possible by what is known"]
    on: Annotated[DomainData, "the day on which it is asked: that of the decision"]
    start: Annotated[DomainData, "when it began; null also where it did not"]
    until: Annotated[DomainData, "last day of its term; null: none, or not known"]
    deadline: Annotated[DomainData, "last day to do it, for a duty; null: none, or not known"]
    earliest_removal: Annotated[DomainData, "first day on which it may be removed, for a list"]
    ended: Annotated[DomainData, "when it ended before its term; null: not, or not known when"]
    late: Annotated[bool | None, "a duty was done after its last day; null: not known"]
    late_adds: Annotated[LateData | None, "what its lateness adds; null: nothing"]
    barred: Annotated[
        TextData | None, "not null: its conditions are met, and this alone stands in the way"
    ]
    measures: Annotated[list[JointMeasureData], "what it brings about"]
    for_good: Annotated[
        bool,
        "a duty that is kept or broken: `breached` is no missed day, and nothing later mends it",
    ]
    triggers: Annotated[list[str], "the rules that a breach opens"]
    authority: Annotated[str, "the authority that keeps it"]
    law: Annotated[list[str], "what is applied"]
    unverified: Annotated[TextData | None, "why the law is not checked; null when it is"]
    needs: Annotated[list[NeedData], "the facts that would settle it"]
    reason: Annotated[ReasonData, "why"]


class LevelData(TypedDict):
    """One level of a grade."""

    level: Annotated[str, "identifier of the level"]
    label: Annotated[TextData, "its name in words"]


class VetoData(TypedDict):
    """What decides a grade alone, whatever the points are."""

    veto: Annotated[str, "identifier of the veto"]
    label: Annotated[TextData, "its name in words"]
    holds: Annotated[bool | None, "whether it holds; null: not known"]
    law: Annotated[list[str], "the provisions behind it"]
    unverified: Annotated[TextData | None, "why the law is not checked; null when it is"]


class IndicatorData(TypedDict):
    """One indicator of a score; points are exact, as a whole number or a fraction `125/2`."""

    indicator: Annotated[str, "identifier of the indicator"]
    label: Annotated[TextData, "its name in words"]
    points: Annotated[DomainData, "its points; a range where its facts are missing, never zero"]
    weight: Annotated[DomainData, "its share of the score"]
    product: Annotated[DomainData, "points times weight"]
    missing: Annotated[bool, "its points are not settled"]
    law: Annotated[list[str], "the provisions behind it"]
    unverified: Annotated[TextData | None, "why the law is not checked; null when it is"]


class ScoreData(TypedDict):
    """A score of one thing: what its indicators add up to."""

    score: Annotated[str, "identifier of the score"]
    label: Annotated[TextData, "its name in words"]
    instance: Annotated[str, "path of the thing that has it"]
    state: Annotated[RatingStateName, "`none`: no version was in force on its day"]
    day: Annotated[DomainData, "the day that picks the version"]
    value: Annotated[DomainData, "the score; a range that holds every score still possible"]
    total: Annotated[DomainData, "the exact sum before it is rounded"]
    low: Annotated[ScalarData, "lowest points of the scale"]
    high: Annotated[ScalarData, "highest points of the scale"]
    rounding: Annotated[RoundingName | None, "how the sum is rounded; null: it is left exact"]
    indicators: Annotated[list[IndicatorData], "what it is made of"]
    missing: Annotated[list[str], "the indicators whose points are not settled"]
    vetoes: Annotated[list[VetoData], "what would decide the grade alone"]
    version_from: Annotated[str | None, "first day of the version; null: open, or none in force"]
    law: Annotated[list[str], "what is applied"]
    unverified: Annotated[TextData | None, "why the law is not checked; null when it is"]
    needs: Annotated[list[NeedData], "the facts that would settle it, those with most weight first"]
    reason: Annotated[ReasonData, "why, with the arithmetic"]


class GradeBandData(TypedDict):
    """The points that give a level."""

    level: Annotated[str, "identifier of the level"]
    low: Annotated[DomainData, "lower end; null: the end of the scale"]
    low_above: Annotated[bool, "the lower end itself does not count"]
    high: Annotated[DomainData, "upper end; null: the end of the scale"]
    high_below: Annotated[bool, "the upper end itself does not count"]
    holds: Annotated[bool | None, "whether the score lies in it; null: not known"]


class LiftData(TypedDict):
    """One change that alone would give the next better level."""

    level: Annotated[str, "the level it would give, while no veto holds"]
    indicator: Annotated[str | None, "the indicator to raise; null: a veto that must go"]
    label: Annotated[TextData, "the indicator or the veto in words"]
    now: Annotated[ScalarData | None, "its points now; null for a veto"]
    needed: Annotated[ScalarData | None, "the points it must have; null for a veto"]
    above: Annotated[bool, "it must have more than that"]
    attainable: Annotated[
        ScalarData | None, "the lowest such points it can give; null: any, or a veto"
    ]


class GradeData(TypedDict):
    """A grade of one thing."""

    grade: Annotated[str, "identifier of the grade"]
    label: Annotated[TextData, "its name in words"]
    instance: Annotated[str, "path of the thing that has it"]
    state: Annotated[RatingStateName, "`open`: see `possible`; `none`: no version was in force"]
    day: Annotated[DomainData, "the day that picks the version"]
    levels: Annotated[list[LevelData], "all levels, the best first"]
    possible: Annotated[list[str], "every level that is possible by what is known"]
    score: Annotated[str | None, "the score it rests on; null: open, or none in force"]
    bands: Annotated[list[GradeBandData], "the points that give each level"]
    vetoes: Annotated[list[VetoData], "its own vetoes, beside those of the score"]
    vetoed: Annotated[bool | None, "whether a veto decides; null: not known"]
    lift_to: Annotated[str | None, "the next better level; null: none, or the grade is open"]
    lifts: Annotated[list[LiftData], "what alone would give it, the smallest change first"]
    version_from: Annotated[str | None, "first day of the version; null: open, or none in force"]
    law: Annotated[list[str], "what is applied"]
    unverified: Annotated[TextData | None, "why the law is not checked; null when it is"]
    needs: Annotated[list[NeedData], "the facts that would settle it"]
    reason: Annotated[ReasonData, "why, with the arithmetic"]
