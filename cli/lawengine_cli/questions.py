"""What `lawengine explain` answers beside reasons: why not, what is needed, what would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lawengine.base.label import Label, Language
from lawengine_cli.wrong_use import WrongUseError, or_nearest

if TYPE_CHECKING:
    from lawengine.deciding.decision import FineTotal
    from lawengine.evaluation.facts import CaseFacts
    from lawengine.model.rulebook import Rulebook
    from lawengine.questions import Change, Condition, NeededFact, Needs, Wanted, WhyNot
    from lawengine.registers.terms import DayRules
    from lawengine.reports.naming import Names
    from lawengine.reports.styled import Piece, StyledLine
    from lawengine.workspace import Workspace

_CAUSES = {
    "established": Label("it is established", "该规则成立"),
    "no_act": Label(
        "the file names no act to which it could apply", "案卷未列可以适用该规则的行为"
    ),
    "no_version": Label("no version of it is in force on that day", "该日没有施行中的文本"),
    "conditions": Label("its conditions are not met", "条件未具备"),
    "excluded": Label("an exclusion applies", "存在排除情形"),
    "defeated": Label("another rule takes its place", "被其他规则排除"),
    "lighter_law": Label(
        "the lighter later law does not hold it any more", "按照从旧兼从轻，新法不再适用该规则"
    ),
    "open": Label("its conditions are open", "条件未定"),
    "open_version": Label("it is open which version is in force", "施行中的文本未定"),
    "open_defeat": Label(
        "it is open whether another rule takes its place", "是否被其他规则排除未定"
    ),
}
_ANY = Label("each of these alone keeps it out:", "下列每一组均足以使其不成立：")
_OPEN = Label("open is:", "尚未确定的有：")
_WANTED = Label("to be: {a}", "须为{a}")
_RULE = Label("rule", "规则")
_SETTLED = Label("nothing more is needed", "无需其他事实")
_NEEDED = Label("these settle it, whatever they turn out to be:", "下列事实一经查明，结论即定：")
_NOT_EXACT = Label(
    "the search stopped early: fewer may be enough", "搜索提前结束：可能无需全部查明"
)
_UNSETTLEABLE = Label("no fact would settle it", "没有可使结论确定的事实")
_ALSO = Label("other rules and sums hang on:", "其他规则和数额还取决于：")
_STANDING = Label(
    "its lists, benefits, duties and grades hang on:", "其名单、激励、义务和等级取决于："
)
_NECESSARY = Label("needed in any case", "必须查明")
_THEN = Label("settled", "结论确定")
_STILL = Label("more is needed", "仍需其他事实")
_STILL_VIOLATION = Label("the violation stays open", "是否违法仍未定")
_NOTHING = Label(
    "nothing that was tried gives that outcome, or it is there already",
    "所试变化均不产生该结果，或者已经是该结果",
)
_POWER = Label("within the party's power", "当事人可以左右")
_PRESUMED = Label("presumed", "推定")
_GOALS = (
    "no-violation, no-penalty, lower-maximum, fine-at-most:AMOUNT, established:RULE, "
    "not-established:RULE"
)


def wanted_of(text: str, rulebook: Rulebook) -> Wanted:
    """Return the outcome that an option names.

    Raises:
        WrongUseError: it names none.
    """
    from lawengine.casebook.scalars import parse_scalar
    from lawengine.evaluation.facts import Known
    from lawengine.model.types import Kind
    from lawengine.questions import Goal, Wanted

    name, _, more = text.partition(":")
    goal = next((goal for goal in Goal if goal.value == name), None)
    if goal is Goal.FINE_AT_MOST:
        amount = parse_scalar(Kind.MONEY, more)
        if isinstance(amount, Known) and isinstance(amount.value, int):
            return Wanted(goal, fen=amount.value)
        raise WrongUseError(
            Label(
                f"`{more}` is no amount such as `200_000 yuan`", f"“{more}”不是金额，例如“20万元”"
            )
        )
    if goal in (Goal.ESTABLISHED, Goal.NOT_ESTABLISHED):
        return Wanted(goal, rule=rule_named(rulebook, more))
    if goal is None or more:
        raise WrongUseError(
            Label(f"`{text}` is no outcome: {_GOALS}", f"“{text}”不是可问的结果：{_GOALS}")
        )
    return Wanted(goal)


def rule_named(rulebook: Rulebook, name: str, *, ratings: bool = False) -> str:
    """Return the identifier of the rule that `name` means, in either language.

    With `ratings` a score or grade may be meant, too.

    Raises:
        WrongUseError: there is none.
    """
    from lawengine.base.diagnostic import nearest

    names = {rule.alias: rule.name for rule in rulebook.rules.values() if rule.alias}
    names |= {rule: rule for rule in rulebook.rules}
    if ratings:
        names |= {one.alias: one.name for one in rulebook.ratings.values() if one.alias}
        names |= {one: one for one in rulebook.ratings}
    if name in names:
        return names[name]
    hint = nearest(name, names)
    more = or_nearest(hint)
    raise WrongUseError(Label(f"no rule is called `{name}`{more.en}", f"没有规则“{name}”{more.zh}"))


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers to what was asked about one act; what was not asked is empty or None.

    For a party of which the file names no act, `act` is empty and `path` that of the party.
    """

    respondent: str
    act: str
    path: str
    why_not: tuple[WhyNot, ...] = ()
    needs: Needs | None = None
    what_if: tuple[tuple[str, tuple[Change, ...]], ...] = ()


