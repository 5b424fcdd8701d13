"""The commands under their names; the module of a command is loaded when it runs."""

from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from lawengine_cli.help_command import InChinese, OneCommand
from lawengine_cli.options import GlobalLang

_SETTINGS = {"help_option_names": ["-h", "--help"]}


class Command(NamedTuple):
    """A command: where its function lives, and what its line in the help says."""

    name: str
    function: str
    summary: str
    example: str
    cls: str = ""


class Group(NamedTuple):
    """A command that has commands of its own."""

    name: str
    text: str
    summary: str
    example: str
    commands: tuple[Command, ...]
    default: str = ""


_STATUTES = (
    Command("list", "statutes:list_", "List the versions of the law.", "list"),
    Command("show", "statutes:show_", "Show what an article says.", "show AUCL-2019 art 20"),
    Command("verify", "statutes:verify_", "Compare with official texts.", "verify official-texts"),
    Command("import", "statutes:import_", "Keep official wording.", "import official-texts"),
    Command("changed", "statutes:changed", "Name the articles that changed.", "changed"),
    Command(
        "stamp", "statutes:stamp_", "Write fingerprints into digests.", "stamp my-statutes texts"
    ),
)
_CASEBOOK = (
    Command("run", "casebook:run", "Compare with what was decided.", "run"),
    Command("check", "casebook:check", "Check case files.", "check case.yaml"),
)
_CALENDAR = (
    Command("list", "calendar:list_", "List the published years.", "list"),
    Command("show", "calendar:show_", "Show the days off of a year.", "show 2026"),
    Command(
        "count",
        "calendar:count",
        "Count a period: its last day, and why.",
        'count 2025-09-28 "5 working days"',
    ),
    Command("verify", "calendar:verify_", "Compare with texts of the notices.", "verify notices"),
)
_GRADE = (
    Command("case", "grade:grade_", "Grade the parties of a case.", "case case.yaml"),
    Command(
        "weights",
        "grade:weights",
        "Work out weights of indicators from data.",
        "weights firms.csv --columns quality,delivery,complaints "
        "--lower-is-better complaints --from 2026-01-01",
    ),
)
_POPULATION = (
    Command(
        "make",
        "population:make",
        "Draw synthetic cases.",
        "make --cases 100000 --out cases.parquet",
    ),
    Command(
        "describe",
        "population:describe_",
        "Tell what assumptions rest on, or what a table holds.",
        "describe cases.parquet --keep group",
    ),
    Command(
        "reweigh",
        "population:reweigh",
        "Fit weights to the shares of margins.",
        "reweigh cases.parquet --margins margins.toml --out weighted.parquet",
    ),
)
COMMANDS: tuple[Command | Group, ...] = (
    Command(
        "decide",
        "decide:decide",
        "Decide a case, with its reasons.",
        "decide case.yaml --format md --out decision.md",
    ),
    Command(
        "simulate",
        "simulate:simulate",
        "Decide a table of cases at once.",
        "simulate cases.parquet --out results.parquet",
    ),
    Command(
        "simulate-spark",
        "simulate_spark:simulate_spark",
        "Decide a table on a cluster, by Apache Spark.",
        "simulate-spark hdfs:///cases --master spark://host:7077 --out hdfs:///results",
    ),
    Command(
        "sweep",
        "sweep:sweep_",
        "Move a figure of the law over a range, over a table of cases.",
        "sweep cases.parquet --figure limitation_term=1..5:5",
    ),
    Command(
        "deterrence",
        "deterrence:deterrence_",
        "Set the sanction against the gain, version by version.",
        "deterrence casebook/henan-brushing-2016.yaml",
    ),
    Command(
        "explain",
        "explain:explain",
        "Tell what became of each rule, and why.",
        "explain case.yaml --why AUCL.false_publicity",
        cls="explain:WhyCommand",
    ),
    Command(
        "timeline",
        "timeline:timeline_",
        "Tell what is due when, what is late, and why.",
        "timeline case.yaml --format ics --out deadlines.ics",
    ),
    Group(
        "grade",
        "The grades and scores of a case; `lawengine grade CASE` is short for `grade case CASE`.",
        "Tell grades and scores, with their arithmetic.",
        "grade case.yaml --lang zh",
        _GRADE,
        default="case",
    ),
    Command(
        "compare",
        "compare:compare",
        "Set the law beside what a reform would make of it.",
        "compare --reform floor.law --format html --out diff.html",
    ),
    Command(
        "screen",
        "screen:screen_",
        "Look through a table of orders for suspect shops.",
        "screen orders.csv --by shop_id",
    ),
    Command(
        "list",
        "listed:list_",
        "Tell on which lists a party stands on a day.",
        "list case.yaml --on 2024-05-01",
    ),
    Command(
        "measures",
        "measures:measures_",
        "Tell what departments may do to a listed party.",
        "measures --by market_supervision --on 2024-05-01",
    ),
    Command("ask", "ask:ask", "Ask for the facts of a case, and write them.", "ask my-case.yaml"),
    Command("new", "new:new", "Make a starter folder for own rules.", "new my-rules --lang zh"),
    Command(
        "check", "check:check", "Check rules for mistakes, gaps and clashes.", "check my-rules"
    ),
    Command(
        "schema",
        "schema:schema",
        "Write the JSON Schema of case files.",
        "schema --out case.schema.json",
    ),
    Command("fmt", "fmt:fmt", "Format or translate rule files.", "fmt my-rules --to zh --diff"),
    Command(
        "test", "test:run_scenarios", "Run the scenarios of rules.", "test my-rules --coverage"
    ),
    Group(
        "statutes",
        "The digests of the law, and their proof against official texts.",
        "Digests of the law and official texts.",
        "statutes list",
        _STATUTES,
    ),
    Group(
        "casebook",
        "Real cases: decided, beside what was decided.",
        "Real cases, decided and compared.",
        "casebook run",
        _CASEBOOK,
    ),
    Group(
        "calendar",
        "Working days and deadlines, by the published holiday calendars.",
        "Working days and deadlines.",
        'calendar count 2025-09-28 "5 working days"',
        _CALENDAR,
    ),
    Group(
        "population",
        "Synthetic cases from written assumptions, and weights that fit margins.",
        "Synthetic cases for simulations.",
        "population make --cases 100000 --out cases.parquet",
        _POPULATION,
    ),
    Command("version", "version:version", "Print the version.", "version"),
)


