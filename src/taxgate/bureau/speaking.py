"""An answer is worded (答复编写) as a profile says the bureau words it.

The profile says where a reader finds each value; here each value is put there. What a profile has
no code for cannot be said: `CannotSayError`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Final

from attrs import define, field

from ..adapters.profile import (
    AsOf,
    Codes,
    Envelope,
    Field,
    Form,
    Path,
    Profile,
    Question,
    Raw,
    part_of,
)
from ..evidence import Inquiry, TaxRecord
from ..wire.exchange import inquiry_value, record_value
from .placing import MISSING, found, put

__all__ = ["CannotSayError", "Draft", "failing", "instant", "record_objects", "said", "status_path"]


class CannotSayError(Exception):
    """The profile has no way to say something.

    Attributes:
        what: What cannot be said; nothing about a person.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def __str__(self) -> str:
        return f"the profile has no way to say: {self.what}"


@define(kw_only=True)
class Draft:
    """What is to be said. Faults change it before it is worded.

    Attributes:
        inquiry: What is repeated of the question; None: nothing.
        records: The records.
        as_of: When they were true; None: it is not said.
        request_id: Number of the request that is repeated.
        consultation_id: The bureau's own number.
        total: How many records there are said to be; None: as many as there are.
        failure: Envelope, counted from outside, and the code it bears instead of success.
    """

    inquiry: Inquiry | None = field(repr=False)
    records: tuple[TaxRecord, ...] = field(repr=False)
    as_of: datetime | None
    request_id: str | None = None
    consultation_id: str | None = None
    total: int | None = None
    failure: tuple[int, str] | None = None


def said(profile: Profile, question: Question, draft: Draft) -> dict[str, Any]:
    """Return *draft* as the JSON value the bureau sends.

    Raises:
        CannotSayError: The profile has no code for a part of it.
    """
    reply = profile.reply
    root: dict[str, Any] = {}
    level = root
    for number, envelope in enumerate(reply.envelopes):
        code = _success(envelope)
        if draft.failure is not None and draft.failure[0] == number:
            code = draft.failure[1]
        put(root, level, envelope.code, _coded(code, envelope.raw))
        if envelope.inside is not None:
            inside: dict[str, Any] = {}
            put(root, level, envelope.inside, inside)
            level = inside
    if reply.as_of.path is not None and draft.as_of is not None:
        put(root, level, reply.as_of.path, instant(draft.as_of, reply.as_of))
    if reply.request_id is not None and draft.request_id is not None:
        put(root, level, reply.request_id, draft.request_id)
    if reply.consultation_id is not None and draft.consultation_id is not None:
        put(root, level, reply.consultation_id, draft.consultation_id)
    if draft.inquiry is not None:
        _repeat(profile, root, level, draft.inquiry)
    _put_records(question, root, level, draft)
    return root


def failing(profile: Profile, meaning: str) -> tuple[int, str]:
    """Return the envelope, the innermost that can, and a code in it that means *meaning*.

    Raises:
        CannotSayError: No envelope has such a code.
    """
    for number in reversed(range(len(profile.reply.envelopes))):
        for code, stands_for in profile.reply.envelopes[number].failures.items():
            if stands_for == meaning:
                return number, code
    raise CannotSayError(f"the reply code {meaning}")


def record_objects(profile: Profile, question: Question, root: dict[str, Any]) -> list[Any]:
    """Return the records as they stand in *root*."""
    value = found(*_from(profile, root, question.records.at))
    if value is MISSING or value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def status_path(question: Question) -> tuple[str, ...]:
    """Return where the status lies inside a record."""
    if question.records.whole:
        return ("status",)
    path = question.record["status"].path
    assert path is not None  # noqa: S101 - the reader of profiles demands one
    return path.names


