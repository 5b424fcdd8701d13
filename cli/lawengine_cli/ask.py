"""`lawengine ask`: an interview that asks only what can still change the outcome."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lawengine.base.label import Label, Language
from lawengine.base.writing import write_whole
from lawengine_cli.decide import outcome
from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_case, open_sound_rules
from lawengine_cli.options import Lang, OnlyOwn, Rules, Statutes
from lawengine_cli.results import deliver_lines, width
from lawengine_cli.showing import show
from lawengine_cli.streams import say

if TYPE_CHECKING:
    from lawengine.base.source import Source
    from lawengine.casebook import CaseFile
    from lawengine.evaluation.facts import Domain, Entry, Evidence, FactKey
    from lawengine.questions import Ask, Done
    from lawengine.workspace import Workspace

File = Annotated[
    Path,
    typer.Argument(metavar="CASE", help="The case file: a new one, or one to go on with (YAML)."),
]
Quick = Annotated[
    bool,
    typer.Option("--quick", help="Leave presumptions as they stand: ask for no grounds."),
]
Party = Annotated[str, typer.Option("--party", help="How a new file calls the party.")]
Act = Annotated[str, typer.Option("--act", help="How a new file calls the act.")]

_HINT = Label(
    "answer, `?` for not known, `stop` to go on another time",
    "请回答；不清楚请答“？”；暂停请答“停”",
)
_WHY = Label("asked because of", "询问原因")
_MATTERS = (
    Label("whether it is a violation", "是否违法"),
    Label("what follows", "处理结果"),
    Label("another rule", "其他规则"),
    Label("an amount", "数额"),
    Label("a list, benefit, duty or grade", "名单、激励、义务或者等级"),
)
_SO_FAR = Label("so far", "目前")
_UNLESS = Label("counts as `{a}` while nobody says otherwise", "未另行查明时视为“{a}”")
_YES_NO = Label("yes or no", "是或者否")
_NO_SUCH = Label(
    "no answer is called `{a}`: write its number, 1 to {n}, or its name",
    "没有名为“{a}”的答案：请写其序号（1至{n}）或者名称",
)
_BECAUSE = Label("Why? (the written reason)", "理由是什么？（书面理由）")
_EVIDENCE = Label("Which evidence supports it?", "有何证据支持？")
_RECORDED = Label(
    "Which office recorded it? (no names of persons)", "由哪一机构记录？（不填个人姓名）"
)
_OWED = Label(
    "a ground needs its reason, its evidence and who recorded it: not recorded",
    "该情节须有理由、证据和记录机构：未予记录",
)
_STOPPED = Label("stopped; go on with the same command", "已暂停；使用同一命令可以继续")
_DONE = Label("nothing more can change the outcome", "没有其他事实可以改变结论")
_NO_MORE = Label("there is nothing more to ask", "没有其他需要询问的事实")
_LEFT = Label("not known, and it matters:", "未知但有影响：")
_ASKED = Label("questions asked", "已询问问题数")
_UNKNOWN = frozenset(("", "?", "？", "unknown", "未知", "不清楚", "不知道"))
_STOP = frozenset(("stop", "停", "quit", "q"))


def ask(
    context: typer.Context,
    case: File,
    *,
    quick: Quick = False,
    party: Party = "party-1",
    act: Act = "act-1",
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Ask for the facts of a case, only those that can still change the outcome, and write them.

    The file is written after every answer, so that an interview can be stopped and gone on with.
    """
    language = language_of(context, lang)
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    if not case.exists():
        from lawengine.casebook.writing import new_case

        text = new_case(_identifier(case), party, act, workspace.rulebook.vocabulary)
        write_whole(case, text)
    interview = _Interview(workspace, language, case, grounds=not quick)
    finished = interview.run()
    raise typer.Exit(interview.conclude() if finished else Exit.DONE)


