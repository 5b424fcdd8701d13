"""The short form keeps what the answer rests on, and only that."""

from collections.abc import Iterator

from lawengine.base.citation import Citation, parse_citation
from lawengine.base.label import Label
from lawengine.base.truth import Truth
from lawengine.evaluation.facts import FactKey, Origin
from lawengine.explanation.prune import prune
from lawengine.explanation.reason import Reason

YES, NO, OPEN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def condition(name: str, truth: Truth, *children: Reason) -> Reason:
    return Reason("condition", {"what": Label(name, name)}, truth=truth, children=children)


def fact(name: str) -> Reason:
    return Reason("value", {"what": Label(name, name), "value": Label("1", "1")})


def presumed(name: str, because: str = "it is the rule", law: str = "APL-2021 art 30") -> Reason:
    words = {
        "what": Label(name, name),
        "value": Label("no", "否"),
        "because": Label(because, because),
    }
    citation = parse_citation(law)
    assert citation is not None
    key = FactKey("respondents[1]", "party", name)
    return Reason("presumed", words, truth=NO, law=(citation,), fact=key, origin=Origin.PRESUMED)


def names(reasons: tuple[Reason, ...]) -> list[str]:
    return list(_names(reasons))


def _names(reasons: tuple[Reason, ...]) -> Iterator[str]:
    for reason in reasons:
        what = reason.words["what"]
        assert isinstance(what, Label)
        yield what.en


def test_of_a_failed_and_the_failing_part_stays() -> None:
    reason = condition("a and b", NO, condition("a", YES), condition("b", NO))

    assert names(prune(reason).children) == ["b"]


def test_of_a_met_or_the_parts_that_meet_it_stay() -> None:
    reason = condition("a or b", YES, condition("a", NO), condition("b", YES))

    assert names(prune(reason).children) == ["b"]


def test_of_an_open_condition_the_open_parts_stay() -> None:
    parts = condition("a", OPEN), condition("b", YES), condition("c", NO)

    assert names(prune(condition("a or c", OPEN, *parts)).children) == ["a"]


def test_values_stay_with_the_parts_that_share_the_answer() -> None:
    reason = condition("a", NO, condition("b", NO), fact("c"), condition("d", YES))

    assert names(prune(reason).children) == ["b", "c"]


def test_a_negation_keeps_its_part() -> None:
    reason = condition("not a", NO, condition("a", YES))

    assert names(prune(reason).children) == ["a"]


def test_pruning_goes_all_the_way_down() -> None:
    inner = condition("b", NO, condition("c", NO), condition("d", YES))
    reason = Reason("sanction", {"measure": "x"}, children=(condition("a", NO, inner),))

    assert names(prune(reason).children[0].children[0].children) == ["c"]


def test_an_exception_that_does_not_apply_is_one_line_with_its_presumption() -> None:
    part = condition("a and b", NO, presumed("a"), condition("b", YES, presumed("c")))
    short = prune(Reason("unless", truth=NO, children=(part,)))

    assert names(short.children) == ["a and b"]
    assert names(short.children[0].children) == ["a"]


def test_a_presumed_exception_stands_for_itself() -> None:
    short = prune(Reason("unless", truth=NO, children=(presumed("a"),)))

    assert names(short.children) == ["a"]
    assert short.children[0].children == ()


def test_an_exception_that_applies_keeps_its_reasons() -> None:
    part = condition("a", YES, fact("b"))
    short = prune(Reason("unless", truth=YES, children=(part,)))

    assert names(short.children) == ["a"]
    assert names(short.children[0].children) == ["b"]


def test_a_step_that_does_not_apply_says_why() -> None:
    short = prune(Reason("tier_not", truth=NO, children=(condition("a", NO),)))

    assert names(short.children) == ["a"]


def test_a_general_rule_that_was_not_applied_shows_its_presumptions_by_ground() -> None:
    when = condition(
        "all",
        NO,
        presumed("a", law="APL-2021 art 32(1)(1)"),
        presumed("b", law="APL-2021 art 32(1)(2)"),
        presumed("c", because="something else"),
    )
    rule = Reason("rule_not_established", {"rule": "x"}, children=(when,))
    short = prune(Reason("effect_not", {"rule": "x"}, children=(rule,)))

    assert names(short.children) == ["a; b", "c"]
    assert short.children[0].words["what"] == Label("a; b", "a、b")
    assert [law.text() for law in short.children[0].law] == [
        "APL-2021 art 32(1)(1)",
        "APL-2021 art 32(1)(2)",
    ]
    assert short.children[0].fact is None
    assert short.children[1].fact == FactKey("respondents[1]", "party", "c")


def test_a_general_rule_without_presumptions_shows_the_conditions_that_fail() -> None:
    chosen = Reason(
        "version_chosen",
        {"day": "1", "from": "1", "to": "2"},
        children=(condition("a", NO), condition("b", YES), fact("c")),
    )
    rule = Reason("rule_not_established", {"rule": "x"}, children=(chosen,))

    assert names(prune(Reason("effect_not", {"rule": "x"}, children=(rule,))).children) == ["a"]


def test_a_presumption_that_did_not_decide_is_left_out() -> None:
    day = Reason("fact", {"what": Label("day", "日")}, fact=FactKey("", "case", "decided_on"))
    late = condition("late", NO, day, condition("long", NO, presumed("harm")))
    rule = Reason("rule_not_established", {"rule": "x"}, children=(late,))

    assert names(prune(Reason("effect_not", {"rule": "x"}, children=(rule,))).children) == ["late"]


def test_a_general_rule_is_kept_out_by_an_exception_that_is_met() -> None:
    met = Reason("unless", truth=YES, children=(condition("a", YES),))
    idle = Reason("unless", truth=NO, children=(condition("b", NO),))
    rule = Reason("rule_not_established", {"rule": "x"}, children=(met, idle))
    (kept,) = prune(Reason("effect_not", {"rule": "x"}, children=(rule,))).children

    assert kept.code == "unless"
    assert names(kept.children) == ["a"]


def test_a_general_rule_is_kept_out_by_a_rule_that_prevails() -> None:
    other = Reason("exception_applies", {"rule": "y"}, truth=YES)
    idle = Reason("exception_not", {"rule": "z"}, truth=NO, children=(condition("b", NO),))
    later = Reason("lighter_heavier", {"step": "s"}, children=(condition("c", NO),))
    rule = Reason("rule_defeated", {"rule": "x", "by": "y"}, children=(other, idle, later))
    short = prune(Reason("effect_not", {"rule": "x"}, children=(rule,)))

    assert short.children == (other,)


def test_a_prevailing_rule_that_is_open_keeps_everything() -> None:
    child = condition("a", OPEN)
    short = prune(Reason("exception_not", {"rule": "x"}, truth=OPEN, children=(child,)))

    assert names(short.children) == ["a"]


def test_shared_parts_stay_shared() -> None:
    rule = Reason("rule_established", {"rule": "x"}, children=(condition("a", YES),))
    short = prune(
        Reason(
            "outcome",
            {"fine": "x"},
            children=(
                Reason("sanction", {"measure": "1"}, children=(rule,)),
                Reason("sanction", {"measure": "2"}, children=(rule,)),
            ),
        )
    )

    assert short.children[0].children[0] is short.children[1].children[0]


def test_the_law_stays() -> None:
    citation = parse_citation("APL-2021 art 33(1)")
    assert isinstance(citation, Citation)

    assert prune(Reason("sanction", law=(citation,))).law == (citation,)
