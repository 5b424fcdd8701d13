"""`lawengine explain`: what became of each rule, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lawengine.base.label import Label, Language
from lawengine.base.places import data_folder
from lawengine_cli.decide import clash, outcome
from lawengine_cli.help_command import OneCommand
from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_case, open_sound_rules
from lawengine_cli.options import (
    AsListing,
    Case,
    Kept,
    Lang,
    Listing,
    OnlyOwn,
    Out,
    Rules,
    Statutes,
)
from lawengine_cli.question_data import answers_data
from lawengine_cli.questions import (
    Answered,
    AnswerWriter,
    answered,
    rule_named,
)
from lawengine_cli.results import deliver, deliver_lines, width
from lawengine_cli.showing import show

if TYPE_CHECKING:
    from lawengine.base.citation import Citation
    from lawengine.deciding.decision import Branch, Decision
    from lawengine.deciding.rating_outcomes import GradeOutcome, ScoreOutcome
    from lawengine.explanation.reason import Reason
    from lawengine.reports.document import Step
    from lawengine.reports.naming import Names
    from lawengine.reports.styled import Piece, StyledLine
    from lawengine.statutes import Attachments
    from lawengine.workspace import Workspace

ALL = "*"
_LAW = Label("What the law cited says", "所引条文的内容")
_OURS = Label(" (digest, not the official wording)", "（摘要，非官方文字）")
Why = Annotated[
    list[str] | None,
    typer.Option(
        "--why",
        metavar="[RULE]",
        help="The reasons of a rule, or of all of them where none is named; repeatable.",
    ),
]
WhyNot = Annotated[
    list[str] | None,
    typer.Option("--why-not", metavar="RULE", help="Why a rule is not established; repeatable."),
]
Needs = Annotated[
    bool, typer.Option("--needs", help="The fewest facts that would settle the outcome.")
]
WhatIf = Annotated[
    list[str] | None,
    typer.Option(
        "--what-if",
        metavar="OUTCOME",
        help="The nearest changes that give an outcome: no-violation, no-penalty, lower-maximum, "
        "fine-at-most:AMOUNT, established:RULE or not-established:RULE; repeatable.",
    ),
]


class WhyCommand(OneCommand):
    """Lets `--why` stand without a rule: then it means all of them."""

    def parse_args(self, ctx: object, args: list[str]) -> list[str]:
        """Put in `*` where `--why` is followed by no name of a rule."""
        filled = []
        for index, word in enumerate(args):
            filled.append(word)
            following = args[index + 1] if index + 1 < len(args) else ""
            if word == "--why" and not _may_be_rule(following):
                filled.append(ALL)
        return super().parse_args(ctx, filled)  # type: ignore[arg-type]  # typer's own Context


def _may_be_rule(word: str) -> bool:
    """Tell whether a word can be the name of a rule rather than an option or a file."""
    file = word.lower().endswith((".yaml", ".yml")) or "/" in word or "\\" in word
    return bool(word) and not word.startswith("-") and not file


def explain(
    context: typer.Context,
    case: Case,
    *,
    why: Why = None,
    why_not: WhyNot = None,
    needs: Needs = False,
    what_if: WhatIf = None,
    format_: AsListing = "text",
    out: Out = None,
    kept: Kept = None,
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Tell what became of every rule for every act; with `--why`, the whole argument.

    With `--why-not`, `--needs` or `--what-if`, those questions are answered instead.
    """
    language = language_of(context, lang)
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    book = workspace.rulebook
    wanted = {rule_named(book, name, ratings=True) for name in why or () if name != ALL}
    file = open_case(case, workspace, language)
    from lawengine.deciding.decide import decide

    decided = decide(
        file.facts,
        workspace.rulebook,
        title=file.title,
        days=workspace.days,
        figures=file.figures(),
    )
    if decided.decision is None:
        clash(decided.diagnostics, workspace, language)
    if why_not or needs or what_if:
        asked = [rule_named(workspace.rulebook, name) for name in why_not or ()]
        answers = answered(
            file.facts, workspace.rulebook, asked, what_if or (), needed=needs, days=workspace.days
        )
        _deliver(answers, workspace, language, format_, out)
    elif format_ == "json":
        deliver(_as_json(decided.decision, workspace, wanted), out)
    else:
        from lawengine.statutes import read_attachments

        texts, problems = read_attachments(workspace.library, kept or data_folder())
        show(problems, {}, language)
        writer = _Writer(workspace, language, frozenset(wanted), width(out), trees=why is not None)
        deliver_lines(writer.lines(decided.decision, texts), out)
    raise typer.Exit(outcome(decided.decision))


