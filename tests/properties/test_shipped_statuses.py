"""Under the shipped rules: barred is barred, repair has its minimum, and order says nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from lawengine.base.calendar import Rounding, add_period
from lawengine.base.source import Source
from lawengine.casebook.reading import read_case
from lawengine.compiled.engine import Engine
from lawengine.compiled.standing import Standing
from lawengine.compiled.status_answers import StatusAnswer
from lawengine.deciding.decide import decide
from lawengine.deciding.outcome import UNTOLD
from lawengine.deciding.scenarios import scenario_case
from lawengine.evaluation.facts import CaseFacts, Instance
from lawengine.model.expressions import Expression, FactOf, StatusHolds, children
from lawengine.model.statuses import EndingKind, StatusKind, StatusState, StatusVersion
from tests import small
from tests.agreement.lives import LifeDrawer

CASES = 250
pytestmark = pytest.mark.no_cover


@cache
def engine() -> Engine:
    return Engine(small.shipped(), days=small.shipped_days())


@cache
def lives() -> tuple[tuple[StatusAnswer, ...], ...]:
    """Return what became of the parties of the scenarios, and of drawn ones."""
    found = []
    book = small.shipped()
    for scenario in book.scenarios:
        party = engine().whole(scenario_case(scenario, book)).statuses.get("respondents[1]", ())
        found.append(party)
    for seed, known in ((1, 1.0), (2, 0.9)):
        drawer = LifeDrawer(small.shipped(), seed, known)
        for _ in range(CASES):
            party = engine().whole(drawer.case()).statuses.get("respondents[1]", ())
            found.append(party)
    return tuple(found)


def asked(expression: Expression | None) -> Iterator[str]:
    """Yield the lists that a condition asks for."""
    if isinstance(expression, StatusHolds):
        book = small.shipped().statuses
        lists = [one.name for one in book.values() if one.is_register]
        yield from [expression.status] if expression.status else lists
    elif expression is not None:
        for part in children(expression):
            yield from asked(part)


def barring(version: StatusVersion) -> set[str]:
    ways = [ending.condition for ending in version.endings if ending.on is None]
    return {name for part in (*version.exclusions, *ways) for name in asked(part)}


def test_a_listed_party_is_never_granted_a_barred_benefit() -> None:
    book, met = small.shipped().statuses, 0
    for answers in lives():
        statuses = [answer.outcome() for answer in answers]
        listed = {one.name for one in statuses if one.state is StatusState.LISTED}
        for one in statuses:
            if one.kind is not StatusKind.BENEFIT or not listed:
                continue
            barred = [listed & barring(version) for version in book[one.name].versions]
            if all(barred):
                met += 1
                assert StatusState.GRANTED not in one.possible, (one.name, listed)
    assert met > 20


def test_a_repair_never_comes_before_its_minimum() -> None:
    met = 0
    for found in (answer.found for answers in lives() for answer in answers):
        if not isinstance(found, Standing) or found.ended is None or found.start is None:
            continue
        day, place = found.ended
        ending = found.version.endings[place] if found.version is not None else None
        if ending is not None and ending.kind is EndingKind.REMOVED and ending.after is not None:
            met += 1
            assert found.state is StatusState.REMOVED
            assert day >= add_period(found.start, ending.after, Rounding.DOWN)
    assert met > 5


@pytest.mark.parametrize("short", [1, 2, 40])
def test_a_repair_that_comes_too_early_removes_nobody(short: int) -> None:
    """Each removal after a minimum is moved to the days before it: the party stays listed."""
    met = 0
    for answer in (answer for answers in lives() for answer in answers):
        found = answer.found
        if not isinstance(found, Standing) or found.ended is None or found.start is None:
            continue
        ending = found.version.endings[found.ended[1]] if found.version is not None else None
        if ending is None or ending.after is None or not isinstance(ending.on, FactOf):
            continue
        least = add_period(found.start, ending.after, Rounding.DOWN)
        early = least - datetime.timedelta(days=short)
        case, party = answer.chain[0], dict(answer.chain[1])
        element = {**answer.chain[2], ending.on.fact: early}
        party[f"*{ending.on.entity}"] = (element,)
        again = [one for one in engine().standings(case, party) if one is not None]
        (same,) = [one for one in again if one.status is found.status]
        met += 1
        assert same.ended is None or same.ended[1] != found.ended[1]
    assert met > 5


# --- the order of a file --------------------------------------------------------------------------


def shuffled(instance: Instance, draw: Random) -> Instance:
    """Return the same with its facts, its collections and their elements in another order."""
    facts = list(instance.facts.items())
    groups = [(n, [shuffled(x, draw) for x in group]) for n, group in instance.children.items()]
    for some in (facts, groups, *(group for _, group in groups)):
        draw.shuffle(some)  # type: ignore[arg-type]  # what is not there fails the test
    return replace(instance, facts=dict(facts), children={n: tuple(g) for n, g in groups})


def told(case: CaseFacts) -> object:
    """Return all that is said of each instance, but for reasons: they follow the file."""
    decided = decide(case, small.shipped(), days=small.shipped_days())
    if decided.decision is None:
        return {(d.code, str(d.words)) for d in decided.diagnostics}
    (party,) = decided.decision.respondents
    return (
        {(one.name, one.instance): replace(one, needs=(), reason=UNTOLD) for one in party.statuses},
        {(one.name, one.instance): set(one.needs) for one in party.statuses},
        set(party.unasked),
    )


@pytest.mark.parametrize("known", [1.0, 0.8])
def test_no_order_of_the_facts_gives_two_answers(known: float) -> None:
    drawer, draw = LifeDrawer(small.shipped(), 3, known, bounded=0.1), Random(1)  # noqa: S311 - cases of a test, no secrets
    both = 0
    for _ in range(40):
        case = drawer.case()
        other = replace(case, root=shuffled(case.root, draw))
        one = told(case)
        both += isinstance(one, tuple)
        assert told(other) == one
    assert both > 10


def mixed(tree: Any, draw: Random) -> Any:  # noqa: ANN401 - as YAML gives it
    """Return the tree with the keys of every block in another order."""
    if isinstance(tree, dict):
        pairs = [(key, mixed(value, draw)) for key, value in tree.items()]
        draw.shuffle(pairs)
        return dict(pairs)
    return [mixed(item, draw) for item in tree] if isinstance(tree, list) else tree


def test_no_order_of_the_keys_of_a_case_file_gives_two_answers(checkout: Path) -> None:
    draw, book, days, read = Random(2), small.shipped(), small.shipped_days(), 0  # noqa: S311 - cases of a test, no secrets
    for path in sorted((checkout / "casebook").rglob("*.yaml"))[::4]:
        text = path.read_text(encoding="utf-8")
        again = yaml.dump(mixed(yaml.load(text, yaml.BaseLoader), draw), allow_unicode=True)  # noqa: S506 - the loader that makes texts alone
        found = [read_case(Source(str(path), written), book).case for written in (text, again)]
        if found[0] is None:
            continue
        assert found[1] is not None, again
        one, two = (decide(case.facts, book, days=days) for case in found if case is not None)
        read += 1
        assert one.decision == two.decision
    assert read > 5
