"""What a branch imposes, in words: the basis of the fine, other measures, general rules."""

from __future__ import annotations

from collections.abc import Iterator

from lawengine.base.citation import Citation
from lawengine.base.money import format_yuan
from lawengine.deciding.decision import Branch, FineTotal, RuleOutcome, Sanction, SanctionOrigin
from lawengine.deciding.reasoning import total_label
from lawengine.model.measures import (
    EFFECT_LABELS,
    MEASURE_LABELS,
    EffectKind,
    MeasureKind,
    SanctionClass,
)
from lawengine.model.scenarios import RuleState
from lawengine.reports.document import Basis, Item, MeasureLine
from lawengine.reports.naming import Names
from lawengine.reports.wording import word

TELLING_EFFECTS = frozenset(EffectKind) - {
    # How several provisions and several laws stand to each other shows in the ranges themselves.
    EffectKind.ONE_FINE,
    EffectKind.HIGHER_FINE,
    EffectKind.LATER_LIGHTER_LAW,
}


def bases(branch: Branch, names: Names, *, undetermined: bool = False) -> Iterator[Basis]:
    """Yield what the fine of a branch rests on, one entry for each provision that allows one.

    Edges: where it is open whether the law is broken, none applies only as far as is known.
    """
    language = names.language
    fines = _fines(branch)
    if branch.elsewhere:
        yield Basis((word("elsewhere", language, law=names.citations(branch.elsewhere)),))
    elif not fines and not branch.penalised and not _effects(branch):
        yield Basis((word("no_provision_known" if undetermined else "no_provision", language),))
    if branch.fine.choices > 1:
        yield Basis((word("choose_provision", language, n=branch.fine.choices),))
    for sanction in fines:
        parts = list(_basis(sanction, branch, names))
        if len(fines) > 1:
            own = FineTotal(sanction.low_fen, sanction.high_fen, not sanction.mandatory,
                            sanction.high_fen is None)  # fmt: skip
            shown = total_label(own).text(language)
            parts.append(word("own_range", language, range=shown))
        yield Basis(tuple(parts), bool(sanction.unverified))


def _fines(branch: Branch) -> list[Sanction]:
    return [s for s in branch.sanctions if s.kind is MeasureKind.FINE]


def _basis(sanction: Sanction, branch: Branch, names: Names) -> Iterator[str]:
    language = names.language
    if sanction.breaches:
        yield word("breach", language, law=names.citations(sanction.breaches))
    referring = _referring(sanction, branch)
    if referring:
        yield word("by_reference", language, law=names.citations(referring))
    day = names.day(sanction.version_from)
    key = "under_proposed" if sanction.proposed_by else "under"
    yield word(key, language, law=names.citations(sanction.law), day=day)
    if sanction.origin is SanctionOrigin.LIGHTER_LATER:
        yield word("lighter_later", language)
    yield word("fine_must" if sanction.mandatory else "fine_may", language)
    if sanction.below_floor_by:
        yield word("below_floor", language, law=names.citations(sanction.below_floor_by))
    if sanction.exempt_by:
        yield word("exempt", language, law=names.citations(sanction.exempt_by))


def _referring(sanction: Sanction, branch: Branch) -> tuple[Citation, ...]:
    return tuple(
        citation
        for rule in branch.rules
        if rule.refers_to == sanction.rule and rule.state is RuleState.ESTABLISHED
        for citation in rule.law
    )


# --- other measures -------------------------------------------------------------------------------


def measure_items(branch: Branch, names: Names) -> Iterator[Item]:
    """Yield every measure but the fine; those between which the authority chooses as one item."""
    fined = {sanction.law for sanction in _fines(branch)}
    groups: dict[object, list[Sanction]] = {}
    for number, sanction in enumerate(sorted(branch.sanctions, key=_rank)):
        if sanction.kind is not MeasureKind.FINE:
            # one item for a group, one for each measure outside any
            key = (sanction.sanction_class, sanction.group) if sanction.group else number
            groups.setdefault(key, []).append(sanction)
    for group in groups.values():
        laws = tuple(dict.fromkeys(c for s in group for c in s.law))
        yield Item(
            text=_measure(group, names),
            law="" if laws in fined else names.citations(laws),
            unverified=any(sanction.unverified for sanction in group),
            heading=word(f"class_{group[0].sanction_class.value}", names.language),
        )


def _rank(sanction: Sanction) -> int:
    return list(SanctionClass).index(sanction.sanction_class)


def measure_lines(items: tuple[Item, ...]) -> tuple[MeasureLine, ...]:
    """Return the measures gathered by their sort."""
    by_heading: dict[str, list[Item]] = {}
    for item in items:
        by_heading.setdefault(item.heading, []).append(item)
    return tuple(MeasureLine(heading, tuple(group)) for heading, group in by_heading.items())


def _measure(group: list[Sanction], names: Names) -> str:
    language = names.language
    texts = [_one(sanction, names) for sanction in group]
    if len(group) > 1:
        return word("by_choice", language, items=" / ".join(dict.fromkeys(texts)))
    key = "must_item" if group[0].mandatory else "may_item"
    return word(key, language, item=texts[0])


def _one(sanction: Sanction, names: Names) -> str:
    language = names.language
    text = MEASURE_LABELS[sanction.kind].text(language)
    if sanction.target:
        key = "of_post" if sanction.kind is MeasureKind.BAR else "of_licence"
        text = word(key, language, measure=text, target=names.term(sanction.target))
    if sanction.high_fen is not None:
        text += f"{_comma(names)}{format_yuan(sanction.high_fen, language)}"
    if sanction.term is not None:
        text += f"{_comma(names)}{sanction.term.text(language)}"
    return text


def _comma(names: Names) -> str:
    return "，" if names.language == "zh" else ", "


# --- the general part -----------------------------------------------------------------------------


def effect_items(branch: Branch, names: Names) -> Iterator[Item]:
    """Yield the general rules that bear on the penalties of the act."""
    for kind, rule in _effects(branch):
        label = EFFECT_LABELS[kind].text(names.language)
        yield Item(
            text=word("effect", names.language, effect=label, rule=names.rule(rule.rule)),
            law=names.citations(rule.law),
            unverified=bool(rule.unverified),
        )


def _effects(branch: Branch) -> list[tuple[EffectKind, RuleOutcome]]:
    by_name = {rule.rule: rule for rule in branch.rules}
    return [(kind, by_name[rule]) for kind, rule in branch.effects if kind in TELLING_EFFECTS]
