"""The `dataclass` of the standard library, made in a fraction of the time where it never changes.

A hundred such classes stand between a start and its first answer, and a start touches only some.
The standard decorator looks at each class for long and compiles six functions for it; here a
function is written and compiled when it is called for the first time, and a field is set through
its slot. Everything else goes to the standard decorator.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, field, fields
from dataclasses import dataclass as standard
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
        if options in _QUICK and _is_plain(made):
            return _make(made, order="order" in options)
        return standard(made, **options)


Fields: TypeAlias = "dict[str, Field[Any]]"
Names: TypeAlias = "dict[str, object]"

_QUICK = ({"frozen": True, "slots": True}, {"frozen": True, "slots": True, "order": True})
_SPECIAL = ("ClassVar", "InitVar", "KW_ONLY")
_ORDER = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}


@standard(frozen=True, slots=True)
class _Plain:
    one: int


@standard(frozen=True, slots=True, order=True)
class _Ordered:
    one: int


# What the standard decorator leaves on a class, and how it marks a field.
_PARAMS: dict[bool, Any] = {
    order: vars(made)["__dataclass_params__"] for order, made in ((False, _Plain), (True, _Ordered))
}
_MARK: Any = vars(fields(_Plain)[0].__class__)["_field_type"].__get__(fields(_Plain)[0])


def _is_plain(made: type) -> bool:
    """Tell whether a class has fields of the common kind alone, and no slots from elsewhere."""
    kinds = map(str, made.__annotations__.values())
    return not any(word in kind for kind in kinds for word in _SPECIAL) and not any(
        hasattr(base, "__dataclass_params__") or base.__dict__.get("__slots__")
        for base in made.__mro__[1:]
    )


def _make(made: type, *, order: bool) -> type:
    found = {name: _field(made, name, kind) for name, kind in made.__annotations__.items()}
    _check_order(found)
    names = {
        name: value
        for name, value in made.__dict__.items()
        if name not in found and name not in ("__dict__", "__weakref__")
    }
    for function in (_repr, _getstate, _setstate):
        names.setdefault(f"_{function.__name__}__", function)
    names |= {
        "__slots__": tuple(found),
        "__match_args__": tuple(name for name, one in found.items() if one.init),
        "__dataclass_fields__": found,
        "__dataclass_params__": _PARAMS[order],
        "__setattr__": _setattr,
        "__delattr__": _delattr,
        "__signature__": _LateSignature(),
    }
    plain = type(made)(made.__name__, made.__bases__, names)
    plain.__qualname__ = made.__qualname__
    _put_later(plain, "__init__", _init)
    for name in ("__eq__", "__hash__", *(_ORDER if order else ())):
        if name not in names:
            _put_later(plain, name, _compared)
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


def _put_later(made: type, name: str, write: Callable[[type, Fields, Names], str]) -> None:
    """Put a function on a class that is compiled when it is called for the first time."""

    def first(*arguments: object, **named: object) -> object:
        return _put_now(made, name, write)(*arguments, **named)

    first.__name__, first.__qualname__ = name, f"{made.__qualname__}.{name}"
    setattr(made, name, first)


def _put_now(
    made: type, name: str, write: Callable[[type, Fields, Names], str]
) -> Callable[..., object]:
    names: Names = {"_MISSING": MISSING}
    # A text made of the names of fields alone.
    exec(write(made, vars(made)["__dataclass_fields__"], names), names)  # noqa: S102 - see above
    function: Any = names[name]
    function.__qualname__ = f"{made.__qualname__}.{name}"
    setattr(made, name, function)
    return function  # type: ignore[no-any-return]  # a function


def _init(made: type, found: Fields, names: Names) -> str:
    parameters, body = ["self"], []
    for name, one in found.items():
        if not one.init:
            continue
        # What a slot is set with.
        names[f"_set_{name}"] = vars(made)[name].__set__
        value, default = name, ""
        if one.default_factory is not MISSING:
            names[f"_make_{name}"] = one.default_factory
            value, default = f"_make_{name}() if {name} is _MISSING else {name}", "=_MISSING"
        elif one.default is not MISSING:
            names[f"_default_{name}"] = one.default
            default = f"=_default_{name}"
        parameters.append(name + default)
        body.append(f" _set_{name}(self, {value})")
    if hasattr(made, "__post_init__"):
        body.append(" self.__post_init__()")
    return f"def __init__({', '.join(parameters)}):\n" + "\n".join(body or [" pass"])


def _compared(_made: type, found: Fields, _names: Names) -> str:
    compared = [name for name, one in found.items() if one.compare]
    mine, other = ("".join(f"{who}.{name}, " for name in compared) for who in ("self", "other"))
    lines = ["def __hash__(self):", f" return hash(({mine}))"]
    for name, sign in {"__eq__": "==", **_ORDER}.items():
        lines += [
            f"def {name}(self, other):",
            " if other.__class__ is self.__class__:",
            f"  return ({mine}) {sign} ({other})",
            " return NotImplemented",
        ]
    return "\n".join(lines)


class _LateSignature:
    """The parameters of a class, for those who inspect it; a class derived from it has its own."""

    def __get__(self, _value: object, made: type) -> Signature | None:
        if vars(made).get("__signature__") is not self:
            return None
        from inspect import signature  # noqa: PLC0415 - a start inspects nothing

        built = signature(_put_now(made, "__init__", _init))
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
