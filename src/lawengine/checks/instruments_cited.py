"""Citations that lead nowhere, and texts that were not checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lawengine.base.citation import Citation
from lawengine.base.diagnostic import Diagnostic, Severity, nearest
from lawengine.base.label import Label
from lawengine.checks.check import Check, Sample
from lawengine.checks.places import Place, places
from lawengine.checks.words import COMMA, cited, joined
from lawengine.model.rulebook import Rulebook
from lawengine.statutes import Digest, Library

WANT_OF_TEXT = re.compile(
    r"\bno (?:official )?text\b|\btexts?\b[^:;,]*\bnot (?:at hand|found|seen|available)\b"
    r"|未(?:取得|找到|见到|获得)[^：；，。]*(?:文本|原文)|(?:文本|原文)[^：；，。]*未(?:取得|找到|获得)"
)
"""Reasons that claim a missing text: the one claim that the digests can refute."""


def run(rulebook: Rulebook, library: Library) -> Iterable[Diagnostic]:
    """Yield what is wrong with the citations of every place that rests on the law.

    Law: a mark "unverified" may stand for many doubts (memory, a disputed reading), so it is
    questioned only where its reason is a missing text while every text cited was read.
    """
    for place in places(rulebook):
        found = []
        for citation in dict.fromkeys(place.citations):
            digest = library.find(citation)
            if digest is None:
                yield _lost(place, citation, library)
            else:
                found.append(digest)
        yield from _status(place, found, library)


def _lost(place: Place, citation: Citation, library: Library) -> Diagnostic:
    if library.instrument(citation.instrument) is None:
        near = nearest(citation.instrument, library.names())
        words = {"name": place.name, "instrument": citation.instrument}
        return Diagnostic("LAW451", place.span, words, suggestion=near, article=citation)
    words_ = {"name": place.name, "citation": cited(citation, library)}
    return Diagnostic("LAW452", place.span, words_, article=citation)


def _status(place: Place, found: list[Digest], library: Library) -> Iterator[Diagnostic]:
    if place.unverified is None:
        return
    if not place.unverified:
        for digest in found:
            if digest.unverified:
                words = {"name": place.name, "citation": cited(digest.citation, library)}
                yield Diagnostic("LAW453", place.span, words, article=digest.citation)
        return
    reason = f"{place.unverified.en}\n{place.unverified.zh}"
    read = [digest for digest in found if digest.article.fingerprint and not digest.unverified]
    if read and len(read) == len(set(place.citations)) and WANT_OF_TEXT.search(reason):
        texts = joined((cited(digest.citation, library) for digest in read), COMMA)
        words = {"name": place.name, "citation": texts}
        yield Diagnostic("LAW454", place.span, words, Severity.WARNING)


def _sample(law: str, code: str = "") -> Sample:
    start = "1990-01-01 to 2000-12-31" if "1990" in law else "2016-01-01"
    return Sample(
        f"""rule LAN.hawking "Hawking" / "叫卖"

  version from {start}
    law {law}
    then warn
""",
        code,
    )


_LIST = """list LAN.hawkers of act "Hawkers" / "叫卖者"
  dated by act.ended_on
  version from 2016-01-01
    law LAN-2016 art 3
    lasts 1 year from act.ended_on
"""

CHECK = Check(
    id="instruments-cited",
    codes=("LAW451", "LAW452", "LAW453", "LAW454"),
    label=Label("Citations that lead to a checked text", "能够查到并已核对文本的引用"),
    why=Label(
        "every consequence names its article; what was not checked says so",
        "每一后果都指明条款；未经核对的应当注明",
    ),
    run=run,
    samples=(
        _sample("LAN-2016 art 3(2)(1) breaches 灯笼法-2016 art 9"),
        _sample('LAN-1990 art 3 status unverified because "no text of 1990 at hand"'),
        _sample('LAN-2016 art 3 status unverified because "its use against helpers is a reading"'),
        _sample("LAN-2061 art 3", "LAW451"),
        _sample("灯笼法-2061 art 3", "LAW451"),
        _sample("LAN-2016 art 4", "LAW452"),
        _sample("LAN-2016 art 3(2)(3)", "LAW452"),
        Sample(
            """scenario "a lamp" / "一盏灯"
  given act.kind is lighting
        act.ended_on is 2016-05-05
  decided on 2016-06-06
  expect no penalty
  because LAN-2016 art 30
""",
            "LAW452",
        ),
        _sample("LAN-1990 art 3", "LAW453"),
        Sample(
            """define loud "loud" / "高声" as
  act.serious
  law LAN-1990 art 3
""",
            "LAW453",
        ),
        Sample(f"{_LIST}    removed after 6 months law LAN-2016 art 9\n"),
        Sample(f"{_LIST}    removed after 6 months law LAN-2016 art 4\n", "LAW452"),
        Sample(f"{_LIST}    removed after 6 months law LAN-1990 art 3\n", "LAW453"),
        Sample(f"{_LIST}    measure dark law LAN-1990 art 3\n", "LAW453"),
        Sample(
            f'{_LIST}    measure dark law LAN-1990 art 3 status unverified because "from memory"\n'
        ),
        _sample('LAN-2016 art 3 status unverified because "text not at hand"', "LAW454"),
        _sample(
            'LAN-2016 art 3 status unverified because "from memory" / "未取得2016年文本"', "LAW454"
        ),
    ),
)
