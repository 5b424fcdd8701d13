"""Deciding a case: every party, every act, every branch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.base.release import VERSION
from lawengine.deciding.branching import explore
from lawengine.deciding.decision import (
    ActDecision,
    Decision,
    FineTotal,
    IfShown,
    RespondentDecision,
)
from lawengine.deciding.discretion import recommend
from lawengine.deciding.figures import with_figures
from lawengine.deciding.folding import Grown
from lawengine.deciding.grounds import if_shown
from lawengine.deciding.outcome import add, union, violation_open
from lawengine.deciding.ratings import grade_outcomes, score_outcomes
from lawengine.deciding.recommended import Figure
from lawengine.deciding.statuses import outcomes
from lawengine.evaluation.facts import CaseFacts, Entry, FactKey
from lawengine.evaluation.prepare import prepare
from lawengine.evaluation.states import Scene
from lawengine.evaluation.trace import Need
from lawengine.explanation.phrasing import domain_label
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import ACT, PARTY, ROOT, Role
from lawengine.registers.register import registers, statuses_by
from lawengine.registers.terms import DayRules


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, or the contradictions that prevent one, with the leaves for further questions."""

    decision: Decision | None
    diagnostics: tuple[Diagnostic, ...]
    leaves: Mapping[str, Sequence[Grown]] = field(default_factory=dict)


def decide(  # noqa: PLR0913 - a case, and switches that only questions turn
    case: CaseFacts,
    rulebook: Rulebook,
    *,
    title: Label | None = None,
    overrides: Mapping[FactKey, Entry] | None = None,
    hypothesis: Label | None = None,
    lighter: bool = True,
    grounds: bool = True,
    days: DayRules | None = None,
    figures: Sequence[Figure] = (),
) -> Decided:
    """Return what follows for every party and act of the case.

    `overrides` replace facts of the file; with `lighter` False the lighter later law is left out,
    which only a hypothesis may do; with `grounds` False nothing is said of what grounds that are
    not claimed would change. `figures` are the officer's own, which are checked. `days` are the
    counting rules and calendars; without them deadlines stay within bounds. Facts that exclude each
    other give diagnostics and no decision, and so do statuses that cannot have been. A hypothesis
    says nothing of statuses: only decided penalties bring them about.
    """
    prepared = prepare(case, rulebook, overrides)
    if prepared.diagnostics:
        return Decided(None, prepared.diagnostics)
    kept = registers(rulebook, case.root, days)
    register = kept.register(prepared.entries) if kept is not None else None
    problems = register.contradictions() if register is not None else ()
    if problems:
        return Decided(None, problems)
    told = None if hypothesis else register
    leaves: dict[str, Sequence[Grown]] = {}
    respondents = []
    for party in case.root.children.get(PARTY, ()):
        acts = []
        for act in party.children.get(ACT, ()):
            scene = Scene(
                rulebook, case.root, party, act, prepared.entries, register=statuses_by(kept)
            )
            grown = explore(case, scene, overrides or {}, lighter=lighter)
            grown = recommend(grown, lighter=lighter)
            leaves[act.path] = grown
            shown = _grounds(grown, lighter=lighter) if grounds else ()
            acts.append(act_decision(scene, grown, shown))
        chain = {ROOT: case.root, PARTY: party}
        respondents.append(
            RespondentDecision(
                party.path,
                party.name,
                tuple(acts),
                _total(acts),
                outcomes(told, chain),
                () if told is None else told.unasked(chain),
                score_outcomes(told, chain),
                grade_outcomes(told, chain),
            )
        )
    decision = Decision(
        case=case.identifier,
        title=title or Label(),
        respondents=tuple(respondents),
        rulebook=rulebook.content_hash,
        engine=VERSION,
        hypothesis=under_reforms(rulebook, hypothesis or Label()),
        statuses=outcomes(told, {ROOT: case.root}),
        scores=score_outcomes(told, {ROOT: case.root}),
        grades=grade_outcomes(told, {ROOT: case.root}),
        reforms=tuple(one.name for one in rulebook.reforms),
    )
    return Decided(with_figures(decision, figures), (), leaves)


