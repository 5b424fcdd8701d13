"""`lawengine statutes`: the digests of the law, and their proof against official texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lawengine.base.citation import Citation, parse_citation
from lawengine.base.label import Label, Language
from lawengine.base.places import data_folder
from lawengine_cli.exits import Exit
from lawengine_cli.languages import language_of
from lawengine_cli.opening import beside, open_rules
from lawengine_cli.options import AsListing, Into, Kept, Lang, Statutes, need_folders
from lawengine_cli.results import say_lines
from lawengine_cli.showing import exit_of, number, show
from lawengine_cli.streams import complain, say
from lawengine_cli.tables import say_table
from lawengine_cli.wrong_use import WrongUseError, or_nearest

if TYPE_CHECKING:
    from lawengine.statutes import Digest, Instrument, Library, Verification
    from lawengine.workspace import Workspace

Words = Annotated[
    list[str], typer.Argument(metavar="CITATION", help="An article, such as AUCL-2019 art 20.")
]
Official = Annotated[Path, typer.Argument(metavar="DIR", help="A folder of official texts.")]
Digests = Annotated[Path, typer.Argument(metavar="DIGESTS", help="The folder of digest files.")]
Of = Annotated[
    list[str] | None,
    typer.Option("--of", metavar="ID", help="Only this version, such as AUCL-2019; repeatable."),
]
_YES = Label("yes", "是")
_NO = Label("no", "否")
_OPEN = Label("in force", "现行")
_UNVERIFIED = Label("unverified", "未经核实")


def list_(
    context: typer.Context,
    *,
    statutes: Statutes = None,
    format_: AsListing = "text",
    lang: Lang = None,
) -> None:
    """List the versions of every instrument: in force from and to, verified or not."""
    language = language_of(context, lang)
    library = _library(statutes, language)
    if format_ == "json":
        _say_json([_instrument_data(found, language) for found in library.instruments])
        return
    head = Label(
        "id|title|in force from|to|articles|verified", "标识|名称|施行日期|失效日期|条文数|已核实"
    )
    rows = [
        (
            found.zh_id if language == "zh" else found.id,
            found.title.text(language),
            found.in_force_from.isoformat(),
            found.in_force_to.isoformat() if found.in_force_to else _OPEN.text(language),
            str(len(found.articles)),
            (_YES if found.verified else _NO).text(language),
        )
        for found in library.instruments
    ]
    say_table(head.text(language).split("|"), rows, numbers=(4,))


def show_(
    context: typer.Context,
    words: Words,
    *,
    statutes: Statutes = None,
    kept: Kept = None,
    lang: Lang = None,
) -> None:
    """Show what an article says, in our words, and in the official ones where imported."""
    from lawengine.statutes import read_attachments

    language = language_of(context, lang)
    library = _library(statutes, language)
    attachments, problems = read_attachments(library, kept or data_folder())
    show(problems, {}, language)
    text = " ".join(words)
    digests = _found(library, text)
    if not digests:
        complain(f"lawengine: {_not_found(library, text).text(language)}")
        raise typer.Exit(Exit.COULD_NOT_RUN)
    from lawengine_cli.articles import account

    say_lines("\n\n".join(account(digest, library, attachments, language) for digest in digests))


def verify_(
    context: typer.Context,
    official: Official,
    *,
    of: Of = None,
    statutes: Statutes = None,
    format_: AsListing = "text",
    lang: Lang = None,
) -> None:
    """Compare the digests with official texts: exit code 8 if one differs, 4 if any has no text."""
    from lawengine.statutes import Outcome, verify

    language = language_of(context, lang)
    need_folders([official])
    workspace = _workspace(statutes, language)
    library = _only(workspace.library, of)
    verification = verify(library, official)
    show(verification.diagnostics, {}, language)
    if format_ == "json":
        _say_json(_verification_data(verification))
    else:
        _say_outcomes(verification, library, language)
        _say_resting(
            [c.citation for c in verification.checks if c.outcome is Outcome.DIFFERS],
            workspace,
            language,
        )
    raise typer.Exit(_verified(verification))


def import_(
    context: typer.Context,
    official: Official,
    *,
    into: Into = None,
    statutes: Statutes = None,
    lang: Lang = None,
) -> None:
    """Keep the official wording that matches its fingerprint, so that it can be shown."""
    from lawengine.statutes import Outcome, import_texts, verify
    from lawengine_cli.locking import only_one

    language = language_of(context, lang)
    need_folders([official])
    library = _library(statutes, language)
    place = into or data_folder()
    verification = verify(library, official)
    kept = verification.count(Outcome.MATCH) > 0
    if kept:
        # Read, joined and written under one lock: two at once would lose what the other kept.
        with only_one(place):
            verification = import_texts(library, official, place)
    show(verification.diagnostics, {}, language)
    matched = verification.count(Outcome.MATCH)
    words = Label(
        f"{number(matched, 'article')} kept in {place}" if kept else "nothing was kept",
        f"已将{matched}条存入{place}" if kept else "未存入任何条文",
    )
    say_lines(words.text(language))
    if verification.any_differs:
        raise typer.Exit(Exit.TAMPERED)
    if not kept:
        raise typer.Exit(exit_of(verification.diagnostics) or Exit.UNDETERMINED)


def changed(
    context: typer.Context,
    *,
    statutes: Statutes = None,
    format_: AsListing = "text",
    lang: Lang = None,
) -> None:
    """Name the articles whose wording changed, with the rules that rest on them."""
    from lawengine.statutes import ChangeKind, changed_articles

    language = language_of(context, lang)
    workspace = _workspace(statutes, language)
    kinds = {
        ChangeKind.REWORDED: Label("reworded", "修改"),
        ChangeKind.INCOMPARABLE: Label("no text to compare", "没有可供比对的文本"),
    }
    changes = changed_articles(workspace.library)
    if format_ == "json":
        _say_json(
            [
                {
                    "article": change.citation.text("en"),
                    "succeeds": [citation.text("en") for citation in change.succeeds],
                    "kind": change.kind.value,
                    "rules": _resting(change.citation, workspace, "en"),
                }
                for change in changes
            ]
        )
        return
    head = Label(
        "article|takes over from|wording|rules that rest on it", "条文|承接|文字|据以作出的规则"
    )
    rows = [
        (
            _named(change.citation, workspace.library, language),
            _joined(change.succeeds, workspace.library, language),
            kinds[change.kind].text(language),
            ", ".join(_resting(change.citation, workspace, language)) or "-",
        )
        for change in changes
    ]
    say_table(head.text(language).split("|"), rows)


def stamp_(context: typer.Context, digests: Digests, official: Official, lang: Lang = None) -> None:
    """Write the fingerprints of official texts into digest files (for those who keep them)."""
    from lawengine.statutes import stamp

    language = language_of(context, lang)
    need_folders([digests, official])
    stamped, diagnostics = stamp(digests, official)
    show(diagnostics, {}, language)
    for item in stamped:
        say_lines(f"{item.citation.text(language)}: {item.old or '-'} -> {item.new}")
    words = Label(f"{number(len(stamped), 'fingerprint')} written", f"写入{len(stamped)}个指纹")
    complain(words.text(language))
    raise typer.Exit(exit_of(diagnostics))


def _library(statutes: list[Path] | None, language: Language) -> Library:
    from lawengine.statutes import read_library
    from lawengine.workspace import shipped

    need_folders(statutes)
    ours = (shipped("statutes"),)
    library, problems = read_library((*ours, *beside(ours, statutes or ())))
    show(problems, {}, language)
    if code := exit_of(problems):
        raise typer.Exit(code)
    return library


def _workspace(statutes: list[Path] | None, language: Language) -> Workspace:
    workspace = open_rules(None, statutes, only_own=False)
    show(workspace.diagnostics, workspace.sources, language)
    if not workspace.sound:
        raise typer.Exit(exit_of(workspace.diagnostics))
    return workspace


def _only(library: Library, names: list[str] | None) -> Library:
    from lawengine.base.diagnostic import nearest
    from lawengine.statutes import Library

    if not names:
        return library
    kept: dict[str, Instrument] = {}
    for name in names:
        found = library.instrument(name)
        if found is None:
            hint = nearest(name, library.names())
            more = or_nearest(hint)
            raise WrongUseError(
                Label(
                    f"no instrument is called `{name}`{more.en}", f"没有法律版本“{name}”{more.zh}"
                )
            )
        kept[found.id] = found
    return Library(tuple(kept.values()))


def _found(library: Library, text: str) -> list[Digest]:
    citation = parse_citation(text)
    if citation is not None:
        digest = library.find(citation)
        return [digest] if digest else []
    # An instrument alone stands for all of its articles.
    whole = [Citation(text, article.article) for article in library.articles_of(text)]
    return [digest for digest in map(library.find, whole) if digest is not None]


def _not_found(library: Library, text: str) -> Label:
    from lawengine.base.diagnostic import nearest

    name = text.partition(" ")[0]
    hint = "" if library.instrument(name) else nearest(name, library.names())
    return Label(
        f"there is no digest of `{text}`" + (f": did you mean `{hint}`?" if hint else ""),
        f"没有“{text}”的摘要" + (f"，是否指“{hint}”？" if hint else ""),
    )


def _verified(verification: Verification) -> Exit:
    if verification.any_differs:
        return Exit.TAMPERED
    code = exit_of(verification.diagnostics)
    if code is Exit.COULD_NOT_RUN:
        return code
    # No text to compare is never "ok".
    return Exit.DONE if verification.all_match else code or Exit.UNDETERMINED


def _say_outcomes(verification: Verification, library: Library, language: Language) -> None:
    from lawengine.statutes import Outcome

    head = [Label("version", "版本").text(language)]
    head += [outcome.label().text(language) for outcome in Outcome]
    rows = []
    for instrument in library.instruments:
        found = [c.outcome for c in verification.checks if c.citation.instrument == instrument.id]
        name = instrument.zh_id if language == "zh" else instrument.id
        rows.append((name, *(str(found.count(outcome)) for outcome in Outcome)))
    say_table(head, rows, numbers=(1, 2, 3, 4))


def _say_resting(citations: Sequence[Citation], workspace: Workspace, language: Language) -> None:
    for citation in citations:
        rules = ", ".join(_resting(citation, workspace, language)) or "-"
        name = _named(citation, workspace.library, language)
        words = Label(f"{name}: rules that rest on it: {rules}", f"{name}：据以作出的规则：{rules}")
        say_lines(words.text(language))


def _resting(citation: Citation, workspace: Workspace, language: Language) -> list[str]:
    """Return the names of the rules, figures, definitions and tables that cite the article."""
    from lawengine.checks.places import places

    scenarios = {scenario.span for scenario in workspace.rulebook.scenarios}
    canonical = workspace.library.canonical
    return sorted(
        {
            place.name.text(language)
            for place in places(workspace.rulebook)
            if place.span not in scenarios
            for cited in map(canonical, place.citations)
            if cited.instrument == citation.instrument and citation.article.covers(cited.article)
        }
    )


def _named(citation: Citation, library: Library, language: Language) -> str:
    return library.in_language(citation, language).text(language)


def _joined(citations: Iterable[Citation], library: Library, language: Language) -> str:
    return ", ".join(_named(citation, library, language) for citation in citations)


def _instrument_data(found: Instrument, language: Language) -> dict[str, object]:
    return {
        "id": found.id,
        "zh_id": found.zh_id,
        "title": found.title.text(language),
        "issuer": found.issuer.text(language),
        "rank": found.rank.value,
        "number": found.number,
        "in_force_from": found.in_force_from.isoformat(),
        "in_force_to": found.in_force_to.isoformat() if found.in_force_to else None,
        "articles": len(found.articles),
        "unverified": found.unverified.text(language),
    }


def _verification_data(verification: Verification) -> list[dict[str, str]]:
    return [
        {
            "article": check.citation.text("en"),
            "outcome": check.outcome.value,
            "file": check.file,
            "expected": check.expected,
            "found": check.found,
        }
        for check in verification.checks
    ]


def _say_json(data: object) -> None:
    import json

    say(json.dumps(data, ensure_ascii=False, indent=2))
