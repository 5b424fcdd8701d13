"""The verdict: first on every page, short, and never better than what is known."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from lawengine.base.citation import parse_citation
from lawengine.base.label import LANGUAGES, Label, Language
from lawengine.base.source import Source
from lawengine.casebook import read_case
from lawengine.deciding.decide import decide
from lawengine.deciding.decision import Conflict, Decision
from lawengine.explanation.sentences import sentence
from lawengine.model.scenarios import RuleState
from lawengine.reports import Format, render
from lawengine.reports.document import Verdict
from lawengine.reports.naming import Names
from lawengine.reports.verdicts import verdicts
from lawengine.reports.wording import word
from lawengine.workspace import Workspace, open_workspace

WHOLE_LIFE = "tests/fixtures/procedure/whole-life.yaml"


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return open_workspace()


def decided(workspace: Workspace, path: Path) -> Decision:
    case = read_case(path, workspace.rulebook).case
    assert case is not None
    found = decide(case.facts, workspace.rulebook, title=case.title, days=workspace.days).decision
    assert found is not None
    return found


def verdicts_of(
    decision: Decision, workspace: Workspace, language: Language = "en"
) -> tuple[Verdict, ...]:
    names = Names(workspace.rulebook, workspace.library, language)
    return verdicts(decision, names)


def as_text(verdict: Verdict) -> dict[str, str]:
    return {line.label: line.text for line in verdict.lines}


def test_parties_with_the_same_verdict_share_it(workspace: Workspace, checkout: Path) -> None:
    decision = decided(workspace, checkout / "casebook/henan-brushing-2016.yaml")

    (verdict,) = verdicts_of(decision, workspace)
    assert verdict.of == (
        "agency-a · brushing: fake transactions",
        "agency-b · brushing: fake transactions",
    )
    assert as_text(verdict) == {
        "Fine": "none, or 10,000 yuan to 200,000 yuan",
        "Also": "order to stop the violation; order to remove the effects",
        "Open": "nothing",
    }
    assert [line.unverified for line in verdict.lines] == [True, False, False]


def test_the_whole_life_of_a_fine_in_a_few_lines(workspace: Workspace, checkout: Path) -> None:
    decision = decided(workspace, checkout / WHOLE_LIFE)

    (verdict,) = verdicts_of(decision, workspace)
    found = as_text(verdict)
    assert found["Fine"] == "200,000 yuan to 1,000,000 yuan; or 1,000,000 yuan to 2,000,000 yuan"
    assert found["Also, if so found"] == "revocation of the business licence (may)"
    assert found["Duties"].startswith("OVERDUE: Payment of the fine, ")
    assert found["Duties"].endswith(
        "; done, but LATE: Request for a hearing before a market regulator, Decision of a market "
        "regulator within 90 days of filing, or 120 where extended; done: 5"
    )
    assert found["Find out first"] == "Are the circumstances serious?"
    assert [line.label for line in verdict.lines if line.alarm] == ["Duties"]
    (chinese,) = verdicts_of(decision, workspace, "zh")
    assert as_text(chinese)["首先查明"] == "是否情节严重？"


LATE = "done, but LATE: Objection pushed to the unit that made the entry; done: 1"


@pytest.mark.parametrize(
    ("done_on", "english", "chinese"),
    [
        ("2026-06-02", "done: 2", "已履行：2项"),
        ("2026-06-03", LATE, "逾期履行：异议推送认定单位；已履行：1项"),
    ],
)
def test_what_was_done_late_is_named(
    workspace: Workspace, tmp_path: Path, done_on: str, english: str, chinese: str
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(f"""
case: objection
title: objection
decided_on: 2026-07-01
respondents:
  - name: a firm
    objections:
      - objected_on: 2026-06-01
        objection_pushed_on: {done_on}
        objection_accepted_on: 2026-06-03
        objection_checked_on: 2026-06-12
