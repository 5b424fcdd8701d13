"""Whatever a case file holds, its reader answers: with a case, or with what is wrong."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawengine.casebook import read_case
from tests.fuzz.cases import case_promise, case_seeds, small_rulebook
from tests.fuzz.mutations import spoil

SEEDS = case_seeds()
KEYS = st.sampled_from(
    [
        "case",
        "title",
        "decided_on",
        "respondents",
        "name",
        "nature",
        "acts",
        "kind",
        "ended_on",
        "serious",
        "gain",
        "shops",
        "share",
        "delay",
        "no_fault",
        "orders",
        "amount",
        "fake",
        "decided",
        "fine",
        "respondent",
        "act",
        "sources",
        "evidence",
        "expect_open",
        "value",
        "from",
        "to",
        "at_least",
        "at_most",
        "one_of",
        "unknown",
        "because",
        "当事人",
        "行为",
        "种类",
        "案号",
        "罚款",
        "lists",
        "joint_measures",
        "benefits",
        "repairs",
        "other",
        "day",
        "until",
        "term",
        "minimum",
        "entered",
        "department",
        "信用修复",
    ]
)
WORDS = st.one_of(
    st.sampled_from(
        [
            "a-case",
            "agency",
            "2016",
            "2016-02-30",
            "19万元",
            "190000",
            "yes",
            "no",
            "unknown",
            "none",
            "是",
            "legal_person",
            "5%",
            "full",
            "respondents[1].acts[1].gain",
            "order_to_stop",
            "L.black",
        ]
    ),
    st.text(max_size=8),
)
BLOCKS = st.recursive(
    WORDS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=6)),
    max_leaves=20,
)


@settings(max_examples=1500)
@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    assert case_promise(text)


@settings(max_examples=1500)
@given(st.integers(0, 2**32))
def test_any_spoilt_case_is_answered(seed: int) -> None:
    # Not for secrets: the seed draws the text again.
    assert case_promise(spoil(random.Random(seed), SEEDS))  # noqa: S311 - cases of a test, no secrets


@settings(max_examples=1500)
@given(st.dictionaries(KEYS, BLOCKS, max_size=8))
def test_any_tree_of_known_keys_is_answered(tree: dict[str, object]) -> None:
    # A JSON text is a YAML text.
    assert case_promise(json.dumps(tree, ensure_ascii=False))


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_any_bytes_are_answered(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(data)
    read = read_case(path, small_rulebook())
    assert read.case is None
    assert read.diagnostics
