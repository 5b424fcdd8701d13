"""A screening as text, data or a table: who is watched, on what figures, and who stays open."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence

from lawengine.base.label import Label, Language
from lawengine.base.release import VERSION
from lawengine.base.truth import Truth
from lawengine.deciding.decision import Decision
from lawengine.explanation.phrasing import domain_label
from lawengine.model.rulebook import Rulebook
from lawengine.reports.naming import Names
from lawengine.reports.status_json import statuses_data
from lawengine.reports.status_parts import state_text, status_parts
from lawengine.reports.styled import DEFAULT_WIDTH, Style, StyledLine, clean
from lawengine.reports.terminal import status_lines
from lawengine.reports.value_json import domain_data, text_data
from lawengine.statutes.library import Library
from lawengine.tables.screening import Figure, Indicator, Screening, ShopFinding, Tally

FORMAT = 1
"""The version of the data that `screening_json` writes."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula."""

_COUNTS = Label(
    "{orders:,} orders of {shops:,} shops, looked at on {day}: {watched:,} watched, {open:,} open",
    "{day}核查{shops:,}家店铺的{orders:,}笔订单：被关注{watched:,}家，未定{open:,}家",
)
_SUSPICION = Label(
    "Being watched is a suspicion that calls for a closer look: no finding of a violation, no list",
    "被关注仅为需要进一步核查的线索：不是对违法行为的认定，也不是列入名单",
)
_LAW = Label("Law: {law}", "依据：{law}")
_UNVERIFIED = Label("Not verified: {why}", "未经核实：{why}")
_NO_VERSION = Label(
    "No version of the watch is in force on {day}: nobody is watched",
    "{day}没有施行的关注规则：不关注任何店铺",
)
_WATCHED = Label("Watched, worst first", "被关注（由重到轻）")
_OPEN = Label("Open for want of facts", "因事实不明未定")
_TALLIED = Label(
    "{text}: {shops:,} shops, {watched:,} watched ({share}), {open:,} open",
    "{text}：{shops:,}家店铺，被关注{watched:,}家（{share}），未定{open:,}家",
)
_PROPOSAL = Label(
    "!! A PROPOSAL BESIDE THE LAW: NOBODY IS WATCHED BY IT !!",
    "!! 草案，并非现行规定：不据此关注任何店铺 !!",
)
_CHANGED = Label(
    "{text}: {shops:,} shops, watched {watched:,} -> {then:,} ({share}), open {open:,} -> {left:,}",
    "{text}：{shops:,}家店铺，被关注{watched:,} -> {then:,}（{share}），未定{open:,} -> {left:,}",
)
_ALL = Label("all", "全部")
_MORE = Label("Watched under the proposal only: {shops}", "仅依草案被关注：{shops}")
_FEWER = Label("Watched under the law only: {shops}", "仅依现行规定被关注：{shops}")
_FURTHER = Label("and {n:,} more", "另有{n:,}家")
_SHOWN = 20
"""So many shops of a change are named; JSON names them all."""
_SHOP = Label(
    "{shop}: {n:,} orders, {fired} of {all} indicators",
    "{shop}：{n:,}笔订单，{all}项指征中符合{fired}项",
)
_OF_ORDERS = Label("{fact} (not known of {n:,} orders)", "{fact}（{n:,}笔订单不明）")
_NEEDS = Label("needs: {facts}", "需要：{facts}")
_RULES = Label("Rules {hash}, program {version}", "规则库 {hash}，程序版本 {version}")
_STATES = {Truth.TRUE: "watched", Truth.UNKNOWN: "undetermined"}


def screening_lines(
    found: Screening, rulebook: Rulebook, language: Language, library: Library
) -> Iterator[StyledLine]:
    """Yield the lines that a terminal shows."""
    teller = _Teller(rulebook, language)
    status = found.watch
    yield _line("title", (status.label or Label(status.name, status.name)).text(language))
    counts = {
        "orders": found.orders, "shops": found.shops, "day": found.day.isoformat(),
        "watched": len(found.watched), "open": len(found.open_),
    }  # fmt: skip
    yield _line("condition", _COUNTS.text(language).format(**counts))
    yield _line("unverified", _SUSPICION.text(language))
    if found.version is None:
        yield _line("alarm", _NO_VERSION.text(language).format(day=found.day.isoformat()))
    else:
        law = Names(rulebook, library, language).citations(found.version.law)
        yield _line("law", _LAW.text(language).format(law=law))
        if found.version.unverified:
            why = found.version.unverified.text(language)
            yield _line("unverified", _UNVERIFIED.text(language).format(why=why))
    for one in found.tallies:
        words = {"text": clean(one.text), "shops": one.shops, "watched": one.watched,
                 "open": one.open_, "share": _share(one)}  # fmt: skip
        yield _line("condition", f"  {_TALLIED.text(language).format(**words)}")
    for heading, shops in ((_WATCHED, found.watched), (_OPEN, found.open_)):
        if shops:
            yield _line("", "")
            yield _line("heading", heading.text(language))
            for shop in shops:
                yield from teller.shop(shop)
    yield _line("", "")
    yield _line("muted", _RULES.text(language).format(hash=found.rulebook, version=VERSION))


