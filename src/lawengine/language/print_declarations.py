"""How declarations are laid out: their clauses in one order, two columns deeper at each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lawengine.base.label import Label
from lawengine.base.source import display_width
from lawengine.language import syntax as s
from lawengine.language.layout import WIDTH, Break, Doc, Group, Line, Place, flat, lay_out
from lawengine.language.print_consequences import consequence, expectation
from lawengine.language.print_expressions import Level, Phrasing, at
from lawengine.language.print_statuses import ending, interval, joint_measure, late, runs
from lawengine.language.token_meanings import STATUS_KIND_TOKENS
from lawengine.model.rules import Hit

STEP = 2


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
            case s.ScenarioNode():
                self._scenario(node)
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

    def _interval(self, node: s.VersionNode | s.StatusVersionNode | s.DatedValueNode) -> str:
        return interval(self.phrasing, node.start, node.end)

    def _version(self, node: s.VersionNode) -> None:
        p, indent = self.phrasing, 2 * STEP
        self._opening(node, node.breaches)
        if node.prevails_over:
            names = p.several(p.name(name) for name in node.prevails_over)
            self.write(indent, f"{p.word('PREVAILS')} ", names)
        if node.consequences:
            then = f"{p.word('THEN')} "
            first = len(self.lines)
            self._consequences(node.consequences, indent + display_width(then))
            self.lines[first].text = " " * indent + then + self.lines[first].text.lstrip(" ")
        for tier in node.tiers:
            self._tier(tier, "IF")
            for inner in tier.tiers:
                self._tier(inner, "FURTHER_IF")

    def _opening(
        self, node: s.VersionNode | s.StatusVersionNode, breaches: Sequence[s.CitationNode] = ()
    ) -> None:
        """Add what versions of rules and of statuses begin with: from their days to `unless`."""
        p, indent = self.phrasing, 2 * STEP
        self.write(STEP, at(node), f"{p.word('VERSION')} {self._interval(node)}")
        self._sources(node.law, breaches, node.unverified, indent)
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
        p, indent = self.phrasing, 2 * STEP
        self._opening(node)
        if node.runs:
            self.write(indent, runs(p, node.runs))
        for measure in node.measures:
            self._doubted(indent, joint_measure(p, measure), measure.unverified)
        for item in node.endings:
            self._doubted(indent, ending(p, item), item.unverified)
        if node.late:
            self._doubted(indent, late(p, node.late), node.late.unverified)
        if node.triggers:
            names = p.several(p.name(name) for name in node.triggers)
            self.write(indent, f"{p.word('TRIGGERS')} ", names)

    def _doubted(self, indent: int, words: Doc, unverified: Label) -> None:
        """Add a clause of a status, what is unverified of it alone behind it.

        Its place is used up here, so that the mark of a later version keeps its own.
        """
        parts: list[Doc] = [words]
        if unverified:
            mark = Place(self._line_of("UNVERIFIED"))
            parts += [" ", mark, self._because("UNVERIFIED", unverified)]
        self.write(indent, *parts)

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

    def _definition(self, node: s.DefinitionNode) -> None:
        p = self.phrasing
        name = self._named(node.name, node.alias)
        if node.entity is not None:
            name += f" {p.word('OF')} {node.entity.text}"
        name += self._labelled(node.label)
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
        name = self._named(node.name, node.alias) + self._labelled(node.label)
        hit = p.word("FIRST" if node.hit is Hit.FIRST else "UNIQUE")
        kind = p.type_word(node.type)
        head = (f"{name}{self._colon()}", kind, f"{'，' if p.chinese else ', '}{hit}")
        self.write(0, *self._head("TABLE", node, *head))
        self._sources(node.law, (), node.unverified, STEP)
        gives = (Place(self._line_of("GIVES")), p.word("GIVES"))
        docs: list[list[Doc]] = [[*map(self._input, node.inputs), gives]]
        docs += [[*map(self._cell, row.cells), self._input(row.result)] for row in node.rows]
        rows = [[flat(doc) for doc in row] for row in docs]
        columns = zip(*rows, strict=True)
        widths = [max(display_width(cell.text) for cell in column) for column in columns]
        for row in rows:
            texts = (
                cell.text + " " * (width - display_width(cell.text))
                for cell, width in zip(row, widths, strict=True)
            )
            place = min((cell.place for cell in row if cell.place), default=0)
            last = max(cell.last for cell in row)
            self.lines.append(Line(f"{' ' * STEP}| {' | '.join(texts)} |", place, last))

    def _input(self, node: s.ExpressionNode) -> Doc:
        return self.phrasing.expression(node, Level.SUM)

    def _cell(self, node: s.CellNode) -> Doc:
        p = self.phrasing
        if node.options:
            return p.several(p.expression(option, Level.SUM) for option in node.options)
        if node.low is not None and node.high is not None:
            return p.span_of(node.low, node.high)
        if node.low is not None:
            return (f"{p.word('AT_LEAST')} ", p.expression(node.low, Level.SUM))
        if node.high is not None:
            return (f"{p.word('AT_MOST')} ", p.expression(node.high, Level.SUM))
        return "*"

    # --- scenarios ---

    def _scenario(self, node: s.ScenarioNode) -> None:
        p = self.phrasing
        self.write(0, *self._head("SCENARIO", node, p.label(node.label)))
        self._block("GIVEN", [self._given(item) for item in node.given])
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

    def _given(self, node: s.AssignmentNode | s.ElementsNode) -> Doc:
        p = self.phrasing
        if isinstance(node, s.AssignmentNode):
            value = p.expression(node.value, Level.SUM)
            if node.high is not None:
                value = p.span_of(node.value, node.high)
            return (at(node), node.target.text, f" {p.word('IS')} ", value)
        parts: list[Doc] = [at(node), f"{node.count} {node.entity.text}"]
        for index, assignment in enumerate(node.assignments):
            joint: Doc = p.comma() if index else f" {p.word('WITH')} "
            parts += [joint, self._given(assignment)]
        return tuple(parts)
