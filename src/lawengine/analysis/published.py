"""Published aggregates beside simulated figures, and what arithmetic alone draws from them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import numpy as np
from pydantic import Field, ValidationError

from lawengine.analysis.exact import Scale
from lawengine.analysis.outcomes import At, Bit, is_set
from lawengine.analysis.refusal import RefusedError
from lawengine.analysis.result import Bounds, Published
from lawengine.analysis.running import Ran
from lawengine.base.label import Label
from lawengine.base.money import format_yuan
from lawengine.model.rulebook import Rulebook
from lawengine.model.vocabulary import Role
from lawengine.population.schema import Shape, Words
from lawengine.population.specification import why_misshapen

FEN = 100


class Aggregate(Shape):
    """One published aggregate: so many cases, so much money together.

    Units: yuan. `digits` is the unit to which the sum was rounded where it was published; `floor`
    the least fine of the norm at the time; `kinds` and `year` tell the cases it is about.
    """

    title: Words
    source: Words
    cases: Annotated[int, Field(gt=0)]
    total: Annotated[int, Field(gt=0)]
    digits: Annotated[int, Field(gt=0)] = 1
    floor: Annotated[int, Field(gt=0)] | None = None
    kinds: tuple[str, ...] = Field(default=(), strict=False)
    year: int | None = None


class Aggregates(Shape):
    """A file of published aggregates."""

    aggregates: dict[str, Aggregate]


def read_aggregates(path: Path) -> dict[str, Aggregate]:
    """Return the aggregates of a TOML file.

    Raises:
        RefusedError: the file is none.
    """
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
        return Aggregates.model_validate(data).aggregates
    except OSError as error:
        raise RefusedError("LAW401", path=path, why=error.strerror or str(error)) from None
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(step) for step in first["loc"])
        raise RefusedError("LAW691", key=key, why=why_misshapen(first)) from None
    except ValueError as error:
        raise RefusedError("LAW690", why=str(error)) from None


def least_below(cases: int, total: Fraction | int, floor: int) -> int:
    """Return how many of the cases lie below a floor at least, whatever the single amounts were.

    Those at or above it are worth the floor each, so there are at most total / floor of them.
    Units: `total` and `floor` in one unit. Edges: an amount equal to the floor is not below it;
    amounts are not negative.

    >>> least_below(24, 4_285_000, 200_000)
    3
    """
    return max(cases - int(Fraction(total) / floor), 0)


def most_at(cases: int, total: Fraction | int, amount: int) -> int:
    """Return how many of the cases lie at or above an amount at most.

    >>> most_at(24, 4_285_000, 1_000_000)
    4
    """
    return min(int(Fraction(total) / amount), cases)


def published(path: Path, ran: Ran, rulebook: Rulebook) -> tuple[Published, ...]:
    """Return every aggregate of a file with its bounds, and the simulated figure beside it.

    The run must group by the kind of the act and the day of the decision (`hidden`).

    Raises:
        RefusedError: the file is none.
    """
    return tuple(_told(name, one, ran, rulebook) for name, one in read_aggregates(path).items())


def hidden(rulebook: Rulebook) -> tuple[str, ...]:
    """Return the facts by which cases are told to be those of an aggregate."""
    roles = (Role.CONDUCT_KIND, Role.DECISION_DATE)
    return tuple(rulebook.roles[role].path for role in roles if role in rulebook.roles)


def _told(name: str, one: Aggregate, ran: Ran, rulebook: Rulebook) -> Published:
    figures: dict[str, int | float] = {
        "cases": one.cases, "total_fen": one.total * FEN, "rounded_to_fen": one.digits * FEN,
        "mean_fen": round(Fraction(one.total * FEN, one.cases)),
    }  # fmt: skip
    if one.floor is not None:
        figures["floor_fen"] = one.floor * FEN
    return Published(
        name=name,
        label=Label(one.title.en, one.title.zh),
        source=Label(one.source.en, one.source.zh),
        figures=figures,
        bounds=tuple(_bounds(one)),
        simulated=_simulated(one, ran, rulebook),
        simulated_label=Label(
            "mean fine of such cases in the table, law in force",
            "表中此类案件的件均罚款（现行法律）",
        ),
    )


def _bounds(one: Aggregate) -> Iterator[Label]:
    most = one.total + Fraction(one.digits, 2)
    mean = round(Fraction(one.total * FEN, one.cases) / (FEN * 1_000)) * FEN * 1_000
    yield Label(
        f"{one.cases} cases, together {format_yuan(one.total * FEN, 'en')}: "
        f"{format_yuan(mean, 'en')} on average, to the nearest 1,000",
        f"{one.cases}件，合计{format_yuan(one.total * FEN, 'zh')}，"
        f"平均约{format_yuan(mean, 'zh')}（取整至千元）",
    )
    if one.floor is None:
        return
    below = least_below(one.cases, most, one.floor)
    floor = one.floor * FEN
    if below:
        yield Label(
            f"at least {below} of them lie below {format_yuan(floor, 'en')}, by arithmetic alone: "
            f"no more than {one.cases - below} can lie at or above it; on what grounds was not "
            "published",
            f"仅凭算术，其中至少{below}件低于{format_yuan(floor, 'zh')}："
            f"不低于该数额的至多{one.cases - below}件；理由未公布",
        )
    else:
        yield Label(
            f"arithmetic alone does not show that any lies below {format_yuan(floor, 'en')}",
            f"仅凭算术不能得出有案件低于{format_yuan(floor, 'zh')}",
        )


def _simulated(one: Aggregate, ran: Ran, rulebook: Rulebook) -> Bounds | None:
    """Return the mean fine of the rows that the aggregate is about; None where there are none."""
    mask = np.ones(ran.kinds.rows.size, np.bool_)
    wanted = {Role.CONDUCT_KIND: set(one.kinds)}
    wanted[Role.DECISION_DATE] = {str(one.year)} if one.year is not None else set()
    by_path = {g.fact.path: place for place, g in enumerate(ran.groupings) if g.fact is not None}
    for role, names in wanted.items():
        fact = rulebook.roles.get(role)
        place = by_path.get(fact.path) if fact is not None else None
        if not names:
            continue
        if place is None:
            return None
        grouping = ran.groupings[place]
        every = [grouping.name(value, rulebook) for value in grouping.ordered()]
        places = [at for at, name in enumerate(every) if name in names]
        mask &= np.isin(ran.layout.group(ran.kinds.numbers, place), places)
    side = ran.layout.side(ran.kinds.numbers, 0)[:, mask]
    fined = is_set(side[At.BITS], Bit.FINE_POSSIBLE)
    rows = ran.kinds.rows[mask][fined]
    if not rows.size:
        return None
    scale = Scale(rows, 1)
    open_ = is_set(side[At.BITS], Bit.FINE_OPEN)[fined]
    high = None if open_.any() else scale.mean(side[At.HIGH][fined])
    return Bounds(scale.mean(side[At.LOW][fined]), high, int(rows[open_].sum()))
