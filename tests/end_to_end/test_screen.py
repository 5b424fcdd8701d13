"""A table of orders, as the users of the program look through it."""

from __future__ import annotations

import csv
import datetime
import io
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from lawengine.deciding.decide import decide
from lawengine.model.rulebook import Rulebook
from lawengine.tables.layout import Wishes
from lawengine.tables.reading import read_orders
from lawengine.tables.screening import asked, screen, watches
from lawengine_cli.app import app
from tests import small
from tests.end_to_end.conftest import Run

DAY = "2026-11-01"
HEADER = "order_id,shop_id,amount,usual_price,quantity,empty_parcel,placed_on,hour,area,currency"
AREAS = ("北京", "上海", "广东", "浙江", "江苏", "四川")


def rows(shop: str, number: int, seed: int, *, brushing: bool, unknown: float) -> list[str]:
    """Return orders of a shop: spread out, or crowded into one hour of one day."""
    chance = random.Random(seed)  # noqa: S311 - a test
    found = []
    for n in range(number):
        crowded = brushing and chance.random() < 0.7
        day = "2026-09-11" if crowded else f"2026-09-{chance.randrange(1, 31):02}"
        cells = [
            f"{shop}-{n}", shop, f"{20 if crowded else 95}.50", "100.00", "1",
            "yes" if crowded and n % 5 == 0 else "no", day,
            "3" if crowded else str(chance.randrange(8, 24)),
            "河南" if crowded else chance.choice(AREAS), "CNY",
        ]  # fmt: skip
        empty = range(2, 9)
        found.append(
            ",".join("" if i in empty and chance.random() < unknown else x
                     for i, x in enumerate(cells))
        )  # fmt: skip
    return found


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """Return a table of twelve shops: honest, brushing, small, and with much that is not known."""
    lines = [HEADER]
    for n in range(12):
        unknown = (0.0, 0.02, 0.4)[n % 3]
        lines += rows(f"S{n}", 12 if n == 11 else 40, n, brushing=n % 4 == 0, unknown=unknown)
    random.Random(5).shuffle(lines[1:])  # noqa: S311 - a test
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("LAWENGINE_LANG", "en")

    def invoke(*arguments: str | Path) -> Result:
        return CliRunner().invoke(app, ["screen", *map(str, arguments)])

    return invoke


