"""Watches and order tables drawn at random, and what every way of looking says of them."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from dataclasses import dataclass

from lawengine.base.source import Source
from lawengine.base.truth import Truth
from lawengine.deciding.decide import decide
from lawengine.language.lower import lower
from lawengine.language.parse import parse
from lawengine.model.expressions import Value
from lawengine.model.rulebook import Rulebook
from lawengine.model.statuses import StatusState
from lawengine.tables.screening import Screening, screen, watches
from lawengine.tables.table import Table, table_of

DAY = datetime.date(2020, 2, 2)
VOCABULARY = """
entity case "Case" / "案件"
  decided_on "Decided on" / "决定日": date, serves as decision_date
entity party of case, listed as respondents "Party" / "当事人"
  age "Age" / "年限": count, at least 0
  known "Known" / "知名": yes_no
    presumed no because "a demo" / "示例"
entity act of party, listed as acts "Act" / "行为"
  ended_on "Ended on" / "终了日": date, serves as conduct_date
entity order of party, listed as orders "Order" / "订单"
  amount "Amount" / "金额": money, at least 0 yuan
  price "Price" / "价格": money
  pieces "Pieces" / "件数": count, at least 0, at most 9
  fake "Fake" / "虚假": yes_no
  gift "Gift" / "赠品": yes_no
    presumed yes because "a demo" / "示例"
  colour "Colour" / "颜色": one of red "red" / "红", green "green" / "绿", blue "blue" / "蓝"
  area "Area" / "地区": text
  placed "Placed" / "下单日": date, at most case.decided_on
  sent "Sent" / "发货日": date
parameter limit "Limit" / "限额": money
  is 5 yuan from 2020-01-01
parameter part "Part" / "占比": rate
  is 40 % from 2020-01-01
"""
_COMPARED = ("at least", "at most", "more than", "less than", "is", "is not")


@dataclass
class Drawing:
    """Draws conditions and rows from one source of chance."""

    chance: random.Random
    hostile: bool = False

    def one(self, *ways: str | Callable[[], str]) -> str:
        way = self.chance.choice(ways)
        return way if isinstance(way, str) else way()

    def compared(self) -> str:
        return self.chance.choice(_COMPARED)

    def money(self) -> str:
        return self.one(
            "order.amount", "order.price", "30 % of order.price", "order.amount + order.price",
            "order.amount - order.price", "order.pieces times order.price", "3 yuan", "limit",
            "2 times order.amount", "part times order.amount", "order.pieces times 2 yuan",
            "higher of order.amount and 3 yuan",
        )  # fmt: skip

    def of_row(self, depth: int = 2) -> str:
        if depth and self.chance.random() < 0.4:
            one, two = self.of_row(depth - 1), self.of_row(depth - 1)
            return self.one(f"not ({one})", f"({one} and {two})", f"({one} or {two})")
        return self.one(
            lambda: f"{self.money()} {self.compared()} {self.money()}",
            "order.fake", "order.gift", "order.colour is red", "order.colour is not green",
            "order.colour is one of red, blue", 'order.area is "x"', 'order.area is not "nowhere"',
            "order.placed at least 2020-01-02", "order.placed is not 2020-01-02",
            lambda: f"order.pieces {self.compared()} {self.chance.randrange(5)}",
            "order.pieces is one of 1, 2", "order.placed - order.sent more than 1",
            "order.fake is order.gift", "order.fake is no", "order.pieces at most party.age",
            "party.known", "order.sent before order.placed",
            "order.placed + 1 days before order.sent",
            "at least 2 of (order.fake, order.gift, order.pieces at least 3)",
        )  # fmt: skip

    def where(self) -> str:
        return self.one("", lambda: f" where {self.of_row()}")

    def keys(self) -> str:
        facts = ["amount", "pieces", "fake", "colour", "area", "placed", "sent", "gift"]
        names = self.chance.sample(facts, self.chance.randrange(1, 4))
        return ", ".join(f"order.{name}" for name in names)

    def number(self) -> str:
        return self.one(
            lambda: f"(count of order{self.where()})",
            lambda: f"(largest group of order alike in {self.keys()}{self.where()})",
            lambda: f"(number of groups of order alike in {self.keys()}{self.where()})",
            lambda: f"(sum of order.pieces{self.where()})",
        )

    def condition(self, depth: int = 2) -> str:
        if depth and self.chance.random() < 0.4:
            parts = [self.condition(depth - 1) for _ in range(3)]
            one, two, three = parts
            return self.one(
                f"({one} and {two})", f"({one} or {two})", f"not ({one})",
                f"at least 2 of ({one}, {two}, {three})",
            )  # fmt: skip
        return self.one(
            lambda: f"{self.number()} {self.compared()} {self.chance.randrange(6)}",
            lambda: f"{self.number()} at least 40 % of {self.number()}",
            lambda: f"{self.number()} more than part times {self.number()}",
            lambda: f"(sum of order.amount{self.where()}) less than 3 yuan times {self.number()}",
            lambda: f"(sum of order.price{self.where()}) at least limit",
            lambda: f"(any order{self.where()} satisfies {self.of_row()})",
            lambda: f"(every order{self.where()} satisfies {self.of_row()})",
            "party.age at least 3", "party.known",
        )  # fmt: skip

    def rules(self) -> str:
        return f"""{VOCABULARY}
