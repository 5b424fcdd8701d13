"""Reading what a decided entry says of statuses: lists, joint measures, benefits, repairs."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field

from lawengine.base.calendar import Period
from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Note
from lawengine.base.label import Label
from lawengine.base.source import Span
from lawengine.casebook.blocks import (
    CHINESE_KEYS,
    Keys,
    take_block,
    take_label,
    take_list,
    take_text,
    take_truth,
    wrong,
)
from lawengine.casebook.findings import Findings, shown
from lawengine.casebook.published import (
    KEY_OF,
    PublishedKind,
    PublishedStatus,
    carriers,
    department_forms,
    ends,
    names_of,
)
from lawengine.casebook.scalars import Refusal, describe, parse_scalar
from lawengine.casebook.values import refuse
from lawengine.evaluation.facts import UNKNOWN, CaseFacts, Known, Unknown, Within
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.model.vocabulary import Role
from lawengine.statutes.yaml_tree import Node

STATUS_KEYS: Mapping[PublishedKind, Keys] = {
    PublishedKind.LIST: Keys(optional=("name", "other", "entered", "day", "until", "term")),
    PublishedKind.MEASURE: Keys(optional=("name", "other", "department", "of", "day")),
    PublishedKind.BENEFIT: Keys(optional=("name", "other", "granted", "day", "until", "term")),
    PublishedKind.REPAIR: Keys(optional=("name", "other", "granted", "day", "minimum")),
}
_HELD = {
    PublishedKind.LIST: "entered",
    PublishedKind.BENEFIT: "granted",
    PublishedKind.REPAIR: "granted",
}
_WHAT = {
    PublishedKind.LIST: Label("list", "名单"),
    PublishedKind.MEASURE: Label("joint measure", "联合惩戒措施"),
    PublishedKind.BENEFIT: Label("benefit", "守信激励"),
    PublishedKind.REPAIR: Label("list", "名单"),
}
_DEPARTMENT = Label("department", "部门")
_CARRIER = Label("list or benefit", "名单或者激励")
_SOME = Label("a list with at least one thing in it", "至少含一项的列表")
_LISTED_HERE = Label("put on the list here", "在此列入名单")
_DECIDED_HERE = Label("the day of the decision", "决定日期")


@dataclass(slots=True)
class PublishedReader:
    """Reads the statuses of decided entries; what has an error is left out."""

    rulebook: Rulebook
    facts: CaseFacts
    findings: Findings
    _forms: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def take(self, block: Mapping[str, Node], respondent: str) -> tuple[PublishedStatus, ...]:
        """Return what one decided entry says of statuses, in the order of the kinds."""
        return tuple(
            found
            for kind, key in KEY_OF.items()
            if key in block
            for item in self._items(block[key], key)
            for found in [self._status(item, kind, respondent)]
            if found is not None
        )

    def check_order(self, statuses: tuple[PublishedStatus, ...]) -> None:
        """Report repairs that are dated before the entry that they repair.

        Edges: a repair of the same day is none; where a party was listed several times the first
        entry counts.
        """
        for repair in statuses:
            last = ends(repair.day)[1]
            if repair.kind is not PublishedKind.REPAIR or not repair.held or last is None:
                continue
            entries = [
                (first, one)
                for one in statuses
                if one.kind is PublishedKind.LIST
                and one.held
                and (one.respondent, one.name, one.other)
                == (repair.respondent, repair.name, repair.other)
                for first in [ends(one.day)[0]]
            ]
            if not entries or any(first is None or first <= last for first, _ in entries):
                continue
            start, entry = min(
                ((first, one) for first, one in entries if first is not None),
                key=lambda found: found[0],
            )
            self.findings.error(
                "LAW544",
                repair.span,
                {"day": describe(last, Kind.DATE), "start": describe(start, Kind.DATE)},
                notes=(Note(entry.span, _LISTED_HERE),),
            )

    def _items(self, node: Node, key: str) -> list[Node]:
        if node.value == []:
            wrong(node, key, _SOME, self.findings)
        return take_list(node, key, self.findings)

    def _status(self, node: Node, kind: PublishedKind, respondent: str) -> PublishedStatus | None:
        """Return one thing; a text alone is the name of what the respondent got."""
        before = len(self.findings.collected)
        key = KEY_OF[kind]
        block = (
            {"name": node}
            if isinstance(node.value, str)
            else take_block(node, key, STATUS_KEYS[kind], self.findings)
        )
        if isinstance(node.value, dict) and ("name" in block) is ("other" in block):
            # Where a key is unknown the name may stand under it, which is reported already.
            if len(block) == len(node.value):
                self.findings.error("LAW543", node.span, {"key": key})
            return None
        found = PublishedStatus(
            kind=kind,
            respondent=respondent,
            name=self._known(block.get("name"), "name", kind, _WHAT[kind]),
            other=take_label(block.get("other"), "other", self.findings),
            held=self._held(block, kind),
            day=self._day(block.get("day"), "day"),
            until=self._day(block.get("until"), "until"),
            term=self._period(block.get("term"), "term"),
            minimum=self._period(block.get("minimum"), "minimum"),
            department=self._known(
                block.get("department"), "department", "department", _DEPARTMENT
            ),
            of=self._known(block.get("of"), "of", "of", _CARRIER),
            span=node.span,
        )
        self._check_days(found, block)
        return found if len(self.findings.collected) == before else None

    def _known(self, node: Node | None, key: str, forms: str, what: Label) -> str:
        """Return the name that the rulebook has for a scalar; "" and an error where it has none."""
        text = take_text(node, key, self.findings)
        if node is None or not text:
            return ""
        known = self._forms_of(forms)
        if text not in known:
            words = {"what": what, "found": shown(text)}
            self.findings.error("LAW542", node.span, words, near=(text, known))
        return known.get(text, "")

    def _forms_of(self, forms: str) -> Mapping[str, str]:
        if forms not in self._forms:
            if forms == "department":
                self._forms[forms] = department_forms(self.rulebook)
            elif forms == "of":
                self._forms[forms] = carriers(self.rulebook)
            else:
                self._forms[forms] = names_of(PublishedKind(forms), self.rulebook)
        return self._forms[forms]

    def _held(self, block: Mapping[str, Node], kind: PublishedKind) -> bool | None:
        key = _HELD.get(kind, "")
        if key in block:
            return take_truth(block[key], key, self.findings)
        # A shortest time, or words on a repair, tell of none that was granted.
        bare = kind is PublishedKind.REPAIR and ("minimum" in block or "other" in block)
        return None if bare else True

    def _day(self, node: Node | None, name: str) -> Known | Within | Unknown:
        text = take_text(node, name, self.findings)
        if node is None or not text:
            return UNKNOWN
        day = parse_scalar(Kind.DATE, text)
        if isinstance(day, Refusal):
            refuse(day, node, Label(name, CHINESE_KEYS[name]), self.findings)
            return UNKNOWN
        return day if isinstance(day, Known | Within) else UNKNOWN

    def _period(self, node: Node | None, name: str) -> Period | None:
        text = take_text(node, name, self.findings)
        if node is None or not text:
            return None
        found = parse_scalar(Kind.PERIOD, text)
        if isinstance(found, Refusal):
            refuse(found, node, Label(name, CHINESE_KEYS[name]), self.findings)
        return found.value if isinstance(found, Known) and isinstance(found.value, Period) else None

    def _check_days(self, found: PublishedStatus, block: Mapping[str, Node]) -> None:
        """Report a last day before the first, and a day after that of the decision.

        Edges: days known within bounds are wrong only where every one of them is.
        """
        first, last = ends(found.day)[0], ends(found.until)[1]
        if first is not None and last is not None and last < first:
            words = {"low": describe(first, Kind.DATE), "high": describe(last, Kind.DATE)}
            key = Label("until", CHINESE_KEYS["until"])
            self.findings.error("LAW526", block["until"].span, {"key": key, **words})
        decided, place = self._decided_on()
        if first is not None and decided is not None and decided < first:
            words = {"day": describe(first, Kind.DATE), "decided": describe(decided, Kind.DATE)}
            notes = (Note(place, _DECIDED_HERE),) if place is not None else ()
            self.findings.error("LAW545", block["day"].span, words, notes=notes)

    def _decided_on(self) -> tuple[datetime.date | None, Span | None]:
        fact = self.rulebook.vocabulary.with_role(Role.DECISION_DATE)
        entry = self.facts.root.entry(fact.name) if fact is not None else None
        if entry is None or not isinstance(entry.domain, Known | Within):
            return None, None
        return ends(entry.domain)[1], entry.span
