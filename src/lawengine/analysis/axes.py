"""The figures that a sweep moves, read from `NAME=from..to:steps`, and the reform of a step."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from lawengine.analysis.refusal import RefusedError
from lawengine.analysis.result import Axis, Number
from lawengine.base.calendar import Period, Unit
from lawengine.base.diagnostic import nearest
from lawengine.base.label import LANGUAGES, Label, Language
from lawengine.base.money import format_yuan, parse_decimal
from lawengine.model import expressions as e
from lawengine.model.measures import Band, Consequence, Measure, MeasureKind
from lawengine.model.reforms import (
    Amendment,
    Change,
    NewConsequences,
    NewFigure,
    NewTier,
    Reach,
    Reform,
)
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Parameter, Rule, Tier, Version
from lawengine.model.types import KIND_LABELS, MONEY, Kind

MOST_STEPS = 200
"""Steps of one figure; more are no picture any more."""

_WRITTEN = re.compile(
    r"(?P<name>.+?)\s*=\s*(?P<low>.+?)\s*\.\.\s*(?P<high>.+?)\s*:\s*(?P<steps>\d+)"
)
_END = re.compile(r"(?P<rule>.+)\.(?:fine|罚款)\.(?P<end>low|high|下限|上限)")
_FEN = {
    "": 100,
    "yuan": 100,
    "元": 100,
    "fen": 1,
    "分": 1,
    "万元": 1_000_000,
    "wan_yuan": 1_000_000,
}
_NUMBER = re.compile(r"(?P<number>[-\d_,.]+)\s*(?P<unit>[^\d\s]*(?:\s[^\d\s]+)?)")
_LOW = {"low": True, "下限": True, "high": False, "上限": False}
_UNITS = {Kind.MONEY: Label("yuan", "元"), Kind.COUNT: Label(), Kind.RATE: Label("%", "%")}


@dataclass(frozen=True, slots=True)
class Bound:
    """An end of a fine: of which version (`on` is a day of it), tier and band."""

    rule: str
    on: datetime.date | None
    path: tuple[e.Expression, ...]
    measure: Measure
    place: int
    is_low: bool
    name: str

    @property
    def key(self) -> tuple[object, ...]:
        """Return what tells this end from any other, however it was written."""
        return self.rule, self.measure, self.place, self.is_low


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that is moved: its axis, the value of each step, and what it is an end of.

    `bound` None is a parameter; no condition of any rule hangs on an end of a fine.
    """

    axis: Axis
    values: tuple[e.Value, ...]
    bound: Bound | None = None


def proposed(steps: Sequence[tuple[Moved, int]], name: str) -> Reform:
    """Return the reform that sets some figures, each to the value of one of its steps.

    Raises:
        RefusedError: a fine would be no range.
    """
    figures = []
    bands: dict[tuple[object, ...], tuple[Bound, Measure]] = {}
    titles = [(one.axis.label, one.axis.texts[at]) for one, at in steps]
    for one, at in steps:
        value, bound = one.values[at], one.bound
        if bound is None:
            figures.append(NewFigure(one.axis.name, Reach(None), value))
            continue
        key = bound.rule, bound.on, bound.path, bound.place
        _, measure = bands.get(key, (bound, bound.measure))
        bands[key] = bound, _with(measure, bound, value)
    amendments = []
    for bound, measure in bands.values():
        _need_range(measure.bands[bound.place][1], bound.name)
        change: Change = NewConsequences((measure,))
        if bound.path:
            change = NewTier(Tier(bound.path[0], (measure,)))
        amendments.append(Amendment(bound.rule, Reach(None, bound.on), (change,)))
    label = Label(
        "; ".join(f"{label.text('en')} = {value.en}" for label, value in titles),
        "；".join(f"{label.text('zh')}＝{value.zh}" for label, value in titles),
    )
    return Reform(name, label=label, amendments=tuple(amendments), figures=tuple(figures))


def read_axis(written: str, rulebook: Rulebook) -> Moved:
    """Return what `limitation_term=1..5:5` or `RULE@2026-01-01/serious.fine.high=...` moves.

    A figure is a parameter, or the lower or upper end of the fine of a version: the last one, or
    that of a day; of the ordinary tier, or of the tier under a condition. Amounts are in yuan.

    Raises:
        RefusedError: there is no such figure, or a step is no value of it.
    """
    match = _WRITTEN.fullmatch(written.strip())
    if match is None:
        raise RefusedError("LAW716", text=written)
    count = int(match["steps"])
    if not 1 < count <= MOST_STEPS:
        raise RefusedError("LAW717", text=written, most=MOST_STEPS)
    name = match["name"]
    by_name = {
        known: one
        for one in rulebook.parameters.values()
        for known in (one.name, one.alias)
        if known
    }
    end = _END.fullmatch(name)
    if name in by_name:
        return _parameter(by_name[name], (match["low"], match["high"]), count)
    if end is None:
        raise RefusedError("LAW718", nearest(name, by_name), name=name)
    return _bound(end, (match["low"], match["high"]), count, rulebook)


