import pytest

from lawengine.base.numerals import read_numeral, write_numeral


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十五", 15),
        ("一十五", 15),
        ("二十", 20),
        ("二十五", 25),
        ("一百", 100),
        ("一百零五", 105),
        ("一百〇五", 105),
        ("一百一十", 110),
        ("一百二十四", 124),
        ("一千零一十", 1010),
        ("九千九百九十九", 9999),
        ("20", 20),
        ("２０", 20),
    ],
)
def test_numerals_of_statutes_are_read(text: str, number: int) -> None:
    assert read_numeral(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "零",
        "0",
        "10000",
        "9" * 5000,
        "一百五",
        "二三",
        "一二",
        "十十",
        "二一十",
        "百",
        "一百零",
        "第一",
        "万",
    ],
)
def test_what_no_statute_writes_is_refused(text: str) -> None:
    assert read_numeral(text) is None


def test_every_number_reads_back_as_it_was_written() -> None:
    assert [read_numeral(write_numeral(n)) for n in range(1, 10_000)] == list(range(1, 10_000))


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_numbers_no_article_bears_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no article bears"):
        write_numeral(number)


ONES = ["", *"一二三四五六七八九"]
TEENS = ["十", *(f"十{one}" for one in ONES[1:])]
TENS = [f"{ten}十{one}" for ten in ONES[2:] for one in ONES]
BELOW_100 = [*ONES[1:], *TEENS, *TENS]
"""1 to 99 as they are counted aloud, written without the rules of the reader and the writer."""
AFTER_100 = [
    "",
    *(f"零{one}" for one in ONES[1:]),
    *(f"一{teen}" for teen in TEENS),
    *TENS,
]
BELOW_1000 = [*BELOW_100, *(f"{one}百{rest}" for one in ONES[1:] for rest in AFTER_100)]


def test_all_numbers_below_1000_agree_with_counting_aloud() -> None:
    assert len(BELOW_1000) == 999
    assert [write_numeral(n) for n in range(1, 1000)] == BELOW_1000
    assert [read_numeral(text) for text in BELOW_1000] == list(range(1, 1000))
