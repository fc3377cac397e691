"""Signatures on a request (请求签名), as the gateways of the tax bureau want them.

Every signer is a value without a secret in it: the secret, the instant and the nonce are handed in
for each request, so that the same arguments always give the same signature.

    HmacHeaderSigner      national gateways (国家数据共享交换平台、国家政务服务平台)
    OpenGatewaySigner     provincial open-data gateways (公共数据开放网关)
    ConcatDigestSigner    city data buses (城市数据总线)
    SortedParamSigner     many vendors: sorted parameters and a digest over them (参数排序签名)

None of them covers the body except the last, and none ties the reply to the request: who answers,
and to what, is for TLS and the echo of the subject to show.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final, Protocol

from attrs import field, frozen

from ..errors import MissingExtraError
from ..secret import Secret

__all__ = [
    "WEAK",
    "ConcatDigestSigner",
    "HmacHeaderSigner",
    "Message",
    "OpenGatewaySigner",
    "Signed",
    "Signer",
    "SortedParamSigner",
    "digest",
    "milliseconds",
]

WEAK: Final = frozenset({"md5", "sha1"})
"""Algorithms nobody should sign with any more; a profile has to say that it knows."""

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@frozen(kw_only=True)
class Message:
    """What a signer may need to know of a request.

    Attributes:
        service: The gateway's number of the service (服务标识) that is called.
        parameters: Top-level fields of the body, as text.
    """

    service: str = ""
    parameters: Mapping[str, str] = field(factory=dict, repr=False)


@frozen(kw_only=True)
class Signed:
    """What a signature adds to a request.

    Attributes:
        headers: Headers.
        fields: Top-level fields of the body.
    """

    headers: Mapping[str, str] = field(default=_NOTHING, repr=False)
    fields: Mapping[str, str] = field(default=_NOTHING, repr=False)


class Signer(Protocol):
    """Signs requests."""

    @property
    def weak(self) -> bool:
        """Whether the digest is one nobody should sign with any more."""

    def sign(self, message: Message, *, now: datetime, nonce: str, secret: Secret) -> Signed:
        """Return what the signature adds to *message*.

        Args:
            message: The request.
            now: Instant it is sent, aware.
            nonce: Text never used before.
            secret: What signs.

        Raises:
            MissingExtraError: The digest is SM3 (国密), and nothing here can compute it.
        """


@frozen(kw_only=True)
class HmacHeaderSigner:
    """Four headers with a common prefix; the signature covers service, requester and time.

    The names contain an underscore, which some proxies drop by default.

    Attributes:
        prefix: What the header names begin with, such as `gjgxjhpt`.
        requester: The gateway's number of the requester (请求者标识).
    """

    prefix: str
    requester: str
    weak: bool = field(default=False, init=False)

    def sign(self, message: Message, *, now: datetime, nonce: str, secret: Secret) -> Signed:  # noqa: ARG002
        """Return the four headers; see `Signer.sign`. The scheme has no nonce."""
        time = milliseconds(now)
        signature = _hmac_sha256(secret, message.service + self.requester + time)
        return Signed(
            headers={
                f"{self.prefix}_rid": self.requester,
                f"{self.prefix}_sid": message.service,
                f"{self.prefix}_rtime": time,
                f"{self.prefix}_sign": signature,
            }
        )


@frozen(kw_only=True)
class OpenGatewaySigner:
    """`X-Client-Id` and its companions; the signature covers client, time and nonce.

    Attributes:
        client: The gateway's number of the client (应用标识).
    """

    client: str
    weak: bool = field(default=False, init=False)

    def sign(self, message: Message, *, now: datetime, nonce: str, secret: Secret) -> Signed:  # noqa: ARG002
        """Return the four headers; see `Signer.sign`."""
        time = milliseconds(now)
        return Signed(
            headers={
                "X-Client-Id": self.client,
                "X-Timestamp": time,
                "X-Nonce": nonce,
                "X-Signature": _hmac_sha256(secret, self.client + time + nonce),
            }
        )


@frozen(kw_only=True)
class ConcatDigestSigner:
    """Digest of key, secret and time, one after the other; lower-case hexadecimal.

    A digest over a secret is no message authentication code; only the order in which the parts
    stand keeps others from lengthening it.

    Attributes:
        algorithm: Name of the digest.
        order: Order of the parts `key`, `secret` and `time`.
        key: The bus's number of the application (应用标识).
        names: What key, signature and time are called.
        in_headers: Whether they are headers; otherwise they are fields of the body.
    """

    algorithm: str
    order: tuple[str, ...]
    key: str
    names: Mapping[str, str]
    in_headers: bool = True

    @property
    def weak(self) -> bool:
        """Whether the digest is one nobody should sign with any more."""
        return self.algorithm in WEAK

    def sign(self, message: Message, *, now: datetime, nonce: str, secret: Secret) -> Signed:  # noqa: ARG002
        """Return key, signature and time; see `Signer.sign`. The scheme has no nonce."""
        parts = {"key": self.key, "secret": secret.reveal(), "time": milliseconds(now)}
        text = "".join(parts[name] for name in self.order)
        added = {
            self.names["key"]: self.key,
            self.names["signature"]: digest(self.algorithm, text.encode()).hex(),
            self.names["time"]: parts["time"],
        }
        return Signed(headers=added) if self.in_headers else Signed(fields=added)


@frozen(kw_only=True)
class SortedParamSigner:
    """Digest of the parameters in the order of their names, and of the secret; upper-case.

    `a=1&b=2&appSecret=...`; parameters without a value are left out. Two parameters whose values
    contain `&` or `=` may give the same text as others: the scheme's own weakness.

    Attributes:
        algorithm: Name of the digest.
        key: The application's number (应用标识).
        names: What key, signature, time and nonce are called in the body, and `secret` in the text
            that is signed; time and nonce are optional.
    """

    algorithm: str
    key: str
    names: Mapping[str, str]

    @property
    def weak(self) -> bool:
        """Whether the digest is one nobody should sign with any more."""
        return self.algorithm in WEAK

    def sign(self, message: Message, *, now: datetime, nonce: str, secret: Secret) -> Signed:
        """Return key, signature, time and nonce as fields of the body; see `Signer.sign`."""
        added = {self.names["key"]: self.key}
        if "time" in self.names:
            added[self.names["time"]] = milliseconds(now)
        if "nonce" in self.names:
            added[self.names["nonce"]] = nonce
        signed = {**message.parameters, **added}
        listed = [f"{name}={signed[name]}" for name in sorted(signed) if signed[name]]
        text = "&".join([*listed, f"{self.names['secret']}={secret.reveal()}"])
        added[self.names["signature"]] = digest(self.algorithm, text.encode()).hex().upper()
        return Signed(fields=added)


def milliseconds(instant: datetime) -> str:
    """Return an aware *instant* as whole milliseconds since 1970 (毫秒时间戳)."""
    # In integers: a binary fraction would sometimes be one millisecond short.
    seconds = int(instant.replace(microsecond=0).timestamp())
    return str(seconds * 1000 + instant.microsecond // 1000)


def digest(algorithm: str, data: bytes) -> bytes:
    """Return the digest of *data*.

    SM3 (GB/T 32905) comes from OpenSSL where Python was built with one that has it.

    Raises:
        MissingExtraError: SM3, and neither OpenSSL nor the extra `gateway` can compute it.
    """
    if algorithm != "sm3":
        return hashlib.new(algorithm, data, usedforsecurity=algorithm not in WEAK).digest()
    try:
        return hashlib.new("sm3", data).digest()
    except ValueError:
        return _sm3_of_the_extra(data)


def _sm3_of_the_extra(data: bytes) -> bytes:
    try:
        from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - an extra
        from cryptography.hazmat.primitives.hashes import SM3, Hash  # noqa: PLC0415
    except ImportError:
        raise MissingExtraError("gateway", "the digest SM3") from None
    try:
        running = Hash(SM3())
    except UnsupportedAlgorithm:
        raise MissingExtraError("gateway", "the digest SM3") from None
    running.update(data)
    return running.finalize()


def _hmac_sha256(secret: Secret, text: str) -> str:
    code = hmac.new(secret.reveal().encode(), text.encode(), hashlib.sha256).digest()
    return base64.b64encode(code).decode("ascii")
