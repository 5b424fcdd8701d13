"""Workload W as one loop by hand, compiled by Numba: what no NumPy reaches."""

from __future__ import annotations

import numba
import numpy as np

from bench.kernel import CHANGED, FEN, GAIN, LIMITS, LISTED, Array, Columns

ORDER = (
    "operator_kind", "harm_level", "conduct_date", "found_date", "illegal_gain",
    "prior_violations", "fake_count", "no_licence_shown", "no_closure_notice",
    "obstructs_user_info", "profiling_no_opt_out", "default_tie_in", "deposit_refund_blocked",
    "no_operator_verification", "no_reporting_to_authority", "no_handling_of_violations",
    "no_transaction_records", "rules_not_public", "rules_changed_no_consult",
    "self_operated_unmarked", "reviews_deleted", "unreasonable_restrictions",
    "known_harm_no_action", "no_qualification_check", "ip_notice_ignored", "ip_known_no_action",
    "fake_transactions", "fake_reviews", "minor", "single_act", "continuing", "corrected",
    "serious",
)  # fmt: skip


def by_numba(columns: Columns, rows: int) -> tuple[Array, ...]:
    """Return the five outputs of W, as `bench.kernel.by_hand` does."""
    fine, taken = np.empty(rows, np.int64), np.empty(rows, np.int64)
    suspended, norms = np.empty(rows, np.bool_), np.empty(rows, np.int32)
    black = np.empty(rows, np.bool_)
    _loop(LIMITS, fine, taken, suspended, norms, black, *(columns[name] for name in ORDER))
    return fine, taken, suspended, norms, black


@numba.njit(nogil=True)  # type: ignore[untyped-decorator]  # Numba has no types here
def _loop(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917 - one loop is what it is about
    limits: Array, fine: Array, taken: Array, suspended: Array, norms: Array, black: Array,
    operator_kind: Array, harm_level: Array, conduct_date: Array, found_date: Array,
    illegal_gain: Array,
    prior_violations: Array, fake_count: Array, no_licence_shown: Array, no_closure_notice: Array,
    obstructs_user_info: Array, profiling_no_opt_out: Array, default_tie_in: Array,
    deposit_refund_blocked: Array, no_operator_verification: Array,
    no_reporting_to_authority: Array,
    no_handling_of_violations: Array, no_transaction_records: Array, rules_not_public: Array,
    rules_changed_no_consult: Array, self_operated_unmarked: Array, reviews_deleted: Array,
    unreasonable_restrictions: Array, known_harm_no_action: Array, no_qualification_check: Array,
    ip_notice_ignored: Array, ip_known_no_action: Array, fake_transactions: Array,
    fake_reviews: Array,
    minor: Array, single_act: Array, continuing: Array, corrected: Array, serious: Array,
) -> None:  # fmt: skip
    for n in range(fine.size):
        total = highest = gain = hits = 0
        stopped = False
        late = found_date[n] > limits[conduct_date[n]] and not continuing[n]
        if not (late or (minor[n] and corrected[n] and harm_level[n] == 0)):
            points = 2 * prior_violations[n] + (3 if illegal_gain[n] >= GAIN else 0)
            points = min(points, 10)
            grave, platform = serious[n], operator_kind[n] == 0
            shown = no_licence_shown[n] or no_closure_notice[n] or obstructs_user_info[n]
            if shown and not platform:
                hits |= 1
                highest = 1_000 * points
                total += highest
            if profiling_no_opt_out[n] or default_tie_in[n]:
                hits |= 2
                some = 200_000 + 30_000 * points if grave else 50_000 + 15_000 * points
                total, highest, gain = total + some, max(highest, some), illegal_gain[n]
            if deposit_refund_blocked[n]:
                hits |= 4
                some = 200_000 + 30_000 * points if grave else 50_000 + 15_000 * points
                total, highest = total + some, max(highest, some)
            if platform:
                middle = 100_000 + 40_000 * points if grave else 20_000 + 8_000 * points
                large = 500_000 + 150_000 * points if grave else 50_000 + 45_000 * points
                if not corrected[n] and (
                    no_operator_verification[n]
                    or no_reporting_to_authority[n]
                    or no_handling_of_violations[n]
                    or no_transaction_records[n]
                ):
                    hits |= 8
                    stopped = grave
                    total, highest = total + middle, max(highest, middle)
                if (
                    rules_not_public[n]
                    or rules_changed_no_consult[n]
                    or self_operated_unmarked[n]
                    or reviews_deleted[n]
                    or shown
                ):
                    hits |= 16
                    total, highest = total + middle, max(highest, middle)
                if unreasonable_restrictions[n]:
                    hits |= 32
                    total, highest = total + large, max(highest, large)
                if known_harm_no_action[n] or no_qualification_check[n]:
                    hits |= 64
                    stopped = stopped or grave
                    total, highest = total + large, max(highest, large)
                if not corrected[n] and (ip_notice_ignored[n] or ip_known_no_action[n]):
                    hits |= 128
                    total, highest = total + large, max(highest, large)
            if fake_reviews[n] or (fake_transactions[n] and fake_count[n] >= 1):
                hits |= 256
                if conduct_date[n] < CHANGED:
                    some = 10_000 + 19_000 * points
                elif grave:
                    some = 1_000_000 + 100_000 * points
                else:
                    some = 200_000 + 80_000 * points
                total, highest = total + some, max(highest, some)
        fine[n] = (highest if single_act[n] else total) * FEN
        taken[n], suspended[n], norms[n] = gain, stopped, hits
        black[n] = fine[n] >= LISTED or stopped