def compared_lines(
    before: Screening, after: Screening, rulebook: Rulebook, language: Language
) -> Iterator[StyledLine]:
    """Yield what reforms change for a table: how many are watched, by group too, and who.

    `rulebook` is that under the reforms.
    """
    yield _line("alarm", _PROPOSAL.text(language))
    for reform in rulebook.reforms:
        yield _line("title", f"  {reform.label.text(language) or reform.name}")
    pairs = [(_whole(before, language), _whole(after, language))]
    pairs += zip(before.tallies, after.tallies, strict=True)
    for one, other in pairs:
        words = {"text": clean(one.text), "shops": one.shops, "watched": one.watched,
                 "then": other.watched, "open": one.open_, "left": other.open_,
                 "share": _share(other)}  # fmt: skip
        yield _line("condition", f"  {_CHANGED.text(language).format(**words)}")
    old, new = ([shop.shop for shop in found.watched] for found in (before, after))
    for label, some, others in ((_MORE, new, old), (_FEWER, old, new)):
        shops = [shop for shop in some if shop not in set(others)]
        if shops:
            yield _line(
                "condition", f"  {label.text(language).format(shops=_named(shops, language))}"
            )
    yield _line("", "")


def _whole(found: Screening, language: Language) -> Tally:
    return Tally(_ALL.text(language), found.shops, len(found.watched), len(found.open_))


def _share(one: Tally) -> str:
    return f"{100 * one.watched / one.shops:.1f} %"


def _named(shops: Sequence[str], language: Language) -> str:
    joint = "、" if language == "zh" else ", "
    named = [clean(shop) for shop in shops[:_SHOWN]]
    if len(shops) > _SHOWN:
        named.append(_FURTHER.text(language).format(n=len(shops) - _SHOWN))
    return joint.join(named)


def _line(style: Style, text: str) -> StyledLine:
    return StyledLine(((style, text),))


class _Teller:
    """Writes shops in one language."""

    def __init__(self, rulebook: Rulebook, language: Language) -> None:
        self.rulebook, self.language = rulebook, language

    def shop(self, found: ShopFinding) -> Iterator[StyledLine]:
        counts = {
            "shop": clean(found.shop), "n": found.orders, "fired": len(found.fired),
            "all": len(found.indicators),
        }  # fmt: skip
        yield _line("condition", f"  {_SHOP.text(self.language).format(**counts)}")
        for indicator in found.indicators:
            if indicator.truth is not Truth.FALSE:
                yield self.indicator(indicator)
        if found.needs:
            joint = "；" if self.language == "zh" else "; "
            facts = joint.join(self.need(fact, count) for fact, count in found.needs)
            yield _line("unknown", f"    {_NEEDS.text(self.language).format(facts=facts)}")

    def indicator(self, found: Indicator) -> StyledLine:
        style: Style = "yes" if found.truth is Truth.TRUE else "unknown"
        mark = "+" if found.truth is Truth.TRUE else "?"
        figures = self.figures(found.figures)
        template = "（{}）" if self.language == "zh" else " ({})"
        label = found.label.text(self.language)
        return _line(style, f"    {mark} {label}{template.format(figures)}")

    def figures(self, figures: Iterable[Figure]) -> str:
        joint = "，" if self.language == "zh" else ", "
        return joint.join(f"{one.label.text(self.language)} {self.value(one)}" for one in figures)

    def value(self, figure: Figure) -> str:
        return domain_label(figure.domain, figure.type, self.rulebook).text(self.language)

    def need(self, fact: Label, count: int) -> str:
        if not count:
            return fact.text(self.language)
        return _OF_ORDERS.text(self.language).format(fact=fact.text(self.language), n=count)


