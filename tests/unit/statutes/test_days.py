"""Calendar files and counting rules: every mistake at its place, and what the shipped ones say."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from lawengine.base.counting import Counting
from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.rendering import render_diagnostic
from lawengine.base.source import Source
from lawengine.base.working_days import DayKind
from lawengine.statutes import Library, Outcome
from lawengine.statutes.days import (
    Days,
    Holiday,
    read_calendars,
    read_counting,
    read_countings,
    read_year,
    verify_notices,
)
from lawengine.statutes.days.notices import arranging_words

SHIPPED = Path(__file__).parents[3] / "statutes"

# An invented year: four extra days off, of which one Saturday is worked for.
YEAR = """\
year: 2003
extra_days_off: 4
notices:
  - title: {en: "Notice for 2003", zh: "关于2003年节假日安排的通知"}
    issuer: general_office
    number: {text: "灯发〔2002〕7号", verified: true}
    issued: {day: 2002-12-01, verified: true}
    arrangements:
      - holidays: [new_year]
        days_off: [2003-01-01]
      - holidays: [spring_festival]
        days_off: [2003-01-30 to 2003-02-02]
        make_up_days: [2003-02-08]
      - holidays: [labour_day]
        days_off: [2003-05-01]
      - holidays: [national_day]
        days_off: [2003-10-01]
    status: verified
    rests_on: {en: "invented", zh: "虚构"}
    fingerprint: ""
"""
CHANGE = """\
  - title: {en: "Change", zh: "关于调整的通知"}
    issuer: state_council
    number: {text: "灯发〔2003〕1号", verified: true}
    issued: {day: 2003-01-20, verified: true}
    changes: "灯发〔2002〕7号"
    arrangements:
      - holidays: [spring_festival]
        days_off: [2003-02-08]
    status: verified
    rests_on: {en: "invented", zh: "虚构"}
    fingerprint: ""
