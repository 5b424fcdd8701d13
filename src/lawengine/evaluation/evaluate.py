"""The reference evaluator of expressions: slow, clear, and the meaning of the language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from typing import Any, TypeAlias

from lawengine.base.dataclass import dataclass
from lawengine.base.truth import Truth, conjunction, disjunction
from lawengine.evaluation.day_counts import Left, days_counted
from lawengine.evaluation.domains import (
    bounds,
    compare,
    compute,
    extreme,
    from_truth,
    hull,
    moved,
    rounded,
    within,
)
from lawengine.evaluation.facts import (
    UNKNOWN,
    Domain,
    Entry,
    FactKey,
    Instance,
    Known,
    Origin,
    Within,
)
from lawengine.evaluation.groups import Member, grouped, key_of
from lawengine.evaluation.intervals import changes, days, uncovered
from lawengine.evaluation.tables import Input, ReadCell, meetings
from lawengine.evaluation.trace import Cut, Finding, Need, merge_needs
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Cell, Hit, Interval
from lawengine.model.types import DATE, YES_NO, Kind

_FLIPPED = {
    e.Comparison.MORE: e.Comparison.LESS,
    e.Comparison.LESS: e.Comparison.MORE,
    e.Comparison.AT_LEAST: e.Comparison.AT_MOST,
    e.Comparison.AT_MOST: e.Comparison.AT_LEAST,
}


Holds: TypeAlias = Callable[[str, Mapping[str, Instance], Finding | None], Finding]
"""Answers whether a status holds for what is in view; the name "" asks for any list at all.

