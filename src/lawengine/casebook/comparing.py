"""The lawful range beside what was decided: where the decision lies, and by which articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.casebook.case_file import CaseFile, DecidedFine, DecidedSanction, NoFine
from lawengine.deciding.decision import ActDecision, Decision, FineTotal, RespondentDecision
from lawengine.deciding.recommended import FigureCheck
from lawengine.evaluation.facts import Known, Unknown, Within
from lawengine.model.measures import MeasureKind
from lawengine.model.scenarios import RuleState


class Verdict(StrEnum):
    """Where the decided fine lies.

    Law: a fine below the floor needs a ground; without a recorded one it is outside the lawful
    range, which is neither an error of the engine nor agreement. `between_ranges` lies above the
    range of one open answer and below that of another.
    """

    INSIDE = "inside"
    BELOW_FLOOR = "below_floor"
    ABOVE_CAP = "above_cap"
    BETWEEN_RANGES = "between_ranges"
    NOT_COMPARABLE = "not_comparable"
    UNDETERMINED = "undetermined"


VERDICT_LABELS = {
    Verdict.INSIDE: Label("inside the lawful range", "在法定幅度内"),
    Verdict.BELOW_FLOOR: Label("below the floor", "低于法定下限"),
    Verdict.ABOVE_CAP: Label("above the cap", "高于法定上限"),
    Verdict.BETWEEN_RANGES: Label("between two ranges", "在两个幅度之间"),
    Verdict.NOT_COMPARABLE: Label("not comparable", "无法比较"),
    Verdict.UNDETERMINED: Label("undetermined", "无法确定"),
}


class Obstacle(StrEnum):
    """Why a decided fine cannot be compared."""

    FINE_UNKNOWN = "fine_unknown"
    FINE_VAGUE = "fine_vague"
    SEVERAL_DECISIONS = "several_decisions"
    COMBINED = "combined"
    OTHER_LAW = "other_law"


OBSTACLE_LABELS = {
    Obstacle.FINE_UNKNOWN: Label("the source does not print the fine", "来源未载明罚款数额"),
    Obstacle.FINE_VAGUE: Label(
        "the fine is known only within bounds that reach past the range",
        "罚款数额仅知其界限，且超出幅度一端",
    ),
    Obstacle.SEVERAL_DECISIONS: Label("several decisions on one act", "同一行为有多个决定"),
    Obstacle.COMBINED: Label("one fine for other violations too", "与其他违法行为合并罚款"),
    Obstacle.OTHER_LAW: Label(
        "another law sets the penalty, and it has no rule here", "处罚由其他法律规定，规则库未收录"
    ),
}


class ArticleVerdict(StrEnum):
    """Whether the decision and the engine rest on the same articles."""

    AGREE = "agree"
    DIFFER = "differ"
    NOT_PRINTED = "not_printed"


ARTICLE_LABELS = {
    ArticleVerdict.AGREE: Label("the articles agree", "条文一致"),
    ArticleVerdict.DIFFER: Label("the articles differ", "条文不一致"),
    ArticleVerdict.NOT_PRINTED: Label("the source prints no articles", "来源未载明条文"),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One published decision beside the engine's answer.

    `ranges` are the lawful ranges, one for each answer to an open question. `other_articles` are
    those the decision names and the engine does not; `other_measures` likewise. `lawful_by` cites
    the grounds that count as not claimed and would make the fine lawful if they were shown. `check`
    holds the fine against the discretion standard; it tells, and weighs nothing in the verdict.
    """

    decided: DecidedSanction
    verdict: Verdict
    ranges: tuple[FineTotal, ...]
    articles: ArticleVerdict
    obstacle: Obstacle | None = None
    other_articles: tuple[Citation, ...] = ()
    other_measures: tuple[MeasureKind, ...] = ()
    lawful_by: tuple[Citation, ...] = ()
    check: FigureCheck | None = None

    @property
    def outside(self) -> bool:
        """Tell whether the fine is known to lie outside every lawful range."""
        return self.verdict in (Verdict.BELOW_FLOOR, Verdict.ABOVE_CAP, Verdict.BETWEEN_RANGES)


def compare(case: CaseFile, decision: Decision) -> tuple[Comparison, ...]:
    """Return each published decision of the case beside the engine's answer, in order."""
    by_name = {respondent.name: respondent for respondent in decision.respondents}
    checks = {name: iter(respondent.figures) for name, respondent in by_name.items()}
    return tuple(
        replace(
            _compare(decided, by_name[decided.respondent], case.decided),
            check=next(checks[decided.respondent], None),
        )
        for decided in case.decided
    )


