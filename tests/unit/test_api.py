"""The three doors for programs: what they take, what they refuse, and in which words."""

from __future__ import annotations

import datetime
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import lawengine
from lawengine import CaseError, PlainDataError, Rules, RulesError
from lawengine.base.calendar import Period, Unit
from tests import small

ACT: dict[str, Any] = {
    "name": "brushing",
    "kind": "organising_fake_transactions",
    "helped_others": True,
    "ended_on": datetime.date(2020, 6, 18),
}


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules(small.shipped())


def case(**facts: Any) -> dict[str, Any]:  # noqa: ANN401 - plain data of any shape
    party = {"name": "agency", "nature": "legal_person", "acts": [{**ACT, **facts}]}
    return {"case": "a-shop", "decided_on": "2021-08-01", "respondents": [party]}


def test_a_file_its_text_its_data_and_its_facts_are_one_case(rules: Rules, checkout: Path) -> None:
    path = checkout / "casebook" / "henan-brushing-2016.yaml"
    file = rules.case(path)
    text = lawengine.Source("henan", path.read_text(encoding="utf-8"))
    expected = lawengine.decide(path, rules)

    assert [r.name for r in expected.respondents] == ["agency-a", "agency-b"]
    assert lawengine.decide(str(path), rules) == expected
    assert lawengine.decide(text, rules) == expected
    assert lawengine.decide(file, rules) == expected
    without_figures = [replace(one, figures=()) for one in expected.respondents]
    facts_alone = replace(expected, title=lawengine.Label(), respondents=tuple(without_figures))
    assert [len(one.figures) for one in expected.respondents] == [1, 1]
    assert lawengine.decide(file.facts, rules) == facts_alone
    assert lawengine.decide(file, rules.rulebook) == expected


def test_chinese_data_is_the_same_case(rules: Rules) -> None:
    data = {
        "案号": "a-shop",
        "决定日期": datetime.date(2021, 8, 1),
        "当事人": (
            {
                "名称": "agency",
                "主体性质": "法人",
                "行为": [
                    {
                        "名称": "brushing",
                        "种类": "组织虚假交易",
                        "帮助他人": True,
                        "终了日": datetime.date(2020, 6, 18),
                        "违法所得": None,
                    }
                ],
            },
        ),
    }

    assert lawengine.decide(data, rules) == lawengine.decide(case(), rules)


def test_what_nobody_knows_is_unknown_and_never_no(rules: Rules) -> None:
    absent = lawengine.decide(case(), rules)

    assert lawengine.decide(case(serious=None), rules) == absent
    (act,) = lawengine.decide(case(serious={"unknown": True}), rules).acts()
    assert [b.fine for b in act.branches] == [b.fine for b in absent.acts()[0].branches]
    assert len(act.branches) == 2
    assert lawengine.decide(case(serious={"value": False, "because": "x"}), rules) != absent


@pytest.mark.parametrize(
    ("facts", "path", "words"),
    [
        ({"illegal_gain": 5.5}, "respondents[1].acts[1].illegal_gain", "not exact"),
        ({"illegal_gain": Fraction(1, 3)}, "respondents[1].acts[1].illegal_gain", "not exact"),
        ({"ended_on": datetime.datetime(2020, 1, 1)}, "respondents[1].acts[1].ended_on", "moment"),  # noqa: DTZ001 - a moment without a zone is what is refused
        ({"clients": {3}}, "respondents[1].acts[1].clients", "set, which no case file can say"),
        ({"clients": {3: 4}}, "respondents[1].acts[1].clients", "key that is no text"),
    ],
)
def test_what_no_case_file_can_say_is_refused_at_its_place(
    rules: Rules, facts: dict[str, Any], path: str, words: str
) -> None:
    with pytest.raises(PlainDataError, match=words) as found:
        lawengine.decide(case(**facts), rules)

    assert found.value.path == path
    assert str(found.value).startswith(f"`{path}` ")


def test_data_that_holds_itself_is_refused(rules: Rules) -> None:
    data = case()
    data["respondents"][0]["acts"].append(data)

    with pytest.raises(PlainDataError, match="nested deeper than 20"):
        rules.read(data)


