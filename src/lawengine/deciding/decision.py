"""The Decision: what follows for each party and act, and why."""

from __future__ import annotations

import datetime
from dataclasses import field
from enum import StrEnum

from lawengine.base.calendar import Period
from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.truth import Truth
from lawengine.deciding.rating_outcomes import GradeOutcome, ScoreOutcome
from lawengine.deciding.recommended import FigureCheck, Recommended
from lawengine.evaluation.facts import Domain, Entry, FactKey
from lawengine.evaluation.trace import Need, Question
from lawengine.explanation.reason import Reason
from lawengine.model.measures import EffectKind, MeasureKind, Modality, SanctionClass
from lawengine.model.scenarios import RuleState
from lawengine.model.statuses import JointMeasure, StatusKind, StatusState
from lawengine.registers.findings import ABSENT


class SanctionOrigin(StrEnum):
    """Whose law the sanction comes from."""

    CONDUCT = "conduct"
    LIGHTER_LATER = "lighter_later"


@dataclass(frozen=True, slots=True)
class Sanction:
    """One consequence of an act.

    Units: fen. `low_fen` None is no floor, `high_fen` None a ceiling that hangs on an unknown
    fact; both are None where the measure is no sum. `mandatory` is False where the authority may
    leave it out. `group` is not 0 for measures between which it chooses: those of one choice share
    a number in their branch, and no others do. `below_floor_by` cites what allows a fine below the
    floor; `exempt_by` what allows no penalty at all. `proposed_by` names the reforms whose text it
    rests on: then it is none of the law in force.
    """

    sanction_class: SanctionClass
    kind: MeasureKind
    modality: Modality
    mandatory: bool
    low_fen: int | None
    high_fen: int | None
    rule: str
    version_from: datetime.date
    law: tuple[Citation, ...]
    breaches: tuple[Citation, ...]
    authority: str
    origin: SanctionOrigin
    unverified: Label
    reason: Reason
    target: str = ""
    term: Period | None = None
    group: int = 0
    below_floor_by: tuple[Citation, ...] = ()
    exempt_by: tuple[Citation, ...] = ()
    proposed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FineTotal:
    """The lawful range of the fine for one act or several.

    Units: fen. Both None: no fine can be imposed. `low` None with a `high`: no floor (an imposed
    fine is above 0). `may`: the fine may be left out. `high_open`: the ceiling hangs on a fact that
    is not known. `choices` counts norms between which the officer must choose.
    """

    low: int | None
    high: int | None
    may: bool = False
    high_open: bool = False
    choices: int = 1

    @property
    def none(self) -> bool:
        """Tell whether no fine can be imposed."""
        return self.high is None and not self.high_open

    def contains(self, fen: int) -> bool:
        """Tell whether a fine of `fen` lies in the range; 0 means that none was imposed."""
        if fen == 0:
            return self.none or self.may
        above = self.low is None or fen >= self.low
        return above and not self.none and (self.high_open or fen <= (self.high or 0))


NO_FINE = FineTotal(None, None)


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What became of one rule for an act."""

    rule: str
    label: Label
    state: RuleState
    law: tuple[Citation, ...]
    breaches: tuple[Citation, ...]
    version_from: datetime.date | None
    unverified: Label
    readings: tuple[Label, ...]
    refers_to: str
    defeated_by: str
    needs: tuple[Need, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Assumed:
    """One assumption of a branch: a fact or an open condition, and what it is taken to be.

    `needs` are the facts that would settle it.
    """

    about: FactKey | Question
    domain: Domain
    label: Label
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """What follows under the assumptions; none where everything that matters is known.

    `effects` are the effects of the general part that apply. `open` tells that a condition which
    could not be split into answers still hides part of the outcome; the fine is open then too.
    `elsewhere` cites laws that established rules send the case to and that have no rule here: what
    they allow is not in the answer. `recommended` is what discretion standards make of the range, a
    line for each provision and each answer that it hangs on.
    """

    assumptions: tuple[Assumed, ...]
    rules: tuple[RuleOutcome, ...]
    sanctions: tuple[Sanction, ...]
    fine: FineTotal
    effects: tuple[tuple[EffectKind, str], ...]
    needs: tuple[Need, ...]
    conflicts: tuple[Conflict, ...]
    reason: Reason
    open: bool = False
    elsewhere: tuple[Citation, ...] = ()
    recommended: tuple[Recommended, ...] = ()

    @property
    def penalised(self) -> bool:
        """Tell whether any penalty can be imposed."""
        return any(s.sanction_class is SanctionClass.PENALTY for s in self.sanctions)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two consequences for the same thing that differ without a stated priority."""

    what: Label
    rules: tuple[str, ...]
    law: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class IfShown:
    """What a ground that counts as not claimed would change if it were shown.

    `any_of` tells that each of the facts is enough alone; otherwise all are needed together.
    """

    rule: str
    label: Label
    law: tuple[Citation, ...]
    facts: tuple[FactKey, ...]
    fact_labels: tuple[Label, ...]
    fine: FineTotal
    no_penalty: bool
    any_of: bool
    unverified: Label
    branch: tuple[Assumed, ...] = ()


