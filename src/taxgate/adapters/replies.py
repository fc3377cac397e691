"""A reply becomes records (答复报文), by a profile: strictly, and bound to what was asked.

In this order: bytes to text in the one character set there may be, text to values without anything
two readers could read differently, the envelopes' codes, the number of the request, the echo of the
subject, the age, and only then the records. What fails first, decides. No problem repeats what was
sent, but for a short code that can be no identifier.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import MappingProxyType, NoneType
from typing import Any, Final, NoReturn, get_args

import attrs
from attrs import frozen

from ..errors import AnswerError, ApplicationError, WireError
from ..evidence import CLOCK_SKEW, Inquiry, OutageCause, TaxRecord
from ..identifiers import (
    Identifier,
    IdentifierError,
    check_code,
)
from ..sources import SourceError
from ..wire.case import on_the_wire
from ..wire.exchange import read_inquiry, read_records, record_class
from ..wire.parsing import parse
from .profile import (
    NO_RECORD,
    Amounts,
    AsOf,
    Codes,
    Envelope,
    Exchange,
    Field,
    Path,
    Profile,
    Question,
    Raw,
    part_of,
)
from .reply_values import (
    MADE,
    MISSING,
    ambiguous,
    at,
    instant_of,
    put,
    tell_code,
    text_of,
    years_of,
)

__all__ = ["Read", "Received", "read_content", "read_envelope", "read_reply", "read_secret"]

_MONEY: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,2})?", re.ASCII)
_LONGEST_MONEY: Final = 20
_FOLDED: Final = frozenset({"vin", "unit", "company", "person.number"})
_LABELS: Final[Mapping[str, frozenset[str]]] = {
    "utf-8": frozenset({"utf-8", "utf8"}),
    "gb18030": frozenset({"gb18030", "gbk", "gb2312"}),
}
_CHARSET: Final = re.compile(r";\s*charset\s*=\s*\"?([^\s\";]+)", re.ASCII | re.IGNORECASE)


@frozen(kw_only=True, repr=False)
class Received:
    """A reply as it came.

    Attributes:
        body: The raw reply.
        content_type: Its Content-Type.
        received_at: Instant it was received, by this machine's clock.
        server_date: Instant by the bureau's clock, where it states one.
        request_id: Number of the request it came to, where that had one.
        whole: The inquiry as it was sent, where that was in taxgate's own form.
    """

    body: bytes
    content_type: str
    received_at: datetime
    server_date: datetime | None = None
    request_id: str | None = None
    whole: Mapping[str, Any] | None = None


@frozen(kw_only=True)
class Read:
    """What a reply says.

    Attributes:
        records: The records, perhaps none.
        as_of: Instant it was true at.
        consultation_id: The bureau's own number of the consultation.
        digest: SHA-256 of the raw reply.
    """

    records: tuple[TaxRecord, ...]
    as_of: datetime
    consultation_id: str | None
    digest: str


def read_reply(
    profile: Profile,
    question: Question,
    inquiry: Inquiry,
    received: Received,
    *,
    source: str,
    max_age: float | None = None,
) -> Read:
    """Return what a reply says in answer to *inquiry*.

    Args:
        profile: How the bureau answers.
        question: Which of its questions was asked.
        inquiry: What was asked.
        received: The reply.
        source: Name of the source, for errors.
        max_age: Seconds after which it is too old, if fewer than the profile allows.

    Raises:
        SourceError: It cannot be trusted, or says that there is no answer.
    """
    reading = _Reading(profile, question, inquiry, source)
    root = read_content(
        received.body,
        charset=profile.reply.charset,
        content_type=received.content_type,
        fractions_ignored=profile.reply.fractions_ignored,
        source=source,
    )
    content, no_record = reading.opened(root)
    reading.bound(root, content, received)
    limit = profile.reply.as_of.max_age
    as_of = reading.dated(
        root, content, received, limit if max_age is None else min(limit, max_age)
    )
    return Read(
        records=reading.none(root, content) if no_record else reading.records(root, content),
        as_of=as_of,
        consultation_id=reading.consultation_id(root, content),
        digest=hashlib.sha256(received.body).hexdigest(),
    )


def read_content(
    body: bytes, *, charset: str, content_type: str, fractions_ignored: bool, source: str
) -> Any:  # noqa: ANN401 - any JSON value
    """Return the JSON value in *body*, in which nothing is ambiguous.

    Raises:
        SourceError: It is not in this character set, is labelled otherwise, is no JSON, or holds a
            key twice, half a surrogate pair or a number that JSON readers read differently.
    """

    def malformed(problem: str) -> NoReturn:
        raise SourceError.of(source, OutageCause.MALFORMED_RESPONSE, problem)

    label = _CHARSET.search(content_type)
    if label is not None and label[1].lower() not in _LABELS[charset]:
        malformed(f"is labelled with another character set than {charset}")
    text: str | bytes = body
    if charset != "utf-8":
        try:
            text = body.decode(charset)
        except UnicodeDecodeError:
            malformed(f"is not {charset}")
    problem = None
    try:
        value = parse(text)
    except WireError as error:
        problem = f"{error.faults[0][0]}: {error.faults[0][1]}"
    else:
        problem = ambiguous(value, fractions_ignored=fractions_ignored)
        if problem is None:
            return value
    # Outside the handler: what it caught would carry the body along.
    return malformed(problem)


def read_envelope(
    envelope: Envelope,
    root: object,
    level: object,
    *,
    source: str,
    known: tuple[str, ...] = (),
) -> tuple[Any, bool]:
    """Return what lies inside *envelope*, and whether its code says "no record".

    Args:
        envelope: The layer.
        root: The whole reply.
        level: What lies inside the layers further out.
        source: Name of the source, for errors.
        known: Clear texts that may not be repeated.

    Raises:
        SourceError: Its code says that there is no answer, is unknown, or is not there.
    """
    place = str(envelope.code)
    value = at(root, level, envelope.code)
    code = text_of(value, envelope.raw)
    if not code:
        raise SourceError.of(
            source, OutageCause.MALFORMED_RESPONSE, f"{place}: is missing or no {envelope.raw}"
        )
    no_record = False
    if code not in envelope.success:
        meaning = envelope.failures.get(code)
        if meaning is None:
            raise SourceError.of(
                source, OutageCause.UNKNOWN_CODE, f"{place}: {tell_code(code, known)}"
            )
        no_record = meaning == NO_RECORD
        if not no_record:
            raise SourceError.of(source, OutageCause(meaning), f"{place}: {tell_code(code, known)}")
    if envelope.inside is None:
        return level, no_record
    inside = at(root, level, envelope.inside)
    if inside in (None, MISSING, "", []) and no_record:
        inside = {}
    if not isinstance(inside, dict | list):
        raise SourceError.of(
            source, OutageCause.MALFORMED_RESPONSE, f"{envelope.inside}: is no object"
        )
    return inside, no_record


def read_secret(
    exchange: Exchange,
    root: object,
    inside: object,
    *,
    source: str,
) -> tuple[str, datetime]:
    """Return the secret in a reply, as it is sent, and the instant until which it serves.

    Raises:
        SourceError: It is not there.
    """
    secret = text_of(at(root, inside, exchange.secret), Raw.TEXT)
    if not secret:
        raise SourceError.of(
            source, OutageCause.MALFORMED_RESPONSE, f"{exchange.secret}: is missing or no text"
        )
    rules = AsOf(path=exchange.ends, form="milliseconds", raw=exchange.ends_raw)
    ends = instant_of(at(root, inside, exchange.ends), rules)
    if ends is None:
        raise SourceError.of(
            source, OutageCause.MALFORMED_RESPONSE, f"{exchange.ends}: is no instant"
        )
    return secret, ends


class _Reading:
    """Reads one reply."""

    def __init__(self, profile: Profile, question: Question, inquiry: Inquiry, source: str) -> None:
        self._profile: Final = profile
        self._question: Final = question
        self._inquiry: Final = inquiry
        self._source: Final = source
        self._known: Final = tuple(_clear(inquiry))

    # Around the answer

    def opened(self, root: Any) -> tuple[Any, bool]:  # noqa: ANN401
        """Return what lies inside all envelopes, and whether a code says "no record"."""
        level = root
        for envelope in self._profile.reply.envelopes:
            level, no_record = read_envelope(
                envelope, root, level, source=self._source, known=self._known
            )
            if no_record:
                return level, True
        return level, False

    def bound(self, root: Any, content: Any, received: Received) -> None:  # noqa: ANN401
        """Demand that the reply is to this request, and about this subject."""
        reply = self._profile.reply
        if reply.request_id is not None:
            repeated = at(root, content, reply.request_id)
            if repeated != received.request_id or not isinstance(repeated, str):
                self._fail(OutageCause.REPLAYED_ANSWER, f"{reply.request_id}: is another request's")
        if reply.echo.absent:
            return
        if reply.echo.whole is not None:
            value = at(root, content, reply.echo.whole)
            # Most bureaus repeat what was sent as it was: then there is nothing to read in it.
            if received.whole is None or value != received.whole:
                self._bound_whole(value, str(reply.echo.whole))
            return
        for part, field in reply.echo.fields.items():
            asked = part_of(self._inquiry, part)
            if not self._echoes(asked, at(root, content, field.where), part, field):
                self._fail(OutageCause.SUBJECT_MISMATCH, f"{field.path}: does not repeat {part}")

    def _bound_whole(self, value: Any, place: str) -> None:  # noqa: ANN401
        try:
            repeated = read_inquiry(_known_only(Inquiry, value))
        except (WireError, AnswerError, ApplicationError):
            repeated = None
        asked = self._inquiry
        if (
            repeated is None
            or repeated.key != asked.key
            or sorted(repeated.years) != sorted(asked.years)
        ):
            self._fail(OutageCause.SUBJECT_MISMATCH, f"{place}: does not repeat the inquiry")

    def _echoes(
        self,
        asked: str | tuple[int, ...] | None,
        value: Any,  # noqa: ANN401
        part: str,
        field: Field,
    ) -> bool:
        if asked is None or asked == ():
            # Nothing was asked, so nothing comes back.
            return value in (None, MISSING, "", [])
        if isinstance(asked, tuple):
            return years_of(value, joined=field.joined) == sorted(asked)
        text = text_of(value, field.raw)
        if text is None:
            return False
        if field.codes is not None:
            return field.codes.meanings.get(text) == asked
        if part in _FOLDED and text.isascii():
            return text.upper() == asked.upper()
        return text == asked

    def dated(
        self,
        root: Any,  # noqa: ANN401
        content: Any,  # noqa: ANN401
        received: Received,
        max_age: float,
    ) -> datetime:
        """Return the instant the answer was true at; it is fresh, and the clocks agree."""
        server_date, received_at = received.server_date, received.received_at
        if server_date is not None and abs(server_date - received_at) > CLOCK_SKEW:
            self._fail(
                OutageCause.CLOCK_SKEW, "the bureau's clock and this machine's differ by minutes"
            )
        rules = self._profile.reply.as_of
        if rules.path is None:
            as_of = server_date
        else:
            value = at(root, content, rules.path)
            if value in (None, MISSING, ""):
                as_of = None
            else:
                as_of = instant_of(value, rules)
                if as_of is None:
                    self._malformed(rules.path, f"is no instant written as {rules.form}")
        if as_of is None:
            self._fail(OutageCause.STALE_ANSWER, "the reply does not say when it was true")
        if as_of - received_at > CLOCK_SKEW:
            self._fail(OutageCause.CLOCK_SKEW, "the answer lies minutes in the future")
        if (received_at - as_of) / timedelta(seconds=1) > max_age:
            self._fail(OutageCause.STALE_ANSWER, "the answer is too old")
        return as_of

    def consultation_id(self, root: Any, content: Any) -> str | None:  # noqa: ANN401
        """Return the bureau's own number of the consultation, if there is one."""
        path = self._profile.reply.consultation_id
        value = at(root, content, path) if path is not None else None
        if path is None or value in (None, MISSING, ""):
            return None
        if isinstance(value, str):
            try:
                return check_code(value)
            except IdentifierError:
                pass
        return self._malformed(path, "is no number of a consultation")

    # Records

    def none(self, root: Any, content: Any) -> tuple[TaxRecord, ...]:  # noqa: ANN401
        """Return no records, as a code says; a reply that holds some contradicts itself."""
        where = self._question.records
        if at(root, content, where.at) not in (None, MISSING, "", [], {}):
            self._malformed(where.at, "holds records, and a code says that there are none")
        if where.total is not None:
            total = at(root, content, where.total)
            if total not in (None, MISSING, "") and text_of(total, Raw.EITHER) != "0":
                self._malformed(where.total, "counts records, and a code says that there are none")
        return ()

    def records(self, root: Any, content: Any) -> tuple[TaxRecord, ...]:  # noqa: ANN401
        """Return the records."""
        where = self._question.records
        value = at(root, content, where.at)
        if where.null_is_none and value is None:
            value = []
        elif where.single:
            value = [value]
        if type(value) is not list or not all(isinstance(part, dict) for part in value):
            self._malformed(where.at, "is no list of records")
        if where.total is not None:
            total = text_of(at(root, content, where.total), Raw.EITHER)
            if total != str(len(value)):
                self._malformed(where.total, "is not the number of records there are")
        kind = record_class(self._inquiry)
        if where.whole:
            plain = [_known_only(kind, part) for part in value]
        else:
            plain = [self._record(part, f"{where.at}[{index}]") for index, part in enumerate(value)]
        problem = None
        try:
            return read_records(self._inquiry, plain)
        except WireError as error:
            place, told = error.faults[0]
            problem = f"{where.at}{place[1:]}: {told}"
        # Outside the handler: what it caught carries the records along.
        if where.whole:
            # Only now: whatever was read has no code that nobody knows.
            for index, part in enumerate(value):
                self._demand_known_codes(kind, part, f"{where.at}[{index}]")
        return self._fail(OutageCause.MALFORMED_RESPONSE, problem)

    def _demand_known_codes(self, kind: Any, value: Any, place: str) -> None:  # noqa: ANN401
        """Tell a code nobody knows from a value that is none."""
        if not isinstance(value, dict):
            return
        for name, target in _targets(kind).items():
            part = value.get(name)
            if isinstance(part, list):
                for index, one in enumerate(part):
                    self._demand_known_codes(target, one, f"{place}.{name}[{index}]")
            elif isinstance(part, dict):
                self._demand_known_codes(target, part, f"{place}.{name}")
            elif (
                isinstance(part, str)
                and part
                and isinstance(target, type)
                and issubclass(target, StrEnum)
                and part not in target._value2member_map_
            ):
                self._unknown(part, f"{place}.{name}")

    def _record(self, value: Any, place: str) -> dict[str, Any]:  # noqa: ANN401
        """Return one record under taxgate's names."""
        self._demand_amounts(value, self._question.amounts, place)
        record: dict[str, Any] = {}
        constants: list[tuple[str, str]] = []
        for name, field in self._question.record.items():
            if field.constant is not None:
                constants.append((name, field.constant))
                continue
            found = self._value(value, field, place)
            if found is not None:
                put(record, name, found)
        for name, constant in constants:
            outside, _, _ = name.rpartition(".")
            # A constant inside a part that is not there would make one up.
            if not outside or outside in record:
                put(record, name, constant)
        return record

    def _value(self, record: Any, field: Field, place: str) -> Any:  # noqa: ANN401
        path = field.where
        value = at(record, record, path)
        if value is MISSING or value is None or (field.blank and value == ""):
            if field.required:
                self._fail(OutageCause.MALFORMED_RESPONSE, f"{place}.{path}: is missing")
            return None
        text = text_of(value, field.raw)
        if not text:
            problem = "is empty" if text == "" else f"is no {field.raw}"
            self._fail(OutageCause.MALFORMED_RESPONSE, f"{place}.{path}: {problem}")
        if field.codes is not None:
            text = self._meaning(text, field.codes, f"{place}.{path}")
        made = MADE[field.form](text, field)
        if made is None:
            self._fail(
                OutageCause.MALFORMED_RESPONSE, f"{place}.{path}: is no {field.form} as agreed"
            )
        return made

    def _meaning(self, code: str, codes: Codes, place: str) -> str:
        meaning = codes.meanings.get(code)
        return self._unknown(code, place) if meaning is None else meaning

    def _demand_amounts(self, record: Any, amounts: Amounts, place: str) -> None:  # noqa: ANN401
        found: dict[Path, Decimal] = {}
        for path in (*amounts.fields, *amounts.optional):
            value = at(record, record, path)
            if value in (None, MISSING, "") and path in amounts.optional:
                continue
            text = text_of(value, amounts.raw)
            if text is None or len(text) > _LONGEST_MONEY or not _MONEY.fullmatch(text):
                self._fail(OutageCause.MALFORMED_RESPONSE, f"{place}.{path}: is no amount")
            found[path] = Decimal(text)
            # The law's tables know no "abnormal" record: such an answer is not used at all.
            if found[path].is_signed():
                self._fail(OutageCause.MALFORMED_RESPONSE, f"{place}.{path}: is negative")
        for less, more in amounts.not_above:
            if less in found and more in found and found[less] > found[more]:
                self._fail(OutageCause.MALFORMED_RESPONSE, f"{place}.{less}: exceeds {more}")
        for total, *parts in amounts.sums:
            if {total, *parts} <= found.keys() and found[total] != sum(
                (found[part] for part in parts), Decimal()
            ):
                self._fail(OutageCause.MALFORMED_RESPONSE, f"{place}.{total}: is not the sum")

    # Failing

    def _unknown(self, code: str, place: str) -> NoReturn:
        self._fail(OutageCause.UNKNOWN_CODE, f"{place}: {tell_code(code, self._known)}")

    def _malformed(self, path: Path, problem: str) -> NoReturn:
        self._fail(OutageCause.MALFORMED_RESPONSE, f"{path}: {problem}")

    def _fail(self, cause: OutageCause, detail: str) -> NoReturn:
        raise SourceError.of(self._source, cause, detail)


