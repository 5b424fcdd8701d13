"""Scores whose weights are no shares of one whole, on any day on which they count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.base.points import points_text
from lawengine.checks.check import Check, Sample
from lawengine.checks.figures import number_on, turning_days
from lawengine.checks.words import named
from lawengine.model.ratings import Score, ScoreVersion
from lawengine.model.rulebook import Rulebook
from lawengine.statutes import Library

_WHOLE = 1
_PERCENT = 100


def run(rulebook: Rulebook, library: Library) -> Iterable[Diagnostic]:
    """Yield the first day of each version on which its weights do not add up to 100 %.

    Edges: no weight is below nothing, for a rule has no way to write one; so none is above all
    where they add up. Written weights are the same on all days; a dated figure is read on each
    day on which it changes.
    A figure without a value on such a day has no sum.
    """
    del library
    for score in rulebook.scores.values():
        for version in score.versions:
            if version.indicators:
                yield from _version(score, version, rulebook)


def _version(score: Score, version: ScoreVersion, rulebook: Rulebook) -> Iterator[Diagnostic]:
    weights = [item.weight for item in version.indicators]
    for day in turning_days(weights, version.interval, rulebook):
        found = [number_on(weight, day, rulebook) for weight in weights]
        known = [weight for weight in found if weight is not None]
        if len(known) < len(found) or sum(known) != _WHOLE:
            total = _share(sum(known, Fraction(0))) if len(known) == len(found) else _UNKNOWN
            words = {"name": named(score), "sum": total, "day": day.isoformat()}
            yield Diagnostic("LAW260", version.span, words)
            return


def _share(weight: Fraction) -> Label:
    percent = points_text(weight * _PERCENT)
    return Label(f"{percent} %", f"{percent}%")


_UNKNOWN = Label("no known sum (a figure has no value)", "未知数（有参数没有数值）")
_PARAMETERS = """parameter first "First" / "甲": rate
  is 60 % from 2016-01-01 to 2017-12-31
  is 70 % from 2018-01-01
parameter second "Second" / "乙": rate
  is 40 % from 2016-01-01 to 2017-12-31
  is SECOND from 2018-01-01
"""
_SCORE = """score LAN.light of act "Light" / "灯光"
  scale from 0 to 100
  dated by act.ended_on
  version from 2016-01-01
    law LAN-2016 art 3
    indicator one "One" / "一" weighing first is 50
    indicator two "Two" / "二" weighing second is 50
"""
_WRITTEN = _SCORE.replace("weighing first", "weighing 60 %")

CHECK = Check(
    id="score-weights",
    codes=("LAW260",),
    label=Label("Weights that do not add up", "权重合计不为100%"),
    why=Label(
        "shares of more or less than one whole make a score that its scale does not hold",
        "份额合计多于或少于整体的，得分会越出量程",
    ),
    run=run,
    samples=(
        Sample(_PARAMETERS.replace("SECOND", "30 %") + _SCORE),
        Sample(_WRITTEN.replace("weighing second", "weighing 40 %")),
        Sample(_PARAMETERS.replace("SECOND", "31 %") + _SCORE, "LAW260"),
        Sample(_PARAMETERS.replace("  is SECOND from 2018-01-01\n", "") + _SCORE, "LAW260"),
        Sample(_WRITTEN.replace("weighing second", "weighing 39.9 %"), "LAW260"),
        Sample(
            _WRITTEN.replace("60 %", "140 %").replace("weighing second", "weighing 0 %"), "LAW260"
        ),
    ),
)
