"""Tables of orders are read whole and exactly, or refused with every mistake by row and column."""

from __future__ import annotations

import datetime
from pathlib import Path

import duckdb
import pytest

from lawengine.base.diagnostic import Diagnostic
from lawengine.model.expressions import Value
from lawengine.model.rulebook import Rulebook
from lawengine.tables import duck
from lawengine.tables.layout import Wishes
from lawengine.tables.reading import ReadTable, read_orders
from lawengine.tables.table import MISSING
from tests import small

DAY = datetime.date(2026, 11, 1)
WANTED = frozenset({"amount", "quantity", "empty_parcel", "placed_on", "area"})
HEADER = "order_id,shop,amount,quantity,empty_parcel,placed_on,area,currency"
ROW = "O1,S1,12.50,2,no,2026-09-01,Henan,CNY"


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return small.shipped()


def read(
    book: Rulebook, path: Path, text: str | bytes, *, by: str = "shop", **wishes: object
) -> ReadTable:
    data = text.encode() if isinstance(text, str) else text
    path = path / "orders.csv"
    path.write_bytes(data)
    made = Wishes(by, WANTED, **wishes)  # type: ignore[arg-type]  # what the test says
    return read_orders(path, book, made, DAY)


def table(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows)) + "\n"


def codes(found: ReadTable) -> list[str]:
    return [one.code for one in found.diagnostics]


def only(found: ReadTable) -> Diagnostic:
    assert found.table is None
    (one,) = found.diagnostics
    return one


def values(found: ReadTable, row: int) -> dict[str, Value | None]:
    assert found.table is not None
    return {name: column.value(row) for name, column in found.table.columns.items()}


# --- what is read ---


def test_each_cell_is_the_exact_value_of_its_fact(book: Rulebook, tmp_path: Path) -> None:
    found = read(book, tmp_path, table(ROW, "O2,S2,0.05,0,是,2026-09-02,河南,元"))

    assert found.diagnostics == ()
    assert values(found, 0) == {
        "amount": 1250, "quantity": 2, "empty_parcel": False,
        "placed_on": datetime.date(2026, 9, 1), "area": "Henan",
    }  # fmt: skip
    assert values(found, 1)["amount"] == 5
    assert values(found, 1)["empty_parcel"] is True
    assert found.table is not None
    assert sorted(found.table.shops) == ["S1", "S2"]


def test_an_empty_cell_is_unknown_and_never_zero(book: Rulebook, tmp_path: Path) -> None:
    found = read(book, tmp_path, table("O1,S1,,,,,,CNY"))

    assert found.table is not None
    assert set(values(found, 0).values()) == {None}
    assert list(found.table.columns["amount"].numbers) == [MISSING]


@pytest.mark.parametrize(
    "header",
    [
        "订单号,shop,订单金额,商品数量,空包,下单日,收货地区,币种",
        "Order ID,shop,order.amount,Quantity,Empty parcel,Placed on,Area,Currency",
        "订单编号,shop,订单金额（元）,数量x,空包,下单日,收货地区,币种",
    ],
)
def test_headers_are_names_in_either_language(book: Rulebook, tmp_path: Path, header: str) -> None:
    found = read(book, tmp_path, table(ROW, header=header.replace("数量x", "quantity")))

    assert found.diagnostics == ()
    assert values(found, 0)["amount"] == 1250


@pytest.mark.parametrize(
    ("header", "cell", "unit", "fen"),
    [
        ("amount (yuan)", "12.5", "", 1250),
        ("amount (fen)", "1250", "", 1250),
        ("amount [元]", "12", "", 1200),
        ("amount", "12.50元", "", 1250),
        ("amount", "1250 fen", "", 1250),
        ("amount", "12.50", "yuan", 1250),
        ("amount", "1250", "fen", 1250),
        ("amount (fen)", "12.50 yuan", "", 1250),
        ("amount", '"1,234.50"', "yuan", 123450),
    ],
)
def test_the_unit_of_an_amount_is_always_said(
    book: Rulebook, tmp_path: Path, header: str, cell: str, unit: str, fen: int
) -> None:
    text = table(
        f"O1,S1,{cell},2,no,2026-09-01,H", header=HEADER.removesuffix(",currency")
    ).replace("shop,amount", f"shop,{header}")

    assert values(read(book, tmp_path, text, unit=unit), 0)["amount"] == fen


