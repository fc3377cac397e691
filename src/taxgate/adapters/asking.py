"""An inquiry becomes a signed request (请求报文), by a profile.

Identifiers travel in its body only.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, Final
from urllib.parse import urlencode

from attrs import field, frozen

from ..evidence import CHINA, Inquiry, OutageCause
from ..secret import Secret
from ..sources import SourceError
from ..wire.exchange import inquiry_value
from .profile import Profile, Question, Slot, SlotKind, part_of
from .signing import Message, Signer, milliseconds

__all__ = ["Asked", "Configured", "compose"]

NewId = Callable[[], uuid.UUID]
"""Returns a number never used before."""


@frozen(kw_only=True)
class Configured:
    """What the configuration gives to a profile.

    Attributes:
        source: Name of the source, for errors.
        parameters: Texts, by name.
        secrets: Secrets, by name.
        services: The gateway's numbers of the services, by name.
        offices: The bureau's codes of the offices, by name of the office.
    """

    source: str
    parameters: Mapping[str, str] = field(factory=dict)
    secrets: Mapping[str, Secret] = field(factory=dict)
    services: Mapping[str, str] = field(factory=dict)
    offices: Mapping[str, str] = field(factory=dict, repr=False)


@frozen(kw_only=True)
class Asked:
    """One request, and what its reply has to repeat of it.

    Attributes:
        path: Path of the service.
        headers: Headers.
        body: The body; identifiers stand in clear in it.
        request_id: Number of this request, where it has one.
        whole: The inquiry as a plain value, where it travels in taxgate's own form.
    """

    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    request_id: str | None = None
    whole: Mapping[str, Any] | None = field(default=None, repr=False)


def compose(
    profile: Profile,
    question: Question,
    inquiry: Inquiry,
    *,
    configured: Configured,
    signer: Signer | None,
    secret: Secret | None,
    now: datetime,
    new_id: NewId = uuid.uuid4,
) -> Asked:
    """Return the request that asks *inquiry*.

    Args:
        profile: How the bureau is asked.
        question: Which of its questions this is.
        inquiry: What is asked.
        configured: What the configuration gives.
        signer: What signs the request, if anything does.
        secret: What it signs with.
        now: Instant it is sent, aware.
        new_id: Makes the number of the request, and a nonce.

    Raises:
        SourceError: The bureau's interface cannot ask this: it has no code for a part of it, or the
            office is not in its catalogue.
    """
    numbers: dict[str, str] = {}
    writer = _Writer(inquiry, configured, now, numbers, new_id)
    request = profile.request
    body: dict[str, Any] = {}
    whole = None
    if request.whole is not None:
        whole = inquiry_value(inquiry)
        _put(body, request.whole, whole)
    for name, slot in {**request.body, **question.body}.items():
        value = writer.value(slot)
        if value is not None:
            _put(body, name, value)
    headers = {name: str(writer.value(slot)) for name, slot in request.headers.items()}
    if signer is not None and secret is not None:
        message = Message(
            service=configured.services.get(question.name, ""),
            parameters={name: part for name, part in body.items() if isinstance(part, str)},
        )
        signed = signer.sign(message, now=now, nonce=new_id().hex, secret=secret)
        headers |= signed.headers
        body |= signed.fields
    media_type = "application/json" if request.json else "application/x-www-form-urlencoded"
    headers |= {"Content-Type": f"{media_type};charset={request.charset}"}
    return Asked(
        path=question.path,
        headers=headers,
        body=encoded(body, as_json=request.json, charset=request.charset),
        request_id=numbers.get("request_id"),
        whole=whole,
    )


def encoded(body: Mapping[str, Any], *, as_json: bool, charset: str) -> bytes:
    """Return *body* as it travels."""
    if as_json:
        return _ENCODER.encode(body).encode(charset)
    return urlencode(body, encoding=charset).encode("ascii")


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


class _Writer:
    """Writes the values of one request."""

    def __init__(
        self,
        inquiry: Inquiry,
        configured: Configured,
        now: datetime,
        numbers: dict[str, str],
        new_id: NewId,
    ) -> None:
        self._inquiry: Final = inquiry
        self._configured: Final = configured
        self._now: Final = now
        self._numbers: Final = numbers
        self._new_id: Final = new_id

    def value(self, slot: Slot) -> str | list[int] | None:
        match slot.kind:
            case SlotKind.INQUIRY:
                return self._of_inquiry(slot)
            case SlotKind.OFFICE:
                return self._office()
            case SlotKind.PARAMETER:
                return self._configured.parameters[slot.value]
            case SlotKind.SECRET:
                return self._configured.secrets[slot.value].reveal()
            case SlotKind.TIME:
                return written(self._now, slot.value)
            case SlotKind.REQUEST_ID:
                # One number, in whatever places it stands.
                if "request_id" not in self._numbers:
                    number = self._new_id()
                    self._numbers["request_id"] = number.hex if slot.value == "hex" else str(number)
                return self._numbers["request_id"]
            case _:
                return slot.value

    def _of_inquiry(self, slot: Slot) -> str | list[int] | None:
        part = part_of(self._inquiry, slot.value)
        if part is None or part == ():
            return None
        if isinstance(part, tuple):
            return ",".join(map(str, part)) if slot.joined else list(part)
        if slot.codes is None:
            return part
        code = slot.codes.code_of(part)
        if code is None:
            raise SourceError.of(
                self._configured.source,
                OutageCause.NOT_ASKED,
                f"the profile has no code for {slot.value} {part}",
            )
        return code

    def _office(self) -> str:
        purpose = self._inquiry.purpose
        code = self._configured.offices.get(purpose.office) if purpose is not None else None
        if code is None:
            raise SourceError.of(
                self._configured.source,
                OutageCause.NOT_OPENED,
                "the asking office is not in this source's catalogue of offices",
            )
        return code


def written(instant: datetime, form: str) -> str:
    """Return *instant* as a bureau wants it written; local times are China's."""
    local = instant.astimezone(CHINA)
    match form:
        case "milliseconds":
            return milliseconds(instant)
        case "seconds":
            return str(int(instant.replace(microsecond=0).timestamp()))
        case "rfc3339":
            return local.isoformat(timespec="seconds")
        case "YYYYMMDDhhmmss":
            return local.strftime("%Y%m%d%H%M%S")
        case _:
            return local.strftime("%Y-%m-%d %H:%M:%S")


def offset_of(minutes: int) -> timezone:
    """Return the time zone *minutes* from UTC."""
    return timezone(timedelta(minutes=minutes))


def _put(body: dict[str, Any], name: str, value: Any) -> None:  # noqa: ANN401
    """Set *name*, in which dots step into objects."""
    *outside, last = name.split(".")
    for part in outside:
        body = body.setdefault(part, {})
    body[last] = value
