"""On which lists parties stand on a day, as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lawengine.base.label import Language
from lawengine.base.release import DECISION_FORMAT
from lawengine.base.truth import Truth
from lawengine.deciding.standing import Listing, PartyStanding, Prospect, Standing, Way
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import Domain
from lawengine.explanation.phrasing import status_label
from lawengine.model.rulebook import Rulebook
from lawengine.model.statuses import JointMeasure
from lawengine.reports.document import StatusPart
from lawengine.reports.naming import Names, need_label
from lawengine.reports.status_json import statuses_data
from lawengine.reports.status_parts import status_parts
from lawengine.reports.styled import DEFAULT_WIDTH, StyledLine
from lawengine.reports.terminal import status_lines
from lawengine.reports.value_json import domain_data, text_data
from lawengine.reports.wording import word
from lawengine.statutes import Library

_ANSWERS = {
    Truth.TRUE: "standing_yes",
    Truth.FALSE: "standing_no",
    Truth.UNKNOWN: "standing_open",
}
_COLUMNS = (
    "respondent", "list", "label", "instance", "state", "since", "until", "removable_from",
    "measure", "authority", "law",
)  # fmt: skip


def standing_lines(
    found: Standing,
    rulebook: Rulebook,
    language: Language = "en",
    *,
    full: bool = False,
    library: Library | None = None,
    width: int = DEFAULT_WIDTH,
) -> Iterator[StyledLine]:
    """Yield the lists of each party as lines of styled text; `full` gives the reasons."""
    names = Names(rulebook, library or Library(), language)
    title = word("standing", language, on=names.days(found.on)) + names.colon + found.case
    parts = [
        (_heading(party, names), part)
        for party in found.parties
        for part in (*_parts(party, names, full=full), *_more(party, names))
    ]
    missing = [_heading(party, names) for party in found.parties if not _told(party)]
    summary = "\n".join(missing) if missing else ""
    lines = [word("standing_past", language)] if found.past else []
    lines += [summary] if summary else []
    if not found.parties:
        lines.append(word("standing_none", language))
    yield from status_lines(title, names.join(lines), parts, language, width)


def _told(party: PartyStanding) -> bool:
    return bool(party.listings or party.prospects or party.unasked)


def _heading(party: PartyStanding, names: Names) -> str:
    return f"{party.name}{names.colon}{word(_ANSWERS[party.listed], names.language)}"


def _parts(party: PartyStanding, names: Names, *, full: bool) -> Iterator[StatusPart]:
    for listing in party.listings:
        (part,) = status_parts([listing.outcome], names, full=full)
        notes = []
        if listing.ways:
            ways = tuple(_way(way, names) for way in listing.ways)
            notes.append((word("standing_ways", names.language), ways))
        if listing.bars:
            bars = tuple(_label(name, names) for name in listing.bars)
            notes.append((word("standing_bars", names.language), bars))
        days = part.days
        if listing.until is not None and listing.outcome.until is None:
            until = word("status_until", names.language), names.days(listing.until)
            days = (*days, until)
        yield replace(part, days=days, notes=tuple(notes), steps=part.steps if full else ())


def _more(party: PartyStanding, names: Names) -> Iterator[StatusPart]:
    """Yield what one more penalty would bring, and what could not be asked."""
    groups = []
    if party.prospects:
        lines = tuple(_prospect(one, names) for one in party.prospects)
        groups.append((word("standing_prospects", names.language), lines))
    if party.unasked:
        lines = tuple(_label(name, names) for name in party.unasked)
        groups.append((word("standing_unasked", names.language), lines))
    for title, lines in groups:
        yield StatusPart(
            kind=word("statuses_lists", names.language), name=title, of="", state="", alarm=False,
            law="", unverified="", authority="", days=(), measures=(), triggers=(), needs=(),
            steps=(), notes=(("", lines),),
        )  # fmt: skip


def _label(name: str, names: Names) -> str:
    return status_label(name, names.rulebook).text(names.language)


def _way(way: Way, names: Names) -> str:
    language = names.language
    when = word("way_any_time", language)
    if way.on is not None:
        when = word("way_by_itself", language, day=names.days(way.on))
    elif way.opens is not None:
        when = word("way_from", language, day=names.days(way.opens))
    lacks = [
        word("way_open", language, what=lack.what.text(language))
        if lack.truth is Truth.UNKNOWN
        else lack.what.text(language)
        for lack in way.lacks
    ]
    what = word("way_lacks", language, lacks=names.join(lacks)) if lacks else ""
    if way.refused is not None:
        what = word("way_refused", language, day=names.days(way.refused))
    parts = [when, what or word("way_ready", language), names.citations(way.law)]
    if way.unverified:
        parts.append(f"[{word('unverified', language)}] {way.unverified.text(language)}")
    return names.join(part for part in parts if part)


def _prospect(one: Prospect, names: Names) -> str:
    language, label = names.language, _label(one.status, names)
    if one.sure:
        text = word("prospect_sure", language, list=label)
    else:
        needed = dict.fromkeys(
            need_label(need, names.rulebook).text(language) for need in one.needs
        )
        text = word("prospect_open", language, list=label, needs=names.join(needed))
    doubt = f"[{word('unverified', language)}]" if one.unverified else ""
    return names.join(part for part in (text, names.citations(one.law), doubt) if part)


# --- data -----------------------------------------------------------------------------------------


def standing_json(found: Standing, rulebook: Rulebook, *, full: bool = False) -> str:
    """Return the lists of each party as the text of a JSON file, in both languages."""
    data = {
        "format": DECISION_FORMAT,
        "case": found.case,
        "on": domain_data(found.on),
        "past": found.past,
        "parties": [_party(party, rulebook, full=full) for party in found.parties],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _party(party: PartyStanding, rulebook: Rulebook, *, full: bool) -> dict[str, object]:
    return {
        "respondent": party.path,
        "name": party.name,
        "listed": {Truth.TRUE: True, Truth.FALSE: False}.get(party.listed),
        "lists": [_listing(listing, rulebook, full=full) for listing in party.listings],
        "if_penalised": [_prospect_data(one, rulebook) for one in party.prospects],
        "unasked": list(party.unasked),
    }


def _listing(listing: Listing, rulebook: Rulebook, *, full: bool) -> dict[str, object]:
    (data,) = statuses_data([listing.outcome], rulebook, full=full)
    return {
        **data,
        "until": None if listing.until is None else domain_data(listing.until),
        "ways": [_way_data(way) for way in listing.ways],
        "bars": list(listing.bars),
        "form": listing.form.value,
    }


def _way_data(way: Way) -> dict[str, object]:
    return {
        "opens": None if way.opens is None else domain_data(way.opens),
        "by_itself_on": None if way.on is None else domain_data(way.on),
        "refused_on": None if way.refused is None else domain_data(way.refused),
        "lacks": [
            {"what": text_data(lack.what), "open": lack.truth is Truth.UNKNOWN}
            for lack in way.lacks
        ],
        "law": [str(citation) for citation in way.law],
        "unverified": text_data(way.unverified) if way.unverified else None,
    }


def _prospect_data(one: Prospect, rulebook: Rulebook) -> dict[str, object]:
    return {
        "list": one.status,
        "label": text_data(one.label),
        "sure": one.sure,
        "needs": [
            {"fact": str(need.key), "label": text_data(need_label(need, rulebook))}
            for need in one.needs
        ],
        "law": [str(citation) for citation in one.law],
        "unverified": text_data(one.unverified) if one.unverified else None,
    }


# --- a table --------------------------------------------------------------------------------------


def standing_csv(found: Standing, rulebook: Rulebook, language: Language = "en") -> str:
    """Return a row for each measure of each list of each party, one without where it has none.

    Edges: a day within bounds is written `from..to`; what could start a formula in a spreadsheet
    is quoted with an apostrophe.
    """
    names = Names(rulebook, Library(), language)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for party in found.parties:
        for listing in party.listings:
            for row in _rows(party, listing, names):
                writer.writerow([safe_cell(cell) for cell in row])
    return out.getvalue()


def _rows(party: PartyStanding, listing: Listing, names: Names) -> Iterator[Sequence[str]]:
    outcome = listing.outcome
    head = (
        party.name, outcome.name, _label(outcome.name, names), outcome.instance,
        outcome.state.value, _day(outcome.start), _day(listing.until),
        _day(outcome.earliest_removal),
    )  # fmt: skip
    measures: tuple[JointMeasure | None, ...] = outcome.measures or (None,)
    for measure in measures:
        if measure is None:
            yield (*head, "", "", "")
        else:
            law = "; ".join(str(citation) for citation in measure.law)
            yield (*head, measure.name, measure.authority, law)


def _day(day: Domain | None) -> str:
    if day is None:
        return ""
    low, high = bounds(day)
    ends = ["" if end is None else str(end) for end in (low, high)]
    return ends[0] if low == high else "..".join(ends)


def safe_cell(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
