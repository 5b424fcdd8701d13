"""Running scenarios: each is a small case, decided like any other, its expectations compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label, Language
from lawengine.base.money import format_yuan
from lawengine.base.source import NOWHERE, Span
from lawengine.deciding.decide import Decided, decide, union_of
from lawengine.deciding.decision import ActDecision, Decision, FineTotal
from lawengine.deciding.expected_ratings import check_rating
from lawengine.deciding.reasoning import total_label
from lawengine.deciding.recommended import Recommended
from lawengine.deciding.recommending import span_label, steps_label
from lawengine.evaluation.domains import bounds, within
from lawengine.evaluation.facts import CaseFacts, Domain, Entry, Instance, Known, Ordered
from lawengine.model import scenarios as sc
from lawengine.model.expressions import Value
from lawengine.model.measures import MEASURE_LABELS
from lawengine.model.rulebook import Rulebook
from lawengine.model.standards import DiscretionStep
from lawengine.model.statuses import StatusState
from lawengine.model.vocabulary import ACT, PARTY, ROOT, Role
from lawengine.registers.findings import ABSENT, RUNNING
from lawengine.registers.terms import DayRules

_LANGUAGES: tuple[Language, ...] = ("en", "zh")
STATE_LABELS = {
    sc.RuleState.ESTABLISHED: Label("established", "成立"),
    sc.RuleState.NOT_ESTABLISHED: Label("not established", "不成立"),
    sc.RuleState.UNDETERMINED: Label("undetermined", "未定"),
    sc.RuleState.DEFEATED: Label("defeated", "被排除"),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """One expectation that was not met: what was expected, what was found."""

    expected: Label
    found: Label
    span: Span


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """The result of one scenario; it passes when nothing failed and its facts do not clash."""

    scenario: sc.Scenario
    failures: tuple[Failure, ...]
    diagnostics: tuple[Diagnostic, ...]
    act: ActDecision | None

    @property
    def passed(self) -> bool:
        """Tell whether everything that was expected holds."""
        return not self.failures and not self.diagnostics


def run_scenario(
    scenario: sc.Scenario, rulebook: Rulebook, days: DayRules | None = None
) -> ScenarioResult:
    """Return what became of every expectation of the scenario."""
    decided: Decided = decide(scenario_case(scenario, rulebook), rulebook, grounds=False, days=days)
    if decided.decision is None:
        refused = all(isinstance(one, sc.ExpectContradiction) for one in scenario.expectations)
        return ScenarioResult(scenario, (), () if refused else decided.diagnostics, None)
    failures = tuple(_failures(scenario, decided.decision))
    return ScenarioResult(scenario, failures, (), next(iter(decided.decision.acts()), None))


def scenario_case(scenario: sc.Scenario, rulebook: Rulebook) -> CaseFacts:
    """Return the facts of a scenario as a case with one party and one act.

    Edges: there is no act where none is spoken of, neither in what is given nor in what is
    expected; what belongs to an element of a collection belongs to the last one named above it.
    """
    root, party = _Thing(ROOT, ""), _Thing(PARTY, "respondents[1]")
    act = _Thing(ACT, "respondents[1].acts[1]", span=scenario.span)
    root.below[PARTY] = [party]
    if _speaks_of_an_act(scenario, rulebook):
        party.below[ACT] = [act]
    latest = {ROOT: root, PARTY: party, ACT: act}
    elements: dict[tuple[str, int], _Thing] = {}
    for given in scenario.given:
        key = given.entity, given.element
        if key not in elements and (given.element or not given.fact):
            above = latest[rulebook.vocabulary.entities[given.entity].parent]
            group = above.below.setdefault(given.entity, [])
            if given.element:
                path, name = f"{above.path}.{given.entity}[{given.element}]", str(given.element)
                elements[key] = latest[given.entity] = _Thing(given.entity, path, name)
                group.append(elements[key])
        if given.fact:
            owner = elements.get(key) or latest[given.entity]
            owner.facts[given.fact] = Entry(_domain(given.low, given.high), span=given.span)
    decision = rulebook.vocabulary.with_role(Role.DECISION_DATE)
    if decision is not None:
        day = _domain(scenario.decided_from, scenario.decided_to)
        latest[decision.entity].facts.setdefault(decision.name, Entry(day, span=scenario.span))
    return CaseFacts(scenario.label.text("en"), root.made())


def _speaks_of_an_act(scenario: sc.Scenario, rulebook: Rulebook) -> bool:
    entities = {given.entity for given in scenario.given}
    for one in scenario.expectations:
        match one:
            case sc.ExpectStatus(status=name) | sc.ExpectLate(status=name):
                entities.add(rulebook.statuses[name].entity)
            case (
                sc.ExpectScore(score=name) | sc.ExpectGrade(grade=name) | sc.ExpectOpen(rating=name)
            ):
                entities.add(rulebook.ratings[name].entity)
            case sc.ExpectNeed(entity=name):
                entities.add(name)
            case sc.ExpectContradiction():
                pass
            case _:
                return True
    return any(ACT in rulebook.vocabulary.line(entity) for entity in entities)


@dataclass(slots=True)
class _Thing:
    """An instance on its way: what is given for it, and what belongs to it so far."""

    entity: str
    path: str
    name: str = ""
    facts: dict[str, Entry] = field(default_factory=dict)
    below: dict[str, list[_Thing]] = field(default_factory=dict)
    span: Span = NOWHERE

    def made(self) -> Instance:
        """Return the instance with everything below it."""
        children = {name: tuple(one.made() for one in group) for name, group in self.below.items()}
        return Instance(self.entity, self.path, self.name, self.facts, children, self.span)


STATUS_LABELS = {
    StatusState.NOT_LISTED: Label("not listed", "未列入"),
    StatusState.LISTED: Label("listed", "在列"),
    StatusState.NOT_WATCHED: Label("not watched", "未被关注"),
    StatusState.WATCHED: Label("watched", "被关注"),
    StatusState.REMOVED: Label("removed", "已移出"),
    StatusState.NOT_GRANTED: Label("not granted", "未授予"),
    StatusState.GRANTED: Label("granted", "已授予"),
    StatusState.LOST: Label("lost", "已丧失"),
    StatusState.EXPIRED: Label("expired", "已届满"),
    StatusState.NOT_DUE: Label("not due", "无此义务"),
    StatusState.DUE: Label("due", "应履行"),
    StatusState.DISCHARGED: Label("discharged", "已履行"),
    StatusState.BREACHED: Label("breached", "逾期未履行"),
    StatusState.LAPSED: Label("lapsed", "期满失权"),
    StatusState.UNDETERMINED: Label("undetermined", "未定"),
}


def status_state(decision: Decision, name: str) -> frozenset[StatusState]:
    """Return the states of a list, benefit or duty, one for each thing it was asked for.

    Edges: none where there is nothing to ask it for, undetermined where the file does not say.
    """
    found = frozenset(one.state for one in decision.all_statuses() if one.name == name)
    silent = any(name in respondent.unasked for respondent in decision.respondents)
    return found | {StatusState.UNDETERMINED} if silent else found


def status_holds(decision: Decision, name: str, expected: StatusState) -> bool:
    """Tell whether a status is in the state that a scenario expects.

    Edges: of several things one that is listed, granted, due or breached is enough; `not listed`
    and its like hold where none can be, be it over or never begun.
    """
    states = status_state(decision, name)
    if expected not in ABSENT.values():
        return expected in states
    if any(name in respondent.unasked for respondent in decision.respondents):
        return False
    kind = next(kind for kind, state in ABSENT.items() if state is expected)
    held = {RUNNING[kind]} | ({StatusState.BREACHED} if expected == "not_due" else set())
    asked = (one for one in decision.all_statuses() if one.name == name)
    return not any(held.intersection(one.possible) for one in asked)


def _domain(low: Value, high: Value) -> Domain:
    if low == high or isinstance(low, str | bool):
        return Known(low)
    return within(low, high)  # type: ignore[arg-type]  # bounds are ordered values


def _failures(scenario: sc.Scenario, decision: Decision) -> Iterator[Failure]:
    yield from _steps(scenario, decision)
    for expectation in scenario.expectations:
        if isinstance(expectation, sc.ExpectStep):
            continue
        found = _check(expectation, decision)
        if found is not None:
            yield Failure(*found, expectation.span)


def _steps(scenario: sc.Scenario, decision: Decision) -> Iterator[Failure]:
    """Yield the failure of all expected steps together: the case calls for these and no others."""
    wanted = [one for one in scenario.expectations if isinstance(one, sc.ExpectStep)]
    steps = {one.step for one in wanted}
    if not wanted:
        return
    called = {step for one in _recommended(decision.acts()[0]) for step in one.called}
    if steps != called:
        labels = [
            steps_label([s for s in DiscretionStep if s in found]) for found in (steps, called)
        ]
        shown = [Label(f"step {x.en or '-'}", f"阶次{x.zh or '-'}") for x in labels]
        yield Failure(shown[0], shown[1], wanted[0].span)


def _recommended(act: ActDecision) -> tuple[Recommended, ...]:
    return tuple(one for branch in act.branches for one in branch.recommended)


def _spans(spans: set[tuple[int | None, int | None]]) -> Label:
    labels = [span_label(*span) for span in sorted(spans, key=str)]
    english = " / ".join(x.en for x in labels) or "nothing"
    return Label(f"recommended: {english}", f"建议：{' / '.join(x.zh for x in labels) or '无'}")


def _check(  # noqa: C901, PLR0911 - one case for each class of expectation
    expectation: sc.Expectation, decision: Decision
) -> tuple[Label, Label] | None:
    match expectation:
        case sc.ExpectStatus() | sc.ExpectLate():
            return _check_status(expectation, decision)
        case sc.ExpectScore() | sc.ExpectGrade() | sc.ExpectOpen():
            return check_rating(expectation, decision)
        case sc.ExpectNeed():
            return _check_need(expectation, decision)
        case sc.ExpectContradiction():
            return Label("a contradiction", "案情矛盾"), Label("none", "不矛盾")
    act = decision.acts()[0]
    match expectation:
        case sc.ExpectRule(rule=rule, state=state):
            states = {o.state for b in act.branches for o in b.rules if o.rule == rule}
            if states == {state}:
                return None
            return _named(rule, STATE_LABELS[state]), _named(rule, _states(states))
        case sc.ExpectFine(low=low, high=high, may=may):
            wanted = FineTotal(low, high, may)
            fine = union_of(act)
            same = (fine.low, fine.high, fine.may) == (low, high, may) and not fine.high_open
            return None if same else (total_label(wanted), total_label(fine))
        case sc.ExpectMeasure(kind=kind, absent=absent):
            has = [any(s.kind is kind for s in b.sanctions) for b in act.branches]
            good = not any(has) if absent else all(has)
            label, none = MEASURE_LABELS[kind], _no(MEASURE_LABELS[kind])
            return None if good else ((none, label) if absent else (label, none))
        case sc.ExpectUndetermined():
            words = Label("undetermined", "未定"), Label("determined", "已定")
            return None if act.undetermined else words
        case sc.ExpectRecommended(low=low, high=high):
            spans = {(one.low, one.high) for one in _recommended(act)}
            return None if spans == {(low, high)} else (_spans({(low, high)}), _spans(spans))
        case sc.ExpectStep():
            raise AssertionError(expectation)  # all of a scenario are asked together
        case sc.ExpectNoPenalty():
            penalised = any(branch.penalised for branch in act.branches)
            words = Label("no penalty", "无处罚"), Label("a penalty", "有处罚")
            return words if penalised else None


def _check_need(expected: sc.ExpectNeed, decision: Decision) -> tuple[Label, Label] | None:
    asked = (
        *(act.needs for act in decision.acts()),
        *(one.needs for one in decision.all_statuses()),
        *(one.needs for one in decision.all_scores()),
        *(one.needs for one in decision.all_grades()),
    )
    needed = {(need.key.entity, need.key.fact) for needs in asked for need in needs}
    if (expected.entity, expected.fact) in needed:
        return None
    shown = ", ".join(sorted(f"{entity}.{fact}" for entity, fact in needed)) or "-"
    path = f"{expected.entity}.{expected.fact}"
    return Label(f"needs {path}", f"需要{path}"), Label(f"needs {shown}", f"需要{shown}")


def _check_status(
    expected: sc.ExpectStatus | sc.ExpectLate, decision: Decision
) -> tuple[Label, Label] | None:
    if isinstance(expected, sc.ExpectLate):
        return _late(decision, expected.status, expected.fen)
    name, state = expected.status, expected.state
    if status_holds(decision, name, state):
        return None
    return _named(name, STATUS_LABELS[state]), _named(name, _statuses(decision, name))


def _late(decision: Decision, name: str, fen: int) -> tuple[Label, Label] | None:
    """Return what is expected and found of a sum that lateness adds; None where both agree.

    Edges: of several things one with that sum is enough; 0 expects that nothing is added to any.
    """
    found = [one.added.amount for one in decision.all_statuses() if one.name == name and one.added]
    if Known(fen) in found or (not fen and not found):
        return None
    expected, amounts = _sums([Known(fen)]), _sums(found or [Known(0)])
    return _named(name, expected), _named(name, amounts)


def _sums(amounts: list[Domain]) -> Label:
    ends = (bounds(amount) for amount in amounts)
    shown = [(low, high) for low, high in ends]
    english, chinese = ([_sum(*one, language) for one in shown] for language in _LANGUAGES)
    return Label(f"late adds {' / '.join(english)}", f"逾期加处 {' / '.join(chinese)}")


def _sum(low: Ordered | None, high: Ordered | None, language: Language) -> str:
    ends = [format_yuan(end, language) if isinstance(end, int) else "?" for end in (low, high)]
    return ends[0] if low == high else " - ".join(ends)


def _named(rule: str, label: Label) -> Label:
    return Label(f"{rule} {label.en}", f"{rule} {label.zh}")


def _states(states: set[sc.RuleState]) -> Label:
    labels = [STATE_LABELS[state] for state in sorted(states)]
    return Label(" / ".join(x.en for x in labels), " / ".join(x.zh for x in labels))


def _statuses(decision: Decision, name: str) -> Label:
    found = status_state(decision, name)
    labels = [STATUS_LABELS[state] for state in StatusState if state in found]
    return Label(" / ".join(x.en for x in labels) or "-", " / ".join(x.zh for x in labels) or "-")


def _no(label: Label) -> Label:
    return Label(f"no {label.en}", f"无{label.zh}")