def data(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_flagged_shops_stand_worst_first_with_their_figures(
    run: Callable[..., Result], orders: Path
) -> None:
    result = run(orders, "--by", "shop_id", "--on", DAY)
    text = result.stdout

    assert result.exit_code == 4
    assert "452 orders of 12 shops" in text
    assert "Being watched is a suspicion" in text
    assert "Not verified" in text
    assert "orders of the busiest hour" in text
    assert text.index("S0:") < text.index("Open for want of facts")
    assert "not known of" in text


def test_a_process_ends_without_a_word_of_leaks(lawengine: Run, orders: Path) -> None:
    # DuckDB complains where a process ends before all was given back to it.
    result = lawengine("screen", orders, "--by", "shop_id", "--on", DAY)

    assert b"452 orders of 12 shops" in result.stdout
    assert b"leak" not in result.stderr


def test_nothing_open_and_nothing_suspect_ends_with_zero(
    run: Callable[..., Result], orders: Path
) -> None:
    lines = orders.read_text(encoding="utf-8").splitlines()
    orders.write_text("\n".join([HEADER, *(x for x in lines if ",S3," in x)]), encoding="utf-8")
    result = run(orders, "--by", "shop_id", "--on", DAY)

    assert result.exit_code == 0
    assert "0 watched, 0 open" in result.stdout


def test_before_the_law_nobody_is_watched(run: Callable[..., Result], orders: Path) -> None:
    text = orders.read_text(encoding="utf-8").replace("2026-09", "2018-09")
    orders.write_text(text, encoding="utf-8")
    result = run(orders, "--by", "shop_id", "--on", "2018-12-31")

    assert result.exit_code == 0
    assert "No version of the watch is in force on 2018-12-31" in result.stdout


def with_region(orders: Path) -> Path:
    """Add a column that puts the even shops into one region and the others into another."""
    head, *lines = orders.read_text(encoding="utf-8").splitlines()
    regions = ("west" if int(line.split(",")[1][1:]) % 2 else "east" for line in lines)
    text = [f"{head},region", *(f"{x},{region}" for x, region in zip(lines, regions, strict=True))]
    orders.write_text("\n".join(text) + "\n", encoding="utf-8")
    return orders


def test_shops_are_counted_by_a_column(run: Callable[..., Result], orders: Path) -> None:
    options = (with_region(orders), "--by", "shop_id", "--on", DAY, "--tally", "region")
    found = data(run(*options, "--format", "json"))
    told = {
        name: [int(shop["shop"][1:]) % 2 for shop in found[name]]
        for name in ("watched", "undetermined")
    }

    assert found["tallies"] == [
        {
            "text": text, "shops": 6, "watched": told["watched"].count(odd),
            "open": told["undetermined"].count(odd),
        }
        for text, odd in (("east", 0), ("west", 1))
    ]  # fmt: skip
    assert {one["watched"] > 0 for one in found["tallies"]} == {True, False}
    assert "east: 6 shops, " in run(*options).stdout
    assert data(run(*options[:-2], "--ignore", "region", "--format", "json"))["tallies"] == []


def test_a_shop_is_counted_once(run: Callable[..., Result], orders: Path) -> None:
    text = with_region(orders).read_text(encoding="utf-8")
    orders.write_text(text.replace("west", "east", 1), encoding="utf-8")
    result = run(orders, "--by", "shop_id", "--tally", "region")
    missing = run(orders, "--by", "shop_id", "--tally", "regoin", "--ignore", "region")

    assert result.exit_code == 3
    assert "LAW644" in result.stderr
    assert missing.exit_code == 3
    assert "LAW643" in missing.stderr
    assert "`region`" in missing.stderr


SHARPER = """
reform sharper "Sharper" / "收紧"
  because "a test" / "测试"

  set brushing_least_orders is 10 from 2026-01-01
  set brushing_indicators is 1 from 2026-01-01
"""


def test_a_reform_tells_whom_other_thresholds_would_watch(
    run: Callable[..., Result], orders: Path, tmp_path: Path
) -> None:
    reform = tmp_path / "sharper.law"
    reform.write_text(SHARPER, encoding="utf-8")
    options = (with_region(orders), "--by", "shop_id", "--on", DAY, "--tally", "region")
    law = data(run(*options, "--format", "json"))
    both = data(run(*options, "--reform", reform, "--format", "json"))
    told = run(*options, "--reform", reform)
    before, after = ({one["shop"] for one in both[x]["watched"]} for x in ("before", "after"))

    assert both["before"] == law
    assert [one["name"] for one in both["reforms"]] == ["sharper"]
    assert both["after"]["rulebook"] != law["rulebook"]
    assert before < after
    assert told.stdout.startswith("!! A PROPOSAL BESIDE THE LAW")
    assert f"all: 12 shops, watched {len(before)} -> {len(after)} (" in told.stdout
    new = told.stdout.partition("Watched under the proposal only: ")[2].partition("\n")[0]
    assert set(new.split(", ")) == after - before
    assert "under the law only" not in told.stdout
    for tally in both["after"]["tallies"]:
        assert f"{tally['text']}: 6 shops, watched " in told.stdout


@pytest.mark.parametrize("more", [("--shop", "S0"), ("--format", "csv")])
def test_a_reform_is_for_whole_tables(
    run: Callable[..., Result], orders: Path, tmp_path: Path, more: tuple[str, str]
) -> None:
    reform = tmp_path / "sharper.law"
    reform.write_text(SHARPER, encoding="utf-8")

    assert run(orders, "--by", "shop_id", "--reform", reform, *more).exit_code == 2


def test_a_reform_with_a_mistake_is_told(
    run: Callable[..., Result], orders: Path, tmp_path: Path
) -> None:
    reform = tmp_path / "wrong.law"
    reform.write_text(SHARPER.replace("brushing_indicators", "brushing_indicator"), "utf-8")
    result = run(orders, "--by", "shop_id", "--reform", reform)

    assert result.exit_code == 3
    assert "brushing_indicators" in result.stderr


def test_every_form_names_the_same_shops(run: Callable[..., Result], orders: Path) -> None:
    options = (orders, "--by", "shop_id", "--on", DAY)
    found = data(run(*options, "--format", "json"))
    table = list(csv.DictReader(io.StringIO(run(*options, "--format", "csv").stdout)))
    text = run(*options).stdout

    assert [shop["shop"] for shop in found["watched"]] == [
        row["shop"] for row in table if row["state"] == "watched"
    ]
    assert [shop["shop"] for shop in found["undetermined"]] == [
        row["shop"] for row in table if row["state"] == "undetermined"
    ]
    assert all(f"  {row['shop']}: " in text for row in table)
    assert found["watched"]
    assert found["undetermined"]


def test_the_ordinary_decision_of_every_shop_says_the_same(
    run: Callable[..., Result], orders: Path
) -> None:
    found = data(run(orders, "--by", "shop_id", "--on", DAY, "--format", "json"))
    states = {shop["shop"]: "watched" for shop in found["watched"]}
    states |= {shop["shop"]: "undetermined" for shop in found["undetermined"]}
    for n in range(12):
        one = run(
            orders, "--by", "shop_id", "--on", DAY, "--shop", f"S{n}", "--why", "--format", "json"
        )
        (shop,) = data(one)["shops"]
        (status,) = shop["statuses"]
        assert status["state"] == states.get(f"S{n}", "not_watched")
        assert one.exit_code == (4 if status["state"] == "undetermined" else 0)


def test_the_reasons_of_one_shop_say_that_it_is_a_suspicion(
    run: Callable[..., Result], orders: Path
) -> None:
    result = run(orders, "--by", "shop_id", "--on", DAY, "--shop", "S0", "--why")
    told = " ".join(result.stdout.split())

    assert "a suspicion that calls for a closer look" in told.replace(" │", "")
    assert "largest group of Order alike in" in told
    assert "a figure that no text sets" in told
    assert "ECL-2018 art 17" in told


def test_both_languages_tell_it(run: Callable[..., Result], orders: Path) -> None:
    text = run(orders, "--by", "shop_id", "--on", DAY, "--lang", "zh").stdout

    assert "被关注（由重到轻）" in text
    assert "不是对违法行为的认定" in text
    assert "同一小时最多订单数" in text


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--by", "store"), 3, "LAW626"),
        (("--by", "shop_id", "--why"), 2, "--shop"),
        (("--by", "shop_id", "--shop", "S0", "--format", "csv"), 2, "text"),
        (("--by", "shop_id", "--shop", "S99"), 2, "LAW641"),
        (("--by", "shop_id", "--watch", "no.such"), 2, "LAW640"),
        (("--by", "shop_id", "--on", "today"), 2, "no date"),
    ],
)
def test_what_cannot_be_done_is_told(
    run: Callable[..., Result], orders: Path, options: tuple[str, ...], code: int, said: str
) -> None:
    result = run(orders, *options)

    assert result.exit_code == code
    assert said in result.output