def under_reforms(rulebook: Rulebook, hypothesis: Label) -> Label:
    """Return the hypothesis with the reforms behind the rulebook before it, if there are any.

    INVARIANT: what rests on a proposal never looks like the law in force.
    """
    if not rulebook.reforms:
        return hypothesis
    names = [one.label or Label(one.name, one.alias) for one in rulebook.reforms]
    english = ", ".join(f"“{name.text('en')}”" for name in names)
    chinese = "、".join(f"“{name.text('zh')}”" for name in names)
    label = Label(
        f"Under the reform {english}: a proposal, not the law in force.",
        f"以修正草案{chinese}为前提：该草案系提案，并非现行有效的法律。",
    )
    if not hypothesis:
        return label
    return Label(f"{label.en} {hypothesis.text('en')}", f"{label.zh}{hypothesis.text('zh')}")


def _grounds(grown: Sequence[Grown], *, lighter: bool) -> tuple[IfShown, ...]:
    shown: dict[tuple[object, ...], IfShown] = {}
    for item in grown:
        for found in if_shown(item, lighter=lighter):
            shown.setdefault((found.rule, found.fine, found.branch), found)
    return tuple(shown.values())


def act_decision(
    scene: Scene, grown: Sequence[Grown], shown: tuple[IfShown, ...] = ()
) -> ActDecision:
    """Return the outcome of the act in the scene from its branches."""
    return ActDecision(
        path=scene.act.path,
        name=scene.act.name,
        kind=_kind(scene),
        conduct=scene.day(Role.CONDUCT_DATE)[0],
        decision=scene.day(Role.DECISION_DATE)[0],
        knowledge=scene.day(Role.KNOWLEDGE_DATE)[0],
        branches=tuple(item.branch for item in grown),
        if_shown=shown,
        needs=tuple(_ranked(need for item in grown for need in _open(item))),
        undetermined=violation_open([item.leaf for item in grown]),
    )


def _open(grown: Grown) -> Iterator[Need]:
    yield from grown.branch.needs
    for assumed in grown.branch.assumptions:
        yield from assumed.needs


def _ranked(needs: Iterable[Need]) -> Iterator[Need]:
    """Yield one need a fact, those that the most open questions ask for first."""
    counted: dict[FactKey, int] = {}
    first: dict[FactKey, Need] = {}
    for need in needs:
        counted[need.key] = counted.get(need.key, 0) + 1
        first.setdefault(need.key, need)
    for key in sorted(counted, key=lambda key: (-counted[key], str(key))):
        yield first[key]


def _kind(scene: Scene) -> Label:
    fact = scene.rulebook.vocabulary.with_role(Role.CONDUCT_KIND)
    if fact is None or fact.entity != ACT:
        return Label()
    entry = scene.entries.get(scene.act.key(fact.name), scene.act.entry(fact.name))
    return domain_label(entry.domain, fact.type, scene.rulebook) if entry else Label()


def _total(acts: Iterable[ActDecision]) -> FineTotal | None:
    totals = []
    for act in acts:
        if act.undetermined:
            return None
        totals.append(union_of(act))
    return add(totals)


def union_of(act: ActDecision) -> FineTotal:
    """Return the range that contains those of all branches of an act.

    Edges: a branch without a fine makes the fine one that may be left out.
    """
    fines = [branch.fine for branch in act.branches]
    some = [fine for fine in fines if not fine.none]
    if not some:
        return FineTotal(None, None)
    joined = union(some, choices=max(fine.choices for fine in some))
    may = joined.may or len(some) < len(fines)
    return FineTotal(joined.low, joined.high, may, joined.high_open, joined.choices)
