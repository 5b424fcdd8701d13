"""iCalendar files (RFC 5545): whole-day entries, written without any clock."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator

from lawengine.base.dataclass import dataclass
from lawengine.base.release import VERSION
from lawengine.reports.styled import clean

MAX_OCTETS = 75
"""RFC 5545, 3.1: a line is no longer, without its end; what goes on begins with a space."""

_HEAD = 3
"""The lines before the first entry."""

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,"})


@dataclass(frozen=True, slots=True)
class Event:
    """An entry of one whole day; `stamp` is the day whose knowledge it shows."""

    uid: str
    stamp: datetime.date
    day: datetime.date
    summary: str
    text: str
    tentative: bool = False


def identifier(*parts: str) -> str:
    """Return a name for an entry that is the same whenever it is written again."""
    digest = hashlib.sha256("\x00".join(parts).encode(errors="backslashreplace")).hexdigest()
    return f"{digest[:32]}@lawengine"


def calendar_file(events: Iterable[Event]) -> str:
    """Return a calendar as text, lines ended as the standard asks (CR LF).

    Edges: empty for no entries, since the standard knows no calendar without any.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//lawengine//{VERSION}//EN"]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.uid}",
            f"DTSTAMP:{event.stamp:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
            f"SUMMARY:{_escaped(event.summary)}",
            f"DESCRIPTION:{_escaped(event.text)}",
            f"STATUS:{'TENTATIVE' if event.tentative else 'CONFIRMED'}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    if len(lines) == _HEAD:
        return ""
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 octets of UTF-8, no character cut in two.

    >>> [len(part.encode()) for part in folded("限" * 60)]
    [75, 73, 34]
    """
    part, length = "", 0
    for char in line:
        size = len(char.encode(errors="backslashreplace"))
        if length + size > MAX_OCTETS:
            yield part
            part, length = " ", 1
        part += char
        length += size
    yield part


def _escaped(text: str) -> str:
    lines = (clean(line).translate(_ESCAPED) for line in text.split("\n"))
    return "\\n".join(lines)
