"""Branches: an open question never collapses the answer, it gives one line per answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lawengine.base.label import Label
from lawengine.deciding.decision import Assumed, Branch
from lawengine.deciding.leaf import Leaf, grow
from lawengine.deciding.outcome import outcome, same_outcome
from lawengine.evaluation.domains import complement, restrict
from lawengine.evaluation.facts import (
    UNKNOWN,
    Among,
    CaseFacts,
    Domain,
    Entry,
    FactKey,
    Known,
    Origin,
)
from lawengine.evaluation.prepare import prepare
from lawengine.evaluation.states import Scene
from lawengine.evaluation.trace import Need, Question, merge_needs
from lawengine.explanation.phrasing import domain_label, fact_label, fill
from lawengine.explanation.reason import Reason
from lawengine.model.types import Kind

MAX_DEPTH = 8
MAX_CHOICES = 12
"""Eight splits give at most 256 lines; a list of over twelve choices is asked, not split."""


@dataclass(frozen=True, slots=True)
class Grown:
    """A branch with the leaf it was read from."""

    branch: Branch
    leaf: Leaf


@dataclass(frozen=True, slots=True)
class _Explorer:
    case: CaseFacts
    lighter: bool

    def explore(
        self, scene: Scene, overrides: Mapping[FactKey, Entry], line: tuple[Assumed, ...]
    ) -> list[Grown]:
        leaf = grow(scene, lighter=self.lighter)
        answers = list(self._answers(scene, overrides, leaf)) if len(line) < MAX_DEPTH else []
        if not answers:
            return [Grown(outcome(leaf, line), leaf)]
        groups = [
            self.explore(inner, changed, (*line, assumed)) for inner, changed, assumed in answers
        ]
        return _collapse(groups, answers[0][2].about, scene)

    def _answers(
        self, scene: Scene, overrides: Mapping[FactKey, Entry], leaf: Leaf
    ) -> Iterator[tuple[Scene, Mapping[FactKey, Entry], Assumed]]:
        """Yield the scene under each answer to the first open question that has answers."""
        needs = merge_needs(*(block.needs for block in leaf.blocking))
        for need in needs:
            split = _split(need, scene)
            if split is not None:
                yield from self._by_fact(scene, overrides, *split)
                return
        for block in leaf.blocking[:1]:
            if block.question not in scene.answers and block.needs:
                for answer in (False, True):
                    answers = {**scene.answers, block.question: answer}
                    label = _question_label(scene, block.question, answer=answer)
                    assumed = Assumed(block.question, Known(answer), label, block.needs)
                    yield replace(scene, answers=answers), overrides, assumed

    def _by_fact(
        self, scene: Scene, overrides: Mapping[FactKey, Entry], key: FactKey, domains: list[Domain]
    ) -> Iterator[tuple[Scene, Mapping[FactKey, Entry], Assumed]]:
        for domain in domains:
            changed = {**overrides, key: _assume(scene, key, domain)}
            prepared = prepare(self.case, scene.rulebook, changed)
            if prepared.diagnostics:
                continue  # that answer contradicts the bounds of another fact
            assumed = Assumed(key, domain, _label(scene, key, domain), (Need(key),))
            yield replace(scene, entries=prepared.entries), changed, assumed


def explore(
    case: CaseFacts, scene: Scene, overrides: Mapping[FactKey, Entry], *, lighter: bool
) -> list[Grown]:
    """Return the branches of one act: one where nothing that matters is open, else one an answer.

    Answers that lead to the same outcome are one branch, so what holds at every point of a
    fact's bounds is determined. A condition that hangs on several facts at once is itself the
    question. Law: unsettled judgements stay open to the officer; the engine decides none of them.
    """
    return _Explorer(case, lighter).explore(scene, overrides, ())


def _assume(scene: Scene, key: FactKey, domain: Domain) -> Entry:
    old = _entry(scene, key)
    if old is None:
        return Entry(domain, Origin.ASSUMED)
    return replace(old, domain=domain, origin=Origin.ASSUMED)


def _entry(scene: Scene, key: FactKey) -> Entry | None:
    if key in scene.entries:
        return scene.entries[key]
    for instance in (scene.case, scene.party, scene.act):
        for found in instance.walk():
            if found.path == key.instance and found.entity == key.entity:
                return found.entry(key.fact)
    return None


def _split(need: Need, scene: Scene) -> tuple[FactKey, list[Domain]] | None:
    """Return the answers a need has, or None where they cannot be listed."""
    key = need.key
    if not key.fact:
        return None
    fact = scene.rulebook.vocabulary.fact(key.entity, key.fact)
    entry = _entry(scene, key)
    domain = entry.domain if entry is not None else UNKNOWN
    if fact.type.kind is Kind.YES_NO:
        return key, [Known(value=False), Known(value=True)]
    if fact.type.kind is Kind.CHOICE:
        options = [m.name for m in scene.rulebook.vocabulary.choices[fact.type.choices].members]
        if isinstance(domain, Among):
            options = [option for option in options if option in domain.options]
        return (key, [Known(option) for option in options]) if len(options) <= MAX_CHOICES else None
    if need.cut is None or fact.type.kind is Kind.RATE:
        return None
    below = restrict(domain, complement(need.cut.comparison), need.cut.value)
    above = restrict(domain, need.cut.comparison, need.cut.value)
    if below is None or above is None or domain in (below, above):
        return None
    return key, [below, above]


def _label(scene: Scene, key: FactKey, domain: Domain) -> Label:
    fact = scene.rulebook.vocabulary.fact(key.entity, key.fact)
    value = domain_label(domain, fact.type, scene.rulebook)
    return fill(Label("{a}: {b}", "{a}：{b}"), a=fact_label(fact), b=value)


def _question_label(scene: Scene, question: Question, *, answer: bool) -> Label:
    rule = scene.rulebook.rules[question.rule]
    label = rule.label or Label(rule.name, rule.name)
    value = Label("met", "符合") if answer else Label("not met", "不符合")
    template = Label("conditions of “{a}”: {b}", "“{a}”的条件：{b}")
    if question.tier >= 0:
        number = Label(str(question.tier + 1), str(question.tier + 1))
        template = Label("tier {c} of “{a}”: {b}", "“{a}”的第{c}档：{b}")
        return fill(template, a=label, b=value, c=number)
    return fill(template, a=label, b=value)


def _collapse(
    groups: list[list[Grown]], key: FactKey | Question, scene: Scene
) -> list[Grown]:
    """Fold answers that lead to the same branches into one."""
    distinct: list[list[Grown]] = []
    for group in groups:
        if not any(_alike(group, other, key) for other in distinct):
            distinct.append(group)
    if len(distinct) > 1 or len(groups) <= 1:
        return [grown for group in groups for grown in group]
    return [_without(grown, key, scene) for grown in distinct[0]]


def _alike(one: list[Grown], two: list[Grown], key: FactKey | Question) -> bool:
    return len(one) == len(two) and all(
        same_outcome(a.branch, b.branch)
        and list(_others(a.branch, key)) == list(_others(b.branch, key))
        for a, b in zip(one, two, strict=True)
    )


def _others(branch: Branch, key: FactKey | Question) -> Iterator[Assumed]:
    return (assumed for assumed in branch.assumptions if assumed.about != key)


def _without(grown: Grown, key: FactKey | Question, scene: Scene) -> Grown:
    if isinstance(key, FactKey):
        label = fact_label(scene.rulebook.vocabulary.fact(key.entity, key.fact))
        note = Reason("either_way", {"what": label}, fact=key)
    else:
        note = Reason("either_way", {"what": scene.rulebook.rules[key.rule].label})
    reason = replace(grown.branch.reason, children=(*grown.branch.reason.children, note))
    kept = tuple(_others(grown.branch, key))
    return Grown(replace(grown.branch, assumptions=kept, reason=reason), grown.leaf)
