"""What a reader gets of a small fixed analysis, word for word: page one, a table, a plot."""

import re
from collections.abc import Iterator

import pytest
from syrupy.assertion import SnapshotAssertion

from lawengine.base.label import LANGUAGES, Language
from lawengine.presentation.document import Page, Prose, Table
from lawengine.presentation.drawing import NARROW, draw
from lawengine.presentation.pages import page
from lawengine.presentation.plots import Plot
from lawengine.presentation.rendering import as_svg
from tests.presenting import material


def lines(told: Page) -> Iterator[str]:
    yield from (told.question, told.alarm, *told.answer, *(f"- {one}" for one in told.caveats))
    for section in told.sections:
        yield f"\n# {section.heading}"
        for block in section.blocks:
            match block:
                case Prose():
                    yield from (": ".join(filter(None, point)) for point in block.points)
                case Table():
                    yield f"[{block.title}] {' | '.join(block.head)}"
                    yield from (" | ".join(cell.text for cell in row) for row in block.rows)
                    yield block.note
                case Plot():
                    yield f"<{block.title}> {block.alt}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_word_for_word(language: Language, snapshot: SnapshotAssertion) -> None:
    text = "\n".join(lines(page(material(), language)))
    assert re.sub(r"[0-9a-f]{64}", "HASH", text) == snapshot


def test_a_plot_sign_for_sign(snapshot: SnapshotAssertion) -> None:
    hero = page(material(), "zh").hero
    assert hero is not None
    assert as_svg(draw(hero, NARROW, "zh"), "zh") == snapshot
