"""What became of one list, benefit or duty, as light data."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from lawengine.base.truth import Truth
from lawengine.model.statuses import Status, StatusState, StatusVersion
from lawengine.registers.findings import ABSENT, HOLDING

UNDATED = datetime.date.max
"""The day of an ending that holds on whatever day its condition does: later than any other."""

Ended = tuple[datetime.date, int]
"""The day of an ending that holds, and its place among the endings of its version."""


class Standing(NamedTuple):
    """The state of a status on the day `on`, every fact that it hangs on being known.

    `version` is None where none is in force. `start` and `last` are its first and its last day,
    None where it has none or the status never came about; so is `start` for a watch and for a duty
    that is due before a day. `ended` is the ending that came first, `late` whether a duty was
    discharged after its last day. `barring` are the places of the exclusions that alone stand in
    the way. `undone` tells that a way out without a day of its own holds, whatever came first.
    """

    status: Status
    version: StatusVersion | None
    state: StatusState
    on: datetime.date
    start: datetime.date | None = None
    last: datetime.date | None = None
    ended: Ended | None = None
    late: Truth = Truth.FALSE
    barring: tuple[int, ...] = ()
    undone: bool = False

    @property
    def applies(self) -> bool:
        """Tell whether it came about, be it over by now."""
        return self.version is not None and self.state is not ABSENT[self.status.kind]

    @property
    def holds(self) -> bool:
        """Tell whether the party is on the list, has the benefit, is in breach of the duty."""
        return self.state is HOLDING[self.status.kind]

    def stood_since(self, since: datetime.date) -> bool | None:
        """Tell whether a list that has come about held on a day from `since` on; None where open.

        Edges: open is what ended on no day of its own: the register knows from when on it could.
        """
        if self.holds:
            return True
        if self.start is None or self.undone:
            return None
        if self.ended_on is not None:
            return self.ended_on > max(self.start, since)
        return self.last is not None and self.last >= since

    @property
    def ended_on(self) -> datetime.date | None:
        """Return the day on which it ended before its term, None where that has no day."""
        return None if self.ended is None or self.ended[0] == UNDATED else self.ended[0]


def lateness(ended: Iterable[Ended], last: datetime.date) -> Truth:
    """Return whether a duty was discharged after its last day; open where that has no day."""
    days = [day for day, _ in ended]
    if any(last < day < UNDATED for day in days):
        return Truth.TRUE
    return Truth.UNKNOWN if UNDATED in days else Truth.FALSE