def _deliver(
    answers: Iterable[Answered],
    workspace: Workspace,
    language: Language,
    format_: Listing,
    out: Path | None,
) -> None:
    if format_ == "json":
        import json

        deliver(json.dumps(answers_data(answers), ensure_ascii=False, indent=2), out)
    else:
        deliver_lines(AnswerWriter(workspace, language, width(out)).lines(answers), out)


class _Writer:
    """Writes the rules of each act under each answer as lines of the terminal."""

    def __init__(
        self,
        workspace: Workspace,
        language: Language,
        wanted: frozenset[str],
        columns: int,
        *,
        trees: bool,
    ) -> None:
        from lawengine.reports.naming import Names

        self.names: Names = Names(workspace.rulebook, workspace.library, language)
        self.wanted = wanted
        self.trees = trees
        self.width = columns
        self.cited: dict[Citation, None] = {}

    def lines(self, decision: Decision, texts: Attachments) -> Iterator[StyledLine]:
        """Yield a heading for each act and answer, its rules, and what the law says they cite."""
        first = True
        for respondent in decision.respondents:
            if not respondent.acts:
                yield from self._idle(respondent.name, first=first)
                first = False
            for act in respondent.acts:
                for branch in act.branches:
                    if not first:
                        yield from self._wrapped([], "", "")
                    first = False
                    condition = self.names.assumptions(branch.assumptions)
                    heads = " · ".join(part for part in (respondent.name, act.name) if part)
                    pieces: list[Piece] = [("heading", heads), ("condition", f" · {condition}")]
                    yield from self._wrapped(pieces[: 2 if condition else 1], "", "  ")
                    yield from self._branch(branch)
        yield from self._ratings(decision)
        if self.trees:
            yield from self._law(texts)

    def _idle(self, name: str, *, first: bool) -> Iterator[StyledLine]:
        """Yield that the file names no act of a party: no rule is asked of it."""
        from lawengine.reports.wording import word

        if not first:
            yield from self._wrapped([], "", "")
        yield from self._wrapped([("heading", name)], "", "  ")
        yield from self._wrapped([("", word("no_acts", self.names.language))], "  ", "    ")

    def _ratings(self, decision: Decision) -> Iterator[StyledLine]:
        """Yield the grades and scores of which something is known, or that were asked for."""
        groups = [("", decision.grades, decision.scores)]
        groups += [(item.name, item.grades, item.scores) for item in decision.respondents]
        for name, grades, scores in groups:
            told: list[GradeOutcome | ScoreOutcome]
            told = [*grades, *scores]
            told = [one for one in told if one.told or one.name in self.wanted]
            for one in told:
                if not self.wanted or one.name in self.wanted:
                    heads = " · ".join(part for part in (name, one.instance_name) if part)
                    yield from self._wrapped([], "", "")
                    yield from self._wrapped([("heading", heads)], "", "  ")
                    yield from self._reason(one.name, one.reason)

    def _branch(self, branch: Branch) -> Iterator[StyledLine]:
        for found in branch.rules:
            if not self.wanted or found.rule in self.wanted:
                yield from self._reason(found.rule, found.reason)

    def _reason(self, name: str, argument: Reason) -> Iterator[StyledLine]:
        from lawengine.reports.steps import Stepper

        for reason in argument.walk():
            self.cited.update(dict.fromkeys(reason.law))
        # What is asked for by name is explained with what did not matter too.
        (step,) = Stepper(self.names, full=bool(self.wanted)).steps([argument])
        head: Piece = ("title", f"{name}: ")
        yield from self._wrapped([head, *self._step(step)], "  ", "    ")
        if self.trees:
            yield from self._tree(step.children, "  ")

    def _law(self, texts: Attachments) -> Iterator[StyledLine]:
        """Yield the articles cited: in the official words where imported, else in ours."""
        from lawengine.statutes import attached_text

        language, library = self.names.language, self.names.library
        yield from self._wrapped([], "", "")
        yield from self._wrapped([("heading", _LAW.text(language))], "", "")
        for citation in self.cited:
            official = attached_text(texts, citation)
            digest = library.find(citation)
            if official is None and digest is None:
                continue
            head: Piece = ("law", self.names.citations([citation]))
            colon: Piece = ("", "：" if language == "zh" else ": ")
            if official is not None:
                words = [colon, ("", official.text)]
            else:
                ours = digest.text.text(language) if digest else ""
                words = [("muted", _OURS.text(language)), colon, ("", ours)]
            yield from self._wrapped([head, *words], "  ", "    ")

    def _tree(self, steps: Sequence[Step], stem: str) -> Iterator[StyledLine]:
        for index, step in enumerate(steps, 1):
            last = index == len(steps)
            below = stem + ("   " if last else "│  ")
            rest = below + ("│  " if step.children else "   ")
            joint = stem + ("└─ " if last else "├─ ")
            yield from self._wrapped(list(self._step(step)), joint, rest)
            yield from self._tree(step.children, below)

    def _step(self, step: Step) -> Iterator[Piece]:
        from lawengine.reports.wording import word

        chinese = self.names.language == "zh"
        if step.truth:
            yield step.truth, {"yes": "✓ ", "no": "✗ ", "unknown": "? "}[step.truth]
        yield "", step.text
        if step.law:
            yield "law", f"（{step.law}）" if chinese else f" ({step.law})"
        if step.unverified:
            yield "unverified", f" [{word('unverified', self.names.language)}]"
        if step.source:
            yield "muted", f" — {step.source}"

    def _wrapped(self, pieces: list[Piece], first: str, rest: str) -> Iterator[StyledLine]:
        from lawengine.reports.styled import wrap

        return wrap(pieces, self.width, [("tree", first)], [("tree", rest)])


