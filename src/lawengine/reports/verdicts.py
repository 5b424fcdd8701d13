"""The verdict: what follows for each party and act, in a few lines that stand before all else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lawengine.base.dataclass import dataclass
from lawengine.base.truth import Truth
from lawengine.deciding.decide import union_of
from lawengine.deciding.decision import ActDecision, Branch, Decision, StatusOutcome
from lawengine.deciding.reasoning import total_label
from lawengine.evaluation.facts import FactKey
from lawengine.evaluation.trace import Need
from lawengine.explanation.phrasing import status_label
from lawengine.model.scenarios import RuleState
from lawengine.model.statuses import StatusKind, StatusState
from lawengine.reports.document import Verdict, VerdictLine
from lawengine.reports.measures import effect_items, measure_items
from lawengine.reports.naming import Names, need_label, need_question
from lawengine.reports.status_parts import KEPT_STATES
from lawengine.reports.wording import word

FEW = 3
"""So many ranges, facts or statuses are named; of the rest the number is told."""

_STATES = {
    StatusState.BREACHED: "verdict_breached",
    StatusState.WATCHED: "verdict_watched",
    StatusState.LISTED: "verdict_listed",
    StatusState.GRANTED: "verdict_granted",
    StatusState.DUE: "verdict_due",
    StatusState.UNDETERMINED: "verdict_open_status",
    StatusState.LOST: "verdict_lost",
    StatusState.REMOVED: "verdict_removed",
    StatusState.EXPIRED: "verdict_expired",
    StatusState.LAPSED: "verdict_lapsed",
    StatusState.DISCHARGED: "verdict_discharged",
}
"""The words for each state that is told, in the order in which a reader must act."""
_COUNTED = frozenset({StatusState.DISCHARGED, StatusState.EXPIRED, StatusState.LAPSED})
"""Nothing is left to do about these: only their number is told, but for what was done late."""
_LATE, _KEPT = "_late", "_kept"
_MANNERS = (_LATE, "", _KEPT)


def verdicts(decision: Decision, names: Names) -> tuple[Verdict, ...]:
    """Return the verdicts in the order of the file; acts whose verdicts read the same share one.

    Edges: the lists, benefits and duties of a party with one act stand with that act.
    """
    teller = _Teller(names)
    found: dict[tuple[VerdictLine, ...], list[str]] = {}
    for number, party in enumerate(decision.respondents, 1):
        name = party.name or teller.word("party_number", n=number)
        alone = len(party.acts) == 1
        for place, act in enumerate(party.acts, 1):
            heading = act.name or teller.word("act_number", n=place)
            kind = act.kind.text(names.language)
            of = f"{name} · {heading}" + (f"{names.colon}{kind}" if kind else "")
            found.setdefault(teller.lines(act, party.statuses if alone else ()), []).append(of)
        if party.statuses and not alone:
            found.setdefault(teller.lines(None, party.statuses), []).append(name)
    if decision.statuses:
        found.setdefault(teller.lines(None, decision.statuses), []).append(teller.word("the_case"))
    return tuple(Verdict(tuple(of), lines) for lines, of in found.items())


def by_weight(act: ActDecision, names: Names) -> list[Need]:
    """Return the facts that are needed, those first on which the most hangs.

    While it is open whether the law is broken, first comes what the rules with a penalty ask for;
    then what tells the outcomes apart; then whatever else is open, as it is ranked.
    """
    penal = names.rulebook.penal
    breach: Counter[FactKey] = Counter()
    parting: Counter[FactKey] = Counter()
    for branch in act.branches:
        for rule in branch.rules:
            if act.undetermined and rule.rule in penal and rule.state is RuleState.UNDETERMINED:
                breach.update(need.key for need in rule.needs)
        parting.update(_assumed(branch))
    order = list(act.needs)
    return sorted(order, key=lambda need: (-breach[need.key], -parting[need.key]))


def _assumed(branch: Branch) -> Iterator[FactKey]:
    for assumed in branch.assumptions:
        keys = {need.key for need in assumed.needs}
        yield from keys | ({assumed.about} if isinstance(assumed.about, FactKey) else set())


def _manner(status: StatusOutcome) -> str:
    if status.for_good and status.state in KEPT_STATES:
        return _KEPT
    late = status.state is StatusState.DISCHARGED and status.late is Truth.TRUE
    return _LATE if late else ""


@dataclass(frozen=True, slots=True)
class _Teller:
    names: Names

    def word(self, key: str, **places: object) -> str:
        return word(key, self.names.language, **places)

    def lines(
        self, act: ActDecision | None, statuses: Sequence[StatusOutcome]
    ) -> tuple[VerdictLine, ...]:
        """Return the verdict on an act, or on no act, and on lists, benefits and duties."""
        needs = [] if act is None else by_weight(act, self.names)
        needs += [need for status in statuses for need in status.needs]
        return (
            *(() if act is None else self._outcome(act)),
            *self._standing(statuses),
            *self._open(needs),
        )

    def _outcome(self, act: ActDecision) -> Iterator[VerdictLine]:
        for what in self._conflicts(act):
            yield VerdictLine(self.word("verdict_conflict"), what, alarm=True)
        yield self._fine(act)
        yield from self._besides(act)

    def _conflicts(self, act: ActDecision) -> Iterator[str]:
        labels = dict.fromkeys(c.what.text(self.names.language) for c in act.conflicts)
        if labels:
            yield self.names.join(labels)

    # --- what follows ---

    def _fine(self, act: ActDecision) -> VerdictLine:
        ranges = list(dict.fromkeys(self._range(branch) for branch in act.branches))
        text = self.word("verdict_or").join(ranges)
        if len(ranges) > FEW:
            whole = total_label(union_of(act)).text(self.names.language)
            text = self.word("verdict_spread", range=whole, n=len(ranges))
        if act.undetermined:
            text = self.word("verdict_undetermined", range=text)
        unverified = any(
            sanction.unverified for branch in act.branches for sanction in branch.sanctions
        )
        return VerdictLine(
            self.word("verdict_fine"), text, alarm=act.undetermined, unverified=unverified
        )

    def _range(self, branch: Branch) -> str:
        if branch.fine.none and branch.elsewhere:
            law = self.names.citations(branch.elsewhere)
            return self.word("verdict_elsewhere", law=law)
        return total_label(branch.fine).text(self.names.language)

    def _besides(self, act: ActDecision) -> Iterator[VerdictLine]:
        counted: Counter[str] = Counter()
        for branch in act.branches:
            items = (*measure_items(branch, self.names), *effect_items(branch, self.names))
            counted.update(list(dict.fromkeys(item.text for item in items)))
        every = [text for text, times in counted.items() if times == len(act.branches)]
        some = [text for text, times in counted.items() if times < len(act.branches)]
        if every:
            yield VerdictLine(self.word("verdict_besides"), self.names.join(every))
        if some:
            yield VerdictLine(self.word("verdict_perhaps"), self.names.join(some))

    # --- lists, benefits, duties ---

    def _standing(self, statuses: Sequence[StatusOutcome]) -> Iterator[VerdictLine]:
        """Yield one line for the lists, one for the benefits, one for the duties of a party.

        Edges: where nothing is to be told of any of them, one line says so; where none was asked,
        there is no line.
        """
        told = [status for status in statuses if status.told]
        if statuses and not told:
            yield VerdictLine(self.word("verdict_standing"), self.word("verdict_no_standing"))
        for kind in StatusKind:
            own = [status for status in told if status.kind is kind]
            if own:
                alarm = any(status.state is StatusState.BREACHED for status in own)
                text = self.names.join(self._by_state(own))
                yield VerdictLine(self.word(f"verdict_{kind.value}"), text, alarm=alarm)

    def _by_state(self, statuses: Sequence[StatusOutcome]) -> Iterator[str]:
        groups: dict[tuple[StatusState, str], dict[str, None]] = {}
        barred: dict[str, None] = {}
        for status in statuses:
            name = status_label(status.name, self.names.rulebook).text(self.names.language)
            if status.barred:
                barred.setdefault(name)
            else:
                groups.setdefault((status.state, _manner(status)), {}).setdefault(name)
        for state, key in _STATES.items():
            for manner in _MANNERS:
                if (state, manner) in groups:
                    counted = state in _COUNTED and manner != _LATE
                    yield self._group(f"{key}{manner}", groups[state, manner], counted=counted)
        if barred:
            yield self.word("verdict_barred", names=self._few(barred))

    def _group(self, key: str, found: Mapping[str, None], *, counted: bool) -> str:
        what = self.word("verdict_count", n=len(found)) if counted else self._few(found)
        return f"{self.word(key)}{self.names.colon}{what}"

    # --- what is open ---

    def _open(self, needs: Sequence[Need]) -> Iterator[VerdictLine]:
        if not needs:
            yield VerdictLine(self.word("verdict_open"), self.word("nothing_needed"))
            return
        labels = [self._label(need) for need in needs]
        yield VerdictLine(self.word("verdict_open"), self._few(labels))
        question = need_question(needs[0], self.names.rulebook).text(self.names.language)
        yield VerdictLine(self.word("verdict_next"), question or labels[0])

    def _label(self, need: Need) -> str:
        return need_label(need, self.names.rulebook).text(self.names.language)

    def _few(self, texts: Iterable[str]) -> str:
        """Return the first texts and the number of the others; one more is named, not counted."""
        every = list(dict.fromkeys(texts))
        if len(every) <= FEW + 1:
            return self.word("comma").join(every)
        named = self.word("comma").join(every[:FEW])
        return self.word("verdict_more", named=named, n=len(every) - FEW)
