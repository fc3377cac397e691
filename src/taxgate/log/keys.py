"""Keys of the log (密钥): to tell subjects apart, to seal what is personal, to sign.

A folder holds one file for each key. The newest of each kind is used for what is written; older
ones stay so that what was written under them can be read. Take the file of a sealing key away, and
everything sealed under it is unreadable for good, while the chain still verifies.

    token-2026-01.key     HMAC-SHA-256: identifiers and case numbers become tokens
    seal-2026-01.key      AES-256-GCM: application, records and names
    sign-2026-01.key      Ed25519: heads of the chain; beside it sign-2026-01.pub for verifiers
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
import stat
from base64 import b64decode, b64encode
from binascii import Error as NotBase64Error
from collections.abc import Mapping
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NoReturn

from attrs import frozen

from ..errors import ConfigError, LogKeyError, MissingExtraError

__all__ = ["KeyKind", "KeyRing", "Sealed", "new_key"]

LENGTH: Final = 32
"""Bytes of every key."""

NONCE: Final = 12
"""Bytes of the number used once with which a text is sealed."""

_FILE: Final = re.compile(r"(token|seal|sign)-([0-9A-Za-z][0-9A-Za-z-]{0,31})\.(key|pub)", re.ASCII)
_PURPOSE: Final = b"taxgate log evidence"


class KeyKind(StrEnum):
    """What a key is for."""

    TOKEN = "token"
    SEAL = "seal"
    SIGN = "sign"


@frozen
class Sealed:
    """Bytes that only the holder of a key can read.

    Attributes:
        key_id: Which key.
        data: Nonce and cipher text.
    """

    key_id: str
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the key's id, a zero and the bytes: what an entry of the log holds of them.

        With the id: under another one, what can be read would seem to be lost with its key.
        """
        return sha256(
            b"%b\0%b" % (str(self.key_id).encode(errors="replace"), self.data)
        ).hexdigest()


class KeyRing:
    """Every key there is, by kind and id; ids sort by age, the last is the one in use.

    Args:
        secrets: Secret keys by kind and id, each of 32 bytes.
        public: Public halves of signing keys whose secret half is elsewhere, by id.

    Raises:
        ConfigError: A key has another length.
    """

    def __init__(
        self,
        secrets: Mapping[KeyKind, Mapping[str, bytes]],
        public: Mapping[str, bytes] | None = None,
    ) -> None:
        self._secrets: Final = {kind: dict(secrets.get(kind, {})) for kind in KeyKind}
        self._public: Final = dict(public or {})
        faults = tuple(
            (f"{kind}-{name}.key", f"is not {LENGTH} bytes long")
            for kind, keys in self._secrets.items()
            for name, value in keys.items()
            if len(value) != LENGTH
        )
        if faults:
            raise ConfigError(faults)

    @classmethod
    def from_folder(cls, folder: Path) -> KeyRing:
        """Return the keys whose files lie in *folder*.

        Raises:
            ConfigError: A file cannot be read, is open to others, or is no key; lists every fault.
        """
        faults: list[tuple[str, str]] = []
        found: dict[KeyKind, dict[str, bytes]] = {kind: {} for kind in KeyKind}
        public: dict[str, bytes] = {}
        try:
            if folder.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                # Whoever can put a file there chooses the key that is used from now on.
                faults.append((str(folder), "may be written by others: chmod 700"))
            paths = sorted(folder.iterdir())
        except OSError as error:
            raise ConfigError(((str(folder), f"cannot be read: {error.strerror}"),)) from None
        for path in paths:
            named = _FILE.fullmatch(path.name)
            if named is None:
                continue
            kind, name, half = KeyKind(named[1]), named[2], named[3]
            value = _read(path, faults, private=half == "key")
            if half == "key":
                found[kind][name] = value
            elif kind is KeyKind.SIGN:
                public[name] = value
        if faults:
            raise ConfigError(tuple(faults))
        return cls(found, public)

    def ids(self, kind: KeyKind) -> tuple[str, ...]:
        """Return the ids of the keys of *kind*, oldest first."""
        return tuple(sorted(self._secrets[kind]))

    def current(self, kind: KeyKind) -> str:
        """Return the id of the key of *kind* in use.

        Raises:
            LogKeyError: There is none.
        """
        ids = self.ids(kind)
        if not ids:
            raise LogKeyError(kind, "", "there is none: make one with `taxgate log keygen`")
        return ids[-1]

    # Tokens ---------------------------------------------------------------------------------------

    def token(self, what: str, text: str, key_id: str | None = None) -> str:
        """Return the token of *text*: the same for the same text, and no way back without the key.

        Args:
            what: What the text is, such as `person`; equal texts of two kinds have two tokens.
            text: The text itself.
            key_id: The key, where it is not the one in use.

        Raises:
            LogKeyError: There is no such key.
        """
        name = key_id or self.current(KeyKind.TOKEN)
        key = self._secret(KeyKind.TOKEN, name)
        message = b"%b\0%b" % (what.encode("utf-8"), text.encode("utf-8"))
        return f"{name}:{hmac.digest(key, message, 'sha256').hex()}"

    def tokens(self, what: str, text: str) -> tuple[str, ...]:
        """Return the token of *text* under every key, the one in use first."""
        return tuple(self.token(what, text, name) for name in reversed(self.ids(KeyKind.TOKEN)))

    # Sealing --------------------------------------------------------------------------------------

    def seal(self, plain: bytes) -> Sealed:
        """Return *plain* so that only a holder of the key in use can read it.

        Raises:
            LogKeyError: There is no key.
        """
        name = self.current(KeyKind.SEAL)
        nonce = secrets.token_bytes(NONCE)
        cipher = _cipher(self._secret(KeyKind.SEAL, name))
        return Sealed(name, nonce + cipher.encrypt(nonce, plain, _PURPOSE))

    def unseal(self, sealed: Sealed) -> bytes:
        """Return what was sealed.

        Raises:
            LogKeyError: The key is gone, or the bytes are not what was sealed under it.
        """
        cipher = _cipher(self._secret(KeyKind.SEAL, sealed.key_id))
        nonce, data = sealed.data[:NONCE], sealed.data[NONCE:]
        try:
            plain: bytes = cipher.decrypt(nonce, data, _PURPOSE)
        except (ValueError, _invalid_tag()):
            pass
        else:
            return plain
        raise LogKeyError(KeyKind.SEAL, sealed.key_id, "does not open this: the bytes were changed")

    # Signing --------------------------------------------------------------------------------------

    def sign(self, message: bytes) -> tuple[str, bytes]:
        """Return the id of the signing key in use, and its signature of *message*.

        Raises:
            LogKeyError: There is no key.
        """
        name = self.current(KeyKind.SIGN)
        private = _ed25519().Ed25519PrivateKey.from_private_bytes(self._secret(KeyKind.SIGN, name))
        return name, private.sign(message)

    def signed(self, key_id: str, message: bytes, signature: bytes) -> bool:
        """Tell whether *signature* is that of the key *key_id* on *message*.

        Raises:
            LogKeyError: Neither half of that key is known.
        """
        public = _ed25519().Ed25519PublicKey.from_public_bytes(self.public(key_id))
        try:
            public.verify(signature, message)
        except _invalid_signature():
            return False
        return True

    def public(self, key_id: str) -> bytes:
        """Return the public half of a signing key.

        Raises:
            LogKeyError: Neither half of that key is known.
        """
        if key_id in self._secrets[KeyKind.SIGN]:
            private = _ed25519().Ed25519PrivateKey.from_private_bytes(
                self._secrets[KeyKind.SIGN][key_id]
            )
            half: bytes = private.public_key().public_bytes_raw()
            return half
        if key_id in self._public:
            return self._public[key_id]
        raise LogKeyError(KeyKind.SIGN, key_id, "is not among the keys")

    def _secret(self, kind: KeyKind, name: str) -> bytes:
        try:
            return self._secrets[kind][name]
        except KeyError:
            pass
        raise LogKeyError(kind, name, "is not among the keys")

    def __reduce__(self) -> NoReturn:
        raise TypeError("keys are not written anywhere: read them from their folder where needed")

    def __repr__(self) -> str:
        kinds = ", ".join(f"{kind}: {len(keys)}" for kind, keys in self._secrets.items())
        return f"KeyRing({kinds})"


