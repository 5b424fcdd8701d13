"""Which of several norms on one act stand."""

from __future__ import annotations

import pytest

from lawengine.base.calendar import Period, Unit
from lawengine.model.measures import ChoiceMode, Measure, MeasureKind, Modality
from lawengine.model.rulebook import Principle
from lawengine.sanctions.concurrence import Concurrence, Norm, settle
from lawengine.sanctions.lighter import Order, Step, weigh
from lawengine.sanctions.packages import FineRange, Item, Package
from tests import small

TEN, TWENTY = Period(10, Unit.DAY), Period(20, Unit.DAY)


def norm(
    rule: str,
    kind: MeasureKind = MeasureKind.CORRECT,
    term: Period | None = None,
    modality: Modality = Modality.MUST,
    group: int = 0,
) -> Norm:
    measure = Measure(kind, modality, term=term)
    mode = ChoiceMode.ONE if group else None
    return Norm(rule, Item(measure, modality, group=group, mode=mode), f"I-{rule}")


def fine(rule: str, low: int | None, high: int | None, *, sure: bool = True) -> Norm:
    found = FineRange(low, high, may=False, low_sure=sure, high_sure=sure)
    return Norm(rule, Item(Measure(MeasureKind.FINE, Modality.MUST), Modality.MUST, found), "I")


def nobody(_one: str, _two: str) -> None:
    return None


def test_equal_measures_merge_and_the_stronger_stays() -> None:
    may, must = norm("A", modality=Modality.MAY), norm("B")

    assert settle([may, must], Concurrence.NONE, nobody).standing == (must,)
    assert settle([must, may], Concurrence.NONE, nobody).standing == (must,)


def test_measures_to_choose_from_do_not_merge() -> None:
    one, two = norm("A", group=1), norm("A", group=1)

    assert settle([one, two], Concurrence.NONE, nobody).standing == (one, two)


def test_different_terms_clash_without_a_priority() -> None:
    one, two = norm("A", term=TEN), norm("B", term=TWENTY)

    found = settle([one, two], Concurrence.NONE, nobody)

    assert found.clashes == ((one, two),)
    assert found.standing == (one, two)
    assert found.yielding == ()


@pytest.mark.parametrize(("winner", "kept"), [("I-A", 0), ("I-B", 1)])
def test_the_instrument_that_prevails(winner: str, kept: int) -> None:
    norms = norm("A", term=TEN), norm("B", term=TWENTY)
    prefer = {("I-A", "I-B"): (winner, Principle.SPECIAL)}

    found = settle(norms, Concurrence.NONE, lambda one, two: prefer[one, two])

    assert found.standing == (norms[kept],)
    assert found.clashes == ()
    assert found.yielding == ((norms[1 - kept], norms[kept], Principle.SPECIAL),)


def test_terms_of_one_rule_do_not_clash() -> None:
    one, two = norm("A", term=TEN), norm("A", term=TWENTY)

    assert settle([one, two], Concurrence.NONE, nobody).clashes == ()


@pytest.mark.parametrize(
    ("a", "b", "winner"),
    [
        ((100, 400), (500, 300), "A"),
        ((100, 400), (200, 400), "B"),
        ((None, 400), (1, 400), "B"),
        ((100, 400), (100, 400), "A"),
    ],
)
def test_the_higher_fine(a: tuple[int, int], b: tuple[int, int], winner: str) -> None:
    one, two = fine("A", *a), fine("B", *b)

    found = settle([one, two], Concurrence.HIGHER_FINE, nobody)

    assert [n.rule for n in found.standing] == [winner]
    assert [(n.rule, by) for n, by in found.giving_way] == [({"A": "B", "B": "A"}[winner], winner)]
    assert not found.choice


def test_a_fine_that_is_not_known_leaves_the_choice() -> None:
    one, two = fine("A", 1, 2), fine("B", None, None, sure=False)

    found = settle([one, two], Concurrence.HIGHER_FINE, nobody)

    assert found.choice
    assert found.standing == (one, two)


@pytest.mark.parametrize(
    ("concurrence", "choice"), [(Concurrence.NONE, False), (Concurrence.ONE_FINE, True)]
)
def test_side_by_side(concurrence: Concurrence, choice: bool) -> None:
    found = settle([fine("A", 1, 2), fine("B", 1, 2)], concurrence, nobody)

    assert found.choice is choice
    assert len(found.standing) == 2


# --- the lighter later law ------------------------------------------------------------------------


def package(*norms: Norm) -> Package:
    text = "rule R\n  version from 2000-01-01\n    law GEN-2000 art 1\n    then warn\n"
    version = small.rulebook(text).rules["R"].versions[0]
    return Package(version, tuple(n.item for n in norms))


def test_what_is_not_sure_is_open_unless_alike() -> None:
    unsure, sure = fine("A", 1, 5, sure=False), fine("A", 1, 5)

    assert weigh(package(unsure), package(sure)).order is Order.OPEN
    assert weigh(package(unsure), package(unsure)).order is Order.EQUAL
    assert weigh(package(fine("A", 2, 5, sure=False)), package(unsure)).order is Order.OPEN


def test_a_fine_against_an_equally_severe_measure_is_open() -> None:
    taken = norm("A", MeasureKind.CONFISCATE)

    assert weigh(package(fine("A", 1, 2)), package(taken)).order is Order.OPEN
    assert weigh(package(taken), package(fine("A", 1, 2))).order is Order.OPEN
    assert weigh(package(taken), package(taken)).order is Order.EQUAL


def test_orders_weigh_nothing() -> None:
    stop = norm("A", MeasureKind.STOP)

    assert weigh(package(stop), package()).order is Order.EQUAL
    assert weigh(package(), None) == weigh(package(stop), None)
    assert weigh(package(stop), None).step is Step.UNLAWFUL


@pytest.mark.parametrize(
    ("earlier", "later", "order"),
    [
        ([MeasureKind.WARN], [], Order.LIGHTER),
        ([], [MeasureKind.WARN], Order.HEAVIER),
        ([MeasureKind.WARN], [MeasureKind.CRITICISE], Order.EQUAL),
        ([MeasureKind.WARN], [MeasureKind.CONFISCATE], Order.HEAVIER),
        ([MeasureKind.CONFISCATE], [MeasureKind.REVOKE], Order.HEAVIER),
        ([MeasureKind.CLOSE], [MeasureKind.REVOKE], Order.LIGHTER),
        ([MeasureKind.REVOKE], [MeasureKind.DOWNGRADE, MeasureKind.WARN], Order.HEAVIER),
        ([MeasureKind.BAR], [MeasureKind.SUSPEND], Order.EQUAL),
        ([MeasureKind.RESTRICT, MeasureKind.WARN], [MeasureKind.RESTRICT], Order.LIGHTER),
    ],
)
def test_kinds_by_severity(
    earlier: list[MeasureKind], later: list[MeasureKind], order: Order
) -> None:
    one, two = (package(*(norm("A", kind) for kind in kinds)) for kinds in (earlier, later))

    assert weigh(one, two).order is order
