"""Acts with open facts: the branches of the reference, grown over the rules that can be touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lawengine.compiled.asking import OpenStates, Shortcuts
from lawengine.compiled.expressions import Held
from lawengine.compiled.facts import added, exact_facts
from lawengine.compiled.index import Index
from lawengine.compiled.outcome import Facts
from lawengine.deciding.branching import explore
from lawengine.deciding.decide import act_decision
from lawengine.deciding.decision import ActDecision, Assumed, Branch
from lawengine.deciding.folding import About
from lawengine.deciding.leaf import Leaf, RuledOut, grow
from lawengine.deciding.outcome import Untold, outcome
from lawengine.evaluation.facts import CaseFacts, Domain, Known
from lawengine.evaluation.states import LawTime, Scene, StateFinding
from lawengine.model.vocabulary import ACT, PARTY, ROOT

Three = tuple[Facts, Facts, Facts]
"""The exact facts of the case, the party and the act."""


@dataclass(slots=True, repr=False)
class Branching:
    """Decides acts of which something is open, as `decide` does, without reasons.

    The splitting of open facts and the folding of branches are those of the reference; so is the
    reading of every condition that an open fact leaves open.
    """

    index: Index
    lighter: bool
    held: Held | None = None
    shortcuts: Shortcuts = field(init=False)
    asked: Mapping[About, Sequence[Domain]] = field(default_factory=dict)
    """What was asked for to decide the last act, with the answers that were tried."""

    def __post_init__(self) -> None:
        """Make no code yet."""
        self.shortcuts = Shortcuts(self.index, self.held)

    def decide(self, case: CaseFacts, scene: Scene) -> ActDecision:
        """Return the branches of the act in the scene; of its rules those that can be touched."""
        names = tuple(self.index.candidates(pivot_of(scene, self.index)))
        teller = _Teller(self, names, frozenset(names))
        grown = explore(case, scene, {}, lighter=self.lighter, teller=teller)
        self.asked = teller.asked
        return act_decision(scene, grown)


@dataclass(slots=True)
class _Teller:
    """Grows leaves of one act over some of the rules."""

    branching: Branching
    names: tuple[str, ...]
    touched: frozenset[str]
    asked: dict[About, list[Domain]] = field(default_factory=dict)

    def grow(self, scene: Scene, ruled_out: RuledOut | None) -> Leaf:
        more = added(scene.entries)
        case, party, act = (
            exact_facts(instance, scene.rulebook, more, stated=self.branching.index.stated)
            for instance in (scene.case, scene.party, scene.act)
        )
        facts = case, party, act

        def asking(scene: Scene, time: LawTime, settled: Mapping[str, StateFinding]) -> OpenStates:
            return OpenStates(
                scene, time, settled=settled, shortcuts=self.branching.shortcuts, facts=facts,
                touched=self.touched,
            )  # fmt: skip

        lighter = self.branching.lighter
        return grow(scene, lighter=lighter, ruled_out=ruled_out, asking=asking, names=self.names)

    def tell(self, leaf: Leaf, line: tuple[Assumed, ...]) -> Branch:
        for assumed in line:
            self.asked.setdefault(assumed.about, []).append(assumed.domain)
        return outcome(leaf, line, Untold())


def pivot_of(scene: Scene, index: Index) -> str | None:
    """Return the value of the pivot, or None where it is not known exactly."""
    if index.pivot is None:
        return None
    instance = {ROOT: scene.case, PARTY: scene.party, ACT: scene.act}[index.pivot.entity]
    key = instance.key(index.pivot.name)
    entry = scene.entries.get(key, instance.entry(index.pivot.name))
    value = entry.domain.value if entry is not None and isinstance(entry.domain, Known) else None
    return value if isinstance(value, str) else None
