"""From findings to reasons."""

from __future__ import annotations

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.evaluation.facts import UNKNOWN, Evidence, Origin
from lawengine.evaluation.trace import Finding
from lawengine.explanation.phrasing import domain_label, fact_label, phrase
from lawengine.explanation.reason import Reason
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Argument:
    """Builds reasons against one rulebook, whose labels it uses."""

    rulebook: Rulebook

    def of(self, finding: Finding) -> Reason:
        """Return the reason for a finding: the condition in words, its truth, its facts below."""
        expression = finding.expression
        if isinstance(expression, e.FactOf):
            return self._fact(finding)
        label = phrase(expression, self.rulebook)
        children = tuple(self.of(part) for part in finding.parts if _telling(part))
        law, doubt = self._source(expression)
        if expression.type.kind.value == "yes_no":
            return Reason(
                "condition", {"what": label}, finding.truth, law, doubt, children=children
            )
        words = {
            "what": label,
            "value": domain_label(finding.domain, expression.type, self.rulebook),
        }
        if isinstance(expression, e.ParameterValue):
            found = finding.figures
            law = tuple(dict.fromkeys(dated.law for dated in found if dated.law is not None))
            doubt = next((dated.unverified for dated in found if dated.unverified), Label())
            return Reason("figure" if law else "dated_figure", words, None, law, doubt)
        return Reason("value", words, None, law, doubt, children=children)

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
        code = "judged" if fact.judgement and finding.domain != UNKNOWN else "fact"
        evidence = entry.evidence if entry is not None and entry.evidence != Evidence() else None
        origin = entry.origin if entry is not None else None
        return Reason(code, words, truth=truth, fact=finding.key, origin=origin, evidence=evidence)


def _telling(part: Finding) -> bool:
    """Tell whether a part says more than its words: literals do not."""
    return not isinstance(part.expression, e.Constant)
