"""What a finding of the register says of one entry: begun, lasting, repaired, and why not."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from lawengine.base.calendar import Period, Unit
from lawengine.base.label import Label
from lawengine.base.truth import Truth
from lawengine.evaluation.domains import hull
from lawengine.evaluation.facts import UNKNOWN, Domain
from lawengine.evaluation.intervals import days
from lawengine.evaluation.trace import Finding, Need, merge_needs
from lawengine.explanation.phrasing import phrase
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.statuses import StatusState
from lawengine.registers.findings import ABSENT, EndingFinding, StatusFinding, VersionFinding

_MOST = 4
"""As many unmet conditions as a line of a table can hold."""
_NONE = Label("none", "无")
_LENGTHS = {
    Unit.DAY: Fraction(1),
    Unit.WORKING_DAY: Fraction(7, 5),
    Unit.MONTH: Fraction(365, 12),
    Unit.YEAR: Fraction(365),
}


def entered(found: StatusFinding) -> Truth:
    """Return whether it ever began: the party was put on the list, was granted the benefit."""
    absent = ABSENT[found.status.kind]
    if absent not in found.states:
        return Truth.TRUE
    return Truth.FALSE if found.states == {absent} else Truth.UNKNOWN


def repaired(found: StatusFinding) -> Truth:
    """Return whether the party was removed from the list before its term."""
    if StatusState.REMOVED not in found.states:
        return Truth.FALSE
    return Truth.TRUE if len(found.states) == 1 else Truth.UNKNOWN


def entry_needs(found: StatusFinding) -> tuple[Need, ...]:
    """Return the facts that would tell whether it ever began; what ended it since is another."""
    needs: list[tuple[Need, ...]] = []
    for version in found.versions:
        parts = [part for part in (version.when, *version.exclusions) if part is not None]
        needs += [part.needs for part in parts if part.truth is Truth.UNKNOWN]
        if version.begun is Truth.UNKNOWN:
            needs.append(version.start.needs)
        if version.dated is not None and (found.gap or len(found.versions) > 1):
            needs.append(version.dated.needs)
    return merge_needs(*needs)


def start_of(found: StatusFinding) -> Domain:
    """Return the day on which it began; the day that dates it where no version is in force."""
    if not found.versions:
        return found.day
    return hull(version.start.domain for version in found.versions)


def not_yet(found: StatusFinding) -> bool:
    """Tell whether it begins on a day that had not come; a day that never came is none."""
    return any(
        version.begun is Truth.FALSE and version.missing_step is None for version in found.versions
    )


def may_begin(found: StatusFinding, day: Domain) -> bool:
    """Tell whether it can have begun on a day."""
    return placed(start_of(found), day) is not Truth.FALSE


def placed(found: Domain, published: Domain) -> Truth:
    """Return whether a day lies within a published one; unknown where only a part of it does."""
    low, high = days(found)
    first, last = days(published)
    if first <= low and high <= last:
        return Truth.TRUE
    return Truth.FALSE if high < first or last < low else Truth.UNKNOWN


def over_before(found: StatusFinding, day: datetime.date) -> bool:
    """Tell whether it had ended, or its term was over, before a day."""

    def over(version: VersionFinding) -> bool:
        ended = version.ended
        if ended is not None and ended.day is not None and days(ended.day)[1] < day:
            return True
        return version.term is not None and days(version.term.last)[1] < day

    return bool(found.versions) and all(over(version) for version in found.versions)


# --- terms ---


def length(period: Period) -> Fraction:
    """Return how long a period is, to tell which of two is longer. Units: days.

    Edges: 12 months are a year, as the calendar adds them; days and months are never the same.
    """
    return period.length * _LENGTHS[period.unit]


def terms_of(found: StatusFinding) -> tuple[Period, ...]:
    """Return how long it may last: its term, or a removal that is due so long after its start."""
    terms: list[Period] = []
    for version in found.versions:
        if version.term is not None:
            terms += version.term.either or (version.term.period,)
        else:
            terms += [period for _, period in _due(version)]
    return tuple(dict.fromkeys(terms))


def last_days(found: StatusFinding) -> tuple[Domain, ...]:
    """Return the last days that it may have: of its term, or of a removal due after its start."""
    last: list[Domain] = []
    for version in found.versions:
        if version.term is not None:
            last.append(version.term.last)
        else:
            last += [ending.day or UNKNOWN for ending, _ in _due(version)]
    return tuple(dict.fromkeys(last))


def _due(version: VersionFinding) -> Iterator[tuple[EndingFinding, Period]]:
    """Yield the removals that come a fixed time after the start, as far as they may apply."""
    for ending in version.endings:
        unmet_one = ending.condition is not None and ending.condition.truth is Truth.FALSE
        if ending.outside is Truth.TRUE or unmet_one:
            continue
        expression = ending.ending.on
        if isinstance(expression, e.Rounded):
            expression = expression.operand
        match expression:
            case e.Computed(
                operation=e.Operation.ADD, left=left, right=e.Constant(value=Period() as period)
            ) if left == version.version.start:
                yield ending, period


# --- why not ---


def unmet(version: VersionFinding) -> tuple[Finding, ...]:
    """Return what keeps a version from applying: conditions not met, exclusions that hold."""
    when = [version.when] if version.when is not None and version.when.truth is Truth.FALSE else []
    return (*when, *(one for one in version.exclusions if one.truth is Truth.TRUE))


def condition_labels(found: Iterable[Finding], rulebook: Rulebook) -> Label:
    """Return the single conditions that are not met, and those that must not be, in words."""
    leaves = [leaf for one in found for leaf in _leaves(one)]
    labels = list(dict.fromkeys(_wanted(leaf, rulebook) for leaf in leaves))
    more = Label(", …", "等") if len(labels) > _MOST else Label()
    return Label(
        "; ".join(label.en for label in labels[:_MOST]) + more.en,
        "；".join(label.zh for label in labels[:_MOST]) + more.zh,
    )


def _wanted(leaf: Finding, rulebook: Rulebook) -> Label:
    """Return what the rules ask for: that a condition is met, or that an exclusion is not."""
    words = phrase(leaf.expression, rulebook)
    if leaf.truth is Truth.FALSE:
        return Label(words.text("en"), words.text("zh"))
    return Label(f"not: {words.text('en')}", f"并非：{words.text('zh')}")


def _leaves(found: Finding) -> Iterator[Finding]:
    """Yield the conditions within one that decide it, down to those that have no parts."""
    if not isinstance(found.expression, e.Connection):
        yield found
        return
    for part in found.parts:
        if part.truth is found.truth:
            yield from _leaves(part)


# --- words ---


def either_label(terms: Sequence[Period]) -> Label:
    """Return periods of which one applies in words; that there is none where there is none."""
    if not terms:
        return _NONE
    return Label(
        " or ".join(term.text("en") for term in terms),
        "或者".join(term.text("zh") for term in terms),
    )


def later_label(starts: Iterable[datetime.date], day: Domain) -> Label:
    """Return from when on there is a rule after a day; empty where there never is one again."""
    first = min((start for start in starts if start > days(day)[1]), default=None)
    return Label() if first is None else Label(f"one from {first} on", f"自{first}起有规则")


def department_names(names: Iterable[str], rulebook: Rulebook) -> Label:
    """Return departments by their names in both languages."""
    labels = [_department(name, rulebook) for name in names]
    return Label(", ".join(one.en for one in labels), "、".join(one.zh for one in labels))


def _department(name: str, rulebook: Rulebook) -> Label:
    for choices in rulebook.vocabulary.choices.values():
        for member in choices.members:
            if member.name == name:
                return Label(member.label.en or name, member.label.zh or member.alias or name)
    return Label(name, name)
