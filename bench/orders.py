"""Looks through a million made-up orders: how long it takes, and whether it finds who brushes."""

from __future__ import annotations

import datetime
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.timing import say

SEED = 20260911
ORDERS, SHOPS = 1_000_000, 10_000
EVERY = 100
"""One shop of so many brushes."""
_HEADER = "order_id,shop_id,amount,usual_price,quantity,empty_parcel,placed_on,hour,area,currency"
_AREAS = ("北京", "上海", "广东", "浙江", "江苏", "四川", "河南", "湖北", "山东", "福建")
_FIRST = datetime.date(2026, 9, 1)
_DAYS = [(_FIRST + datetime.timedelta(days=n)).isoformat() for n in range(60)]
_HOURS = [*range(24), *(list(range(8, 24)) * 3)]
_GOAL = "5 s"


def lines(orders: int, shops: int) -> Iterator[str]:
    """Yield a table of orders: honest shops, and those that brush, whose numbers end in 00."""
    chance = random.Random(SEED)  # noqa: S311 - made-up orders
    yield f"{_HEADER}\n"
    for number in range(orders):
        shop = chance.randrange(shops)
        brushes = shop % EVERY == 0
        crowded = brushes and chance.random() < 0.5
        usual = chance.randrange(1_000, 50_000)
        amount = usual * (20 if crowded else chance.randrange(70, 100)) // 100
        day, hour = (_DAYS[10], 3) if crowded else (chance.choice(_DAYS), chance.choice(_HOURS))
        area = _AREAS[0] if brushes and chance.random() < 0.8 else chance.choice(_AREAS)
        empty = "yes" if crowded and chance.random() < 0.2 else "no"
        yield (
            f"O{number},S{shop:05},{amount // 100}.{amount % 100:02},{usual // 100}."
            f"{usual % 100:02},{chance.randrange(1, 4)},{empty},{day},{hour},{area},CNY\n"
        )


def report(orders: int = ORDERS, shops: int = SHOPS) -> None:
    """Print how long whole processes take, from CSV and from Parquet, and what they find."""
    brushing = shops // EVERY
    print(
        f"\nOrder tables, whole processes: {orders:,} orders of {shops:,} shops, {brushing} brush"
    )
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "orders.csv"
        with table.open("w", encoding="utf-8") as file:
            file.writelines(lines(orders, shops))
        for path in (table, _parquet(table)):
            run = _screened(path)
            say(f"screen, {path.suffix[1:]}: {run.found}", run.seconds, "s", _GOAL)
            say("  of which the processors were busy", run.busy, "s")
            say("  its peak memory", run.megabytes, "MB")


def _parquet(table: Path) -> Path:
    import duckdb  # noqa: PLC0415 - an extra

    path = table.with_suffix(".parquet")
    money = "replace (cast(amount as decimal(12, 2)) as amount)"
    duckdb.execute(f"copy (select * {money} from read_csv('{table}')) to '{path}'")  # noqa: S608 - names of our own
    return path


class Run(NamedTuple):
    """One process: its seconds by the clock and by the processors, its memory, what it found."""

    seconds: float
    busy: float
    megabytes: float
    found: str


def _screened(path: Path) -> Run:
    """Return the best of three processes."""
    command = [
        sys.executable, "-m", "lawengine_cli", "screen", str(path), "--by", "shop_id",
        "--on", "2026-11-01", "--lang", "en",
    ]  # fmt: skip
    return min(_run(command) for _ in range(3))


def _run(command: list[str]) -> Run:
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - a command of our own
        text = process.stdout.read() if process.stdout is not None else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    divisor = 1024 if sys.platform != "darwin" else 1024 * 1024
    found = text.splitlines()[1].rpartition(": ")[2]
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / divisor, found)


if __name__ == "__main__":
    report()
