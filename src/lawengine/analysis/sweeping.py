"""`sweep`: one or two figures moved over a range, and what a table comes to at each step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lawengine.analysis.analysing import assumptions, data_of, side_of, weighing
from lawengine.analysis.fast_steps import by_classes
from lawengine.analysis.figures import change, figures
from lawengine.analysis.result import Analysis, Assumption, Step, Sweep
from lawengine.analysis.running import Asked, Progress, Ran, Running
from lawengine.analysis.sides import Law
from lawengine.analysis.steps import Planned, plan
from lawengine.base.label import Label

_ALWAYS = Assumption(
    "as_if_always",
    Label(
        "each step reads as if the version had always said so over all its days: a thought "
        "experiment, no change of the law from a day on",
        "每一步均视该版本在其全部期间自始如此规定：此为设想，并非自某日起的法律修改",
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
        ran = Running([law, *planned.laws], asked).run(path, progress=progress)
        found = ran, _swept(ran, planned, weights)
    ran, swept = found
    return Analysis(
        data=data_of(path, ran, weights),
        sides=(side_of(law, ran.totals[0]),),
        counts=(),
        assumptions=(*assumptions(ran, [law]), _ALWAYS),
        sweep=swept,
    )


def _swept(ran: Ran, planned: Planned, weights: str) -> Sweep:
    scale = weighing(ran, weighted=bool(weights))
    before = ran.layout.side(ran.kinds.numbers, 0)
    steps = []
    for number, place in enumerate(planned.places):
        after = ran.layout.side(ran.kinds.numbers, number + 1)
        told = figures(after, scale), change(before, after, scale)
        steps.append(Step(place, planned.identity(number), *told))
    axes = tuple(one.axis for one in planned.moved)
    return Sweep(axes, figures(before, scale), tuple(steps), weights, 0)
