"""Looking through a table: which shops a watch names, which stay open, and on what figures."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from lawengine.base.label import Label
from lawengine.base.truth import Truth, conjunction
from lawengine.compiled.expressions import SIGNS, Code, Writer
from lawengine.compiled.index import parts_of
from lawengine.compiled.source import NotCompiled, Source
from lawengine.evaluation.evaluate import View, evaluate
from lawengine.evaluation.facts import Domain, FactKey, Known
from lawengine.evaluation.trace import Finding, Need
from lawengine.model import expressions as e
from lawengine.model.rulebook import Rulebook
from lawengine.model.statuses import Status, StatusKind, StatusVersion
from lawengine.model.types import Kind, Type
from lawengine.model.vocabulary import PARTY, Role
from lawengine.tables.by_reference import ByReference, view_of
from lawengine.tables.table import ORDER, Table
from lawengine.tables.totals import Counting, Totals


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that an indicator rests on, or the threshold that it is held against."""

    name: str
    label: Label
    domain: Domain
    type: Type


@dataclass(frozen=True, slots=True)
class Indicator:
    """A definition that a watch asks for and that asks for no other: it holds, not, or is open."""

    name: str
    label: Label
    truth: Truth
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class ShopFinding:
    """What was found of one shop: watched, or open for want of the facts in `needs`.

    `needs` holds facts of orders with the number of orders of which they are not known, and facts
    of the shop itself with 0.
    """

    shop: str
    orders: int
    truth: Truth
    indicators: tuple[Indicator, ...]
    needs: tuple[tuple[Label, int], ...]

    @property
    def fired(self) -> tuple[Indicator, ...]:
        """Return the indicators that hold."""
        return tuple(one for one in self.indicators if one.truth is Truth.TRUE)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many shops have one text in the column by which they are counted."""

    text: str
    shops: int
    watched: int
    open_: int


@dataclass(frozen=True, slots=True)
class Screening:
    """What a watch finds in a table on a day. `watched` stand worst first, `open_` by name.

    `tallies` stand in the order of their first shops, none where no column was asked for. `version`
    is None where no version is in force on the day: then nobody is watched.
    """

    watch: Status
    version: StatusVersion | None
    day: datetime.date
    orders: int
    shops: int
    watched: tuple[ShopFinding, ...]
    open_: tuple[ShopFinding, ...]
    rulebook: str
    tallies: tuple[Tally, ...] = ()


def watches(rulebook: Rulebook) -> tuple[Status, ...]:
    """Return the watches over parties that look at orders, dated by the day of the look."""
    return tuple(
        status
        for status in rulebook.statuses.values()
        if status.kind is StatusKind.WATCH
        and status.entity == PARTY
        and _dated_by_look(status, rulebook)
        and asked(status, rulebook)
    )


def _dated_by_look(status: Status, rulebook: Rulebook) -> bool:
    decided, dated = rulebook.vocabulary.with_role(Role.DECISION_DATE), status.dated_by
    if decided is None or not isinstance(dated, e.FactOf):
        return False
    return (dated.entity, dated.fact) == (decided.entity, decided.name)


def asked(status: Status, rulebook: Rulebook) -> frozenset[str]:
    """Return the facts of orders that a watch asks for, in any of its versions."""
    expressions = [part for version in status.versions for part in version.expressions()]
    return frozenset(
        part.fact
        for part in parts_of(expressions, rulebook)
        if isinstance(part, e.FactOf) and part.entity == ORDER
    )


def screen(
    table: Table, rulebook: Rulebook, watch: Status, day: datetime.date, *, columns: bool = True
) -> Screening:
    """Return what `watch` finds of every shop of the table on `day`.

    With `columns` whole columns are reduced, where NumPy is installed; otherwise, and for what
    columns do not hold, the reference evaluator reads order by order. Both say the same.
    """
    version = watch.version_at(day)
    watched: list[ShopFinding] = []
    open_: list[ShopFinding] = []
    truths = [Truth.FALSE] * len(table.shops)
    if version is not None:
        look = _Look(table, rulebook, version, day, columns)
        truths = list(look.truths())
        for shop, truth in enumerate(truths):
            if truth is not Truth.FALSE:
                (watched if truth is Truth.TRUE else open_).append(look.finding(shop, truth))
    watched.sort(key=lambda found: (-len(found.fired), -found.orders, found.shop))
    open_.sort(key=lambda found: found.shop)
    return Screening(
        watch, version, day, len(table), len(table.shops), tuple(watched), tuple(open_),
        rulebook.content_hash, tuple(_tallied(table.tallies, truths)),
    )  # fmt: skip


def _tallied(texts: Sequence[str], truths: Sequence[Truth]) -> Iterator[Tally]:
    """Yield how many shops of each text are watched or open."""
    if texts:
        counted = Counter(zip(texts, truths, strict=True))
        for text in dict.fromkeys(texts):
            shops, watched, open_ = (
                sum(counted[text, truth] for truth in some)
                for some in (tuple(Truth), (Truth.TRUE,), (Truth.UNKNOWN,))
            )
            yield Tally(text, shops, watched, open_)


@dataclass(slots=True)
class _Look:
    """One version of a watch over one table."""

    table: Table
    rulebook: Rulebook
    version: StatusVersion
    day: datetime.date
    columns: bool
    view: View = field(init=False)
    sizes: Sequence[int] = field(init=False)
    _totals: dict[int, Totals] = field(default_factory=dict)
    _facts: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _counting: list[Counting] = field(default_factory=list)
    _missing: dict[str, Sequence[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Work out every collection for all shops."""
        bare = self.table.case(0, self.day, self.rulebook.vocabulary, None)
        self.view = view_of(bare, self.rulebook, self.day)
        self._counting = list(self._ways())
        self.sizes = self._counting[0].sizes()
        for part in parts_of(self._conditions(), self.rulebook):
            if isinstance(part, e.Aggregated) and id(part) not in self._totals:
                self._totals[id(part)] = self._total(part)
                inner = parts_of([part], self.rulebook)
                facts = (p.fact for p in inner if isinstance(p, e.FactOf) and p.entity == ORDER)
                self._facts[id(part)] = tuple(dict.fromkeys(facts))

    def _ways(self) -> Iterator[Counting]:
        if self.columns:
            try:
                from lawengine.tables.arrays import ByColumns  # noqa: PLC0415 - NumPy is an extra
            except ModuleNotFoundError:
                pass
            else:
                yield ByColumns(self.table, self.rulebook, self.view)
        yield ByReference(self.table, self.rulebook, self.day)

    def _total(self, expression: e.Aggregated) -> Totals:
        *fast, slow = self._counting
        if fast:
            from lawengine.tables.arrays import NotInColumnsError  # noqa: PLC0415 - as above

            try:
                return fast[0].totals(expression)
            except NotInColumnsError:
                pass
        return slow.totals(expression)

    def _conditions(self) -> list[e.Expression]:
        when = [] if self.version.when is None else [self.version.when]
        return [*when, *self.version.exclusions]

    # --- every shop ---

    def truths(self) -> Iterator[Truth]:
        """Yield, shop by shop, whether the watch names it.

        Two-valued code answers where all figures are exact, the reference evaluator elsewhere.
        """
        test = self._compiled()
        for shop in range(len(self.table.shops)):
            try:
                yield Truth.TRUE if test(shop) else Truth.FALSE
            except KeyError:
                yield self._truth(self._findings(shop))

    def _compiled(self) -> Callable[[int], bool]:
        """Return the code for one shop; it raises `KeyError` where something open is asked."""
        source = Source()
        columns = {key: source.keep(totals.exact()) for key, totals in self._totals.items()}
        parameters = self.rulebook.parameters

        def figure(name: str) -> e.Value | None:
            found = parameters[name].at(self.day)
            return found.value if found is not None else None

        def no_rule(_rule: str) -> Code:
            raise NotCompiled

        facts = {ORDER: "missing", PARTY: "missing", "case": "case"}
        writer = _ShopWriter(source, self.rulebook, facts, figure, no_rule, columns=columns)
        try:
            tests = [f"not {writer.text(part)}" for part in self.version.exclusions]
            if self.version.when is not None:
                tests.insert(0, writer.text(self.version.when))
        except NotCompiled:
            return _nothing_compiled
        source.constants["case"] = self._case_facts()
        source.constants["missing"] = {}
        source.constants["known"] = _known
        source.add(1, f"return {' and '.join(tests) or True}")
        return source.function("test(shop)")

    def _case_facts(self) -> Mapping[str, object]:
        decided = self.rulebook.vocabulary.with_role(Role.DECISION_DATE)
        return {} if decided is None else {decided.name: self.day}

    # --- one shop ---

    def _findings(self, shop: int) -> tuple[Finding, ...]:
        """Return what the conditions come to for a shop, its collections already known."""
        read: dict[object, Finding] = {
            key: Finding(
                _PLACEHOLDER, totals.domain(shop), self._needs(key, shop, totals.domain(shop))
            )
            for key, totals in self._totals.items()
        }
        view = View(
            self.rulebook, self.view.instances, self.view.law_day, None, self.view.states,
            self.view.overrides, "", read,
        )  # fmt: skip
        return tuple(evaluate(part, view) for part in self._conditions())

    def _needs(self, key: int, shop: int, domain: Domain) -> tuple[Need, ...]:
        if isinstance(domain, Known):
            return ()
        return tuple(
            Need(FactKey("", ORDER, fact))
            for fact in self._facts[key]
            if self._missing_of(fact)[shop]
        )

    def _missing_of(self, fact: str) -> Sequence[int]:
        if fact not in self._missing:
            self._missing[fact] = self._counting[0].missing(fact)
        return self._missing[fact]

    def _truth(self, findings: tuple[Finding, ...]) -> Truth:
        met = [] if self.version.when is None else [findings[0].truth]
        return conjunction([*met, *(~found.truth for found in findings[len(met) :])])

    def finding(self, shop: int, truth: Truth) -> ShopFinding:
        """Return what was found of a shop, with its indicators and their figures."""
        findings = self._findings(shop)
        needs: dict[FactKey, int] = {}
        if truth is Truth.UNKNOWN:
            for need in (need for found in findings for need in found.needs):
                key = need.key
                needs[key] = self._missing_of(key.fact)[shop] if key.entity == ORDER else 0
        return ShopFinding(
            self.table.shops[shop],
            self.sizes[shop],
            truth,
            tuple(_indicators(findings, self.rulebook)),
            tuple((_fact_label(key, self.rulebook), count) for key, count in needs.items()),
        )


