"""What the conditions of an established rule found, read again on demand as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from lawengine.compiled.expressions import Code, Writer
from lawengine.compiled.index import attached, conditions
from lawengine.compiled.source import NotCompiled, Source
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Version

Values = tuple[object, ...]
Read = Callable[..., Values]


@dataclass(slots=True)
class Trace:
    """Reads the single conditions of one version, and the facts behind its sums.

    `atoms` are the conditions below every "and", "or" and "not", each once, then the facts that
    amounts read. The code for them is made when they are first asked for.
    """

    writer: Writer
    version: Version
    later: bool
    atoms: tuple[e.Expression, ...] = ()
    _read: Read | None = None
    _single: list[Read] = field(default_factory=list)

    def told(
        self, case: object, party: object, act: object, established: frozenset[str]
    ) -> tuple[tuple[e.Expression, ...], Values]:
        """Return the atoms and the value of each; None for one that hangs on an unknown fact."""
        read = self._read or self._make()
        try:
            return self.atoms, read(case, party, act, established)
        except KeyError:
            return self.atoms, tuple(self._each(case, party, act, established))

    def _make(self) -> Read:
        self.atoms = tuple(dict.fromkeys(atoms_of(self.version, self.writer.rulebook)))
        source = Source()
        listed = "".join(f"{self._text(atom, source)}, " for atom in self.atoms)
        source.add(1, f"return ({listed})")
        read: Read = source.function("read(case, party, act, established)")
        self._read = read
        return read

    def _text(self, atom: e.Expression, source: Source) -> str:
        states = partial(_state, source, self.later)
        writer = replace(self.writer, source=source, states=states, locals={})
        try:
            return writer.text(atom)
        except NotCompiled:
            return writer.stop()

    def _each(self, *facts: object) -> Iterator[object]:
        """Yield the value of each atom alone, where one of them is missing a fact."""
        if not self._single:
            for atom in self.atoms:
                source = Source()
                source.add(1, f"return ({self._text(atom, source)},)")
                self._single.append(source.function("read(case, party, act, established)"))
        for single in self._single:
            try:
                yield single(*facts)[0]
            except KeyError:
                yield None


def _state(source: Source, later: bool, rule: str) -> Code:  # noqa: FBT001 - bound by `partial`
    """Return the source that asks for a rule; of the later law the states are not kept."""
    if later:
        raise NotCompiled
    return f"({source.constant(rule)} in established)"


def atoms_of(version: Version, rulebook: Rulebook) -> Iterator[e.Expression]:
    """Yield the single conditions of a version, then the facts that its amounts read."""
    asked = [*conditions(version), *(tier.condition for tier in version.tiers)]
    yield from single_conditions(asked, rulebook)
    for expression in attached(version):
        inner = [expression]
        while inner:
            part = inner.pop()
            if isinstance(part, e.FactOf):
                yield part
            elif isinstance(part, e.Defined):
                inner.append(rulebook.definitions[part.name].body)
            elif not isinstance(part, e.Aggregated | e.DayCount | e.Looked):
                inner += e.children(part)


def single_conditions(asked: Sequence[e.Expression], rulebook: Rulebook) -> Iterator[e.Expression]:
    """Yield the conditions below every "and", "or" and "not", in order."""
    stack = [*reversed(asked)]
    while stack:
        part = stack.pop()
        match part:
            case e.Negation(operand=operand):
                stack.append(operand)
            case e.Connection(operands=operands):
                stack += reversed(operands)
            case e.Defined(name=name):
                stack.append(rulebook.definitions[name].body)
            case _:
                yield part
