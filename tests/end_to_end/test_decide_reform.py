"""`lawengine decide CASE --reform`: every format holds the comparison and the decisions."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lawengine_cli.app import app

ROOT = Path(__file__).parents[2]
CASE, REFORM = "casebook/henan-brushing-2016.yaml", "docs/reforms/floor-restored.law"
WORDS = {
    "en": {
        "changes": "What the reform changes for this case",
        "proposal": "a proposal, not the law in force",
        "reasons": "Reasons",
        "law": "Law cited",
        "before": "Lawful fine: up to 1,000,000 yuan, no floor",
        "after": "Lawful fine: 200,000 yuan to 1,000,000 yuan",
        "sides": "under the reform|law in force",
    },
    "zh": {
        "changes": "修正草案对本案的影响",
        "proposal": "该草案系提案，并非现行有效的法律",
        "reasons": "理由",
        "law": "所引法律",
        "before": "法定罚款幅度：100万元以下，无下限",
        "after": "法定罚款幅度：20万元以上100万元以下",
        "sides": "按修正草案|现行法律",
    },
}


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("LAWENGINE_LANG", raising=False)


def run(*arguments: str) -> Result:
    more = ("--reform", REFORM, "--law-of", "2027-06-01")
    return CliRunner().invoke(app, ["decide", CASE, *more, *arguments], prog_name="lawengine")


class Reader(HTMLParser):
    """Reads the words of a page, and whether its elements are closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_markdown_holds_the_comparison_and_both_decisions(language: str) -> None:
    words = WORDS[language]
    page = run("--format", "md", "--lang", language).stdout
    colon = {"en": ": ", "zh": "："}[language]
    parts = re.split(r"^# ", page, flags=re.MULTILINE)[1:]

    assert len(parts) == 3
    comparison, after, before = parts
    assert words["changes"] in comparison
    assert [part.splitlines()[0].rpartition(colon)[2] for part in (after, before)] == words[
        "sides"
    ].split("|")
    assert f" {words['after']}" in after
    assert f" {words['before']}" in before
    assert f" {words['before']}" not in after
    assert words["proposal"] in after
    for part in (after, before):
        # both agencies, with reasons and the law cited
        assert part.count(f"### {words['reasons']}") == 2
        assert f"## {words['law']}" in part


@pytest.mark.parametrize("language", ["en", "zh"])
def test_html_holds_the_comparison_and_both_decisions(language: str) -> None:
    words = WORDS[language]
    page = run("--format", "html", "--lang", language).stdout
    found = Reader(page)
    text = " ".join(" ".join(found.words).split())

    assert (found.open, found.crossed) == ([], [])
    assert len(set(re.findall(r'id="([^"]+)"', page))) == page.count(' id="')
    assert words["changes"] in text
    after, before = (page.index(f'id="{side}"') for side in ("after", "before"))
    fines = {side: re.split(": |：", words[side])[1] for side in ("after", "before")}
    assert fines["after"] in page[after:before]
    assert fines["before"] not in page[after:before]
    assert fines["before"] in page[before:]
    assert page[after:].count(words["law"]) == 2
    assert page.count("<details open>") == 2  # the reasons of one agency, under either law
    assert page.count(f"<h3>{words['reasons']}</h3>") == 2  # those of the other are the same
    assert text.count(words["proposal"]) >= 2


def test_markdown_and_html_say_what_the_data_say() -> None:
    data = json.loads(run("--format", "json").stdout)
    page = run("--format", "md").stdout
    for side in ("before", "after"):
        for party in data[side]["respondents"]:
            for act in party["acts"]:
                lows = {branch["fine"]["low_fen"] for branch in act["branches"]}
                assert lows == {None if side == "before" else 20_000_000, 100_000_000}
    assert page.count("### (1) Lawful fine: 200,000 yuan to 1,000,000 yuan") == 2
    assert page.count("### (1) Lawful fine: up to 1,000,000 yuan, no floor") == 2


@pytest.mark.parametrize("format_", ["md", "html"])
def test_all_that_was_weighed_is_told_on_demand(format_: str) -> None:
    assert len(run("--format", format_, "--why").stdout) > len(run("--format", format_).stdout)