With a day as third: whether it does, or did on some day from that one on. A score or grade answers
with its points or its level.
"""


LastDays: TypeAlias = Callable[[str, Mapping[str, Instance]], Finding]
"""Answers on which day a duty of what is in view can be done in time at the latest."""


def nothing_known(name: str, _: Mapping[str, Instance], __: Finding | None) -> Finding:
    """Return that nobody knows: where no register stands behind a view, no status is denied."""
    return Finding(e.StatusHolds(name, YES_NO), UNKNOWN)


def no_last_day(name: str, _: Mapping[str, Instance]) -> Finding:
    """Return that nobody knows the last day of a duty: no register stands behind the view."""
    return Finding(e.LastDay(name, DATE), UNKNOWN)


@dataclass(frozen=True, slots=True)
class View:
    """What a condition can see.

    `instances` holds the entities in view by name: case, party, act, and inside a collection its
    element. `law_day` is the day whose figures apply, exact or within bounds, with the fact behind
    it. `states` answers whether a rule is established for the act in view, `law` names the time
    whose law is read. `read` keeps what facts and definitions gave, each read once; None where
    facts still change while they are read. `holds` is the door to lists, benefits, duties, scores
    and grades, `last_day` to the last days of duties.
    """

    rulebook: Rulebook
    instances: Mapping[str, Instance]
    law_day: Domain
    law_day_key: FactKey | None
    states: Callable[[str], Finding]
    overrides: Mapping[FactKey, Entry] = field(default_factory=dict)
    law: str = ""
    read: dict[object, Finding] | None = None
    holds: Holds = nothing_known
    last_day: LastDays = no_last_day

    def entry(self, entity: str, fact: str) -> tuple[FactKey, Entry | None]:
        """Return the key of a fact in view, and what is known of it (an override first)."""
        instance = self.instances[entity]
        key = instance.key(fact)
        return key, self.overrides.get(key, instance.entry(fact))

    def at(self, element: Instance) -> View:
        """Return the view from inside a collection, at one of its elements."""
        return replace(self, instances={**self.instances, element.entity: element}, read=None)


def evaluate(expression: e.Expression, view: View) -> Finding:
    """Return what is known of `expression`, with what would settle it.

    Law: Kleene logic throughout; a missing fact is never no, 0 or any default, unless a written
    presumption says what holds until the file says otherwise.
    """
    return _READERS[type(expression)](expression, view)


def _constant(expression: e.Constant, _: View) -> Finding:
    return Finding(expression, Known(expression.value))


def _defined(expression: e.Defined, view: View) -> Finding:
    return _once(expression.name, _definition, expression, view)


def _definition(expression: e.Defined, view: View) -> Finding:
    inner = evaluate(view.rulebook.definitions[expression.name].body, view)
    return Finding(expression, inner.domain, inner.needs, (inner,), clash=inner.clash)


def _fact(expression: e.FactOf, view: View) -> Finding:
    return _once((expression.entity, expression.fact), _known, expression, view)


def _once(
    key: object, read: Callable[[Any, View], Finding], expression: e.Expression, view: View
) -> Finding:
    """Return what `read` gives, asked once where facts no longer change."""
    if view.read is None:
        return read(expression, view)
    if key not in view.read:
        view.read[key] = read(expression, view)
    return view.read[key]


def _state(expression: e.Established, view: View) -> Finding:
    state = view.states(expression.rule)
    return Finding(expression, state.domain, state.needs, clash=state.clash)


def _status(expression: e.StatusHolds, view: View) -> Finding:
    since = None if expression.since is None else evaluate(expression.since, view)
    found = view.holds(expression.status, view.instances, since)
    parts = found.parts if since is None else (*found.parts, since)
    return Finding(expression, found.domain, found.needs, parts)


def _last_day(expression: e.LastDay, view: View) -> Finding:
    found = view.last_day(expression.status, view.instances)
    return Finding(expression, found.domain, found.needs, found.parts)


def _day_count(expression: e.DayCount, view: View) -> Finding:
    ends = evaluate(expression.first, view), evaluate(expression.last, view)
    first, last = (end.domain for end in ends)
    if not expression.entity:
        return _made(expression, days_counted(first, last, ()), *ends)
    elements, missing = _elements(expression.entity, view)
    parts, left_out = [*ends], []
    for element in elements or ():
        inside = view.at(element)
        kept = None if expression.where is None else evaluate(expression.where, inside)
        period = [evaluate(part, inside) for part in (expression.start, expression.end) if part]
        start, end = (part.domain for part in period)
        left_out.append(Left(start, end, Truth.TRUE if kept is None else kept.truth))
        parts += [*([] if kept is None else [kept]), *period]
    count = days_counted(first, last, None if elements is None else left_out)
    finding = _made(expression, count, *parts)
    if isinstance(count, Known):
        return finding
    return replace(finding, needs=merge_needs(finding.needs, missing))


def _elements(entity: str, view: View) -> tuple[tuple[Instance, ...] | None, tuple[Need, ...]]:
    """Return the elements of a collection in view; None, and what is missing, where none is."""
    owner = view.instances[view.rulebook.vocabulary.entities[entity].parent]
    elements = owner.children.get(entity)
    return elements, () if elements is not None else (Need(FactKey(owner.path, entity, "")),)


def _rated(expression: e.Rated, view: View) -> Finding:
    found = view.holds(expression.name, view.instances, None)
    return Finding(expression, found.domain, found.needs, found.parts)


def _negation(expression: e.Negation, view: View) -> Finding:
    inner = evaluate(expression.operand, view)
    return _made(expression, from_truth(~inner.truth), inner)


def _computed(expression: e.Computed, view: View) -> Finding:
    one, two = evaluate(expression.left, view), evaluate(expression.right, view)
    return _made(expression, compute(expression.operation, one.domain, two.domain), one, two)


def _chosen(expression: e.Chosen, view: View) -> Finding:
    parts = [evaluate(operand, view) for operand in expression.operands]
    domain = extreme(expression.extreme, [part.domain for part in parts])
    return _made(expression, domain, *parts)


def _made(expression: e.Expression, domain: Domain, *parts: Finding) -> Finding:
    """Return a finding whose needs are those of its parts, none once the value is exact."""
    settled = isinstance(domain, Known)
    needs = () if settled else merge_needs(*(part.needs for part in parts))
    clash = () if settled else tuple(name for part in parts for name in part.clash)
    return Finding(expression, domain, needs, parts, clash=clash)


def _known(expression: e.FactOf, view: View) -> Finding:
    key, entry = view.entry(expression.entity, expression.fact)
    fact = view.rulebook.vocabulary.fact(expression.entity, expression.fact)
    presumption = fact.presumption
    if presumption is not None and (entry is None or entry.domain == UNKNOWN):
        entry = Entry(Known(presumption.value), Origin.PRESUMED)
    if entry is None:
        return Finding(expression, UNKNOWN, (Need(key),), key=key)
    needs = () if isinstance(entry.domain, Known) else (Need(key),)
    return Finding(expression, entry.domain, needs, key=key, entry=entry)


def _parameter(expression: e.ParameterValue, view: View) -> Finding:
    """Return the figure in force; open where the day may lie in a gap between its values.

    Law: a value that has expired or is not yet in force is never a fallback. A gap that is sure
    has no needs: nothing would settle it.
    """
    parameter = view.rulebook.parameters[expression.name]
    first, last = days(view.law_day)
    values = [v for v in parameter.values if v.interval.overlaps(Interval(first, last))]
    gap = uncovered([value.interval for value in values], first, last)
    domain = UNKNOWN if gap else hull(Known(value.value) for value in values)
    if isinstance(domain, Known) or view.law_day_key is None:
        return Finding(expression, domain, figures=tuple(values))
    edges = changes((value.interval for value in parameter.values), first, last)
    needs = tuple(Need(view.law_day_key, Cut(e.Comparison.AT_LEAST, edge)) for edge in edges)
    return Finding(expression, domain, needs, figures=tuple(values))


def _connection(expression: e.Connection, view: View) -> Finding:
    parts = [evaluate(operand, view) for operand in expression.operands]
    combine = conjunction if expression.logic is e.Logic.AND else disjunction
    result = combine(part.truth for part in parts)
    open_parts = [part for part in parts if part.truth is Truth.UNKNOWN]
    if result is not Truth.UNKNOWN:
        return Finding(expression, from_truth(result), (), tuple(parts))
    needs = merge_needs(*(part.needs for part in open_parts))
    clash = tuple(name for part in open_parts for name in part.clash)
    return Finding(expression, UNKNOWN, needs, tuple(parts), clash=clash)


def _compared(expression: e.Compared, view: View) -> Finding:
    left, right = evaluate(expression.left, view), evaluate(expression.right, view)
    result = compare(expression.comparison, left.domain, right.domain)
    finding = _made(expression, from_truth(result), left, right)
    if result is not Truth.UNKNOWN:
        return finding
    cuts = _cuts(left, right.domain, expression.comparison)
    flipped = _FLIPPED.get(expression.comparison, expression.comparison)
    cuts += _cuts(right, left.domain, flipped)
    if not cuts:
        return finding
    others = [need for need in finding.needs if need.key not in {cut.key for cut in cuts}]
    return replace(finding, needs=merge_needs(tuple(cuts), tuple(others)))


def _cuts(side: Finding, other: Domain, comparison: e.Comparison) -> list[Need]:
    """Return how a fact decides its comparison with a known value."""
    if side.key is None or not side.needs or not isinstance(other, Known):
        return []
    if isinstance(other.value, bool | str):
        return []
    return [Need(side.key, Cut(comparison, other.value))]


def _one_of(expression: e.OneOf, view: View) -> Finding:
    operand = evaluate(expression.operand, view)
    options = [evaluate(option, view) for option in expression.options]
    equal = e.Comparison.EQUAL
    result = disjunction(compare(equal, operand.domain, option.domain) for option in options)
    if result is Truth.UNKNOWN and all(isinstance(option.domain, Known) for option in options):
        allowed = {option.domain.value for option in options if isinstance(option.domain, Known)}
        possible = getattr(operand.domain, "options", None)
        if possible is not None and possible <= allowed:
            result = Truth.TRUE
    return _made(expression, from_truth(result), operand, *options)


def _rounded(expression: e.Rounded, view: View) -> Finding:
    inner = expression.operand
    if expression.type.kind is Kind.DATE and isinstance(inner, e.Computed):
        start, period = evaluate(inner.left, view), evaluate(inner.right, view)
        if not isinstance(period.domain, Known):
            return _made(expression, UNKNOWN, start, period)
        length = period.domain.value
        domain = moved(start.domain, length, inner.operation, expression.rounding)  # type: ignore[arg-type]  # both are of one kind by the checks
        return _made(expression, domain, start, period)
    part = evaluate(inner, view)
    return _made(expression, rounded(part.domain, expression.rounding), part)


def _aggregated(expression: e.Aggregated, view: View) -> Finding:
    # Its identity names it: what is kept holds it, so no other comes to be at its place. Hashing
    # it would take longer than reading it.
    return _once(id(expression), _collected, expression, view)


def _collected(expression: e.Aggregated, view: View) -> Finding:
    elements, missing = _elements(expression.entity, view)
    if elements is None:
        if expression.aggregation in (*e.NUMBERED, e.Aggregation.SUM):
            low = 0 if expression.aggregation in e.NUMBERED else None
            return Finding(expression, within(low, None), missing)
        return Finding(expression, UNKNOWN, missing)
    parts: list[Finding] = []
    members: list[tuple[Truth, Finding | None]] = []
    shared: list[Member] = []
    for element in elements:
        inside = view.at(element)
        kept = evaluate(expression.where, inside) if expression.where is not None else None
        body = evaluate(expression.body, inside) if expression.body is not None else None
        keys = [evaluate(key, inside) for key in expression.keys]
        parts += [part for part in (kept, body, *keys) if part is not None]
        members.append((Truth.TRUE if kept is None else kept.truth, body))
        shared.append((members[-1][0], key_of(key.domain for key in keys)))
    if expression.keys:
        return _made(expression, grouped(expression.aggregation, shared), *parts)
    return _made(expression, _total(expression.aggregation, members), *parts)


def _tallied(expression: e.Tallied, view: View) -> Finding:
    parts = [evaluate(operand, view) for operand in expression.operands]
    sure = sum(part.truth is Truth.TRUE for part in parts)
    may = sum(part.truth is Truth.UNKNOWN for part in parts)
    return _made(expression, within(sure, sure + may), *parts)


def _total(aggregation: e.Aggregation, members: list[tuple[Truth, Finding | None]]) -> Domain:
    if aggregation is e.Aggregation.COUNT:
        sure = sum(kept is Truth.TRUE for kept, _ in members)
        return within(sure, sure + sum(kept is Truth.UNKNOWN for kept, _ in members))
    asked = [(kept, body) for kept, body in members if body is not None]
    if aggregation is e.Aggregation.ANY:
        return from_truth(disjunction(kept & body.truth for kept, body in asked))
    if aggregation is e.Aggregation.ALL:
        return from_truth(conjunction(~kept | body.truth for kept, body in asked))
    total: Domain = Known(0)
    for kept, body in asked:
        if kept is Truth.TRUE:
            total = compute(e.Operation.ADD, total, body.domain)
        elif kept is Truth.UNKNOWN:
            total = compute(e.Operation.ADD, total, _or_zero(body.domain))
    return total


def _or_zero(domain: Domain) -> Domain:
    low, high = bounds(domain)
    return Within(None if low is None else min(low, 0), None if high is None else max(high, 0))


def _cases(expression: e.Cases, view: View) -> Finding:
    conditions: list[Finding] = []
    possible: list[Finding] = []
    for condition, value in expression.branches:
        found = evaluate(condition, view)
        conditions.append(found)
        if found.truth is not Truth.FALSE:
            possible.append(evaluate(value, view))
        if found.truth is Truth.TRUE:
            break
    else:
        possible.append(evaluate(expression.otherwise, view))
    domain = hull(part.domain for part in possible)
    return _made(expression, domain, *conditions, *possible)


def _look(expression: e.Looked, view: View) -> Finding:
    """Return what a table gives.

    Law: rows that overlap with one result agree; with different results they clash. Where no row
    may match, or a clash is possible, the result is open, whatever the other rows say.
    """
    table = view.rulebook.tables[expression.name]
    inputs = [evaluate(item, view) for item in table.inputs]
    rows = [[_read_cell(cell, view) for cell in row.cells] for row in table.rows]
    read = [_input(item, view) for item in inputs]
    sets = meetings(read, rows)
    if sets is None:
        sets = _possible([item.domain for item in inputs], rows)
    if table.hit is Hit.FIRST:
        sets = frozenset(found[:1] for found in sets)
    results = {
        n: evaluate(table.rows[n].result, view) for n in sorted({n for one in sets for n in one})
    }
    clashing = [found for found in sets if len({results[n].domain for n in found}) > 1]
    if () not in sets and not clashing:
        return _made(
            expression, hull(r.domain for r in results.values()), *inputs, *results.values()
        )
    needs = merge_needs(*(_row_needs(item, n, rows) for n, item in enumerate(inputs)))
    clash = (table.name,) if len(clashing) == len(sets) else ()
    return Finding(expression, UNKNOWN, needs, tuple(inputs), clash=clash)


def _read_cell(cell: Cell, view: View) -> ReadCell:
    low = None if cell.low is None else evaluate(cell.low, view).domain
    high = None if cell.high is None else evaluate(cell.high, view).domain
    return ReadCell(tuple(evaluate(option, view).domain for option in cell.options), low, high)


def _input(item: Finding, view: View) -> Input:
    kind = item.expression.type
    members: tuple[str, ...] = ()
    if kind.kind is Kind.CHOICE:
        choices = view.rulebook.vocabulary.choices[kind.choices]
        members = tuple(member.name for member in choices.members)
    return Input(item.domain, kind, members)


def _possible(inputs: list[Domain], rows: list[list[ReadCell]]) -> frozenset[tuple[int, ...]]:
    """Return the sets of rows that may match where the points of the inputs cannot be listed."""
    truths = [
        conjunction(cell.matches(item) for cell, item in zip(row, inputs, strict=True))
        for row in rows
    ]
    sure = tuple(n for n, found in enumerate(truths) if found is Truth.TRUE)
    may = [n for n, found in enumerate(truths) if found is Truth.UNKNOWN]
    singles = {tuple(sorted((*sure, n))) for n in may}
    together = {tuple(sorted((*sure, *may)))}
    return frozenset({sure} | singles | together)


def _row_needs(item: Finding, number: int, rows: list[list[ReadCell]]) -> tuple[Need, ...]:
    """Return what would settle an input, with the values at which the rows change."""
    if item.key is None or not item.needs or item.expression.type.kind is Kind.CHOICE:
        return item.needs
    cuts: list[Need] = []
    for row in rows:
        cell = row[number]
        ends = (
            *((e.Comparison.EQUAL, option) for option in cell.options),
            (e.Comparison.AT_LEAST, cell.low),
            (e.Comparison.AT_MOST, cell.high),
        )
        for comparison, end in ends:
            if isinstance(end, Known) and not isinstance(end.value, bool | str):
                cuts.append(Need(item.key, Cut(comparison, end.value)))
    return merge_needs(tuple(cuts)) or item.needs


_READERS: Mapping[type, Callable[[Any, View], Finding]] = {
    e.Constant: _constant,
    e.FactOf: _fact,
    e.ParameterValue: _parameter,
    e.Defined: _defined,
    e.Looked: _look,
    e.Established: _state,
    e.StatusHolds: _status,
    e.Rated: _rated,
    e.Negation: _negation,
    e.Connection: _connection,
    e.Compared: _compared,
    e.OneOf: _one_of,
    e.Computed: _computed,
    e.Rounded: _rounded,
    e.Chosen: _chosen,
    e.Aggregated: _aggregated,
    e.Tallied: _tallied,
    e.LastDay: _last_day,
    e.DayCount: _day_count,
    e.Cases: _cases,
}
