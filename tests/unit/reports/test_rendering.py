"""Documents in every format: the answer first, loud marks, text of users that stays text."""

import datetime
import html.parser
import re
from dataclasses import replace
from pathlib import Path

import pytest

from lawengine.base.citation import parse_citation
from lawengine.base.label import LANGUAGES, Label, Language
from lawengine.casebook import read_case
from lawengine.deciding.decide import decide
from lawengine.deciding.decision import (
    NO_FINE,
    ActDecision,
    Branch,
    Conflict,
    Decision,
    FineTotal,
    RespondentDecision,
)
from lawengine.deciding.hypothesis import Comparison, compare_versions, law_of
from lawengine.evaluation.facts import Entry, FactKey, Known, Origin, Within
from lawengine.evaluation.trace import Cut, Need
from lawengine.explanation.reason import Reason
from lawengine.model.expressions import Comparison as Compared
from lawengine.model.rulebook import Rulebook
from lawengine.reports import (
    Format,
    comparison_lines,
    render,
    render_comparison,
    text_lines,
)
from lawengine.reports.wording import catalogue
from lawengine.statutes import Library
from tests.unit.reports.samples import case_of

PAGES: tuple[Format, ...] = ("text", "md", "html")
HOSTILE = "a|b *c* <script>alert(1)</script> `d` [e](f) $g$ \x1b[31m\nnew"