define first_one "First" / "甲" as {self.condition()}
define figure "Figure" / "数" as {self.number()}
define second_one "Second" / "乙" as figure {self.compared()} {self.chance.randrange(5)}
watch demo.look of party "Look" / "关注"
  dated by case.decided_on
  version from 2020-01-01
    law DEMO-2020 art 1
    when {self.one("first_one or second_one", "first_one and second_one", self.condition)}
    unless {self.condition(1)}
"""

    def value(self, kind: str, unknown: float) -> Value | None:
        if self.chance.random() < unknown:
            return None
        pick = self.chance
        match kind:
            case "amount":
                return pick.choice((0, 1, 199, 300, 500, 10**17 if self.hostile else 600))
            case "price":
                return pick.choice((-300, 0, 150, 300, 1000, -(10**17) if self.hostile else 1))
            case "pieces":
                return pick.randrange(5)
            case "fake" | "gift":
                return pick.random() < 0.5
            case "colour":
                return pick.choice(("red", "green", "blue"))
            case "area":
                return pick.choice(("x", "y", "z"))
        return datetime.date(2020, 1, pick.randrange(1, 5))

    def table(self, book: Rulebook) -> Table:
        rows = self.chance.randrange(1, 14)
        unknown = self.chance.choice((0.0, 0.0, 0.1, 0.5))
        facts = book.vocabulary.entities["order"].facts
        names = [name for name in facts if self.chance.random() < 0.9]
        shops = [f"S{self.chance.randrange(3)}" for _ in range(rows)]
        columns = {
            name: (facts[name], [self.value(name, unknown) for _ in range(rows)]) for name in names
        }
        return table_of("orders.csv", shops, columns)


def rulebook(text: str) -> Rulebook:
    parsed = parse(Source("demo.law", text))
    assert parsed.diagnostics == (), (text, [d.message("en") for d in parsed.diagnostics])
    lowered = lower([parsed.tree], {"DEMO-2020": "DEMO-2020"})
    assert lowered.diagnostics == (), (text, [d.message("en") for d in lowered.diagnostics])
    return lowered.rulebook


@dataclass
class Answers:
    """What the columns, the reference and the ordinary decision say of one drawn table."""

    columns: Screening
    reference: Screening
    decided: dict[str, Truth]

    def screened(self) -> dict[str, Truth]:
        found = {one.shop: one.truth for one in (*self.columns.watched, *self.columns.open_)}
        return {shop: found.get(shop, Truth.FALSE) for shop in self.decided}

    def agree(self) -> bool:
        return self.columns == self.reference and self.screened() == self.decided


_TRUTHS = {
    StatusState.WATCHED: Truth.TRUE,
    StatusState.NOT_WATCHED: Truth.FALSE,
    StatusState.UNDETERMINED: Truth.UNKNOWN,
}


def answers(seed: int) -> tuple[str, Answers]:
    """Return the rules drawn from a seed, and what is said of a table under them."""
    drawing = Drawing(random.Random(seed), hostile=seed % 5 == 0)  # noqa: S311 - a test
    text = drawing.rules()
    book = rulebook(text)
    table = drawing.table(book)
    (watch,) = watches(book) or (book.statuses["demo.look"],)
    decided: dict[str, Truth] = {}
    for number, shop in enumerate(table.shops):
        case = table.case(number, DAY, book.vocabulary, table.rows(number))
        found = decide(case, book).decision
        assert found is not None
        (status,) = found.respondents[0].statuses
        decided[shop] = _TRUTHS[status.state]
    return text, Answers(
        screen(table, book, watch, DAY), screen(table, book, watch, DAY, columns=False), decided
    )
