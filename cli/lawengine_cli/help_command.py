"""Commands whose help is in the language of the user."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from typer.core import TyperCommand

from lawengine_cli.languages import locale_language

_PATHS = frozenset({"path", "file", "directory"})


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
    """A command as most are: what it writes is never written over what it reads."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own
        """Run the command.

        Raises:
            WrongUseError: its output would take the place of one of its inputs.
        """
        paths = {one.name for one in self.params if one.type.name in _PATHS} - {"out"}
        _keep(ctx.params.get("out"), [ctx.params.get(str(name)) for name in paths])
        return super().invoke(ctx)


def _keep(out: Any, read: Iterable[Any]) -> None:  # noqa: ANN401 - the parser hands texts over
    if out is None or not Path(out).is_file():
        return
    for value in (
        one for values in read for one in ([values] if _is_one(values) else values or ())
    ):
        # A table in a database is named behind its file.
        path = Path(value)
        file = path if path.exists() else Path(str(value).partition("::")[0])
        if file.is_file() and file.samefile(out):
            from lawengine.base.label import Label
            from lawengine_cli.wrong_use import WrongUseError

            words = (f"`--out` names a file that is read: {out}", f"`--out`指向所读的文件：{out}")
            raise WrongUseError(Label(*words))


def _is_one(value: Any) -> bool:  # noqa: ANN401 - as above
    return isinstance(value, str | Path)
