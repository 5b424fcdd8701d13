"""Answers under a reform: they say so everywhere, and nothing of them reaches the law."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from lawengine.cache import store
from lawengine.cache.contents import Contents, write_contents
from lawengine.deciding.decide import decide
from lawengine.deciding.decision import Decision
from lawengine.evaluation.facts import Known
from lawengine.explanation.reason import Reason
from lawengine.explanation.sentences import sentence
from lawengine.model.rulebook import Rulebook
from lawengine.reports import decision_data, render
from lawengine.statutes.library import Library
from tests import small
from tests.reforming import law, under

ALWAYS = """
reform stricter "Stricter" / "从严"
  amend GEN.red as if always
    then fine 50 to 900 yuan
"""
FIGURE = 'reform figure "Figure" / "数额"\n  set cap is 500 yuan as if always\n'
REPEAL = 'reform gone "Gone" / "废止"\n  repeal GEN.red from 2015-01-01\n'


def answer(book: Rulebook, kind: str = "red", ended: str = "2020-01-01") -> Decision:
    facts = small.case(
        book,
        {"kind": kind, "ended_on": ended, "seen_on": ended, "grave": False},
        decided_on="2020-02-01",
    )
    decided = decide(facts, book)
    assert decided.decision is not None
    return decided.decision


def codes(reason: Reason) -> set[str]:
    return {part.code for part in reason.walk()}


def test_an_answer_under_a_reform_is_a_hypothesis_that_names_it() -> None:
    decision = answer(under(ALWAYS))

    assert decision.hypothesis.en == (
        "Under the reform “Stricter”: a proposal, not the law in force."
    )
    assert "“从严”" in decision.hypothesis.zh
    assert not answer(law()).hypothesis


@pytest.mark.parametrize("format_", ["text", "md", "html"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_rendering_says_so_at_its_top(format_: str, language: str) -> None:
    book = under(ALWAYS)
    text = render(answer(book), book, format_, language)  # type: ignore[arg-type]  # what is not there fails the test
    body = text.split("<body>")[-1]
    mark = "假设 —— 不是处罚决定" if language == "zh" else "HYPOTHESIS — NOT A DECISION"

    assert mark in body[:200]
    assert ("从严" if language == "zh" else "Stricter") in body[:400]


def test_the_data_say_so() -> None:
    book = under(ALWAYS)
    data = json.loads(json.dumps(decision_data(answer(book), book)))

    assert "Stricter" in data["hypothesis"]["en"]
    assert data["reforms"] == ["stricter"]
    sanctions = data["respondents"][0]["acts"][0]["branches"][0]["sanctions"]
    assert {tuple(one["proposed_by"]) for one in sanctions} == {("stricter",)}


def test_the_reasons_name_the_reform() -> None:
    (act,) = answer(under(ALWAYS)).acts()
    (branch,) = act.branches
    (proposed, *_) = [part for part in branch.reason.walk() if part.code == "proposed"]

    assert "Stricter" in sentence(proposed, "en")
    assert "从严" in sentence(proposed, "zh")
    (fine,) = [s for s in branch.sanctions if s.kind.value == "fine"]
    assert fine.proposed_by == ("stricter",)
    assert "Stricter" in fine.unverified.text("en")
    assert (fine.low_fen, fine.high_fen) == (5000, 90000)


def test_a_figure_of_a_reform_names_it_where_it_counts() -> None:
    (act,) = answer(under(FIGURE), kind="blue").acts()
    figures = [part for part in act.branches[0].reason.walk() if part.code == "figure"]

    assert figures
    assert all("“Figure”" in part.unverified.text("en") for part in figures)


def test_a_proposed_repeal_is_told_as_one() -> None:
    (act,) = answer(under(REPEAL)).acts()

    (branch,) = act.branches
    assert branch.fine.none
    (red,) = [one for one in branch.rules if one.rule == "GEN.red"]
    assert "proposed" in codes(red.reason)


def test_an_answer_that_rests_on_nothing_proposed_is_still_a_hypothesis() -> None:
    decision = answer(under(FIGURE), kind="green")

    assert decision.hypothesis
    assert decision.respondents[0].acts[0].branches == answer(law(), "green").acts()[0].branches


def test_a_rulebook_under_a_reform_is_never_kept(tmp_path: Path) -> None:
    contents = Contents(under(ALWAYS), Library())

    with pytest.raises(ValueError, match="not kept"):
        write_contents(contents)
    assert not store.save(tmp_path, "0" * 64, contents)
    assert list(tmp_path.iterdir()) == []


def test_the_law_decides_alike_after_a_reform_was_applied() -> None:
    book = small.rulebook(small_text())
    before = answer(book)
    under(ALWAYS, book=book)
    answer(under(ALWAYS, book=book))

    assert answer(book) == before
    assert book.content_hash == law().content_hash


def small_text() -> str:
    from tests.reforming import LAW

    return LAW


def test_lighter_law_weighs_a_change_from_a_day_like_any_other() -> None:
    milder = "reform milder\n  amend GEN.red from 2020-01-15\n    then fine 1 to 2 yuan\n"
    (act,) = answer(under(milder, book=with_lighter_law())).acts()

    fine = act.branches[0].fine
    assert (fine.low, fine.high) == (100, 200)
    assert act.conduct == Known(datetime.date(2020, 1, 1))


def with_lighter_law() -> Rulebook:
    lighter = """
rule GEN.lighter "Lighter" / "从旧兼从轻"
  dated by decision
  version from 2000-01-01
    law GEN-2000 art 8
    then the lighter later law
"""
    return small.rulebook(small_text(), lighter)
