"""Generated source holds nothing that a rulebook says, and computes exactly."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from fractions import Fraction

import pytest

from lawengine.base.calendar import Period, Rounding, Unit
from lawengine.compiled import runtime
from lawengine.compiled.engine import Engine
from lawengine.compiled.source import Source
from lawengine.model.expressions import Operation
from tests import small
from tests.agreement.drawing import Drawer
from tests.agreement.lives import LifeDrawer

WORD = re.compile(r"[^\W\d]\w*")
OURS = {
    "act", "and", "append", "bool", "both", "case", "day", "days", "effects", "elif", "else",
    "ended", "ends", "held", "last", "levels", "on", "seen", "start", "total",
    "established", "False", "fine", "for", "get", "high", "hits", "if", "in", "is", "lambda",
    "len", "low", "max", "may",
    "met", "min", "None", "not", "or", "others", "part", "party", "place", "return",
    "shape", "simple", "slots", "sum", "True", "try", "except", "KeyError", "x", "any", "all",
}  # fmt: skip
"""Every word of the generated source that is no made-up name."""
MADE = re.compile(r"[a-z]\d+")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    whole = Source.function

    def function(self: Source, head: str) -> Callable[..., object]:
        found.append("\n".join(self.lines))
        return whole(self, head)

    monkeypatch.setattr(Source, "function", function)
    return found


def foreign(text: str) -> set[str]:
    return {word for word in WORD.findall(text) if word not in OURS and not MADE.fullmatch(word)}


def test_no_word_of_a_rulebook_stands_in_the_source(written: list[str]) -> None:
    engine = Engine(small.shipped())
    drawer = Drawer(engine.rulebook, seed=2, known=1.0)
    for _ in range(60):
        for facts in engine.facts(drawer.case()).values():
            found = engine.outcome(*facts)
            assert found is not None
            found.reasons()

    assert len(written) > 60
    assert {word for text in written for word in foreign(text)} == set()
    quotes = [text.replace("''", "").replace('""', "") for text in written]
    assert not any(quote in text for text in quotes for quote in "'\"\\#")


def test_no_word_of_a_list_benefit_or_duty_stands_in_the_source(written: list[str]) -> None:
    engine = Engine(small.shipped(), days=small.shipped_days())
    for known in (1.0, 0.7):
        drawer = LifeDrawer(engine.rulebook, seed=2, known=known)
        for _ in range(30):
            for some in engine.whole(drawer.case()).statuses.values():
                for answer in some:
                    answer.reasons()

    assert len(written) > 100
    assert {word for text in written for word in foreign(text)} == set()
    quotes = [text.replace("''", "").replace('""', "") for text in written]
    assert not any(quote in text for text in quotes for quote in "'\"\\#")


def test_hostile_names_stay_data(written: list[str]) -> None:
    text = """
    rule R
      version from 2000-01-01
        law GEN-2000 art 1
        when act.note is "'); import os #" and act.number is -3
        then fine 1 to 2 yuan
    """
    book = small.rulebook(text.replace("-3", "3"))
    engine = Engine(book)
    day = datetime.date(2010, 1, 1)
    facts = {"ended_on": day, "note": "'); import os #", "number": 3}

    found = engine.outcome({"decided_on": day}, {}, facts)

    assert found is not None
    assert found.rules() == ("R",)
    assert "import" not in "".join(written)


def test_constants_of_different_classes_keep_apart() -> None:
    source = Source()

    assert source.constant(True) != source.constant(1)
    assert source.constant("a") == source.constant("a")
    assert source.constant(-2) == "(-2)"
    assert source.constant([1]) != source.constant([1])


def test_an_empty_function_gives_nothing() -> None:
    assert Source().function("nothing()")() is None


def test_days_are_moved_once_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "MAX_DAYS", 2)
    moved = runtime.Moved(Period(1, Unit.YEAR), Operation.ADD, Rounding.DOWN)
    days = [datetime.date(2012, 2, 29), datetime.date(2010, 1, 1), datetime.date(2011, 1, 1)]

    assert [moved[day] for day in days] == [
        datetime.date(2013, 2, 28), datetime.date(2011, 1, 1), datetime.date(2012, 1, 1),
    ]  # fmt: skip
    assert len(moved) == 1


def test_a_move_out_of_the_calendar_is_left_alone() -> None:
    with pytest.raises(KeyError):
        runtime.move(datetime.date.max, Period(1, Unit.DAY), Operation.ADD, None)


def test_whole_fractions_become_whole_numbers() -> None:
    assert type(runtime.plain(Fraction(4, 2))) is int
    assert runtime.plain(Fraction(1, 2)) == Fraction(1, 2)
    assert runtime.settle(Fraction(5, 2), Rounding.HALF_EVEN) == 2


def test_rows_that_clash_or_fail_are_left_alone() -> None:
    assert runtime.only((False, True, True), (lambda: 1, lambda: 2, lambda: 2)) == 2
    for matches, second in (((False, False), 2), ((True, True), 2)):
        with pytest.raises(KeyError):
            runtime.only(matches, (lambda: 1, lambda second=second: second))  # type: ignore[misc]  # it is the function just written
