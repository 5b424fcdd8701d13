"""A reform gives a rulebook of its own: what changes in it, what stays, and what is refused."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import permutations

import pytest

from lawengine.base.calendar import Period
from lawengine.base.label import LANGUAGES
from lawengine.model.measures import Measure, MeasureChoice, MeasureKind
from lawengine.model.rules import Interval, Version
from lawengine.model.statuses import StatusVersion
from lawengine.reforms import apply, changes
from lawengine.reforms.applying import MAX_CHANGES
from tests import small
from tests.reforming import LAW, law, mistakes, read, under

FLOOR = """
reform floor "Floor" / "下限"
  amend GEN.red from 2027-01-01
    then fine 50 to 100 yuan
"""
CONDITION = """
reform condition
  amend GEN.red from 2027-01-01
    when act.kind is red and act.a
"""
TIER = """
reform tier
  amend GEN.red from 2027-01-01
    if act.grave
      fine 200 to 900 yuan
    if act.worse
      may revoke permit
"""
FIGURE = """
reform figure
  set cap is 500 yuan from 2030-01-01
"""
REPEAL = """
reform repeal_
  repeal GEN.chosen from 2028-01-01
"""


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def red(*texts: str) -> Sequence[Version]:
    return under(*texts).rules["GEN.red"].versions


def fines(version: Version) -> list[tuple[int | None, int]]:
    found = []
    for one in version.all_consequences():
        parts = one.measures if isinstance(one, MeasureChoice) else (one,)
        for part in parts:
            if isinstance(part, Measure) and part.kind is MeasureKind.FINE:
                low, high = part.bands[0][1].low, part.bands[0][1].high
                found.append((getattr(low, "value", None), getattr(high, "value", 0)))
    return found


def test_an_amendment_closes_the_version_the_day_before_and_opens_a_new_one() -> None:
    first, second, third = red(FLOOR)

    assert first == law().rules["GEN.red"].versions[0]
    assert second.interval == Interval(day("2010-01-01"), day("2026-12-31"))
    assert third.interval == Interval(day("2027-01-01"))
    assert fines(second) == [(2000, 10000), (10000, 30000)]
    assert fines(third) == [(5000, 10000), (10000, 30000)]


def test_everything_of_another_kind_stays() -> None:
    old, new = red(FLOOR)[1:]

    assert new.consequences[0] == old.consequences[0]
    assert (new.when, new.exclusions, new.tiers, new.law) == (
        old.when, old.exclusions, old.tiers, old.law
    )  # fmt: skip


def test_what_a_reform_says_carries_its_name_and_a_doubt() -> None:
    book = under(FLOOR)
    old, new = book.rules["GEN.red"].versions[1:]

    assert (old.proposed_by, new.proposed_by) == ((), ("floor",))
    assert not old.unverified
    assert new.unverified.text("en") == "proposed by the reform “Floor”: not law"
    assert new.unverified.text("zh") == "系修正草案“下限”所提出，尚非法律"
    assert [one.name for one in book.reforms] == ["floor"]


def test_the_law_itself_stays_as_it_is() -> None:
    base = small.rulebook(LAW)
    reforms, _ = read(FLOOR, TIER, FIGURE, REPEAL, book=base)
    after = apply(base, reforms).rulebook

    assert base == law()
    assert base.content_hash == law().content_hash
    assert after != base
    assert after.content_hash != base.content_hash


def test_as_if_always_replaces_the_text_over_all_its_days() -> None:
    text = (
        "reform always\n  amend GEN.red version on 2005-05-05 as if always\n    then fine 1 yuan\n"
    )
    first, second = red(text)

    assert first.interval == Interval(day("2000-01-01"), day("2009-12-31"))
    assert fines(first) == [(100, 100)]
    assert second == law().rules["GEN.red"].versions[1]


def test_as_if_always_without_a_day_means_the_last_version() -> None:
    first, second = red("reform always\n  amend GEN.red as if always\n    then fine 1 yuan\n")

    assert first == law().rules["GEN.red"].versions[0]
    assert fines(second)[0] == (100, 100)
    assert second.interval == Interval(day("2010-01-01"))


def test_a_change_from_the_first_day_of_a_version_leaves_nothing_of_it() -> None:
    versions = red("reform first\n  amend GEN.red from 2010-01-01\n    then fine 1 yuan\n")

    assert [version.interval.start for version in versions] == [
        day("2000-01-01"),
        day("2010-01-01"),
    ]
    assert fines(versions[1])[0] == (100, 100)


def test_a_tier_under_the_same_condition_is_amended_and_another_one_added() -> None:
    old, new = red(TIER)[1:]

    assert [len(tier.consequences) for tier in new.tiers] == [2, 1]
    assert fines(new) == [(2000, 10000), (20000, 90000)]
    assert new.tiers[0].consequences[1] == old.tiers[0].consequences[1]


def test_a_fine_inside_a_choice_is_replaced_there() -> None:
    book = under("reform x\n  amend GEN.chosen from 2020-01-01\n    then fine up to 900 yuan\n")
    (choice,) = book.rules["GEN.chosen"].versions[1].consequences

    assert isinstance(choice, MeasureChoice)
    assert [part.kind for part in choice.measures] == [MeasureKind.WARN, MeasureKind.FINE]


@pytest.mark.parametrize(
    ("strike", "left"),
    [
        ("strike warn", ["fine", "fine", "revoke"]),
        ("strike fine if act.grave", ["warn", "fine", "revoke"]),
        ("strike if act.grave", ["warn", "fine"]),
    ],
)
def test_what_is_struck_out_is_gone(strike: str, left: list[str]) -> None:
    version = red(f"reform x\n  amend GEN.red from 2020-01-01\n    {strike}\n")[2]

    kinds = [one.kind.value for one in version.all_consequences() if isinstance(one, Measure)]
    assert kinds == left


def test_conditions_can_be_struck_out() -> None:
    text = "reform x\n  amend GEN.red from 2020-01-01\n    strike when\n    strike unless\n"
    version = red(text)[2]

    assert version.when is None
    assert version.exclusions == ()


def test_a_figure_is_set_from_a_day_and_keeps_the_citation() -> None:
    values = under(FIGURE).parameters["cap"].values

    assert [value.value for value in values] == [10000, 20000, 50000]
    assert values[1].interval == Interval(day("2010-01-01"), day("2029-12-31"))
    assert values[2].law == values[1].law
    assert values[2].proposed_by == ("figure",)


def test_a_repeal_ends_the_lineage_the_day_before() -> None:
    rule = under(REPEAL).rules["GEN.chosen"]

    assert rule.versions[-1].interval.end == day("2027-12-31")
    assert rule.repeal is not None
    assert (rule.repeal.start, rule.repeal.law) == (day("2028-01-01"), None)


def status(name: str, clauses: str) -> StatusVersion:
    text = f"reform x\n  amend {name} from 2020-01-01\n    {clauses}\n"
    return under(text).statuses[name].versions[1]


def test_term_removal_and_measures_of_a_list_change() -> None:
    old = law().statuses["GEN.bad"].versions[0]

    longer = status("GEN.bad", "lasts 5 years")
    assert isinstance(longer.term, Period)
    assert (longer.term.length, longer.start, longer.endings) == (5, old.start, old.endings)
    ways = status("GEN.bad", "removed after 2 years where penalty.mended and penalty.paid")
    assert [ending.after.length for ending in ways.endings if ending.after] == [2]
    barred = status("GEN.bad", 'measure barred "Barred" / "限制"\n    strike measure guarded')
    assert [measure.name for measure in barred.measures] == ["barred"]
    assert status("GEN.bad", "strike removed").endings == ()


def test_condition_of_a_benefit_and_term_of_a_duty_change() -> None:
    old = law().statuses["GEN.pay"].versions[0]

    good = status("GEN.good", "when party.rich and application.applied after 2019-01-01")
    assert good.when != law().statuses["GEN.good"].versions[0].when
    pay = status("GEN.pay", "due 60 days")
    assert isinstance(pay.term, Period)
    assert (pay.term.length, pay.start) == (60, old.start)


def test_a_whole_rule_is_added_and_marked() -> None:
    text = """
