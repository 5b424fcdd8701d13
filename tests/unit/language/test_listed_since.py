"""Since when a party stood on a list: what a condition lowers to, in both keyword languages."""

from __future__ import annotations

import datetime

from lawengine.base.source import Source
from lawengine.language.formatting import format_file
from lawengine.language.lower import lower
from lawengine.language.parse import parse
from lawengine.language.resolve import resolve
from lawengine.language.translation import translate
from lawengine.model import expressions as e
from lawengine.model.types import DATE, YES_NO
from tests.unit.language.test_statuses import BENEFIT, DUTY, LIST, VOCABULARY, changed, read

SINCE = changed(
    BENEFIT,
    "lost where listed anywhere",
    "lost where listed anywhere since case.decided_on - 5 days"
    " or LAN.dark listed since 2001-03-04 or not LAN.dark listed since case.decided_on",
)


def test_since_when_a_party_stood_on_a_list_is_a_day_of_its_own() -> None:
    (lost,) = read(LIST, SINCE, DUTY).rulebook.statuses["LAN.light"].versions[0].endings
    assert isinstance(lost.condition, e.Connection)
    anywhere, dark, lacks = lost.condition.operands
    assert isinstance(anywhere, e.StatusHolds)
    assert isinstance(anywhere.since, e.Computed)
    assert dark == e.StatusHolds("LAN.dark", YES_NO, e.Constant(datetime.date(2001, 3, 4), DATE))
    assert isinstance(lacks, e.Negation)
    assert isinstance(lacks.operand, e.StatusHolds)
    assert isinstance(lacks.operand.since, e.FactOf)


def test_since_when_reads_the_same_in_chinese() -> None:
    trees = [parse(Source("a.law", text)).tree for text in (VOCABULARY, LIST, SINCE, DUTY)]
    symbols = resolve(trees)
    chinese = [format_file(translate(tree, symbols, "zh"), "zh") for tree in trees]
    again = lower([parse(Source("b.law", text)).tree for text in chinese], {})

    assert "被列入任一名单 起自" in " ".join(chinese[2].split())
    assert "或 被列入 灯笼法.黑名单 起自 2001-03-04" in " ".join(chinese[2].split())
    assert "未被列入 灯笼法.黑名单 起自" in " ".join(chinese[2].split())
    assert again.rulebook == read(LIST, SINCE, DUTY).rulebook
