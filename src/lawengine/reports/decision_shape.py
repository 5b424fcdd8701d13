"""The shape of a decision as JSON: this and its neighbours name each field and say what it means.

The program that writes a decision, the JSON Schema and the page of documentation all come from
these types.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, TypedDict

from lawengine.reports.status_shape import (
    GradeData,
    ScoreData,
    StatusData,
)
from lawengine.reports.value_shape import (
    DomainData,
    FineData,
    NeedData,
    PeriodData,
    ReasonData,
    TextData,
)

RuleStateName: TypeAlias = Literal["established", "not_established", "undetermined", "defeated"]
ClassName: TypeAlias = Literal["penalty", "order", "credit", "civil", "criminal_referral"]
ModalityName: TypeAlias = Literal["must", "may", "may_add"]
SanctionOriginName: TypeAlias = Literal["conduct", "lighter_later"]
StateName: TypeAlias = Literal["determined", "undetermined"]


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


class RespondentData(TypedDict):
    """The outcome for one party."""

    path: Annotated[str, "its path in the case file"]
    name: Annotated[str, "what the case file calls it"]
    total: Annotated[FineData | None, "all acts together; null where an act is undetermined"]
    acts: Annotated[list[ActData], "its acts; none where the file names none"]
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
