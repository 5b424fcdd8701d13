"""What all builders share: spans, names, diagnostics, labels, citations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label, Language
from lawengine.base.source import NOWHERE, Span
from lawengine.language import syntax as s
from lawengine.language.keywords import SETTING_WORDS, spelling, word_meaning
from lawengine.language.parts import (
    Part,
    every,
    first,
    nodes,
    tokens,
)
from lawengine.language.token_meanings import CLAUSES
from lawengine.language.tokens import Token, token_span


@dataclass
class BuilderBase:
    """Builds nodes; what an author said twice or in a wrong place becomes a diagnostic."""

    path: str
    language: Language
    diagnostics: list[Diagnostic] = field(default_factory=list)

    # --- small helpers ---

    def span(self, parts: Sequence[Any]) -> Span:
        """Return the span from the first to the last part that has one."""
        start, end = _first_place(parts), _first_place(reversed(parts))
        if start is end and isinstance(start, Span):
            return start
        last = max(start.end, end.end)
        return Span(self.path, start.start, last, start.line, start.column)

    def name_of(self, token: Token) -> s.Name:
        """Return the name a token writes."""
        return s.Name(str(token.value), token_span(self.path, token))

    def names(self, parts: Sequence[Any]) -> list[s.Name]:
        """Return the names among `parts`, in order."""
        return [self.name_of(token) for token in tokens(parts, "NAME")]

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
        texts = [str(token.value) for token in tokens(parts, "TEXT")]
        own, other = texts[0], texts[1] if len(texts) > 1 else ""
        label = Label(own, other) if self.language == "en" else Label(other, own)
        return self._wrap("label", parts, label)

    def because(self, parts: list[Any]) -> Part:
        return self._wrap("because", parts, self._said(parts))

    def _said(self, parts: list[Any]) -> Label:
        """Return the label, which must have words here, or the clause would vanish."""
        label: Label = first(parts, "label")
        if not label:
            self.report("LAW125", parts[-1].span)
        return label

    def _setting(self, parts: Sequence[Any]) -> s.Name:
        """Return a name that is one of the setting words, as its identifier where it is one."""
        name = self.names(parts)[-1]
        return replace(name, text=word_meaning(SETTING_WORDS, name.text) or name.text)

    def _one_law(self, parts: Sequence[Any]) -> s.CitationNode | None:
        """Return the one citation of a place that has room for one."""
        cited = first(parts, "law") or ()
        for extra in cited[1:]:
            self.twice(extra.span, "LAW")
        return cited[0] if cited else None

    def also(self, parts: list[Any]) -> Part:
        return self._wrap("also", parts, self.names(parts)[0])

    def citation(self, parts: list[Any]) -> s.CitationNode:
        instrument = s.Name(str(parts[0].value), token_span(self.path, parts[0]))
        return s.CitationNode(instrument, parts[1].value, self.span(parts))

    def law(self, parts: list[Any]) -> Part:
        return self._wrap("law", parts, nodes(parts, s.CitationNode))

    def breaches(self, parts: list[Any]) -> Part:
        return self._wrap("breaches", parts, nodes(parts, s.CitationNode))

    def unverified(self, parts: list[Any]) -> Part:
        return self._wrap("unverified", parts, first(parts, "because"))

    def law_line(self, parts: list[Any]) -> Part:
        return self._wrap("law_line", parts, tuple(p for p in parts if isinstance(p, Part)))

    def _law_lines(self, parts: Iterable[Any]) -> tuple[Any, Any, Label]:
        law: tuple[Any, ...] = ()
        breaches: tuple[Any, ...] = ()
        unverified = Label()
        for line in every(parts, "law_line"):
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

    def once(self, parts: Sequence[Part], kind: str) -> None:
        """Report every clause of that kind after the first."""
        found = [p for p in parts if p.kind == kind]
        for extra in found[1:]:
            self.twice(extra.span, CLAUSES[kind])


def _first_place(parts: Iterable[Any]) -> Token | Span:
    """Return the first part that has a place, a token as itself, or NOWHERE."""
    for part in parts:
        place: Token | Span = part if isinstance(part, Token) else part.span
        if place is not NOWHERE:
            return place
    return NOWHERE
