"""`sweep`: one or two figures moved over a range, and what a table comes to at each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from lawengine.analysis.analysing import assumptions, data_of, side_of, weighing
from lawengine.analysis.axes import Moved, proposed, read_axis
from lawengine.analysis.figures import change, figures
from lawengine.analysis.refusal import RefusedError
from lawengine.analysis.result import Analysis, Assumption, Step, Sweep
from lawengine.analysis.running import Asked, Progress, Ran, Running
from lawengine.analysis.sides import Law
from lawengine.base.diagnostic import has_errors
from lawengine.base.label import Label
from lawengine.reforms.applying import apply

MOST_AT_ONCE = 1_000
"""Steps of a sweep over two figures together."""

_ALWAYS = Assumption(
    "as_if_always",
    Label(
        "each step reads as if the version had always said so over all its days: a thought "
        "experiment, no change of the law from a day on",
        "每一步均视该版本在其全部期间自始如此规定：此为设想，并非自某日起的法律修改",
    ),
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A sweep before it runs: its figures, and the law of each step."""

    moved: tuple[Moved, ...]
    places: tuple[tuple[int, ...], ...]
    laws: tuple[Law, ...]


def plan(law: Law, written: Sequence[str]) -> Planned:
    """Return the steps of one or two figures.

    Raises:
        RefusedError: a figure is none, a step is no value of it, or there are too many.
    """
    if len(written) not in (1, 2):
        raise RefusedError("LAW728", number=len(written))
    moved = tuple(read_axis(text, law.rulebook) for text in written)
    places = tuple(product(*(range(len(one.values)) for one in moved)))
    if len(places) > MOST_AT_ONCE:
        raise RefusedError("LAW717", text=" ".join(written), most=MOST_AT_ONCE)
    laws = []
    for place in places:
        steps = list(zip(moved, place, strict=True))
        reform = proposed(steps, f"step_{'_'.join(map(str, place))}")
        applied = apply(law.rulebook, [reform])
        if has_errors(applied.diagnostics):
            first = applied.diagnostics[0]
            raise RefusedError(first.code, first.suggestion, **first.words)
        laws.append(Law(reform.name, reform.label, applied.rulebook, (reform.proposal,), law.day))
    return Planned(moved, places, tuple(laws))


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
    ran = Running([law, *planned.laws], asked).run(path, progress=progress)
    found = _swept(ran, planned, weights)
    return Analysis(
        data=data_of(path, ran, weights),
        sides=(side_of(law, ran.totals[0]),),
        counts=(),
        assumptions=(*assumptions(ran, [law]), _ALWAYS),
        sweep=found,
    )


def _swept(ran: Ran, planned: Planned, weights: str) -> Sweep:
    scale = weighing(ran, weighted=bool(weights))
    before = ran.layout.side(ran.kinds.numbers, 0)
    steps = []
    for number, (place, law) in enumerate(zip(planned.places, planned.laws, strict=True), 1):
        after = ran.layout.side(ran.kinds.numbers, number)
        steps.append(
            Step(
                place,
                law.rulebook.content_hash,
                figures(after, scale),
                change(before, after, scale),
            )
        )
    axes = tuple(one.axis for one in planned.moved)
    return Sweep(axes, figures(before, scale), tuple(steps), weights, 0)
