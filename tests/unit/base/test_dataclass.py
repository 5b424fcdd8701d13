import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from functools import cached_property
from typing import Any

import pytest

from lawengine.base.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Quick:
    """A class of every kind of field."""

    a: int
    b: str = "x"
    c: list[int] = field(default_factory=list)
    hidden: int = field(default=0, repr=False)
    place: int = field(default=0, compare=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Standard:
    """The same, as the library makes it."""

    a: int
    b: str = "x"
    c: list[int] = field(default_factory=list)
    hidden: int = field(default=0, repr=False)
    place: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, order=True)
class Ordered:
    a: int
    b: int = 0


@dataclass(frozen=True, slots=True)
class Derived:
    a: int
    double: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "double", 2 * self.a)


@dataclass(frozen=True, slots=True)
class Empty:
    pass


BOTH = pytest.mark.parametrize("made", [Quick, Standard])


@BOTH
def test_it_is_built_and_shown_like_the_standard_one(made: type[Quick]) -> None:
    assert repr(made(1, c=[2])) == f"{made.__name__}(a=1, b='x', c=[2], place=0)"
    assert made(1).c is not made(1).c
    assert made.__match_args__ == ("a", "b", "c", "hidden", "place")
    assert [f.name for f in dataclasses.fields(made)] == ["a", "b", "c", "hidden", "place"]
    assert list(inspect.signature(made).parameters) == ["a", "b", "c", "hidden", "place"]
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'a'"):
        made()  # type: ignore[call-arg]  # the mistake is the test
    with pytest.raises(TypeError, match="unexpected keyword argument 'z'"):
        made(1, z=2)  # type: ignore[call-arg]  # the mistake is the test


@BOTH
def test_it_compares_like_the_standard_one(made: type[Quick]) -> None:
    assert made(1, place=1) == made(1, place=2)
    assert made(1) != made(2)
    assert made(1).__eq__("x") is NotImplemented
    assert made(1, c=(), place=1).__hash__() == hash((1, "x", (), 0))  # type: ignore[arg-type]  # the mistake is the test
    assert (Quick(1) == Standard(1)) is False  # type: ignore[comparison-overlap]  # the mistake is the test


@BOTH
def test_it_never_changes(made: type[Quick]) -> None:
    value = made(1)

    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'a'"):
        value.a = 2  # type: ignore[misc]  # the mistake is the test
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'a'"):
        del value.a
    assert not hasattr(value, "__dict__")


def test_it_takes_no_new_attribute() -> None:
    # The standard one raises a TypeError about `super` here.
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'other'"):
        Quick(1).other = 2  # type: ignore[attr-defined]  # the mistake is the test


@BOTH
def test_it_is_copied_replaced_and_pickled(made: type[Quick]) -> None:
    value = made(1, "y", [3], 4, 5)

    for again in (
        copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value)),  # noqa: S301 - our own
        dataclasses.replace(value, a=1),
    ):  # fmt: skip
        assert dataclasses.astuple(again) == (1, "y", [3], 4, 5)
    assert dataclasses.replace(value, a=9).a == 9


@pytest.mark.parametrize("decorator", [dataclass, dataclasses.dataclass])
def test_a_derived_class_has_the_fields_of_both(decorator: Callable[..., Any]) -> None:
    @decorator(frozen=True, slots=True)
    class Wider(Quick):
        more: int = 7

    wider: Any = Wider
    assert wider(1).more == 7
    assert wider(1, more=8) != wider(1)
    assert wider(1).c == []
    with pytest.raises(FrozenInstanceError):
        wider(1).a = 2


def test_it_is_ordered_where_wished() -> None:
    assert sorted([Ordered(2), Ordered(1, 1), Ordered(1)]) == [
        Ordered(1), Ordered(1, 1), Ordered(2),
    ]  # fmt: skip
    assert Ordered(1) <= Ordered(1) < Ordered(2)
    assert Ordered(2) > Ordered(1) >= Ordered(1)
    with pytest.raises(TypeError, match="'<' not supported"):
        Quick(1) < Quick(2)  # type: ignore[operator]  # noqa: B015 - the mistake is the test
    with pytest.raises(TypeError, match="'<' not supported"):
        Ordered(1) < 5  # type: ignore[operator]  # noqa: B015 - the mistake is the test


