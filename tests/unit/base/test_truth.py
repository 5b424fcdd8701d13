"""Every law of Kleene's logic, over all values."""

from itertools import product

import pytest

from lawengine.base.truth import Truth, conjunction, disjunction, truth

NO, OPEN, YES = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE
ALL = (NO, OPEN, YES)
PAIRS = list(product(ALL, repeat=2))
TRIPLES = list(product(ALL, repeat=3))
AND = {
    (NO, NO): NO, (NO, OPEN): NO, (NO, YES): NO,
    (OPEN, NO): NO, (OPEN, OPEN): OPEN, (OPEN, YES): OPEN,
    (YES, NO): NO, (YES, OPEN): OPEN, (YES, YES): YES,
}  # fmt: skip
OR = {
    (NO, NO): NO, (NO, OPEN): OPEN, (NO, YES): YES,
    (OPEN, NO): OPEN, (OPEN, OPEN): OPEN, (OPEN, YES): YES,
    (YES, NO): YES, (YES, OPEN): YES, (YES, YES): YES,
}  # fmt: skip
NOT = {NO: YES, OPEN: OPEN, YES: NO}


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_the_tables(a: Truth, b: Truth) -> None:
    assert (a & b) is AND[a, b]
    assert (a | b) is OR[a, b]
    assert ~a is NOT[a]


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_commutation_absorption_and_de_morgan(a: Truth, b: Truth) -> None:
    assert a & b is b & a
    assert a | b is b | a
    assert a & (a | b) is a
    assert a | (a & b) is a
    assert ~(a & b) is (~a | ~b)
    assert ~(a | b) is (~a & ~b)


@pytest.mark.parametrize(("a", "b", "c"), TRIPLES)
def test_association_and_distribution(a: Truth, b: Truth, c: Truth) -> None:
    assert (a & b) & c is a & (b & c)
    assert (a | b) | c is a | (b | c)
    assert a & (b | c) is (a & b) | (a & c)
    assert a | (b & c) is (a | b) & (a | c)


@pytest.mark.parametrize("a", ALL)
def test_idempotence_identity_and_double_negation(a: Truth) -> None:
    assert a & a is a
    assert a | a is a
    assert a & YES is a
    assert a | NO is a
    assert a & NO is NO
    assert a | YES is YES
    assert ~~a is a


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_kleenes_condition_on_contradictions(a: Truth, b: Truth) -> None:
    assert ((a & ~a) & (b | ~b)) is (a & ~a)


def test_the_excluded_middle_is_open_where_the_value_is() -> None:
    assert OPEN | ~OPEN is OPEN
    assert OPEN & ~OPEN is OPEN


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_a_determined_result_survives_every_completion(a: Truth, b: Truth) -> None:
    def completions(value: Truth) -> tuple[Truth, ...]:
        return (NO, YES) if value is OPEN else (value,)

    for result, combine in ((a & b, Truth.__and__), (a | b, Truth.__or__)):
        if result is not OPEN:
            completed = {combine(x, y) for x in completions(a) for y in completions(b)}
            assert completed == {result}


@pytest.mark.parametrize("values", [(), *[(a,) for a in ALL], *PAIRS, *TRIPLES])
def test_many_values_fold_as_two_do(values: tuple[Truth, ...]) -> None:
    every, some = YES, NO
    for value in values:
        every, some = every & value, some | value

    assert conjunction(values) is every
    assert disjunction(values) is some


def test_a_python_bool_or_none_becomes_a_truth() -> None:
    assert truth(True) is YES
    assert truth(False) is NO
    assert truth(None) is OPEN


@pytest.mark.parametrize("value", ALL)
def test_a_truth_is_never_tested_as_a_bool(value: Truth) -> None:
    with pytest.raises(TypeError, match="three values"):
        bool(value)
