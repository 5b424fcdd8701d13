"""Words for typed expressions and values, in both languages."""

from __future__ import annotations

import datetime
from fractions import Fraction

from lawengine.base.calendar import Period
from lawengine.base.label import Label
from lawengine.base.money import format_yuan
from lawengine.base.points import points_text
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import Among, Domain, Known
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.statuses import StatusKind
from lawengine.model.types import Kind, Type
from lawengine.model.vocabulary import Fact

_COMPARISONS = {
    e.Comparison.EQUAL: Label("{a} is {b}", "{a}为{b}"),
    e.Comparison.UNEQUAL: Label("{a} is not {b}", "{a}不为{b}"),
    e.Comparison.AT_LEAST: Label("{a} is at least {b}", "{a}不少于{b}"),
    e.Comparison.AT_MOST: Label("{a} is at most {b}", "{a}不超过{b}"),
    e.Comparison.MORE: Label("{a} is more than {b}", "{a}超过{b}"),
    e.Comparison.LESS: Label("{a} is less than {b}", "{a}少于{b}"),
}
_DATES = {
    e.Comparison.AT_LEAST: Label("{a} is on or after {b}", "{a}不早于{b}"),
    e.Comparison.AT_MOST: Label("{a} is on or before {b}", "{a}不晚于{b}"),
    e.Comparison.MORE: Label("{a} is after {b}", "{a}晚于{b}"),
    e.Comparison.LESS: Label("{a} is before {b}", "{a}早于{b}"),
}
_OPERATIONS = {
    e.Operation.ADD: Label("{a} + {b}", "{a}加{b}"),
    e.Operation.SUBTRACT: Label("{a} - {b}", "{a}减{b}"),
    e.Operation.MULTIPLY: Label("{a} times {b}", "{b}的{a}倍"),
}
_AGGREGATIONS = {
    e.Aggregation.COUNT: Label("the number of {b}", "{b}的数量"),
    e.Aggregation.SUM: Label("the sum of {a} of {b}", "{b}的{a}合计"),
    e.Aggregation.ANY: Label("at least one of {b} satisfies: {a}", "{b}中至少一个满足：{a}"),
    e.Aggregation.ALL: Label("every one of {b} satisfies: {a}", "{b}中每一个都满足：{a}"),
    e.Aggregation.GROUPS: Label("the number of groups of {b} alike in {a}", "{b}按{a}的组数"),
    e.Aggregation.LARGEST: Label("the largest group of {b} alike in {a}", "{b}按{a}的最大组"),
}
_LAST_DAY = Label("the last day of “{a}”", "“{a}”的届满日")
_DAYS = Label("the days from {a} to {b}", "自{a}至{b}的日数")
_DAYS_OUTSIDE = Label("the days from {a} to {b} outside “{c}”", "自{a}至{b}、扣除“{c}”期间的日数")
_OF_STATUS = Label("“{a}” holds", "“{a}”成立")
_HOLDING = {
    StatusKind.LIST: Label("stands on the list “{a}”", "已被列入“{a}”"),
    StatusKind.BENEFIT: Label("has the benefit “{a}”", "已获授予“{a}”"),
    StatusKind.DUTY: Label("is in breach of the duty “{a}”", "逾期未履行“{a}”"),
    StatusKind.WATCH: Label("is watched as “{a}”", "被关注为“{a}”"),
}
_STOOD = Label(
    "stands on the list “{a}”, or did since “{b}”", "已被列入“{a}”，或者自“{b}”起曾被列入"
)
_STOOD_ANYWHERE = Label(
    "stands on a list, or did since “{b}”", "已被列入任一名单，或者自“{b}”起曾被列入"
)
_BEFORE, _AFTER = Label("on or before {b}", "不晚于{b}"), Label("on or after {a}", "不早于{a}")
_AT_MOST, _AT_LEAST = Label("at most {b}", "至多{b}"), Label("at least {a}", "至少{a}")
UNKNOWN_LABEL = Label("not known", "未知")


def fill(template: Label, **parts: Label) -> Label:
    """Return a template of both languages with its places filled in each."""
    english = {key: part.text("en") for key, part in parts.items()}
    chinese = {key: part.text("zh") for key, part in parts.items()}
    return Label(template.en.format(**english), template.zh.format(**chinese))


def fact_label(fact: Fact) -> Label:
    """Return how a fact is called; its identifier where it has no label."""
    return fact.label or Label(fact.name.replace("_", " "), fact.alias)


def value_label(value: e.Value, kind: Type, rulebook: Rulebook) -> Label:
    """Return a value as people write it."""
    match value:
        case bool():
            return Label("yes", "是") if value else Label("no", "否")
        case datetime.date():
            return Label(value.isoformat(), value.isoformat())
        case Period():
            return Label(value.text("en"), value.text("zh"))
        case str() if kind.kind is Kind.CHOICE:
            return rulebook.vocabulary.choice_label(kind.choices, value)
        case str():
            return Label(value, value)
        case _ if kind.kind is Kind.MONEY:
            return _money(Fraction(value))
        case _ if kind.kind is Kind.POINTS:
            points = points_text(Fraction(value))
            return Label(points, points)
        case _ if kind.kind is Kind.RATE:
            percent = _plain(Fraction(value) * 100)
            return Label(f"{percent} %", f"{percent}%")
        case int():
            return Label(f"{value:,}", str(value))
        case _:
            return Label(_plain(Fraction(value)), _plain(Fraction(value)))


