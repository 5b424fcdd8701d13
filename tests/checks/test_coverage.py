"""Articles without a rule, articles that changed, and the rules that ship."""

import pytest

from lawengine.base.diagnostic import has_errors
from lawengine.base.label import LANGUAGES
from lawengine.base.source import Source
from lawengine.checks import articles_changed, run_checks, uncited_articles
from lawengine.checks.check import SAMPLE_LIBRARY
from lawengine.language.lower import lower
from lawengine.language.parse import parse
from lawengine.statutes import ChangeKind, Library
from lawengine.workspace import Workspace, instrument_names, open_workspace
from tests.checks.reading import read

RULE = """rule LAN.hawking "Hawking" / "叫卖"

  version from 2001-01-01 to 2015-12-31
    law LAN-2001 art 3(1), 灯笼法-2001 art 9
    then warn

scenario "one" / "一"
  given act.ended_on is 2016-01-01
  decided on 2016-01-02
  expect no fine
  because LAN-2016 art 3, HAR-2010 art 5
"""


@pytest.fixture(scope="module")
def shipped() -> Workspace:
    return open_workspace()


def test_an_article_on_liability_that_no_rule_cites_is_coverage() -> None:
    rulebook = read(RULE)
    found = uncited_articles(rulebook, SAMPLE_LIBRARY)

    assert [str(d.article) for d in found] == ["LAN-1990 art 3", "LAN-2016 art 3"]
    assert found[1].message("zh") == "没有规则引用灯笼法-2016 第3条：叫卖灯笼的，处罚款。"
    assert not {d.code for d in run_checks(rulebook, SAMPLE_LIBRARY)} & {"LAW456"}


def test_nothing_is_uncited_where_nothing_is_cited() -> None:
    assert uncited_articles(read(""), SAMPLE_LIBRARY) == ()
    assert uncited_articles(read(RULE), Library()) == ()


def test_a_changed_article_comes_with_the_rules_before_and_after() -> None:
    found = articles_changed(read(RULE), SAMPLE_LIBRARY)

    assert [
        (str(c.change.citation), c.change.kind, len(c.before), len(c.after)) for c in found
    ] == [
        ("LAN-2001 art 3", ChangeKind.INCOMPARABLE, 0, 1),
        ("LAN-2016 art 3", ChangeKind.REWORDED, 1, 0),
    ]
    resting = found[1].before[0]
    assert resting.rule == "LAN.hawking"
    assert str(resting.citation) == "LAN-2001 art 3(1)"
    assert resting.version.interval.start.year == 2001


def test_the_rules_that_ship_have_no_error(shipped: Workspace) -> None:
    found = run_checks(shipped.rulebook, shipped.library)

    assert not has_errors(found), [(d.code, str(d.span), d.message("en")) for d in found]
    assert run_checks(shipped.rulebook, shipped.library) == found


def test_the_law_that_ships_names_its_rules(shipped: Workspace) -> None:
    changed = {
        str(c.change.citation): c for c in articles_changed(shipped.rulebook, shipped.library)
    }
    fine = changed["AUCL-2025 art 25"]

    assert fine.change.kind is ChangeKind.REWORDED
    assert "AUCL.false_publicity" in {r.rule for r in fine.before}
    assert "AUCL.false_publicity" in {r.rule for r in fine.after}
    uncited = {str(d.article) for d in uncited_articles(shipped.rulebook, shipped.library)}
    assert "ACL-2011 art 46" in uncited
    assert "APL-2021 art 63" not in uncited
    assert "ECL-2018 art 80" not in uncited
    # payment in advance, which article 58(3) leaves to another law, is no liability of its own
    assert "ECL-2018 art 58" not in uncited


def test_files_cut_short_are_checked_all_the_same(shipped: Workspace) -> None:
    texts = [source.text for path, source in shipped.sources.items() if "scenarios" not in path]
    names = instrument_names(shipped.library)
    for step in range(1, 8):
        cut = [text[: len(text) * step // 8] for text in texts]
        trees = [parse(Source(f"{n}.law", text)).tree for n, text in enumerate(cut)]
        found = run_checks(lower(trees, names).rulebook, shipped.library)
        for language in LANGUAGES:
            assert all(d.message(language) for d in found)
