"""The section on deterrence: sanction against gain, by version of the law and over a table."""

from __future__ import annotations

from collections.abc import Iterator

from lawengine.analysis.result import (
    Bounds,
    CaseDeterrence,
    Deterrence,
    SideDeterrence,
    Threshold,
    VersionDeterrence,
)
from lawengine.presentation.counting import alt
from lawengine.presentation.document import Block, Cell, Prose, Section
from lawengine.presentation.numbers import count, percent, short, yuan
from lawengine.presentation.plots import Mark, Plot, Row
from lawengine.presentation.teller import Teller


class Deterring:
    """Tells what deterrence is left."""

    def __init__(self, teller: Teller, deterrence: Deterrence) -> None:
        self.tell, self.deterrence = teller, deterrence

    def sections(self) -> Iterator[Section]:
        """Yield the section."""
        t = self.tell
        blocks: list[Block] = [Prose((("", t.say("deterrence_text")),))]
        for number, (case, parties) in enumerate(self.alike()):
            blocks += self._case(number, case, parties)
        if self.deterrence.sides:
            blocks += self._sides(self.deterrence.sides)
        model = tuple(("", t.sentence(t.text(text))) for text in self.deterrence.model)
        blocks += [Prose((("", t.say("model")),)), Prose(model, listed=True)]
        yield Section("deterrence", t.say("section_deterrence"), tuple(blocks))

    def alike(self) -> list[tuple[CaseDeterrence, tuple[str, ...]]]:
        """Return the parties of cases; those that fare alike are told once."""
        found: dict[object, tuple[CaseDeterrence, list[str]]] = {}
        for case in self.deterrence.cases:
            found.setdefault((case.case, case.versions), (case, []))[1].append(case.party)
        return [(case, tuple(parties)) for case, parties in found.values()]

    def hero(self) -> Plot | None:
        """Return the plot of the first case, where its gain is known."""
        for number, (case, parties) in enumerate(self.alike()):
            plot = self._plot(number, case, parties)
            if plot is not None:
                return plot
        return None

    # --- cases ---

    def version(self, one: VersionDeterrence) -> str:
        """Return how a version is called: by its days, or as that of the case."""
        t = self.tell
        if one.applied:
            return t.say("of_the_case")
        if not one.since:
            return t.text(one.title)
        key = "from_to" if one.until else "from_day"
        return t.say(key, start=one.since, end=one.until)

    def _title(self, case: CaseDeterrence, parties: tuple[str, ...]) -> str:
        return f"{self.tell.text(case.title)} · {self.tell.listing(parties)}"

    def _plot(self, number: int, case: CaseDeterrence, parties: tuple[str, ...]) -> Plot | None:
        t = self.tell
        many = len(case.versions[0].thresholds) if case.versions else 0
        rows = []
        for one in case.versions:
            marks = tuple(
                Mark(place, threshold.p_star, self.p_star(threshold.p_star))
                for place, threshold in enumerate(one.thresholds)
                if threshold.p_star is not None
            )
            if marks:
                rows.append(Row(self.version(one), marks))
        if not rows:
            return None
        gains = tuple(
            t.say("gain_of", gain=short(one.gain or 0, t.language))
            for one in case.versions[0].thresholds[:many]
        )
        return Plot(
            f"p-star-{number + 1}", t.say("p_star_title", case=self._title(case, parties)),
            alt(t, tuple(rows), gains), "bars", "share", t.say("axis_p_star"), gains, tuple(rows),
            most=1.0,
        )  # fmt: skip

    def p_star(self, bounds: Bounds) -> str:
        """Return in words from which probability on a violation does not pay."""
        t = self.tell
        never = bounds.high is None or bounds.high > 1
        if bounds.low > 1:
            return t.say("p_star_over")
        low = percent(bounds.low)
        if never:
            return t.say("low_to_high", low=low, high=t.say("p_star_over"))
        assert bounds.high is not None  # noqa: S101 - `never` else
        return (
            low
            if bounds.high == bounds.low
            else t.say("low_to_high", low=low, high=percent(bounds.high))
        )

    def _case(self, number: int, case: CaseDeterrence, parties: tuple[str, ...]) -> Iterator[Block]:
        t = self.tell
        plot = self._plot(number, case, parties)
        title = self._title(case, parties)
        if plot is not None:
            yield plot
        else:
            yield Prose(((title, t.say("gain_unknown")),))
        at = [one.probability for one in case.versions[0].pays] if case.versions else []
        head = (
            "", t.say("law"), t.say("fine_low"), t.say("fine_high"), t.say("taken"),
            *(self._p_star_head(one) for one in (case.versions[0].thresholds if at else ())),
            *(t.say("pays_above", p=percent(p)) for p in at),
        )  # fmt: skip
        cells = [self._version_cells(one) for one in case.versions]
        notes = [
            f"{self.version(one)}{t.colon}{t.text(one.unverified)}"
            for one in case.versions
            if one.unverified
        ]
        basis = {t.text(x.gain_basis) for one in case.versions for x in one.thresholds if x.gain}
        note = t.join(
            (
                *(one.rstrip(".。") for one in sorted(basis)),
                *(t.say("unverified_note", text=n) for n in notes),
            )
        )
        yield t.table(f"versions-{number + 1}", title, head, cells, note)

    def _p_star_head(self, one: Threshold) -> str:
        t = self.tell
        return t.say("p_star_at", gain=yuan(one.gain)) if one.gain else t.say("p_star")

    def _version_cells(self, one: VersionDeterrence) -> tuple[Cell, ...]:
        t = self.tell
        low = t.words(t.say("may_be_left_out")) if one.may_be_left_out else t.amount(one.fine.low)
        if one.no_floor and not one.may_be_left_out:
            low = t.words(t.say("no_floor"))
        stars = [
            t.words(self.p_star(x.p_star) if x.p_star is not None else t.say("unknown"))
            for x in one.thresholds
        ]
        pays = []
        for at in one.pays:
            if at.gain is None:
                pays.append(t.words(t.say("pays_never")))
            elif at.gain.high is None:
                pays.append(t.words(t.say("at_least_open", low=yuan(at.gain.low))))
            else:
                ends = {"low": yuan(at.gain.low), "high": yuan(at.gain.high)}
                same = at.gain.low == at.gain.high
                pays.append(t.words(ends["low"] if same else t.say("low_to_high", **ends)))
        return (
            t.words(self.version(one)), t.words(t.listing(one.law) or "–"), low,
            t.amount(one.fine.high), t.words(t.say(f"taken_{one.confiscated}")), *stars, *pays,
        )  # fmt: skip

    # --- tables ---

    def _sides(self, sides: tuple[SideDeterrence, ...]) -> Iterator[Block]:
        t = self.tell
        known = t.same(count(one.known) for one in sides)
        without = t.same(count(one.without_gain) for one in sides)
        yield Prose((("", t.say("deterrence_known", known=known, without=without)),))
        rows = tuple(
            t.row(
                t.say("at_probability", p=percent(at.probability)),
                [one.pays[place].cases for one in sides],
                "cases",
            )
            for place, at in enumerate(sides[0].pays)
        )
        rows = tuple(row for row in rows if row.marks)
        if rows:
            yield Plot(
                "pays", t.say("pays_title"), alt(t, rows, t.sides), "bars", "cases",
                t.say("axis_pays"), t.sides, rows,
            )  # fmt: skip
        cells: list[tuple[Cell, ...]] = []
        for place, at in enumerate(sides[0].pays):
            words = t.say("at_probability", p=percent(at.probability))
            bounds = [one.pays[place].cases for one in sides]
            cells.append((t.words(words), *t.ends(bounds, t.counted)))
        cells.append((t.words(t.say("never")), *t.ends([one.never for one in sides], t.counted)))
        yield t.table("pays", t.say("pays_title"), t.head(), cells)
        stars = []
        for place, quantile in enumerate(sides[0].p_star):
            words = t.say("quantile", p=percent(quantile.share))
            bounds = [one.p_star[place].amount if one.p_star else None for one in sides]
            stars.append((t.words(words), *t.ends(bounds, t.share)))
        if stars:
            yield t.table("p-star", t.say("p_star_spread"), t.head(), stars, folded=True)