def whole_span(low: datetime.date, high: datetime.date) -> Label:
    """Return `2016` or `2016-05` for a whole year or month, otherwise an empty label."""
    if low.year != high.year or low.day != 1:
        return Label()
    after = high + datetime.timedelta(days=1) if high < datetime.date.max else high
    if (low.month, after.month, after.day) == (1, 1, 1):
        return Label(str(low.year), f"{low.year}年")
    if low.month == high.month and after.day == 1:
        return Label(f"{low.year}-{low.month:02d}", f"{low.year}年{low.month}月")
    return Label()


def _money(value: Fraction) -> Label:
    if value.denominator == 1:
        return Label(format_yuan(int(value), "en"), format_yuan(int(value), "zh"))
    plain = _plain(value / 100)
    return Label(f"{plain} yuan", f"{plain}元")


def _plain(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    text = f"{float(value):.6g}"
    return text if Fraction(text) == value else f"{value.numerator}/{value.denominator}"


def domain_label(domain: Domain, kind: Type, rulebook: Rulebook) -> Label:
    """Return what is known of a value, bounds included."""
    match domain:
        case Known(value=value):
            return value_label(value, kind, rulebook)
        case Among(options=options):
            labels = [value_label(option, kind, rulebook) for option in sorted(options)]
            return Label(" or ".join(x.text("en") for x in labels),
                         "或".join(x.text("zh") for x in labels))  # fmt: skip
    low, high = bounds(domain)
    if low is None and high is None:
        return UNKNOWN_LABEL
    if isinstance(low, datetime.date) and isinstance(high, datetime.date):
        whole = whole_span(low, high)
        if whole:
            return whole
    dated = kind.kind is Kind.DATE
    if low is None and high is not None:
        template = _BEFORE if dated else _AT_MOST
        return fill(template, b=value_label(high, kind, rulebook))
    if high is None and low is not None:
        template = _AFTER if dated else _AT_LEAST
        return fill(template, a=value_label(low, kind, rulebook))
    ends = value_label(low, kind, rulebook), value_label(high, kind, rulebook)  # type: ignore[arg-type]  # bounds are values of its kind
    return fill(Label("{a} to {b}", "{a}至{b}"), a=ends[0], b=ends[1])


def phrase(  # noqa: C901, PLR0911 - one case for each class of expression
    expression: e.Expression, rulebook: Rulebook
) -> Label:
    """Return a condition or formula in words."""
    match expression:
        case e.Constant(value=value, type=kind):
            return value_label(value, kind, rulebook)
        case e.FactOf(entity=entity, fact=fact):
            return fact_label(rulebook.vocabulary.fact(entity, fact))
        case e.ParameterValue(name=name):
            return rulebook.parameters[name].label or Label(name, name)
        case e.Defined(name=name):
            return rulebook.definitions[name].label or Label(name, name)
        case e.Looked(name=name):
            return rulebook.tables[name].label or Label(name, name)
        case e.Established(rule=rule):
            label = rulebook.rules[rule].label or Label(rule, rule)
            return fill(Label("the rule “{a}” is established", "规则“{a}”成立"), a=label)
        case e.StatusHolds(status=status, since=since):
            if since is None:
                return status_phrase(status, rulebook)
            asked, day = status_label(status, rulebook), phrase(since, rulebook)
            return fill(_STOOD if status else _STOOD_ANYWHERE, a=asked, b=day)
        case e.Rated(name=name):
            return rating_label(name, rulebook)
        case e.Negation(operand=operand):
            return fill(Label("not ({a})", "并非（{a}）"), a=phrase(operand, rulebook))
        case e.Connection():
            return _connection(expression, rulebook)
        case e.Compared():
            return _compared(expression, rulebook)
        case e.OneOf(operand=operand, options=options):
            parts = [phrase(option, rulebook) for option in options]
            joined = Label(" or ".join(p.text("en") for p in parts),
                           "或".join(p.text("zh") for p in parts))  # fmt: skip
            return fill(Label("{a} is {b}", "{a}为{b}"), a=phrase(operand, rulebook), b=joined)
        case _:
            return _formula(expression, rulebook)


def status_label(name: str, rulebook: Rulebook) -> Label:
    """Return how a list, benefit or duty is called; its identifier where it has no label."""
    status = rulebook.statuses.get(name)
    return (status.label if status is not None else Label()) or Label(name, name)


def rating_label(name: str, rulebook: Rulebook) -> Label:
    """Return how a score or grade is called; its identifier where it has no label."""
    found = rulebook.ratings.get(name)
    return (found.label if found is not None else Label()) or Label(name, name)


def status_phrase(name: str, rulebook: Rulebook) -> Label:
    """Return that a status holds in words; "" asks for any list at all."""
    if not name:
        return Label("stands on a list", "已被列入任一名单")
    template = _HOLDING[rulebook.statuses[name].kind] if name in rulebook.statuses else _OF_STATUS
    return fill(template, a=status_label(name, rulebook))


def _connection(expression: e.Connection, rulebook: Rulebook) -> Label:
    parts = []
    for operand in expression.operands:
        label = phrase(operand, rulebook)
        inner = isinstance(operand, e.Connection) and operand.logic is not expression.logic
        parts.append(fill(Label("({a})", "（{a}）"), a=label) if inner else label)
    conjunction = expression.logic is e.Logic.AND
    english = (" and " if conjunction else " or ").join(p.text("en") for p in parts)
    chinese = ("，且" if conjunction else "，或").join(p.text("zh") for p in parts)
    return Label(english, chinese)


def _compared(expression: e.Compared, rulebook: Rulebook) -> Label:
    left, right = expression.left, expression.right
    if isinstance(right, e.Constant) and isinstance(right.value, bool):
        positive = right.value is (expression.comparison is e.Comparison.EQUAL)
        label = phrase(left, rulebook)
        return label if positive else fill(Label("not: {a}", "并非：{a}"), a=label)
    templates = _DATES if left.type.kind is Kind.DATE else {}
    template = templates.get(expression.comparison, _COMPARISONS[expression.comparison])
    return fill(template, a=phrase(left, rulebook), b=phrase(right, rulebook))


def _operand(expression: e.Expression, rulebook: Rulebook, *, factor: bool) -> Label:
    """Return a part of a formula, a sum in brackets where it is multiplied."""
    label = phrase(expression, rulebook)
    adds = isinstance(expression, e.Computed) and expression.operation is not e.Operation.MULTIPLY
    adds = adds or isinstance(expression, e.Chosen)
    return fill(Label("({a})", "（{a}）"), a=label) if factor and adds else label


def _formula(expression: e.Expression, rulebook: Rulebook) -> Label:
    match expression:
        case e.Computed(operation=operation, left=left, right=right):
            if expression.type.kind is Kind.POINTS and operation is e.Operation.MULTIPLY:
                template = Label("{a} × {b}", "{a} × {b}")
            elif operation is e.Operation.MULTIPLY and left.type.kind is Kind.RATE:
                template = Label("{a} of {b}", "{b}的{a}")
            elif operation is e.Operation.MULTIPLY and not isinstance(left, e.Constant):
                template = Label("{a} times {b}", "{a}乘以{b}")
            else:
                template = _OPERATIONS[operation]
            factor = operation is e.Operation.MULTIPLY
            one, two = (_operand(part, rulebook, factor=factor) for part in (left, right))
            return fill(template, a=one, b=two)
        case e.Rounded(operand=operand):
            return phrase(operand, rulebook)
        case e.Chosen(extreme=which, operands=operands):
            template = (
                Label("the higher of {a} and {b}", "{a}与{b}中的较高者")
                if which is e.Extreme.HIGHER
                else Label("the lower of {a} and {b}", "{a}与{b}中的较低者")
            )
            parts = [phrase(operand, rulebook) for operand in operands]
            return fill(template, a=parts[0], b=parts[1])
        case e.Aggregated():
            return _aggregate(expression, rulebook)
        case e.Tallied(operands=operands):
            listed = _listed(operands, rulebook, Label("; ", "；"))
            return fill(Label("the number that hold of ({a})", "（{a}）中符合的项数"), a=listed)
        case e.LastDay() | e.DayCount():
            return _days(expression, rulebook)
        case e.Cases(otherwise=otherwise):
            return phrase(otherwise, rulebook)
        case _:
            raise AssertionError(expression)


def _aggregate(found: e.Aggregated, rulebook: Rulebook) -> Label:
    kept = rulebook.vocabulary.entities[found.entity].label or Label(found.entity, found.entity)
    if found.where is not None:
        with_condition = Label("{b} (where {c})", "{b}（其中{c}）")
        kept = fill(with_condition, b=kept, c=phrase(found.where, rulebook))
    asked = phrase(found.body, rulebook) if found.body is not None else Label()
    if found.keys:
        asked = _listed(found.keys, rulebook, Label(", ", "、"))
    return fill(_AGGREGATIONS[found.aggregation], a=asked, b=kept)


def _days(found: e.LastDay | e.DayCount, rulebook: Rulebook) -> Label:
    if isinstance(found, e.LastDay):
        return fill(_LAST_DAY, a=status_label(found.status, rulebook))
    ends = {"a": phrase(found.first, rulebook), "b": phrase(found.last, rulebook)}
    if not found.entity:
        return fill(_DAYS, **ends)
    left_out = rulebook.vocabulary.entities[found.entity].label or Label(found.entity, found.entity)
    return fill(_DAYS_OUTSIDE, **ends, c=left_out)


def _listed(parts: tuple[e.Expression, ...], rulebook: Rulebook, between: Label) -> Label:
    labels = [phrase(part, rulebook) for part in parts]
    return Label(
        between.en.join(label.text("en") for label in labels),
        between.zh.join(label.text("zh") for label in labels),
    )
