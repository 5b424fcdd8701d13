"""The commands under their names."""

from __future__ import annotations

from collections.abc import Callable

import typer
from typer.core import TyperCommand

from lawengine_cli import ask, casebook, check, decide, explain, fmt, statutes, test, version
from lawengine_cli.options import GlobalLang

_SETTINGS = {"help_option_names": ["-h", "--help"]}


def _group(text: str, epilog: str = "") -> typer.Typer:
    # No rich in help and errors: it would double the time of `lawengine --help`.
    return typer.Typer(
        help=text,
        epilog=epilog,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings=_SETTINGS,
    )


app = _group(
    "Rules as code for Chinese e-commerce credit law: decides cases and gives its reasons.",
    "Example: lawengine decide casebook/henan-brushing-2016.yaml --lang zh\n\n"
    "Exit codes: 0 done, 1 could not run, 2 usage, 3 errors in rules or case, 4 undetermined, "
    "5 casebook mismatch, 6 conflict of rules, 7 refused by a rule, 8 tampering found.",
)


@app.callback()
def main(context: typer.Context, lang: GlobalLang = None) -> None:
    """Remember the language for the command that follows."""
    context.obj = lang


def _add(
    group: typer.Typer,
    name: str,
    function: Callable[..., None],
    summary: str,
    example: str,
    cls: type[TyperCommand] = TyperCommand,
) -> None:
    group.command(
        name,
        cls=cls,
        short_help=summary,
        epilog=f"Example: lawengine {example}",
        context_settings=_SETTINGS,
    )(function)


_add(
    app,
    "decide",
    decide.decide,
    "Decide a case, with its reasons.",
    "decide case.yaml --format md --out decision.md",
)
_add(
    app,
    "explain",
    explain.explain,
    "Tell what became of each rule, and why.",
    "explain case.yaml --why AUCL.false_publicity",
    explain.WhyCommand,
)
_add(
    app,
    "ask",
    ask.ask,
    "Ask for the facts of a case, and write them.",
    "ask my-case.yaml --lang zh",
)
_add(
    app,
    "check",
    check.check,
    "Check rules for mistakes, gaps and clashes.",
    "check my-rules --coverage",
)
_add(app, "fmt", fmt.fmt, "Format or translate rule files.", "fmt my-rules --to zh --diff")
_add(app, "test", test.run_scenarios, "Run the scenarios of rules.", "test my-rules")

_statutes = _group(
    "The digests of the law, and their proof against official texts.",
    "Example: lawengine statutes list",
)
for _name, _function, _summary, _usage in (
    ("list", statutes.list_, "List the versions of the law.", "list"),
    ("show", statutes.show_, "Show what an article says.", "show AUCL-2019 art 20"),
    ("verify", statutes.verify_, "Compare with official texts.", "verify official-texts"),
    ("import", statutes.import_, "Keep official wording to show.", "import official-texts"),
    ("changed", statutes.changed, "Name the articles that changed.", "changed"),
    ("stamp", statutes.stamp_, "Write fingerprints into digests.", "stamp my-statutes texts"),
):
    _add(_statutes, _name, _function, _summary, f"statutes {_usage}")
app.add_typer(_statutes, name="statutes", short_help="Digests of the law and official texts.")

_casebook = _group(
    "Real cases: decided, beside what was decided.", "Example: lawengine casebook run"
)
_add(_casebook, "run", casebook.run, "Compare with what was decided.", "casebook run")
_add(_casebook, "check", casebook.check, "Check case files.", "casebook check case.yaml")
app.add_typer(_casebook, name="casebook", short_help="Real cases, decided and compared.")

_add(app, "version", version.version, "Print the version.", "version")
