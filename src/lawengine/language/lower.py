"""Lowering: from syntax trees to the typed rulebook."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from lawengine.base.citation import Citation
from lawengine.base.diagnostic import Diagnostic, Note, in_order, nearest
from lawengine.base.label import Label
from lawengine.base.source import NOWHERE, Span
from lawengine.language import syntax as s
from lawengine.language.infer import Inference
from lawengine.language.keywords import SETTING_WORDS, TYPE_WORDS, word_meaning
from lawengine.language.lower_scenarios import lower_scenario
from lawengine.language.resolve import CHAIN, Symbol, SymbolKind, Symbols, resolve
from lawengine.model import expressions as e
from lawengine.model import measures as m
from lawengine.model import rules as r
from lawengine.model.rulebook import Rulebook, Standing
from lawengine.model.scenarios import Scenario
from lawengine.model.types import Choices, Kind, Member, Type
from lawengine.model.vocabulary import (
    ROOT,
    Entity,
    Fact,
    Presumption,
    Role,
    Vocabulary,
)

_TYPE_KINDS = {
    "yes_no": Kind.YES_NO,
    "judgement": Kind.YES_NO,
    "ground": Kind.YES_NO,
    "money": Kind.MONEY,
    "count": Kind.COUNT,
    "rate": Kind.RATE,
    "date": Kind.DATE,
    "period": Kind.PERIOD,
    "text": Kind.TEXT,
}
_REQUIRED_ROLES = (Role.CONDUCT_DATE, Role.DECISION_DATE)


@dataclass(frozen=True, slots=True)
class Lowered:
    """The rulebook of everything that could be lowered, and what was wrong."""

    rulebook: Rulebook
    symbols: Symbols
    diagnostics: tuple[Diagnostic, ...]


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


@dataclass(slots=True)
class _Lowering:
    symbols: Symbols
    instruments: dict[str, str]
    nodes: list[s.Declaration]
    standings: dict[str, Standing]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    types: dict[str, Type] = field(default_factory=dict)
    definitions: dict[str, r.Definition] = field(default_factory=dict)
    tables: dict[str, r.Table] = field(default_factory=dict)
    parameters: dict[str, r.Parameter] = field(default_factory=dict)
    opened: dict[str, Span] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    inference: Inference = field(init=False)

    def __post_init__(self) -> None:
        self.inference = Inference(self.symbols, self.types, self.value_type, self.diagnostics)

    def report(self, code: str, span: Span, suggestion: str = "", **words: object) -> None:
        self.diagnostics.append(Diagnostic(code, span, words, suggestion=suggestion))

    def each(self, kind: type) -> Iterable[s.Declaration]:
        """Yield the nodes of one class that own their name (a duplicate was reported)."""
        for node in self.nodes:
            if isinstance(node, kind) and self._owns(node):
                yield node

    def _owns(self, node: s.Declaration) -> bool:
        if isinstance(node, s.ScenarioNode):
            return True
        name = node.name.text
        if isinstance(node, s.EntityNode):
            symbol = self.symbols.entities.get(name)
        elif isinstance(node, s.RuleNode):
            symbol = self.symbols.rules.get(name)
        else:
            symbol = self.symbols.values.get(name)
        return symbol is not None and symbol.node is node

    def run(self) -> Lowered:
        vocabulary = self.vocabulary()
        for node in self.each(s.ParameterNode):
            self.value_type(self.symbols.values[node.name.text], node.span)  # type: ignore[union-attr]
        for kind in (s.DefinitionNode, s.TableNode):
            for node in self.each(kind):
                self.value_type(self.symbols.values[node.name.text], node.span)  # type: ignore[union-attr]
        rules = {}
        for node in self.each(s.RuleNode):
            rule = self.rule(node)  # type: ignore[arg-type]  # each() yields that class
            rules[rule.name] = rule
        self._cycles(rules)
        scenarios: list[Scenario] = []
        for node in self.each(s.ScenarioNode):
            scenario = lower_scenario(node, self.inference, self.cite)  # type: ignore[arg-type]
            if scenario is not None:
                scenarios.append(scenario)
        rulebook = Rulebook(
            vocabulary, self.parameters, self.definitions, self.tables, rules, tuple(scenarios),
            self.standings,
        )  # fmt: skip
        self.diagnostics += self.symbols.diagnostics
        return Lowered(rulebook, self.symbols, in_order(self.diagnostics))

    # --- vocabulary ---

    def vocabulary(self) -> Vocabulary:
        entities: dict[str, Entity] = {}
        choices: dict[str, Choices] = {}
        nodes = [node for node in self.each(s.EntityNode) if isinstance(node, s.EntityNode)]
        for node in nodes:
            for fact in node.facts:
                self._fact_type(node.name.text, fact, choices)
        for node in nodes:
            parent = self._parent(node)
            facts = {
                f.name.text: self._fact(node.name.text, f)
                for f in node.facts
                if f"{node.name.text}.{f.name.text}" in self.types
            }
            name = node.name.text
            listed = node.listed_as.text if node.listed_as else ""
            if not listed and name != ROOT:
                self.report("LAW216", node.name.span, name=name, what="listed as")
            symbol = self.symbols.entities[name]
            entities[name] = Entity(
                name, symbol.alias, node.label, parent, listed, facts, node.span
            )
        vocabulary = Vocabulary(entities, choices)
        self._structure(vocabulary, nodes)
        return vocabulary

    def _parent(self, node: s.EntityNode) -> str:
        if node.parent is None:
            if node.name.text != ROOT:
                self.report("LAW216", node.name.span, name=node.name.text, what="of")
            return ""
        symbol = self.symbols.entity(node.parent.text)
        if symbol is None:
            near = nearest(node.parent.text, self.symbols.entities)
            self.report("LAW213", node.parent.span, suggestion=near, name=node.parent.text)
            return ROOT
        return symbol.name

    def _structure(self, vocabulary: Vocabulary, nodes: list[s.EntityNode]) -> None:
        if not nodes:
            return
        span = nodes[0].span
        for name in CHAIN:
            if name not in vocabulary.entities:
                self.report("LAW217", span, name=name)
        graph = {name: {entity.parent} for name, entity in vocabulary.entities.items()}
        try:
            tuple(TopologicalSorter(graph).static_order())
        except CycleError as error:
            self.report("LAW211", span, names=" -> ".join(map(str, error.args[1])))
        for role in Role:
            holders = [fact for fact in vocabulary.facts() if fact.role is role]
            for extra in holders[1:]:
                self.report("LAW223", extra.span, role=role.value)
            if not holders and role in _REQUIRED_ROLES:
                self.report("LAW224", span, role=role.value)

    def _fact_type(self, entity: str, node: s.FactNode, choices: dict[str, Choices]) -> None:
        path = f"{entity}.{node.name.text}"
        if self.symbols.facts[entity].get(node.name.text) is None or path in self.types:
            return
        if node.type.text == "one_of":
            members = tuple(
                Member(m_.name.text, self.symbols.choices[path][m_.name.text].alias, m_.label)
                for m_ in node.members
                if self.symbols.choices[path][m_.name.text].node is m_
            )
            choices[path] = Choices(path, members)
            self.types[path] = Type(Kind.CHOICE, path)
        elif node.type.text in _TYPE_KINDS:
            self.types[path] = Type(_TYPE_KINDS[node.type.text])
        else:
            self._unknown_type(node.type)

    def _unknown_type(self, name: s.Name) -> None:
        known = [word for words in TYPE_WORDS.values() for word in words]
        self.report("LAW214", name.span, suggestion=nearest(name.text, known), name=name.text)

    def _fact(self, entity: str, node: s.FactNode) -> Fact:
        path = f"{entity}.{node.name.text}"
        kind = self.types[path]
        outer = self.inference.view
        self.inference.view = (entity, *(name for name in CHAIN if name != entity))
        low = tuple(b for n in node.low if (b := self.inference.expect(n, kind)) is not None)
        high = tuple(b for n in node.high if (b := self.inference.expect(n, kind)) is not None)
        self.inference.view = outer
        return Fact(
            entity=entity,
            name=node.name.text,
            alias=self.symbols.facts[entity][node.name.text].alias,
            label=node.label,
            type=kind,
            judgement=node.type.text in ("judgement", "ground"),
            ground=node.type.text == "ground",
            low=low,
            high=high,
            question=node.question,
            presumption=self._presumption(node.presumption, kind),
            role=self._role(node.role),
            format=self._setting(node.format, ("unified_social_credit_code",)),
            span=node.span,
        )

    def _presumption(self, node: s.PresumptionNode | None, kind: Type) -> Presumption | None:
        if node is None:
            return None
        if kind.kind is not Kind.YES_NO:
            self.report("LAW225", node.span)
            return None
        law = self.cite(node.law) if node.law else None
        return Presumption(node.value, node.because, law)

    def _role(self, name: s.Name | None) -> Role | None:
        word = self._setting(name, tuple(Role))
        return Role(word) if word else None

    def _setting(self, name: s.Name | None, allowed: tuple[str, ...]) -> str:
        if name is None:
            return ""
        word = word_meaning(SETTING_WORDS, name.text)
        if word not in allowed:
            near = nearest(name.text, allowed)
            self.report("LAW215", name.span, suggestion=near, name=name.text)
            return ""
        return word

    # --- named values ---

    def value_type(self, symbol: Symbol, span: Span) -> Type | None:
        """Return the type of a definition, figure or table, lowering it on first use."""
        for store in (self.parameters, self.definitions, self.tables):
            if symbol.name in store:
                found = store[symbol.name]
                return found.body.type if isinstance(found, r.Definition) else found.type
        if symbol.name in self.failed:
            return None
        if symbol.name in self.opened or len(self.opened) > 30:  # noqa: PLR2004 - deep enough
            self.report("LAW211", span, names=" -> ".join([*self.opened, symbol.name]))
            return None
        self.opened[symbol.name] = span
        outer, self.inference.view = self.inference.view, CHAIN
        node = symbol.node
        if isinstance(node, s.ParameterNode):
            self._parameter(symbol, node)
        elif isinstance(node, s.DefinitionNode):
            self._definition(symbol, node)
        elif isinstance(node, s.TableNode):
            self._table(symbol, node)
        self.inference.view = outer
        del self.opened[symbol.name]
        if not any(symbol.name in st for st in (self.parameters, self.definitions, self.tables)):
            self.failed.add(symbol.name)
            return None
        return self.value_type(symbol, span)

    def _plain_type(self, name: s.Name) -> Type | None:
        if name.text in _TYPE_KINDS:
            return Type(_TYPE_KINDS[name.text])
        found = self.symbols.find(name.text)
        if len(found) == 1 and found[0].kind is SymbolKind.FACT:
            return self.types.get(found[0].path)
        self._unknown_type(name)
        return None

    def _parameter(self, symbol: Symbol, node: s.ParameterNode) -> None:
        kind = self._plain_type(node.type)
        if kind is None:
            return
        values = []
        for item in node.values:
            value = self.inference.expect(item.value, kind)
            if not isinstance(value, e.Constant):
                if value is not None:
                    self.report("LAW226", item.value.span)
                continue
            law = self.cite(item.law) if item.law else None
            interval = self._interval(item.start, item.end, item.span)
            values.append(r.DatedValue(interval, value.value, law, item.unverified, item.span))
        values.sort(key=lambda v: v.interval.start)
        self._overlaps([(v.interval, v.span) for v in values])
        self.parameters[symbol.name] = r.Parameter(
            symbol.name, symbol.alias, node.label, kind, tuple(values), node.span
        )

    def _definition(self, symbol: Symbol, node: s.DefinitionNode) -> None:
        body = self.inference.infer(node.otherwise)
        if body is None:
            return
        if node.branches:
            branches = []
            for condition, value in node.branches:
                typed = self.inference.condition(condition), self.inference.expect(value, body.type)
                if typed[0] is not None and typed[1] is not None:
                    branches.append((typed[0], typed[1]))
            if len(branches) != len(node.branches):
                return
            whole = all(part.type.whole for part in (body, *(v for _, v in branches)))
            kind = Type(body.type.kind, body.type.choices, whole)
            body = e.Cases(tuple(branches), body, kind, node.span)
        self.definitions[symbol.name] = r.Definition(
            symbol.name, symbol.alias, node.label, body,
            self._citations(node.law), node.unverified, node.span,
        )  # fmt: skip

    def _table(self, symbol: Symbol, node: s.TableNode) -> None:
        kind = self._plain_type(node.type)
        inputs = [self.inference.infer(item) for item in node.inputs]
        typed = tuple(item for item in inputs if item is not None)
        if kind is None or len(typed) != len(inputs):
            return
        rows = []
        for row in node.rows:
            cells = tuple(self._cell(c, i.type) for c, i in zip(row.cells, typed, strict=True))
            result = self.inference.expect(row.result, kind)
            if result is not None:
                rows.append(r.Row(cells, result, row.span))
        if len(rows) != len(node.rows):
            return
        self.tables[symbol.name] = r.Table(
            symbol.name, symbol.alias, node.label, kind, node.hit, typed, tuple(rows),
            self._citations(node.law), node.unverified, node.span,
        )  # fmt: skip

    def _cell(self, node: s.CellNode, kind: Type) -> r.Cell:
        options = tuple(
            o for n in node.options if (o := self.inference.expect(n, kind)) is not None
        )
        low = self.inference.expect(node.low, kind) if node.low else None
        high = self.inference.expect(node.high, kind) if node.high else None
        return r.Cell(options, low, high)

    # --- citations, intervals ---

    def cite(self, node: s.CitationNode) -> Citation:
        """Return the citation with the identifier of its instrument."""
        word = node.instrument.text
        return Citation(self.instruments.get(word, word), node.article)

    def _citations(self, nodes: Iterable[s.CitationNode]) -> tuple[Citation, ...]:
        return tuple(self.cite(node) for node in nodes)

    def _interval(self, start: datetime.date, end: datetime.date | None, span: Span) -> r.Interval:
        if end is not None and end < start:
            self.report("LAW303", span, start=start.isoformat(), end=end.isoformat())
            return r.Interval(start, start)
        return r.Interval(start, end)

    def _overlaps(self, dated: list[tuple[r.Interval, Span]]) -> bool:
        found = False
        for (one, span), (two, other) in zip(dated, dated[1:], strict=False):
            if one.overlaps(two):
                note = Note(span, Label("the version before", "前一版本"))
                words = {"day": two.start.isoformat()}
                self.diagnostics.append(Diagnostic("LAW301", other, words, notes=(note,)))
                found = True
        return found

    # --- rules ---

    def rule(self, node: s.RuleNode) -> r.Rule:
        symbol = self.symbols.rules[node.name.text]
        versions = sorted(
            (self._version(version) for version in node.versions),
            key=lambda version: version.interval.start,
        )
        if not versions:
            self.report("LAW227", node.name.span, name=node.name.text)
        self._overlaps([(version.interval, version.span) for version in versions])
        target = self.inference.rule(node.exception_to) if node.exception_to else None
        dated = self._setting(node.dated_by, tuple(r.DatedBy))
        repeal = None
        if node.repeal is not None:
            repeal = r.Repeal(node.repeal.start, self.cite(node.repeal.law))
            last = versions[-1].interval.end if versions else None
            if versions and (last is None or last >= repeal.start):
                self.report("LAW301", node.repeal.span, day=repeal.start.isoformat())
        return r.Rule(
            name=symbol.name,
            alias=symbol.alias,
            label=node.label,
            versions=tuple(versions),
            dated_by=r.DatedBy(dated) if dated else r.DatedBy.CONDUCT,
            exception_to=target.name if target else "",
            repeal=repeal,
            span=node.span,
        )

    def _version(self, node: s.VersionNode) -> r.Version:
        condition = self.inference.condition
        names = [self.inference.rule(name) for name in node.prevails_over]
        if not node.law:
            self.report("LAW228", node.span)
        when = condition(node.when) if node.when else None
        if node.when is not None and when is None:
            # INVARIANT: a condition that could not be read never holds by being absent.
            when = e.Constant(value=False, type=Type(Kind.YES_NO), span=node.when.span)
        return r.Version(
            interval=self._interval(node.start, node.end, node.span),
            law=self._citations(node.law),
            when=when,
            exclusions=tuple(x for n in node.unless if (x := condition(n)) is not None),
            consequences=self._consequences(node.consequences),
            tiers=tuple(t for n in node.tiers if (t := self._tier(n)) is not None),
            breaches=self._citations(node.breaches),
            unverified=node.unverified,
            readings=node.readings,
            authority=self._word(node.authority),
            prevails_over=tuple(symbol.name for symbol in names if symbol),
            span=node.span,
        )

    def _tier(self, node: s.TierNode) -> r.Tier | None:
        condition = self.inference.condition(node.condition)
        if condition is None:
            return None
        return r.Tier(
            condition=condition,
            consequences=self._consequences(node.consequences),
            tiers=tuple(t for n in node.tiers if (t := self._tier(n)) is not None),
            instead_of_all=node.instead_of_all,
            reading=node.reading,
            span=node.span,
        )

    def _consequences(self, nodes: Iterable[s.ConsequenceNode]) -> tuple[m.Consequence, ...]:
        found = (self._consequence(node) for node in nodes)
        return tuple(item for item in found if item is not None)

    def _consequence(self, node: s.ConsequenceNode) -> m.Consequence | None:
        match node:
            case s.MeasureNode():
                return self._measure(node)
            case s.ChoiceNode(mode=mode, modality=modality, measures=measures, span=span):
                parts = tuple(p for n in measures if (p := self._measure(n)) is not None)
                return m.MeasureChoice(mode, modality, parts, span)
            case s.EffectNode(kind=kind, modality=modality, span=span):
                return m.Effect(kind, modality, span)
            case s.ReferenceNode(rule=rule, law=law, span=span):
                target = self.inference.rule(rule) if rule else None
                if rule is not None and target is None:
                    return None
                return m.Reference(
                    target.name if target else "", self.cite(law) if law else None, span
                )

    def _measure(self, node: s.MeasureNode) -> m.Measure | None:
        bands = []
        for band in node.bands:
            typed = self._band(band)
            if typed is None:
                return None
            bands.append(typed)
        confiscated = self.inference.whole_money(node.object) if node.object else None
        if node.object is not None and confiscated is None:
            return None
        return m.Measure(
            node.kind, node.modality, tuple(bands), confiscated, self._word(node.target), node.term,
            node.span,
        )  # fmt: skip

    def _word(self, name: s.Name | None) -> str:
        """Return the identifier of an authority, licence or post: a choice of some list."""
        if name is None:
            return ""
        symbol = self.symbols.any_choice(name.text)
        if symbol is None:
            known = [word for table in self.symbols.choices.values() for word in table]
            self.report("LAW230", name.span, suggestion=nearest(name.text, known), name=name.text)
            return name.text
        return symbol.name

    def _band(self, node: s.BandNode) -> tuple[e.Expression | None, m.Band] | None:
        high = self.inference.whole_money(node.high)
        low = None
        if node.low is not None:
            low = high if node.low is node.high else self.inference.whole_money(node.low)
            if low is None:
                return None
        condition = self.inference.condition(node.condition) if node.condition else None
        if high is None or (node.condition is not None and condition is None):
            return None
        if isinstance(low, e.Constant) and isinstance(high, e.Constant) and low.value > high.value:  # type: ignore[operator]  # both are fen
            self.report("LAW310", node.span)
            return None
        per = ""
        if node.per is not None:
            symbol = self.symbols.entity(node.per.text)
            if symbol is None or symbol.name in CHAIN:
                near = nearest(node.per.text, self.symbols.entities)
                self.report("LAW213", node.per.span, suggestion=near, name=node.per.text)
                return None
            per = symbol.name
        return condition, m.Band(low, high, per)

    def _cycles(self, rules: Mapping[str, r.Rule]) -> None:
        """Report rules that decide each other: exceptions, priorities and references to a state."""
        graph = {name: dependencies(rule, rules, self.definitions) for name, rule in rules.items()}
        try:
            tuple(TopologicalSorter(graph).static_order())
        except CycleError as error:
            names: list[str] = error.args[1]
            span = rules[names[0]].span if names[0] in rules else NOWHERE
            self.report("LAW307", span, names=" -> ".join(names))


def dependencies(
    rule: r.Rule, rules: Mapping[str, r.Rule], definitions: Mapping[str, r.Definition]
) -> set[str]:
    """Return the rules whose state must be known before that of `rule`.

    An exception, and a rule that prevails, come before what they defeat; a rule whose state a
    condition asks for comes before that condition.
    """
    found = {
        other.name
        for other in rules.values()
        if other.exception_to == rule.name
        or any(rule.name in version.prevails_over for version in other.versions)
    }
    for version in rule.versions:
        conditions = [version.when, *version.exclusions]
        stack = list(version.tiers)
        while stack:
            tier = stack.pop()
            conditions.append(tier.condition)
            stack.extend(tier.tiers)
        for condition in conditions:
            if condition is not None:
                found |= _asked(condition, definitions, set())
    return found


def _asked(
    expression: e.Expression, definitions: Mapping[str, r.Definition], seen: set[str]
) -> set[str]:
    if isinstance(expression, e.Established):
        return {expression.rule}
    if isinstance(expression, e.Defined) and expression.name not in seen:
        seen.add(expression.name)
        definition = definitions.get(expression.name)
        return _asked(definition.body, definitions, seen) if definition else set()
    found: set[str] = set()
    for part in e.children(expression):
        found |= _asked(part, definitions, seen)
    return found
