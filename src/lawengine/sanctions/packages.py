"""Packages: the measures that one version of a rule attaches to one act, its tiers applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from fractions import Fraction

from lawengine.base.dataclass import dataclass
from lawengine.base.truth import Truth, truth
from lawengine.evaluation.domains import bounds, compute
from lawengine.evaluation.evaluate import View, evaluate
from lawengine.evaluation.facts import Domain, Known
from lawengine.evaluation.questions import question_of, size
from lawengine.evaluation.trace import Block, Finding, Need, Question, merge_needs
from lawengine.model import expressions as e
from lawengine.model import measures as m
from lawengine.model.rules import Rule, Tier, Version
from lawengine.model.types import COUNT, Kind
from lawengine.model.vocabulary import ACT, PARTY, ROOT


@dataclass(frozen=True, slots=True)
class FineRange:
    """A range of a fine.

    Units: fen. `low` None is no floor; `high` None is a ceiling that hangs on an unknown fact.
    `may` tells that the fine may be left out altogether. `parts` are the findings behind the
    figures; `low_sure` and `high_sure` are False where an end itself is known only within bounds.
    `written_floor` is the floor as written where it lies above the ceiling, which then counts.
    """

    low: int | None
    high: int | None
    may: bool
    parts: tuple[Finding, ...] = ()
    low_sure: bool = True
    high_sure: bool = True
    written_floor: int | None = None

    @property
    def sure(self) -> bool:
        """Tell whether both ends are exact."""
        return self.low_sure and self.high_sure and self.high is not None


@dataclass(frozen=True, slots=True)
class Item:
    """One measure of a package; `group` is not 0 for those the authority chooses between."""

    measure: m.Measure
    modality: m.Modality
    fine: FineRange | None = None
    amount: Finding | None = None
    group: int = 0
    mode: m.ChoiceMode | None = None

    @property
    def kind(self) -> m.MeasureKind:
        """Return the kind of measure."""
        return self.measure.kind

    @property
    def must(self) -> bool:
        """Tell whether the authority has no choice to leave it out."""
        return self.modality is m.Modality.MUST and self.group == 0


@dataclass(frozen=True, slots=True)
class TierFinding:
    """Whether a tier applies; `depth` 1 for `if`, 2 for `further if`.

    `truth` is that of the condition, or the answer that a branch assumes.
    """

    tier: Tier
    found: Finding
    depth: int
    truth: Truth


@dataclass(frozen=True, slots=True)
class Package:
    """What follows from one version of a rule for one act.

    `blocks` are tiers that are open, `amount_needs` the facts on which an amount hangs; `clashes`
    names kinds that tiers of one level, both applying, set differently.
    """

    version: Version
    items: tuple[Item, ...]
    effects: tuple[m.Effect, ...] = ()
    references: tuple[m.Reference, ...] = ()
    tiers: tuple[TierFinding, ...] = ()
    blocks: tuple[Block, ...] = ()
    amount_needs: tuple[Need, ...] = ()
    clashes: tuple[str, ...] = ()

    @property
    def fine(self) -> FineRange | None:
        """Return the range of its fine, or None where it carries none."""
        return next((item.fine for item in self.items if item.fine is not None), None)


@dataclass(slots=True)
class _Builder:
    view: View
    rule: Rule
    version: Version
    answers: Mapping[Question, bool]
    tiers: list[TierFinding] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    clashes: list[str] = field(default_factory=list)
    effects: list[m.Effect] = field(default_factory=list)
    references: list[m.Reference] = field(default_factory=list)
    groups: int = 0
    tier: int = -1
    band_number: int = -1

    def consequences(self, consequences: Iterable[m.Consequence], tier: int) -> list[Item]:
        """Return the items of one tier; -1 is the ordinary one."""
        self.tier, self.band_number = tier, -1
        items: list[Item | None] = []
        for consequence in consequences:
            match consequence:
                case m.Measure():
                    items.append(self.item(consequence, consequence.modality))
                case m.MeasureChoice(mode=mode, modality=modality, measures=measures):
                    self.groups += 1
                    items += [self.item(part, modality, self.groups, mode) for part in measures]
                case m.Effect():
                    self.effects.append(consequence)
                case _:
                    self.references.append(consequence)
        return [item for item in items if item is not None]

    def item(
        self,
        measure: m.Measure,
        modality: m.Modality,
        group: int = 0,
        mode: m.ChoiceMode | None = None,
    ) -> Item | None:
        """Return the item, or None for a sum of nothing: an imposed sum is above 0."""
        fine = None
        if measure.kind is m.MeasureKind.FINE:
            may = modality is not m.Modality.MUST or group > 0
            fine = self.fine(measure, may=may)
            if fine is None or (fine.high_sure and fine.high is not None and fine.high <= 0):
                return None
        amount = evaluate(measure.object, self.view) if measure.object is not None else None
        if amount is not None:
            if _nothing(amount.domain):
                return None
            self.ask(amount)
        return Item(measure, modality, fine, amount, group, mode)

    def fine(self, measure: m.Measure, *, may: bool) -> FineRange | None:
        """Return the range of a fine, or None where no alternative of the article applies."""
        possible: list[FineRange] = []
        settled = False
        for condition, band in measure.bands:
            self.band_number += 1
            if settled:
                continue
            found = None if condition is None else evaluate(condition, self.view)
            result = Truth.TRUE if found is None else self.answered(found, self.band_number)
            if result is Truth.FALSE:
                continue
            possible.append(self.band(band, found, may=may))
            settled = result is Truth.TRUE
        return _either(possible, may=may) if possible else None

    def band(self, band: m.Band, condition: Finding | None, *, may: bool) -> FineRange:
        high = self.amount(band.high, band.per)
        low = None if band.low is None else self.amount(band.low, band.per)
        parts = tuple(part for part in (condition, low, high) if part is not None)
        written = None if low is None else _whole(bounds(low.domain)[0])
        least, high_sure = _whole(bounds(high.domain)[0]), isinstance(high.domain, Known)
        floor = _under(written, least)
        return FineRange(
            low=floor,
            high=_whole(bounds(high.domain)[1]),
            may=may,
            parts=parts,
            low_sure=low is None
            or (isinstance(low.domain, Known) and (high_sure or floor == written)),
            high_sure=high_sure,
            written_floor=written if high_sure and floor != written else None,
        )

    def amount(self, expression: e.Expression, per: str) -> Finding:
        found = evaluate(expression, self.view)
        self.ask(found)
        if not per:
            return found
        # Law: one penalty per unit (such as a shop) multiplies the band by their number.
        counted = e.Aggregated(e.Aggregation.COUNT, per, None, None, COUNT)
        number = evaluate(counted, self.view)
        domain: Domain = compute(e.Operation.MULTIPLY, found.domain, number.domain)
        product = e.Computed(e.Operation.MULTIPLY, expression, counted, expression.type)
        needs = merge_needs(found.needs, number.needs)
        return Finding(product, domain, needs, (found, number), clash=found.clash)

    def ask(self, amount: Finding) -> None:
        """Keep an amount open where a judgement, a choice or a threshold decides what it is."""
        facts = self.view.rulebook.vocabulary.fact
        needs = tuple(
            need
            for need in amount.needs
            if need.key.fact
            and need.key.entity in (ROOT, PARTY, ACT)
            and (need.cut or facts(need.key.entity, need.key.fact).type.kind in _LISTED)
        )
        if needs:
            self.blocks.append(Block(None, needs))

    def answered(self, found: Finding, band: int = -1) -> Truth:
        """Return the truth of a condition, or the answer that a branch assumes."""
        if found.truth is not Truth.UNKNOWN:
            return found.truth
        question = question_of(
            self.view.rulebook, self.rule, self.version, self.view.law, self.tier, band
        )
        result = truth(self.answers.get(question))
        if result is Truth.UNKNOWN:
            self.blocks.append(Block(question, found.needs))
        return result

    def apply(self, tiers: tuple[Tier, ...], items: list[Item], depth: int, at: int) -> list[Item]:
        """Return the items after all tiers of one level that apply; `at` is the first's number."""
        seen: dict[m.MeasureKind, list[m.Measure]] = {}
        for tier in tiers:
            number, at = at, at + 1 + size(tier.tiers)
            self.tier = number
            found = evaluate(tier.condition, self.view)
            result = self.answered(found)
            self.tiers.append(TierFinding(tier, found, depth, result))
            if result is not Truth.TRUE:
                continue
            if tier.instead_of_all:
                items, self.effects, self.references = [], [], []
            own = self.consequences(tier.consequences, number)
            self._clash(own, seen)
            kinds = {item.kind for item in own}
            # Law: a tier replaces measures of the same kind; everything else stays.
            items = [item for item in items if item.kind not in kinds] + own
            items = self.apply(tier.tiers, items, depth + 1, number + 1)
        return items

    def _clash(self, own: list[Item], seen: dict[m.MeasureKind, list[m.Measure]]) -> None:
        """Note the kinds that an earlier tier of this level sets differently."""
        for kind in dict.fromkeys(item.kind for item in own):
            mine = [item.measure for item in own if item.kind is kind]
            if seen.setdefault(kind, mine) != mine:
                self.clashes.append(kind.value)


