"""The states of rules where facts are open: two-valued code first, the reference for the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from lawengine.base.truth import Truth, truth
from lawengine.compiled.expressions import Code, Held, Writer, statuses_of
from lawengine.compiled.index import CHAIN, Index, conditions, era_of, looks, turning_days
from lawengine.compiled.outcome import Facts
from lawengine.compiled.source import NotCompiled, Source
from lawengine.evaluation.facts import Domain, FactKey
from lawengine.evaluation.intervals import days
from lawengine.evaluation.states import StateFinding, States
from lawengine.evaluation.trace import Finding
from lawengine.model import expressions as e
from lawengine.model.rules import Rule, Version
from lawengine.model.scenarios import RuleState

Established = Callable[[str], bool]
Met = Callable[[Facts, Facts, Facts, Established], bool]
"""Whether the conditions of a version are met, from exact facts and the states of other rules.

Raises:
    KeyError: a fact or a state that it asks for is open.
"""


@dataclass(slots=True)
class Shortcuts:
    """Two-valued code for the conditions of single rules, each made when it is first asked for."""

    index: Index
    held: Held | None = None
    _turns: dict[str, list[date]] = field(default_factory=dict)
    _made: dict[tuple[str, int], Met | None] = field(default_factory=dict)

    def met(self, rule: Rule, version: Version, day: Domain) -> Met | None:
        """Return the code for a version, or None where only the reference can answer.

        `day` is exact or within bounds: a figure that changes inside them has no code.
        """
        if rule.name not in self._turns:
            self._turns[rule.name] = turning_days([rule.name], self.index)
        era = era_of(self._turns[rule.name], day)
        if era is None:
            return None
        key = (rule.name, era)
        if key not in self._made:
            self._made[key] = self._make(version, days(day)[0])
        return self._made[key]

    def _make(self, version: Version, day: date) -> Met | None:
        asked = list(conditions(version))
        # Rows of a table that clash are reported even where other conditions settle the rule.
        if any(looks(part, self.index.rulebook) for part in asked):
            return None
        parameters = self.index.rulebook.parameters
        source = Source()

        def figure(name: str) -> e.Value | None:
            found = parameters[name].at(day)
            return found.value if found is not None else None

        def state(rule: str) -> Code:
            return f"established({source.constant(rule)})"

        scope = {name: name for name in CHAIN}
        statuses = statuses_of(self.held)
        ratings = self.index.ratings
        writer = Writer(
            source, self.index.rulebook, scope, figure, state, statuses=statuses, ratings=ratings
        )
        try:
            tests = [f"not {writer.text(part)}" for part in version.exclusions]
            if version.when is not None:
                tests.insert(0, writer.text(version.when))
        except NotCompiled:
            return None
        source.add(1, f"return {' and '.join(tests) or True}")
        made: Met = source.function("met(case, party, act, established)")
        return made


@dataclass(slots=True)
class OpenStates(States):
    """Asks the rules that a case can touch, where some of its facts are missing or bounded.

    What exact facts settle by two-valued code needs no look at what is open; only conditions that
    do hang on an open fact are read by the reference evaluator. Every other rule is out.
    """

    shortcuts: Shortcuts = field(kw_only=True)
    facts: tuple[Facts, Facts, Facts] = field(kw_only=True)
    touched: frozenset[str] = field(kw_only=True)

    def state(self, name: str) -> StateFinding:
        """Return the state of a rule."""
        if name not in self.known and name not in self.touched:
            rule = self.scene.rulebook.rules[name]
            self.known[name] = StateFinding(rule, None, RuleState.NOT_ESTABLISHED)
        return States.state(self, name)

    def read(
        self, rule: Rule, version: Version, day: Domain, key: FactKey | None
    ) -> tuple[Truth, Finding | None, tuple[Finding, ...]]:
        """Return whether the conditions are met; what they found only where something is open."""
        met = self.shortcuts.met(rule, version, day)
        if met is not None:
            try:
                return truth(met(*self.facts, self._exactly)), None, ()
            except KeyError:
                pass
        return States.read(self, rule, version, day, key)

    def _exactly(self, name: str) -> bool:
        """Return whether a rule counts as established.

        Raises:
            KeyError: that is open.
        """
        result = self.established(name).truth
        if result is Truth.UNKNOWN:
            raise KeyError(name)
        return result is Truth.TRUE