@dataclass(frozen=True, slots=True)
class _ShopWriter(Writer):
    """Writes conditions over the figures of one shop; `columns` names the list of each collection.

    The source reads one variable, `shop`.
    """

    columns: Mapping[int, str] = field(default_factory=dict, kw_only=True)

    def _aggregated(self, expression: e.Aggregated) -> Code:
        return f"known({self.columns[id(expression)]}[shop])"

    def _compared(self, comparison: e.Comparison, left: e.Expression, right: e.Expression) -> Code:
        share = self._rate_of(right)
        if share is None or not self.whole(left):
            return Writer._compared(self, comparison, left, right)  # noqa: SLF001 - its own method
        rate, whole = share
        one = f"{self.text(left)} * {rate.denominator}"
        return f"({one} {SIGNS[comparison]} {rate.numerator} * {self.text(whole)})"

    def _rate_of(self, expression: e.Expression) -> tuple[Fraction, e.Expression] | None:
        """Return the rate and the whole number of `30 % of X`: it is compared without fractions."""
        if not isinstance(expression, e.Computed) or not self.whole(expression.right):
            return None
        if expression.operation is not e.Operation.MULTIPLY:
            return None
        rate: e.Value | None = None
        if isinstance(expression.left, e.Constant):
            rate = expression.left.value
        elif isinstance(expression.left, e.ParameterValue):
            rate = self.figures(expression.left.name)
        return (rate, expression.right) if isinstance(rate, Fraction) else None


