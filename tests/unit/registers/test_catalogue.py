"""The catalogue of joint measures: by department, in force on the day, since when, and complete."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from lawengine.base.label import Label
from lawengine.evaluation.prepare import prepare
from lawengine.model.measures import MeasureKind
from lawengine.model.rules import Interval
from lawengine.model.statuses import (
    Ending,
    EndingKind,
    JointMeasure,
    ListForm,
    Status,
    StatusKind,
    StatusState,
    StatusVersion,
)
from lawengine.model.vocabulary import PARTY, ROOT
from lawengine.registers.catalogue import CatalogueEntry, Source, catalogue, departments
from lawengine.registers.register import Register
from lawengine.registers.terms import TermCounter
from tests import small, statuses
from tests.small import date

DAY = date("2010-01-01")


def measure(name: str, authority: str = "", **parts: object) -> JointMeasure:
    return replace(JointMeasure(name, Label(name, f"{name}名"), authority), **parts)  # type: ignore[arg-type]  # parts of the measure by name


def since(first: str, last: str | None = None, **parts: small.Written) -> StatusVersion:
    interval = Interval(date(first), date(last) if last else None)
    return statuses.version(interval=interval, **parts)


def a_list(*versions: StatusVersion, name: str = "black") -> Status:
    return statuses.status(StatusKind.LIST, name, "penalty", "decided", *versions)


def found(*given: Status, on: datetime.date = DAY) -> tuple[CatalogueEntry, ...]:
    return catalogue(statuses.rulebook(*given), on).entries


def test_departments_come_in_order_and_those_of_every_department_last() -> None:
    measures = (measure("a"), measure("b", "tax"), measure("c", "customs"), measure("d", "customs"))

    entries = found(a_list(since("2000-01-01", measures=measures)))

    assert [(one.department, one.measure) for one in entries] == [
        ("customs", "c"),
        ("customs", "d"),
        ("tax", "b"),
        ("", "a"),
    ]


@pytest.mark.parametrize(
    ("on", "names"),
    [
        ("1999-12-31", []),
        ("2000-01-01", ["old"]),
        ("2005-06-30", ["old"]),
        ("2005-07-01", []),
        ("2006-01-01", ["new"]),
        ("2020-01-01", ["new"]),
    ],
)
def test_only_versions_in_force_on_the_day_count(on: str, names: list[str]) -> None:
    given = a_list(
        since("2000-01-01", "2005-06-30", measures=(measure("old"),)),
        since("2006-01-01", measures=(measure("new"),)),
    )

    assert [one.measure for one in found(given, on=date(on))] == names


def test_a_measure_goes_back_to_the_first_version_that_has_it_without_a_break() -> None:
    both = (measure("kept"), measure("moved", "tax"))
    given = a_list(
        since("2000-01-01", "2001-12-31", measures=both),
        since("2002-01-01", "2003-12-31", measures=(measure("kept"),)),
        since("2004-01-01", "2005-12-31", measures=both),
        since("2006-01-01", measures=(measure("kept"), measure("moved", "customs"))),
    )

    kept, moved = sorted(found(given), key=lambda one: one.measure)
    assert (kept.since, kept.law_since, kept.until) == (
        date("2000-01-01"),
        date("2000-01-01"),
        None,
    )
    # Another department: the measure is a new one for it.
    assert (moved.since, moved.law_since) == (date("2006-01-01"), date("2006-01-01"))
    earlier = found(given, on=date("2005-01-01"))
    assert {(one.measure, one.since, one.until) for one in earlier} == {
        ("kept", date("2000-01-01"), None),
        ("moved", date("2004-01-01"), date("2005-12-31")),
    }


def test_since_when_by_this_law_is_told_apart() -> None:
    old, new = (measure("a", law=statuses.law(f"GEN-2000 art {n}")) for n in (8, 9))
    given = a_list(
        since("2000-01-01", "2001-12-31", measures=(new,)),
        since("2002-01-01", "2003-12-31", measures=(old,)),
        since("2004-01-01", "2005-12-31", measures=(new,)),
        since("2006-01-01", measures=(new,)),
    )

    (entry,) = found(given)
    assert (entry.since, entry.law_since) == (date("2000-01-01"), date("2004-01-01"))


def test_a_day_without_a_version_breaks_the_run() -> None:
    given = a_list(
        since("2000-01-01", "2001-12-31", measures=(measure("a"),)),
        since("2002-01-02", measures=(measure("a"),)),
    )

    (entry,) = found(given)
    assert entry.since == date("2002-01-02")


def test_law_and_doubt_of_the_measure_come_before_those_of_the_version() -> None:
    doubt, own = Label("read in news", "见于新闻"), Label("from memory", "凭记忆")
    measures = (measure("a"), measure("b", law=statuses.law("GEN-2000 art 9"), unverified=own))

    one, two = found(a_list(since("2000-01-01", measures=measures, unverified=doubt)))

    assert (one.law, one.unverified) == (statuses.law(), doubt)
    assert (two.law, two.unverified) == (statuses.law("GEN-2000 art 9"), own)


@pytest.mark.parametrize(
    ("form", "source"),
    [
        (ListForm.REGISTER, Source.LIST),
        (ListForm.DISPLAY, Source.DISPLAY),
        (ListForm.BAN, Source.BAN),
        (ListForm.SCHEME, Source.SCHEME),
    ],
)
def test_what_is_no_register_says_so(form: ListForm, source: Source) -> None:
    (entry,) = found(replace(a_list(since("2000-01-01", measures=(measure("a"),))), form=form))

    assert (entry.source, entry.of, entry.lists) == (source, "black", ("black",))


# --- benefits -------------------------------------------------------------------------------------


def benefit(**parts: small.Written) -> Status:
    version = statuses.version(**parts)
    return statuses.status(StatusKind.BENEFIT, "green", "application", "applied", version)


def test_a_benefit_is_told_with_the_lists_that_bar_or_end_it() -> None:
    lost = Ending(EndingKind.LOST, statuses.law(), statuses.holds("grey"))
    barred = statuses.both(statuses.holds("black"), statuses.fact("application", "late"))
    given = benefit(
        exclusions=(barred,), endings=(lost,), measures=(measure("a"), measure("b", "customs"))
    )
    lists = [a_list(since("2000-01-01"), name=name) for name in ("black", "white", "grey")]

    (entry,) = found(*lists, given)

    assert (entry.department, entry.source, entry.of) == ("customs", Source.BENEFIT, "green")
    assert entry.lists == ("black", "grey")


def test_any_list_means_every_register_and_no_negation_is_asked() -> None:
    shown = replace(a_list(since("2000-01-01"), name="shown"), form=ListForm.DISPLAY)
    given = benefit(exclusions=(statuses.holds(""),), authority="tax")

    (entry,) = found(a_list(since("2000-01-01")), shown, given)
    assert (entry.department, entry.lists) == ("tax", ("black",))
    assert found(shown, given) == ()
    not_listed = benefit(exclusions=(statuses.negated(statuses.holds("black")),))
    assert found(a_list(since("2000-01-01")), not_listed) == ()


def test_the_shipped_green_channel_is_barred_by_lists_and_no_display() -> None:
    book = small.shipped()
    lists = {
        name
        for one in catalogue(book, date("2022-01-01")).entries
        if one.of == "SC.green_channel"
        for name in one.lists
    }
    assert "EC.blacklist" in lists
    assert "SAMR.display_one_year" not in lists


# --- rules and the shipped law --------------------------------------------------------------------


def test_an_entry_in_the_credit_file_goes_with_a_rule() -> None:
    book = small.shipped()
    entries = catalogue(book, date("2026-02-01")).entries
    files = {
        one.of: (one.department, one.since, one.law_since)
        for one in entries
        if one.measure == MeasureKind.RECORD.value
    }
    assert files["AUCL.credit_record"] == (
        "market_supervision",
        date("2018-01-01"),
        date("2025-10-15"),
    )
    assert files["CSL.credit_file"] == ("", date("2019-01-01"), date("2026-01-01"))
    assert set(departments(book)) == {
        "market_supervision",
        "commerce",
        "customs",
        "development_and_reform",
        "ecommerce_platforms",
    }


GROUNDS = {
    "SAMR.serious_violations": ("serious_violations_ground", ""),
    "SAMR.abnormal_operation": ("abnormal_ground", "abnormal_operation"),
    "SAMR.seriously_unlawful_enterprises": (
        "seriously_unlawful_ground",
        "seriously_unlawful_enterprises",
    ),
    "MOFCOM.joint_punishment": ("commerce_joint_ground", "commerce_joint_punishment"),
    "MOFCOM.key_attention": ("commerce_attention_ground", "commerce_key_attention"),
    "EC.blacklist": ("ecommerce_black_ground", "ecommerce_blacklist"),
    "EC.key_attention": ("ecommerce_attention_ground", "ecommerce_key_attention"),
    "GACC.dishonest": ("customs_dishonest_ground", "customs_dishonest"),
    "GACC.seriously_dishonest": ("customs_seriously_ground", "customs_seriously_dishonest"),
}
"""The ground that rests on each list, and how a listing decision names the list."""

GENERAL = {"joint_punishment_of_departments", "joint_restraint"}
"""Measures that lead to what other lists name, and allow nothing by themselves."""


def _states(case: dict[str, Any], taken: list[dict[str, str]]) -> list[StatusState]:
    """Return what became of the duty to rest on law, for each measure that was taken."""
    shipped = small.shipped()
    book = replace(shipped, statuses={"CREDIT.basis": shipped.statuses["CREDIT.basis"]})
    on = case.pop("decided_on")
    party = {**case, "restraints": taken}
    facts = small.case(book, {"ended_on": "2020-01-01"}, party=party, decided_on=on)
    prepared = prepare(facts, book)
    assert prepared.diagnostics == ()
    register = Register(book, facts.root, prepared.entries, TermCounter(small.shipped_days()))
    chain = {ROOT: facts.root, PARTY: facts.root.children[PARTY][0]}
    found = {one.instance.path: one.states for one in register.findings(chain)}
    settled = [found[f"respondents[1].restraints[{n}]"] for n in range(1, len(taken) + 1)]
    assert all(len(states) == 1 for states in settled)
    return [state for states in settled for state in states]


def catalogue_has(entries: list[CatalogueEntry], name: str) -> bool:
    return any(one.of == name for one in entries)


@pytest.mark.parametrize("name", GROUNDS)
@pytest.mark.parametrize(
    "day", ["2021-12-20", "2024-04-30", "2024-05-12", "2025-06-01", "2026-11-01"]
)
def test_a_measure_rests_on_law_just_where_the_catalogue_has_it(name: str, day: str) -> None:
    book = small.shipped()
    on = date(day)
    choices = book.vocabulary.choices
    kinds = [one.name for one in choices["restraint.kind"].members]
    bodies = [one.name for one in choices["restraint.department"].members]
    ground, which = GROUNDS[name]
    entries = [one for one in catalogue(book, on).entries if name in one.lists]
    listed = str(small.later(on, -10))
    case = {
        "decided_on": str(small.later(on, 10)),
        "penalties": [{"decided_on": listed, "listing_decided_on": listed, "repair_granted": False}]
        if not which
        else [],
        "listings": [
            {
                "which_list": which,
                "decided_on": listed,
                "removal_granted": False,
                "ground_again": False,
            }
        ]
        if which
        else [],
    }
    taken = [
        {"kind": kind, "department": body, "taken_on": day, "ground": ground}
        for kind in kinds
        for body in bodies
    ]
    states = _states(case, taken)

    allowed = {
        (one.measure, body)
        for one in entries
        if one.source is Source.LIST and one.measure not in GENERAL
        for body in bodies
        if body == one.department or (not one.department and body != "ecommerce_platforms")
    }
    if any(one.source is Source.BENEFIT for one in entries):
        allowed |= {("incentive_refused", body) for body in bodies if body != "ecommerce_platforms"}
    if name == "SAMR.seriously_unlawful_enterprises" and not catalogue_has(entries, name):
        # The list takes no new entries since 2024-05-01; those it has keep their measures.
        old = ("limited_in_public_contracts", "no_office_elsewhere")
        allowed |= {(k, b) for k in old for b in bodies if b != "ecommerce_platforms"}
    resting = {
        (one["kind"], one["department"])
        for one, state in zip(taken, states, strict=True)
        if state is StatusState.DISCHARGED
    }
    assert resting == allowed
    assert set(states) <= {StatusState.DISCHARGED, StatusState.BREACHED}


def test_every_measure_of_a_list_is_a_kind_that_a_file_can_name() -> None:
    book = small.shipped()
    kinds = {one.name for one in book.vocabulary.choices["restraint.kind"].members}
    carried = {
        measure.name
        for name in GROUNDS
        for version in book.statuses[name].versions
        for measure in version.measures
    }
    assert carried - kinds == GENERAL
    assert kinds - carried == {"incentive_refused", "another_measure"}
