"""Both pages for newcomers say the same: commands, links, figures of exit codes."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENGLISH, CHINESE = (
    (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md")
)
BLOCK = re.compile(r"^```.*?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")


def commands(page: str) -> list[list[str]]:
    """Return the lines of each block, without what is said of them."""
    return [
        [re.sub(r"\s+# .*", "", line) for line in block.splitlines()]
        for block in BLOCK.findall(page)
    ]


def prose(page: str) -> str:
    return BLOCK.sub("", page)


def test_both_pages_hold_the_same_commands() -> None:
    assert len(commands(ENGLISH)) > 5
    assert commands(CHINESE) == commands(ENGLISH)


def test_both_pages_have_the_same_parts_and_links() -> None:
    for pattern in (r"^#+ ", r"^- ", r"^\| "):
        parts = [len(re.findall(pattern, page, re.MULTILINE)) for page in (ENGLISH, CHINESE)]
        assert parts[0] == parts[1], pattern
    assert set(LINK.findall(ENGLISH)) - {"README.zh.md"} == set(LINK.findall(CHINESE)) - {
        "README.md"
    }


def test_the_chinese_page_names_everything_that_the_english_one_does() -> None:
    named = [set(CODE.findall(prose(page))) for page in (ENGLISH, CHINESE)]

    assert named[0] - named[1] == set()
