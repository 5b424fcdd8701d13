"""The value of one fact and what the file says about where it comes from."""

from __future__ import annotations

from lawengine.base.citation import parse_citation
from lawengine.base.label import Label
from lawengine.casebook.blocks import (
    Keys,
    listed,
    take_block,
    take_label,
    take_list,
    take_text,
    wrong,
)
from lawengine.casebook.findings import Findings, shown
from lawengine.casebook.formats import FORMATS, UNTOLD
from lawengine.casebook.scalars import (
    EXPECTED,
    Refusal,
    describe,
    ordered,
    parse_choice,
    parse_scalar,
    parse_truth,
)
from lawengine.evaluation.domains import bounds
from lawengine.evaluation.facts import UNKNOWN, Among, Domain, Entry, Evidence, Known, Ordered
from lawengine.model.expressions import Constant
from lawengine.model.types import Kind
from lawengine.model.vocabulary import Fact, Vocabulary
from lawengine.statutes.yaml_tree import Node

SAYS_SO = ("source", "on", "recorded_by", "because", "evidence", "law")
_FORMS = ("value", "from", "to", "at_least", "at_most", "one_of", "unknown")
_PAIRS = ({"from", "to"}, {"at_least", "at_most"})
VALUE_KEYS = Keys(optional=(*_FORMS, *SAYS_SO))
ORDERED = (Kind.MONEY, Kind.COUNT, Kind.RATE, Kind.DATE)
OWED_BY_GROUND = ("because", "evidence", "recorded_by")


def take_entry(node: Node, fact: Fact, vocabulary: Vocabulary, findings: Findings) -> Entry | None:
    """Return what the file says of a fact, or None and an error.

    A fact is a scalar, or a block with its value in one of these forms: `value`; `from` and `to`;
    `at_least` and `at_most`; `one_of`; `unknown: yes`. The block may name the source.
    """
    evidence = Evidence()
    if isinstance(node.value, dict):
        block = take_block(node, fact.name, VALUE_KEYS, findings)
        evidence = _evidence(block, fact, findings)
        domain = _domain(block, node, fact, vocabulary, findings)
    else:
        domain = take_value(node, fact, vocabulary, findings)
    if domain is None or not _in_bounds(domain, node, fact, findings):
        return None
    _check_reason(domain, evidence, node, fact, findings)
    return Entry(domain, evidence=evidence, span=node.span)


def take_value(node: Node, fact: Fact, vocabulary: Vocabulary, findings: Findings) -> Domain | None:
    """Return the value that a scalar writes, or None and an error."""
    kind = fact.type.kind
    if not isinstance(node.value, str):
        wrong(node, _key(fact), EXPECTED[kind], findings)
        return None
    if kind is Kind.CHOICE:
        return _choice(node, node.value, fact, vocabulary, findings)
    domain = parse_scalar(kind, node.value)
    if isinstance(domain, Refusal):
        refuse(domain, node, _key(fact), findings)
        return None
    text = domain.value if isinstance(domain, Known) else None
    if fact.format and isinstance(text, str) and not FORMATS[fact.format](text):
        if fact.format in UNTOLD:
            findings.error("LAW546", node.span, {"key": _key(fact)})
        else:
            named = fact.format.replace("_", " ")
            words = {"key": _key(fact), "found": shown(text), "format": named}
            findings.error("LAW530", node.span, words)
        return None
    return domain


def take_amount(node: Node | None, name: str, findings: Findings) -> int | None:
    """Return an amount of money in fen, or None and an error where something else stands."""
    if node is None:
        return None
    if not isinstance(node.value, str):
        wrong(node, name, EXPECTED[Kind.MONEY], findings)
        return None
    domain = parse_scalar(Kind.MONEY, node.value)
    if isinstance(domain, Refusal):
        refuse(domain, node, name, findings)
        return None
    low, _ = bounds(domain)
    return low if isinstance(low, int) else None


def refuse(refusal: Refusal, node: Node, name: str | Label, findings: Findings) -> None:
    """Report a refused scalar at its place."""
    findings.error(
        refusal.code, node.span, {"key": name, **refusal.words}, suggestion=refusal.suggestion
    )


def _key(fact: Fact) -> Label:
    """Return how a case file of either language writes the key of a fact."""
    return Label(fact.name, fact.alias or fact.label.zh or fact.name)


def _choice(
    node: Node, text: str, fact: Fact, vocabulary: Vocabulary, findings: Findings
) -> Known | None:
    choices = vocabulary.choices[fact.type.choices]
    known = parse_choice(choices, text)
    if known is None:
        names = [name for member in choices.members for name in (member.name, member.alias)]
        options = Label(
            listed(member.name for member in choices.members),
            listed((member.alias or member.name for member in choices.members), "、"),
        )
        findings.error(
            "LAW531",
            node.span,
            {"key": _key(fact), "found": shown(text), "options": options},
            near=(text.strip(), (name for name in names if name)),
        )
    return known


