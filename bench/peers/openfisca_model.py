"""Workload W as a system of OpenFisca variables over one entity."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.kernel import Columns
from bench.norms import (
    ARTICLES,
    BRUSHING,
    BRUSHING_CHANGED,
    BRUSHING_OLD,
    BRUSHING_ORDINARY,
    BRUSHING_SERIOUS,
    NORMS,
    OTHERS,
    PLATFORM,
    RESULTS,
    Norm,
)
from bench.workload import Answer, Flat

PERIOD = "2026"
"""Any year: W has no period, the day of the act is a fact of each case."""
Formula = Callable[[Any, Any], Any]
System = Any
Simulation = Any

_KIND = Enum("OperatorKind", {n: n for n in ("platform", "in_platform", "own_site", "other")})
_HARM = Enum("HarmLevel", {n: n for n in ("none", "minor", "major")})
_CHOICES = {"operator_kind": _KIND, "harm_level": _HARM}
_DIGITS = np.array(
    [int(str(day).replace("-", "")) for day in np.arange("1970-01-01", "2070-01-01", dtype="M8[D]")]
)
"""The days since 1970-01-01 as YYYYMMDD."""
_PARTY = build_entity(key="party", plural="parties", label="Party", is_person=True)


def system(case: Flat) -> System:
    """Return the system; a case tells the names and types of the inputs."""
    made = TaxBenefitSystem([_PARTY])
    for name, value in case.items():
        made.add_variable(_variable(name, type(value), None))
    for name, type_, formula in _formulas():
        made.add_variable(_variable(name, type_, formula))
    return made


def one(system_: System, case: Flat) -> Simulation:
    """Return the simulation of one case, from its dict by the documented way."""
    facts = {name: {PERIOD: value} for name, value in case.items()}
    return SimulationBuilder().build_from_entities(system_, {"parties": {"p": facts}})


def many(system_: System, cases: Sequence[Flat]) -> Simulation:
    """Return the simulation of many cases at once, its home ground: one array a fact."""
    made = SimulationBuilder().build_default_simulation(system_, count=len(cases))
    for name in cases[0]:
        values = np.array([case[name] for case in cases])
        choices = _CHOICES.get(name)
        made.set_input(name, PERIOD, values if choices is None else choices.encode(values))
    return made


def of_columns(system_: System, columns: Columns) -> Simulation:
    """Return the simulation of columns: days since 1970-01-01, choices by their number, fen."""
    (rows,) = {len(values) for values in columns.values()}
    made = SimulationBuilder().build_default_simulation(system_, count=rows)
    for name in system_.variables.keys() & columns.keys():
        values, choices = columns[name], _CHOICES.get(name)
        if choices is not None:
            values = EnumArray(values.astype(np.uint8), choices)
        elif name.endswith("_date"):
            values = _DIGITS.take(values)
        elif name == "illegal_gain":
            values = values // 100
        made.set_input(name, PERIOD, values)
    return made


def calculated(simulation: Simulation) -> dict[str, Any]:
    """Return every output as an array."""
    names = [*RESULTS, *(f"hits_{article}" for article in ARTICLES)]
    return {name: simulation.calculate(name, PERIOD) for name in names}


def outputs(found: dict[str, Any]) -> tuple[Any, ...]:
    """Return fine and confiscation in fen, suspension, norms by bits and blacklist."""
    norms = sum(found[f"hits_{article}"] * (1 << n) for n, article in enumerate(ARTICLES))
    fine, taken, suspended, black = (found[name] for name in RESULTS)
    return fine.astype(np.int64) * 100, taken.astype(np.int64) * 100, suspended, norms, black


def answers_of(found: dict[str, Any]) -> Iterator[Answer]:
    """Yield the five outputs of W for each case."""
    listed = {name: values.tolist() for name, values in found.items()}
    for number in range(len(listed["fine"])):
        fine, confiscation, suspension, blacklist = (listed[name][number] for name in RESULTS)
        articles = [a for a in ARTICLES if listed[f"hits_{a}"][number]]
        yield fine, confiscation, suspension, articles, blacklist


def _variable(name: str, type_: type, formula: Formula | None) -> type:
    body: dict[str, Any] = {
        "value_type": type_,
        "entity": _PARTY,
        "definition_period": DateUnit.YEAR,
        "label": name,
    }
    if name in _CHOICES:
        choices = _CHOICES[name]
        first = next(iter(choices))
        body |= {"value_type": Enum, "possible_values": choices, "default_value": first}
    if formula is not None:
        body["formula"] = formula
    return type(name, (Variable,), body)


def _formulas() -> Iterator[tuple[str, type, Formula]]:
    yield "points", int, _points
    yield "barred", bool, _barred
    for norm in NORMS:
        yield f"hits_{norm.article}", bool, _hits(norm)
        yield f"fine_{norm.article}", int, _fine(norm)
    yield f"hits_{BRUSHING}", bool, _brushed
    yield f"fine_{BRUSHING}", int, _brushing
    yield "fine", int, _together
    yield "confiscation", int, lambda p, t: p("hits_77", t) * p("illegal_gain", t)
    yield "suspension", bool, _suspension
    yield "blacklist", bool, lambda p, t: (p("fine", t) >= 200_000) + p("suspension", t)


def _points(party: Any, period: Any) -> Any:  # noqa: ANN401 - arrays of the engine
    gain = np.where(party("illegal_gain", period) >= 100_000, 3, 0)
    return np.minimum(10, 2 * party("prior_violations", period) + gain)


def _barred(party: Any, period: Any) -> Any:  # noqa: ANN401 - OpenFisca has no types
    late = party("found_date", period) > party("conduct_date", period) + 20_000
    harmless = party("harm_level", period) == _HARM["none"]
    minor = party("minor", period) * party("corrected", period) * harmless
    return late * ~party("continuing", period) + minor


def _hits(norm: Norm) -> Formula:
    def formula(party: Any, period: Any) -> Any:  # noqa: ANN401 - OpenFisca has no types
        first, *others = norm.conduct
        found = party(first, period)
        for name in others:
            found = found + party(name, period)
        if norm.who in (PLATFORM, OTHERS):
            platform = party("operator_kind", period) == _KIND["platform"]
            found = found * (platform if norm.who == PLATFORM else ~platform)
        if norm.uncorrected:
            found = found * ~party("corrected", period)
        return found * ~party("barred", period)

    return formula


def _fine(norm: Norm) -> Formula:
    def formula(party: Any, period: Any) -> Any:  # noqa: ANN401 - OpenFisca has no types
        points = party("points", period)
        (low, step), (high, steep) = norm.ordinary, norm.serious
        fine = np.where(party("serious", period), high + steep * points, low + step * points)
        return fine * party(f"hits_{norm.article}", period)

    return formula


def _brushed(party: Any, period: Any) -> Any:  # noqa: ANN401 - OpenFisca has no types
    counted = party("fake_transactions", period) * (party("fake_count", period) >= 1)
    return (party("fake_reviews", period) + counted) * ~party("barred", period)


def _brushing(party: Any, period: Any) -> Any:  # noqa: ANN401 - OpenFisca has no types
    points = party("points", period)
    (old, add), (low, step), (high, steep) = BRUSHING_OLD, BRUSHING_ORDINARY, BRUSHING_SERIOUS
    new = np.where(party("serious", period), high + steep * points, low + step * points)
    early = party("conduct_date", period) < BRUSHING_CHANGED
    return np.where(early, old + add * points, new) * party(f"hits_{BRUSHING}", period)


def _together(party: Any, period: Any) -> Any:  # noqa: ANN401 - OpenFisca has no types
    fines = np.array([party(f"fine_{article}", period) for article in ARTICLES])
    return np.where(party("single_act", period), fines.max(axis=0), fines.sum(axis=0))


def _suspension(party: Any, period: Any) -> Any:  # noqa: ANN401 - OpenFisca has no types
    hit = sum(party(f"hits_{norm.article}", period) for norm in NORMS if norm.suspends)
    return hit * party("serious", period)
