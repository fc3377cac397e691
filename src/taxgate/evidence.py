"""Evidence (证据): what is asked of the tax bureau, what it answered, and papers handed in.

"No record", "could not ask" and "cannot trust the answer" are three different things: an `Answer`
with no records, an `Answer` with an `Outage` of kind unreachable, and one of kind untrusted. An
inquiry nobody answered is an outage too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, Final

from attrs import evolve, field, frozen

from .errors import AnswerError, ApplicationError
from .identifiers import (
    Division,
    FrameNumber,
    UnitCode,
    Uscc,
    Vin,
    check_code,
    mask_code,
)
from .parties import Person
from .terms import TAX_STATUSES, Matter, RecordStatus

CHINA: Final = timezone(timedelta(hours=8), "UTC+08:00")
"""All calendar dates are days in China (北京时间), UTC+8."""

FRESH_FOR: Final = timedelta(hours=24)
"""Age up to which an answer counts as fresh. A default of this library, not a rule of law."""

CLOCK_SKEW: Final = timedelta(minutes=5)
"""How far an answer's as-of time may lie ahead of the instant of the check."""

OFF_THE_WIRE: Final[Mapping[str, bool]] = MappingProxyType({"taxgate.off-the-wire": True})
"""Metadata of a field that no document may state: what a source itself vouches for."""


def code(text: str | None) -> str | None:
    """Convert an optional opaque number (voucher, contract, policy), as attrs converter."""
    return None if text is None else check_code(text)


def china_date(instant: datetime) -> date:
    """Return the calendar day in China of an aware *instant*.

    Raises:
        ApplicationError: The instant carries no time zone.
    """
    if instant.tzinfo is None:
        raise ApplicationError("at", "carries no time zone: give an instant with an offset")
    return instant.astimezone(CHINA).date()


@frozen(kw_only=True)
class Purpose:
    """Why the office asks (查询目的): travels with each inquiry (Order Art. 19).

    Attributes:
        office: Name of the registration office.
        case_no: The office's case number.
        provision: Id of the provision that makes it ask.
    """

    office: str = field(converter=check_code)
    case_no: str = field(converter=check_code)
    provision: str = field(converter=check_code)


@frozen(kw_only=True)
class Inquiry:
    """One question to the tax bureau (查验请求): one matter about one subject.

    The subject is a vehicle (`vin`), a unit and a person (`unit`, `person`), a company and a person
    (`company`, `person`) or an entity (`company`).

    What is asked for, as far as the act and the parties call for it:

    At vehicle: vehicle-purchase-tax and vehicle-and-vessel-tax, each by `vin`, without a person.

    At property-title: deed-tax by unit and each transferee; individual-income-tax by unit and each
    individual transferor, at a gift each individual donee; land-appreciation-tax by unit and each
    transferor.

    At equity-transfer: individual-income-tax by the invested company and each individual
    transferor, once for all of its deals.

    At deregistration: clearance, on the simplified route tax-objection too; at a staffing office
    tax-registration in their place; each by the entity as `company`, without a person.

    A second answer to one inquiry is an input error: put all records into one answer. An answer to
    an inquiry that nobody needs is read only for what the law hears unasked, such as a debt
    reported beside it. An inquiry without an answer counts as an outage.

    Attributes:
        matter: Which tax or tax document.
        vin: Vehicle identification number or older frame number.
        unit: Real-estate unit code.
        company: USCC of the invested company or of the entity.
        person: The party the tax falls on, as it stands in the application; null where the matter
            is asked for without a person.
        plate: Plate number and class, a help for finding records without a VIN; no part of the
            subject.
        contract_no: Contract or online-signing number; a help, no part of the subject.
        years: Tax years asked for; no part of the subject.
        purpose: Office, case and provision; no part of the subject.
    """

    matter: Matter
    vin: Vin | FrameNumber | None = None
    unit: UnitCode | None = None
    company: Uscc | None = None
    person: Person | None = None
    plate: str | None = field(default=None, converter=code, repr=False)
    contract_no: str | None = field(default=None, converter=code, repr=False)
    years: tuple[int, ...] = ()
    purpose: Purpose | None = None

    def __attrs_post_init__(self) -> None:
        """Demand a subject: a question about nothing in particular may not be asked."""
        if not (self.vin or self.unit or self.company):
            raise AnswerError(str(self.matter), "names no subject: give vin, unit or company")

    @property
    def key(self) -> tuple[Any, ...]:
        """What must be equal for an answer to be about this question."""
        return (
            self.matter,
            self.vin,
            self.unit,
            self.company,
            self.person.key if self.person else None,
        )

    @property
    def label(self) -> str:
        """Masked description for people."""
        subject = [part.masked for part in (self.vin, self.unit, self.company) if part]
        if self.person:
            subject.append(self.person.masked_number)
        return f"{self.matter} {' '.join(subject)}"


class OutageKind(StrEnum):
    """Whether the source could not be asked, or its answer cannot be trusted."""

    UNREACHABLE = "source-unreachable"
    UNTRUSTED = "source-untrusted"