"""
RULE = """\
id: LAN-2001
zh_id: 集市法-2001
label: {en: "terms of the market", zh: "集市期限"}
in_force_from: 2001-04-01
in_force_to: 2015-12-31
working_days: {lengths: [3, 5], because: [LAN-2001 art 4]}
first_day: {counted: false, because: [LAN-2001 art 4]}
last_day: {moves: true, because: [], unverified: {en: "memory", zh: "凭记忆"}}
month_end: {because: [LAN-2001 art 4]}
"""


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def read(text: str) -> list[Diagnostic]:
    _, diagnostics = read_year(Source("2003.yaml", text))
    # Every message fills its places, in both languages.
    assert all(found.message("en") and found.message("zh") for found in diagnostics)
    assert all(found.help("en") or not found.help("zh") for found in diagnostics)
    return list(diagnostics)


def write(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_good_file_has_no_diagnostics() -> None:
    year, diagnostics = read_year(Source("2003.yaml", YEAR))

    assert diagnostics == ()
    assert year is not None
    assert (year.year, len(year.notices), len(year.named())) == (2003, 1, 8)


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "words"),
    [
        ("year: 2003", "year: 03", "LAW410", 1, "a year such as 2026, found `03`"),
        ("year: 2003", "year: ２００３", "LAW410", 1, "a year such as 2026"),
        ("extra_days_off: 4", "extra_days_off: 3", "LAW439", 2, "come to 4 extra days off, not 3"),
        ("extra_days_off: 4", "extra_days_off: -4", "LAW410", 2, "a whole number"),
        ("2003-10-01", "2003-10-32", "LAW410", 17, "a day, or days such as"),
        ("2003-10-01", "20031001", "LAW410", 17, "a day, or days such as"),
        ("2003-10-01", "2004-10-01", "LAW436", 17, "2004-10-01 is no day of 2003"),
        ("2003-10-01", "2002-11-30", "LAW436", 17, "nor of the December before it"),
        ("2003-10-01", "2003-05-01", "LAW437", 17, "2003-05-01 is named twice"),
        ("2003-10-01", "2003-02-08", "LAW437", 17, "2003-02-08 is named twice"),
        ("2003-01-30 to 2003-02-02", "2003-02-02 to 2003-01-30", "LAW410", 12, "a day, or days"),
        ("2003-01-30 to 2003-02-02", "2003-01-30 to", "LAW410", 12, "a day, or days"),
        ("2003-01-30 to 2003-02-02", "2003-01-30 - 2003-02-02", "LAW410", 12, "a day, or days"),
        ("2003-01-30 to 2003-02-02", "0001-01-01 to 9999-12-31", "LAW410", 12, "a day, or days"),
        ("2003-01-30 to 2003-02-02", "[2003-01-30]", "LAW410", 12, "found a list"),
        ("[2003-01-30 to 2003-02-02]", "2003-01-30", "LAW410", 12, "a list, found `2003-01-30`"),
        ("[2003-01-30 to 2003-02-02]", "[]", "LAW410", 12, "at least one entry"),
        ("[2003-10-01]", f"[{'2003-10-01, ' * 21}]", "LAW410", 17, "fewer entries"),
        ("make_up_days: [2003-02-08]", "make_up_days: [2003-02-07]", "LAW438", 13, "is a weekday"),
        ("make_up_days: [2003-02-08]", "make_up_days: [2003-02-01]", "LAW437", 13, "named twice"),
        ("make_up_days:", "make_up_day:", "LAW409", 13, "unknown key `make_up_day`"),
        ("        make_up_days: [2003-02-08]\n", "", "LAW439", 2, "come to 5 extra days off"),
        ("[new_year]", "[new_years]", "LAW410", 9, "one of: 'new_year', "),
        ("[national_day]", "[labour_day]", "LAW435", 8, "lacks National Day (`national_day`)"),
        ("year: 2003", "year: 2008", "LAW435", 8, "lacks Dragon Boat Festival (`dragon_boat`)"),
        ("issuer: general_office", "issuer: emperor", "LAW410", 5, "one of: 'general_office' or "),
        ("status: verified", "status: unverified", "LAW416", 18, "gives no reason"),
        ("    status: verified\n", "", "LAW408", 4, "the key `status` is missing"),
        ("day: 2002-12-01", "day: soon", "LAW410", 7, "a date such as 2019-04-23, found `soon`"),
        ('fingerprint: ""', 'fingerprint: "00"', "LAW410", 20, "64 hexadecimal digits"),
        ("year: 2003", "year: 2003\nyear: 2004", "LAW405", 2, "`year` stands twice"),
        ("year: 2003", "year: &a 2003", "LAW406", 1, "anchors"),
        ("year: 2003", "year: !!int 2003", "LAW406", 1, "tags"),
        ("year: 2003", "year: " + "[" * 30, "LAW407", 1, "deeper than 20"),
        ("year: 2003", "\tyear: 2003", "LAW404", 1, "not well-formed"),
    ],
)
def test_a_mistake_is_named_at_its_place(
    old: str, new: str, code: str, line: int, words: str
) -> None:
    assert old in YEAR
    diagnostics = read(YEAR.replace(old, new, 1))
    found = [d for d in diagnostics if (d.code, d.span.line) == (code, line)]
    assert found, [(d.code, d.span.line, d.message("en")) for d in diagnostics]
    assert words in found[0].message("en")


def test_a_mistake_leaves_its_year_without_a_calendar(tmp_path: Path) -> None:
    write(tmp_path, a=YEAR.replace("2003-10-01", "2003-10-02 to 2003-10-03"))

    years, diagnostics = read_calendars([tmp_path])

    assert [found.code for found in diagnostics] == ["LAW439"]
    assert years == {}
    assert Days(years).calendars().kind(day("2003-06-02")) is DayKind.UNKNOWN


def test_the_place_is_marked_under_the_words() -> None:
    text = YEAR.replace("2003-10-01", "2003-05-01")
    source = Source("2003.yaml", text)
    _, (found, *_) = read_year(source)

    assert render_diagnostic(found, {"2003.yaml": source}, "en").splitlines()[:6] == [
        "2003.yaml:17:20: error LAW437: 2003-05-01 is named twice",
        "            days_off: [2003-05-01]",
        "                       ^^^^^^^^^^",
        "  2003.yaml:15:20: note: first here",
        "            days_off: [2003-05-01]",
        "                       ----------",
    ]


def test_a_later_notice_prevails_from_its_day_on(tmp_path: Path) -> None:
    write(tmp_path, a=YEAR.replace("extra_days_off: 4", "extra_days_off: 5") + CHANGE)
    years, diagnostics = read_calendars([tmp_path])
    assert diagnostics == ()
    saturday = day("2003-02-08")

    days = Days(years)
    assert days.calendars().kind(saturday) is DayKind.REST
    assert days.calendars(day("2003-01-20")).kind(saturday) is DayKind.REST
    assert days.calendars(day("2003-01-19")).kind(saturday) is DayKind.WORKING
    assert days.calendars(day("2002-12-01")).years == {2003}
    assert days.calendars(day("2002-11-30")).years == set()
    assert days.calendars().named[saturday].source == "灯发〔2003〕1号"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (YEAR + CHANGE.replace('    changes: "灯发〔2002〕7号"\n', ""), "LAW433", 21),
        (YEAR + CHANGE.replace("7号", "8号"), "LAW433", 25),
        (YEAR.replace("    arrangements", '    changes: "x"\n    arrangements'), "LAW433", 8),
        (YEAR + CHANGE.replace("2003-01-20", "2002-12-01"), "LAW434", 24),
    ],
)
def test_notices_stand_in_order(text: str, code: str, line: int) -> None:
    assert (code, line) in [(found.code, found.span.line) for found in read(text)]


def test_two_files_for_a_year_and_days_that_two_years_name(tmp_path: Path) -> None:
    next_year = YEAR.replace("2003-", "2004-").replace("year: 2003", "year: 2004")
    next_year = next_year.replace("2004-02-08", "2004-02-07").replace(
        "2004-01-30 to 2004-02-02", "2004-01-29 to 2004-02-01"
    )
    next_year = next_year.replace("2004-05-01", "2003-12-31").replace("2004-10-01", "2004-10-01")
    twice = YEAR.replace("2003-10-01", "2003-12-31")
    write(tmp_path, a=twice, b=twice, c=next_year)

    years, diagnostics = read_calendars([tmp_path])

    assert [(Path(d.span.path).name, d.code) for d in diagnostics] == [
        ("b.yaml", "LAW432"),
        ("c.yaml", "LAW437"),
    ]
    assert sorted(years) == [2003, 2004]


def test_an_unverified_year_says_why() -> None:
    text = YEAR.replace(
        "status: verified", 'status: unverified\n    because: {en: "not seen", zh: "未见"}'
    )
    year, diagnostics = read_year(Source("2003.yaml", text))
    assert diagnostics == ()
    assert year is not None

    assert Days({2003: year}).calendars().unverified[2003].en == "not seen"


def test_folders_and_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\x00")

    years, diagnostics = read_calendars([tmp_path, tmp_path / "nowhere"])
    assert (years, [d.code for d in diagnostics]) == ({}, ["LAW402", "LAW401"])
    rules, diagnostics = read_countings([tmp_path, tmp_path / "nowhere"], Library())
    assert (rules, [d.code for d in diagnostics]) == ((), ["LAW402", "LAW401"])


def counting(text: str) -> tuple[Counting | None, list[tuple[str, int]]]:
    rule, _, diagnostics = read_counting(Source("r.yaml", text))
    assert all(found.message("en") and found.message("zh") for found in diagnostics)
    return rule, [(found.code, found.span.line) for found in diagnostics]


def test_a_counting_rule() -> None:
    rule, diagnostics = counting(RULE)

    assert diagnostics == []
    assert rule is not None
    assert rule.working_lengths == {3, 5}
    assert (rule.first_counted, rule.moves) == (False, True)
    assert rule.last.unverified.en == "memory"
    assert Days({}, (rule,)).counting("集市法-2001") is rule
    assert Days({}, (rule,)).counting("LAN-2002") is None
    assert Days({}, (rule,)).names("zh") == ("集市法-2001",)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("counted: false", "counted: maybe", "LAW410", 7),
        ("counted: false, ", "", "LAW408", 7),
        ("lengths: [3, 5]", "lengths: [three]", "LAW410", 6),
        ("because: [LAN-2001 art 4]}\nfirst", "because: []}\nfirst", "LAW440", 6),
        (', unverified: {en: "memory", zh: "凭记忆"}', "", "LAW440", 8),
        ("in_force_to: 2015-12-31", "in_force_to: 2001-03-31", "LAW417", 4),
        ("id: LAN-2001", "id: &a LAN", "LAW406", 1),
    ],
)
def test_a_mistake_in_a_counting_rule(old: str, new: str, code: str, line: int) -> None:
    assert old in RULE
    rule, diagnostics = counting(RULE.replace(old, new, 1))
    assert rule is None
    assert (code, line) in diagnostics


def test_citations_of_counting_rules_are_looked_up(tmp_path: Path, invented: Library) -> None:
    broken = RULE.replace("moves: true", "moves: perhaps")
    write(tmp_path, a=RULE.replace("art 4]}\nfirst", "art 99]}\nfirst"), b=RULE, c=broken)

    rules, diagnostics = read_countings([tmp_path], invented)

    assert [(Path(d.span.path).name, d.code, d.severity) for d in diagnostics] == [
        ("a.yaml", "LAW415", Severity.WARNING),
        ("b.yaml", "LAW411", Severity.ERROR),
        ("c.yaml", "LAW410", Severity.ERROR),
    ]
    assert [rule.id for rule in rules] == ["LAN-2001"]
    write(tmp_path, a=RULE.replace("[LAN-2001 art 4]}\nfirst", "[LAN-20001 art 4]}\nfirst"))
    assert read_countings([tmp_path], invented)[1][0].suggestion == "LAN-2001"


@pytest.fixture(scope="module")
def days() -> Days:
    years, diagnostics = read_calendars([SHIPPED / "calendars"])
    assert diagnostics == ()
    return Days(years)


def test_the_shipped_years(days: Days) -> None:
    assert list(days.years) == list(range(2006, 2027))
    for year in days.years.values():
        assert {n.title.zh for n in year.notices} >= {
            f"国务院办公厅关于{year.year}年部分节假日安排的通知"
        }
        for notice in year.notices:
            assert notice.issued.year in (year.year, year.year - 1)
            assert notice.rests_on.zh
            assert not notice.unverified


def test_what_was_not_seen_of_a_notice_is_said(days: Days) -> None:
    notices = [notice for year in days.years.values() for notice in year.notices]

    assert [n.year for n in notices if not n.number_verified] == [2008]
    assert [n.year for n in notices if not n.issued_verified] == [2008, 2009]
    assert [n.year for n in notices if not n.fingerprint] == [2008, 2009]


def test_the_balance_follows_the_law_on_holidays(days: Days) -> None:
    # Ten statutory days until 2007, eleven from 2008, thirteen from 2025; one more for the victory
    # of 1945 in 2015, two for the epidemic in 2020.
    balance = {year.year: year.extra_days_off for year in days.years.values()}
    special = {2015: 12, 2020: 13}

    for year, found in balance.items():
        ordinary = 10 if year < 2008 else 11 if year < 2025 else 13
        assert found == special.get(year, ordinary)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2006-12-30", DayKind.WORKING),
        ("2007-12-29", DayKind.WORKING),
        ("2007-12-31", DayKind.REST),
        ("2012-04-01", DayKind.WORKING),
        ("2014-01-30", DayKind.WORKING),
        ("2015-09-04", DayKind.REST),
        ("2015-09-06", DayKind.WORKING),
        ("2019-05-03", DayKind.REST),
        ("2020-01-31", DayKind.REST),
        ("2020-02-01", DayKind.REST),
        ("2020-02-03", DayKind.WORKING),
        ("2024-02-09", DayKind.WORKING),
        ("2025-09-28", DayKind.WORKING),
        ("2026-02-28", DayKind.WORKING),
        ("2027-01-01", DayKind.UNKNOWN),
    ],
)
def test_days_that_are_easily_got_wrong(days: Days, text: str, kind: DayKind) -> None:
    assert days.calendars().kind(day(text)) is kind


def test_what_was_known_before_a_change(days: Days) -> None:
    calendars = days.calendars(day("2020-01-25"))

    assert calendars.kind(day("2020-01-31")) is DayKind.WORKING
    assert calendars.kind(day("2020-02-01")) is DayKind.WORKING
    assert calendars.kind(day("2021-01-04")) is DayKind.UNKNOWN


def test_the_shipped_counting_rules_cite_what_is_there(shipped: Library) -> None:
    rules, diagnostics = read_countings([SHIPPED / "counting"], shipped)

    assert diagnostics == ()
    assert {rule.id for rule in rules} == {
        *("ACL-2011", "APL-2017", "APL-2021", "ARL-2023", "CC-2020", "CIPL-2023", "SAMRP-2022"),
        "SAMRP-2022",
    }
    by_id = {rule.id: rule for rule in rules}
    assert by_id["APL-2021"].working_lengths == {2, 3, 5, 7}
    assert by_id["APL-2017"].working_lengths == set()
    assert by_id["ARL-2023"].working_lengths == {3, 5, 7, 10}
    assert by_id["ACL-2011"].working_lengths == set(range(1, 11))
    for rule in rules:
        assert shipped.instrument(rule.id) is not None
        assert (rule.first_counted, rule.moves) == (False, True)


NOTICE = """# 关于2003年节假日安排的通知

