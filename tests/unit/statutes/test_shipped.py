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
        ("ALL", "2015-04-30", "ALL-1989"),
        ("ALL", "2015-05-01", "ALL-2014"),
        ("ALL", "2017-07-01", "ALL-2017"),
        ("ARL", "2023-12-31", "ARL-1999"),
        ("ARL", "2024-01-01", "ARL-2023"),
        ("CIPL", "2021-12-31", "CIPL-2012"),
        ("CIPL", "2023-12-31", "CIPL-2021"),
        ("CIPL", "2024-01-01", "CIPL-2023"),
        ("EIPR", "2014-09-30", None),
        ("EIPR", "2024-04-30", "EIPR-2014"),
        ("EIPR", "2024-05-01", "EIPR-2024"),
        ("GACC-CE", "2026-03-31", "GACC-251-2021"),
        ("GACC-CE", "2026-04-01", "GACC-282-2026"),
        ("NDRC-CR", "2023-04-30", None),
        ("NDRC-CR", "2026-03-31", "NDRC-58-2023"),
        ("NDRC-CR", "2026-04-01", "NDRC-36-2025"),
        ("SAMR-CR", "2021-08-31", None),
        ("SAMR-CR", "2025-12-24", "SAMRCR-2021"),
        ("SAMR-CR", "2025-12-25", "SAMR-107-2025"),
        ("SAMRP", "2022-10-31", "SAMRP-2021"),
        ("SAMRP", "2022-11-01", "SAMRP-2022"),
        ("SAMRH", "2019-03-31", None),
        ("SAMRH", "2021-07-14", "SAMRH-2018"),
        ("SAMRH", "2021-07-15", "SAMRH-2021"),
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
        ("EIPR-2024 art 18(2)", ["10,000", "50,000", "50,000", "200,000"]),
        ("GACC-282-2026 art 15(1)(4)", ["500,000", "500,000"]),
        ("NBPR-2023 art 49", ["100,000", "500,000"]),
        ("NBPR-2023 art 50", ["500,000", "1,000,000"]),
        ("NBPR-2023 art 51", ["500,000", "500,000", "2,000,000"]),
        ("SAMR-107-2025 art 7(3)", ["50,000", "5,000"]),
        ("SAMRH-2021 art 5(1)(3)", ["10,000", "100,000"]),
        ("MOF-18-2016 part 3", ["2,000", "20,000"]),
        ("MOF-49-2018 part 1", ["2,000", "5,000", "20,000", "26,000"]),
    ],
)
def test_figures_in_the_digests(shipped: Library, citation: str, figures: list[str]) -> None:
    cited = parse_citation(citation)
    assert cited is not None
    found = shipped.find(cited)
    assert found is not None
    assert found.place == cited.article
    assert re.findall(r"\d+(?:,\d{3})+", found.text.en) == figures


