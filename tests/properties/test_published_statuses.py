"""What was published on statuses: nothing of it is lost, and what is settled stays settled."""

from __future__ import annotations

import json
from collections.abc import Mapping

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lawengine.base.label import LANGUAGES
from lawengine.base.source import Source
from lawengine.casebook import CaseRun, PublishedKind, StatusVerdict, read_case, run_case
from lawengine_cli.published_words import status_data, status_rows, status_summary
from tests import published

DAYS = ("2009", "2011-03-01", "2011-03", "2011", "2012-04-01", "2016-03-01", "to 2011-03-01")
PERIODS = ("6 months", "1 year", "2 years", "3 years", "5 years")
NAMES = {
    "lists": ("L.black", "名.黑", "Black list"),
    "joint_measures": ("supervised", "公开", "barred", "faster"),
    "benefits": ("L.green", "绿色通道"),
    "repairs": ("L.black", "黑名单"),
}
DETAILS = {
    "lists": {"entered": ("yes", "no"), "day": DAYS, "term": PERIODS},
    "joint_measures": {"department": ("tax", "海关"), "of": ("L.black", "L.green"), "day": DAYS},
    "benefits": {"granted": ("yes", "no"), "day": DAYS, "term": PERIODS},
    "repairs": {"granted": ("yes", "no"), "day": DAYS, "minimum": PERIODS},
}


def item(key: str) -> st.SearchStrategy[dict[str, str]]:
    named = st.one_of(
        st.fixed_dictionaries({"name": st.sampled_from(NAMES[key])}),
        st.fixed_dictionaries({"other": st.sampled_from(["words", "另一名单"])}),
    )
    details = st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(found) for name, found in DETAILS[key].items()}
    )
    return st.tuples(named, details).map(lambda both: {**both[0], **both[1]})


ENTRIES = st.fixed_dictionaries(
    {}, optional={key: st.lists(item(key), min_size=1, max_size=3) for key in NAMES}
).filter(bool)

EITHER = ("yes", "no")
PENALTY = {
    "decided": ("2004-03-01", "2011-03-01", "2014-12-31", "2016-03-01"),
    "heavy": EITHER,
    "paid": EITHER,
    "mended": EITHER,
    "removed_on": ("2011-06-01", "2012-04-01", "2017-01-01", "2019-01-01"),
}
APPLICATION = {"applied": ("2009-01-01", "2011-05-01", "2016-06-01"), "clean": EITHER}


def whole(facts: dict[str, tuple[str, ...]]) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({name: st.sampled_from(found) for name, found in facts.items()})


WHOLE = st.fixed_dictionaries(
    {
        "rich": st.sampled_from(EITHER),
        "penalties": st.lists(whole(PENALTY), max_size=2),
        "applications": st.lists(whole(APPLICATION), max_size=1),
    }
)


def case(party: dict[str, object], entry: dict[str, object]) -> str:
    # A JSON text is a YAML text.
    return json.dumps(
        {
            "case": "a-case",
            "decided_on": "2020-01-01",
            "respondents": [{"name": "shop", "acts": [{"kind": "red"}], **party}],
            "decided": [{"respondent": "shop", **entry}],
        },
        ensure_ascii=False,
    )


def run(party: dict[str, object], entry: dict[str, object]) -> CaseRun | None:
    """Return the case decided; None where its facts exclude each other."""
    read = read_case(Source("case.yaml", case(party, entry)), published.lists())
    # A repair before its entry is refused, which other tests see.
    assume({found.code for found in read.diagnostics} <= {"LAW544"})
    assume(read.case is not None)
    assert read.case is not None
    found = run_case(read.case, published.lists())
    return None if found.decision is None else found


@settings(max_examples=300, deadline=None)
@given(WHOLE, ENTRIES)
def test_no_published_item_is_lost(
    party: dict[str, object], entry: dict[str, list[object]]
) -> None:
    found = run(party, dict(entry))
    assume(found is not None)
    assert found is not None
    wanted = [key for key in NAMES for _ in entry.get(key, ())]
    keys = {
        PublishedKind.LIST: "lists",
        PublishedKind.MEASURE: "joint_measures",
        PublishedKind.BENEFIT: "benefits",
        PublishedKind.REPAIR: "repairs",
    }
    book = published.lists()

    assert [keys[one.published.kind] for one in found.statuses] == wanted
    data = [status_data(one, book) for one in found.statuses]
    assert [one["verdict"] for one in data] == [one.verdict.value for one in found.statuses]
    for language in LANGUAGES:
        rows = status_rows([found], book, language)
        assert len(rows) == len(wanted)
        assert all(row[2] and row[3] for row in rows)
        assert str(len(wanted)) in status_summary([found], language)
    for one in found.statuses:
        assert (one.ground is None) == (one.verdict is StatusVerdict.AGREES)
        assert bool(one.needs) <= (one.verdict is StatusVerdict.OPEN)
        assert (not one.published.name) == (one.verdict is StatusVerdict.NOT_KNOWN)


@settings(max_examples=600, deadline=None)
@given(WHOLE, ENTRIES, st.data())
def test_what_is_settled_survives_whatever_becomes_known(
    party: dict[str, object], entry: dict[str, object], data: st.DataObject
) -> None:
    def less(facts: Mapping[str, object]) -> dict[str, object]:
        return {
            name: [less(one) for one in value] if isinstance(value, list) else value
            for name, value in facts.items()
            if data.draw(st.booleans(), name)
        }

    partly, fully = run(less(party), entry), run(party, entry)
    assume(partly is not None and fully is not None)
    assert partly is not None
    assert fully is not None
    for before, after in zip(partly.statuses, fully.statuses, strict=True):
        if before.verdict is not StatusVerdict.OPEN:
            assert after.verdict is before.verdict, (before.published, before.ground, after.ground)
