"""`lawengine simulate-spark`: a table of cases that is too large for one machine."""

from __future__ import annotations

import time
from typing import Annotated, NoReturn

import typer

from lawengine.base.diagnostic import Diagnostic
from lawengine.base.label import Label, Language
from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_sound_rules, show_end
from lawengine_cli.options import AsListing, Lang, OnlyOwn, Rules, Statutes
from lawengine_cli.showing import show
from lawengine_cli.simulate import Keep, exit_of_table, tell

Cases = Annotated[
    str,
    typer.Argument(
        metavar="CASES",
        help="A Parquet file of cases, one act a row, or a folder of them, by a path or an address"
        " that Spark knows.",
    ),
]
Results = Annotated[
    str | None,
    typer.Option(
        "--out",
        metavar="FOLDER",
        help="Write what follows in every row into a new folder of Parquet files, whole or not"
        " at all.",
    ),
]
Master = Annotated[
    str | None,
    typer.Option(
        "--master",
        metavar="URL",
        help="The cluster; by default what `spark-submit` says, else all cores of this machine.",
    ),
]
_NOTHING = Label("the table was not used: nothing was written", "表格未使用，未写入任何内容")
_TOOK = Label("cases a second, Spark's own start left out", "件/秒（不含 Spark 启动时间）")
_PACKAGES = {
    "duckdb": "DuckDB",
    "numpy": "NumPy",
    "pandas": "pandas",
    "py4j": "PySpark",
    "pyarrow": "PyArrow",
    "pyspark": "PySpark",
}


def simulate_spark(
    context: typer.Context,
    cases: Cases,
    *,
    master: Master = None,
    out: Results = None,
    keep: Keep = None,
    format_: AsListing = "text",
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Decide a table of cases on Apache Spark, with the answers of `simulate` to the fen.

    Columns are named as for `simulate`. Needs the extra `spark` and Java 17 or newer; docs/spark.md
    tells how to run on a cluster.
    """
    language = language_of(context, lang)
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    try:
        from lawengine.columns.files import TableError
        from lawengine.spark.sessions import opened
        from lawengine.spark.simulating import simulate
    except ModuleNotFoundError as error:
        without_spark(error, language)
    try:
        with opened(master) as session:
            begun = time.perf_counter()
            found = simulate(
                session, cases, workspace.rulebook, out, keep or (), workspace.days.read
            )
            took = time.perf_counter() - begun
    except TableError as error:
        show(error.diagnostics, {}, language)
        show_end(_NOTHING, language)
        raise typer.Exit(exit_of_run(error.diagnostics)) from None
    tell(found, workspace.rulebook, format_, took, language, _TOOK)


def without_spark(error: ModuleNotFoundError, language: Language) -> NoReturn:
    """Tell that the libraries for clusters are missing.

    Raises:
        typer.Exit: always.
    """
    package = _PACKAGES.get((error.name or "").partition(".")[0])
    if package is None:
        raise error
    show([Diagnostic("LAW760", words={"package": package})], {}, language)
    raise typer.Exit(Exit.COULD_NOT_RUN)


def exit_of_run(diagnostics: tuple[Diagnostic, ...]) -> Exit:
    """Return the exit code: what Spark cannot do is no mistake in the cases."""
    if any(found.code.startswith("LAW76") for found in diagnostics):
        return Exit.COULD_NOT_RUN
    return exit_of_table(diagnostics)
