"""Options that several commands share, each defined once."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import typer

from lawengine.base.errors import UnreadableFileError
from lawengine.base.label import Label, Language
from lawengine_cli.languages import VARIABLE

_MISSING = Label("no such file or folder", "文件或者文件夹不存在")

Format: TypeAlias = Literal["text", "json", "md", "html"]
"""How a decision is written."""

Listing: TypeAlias = Literal["text", "json"]
"""How a list of results is written."""

Case = Annotated[Path, typer.Argument(metavar="CASE", help="A case file (YAML).")]
Why = Annotated[bool, typer.Option("--why", help="Give the reasons in full.")]
GlobalLang = Annotated[
    Language | None,
    typer.Option("--lang", envvar=VARIABLE, help="Language of results and messages."),
]
Lang = Annotated[
    Language | None,
    typer.Option("--lang", help="Language of results and messages; by default the locale's."),
]
Rules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules", metavar="DIR", help="A folder of own rules beside the shipped ones; repeatable."
    ),
]
OnlyOwn = Annotated[
    bool,
    typer.Option(
        "--only-own-rules",
        help="Apply the rules of your folders alone; the shipped digests of the law stay.",
    ),
]
Statutes = Annotated[
    list[Path] | None,
    typer.Option(
        "--statutes",
        metavar="DIR",
        help="A folder of own statute digests beside the shipped ones; repeatable.",
    ),
]
Reforms = Annotated[
    list[Path] | None,
    typer.Option(
        "--reform",
        metavar="FILE",
        help="A file of reforms: proposals, applied to a copy of the rules; repeatable.",
    ),
]
All = Annotated[
    bool, typer.Option("--all", help="Show everything, however long; JSON always is whole.")
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write to this file, whole or not at all."),
]
AsFormat = Annotated[Format, typer.Option("--format", help="How the result is written.")]
AsListing = Annotated[Listing, typer.Option("--format", help="How the result is written.")]
Into = Annotated[
    Path | None,
    typer.Option(
        "--into",
        metavar="DIR",
        help="Where the official texts are to be kept; by default your data folder.",
    ),
]
Kept = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="DIR",
        help="Where imported official texts are kept; by default your data folder.",
    ),
]


def parse_day(text: str) -> datetime.date:
    """Return the day that `2019-04-23` names.

    Raises:
        WrongUseError: there is no such day, or it is not written like that.
    """
    try:
        if len(text) != len("2019-04-23"):
            raise ValueError  # noqa: TRY301 - `20190423` is a date to Python, not to us
        return datetime.date.fromisoformat(text)
    except ValueError:
        from lawengine_cli.wrong_use import WrongUseError

        words = Label(
            f"`{text}` is no date such as `2019-04-23`", f"“{text}”不是日期，例如 2019-04-23"
        )
        raise WrongUseError(words) from None


def need_folders(*groups: list[Path] | None) -> None:
    """Make sure that every folder or file that was named is there.

    Raises:
        UnreadableFileError: one is not.
    """
    for path in (path for group in groups for path in group or ()):
        if not path.exists():
            raise UnreadableFileError(path, _MISSING)
