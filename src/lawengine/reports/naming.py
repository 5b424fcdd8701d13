"""How a report calls what it speaks of: provisions, facts, authorities, days, assumptions."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from lawengine.base.citation import Article, Citation
from lawengine.base.label import Label, Language
from lawengine.deciding.decision import Assumed
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import Domain, Known
from lawengine.evaluation.trace import Need, Question
from lawengine.explanation.phrasing import domain_label, fact_label, fill
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import DATE, Kind
from lawengine.statutes import Library, write_numeral

_VERSION_MARK = re.compile(r"（[^（）]*）$")
_LARGEST_NUMERAL = 9999
_LEVELS = ("第{}款", "第（{}）项", "第{}目")


def need_label(need: Need, rulebook: Rulebook) -> Label:
    """Return how a fact that is needed is called; for a missing list, the things it would list."""
    key = need.key
    if key.fact:
        return fact_label(rulebook.vocabulary.fact(key.entity, key.fact))
    entity = rulebook.vocabulary.entities[key.entity]
    name = entity.label or Label(entity.name, entity.alias)
    return fill(Label("list of “{a}”", "“{a}”清单"), a=name)


def need_question(need: Need, rulebook: Rulebook) -> Label:
    """Return the question that asks for a fact; empty where the vocabulary has none."""
    if not need.key.fact:
        return Label()
    return rulebook.vocabulary.fact(need.key.entity, need.key.fact).question


@dataclass(frozen=True, slots=True)
class Names:
    """Names in one language, from a rulebook and, where there is one, the library of digests."""

    rulebook: Rulebook
    library: Library
    language: Language

    # --- law ---

    def citation(self, citation: Citation) -> str:
        """Return a citation as a reader looks it up: `AUCL-2019 art 20(1)`.

        Edges: in Chinese with its title, `《反不正当竞争法》（2019年修正）第二十条`, where the
        library knows it.
        """
        if self.language == "en":
            return citation.text("en")
        title = self.title(citation.instrument)
        return f"{title}{chinese_place(citation.article)}"

    def citations(self, citations: Iterable[Citation]) -> str:
        """Return several citations joined."""
        return ("、" if self.language == "zh" else ", ").join(self.citation(c) for c in citations)

    def title(self, instrument: str) -> str:
        """Return the title of an instrument; its identifier where the library has none."""
        found = self.library.instrument(instrument)
        if found is None:
            return f"《{instrument}》" if self.language == "zh" else instrument
        if self.language == "en":
            return found.title.text("en")
        title = found.title.text("zh")
        mark = _VERSION_MARK.search(title)
        name = title[: mark.start()] if mark else title
        return f"《{name.removeprefix('中华人民共和国')}》{mark.group() if mark else ''}"

    # --- rules, facts, authorities ---

    def rule(self, name: str) -> str:
        """Return the name of a rule in words."""
        rule = self.rulebook.rules.get(name)
        return (rule.label.text(self.language) if rule and rule.label else "") or name

    def term(self, name: str) -> str:
        """Return how an authority, a licence or a post is called, by the choice of that name."""
        for path, choices in self.rulebook.vocabulary.choices.items():
            if any(member.name == name for member in choices.members):
                return self.rulebook.vocabulary.choice_label(path, name).text(self.language)
        return name

    def assumption(self, assumed: Assumed) -> str:
        """Return an assumption as a condition: `if “serious circumstances”`."""
        about, domain = assumed.about, assumed.domain
        if isinstance(about, Question):
            return self._question(about, met=domain == Known(value=True))
        fact = self.rulebook.vocabulary.fact(about.entity, about.fact)
        name = fact_label(fact).text(self.language)
        chinese = self.language == "zh"
        if isinstance(domain, Known) and isinstance(domain.value, bool):
            negation = "" if domain.value else ("非" if chinese else "not ")
            return f"若{negation}“{name}”" if chinese else f"if {negation}“{name}”"
        value = domain_label(domain, fact.type, self.rulebook).text(self.language)
        if fact.type.kind is Kind.DATE:
            value = self.days(domain)
        return f"若“{name}”为{value}" if chinese else f"if “{name}” is {value}"

    def _question(self, question: Question, *, met: bool) -> str:
        rule, step = self.rule(question.rule), question.tier + 1
        if self.language == "zh":
            if step:
                return f"若{'' if met else '不'}符合“{rule}”第{step}档"
            return f"若“{rule}”{'' if met else '不'}成立"
        verb = "applies" if met else "does not apply"
        return f"if step {step} of “{rule}” {verb}" if step else f"if “{rule}” {verb}"

    def assumptions(self, assumed: Iterable[Assumed]) -> str:
        """Return the assumptions of a branch as one condition; empty for none."""
        parts = [self.assumption(item) for item in assumed]
        if self.language == "zh":
            return "，且".join([*parts[:1], *(part.removeprefix("若") for part in parts[1:])])
        return " and ".join([*parts[:1], *(part.removeprefix("if ") for part in parts[1:])])

    # --- days ---

    def days(self, domain: Domain) -> str:
        """Return what is known of a day; a whole year or month by its name."""
        low, high = bounds(domain)
        if isinstance(low, datetime.date) and isinstance(high, datetime.date):
            whole = _whole(low, high, self.language)
            if whole:
                return whole
            if low == high:
                return self.day(low)
        return domain_label(domain, DATE, self.rulebook).text(self.language)

    def day(self, day: datetime.date) -> str:
        """Return a day as the language writes it."""
        if self.language == "zh":
            return f"{day.year}年{day.month}月{day.day}日"
        return day.isoformat()


def _whole(low: datetime.date, high: datetime.date, language: Language) -> str:
    """Return `2016` or `2016-05` for a whole year or month, otherwise the empty string."""
    chinese = language == "zh"
    if low.year != high.year or low.day != 1:
        return ""
    if (low.month, high.month, high.day) == (1, 12, 31):
        return f"{low.year}年" if chinese else str(low.year)
    if low.month == high.month and high.day == calendar.monthrange(low.year, low.month)[1]:
        return f"{low.year}年{low.month}月" if chinese else f"{low.year}-{low.month:02d}"
    return ""


def chinese_place(article: Article) -> str:
    """Return a place as Chinese statutes are cited: `第二十条第一款第（三）项`."""
    unit = "部分" if article.part else "条"
    text = f"第{_numeral(article.number)}{unit}"
    if article.inserted:
        text += f"之{_numeral(article.inserted)}"
    levels = zip(article.path, _LEVELS, strict=False)
    return text + "".join(form.format(_numeral(n)) for n, form in levels if n)


def _numeral(number: int) -> str:
    return write_numeral(number) if 1 <= number <= _LARGEST_NUMERAL else str(number)
