"""`lawengine screen`: a table of orders looked through for what calls for a closer look."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn, TypeAlias

import typer

from lawengine.base.label import Label, Language
from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_reforms, open_sound_rules, show_end
from lawengine_cli.options import (
    Lang,
    OnlyOwn,
    Out,
    Reforms,
    Rules,
    Statutes,
    Why,
    parse_day,
)
from lawengine_cli.results import deliver, deliver_lines, width
from lawengine_cli.showing import exit_of, show
from lawengine_cli.wrong_use import WrongUseError

if TYPE_CHECKING:
    from lawengine.model.statuses import Status
    from lawengine.tables.screening import Screening
    from lawengine.tables.table import Table
    from lawengine.workspace import Workspace

ScreenFormat: TypeAlias = Literal["text", "json", "csv"]
Orders = Annotated[
    Path, typer.Argument(metavar="ORDERS", help="A table of orders: CSV or Parquet.")
]
By = Annotated[str, typer.Option("--by", metavar="COLUMN", help="The column that names the shop.")]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="The day of the look, whose law applies: today."),
]
WatchName = Annotated[
    str | None, typer.Option("--watch", metavar="NAME", help="The watch, where there are several.")
]
Unit = Annotated[
    Literal["yuan", "fen"] | None,
    typer.Option("--unit", help="The unit of amounts where the table does not say it."),
]
Unknown = Annotated[
    list[str] | None,
    typer.Option("--unknown", metavar="FACT", help="Nothing is known of this fact; repeatable."),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="COLUMN", help='Leave a column out; "*": all unknown ones.'),
]
Tally = Annotated[
    str | None,
    typer.Option("--tally", metavar="COLUMN", help="Count shops by this column, one text a shop."),
]
Shop = Annotated[
    str | None, typer.Option("--shop", metavar="ID", help="One shop, by the ordinary decision.")
]
AsScreening = Annotated[ScreenFormat, typer.Option("--format", help="How the result is written.")]
_UNREAD = Label("the table was not used: nothing was looked at", "表格未被使用，未作核查")


def screen_(
    context: typer.Context,
    orders: Orders,
    *,
    by: By,
    on: On = None,
    watch: WatchName = None,
    unit: Unit = None,
    unknown: Unknown = None,
    ignore: Ignore = None,
    tally: Tally = None,
    shop: Shop = None,
    reform: Reforms = None,
    why: Why = False,
    format_: AsScreening = "text",
    out: Out = None,
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Tell which shops of a table of orders call for a closer look: exit code 4 if any is open.

    With `--reform` it is told, too, whom other thresholds would watch.
    """
    from lawengine.tables.layout import Wishes
    from lawengine.tables.reading import read_orders
    from lawengine.tables.screening import asked, screen

    language = language_of(context, lang)
    if why and shop is None:
        raise WrongUseError(
            Label(
                "`--why` gives the reasons of one shop: name it with `--shop`",
                "`--why`说明一家店铺的理由，请用`--shop`指明店铺",
            )
        )
    if shop is not None and format_ == "csv":
        raise WrongUseError(
            Label("one shop is written as `text` or `json`", "单个店铺只能输出为`text`或者`json`")
        )
    if reform and (shop is not None or format_ == "csv"):
        raise WrongUseError(
            Label(
                "with `--reform` the whole table comes as `text` or `json`",
                "与`--reform`同用时，整张表只能输出为`text`或者`json`",
            )
        )
    day = parse_day(on) if on is not None else datetime.date.today()  # noqa: DTZ011 - a day of here
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    chosen = _watch(workspace, watch, language)
    under = [(workspace, chosen)]
    if reform:
        changed = open_reforms(reform, workspace, language).after
        under.append((changed, _watch(changed, chosen.name, language)))
    wishes = Wishes(
        by,
        frozenset().union(*(asked(one, space.rulebook) for space, one in under)),
        unknown=frozenset(unknown or ()),
        ignore=frozenset(ignore or ()),
        unit=unit or "",
        tally=tally or "",
    )
    read = read_orders(orders, workspace.rulebook, wishes, day)
    show(read.diagnostics, workspace.sources, language)
    if read.table is None:
        show_end(_UNREAD, language)
        raise typer.Exit(exit_of(read.diagnostics))
    if shop is not None:
        _one(read.table, shop, chosen, day, workspace, language, format_, out, full=why)
    found = [screen(read.table, space.rulebook, one, day) for space, one in under]
    _deliver(found, under[-1][0], language, format_, out)
    raise typer.Exit(Exit.UNDETERMINED if found[-1].open_ else Exit.DONE)