reform more
  amend GEN.red from 2027-01-01
    then fine up to new_cap

parameter new_cap "New cap" / "新上限": money
  is 700 yuan from 2027-01-01

rule GEN.new "New" / "新"
  version from 2027-01-01
    when act.b
    then warn
"""
    book = under(text)

    assert book.rules["GEN.new"].versions[0].proposed_by == ("more",)
    assert book.parameters["new_cap"].values[0].proposed_by == ("more",)
    assert "GEN.new" not in law().rules


def test_the_order_of_reforms_makes_no_difference() -> None:
    texts = (FLOOR, CONDITION, TIER, FIGURE, REPEAL)
    found = {under(*order).content_hash for order in permutations(texts)}

    assert len(found) == 1


def test_two_reforms_of_one_day_meet_in_one_version() -> None:
    versions = red(FLOOR, CONDITION)

    assert len(versions) == 3
    assert versions[2].proposed_by == ("condition", "floor")
    assert fines(versions[2])[0] == (5000, 10000)
    assert versions[2].when != versions[1].when


def test_a_later_reform_changes_what_an_earlier_one_made() -> None:
    later = "reform later\n  amend GEN.red from 2028-01-01\n    when act.kind is red and act.b\n"
    versions = red(later, FLOOR)

    assert [version.interval.start.year for version in versions] == [2000, 2010, 2027, 2028]
    assert fines(versions[3])[0] == (5000, 10000)


@pytest.mark.parametrize(
    "same",
    [
        "amend GEN.red from 2027-01-01\n    then fine 20 to 100 yuan",
        "amend GEN.red as if always\n    when act.kind is red",
        "set cap is 200 yuan from 2027-01-01",
        "amend GEN.bad from 2027-01-01\n    lasts 3 years",
        "amend GEN.red from 2027-01-01\n    if act.grave\n      may revoke licence",
    ],
)
def test_a_reform_that_changes_nothing_gives_back_the_rulebook(same: str) -> None:
    base = law()
    reforms, wrong = read(f"reform x\n  {same}\n", book=base)

    assert wrong == []
    assert apply(base, reforms).rulebook is base


def told(*texts: str) -> list[str]:
    return [diagnostic.code for diagnostic in mistakes(*texts)]


@pytest.mark.parametrize(
    ("clause", "code"),
    [
        ("amend GEN.rad from 2027-01-01\n    then warn", "LAW330"),
        ("repeal GEN.nobody from 2027-01-01", "LAW330"),
        ("set GEN.red is 5 yuan from 2027-01-01", "LAW330"),
        ("amend GEN.red from 1999-12-31\n    then warn", "LAW331"),
        ("amend GEN.red version on 2011-01-01 from 2009-12-31\n    then warn", "LAW331"),
        ("set cap is 5 yuan from 1999-12-31", "LAW331"),
        ("amend GEN.red version on 2005-01-01 from 2027-01-01\n    then warn", "LAW332"),
        ("amend GEN.gone from 2015-01-01\n    then fine 1 yuan", "LAW333"),
        ("repeal GEN.gone from 2015-01-01", "LAW333"),
        ("repeal GEN.gone from 2020-01-01", "LAW333"),
        ("repeal GEN.red from 2000-01-01", "LAW331"),
        ("amend GEN.red from 2027-01-01\n    lasts 3 years", "LAW335"),
        ("amend GEN.bad from 2027-01-01\n    then warn", "LAW335"),
        ("amend GEN.bad from 2027-01-01\n    due 3 days", "LAW335"),
        ("amend GEN.red from 2027-01-01\n    strike measure guarded", "LAW335"),
        ("amend GEN.red from 2027-01-01\n    strike publish", "LAW336"),
        ("amend GEN.red from 2027-01-01\n    strike if act.worse", "LAW336"),
        ("amend GEN.bad from 2027-01-01\n    strike measure nothing_such", "LAW336"),
        ("amend GEN.bad from 2027-01-01\n    discharged where penalty.paid", "LAW246"),
        ("amend GEN.red from 2027-01-01\n    when act.bb", "LAW201"),
        ("amend GEN.red from 2027-01-01\n    then fine 100 to 20 yuan", "LAW310"),
        ("set cap is 3 days from 2027-01-01", "LAW204"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(clause: str, code: str) -> None:
    (found,) = mistakes(f"reform x\n  {clause}\n")

    assert found.code == code
    assert found.span.path == "reform-1.law"
    assert found.span.line in (2, 3)
    assert all(found.message(language) for language in LANGUAGES)


def test_a_slip_in_a_name_is_guessed() -> None:
    (found,) = mistakes("reform x\n  repeal GEN.chozen from 2027-01-01\n")

    assert found.suggestion == "GEN.chosen"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("amend GEN.red from 2027-01-01\n    then fine 5 yuan", FLOOR),
        ("amend GEN.red from 2027-01-01\n    when act.b", CONDITION),
        ("amend GEN.red from 2027-01-01\n    strike if act.grave", TIER),
        ("amend GEN.red from 2027-01-01\n    if act.grave\n      fine 7 yuan", TIER),
        ("repeal GEN.red from 2027-01-01", FLOOR),
        ("set cap is 7 yuan from 2030-01-01", FIGURE),
    ],
)
def test_two_that_touch_the_same_thing_from_the_same_day_clash(one: str, two: str) -> None:
    for texts in ((f"reform x\n  {one}\n", two), (two, f"reform x\n  {one}\n")):
        (found,) = mistakes(*texts)

        assert found.code == "LAW334"
        paths = {found.span.path, *(note.span.path for note in found.notes)}
        assert paths == {"reform-1.law", "reform-2.law"}


def test_as_if_always_clashes_in_one_version_and_not_in_two() -> None:
    def always(name: str, when: str, fine: int) -> str:
        return f"reform {name}\n  amend GEN.red {when}as if always\n    then fine {fine} yuan\n"

    on_first, on_last = "version on 2003-01-01 ", "version on 2012-01-01 "
    assert told(always("x", on_first, 1), always("y", on_last, 2)) == []
    assert told(always("x", "", 1), always("y", on_last, 2)) == ["LAW334"]
    assert told(always("x", "", 1), always("y", on_last, 1)) == []


def test_from_another_day_there_is_no_clash() -> None:
    other = FLOOR.replace("2027-01-01", "2028-01-01").replace("reform floor", "reform other")

    assert told(FLOOR, other.replace("50 to", "60 to")) == []


def test_one_reform_can_clash_with_itself_and_with_its_name() -> None:
    assert told(FLOOR + "  amend GEN.red from 2027-01-01\n    then fine 1 yuan\n") == ["LAW334"]
    assert told(FLOOR, FLOOR) == ["LAW203"]


def test_an_amendment_after_a_repeal_by_another_reform_is_refused() -> None:
    repeal = "reform gone\n  repeal GEN.red from 2026-01-01\n"

    assert told(repeal, FLOOR) == ["LAW333"]


def test_a_file_of_reforms_begins_with_one() -> None:
    assert told("rule GEN.new\n  version from 2027-01-01\n    when act.b\n    then warn\n") == [
        "LAW338"
    ]
    assert told("") == ["LAW338"]
    entity = 'entity moon of act, listed as moons "M" / "月"\n'
    assert told(f"reform x\n  repeal GEN.chosen from 2027-01-01\n{entity}") == ["LAW338"]


def test_a_reform_among_the_rules_is_refused() -> None:
    found = small.lowered(FLOOR)
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["LAW337"]


def test_a_circle_that_a_reform_makes_is_found() -> None:
    from lawengine.language.lower_reforms import circles

    base = law()
    text = "reform x\n  amend GEN.bad from 2027-01-01\n    when GEN.bad listed\n"
    reforms, wrong = read(text, book=base)

    assert wrong == []
    assert [d.code for d in circles(apply(base, reforms).rulebook)] == ["LAW321"]


def test_what_differs_is_told_day_by_day() -> None:
    (changed,) = changes(law(), under(FLOOR))
    (one,) = changed.differences

    assert changed.norm.name == "GEN.red"
    assert one.interval == Interval(day("2027-01-01"))
    assert isinstance(one.before, Version)
    assert isinstance(one.after, Version)
    assert (fines(one.before)[0], fines(one.after)[0]) == ((2000, 10000), (5000, 10000))


def test_a_repeal_and_an_addition_differ_on_one_side() -> None:
    added = "reform x\nrule GEN.new\n  version from 2027-01-01\n    when act.b\n    then warn\n"
    found = {one.norm.name: one.differences for one in changes(law(), under(REPEAL, added))}

    (gone,), (new,) = found["GEN.chosen"], found["GEN.new"]
    assert gone.before is not None
    assert gone.after is None
    assert new.before is None
    assert new.after is not None


def test_too_many_changes_are_refused() -> None:
    clauses = "".join(
        f"  amend GEN.red from {day('2027-01-01') + datetime.timedelta(days=n)}\n    then warn\n"
        for n in range(MAX_CHANGES + 1)
    )

    assert told(f"reform x\n{clauses}") == ["LAW339"]