def build_package(
    rule: str, version: Version, view: View, answers: Mapping[Question, bool]
) -> Package:
    """Return what `version` of `rule` attaches to the act in view.

    `answers` settle conditions that no single fact settles.
    """
    builder = _Builder(view, view.rulebook.rules[rule], version, answers)
    items = builder.consequences(version.consequences, -1)
    items = builder.apply(version.tiers, items, 1, 0)
    amount_needs = [
        need
        for item in items
        for part in (*(item.fine.parts if item.fine else ()), item.amount)
        if part is not None
        for need in part.needs
    ]
    return Package(
        version=version,
        items=tuple(items),
        effects=tuple(builder.effects),
        references=tuple(builder.references),
        tiers=tuple(builder.tiers),
        blocks=tuple(builder.blocks),
        amount_needs=merge_needs(tuple(amount_needs)),
        clashes=tuple(builder.clashes),
    )


_LISTED = (Kind.YES_NO, Kind.CHOICE)


def _nothing(domain: Domain) -> bool:
    high = bounds(domain)[1]
    return isinstance(high, int | Fraction) and high <= 0


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _under(floor: int | None, ceiling: int | None) -> int | None:
    """Return the floor that counts under a ceiling of at least that much.

    Law: a reading. A penalty without a basis in law is void (APL-2021 art 38, APL-2017 art 3), so
    nothing above the ceiling can be imposed; a floor above it gives way and falls to the ceiling.
    Edges: None is no floor; where the ceiling is open, no floor is sure.
    """
    if floor is None or ceiling is None:
        return None
    if floor <= ceiling:
        return floor
    return ceiling if ceiling > 0 else None


def _either(possible: list[FineRange], *, may: bool) -> FineRange:
    """Return the range that contains every possible one; there is at least one."""
    if len(possible) == 1:
        return possible[0]
    lows, highs = [r.low for r in possible], [r.high for r in possible]
    return FineRange(
        low=None if None in lows else min(low for low in lows if low is not None),
        high=None if None in highs else max(high for high in highs if high is not None),
        may=may,
        parts=tuple(part for r in possible for part in r.parts),
        low_sure=False,
        high_sure=False,
    )
