"""The three dates that every question of law needs."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AsOf:
    """When the conduct ended, when the decision is made, and until when the file knows.

    None of them is ever read from a clock below the command line.
    """

    conduct: datetime.date
    decision: datetime.date
    knowledge: datetime.date
