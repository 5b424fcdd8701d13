"""`lawengine deterrence`: does a violation pay, under the law of its day and every version?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lawengine.base.label import Label, Language
from lawengine_cli.analysis_options import Question
from lawengine_cli.analysis_text import WIDTH, columns, share, wrapped, yuan
from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import open_case, open_sound_rules, show_end
from lawengine_cli.options import AsListing, Lang, OnlyOwn, Reforms, Rules, Statutes
from lawengine_cli.reporting import Report
from lawengine_cli.results import deliver
from lawengine_cli.showing import show
from lawengine_cli.simulate import without

if TYPE_CHECKING:
    from lawengine.analysis.result import (
        Analysis,
        CaseDeterrence,
        Deterrence,
        Threshold,
        VersionDeterrence,
    )
    from lawengine.analysis.sides import Law

Case = Annotated[
    Path | None,
    typer.Argument(metavar="[CASE]", help="A case file (YAML); the Henan brushing case of 2016."),
]
_NOT_TOLD = Label("nothing was told", "未给出结果")
_HEAD = Label(
    "from|fine, yuan|gain taken|p = 1 %|10 %|50 %", "起始日|罚款（元）|没收所得|p＝1%|10%|50%"
)
_PAYS = Label(
    "on the right: the gain (yuan) above which the violation pays if caught with probability p, "
    "at the greatest fine; below it, at the least one",
    "右侧：以概率p被查获时，违法所得超过多少（元）违法仍有利可图——上行按最高罚款，下行按最低罚款",
)
_APPLIED = Label("that of the case", "本案适用")
_TAKEN = {
    "yes": Label("yes", "是"), "no": Label("no", "否"), "open": Label("open", "不明")
}  # fmt: skip
_NONE = Label("none", "无")
_UNKNOWN = Label(
    "the gain is not known: only the function above can be told", "违法所得不明：只能给出上述函数"
)
_GAIN = Label("gain of {gain} yuan: {basis}", "违法所得{gain}元：{basis}")
_P_STAR = Label("stops paying at p* =", "不再有利的p*＝")
_OVER = Label("over 100 %: pays even if surely caught", "超过100%：必被查获仍有利可图")
_WIDTHS = (18, 11, 13, 13, 13)


def deterrence_(
    context: typer.Context,
    case: Case = None,
    *,
    reform: Reforms = None,
    report: Report = None,
    format_: AsListing = "text",
    rules: Rules = None,
    only_own_rules: OnlyOwn = False,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Set what a violation costs if caught against what it brings, under each version of the law.

    For a table of cases: `lawengine simulate CASES --deterrence`.
    """
    language = language_of(context, lang)
    workspace = open_sound_rules(rules, statutes, language, only_own=only_own_rules)
    from lawengine.workspace import shipped

    path = case or shipped("casebook") / "henan-brushing-2016.yaml"
    file = open_case(path, workspace, language)
    try:
        from lawengine.analysis.deterrence import deterrence_of
        from lawengine.analysis.versions import case_deterrence
    except ModuleNotFoundError as error:
        without(error, language)
    from lawengine_cli import reporting
    from lawengine_cli.analyse import laws_of

    reporting.check_free(report, language)
    laws = laws_of(Question(reforms=tuple(reform or ())), workspace, language)
    found, problems = case_deterrence(file, laws)
    show(problems, workspace.sources, language)
    if not found:
        show_end(_NOT_TOLD, language)
        raise typer.Exit(Exit.RULES)
    told = deterrence_of(found, ())
    analysis = _analysis(path, laws, told)
    if report is not None:
        reporting.write(analysis, report, workspace, language, reforms=tuple(reform or ()))
    if format_ == "json":
        deliver(json.dumps(analysis.as_data(), ensure_ascii=False, indent=1), None)
    else:
        deliver("\n".join(_lines(told, language)), None)


def _analysis(path: Path, laws: Sequence[Law], told: Deterrence) -> Analysis:
    """Return what is told of a case alone, in the form of every analysis: no rows, no counts."""
    from lawengine.analysis.result import Analysis, Data, ReformShown, Side
    from lawengine.analysis.running import hash_of

    sides = tuple(
        Side(
            law.name, law.title, law.rulebook.content_hash,
            tuple(ReformShown(one.name, one.label, one.because) for one in law.reforms), (), 0, 0,
        )
        for law in laws
    )  # fmt: skip
    data = Data(path.name, hash_of(path), 0, (), None, None, None)
    return Analysis(data, sides, (), (), told)


def _lines(told: Deterrence, language: Language) -> Iterator[str]:
    yield from cases_lines(told.cases, language)
    for text in told.model:
        yield from wrapped(text.text(language))


def cases_lines(cases: Sequence[CaseDeterrence], language: Language) -> Iterator[str]:
    """Yield what deterrence is left of parties; those of a case that fare alike are told once."""
    told: dict[object, list[str]] = {}
    for case in cases:
        told.setdefault(_alike(case), []).append(case.party)
    seen = set()
    for case in cases:
        if _alike(case) not in seen:
            seen.add(_alike(case))
            yield f"{case.title.text(language)} · {', '.join(told[_alike(case)])}"
            yield from case_lines(case, language)
            yield ""
    yield from wrapped(_PAYS.text(language))


def _alike(case: CaseDeterrence) -> object:
    return case.case, case.versions


def case_lines(case: CaseDeterrence, language: Language) -> Iterator[str]:
    """Yield what deterrence is left of one party, a version a line."""
    yield columns("", _HEAD.text(language).split("|")[1:], _WIDTHS)
    for version in case.versions:
        yield from _version(version, language)
    for place, threshold in enumerate(case.versions[0].thresholds):
        yield from _threshold(threshold, place, case, language)


def _name(version: VersionDeterrence, language: Language) -> str:
    if version.applied:
        return _APPLIED.text(language)
    return version.since or version.title.text(language)


def _version(version: VersionDeterrence, language: Language) -> Iterator[str]:
    name = _name(version, language)
    low, high = version.fine.low, version.fine.high
    least = _NONE.text(language) if version.may_be_left_out or not low else yuan(low)
    taken = _TAKEN[version.confiscated].text(language)
    told = [one for one in version.pays if one.probability in (0.01, 0.1, 0.5)]
    lows = [yuan(one.gain.low) if one.gain else "-" for one in told]
    highs = [yuan(one.gain.high) if one.gain else "-" for one in told]
    yield columns(name, [yuan(high), taken, *highs], _WIDTHS)
    yield columns("", [least, "", *lows], _WIDTHS)


def _threshold(
    threshold: Threshold, place: int, case: CaseDeterrence, language: Language
) -> Iterator[str]:
    if threshold.gain is None:
        yield from wrapped(_UNKNOWN.text(language))
        return
    basis = threshold.gain_basis.text(language)
    yield from wrapped(_GAIN.text(language).format(gain=yuan(threshold.gain), basis=basis))
    for version in case.versions:
        p_star = version.thresholds[place].p_star
        if p_star is None:
            continue
        ends = f"{share(p_star.low)} - {share(p_star.high)}"
        if p_star.low >= 1:
            ends = _OVER.text(language)
        head = f"    {_name(version, language)}"
        yield columns(head, [f"{_P_STAR.text(language)} {ends}"], (WIDTH - 24,))
