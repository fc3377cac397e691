"""Questions over HTTP, fenced: every way a reply can go wrong ends as one named outage, in time.

What goes out is one request to one configured origin, made anew for each try. What comes back is a
whole reply of status 200 and of a wanted content type, or a `SourceError` that says why not, with
nothing in it that the bureau or the application said. Which reply is an answer is for the caller to
judge.
"""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from random import SystemRandom
from types import MappingProxyType
from typing import Final

import requests
import urllib3
from attrs import define, field, frozen

from ..errors import ClosedError, ConfigError
from ..evidence import OutageCause
from ..sources import (
    Clock,
    Deadline,
    Monotonic,
    Sleep,
    SourceError,
    SourceUntrustedError,
    system_clock,
)
from .addresses import Origin, Resolver, origin_of
from .certificates import client_context
from .connecting import FencedSession, Route
from .fencing import Exchange, Fault, within
from .framing import FramedReply
from .retrying import Attempt, Randomness, http_date, repeating, seconds_to_wait

__all__ = ["Reply", "Request", "Transport"]

_LOG: Final = logging.getLogger("taxgate.adapters.transport")

_METHOD: Final = re.compile(r"[A-Z]{1,16}", re.ASCII)
_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)
_VALUE: Final = re.compile(r"[\x20-\x7e]*", re.ASCII)
_OURS: Final = frozenset(
    {"accept-encoding", "connection", "content-length", "host", "te", "trailer",
     "transfer-encoding", "upgrade"}
)  # fmt: skip
"""Headers that say how the reply is to be sent; nobody else sets them."""

_REFUSALS: Final = MappingProxyType(
    {
        HTTPStatus.UNAUTHORIZED: OutageCause.BAD_SIGNATURE,
        HTTPStatus.FORBIDDEN: OutageCause.BAD_SIGNATURE,
        HTTPStatus.REQUEST_TIMEOUT: OutageCause.SERVER_FAULT,
        HTTPStatus.TOO_MANY_REQUESTS: OutageCause.RATE_LIMITED,
    }
)


@frozen(repr=False)
class Request:
    """What to send.

    Attributes:
        method: Such as POST.
        url: Below the base URL's origin, a plain path and no query: URLs end up in logs.
        headers: Sent under the names as given, with underscores and capitals.
        body: Sent as it is.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes

    def __repr__(self) -> str:
        found = re.match(r"https?://[^/?#@\s]*(?=[/?#]|$)", self.url, re.ASCII)
        return f"Request({self.method} {found[0] if found else '...'})"


@frozen
class Reply:
    """What came back: a whole reply of status 200.

    Attributes:
        status: 200.
        headers: With lower-case names; repeated ones are joined by commas.
        body: As it came; never compressed.
        received_at: Instant it was complete, by the transport's clock.
        server_date: Instant the server says it is; None if it says none.
        plain_http: Whether it came without encryption.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    received_at: datetime
    server_date: datetime | None
    plain_http: bool


@define
class _Question(Attempt):
    make: Callable[[], Request] = field(kw_only=True, repr=False)
    judge: Callable[[Reply], None] | None = field(kw_only=True, repr=False)


