"""From findings to reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lawengine.base.calendar import Rounding
from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.evaluation.absence import absent_until, is_absent
from lawengine.evaluation.facts import UNKNOWN, Evidence, Origin
from lawengine.evaluation.trace import Finding
from lawengine.explanation.phrasing import domain_label, fact_label, fill, phrase
from lawengine.explanation.reason import Reason
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import COUNT, Kind, Type

MOST_ELEMENTS = 50
"""A collection of which more was read is told by what it comes to, not element by element."""

_NAMED = e.FactOf | e.Defined | e.Looked | e.ParameterValue | e.Constant
_ROUNDED = {
    Rounding.DOWN: Label("{a}, parts of a fen dropped", "{a}（不足一分的舍去）"),
    Rounding.UP: Label("{a}, parts of a fen counted as one", "{a}（不足一分的计为一分）"),
    Rounding.HALF_EVEN: Label("{a}, rounded half to even", "{a}（四舍六入五取偶）"),
}


@dataclass(frozen=True, slots=True)
class Argument:
    """Builds reasons against one rulebook, whose labels it uses."""

    rulebook: Rulebook

    def of(self, finding: Finding) -> Reason:
        """Return the reason for a finding: the condition in words, its truth, its facts below."""
        expression = finding.expression
        if isinstance(expression, e.FactOf):
            return self._fact(finding)
        if isinstance(expression, e.Rounded) and finding.parts[0].domain == finding.domain:
            return self.of(finding.parts[0])  # nothing was dropped: the sum speaks for itself
        chosen, parts = self._chosen(finding), finding.parts
        label = phrase(chosen.expression, self.rulebook)
        if isinstance(expression, e.Rounded) and expression.type.kind is Kind.MONEY:
            label = fill(_ROUNDED[expression.rounding], a=label)
        if chosen is not finding and not isinstance(chosen.expression, _NAMED):
            # The case that applies has been said: below it stand the conditions and its own parts.
            parts = (*(part for part in parts if part is not chosen), *chosen.parts)
        children = tuple(self.of(part) for part in parts if _telling(part))
        if isinstance(expression, e.Aggregated) and len(children) > MOST_ELEMENTS:
            children = (Reason("elements", {"count": len(children), "shown": MOST_ELEMENTS}),)
        law, doubt = self._source(expression)
        name = expression.name if isinstance(expression, e.Defined) else ""
        if expression.type.kind.value == "yes_no":
            return Reason(
                "condition",
                {"what": label},
                finding.truth,
                law,
                doubt,
                definition=name,
                children=children,
            )
        words = {
            "what": label,
            "value": domain_label(finding.domain, _shown_as(expression), self.rulebook),
        }
        if isinstance(expression, e.ParameterValue):
            found = finding.figures
            law = tuple(dict.fromkeys(dated.law for dated in found if dated.law is not None))
            doubt = next((dated.unverified for dated in found if dated.unverified), Label())
            return Reason("figure" if law else "dated_figure", words, None, law, doubt)
        return Reason("value", words, None, law, doubt, definition=name, children=children)

    def _chosen(self, finding: Finding) -> Finding:
        """Return what a choice among cases came to, where one of them is sure; else the choice."""
        expression = finding.expression
        if not isinstance(expression, e.Cases):
            return finding
        conditions = {condition for condition, _ in expression.branches}
        values = [part for part in finding.parts if part.expression not in conditions]
        return values[0] if len(values) == 1 else finding

    def proposed(self, names: Iterable[str]) -> Iterator[Reason]:
        """Yield a reason for each reform that proposes a text: what it says is no law."""
        known = {reform.name: reform.label for reform in self.rulebook.reforms}
        for name in names:
            yield Reason("proposed", {"reform": known.get(name) or Label(name, name)})

    def _source(self, expression: e.Expression) -> tuple[tuple[Citation, ...], Label]:
        """Return the law behind a definition or a table, and why it is not checked."""
        if isinstance(expression, e.Defined):
            definition = self.rulebook.definitions[expression.name]
            return definition.law, definition.unverified
        if isinstance(expression, e.Looked):
            table = self.rulebook.tables[expression.name]
            return table.law, table.unverified
        return (), Label()

    def _fact(self, finding: Finding) -> Reason:
        expression = finding.expression
        if not isinstance(expression, e.FactOf):
            raise TypeError(expression)
        fact = self.rulebook.vocabulary.fact(expression.entity, expression.fact)
        entry = finding.entry
        truth = finding.truth if fact.type.kind.value == "yes_no" else None
        words = {
            "what": fact_label(fact),
            "value": domain_label(finding.domain, fact.type, self.rulebook),
        }
        if entry is not None and entry.origin is Origin.PRESUMED and fact.presumption is not None:
            presumption = fact.presumption
            return Reason(
                "presumed",
                {**words, "because": presumption.because},
                truth=truth,
                law=(presumption.law,) if presumption.law else (),
                fact=finding.key,
                origin=Origin.PRESUMED,
            )
        if entry is not None and is_absent(entry):
            until = absent_until(entry).isoformat()
            return Reason(
                "not_on_file",
                {"what": words["what"], "until": until},
                fact=finding.key,
                origin=Origin.ABSENT,
                evidence=entry.evidence if entry.evidence != Evidence() else None,
            )
        code = "judged" if fact.judgement and finding.domain != UNKNOWN else "fact"
        evidence = entry.evidence if entry is not None and entry.evidence != Evidence() else None
        origin = entry.origin if entry is not None else None
        return Reason(code, words, truth=truth, fact=finding.key, origin=origin, evidence=evidence)


def _shown_as(expression: e.Expression) -> Type:
    """Return the type as which a value is told: 5 % of 40 things are 2 of them, not 200 %."""
    if isinstance(expression, e.Computed) and expression.operation is e.Operation.MULTIPLY:
        kinds = {expression.left.type.kind, expression.right.type.kind}
        if kinds == {Kind.COUNT, Kind.RATE}:
            return COUNT
    return expression.type


def _telling(part: Finding) -> bool:
    """Tell whether a part says more than its words: literals do not."""
    return not isinstance(part.expression, e.Constant)
