"""iCalendar files: read back by the letter of RFC 5545."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lawengine.reports.calendar_file import MAX_OCTETS, Event, calendar_file, folded, identifier

DAY = datetime.date(2011, 6, 6)
TEXT = some.text(some.characters(exclude_categories=["Cs"]), max_size=300)


def event(summary: str = "Pay", text: str = "", *, tentative: bool = False) -> Event:
    return Event("u@lawengine", datetime.date(2011, 6, 10), DAY, summary, text, tentative)


def unfolded(text: str) -> list[str]:
    """Return the content lines of a calendar as a reader joins them."""
    assert text.endswith("\r\n")
    return text.removesuffix("\r\n").replace("\r\n ", "").split("\r\n")


def unescaped(value: str) -> str:
    found, escaped = "", False
    for char in value:
        if escaped:
            found += "\n" if char == "n" else char
        elif char != "\\":
            found += char
        escaped = char == "\\" and not escaped
    return found


def test_an_entry_is_a_whole_day_without_a_clock() -> None:
    lines = unfolded(calendar_file([event("Pay", "a\nb")]))

    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert lines[3:-1] == [
        "BEGIN:VEVENT",
        "UID:u@lawengine",
        "DTSTAMP:20110610T000000Z",
        "DTSTART;VALUE=DATE:20110606",
        "SUMMARY:Pay",
        "DESCRIPTION:a\\nb",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def test_what_is_not_sure_is_tentative() -> None:
    assert "STATUS:TENTATIVE" in unfolded(calendar_file([event(tentative=True)]))


def test_without_an_entry_there_is_no_calendar() -> None:
    assert calendar_file([]) == ""


@pytest.mark.parametrize("text", ["a;b", "a,b", "a\\b", "a\\nb", "限期；逾期，缴纳"])
def test_what_means_something_to_a_calendar_is_escaped(text: str) -> None:
    (line,) = (x for x in unfolded(calendar_file([event(text)])) if x.startswith("SUMMARY:"))

    assert unescaped(line.removeprefix("SUMMARY:")) == text


@given(TEXT, TEXT)
def test_no_text_breaks_out_of_its_line(summary: str, text: str) -> None:
    found = calendar_file([event(summary, text)])

    lines = unfolded(found)
    assert [line.partition(":")[0] for line in lines[3:]] == [
        "BEGIN",
        "UID",
        "DTSTAMP",
        "DTSTART;VALUE=DATE",
        "SUMMARY",
        "DESCRIPTION",
        "STATUS",
        "TRANSP",
        "END",
        "END",
    ]
    assert all(len(part.encode()) <= MAX_OCTETS for part in found.split("\r\n"))


@given(TEXT.map(lambda text: "".join(text.split())))
def test_folding_loses_nothing(text: str) -> None:
    first, *rest = folded(text)

    assert all(part.startswith(" ") for part in rest)
    assert first + "".join(part[1:] for part in rest) == text


def test_the_name_of_an_entry_is_stable_and_its_own() -> None:
    assert identifier("c", "pay", "p[1]") == identifier("c", "pay", "p[1]")
    assert identifier("c", "pay", "p[1]") != identifier("c", "payp", "[1]")
    assert identifier("c", "pay").endswith("@lawengine")
