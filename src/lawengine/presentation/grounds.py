"""Sections on what the figures rest on: the law compared, assumptions, gaps, data and hashes."""

from __future__ import annotations

from collections.abc import Iterator

from lawengine.presentation.document import Block, Material, Prose, Section
from lawengine.presentation.numbers import count
from lawengine.presentation.teller import Teller


class Grounds:
    """Tells what stands behind the figures."""

    def __init__(self, teller: Teller, material: Material) -> None:
        self.tell, self.material = teller, material

    def sections(self) -> Iterator[Section]:
        """Yield the sections in the order of the page."""
        t = self.tell
        sheets = self.material.diffs.get(t.language, ())
        if sheets:
            yield Section("law", t.say("section_law"), tuple(sheets))
        yield Section("assumptions", t.say("section_assumptions"), tuple(self._assumptions()))
        yield Section("gaps", t.say("section_gaps"), tuple(self._gaps()))
        yield Section("rules", t.say("section_rules"), tuple(self._rules()))
        yield Section("sources", t.say("section_sources"), tuple(self._sources()))

    def _assumptions(self) -> Iterator[Block]:
        t, analysis = self.tell, self.material.analysis
        points = tuple(
            (t.say("switched_on" if one.on else "switched_off"), t.sentence(t.text(one.text)))
            for one in analysis.assumptions
        )
        yield Prose(points or (("", t.say("no_assumptions")),), listed=True)
        if self.material.drawn_from:
            head = ("", t.say("rests_on"))
            rows = [
                (t.words(t.text(one.about)), t.words(t.text(one.text)))
                for one in self.material.drawn_from
            ]
            yield t.table("population", t.say("population_title"), head, rows, folded=True)

    def _gaps(self) -> Iterator[Block]:
        t, material = self.tell, self.material
        notes = tuple((t.text(one.about), t.text(one.text)) for one in material.unverified)
        yield Prose((("", t.say("unverified_text" if notes else "unverified_none")),))
        if notes:
            yield Prose(notes, listed=True)
        missing = material.analysis.data.missing
        if material.analysis.data.rows:
            yield Prose((("", t.say("missing_text" if missing else "missing_none")),))
        if missing:
            yield Prose(tuple((t.text(name), "") for name in missing), listed=True)

    def _rules(self) -> Iterator[Block]:
        t, sides = self.tell, self.tell.analysis.sides
        labels = {one.rule: one.label for side in sides for one in side.rules}
        if not labels:
            yield Prose((("", t.say("rules_none")),))
            return
        head = ("", t.say("rule"), *(t.lettered if t.many > 1 else (t.say("cases"),)))
        cells = []
        for name, label in labels.items():
            numbers = [{one.rule: one.cases for one in side.rules}.get(name, 0) for side in sides]
            cells.append((t.words(t.text(label) or name), t.words(name), *map(t.number, numbers)))
        yield t.table("rules", t.say("rules_title"), head, cells, t.say("rules_note"))

    def _sources(self) -> Iterator[Block]:
        t, analysis = self.tell, self.material.analysis
        data = analysis.data
        points = [(t.say("file"), data.name), (t.say("hash"), data.hash)]
        if data.rows:
            points.append((t.say("cases"), count(data.rows)))
        if data.weight is not None:
            points.append((t.say("weights_sum"), count(data.weight)))
        for key, days in (("conduct", data.conduct), ("decided", data.decided)):
            if days is not None:
                points.append((t.say(key), t.say("from_to", start=days[0], end=days[1])))
        for title, side in zip(t.lettered, analysis.sides, strict=True):
            points.append((t.say("rulebook", title=title), side.rulebook))
            if side.later or side.rows_alone:
                words = {"later": count(side.later), "alone": count(side.rows_alone)}
                points.append(("", t.say("how_decided", **words)))
        points.append((t.say("made_with"), f"lawengine {self.material.version}"))
        yield Prose(tuple(points), listed=True)
