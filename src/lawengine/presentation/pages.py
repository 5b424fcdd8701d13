"""`page`: an analysis as a page in the words of one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lawengine.base.label import Language
from lawengine.presentation.beside import (
    Sweeping,
    behaviour_section,
    bootstrap_section,
    published_section,
)
from lawengine.presentation.counting import Counting
from lawengine.presentation.deterring import Deterring
from lawengine.presentation.document import Material, Page, Section
from lawengine.presentation.front import Front
from lawengine.presentation.grounds import Grounds
from lawengine.presentation.standing import standings_section
from lawengine.presentation.teller import Teller


def page(material: Material, language: Language) -> Page:
    """Return the page of an analysis."""
    t = Teller(material.analysis, language)
    front = Front(t, material)
    analysis = material.analysis
    beside = analysis.sweep is not None or any(side.reforms for side in analysis.sides)
    hypothesis = len(analysis.sides) > 1 or beside
    reasons = [
        f"{t.text(one.title) or one.name}{t.colon}{t.text(one.because)}"
        for side in analysis.sides
        for one in side.reforms
        if one.because
    ]
    hero = front.hero()
    # What page one shows is not shown again.
    sections = tuple(
        replace(one, blocks=tuple(block for block in one.blocks if block != hero))
        for one in _sections(t, material)
    )
    return Page(
        question=front.question(),
        of=t.say("page_of"),
        alarm=t.say("alarm") if hypothesis else "",
        alarm_note=t.join(dict.fromkeys(reasons)),
        answer=front.answer(),
        hero=hero,
        caveats=tuple(front.caveats()),
        sections=sections,
        produced=t.say("produced", version=material.version),
    )


def _sections(t: Teller, material: Material) -> Iterator[Section]:
    analysis = material.analysis
    if analysis.sweep is not None:
        yield from Sweeping(t, analysis.sweep).sections()
    for counted in analysis.counts:
        yield from Counting(t, counted).sections()
    if analysis.standings:
        yield standings_section(t, analysis.standings)
    if analysis.deterrence is not None:
        yield from Deterring(t, analysis.deterrence).sections()
    if analysis.bootstrap is not None:
        yield bootstrap_section(t, analysis.bootstrap)
    if analysis.behaviour is not None:
        yield behaviour_section(t, analysis.behaviour)
    if analysis.published:
        yield published_section(t, analysis.published)
    yield from Grounds(t, material).sections()
