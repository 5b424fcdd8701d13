"""The grades and scores of the parties of a case: the answer first, then the arithmetic."""

from __future__ import annotations

import json
from collections.abc import Iterator

from lawengine.base.label import Language
from lawengine.base.release import DECISION_FORMAT
from lawengine.deciding.decision import Decision
from lawengine.deciding.rating_outcomes import GradeOutcome, RatingState, ScoreOutcome
from lawengine.model.rulebook import Rulebook
from lawengine.reports.document import StatusPart
from lawengine.reports.naming import Names
from lawengine.reports.rating_parts import rating_parts
from lawengine.reports.status_json import grade_data, score_data
from lawengine.reports.styled import DEFAULT_WIDTH, StyledLine
from lawengine.reports.terminal import status_lines
from lawengine.reports.value_json import text_data
from lawengine.reports.wording import word
from lawengine.statutes import Library


def grade_lines(
    decision: Decision,
    rulebook: Rulebook,
    language: Language = "en",
    *,
    full: bool = False,
    library: Library | None = None,
    width: int = DEFAULT_WIDTH,
) -> Iterator[StyledLine]:
    """Yield grades and scores as lines of styled text; `full` keeps those nobody knows, too."""
    names = Names(rulebook, library or Library(), language)
    parts = list(_parts(decision, names, full=full))
    title = decision.title.text(language) or decision.case
    yield from status_lines(
        f"{word('ratings', language)}{names.colon}{title}", _summary(decision, language), parts,
        language, width,
    )  # fmt: skip


def _parts(decision: Decision, names: Names, *, full: bool) -> Iterator[tuple[str, StatusPart]]:
    for part in rating_parts(decision.scores, decision.grades, names, full=full):
        yield "", part
    for item in decision.respondents:
        for part in rating_parts(item.scores, item.grades, names, full=full):
            yield item.name or item.path, part


def _summary(decision: Decision, language: Language) -> str:
    found: list[ScoreOutcome | GradeOutcome]
    found = [*decision.all_scores(), *decision.all_grades()]
    told = [one for one in found if one.told]
    if not told:
        return word("no_ratings", language)
    opened = sum(one.state is RatingState.OPEN for one in told)
    return word("rating_counts", language, n=len(told), open=opened)


def open_ratings(decision: Decision) -> bool:
    """Tell whether a score or a grade of which something is known is not settled."""
    found: tuple[ScoreOutcome | GradeOutcome, ...]
    found = (*decision.all_scores(), *decision.all_grades())
    return any(one.told and one.state is RatingState.OPEN for one in found)


def grade_json(decision: Decision, rulebook: Rulebook) -> str:
    """Return grades and scores with their arithmetic as the text of a JSON file.

    Shapes: those of `scores` and `grades` in `docs/decision.schema.json`, by party.
    """
    data = {
        "format": DECISION_FORMAT,
        "case": decision.case,
        "title": text_data(decision.title),
        "scores": [score_data(one, rulebook) for one in decision.scores],
        "grades": [grade_data(one, rulebook) for one in decision.grades],
        "respondents": [
            {
                "path": item.path,
                "name": item.name,
                "scores": [score_data(one, rulebook) for one in item.scores],
                "grades": [grade_data(one, rulebook) for one in item.grades],
            }
            for item in decision.respondents
        ],
        "rulebook": decision.rulebook,
        "engine": decision.engine,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
