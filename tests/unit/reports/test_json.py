"""The JSON of a decision: its shape, its schema, its documentation."""

import datetime
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from lawengine.base.calendar import Period, Unit
from lawengine.base.label import Label
from lawengine.casebook import read_case
from lawengine.deciding.decide import decide
from lawengine.deciding.decision import Decision
from lawengine.deciding.hypothesis import compare_versions, law_of
from lawengine.evaluation.facts import UNKNOWN, Among, Domain, Entry, FactKey, Known, Within
from lawengine.evaluation.trace import Cut, Need
from lawengine.model.expressions import Comparison, Value
from lawengine.model.rulebook import Rulebook
from lawengine.reports import comparison_data, decision_data, render, schema
from lawengine.reports.value_json import domain_data, need_data, value_data


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    found = schema.decision_schema()
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


def errors(validator: jsonschema.Draft202012Validator, data: object) -> list[str]:
    text = json.dumps(data)
    return [error.message for error in validator.iter_errors(json.loads(text))]


def reasons(data: object) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        if "code" in data:
            yield data
        for value in data.values():
            yield from reasons(value)
    elif isinstance(data, list):
        for value in data:
            yield from reasons(value)


def test_the_published_schema_and_page_are_up_to_date(checkout: Path, tmp_path: Path) -> None:
    schema.write_format(tmp_path)

    for name in ("decision.schema.json", "decision-format.md"):
        published = (checkout / "docs" / name).read_text(encoding="utf-8")
        fresh = (tmp_path / name).read_text(encoding="utf-8")
        assert published == fresh, f"run lawengine.reports.schema.write_format for docs/{name}"


def test_every_field_is_documented() -> None:
    page = schema.format_page()

    for name, entry in schema.decision_schema()["$defs"].items():
        assert f"### {name}\n" in page
        assert entry["description"] in page
        for field, kind in entry["properties"].items():
            assert f"| `{field}` |" in page
            assert kind["description"]


def test_a_type_without_a_shape_is_refused() -> None:
    with pytest.raises(TypeError, match="complex"):
        schema._schema(complex, {})


@pytest.mark.parametrize("name", ["branched", "serious", "lighter"])
def test_decisions_validate(
    request: pytest.FixtureRequest,
    rulebook: Rulebook,
    validator: jsonschema.Draft202012Validator,
    name: str,
) -> None:
    assert errors(validator, decision_data(request.getfixturevalue(name), rulebook)) == []


def test_the_cases_of_the_casebook_validate(
    checkout: Path, rulebook: Rulebook, validator: jsonschema.Draft202012Validator
) -> None:
    paths = sorted((checkout / "casebook").glob("*.yaml"))[:5]
    assert paths
    for path in paths:
        case = read_case(path, rulebook).case
        assert case is not None
        decision = decide(case.facts, rulebook, title=case.title).decision
        assert decision is not None
        assert errors(validator, decision_data(decision, rulebook)) == []


def test_a_comparison_and_a_hypothesis_validate(
    henan_file: Path, rulebook: Rulebook, validator: jsonschema.Draft202012Validator
) -> None:
    case = read_case(henan_file, rulebook).case
    assert case is not None
    comparison, _ = compare_versions(case.facts, rulebook, assumptions=case.assumptions)
    assert comparison is not None
    data = comparison_data(comparison)
    hypothesis = law_of(case.facts, rulebook, datetime.date(2020, 6, 18)).decision
    assert hypothesis is not None

    assert errors(validator, data) == []
    assert errors(validator, decision_data(hypothesis, rulebook)) == []
    assert decision_data(hypothesis, rulebook)["hypothesis"]
    assert [line["respondent"] for line in data["true_answer"]] == ["agency-a", "agency-b"]
    assert [row["version_from"] for row in data["versions"]][:1] == ["1993-12-01"]


def test_something_else_does_not_validate(validator: jsonschema.Draft202012Validator) -> None:
    assert errors(validator, {"format": "1"})


