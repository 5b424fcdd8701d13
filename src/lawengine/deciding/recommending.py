"""One recommendation with its arithmetic as reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.base.money import format_percent
from lawengine.deciding.leaf import REDUCING, Applied, Leaf
from lawengine.deciding.reasoning import range_label
from lawengine.deciding.recommended import Recommended
from lawengine.deciding.standards import World
from lawengine.explanation.argue import Argument
from lawengine.explanation.phrasing import fill
from lawengine.explanation.reason import Amount, Bilingual, Reason
from lawengine.model.measures import EFFECT_LABELS, EffectKind, Modality
from lawengine.model.standards import STEP_LABELS, DiscretionStep, Share, Standard, StandardVersion
from lawengine.sanctions.discretion import Ground, StepRange, called, part_of, point_in, ranges
from lawengine.sanctions.packages import FineRange

_PARTS = {"lighter": "step_part_lowest", "heavier": "step_part_highest"}
Words = dict[str, Bilingual | str | int]


@dataclass(frozen=True, slots=True)
class Recommending:
    """Recommends for one act under one answer to what is open of the standards.

    `bearing` are the effects of the general part that bear on the step.
    """

    leaf: Leaf
    world: World
    bearing: Sequence[Applied]

    def nothing(self, exempt: Applied) -> Recommended:
        """Return the step of an act that must go without penalty."""
        version = exempt.state.version
        steps = (DiscretionStep.NO_PENALTY,)
        law = version.law if version is not None else ()
        words: Words = {"steps": steps_label(steps)}
        reason = Reason("step_called", words, law=law, children=tuple(self._grounds()))
        return self._made("", steps, reason, law)

    def fine(self, rule: str, fine: FineRange) -> Recommended:
        """Return what is recommended for a fine between the ends that its provision sets."""
        guide = self.world.guide
        steps = called(self._effects(), floor=fine.low is not None, balanced=guide.balanced)
        if not guide.versions:
            return self._made(rule, steps, Reason("standard_none"))
        if not fine.sure or fine.high is None or self.world.open:
            reason = Reason("step_open", children=tuple(self._grounds()))
            return replace(self._made(rule, steps, reason), open=True)
        found = ranges(fine.low, fine.high, guide.share("lighter"), guide.share("heavier"))
        low, high = _span(steps, found, fine)
        amount = self._amount(steps, found)
        children = [*self._standards(), *self._grounds(), *self._weighed(steps, fine)]
        children += self._arithmetic(fine, found, steps)
        if amount is not None:
            children.append(self._point(amount))
        shown = steps_range(steps, found) if fine.low != fine.high else span_label(low, high)
        words: Words = {"steps": steps_label(steps), "range": shown}
        code = "step_recommended" if high is not None else "step_without_range"
        law = tuple(dict.fromkeys(c for _, version in guide.versions for c in version.law))
        reason = Reason(code, words, law=law, children=tuple(children))
        made = self._made(rule, steps, reason, law)
        return replace(made, steps=found, low=low, high=high, amount=amount)

    def _made(
        self,
        rule: str,
        steps: tuple[DiscretionStep, ...],
        reason: Reason,
        law: tuple[Citation, ...] = (),
    ) -> Recommended:
        guide = self.world.guide
        doubts = [version.unverified for _, version in guide.versions if version.unverified]
        return Recommended(
            rule=rule,
            standards=tuple(standard.name for standard, _ in guide.versions),
            called=steps,
            law=law,
            unverified=doubts[0] if doubts else Label(),
            reason=reason,
            assumptions=self.world.assumptions,
            needs=self.world.needs,
        )

    # --- which step ---

    def _effects(self) -> list[Ground]:
        """Return what bears on the step.

        Law: a reading. Only a law, regulation or rule can lower the floor (APL-2021 art 32), so a
        circumstance that a standard alone names as reducing is a lighter one.
        """
        general = [(one.effect.kind, one.effect.modality) for one in self.bearing]
        own = [(one.circumstance.effect, one.circumstance.modality) for one in self.world.met]
        if not self._floor_falls():
            own = [(EffectKind.LIGHTER if kind in REDUCING else kind, how) for kind, how in own]
        return [*general, *own]

    def _floor_falls(self) -> bool:
        return any(one.effect.kind in REDUCING for one in self.bearing)

    def _grounds(self) -> Iterator[Reason]:
        """Yield the circumstances that bear on the step; that there is none is said too."""
        for applied in self.bearing:
            version = applied.state.version
            rule = applied.lineage.rule
            words: Words = {
                "effect": _effect(applied.effect.kind, applied.effect.modality),
                "rule": rule.label or Label(rule.name, rule.name),
            }
            law = version.law if version is not None else ()
            doubt = version.unverified if version is not None else Label()
            yield Reason("step_ground", words, law=law, unverified=doubt)
        argument = Argument(self.leaf.scene.rulebook)
        for one in self.world.met:
            circumstance = one.circumstance
            effect = _effect(circumstance.effect, circumstance.modality)
            yield Reason("step_circumstance", {"effect": effect}, law=circumstance.law,
                         children=(argument.of(one.found),))  # fmt: skip
        if not self.bearing and not self.world.met:
            yield Reason("step_no_ground")

    def _weighed(self, steps: tuple[DiscretionStep, ...], fine: FineRange) -> Iterator[Reason]:
        kinds = {kind for kind, _ in self._effects()}
        heavier = EffectKind.HEAVIER in kinds
        if heavier and kinds - {EffectKind.HEAVIER, EffectKind.NO_PENALTY}:
            yield Reason("step_balanced" if self.world.guide.balanced else "step_both_ways")
        elif len(steps) > 1:
            yield Reason("step_choice", {"steps": steps_label(steps)})
        named = {one.circumstance.effect for one in self.world.met}
        if fine.low is not None and named & REDUCING and not self._floor_falls():
            yield Reason("step_floor_stays")
        if fine.low is None and (kinds | named) & REDUCING:
            yield Reason("step_no_floor_below")
        if DiscretionStep.REDUCED in steps:
            yield Reason("step_reduced_ground")

    # --- how much ---

    def _amount(self, steps: Sequence[DiscretionStep], found: Sequence[StepRange]) -> int | None:
        """Return the one amount that a standard names; none below the floor, none in a choice."""
        share = self.world.guide.share("point")
        one = next((item for item in found if (item.step,) == tuple(steps)), None)
        if share is None or one is None or one.step is DiscretionStep.REDUCED:
            return None
        return point_in(one, share)

    def _standards(self) -> Iterator[Reason]:
        for standard, version in self.world.guide.versions:
            label = standard.label or Label(standard.name, standard.name)
            readings = tuple(Reason("reading", {"text": text}) for text in version.readings)
            start = version.interval.start.isoformat()
            yield Reason("standard_applies", {"standard": label, "from": start}, law=version.law,
                         unverified=version.unverified, children=readings)  # fmt: skip

    def _arithmetic(
        self, fine: FineRange, found: Sequence[StepRange], steps: Sequence[DiscretionStep]
    ) -> Iterator[Reason]:
        """Yield the band and where each step of it begins and ends."""
        if fine.high is None:
            return
        floor = fine.low or 0
        words: Words = {"band": range_label(fine), "width": Amount(fine.high - floor)}
        if fine.low == fine.high:
            yield Reason("step_fixed", words)
        else:
            yield Reason("step_width" if fine.low is not None else "step_width_no_floor", words)
            for part in _PARTS:
                setting = self.world.guide.setting(part)
                if setting is not None:
                    yield _part(setting, part, fine.high - floor)
        for one in found:
            words = {"step": STEP_LABELS[one.step], "range": steps_range([one.step], found)}
            yield Reason("step_is_called" if one.step in steps else "step_is", words)

    def _point(self, amount: int) -> Reason:
        setting = self.world.guide.setting("point")
        share = share_label(self.world.guide.share("point"))
        law = setting[1].law if setting is not None else ()
        return Reason("step_amount", {"share": share, "amount": Amount(amount)}, law=law)


def _span(
    steps: Sequence[DiscretionStep], found: Sequence[StepRange], fine: FineRange
) -> tuple[int | None, int | None]:
    """Return what the called steps span together; None where one of them has no range.

    Edges: a fixed amount is itself whatever step within it is called for.
    """
    by_step = {one.step: one for one in found}
    if fine.low == fine.high and fine.high is not None:
        fixed = StepRange(DiscretionStep.ORDINARY, fine.high, fine.high)
        by_step = dict.fromkeys(DiscretionStep, fixed) | by_step
    within = [step for step in steps if step is not DiscretionStep.NO_PENALTY]
    if not within or any(step not in by_step for step in within):
        return None, None
    low = min(by_step[step].low for step in within)
    return None if low == 1 else low, max(by_step[step].high for step in within)


def _part(setting: tuple[Standard, StandardVersion], part: str, width: int) -> Reason:
    share: Share = getattr(setting[1], part)
    words: Words = {
        "share": share_label(share),
        "width": Amount(width),
        "part": Amount(part_of(share, width)),
    }
    return Reason(_PARTS[part], words, law=setting[1].law)


def _effect(kind: EffectKind, modality: Modality) -> Label:
    label = EFFECT_LABELS[kind]
    if modality is Modality.MUST:
        return label
    return fill(Label("may: {a}", "可以{a}"), a=label)


def share_label(share: Share | None) -> Label:
    """Return `30 %` in both languages."""
    if share is None:
        return Label()
    text = format_percent(share.portion)
    return Label(f"{text} %", f"{text}%")


def steps_label(steps: Sequence[DiscretionStep]) -> Label:
    """Return steps in words, `lighter or reduced`."""
    labels = [STEP_LABELS[step] for step in steps]
    return Label(" or ".join(x.en for x in labels), "或者".join(x.zh for x in labels))


def span_label(low: int | None, high: int | None) -> Label:
    """Return a range of fines in words, both ends included; `low` None begins above nothing."""
    if high is None:
        return Label("no range", "无幅度")
    return _range_words(low, high, above=False, below=False)


def steps_range(steps: Sequence[DiscretionStep], found: Sequence[StepRange]) -> Label:
    """Return what steps span together in words, `above 440,000 yuan, below 760,000 yuan`.

    Edges: the ordinary step begins above the lighter one and ends below the heavier one, the
    reduced one ends below the floor.
    """
    ours = [one for one in found if one.step in steps]
    if not ours:
        return span_label(None, None)
    first, last = ours[0], ours[-1]
    others = {one.step for one in found}
    ordinary = DiscretionStep.ORDINARY
    above = first.step is ordinary and DiscretionStep.LIGHTER in others
    below = last.step is DiscretionStep.REDUCED or (
        last.step is ordinary and DiscretionStep.HEAVIER in others
    )
    low = None if first.low == 1 else first.low
    return _range_words(low, last.high, above=above, below=below)


def _range_words(low: int | None, high: int, *, above: bool, below: bool) -> Label:
    top = Amount(high + 1 if below else high)
    last = Label(f"below {top.text('en')}", f"不满{top.text('zh')}")
    if not below:
        last = Label(f"up to {top.text('en')}", f"{top.text('zh')}以下")
    if low is None:
        return fill(Label("above 0, {b}", "大于0元，{b}"), b=last)
    if low == high and not above and not below:
        return Label(top.text("en"), top.text("zh"))
    bottom = Amount(low - 1 if above else low)
    if above:
        return fill(Label(f"above {bottom.text('en')}, {{b}}", f"超过{bottom.text('zh')}，{{b}}"),
                    b=last)  # fmt: skip
    if below:
        return fill(Label(f"from {bottom.text('en')}, {{b}}", f"{bottom.text('zh')}以上，{{b}}"),
                    b=last)  # fmt: skip
    return Label(f"{bottom.text('en')} to {top.text('en')}",
                 f"{bottom.text('zh')}以上{top.text('zh')}以下")  # fmt: skip
