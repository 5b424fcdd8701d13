"""Builds vocabulary, definitions, figures, tables and scenarios."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lawengine.base.label import Label
from lawengine.language import syntax as s
from lawengine.language.build_base import BuilderBase
from lawengine.language.keywords import TYPE_WORDS, spelling, word_meaning
from lawengine.language.parts import (
    Part,
    after,
    align,
    every,
    first,
    is_plain,
    nodes,
    tokens,
)
from lawengine.language.token_meanings import MEASURES, STATES
from lawengine.language.tokens import Token, token_span
from lawengine.model.measures import Modality
from lawengine.model.rules import Hit


class DeclarationBuilder(BuilderBase):
    """The grammar rules of everything but rules and expressions."""

    # --- vocabulary ---

    def parent(self, parts: list[Any]) -> Part:
        return self._wrap("parent", parts, self.names(parts)[0])

    def listed(self, parts: list[Any]) -> Part:
        return self._wrap("listed", parts, self.names(parts)[0])

    def type(self, parts: list[Any]) -> Part:
        names = self.names(parts)
        return self._wrap("type", parts, (names[0], self._setting(parts) if names[1:] else None))

    def member(self, parts: list[Any]) -> s.MemberNode:
        label = first(parts, "label") or Label()
        return s.MemberNode(self.names(parts)[0], first(parts, "also"), label, self.span(parts))

    def lower(self, parts: list[Any]) -> Part:
        return self._wrap("low", parts, parts[-1])

    def upper(self, parts: list[Any]) -> Part:
        return self._wrap("high", parts, parts[-1])

    def role(self, parts: list[Any]) -> Part:
        return self._wrap("role", parts, self._setting(parts))

    def power(self, parts: list[Any]) -> Part:
        return self._wrap("power", parts, s.PowerNode(self.span(parts)))

    def recorded(self, parts: list[Any]) -> Part:
        return self._wrap("recorded", parts, s.RecordedNode(self.span(parts)))

    def question(self, parts: list[Any]) -> Part:
        return self._wrap("question", parts, self._said(parts))

    def presumption(self, parts: list[Any]) -> Part:
        law, value = self._one_law(parts), bool(tokens(parts, "YES"))
        node = s.PresumptionNode(value, first(parts, "because"), law, self.span(parts))
        return self._wrap("presumption", parts, node)

    def fact(self, parts: list[Any]) -> s.FactNode:
        kind, text_format = first(parts, "type")
        return self._fact(parts, kind, text_format)

    def choice_fact(self, parts: list[Any]) -> s.FactNode:
        one_of = tokens(parts, "ONE_OF")[0]
        kind = s.Name("one_of", token_span(self.path, one_of))
        return self._fact(parts, kind, None)

    def _fact(self, parts: list[Any], kind: s.Name, text_format: s.Name | None) -> s.FactNode:
        for clause in ("role", "power", "recorded", "question", "presumption"):
            self.once([p for p in parts if isinstance(p, Part)], clause)
        return s.FactNode(
            name=self.names(parts)[0],
            alias=first(parts, "also"),
            label=first(parts, "label") or Label(),
            type=replace(kind, text=word_meaning(TYPE_WORDS, kind.text) or kind.text),
            members=nodes(parts, s.MemberNode),
            format=text_format,
            low=tuple(every(parts, "low")),
            high=tuple(every(parts, "high")),
            role=first(parts, "role"),
            power=first(parts, "power"),
            recorded=first(parts, "recorded"),
            question=first(parts, "question") or Label(),
            presumption=first(parts, "presumption"),
            span=self.span(parts),
        )

    def entity(self, parts: list[Any]) -> s.EntityNode:
        return s.EntityNode(
            name=self.names(parts)[0],
            alias=first(parts, "also"),
            label=first(parts, "label") or Label(),
            parent=first(parts, "parent"),
            listed_as=first(parts, "listed"),
            facts=nodes(parts, s.FactNode),
            span=self.span(parts),
        )

    # --- definitions, figures, tables ---

    def branch(self, parts: list[Any]) -> Part:
        return self._wrap("branch", parts, (parts[1], parts[3]))

    def _definition(self, parts: list[Any], otherwise: Any) -> s.DefinitionNode:
        law, _, unverified = self._law_lines(parts)
        return s.DefinitionNode(
            name=self.names(parts)[0],
            alias=first(parts, "also"),
            label=first(parts, "label") or Label(),
            branches=tuple(every(parts, "branch")),
            otherwise=otherwise,
            entity=first(parts, "parent"),
            law=law,
            unverified=unverified,
            span=self.span(parts),
        )

    def definition(self, parts: list[Any]) -> s.DefinitionNode:
        return self._definition(parts, after(parts, "AS"))

    def definition_cases(self, parts: list[Any]) -> s.DefinitionNode:
        return self._definition(parts, after(parts, "OTHERWISE"))

    def dated_value(self, parts: list[Any]) -> s.DatedValueNode:
        start, end = first(parts, "interval")
        law = self._one_law(parts)
        unverified = first(parts, "unverified") or Label()
        return s.DatedValueNode(parts[1], start, end, law, unverified, self.span(parts))

    def parameter(self, parts: list[Any]) -> s.ParameterNode:
        names = self.names(parts)
        kind = names[-1]
        return s.ParameterNode(
            name=names[0],
            alias=first(parts, "also"),
            label=first(parts, "label") or Label(),
            type=replace(kind, text=word_meaning(TYPE_WORDS, kind.text) or kind.text),
            values=nodes(parts, s.DatedValueNode),
            span=self.span(parts),
        )

    def cell_any(self, parts: list[Any]) -> s.CellNode:
        return s.CellNode(span=self.span(parts))

    def cell_gives(self, parts: list[Any]) -> Part:
        return self._wrap("gives", parts, None)

    def cell_options(self, parts: list[Any]) -> s.CellNode:
        options = tuple(p for p in parts if not isinstance(p, Token))
        return s.CellNode(options=options, span=self.span(parts))

    def cell_range(self, parts: list[Any]) -> s.CellNode:
        low, high = align(parts[0], parts[2])
        return s.CellNode(low=low, high=high, span=self.span(parts))

    def cell_from(self, parts: list[Any]) -> s.CellNode:
        return s.CellNode(low=parts[1], span=self.span(parts))

    def cell_to(self, parts: list[Any]) -> s.CellNode:
        return s.CellNode(high=parts[1], span=self.span(parts))

    def row(self, parts: list[Any]) -> Part:
        cells = [p for p in parts if isinstance(p, s.CellNode | Part)]
        return self._wrap("row", parts, cells)

    def table(self, parts: list[Any]) -> s.TableNode:
        names = self.names(parts)
        head, *rows = [p for p in parts if isinstance(p, Part) and p.kind == "row"]
        inputs = tuple(c.options[0] for c in head.value[:-1] if is_plain(c))
        gives = isinstance(head.value[-1], Part)
        if not gives or len(inputs) != len(head.value) - 1:
            self.report("LAW121", head.span)
        law, _, unverified = self._law_lines(parts)
        return s.TableNode(
            name=names[0],
            alias=first(parts, "also"),
            label=first(parts, "label") or Label(),
            type=replace(
                names[-1], text=word_meaning(TYPE_WORDS, names[-1].text) or names[-1].text
            ),
            hit=Hit.FIRST if tokens(parts, "FIRST") else Hit.UNIQUE,
            inputs=inputs,
            rows=tuple(node for row in rows if (node := self._row(row, len(inputs)))),
            law=law,
            unverified=unverified,
            entity=first(parts, "parent"),
            span=self.span(parts),
        )

    def _row(self, row: Part, inputs: int) -> s.RowNode | None:
        *cells, result = row.value
        plain = all(isinstance(cell, s.CellNode) for cell in cells)
        if len(cells) != inputs or not plain or not is_plain(result):
            self.report("LAW122", row.span, expected=inputs + 1, found=len(row.value))
            return None
        return s.RowNode(tuple(cells), result.options[0], row.span)

    # --- scenarios ---

    def assignment(self, parts: list[Any]) -> s.AssignmentNode:
        values = [p for p in parts if not isinstance(p, Token)]
        high = values[1] if len(values) > 1 else None
        low = values[0]
        if high is not None:
            low, high = align(low, high)
        return s.AssignmentNode(self.names(parts)[0], low, high, self.span(parts))

    def elements(self, parts: list[Any]) -> s.ElementsNode:
        number = parts[0].value
        if number.denominator != 1 or number > 10_000:  # noqa: PLR2004 - a scenario stays small
            self.report("LAW123", token_span(self.path, parts[0]))
            number = 1
        assignments = nodes(parts, s.AssignmentNode)
        return s.ElementsNode(int(number), self.names(parts)[0], assignments, self.span(parts))

    def given(self, parts: list[Any]) -> Part:
        return self._wrap("given", parts, nodes(parts, (s.AssignmentNode, s.ElementsNode)))

    def decided(self, parts: list[Any]) -> Part:
        values = [p for p in parts if not isinstance(p, Token)]
        return self._wrap("decided", parts, (values[0], values[1] if len(values) > 1 else None))

    def expect(self, parts: list[Any]) -> Part:
        return self._wrap("expect", parts, tuple(p for p in parts if not isinstance(p, Token)))

    def expect_rule(self, parts: list[Any]) -> s.ExpectRuleNode:
        return s.ExpectRuleNode(self.name_of(parts[0]), STATES[parts[1].type], self.span(parts))

    def expect_fine(self, parts: list[Any]) -> s.ExpectFineNode:
        measure = nodes(parts, s.MeasureNode)[0]
        may = first(parts, "modality") is not Modality.MUST
        return s.ExpectFineNode(measure.bands[0], may, self.span(parts))

    def expect_no_fine(self, parts: list[Any]) -> s.ExpectFineNode:
        return s.ExpectFineNode(None, span=self.span(parts))

    def expect_measure(self, parts: list[Any]) -> s.ExpectMeasureNode:
        kinds = [p.type for p in parts if p.type in MEASURES]
        absent = parts[0].type == "NOT"
        return s.ExpectMeasureNode(MEASURES[kinds[0]], absent, self.span(parts))

    def expect_need(self, parts: list[Any]) -> s.ExpectNeedNode:
        return s.ExpectNeedNode(self.names(parts)[0], self.span(parts))

    def expect_state(self, parts: list[Any]) -> Any:
        span = self.span(parts)
        if parts[0].type == "NO_PENALTY":
            return s.ExpectNoPenaltyNode(span)
        if parts[0].type == "CONTRADICTION":
            return s.ExpectContradictionNode(span)
        return s.ExpectUndeterminedNode(span)

    def because_line(self, parts: list[Any]) -> Part:
        return self._wrap("because_line", parts, nodes(parts, s.CitationNode))

    def scenario(self, parts: list[Any]) -> s.ScenarioNode | None:
        clauses = [p for p in parts if isinstance(p, Part)]
        for kind in ("given", "decided", "expect", "because_line"):
            self.once(clauses, kind)
        span, decided = self.span(parts), first(clauses, "decided")
        expectations = first(clauses, "expect")
        for missing, clause in ((decided, "DECIDED_ON"), (expectations, "EXPECT")):
            if missing is None:
                self.report("LAW124", span, clause=spelling(clause, self.language))
        if decided is None or expectations is None:
            return None
        return s.ScenarioNode(
            label=first(clauses, "label"),
            given=first(clauses, "given") or (),
            decided_on=decided[0],
            decided_to=decided[1],
            expectations=expectations,
            because=first(clauses, "because_line") or (),
            span=span,
        )