def new_key(folder: Path, kind: KeyKind, name: str) -> Path:
    """Make a key, write it to *folder* and return the file.

    Args:
        folder: Made if it is not there; only its owner may look into it.
        kind: What the key is for.
        name: Its id. Ids sort by age: one that sorts last is used from now on.

    Raises:
        LogKeyError: The name cannot be one, or is taken.
        OSError: The file cannot be written.
    """
    path = folder / f"{kind}-{name}.key"
    if _FILE.fullmatch(path.name) is None:
        raise LogKeyError(kind, "", "an id is made of ASCII letters, digits and hyphens")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    value = secrets.token_bytes(LENGTH)
    try:
        _write(path, value, 0o600)
    except FileExistsError:
        raise LogKeyError(kind, name, "exists: give the new key an id of its own") from None
    if kind is KeyKind.SIGN:
        public = KeyRing({kind: {name: value}}).public(name)
        _write(path.with_suffix(".pub"), public, 0o644)
    return path


def _write(path: Path, value: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(b64encode(value) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path, faults: list[tuple[str, str]], *, private: bool) -> bytes:
    try:
        mode = path.stat().st_mode
        value = b64decode(path.read_bytes().strip(), validate=True)
    except (OSError, NotBase64Error) as error:
        faults.append((str(path), f"cannot be read: {type(error).__name__}"))
        return bytes(LENGTH)
    if private and mode & (stat.S_IRWXG | stat.S_IRWXO):
        faults.append((str(path), "is open to others: chmod 600"))
    if len(value) != LENGTH:
        faults.append((str(path), f"is not {LENGTH} bytes long"))
        return bytes(LENGTH)
    return value


def _cipher(key: bytes) -> Any:  # noqa: ANN401 - a class of the extra
    try:
        from cryptography.hazmat.primitives.ciphers import aead  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingExtraError("log", "the decision log") from None
    return aead.AESGCM(key)


def _invalid_tag() -> type[Exception]:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - an extra

    return InvalidTag


def _invalid_signature() -> type[Exception]:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - an extra

    return InvalidSignature


def _ed25519() -> Any:  # noqa: ANN401 - a module of the extra
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingExtraError("log", "signing heads of the decision log") from None
    return ed25519
