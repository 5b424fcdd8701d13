"""Reforms that cannot stand together: two that touch the same thing from the same day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import field

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic, Note
from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.model import reforms as f
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import DatedValue, Definition, Parameter, Rule, Table, Version
from lawengine.model.statuses import Status, StatusVersion
from lawengine.reforms.amending import Slot, slots

_OTHER = Label("the other change", "另一处修改")
_ALSO = Label("the reform of the same name", "同名的修正草案")


@dataclass(frozen=True, slots=True)
class _Touch:
    """What one change touches: from which day or in which version, in which place, with what."""

    name: str
    since: datetime.date | None
    version: datetime.date | None
    slot: Slot
    content: object
    span: Span


@dataclass(slots=True)
class _Seen:
    """What was touched so far of one norm from one day."""

    whole: dict[Slot, _Touch] = field(default_factory=dict)
    inside: dict[Slot, _Touch] = field(default_factory=dict)

    def clash(self, touch: _Touch) -> _Touch | None:
        """Return a change that is about the same thing and says something else of it, or None."""
        same = self.whole.get(touch.slot)
        if same is not None and same.content != touch.content:
            return same
        outer = (self.whole.get(touch.slot[:end]) for end in range(len(touch.slot)))
        return next((one for one in outer if one is not None), self.inside.get(touch.slot))

    def add(self, touch: _Touch) -> None:
        """Remember a change."""
        self.whole.setdefault(touch.slot, touch)
        for end in range(len(touch.slot)):
            self.inside.setdefault(touch.slot[:end], touch)


def clashes(rulebook: Rulebook, reforms: Sequence[f.Reform]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each pair of changes that exclude each other, and for equal names."""
    names: dict[str, f.Reform] = {}
    for reform in reforms:
        if reform.name in names:
            note = Note(names[reform.name].span, _ALSO)
            words = {"name": reform.name, "kind": Label("reform", "修正草案")}
            yield Diagnostic("LAW203", reform.span, words, notes=(note,))
        names.setdefault(reform.name, reform)
    seen: dict[tuple[object, ...], _Seen] = {}
    for reform in reforms:
        for touch in _touches(rulebook, reform):
            before = seen.setdefault((touch.name, touch.since, touch.version), _Seen())
            other = before.clash(touch)
            if other is not None:
                yield _clash(touch, other)
            before.add(touch)


def _clash(touch: _Touch, other: _Touch) -> Diagnostic:
    day = touch.since.isoformat() if touch.since else ""
    since = Label(f"from {day}", f"自{day}起") if day else Label("as if always", "视同自始")
    words = {"name": touch.name, "since": since}
    return Diagnostic("LAW334", touch.span, words, notes=(Note(other.span, _OTHER),))


def _touches(rulebook: Rulebook, reform: f.Reform) -> Iterator[_Touch]:
    for amendment in reform.amendments:
        norm = rulebook.rules.get(amendment.name) or rulebook.statuses.get(amendment.name)
        version = _version(norm.versions if norm else (), amendment.reach)
        for change in amendment.changes:
            for slot, content in slots(change):
                place = (amendment.name, amendment.reach.since, version)
                yield _Touch(*place, slot, content, change.span)
    for figure in reform.figures:
        parameter = rulebook.parameters.get(figure.name)
        version = _version(parameter.values if parameter else (), figure.reach)
        place = (figure.name, figure.reach.since, version)
        yield _Touch(*place, (), (figure.value, figure.law), figure.span)
    for repeal in reform.repeals:
        yield _Touch(repeal.name, repeal.since, None, (), "repeal", repeal.span)
    added: tuple[Rule | Status | Definition | Table | Parameter, ...] = (
        *reform.rules, *reform.statuses, *reform.definitions, *reform.tables, *reform.parameters
    )  # fmt: skip
    for one in added:
        yield _Touch(one.name, None, None, (), one, one.span)


def _version(
    versions: Sequence[Version] | Sequence[StatusVersion] | Sequence[DatedValue], reach: f.Reach
) -> datetime.date | None:
    """Return the first day of the version that "as if always" replaces; None for a dated change."""
    if reach.since is not None or not versions:
        return None
    day = reach.on
    meant = (
        versions[-1]
        if day is None
        else next((one for one in versions if one.interval.contains(day)), None)
    )
    return None if meant is None else meant.interval.start
