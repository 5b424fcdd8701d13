"""What a version of a norm says in plain words, a sentence each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lawengine.base.label import Label
from lawengine.explanation.phrasing import fill, phrase, value_label
from lawengine.model import measures as m
from lawengine.model.expressions import Expression
from lawengine.model.rules import DatedValue, Tier, Version
from lawengine.model.statuses import EndingKind, StatusKind, StatusVersion, TermCase, TermCases
from lawengine.model.types import Type
from lawengine.reports.naming import Names

_WHEN = Label("Applies when {a}.", "适用于：{a}。")
_UNLESS = Label("Not where {a}.", "除外：{a}。")
_TIER = Label("If {a}:", "{a}的：")
_MODES = {
    m.Modality.MUST: Label("{a} must follow", "应当{a}"),
    m.Modality.MAY: Label("{a} may follow", "可以{a}"),
    m.Modality.MAY_ADD: Label("{a} may follow besides", "可以并处{a}"),
}
_CHOICES = {
    m.ChoiceMode.ONE: Label("one of: {a}", "择一：{a}"),
    m.ChoiceMode.ONE_OR_MORE: Label("one or more of: {a}", "单处或者并处：{a}"),
}
_TERMS = {
    StatusKind.LIST: Label("It lasts {a}.", "期限：{a}。"),
    StatusKind.BENEFIT: Label("It lasts {a}.", "期限：{a}。"),
    StatusKind.DUTY: Label("It must be done within {a}.", "应当在{a}内履行。"),
}
_NO_TERM = Label("It lasts until it is ended.", "没有固定期限。")
_ENDINGS = {
    EndingKind.REMOVED: Label("Removed {a}.", "移出：{a}。"),
    EndingKind.LOST: Label("Lost {a}.", "丧失：{a}。"),
    EndingKind.DISCHARGED: Label("Discharged {a}.", "履行完毕：{a}。"),
}


def rule_words(version: Version, names: Names) -> tuple[str, ...]:
    """Return what a version of a rule says."""
    return tuple(label.text(names.language) for label in _Words(names).rule(version))


def status_words(version: StatusVersion, kind: StatusKind, names: Names) -> tuple[str, ...]:
    """Return what a version of a list, a benefit or a duty says."""
    return tuple(label.text(names.language) for label in _Words(names).status(version, kind))


def figure_words(value: DatedValue, kind: Type, names: Names) -> tuple[str, ...]:
    """Return what a figure is."""
    return (value_label(value.value, kind, names.rulebook).text(names.language),)


class _Words:
    """Builds both languages at once, as the phrases of reasons are."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.book = names.rulebook

    def rule(self, version: Version) -> Iterator[Label]:
        yield from self._opening(version)
        yield from self._consequences(version.consequences)
        for tier in version.tiers:
            yield from self._tier(tier)

    def status(self, version: StatusVersion, kind: StatusKind) -> Iterator[Label]:
        yield from self._opening(version)
        if isinstance(version.term, TermCases):
            yield from (self._term_case(case, kind) for case in version.term.cases)
        elif version.term is not None:
            term = Label(version.term.text("en"), version.term.text("zh"))
            yield fill(_TERMS[kind], a=term)
        elif kind is not StatusKind.DUTY:
            yield _NO_TERM
        for measure in version.measures:
            yield measure.label or Label(measure.name, measure.name)
        for ending in version.endings:
            parts = []
            if ending.after is not None:
                length = Label(ending.after.text("en"), ending.after.text("zh"))
                parts.append(fill(Label("after {a}", "满{a}"), a=length))
            if ending.condition is not None:
                said = phrase(ending.condition, self.book)
                parts.append(fill(Label("where {a}", "{a}"), a=said))
            if ending.on is not None:
                parts.append(fill(Label("on: {a}", "于：{a}"), a=phrase(ending.on, self.book)))
            yield fill(_ENDINGS[ending.kind], a=_joined(parts, Label(" ", "，")))

    def _term_case(self, case: TermCase, kind: StatusKind) -> Label:
        length = Label(case.period.text("en"), case.period.text("zh"))
        term = fill(_TERMS[kind], a=length)
        if case.condition is None:
            return fill(Label("{a} otherwise", "其他情形，{a}"), a=term)
        said = phrase(case.condition, self.book)
        return fill(Label("{a} where {b}", "{b}的，{a}"), a=term, b=said)

    def _opening(self, version: Version | StatusVersion) -> Iterator[Label]:
        if version.when is not None:
            yield fill(_WHEN, a=phrase(version.when, self.book))
        for exclusion in version.exclusions:
            yield fill(_UNLESS, a=phrase(exclusion, self.book))

    def _tier(self, tier: Tier) -> Iterator[Label]:
        yield fill(_TIER, a=phrase(tier.condition, self.book))
        yield from self._consequences(tier.consequences)
        for inner in tier.tiers:
            yield from self._tier(inner)

    def _consequences(self, ones: Iterable[m.Consequence]) -> Iterator[Label]:
        for one in ones:
            match one:
                case m.Measure(modality=modality):
                    yield _sentence(fill(_MODES[modality], a=self._measure(one)))
                case m.MeasureChoice(mode=mode, modality=modality, measures=measures):
                    parts = _joined(map(self._measure, measures), Label(", ", "、"))
                    chosen = fill(_CHOICES[mode], a=parts)
                    yield _sentence(fill(_MODES[modality], a=chosen))
                case m.Effect(kind=kind, modality=modality):
                    yield _sentence(fill(_MODES[modality], a=m.EFFECT_LABELS[kind]))
                case m.Reference(rule=rule, law=law):
                    law_name = Label(law.text("en"), law.text("zh")) if law else Label()
                    target = self.book.rules[rule].label if rule else law_name
                    yield fill(Label("The case goes to {a}.", "转致{a}。"), a=target)

    def _measure(self, one: m.Measure) -> Label:
        label = m.MEASURE_LABELS[one.kind]
        if one.bands:
            alone = len(one.bands) == 1
            bands = [self._band(condition, band, alone=alone) for condition, band in one.bands]
            return fill(Label("{b}: {a}", "{b}{a}"), a=_joined(bands, Label("; ", "；")), b=label)
        if one.object is not None:
            what = phrase(one.object, self.book)
            return fill(Label("{b} of {a}", "{b}{a}"), a=what, b=label)
        if one.target:
            english, chinese = self._term(one.target)
            return fill(Label("{b}: {a}", "{b}{a}"), a=Label(english, chinese), b=label)
        return label

    def _term(self, name: str) -> tuple[str, str]:
        for path, choices in self.book.vocabulary.choices.items():
            if any(member.name == name for member in choices.members):
                label = self.book.vocabulary.choice_label(path, name)
                return label.text("en"), label.text("zh")
        return name, name

    def _band(self, condition: Expression | None, band: m.Band, *, alone: bool) -> Label:
        high = phrase(band.high, self.book)
        if band.low is None:
            said = fill(Label("up to {a}, no floor", "{a}以下，无下限"), a=high)
        elif band.low == band.high:
            said = high
        else:
            low = phrase(band.low, self.book)
            said = fill(Label("{a} to {b}", "{a}以上{b}以下"), a=low, b=high)
        if band.per:
            unit = self.book.vocabulary.entities[band.per]
            per = unit.label or Label(unit.name, unit.alias)
            said = fill(Label("{a} for each {b}", "每一{b}{a}"), a=said, b=per)
        if condition is None:
            return said if alone else fill(Label("otherwise {a}", "其他情形{a}"), a=said)
        asked = phrase(condition, self.book)
        return fill(Label("{a} where {b}", "{b}的，{a}"), a=said, b=asked)


def _sentence(label: Label) -> Label:
    english = label.text("en")
    return Label(f"{english[:1].upper()}{english[1:]}.", f"{label.text('zh')}。")


def _joined(labels: Iterable[Label], joint: Label) -> Label:
    found = list(labels)
    return Label(
        joint.en.join(label.text("en") for label in found),
        joint.zh.join(label.text("zh") for label in found),
    )
