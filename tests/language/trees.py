"""Strategies for syntax trees: every shape that the parser can give.

A tree that the grammar cannot say (a range of a bare number and a multiple, a fine without a band)
is never drawn, so that each drawn tree must survive text in either language.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from hypothesis import strategies as st

from lawengine.base.calendar import Period, Rounding, Unit
from lawengine.base.citation import Article
from lawengine.base.label import LANGUAGES, Label
from lawengine.language import syntax as s
from lawengine.language.keywords import SETTING_WORDS, TABLE, TYPE_WORDS
from lawengine.language.parts import align
from lawengine.language.token_meanings import MEASURE_TOKENS
from lawengine.model.expressions import Aggregation, Comparison, Extreme, Logic, Operation
from lawengine.model.measures import ChoiceMode, EffectKind, MeasureKind, Modality
from lawengine.model.rules import Hit
from lawengine.model.scenarios import RuleState
from lawengine.model.statuses import EndingKind, StatusKind, StatusState

KEYWORDS = {word for sides in TABLE.values() for side in sides for p in side for word in p.split()}
RUNS = [
    "act", "party", "fact_1", "order", "art", "part", "yuan_", "行为", "当事人", "种类", "x", "Ü2",
    "为人", "一年", "_a", "record_", "días", "第三人",
]  # fmt: skip
Drawn: TypeAlias = st.SearchStrategy[Any]
CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\r\n")


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def some(
    strategy: st.SearchStrategy[Any], least: int = 0, most: int = 3
) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


runs = st.sampled_from(RUNS) | st.from_regex(
    r"[a-z行为店铺][a-z0-9_证据]{0,8}", fullmatch=True
).filter(lambda run: run not in KEYWORDS)
names = st.builds(s.Name, runs)
dotted = st.builds(
    s.Name, st.lists(runs, min_size=1, max_size=3).map(".".join) | st.just("AUCL-2019.fake")
)
texts = st.text(CHARACTERS, max_size=12) | st.sampled_from(['say "no"', "a\\b", "罚款 -- 警告"])
labels = st.builds(Label, texts, texts)
said = labels.filter(bool)
days = st.dates()

# --- literals -----------------------------------------------------------------------------------

decimals = st.builds(
    lambda whole, places: Fraction(whole, 10**places),
    st.integers(0, 10**9) | st.integers(0, 10**16),
    st.integers(0, 2),
)
numbers = st.builds(s.Number, decimals)
moneys = st.builds(
    s.MoneyLiteral, st.integers(0, 10**4) | st.integers(0, 10**15).map(lambda n: n * 100)
)
percents = st.builds(s.Percent, decimals.map(lambda value: value / 100))
periods = st.builds(Period, st.integers(0, 400), st.sampled_from(Unit))
dates = st.builds(s.DateLiteral, days)
literals = st.one_of(
    numbers,
    moneys,
    percents,
    dates,
    st.builds(s.MonthLiteral, st.integers(1, 9999), st.integers(1, 12)),
    st.builds(s.PeriodLiteral, periods),
    st.builds(s.TextLiteral, texts),
    st.builds(s.Truism, st.booleans()),
)
articles = st.builds(
    Article,
    st.integers(1, 999),
    st.lists(st.integers(0, 30), max_size=3).filter(lambda path: path[-1:] != [0]).map(tuple),
    st.integers(0, 3),
    st.booleans(),
)
instruments = st.sampled_from(["AUCL-2019", "反不正当竞争法-2019", "SAMR-44-2021"])
citations = st.builds(s.CitationNode, st.builds(s.Name, instruments), articles)

# --- expressions --------------------------------------------------------------------------------


def _compare(
    how: Comparison, left: s.ExpressionNode, right: s.ExpressionNode, temporal: bool
) -> s.CompareNode:
    ordered = how in (Comparison.LESS, Comparison.MORE)
    return s.CompareNode(how, left, right, temporal and ordered)


def _compound(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    counted = st.sampled_from([Aggregation.COUNT, Aggregation.SUM])
    asked = st.sampled_from([Aggregation.ANY, Aggregation.ALL])
    sorted_ = st.sampled_from([Aggregation.GROUPS, Aggregation.LARGEST])
    factor = numbers | percents | inner
    return st.one_of(
        st.builds(s.NotNode, inner),
        st.builds(s.LogicNode, st.sampled_from(Logic), some(inner, 2, 4)),
        st.builds(_compare, st.sampled_from(Comparison), inner, inner, st.booleans()),
        st.builds(s.OneOfNode, inner, some(inner, 1, 4)),
        st.builds(s.ArithmeticNode, st.sampled_from(Operation), factor, inner),
        st.builds(s.RoundedNode, inner, st.sampled_from(Rounding)),
        st.builds(s.ChosenNode, st.sampled_from(Extreme), inner, inner),
        st.builds(s.AggregateNode, counted, dotted, maybe(inner), st.none()),
        st.builds(s.AggregateNode, asked, names, maybe(inner), inner),
        st.builds(s.AggregateNode, sorted_, names, maybe(inner), st.none(), some(dotted, 1, 3)),
        st.builds(s.TallyNode, inner, some(inner, 2, 4)),
    )


states = st.one_of(
    st.builds(s.StateNode, dotted),
    st.builds(s.HoldsNode, dotted, st.sampled_from(StatusKind)),
    st.just(s.HoldsNode(None, StatusKind.LIST)),
    st.builds(
        s.HoldsNode,
        dotted | st.none(),
        st.just(StatusKind.LIST),
        since=dates | dotted,
    ),
)
expressions: st.SearchStrategy[Any] = st.recursive(
    dotted | literals | states, _compound, max_leaves=8
)
small = (
    dotted
    | literals
    | st.builds(s.ArithmeticNode, st.just(Operation.MULTIPLY), numbers | percents, dotted)
)
ranges = st.builds(align, small, small)

# --- consequences -------------------------------------------------------------------------------


def _band(
    ends: tuple[s.ExpressionNode, s.ExpressionNode],
    kind: int,
    per: s.Name | None,
    condition: s.ExpressionNode | None = None,
) -> s.BandNode:
    low, high = ends
    return s.BandNode((low, None, high)[kind], high, per, condition)


kinds = st.integers(0, 2)
bands = st.builds(_band, ranges, kinds, maybe(names))
cases = st.builds(_band, ranges, kinds, maybe(names), maybe(expressions))
simple = [
    kind
    for kind in MEASURE_TOKENS
    if kind not in (MeasureKind.FINE, MeasureKind.CONFISCATE, MeasureKind.REVOKE, MeasureKind.BAR)
]
targeted = [MeasureKind.REVOKE, MeasureKind.BAR]


def _measures(fines: Drawn, modality: Drawn) -> st.SearchStrategy[s.MeasureNode]:
    term = maybe(periods)
    fine, confiscate = st.just(MeasureKind.FINE), st.just(MeasureKind.CONFISCATE)
    return st.one_of(
        st.builds(s.MeasureNode, st.sampled_from(simple), modality, term=term),
        st.builds(s.MeasureNode, st.sampled_from(targeted), modality, target=dotted, term=term),
        st.builds(s.MeasureNode, confiscate, modality, object=expressions),
        st.builds(s.MeasureNode, fine, modality, bands=fines),
    )


modalities = st.sampled_from(Modality)
one_band = bands.map(lambda band: (band,))
consequences = st.one_of(
    _measures(one_band | some(cases, 1, 3), modalities),
    st.builds(
        s.ChoiceNode,
        st.sampled_from(ChoiceMode),
        modalities,
        some(_measures(one_band, st.just(Modality.MUST)), 2, 3),
    ),
    st.builds(s.ReferenceNode, dotted, st.none()),
    st.builds(s.ReferenceNode, st.none(), citations),
    st.builds(s.EffectNode, st.sampled_from(EffectKind), modalities),
)

# --- declarations -------------------------------------------------------------------------------

types = st.builds(s.Name, st.sampled_from([*TYPE_WORDS, "party"]))
settings = st.builds(s.Name, st.sampled_from([*SETTING_WORDS, "other"]))
members = st.builds(s.MemberNode, names, maybe(names), labels)
presumptions = st.builds(s.PresumptionNode, st.booleans(), said, maybe(citations))
bounds = some(expressions, 0, 2)


def _facts(kind: Drawn, members: Drawn, text_format: Drawn) -> st.SearchStrategy[s.FactNode]:
    return st.builds(
        s.FactNode,
        names,
        maybe(names),
        labels,
        kind,
        members,
        text_format,
        bounds,
        bounds,
        maybe(settings),
        maybe(st.just(s.PowerNode())),
        maybe(st.just(s.RecordedNode())),
        labels,
        maybe(presumptions),
    )


facts = _facts(types, st.just(()), maybe(settings)) | _facts(
    st.just(s.Name("one_of")), some(members, 1), st.none()
)
entities = st.builds(
    s.EntityNode, names, maybe(names), labels, maybe(names), maybe(names), some(facts)
)
tiers = st.builds(
    s.TierNode, expressions, some(consequences, 0, 2), st.just(()), st.booleans(), labels
)
outer_tiers = st.builds(
    s.TierNode, expressions, some(consequences, 0, 2), some(tiers, 0, 2), st.booleans(), labels
)
versions = st.builds(
    s.VersionNode,
    days,
    maybe(days),
    some(citations),
    some(citations, 0, 2),
    labels,
    maybe(dotted),
    some(said, 0, 2),
    some(dotted, 0, 2),
    maybe(expressions),
    some(expressions, 0, 2),
    some(consequences),
    some(outer_tiers, 0, 2),
)
rules = st.builds(
    s.RuleNode,
    dotted,
    maybe(dotted),
    labels,
    some(versions, 0, 2),
    maybe(dotted),
    maybe(settings),
    maybe(st.builds(s.RepealNode, days, citations)),
)
ways = st.one_of(
    st.builds(s.RunsNode, st.booleans(), maybe(periods), maybe(expressions)),
    st.builds(
        s.RunsNode,
        st.just(value=True),
        maybe(periods),
        maybe(expressions),
        right=st.just(value=True),
    ),
)
late_sums = st.builds(s.LateNode, expressions, some(citations, 0, 2), labels)
joint_measures = st.builds(
    s.JointMeasureNode, names, labels, maybe(dotted), some(citations, 0, 2), labels
)
endings = st.builds(
    s.EndingNode,
    st.sampled_from(EndingKind),
    maybe(st.tuples(days, maybe(days))),
    maybe(expressions),
    maybe(periods),
    maybe(expressions),
    some(citations, 0, 2),
    labels,
)
status_versions = st.builds(
    s.StatusVersionNode,
    days,
    maybe(days),
    some(citations),
    labels,
    maybe(dotted),
    some(said, 0, 2),
    maybe(expressions),
    some(expressions, 0, 2),
    maybe(ways),
    some(joint_measures, 0, 2),
    some(endings, 0, 2),
    late=maybe(late_sums),
    triggers=some(dotted, 0, 2),
)
statuses = st.builds(
    s.StatusNode,
    st.sampled_from(StatusKind),
    dotted,
    maybe(dotted),
    dotted,
    labels,
    some(status_versions, 0, 2),
    maybe(dotted),
    maybe(settings),
    maybe(st.builds(s.RepealNode, days, citations)),
)
definitions = st.builds(
    s.DefinitionNode,
    names,
    maybe(names),
    labels,
    some(st.tuples(expressions, expressions), 0, 2),
    expressions,
    some(citations),
    labels,
    maybe(names),
)
parameters = st.builds(
    s.ParameterNode,
    names,
    maybe(names),
    labels,
    types,
    some(st.builds(s.DatedValueNode, expressions, days, maybe(days), maybe(citations), labels), 1),
)


@st.composite
def _tables(draw: st.DrawFn) -> s.TableNode:
    inputs: Sequence[Any] = draw(some(expressions, 0, 3))
    cells = st.one_of(
        st.builds(s.CellNode, options=some(expressions, 0, 2)),
        st.builds(lambda ends: s.CellNode(low=ends[0], high=ends[1]), ranges),
        st.builds(s.CellNode, low=expressions),
        st.builds(s.CellNode, high=expressions),
    )
    row = st.builds(s.RowNode, some(cells, len(inputs), len(inputs)), expressions)
    return s.TableNode(
        draw(names),
        draw(maybe(names)),
        draw(labels),
        draw(types),
        draw(st.sampled_from(Hit)),
        tuple(inputs),
        draw(some(row, 1)),
        draw(some(citations)),
        draw(labels),
        draw(maybe(names)),
    )


assignments = st.one_of(
    st.builds(s.AssignmentNode, dotted, expressions),
    st.builds(lambda name, ends: s.AssignmentNode(name, *ends), dotted, ranges),
)
expected_kinds = [kind for kind in MEASURE_TOKENS if kind is not MeasureKind.FINE]
expectations = st.one_of(
    st.builds(s.ExpectRuleNode, dotted, st.sampled_from(RuleState)),
    st.builds(s.ExpectFineNode, bands, st.booleans()),
    st.just(s.ExpectFineNode(None)),
    st.builds(s.ExpectMeasureNode, st.sampled_from(expected_kinds), st.booleans()),
    st.builds(s.ExpectNeedNode, dotted),
    st.just(s.ExpectUndeterminedNode()),
    st.just(s.ExpectNoPenaltyNode()),
    st.builds(
        s.ExpectStatusNode,
        dotted,
        st.sampled_from([state for state in StatusState if state is not StatusState.UNDETERMINED]),
    ),
)
scenarios = st.builds(
    s.ScenarioNode,
    labels,
    some(
        assignments
        | st.builds(s.ElementsNode, st.integers(0, 10_000), names, some(assignments, 0, 2))
    ),
    small,
    maybe(small),
    some(expectations, 1),
    some(citations, 0, 2),
)
_declarations = st.one_of(entities, rules, definitions, parameters, _tables(), statuses, scenarios)


# A function as strategy shows itself by its name; the strategies above would show themselves whole.
@st.composite
def files(draw: st.DrawFn, least: int = 0) -> s.FileNode:
    """Return a file of some declarations."""
    return s.FileNode(draw(st.sampled_from(LANGUAGES)), draw(some(_declarations, least)))
