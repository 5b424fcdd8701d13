"""What the lists, benefits, duties and ratings of a party hang on, where no act is in question."""

from __future__ import annotations

from dataclasses import field

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.deciding.decision import StatusOutcome
from lawengine.deciding.rating_outcomes import GradeOutcome, ScoreOutcome
from lawengine.deciding.ratings import grade_outcomes, score_outcomes
from lawengine.deciding.statuses import outcomes
from lawengine.evaluation.facts import UNKNOWN, CaseFacts, Domain, FactKey, Instance
from lawengine.evaluation.prepare import prepare
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import PARTY, ROOT
from lawengine.questions.needs import NeededFact, Needs
from lawengine.questions.openness import Matter
from lawengine.questions.scenes import NoSuchActError
from lawengine.questions.wording import key_label, key_question, known_label
from lawengine.registers.register import registers
from lawengine.registers.terms import DayRules


@dataclass(frozen=True, slots=True)
class OpenStanding:
    """A fact that open lists, benefits, duties or ratings of a party ask for.

    `asked_by` holds their names by their identifiers; `domain` is what the file says so far.
    """

    key: FactKey
    domain: Domain
    asked_by: dict[str, Label] = field(default_factory=dict)


def open_standings(
    case: CaseFacts, rulebook: Rulebook, party: Instance, *, days: DayRules | None = None
) -> tuple[OpenStanding, ...]:
    """Return the facts that settle what the file tells of and leaves open, for the party.

    Those that the most of them ask for come first, otherwise they stand in the order of the
    rulebook. `days` are the counting rules and calendars. Edges: what the file says nothing of at
    all asks for nothing.

    Raises:
        NoSuchActError: the facts of the case exclude each other.
    """
    prepared = prepare(case, rulebook)
    kept = registers(rulebook, case.root, days)
    if prepared.diagnostics:
        raise NoSuchActError(party.path)
    if kept is None:
        return ()
    register = kept.register(prepared.entries)
    chain = {ROOT: case.root, PARTY: party}
    found: dict[FactKey, OpenStanding] = {}
    told: list[StatusOutcome | ScoreOutcome | GradeOutcome] = [
        *outcomes(register, chain),
        *(score for score in score_outcomes(register, chain) if score.told),
        *(grade for grade in grade_outcomes(register, chain) if grade.told),
    ]
    for one in told:
        for key in dict.fromkeys(need.key for need in one.needs):
            entry = prepared.entries.get(key)
            new = OpenStanding(key, UNKNOWN if entry is None else entry.domain)
            asked = found.setdefault(key, new)
            asked.asked_by[one.name] = one.label or Label(one.name, one.name)
    return tuple(sorted(found.values(), key=lambda item: -len(item.asked_by)))


def standing_needs(
    case: CaseFacts, rulebook: Rulebook, party: Instance, *, days: DayRules | None = None
) -> Needs:
    """Return the same as needs: nothing is needed for a penalty, all of it for something else.

    Raises:
        NoSuchActError: the facts of the case exclude each other.
    """
    asked = tuple(
        NeededFact(
            key=item.key,
            label=key_label(item.key, rulebook),
            question=key_question(item.key, rulebook),
            known=known_label(item.key, item.domain, rulebook),
            matter=Matter.STANDING,
            rules=tuple(item.asked_by),
        )
        for item in open_standings(case, rulebook, party, days=days)
    )
    return Needs(party.path, settled=True, fewest=(), also=asked)
