"""A request is understood (请求解读) by the profile that made it, read the other way round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

from attrs import field, frozen

from ..adapters.profile import Profile, Question, Slot, SlotKind
from ..errors import InputError, WireError
from ..evidence import Inquiry
from ..identifiers import ResidentNumber, Uscc
from ..parties import IdType
from ..wire.exchange import checkpoint_of, read_inquiry
from ..wire.parsing import parse
from .placing import MISSING, found

__all__ = ["Heard", "NotUnderstoodError", "heard", "read_body"]

_SANDBOX: Final = "sandbox"


class NotUnderstoodError(Exception):
    """A request that the profile does not describe.

    Attributes:
        problem: What is wrong with it; nothing it says is repeated.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem


@frozen(kw_only=True)
class Heard:
    """A request that was understood.

    Attributes:
        question: Which of the profile's questions it is.
        inquiry: What is asked.
        request_id: Number the request bears, where the profile gives it one.
    """

    question: Question
    inquiry: Inquiry = field(repr=False)
    request_id: str | None


def read_body(profile: Profile, body: bytes) -> dict[str, Any]:
    """Return the fields of *body*.

    Raises:
        NotUnderstoodError: It is not what the profile says.
    """
    request = profile.request
    try:
        text = body.decode(request.charset)
    except UnicodeDecodeError:
        raise NotUnderstoodError(f"the body is not {request.charset}") from None
    if not request.json:
        pairs = parse_qsl(text, keep_blank_values=True, encoding=request.charset)
        if len(dict(pairs)) < len(pairs):
            raise NotUnderstoodError("the body gives a field twice")
        return dict(pairs)
    try:
        value = parse(text)
    except WireError:
        value = None
    if not isinstance(value, dict):
        raise NotUnderstoodError("the body is no JSON object")
    return value


def heard(
    profile: Profile,
    path: str,
    body: Mapping[str, Any],
    headers: Mapping[str, str],
    *,
    service: str | None = None,
) -> Heard:
    """Return what a request asks.

    Args:
        profile: How this bureau is asked.
        path: Path of the service, without the address.
        body: The fields of the body.
        headers: Headers, with lower-case names.
        service: Name of the question the gateway's number of the service stands for, where there is
            such a number: several questions may share a path.

    Raises:
        NotUnderstoodError: No question of the profile is asked so.
    """
    asked = [item for item in profile.questions.values() if item.path == path]
    if not asked:
        raise NotUnderstoodError("no service has this path")
    problem = "no question of the profile is asked so"
    for question in asked:
        if service not in (None, question.name):
            continue
        try:
            inquiry = _inquiry(profile, question, body)
        except (InputError, KeyError) as error:
            problem = f"question {question.name}: {_told(error)}"
            continue
        fits = question.checkpoint in (None, checkpoint_of(inquiry))
        if fits and inquiry.matter in question.matters:
            return Heard(
                question=question,
                inquiry=inquiry,
                request_id=_request_id(profile, question, body, headers),
            )
    raise NotUnderstoodError(problem)


def _told(error: Exception) -> str:
    if isinstance(error, WireError):
        # Problems never repeat a value; paths are names of fields.
        return "; ".join(f"{path} {problem}" for path, problem in error.faults)
    return f"{type(error).__name__}"


def _inquiry(profile: Profile, question: Question, body: Mapping[str, Any]) -> Inquiry:
    whole = profile.request.whole
    if whole is not None:
        return read_inquiry(found(body, whole.split(".")))
    value: dict[str, Any] = {}
    if len(question.matters) == 1:
        value["matter"] = question.matters[0].value
    for name, slot in {**profile.request.body, **question.body}.items():
        if slot.kind is SlotKind.INQUIRY:
            _put(value, slot, found(body, name.split(".")))
    person = value.get("person")
    if person is not None and "number" not in person:
        del value["person"]
    elif person is not None:
        person.setdefault("id_type", _guessed(person["number"]).value)
    purpose = value.get("purpose")
    if purpose is not None:
        for name in ("office", "case_no", "provision"):
            purpose.setdefault(name, _SANDBOX)
    return read_inquiry(value)


def _put(inquiry: dict[str, Any], slot: Slot, value: Any) -> None:  # noqa: ANN401
    """Put what stood in *slot* where an inquiry has it."""
    if value is MISSING or value in (None, "", []):
        return
    if slot.codes is not None:
        # An unknown code raises KeyError: the caller says so without the code.
        value = slot.codes.meanings[value]
    if slot.value == "years":
        parts = value.split(",") if isinstance(value, str) else value
        value = [int(part) if str(part).isdecimal() else part for part in parts]
    *outside, last = slot.value.split(".")
    for name in outside:
        inquiry = inquiry.setdefault(name, {})
    inquiry[last] = value


def _guessed(number: str) -> IdType:
    """Return the kind of document a number is of, where the profile sends the number alone."""
    for kind, parse_number in (
        (IdType.RESIDENT_NUMBER, ResidentNumber.parse),
        (IdType.USCC, Uscc.parse),
    ):
        try:
            parse_number(number)
        except InputError:
            continue
        return kind
    return IdType.OTHER


def _request_id(
    profile: Profile, question: Question, body: Mapping[str, Any], headers: Mapping[str, str]
) -> str | None:
    for name, slot in {**profile.request.body, **question.body}.items():
        if slot.kind is SlotKind.REQUEST_ID:
            value = found(body, name.split("."))
            return value if isinstance(value, str) else None
    for name, slot in profile.request.headers.items():
        if slot.kind is SlotKind.REQUEST_ID:
            return headers.get(name.lower())
    return None
