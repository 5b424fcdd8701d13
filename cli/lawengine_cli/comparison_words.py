"""A published decision and the lawful range in words: what was decided, and why they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from lawengine.base.label import Label, Language

if TYPE_CHECKING:
    from lawengine.base.citation import Citation
    from lawengine.casebook import CaseRun, Comparison, DecidedFine
    from lawengine.deciding.decision import FineTotal
    from lawengine.statutes import Library
    from lawengine.workspace import Workspace

_NO_FINE = Label("no fine", "未罚款")
_NOT_PRINTED = Label("not printed", "未载明")
_PROPOSED = Label(" (proposed)", "（拟处罚）")
OPEN = Label("open though not expected", "预期之外的未知事实")
UNASKED = Label("expected to be open, but not asked for", "预期未知而未询问的事实")
OTHER = Label("the decision names other articles", "决定另引条文")
LAWFUL_BY = Label("lawful if shown", "经查明则合法")
NO_GROUND = Label("no ground that would allow it is in the file", "案卷中没有可据以合法的理由")
NO_RULE = Label("no rule here allows as much", "没有规则允许此数额")
HANGS_ON = Label("hangs on", "取决于")


def fine_words(found: Comparison, language: Language, *, short: bool = False) -> str:
    """Return what the decision says of the fine; `short` for a narrow table, without the unit."""
    words = fine_label(found.decided.fine, short=short).text(language)
    return words + (_PROPOSED.text(language) if found.decided.proposed else "")


def fine_label(fine: DecidedFine, *, short: bool = False) -> Label:
    """Return a decided fine: an amount, bounds, none, or not printed."""
    from lawengine.evaluation.facts import Known, Within

    def bound(fen: object) -> Label:
        return _amount(fen if isinstance(fen, int) else None, short=short, unit=not short)

    match fine:
        case Known(value=fen):
            return bound(fen)
        case Within(low=low, high=high):
            first, last = bound(low), bound(high)
            if short:
                return Label(f"{first.en}-{last.en}", f"{first.zh}-{last.zh}")
            return Label(f"{first.en} to {last.en}", f"{first.zh}至{last.zh}")
        case _:
            from lawengine.casebook import NoFine

            return _NO_FINE if isinstance(fine, NoFine) else _NOT_PRINTED


def ranges(found: Comparison, language: Language, *, short: bool = False) -> str:
    """Return the ranges, each on its own line of a terminal."""
    return "\n".join(_range(one, short=short).text(language) for one in found.ranges) or "-"


def steps(found: Comparison, language: Language) -> str:
    """Return the steps of the discretion standard that the fine falls into; "-" for none."""
    from lawengine.model.standards import STEP_LABELS

    fallen = found.check.steps if found.check is not None else ()
    return " / ".join(STEP_LABELS[step].text(language) for step in fallen) or "-"


def _range(fine: FineTotal, *, short: bool) -> Label:
    """Return a range in short: `200,000-1,000,000`, `0, 10,000-200,000`, `<= 1,000,000`.

    Units: yuan. Edges: a leading `0` says that the fine may be left out.
    """
    if fine.none:
        return Label("no fine", "不得罚款")
    high, low = _amount(fine.high, short=short), _amount(fine.low, short=short)
    if fine.low is None:
        words = Label(f"<= {high.en}", f"≤{high.zh}")
    elif fine.low == fine.high:
        words = low
    else:
        words = Label(f"{low.en}-{high.en}", f"{low.zh}-{high.zh}")
    return Label(f"0, {words.en}", f"0，{words.zh}") if fine.may else words


def _amount(fen: int | None, *, short: bool = False, unit: bool = False) -> Label:
    """Return an amount; `short` writes thousands and millions in English as Chinese does 万, 亿."""
    from lawengine.base.money import format_yuan

    if fen is None:
        return Label("?", "？")
    english, chinese = format_yuan(fen, "en"), format_yuan(fen, "zh")
    if short:
        english = _shortened(fen) or english
    if unit:
        return Label(english, chinese)
    return Label(english.removesuffix(" yuan"), chinese.removesuffix("元"))


def _shortened(fen: int) -> str:
    """Return `200k` or `4,557.12m`, always exact; "" where that would not be shorter."""
    for yuan, letter in ((1_000_000, "m"), (1_000, "k")):
        value = Decimal(fen) / (100 * yuan)
        if value >= 1 and value == round(value, 2):
            return f"{value.normalize():,f}{letter}"
    return ""


def named(citations: Sequence[Citation], library: Library, language: Language) -> str:
    """Return articles under the names that the language has for them."""
    found = (library.in_language(citation, language) for citation in citations)
    return (", " if language == "en" else "、").join(one.text(language) for one in found)


def grounds(
    found: Comparison, item: CaseRun, workspace: Workspace, language: Language
) -> Iterator[str]:
    """Yield why decision and range differ, or cannot be compared; nothing where they agree."""
    from lawengine.casebook.comparing import OBSTACLE_LABELS, Verdict

    colon = ": " if language == "en" else "："
    if found.obstacle is not None:
        yield OBSTACLE_LABELS[found.obstacle].text(language)
    if found.verdict is Verdict.BELOW_FLOOR and not found.lawful_by:
        yield NO_GROUND.text(language)
    if found.verdict is Verdict.ABOVE_CAP:
        yield NO_RULE.text(language)
    for label, citations in ((OTHER, found.other_articles), (LAWFUL_BY, found.lawful_by)):
        if citations:
            yield f"{label.text(language)}{colon}{named(citations, workspace.library, language)}"
    if found.verdict in (Verdict.UNDETERMINED, Verdict.BETWEEN_RANGES):
        yield from _open_facts(found, item, workspace, language)


def _open_facts(
    found: Comparison, item: CaseRun, workspace: Workspace, language: Language
) -> Iterator[str]:
    from lawengine.reports.naming import need_label

    acts = item.decision.acts() if item.decision is not None else ()
    labels = [
        need_label(need, workspace.rulebook).text(language)
        for act in acts
        if found.decided.act in ("", act.name)
        for need in act.needs
    ]
    if labels:
        colon, comma = (": ", ", ") if language == "en" else ("：", "、")
        yield f"{HANGS_ON.text(language)}{colon}{comma.join(dict.fromkeys(labels))}"
