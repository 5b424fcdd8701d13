"""Facts narrow each other: soundly, to an end, whatever their order."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lawengine.evaluation.domains import within
from lawengine.evaluation.facts import UNKNOWN, Known
from lawengine.evaluation.prepare import prepare
from lawengine.model.rulebook import Rulebook
from tests import small
from tests.properties.drawn import inside

BOUNDED = settings(max_examples=30, suppress_health_check=list(HealthCheck))
FACTS = 6
LAST = small.date("2030-01-01")


@st.composite
def chains(draw: st.DrawFn) -> tuple[str, dict[str, int]]:
    """Draw a vocabulary whose facts bound each other, and values that keep every bound."""
    values = [draw(st.integers(0, 9)) for _ in range(FACTS)]
    lines = []
    for n, value in enumerate(values):
        limits = []
        for other, against in enumerate(values):
            if other != n and not draw(st.integers(0, 2)):
                if value >= against:
                    limits.append(f"at least f{other}")
                if value <= against:
                    limits.append(f"at most f{other}")
        if draw(st.booleans()):
            limits.append(f"at least {draw(st.integers(0, value))}")
        lines.append(f'  f{n} "F{n}": count' + "".join(f", {limit}" for limit in limits))
    return "\n".join(lines), {f"f{n}": value for n, value in enumerate(values)}


def with_facts(lines: str) -> Rulebook:
    """Return a rulebook of the small vocabulary with these facts more."""
    text = small.VOCABULARY.read_text(encoding="utf-8")
    mark = '  a "A" / "甲": yes_no\n'
    found = small.lowered(text.replace(mark, f"{mark}{lines}\n"), vocabulary=False)
    assert found.diagnostics == ()
    return found.rulebook


@st.composite
def known(draw: st.DrawFn, values: dict[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in values.items():
        how = draw(st.integers(0, 3))
        low = draw(st.integers(0, value) | st.none())
        high = draw(st.integers(value, 12) | st.none())
        if how:
            found[name] = (Known(value), within(low, high), UNKNOWN)[how - 1]
    return found


@st.composite
def chains_known_in_part(draw: st.DrawFn) -> tuple[str, dict[str, int], list[dict[str, Any]]]:
    """Draw such a chain with what a file knows of it, written in two orders."""
    lines, values = draw(chains())
    facts = draw(known(values))
    order = draw(st.permutations(sorted(values)))
    return lines, values, [facts, {name: facts[name] for name in order if name in facts}]


@BOUNDED
@given(chains_known_in_part())
def test_narrowing(chain: tuple[str, dict[str, int], list[dict[str, Any]]]) -> None:
    lines, values, (facts, shuffled) = chain
    book = with_facts(lines)
    case = small.case(book, facts)

    prepared = prepare(case, book)

    assert prepared.diagnostics == ()
    for key, entry in prepared.entries.items():
        if key.fact not in values:
            continue  # another fact of the vocabulary, with a bound of its own
        assert inside(entry.domain, values[key.fact])
        before = facts.get(key.fact, UNKNOWN)
        if not isinstance(entry.domain, Known):
            assert not isinstance(before, Known)
    again = prepare(case, book, prepared.entries)
    assert again.entries == prepared.entries
    other = prepare(small.case(book, shuffled), book)
    assert other.entries == prepared.entries


@BOUNDED
@given(chain=chains(), data=st.data())
def test_an_exact_contradiction_is_found(
    chain: tuple[str, dict[str, int]], data: st.DataObject
) -> None:
    lines, values = chain
    book = with_facts(lines)
    name = data.draw(st.sampled_from(sorted(values)))
    wrong = {**values, name: values[name] + data.draw(st.sampled_from([-20, 20]))}
    act = book.vocabulary.entities["act"].facts
    broken = bool(act[name].low if wrong[name] < 0 else act[name].high) or any(
        getattr(limit, "fact", "") == name
        for fact in act.values()
        for limit in (fact.high if wrong[name] < 0 else fact.low)
    )

    found = prepare(small.case(book, {n: Known(v) for n, v in wrong.items()}), book)

    assert bool(found.diagnostics) is broken
    assert all(diagnostic.code == "LAW550" for diagnostic in found.diagnostics)


@BOUNDED
@given(st.data())
def test_dates_of_the_shipped_chain(data: st.DataObject) -> None:
    book = small.rulebook()
    days = sorted(data.draw(st.tuples(*[st.dates(max_value=LAST)] * 3)))
    whole = {"ended_on": Known(days[0]), "seen_on": Known(days[1])}
    partial = {n: v for n, v in whole.items() if data.draw(st.booleans())}

    prepared = prepare(small.case(book, partial, decided_on=Known(days[2])), book)

    assert prepared.diagnostics == ()
    for key, entry in prepared.entries.items():
        if key.fact in whole:
            assert inside(entry.domain, whole[key.fact].value)
    missing = set(whole) - set(partial)
    assert {key.fact for key in prepared.entries} >= missing