class Transport:
    """Asks one origin. Safe to use from several threads, and in processes forked later.

    Args:
        source: Name of the source, for errors and logs.
        base_url: Whom to ask: https, a host, perhaps a port and a path.
        ca_file: Authorities to trust, PEM; those that come with requests if None.
        client_certificate: Own certificate (客户端证书), PEM, where the bureau wants one.
        client_key: Its key, unencrypted PEM; None if it lies in the same file.
        allow_plain_http_to: Hosts that may be asked over plain http; with IP addresses among them,
            a host is asked at these only.
        allow_internal: Names and IP addresses of hosts inside this machine or office that may be
            asked: loopback, link-local and private addresses.
        largest: Bytes a body may have.
        connect_timeout: Seconds a new connection may take, TLS included.
        attempts: Tries of one question in all.
        retry_after_cap: Seconds to wait at most where the bureau asks to wait.
        content_types: Types a reply may have; "" among them permits none to be stated.
        clock: For instants of replies, and to check the own certificate.
        monotonic: For connect_timeout.
        sleep: How pauses are waited for.
        random: For the length of pauses.

    Raises:
        ConfigError: Something cannot be used; names every fault.
    """

    def __init__(  # noqa: PLR0913 - what is fenced can be set
        self,
        *,
        source: str,
        base_url: str,
        ca_file: Path | None = None,
        client_certificate: Path | None = None,
        client_key: Path | None = None,
        allow_plain_http_to: Collection[str] = (),
        allow_internal: Collection[str] = (),
        largest: int = 1 << 20,
        connect_timeout: float = 3,
        attempts: int = 3,
        retry_after_cap: float = 5,
        content_types: Collection[str] = ("application/json",),
        clock: Clock = system_clock,
        monotonic: Monotonic = time.monotonic,
        sleep: Sleep = time.sleep,
        random: Randomness | None = None,
    ) -> None:
        faults = [
            (name, f"must be at least {least}")
            for name, value, least in (
                ("largest", largest, 1),
                ("attempts", attempts, 1),
                ("connect_timeout", connect_timeout, 0.001),
                ("retry_after_cap", retry_after_cap, 0),
            )
            if not value >= least
        ]
        origin = context = None
        try:
            origin = origin_of(
                base_url, allow_plain_http_to=allow_plain_http_to, allow_internal=allow_internal
            )
        except ConfigError as error:
            faults += error.faults
        if origin is not None and origin.plain:
            if ca_file is not None or client_certificate is not None:
                faults.append(("url", "is plain http, and there are files for TLS"))
        else:
            try:
                context = client_context(
                    ca_file=ca_file, certificate=client_certificate, key=client_key, now=clock()
                )
            except ConfigError as error:
                faults += error.faults
        if faults or origin is None:
            raise ConfigError(tuple(faults))
        self._source: Final = source
        self._origin: Final[Origin] = origin
        self._context: Final = context
        self._resolver: Final = Resolver(
            origin, allow_plain_http_to=allow_plain_http_to, allow_internal=allow_internal
        )
        self._largest: Final = largest
        self._connect_timeout: Final = connect_timeout
        self._content_types: Final = frozenset(kind.strip().lower() for kind in content_types)
        self._clock: Final = clock
        self._monotonic: Final = monotonic
        self._retrying: Final = repeating(
            attempts,
            retry_after_cap=retry_after_cap,
            sleep=sleep,
            random=random if random is not None else SystemRandom(),  # nothing a fork would copy
        )
        self._sessions: Final[dict[int, FencedSession]] = {}
        self._closed = False

    def __repr__(self) -> str:
        return f"Transport({self._source}: {self._origin.prefix})"

    def send(
        self,
        make: Callable[[], Request],
        deadline: Deadline,
        *,
        judge: Callable[[Reply], None] | None = None,
    ) -> Reply:
        """Ask, repeat while repeating may help, and return the reply.

        Args:
            make: Makes the request, anew for each try, as nonce and signature must be.
            deadline: When to give up, pauses and all.
            judge: Looks at a reply, and may raise a `SourceError`; repeated where it is a
                `SourceUnavailableError`.

        Raises:
            SourceError: There is no usable reply.
            ClosedError: The transport was closed.
            ValueError: The request is not one that may be sent.
        """
        try:
            return self._retrying(self._try, _Question(deadline, make=make, judge=judge))
        except SourceUntrustedError as error:
            _LOG.error("%s", _on_one_line(str(error)))
            raise

    def close(self) -> None:
        """Close all connections; questions under way are still answered."""
        self._closed = True
        while self._sessions:
            process, session = self._sessions.popitem()
            if process == os.getpid():
                session.close()
            else:
                session.route.forget()

    def _try(self, question: _Question) -> Reply:
        question.asked = False
        if question.deadline.passed:
            raise SourceError.of(self._source, OutageCause.TIMEOUT)
        request = question.make()
        question.asked = True
        reply = self._read(self._exchange(request, question.deadline))
        if question.judge is not None:
            question.judge(reply)
        return reply

    def _exchange(self, request: Request, deadline: Deadline) -> FramedReply:
        if self._closed:
            raise ClosedError(f"the transport of source {self._source}")
        self._refuse(request)
        exchange = Exchange(
            deadline,
            largest=self._largest,
            connect_timeout=self._connect_timeout,
            monotonic=self._monotonic,
        )
        cause, detail = OutageCause.CONNECT_FAILED, None
        try:
            with within(exchange):
                return self._session().ask(
                    request.method, request.url, _headers(request), request.body
                )
        except Fault as fault:
            cause, detail = fault.cause, fault.detail
        except requests.exceptions.SSLError:
            cause = OutageCause.TLS_FAILED
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError):
            pass
        # Raised out here, so that nothing of the libraries' errors, which quote what was sent and
        # received, is chained to it.
        raise SourceError.of(self._source, cause, detail)

    def _session(self) -> FencedSession:
        process = os.getpid()
        session = self._sessions.get(process)
        if session is None:
            # No lock: one that another thread held during a fork would never be given back.
            route = Route(self._resolver)
            session = self._sessions.setdefault(
                process, FencedSession(self._origin, route, self._context)
            )
            for other in [known for known in tuple(self._sessions) if known != process]:
                stale = self._sessions.pop(other, None)
                if stale is not None:  # another thread may have been here first
                    stale.route.forget()
        return session

    def _refuse(self, request: Request) -> None:
        """Raise a `ValueError`, without what was wrong in it, for what may not be sent."""
        if self._origin.path_of(request.url) is None:
            raise ValueError("a request's URL is the base URL's origin and a plain path")
        if not _METHOD.fullmatch(request.method):
            raise ValueError("a request's method is a word in capitals")
        if not all(
            _NAME.fullmatch(name) and _VALUE.fullmatch(value)
            for name, value in request.headers.items()
        ):
            raise ValueError("a request's header is a name and one line of printable ASCII")
        if not _OURS.isdisjoint(name.lower() for name in request.headers):
            raise ValueError(f"headers the transport itself sets: {', '.join(sorted(_OURS))}")

    def _read(self, reply: FramedReply) -> Reply:
        """Return *reply* if it may be judged."""
        # What the other side said stays out of this frame: a traceback may show its variables.
        status = reply.status
        if status != HTTPStatus.OK:
            raise SourceError.of(
                self._source,
                _cause(status),
                f"HTTP status {status}",
                seconds_to_wait(reply.fields.get("retry-after"), self._clock),
            )
        if _content_type(reply) not in self._content_types:
            raise SourceError.of(
                self._source, OutageCause.MALFORMED_RESPONSE, "another content type than agreed"
            )
        if not reply.whole:
            raise SourceError.of(self._source, OutageCause.MALFORMED_RESPONSE, "an empty body")
        return Reply(
            status=status,
            headers=MappingProxyType(reply.fields),
            body=reply.whole,
            received_at=self._clock(),
            server_date=http_date(reply.fields.get("date")),
            plain_http=self._origin.plain,
        )


def _on_one_line(text: str) -> str:
    """Return *text*, in which a judge may have put a code of the bureau's, as one line."""
    return "".join(
        part if part.isprintable() else part.encode("unicode_escape").decode("ascii")
        for part in text
    )


def _headers(request: Request) -> dict[str, str]:
    return {
        "User-Agent": "taxgate",
        **request.headers,
        "Accept-Encoding": "identity",
        "Content-Length": str(len(request.body)),
    }


def _content_type(reply: FramedReply) -> str:
    return reply.fields.get("content-type", "").partition(";")[0].strip().lower()


def _cause(status: int) -> OutageCause:
    if status in _REFUSALS:
        return _REFUSALS[HTTPStatus(status)]
    match status // 100:
        case 3:
            return OutageCause.REDIRECT_REFUSED
        case 5:
            return OutageCause.SERVER_FAULT
        case _:
            return OutageCause.MALFORMED_RESPONSE
