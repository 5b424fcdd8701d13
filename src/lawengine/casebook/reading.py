"""Reading case files: from YAML to facts, with every mistake named at its place."""

from __future__ import annotations

from pathlib import Path

from lawengine.base.diagnostic import Diagnostic, Note, Severity, in_order
from lawengine.base.label import Label
from lawengine.base.source import Source, Span
from lawengine.base.system_words import system_reason
from lawengine.casebook.blocks import BLOCK, CHINESE_KEYS, FIRST, take_label, twice, wrong
from lawengine.casebook.case_file import CaseFile, Read
from lawengine.casebook.findings import Findings
from lawengine.casebook.instances import Instances, check_facts, root_of
from lawengine.casebook.sections import SECTIONS, Sections, take_identifier
from lawengine.casebook.tree import BYTE_ORDER_MARK, read_nodes, read_source
from lawengine.evaluation.facts import CaseFacts
from lawengine.model.rulebook import Rulebook
from lawengine.statutes.yaml_tree import Node

SUFFIXES = (".yaml", ".yml")


def read_case(case: Path | Source, rulebook: Rulebook) -> Read:
    """Return the case that a file or a text describes, and everything wrong with it at once.

    The facts are read by the vocabulary of the rulebook, in English or Chinese names. Edges: a
    warning leaves the case usable, an error does not; contradictions between two facts are found
    when the case is prepared for a decision. A party need have done nothing, but something of it
    must be known.
    """
    source, problems = (case, ()) if isinstance(case, Source) else read_source(case)
    if source is None:
        return Read(None, problems)
    source = Source(source.path, source.text.removeprefix(BYTE_ORDER_MARK))
    tree, problems = read_nodes(source)
    if tree is None:
        return Read(None, in_order(problems), source)
    findings = Findings()
    for problem in problems:
        findings.take(problem)
    found = _case(tree, rulebook, findings)
    return Read(None if findings.broken else found, findings.sorted(), source)


def read_casebook(
    folder: Path, rulebook: Rulebook
) -> tuple[tuple[CaseFile, ...], tuple[Diagnostic, ...]]:
    """Return the cases of a folder by file name, and what is wrong with its files.

    A file with an error is left out; the others are read. Edges: of two files with the same
    identifier the first counts.
    """
    place = Span(str(folder), 0, 0, 1, 1)
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    except OSError as error:
        words = {"path": folder, "why": system_reason(error)}
        return (), (Diagnostic("LAW501", place, words),)
    if not paths:
        words = {"path": folder, "suffixes": ", ".join(SUFFIXES)}
        return (), (Diagnostic("LAW538", place, words, Severity.WARNING),)
    cases: dict[str, CaseFile] = {}
    diagnostics: list[Diagnostic] = []
    for path in paths:
        read = read_case(path, rulebook)
        diagnostics.extend(read.diagnostics)
        if read.case is None:
            continue
        first = cases.setdefault(read.case.identifier, read.case)
        if first is not read.case:
            words = {"case": read.case.identifier}
            notes = (Note(first.span, FIRST),)
            diagnostics.append(Diagnostic("LAW535", read.case.span, words, notes=notes))
    return tuple(cases.values()), in_order(diagnostics)


def _case(tree: Node, rulebook: Rulebook, findings: Findings) -> CaseFile | None:
    if not isinstance(tree.value, dict):
        wrong(tree, "file", BLOCK, findings)
        return None
    top = _sections(tree, tree.value, findings)
    identifier = take_identifier(top.get("case"), findings)
    reader = Instances(rulebook.vocabulary, findings)
    root = reader.take(tree, root_of(rulebook.vocabulary), "", SECTIONS.forms)
    facts = CaseFacts(identifier, root)
    check_facts(facts, rulebook, reader)
    sections = Sections(facts, rulebook, findings)
    decided, statuses = sections.decided(top.get("decided"))
    return CaseFile(
        facts=facts,
        title=take_label(top.get("title"), "title", findings),
        assumptions=sections.assumptions(top.get("assumptions")),
        decided=decided,
        statuses=statuses,
        sources=sections.sources(top.get("sources")),
        notes=take_label(top.get("notes"), "notes", findings),
        expect_open=sections.expect_open(top.get("expect_open")),
        span=top["case"].span if "case" in top else tree.span,
    )


def _sections(tree: Node, block: dict[str, Node], findings: Findings) -> dict[str, Node]:
    """Return the values of the sections by their English key; what else stands there are facts."""
    taken: dict[str, Node] = {}
    places: dict[str, Span] = {}
    for key, value in block.items():
        name = SECTIONS.forms.get(key)
        if name in places:
            twice(name, key, places[name], tree.keys[key], findings)
        elif name is not None:
            taken[name], places[name] = value, tree.keys[key]
    if "case" not in taken:
        findings.error("LAW519", tree.span, {"key": Label("case", CHINESE_KEYS["case"])})
    return taken
