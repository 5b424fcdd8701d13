"""Reforms: what holds of every band, every order and every case."""

from __future__ import annotations

import datetime
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lawengine.deciding.decide import decide
from lawengine.deciding.decision import Decision
from lawengine.evaluation.facts import CaseFacts
from lawengine.model.expressions import Constant
from lawengine.model.measures import Band, Measure, MeasureKind
from lawengine.model.reforms import Amendment, NewConsequences, Reach, Reform
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Version
from lawengine.reforms import apply
from tests import small
from tests.reforming import law, read

SINCE = datetime.date(2011, 1, 1)
CLAUSES = (
    "amend GEN.red from 2012-01-01\n    then fine 5 to 6 yuan",
    "amend GEN.red from 2012-01-01\n    when act.kind is red and act.a",
    "amend GEN.red from 2014-01-01\n    if act.grave\n      fine 7 yuan",
    "amend GEN.red version on 2005-01-01 as if always\n    then fine 9 yuan",
    "amend GEN.red as if always\n    strike unless",
    "amend GEN.chosen from 2013-01-01\n    then fine up to 900 yuan",
    "set cap is 3 yuan from 2016-01-01",
    "set cap is 4 yuan as if always",
    "repeal GEN.chosen from 2018-01-01",
    "amend GEN.bad from 2012-01-01\n    lasts 5 years",
)
DAYS = st.dates(datetime.date(2001, 1, 1), datetime.date(2029, 12, 31))


@st.composite
def cases(draw: st.DrawFn) -> CaseFacts:
    """Draw a case of the small law, parts of it unknown."""
    ended = draw(DAYS)
    act = {
        "kind": draw(st.sampled_from(["red", "green", "blue"])),
        "ended_on": ended,
        "seen_on": ended,
        "a": draw(st.sampled_from([True, False, "unknown"])),
        "grave": draw(st.sampled_from([True, False, "unknown"])),
    }
    later = draw(st.integers(0, 4000))
    return small.case(law(), act, decided_on=small.later(ended, later))


def decided(facts: CaseFacts, book: Rulebook) -> Decision:
    found = decide(facts, book).decision
    assert found is not None
    return found


def outcome(decision: Decision) -> object:
    """Return what follows for the act, without the reasons: they name the days of a version."""
    (act,) = decision.acts()
    return act.undetermined, [
        (
            branch.fine,
            branch.assumptions,
            [(rule.rule, rule.state, rule.version_from) for rule in branch.rules],
            [(s.kind, s.low_fen, s.high_fen, s.mandatory, s.proposed_by) for s in branch.sanctions],
        )
        for branch in act.branches
    ]


def amended(name: str, change: NewConsequences) -> Rulebook:
    reform = Reform(name, amendments=(Amendment("GEN.red", Reach(SINCE), (change,)),))
    applied = apply(law(), (reform,))
    assert applied.diagnostics == ()
    return applied.rulebook


def version() -> Version:
    found = law().rules["GEN.red"].version_at(SINCE)
    assert found is not None
    return found


def fine_of(found: Version) -> Measure:
    (fine,) = (
        one
        for one in found.consequences
        if isinstance(one, Measure) and one.kind is MeasureKind.FINE
    )
    return fine


@given(cases())
def test_a_reform_that_changes_nothing_changes_no_answer(facts: CaseFacts) -> None:
    book = amended("same", NewConsequences((fine_of(version()),)))

    assert book is law()
    assert decided(facts, book) == decided(facts, law())


@given(cases())
def test_a_reform_of_days_that_the_case_does_not_touch_changes_no_answer(facts: CaseFacts) -> None:
    far = "reform far\n  amend GEN.red from 2099-01-01\n    then fine 1 yuan\n"
    reforms, _ = read(far)
    book = apply(law(), reforms).rulebook

    assert book != law()
    assert outcome(decided(facts, law())) == outcome(decided(facts, book))


@given(cases(), st.integers(2, 9))
def test_a_band_times_n_has_n_times_its_range(facts: CaseFacts, times: int) -> None:
    (condition, band), *_ = fine_of(version()).bands
    assert isinstance(band.low, Constant)
    assert isinstance(band.high, Constant)
    scaled = Band(_times(band.low, times), _times(band.high, times))
    new = replace(fine_of(version()), bands=((condition, scaled),))
    always = Reform(
        "scaled",
        amendments=(Amendment("GEN.red", Reach(None), (NewConsequences((new,)),)),),
    )
    book = apply(law(), (always,)).rulebook
    old, found = decided(facts, law()), decided(facts, book)

    for one, two in zip(old.acts()[0].branches, found.acts()[0].branches, strict=True):
        fines = [
            (a, b)
            for a, b in zip(one.sanctions, two.sanctions, strict=True)
            if a.kind is MeasureKind.FINE
        ]
        for before, after in fines:
            scales = after.proposed_by == ("scaled",) and before.low_fen == band.low.value
            factor = times if scales else 1
            assert before.low_fen is None or after.low_fen == before.low_fen * factor
            assert before.high_fen is None or after.high_fen == before.high_fen * factor


def _times(figure: Constant, times: int) -> Constant:
    assert isinstance(figure.value, int)
    return replace(figure, value=figure.value * times)


@given(st.permutations(range(len(CLAUSES))), st.integers(1, len(CLAUSES)))
def test_applying_is_deterministic_and_knows_no_order(order: list[int], count: int) -> None:
    texts = [f"reform r{n}\n  {CLAUSES[n]}\n" for n in sorted(order[:count])]
    reforms, wrong = read(*texts)
    assert wrong == []
    by_name = {reform.name: reform for reform in reforms}
    shuffled = [by_name[f"r{n}"] for n in order[:count]]

    straight, mixed = apply(law(), reforms), apply(law(), shuffled)

    assert straight.diagnostics == mixed.diagnostics == ()
    assert straight.rulebook == mixed.rulebook
    assert straight.rulebook.content_hash == mixed.rulebook.content_hash


@given(cases(), st.sets(st.sampled_from(range(len(CLAUSES))), min_size=1))
def test_several_reforms_in_one_text_or_in_many_give_one_answer(
    facts: CaseFacts, chosen: set[int]
) -> None:
    many, _ = read(*(f"reform r{n}\n  {CLAUSES[n]}\n" for n in sorted(chosen)))
    (one,), _ = read("reform all_\n" + "".join(f"  {CLAUSES[n]}\n" for n in sorted(chosen)))
    answers = [decided(facts, apply(law(), reforms).rulebook) for reforms in (many, [one])]

    fines = [[branch.fine for branch in answer.acts()[0].branches] for answer in answers]
    assert fines[0] == fines[1]
    assert law() == small.rulebook(_text())


def _text() -> str:
    from tests.reforming import LAW

    return LAW
