"""The shape of a comparison of versions of the law as JSON."""

from __future__ import annotations

from typing import Annotated, TypedDict

from lawengine.reports.value_shape import (
    FineData,
    TextData,
)


class MarginData(TypedDict):
    """What stays with the party if an assumed gain is true."""

    assumption: Annotated[str, "name of the assumption"]
    text: Annotated[TextData, "the assumption in words"]
    gain_fen: Annotated[int, "the gain assumed"]
    least_fen: Annotated[int | None, "gain less the highest fine; null: its ceiling is not known"]
    most_fen: Annotated[int, "gain less the lowest fine"]


class BranchFineData(TypedDict):
    """The range under one answer to what is open."""

    assumption: Annotated[TextData, "the answer in words; empty where nothing is open"]
    fine: Annotated[FineData, "the lawful range"]


class LineData(TypedDict):
    """One party under one version of the law."""

    respondent: Annotated[str, "what the case file calls it"]
    fine: Annotated[FineData, "the lawful range, all answers together"]
    by_branch: Annotated[list[BranchFineData], "the range under each answer"]
    taken: Annotated[list[str], "what confiscates the gain itself; empty where nothing does"]
    break_even_fen: Annotated[
        int | None,
        "gain, if it is left, above which the violation pays at the highest fine; null: not known",
    ]
    margins: Annotated[list[MarginData], "what stays under each named assumption"]


class RowData(TypedDict):
    """One version of the law put under the case: a hypothesis, never a decision."""

    version_from: Annotated[str, "first day of the version"]
    version_to: Annotated[str | None, "its last day; null: still in force"]
    law: Annotated[list[str], "what it cites"]
    unverified: Annotated[TextData | None, "why the law is not checked; null when it is"]
    moved_to: Annotated[str, "the day to which the end of the act is moved"]
    lines: Annotated[list[LineData], "the parties"]


class ComparisonData(TypedDict):
    """The true answer, and apart from it what each version would have allowed."""

    format: Annotated[str, "version of this format"]
    case: Annotated[str, "identifier of the case"]
    title: Annotated[TextData, "its title"]
    true_answer: Annotated[list[LineData], "the parties under the law that does apply"]
    versions: Annotated[list[RowData], "each version, as a hypothesis"]
    rulebook: Annotated[str, "SHA-256 of what the rules mean"]
    engine: Annotated[str, "version of the program"]
