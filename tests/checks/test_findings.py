"""What findings say, where they point, and what they leave alone."""

from lawengine.base.diagnostic import Severity
from lawengine.checks import (
    changes,
    dead_conditions,
    instruments_cited,
    law_in_force,
    scenario_coverage,
    shared_law,
    tier_conflicts,
    version_gaps,
)
from lawengine.checks.walking import names_in
from lawengine.model import expressions as e
from lawengine.model.types import YES_NO
from tests.checks.reading import read, run

HEAD = """rule LAN.hawking also 灯笼法.叫卖 "Hawking" / "叫卖"

  version from 2016-01-01
    law LAN-2016 art 3
"""


def test_a_gap_names_its_first_and_last_day() -> None:
    text = """rule LAN.hawking also 灯笼法.叫卖 "Hawking" / "叫卖"

  version from 2001-01-01 to 2015-12-29
    law LAN-2001 art 3
    then warn

  version from 2016-01-01
    law LAN-2016 art 3
    then warn
"""
    found = run(version_gaps.CHECK, text)

    assert [d.message("en") for d in found] == [
        "between two versions of `LAN.hawking` there is none in force from 2015-12-30 to 2015-12-31"
    ]
    assert found[0].message("zh").startswith("“灯笼法.叫卖”的两个版本之间，自2015-12-30至")
    assert found[0].severity is Severity.WARNING


def test_a_version_that_starts_too_early_names_the_days() -> None:
    found = run(law_in_force.CHECK, HEAD.replace("2016-01-01", "2015-12-31") + "    then warn\n")

    assert len(found) == 1
    assert found[0].message("en") == (
        "`LAN.hawking` applies LAN-2016 art 3 on 2015-12-31, when that text was not in force: "
        "it was from 2016-01-01 on"
    )
    assert "灯笼法-2016 第3条" in found[0].message("zh")


def test_a_version_wholly_before_its_law_ends_with_itself() -> None:
    found = run(
        law_in_force.CHECK,
        HEAD.replace("2016-01-01", "2001-01-01 to 2001-12-31") + "    then warn\n",
    )

    assert [d.words["days"].text("en") for d in found] == ["from 2001-01-01 to 2001-12-31"]  # type: ignore[attr-defined]  # what is not there fails the test


def test_an_unknown_law_has_no_time_to_compare() -> None:
    text = HEAD.replace("LAN-2016 art 3", "LAN-1066 art 3") + "    then warn\n"

    assert run(law_in_force.CHECK, text) == []
    assert run(changes.CHECK, text) == []
    assert [d.suggestion for d in run(instruments_cited.CHECK, text)] == ["LAN-2016"]


def test_the_nearest_name_is_offered_in_the_language_that_was_written() -> None:
    text = HEAD.replace("LAN-2016 art 3", "灯笼法-2061 art 3") + "    then warn\n"

    assert [d.suggestion for d in run(instruments_cited.CHECK, text)] == ["灯笼法-2016"]


def test_every_place_that_cites_is_looked_at() -> None:
    text = """entity stall of act, listed as stalls "Stall" / "摊位"
  lit "lit" / "点亮": yes_no
    presumed no because "dark" / "暗" law LAN-2016 art 91
  old "old" / "旧": yes_no
    presumed no because "new" / "新"

parameter limit "Limit" / "限额": money
  is 1 yuan from 2016-01-01 law LAN-2016 art 92
  is 1 yuan from 2001-01-01 to 2015-12-31

define loud "loud" / "高声" as
  act.serious
  law LAN-2016 art 93

table base "Base" / "基数": money first hit
  law LAN-2016 art 94
  | act.serious | gives |
  | * | 1 yuan |

rule LAN.hawking "Hawking" / "叫卖"

  version from 2016-01-01 to 2016-12-31
    law LAN-2016 art 95 breaches LAN-2016 art 96
    then refers to LAN-2016 art 97
         refers to LAN.hawking

  repealed from 2017-01-01 law LAN-2016 art 98

scenario "one" / "一"
  given act.ended_on is 2016-01-01
  decided on 2016-01-02
  expect no fine
  because LAN-2016 art 99
"""
    found = run(instruments_cited.CHECK, text)

    assert {d.code for d in found} == {"LAW452"}
    articles = {d.article.article.number for d in found if d.article}
    assert articles == set(range(91, 100))


def test_a_mark_of_the_version_speaks_for_what_it_refers_to() -> None:
    marked = """    status unverified because "no text of 2001 at hand"
    then refers to HAR-2010 art 5
"""
    text = HEAD.replace("LAN-2016 art 3", "LAN-1990 art 3")

    assert run(instruments_cited.CHECK, text + marked) == []


