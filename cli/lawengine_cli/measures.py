"""`lawengine measures`: what each department may do to whom is listed, by the law of a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from lawengine.base.diagnostic import nearest
from lawengine.base.label import Label
from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_sound_rules
from lawengine_cli.options import Lang, OnlyOwn, Out, Rules, Statutes, parse_day
from lawengine_cli.results import deliver, deliver_lines, width
from lawengine_cli.wrong_use import WrongUseError, or_nearest

if TYPE_CHECKING:
    from lawengine.model.rulebook import Rulebook
    from lawengine.registers.catalogue import Catalogue

CatalogueFormat: TypeAlias = Literal["text", "json", "csv"]
AsCatalogue = Annotated[
    CatalogueFormat,
    typer.Option(
        "--format", help="How it is written; `csv` has a row for each measure of each list."
    ),
]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DAY",
        help="The day whose law is told, such as 2024-05-01; by default today.",
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="DEPARTMENT",
        help="Only what this department may do, and what every department may; a name or a label.",
    ),
]
OfList = Annotated[
    str | None,
    typer.Option(
        "--list", metavar="NAME", help="Only what goes with this list; a name or a label."
    ),
]


def measures_(
    context: typer.Context,
    *,
    on: On = None,
    by: By = None,
    list_: OfList = None,
    format_: AsCatalogue = "text",
    out: Out = None,
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Tell, without any case, what the law of a day lets each department do to a party that is listed or penalised: by department, with the list, the law and since when."""  # noqa: E501 - one sentence of the help
    from lawengine import reports
    from lawengine.registers.catalogue import catalogue

    language = language_of(context, lang)
    day = parse_day(on) if on is not None else datetime.date.today()  # noqa: DTZ011 - a day of here
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    book = workspace.rulebook
    found = catalogue(book, day)
    if by is not None:
        found = _by(found, by, book)
    if list_ is not None:
        name = _meant(list_, _lists(book), Label("no list is called `{}`", "没有名单“{}”"))
        kept = (entry for entry in found.entries if name in entry.lists)
        found = replace(found, entries=tuple(kept))
    if format_ == "json":
        deliver(reports.catalogue_json(found, book), out)
    elif format_ == "csv":
        deliver(reports.catalogue_csv(found, book, language), out)
    else:
        lines = reports.catalogue_lines(
            found, book, language, library=workspace.library, width=width(out)
        )
        deliver_lines(lines, out)


def _by(found: Catalogue, by: str, book: Rulebook) -> Catalogue:
    from lawengine import reports
    from lawengine.registers.catalogue import departments

    names = {}
    for name in departments(book):
        label = reports.department_label(name, book)
        names[name] = (name, label.en, label.zh)
    department = _meant(by, names, Label("no department is called `{}`", "没有部门“{}”"))
    kept = (entry for entry in found.entries if entry.department in ("", department))
    return replace(found, entries=tuple(kept))


def _lists(book: Rulebook) -> Mapping[str, Iterable[str]]:
    from lawengine.model.statuses import StatusKind

    return {
        name: (name, status.alias, status.label.en, status.label.zh)
        for name, status in book.statuses.items()
        if status.kind is StatusKind.LIST
    }


def _meant(text: str, known: Mapping[str, Iterable[str]], nobody: Label) -> str:
    """Return the identifier that a name or a label means.

    Raises:
        WrongUseError: none is called so.
    """
    wanted = text.casefold()
    called = {word: name for name, words in known.items() for word in words if word}
    folded = {word.casefold(): name for word, name in called.items()}
    if wanted in folded:
        return folded[wanted]
    more = or_nearest(nearest(text, called))
    if not more:
        more = Label(f"; known are {', '.join(known)}", f"，现有：{'、'.join(known)}")
    raise WrongUseError(Label(nobody.en.format(text) + more.en, nobody.zh.format(text) + more.zh))
