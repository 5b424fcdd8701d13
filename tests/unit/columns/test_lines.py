"""Generated source: what nothing reads is not worked out, what was read is let go.

What one line reads once stands in that line.
"""

from __future__ import annotations

import numpy as np

from lawengine.columns.lines import Lines


def test_what_nothing_reads_is_not_worked_out() -> None:
    lines = Lines()
    one = lines.whole("c['a'] + 1")
    lines.whole(f"{one} * 2")
    two = lines.whole(f"{one} * 3")

    def block(rows: str) -> None:
        lines.some(f"{two}.take({rows})")

    lines.block(f"{one} > 2", block)
    lines.source.add(1, f"return {two}")
    made = lines.function("f(c)")

    assert lines.source.lines == ["    return ((c['a'] + 1) * 3)"]
    assert made({"a": np.array([1, 2])}).tolist() == [6, 9]


def test_a_block_is_run_over_its_rows_and_lets_go_of_columns_after_it() -> None:
    lines = Lines()
    one, mask = lines.whole("c['a'] + 1"), lines.whole("c['a'] > 1")

    def block(rows: str) -> None:
        taken = lines.some(f"{one}.take({rows})")
        lines.some(f"{taken} * 5")
        lines.line(f"found.append(({taken}, {taken}))")

    lines.block(mask, block)
    lines.block(mask, block)
    made = lines.function("f(c, found)")

    body = [
        f"    b0 = {mask}.nonzero()[0]", "    if b0.size:", f"        b1 = {one}.take(b0)",
        "        found.append((b1, b1))",
    ]  # fmt: skip
    assert lines.source.lines == [
        f"    {one} = c['a'] + 1", f"    {mask} = c['a'] > 1", *body, body[0], f"    del {mask}",
        *body[1:], f"    del {one}",
    ]  # fmt: skip
    found: list[object] = []
    made({"a": np.array([1, 2, 3])}, found)
    assert [part[0].tolist() for part in found] == [[3, 4]] * 2  # type: ignore[index]  # pairs of arrays
    found.clear()
    made({"a": np.array([0])}, found)
    assert found == []


def test_what_a_line_changes_in_place_is_kept_until_then() -> None:
    lines = Lines()
    one, two = lines.whole("c['a'] > 0"), lines.whole("c['a'] > 1")
    lines.source.add(1, "v9 = c['a'] > 9")
    lines.source.add(1, f"v9 |= {one}")
    lines.source.add(1, f"v9 |= {two}")
    lines.source.add(1, "return v9")
    made = lines.function("f(c)")

    assert made({"a": np.array([0, 1, 2])}).tolist() == [False, True, True]


def test_what_is_read_once_is_worked_out_where_it_is_read_and_its_parts_stay_until_then() -> None:
    lines = Lines()
    one = lines.whole("c['a'] + 1")
    twice = lines.whole(f"{one} * 2")
    once = lines.whole(f"-{one}")
    last = lines.whole(f"{twice} * {once} + {twice}")
    lines.source.add(1, f"return {last}")
    made = lines.function("f(c)")

    assert lines.source.lines == [
        f"    {one} = c['a'] + 1", f"    {twice} = {one} * 2",
        f"    return ({twice} * (-{one}) + {twice})",
    ]  # fmt: skip
    assert made({"a": np.array([1, 2])}).tolist() == [-4, -12]


def test_a_name_is_told_from_a_longer_one() -> None:
    lines = Lines()
    names = [lines.whole(f"c['a'] + {number}") for number in range(12)]
    kept = lines.whole(f"{names[11]} * {names[1]} + {names[11]}")
    lines.source.add(1, f"return {kept}")
    made = lines.function("f(c)")

    assert (names[1], names[11]) == ("v2", "v12")
    assert made({"a": np.array([1])}).tolist() == [12 * 2 + 12]


def test_what_is_read_before_something_is_changed_in_place_is_read_then() -> None:
    lines = Lines()
    lines.source.add(1, "v9 = c['a'] > 2")
    before = lines.whole("~v9")
    lines.source.add(1, "v9 |= c['a'] > 1")
    lines.source.add(1, f"return v9, {before}")
    made = lines.function("f(c)")

    after, first = made({"a": np.array([1, 2, 3])})
    assert after.tolist() == [False, True, True]
    assert first.tolist() == [True, True, False]


def test_a_long_chain_is_not_nested_without_end() -> None:
    lines = Lines()
    name = lines.whole("c['a'] + 1")
    for number in range(2, 1_000):
        name = lines.whole(f"{name} + {number}")
    lines.source.add(1, f"return {name}")
    made = lines.function("f(c)")

    assert made({"a": np.array([0])}).tolist() == [sum(range(1_000))]
    deepest = max(line.count("(") for line in lines.source.lines)
    assert 10 < deepest < 100


def test_blocks_of_the_same_names_do_not_take_from_each_other() -> None:
    lines = Lines()
    mask = lines.whole("c['a'] > 1")

    def one(rows: str) -> None:
        parts = lines.locals(2, f"{rows} + 1, {rows} + 2")
        lines.line(f"found.append({parts[0]} * {parts[1]})")

    def two(rows: str) -> None:
        first = lines.some(f"{rows} * 10")
        lines.line(f"found.append({first})")

    lines.block(mask, one)
    lines.block(mask, two)
    lines.block(mask, one)
    made = lines.function("f(c, found)")

    found: list[object] = []
    made({"a": np.array([0, 3, 3])}, found)
    assert [part.tolist() for part in found] == [[6, 12], [10, 20], [6, 12]]  # type: ignore[attr-defined]  # arrays
