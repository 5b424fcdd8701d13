"""Branches: an open question never collapses the answer, it gives one line per answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from typing import Protocol

from lawengine.base.dataclass import dataclass
from lawengine.base.label import Label
from lawengine.deciding.decision import Assumed, Branch
from lawengine.deciding.folding import Grown, assumed_label, fold
from lawengine.deciding.leaf import Leaf, RuledOut, grow, unmoved
from lawengine.deciding.outcome import outcome
from lawengine.deciding.reasoning import Reasoner, ReasonsTold
from lawengine.evaluation.domains import segments
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
from lawengine.evaluation.states import EXCLUDED, Scene
from lawengine.evaluation.trace import Need, Question, merge_needs
from lawengine.explanation.phrasing import fill
from lawengine.model.types import Kind

MAX_DEPTH = 8
MAX_CHOICES = 12
"""At most eight facts are open at once; a list of over twelve choices is asked, not split."""
MAX_LEAVES = 512
"""Combinations of answers that are tried; where there are more, the rest stays open and says so."""


class Teller(Protocol):
    """Grows the leaves of one act and tells what each of them stands for."""

    def grow(self, scene: Scene, ruled_out: RuledOut | None) -> Leaf:
        """Return the leaf of a scene; `ruled_out` as in `grow`."""

    def tell(self, leaf: Leaf, line: tuple[Assumed, ...]) -> Branch:
        """Return the branch that a leaf stands for."""


@dataclass(frozen=True, slots=True)
class _Reasoning:
    """Asks every rule and tells everything with its reasons: the meaning."""

    lighter: bool
    told: ReasonsTold = field(default_factory=dict)

    def grow(self, scene: Scene, ruled_out: RuledOut | None) -> Leaf:
        return grow(scene, lighter=self.lighter, ruled_out=ruled_out)

    def tell(self, leaf: Leaf, line: tuple[Assumed, ...]) -> Branch:
        return outcome(leaf, line, Reasoner(leaf, self.told))


@dataclass(frozen=True, slots=True)
class _Explorer:
    case: CaseFacts
    teller: Teller

    def explore(
        self,
        scene: Scene,
        overrides: Mapping[FactKey, Entry],
        line: tuple[Assumed, ...],
        leaves: int = MAX_LEAVES,
        ruled_out: RuledOut | None = None,
    ) -> list[Grown]:
        leaf = self.teller.grow(scene, ruled_out)
        answers = list(self._answers(scene, overrides, leaf)) if len(line) < MAX_DEPTH else []
        if not answers or len(answers) > leaves:
            return [Grown(self.teller.tell(leaf, line), leaf, (scene,))]
        found: list[Grown] = []
        for inner, changed, assumed in answers:
            others = tuple(other for other in line if other.about != assumed.about)
            share = leaves // len(answers)
            # Every answer narrows: what is out stays out, what reads nothing new stays as it is.
            same = unmoved(leaf, inner)
            kept = {time: {**out, **same.get(time, {})} for time, out in leaf.ruled_out.items()}
            found += self.explore(inner, changed, (*others, assumed), share, kept)
        # folded level by level: what is dropped here is all that this scene leaves open
        return fold(found, scene, line)

    def _answers(
        self, scene: Scene, overrides: Mapping[FactKey, Entry], leaf: Leaf
    ) -> Iterator[tuple[Scene, Mapping[FactKey, Entry], Assumed]]:
        """Yield the scene under each answer to the first open question that has answers."""
        needs = merge_needs(*(block.needs for block in leaf.blocking))
        for key in dict.fromkeys(need.key for need in needs):
            domains = _split(key, [need for need in needs if need.key == key], scene)
            if len(domains) > 1:
                yield from self._by_fact(scene, overrides, key, domains)
                return
        for block in leaf.blocking:
            question = block.question
            if question is not None and question.wording and question not in scene.answers:
                for answer in (False, True):
                    answers = {**scene.answers, question: answer}
                    label = _question_label(scene, question, answer=answer)
                    assumed = Assumed(question, Known(answer), label, block.needs)
                    yield replace(scene, answers=answers), overrides, assumed
                return

    def _by_fact(
        self, scene: Scene, overrides: Mapping[FactKey, Entry], key: FactKey, domains: list[Domain]
    ) -> Iterator[tuple[Scene, Mapping[FactKey, Entry], Assumed]]:
        for domain in domains:
            changed = {**overrides, key: _assume(scene, key, domain)}
            prepared = prepare(self.case, scene.rulebook, changed)
            if prepared.diagnostics:
                continue  # that answer contradicts the bounds of another fact
            assumed = Assumed(key, domain, assumed_label(scene, key, domain), (Need(key),))
            yield replace(scene, entries=prepared.entries), changed, assumed


def explore(
    case: CaseFacts,
    scene: Scene,
    overrides: Mapping[FactKey, Entry],
    *,
    lighter: bool,
    teller: Teller | None = None,
) -> list[Grown]:
    """Return the branches of one act: one where nothing that matters is open, else one an answer.

    Answers that lead to the same outcome are one branch, so what holds at every point of a
    fact's bounds is determined. A condition that hangs on several facts at once is itself the
    question. Law: unsettled judgements stay open to the officer; the engine decides none of them.
    `teller` may leave out reasons and rules that the case cannot touch.
    """
    return _Explorer(case, teller or _Reasoning(lighter)).explore(scene, overrides, ())


def _assume(scene: Scene, key: FactKey, domain: Domain) -> Entry:
    old = scene.entry(key)
    if old is None:
        return Entry(domain, Origin.ASSUMED)
    return replace(old, domain=domain, origin=Origin.ASSUMED)


def _split(key: FactKey, needs: list[Need], scene: Scene) -> list[Domain]:
    """Return the answers to a fact that make a difference; none where they cannot be listed."""
    if not key.fact:
        return []
    fact = scene.rulebook.vocabulary.fact(key.entity, key.fact)
    entry = scene.entry(key)
    domain = entry.domain if entry is not None else UNKNOWN
    if fact.type.kind is Kind.YES_NO:
        return [Known(value=False), Known(value=True)]
    if fact.type.kind is Kind.CHOICE:
        options = [m.name for m in scene.rulebook.vocabulary.choices[fact.type.choices].members]
        if isinstance(domain, Among):
            options = [option for option in options if option in domain.options]
        return [Known(option) for option in options] if len(options) <= MAX_CHOICES else []
    if fact.type.kind is Kind.RATE:
        return []
    cuts = [(need.cut.comparison, need.cut.value) for need in needs if need.cut is not None]
    return segments(domain, cuts)


def _question_label(scene: Scene, question: Question, *, answer: bool) -> Label:
    rule = scene.rulebook.rules[question.rule]
    label = rule.label or Label(rule.name, rule.name)
    value = Label("met", "符合") if answer else Label("not met", "不符合")
    template = Label("conditions of “{a}”: {b}", "“{a}”的条件：{b}")
    if question.tier == EXCLUDED:
        excluded = Label("excluded", "排除") if answer else Label("not excluded", "不排除")
        template = Label("“{a}” by another rule: {b}", "“{a}”被其他规则：{b}")
        return fill(template, a=label, b=excluded)
    if question.band >= 0:
        number = Label(str(question.band + 1), str(question.band + 1))
        template = Label("alternative {c} of the fine of “{a}”: {b}", "“{a}”罚款的第{c}种情形：{b}")
        return fill(template, a=label, b=value, c=number)
    if question.tier >= 0:
        number = Label(str(question.tier + 1), str(question.tier + 1))
        template = Label("tier {c} of “{a}”: {b}", "“{a}”的第{c}档：{b}")
        return fill(template, a=label, b=value, c=number)
    return fill(template, a=label, b=value)
