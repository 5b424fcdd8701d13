"""Long runs: interrupted and gone on with, killed, shared by processes; always the same rows."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import numpy as np
import pytest

from lawengine.columns import simulating
from lawengine.columns.carried import Carried
from lawengine.columns.engine import Simulator
from lawengine.columns.files import TableError, connected, open_table
from lawengine.columns.parts import parts_of_output
from lawengine.columns.results import Results
from lawengine.columns.simulating import Interrupted, Run, Simulated, simulate
from lawengine.columns.storing import FORMATS, Parts, Store
from tests import small

RULES = """
rule R
  version from 2000-01-01
    law GEN-2000 art 1
    when act.kind is red and act.a
    then fine 1 to 3 yuan
         confiscate act.gain
"""
ROWS = 1_000
CASES = """SELECT DATE '2010-01-01' AS decided_on, DATE '2009-06-01' - (i % 900)::INT AS ended_on,
  CASE i % 3 WHEN 0 THEN 'red' ELSE 'blue' END AS kind,
  CASE i % 5 WHEN 0 THEN NULL ELSE i % 2 = 0 END AS a, i AS gain FROM range({rows}) t(i)"""
# A run of many small batches, which says so after each of them, and waits for its end at the third.
RUN = """
import os, signal, sys, time
from pathlib import Path
from lawengine.columns.engine import Simulator
from lawengine.columns.simulating import Run, simulate
from tests import small
from tests.unit.columns.test_runs import RULES

def progress(done, rows):
    print(done, flush=True)
    if done >= 300:
        time.sleep(60)
        os._exit(0)

if __name__ == "__main__":
    # what runs in the background may have been started with interrupts ignored
    signal.signal(signal.SIGINT, signal.default_int_handler)
    jobs = int(sys.argv[3])
    simulate(Path(sys.argv[1]), Simulator(small.rulebook(RULES)), Path(sys.argv[2]), (), progress,
             Run(jobs=jobs, batch=100))
