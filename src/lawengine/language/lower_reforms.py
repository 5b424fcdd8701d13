"""Lowering of reforms, against a rulebook that was read before."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lawengine.base.diagnostic import Diagnostic, in_order, nearest
from lawengine.base.label import Label
from lawengine.language import syntax as s
from lawengine.language.infer import STATUS_WORDS
from lawengine.language.keywords import TABLE
from lawengine.language.known import symbols_of
from lawengine.language.lower import lower
from lawengine.language.lower_rules import RuleLowering
from lawengine.language.lower_scenarios import lower_scenario
from lawengine.language.lower_statuses import StatusLowering
from lawengine.language.lower_values import ValueLowering
from lawengine.language.resolve import Symbol, SymbolKind, Symbols
from lawengine.language.token_meanings import EFFECTS, ENDINGS, MEASURES
from lawengine.model import expressions as e
from lawengine.model import reforms as f
from lawengine.model.rulebook import Rulebook, as_data
from lawengine.model.rules import Interval, Tier
from lawengine.model.statuses import EndingKind, StatusKind

_RULE = Label("rule", "规则")
_STATUS_CLAUSES = {"runs": "LASTS", "measures": "MEASURE"}
_RULE_CLAUSES = {"consequences": "THEN", "tiers": "IF"}


@dataclass(frozen=True, slots=True)
class LoweredReforms:
    """The reforms of some texts, every name they could use, and what was wrong."""

    reforms: tuple[f.Reform, ...]
    symbols: Symbols
    diagnostics: tuple[Diagnostic, ...]


def lower_reforms(
    trees: Sequence[s.FileNode], rulebook: Rulebook, instruments: Mapping[str, str]
) -> LoweredReforms:
    """Return the reforms that the files propose against `rulebook`.

    What a file declares below a reform is added by it. A clause that names nothing there is, or
    that is wrong in itself, is reported and left out.
    """
    symbols = symbols_of(rulebook)
    nodes = [node for tree in trees for node in tree.declarations]
    for node in nodes:
        symbols.add(node)
    return _ReformLowering(symbols, dict(instruments), nodes, {}, base=rulebook).run(trees)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What files of rules and of reforms mean together: equal where they say the same."""

    rules: str
    reforms: str
    symbols: Symbols
    diagnostics: tuple[Diagnostic, ...]

    def same(self, other: Meaning) -> bool:
        """Tell whether both mean the same."""
        return (self.rules, self.reforms) == (other.rules, other.reforms)


def meaning_of(trees: Sequence[s.FileNode], instruments: Mapping[str, str]) -> Meaning:
    """Return what files mean together; those of reforms are read against all the others."""
    law = lower([tree for tree in trees if not tree.proposes], instruments)
    proposals = [tree for tree in trees if tree.proposes]
    if not proposals:
        return Meaning(law.rulebook.content_hash, "", law.symbols, law.diagnostics)
    found = lower_reforms(proposals, law.rulebook, instruments)
    diagnostics = in_order((*law.diagnostics, *found.diagnostics))
    said = repr(as_data(found.reforms))
    return Meaning(law.rulebook.content_hash, said, found.symbols, diagnostics)


def circles(rulebook: Rulebook) -> tuple[Diagnostic, ...]:
    """Return what is wrong with how the norms of a rulebook hang on each other, or nothing."""
    lowering = _ReformLowering(Symbols(), {}, [], {}, base=rulebook)
    lowering.definitions.update(rulebook.definitions)
    lowering.tables.update(rulebook.tables)
    lowering.cycles(rulebook.rules)
    lowering.status_cycles(rulebook.statuses, rulebook.scores, rulebook.grades)
    return in_order(lowering.diagnostics)


