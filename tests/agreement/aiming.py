"""Values under which conditions hold, for drawn cases to aim at: chance alone seldom meets them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from lawengine.model.expressions import (
    Compared,
    Comparison,
    Connection,
    Constant,
    Defined,
    Expression,
    FactOf,
    Logic,
    Negation,
    OneOf,
    Value,
)
from lawengine.model.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Archer:
    """Finds values of facts under which a condition holds, or does not: what one reading sees."""

    rulebook: Rulebook
    random: Random

    def aims(self, wanted: Iterable[tuple[Expression | None, bool]]) -> dict[str, Value]:
        """Return values by the paths of facts; of conditions that clash the later has its way."""
        found: dict[str, Value] = {}
        for condition, want in wanted:
            if condition is not None:
                self._demand(condition, found, want=want)
        return found

    def _demand(self, condition: Expression, found: dict[str, Value], *, want: bool) -> None:
        draw = self.random
        match condition:
            case FactOf():
                found[path_of(condition)] = want
            case Negation(operand=operand):
                self._demand(operand, found, want=not want)
            case Defined(name=name):
                self._demand(self.rulebook.definitions[name].body, found, want=want)
            case Connection(logic=logic, operands=operands):
                every = (logic is Logic.AND) is want
                for operand in operands if every else [draw.choice(operands)]:
                    self._demand(operand, found, want=want)
            case Compared(comparison=how, left=FactOf() as left, right=Constant(value=value)):
                if isinstance(value, int) and not isinstance(value, bool):
                    off = draw.choice([0, 0, 1, -1]) + (want if how is Comparison.MORE else 0)
                    found[path_of(left)] = max(value + off, 0)
                elif (how is Comparison.EQUAL) is want:
                    found[path_of(left)] = value
            case OneOf(operand=FactOf() as left, options=options) if want:
                option = draw.choice(options)
                if isinstance(option, Constant):
                    found[path_of(left)] = option.value
            case _:
                return


def path_of(fact: FactOf) -> str:
    """Return `entity.fact`, as `Fact.path` has it."""
    return f"{fact.entity}.{fact.fact}"
