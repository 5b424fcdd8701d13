import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawengine.base.citation import Article, Citation, parse_article, parse_citation
from lawengine.base.label import LANGUAGES, Language
from lawengine.base.numerals import write_numeral

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


@pytest.mark.parametrize("text", ["", "20", "art", "art x", "art 1(2)(3)(4)(5)", "二十条", "第3款"])
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


def test_every_number_is_read_in_digits_and_in_numerals() -> None:
    for number in range(1, 1000):
        zh = write_numeral(number)
        place = Article(number, (number, number, number), number)
        assert parse_article(f"第{zh}条之{zh}第{zh}款第（{zh}）项第{zh}目") == place
        assert parse_article(f"第{number}条之{number}第{number}款第{zh}项第{number}目") == place
        assert parse_article(place.text("zh")) == place == parse_article(place.text("en"))
        assert parse_citation(f"A-2020 第{zh}条第({number})项") == Citation(
            "A-2020", Article(number, (0, number))
        )


@pytest.mark.parametrize(
    "text",
    ["第二三条", "第零条", "第十条第（三项", "第一百五条", "第二条款", "第十条第三）项", "第条"],
)
def test_numerals_that_no_statute_writes_are_no_citation(text: str) -> None:
    assert parse_article(text) is None


def test_a_hostile_row_of_digits_is_no_citation() -> None:
    assert parse_article(f"art {'9' * 5000}") is None
    assert parse_article(f"第{'9' * 5000}条") is None
    assert parse_article(f"第{'百' * 5000}条") is None
