"""Rulebooks with statuses of every make, over the plain vocabulary of tests."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import strategies as st

FIGURES = """
parameter cap : money
  is 9 yuan from 2000-01-01 to 2009-12-31 law GEN-2000 art 1
  is 7 yuan from 2010-01-01 law GEN-2000 art 1

define wealthy as party.revenue at least cap
"""
SHARED = ["party.rich", "party.papers is licence", "wealthy", "not wealthy"]
CONDITIONS = {
    "penalty": [
        *SHARED, "penalty.heavy", "penalty.mended and not penalty.paid",
        "penalty.paid or penalty.heavy", "penalty.decided before penalty.served",
        "penalty.served at least 2010-03-01", "not (penalty.heavy and penalty.paid)",
        "penalty.decided + 1 months rounded up after penalty.served",
        "case.decided_on at least penalty.decided + 30 days",
    ],
    "application": [
        *SHARED, "application.clean", "not application.withdrawn",
        "application.clean or application.withdrawn", "application.applied at least 2010-02-15",
    ],
    "party": [
        *SHARED, "(count of penalty where heavy) at least 2", "(any penalty satisfies heavy)",
        "(every application satisfies clean)", "(any act satisfies a)",
    ],
    "act": [*SHARED, "act.a", "act.b or act.c", "act.kind is red", "act.number at least 3",
            "(count of order where fake) at least 1"],
}  # fmt: skip
DAYS = {
    "penalty": ["penalty.decided", "penalty.served", "penalty.paid_on", "penalty.removed_on",
                "penalty.decided + 1 months rounded down", "case.decided_on"],
    "application": ["application.applied", "application.applied + 10 days"],
    "party": ["case.decided_on"],
    "act": ["act.ended_on", "act.seen_on"],
}  # fmt: skip
DATED = {
    "penalty": ["penalty.decided", "penalty.served", "case.decided_on"],
    "application": ["application.applied"],
    "party": ["case.decided_on"],
    "act": ["act.ended_on"],
}
ENTITIES = ["penalty", "penalty", "penalty", "application", "party", "act"]
TERMS = ["1 years", "2 months", "30 days", "1 days", "5 working days", "15 days"]
TIMES = [["2000-01-01"], ["2000-01-01 to 2010-02-28", "2010-03-01"], ["2010-02-01"]]
OWN = "OWN"
"""Stands for a day of whatever asks."""
SINCE = ["2010-01-15", "2010-06-30", "case.decided_on", "case.decided_on - 20 days", OWN, OWN]
WAYS = {"list": "removed", "benefit": "lost", "duty": "discharged"}
ASKED = {"list": "{} listed", "benefit": "{} granted", "duty": "{} breached", "watch": "{} watched"}


def condition(draw: st.DrawFn, entity: str, asked: list[str]) -> str:
    """Draw a condition over the entity, about what was asked before or about facts."""
    one = st.sampled_from(CONDITIONS[entity])
    if asked:
        one = st.one_of(one, one, st.sampled_from([*asked, *(f"not ({x})" for x in asked)]))
    day = draw(st.sampled_from(DAYS[entity]))
    first, second = (draw(one).replace(OWN, day) for _ in range(2))
    return draw(st.sampled_from([first, first, f"{first} and {second}", f"{first} or ({second})"]))


def ending(draw: st.DrawFn, kind: str, entity: str, asked: list[str], start: str) -> str:
    """Draw a way out: dated or not, after a time, open for a while."""
    text = f"    {WAYS[kind]}"
    if draw(st.integers(0, 3)) == 0:
        text += draw(st.sampled_from([f" from {start} to 2010-06-30", " from 2010-04-01"]))
    dated = draw(st.booleans())
    if dated:
        text += f" on {draw(st.sampled_from(DAYS[entity]))}"
    if draw(st.integers(0, 2)) == 0:
        text += f" after {draw(st.sampled_from(['30 days', '1 months', '1 years']))}"
    if not dated or draw(st.booleans()):
        text += f" where {condition(draw, entity, asked)}"
    return f"{text}\n"


def timed(draw: st.DrawFn, shape: str, term: str, entity: str, asked: list[str]) -> str:
    """Draw the clause of the term, now and then with cases: the first that is met counts."""
    if term not in shape or draw(st.integers(0, 3)):
        return f"    {shape}\n"
    text = f"    {shape.replace(term, 'whichever applies', 1)}\n"
    for _ in range(draw(st.integers(1, 2))):
        case = condition(draw, entity, asked)
        text += f"      {draw(st.sampled_from(TERMS))} where {case}\n"
    return f"{text}      {term} otherwise\n"


def status(draw: st.DrawFn, kind: str, name: str, entity: str, asked: list[str]) -> str:
    """Draw one lineage; `asked` are conditions on those before it. A watch has no days."""
    text = f"{kind} {name} of {entity}\n"
    text += f"  dated by {draw(st.sampled_from(DATED[entity]))}\n"
    for time in draw(st.sampled_from(TIMES)):
        text += f"  version from {time}\n    law GEN-2000 art 1\n"
        if kind == "watch" or draw(st.integers(0, 3)):
            text += f"    when {condition(draw, entity, asked)}\n"
        for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
            text += f"    unless {condition(draw, entity, asked)}\n"
        if kind == "watch":
            continue
        day, term = draw(st.sampled_from(DAYS[entity])), draw(st.sampled_from(TERMS))
        if kind == "duty":
            shapes = [f"due {term} from {day}", f"due {term} from {day}", f"due before {day}",
                      f"due 3 days before {day}", f"due 2 working days before {day}"]  # fmt: skip
        else:
            shapes = [f"lasts {term} from {day}", f"lasts {term} from {day}", f"lasts from {day}"]
        text += timed(draw, draw(st.sampled_from(shapes)), term, entity, asked)
        for _ in range(draw(st.sampled_from([0, 1, 1, 2]))):
            text += ending(draw, kind, entity, asked, time[:10])
    return text


@st.composite
def status_rulebooks(draw: st.DrawFn) -> str:
    """Draw statuses that ask for each other, and rules that ask for them."""
    texts, asked = [FIGURES], list[str]()
    late: dict[str, list[str]] = {}
    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["list", "list", "benefit", "duty", "watch"]))
        name = f"GEN.n{number}"
        # lists ask lists alone: whatever else there is may ask for any list at all
        lists = [x for x in asked if " listed" in x]
        anywhere = ["listed anywhere", f"listed anywhere since {draw(st.sampled_from(SINCE))}"]
        entity = draw(st.sampled_from(ENTITIES))
        # the last day of a duty is asked by what hangs on the same thing, or on one below it
        ends = [*late.get(entity, ()), *late.get("party", ())]
        may_ask = lists if kind == "list" else [*asked, *anywhere, *ends]
        texts.append(status(draw, kind, name, entity, may_ask))
        if kind == "duty":
            late.setdefault(entity, []).append(f"{OWN} after last day of {name}")
        asked.append(ASKED[kind].format(name))
        if kind == "list":
            asked.append(f"{name} listed since {draw(st.sampled_from(SINCE))}")
    asked.append("listed anywhere")
    asked = [one.replace(OWN, draw(st.sampled_from(DAYS["act"]))) for one in asked]
    for name, then in (("P", "fine 1 to 2 yuan"), ("Q", "warn")):
        test = draw(st.sampled_from([*asked, "act.a"]))
        text = f"rule {name}\n  version from 2000-01-01\n    law GEN-2000 art 1\n"
        text += f"    when {draw(st.sampled_from([test, f'{test} and act.b', f'not ({test})']))}\n"
        text += f"    then {then}\n    if {draw(st.sampled_from(asked))}\n      fine 3 to 4 yuan\n"
        texts.append(text)
    return "\n".join(texts)


DATES = st.dates(datetime.date(2009, 12, 1), datetime.date(2011, 3, 31))
PENALTY = {
    "decided": DATES, "served": DATES, "heavy": st.booleans(), "paid": st.booleans(),
    "paid_on": DATES, "removed_on": DATES, "mended": st.booleans(),
}  # fmt: skip
APPLICATION = {"applied": DATES, "clean": st.booleans(), "withdrawn": st.booleans()}


@st.composite
def parties(draw: st.DrawFn, keep: int) -> dict[str, Any]:
    """Draw a party; of `keep` facts one is missing, and one of as many days within bounds."""

    def rare() -> bool:
        # The ends of a range are drawn more often than what lies inside.
        return draw(st.integers(0, keep)) == keep // 2

    def element(facts: dict[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
        found = {}
        for name, strategy in facts.items():
            value = draw(strategy)
            if rare():
                if isinstance(value, bool) or draw(st.booleans()):
                    continue
                more = datetime.timedelta(days=draw(st.sampled_from([1, 20, 200])))
                value = {"from": value - more, "to": value + more}
            found[name] = value
        return found

    own = {"rich": draw(st.booleans()), "papers": draw(st.sampled_from(["licence", "permit"])),
           "revenue": draw(st.integers(6, 9))}  # fmt: skip
    found = {name: value for name, value in own.items() if not rare()}
    for name, facts in (("penalties", PENALTY), ("applications", APPLICATION)):
        if not rare():
            found[name] = [element(facts) for _ in range(draw(st.integers(0, 3)))]
    return found
