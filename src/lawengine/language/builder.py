"""From grammar rules to nodes of the syntax tree, bottom up while the parser runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lark import Token, Transformer

from lawengine.base.calendar import Rounding
from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label, Language
from lawengine.base.source import NOWHERE, Span
from lawengine.language import syntax as s
from lawengine.language.keywords import SETTING_WORDS, TYPE_WORDS, spelling, word_meaning
from lawengine.language.lexer import token_span
from lawengine.model.expressions import Aggregation, Comparison, Extreme, Logic, Operation
from lawengine.model.measures import ChoiceMode, EffectKind, MeasureKind, Modality
from lawengine.model.rules import Hit
from lawengine.model.scenarios import RuleState

_MEASURES = {
    "WARN": MeasureKind.WARN,
    "CRITICISE": MeasureKind.CRITICISE,
    "FINE": MeasureKind.FINE,
    "CONFISCATE": MeasureKind.CONFISCATE,
    "SUSPEND": MeasureKind.SUSPEND,
    "DOWNGRADE": MeasureKind.DOWNGRADE,
    "REVOKE": MeasureKind.REVOKE,
    "RESTRICT": MeasureKind.RESTRICT,
    "CLOSE": MeasureKind.CLOSE,
    "BAR": MeasureKind.BAR,
    "STOP": MeasureKind.STOP,
    "CORRECT": MeasureKind.CORRECT,
    "REMOVE_EFFECTS": MeasureKind.REMOVE_EFFECTS,
    "EDUCATE": MeasureKind.EDUCATE,
    "RECORD": MeasureKind.RECORD,
    "PUBLISH": MeasureKind.PUBLISH,
    "LIABILITY": MeasureKind.LIABILITY,
    "TRANSFER": MeasureKind.TRANSFER,
}
_EFFECTS = {
    "EXEMPT": EffectKind.NO_PENALTY,
    "LIGHTEN": EffectKind.LIGHTER,
    "REDUCE": EffectKind.REDUCED,
    "LIGHTEN_OR_REDUCE": EffectKind.LIGHTER_OR_REDUCED,
    "AGGRAVATE": EffectKind.HEAVIER,
    "ONE_FINE": EffectKind.ONE_FINE,
    "HIGHER_FINE": EffectKind.HIGHER_FINE,
    "LATER_LIGHTER": EffectKind.LATER_LIGHTER_LAW,
}
_STATES = {
    "ESTABLISHED": RuleState.ESTABLISHED,
    "NOT_ESTABLISHED": RuleState.NOT_ESTABLISHED,
    "DEFEATED": RuleState.DEFEATED,
    "UNDETERMINED": RuleState.UNDETERMINED,
}
MEASURE_TOKENS = {kind: token for token, kind in _MEASURES.items()}
EFFECT_TOKENS = {kind: token for token, kind in _EFFECTS.items()}
STATE_TOKENS = {state: token for token, state in _STATES.items()}
_CLAUSES = {
    "role": "SERVES_AS",
    "question": "ASK",
    "presumption": "PRESUMED",
    "when": "WHEN",
    "authority": "AUTHORITY",
    "then": "THEN",
    "prevails": "PREVAILS",
    "given": "GIVEN",
    "decided": "DECIDED_ON",
    "expect": "EXPECT",
    "because_line": "BECAUSE",
}
_ROUNDINGS = {
    "ROUNDED_DOWN": Rounding.DOWN,
    "ROUNDED_UP": Rounding.UP,
    "ROUNDED_HALF_EVEN": Rounding.HALF_EVEN,
}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a declaration that is no node of the tree by itself."""

    kind: str
    value: Any = None
    span: Span = NOWHERE


def _first(parts: Iterable[Any], kind: str) -> Any:
    return next((p.value for p in parts if isinstance(p, Part) and p.kind == kind), None)


def _every(parts: Iterable[Any], kind: str) -> list[Any]:
    return [p.value for p in parts if isinstance(p, Part) and p.kind == kind]


def _nodes(parts: Iterable[Any], node: type | tuple[type, ...]) -> tuple[Any, ...]:
    return tuple(p for p in parts if isinstance(p, node))


def _tokens(parts: Iterable[Any], kind: str) -> list[Token]:
    return [p for p in parts if isinstance(p, Token) and p.type == kind]


