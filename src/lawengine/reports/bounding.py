"""A document cut down to what a person reads: what stands first, and the number of the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from lawengine.base.label import Language
from lawengine.reports.document import (
    ActPart,
    Document,
    Needed,
    PartyPart,
    StatusPart,
    Step,
    Verdict,
)
from lawengine.reports.wording import word

_NAMED = 12
"""So many acts with the same verdict are named."""

_Item = TypeVar("_Item")


def bounded(document: Document, language: Language, at_most: int) -> Document:
    """Return the document with at most so many verdicts, acts, statuses, and items of each list.

    Edges: nothing is cut unseen: `rest` names how much is not shown. Overdue and open statuses come
    before the others where not all are shown. A party is left out with its last act and status.
    """
    return _Bounder(language, at_most).document(document)


class _Bounder:
    def __init__(self, language: Language, at_most: int) -> None:
        self._language: Language = language
        self._most = at_most
        self._rest: Counter[str] = Counter()
        self._left = {"acts": at_most, "statuses": at_most}

    def document(self, document: Document) -> Document:
        verdicts = tuple(self._verdict(one) for one in self._first(document.verdicts, "verdicts"))
        parties = tuple(self._party(party) for party in document.parties)
        shown = tuple(
            after
            for before, after in zip(document.parties, parties, strict=True)
            if after.acts or after.statuses or not (before.acts or before.statuses)
        )
        self._rest["parties"] += len(parties) - len(shown[: self._most])
        statuses = self._statuses(document.statuses)
        comma = "、" if self._language == "zh" else ", "
        rest = comma.join(
            word(f"rest_{what}", self._language, n=f"{n:,}") for what, n in self._rest.items() if n
        )
        return replace(
            document,
            verdicts=verdicts,
            parties=shown[: self._most],
            statuses=statuses,
            rest=word("rest", self._language, rest=rest) if rest else "",
        )

    def _first(self, items: Sequence[_Item], what: str) -> tuple[_Item, ...]:
        self._rest[what] += max(len(items) - self._most, 0)
        return tuple(items[: self._most])

    def _verdict(self, verdict: Verdict) -> Verdict:
        more = len(verdict.of) - _NAMED
        if more <= 1:
            return verdict
        named = (*verdict.of[:_NAMED], word("rest_more", self._language, n=f"{more:,}"))
        return replace(verdict, of=named)

    def _party(self, party: PartyPart) -> PartyPart:
        acts = party.acts[: self._left["acts"]]
        self._left["acts"] -= len(acts)
        self._rest["acts"] += len(party.acts) - len(acts)
        return replace(
            party,
            acts=tuple(self._act(act) for act in acts),
            statuses=self._statuses(party.statuses),
        )

    def _act(self, act: ActPart) -> ActPart:
        answers = tuple(
            replace(
                answer,
                steps=self._steps(answer.steps),
                rules_open=self._steps(answer.rules_open),
                rules_out=self._steps(answer.rules_out),
            )
            for answer in act.answers
        )
        return replace(act, answers=answers, needs=self._needs(act.needs))

    def _needs(self, needs: Sequence[Needed]) -> tuple[Needed, ...]:
        more = len(needs) - self._most
        if more <= 1:
            return tuple(needs)
        rest = Needed(word("rest_more", self._language, n=f"{more:,}"), "", "")
        return (*needs[: self._most], rest)

    def _statuses(self, statuses: Sequence[StatusPart]) -> tuple[StatusPart, ...]:
        room = self._left["statuses"]
        ranked = statuses
        if len(statuses) > room:
            ranked = sorted(statuses, key=lambda status: not status.alarm)
            self._rest["statuses"] += len(statuses) - room
        shown = tuple(ranked[:room])
        self._left["statuses"] -= len(shown)
        return tuple(
            replace(status, steps=self._steps(status.steps), needs=self._texts(status.needs))
            for status in shown
        )

    def _texts(self, texts: Sequence[str]) -> tuple[str, ...]:
        more = len(texts) - self._most
        if more <= 1:
            return tuple(texts)
        return (*texts[: self._most], word("rest_more", self._language, n=f"{more:,}"))

    def _steps(self, steps: Sequence[Step]) -> tuple[Step, ...]:
        more = len(steps) - self._most
        shown = steps if more <= 1 else steps[: self._most]
        kept = tuple(replace(step, children=self._steps(step.children)) for step in shown)
        if more <= 1:
            return kept
        return (*kept, Step(word("rest_more", self._language, n=f"{more:,}")))