def test_an_error_hangs_on_facts_only_and_shows_a_case() -> None:
    text = f"""{HEAD}
    then warn
    if act.serious
       either of fine 300 yuan, suspend business
    if act.kind is hawking and act.gain more than 5 yuan
       fine 250 yuan
       confiscate act.gain
"""
    found = run(tier_conflicts.CHECK, text)

    assert [d.severity for d in found] == [Severity.ERROR]
    assert (
        found[0]
        .message("en")
        .endswith("(fine): `act.serious` is yes, `act.kind` is hawking, `act.gain` is 5.01 yuan")
    )
    assert "“情节严重”为是" in found[0].message("zh")
    assert found[0].notes[0].span.line < found[0].span.line


def test_a_clash_that_hangs_on_more_is_a_warning() -> None:
    text = f"""{HEAD}
    then warn
    if act.serious
       fine 300 yuan
    if act.gain more than act.fee
       fine 250 yuan
"""
    assert [d.severity for d in run(tier_conflicts.CHECK, text)] == [Severity.WARNING]


def test_the_outermost_dead_tier_is_named_once() -> None:
    text = f"""{HEAD}
    when act.serious
    then warn
    if not act.serious
       fine 300 yuan
    further if act.kind is hawking
       fine 400 yuan
"""
    found = run(dead_conditions.CHECK, text)

    assert [d.code for d in found] == ["LAW315"]


def test_a_condition_that_could_not_be_read_is_not_reported_again() -> None:
    assert run(dead_conditions.CHECK, f"{HEAD}    when no\n    then warn\n") == []


def test_a_definition_is_followed_through_others_and_tables() -> None:
    text = """define loud "loud" / "高声" as
  act.serious
  law LAN-2016 art 3

table base "Base" / "基数": money first hit
  | loud | gives |
  | * | 1 yuan |

define big "big" / "较大" as
  base more than act.gain

rule LAN.hawking "Hawking" / "叫卖"

  version from 2001-01-01 to 2015-12-31
    law LAN-2001 art 3
    then either of warn, fine base
         confiscate base
    if act.minor
       fine whichever applies
         1 yuan to 2 yuan where big
         3 yuan otherwise
"""
    found = run(shared_law.CHECK, text)

    assert [d.message("en") for d in found] == [
        "`loud` is used from 2001-01-01 to 2015-12-31, when none of the law it cites was in force"
    ]


def test_a_gap_inside_the_law_of_a_definition_is_named() -> None:
    text = """define loud "loud" / "高声" as
  act.serious
  law LAN-1990 art 3, LAN-2016 art 3

rule LAN.hawking "Hawking" / "叫卖"

  version from 1995-01-01
    law LAN-2001 art 3
    when loud
    then warn
"""
    found = run(shared_law.CHECK, text)

    assert [d.words["days"].text("en") for d in found] == ["from 2001-01-01 to 2015-12-31"]  # type: ignore[attr-defined]  # what is not there fails the test
    assert run(shared_law.CHECK, text.replace("LAN-2016 art 3", "LAN-1066 art 3")) == []


def test_what_has_no_scenario_is_listed_once_for_each_rule() -> None:
    text = f"""{HEAD}
    when act.kind is hawking
    then warn
    if act.serious
       fine 300 yuan
    further if act.gain at least 5 yuan
       fine 400 yuan

rule LAN.lighting "Lighting" / "点灯"
  dated by decision

  version from 2001-01-01 to 2015-12-31
    law LAN-2001 art 9
    then warn

  version from 2016-01-01
    law LAN-2016 art 9
    then warn

scenario "serious" / "严重"
  given act.kind is hawking
        act.serious is yes
        act.gain is 4 yuan to 6 yuan
        act.ended_on is 2012-03
  decided on 2016-12-31
  expect LAN.hawking not established
         LAN.lighting established
  because LAN-2016 art 3(1)

scenario "no day" / "无日期"
  given act.kind is hawking
  decided on 2016-12-31
  expect LAN.hawking undetermined
"""
    found = run(scenario_coverage.CHECK, text)

    assert [d.message("en") for d in found] == [
        "no scenario tests `LAN.hawking`: tier 2 of the version from 2016-01-01",
        "no scenario tests `LAN.lighting`: the version from 2001-01-01",
    ]
    assert [len(d.notes) for d in found] == [1, 0]


def test_a_name_that_leads_nowhere_is_passed_over() -> None:
    assert names_in(e.Defined("lost", YES_NO), read("")) == {"lost"}
