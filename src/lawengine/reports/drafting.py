"""From a decision to the document a reader gets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.deciding.decision import (
    ActDecision,
    Branch,
    Decision,
    FineTotal,
    IfShown,
    RespondentDecision,
)
from lawengine.deciding.reasoning import total_label
from lawengine.deciding.recommended import FigureCheck
from lawengine.evaluation.facts import UNKNOWN
from lawengine.evaluation.trace import Need
from lawengine.explanation.phrasing import domain_label, fact_label, value_label
from lawengine.explanation.prune import prune
from lawengine.explanation.reason import Reason
from lawengine.model.scenarios import RuleState
from lawengine.reports.citing import law_parts
from lawengine.reports.discretion_parts import figure_parts, recommended_items
from lawengine.reports.document import (
    ActPart,
    Answer,
    Change,
    Document,
    Item,
    Needed,
    PartyPart,
)
from lawengine.reports.measures import (
    TELLING_EFFECTS,
    bases,
    effect_items,
    measure_items,
    measure_lines,
)
from lawengine.reports.naming import Names, need_label, need_question
from lawengine.reports.rating_parts import rating_parts
from lawengine.reports.status_parts import status_parts
from lawengine.reports.steps import Stepper
from lawengine.reports.verdicts import verdicts
from lawengine.reports.wording import word


def draft(decision: Decision, names: Names, *, full: bool = False) -> Document:
    """Return the document of a decision; `full` also tells why each other rule does not apply."""
    return _Drafter(names, full).document(decision)


def fine_text(fine: FineTotal, names: Names) -> str:
    """Return a range in words."""
    return total_label(fine).text(names.language)


def range_text(branch: Branch, names: Names) -> str:
    """Return the lawful range of a branch in words; a law without a rule here is not "no fine"."""
    if branch.fine.none and branch.elsewhere:
        return word("not_here", names.language)
    return fine_text(branch.fine, names)


@dataclass(frozen=True, slots=True)
class _Drafter:
    names: Names
    full: bool

    def _word(self, key: str, **places: object) -> str:
        return word(key, self.names.language, **places)

    def _join(self, parts: Iterable[str]) -> str:
        return ("；" if self.names.language == "zh" else "; ").join(parts)

    def document(self, decision: Decision) -> Document:
        language = self.names.language
        return Document(
            title=decision.title.text(language) or decision.case,
            case=decision.case,
            hypothesis=decision.hypothesis.text(language),
            assumed=tuple(self._assumed(decision)),
            parties=_without_repeats(
                self._party(item, number) for number, item in enumerate(decision.respondents, 1)
            ),
            laws=law_parts(_cited(decision), self.names),
            produced=self._word(
                "produced", rulebook=decision.rulebook[:12], engine=decision.engine
            ),
            statuses=status_parts(decision.statuses, self.names, full=self.full),
            ratings=rating_parts(decision.scores, decision.grades, self.names, full=self.full),
            verdicts=verdicts(decision, self.names),
        )

    def _assumed(self, decision: Decision) -> Iterator[str]:
        vocabulary = self.names.rulebook.vocabulary
        for key, entry in decision.assumed:
            fact = vocabulary.fact(key.entity, key.fact)
            value = domain_label(entry.domain, fact.type, self.names.rulebook)
            label = fact_label(fact).text(self.names.language)
            colon = "：" if self.names.language == "zh" else ": "
            yield f"{key.instance} {label}{colon}{value.text(self.names.language)}".strip()

    def _party(self, item: RespondentDecision, number: int) -> PartyPart:
        total = ""
        if len(item.acts) > 1:
            fine = item.total
            total = self._word("total_open") if fine is None else fine_text(fine, self.names)
        return PartyPart(
            name=item.name or self._word("party_number", n=number),
            acts=tuple(
                self._act(act, n, [one for one in item.figures if one.act == act.path])
                for n, act in enumerate(item.acts, 1)
            ),
            total=total,
            statuses=status_parts(item.statuses, self.names, full=self.full),
            ratings=rating_parts(item.scores, item.grades, self.names, full=self.full),
            figures=figure_parts([one for one in item.figures if not one.act], self.names),
        )

    # --- one act ---

    def _act(self, act: ActDecision, number: int, figures: Sequence[FigureCheck]) -> ActPart:
        measures = [tuple(measure_items(branch, self.names)) for branch in act.branches]
        effects = [tuple(effect_items(branch, self.names)) for branch in act.branches]
        shared_measures, shared_effects = _shared(measures), _shared(effects)
        answers = self._gathered(
            act,
            (
                self._answer(
                    branch,
                    _without(own, shared_measures),
                    _without(other, shared_effects),
                    undetermined=act.undetermined,
                )
                for branch, own, other in zip(act.branches, measures, effects, strict=True)
            ),
        )
        numbers = {b: answer.number for answer, branches in answers for b in branches}
        return ActPart(
            heading=act.name or self._word("act_number", n=number),
            kind=act.kind.text(self.names.language),
            days=tuple(self._days(act)),
            undetermined=act.undetermined,
            answers=tuple(answer for answer, _ in answers),
            measures=measure_lines(shared_measures),
            effects=shared_effects,
            authorities=self._authorities(act),
            unverified=tuple(self._unverified(act)),
            conflicts=tuple(
                self._word(
                    "conflict",
                    what=conflict.what.text(self.names.language),
                    law=self.names.citations(conflict.law) or self._join(conflict.rules),
                )
                for conflict in act.conflicts
            ),
            changes=tuple(self._changes(act, numbers)),
            needs=tuple(self._need(need) for need in act.needs),
            figures=figure_parts(figures, self.names, numbers),
        )

    def _days(self, act: ActDecision) -> Iterator[tuple[str, str]]:
        yield self._word("act_ended"), self.names.days(act.conduct)
        yield self._word("decided"), self.names.days(act.decision)
        if act.knowledge not in (UNKNOWN, act.decision):
            yield self._word("known"), self.names.days(act.knowledge)

    def _authorities(self, act: ActDecision) -> str:
        found = dict.fromkeys(
            s.authority for branch in act.branches for s in branch.sanctions if s.authority
        )
        return self._join(self.names.term(name) for name in found)

    def _answer(
        self,
        branch: Branch,
        measures: tuple[Item, ...],
        effects: tuple[Item, ...],
        *,
        undetermined: bool,
    ) -> Answer:
        """Return the outcome of a branch without its reasons.

        Edges: where it is open whether the law is broken at all, no fine is none that is known of.
        """
        condition = self.names.assumptions(branch.assumptions)
        range_ = range_text(branch, self.names)
        if undetermined and branch.fine.none:
            range_ = self._word("as_far_as_known", range=range_)
        return Answer(
            number=0,
            conditions=(condition,) if condition else (),
            range=range_,
            bases=tuple(bases(branch, self.names, undetermined=undetermined)),
            measures=measure_lines(measures),
            effects=effects,
            steps=(),
            recommended=tuple(recommended_items(branch, self.names)),
        )

    def _gathered(
        self, act: ActDecision, answers: Iterable[Answer]
    ) -> list[tuple[Answer, list[int]]]:
        """Return the outcomes with their branches; like ones are one, unless `full`."""
        found: dict[object, tuple[Answer, list[int]]] = {}
        for index, answer in enumerate(answers):
            key = index if self.full else replace(answer, conditions=())
            first, branches = found.setdefault(key, (answer, []))
            branches.append(index)
            if len(branches) > 1:
                joined = (*first.conditions, *answer.conditions)
                found[key] = replace(first, conditions=joined), branches
        stepper = Stepper(self.names, self.full)
        return [
            (self._reasoned(answer, act.branches[branches[0]], stepper, number), branches)
            for number, (answer, branches) in enumerate(found.values(), len(found) > 1)
        ]

    def _reasoned(self, answer: Answer, branch: Branch, stepper: Stepper, number: int) -> Answer:
        by_state: dict[RuleState, list[Reason]] = {}
        for rule in branch.rules:
            by_state.setdefault(rule.state, []).append(rule.reason)
        out = by_state.get(RuleState.DEFEATED, [])
        if self.full:
            out = [*by_state.get(RuleState.NOT_ESTABLISHED, []), *out]
        return replace(
            answer,
            number=number,
            steps=stepper.steps(
                [
                    *_by_weight(branch.reason.children, branch),
                    *(line.reason for line in branch.recommended),
                ]
            ),
            rules_open=stepper.steps(by_state.get(RuleState.UNDETERMINED, [])),
            rules_out=stepper.steps(out),
        )

    def _unverified(self, act: ActDecision) -> Iterator[tuple[str, str]]:
        """Yield each reason for doubt once, with the provisions it concerns."""
        found: dict[str, dict[Citation, None]] = {}
        for law, doubt in _doubts(act):
            text = doubt.text(self.names.language)
            if text:
                found.setdefault(text, {}).update(dict.fromkeys(law))
        for text, law_of in found.items():
            yield self.names.citations(law_of), text

    # --- what would change it, what is needed ---

    def _changes(self, act: ActDecision, numbers: Mapping[int, int]) -> Iterator[Change]:
        groups: dict[tuple[object, ...], list[IfShown]] = {}
        for shown in act.if_shown:
            same = (shown.rule, shown.facts, shown.any_of, shown.law)
            groups.setdefault(same, []).append(shown)
        for group in groups.values():
            first = group[0]
            labels = [label.text(self.names.language) for label in first.fact_labels]
            key = "change_one" if len(labels) == 1 else "change_all"
            key = "change_any" if first.any_of else key
            yield Change(
                ground=self.names.rule(first.rule),
                shown=self._word(key, facts=self._join(labels)),
                outcomes=tuple(self._outcomes(group, act, numbers)),
                law=self.names.citations(first.law),
                unverified=bool(first.unverified),
            )

    def _outcomes(
        self, group: Sequence[IfShown], act: ActDecision, numbers: Mapping[int, int]
    ) -> Iterator[str]:
        """Yield what a ground would give, with the numbers of the outcomes it would replace."""
        lines = [branch.assumptions for branch in act.branches]
        found: dict[str, dict[int, None]] = {}
        for item in group:
            text = self._word("no_penalty") if item.no_penalty else fine_text(item.fine, self.names)
            found.setdefault(text, {})[numbers[lines.index(item.branch)]] = None
        for text, outcomes in found.items():
            if set(outcomes) == set(numbers.values()):
                yield text
            else:
                comma = "、" if self.names.language == "zh" else ", "
                shown = comma.join(f"({number})" for number in sorted(outcomes))
                yield self._word("outcome_in", outcome=text, numbers=shown)

    def _need(self, need: Need) -> Needed:
        language, cut = self.names.language, ""
        if need.cut is not None and need.key.fact:
            kind = self.names.rulebook.vocabulary.fact(need.key.entity, need.key.fact).type
            value = value_label(need.cut.value, kind, self.names.rulebook).text(language)
            comparison = self._word(need.cut.comparison.value)
            cut = self._word("need_cut", comparison=comparison, value=value)
        return Needed(
            label=need_label(need, self.names.rulebook).text(language),
            question=need_question(need, self.names.rulebook).text(language),
            cut=cut,
        )


def _without_repeats(parties: Iterable[PartyPart]) -> tuple[PartyPart, ...]:
    """Return the parties; an act whose reasons read like those of one before names that one."""
    told: dict[tuple[object, ...], str] = {}
    found = []
    for party in parties:
        acts = []
        for act in party.acts:
            reasons = tuple((a.conditions, a.steps, a.rules_open, a.rules_out) for a in act.answers)
            heading = f"{party.name} · {act.heading}"
            first = told.setdefault(reasons, heading)
            acts.append(act if first == heading else replace(act, reasons_as=first))
        found.append(replace(party, acts=tuple(acts)))
    return tuple(found)


def _by_weight(reasons: Sequence[Reason], branch: Branch) -> list[Reason]:
    """Return the reasons with that of the fine first: it is what a reader asks for."""
    fines = {id(s.reason) for s in branch.sanctions if s.kind.value == "fine"}
    return sorted(reasons, key=lambda reason: id(reason) not in fines)


def _shared(groups: Sequence[tuple[Item, ...]]) -> tuple[Item, ...]:
    """Return what stands in every group, in the order of the first."""
    first, *others = groups or [()]
    return tuple(item for item in first if all(item in other for other in others))


def _without(items: tuple[Item, ...], others: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(item for item in items if item not in others)


def _doubts(act: ActDecision) -> Iterator[tuple[tuple[Citation, ...], Label]]:
    for branch in act.branches:
        for sanction in branch.sanctions:
            yield sanction.law, sanction.unverified
            yield from _resting_on(sanction.reason)
        for line in branch.recommended:
            for part in line.reason.walk():
                if part.code == "standard_applies":
                    yield part.law, part.unverified
        telling = {rule for kind, rule in branch.effects if kind in TELLING_EFFECTS}
        for rule in branch.rules:
            if rule.rule in telling:
                yield rule.law, rule.unverified
                yield from _resting_on(rule.reason)


def _resting_on(reason: Reason) -> Iterator[tuple[tuple[Citation, ...], Label]]:
    """Yield the doubts about definitions, tables and figures on which an argument rests."""
    for part in prune(reason).walk():
        if part.code in ("condition", "value", "figure"):
            yield part.law, part.unverified


def _cited(decision: Decision) -> Iterator[Citation]:
    for act in decision.acts():
        for branch in act.branches:
            for sanction in branch.sanctions:
                yield from (*sanction.law, *sanction.breaches)
                yield from (*sanction.below_floor_by, *sanction.exempt_by)
            for reason in branch.reason.walk():
                yield from reason.law
            for line in branch.recommended:
                for reason in line.reason.walk():
                    yield from reason.law
        for shown in act.if_shown:
            yield from shown.law
    for status in decision.all_statuses():
        if status.told:
            for reason in status.reason.walk():
                yield from reason.law
            for measure in status.measures:
                yield from measure.law
