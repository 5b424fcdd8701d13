"""A long answer is cut to what stands first, and never unseen."""

from dataclasses import replace
from pathlib import Path

import pytest

from lawengine.base.label import LANGUAGES, Language
from lawengine.casebook import read_case
from lawengine.deciding.decide import decide
from lawengine.deciding.decision import Decision
from lawengine.model.statuses import StatusState
from lawengine.reports import text_lines
from lawengine.reports.bounding import bounded
from lawengine.reports.drafting import draft
from lawengine.reports.naming import Names
from lawengine.workspace import Workspace, open_workspace


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return open_workspace()


@pytest.fixture(scope="module")
def many(workspace: Workspace, checkout: Path) -> Decision:
    """Return a decision on 30 acts of 10 parties, with 30 lists, benefits and duties."""
    path = checkout / "tests/fixtures/procedure/whole-life.yaml"
    case = read_case(path, workspace.rulebook).case
    assert case is not None
    found = decide(case.facts, workspace.rulebook, days=workspace.days).decision
    assert found is not None
    (party,) = found.respondents
    done = [status for status in party.statuses if status.state is StatusState.DISCHARGED]
    late = [status for status in party.statuses if status.state is StatusState.BREACHED]
    told = (*done[:2], *late[:1])
    parties = tuple(
        replace(
            party,
            name=f"shop {number}",
            acts=tuple(replace(party.acts[0], name=f"act {n}") for n in range(3)),
            statuses=told,
        )
        for number in range(10)
    )
    return replace(found, respondents=parties)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_first_is_shown_and_the_rest_counted(
    many: Decision, workspace: Workspace, language: Language
) -> None:
    names = Names(workspace.rulebook, workspace.library, language)
    whole = draft(many, names)
    short = bounded(whole, language, 5)

    assert sum(len(party.acts) for party in short.parties) == 5
    assert sum(len(party.statuses) for party in short.parties) == 5
    assert [len(verdict.of) for verdict in short.verdicts] == [13, 10]
    assert short.verdicts[0].of[-1] in ("and 18 more", "另有18项")
    assert (
        short.rest
        == {
            "en": "Not shown here: 25 acts, 25 lists, benefits and duties, 8 parties; "
            "`--all` shows everything",
            "zh": "此处未列：25个行为、25项名单、激励与义务、8个当事人；加`--all`可全部显示",
        }[language]
    )
    assert bounded(short, language, 5).rest == ""

    lines = text_lines(many, workspace.rulebook, language, library=workspace.library, at_most=5)
    everything = text_lines(many, workspace.rulebook, language, library=workspace.library)
    assert len(lines) < len(everything) / 3
    assert sum(short.rest.split("；")[0].split(";")[0][:12] in line.plain for line in lines) == 2


def test_a_short_answer_is_left_as_it_is(many: Decision, workspace: Workspace) -> None:
    names = Names(workspace.rulebook, workspace.library, "en")
    one = replace(many, respondents=(replace(many.respondents[0]),))
    assert bounded(draft(one, names), "en", 40) == draft(one, names)


def test_of_many_duties_the_overdue_ones_are_shown(many: Decision, workspace: Workspace) -> None:
    names = Names(workspace.rulebook, workspace.library, "en")
    statuses = many.respondents[0].statuses
    late = [status for status in statuses if status.state is StatusState.BREACHED]
    done = [status for status in statuses if status.state is StatusState.DISCHARGED]
    assert late
    assert done
    party = replace(many.respondents[0], acts=(), statuses=(*done * 10, *late))
    document = draft(replace(many, respondents=(party,)), names)
    shown = bounded(document, "en", 5).parties[0].statuses
    assert [status.alarm for status in shown[: len(late)]] == [True] * min(len(late), 5)
