"""A rule file as written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from lawengine.base.label import Language
from lawengine.base.source import Span
from lawengine.language.syntax.declarations import (
    DefinitionNode,
    EntityNode,
    ParameterNode,
    TableNode,
)
from lawengine.language.syntax.expressions import (
    no_span,
)
from lawengine.language.syntax.ratings import (
    GradeNode,
    ScoreNode,
)
from lawengine.language.syntax.reforms import (
    ReformNode,
)
from lawengine.language.syntax.rules import (
    RuleNode,
)
from lawengine.language.syntax.scenarios import (
    ScenarioNode,
)
from lawengine.language.syntax.standards import (
    StandardNode,
)
from lawengine.language.syntax.statuses import (
    StatusNode,
)

Declaration: TypeAlias = (
    EntityNode
    | RuleNode
    | DefinitionNode
    | ParameterNode
    | TableNode
    | StatusNode
    | ScoreNode
    | GradeNode
    | StandardNode
    | ScenarioNode
    | ReformNode
)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment; `trailing` when code stands before it on its line."""

    text: str
    line: int
    trailing: bool


@dataclass(frozen=True, slots=True)
class FileNode:
    """One rule file: its keyword language, its declarations that could be read, its comments.

    `clause_lines` are the lines of words that have no span in the tree, by keyword and in order:
    of `ask`, `reading`, `status unverified` and `gives`, and of what follows `because`.
    """

    language: Language
    declarations: tuple[Declaration, ...]
    comments: tuple[Comment, ...] = field(default=(), compare=False)
    clause_lines: tuple[tuple[str, int], ...] = field(default=(), compare=False, repr=False)
    span: Span = no_span()

    @property
    def proposes(self) -> bool:
        """Tell whether it is a file of reforms: what else it declares is part of them."""
        return any(isinstance(node, ReformNode) for node in self.declarations)
