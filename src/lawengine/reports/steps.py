"""From reasons to the steps a reader sees, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Language
from lawengine.base.truth import Truth
from lawengine.evaluation.facts import Evidence, Origin
from lawengine.explanation.prune import prune
from lawengine.explanation.reason import Bilingual, Reason
from lawengine.explanation.sentences import sentence
from lawengine.reports.document import Step, TruthStyle
from lawengine.reports.naming import Names
from lawengine.reports.wording import word

_TRUTHS: dict[Truth | None, TruthStyle] = {
    Truth.TRUE: "yes",
    Truth.FALSE: "no",
    Truth.UNKNOWN: "unknown",
    None: "",
}
_MARKED = frozenset({"condition", "fact", "judged", "presumed"})
"""Their sentences do not say whether they hold; those of all others do."""
_FEW = 2
"""So many steps below a definition are told again rather than looked up."""
_EVIDENCE = ("source", "recorded_by", "because", "evidence", "named_law")


@dataclass(slots=True)
class Stepper:
    """Turns reasons into steps; a rule or definition explained already is not explained again."""

    names: Names
    full: bool
    _told: set[Step] = field(default_factory=set)

    def steps(self, reasons: Iterable[Reason]) -> tuple[Step, ...]:
        """Return the steps of several reasons, pruned unless everything was asked for."""
        if self.full:
            found = [self._step(reason, (), above_unverified=False) for reason in reasons]
        else:
            found = list(self._gathered([prune(reason) for reason in reasons]))
        return tuple(self._once(step) for step in found)

    def _gathered(self, reasons: Iterable[Reason]) -> Iterable[Step]:
        """Return the steps of several reasons, measures on the same grounds in one."""
        found: dict[object, Step] = {}
        for number, reason in enumerate(reasons):
            if reason.code == "effect_not" and not reason.children:
                continue  # no such rule was in force then: the short form leaves it out
            step = self._step(reason, (), above_unverified=False)
            measure = reason.words.get("measure")
            if not isinstance(measure, Bilingual):
                found[number] = step
                continue
            key = replace(step, text="")
            first = found.setdefault(key, step)
            if first is not step:
                text = f"{first.text}{self._semicolon}{measure.text(self.names.language)}"
                found[key] = replace(first, text=text)
        return found.values()

    @property
    def _semicolon(self) -> str:
        return "；" if self.names.language == "zh" else "; "

    def _step(self, reason: Reason, above: tuple[Citation, ...], *, above_unverified: bool) -> Step:
        law = reason.law or above
        unverified = bool(reason.unverified) or above_unverified
        return Step(
            text=sentence(reason, self.names.language),
            truth=_TRUTHS[reason.truth if reason.code in _MARKED else None],
            law=self.names.citations(reason.law) if reason.law != above else "",
            unverified=unverified and not above_unverified,
            source=self._source(reason),
            is_rule=reason.code.startswith("rule_"),
            is_definition=bool(reason.definition),
            children=tuple(
                self._step(child, law, above_unverified=unverified) for child in reason.children
            ),
        )

    def _once(self, step: Step) -> Step:
        if (step.is_rule and step.children) or (step.is_definition and _long(step)):
            # The same one reads the same wherever it stands; what stands above only decides
            # whether the law is named once more.
            plain = replace(step, law="", unverified=False)
            if plain in self._told:
                note = word("as_above", self.names.language)
                space = "" if self.names.language == "zh" else " "
                return replace(step, text=f"{step.text}{space}{note}", children=())
            self._told.add(plain)
        return replace(step, children=tuple(self._once(child) for child in step.children))

    def _source(self, reason: Reason) -> str:
        language = self.names.language
        if reason.origin is Origin.DERIVED:
            return word("derived", language)
        if reason.origin is Origin.ASSUMED:
            return word("assumed_fact", language)
        if reason.evidence is None:
            return ""
        parts = zip(_EVIDENCE, _evidence(reason.evidence, language), strict=True)
        found = [word(key, language, text=text) for key, text in parts if text]
        return self._semicolon.join(found)


def _long(step: Step) -> bool:
    return sum(1 for _ in step.below()) > _FEW


def _evidence(evidence: Evidence, language: Language) -> tuple[str, str, str, str, str]:
    source = ", ".join(part for part in (evidence.source, evidence.on) if part)
    said = evidence.because
    because = said if isinstance(said, str) else said.text(language)
    return source, evidence.recorded_by, because, evidence.evidence, evidence.law
