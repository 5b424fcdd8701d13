"""What the compiled rules and the reference say of lists, benefits and duties, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING

from lawengine.compiled.standing import Standing
from lawengine.deciding.statuses import untold
from lawengine.evaluation.facts import Known
from lawengine.model.vocabulary import PARTY, ROOT
from lawengine.registers.findings import StatusFinding
from lawengine.registers.register import Register

if TYPE_CHECKING:
    from lawengine.compiled.engine import Whole
    from lawengine.compiled.status_answers import StatusAnswer
    from lawengine.deciding.decision import StatusOutcome
    from lawengine.evaluation.facts import Instance
    from lawengine.evaluation.trace import Finding


def status_differences(whole: Whole, register: Register) -> Iterator[str]:
    """Yield every difference between the statuses of a case and those of a fresh register."""
    chains: list[dict[str, Instance]] = [{ROOT: register.root}]
    chains += [{ROOT: register.root, PARTY: p} for p in register.root.children.get(PARTY, ())]
    if list(whole.statuses) != [list(chain.values())[-1].path for chain in chains]:
        yield f"statuses: of {list(whole.statuses)}"
        return
    for chain, ours in zip(chains, whole.statuses.values(), strict=True):
        found = list(register.findings(chain))
        if len(ours) != len(found):
            yield f"statuses: {len(ours)} instead of {len(found)}"
            return
        for answer, meant in zip(ours, found, strict=True):
            # trees of reasons are the reference's alone, and cost most of the time
            yield from _compared(answer, untold(meant, register))
            yield from _reasons(answer, meant)


def _compared(answer: StatusAnswer, theirs: StatusOutcome) -> Iterator[str]:
    ours = answer.outcome()
    if (answer.state, answer.possible()) != (theirs.state, theirs.possible):
        yield f"{theirs.name}: {answer.possible()} instead of {theirs.possible}"
    if ours == theirs:
        return
    for item in fields(theirs):
        one, two = getattr(ours, item.name), getattr(theirs, item.name)
        if one != two:
            yield f"{theirs.name} of {theirs.instance}: {item.name} {one} instead of {two}"


def _reasons(answer: StatusAnswer, found: StatusFinding) -> Iterator[str]:
    """Yield where the data of reasons differ from the findings of the reference."""
    if not isinstance(answer.found, Standing):
        return
    version = found.version
    if version is None:
        if answer.found.version is not None:
            yield f"reasons: a version of {found.status.name} in force"
        return
    if answer.found.version is not version.version:
        yield f"reasons: another version of {found.status.name}"
    parts = [version.when, *version.exclusions, version.start]
    parts += [part for ending in version.endings for part in (ending.condition, ending.on)]
    known = dict(pair for part in parts if part is not None for pair in _values(part))
    told = answer.reasons()
    for atom, value in zip(told.atoms, told.values, strict=True):
        if value is not None and atom in known and known[atom] != value:
            yield f"reasons: {atom} of {found.status.name} is {value} instead of {known[atom]}"
    if not told.atoms:
        yield f"reasons: none of {found.status.name}"


def _values(finding: Finding) -> Iterator[tuple[object, object]]:
    if isinstance(finding.domain, Known):
        yield finding.expression, finding.domain.value
    for part in finding.parts:
        yield from _values(part)
