"""Generated source: what nothing reads is not worked out, what was read is let go."""

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

    assert lines.source.lines == [
        f"    {one} = c['a'] + 1", f"    {two} = {one} * 3", f"    del {one}", f"    return {two}",
    ]  # fmt: skip
    assert made({"a": np.array([1, 2])}).tolist() == [6, 9]


def test_a_block_is_run_over_its_rows_and_lets_go_of_columns_after_it() -> None:
    lines = Lines()
    one, mask = lines.whole("c['a'] + 1"), lines.whole("c['a'] > 1")

    def block(rows: str) -> None:
        taken = lines.some(f"{one}.take({rows})")
        lines.some(f"{taken} * 5")
        lines.line(f"found.append({taken})")

    lines.block(mask, block)
    lines.block(mask, block)
    made = lines.function("f(c, found)")

    body = [
        f"    b0 = {mask}.nonzero()[0]", "    if b0.size:", f"        b1 = {one}.take(b0)",
        "        found.append(b1)",
    ]  # fmt: skip
    assert lines.source.lines == [
        f"    {one} = c['a'] + 1", f"    {mask} = c['a'] > 1", *body, body[0], f"    del {mask}",
        *body[1:], f"    del {one}",
    ]  # fmt: skip
    found: list[object] = []
    made({"a": np.array([1, 2, 3])}, found)
    assert [part.tolist() for part in found] == [[3, 4]] * 2  # type: ignore[attr-defined]  # arrays
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