""")
    decision = decided(workspace, path)

    assert as_text(verdicts_of(decision, workspace)[0])["Duties"] == english
    assert as_text(verdicts_of(decision, workspace, "zh")[0])["义务"] == chinese


@pytest.mark.parametrize("format_", ["text", "md", "html"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_verdict_stands_before_all_else(
    workspace: Workspace, checkout: Path, format_: Format, language: Language
) -> None:
    decision = decided(workspace, checkout / WHOLE_LIFE)
    page = render(decision, workspace.rulebook, format_, language, library=workspace.library)
    body = page[page.find("<main>") + 1 :]

    order = ["verdict", "verdict_next", "act_ended", "changes", "reasons", "rules_open", "laws"]
    places = [body.index(word(key, language)) for key in order]
    assert all(one < two for one, two in pairwise(places))


# Other tests tell the coverage; watching all this line by line would only take minutes.
@pytest.mark.no_cover
def test_every_published_case_has_a_verdict_for_each_act(
    workspace: Workspace, checkout: Path
) -> None:
    for path in sorted((checkout / "casebook").glob("*.yaml")):
        decision = decided(workspace, path)
        found = verdicts_of(decision, workspace)
        named = [name for verdict in found for name in verdict.of]
        for party in decision.respondents:
            for act in party.acts:
                assert any(name.startswith(f"{party.name} · {act.name}") for name in named), path
        assert all(len(verdict.lines) <= 8 for verdict in found), path


def test_what_is_not_settled_is_never_told_as_nothing_open(
    workspace: Workspace, checkout: Path
) -> None:
    decision = decided(workspace, checkout / WHOLE_LIFE)
    party = decision.respondents[0]
    act = replace(party.acts[0], needs=(), if_shown=(), branches=party.acts[0].branches[:1])
    open_lists = replace(decision, respondents=(replace(party, acts=(act,)),))
    (verdict,) = verdicts_of(open_lists, workspace)
    assert as_text(verdict)["Open"] != "nothing"

    twice = replace(decision, respondents=(replace(party, acts=(act, act)),))
    own, standing = verdicts_of(twice, workspace)
    assert as_text(own)["Open"] == "nothing"
    assert standing.of == ("某网店",)
    assert "Duties" in as_text(standing)
    assert as_text(standing)["Open"] != "nothing"


def test_an_open_violation_and_a_conflict_are_loud(workspace: Workspace, checkout: Path) -> None:
    decision = decided(workspace, checkout / "casebook/henan-brushing-2016.yaml")
    party = decision.respondents[0]
    citation = parse_citation("AUCL-1993 art 24(1)")
    assert citation is not None
    clash = Conflict(Label("fine", "罚款"), ("A.one", "B.two"), (citation,))
    branch = replace(party.acts[0].branches[0], conflicts=(clash,))
    act = replace(party.acts[0], branches=(branch,), undetermined=True)
    changed = replace(decision, respondents=(replace(party, acts=(act,)),))

    (verdict,) = verdicts_of(changed, workspace)
    alarms = {line.label: line.text for line in verdict.lines if line.alarm}
    assert alarms["Conflict of provisions"] == "fine"
    assert alarms["Fine"].startswith("WHETHER THE LAW IS BROKEN IS OPEN; as far as known, none, or")


def test_an_open_rule_is_never_said_to_apply_or_not(workspace: Workspace, checkout: Path) -> None:
    folded = 0
    for name in ("kuaigou-platform-2025", "ningbo-aloe-gel-2016", "luckin-fabricated-sales-2020"):
        decision = decided(workspace, checkout / f"casebook/{name}.yaml")
        for act in decision.acts():
            for branch in act.branches:
                for rule in branch.rules:
                    if rule.state is RuleState.UNDETERMINED:
                        assert "is not settled" in sentence(rule.reason, "en")
                        assert "尚未确定" in sentence(rule.reason, "zh")
                        folded += rule.reason.code == "rule_either"
    assert folded


def test_a_reason_in_both_languages_is_read_in_each(workspace: Workspace) -> None:
    text = (
        "case: a-case\ndecided_on: 2020-12-01\nrespondents:\n  - name: agency\n    acts:\n"
        "      - kind: false_publicity\n        ended_on: 2020-06-18\n"
        "        serious: {value: yes, because: {en: five million fakes, zh: 虚假交易五百万笔}}\n"
    )
    case = read_case(Source("a.yaml", text), workspace.rulebook).case
    assert case is not None
    decision = decide(case.facts, workspace.rulebook).decision
    assert decision is not None
    english, chinese = (render(decision, workspace.rulebook, "text", one) for one in LANGUAGES)
    assert "because five million fakes" in " ".join(english.split())
    assert "理由：虚假交易五百万笔" in chinese.replace("\n", "").replace(" ", "")
    assert "五百万" not in english
    data = render(decision, workspace.rulebook, "json")
    assert '"because":"five million fakes / 虚假交易五百万笔"' in data