def _domain(
    block: dict[str, Node], node: Node, fact: Fact, vocabulary: Vocabulary, findings: Findings
) -> Domain | None:
    forms = {form for form in _FORMS if form in block}
    if not forms and isinstance(node.value, dict) and len(block) < len(node.value):
        # The value may stand under the unknown key, which is reported already.
        return None
    if not forms or (len(forms) > 1 and forms not in _PAIRS):
        findings.error("LAW527", node.span, {"key": _key(fact)})
        return None
    if "value" in forms:
        return take_value(block["value"], fact, vocabulary, findings)
    if "unknown" in forms:
        return _unknown(block["unknown"], fact, findings)
    if "one_of" in forms:
        return _among(block["one_of"], fact, vocabulary, findings)
    if fact.type.kind not in ORDERED:
        _unfit(min(forms), node, fact, findings)
        return None
    low, high = (block.get("from"), block.get("to"))
    if forms <= {"at_least", "at_most"}:
        low, high = (block.get("at_least"), block.get("at_most"))
    return _between(low, high, node, fact, vocabulary, findings)


def _between(
    low: Node | None,
    high: Node | None,
    node: Node,
    fact: Fact,
    vocabulary: Vocabulary,
    findings: Findings,
) -> Domain | None:
    ends: list[Ordered | None] = []
    for end, side in ((low, 0), (high, 1)):
        domain = take_value(end, fact, vocabulary, findings) if end else UNKNOWN
        if domain is None:
            return None
        ends.append(bounds(domain)[side])
    between = ordered(ends[0], ends[1], fact.type.kind)
    if isinstance(between, Refusal):
        refuse(between, node, _key(fact), findings)
        return None
    return between


def _unknown(node: Node, fact: Fact, findings: Findings) -> Domain | None:
    if isinstance(node.value, str) and parse_truth(node.value):
        return UNKNOWN
    wrong(node, f"{fact.name}.unknown", Label("`yes`", "“是”"), findings)
    return None


def _among(node: Node, fact: Fact, vocabulary: Vocabulary, findings: Findings) -> Domain | None:
    if fact.type.kind is not Kind.CHOICE:
        _unfit("one_of", node, fact, findings)
        return None
    items = take_list(node, f"{fact.name}.one_of", findings)
    if not items:
        if isinstance(node.value, list):
            wrong(node, f"{fact.name}.one_of", EXPECTED[Kind.CHOICE], findings)
        return None
    found = [take_value(item, fact, vocabulary, findings) for item in items]
    names = frozenset(
        item.value for item in found if isinstance(item, Known) and isinstance(item.value, str)
    )
    if len(found) > sum(item is not None for item in found):
        return None
    return Among(names) if len(names) > 1 else found[0]


def _unfit(form: str, node: Node, fact: Fact, findings: Findings) -> None:
    expected = EXPECTED[fact.type.kind]
    findings.error("LAW528", node.span, {"form": form, "key": _key(fact), "expected": expected})


def _evidence(block: dict[str, Node], fact: Fact, findings: Findings) -> Evidence:
    said = {
        key: take_text(block.get(key), f"{fact.name}.{key}", findings)
        for key in SAYS_SO
        if key != "because"
    }
    if said["on"]:
        day = parse_scalar(Kind.DATE, said["on"])
        if isinstance(day, Refusal):
            refuse(day, block["on"], f"{fact.name}.on", findings)
    if said["law"] and parse_citation(said["law"]) is None:
        findings.error("LAW532", block["law"].span, {"found": shown(said["law"])})
    return Evidence(**said, because=_because(block.get("because"), fact, findings))


def _because(node: Node | None, fact: Fact, findings: Findings) -> str | Label:
    """Return the written reason: a plain text, or a text in both languages."""
    name = f"{fact.name}.because"
    if node is not None and isinstance(node.value, dict):
        return take_label(node, name, findings)
    return take_text(node, name, findings)


def _in_bounds(domain: Domain, node: Node, fact: Fact, findings: Findings) -> bool:
    """Tell whether a part of the value lies inside the constant bounds, and report if none does."""
    low, high = bounds(domain)
    kind = fact.type.kind
    lowest = [0] if kind is Kind.COUNT else []
    for expressions, own, is_low in ((fact.low, high, True), (fact.high, low, False)):
        edges = [part.value for part in expressions if isinstance(part, Constant)]
        for edge in [*(lowest if is_low else []), *edges]:
            if own is None or not isinstance(edge, Ordered):
                continue
            if (own < edge) if is_low else (own > edge):  # type: ignore[operator]  # one kind
                bound = describe(edge, kind)
                limit = (
                    Label(f"at least {bound.en}", f"不少于{bound.zh}")
                    if is_low
                    else Label(f"at most {bound.en}", f"不超过{bound.zh}")
                )
                found = describe(own, kind)
                findings.error(
                    "LAW510", node.span, {"key": _key(fact), "limit": limit, "found": found}
                )
                return False
    return True


def _check_reason(
    domain: Domain, evidence: Evidence, node: Node, fact: Fact, findings: Findings
) -> None:
    """Ask for the written reason of a judgement, and for more where it lowers a penalty.

    Edges: a value that repeats the presumption needs neither; without one, "no" is presumed of a
    ground.
    """
    if not fact.judgement or not isinstance(domain, Known):
        return
    presumed = fact.presumption.value if fact.presumption else False if fact.ground else None
    if domain.value is presumed:
        return
    if fact.ground:
        missing = [key for key in OWED_BY_GROUND if not getattr(evidence, key)]
        if missing:
            findings.error("LAW524", node.span, {"key": _key(fact), "missing": listed(missing)})
    elif not evidence.because:
        findings.warning("LAW523", node.span, {"key": _key(fact)})
