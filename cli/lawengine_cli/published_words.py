"""What was published on lists, measures, benefits and repairs in words, beside the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lawengine.base.label import LANGUAGES, Label, Language

if TYPE_CHECKING:
    from lawengine.casebook import CaseRun, PublishedStatus, StatusComparison
    from lawengine.evaluation.facts import Domain
    from lawengine.model.rulebook import Rulebook

HEAD = Label("case|respondent|published|verdict|ground", "案件|当事人|公布内容|结论|理由")
_ENTERED = {
    True: Label("put on “{}”", "列入“{}”"),
    False: Label("not put on “{}”", "未列入“{}”"),
}
_GRANTED = {
    True: Label("granted “{}”", "准予“{}”"),
    False: Label("refused “{}”", "未准予“{}”"),
}
_REPAIRED = {
    True: Label("repaired: “{}”", "准予修复“{}”"),
    False: Label("repair refused: “{}”", "未准予修复“{}”"),
    None: Label("repair: “{}”", "修复：“{}”"),
}
_MEASURE = Label("measure “{}”", "措施“{}”")


def status_rows(
    runs: Sequence[CaseRun], rulebook: Rulebook, language: Language
) -> list[tuple[str, str, str, str, str]]:
    """Return the cells of each published status: case, respondent, what, verdict, ground."""
    from lawengine.casebook import STATUS_VERDICT_LABELS

    return [
        (
            item.case.identifier,
            found.published.respondent,
            published_label(found.published, rulebook).text(language),
            STATUS_VERDICT_LABELS[found.verdict].text(language),
            ground_label(found, rulebook).text(language),
        )
        for item in runs
        for found in item.statuses
    ]


def status_summary(runs: Sequence[CaseRun], language: Language) -> str:
    """Return how many published statuses there are, and how they stand; "" for none."""
    from lawengine.casebook import STATUS_VERDICT_LABELS

    counted = Counter(found.verdict for item in runs for found in item.statuses)
    if not counted:
        return ""
    colon, comma = (": ", ", ") if language == "en" else ("：", "，")
    parts = [
        f"{label.text(language)}{colon}{counted[verdict]}"
        for verdict, label in STATUS_VERDICT_LABELS.items()
        if counted[verdict]
    ]
    total = sum(counted.values())
    words = Label(
        f"published on lists, measures, benefits and repairs: {total} ({comma.join(parts)})",
        f"公布的列入、措施、激励、修复：{total}项（{comma.join(parts)}）",
    )
    return words.text(language)


def published_label(found: PublishedStatus, rulebook: Rulebook) -> Label:
    """Return what was published: what of which list, measure or benefit, by whom, when."""
    from lawengine.casebook.published import PublishedKind
    from lawengine.casebook.status_reading import department_names

    match found.kind:
        case PublishedKind.LIST:
            form = _ENTERED[bool(found.held)]
        case PublishedKind.BENEFIT:
            form = _GRANTED[bool(found.held)]
        case PublishedKind.REPAIR:
            form = _REPAIRED[found.held]
        case _:
            form = _MEASURE
    name = _name(found, rulebook)
    parts = [Label(form.en.format(name.en), form.zh.format(name.zh))]
    if found.department:
        by = department_names([found.department], rulebook)
        parts.append(Label(f"by {by.en}", f"由{by.zh}"))
    if found.of:
        of = rulebook.statuses[found.of].label
        parts.append(Label(f"with “{of.text('en')}”", f"随“{of.text('zh')}”"))
    for day, form in (
        (found.day, Label("{}", "{}")),
        (found.until, Label("until {}", "至{}")),
    ):
        if words := _day(day, rulebook):
            parts.append(Label(form.en.format(words.en), form.zh.format(words.zh)))
    if found.term is not None:
        parts.append(Label(f"for {found.term.text('en')}", f"期限{found.term.text('zh')}"))
    if found.minimum is not None:
        parts.append(
            Label(f"not before {found.minimum.text('en')}", f"须满{found.minimum.text('zh')}")
        )
    return Label(", ".join(part.en for part in parts), "，".join(part.zh for part in parts))


def ground_label(found: StatusComparison, rulebook: Rulebook) -> Label:
    """Return why a published status does not agree; empty where it does."""
    from lawengine.casebook import STATUS_GROUND_LABELS
    from lawengine.reports.naming import need_label

    if found.ground is None:
        return Label()
    ground, detail = STATUS_GROUND_LABELS[found.ground], found.detail
    if found.needs:
        labels = dict.fromkeys(need_label(need, rulebook) for need in found.needs)
        detail = Label(
            ", ".join(label.text("en") for label in labels),
            "、".join(label.text("zh") for label in labels),
        )
    if not detail:
        return ground
    return Label(f"{ground.en}: {detail.text('en')}", f"{ground.zh}：{detail.text('zh')}")


def status_data(found: StatusComparison, rulebook: Rulebook) -> dict[str, object]:
    """Return one published status beside the rules as data."""
    published = found.published
    words, ground = published_label(published, rulebook), ground_label(found, rulebook)
    return {
        "respondent": published.respondent,
        "kind": published.kind.value,
        "name": published.name or None,
        "held": published.held,
        "day": _ends(published.day),
        "until": _ends(published.until),
        "term": None if published.term is None else published.term.text("en"),
        "minimum": None if published.minimum is None else published.minimum.text("en"),
        "department": published.department or None,
        "of": published.of or None,
        "published": {language: words.text(language) for language in LANGUAGES},
        "verdict": found.verdict.value,
        "ground": None if found.ground is None else found.ground.value,
        "why": {language: ground.text(language) for language in LANGUAGES},
        "needs": list(dict.fromkeys(str(need.key) for need in found.needs)),
    }


def _name(found: PublishedStatus, rulebook: Rulebook) -> Label:
    from lawengine.casebook.published import PublishedKind, joint_measures

    label = found.other
    if found.name and found.kind is PublishedKind.MEASURE:
        # Lists and departments may call a measure of one name by words of their own.
        named = [one for one in joint_measures(rulebook) if one.name == found.name]
        named = [one for one in joint_measures(rulebook, found.of) if one in named] or named
        label = next((one for one in named if one.authority == found.department), named[0]).label
    elif found.name:
        label = rulebook.statuses[found.name].label
    label = label or Label(found.name, found.name)
    return Label(label.text("en"), label.text("zh"))


def _day(day: Domain, rulebook: Rulebook) -> Label:
    from lawengine.evaluation.facts import Unknown
    from lawengine.explanation.phrasing import domain_label
    from lawengine.model.types import DATE

    return Label() if isinstance(day, Unknown) else domain_label(day, DATE, rulebook)


def _ends(day: Domain) -> dict[str, str | None] | None:
    from lawengine.evaluation.domains import bounds
    from lawengine.evaluation.facts import Unknown

    if isinstance(day, Unknown):
        return None
    first, last = bounds(day)
    return {
        "from": None if first is None else str(first),
        "to": None if last is None else str(last),
    }
