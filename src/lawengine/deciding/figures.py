"""The officer's own figure, checked against the lawful range and the step that is called for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lawengine.deciding.decision import (
    ActDecision,
    Branch,
    Decision,
    FineTotal,
    RespondentDecision,
)
from lawengine.deciding.recommended import (
    Figure,
    FigureCheck,
    Placed,
    Placing,
    Recommended,
)
from lawengine.model.measures import MeasureKind
from lawengine.model.standards import DiscretionStep

_CODES = {
    Placing.BELOW_FLOOR: "LAW720",
    Placing.ABOVE_CAP: "LAW721",
    Placing.OTHER_STEP: "LAW722",
    Placing.INSIDE: "LAW724",
    Placing.OPEN: "LAW725",
}
CHOSEN = "LAW723"
"""The case calls for several steps, and the file does not write why this one was chosen."""


def with_figures(decision: Decision, figures: Sequence[Figure]) -> Decision:
    """Return the decision with the officer's figures checked, each at the party it is for.

    Edges: a figure for a party that the decision does not know is left out; a case file with one is
    refused when it is read.
    """
    if not figures:
        return decision
    respondents = tuple(
        replace(
            item,
            figures=tuple(
                _check(figure, item) for figure in figures if figure.respondent == item.name
            ),
        )
        for item in decision.respondents
    )
    return replace(decision, respondents=respondents)


def _check(figure: Figure, party: RespondentDecision) -> FigureCheck:
    acts = [act for act in party.acts if figure.act in ("", act.name)]
    ends = None if figure.low is None or figure.high is None else (figure.low, figure.high)
    if ends is None or figure.combined or any(act.undetermined for act in acts):
        placed: tuple[Placed, ...] = (Placed(0, Placing.OPEN),)
    elif len(acts) == 1:
        placed = tuple(_act(ends, acts[0]))
    else:
        total = party.total or FineTotal(None, None, may=True, high_open=True)
        placed = (Placed(0, _against(ends, total)),)
    path = acts[0].path if len(acts) == 1 else ""
    placed = tuple(replace(one, finding=_finding(one, figure)) for one in placed)
    missing = not figure.grounds and all(_demands(one) for one in placed)
    return FigureCheck(figure, path, placed, missing)


def _finding(one: Placed, figure: Figure) -> str:
    if one.placing is Placing.CALLED_STEP:
        return CHOSEN if len(one.called) > 1 and not figure.grounds else ""
    return _CODES.get(one.placing, "")


def _demands(one: Placed) -> bool:
    """Tell whether a figure needs a written ground: it leaves the step or the range, or chooses."""
    left = (Placing.OTHER_STEP, Placing.BELOW_FLOOR, Placing.ABOVE_CAP)
    return one.placing in left or (one.placing is Placing.CALLED_STEP and len(one.called) > 1)


def _act(ends: tuple[int, int], act: ActDecision) -> Iterator[Placed]:
    for number, branch in enumerate(act.branches):
        lawful = _against(ends, branch.fine)
        lines = list(_lines(branch))
        if branch.open or not lines:
            yield Placed(number, lawful)
        for line in lines:
            yield _line(ends, lawful, number, line)


def _lines(branch: Branch) -> Iterator[Recommended]:
    """Yield the recommendations that a figure can be held against.

    Edges: where several fines are added up, one figure falls into no single step; where the officer
    chooses between provisions it is held against each.
    """
    fines = [one for one in branch.sanctions if one.kind is MeasureKind.FINE]
    if len(fines) <= 1 or branch.fine.choices > 1 or any(one.group for one in fines):
        yield from (line for line in branch.recommended if line.standards)


def _line(ends: tuple[int, int], lawful: Placing, number: int, line: Recommended) -> Placed:
    steps = tuple(step for step in DiscretionStep if step in _steps(ends, line))
    placing = lawful
    if lawful is Placing.INSIDE:
        left_out = ends == (0, 0) and DiscretionStep.NO_PENALTY not in line.called
        if left_out:
            return Placed(number, Placing.LEFT_OUT, (), line.called, line.rule, line.assumptions)
        placing = _against_step(steps, line)
    return Placed(number, placing, steps, line.called, line.rule, line.assumptions)


def _against_step(steps: tuple[DiscretionStep, ...], line: Recommended) -> Placing:
    """Return where a figure inside the lawful range lies against the steps called for.

    Edges: a fixed amount is in its step; where a standard sets no range for the step called for,
    no figure can be said to leave it.
    """
    if line.open:
        return Placing.OPEN
    if set(steps) <= set(line.called) and (steps or line.high is not None):
        return Placing.CALLED_STEP
    if line.high is None and line.called != (DiscretionStep.NO_PENALTY,):
        return Placing.INSIDE
    return Placing.OPEN if set(steps) & set(line.called) else Placing.OTHER_STEP


def _steps(ends: tuple[int, int], line: Recommended) -> set[DiscretionStep]:
    """Return the steps that a figure may fall into; no fine at all is the step without penalty."""
    low, high = ends
    found = {one.step for one in line.steps if one.low <= high and low <= one.high}
    return found | {DiscretionStep.NO_PENALTY} if low == 0 else found


def _against(ends: tuple[int, int], fine: FineTotal) -> Placing:
    """Return where a figure lies against the lawful range; within bounds, where all of it lies."""
    places = {_place(fen, fine) for fen in ends}
    return places.pop() if len(places) == 1 else Placing.OPEN


def _place(fen: int, fine: FineTotal) -> Placing:
    if fine.contains(fen):
        return Placing.OPEN if fine.high_open else Placing.INSIDE
    if fine.none or (not fine.high_open and fine.high is not None and fen > fine.high):
        return Placing.ABOVE_CAP
    return Placing.BELOW_FLOOR
