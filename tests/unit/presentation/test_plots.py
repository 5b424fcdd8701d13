"""A plot shows the figures of the analysis: in its data, and in where its marks stand."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from lawengine.analysis.result import Bounds
from lawengine.base.label import LANGUAGES, Language
from lawengine.presentation.counting import FARES
from lawengine.presentation.drawing import NARROW, WIDE, draw, nice_step
from lawengine.presentation.numbers import between, percent, short, yuan
from lawengine.presentation.pages import page
from lawengine.presentation.plots import Kind, Mark, Plot, Row
from lawengine.presentation.rendering import as_svg
from lawengine.presentation.scene import BOLD, Words, fitted, folded, width_of
from tests.presenting import marks, material, ticks, whole


def plot(name: str, language: Language = "en") -> Plot:
    return next(one for one in page(material(), language).plots() if one.name == name)


def bounded(low: str, high: str) -> tuple[float, float | None]:
    return float(low), float(high) if high else None


def drawn(one: Plot, width: int = WIDE) -> str:
    return as_svg(draw(one, width, "en"), "en")


def shown(name: str, width: int = WIDE) -> list[tuple[int, float, float | None]]:
    return [
        (int(one["series"]), *bounded(one["low"], one["high"]))
        for one in marks(drawn(plot(name), width))
    ]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_first_plot_shows_the_mean_fines(width: int) -> None:
    figures = whole().counts[-1].whole.figures
    assert shown("mean-fine-weighted", width) == [
        (n, one.fine.mean.low, one.fine.mean.high) for n, one in enumerate(figures)
    ]


def test_groups_measures_and_changes_are_those_of_the_analysis() -> None:
    rows = whole().counts[0]
    groups = sorted(rows.by[0].groups, key=lambda one: -one.figures[0].cases)
    assert shown("groups-1-rows") == [
        (n, side.fine.mean.low, side.fine.mean.high)
        for group in groups
        for n, side in enumerate(group.figures)
    ]
    assert shown("fares-rows") == [
        (n, getattr(change, name), getattr(change, name))
        for name in FARES
        for n, change in enumerate(rows.whole.changes)
    ]
    for series, low, high in shown("measures-rows"):
        assert (low, high) in {
            (m.must, m.must + m.may) for m in rows.whole.figures[series].measures
        } | {(0, 0)}


def test_intervals_behaviour_and_publications_are_those_of_the_analysis() -> None:
    analysis = whole()
    assert analysis.bootstrap is not None
    assert analysis.behaviour is not None
    wanted = {
        (one.side, one.low, one.high, one.estimate)
        for one in analysis.bootstrap.intervals
        if one.unit == "fen" and ".mean." in one.figure
    }
    found = marks(drawn(plot("bootstrap")))
    assert {
        (int(one["series"]), float(one["low"]), float(one["high"]), float(one["estimate"]))
        for one in found
    } == wanted
    assert shown("behaviour") == [
        (n, one.violations.low, one.violations.high)
        for n, one in enumerate(analysis.behaviour.sides)
    ]
    assert shown("published") == [(0, 2_500, 2_500), (1, 1_000, 3_000)]


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("name", ["mean-fine-weighted", "fares-rows", "pays", "measures-rows"])
def test_marks_stand_where_their_figures_are(name: str, width: int) -> None:
    svg = drawn(plot(name), width)
    (zero, left), *_, (most, right) = ticks(svg)
    assert zero == 0
    for one in marks(svg):
        low, high = bounded(one["low"], one["high"])
        assert float(one["x"]) == pytest.approx(left + (right - left) * low / most, abs=0.6)
        if high:
            assert float(one["to"]) == pytest.approx(left + (right - left) * high / most, abs=0.6)


def odd(kind: Kind = "bars", most: float | None = None) -> Plot:
    rows = (
        Row("none", (Mark(0, Bounds(0, 0), "0"),), 0),
        Row("open", (Mark(0, Bounds(40, None), "40 or more"),), 1),
        Row("far", (Mark(0, Bounds(50, 400), "50 to 400"),), 5),
    )
    return Plot("odd", "Odd", "odd", kind, "cases", "cases", ("",), rows, most)


def test_what_has_no_upper_figure_or_leaves_the_axis_ends_in_an_arrow() -> None:
    def arrows(one: Plot) -> int:
        return drawn(one).count("<polygon")

    assert arrows(odd()) == 1
    assert arrows(odd(most=100)) == 2
    found = marks(drawn(odd(most=100)))
    assert [one["high"] for one in found] == ["0", "", "400"]


def test_a_band_lies_between_its_figures() -> None:
    svg = drawn(odd("bands"))
    (_, bottom), *_, (most, top) = ticks(svg)
    found = marks(svg)
    assert [float(one["at"]) for one in found] == [0, 1, 5]
    for one in found:
        assert float(one["x"]) == pytest.approx(
            bottom + (top - bottom) * float(one["low"]) / most, abs=0.6
        )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_leaves_a_plot_and_words_stand_apart(language: Language, width: int) -> None:
    for one in page(material(), language).plots():
        scene = draw(one, width, language)
        assert ElementTree.fromstring(as_svg(scene, language)).tag.endswith("svg")  # noqa: S314 - our own
        words = [
            shape for group in scene.groups for shape in group.shapes if isinstance(shape, Words)
        ]
        boxes = []
        for text in words:
            wide = width_of(text.text, text.size * (BOLD if text.bold else 1))
            left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
            assert left >= -1, text
            assert left + wide <= width + 1, text
            assert 0 < text.y < scene.height, text
            boxes.append((left, left + wide, text.y))
        for number, (left, right, y) in enumerate(boxes):
            for other_left, other_right, other_y in boxes[number + 1 :]:
                apart = other_left >= right - 1 or left >= other_right - 1 or abs(y - other_y) >= 11
                assert apart, (one.name, words[number].text)


def test_words_are_cut_and_folded_to_their_room() -> None:
    assert fitted("short", 100, 12) == "short"
    assert fitted("a long line of words", 60, 12).endswith("…")
    assert width_of(fitted("长" * 99, 60, 12), 12) <= 60
    lines = folded("one two three four five six", 70, 12)
    assert len(lines) == 2
    assert all(width_of(line, 12) <= 70 for line in lines)
    assert folded("至少；浅色：至上限，由法律", 60, 12, 9)[0] == "至少；浅"
    assert not any(line.startswith(("：", "，", "；")) for line in folded("至少：" * 9, 62, 12, 9))
    assert folded("", 60, 12) == ("",)


@pytest.mark.parametrize(
    ("most", "step"), [(0, 1.0), (1, 0.2), (7, 2.0), (1_000, 200.0), (2_600, 1_000.0)]
)
def test_steps_of_an_axis_are_round(most: float, step: float) -> None:
    assert nice_step(most, 5, whole=False) == pytest.approx(step)
    assert nice_step(2, 5, whole=True) == 1.0


@pytest.mark.parametrize(
    ("fen", "english", "chinese"),
    [
        (0, "0", "0"),
        (99, "0.99", "0.99"),
        (425, "4.25", "4.25"),
        (1_234_500, "12,345", "1.234万"),
        (105_800_000, "1.058 million", "105.8万"),
        (317_400_000_000, "3.174 billion", "31.74亿"),
        (-20_000_000, "-200,000", "-20万"),
    ],
)
def test_amounts_are_short_in_either_language(fen: int, english: str, chinese: str) -> None:
    assert (short(fen, "en"), short(fen, "zh")) == (english, chinese)


def test_bounds_are_told_as_bounds() -> None:
    assert between(Bounds(100, 100), "yuan", "en") == "1 yuan"
    assert between(Bounds(100, 300), "yuan", "en") == "1 to 3 yuan"
    assert between(Bounds(100, None), "yuan", "zh") == "1元以上，上限不明"
    assert between(Bounds(100, 300, 7), "yuan", "en").endswith(
        "7 cases without a known upper figure on top"
    )
    assert (yuan(-5), yuan(12_345), yuan(100)) == ("-0.05", "123.45", "1")
    assert (percent(0), percent(0.001), percent(0.8095), percent(1)) == (
        "0%",
        "0.1%",
        "81%",
        "100%",
    )
