"""What the shipped digests must say, whether or not official texts are at hand."""

import datetime
import re

import pytest

from lawengine.base.citation import parse_citation
from lawengine.statutes import ChangeKind, Library, changed_articles


@pytest.mark.parametrize(
    ("family", "day", "expected"),
    [
        ("APL", "1996-09-30", None),
        ("APL", "1996-10-01", "APL-2009"),
        ("APL", "2017-12-31", "APL-2009"),
        ("APL", "2018-01-01", "APL-2017"),
        ("APL", "2021-07-14", "APL-2017"),
        ("APL", "2021-07-15", "APL-2021"),
        ("AUCL", "1993-11-30", None),
        ("AUCL", "1993-12-01", "AUCL-1993"),
        ("AUCL", "2017-12-31", "AUCL-1993"),
        ("AUCL", "2018-01-01", "AUCL-2017"),
        ("AUCL", "2019-04-22", "AUCL-2017"),
        ("AUCL", "2019-04-23", "AUCL-2019"),
        ("AUCL", "2025-10-14", "AUCL-2019"),
        ("AUCL", "2025-10-15", "AUCL-2025"),
        ("ECL", "2018-12-31", None),
        ("ECL", "2019-01-01", "ECL-2018"),
        ("ADL", "2021-04-28", None),
        ("ADL", "2021-04-29", "ADL-2021"),
    ],
)
def test_the_law_of_the_day(shipped: Library, family: str, day: str, expected: str | None) -> None:
    found = shipped.in_force(family, datetime.date.fromisoformat(day))
    assert (found.id if found else None) == expected


@pytest.mark.parametrize(
    ("citation", "figures"),
    [
        ("AUCL-1993 art 24(1)", ["10,000", "200,000"]),
        ("AUCL-2017 art 20(1)", ["200,000", "1,000,000", "1,000,000", "2,000,000"]),
        ("AUCL-2019 art 20(1)", ["200,000", "1,000,000", "1,000,000", "2,000,000"]),
        ("AUCL-2025 art 25(1)", ["1,000,000", "1,000,000", "2,000,000"]),
        ("AUCL-2025 art 29", ["100,000", "1,000,000", "1,000,000", "5,000,000"]),
        ("ECL-2018 art 80(1)", ["20,000", "100,000", "100,000", "500,000"]),
        ("ECL-2018 art 83", ["50,000", "500,000", "500,000", "2,000,000"]),
    ],
)
def test_figures_in_the_digests(shipped: Library, citation: str, figures: list[str]) -> None:
    cited = parse_citation(citation)
    assert cited is not None
    found = shipped.find(cited)
    assert found is not None
    assert found.place == cited.article
    assert re.findall(r"\d+(?:,\d{3})+", found.text.en) == figures


def test_only_versions_without_a_text_are_unverified_and_lack_fingerprints(
    shipped: Library,
) -> None:
    unverified = {found.id for found in shipped.instruments if not found.verified}
    texts_missing = {
        *("AML-2007", "AML-2022", "APL-2009", "AUCL-1993", "AUCL-2017", "CC-2020", "FSL-2015"),
    }
    assert unverified == texts_missing
    without = {
        found.id
        for found in shipped.instruments
        for article in found.articles
        if not article.fingerprint or not article.layout
    }
    assert without == unverified


def test_every_article_has_words_and_terms_in_both_languages(shipped: Library) -> None:
    for instrument in shipped.instruments:
        for article in instrument.articles:
            assert article.terms, (instrument.id, str(article.article))
            assert re.search(r"[\u4e00-\u9fff]", article.digest.zh)
            assert not re.search(r"[\u4e00-\u9fff]", article.digest.en)


def test_the_articles_that_only_moved_are_not_named_as_changed(shipped: Library) -> None:
    changed = {str(c.citation): c.kind for c in changed_articles(shipped)}
    assert "AUCL-2025 art 32" not in changed
    assert "AUCL-2025 art 33" not in changed
    assert changed["AUCL-2025 art 25"] is ChangeKind.REWORDED
    assert changed["APL-2021 art 29"] is ChangeKind.REWORDED
    assert changed["AUCL-2019 art 20"] is ChangeKind.INCOMPARABLE


def test_the_advertising_law_is_special_by_the_word_of_the_law_it_derogates(
    shipped: Library,
) -> None:
    found = shipped.instrument("广告法-2021")
    assert found is not None
    assert [
        (special.family, [str(c) for c in special.because]) for special in found.special_to
    ] == [("AUCL", ["AUCL-2019 art 20(2)", "AUCL-2025 art 25(2)"])]