class Checker(html.parser.HTMLParser):
    """Collects tags, checks that they close, and joins the text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def checked(page: str) -> Checker:
    checker = Checker()
    checker.feed(page)
    checker.close()
    assert checker.open == []
    return checker


@pytest.fixture(scope="module")
def comparison(rulebook: Rulebook, henan_file: Path) -> Comparison:
    case = read_case(henan_file, rulebook).case
    assert case is not None
    found, _ = compare_versions(
        case.facts, rulebook, title=case.title, assumptions=case.assumptions
    )
    assert found is not None
    return found


def first_act(decision: Decision) -> ActDecision:
    return decision.respondents[0].acts[0]


def with_act(decision: Decision, act: ActDecision) -> Decision:
    party = replace(decision.respondents[0], acts=(act,))
    return replace(decision, respondents=(party,))


def test_all_words_are_there_in_both_languages() -> None:
    for key, words in catalogue().items():
        assert set(words) == set(LANGUAGES), key
        assert all(words.values()), key
        english, chinese = (set(re.findall(r"\{(\w+)\}", words[lang])) for lang in LANGUAGES)
        assert english == chinese, key


# --- the answer ---


def test_the_terminal_begins_with_the_answer(
    branched: Decision, rulebook: Rulebook, library: Library
) -> None:
    lines = render(branched, rulebook, library=library).splitlines()
    verdict = lines[: lines.index("", 2)]
    head = lines[len(verdict) : lines.index("  What would change it")]

    assert verdict[2] == "In short"
    assert len(verdict) <= 9
    assert len(head) <= 19  # a line of each outcome, and one more, tell of the discretion standard
    text = "\n".join(head)
    assert (
        "agency · brushing: fake transactions   Act ended 2020-06-18 · Decided 2020-12-01" in text
    )
    assert "(1) if not “serious circumstances”: 200,000 yuan to 1,000,000 yuan" in text
    assert "(2) if “serious circumstances”: 1,000,000 yuan to 2,000,000 yuan" in text
    assert "under AUCL-2019 art 20(1), in force from 2019-04-23" in text
    assert (
        "Recommended: ordinary, above 440,000 yuan, below 760,000 yuan (SAMRD-2019 art 10)" in text
    )
    assert "Recommended: ordinary, above 1,300,000 yuan, below 1,700,000 yuan" in text
    assert "revocation of the business licence (may)" in text
    assert "market supervision authority" in text


def test_the_chinese_answer_reads_like_a_document(
    branched: Decision, rulebook: Rulebook, library: Library
) -> None:
    text = render(branched, rulebook, "text", "zh", library=library)
    flat = re.sub(r"\n\s+", "", text)

    assert "(1) 若非“情节严重”：20万元以上100万元以下" in text
    assert "违反《反不正当竞争法》（2019年修正）第八条第一款、第八条第二款" in flat
    assert "依据《反不正当竞争法》（2019年修正）第二十条第一款（自2019年4月23日起施行）" in flat
    assert "应当处以罚款" in flat
    assert "可以吊销营业执照" in text
    assert "应当责令停止违法行为" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format_", PAGES)
def test_no_page_shows_paths_of_the_case_file(
    branched: Decision, rulebook: Rulebook, library: Library, format_: Format, language: Language
) -> None:
    page = render(branched, rulebook, format_, language, full=True, library=library)

    assert "respondents[" not in page
    assert "AUCL.false_publicity" not in page
    assert "{" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def test_what_grounds_would_change_names_the_outcomes(
    branched: Decision, rulebook: Rulebook
) -> None:
    flat = " ".join(render(branched, rulebook).split())

    assert "then: no penalty (APL-2017 art 27(2))" in flat
    assert (
        "then: up to 1,000,000 yuan, no floor in (1); up to 2,000,000 yuan, no floor in (2)" in flat
    )


def test_what_is_needed_is_asked(branched: Decision, serious: Decision, rulebook: Rulebook) -> None:
    assert "- serious circumstances: Are the circumstances serious?" in render(branched, rulebook)
    assert "Still needed: nothing" in render(serious, rulebook)


def test_a_need_says_at_which_point_it_matters(branched: Decision, rulebook: Rulebook) -> None:
    key = FactKey("respondents[1].acts[1]", "act", "illegal_gain")
    act = replace(first_act(branched), needs=(Need(key, Cut(Compared.AT_LEAST, 10_000_000)),))

    for format_ in PAGES:
        page = render(with_act(branched, act), rulebook, format_)
        assert "it matters whether it is at least 100,000 yuan" in " ".join(page.split())


def test_several_acts_are_summed(serious: Decision, rulebook: Rulebook) -> None:
    for format_ in PAGES:
        page = render(serious, rulebook, format_)
        assert "All acts together" in page
        assert "2,000,000 yuan to 4,000,000 yuan" in page


def test_reasons_that_read_the_same_are_told_once(serious: Decision, rulebook: Rulebook) -> None:
    for format_ in PAGES:
        assert "the same as for agency · one" in render(serious, rulebook, format_)


def test_evidence_is_shown_with_the_judgement(serious: Decision, rulebook: Rulebook) -> None:
    flat = re.sub(r"[\s│├─└]+", " ", render(serious, rulebook))

    assert "source: record of 3 March, 2020-09-01; recorded by case handling office" in flat
    assert "because many buyers were misled; evidence: order data; law named: AUCL-2019" in flat


def test_the_lighter_later_law_is_named(lighter: Decision, rulebook: Rulebook) -> None:
    for format_ in PAGES:
        page = " ".join(render(lighter, rulebook, format_).split())
        assert "later law, applied because it is lighter" in page
        assert "confiscation, 50,000 yuan" in page
        assert "act 1" in page


def test_everything_shows_the_rules_that_do_not_apply(
    serious: Decision, rulebook: Rulebook
) -> None:
    for format_ in PAGES:
        short = render(serious, rulebook, format_)
        full = render(serious, rulebook, format_, full=True)
        assert "Rules that do not apply, and why" not in short
        assert "Rules that do not apply, and why" in full
        assert len(full) > len(short)


def test_open_rules_are_shown(rulebook: Rulebook) -> None:
    facts = {"ended_on": Known(datetime.date(2020, 6, 18)), "serious": Known(value=False)}
    case = case_of(("agency", [("act", facts)]), decided=Known(datetime.date(2020, 12, 1)))
    decision = decide(case, rulebook).decision
    assert decision is not None

    for format_ in PAGES:
        assert "Rules not settled" in render(decision, rulebook, format_)


def test_conflicts_and_open_violations_are_loud(branched: Decision, rulebook: Rulebook) -> None:
    citation = parse_citation("AUCL-2019 art 20(1)")
    assert citation is not None
    clashes = (
        Conflict(Label("fine", "罚款"), ("A.one", "B.two"), (citation,)),
        Conflict(Label("table", "表"), ("A.one", "B.two"), ()),
    )
    act = first_act(branched)
    branch = replace(act.branches[0], conflicts=clashes)
    changed = replace(act, branches=(branch,), if_shown=(), undetermined=True)

    for format_ in PAGES:
        page = " ".join(render(with_act(branched, changed), rulebook, format_).split())
        assert "CONFLICT OF PROVISIONS on fine: AUCL-2019 art 20(1)" in page
        assert "CONFLICT OF PROVISIONS on table: A.one; B.two" in page
        assert "UNDETERMINED: whether the law is broken is open" in page


def test_no_fine_of_an_open_violation_is_none_that_is_known_of(
    branched: Decision, rulebook: Rulebook
) -> None:
    act = first_act(branched)
    branch = replace(act.branches[0], sanctions=(), fine=NO_FINE, effects=(), elsewhere=())
    settled = replace(act, branches=(branch,), if_shown=(), undetermined=False)

    for format_ in PAGES:
        open_, known = (
            " ".join(render(with_act(branched, found), rulebook, format_).split())
            for found in (replace(settled, undetermined=True), settled)
        )
        assert "open; as far as known, no fine" in open_
        assert "no provision that carries a penalty is known to apply" in open_
        assert "as far as known" not in known
        assert "no provision that carries a penalty applies" in known


def test_no_total_while_an_act_is_undetermined(serious: Decision, rulebook: Rulebook) -> None:
    party = replace(serious.respondents[0], total=None)

    assert "not known while an act is undetermined" in render(
        replace(serious, respondents=(party,)), rulebook
    )


@pytest.mark.parametrize("format_", PAGES)
def test_a_case_without_parties_or_acts_says_so(rulebook: Rulebook, format_: Format) -> None:
    empty = Decision("empty", Label(), (), "hash", "1")
    idle = replace(
        empty, respondents=(RespondentDecision("respondents[1]", "", (), FineTotal(None, None)),)
    )

    assert "The case names no party." in render(empty, rulebook, format_)
    page = render(idle, rulebook, format_)
    assert "party 1" in page
    assert "The case names no act of this party." in page


def test_an_act_without_any_rule_says_so(branched: Decision, rulebook: Rulebook) -> None:
    nothing = FineTotal(None, None)
    branch = Branch((), (), (), nothing, (), (), (), Reason("outcome", {"fine": "no fine"}))
    known = Within(datetime.date(2021, 1, 1), datetime.date(2021, 12, 31))
    act = replace(
        first_act(branched),
        branches=(branch,),
        if_shown=(),
        needs=(),
        knowledge=known,
        kind=Label(),
    )

    for format_ in PAGES:
        page = render(with_act(branched, act), rulebook, format_)
        assert "no provision that carries a penalty applies" in page
        assert "no fine" in page
        assert re.search(r"Registers known until (<b>)?2021", page)


def test_assumed_facts_are_named(branched: Decision, rulebook: Rulebook) -> None:
    key = FactKey("respondents[1].acts[1]", "act", "serious")
    entry = Entry(Known(value=True), Origin.ASSUMED)
    decision = replace(branched, assumed=((key, entry),))

    for format_ in PAGES:
        page = render(decision, rulebook, format_)
        assert "Assumed for this answer, in place of the file" in page
        assert "serious circumstances: yes" in page


# --- hypotheses and comparisons ---


def test_a_hypothesis_is_loudly_marked(rulebook: Rulebook) -> None:
    facts = {"ended_on": Known(datetime.date(2016, 6, 18))}
    case = case_of(("agency", [("act", facts)]), decided=Known(datetime.date(2016, 12, 1)))
    decision = law_of(case, rulebook, datetime.date(2020, 6, 18)).decision
    assert decision is not None

    for language, mark in (("en", "HYPOTHESIS — NOT A DECISION"), ("zh", "假设 —— 不是处罚决定")):
        for format_ in PAGES:
            page = render(decision, rulebook, format_, language)  # type: ignore[arg-type]  # what is not there fails the test
            assert mark in page[:9000]
            assert page.index(mark) < page.index("agency")
    assert "<title>HYPOTHESIS" in render(decision, rulebook, "html")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format_", PAGES)
def test_comparisons_keep_the_true_answer_apart(
    comparison: Comparison,
    rulebook: Rulebook,
    library: Library,
    format_: Format,
    language: Language,
) -> None:
    page = render_comparison(comparison, rulebook, format_, language, library=library)
    mark = {"en": "HYPOTHESIS", "zh": "假设"}[language]
    true = {"en": "The true answer", "zh": "应适用的结果"}[language]

    assert page.index(true) < page.index(mark)
    for day in ("1993", "2018", "2019", "2025"):
        assert day in page[page.index(mark) :]


def test_the_margin_names_its_assumption(comparison: Comparison, rulebook: Rulebook) -> None:
    page = " ".join(render_comparison(comparison, rulebook).split())

    assert "one-percent-commission-agency-a" in page
    assert "gain assumed: 8,500,000 yuan" in page
    assert "The true answer: from 8,300,000 yuan to 8,500,000 yuan" in page
    assert "Break-even gain: 200,000 yuan — above it the violation pays" in page


def test_a_comparison_tells_what_it_cannot_compute(
    comparison: Comparison, rulebook: Rulebook
) -> None:
    line = comparison.lines[0]
    margin = line.margins[0]
    open_line = replace(line, taken=(), break_even=None, margins=(replace(margin, least=None),))
    law = parse_citation("APL-2021 art 28(2)")
    assert law is not None
    fixed = replace(
        comparison.lines[1], taken=(law,), break_even=7_00,
        margins=(replace(comparison.lines[1].margins[0], gain=9_00, least=5_00, most=5_00),),
    )  # fmt: skip
    page = render_comparison(replace(comparison, lines=(open_line, fixed), rows=()), rulebook)

    assert "Break-even gain: not known" in page
    assert "Break-even gain: 7 yuan if the gain is left to the party; none where it is" in page
    assert "(APL-2021 art 28(2))" in page
    assert "from not known to" in page
    assert "The true answer: 5 yuan; if the gain is confiscated: -4 yuan" in page


# --- formats ---


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("full", [False, True])
def test_html_is_whole_and_needs_nothing_else(
    branched: Decision, rulebook: Rulebook, library: Library, language: Language, full: bool
) -> None:
    page = render(branched, rulebook, "html", language, full=full, library=library)
    found = checked(page)
    tags = [tag for tag, _ in found.tags]
    attributes = {name for _, attrs in found.tags for name in attrs}

    assert page.startswith("<!DOCTYPE html>")
    assert ("html", {"lang": {"en": "en", "zh": "zh-Hans"}[language]}) in found.tags
    assert not {"script", "link", "img", "iframe"} & set(tags)
    assert not {"src", "href", "style", "onclick"} & attributes
    assert "://" not in page
    assert "details" in tags
    assert "@media print" in page


def test_the_html_of_a_comparison_is_whole(comparison: Comparison, rulebook: Rulebook) -> None:
    found = checked(render_comparison(comparison, rulebook, "html"))

    assert "HYPOTHESIS" in found.text


def hostile(decision: Decision) -> Decision:
    party = decision.respondents[0]
    act = replace(party.acts[0], name=HOSTILE)
    party = replace(party, name=HOSTILE, acts=(act,))
    return replace(decision, title=Label(HOSTILE, HOSTILE), respondents=(party,))


def test_hostile_names_stay_text_in_html(branched: Decision, rulebook: Rulebook) -> None:
    page = render(hostile(branched), rulebook, "html")
    found = checked(page)

    assert "script" not in [tag for tag, _ in found.tags]
    assert "<script>alert(1)</script>" in found.text
    assert "\x1b" not in page


def test_hostile_names_stay_text_in_markdown(branched: Decision, rulebook: Rulebook) -> None:
    page = render(hostile(branched), rulebook, "md")

    assert r"a\|b \*c\* \<script\>alert(1)\</script\> \`d\` \[e\](f) \$g\$" in page
    assert "\nnew" not in page
    assert "\x1b" not in page


def test_hostile_names_cannot_steer_the_terminal(branched: Decision, rulebook: Rulebook) -> None:
    page = render(hostile(branched), rulebook)

    assert "\x1b" not in page
    assert "<script>" in page


def test_a_table_of_markdown_keeps_its_columns(comparison: Comparison, rulebook: Rulebook) -> None:
    lines = tuple(replace(line, respondent="a|b") for line in comparison.lines)
    page = render_comparison(replace(comparison, lines=lines, rows=()), rulebook, "md")
    row = next(line for line in page.splitlines() if r"a\|b" in line)

    assert len(re.findall(r"(?<!\\)\|", row)) == 4


def test_styled_lines_keep_to_the_width(branched: Decision, rulebook: Rulebook) -> None:
    lines = text_lines(branched, rulebook, width=60)
    styles = {style for line in lines for style, _ in line.pieces}

    assert all(len(line.plain) <= 60 for line in lines)
    assert {"title", "heading", "range", "condition", "law", "tree"} <= styles
    assert render(branched, rulebook).startswith("A sample\n")


def test_lines_of_a_comparison(comparison: Comparison, rulebook: Rulebook) -> None:
    lines = comparison_lines(comparison, rulebook, width=60)

    assert any(style == "alarm" for line in lines for style, _ in line.pieces)
    assert all(len(line.plain) <= 60 for line in lines)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "another law sets the penalty: CSL-2016 art 64(1)"),
        ("zh", "另由《网络安全法》（2016年）第六十四条第一款规定处罚"),
    ],
)
def test_a_penalty_of_a_law_without_rules_is_not_said_to_be_none(
    branched: Decision, rulebook: Rulebook, library: Library, language: Language, expected: str
) -> None:
    law = parse_citation("CSL-2016 art 64(1)")
    assert law is not None
    act = branched.respondents[0].acts[0]
    branch = replace(act.branches[0], fine=NO_FINE, sanctions=(), elsewhere=(law,))
    respondent = replace(
        branched.respondents[0], acts=(replace(act, branches=(branch,), if_shown=()),)
    )
    decision = replace(branched, respondents=(respondent,))

    page = render(decision, rulebook, "text", language, library=library)

    assert expected in page.replace("\n", "").replace("      ", "")
    assert {"en": "not worked out here", "zh": "此处未予计算"}[language] in page
    assert {"en": ": no fine", "zh": "不得罚款"}[language] not in page.split("\n\n")[1]