def instant(at: datetime, rules: AsOf) -> str | int:
    """Return *at* as the profile writes instants."""
    local = at.astimezone(timezone(timedelta(minutes=rules.offset)))
    match rules.form:
        case "milliseconds":
            return _coded(str(int(at.timestamp()) * 1000 + at.microsecond // 1000), rules.raw)
        case "seconds":
            return _coded(str(int(at.timestamp())), rules.raw)
        case "rfc3339":
            return local.isoformat(timespec="seconds")
        case "YYYYMMDDhhmmss":
            return local.strftime("%Y%m%d%H%M%S")
        case _:
            return local.strftime("%Y-%m-%d %H:%M:%S")


def _from(profile: Profile, root: dict[str, Any], path: Path) -> tuple[Any, Sequence[str]]:
    """Return from where, and along which names, *path* leads."""
    level: Any = root
    if not path.from_root:
        for envelope in profile.reply.envelopes:
            if envelope.inside is not None:
                inside = envelope.inside
                level = found(root if inside.from_root else level, inside.names)
    return level, path.names


def _success(envelope: Envelope) -> str:
    return min(envelope.success)


def _coded(text: str, raw: Raw) -> str | int:
    return int(text) if raw is Raw.INTEGER else text


# The question, repeated ---------------------------------------------------------------------------


def _repeat(profile: Profile, root: dict[str, Any], level: dict[str, Any], asked: Inquiry) -> None:
    echo = profile.reply.echo
    if echo.whole is not None:
        value = inquiry_value(asked)
        value.pop("purpose", None)
        put(root, level, echo.whole, value)
    for name, where in echo.fields.items():
        part = part_of(asked, name)
        if part is None or where.path is None:
            continue
        if isinstance(part, tuple):
            years: Any = ",".join(map(str, part)) if where.joined else list(part)
            put(root, level, where.path, years)
        else:
            put(root, level, where.path, _coded(_code(where.codes, part), where.raw))


def _code(codes: Codes | None, meaning: str) -> str:
    """Return a code that means *meaning*; the text itself where there is no table."""
    if codes is None:
        return meaning
    for code, stands_for in codes.meanings.items():
        if stands_for == meaning:
            return code
    raise CannotSayError(f"{codes.name} {meaning}")


# Records ------------------------------------------------------------------------------------------


def _put_records(
    question: Question, root: dict[str, Any], level: dict[str, Any], draft: Draft
) -> None:
    where = question.records
    listed: list[dict[str, Any]] = [
        record_value(record) if where.whole else _record(question, record)
        for record in draft.records
    ]
    if where.single:
        if len(listed) > 1:
            raise CannotSayError("more than one record")
        if not listed and not where.null_is_none:
            # Only a reply code can say it; the caller drafts one where the profile has it.
            if draft.failure is None:
                raise CannotSayError("no record")
            return
        put(root, level, where.at, listed[0] if listed else None)
    else:
        put(root, level, where.at, listed)
    if where.total is not None:
        total = len(listed) if draft.total is None else draft.total
        put(root, level, where.total, total)


def _record(question: Question, record: TaxRecord) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for name, where in question.record.items():
        if where.path is not None:
            part = _part(record, name)
            if part is not None:
                put(value, value, where.path, _written(part, where))
            elif where.blank:
                put(value, value, where.path, "")
    amounts = question.amounts
    for path in amounts.fields:
        # Zero fits every rule an amount may be under, and is nobody's figure.
        put(value, value, path, 0 if amounts.raw is Raw.INTEGER else "0.00")
    return value


def _part(record: TaxRecord, name: str) -> Any:  # noqa: ANN401 - a field of any kind
    value: Any = record
    for part in name.split("."):
        value = getattr(value, part, None)
    return value


def _written(part: Any, where: Field) -> str | int:  # noqa: ANN401
    match where.form:
        case Form.CODE:
            text = _code(where.codes, str(part))
        case Form.FLAG:
            text = _code(where.codes, "true" if part else "false")
        case Form.DAY:
            text = _day(part, where.day)
        case Form.AMOUNT:
            text = f"{part:f}" if isinstance(part, Decimal) else str(part)
        case _:
            # Identifiers print themselves masked; their clear text is asked for by name.
            text = str(getattr(part, "value", part))
    return _coded(text, where.raw)


_DAYS: Final = {"YYYYMMDD": "%Y%m%d", "YYYY-MM-DD hh:mm:ss": "%Y-%m-%d 00:00:00"}


def _day(on: date, form: str) -> str:
    return on.strftime(_DAYS[form]) if form in _DAYS else on.isoformat()
