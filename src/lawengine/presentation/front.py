"""Page one: a question, its answer in sentences made from the figures, and what to mind."""

from __future__ import annotations

from collections.abc import Iterator

from lawengine.analysis.result import Bounds, Change, Count, Deterrence, Sweep
from lawengine.presentation.beside import Sweeping
from lawengine.presentation.counting import Counting
from lawengine.presentation.deterring import Deterring
from lawengine.presentation.document import Material
from lawengine.presentation.numbers import between, count, percent, short
from lawengine.presentation.plots import Plot
from lawengine.presentation.teller import Teller, letter

_ASKED_AT = 0.1
"""The probability of being caught at which page one tells whether a violation pays."""


class Front:
    """Tells page one."""

    def __init__(self, teller: Teller, material: Material) -> None:
        self.tell, self.material = teller, material
        self.analysis = material.analysis

    def question(self) -> str:
        """Return the one question."""
        t, analysis = self.tell, self.analysis
        rows = count(analysis.data.rows)
        if analysis.sweep is not None:
            figures = t.say("and").join(t.text(one.label) for one in analysis.sweep.axes)
            return t.say("question_sweep", figures=figures, cases=rows)
        if not analysis.counts:
            cases = analysis.deterrence.cases if analysis.deterrence else ()
            named = dict.fromkeys(t.text(one.title) or one.case for one in cases)
            return t.say("question_deterrence", case=t.listing(named))
        if t.many == 1:
            return t.say("question_law", cases=rows)
        reformed = [side for side in analysis.sides if side.reforms]
        key = "question_reform" if reformed else "question_versions"
        titles = [t.say("quoted", text=title) for title in t.sides[1:]]
        if len(titles) > 1:
            titles = [f"{letter(n)} {title}" for n, title in enumerate(titles, 1)]
        quoted = t.say("or").join(titles)
        return t.say(key, titles=quoted, cases=rows)

    def answer(self) -> tuple[str, ...]:
        """Return the answer, in three sentences."""
        analysis = self.analysis
        if analysis.sweep is not None:
            return tuple(self._of_sweep(analysis.sweep))
        if analysis.counts:
            found = tuple(self._of_count(analysis.counts[-1]))
            return found[:3]
        return tuple(self._of_cases(analysis.deterrence)) if analysis.deterrence else ()

    def hero(self) -> Plot | None:
        """Return the one plot."""
        analysis = self.analysis
        if analysis.sweep is not None:
            return Sweeping(self.tell, analysis.sweep).hero()
        if analysis.counts:
            return Counting(self.tell, analysis.counts[-1]).hero()
        return Deterring(self.tell, analysis.deterrence).hero() if analysis.deterrence else None

    def caveats(self) -> Iterator[str]:
        """Yield what to mind, the gravest first."""
        t, analysis = self.tell, self.analysis
        yield t.say("caveat_bounds")
        data = analysis.data
        if self.material.drawn_from:
            yield t.say("caveat_drawn")
        elif data.rows:
            yield t.say("caveat_table", name=data.name)
        if self.material.unverified:
            yield t.say("caveat_unverified", rules=count(len(self.material.unverified)))
        if data.missing:
            yield t.say("caveat_missing", facts=count(len(data.missing)))
        if any(side.reforms for side in analysis.sides[1:]) and analysis.behaviour is None:
            yield t.say("caveat_same_cases")
        for one in analysis.assumptions:
            if one.name in ("law_of", "as_if_always", "elasticity") and one.on:
                yield t.sentence(t.text(one.text))
        if analysis.deterrence is not None:
            yield t.say("caveat_deterrence")

    # --- a table ---

    def _of_count(self, counted: Count) -> Iterator[str]:
        t, whole = self.tell, counted.whole
        weighed = t.say("weighed_by", column=counted.weights) if counted.weights else ""
        if not whole.changes:
            figures = whole.figures[0]
            yield t.say(
                "answer_established",
                cases=count(figures.cases),
                number=between(figures.established, "cases", t.language),
                fined=between(figures.fined, "cases", t.language),
                weighed=weighed,
            )
            yield self._mean(counted)
            yield from self._deterred()
            yield t.say(
                "answer_sum",
                text=self._yuan(figures.fine.sum),
                taken=self._yuan(figures.confiscation.sum),
            )
            return
        parts = self._each(whole.changes, self._fares)
        cases = count(whole.figures[0].cases)
        yield t.say("answer_fares", cases=cases, parts=parts, weighed=weighed)
        yield self._mean(counted)
        yield from self._deterred()
        yield t.say("answer_measures", parts=self._each(whole.changes, self._measures))

    def _each(self, changes: tuple[Change, ...], words: object) -> str:
        t = self.tell
        parts = []
        for number, change in enumerate(changes):
            head = f"{letter(number + 1)}{t.colon}" if len(changes) > 1 else ""
            parts.append(f"{head}{words(change)}")  # type: ignore[operator]  # one of the methods below
        return t.join(parts)

    def _fares(self, change: Change) -> str:
        numbers = (change.losers, change.winners, change.unchanged, change.undecided)
        names = ("losers", "winners", "same", "open")
        return self.tell.say("part_fares", **dict(zip(names, map(count, numbers), strict=True)))

    def _measures(self, change: Change) -> str:
        t = self.tell
        gained = sum(one.gained + one.stricter for one in change.measures)
        lost = sum(one.lost + one.milder for one in change.measures)
        if not (gained or lost or change.newly_fined or change.no_longer_fined):
            return t.say("part_measures_none")
        return t.say(
            "part_measures", gained=count(gained), lost=count(lost),
            newly=count(change.newly_fined), no_longer=count(change.no_longer_fined),
        )  # fmt: skip

    def _yuan(self, bounds: Bounds) -> str:
        return between(bounds, "yuan", self.tell.language)

    def _mean(self, counted: Count) -> str:
        t = self.tell
        means = [one.fine.mean for one in counted.whole.figures]
        if len(means) == 1:
            return t.say("answer_mean", text=self._yuan(means[0]))
        after = t.join(
            f"{letter(n)}{t.colon}{self._yuan(one)}" if len(means) > 2 else self._yuan(one)  # noqa: PLR2004 - before, after
            for n, one in enumerate(means[1:], 1)
        )
        return t.say("answer_means", before=self._yuan(means[0]), after=after)

    def _deterred(self) -> Iterator[str]:
        t, deterrence = self.tell, self.analysis.deterrence
        if deterrence is None or not deterrence.sides:
            return
        found = []
        for side in deterrence.sides:
            at = next((one for one in side.pays if one.probability == _ASKED_AT), None)
            if at is None or at.cases is None:
                return
            found.append(between(at.cases, "cases", t.language))
        first = deterrence.sides[0]
        names = {"p": percent(_ASKED_AT), "known": count(first.known), "before": found[0]}
        if len(found) == 1:
            yield t.say("answer_pays", **names)
            return
        after = t.join(
            f"{letter(n)}{t.colon}{text}" if len(found) > 2 else text  # noqa: PLR2004 - before, after
            for n, text in enumerate(found[1:], 1)
        )
        yield t.say("answer_pays_after", **names, after=after)

    # --- a sweep ---

    def _of_sweep(self, sweep: Sweep) -> Iterator[str]:
        t, first, last = self.tell, sweep.steps[0], sweep.steps[-1]
        told = Sweeping(t, sweep)
        yield t.say(
            "answer_sweep",
            start=told.name(first), before=self._yuan(first.figures.fine.mean),
            end=told.name(last), after=self._yuan(last.figures.fine.mean),
        )  # fmt: skip
        law = t.join(t.text(one.law_text) or "–" for one in sweep.axes)
        yield t.say("answer_sweep_law", law=law, text=self._yuan(sweep.law.fine.mean))
        parts = {"start": told.name(first), "end": told.name(last)}
        yield t.say(
            "answer_sweep_fares",
            first=self._fares(first.change),
            last=self._fares(last.change),
            **parts,
        )

    # --- a case ---

    def _of_cases(self, deterrence: Deterrence) -> Iterator[str]:
        t, told = self.tell, Deterring(self.tell, deterrence)
        case, parties = told.alike()[0]
        applied = next((one for one in case.versions if one.applied), case.versions[0])
        fine = between(applied.fine, "yuan", t.language)
        name = t.text(case.title) or case.case
        yield t.say("answer_case", case=name, parties=t.listing(parties), fine=fine)
        known = [x for x in applied.thresholds if x.gain is not None and x.p_star is not None]
        if not known:
            yield t.say("gain_unknown")
            return
        one = known[0]
        assert one.p_star is not None  # noqa: S101 - asked above
        gain = short(one.gain or 0, t.language)
        if one.p_star.low > 1:
            yield t.say("answer_p_star_never", gain=gain)
        else:
            yield t.say("answer_p_star", gain=gain, p=told.p_star(one.p_star))
        last = case.versions[-1]
        for after in (x.p_star for x in last.thresholds[:1]):
            if after is not None and last is not applied:
                yield t.say("answer_p_star_last", version=told.version(last), p=told.p_star(after))