@cache
def _targets(kind: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """Return what stands in each field of a class; nothing for what has no fields."""
    if not isinstance(kind, type) or not attrs.has(kind) or issubclass(kind, Identifier):
        return MappingProxyType({})
    targets = {}
    for item in attrs.fields(attrs.resolve_types(kind)):
        if on_the_wire(item):
            inside = [part for part in get_args(item.type) if part not in (NoneType, Ellipsis)]
            targets[item.name] = inside[0] if len(inside) == 1 else item.type
    return MappingProxyType(targets)


def _known_only(kind: Any, value: Any) -> Any:  # noqa: ANN401
    """Return *value* without the fields *kind* does not have: sources may say more than is read."""
    fields = _targets(kind)
    if not fields or not isinstance(value, dict):
        return value
    return {
        name: [_known_only(fields[name], one) for one in part]
        if isinstance(part, list)
        else _known_only(fields[name], part)
        for name, part in value.items()
        if name in fields
    }


def _clear(inquiry: Inquiry) -> Iterator[str]:
    """Yield every text of *inquiry* that may not be repeated."""
    for part in (
        "vin", "unit", "company", "person.number", "person.name", "plate", "contract_no",
        "purpose.case_no",
    ):  # fmt: skip
        text = part_of(inquiry, part)
        if isinstance(text, str) and text:
            yield text
