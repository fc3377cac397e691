"""Profiles (接口配置): how one bureau's HTTP interface asks and answers, as data.

A profile says under which names the parts of an inquiry travel, which envelopes lie around the
answer, what its codes mean, what it has to echo, how old it may be and how a request is signed. A
bureau with other names needs another file, not another program; `profile_reading` reads one from
TOML. A profile holds no address, no secret and no number of an office: those are configuration.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from ..evidence import FRESH_FOR, Inquiry, OutageCause
from ..terms import Checkpoint, Matter

__all__ = [
    "FAILURES",
    "NO_RECORD",
    "SUBJECT",
    "Amounts",
    "AsOf",
    "Codes",
    "Echo",
    "Envelope",
    "Exchange",
    "Field",
    "Form",
    "Path",
    "Profile",
    "Question",
    "Raw",
    "Records",
    "Reply",
    "Request",
    "SignerKind",
    "SigningRules",
    "Slot",
    "SlotKind",
    "part_of",
]

NO_RECORD: Final = "no-record"
"""What a failure code of an envelope may mean besides a cause of an outage."""

FAILURES: Final = frozenset(
    {
        OutageCause.RATE_LIMITED,
        OutageCause.SERVER_FAULT,
        OutageCause.NOT_OPENED,
        OutageCause.BAD_SIGNATURE,
        OutageCause.MALFORMED_RESPONSE,
        OutageCause.UNKNOWN_CODE,
        OutageCause.SUBJECT_MISMATCH,
        OutageCause.STALE_ANSWER,
        OutageCause.CLOCK_SKEW,
        OutageCause.REPLAYED_ANSWER,
    }
)
"""Causes a bureau's own failure code may mean; the others are for the connection to tell."""

SUBJECT: Final[Mapping[Checkpoint, tuple[str, ...]]] = MappingProxyType(
    {
        Checkpoint.VEHICLE: ("vin",),
        Checkpoint.PROPERTY_TITLE: ("unit", "person.number"),
        Checkpoint.EQUITY_TRANSFER: ("company", "person.number"),
        Checkpoint.DEREGISTRATION: ("company",),
    }
)
"""Parts of an inquiry that say what it is about: each is asked with, and each is echoed."""


class SlotKind(StrEnum):
    """Where a value of a request comes from."""

    INQUIRY = "from"
    """A part of the inquiry."""
    TEXT = "is"
    """A text of the profile."""
    PARAMETER = "parameter"
    """A text of the configuration."""
    SECRET = "secret"
    """A secret of the configuration."""
    TIME = "time"
    """The instant of sending."""
    REQUEST_ID = "request_id"
    """A number made for this request only."""
    OFFICE = "office"
    """The bureau's own code of the asking office, by the configuration's catalogue."""


class Form(StrEnum):
    """What a value of a reply is made into; follows from the field of the record it is for."""

    TEXT = "text"
    CODE = "code"
    WHOLE = "whole"
    DAY = "day"
    AMOUNT = "amount"
    FLAG = "flag"


class Raw(StrEnum):
    """As what a value stands in the reply; a number is no text, nor a text a number."""

    TEXT = "text"
    INTEGER = "integer"
    EITHER = "either"


class SignerKind(StrEnum):
    """How requests are signed; see `signing`."""

    NONE = "none"
    HMAC_HEADER = "hmac-header"
    OPEN_GATEWAY = "open-gateway"
    CONCAT_DIGEST = "concat-digest"
    SORTED_PARAMS = "sorted-params"


@frozen
class Path:
    """Where a value lies in a reply.

    Attributes:
        names: Names of the objects to step into, from the outside in.
        from_root: Counted from the whole reply instead of from inside its envelopes.
    """

    names: tuple[str, ...]
    from_root: bool = False

    def __str__(self) -> str:
        return ".".join(("$", *self.names) if self.from_root else self.names)


@frozen
class Codes:
    """A code table (代码表): looked up exactly, with no default.

    Attributes:
        name: Its name in the profile.
        meanings: What each of the bureau's codes means.
    """

    name: str
    meanings: Mapping[str, str]

    def code_of(self, meaning: str) -> str | None:
        """Return the code of *meaning*, None where no code or more than one has it."""
        found = [code for code, stands_for in self.meanings.items() if stands_for == meaning]
        return found[0] if len(found) == 1 else None


@frozen(kw_only=True)
class Slot:
    """One value of a request.

    Attributes:
        kind: Where it comes from.
        value: Which part, text, name or form.
        codes: Table by which it is written.
        joined: Whether a list is written as one text with commas.
    """

    kind: SlotKind
    value: str
    codes: Codes | None = None
    joined: bool = False


@frozen(kw_only=True)
class Field:
    """One value of a reply.

    Attributes:
        path: Where it lies; null for a constant.
        constant: What it always is.
        form: What it is made into.
        raw: As what it stands there.
        codes: Table by which it is read.
        day: How a day is written.
        joined: Whether a list stands there as one text with commas.
        required: Whether it has to be there.
        blank: Whether an empty text means that it is not there.
    """

    path: Path | None
    constant: str | None = None
    form: Form = Form.TEXT
    raw: Raw = Raw.TEXT
    codes: Codes | None = None
    day: str = "YYYY-MM-DD"
    joined: bool = False
    required: bool = False
    blank: bool = False

    @property
    def where(self) -> Path:
        """Where it lies, if it is no constant."""
        return self.path if self.path is not None else Path(())


