"""Workload W: its rules in our language, the same by hand, and cases drawn for both."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lawengine.base.source import Source
from lawengine.compiled.outcome import Outcome
from lawengine.language.lower import lower
from lawengine.language.parse import parse
from lawengine.model.measures import MeasureKind
from lawengine.model.rulebook import Rulebook

FOLDER = Path(__file__).parent / "w"
SEED = 20260101
Flat = Mapping[str, Any]
Three = tuple[dict[str, Any], dict[str, Any], dict[str, Any]]
"""The facts of case, party and act."""
Answer = tuple[int, int, bool, list[str], bool]
"""Fine and confiscation in yuan, suspension, articles, blacklist."""

LIKELY = {
    "no_licence_shown": 0.058, "no_closure_notice": 0.043, "obstructs_user_info": 0.043,
    "profiling_no_opt_out": 0.072, "default_tie_in": 0.072, "deposit_refund_blocked": 0.072,
    "no_operator_verification": 0.072, "no_reporting_to_authority": 0.072,
    "no_handling_of_violations": 0.072, "no_transaction_records": 0.072,
    "rules_not_public": 0.072, "rules_changed_no_consult": 0.072, "self_operated_unmarked": 0.072,
    "reviews_deleted": 0.072, "unreasonable_restrictions": 0.087, "known_harm_no_action": 0.072,
    "no_qualification_check": 0.072, "ip_notice_ignored": 0.072, "ip_known_no_action": 0.072,
    "fake_transactions": 0.145, "fake_reviews": 0.116, "minor": 0.3, "single_act": 0.5,
    "continuing": 0.28, "corrected": 0.4, "serious": 0.15,
}  # fmt: skip
"""How often each yes/no is yes: 62 % of the cases hit nothing, 26 % one norm, 12 % several."""


def rulebook(folder: Path = FOLDER) -> Rulebook:
    """Return the rulebook of W.

    Raises:
        ValueError: its text has a mistake.
    """
    paths = sorted(folder.glob("*.law"), reverse=True)
    parsed = [parse(Source(path.name, path.read_text(encoding="utf-8"))) for path in paths]
    lowered = lower([item.tree for item in parsed], {})
    problems = [d for item in parsed for d in item.diagnostics] + list(lowered.diagnostics)
    if problems:
        raise ValueError([f"{d.span} {d.message('en')}" for d in problems])
    return lowered.rulebook


def cases(number: int, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """Yield flat cases: dates as YYYYMMDD, the gain in yuan."""
    draw = random.Random(seed)  # noqa: S311 - cases of a measurement, no secrets
    first = datetime.date(2015, 1, 1).toordinal()
    for _ in range(number):
        conduct = datetime.date.fromordinal(first + draw.randrange(3650))
        found = conduct + datetime.timedelta(days=draw.randrange(1100))
        case: dict[str, Any] = {name: draw.random() < odds for name, odds in LIKELY.items()}
        case["operator_kind"] = draw.choice(["platform", "in_platform", "own_site", "other"])
        case["harm_level"] = draw.choice(["none", "minor", "major"])
        case["fake_count"] = draw.choice([0, 1, 5, 200, 5000])
        case["prior_violations"] = draw.choice([0, 0, 0, 1, 2, 6])
        case["illegal_gain"] = draw.choice([0, 5_000, 99_999, 100_000, 3_000_000])
        case["conduct_date"] = int(conduct.strftime("%Y%m%d"))
        case["found_date"] = int(found.strftime("%Y%m%d"))
        yield case


def day(number: int) -> datetime.date:
    """Return the day that YYYYMMDD names."""
    return datetime.date(number // 10_000, number // 100 % 100, number % 100)


def act_of(case: Flat) -> Three:
    """Return case, party and act as the engine takes them: dates, and money in fen."""
    act = dict(case)
    act["conduct_date"] = day(case["conduct_date"])
    act["found_date"] = day(case["found_date"])
    act["illegal_gain"] = case["illegal_gain"] * 100
    return {"decided_on": act["conduct_date"]}, {}, act


def by_hand(c: Flat) -> Answer:  # noqa: C901, PLR0912 - as one would write it for speed
    """Return the answer of W for a flat case, as a Python programmer would write it down."""
    if c["found_date"] > c["conduct_date"] + 20_000 and not c["continuing"]:
        return 0, 0, False, [], False
    if c["minor"] and c["corrected"] and c["harm_level"] == "none":
        return 0, 0, False, [], False
    points = 2 * c["prior_violations"] + (3 if c["illegal_gain"] >= 100_000 else 0)
    points = min(points, 10)
    serious = c["serious"]
    fines = []
    articles = []
    confiscation = 0
    suspension = False
    shown = c["no_licence_shown"] or c["no_closure_notice"] or c["obstructs_user_info"]
    platform = c["operator_kind"] == "platform"
    if shown and not platform:
        articles.append("76")
        fines.append(1_000 * points)
    if c["profiling_no_opt_out"] or c["default_tie_in"]:
        articles.append("77")
        fines.append(200_000 + 30_000 * points if serious else 50_000 + 15_000 * points)
        confiscation = c["illegal_gain"]
    if c["deposit_refund_blocked"]:
        articles.append("78")
        fines.append(200_000 + 30_000 * points if serious else 50_000 + 15_000 * points)
    if platform:
        corrected = c["corrected"]
        if not corrected and (
            c["no_operator_verification"]
            or c["no_reporting_to_authority"]
            or c["no_handling_of_violations"]
            or c["no_transaction_records"]
        ):
            articles.append("80")
            fines.append(100_000 + 40_000 * points if serious else 20_000 + 8_000 * points)
            suspension = serious
        if (
            c["rules_not_public"]
            or c["rules_changed_no_consult"]
            or c["self_operated_unmarked"]
            or c["reviews_deleted"]
            or shown
        ):
            articles.append("81")
            fines.append(100_000 + 40_000 * points if serious else 20_000 + 8_000 * points)
        if c["unreasonable_restrictions"]:
            articles.append("82")
            fines.append(500_000 + 150_000 * points if serious else 50_000 + 45_000 * points)
        if c["known_harm_no_action"] or c["no_qualification_check"]:
            articles.append("83")
            fines.append(500_000 + 150_000 * points if serious else 50_000 + 45_000 * points)
            suspension = suspension or serious
        if not corrected and (c["ip_notice_ignored"] or c["ip_known_no_action"]):
            articles.append("84")
            fines.append(500_000 + 150_000 * points if serious else 50_000 + 45_000 * points)
    if c["fake_reviews"] or (c["fake_transactions"] and c["fake_count"] >= 1):
        articles.append("BR")
        if c["conduct_date"] < 20_180_101:
            fines.append(10_000 + 19_000 * points)
        else:
            fines.append(1_000_000 + 100_000 * points if serious else 200_000 + 80_000 * points)
    if not fines:
        return 0, 0, False, [], False
    fine = max(fines) if c["single_act"] else sum(fines)
    return fine, confiscation, suspension, articles, fine >= 200_000 or suspension


def with_holes(facts: Three, draw: random.Random, share: float = 0.05) -> Three:
    """Return the facts with that share of them left out; the days stay."""
    case, party, act = facts
    return (
        case,
        party,
        {
            name: value
            for name, value in act.items()
            if name == "conduct_date" or draw.random() >= share
        },
    )


ARTICLES = {f"W.A{number}": str(number) for number in (76, 77, 78, 80, 81, 82, 83, 84)}
ARTICLES["W.BR"] = "BR"
_CONFISCATE, _SUSPEND = MeasureKind.CONFISCATE, MeasureKind.SUSPEND


def answer_of(outcome: Outcome) -> Answer:
    """Return the answer of W that an outcome stands for.

    The language has no consequence of a consequence yet: the blacklist is read off here.
    """
    if not outcome.hits:
        return 0, 0, False, [], False
    fine = (outcome.fine[1] or 0) // 100
    taken = 0
    suspended = False
    for slot, ends in outcome.standing():
        if slot.kind is _CONFISCATE and ends is not None:
            taken = ends[1] or 0
        elif slot.kind is _SUSPEND:
            suspended = True
    articles = [ARTICLES[shape.rule.name] for shape, _ in outcome.hits]
    return fine, taken // 100, suspended, articles, fine >= 200_000 or suspended
