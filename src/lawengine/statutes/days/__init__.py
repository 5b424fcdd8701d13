"""Working days: holiday calendars as notices publish them, and the rules that count periods."""

from lawengine.statutes.days.calendars import read_calendars, read_year
from lawengine.statutes.days.countings import read_counting, read_countings
from lawengine.statutes.days.model import Arrangement, Days, Holiday, Issuer, Notice, Year
from lawengine.statutes.days.notices import NoticeCheck, verify_notices

__all__ = [
    "Arrangement",
    "Days",
    "Holiday",
    "Issuer",
    "Notice",
    "NoticeCheck",
    "Year",
    "read_calendars",
    "read_counting",
    "read_countings",
    "read_year",
    "verify_notices",
]
