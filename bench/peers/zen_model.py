"""Workload W as a decision graph of the zen engine: two expression nodes in a row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import zen

from bench.norms import (
    BRUSHING,
    BRUSHING_CHANGED,
    BRUSHING_OLD,
    BRUSHING_ORDINARY,
    BRUSHING_SERIOUS,
    NORMS,
    OTHERS,
    PLATFORM,
    Norm,
)
from bench.workload import Answer, Flat

Evaluated = dict[str, Any]


def decision() -> Callable[[Flat, bool], Evaluated]:
    """Return what evaluates a flat case, with a trace or without."""
    made = zen.ZenEngine().create_decision(json.dumps(graph()))

    def evaluate(case: Flat, trace: bool) -> Evaluated:  # noqa: FBT001 - the engine's own switch
        found: Evaluated = made.evaluate(dict(case), {"trace": trace})
        return found

    return evaluate


def answer_of(found: Evaluated) -> Answer:
    """Return the five outputs that a result stands for."""
    result = found["result"]
    return (
        int(result["fine"]),
        int(result["confiscation"]),
        result["suspension"],
        list(result["articles"]),
        result["blacklist"],
    )


def graph() -> dict[str, Any]:
    """Return the graph: what was hit, then what follows."""
    kinds = ("inputNode", "expressionNode", "expressionNode", "outputNode")
    nodes = [
        {"id": f"n{number}", "name": f"n{number}", "type": kind, "position": {"x": 0, "y": 0}}
        for number, kind in enumerate(kinds)
    ]
    nodes[1]["content"] = _expressions(_hit(), passes=True)
    nodes[2]["content"] = _expressions(_outcome(), passes=False)
    edges = [
        {"id": f"e{number}", "type": "edge", "sourceId": f"n{number}", "targetId": f"n{number + 1}"}
        for number in range(len(nodes) - 1)
    ]
    return {"nodes": nodes, "edges": edges}


def _expressions(pairs: Iterator[tuple[str, str]], *, passes: bool) -> dict[str, Any]:
    return {
        "expressions": [
            {"id": key, "key": key, "value": " ".join(value.split())} for key, value in pairs
        ],
        "passThrough": passes,
    }


def _hit() -> Iterator[tuple[str, str]]:
    yield "points", "min([10, 2 * prior_violations + (illegal_gain >= 100000 ? 3 : 0)])"
    yield (
        "barred",
        """(found_date > conduct_date + 20000 and not continuing)
           or (minor and corrected and harm_level == 'none')""",
    )
    old = _band(BRUSHING_OLD)
    new = f"serious ? {_band(BRUSHING_SERIOUS)} : {_band(BRUSHING_ORDINARY)}"
    hit = "fake_reviews or (fake_transactions and fake_count >= 1)"
    sums = f"conduct_date < {BRUSHING_CHANGED} ? {old} : ({new})"
    brushing = f"{{article: '{BRUSHING}', hit: {hit}, fine: {sums}, suspends: false}}"
    listed = ", ".join([*map(_norm, NORMS), brushing])
    yield "hits", f"$.barred ? [] : filter([{listed}], #.hit)"


def _norm(norm: Norm) -> str:
    tests = [f"({' or '.join(norm.conduct)})"]
    if norm.who in (PLATFORM, OTHERS):
        tests.append(f"operator_kind {'==' if norm.who == PLATFORM else '!='} 'platform'")
    if norm.uncorrected:
        tests.append("not corrected")
    sums = f"serious ? {_band(norm.serious)} : {_band(norm.ordinary)}"
    suspends = "serious" if norm.suspends else "false"
    hit = " and ".join(tests)
    return f"{{article: '{norm.article}', hit: {hit}, fine: {sums}, suspends: {suspends}}}"


def _band(band: tuple[int, int]) -> str:
    low, step = band
    return f"({low} + {step} * $.points)"


def _outcome() -> Iterator[tuple[str, str]]:
    yield "articles", "map(hits, #.article)"
    yield (
        "fine",
        "len(hits) == 0 ? 0 : single_act ? max(map(hits, #.fine)) : sum(map(hits, #.fine))",
    )
    yield "confiscation", "some(hits, #.article == '77') ? illegal_gain : 0"
    yield "suspension", "some(hits, #.suspends)"
    yield "blacklist", "$.fine >= 200000 or $.suspension"
