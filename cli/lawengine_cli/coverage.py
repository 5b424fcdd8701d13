"""Coverage: what of the rules no scenario tests, and what of the law no rule cites."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lawengine.base.label import Label, Language
from lawengine_cli.opening import files_in
from lawengine_cli.streams import say
from lawengine_cli.tables import say_table

if TYPE_CHECKING:
    from lawengine.base.diagnostic import Diagnostic
    from lawengine.checks import RuleCoverage
    from lawengine.workspace import Workspace

_HEAD = Label("rule|is|scenarios|versions|tiers", "规则|类型|情景|版本|档次")
_RULE = Label("rule", "规则")
_EXCEPTION = Label("exception", "例外")
_SUMMARY = Label(
    "with a scenario: {0} rules, {1} exceptions, {2} versions, {3} tiers",
    "有情景的：规则{0}，例外{1}，版本{2}，档次{3}",
)
_OF = Label("{0} of {1}", "{0}/{1}")
_WITHOUT = Label("without a scenario:", "没有情景的：")
_UNCITED = Label("articles on liability that no rule cites:", "没有规则引用的责任条款：")


@dataclass(frozen=True, slots=True)
class Covered:
    """What scenarios test of the rules, and the articles on liability that no rule cites."""

    rules: Sequence[RuleCoverage]
    uncited: Sequence[Diagnostic]

    def counts(self) -> tuple[tuple[int, int], ...]:
        """Return of rules, exceptions, versions and tiers how many have a scenario, and all."""
        versions = [version for found in self.rules for version in found.versions]
        groups: tuple[Iterable[int], ...] = (
            [found.scenarios for found in self.rules if not found.rule.exception_to],
            [found.scenarios for found in self.rules if found.rule.exception_to],
            [version.scenarios for version in versions],
            [tier.scenarios for version in versions for tier in version.tiers],
        )
        return tuple(_counted(group) for group in groups)


def coverage_of(workspace: Workspace, folders: list[Path] | None) -> Covered:
    """Return the coverage of the rules below these folders, or of all rules.

    Edges: of the law, only families count that those rules cite.
    """
    from lawengine.checks import rule_coverage, uncited_articles

    names = files_in(workspace, folders)
    library = workspace.library
    rules = [found for found in rule_coverage(workspace.rulebook) if found.rule.span.path in names]
    cited = {
        instrument.family
        for found in rules
        for version in found.rule.versions
        for law in (*version.law, *version.breaches)
        if (instrument := library.instrument(law.instrument)) is not None
    }
    uncited = [
        diagnostic
        for diagnostic in uncited_articles(workspace.rulebook, library)
        if diagnostic.article is not None
        and (instrument := library.instrument(diagnostic.article.instrument)) is not None
        and instrument.family in cited
    ]
    return Covered(rules, uncited)


def say_coverage(covered: Covered, language: Language) -> None:
    """Print one line for each rule, the totals, and what is missing."""
    rows = []
    for found in covered.rules:
        versions = [version.scenarios for version in found.versions]
        tiers = [tier.scenarios for version in found.versions for tier in version.tiers]
        kind = _EXCEPTION if found.rule.exception_to else _RULE
        rows.append(
            (
                found.rule.alias if language == "zh" and found.rule.alias else found.rule.name,
                kind.text(language),
                str(found.scenarios),
                _of(_counted(versions)),
                _of(_counted(tiers)) if tiers else "-",
            )
        )
    if rows:
        say_table(_HEAD.text(language).split("|"), rows, numbers=(2, 3, 4), whole=(0,))
        say("")
    totals = [_OF.text(language).format(*pair) for pair in covered.counts()]
    say(_SUMMARY.text(language).format(*totals))
    gaps = [
        (found.rule, part.text(language)) for found in covered.rules for part, _ in found.gaps()
    ]
    if gaps:
        say(_WITHOUT.text(language))
        for rule, part in gaps:
            say(f"  {rule.span}: {rule.name}: {part}")
    if covered.uncited:
        say(_UNCITED.text(language))
        for diagnostic in covered.uncited:
            say(f"  {diagnostic.message(language)}")


def coverage_data(covered: Covered, language: Language) -> dict[str, Any]:
    """Return the coverage as plain data: numbers of scenarios, and the articles."""
    return {
        "rules": [
            {
                "rule": found.rule.name,
                "exception_to": found.rule.exception_to or None,
                "scenarios": found.scenarios,
                "versions": [
                    {
                        "from": version.version.interval.start.isoformat(),
                        "scenarios": version.scenarios,
                        "tiers": [tier.scenarios for tier in version.tiers],
                    }
                    for version in found.versions
                ],
            }
            for found in covered.rules
        ],
        "uncited": [
            {"article": str(diagnostic.article), "message": diagnostic.message(language)}
            for diagnostic in covered.uncited
        ],
    }


def _counted(numbers: Iterable[int]) -> tuple[int, int]:
    found = list(numbers)
    return sum(1 for number in found if number), len(found)


def _of(pair: tuple[int, int]) -> str:
    return f"{pair[0]}/{pair[1]}"
