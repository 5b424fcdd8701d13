"""`lawengine explain`: what became of each rule, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperCommand

from lawengine.base.label import Language
from lawengine_cli.decide import Case, clash, outcome
from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_case, open_sound_rules
from lawengine_cli.options import AsListing, Format, Lang, Listing, OnlyOwn, Out, Rules, Statutes
from lawengine_cli.results import deliver

if TYPE_CHECKING:
    from lawengine.deciding.decision import Branch, Decision, RuleOutcome
    from lawengine.model.rulebook import Rulebook
    from lawengine.reports.document import Step
    from lawengine.reports.naming import Names
    from lawengine.workspace import Workspace

ALL = "*"
Why = Annotated[
    list[str] | None,
    typer.Option(
        "--why",
        metavar="[RULE]",
        help="The reasons of a rule, or of all of them where none is named; repeatable.",
    ),
]


class WhyCommand(TyperCommand):
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
    why: Why = None,
    format_: AsListing = Listing.TEXT,
    out: Out = None,
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Tell what became of every rule for every act; with `--why`, the whole argument."""
    language = language_of(context, lang)
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    wanted = {_rule(workspace.rulebook, name) for name in why or () if name != ALL}
    file = open_case(case, workspace, language)
    from lawengine.deciding.decide import decide

    decided = decide(file.facts, workspace.rulebook, title=file.title)
    if decided.decision is None:
        clash(decided.diagnostics, workspace, language)
    if format_ is Listing.JSON:
        deliver(_as_json(decided.decision, workspace, wanted), out, Format.JSON)
    else:
        writer = _Writer(workspace, language, frozenset(wanted), trees=why is not None)
        deliver("\n".join(writer.lines(decided.decision)), out, Format.TEXT)
    raise typer.Exit(outcome(decided.decision))


def _rule(rulebook: Rulebook, name: str) -> str:
    """Return the identifier of the rule that `name` means, in either language.

    Raises:
        typer.BadParameter: there is none.
    """
    from lawengine.base.diagnostic import nearest

    names = {rule.alias: rule.name for rule in rulebook.rules.values() if rule.alias}
    names |= {rule: rule for rule in rulebook.rules}
    if name in names:
        return names[name]
    hint = nearest(name, names)
    more = f", did you mean `{hint}`?" if hint else ""
    raise typer.BadParameter(f"no rule is called `{name}`{more}")


class _Writer:
    """Writes the rules of each act under each answer as lines of text."""

    def __init__(
        self, workspace: Workspace, language: Language, wanted: frozenset[str], *, trees: bool
    ) -> None:
        from lawengine.reports.naming import Names

        self.names: Names = Names(workspace.rulebook, workspace.library, language)
        self.wanted = wanted
        self.trees = trees

    def lines(self, decision: Decision) -> Iterator[str]:
        """Yield a heading for each act and answer, and its rules."""
        for respondent in decision.respondents:
            for act in respondent.acts:
                for branch in act.branches:
                    heads = (respondent.name, act.name, self.names.assumptions(branch.assumptions))
                    yield " / ".join(part for part in heads if part)
                    yield from self._branch(branch)
                    yield ""

    def _branch(self, branch: Branch) -> Iterator[str]:
        chosen = [o for o in branch.rules if not self.wanted or o.rule in self.wanted]
        for outcome_ in chosen:
            yield from self._outcome(outcome_)

    def _outcome(self, found: RuleOutcome) -> Iterator[str]:
        from lawengine.reports.steps import Stepper

        # A rule that was asked for by name is explained with everything that did not matter too.
        stepper = Stepper(self.names, full=bool(self.wanted))
        (step,) = stepper.steps([found.reason])
        yield f"  {found.rule}: {self._sentence(step)}"
        if self.trees:
            yield from self._below(step.children, "  ")

    def _below(self, steps: Sequence[Step], indent: str) -> Iterator[str]:
        for index, step in enumerate(steps):
            last = index == len(steps) - 1
            yield f"{indent}{'└─' if last else '├─'} {self._sentence(step)}"
            yield from self._below(step.children, f"{indent}{'   ' if last else '│  '}")

    def _sentence(self, step: Step) -> str:
        from lawengine.reports.wording import word

        chinese = self.names.language == "zh"
        marks = {"yes": "✓ ", "no": "✗ ", "unknown": "? ", "": ""}
        text = f"{marks[step.truth]}{step.text}"
        notes = [step.law, step.source]
        notes += [word("unverified", self.names.language)] if step.unverified else []
        kept = ("；" if chinese else "; ").join(note for note in notes if note)
        if not kept:
            return text
        return f"{text}（{kept}）" if chinese else f"{text} ({kept})"


def _as_json(decision: Decision, workspace: Workspace, wanted: set[str]) -> str:
    import json

    from lawengine.reports.decision_json import decision_data

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
    return json.dumps(acts, ensure_ascii=False, indent=2)
