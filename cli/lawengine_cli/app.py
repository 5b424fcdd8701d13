"""The commands under their names."""

from __future__ import annotations

import typer

from lawengine_cli import casebook, check, decide, explain, fmt, statutes, test, version
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
    "Example: lawengine decide casebook/henan-brushing-2016.yaml --lang zh",
)


@app.callback()
def main(context: typer.Context, lang: GlobalLang = None) -> None:
    """Remember the language for the command that follows."""
    context.obj = lang


def _example(text: str) -> dict[str, object]:
    return {"epilog": f"Example: lawengine {text}", "context_settings": _SETTINGS}


app.command("decide", **_example("decide case.yaml --format md --out decision.md"))(decide.decide)
app.command("explain", **_example("explain case.yaml --why"), cls=explain.WhyCommand)(
    explain.explain
)
app.command("check", **_example("check my-rules --coverage"))(check.check)
app.command("fmt", **_example("fmt my-rules --to zh --diff"))(fmt.fmt)
app.command("test", **_example("test my-rules"))(test.test)

_statutes = _group(
    "The digests of the law, and their proof against official texts.",
    "Example: lawengine statutes list",
)
_statutes.command("list", **_example("statutes list"))(statutes.list_)
_statutes.command("show", **_example("statutes show AUCL-2019 art 20"))(statutes.show_)
_statutes.command("verify", **_example("statutes verify official-texts"))(statutes.verify_)
_statutes.command("import", **_example("statutes import official-texts"))(statutes.import_)
_statutes.command("changed", **_example("statutes changed"))(statutes.changed)
_statutes.command("stamp", **_example("statutes stamp my-statutes official-texts"))(
    statutes.stamp_
)
app.add_typer(_statutes, name="statutes")

_casebook = _group(
    "Real cases: decided, beside what was decided.", "Example: lawengine casebook run"
)
_casebook.command("run", **_example("casebook run"))(casebook.run)
_casebook.command("check", **_example("casebook check case.yaml"))(casebook.check)
app.add_typer(_casebook, name="casebook")

app.command("version", **_example("version"))(version.version)
