"""Strategies for small rulebooks, and which branch of an answer a complete case belongs to."""

from __future__ import annotations

from hypothesis import strategies as st

from lawengine.base.truth import Truth, conjunction
from lawengine.deciding.decision import Assumed, Branch
from lawengine.evaluation.evaluate import evaluate
from lawengine.evaluation.facts import CaseFacts, FactKey, Known
from lawengine.evaluation.questions import conditions_at
from lawengine.evaluation.states import EXCLUDED, LawTime, States
from lawengine.evaluation.trace import Question
from lawengine.model.rulebook import Rulebook
from lawengine.model.scenarios import RuleState
from tests import small
from tests.properties import drawn

LIGHTER = """
rule L
  dated by decision
  version from 2000-01-01
    law GEN-2000 art 9
    then the lighter later law
"""
CAPS = """
parameter cap : money
  is 10 yuan from 2000-01-01 to 2009-12-31 law GEN-2000 art 1
  is 7 yuan from 2010-01-01 law GEN-2000 art 1

define sized as
  if act.worse then 9 yuan
  otherwise cap
"""

simple = st.sampled_from(
    [
        "act.a", "act.b", "not act.a", "act.grave", "act.worse", "act.excused", "act.kind is red",
        "act.kind is not blue", "act.number at least 2", "act.number is 3",
        "act.number more than 4",
        "act.gain more than cap", "act.number more than act.other", "act.gain more than act.fee",
        "act.a and act.number at most 1", "act.grave or act.b",
    ]
)  # fmt: skip
bands = st.sampled_from(
    [
        "10 to 20 yuan",
        "5 to 40 yuan",
        "up to 15 yuan",
        "up to cap",
        "1 yuan to sized",
        "12 yuan",
        "8 yuan to act.gain",
        "act.gain to 9 yuan",
    ]
)
measures = st.one_of(
    st.builds("{}fine {}".format, st.sampled_from(["", "may "]), bands),
    st.sampled_from(
        ["warn", "may revoke licence", "confiscate act.gain", "order to stop", "publish",
         "either of warn, fine 3 to 6 yuan", "order to correct within 10 days"]
    ),
)  # fmt: skip
effects = st.sampled_from(
    ["exempt from penalty", "may exempt from penalty", "exempt from fine", "may exempt from fine",
     "lighten", "reduce", "may lighten or reduce", "aggravate", "one fine only",
     "the higher fine only"]
)  # fmt: skip


def _lines(indent: int, lines: list[str]) -> str:
    return "".join(f"{' ' * indent}{line}\n" for line in lines)


@st.composite
def versions(draw: st.DrawFn, start: str, end: str, consequences: st.SearchStrategy[str]) -> str:
    text = f"  version from {start}{f' to {end}' if end else ''}\n    law GEN-{start[:4]} art 1\n"
    if draw(st.integers(0, 3)):
        text += f"    when {draw(simple)}\n"
    if not draw(st.integers(0, 4)):
        text += f"    unless {draw(simple)}\n"
    first, *others = draw(st.lists(consequences, min_size=1, max_size=2, unique=True))
    text += f"    then {first}\n" + _lines(9, others)
    for _ in range(draw(st.integers(0, 2))):
        instead = " instead of all" if not draw(st.integers(0, 5)) else ""
        text += f"    if {draw(simple)}{instead}\n      {draw(consequences)}\n"
        if not draw(st.integers(0, 2)):
            text += f"      further if {draw(simple)}\n        {draw(consequences)}\n"
    return text


@st.composite
def rules(draw: st.DrawFn, name: str, head: str = "") -> str:
    consequences = measures if head or draw(st.integers(0, 2)) else effects
    cut = draw(st.sampled_from(["", "2009-12-31", "2010-04-30"]))
    text = f"exception {name} to {head}\n" if head else f"rule {name}\n"
    if not cut:
        return text + draw(versions("2000-01-01", "", consequences))
    later = {"2009-12-31": "2010-01-01", "2010-04-30": "2010-05-01"}[cut]
    text += draw(versions("2000-01-01", cut, consequences))
    how = draw(st.integers(0, 4))
    if how:
        return text + draw(versions(later, "", consequences))
    return text + f"  repealed from {later} law GEN-{later[:4]} art 1\n"


@st.composite
def rulebooks(draw: st.DrawFn) -> str:
    texts = [CAPS]
    if draw(st.integers(0, 3)):
        texts.append(LIGHTER)
    names = ["R", "S", "T"][: draw(st.integers(1, 3))]
    texts += [draw(rules(name)) for name in names]
    if not draw(st.integers(0, 2)):
        texts.append(draw(rules("E", "R")))
    return "\n".join(texts)


# --- which branch ---------------------------------------------------------------------------------


def fits(branch: Branch, book: Rulebook, facts: CaseFacts) -> bool:
    """Tell whether the complete case is one that the branch speaks of."""
    return all(_holds(assumed, book, facts) for assumed in branch.assumptions)


def _holds(assumed: Assumed, book: Rulebook, facts: CaseFacts) -> bool:
    if isinstance(assumed.about, FactKey):
        act = facts.root.children["party"][0].children["act"][0]
        holder = {"act": act, "case": facts.root}[assumed.about.entity]
        entry = holder.entry(assumed.about.fact)
        assert entry is not None
        assert isinstance(entry.domain, Known)
        return drawn.inside(assumed.domain, entry.domain.value)
    return assumed.domain == Known(_met(assumed.about, book, facts))


def _met(question: Question, book: Rulebook, facts: CaseFacts) -> bool:
    """Tell whether the condition that a question is about holds in the complete case."""
    time = LawTime.DECISION if question.wording.endswith("decision") else LawTime.CONDUCT
    states = States(small.scene(book, facts), time)
    if question.tier == EXCLUDED:
        return states.state(question.rule).state is RuleState.DEFEATED
    rule = book.rules[question.rule]
    (version,) = (v for v in rule.versions if question.wording.startswith(str(v.interval.start)))
    view = small.view(book, facts, time)
    asked = conditions_at(version, question.tier, question.band)
    truths = [evaluate(condition, view).truth for condition in asked]
    if question.tier < 0 and question.band < 0:
        plain = len(asked) - len(version.exclusions)
        truths = [*truths[:plain], *(~found for found in truths[plain:])]
    return conjunction(truths) is Truth.TRUE
