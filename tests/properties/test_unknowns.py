"""A determined result survives every completion of what is not known."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lawengine.evaluation.evaluate import evaluate
from lawengine.evaluation.facts import Known
from lawengine.evaluation.trace import Finding
from lawengine.model.expressions import Defined
from lawengine.model.rulebook import Rulebook
from tests import small
from tests.properties import drawn

BOUNDED = settings(max_examples=80, suppress_health_check=list(HealthCheck))
DECIDED = "2012-06-01"


@cache
def probe(text: str) -> Rulebook:
    return small.rulebook(drawn.FIGURES, f"define probe as {text}\n")


def ask(text: str, act: dict[str, Any]) -> Finding:
    book = probe(text)
    facts = small.case(book, act, decided_on=DECIDED)
    return evaluate(Defined("probe", book.definitions["probe"].body.type), small.view(book, facts))


def survives(text: str, partial: dict[str, Any], whole: dict[str, Any]) -> None:
    before, after = ask(text, partial), ask(text, whole)

    if isinstance(after.domain, Known):
        assert drawn.inside(before.domain, after.domain.value), text
    else:
        # what a complete file leaves open (a gap, a clash) was never determined before
        assert not isinstance(before.domain, Known), text
    if isinstance(before.domain, Known):
        assert before.needs == ()


@BOUNDED
@given(text=drawn.conditions, data=st.data())
def test_a_condition(text: str, data: st.DataObject) -> None:
    whole = data.draw(drawn.acts())
    survives(text, data.draw(drawn.blurred(whole)), whole)


@BOUNDED
@given(text=drawn.moneys, data=st.data())
def test_an_amount(text: str, data: st.DataObject) -> None:
    whole = data.draw(drawn.acts())
    survives(text, data.draw(drawn.blurred(whole)), whole)


@BOUNDED
@given(text=drawn.counts | drawn.dates, data=st.data())
def test_a_count_or_a_date(text: str, data: st.DataObject) -> None:
    whole = data.draw(drawn.acts())
    survives(text, data.draw(drawn.blurred(whole)), whole)


@BOUNDED
@given(text=drawn.conditions, data=st.data())
def test_learning_one_fact_never_unsettles(text: str, data: st.DataObject) -> None:
    whole = data.draw(drawn.acts())
    partial = data.draw(drawn.blurred(whole))
    learnt = {**partial, (name := data.draw(st.sampled_from(sorted(whole)))): whole[name]}

    before, after = ask(text, partial), ask(text, learnt)

    if isinstance(before.domain, Known):
        assert after.domain == before.domain, text


@BOUNDED
@given(text=drawn.conditions, data=st.data())
def test_what_would_settle_it_does(text: str, data: st.DataObject) -> None:
    """An open condition names a fact; knowing all the facts that it names settles it."""
    whole = data.draw(drawn.acts())
    partial = data.draw(drawn.blurred(whole))
    while (found := ask(text, partial)).needs:
        need = found.needs[0]
        name = need.key.fact or need.key.entity + "s"
        element = (
            need.key.instance.rpartition(".orders[")[2] if "orders[" in need.key.instance else ""
        )
        if element:
            partial["orders"][int(element.rstrip("]")) - 1][name] = whole["orders"][
                int(element.rstrip("]")) - 1
            ][name]
        else:
            partial[name] = whole[name]

    assert found.needs == ()
    assert found.domain == ask(text, whole).domain
