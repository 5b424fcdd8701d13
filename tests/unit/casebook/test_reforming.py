"""The casebook under a reform: whose answer changes, and the sums."""

from __future__ import annotations

import datetime

from lawengine.base.label import Label
from lawengine.casebook.case_file import CaseFile
from lawengine.casebook.reforming import effect_of
from tests import small
from tests.reforming import law, under


def case(name: str, kind: str, *, grave: bool = False, ended: str = "2020-01-01") -> CaseFile:
    day = datetime.date.fromisoformat(ended)
    facts = small.case(
        law(), {"kind": kind, "ended_on": day, "seen_on": day, "grave": grave}, decided_on=day
    )
    return CaseFile(type(facts)(name, facts.root), Label(name, name))


HARDER = "reform harder\n  amend GEN.red as if always\n    then fine 50 to 900 yuan\n"


def test_only_those_whose_answer_changes_are_named() -> None:
    cases = [case("one", "red"), case("two", "blue"), case("three", "red", ended="2005-01-01")]
    effect = effect_of(cases, (law(), under(HARDER)))

    assert [one.case for one in effect.changed] == ["one"]
    assert len(effect.parties) == 3
    (changed,) = effect.changed
    assert changed.before is not None
    assert changed.after is not None
    assert (changed.before.low, changed.before.high) == (2000, 10000)
    assert (changed.after.low, changed.after.high) == (5000, 90000)


def test_the_sums_are_those_of_all_parties() -> None:
    cases = [case("one", "red"), case("two", "red", grave=True)]
    effect = effect_of(cases, (law(), under(HARDER)))

    assert (effect.before.low, effect.before.high) == (2000 + 10000, 10000 + 30000)
    assert (effect.after.low, effect.after.high) == (5000 + 10000, 90000 + 30000)
    assert effect.before.open == 0


def test_a_fine_that_may_be_left_out_counts_nothing_at_the_lowest() -> None:
    effect = effect_of([case("one", "blue")], (law(), under(HARDER)))

    assert (effect.before.low, effect.before.high) == (0, 20000)
    assert effect.before == effect.after


def test_an_open_ceiling_is_counted_apart() -> None:
    multiple = "reform m\n  amend GEN.red as if always\n    then fine 1 to 5 times act.gain\n"
    effect = effect_of([case("one", "red")], (law(), under(multiple)))

    assert (effect.before.open, effect.after.open) == (0, 1)


def test_a_case_that_contradicts_itself_is_named_with_its_reasons() -> None:
    day = datetime.date(2020, 1, 1)
    facts = small.case(
        law(),
        {"kind": "red", "ended_on": day, "seen_on": day},
        decided_on=datetime.date(2019, 1, 1),
    )
    effect = effect_of([CaseFile(facts, Label())], (law(), under(HARDER)))

    assert effect.undecided == ("small",)
    assert effect.parties == ()
    assert effect.diagnostics
