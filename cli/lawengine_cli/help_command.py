"""Commands whose help is in the language of the user."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand

from lawengine_cli.languages import locale_language


class InChinese:
    """Shows the help in Chinese to those who read it."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's own
        """Return the page that `-h` shows."""
        if (ctx.find_root().obj or locale_language()) == "zh":
            from lawengine_cli.help_page import page_in_chinese

            return page_in_chinese(self, ctx)
        shown: str = super().get_help(ctx)  # type: ignore[misc]  # it stands before a command
        return shown


class OneCommand(InChinese, TyperCommand):
    """A command as most are."""
