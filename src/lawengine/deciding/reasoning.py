"""The reasons of one leaf: rules, versions, tiers, amounts, concurrence, mercy."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import field

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label, Language
from lawengine.base.truth import Truth
from lawengine.deciding.decision import FineTotal, Sanction
from lawengine.deciding.leaf import Leaf, Lineage, Side, reaches_penalties, refers_to
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import Domain
from lawengine.evaluation.states import StateFinding
from lawengine.explanation.argue import Argument
from lawengine.explanation.phrasing import domain_label
from lawengine.explanation.reason import Amount, Bilingual, Reason
from lawengine.model.measures import EFFECT_LABELS, MEASURE_LABELS, EffectKind
from lawengine.model.rulebook import Principle
from lawengine.model.rules import Version
from lawengine.model.scenarios import RuleState
from lawengine.model.types import DATE
from lawengine.model.vocabulary import Role
from lawengine.sanctions.concurrence import Norm
from lawengine.sanctions.lighter import Order, Step
from lawengine.sanctions.packages import FineRange, Package, TierFinding

_STATE_CODES = {
    RuleState.ESTABLISHED: "rule_established",
    RuleState.NOT_ESTABLISHED: "rule_not_established",
    RuleState.UNDETERMINED: "rule_undetermined",
    RuleState.DEFEATED: "rule_defeated",
}
_STEP_LABELS = {
    Step.UNLAWFUL: Label("the act is no longer unlawful", "行为不再违法"),
    Step.KINDS: Label("the kinds of penalty are lighter", "处罚种类较轻"),
    Step.MAXIMUM: Label("the maximum is lower", "最高限额较低"),
    Step.MINIMUM: Label("the minimum is lower or absent", "最低限额较低或者没有"),
    Step.NONE: Label("nothing differs", "没有差别"),
}


_PRINCIPLES = {
    Principle.HIGHER: Label("the higher law prevails", "上位法优于下位法"),
    Principle.SPECIAL: Label("the special law prevails", "特别法优于一般法"),
    Principle.LATER: Label("the later law prevails", "新法优于旧法"),
}


@dataclass(frozen=True, slots=True)
class Cited:
    """Citations as words of a reason, in the language of the reader."""

    citations: tuple[Citation, ...]

    def text(self, language: Language) -> str:
        """Return them joined."""
        separator = "、" if language == "zh" else ", "
        return separator.join(citation.text(language) for citation in self.citations)


ReasonsTold = dict[int, tuple[StateFinding, Reason]]
"""Reasons of rules that are ruled out, by the identity of the finding that they tell."""


@dataclass(slots=True)
class Reasoner:
    """Builds the reasons of one leaf; each rule's reason is built once."""

    leaf: Leaf
    told: ReasonsTold = field(default_factory=dict)
    argument: Argument = field(init=False)
    _rules: dict[str, Reason] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take the labels from the rulebook of the leaf."""
        self.argument = Argument(self.leaf.scene.rulebook)

    # --- rules ---

    def rule(self, lineage: Lineage) -> Reason:
        """Return the reason for the state of a rule."""
        name = lineage.rule.name
        if name not in self._rules:
            self._rules[name] = self._ruled_out(lineage) or self._rule(lineage)
        return self._rules[name]

    def _ruled_out(self, lineage: Lineage) -> Reason | None:
        """Return the reason of a rule that is out under the only law asked, built once an act."""
        found = lineage.conduct
        if found.state is not RuleState.NOT_ESTABLISHED or lineage.later is not None:
            return None
        if id(found) not in self.told:
            self.told[id(found)] = (found, self._rule(lineage))
        return self.told[id(found)][1]

    def _rule(self, lineage: Lineage) -> Reason:
        children = [self.state(lineage.conduct, lineage)]
        children += self._attackers(lineage)
        if lineage.later is not None:
            children.append(self._lighter(lineage))
        code = _STATE_CODES[lineage.conduct.state]
        words: dict[str, Bilingual | str | int] = {"rule": self._name(lineage.rule.name)}
        if lineage.conduct.defeated_by:
            words["by"] = self._name(lineage.conduct.defeated_by)
        version = lineage.conduct.version
        return Reason(
            code,
            words,
            law=version.law if version else (),
            unverified=version.unverified if version else Label(),
            children=tuple(children),
        )

    def _attackers(self, lineage: Lineage) -> list[Reason]:
        """Return what became of each exception, and of each rule that prevails over this one."""
        found = []
        attackers = self.leaf.scene.rulebook.attackers[lineage.rule.name]
        for other in (self.leaf.lineages[name] for name in attackers):
            if lineage.conduct.state is RuleState.NOT_ESTABLISHED:
                continue
            applied = other.rule.name == lineage.conduct.defeated_by
            code = "exception_applies" if applied else "exception_not"
            version = other.conduct.version
            found.append(
                Reason(
                    code,
                    {"rule": self._name(other.rule.name)},
                    truth=other.conduct.truth,
                    law=version.law if version else (),
                    unverified=version.unverified if version else Label(),
                    children=(self.state(other.conduct, other),),
                )
            )
        return found

    def _name(self, rule: str) -> Label:
        label = self.leaf.scene.rulebook.rules[rule].label
        return label or Label(rule, rule)

    def state(self, found: StateFinding, lineage: Lineage) -> Reason:
        """Return the reason for one version's conditions."""
        version = found.version
        day = self._day(found.day)
        if version is None:
            code = "version_open" if found.version_open else "no_version"
            rule = self._name(lineage.rule.name)
            if found.when is not None and not found.version_open:
                # several versions may be in force on that day, and none of them holds
                why = (self.argument.of(found.when),)
                return Reason("no_version_holds", {"day": day, "rule": rule}, children=why)
            return Reason(code, {"day": day, "rule": rule}, children=self._repealing(found))
        children: list[Reason] = []
        if found.when is not None:
            children.append(self.argument.of(found.when))
        children += [
            Reason("unless", truth=item.truth, children=(self.argument.of(item),))
            for item in found.exclusions
        ]
        children += [Reason("reading", {"text": reading}) for reading in version.readings]
        children += self.argument.proposed(version.proposed_by)
        children += self._continuing(version)
        return Reason(
            "version_proposed" if version.proposed_by else "version_chosen",
            {"day": day, "from": version.interval.start.isoformat(), "to": _end(version)},
            law=version.law,
            unverified=version.unverified,
            children=tuple(children),
        )

    def _repealing(self, found: StateFinding) -> tuple[Reason, ...]:
        """Say so where it is a reform that repeals the rule."""
        repeal = found.rule.repeal
        names = () if repeal is None else repeal.proposed_by
        return tuple(self.argument.proposed(names))

    def _continuing(self, version: Version) -> list[Reason]:
        """Say so when the act began before the version that its end picks."""
        began, _ = self.leaf.scene.day(Role.CONDUCT_START)
        low, _ = bounds(began)
        if isinstance(low, datetime.date) and low < version.interval.start:
            start = version.interval.start.isoformat()
            return [Reason("continuing", {"day": self._day(began), "from": start})]
        return []

    def _day(self, day: Domain) -> Label:
        return domain_label(day, DATE, self.leaf.scene.rulebook)

    # --- lighter later law ---

    def _lighter(self, lineage: Lineage) -> Reason:
        later, weighed = lineage.later, lineage.weighed
        law = self._lighter_law()
        children = []
        if lineage.package is not None:
            children.append(self._package(lineage.package, "package_conduct"))
        if lineage.later_package is not None:
            children.append(self._package(lineage.later_package, "package_later"))
        if later is None or weighed is None:
            return Reason("lighter_not_compared", law=law, children=tuple(children))
        code = {
            Order.LIGHTER: "lighter_later",
            Order.EQUAL: "lighter_equal",
            Order.HEAVIER: "lighter_heavier",
            Order.OPEN: "lighter_open",
        }[weighed.order]
        step = _STEP_LABELS[weighed.step]
        if later.version is not None and lineage.later_package is not None:
            children.append(self.state(later, lineage))
        unverified = self._lighter_unverified()
        return Reason(
            code, {"step": step}, law=law, unverified=unverified, children=tuple(children)
        )

    def _lighter_law(self) -> tuple[Citation, ...]:
        lineage = self.leaf.lighter_law
        version = lineage.conduct.version if lineage else None
        return version.law if version else ()

    def _lighter_unverified(self) -> Label:
        lineage = self.leaf.lighter_law
        version = lineage.conduct.version if lineage else None
        return version.unverified if version else Label()

    def _package(self, package: Package, code: str) -> Reason:
        fine = package.fine
        shown = range_label(fine) if fine is not None else Label("no fine", "无罚款")
        return Reason(code, {"fine": shown}, law=package.version.law)

    # --- sanctions ---

    def sanction(self, norm: Norm, lineage: Lineage, state: StateFinding) -> Reason:
        """Return the reason for one measure: the chain of rules, tiers and amounts behind it."""
        package = next((p for s, p, _ in lineage.applied if s is state), None)
        children = [*self._referring(lineage.rule.name), self.rule(lineage)]
        if package is not None:
            children += [self._tier(tier) for tier in package.tiers]
        fine = norm.item.fine
        words: dict[str, Bilingual | str | int] = {"measure": MEASURE_LABELS[norm.item.kind]}
        code = "sanction"
        if fine is not None:
            code = "sanction_fine"
            words["range"] = range_label(fine)
            told = (part for part in fine.parts if part.parts or part.key or part.figures)
            children += [self.argument.of(part) for part in told]
            if fine.written_floor is not None and fine.high is not None:
                ends = {"floor": Amount(fine.written_floor), "ceiling": Amount(fine.high)}
                children.append(Reason("floor_above_ceiling", ends))
        if norm.item.amount is not None:
            children.append(self.argument.of(norm.item.amount))
        children += self._giving_way(norm)
        version = state.version
        return Reason(
            code,
            words,
            law=version.law if version else (),
            unverified=version.unverified if version else Label(),
            children=tuple(children),
        )

    def _referring(self, name: str) -> list[Reason]:
        """Return the established rules that send the case to `name`, with what they rest on."""
        found = []
        for lineage in self.leaf.lineages.values():
            state = lineage.conduct
            if state.state is RuleState.ESTABLISHED and name in refers_to(lineage.rule):
                version = state.version
                words: dict[str, Bilingual | str | int] = {
                    "rule": self._name(lineage.rule.name),
                    "target": self._name(name),
                }
                if version is not None:
                    words["breaches"] = Cited(version.breaches)
                found.append(
                    Reason(
                        "refers" if version and version.breaches else "refers_plain",
                        words,
                        law=version.law if version else (),
                        unverified=version.unverified if version else Label(),
                        children=(self.rule(lineage),),
                    )
                )
        return found

    def _tier(self, tier: TierFinding) -> Reason:
        truth, reading = tier.truth, tier.tier.reading
        code = {
            Truth.TRUE: "tier_applies",
            Truth.FALSE: "tier_not",
            Truth.UNKNOWN: "tier_open",
        }[truth]
        children = [self.argument.of(tier.found)]
        if reading:
            children.append(Reason("reading", {"text": reading}))
        return Reason(code, truth=truth, children=tuple(children))

    def _giving_way(self, norm: Norm) -> list[Reason]:
        effect = self.leaf.effect(EffectKind.HIGHER_FINE)
        found = []
        for other, winner in self.leaf.settled.giving_way:
            if winner == norm.rule and norm.item.fine is not None and effect is not None:
                version = effect.state.version
                name = {"rule": self._name(other.rule)}
                found.append(Reason("higher_fine", name, law=version.law if version else ()))
        for loser, prevailing, principle in self.leaf.settled.yielding:
            if prevailing == norm:
                words = {"rule": self._name(loser.rule), "principle": _PRINCIPLES[principle]}
                found.append(Reason("yields", words))
        return found

    # --- the whole branch ---

    def branch(self, sanctions: Sequence[Sanction], fine: FineTotal) -> Reason:
        """Return the root: the answer, the general part, every sanction, every other rule."""
        children = [sanction.reason for sanction in sanctions]
        children += [self._effect(kind) for kind in dict.fromkeys(
            a.effect.kind for a in self.leaf.effects
        ) if self._effect_matters(kind)]  # fmt: skip
        if self.leaf.settled.choice and not fine.none:
            children.append(Reason("choose_norm"))
        # a version may hold and say that nothing follows: the reader is told why
        children += [
            self.rule(lineage)
            for lineage in self.leaf.lineages.values()
            if reaches_penalties(lineage.rule)
            and lineage.applied
            and not any(package.items or package.effects for _, package, _ in lineage.applied)
        ]
        children += [
            Reason("effect_not", {"rule": self._name(name)}, children=(self.rule(lineage),))
            for name, lineage in self.leaf.lineages.items()
            if not lineage.applied and reaches_penalties(lineage.rule)
        ]
        return Reason("outcome", {"fine": total_label(fine)}, children=tuple(children))

    def _effect_matters(self, kind: EffectKind) -> bool:
        if kind in (EffectKind.ONE_FINE, EffectKind.HIGHER_FINE):
            return self.leaf.settled.choice or bool(self.leaf.settled.giving_way)
        if kind is EffectKind.LATER_LIGHTER_LAW:
            return any(
                lineage.later is not None and lineage.side is not Side.NEITHER
                for lineage in self.leaf.lineages.values()
            )
        return True

    def _effect(self, kind: EffectKind) -> Reason:
        applied = self.leaf.effect(kind)
        if applied is None:
            raise KeyError(kind)
        version = applied.state.version
        may = "effect_may" if applied.effect.modality.value != "must" else "effect_must"
        return Reason(
            may,
            {"effect": EFFECT_LABELS[kind]},
            law=version.law if version else (),
            unverified=version.unverified if version else Label(),
            children=(self.rule(applied.lineage),),
        )


