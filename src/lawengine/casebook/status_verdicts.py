"""How a published status stands beside the rules: the verdicts, their grounds, and their words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from enum import StrEnum

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.casebook.published import PublishedStatus
from lawengine.evaluation.trace import Need, merge_needs


class StatusVerdict(StrEnum):
    """Whether the rules say the same as the publication.

    `open`: facts that were not published decide it. `not_known`: the rules hold nothing of it.
    """

    AGREES = "agrees"
    OPEN = "open"
    DIFFERS = "differs"
    NOT_KNOWN = "not_known"


STATUS_VERDICT_LABELS = {
    StatusVerdict.AGREES: Label("agrees", "一致"),
    StatusVerdict.OPEN: Label("open", "未定"),
    StatusVerdict.DIFFERS: Label("differs", "不一致"),
    StatusVerdict.NOT_KNOWN: Label("not known to the rules", "规则未收录"),
}


class StatusGround(StrEnum):
    """Why a published status does not agree with the rules."""

    NO_RULE = "no_rule"
    FACTS_OPEN = "facts_open"
    NOT_IN_FORCE = "not_in_force"
    NOT_BROUGHT = "not_brought"
    OTHER_DEPARTMENT = "other_department"
    NOTHING_DECIDED = "nothing_decided"
    NOT_MET = "not_met"
    NOT_LISTED = "not_listed"
    HOLDS = "holds"
    OTHER_DAY = "other_day"
    OTHER_TERM = "other_term"
    OTHER_MINIMUM = "other_minimum"
    TOO_EARLY = "too_early"


STATUS_GROUND_LABELS = {
    StatusGround.NO_RULE: Label("no rule here", "规则库没有相应规则"),
    StatusGround.FACTS_OPEN: Label("hangs on facts not published", "取决于未公布的事实"),
    StatusGround.NOT_IN_FORCE: Label("no rule was in force on that day", "当日没有施行中的规则"),
    StatusGround.NOT_BROUGHT: Label(
        "no list or benefit brings this measure by the rules of that day",
        "依当日规则，没有名单或者激励带来该措施",
    ),
    StatusGround.OTHER_DEPARTMENT: Label("another department takes it", "由其他部门采取"),
    StatusGround.NOTHING_DECIDED: Label(
        "the file holds nothing that it could rest on", "案卷中没有可作依据的决定"
    ),
    StatusGround.NOT_MET: Label("the rules ask for what is not so", "不符合规则的条件"),
    StatusGround.NOT_LISTED: Label(
        "by the rules the party stands on no list and has no benefit that brings it",
        "依规则，当事人未列入带来该措施的名单，也未获相应激励",
    ),
    StatusGround.HOLDS: Label("by the rules it holds", "依规则成立"),
    StatusGround.OTHER_DAY: Label("by the rules another day", "依规则为其他日期"),
    StatusGround.OTHER_TERM: Label("by the rules another term", "依规则为其他期限"),
    StatusGround.OTHER_MINIMUM: Label(
        "by the rules another time before a repair", "依规则，修复前须满其他期限"
    ),
    StatusGround.TOO_EARLY: Label("the rules allow it only later", "依规则尚不可修复"),
}


@dataclass(frozen=True, slots=True)
class Aspect:
    """One side of a published status beside the rules: what of it, its ground, what it needs."""

    verdict: StatusVerdict
    ground: StatusGround | None = None
    detail: Label = field(default_factory=Label)
    needs: tuple[Need, ...] = ()


AGREES = Aspect(StatusVerdict.AGREES)
_WEIGHT = (
    StatusVerdict.AGREES,
    StatusVerdict.OPEN,
    StatusVerdict.DIFFERS,
    StatusVerdict.NOT_KNOWN,
)


@dataclass(frozen=True, slots=True)
class StatusComparison:
    """One published status beside the rules' answer.

    `detail` says what the rules have instead, or what they ask for; `needs` are the facts that were
    not published and would settle it.
    """

    published: PublishedStatus
    verdict: StatusVerdict
    ground: StatusGround | None = None
    detail: Label = field(default_factory=Label)
    needs: tuple[Need, ...] = ()


def differs(ground: StatusGround, detail: Label | None = None) -> Aspect:
    """Return that the rules say something else."""
    return Aspect(StatusVerdict.DIFFERS, ground, detail or Label())


def left_open(*needs: tuple[Need, ...]) -> Aspect:
    """Return that facts which were not published decide it."""
    return Aspect(StatusVerdict.OPEN, StatusGround.FACTS_OPEN, needs=merge_needs(*needs))


def weight(aspect: Aspect) -> int:
    """Return how far an aspect is from agreeing."""
    return _WEIGHT.index(aspect.verdict)


def worst(aspects: Iterable[Aspect]) -> Aspect:
    """Return the aspect that is furthest from agreeing; several that are open need all they need.

    Edges: of no aspect at all nothing differs.
    """
    found = sorted(aspects, key=weight)
    if not found:
        return AGREES
    last = found[-1]
    if last.verdict is StatusVerdict.OPEN:
        return left_open(*(one.needs for one in found))
    return last
