"""How declarations are laid out: their clauses in one order, two columns deeper at each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from lawengine.base.label import Label
from lawengine.base.source import display_width
from lawengine.language import syntax as s
from lawengine.language.layout import WIDTH, Break, Doc, Group, Line, Place, lay_out
from lawengine.language.print_consequences import consequence, expectation, given
from lawengine.language.print_expressions import Level, Phrasing, at
from lawengine.language.print_ratings import grade_band, indicator, scale, settled, veto
from lawengine.language.print_reforms import amend_head, figure, repealing, strike
from lawengine.language.print_standards import standard_clauses
from lawengine.language.print_statuses import ending, interval, joint_measure, late, runs, term_case
from lawengine.language.print_tables import aligned, table_row
from lawengine.language.token_meanings import STATUS_KIND_TOKENS
from lawengine.model.rules import Hit

STEP = 2
Versioned: TypeAlias = s.VersionNode | s.StatusVersionNode | s.ScoreVersionNode | s.GradeVersionNode


@dataclass(slots=True)
class DeclarationWriter:
    """Collects the lines of declarations, written in the order of the file.

    `clause_lines` are the lines on which clauses without a place of their own began, by keyword
    and in the order of the file; each is used up as its clause is written.
    """

    phrasing: Phrasing
    clause_lines: Sequence[tuple[str, int]] = ()
    lines: list[Line] = field(default_factory=list)
    _used: dict[str, int] = field(default_factory=dict)
    _top: int = 0

    # --- building lines ---

    def write(self, indent: int, *parts: Doc) -> None:
        """Add a line; where it is too long its continuation stands one step deeper."""
        self.lines += lay_out(Group(parts, STEP), indent)

    def clause(self, token: str, indent: int, *parts: Doc) -> None:
        """Add a clause whose words have no place of their own in the tree."""
        self.write(indent, Place(self._line_of(token)), *parts)

    def _line_of(self, token: str) -> int:
        index = self._used.get(token, 0)
        while index < len(self.clause_lines):
            kind, line = self.clause_lines[index]
            index += 1
            if kind == token and line >= self._top:
                self._used[token] = index
                return line
        return 0

    def _head(self, token: str, node: s.Declaration, *parts: Doc) -> tuple[Doc, ...]:
        """Return `rule NAME also ALIAS`, then `parts`."""
        self._top = node.span.line
        return (at(node), self.phrasing.word(token), " ", *parts)

    def _named(self, name: s.Name, alias: s.Name | None) -> str:
        also = f" {self.phrasing.word('ALSO')} {alias.text}" if alias else ""
        return name.text + also

    def _labelled(self, label: Label) -> str:
        return f" {self.phrasing.label(label)}" if label else ""

    def _colon(self) -> str:
        return "：" if self.phrasing.chinese else ": "

    def _because(self, token: str, label: Label) -> Doc:
        words = f"{self.phrasing.word(token)} {self.phrasing.word('BECAUSE')}"
        reason = (Place(self._line_of("BECAUSE")), self.phrasing.label(label))
        return (words, Group((Break(), reason)))

    # --- the kinds of declarations ---

    def declaration(self, node: s.Declaration) -> None:
        """Add the lines of one declaration."""
        first = len(self.lines)
        match node:
            case s.EntityNode():
                self._entity(node)
            case s.RuleNode():
                self._rule(node)
            case s.DefinitionNode():
                self._definition(node)
            case s.ParameterNode():
                self._parameter(node)
            case s.TableNode():
                self._table(node)
            case s.StatusNode():
                self._status(node)
            case s.ScoreNode() | s.GradeNode():
                self._rating(node)
            case s.StandardNode():
                self._standard(node)
            case s.ScenarioNode():
                self._scenario(node)
            case s.ReformNode():
                self._reform(node)
        self.lines[first].top = True

    def _entity(self, node: s.EntityNode) -> None:
        p = self.phrasing
        parts: list[Doc] = [self._named(node.name, node.alias)]
        if node.parent:
            parts.append(f" {p.word('OF')} {node.parent.text}")
        if node.listed_as:
            parts += [p.comma(), f"{p.word('LISTED_AS')} ", p.name(node.listed_as)]
        parts.append(self._labelled(node.label))
        self.write(0, *self._head("ENTITY", node, *parts))
        for fact in node.facts:
            self._fact(fact)

    def _fact(self, node: s.FactNode) -> None:
        p = self.phrasing
        head: list[Doc] = [at(node), self._named(node.name, node.alias)]
        head += [self._labelled(node.label), self._colon()]
        items: list[Doc] = [
            (at(m), self._named(m.name, m.alias), self._labelled(m.label)) for m in node.members
        ]
        for token, bounds in (("AT_LEAST", node.low), ("AT_MOST", node.high)):
            items += [(f"{p.word(token)} ", p.expression(b, Level.SUM)) for b in bounds]
        if node.role:
            items.append((f"{p.word('SERVES_AS')} ", p.setting(node.role)))
        if node.power:
            items.append((at(node.power), p.word("PARTY_CAN")))
        if node.recorded:
            items.append((at(node.recorded), p.word("ON_FILE")))
        if node.members:
            head.append(p.word("ONE_OF"))
            choices: list[Doc] = [Break(), items[0]]
            for item in items[1:]:
                choices += [p.comma(), item]
            self.lines += lay_out((*head, Group(tuple(choices), STEP)), STEP)
        else:
            head.append(p.type_word(node.type))
            if node.format:
                head += [f" {p.word('AS')} ", p.setting(node.format)]
            for item in items:
                head += [p.comma(), item]
            self.write(STEP, *head)
        if node.question:
            self.clause("ASK", 2 * STEP, f"{p.word('ASK')} {p.label(node.question)}")
        if node.presumption:
            self._presumption(node.presumption)

    def _presumption(self, node: s.PresumptionNode) -> None:
        p = self.phrasing
        answer = p.word("YES" if node.value else "NO")
        words = (f"{p.word('PRESUMED')} {answer} {p.word('BECAUSE')}", Break())
        law: Doc = (" ", p.citations("LAW", [node.law])) if node.law else ""
        reason = (Place(self._line_of("BECAUSE")), p.label(node.because))
        self.write(2 * STEP, at(node), *words, reason, law)

    def _rule(self, node: s.RuleNode) -> None:
        p = self.phrasing
        parts: list[Doc] = [self._named(node.name, node.alias)]
        if node.exception_to:
            joint = "针对" if p.chinese else "to"
            parts.append(f" {joint} {node.exception_to.text}")
        parts.append(self._labelled(node.label))
        self.write(0, *self._head("EXCEPTION" if node.exception_to else "RULE", node, *parts))
        if node.dated_by:
            self.write(STEP, f"{p.word('DATED_BY')} ", p.setting(node.dated_by))
        for version in node.versions:
            first = len(self.lines)
            self._version(version)
            self.lines[first].gap = True
        if node.repeal:
            self._repeal(node.repeal)

    def _repeal(self, node: s.RepealNode) -> None:
        p = self.phrasing
        first = len(self.lines)
        law = p.citations("LAW", [node.law])
        day = node.start.isoformat()
        self.write(STEP, at(node), f"{p.word('REPEALED')} {day} ", law)
        self.lines[first].gap = True

    def _interval(self, node: Versioned | s.StandardVersionNode | s.DatedValueNode) -> str:
        return interval(self.phrasing, node.start, node.end)

    def _version(self, node: s.VersionNode) -> None:
        p, indent = self.phrasing, 2 * STEP
        self._opening(node, node.breaches)
        if node.prevails_over:
            names = p.several(p.name(name) for name in node.prevails_over)
            self.write(indent, f"{p.word('PREVAILS')} ", names)
        self._then(node)

    def _then(self, node: s.VersionNode | s.AmendNode) -> None:
        indent = 2 * STEP
        if node.consequences:
            then = f"{self.phrasing.word('THEN')} "
            first = len(self.lines)
            self._consequences(node.consequences, indent + display_width(then))
            self.lines[first].text = " " * indent + then + self.lines[first].text.lstrip(" ")
        for tier in node.tiers:
            self._tier(tier, "IF")
            for inner in tier.tiers:
                self._tier(inner, "FURTHER_IF")

    # --- reforms ---

    def _reform(self, node: s.ReformNode) -> None:
        name = self._named(node.name, node.alias) + self._labelled(node.label)
        self.write(0, *self._head("REFORM", node, name))
        if node.because:
            words = f"{self.phrasing.word('BECAUSE')} {self.phrasing.label(node.because)}"
            self.clause("BECAUSE", STEP, words)
        for clause in node.clauses:
            first = len(self.lines)
            match clause:
                case s.AmendNode():
                    self._amend(clause)
                case s.FigureNode():
                    self.write(STEP, figure(self.phrasing, clause))
                case s.RepealingNode():
                    self.write(STEP, repealing(self.phrasing, clause))
            self.lines[first].gap = True

    def _amend(self, node: s.AmendNode) -> None:
        p, indent = self.phrasing, 2 * STEP
        self.write(STEP, amend_head(p, node))
        if node.authority:
            self.write(indent, at(node.authority), f"{p.word('AUTHORITY')} {node.authority.text}")
        for reading in node.readings:
            self._reading(reading, indent)
        if node.when is not None:
            self.write(indent, f"{p.word('WHEN')} ", p.expression(node.when))
        for unless in node.unless:
            self.write(indent, f"{p.word('UNLESS')} ", p.expression(unless))
        self._then(node)
        self._attached(node)
        for item in node.strikes:
            self.write(indent, strike(p, item))

    def _opening(self, node: Versioned, breaches: Sequence[s.CitationNode] = ()) -> None:
        """Add what versions of rules and of statuses begin with: from their days to `unless`."""
        p, indent = self.phrasing, 2 * STEP
        self.write(STEP, at(node), f"{p.word('VERSION')} {self._interval(node)}")
        self._sources(node.law, breaches, node.unverified, indent)
        if isinstance(node, s.ScoreVersionNode | s.GradeVersionNode):
            for reading in node.readings:
                self._reading(reading, indent)
            return
        if node.authority:
            self.write(indent, at(node.authority), f"{p.word('AUTHORITY')} {node.authority.text}")
        for reading in node.readings:
            self._reading(reading, indent)
        if node.when is not None:
            self.write(indent, f"{p.word('WHEN')} ", p.expression(node.when))
        for unless in node.unless:
            self.write(indent, f"{p.word('UNLESS')} ", p.expression(unless))

    def _status(self, node: s.StatusNode) -> None:
        p = self.phrasing
        name = self._named(node.name, node.alias)
        parent: tuple[Doc, ...] = (f" {p.word('OF')} {node.entity.text}",)
        if node.form is not None:
            parent += (f" {p.word('AS')} ", p.setting(node.form))
        token = STATUS_KIND_TOKENS[node.kind]
        self.write(0, *self._head(token, node, name, *parent, self._labelled(node.label)))
        if node.dated_on:
            self.write(STEP, f"{p.word('DATED_BY')} ", p.name(node.dated_on))
        for version in node.versions:
            first = len(self.lines)
            self._status_version(version)
            self.lines[first].gap = True
        if node.repeal:
            self._repeal(node.repeal)

    def _status_version(self, node: s.StatusVersionNode) -> None:
        self._opening(node)
        self._attached(node)
        p, indent = self.phrasing, 2 * STEP
        if node.late:
            self.write(indent, late(p, node.late), *self._doubted(node.late.unverified))
        if node.triggers:
            names = p.several(p.name(name) for name in node.triggers)
            self.write(indent, f"{p.word('TRIGGERS')} ", names)

    def _attached(self, node: s.StatusVersionNode | s.AmendNode) -> None:
        """Add term, measures and endings of a status."""
        p, indent = self.phrasing, 2 * STEP
        if node.runs:
            self.write(indent, runs(p, node.runs))
            for case in node.runs.cases:
                self.write(indent + STEP, term_case(p, case))
        for measure in node.measures:
            self.write(indent, joint_measure(p, measure), *self._doubted(measure.unverified))
        for item in node.endings:
            self.write(indent, ending(p, item), *self._doubted(item.unverified))

    def _rating(self, node: s.ScoreNode | s.GradeNode) -> None:
        p = self.phrasing
        name = self._named(node.name, node.alias)
        parent = f" {p.word('OF')} {node.entity.text}"
        token = "GRADE" if isinstance(node, s.GradeNode) else "SCORE"
        self.write(0, *self._head(token, node, name, parent, self._labelled(node.label)))
        if isinstance(node, s.GradeNode):
            self._levels(node)
        elif node.scale is not None:
            self.write(STEP, scale(p, node.scale))
        if node.dated_on:
            self.write(STEP, f"{p.word('DATED_BY')} ", p.name(node.dated_on))
        for version in node.versions:
            first = len(self.lines)
            self._opening(version)
            if isinstance(version, s.GradeVersionNode):
                self._grade_version(version)
            else:
                self._score_version(version)
            self.lines[first].gap = True
        if node.repeal:
            self._repeal(node.repeal)

    def _standard(self, node: s.StandardNode) -> None:
        name = self._named(node.name, node.alias) + self._labelled(node.label)
        self.write(0, *self._head("STANDARD", node, name))
        for version in node.versions:
            first = len(self.lines)
            self._standard_version(version)
            self.lines[first].gap = True
        if node.repeal:
            self._repeal(node.repeal)

    def _levels(self, node: s.GradeNode) -> None:
        p = self.phrasing
        if not node.levels:
            return
        items = [
            (at(m), self._named(m.name, m.alias), self._labelled(m.label)) for m in node.levels
        ]
        levels: list[Doc] = [Break(), items[0]]
        for item in items[1:]:
            levels += [p.comma(), item]
        self.lines += lay_out((p.word("LEVELS"), Group(tuple(levels), STEP)), STEP)

    def _score_version(self, node: s.ScoreVersionNode) -> None:
        p, indent = self.phrasing, 2 * STEP
        for item in node.indicators:
            self.write(indent, indicator(p, item), *self._doubted(item.unverified))
        for other in node.vetoes:
            self.write(indent, veto(p, other), *self._doubted(other.unverified))
        if node.rounding is not None:
            self.write(indent, settled(p, node.rounding))

    def _grade_version(self, node: s.GradeVersionNode) -> None:
        p, indent = self.phrasing, 2 * STEP
        if node.score is not None:
            self.write(indent, f"{p.word('RESTS_ON')} ", p.name(node.score))
        for band in node.bands:
            self.write(indent, grade_band(p, band))
        for item in node.vetoes:
            self.write(indent, veto(p, item), *self._doubted(item.unverified))
        if node.vetoed is not None:
            self.write(indent, f"{p.word('VETOED')} ", p.name(node.vetoed))

    def _doubted(self, unverified: Label) -> list[Doc]:
        """Return why something is unverified, on the line of what it is about."""
        if not unverified:
            return []
        # Its place is used up here, so that the mark of a later version keeps its own.
        mark = Place(self._line_of("UNVERIFIED"))
        return [" ", mark, self._because("UNVERIFIED", unverified)]

    def _standard_version(self, node: s.StandardVersionNode) -> None:
        p, indent = self.phrasing, 2 * STEP
        self.write(STEP, at(node), f"{p.word('VERSION')} {self._interval(node)}")
        self._sources(node.law, (), node.unverified, indent)
        if node.authority:
            self.write(indent, at(node.authority), f"{p.word('AUTHORITY')} {node.authority.text}")
        for reading in node.readings:
            self._reading(reading, indent)
        for clause in standard_clauses(p, node):
            self.write(indent, clause)

    def _reading(self, reading: Label, indent: int) -> None:
        words = f"{self.phrasing.word('READING')} {self.phrasing.label(reading)}"
        self.clause("READING", indent, words)

    def _sources(
        self,
        law: Sequence[s.CitationNode],
        breaches: Sequence[s.CitationNode],
        unverified: Label,
        indent: int,
    ) -> None:
        """Add what the text rests on: law and breaches on one line if they fit."""
        p = self.phrasing
        clauses = [("LAW", law), ("BREACHES", breaches)]
        docs = [p.citations(token, cited) for token, cited in clauses if cited]
        joined = lay_out((docs[0], " ", docs[1]), indent) if len(docs) > 1 else []
        if len(joined) == 1 and display_width(joined[0].text) <= WIDTH:
            self.lines += joined
        else:
            for doc in docs:
                self.write(indent, doc)
        if unverified:
            self.clause("UNVERIFIED", indent, self._because("UNVERIFIED", unverified))

    def _tier(self, node: s.TierNode, token: str) -> None:
        p, indent = self.phrasing, 2 * STEP
        instead = f" {p.word('INSTEAD')}" if node.instead_of_all else ""
        self.write(indent, at(node), f"{p.word(token)} ", p.expression(node.condition), instead)
        self._consequences(node.consequences, indent + STEP)
        if node.reading:
            self._reading(node.reading, indent + STEP)

    def _consequences(self, nodes: Sequence[s.ConsequenceNode], indent: int) -> None:
        for node in nodes:
            head, cases = consequence(self.phrasing, node)
            self.write(indent, head)
            for case in cases:
                self.write(indent + STEP, case)

    def _owned(self, node: s.DefinitionNode | s.TableNode) -> str:
        """Return `NAME also ALIAS of ENTITY "..."`, its entity where it has one."""
        of = f" {self.phrasing.word('OF')} {node.entity.text}" if node.entity else ""
        return f"{self._named(node.name, node.alias)}{of}{self._labelled(node.label)}"

    def _definition(self, node: s.DefinitionNode) -> None:
        p = self.phrasing
        name = self._owned(node)
        head = self._head("DEFINE", node, f"{name} {p.word('AS')}")
        if node.branches:
            self.write(0, *head)
            for condition, value in node.branches:
                then = Group((f" {p.word('THEN')}", Break(), p.expression(value)), STEP)
                self.write(STEP, f"{p.word('IF')} ", p.expression(condition), then)
            self.write(STEP, f"{p.word('OTHERWISE')} ", p.expression(node.otherwise))
        else:
            self.write(0, *head, Break(), p.expression(node.otherwise))
        self._sources(node.law, (), node.unverified, STEP)

    def _parameter(self, node: s.ParameterNode) -> None:
        p = self.phrasing
        name = self._named(node.name, node.alias) + self._labelled(node.label)
        kind = p.type_word(node.type)
        self.write(0, *self._head("PARAMETER", node, f"{name}{self._colon()}", kind))
        for value in node.values:
            parts: list[Doc] = [at(value), f"{p.word('IS')} ", p.expression(value.value, Level.SUM)]
            parts.append(f" {self._interval(value)}")
            if value.law:
                parts += [" ", p.citations("LAW", [value.law])]
            if value.unverified:
                parts += [" ", self._because("UNVERIFIED", value.unverified)]
            self.write(STEP, *parts)

    # --- tables ---

    def _table(self, node: s.TableNode) -> None:
        p = self.phrasing
        name = self._owned(node)
        hit = p.word("FIRST" if node.hit is Hit.FIRST else "UNIQUE")
        kind = p.type_word(node.type)
        head = (f"{name}{self._colon()}", kind, f"{'，' if p.chinese else ', '}{hit}")
        self.write(0, *self._head("TABLE", node, *head))
        self._sources(node.law, (), node.unverified, STEP)
        gives = (Place(self._line_of("GIVES")), p.word("GIVES"))
        docs: list[list[Doc]] = [[*(p.expression(one, Level.SUM) for one in node.inputs), gives]]
        docs += [table_row(p, row) for row in node.rows]
        self.lines += aligned(docs, STEP)

    # --- scenarios ---

    def _scenario(self, node: s.ScenarioNode) -> None:
        p = self.phrasing
        self.write(0, *self._head("SCENARIO", node, p.label(node.label)))
        self._block("GIVEN", [given(p, item) for item in node.given])
        until: Doc = ""
        if node.decided_to is not None:
            until = (f" {p.word('TO')} ", p.expression(node.decided_to, Level.SUM))
        day = p.expression(node.decided_on, Level.SUM)
        self.write(STEP, f"{p.word('DECIDED_ON')} ", day, until)
        self._block("EXPECT", [expectation(p, item) for item in node.expectations])
        if node.because:
            self.write(STEP, p.citations("BECAUSE", node.because))

    def _block(self, token: str, items: Sequence[Doc]) -> None:
        """Add a keyword with its first item, the others below that."""
        keyword = f"{self.phrasing.word(token)} "
        for index, item in enumerate(items):
            first = len(self.lines)
            self.write(STEP + display_width(keyword), item)
            if index == 0:
                line = self.lines[first]
                line.text = " " * STEP + keyword + line.text.lstrip(" ")
