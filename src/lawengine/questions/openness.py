"""What keeps the outcome of an act open, and when two outcomes are the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum

from lawengine.base.dataclass import dataclass
from lawengine.deciding.leaf import Leaf, Lineage, carries_penalty
from lawengine.deciding.outcome import mercy_of, outcome, violation_open
from lawengine.evaluation.trace import Need, Question
from lawengine.model.measures import SANCTION_CLASSES, Reference, SanctionClass
from lawengine.model.rules import Rule
from lawengine.model.scenarios import RuleState
from lawengine.questions.scenes import Situation, answers_to
from lawengine.sanctions.concurrence import Norm


class Matter(IntEnum):
    """What hangs on an open point, the weightiest first."""

    VIOLATION = 0
    CONSEQUENCE = 1
    OTHER_RULE = 2
    AMOUNT = 3
    STANDING = 4


@dataclass(frozen=True, slots=True)
class Point:
    """One open point: what hangs on it, the rule, and the facts that settle it.

    `question` is None for an amount: it has no yes or no.
    """

    matter: Matter
    rule: str
    question: Question | None
    needs: tuple[Need, ...]


def open_points(leaf: Leaf, *, everything: bool) -> tuple[Point, ...]:
    """Return what is open: the violation, versions, tiers and effects; with `everything` the rest.

    The rest are rules that set no penalty of their own, and sums that hang on unknown facts.
    """
    found = list(_points(leaf, everything=everything))
    return tuple(sorted(dict.fromkeys(found), key=lambda point: point.matter))


def _points(leaf: Leaf, *, everything: bool) -> Iterator[Point]:
    for name, lineage in leaf.lineages.items():
        state = lineage.conduct
        if state.state is not RuleState.UNDETERMINED:
            continue
        if carries_penalty(lineage.rule):
            yield Point(Matter.VIOLATION, name, state.question, state.needs)
        elif everything and _follows(lineage.rule):
            yield Point(Matter.OTHER_RULE, name, state.question, state.needs)
    for block in leaf.blocking:
        rule = block.question.rule if block.question is not None else ""
        matter = Matter.CONSEQUENCE if block.question is not None else Matter.AMOUNT
        yield Point(matter, rule, block.question, block.needs)
    for norm in imposed(leaf):
        fine, amount = norm.item.fine, norm.item.amount
        for part in fine.parts if fine is not None else ():
            if part.needs:
                yield Point(Matter.AMOUNT, norm.rule, None, part.needs)
        if everything and amount is not None and amount.needs:
            yield Point(Matter.AMOUNT, norm.rule, None, amount.needs)


def _follows(rule: Rule) -> bool:
    """Tell whether anything follows from the rule: a measure, an effect, another law."""
    return any(True for version in rule.versions for _ in version.all_consequences())


def imposed(leaf: Leaf) -> Iterator[Norm]:
    """Return the norms that stand, without the penalties that the general part takes away."""
    mercy = mercy_of(leaf)
    return (norm for norm in leaf.settled.standing if not mercy.removes(norm))


def penalised(leaf: Leaf) -> bool:
    """Tell whether any penalty can be imposed."""
    return any(
        SANCTION_CLASSES[norm.item.kind] is SanctionClass.PENALTY
        and not (norm.item.amount is not None and _nothing(norm))
        for norm in imposed(leaf)
    )


def _nothing(norm: Norm) -> bool:
    return norm.item.amount is not None and getattr(norm.item.amount.domain, "value", None) == 0


def refers_away(leaf: Leaf) -> bool:
    """Tell whether a rule that applies sends the case to a law that has no rule here."""
    return any(
        reference.rule == ""
        for lineage in leaf.lineages.values()
        for _, package, _ in lineage.applied
        for reference in package.references
    )


def highest_fine(leaf: Leaf) -> tuple[int | None, bool]:
    """Return the maximum of the fine in fen, None where it is open; and whether there is any."""
    fined = [norm for norm in imposed(leaf) if norm.item.fine is not None]
    if not fined:
        return None, False
    if len({norm.rule for norm in fined}) == 1:
        highs = [norm.item.fine.high for norm in fined if norm.item.fine is not None]
        return (None if None in highs else max(high for high in highs if high is not None)), True
    fine = outcome(leaf).fine
    return (None if fine.high_open else fine.high), not fine.none


def consequent(lineage: Lineage) -> bool:
    """Tell whether the rule applies and orders, penalises or sends the case to another law."""
    return bool(lineage.applied) and leads_on(lineage.rule)


def leads_on(rule: Rule) -> bool:
    """Tell whether the rule, where it applies, orders, penalises or names another law."""
    return any(True for _ in rule.measures()) or any(
        isinstance(c, Reference) for v in rule.versions for c in v.all_consequences()
    )


def outcome_key(leaf: Leaf) -> tuple[object, ...]:
    """Return what makes an outcome: two leaves with equal keys come to the same.

    It holds what stands with its figures, what the general part does to it, which rules apply, and
    what clashes; the words of the reasons are no part of it.
    """
    mercy = mercy_of(leaf)
    standing = list(leaf.settled.standing)
    lines = []
    for norm, lineage, state, later in leaf.norms:
        if norm not in standing or state.version is None:
            continue
        standing.remove(norm)
        if mercy.removes(norm):
            continue
        fine, amount = norm.item.fine, norm.item.amount
        ends = (fine.low, fine.high, fine.may) if fine is not None else None
        may = mercy.spares(norm) is not None
        floor = fine is not None and mercy.below_floor is not None and fine.low is not None
        value = amount.domain if amount is not None else None
        start = state.version.interval.start
        measure = norm.item.measure
        lines.append(
            (norm.rule, norm.item.kind, norm.item.modality, norm.item.group, ends, value,
             measure.target, measure.term, start, later, lineage.side, may, floor)
        )  # fmt: skip
    applied = tuple(name for name, lineage in leaf.lineages.items() if consequent(lineage))
    clashes = tuple((one.rule, two.rule) for one, two in leaf.settled.clashes)
    fined = sum(norm.item.fine is not None for norm in imposed(leaf))
    concurrence = leaf.concurrence if fined > 1 else None
    return (tuple(lines), applied, clashes, concurrence)


MAX_SPLITS = 10
"""At most ten facts are split one inside the other; what is open then stays so."""


def completions(
    at: Situation,
    depth: int = 0,
    tally: list[int] | None = None,
    *,
    everything: bool = False,
) -> Iterator[Leaf]:
    """Yield what follows under each answer to the facts that keep the outcome open.

    With `everything`, rules that set no penalty and sums are settled too. `tally` grows by one for
    every look. Edges: what has no finite set of answers, and is no
    question of its own, stays open.
    """
    leaf = at.leaf()
    if tally is not None:
        tally.append(1)
    points = open_points(leaf, everything=everything) if depth < MAX_SPLITS else ()
    below = _split(points, at.knowing(leaf))
    if not below:
        yield leaf
        return
    for inner in below:
        yield from completions(inner, depth + 1, tally, everything=everything)


def _split(points: tuple[Point, ...], at: Situation) -> list[Situation]:
    needed = tuple(need for point in points for need in point.needs)
    for key in dict.fromkeys(need.key for need in needed):
        domains = answers_to(key, needed, at)
        if len(domains) > 1:
            found = (at.with_value(key, domain) for domain in domains)
            return [inner for inner in found if inner is not None]
    for point in points:
        asked = point.question
        if asked is not None and asked.wording and asked not in at.scene.answers:
            return [at.with_answer(asked, answer=answer) for answer in (True, False)]
    return []


def moot(point: Point, at: Situation) -> bool:
    """Tell whether the outcome is the same however the point is settled, all else as it is."""
    asked = point.question
    variants: list[Situation] = []
    if asked is not None and asked.wording and asked not in at.scene.answers:
        variants = [at.with_answer(asked, answer=answer) for answer in (True, False)]
    else:
        for key in dict.fromkeys(need.key for need in point.needs):
            found = (at.with_value(key, d) for d in answers_to(key, point.needs, at))
            variants += [inner for inner in found if inner is not None]
    marks = {leaf_mark(inner.leaf()) for inner in variants}
    return len(variants) > 1 and len(marks) == 1


def leaf_mark(leaf: Leaf) -> object:
    """Return what tells leaves apart: the outcome, and what keeps it open."""
    points = open_points(leaf, everything=False)
    return outcome_key(leaf), frozenset((p.matter, p.rule, p.needs) for p in points)


def same(leaves: Iterable[Leaf]) -> bool:
    """Tell whether the violation is settled and all of the leaves come to the same.

    Edges: a violation that the lighter later law takes away is one, and must be settled too.
    """
    keys = set()
    seen: list[Leaf] = []
    for leaf in leaves:
        seen.append(leaf)
        matters = {point.matter for point in open_points(leaf, everything=False)}
        keys.add(outcome_key(leaf))
        if len(keys) > 1 or matters & {Matter.VIOLATION, Matter.AMOUNT}:
            return False
    return not violation_open(seen)
