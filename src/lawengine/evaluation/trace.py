"""What an evaluation found: the value of every part, where it came from, what would settle it."""

from __future__ import annotations

from dataclasses import field

from lawengine.base.dataclass import dataclass
from lawengine.base.truth import Truth
from lawengine.evaluation.domains import as_truth
from lawengine.evaluation.facts import Domain, Entry, FactKey
from lawengine.model.expressions import Comparison, Expression, Value
from lawengine.model.rules import DatedValue


@dataclass(frozen=True, slots=True)
class Cut:
    """The point at which an unknown value decides a comparison."""

    comparison: Comparison
    value: Value


@dataclass(frozen=True, slots=True)
class Need:
    """A fact that would settle an open question.

    `cut` says how: the comparison that must be decided. `key.fact` is empty where it is the list
    of elements itself that is missing.
    """

    key: FactKey
    cut: Cut | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A condition that hangs on several facts at once, so that no single fact can be split.

    `tier` counts the tiers of the rule's version in the order of the text; -1 is the rule itself,
    -2 whether another rule excludes it. `band` counts the alternatives of the fines there, -1 is
    none of them. `wording` tells apart what different versions ask at the same place.
    """

    rule: str
    tier: int = -1
    band: int = -1
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """What keeps part of the outcome open, and the facts it hangs on.

    `question` is None for an amount: only its facts can be asked, not whether it is met.
    """

    question: Question | None
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """The value of one expression with the findings of its parts.

    `entry` is what the file says, for a fact; `key` which fact it is. `figures` are the values of a
    dated figure that may be in force on the day.
    """

    expression: Expression
    domain: Domain
    needs: tuple[Need, ...] = ()
    parts: tuple[Finding, ...] = ()
    key: FactKey | None = None
    entry: Entry | None = None
    clash: tuple[str, ...] = field(default=())
    figures: tuple[DatedValue, ...] = ()

    @property
    def truth(self) -> Truth:
        """Return the truth value of a yes/no finding."""
        return as_truth(self.domain)

    def facts(self) -> dict[FactKey, Entry]:
        """Return every fact that was read, with what the file says."""
        found: dict[FactKey, Entry] = {}
        stack = [self]
        while stack:
            finding = stack.pop()
            if finding.key is not None and finding.entry is not None:
                found[finding.key] = finding.entry
            stack.extend(finding.parts)
        return found


def merge_needs(*groups: tuple[Need, ...]) -> tuple[Need, ...]:
    """Return the needs of all groups in order, each once."""
    return tuple(dict.fromkeys(need for group in groups for need in group))
