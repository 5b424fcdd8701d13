"""How the clauses of discretion standards are written."""

from __future__ import annotations

from collections.abc import Iterator

from lawengine.language import syntax as s
from lawengine.language.layout import SPACE, Doc
from lawengine.language.print_expressions import Phrasing, at
from lawengine.language.token_meanings import EFFECT_TOKENS, ROUNDING_TOKENS, SHARE_TOKENS
from lawengine.model.measures import Modality

_MODALITIES = {Modality.MAY: "MAY", Modality.MAY_ADD: "MAY_ALSO"}


def standard_clauses(phrasing: Phrasing, node: s.StandardVersionNode) -> Iterator[Doc]:
    """Yield what a version says of the steps, a line each."""
    if node.region is not None:
        yield at(node.region), f"{phrasing.word('IN_REGION')} {node.region.text}"
    shares = {"lighter": node.lighter, "heavier": node.heavier, "point": node.point}
    for kind, share in shares.items():
        if share is not None:
            yield _share(phrasing, SHARE_TOKENS[kind], share)
    if node.balanced:
        yield phrasing.word("BALANCED")
    for circumstance in node.circumstances:
        yield _circumstance(phrasing, circumstance)


def _share(phrasing: Phrasing, token: str, node: s.ShareNode) -> Doc:
    rounding = phrasing.word(ROUNDING_TOKENS[node.rounding])
    percent = phrasing.expression(s.Percent(node.portion, node.span))
    return (at(node), f"{phrasing.word(token)} ", percent, f" {rounding}")


def _circumstance(phrasing: Phrasing, node: s.CircumstanceNode) -> Doc:
    words = phrasing.word(EFFECT_TOKENS[node.effect])
    if node.modality in _MODALITIES:
        words = f"{phrasing.word(_MODALITIES[node.modality])} {words}"
    condition = phrasing.expression(node.condition)
    parts: list[Doc] = [at(node), f"{words} {phrasing.word('WHERE')}", SPACE, condition]
    if node.law:
        parts += [" ", phrasing.citations("LAW", node.law)]
    return tuple(parts)
