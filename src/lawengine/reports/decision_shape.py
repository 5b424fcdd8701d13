"""The shape of a decision as JSON: the one place that names its fields and says what they mean.

The program that writes a decision, the JSON Schema and the page of documentation all come from
these types.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, TypedDict

TruthName: TypeAlias = Literal["yes", "no", "unknown"]
RuleStateName: TypeAlias = Literal["established", "not_established", "undetermined", "defeated"]
ClassName: TypeAlias = Literal["penalty", "order", "credit", "civil", "criminal_referral"]
ModalityName: TypeAlias = Literal["must", "may", "may_add"]
SanctionOriginName: TypeAlias = Literal["conduct", "lighter_later"]
FactOriginName: TypeAlias = Literal["file", "presumed", "derived", "assumed", "absent"]
UnitName: TypeAlias = Literal["day", "working_day", "month", "year"]
ComparisonName: TypeAlias = Literal["equal", "unequal", "at_least", "at_most", "more", "less"]
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
StateName: TypeAlias = Literal["determined", "undetermined"]


class TextData(TypedDict):
    """Words in both languages; a side may be empty."""

    en: Annotated[str, "in English"]
    zh: Annotated[str, "in Chinese"]


class PeriodData(TypedDict):
    """A length of time."""

    length: Annotated[int, "how many"]
    unit: Annotated[UnitName, "of what; months are never turned into days"]


ScalarData: TypeAlias = bool | int | str | PeriodData
"""Money is whole fen, a day is `YYYY-MM-DD`, a rate an exact fraction such as `1/20`."""

RangeData = TypedDict(
    "RangeData",
    {
        "from": Annotated[ScalarData | None, "lowest possible value, included; null: open"],
        "to": Annotated[ScalarData | None, "highest possible value, included; null: open"],
    },
)
RangeData.__doc__ = "A value that is only known within bounds."


class AmongData(TypedDict):
    """A choice of which only some options are left."""

    among: Annotated[list[str], "the options left"]


DomainData: TypeAlias = ScalarData | RangeData | AmongData | None
"""What is known of a value: exactly, within bounds, or not at all (null)."""


class CutData(TypedDict):
    """The point at which a value decides."""

    comparison: Annotated[ComparisonName, "the comparison that must be settled"]
    value: Annotated[ScalarData, "what the fact is compared with"]


class NeedData(TypedDict):
    """A fact that would settle an open question."""

    fact: Annotated[
        str, "path of the fact in the case file; that of the thing itself if its list is missing"
    ]
    entity: Annotated[str, "the sort of thing that has the fact"]
    label: Annotated[TextData, "how the fact is called"]
    question: Annotated[TextData, "the question to ask; empty where none is written"]
    cut: Annotated[CutData | None, "the point at which its value decides; null: any answer does"]


class EvidenceData(TypedDict):
    """What the file says about the source of a fact; each part may be empty."""

    source: Annotated[str, "the document"]
    on: Annotated[str, "its date"]
    recorded_by: Annotated[str, "the office or role that recorded it"]
    because: Annotated[
        str, "the written reason of a judgement; where the file gives it in both, `en / zh`"
    ]
    evidence: Annotated[str, "what supports it"]
    law: Annotated[str, "the provision that was named"]


class ReasonData(TypedDict):
    """One step of the argument, with the steps it rests on."""

    code: Annotated[str, "which sort of step; permanent"]
    text: Annotated[TextData, "the sentence"]
    truth: Annotated[TruthName | None, "for a condition, whether it is met; null otherwise"]
    law: Annotated[list[str], "citations"]
    unverified: Annotated[TextData | None, "why the law is not checked; null when it is"]
    rule: Annotated[
        str | None, "not null: why this rule applies or not stands under its name in `rules`"
    ]
    fact: Annotated[str | None, "path of the fact, for a fact"]
    origin: Annotated[FactOriginName | None, "where the fact comes from"]
    evidence: Annotated[EvidenceData | None, "what the file says about its source"]
    children: Annotated[list[ReasonData], "what it rests on; empty where `rule` says where to look"]


class RuleData(TypedDict):
    """What became of one rule for an act."""

    rule: Annotated[str, "identifier of the rule"]
    label: Annotated[TextData, "its name in words"]
    branches: Annotated[list[int], "the branches in which this holds, counted from 0"]
    state: Annotated[RuleStateName, "`undetermined`: facts are missing; `defeated`: it gives way"]
    law: Annotated[list[str], "what is applied"]
    breaches: Annotated[list[str], "the duties broken"]
    version_from: Annotated[str | None, "first day of the version; null: none was in force"]
    unverified: Annotated[TextData | None, "why the law is not checked; null when it is"]
    readings: Annotated[list[TextData], "choices of interpretation that it rests on"]
    refers_to: Annotated[str | None, "the rule it sends the case to"]
    defeated_by: Annotated[str | None, "the rule it gives way to"]
    needs: Annotated[list[NeedData], "the facts that would settle it"]
    reason: Annotated[ReasonData, "why"]


class QuestionData(TypedDict):
    """A condition that hangs on several facts at once."""

    rule: Annotated[str, "the rule it stands in"]
    tier: Annotated[
        int, "the step of the rule from 0; -1: the rule itself; -2: if another rule excludes it"
    ]
    band: Annotated[int, "the alternative of the fine there, counted from 0; -1: none"]
    wording: Annotated[str, "tells apart what different versions ask; empty where all ask the same"]


class AssumptionData(TypedDict):
    """One assumption of a branch: either a fact or a question."""

    fact: Annotated[str | None, "path of the fact"]
    question: Annotated[QuestionData | None, "the open condition, where no single fact is assumed"]
    label: Annotated[TextData, "the assumption in words"]
    value: Annotated[DomainData, "what it is taken to be"]


class FineData(TypedDict):
    """The lawful range of the fine, all provisions together."""

    low_fen: Annotated[int | None, "lowest lawful fine; null: no floor (or no fine at all)"]
    high_fen: Annotated[int | None, "highest lawful fine; null: none possible, or not known"]
    may: Annotated[bool, "the fine may be left out"]
    high_open: Annotated[bool, "the ceiling hangs on a fact that is not known"]
    choices: Annotated[int, "provisions between which the officer must choose; 1: no choice"]
    none: Annotated[bool, "no fine can be imposed"]


SanctionData = TypedDict(
    "SanctionData",
    {
        "class": Annotated[ClassName, "what sort of consequence it is in law"],
        "kind": Annotated[str, "which measure"],
        "label": Annotated[TextData, "the measure in words"],
        "modality": Annotated[ModalityName, "as the provision words it"],
        "mandatory": Annotated[bool, "false: the authority may leave it out"],
        "branch": Annotated[int, "the branch it belongs to, counted from 0"],
        "group": Annotated[int, "not 0: one of several with this number in the branch is chosen"],
        "low_fen": Annotated[int | None, "lowest amount; null: no floor, or the measure is no sum"],
        "high_fen": Annotated[int | None, "highest amount; null: not known, or no sum"],
        "target": Annotated[str, "the licence or post it is about"],
        "term": Annotated[PeriodData | None, "how long it lasts"],
        "authority": Annotated[str, "who imposes it"],
        "origin": Annotated[SanctionOriginName, "whose law it comes from"],
        "rule": Annotated[str, "identifier of the rule"],
        "version_from": Annotated[str, "first day of the version applied"],
        "law": Annotated[list[str], "what is applied"],
        "breaches": Annotated[list[str], "the duties broken"],
        "below_floor_by": Annotated[list[str], "what allows a fine below the floor"],
        "exempt_by": Annotated[list[str], "what allows no penalty at all"],
        "unverified": Annotated[TextData | None, "why the law is not checked; null when it is"],
        "proposed_by": Annotated[list[str], "the reforms whose text it rests on; none: the law"],
        "reason": Annotated[ReasonData, "why it follows"],
    },
)
SanctionData.__doc__ = "One consequence of an act."


class EffectData(TypedDict):
    """An effect of the general rules on the penalties of the act."""

    effect: Annotated[str, "which effect"]
    label: Annotated[TextData, "the effect in words"]
    rule: Annotated[str, "identifier of the rule"]


class ConflictData(TypedDict):
    """Two consequences for the same thing that differ without a stated priority."""

    what: Annotated[TextData, "what they are about"]
    rules: Annotated[list[str], "the rules"]
    law: Annotated[list[str], "the provisions"]


StepName: TypeAlias = Literal[
    "no_penalty_step", "reduced_step", "lighter_step", "ordinary_step", "heavier_step"
]
PlacingName: TypeAlias = Literal[
    "called_step", "other_step", "left_out", "inside", "below_floor", "above_cap", "open"
]


class StepData(TypedDict):
    """One step of the discretion standard on the band of a provision."""

    step: Annotated[StepName, "which step"]
    low_fen: Annotated[int | None, "lowest fine of it, included; null: it begins above nothing"]
    high_fen: Annotated[int, "highest fine of it, included"]


class RecommendedData(TypedDict):
    """What discretion standards recommend for one provision, under one answer to what is open."""

    rule: Annotated[str, "the provision; empty where no penalty may be imposed at all"]
    standards: Annotated[list[str], "the standards that apply; empty: none does"]
    called: Annotated[
        list[StepName], "the steps that the case calls for; of several the officer chooses one"
    ]
    steps: Annotated[list[StepData], "every step with its range, lightest first"]
    low_fen: Annotated[int | None, "where the recommended range begins; null: above nothing"]
    high_fen: Annotated[int | None, "where it ends, included; null: the step has no range"]
    amount_fen: Annotated[int | None, "the one amount, where a standard names a point; else null"]
    open: Annotated[bool, "too much is open to say more"]
    assumptions: Annotated[list[TextData], "what this line assumes of what is open"]
    law: Annotated[list[str], "the provisions behind it"]
    unverified: Annotated[TextData | None, "why the law is not checked; null when it is"]
    needs: Annotated[list[NeedData], "the facts that would settle it"]
    reason: Annotated[ReasonData, "why, with the arithmetic"]


class PlacedData(TypedDict):
    """Where a figure falls under one line of assumptions."""

    branch: Annotated[int, "the branch of the act, counted from 0"]
    rule: Annotated[str, "the provision; empty: the whole range"]
    placing: Annotated[
        PlacingName,
        "`called_step` and `other_step` lie inside the range, `inside` where no step is set",
    ]
    steps: Annotated[list[StepName], "the steps it may fall into; one where it is exact"]
    called: Annotated[list[StepName], "the steps that the case calls for"]
    assumptions: Annotated[list[TextData], "what this line assumes of what is open"]
    finding: Annotated[str | None, "code of what is found of it; null: nothing to say"]


class FindingData(TypedDict):
    """What is found of a figure."""

    code: Annotated[str, "which finding; permanent"]
    text: Annotated[TextData, "the finding in words"]


class FigureData(TypedDict):
    """The officer's own figure, checked."""

    act: Annotated[str, "path of the act; empty: all acts of the party"]
    low_fen: Annotated[int | None, "the fine, 0: none; its lower bound where only bounds are known"]
    high_fen: Annotated[int | None, "the fine, or its upper bound; null: not known"]
    proposed: Annotated[bool, "a proposal, not yet a decision"]
    placed: Annotated[list[PlacedData], "where it falls"]
    findings: Annotated[list[FindingData], "what is found of it"]
    grounds: Annotated[list[TextData], "the written grounds of the file"]
    ground_missing: Annotated[bool, "it needs a written ground, and the file has none"]