@dataclass
class _ReformLowering(ValueLowering, RuleLowering, StatusLowering):
    """Everything but the vocabulary, which no reform changes."""

    base: Rulebook = field(kw_only=True)

    def run(self, trees: Sequence[s.FileNode]) -> LoweredReforms:
        self.proposed = True
        self.types.update({fact.path: fact.type for fact in self.base.vocabulary.facts()})
        self.parameters.update(self.base.parameters)
        self.definitions.update(self.base.definitions)
        self.tables.update(self.base.tables)
        reforms = [found for tree in trees for found in self._file(tree)]
        return LoweredReforms(
            tuple(reforms),
            self.symbols,
            in_order((*self.diagnostics, *self.symbols.diagnostics)),
        )

    # --- files ---

    def _file(self, tree: s.FileNode) -> Iterator[f.Reform]:
        """Yield the reforms of a file, each with the declarations below it."""
        heads = [i for i, n in enumerate(tree.declarations) if isinstance(n, s.ReformNode)]
        first = heads[0] if heads else len(tree.declarations)
        for node in tree.declarations[:first]:
            self.report("LAW338", node.span)
        if not tree.declarations:
            self.report("LAW338", replace(tree.span, end=tree.span.start))
        ends = (*heads, len(tree.declarations))[1:]
        for at, following in zip(heads, ends, strict=True):
            head = tree.declarations[at]
            if isinstance(head, s.ReformNode):
                yield self._reform(head, tree.declarations[at + 1 : following])

    def _reform(self, node: s.ReformNode, added: Sequence[s.Declaration]) -> f.Reform:
        clauses = [self._clause(clause) for clause in node.clauses]
        alias = node.alias.text if node.alias else ""
        parts = self._added(added)
        return f.Reform(
            name=node.name.text,
            alias=alias,
            label=node.label,
            because=node.because,
            amendments=tuple(one for one in clauses if isinstance(one, f.Amendment)),
            figures=tuple(one for one in clauses if isinstance(one, f.NewFigure)),
            repeals=tuple(one for one in clauses if isinstance(one, f.Repealing)),
            span=node.name.span,
            **parts,
        )

    def _added(self, nodes: Sequence[s.Declaration]) -> dict[str, Any]:
        found: dict[str, list[Any]] = {}

        def keep(kind: str, one: object) -> None:
            if one is not None:
                found.setdefault(kind, []).append(one)

        for node in nodes:
            if not self.owns(node):
                continue
            match node:
                case s.RuleNode():
                    keep("rules", self.rule(node))
                case s.StatusNode():
                    keep("statuses", self.status(node))
                case s.ScenarioNode():
                    keep("scenarios", lower_scenario(node, self.inference, self.cite))
                case s.EntityNode():
                    self.report("LAW338", node.span)
                case s.DefinitionNode() | s.ParameterNode() | s.TableNode():
                    name = self.symbols.values[node.name.text].name
                    self.value_type(self.symbols.values[node.name.text], node.span)
                    for kind in ("definitions", "parameters", "tables"):
                        keep(kind, getattr(self, kind).get(name))
        return {kind: tuple(ones) for kind, ones in found.items()}

    # --- clauses ---

    def _clause(self, node: s.ReformClause) -> f.Amendment | f.NewFigure | f.Repealing | None:
        match node:
            case s.AmendNode():
                return self._amendment(node)
            case s.FigureNode():
                return self._figure(node)
            case s.RepealingNode(norm=norm, since=since, span=span):
                symbol = self._norm(norm)
                return f.Repealing(symbol.name, since, span) if symbol else None

    def _norm(self, name: s.Name) -> Symbol | None:
        symbol = self.symbols.rule(name.text) or self.symbols.status(name.text)
        if symbol is None:
            near = nearest(name.text, (*self.symbols.rules, *self.symbols.statuses))
            self.report("LAW330", name.span, suggestion=near, name=name.text)
        return symbol

    def _figure(self, node: s.FigureNode) -> f.NewFigure | None:
        symbol = self.symbols.values.get(node.figure.text)
        if symbol is None or symbol.kind is not SymbolKind.PARAMETER:
            near = nearest(node.figure.text, self.parameters)
            self.report("LAW330", node.figure.span, suggestion=near, name=node.figure.text)
            return None
        kind = self.value_type(symbol, node.figure.span)
        value = self.inference.expect(node.value, kind) if kind else None
        if not isinstance(value, e.Constant):
            if value is not None:
                self.report("LAW226", node.value.span)
            return None
        law = self.cite(node.law) if node.law else None
        return f.NewFigure(symbol.name, f.Reach(node.since, node.on), value.value, law, node.span)

    def _amendment(self, node: s.AmendNode) -> f.Amendment | None:
        symbol = self._norm(node.norm)
        if symbol is None:
            return None
        status = symbol.node if isinstance(symbol.node, s.StatusNode) else None
        if status is None:
            for name, token in _STATUS_CLAUSES.items():
                self._misplaced(getattr(node, name), token, _RULE)
            for ending in node.endings:
                self._misplaced(ending, _token_of(ending.kind), _RULE)
            changes = tuple(self._of_rule(node))
        else:
            for name, token in _RULE_CLAUSES.items():
                self._misplaced(getattr(node, name), token, STATUS_WORDS[status.kind])
            view = self.symbols.view_of(status.entity.text)
            outer = self.inference.view
            self.inference.view, self.inference.of_status = view, True
            changes = tuple(self._of_status(node, status.kind, view))
            self.inference.view, self.inference.of_status = outer, False
        reach = f.Reach(node.since, node.on)
        return f.Amendment(symbol.name, reach, changes, node.span)

    def _misplaced(self, found: object, token: str, kind: Label) -> None:
        """Report a clause that such a norm cannot have."""
        for one in found if isinstance(found, tuple) else (found,):
            if one is not None:
                clause = Label(*((words or ("",))[0] for words in TABLE[token]))
                self.report("LAW335", one.span, clause=clause, kind=kind)

    # --- rules ---

    def _of_rule(self, node: s.AmendNode) -> Iterator[f.Change]:
        condition = self.inference.condition
        yield from self._spoken(node)
        if node.when is not None:
            when = condition(node.when)
            if when is not None:
                yield f.NewCondition(when, node.when.span)
        if node.unless:
            exclusions = tuple(x for one in node.unless if (x := condition(one)) is not None)
            yield f.NewExclusions(exclusions, node.unless[0].span)
        if node.consequences:
            new = self._consequences(node.consequences)
            yield f.NewConsequences(new, node.consequences[0].span)
        for item in node.tiers:
            tier: Tier | None = self._tier(item)
            if tier is not None:
                yield f.NewTier(tier, (), item.span)
        for strike in node.strikes:
            yield from self._struck(strike, _RULE)

    def _spoken(self, node: s.AmendNode) -> Iterator[f.Change]:
        """Yield what every norm can have: another authority, a further reading."""
        if node.authority is not None:
            yield f.NewAuthority(self.word(node.authority), node.authority.span)
        for reading in node.readings:
            yield f.NewReading(reading, node.span)

    def _struck(self, node: s.StrikeNode, kind: Label) -> Iterator[f.Change]:
        path = tuple(x for one in node.path if (x := self.inference.condition(one)) is not None)
        if len(path) != len(node.path):
            return
        if node.what in ("WHEN", "UNLESS") and not path:
            yield _opening(node)
        elif node.what in MEASURES:
            yield f.NoConsequence(MEASURES[node.what].value, path, node.span)
        elif node.what in EFFECTS:
            yield f.NoConsequence(EFFECTS[node.what].value, path, node.span)
        elif node.what == "REFERS_TO":
            yield f.NoConsequence(f.REFERENCE, path, node.span)
        elif not node.what and node.measure is None and path:
            yield f.NoTier(path, node.span)
        else:
            self._misplaced(node, node.what or ("MEASURE" if node.measure else "STRIKE"), kind)

    # --- lists, benefits, duties ---

    def _of_status(
        self, node: s.AmendNode, kind: StatusKind, view: tuple[str, ...]
    ) -> Iterator[f.Change]:
        yield from self._spoken(node)
        if node.when is not None:
            yield f.NewCondition(self._asked(node.when, view), node.when.span)
        if node.unless:
            exclusions = tuple(self._asked(one, view) for one in node.unless)
            yield f.NewExclusions(exclusions, node.unless[0].span)
        if node.runs is not None:
            yield from self._term(node.runs, kind, view)
        text = s.StatusVersionNode(
            datetime.date.min, None, measures=node.measures, endings=node.endings, span=node.span
        )
        for measure in self._joint_measures(kind, text):
            yield f.NewJointMeasure(measure, measure.span)
        if node.endings:
            always = Interval(datetime.date.min)
            endings = tuple(self._endings(kind, text, always, view))
            yield f.NewEndings(endings, node.endings[0].span)
        for strike in node.strikes:
            if strike.measure is not None and not strike.path:
                yield f.NoJointMeasure(strike.measure.text, strike.span)
            elif strike.what in ENDINGS and not strike.path:
                yield f.NewEndings((), strike.span)
            elif strike.what in ("WHEN", "UNLESS") and not strike.path:
                yield _opening(strike)
            else:
                word = "IF" if strike.path else strike.what or "STRIKE"
                self._misplaced(strike, word, STATUS_WORDS[kind])

    def _term(
        self, runs: s.RunsNode, kind: StatusKind, view: tuple[str, ...]
    ) -> Iterator[f.Change]:
        of_duty = kind is StatusKind.DUTY
        if runs.due is not of_duty:
            self._misplaced(runs, "DUE" if runs.due else "LASTS", STATUS_WORDS[kind])
        elif runs.before is not None and not of_duty:
            self._misplaced(runs, "BEFORE", STATUS_WORDS[kind])
        else:
            start = self._day(runs.start, view) if runs.start is not None else None
            before = self._day(runs.before, view) if runs.before is not None else None
            yield f.NewTerm(self._time(runs, view), start, before, runs.span)


def _opening(node: s.StrikeNode) -> f.Change:
    if node.what == "WHEN":
        return f.NewCondition(None, node.span)
    return f.NewExclusions((), node.span)


def _token_of(kind: EndingKind) -> str:
    return next(token for token, found in ENDINGS.items() if found is kind)
