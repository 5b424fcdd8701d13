"""Expressions as NumPy source: conditions in Kleene logic, numbers with their ranges."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from lawengine.base.calendar import Rounding
from lawengine.columns.asking import count, of_element
from lawengine.columns.bounding import Bounder
from lawengine.columns.choices import chosen
from lawengine.columns.days import moved
from lawengine.columns.limits import Limits
from lawengine.columns.lines import Code, Lines, both, either
from lawengine.columns.lookups import looked
from lawengine.columns.ranges import Range
from lawengine.columns.table import HELD
from lawengine.columns.values import (
    NOTHING_KNOWN,
    OPEN,
    Held,
    Number,
    Piece,
    Truth,
    as_number,
    holds_path,
    literal,
    settled_by,
    share_in,
)
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Interval
from lawengine.model.types import Kind
from lawengine.model.vocabulary import Fact

_SIGNS = {
    e.Comparison.EQUAL: "==",
    e.Comparison.UNEQUAL: "!=",
    e.Comparison.AT_LEAST: ">=",
    e.Comparison.AT_MOST: "<=",
    e.Comparison.MORE: ">",
    e.Comparison.LESS: "<",
}
_NUMBERS = frozenset({Kind.MONEY, Kind.COUNT, Kind.DATE})
_OPERATIONS = {
    e.Operation.ADD: ("+", Range.plus),
    e.Operation.SUBTRACT: ("-", Range.minus),
    e.Operation.MULTIPLY: ("*", Range.times),
}


@dataclass(frozen=True, slots=True)
class ColumnWriter:
    """Writes expressions as seen from the rows of one block, or from all (`rows` is "").

    `day` is the path of the fact whose day picks the figures; `states` gives whether a rule is
    established; definitions named in `shared` are computed over all rows, for many ask for them.
    """

    lines: Lines
    rulebook: Rulebook
    columns: Mapping[str, Held]
    day: str
    states: Callable[[str], Truth]
    limits: Limits
    shared: frozenset[str] = frozenset()
    rows: str = ""
    doubts: list[Code] = field(default_factory=list)
    _others: dict[str, ColumnWriter] = field(default_factory=dict)

    # --- rows ---

    def at(self, rows: str) -> ColumnWriter:
        """Return the writer for some rows, or for all."""
        if rows == self.rows:
            return self
        if rows not in self._others:
            self._others[rows] = replace(self, rows=rows)  # both know the same others
        return self._others[rows]

    def whole(self) -> ColumnWriter:
        """Return the writer for all rows."""
        return self.at("")

    def put(self, text: str) -> str:
        """Return the variable that holds `text`."""
        if text.isidentifier() or text.lstrip("-").isdecimal():
            return text
        return self.lines.some(text) if self.rows else self.lines.whole(text)

    def code(self, code: Code) -> Code:
        """Return the code of a column of yes and no in a variable of its own."""
        return code if isinstance(code, bool) else self.put(code)

    def brought(self, name: str, width: str = "") -> str:
        """Return what a variable over all rows holds in these rows.

        Measured: an index takes numbers of four or eight bytes in half the time of `take`, and
        narrower ones in twice the time.
        """
        if not self.rows or not name.isidentifier():
            return name
        wide = width[1:] in {"4", "8"}
        return self.put(f"{name}[{self.rows}]" if wide else f"{name}.take({self.rows})")

    def negated(self, code: Code) -> Code:
        """Return the opposite."""
        return not code if isinstance(code, bool) else self.put(f"~{code}")

    def both(self, *codes: Code) -> Code:
        """Return "and" in a variable of its own."""
        return self.code(both(codes))

    def either(self, *codes: Code) -> Code:
        """Return "or" in a variable of its own."""
        return self.code(either(codes))

    def column(self, path: str) -> tuple[str, Code] | None:
        """Return the variables that hold a column and where it is known; None for no column."""
        held = self.columns.get(path)
        if held is None:
            return None
        key = self.lines.source.constant(path)
        known: Code = True
        if not held.complete:
            known = self.brought(self.lines.whole(f"k[{key}]"))
        return self.brought(self.lines.whole(f"c[{key}]"), held.width), known

    # --- conditions ---

    def open_rows(self, truth: Truth) -> Code:
        """Return where a condition is not settled."""
        if truth.sure:
            return False
        if isinstance(truth.may, str) and isinstance(truth.yes, str):
            return self.put(f"{truth.may} > {truth.yes}")  # "and not", in one operation
        return self.both(truth.may, self.negated(truth.yes))

    def where_known(self, code: Code, known: Code) -> Truth:
        """Return a condition where its facts are known, open elsewhere."""
        if isinstance(code, str) and isinstance(known, str):
            return Truth(self.put(f"{code} & {known}"), self.put(f"{code} >= {known}"))  # "or not"
        return Truth(self.both(code, known), self.either(code, self.negated(known)))

    def lower(self, one: Number, two: Number) -> Number:
        """Return the lower of two numbers."""
        return self.extreme(e.Extreme.LOWER, [one, two])

    def truth(self, expression: e.Expression) -> Truth:
        """Return the source of a condition."""
        match expression:
            case e.Constant(value=value):
                return Truth(bool(value), bool(value))
            case e.Negation(operand=operand):
                yes, may = self.truth(operand)
                return Truth(self.negated(may), self.negated(yes))
            case e.Connection(logic=logic, operands=operands):
                return self.joined(logic, self._operands(operands, logic))
            case e.Defined(name=name):
                return self._defined(name)
            case e.Established(rule=rule):
                yes, may = self.states(rule)
                return Truth(self.bring(yes), self.bring(may))
            case e.FactOf():
                return self._told(expression)
            case e.Compared(comparison=comparison, left=left, right=right):
                return self._compared(comparison, left, right)
            case e.StatusHolds() | e.Aggregated() | e.Looked():
                return self._asked(expression)
            case e.OneOf(operand=operand, options=options):
                parts = [self._compared(e.Comparison.EQUAL, operand, part) for part in options]
                return self.joined(e.Logic.OR, parts)
            case _:
                return OPEN

    def joined(self, logic: e.Logic, parts: Sequence[Truth]) -> Truth:
        """Return conditions joined by "and" or "or"."""
        join = both if logic is e.Logic.AND else either
        yes = self.code(join([part.yes for part in parts]))
        if all(part.sure for part in parts):
            return Truth(yes, yes)
        return Truth(yes, self.code(join([part.may for part in parts])))

    def _looked(self, name: str) -> Truth:
        """Return what a table says whose rows give yes or no."""
        rows = [(counts, self.truth(result)) for counts, result in looked(name, self)]
        yes = self.either(*(self.both(counts, truth.yes) for counts, truth in rows))
        no = (self.both(counts, self.negated(truth.may)) for counts, truth in rows)
        return Truth(yes, self.negated(self.either(*no)))

    def _operands(self, operands: Sequence[e.Expression], logic: e.Logic) -> list[Truth]:
        """Return the operands up to the first one that settles all rows by itself."""
        settling = logic is e.Logic.OR
        parts = []
        for operand in operands:
            parts.append(self.truth(operand))
            if parts[-1] == (settling, settling):
                break
        return parts

    def bring(self, code: Code) -> Code:
        """Return what a code over all rows is in these rows."""
        return code if isinstance(code, bool) else self.brought(code)

    def _defined(self, name: str) -> Truth:
        body = self.rulebook.definitions[name].body
        if self.rows and name in self.shared:
            yes, may = self.whole().truth(body)
            return Truth(self.bring(yes), self.bring(may))
        return self.truth(body)

    def _told(self, expression: e.FactOf) -> Truth:
        found = self.flagged(f"{expression.entity}.{expression.fact}")
        return self._presumed(expression) if found is None else found

    def _presumed(self, expression: e.FactOf) -> Truth:
        fact = self._fact(expression)
        if fact is None or fact.presumption is None:
            return OPEN
        return Truth(bool(fact.presumption.value), bool(fact.presumption.value))

    def _fact(self, expression: e.FactOf) -> Fact | None:
        entity = self.rulebook.vocabulary.entities.get(expression.entity)
        return entity.facts.get(expression.fact) if entity is not None else None

    def _asked(self, expression: e.StatusHolds | e.Aggregated | e.Looked) -> Truth:
        if isinstance(expression, e.Looked):
            return self._looked(expression.name)
        if isinstance(expression, e.Aggregated):
            return of_element(expression, self)
        if expression.since is not None:
            return self._stood(expression.status)
        return self._holds(expression.status)

    def _stood(self, name: str) -> Truth:
        """Return whether the party is on a list, or was since some day: open where it is not."""
        return Truth(self._holds(name).yes, True)

    def _holds(self, name: str) -> Truth:
        """Return whether the party is on a list, has a benefit, is in breach of a duty."""
        return self.flagged(holds_path(name)) or OPEN

    def flagged(self, path: str) -> Truth | None:
        """Return the truth of a column of yes and no, None for no column."""
        found = self.column(path)
        if found is None:
            return None
        value, known = found
        return self.where_known(value, known)

    def _compared(self, comparison: e.Comparison, left: e.Expression, right: e.Expression) -> Truth:
        if left.type.kind is Kind.CHOICE:
            return chosen(comparison, (left, right), self)
        if left.type.kind not in _NUMBERS:
            return OPEN
        one, two = self.number(left), self.number(right)
        if self.both(one.known, two.known) is True:
            return self.related(comparison, one, two)
        found = Bounder(self).compared(comparison, left, right)
        if found is not None:
            return found
        if not self.rows:
            self.doubts.append(self.negated(self.both(one.known, two.known)))
        return self.related(comparison, one, two)

    def related(self, comparison: e.Comparison, one: Number, two: Number) -> Truth:
        """Return how two numbers compare; it is open where one is not known."""
        known = self.both(one.known, two.known)
        if known is False:
            return OPEN
        found: Code | None = settled_by(comparison, one.range, two.range)
        if found is None:
            found = self.put(f"{one.text} {_SIGNS[comparison]} {two.text}")
        return self.where_known(found, known)

    # --- numbers ---

    def number(self, expression: e.Expression) -> Number:
        """Return the source of an amount, a count or a day; `NOTHING_KNOWN` where it has none."""
        match expression:
            case e.Constant(value=value):
                return as_number(value)
            case e.FactOf(entity=entity, fact=name):
                return self.read(f"{entity}.{name}", expression.type.kind)
            case e.ParameterValue(name=name):
                pieces = [(force, as_number(value)) for force, value in self.figure(name)]
                return self.picked(pieces)
            case e.Defined() | e.Looked():
                return self._named(expression)
            case e.Rounded(operand=operand, rounding=rounding):
                return self._rounded(operand, rounding)
            case e.Computed():
                return self._computed(expression, None)
            case e.Chosen(extreme=extreme, operands=operands):
                return self.extreme(extreme, [self.number(part) for part in operands])
            case e.Cases(branches=branches, otherwise=otherwise):
                return self._cases(branches, otherwise)
            case e.Aggregated():
                return count(expression, self)
            case _:
                return NOTHING_KNOWN

    def read(self, path: str, kind: Kind) -> Number:
        """Return what a column holds; `NOTHING_KNOWN` where no column holds numbers of the kind."""
        found = self.column(path) if kind in HELD else None
        if found is None:
            return NOTHING_KNOWN
        held = self.columns[path]
        return Number(found[0], held.range, held.width, found[1])

    def _named(self, expression: e.Defined | e.Looked) -> Number:
        name = expression.name
        if isinstance(expression, e.Looked):
            rows = looked(name, self)
            return self.picked([(counts, self.number(result)) for counts, result in rows])
        body = self.rulebook.definitions[name].body
        if not self.rows or name not in self.shared:
            return self.number(body)
        return self.taken(self.whole().number(body))

    def taken(self, number: Number) -> Number:
        """Return a number that is worked out over all rows, in these rows."""
        return number._replace(
            text=self.brought(number.text, number.width), known=self.bring(number.known)
        )

    def figure(self, name: str) -> Sequence[Piece]:
        """Return the values that a figure takes on the days of these rows."""
        values = self.rulebook.parameters[name].values
        found = [(self.in_force(value.interval), value.value) for value in values]
        found = [(force, value) for force, value in found if force is not False]
        if found and all(value == found[0][1] for _, value in found):
            return [(self.either(*(force for force, _ in found)), found[0][1])]
        return found

    def in_force(self, interval: Interval) -> Code:
        """Return where the day of the law lies in the interval."""
        held = self.columns[self.day]
        tests: list[Code] = []
        column = self.column(self.day)
        if column is None:
            raise RuntimeError(self.day)
        low = as_number(interval.start).range.low
        if low > held.range.high:
            return False
        if low > held.range.low:
            tests.append(self.put(f"{column[0]} >= {low}"))
        if interval.end is not None:
            high = as_number(interval.end).range.low
            if high < held.range.low:
                return False
            if high < held.range.high:
                tests.append(self.put(f"{column[0]} <= {high}"))
        return self.both(*tests)

    def picked(self, pieces: Sequence[tuple[Code, Number]]) -> Number:
        """Return the number of the piece that applies; none is unknown."""
        if not pieces:
            return NOTHING_KNOWN
        *more, (force, found) = pieces
        known = self.both(force, found.known)
        for mask, piece in more:
            found = self.where(mask, piece, found)
            known = self.either(known, self.both(mask, piece.known))
        return found._replace(known=known)

    def where(self, mask: Code, one: Number, two: Number) -> Number:
        """Return one number where the mask says yes, and the other elsewhere."""
        if isinstance(mask, bool):
            return one if mask else two
        spanned = one.range.span(two.range)
        if one.width == two.width == "" and one.text == two.text:
            return one
        if one.width == two.width == "":
            return self._stepped(mask, int(one.text), int(two.text))
        width = spanned.width
        text = self.put(f"picked({mask}, {self.cast(one, width)}, {self.cast(two, width)})")
        return Number(text, spanned, width, known=True)

    def _stepped(self, mask: str, one: int, two: int) -> Number:
        spanned = Range(min(one, two), max(one, two))
        width = spanned.span(Range(one - two, one - two)).width
        if not width:
            return NOTHING_KNOWN
        step = (
            f"{mask}.view(i1) * {one - two}" if width == "i1" else f"{mask} * {width}({one - two})"
        )
        text = self.put(f"{two} + {self.put(step)}" if two else step)
        return Number(text, spanned, width, known=True)

    def cast(self, number: Number, width: str) -> str:
        """Return the number in a wider type."""
        if not number.width or number.width == width:
            return number.text if number.width else f"{width}({number.text})"
        return self.put(f"{number.text}.astype({width})")

    def _cases(
        self, branches: tuple[tuple[e.Expression, e.Expression], ...], otherwise: e.Expression
    ) -> Number:
        found = self.number(otherwise)
        known = found.known
        for condition, value in reversed(branches):
            truth, one = self.truth(condition), self.number(value)
            if not one.range.span(found.range).width:
                return NOTHING_KNOWN
            found = self.where(truth.yes, one, found)
            if truth.sure and one.known is True and known is True:
                continue
            met = self.both(truth.yes, one.known)
            known = self.either(met, self.both(self.negated(truth.may), known))
        return found._replace(known=known)

    def extreme(self, extreme: e.Extreme, parts: list[Number]) -> Number:
        """Return the higher or the lower of several, known where all of them are."""
        found = parts[0]
        best = max if extreme is e.Extreme.HIGHER else min
        for part in parts[1:]:
            known = self.both(found.known, part.known)
            ends = zip(found.range, part.range, strict=True)
            chosen = Range(*(best(pair) for pair in ends))
            if not found.width and not part.width:
                found = literal(best(int(found.text), int(part.text)))._replace(known=known)
                continue
            width = found.range.span(part.range).width
            name = "maximum" if extreme is e.Extreme.HIGHER else "minimum"
            text = self.put(f"{name}({self.cast(found, width)}, {self.cast(part, width)})")
            found = Number(text, chosen, width, known)
        return found

    # --- arithmetic ---

    def _computed(self, expression: e.Computed, rounding: Rounding | None) -> Number:
        left, right = expression.left, expression.right
        if right.type.kind is Kind.PERIOD:
            return moved(self.number(left), expression, rounding, self)
        if left.type.kind not in _NUMBERS or right.type.kind not in _NUMBERS:
            return NOTHING_KNOWN
        return self.calculated(expression.operation, self.number(left), self.number(right))

    def calculated(self, operation: e.Operation, one: Number, two: Number) -> Number:
        """Return the result of exact arithmetic; unknown where no type of NumPy holds it."""
        sign, ranged = _OPERATIONS[operation]
        found = ranged(one.range, two.range)
        known = self.both(one.known, two.known)
        if not one.width and not two.width:
            return literal(found.low)._replace(known=known)
        # INVARIANT: both operands and the result lie in the range of the type: nothing wraps.
        width = found.span(one.range, two.range).width
        if not width or known is False:
            return NOTHING_KNOWN
        texts = [self.cast(part, width) if part.width else part.text for part in (one, two)]
        return Number(self.put(f"{texts[0]} {sign} {texts[1]}"), found, width, known)

    def _rounded(self, operand: e.Expression, rounding: Rounding) -> Number:
        if isinstance(operand, e.Computed) and operand.right.type.kind is Kind.PERIOD:
            return self._computed(operand, rounding)
        if (found := share_in(operand)) is not None:
            amount, rate = found
            return self.share(self.number(amount), rate, rounding)
        return self.number(operand)

    def share(self, amount: Number, rate: e.Expression, rounding: Rounding) -> Number:
        """Return the rounded product of an amount and a rate."""
        pieces: Sequence[Piece] = ()
        if isinstance(rate, e.Constant):
            pieces = [(True, rate.value)]
        elif isinstance(rate, e.ParameterValue):
            pieces = self.figure(rate.name)
        elif isinstance(rate, e.Looked):
            rows = looked(rate.name, self)
            pieces = [(n, r.value if isinstance(r, e.Constant) else "") for n, r in rows]
        found = []
        for force, value in pieces:
            if not isinstance(value, Fraction | int):
                return NOTHING_KNOWN
            found.append((force, self._product(amount, Fraction(value), rounding)))
        return self.picked(found)

    def _product(self, amount: Number, rate: Fraction, rounding: Rounding) -> Number:
        whole = self.calculated(e.Operation.MULTIPLY, amount, literal(rate.numerator))
        under = rate.denominator
        if whole.known is False or under == 1:
            return whole
        if not whole.width or not Range(-under, under).width:
            return NOTHING_KNOWN
        ends = Range(whole.range.low // under, -(-whole.range.high // under))
        width = whole.range.span(Range(0, under * 2)).width
        if not width:
            return NOTHING_KNOWN
        text = self.put(f"share_{rounding.value}({self.cast(whole, width)}, {under})")
        return Number(text, ends, width, whole.known)
