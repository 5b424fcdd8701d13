import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawengine.base.citation import Article, Citation, parse_article, parse_citation
from lawengine.base.label import LANGUAGES, Language

# A place never ends with a level that is skipped.
paths = st.lists(st.integers(0, 99), max_size=3).filter(lambda path: path[-1:] != [0]).map(tuple)
articles = st.builds(Article, st.integers(1, 999), paths, st.integers(0, 9), st.booleans())


@pytest.mark.parametrize("language", LANGUAGES)
@given(article=articles)
def test_an_article_reads_back(language: Language, article: Article) -> None:
    assert parse_article(article.text(language)) == article


@given(article=articles)
def test_a_citation_reads_back(article: Article) -> None:
    citation = Citation("反不正当竞争法-2019", article)

    assert parse_citation(citation.text("en")) == citation
    assert parse_citation(citation.text("zh")) == citation
    assert parse_citation(str(citation)) == citation


@pytest.mark.parametrize(
    ("english", "chinese", "article"),
    [
        ("art 20", "第20条", Article(20)),
        ("art 20(1)", "第20条第1款", Article(20, (1,))),
        ("art 80(1)(3)", "第80条第1款第3项", Article(80, (1, 3))),
        ("art 33(0)(2)", "第33条第2项", Article(33, (0, 2))),
        ("art 5(1)(2)(3)", "第5条第1款第2项第3目", Article(5, (1, 2, 3))),
        ("art 120-1", "第120条之1", Article(120, inserted=1)),
        ("part 2(8)", "第2部分第8款", Article(2, (8,), part=True)),
    ],
)
def test_both_languages_write_the_same_place(english: str, chinese: str, article: Article) -> None:
    assert article.text("en") == english
    assert article.text("zh") == chinese
    assert parse_article(english) == parse_article(chinese) == article
    assert str(article) == english


@pytest.mark.parametrize(
    "text", ["", "20", "art", "art x", "art 1(2)(3)(4)(5)", "第二十条", "第3款"]
)
def test_what_names_no_place_is_none(text: str) -> None:
    assert parse_article(text) is None


@pytest.mark.parametrize("text", ["", "AUCL-2019", " art 20", "AUCL-2019 20"])
def test_what_is_no_citation_is_none(text: str) -> None:
    assert parse_citation(text) is None


@pytest.mark.parametrize(
    ("wide", "narrow", "expected"),
    [
        (Article(20), Article(20, (1,)), True),
        (Article(20, (1,)), Article(20, (1,)), True),
        (Article(20, (1,)), Article(20), False),
        (Article(20, (1,)), Article(20, (2,)), False),
        (Article(2), Article(20), False),
        (Article(20), Article(20, inserted=1), False),
        (Article(2), Article(2, part=True), False),
    ],
)
def test_an_article_covers_the_places_in_it(wide: Article, narrow: Article, expected: bool) -> None:
    assert wide.covers(narrow) is expected
