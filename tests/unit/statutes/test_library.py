import datetime

import pytest

from lawengine.base.citation import Article, Citation, parse_citation
from lawengine.statutes import ChangeKind, Library, Rank, changed_articles


def cite(text: str) -> Citation:
    citation = parse_citation(text)
    assert citation is not None
    return citation


def test_an_instrument_has_a_name_in_each_language(invented: Library) -> None:
    assert invented.instrument("LAN-2001") is invented.instrument("集市法-2001")
    assert invented.instrument("LAN-1999") is None
    assert "集市法-2015" in invented.names()
    assert invented.in_language(cite("LAN-2001 art 3"), "zh").text("zh") == "集市法-2001 第3条"
    assert invented.canonical(cite("集市法-2001 第3条")) == cite("LAN-2001 art 3")
    assert invented.canonical(cite("OLD-1 art 3")) == cite("OLD-1 art 3")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2001-03-31", None),
        ("2001-04-01", "LAN-2001"),
        ("2015-12-31", "LAN-2001"),
        ("2016-01-01", "LAN-2015"),
        ("9999-12-31", "LAN-2015"),
    ],
)
def test_the_version_in_force_on_a_day(invented: Library, day: str, expected: str | None) -> None:
    found = invented.in_force("LAN", datetime.date.fromisoformat(day))
    assert (found.id if found else None) == expected


def test_families_versions_and_articles(invented: Library) -> None:
    assert invented.families() == ("HAR", "LAN")
    assert [found.id for found in invented.versions("LAN")] == ["LAN-2001", "LAN-2015"]
    assert [str(found.article) for found in invented.articles_of("集市法-2015")] == [
        "art 2",
        "art 2-1",
        "art 4",
        "art 5",
    ]
    assert invented.articles_of("NONE-1") == ()


@pytest.mark.parametrize(
    ("citation", "place", "words"),
    [
        ("LAN-2001 art 3", "art 3", "Penalties of stallholders."),
        ("LAN-2001 art 3(1)", "art 3(1)", "Order to correct; may be fined 10 to 50 coppers."),
        ("LAN-2001 art 3(1)(2)", "art 3(1)(2)", "Hiring a false queue."),
        ("LAN-2001 art 3(1)(3)", "art 3(1)", "Order to correct; may be fined 10 to 50 coppers."),
        ("LAN-2001 art 3(2)", "art 3", "Penalties of stallholders."),
        ("集市法-2001 第3条第2款", "art 3", "Penalties of stallholders."),
        ("LAN-2001 第3条第3项", "art 3", "Penalties of stallholders."),
        ("LAN-2015 art 2-1", "art 2-1", "The colour of tassels need not be stated."),
    ],
)
def test_a_citation_finds_the_nearest_words(
    invented: Library, citation: str, place: str, words: str
) -> None:
    found = invented.find(cite(citation))
    assert found is not None
    assert (str(found.place), found.text.en) == (place, words)
    assert found.citation == invented.canonical(cite(citation))


@pytest.mark.parametrize(
    "citation",
    [
        "NONE-1 art 1",
        "LAN-2001 art 9",
        "LAN-2001 art 2-1",
        "LAN-2001 art 3(3)",
        "LAN-2001 art 3(1)(4)",
        "LAN-2001 art 3(2)(1)",
        "LAN-2001 第3条第4项",
        "LAN-2001 第2条第1项",
    ],
)
def test_a_place_that_does_not_exist_is_not_found(invented: Library, citation: str) -> None:
    assert invented.find(cite(citation)) is None


def test_an_unknown_layout_has_every_place(invented: Library) -> None:
    assert invented.find(cite("HAR-2010 art 1(7)")) is not None


def test_what_is_unverified_says_why(invented: Library) -> None:
    reasons = {
        citation: found.unverified.en
        for citation in ("HAR-2010 art 1", "LAN-2015 art 2-1", "LAN-2015 art 4")
        if (found := invented.find(cite(citation)))
    }
    assert reasons == {
        "HAR-2010 art 1": "the text was not at hand",
        "LAN-2015 art 2-1": "read by one person only",
        "LAN-2015 art 4": "",
    }
    assert [found.verified for found in invented.instruments] == [False, True, True]


def test_successors_and_predecessors(invented: Library) -> None:
    assert invented.successors(cite("LAN-2001 art 3")) == (cite("LAN-2015 art 4"),)
    assert invented.successors(cite("集市法-2001 第3条第1款第2项")) == (cite("LAN-2015 art 4"),)
    assert invented.successors(cite("LAN-2001 art 3(2)")) == ()
    assert invented.predecessors(cite("LAN-2015 art 4(2)")) == (cite("LAN-2001 art 3(1)"),)
    assert invented.predecessors(cite("LAN-2001 art 3")) == ()
    assert invented.predecessors(cite("NONE-1 art 3")) == ()


def test_a_reworded_article_is_named_and_a_moved_one_is_not(invented: Library) -> None:
    assert [(str(change.citation), change.kind) for change in changed_articles(invented)] == [
        ("LAN-2015 art 2", ChangeKind.REWORDED),
        ("LAN-2015 art 4", ChangeKind.REWORDED),
    ]


@pytest.mark.parametrize(
    ("higher", "lower", "prevails"),
    [
        (Rank.LAW, Rank.ADMINISTRATIVE_REGULATION, True),
        (Rank.LAW, Rank.LAW, False),
        (Rank.ADMINISTRATIVE_REGULATION, Rank.LOCAL_REGULATION, True),
        (Rank.LOCAL_REGULATION, Rank.DEPARTMENTAL_RULE, False),
        (Rank.DEPARTMENTAL_RULE, Rank.LOCAL_RULE, False),
        (Rank.LOCAL_REGULATION, Rank.LOCAL_RULE, True),
        (Rank.NORMATIVE_DOCUMENT, Rank.LAW, False),
    ],
)
def test_rank_settles_only_what_it_settles(higher: Rank, lower: Rank, prevails: bool) -> None:
    assert higher.prevails_over(lower) is prevails


def test_a_part_of_a_document_is_no_article(invented: Library) -> None:
    assert invented.find(Citation("LAN-2001", Article(3, part=True))) is None
