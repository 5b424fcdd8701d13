"""The list of the law that a report cites."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from lawengine.base.citation import Article, Citation
from lawengine.reports.document import LawPart
from lawengine.reports.naming import Names
from lawengine.reports.wording import word


def law_parts(citations: Iterable[Citation], names: Names) -> tuple[LawPart, ...]:
    """Return each instrument cited, by name, with the articles cited and what they say.

    Edges: instruments that the library does not know are left out.
    """
    by_instrument: dict[str, list[Citation]] = {}
    for citation in sorted(set(citations)):
        by_instrument.setdefault(citation.instrument, []).append(citation)
    parts = [_part(name, cited, names) for name, cited in by_instrument.items()]
    return tuple(part for part in parts if part is not None)


def _part(name: str, cited: list[Citation], names: Names) -> LawPart | None:
    found = names.library.instrument(name)
    if found is None:
        return None
    return LawPart(
        name=name,
        title=names.title(name),
        in_force=in_force(found.in_force_from, found.in_force_to, names),
        unverified=found.unverified.text(names.language),
        articles=tuple(_articles(cited, names)),
    )


def _articles(cited: list[Citation], names: Names) -> Iterable[tuple[str, str]]:
    """Yield each place with its digest; places that rest on the same words share one line."""
    places: dict[tuple[Article, str], None] = {}
    for citation in cited:
        digest = names.library.find(citation)
        if digest is not None:
            places[digest.place, digest.text.text(names.language)] = None
    for place, text in places:
        yield names.place(place), text


def in_force(start: datetime.date, end: datetime.date | None, names: Names) -> str:
    """Return the time in which a version is in force, in words."""
    first = names.day(start)
    if end is None:
        return word("in_force_since", names.language, start=first)
    return word("in_force", names.language, start=first, end=names.day(end))
