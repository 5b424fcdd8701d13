"""`lawengine schema`: the JSON Schema of case files, for editors."""

from __future__ import annotations

import typer

from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_sound_rules
from lawengine_cli.options import Lang, OnlyOwn, Out, Rules, Statutes
from lawengine_cli.results import deliver


def schema(
    context: typer.Context,
    *,
    out: Out = None,
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Write the JSON Schema of case files, with every fact that the rules know.

    An editor completes and checks a case whose first line is
    `# yaml-language-server: $schema=FILE`. It offers the keys of the language of results; those of
    the other one are valid as well.
    """
    language = language_of(context, lang)
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    from lawengine.casebook.schema import schema_text

    deliver(schema_text(workspace.rulebook, language), out)
