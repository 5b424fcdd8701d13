"""Tiers of one level that can both hold and differ, and fines that are set twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from lawengine.base.diagnostic import Diagnostic, Note, Severity
from lawengine.base.label import Label
from lawengine.checks.check import Check, Sample
from lawengine.checks.conditions import Conditions
from lawengine.checks.walking import tiers_of
from lawengine.checks.witness import complete, witness
from lawengine.checks.words import COMMA, joined, named
from lawengine.model import expressions as e
from lawengine.model.measures import (
    MEASURE_LABELS,
    Consequence,
    Measure,
    MeasureChoice,
    MeasureKind,
)
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Rule, Tier, Version
from lawengine.statutes import Library

_OTHER = Label("the other tier", "另一档次")
_FIRST = Label("the first fine", "前一项罚款")


def run(rulebook: Rulebook, library: Library) -> Iterable[Diagnostic]:
    """Yield the pairs of tiers that clash, with a case that shows it, and double fines.

    A pair is an error when the case can be written down from facts alone; a warning when it also
    hangs on what the reasoning does not look into.
    """
    del library
    conditions = Conditions(rulebook)
    for rule in rulebook.rules.values():
        for version in rule.versions:
            yield from _double_fines(rule, version)
            reader = conditions.during(version.interval)
            base = [(version.when, True), *((item, False) for item in version.exclusions)]
            yield from _level(rule, version.tiers, base, reader)
            for outer, tier in tiers_of(version):
                inside = [*base, *((found.condition, True) for found in (*outer, tier))]
                yield from _level(rule, tier.tiers, inside, reader)


def _level(
    rule: Rule,
    tiers: Sequence[Tier],
    base: Sequence[tuple[e.Expression | None, bool]],
    conditions: Conditions,
) -> Iterator[Diagnostic]:
    for one, two in combinations(tiers, 2):
        kinds = _differing(one, two)
        if not kinds:
            continue
        boxes = conditions.together([*base, (one.condition, True), (two.condition, True)])
        if not boxes:
            continue
        box = next((found for found in boxes if complete(found)), boxes[0])
        words = {
            "name": named(rule),
            "kinds": joined((MEASURE_LABELS[kind] for kind in kinds), COMMA),
            "witness": witness(box, conditions.rulebook),
        }
        severity = Severity.ERROR if complete(box) else Severity.WARNING
        yield Diagnostic("LAW309", two.span, words, severity, (Note(one.span, _OTHER),))


def _differing(one: Tier, two: Tier) -> list[MeasureKind]:
    first, second = _measures(one.consequences), _measures(two.consequences)
    return sorted(
        {a.kind for a in first for b in second if a.kind is b.kind and a != b},
        key=lambda kind: kind.value,
    )


def _measures(consequences: Iterable[Consequence]) -> list[Measure]:
    found: list[Measure] = []
    for consequence in consequences:
        if isinstance(consequence, Measure):
            found.append(consequence)
        elif isinstance(consequence, MeasureChoice):
            found.extend(consequence.measures)
    return found


def _double_fines(rule: Rule, version: Version) -> Iterator[Diagnostic]:
    for consequences in (version.consequences, *(t.consequences for _, t in tiers_of(version))):
        fines = [found for found in _measures(consequences) if found.kind is MeasureKind.FINE]
        for extra in fines[1:]:
            notes = (Note(fines[0].span, _FIRST),)
            yield Diagnostic("LAW316", extra.span, {"name": named(rule)}, notes=notes)


_HEAD = """rule LAN.hawking "Hawking" / "叫卖"

  version from 2016-01-01
    law LAN-2016 art 3
    when act.kind is hawking
    then fine 100 to 200 yuan
"""

CHECK = Check(
    id="tier-conflicts",
    codes=("LAW309", "LAW316"),
    label=Label("Tiers that contradict each other", "相互矛盾的档次"),
    why=Label(
        "two different measures of one kind for one case, without a priority, decide nothing",
        "同一情形有两个不同的同类措施而无先后，就无法作出判断",
    ),
    run=run,
    samples=(
        Sample(f"""{_HEAD}
    if act.serious
       fine 300 to 400 yuan
    if act.gain at least 1_000 yuan and not act.serious
       fine 250 to 300 yuan
"""),
        Sample(f"""{_HEAD}
    if act.gain at least 1_000 yuan
       fine 300 to 400 yuan
    if act.gain less than 1_000 yuan and act.serious
       fine 250 to 300 yuan
"""),
        Sample(f"""{_HEAD}
    if act.serious
       fine 300 to 400 yuan
    if act.kind is lighting
       fine 250 to 300 yuan
"""),
        Sample(f"""{_HEAD}
    if act.serious
       fine 300 to 400 yuan
    if act.minor
       fine 300 to 400 yuan
       warn
"""),
        Sample(
            f"""{_HEAD}
    if act.serious
       fine 300 to 400 yuan
    if act.gain at least 1_000 yuan
       fine 250 to 300 yuan
""",
            "LAW309",
        ),
        Sample(
            f"""{_HEAD}
    if act.serious
       fine 300 to 400 yuan
    further if act.gain at least 1_000 yuan
       either of confiscate act.gain, fine 500 yuan
    further if act.gain at most 1_000 yuan
       fine 600 yuan
""",
            "LAW309",
        ),
        Sample(
            f"""define sales "Number of orders" / "订单数" as
  count of order

{_HEAD}
    if sales at least 3
       fine 300 to 400 yuan
    if act.fee more than act.gain
       fine 250 to 300 yuan
""",
            "LAW309",
        ),
        Sample(f"{_HEAD}         may fine 300 to 400 yuan\n", "LAW316"),
    ),
)
