"""Row 7: the law and what reforms would make of it, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic, Severity, has_errors, in_order
from lawengine.base.source import Source
from lawengine.model.reforms import Reform
from lawengine.model.rulebook import Rulebook
from lawengine.reforms.apply import apply
from lawengine.workspace import Workspace, instrument_names


@dataclass(frozen=True, slots=True)
class Proposed:
    """The workspace of the law, the one under the reforms, and the reforms themselves.

    Where the reforms have errors, `after` is the law as it is, with these errors as diagnostics.
    """

    before: Workspace
    after: Workspace
    reforms: tuple[Reform, ...]


def propose(workspace: Workspace, files: Iterable[Path]) -> Proposed:
    """Return the workspace under the reforms of these files; mistakes are its diagnostics.

    Edges: a folder stands for the reforms in it. Nothing of the workspace is changed, and nothing
    under a reform is ever kept in the cache.
    """
    from lawengine.language.reading import read_sources  # noqa: PLC0415 - for reforms only

    sources, problems = read_sources(files)
    return propose_sources(workspace, sources, problems)


def propose_sources(
    workspace: Workspace, sources: Iterable[Source], problems: Iterable[Diagnostic] = ()
) -> Proposed:
    """Return the workspace under the reforms of these texts."""
    from lawengine.language.lower_reforms import circles, lower_reforms  # noqa: PLC0415
    from lawengine.language.parse import parse  # noqa: PLC0415 - loads the parser

    texts = list(sources)
    parsed = [parse(source) for source in texts]
    names = instrument_names(workspace.library)
    lowered = lower_reforms([one.tree for one in parsed], workspace.rulebook, names)
    found = [*problems, *(d for one in parsed for d in one.diagnostics), *lowered.diagnostics]
    rulebook = workspace.rulebook
    if not has_errors(found):
        applied = apply(rulebook, lowered.reforms)
        found += applied.diagnostics
        if not has_errors(found):
            found += circles(applied.rulebook)
        if not has_errors(found):
            rulebook = applied.rulebook
            found += _checked(workspace, rulebook, {source.path for source in texts})
    after = replace(
        workspace,
        sources={**workspace.sources, **{source.path: source for source in texts}},
        rulebook=workspace.rulebook if has_errors(found) else rulebook,
        diagnostics=in_order((*workspace.diagnostics, *found)),
    )
    return Proposed(workspace, after, lowered.reforms)


def _checked(workspace: Workspace, rulebook: Rulebook, paths: set[str]) -> tuple[Diagnostic, ...]:
    """Return what the checks find in the texts of the reforms, and every error they bring about."""
    from lawengine.checks import run_checks  # noqa: PLC0415 - for reforms only

    if rulebook is workspace.rulebook:
        return ()
    found = run_checks(rulebook, workspace.library)
    return tuple(d for d in found if d.span.path in paths or d.severity is Severity.ERROR)
