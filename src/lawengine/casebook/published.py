"""What was published on statuses: lists, joint measures, benefits, repairs of one respondent."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from lawengine.base.calendar import Period
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.source import NOWHERE, Span
from lawengine.evaluation.facts import UNKNOWN, Known, Unknown, Within
from lawengine.model.rulebook import Rulebook
from lawengine.model.statuses import JointMeasure, StatusKind
from lawengine.registers.catalogue import departments


class PublishedKind(StrEnum):
    """A list 名单, a joint measure 联合惩戒措施, a benefit 守信激励, a credit repair 修复."""

    LIST = "list"
    MEASURE = "measure"
    BENEFIT = "benefit"
    REPAIR = "repair"


@dataclass(frozen=True, slots=True)
class PublishedStatus:
    """One thing that was published on a status of one respondent; nothing in it is the engine's.

    `name` is a list or benefit of the rulebook, or a joint measure that some version brings; it is
    "" for what the rules do not hold, which `other` says in words. `held` tells whether the
    respondent was put on the list, was granted the benefit or the repair; None where only the
    shortest time before a repair was published. `day` is the day of the entry, the announcement,
    the grant; `until` the last day, `term` how long, `minimum` how long before a repair.
    `department` announced a measure, `of` is the list or benefit that it goes with, "" where the
    publication does not say.
    """

    kind: PublishedKind
    respondent: str
    name: str = ""
    other: Label = field(default_factory=Label)
    held: bool | None = True
    day: Known | Within | Unknown = UNKNOWN
    until: Known | Within | Unknown = UNKNOWN
    term: Period | None = None
    minimum: Period | None = None
    department: str = ""
    of: str = ""
    span: Span = field(default=NOWHERE, compare=False)


KEY_OF = {
    PublishedKind.LIST: "lists",
    PublishedKind.MEASURE: "joint_measures",
    PublishedKind.BENEFIT: "benefits",
    PublishedKind.REPAIR: "repairs",
}
"""The key of a decided entry under which each kind stands."""

_STATUS_OF = {
    PublishedKind.LIST: StatusKind.LIST,
    PublishedKind.BENEFIT: StatusKind.BENEFIT,
    PublishedKind.REPAIR: StatusKind.LIST,
}


def names_of(kind: PublishedKind, rulebook: Rulebook) -> Mapping[str, str]:
    """Return what a case file may call the things of a kind, with the name that each stands for.

    Edges: an identifier counts before the label of another thing; a label that several things of
    one kind share stands for none of them, but measures of one name are one measure.
    """
    forms: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for name, alias, label in _called(kind, rulebook):
        names[name] = name
        for form in (alias, label.en, label.zh):
            forms.setdefault(form, set()).add(name)
    forms.pop("", None)
    labels = {form: found.pop() for form, found in forms.items() if len(found) == 1}
    return {**labels, **names}


def carriers(rulebook: Rulebook) -> Mapping[str, str]:
    """Return the lists and benefits that bring joint measures, by every form of their names."""
    lists = names_of(PublishedKind.LIST, rulebook)
    return {**names_of(PublishedKind.BENEFIT, rulebook), **lists}


def department_forms(rulebook: Rulebook) -> Mapping[str, str]:
    """Return the departments that lists, benefits or rules name, by every form of their names."""
    known = departments(rulebook)
    forms = {
        form: member.name
        for choices in rulebook.vocabulary.choices.values()
        for member in choices.members
        if member.name in known
        for form in (member.alias, member.label.en, member.label.zh)
        if form
    }
    return {**forms, **{name: name for name in known}}


def _called(kind: PublishedKind, rulebook: Rulebook) -> list[tuple[str, str, Label]]:
    if kind is PublishedKind.MEASURE:
        return [(one.name, "", one.label) for one in joint_measures(rulebook)]
    return [
        (status.name, status.alias, status.label)
        for status in rulebook.statuses.values()
        if status.kind is _STATUS_OF[kind]
    ]


def joint_measures(rulebook: Rulebook, of: str = "") -> list[JointMeasure]:
    """Return every joint measure of any version of any list or benefit, or of one of them."""
    return [
        measure
        for status in rulebook.statuses.values()
        if status.kind in (StatusKind.LIST, StatusKind.BENEFIT) and of in ("", status.name)
        for version in status.versions
        for measure in version.measures
    ]


def ends(day: Known | Within | Unknown) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the first and the last day that a published day can be, None where it is open."""
    match day:
        case Known(value=datetime.date() as exact):
            return exact, exact
        case Within(low=low, high=high):
            return (
                low if isinstance(low, datetime.date) else None,
                high if isinstance(high, datetime.date) else None,
            )
        case _:
            return None, None