- 文号: 灯发〔2002〕7号

---

各地：自1月1日起放假办法已经修订，现将2003年元旦等放假安排通知如下。

一、元旦：1月1日放假。

二、春节：1月30日至2月2日放假调休。2月8日（星期六）上班。

灯笼国办公厅 2002年12月1日
"""


def test_texts_of_notices_are_compared(tmp_path: Path) -> None:
    wording = arranging_words(NOTICE)
    assert wording.splitlines()[0] == "一、元旦：1月1日放假。"
    assert len(wording.splitlines()) == 2
    mark = "00" * 32

    def outcome(fingerprint: str, **texts: str) -> tuple[Outcome, list[str]]:
        calendar, texts_folder = tmp_path / "c", tmp_path / "t"
        calendar.mkdir(exist_ok=True)
        texts_folder.mkdir(exist_ok=True)
        write(calendar, a=YEAR.replace('fingerprint: ""', f'fingerprint: "{fingerprint}"'))
        for name, text in texts.items():
            (texts_folder / f"{name}.md").write_text(text, encoding="utf-8")
        years, _ = read_calendars([calendar])
        (check,), diagnostics = verify_notices(years, texts_folder)
        nonlocal mark
        mark = check.found or mark
        return check.outcome, [d.code for d in diagnostics]

    assert outcome("") == (Outcome.NO_TEXT, ["LAW419"])
    assert outcome("", empty="灯发〔2002〕7号") == (Outcome.NO_TEXT, [])
    assert outcome("", notice=NOTICE) == (Outcome.NO_FINGERPRINT, [])
    assert outcome(mark) == (Outcome.MATCH, [])
    # Another copy: other brackets and spaces, no number, but the whole title.
    copy = NOTICE.replace("（", "(").replace("）", ")").replace("- 文号: 灯发〔2002〕7号", "")
    assert outcome(mark, notice=copy.replace("放假。", " 放假。")) == (Outcome.MATCH, [])
    broken = NOTICE.replace("元旦：", "元旦：\n\n").replace("调休。", "调休。\n")
    assert outcome(mark, notice=broken) == (Outcome.MATCH, [])
    changed = NOTICE.replace("2月8日", "2月9日")
    assert outcome(mark, notice=changed) == (Outcome.DIFFERS, ["LAW441"])


def test_a_notice_without_numbered_lines() -> None:
    text = "通知\n为纪念胜利，9月3日放假1天，9月6日上班。\n2015年5月13日\n"

    assert arranging_words(text) == "为纪念胜利，9月3日放假1天，9月6日上班。"
    assert arranging_words("没有日期") == ""


def test_holidays_have_names_in_both_languages() -> None:
    assert all(holiday.label().en and holiday.label().zh for holiday in Holiday)