@frozen(kw_only=True)
class Request:
    """How every question is asked.

    Attributes:
        json: Whether the body is JSON; otherwise a form.
        charset: Its character set.
        whole: Name under which the inquiry travels in taxgate's own form; null: field by field.
        body: Fields every body has, by the bureau's name.
        headers: Headers every request has.
    """

    json: bool = True
    charset: str = "utf-8"
    whole: str | None = None
    body: Mapping[str, Slot] = field(factory=dict)
    headers: Mapping[str, Slot] = field(factory=dict)


@frozen(kw_only=True)
class Envelope:
    """One layer around the answer, with a code that says whether there is one.

    Attributes:
        code: Where the code lies, from within the layers outside.
        raw: As what it stands there.
        success: Codes that mean success.
        failures: What other codes mean: a cause, or "no-record".
        inside: Where the next layer, or the answer, lies; null: this layer is it.
    """

    code: Path
    raw: Raw
    success: frozenset[str]
    failures: Mapping[str, str]
    inside: Path | None


@frozen(kw_only=True)
class AsOf:
    """The instant an answer was true at (数据时点).

    Attributes:
        path: Where it lies; null: the Date header of the reply.
        form: How it is written.
        raw: As what it stands there.
        offset: Minutes from UTC, where it is written without.
        max_age: Seconds after which it is too old.
    """

    path: Path | None
    form: str
    raw: Raw = Raw.TEXT
    offset: int = 480
    max_age: float = FRESH_FOR.total_seconds()


@frozen(kw_only=True)
class Echo:
    """What the reply repeats of the question (主体回显).

    Attributes:
        absent: It repeats nothing: only with mutual TLS, and as weaker evidence.
        whole: Where it repeats the inquiry in taxgate's own form.
        fields: Where it repeats which part.
    """

    absent: bool = False
    whole: Path | None = None
    fields: Mapping[str, Field] = field(factory=dict)


@frozen(kw_only=True)
class Reply:
    """How every answer is read.

    Attributes:
        content_types: Media types it may have.
        charset: Its character set; nothing is ever guessed.
        fractions_ignored: Whether numbers with a fraction may stand where nothing is read.
        missing_is_no_record: Whether HTTP status 404 means "no record".
        envelopes: Layers, from the outside in.
        as_of: When it was true.
        echo: What it repeats.
        request_id: Where it repeats the number of the request.
        consultation_id: Where the bureau's own number of the consultation lies.
    """

    content_types: tuple[str, ...]
    charset: str
    fractions_ignored: bool
    missing_is_no_record: bool
    envelopes: tuple[Envelope, ...]
    as_of: AsOf
    echo: Echo
    request_id: Path | None
    consultation_id: Path | None


@frozen(kw_only=True)
class Records:
    """Where the records lie.

    Attributes:
        at: Where the list is, or the one record.
        single: One record instead of a list.
        null_is_none: Null means that there are none.
        total: Where the number of all of them is stated; it must be the number found.
        whole: They stand there in taxgate's own form.
    """

    at: Path
    single: bool = False
    null_is_none: bool = False
    total: Path | None = None
    whole: bool = False


@frozen(kw_only=True)
class Amounts:
    """Amounts of a record that are looked at, though none is taken over.

    Attributes:
        fields: Amounts that have to be there; none may be negative.
        optional: Amounts that may be missing; none may be negative either.
        raw: As what they stand there.
        not_above: Pairs of which the first may not exceed the second.
        sums: Groups of which the first is the sum of the others.
    """

    fields: tuple[Path, ...] = ()
    optional: tuple[Path, ...] = ()
    raw: Raw = Raw.TEXT
    not_above: tuple[tuple[Path, Path], ...] = ()
    sums: tuple[tuple[Path, ...], ...] = ()


@frozen(kw_only=True)
class Question:
    """How matters of one checkpoint are asked, and what is read from the answer.

    Attributes:
        name: Its name in the profile, and of the service in the configuration.
        checkpoint: Whose matters; null: any.
        matters: Which matters.
        path: Path of the service under the address configured; never with an identifier.
        body: Fields of the body besides those of every request.
        records: Where the records lie.
        record: Fields of a record, by taxgate's names.
        amounts: Amounts that are looked at.
    """

    name: str
    checkpoint: Checkpoint | None
    matters: tuple[Matter, ...]
    path: str
    body: Mapping[str, Slot]
    records: Records
    record: Mapping[str, Field]
    amounts: Amounts


