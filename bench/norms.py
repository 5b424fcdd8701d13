"""The norms of workload W as a table, for what is made from one."""

from __future__ import annotations

from dataclasses import dataclass

PLATFORM, OTHERS, ANYONE = "platform", "others", "anyone"
DISPLAY = ("no_licence_shown", "no_closure_notice", "obstructs_user_info")
RESULTS = ("fine", "confiscation", "suspension", "blacklist")


@dataclass(frozen=True, slots=True)
class Norm:
    """One norm: its article, who answers, which facts are its conduct, and its bands.

    Units: bands in yuan as the floor and what each of ten points adds.
    """

    article: str
    who: str
    conduct: tuple[str, ...]
    ordinary: tuple[int, int]
    serious: tuple[int, int]
    uncorrected: bool = False
    suspends: bool = False


NORMS = (
    Norm("76", OTHERS, DISPLAY, (0, 1_000), (0, 1_000)),
    Norm("77", ANYONE, ("profiling_no_opt_out", "default_tie_in"),
         (50_000, 15_000), (200_000, 30_000)),
    Norm("78", ANYONE, ("deposit_refund_blocked",), (50_000, 15_000), (200_000, 30_000)),
    Norm("80", PLATFORM,
         ("no_operator_verification", "no_reporting_to_authority", "no_handling_of_violations",
          "no_transaction_records"),
         (20_000, 8_000), (100_000, 40_000), uncorrected=True, suspends=True),
    Norm("81", PLATFORM,
         ("rules_not_public", "rules_changed_no_consult", "self_operated_unmarked",
          "reviews_deleted", *DISPLAY),
         (20_000, 8_000), (100_000, 40_000)),
    Norm("82", PLATFORM, ("unreasonable_restrictions",), (50_000, 45_000), (500_000, 150_000)),
    Norm("83", PLATFORM, ("known_harm_no_action", "no_qualification_check"),
         (50_000, 45_000), (500_000, 150_000), suspends=True),
    Norm("84", PLATFORM, ("ip_notice_ignored", "ip_known_no_action"),
         (50_000, 45_000), (500_000, 150_000), uncorrected=True),
)  # fmt: skip
"""All norms but the one on brushing, whose bands change with the day of the act."""

BRUSHING = "BR"
BRUSHING_CHANGED = 20_180_101
BRUSHING_OLD = (10_000, 19_000)
BRUSHING_ORDINARY = (200_000, 80_000)
BRUSHING_SERIOUS = (1_000_000, 100_000)
ARTICLES = (*(norm.article for norm in NORMS), BRUSHING)
