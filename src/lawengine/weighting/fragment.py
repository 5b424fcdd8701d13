"""Weights as dated figures of a rule file, with what they were worked out from."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from lawengine.base.label import Label, Language
from lawengine.base.points import points_text
from lawengine.weighting.components import Component, share_text

_NAME = re.compile(r"[^\W\d]\w*\Z")
_WORDS = {
    "en": {
        "head": "Weights by the first principal component of the correlation matrix.",
        "data": "data: {name}, sha256 {sha256}",
        "rows": "rows: {rows}; columns: {columns}",
        "rising": "more is better: {columns}",
        "falling": "less is better (turned round): {columns}",
        "variance": "share of the variance: {first} % by the first component (all: {shares} %)",
        "loading": "loadings: {loadings}",
        "method": "each weight is the share of its loading; rounded by largest remainders to 100 %",
        "none": "none",
    },
    "zh": {
        "head": "按相关矩阵第一主成分得出的权重。",
        "data": "数据：{name}，sha256 {sha256}",
        "rows": "行数：{rows}；列：{columns}",
        "rising": "越大越好：{columns}",
        "falling": "越小越好（已反向）：{columns}",
        "variance": "方差贡献率：第一主成分{first}%（全部：{shares}%）",
        "loading": "载荷：{loadings}",
        "method": "权重为载荷所占份额，按最大余数法取整，合计恰为100%",
        "none": "无",
    },
}
_KEYWORDS = {
    "en": ("parameter", "rate", ": ", "is", "from", "status unverified because", " %"),
    "zh": ("参数", "比率", "：", "为", "自", "未经核实 理由", "%"),
}


def unfit_names(columns: tuple[str, ...], prefix: str) -> tuple[str, ...]:
    """Return the columns of which no name of a figure can be made."""
    return tuple(column for column in columns if not _NAME.match(_name(column, prefix)))


def fragment(
    component: Component, start: datetime.date, language: Language = "en", prefix: str = ""
) -> str:
    """Return the weights as `parameter` declarations, ready for a rule file of that language.

    `start` is the first day on which they count, `prefix` begins each name. A comment and the
    reason of each figure name the file, its fingerprint, columns, rows and share of the variance.
    """
    head = "语言 中文\n" if language == "zh" else ""
    comments = "".join(f"-- {line}\n" for line in _comments(component, language))
    figures = "\n".join(_figures(component, start, language, prefix))
    return f"{head}{comments}\n{figures}"


def _comments(component: Component, language: Language) -> Iterator[str]:
    words, data = _WORDS[language], component.data
    comma = "、" if language == "zh" else ", "
    rising = [column for column in data.columns if column not in component.falling]
    pairs = zip(data.columns, component.loadings, strict=True)
    # A name could end the comment: it is data of somebody else.
    name = " ".join(data.name.split())
    yield words["head"]
    yield words["data"].format(name=name, sha256=data.sha256)
    yield words["rows"].format(rows=len(data.rows), columns=comma.join(data.columns))
    yield words["rising"].format(columns=comma.join(rising) or words["none"])
    yield words["falling"].format(columns=comma.join(component.falling) or words["none"])
    shares = " + ".join(share_text(share) for share in component.variances)
    yield words["variance"].format(first=share_text(component.variances[0]), shares=shares)
    yield words["loading"].format(loadings=comma.join(f"{c} {v:.4f}" for c, v in pairs))
    yield words["method"]


def _figures(
    component: Component, start: datetime.date, language: Language, prefix: str
) -> Iterator[str]:
    data = component.data
    parameter, rate, colon, is_, from_, unverified, percent = _KEYWORDS[language]
    share, rows = share_text(component.variances[0]), len(data.rows)
    name = " ".join(data.name.replace('"', "'").split())
    why = Label(
        f"worked out from data: {name}, sha256 {data.sha256}, {rows} rows, "
        f"first component {share} %",
        f"由数据得出：{name}，sha256 {data.sha256}，{rows}行，第一主成分{share}%",
    )
    for column, weight in zip(data.columns, component.weights, strict=True):
        label = Label(f"Weight of {column} (from data)", f"{column}权重（由数据得出）")
        texts = f"{_pair(label, language)}{colon}{rate}"
        amount = f"{points_text(weight * 100)}{percent}"
        yield (
            f"{parameter} {_name(column, prefix)} {texts}\n"
            f"  {is_} {amount} {from_} {start.isoformat()} {unverified}\n"
            f"    {_pair(why, language)}\n"
        )


def _pair(label: Label, language: Language) -> str:
    one, two = (label.zh, label.en) if language == "zh" else (label.en, label.zh)
    return f'"{one}" / "{two}"'


def _name(column: str, prefix: str) -> str:
    return f"{prefix}_{column}_weight" if prefix else f"{column}_weight"