def _end(version: Version) -> Label:
    end: datetime.date | None = version.interval.end
    if end is None:
        return Label("now", "今")
    return Label(end.isoformat(), end.isoformat())


def range_label(fine: FineRange) -> Label:
    """Return the range of a fine in words."""
    return total_label(FineTotal(fine.low, fine.high, fine.may, fine.high is None))


def total_label(fine: FineTotal) -> Label:
    """Return a lawful range in words: `200,000 yuan to 1,000,000 yuan`, `none, or up to ...`."""
    if fine.none:
        return Label("no fine", "不得罚款")
    low = None if fine.low is None else Amount(fine.low)
    high = None if fine.high is None else Amount(fine.high)
    english, chinese = _range_text(low, high)
    if fine.may:
        english, chinese = f"none, or {english}", f"可以不罚，或{chinese}"
    return Label(english, chinese)


def _range_text(low: Amount | None, high: Amount | None) -> tuple[str, str]:
    if high is None:
        if low is None:
            return "an amount that hangs on facts not known", "数额取决于未知事实"
        return f"from {low.text('en')}, ceiling not known", f"{low.text('zh')}以上，上限未知"
    if low is None:
        return f"up to {high.text('en')}, no floor", f"{high.text('zh')}以下，无下限"
    if low == high:
        return high.text("en"), high.text("zh")
    return f"{low.text('en')} to {high.text('en')}", f"{low.text('zh')}以上{high.text('zh')}以下"
