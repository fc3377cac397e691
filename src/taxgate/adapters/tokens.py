"""Recordings without personal data (脱敏): tokens for identifiers and names, and the way back.

In a recording every identifier, name and opaque number stands as a token: its kind and a keyed
digest (HMAC-SHA-256) of its canonical text. The same text gives the same token, so records still
agree or differ as they did; without the key nobody can try numbers until a token fits.

When a recording is played back, whoever asks brings the identifiers of the inquiry. Their tokens
are computed anew, and where one stands in a record it is replaced by the identifier asked for.
Every other token becomes an invented value of its kind, well-formed, and the same each time.

Not hidden: dates, amounts, shares, places, the model of a vehicle. A recording is pseudonymous, not
anonymous: keep it as you keep a log, and the key elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from ..errors import ConfigError, InputError
from ..evidence import Inquiry, TaxRecord
from ..identifiers import Division, FrameNumber, Identifier, ResidentNumber, UnitCode, Uscc, Vin
from ..parties import IdType, Person
from ..secret import Secret
from ..wire.exchange import record_value
from ..wire.parsing import Doubled

__all__ = ["Tokens", "restored"]

SHORTEST_KEY: Final = 16
"""Characters a key must have at least."""

_CLEAR: Final = frozenset({"model", "plate_class"})
"""Text fields that describe a kind of thing, not one of its kind."""

_KINDS: Final[Mapping[type, str]] = MappingProxyType(
    {
        Vin: "vin",
        FrameNumber: "frame",
        Uscc: "uscc",
        ResidentNumber: "resident",
        UnitCode: "unit",
    }
)
_PERSONS: Final = {IdType.RESIDENT_NUMBER: "resident", IdType.USCC: "uscc"}
_TEXT: Final = "text"
_TOKEN: Final = re.compile(r"(vin|frame|uscc|resident|unit|text):([0-9a-f]{32})", re.ASCII)


class Tokens:
    """Makes tokens under one key.

    Args:
        key: At least 16 characters, best random ones. Whoever has it can test guesses.

    Raises:
        ConfigError: The key is too short.
    """

    def __init__(self, key: Secret) -> None:
        if len(key.reveal()) < SHORTEST_KEY:
            raise ConfigError((("key", f"must have at least {SHORTEST_KEY} characters"),))
        self._key: Final = key
        self.key_id: Final = self._digest("key", "taxgate recording")[:16]
        """Tells recordings made with another key apart; nothing follows from it."""

    def of(self, kind: str, text: str) -> str:
        """Return the token of *text*."""
        return f"{kind}:{self._digest(kind, text)[:32]}"

    def of_question(self, inquiry: Inquiry) -> str:
        """Return what recordings of the answers to *inquiry* are found by."""
        parts = (inquiry.vin, inquiry.unit, inquiry.company)
        asked = [
            inquiry.matter.value,
            *([type(part).__name__, part.value] if part else None for part in parts),
            list(inquiry.person.key) if inquiry.person else None,
            sorted(inquiry.years),
        ]
        return self._digest("question", json.dumps(asked))

    def scrubbed(self, record: TaxRecord) -> dict[str, Any]:
        """Return *record* as a plain value in which tokens stand for all that identifies.

        Raises:
            WireError: It is no record of any checkpoint.
        """
        value: dict[str, Any] = self._scrub(record, record_value(record), "")
        return value

    def known(self, inquiry: Inquiry, texts: Iterable[str] = ()) -> dict[str, str]:
        """Return the text of each token that whoever asks *inquiry* can resolve.

        Args:
            inquiry: The question; its identifiers and names are known.
            texts: Other texts that are.
        """
        found = [(_KINDS[type(part)], part.value) for part in _identifiers(inquiry)]
        found += [(_TEXT, text) for text in (inquiry.plate, inquiry.contract_no) if text]
        if inquiry.person is not None:
            found.append((_kind_of(inquiry.person), inquiry.person.number))
            if inquiry.person.name is not None:
                found.append((_TEXT, inquiry.person.name))
        kinds = (*_KINDS.values(), _TEXT)
        found += [(kind, text) for text in texts for kind in kinds]
        return {self.of(kind, text): text for kind, text in found}

    def _digest(self, kind: str, text: str) -> str:
        message = f"{kind}\0{text}".encode()
        return hmac.new(self._key.reveal().encode(), message, hashlib.sha256).hexdigest()

    def _scrub(self, value: Any, plain: Any, name: str) -> Any:  # noqa: ANN401 - any field
        """Return *plain*, which is *value* on the wire, with tokens in place of what identifies."""
        if isinstance(value, Division) or plain is None:
            return plain
        if isinstance(value, Identifier):
            return self.of(_KINDS[type(value)], value.value)
        if isinstance(value, Person):
            hidden = {"number": self.of(_kind_of(value), value.number)}
            if value.name is not None:
                hidden["name"] = self.of(_TEXT, value.name)
            return plain | hidden
        if isinstance(value, tuple):
            pairs = zip(value, plain, strict=True)
            return [self._scrub(part, written, name) for part, written in pairs]
        if attrs.has(type(value)):
            return {key: self._scrub(getattr(value, key), plain[key], key) for key in plain}
        # Members of an enumeration are text as well, of another type.
        if type(value) is str and name not in _CLEAR:
            return self.of(_TEXT, value)
        return plain


def restored(value: Any, known: Mapping[str, str]) -> Any:  # noqa: ANN401 - any JSON value
    """Return *value* with a text in place of each token: the known one, or an invented one."""
    if isinstance(value, dict):
        parts = {key: restored(part, known) for key, part in value.items()}
        if not isinstance(value, Doubled):
            return parts
        doubled = Doubled(parts)
        doubled.problems = value.problems
        return doubled
    if isinstance(value, list):
        return [restored(part, known) for part in value]
    if not isinstance(value, str) or (found := _TOKEN.fullmatch(value)) is None:
        return value
    return known.get(value) or _INVENTED[found[1]](int(found[2], 16))


def _identifiers(inquiry: Inquiry) -> list[Identifier]:
    return [part for part in (inquiry.vin, inquiry.unit, inquiry.company) if part is not None]


def _kind_of(person: Person) -> str:
    return _PERSONS.get(person.id_type, _TEXT)


# Invented values ----------------------------------------------------------------------------------

_DIGITS: Final = "0123456789"
_FRAME: Final = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
_USCC: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _written(number: int, alphabet: str, length: int) -> str:
    """Return the last *length* digits of *number*, in *alphabet*."""
    digits = []
    for _ in range(length):
        number, digit = divmod(number, len(alphabet))
        digits.append(alphabet[digit])
    return "".join(digits)


def _checked(body: str, alphabet: str, kind: type[Identifier]) -> str:
    """Return *body* with the check character that fits; to every body there is one."""
    return next(text for text in map(body.__add__, alphabet) if _fits(text, kind))


def _fits(text: str, kind: type[Identifier]) -> bool:
    try:
        kind.parse(text)
    except InputError:
        return False
    return True


def _uscc(number: int) -> str:
    # 91: an enterprise, as most that are asked about are.
    return _checked(f"91{_written(number, _DIGITS, 6)}" + _written(number, _USCC, 9), _USCC, Uscc)


def _resident(number: int) -> str:
    region, serial = _written(number, _DIGITS, 6), _written(number >> 40, _DIGITS, 3)
    return _checked(f"{region}19000101{serial}", _DIGITS + "X", ResidentNumber)


_INVENTED: Final[Mapping[str, Callable[[int], str]]] = MappingProxyType(
    {
        "vin": lambda number: _written(number, _FRAME, 17),
        "frame": lambda number: f"R1{_written(number, _FRAME, 12)}",
        "uscc": _uscc,
        "resident": _resident,
        "unit": lambda number: (
            f"{_written(number, _DIGITS, 12)}GB{_written(number >> 64, _DIGITS, 5)}W00000000"
        ),
        "text": lambda number: f"R{number:032x}",
    }
)
"""By kind: makes a well-formed value of the number in a token."""
