"""What follows in every row, as columns: codes of one or several words, and sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lawengine.columns.table import Flags
from lawengine.model.measures import SANCTION_CLASSES, MeasureKind, SanctionClass
from lawengine.model.rulebook import Rulebook
from lawengine.model.rules import Version

Ints = NDArray[np.integer]
Words = NDArray[np.unsignedinteger]

FLAGS = (
    "hit", "undetermined", "exactly", "branched", "later", "no_floor", "may_fine", "open_ceiling",
    "open_sum", "exempt", "may_exempt", "no_fine", "may_no_fine", "below_floor", "one_fine",
    "higher_fine",
)  # fmt: skip
"""What a code says of a row, bit by bit: some norm outside the general part is hit; the violation
itself is open; one look at the columns left it open, without anything that matters or with it; a
lighter later law applies; the law names no floor; the fine may be left out; its ceiling, or a sum
that is taken, hangs on an unknown fact; and what the general part does to the penalties."""

SMALL, WORD = 32, 64


@dataclass(frozen=True, slots=True)
class Norm:
    """A version of a rule, as the results count them."""

    rule: str
    version: Version


@dataclass(frozen=True, slots=True)
class Layout:
    """What each bit of the codes of one rulebook stands for.

    Flags come first, then the kinds of measures that the rulebook knows (mandatory, then optional;
    a fine has columns of its own), then its norms. One small word holds them, or several large.
    """

    norms: tuple[Norm, ...]
    kinds: tuple[MeasureKind, ...]
    penalties: int = field(init=False)
    first_norm: int = field(init=False)
    word: type[np.unsignedinteger] = field(init=False)
    words: int = field(init=False)

    def __post_init__(self) -> None:
        """Count the bits."""
        first = len(FLAGS) + 2 * len(self.kinds)
        bits = first + len(self.norms)
        small = bits <= SMALL
        penal = (SANCTION_CLASSES[kind] is SanctionClass.PENALTY for kind in self.kinds)
        found: dict[str, object] = {
            "penalties": sum(1 << place for place, is_one in enumerate(penal) if is_one),
            "first_norm": first,
            "word": np.uint32 if small else np.uint64,
            "words": 1 if small else -(-bits // WORD),
        }
        for name, value in found.items():
            object.__setattr__(self, name, value)

    def flag(self, name: str) -> int:
        """Return the bit of a flag, which stands in the first word."""
        return 1 << FLAGS.index(name)

    def must(self, kind: MeasureKind) -> int:
        """Return the bit of a mandatory measure, in the first word."""
        return 1 << (len(FLAGS) + self.kinds.index(kind))

    def may(self, kind: MeasureKind) -> int:
        """Return the bit of an optional measure, in the first word."""
        return self.must(kind) << len(self.kinds)

    def norm(self, number: int) -> tuple[int, int]:
        """Return the word and the bit of a norm."""
        word, place = divmod(self.first_norm + number, WORD)
        return word, 1 << place

    def norm_numbers(self) -> Mapping[tuple[str, object], int]:
        """Return the number of each norm by its rule and first day."""
        return {(n.rule, n.version.interval.start): at for at, n in enumerate(self.norms)}


def layout_of(rulebook: Rulebook) -> Layout:
    """Return the layout for a rulebook."""
    rules = rulebook.rules.values()
    known = {measure.kind for rule in rules for measure in rule.measures()}
    kinds = tuple(k for k in MeasureKind if k in known and k is not MeasureKind.FINE)
    return Layout(tuple(Norm(rule.name, v) for rule in rules for v in rule.versions), kinds)


@dataclass(slots=True, repr=False)
class Results:
    """One entry a row.

    Units: fen. `fine_high` is 0 where no fine is possible, or where its ceiling is open
    (`has("open_ceiling")`); `fine_low` is 0 too where the law names no floor (`has("no_floor")`);
    where a row has branches they hold the least and the greatest of all. `confiscated` is the most
    that can be taken. `choices` counts the norms between which one must choose, 0 for none.
    `statuses` names the lists, benefits and duties that the table tells of, `states` holds the
    codes of their states. Shapes: `codes` has a row for each word of the layout, `states` one for
    each of the statuses.
    """

    layout: Layout
    codes: Words
    fine_low: NDArray[np.int64]
    fine_high: NDArray[np.int64]
    confiscated: NDArray[np.int64]
    choices: NDArray[np.uint8]
    states: NDArray[np.uint8] = field(default_factory=lambda: np.zeros((0, 0), np.uint8))
    statuses: tuple[str, ...] = ()

    @classmethod
    def empty(cls, rows: int, layout: Layout, statuses: tuple[str, ...] = ()) -> Results:
        """Return results in which nothing follows."""
        return cls(
            layout, np.zeros((layout.words, rows), layout.word),
            np.zeros(rows, np.int64), np.zeros(rows, np.int64), np.zeros(rows, np.int64),
            np.zeros(rows, np.uint8), np.zeros((len(statuses), rows), np.uint8), statuses,
        )  # fmt: skip

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        return len(self.fine_high)

    def part(self, rows: slice) -> Results:
        """Return a view of some rows."""
        return Results(
            self.layout, self.codes[:, rows], self.fine_low[rows], self.fine_high[rows],
            self.confiscated[rows], self.choices[rows], self.states[:, rows], self.statuses,
        )  # fmt: skip

    def at(self, rows: NDArray[np.intp]) -> Results:
        """Return some rows, by their places."""
        return Results(
            self.layout, self.codes[:, rows], self.fine_low[rows], self.fine_high[rows],
            self.confiscated[rows], self.choices[rows], self.states[:, rows], self.statuses,
        )  # fmt: skip

    def with_rows(self, rows: NDArray[np.intp], others: Results) -> Results:
        """Return a copy in which some rows are those of `others`, in their order."""
        found = Results(
            self.layout, self.codes.copy(), self.fine_low.copy(), self.fine_high.copy(),
            self.confiscated.copy(), self.choices.copy(), self.states.copy(), self.statuses,
        )  # fmt: skip
        found.states[:, rows] = others.states
        found.tell(rows, others)
        return found

    def tell(self, rows: NDArray[np.intp], others: Results) -> None:
        """Write what follows in some rows from `others`, in their order; states stay."""
        self.codes[:, rows] = others.codes
        self.fine_low[rows], self.fine_high[rows] = others.fine_low, others.fine_high
        self.confiscated[rows], self.choices[rows] = others.confiscated, others.choices

    def has(self, flag: str) -> Flags:
        """Return where a flag of `FLAGS` is set."""
        found: Flags = (self.codes[0] & self.layout.word(self.layout.flag(flag))) != 0
        return found

    def must(self) -> Words:
        """Return the kinds of measures that must be taken, a bit each as in the layout."""
        must, _ = self.kinds()
        return must

    def may(self) -> Words:
        """Return the kinds of measures that may be taken, or may be left out."""
        _, may = self.kinds()
        return may

    def kinds(self) -> tuple[Words, Words]:
        """Return both, with what the general part does to penalties."""
        number, word, codes = len(self.layout.kinds), self.layout.word, self.codes[0]
        every, penal = word((1 << number) - 1), word(self.layout.penalties)
        must, may = codes >> len(FLAGS) & every, codes >> len(FLAGS) + number & every
        spared = must & penal * self.has("may_exempt")
        left = (every - penal * self.has("exempt")) * self.has("hit")
        must &= left & ~spared
        may |= spared
        return must, may & left & ~must

    def applies(self, number: int) -> Flags:
        """Return where a norm applies."""
        word, bit = self.layout.norm(number)
        found: Flags = (self.codes[word] & self.layout.word(bit)) != 0
        return found

    def norms_at(self, row: int) -> Sequence[int]:
        """Return the numbers of the norms that apply in a row."""
        found = 0
        for place, word in enumerate(self.codes[:, row].tolist()):
            found |= word << (WORD * place)
        found >>= self.layout.first_norm
        return [number for number in range(found.bit_length()) if found >> number & 1]