def test_other_columns_are_left_out_when_told(book: Rulebook, tmp_path: Path) -> None:
    text = table(f"{ROW},x,y", header=f"{HEADER},note,buyer")

    assert codes(read(book, tmp_path, text)) == ["LAW623", "LAW623"]
    assert read(book, tmp_path, text, ignore=frozenset({"*"})).diagnostics == ()
    assert codes(read(book, tmp_path, text, ignore=frozenset({"note"}))) == ["LAW623"]


def test_what_is_not_known_of_any_order_is_said_not_guessed(book: Rulebook, tmp_path: Path) -> None:
    text = table("O1,S1,5,2,2026-09-01,H,CNY", header=HEADER.replace("empty_parcel,", ""))
    missing = only(read(book, tmp_path, text))

    assert missing.code == "LAW625"
    assert missing.words["name"] == "empty_parcel"
    found = read(book, tmp_path, text, unknown=frozenset({"空包"}))
    assert found.table is not None
    assert "empty_parcel" not in found.table.columns


def test_a_table_without_order_numbers_is_read_with_a_warning(
    book: Rulebook, tmp_path: Path
) -> None:
    text = table(ROW.removeprefix("O1,"), header=HEADER.removeprefix("order_id,"))
    found = read(book, tmp_path, text)

    assert codes(found) == ["LAW642"]
    assert found.table is not None


def test_marks_of_files_and_other_delimiters_are_understood(book: Rulebook, tmp_path: Path) -> None:
    text = table(ROW).replace(",", ";")

    assert values(read(book, tmp_path, "\ufeff" + text), 0)["amount"] == 1250
    assert values(read(book, tmp_path, text.replace(";", "\t")), 0)["amount"] == 1250


# --- what is refused ---


@pytest.mark.parametrize(
    ("place", "cell", "code"),
    [
        (2, "12.505", "LAW628"), (2, "12.", "LAW628"), (2, "1e3", "LAW628"), (2, "NaN", "LAW628"),
        (2, "-1", "LAW629"), (2, "12 USD", "LAW628"), (2, "9" * 30, "LAW628"),
        (2, "1" + "0" * 16, "LAW639"), (3, "1.5", "LAW628"), (3, "-1", "LAW629"),
        (3, "two", "LAW628"), (4, "maybe", "LAW628"), (4, "2", "LAW628"),
        (5, "2026-13-01", "LAW628"), (5, "20260901", "LAW628"), (5, "2026-09", "LAW628"),
        (5, "2026-09-01 03:15:00", "LAW628"), (0, "", "LAW634"), (1, " ", "LAW633"),
        (7, "USD", "LAW631"), (7, "", "LAW631"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_by_row_and_column(
    book: Rulebook, tmp_path: Path, place: int, cell: str, code: str
) -> None:
    cells = ROW.replace("O1", "O2").split(",")
    cells[place] = cell
    found = only(read(book, tmp_path, table(ROW, ",".join(cells))))

    assert found.code == code
    assert (found.span.line, found.span.column) == (3, place + 1)
    assert found.span.path.endswith("orders.csv")
    assert str(found.words["row"]) == "3"
    for language in ("en", "zh"):
        assert found.message(language)


def test_mixed_currencies_are_refused_at_the_first_other_one(
    book: Rulebook, tmp_path: Path
) -> None:
    rows = [f"O{n},S1,5,1,no,2026-09-01,H,{'USD' if n == 3 else 'CNY'}" for n in range(5)]
    found = only(read(book, tmp_path, table(*rows)))

    assert (found.code, found.span.line) == ("LAW631", 5)
    assert "`USD`" in found.message("en")


def test_an_amount_without_any_unit_is_refused(book: Rulebook, tmp_path: Path) -> None:
    text = table("O1,S1,5,1,no,2026-09-01,H", header=HEADER.removesuffix(",currency"))

    assert only(read(book, tmp_path, text)).code == "LAW630"


def test_an_order_that_stands_twice_is_found_far_away(book: Rulebook, tmp_path: Path) -> None:
    rows = [f"O{n % 5_000},S1,5,1,no,2026-09-01,H,CNY" for n in range(5_001)]
    found = only(read(book, tmp_path, table(*rows)))

    assert (found.code, found.span.line) == ("LAW632", 5_002)


def test_the_first_ten_mistakes_are_shown_and_all_are_counted(
    book: Rulebook, tmp_path: Path
) -> None:
    rows = [f"O{n},S1,x,1,no,2026-09-01,H,CNY" for n in range(3_000)]
    found = read(book, tmp_path, table(*rows))

    assert codes(found) == ["LAW628"] * 10 + ["LAW635"]
    assert found.diagnostics[-1].words["count"] == 3_000


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "LAW620"),
        (table(), "LAW621"),
        (table(ROW, "O2,S1,5"), "LAW627"),
        (table(ROW, f"{ROW},more"), "LAW627"),
        (table(f"{ROW},no", header=f"{HEADER},empty_parcel"), "LAW622"),
        (table(f"{ROW},no", header=f"{HEADER},空包"), "LAW624"),
        (table(ROW).replace("shop", "store"), "LAW626"),
        (table(ROW, 'O2,"S1,5,1,no'), "LAW620"),
        (table(ROW).encode("gbk") + "O2,S1,5,1,no,2026-09-01,河南,CNY\n".encode("gbk"), "LAW620"),
        (b"PK\x03\x04\x00\x00\xff\xfe" * 50, "LAW620"),
    ],
)
def test_what_is_no_table_of_orders_is_refused(
    book: Rulebook, tmp_path: Path, text: str | bytes, code: str
) -> None:
    found = read(book, tmp_path, text)

    assert found.table is None
    assert code in codes(found)


