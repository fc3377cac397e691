"""Building frozen classes quickly, where a check builds many of them from values that are good.

A frozen attrs class sets each of its fields by a call of `object.__setattr__`; for a class of ten
fields that takes longer than asking a decision table. Here an instance is filled by plain
assignments while it belongs to an open subclass without slots of its own, and becomes one of the
frozen class before anybody can see it. Python allows that change wherever the slots are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import attrs

__all__ = ["quickly"]

P = ParamSpec("P")
T = TypeVar("T")


def quickly(kind: Callable[P, T]) -> Callable[P, T]:
    """Return a function that builds a *kind* of the same arguments without any of its checks.

    Converters, validators and `__attrs_post_init__` are left out: hand in only what has been
    through them already, or what needs none. Fields the class derives are arguments too.

    Args:
        kind: A frozen attrs class with slots, none of whose fields starts with an underscore.
    """
    frozen = cast("type[attrs.AttrsInstance]", kind)
    # Both, or Python would look for a slower way to set an attribute.
    ordinary = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    # No field is called like any of these, or the function would take the one for the other.
    names: dict[str, Any] = {
        "_new": object.__new__,
        "_opened": type(f"Open{frozen.__name__}", (frozen,), {"__slots__": (), **ordinary}),
        "_kind": frozen,
        "_NOTHING": attrs.NOTHING,
    }
    arguments: dict[bool, list[str]] = {False: [], True: []}
    lines = []
    for item in attrs.fields(frozen):
        argument = value = item.name
        if isinstance(item.default, attrs.Factory):  # type: ignore[arg-type] # is a class at run time
            names[f"_make_{item.name}"] = item.default.factory
            argument += "=_NOTHING"
            value = f"_make_{item.name}() if {item.name} is _NOTHING else {item.name}"
        elif item.default is not attrs.NOTHING:
            names[f"_default_{item.name}"] = item.default
            argument += f"=_default_{item.name}"
        arguments[item.kw_only].append(argument)
        lines.append(f"    _self.{item.name} = {value}\n")
    named = ["*", *arguments[True]] if arguments[True] else []
    text = (
        f"def build({', '.join(arguments[False] + named)}):\n"
        "    _self = _new(_opened)\n"
        f"{''.join(lines)}"
        "    _self.__class__ = _kind\n"
        "    return _self\n"
    )
    # Written out field by field, as attrs writes its own constructors: a loop would cost the gain.
    exec(text, names)  # noqa: S102 - of names of fields and nothing else
    return cast("Callable[P, T]", names["build"])