# --- values ---


def _values(
    ends: tuple[str, str],
    count: int,
    factor: Callable[[str, str], int | None],
    name: str,
    kind: Kind,
) -> list[Fraction]:
    """Return the values of all steps, in the smallest unit of the figure, evenly spread."""
    found = []
    for text in ends:
        match = _NUMBER.fullmatch(text)
        number = parse_decimal(match["number"].lstrip("-")) if match is not None else None
        scale = factor(match["unit"], text) if match is not None else None
        if match is None or number is None or scale is None:
            raise RefusedError("LAW719", name=name, value=text, kind=KIND_LABELS[kind])
        found.append(number * scale * (-1 if match["number"].startswith("-") else 1))
    low, high = found
    return [low + (high - low) * step / (count - 1) for step in range(count)]


def _whole(values: list[Fraction], name: str, kind: Kind) -> list[int]:
    for value in values:
        if value.denominator != 1 or value < 0:
            shown = f"{float(value / 100 if kind is Kind.MONEY else value):g}"
            raise RefusedError("LAW719", name=name, value=shown, kind=KIND_LABELS[kind])
    return [int(value) for value in values]


def _money(unit: str, _: str) -> int | None:
    return _FEN.get(unit)


# --- parameters ---


def _parameter(parameter: Parameter, ends: tuple[str, str], count: int) -> Moved:
    kind = parameter.type.kind
    law = parameter.values[-1].value
    name = parameter.name
    steps: list[e.Value]
    match kind:
        case Kind.MONEY:
            whole = _whole(_values(ends, count, _money, name, kind), name, kind)
            steps = list(whole)
        case Kind.COUNT:
            steps = list(_whole(_values(ends, count, _bare, name, kind), name, kind))
        case Kind.RATE | Kind.POINTS:
            values = _values(ends, count, _percent, name, kind)
            steps = [value / 100 if kind is Kind.RATE else value for value in values]
        case Kind.PERIOD:
            unit = law.unit if isinstance(law, Period) else Unit.DAY
            whole = _whole(_values(ends, count, _period(unit), name, kind), name, kind)
            steps = [Period(length, unit) for length in whole]
        case _:
            raise RefusedError("LAW719", name=name, value=ends[0], kind=KIND_LABELS[kind])
    axis = Axis(
        name=name,
        label=parameter.label,
        unit=_unit(kind, law),
        law=_shown(law, kind),
        values=tuple(_shown(value, kind) for value in steps),
        numbers=tuple(_number(value, kind) for value in steps),
        texts=tuple(Label(_shown(value, kind), _shown(value, kind, "zh")) for value in steps),
        law_text=Label(_shown(law, kind), _shown(law, kind, "zh")),
    )
    return Moved(axis, tuple(steps))


def _bare(unit: str, _: str) -> int | None:
    return 1 if not unit else None


def _percent(unit: str, _: str) -> int | None:
    return 1 if unit in ("", "%") else None


def _period(unit: Unit) -> Callable[[str, str], int | None]:
    names = {
        "",
        unit.value,
        f"{unit.value}s",
        *Period(1, unit).text("zh").replace("1", "", 1).split(),
    }

    def factor(written: str, _: str) -> int | None:
        return 1 if written.replace(" ", "_") in names or written in names else None

    return factor


def _unit(kind: Kind, law: e.Value) -> Label:
    if isinstance(law, Period):
        name = law.unit.value.replace("_", " ")
        return Label(f"{name}s", Period(1, law.unit).text("zh").replace("1", "", 1))
    return _UNITS.get(kind, Label())


def _shown(value: e.Value, kind: Kind, language: Language = "en") -> str:
    if isinstance(value, Period):
        return value.text(language)
    if kind is Kind.MONEY and isinstance(value, int):
        return format_yuan(value, language)
    if kind is Kind.RATE and isinstance(value, Fraction | int):
        return f"{float(100 * Fraction(value)):g} %"
    return str(value)


def _number(value: e.Value, kind: Kind) -> Number:
    if isinstance(value, Period):
        return value.length
    if kind is Kind.RATE and isinstance(value, Fraction | int):
        return float(100 * Fraction(value))
    if kind is Kind.MONEY and isinstance(value, int):
        return value / 100 if value % 100 else value // 100
    return float(value) if isinstance(value, Fraction) else int(value)  # type: ignore[arg-type]  # a count or points


