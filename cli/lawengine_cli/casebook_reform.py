"""`lawengine casebook run --reform`: which answers a reform changes, and by how much."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lawengine.base.label import LANGUAGES, Label, Language
from lawengine_cli.opening import open_reforms
from lawengine_cli.showing import number, show
from lawengine_cli.streams import say
from lawengine_cli.tables import say_table

if TYPE_CHECKING:
    from lawengine.base.diagnostic import Diagnostic
    from lawengine.casebook import Effect, Sums
    from lawengine.casebook.reforming import PartyChange
    from lawengine.deciding.decision import FineTotal
    from lawengine.proposals import Proposed
    from lawengine.workspace import Workspace

_ALARM = Label(
    "A PROPOSAL, NOT THE LAW IN FORCE: the casebook as it would have been under",
    "草案，并非现行有效的法律：以下案件按修正草案处理的结果，草案为",
)
_HEAD = Label("case|respondent|law in force|under the reform", "案件|当事人|现行法律|按修正草案")
_SAME = Label("other measures or statuses", "其他措施或者名单、激励、义务")


def compare_casebook(
    folder: Path, reforms: list[Path], workspace: Workspace, language: Language, *, json: bool
) -> tuple[Diagnostic, ...]:
    """Say what the reforms change in a casebook; return what is wrong with its cases."""
    from lawengine.casebook import effect_of, read_casebook

    proposed = open_reforms(reforms, workspace, language)
    books = proposed.before.rulebook, proposed.after.rulebook
    cases, problems = read_casebook(folder, books[0])
    show(problems, workspace.sources, language)
    effect = effect_of(cases, books, workspace.days)
    show(effect.diagnostics, workspace.sources, language)
    if json:
        _say_json(effect, proposed)
    else:
        _say(effect, len(cases), proposed, language)
    return (*problems, *effect.diagnostics)


def _say(effect: Effect, cases: int, proposed: Proposed, language: Language) -> None:
    names = [one.label.text(language) or one.name for one in proposed.after.rulebook.reforms]
    joined = ("; " if language == "en" else "；").join(names)
    colon = ": " if language == "en" else "："
    say(f"!! {_ALARM.text(language)}{colon}{joined} !!")
    rows = [
        (one.case, one.respondent, _range(one.before, language), _after(one, language))
        for one in effect.changed
    ]
    if rows:
        say_table(_HEAD.text(language).split("|"), rows, whole=(0, 2, 3))
    changed = len({one.case for one in effect.changed})
    words = Label(
        f"{number(cases, 'case')}, {number(len(effect.parties), 'respondent')}: "
        f"{changed} with another answer",
        f"{cases}个案件，{len(effect.parties)}名当事人：其中{changed}个案件结果不同",
    )
    say(words.text(language))
    for label, sums in (
        (Label("law in force", "现行法律"), effect.before),
        (Label("under the reform", "按修正草案"), effect.after),
    ):
        say(f"{label.text(language)}{colon}{_sums(sums, language)}")


def _after(one: PartyChange, language: Language) -> str:
    return _SAME.text(language) if one.before == one.after else _range(one.after, language)


def _range(total: FineTotal | None, language: Language) -> str:
    from lawengine.deciding.reasoning import total_label

    if total is None:
        return Label("undetermined", "尚未确定").text(language)
    return total_label(total).text(language)


def _sums(sums: Sums, language: Language) -> str:
    from lawengine.base.money import format_yuan

    low, high = format_yuan(sums.low, language), format_yuan(sums.high, language)
    if language == "zh":
        left = f"，另有{sums.open}名当事人上限未知" if sums.open else ""
        return f"罚款合计最低{low}，最高{high}{left}"
    left = f", and {sums.open} whose ceiling is not known" if sums.open else ""
    return f"lowest fines together {low}, highest {high}{left}"


def _say_json(effect: Effect, proposed: Proposed) -> None:
    import json

    data = {
        "reforms": [
            {"name": one.name, "title": {lang: one.label.text(lang) for lang in LANGUAGES}}
            for one in proposed.after.rulebook.reforms
        ],
        "before": _sums_data(effect.before),
        "after": _sums_data(effect.after),
        "undecided": list(effect.undecided),
        "parties": [
            {
                "case": one.case,
                "respondent": one.respondent,
                "before": _total_data(one.before),
                "after": _total_data(one.after),
                "changed": one.changed,
            }
            for one in effect.parties
        ],
    }
    say(json.dumps(data, ensure_ascii=False, indent=2))


def _sums_data(sums: Sums) -> dict[str, int]:
    return {"low_fen": sums.low, "high_fen": sums.high, "open": sums.open}


def _total_data(total: FineTotal | None) -> dict[str, int | bool | None] | None:
    if total is None:
        return None
    return {
        "low_fen": total.low,
        "high_fen": total.high,
        "may": total.may,
        "high_open": total.high_open,
    }
