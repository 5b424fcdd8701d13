"""The cases of all tests, and how they are shared out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lawengine.columns.simulating import Simulated

MASTER = "local-cluster[2,1,1024]"
ROWS = 20_000
# Short lives: what a thorough compiler wins, it never earns back.
_BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SETTINGS = {
    "spark.driver.extraJavaOptions": _BRIEF,
    "spark.executor.extraJavaOptions": _BRIEF,
    # What fails here fails again; a worker that dies gets its second attempt.
    "spark.task.maxFailures": "2",
    # A file of 20,000 rows in several parts.
    "spark.sql.files.openCostInBytes": "1",
    "spark.sql.files.maxPartitionBytes": "120000",
}
KEPT = ("group", "number.of", "sum", "day")

# A drawn population with amounts in yuan, yes and no in words, more that is unknown, rows that
# columns leave to single cases, and columns of several types that are only carried over.
CASES = """SELECT * EXCLUDE (n, file_row_number, "act.illegal_gain") REPLACE (
    CASE WHEN n % 997 = 0 THEN NULL ELSE "act.ended_on" END AS "act.ended_on",
    CASE WHEN n % 1009 = 0 THEN NULL ELSE "act.kind" END AS "act.kind",
    CASE WHEN n % 303 = 0 THEN NULL WHEN "act.serious" THEN '是' ELSE 'no' END AS "act.serious"),
    ("act.illegal_gain"::DECIMAL(20, 0) * 0.01::DECIMAL(3, 2))::DECIMAL(18, 2)
    AS "act.illegal_gain_yuan",
    n AS "number.of", CASE WHEN n % 3 = 0 THEN NULL ELSE n / 7::DECIMAL(9, 2) END::DECIMAL(9, 2)
    AS sum, CASE WHEN n % 5 > 0 THEN DATE '1500-02-28' + n::INTEGER END AS day
  FROM (SELECT *, file_row_number AS n FROM read_parquet('{}', file_row_number = true)) ORDER BY n
"""


@dataclass(frozen=True)
class OneMachine:
    """What one machine makes of the cases."""

    found: Simulated
    out: Path
