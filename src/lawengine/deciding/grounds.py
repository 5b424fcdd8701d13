"""What each ground that counts as not claimed would change if it were shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lawengine.base.label import Label
from lawengine.deciding.decision import IfShown
from lawengine.deciding.folding import Grown
from lawengine.deciding.leaf import Lineage, grow, unmoved
from lawengine.deciding.outcome import fine_of, penalised
from lawengine.evaluation.facts import Entry, FactKey, Known, Origin
from lawengine.evaluation.states import LawTime, Scene, States
from lawengine.evaluation.trace import Finding
from lawengine.explanation.phrasing import fact_label
from lawengine.model.scenarios import RuleState


def if_shown(grown: Grown, *, lighter: bool) -> Iterator[IfShown]:
    """Yield, for each rule of the general part that rests on a presumption, what it would change.

    Each presumed fact is tried alone; where none of them is enough, all together.
    """
    for name, lineage in grown.leaf.lineages.items():
        if name not in grown.leaf.scene.rulebook.general or lineage.applied:
            continue
        presumed = _presumed(lineage)
        if not presumed:
            continue
        singles = [key for key in presumed if _enough(grown, name, {key: presumed[key]})]
        chosen = {key: presumed[key] for key in singles} or presumed
        changed = dict(list(chosen.items())[:1]) if singles else presumed
        shown = _try(grown, name, changed, lighter=lighter)
        if shown is not None:
            yield replace(shown, facts=tuple(chosen), any_of=bool(singles) and len(chosen) > 1,
                          fact_labels=tuple(_labels(grown.leaf.scene, chosen)))  # fmt: skip


def _presumed(lineage: Lineage) -> dict[FactKey, Entry]:
    """Return the presumed facts that a rule read, each with the opposite answer."""
    found: dict[FactKey, Entry] = {}
    findings: list[Finding] = []
    for state in (lineage.conduct, lineage.later):
        if state is not None and state.state is not RuleState.DEFEATED:
            findings += [part for part in (state.when, *state.exclusions) if part is not None]
    for finding in findings:
        for key, entry in finding.facts().items():
            if entry.origin is Origin.PRESUMED and isinstance(entry.domain, Known):
                found[key] = Entry(Known(not entry.domain.value), Origin.ASSUMED)
    return found


def _enough(grown: Grown, rule: str, changed: dict[FactKey, Entry]) -> bool:
    """Tell whether the rule would be established under either law."""
    scene = grown.leaf.scene
    scene = replace(scene, entries={**scene.entries, **changed})
    same = unmoved(grown.leaf, scene)
    return any(
        States(scene, time, settled=same.get(time, {})).state(rule).state is RuleState.ESTABLISHED
        for time in LawTime
    )


def _try(
    grown: Grown, rule: str, changed: dict[FactKey, Entry], *, lighter: bool
) -> IfShown | None:
    scene = grown.leaf.scene
    # INVARIANT: presumed facts are turned round, not narrowed: rules that are out may come back.
    # Turning bounds nothing: a yes/no has none.
    inner = replace(scene, entries={**scene.entries, **changed})
    leaf = grow(inner, lighter=lighter, ruled_out=unmoved(grown.leaf, inner))
    lineage = leaf.lineages[rule]
    if not lineage.applied:
        return None
    fine = fine_of(leaf)
    state = lineage.applied[0][0]
    version = state.version
    if version is None or fine == grown.branch.fine:
        return None
    return IfShown(
        rule=rule,
        label=lineage.rule.label,
        law=version.law,
        facts=tuple(changed),
        fact_labels=tuple(_labels(scene, changed)),
        fine=fine,
        no_penalty=not penalised(leaf),
        any_of=False,
        unverified=version.unverified,
        branch=grown.branch.assumptions,
    )


def _labels(scene: Scene, keys: Iterable[FactKey]) -> Iterator[Label]:
    for key in keys:
        yield fact_label(scene.rulebook.vocabulary.fact(key.entity, key.fact))
