"""What a discretion standard recommends, and the officer's figure, as a reader gets them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label
from lawengine.base.money import format_yuan
from lawengine.base.source import NOWHERE
from lawengine.deciding.decision import Branch
from lawengine.deciding.recommended import Figure, FigureCheck, Placed, Placing, Recommended
from lawengine.deciding.recommending import span_label, steps_label, steps_range
from lawengine.explanation.phrasing import fill
from lawengine.reports.document import FigurePart, Item
from lawengine.reports.naming import Names, need_label
from lawengine.reports.wording import word

_TROUBLE = (Placing.BELOW_FLOOR, Placing.ABOVE_CAP, Placing.OTHER_STEP)


def recommended_items(branch: Branch, names: Names) -> Iterator[Item]:
    """Yield a line for each recommendation of a branch."""
    several = len({line.rule for line in branch.recommended}) > 1
    for line in branch.recommended:
        parts = [label.text(names.language) for label in line.assumptions]
        if several and line.rule:
            parts.insert(0, names.rule(line.rule))
        colon = "：" if names.language == "zh" else ": "
        head = f"{_joined(parts, names)}{colon}" if parts else ""
        text = head + _recommended(line, names)
        yield Item(text, names.citations(line.law), bool(line.unverified))


def _recommended(line: Recommended, names: Names) -> str:
    language = names.language
    if not line.standards:
        return word("standard_none", language)
    if line.open:
        needs = [need_label(need, names.rulebook).text(language) for need in line.needs]
        open_ = word("step_open", language)
        return f"{open_} ({_joined(needs, names)})" if needs else open_
    steps = steps_label(line.called)
    if line.high is None:
        return steps.text(language)
    shown = steps_range(line.called, line.steps)
    if not any(one.step in line.called for one in line.steps):
        shown = span_label(line.low, line.high)
    text = fill(Label("{a}, {b}", "{a}，{b}"), a=steps, b=shown).text(language)
    if line.amount is not None:
        amount = format_yuan(line.amount, language)
        text = f"{text}{_semicolon(names)}{word('step_amount', language, amount=amount)}"
    return text


def figure_parts(
    checks: Iterable[FigureCheck], names: Names, numbers: Mapping[int, int] | None = None
) -> tuple[FigurePart, ...]:
    """Return the officer's figures with where each falls and what is found wrong.

    `numbers` are those of the outcomes under which the branches of the act are told.
    """
    return tuple(_figure(check, names, numbers or {}) for check in checks)


def _figure(check: FigureCheck, names: Names, numbers: Mapping[int, int]) -> FigurePart:
    language = names.language
    figure = check.figure
    key = "figure_proposed" if figure.proposed else "figure_decided"
    heading = word(key, language, figure=_amount(figure, names))
    if figure.act:
        heading = f"{figure.act} · {heading}"
    findings = [Diagnostic(code, NOWHERE) for code in check.findings]
    notes = [(one.code, one.message(language), one.help(language)) for one in findings]
    alarm = check.ground_missing or any(one.placing in _TROUBLE for one in check.placed)
    return FigurePart(
        heading=heading,
        places=tuple(_places(check.placed, names, numbers)),
        findings=tuple(notes),
        grounds=tuple(ground.text(language) for ground in figure.grounds),
        ground_missing=check.ground_missing,
        alarm=alarm,
    )


def _places(placed: Sequence[Placed], names: Names, numbers: Mapping[int, int]) -> Iterator[str]:
    """Yield where a figure lies, with the numbers of the outcomes where they differ."""
    texts: dict[str, dict[int, None]] = {}
    for one in placed:
        texts.setdefault(_place(one, names), {})[numbers.get(one.branch, 0)] = None
    comma = "、" if names.language == "zh" else ", "
    for text, outcomes in texts.items():
        shown = comma.join(f"({number})" for number in sorted(outcomes) if number)
        yield f"{shown} {text}" if shown and len(texts) > 1 else text


def _place(one: Placed, names: Names) -> str:
    language = names.language
    text = word(f"placing_{one.placing.value}", language)
    details = []
    if one.steps and one.placing is not Placing.LEFT_OUT:
        details.append(word("figure_step", language, steps=steps_label(one.steps).text(language)))
    if one.called and one.placing is Placing.OTHER_STEP:
        called = steps_label(one.called).text(language)
        details.append(word("figure_called", language, steps=called))
    details += [label.text(language) for label in one.assumptions]
    whole = _semicolon(names).join([text, *details])
    return f"{whole} [{one.finding}]" if one.finding else whole


def _amount(figure: Figure, names: Names) -> str:
    if figure.low is None or figure.high is None:
        return word("figure_unknown", names.language)
    if figure.high == 0:
        return word("figure_none", names.language)
    return span_label(figure.low or None, figure.high).text(names.language)


def _joined(parts: Sequence[str], names: Names) -> str:
    return _semicolon(names).join(parts)


def _semicolon(names: Names) -> str:
    return "；" if names.language == "zh" else "; "
