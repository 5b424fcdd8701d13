"""Reasons: a tree of data that terminal, page and program render alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Protocol, runtime_checkable

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label, Language
from lawengine.base.money import format_yuan
from lawengine.base.truth import Truth
from lawengine.evaluation.facts import Evidence, FactKey, Origin


@runtime_checkable
class Bilingual(Protocol):
    """Whatever can say itself in both languages: labels, amounts, citations, periods."""

    def text(self, language: Language) -> str:
        """Return the words in that language."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in a reason. Units: fen."""

    fen: int

    def text(self, language: Language) -> str:
        """Return it in yuan as people of that language write it."""
        return format_yuan(self.fen, language)


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of an argument.

    `code` names the sentence in `phrases.toml`, `words` fills it; `truth` is set for conditions.
    `evidence` and `origin` tell where a fact comes from, `fact` which one it is; `definition` names
    the definition that it explains.
    """

    code: str
    words: Mapping[str, Bilingual | str | int] = field(default_factory=dict)
    truth: Truth | None = None
    law: tuple[Citation, ...] = ()
    unverified: Label = field(default_factory=Label)
    fact: FactKey | None = None
    origin: Origin | None = None
    evidence: Evidence | None = None
    definition: str = ""
    children: tuple[Reason, ...] = ()

    def walk(self) -> Iterator[Reason]:
        """Yield this reason and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()
