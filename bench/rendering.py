"""How long a decision takes to become a page: a case of one act, and one of many."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from bench.timing import measured, once, say
from lawengine.deciding.decide import decide
from lawengine.deciding.decision import Decision
from lawengine.evaluation.facts import CaseFacts
from lawengine.model.vocabulary import ACT, PARTY
from lawengine.reports import Format, render
from lawengine.workspace import Workspace

FORMATS: tuple[tuple[str, Format], ...] = (
    ("terminal text", "text"),
    ("JSON", "json"),
    ("HTML", "html"),
)
PARTIES, ACTS = 10, 5
"""The large case: fifty acts, each with reasons of its own."""


def report(workspace: Workspace, small: CaseFacts, rounds: int) -> None:
    """Print the times of every format for a small and a large case, and how long the pages are."""
    print("\nRendering a decision with its reasons, in English")
    for name, case in (("one act", small), (f"{PARTIES * ACTS} acts", large(small))):
        decision = decide(case, workspace.rulebook).decision
        if decision is not None:
            _times(name, decision, workspace, max(rounds // 10, 2))


def _times(name: str, decision: Decision, workspace: Workspace, rounds: int) -> None:
    for label, format_ in FORMATS:
        page = partial(render, decision, workspace.rulebook, format_, library=workspace.library)
        first = once(page)
        (row,) = measured([(label, page)], 1, rounds)
        size = len(page().encode()) / 1000
        say(f"{name}, {label}, {size:,.0f} kB (the first time {first:,.1f} ms)",
            row.micros / 1000, "ms")  # fmt: skip


def large(small: CaseFacts) -> CaseFacts:
    """Return a case of many parties with several acts each, all like the act of the small case."""
    (party,) = small.root.children[PARTY]
    (act,) = party.children[ACT]
    parties = []
    for number in range(1, PARTIES + 1):
        path = f"respondents[{number}]"
        acts = tuple(
            replace(act, path=f"{path}.acts[{n}]", name=f"act-{n}") for n in range(1, ACTS + 1)
        )
        parties.append(replace(party, path=path, name=f"party-{number}", children={ACT: acts}))
    return replace(small, root=replace(small.root, children={PARTY: tuple(parties)}))
