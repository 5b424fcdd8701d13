"""Comparing what a scenario expects of scores and grades with what was found."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from lawengine.base.label import Label
from lawengine.base.points import points_text
from lawengine.deciding.decision import Decision
from lawengine.deciding.rating_outcomes import GradeOutcome, RatingState, ScoreOutcome
from lawengine.evaluation.domains import bounds
from lawengine.model import scenarios as sc

_SILENT = Label("not asked: the file lists none of them", "未询问：案卷没有列出")


def check_rating(
    expected: sc.ExpectScore | sc.ExpectGrade | sc.ExpectOpen, decision: Decision
) -> tuple[Label, Label] | None:
    """Return what was expected and what was found instead, None where the expectation is met.

    Edges: of several things that have the score or grade, each must meet it.
    """
    match expected:
        case sc.ExpectScore(score=name, low=low, high=high):
            scores = [one for one in decision.all_scores() if one.name == name]
            met = all(bounds(one.value) == (low, high) for one in scores)
            wanted = _named(name, _ends(low, high))
            return None if scores and met else (wanted, _found(name, map(_score_words, scores)))
        case sc.ExpectGrade(grade=name, levels=levels):
            grades = [one for one in decision.all_grades() if one.name == name]
            met = all(frozenset(one.possible) == levels and _sure(one) for one in grades)
            wanted = _named(name, _same(" / ".join(sorted(levels))))
            return None if grades and met else (wanted, _found(name, map(_grade_words, grades)))
        case sc.ExpectOpen(rating=name):
            return _check_open(name, decision)


def _check_open(name: str, decision: Decision) -> tuple[Label, Label] | None:
    scores = [one for one in decision.all_scores() if one.name == name]
    grades = [one for one in decision.all_grades() if one.name == name]
    states = [*(one.state for one in scores), *(one.state for one in grades)]
    if states and all(state is RatingState.OPEN for state in states):
        return None
    found = (*map(_score_words, scores), *map(_grade_words, grades))
    return _named(name, Label("undetermined", "未定")), _found(name, found)


def _sure(found: GradeOutcome) -> bool:
    return found.state is RatingState.SETTLED or len(found.possible) > 1


def _score_words(found: ScoreOutcome) -> Label:
    return _ends(*bounds(found.value)) if found.state is not RatingState.NONE else _same("-")


def _grade_words(found: GradeOutcome) -> Label:
    return _same(" / ".join(found.possible) or "-")


def _ends(low: object, high: object) -> Label:
    ends = [
        points_text(end) for end in dict.fromkeys((low, high)) if isinstance(end, int | Fraction)
    ]
    return Label(" to ".join(ends) or "-", "至".join(ends) or "-")


def _found(name: str, labels: Iterable[Label]) -> Label:
    found = list(dict.fromkeys(labels)) or [_SILENT]
    joined = Label("; ".join(x.en for x in found), "；".join(x.zh for x in found))
    return _named(name, joined)


def _named(name: str, label: Label) -> Label:
    return Label(f"{name} {label.en}", f"{name} {label.zh}")


def _same(text: str) -> Label:
    return Label(text, text)