@frozen(kw_only=True)
class Exchange:
    """How a secret that expires is fetched.

    Attributes:
        path: Path of the service.
        service: Its name in the configuration.
        signed_with: Name of the secret that signs this request.
        in_body: The four fields travel in the body, too.
        envelope: The layer around the reply.
        secret: Where the secret lies.
        ends: Where the instant lies until which it serves, in milliseconds since 1970.
        ends_raw: As what that stands there.
        unwrap: Whether it is encrypted under the application key.
        early: Seconds before its end at which another is fetched.
    """

    path: str
    service: str
    signed_with: str
    in_body: bool
    envelope: Envelope
    secret: Path
    ends: Path
    ends_raw: Raw
    unwrap: bool
    early: float


@frozen(kw_only=True)
class SigningRules:
    """How requests are signed.

    Attributes:
        kind: The scheme.
        prefix: Prefix of the headers of `hmac-header`.
        algorithm: Digest of `concat-digest` and `sorted-params`.
        order: Order of the parts of `concat-digest`.
        names: What key, signature, time, nonce and secret are called there.
        in_headers: Whether `concat-digest` adds headers.
        weak: The profile knows that the digest is weak.
        exchange: How a secret that expires is fetched.
    """

    kind: SignerKind = SignerKind.NONE
    prefix: str = ""
    algorithm: str = "sha256"
    order: tuple[str, ...] = ()
    names: Mapping[str, str] = field(factory=dict)
    in_headers: bool = True
    weak: bool = False
    exchange: Exchange | None = None

    @property
    def parameter(self) -> str | None:
        """Name of the text the configuration has to give for it."""
        return _PARAMETERS.get(self.kind)

    @property
    def secret(self) -> str | None:
        """Name of the secret that signs, if it does not expire."""
        return _SECRETS.get(self.kind) if self.exchange is None else None

    @property
    def secrets(self) -> frozenset[str]:
        """Names of all secrets the configuration has to give for it."""
        if self.exchange is None:
            return frozenset({self.secret} if self.secret else ())
        opens = {"app_key"} if self.exchange.unwrap else set()
        return frozenset({self.exchange.signed_with} | opens)


_PARAMETERS: Final = {
    SignerKind.HMAC_HEADER: "requester",
    SignerKind.OPEN_GATEWAY: "client_id",
    SignerKind.CONCAT_DIGEST: "app_id",
    SignerKind.SORTED_PARAMS: "app_id",
}
_SECRETS: Final = {
    SignerKind.HMAC_HEADER: "app_secret",
    SignerKind.OPEN_GATEWAY: "client_secret",
    SignerKind.CONCAT_DIGEST: "app_secret",
    SignerKind.SORTED_PARAMS: "app_secret",
}


@frozen(kw_only=True)
class Profile:
    """How one bureau's interface asks and answers.

    Attributes:
        name: Its name: that of the file.
        title: What it is, by language.
        to_confirm: Places of the file that nobody has published: confirm them with the bureau.
        request: How every question is asked.
        reply: How every answer is read.
        questions: The questions, by name.
        signing: How requests are signed.
    """

    name: str
    title: Mapping[str, str]
    to_confirm: tuple[str, ...]
    request: Request
    reply: Reply
    questions: Mapping[str, Question]
    signing: SigningRules

    def question_for(self, inquiry: Inquiry, checkpoint: Checkpoint) -> Question | None:
        """Return how *inquiry* is asked; None where this bureau is not asked it."""
        for question in self.questions.values():
            if question.checkpoint in (None, checkpoint) and inquiry.matter in question.matters:
                return question
        return None

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Every value of every request."""
        of_questions = [slot for item in self.questions.values() for slot in item.body.values()]
        return (*self.request.body.values(), *self.request.headers.values(), *of_questions)

    @property
    def parameters(self) -> frozenset[str]:
        """Names of all texts the configuration has to give."""
        named = {slot.value for slot in self.slots if slot.kind is SlotKind.PARAMETER}
        return frozenset(named | ({self.signing.parameter} if self.signing.parameter else set()))

    @property
    def secrets(self) -> frozenset[str]:
        """Names of all secrets the configuration has to give."""
        named = {slot.value for slot in self.slots if slot.kind is SlotKind.SECRET}
        return frozenset(named) | self.signing.secrets

    @property
    def services(self) -> frozenset[str]:
        """Names of all services whose number the configuration has to give."""
        if self.signing.kind is not SignerKind.HMAC_HEADER:
            return frozenset()
        exchange = self.signing.exchange
        return frozenset(self.questions) | ({exchange.service} if exchange else frozenset())

    @property
    def needs_offices(self) -> bool:
        """Whether the bureau has codes of its own for the offices."""
        return any(slot.kind is SlotKind.OFFICE for slot in self.slots)

    @property
    def needs_mutual_tls(self) -> bool:
        """Whether only the connection can tie an answer to its question."""
        return self.reply.echo.absent or self.reply.missing_is_no_record


def part_of(inquiry: Inquiry, path: str) -> str | tuple[int, ...] | None:
    """Return one part of *inquiry* as it travels: a text, or the years.

    Identifiers stand in clear in it.
    """
    value: object = inquiry
    for name in path.split("."):
        value = getattr(value, name, None)
    if value is None or isinstance(value, tuple):
        return value
    # Identifiers print themselves masked; their clear text is asked for by name.
    return str(getattr(value, "value", value))