def test_every_mistake_is_told_at_once(rules: Rules) -> None:
    with pytest.raises(CaseError) as found:
        lawengine.decide(case(kind="no such kind", illegal_gain=200_000, wrong="x"), rules)

    codes = [d.code for d in found.value.diagnostics]
    assert codes == ["LAW531", "LAW503", "LAW505"]
    assert str(found.value).startswith("the case has errors: case:")
    assert str(found.value).endswith("(and 2 more)")
    assert "\n" not in str(found.value)


def test_facts_that_contradict_each_other_are_an_error(rules: Rules) -> None:
    with pytest.raises(CaseError) as found:
        lawengine.decide(case(began_on="2020-12-31"), rules)

    assert [d.code for d in found.value.diagnostics] == ["LAW550"]


def test_a_file_that_is_not_there_is_an_error(rules: Rules, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cannot"):
        lawengine.decide(tmp_path / "没有 no.yaml", rules)


def test_warnings_are_read_and_hinder_nothing(rules: Rules) -> None:
    data = case(serious=True)

    assert [d.code for d in rules.read(data).diagnostics] == ["LAW523"]
    assert lawengine.decide(data, rules).acts()[0].branches[0].fine.high == 2_000_000_00


def test_an_explanation_in_every_form(rules: Rules) -> None:
    decision = lawengine.decide(case(), rules)

    assert "Lawful fine" in lawengine.explain(decision, rules)
    assert "法定罚款幅度" in lawengine.explain(case(), rules, language="zh")
    assert lawengine.explain(case(), rules, format_="html").startswith("<!")
    assert '"respondents"' in lawengine.explain(decision, rules.rulebook, format_="json")
    assert len(lawengine.explain(decision, rules, full=True)) > len(
        lawengine.explain(decision, rules)
    )


def test_a_decision_is_explained_by_its_own_rules_only(rules: Rules) -> None:
    book = rules.rulebook
    fewer = {name: rule for name, rule in book.rules.items() if name != "APL.young"}
    other = Rules(replace(book, rules=dict(list(fewer.items())[1:])))

    with pytest.raises(lawengine.LawEngineError, match="other rules"):
        lawengine.explain(lawengine.decide(case(), rules), other)


def test_own_folders_stand_beside_the_shipped_ones_or_alone(tmp_path: Path, checkout: Path) -> None:
    starter = checkout / "cli" / "lawengine_cli" / "starter" / "zh"
    beside = lawengine.load(starter / "rules", [str(starter / "statutes")])

    assert {"SAMPLE.recordings", "AUCL.false_publicity"} <= set(beside.rulebook.rules)
    assert beside.library.instrument("SAMPLE-2024") is not None
    decision = lawengine.decide(starter / "cases" / "first-case.yaml", beside)
    assert [b.fine.high for b in decision.acts()[0].branches] == [1_000_000, 5_000_000]
    alone = tmp_path / "alone 独"
    alone.mkdir()
    text = (checkout / "tests" / "fixtures" / "casebook" / "small.law").read_text(encoding="utf-8")
    (alone / "small.law").write_text(text, encoding="utf-8")
    assert "APL.limitation" not in lawengine.load(alone, shipped=False).rulebook.rules


def test_rules_with_errors_are_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "bad.law").write_text("rule X\n  version from someday\n", encoding="utf-8")

    with pytest.raises(RulesError, match="the rules have errors") as found:
        lawengine.load(tmp_path)
    assert found.value.diagnostics

    with pytest.raises(RulesError, match="no such file or folder"):
        lawengine.load(tmp_path / "nowhere")


def test_without_rules_the_shipped_ones_decide() -> None:
    decision = lawengine.decide(case())

    assert decision.rulebook == small.shipped().content_hash


def test_the_engine_is_made_once(rules: Rules) -> None:
    assert rules.engine is rules.engine
    assert rules.engine.rulebook is rules.rulebook


def test_a_period_is_plain_data(rules: Rules) -> None:
    data = case(clients=Period(3, Unit.DAY))

    assert [d.code for d in rules.read(data).diagnostics] == ["LAW506"]


def test_naming_a_door_loads_it_and_importing_the_package_loads_nothing() -> None:
    code = (
        "import sys, lawengine\n"
        "heavy = {'yaml', 'lark', 'pydantic', 'jinja2', 'lawengine.api', 'lawengine.workspace'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
        "lawengine.decide\n"
        "print('lawengine.api' in sys.modules, 'jinja2' in sys.modules)\n"
    )
    printed = subprocess.check_output([sys.executable, "-c", code], text=True)

    assert printed.splitlines() == ["[]", "True False"]
