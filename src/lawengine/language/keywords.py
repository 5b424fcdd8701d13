"""The keywords of the language, one table for both keyword languages.

A keyword is a whole run between spaces or punctuation, or a phrase of such runs on one line, so a
name may contain one (行为 contains 为). The first spelling of a token is the one the formatter
writes.
"""

from __future__ import annotations

from functools import cache

from lawengine.base.label import Language

DECLARATIONS = (
    "ENTITY",
    "RULE",
    "EXCEPTION",
    "DEFINE",
    "PARAMETER",
    "TABLE",
    "LIST",
    "BENEFIT",
    "DUTY",
    "WATCH",
    "SCORE",
    "GRADE",
    "STANDARD",
    "SCENARIO",
    "REFORM",
)
"""Each declaration starts a line with one of these."""

TABLE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # token: (English spellings, Chinese spellings)
    "LANGUAGE": (("language",), ("语言",)),
    # declarations and their parts
    "ENTITY": (("entity",), ("实体",)),
    "RULE": (("rule",), ("规则",)),
    "EXCEPTION": (("exception",), ("例外",)),
    "DEFINE": (("define",), ("定义",)),
    "PARAMETER": (("parameter",), ("参数",)),
    "TABLE": (("table",), ("表",)),
    "LIST": (("list",), ("名单",)),
    "BENEFIT": (("benefit",), ("激励",)),
    "DUTY": (("duty",), ("义务",)),
    "WATCH": (("watch",), ("关注",)),
    "STANDARD": (("standard",), ("裁量基准",)),
    "SCENARIO": (("scenario",), ("情景",)),
    "ALSO": (("also",), ("又称",)),
    "OF": (("of",), ("属",)),
    "LISTED_AS": (("listed as",), ("列于",)),
    "AS": (("as",), ("即",)),
    "SERVES_AS": (("serves as",), ("用作",)),
    "PARTY_CAN": (("party can change",), ("当事人可改变",)),
    "ON_FILE": (("goes on file",), ("入卷",)),
    "ASK": (("ask",), ("提问",)),
    "PRESUMED": (("presumed",), ("推定",)),
    "BECAUSE": (("because",), ("理由",)),
    "ONE_OF": (("one of",), ("之一",)),
    "VERSION": (("version",), ("版本",)),
    "FROM": (("from",), ("自",)),
    "TO": (("to",), ("至",)),
    "AGAINST": ((), ("针对",)),
    "LAW": (("law",), ("依据",)),
    "BREACHES": (("breaches",), ("违反",)),
    "UNVERIFIED": (("status unverified",), ("未经核实",)),
    "AUTHORITY": (("authority",), ("机关",)),
    "DATED_BY": (("dated by",), ("时间依",)),
    "READING": (("reading",), ("解读",)),
    "WHEN": (("when",), ("当",)),
    "UNLESS": (("unless",), ("除非",)),
    "PREVAILS": (("prevails over",), ("优先于",)),
    "REPEALED": (("repealed from",), ("废止自",)),
    "THEN": (("then",), ("则",)),
    "IF": (("if",), ("如",)),
    "FURTHER_IF": (("further if",), ("进而",)),
    "INSTEAD": (("instead of all",), ("取代全部",)),
    "OTHERWISE": (("otherwise",), ("否则",)),
    "UNIQUE": (("unique hit",), ("唯一命中",)),
    "FIRST": (("first hit",), ("首个命中",)),
    "GIVES": (("gives",), ("得",)),
    "GIVEN": (("given",), ("设",)),
    "WITH": (("with",), ("带",)),
    "DECIDED_ON": (("decided on",), ("决定于",)),
    "EXPECT": (("expect",), ("预期",)),
    "ESTABLISHED": (("established",), ("成立",)),
    "NOT_ESTABLISHED": (("not established",), ("不成立",)),
    "DEFEATED": (("defeated",), ("被排除",)),
    "UNDETERMINED": (("undetermined",), ("未定",)),
    "NEEDS": (("needs",), ("需要",)),
    "NO_FINE": (("no fine",), ("无罚款",)),
    "NO_PENALTY": (("no penalty",), ("无处罚",)),
    "CONTRADICTION": (("contradiction",), ("案情矛盾",)),
    # lists, benefits, duties and watches
    "LASTS": (("lasts",), ("有效期",)),
    "DUE": (("due",), ("应履行",)),
    "EXERCISED": (("may be exercised",), ("可行使",)),
    "MEASURE": (("measure",), ("措施",)),
    "BY": (("by",), ("由",)),
    "REMOVED": (("removed",), ("移出",)),
    "LOST": (("lost",), ("丧失",)),
    "DISCHARGED": (("discharged",), ("履行完毕",)),
    "ON": (("on",), ("于",)),
    "ELAPSED": ((), ("满",)),
    "TRIGGERS": (("triggers",), ("触发",)),
    "LISTED": (("listed",), ("被列入",)),
    "LISTED_ANYWHERE": (("listed anywhere",), ("被列入任一名单",)),
    "SINCE": (("since",), ("起自",)),
    "NOT_LISTED": ((), ("未被列入",)),
    "GRANTED": (("granted",), ("获授予",)),
    "NOT_GRANTED": ((), ("未获授予",)),
    "BREACHED": (("breached",), ("逾期未履行",)),
    "WATCHED": (("watched",), ("被关注",)),
    "NOT_WATCHED": ((), ("未被关注",)),
    "LAPSED": (("lapsed",), ("期满失权",)),
    "NOT_DUE": ((), ("无须履行",)),
    "EXPIRED": (("expired",), ("期满",)),
    "LATE_ADDS": (("late adds",), ("逾期加处",)),
    "LAST_DAY_OF": (("last day of",), ("届满日",)),
    "DAYS_FROM": (("days from",), ("日数 自",)),
    "OUTSIDE": (("outside",), ("扣除",)),
    # scores and grades
    "SCORE": (("score",), ("得分",)),
    "SCALE": (("scale from",), ("量程",)),
    "INDICATOR": (("indicator",), ("指标",)),
    "WEIGHT": (("weighing",), ("权重",)),
    "VETO": (("veto",), ("否决",)),
    "GRADE": (("grade",), ("等级",)),
    "LEVELS": (("levels are",), ("级别",)),
    "RESTS_ON": (("rests on",), ("依得分",)),
    "BAND": (("band of",), ("分段",)),
    "VETOED": (("vetoed gives",), ("否决得",)),
    # discretion standards
    "IN_REGION": (("in region",), ("适用地区",)),
    "LIGHTER_IS": (("lighter is lowest",), ("从轻 为 较低",)),
    "HEAVIER_IS": (("heavier is highest",), ("从重 为 较高",)),
    "RECOMMENDS": (("recommends",), ("建议取",)),
    "BALANCED": (("lighter and heavier balance",), ("从轻与从重相抵",)),
    "RECOMMENDED": (("recommended",), ("建议",)),
    "STEP_NONE": (("step none",), ("阶次 不予处罚",)),
    "STEP_REDUCED": (("step reduced",), ("阶次 减轻",)),
    "STEP_LIGHTER": (("step lighter",), ("阶次 从轻",)),
    "STEP_ORDINARY": (("step ordinary",), ("阶次 一般",)),
    "STEP_HEAVIER": (("step heavier",), ("阶次 从重",)),
    # reforms
    "REFORM": (("reform",), ("修正草案",)),
    "AMEND": (("amend",), ("修改",)),
    "ALWAYS": (("as if always",), ("视同自始",)),
    "STRIKE": (("strike",), ("删去",)),
    "SET": (("set",), ("改定",)),
    "REPEAL": (("repeal",), ("废止",)),
    # expressions
    "OR": (("or",), ("或",)),
    "AND": (("and",), ("且",)),
    "PAIR": ((), ("与",)),
    "NOT": (("not",), ("非",)),
    "IS": (("is",), ("为",)),
    "IS_NOT": (("is not",), ("不为",)),
    "IS_ONE_OF": (("is one of",), ("属于",)),
    "AT_LEAST": (("at least",), ("不少于",)),
    "AT_MOST": (("at most",), ("不超过",)),
    "MORE_THAN": (("more than",), ("超过",)),
    "LESS_THAN": (("less than",), ("少于",)),
    "BEFORE": (("before",), ("早于",)),
    "AFTER": (("after",), ("晚于",)),
    "TIMES": (("times",), ("乘",)),
    "YES": (("yes",), ("是",)),
    "NO": (("no",), ("否",)),
    "COUNT_OF": (("count of",), ("计数",)),
    "SUM_OF": (("sum of",), ("合计",)),
    "GROUPS_OF": (("number of groups of",), ("组数",)),
    "LARGEST_OF": (("largest group of",), ("最大组",)),
    "ALIKE": (("alike in",), ("按",)),
    "MEETS": ((), ("符合",)),
    "ITEMS": ((), ("项以上",)),
    "ANY": (("any",), ("任一",)),
    "EVERY": (("every",), ("每一",)),
    "WHERE": (("where",), ("其中",)),
    "SATISFIES": (("satisfies",), ("满足",)),
    "HIGHER_OF": (("higher of",), ("取高",)),
    "LOWER_OF": (("lower of",), ("取低",)),
    "ROUNDED_DOWN": (("rounded down",), ("向下取整",)),
    "ROUNDED_UP": (("rounded up",), ("向上取整",)),
    "ROUNDED_HALF_EVEN": (("rounded half even",), ("四舍六入",)),
    # consequences
    "MAY": (("may",), ("可以",)),
    "MAY_ALSO": (("may also",), ("可以并",)),
    "EITHER_OF": (("either of",), ("择一",)),
    "SINGLY_OR_TOGETHER": (("singly or together",), ("单处或者并处",)),
    "WARN": (("warn",), ("警告",)),
    "CRITICISE": (("criticise publicly",), ("通报批评",)),
    "FINE": (("fine",), ()),
    "IMPOSE": ((), ("处",)),
    "FINE_NOUN": ((), ("罚款",)),
    "ABOVE": ((), ("以上",)),
    "BELOW": ((), ("以下",)),
    "UP_TO": (("up to",), ()),
    "PER": (("per",), ("每",)),
    "WHICHEVER": (("whichever applies",), ("依情形",)),
    "CONFISCATE": (("confiscate",), ("没收",)),
    "SUSPEND": (("suspend business",), ("责令停产停业",)),
    "DOWNGRADE": (("downgrade",), ("降低资质等级",)),
    "REVOKE": (("revoke",), ("吊销",)),
    "RESTRICT": (("restrict business",), ("限制开展生产经营活动",)),
    "CLOSE": (("close business",), ("责令关闭",)),
    "BAR": (("bar from",), ("限制从业",)),
    "STOP": (("order to stop",), ("责令停止",)),
    "CORRECT": (("order to correct",), ("责令改正",)),
    "REMOVE_EFFECTS": (("order to remove effects",), ("责令消除影响",)),
    "EDUCATE": (("educate",), ("教育",)),
    "RECORD": (("record in credit file",), ("记入信用档案",)),
    "PUBLISH": (("publish",), ("公示",)),
    "LIABILITY": (("civil liability",), ("民事责任",)),
    "TRANSFER": (("transfer to police",), ("移送公安机关",)),
    "WITHIN": (("within",), ("限期",)),
    "FOR": (("for",), ("期限",)),
    "REFERS_TO": (("refers to",), ("转致",)),
    "EXEMPT": (("exempt from penalty",), ("不予处罚",)),
    "EXEMPT_FINE": (("exempt from fine",), ("不予罚款",)),
    "LIGHTEN": (("lighten",), ("从轻",)),
    "REDUCE": (("reduce",), ("减轻",)),
    "LIGHTEN_OR_REDUCE": (("lighten or reduce",), ("从轻或者减轻",)),
    "AGGRAVATE": (("aggravate",), ("从重",)),
    "ONE_FINE": (("one fine only",), ("不得再次罚款",)),
    "HIGHER_FINE": (("the higher fine only",), ("按罚款数额高的规定",)),
    "LATER_LIGHTER": (("the lighter later law",), ("从旧兼从轻",)),
}

