"""The `dataclass` of the standard library, made in a third of the time where it never changes.

A hundred such classes stand between a start and its first answer. The standard decorator compiles
six functions for each, one by one; here one text is compiled, the rest is shared, and a field is
set through its slot. Everything else goes to the standard decorator.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, FrozenInstanceError, fields
from dataclasses import dataclass as standard
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    # A type checker knows these classes as what they are.
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - handed on
else:

    def dataclass(made: type | None = None, /, **options: bool) -> Any:  # noqa: ANN401
        """Return the class as `dataclasses.dataclass` would make it, with the same options."""
        if made is None:
            return lambda found: dataclass(found, **options)
        if options in _QUICK:
            return _make(made, order="order" in options)
        return standard(made, **options)


_QUICK = ({"frozen": True, "slots": True}, {"frozen": True, "slots": True, "order": True})


def _make(made: type, *, order: bool) -> Any:  # noqa: ANN401 - a class with other methods
    if any(hasattr(base, "__dataclass_params__") for base in made.__mro__[1:]):
        return standard(frozen=True, slots=True, order=order)(made)
    plain: Any = standard(init=False, repr=False, eq=False, slots=True)(made)
    found = fields(plain)
    names: dict[str, object] = {"_MISSING": MISSING}
    text = [_init(found, plain, names), _compared(found, order=order)]
    exec("\n".join(text), names)  # noqa: S102 - a text made of the names of fields alone
    for name in ("__init__", "__eq__", "__hash__", *(_ORDER if order else ())):
        function: Any = names[name]
        function.__qualname__ = f"{plain.__qualname__}.{name}"
        setattr(plain, name, function)
    for function in (_setattr, _delattr, _repr, _getstate, _setstate):
        setattr(plain, f"_{function.__name__}__", function)
    # Whoever asks, and whoever derives from it, sees a class that never changes.
    plain.__dataclass_params__.frozen = True
    return plain


_ORDER = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}


def _init(found: tuple[Field[Any], ...], made: type, names: dict[str, object]) -> str:
    parameters, body = ["self"], []
    for one in found:
        name = one.name
        # What a slot is set with.
        names[f"_set_{name}"] = getattr(made, name).__set__
        value = name
        if one.default_factory is not MISSING:
            names[f"_make_{name}"] = one.default_factory
            value = f"_make_{name}() if {name} is _MISSING else {name}"
        if one.init:
            parameters.append(name)
            if one.default is not MISSING:
                names[f"_default_{name}"] = one.default
                parameters[-1] += f"=_default_{name}"
            elif one.default_factory is not MISSING:
                parameters[-1] += "=_MISSING"
            body.append(f" _set_{name}(self, {value})")
        elif one.default is not MISSING or one.default_factory is not MISSING:
            msg = f"`{name}` is set by the class itself and needs no default"
            raise TypeError(msg)
    if hasattr(made, "__post_init__"):
        body.append(" self.__post_init__()")
    return f"def __init__({', '.join(parameters)}):\n" + "\n".join(body or [" pass"])


def _compared(found: tuple[Field[Any], ...], *, order: bool) -> str:
    names = [one.name for one in found if one.compare]
    mine, other = ("".join(f"{who}.{name}, " for name in names) for who in ("self", "other"))
    lines = []
    for name, sign in {"__eq__": "==", **(_ORDER if order else {})}.items():
        lines += [
            f"def {name}(self, other):",
            " if other.__class__ is self.__class__:",
            f"  return ({mine}) {sign} ({other})",
            " return NotImplemented",
        ]
    return "\n".join([*lines, "def __hash__(self):", f" return hash(({mine}))"])


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
