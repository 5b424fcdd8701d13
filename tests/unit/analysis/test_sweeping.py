"""Sweeps: each step is what a reform of that step would be, and nothing unlawful is swept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lawengine.analysis import classes, paired_steps, sweeping
from lawengine.analysis.axes import read_axis
from lawengine.analysis.refusal import RefusedError
from lawengine.analysis.result import Bounds, Sweep
from lawengine.analysis.sides import Law
from lawengine.analysis.steps import plan
from lawengine.analysis.sweeping import sweep
from lawengine.base.calendar import Period, Unit
from lawengine.base.label import Label
from lawengine.columns import simulating
from lawengine.columns.engine import Simulator
from lawengine.columns.results import Results
from lawengine.columns.table import Table as CaseTable
from lawengine.columns.unmoved import Unmoved
from lawengine.population.drawing import draw
from lawengine.population.specification import read_specification
from lawengine.population.storing import write_population
from tests import small
from tests.analysing import KEPT, RULES, Row, analysed, drawn, law, laws, written

FLOOR = "GEN.fraud.fine.low=0..30:4"


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("cases") / "cases.parquet", drawn(120))


@pytest.mark.parametrize(
    ("figure", "text", "at"),
    [
        ("GEN.fraud.fine.low=0..30:4", "amend GEN.fraud as if always\n then fine 20 to 30 yuan", 2),
        ("GEN.fraud@2005-05-05.fine.high=20..50:2",
         "amend GEN.fraud version on 2005-05-05 as if always\n then may fine 10 to 50 yuan", 1),
        ("GEN.fraud/grave.fine.high=90..100:2",
         "amend GEN.fraud as if always\n if act.grave\n  fine 30 to 100 yuan", 1),
        ("most=40..90:2", "set most is 90 yuan as if always", 1),
    ],
)  # fmt: skip
def test_a_step_is_the_reform_that_says_the_same(
    table: Path, figure: str, text: str, at: int
) -> None:
    swept = sweep(table, laws()[0], [figure], kept=KEPT).sweep
    assert swept is not None
    reform = f'reform same "Same" / "同"\n  {text}\n'
    told = analysed(table, laws(reform)).analysis.counts[0].whole
    assert swept.law == told.figures[0]
    assert swept.steps[at].figures == told.figures[1]
    assert swept.steps[at].change == told.changes[0]
    assert swept.steps[at].change.losers + swept.steps[at].change.winners > 0


def test_the_step_at_the_law_changes_nothing(table: Path) -> None:
    swept = sweep(table, laws()[0], [FLOOR], weights="w", kept=KEPT).sweep
    assert swept is not None
    same = swept.steps[1]
    assert same.rulebook == law().content_hash
    assert same.figures == swept.law
    assert (same.change.winners, same.change.losers, same.change.undecided) == (0, 0, 0)
    lows = [step.figures.fine.sum.low for step in swept.steps]
    assert lows == sorted(lows)
    assert lows[0] < lows[1] < lows[2]
    assert swept.axes[0].numbers == (0, 10, 20, 30)
    assert swept.axes[0].law == "10 yuan"
    assert swept.unchanged_rows > 50


@pytest.mark.parametrize(
    ("figure", "still"),
    [
        # The law of 2005 is the law of none of these cases, that of 2010 of all of them.
        ("GEN.fraud@2005-05-05.fine.high=50..80:2", True),
        ("GEN.fraud.fine.high=50..80:2", False),
        ("most=50..90:2", False),
    ],
)
def test_a_figure_on_which_no_case_hangs_says_so(tmp_path: Path, figure: str, still: bool) -> None:
    late = [row for row in drawn(200) if str(row["ended_on"]) > "2010"]
    table = written(tmp_path / "late.parquet", late)
    told = sweep(table, laws()[0], [figure], kept=KEPT).assumptions

    assert ("moves_nothing" in [one.name for one in told]) is still


def test_both_ends_of_one_fine(table: Path) -> None:
    both = ["GEN.fraud.fine.low=20..60:2", "GEN.fraud.fine.high=60..80:2"]
    swept = sweep(table, laws()[0], both, kept=KEPT).sweep
    assert swept is not None
    assert [step.at for step in swept.steps] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert len({step.rulebook for step in swept.steps}) == 4
    one, two = swept.steps[2], swept.steps[3]
    assert one.figures.fine.sum.low == two.figures.fine.sum.low
    assert isinstance(one.figures.fine.sum, Bounds)
    assert (one.figures.fine.sum.high or 0) < (two.figures.fine.sum.high or 0)


def test_figures_in_both_languages() -> None:
    moved = read_axis("追责时效期限=1..3:3", small.shipped())
    assert moved.axis.name == "limitation_term"
    assert [text.zh for text in moved.axis.texts] == ["1年", "2年", "3年"]
    assert moved.values == tuple(Period(n, Unit.YEAR) for n in (1, 2, 3))
    fine = "反不正当竞争法.虚假宣传@2020-01-01/act.serious.罚款.上限=200万元..400万元:2"
    assert read_axis(fine, small.shipped()).axis.numbers == (2_000_000, 4_000_000)


@pytest.mark.parametrize(
    ("figure", "code"),
    [
        ("most", "LAW716"), ("most=1..2", "LAW716"), ("most=1..2:1", "LAW717"),
        ("most=1..2:201", "LAW717"), ("mots=1..2:3", "LAW718"), ("most=-5..5:3", "LAW719"),
        ("most=0..1:200", "LAW719"), ("most=1..2 days:2", "LAW719"), ("most=a..b:2", "LAW719"),
        ("GEN.frod.fine.low=1..2:2", "LAW715"), ("GEN.fraud/own.fine.low=1..2:2", "LAW718"),
        ("GEN.fraud@1990-01-01.fine.low=1..2:2", "LAW718"),
        ("GEN.fraud@then.fine.low=1..2:2", "LAW718"), ("GEN.fraud.warn.low=1..2:2", "LAW718"),
        ("GEN.clutter.fine.low=1..2:2", "LAW726"), ("GEN.fraud.fine.low=20..40:3", "LAW727"),
        ("GEN.fraud.fine.high=0..40:3", "LAW727"),
    ],
)  # fmt: skip
def test_what_is_no_figure_or_no_value_of_it(figure: str, code: str) -> None:
    with pytest.raises(RefusedError) as caught:
        plan(laws()[0], [figure])
    assert caught.value.diagnostic.code == code
    assert caught.value.diagnostic.message("zh") != caught.value.diagnostic.message("en")


def test_no_figure_and_three_figures_and_one_twice() -> None:
    same = (FLOOR, "GEN.fraud@2020-01-01.fine.low=0..30:2")
    for figures in ((), (FLOOR,) * 3, same, ("most=1..2:2",) * 2):
        with pytest.raises(RefusedError, match="one or two different"):
            plan(laws()[0], figures)
    many = ["GEN.fraud.fine.low=0..30:151", "most=40..90:51"]
    with pytest.raises(RefusedError, match="to 1000 steps"):
        plan(laws()[0], many)


def test_a_rate_is_no_part_of_a_year() -> None:
    with pytest.raises(RefusedError, match="is no value of `limitation_term`"):
        read_axis("limitation_term=1..2:3", small.shipped())
    with pytest.raises(RefusedError, match="no value"):
        read_axis("limitation_term=1..3 days:3", small.shipped())


# --- rows that stand for others ---


@pytest.fixture(scope="module")
def population(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Path:
    """Cases under the shipped rules: gaps, four versions of one norm, the lighter later law."""
    path = tmp_path_factory.mktemp("population") / "cases.parquet"
    place = checkout / "casebook" / "populations" / "network_cases.toml"
    found, _ = read_specification(place, small.shipped().vocabulary)
    assert found is not None
    write_population(path, found, small.shipped(), draw(found, small.shipped(), 6_000, 3))
    return path


NORM = "AUCL.false_publicity@2020-01-01"
SWEPT = (
    [f"{NORM}.fine.low=0..1_000_000:3"],
    [f"{NORM}/serious.fine.high=1_000_000..9_000_000:2"],
    [f"{NORM}.fine.low=100_000..300_000:2", f"{NORM}.fine.high=400_000..2_000_000:2"],
)


def one_by_one(path: Path, law_: Law, figures: list[str], kept: tuple[str, ...]) -> Sweep:
    """Return a sweep in which every step is decided for every row."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweeping, "by_classes", lambda *_: None)
        found = sweep(path, law_, figures, kept=kept).sweep
    assert found is not None
    assert found.unchanged_rows == 0
    return found