"""


@pytest.fixture
def simulator() -> Simulator:
    return Simulator(small.rulebook(RULES))


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "cases.parquet"
    duckdb.sql(f"COPY ({CASES.format(rows=ROWS)}) TO '{path}' (FORMAT parquet)")
    return path


def rows(path: Path) -> list[tuple[object, ...]]:
    return duckdb.execute(f"SELECT * FROM '{path}'").fetchall()


def whole(cases: Path, simulator: Simulator, tmp_path: Path) -> tuple[Simulated, Path]:
    out = tmp_path / "whole.parquet"
    return simulate(cases, simulator, out, run=Run(batch=100)), out


@pytest.mark.parametrize(("how", "jobs"), [(signal.SIGINT, 1), (signal.SIGKILL, 2)])
def test_what_was_done_is_kept_and_goes_on(
    cases: Path, simulator: Simulator, tmp_path: Path, how: signal.Signals, jobs: int
) -> None:
    out, script = tmp_path / "out.parquet", tmp_path / "run.py"
    script.write_text(RUN, encoding="utf-8")
    places = os.pathsep.join(("src", "cli", "."))
    started = subprocess.Popen(
        [sys.executable, str(script), str(cases), str(out), str(jobs)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, "PYTHONPATH": places}, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    with started:
        assert started.stdout is not None
        for _ in range(3):
            assert started.stdout.readline()
        started.send_signal(how)
        started.wait()
    assert started.returncode != 0
    assert not out.exists()
    parts = parts_of_output(out)
    kept = {path: path.stat().st_mtime_ns for path in parts.glob("part-*.parquet")}
    assert 2 < len(kept) < ROWS // 100

    with pytest.raises(TableError, match="interrupted run"):
        simulate(cases, simulator, out, run=Run(batch=100))
    done: list[int] = []

    def watch(number: int, _: int) -> None:
        done.append(number)
        assert all(path.stat().st_mtime_ns == made for path, made in kept.items())

    found = simulate(cases, simulator, out, progress=watch, run=Run(resume=True, batch=100))
    meant, other = whole(cases, simulator, tmp_path)
    assert len(done) == ROWS // 100
    assert found.totals == meant.totals
    assert out.read_bytes() == other.read_bytes()
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "cases.parquet", "out.parquet", "run.py", "whole.parquet",
    ]  # fmt: skip


def stopped(cases: Path, simulator: Simulator, out: Path) -> Path:
    """Return the parts of a run that was stopped after three batches."""

    def stop(done: int, _: int) -> None:
        if done >= 300:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted) as caught:
        simulate(cases, simulator, out, progress=stop, run=Run(batch=100))
    assert (caught.value.done, caught.value.rows) == (300, ROWS)
    return parts_of_output(out)


def told(cases: Path, simulator: Simulator, out: Path, kept: tuple[str, ...] = ()) -> str:
    with pytest.raises(TableError) as caught:
        simulate(cases, simulator, out, kept, run=Run(resume=True, batch=100))
    (found,) = caught.value.diagnostics
    assert found.code == "LAW741"
    assert found.message("zh") != found.message("en")
    return found.message("en").rpartition(": ")[2]


def test_another_rulebook_or_table_does_not_go_on(
    cases: Path, simulator: Simulator, tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"
    parts = stopped(cases, simulator, out)
    other = Simulator(small.rulebook(RULES.replace("3 yuan", "4 yuan")))
    assert told(cases, other, out) == "another rulebook"
    assert told(cases, simulator, out, ("gain",)) == "other columns to keep"
    before = cases.stat()
    os.utime(cases, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert "another table" in told(cases, simulator, out)
    os.utime(cases, ns=(before.st_atime_ns, before.st_mtime_ns))
    (parts / "state.json").write_text("{", encoding="utf-8")
    assert told(cases, simulator, out) == "its state cannot be read"
    assert len(list(parts.glob("part-*.parquet"))) == 3


def test_a_part_that_is_broken_is_made_anew(
    cases: Path, simulator: Simulator, tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"
    parts = stopped(cases, simulator, out)
    (parts / "part-000000.json").write_text('["bytes"]', encoding="utf-8")
    (parts / "part-000001.parquet").write_bytes(b"half")
    (parts / "making-x").mkdir()
    meant, other = whole(cases, simulator, tmp_path)
    found = simulate(cases, simulator, out, run=Run(resume=True, batch=100))

    assert found.totals == meant.totals
    assert out.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_processes_say_the_same_in_order(
    cases: Path, simulator: Simulator, tmp_path: Path, suffix: str
) -> None:
    one, two = (tmp_path / f"{name}{suffix}" for name in ("one", "two"))
    alone = simulate(cases, simulator, one, ["gain"], run=Run(batch=300))
    seen: list[int] = []
    shared = simulate(
        cases, simulator, two, ["gain"], lambda done, _: seen.append(done), Run(jobs=2, batch=300)
    )
    assert shared.totals == alone.totals
    assert shared.totals.rows == ROWS
    assert one.read_bytes() == two.read_bytes()
    assert seen == sorted(seen)
    assert simulate(cases, simulator, None, ["gain"]).totals == alone.totals


def test_a_mistake_that_another_process_finds_is_told(
    cases: Path, simulator: Simulator, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.parquet"
    duckdb.sql(f"COPY (SELECT * REPLACE (CASE gain WHEN 700 THEN -1 ELSE gain END AS gain)"
               f" FROM '{cases}') TO '{bad}' (FORMAT parquet)")  # fmt: skip
    with pytest.raises(TableError) as caught:
        simulate(bad, simulator, tmp_path / "out.parquet", run=Run(jobs=2, batch=300))
    assert caught.value.diagnostics[0].message("en").startswith("row 701: `act.gain`")
    assert [one.name for one in tmp_path.glob("out*")] == []


def test_without_copies_of_processes_it_says_so(
    cases: Path, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    with pytest.raises(TableError) as caught:
        simulate(cases, simulator, run=Run(jobs=2))
    assert caught.value.diagnostics[0].code == "LAW742"


@pytest.mark.parametrize(("good", "kept"), [(0, False), (2, True)])
def test_a_full_disk_keeps_the_parts_that_are_whole(
    cases: Path, simulator: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    good: int, kept: bool,
) -> None:  # fmt: skip
    out, add, taken = tmp_path / "out.parquet", Store.add, []

    def full(self: Store, start: int, results: Results, more: Carried | None) -> None:
        taken.append(start)
        if len(taken) > good:
            raise OSError(28, "No space left on device")
        add(self, start, results, more)

    monkeypatch.setattr(Store, "add", full)
    with pytest.raises(TableError, match="No space left"):
        simulate(cases, simulator, out, run=Run(batch=100))
    assert parts_of_output(out).exists() == kept
    monkeypatch.undo()
    simulate(cases, simulator, out, run=Run(resume=True, batch=100))
    assert rows(out) == rows(whole(cases, simulator, tmp_path)[1])


def test_another_process_says_what_this_one_says(cases: Path, simulator: Simulator) -> None:
    asked = simulating._Asked(cases, simulator, (), Run(batch=100))
    link = cases.with_name("given")
    link.symlink_to(cases)
    with asked.living:
        told = asked.elsewhere(link, ROWS, 3, None)
        assert asked.elsewhere(link, ROWS, 3, None) == told
    with open_table(cases, simulator.rulebook, simulator.read) as table:
        assert asked.one(table, 3, None) == told
    broken = simulating._Asked(cases, simulator, (), Run(batch=100))
    with broken.living:
        assert broken.elsewhere(cases.with_name("none"), ROWS, 0, None) is None


def test_joining_the_parts_takes_little_memory_however_many_there_are(tmp_path: Path) -> None:
    with connected(str(tmp_path)) as connection:
        parts = Parts(tmp_path, connection)
        for start in (0, 3):
            parts.write("SELECT n FROM given", given={"n": np.arange(start, start + 3)})
        parts.finish(tmp_path / "whole.csv", FORMATS[".csv"])
        limit = connection.execute("SELECT current_setting('memory_limit')").fetchone()

    assert limit == ("953.6 MiB",)
    assert (tmp_path / "whole.csv").read_text() == "n\n0\n1\n2\n3\n4\n5\n"
