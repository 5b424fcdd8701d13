"""Lowering of scores and grades."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain

from lawengine.base.diagnostic import Diagnostic, Note, nearest
from lawengine.base.label import Label
from lawengine.language import syntax as s
from lawengine.language.infer import STATUS_WORDS
from lawengine.language.lower_statuses import StatusLowering
from lawengine.language.type_rules import as_points
from lawengine.model import expressions as e
from lawengine.model import ratings as rt
from lawengine.model.types import POINTS, RATE, Choices, Member
from lawengine.model.vocabulary import ROOT

_LOWER = (e.Comparison.AT_LEAST, e.Comparison.MORE)
View = tuple[str, ...]


class RatingLowering(StatusLowering):
    """Scores, grades and their versions."""

    def level_choices(self) -> dict[str, Choices]:
        """Return the levels of each grade as a list of choices by its name."""
        found: dict[str, Choices] = {}
        for node in self.each(s.GradeNode):
            assert isinstance(node, s.GradeNode)  # noqa: S101 - each() yields that class
            name = node.name.text
            table = self.symbols.choices[name]
            members = (
                Member(level.name.text, table[level.name.text].alias, level.label)
                for level in node.levels
                if table[level.name.text].node is level
            )
            found[name] = Choices(name, tuple(members))
        return found

    def ratings(self) -> tuple[dict[str, rt.Score], dict[str, rt.Grade]]:
        """Return the typed scores and grades; one without an entity or a date is left out."""
        scores: dict[str, rt.Score] = {}
        for node in self.each(s.ScoreNode):
            score = self._score(node)  # type: ignore[arg-type]  # each() yields that class
            if score is not None:
                scores[score.name] = score
        grades: dict[str, rt.Grade] = {}
        for node in self.each(s.GradeNode):
            grade = self._grade(node, scores)  # type: ignore[arg-type]  # each() yields that class
            if grade is not None:
                grades[grade.name] = grade
        return scores, grades

    # --- scores ---

    def _score(self, node: s.ScoreNode) -> rt.Score | None:
        entity, scale = self._entity_of(node), self._scale(node)
        if entity is None:
            return None
        view = self.symbols.view_of(entity)
        outer = self.inference.view, self.inference.of_status
        self.inference.view, self.inference.of_status = view, True
        dated_by = self._dated_by(node, view)
        versions = sorted(
            (self._score_version(version, view) for version in node.versions),
            key=lambda version: version.interval.start,
        )
        self.inference.view, self.inference.of_status = outer
        self._dated(node, versions)
        if dated_by is None or scale is None:
            return None
        return rt.Score(
            node.name.text, self.symbols.ratings[node.name.text].alias, node.label, entity,
            dated_by, *scale, tuple(versions), self._repealed(node, versions), node.span,
        )  # fmt: skip

    def _entity_of(self, node: s.ScoreNode | s.GradeNode) -> str | None:
        entity = self.symbols.entity(node.entity.text)
        if entity is None:
            near = nearest(node.entity.text, self.symbols.entities)
            self.report("LAW213", node.entity.span, suggestion=near, name=node.entity.text)
            return None
        if ROOT not in self.symbols.view_of(entity.name):
            self.report("LAW241", node.entity.span, name=node.entity.text)
            return None
        return entity.name

    def _dated(
        self,
        node: s.ScoreNode | s.GradeNode,
        versions: list[rt.ScoreVersion] | list[rt.GradeVersion],
    ) -> None:
        """Report a lineage without versions, and versions that share a day."""
        if not versions:
            kind = STATUS_WORDS[node.kind]
            self.report("LAW249", node.name.span, kind=kind, name=node.name.text)
        self.overlaps([(version.interval, version.span) for version in versions])

    def _scale(self, node: s.ScoreNode) -> tuple[int | Fraction, int | Fraction] | None:
        if node.scale is None:
            self.report("LAW267", node.name.span, name=node.name.text)
            return None
        low, high = (self.inference.expect(end, POINTS) for end in node.scale)
        if not isinstance(low, e.Constant) or not isinstance(high, e.Constant):
            if low is not None and high is not None:
                self.report("LAW226", node.scale[0].span)
            return None
        ends = low.value, high.value
        assert isinstance(ends[0], int | Fraction)  # noqa: S101 - constants of points
        assert isinstance(ends[1], int | Fraction)  # noqa: S101 - constants of points
        if ends[0] >= ends[1]:
            self.report("LAW267", node.scale[0].span, name=node.name.text)
            return None
        return ends[0], ends[1]

    def _score_version(self, node: s.ScoreVersionNode, view: View) -> rt.ScoreVersion:
        if not node.law:
            self.report("LAW228", node.span)
        if not node.indicators:
            self.report("LAW268", node.span)
        self._once_named((item.name for item in node.indicators), Label("indicator", "指标"))
        self._once_named((item.name for item in node.vetoes), Label("veto", "否决"))
        found = (self._indicator(item, view) for item in node.indicators)
        return rt.ScoreVersion(
            interval=self.interval(node.start, node.end, node.span),
            law=self.citations(node.law),
            indicators=tuple(item for item in found if item is not None),
            vetoes=tuple(self._veto(item, view) for item in node.vetoes),
            rounding=node.rounding,
            unverified=node.unverified,
            readings=node.readings,
            span=node.span,
        )

    def _indicator(self, node: s.IndicatorNode, view: View) -> rt.Indicator | None:
        weight = self._figure(self.inference.expect(node.weight, RATE), node.weight)
        value = self.inference.expect(node.value, POINTS)
        if value is not None and not self._reaches(value, view, node.value.span):
            value = None
        if weight is None or value is None:
            return None
        return rt.Indicator(
            node.name.text, node.label, weight, as_points(value), self.citations(node.law),
            node.unverified, node.span,
        )  # fmt: skip

    def _figure(
        self, found: e.Expression | None, node: s.ExpressionNode
    ) -> e.Constant | e.ParameterValue | None:
        """Return a weight or a limit, which is written or a dated figure and never worked out."""
        if found is None or isinstance(found, e.Constant | e.ParameterValue):
            return found
        self.report("LAW278", node.span)
        return None

    def _veto(self, node: s.VetoNode, view: View) -> rt.Veto:
        return rt.Veto(
            node.name.text, node.label, self._asked(node.condition, view),
            self.citations(node.law), node.unverified, node.span,
        )  # fmt: skip

    def _once_named(self, names: Iterator[s.Name], kind: Label) -> None:
        seen: dict[str, s.Name] = {}
        for name in names:
            if name.text in seen:
                note = Note(seen[name.text].span, Label("first declared here", "首次声明于此"))
                words = {"name": name.text, "kind": kind}
                self.diagnostics.append(Diagnostic("LAW203", name.span, words, notes=(note,)))
            seen.setdefault(name.text, name)

    # --- grades ---

    def _grade(self, node: s.GradeNode, scores: dict[str, rt.Score]) -> rt.Grade | None:
        entity = self._entity_of(node)
        if not node.levels:
            self.report("LAW266", node.name.span, name=node.name.text)
        if entity is None:
            return None
        view = self.symbols.view_of(entity)
        outer = self.inference.view, self.inference.of_status
        self.inference.view, self.inference.of_status = view, True
        dated_by = self._dated_by(node, view)
        found = (self._grade_version(version, node, entity, scores) for version in node.versions)
        versions = sorted(
            (version for version in found if version is not None),
            key=lambda version: version.interval.start,
        )
        self.inference.view, self.inference.of_status = outer
        if not node.versions:
            self._dated(node, versions)
        self.overlaps([(version.interval, version.span) for version in versions])
        if dated_by is None:
            return None
        levels = tuple(dict.fromkeys(level.name.text for level in node.levels))
        return rt.Grade(
            node.name.text, self.symbols.ratings[node.name.text].alias, node.label, entity,
            dated_by, levels, tuple(versions), self._repealed(node, versions), node.span,
        )  # fmt: skip

    def _grade_version(
        self, node: s.GradeVersionNode, grade: s.GradeNode, entity: str,
        scores: dict[str, rt.Score],
    ) -> rt.GradeVersion | None:  # fmt: skip
        if not node.law:
            self.report("LAW228", node.span)
        score = self._score_of(node, entity)
        self._once_named((item.name for item in node.vetoes), Label("veto", "否决"))
        bands = [self._grade_band(band, grade) for band in node.bands]
        vetoed = self._level(node.vetoed, grade) if node.vetoed is not None else ""
        view = self.symbols.view_of(entity)
        vetoes = tuple(self._veto(item, view) for item in node.vetoes)
        if score is None or score not in scores:
            return None
        version = rt.GradeVersion(
            interval=self.interval(node.start, node.end, node.span),
            law=self.citations(node.law),
            score=score,
            bands=tuple(band for band in bands if band is not None),
            vetoes=vetoes,
            vetoed=vetoed or "",
            unverified=node.unverified,
            readings=node.readings,
            span=node.span,
        )
        self._vetoes_lead_somewhere(version, node, scores[score])
        return version

    def _score_of(self, node: s.GradeVersionNode, entity: str) -> str | None:
        if node.score is None:
            self.report("LAW271", node.span)
            return None
        symbol = self.inference.rating(node.score)
        if symbol is None:
            return None
        if not isinstance(symbol.node, s.ScoreNode):
            self.report("LAW270", node.score.span, name=node.score.text)
            return None
        owner = self.symbols.entity(symbol.node.entity.text)
        if owner is not None and owner.name != entity:
            self.report("LAW269", node.score.span, name=node.score.text, entity=entity)
            return None
        return symbol.name

    def _level(self, name: s.Name, grade: s.GradeNode) -> str | None:
        symbol = self.symbols.choice(grade.name.text, name.text)
        if symbol is None:
            near = nearest(name.text, self.symbols.choices.get(grade.name.text, {}))
            words = {"name": name.text, "grade": grade.name.text}
            self.report("LAW265", name.span, suggestion=near, **words)
            return None
        return symbol.name

    def _grade_band(self, node: s.GradeBandNode, grade: s.GradeNode) -> rt.GradeBand | None:
        level = self._level(node.level, grade)
        ends: dict[bool, rt.Limit] = {}
        for item in node.limits:
            points = self._figure(self.inference.expect(item.points, POINTS), item.points)
            lower = item.comparison in _LOWER
            if points is None:
                return None
            if lower in ends:
                self.report("LAW118", item.span, clause=self._limit_word(item))
            ends[lower] = rt.Limit(item.comparison, points)
        if level is None:
            return None
        law = self.citations(node.law)
        return rt.GradeBand(level, ends.get(True), ends.get(False), law, node.span)

    @staticmethod
    def _limit_word(item: s.LimitNode) -> Label:
        return {
            True: Label("at least` or `more than", "不少于”或“超过"),
            False: Label("at most` or `less than", "不超过”或“少于"),
        }[item.comparison in _LOWER]

    def _vetoes_lead_somewhere(
        self, version: rt.GradeVersion, node: s.GradeVersionNode, score: rt.Score
    ) -> None:
        """Report vetoes without the level they give, and such a level without a veto."""
        during = (v for v in score.versions if v.interval.overlaps(version.interval))
        some = next(chain(version.vetoes, *(v.vetoes for v in during)), None)
        if (some is not None) is not (node.vetoed is not None):
            self.report("LAW275", node.vetoed.span if node.vetoed is not None else node.span)
