"""The parts of a case file beside its facts: decided, assumptions, sources, expectations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Note
from lawengine.base.label import Label
from lawengine.base.patterns import pattern
from lawengine.casebook.blocks import (
    CHINESE_KEYS,
    FIRST,
    Keys,
    take_block,
    take_citations,
    take_label,
    take_list,
    take_member,
    take_text,
    take_truth,
    wrong,
)
from lawengine.casebook.case_file import (
    Assumption,
    DecidedFine,
    DecidedSanction,
    NoFine,
    Publication,
    SourceEvidence,
)
from lawengine.casebook.findings import Findings, shown
from lawengine.casebook.published import KEY_OF, PublishedStatus
from lawengine.casebook.published_sections import PublishedReader
from lawengine.casebook.scalars import Refusal, describe, ordered, parse_scalar
from lawengine.casebook.values import refuse, take_amount
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import UNKNOWN, CaseFacts, FactKey, Instance, Known, Within
from lawengine.model.measures import MEASURE_LABELS, MeasureKind
from lawengine.model.rulebook import Rulebook
from lawengine.model.types import Kind
from lawengine.model.vocabulary import ACT, PARTY, Vocabulary
from lawengine.statutes.yaml_tree import Node

SECTIONS = Keys(
    required=("case",),
    optional=("title", "assumptions", "decided", "sources", "notes", "expect_open"),
)
"""The keys of a case file that are no facts; all others belong to the vocabulary."""

ASSUMPTION = Keys(required=("name", "text", "respondent", "gain"))
OF_FINE = (
    "act",
    "proposed",
    "combined",
    "measures",
    "articles",
    "articles_unverified",
    "grounds",
)
"""What a decided entry may say only beside its fine."""
DECIDED = Keys(required=("respondent",), optional=("fine", *OF_FINE, *KEY_OF.values()))
FINE = Keys(required=("from", "to"))
PUBLICATION = Keys(required=("title", "site", "evidence"), optional=("url", "date"))
NO_FINE = ("none", "无")
NOT_PRINTED = ("unknown", "未知")
IDENTIFIER = pattern(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_IDENTIFIER = 80
_FINE_EXPECTED = Label(
    "an amount, `none`, `unknown`, or a block with `from` and `to`",
    "金额、“无”“未知”，或者含“自”“至”的键值块",
)
_URL = pattern(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Sections:
    """Reads the sections of one case; the facts were read before."""

    facts: CaseFacts
    rulebook: Rulebook
    findings: Findings

    @property
    def vocabulary(self) -> Vocabulary:
        """Return the vocabulary of the facts."""
        return self.rulebook.vocabulary

    def assumptions(self, node: Node | None) -> tuple[Assumption, ...]:
        """Return the named assumptions; those with an error are left out."""
        found: dict[str, Assumption] = {}
        for item in take_list(node, "assumptions", self.findings):
            block = take_block(item, "assumptions", ASSUMPTION, self.findings)
            name = take_text(block.get("name"), "name", self.findings)
            gain = take_amount(block.get("gain"), "gain", self.findings)
            party = self._party(block.get("respondent"))
            text = take_label(block.get("text"), "text", self.findings)
            if name in found:
                notes = (Note(found[name].span, FIRST),)
                words = {"entity": Label("assumption", "假设"), "name": shown(name)}
                self.findings.error("LAW529", item.span, words, notes=notes)
            elif name and gain is not None and party is not None:
                found[name] = Assumption(name, text, party.name, gain, item.span)
        return tuple(found.values())

    def decided(
        self, node: Node | None
    ) -> tuple[tuple[DecidedSanction, ...], tuple[PublishedStatus, ...]]:
        """Return what was published of fines, and of statuses; what has an error is left out.

        An entry that tells of statuses alone needs no fine.
        """
        findings = self.findings
        found, statuses = [], list[PublishedStatus]()
        reader = PublishedReader(self.rulebook, self.facts, findings)
        for item in take_list(node, "decided", findings):
            block = take_block(item, "decided", DECIDED, findings)
            party = self._party(block.get("respondent"))
            statuses += reader.take(block, party.name if party else "")
            if "fine" not in block:
                self._fine_missing(item, block)
                continue
            fine = self._fine(block.get("fine"))
            kinds = [
                take_member(kind, "measures", MeasureKind, findings, MEASURE_LABELS)
                for kind in take_list(block.get("measures"), "measures", findings)
            ]
            grounds = take_list(block.get("grounds"), "grounds", findings)
            entry = DecidedSanction(
                respondent=party.name if party else "",
                fine=fine or UNKNOWN,
                act=self._act(block.get("act"), party),
                proposed=take_truth(block.get("proposed"), "proposed", findings),
                combined=take_truth(block.get("combined"), "combined", findings),
                measures=tuple(kind for kind in kinds if kind is not None),
                articles=take_citations(block.get("articles"), "articles", findings),
                articles_unverified=take_truth(
                    block.get("articles_unverified"), "articles_unverified", findings
                ),
                grounds=tuple(take_label(ground, "grounds", findings) for ground in grounds),
                span=item.span,
            )
            if party is not None and fine is not None:
                found.append(entry)
        reader.check_order(tuple(statuses))
        return tuple(found), tuple(statuses)

    def _fine_missing(self, item: Node, block: Mapping[str, Node]) -> None:
        """Report a missing fine where nothing is told of statuses, or what goes with a fine is."""
        told = any(key in block for key in KEY_OF.values())
        if not isinstance(item.value, dict) or (told and not any(key in block for key in OF_FINE)):
            return
        words = {"key": Label("fine", CHINESE_KEYS["fine"])}
        self.findings.error("LAW519", item.span, words)

    def sources(self, node: Node | None) -> tuple[Publication, ...]:
        """Return where the decision was published; entries with an error are left out."""
        findings = self.findings
        found = []
        for item in take_list(node, "sources", findings):
            block = take_block(item, "sources", PUBLICATION, findings)
            evidence = take_member(block.get("evidence"), "evidence", SourceEvidence, findings)
            title = take_label(block.get("title"), "title", findings)
            site = take_text(block.get("site"), "site", findings)
            url = take_text(block.get("url"), "url", findings)
            if url and not _URL.fullmatch(url):
                expected = Label("an address such as `https://...`", "网址，例如“https://...”")
                wrong(block["url"], "url", expected, findings)
            date = self._date(block.get("date"))
            if evidence is not None:
                found.append(Publication(title, site, evidence, url, date, item.span))
        return tuple(found)

    def expect_open(self, node: Node | None) -> tuple[FactKey, ...]:
        """Return the facts that the file leaves open on purpose, each checked to exist."""
        items = take_list(node, "expect_open", self.findings)
        instances = {found.path: found for found in self.facts.instances()} if items else {}
        keys = []
        for item in items:
            if text := take_text(item, "expect_open", self.findings):
                key = self._open_fact(item, text, instances)
                keys.extend([key] if key else [])
        return tuple(keys)

    def _open_fact(
        self, node: Node, text: str, instances: Mapping[str, Instance]
    ) -> FactKey | None:
        path, _, name = text.rpartition(".")
        instance = instances.get(path)
        entity = self.vocabulary.entities.get(instance.entity) if instance else None
        if instance is None or entity is None:
            near = (path, [known for known in instances if known])
            self.findings.error("LAW533", node.span, {"found": shown(text)}, near=near)
            return None
        if name not in entity.facts:
            self.findings.error(
                "LAW533", node.span, {"found": shown(text)}, near=(name, entity.facts)
            )
            return None
        entry = instance.entry(name)
        if entry is not None and isinstance(entry.domain, Known):
            notes = (Note(entry.span, Label("known here", "在此已知")),)
            self.findings.error("LAW534", node.span, {"found": shown(text)}, notes=notes)
            return None
        return instance.key(name)

    def _party(self, node: Node | None) -> Instance | None:
        return self._named(node, "respondent", self.facts.root.children.get(PARTY, ()))

    def _act(self, node: Node | None, party: Instance | None) -> str:
        if node is None or party is None:
            return ""
        act = self._named(node, "act", party.children.get(ACT, ()))
        return act.name if act else ""

    def _named(self, node: Node | None, key: str, among: Iterable[Instance]) -> Instance | None:
        name = take_text(node, key, self.findings)
        if node is None or not name:
            return None
        by_name = {instance.name: instance for instance in among}
        if name not in by_name:
            words = {"key": Label(key, CHINESE_KEYS[key]), "found": shown(name)}
            self.findings.error("LAW521", node.span, words, near=(name, by_name))
        return by_name.get(name)

    def _fine(self, node: Node | None) -> DecidedFine | None:
        if node is None:
            return None
        if isinstance(node.value, dict):
            return self._fine_within(node)
        if not isinstance(node.value, str):
            wrong(node, "fine", _FINE_EXPECTED, self.findings)
            return None
        word = node.value.strip()
        if word in NO_FINE:
            return NoFine()
        if word in NOT_PRINTED:
            return UNKNOWN
        fen = take_amount(node, "fine", self.findings)
        return None if fen is None or not self._above_nothing(node, fen) else Known(fen)

    def _fine_within(self, node: Node) -> DecidedFine | None:
        block = take_block(node, "fine", FINE, self.findings)
        low = take_amount(block.get("from"), "fine.from", self.findings)
        high = take_amount(block.get("to"), "fine.to", self.findings)
        if low is None or high is None:
            return None
        between = ordered(low, high, Kind.MONEY)
        if isinstance(between, Refusal):
            refuse(between, node, "fine", self.findings)
            return None
        if not self._above_nothing(node, low):
            return None
        return between if isinstance(between, Known | Within) else None

    def _above_nothing(self, node: Node, fen: int) -> bool:
        if fen > 0:
            return True
        limit = Label("more than 0 yuan, or `none`", "大于0元，或者写“无”")
        found = describe(fen, Kind.MONEY)
        self.findings.error("LAW510", node.span, {"key": "fine", "limit": limit, "found": found})
        return False

    def _date(self, node: Node | None) -> str:
        text = take_text(node, "date", self.findings)
        if node is None or not text or text in NOT_PRINTED:
            return ""
        day = parse_scalar(Kind.DATE, text)
        if isinstance(day, Refusal):
            refuse(day, node, "date", self.findings)
        return "" if bounds(day if not isinstance(day, Refusal) else UNKNOWN)[0] is None else text


def take_identifier(node: Node | None, findings: Findings) -> str:
    """Return the identifier of a case: lower-case letters, digits and single hyphens."""
    text = take_text(node, "case", findings)
    fits = len(text) <= MAX_IDENTIFIER and IDENTIFIER.fullmatch(text)
    if node is not None and text and not fits:
        findings.error("LAW539", node.span, {"found": shown(text)})
    return text
