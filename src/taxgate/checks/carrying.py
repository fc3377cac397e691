"""How an appraisal function says which rows of the specification it carries out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

CARRIED: Final[dict[str, tuple[str, ...]]] = {}
"""Rows carried by appraisal functions: qualified function name to row ids."""


def carries(*rows: str) -> Callable[[F], F]:
    """Mark a function as carrying *rows*: it turns what is not finite into a closed enum for them.

    Rows whose whole content is a classification (whose record is it, which day ends a period)
    stand in no table; the mark is how tests and docs find them.
    """

    def mark(function: F) -> F:
        CARRIED[f"{function.__module__}.{function.__qualname__}"] = rows
        return function

    return mark
