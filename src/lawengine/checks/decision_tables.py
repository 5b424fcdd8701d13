"""Decision tables: inputs without a row, inputs with two, rows that never count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lawengine.base.diagnostic import Diagnostic, Note, Severity
from lawengine.base.label import Label
from lawengine.checks.check import Check, Sample
from lawengine.checks.table_boxes import Boxes, fixed
from lawengine.checks.words import named
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Hit, Table
from lawengine.statutes import Library

MOST_GAPS = 3
"""Gaps named for one table; the others show themselves once these are closed."""
_NOT_FIXED = Label("a cell holds a value that is not fixed", "有单元格的值不是固定值")
_TOO_MANY = Label("it has too many rows or combinations of inputs", "行或者输入的组合过多")
_OTHER_ROW = Label("the other row", "另一行")


def run(rulebook: Rulebook, library: Library) -> Iterable[Diagnostic]:
    """Yield what each table leaves open, decides twice, or never reaches."""
    del library
    for table in rulebook.tables.values():
        if fixed(table):
            yield from _check(table, rulebook)
        else:
            yield _unchecked(table, _NOT_FIXED)


def _check(table: Table, rulebook: Rulebook) -> Iterator[Diagnostic]:
    gaps = 0
    first_rows: set[int] = set()
    clashes: dict[int, tuple[int, Label]] = {}
    boxes = Boxes(table, rulebook)
    for box in boxes:
        if not box.rows:
            gaps += 1
            if gaps <= MOST_GAPS:
                yield _gap(table, box.text)
            continue
        first_rows.add(box.rows[0])
        for later in box.rows[1:]:
            clashes.setdefault(later, (box.rows[0], box.text))
    if table.hit is Hit.UNIQUE:
        yield from _overlaps(table, clashes)
    if boxes.cut:
        yield _unchecked(table, _TOO_MANY)
    elif table.hit is Hit.FIRST:
        for index, row in enumerate(table.rows):
            if index not in first_rows:
                words = {"name": named(table), "row": index + 1}
                yield Diagnostic("LAW308", row.span, words, Severity.WARNING)


def _gap(table: Table, inputs: Label) -> Diagnostic:
    words = {"name": named(table), "inputs": inputs}
    return Diagnostic("LAW305", table.span, words, Severity.WARNING)


def _overlaps(table: Table, clashes: dict[int, tuple[int, Label]]) -> Iterator[Diagnostic]:
    for later, (first, inputs) in sorted(clashes.items()):
        notes = (Note(table.rows[first].span, _OTHER_ROW),)
        words: dict[str, object] = {
            "name": named(table), "inputs": inputs, "first": first + 1, "later": later + 1,
        }  # fmt: skip
        yield Diagnostic("LAW306", table.rows[later].span, words, notes=notes)


def _unchecked(table: Table, why: Label) -> Diagnostic:
    words = {"name": named(table), "why": why}
    return Diagnostic("LAW318", table.span, words, Severity.WARNING)


_HEAD = 'table base "Base amount" / "基础数额": money'
_WIDE = "".join(f"  | {n} to {n + 2} | {n} to {n + 2} | {n} yuan |\n" for n in range(0, 690, 3))

CHECK = Check(
    id="decision-tables",
    codes=("LAW305", "LAW306", "LAW308", "LAW318"),
    label=Label("Gaps, overlaps and dead rows of decision tables", "决策表的空缺、重叠与无效行"),
    why=Label(
        "an input without a row has no answer, an input with two rows has no certain one",
        "没有对应行的输入没有结果，对应两行的输入没有确定的结果",
    ),
    run=run,
    samples=(
        Sample(f"""{_HEAD} unique hit
  | act.kind | act.gain | gives |
  | hawking, lighting | at most 999.99 yuan | 10 yuan |
  | hawking, lighting | at least 1_000 yuan | 20 yuan |
  | other | * | 30 yuan |
"""),
        Sample(f"""{_HEAD} first hit
  | act.serious | act.share | gives |
  | yes | at least 5 % | 10 yuan |
  | * | * | 20 yuan |
"""),
        Sample(
            f"""{_HEAD} unique hit
  | act.kind | act.gain | gives |
  | hawking | at most 1_000 yuan | 10 yuan |
  | hawking | at least 1_000.02 yuan | 20 yuan |
  | lighting, other | * | 30 yuan |
""",
            "LAW305",
        ),
        Sample(
            f"""{_HEAD} unique hit
  | act.serious | act.ended_on | gives |
  | yes | at most 2018-01-01 | 10 yuan |
  | yes | at least 2018-01-01 | 20 yuan |
  | no | * | 30 yuan |
""",
            "LAW306",
        ),
        Sample(
            f"""{_HEAD} first hit
  | party.shops | gives |
  | at most 5 | 10 yuan |
  | * | 20 yuan |
  | 9 | 30 yuan |
""",
            "LAW308",
        ),
        Sample(
            f"""parameter limit "Limit" / "限额": money
  is 1_000 yuan from 2001-01-01 law LAN-2001 art 3

{_HEAD} first hit
  | act.gain | gives |
  | at most limit | 10 yuan |
  | * | 20 yuan |
""",
            "LAW318",
        ),
        Sample(
            f"""define sales "Number of orders" / "订单数" as
  count of order

{_HEAD} first hit
  | party.shops | sales | gives |
{_WIDE}  | * | * | 1 yuan |
""",
            "LAW318",
        ),
    ),
)
