"""A secret (密钥、口令): a value that is shown nowhere unless it is asked for by name."""

from __future__ import annotations

import hmac
from typing import Final, NoReturn

__all__ = ["Secret"]


class Secret:
    """Text that signs or opens something.

    It has no readable form, cannot be pickled, and compares in constant time.

    Args:
        value: The text itself.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value: Final = value

    def reveal(self) -> str:
        """Return the text, for the one place that needs it."""
        return self._value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._value.encode(), other._value.encode())

    __hash__ = None  # type: ignore[assignment]  # a hash would be one more trace of it

    def __repr__(self) -> str:
        return "Secret(***)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written anywhere: give the program that needs it its own")