def _known(value: object) -> object:
    if value is None:
        raise KeyError
    return value


def _nothing_compiled(_shop: int) -> bool:
    raise KeyError


_PLACEHOLDER = e.Constant(0, Type(Kind.COUNT))


def _indicators(findings: Iterable[Finding], rulebook: Rulebook) -> Iterator[Indicator]:
    """Yield the innermost yes/no definitions that were asked, each once, in their order."""
    seen: set[str] = set()
    stack = list(reversed(tuple(findings)))
    while stack:
        finding = stack.pop()
        found = finding.expression
        inner = [part for part in _below(finding) if _is_condition(part.expression)]
        if isinstance(found, e.Defined) and found.type.kind is Kind.YES_NO and not inner:
            if found.name not in seen:
                seen.add(found.name)
                label = rulebook.definitions[found.name].label or Label(found.name, found.name)
                figures = tuple(_figures(finding, rulebook))
                yield Indicator(found.name, label, finding.truth, figures)
        else:
            stack.extend(reversed(finding.parts))


def _below(finding: Finding) -> Iterator[Finding]:
    for part in finding.parts:
        yield part
        yield from _below(part)


def _is_condition(expression: e.Expression) -> bool:
    return isinstance(expression, e.Defined) and expression.type.kind is Kind.YES_NO


def _figures(finding: Finding, rulebook: Rulebook) -> Iterator[Figure]:
    """Yield the numbers by name that an indicator compares, each once."""
    seen: set[str] = set()
    stack = list(reversed(finding.parts))
    while stack:
        part = stack.pop()
        found = part.expression
        if isinstance(found, e.Defined | e.ParameterValue):
            named = rulebook.definitions if isinstance(found, e.Defined) else rulebook.parameters
            if found.name not in seen:
                seen.add(found.name)
                label = named[found.name].label or Label(found.name, found.name)
                yield Figure(found.name, label, part.domain, found.type)
        else:
            stack.extend(reversed(part.parts))


def _fact_label(key: FactKey, rulebook: Rulebook) -> Label:
    if not key.fact:
        entity = rulebook.vocabulary.entities[key.entity]
        return entity.label or Label(entity.name, entity.alias)
    fact = rulebook.vocabulary.fact(key.entity, key.fact)
    return fact.label or Label(fact.name, fact.alias)