@pytest.mark.parametrize(
    ("citation", "terms"),
    [
        ("APL-2017 art 42(1)(1)", ["3 days"]),
        ("APL-2021 art 60", ["90 days"]),
        ("APL-2021 art 61(1)", ["7 working days"]),
        ("APL-2021 art 64(1)(1)", ["5 working days"]),
        ("APL-2021 art 64(1)(2)", ["7 working days"]),
        ("ALL-1989 art 39", ["3 months"]),
        ("ALL-2017 art 45", ["15 days", "15 days"]),
        ("ALL-2017 art 46(1)", ["6 months"]),
        ("ARL-2023 art 20(1)", ["60 days"]),
        ("ARL-2023 art 20(3)", ["1 year"]),
        ("CIPL-2023 art 95", ["30 days"]),
        ("ACL-2011 art 53", ["3 months"]),
        ("ACL-2011 art 54", ["10 working days"]),
        ("EIPR-2014 art 17(2)", ["3 years", "3 years"]),
        ("NBPI-2024 art 61(1)", ["5 years", "5 years"]),
        ("NBPI-2024 art 64(1)", ["10 working days"]),
        ("NDRC-58-2023 art 15(2)", ["3 months", "3 years", "1 year"]),
        ("NDRC-36-2025 art 12(1)", ["3 months", "3 months", "1 year", "3 years"]),
        ("NDRC-36-2025 art 16(3)", ["7 working days"]),
        ("SAMRP-2022 art 18(1)", ["15 working days", "15 working days"]),
        ("SAMRP-2022 art 64(1)", ["90 days", "30 days"]),
        ("SAMRP-2022 art 76(1)", ["10 working days", "3 months"]),
        ("SAMR-44-2021 art 16(1)", ["1 year"]),
        ("SAMR-44-2021 art 17(3)", ["15 working days"]),
        ("SAMR-44-2021 art 21", ["3 years", "3 years"]),
        ("SAMR-45-2021 art 9", ["20 working days"]),
        ("SAMR-45-2021 art 13(1)", ["3 months", "3 years"]),
        ("SAMR-107-2025 art 8(3)", ["1 year", "3 years"]),
        ("SAMR-107-2025 art 9(2)", ["3 months", "1 year"]),
        ("SAMR-107-2025 art 16(3)", ["10 working days"]),
        ("SAMR-107-2025 art 23(2)", ["3 years", "3 years"]),
    ],
)
def test_terms_in_the_digests(shipped: Library, citation: str, terms: list[str]) -> None:
    cited = parse_citation(citation)
    assert cited is not None
    found = shipped.find(cited)
    assert found is not None
    assert found.place == cited.article
    assert re.findall(r"\d+ (?:working )?(?:days?|months?|years?)", found.text.en) == terms


def test_a_whole_order_has_a_digest_of_every_article(shipped: Library) -> None:
    whole = {
        "NDRC-58-2023": 32,
        "NDRC-36-2025": 30,
        "SAMR-107-2025": 31,
        "SAMR-44-2021": 26,
        "SAMR-45-2021": 19,
    }
    for name, last in whole.items():
        numbers = [found.article.number for found in shipped.articles_of(name)]
        assert numbers == list(range(1, last + 1)), name


def test_a_part_that_is_no_place_of_the_text_says_so(shipped: Library) -> None:
    policy = {"SC-2016-33", "SCGO-2020-49", "MOFCOM-39-2021", "MOF-18-2016", "GACC-219-2018"}
    counted = {
        found.id
        for found in shipped.instruments
        if found.id not in policy and any(article.article.part for article in found.articles)
    }
    digests_of_news = {"NDRC-2045-2015", "NDRC-2370-2016", "SPL-2021", "SPL-2024"}
    imports = {"MOFCOM-486-2018", "MOF-49-2018", "GACC-194-2018"}
    assert counted == {"MOFCOM-2019", "NDRC-716-2018", *digests_of_news, *imports}
    for name in counted:
        instrument = shipped.instrument(name)
        assert instrument is not None
        assert "are no places of the text" in instrument.unverified.en
        assert "并非原文位置" in instrument.unverified.zh


def test_only_versions_without_a_text_are_unverified_and_lack_fingerprints(
    shipped: Library,
) -> None:
    unverified = {found.id for found in shipped.instruments if not found.verified}
    texts_missing = {
        *("ALL-1989", "ALL-2014", "AML-2007", "AML-2022", "APL-2009", "ARL-1999", "AUCL-1993"),
        *("AUCL-2017", "CC-2020", "CIPL-2012", "CIPL-2021", "FSL-2015", "GACC-251-2021"),
        *(
            "MOFCOM-2019",
            "NDRC-716-2018",
            "PROJECT-2019",
            "PROJECT-2-2019",
            "PROJECT-3-2019",
            "SAMRCR-2021",
            "SAMRH-2018",
            "SC-2016-33",
            "SCGO-2020-49",
            "SCGO-2026-8",
        ),
        *("JSSAMR-2024-7", "SAMRD-2019", "SAMRD-2022"),
        *("NDRC-2045-2015", "NDRC-2370-2016", "SPL-2021", "SPL-2024"),
        "SAMRP-2021",
        *("GACC-194-2018", "GACC-219-2018", "MOF-18-2016", "MOF-49-2018"),
        *("MOFCOM-39-2021", "MOFCOM-486-2018"),
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