def test_an_open_judgement_gives_branches(branched: Decision, rulebook: Rulebook) -> None:
    (act,) = decision_data(branched, rulebook)["respondents"][0]["acts"]

    assert act["state"] == "determined"
    assert [branch["assumptions"][0]["value"] for branch in act["branches"]] == [False, True]
    assert act["branches"][0]["assumptions"][0]["fact"] == "respondents[1].acts[1].serious"
    assert [branch["fine"]["low_fen"] for branch in act["branches"]] == [20_000_000, 100_000_000]
    assert [s["branch"] for s in act["branches"][1]["sanctions"]][:1] == [1]
    assert {shown["branch"] for shown in act["if_shown"]} == {0, 1}
    assert act["needs"][0]["label"]["zh"] == "情节严重"


def test_a_rule_stands_once_for_all_branches_that_agree(
    branched: Decision, rulebook: Rulebook
) -> None:
    (act,) = decision_data(branched, rulebook)["respondents"][0]["acts"]
    by_rule = [rule for rule in act["rules"] if rule["rule"] == "AUCL.false_publicity"]

    assert [rule["branches"] for rule in by_rule] == [[0, 1]]
    assert by_rule[0]["reason"]["children"]


def test_what_a_rule_rests_on_stands_with_the_rule(serious: Decision, rulebook: Rulebook) -> None:
    act = decision_data(serious, rulebook)["respondents"][0]["acts"][0]
    explained = {rule["rule"] for rule in act["rules"]}
    found = [
        reason
        for sanction in act["branches"][0]["sanctions"]
        for reason in reasons(sanction["reason"])
        if reason["rule"]
    ]

    assert found
    assert all(reason["children"] == [] and reason["rule"] in explained for reason in found)


def test_evidence_goes_along(serious: Decision, rulebook: Rulebook) -> None:
    data = decision_data(serious, rulebook)
    (judged, *_) = [reason for reason in reasons(data) if reason["code"] == "judged"]

    assert judged["evidence"]["because"] == "many buyers were misled"
    assert judged["truth"] == "yes"
    assert judged["origin"] == "file"


def test_the_lighter_later_law_says_so(lighter: Decision, rulebook: Rulebook) -> None:
    (act,) = decision_data(lighter, rulebook)["respondents"][0]["acts"]
    fine = next(s for s in act["branches"][0]["sanctions"] if s["kind"] == "fine")

    assert fine["origin"] == "lighter_later"
    assert (fine["low_fen"], fine["high_fen"]) == (None, 100_000_000)
    assert fine["class"] == "penalty"


def test_facts_put_in_place_of_the_file_are_named(branched: Decision, rulebook: Rulebook) -> None:
    key = FactKey("respondents[1].acts[1]", "act", "serious")
    decision = Decision(
        branched.case, Label(), (), "hash", "1", assumed=((key, Entry(Known(value=True))),)
    )

    data = decision_data(decision, rulebook)
    assert data["assumed"] == [{"fact": str(key), "value": True}]


def test_the_text_is_readable_json(branched: Decision, rulebook: Rulebook) -> None:
    text = render(branched, rulebook, "json", "zh")

    assert json.loads(text)["title"] == {"en": "A sample", "zh": "示例"}
    assert "示例" in text
    assert text.endswith("}\n")


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        (Known(datetime.date(2020, 1, 2)), "2020-01-02"),
        (Known(value=True), True),
        (Within(1, None), {"from": 1, "to": None}),
        (Within(None, 2), {"from": None, "to": 2}),
        (Among(frozenset({"b", "a"})), {"among": ["a", "b"]}),
        (UNKNOWN, None),
    ],
)
def test_domains(domain: Domain, expected: object) -> None:
    assert domain_data(domain) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Period(3, Unit.MONTH), {"length": 3, "unit": "month"}),
        (Fraction(1, 20), "1/20"),
        (Fraction(4, 2), 2),
        ("words", "words"),
    ],
)
def test_values(value: Value, expected: object) -> None:
    assert value_data(value) == expected


def test_a_need_says_at_which_point_it_decides(rulebook: Rulebook) -> None:
    key = FactKey("respondents[1].acts[1]", "act", "illegal_gain")
    need = need_data(Need(key, Cut(Comparison.AT_LEAST, 100)), rulebook)
    missing = need_data(Need(FactKey("respondents[1]", "act", "")), rulebook)

    assert need["cut"] == {"comparison": "at_least", "value": 100}
    assert missing["fact"] == "respondents[1]"
    assert missing["cut"] is None