class OutageCause(StrEnum):
    """Why there is no usable answer."""

    NOT_ASKED = "not-asked"
    TIMEOUT = "timeout"
    CONNECT_FAILED = "connect-failed"
    DNS_FAILED = "dns-failed"
    RATE_LIMITED = "rate-limited"
    SERVER_FAULT = "server-fault"
    NOT_OPENED = "not-opened"
    """The item of the sharing catalogue is not open to this office (Order Art. 18)."""
    TLS_FAILED = "tls-failed"
    REDIRECT_REFUSED = "redirect-refused"
    BAD_SIGNATURE = "bad-signature"
    MALFORMED_RESPONSE = "malformed-response"
    OVERSIZE_RESPONSE = "oversize-response"
    UNKNOWN_CODE = "unknown-code"
    SUBJECT_MISMATCH = "subject-mismatch"
    """The reply echoes another question."""
    STALE_ANSWER = "stale-answer"
    CLOCK_SKEW = "clock-skew"
    REPLAYED_ANSWER = "replayed-answer"
    NOT_LIVE = "not-live"
    """It does not come from the bureau: from memory, from a recording, or nobody vouches for it."""
    SOURCES_DISAGREE = "sources-disagree"
    """Two sources were asked, and one does not confirm what the other says is fulfilled."""

    @property
    def kind(self) -> OutageKind:
        """Whether this cause means unreachable or untrusted."""
        return OutageKind.UNREACHABLE if self in _UNREACHABLE else OutageKind.UNTRUSTED


_UNREACHABLE: Final = frozenset(
    {
        OutageCause.NOT_ASKED,
        OutageCause.TIMEOUT,
        OutageCause.CONNECT_FAILED,
        OutageCause.DNS_FAILED,
        OutageCause.RATE_LIMITED,
        OutageCause.SERVER_FAULT,
        OutageCause.NOT_OPENED,
    }
)


@frozen(kw_only=True)
class Outage:
    """No usable answer, and why (查验未完成). It says nothing about the taxpayer.

    Attributes:
        cause: Why there is none.
        detail: What an operator needs beyond it, such as an unknown code the source sent; never
            anything about a person, and no part of what is decided.
        retry_after: Seconds the source asked to wait before the next try, where it did.
    """

    cause: OutageCause
    detail: str | None = field(default=None, metadata=OFF_THE_WIRE)
    retry_after: float | None = field(default=None, metadata=OFF_THE_WIRE)

    @property
    def kind(self) -> OutageKind:
        """Whether the source could not be asked, or its answer cannot be trusted."""
        return self.cause.kind


@frozen(kw_only=True)
class TaxRecord:
    """What every record of the tax authority carries; checkpoints add their keys.

    Attributes:
        matter: Tax the record is about.
        status: What it says.
        taxpayer: Whose record it is, where stated.
        voucher_no: Number of the payment or exemption proof (完税凭证、减免税证明).
        cancels: For a refund, void or revocation: the voucher number it names.
        issued_on: Day of issue, China time.
        authority: Division code of the issuing tax authority.

    Raises:
        AnswerError: The status is not one such a record may have.
    """

    STATUSES: ClassVar[frozenset[RecordStatus]] = TAX_STATUSES

    matter: Matter
    status: RecordStatus
    taxpayer: Person | None = None
    voucher_no: str | None = field(default=None, converter=code, repr=False)
    cancels: str | None = field(default=None, converter=code, repr=False)
    issued_on: date | None = None
    authority: Division | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a status that belongs to another kind of record."""
        if self.status not in self.STATUSES:
            raise AnswerError(str(self.matter), f"a record of it is never {self.status}")

    @property
    def label(self) -> str:
        """Masked description for people."""
        number = f" {mask_code(self.voucher_no)}" if self.voucher_no else ""
        return f"{self.matter} {self.status}{number}"


class Channel(StrEnum):
    """How an officer verified a paper by other means than the failing source (核验渠道)."""

    VOUCHER_LOOKUP = "voucher-lookup"
    """The tax bureau's public voucher check (票证查验)."""
    TAX_OFFICE_REPLY = "tax-office-reply"
    """A written reply of the tax authority."""
    TAX_COUNTER = "tax-counter"
    """Asked at the tax counter of the same service hall."""
    TAX_HOTLINE = "tax-hotline"
    OTHER_SYSTEM = "other-system"
    """Another official system the officer may use."""


@frozen(kw_only=True)
class Paper:
    """A voucher or document handed in (提交的凭证), with what an officer made of it.

    A paper no officer verified never fulfils anything: against "no record" it is a conflict,
    against an outage it changes nothing.

    Attributes:
        record: What the paper says.
        verified_by: Channel over which an officer verified it; null: not verified.
        forgery: An officer's reasoned suspicion that it is forged; null: none.

    Raises:
        ApplicationError: A suspicion has no reason; or the paper is said to call itself never
            issued, which only a source can answer and only an officer can suspect.
    """

    record: TaxRecord
    verified_by: Channel | None = None
    forgery: str | None = None

    def __attrs_post_init__(self) -> None:
        """Demand the reason of a suspicion, and that it is stated as one."""
        if self.forgery is not None and not self.forgery.strip():
            raise ApplicationError("papers.forgery", "is empty: a suspicion needs its reason")
        if self.record.status is RecordStatus.NEVER_ISSUED:
            raise ApplicationError(
                "papers.record.status",
                "says what no paper says of itself: give the reason for the suspicion in forgery",
            )