def _watch(workspace: Workspace, name: str | None, language: Language) -> Status:
    """Return the watch that is asked for, or the only one.

    Raises:
        typer.Exit: there is none, or there are several.
    """
    from lawengine.base.diagnostic import Diagnostic
    from lawengine.tables.screening import watches

    found = watches(workspace.rulebook)
    named = [one for one in found if name is None or name in (one.name, one.alias)]
    if len(named) == 1:
        return named[0]
    if found:
        names = ", ".join(f"`{one.name}`" for one in found)
        problem = Diagnostic("LAW640", words={"names": names})
    else:
        problem = Diagnostic("LAW637")
    show([problem], {}, language)
    raise typer.Exit(Exit.USAGE if found else Exit.RULES)


def _deliver(
    found: list[Screening],
    workspace: Workspace,
    language: Language,
    format_: ScreenFormat,
    out: Path | None,
) -> None:
    """Deliver what was found, the last under `workspace`; a first one is that under the law."""
    from lawengine.tables import telling

    book = workspace.rulebook
    *law, last = found
    if format_ == "json":
        deliver(
            telling.compared_json(law[0], last, book) if law else telling.screening_json(last), out
        )
    elif format_ == "csv":
        deliver(telling.screening_csv(last, book, language), out)
    else:
        lines = list(telling.compared_lines(law[0], last, book, language)) if law else []
        lines += telling.screening_lines(last, book, language, workspace.library)
        deliver_lines(lines, out)


def _one(  # noqa: PLR0917 - what the command was given
    table: Table,
    shop: str,
    watch: Status,
    day: datetime.date,
    workspace: Workspace,
    language: Language,
    format_: ScreenFormat,
    out: Path | None,
    *,
    full: bool,
) -> NoReturn:
    """Deliver one shop by the ordinary decision of its case.

    Raises:
        typer.Exit: always.
    """
    from lawengine.base.diagnostic import Diagnostic
    from lawengine.base.source import Span
    from lawengine.deciding.decide import decide
    from lawengine.model.statuses import StatusState
    from lawengine.tables import telling
    from lawengine.tables.cells import shown
    from lawengine_cli.decide import clash

    if shop not in table.shops:
        place = Span(table.path, 0, 0, 1, 1)
        show([Diagnostic("LAW641", place, {"name": shown(shop)})], {}, language)
        raise typer.Exit(Exit.USAGE)
    book = workspace.rulebook
    number = table.shops.index(shop)
    case = table.case(number, day, book.vocabulary, table.rows(number))
    decided = decide(case, book, grounds=False, days=workspace.days)
    if decided.decision is None:
        clash(decided.diagnostics, workspace, language)
    if format_ == "json":
        deliver(telling.shop_json(decided.decision, watch.name, book, full=full), out)
    else:
        lines = telling.shop_lines(
            decided.decision, watch.name, book, language, workspace.library, full=full,
            width=width(out),
        )  # fmt: skip
        deliver_lines(lines, out)
    states = {one.state for one in decided.decision.all_statuses() if one.name == watch.name}
    open_ = StatusState.UNDETERMINED in states
    raise typer.Exit(Exit.UNDETERMINED if open_ else Exit.DONE)
