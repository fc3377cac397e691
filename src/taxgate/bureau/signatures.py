"""Signatures are checked (验签), and secrets that expire are handed out.

By signing once more: with the time and the nonce the request bears, the same signer has to come to
the same signature. Whether that is the right one is not for it to show; the tests of the signers
compare them with values computed elsewhere.
"""

from __future__ import annotations

import base64
import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from attrs import field, frozen

from ..adapters.http import signer_of
from ..adapters.profile import Exchange, Profile, SignerKind
from ..adapters.secret_exchange import sha1prng_key
from ..adapters.signing import Message
from ..errors import MissingExtraError
from ..secret import Secret

__all__ = ["Credentials", "Gatekeeper", "RefusedError", "wrapped"]

TOLERANCE: Final = timedelta(minutes=10)
"""How far the time of a request may lie from the bureau's."""

LIFE: Final = timedelta(hours=1)
"""How long a secret that was handed out serves."""

_REMEMBERED: Final = 10_000
_ALIVE: Final = 16
_BLOCK: Final = 16


class RefusedError(Exception):
    """The signature of a request is refused.

    Attributes:
        problem: Why; nothing the request says is repeated.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem


@frozen(kw_only=True)
class Credentials:
    """What one office was given for one profile.

    Attributes:
        parameters: Numbers of the requester, by the profile's names.
        secrets: Secrets, by the profile's names.
        services: Numbers of the services, by name of the question.
        offices: Codes of offices, by their names; any code is taken.
    """

    parameters: Mapping[str, str]
    secrets: Mapping[str, Secret] = field(repr=False)
    services: Mapping[str, str]
    offices: Mapping[str, str]


class Gatekeeper:
    """Looks at every request to one profile.

    Args:
        profile: How requests are signed.
        credentials: What the office was given.
    """

    def __init__(self, profile: Profile, credentials: Credentials) -> None:
        self._profile: Final = profile
        self._credentials: Final = credentials
        self._signer: Final = signer_of(profile, credentials.parameters)
        self._alive: Final[OrderedDict[str, datetime]] = OrderedDict()
        self._seen: Final[OrderedDict[str, None]] = OrderedDict()
        self._lock: Final = threading.Lock()

    def service(self, headers: Mapping[str, str]) -> str | None:
        """Return the name of the question whose number the request bears.

        Raises:
            RefusedError: It bears none, or one nobody was given.
        """
        rules = self._profile.signing
        if rules.kind is not SignerKind.HMAC_HEADER:
            return None
        number = self._header(headers, f"{rules.prefix}_sid")
        for name, given in self._credentials.services.items():
            if given == number:
                return name
        raise RefusedError("the service number is not one this office was given")

    def check(self, headers: Mapping[str, str], body: Mapping[str, Any], now: datetime) -> None:
        """Check the signature of a question.

        Args:
            headers: Headers, with lower-case names.
            body: Fields of the body.
            now: The bureau's present instant, aware.

        Raises:
            RefusedError: It is missing, wrong, too old, or was seen before.
        """
        if self._profile.signing.exchange is not None:
            with self._lock:
                alive = [Secret(text) for text, ends in self._alive.items() if ends > now]
            if not alive:
                raise RefusedError("the secret has ended, or none was fetched")
        elif self._profile.signing.secret is not None:
            alive = [self._credentials.secrets[self._profile.signing.secret]]
        else:
            return
        self._demand_signature(headers, body, now, alive)

    def hand_out(self, headers: Mapping[str, str], now: datetime) -> tuple[str, datetime]:
        """Return a new secret as it travels, and when it ends.

        Raises:
            RefusedError: The request for it is not signed as it has to be.
            MissingExtraError: The extra `gateway` is not installed.
        """
        exchange = self._profile.signing.exchange
        assert exchange is not None  # noqa: S101 - the caller looked
        if self.service(headers) != exchange.service:
            raise RefusedError("the service number is not that of the exchange")
        signs = self._credentials.secrets[exchange.signed_with]
        self._demand_signature(headers, {}, now, [signs])
        text = secrets.token_hex(_BLOCK)
        with self._lock:
            self._alive[text] = now + LIFE
            while len(self._alive) > _ALIVE:
                self._alive.popitem(last=False)
        return self._wrapped(exchange, text), now + LIFE

    def _wrapped(self, exchange: Exchange, text: str) -> str:
        return wrapped(text, self._credentials.secrets["app_key"]) if exchange.unwrap else text

    def _demand_signature(
        self,
        headers: Mapping[str, str],
        body: Mapping[str, Any],
        now: datetime,
        alive: list[Secret],
    ) -> None:
        rules, names = self._profile.signing, self._profile.signing.names
        texts = {name: part for name, part in body.items() if isinstance(part, str)}
        nonce = ""
        message = Message()
        match rules.kind:
            case SignerKind.HMAC_HEADER:
                time = self._header(headers, f"{rules.prefix}_rtime")
                message = Message(service=self._header(headers, f"{rules.prefix}_sid"))
            case SignerKind.OPEN_GATEWAY:
                time = self._header(headers, "X-Timestamp")
                nonce = self._header(headers, "X-Nonce")
            case SignerKind.CONCAT_DIGEST:
                time = (
                    self._header(headers, names["time"])
                    if rules.in_headers
                    else texts.get(names["time"], "")
                )
            case _:
                time = texts.get(names.get("time", ""), "")
                nonce = texts.get(names.get("nonce", ""), "")
                added = {names[part] for part in names if part != "secret"}
                rest = {name: part for name, part in texts.items() if name not in added}
                message = Message(parameters=rest)
        sent = self._instant(time, now, due="time" in names or rules.kind in _TIMED)
        assert self._signer is not None  # noqa: S101 - there is a signature, so there is a signer
        given = {**headers, **texts}
        for secret in alive:
            signed = self._signer.sign(message, now=sent, nonce=nonce, secret=secret)
            due = {**{name.lower(): text for name, text in signed.headers.items()}, **signed.fields}
            if all(
                hmac.compare_digest(given.get(k, "").encode(), v.encode()) for k, v in due.items()
            ):
                self._demand_new(nonce)
                return
        raise RefusedError("the signature does not fit")

    def _header(self, headers: Mapping[str, str], name: str) -> str:
        value = headers.get(name.lower())
        if not value:
            lost = ": a proxy may have dropped it for its underscore" if "_" in name else ""
            raise RefusedError(f"the header {name} is missing{lost}")
        return value

    def _instant(self, text: str, now: datetime, *, due: bool) -> datetime:
        if not due:
            return now
        if not (text.isascii() and text.isdecimal() and len(text) == len("1700000000000")):
            raise RefusedError("the time is not milliseconds since 1970")
        sent = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(text))
        if abs(sent - now) > TOLERANCE:
            raise RefusedError("the time of the request is too far from the bureau's")
        return sent

    def _demand_new(self, nonce: str) -> None:
        if not nonce:
            return
        with self._lock:
            if nonce in self._seen:
                raise RefusedError("the nonce was used before")
            self._seen[nonce] = None
            while len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)


_TIMED: Final = frozenset(
    {SignerKind.HMAC_HEADER, SignerKind.OPEN_GATEWAY, SignerKind.CONCAT_DIGEST}
)


def wrapped(text: str, key: Secret) -> str:
    """Return the secret *text* as a national gateway sends it; see `secret_exchange.unwrapped`.

    Raises:
        MissingExtraError: The extra `gateway` is not installed.
    """
    try:
        from cryptography.hazmat.primitives.ciphers import (  # noqa: PLC0415 - an extra
            Cipher,
            algorithms,
            modes,
        )
    except ImportError:
        raise MissingExtraError("gateway", "wrapping a gateway's secret") from None
    data = text.encode("ascii")
    rest = _BLOCK - len(data) % _BLOCK
    padded = data + bytes([rest]) * rest
    derived = sha1prng_key(key.reveal().encode())
    # ECB is what the gateways do, and what the source has to cope with.
    encryptor = Cipher(algorithms.AES(derived), modes.ECB()).encryptor()  # noqa: S305
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode("ascii")
