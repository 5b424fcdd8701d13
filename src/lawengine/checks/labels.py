"""Names that a reader of one of the two languages would not understand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.label import LANGUAGES, Label, Language
from lawengine.base.source import Span
from lawengine.checks.check import Check, Sample
from lawengine.checks.words import named
from lawengine.model.ratings import ScoreVersion
from lawengine.model.rulebook import Rulebook
from lawengine.statutes import Library

_LANGUAGES: dict[Language, Label] = {
    "en": Label("English", "英文"),
    "zh": Label("Chinese", "中文"),
}
_RULE = Label("rule", "规则")
_STATUS = Label("list, benefit or duty", "名单、激励或义务")
_STANDARD = Label("standard", "裁量基准")
_RATING = Label("score or grade", "得分或等级")
_INDICATOR = Label("indicator", "指标")
_VETO = Label("veto", "否决")
_LEVEL = Label("level", "级别")
_MEASURE = Label("measure", "措施")
_FIGURE = Label("parameter", "参数")
_DEFINITION = Label("definition", "定义")
_TABLE = Label("table", "决策表")
_FACT = Label("fact", "事实")


def run(rulebook: Rulebook, library: Library) -> Iterable[Diagnostic]:
    """Yield norms and values without both labels, and facts without a Chinese one.

    Edges: the identifier of a fact reads as English.
    """
    del library
    kinds = (
        (_RULE, rulebook.rules.values()),
        (_STATUS, rulebook.statuses.values()),
        (_STANDARD, rulebook.standards.values()),
        (_RATING, rulebook.ratings.values()),
        (_FIGURE, rulebook.parameters.values()),
        (_DEFINITION, rulebook.definitions.values()),
        (_TABLE, rulebook.tables.values()),
    )
    for kind, things in kinds:
        for thing in things:
            yield from _missing(kind, named(thing), thing.label, thing.span, LANGUAGES)
    for status in rulebook.statuses.values():
        for measure in (measure for version in status.versions for measure in version.measures):
            name = Label(measure.name)
            yield from _missing(_MEASURE, name, measure.label, measure.span, LANGUAGES)
    yield from _rated(rulebook)
    for fact in rulebook.vocabulary.facts():
        path = Label(fact.path, fact.alias)
        yield from _missing(_FACT, path, fact.label, fact.span, ("zh",))


def _rated(rulebook: Rulebook) -> Iterator[Diagnostic]:
    """Yield indicators, vetoes and levels without both labels."""
    for rating in rulebook.ratings.values():
        for version in rating.versions:
            for item in version.indicators if isinstance(version, ScoreVersion) else ():
                yield from _missing(_INDICATOR, Label(item.name), item.label, item.span, LANGUAGES)
            for veto in version.vetoes:
                yield from _missing(_VETO, Label(veto.name), veto.label, veto.span, LANGUAGES)
    for grade in rulebook.grades.values():
        for member in rulebook.vocabulary.choices[grade.name].members:
            name = Label(f"{grade.name} {member.name}")
            yield from _missing(_LEVEL, name, member.label, grade.span, LANGUAGES)


def _missing(
    kind: Label, name: Label, label: Label, span: Span, languages: Iterable[Language]
) -> Iterator[Diagnostic]:
    for language in languages:
        if not (label.zh if language == "zh" else label.en):
            words = {"kind": kind, "name": name, "language": _LANGUAGES[language]}
            yield Diagnostic("LAW312", span, words, Severity.WARNING)


_BODY = """
  version from 2016-01-01
    law LAN-2016 art 3
    then warn
"""

_LISTING = """  dated by act.ended_on
  version from 2016-01-01
    law LAN-2016 art 3
    lasts 1 year from act.ended_on
"""

CHECK = Check(
    id="labels",
    codes=("LAW312",),
    label=Label("Labels in both languages", "两种语言的名称"),
    why=Label("reasons are read in English and in Chinese", "说明理由的文书有中英两种文本"),
    run=run,
    samples=(
        Sample(f'rule LAN.hawking "Hawking" / "叫卖"\n{_BODY}'),
        Sample(f'rule LAN.hawking "Hawking"\n{_BODY}', "LAW312"),
        Sample(f'list LAN.hawkers of act "Hawkers" / "叫卖者"\n{_LISTING}'),
        Sample(f'list LAN.hawkers of act "Hawkers"\n{_LISTING}', "LAW312"),
        Sample(
            f'list LAN.hawkers of act "Hawkers" / "叫卖者"\n{_LISTING}    measure no_lamps\n',
            "LAW312",
        ),
        Sample(
            'standard LAN.discretion "Discretion"\n  version from 2016-01-01\n'
            "    law LAN-2016 art 3\n    lighter is lowest 30 % rounded down\n",
            "LAW312",
        ),
        Sample("define loud as\n  act.serious\n", "LAW312"),
        Sample(
            """entity stall of act, listed as stalls "Stall" / "摊位"
  lit "lit": yes_no
""",
            "LAW312",
        ),
    ),
)
