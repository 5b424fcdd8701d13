"""`lawengine population`: synthetic cases from written assumptions, described and reweighed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from lawengine.base.label import Label, Language
from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_sound_rules, show_end
from lawengine_cli.options import AsListing, Lang, OnlyOwn, Rules, Statutes
from lawengine_cli.results import deliver
from lawengine_cli.showing import show
from lawengine_cli.simulate import exit_of_table, without
from lawengine_cli.streams import complain
from lawengine_cli.wrong_use import WrongUseError

if TYPE_CHECKING:
    from lawengine.base.diagnostic import Diagnostic
    from lawengine.columns.files import CaseFileTable
    from lawengine.model.vocabulary import Vocabulary
    from lawengine.population.describing import Described
    from lawengine.population.specification import Draw, Orders, Specification
    from lawengine.workspace import Workspace

Assumptions = Annotated[
    Path | None,
    typer.Argument(metavar="[ASSUMPTIONS]", help="A file of assumptions (TOML); the shipped one."),
]
What = Annotated[
    Path, typer.Argument(metavar="FILE", help="Assumptions (TOML), or a table of cases.")
]
Table = Annotated[Path, typer.Argument(metavar="CASES", help="A table of cases (Parquet or CSV).")]
To = Annotated[Path, typer.Option("--out", metavar="FILE", help="Parquet or CSV, by its name.")]
OrdersTo = Annotated[
    Path | None,
    typer.Option("--orders", metavar="FILE", help="The orders of the shops too: Parquet or CSV."),
]
Cases = Annotated[int, typer.Option("--cases", min=1, help="How many rows.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same rows.")]
Margins = Annotated[
    Path, typer.Option("--margins", metavar="FILE", help="The shares that are wanted (TOML).")
]
Keep = Annotated[
    list[str] | None,
    typer.Option("--keep", metavar="COLUMN", help="A column that is no fact; repeatable."),
]
_WRITTEN = Label("{rows} cases written to {path}", "已将{rows}件案件写入{path}")
_AND_ORDERS = Label("{rows} orders written to {path}", "已将{rows}笔订单写入{path}")
_FITTED = Label(
    "weights fitted in {rounds} rounds, from {low} to {high}; they say as much as {effective} of "
    "{rows} rows of equal weight",
    "经{rounds}轮拟合，权重在{low}至{high}之间；信息量相当于{rows}行中等权的{effective}行",
)
_SOURCE, _ASSUMED = Label("published", "已公布"), Label("assumed", "假定")
_UNKNOWN = Label("not known", "不明")
_MEAN = Label("mean", "平均")
_NUMBER = Label("orders of a shop", "每店订单数")
_ONCE = Label("once for each shop", "每店一次")


def make(
    context: typer.Context,
    out: To,
    assumptions: Assumptions = None,
    *,
    cases: Cases = 10_000,
    orders: OrdersTo = None,
    seed: Seed = 1,
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Draw synthetic cases from written assumptions into a table.

    `lawengine simulate FILE --keep group` decides them. Which figures were published and which are
    assumed tells `lawengine population describe`. Where parties are shops, `--orders` draws their
    orders too, for `lawengine screen FILE --by shop --tally group`.
    """
    language = language_of(context, lang)
    if orders is not None and orders.resolve() == out.resolve():
        raise WrongUseError(
            Label("`--out` and `--orders` name the same file", "`--out`与`--orders`指向同一文件")
        )
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    found = _assumptions(assumptions or _shipped(), workspace, language)
    with _refusing(language):
        from lawengine.population.drawing import draw
        from lawengine.population.orders import draw_orders
        from lawengine.population.refusal import RefusedError
        from lawengine.population.storing import write_population

        if orders is not None and not found.has_orders:
            raise RefusedError("LAW783")
        book = workspace.rulebook
        more = None if orders is None else (orders, draw_orders(found, book, cases, seed))
        rows, number = write_population(out, found, book, draw(found, book, cases, seed), more)
    complain(_WRITTEN.text(language).format(rows=f"{rows:,}", path=out))
    if orders is not None:
        complain(_AND_ORDERS.text(language).format(rows=f"{number:,}", path=orders))