def test_rules_without_a_watch_say_so(
    run: Callable[..., Result], orders: Path, tmp_path: Path, checkout: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    text = (checkout / "rules" / "vocabulary.law").read_text(encoding="utf-8")
    (own / "vocabulary.law").write_text(text, encoding="utf-8")
    result = run(orders, "--by", "shop_id", "--rules", own, "--only-own-rules")

    assert result.exit_code == 3
    assert "LAW637" in result.output


def test_a_shop_that_looks_like_a_formula_stays_harmless(
    run: Callable[..., Result], orders: Path
) -> None:
    text = orders.read_text(encoding="utf-8").replace(",S0,", ",=1+1,")
    orders.write_text(text, encoding="utf-8")
    result = run(orders, "--by", "shop_id", "--on", DAY, "--format", "csv")

    assert "\n'=1+1,watched" in result.stdout


def test_without_the_extra_the_answer_is_the_same(
    orders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book: Rulebook = small.shipped()
    (watch,) = watches(book)
    day = datetime.date.fromisoformat(DAY)
    read = read_orders(orders, book, Wishes("shop_id", asked(watch, book)), day)
    assert read.table is not None
    fast = screen(read.table, book, watch, day)
    monkeypatch.setitem(sys.modules, "lawengine.tables.arrays", None)

    assert screen(read.table, book, watch, day) == fast
    assert len(fast.watched) >= 2


def test_sums_beyond_64_bits_are_exact() -> None:
    from lawengine.tables.table import MAX_NUMBER, table_of
    from tests.agreement.order_tables import DAY as DEMO
    from tests.agreement.order_tables import VOCABULARY, rulebook

    book = rulebook(
        VOCABULARY
        + """
watch demo.look of party "Look" / "关注"
  dated by case.decided_on
  version from 2020-01-01
    law DEMO-2020 art 1
    when (sum of order.amount) more than 100_000_000_000_000_000 yuan
"""
    )
    fact = book.vocabulary.fact("order", "amount")
    for count, state in ((100, 0), (101, 1)):
        table = table_of("x", ["S"] * count, {"amount": (fact, [MAX_NUMBER] * count)})
        (watch,) = watches(book)
        found = screen(table, book, watch, DEMO)
        assert len(found.watched) == state
        case = table.case(0, DEMO, book.vocabulary, table.rows(0))
        decided = decide(case, book).decision
        assert decided is not None
        (status,) = decided.respondents[0].statuses
        assert status.state == ("watched" if state else "not_watched")
