"""Blocks of a case file: which keys may stand in them, in which languages, and which must."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from enum import StrEnum
from typing import TypeVar

from lawengine.base.citation import Citation, parse_citation
from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Note
from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.casebook.findings import Findings, shown
from lawengine.casebook.scalars import EXPECTED, parse_truth
from lawengine.model.types import Kind
from lawengine.statutes.yaml_tree import Node

FIRST = Label("first here", "首次出现于此")
BLOCK = Label("a block of keys", "键值块")
LIST = Label("a list", "列表")
TEXT = Label("a text", "文字")
TEXT_OR_LABEL = Label("a text, or a block with `en` and `zh`", "文字，或者含 en 和 zh 的键值块")

CHINESE_KEYS: Mapping[str, str] = {
    "act": "行为",
    "articles": "条文",
    "articles_unverified": "条文未核实",
    "assumptions": "假设",
    "at_least": "不少于",
    "at_most": "不超过",
    "because": "理由",
    "benefits": "守信激励",
    "case": "案号",
    "combined": "合并处罚",
    "date": "日期",
    "day": "日期",
    "decided": "处罚决定",
    "department": "部门",
    "entered": "已列入",
    "evidence": "证据",
    "expect_open": "预期未知",
    "fine": "罚款",
    "from": "自",
    "gain": "违法所得",
    "granted": "已准予",
    "grounds": "减轻理由",
    "joint_measures": "联合惩戒措施",
    "law": "依据",
    "lists": "列入名单",
    "measures": "措施",
    "minimum": "最短期限",
    "name": "名称",
    "notes": "备注",
    "of": "所属名单",
    "on": "日期",
    "one_of": "其中之一",
    "other": "其他",
    "proposed": "拟处罚",
    "recorded_by": "记录人",
    "repairs": "信用修复",
    "respondent": "当事人",
    "site": "网站",
    "source": "来源",
    "sources": "资料来源",
    "term": "期限",
    "text": "内容",
    "title": "标题",
    "to": "至",
    "unknown": "未知",
    "until": "截止日",
    "url": "网址",
    "value": "值",
}
"""The Chinese form of each key that is no fact; either form may be written."""

_Kind = TypeVar("_Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one sort of block: those that must stand and those that may."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    forms: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        names = (*self.required, *self.optional)
        chinese = {CHINESE_KEYS[name]: name for name in names if name in CHINESE_KEYS}
        object.__setattr__(self, "forms", {**chinese, **{name: name for name in names}})


def take_block(node: Node, name: str, keys: Keys, findings: Findings) -> dict[str, Node]:
    """Return the values of a block by key, each key in its English form.

    Edges: what is no block gives an empty dict and an error.
    """
    if not isinstance(node.value, dict):
        wrong(node, name, BLOCK, findings)
        return {}
    taken: dict[str, Node] = {}
    places: dict[str, Span] = {}
    for key, value in node.value.items():
        place = node.keys[key]
        known = keys.forms.get(key)
        if known is None:
            findings.error("LAW520", place, {"key": shown(key)}, near=(key, keys.forms))
        elif known in taken:
            twice(known, key, places[known], place, findings)
        else:
            taken[known], places[known] = value, place
    for missing in keys.required:
        if missing not in taken:
            words = {"key": Label(missing, CHINESE_KEYS.get(missing, missing))}
            findings.error("LAW519", node.span, words)
    return taken


def twice(name: str, key: str, first: Span, second: Span, findings: Findings) -> None:
    """Report a key that stands a second time under another of its names."""
    notes = (Note(first, FIRST),)
    findings.error("LAW509", second, {"key": shown(key), "name": name}, notes=notes)


def wrong(node: Node, name: str | Label, expected: Label, findings: Findings) -> None:
    """Report that something else should stand here."""
    findings.error(
        "LAW506", node.span, {"key": name, "expected": expected, "found": shown(node.value)}
    )


def take_list(node: Node | None, name: str, findings: Findings) -> list[Node]:
    """Return the elements of a list; none, and an error, where it is no list."""
    if node is None:
        return []
    if isinstance(node.value, list):
        return node.value
    wrong(node, name, LIST, findings)
    return []


def take_text(node: Node | None, name: str, findings: Findings) -> str:
    """Return the words of a scalar; "" where there is none, and an error where it is none."""
    if node is None:
        return ""
    if isinstance(node.value, str) and node.value.strip():
        return node.value.strip()
    wrong(node, name, TEXT, findings)
    return ""


def take_label(node: Node | None, name: str, findings: Findings) -> Label:
    """Return a text in one or both languages.

    Edges: a single text counts as Chinese when it holds a Chinese character.
    """
    if node is None:
        return Label()
    if isinstance(node.value, dict):
        block = take_block(node, name, Keys(optional=("en", "zh")), findings)
        label = Label(
            *(take_text(block.get(key), f"{name}.{key}", findings) for key in ("en", "zh"))
        )
        if not node.value:
            wrong(node, name, TEXT_OR_LABEL, findings)
        return label
    if isinstance(node.value, str) and node.value.strip():
        words = node.value.strip()
        chinese = any("\u4e00" <= char <= "\u9fff" for char in words)
        return Label(zh=words) if chinese else Label(en=words)
    wrong(node, name, TEXT_OR_LABEL, findings)
    return Label()


def take_truth(node: Node | None, name: str, findings: Findings) -> bool:
    """Return a yes or no; no where nothing stands, and an error where it is neither."""
    if node is None:
        return False
    value = parse_truth(node.value) if isinstance(node.value, str) else None
    if value is None:
        wrong(node, name, EXPECTED[Kind.YES_NO], findings)
    return bool(value)


def take_member(
    node: Node | None,
    name: str,
    members: type[_Kind],
    findings: Findings,
    labels: Mapping[_Kind, Label] | None = None,
) -> _Kind | None:
    """Return the member of a closed list that a scalar names by identifier or Chinese term."""
    word = take_text(node, name, findings)
    if node is None or not word:
        return None
    for member in members:
        label = (labels or {}).get(member, Label())
        if word in {member.value, label.zh}:
            return member
    options = [member.value for member in members]
    findings.error(
        "LAW531",
        node.span,
        {"key": name, "found": shown(word), "options": listed(options)},
        near=(word, options),
    )
    return None


def take_citations(node: Node | None, name: str, findings: Findings) -> tuple[Citation, ...]:
    """Return the articles that a list names."""
    found = []
    for number, item in enumerate(take_list(node, name, findings), 1):
        if text := take_text(item, f"{name}[{number}]", findings):
            citation = parse_citation(text)
            if citation is None:
                findings.error("LAW532", item.span, {"found": shown(text)})
            else:
                found.append(citation)
    return tuple(found)


def listed(names: Iterable[str], between: str = ", ") -> str:
    """Return names for a message: the first dozen of them."""
    limit = 12
    all_names = list(names)
    rest = f"{between}…" if len(all_names) > limit else ""
    return between.join(f"`{name}`" for name in all_names[:limit]) + rest
