"""The short form of an argument: what decided the outcome, without what did not matter."""

from __future__ import annotations

from dataclasses import replace

from lawengine.base.truth import Truth
from lawengine.evaluation.facts import Origin
from lawengine.explanation.reason import Reason

_TIER_CODES = frozenset({"tier_applies", "tier_not", "tier_open"})
_NOT_APPLIED = frozenset({"effect_not", "exception_not"})


def prune(reason: Reason) -> Reason:
    """Return the reason with only what its answer rests on.

    Of a condition that is not met the parts that fail stay, of one that is met by either of several
    the parts that meet it, of an open one the open parts; an exception or a general rule that does
    not apply stays as one line, with the presumptions that decided it, or else what fails. Edges: shared parts stay shared.
    """
    return _Pruner().of(reason)


class _Pruner:
    """Prunes each part once; a part that stands in several places stays one object."""

    def __init__(self) -> None:
        self._done: dict[int, tuple[Reason, Reason]] = {}

    def of(self, reason: Reason) -> Reason:
        key = id(reason)
        if key not in self._done:
            # The original is kept beside its short form, so that its id is not used again.
            self._done[key] = reason, self._prune(reason)
        return self._done[key][1]

    def _prune(self, reason: Reason) -> Reason:
        if reason.code == "unless" and reason.truth is Truth.FALSE:
            return replace(reason, children=tuple(map(_one_line, reason.children)))
        if reason.code in _NOT_APPLIED and reason.truth is not Truth.UNKNOWN:
            presumed = _presumptions(reason)
            return replace(reason, children=presumed or self._conditions(reason))
        kept = _telling(reason)
        if reason.code in _TIER_CODES or reason.code == "unless":
            # Their sentence says nothing of the condition: that stands below them.
            kept = reason.children
        return replace(reason, children=tuple(self.of(child) for child in kept))


    def _conditions(self, reason: Reason) -> tuple[Reason, ...]:
        """Return the conditions that fail, without the rule and the version they stand in."""
        if reason.truth is not None and reason.code not in _NOT_APPLIED:
            return (self.of(reason),) if reason.truth is Truth.FALSE else ()
        return tuple(found for child in reason.children for found in self._conditions(child))


def _one_line(reason: Reason) -> Reason:
    """Return the condition alone, with the presumptions that decided it."""
    return replace(reason, children=_presumptions(reason))


def _presumptions(reason: Reason) -> tuple[Reason, ...]:
    """Return the presumed facts below, each once: they carried the burden of proof."""
    found = {
        part.fact: replace(part, children=())
        for part in reason.walk()
        if part is not reason and part.origin is Origin.PRESUMED
    }
    return tuple(found.values())


def _telling(reason: Reason) -> tuple[Reason, ...]:
    """Return the children on which the truth of a condition rests; all where they cannot be told.

    Three-valued "and" and "or" take the value of one of their parts, so those that share it explain
    it. Edges: a negation shares it with none of its parts and keeps them all.
    """
    if reason.truth is None:
        return reason.children
    if all(child.truth is not reason.truth for child in reason.children):
        return reason.children
    return tuple(child for child in reason.children if child.truth in (reason.truth, None))