class Provenance(StrEnum):
    """Where an answer comes from (答复来源), as the source that gave it vouches."""

    LIVE = "live"
    """Asked of the bureau for this case."""
    CACHED = "cached"
    """A live answer to the same question, kept for a short while."""
    GIVEN = "given"
    """Handed in by whoever called; nobody vouches for it."""
    IN_MEMORY = "in-memory"
    """Made up for a test or a trial."""
    REPLAYED = "replayed"
    """Played back from a recording."""

    @property
    def counts(self) -> bool:
        """Whether a registration may be completed on it."""
        return self in (Provenance.LIVE, Provenance.CACHED)


class Reservation(StrEnum):
    """What weakens an answer as evidence, though it is accepted (证据保留)."""

    NO_ECHO = "no-echo"
    """The source does not repeat the subject; only the connection ties the answer to it."""
    PLAIN_HTTP = "plain-http"
    """It came over an unencrypted connection that the configuration allows by name."""


@frozen(kw_only=True)
class Answer:
    """What one source answered to one inquiry: records, perhaps none, or an outage.

    Attributes:
        inquiry: The question it answers.
        records: Records found; an empty list says "no record"; null with an outage.
        outage: Why there is no usable answer; null with records.
        source: Name of the source.
        as_of: Instant the answer was true at, aware. With records it may lie at most 24 hours
            before `at`, the instant of the check, and at most 5 minutes after it; otherwise, and
            without one, the answer is not trusted and counts as an outage.
        consultation_id: The source's own number of this consultation.
        digest: Digest of the raw reply.
        provenance: Where it comes from, as its source vouches.
        reservations: What weakens it as evidence.

    Raises:
        AnswerError: Neither records nor an outage, or both; or `as_of` carries no time zone.
    """

    inquiry: Inquiry
    records: tuple[TaxRecord, ...] | None = None
    outage: Outage | None = None
    source: str = "unnamed"
    as_of: datetime | None = None
    consultation_id: str | None = None
    digest: str | None = None
    provenance: Provenance = field(default=Provenance.GIVEN, metadata=OFF_THE_WIRE)
    reservations: tuple[Reservation, ...] = field(default=(), metadata=OFF_THE_WIRE)

    def __attrs_post_init__(self) -> None:
        """Demand exactly one of records and outage."""
        if (self.records is None) == (self.outage is None):
            raise AnswerError(
                self.inquiry.label,
                "give either records (an empty list says: no record) or an outage",
            )
        if self.as_of is not None and self.as_of.tzinfo is None:
            raise AnswerError(self.inquiry.label, "as_of carries no time zone")


def not_fresh(as_of: datetime | None, at: datetime) -> OutageCause | None:
    """Return why an answer that was true at *as_of* does not count at *at*; None if it does."""
    if as_of is None or at - as_of > FRESH_FOR:
        return OutageCause.STALE_ANSWER
    if as_of - at > CLOCK_SKEW:
        return OutageCause.CLOCK_SKEW
    return None


class Answers:
    """The answers of one case, looked up by inquiry and judged for freshness.

    Args:
        answers: At most one answer to each inquiry, in any order.
        at: Aware instant of the check.

    Raises:
        AnswerError: Two answers to one inquiry.
        ApplicationError: *at* carries no time zone.
    """

    def __init__(self, answers: Iterable[Answer], at: datetime) -> None:
        self.at = at
        self.today = china_date(at)
        self._by_key: dict[tuple[Any, ...], Answer] = {}
        for before, answer in enumerate(answers):
            self._by_key[answer.inquiry.key] = self._trusted(answer)
            if len(self._by_key) == before:
                raise AnswerError(
                    answer.inquiry.label,
                    "is given twice: put all records of one inquiry into one answer",
                )

    def to(self, inquiry: Inquiry) -> Answer:
        """Return the answer to *inquiry*; an outage NOT_ASKED where there is none."""
        found = self._by_key.get(inquiry.key)
        if found is None:
            return Answer(inquiry=inquiry, outage=Outage(cause=OutageCause.NOT_ASKED))
        return found

    def __iter__(self) -> Iterator[Answer]:
        """Yield every answer, those not trusted as outages."""
        yield from self._by_key.values()

    def records(self) -> Iterator[TaxRecord]:
        """Yield every record of every trusted answer, for rows that name unsolicited reports."""
        for answer in self._by_key.values():
            yield from answer.records or ()

    def _trusted(self, answer: Answer) -> Answer:
        """Turn an answer that is not fresh into an outage."""
        cause = None if answer.records is None else not_fresh(answer.as_of, self.at)
        if cause is None:
            return answer
        return evolve(answer, records=None, outage=Outage(cause=cause))
