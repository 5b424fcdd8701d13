"""Articles that changed, and the rules that rest on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from lawengine.base.citation import Citation
from lawengine.base.diagnostic import Diagnostic, Severity
from lawengine.base.label import Label
from lawengine.checks.check import Check, Sample
from lawengine.checks.places import whole
from lawengine.checks.words import cited, named
from lawengine.model.ratings import Grade, GradeVersion, Score, ScoreVersion
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Rule, Version
from lawengine.model.standards import Standard, StandardVersion
from lawengine.model.statuses import Status, StatusVersion
from lawengine.statutes import Change, ChangeKind, Library, changed_articles


@dataclass(frozen=True, slots=True)
class Resting:
    """A version of a norm, and the article by which it rests on the law.

    `rule` is the name of a rule, list, benefit, duty or discretion standard.
    """

    rule: str
    version: Version | StatusVersion | StandardVersion | ScoreVersion | GradeVersion
    citation: Citation


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """An article that is not worded as what it succeeds.

    `after` are the versions that rest on the article itself, `before` those that rest on what it
    succeeds. A change with `before` and nothing in `after` has not reached the rules yet.
    """

    change: Change
    before: tuple[Resting, ...]
    after: tuple[Resting, ...]


def articles_changed(rulebook: Rulebook, library: Library) -> tuple[ArticleChange, ...]:
    """Return every changed article of the library with the rules that rest on it.

    Edges: a citation of a paragraph rests on its whole article, since wording is compared by
    article; what nobody can compare is in the list too (`ChangeKind.INCOMPARABLE`).
    """
    resting = tuple(_resting(rulebook, library))
    by_article: dict[tuple[str, int], list[int]] = {}
    for place, found in enumerate(resting):
        by_article.setdefault(whole(found.citation), []).append(place)

    def on(articles: tuple[Citation, ...]) -> tuple[Resting, ...]:
        near = {place for other in articles for place in by_article.get(whole(other), ())}
        found = (resting[place] for place in sorted(near))
        return tuple(one for one in found if any(_within(one.citation, o) for o in articles))

    changes = []
    for change in changed_articles(library):
        earlier = tuple(library.canonical(citation) for citation in change.succeeds)
        after = on((change.citation,))
        changes.append(ArticleChange(change, on(earlier), after))
    return tuple(changes)


def _resting(rulebook: Rulebook, library: Library) -> Iterator[Resting]:
    for rule in rulebook.rules.values():
        for version in rule.versions:
            for citation in dict.fromkeys((*version.law, *version.breaches)):
                yield Resting(rule.name, version, library.canonical(citation))
    others: Iterable[Status | Standard | Score | Grade] = chain(
        rulebook.statuses.values(), rulebook.standards.values(), rulebook.ratings.values()
    )
    for norm in others:
        for dated in norm.versions:
            for citation in dict.fromkeys(dated.law):
                yield Resting(norm.name, dated, library.canonical(citation))


def _within(citation: Citation, other: Citation) -> bool:
    if citation.instrument != other.instrument:
        return False
    one, two = citation.article, other.article
    return one.covers(two) or two.covers(one)


def run(rulebook: Rulebook, library: Library) -> Iterable[Diagnostic]:
    """Yield the versions that rest on an article and on what it succeeds in other words."""
    norms: Mapping[str, Rule | Status | Standard | Score | Grade] = {
        **rulebook.rules,
        **rulebook.statuses,
        **rulebook.standards,
        **rulebook.ratings,
    }
    found = [c for c in articles_changed(rulebook, library) if c.change.kind is ChangeKind.REWORDED]
    for changed in found:
        for later in changed.after:
            for earlier in changed.before:
                if later.version is earlier.version:
                    words = {
                        "name": named(norms[later.rule]),
                        "earlier": cited(earlier.citation, library),
                        "later": cited(later.citation, library),
                    }
                    yield Diagnostic(
                        "LAW455",
                        later.version.span,
                        words,
                        Severity.WARNING,
                        article=later.citation,
                    )


_HEAD = 'rule LAN.hawking "Hawking" / "叫卖"\n'

CHECK = Check(
    id="changed-articles",
    codes=("LAW455",),
    label=Label("One version over a change of wording", "一个版本跨越文本修改"),
    why=Label(
        "a changed article needs a reading of its own, even where the result stays the same",
        "条文修改后须重新解读，即使结果未变",
    ),
    run=run,
    samples=(
        Sample(f"""{_HEAD}
  version from 2001-01-01 to 2015-12-31
    law LAN-2001 art 3
    then warn

  version from 2016-01-01
    law LAN-2016 art 3
    then warn
"""),
        Sample(f"""{_HEAD}
  version from 2001-01-01
    law LAN-2001 art 9, LAN-2016 art 9
    then warn
"""),
        Sample(
            f"""{_HEAD}
  version from 2001-01-01
    law LAN-2001 art 3, LAN-2016 art 3(1)
    then warn
""",
            "LAW455",
        ),
        Sample(
            """list LAN.hawkers of act "Hawkers" / "叫卖者"
  dated by act.ended_on
  version from 2001-01-01
    law LAN-2001 art 3, LAN-2016 art 3(1)
    lasts 1 year from act.ended_on
""",
            "LAW455",
        ),
    ),
)
