"""Expressions as Python source, for facts that are exact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from fractions import Fraction

from lawengine.base.calendar import Period, Rounding
from lawengine.base.dataclass import dataclass
from lawengine.compiled.runtime import Moved, largest, move, only, plain, settle, stop
from lawengine.compiled.source import NotCompiled, Source
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Cell, Hit
from lawengine.model.types import Kind
from lawengine.model.vocabulary import Fact

SIGNS = {
    e.Comparison.EQUAL: "==",
    e.Comparison.UNEQUAL: "!=",
    e.Comparison.AT_LEAST: ">=",
    e.Comparison.AT_MOST: "<=",
    e.Comparison.MORE: ">",
    e.Comparison.LESS: "<",
}
_OPERATORS = {
    e.Operation.ADD: "+",
    e.Operation.SUBTRACT: "-",
    e.Operation.MULTIPLY: "*",
}
_ORDERED = frozenset({Kind.MONEY, Kind.COUNT, Kind.RATE, Kind.DATE, Kind.POINTS})
MAX_LENGTH = 20_000
"""Longer expressions (definitions within definitions) are left to the reference evaluator."""

Code = str | bool
"""The source of a value; a `bool` where the answer needs no code."""

Rated = Callable[[Source, str, Mapping[str, str]], Code]
"""The code that asks for a score or grade, by its name and what the entities in view are called."""

Held = Callable[[str, Mapping[str, object], Mapping[str, object]], bool]
"""Whether a party has a status, by its name and the plain facts of case and party.

Raises:
    KeyError: that is open.