@dataclass(frozen=True, slots=True)
class ActDecision:
    """The outcome of one act: one branch, or one for each answer to an open question.

    `undetermined` is True when the violation itself is open.
    """

    path: str
    name: str
    kind: Label
    conduct: Domain
    decision: Domain
    knowledge: Domain
    branches: tuple[Branch, ...]
    if_shown: tuple[IfShown, ...]
    needs: tuple[Need, ...]
    undetermined: bool

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Return every conflict of every branch, each once."""
        return tuple(dict.fromkeys(c for branch in self.branches for c in branch.conflicts))


@dataclass(frozen=True, slots=True)
class LateAddition:
    """What is added to a duty because it is late, such as a late fine 加处罚款.

    Units: fen. `amount` is what is known of it on the day of the decision.
    """

    amount: Domain
    law: tuple[Citation, ...]
    unverified: Label


@dataclass(frozen=True, slots=True)
class StatusOutcome:
    """What became of one list, benefit or duty for one thing of the case, on the decision day.

    `possible` holds every state that what is known leaves open, one where it is settled. `start`,
    `until`, `deadline`, `earliest_removal` and `ended` are None where there is no such day: `until`
    is the last day of a term, `deadline` that of a duty, `ended` when it ended before its term.
    `late` tells whether a duty was discharged after its last day. `barred` names what stands in the
    way of a benefit whose conditions are met. `triggers` names the rules that a breach opens, and
    `added` is what its lateness costs, None where nothing is added. `for_good` marks a duty that
    is kept or broken: nothing done after its last day discharges it.
    """

    kind: StatusKind
    name: str
    label: Label
    instance: str
    instance_name: str
    state: StatusState
    possible: tuple[StatusState, ...]
    on: Domain
    start: Domain | None
    until: Domain | None
    deadline: Domain | None
    earliest_removal: Domain | None
    ended: Domain | None
    late: Truth
    barred: Label
    measures: tuple[JointMeasure, ...]
    triggers: tuple[str, ...]
    authority: str
    needs: tuple[Need, ...]
    reason: Reason
    unverified: Label
    law: tuple[Citation, ...]
    added: LateAddition | None = None
    for_good: bool = False

    @property
    def told(self) -> bool:
        """Tell whether a reader needs it: it applies, is open, or something stands in its way."""
        return self.state not in ABSENT.values() or bool(self.barred)


@dataclass(frozen=True, slots=True)
class RespondentDecision:
    """The outcome for one party; `total` sums the fines of its acts (each act's widest range).

    `statuses` are its lists, benefits and duties, `scores` and `grades` its ratings; `unasked`
    names those that could not be asked, because the file lacks the list of what they hang on.
    `figures` are the officer's own, checked.
    Edges: `total` is None where an act is
    undetermined.
    """

    path: str
    name: str
    acts: tuple[ActDecision, ...]
    total: FineTotal | None
    statuses: tuple[StatusOutcome, ...] = ()
    unasked: tuple[str, ...] = ()
    scores: tuple[ScoreOutcome, ...] = ()
    grades: tuple[GradeOutcome, ...] = ()
    figures: tuple[FigureCheck, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of a case.

    `hypothesis` is not empty for what another day's law would have allowed, which is never a
    decision, or a reform; `reforms` names those it was made under. `rulebook` is the content hash,
    `engine` the version of the program. `statuses` are the duties that hang on the case itself and
    on no party, and so with `scores` and `grades`.
    """

    case: str
    title: Label
    respondents: tuple[RespondentDecision, ...]
    rulebook: str
    engine: str
    hypothesis: Label = field(default_factory=Label)
    assumed: tuple[tuple[FactKey, Entry], ...] = ()
    statuses: tuple[StatusOutcome, ...] = ()
    scores: tuple[ScoreOutcome, ...] = ()
    grades: tuple[GradeOutcome, ...] = ()
    reforms: tuple[str, ...] = ()

    def all_statuses(self) -> tuple[StatusOutcome, ...]:
        """Return the statuses of the case and of all parties."""
        own = (one for respondent in self.respondents for one in respondent.statuses)
        return (*self.statuses, *own)

    def all_scores(self) -> tuple[ScoreOutcome, ...]:
        """Return the scores of the case and of all parties."""
        return (*self.scores, *(one for item in self.respondents for one in item.scores))

    def all_grades(self) -> tuple[GradeOutcome, ...]:
        """Return the grades of the case and of all parties."""
        return (*self.grades, *(one for item in self.respondents for one in item.grades))

    def acts(self) -> tuple[ActDecision, ...]:
        """Return all acts of all parties."""
        return tuple(act for respondent in self.respondents for act in respondent.acts)
