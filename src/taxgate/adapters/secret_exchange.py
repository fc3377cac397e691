"""Secrets that expire (限时密钥): fetched from the gateway, unwrapped, renewed before they end.

A national gateway gives each application a key for good, and on request a secret for some hours,
encrypted under that key. The way from key to cipher is what the Java programs of the gateway do:
AES-128 with a key drawn from Java's generator SHA1PRNG, seeded with the text of the application
key. Nobody would design it so; it has to be met byte by byte.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from attrs import frozen

from ..errors import MissingExtraError
from ..evidence import OutageCause
from ..secret import Secret
from ..sources import Clock, Deadline, Monotonic, SourceError, system_clock
from .forking import PerProcess

__all__ = ["FetchedSecret", "SecretKeeper", "sha1prng_key", "unwrapped"]

_BLOCK: Final = 16
_LONGEST: Final = 4096


def sha1prng_key(seed: bytes) -> bytes:
    """Return the AES-128 key Java draws from its generator SHA1PRNG after seeding it.

    The first 20 bytes of `sun.security.provider.SecureRandom` are the SHA-1 of its state, and its
    state is the SHA-1 of the seed; the key is the first 16.
    """
    # Not a choice of this library: the gateway's own programs derive the key in this way.
    state = hashlib.sha1(seed, usedforsecurity=False).digest()
    return hashlib.sha1(state, usedforsecurity=False).digest()[:_BLOCK]


def unwrapped(wrapped: str, key: Secret) -> Secret:
    """Return the secret in *wrapped*: Base64 of AES-128-ECB with PKCS #7 padding.

    Args:
        wrapped: What the gateway sent.
        key: The application key (应用授权码) the cipher key is derived from.

    Raises:
        ValueError: It cannot be unwrapped with this key; the message repeats neither.
        MissingExtraError: The extra `gateway` is not installed.
    """
    try:
        from cryptography.hazmat.primitives.ciphers import (  # noqa: PLC0415 - an extra
            Cipher,
            algorithms,
            modes,
        )
    except ImportError:
        raise MissingExtraError("gateway", "unwrapping a gateway's secret") from None
    if len(wrapped) > _LONGEST:
        raise ValueError("is too long for a secret")
    try:
        data = base64.b64decode(wrapped, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("is not Base64") from None
    if not data or len(data) % _BLOCK:
        raise ValueError("is no whole number of cipher blocks")
    derived = sha1prng_key(key.reveal().encode())
    # ECB is what the gateway uses; the secret is random text of two blocks.
    decryptor = Cipher(algorithms.AES(derived), modes.ECB()).decryptor()  # noqa: S305
    return Secret(_text(decryptor.update(data) + decryptor.finalize()))


def _text(padded: bytes) -> str:
    length = padded[-1]
    padding = padded[-length:] if 1 <= length <= _BLOCK else b""
    text = padded[: len(padded) - length] if padding == bytes([length]) * length else b""
    if not text or not all(0x21 <= byte <= 0x7E for byte in text):  # noqa: PLR2004 - visible ASCII
        raise ValueError("does not open with this application key")
    return text.decode("ascii")


@frozen(kw_only=True)
class FetchedSecret:
    """A secret as the gateway gave it.

    Attributes:
        secret: The secret, unwrapped.
        ends: Instant until which the gateway takes it, aware.
    """

    secret: Secret
    ends: datetime


@frozen
class _Held:
    secret: Secret
    until: float


class SecretKeeper:
    """Holds the current secret, and fetches another before it ends or when it was refused.

    One thread fetches, all others wait for it: and if it fails, they fail with it, because a
    gateway that refuses one request locks the door after many. Ages are counted on the monotonic
    clock from the moment of fetching.

    Args:
        fetch: Asks the gateway for a secret.
        source: Name of the source, for errors.
        early: Seconds before its end at which a secret is renewed; half of its life if it is
            shorter than twice that.
        clock: Clock the end is compared with, once, when a secret arrives.
        monotonic: Clock its age is counted on.
    """

    def __init__(
        self,
        fetch: Callable[[Deadline], FetchedSecret],
        *,
        source: str,
        early: float = 300.0,
        clock: Clock = system_clock,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        self._fetch: Final = fetch
        self._source: Final = source
        self._early: Final = early
        self._clock: Final = clock
        self._monotonic: Final = monotonic
        self._held: _Held | None = None
        self._tries = 0
        self._failure: SourceError | None = None
        self._lock: Final = PerProcess(threading.Lock)

    @property
    def remaining(self) -> float | None:
        """Seconds until the secret in hand is renewed; None if there is none."""
        held = self._held
        return None if held is None else max(0.0, held.until - self._monotonic())

    def current(self, deadline: Deadline) -> Secret:
        """Return a secret that has not ended.

        Raises:
            SourceError: There was none in hand and none could be fetched.
        """
        held = self._held
        if held is not None and self._monotonic() < held.until:
            return held.secret
        return self._renewed(held, deadline)

    def another(self, refused: Secret, deadline: Deadline) -> Secret:
        """Return another secret than the one that was *refused*.

        Raises:
            SourceError: None could be fetched.
        """
        held = self._held
        if held is not None and held.secret != refused and self._monotonic() < held.until:
            return held.secret
        return self._renewed(held, deadline)

    def _renewed(self, seen: _Held | None, deadline: Deadline) -> Secret:
        tries = self._tries
        lock = self._lock.get()
        if not lock.acquire(timeout=deadline.remaining):
            raise SourceError.of(self._source, OutageCause.TIMEOUT)
        try:
            held = self._held
            if held is not None and held is not seen and self._monotonic() < held.until:
                return held.secret
            if held is seen:
                # It has ended or was refused: even if no other can be had, it is not used again.
                self._held = None
            if self._tries != tries and self._failure is not None:
                # Somebody tried while this thread waited.
                outage = self._failure.outage
                raise SourceError.of(self._source, outage.cause, outage.detail, outage.retry_after)
            return self._fetched(deadline)
        finally:
            lock.release()

    def _fetched(self, deadline: Deadline) -> Secret:
        try:
            fetched = self._fetch(deadline)
            life = (fetched.ends - self._clock()) / timedelta(seconds=1)
            if life <= 0:
                raise SourceError.of(
                    self._source,
                    OutageCause.CLOCK_SKEW,
                    "the gateway's new secret has ended already: compare the clocks",
                )
        except SourceError as error:
            self._failure = error
            raise
        finally:
            # At the end: whoever began to wait while this try was under way shares its result.
            self._tries += 1
        self._failure = None
        until = self._monotonic() + max(life - self._early, life / 2)
        self._held = _Held(fetched.secret, until)
        return fetched.secret