def answered(
    case: CaseFacts,
    rulebook: Rulebook,
    rules: Iterable[str],
    goals: Iterable[str],
    *,
    needed: bool,
    days: DayRules,
) -> Iterator[Answered]:
    """Yield the answers for every act of the case, and for every party without one.

    `days` are counting rules and calendars.
    """
    from lawengine.questions import needs, standing_needs, what_if, why_not
    from lawengine.questions.scenes import acts_or_idle
    from lawengine.questions.why_not import without_act

    wishes = [(goal, wanted_of(goal, rulebook)) for goal in goals]
    names = list(rules)
    for party, act in acts_or_idle(case):
        if act is None:
            yield Answered(
                respondent=party.name,
                act="",
                path=party.path,
                why_not=tuple(without_act(rulebook, party.path, name) for name in names),
                needs=standing_needs(case, rulebook, party, days=days) if needed else None,
                what_if=tuple((text, ()) for text, _ in wishes),
            )
            continue
        yield Answered(
            respondent=party.name,
            act=act.name,
            path=act.path,
            why_not=tuple(why_not(case, rulebook, act.path, name, days=days) for name in names),
            needs=needs(case, rulebook, act.path, days=days) if needed else None,
            what_if=tuple(
                (text, tuple(what_if(case, rulebook, act.path, wanted, days=days)))
                for text, wanted in wishes
            ),
        )


