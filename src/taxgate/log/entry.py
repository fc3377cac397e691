"""An entry of the log (日志条目): what is kept for good, and its place in the chain.

A body says nothing about a person: closed vocabularies, instants, digests, and tokens that only the
holder of a key can tie to anybody. What is personal lies sealed beside it, and the body holds no
more of that than the digest of the sealed bytes, so it can be erased without touching the chain.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from attrs import field, frozen

from .canonical import canonical

__all__ = ["Entry", "EntryKind", "beginning", "chained", "link_digest"]


class EntryKind(StrEnum):
    """What an entry records."""

    DECISION = "decision"
    """A decision the gate gave."""
    ACT = "act"
    """What an officer did beside or against a decision (经办人处置)."""
    READING = "reading"
    """Somebody read personal data of the log in clear (Order Art. 19)."""
    ERASURE = "erasure"
    """Sealed evidence was erased under a retention rule."""
    KEY = "key"
    """A key came into use or was given up."""


@frozen(kw_only=True)
class Entry:
    """One link of the chain.

    Attributes:
        seq: Its number, from 1 without a gap.
        prev: Digest of the entry before it; of the first, what `beginning` returns.
        body: What it says, a JSON object.
        text: The body as it is spelled.
        digest: SHA-256 over number, predecessor and body, in hexadecimal.
    """

    seq: int
    prev: str
    body: Mapping[str, Any] = field(repr=False)
    text: str = field(repr=False)
    digest: str

    @property
    def kind(self) -> EntryKind:
        """What it records."""
        return EntryKind(self.body["kind"])


_BEGINNING: Final = b"taxgate log "


def beginning(log_id: str) -> str:
    """Return what the first entry of the log *log_id* follows, so that no two logs are alike."""
    return sha256(_BEGINNING + log_id.encode("ascii")).hexdigest()


def chained(seq: int, prev: str, body: Mapping[str, Any]) -> Entry:
    """Return the entry that says *body* after the one with the digest *prev*."""
    spelled = canonical(dict(body))
    digest = link_digest(seq, prev, spelled)
    return Entry(seq=seq, prev=prev, body=body, text=spelled.decode("utf-8"), digest=digest)


def link_digest(seq: int, prev: str, text: bytes) -> str:
    """Return the digest of an entry whose body is spelled *text*.

    The same bytes as the canonical spelling of `{"body": ..., "prev": ..., "seq": ...}`, without
    spelling the body a second time.
    """
    return sha256(
        b'{"body":%b,"prev":"%b","seq":%d}' % (text, prev.encode("ascii"), seq)
    ).hexdigest()
