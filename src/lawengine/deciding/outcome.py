"""From a leaf to what a reader gets: sanctions, ranges, states of rules, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.deciding.decision import (
    NO_FINE,
    Assumed,
    Branch,
    Conflict,
    FineTotal,
    RuleOutcome,
    Sanction,
    SanctionOrigin,
)
from lawengine.deciding.leaf import REDUCING, Applied, Leaf, Lineage, Side
from lawengine.deciding.reasoning import Reasoner
from lawengine.evaluation.facts import Domain
from lawengine.evaluation.states import StateFinding
from lawengine.evaluation.trace import merge_needs
from lawengine.explanation.reason import Reason
from lawengine.model.measures import (
    MEASURE_LABELS,
    SANCTION_CLASSES,
    EffectKind,
    MeasureKind,
    Modality,
    Reference,
    SanctionClass,
)
from lawengine.model.rules import Version
from lawengine.model.scenarios import RuleState
from lawengine.sanctions.concurrence import Concurrence, Norm
from lawengine.sanctions.packages import FineRange, Item

OPEN_FINE = FineTotal(None, None, may=True, high_open=True)
"""Nothing can be said of the fine: a condition that decides it is not settled."""


@dataclass(frozen=True, slots=True)
class Mercy:
    """What the general part does to the penalties of the act."""

    exempt: Applied | None
    may_exempt: Applied | None
    no_fine: Applied | None
    may_no_fine: Applied | None
    below_floor: Applied | None

    def removes(self, norm: Norm) -> bool:
        """Tell whether the measure must not be imposed: every penalty, or the fine alone."""
        if self.exempt is not None and _is_penalty(norm):
            return True
        return self.no_fine is not None and norm.item.kind is MeasureKind.FINE

    def spares(self, norm: Norm) -> Applied | None:
        """Return what allows the authority to leave the measure out, or None."""
        if self.may_exempt is not None and _is_penalty(norm):
            return self.may_exempt
        return self.may_no_fine if norm.item.kind is MeasureKind.FINE else None


def mercy_of(leaf: Leaf) -> Mercy:
    """Return the effects that reach the penalties, the strongest of each sort."""
    below = [applied for applied in leaf.effects if applied.effect.kind in REDUCING]
    return Mercy(
        exempt=leaf.effect(EffectKind.NO_PENALTY, Modality.MUST),
        may_exempt=leaf.effect(EffectKind.NO_PENALTY, Modality.MAY),
        no_fine=leaf.effect(EffectKind.NO_FINE, Modality.MUST),
        may_no_fine=leaf.effect(EffectKind.NO_FINE, Modality.MAY),
        below_floor=below[0] if below else None,
    )


class Reasons(Protocol):
    """Gives the reason of a rule, of a sanction, of the whole."""

    def rule(self, lineage: Lineage) -> Reason:
        """Return the reason for the state of a rule."""

    def sanction(self, norm: Norm, lineage: Lineage, state: StateFinding) -> Reason:
        """Return the reason for one measure."""

    def branch(self, sanctions: Sequence[Sanction], fine: FineTotal) -> Reason:
        """Return the reason for the whole."""


UNTOLD = Reason("outcome")


class Untold:
    """Gives no reasons, which cost most of the time: for answers whose reasons nobody reads."""

    def rule(self, _: Lineage) -> Reason:
        """Return the reason that says nothing."""
        return UNTOLD

    def sanction(self, _: Norm, __: Lineage, ___: StateFinding) -> Reason:
        """Return the reason that says nothing."""
        return UNTOLD

    def branch(self, _: Sequence[Sanction], __: FineTotal) -> Reason:
        """Return the reason that says nothing."""
        return UNTOLD


def outcome(
    leaf: Leaf, assumptions: tuple[Assumed, ...] = (), reasoner: Reasons | None = None
) -> Branch:
    """Return the branch that the leaf stands for, its reasons given by `reasoner`."""
    reasoner = reasoner or Reasoner(leaf)
    mercy = mercy_of(leaf)
    sanctions = tuple(_sanctions(leaf, mercy, reasoner))
    rules = tuple(_rules(leaf, reasoner))
    amounts = (p.amount_needs for ln in leaf.lineages.values() for _, p, _ in ln.applied)
    needs = merge_needs(
        *(block.needs for block in leaf.blocking), *(rule.needs for rule in rules), *amounts
    )
    unsettled, fine = _unsettled(leaf), fine_of(leaf)
    reason = reasoner.branch(sanctions, fine)
    effects = tuple((a.effect.kind, a.lineage.rule.name) for a in leaf.effects)
    conflicts = tuple(_conflicts(leaf))
    elsewhere = tuple(dict.fromkeys(_elsewhere(leaf)))
    return Branch(
        assumptions, rules, sanctions, fine, effects, needs, conflicts, reason, unsettled, elsewhere
    )


def _elsewhere(leaf: Leaf) -> Iterable[Citation]:
    for lineage in leaf.lineages.values():
        for _, package, _ in lineage.applied:
            for reference in package.references:
                if reference.law is not None:
                    yield reference.law


def fine_of(leaf: Leaf) -> FineTotal:
    """Return the lawful range of the fine for the act, without any reasons."""
    return OPEN_FINE if _unsettled(leaf) else _fine(leaf, mercy_of(leaf))


def penalised(leaf: Leaf) -> bool:
    """Tell whether any penalty can be imposed."""
    mercy = mercy_of(leaf)
    return any(
        _is_penalty(norm) and not mercy.removes(norm) and not _nothing(norm)
        for norm in leaf.settled.standing
    )


def _unsettled(leaf: Leaf) -> bool:
    return any(block.question is not None for block in leaf.blocking)


def _is_penalty(norm: Norm) -> bool:
    return SANCTION_CLASSES[norm.item.kind] is SanctionClass.PENALTY


def _nothing(norm: Norm) -> bool:
    """Tell whether there is nothing to confiscate."""
    return norm.item.kind is MeasureKind.CONFISCATE and _ends(norm) == (0, 0)


# --- sanctions ------------------------------------------------------------------------------------


def _sanctions(leaf: Leaf, mercy: Mercy, reasoner: Reasons) -> Iterable[Sanction]:
    standing = list(leaf.settled.standing)
    groups = Groups()
    for norm, lineage, state, later in leaf.norms:
        if norm not in standing or state.version is None:
            continue
        standing.remove(norm)
        if mercy.removes(norm) or _nothing(norm):
            continue
        open_law = lineage.side is Side.BOTH and not _either_way(norm, lineage)
        group = groups.number(norm.rule, norm.item.group, open_law=open_law)
        yield _sanction(norm, lineage, state, mercy, reasoner, later=later, group=group)


class Groups:
    """Numbers what the authority chooses between, so that no two choices share a number."""

    def __init__(self) -> None:
        """Begin a branch."""
        self._numbers: dict[tuple[str, int], int] = {}

    def number(self, rule: str, group: int, *, open_law: bool) -> int:
        """Return the number of a choice, 0 for a measure outside any.

        With `open_law` one of two laws applies: their measures are one choice of the rule.
        """
        if open_law:
            group = -1
        return self._numbers.setdefault((rule, group), len(self._numbers) + 1) if group else 0


def _either_way(norm: Norm, lineage: Lineage) -> bool:
    """Tell whether each of the laws that may apply imposes the measure, and imposes it alike."""
    item = norm.item
    return item.fine is None and all(
        any(
            other.must
            and (other.measure.kind, other.measure.target, other.measure.object)
            == (item.measure.kind, item.measure.target, item.measure.object)
            and other.measure.term == item.measure.term
            and _sum(other) == _sum(item)
            for other in package.items
        )
        for _, package, _ in lineage.applied
    )


def _sum(item: Item) -> Domain | None:
    return None if item.amount is None else item.amount.domain


def _sanction(
    norm: Norm,
    lineage: Lineage,
    state: StateFinding,
    mercy: Mercy,
    reasoner: Reasons,
    *,
    later: bool,
    group: int,
) -> Sanction:
    version, item = state.version, norm.item
    if version is None:
        raise TypeError(norm)
    may_exempt = mercy.spares(norm)
    low, high = _ends(norm)
    below = mercy.below_floor if item.fine is not None and low is not None else None
    return Sanction(
        sanction_class=SANCTION_CLASSES[item.kind],
        kind=item.kind,
        modality=item.modality,
        mandatory=item.must and may_exempt is None and not group,
        low_fen=None if below is not None else low,
        high_fen=high,
        rule=norm.rule,
        version_from=version.interval.start,
        law=version.law,
        breaches=version.breaches,
        authority=version.authority,
        origin=SanctionOrigin.LIGHTER_LATER if later else SanctionOrigin.CONDUCT,
        unverified=version.unverified,
        reason=reasoner.sanction(norm, lineage, state),
        target=item.measure.target,
        term=item.measure.term,
        group=group,
        below_floor_by=_law(below),
        exempt_by=_law(may_exempt),
        proposed_by=version.proposed_by,
    )


def _ends(norm: Norm) -> tuple[int | None, int | None]:
    if norm.item.fine is not None:
        return norm.item.fine.low, norm.item.fine.high
    if norm.item.amount is not None:
        value = getattr(norm.item.amount.domain, "value", None)
        return (value, value) if isinstance(value, int) else (None, None)
    return None, None


def _law(applied: Applied | None) -> tuple[Citation, ...]:
    version = applied.state.version if applied is not None else None
    return version.law if version is not None else ()


# --- the fine -------------------------------------------------------------------------------------


def _fine(leaf: Leaf, mercy: Mercy) -> FineTotal:
    if mercy.exempt is not None or mercy.no_fine is not None:
        return NO_FINE
    by_rule: dict[str, list[FineRange]] = {}
    one_sided: set[str] = set()
    both = False
    for norm, lineage, _, _ in leaf.norms:
        if norm.item.fine is not None and norm in leaf.settled.standing:
            by_rule.setdefault(norm.rule, []).append(norm.item.fine)
            if lineage.side is Side.BOTH:
                both = True
                if any(package.fine is None for _, package, _ in lineage.applied):
                    one_sided.add(norm.rule)
    totals = [_hull(ranges, may=name in one_sided) for name, ranges in by_rule.items()]
    if not totals:
        return NO_FINE
    if len(totals) > 1 and leaf.concurrence is not Concurrence.NONE:
        total = union(totals, choices=len(totals))
    else:
        total = add(totals)
    low = None if mercy.below_floor is not None else total.low
    may = total.may or mercy.may_exempt is not None or mercy.may_no_fine is not None
    choices = 2 if both else total.choices
    return FineTotal(low, total.high, may, total.high_open, choices)


def _hull(ranges: list[FineRange], *, may: bool) -> FineTotal:
    """Return the range that contains all; `may` when another law that may be chosen has no fine."""
    totals = [FineTotal(r.low, r.high, r.may or may, r.high is None) for r in ranges]
    return union(totals, choices=1)


def union(totals: list[FineTotal], *, choices: int) -> FineTotal:
    """Return the range that contains all of them (one of them applies)."""
    lows = [total.low for total in totals]
    highs = [total.high for total in totals]
    low = None if None in lows else min(low for low in lows if low is not None)
    known = [high for high in highs if high is not None]
    high_open = any(total.high_open for total in totals)
    return FineTotal(
        low,
        None if high_open or not known else max(known),
        any(total.may for total in totals),
        high_open,
        choices,
    )


def add(totals: Iterable[FineTotal]) -> FineTotal:
    """Return the sum of several ranges that all apply.

    Edges: acts without a fine add nothing. Parts that may be left out do not raise the floor; the
    sum may be left out when every part may, and is then no less than the least of them.
    """
    fined = [total for total in totals if not total.none]
    if not fined:
        return NO_FINE
    if len(fined) == 1:
        return fined[0]
    floors = [0 if total.may else total.low for total in fined]
    high_open = any(total.high_open for total in fined)
    low: int | None = sum(floor for floor in floors if floor is not None)
    if all(total.may for total in fined):
        least = [total.low for total in fined]
        low = None if None in least else min(floor for floor in least if floor is not None)
    return FineTotal(
        low or None,
        None if high_open else sum(total.high or 0 for total in fined),
        all(total.may for total in fined),
        high_open,
        max(total.choices for total in fined),
    )


# --- rules and conflicts --------------------------------------------------------------------------


def _rules(leaf: Leaf, reasoner: Reasons) -> Iterable[RuleOutcome]:
    for name, lineage in leaf.lineages.items():
        state = lineage.conduct
        if lineage.side is Side.LATER and lineage.later is not None:
            state = lineage.later
        version = state.version
        target = ""
        if version is not None:
            target = next((r.rule for r in _references(version) if r.rule), "")
        established = state.state
        if lineage.side is Side.NEITHER and lineage.weighed is not None:
            established = RuleState.NOT_ESTABLISHED
        yield RuleOutcome(
            rule=name,
            label=lineage.rule.label,
            state=established,
            law=version.law if version else (),
            breaches=version.breaches if version else (),
            version_from=version.interval.start if version else None,
            unverified=version.unverified if version else Label(),
            readings=version.readings if version else (),
            refers_to=target,
            defeated_by=state.defeated_by,
            needs=state.needs,
            reason=reasoner.rule(lineage),
        )


def _references(version: Version) -> Iterable[Reference]:
    return (c for c in version.all_consequences() if isinstance(c, Reference))


def _conflicts(leaf: Leaf) -> Iterable[Conflict]:
    for one, two in leaf.settled.clashes:
        label = MEASURE_LABELS[one.item.kind]
        law = tuple(
            citation
            for norm, _, state, _ in leaf.norms
            if norm in (one, two) and state.version is not None
            for citation in state.version.law
        )
        yield Conflict(label, (one.rule, two.rule), law)
    for name, lineage in leaf.lineages.items():
        for state, package, _ in lineage.applied:
            law = state.version.law if state.version else ()
            for kind in dict.fromkeys(package.clashes):
                yield Conflict(MEASURE_LABELS[MeasureKind(kind)], (name, name), law)
        for table in dict.fromkeys(_table_clashes(lineage)):
            found = leaf.scene.rulebook.tables[table]
            yield Conflict(found.label or Label(found.name, found.alias), (name,), found.law)


def _table_clashes(lineage: Lineage) -> Iterable[str]:
    """Yield the tables whose rows clash in a condition, a tier or an amount of the rule."""
    for state in (lineage.conduct, lineage.later):
        if state is not None:
            for part in (*((state.when,) if state.when else ()), *state.exclusions):
                yield from part.clash
    for _, package, _ in lineage.applied:
        for tier in package.tiers:
            yield from tier.found.clash
        for item in package.items:
            parts = item.fine.parts if item.fine is not None else ()
            for part in (*parts, *((item.amount,) if item.amount is not None else ())):
                yield from part.clash


def violation_open(leaves: Sequence[Leaf]) -> bool:
    """Tell whether it is open if a rule that carries a penalty is broken at all.

    That is so when such a rule is undetermined under some answer, or broken under one answer and
    none is under another.
    """
    states = [_penal_states(leaf) for leaf in leaves]
    if any(RuleState.UNDETERMINED in found for found in states):
        return True
    broken = [RuleState.ESTABLISHED in found for found in states]
    return any(broken) and not all(broken)


def _penal_states(leaf: Leaf) -> set[RuleState]:
    return {state for _, state in violations(leaf)}


def violations(leaf: Leaf) -> tuple[tuple[str, RuleState], ...]:
    """Return the state of every rule that carries a penalty: what they say never folds away."""
    penal = leaf.scene.rulebook.penal
    return tuple(
        (name, lineage.conduct.state) for name, lineage in leaf.lineages.items() if name in penal
    )


def outcome_key(branch: Branch) -> tuple[object, ...]:
    """Return what two branches share that come to the same, whatever led there."""
    lines = [
        (
            s.sanction_class, s.kind, s.mandatory, s.low_fen, s.high_fen, s.target, s.term, s.rule,
            s.group, s.version_from, s.origin,
        )
        for s in branch.sanctions
    ]  # fmt: skip
    return (tuple(lines), branch.fine, branch.conflicts, branch.open, branch.elsewhere)