class LazyGroup(InChinese, TyperGroup):
    """Commands whose modules are loaded only when one of them runs or shows its own help."""

    # Typer makes the group from its class, so the class says what is in it.
    path: ClassVar[str]
    entries: ClassVar[dict[str, Command | Group]]
    default: ClassVar[str] = ""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401 - whatever Typer hands over
        """Fill the help with a line for each command."""
        super().__init__(**attributes)
        for entry in self.entries.values():
            self.commands[entry.name] = TyperCommand(entry.name, short_help=entry.summary)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer's own
        """Put the default command before arguments that name none."""
        named = not args or args[0] in self.commands or args[0] in ctx.help_option_names
        if self.default and not named:
            args = [self.default, *args]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - typer's own
        """Return the command that the arguments name, loaded."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, _load(self.entries[str(name)], f"{self.path} {name}".strip()), rest


def _load(entry: Command | Group, path: str) -> Any:  # noqa: ANN401 - a command as Typer makes it
    if isinstance(entry, Group):
        epilog = f"Example: lawengine {entry.example}"
        group = _group(path, entry.text, epilog, entry.commands, entry.default)
        return typer.main.get_command(group)
    program = _typer()
    *parents, _ = path.split()
    usage = " ".join(("lawengine", *parents, entry.example))
    program.command(
        entry.name,
        cls=_find(entry.cls) if entry.cls else OneCommand,
        short_help=entry.summary,
        epilog=f"Example: {usage}",
        context_settings=_SETTINGS,
    )(_find(entry.function))
    return typer.main.get_command(program)


def _find(function: str) -> Any:  # noqa: ANN401 - a function or a class
    module, _, name = function.partition(":")
    return getattr(import_module(f"lawengine_cli.{module}"), name)


def _group(
    path: str, text: str, epilog: str, entries: tuple[Command | Group, ...], default: str = ""
) -> typer.Typer:
    named = {entry.name: entry for entry in entries}
    inside = {"path": path, "entries": named, "default": default}
    return _typer(
        cls=type("Commands", (LazyGroup,), inside),
        help=text,
        epilog=epilog,
        no_args_is_help=True,
        context_settings=_SETTINGS,
        callback=_nothing if path else main,
        add_completion=not path,
    )


def _typer(*, add_completion: bool = False, **settings: Any) -> typer.Typer:  # noqa: ANN401 - Typer's
    # No rich in help and errors: it would double the time of `lawengine --help`.
    return typer.Typer(
        add_completion=add_completion,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        **settings,
    )


def _nothing() -> None:
    """Make Typer see a group."""


def main(context: typer.Context, lang: GlobalLang = None) -> None:
    """Remember the language for the command that follows."""
    context.obj = lang or context.obj


app = _group(
    "",
    "Rules as code for Chinese e-commerce credit law: decides cases and gives its reasons.",
    "Example: lawengine decide casebook/henan-brushing-2016.yaml --lang zh\n\n"
    "Exit codes: 0 done, 1 could not run, 2 usage, 3 errors in rules or case, 4 undetermined, "
    "5 casebook mismatch, 6 conflict of rules, 7 refused by a rule, 8 tampering found.",
    COMMANDS,
)
