"""Reading counting rules: from YAML to rules, with every mistake named at its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from lawengine.base.counting import Counting, Provision
from lawengine.base.diagnostic import Diagnostic, Note, Severity, in_order, nearest
from lawengine.base.label import Label
from lawengine.base.source import Source, Span
from lawengine.statutes.days.schema import COUNTING_KEYS, CountingData, ProvisionData
from lawengine.statutes.files import digest_sources
from lawengine.statutes.library import Library
from lawengine.statutes.shapes import explain
from lawengine.statutes.yaml_tree import Node, read_tree

_FIRST = Label("first here", "首次出现于此")
_PARTS = ("working_days", "first_day", "last_day", "month_end")


def read_countings(
    folders: Sequence[Path], library: Library
) -> tuple[tuple[Counting, ...], tuple[Diagnostic, ...]]:
    """Return the counting rules of the folders, and what is wrong with them.

    A file with an error is left out. Citations are looked up in `library`; one that leads to no
    digest is a warning. Edges: of two rules with one name the first counts.
    """
    rules: list[Counting] = []
    places: dict[str, Span] = {}
    sources, unread = digest_sources(folders)
    diagnostics = [*unread]
    for source in sources:
        rule, tree, problems = read_counting(source)
        diagnostics.extend(problems)
        if rule is None or tree is None:
            continue
        place = tree.place(("id",))
        clash = next((name for name in (rule.id, rule.zh_id) if name in places), "")
        if clash:
            notes = (Note(places[clash], _FIRST),)
            diagnostics.append(Diagnostic("LAW411", place, {"id": clash}, notes=notes))
            continue
        rules.append(rule)
        places |= {rule.id: place, rule.zh_id: place}
        diagnostics.extend(_check_citations(rule, tree, library))
    return tuple(rules), in_order(diagnostics)


def read_counting(
    source: Source,
) -> tuple[Counting | None, Node | None, tuple[Diagnostic, ...]]:
    """Return the counting rule of a text and its tree, or None, and what is wrong with it."""
    tree, problems = read_tree(source)
    diagnostics = list(problems)
    if tree is None:
        return None, None, tuple(diagnostics)
    try:
        data = CountingData.model_validate(tree.plain())
    except ValidationError as error:
        diagnostics.extend(explain(error, tree, COUNTING_KEYS))
        return None, tree, tuple(diagnostics)
    diagnostics.extend(_check_rule(data, tree))
    if any(found.severity is Severity.ERROR for found in diagnostics):
        return None, tree, tuple(diagnostics)
    rule = Counting(
        id=data.id,
        zh_id=data.zh_id,
        label=data.label.label(),
        in_force_from=data.in_force_from,
        in_force_to=data.in_force_to,
        working_lengths=frozenset(data.working_days.lengths),
        first_counted=data.first_day.counted,
        moves=data.last_day.moves,
        working=_provision(data.working_days),
        first=_provision(data.first_day),
        last=_provision(data.last_day),
        month_end=_provision(data.month_end),
    )
    return rule, tree, tuple(diagnostics)


def _provision(data: ProvisionData) -> Provision:
    return Provision(data.because, data.unverified.label() if data.unverified else Label())


def _check_rule(data: CountingData, tree: Node) -> Iterator[Diagnostic]:
    """Yield parts that rest on nothing, and dates out of order."""
    if data.in_force_to is not None and data.in_force_to < data.in_force_from:
        yield Diagnostic("LAW417", tree.key_place(("in_force_from",)), {"id": data.id})
    for part in _PARTS:
        found: ProvisionData = getattr(data, part)
        empty = part == "working_days" and not data.working_days.lengths
        if not found.because and found.unverified is None and not empty:
            words = {"id": data.id, "key": part}
            yield Diagnostic("LAW440", tree.key_place((part,)), words)


def _check_citations(rule: Counting, tree: Node, library: Library) -> Iterator[Diagnostic]:
    parts = zip(_PARTS, (rule.working, rule.first, rule.last, rule.month_end), strict=True)
    for part, provision in parts:
        for n, cited in enumerate(provision.because):
            if library.find(cited) is None:
                known = library.instrument(cited.instrument)
                hint = "" if known else nearest(cited.instrument, library.names())
                place = tree.place((part, "because", n))
                words = {"citation": cited}
                yield Diagnostic("LAW415", place, words, Severity.WARNING, suggestion=hint)
