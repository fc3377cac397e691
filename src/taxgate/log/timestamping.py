"""A time-stamping authority as witness (可信时间戳): RFC 3161 stamps on heads of the chain.

Somebody whom nobody here controls signs that the head was there at an instant. The stamps are kept
in a folder and may be copied anywhere; the certificates of the authority say who signed. Needs the
extra `timestamp`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from ..adapters.transport import Request, Transport
from ..errors import LogCorruptError, LogError, LogWriteError, MissingExtraError
from ..sources import Deadline, SourceError
from .canonical import canonical
from .heads import Head

__all__ = ["Stamp", "TimestampWitness", "authority_at"]

Stamp = Callable[[bytes], bytes]
"""Takes a time-stamp query and returns the authority's reply, both in DER.

Raises:
    LogWriteError: There is no reply.
"""

WITHIN: Final = 10.0
"""Seconds an authority has to answer."""

LARGEST: Final = 1 << 16
"""Bytes a stamp may have."""


def authority_at(url: str, **transport: Any) -> Stamp:  # noqa: ANN401 - see Transport
    """Return how to ask the authority at *url*.

    Args:
        url: Its address, https.
        transport: Certificates and what else `Transport` takes.

    Raises:
        ConfigError: The address cannot be used.
    """
    sender = Transport(
        source="time-stamping authority",
        base_url=url,
        largest=LARGEST,
        content_types=("application/timestamp-reply",),
        **transport,
    )

    def stamp(query: bytes) -> bytes:
        asked = Request(
            method="POST",
            # An address without a path means the root of its host.
            url=url if urlsplit(url).path else f"{url}/",
            headers={"Content-Type": "application/timestamp-query"},
            body=query,
        )
        try:
            return sender.send(lambda: asked, Deadline(WITHIN)).body
        except SourceError as error:
            raise LogWriteError(f"the head got no time stamp: {error}") from None

    return stamp


class TimestampWitness:
    """Heads with the stamp of an authority on each, in a folder.

    Args:
        folder: Where stamps are kept; made if it is not there.
        stamp: How to ask the authority; None where stamps are only to be verified.
        roots: Root certificates of the authority, in PEM.

    Raises:
        MissingExtraError: The extra is not installed.
    """

    def __init__(self, folder: Path, stamp: Stamp | None, roots: Sequence[bytes]) -> None:
        self._folder: Final = folder
        self._stamp: Final = stamp
        self._rfc3161: Final = _library()
        self._roots: Final = tuple(roots)

    def keep(self, head: Head) -> None:
        """Have *head* stamped, and keep the stamp once it was found to be good.

        Raises:
            LogWriteError: There is no stamp, it is not good, or it could not be kept.
        """
        if self._stamp is None:
            raise LogWriteError("no authority is given to stamp heads")
        builder = self._rfc3161.TimestampRequestBuilder().data(head.message)
        query = builder.cert_request(cert_request=True).build()
        reply = self._stamp(query.as_bytes())
        if not self._covers(reply, head, query.nonce):
            raise LogWriteError("the authority's stamp does not verify")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            place = self._folder / f"{head.log_id}-{head.seq:012d}"
            place.with_suffix(".tsr").write_bytes(reply)
            place.with_suffix(".json").write_bytes(canonical(head.value))
        except OSError as error:
            raise LogWriteError(f"a stamp cannot be kept: {error.strerror}") from None

    def heads(self, log_id: str) -> Iterator[Head]:
        """Yield every stamped head of the log *log_id*, oldest first.

        Raises:
            LogError: A stamp cannot be read.
            LogCorruptError: A stamp is none of the authority's, or of another head.
        """
        for path in sorted(self._folder.glob(f"{log_id}-*.json")):
            try:
                head = Head.of(json.loads(path.read_bytes()))
                reply = path.with_suffix(".tsr").read_bytes()
            except OSError as error:
                raise LogError(f"a stamp cannot be read: {error.strerror}") from None
            except ValueError:
                raise LogCorruptError(f"{path.name} holds no head") from None
            if not self._covers(reply, head, None):
                raise LogCorruptError(f"{path.name} has no stamp of the authority")
            yield head

    def _covers(self, reply: bytes, head: Head, nonce: int | None) -> bool:
        """Tell whether *reply* is a stamp of the authority on *head*."""
        from cryptography.x509 import load_pem_x509_certificate  # noqa: PLC0415 - an extra

        verifier = self._rfc3161.VerifierBuilder(
            roots=[load_pem_x509_certificate(root) for root in self._roots], nonce=nonce
        ).build()
        try:
            stamped = self._rfc3161.decode_timestamp_response(reply)
            return bool(verifier.verify_message(stamped, head.message))
        except (ValueError, self._rfc3161.VerificationError):
            return False


def _library() -> Any:  # noqa: ANN401 - a module of the extra
    try:
        import rfc3161_client  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingExtraError("timestamp", "time stamps on heads of the log") from None
    return rfc3161_client
