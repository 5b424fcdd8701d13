"""The `dataclass` of the standard library, made in a fraction of the time.

Two hundred such classes stand between a start and its first answer, and a start touches only some.
The standard decorator looks at each class for long and compiles six functions for it. Here a
function is made when it is called for the first time, from the code of another class of the same
shape with the names put in, and a field that never changes is set through its slot. What is asked
for seldom goes to the standard decorator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, FrozenInstanceError, field, fields
from dataclasses import dataclass as standard
from functools import cache
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

if TYPE_CHECKING:
    # A type checker knows these classes as what they are.
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - handed on
    from inspect import Signature
else:

    def dataclass(made: type | None = None, /, **options: bool) -> Any:  # noqa: ANN401 - a class, or what makes one
        """Return the class as `dataclasses.dataclass` would make it, with the same options."""
        if made is None:
            return lambda found: dataclass(found, **options)
        if (given := frozenset(options.items())) in _QUICK and _is_plain(made):
            return _make(made, given)
        return standard(made, **options)


Fields: TypeAlias = "dict[str, Field[Any]]"
Options: TypeAlias = "frozenset[tuple[str, bool]]"

_FROZEN, _SLOTS, _ORDERED = ("frozen", True), ("slots", True), ("order", True)
_SPECIAL = ("ClassVar", "InitVar", "KW_ONLY")
_SIGNS = {
    "__eq__": "==", "__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">=",
}  # fmt: skip


_QUICK: set[Options] = {
    frozenset(options)
    for options in ((_FROZEN, _SLOTS), (_FROZEN, _SLOTS, _ORDERED), (_SLOTS,), (_FROZEN,))
}


@standard(init=False, repr=False, eq=False)
class _One:
    one: int


# How the standard decorator marks a field.
_MARK: Any = getattr(fields(_One)[0], "_field_type")  # noqa: B009 - no name of ours


def _is_plain(made: type) -> bool:
    """Tell whether a class has fields of the common kind alone, and no slots from elsewhere."""
    kinds = map(str, made.__annotations__.values())
    return not any(word in kind for kind in kinds for word in _SPECIAL) and not any(
        hasattr(base, "__dataclass_params__") or base.__dict__.get("__slots__")
        for base in made.__mro__[1:]
    )


def _make(made: type, options: Options) -> type:
    found = {name: _field(made, name, kind) for name, kind in made.__annotations__.items()}
    _check_order(found)
    names = {
        name: value
        for name, value in made.__dict__.items()
        if name not in found and name not in ("__dict__", "__weakref__")
    }
    names.setdefault("__repr__", _repr)
    names |= {
        "__match_args__": tuple(name for name, one in found.items() if one.init),
        "__dataclass_fields__": found,
        "__dataclass_params__": _LateParameters(options),
        "__signature__": _LateSignature(),
    }
    compared = ["__eq__"]
    if _ORDERED in options:
        compared = list(_SIGNS)
    if _SLOTS in options:
        names["__slots__"] = tuple(found)
    if _FROZEN in options:
        names |= {"__setattr__": _setattr, "__delattr__": _delattr}
        compared.append("__hash__")
        if _SLOTS in options:
            names = {"__getstate__": _getstate, "__setstate__": _setstate} | names
    else:
        names.setdefault("__hash__", None)
    plain = type(made)(made.__name__, made.__bases__, names)
    plain.__qualname__ = made.__qualname__
    for name in ("__init__", *compared):
        if name not in names:
            _put_later(plain, name)
    return plain


def _field(made: type, name: str, kind: object) -> Field[Any]:
    given = made.__dict__.get(name, MISSING)
    one: Any = given if isinstance(given, Field) else field(default=given)
    if one.default.__class__.__hash__ is None:
        msg = f"mutable default {type(one.default)} for field {name} is not allowed"
        raise ValueError(msg)
    if not one.init and (one.default is not MISSING or one.default_factory is not MISSING):
        msg = f"`{name}` is set by the class itself and needs no default"
        raise TypeError(msg)
    one.name, one.type, one.kw_only = name, kind, False
    one._field_type = _MARK  # noqa: SLF001 - what the standard decorator marks it with
    return one  # type: ignore[no-any-return]  # a field


def _check_order(found: Fields) -> None:
    optional = ""
    for name, one in found.items():
        if one.default is not MISSING or one.default_factory is not MISSING:
            optional = name
        elif one.init and optional:
            msg = f"non-default argument '{name}' follows default argument '{optional}'"
            raise TypeError(msg)


def _put_later(made: type, name: str) -> None:
    """Put a function on a class that is made when it is called for the first time."""

    def first(*arguments: object, **named: object) -> object:
        return _put_now(made, name)(*arguments, **named)

    first.__name__, first.__qualname__ = name, f"{made.__qualname__}.{name}"
    setattr(made, name, first)


def _put_now(made: type, name: str) -> Callable[..., object]:
    found = vars(made)["__dataclass_fields__"].values()
    function = _init(made, found) if name == "__init__" else _compared(name, found)
    function.__qualname__ = f"{made.__qualname__}.{name}"
    setattr(made, name, function)
    return function


def _init(made: type, found: Iterable[Field[Any]]) -> FunctionType:
    given = [one for one in found if one.init]
    names: dict[str, object] = {"MISSING": MISSING}
    defaults = []
    for number, one in enumerate(given):
        names[f"set{number}"] = _setter(made, one.name)
        if one.default_factory is not MISSING:
            names[f"make{number}"] = one.default_factory
            defaults.append(MISSING)
        elif one.default is not MISSING:
            defaults.append(one.default)
    fresh = tuple(one.default_factory is not MISSING for one in given)
    code = _init_code(fresh, checked=hasattr(made, "__post_init__"))
    code = code.replace(co_varnames=("self", *(one.name for one in given)))
    return FunctionType(code, names, "__init__", tuple(defaults))


def _setter(made: type, name: str) -> Callable[[object, object], None]:
    """Return what sets a field of an object of this class."""
    if slot := vars(made).get(name):
        return slot.__set__  # type: ignore[no-any-return]  # a descriptor's

    def put(one: object, value: object) -> None:
        vars(one)[name] = value

    return put


@cache
def _init_code(fresh: tuple[bool, ...], *, checked: bool) -> CodeType:
    """Return the code that sets so many fields, those marked to something made afresh."""
    values = [
        f"make{number}() if a{number} is MISSING else a{number}" if one else f"a{number}"
        for number, one in enumerate(fresh)
    ]
    body = [f" set{number}(self, {value})" for number, value in enumerate(values)]
    if checked:
        body.append(" self.__post_init__()")
    parameters = "".join(f", a{number}" for number in range(len(fresh)))
    return _code("__init__", f"def __init__(self{parameters}):", *(body or [" pass"]))


def _compared(name: str, found: Iterable[Field[Any]]) -> FunctionType:
    compared = [one.name for one in found if one.compare]
    code = _compared_code(name, len(compared))
    named = {f"a{number}": one for number, one in enumerate(compared)}
    code = code.replace(co_names=tuple(named.get(one, one) for one in code.co_names))
    return FunctionType(code, {}, name)


@cache
def _compared_code(name: str, number: int) -> CodeType:
    """Return the code that compares so many fields, or makes a hash of them."""
    mine, other = ("".join(f"{who}.a{n}, " for n in range(number)) for who in ("self", "other"))
    if name == "__hash__":
        return _code(name, "def __hash__(self):", f" return hash(({mine}))")
    return _code(
        name,
        f"def {name}(self, other):",
        " if other.__class__ is self.__class__:",
        f"  return ({mine}) {_SIGNS[name]} ({other})",
        " return NotImplemented",
    )


def _code(name: str, *lines: str) -> CodeType:
    names: dict[str, Any] = {}
    # A text made of numbers alone.
    exec("\n".join(lines), names)  # noqa: S102 - see above
    return names[name].__code__  # type: ignore[no-any-return]  # a function's


class _LateParameters:
    """What the standard decorator leaves on a class of these options, for classes derived of it."""

    def __init__(self, options: Options) -> None:
        self.options = options

    def __get__(self, _value: object, made: type) -> object:
        return _parameters(self.options)


@cache
def _parameters(options: Options) -> object:
    return vars(standard(type("_Two", (), {}), **dict(options)))["__dataclass_params__"]


class _LateSignature:
    """The parameters of a class, for those who inspect it; a class derived from it has its own."""

    def __get__(self, _value: object, made: type) -> Signature | None:
        if vars(made).get("__signature__") is not self:
            return None
        from inspect import signature  # noqa: PLC0415 - a start inspects nothing

        built = signature(_put_now(made, "__init__"))
        return built.replace(parameters=[*built.parameters.values()][1:])


def _setattr(self: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r} of {type(self).__name__}")


def _delattr(self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r} of {type(self).__name__}")


def _repr(self: Any) -> str:  # noqa: ANN401 - any of these classes
    shown = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _getstate(self: Any) -> list[object]:  # noqa: ANN401 - any of these classes
    return [getattr(self, one.name) for one in fields(self)]


def _setstate(self: Any, state: list[object]) -> None:  # noqa: ANN401 - any of these classes
    for one, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)
