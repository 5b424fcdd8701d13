"""What the conditions and days of a status found, read again on demand as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lawengine.compiled.expressions import Writer
from lawengine.compiled.source import NotCompiled, Source
from lawengine.compiled.trace import single_conditions
from lawengine.model import expressions as e
from lawengine.model.statuses import StatusVersion, TermCases

Read = Callable[..., object]
Values = tuple[tuple[e.Expression, ...], tuple[object, ...]]
"""Single conditions and days, and what each of them was."""


@dataclass(slots=True)
class StatusTrace:
    """Reads the single conditions of one version and the days of its start and ways out.

    `writer` makes the writer of two-valued source; `names` are what the functions call the facts.
    """

    writer: Callable[[Source], Writer]
    names: tuple[str, ...]
    version: StatusVersion
    atoms: tuple[e.Expression, ...] = ()
    _reads: list[Read] = field(default_factory=list)

    def told(self, chain: tuple[object, ...], held: Callable[[str], bool]) -> Values:
        """Return the atoms and the value of each; None for one that hangs on an unknown fact."""
        if not self._reads:
            self._make()
        return self.atoms, tuple(_value(read, chain, held) for read in self._reads)

    def _make(self) -> None:
        self.atoms = tuple(dict.fromkeys(self._asked()))
        for atom in self.atoms:
            source = Source()
            writer = self.writer(source)
            try:
                text = writer.text(atom)
            except NotCompiled:
                text = writer.stop()
            source.add(1, f"return {text}")
            self._reads.append(source.function(f"read({', '.join(self.names)}, held)"))

    def _asked(self) -> Iterator[e.Expression]:
        version = self.version
        book = self.writer(Source()).rulebook
        timed = version.term.conditions() if isinstance(version.term, TermCases) else ()
        conditions = [
            *version.exclusions,
            *timed,
            *(ending.condition for ending in version.endings),
        ]
        parts = [part for part in (version.when, *conditions) if part is not None]
        yield from single_conditions(parts, book)
        days = [version.start, version.before, *(ending.on for ending in version.endings)]
        yield from (day for day in days if day is not None)


def _value(read: Read, chain: tuple[object, ...], held: Callable[[str], bool]) -> object:
    try:
        return read(*chain, held)
    except KeyError:
        return None
