"""Which discretion standards guide a fine: by authority, region and the day of the decision."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import product

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.truth import Truth
from lawengine.evaluation.evaluate import evaluate
from lawengine.evaluation.facts import UNKNOWN, Among, FactKey, Known
from lawengine.evaluation.intervals import days as days_of
from lawengine.evaluation.states import LawTime, Scene, States
from lawengine.evaluation.trace import Finding, Need, merge_needs
from lawengine.explanation.phrasing import fact_label, fill, phrase
from lawengine.model.rulebook import Rulebook
from lawengine.model.standards import Circumstance, Share, Standard, StandardVersion
from lawengine.model.vocabulary import ACT, PARTY, ROOT, Role

MAX_OPEN = 5
"""More open circumstances than this are not split: the answer says that they are open."""
_DAY = datetime.timedelta(days=1)
_ELSEWHERE = Label("none that has a standard of its own", "无专门裁量基准的地区")


@dataclass(frozen=True, slots=True)
class Guide:
    """The standards that apply together: what each part is taken from, the regional one first.

    Law: a reading. A regional standard speaks first, and on what it does not say the one for all
    regions stands.
    """

    versions: tuple[tuple[Standard, StandardVersion], ...]

    def setting(self, part: str) -> tuple[Standard, StandardVersion] | None:
        """Return the standard that sets `lighter`, `heavier` or `point`, or None."""
        found = (one for one in self.versions if getattr(one[1], part) is not None)
        return next(found, None)

    def share(self, part: str) -> Share | None:
        """Return the share that applies, or None where no standard sets it."""
        found = self.setting(part)
        share: Share | None = getattr(found[1], part) if found is not None else None
        return share

    @property
    def balanced(self) -> bool:
        """Tell whether lighter and heavier circumstances together give the ordinary step."""
        return any(version.balanced for _, version in self.versions)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A circumstance of a standard that the case meets, or that a line of assumptions meets."""

    circumstance: Circumstance
    found: Finding


@dataclass(frozen=True, slots=True)
class World:
    """One answer to what is open of the standard: which one applies, which circumstances it finds.

    `needs` are the facts that would settle it, `open` tells that they were too many to split.
    """

    guide: Guide
    met: tuple[Weighed, ...]
    assumptions: tuple[Label, ...] = ()
    needs: tuple[Need, ...] = ()
    open: bool = False


def worlds(scene: Scene, authority: str) -> Iterator[World]:
    """Yield the standards that may guide the fines of an authority, one for each open answer."""
    lineages = [
        (standard, version)
        for standard in scene.rulebook.standards.values()
        for version in standard.versions
        if version.authority in ("", authority)
    ]
    states = States(scene, LawTime.DECISION)
    for (day, dated), (region, placed) in product(
        _days(scene, lineages), _regions(scene, lineages)
    ):
        chosen = [
            (standard, version)
            for standard, version in lineages
            if version.interval.contains(day) and version.region in ("", region)
        ]
        chosen.sort(key=lambda one: (not one[1].region, not one[1].authority, one[0].name))
        guide = Guide(tuple(chosen))
        needs = merge_needs(dated[1], placed[1])
        yield from _circumstances(states, guide, (*dated[0], *placed[0]), needs)


def standards_apply(rulebook: Rulebook) -> bool:
    """Tell whether there are any standards at all."""
    return bool(rulebook.standards)


_Said = tuple[tuple[Label, ...], tuple[Need, ...]]
_Lineages = Sequence[tuple[Standard, StandardVersion]]


def _days(scene: Scene, lineages: _Lineages) -> list[tuple[datetime.date, _Said]]:
    """Return a day of the decision for each set of standards that may be in force on it."""
    day, key = scene.day(Role.DECISION_DATE)
    first, last = days_of(day)
    starts = {version.interval.start for _, version in lineages}
    ends = {version.interval.end for _, version in lineages} - {None}
    cuts = sorted(
        cut
        for cut in starts | {end + _DAY for end in ends if end is not None}
        if first < cut <= last
    )
    if not cuts:
        return [(first, ((), ()))]
    needs = (Need(key),) if key is not None else ()
    edges = zip([first, *cuts], [None, *cuts], [*cuts, None], strict=True)
    return [(day, ((_between(start, after),), needs)) for day, start, after in edges]


def _between(start: datetime.date | None, after: datetime.date | None) -> Label:
    """Return when the case is decided in words; one of the two days is given."""
    if start is None:
        return Label(f"decided before {after}", f"{after}之前作出决定")
    if after is None:
        return Label(f"decided on or after {start}", f"{start}起作出决定")
    return Label(f"decided from {start}, before {after}", f"{start}起、{after}之前作出决定")


def _regions(scene: Scene, lineages: _Lineages) -> list[tuple[str, _Said]]:
    """Return the regions with a standard of their own that the case may belong to, or ""."""
    own = {version.region for _, version in lineages} - {""}
    fact = scene.rulebook.roles.get(Role.REGION)
    if fact is None or not own:
        return [("", ((), ()))]
    instance = {ROOT: scene.case, PARTY: scene.party, ACT: scene.act}[fact.entity]
    key = instance.key(fact.name)
    entry = scene.entries.get(key, instance.entry(fact.name))
    domain = entry.domain if entry is not None else UNKNOWN
    if isinstance(domain, Known):
        return [(str(domain.value), ((), ()))]
    options = ["", *sorted(own)]
    if isinstance(domain, Among):
        options = [option for option in options if option in domain.options]
        options[:0] = [""] if domain.options - own else []
    return [(option, (_named_region(scene, key, option), (Need(key),))) for option in options]


def _named_region(scene: Scene, key: FactKey, option: str) -> tuple[Label, ...]:
    fact = scene.rulebook.vocabulary.fact(key.entity, key.fact)
    named = _ELSEWHERE
    if option:
        named = scene.rulebook.vocabulary.choice_label(fact.type.choices, option)
    return (fill(Label("{a}: {b}", "{a}：{b}"), a=fact_label(fact), b=named),)


def _circumstances(
    states: States, guide: Guide, assumptions: tuple[Label, ...], needs: tuple[Need, ...]
) -> Iterator[World]:
    """Yield a world for each answer to the circumstances that are open."""
    scene = states.scene
    view = states.view(*scene.day(Role.DECISION_DATE))
    weighed = [
        Weighed(circumstance, evaluate(circumstance.condition, view))
        for _, version in guide.versions
        for circumstance in version.circumstances
    ]
    met = [one for one in weighed if one.found.truth is Truth.TRUE]
    doubtful = [one for one in weighed if one.found.truth is Truth.UNKNOWN]
    needs = merge_needs(needs, *(one.found.needs for one in doubtful))
    if len(doubtful) > MAX_OPEN:
        yield World(guide, tuple(met), assumptions, needs, open=True)
        return
    for answers in product((False, True), repeat=len(doubtful)):
        pairs = list(zip(doubtful, answers, strict=True))
        said = tuple(_answered(one, scene.rulebook, yes=answer) for one, answer in pairs)
        taken = [*met, *(one for one, answer in pairs if answer)]
        yield World(guide, tuple(taken), (*assumptions, *said), needs)


def _answered(one: Weighed, rulebook: Rulebook, *, yes: bool) -> Label:
    answer = Label("yes", "是") if yes else Label("no", "否")
    asked = phrase(one.circumstance.condition, rulebook)
    return fill(Label("{a}: {b}", "{a}：{b}"), a=asked, b=answer)
