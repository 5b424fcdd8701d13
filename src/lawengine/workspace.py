"""Row 7: opens rules, statutes and casebook; the one door for command line, pages and editors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic, Severity, has_errors, in_order
from lawengine.base.places import cache_folder
from lawengine.base.source import Source, Span
from lawengine.cache import store
from lawengine.cache.contents import Contents
from lawengine.language.reading import read_sources
from lawengine.model.rulebook import Rulebook, Standing
from lawengine.statutes.files import digest_sources
from lawengine.statutes.library import Library

if TYPE_CHECKING:
    import datetime

    from lawengine.base.counting import Counting
    from lawengine.base.working_days import Calendars
    from lawengine.statutes.days import Days


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

    def day_folders(self, name: str) -> tuple[Path, ...]:
        """Return the folders `calendars` or `counting` inside the folders of digests.

        Edges: a folder of the user's own need not have them; the shipped ones must be there.
        """
        inside = [folder / name for folder in self.statutes]
        ours = (shipped("statutes") / name,) if self.with_shipped else ()
        return (*ours, *(folder for folder in inside if folder.is_dir()))

    def statute_folders(self) -> tuple[Path, ...]:
        """Return the folders of digests in the order they are read."""
        return (*((shipped("statutes"),) if self.with_shipped else ()), *self.statutes)


@dataclass(frozen=True)
class DaysOnDemand:
    """The counting rules and calendars of some places, read when the first deadline is counted."""

    places: Places
    library: Library

    def counting(self, name: str) -> Counting | None:
        """Return the counting rule of a law, or None."""
        return self.read.counting(name)

    def calendars(self, known_on: datetime.date | None = None) -> Calendars:
        """Return the calendars, by default with every notice."""
        return self._published if known_on is None else self.read.calendars(known_on)

    @cached_property
    def _published(self) -> Calendars:
        # Every case with a deadline asks for them, and no notice comes while the program runs.
        return self.read.calendars()

    @cached_property
    def read(self) -> Days:
        """Return all of them, read."""
        # A file with an error is left out: its year has no calendar, and deadlines say so.
        return open_days(self.places, self.library)[0]


@dataclass(frozen=True)
class Workspace:
    """What was read: source texts, the library of digests, the rulebook, all diagnostics."""

    places: Places
    sources: dict[str, Source]
    library: Library
    rulebook: Rulebook
    diagnostics: tuple[Diagnostic, ...]

    @cached_property
    def sound(self) -> bool:
        """Tell whether nothing that was read has an error."""
        return not has_errors(self.diagnostics)

    @cached_property
    def days(self) -> DaysOnDemand:
        """Return the counting rules and calendars of its places; nothing is read yet."""
        return DaysOnDemand(self.places, self.library)


def open_workspace(places: Places | None = None) -> Workspace:
    """Return the workspace of these places; mistakes in what it reads are its diagnostics.

    Edges: what was read without an error is kept in the user's cache folder as data, and the next
    start takes it from there as long as no text has changed. A folder that others can write to is
    not used, and a warning says so.
    """
    places = places or Places()
    sources, problems = read_sources(places.rule_folders())
    digests, more = digest_sources(places.statute_folders())
    unread = (*more, *problems)
    contents, warnings = (None, ()) if unread else _kept(sources, digests)
    contents = contents or _read(sources, digests)
    diagnostics = in_order((*unread, *contents.diagnostics, *warnings))
    by_path = {source.path: source for source in sources}
    return Workspace(places, by_path, contents.library, contents.rulebook, diagnostics)


def _kept(
    sources: Sequence[Source], digests: Sequence[Source]
) -> tuple[Contents | None, tuple[Diagnostic, ...]]:
    """Return what these texts say from the cache, where it is kept from now on."""
    folder = cache_folder()
    if folder is None:
        return None, ()
    name = store.name_of((*sources, *digests))
    try:
        contents = store.load(folder, name)
        if contents is None:
            contents = _read(sources, digests)
            if not has_errors(contents.diagnostics):
                store.save(folder, name, contents)
    except store.UnsafeFolderError as error:
        place = Span(str(folder), 0, 0, 1, 1)
        words = {"path": error.args[0]}
        return None, (Diagnostic("LAW460", place, words, Severity.WARNING),)
    return contents, ()


def _read(sources: Sequence[Source], digests: Sequence[Source]) -> Contents:
    """Return what the texts say; loading the parser takes longer than most cases."""
    from lawengine.language.lower import lower  # noqa: PLC0415 - late: most runs need none of it
    from lawengine.language.parse import parse  # noqa: PLC0415 - late: most runs need none of it
    from lawengine.statutes.reading import library_of  # noqa: PLC0415 - late: most runs need none of it

    library, problems = library_of(digests)
    parsed = [parse(source) for source in sources]
    lowered = lower([p.tree for p in parsed], instrument_names(library), standings(library))
    found = (*problems, *(d for p in parsed for d in p.diagnostics), *lowered.diagnostics)
    return Contents(lowered.rulebook, library, in_order(found))


def open_days(
    places: Places | None = None, library: Library | None = None
) -> tuple[Days, tuple[Diagnostic, ...]]:
    """Return the holiday calendars and counting rules of these places, and what is wrong with them.

    The citations of counting rules are looked up in `library`, by default that of the places. A
    file with an error is left out: its year then has no calendar, never a wrong one.
    """
    from lawengine.statutes.days import Days, read_calendars, read_countings  # noqa: PLC0415 - late: most runs need none of it

    places = places or Places()
    problems: tuple[Diagnostic, ...] = ()
    if library is None:
        workspace = open_workspace(places)
        library, problems = workspace.library, workspace.diagnostics
    years, calendar_problems = read_calendars(places.day_folders("calendars"))
    countings, counting_problems = read_countings(places.day_folders("counting"), library)
    found = in_order([*problems, *calendar_problems, *counting_problems])
    return Days(years, countings), found


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
