"""What a file of assumptions may hold: the shape that pydantic checks."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Percent = Annotated[float, Field(ge=0, le=100)]
Weight = Annotated[int, Field(ge=0)]


class Shape(BaseModel):
    """A block of keys; others are refused, and nothing is converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Words(Shape):
    """A text in both languages."""

    en: str
    zh: str


class Lognormal(Shape):
    """Two thirds of the values lie between `median` / `ratio` and `median` * `ratio`."""

    median: Annotated[float, Field(gt=0)]
    ratio: Annotated[float, Field(gt=1)]
    least: Annotated[int, Field(ge=0)] = 0
    most: Annotated[int, Field(gt=0)]


class After(Shape):
    """A day so many days after (negative: before) that of another fact."""

    fact: str
    days: Annotated[list[int], Field(min_length=2, max_length=2)]


class ShareOf(Shape):
    """A part of the amount or number of another fact."""

    fact: str
    percent: Annotated[list[Percent], Field(min_length=2, max_length=2)]


class DrawnFact(Shape):
    """How one fact is drawn: in exactly one of the ways, with a source or an assumption."""

    among: dict[str, Weight] | None = None
    years: dict[str, Weight] | None = None
    between: Annotated[list[int], Field(min_length=2, max_length=2)] | None = None
    lognormal: Lognormal | None = None
    after: After | None = None
    share_of: ShareOf | None = None
    unknown_percent: Percent = 0.0
    source: str = ""
    assumed: Words | None = None


class DrawnGroup(Shape):
    """One group of cases: its share of the population, and what is drawn for it alone."""

    title: Words
    weight: Annotated[int, Field(gt=0)]
    source: str = ""
    assumed: Words | None = None
    facts: dict[str, DrawnFact] = {}


class Population(Shape):
    """A whole file of assumptions."""

    title: Words
    sources: dict[str, Words] = {}
    groups: Annotated[dict[str, DrawnGroup], Field(min_length=1)]
    facts: dict[str, DrawnFact] = {}


class Margins(Shape):
    """A file of margins: the shares that a population is to have."""

    title: Words
    sources: dict[str, Words] = {}
    margins: Annotated[dict[str, DrawnFact], Field(min_length=1)]
