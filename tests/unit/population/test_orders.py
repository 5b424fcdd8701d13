"""Orders of drawn shops hold to the assumptions, to their shop and to their seed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lawengine.columns.idle import ACTS
from lawengine.population import orders as drawing
from lawengine.population.drawing import draw
from lawengine.population.orders import DrawnOrders, draw_orders
from lawengine.population.refusal import RefusedError
from lawengine.population.specification import Specification, read_specification
from lawengine.workspace import shipped
from tests import small

SHOPS = shipped("casebook") / "populations" / "shops.toml"
ASSUMED = 'assumed = { en = "a", zh = "甲" }'
TEXT = f"""
title = {{ en = "t", zh = "题" }}
[groups.a]
title = {{ en = "a", zh = "甲" }}
weight = 3
{ASSUMED}
[groups.a.orders.number]
between = [2, 4]
{ASSUMED}
[groups.a.orders.sorts.usual]
title = {{ en = "u", zh = "常" }}
weight = 1
{ASSUMED}
[groups.a.orders.sorts.other]
title = {{ en = "o", zh = "其他" }}
weight = 1
{ASSUMED}
[groups.a.orders.sorts.other.facts."order.area"]
among = {{ "北京" = 1, "上海" = 1 }}
once_per_shop = true
{ASSUMED}
[groups.b]
title = {{ en = "b", zh = "乙" }}
weight = 1
acts = 0
{ASSUMED}
[facts."act.turnover"]
between = [1, 9]
{ASSUMED}
[orders."order.usual_price"]
between = [10, 20]
{ASSUMED}
[orders."order.amount"]
share_of = {{ fact = "order.usual_price", percent = [50.0, 100.0] }}
{ASSUMED}
[orders."order.hour"]
among = {{ 3 = 1, 22 = 3 }}
unknown_percent = 25.0
{ASSUMED}
[orders."order.placed_on"]
days = [2026-09-01, 2026-09-30]
{ASSUMED}
"""


def specification(path: Path, text: str = TEXT) -> Specification:
    file = path / "p.toml"
    file.write_text(text, encoding="utf-8")
    found, problems = read_specification(file, small.shipped().vocabulary)
    assert found is not None, [d.message("en") for d in problems]
    return found


def all_of(found: Specification, rows: int, seed: int = 1) -> list[DrawnOrders]:
    return list(draw_orders(found, small.shipped(), rows, seed))


def whole(parts: list[DrawnOrders], path: str) -> np.ndarray:
    return np.concatenate([part.table.columns[path].values for part in parts])


def test_each_shop_has_orders_of_its_group(tmp_path: Path) -> None:
    found = specification(tmp_path)
    (cases,) = draw(found, small.shipped(), 2_000, 1)
    parts = all_of(found, 2_000)
    shops = np.concatenate([part.shops for part in parts])
    numbers = np.concatenate([part.numbers for part in parts])
    counts = np.bincount(shops, minlength=2_001)[1:]

    assert counts[cases.groups == 1].sum() == 0
    assert {*counts[cases.groups == 0].tolist()} == {2, 3, 4}
    assert (np.concatenate([part.groups for part in parts]) == 0).all()
    assert (np.sort(shops) == shops).all()
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    assert (numbers == np.arange(shops.size) - starts[shops - 1]).all()


def test_facts_are_drawn_as_assumed(tmp_path: Path) -> None:
    parts = all_of(specification(tmp_path), 4_000)
    price, amount = (
        whole(parts, path).astype(np.int64) for path in ("order.usual_price", "order.amount")
    )
    hours = whole(parts, "order.hour")
    known = np.concatenate([p.table.columns["order.hour"].known for p in parts])
    days = whole(parts, "order.placed_on").astype("datetime64[D]")

    assert (price.min(), price.max()) == (1_000, 2_000)
    assert (2 * amount >= price - 1).all()
    assert (amount <= price).all()
    assert {*hours[known].tolist()} == {3, 22}
    assert 0.72 < (hours[known] == 22).mean() < 0.78
    assert 0.72 < known.mean() < 0.78
    assert (str(days.min()), str(days.max())) == ("2026-09-01", "2026-09-30")


def test_a_fact_that_is_drawn_once_is_the_same_in_all_orders_of_a_sort(tmp_path: Path) -> None:
    parts = all_of(specification(tmp_path), 4_000)
    shops = np.concatenate([part.shops for part in parts])
    known = np.concatenate([p.table.columns["order.area"].known for p in parts])
    areas = whole(parts, "order.area")
    pairs = {(int(s), int(a)) for s, a in zip(shops[known], areas[known], strict=True)}

    assert 0.45 < known.mean() < 0.55
    assert len(pairs) == len({shop for shop, _ in pairs})
    assert {area for _, area in pairs} == {0, 1}


def test_groups_without_acts_draw_none_of_their_facts(tmp_path: Path) -> None:
    (cases,) = draw(specification(tmp_path), small.shipped(), 1_000, 1)
    turnover = cases.table.columns["act.turnover"]

    assert turnover.known is not None
    assert (turnover.known == (cases.groups == 0)).all()
    assert (cases.table.columns[ACTS].values == (cases.groups == 0)).all()


def test_a_shop_has_the_same_orders_in_a_longer_population(tmp_path: Path) -> None:
    assert drawing.SHOPS == 1 << 8, "part of what a seed means"
    found = specification(tmp_path)
    few, many, other = all_of(found, 300), all_of(found, 700), all_of(found, 300, seed=2)
    size = sum(part.table.rows for part in few)

    for path in few[0].table.columns:
        assert (whole(few, path) == whole(many, path)[:size]).all()
    assert not np.array_equal(whole(few, "order.amount"), whole(other, "order.amount"))


def test_what_leaves_the_bounds_is_refused(tmp_path: Path) -> None:
    found = specification(tmp_path, TEXT.replace("22 = 3", "24 = 3"))

    with pytest.raises(RefusedError) as refused:
        all_of(found, 100)
    assert refused.value.diagnostic.code == "LAW700"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("order.area", "order.aria", "LAW782"),
        ("order.area", "act.kind", "LAW782"),
        ('[facts."act.turnover"]', '[groups.b.facts."act.turnover"]', "LAW781"),
        ("between = [1, 9]", "between = [1, 9]\nonce_per_shop = true", "LAW780"),
        ("percent = [50.0, 100.0] }", "percent = [50.0, 100.0] }\nonce_per_shop = true", "LAW780"),
        ("between = [2, 4]", "between = [4, 2]", "LAW695"),
        ("between = [2, 4]", "between = [2, 100_001]", "LAW691"),
        (
            "between = [2, 4]",
            "lognormal = { median = 5, ratio = 2.0, most = 100_001 }",
            "LAW695",
        ),
        ("between = [2, 4]", "", "LAW693"),
        ("[2026-09-01, 2026-09-30]", "[2026-09-30, 2026-09-01]", "LAW695"),
        ("3 = 1, 22", "three = 1, 22", "LAW694"),
        ("acts = 0", "acts = 2", "LAW691"),
    ],
)
def test_a_mistake_is_told(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert old in TEXT
    path = tmp_path / "p.toml"
    path.write_text(TEXT.replace(old, new), encoding="utf-8")
    found, problems = read_specification(path, small.shipped().vocabulary)

    assert found is None
    assert [problem.code for problem in problems] == [code]
    assert all(problem.message(language) for problem in problems for language in ("en", "zh"))


def test_the_shipped_shops_are_read_without_a_problem() -> None:
    found, problems = read_specification(SHOPS, small.shipped().vocabulary)

    assert problems == ()
    assert found is not None
    assert found.has_orders
    assert {draw.fact.name for draw in found.order_draws()} == {
        "placed_on", "hour", "area", "usual_price", "amount", "quantity", "empty_parcel", "fake",
    }  # fmt: skip
