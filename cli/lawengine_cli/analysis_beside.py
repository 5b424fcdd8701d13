"""What stands beside an analysis, as lines: bootstrap bounds, behaviour, published aggregates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lawengine.base.label import Label, Language
from lawengine_cli.analysis_text import LETTERS, blocks, columns, count, share, wrapped, yuan

if TYPE_CHECKING:
    from lawengine.analysis.result import Analysis, Behaviour, Bootstrap, Interval, Published

_HEAD = Label("bootstrap|figure|from|to", "自助法区间|数值|下界|上界")
_BEHAVIOUR = Label("behaviour, an assumption", "行为反应（假设）")
_VIOLATIONS = Label("violations, at least", "违法数量，下限")
_FACTOR = Label("factor", "倍数")
_FINES = Label("fines (yuan), at least", "罚款（元），下限")
_MOST = Label("at most", "上限")
_UNMOVED = Label("cases without an answer", "无法判断反应（件）")
_PUBLISHED = Label("published, beside the table", "公布数据与表格对照")
_NONE = Label("the table has no such cases", "表中没有此类案件")
_BESIDE = Label("{label}: {low} to {high} yuan", "{label}：{low}至{high}元")
_WIDTHS = (15, 15, 15)


def beside_lines(analysis: Analysis, language: Language) -> Iterator[str]:
    """Yield what was asked beside the figures."""
    if analysis.bootstrap is not None:
        yield from _bootstrap(analysis.bootstrap, len(analysis.sides), language)
    if analysis.behaviour is not None:
        yield from _behaviour(analysis.behaviour, language)
    if analysis.published:
        yield ""
        yield _PUBLISHED.text(language)
        for one in analysis.published:
            yield from _published(one, language)


def _bootstrap(found: Bootstrap, sides: int, language: Language) -> Iterator[str]:
    head, *cells = _HEAD.text(language).split("|")
    yield ""
    yield columns(head, cells, _WIDTHS)
    for one in found.intervals:
        letter = f"{LETTERS[one.side]}  " if sides > 1 else ""
        yield columns(f"  {letter}{one.label.text(language)}", _shown(one), _WIDTHS)
    yield from wrapped(found.method.text(language))


def _shown(one: Interval) -> list[str]:
    ends = (one.estimate, one.low, one.high)
    return [share(end) if one.unit == "share" else yuan(round(end / 100) * 100) for end in ends]


def _behaviour(found: Behaviour, language: Language) -> Iterator[str]:
    for block in blocks(len(found.sides)):
        yield ""
        yield from _answers(found, block, language)


def _answers(found: Behaviour, block: Sequence[int], language: Language) -> Iterator[str]:
    sides = [found.sides[at] for at in block]
    width = [52 // len(sides)] * len(sides)
    yield columns(_BEHAVIOUR.text(language), [LETTERS[at] for at in block], width)
    rows = (
        (f"  {_VIOLATIONS.text(language)}", [count(one.violations.low) for one in sides]),
        (f"    {_MOST.text(language)}", [count(one.violations.high) for one in sides]),
        (
            f"  {_FACTOR.text(language)}",
            [f"{one.factor.low:.3f} - {one.factor.high:.3f}" for one in sides],
        ),
        (f"  {_FINES.text(language)}", [yuan(one.fine.low) for one in sides]),
        (f"    {_MOST.text(language)}", [yuan(one.fine.high) for one in sides]),
        (f"  {_UNMOVED.text(language)}", [count(one.unmoved) for one in sides]),
    )
    for words, cells in rows:
        yield columns(words, cells, width)


def _published(one: Published, language: Language) -> Iterator[str]:
    yield from wrapped(f"{one.label.text(language)}: {one.source.text(language)}")
    for text in one.bounds:
        yield from wrapped(f"  {text.text(language)}")
    if one.simulated is None:
        yield from wrapped(f"  {_NONE.text(language)}")
        return
    words = {"low": yuan(one.simulated.low), "high": yuan(one.simulated.high)}
    label = one.simulated_label.text(language)
    yield from wrapped(f"  {_BESIDE.text(language).format(label=label, **words)}")
