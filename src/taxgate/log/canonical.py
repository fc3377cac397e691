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

_FIRST_OTHER_ORDER: Final = "\ud800"
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_AS_IT_STANDS: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def canonical(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """Return the canonical spelling of *value*, in UTF-8.

    Raises:
        TypeError: It holds something that JSON has no word for, or a number with a fraction.
        ValueError: It holds an integer beyond 2^53 - 1, or half a surrogate pair.
    """
    # The encoder orders keys by code points; below the surrogates that is the order of UTF-16, by
    # which the RFC orders them.
    if _demand_spelling(value):
        return _AS_IT_STANDS.encode(_ordered(value)).encode("utf-8")
    return _ENCODER.encode(value).encode("utf-8")


def digest_of(value: Any) -> str:  # noqa: ANN401
    """Return the SHA-256 of the canonical spelling of *value*, in hexadecimal."""
    return sha256(canonical(value)).hexdigest()


def _demand_spelling(value: Any) -> bool:  # noqa: ANN401
    """Refuse what has no spelling; return whether a key needs an order other than the encoder's."""
    # Members of vocabularies are text, too. The exact type for all else: a subclass of int may
    # spell itself otherwise.
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return False
    other = False
    if kind is dict:
        for key, part in value.items():
            if not isinstance(key, str):
                raise TypeError("a key is no text")
            other |= not key.isascii() and max(key) >= _FIRST_OTHER_ORDER
            other |= _demand_spelling(part)
    elif kind is list:
        for part in value:
            other |= _demand_spelling(part)
    elif kind is int:
        if not -LARGEST <= value <= LARGEST:
            raise ValueError(f"an integer lies beyond ±{LARGEST}")
    elif not isinstance(value, str):
        raise TypeError(f"a {kind.__name__} has no canonical spelling")
    return other


def _ordered(value: Any) -> Any:  # noqa: ANN401
    """Return *value* with the keys of its objects in the order of UTF-16."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return {name: _ordered(value[name]) for name in names}
    if isinstance(value, list):
        return [_ordered(part) for part in value]
    return value
