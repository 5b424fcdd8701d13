"""Running cases: each is decided and compared with what was decided in the world."""

from __future__ import annotations

from collections.abc import Iterable

from lawengine.base.dataclass import dataclass
from lawengine.base.diagnostic import Diagnostic
from lawengine.casebook.case_file import CaseFile
from lawengine.casebook.comparing import ArticleVerdict, Comparison, Verdict, compare
from lawengine.casebook.published_comparing import compare_statuses
from lawengine.casebook.status_verdicts import StatusComparison, StatusVerdict
from lawengine.deciding.decide import decide
from lawengine.deciding.decision import Decision
from lawengine.evaluation.facts import FactKey
from lawengine.evaluation.prepare import prepare
from lawengine.model.rulebook import Rulebook
from lawengine.registers.terms import DayRules


@dataclass(frozen=True, slots=True)
class CaseRun:
    """One case of the casebook, decided and compared.

    `decision` is None where facts of the case contradict each other, which `diagnostics` tell.
    `statuses` is what was published on lists, measures, benefits and repairs, beside the rules.
    `surprises` are facts that the answer hangs on though the file does not expect them to be open;
    `unasked` are facts that the file expects to be open and that the answer does not hang on.
    """

    case: CaseFile
    decision: Decision | None
    comparisons: tuple[Comparison, ...]
    surprises: tuple[FactKey, ...]
    unasked: tuple[FactKey, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    statuses: tuple[StatusComparison, ...] = ()

    @property
    def mismatch(self) -> bool:
        """Tell whether rules and case disagree in a way that one of them must explain.

        A fine below the floor is none: real decisions go there, and the comparison says so. Nor is
        what the rules hold nothing of, or what facts that were not published leave open.
        """
        return (
            self.decision is None
            or bool(self.surprises)
            or bool(self.unasked)
            or any(
                found.verdict in (Verdict.ABOVE_CAP, Verdict.BETWEEN_RANGES)
                or found.articles is ArticleVerdict.DIFFER
                for found in self.comparisons
            )
            or any(found.verdict is StatusVerdict.DIFFERS for found in self.statuses)
        )


def run_case(case: CaseFile, rulebook: Rulebook, days: DayRules | None = None) -> CaseRun:
    """Return the case decided under the law of its day, beside what was decided in the world."""
    decided = decide(case.facts, rulebook, title=case.title, days=days, figures=case.figures())
    if decided.decision is None:
        return CaseRun(case, None, (), (), (), decided.diagnostics)
    entries = prepare(case.facts, rulebook).entries if case.statuses else {}
    statuses = compare_statuses(case, rulebook, entries, days)
    needed = {need.key for act in decided.decision.acts() for need in act.needs}
    # A list that the file lacks whole is no single fact that it could name.
    needed |= {need.key for found in statuses for need in found.needs if need.key.fact}
    surprises = tuple(sorted(needed - set(case.expect_open)))
    unasked = tuple(
        key
        for key in sorted(set(case.expect_open) - needed)
        if not _comes_later(key, decided.decision)
    )
    comparisons = compare(case, decided.decision)
    return CaseRun(
        case, decided.decision, comparisons, surprises, unasked, decided.diagnostics, statuses
    )


def _comes_later(key: FactKey, decision: Decision) -> bool:
    """Tell whether a fact is not asked yet: whether the act is a violation at all is still open."""
    return any(
        act.undetermined and (key.instance == act.path or key.instance.startswith(f"{act.path}."))
        for act in decision.acts()
    )


def run_casebook(
    cases: Iterable[CaseFile], rulebook: Rulebook, days: DayRules | None = None
) -> tuple[CaseRun, ...]:
    """Return every case decided and compared, in the order given."""
    return tuple(run_case(case, rulebook, days) for case in cases)
