"""Interviews driven by full case files: `python -m tests.interviewing --cases 100`."""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from lawengine.deciding.decide import decide
from lawengine.deciding.decision import ActDecision
from lawengine.deciding.outcome import outcome_key
from lawengine.evaluation.facts import UNKNOWN, CaseFacts, Entry
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.questions import Ask, plan
from lawengine.questions.interview import record
from tests import small


@dataclass(frozen=True, slots=True)
class Average:
    """What interviews asked and what the full files held, on average; how many ended the same."""

    cases: int
    same: int
    asked: float
    held: float

    def __str__(self) -> str:
        return (
            f"{self.cases} interviews, {self.same} with the decision of the full file: "
            f"{self.asked:.1f} questions asked, {self.held:.1f} facts in the full file"
        )


def average(book: Rulebook, seeds: Iterable[int]) -> Average:
    """Return what interviews ask over cases of the shipped rules, drawn from these seeds."""
    return _sum([_one(seed, book) for seed in seeds])


def _one(seed: int, book: Rulebook | None = None) -> tuple[bool, int, int]:
    book = book or small.shipped()
    full = real_case(book, seed)
    case, asked = interviewed(full, small.case(book, {}), book)
    return same_decision(case, full, book), asked, sum(len(i.facts) for i in full.instances())


def _sum(found: list[tuple[bool, int, int]]) -> Average:
    number = len(found)
    same, asked, held = (sum(part) for part in zip(*found, strict=True))
    return Average(number, same, asked / number, held / number)


def interviewed(full: CaseFacts, empty: CaseFacts, book: Rulebook) -> tuple[CaseFacts, int]:
    """Return the case that an interview makes of full answers, and how much it asked."""
    case, asked = empty, 0
    answers = {i.key(name): entry for i in full.instances() for name, entry in i.facts.items()}
    while isinstance(found := plan(case, book), Ask):
        asked += 1
        assert asked <= len(answers) + 50
        case = record(case, found.key, answers.get(found.key, Entry(UNKNOWN)))
    return case, asked


def same_decision(one: CaseFacts, two: CaseFacts, book: Rulebook) -> bool:
    first, second = (decide(c, book, grounds=False).decision for c in (one, two))
    assert first is not None
    assert second is not None
    (a,), (b,) = first.acts(), second.acts()
    return a.undetermined == b.undetermined and outcomes(a) == outcomes(b)


def outcomes(act: ActDecision) -> set[tuple[object, ...]]:
    """Return the different outcomes of an act; branches may differ in their reasons alone."""
    return {outcome_key(branch) for branch in act.branches}


def real_case(book: Rulebook, seed: int) -> CaseFacts:
    """Return a case of which every fact is known; grounds are rare."""
    chance = random.Random(seed)  # noqa: S311 - a drawn case
    year = chance.choice([2015, 2018, 2020, 2022, 2025])
    month = chance.randint(1, 9)
    act: dict[str, Any] = {
        "began_on": f"{year}-01-01",
        "ended_on": f"{year}-0{month}-11",
        "discovered_on": f"{year}-0{month}-20",
    }
    party: dict[str, Any] = {"nature": chance.choice(["legal_person", "natural_person"])}
    for entity, facts in (("party", party), ("act", act)):
        for fact in book.vocabulary.entities[entity].facts.values():
            if fact.name in facts or fact.format:
                continue
            match fact.type.kind:
                case Kind.YES_NO:
                    facts[fact.name] = chance.random() < (0.1 if fact.presumption else 0.5)
                case Kind.CHOICE:
                    members = book.vocabulary.choices[fact.type.choices].members
                    facts[fact.name] = chance.choice(members).name
                case Kind.MONEY | Kind.COUNT:
                    facts[fact.name] = chance.randint(1, 1_000)
                case Kind.DATE:
                    facts[fact.name] = f"{year}-0{month}-11"
    return small.case(book, act, party=party, decided_on=f"{year + 1}-02-03")


def main() -> None:
    """Print the average over as many cases as were asked for; any other decision is a failure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100)
    options = parser.parse_args()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = _sum(list(pool.map(partial(_one), range(options.cases))))
    print(found)
    raise SystemExit(found.same != found.cases)


if __name__ == "__main__":
    main()
