"""Rendering: a decision or a comparison of versions as text, Markdown, HTML or JSON."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial
from typing import TYPE_CHECKING, Literal, TypeAlias

from lawengine.base.label import Language
from lawengine.base.patterns import pattern
from lawengine.deciding.decision import Decision
from lawengine.model.rulebook import Rulebook
from lawengine.reports.styled import DEFAULT_WIDTH, StyledLine, clean
from lawengine.statutes.library import Library

if TYPE_CHECKING:
    from jinja2 import Environment

    from lawengine.deciding.hypothesis import Comparison
    from lawengine.reports.document import Document
    from lawengine.reports.sheets import Reformed, Sheet
    from lawengine.reports.versions import VersionsDocument

# A command gives one document in one format: each way loads its own modules.
# ruff: noqa: PLC0415


Format: TypeAlias = Literal["text", "md", "html", "json"]
_MARKDOWN = pattern(r"([\\`*_{}\[\]<>|#~$&])")


def render(
    decision: Decision,
    rulebook: Rulebook,
    format_: Format = "text",
    language: Language = "en",
    *,
    full: bool = False,
    library: Library | None = None,
) -> str:
    """Return a decision as a document; `full` keeps all that was weighed, not only what decided.

    The rulebook gives facts and rules their names, the library the titles of the laws. Edges: JSON
    holds both languages.
    """
    if format_ == "json":
        from lawengine.reports.decision_json import as_json, decision_data

        return as_json(decision_data(decision, rulebook, full=full))
    if format_ == "text":
        return _joined(text_lines(decision, rulebook, language, full=full, library=library))
    from lawengine.reports.drafting import draft
    from lawengine.reports.naming import Names

    names = Names(rulebook, library or Library(), language)
    return _page("decision", format_, draft(decision, names, full=full), language)


def text_lines(
    decision: Decision,
    rulebook: Rulebook,
    language: Language = "en",
    *,
    full: bool = False,
    library: Library | None = None,
    width: int = DEFAULT_WIDTH,
    at_most: int | None = None,
) -> tuple[StyledLine, ...]:
    """Return a decision as lines of styled text, at most `width` columns wide.

    With `at_most` they tell of so many acts, lists, benefits and duties, and how many more there
    are.
    """
    from lawengine.reports.drafting import draft
    from lawengine.reports.naming import Names
    from lawengine.reports.terminal import terminal_lines

    names = Names(rulebook, library or Library(), language)
    document = draft(decision, names, full=full)
    if at_most is not None:
        from lawengine.reports.bounding import bounded

        document = bounded(document, language, at_most)
    return tuple(terminal_lines(document, language, width))


def render_comparison(
    comparison: Comparison,
    rulebook: Rulebook,
    format_: Format = "text",
    language: Language = "en",
    *,
    library: Library | None = None,
) -> str:
    """Return a comparison of versions as a document: the true answer, apart the hypotheses."""
    if format_ == "json":
        from lawengine.reports.comparison_json import comparison_data
        from lawengine.reports.decision_json import as_json

        return as_json(comparison_data(comparison))
    if format_ == "text":
        return _joined(comparison_lines(comparison, rulebook, language, library=library))
    from lawengine.reports.naming import Names
    from lawengine.reports.versions import draft_versions

    names = Names(rulebook, library or Library(), language)
    return _page("versions", format_, draft_versions(comparison, names), language)


def comparison_lines(
    comparison: Comparison,
    rulebook: Rulebook,
    language: Language = "en",
    *,
    library: Library | None = None,
    width: int = DEFAULT_WIDTH,
) -> tuple[StyledLine, ...]:
    """Return a comparison of versions as lines of styled text, at most `width` columns wide."""
    from lawengine.reports.naming import Names
    from lawengine.reports.terminal import versions_lines
    from lawengine.reports.versions import draft_versions

    names = Names(rulebook, library or Library(), language)
    return tuple(versions_lines(draft_versions(comparison, names), language, width))


def effects_sheet(
    before: Decision,
    after: Decision,
    rulebooks: tuple[Rulebook, Rulebook],
    language: Language = "en",
    *,
    library: Library | None = None,
) -> Sheet:
    """Return what differs between the decision of a case under the law and under a reform."""
    from lawengine.reports.drafting import draft
    from lawengine.reports.effects import draft_effects
    from lawengine.reports.naming import Names

    old, new = (Names(book, library or Library(), language) for book in rulebooks)
    drafts = draft(before, old, full=False), draft(after, new, full=False)
    return draft_effects(*drafts, new)


def render_sheet(
    sheet: Sheet, format_: Format = "text", language: Language = "en", width: int = DEFAULT_WIDTH
) -> str:
    """Return a sheet as text, Markdown or HTML."""
    from lawengine.reports.sheets import sheet_lines

    if format_ == "text":
        return _joined(sheet_lines(sheet, language, width))
    return _page("sheet", format_, sheet, language)


def render_reformed(
    before: Decision,
    after: Decision,
    rulebooks: tuple[Rulebook, Rulebook],
    format_: Literal["md", "html"],
    language: Language = "en",
    *,
    full: bool = False,
    library: Library | None = None,
) -> str:
    """Return what a reform changes for a case, then both decisions with their reasons."""
    from lawengine.reports.drafting import draft
    from lawengine.reports.naming import Names
    from lawengine.reports.sheets import Reformed

    old, new = (Names(book, library or Library(), language) for book in rulebooks)
    sheet = effects_sheet(before, after, rulebooks, language, library=library)
    drafts = draft(before, old, full=full), draft(after, new, full=full)
    return _page("reformed", format_, Reformed(sheet, *drafts), language)


def render_template(name: str, language: Language, **values: object) -> str:
    """Return a template of this package filled: what it prints is escaped, as for HTML and SVG."""
    from lawengine.reports.wording import word

    words = partial(word, language=language)
    return (
        _environment("html")
        .get_template(name)
        .render(lang=language, w=words, zh=language == "zh", **values)
    )


def _joined(lines: Iterable[StyledLine]) -> str:
    return "\n".join(line.plain for line in lines) + "\n"


def _page(
    name: str,
    format_: Format,
    document: Document | VersionsDocument | Sheet | Reformed,
    language: Language,
) -> str:
    from lawengine.reports.wording import word

    template = _environment(format_).get_template(f"{name}.{format_}.jinja")
    return template.render(
        doc=document, lang=language, w=partial(word, language=language), zh=language == "zh"
    )


@cache
def _environment(format_: Format) -> Environment:
    """Return where the templates of a format come from; whatever they print is escaped for it."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    def escaped(value: object) -> object:
        """Return text of a user so that it is text in that format; Markup is a template's own."""
        if isinstance(value, Markup):
            return value
        plain = clean(str(value))
        return Markup(_MARKDOWN.sub(r"\\\1", plain)) if format_ == "md" else plain  # noqa: S704 - escaped right here

    return Environment(
        loader=PackageLoader("lawengine.reports"),
        autoescape=True,
        finalize=escaped,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
