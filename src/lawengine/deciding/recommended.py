"""What a discretion standard makes of a lawful range, and where the officer's figure falls."""

from __future__ import annotations

from enum import StrEnum

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.evaluation.trace import Need
from lawengine.explanation.reason import Reason
from lawengine.model.standards import DiscretionStep
from lawengine.sanctions.discretion import StepRange


@dataclass(frozen=True, slots=True)
class Recommended:
    """What the discretion standards recommend for one provision, under one answer to what is open.

    `rule` is the provision, "" where no penalty may be imposed at all. `steps` are the ranges of
    the steps, `called` the steps that the circumstances call for: where there are several the
    officer chooses one and records the ground. `low` to `high` is what the called steps span, and
    `amount` the one amount where a standard names a point. Units: fen. Edges: `low` None begins
    above nothing; `high` None: the step has no range, which `reason` explains. `standards` are
    empty where none applies. `assumptions` are what this line assumes of what is open; `open` tells
    that too much is open to say more.
    """

    rule: str
    standards: tuple[str, ...]
    called: tuple[DiscretionStep, ...]
    law: tuple[Citation, ...]
    unverified: Label
    reason: Reason
    steps: tuple[StepRange, ...] = ()
    low: int | None = None
    high: int | None = None
    amount: int | None = None
    assumptions: tuple[Label, ...] = ()
    needs: tuple[Need, ...] = ()
    open: bool = False

    @property
    def same(self) -> tuple[object, ...]:
        """Return what two lines share that recommend the same."""
        return (
            self.rule, bool(self.standards), self.called, self.steps, self.low, self.high,
            self.amount, self.open,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """The officer's own figure, from the case file.

    `act` is "" where it covers whatever the party did. Units: fen; 0 is no fine, `low` and `high`
    differ where it is known within bounds, and both are None where it is not known. `grounds` are
    the reasons that the decision writes; `combined` tells that it covers other violations too.
    """

    respondent: str
    act: str
    low: int | None
    high: int | None
    proposed: bool = False
    combined: bool = False
    grounds: tuple[Label, ...] = ()


class Placing(StrEnum):
    """Where a figure lies: against the lawful range first, then against the step called for.

    LEFT_OUT is no fine where the provision itself allows to leave it out: no step. INSIDE is inside
    the range where no standard sets a step.

    Law: a ground never moves a figure into the range; only what the law names as a ground for less
    lowers the range itself.
    """

    CALLED_STEP = "called_step"
    OTHER_STEP = "other_step"
    LEFT_OUT = "left_out"
    INSIDE = "inside"
    BELOW_FLOOR = "below_floor"
    ABOVE_CAP = "above_cap"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a figure lies under one line of assumptions; `branch` is that of the act, from 0.

    `steps` are those that it may fall into, one where it is exact. `called` are the steps that the
    case calls for, none where no standard applies. `finding` is the code of what is found wrong or
    worth saying, "" for nothing.
    """

    branch: int
    placing: Placing
    steps: tuple[DiscretionStep, ...] = ()
    called: tuple[DiscretionStep, ...] = ()
    rule: str = ""
    assumptions: tuple[Label, ...] = ()
    finding: str = ""


@dataclass(frozen=True, slots=True)
class FigureCheck:
    """The officer's figure against the lawful range and the standard, under every open answer.

    `ground_missing` tells that it needs a written ground whatever the answer, and the file has
    none: it leaves the step that the case calls for, or the range, or chooses between several.
    """

    figure: Figure
    act: str
    placed: tuple[Placed, ...] = ()
    ground_missing: bool = False

    @property
    def findings(self) -> tuple[str, ...]:
        """Return the codes of all findings, each once."""
        return tuple(sorted({one.finding for one in self.placed if one.finding}))

    @property
    def steps(self) -> tuple[DiscretionStep, ...]:
        """Return the steps that the figure falls into, lightest first.

        Edges: under answers that leave it inside the lawful range, where there are any.
        """
        outside = (Placing.BELOW_FLOOR, Placing.ABOVE_CAP)
        inside = [one for one in self.placed if one.placing not in outside]
        found = {step for one in inside or self.placed for step in one.steps}
        return tuple(step for step in DiscretionStep if step in found)
