"""Row 7: opens rules, statutes and casebook; the one door for command line, pages and editors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lawengine.base.diagnostic import Diagnostic, has_errors, in_order
from lawengine.base.source import Source
from lawengine.language.lower import Lowered, lower
from lawengine.language.parse import Parsed, parse
from lawengine.language.reading import read_sources
from lawengine.model.rulebook import Rulebook, Standing
from lawengine.statutes import Library, read_library


def shipped(folder: str) -> Path:
    """Return the folder of that name that came with the program: `rules`, `statutes`, `casebook`.

    Edges: in a checkout it is the top-level folder, in an installed package its data.
    """
    package = Path(__file__).resolve().parent
    installed = package / "_data" / folder
    return installed if installed.is_dir() else package.parent.parent / folder


@dataclass(frozen=True, slots=True)
class Places:
    """Where to read from. The user's own folders stand beside what is shipped, or instead of it."""

    rules: tuple[Path, ...] = ()
    statutes: tuple[Path, ...] = ()
    with_shipped: bool = True

    def rule_folders(self) -> tuple[Path, ...]:
        """Return the rule folders in the order they are read."""
        return (*((shipped("rules"),) if self.with_shipped else ()), *self.rules)

    def statute_folders(self) -> tuple[Path, ...]:
        """Return the folders of digests in the order they are read."""
        return (*((shipped("statutes"),) if self.with_shipped else ()), *self.statutes)


@dataclass(frozen=True)
class Workspace:
    """What was read: sources and trees, the library of digests, the rulebook, all diagnostics."""

    places: Places
    sources: dict[str, Source]
    parsed: tuple[Parsed, ...]
    library: Library
    lowered: Lowered
    diagnostics: tuple[Diagnostic, ...]

    @property
    def rulebook(self) -> Rulebook:
        """Return the typed rulebook."""
        return self.lowered.rulebook

    @cached_property
    def sound(self) -> bool:
        """Tell whether nothing that was read has an error."""
        return not has_errors(self.diagnostics)


def open_workspace(places: Places | None = None) -> Workspace:
    """Return the workspace of these places; mistakes in what it reads are its diagnostics."""
    places = places or Places()
    library, library_problems = read_library(places.statute_folders())
    sources, reading_problems = read_sources(places.rule_folders())
    parsed = tuple(parse(source) for source in sources)
    lowered = lower([p.tree for p in parsed], instrument_names(library), standings(library))
    diagnostics = in_order(
        [
            *library_problems,
            *reading_problems,
            *(d for p in parsed for d in p.diagnostics),
            *lowered.diagnostics,
        ]
    )
    by_path = {source.path: source for source in sources}
    return Workspace(places, by_path, parsed, library, lowered, diagnostics)


def instrument_names(library: Library) -> dict[str, str]:
    """Return each name of an instrument, in either language, with its identifier."""
    return {
        name: instrument.id
        for instrument in library.instruments
        for name in (instrument.id, instrument.zh_id)
    }


def standings(library: Library) -> dict[str, Standing]:
    """Return how each instrument stands to the others, as its digest declares."""
    return {
        one.id: Standing(
            family=one.family,
            since=one.in_force_from,
            outranks=frozenset(
                two.id for two in library.instruments if one.rank.prevails_over(two.rank)
            ),
            special_to=frozenset(
                two.id
                for two in library.instruments
                if any(two.family == special.family for special in one.special_to)
            ),
        )
        for one in library.instruments
    }


def folders(paths: Sequence[Path] | None) -> tuple[Path, ...]:
    """Return the folders a user named, or none."""
    return tuple(paths or ())
