"""Norms that can never be established, and tiers that can never apply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.label import Label
from lawengine.checks.check import Check, Sample
from lawengine.checks.conditions import NEVER, Alternatives, Conditions, both
from lawengine.checks.words import interval_words, named
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Rule, Tier, Version
from lawengine.model.statuses import Status, StatusVersion
from lawengine.statutes import Library


def run(rulebook: Rulebook, library: Library) -> Iterable[Diagnostic]:
    """Yield the versions whose conditions exclude each other, and their dead tiers.

    Edges: a condition that is the bare word "no" stands for one that could not be read, which was
    reported there; of tiers inside each other only the outermost dead one is named.
    """
    del library
    conditions = Conditions(rulebook)
    for rule in rulebook.rules.values():
        for version in rule.versions:
            if not isinstance(version.when, e.Constant):
                yield from _version(rule, version, conditions.during(version.interval))
    for status in rulebook.statuses.values():
        for dated in status.versions:
            if not isinstance(dated.when, e.Constant):
                _, dead = _opened(status, dated, conditions.during(dated.interval))
                yield from dead


def _version(rule: Rule, version: Version, conditions: Conditions) -> Iterator[Diagnostic]:
    reached, dead = _opened(rule, version, conditions)
    yield from dead
    if dead:
        return
    for tier in _dead(version.tiers, reached, conditions):
        yield Diagnostic("LAW315", tier.span, {"name": named(rule)}, Severity.WARNING)


def _opened(
    norm: Rule | Status, version: Version | StatusVersion, conditions: Conditions
) -> tuple[Alternatives, list[Diagnostic]]:
    """Return the alternatives in which a version holds, and a finding where there are none."""
    base = [(version.when, True), *((item, False) for item in version.exclusions)]
    reached = conditions.together(base)
    if reached != NEVER:
        return reached, []
    words = {"name": named(norm), "days": interval_words(version.interval)}
    return reached, [Diagnostic("LAW311", version.span, words, Severity.WARNING)]


def _dead(tiers: Iterable[Tier], reached: Alternatives, conditions: Conditions) -> Iterator[Tier]:
    """Yield the tiers that no case which has `reached` them fulfils."""
    for tier in tiers:
        inside = both(reached, conditions.read(tier.condition))
        if inside == NEVER:
            yield tier
        else:
            yield from _dead(tier.tiers, inside, conditions)


_HEAD = """rule LAN.hawking "Hawking" / "叫卖"

  version from 2016-01-01
    law LAN-2016 art 3
"""
_DEFINED = """parameter limit "Limit" / "限额": money
  is 1_000 yuan from 2016-01-01 law LAN-2016 art 3

define large "large" / "数额较大" as
  if act.serious then act.gain at least limit
  otherwise act.gain at least 5_000 yuan
  law LAN-2016 art 3

"""

CHECK = Check(
    id="dead-conditions",
    codes=("LAW311", "LAW315"),
    label=Label("Rules and tiers that can never apply", "永远不能适用的规则与档次"),
    why=Label(
        "a rule that no case can fulfil is a slip, and hides that the article has no rule",
        "没有案件能够满足的规则属于笔误，并且掩盖了该条文没有规则的事实",
    ),
    run=run,
    samples=(
        Sample(f"""{_HEAD}
    when act.kind is hawking and act.gain more than 10 yuan and act.gain less than 10.02 yuan
    unless act.kind is one of lighting, other
    then warn
    if act.serious
       suspend business
"""),
        Sample(f"""{_DEFINED}{_HEAD}
    when large and act.gain less than 5_000 yuan
    then warn
"""),
        Sample(
            f"""{_HEAD}
    when act.kind is hawking and act.gain more than 10 yuan and act.gain less than 10.01 yuan
    then warn
""",
            "LAW311",
        ),
        Sample(
            f"""{_HEAD}
    when act.kind is one of hawking, lighting and act.serious is yes
    unless not act.serious or act.kind is not other
    then warn
""",
            "LAW311",
        ),
        Sample(
            f"{_DEFINED}{_HEAD}    when large and act.gain less than 999 yuan\n    then warn\n",
            "LAW311",
        ),
        Sample(
            f"""{_HEAD}
    when act.gain more than act.fee and act.fee at least act.gain
    then warn
""",
            "LAW311",
        ),
        Sample(
            """list LAN.hawkers of act "Hawkers" / "叫卖者"
  dated by act.ended_on
  version from 2016-01-01
    law LAN-2016 art 3
    when act.kind is hawking
    unless act.kind is one of hawking, lighting
    lasts 1 year from act.ended_on
""",
            "LAW311",
        ),
        Sample(
            f"""{_HEAD}
    when act.kind is hawking
    then warn
    if act.kind is one of lighting, other
       suspend business
    further if act.serious
       close business
""",
            "LAW315",
        ),
    ),
)
