"""TLS as it is wanted here (传输加密): verified, with host name, 1.2 or later.

Nothing is taken from the environment: which authorities are trusted is a file that was named, or
the list that comes with requests. OpenSSL's own default would follow SSL_CERT_FILE.
"""

from __future__ import annotations

import re
import ssl
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from ..errors import ConfigError
from .fencing import FencedTlsSocket

__all__ = ["client_context", "validity"]

_PEM: Final = re.compile(
    r"-----BEGIN CERTIFICATE-----\s.+?-----END CERTIFICATE-----", re.DOTALL | re.ASCII
)
_SEQUENCE: Final = 0x30
_VERSION: Final = 0xA0
_UTC_TIME: Final = 0x17
_GENERALIZED_TIME: Final = 0x18


def client_context(
    *,
    ca_file: Path | None,
    certificate: Path | None,
    key: Path | None,
    now: datetime,
) -> ssl.SSLContext:
    """Return how TLS is spoken.

    Args:
        ca_file: Authorities to trust, PEM; those that come with requests if None.
        certificate: Own certificate, PEM, where the bureau wants one.
        key: Its key, unencrypted PEM; None if it lies in the same file.
        now: Instant the own certificate must be valid at.

    Raises:
        ConfigError: A file cannot be used; names every fault.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.hostname_checks_common_name = False
    context.sslsocket_class = FencedTlsSocket
    faults: list[tuple[str, str]] = []
    try:
        context.load_verify_locations(cafile=str(ca_file or DEFAULT_CA_BUNDLE_PATH))
    except OSError as error:  # an ssl.SSLError is one
        faults.append(("ca_file", f"holds no certificates that can be read: {_why(error)}"))
    if certificate is not None:
        faults += _own(context, certificate, key, now)
    elif key is not None:
        faults.append(("client_key", "is given without client_certificate"))
    if faults:
        raise ConfigError(tuple(faults))
    return context


def _own(
    context: ssl.SSLContext, certificate: Path, key: Path | None, now: datetime
) -> list[tuple[str, str]]:
    try:
        since, until = validity(certificate.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        why = _why(error) if isinstance(error, OSError) else "not a certificate in PEM"
        return [("client_certificate", f"cannot be read: {why}")]
    if key is not None and not key.is_file():
        return [("client_key", "cannot be read: no such file")]
    faults = []
    if not since <= now <= until:
        faults.append(("client_certificate", f"is valid from {since:%F} to {until:%F} only"))
    try:
        # Without a password of ours OpenSSL would ask for one on the terminal, and wait.
        context.load_cert_chain(str(certificate), key and str(key), password="")
    except OSError as error:
        faults.append(("client_key", f"does not open client_certificate: {_why(error)}"))
    return faults


def _why(error: OSError) -> str:
    if isinstance(error, ssl.SSLError):
        return error.reason or "unknown form"
    return error.strerror or "unknown reason"


def validity(pem: str) -> tuple[datetime, datetime]:
    """Return the first and last instant of the first certificate in *pem* (RFC 5280, 4.1).

    Raises:
        ValueError: There is none, or it cannot be read.
    """
    found = _PEM.search(pem)
    if found is None:
        raise ValueError("no certificate")
    try:
        return _validity(ssl.PEM_cert_to_DER_cert(found[0]))
    except IndexError:
        raise ValueError("a certificate that is cut") from None


def _validity(der: bytes) -> tuple[datetime, datetime]:
    _, certificate, _ = _element(der)
    _, signed, _ = _element(certificate)
    tag, _, rest = _element(signed)
    if tag == _VERSION:
        _, _, rest = _element(rest)
    for _ in range(2):  # the algorithm and the issuer follow the serial number
        _, _, rest = _element(rest)
    tag, period, _ = _element(rest)
    if tag != _SEQUENCE:
        raise ValueError("no period")
    tag, first, rest = _element(period)
    since = _instant(tag, first)
    tag, last, _ = _element(rest)
    return since, _instant(tag, last)


def _element(der: bytes) -> tuple[int, bytes, bytes]:
    """Return tag and content of the first element, and what follows it."""
    tag, size, start = der[0], der[1], 2
    if size & 0x80:
        start += size & 0x7F
        size = int.from_bytes(der[2:start], "big")
    return tag, der[start : start + size], der[start + size :]


def _instant(tag: int, text: bytes) -> datetime:
    digits = text.decode("ascii").removesuffix("Z")
    if tag == _UTC_TIME:  # two-digit years are of 1950 to 2049
        digits = ("19" if digits >= "50" else "20") + digits
    elif tag != _GENERALIZED_TIME:
        raise ValueError("no instant")
    return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
