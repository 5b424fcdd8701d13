"""Lists, benefits and duties of a table of cases: in how many rows each is in which state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lawengine.base.label import Label, Language

if TYPE_CHECKING:
    from lawengine.columns.simulating import Simulated
    from lawengine.model.rulebook import Rulebook
    from lawengine.model.statuses import Status

_TITLE = Label("lists, benefits and duties: rows by state", "名单、激励和义务：各状态行数")
_UNTOLD = Label(
    "lists, benefits and duties that these columns settle in no row",
    "各列均不足以判断的名单、激励和义务",
)
_NAMED = 8
"""So many are named; the JSON names all."""


def status_data(found: Simulated) -> dict[str, object]:
    """Return the counts as plain data: by status and state."""
    told = [name for name in found.totals.states if name not in found.untold]
    return {
        "statuses": {
            name: {state.value: rows for state, rows in found.totals.held(name).items()}
            for name in told
        },
        "untold": list(found.untold),
    }


def status_lines(found: Simulated, rulebook: Rulebook, language: Language) -> Iterator[str]:
    """Yield the counts as lines; what the columns say nothing of is named once."""
    from lawengine.base.source import display_width
    from lawengine.deciding.scenarios import STATUS_LABELS

    told = {
        name: states
        for name in found.totals.states
        if name not in found.untold and (states := found.totals.held(name))
    }
    if told:
        yield f"\n{_TITLE.text(language)}"
    for name, states in told.items():
        yield f"  {_name(rulebook.statuses[name], language)}"
        for state, rows in states.items():
            words = STATUS_LABELS[state].text(language)
            yield f"    {words}{' ' * max(1, 50 - display_width(words))}{rows:>20,}"
    if found.untold:
        yield f"\n{_UNTOLD.text(language)} ({len(found.untold)})"
        names = [_name(rulebook.statuses[name], language) for name in found.untold[:_NAMED]]
        yield f"  {', '.join(names)}{', …' * (len(found.untold) > _NAMED)}"


def _name(status: Status, language: Language) -> str:
    return status.alias or status.name if language == "zh" else status.name
