"""What a file of assumptions may hold: the shape that pydantic checks."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Percent = Annotated[float, Field(ge=0, le=100)]
Weight = Annotated[int, Field(ge=0)]
MOST_ORDERS = 100_000
"""Orders of one shop: some hundred shops are drawn at once, and must fit the memory."""
Orders = Annotated[int, Field(ge=0, le=MOST_ORDERS)]


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


class Grounded(Shape):
    """What rests on a published source, or on an assumption."""

    source: str = ""
    assumed: Words | None = None


class DrawnFact(Grounded):
    """How one fact is drawn: in exactly one of the ways.

    `once_per_shop`: all orders of a shop have the same value, drawn once.
    """

    among: dict[str, Weight] | None = None
    years: dict[str, Weight] | None = None
    days: Annotated[list[datetime.date], Field(min_length=2, max_length=2)] | None = None
    between: Annotated[list[int], Field(min_length=2, max_length=2)] | None = None
    lognormal: Lognormal | None = None
    after: After | None = None
    share_of: ShareOf | None = None
    unknown_percent: Percent = 0.0
    once_per_shop: bool = False


class DrawnNumber(Grounded):
    """How many orders a shop has: in exactly one of both ways."""

    between: Annotated[list[Orders], Field(min_length=2, max_length=2)] | None = None
    lognormal: Lognormal | None = None


class DrawnSort(Grounded):
    """One sort of the orders of a shop: its share of them, and what is drawn for it alone."""

    title: Words
    weight: Annotated[int, Field(gt=0)]
    facts: dict[str, DrawnFact] = {}


class DrawnOrders(Shape):
    """The orders of each shop of a group."""

    number: DrawnNumber
    sorts: Annotated[dict[str, DrawnSort], Field(min_length=1)]


class DrawnGroup(Grounded):
    """One group of cases: its share of the population, and what is drawn for it alone.

    With `acts` 0 no act of its parties is in question. Each of its parties is a shop with `orders`.
    """

    title: Words
    weight: Annotated[int, Field(gt=0)]
    acts: Annotated[int, Field(ge=0, le=1)] = 1
    facts: dict[str, DrawnFact] = {}
    orders: DrawnOrders | None = None


class Population(Shape):
    """A whole file of assumptions; `facts` and `orders` hold for all groups that draw such."""

    title: Words
    sources: dict[str, Words] = {}
    groups: Annotated[dict[str, DrawnGroup], Field(min_length=1)]
    facts: dict[str, DrawnFact] = {}
    orders: dict[str, DrawnFact] = {}


class Margins(Shape):
    """A file of margins: the shares that a population is to have."""

    title: Words
    sources: dict[str, Words] = {}
    margins: Annotated[dict[str, DrawnFact], Field(min_length=1)]
