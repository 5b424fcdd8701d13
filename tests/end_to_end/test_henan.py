"""The case from which the project starts: two brushing agencies in Henan, 2016, under every text.

The fines were 190,000 and 160,000 yuan. They lie inside the range of their own day, below the floor
of the text of 2019, and inside the range of the text of 2025 again.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from lawengine.casebook import CaseFile, read_case
from lawengine.deciding.decide import decide, union_of
from lawengine.deciding.decision import Decision, FineTotal
from lawengine.deciding.hypothesis import Comparison, NoAnchorError, compare_versions, law_of
from lawengine.evaluation.facts import CaseFacts, Entry, Known, Within
from lawengine.model.measures import EffectKind, MeasureKind
from lawengine.model.rulebook import Rulebook
from tests import small

YUAN = 100
FINES = (190_000 * YUAN, 160_000 * YUAN)
THEN = FineTotal(10_000 * YUAN, 200_000 * YUAN, may=True)
FLOOR = FineTotal(200_000 * YUAN, 1_000_000 * YUAN)
SERIOUS = FineTotal(1_000_000 * YUAN, 2_000_000 * YUAN)
NO_FLOOR = FineTotal(None, 1_000_000 * YUAN)
STARTS = {
    "AUCL-1993": datetime.date(1993, 12, 1),
    "AUCL-2017": datetime.date(2018, 1, 1),
    "AUCL-2019": datetime.date(2019, 4, 23),
    "AUCL-2025": datetime.date(2025, 10, 15),
}


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return small.shipped()


@pytest.fixture(scope="module")
def case(book: Rulebook) -> CaseFile:
    path = Path(__file__).resolve().parents[2] / "casebook" / "henan-brushing-2016.yaml"
    read = read_case(path, book)
    assert read.diagnostics == ()
    assert read.case is not None
    return read.case


@pytest.fixture(scope="module")
def compared(case: CaseFile, book: Rulebook) -> Comparison:
    found, diagnostics = compare_versions(case.facts, book, assumptions=case.assumptions)
    assert diagnostics == ()
    assert found is not None
    return found


def ordinary_and_serious(decision: Decision) -> list[list[FineTotal]]:
    return [[branch.fine for branch in act.branches] for act in decision.acts()]


def test_the_real_fines_are_those_of_the_file(case: CaseFile) -> None:
    assert tuple(decided.fine for decided in case.decided) == tuple(Known(fine) for fine in FINES)


def test_the_law_of_the_day(compared: Comparison) -> None:
    acts = compared.decision.acts()

    assert len(acts) == 2
    assert not compared.decision.hypothesis
    for act, fine in zip(acts, FINES, strict=True):
        (branch,) = act.branches
        assert not act.undetermined
        assert branch.fine == THEN
        assert branch.fine.contains(fine)
        assert {s.rule for s in branch.sanctions} == {"AUCL.false_publicity"}
        assert {s.version_from for s in branch.sanctions} == {STARTS["AUCL-1993"]}
        assert [s.kind for s in branch.sanctions] == [
            MeasureKind.STOP,
            MeasureKind.REMOVE_EFFECTS,
            MeasureKind.FINE,
        ]
        assert all(s.unverified for s in branch.sanctions)


@pytest.mark.parametrize(
    ("text", "ranges", "inside"),
    [
        ("AUCL-1993", [THEN], [True, True]),
        ("AUCL-2017", [FLOOR, SERIOUS], [False, False]),
        ("AUCL-2019", [FLOOR, SERIOUS], [False, False]),
        ("AUCL-2025", [NO_FLOOR, SERIOUS], [True, True]),
    ],
)
def test_each_text(
    case: CaseFile, book: Rulebook, text: str, ranges: list[FineTotal], inside: list[bool]
) -> None:
    decided = law_of(case.facts, book, STARTS[text])

    assert decided.decision is not None
    assert ordinary_and_serious(decided.decision) == [ranges, ranges]
    assert [ranges[0].contains(fine) for fine in FINES] == inside
    assert all(fine < (SERIOUS.low or 0) for fine in FINES)
    cited = {
        citation.instrument
        for act in decided.decision.acts()
        for branch in act.branches
        for s in branch.sanctions
        if s.kind is MeasureKind.FINE
        for citation in s.law
    }
    assert cited == {text}


def test_below_the_floor_of_2019(case: CaseFile, book: Rulebook) -> None:
    decided = law_of(case.facts, book, datetime.date(2019, 4, 23))

    assert decided.decision is not None
    for act, fine in zip(decided.decision.acts(), FINES, strict=True):
        floor = act.branches[0].fine.low
        assert floor == 200_000 * YUAN
        assert fine < floor


def test_every_version_stands_in_the_comparison(compared: Comparison) -> None:
    assert [row.moved_to for row in compared.rows] == list(STARTS.values())
    assert [row.law[0].instrument for row in compared.rows] == list(STARTS)
    assert [row.lines[0].by_branch[0][1] for row in compared.rows] == [
        THEN,
        FLOOR,
        FLOOR,
        NO_FLOOR,
    ]
    for row in compared.rows:
        assert "Hypothesis" in row.decision.hypothesis.en
        assert "假设" in row.decision.hypothesis.zh
        assert "lighter later law is left out" in row.decision.hypothesis.en
        assert [line.fine for line in row.lines] == [union_of(act) for act in row.decision.acts()]


def test_the_margin_under_a_named_assumption(compared: Comparison) -> None:
    (line, _) = compared.lines

    assert line.break_even == 200_000 * YUAN
    (margin,) = line.margins
    assert margin.assumption == "one-percent-commission-agency-a"
    assert margin.gain == 8_500_000 * YUAN
    assert margin.least == 8_300_000 * YUAN
    assert margin.most == 8_500_000 * YUAN


def entries(case: CaseFacts, rulebook: Rulebook, day: datetime.date) -> dict[str, Entry]:
    """Return the dates that a hypothesis moves, by name, of the first act and the case."""
    from lawengine.deciding.hypothesis import _moved

    anchor = datetime.date(2020, 6, 30)
    return {str(key): entry for key, entry in _moved(case, rulebook, day - anchor)}


def test_all_dates_move_together_and_periods_stay(book: Rulebook) -> None:
    facts = small.case(
        book,
        [
            {
                "kind": "false_publicity",
                "ended_on": "2020-06-30",
                "began_on": {"from": "2020-01-01", "to": "2020-01-31"},
                "discovered_on": "2020-12-31",
            },
            {"kind": "false_publicity", "ended_on": "2020-05-31"},
        ],
        party={"orders": [{"placed_on": "2020-02-02"}]},
        decided_on="2021-12-31",
    )
    day = datetime.date(2025, 10, 15)
    moved = entries(facts, book, day)

    assert moved["decided_on"].domain == Known(datetime.date(2027, 4, 17))
    first = "respondents[1].acts[1]"
    assert moved[f"{first}.discovered_on"].domain == Known(datetime.date(2026, 4, 17))
    assert moved[f"{first}.began_on"].domain == Within(
        datetime.date(2025, 4, 17), datetime.date(2025, 5, 17)
    )
    assert moved["respondents[1].orders[1].placed_on"].domain == Known(datetime.date(2025, 5, 19))
    decided = law_of(facts, book, day)
    assert decided.decision is not None
    one, two = decided.decision.acts()
    assert one.conduct == Known(day)
    assert two.conduct == Known(datetime.date(2025, 9, 15))
    assert one.decision == Known(datetime.date(2027, 4, 17))
    assert one.branches[0].fine == NO_FLOOR
    assert two.branches[0].fine == FLOOR


def test_the_lighter_law_is_off_in_a_hypothesis_and_on_in_the_answer(book: Rulebook) -> None:
    facts = small.case(
        book,
        {"kind": "false_publicity", "serious": False, "ended_on": "2025-06-18"},
        decided_on="2025-10-27",
    )

    true = decide(facts, book)
    same_day = law_of(facts, book, datetime.date(2025, 6, 18))

    assert true.decision is not None
    assert same_day.decision is not None
    assert [branch.fine for branch in true.decision.acts()[0].branches] == [NO_FLOOR]
    assert [branch.fine for branch in same_day.decision.acts()[0].branches] == [FLOOR]
    effects = {kind for kind, _ in true.decision.acts()[0].branches[0].effects}
    assert EffectKind.LATER_LIGHTER_LAW in effects


def test_without_an_end_nothing_can_be_moved(book: Rulebook) -> None:
    facts = small.case(book, {"kind": "false_publicity"})

    with pytest.raises(NoAnchorError, match="no act of the case has a known end"):
        law_of(facts, book, datetime.date(2019, 4, 23))
