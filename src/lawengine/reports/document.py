"""A decision as a reader gets it, in one language: what text, Markdown and HTML have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from lawengine.base.dataclass import dataclass

TruthStyle = Literal["yes", "no", "unknown", ""]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the argument, with the steps below it.

    `law` and `unverified` are empty where the step above says the same. `source` tells where a
    fact comes from.
    """

    text: str
    truth: TruthStyle = ""
    law: str = ""
    unverified: bool = False
    source: str = ""
    is_rule: bool = False
    is_definition: bool = False
    children: tuple[Step, ...] = ()

    def below(self) -> Iterator[Step]:
        """Yield the steps below this one, each before its own."""
        for child in self.children:
            yield child
            yield from child.below()


@dataclass(frozen=True, slots=True)
class Basis:
    """What a fine rests on: breach, provision, version, and what is special about it."""

    parts: tuple[str, ...]
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One measure or effect; `law` is empty where it is that of the fine, `heading` its sort."""

    text: str
    law: str = ""
    unverified: bool = False
    heading: str = ""


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """Measures of one sort: `Orders` and what they are."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One outcome and the conditions that lead to it, none where nothing is open.

    `number` counts the outcomes of an act from 1; 0 where there is only one. The reasons are those
    of the first condition. `recommended` is what discretion standards make of the range.
    """

    number: int
    conditions: tuple[str, ...]
    range: str
    bases: tuple[Basis, ...]
    measures: tuple[MeasureLine, ...]
    effects: tuple[Item, ...]
    steps: tuple[Step, ...]
    rules_open: tuple[Step, ...] = ()
    rules_out: tuple[Step, ...] = ()
    recommended: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class FigurePart:
    """The officer's own figure: where it falls under each outcome, and what is found wrong.

    `findings` are codes with their message and help. `ground_missing` asks for a written ground.
    """

    heading: str
    places: tuple[str, ...]
    findings: tuple[tuple[str, str, str], ...]
    grounds: tuple[str, ...]
    ground_missing: bool
    alarm: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A ground that nobody claimed: its name, what must be shown, what it would give."""

    ground: str
    shown: str
    outcomes: tuple[str, ...]
    law: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class Needed:
    """A fact that is still needed, with the question that asks for it."""

    label: str
    question: str
    cut: str


@dataclass(frozen=True, slots=True)
class ActPart:
    """One act: first the answer, then what would change it, what is missing, and why.

    `measures` and `effects` are those that follow under every answer. `reasons_as` names an act
    before it whose reasons read the same, which are then not repeated.
    """

    heading: str
    kind: str
    days: tuple[tuple[str, str], ...]
    undetermined: bool
    answers: tuple[Answer, ...]
    measures: tuple[MeasureLine, ...]
    effects: tuple[Item, ...]
    authorities: str
    unverified: tuple[tuple[str, str], ...]
    conflicts: tuple[str, ...]
    changes: tuple[Change, ...]
    needs: tuple[Needed, ...]
    reasons_as: str = ""
    figures: tuple[FigurePart, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusPart:
    """One list, benefit, duty, score or grade: its state first, then its days, and why.

    `of` is what the file calls the thing it hangs on, empty where it has no name. `alarm` marks a
    breach and what is open. `needs` are the facts still missing, `lines` what else is told of it,
    `notes` further lines, each group under its title.
    """

    kind: str
    name: str
    of: str
    state: str
    alarm: bool
    law: str
    unverified: str
    authority: str
    days: tuple[tuple[str, str], ...]
    measures: tuple[Item, ...]
    triggers: tuple[str, ...]
    needs: tuple[str, ...]
    steps: tuple[Step, ...]
    lines: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class PartyPart:
    """One party; `total` is empty where it has one act. `figures` cover all of its acts."""

    name: str
    acts: tuple[ActPart, ...]
    total: str
    statuses: tuple[StatusPart, ...] = ()
    ratings: tuple[StatusPart, ...] = ()
    figures: tuple[FigurePart, ...] = ()


@dataclass(frozen=True, slots=True)
class LawPart:
    """One instrument that the report cites, with the articles cited and what they say."""

    name: str
    title: str
    in_force: str
    unverified: str
    articles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """One line of a verdict: what it tells of, and what; `alarm` marks what must not be missed."""

    label: str
    text: str
    alarm: bool = False
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows in a few lines, for each of the acts and parties that `of` names."""

    of: tuple[str, ...]
    lines: tuple[VerdictLine, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report: the verdicts first, then each act in detail.

    `rest` tells how much is not shown, empty where all is.
    """

    title: str
    case: str
    hypothesis: str
    assumed: tuple[str, ...]
    parties: tuple[PartyPart, ...]
    laws: tuple[LawPart, ...]
    produced: str
    statuses: tuple[StatusPart, ...] = ()
    ratings: tuple[StatusPart, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    rest: str = ""
