"""The short form of an argument: what decided the outcome, without what did not matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lawengine.base.label import Label
from lawengine.base.truth import Truth
from lawengine.evaluation.facts import Origin
from lawengine.explanation.reason import Reason

_TIER_CODES = frozenset({"tier_applies", "tier_not", "tier_open"})
_NOT_APPLIED = frozenset({"effect_not", "exception_not"})


def prune(reason: Reason) -> Reason:
    """Return the reason with only what its answer rests on.

    Of a condition that is not met the parts that fail stay, of one that is met by either of several
    the parts that meet it, of an open one the open parts. An exception or a general rule that does
    not apply stays as one line, with the presumptions that decided it, or else with what fails.
    Edges: shared parts stay shared.
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
            return replace(reason, children=tuple(map(self._one_line, reason.children)))
        if reason.code in _NOT_APPLIED and reason.truth is not Truth.UNKNOWN:
            return replace(reason, children=self._grounds(reason))
        kept = _telling(reason)
        if reason.code in _TIER_CODES or reason.code == "unless":
            # Their sentence says nothing of the condition: that stands below them.
            kept = reason.children
        return replace(reason, children=tuple(self.of(child) for child in kept))

    def _one_line(self, condition: Reason) -> Reason:
        """Return the condition alone, with the presumptions that decided it."""
        below = [part for child in self.of(condition).children for part in child.walk()]
        return replace(condition, children=_presumptions(below))

    def _grounds(self, reason: Reason) -> tuple[Reason, ...]:
        """Return why a rule was not applied: presumptions where they alone decided it."""
        failing = tuple(found for child in reason.children for found in self._failing(child))
        parts = [part for found in failing for part in found.walk()]
        presumed = {part.origin for part in parts if part.fact is not None} == {Origin.PRESUMED}
        return _presumptions(parts) if presumed else failing

    def _failing(self, reason: Reason) -> tuple[Reason, ...]:
        """Return the conditions that keep a rule out, without the version they stand in.

        What other rules or another day's law would have said is no part of it.
        """
        if reason.code == "exception_applies":
            return (self.of(reason),)
        if reason.code in _NOT_APPLIED or reason.code.startswith("lighter_"):
            return ()
        if reason.truth is None:
            return tuple(found for child in reason.children for found in self._failing(child))
        passed = Truth.FALSE if reason.code == "unless" else Truth.TRUE
        return () if reason.truth is passed else (self.of(reason),)


def _presumptions(parts: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return the presumed facts, those on one ground together: they bore the burden of proof."""
    found: dict[object, dict[object, Reason]] = {}
    for part in parts:
        if part.origin is Origin.PRESUMED:
            grounds = part.words.get("value"), part.words.get("because")
            found.setdefault(grounds, {})[part.fact] = part
    return tuple(_together(list(group.values())) for group in found.values())


def _together(parts: list[Reason]) -> Reason:
    """Return presumptions on one ground as one."""
    names = [part.words["what"] for part in parts]
    labels = [name for name in names if isinstance(name, Label)]
    what = Label(
        "; ".join(label.text("en") for label in labels),
        "、".join(label.text("zh") for label in labels),
    )
    law = tuple(dict.fromkeys(citation for part in parts for citation in part.law))
    first = parts[0]
    fact = first.fact if len(parts) == 1 else None
    return replace(first, words={**first.words, "what": what}, law=law, fact=fact, children=())


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