@pytest.mark.parametrize("figures", SWEPT, ids=lambda figures: "+".join(figures)[-60:])
def test_rows_stand_for_their_class_and_no_figure_differs(
    population: Path, figures: list[str]
) -> None:
    law_ = Law("law", Label("law"), small.shipped())
    slow = one_by_one(population, law_, figures, ("group",))
    fast = sweep(population, law_, figures, kept=("group",)).sweep
    assert fast is not None
    assert fast.unchanged_rows > 5_500
    assert fast.law == slow.law
    for one, two in zip(fast.steps, slow.steps, strict=True):
        assert one == two


def test_rows_that_are_decided_alone_stand_for_themselves(table: Path) -> None:
    figures = ["GEN.fraud.fine.low=0..20:3", "GEN.fraud/grave.fine.low=10..60:2"]
    slow = one_by_one(table, laws()[0], figures, KEPT)
    fast = sweep(table, laws()[0], figures, weights="", kept=KEPT).sweep
    assert fast is not None
    assert fast.steps == slow.steps


def test_a_row_that_cannot_stand_for_others_is_found_out(
    population: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Classes that are too wide are told by the law and the probe, and every row is run then."""
    law_ = Law("law", Label("law"), small.shipped())
    slow = one_by_one(population, law_, SWEPT[0], ("group",))
    monkeypatch.setattr(classes, "_blend", lambda *_: None)
    found = sweep(population, law_, SWEPT[0], kept=("group",)).sweep
    assert found is not None
    assert found == slow


TERM = """
parameter term "Term" / "期限" : period
  is 12 months from 2000-01-01 law GEN-2000 art 4

rule GEN.late "Late" / "逾期"
  version from 2000-01-01
    law GEN-2000 art 4
    when case.decided_on after act.ended_on + term rounded down
    then exempt from penalty
"""


def test_a_figure_in_comparisons_is_worked_out_where_it_reaches(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rulebook = small.lowered(RULES, TERM, vocabulary=False).rulebook
    law_, figures = Law("law", Label("law"), rulebook), ["term=10..14:3"]
    answered, rows = simulating.answered, list[int]()

    def counted(simulator: Simulator, batch: CaseTable, start: int) -> Results:
        rows.append(batch.rows)
        return answered(simulator, batch, start)

    monkeypatch.setattr(simulating, "answered", counted)
    fast = sweep(table, law_, figures, kept=KEPT).sweep
    assert rows[0] == 120
    assert [0 < some < 60 for some in rows[1:]] == [True, True]
    monkeypatch.setattr(Unmoved, "reached", lambda *given: np.ones(given[-1], np.bool_))
    slow = sweep(table, law_, figures, kept=KEPT).sweep

    assert fast is not None
    assert slow is not None
    for one, two in zip(fast.steps, slow.steps, strict=True):
        # Where every row is reached, one that is open is compared with itself in vain.
        vainly = two.change.undecided - one.change.undecided
        assert vainly >= 0
        assert one.figures == two.figures
        assert one.change == replace(
            two.change,
            undecided=one.change.undecided,
            unchanged=two.change.unchanged + vainly,
        )
    assert [step.figures == fast.law for step in fast.steps] == [False, True, False]


def test_a_row_that_is_open_and_out_of_reach_of_a_figure_stays_as_it_is(tmp_path: Path) -> None:
    """Of cases decided on 5 May a term of 10, 12 or 14 months tells those of March to June."""
    rulebook = small.lowered(RULES, TERM, vocabulary=False).rulebook
    law_, figures = Law("law", Label("law"), rulebook), ["term=10..14:3"]
    reached = {True: list[Row](), False: list[Row]()}
    for row in drawn(120):
        reached[str(row["ended_on"])[5:7] in ("03", "04", "05", "06")].append(row)
    inside, outside = (
        sweep(written(tmp_path / f"{name}.parquet", reached[name]), law_, figures, kept=KEPT).sweep
        for name in (True, False)
    )

    assert inside is not None
    assert outside is not None
    assert outside.law.undetermined > 0
    rows = len(reached[False])
    assert [step.change.unchanged for step in outside.steps] == [rows, rows, rows]
    assert [step.change.undecided > 0 for step in inside.steps] == [True, False, True]


def test_lists_benefits_and_duties_that_read_a_figure_are_counted_at_each_step(
    tmp_path: Path,
) -> None:
    """Decided 3, 8, 16 and 21 days after the listing ended, a measure stands; of one it is open."""
    path = tmp_path / "restraints.csv"
    ends = (("2026-09-19", "true"), ("2026-09-14", "true"), ("2026-09-06", "true"),
            ("2026-09-01", "true"), ("2026-09-01", ""))  # fmt: skip
    rows = "".join(f"other,2026-05-01,2026-09-22,{end},{stands}\n" for end, stands in ends)
    head = "act.kind,act.ended_on,case.decided_on,restraint.ground_ended_on,restraint.not_lifted"
    path.write_text(f"{head}\n{rows}", encoding="utf-8")
    law_ = Law("law", Label("law"), small.shipped(), days=small.shipped_days())
    found = sweep(path, law_, ["lifting_time=5..20:4"])
    assert found.sweep is not None
    told = {one.name: one for one in found.sweep.standings}

    assert list(told) == ["CREDIT.lifting"]
    sides = told["CREDIT.lifting"].sides
    # the law says 7 days, the steps 5, 10, 15 and 20
    assert [side.held for side in sides] == [3, 3, 2, 2, 1]
    assert [side.open for side in sides] == [1, 1, 1, 1, 1]
    assert "moves_nothing" not in [one.name for one in found.assumptions]


def test_steps_that_are_run_apart_tell_of_duties_as_those_run_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "restraints.csv"
    days = range(1, 29)
    rows = "".join(f"other,2026-05-01,2026-09-30,2026-09-{day:02},true\n" for day in days)
    head = "act.kind,act.ended_on,case.decided_on,restraint.ground_ended_on,restraint.not_lifted"
    path.write_text(f"{head}\n{rows}", encoding="utf-8")
    law_ = Law("law", Label("law"), small.shipped(), days=small.shipped_days())
    together = sweep(path, law_, ["lifting_time=1..27:14"]).sweep
    monkeypatch.setattr(paired_steps, "_AT_ONCE", 3)
    apart = sweep(path, law_, ["lifting_time=1..27:14"]).sweep

    assert together == apart
    assert together is not None
    held = [side.held for side in together.standings[0].sides]
    # in breach from the day on which the time is over: 30 September less time and a day
    assert held == [22, *(29 - time for time in range(1, 28, 2))]


TWICE = """
rule GEN.second "Second" / "又"
  version from 2000-01-01
    law GEN-2000 art 3
    when act.kind is fraud and act.own
    then confiscate act.gain
"""


def test_what_two_rules_take_is_taken_once(tmp_path: Path) -> None:
    rulebook = small.lowered(RULES, TWICE, vocabulary=False).rulebook
    law_ = Law("law", Label("law"), rulebook)
    rows = [{**row, "kind": "fraud", "grave": False, "own": True} for row in drawn(60)]
    path = written(tmp_path / "twice.parquet", rows)
    figures = ["GEN.fraud.fine.low=0..20:3"]
    fast = sweep(path, law_, figures, kept=KEPT).sweep
    assert fast is not None
    assert fast.unchanged_rows > 0
    assert fast.steps == one_by_one(path, law_, figures, KEPT).steps
