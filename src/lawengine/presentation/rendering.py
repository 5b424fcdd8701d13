"""A page as HTML that needs nothing but itself, a plot as SVG."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from lawengine.base.label import Language
from lawengine.presentation.document import Block, Page, Prose, Table
from lawengine.presentation.drawing import NARROW, WIDE, draw
from lawengine.presentation.leaves import Leaf, literal
from lawengine.presentation.plots import Plot
from lawengine.presentation.scene import FONTS, Scene
from lawengine.presentation.wording import say
from lawengine.reports.rendering import render_template
from lawengine.reports.sheets import Sheet

_NO_SIGNS = re.compile(
    "[\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
"""What Unicode keeps free of signs for good, and XML refuses."""
MOST_LEAVES = 20_000
"""Figures that a page lists one by one; the files beside it hold them all."""


def as_html(
    page: Page, language: Language, leaves: Sequence[Leaf], other: str, files: Sequence[str]
) -> str:
    """Return the page; `other` is the file of the page in the other language."""
    left = len(leaves) - MOST_LEAVES
    text = render_template(
        "analysis.html.jinja", language,
        doc=page,
        p=partial(say, language=language),
        fonts=FONTS,
        hero=None if page.hero is None else _drawn(page.hero, language, "first-"),
        blocks=[[_kind(one, language) for one in section.blocks] for section in page.sections],
        leaves=[(leaf.path, literal(leaf.value)) for leaf in leaves[:MOST_LEAVES]],
        left=say("all_left", language, left=f"{left:,}") if left > 0 else "",
        other_file=other,
        files=files,
    )  # fmt: skip
    return valid(text)


def as_svg(scene: Scene, language: Language) -> str:
    """Return a drawn plot as a file of its own."""
    return valid(render_template("plot.svg.jinja", language, scene=scene, fonts=FONTS).lstrip())


def valid(text: str) -> str:
    """Return the text without what no document of this kind may hold: signs that are none."""
    return _NO_SIGNS.sub("\ufffd", text)


def _drawn(plot: Plot, language: Language, prefix: str = "") -> dict[str, object]:

    named = replace(plot, name=f"{prefix}{plot.name}")
    return {
        "plot": named,
        "wide": draw(named, WIDE, language),
        "narrow": draw(named, NARROW, language),
    }


def _kind(block: Block, language: Language) -> tuple[str, object]:
    match block:
        case Plot():
            return "plot", _drawn(block, language)
        case Table():
            return "table", block
        case Sheet():
            return "sheet", block
        case Prose():
            return "prose", block