"""


def statuses_of(held: Held | None) -> Callable[[Source, str], Code] | None:
    """Return how the functions of rules ask for statuses; None where there is no register."""
    if held is None:
        return None
    return lambda source, name: f"{source.constant(held)}({source.constant(name)}, case, party)"


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes expressions as seen from one place: the entities in view, the day of the law.

    `figures` gives the value of a parameter on that day, or None where it has none; `states` the
    code for "that rule is established"; `pivot` and `value` are the choice that the function is
    made for. `locals` holds facts and definitions that stand in a local variable already.
    `statuses` gives the code for "the party has that list, benefit or duty", None where no register
    is at hand; `ratings` that for the score or the grade of what is in view. With `past` the source
    can ask `held` whether a list held since a day.
    """

    source: Source
    rulebook: Rulebook
    scope: Mapping[str, str]
    figures: Callable[[str], e.Value | None]
    states: Callable[[str], Code]
    pivot: Fact | None = None
    value: str | None = None
    locals: Mapping[str, str] = field(default_factory=dict)
    statuses: Callable[[Source, str], Code] | None = None
    ratings: Rated | None = None
    past: bool = False

    # --- values ---

    def plain(self) -> Writer:
        """Return the writer of two-valued source."""
        return self

    def text(self, expression: e.Expression) -> str:
        """Return the source of a value.

        Raises:
            NotCompiled: it has no source, or one that is too long.
        """
        code = self.code(expression)
        found = str(code)
        if len(found) > MAX_LENGTH:
            raise NotCompiled
        return found

    def code(self, expression: e.Expression) -> Code:
        """Return the source of a value, or the answer itself where it is settled already."""
        match expression:
            case e.Constant(value=value):
                return value if isinstance(value, bool) else self.source.constant(value)
            case e.FactOf():
                return self._fact(expression)
            case e.ParameterValue(name=name):
                return self._figure(name)
            case e.Defined(name=name):
                local = self.locals.get(f"define {name}")
                return local or self.code(self.rulebook.definitions[name].body)
            case e.Looked(name=name):
                return self._looked(name)
            case e.Established(rule=rule):
                return self.states(rule)
            case e.StatusHolds() if self.statuses is not None:
                return self._status(expression, self.statuses)
            case e.Rated(name=name) if self.ratings is not None:
                return self.ratings(self.source, name, self.scope)
            case _:
                return self._composed(expression)

    def _status(self, asked: e.StatusHolds, statuses: Callable[[Source, str], Code]) -> Code:
        now = statuses(self.source, asked.status)
        if asked.since is None or now is True:
            return now
        if not self.past:
            raise NotCompiled
        name, since = self.source.constant(asked.status), self.text(asked.since)
        return f"({now} or held({name}, {since}))"

    def _composed(self, expression: e.Expression) -> Code:
        match expression:
            case e.Negation(operand=operand):
                inner = self.code(operand)
                return not inner if isinstance(inner, bool) else f"(not {inner})"
            case e.Connection(logic=logic, operands=operands):
                return self._connection(logic, operands)
            case e.Compared(comparison=comparison, left=left, right=right):
                return self._compared(comparison, left, right)
            case e.OneOf(operand=operand, options=options):
                return self._one_of(operand, options)
            case e.Computed():
                return self._computed(expression, None)
            case e.Rounded():
                return self._rounded(expression)
            case e.Chosen(extreme=extreme, operands=operands):
                name = "max" if extreme is e.Extreme.HIGHER else "min"
                return f"{name}({', '.join(self.text(part) for part in operands)})"
            case e.Aggregated():
                return self._aggregated(expression)
            case e.Tallied(operands=operands):
                return f"({' + '.join(f'bool({self.text(part)})' for part in operands)})"
            case e.Cases(branches=branches, otherwise=otherwise):
                parts = [f"{self.text(v)} if {self.text(c)} else " for c, v in branches]
                return f"({''.join(parts)}{self.text(otherwise)})"
            case _:
                raise NotCompiled

    def stop(self) -> str:
        """Return the source that leaves the case to the reference evaluator."""
        return f"{self.source.constant(stop)}()"

    def _fact(self, expression: e.FactOf) -> str:
        path = f"{expression.entity}.{expression.fact}"
        if path in self.locals and expression.entity in ("case", "party", "act"):
            return self.locals[path]
        return self.read(expression)

    def read(self, expression: e.FactOf) -> str:
        """Return the source that reads a fact; a missing one raises `KeyError` or is presumed."""
        fact = self.rulebook.vocabulary.fact(expression.entity, expression.fact)
        if fact is self.pivot and self.value is not None:
            return self.source.constant(self.value)
        owner = self.scope.get(expression.entity)
        if owner is None:
            raise NotCompiled
        key = self.source.constant(expression.fact)
        if fact.presumption is not None:
            return f"{owner}.get({key}, {bool(fact.presumption.value)})"
        return f"{owner}[{key}]"

    def _figure(self, name: str) -> Code:
        value = self.figures(name)
        if value is None:
            return self.stop()
        return value if isinstance(value, bool) else self.source.constant(value)

    def safe(self, expression: e.Expression) -> bool:
        """Tell whether the value is never unknown: only presumed facts and the pivot are read."""
        match expression:
            case e.FactOf(entity=entity, fact=fact):
                presumed = self.rulebook.vocabulary.fact(entity, fact).presumption is not None
                return presumed or f"{entity}.{fact}" in self.locals or self._is_pivot(expression)
            case e.Defined(name=name):
                local = f"define {name}" in self.locals
                return local or self.safe(self.rulebook.definitions[name].body)
            case e.Constant() | e.Established():
                return True
            case e.Negation() | e.Connection() | e.Compared() | e.OneOf():
                return all(self.safe(part) for part in e.children(expression))
            case _:
                return False

    # --- conditions ---

    def _connection(self, logic: e.Logic, operands: tuple[e.Expression, ...]) -> Code:
        settling = logic is e.Logic.OR
        found: list[str] = []
        # What is never unknown is asked first: the order of conditions says nothing in law.
        for operand in sorted(operands, key=lambda part: not self.safe(part)):
            code = self.code(operand)
            if code is settling:
                return settling
            if not isinstance(code, bool):
                found.append(code)
        if not found:
            return not settling
        return found[0] if len(found) == 1 else f"({f' {logic.value} '.join(found)})"

    def _compared(self, comparison: e.Comparison, left: e.Expression, right: e.Expression) -> Code:
        if comparison in (e.Comparison.EQUAL, e.Comparison.UNEQUAL):
            if self._is_pivot(left) and isinstance(right, e.Constant):
                return (self.value == right.value) is (comparison is e.Comparison.EQUAL)
        elif left.type.kind not in _ORDERED:
            return self.stop()
        tests = (*self._bounds(comparison, left), self.text(left))
        sign, other = SIGNS[comparison], self.text(right)
        code = " and ".join(f"{test} {sign} {other}" for test in tests)
        return f"({code})"

    def _bounds(self, comparison: e.Comparison, left: e.Expression) -> list[str]:
        """Return the facts that bound `left` on the side that is asked about.

        Whatever `left` is past, its bound is past too. So the bound is asked first, and where it is
        not, `left` need not be known. A step that was not taken is past no bound, and any day is
        before it.
        """
        if not isinstance(left, e.FactOf):
            return []
        fact = self.rulebook.vocabulary.fact(left.entity, left.fact)
        high = () if fact.goes_on_file else fact.high
        sides = {
            e.Comparison.MORE: high,
            e.Comparison.AT_LEAST: high,
            e.Comparison.LESS: fact.low,
            e.Comparison.AT_MOST: fact.low,
        }
        return [
            self.text(bound)
            for bound in sides.get(comparison, ())
            if isinstance(bound, e.FactOf) and bound.entity in self.scope
        ]

    def _is_pivot(self, expression: e.Expression) -> bool:
        if self.pivot is None or not isinstance(expression, e.FactOf):
            return False
        return (expression.entity, expression.fact) == (self.pivot.entity, self.pivot.name)

    def _one_of(self, operand: e.Expression, options: tuple[e.Expression, ...]) -> Code:
        constant = all(isinstance(option, e.Constant) for option in options)
        values = frozenset(o.value for o in options if isinstance(o, e.Constant))
        if constant and self._is_pivot(operand):
            return self.value in values
        if constant and operand.type.kind in (Kind.CHOICE, Kind.TEXT):
            return f"({self.text(operand)} in {self.source.constant(values)})"
        listed = ", ".join(self.text(option) for option in options)
        return f"({self.text(operand)} in ({listed},))"

    # --- arithmetic ---

    def _computed(self, expression: e.Computed, rounding: Rounding | None) -> str:
        left, right = expression.left, expression.right
        if right.type.kind is Kind.PERIOD:
            return self._moved(expression, rounding)
        one, two = self.text(left), self.text(right)
        if left.type.kind is Kind.DATE:
            return f"({one} - {two}).days"
        if left.type.kind not in _ORDERED:
            raise NotCompiled
        found = f"({one} {_OPERATORS[expression.operation]} {two})"
        if self.whole(left) and self.whole(right):
            return found
        return f"{self.source.constant(plain)}{found}"

    def _moved(self, expression: e.Computed, rounding: Rounding | None) -> str:
        if expression.left.type.kind is not Kind.DATE:
            raise NotCompiled
        period: object = None
        if isinstance(expression.right, e.Constant):
            period = expression.right.value
        elif isinstance(expression.right, e.ParameterValue):
            period = self.figures(expression.right.name)
        day = self.text(expression.left)
        if isinstance(period, Period):
            # Law moves by few periods and cases repeat their days: each is computed once.
            return f"{self.source.keep(Moved(period, expression.operation, rounding))}[{day}]"
        how = f"{self.source.constant(expression.operation)}, {self.source.constant(rounding)}"
        return f"{self.source.constant(move)}({day}, {self.text(expression.right)}, {how})"

    def _rounded(self, expression: e.Rounded) -> str:
        inner, rounding = expression.operand, expression.rounding
        if expression.type.kind is Kind.DATE:
            if isinstance(inner, e.Computed):
                return self._computed(inner, rounding)
            raise NotCompiled
        if self.whole(inner):
            return self.text(inner)
        if isinstance(inner, e.Computed) and inner.operation is e.Operation.MULTIPLY:
            for one, two in ((inner.left, inner.right), (inner.right, inner.left)):
                rate = self._rate(two)
                if rate is not None and self.whole(one):
                    return self._share(self.text(one), rate, rounding)
        return (
            f"{self.source.constant(settle)}({self.text(inner)}, {self.source.constant(rounding)})"
        )

    def _rate(self, expression: e.Expression) -> Fraction | None:
        found: object = None
        if isinstance(expression, e.Constant):
            found = expression.value
        elif isinstance(expression, e.ParameterValue):
            found = self.figures(expression.name)
        return found if isinstance(found, Fraction) else None

    def _share(self, amount: str, rate: Fraction, rounding: Rounding) -> str:
        over, under = rate.numerator, rate.denominator
        match rounding:
            case Rounding.DOWN:
                return f"({amount} * {over} // {under})"
            case Rounding.UP:
                return f"(-(-{amount} * {over} // {under}))"
            case Rounding.HALF_EVEN:
                exact = f"{amount} * {self.source.constant(rate)}"
                return f"{self.source.constant(settle)}({exact}, {self.source.constant(rounding)})"

    def whole(self, expression: e.Expression) -> bool:
        """Tell whether the value is surely a whole number, never a fraction."""
        match expression:
            case e.Constant(value=value):
                return not isinstance(value, Fraction)
            case e.ParameterValue(name=name):
                return not isinstance(self.figures(name), Fraction)
            case e.Defined(name=name):
                return self.whole(self.rulebook.definitions[name].body)
            case e.Looked(name=name):
                return all(self.whole(row.result) for row in self.rulebook.tables[name].rows)
            case e.Rounded() | e.Tallied():
                return True
            case e.Cases(branches=branches, otherwise=otherwise):
                return all(self.whole(value) for _, value in branches) and self.whole(otherwise)
            case e.Aggregated(body=body):
                counts = expression.aggregation in e.NUMBERED
                return counts or body is None or self.whole(body)
            case e.FactOf(type=kind):
                return kind.kind is not Kind.RATE
            case _:
                return all(self.whole(part) for part in e.children(expression))

    # --- collections and tables ---

    def _aggregated(self, expression: e.Aggregated) -> Code:
        parent = self.rulebook.vocabulary.entities[expression.entity].parent
        owner = self.scope.get(parent)
        if owner is None:
            raise NotCompiled
        elements = f"{owner}[{self.source.constant(f'*{expression.entity}')}]"
        name = self.source.name("x")
        inside = replace(self, scope={**self.scope, expression.entity: name})
        where = inside.text(expression.where) if expression.where is not None else "True"
        body = inside.text(expression.body) if expression.body is not None else None
        loop = f"for {name} in {elements}"
        match expression.aggregation:
            case e.Aggregation.COUNT:
                if expression.where is None:
                    return f"len({elements})"
                return f"sum(1 {loop} if {where})"
            case e.Aggregation.SUM:
                total = f"sum({body or 0} {loop} if {where})"
                whole = expression.body is None or inside.whole(expression.body)
                return total if whole else f"{self.source.constant(plain)}({total})"
            case e.Aggregation.ANY:
                return f"any({where} and {body or False} {loop})"
            case e.Aggregation.ALL:
                return f"all(not {where} or {body or True} {loop})"
            case e.Aggregation.GROUPS | e.Aggregation.LARGEST:
                keys = ", ".join(inside.text(key) for key in expression.keys)
                if expression.aggregation is e.Aggregation.GROUPS:
                    return f"len({{({keys},) {loop} if {where}}})"
                return f"{self.source.constant(largest)}(({keys},) {loop} if {where})"

    def _looked(self, name: str) -> str:
        table = self.rulebook.tables[name]
        inputs = [self.text(item) for item in table.inputs]
        rows = [
            (" and ".join(self._cell(c, i) for c, i in zip(row.cells, inputs, strict=True)), row)
            for row in table.rows
        ]
        if table.hit is Hit.FIRST:
            chain = "".join(f"{self.text(row.result)} if {test} else " for test, row in rows)
            return f"({chain}{self.stop()})"
        tests = "".join(f"{test}, " for test, _ in rows)
        results = "".join(f"lambda: {self.text(row.result)}, " for _, row in rows)
        return f"{self.source.constant(only)}(({tests}), ({results}))"

    def _cell(self, cell: Cell, item: str) -> str:
        tests = []
        if cell.options:
            listed = ", ".join(self.text(option) for option in cell.options)
            tests.append(f"{item} in ({listed},)")
        if cell.low is not None:
            tests.append(f"{item} >= {self.text(cell.low)}")
        if cell.high is not None:
            tests.append(f"{item} <= {self.text(cell.high)}")
        return " and ".join(tests) or "True"
