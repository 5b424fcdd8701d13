"""Reports for tests, and readers of what they write that share no code with the writers."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from lawengine.analysis.extras import Extras, with_extras
from lawengine.analysis.result import Analysis, Assumption, Bounds, Published
from lawengine.analysis.status_counts import StandingChange, StandingCount, Standings
from lawengine.base.label import Label
from lawengine.presentation.document import Material, Note
from tests.analysing import DOUBLED, MILDER, analysed, drawn, law, laws, written

VOID = {"meta", "br", "link", "img", "hr", "input"}
SVG = "{http://www.w3.org/2000/svg}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PUBLISHED = Published(
    "somewhere", Label("Somewhere", "某地"), Label("a page", "某网页"),
    {"cases": 24, "mean_fen": 2_500}, (Label("at least 3 lie below", "至少3件低于"),),
    Bounds(1_000, 3_000), Label("simulated mean", "模拟件均"),
)  # fmt: skip


LISTED = Standings(
    "GEN.bad", Label("Bad list", "名单"), "list", "listed",
    (
        StandingCount(3, 1, {"listed": 3, "expired": 4, "undetermined": 1}),
        StandingCount(5, 0, {"listed": 5, "expired": 3}),
        StandingCount(3, 1, {"listed": 3, "expired": 4, "undetermined": 1}),
    ),
    (StandingChange(2, 0, 1), StandingChange(0, 0, 0)),
)  # fmt: skip
GRANTED = Standings(
    "GEN.good", Label("Good terms", "便利"), "benefit", "granted",
    (StandingCount(9, 0, {"granted": 9}),) * 2 + (StandingCount(0, 0, {}),),
    (StandingChange(0, 0, 0), StandingChange(0, 9, 0)),
)  # fmt: skip


@cache
def whole() -> Analysis:
    """Return an analysis of a small table with everything asked for."""
    with TemporaryDirectory() as folder:
        table = written(Path(folder) / "cases.parquet", drawn(120))
        asked = analysed(table, laws(DOUBLED, MILDER), by=("place",), weights="w", gains=True)
        extras = Extras(draws=100, elasticity=-0.4)
        found = with_extras(asked, extras, law(), weights="w")
    return replace(found, published=(PUBLISHED,), standings=(LISTED, GRANTED))


def material(analysis: Analysis | None = None) -> Material:
    """Return what a report of it is made of, or of another analysis."""
    doubt = Note(Label("Rule one", "规则一"), Label("no text at hand", "未见文本"))
    drawn_from = Note(Label("size", "规模"), Label("assumed: a guess", "假设：估计"))
    return Material(analysis or whole(), {}, (), (doubt,), (drawn_from,), "1.0")


def hostile(words: str) -> Analysis:
    """Return the analysis with words of somebody else wherever a table can bring them in."""
    analysis = whole()
    label = Label(words, words)
    counts = tuple(
        replace(
            one,
            by=tuple(
                replace(
                    by,
                    column=words,
                    label=label,
                    groups=tuple(replace(g, name=words, label=label) for g in by.groups),
                )
                for by in one.by
            ),
        )
        for one in analysis.counts
    )
    sides = tuple(replace(side, title=label) for side in analysis.sides)
    data = replace(analysis.data, name=words)
    assumed = (Assumption(words, label),)
    return replace(analysis, counts=counts, sides=sides, data=data, assumptions=assumed)


class Page(HTMLParser):
    """Reads a page: its tags in order, their attributes, its text; tags must close as they open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)

    def values(self, name: str) -> list[str]:
        """Return every value of an attribute."""
        return [found for _, attrs in self.tags if (found := attrs.get(name)) is not None]


def marks(svg: str) -> list[dict[str, str]]:
    """Return the data of each mark of a plot."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - the file of a test
    every = [
        {key.removeprefix("data-"): value for key, value in group.attrib.items()}
        for group in root.iter(f"{SVG}g")
    ]
    return [one for one in every if "series" in one]


def ticks(svg: str) -> list[tuple[float, float]]:
    """Return the figures of the axis with their places."""
    found = re.findall(r'data-tick="([^"]+)" data-[xy]="([^"]+)"', svg)
    return [(float(number), float(place)) for number, place in found]


Cells = list[list[str | float | bool | None]]


def workbook(path: Path) -> dict[str, Cells]:
    """Return the sheets of a workbook by name, row by row."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    trees = {
        name: ElementTree.fromstring(data)  # noqa: S314 - the file of a test
        for name, data in parts.items()
        if name.endswith(".xml")
    }
    strings = [
        "".join(text.text or "" for text in one.iter(f"{SHEET}t"))
        for one in trees["xl/sharedStrings.xml"].iter(f"{SHEET}si")
    ]
    names = [one.attrib["name"] for one in trees["xl/workbook.xml"].iter(f"{SHEET}sheet")]
    return {
        name: _cells(trees[f"xl/worksheets/sheet{number}.xml"], strings)
        for number, name in enumerate(names, 1)
    }


def _cells(tree: ElementTree.Element, strings: list[str]) -> Cells:
    found: Cells = []
    for row in tree.iter(f"{SHEET}row"):
        cells: list[str | float | bool | None] = []
        for cell in row.iter(f"{SHEET}c"):
            assert cell.find(f"{SHEET}f") is None, "a formula"
            value = cell.find(f"{SHEET}v")
            text = None if value is None else value.text
            kind = cell.attrib.get("t")
            if text is None:
                cells.append(None)
            elif kind == "s":
                cells.append(strings[int(text)])
            else:
                cells.append(text == "1" if kind == "b" else float(text))
        found.append(cells)
    return found


def rebuilt(pairs: list[tuple[str, object]]) -> object:
    """Return the plain data that paths and values describe."""
    root: dict[str, object] = {}
    for path, value in pairs:
        steps = [
            int(step[1:-1]) if step.startswith("[") else step
            for step in re.findall(r"\[\d+\]|[^.\[\]]+", path)
        ]
        at: object = root
        for place, step in enumerate(steps):
            last = place + 1 == len(steps)
            fresh: object = [] if not last and isinstance(steps[place + 1], int) else {}
            new = value if last else fresh
            if isinstance(at, list):
                assert isinstance(step, int)
                if step == len(at):
                    at.append(new)
                at = at[step]
            else:
                assert isinstance(at, dict)
                at = at.setdefault(step, new)
    return root
