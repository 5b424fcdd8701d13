"""From the rulebook back to words: what a version says, in the language of rules."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from lawengine.base.calendar import Period
from lawengine.base.citation import Citation
from lawengine.base.label import Label, Language
from lawengine.language import syntax as s
from lawengine.language.keywords import reserved
from lawengine.language.print_declarations import DeclarationWriter
from lawengine.language.print_expressions import Phrasing
from lawengine.model import expressions as e
from lawengine.model import measures as m
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import (
    Cell,
    DatedValue,
    Definition,
    Table,
    Tier,
    Version,
)
from lawengine.model.statuses import (
    Ending,
    JointMeasure,
    Status,
    StatusKind,
    StatusVersion,
    TermCases,
)
from lawengine.model.types import Kind, Type

_TEMPORAL = (e.Comparison.LESS, e.Comparison.MORE)


def rule_text(version: Version, rulebook: Rulebook, words: Words) -> tuple[str, ...]:
    """Return what a version of a rule says, a line each, without the line of its days."""
    node = _Writer(rulebook, words).version(version)
    rule = s.RuleNode(_NOBODY, None, Label(), (node,))
    return _below(rule, words)


def status_text(
    version: StatusVersion, status: Status, rulebook: Rulebook, words: Words
) -> tuple[str, ...]:
    """Return what a version of a list, a benefit or a duty says, without the line of its days."""
    node = _Writer(rulebook, words).status_version(version, status.kind)
    return _below(s.StatusNode(status.kind, _NOBODY, None, _NOBODY, Label(), (node,)), words)


def value_text(value: DatedValue, kind: Type, rulebook: Rulebook, words: Words) -> tuple[str, ...]:
    """Return the value of a figure with its citation, without its days."""
    writer = _Writer(rulebook, words)
    law = (writer.cite(value.law),) if value.law is not None else ()
    day = datetime.date(1, 1, 1)
    shown = writer.constant(e.Constant(value.value, kind))
    dated = s.DatedValueNode(shown, day, None, law[0] if law else None)
    node = s.ParameterNode(_NOBODY, None, Label(), s.Name("money", _NOBODY.span), (dated,))
    since = f" {Phrasing(words.language).word('FROM')} {day.isoformat()}"
    return tuple(line.replace(since, "", 1).strip() for line in _lines(node, words)[1:])


def named_text(one: Definition | Table, rulebook: Rulebook, words: Words) -> tuple[str, ...]:
    """Return a definition or a table."""
    writer = _Writer(rulebook, words)
    node = writer.table(one) if isinstance(one, Table) else writer.definition(one)
    return _lines(node, words)


@dataclass(frozen=True, slots=True)
class Words:
    """The language that is written, and how each instrument is called in it."""

    language: Language
    instruments: Mapping[str, str] = field(default_factory=dict)

    def pick(self, name: str, alias: str) -> str:
        """Return the name of a thing in the language, where it has one that is no keyword."""
        if self.language == "zh" and alias and alias not in reserved("zh"):
            return alias
        return name


_NOBODY = s.Name("x")


def _lines(node: s.Declaration, words: Words) -> tuple[str, ...]:
    writer = DeclarationWriter(Phrasing(words.language))
    writer.declaration(node)
    return tuple(line.text for line in writer.lines)


def _below(node: s.RuleNode | s.StatusNode, words: Words) -> tuple[str, ...]:
    """Return the clauses of the only version: below its head and the line of its days."""
    lines = _lines(node, words)[2:]
    indent = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    return tuple(line[indent:] for line in lines)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Makes nodes of what the rulebook holds, names in the language that is written."""

    rulebook: Rulebook
    words: Words

    # --- names ---

    def name(self, name: str, alias: str) -> s.Name:
        return s.Name(self.words.pick(name, alias))

    def cite(self, citation: Citation) -> s.CitationNode:
        called = self.words.instruments.get(citation.instrument, citation.instrument)
        return s.CitationNode(s.Name(called), citation.article)

    def cited(self, law: tuple[Citation, ...]) -> tuple[s.CitationNode, ...]:
        return tuple(self.cite(citation) for citation in law)

    def entity(self, name: str) -> s.Name:
        found = self.rulebook.vocabulary.entities[name]
        return self.name(found.name, found.alias)

    def fact(self, entity: str, name: str) -> s.Name:
        found = self.rulebook.vocabulary.fact(entity, name)
        return s.Name(f"{self.entity(entity).text}.{self.words.pick(found.name, found.alias)}")

    def rule(self, name: str) -> s.Name:
        found = self.rulebook.rules[name]
        return self.name(found.name, found.alias)

    def choice(self, name: str) -> s.Name:
        """Return an authority, a licence or a post: a choice of whichever list has it."""
        for choices in self.rulebook.vocabulary.choices.values():
            for member in choices.members:
                if member.name == name:
                    return self.name(member.name, member.alias)
        return s.Name(name)

    def status(self, name: str) -> tuple[s.Name | None, StatusKind]:
        if not name:
            return None, StatusKind.LIST
        found = self.rulebook.statuses[name]
        return self.name(found.name, found.alias), found.kind

    # --- expressions ---

    def constant(self, one: e.Constant) -> s.ExpressionNode:
        value, kind = one.value, one.type
        match value:
            case bool():
                return s.Truism(value)
            case datetime.date():
                return s.DateLiteral(value)
            case Period():
                return s.PeriodLiteral(value)
            case str() if kind.kind is Kind.CHOICE:
                member = self.rulebook.vocabulary.choices[kind.choices].member(value)
                return self.name(member.name, member.alias)
            case str():
                return s.TextLiteral(value)
            case int() if kind.kind is Kind.MONEY:
                return s.MoneyLiteral(value)
            case _ if kind.kind is Kind.RATE:
                return s.Percent(Fraction(value))
            case _:
                return s.Number(Fraction(value))

    def of(self, one: e.Expression) -> s.ExpressionNode:
        """Return the node of an expression."""
        match one:
            case e.Constant():
                return self.constant(one)
            case e.FactOf(entity=entity, fact=fact):
                return self.fact(entity, fact)
            case e.ParameterValue(name=name):
                found = self.rulebook.parameters[name]
                return self.name(found.name, found.alias)
            case e.Defined(name=name):
                defined = self.rulebook.definitions[name]
                return self.name(defined.name, defined.alias)
            case e.Looked(name=name):
                table = self.rulebook.tables[name]
                return self.name(table.name, table.alias)
            case e.Established(rule=rule):
                return s.StateNode(self.rule(rule))
            case e.StatusHolds(status=status, since=since):
                return s.HoldsNode(*self.status(status), since=self.perhaps(since))
            case e.Rated(name=name):
                rating = self.rulebook.ratings[name]
                return self.name(rating.name, rating.alias)
            case e.Negation(operand=operand):
                return s.NotNode(self.of(operand))
            case _:
                return self._compound(one)

    def _compound(self, one: e.Expression) -> s.ExpressionNode:
        match one:
            case e.Connection(logic=logic, operands=operands):
                return s.LogicNode(logic, tuple(self.of(part) for part in operands))
            case e.Compared(left=e.Tallied(operands=operands), right=least):
                return s.TallyNode(self.of(least), tuple(self.of(part) for part in operands))
            case e.Compared(comparison=how, left=left, right=right):
                temporal = left.type.kind is Kind.DATE and how in _TEMPORAL
                return s.CompareNode(how, self.of(left), self.of(right), temporal)
            case e.OneOf(operand=operand, options=options):
                return s.OneOfNode(self.of(operand), tuple(self.of(part) for part in options))
            case e.Computed(operation=operation, left=left, right=right):
                return s.ArithmeticNode(operation, self.of(left), self.of(right))
            case e.Rounded(operand=operand, rounding=rounding):
                return s.RoundedNode(self.of(operand), rounding)
            case e.Chosen(extreme=extreme, operands=operands):
                first, second = (self.of(part) for part in operands)
                return s.ChosenNode(extreme, first, second)
            case e.Aggregated():
                return self._aggregate(one)
            case e.LastDay() | e.DayCount():
                return self._days(one)
            case _:
                raise AssertionError(one)

    def _days(self, one: e.LastDay | e.DayCount) -> s.ExpressionNode:
        if isinstance(one, e.LastDay):
            duty = self.rulebook.statuses[one.status]
            return s.LastDayNode(self.name(duty.name, duty.alias))
        outside = None
        if one.entity and one.start is not None and one.end is not None:
            start, end = self.of(one.start), self.of(one.end)
            outside = s.OutsideNode(self.entity(one.entity), start, end, self.perhaps(one.where))
        return s.DaysNode(self.of(one.first), self.of(one.last), outside)

    def _aggregate(self, one: e.Aggregated) -> s.AggregateNode:
        where = None if one.where is None else self.of(one.where)
        body = None if one.body is None else self.of(one.body)
        target = self.entity(one.entity)
        if one.keys:
            keys = tuple(key for part in one.keys if isinstance(key := self.of(part), s.Name))
            return s.AggregateNode(one.aggregation, target, where, None, keys)
        if one.aggregation is e.Aggregation.SUM and isinstance(body, s.Name):
            return s.AggregateNode(one.aggregation, body, where)
        return s.AggregateNode(one.aggregation, target, where, body)

    def perhaps(self, one: e.Expression | None) -> s.ExpressionNode | None:
        """Return the node of an expression that may be missing."""
        return None if one is None else self.of(one)

    # --- rules ---

    def version(self, one: Version) -> s.VersionNode:
        return s.VersionNode(
            start=one.interval.start,
            end=one.interval.end,
            law=self.cited(one.law),
            breaches=self.cited(one.breaches),
            unverified=one.unverified,
            authority=self.choice(one.authority) if one.authority else None,
            readings=one.readings,
            prevails_over=tuple(self.rule(name) for name in one.prevails_over),
            when=self.perhaps(one.when),
            unless=tuple(self.of(part) for part in one.exclusions),
            consequences=self.consequences(one.consequences),
            tiers=tuple(self.tier(tier) for tier in one.tiers),
        )

    def tier(self, one: Tier) -> s.TierNode:
        return s.TierNode(
            condition=self.of(one.condition),
            consequences=self.consequences(one.consequences),
            tiers=tuple(self.tier(tier) for tier in one.tiers),
            instead_of_all=one.instead_of_all,
            reading=one.reading,
        )

    def consequences(self, ones: tuple[m.Consequence, ...]) -> tuple[s.ConsequenceNode, ...]:
        return tuple(self.consequence(one) for one in ones)

    def consequence(self, one: m.Consequence) -> s.ConsequenceNode:
        match one:
            case m.Measure():
                return self.measure(one)
            case m.MeasureChoice(mode=mode, modality=modality, measures=measures):
                return s.ChoiceNode(mode, modality, tuple(self.measure(part) for part in measures))
            case m.Effect(kind=kind, modality=modality):
                return s.EffectNode(kind, modality)
            case m.Reference(rule=rule, law=law):
                return s.ReferenceNode(
                    self.rule(rule) if rule else None, self.cite(law) if law else None
                )

    def measure(self, one: m.Measure) -> s.MeasureNode:
        return s.MeasureNode(
            kind=one.kind,
            modality=one.modality,
            bands=tuple(self.band(condition, band) for condition, band in one.bands),
            object=self.perhaps(one.object),
            target=self.choice(one.target) if one.target else None,
            term=one.term,
        )

    def band(self, condition: e.Expression | None, one: m.Band) -> s.BandNode:
        per = self.entity(one.per) if one.per else None
        return s.BandNode(self.perhaps(one.low), self.of(one.high), per, self.perhaps(condition))

    # --- lists, benefits, duties ---

    def status_version(self, one: StatusVersion, kind: StatusKind) -> s.StatusVersionNode:
        runs = None
        if one.term is not None or one.start is not None or one.before is not None:
            duty = kind is StatusKind.DUTY
            start, before = self.perhaps(one.start), self.perhaps(one.before)
            cases = self.term_cases(one.term) if isinstance(one.term, TermCases) else ()
            term = None if isinstance(one.term, TermCases) else one.term
            runs = s.RunsNode(duty, term, start, before, one.right, cases)
        late = None
        if one.late is not None:
            law, amount = self.cited(one.late.law), self.of(one.late.amount)
            late = s.LateNode(amount, law, one.late.unverified)
        return s.StatusVersionNode(
            start=one.interval.start,
            end=one.interval.end,
            law=self.cited(one.law),
            unverified=one.unverified,
            authority=self.choice(one.authority) if one.authority else None,
            readings=one.readings,
            when=self.perhaps(one.when),
            unless=tuple(self.of(part) for part in one.exclusions),
            runs=runs,
            measures=tuple(self.joint(measure) for measure in one.measures),
            endings=tuple(self.ending(ending) for ending in one.endings),
            late=late,
            triggers=tuple(self.rule(name) for name in one.triggers),
        )

    def term_cases(self, one: TermCases) -> tuple[s.TermCaseNode, ...]:
        return tuple(
            s.TermCaseNode(case.period, self.perhaps(case.condition), self.cited(case.law))
            for case in one.cases
        )

    def joint(self, one: JointMeasure) -> s.JointMeasureNode:
        authority = self.choice(one.authority) if one.authority else None
        return s.JointMeasureNode(
            s.Name(one.name), one.label, authority, self.cited(one.law), one.unverified
        )

    def ending(self, one: Ending) -> s.EndingNode:
        days = one.interval
        return s.EndingNode(
            kind=one.kind,
            interval=None if days is None else (days.start, days.end),
            on=self.perhaps(one.on),
            after=one.after,
            condition=self.perhaps(one.condition),
            law=self.cited(one.law),
            unverified=one.unverified,
        )

    # --- definitions and tables ---

    def definition(self, one: Definition) -> s.DefinitionNode:
        branches: tuple[tuple[s.ExpressionNode, s.ExpressionNode], ...] = ()
        body = one.body
        if isinstance(body, e.Cases):
            branches = tuple((self.of(when), self.of(then)) for when, then in body.branches)
            body = body.otherwise
        return s.DefinitionNode(
            name=self.name(one.name, one.alias),
            alias=None,
            label=one.label,
            branches=branches,
            otherwise=self.of(body),
            entity=self.entity(one.entity) if one.entity else None,
            law=self.cited(one.law),
            unverified=one.unverified,
        )

    def table(self, one: Table) -> s.TableNode:
        rows = tuple(
            s.RowNode(tuple(self.cell(cell) for cell in row.cells), self.of(row.result))
            for row in one.rows
        )
        return s.TableNode(
            name=self.name(one.name, one.alias),
            alias=None,
            label=one.label,
            type=s.Name(one.type.kind.value),
            hit=one.hit,
            inputs=tuple(self.of(part) for part in one.inputs),
            rows=rows,
            entity=self.entity(one.entity) if one.entity else None,
            law=self.cited(one.law),
            unverified=one.unverified,
        )

    def cell(self, one: Cell) -> s.CellNode:
        options = tuple(self.of(part) for part in one.options)
        return s.CellNode(options, self.perhaps(one.low), self.perhaps(one.high))
