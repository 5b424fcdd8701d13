"""What can be asked beside the figures: bootstrap, behaviour, published aggregates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from lawengine.analysis.analysing import Analysed
from lawengine.analysis.published import published
from lawengine.analysis.resampling import bootstrap
from lawengine.analysis.response import behaviour
from lawengine.analysis.result import Analysis, Assumption
from lawengine.model.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Extras:
    """What is asked; `draws` 0 is no bootstrap, `elasticity` None is off."""

    draws: int = 0
    seed: int = 1
    elasticity: float | None = None
    published: Path | None = None


def with_extras(
    analysed: Analysed, extras: Extras, rulebook: Rulebook, *, weights: str = "", cluster: str = ""
) -> Analysis:
    """Return the analysis with what was asked beside it.

    Raises:
        RefusedError: something asked has no answer.
    """
    analysis, ran = analysed.analysis, analysed.ran
    if extras.draws:
        found = bootstrap(ran, draws=extras.draws, seed=extras.seed, cluster=cluster)
        analysis = replace(analysis, bootstrap=replace(found, weights=weights))
    if extras.elasticity is not None:
        answer = behaviour(ran, extras.elasticity)
        others = [
            replace(one, on=False) if one.name == "same_cases" else one
            for one in analysis.assumptions
        ]
        assumptions = (*others, Assumption("elasticity", answer.text))
        analysis = replace(analysis, behaviour=answer, assumptions=assumptions)
    if extras.published is not None:
        analysis = replace(analysis, published=published(extras.published, ran, rulebook))
    return analysis
