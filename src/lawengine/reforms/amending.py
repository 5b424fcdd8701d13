"""One version of a norm under the changes of a reform."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace
from typing import TypeVar

from lawengine.base.label import Label
from lawengine.model import reforms as f
from lawengine.model.measures import Consequence
from lawengine.model.rulebook import Proposal
from lawengine.model.rules import DatedValue, Rule, Tier, Version
from lawengine.model.statuses import JointMeasure, Status, StatusVersion
from lawengine.reforms.consequences import kinds, merged, replaced, without

Slot = tuple[Hashable, ...]
"""What a change touches inside a version; a shorter slot holds every longer one it begins."""

AnyVersion = TypeVar("AnyVersion", Version, StatusVersion)
Marked = TypeVar("Marked", Version, StatusVersion, DatedValue)


class NothingToStrikeError(Exception):
    """A change strikes out what is not there; `what` is how a message names it."""

    def __init__(self, what: Label) -> None:
        super().__init__(what.en)
        self.what = what


def slots(change: f.Change) -> Iterator[tuple[Slot, object]]:
    """Yield what a change touches, with what it puts there: equal content is no clash."""
    match change:
        case f.NewConsequences(consequences=consequences):
            yield from _of_consequences(consequences, ())
        case f.NewTier(tier=tier):
            yield from _of_tier(tier, ())
        case f.NoConsequence(kind=kind, path=path):
            yield (*_tier_slot(path), "then", kind), None
        case f.NoTier(path=path):
            yield _tier_slot(path), None
        case _:
            yield _whole(change)


def _whole(change: f.Change) -> tuple[Slot, object]:
    """Return the slot of a change that replaces one clause whole."""
    match change:
        case f.NewCondition(condition=condition):
            return ("when",), condition
        case f.NewExclusions(exclusions=exclusions):
            return ("unless",), exclusions
        case f.NewAuthority(authority=authority):
            return ("authority",), authority
        case f.NewReading(reading=reading):
            return ("reading", reading), reading
        case f.NewEndings(endings=endings):
            return ("endings",), endings
        case f.NewJointMeasure(measure=measure):
            return ("measure", measure.name), measure
        case f.NoJointMeasure(name=name):
            return ("measure", name), None
        case _:
            return ("term",), change


def _of_consequences(new: tuple[Consequence, ...], outer: Slot) -> Iterator[tuple[Slot, object]]:
    for kind in dict.fromkeys(kind for one in new for kind in kinds(one)):
        yield (*outer, "then", kind), tuple(one for one in new if kind in kinds(one))


def _tier_slot(path: Slot) -> Slot:
    return tuple(part for condition in path for part in ("if", condition))


def _of_tier(tier: Tier, outer: Slot) -> Iterator[tuple[Slot, object]]:
    path = (*outer, tier.condition)
    yield from _of_consequences(tier.consequences, _tier_slot(path))
    if tier.reading:
        yield (*_tier_slot(path), "reading"), tier.reading
    if tier.instead_of_all:
        yield (*_tier_slot(path), "instead"), True
    for inner in tier.tiers:
        yield from _of_tier(inner, path)


def amended_rule(version: Version, change: f.Change) -> Version:
    """Return the version of a rule with one change made.

    Raises:
        NothingToStrikeError: what it strikes out is not there.
    """
    match change:
        case f.NewConsequences(consequences=consequences):
            return replace(version, consequences=replaced(version.consequences, consequences))
        case f.NewTier(tier=tier):
            return replace(version, tiers=merged(version.tiers, tier))
        case f.NoConsequence(kind=kind, path=()):
            left = without(version.consequences, kind)
            if left == version.consequences:
                raise NothingToStrikeError(kind_label(kind))
            return replace(version, consequences=left)
        case f.NoConsequence(kind=kind, path=path):
            return replace(version, tiers=_struck(version.tiers, path, kind))
        case f.NoTier(path=path):
            return replace(version, tiers=_struck(version.tiers, path, None))
        case f.NewCondition() | f.NewExclusions() | f.NewAuthority() | f.NewReading():
            return _opening(version, change)
    raise NothingToStrikeError(Label("such a clause", "此类条款"))


def amended_status(version: StatusVersion, change: f.Change) -> StatusVersion:
    """Return the version of a list, benefit or duty with one change made.

    Raises:
        NothingToStrikeError: what it strikes out is not there.
    """
    match change:
        case f.NewTerm(term=term, start=start, before=before):
            if start is None and before is None:
                return replace(version, term=term)
            return replace(version, term=term, start=start, before=before)
        case f.NewEndings(endings=endings):
            if not endings and not version.endings:
                raise NothingToStrikeError(Label("a way out", "移出、丧失或者履行完毕的情形"))
            return replace(version, endings=endings)
        case f.NewJointMeasure(measure=measure):
            return replace(version, measures=_with_measure(version, measure))
        case f.NoJointMeasure(name=name):
            left = tuple(one for one in version.measures if one.name != name)
            if left == version.measures:
                raise NothingToStrikeError(Label(f"the measure {name}", f"措施{name}"))
            return replace(version, measures=left)
        case f.NewCondition() | f.NewExclusions() | f.NewAuthority() | f.NewReading():
            return _opening(version, change)
    raise NothingToStrikeError(Label("such a clause", "此类条款"))


def _with_measure(version: StatusVersion, measure: JointMeasure) -> tuple[JointMeasure, ...]:
    if all(one.name != measure.name for one in version.measures):
        return (*version.measures, measure)
    return tuple(measure if one.name == measure.name else one for one in version.measures)


def _opening(
    version: AnyVersion,
    change: f.NewCondition | f.NewExclusions | f.NewAuthority | f.NewReading,
) -> AnyVersion:
    match change:
        case f.NewCondition(condition=condition):
            if condition is None and version.when is None:
                raise NothingToStrikeError(Label("a condition", "适用条件"))
            return replace(version, when=condition)
        case f.NewExclusions(exclusions=exclusions):
            if not exclusions and not version.exclusions:
                raise NothingToStrikeError(Label("an exclusion", "排除条件"))
            return replace(version, exclusions=exclusions)
        case f.NewAuthority(authority=authority):
            return replace(version, authority=authority)
        case f.NewReading(reading=reading):
            return replace(version, readings=(*version.readings, reading))


def _struck(tiers: tuple[Tier, ...], path: Slot, kind: str | None) -> tuple[Tier, ...]:
    """Return the tiers without the one at the end of `path`, or without one kind in it."""
    at = next((i for i, tier in enumerate(tiers) if tier.condition == path[0]), None)
    if at is None:
        raise NothingToStrikeError(Label("a tier under that condition", "该条件下的档次"))
    old = tiers[at]
    if len(path) > 1:
        kept: tuple[Tier, ...] = (replace(old, tiers=_struck(old.tiers, path[1:], kind)),)
    elif kind is None:
        kept = ()
    else:
        left = without(old.consequences, kind)
        if left == old.consequences:
            raise NothingToStrikeError(kind_label(kind))
        kept = (replace(old, consequences=left),)
    return (*tiers[:at], *kept, *tiers[at + 1 :])


def kind_label(kind: str) -> Label:
    """Return the words for a kind of consequence."""
    from lawengine.model.measures import (  # noqa: PLC0415 - for a mistake only
        EFFECT_LABELS,
        MEASURE_LABELS,
    )

    labels = {one.value: label for one, label in (*MEASURE_LABELS.items(), *EFFECT_LABELS.items())}
    return labels.get(kind) or Label("a reference", "转致")


# --- the mark of a proposal ---


def marked(version: Marked, reform: Proposal) -> Marked:
    """Return a version or value that says which reform proposes it.

    INVARIANT: no answer can rest on it without saying so: its doubt is printed with every reason.
    """
    if reform.name in version.proposed_by:
        return version
    names = tuple(sorted((*version.proposed_by, reform.name)))
    return replace(version, proposed_by=names, unverified=doubt(reform, version.unverified))


def doubt(reform: Proposal, before: Label | None = None) -> Label:
    """Return why what a reform proposes is not law, beside a doubt that was there before."""
    name = reform.label or Label(reform.name, reform.alias or reform.name)
    english = f"proposed by the reform “{name.text('en')}”: not law"
    chinese = f"系修正草案“{name.text('zh')}”所提出，尚非法律"
    if before:
        english, chinese = f"{english}; {before.text('en')}", f"{chinese}；{before.text('zh')}"
    return Label(english, chinese)


def marked_rule(rule: Rule, reform: Proposal) -> Rule:
    """Return a rule that a reform adds, each version marked."""
    return replace(rule, versions=tuple(marked(version, reform) for version in rule.versions))


def marked_status(status: Status, reform: Proposal) -> Status:
    """Return a list, benefit or duty that a reform adds, each version marked."""
    return replace(status, versions=tuple(marked(version, reform) for version in status.versions))