def _as_json(decision: Decision, workspace: Workspace, wanted: set[str]) -> str:
    import json

    from lawengine.reports.decision_json import decision_data
    from lawengine.reports.status_json import grade_data, score_data

    data = decision_data(decision, workspace.rulebook)
    acts = [
        {
            "respondent": respondent["name"],
            "act": act["name"],
            "branches": [branch["assumptions"] for branch in act["branches"]],
            "rules": [rule for rule in act["rules"] if not wanted or rule["rule"] in wanted],
        }
        for respondent in data["respondents"]
        for act in respondent["acts"]
    ]
    groups = [("", decision.scores, decision.grades)]
    groups += [(one.name, one.scores, one.grades) for one in decision.respondents]
    book = workspace.rulebook
    ratings = [
        {
            "respondent": name,
            "scores": [score_data(one, book) for one in scores if _asked(one, wanted)],
            "grades": [grade_data(one, book) for one in grades if _asked(one, wanted)],
        }
        for name, scores, grades in groups
    ]
    told = [item for item in ratings if item["scores"] or item["grades"]]
    return json.dumps([*acts, *told], ensure_ascii=False, indent=2)


def _asked(one: ScoreOutcome | GradeOutcome, wanted: set[str]) -> bool:
    """Tell whether a rating is told: it was asked for by name, or something of it is known."""
    return one.name in wanted if wanted else one.told
