"""Samples of checks, read as rule files are."""

from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.source import Source
from lawengine.checks import Check, Sample
from lawengine.checks.check import SAMPLE_LIBRARY
from lawengine.language.lower import lower
from lawengine.language.parse import parse
from lawengine.model.rulebook import Rulebook
from lawengine.workspace import instrument_names


def read(text: str) -> Rulebook:
    """Return the rulebook of a text that must be free of mistakes of reading."""
    parsed = parse(Source("sample.law", Sample(text).source))
    lowered = lower([parsed.tree], instrument_names(SAMPLE_LIBRARY))
    found = [*parsed.diagnostics, *lowered.diagnostics]
    errors = [(d.code, str(d.span), d.message("en")) for d in found if d.severity is Severity.ERROR]
    assert errors == [], text
    return lowered.rulebook


def run(check: Check, text: str) -> list[Diagnostic]:
    """Return what a check finds in a text."""
    return list(check.run(read(text), SAMPLE_LIBRARY))


def run_sample(check: Check, sample: Sample) -> list[Diagnostic]:
    """Return what a check finds in its own sample."""
    return run(check, sample.text)
