"""Open conditions as questions of their own: when two versions of a rule ask the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from lawengine.evaluation.trace import Question
from lawengine.model import expressions as e
from lawengine.model import measures as m
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Definition, Rule, Tier, Version


def question_of(
    rulebook: Rulebook, rule: Rule, version: Version, law: str, tier: int = -1, band: int = -1
) -> Question:
    """Return the question that a condition of `version` puts under the law of one time.

    Edges: versions with one wording put one question, unless the condition hangs on the law
    itself (a figure that changes, the state of another rule): then each law asks for itself.
    """
    asked = conditions_at(version, tier, band)
    book = rulebook.definitions
    same = next(o for o in rule.versions if _alike(conditions_at(o, tier, band), asked, book))
    if all(_fixed(condition, rulebook, set()) for condition in asked):
        return Question(rule.name, tier, band, same.interval.start.isoformat())
    return Question(rule.name, tier, band, f"{version.interval.start.isoformat()} {law}")


def conditions_at(version: Version, tier: int, band: int) -> tuple[e.Expression, ...]:
    """Return the conditions at one place of a version: that of a rule has its exclusions last."""
    if tier < 0 and band < 0:
        return (*(() if version.when is None else (version.when,)), *version.exclusions)
    steps = list(_steps(version))
    if tier + 1 >= len(steps):
        return ()
    condition, consequences = steps[tier + 1]
    if band < 0:
        return () if condition is None else (condition,)
    conditions = list(band_conditions(consequences))
    found = conditions[band] if band < len(conditions) else None
    return () if found is None else (found,)


def _steps(
    version: Version,
) -> Iterator[tuple[e.Expression | None, tuple[m.Consequence, ...]]]:
    """Yield the ordinary consequences and then each tier, in the order of the text."""
    yield None, version.consequences
    stack = list(reversed(version.tiers))
    while stack:
        tier = stack.pop()
        yield tier.condition, tier.consequences
        stack.extend(reversed(tier.tiers))


def band_conditions(consequences: tuple[m.Consequence, ...]) -> Iterator[e.Expression | None]:
    """Yield the condition of every alternative of every fine, in the order of the text."""
    for consequence in consequences:
        measures: tuple[m.Measure, ...] = ()
        if isinstance(consequence, m.Measure):
            measures = (consequence,)
        elif isinstance(consequence, m.MeasureChoice):
            measures = consequence.measures
        for measure in measures:
            yield from (condition for condition, _ in measure.bands)


def size(tiers: tuple[Tier, ...]) -> int:
    """Return how many tiers there are, those inside others too."""
    return sum(1 + size(tier.tiers) for tier in tiers)


def _alike(one: object, two: object, definitions: Mapping[str, Definition]) -> bool:
    """Tell whether two conditions say the same once their definitions are written out."""
    if one == two:
        return True
    while isinstance(one, e.Defined):
        one = definitions[one.name].body
    while isinstance(two, e.Defined):
        two = definitions[two.name].body
    if isinstance(one, tuple) and isinstance(two, tuple):
        pairs = zip(one, two, strict=False)
        return len(one) == len(two) and all(_alike(a, b, definitions) for a, b in pairs)
    if type(one) is not type(two) or not is_dataclass(one):
        return one == two
    names = [field.name for field in fields(one) if field.compare]
    return all(_alike(getattr(one, n), getattr(two, n), definitions) for n in names)


def _fixed(expression: e.Expression, rulebook: Rulebook, seen: set[str]) -> bool:
    """Tell whether facts alone decide the expression, whatever day's law is applied."""
    match expression:
        case e.Established():
            return False
        case e.ParameterValue(name=name):
            parameter = rulebook.parameters[name]
            return len({value.value for value in parameter.values}) == 1
        case e.Defined(name=name) if name not in seen:
            seen.add(name)
            return _fixed(rulebook.definitions[name].body, rulebook, seen)
        case e.Looked(name=name) if name not in seen:
            seen.add(name)
            table = rulebook.tables[name]
            cells = (cell for row in table.rows for cell in row.cells)
            ends = (end for cell in cells for end in (*cell.options, cell.low, cell.high) if end)
            parts = (*table.inputs, *ends, *(row.result for row in table.rows))
            return all(_fixed(part, rulebook, seen) for part in parts)
        case _:
            return all(_fixed(part, rulebook, seen) for part in e.children(expression))