# --- ends of fines ---


def _bound(match: re.Match[str], ends: tuple[str, str], count: int, rulebook: Rulebook) -> Moved:
    rest, _, tier = match["rule"].partition("/")
    name, _, day = rest.partition("@")
    by_name = {
        known: one for one in rulebook.rules.values() for known in (one.name, one.alias) if known
    }
    if name not in by_name:
        raise RefusedError("LAW715", nearest(name, by_name), name=name)
    rule = by_name[name]
    reach = Reach(None, _day(day, rule))
    version = _version(rule, reach.on)
    path, consequences = _tier(version, tier, rule)
    measure, place = _fine(consequences, rule, match[0])
    is_low = _LOW[match["end"]]
    values = _whole(_values(ends, count, _money, match[0], Kind.MONEY), match[0], Kind.MONEY)
    band = measure.bands[place][1]
    law = band.low if is_low else band.high
    label = Label(
        f"{rule.label.text('en')}, {'least' if is_low else 'greatest'} fine",
        f"{rule.label.text('zh')}，罚款{'下限' if is_low else '上限'}",
    )
    texts = tuple(format_yuan(value, "en") for value in values)
    in_force = _constant(law)
    axis = Axis(
        match[0], label, Label("yuan", "元"),
        "" if in_force is None else format_yuan(in_force, "en"),
        texts, tuple(_number(value, Kind.MONEY) for value in values),
        tuple(Label(format_yuan(value, "en"), format_yuan(value, "zh")) for value in values),
        Label() if in_force is None else Label(*(format_yuan(in_force, x) for x in LANGUAGES)),
    )  # fmt: skip
    bound = Bound(rule.name, reach.on, path, measure, place, is_low, match[0])
    return Moved(axis, tuple(values), bound)


def _day(text: str, rule: Rule) -> datetime.date | None:
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise RefusedError("LAW718", name=f"{rule.name}@{text}") from None


def _version(rule: Rule, on: datetime.date | None) -> Version:
    if on is None:
        return rule.versions[-1]
    found = next((one for one in rule.versions if one.interval.contains(on)), None)
    if found is None:
        raise RefusedError("LAW718", name=f"{rule.name}@{on.isoformat()}")
    return found


def _tier(
    version: Version, name: str, rule: Rule
) -> tuple[tuple[e.Expression, ...], tuple[Consequence, ...]]:
    """Return the path and the consequences of a tier: by its number, or the fact that it asks."""
    if not name:
        return (), version.consequences
    names = {}
    for number, tier in enumerate(version.tiers, 1):
        names[str(number)] = tier
        if isinstance(tier.condition, e.FactOf):
            names[tier.condition.fact] = names[f"{tier.condition.entity}.{tier.condition.fact}"] = (
                tier
            )
    if name not in names:
        raise RefusedError("LAW718", nearest(name, names), name=f"{rule.name}/{name}")
    return (names[name].condition,), names[name].consequences


def _fine(consequences: tuple[Consequence, ...], rule: Rule, name: str) -> tuple[Measure, int]:
    """Return the one fine of a tier whose ends are figures, and which of its bands they are of."""
    found = [
        (one, place)
        for one in consequences
        if isinstance(one, Measure) and one.kind is MeasureKind.FINE
        for place, (_, band) in enumerate(one.bands)
        if _constant(band.high) is not None
        and (band.low is None or _constant(band.low) is not None)
    ]
    if len(found) != 1:
        raise RefusedError("LAW726", name=name, rule=rule.name, number=len(found))
    return found[0]


def _constant(end: e.Expression | None) -> int | None:
    value = end.value if isinstance(end, e.Constant) else None
    return value if isinstance(value, int) else None


def _with(measure: Measure, bound: Bound, value: e.Value) -> Measure:
    """Return the measure with another end. Edges: a floor of 0 is none."""
    condition, band = measure.bands[bound.place]
    end = e.Constant(value, MONEY)
    low = end if value else None
    band = replace(band, low=low) if bound.is_low else replace(band, high=end)
    bands = list(measure.bands)
    bands[bound.place] = condition, band
    return replace(measure, bands=tuple(bands))


def _need_range(band: Band, name: str) -> None:
    low, high = _constant(band.low) or 0, _constant(band.high) or 0
    if low > high or not high:
        words = {"low": format_yuan(low, "en"), "high": format_yuan(high, "en")}
        raise RefusedError("LAW727", name=name, **words)
