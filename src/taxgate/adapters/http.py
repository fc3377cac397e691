"""The tax bureau over HTTP (税务数据接口): one question in, one judged answer out.

    transport   sends and fences: time, size, TLS, retries
    profile     says what the bureau calls things
    asking      makes the request, anew for each try
    replies     reads the reply and binds it to the question

What is left here is their order, and what follows from a signature that was refused: a secret that
expires is renewed once, and after a second refusal the bureau is left alone for a while. A gateway
locks out whoever keeps knocking with the wrong key.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import length_hint
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Final, Protocol

from ..errors import ConfigError, MissingExtraError
from ..evidence import (
    FRESH_FOR,
    Answer,
    Inquiry,
    OutageCause,
    Provenance,
    Reservation,
)
from ..secret import Secret
from ..sources import (
    Clock,
    Deadline,
    Monotonic,
    SourceError,
    SourceUntrustedError,
    system_clock,
)
from ..terms import Matter
from ..wire.exchange import checkpoint_of
from .asking import Asked, Configured, NewId, compose, encoded
from .profile import Exchange, Profile, Question, SignerKind
from .profile_files import load_profile
from .replies import Received, read_content, read_envelope, read_reply, read_secret
from .secret_exchange import FetchedSecret, SecretKeeper, unwrapped
from .signing import (
    ConcatDigestSigner,
    HmacHeaderSigner,
    Message,
    OpenGatewaySigner,
    Signer,
    SortedParamSigner,
    digest,
)
from .transport import Reply, Request, Transport

if TYPE_CHECKING:
    from ..config import Settings

__all__ = ["SANDBOX_MARK", "HttpSource", "from_settings", "signer_of"]

PAUSE: Final = 30.0
"""Seconds for which nothing is asked after a signature was refused for good."""

_NOT_FOUND: Final = "HTTP status 404"


class Sender(Protocol):
    """What is needed of a transport."""

    def send(
        self,
        make: Callable[[], Request],
        deadline: Deadline,
        *,
        judge: Callable[[Reply], None] | None = None,
    ) -> Reply:
        """Ask, and return the reply; see `Transport.send`."""

    def close(self) -> None:
        """Close all connections."""


SANDBOX_MARK: Final = "X-Taxgate-Sandbox"
"""Header the sandbox bureau puts on every reply; no answer that bears it counts as live."""


class HttpSource:
    """A `ClearanceSource` behind one HTTP interface of the tax bureau.

    Safe to use from several threads, and in processes forked later.

    Args:
        profile: How the interface asks and answers.
        transport: What sends. Give it the profile's content types.
        url: Address below which the profile's paths lie.
        name: Name of the source.
        mutual_tls: Whether the transport shows a certificate of its own. Needed by a profile whose
            replies do not repeat their subject.
        parameters: Texts the profile asks for, by name.
        secrets: Secrets the profile asks for, by name.
        services: The gateway's numbers of the services, by the names of the questions.
        offices: The bureau's codes of the registration offices, by name of the office.
        max_age: Seconds after which an answer is too old, if fewer than the profile allows.
        attempts: Requests there may be for one inquiry, whatever they end in.
        pause: Seconds for which nothing is asked after a signature was refused for good.
        clock: Clock of the wall.
        monotonic: Clock ages are counted on.
        new_id: Makes numbers of requests, and nonces.

    Raises:
        ConfigError: The profile needs what is not given; lists every fault.
        MissingExtraError: The profile needs an extra that is not installed.
    """

    provenance: Final = Provenance.LIVE

    def __init__(  # noqa: PLR0913 - an interface has that many settings
        self,
        profile: Profile,
        *,
        transport: Sender,
        url: str,
        name: str = "http",
        mutual_tls: bool = False,
        parameters: Mapping[str, str] | None = None,
        secrets: Mapping[str, Secret] | None = None,
        services: Mapping[str, str] | None = None,
        offices: Mapping[str, str] | None = None,
        max_age: float | None = None,
        attempts: int = 3,
        pause: float = PAUSE,
        clock: Clock = system_clock,
        monotonic: Monotonic = time.monotonic,
        new_id: NewId = uuid.uuid4,
    ) -> None:
        self._configured: Final = Configured(
            source=name,
            parameters=dict(parameters or {}),
            secrets=dict(secrets or {}),
            services=dict(services or {}),
            offices=dict(offices or {}),
        )
        faults = tuple(_faults(profile, self._configured, mutual_tls=mutual_tls))
        if faults:
            raise ConfigError(faults)
        _demand_extras(profile)
        self.name: Final = name
        self.profile: Final = profile
        """How the interface asks and answers."""
        self._transport: Final = transport
        self._base: Final = url.rstrip("/")
        self._max_age: Final = max_age
        self._attempts: Final = attempts
        self._pause: Final = pause
        self._clock: Final = clock
        self._monotonic: Final = monotonic
        self._new_id: Final = new_id
        self._signer: Final = signer_of(profile, self._configured.parameters)
        self._refused_until: float | None = None
        exchange = profile.signing.exchange
        self._keeper: Final = (
            SecretKeeper(
                lambda deadline: self._fetched(exchange, deadline),
                source=name,
                early=exchange.early,
                clock=clock,
                monotonic=monotonic,
            )
            if exchange is not None
            else None
        )

    def __repr__(self) -> str:
        return f"HttpSource({self.name}, {self.profile.name})"

    @property
    def secret_remaining(self) -> float | None:
        """Seconds until the secret in hand is renewed; None without one that expires."""
        return self._keeper.remaining if self._keeper is not None else None

    def query(self, inquiry: Inquiry, deadline: Deadline, /) -> Answer:
        """Return the bureau's answer to *inquiry*.

        Raises:
            SourceError: There is no usable answer.
        """
        question = self.profile.question_for(inquiry, checkpoint_of(inquiry))
        if question is None:
            raise SourceError.of(
                self.name,
                OutageCause.NOT_OPENED,
                f"profile {self.profile.name} does not ask for {inquiry.matter}",
            )
        self._keep_away()
        try:
            return self._signed(question, inquiry, deadline)
        except SourceUntrustedError as error:
            if _is_refusal(error):
                self._refused_until = self._monotonic() + self._pause
            raise

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def _signed(self, question: Question, inquiry: Inquiry, deadline: Deadline) -> Answer:
        """Ask; where a secret that expires was refused, once more with another."""
        tries = iter(range(self._attempts))
        keeper = self._keeper
        if keeper is None:
            name = self.profile.signing.secret
            kept = self._configured.secrets[name] if name is not None else None
            return self._ask(question, inquiry, deadline, kept, tries)
        # What cannot be asked is told before a secret is fetched for it.
        self._composed(question, inquiry, None)
        secret = keeper.current(deadline)
        try:
            return self._ask(question, inquiry, deadline, secret, tries)
        except SourceUntrustedError as error:
            if not _is_refusal(error):
                raise
            # Whoever comes second finds the secret that was fetched meanwhile.
            another = keeper.another(secret, deadline)
            if not length_hint(tries):
                # Without a try to use it in now, the next question will; this one was refused.
                raise
        return self._ask(question, inquiry, deadline, another, tries)

    def _ask(
        self,
        question: Question,
        inquiry: Inquiry,
        deadline: Deadline,
        secret: Secret | None,
        tries: Iterator[int],
    ) -> Answer:
        asked: list[Asked] = []
        answers: list[Answer] = []

        def make() -> Request:
            if next(tries, None) is None:
                # Tries before and after a new secret count together.
                raise SourceError.of(self.name, OutageCause.SERVER_FAULT, "no try is left")
            made = self._composed(question, inquiry, secret)
            asked.append(made)
            return Request("POST", self._base + made.path, made.headers, made.body)

        def judge(reply: Reply) -> None:
            answers.append(self._answer(question, inquiry, asked[-1], reply))

        try:
            self._transport.send(make, deadline, judge=judge)
        except SourceUntrustedError as error:
            meant = (
                self.profile.reply.missing_is_no_record
                and inquiry.matter is not Matter.TAX_REGISTRATION
            )
            if not (meant and error.outage.detail == _NOT_FOUND):
                raise
            return self._no_record(inquiry)
        return answers[-1]

    def _composed(self, question: Question, inquiry: Inquiry, secret: Secret | None) -> Asked:
        return compose(
            self.profile,
            question,
            inquiry,
            configured=self._configured,
            signer=self._signer,
            secret=secret,
            now=self._clock(),
            new_id=self._new_id,
        )

    def _answer(self, question: Question, inquiry: Inquiry, asked: Asked, reply: Reply) -> Answer:
        read = read_reply(
            self.profile,
            question,
            inquiry,
            Received(
                body=reply.body,
                content_type=reply.headers.get("content-type", ""),
                received_at=reply.received_at,
                server_date=reply.server_date,
                request_id=asked.request_id,
                whole=asked.whole,
            ),
            source=self.name,
            max_age=self._max_age,
        )
        reservations = []
        if self.profile.reply.echo.absent:
            reservations.append(Reservation.NO_ECHO)
        if reply.plain_http:
            reservations.append(Reservation.PLAIN_HTTP)
        return Answer(
            inquiry=inquiry,
            records=read.records,
            source=self.name,
            as_of=read.as_of,
            consultation_id=read.consultation_id,
            digest=read.digest,
            provenance=_provenance(reply),
            reservations=tuple(reservations),
        )

    def _no_record(self, inquiry: Inquiry) -> Answer:
        """Return what status 404 means where the profile says so; it has no body to read.

        Never of a tax registration: there "no record" lets the application pass (D-22), and a wrong
        path gives 404 as well.

        The sandbox never says it that way, so nothing invented counts as live here.
        """
        return Answer(
            inquiry=inquiry,
            records=(),
            source=self.name,
            as_of=self._clock(),
            provenance=Provenance.LIVE,
            reservations=(Reservation.NO_ECHO,),
        )

    # Secrets

    def _keep_away(self) -> None:
        until = self._refused_until
        if until is None:
            return
        left = until - self._monotonic()
        if left > 0:
            raise SourceError.of(
                self.name,
                OutageCause.BAD_SIGNATURE,
                "the bureau refused the signature a moment ago and is not asked for a while",
            )
        self._refused_until = None

    def _fetched(self, exchange: Exchange, deadline: Deadline) -> FetchedSecret:
        """Ask the gateway for a secret that expires."""
        signed_with = self._configured.secrets[exchange.signed_with]
        signer = self._signer
        found: list[FetchedSecret] = []

        def make() -> Request:
            message = Message(service=self._configured.services[exchange.service])
            now = self._clock()
            nonce = self._new_id().hex
            headers = (
                signer.sign(message, now=now, nonce=nonce, secret=signed_with).headers
                if signer is not None
                else {}
            )
            body = encoded(
                headers if exchange.in_body else {},
                as_json=True,
                charset=self.profile.request.charset,
            )
            typed = {**headers, "Content-Type": "application/json;charset=utf-8"}
            return Request("POST", self._base + exchange.path, typed, body)

        def judge(reply: Reply) -> None:
            root = read_content(
                reply.body,
                charset=self.profile.reply.charset,
                content_type=reply.headers.get("content-type", ""),
                fractions_ignored=False,
                source=self.name,
            )
            inside, _ = read_envelope(exchange.envelope, root, root, source=self.name)
            text, ends = read_secret(exchange, root, inside, source=self.name)
            secret = Secret(text)
            if exchange.unwrap:
                secret = self._opened(text)
            found.append(FetchedSecret(secret=secret, ends=ends))

        self._transport.send(make, deadline, judge=judge)
        return found[-1]

    def _opened(self, wrapped: str) -> Secret:
        try:
            return unwrapped(wrapped, self._configured.secrets["app_key"])
        except ValueError as error:
            problem = str(error)
        raise SourceError.of(
            self.name, OutageCause.BAD_SIGNATURE, f"the gateway's new secret {problem}"
        )


def _is_refusal(error: SourceUntrustedError) -> bool:
    return error.outage.cause is OutageCause.BAD_SIGNATURE


# Configuration ------------------------------------------------------------------------------------


def signer_of(profile: Profile, parameters: Mapping[str, str]) -> Signer | None:
    """Return what signs requests by *profile*.

    Args:
        profile: The profile.
        parameters: The texts it asks for.
    """
    rules = profile.signing
    own = parameters[rules.parameter] if rules.parameter is not None else ""
    match rules.kind:
        case SignerKind.HMAC_HEADER:
            return HmacHeaderSigner(prefix=rules.prefix, requester=own)
        case SignerKind.OPEN_GATEWAY:
            return OpenGatewaySigner(client=own)
        case SignerKind.CONCAT_DIGEST:
            return ConcatDigestSigner(
                algorithm=rules.algorithm,
                order=rules.order,
                key=own,
                names=rules.names,
                in_headers=rules.in_headers,
            )
        case SignerKind.SORTED_PARAMS:
            return SortedParamSigner(algorithm=rules.algorithm, key=own, names=rules.names)
        case _:
            return None


def _faults(
    profile: Profile, configured: Configured, *, mutual_tls: bool
) -> Iterable[tuple[str, str]]:
    """Yield what *profile* needs and the configuration does not give."""
    given: tuple[tuple[str, frozenset[str], Mapping[str, str | Secret]], ...] = (
        ("parameters", profile.parameters, configured.parameters),
        ("secrets", profile.secrets, configured.secrets),
        ("services", profile.services, configured.services),
    )
    for place, needed, found in given:
        for name in sorted(needed - {*found}):
            yield f"{place}.{name}", f"is missing: profile {profile.name} needs it"
        for name in sorted({*found} - needed):
            yield f"{place}.{name}", f"is not known: profile {profile.name} has no use for it"
    in_headers = {slot.value for slot in profile.request.headers.values()}
    in_headers |= {profile.signing.parameter or "", *profile.services}
    for place, _, found in given:
        for name, value in found.items():
            text = value.reveal() if isinstance(value, Secret) else value
            if not text:
                yield f"{place}.{name}", "is empty"
            elif name in in_headers and not (text.isascii() and text.isprintable()):
                yield f"{place}.{name}", "must be printable ASCII: it travels in a header"
    if profile.needs_offices and not configured.offices:
        yield "offices", f"is missing: profile {profile.name} needs the bureau's codes of offices"
    if profile.needs_mutual_tls and not mutual_tls:
        problem = (
            f"is missing: replies to profile {profile.name} do not repeat their subject, so only "
            "mutual TLS can tie them to it"
        )
        yield "client_certificate", problem


def _demand_extras(profile: Profile) -> None:
    """Raise at once what would otherwise fail at the first question."""
    if profile.signing.algorithm == "sm3":
        digest("sm3", b"")
    if profile.signing.exchange is not None and profile.signing.exchange.unwrap:
        try:
            import cryptography  # noqa: F401, PLC0415 - an extra
        except ImportError:
            raise MissingExtraError("gateway", "unwrapping a gateway's secret") from None


def _provenance(reply: Reply) -> Provenance:
    """Return where a reply comes from: one that the sandbox marks as its own is invented."""
    return Provenance.IN_MEMORY if SANDBOX_MARK.lower() in reply.headers else Provenance.LIVE


def from_settings(settings: Settings) -> HttpSource:
    """Return the source that *settings* describe.

    Keys: `url`, `profile` (name of a shipped one, or path of a file), `parameters`, `secrets`,
    `services`, `offices`, `max_age_seconds`, `ca_file`, `client_certificate`, `client_key`,
    `allow_plain_http_to`, `allow_internal`, `connect_timeout`, `attempts`, `largest`.

    Raises:
        ConfigError: They cannot be used; lists every fault.
    """
    profile = _profile(settings)
    url = settings.text("url")
    max_age = settings.number(
        "max_age_seconds", FRESH_FOR.total_seconds(), least=1, most=FRESH_FOR.total_seconds()
    )
    attempts = settings.whole("attempts", 3, least=1, most=3)
    connect_timeout = settings.number("connect_timeout", 3.0, least=0.1, most=30)
    largest = settings.whole("largest", 1 << 20, least=1 << 10, most=1 << 20)
    ca_file = settings.path("ca_file", None)
    certificate = settings.path("client_certificate", None)
    key = settings.path("client_key", None)
    plain_to = settings.texts("allow_plain_http_to", ())
    internal = settings.texts("allow_internal", ())
    parameters = _texts(settings, "parameters")
    services = _texts(settings, "services")
    offices = _texts(settings, "offices")
    secrets = _secrets(settings, "secrets")
    if profile is None:
        raise ConfigError(())
    faults: list[tuple[str, str]] = []
    transport = None
    try:
        transport = Transport(
            source=settings.name,
            base_url=url,
            ca_file=ca_file,
            client_certificate=certificate,
            client_key=key,
            allow_plain_http_to=plain_to,
            allow_internal=internal,
            largest=largest,
            connect_timeout=connect_timeout,
            attempts=attempts,
            content_types=profile.reply.content_types,
            clock=settings.clock,
            monotonic=settings.monotonic,
            sleep=settings.sleep,
        )
    except ConfigError as error:
        faults += error.faults
    try:
        source = HttpSource(
            profile,
            transport=transport if transport is not None else _Nobody(),
            url=url,
            name=settings.name,
            mutual_tls=certificate is not None,
            parameters=parameters,
            secrets=secrets,
            services=services,
            offices=offices,
            max_age=max_age,
            attempts=attempts,
            clock=settings.clock,
            monotonic=settings.monotonic,
        )
    except ConfigError as error:
        faults += error.faults
        raise ConfigError(tuple(faults)) from None
    if faults:
        raise ConfigError(tuple(faults))
    return source


class _Nobody:
    """Stands where no transport could be made, so that the other faults come to light."""

    def send(
        self,
        make: Callable[[], Request],
        deadline: Deadline,
        *,
        judge: Callable[[Reply], None] | None = None,
    ) -> Reply:
        raise NotImplementedError

    def close(self) -> None:
        """Do nothing."""


def _profile(settings: Settings) -> Profile | None:
    named = settings.text("profile")
    if not named:
        return None
    try:
        if "/" in named or named.endswith(".toml"):
            path: FilePath = settings.path("profile")
            return load_profile(path)
        return load_profile(named)
    except ConfigError as error:
        for place, problem in error.faults:
            settings.fault("profile", problem if place == "profile" else f"{place}: {problem}")
    return None


def _texts(settings: Settings, name: str) -> Mapping[str, str]:
    table = settings.table(name)
    return {key: table.text(key) for key in table.names()} if table is not None else {}


def _secrets(settings: Settings, name: str) -> Mapping[str, Secret]:
    table = settings.table(name)
    return {key: table.secret(key) for key in table.names()} if table is not None else {}