TYPE_WORDS: dict[str, tuple[str, str]] = {
    "yes_no": ("yes_no", "是非"),
    "judgement": ("judgement", "判断"),
    "ground": ("ground", "情节"),
    "money": ("money", "金额"),
    "count": ("count", "整数"),
    "rate": ("rate", "比率"),
    "points": ("points", "分值"),
    "date": ("date", "日期"),
    "period": ("period", "期间"),
    "text": ("text", "文字"),
}
"""Type names: not reserved, they are words only where a type stands."""

SETTING_WORDS: dict[str, tuple[str, str]] = {
    "conduct_date": ("conduct_date", "行为日"),
    "conduct_start": ("conduct_start", "行为始日"),
    "decision_date": ("decision_date", "决定日"),
    "knowledge_date": ("knowledge_date", "知悉日"),
    "complete_until": ("complete_until", "完整截至日"),
    "illegal_gain": ("illegal_gain", "违法所得"),
    "conduct_kind": ("conduct_kind", "行为种类"),
    "region": ("region", "地区"),
    "conduct": ("conduct", "行为"),
    "decision": ("decision", "决定"),
    "display": ("display", "公示信息"),
    "ban": ("ban", "从业禁止"),
    "scheme": ("scheme", "方案"),
    "unified_social_credit_code": ("unified_social_credit_code", "统一社会信用代码"),
    "masked_personal_id": ("masked_personal_id", "去标识公民身份号码"),
}
"""Roles, dating and text formats: words only after `serves as`, `dated by` and `as`."""
TEXT_FORMATS = ("unified_social_credit_code", "masked_personal_id")
"""The formats that a text can have."""


def spelling(token: str, language: Language) -> str:
    """Return how the formatter writes `token` in `language`.

    Raises:
        IndexError: that language has no such keyword (it says it in another order).
    """
    return TABLE[token][language == "zh"][0]


@cache
def phrases(language: Language) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the keyword phrases by first word, longest first, with their tokens."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for token, spellings in TABLE.items():
        for phrase in spellings[language == "zh"]:
            words = tuple(phrase.split())
            found.setdefault(words[0], []).append((words, token))
    for options in found.values():
        options.sort(key=lambda option: -len(option[0]))
    return found


@cache
def reserved(language: Language) -> frozenset[str]:
    """Return the single runs that no bare name may be in that keyword language."""
    return frozenset(
        phrase
        for spellings in TABLE.values()
        for phrase in spellings[language == "zh"]
        if " " not in phrase
    )


def word_meaning(table: dict[str, tuple[str, str]], word: str) -> str:
    """Return the identifier that `word` spells in either language, or the empty string."""
    return next((key for key, words in table.items() if word in words), "")