def test_empty_lines_say_nothing_and_rows_keep_their_numbers(
    book: Rulebook, tmp_path: Path
) -> None:
    text = table(ROW, "", ROW.replace("O1", "O2"), "", "O3,S1,x,1,no,2026-09-01,H,CNY", "", "")

    assert only(read(book, tmp_path, text)).span.line == 6
    good = read(book, tmp_path, text.replace(",x,", ",1,"))
    assert good.table is not None
    assert len(good.table) == 3


def test_a_file_that_is_not_there_is_told(book: Rulebook, tmp_path: Path) -> None:
    found = read_orders(tmp_path / "none.csv", book, Wishes("shop", WANTED), DAY)

    assert codes(found) == ["LAW107"]


# --- ways of reading ---


def test_both_ways_of_reading_a_text_file_give_one_table(
    book: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f'O{n}, S{n % 7} ,{n}.{n % 10}0,{n},,2026-09-0{n % 9 + 1},"a ""b"", c",CNY'
            for n in range(3_000)]  # fmt: skip
    fast = read(book, tmp_path, table(*rows))
    monkeypatch.setattr(duck, "duckdb", None)
    careful = read(book, tmp_path, table(*rows))

    assert fast.diagnostics == careful.diagnostics == ()
    assert fast.table is not None
    assert careful.table is not None
    assert set(fast.table.shops) == set(careful.table.shops) == {f"S{n}" for n in range(7)}
    for row in range(3_000):
        assert values(fast, row) == values(careful, row)
    assert values(fast, 1)["area"] == 'a "b", c'


@pytest.mark.parametrize("name", ["orders.parquet", "o*r[d]?.parquet"])
def test_a_parquet_file_is_read_by_its_own_name(book: Rulebook, tmp_path: Path, name: str) -> None:
    (tmp_path / "x.csv").write_text(table(ROW, "O2,S2,,3,yes,2026-09-02,,CNY"))
    made, other = tmp_path / name, tmp_path / "orders-other.parquet"
    for file in (tmp_path / "made.parquet", other):
        duckdb.connect().execute(
            f"copy (select * replace (cast(amount as decimal(9, 2)) as amount) "
            f"from read_csv('{tmp_path / 'x.csv'}')) to '{file}'"
        )
    (tmp_path / "made.parquet").rename(made)
    found = read_orders(made, book, Wishes("shop", WANTED), DAY)

    assert found.diagnostics == ()
    assert values(found, 0)["amount"] == 1250
    assert values(found, 1) == {
        "amount": None, "quantity": 3, "empty_parcel": True,
        "placed_on": datetime.date(2026, 9, 2), "area": None,
    }  # fmt: skip


def test_a_parquet_file_without_the_extra_says_what_is_missing(
    book: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duck, "duckdb", None)
    (tmp_path / "orders.parquet").write_bytes(b"PAR1")
    found = only(read_orders(tmp_path / "orders.parquet", book, Wishes("shop", WANTED), DAY))

    assert found.code == "LAW620"
    assert "simulate" in found.message("en")


def test_what_is_no_parquet_file_is_refused(book: Rulebook, tmp_path: Path) -> None:
    (tmp_path / "orders.parquet").write_bytes(b"not one")
    found = read_orders(tmp_path / "orders.parquet", book, Wishes("shop", WANTED), DAY)

    assert codes(found)[0] == "LAW620"
