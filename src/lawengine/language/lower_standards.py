"""Lowering of discretion standards."""

from __future__ import annotations

from fractions import Fraction

from lawengine.base.diagnostic import nearest
from lawengine.base.label import Label
from lawengine.base.money import format_percent
from lawengine.language import syntax as s
from lawengine.language.lower_base import LoweringBase
from lawengine.language.resolve import SymbolKind
from lawengine.model import rules as r
from lawengine.model import standards as sd
from lawengine.model.vocabulary import Role

_KIND = Label("standard", "裁量基准")


class StandardLowering(LoweringBase):
    """Discretion standards and their versions."""

    def standard(self, node: s.StandardNode) -> sd.Standard:
        """Return the typed standard."""
        symbol = self.symbols.standards[node.name.text]
        versions = sorted(
            (self._standard_version(version) for version in node.versions),
            key=lambda version: version.interval.start,
        )
        if not versions:
            self.report("LAW249", node.name.span, kind=_KIND, name=node.name.text)
        self.overlaps([(version.interval, version.span) for version in versions])
        repeal = None
        if node.repeal is not None:
            repeal = r.Repeal(node.repeal.start, self.cite(node.repeal.law))
            last = versions[-1].interval.end if versions else None
            if versions and (last is None or last >= repeal.start):
                self.report("LAW301", node.repeal.span, day=repeal.start.isoformat())
        return sd.Standard(
            symbol.name, symbol.alias, node.label, tuple(versions), repeal, node.span
        )

    def _standard_version(self, node: s.StandardVersionNode) -> sd.StandardVersion:
        if not node.law:
            self.report("LAW228", node.span)
        found = sd.StandardVersion(
            interval=self.interval(node.start, node.end, node.span),
            law=self.citations(node.law),
            authority=self.word(node.authority),
            region=self._region(node.region),
            lighter=self._share(node.lighter),
            heavier=self._share(node.heavier),
            point=self._share(node.point, whole=True),
            balanced=node.balanced,
            circumstances=tuple(
                found for item in node.circumstances if (found := self._circumstance(item))
            ),
            unverified=node.unverified,
            readings=node.readings,
            span=node.span,
        )
        if found.silent and not node.circumstances:
            self.report("LAW292", node.span)
        if node.lighter is not None and node.heavier is not None:
            total = node.lighter.portion + node.heavier.portion
            if total >= 1:
                self.report("LAW291", node.heavier.span, total=_percent(total))
        return found

    def _circumstance(self, node: s.CircumstanceNode) -> sd.Circumstance | None:
        condition = self.inference.condition(node.condition)
        if condition is None:
            return None  # reported: the text has an error then and is not applied
        law = self.citations(node.law)
        return sd.Circumstance(node.effect, node.modality, condition, law, node.span)

    def _share(self, node: s.ShareNode | None, *, whole: bool = False) -> sd.Share | None:
        """Return a part of a band: more than nothing and less than all of it.

        Edges: a point may lie at either end of its step.
        """
        if node is None:
            return None
        inside = 0 <= node.portion <= 1 if whole else 0 < node.portion < 1
        if not inside:
            self.report("LAW290", node.span, found=_percent(node.portion))
        return sd.Share(node.portion, node.rounding)

    def _region(self, name: s.Name | None) -> str:
        """Return the identifier of a region: a choice of the fact that serves as region."""
        if name is None:
            return ""
        regions = {
            word: symbol
            for facts in self.symbols.facts.values()
            for fact in facts.values()
            if fact.kind is SymbolKind.FACT and _serves_as_region(fact.node)
            for word, symbol in self.symbols.choices.get(fact.path, {}).items()
        }
        if name.text not in regions:
            near = nearest(name.text, regions)
            self.report("LAW293", name.span, suggestion=near, name=name.text)
            return name.text
        return regions[name.text].name


def _serves_as_region(node: object) -> bool:
    return isinstance(node, s.FactNode) and node.role is not None and node.role.text == Role.REGION


def _percent(portion: Fraction) -> Label:
    text = format_percent(portion)
    return Label(f"{text} %", f"{text}%")
