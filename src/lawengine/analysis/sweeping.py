"""`sweep`: one or two figures moved over a range, and what a table comes to at each step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lawengine.analysis.analysing import assumptions, data_of, side_of
from lawengine.analysis.fast_steps import by_classes
from lawengine.analysis.paired_steps import by_pairs
from lawengine.analysis.result import Analysis, Assumption, Sweep
from lawengine.analysis.running import Asked, Progress
from lawengine.analysis.sides import Law
from lawengine.analysis.steps import plan
from lawengine.base.label import Label

_ALWAYS = Assumption(
    "as_if_always",
    Label(
        "each step reads as if the version had always said so over all its days: a thought "
        "experiment, no change of the law from a day on",
        "每一步均视该版本在其全部期间自始如此规定：此为设想，并非自某日起的法律修改",
    ),
)

_STILL = Assumption(
    "moves_nothing",
    Label(
        "no step changes anything: no case of this table hangs on what is moved (none may fall "
        "under that version, or take that tier)",
        "各步结果均无变化：表中没有案件取决于所变动的数值（可能没有案件适用该版本，或者没有案件属于该档次）",
    ),
)


def sweep(
    path: Path, law: Law, written: Sequence[str], weights: str = "",
    kept: tuple[str, ...] = (), progress: Progress | None = None,
) -> Analysis:  # fmt: skip
    """Return an analysis whose `sweep` holds every step, over rows or over a column of weights.

    Raises:
        TableError: the file is no table of cases, or a value lies outside its bounds.
        RefusedError: a figure or a step is none, or the weights are not.
    """
    planned = plan(law, written)
    asked = Asked(weights=weights, kept=kept)
    found = None
    if all(one.bound is not None for one in planned.moved):
        found = by_classes(path, planned, asked, progress)
    if found is None:
        found = by_pairs(path, planned, asked, progress)
    ran, swept = found
    return Analysis(
        data=data_of(path, ran, weights, law.rulebook.vocabulary),
        sides=(side_of(law, ran.totals[0]),),
        counts=(),
        assumptions=(
            *assumptions(ran, [law]),
            _ALWAYS,
            *([_STILL] if _still(swept, law) else []),
        ),
        sweep=swept,
    )


def _still(swept: Sweep, law: Law) -> bool:
    """Tell whether steps that differ from the law leave every case as it is."""
    moved = [step for step in swept.steps if step.rulebook != law.rulebook.content_hash]
    return (
        not swept.standings
        and bool(moved)
        and all(
            step.figures == swept.law
            and not (step.change.winners or step.change.losers or step.change.undecided)
            for step in moved
        )
    )
