"""A comparison of versions as a reader gets it, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lawengine.base.citation import Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.money import format_yuan
from lawengine.deciding.hypothesis import Comparison, Line, Margin, Row
from lawengine.deciding.reasoning import total_label
from lawengine.reports.citing import law_parts
from lawengine.reports.document import LawPart
from lawengine.reports.naming import Names
from lawengine.reports.wording import word


@dataclass(frozen=True, slots=True)
class LinePart:
    """The parties with one outcome; `by_branch` gives it under each open answer."""

    parties: str
    range: str
    by_branch: tuple[tuple[str, str], ...]
    break_even: str
    break_even_note: str


@dataclass(frozen=True, slots=True)
class VersionPart:
    """One version, or the true answer: then the times and the law are empty."""

    period: str
    law: str
    unverified: str
    lines: tuple[LinePart, ...]


@dataclass(frozen=True, slots=True)
class MarginPart:
    """What stays with one party under one named assumption, version by version."""

    party: str
    assumption: str
    text: str
    gain: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VersionsDocument:
    """The whole comparison: the true answer apart from the hypotheses."""

    title: str
    case: str
    true: VersionPart
    versions: tuple[VersionPart, ...]
    margins: tuple[MarginPart, ...]
    laws: tuple[LawPart, ...]
    produced: str


def draft_versions(comparison: Comparison, names: Names) -> VersionsDocument:
    """Return the document of a comparison of versions."""
    return _Drafter(names).document(comparison)


@dataclass(frozen=True, slots=True)
class _Drafter:
    names: Names

    def _word(self, key: str, **places: object) -> str:
        return word(key, self.names.language, **places)

    def document(self, comparison: Comparison) -> VersionsDocument:
        decision = comparison.decision
        cited = [citation for row in comparison.rows for citation in row.law]
        return VersionsDocument(
            title=decision.title.text(self.names.language) or decision.case,
            case=decision.case,
            true=VersionPart("", "", "", tuple(self._lines(comparison.lines))),
            versions=tuple(self._version(row) for row in comparison.rows),
            margins=tuple(self._margins(comparison)),
            laws=law_parts(cited, self.names),
            produced=self._word(
                "produced", rulebook=decision.rulebook[:12], engine=decision.engine
            ),
        )

    def _version(self, row: Row) -> VersionPart:
        return VersionPart(
            period=self._period(row),
            law=self.names.citations(row.law),
            unverified=row.unverified.text(self.names.language),
            lines=tuple(self._lines(row.lines)),
        )

    def _period(self, row: Row) -> str:
        start = self.names.day(row.interval.start)
        if row.interval.end is None:
            return self._word("from_day", start=start)
        return self._word("from_to", start=start, end=self.names.day(row.interval.end))

    def _lines(self, lines: Iterable[Line]) -> Iterator[LinePart]:
        """Yield the outcomes, parties with the same one together."""
        found: dict[tuple[object, ...], list[Line]] = {}
        for line in lines:
            key = (line.fine, line.by_branch, line.taken, line.break_even)
            found.setdefault(key, []).append(line)
        comma = "、" if self.names.language == "zh" else ", "
        for group in found.values():
            first = group[0]
            branches = first.by_branch if len(first.by_branch) > 1 else ()
            yield LinePart(
                parties=comma.join(line.respondent for line in group),
                range=total_label(first.fine).text(self.names.language),
                by_branch=tuple(
                    (label.text(self.names.language), total_label(fine).text(self.names.language))
                    for label, fine in branches
                ),
                break_even=self._break_even(first),
                break_even_note=("" if first.break_even is None else self._word("break_even_note")),
            )

    def _break_even(self, line: Line) -> str:
        gain = self._word("not_known")
        if line.break_even is not None:
            gain = format_yuan(line.break_even, self.names.language)
        if line.taken:
            return self._word("taken", gain=gain, law=self.names.citations(line.taken))
        return gain

    # --- margins ---

    def _margins(self, comparison: Comparison) -> Iterator[MarginPart]:
        columns: list[tuple[str, Sequence[Line]]] = [
            (self._word("true_answer"), comparison.lines),
            *((self._period(row), row.lines) for row in comparison.rows),
        ]
        for line in comparison.lines:
            for margin in line.margins:
                yield MarginPart(
                    party=line.respondent,
                    assumption=margin.assumption,
                    text=margin.text.text(self.names.language),
                    gain=format_yuan(margin.gain, self.names.language),
                    rows=tuple(
                        (period, self._stays(found, taken))
                        for period, lines in columns
                        for found, taken in _same(margin, line, lines)
                    ),
                )

    def _stays(self, margin: Margin, taken: tuple[Citation, ...]) -> str:
        left = self._margin(margin.least, margin.most)
        if not taken:
            return left
        least = None if margin.least is None else margin.least - margin.gain
        rest = self._margin(least, margin.most - margin.gain)
        return self._word("margin_taken", left=left, taken=rest)

    def _margin(self, least: int | None, most: int) -> str:
        shown = format_yuan(most, self.names.language)
        if least == most:
            return shown
        low = self._word("not_known")
        if least is not None:
            low = format_yuan(least, self.names.language)
        return self._word("margin", least=low, most=shown)


def _same(
    margin: Margin, line: Line, lines: Sequence[Line]
) -> Iterator[tuple[Margin, tuple[Citation, ...]]]:
    """Yield the margin of the same party under the same assumption in another version."""
    for other in lines:
        if other.respondent == line.respondent:
            for found in other.margins:
                if found.assumption == margin.assumption:
                    yield found, other.taken
