"""Questions and answers as rows of the exchange database (前置机), written and read strictly.

An answer row is sealed: a digest over its request and all it says, keyed where both sides share a
secret. A row that was copied from another request, or updated in part, does not fit its seal.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from attrs import evolve

from ..errors import InputError, WireError
from ..evidence import Answer, Inquiry, Outage, OutageCause, Provenance, Reservation
from ..secret import Secret
from ..sources import SourceError
from ..wire.exchange import inquiry_value, read_inquiry, read_records, record_value
from ..wire.parsing import parse
from ..wire.reading import structured
from ..wire.values import NO_MEMBER

__all__ = ["LARGEST", "answer_row", "question_text", "read_answer_row", "read_question"]

_SEALED: Final = (
    "question",
    "as_of",
    "records",
    "outage",
    "provenance",
    "reservations",
    "consultation_id",
)
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
LARGEST: Final = 1 << 20
"""Characters the records of one answer may have."""


def question_text(inquiry: Inquiry) -> str:
    """Return *inquiry* as it stands in a row; its purpose has columns of its own."""
    return _ENCODER.encode(inquiry_value(evolve(inquiry, purpose=None)))


def read_question(text: Any, purpose: Mapping[str, Any] | None = None) -> Inquiry:  # noqa: ANN401
    """Return the inquiry a row holds.

    Args:
        text: The question.
        purpose: Office, case and provision, where the row has them.

    Raises:
        InputError: It holds none.
    """
    if type(text) is not str:
        raise WireError((("$", "is no text"),))
    value = parse(text)
    if isinstance(value, dict) and purpose is not None:
        value = {**value, "purpose": dict(purpose)}
    return read_inquiry(value)


def answer_row(
    request_id: str, question: str, answer: Answer, key: Secret | None = None
) -> dict[str, Any]:
    """Return what the bureau's side writes about a request, all but the time of writing.

    Args:
        request_id: The request.
        question: Its text, which is repeated.
        answer: Records, or an outage.
        key: Secret that both sides share.
    """
    records = None
    if answer.records is not None:
        records = _ENCODER.encode([record_value(record) for record in answer.records])
    row = {
        "request_id": request_id,
        "question": question,
        "as_of": None if answer.as_of is None else answer.as_of.isoformat(),
        "records": records,
        "outage": None if answer.outage is None else str(answer.outage.cause),
        "provenance": str(answer.provenance),
        "reservations": _ENCODER.encode([str(part) for part in answer.reservations]),
        "consultation_id": answer.consultation_id,
        "complete": True,
    }
    return {**row, "seal": seal(row, key)}


def seal(row: Mapping[str, Any], key: Secret | None) -> str:
    """Return the seal of an answer row: SHA-256, or HMAC-SHA-256 with a *key*, in hexadecimal.

    It is taken over the JSON list of request id, question, as-of time, records, outage,
    provenance, reservations and consultation id, without white space.
    """
    text = _ENCODER.encode([row["request_id"], *(row[name] for name in _SEALED)]).encode()
    if key is None:
        return hashlib.sha256(text).hexdigest()
    return hmac.new(key.reveal().encode(), text, hashlib.sha256).hexdigest()


def read_answer_row(
    name: str, inquiry: Inquiry, row: Mapping[str, Any], key: Secret | None = None
) -> Answer:
    """Return the answer to *inquiry* that *row* holds; how fresh it is, is not judged.

    Args:
        name: Name of the source.
        inquiry: What was asked.
        row: The answer row to the request in which it was asked.
        key: Secret that both sides share.

    Raises:
        SourceError: The row answers another question, or cannot be trusted.
    """
    if isinstance(row["records"], str) and len(row["records"]) > LARGEST:
        raise SourceError.of(name, OutageCause.OVERSIZE_RESPONSE)
    if any(type(row[part]) not in (str, type(None)) for part in (*_SEALED, "seal")):
        raise SourceError.of(name, OutageCause.MALFORMED_RESPONSE, "no text")
    if not hmac.compare_digest(seal(row, key).encode(), str(row["seal"]).encode()):
        raise SourceError.of(
            name,
            OutageCause.MALFORMED_RESPONSE if key is None else OutageCause.BAD_SIGNATURE,
            "the seal does not fit",
        )
    problem: str | None = None
    try:
        if not _repeats(row["question"], inquiry):
            problem = "question"
        answer = _answer(name, inquiry, row)
    except SourceError:
        raise
    except InputError as error:
        problem = problem or _place(error)
    else:
        if problem is None:
            return answer
    if problem == "question":
        raise SourceError.of(name, OutageCause.SUBJECT_MISMATCH)
    raise SourceError.of(name, OutageCause.MALFORMED_RESPONSE, problem)


def _repeats(text: Any, inquiry: Inquiry) -> bool:  # noqa: ANN401
    try:
        return read_question(text).key == inquiry.key
    except InputError:
        return False


def _place(error: InputError) -> str:
    """Return where an answer is faulty: a path, which says nothing about anybody."""
    return error.faults[0][0] if isinstance(error, WireError) else type(error).__name__


def _answer(name: str, inquiry: Inquiry, row: Mapping[str, Any]) -> Answer:
    provenance = _member(name, Provenance, row["provenance"])
    told = parse(row["reservations"] or "")
    if not isinstance(told, list):
        raise WireError((("reservations", "is no list"),))
    common: dict[str, Any] = {
        "inquiry": inquiry,
        "source": name,
        "as_of": None if row["as_of"] is None else structured(None, row["as_of"], datetime),
        "consultation_id": (
            None
            if row["consultation_id"] is None
            else structured(None, row["consultation_id"], str)
        ),
        "digest": row["seal"],
        "provenance": provenance,
        "reservations": tuple(_member(name, Reservation, part) for part in told),
    }
    if (row["records"] is None) == (row["outage"] is None):
        raise WireError((("records", "stands beside an outage, or neither is there"),))
    if row["outage"] is not None:
        cause = _member(name, OutageCause, row["outage"])
        return Answer(outage=Outage(cause=cause), **common)
    told = parse(row["records"], LARGEST)
    try:
        return Answer(records=read_records(inquiry, told), **common)
    except WireError as error:
        if not _is_unknown_code(told, *error.faults[0]):
            raise
        place = error.faults[0][0]
    raise SourceError.of(name, OutageCause.UNKNOWN_CODE, place)


def _is_unknown_code(value: Any, path: str, problem: str) -> bool:  # noqa: ANN401
    """Tell a code that is none of a closed list from a value that is no code at all."""
    if not problem.startswith(NO_MEMBER):
        return False
    for step in re.findall(r"\w+", path, re.ASCII):
        value = value[int(step) if isinstance(value, list) else step]
    return isinstance(value, str) and value != ""


def _member(name: str, kind: Any, text: Any) -> Any:  # noqa: ANN401
    if type(text) is not str or text not in kind.__members__.values():
        raise SourceError.of(name, OutageCause.UNKNOWN_CODE, kind.__name__.lower())
    return kind(text)
