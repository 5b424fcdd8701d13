"""Row 6: why not, what is still needed, what would change it, and what to ask next."""

from __future__ import annotations

from lawengine.questions.interview import Ask, Done, plan
from lawengine.questions.needs import Answer, NeededFact, Needs, needs
from lawengine.questions.standings import standing_needs
from lawengine.questions.what_if import Change, ChangedFact, Goal, Wanted, what_if
from lawengine.questions.why_not import Cause, Condition, FailingSet, WhyNot, why_not

__all__ = [
    "Answer",
    "Ask",
    "Cause",
    "Change",
    "ChangedFact",
    "Condition",
    "Done",
    "FailingSet",
    "Goal",
    "NeededFact",
    "Needs",
    "Wanted",
    "WhyNot",
    "needs",
    "plan",
    "standing_needs",
    "what_if",
    "why_not",
]