class BranchData(TypedDict):
    """What follows under the assumptions; none where all that matters is known."""

    assumptions: Annotated[list[AssumptionData], "what is assumed"]
    fine: Annotated[FineData, "the lawful range of the fine"]
    sanctions: Annotated[list[SanctionData], "every consequence"]
    effects: Annotated[list[EffectData], "effects of the general rules that apply"]
    elsewhere: Annotated[list[str], "laws without a rule here that set the penalty"]
    listings: Annotated[list[str], "always empty: see `statuses` of the party"]
    benefits: Annotated[list[str], "always empty: see `statuses` of the party"]
    duties: Annotated[list[str], "always empty: see `statuses` of the party"]
    recommended: Annotated[
        list[RecommendedData], "what discretion standards make of the range; empty: none applies"
    ]
    needs: Annotated[list[NeedData], "facts still open under these assumptions"]
    conflicts: Annotated[list[ConflictData], "conflicts of provisions"]
    reasons: Annotated[
        list[ReasonData], "what else the outcome rests on, beside the reasons of the sanctions"
    ]


class IfShownData(TypedDict):
    """What a ground that counts as not claimed would change if it were shown."""

    rule: Annotated[str, "identifier of the rule"]
    label: Annotated[TextData, "the ground in words"]
    law: Annotated[list[str], "the provisions"]
    facts: Annotated[list[str], "paths of the facts to show"]
    fact_labels: Annotated[list[TextData], "how they are called"]
    any_of: Annotated[bool, "each of the facts is enough alone; otherwise all are needed"]
    branch: Annotated[int | None, "the branch it would change, counted from 0"]
    fine: Annotated[FineData, "the lawful range it would give"]
    no_penalty: Annotated[bool, "no penalty would be left"]
    unverified: Annotated[TextData | None, "why the law is not checked; null when it is"]