def _compare(
    decided: DecidedSanction, respondent: RespondentDecision, others: Sequence[DecidedSanction]
) -> Comparison:
    acts = [act for act in respondent.acts if decided.act in ("", act.name)]
    ranges = _ranges(acts, respondent)
    obstacle = _obstacle(decided, others)
    if obstacle is None and any(branch.elsewhere for act in acts for branch in act.branches):
        obstacle = Obstacle.OTHER_LAW
    if any(act.undetermined for act in acts):
        verdict = Verdict.UNDETERMINED
    elif obstacle is not None:
        verdict = Verdict.NOT_COMPARABLE
    else:
        verdict = place(decided.fine, ranges)
        obstacle = Obstacle.FINE_VAGUE if verdict is Verdict.NOT_COMPARABLE else None
    other_articles = _other_articles(decided, acts)
    given = {s.kind for act in acts for branch in act.branches for s in branch.sanctions}
    return Comparison(
        decided=decided,
        verdict=verdict,
        ranges=ranges,
        articles=_articles(decided, other_articles),
        obstacle=obstacle,
        other_articles=other_articles,
        other_measures=tuple(kind for kind in decided.measures if kind not in given),
        lawful_by=_lawful_by(decided.fine, acts) if verdict is Verdict.BELOW_FLOOR else (),
    )


def _ranges(acts: Sequence[ActDecision], respondent: RespondentDecision) -> tuple[FineTotal, ...]:
    """Return the ranges to compare with: the branches of one act, or the sum of several acts."""
    if len(acts) == 1:
        return tuple(dict.fromkeys(branch.fine for branch in acts[0].branches))
    return (respondent.total,) if respondent.total is not None else ()


def _obstacle(decided: DecidedSanction, others: Sequence[DecidedSanction]) -> Obstacle | None:
    overlapping = [
        other
        for other in others
        if other.respondent == decided.respondent
        and other.proposed == decided.proposed
        and (not other.act or not decided.act or other.act == decided.act)
    ]
    if len(overlapping) > 1:
        return Obstacle.SEVERAL_DECISIONS
    if decided.combined:
        return Obstacle.COMBINED
    return Obstacle.FINE_UNKNOWN if isinstance(decided.fine, Unknown) else None


def place(fine: DecidedFine, ranges: Sequence[FineTotal]) -> Verdict:
    """Return where a fine lies among the ranges of which one is lawful.

    Edges: both ends belong to a range. No fine at all lies inside where the fine may be left out,
    below the floor otherwise. A fine known only within bounds lies where all of its points lie.
    """
    ends = _ends(fine)
    if ends is None or not ranges:
        return Verdict.NOT_COMPARABLE
    if any(all(found.contains(end) for end in ends) for found in ranges):
        return Verdict.INSIDE
    places = {_place(end, found) for end in ends for found in ranges}
    if len(places) == 1:
        return places.pop()
    exact = ends[0] == ends[1]
    return Verdict.BETWEEN_RANGES if exact else Verdict.NOT_COMPARABLE


def _ends(fine: DecidedFine) -> tuple[int, int] | None:
    match fine:
        case Known(value=int(fen)):
            return fen, fen
        case Within(low=int(low), high=int(high)):
            return low, high
        case NoFine():
            return 0, 0
        case _:
            return None


def _place(fen: int, found: FineTotal) -> Verdict:
    if found.contains(fen):
        return Verdict.INSIDE
    if found.none or (not found.high_open and found.high is not None and fen > found.high):
        return Verdict.ABOVE_CAP
    return Verdict.BELOW_FLOOR


def _articles(decided: DecidedSanction, others: Sequence[Citation]) -> ArticleVerdict:
    if decided.articles_unverified or not decided.articles:
        return ArticleVerdict.NOT_PRINTED
    return ArticleVerdict.DIFFER if others else ArticleVerdict.AGREE


def _other_articles(decided: DecidedSanction, acts: Sequence[ActDecision]) -> tuple[Citation, ...]:
    """Return the articles that only the decision names.

    Edges: an article that holds the engine's place, or lies in it, is the same: 24 and 24(1).
    """
    ours: set[Citation] = set()
    for branch in (branch for act in acts for branch in act.branches):
        for sanction in branch.sanctions:
            ours.update(sanction.law, sanction.breaches)
        ours.update(branch.elsewhere)
        for rule in branch.rules:
            if rule.state is RuleState.ESTABLISHED:
                ours.update(rule.law, rule.breaches)
    return tuple(
        cited for cited in decided.articles if not any(_same_place(cited, own) for own in ours)
    )


def _same_place(one: Citation, two: Citation) -> bool:
    return one.instrument == two.instrument and (
        one.article.covers(two.article) or two.article.covers(one.article)
    )


def _lawful_by(fine: DecidedFine, acts: Sequence[ActDecision]) -> tuple[Citation, ...]:
    found = [
        citation
        for act in acts
        for shown in act.if_shown
        if place(fine, (shown.fine,)) is Verdict.INSIDE
        for citation in shown.law
    ]
    return tuple(dict.fromkeys(found))