def _identifier(path: Path) -> str:
    """Return an identifier for a new case: the name of its file in small letters and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "case"


class _StoppedError(Exception):
    """The user wants to go on another time."""


class _Interview:
    """One interview; the file holds all that was said."""

    def __init__(
        self, workspace: Workspace, language: Language, path: Path, *, grounds: bool
    ) -> None:
        self.workspace = workspace
        self.language = language
        self.path = path
        self.grounds = grounds
        self.file: CaseFile = open_case(path, workspace, language)
        self.declined: frozenset[FactKey] = frozenset()
        self.asked = 0

    def run(self) -> bool:
        """Ask until nothing is left; False where the user stopped before that.

        Raises:
            typer.Exit: the facts of the file contradict each other.
        """
        from lawengine.questions import Ask, plan

        self._need_consistent(self.file)
        while True:
            found = plan(
                self.file.facts,
                self.workspace.rulebook,
                declined=self.declined,
                grounds=self.grounds,
                days=self.workspace.days,
            )
            if not isinstance(found, Ask):
                self._end(found)
                return True
            try:
                self._ask(found)
            except _StoppedError:
                self._say(self._text(_STOPPED))
                return False

    def _end(self, done: Done) -> None:
        """Say that the interview is over, and what nobody knew although it matters."""
        from lawengine.questions.wording import key_label

        # With facts left that nobody knows, something could still change the outcome.
        closing = _NO_MORE if done.left else _DONE
        self._say(f"{self._text(closing)} ({self._text(_ASKED)}: {self.asked})")
        if done.left:
            self._say(self._text(_LEFT))
        for key in done.left:
            where = self._where(key)
            label = self._text(key_label(key, self.workspace.rulebook))
            self._say(f"   {where}{label}")

    def conclude(self) -> Exit:
        """Print the decision in short and return its exit code."""
        from lawengine import reports
        from lawengine.deciding.decide import decide

        book = self.workspace.rulebook
        decided = decide(self.file.facts, book, title=self.file.title, days=self.workspace.days)
        if decided.decision is None:
            return Exit.RULES
        lines = reports.text_lines(
            decided.decision, book, self.language, library=self.workspace.library, width=width(None)
        )
        self._say("")
        deliver_lines(lines, None)
        return outcome(decided.decision)

    def _need_consistent(self, file: CaseFile) -> None:
        from lawengine.evaluation.prepare import prepare
        from lawengine_cli.decide import clash

        problems = prepare(file.facts, self.workspace.rulebook).diagnostics
        if problems:
            clash(problems, self.workspace, self.language)

    def _ask(self, question: Ask) -> None:
        """Ask until the answer can be used, then write it."""
        self.asked += 1
        self._pose(question)
        while True:
            answer = self._hear()
            domain = self._read(answer, question)
            if domain is None:
                continue
            entry = self._with_reason(domain, question)
            if entry is not None and self._write(question, entry):
                from lawengine.evaluation.facts import Known

                if not isinstance(entry.domain, Known):
                    self.declined |= {question.key}
                return

    def _pose(self, question: Ask) -> None:
        from lawengine.model.types import KIND_LABELS, Kind

        zh = self.language == "zh"
        self._say("")
        where = self._where(question.key)
        self._say(f"{self.asked}. {where}{self._text(question.question)}")
        seen = dict.fromkeys(
            f"{self._text(why.label)} ({self._text(_MATTERS[why.matter])})" for why in question.why
        )
        if seen:
            joined = ("；" if zh else "; ").join(list(seen)[:3])
            self._say(f"   {self._text(_WHY)}: {joined}")
        if question.presumed is not None:
            word = Label("yes", "是") if question.presumed else Label("no", "否")
            self._say(f"   {self._text(_UNLESS).format(a=self._text(word))}")
        if question.known.en != "not known":
            self._say(f"   {self._text(_SO_FAR)}: {self._text(question.known)}")
        for number, (_, label) in enumerate(question.options, 1):
            self._say(f"   {number}) {self._text(label)}")
        if not question.options:
            kind = _YES_NO if question.kind is Kind.YES_NO else KIND_LABELS[question.kind]
            self._say(f"   ({self._text(kind)}; {self._text(_HINT)})")
        else:
            self._say(f"   ({self._text(_HINT)})")

    def _where(self, key: FactKey) -> str:
        """Return how the file calls the party, act or thing of a fact, in brackets."""
        name = next((i.name for i in self.file.facts.instances() if i.path == key.instance), "")
        return f"[{name}] " if name else ""

    def _hear(self) -> str:
        print("> ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            self._say("")
            raise _StoppedError
        if line.strip().lower() in _STOP:
            raise _StoppedError
        return line.strip()

    def _read(self, answer: str, question: Ask) -> Domain | None:
        """Return what an answer says, or None after saying what is wrong with it."""
        from lawengine.base.diagnostic import Diagnostic
        from lawengine.base.source import NOWHERE
        from lawengine.casebook.scalars import Refusal, parse_choice, parse_scalar
        from lawengine.evaluation.facts import UNKNOWN, Known

        if answer.lower() in _UNKNOWN:
            return UNKNOWN
        vocabulary = self.workspace.rulebook.vocabulary
        fact = vocabulary.fact(question.key.entity, question.key.fact)
        if question.options:
            if answer.isdecimal() and 1 <= int(answer) <= len(question.options):
                return Known(question.options[int(answer) - 1][0])
            chosen = parse_choice(vocabulary.choices[fact.type.choices], answer)
            if chosen is None:
                words = {"a": answer, "n": str(len(question.options))}
                self._say(self._text(_NO_SUCH).format(**words))
            return chosen
        found = parse_scalar(question.kind, answer)
        if isinstance(found, Refusal):
            refused: dict[str, object] = {"key": self._text(question.label), **found.words}
            self._say(Diagnostic(found.code, NOWHERE, refused).message(self.language))
            return None
        return found

    def _with_reason(self, domain: Domain, question: Ask) -> Entry | None:
        """Return the entry with the reason that a judgement owes, and for a ground the proof."""
        from lawengine.evaluation.facts import UNKNOWN, Entry, Evidence, Known

        vocabulary = self.workspace.rulebook.vocabulary
        fact = vocabulary.fact(question.key.entity, question.key.fact)
        presumed = fact.presumption.value if fact.presumption else False if fact.ground else None
        if not fact.judgement or not isinstance(domain, Known) or domain.value is presumed:
            return Entry(domain)
        said = Evidence(because=self._more(_BECAUSE))
        if fact.ground:
            said = self._proof(said)
            if not (said.because and said.evidence and said.recorded_by):
                self._say(self._text(_OWED))
                return Entry(UNKNOWN)
        return Entry(domain, evidence=said)

    def _proof(self, said: Evidence) -> Evidence:
        from dataclasses import replace

        evidence = self._more(_EVIDENCE)
        return replace(said, evidence=evidence, recorded_by=self._more(_RECORDED))

    def _more(self, label: Label) -> str:
        self._say(f"   {self._text(label)}")
        answer = self._hear()
        return "" if answer.lower() in _UNKNOWN else answer

    def _write(self, question: Ask, entry: Entry) -> bool:
        """Write the answer into the file, whole; False where it contradicts what stands there."""
        from lawengine.base.diagnostic import has_errors
        from lawengine.base.source import Source
        from lawengine.casebook import read_case
        from lawengine.casebook.writing import write_fact
        from lawengine.evaluation.prepare import prepare

        book = self.workspace.rulebook
        source: Source = Source(str(self.path), self.path.read_text(encoding="utf-8-sig"))
        text = write_fact(source, question.key, entry, book.vocabulary)
        read = read_case(Source(str(self.path), text), book)
        problems = [d for d in read.diagnostics if has_errors((d,))]
        if read.case is not None:
            problems += prepare(read.case.facts, book).diagnostics
        if problems or read.case is None:
            show(problems, {str(self.path): Source(str(self.path), text)}, self.language)
            return False
        write_whole(self.path, text)
        self.file = read.case
        return True

    def _text(self, label: Label) -> str:
        return label.text(self.language)

    def _say(self, text: str) -> None:
        say(text)
