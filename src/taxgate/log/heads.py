"""Signed heads of the chain (链头签名), and witnesses that keep them where the log does not lie.

A chain alone does not show that its tail was cut off, that all of it was worked out anew, or that
an old copy was put back. A head that somebody else keeps does: it fixes every entry up to its own.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

from attrs import frozen

from ..errors import LogCorruptError, LogError, LogWriteError
from .canonical import canonical
from .keys import KeyRing
from .store import Store

__all__ = ["FileWitness", "Head", "StoreWitness", "Witness", "sign_head"]


@frozen(kw_only=True)
class Head:
    """The end of the chain at some instant, signed.

    Attributes:
        log_id: Which log.
        seq: Number of the last entry.
        digest: Its digest, which fixes all entries before it.
        at: When it was signed.
        key_id: The key it was signed with.
        signature: Ed25519 signature of everything above but the key's id.
    """

    log_id: str
    seq: int
    digest: str
    at: datetime
    key_id: str
    signature: bytes

    @property
    def message(self) -> bytes:
        """What is signed: the canonical spelling of log, number, digest and instant."""
        return message_of(self.log_id, self.seq, self.digest, self.at)

    @property
    def value(self) -> dict[str, Any]:
        """The head as a plain value."""
        return {
            "log_id": self.log_id,
            "seq": self.seq,
            "digest": self.digest,
            "at": self.at.isoformat(),
            "key_id": self.key_id,
            "signature": b64encode(self.signature).decode("ascii"),
        }

    @classmethod
    def of(cls, value: Any) -> Head:  # noqa: ANN401 - any JSON value
        """Return the head that *value* describes.

        Raises:
            ValueError: It describes none.
        """
        try:
            return cls(
                log_id=str(value["log_id"]),
                seq=int(value["seq"]),
                digest=str(value["digest"]),
                at=datetime.fromisoformat(value["at"]),
                key_id=str(value["key_id"]),
                signature=b64decode(value["signature"], validate=True),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"is no head: {type(error).__name__}") from None


def message_of(log_id: str, seq: int, digest: str, at: datetime) -> bytes:
    """Return what is signed of a head."""
    return canonical(
        {"at": at.isoformat(), "digest": digest, "log": log_id, "purpose": "head", "seq": seq}
    )


class Witness(Protocol):
    """Somebody who keeps heads where whoever could change the log could not change them."""

    def keep(self, head: Head) -> None:
        """Keep *head* durably.

        Raises:
            LogWriteError: It could not be kept.
        """

    def heads(self, log_id: str) -> Iterator[Head]:
        """Yield every head of a log that was handed over, oldest first.

        Raises:
            LogError: They cannot be read.
        """


def sign_head(store: Store, keys: KeyRing, at: datetime) -> Head | None:
    """Sign the end of the chain, keep that beside it and return it; None of an empty log.

    Raises:
        LogKeyError: There is no signing key.
        LogWriteError: It could not be kept.
    """
    last = store.head()
    if last is None:
        return None
    message = message_of(store.log_id, last.seq, last.digest, at)
    key_id, signature = keys.sign(message)
    head = Head(
        log_id=store.log_id,
        seq=last.seq,
        digest=last.digest,
        at=at,
        key_id=key_id,
        signature=signature,
    )
    store.keep_head(head.seq, head.value)
    return head


class FileWitness:
    """A file on another disk or machine, one head per line; it only ever grows.

    Args:
        path: The file; made when the first head is kept.
    """

    def __init__(self, path: Path) -> None:
        self._path: Final = path

    def keep(self, head: Head) -> None:
        """Append *head* and wait for the disk.

        Raises:
            LogWriteError: It could not be written.
        """
        line = canonical(head.value) + b"\n"
        try:
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "wb", buffering=0) as file:
                written = file.write(line)
                os.fsync(file.fileno())
        except OSError as error:
            raise LogWriteError(f"the witness cannot be written: {error.strerror}") from None
        if written != len(line):
            # As on a disk that is nearly full, without an error.
            raise LogWriteError("the witness cannot be written: it took a part of the line only")

    def heads(self, log_id: str) -> Iterator[Head]:
        """Yield every head of the log *log_id* in the file.

        Raises:
            LogError: The file cannot be read.
            LogCorruptError: A line of it is no head.
        """
        try:
            lines = self._path.read_bytes().splitlines()
        except OSError as error:
            raise LogError(f"the witness cannot be read: {error.strerror}") from None
        for number, line in enumerate(lines, start=1):
            try:
                head = Head.of(json.loads(line))
            except ValueError:
                raise LogCorruptError(f"line {number} of the witness is no head") from None
            if head.log_id == log_id:
                yield head


class StoreWitness:
    """Another log's database: heads lie in it beside its own.

    Args:
        store: The other log.
    """

    def __init__(self, store: Store) -> None:
        self._store: Final = store

    def keep(self, head: Head) -> None:
        """Write *head* to the other database.

        Raises:
            LogWriteError: It could not be written.
        """
        self._store.keep_head(head.seq, head.value)

    def heads(self, log_id: str) -> Iterator[Head]:
        """Yield every head of the log *log_id* the other database keeps."""
        yield from stored_heads(self._store, log_id)


def stored_heads(store: Store, log_id: str) -> Iterator[Head]:
    """Yield every head of the log *log_id* that lies in *store*, oldest first.

    Raises:
        LogCorruptError: One of them is no head.
    """
    for value in store.heads(log_id):
        try:
            yield Head.of(value)
        except ValueError as error:
            raise LogCorruptError(f"a stored head {error}") from None