class AsOfData(TypedDict):
    """The three days on which the law of the act hangs."""

    conduct: Annotated[DomainData, "when the act ended"]
    decision: Annotated[DomainData, "when the penalty is decided"]
    knowledge: Annotated[DomainData, "until when the file knows the registers"]


class ActData(TypedDict):
    """The outcome of one act."""

    path: Annotated[str, "its path in the case file"]
    name: Annotated[str, "what the case file calls it"]
    kind: Annotated[TextData, "what was done"]
    as_of: Annotated[AsOfData, "the days"]
    state: Annotated[StateName, "`undetermined`: whether the law is broken at all is open"]
    rules: Annotated[list[RuleData], "what became of every rule"]
    branches: Annotated[list[BranchData], "one, or one for each answer to an open question"]
    if_shown: Annotated[list[IfShownData], "grounds not claimed, and what each would change"]
    needs: Annotated[list[NeedData], "facts that would settle what is open, most useful first"]
    conflicts: Annotated[list[ConflictData], "conflicts of provisions, in any branch"]


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


class RespondentData(TypedDict):
    """The outcome for one party."""

    path: Annotated[str, "its path in the case file"]
    name: Annotated[str, "what the case file calls it"]
    total: Annotated[FineData | None, "all acts together; null where an act is undetermined"]
    acts: Annotated[list[ActData], "its acts"]
    statuses: Annotated[list[StatusData], "its lists, benefits and duties, those not held too"]
    scores: Annotated[list[ScoreData], "its scores"]
    grades: Annotated[list[GradeData], "its grades"]
    figures: Annotated[list[FigureData], "the officer's own figures, checked"]


