"""The document as lines of the terminal: the answer first, then the tree of reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Language
from lawengine.reports.document import (
    ActPart,
    Answer,
    Document,
    FigurePart,
    Item,
    LawPart,
    MeasureLine,
    PartyPart,
    StatusPart,
    Step,
    Verdict,
)
from lawengine.reports.styled import DEFAULT_WIDTH, Piece, Style, StyledLine, wrap
from lawengine.reports.wording import word

if TYPE_CHECKING:
    from lawengine.reports.versions import LinePart, MarginPart, VersionsDocument

_MARKS: dict[str, Piece] = {
    "yes": ("yes", "✓ "),
    "no": ("no", "✗ "),
    "unknown": ("unknown", "? "),
    "": ("", ""),
}


def terminal_lines(
    document: Document, language: Language, width: int = DEFAULT_WIDTH
) -> Iterator[StyledLine]:
    """Yield the lines of a document, at most `width` columns wide."""
    yield from _Writer(language, width).document(document)


def versions_lines(
    document: VersionsDocument, language: Language, width: int = DEFAULT_WIDTH
) -> Iterator[StyledLine]:
    """Yield the lines of a comparison of versions, at most `width` columns wide."""
    yield from _Writer(language, width).versions(document)


def status_lines(
    title: str,
    summary: str,
    statuses: Iterable[tuple[str, StatusPart]],
    language: Language,
    width: int = DEFAULT_WIDTH,
) -> Iterator[StyledLine]:
    """Yield the lines of statuses, each with the party it concerns, below a title and a summary."""
    yield from _Writer(language, width).timeline(title, summary, statuses)


@dataclass(frozen=True, slots=True)
class _Writer:
    language: Language
    width: int

    def _word(self, key: str, **places: object) -> str:
        return word(key, self.language, **places)

    @property
    def _colon(self) -> str:
        return "：" if self.language == "zh" else ": "

    @property
    def _semicolon(self) -> str:
        return "；" if self.language == "zh" else "; "

    def _lines(self, indent: int, *pieces: Piece, hang: int = 2) -> Iterator[StyledLine]:
        first: list[Piece] = [("", " " * indent)]
        rest: list[Piece] = [("", " " * (indent + hang))]
        yield from wrap(list(pieces), self.width, first, rest)

    def document(self, document: Document) -> Iterator[StyledLine]:
        """Yield the lines of a decision."""
        if document.hypothesis:
            yield from self._lines(0, ("alarm", f"!! {self._word('hypothesis')} !!"))
            yield from self._lines(0, ("alarm", document.hypothesis))
            yield StyledLine(())
        yield from self._lines(0, ("title", document.title))
        if document.assumed:
            yield from self._lines(0, ("heading", self._word("assumed")))
            for text in document.assumed:
                yield from self._lines(2, ("", text))
        if not document.parties:
            yield from self._lines(0, ("", self._word("no_parties")))
        yield from self._verdicts(document.verdicts)
        if document.rest:
            yield from self._lines(2, ("alarm", document.rest))
        for party in document.parties:
            yield from self._party(party)
        yield from self._statuses("", document.statuses)
        yield from self._statuses("", document.ratings, "ratings")
        yield StyledLine(())
        if document.rest:
            yield from self._lines(0, ("alarm", document.rest))
        yield from self._laws(document.laws)
        yield from self._lines(0, ("muted", document.produced))

    def _verdicts(self, verdicts: Sequence[Verdict]) -> Iterator[StyledLine]:
        if not verdicts:
            return
        yield StyledLine(())
        yield from self._lines(0, ("heading", self._word("verdict")))
        for verdict in verdicts:
            yield from self._lines(2, ("heading", self._semicolon.join(verdict.of)))
            for line in verdict.lines:
                style: Style = "alarm" if line.alarm else "range"
                yield from self._lines(4, ("heading", f"{line.label}{self._colon}"),
                                       (style, line.text),
                                       *self._mark(unverified=line.unverified))  # fmt: skip

    def _party(self, party: PartyPart) -> Iterator[StyledLine]:
        if not party.acts:
            yield StyledLine(())
            yield from self._lines(0, ("heading", party.name))
            yield from self._lines(2, ("", self._word("no_acts")))
        for act in party.acts:
            yield StyledLine(())
            yield from self._act(party, act)
        if party.total:
            yield StyledLine(())
            label = f"{party.name} · {self._word('total')}{self._colon}"
            yield from self._lines(0, ("heading", label), ("range", party.total))
        yield from self._figures(party.figures)
        yield from self._statuses(party.name, party.statuses)
        yield from self._statuses(party.name, party.ratings, "ratings")

    def _act(self, party: PartyPart, act: ActPart) -> Iterator[StyledLine]:
        kind = f"{self._colon}{act.kind}" if act.kind else ""
        days = " · ".join(f"{name} {value}" for name, value in act.days)
        yield from self._lines(0, ("heading", f"{party.name} · {act.heading}{kind}"),
                               ("muted", f"   {days}"))  # fmt: skip
        if act.undetermined:
            yield from self._lines(2, ("alarm", self._word("undetermined")))
        for text in act.conflicts:
            yield from self._lines(2, ("alarm", text))
        if len(act.answers) > 1:
            yield from self._lines(2, ("heading", self._word("fine")))
        for answer in act.answers:
            yield from self._answer(answer)
        indent = 2
        if len(act.answers) > 1 and (act.measures or act.effects):
            yield from self._lines(2, ("heading", self._word("in_every_case")))
            indent = 4
        yield from self._measures(act.measures, indent)
        yield from self._effects(act.effects, indent)
        if act.authorities:
            yield from self._labelled(2, "authority", ("", act.authorities))
        for law, text in act.unverified:
            yield from self._lines(2, ("unverified", f"[{self._word('unverified')}] "),
                                   ("law", law), ("", f"{self._colon}{text}"))  # fmt: skip
        yield from self._figures(act.figures)
        yield from self._changes(act)
        yield from self._needs(act)
        yield from self._reasons(act)

    def _figures(self, figures: Sequence[FigurePart]) -> Iterator[StyledLine]:
        for figure in figures:
            yield from self._lines(2, ("heading", figure.heading))
            for place in figure.places:
                yield from self._lines(4, ("alarm" if figure.alarm else "", place))
            for ground in figure.grounds:
                yield from self._labelled(4, "figure_ground", ("", ground))
            if figure.ground_missing:
                yield from self._lines(4, ("alarm", self._word("figure_ground_missing")))
            for code, message, help_ in figure.findings:
                rest = f"{self._semicolon}{help_}" if help_ else ""
                yield from self._lines(4, ("muted", f"{code}{self._colon}{message}{rest}"))

    def _labelled(self, indent: int, key: str, *pieces: Piece) -> Iterator[StyledLine]:
        yield from self._lines(indent, ("heading", f"{self._word(key)}{self._colon}"), *pieces)

    # --- the answer ---

    def _answer(self, answer: Answer) -> Iterator[StyledLine]:
        label: list[Piece] = [("heading", f"{self._word('fine')}{self._colon}")]
        if answer.conditions:
            label = [("heading", f"({answer.number}) "), ("condition", self._conditions(answer))]
        yield from self._lines(2, *label, ("range", answer.range))
        for basis in answer.bases:
            yield from self._lines(4, ("", self._semicolon.join(basis.parts)),
                                   *self._mark(unverified=basis.unverified))  # fmt: skip
        for item in answer.recommended:
            yield from self._labelled(4, "recommended", *self._items([item]))
        yield from self._measures(answer.measures, 4)
        yield from self._effects(answer.effects, 4)

    def _conditions(self, answer: Answer) -> str:
        return f"{self._word('or_if').join(answer.conditions)}{self._colon}"

    def _mark(self, *, unverified: bool) -> list[Piece]:
        return [("unverified", f" [{self._word('unverified')}]")] if unverified else []

    def _measures(self, lines: Sequence[MeasureLine], indent: int) -> Iterator[StyledLine]:
        for line in lines:
            heading: Piece = ("heading", f"{line.heading}{self._colon}")
            yield from self._lines(indent, heading, *self._items(line.items))

    def _effects(self, items: Sequence[Item], indent: int) -> Iterator[StyledLine]:
        if items:
            yield from self._labelled(indent, "effects", *self._items(items))

    def _items(self, items: Sequence[Item]) -> Iterator[Piece]:
        for number, item in enumerate(items):
            yield "", (self._semicolon if number else "") + item.text
            if item.law:
                yield from self._bracketed(item.law)
            yield from self._mark(unverified=item.unverified and bool(item.law))

    def _bracketed(self, law: str) -> Iterator[Piece]:
        yield "law", f"（{law}）" if self.language == "zh" else f" ({law})"

    # --- lists, benefits, duties ---

    def _statuses(
        self, owner: str, statuses: Sequence[StatusPart], heading_key: str = "statuses"
    ) -> Iterator[StyledLine]:
        if not statuses:
            return
        yield StyledLine(())
        heading = f"{owner} · " if owner else ""
        yield from self._lines(0, ("heading", f"{heading}{self._word(heading_key)}"))
        for status in statuses:
            yield from self._status(status)

    def timeline(
        self, title: str, summary: str, statuses: Iterable[tuple[str, StatusPart]]
    ) -> Iterator[StyledLine]:
        """Yield the lines of a timeline."""
        yield from self._lines(0, ("title", title))
        yield from self._lines(0, ("heading", summary))
        before = ""
        for owner, status in statuses:
            if owner != before:
                yield from self._lines(0, ("heading", owner))
                before = owner
            yield from self._status(status)

    def _status(self, status: StatusPart) -> Iterator[StyledLine]:
        of = f" · {status.of}" if status.of else ""
        name: Piece = ("heading", f"{status.kind}{self._colon}{status.name}{of}{self._colon}")
        state: Piece = ("alarm" if status.alarm else "range", status.state)
        law = list(self._bracketed(status.law)) if status.law else []
        mark = self._mark(unverified=bool(status.unverified))
        yield from self._lines(2, name, state, *law, *mark)
        if status.days:
            days = " · ".join(f"{key} {value}" for key, value in status.days)
            yield from self._lines(4, ("", days))
        for heading, text in status.lines:
            yield from self._lines(4, ("heading", f"{heading}{self._colon}"), ("", text))
        if status.authority:
            yield from self._labelled(4, "keeper", ("", status.authority))
        if status.measures:
            yield from self._labelled(4, "status_measures", *self._items(status.measures))
        if status.triggers:
            yield from self._labelled(
                4, "status_triggers", ("", self._semicolon.join(status.triggers))
            )
        for title, lines in status.notes:
            if title:
                yield from self._lines(4, ("heading", f"{title}{self._colon}"))
            for line in lines:
                yield from self._lines(6, ("", f"- {line}"))
        if status.needs:
            yield from self._labelled(4, "needs", ("", self._semicolon.join(status.needs)))
        if status.unverified:
            yield from self._labelled(4, "unverified", ("", status.unverified))
        yield from self.tree(status.steps, "    ")

    # --- what would change it, what is needed ---

    def _changes(self, act: ActPart) -> Iterator[StyledLine]:
        if not act.changes:
            return
        yield from self._lines(2, ("heading", self._word("changes")))
        for change in act.changes:
            outcome = self._word("becomes", outcome=self._semicolon.join(change.outcomes))
            pieces: list[Piece] = [("", f"- {change.shown}{self._semicolon}"), ("range", outcome)]
            law = list(self._bracketed(change.law)) if change.law else []
            mark = self._mark(unverified=change.unverified)
            yield from self._lines(4, *pieces, *law, *mark)

    def _needs(self, act: ActPart) -> Iterator[StyledLine]:
        if not act.needs:
            yield from self._labelled(2, "needs", ("", self._word("nothing_needed")))
            return
        yield from self._lines(2, ("heading", self._word("needs")))
        for need in act.needs:
            asked = f"{self._colon}{need.question}" if need.question else ""
            cut = f"{self._semicolon}{need.cut}" if need.cut else ""
            yield from self._lines(4, ("", f"- {need.label}{asked}"), ("muted", cut))

    # --- reasons ---

    def _reasons(self, act: ActPart) -> Iterator[StyledLine]:
        if act.reasons_as:
            same = self._word("reasons_as", act=act.reasons_as)
            yield from self._labelled(2, "reasons", ("", same))
            return
        yield from self._lines(2, ("heading", self._word("reasons")))
        for answer in act.answers:
            if answer.number:
                first = answer.conditions[0] if answer.conditions else ""
                number: Piece = ("heading", f"({answer.number}) ")
                yield from self._lines(2, number, ("condition", first))
            yield from self.tree(answer.steps)
            for key, steps in (("rules_open", answer.rules_open), ("rules_out", answer.rules_out)):
                if steps:
                    yield from self._lines(2, ("heading", self._word(key)))
                    yield from self.tree(steps)

    def tree(self, steps: Iterable[Step], stem: str = "  ") -> Iterator[StyledLine]:
        """Yield the lines of a tree of reasons."""
        ordered = list(steps)
        for number, step in enumerate(ordered, 1):
            last = number == len(ordered)
            below = stem + ("   " if last else "│  ")
            rest = below + ("│  " if step.children else "   ")
            yield from wrap(
                list(self._step(step)),
                self.width,
                [("tree", stem + ("└─ " if last else "├─ "))],
                [("tree", rest)],
            )
            yield from self.tree(step.children, below)

    def _step(self, step: Step) -> Iterator[Piece]:
        if step.truth:
            yield _MARKS[step.truth]
        yield "", step.text
        if step.law:
            yield from self._bracketed(step.law)
        yield from self._mark(unverified=step.unverified)
        if step.source:
            yield "muted", f" — {step.source}"

    def _laws(self, laws: Sequence[LawPart]) -> Iterator[StyledLine]:
        if not laws:
            return
        yield from self._lines(0, ("heading", self._word("laws")))
        for law in laws:
            name: list[Piece] = [] if self.language == "zh" else [("law", f"{law.name}  ")]
            comma: Style = ""
            mark = self._mark(unverified=bool(law.unverified))
            text = f"{law.title}{'，' if self.language == 'zh' else ', '}{law.in_force}"
            yield from self._lines(2, *name, (comma, text), *mark)

    # --- comparison of versions ---

    def versions(self, document: VersionsDocument) -> Iterator[StyledLine]:
        """Yield the lines of a comparison of versions."""
        yield from self._lines(0, ("title", document.title))
        yield StyledLine(())
        yield from self._lines(0, ("heading", self._word("true_answer")),
                               ("muted", f" — {self._word('true_note')}"))  # fmt: skip
        yield from self._outcomes(document.true.lines)
        yield StyledLine(())
        yield from self._lines(0, ("alarm", f"!! {self._word('hypothesis')} !!"))
        yield from self._lines(0, ("heading", self._word("versions")),
                               ("muted", f" — {self._word('versions_note')}"))  # fmt: skip
        for version in document.versions:
            mark = self._mark(unverified=bool(version.unverified))
            yield from self._lines(
                2, ("heading", f"{version.period}  "), ("law", version.law), *mark
            )
            yield from self._outcomes(version.lines)
        for margin in document.margins:
            yield StyledLine(())
            yield from self._margin(margin)
        yield StyledLine(())
        yield from self._laws(document.laws)
        yield from self._lines(0, ("muted", document.produced))

    def _outcomes(self, lines: Iterable[LinePart]) -> Iterator[StyledLine]:
        for line in lines:
            name: Piece = ("", f"{line.parties}{self._colon}")
            yield from self._lines(4, name, ("range", line.range))
            for condition, fine in line.by_branch:
                yield from self._lines(
                    6, ("condition", f"{condition}{self._colon}"), ("range", fine)
                )
            even = f"{self._word('break_even')}{self._colon}{line.break_even}"
            note = f" — {line.break_even_note}" if line.break_even_note else ""
            yield from self._lines(6, ("", even), ("muted", note))

    def _margin(self, margin: MarginPart) -> Iterator[StyledLine]:
        yield from self._lines(0, ("heading", f"{self._word('margins')}{self._colon}"),
                               ("", f"{margin.party} · {margin.assumption}"))  # fmt: skip
        yield from self._lines(2, ("alarm", margin.text))
        yield from self._lines(2, ("", self._word("margin_assumed", gain=margin.gain)))
        for period, stays in margin.rows:
            yield from self._lines(4, ("heading", f"{period}{self._colon}"), ("range", stays))
