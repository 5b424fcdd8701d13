"""On small rulebooks of every make the compiled rules say what the reference says."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lawengine.compiled.engine import Engine
from tests import small
from tests.agreement.comparing import differences
from tests.properties import drawn, rulebooks

MANY = settings(max_examples=60, suppress_health_check=list(HealthCheck))
DECIDED = st.dates(datetime.date(2010, 9, 1), datetime.date(2011, 6, 1))

conditions = st.one_of(
    drawn.conditions,
    st.sampled_from(
        [
            "act.kind is red", "act.kind is one of red, green and act.a", "ready",
            "act.kind is blue or act.kind is green and act.grave",
            "P established", "not (P established)",
            "E established or act.b", "act.first + 1 months rounded up after act.second",
        ]
    ),
)  # fmt: skip
DEFINED = """
define ready as act.a and act.kind is one of red, blue
"""
TIMES = ["2000-01-01 to 2009-12-31", "2010-01-01"]


def clauses(draw: st.DrawFn, consequences: st.SearchStrategy[str], prevails: str) -> str:
    text = "    law GEN-2000 art 1\n"
    if draw(st.integers(0, 4)):
        text += f"    when {draw(conditions)}\n"
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        text += f"    unless {draw(conditions)}\n"
    text += prevails
    first, *more = draw(st.lists(consequences, min_size=1, max_size=3))
    text += f"    then {first}\n" + "".join(f"         {line}\n" for line in more)
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        text += f"    if {draw(conditions)}{draw(st.sampled_from(['', '', ' instead of all']))}\n"
        text += f"      {draw(consequences)}\n"
        if draw(st.booleans()):
            text += f"      further if {draw(conditions)}\n        {draw(consequences)}\n"
    return text


measures = st.one_of(
    rulebooks.measures,
    st.builds("fine up to {}".format, drawn.moneys),
    st.builds("fine act.gain to {}".format, drawn.moneys),
    st.sampled_from(
        [
            "fine 2 to 5 yuan per shop", "confiscate act.fee", "confiscate act.gain + 1 yuan",
            "fine whichever applies\n      1 to 2 yuan where act.a\n      up to 9 yuan otherwise",
            "singly or together warn, confiscate act.gain, fine 1 to 8 yuan",
            "order to correct within 5 days", "order to correct within 9 days", "refers to P",
        ]
    ),
)  # fmt: skip


@st.composite
def wide_rulebooks(draw: st.DrawFn) -> str:
    """Draw rules that ask for each other, prevail over each other and change with time."""
    texts = [drawn.FIGURES, DEFINED]
    if draw(st.integers(0, 2)):
        texts.append(rulebooks.LIGHTER)
    heads = ["rule P\n", "rule Q\n", "exception E to Q\n", "rule Z\n"]
    for number, head in enumerate(heads):
        consequences = measures if draw(st.integers(0, 2)) else rulebooks.effects
        text = head
        if not draw(st.integers(0, 4)):
            text += "  dated by decision\n"
        prevails = draw(st.sampled_from(["", "", "    prevails over P\n"])) if number == 3 else ""
        times = draw(st.sampled_from([["2000-01-01"], TIMES, TIMES[:1], TIMES[1:]]))
        for time in times:
            body = clauses(draw, consequences, prevails)
            if number == 0:  # what others ask for must not ask for them
                body = body.replace("P established", "act.c").replace("refers to P", "publish")
            if prevails:  # and what P asks for must not ask for P
                body = body.replace("P established", "act.c").replace("E established", "act.b")
            if number != 3:
                body = body.replace("E established", "act.worse")
            text += f"  version from {time}\n{body}"
        texts.append(text)
    return "\n".join(texts)


@st.composite
def acts(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an act of which most is known."""
    whole = draw(drawn.acts())
    whole["shops"] = [{}] * draw(st.integers(0, 3))
    for name in draw(st.sets(st.sampled_from(sorted(whole)), max_size=2)):
        if name not in ("ended_on", "kind"):
            del whole[name]
    return whole


def agree(text: str, act: dict[str, Any], decided: datetime.date, *, lighter: bool) -> None:
    book = small.rulebook(text)
    engine = Engine(book, lighter=lighter)
    case = small.case(book, act, decided_on=decided.isoformat())
    _, found = differences(engine, case)
    assert found == [], text


@MANY
@given(text=rulebooks.rulebooks(), act=acts(), decided=DECIDED, lighter=st.booleans())
def test_plain_rules_agree(
    text: str, act: dict[str, Any], decided: datetime.date, lighter: bool
) -> None:
    agree(text, act, decided, lighter=lighter)


@MANY
@given(text=wide_rulebooks(), act=acts(), decided=DECIDED, lighter=st.booleans())
def test_entangled_rules_agree(
    text: str, act: dict[str, Any], decided: datetime.date, lighter: bool
) -> None:
    agree(text, act, decided, lighter=lighter)