class AssumedFactData(TypedDict):
    """A fact that was put in the place of what the file says."""

    fact: Annotated[str, "path of the fact"]
    value: Annotated[DomainData, "what it was taken to be"]


class DecisionData(TypedDict):
    """A decision, or a hypothesis marked as such."""

    format: Annotated[str, "version of this format"]
    case: Annotated[str, "identifier of the case"]
    title: Annotated[TextData, "its title"]
    reforms: Annotated[list[str], "the reforms it was made under; none: the law"]
    hypothesis: Annotated[
        TextData | None,
        "not null: a hypothesis (another day's law, a reform), never a decision",
    ]
    assumed: Annotated[list[AssumedFactData], "facts put in the place of the file's"]
    respondents: Annotated[list[RespondentData], "the parties"]
    statuses: Annotated[list[StatusData], "what hangs on the case itself and on no party"]
    scores: Annotated[list[ScoreData], "scores that hang on the case itself"]
    grades: Annotated[list[GradeData], "grades that hang on the case itself"]
    rulebook: Annotated[str, "SHA-256 of what the rules mean"]
    engine: Annotated[str, "version of the program"]


class MarginData(TypedDict):
    """What stays with the party if an assumed gain is true."""

    assumption: Annotated[str, "name of the assumption"]
    text: Annotated[TextData, "the assumption in words"]
    gain_fen: Annotated[int, "the gain assumed"]
    least_fen: Annotated[int | None, "gain less the highest fine; null: its ceiling is not known"]
    most_fen: Annotated[int, "gain less the lowest fine"]


class BranchFineData(TypedDict):
    """The range under one answer to what is open."""

    assumption: Annotated[TextData, "the answer in words; empty where nothing is open"]
    fine: Annotated[FineData, "the lawful range"]


class LineData(TypedDict):
    """One party under one version of the law."""

    respondent: Annotated[str, "what the case file calls it"]
    fine: Annotated[FineData, "the lawful range, all answers together"]
    by_branch: Annotated[list[BranchFineData], "the range under each answer"]
    taken: Annotated[list[str], "what confiscates the gain itself; empty where nothing does"]
    break_even_fen: Annotated[
        int | None,
        "gain, if it is left, above which the violation pays at the highest fine; null: not known",
    ]
    margins: Annotated[list[MarginData], "what stays under each named assumption"]


class RowData(TypedDict):
    """One version of the law put under the case: a hypothesis, never a decision."""

    version_from: Annotated[str, "first day of the version"]
    version_to: Annotated[str | None, "its last day; null: still in force"]
    law: Annotated[list[str], "what it cites"]
    unverified: Annotated[TextData | None, "why the law is not checked; null when it is"]
    moved_to: Annotated[str, "the day to which the end of the act is moved"]
    lines: Annotated[list[LineData], "the parties"]


class ComparisonData(TypedDict):
    """The true answer, and apart from it what each version would have allowed."""

    format: Annotated[str, "version of this format"]
    case: Annotated[str, "identifier of the case"]
    title: Annotated[TextData, "its title"]
    true_answer: Annotated[list[LineData], "the parties under the law that does apply"]
    versions: Annotated[list[RowData], "each version, as a hypothesis"]
    rulebook: Annotated[str, "SHA-256 of what the rules mean"]
    engine: Annotated[str, "version of the program"]