_CONSEQUENCES = (s.MeasureNode, s.ChoiceNode, s.ReferenceNode, s.EffectNode)


@dataclass
class Builder(Transformer[Token, Any]):
    """Builds nodes; what an author said twice or in a wrong place becomes a diagnostic."""

    path: str
    language: Language
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Set up the base class, which dataclass skips."""
        super().__init__()

    # --- small helpers ---

    def span(self, parts: Sequence[Any]) -> Span:
        """Return the span from the first to the last part that has one."""
        spans = [token_span(self.path, p) if isinstance(p, Token) else p.span for p in parts]
        spans = [span for span in spans if span is not NOWHERE]
        return spans[0].to(spans[-1]) if spans else NOWHERE

    def name_of(self, token: Token) -> s.Name:
        """Return the name a token writes."""
        return s.Name(str(token.value), token_span(self.path, token))

    def names(self, parts: Sequence[Any]) -> list[s.Name]:
        """Return the names among `parts`, in order."""
        return [self.name_of(token) for token in _tokens(parts, "NAME")]

    def report(self, code: str, span: Span, **words: object) -> None:
        """Add a diagnostic."""
        self.diagnostics.append(Diagnostic(code, span, words))

    def twice(self, span: Span, token: str) -> None:
        """Add the diagnostic for a clause that can stand only once."""
        self.report("LAW118", span, clause=spelling(token, self.language))

    def _wrap(self, kind: str, parts: Sequence[Any], value: Any) -> Part:
        return Part(kind, value, self.span(parts))

    # --- labels, citations ---

    def declaration(self, parts: list[Any]) -> Any:
        return parts[0]

    def label(self, parts: list[Any]) -> Part:
        texts = [str(token.value) for token in _tokens(parts, "TEXT")]
        own, other = texts[0], texts[1] if len(texts) > 1 else ""
        label = Label(own, other) if self.language == "en" else Label(other, own)
        return self._wrap("label", parts, label)

    def because(self, parts: list[Any]) -> Part:
        return self._wrap("because", parts, self._said(parts))

    def _said(self, parts: list[Any]) -> Label:
        """Return the label, which must say something here: without words the clause would vanish."""
        label: Label = _first(parts, "label")
        if not label:
            self.report("LAW125", parts[-1].span)
        return label

    def _setting(self, parts: Sequence[Any]) -> s.Name:
        """Return a name that is one of the setting words, as its identifier where it is one."""
        name = self.names(parts)[-1]
        return replace(name, text=word_meaning(SETTING_WORDS, name.text) or name.text)

    def _one_law(self, parts: Sequence[Any]) -> s.CitationNode | None:
        """Return the one citation of a place that has room for one."""
        cited = _first(parts, "law") or ()
        for extra in cited[1:]:
            self.twice(extra.span, "LAW")
        return cited[0] if cited else None

    def also(self, parts: list[Any]) -> Part:
        return self._wrap("also", parts, self.names(parts)[0])

    def citation(self, parts: list[Any]) -> s.CitationNode:
        instrument = s.Name(str(parts[0].value), token_span(self.path, parts[0]))
        return s.CitationNode(instrument, parts[1].value, self.span(parts))

    def law(self, parts: list[Any]) -> Part:
        return self._wrap("law", parts, _nodes(parts, s.CitationNode))

    def breaches(self, parts: list[Any]) -> Part:
        return self._wrap("breaches", parts, _nodes(parts, s.CitationNode))

    def unverified(self, parts: list[Any]) -> Part:
        return self._wrap("unverified", parts, _first(parts, "because"))

    def law_line(self, parts: list[Any]) -> Part:
        return self._wrap("law_line", parts, tuple(p for p in parts if isinstance(p, Part)))

    def _law_lines(self, parts: Iterable[Any]) -> tuple[Any, Any, Label]:
        law: tuple[Any, ...] = ()
        breaches: tuple[Any, ...] = ()
        unverified = Label()
        for line in _every(parts, "law_line"):
            for part in line:
                if part.kind == "law":
                    law += part.value
                elif part.kind == "breaches":
                    breaches += part.value
                elif unverified:
                    self.twice(part.span, "UNVERIFIED")
                else:
                    unverified = part.value
        return law, breaches, unverified

    # --- vocabulary ---

    def parent(self, parts: list[Any]) -> Part:
        return self._wrap("parent", parts, self.names(parts)[0])

    def listed(self, parts: list[Any]) -> Part:
        return self._wrap("listed", parts, self.names(parts)[0])

    def type(self, parts: list[Any]) -> Part:
        names = self.names(parts)
        return self._wrap("type", parts, (names[0], self._setting(parts) if names[1:] else None))

    def member(self, parts: list[Any]) -> s.MemberNode:
        label = _first(parts, "label") or Label()
        return s.MemberNode(self.names(parts)[0], _first(parts, "also"), label, self.span(parts))

    def lower(self, parts: list[Any]) -> Part:
        return self._wrap("low", parts, parts[-1])

    def upper(self, parts: list[Any]) -> Part:
        return self._wrap("high", parts, parts[-1])

    def role(self, parts: list[Any]) -> Part:
        return self._wrap("role", parts, self._setting(parts))

    def question(self, parts: list[Any]) -> Part:
        return self._wrap("question", parts, self._said(parts))

    def presumption(self, parts: list[Any]) -> Part:
        law, value = self._one_law(parts), bool(_tokens(parts, "YES"))
        node = s.PresumptionNode(value, _first(parts, "because"), law, self.span(parts))
        return self._wrap("presumption", parts, node)

    def fact(self, parts: list[Any]) -> s.FactNode:
        kind, text_format = _first(parts, "type")
        return self._fact(parts, kind, text_format)

    def choice_fact(self, parts: list[Any]) -> s.FactNode:
        one_of = _tokens(parts, "ONE_OF")[0]
        kind = s.Name("one_of", token_span(self.path, one_of))
        return self._fact(parts, kind, None)

    def _fact(self, parts: list[Any], kind: s.Name, text_format: s.Name | None) -> s.FactNode:
        for clause in ("role", "question", "presumption"):
            self._once([p for p in parts if isinstance(p, Part)], clause)
        return s.FactNode(
            name=self.names(parts)[0],
            alias=_first(parts, "also"),
            label=_first(parts, "label") or Label(),
            type=replace(kind, text=word_meaning(TYPE_WORDS, kind.text) or kind.text),
            members=_nodes(parts, s.MemberNode),
            format=text_format,
            low=tuple(_every(parts, "low")),
            high=tuple(_every(parts, "high")),
            role=_first(parts, "role"),
            question=_first(parts, "question") or Label(),
            presumption=_first(parts, "presumption"),
            span=self.span(parts),
        )

    def entity(self, parts: list[Any]) -> s.EntityNode:
        return s.EntityNode(
            name=self.names(parts)[0],
            alias=_first(parts, "also"),
            label=_first(parts, "label") or Label(),
            parent=_first(parts, "parent"),
            listed_as=_first(parts, "listed"),
            facts=_nodes(parts, s.FactNode),
            span=self.span(parts),
        )

    # --- rules ---

    def _once(self, parts: Sequence[Part], kind: str) -> None:
        found = [p for p in parts if p.kind == kind]
        for extra in found[1:]:
            self.twice(extra.span, _CLAUSES[kind])

    def interval(self, parts: list[Any]) -> Part:
        days = [token.value for token in _tokens(parts, "DATE")]
        value = (days[0], days[1] if len(days) > 1 else None)
        return self._wrap("interval", parts, value)

    def dated_by(self, parts: list[Any]) -> Part:
        return self._wrap("dated_by", parts, self._setting(parts))

    def repeal(self, parts: list[Any]) -> s.RepealNode:
        day = _tokens(parts, "DATE")[0].value
        cited = self._one_law(parts)
        assert cited is not None  # noqa: S101 - the grammar asks for one
        return s.RepealNode(day, cited, self.span(parts))

    def authority(self, parts: list[Any]) -> Part:
        return self._wrap("authority", parts, self.names(parts)[0])

    def reading(self, parts: list[Any]) -> Part:
        return self._wrap("reading", parts, self._said(parts))

    def when(self, parts: list[Any]) -> Part:
        return self._wrap("when", parts, parts[1])

    def unless(self, parts: list[Any]) -> Part:
        return self._wrap("unless", parts, parts[1])

    def prevails(self, parts: list[Any]) -> Part:
        return self._wrap("prevails", parts, tuple(self.names(parts)))

    def then(self, parts: list[Any]) -> Part:
        return self._wrap("then", parts, _nodes(parts, _CONSEQUENCES))

    def tier(self, parts: list[Any]) -> Part:
        node = s.TierNode(
            condition=parts[1],
            consequences=_nodes(parts[2:], _CONSEQUENCES),
            instead_of_all=bool(_tokens(parts, "INSTEAD")),
            span=self.span(parts),
        )
        kind = "inner_tier" if parts[0].type == "FURTHER_IF" else "tier"
        return self._wrap(kind, parts, node)

    def version(self, parts: list[Any]) -> s.VersionNode:
        clauses = [p for p in parts if isinstance(p, Part)]
        for kind in ("when", "authority", "then", "prevails"):
            self._once(clauses, kind)
        start, end = _first(clauses, "interval")
        law, breaches, unverified = self._law_lines(clauses)
        readings, tiers = self._tiers(clauses)
        return s.VersionNode(
            start=start,
            end=end,
            law=law,
            breaches=breaches,
            unverified=unverified,
            authority=_first(clauses, "authority"),
            readings=readings,
            prevails_over=_first(clauses, "prevails") or (),
            when=_first(clauses, "when"),
            unless=tuple(_every(clauses, "unless")),
            consequences=_first(clauses, "then") or (),
            tiers=tiers,
            span=self.span(parts),
        )

    def _tiers(self, clauses: list[Part]) -> tuple[tuple[Label, ...], tuple[s.TierNode, ...]]:
        """Fold `further if` tiers into the tier before them, and readings into their tier."""
        readings: list[Label] = []
        tiers: list[tuple[s.TierNode, list[s.TierNode]]] = []
        for clause in clauses:
            if clause.kind == "tier":
                tiers.append((clause.value, []))
            elif clause.kind == "inner_tier":
                if tiers:
                    tiers[-1][1].append(clause.value)
                else:
                    self.report("LAW119", clause.span)
            elif clause.kind == "reading" and not tiers:
                readings.append(clause.value)
            elif clause.kind == "reading":
                outer, inner = tiers[-1]
                if (inner[-1] if inner else outer).reading:
                    self.twice(clause.span, "READING")
                if inner:
                    inner[-1] = replace(inner[-1], reading=clause.value)
                else:
                    tiers[-1] = (replace(outer, reading=clause.value), inner)
            elif tiers and clause.kind in ("when", "unless", "then", "prevails", "authority"):
                self.report("LAW120", clause.span)
        folded = tuple(replace(outer, tiers=tuple(inner)) for outer, inner in tiers)
        return tuple(readings), folded

    def rule(self, parts: list[Any]) -> s.RuleNode:
        return self._rule(parts, None)

    def exception(self, parts: list[Any]) -> s.RuleNode:
        return self._rule(parts, self.names(parts)[1])

    def _rule(self, parts: list[Any], exception_to: s.Name | None) -> s.RuleNode:
        repeals = _nodes(parts, s.RepealNode)
        for extra in repeals[1:]:
            self.twice(extra.span, "REPEALED")
        return s.RuleNode(
            name=self.names(parts)[0],
            alias=_first(parts, "also"),
            label=_first(parts, "label") or Label(),
            versions=_nodes(parts, s.VersionNode),
            exception_to=exception_to,
            dated_by=_first(parts, "dated_by"),
            repeal=repeals[0] if repeals else None,
            span=self.span(parts),
        )

    # --- consequences ---

    def modality(self, parts: list[Any]) -> Part:
        if not parts:
            return Part("modality", Modality.MUST)
        value = Modality.MAY_ADD if parts[0].type == "MAY_ALSO" else Modality.MAY
        return self._wrap("modality", parts, value)

    def term(self, parts: list[Any]) -> Part:
        return self._wrap("term", parts, parts[-1].value)

    def simple(self, parts: list[Any]) -> s.MeasureNode:
        kind = _MEASURES[parts[0].type]
        term = _first(parts, "term")
        return s.MeasureNode(kind, Modality.MUST, term=term, span=self.span(parts))

    def targeted(self, parts: list[Any]) -> s.MeasureNode:
        kind, target = _MEASURES[parts[0].type], self.names(parts)[0]
        term = _first(parts, "term")
        return s.MeasureNode(kind, Modality.MUST, target=target, term=term, span=self.span(parts))

    def confiscation(self, parts: list[Any]) -> s.MeasureNode:
        kind = MeasureKind.CONFISCATE
        return s.MeasureNode(kind, Modality.MUST, object=parts[-1], span=self.span(parts))

    def per(self, parts: list[Any]) -> Part:
        return self._wrap("per", parts, self.names(parts)[0])

    def fine(self, parts: list[Any]) -> s.MeasureNode:
        band = replace(_nodes(parts, s.BandNode)[0], per=_first(parts, "per"))
        kind = MeasureKind.FINE
        return s.MeasureNode(kind, Modality.MUST, bands=(band,), span=self.span(parts))

    def fine_cases(self, parts: list[Any]) -> s.MeasureNode:
        kind, bands = MeasureKind.FINE, _nodes(parts, s.BandNode)
        return s.MeasureNode(kind, Modality.MUST, bands=bands, span=self.span(parts))

    def band_case(self, parts: list[Any]) -> s.BandNode:
        band: s.BandNode = parts[0]
        per, condition = _first(parts, "per"), _after(parts, "WHERE")
        return replace(band, per=per, condition=condition, span=self.span(parts))

    def band_range(self, parts: list[Any]) -> s.BandNode:
        left, right = (p for p in parts if not isinstance(p, Token))
        low, high = _align(left, right)
        return s.BandNode(low, high, span=self.span(parts))

    def band_cap(self, parts: list[Any]) -> s.BandNode:
        high = next(p for p in parts if not isinstance(p, Token))
        return s.BandNode(None, high, span=self.span(parts))

    def band_fixed(self, parts: list[Any]) -> s.BandNode:
        return s.BandNode(parts[0], parts[0], span=self.span(parts))

    def measure(self, parts: list[Any]) -> s.MeasureNode:
        node: s.MeasureNode = parts[0]
        return node

    def measure_line(self, parts: list[Any]) -> s.MeasureNode:
        modality: Modality = _first(parts, "modality")
        node: s.MeasureNode = _nodes(parts, s.MeasureNode)[0]
        return replace(node, modality=modality, span=self.span(parts))

    def choice_line(self, parts: list[Any]) -> s.ChoiceNode:
        together = _tokens(parts, "SINGLY_OR_TOGETHER")
        mode = ChoiceMode.ONE_OR_MORE if together else ChoiceMode.ONE
        modality = _first(parts, "modality")
        return s.ChoiceNode(mode, modality, _nodes(parts, s.MeasureNode), self.span(parts))

    def reference(self, parts: list[Any]) -> s.ReferenceNode:
        names, laws = self.names(parts), _nodes(parts, s.CitationNode)
        rule, law = (names[0] if names else None), (laws[0] if laws else None)
        return s.ReferenceNode(rule, law, self.span(parts))

    def effect(self, parts: list[Any]) -> s.EffectNode:
        token = next(p for p in parts if isinstance(p, Token))
        return s.EffectNode(_EFFECTS[token.type], _first(parts, "modality"), self.span(parts))

    # --- definitions, figures, tables ---

    def branch(self, parts: list[Any]) -> Part:
        return self._wrap("branch", parts, (parts[1], parts[3]))

    def _definition(self, parts: list[Any], otherwise: Any) -> s.DefinitionNode:
        law, _, unverified = self._law_lines(parts)
        return s.DefinitionNode(
            name=self.names(parts)[0],
            alias=_first(parts, "also"),
            label=_first(parts, "label") or Label(),
            branches=tuple(_every(parts, "branch")),
            otherwise=otherwise,
            law=law,
            unverified=unverified,
            span=self.span(parts),
        )

    def definition(self, parts: list[Any]) -> s.DefinitionNode:
        return self._definition(parts, _after(parts, "AS"))

    def definition_cases(self, parts: list[Any]) -> s.DefinitionNode:
        return self._definition(parts, _after(parts, "OTHERWISE"))

    def dated_value(self, parts: list[Any]) -> s.DatedValueNode:
        start, end = _first(parts, "interval")
        law = self._one_law(parts)
        unverified = _first(parts, "unverified") or Label()
        return s.DatedValueNode(parts[1], start, end, law, unverified, self.span(parts))

    def parameter(self, parts: list[Any]) -> s.ParameterNode:
        names = self.names(parts)
        kind = names[-1]
        return s.ParameterNode(
            name=names[0],
            alias=_first(parts, "also"),
            label=_first(parts, "label") or Label(),
            type=replace(kind, text=word_meaning(TYPE_WORDS, kind.text) or kind.text),
            values=_nodes(parts, s.DatedValueNode),
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
        low, high = _align(parts[0], parts[2])
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
        inputs = tuple(c.options[0] for c in head.value[:-1] if _is_plain(c))
        gives = isinstance(head.value[-1], Part)
        if not gives or len(inputs) != len(head.value) - 1:
            self.report("LAW121", head.span)
        law, _, unverified = self._law_lines(parts)
        return s.TableNode(
            name=names[0],
            alias=_first(parts, "also"),
            label=_first(parts, "label") or Label(),
            type=replace(
                names[-1], text=word_meaning(TYPE_WORDS, names[-1].text) or names[-1].text
            ),
            hit=Hit.FIRST if _tokens(parts, "FIRST") else Hit.UNIQUE,
            inputs=inputs,
            rows=tuple(node for row in rows if (node := self._row(row, len(inputs)))),
            law=law,
            unverified=unverified,
            span=self.span(parts),
        )

    def _row(self, row: Part, inputs: int) -> s.RowNode | None:
        *cells, result = row.value
        plain = all(isinstance(cell, s.CellNode) for cell in cells)
        if len(cells) != inputs or not plain or not _is_plain(result):
            self.report("LAW122", row.span, expected=inputs + 1, found=len(row.value))
            return None
        return s.RowNode(tuple(cells), result.options[0], row.span)

    # --- scenarios ---

    def assignment(self, parts: list[Any]) -> s.AssignmentNode:
        values = [p for p in parts if not isinstance(p, Token)]
        high = values[1] if len(values) > 1 else None
        low = values[0]
        if high is not None:
            low, high = _align(low, high)
        return s.AssignmentNode(self.names(parts)[0], low, high, self.span(parts))

    def elements(self, parts: list[Any]) -> s.ElementsNode:
        number = parts[0].value
        if number.denominator != 1 or number > 10_000:  # noqa: PLR2004 - a scenario stays small
            self.report("LAW123", token_span(self.path, parts[0]))
            number = 1
        assignments = _nodes(parts, s.AssignmentNode)
        return s.ElementsNode(int(number), self.names(parts)[0], assignments, self.span(parts))

    def given(self, parts: list[Any]) -> Part:
        return self._wrap("given", parts, _nodes(parts, (s.AssignmentNode, s.ElementsNode)))

    def decided(self, parts: list[Any]) -> Part:
        values = [p for p in parts if not isinstance(p, Token)]
        return self._wrap("decided", parts, (values[0], values[1] if len(values) > 1 else None))

    def expect(self, parts: list[Any]) -> Part:
        return self._wrap("expect", parts, tuple(p for p in parts if not isinstance(p, Token)))

    def expect_rule(self, parts: list[Any]) -> s.ExpectRuleNode:
        return s.ExpectRuleNode(self.name_of(parts[0]), _STATES[parts[1].type], self.span(parts))

    def expect_fine(self, parts: list[Any]) -> s.ExpectFineNode:
        measure = _nodes(parts, s.MeasureNode)[0]
        may = _first(parts, "modality") is not Modality.MUST
        return s.ExpectFineNode(measure.bands[0], may, self.span(parts))

    def expect_no_fine(self, parts: list[Any]) -> s.ExpectFineNode:
        return s.ExpectFineNode(None, span=self.span(parts))

    def expect_measure(self, parts: list[Any]) -> s.ExpectMeasureNode:
        kinds = [p.type for p in parts if p.type in _MEASURES]
        absent = parts[0].type == "NOT"
        return s.ExpectMeasureNode(_MEASURES[kinds[0]], absent, self.span(parts))

    def expect_need(self, parts: list[Any]) -> s.ExpectNeedNode:
        return s.ExpectNeedNode(self.names(parts)[0], self.span(parts))

    def expect_state(self, parts: list[Any]) -> Any:
        span = self.span(parts)
        if parts[0].type == "NO_PENALTY":
            return s.ExpectNoPenaltyNode(span)
        return s.ExpectUndeterminedNode(span)

    def because_line(self, parts: list[Any]) -> Part:
        return self._wrap("because_line", parts, _nodes(parts, s.CitationNode))

    def scenario(self, parts: list[Any]) -> s.ScenarioNode | None:
        clauses = [p for p in parts if isinstance(p, Part)]
        for kind in ("given", "decided", "expect", "because_line"):
            self._once(clauses, kind)
        span, decided = self.span(parts), _first(clauses, "decided")
        expectations = _first(clauses, "expect")
        for missing, clause in ((decided, "DECIDED_ON"), (expectations, "EXPECT")):
            if missing is None:
                self.report("LAW124", span, clause=spelling(clause, self.language))
        if decided is None or expectations is None:
            return None
        return s.ScenarioNode(
            label=_first(clauses, "label"),
            given=_first(clauses, "given") or (),
            decided_on=decided[0],
            decided_to=decided[1],
            expectations=expectations,
            because=_first(clauses, "because_line") or (),
            span=span,
        )

    # --- expressions ---

    def any_of(self, parts: list[Any]) -> s.LogicNode:
        return s.LogicNode(Logic.OR, _operands(parts), self.span(parts))

    def all_of(self, parts: list[Any]) -> s.LogicNode:
        return s.LogicNode(Logic.AND, _operands(parts), self.span(parts))

    def negated(self, parts: list[Any]) -> s.NotNode:
        return s.NotNode(parts[1], self.span(parts))

    def _compare(self, parts: list[Any], how: Comparison, *, temporal: bool = False) -> Any:
        return s.CompareNode(how, parts[0], parts[2], temporal, self.span(parts))

    def equal(self, parts: list[Any]) -> Any:
        return self._compare(parts, Comparison.EQUAL)

    def unequal(self, parts: list[Any]) -> Any:
        return self._compare(parts, Comparison.UNEQUAL)

    def at_least(self, parts: list[Any]) -> Any:
        return self._compare(parts, Comparison.AT_LEAST)

    def at_most(self, parts: list[Any]) -> Any:
        return self._compare(parts, Comparison.AT_MOST)

    def more(self, parts: list[Any]) -> Any:
        return self._compare(parts, Comparison.MORE)

    def less(self, parts: list[Any]) -> Any:
        return self._compare(parts, Comparison.LESS)

    def before(self, parts: list[Any]) -> Any:
        return self._compare(parts, Comparison.LESS, temporal=True)

    def after(self, parts: list[Any]) -> Any:
        return self._compare(parts, Comparison.MORE, temporal=True)

    def one_of(self, parts: list[Any]) -> s.OneOfNode:
        operand, *options = _operands(parts)
        return s.OneOfNode(operand, tuple(options), self.span(parts))

    def rule_state(self, parts: list[Any]) -> s.StateNode:
        return s.StateNode(self.name_of(parts[0]), self.span(parts))

    def _arithmetic(self, parts: list[Any], operation: Operation) -> Any:
        return s.ArithmeticNode(operation, parts[0], parts[2], self.span(parts))

    def add(self, parts: list[Any]) -> Any:
        return self._arithmetic(parts, Operation.ADD)

    def subtract(self, parts: list[Any]) -> Any:
        return self._arithmetic(parts, Operation.SUBTRACT)

    def multiply(self, parts: list[Any]) -> Any:
        factors = [p if not isinstance(p, Token) else self._literal(p) for p in parts]
        left, right = (p for p in factors if p is not None)
        return s.ArithmeticNode(Operation.MULTIPLY, left, right, self.span(parts))

    def multiple(self, parts: list[Any]) -> Any:
        factor = self._literal(parts[1])
        return s.ArithmeticNode(Operation.MULTIPLY, factor, parts[0], self.span(parts))

    def _literal(self, token: Token) -> Any:
        span = token_span(self.path, token)
        if token.type == "PERCENT":
            return s.Percent(token.value, span)
        if token.type in ("NUMBER", "MULTIPLE"):
            return s.Number(token.value, span)
        return None

    def rounded(self, parts: list[Any]) -> s.RoundedNode:
        return s.RoundedNode(parts[0], _ROUNDINGS[parts[1].type], self.span(parts))

    def higher_of(self, parts: list[Any]) -> s.ChosenNode:
        left, right = _operands(parts)
        return s.ChosenNode(Extreme.HIGHER, left, right, self.span(parts))

    def lower_of(self, parts: list[Any]) -> s.ChosenNode:
        left, right = _operands(parts)
        return s.ChosenNode(Extreme.LOWER, left, right, self.span(parts))

    def group(self, parts: list[Any]) -> Any:
        return parts[1]

    def name(self, parts: list[Any]) -> s.Name:
        return self.name_of(parts[0])

    def number(self, parts: list[Any]) -> s.Number:
        return s.Number(parts[0].value, self.span(parts))

    def money(self, parts: list[Any]) -> s.MoneyLiteral:
        return s.MoneyLiteral(parts[0].value, self.span(parts))

    def percent(self, parts: list[Any]) -> s.Percent:
        return s.Percent(parts[0].value, self.span(parts))

    def date(self, parts: list[Any]) -> s.DateLiteral:
        return s.DateLiteral(parts[0].value, self.span(parts))

    def month(self, parts: list[Any]) -> s.MonthLiteral:
        year, month = parts[0].value
        return s.MonthLiteral(year, month, self.span(parts))

    def period(self, parts: list[Any]) -> s.PeriodLiteral:
        return s.PeriodLiteral(parts[0].value, self.span(parts))

    def text(self, parts: list[Any]) -> s.TextLiteral:
        return s.TextLiteral(str(parts[0].value), self.span(parts))

    def yes(self, parts: list[Any]) -> s.Truism:
        return s.Truism(value=True, span=self.span(parts))

    def no(self, parts: list[Any]) -> s.Truism:
        return s.Truism(value=False, span=self.span(parts))

    def _aggregate(self, parts: list[Any], how: Aggregation) -> s.AggregateNode:
        where, body = _after(parts, "WHERE"), _after(parts, "SATISFIES")
        return s.AggregateNode(how, self.names(parts)[0], where, body, self.span(parts))

    def count_of(self, parts: list[Any]) -> s.AggregateNode:
        return self._aggregate(parts, Aggregation.COUNT)

    def sum_of(self, parts: list[Any]) -> s.AggregateNode:
        return self._aggregate(parts, Aggregation.SUM)

    def any_satisfies(self, parts: list[Any]) -> s.AggregateNode:
        return self._aggregate(parts, Aggregation.ANY)

    def every_satisfies(self, parts: list[Any]) -> s.AggregateNode:
        return self._aggregate(parts, Aggregation.ALL)


def _operands(parts: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(p for p in parts if not isinstance(p, Token))


def _after(parts: Sequence[Any], kind: str) -> Any:
    for index, part in enumerate(parts):
        if isinstance(part, Token) and part.type == kind:
            following = parts[index + 1 :]
            return next((p for p in following if not isinstance(p, Token | Part)), None)
    return None


def _is_plain(cell: Any) -> bool:
    return isinstance(cell, s.CellNode) and len(cell.options) == 1


def _align(left: Any, right: Any) -> tuple[Any, Any]:
    """Give a bare number on the left of a range the unit or base that stands on the right, or the
    other way round: `1 to 5 times X`, `10_000 to 20_000 yuan`, `X 1倍 以上 5倍 以下`.
    """
    if isinstance(left, s.Number):
        if isinstance(right, s.MoneyLiteral):
            fen = left.value * 100
            if fen.denominator == 1:
                return s.MoneyLiteral(int(fen), left.span), right
        if _scaled(right, s.Number):
            return replace(right, left=left), right
    if isinstance(left, s.Percent) and _scaled(right, s.Percent):
        return replace(right, left=left), right
    for literal in (s.Number, s.Percent):
        if isinstance(right, literal) and _scaled(left, literal):
            return left, replace(left, left=right)
    return left, right


def _scaled(node: Any, factor: type) -> bool:
    return (
        isinstance(node, s.ArithmeticNode)
        and node.operation is Operation.MULTIPLY
        and isinstance(node.left, factor)
    )
