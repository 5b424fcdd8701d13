"""`lawengine compare`: what the law says, and what it would say under a reform."""

from __future__ import annotations

import typer

from lawengine.base.label import Label
from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_reforms, open_sound_rules
from lawengine_cli.options import AsFormat, Lang, OnlyOwn, Out, Reforms, Rules, Statutes
from lawengine_cli.results import deliver, deliver_lines, width
from lawengine_cli.wrong_use import WrongUseError


def compare(
    context: typer.Context,
    *,
    reform: Reforms = None,
    format_: AsFormat = "text",
    out: Out = None,
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Set the law beside what reforms would make of it, words struck and added marked."""
    language = language_of(context, lang)
    if not reform:
        raise WrongUseError(
            Label("name a file of reforms with `--reform`", "请用`--reform`指明修正草案文件")
        )
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    proposed = open_reforms(reform, workspace, language)
    from lawengine import reports
    from lawengine.proposals import diff_data, diff_sheet

    if format_ == "json":
        import json

        deliver(json.dumps(diff_data(proposed), ensure_ascii=False, indent=1), out)
        raise typer.Exit(Exit.DONE)
    sheet = diff_sheet(proposed, language)
    if format_ == "text":
        deliver_lines(reports.sheet_lines(sheet, language, width(out)), out)
    else:
        deliver(reports.render_sheet(sheet, format_, language), out)
    raise typer.Exit(Exit.DONE)