def test_what_a_class_works_out_itself() -> None:
    assert Derived(2).double == 4
    assert dataclasses.replace(Derived(2), a=3).double == 6
    assert Empty() == Empty()
    assert repr(Empty()) == "Empty()"


def test_a_default_of_what_the_class_sets_itself_is_refused() -> None:
    with pytest.raises(TypeError, match="`a` is set by the class itself"):

        @dataclass(frozen=True, slots=True)
        class Wrong:
            a: int = field(default=1, init=False)


DECORATORS = pytest.mark.parametrize("decorator", [dataclass, dataclasses.dataclass])
OPTIONS: tuple[dict[str, bool], ...] = (
    {"frozen": True, "slots": True}, {"frozen": True, "slots": True, "order": True},
    {"slots": True}, {"frozen": True}, {}, {"repr": False}, {"frozen": True, "eq": False},
)  # fmt: skip


def a_class(decorator: Any, options: dict[str, bool]) -> Any:  # noqa: ANN401 - a class
    @decorator(**options)
    class Made:
        a: int
        b: str = "x"
        c: list[int] = field(default_factory=list)
        late: int = field(init=False, compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "late", self.a + 1)

    return Made


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
def test_every_choice_of_options_is_as_the_standard_one_makes_it(options: dict[str, bool]) -> None:
    ours, theirs = (a_class(made, options) for made in (dataclass, dataclasses.dataclass))

    for one, other in ((ours(1), theirs(1)), (ours(b="y", a=2, c=[3]), theirs(2, "y", [3]))):
        assert dataclasses.asdict(one) == dataclasses.asdict(other)
        assert hasattr(one, "__dict__") == hasattr(other, "__dict__")
        assert (type(one).__hash__ is None) == (type(other).__hash__ is None)
        assert (one == copy.copy(one)) == (other == copy.copy(other)) == options.get("eq", True)
        assert copy.deepcopy(one).late == one.late == one.a + 1
        if options.get("repr", True):
            assert repr(one) == repr(other)
    assert [*inspect.signature(ours).parameters] == [*inspect.signature(theirs).parameters]
    assert repr(ours.__dataclass_params__) == repr(theirs.__dataclass_params__)
    for changed in ("a", "c"):
        for value in (ours(1), theirs(1)):
            if "frozen" in options:
                with pytest.raises(FrozenInstanceError):
                    setattr(value, changed, 5)
            else:
                setattr(value, changed, 5)
                assert getattr(value, changed) == 5


@DECORATORS
@pytest.mark.parametrize("frozen", [True, False])
def test_a_derived_class_must_be_as_frozen_as_its_base(decorator: Any, frozen: bool) -> None:  # noqa: ANN401 - a decorator, a case
    base = a_class(dataclass, {"frozen": True} if frozen else {"slots": True})

    with pytest.raises(TypeError, match="cannot inherit"):
        decorator(frozen=not frozen)(type("Other", (base,), {}))


@DECORATORS
def test_a_class_that_never_changes_may_keep_what_it_works_out(decorator: Any) -> None:  # noqa: ANN401 - a decorator
    class Plain:
        a: int

        @cached_property
        def double(self) -> int:
            return 2 * self.a

    made: Any = decorator(frozen=True)(Plain)
    assert (made(2).double, made(3).double) == (4, 6)
    assert (made(2) == made(2), hash(made(2)) == hash(made(2))) == (True, True)


@DECORATORS
def test_names_of_fields_may_be_those_of_functions(decorator: Any) -> None:  # noqa: ANN401 - a decorator
    class Named:
        hash: int
        MISSING: int = 2
        set0: list[int] = field(default_factory=list)
        a0: int = 3

    made: Any = decorator(frozen=True, slots=True)(Named)
    one = made(1)
    assert (one.hash, one.MISSING, one.set0, one.a0) == (1, 2, [], 3)
    assert one == made(hash=1, a0=3)
    assert one != made(hash=1, a0=4)
    assert made(1, set0=()).__hash__() == hash((1, 2, (), 3))