class AnswerWriter:
    """Writes answers as lines of the terminal."""

    def __init__(self, workspace: Workspace, language: Language, columns: int) -> None:
        from lawengine.reports.naming import Names
        from lawengine.reports.wording import word

        self._no_act = word("no_acts", language)
        self.names: Names = Names(workspace.rulebook, workspace.library, language)
        self.language: Language = language
        self.width = columns

    def lines(self, answers: Iterable[Answered]) -> Iterator[StyledLine]:
        """Yield a heading for each act and what was answered below it."""
        for number, item in enumerate(answers):
            if number:
                yield from self._line("", [])
            heads = " · ".join(part for part in (item.respondent, item.act) if part)
            yield from self._line("", [("heading", heads)])
            if not item.act:
                yield from self._line("  ", [("", self._no_act)])
            for why in item.why_not:
                yield from self._why_not(why)
            if item.needs is not None:
                yield from self._needs(item.needs) if item.act else self._standing(item.needs)
            for goal, changes in item.what_if:
                yield from self._changes(goal, changes)

    def _say(self, label: Label) -> str:
        return label.text(self.language)

    def _line(self, stem: str, pieces: Sequence[Piece]) -> Iterator[StyledLine]:
        from lawengine.reports.styled import wrap

        indent = " " * (len(stem) + 2)
        return wrap(list(pieces), self.width, [("tree", stem)], [("tree", indent)])

    def _why_not(self, why: WhyNot) -> Iterator[StyledLine]:
        law = self.names.citations(why.law)
        head: list[Piece] = [("title", f"{why.rule}: "), ("", self._say(_CAUSES[why.cause.value]))]
        if law:
            head.append(("law", f" ({law})" if self.language == "en" else f"（{law}）"))
        if why.by:
            head.append(("", " — " + ", ".join(why.by)))
        yield from self._line("  ", head)
        if why.failing and why.cause.value != "established":
            yield from self._line("    ", [("", self._say(_ANY))])
            for number, failing in enumerate(why.failing, 1):
                for index, condition in enumerate(failing.conditions):
                    stem = f"    {number}. " if index == 0 else "     + "
                    yield from self._condition(stem, condition)
        if why.open:
            yield from self._line("    ", [("", self._say(_OPEN))])
            for condition in why.open:
                yield from self._condition("    ? ", condition)

    def _condition(self, stem: str, condition: Condition) -> Iterator[StyledLine]:
        wish = Label("yes", "是") if condition.wanted else Label("no", "否")
        wanted = self._say(_WANTED).format(a=self._say(wish))
        pieces: list[Piece] = [
            ("", condition.phrase.text(self.language)),
            ("muted", f" ({wanted})"),
        ]
        if condition.rule:
            pieces.append(("muted", f" [{self._say(_RULE)} {condition.rule}]"))
        for fact in condition.facts:
            value = fact.value.text(self.language)
            source = fact.evidence.source
            if fact.origin is not None and fact.origin.value == "presumed":
                source = self._say(_PRESUMED)
            where = f" — {source}" if source else ""
            pieces.append(("muted", f"; {fact.label.text(self.language)}: {value}{where}"))
        yield from self._line(stem, pieces)

    def _needs(self, needs: Needs) -> Iterator[StyledLine]:
        if needs.settled:
            yield from self._line("  ", [("yes", self._say(_SETTLED))])
        elif not needs.settleable:
            yield from self._line("  ", [("unknown", self._say(_UNSETTLEABLE))])
        if needs.fewest:
            yield from self._line("  ", [("", self._say(_NEEDED))])
            for number, fact in enumerate(needs.fewest, 1):
                yield from self._needed(number, fact)
        if not needs.exact:
            yield from self._line("  ", [("unknown", self._say(_NOT_EXACT))])
        if needs.also:
            names = [fact.label.text(self.language) for fact in needs.also]
            joined = ("、" if self.language == "zh" else ", ").join(names)
            yield from self._line("  ", [("muted", f"{self._say(_ALSO)} {joined}")])

    def _standing(self, needs: Needs) -> Iterator[StyledLine]:
        """Yield what the lists, benefits, duties and grades of a party without an act hang on."""
        if not needs.also:
            yield from self._line("  ", [("yes", self._say(_SETTLED))])
            return
        yield from self._line("  ", [("", self._say(_STANDING))])
        for number, fact in enumerate(needs.also, 1):
            yield from self._needed(number, fact)

    def _needed(self, number: int, fact: NeededFact) -> Iterator[StyledLine]:
        pieces: list[Piece] = [
            ("title", fact.label.text(self.language)),
            ("", f" — {fact.question.text(self.language)}"),
        ]
        if fact.necessary:
            pieces.append(("muted", f" [{self._say(_NECESSARY)}]"))
        yield from self._line(f"    {number}. ", pieces)
        for answer in fact.answers:
            state = (
                _THEN if answer.settled else _STILL_VIOLATION if answer.open_violation else _STILL
            )
            name, fine = answer.label.text(self.language), self._range(answer.fine)
            text = f"{name}: {fine}; {self._say(state)}"
            yield from self._line("       → ", [("", text)])

    def _range(self, fine: FineTotal | None) -> str:
        from lawengine.deciding.reasoning import total_label

        return "…" if fine is None else total_label(fine).text(self.language)

    def _changes(self, goal: str, changes: Sequence[Change]) -> Iterator[StyledLine]:
        yield from self._line("  ", [("title", f"{goal}:")])
        if not changes:
            yield from self._line("    ", [("muted", self._say(_NOTHING))])
        for number, change in enumerate(changes, 1):
            for index, fact in enumerate(change.facts):
                stem = f"    {number}. " if index == 0 else "     + "
                before, after = (
                    x.text(self.language) for x in (fact.before_label, fact.after_label)
                )
                pieces: list[Piece] = [
                    ("", f"{fact.label.text(self.language)}: {before} → {after}")
                ]
                if fact.in_power:
                    pieces.append(("muted", f" [{self._say(_POWER)}]"))
                yield from self._line(stem, pieces)
            yield from self._line("       → ", [("range", self._range(change.fine))])