def describe_(
    context: typer.Context,
    file: What,
    *,
    keep: Keep = None,
    format_: AsListing = "text",
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Tell what assumptions rest on, or what a table of cases holds."""
    language = language_of(context, lang)
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    if file.suffix.lower() == ".toml":
        found = _assumptions(file, workspace, language)
        if format_ == "json":
            deliver(json.dumps(_grounds(found), ensure_ascii=False, indent=2), None)
        else:
            deliver("\n".join(_ground_lines(found, language)), None)
        return
    with _refusing(language), _opened(file, workspace, keep) as table:
        from lawengine.population.describing import describe

        told = list(describe(table))
        rows = table.rows
    if format_ == "json":
        data = {"rows": rows, "facts": [_told(one) for one in told]}
        deliver(json.dumps(data, ensure_ascii=False, indent=2), None)
    else:
        vocabulary = workspace.rulebook.vocabulary
        deliver("\n".join(_lines(told, rows, vocabulary, language)), None)


def reweigh(
    context: typer.Context,
    cases: Table,
    margins: Margins,
    out: To,
    *,
    keep: Keep = None,
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Write a table of cases with weights that give it the shares of some margins."""
    language = language_of(context, lang)
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    with _refusing(language), _opened(cases, workspace, keep) as table:
        from lawengine.population.margins import margins_of
        from lawengine.population.raking import rake
        from lawengine.population.specification import read_margins
        from lawengine.population.storing import write_weighted

        wanted, problems = read_margins(margins, workspace.rulebook.vocabulary)
        show(problems, {}, language)
        if wanted is None:
            raise typer.Exit(Exit.RULES)
        fit = rake(margins_of(wanted, table), table.rows)
        write_weighted(out, table, fit.weights)
        words = {
            "rounds": fit.rounds, "low": f"{fit.weights.min():.3g}",
            "high": f"{fit.weights.max():.3g}", "effective": f"{fit.effective:,.0f}",
            "rows": f"{table.rows:,}",
        }  # fmt: skip
    complain(_FITTED.text(language).format(**words))


def _shipped() -> Path:
    from lawengine.workspace import shipped

    return shipped("casebook") / "populations" / "network_cases.toml"


def _assumptions(path: Path, workspace: Workspace, language: Language) -> Specification:
    try:
        from lawengine.population.specification import read_specification
    except ModuleNotFoundError as error:
        without(error, language)
    found, problems = read_specification(path, workspace.rulebook.vocabulary)
    show(problems, {}, language)
    if found is None:
        raise typer.Exit(Exit.RULES)
    return found


@contextmanager
def _refusing(language: Language) -> Iterator[None]:
    """Tell what is wrong with a table or with assumptions as every other mistake is told.

    Raises:
        typer.Exit: something is.
    """
    try:
        from lawengine.columns.files import TableError
        from lawengine.population.refusal import RefusedError
    except ModuleNotFoundError as error:
        without(error, language)
    try:
        yield
    except TableError as error:
        _end(error.diagnostics, exit_of_table(error.diagnostics), language)
    except RefusedError as error:
        _end((error.diagnostic,), Exit.RULES, language)


def _end(diagnostics: tuple[Diagnostic, ...], code: Exit, language: Language) -> NoReturn:
    show(diagnostics, {}, language)
    show_end(Label("nothing was written", "未写入任何内容"), language)
    raise typer.Exit(code)


@contextmanager
def _opened(path: Path, workspace: Workspace, keep: list[str] | None) -> Iterator[CaseFileTable]:
    from lawengine.columns.files import open_table

    with open_table(path, workspace.rulebook, (), keep or ()) as table:
        yield table


# --- assumptions ---


def _grounds(found: Specification) -> dict[str, object]:
    return {
        "title": found.label.text("en"),
        "sources": {name: label.text("en") for name, label in found.sources.items()},
        "groups": [
            {
                "group": group.name,
                "weight": group.weight,
                "source": group.source or None,
                "assumed": group.assumed.text("en") or None,
                "acts": group.acts,
                "facts": [_fact(draw) for draw in group.draws],
                "orders": None if group.orders is None else _orders(group.orders),
            }
            for group in found.groups
        ],
    }


def _orders(orders: Orders) -> dict[str, object]:
    grounds = {"source", "assumed"}
    return {
        "number": orders.number.model_dump(exclude_none=True, exclude=grounds),
        "source": orders.source or None,
        "assumed": orders.assumed.text("en") or None,
        "sorts": [
            {
                "sort": sort.name,
                "weight": sort.weight,
                "source": sort.source or None,
                "assumed": sort.assumed.text("en") or None,
                "facts": [_fact(draw) for draw in sort.draws],
            }
            for sort in orders.sorts
        ],
    }


def _fact(draw: Draw) -> dict[str, object]:
    how = draw.how.model_dump(mode="json", exclude_none=True, exclude={"source", "assumed"})
    return {
        "fact": draw.fact.path,
        "drawn": how,
        "source": draw.source or None,
        "assumed": draw.assumed.text("en") or None,
    }


def _ground_lines(found: Specification, language: Language) -> Iterator[str]:
    yield found.label.text(language)
    whole = sum(group.weight for group in found.groups)
    for group in found.groups:
        yield ""
        share = f"{100 * group.weight / whole:.1f} %"
        yield f"{group.label.text(language)} ({group.name}): {share}"
        yield f"  {_ground(group.source, group.assumed, found, language)}"
        yield from _draw_lines(group.draws, found, language)
        if group.orders is not None:
            yield from _order_lines(group.orders, found, language)


def _order_lines(orders: Orders, found: Specification, language: Language) -> Iterator[str]:
    number = orders.number.lognormal or orders.number.between
    yield f"  {_NUMBER.text(language)}: {_plain(_shown(number))}"
    yield f"    {_ground(orders.source, orders.assumed, found, language)}"
    whole = sum(sort.weight for sort in orders.sorts)
    for sort in orders.sorts:
        share = f"{100 * sort.weight / whole:.1f} %"
        yield f"  {sort.label.text(language)} ({sort.name}): {share}"
        yield f"    {_ground(sort.source, sort.assumed, found, language)}"
        yield from (f"  {line}" for line in _draw_lines(sort.draws, found, language))


def _draw_lines(draws: Iterable[Draw], found: Specification, language: Language) -> Iterator[str]:
    for draw in draws:
        what = f"{draw.fact.label.text(language)} ({draw.fact.path})"
        once = f", {_ONCE.text(language)}" if draw.how.once_per_shop else ""
        yield f"  {what}: {draw.way} {_plain(_shown(getattr(draw.how, draw.way)))}{once}"
        if draw.how.unknown_percent:
            yield f"    {_UNKNOWN.text(language)}: {draw.how.unknown_percent:g} %"
        yield f"    {_ground(draw.source, draw.assumed, found, language)}"


def _shown(how: object) -> object:
    return how.model_dump() if hasattr(how, "model_dump") else how


def _plain(shown: object) -> str:
    if isinstance(shown, dict):
        return ", ".join(f"{key} {_plain(value)}" for key, value in shown.items())
    if isinstance(shown, list):
        low, high = shown
        return f"{low} .. {high}"
    return f"{shown:,}" if isinstance(shown, int | float) else str(shown)


def _ground(source: str, assumed: Label, found: Specification, language: Language) -> str:
    if source:
        return f"{_SOURCE.text(language)}: {found.sources[source].text(language)}"
    return f"{_ASSUMED.text(language)}: {assumed.text(language)}"


# --- tables ---


def _told(one: Described) -> dict[str, object]:
    from lawengine.population.describing import QUANTILES

    shares = (f"{share:g}" for share in QUANTILES)
    return {
        "fact": one.fact.path,
        "known": one.known,
        "counts": dict(one.counts) or None,
        "quantiles": dict(zip(shares, one.quantiles, strict=True)) if one.quantiles else None,
        "sum": one.total if one.quantiles else None,
    }


def _lines(
    told: list[Described], rows: int, vocabulary: Vocabulary, language: Language
) -> Iterator[str]:
    yield f"{rows:,}"
    for one in told:
        unknown = rows - one.known
        missing = f"  ({_UNKNOWN.text(language)}: {unknown:,})" if unknown else ""
        yield ""
        yield f"{one.fact.label.text(language)} ({one.fact.path}){missing}"
        for name, count in one.counts:
            label = name
            if one.fact.type.choices:
                label = vocabulary.choice_label(one.fact.type.choices, name).text(language)
            yield f"  {count:>12,}  {100 * count / one.known:5.1f} %  {label}"
        if one.quantiles:
            yield from _quantile_lines(one, language)


def _quantile_lines(one: Described, language: Language) -> Iterator[str]:
    from lawengine.base.money import format_yuan
    from lawengine.model.types import Kind
    from lawengine.population.describing import QUANTILES

    def shown(value: int) -> str:
        return format_yuan(value, language) if one.fact.type.kind is Kind.MONEY else f"{value:,}"

    for share, value in zip(QUANTILES, one.quantiles, strict=True):
        yield f"  {100 * share:>5.0f} %  {shown(value)}"
    yield f"  {_MEAN.text(language)}  {shown(round(Fraction(one.total, one.known)))}"
