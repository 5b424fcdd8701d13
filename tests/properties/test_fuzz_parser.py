"""Any text gives a tree or diagnostics, never a crash: a bounded part of the fuzzing campaign."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.campaign import run
from tests.fuzz.mutations import MUTATIONS
from tests.fuzz.targets import TARGETS, Target, parser_promise, rule_seeds


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_spoilt_rule_files_keep_the_promise(seed: int) -> None:
    outcome = run("parser", inputs=800, seed=seed)

    assert outcome.finding == ""
    assert outcome.counts["refused"] > 100
    assert outcome.counts["clean"] > 10


@settings(max_examples=300)
@given(st.text(st.characters(), max_size=200))
def test_any_characters_keep_the_promise(text: str) -> None:
    assert parser_promise(text) in ("clean", "refused", "not formatted")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n" * 1000,
        "\ufeffrule X\n",
        "rule X\r  version from 2018-01-01\r",
        "rule \0\n",
        'rule X "\ud800"\n',
        "define x as " + "(" * 5000,
        "define x as " + "not " * 5000 + "y",
        "define x as " + "y rounded down " * 5000,
        "define x as " + "y" + " rounded down" * 5000,
        "define x as y" + " or y" * 5000 + "\n",
        "define x as y" + " + y" * 5000 + "\n",
        "define x as y is one of a" + ", a" * 5000 + "\n",
        "define x as " + "9" * 100_000 + "\n",
        "define x as 0." + "9" * 100_000 + " yuan\n",
        "rule X\n  version from 2018-01-01\n    law A-1 art " + "9" * 100_000 + "\n",
        "define x as 999999999999999999亿元\n",
        "rule X\n" * 2000,
        "规则 x\nrule y\n",
        "語言 中文\n語言",
        "language zh",
        "语言 中文\n规则 x\n",
        "| * | gives |\n" * 50,
        "x" * 2_000_001,
    ],
    ids=lambda text: ascii(text[:24]),
)
def test_hostile_texts_keep_the_promise(text: str) -> None:
    assert parser_promise(text) in ("clean", "refused")


def test_half_of_every_rule_file_keeps_the_promise() -> None:
    for text in rule_seeds()[::5]:
        assert parser_promise(text[: len(text) // 2]) in ("clean", "refused")


def test_the_same_seed_draws_the_same_texts() -> None:
    assert run("parser", 40, 9).counts == run("parser", 40, 9).counts


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_every_mutation_changes_something(mutation: object) -> None:
    assert callable(mutation)
    rng = random.Random(5)  # noqa: S311 - no secret
    text = "rule X\n  version from 2018-01-01\n"

    assert any(mutation(rng, text, ["规则 Y\n"]) != text for _ in range(20))


def test_a_campaign_reports_what_breaks_a_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(text: str) -> str:
        raise ValueError(text)

    monkeypatch.setitem(TARGETS, "planted", Target(lambda: ["x"], breaks))

    outcome = run("planted", inputs=3, seed=1)

    assert "ValueError" in outcome.finding
    assert "seed 1, text:" in outcome.finding
