"""One spelling for each JSON value (RFC 8785), so that equal values have equal digests.

Only what the log writes is spelled: objects, lists, text, integers, truth values and null. There
are no numbers with a fraction: amounts are text.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, Final

__all__ = ["canonical", "digest_of"]

LARGEST: Final = 2**53 - 1
"""Integers beyond this and its negative are not the same number to every reader."""


def canonical(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """Return the canonical spelling of *value*, in UTF-8.

    Raises:
        TypeError: It holds something that JSON has no word for, or a number with a fraction.
        ValueError: It holds an integer beyond 2^53 - 1, or half a surrogate pair.
    """
    text = json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def digest_of(value: Any) -> str:  # noqa: ANN401
    """Return the SHA-256 of the canonical spelling of *value*, in hexadecimal."""
    return sha256(canonical(value)).hexdigest()


def _ordered(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str):  # members of vocabularies included
        return str(value)
    # The exact type: a subclass of int may spell itself otherwise.
    kind = type(value)
    if kind is dict:
        if not all(type(key) is str for key in value):
            raise TypeError("a key is no text")
        # By UTF-16 code units, as the RFC orders them; by characters, some would change places.
        names = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return {name: _ordered(value[name]) for name in names}
    if kind is list:
        return [_ordered(part) for part in value]
    if kind is int:
        if not -LARGEST <= value <= LARGEST:
            raise ValueError(f"an integer lies beyond ±{LARGEST}")
        return value
    if kind is bool or value is None:
        return value
    raise TypeError(f"a {kind.__name__} has no canonical spelling")
