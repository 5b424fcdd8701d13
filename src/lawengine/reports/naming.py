"""How a report calls what it speaks of: provisions, facts, authorities, days, assumptions."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from lawengine.base.citation import Article, Citation
from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label, Language
from lawengine.base.numerals import write_numeral
from lawengine.base.patterns import pattern
from lawengine.deciding.decision import Assumed
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import Domain, FactKey, Known
from lawengine.evaluation.states import EXCLUDED
from lawengine.evaluation.trace import Need, Question
from lawengine.explanation.phrasing import domain_label, fact_label, fill
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import DATE, Kind
from lawengine.reports.wording import word
from lawengine.statutes import Library

_VERSION_MARK = pattern(r"（[^（）]*）$")
_DAY = pattern(r"\d{4}-\d{2}-\d{2}")
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

    @property
    def colon(self) -> str:
        """Return the colon of the language, with its space."""
        return "：" if self.language == "zh" else ": "

    def join(self, parts: Iterable[str]) -> str:
        """Return parts joined by the semicolon of the language."""
        return ("；" if self.language == "zh" else "; ").join(parts)

    # --- law ---

    def citations(self, citations: Iterable[Citation]) -> str:
        """Return citations as a reader looks them up: `AUCL-2019 art 8(1), art 8(2)`.

        Edges: in Chinese with the title where the library knows it,
        `《行政处罚法》（2021年修订）第三十条`; several places of one instrument name it once.
        """
        parts: list[str] = []
        before = ""
        for citation in citations:
            place = self.place(citation.article)
            name = "" if citation.instrument == before else self._instrument(citation.instrument)
            parts.append(f"{name}{place}")
            before = citation.instrument
        return ("、" if self.language == "zh" else ", ").join(parts)

    def place(self, article: Article) -> str:
        """Return a place inside an instrument."""
        return chinese_place(article) if self.language == "zh" else article.text("en")

    def _instrument(self, name: str) -> str:
        return self.title(name) if self.language == "zh" else f"{name} "

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

    def assumptions(self, assumed: Sequence[Assumed]) -> str:
        """Return the assumptions of a branch as one condition; empty for none.

        Edges: the law of a question is named where the branch answers it for several.
        """
        asked = [_place(item.about) for item in assumed if isinstance(item.about, Question)]
        parts = [
            self._assumption(item, exact=asked.count(_place(item.about)) > 1) for item in assumed
        ]
        if not parts:
            return ""
        return f"若{'，且'.join(parts)}" if self.language == "zh" else f"if {' and '.join(parts)}"

    def _assumption(self, assumed: Assumed, *, exact: bool) -> str:
        about, domain = assumed.about, assumed.domain
        chinese = self.language == "zh"
        if isinstance(about, Question):
            law = self._law_of(about) if exact else ""
            return self._question(about, law, met=domain == Known(value=True))
        fact = self.rulebook.vocabulary.fact(about.entity, about.fact)
        name = fact_label(fact).text(self.language)
        if isinstance(domain, Known) and isinstance(domain.value, bool):
            negation = "" if domain.value else ("非" if chinese else "not ")
            return f"{negation}“{name}”"
        value = domain_label(domain, fact.type, self.rulebook).text(self.language)
        if fact.type.kind is Kind.DATE:
            value = self.days(domain)
        return f"“{name}”为{value}" if chinese else f"“{name}” is {value}"

    def _question(self, question: Question, law: str, *, met: bool) -> str:
        key = "question_rule" if question.tier < 0 else "question_tier"
        if question.tier == EXCLUDED:
            key = "question_excluded"
        elif question.band >= 0:
            key = "question_band"
        return word(
            f"{key}_{'yes' if met else 'no'}",
            self.language,
            rule=f"“{self.rule(question.rule)}”{law}",
            tier=question.tier + 1,
            band=question.band + 1,
        )

    def _law_of(self, question: Question) -> str:
        """Return of which law a question is asked: of a version, or of that of a time."""
        start = _DAY.search(question.wording)
        if start:
            day = self.day(datetime.date.fromisoformat(start.group()))
            return word("question_version", self.language, day=day)
        return word(f"question_{question.wording}", self.language) if question.wording else ""

    # --- days ---

    def days(self, domain: Domain) -> str:
        """Return what is known of a day; a whole year or month by its name."""
        low, high = bounds(domain)
        if isinstance(low, datetime.date) and low == high:
            return self.day(low)
        return domain_label(domain, DATE, self.rulebook).text(self.language)

    def day(self, day: datetime.date) -> str:
        """Return a day as the language writes it."""
        if self.language == "zh":
            return f"{day.year}年{day.month}月{day.day}日"
        return day.isoformat()


def _place(about: FactKey | Question) -> tuple[str, int, int] | None:
    return (about.rule, about.tier, about.band) if isinstance(about, Question) else None


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
