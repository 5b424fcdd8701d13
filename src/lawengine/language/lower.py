"""Lowering: from syntax trees to the typed rulebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lawengine.base.collecting import uncollected
from lawengine.base.diagnostic import Diagnostic, in_order
from lawengine.language import syntax as s
from lawengine.language.lower_ratings import RatingLowering
from lawengine.language.lower_rules import RuleLowering
from lawengine.language.lower_scenarios import lower_scenario
from lawengine.language.lower_standards import StandardLowering
from lawengine.language.lower_values import ValueLowering
from lawengine.language.lower_vocabulary import VocabularyLowering
from lawengine.language.resolve import Symbols, resolve
from lawengine.model.rulebook import Rulebook, Standing
from lawengine.model.scenarios import Scenario


@dataclass(frozen=True, slots=True)
class Lowered:
    """The rulebook of everything that could be lowered, and what was wrong."""

    rulebook: Rulebook
    symbols: Symbols
    diagnostics: tuple[Diagnostic, ...]


@uncollected
def lower(
    trees: Sequence[s.FileNode],
    instruments: Mapping[str, str],
    standings: Mapping[str, Standing] | None = None,
) -> Lowered:
    """Return the typed rulebook of all files together, and every diagnostic.

    `instruments` maps each name of an instrument, in either language, to its identifier; a name
    that it lacks stays as written (a check reports it). `standings` says how they rank.
    """
    nodes = [node for tree in trees for node in tree.declarations]
    return _Lowering(resolve(trees), dict(instruments), nodes, dict(standings or {})).run()


@dataclass
class _Lowering(VocabularyLowering, ValueLowering, RuleLowering, RatingLowering, StandardLowering):
    """All parts together."""

    def _told_once(self) -> list[Diagnostic]:
        """Return what is wrong; without any vocabulary that alone, not each name that it lacks."""
        strange = [found for found in self.diagnostics if found.code == "LAW201"]
        if not strange or any(isinstance(node, s.EntityNode) for node in self.nodes):
            return self.diagnostics
        first = in_order(strange)[0]
        return [Diagnostic("LAW253", first.span, {"n": len(strange)})]

    def run(self) -> Lowered:
        for node in self.each(s.ReformNode):
            self.report("LAW337", node.span, name=node.name.text)  # type: ignore[union-attr]  # each()
        vocabulary = self.vocabulary()
        vocabulary.choices.update(self.level_choices())  # type: ignore[attr-defined]  # made here
        for node in self.each(s.ParameterNode):
            self.value_type(self.symbols.values[node.name.text], node.span)  # type: ignore[union-attr]  # the parser leaves no name out here
        for kind in (s.DefinitionNode, s.TableNode):
            for node in self.each(kind):
                self.value_type(self.symbols.values[node.name.text], node.span)  # type: ignore[union-attr]  # the parser leaves no name out here
        rules = {}
        for node in self.each(s.RuleNode):
            rule = self.rule(node)  # type: ignore[arg-type]  # each() yields that class
            rules[rule.name] = rule
        self.cycles(rules)
        statuses = {}
        for node in self.each(s.StatusNode):
            status = self.status(node)  # type: ignore[arg-type]  # each() yields that class
            if status is not None:
                statuses[status.name] = status
        scores, grades = self.ratings()
        self.status_cycles(statuses, scores, grades)
        standards = {}
        for node in self.each(s.StandardNode):
            standard = self.standard(node)  # type: ignore[arg-type]  # each() yields that class
            standards[standard.name] = standard
        scenarios: list[Scenario] = []
        for node in self.each(s.ScenarioNode):
            scenario = lower_scenario(node, self.inference, self.cite)  # type: ignore[arg-type]  # one kind of node has one lowering
            if scenario is not None:
                scenarios.append(scenario)
        rulebook = Rulebook(
            vocabulary, self.parameters, self.definitions, self.tables, rules, tuple(scenarios),
            self.standings, statuses, scores, grades, standards,
        )  # fmt: skip
        self.diagnostics = self._told_once()
        self.diagnostics += self.symbols.diagnostics
        return Lowered(rulebook, self.symbols, in_order(self.diagnostics))
