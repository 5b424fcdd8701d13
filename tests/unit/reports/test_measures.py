"""What a branch imposes, in words: bases of the fine, other measures, the general rules."""

from dataclasses import replace

import pytest

from lawengine.base.calendar import Period, Unit
from lawengine.base.citation import Citation, parse_citation
from lawengine.deciding.decision import Branch, Decision, FineTotal, Sanction
from lawengine.model.measures import EffectKind, MeasureKind, SanctionClass
from lawengine.model.rulebook import Rulebook
from lawengine.model.scenarios import RuleState
from lawengine.reports.drafting import draft
from lawengine.reports.measures import bases, effect_items, measure_items, measure_lines
from lawengine.reports.naming import Names
from lawengine.reports.terminal import terminal_lines
from lawengine.statutes import Library


@pytest.fixture
def branch(serious: Decision) -> Branch:
    return serious.respondents[0].acts[0].branches[0]


def law(text: str) -> tuple[Citation, ...]:
    found = parse_citation(text)
    assert found is not None
    return (found,)


def fine_of(branch: Branch) -> Sanction:
    return next(s for s in branch.sanctions if s.kind is MeasureKind.FINE)


def with_fines(branch: Branch, *fines: Sanction, choices: int = 1) -> Branch:
    others = tuple(s for s in branch.sanctions if s.kind is not MeasureKind.FINE)
    fine = replace(branch.fine, choices=choices)
    return replace(branch, sanctions=(*fines, *others), fine=fine)


def test_the_basis_names_breach_provision_and_version(branch: Branch, english: Names) -> None:
    (basis,) = bases(branch, english)

    assert basis.parts == (
        "breach of AUCL-2019 art 8(1), art 8(2)",
        "under AUCL-2019 art 20(1), in force from 2019-04-23",
        "a fine must be imposed",
    )
    assert not basis.unverified


def test_grounds_below_the_floor_and_for_no_penalty_are_named(
    branch: Branch, english: Names
) -> None:
    fine = replace(
        fine_of(branch),
        mandatory=False,
        breaches=(),
        below_floor_by=law("APL-2017 art 27(1)"),
        exempt_by=law("APL-2021 art 33(1)"),
    )
    (basis,) = bases(with_fines(branch, fine), english)

    assert basis.parts[1:] == (
        "a fine may be imposed or left out",
        "a fine below the floor is allowed by APL-2017 art 27(1)",
        "no penalty at all is allowed by APL-2021 art 33(1)",
    )


def test_a_rule_that_sends_the_case_there_is_named(branch: Branch, english: Names) -> None:
    rules = tuple(
        replace(rule, state=RuleState.ESTABLISHED, law=law("ECL-2018 art 85"))
        if rule.rule == "ECL.unfair_competition"
        else rule
        for rule in branch.rules
    )
    referring = tuple(
        replace(rule, refers_to="AUCL.false_publicity")
        if rule.rule == "ECL.unfair_competition"
        else rule
        for rule in rules
    )
    (basis,) = bases(replace(branch, rules=referring), english)

    assert "by reference from ECL-2018 art 85" in basis.parts


def test_each_of_several_provisions_shows_its_own_range(branch: Branch, english: Names) -> None:
    one = fine_of(branch)
    two = replace(one, law=law("ADL-2021 art 55(1)"), low_fen=None, high_fen=None)
    choice, first, second = bases(with_fines(branch, one, two, choices=2), english)

    assert choice.parts == (
        "2 provisions allow a fine: the officer chooses one and records the choice",
    )
    assert first.parts[-1] == "this provision: 1,000,000 yuan to 2,000,000 yuan"
    assert second.parts[-1] == "this provision: an amount that hangs on facts not known"