def screening_json(found: Screening) -> str:
    """Return everything as one line of JSON, both languages in it.

    Units: rates are exact fractions such as `1/20`; a figure within bounds is `from` and `to`.
    """
    return _json(_screening_data(found))


def compared_json(before: Screening, after: Screening, rulebook: Rulebook) -> str:
    """Return what is found under the law and under reforms; `rulebook` is that under them."""
    reforms = [{"name": one.name, "title": text_data(one.label)} for one in rulebook.reforms]
    found = {"before": _screening_data(before), "after": _screening_data(after)}
    return _json({"format": FORMAT, "reforms": reforms, **found})


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _screening_data(found: Screening) -> dict[str, object]:
    version = found.version
    return {
        "format": FORMAT,
        "engine": VERSION,
        "rulebook": found.rulebook,
        "watch": {"name": found.watch.name, "label": text_data(found.watch.label)},
        "day": found.day.isoformat(),
        "suspicion": text_data(_SUSPICION),
        "law": [] if version is None else [str(citation) for citation in version.law],
        "unverified": None if version is None else text_data(version.unverified),
        "orders": found.orders,
        "shops": found.shops,
        "tallies": [
            {"text": one.text, "shops": one.shops, "watched": one.watched, "open": one.open_}
            for one in found.tallies
        ],
        "watched": [_shop_data(shop) for shop in found.watched],
        "undetermined": [_shop_data(shop) for shop in found.open_],
    }


def _shop_data(found: ShopFinding) -> dict[str, object]:
    return {
        "shop": found.shop,
        "orders": found.orders,
        "indicators": [_indicator_data(one) for one in found.indicators],
        "needs": [{"fact": text_data(fact), "orders": count} for fact, count in found.needs],
    }


def _indicator_data(found: Indicator) -> dict[str, object]:
    figures = [
        {"name": one.name, "label": text_data(one.label), "value": domain_data(one.domain)}
        for one in found.figures
    ]
    truth = {Truth.TRUE: True, Truth.FALSE: False}.get(found.truth)
    label = text_data(found.label)
    return {"name": found.name, "label": label, "holds": truth, "figures": figures}


def screening_csv(found: Screening, rulebook: Rulebook, language: Language) -> str:
    """Return one row a shop that is watched or open, a column for each indicator and figure.

    Edges: a text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    teller = _Teller(rulebook, language)
    shops = (*found.watched, *found.open_)
    names: dict[str, str] = {}
    for shop in shops:
        for indicator in shop.indicators:
            names.setdefault(indicator.name, indicator.label.text(language))
            for figure in indicator.figures:
                names.setdefault(figure.name, figure.label.text(language))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["shop", "state", "orders", "needs", *names])
    for shop in shops:
        cells = _cells(shop, teller)
        needs = "; ".join(teller.need(fact, count) for fact, count in shop.needs)
        state = _STATES[shop.truth]
        row = [shop.shop, state, shop.orders, needs, *(cells.get(name, "") for name in names)]
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue()


def _cells(found: ShopFinding, teller: _Teller) -> dict[str, str]:
    words = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: ""}
    cells = {one.name: words[one.truth] for one in found.indicators}
    for indicator in found.indicators:
        cells |= {figure.name: teller.value(figure) for figure in indicator.figures}
    return cells


def _harmless(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell


# --- one shop, by the ordinary decision -----------------------------------------------------------


def shop_lines(
    decision: Decision,
    watch: str,
    rulebook: Rulebook,
    language: Language,
    library: Library,
    *,
    full: bool,
    width: int = DEFAULT_WIDTH,
) -> Iterator[StyledLine]:
    """Yield the lines of one shop from the decision of its case: the watch with its reasons."""
    names = Names(rulebook, library, language)
    for respondent in decision.respondents:
        found = [one for one in respondent.statuses if one.name == watch]
        parts = [("", part) for part in status_parts(found, names, full=full)]
        title = clean(respondent.name)
        summary = "; ".join(state_text(one, names) for one in found)
        yield from status_lines(title, summary, parts, language, width)


def shop_json(decision: Decision, watch: str, rulebook: Rulebook, *, full: bool) -> str:
    """Return the watch of one shop with its tree of reasons as one line of JSON."""
    found: Sequence[object] = [
        {"shop": one.name, "statuses": statuses_data(
            [status for status in one.statuses if status.name == watch], rulebook, full=full
        )}
        for one in decision.respondents
    ]  # fmt: skip
    return _json({"format": FORMAT, "rulebook": decision.rulebook, "shops": found})