def test_no_penalty_by_the_general_rules_is_no_missing_provision(
    branch: Branch, english: Names
) -> None:
    limited = replace(
        branch,
        sanctions=(),
        fine=FineTotal(None, None),
        effects=((EffectKind.NO_PENALTY, "APL.limitation"),),
    )

    assert list(bases(limited, english)) == []
    (item,) = effect_items(limited, english)
    assert item.text == "no penalty: “Not discovered within the term of limitation”"
    assert item.law == "APL-2017 art 29(1), art 29(2)"


def test_how_provisions_stand_to_each_other_is_no_line_of_its_own(
    branch: Branch, english: Names
) -> None:
    between = replace(branch, effects=((EffectKind.ONE_FINE, "APL.one_fine"),))

    assert list(effect_items(between, english)) == []


def test_measures_come_by_their_sort(branch: Branch, english: Names) -> None:
    lines = measure_lines(tuple(measure_items(branch, english)))

    assert [line.heading for line in lines] == ["Other penalties", "Orders", "Credit record"]
    assert [item.text for item in lines[0].items] == ["revocation of the business licence (may)"]
    assert lines[1].items[0].law == ""
    assert lines[2].items[0].law == "AUCL-2019 art 26"


def test_measures_between_which_the_authority_chooses_are_one(
    branch: Branch, english: Names, chinese: Names
) -> None:
    one = next(s for s in branch.sanctions if s.kind is MeasureKind.STOP)
    group = (
        replace(one, group=1, mandatory=False, sanction_class=SanctionClass.ORDER),
        replace(
            one, kind=MeasureKind.CORRECT, group=1, mandatory=False, law=law("ECL-2018 art 76")
        ),
    )
    chosen = replace(branch, sanctions=group)
    (item,) = measure_items(chosen, english)

    assert item.text == "at the authority's choice: order to stop the violation / order to correct"
    assert item.law == "AUCL-2019 art 20(1), ECL-2018 art 76"
    assert next(iter(measure_items(chosen, chinese))).text.startswith("由行政机关选择：")


def test_amount_term_and_post_are_named(branch: Branch, english: Names, chinese: Names) -> None:
    one = fine_of(branch)
    bar = replace(
        one, kind=MeasureKind.BAR, target="manager", term=Period(3, Unit.YEAR), low_fen=None,
        high_fen=None,
    )  # fmt: skip
    gain = replace(one, kind=MeasureKind.CONFISCATE, low_fen=500, high_fen=500)
    both = replace(branch, sanctions=(bar, gain))

    assert [item.text for item in measure_items(both, english)] == [
        "bar from a post: manager, 3 years",
        "confiscation, 5 yuan",
    ]
    assert [item.text for item in measure_items(both, chinese)] == [
        "应当限制从业（manager），3年",
        "应当没收，5元",
    ]


def test_outcomes_that_read_the_same_are_one_with_both_conditions(
    branched: Decision, english: Names
) -> None:
    party = branched.respondents[0]
    act = party.acts[0]
    first, second = act.branches
    same = replace(first, assumptions=second.assumptions)
    third = replace(second, assumptions=(*second.assumptions, *first.assumptions))
    changed = replace(act, branches=(first, same, third))
    decision = replace(branched, respondents=(replace(party, acts=(changed,)),))
    short = draft(decision, english).parties[0].acts[0]
    full = draft(decision, english, full=True).parties[0].acts[0]

    assert [answer.number for answer in short.answers] == [1, 2]
    assert short.answers[0].conditions == (
        "if not “serious circumstances”",
        "if “serious circumstances”",
    )
    assert [answer.number for answer in full.answers] == [1, 2, 3]
    text = "\n".join(line.plain for line in terminal_lines(draft(decision, english), "en"))
    assert "(1) if not “serious circumstances”, or if “serious circumstances”: 200,000" in text


def test_without_a_library_the_names_of_instruments_stand(
    branched: Decision, rulebook: Rulebook
) -> None:
    document = draft(branched, Names(rulebook, Library(), "zh"))

    assert document.laws == ()
    assert "《AUCL-2019》第二十条第一款" in document.parties[0].acts[0].answers[0].bases[0].parts[1]
