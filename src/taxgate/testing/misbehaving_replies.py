"""What a misbehaving server puts on the wire for each fault, and how it leaves the connection."""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from enum import Enum, auto
from functools import cache
from typing import Final

from attrs import field, frozen

from .misbehaving_faults import Misbehaviour

__all__ = ["Ending", "HttpReply", "Performance", "performance"]

_M: Final = 1 << 20
_PAGE: Final = b"<!DOCTYPE html><html><body><h1>Bad Gateway</h1></body></html>"
_TEN_YEARS: Final = 315_360_000


class Ending(Enum):
    """What becomes of the connection."""

    KEEP = auto()
    CLOSE = auto()
    RESET = auto()
    HANG = auto()
    """Nothing more is said, and nothing closed."""


@frozen
class HttpReply:
    """A well-formed reply of another kind than 200 with JSON.

    Attributes:
        body: Its body.
        status: Its status.
        headers: Headers beside Date and Content-Length, in order.
    """

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)


@frozen
class Performance:
    """What is done with one request.

    Attributes:
        first: Sent in one piece.
        flood: Sent next, as fast as it goes.
        drip: Sent next, a piece now and then.
        ending: What becomes of the connection then.
        pause: Whether to wait before all that.
    """

    first: bytes = b""
    flood: Iterable[bytes] = field(default=(), repr=False)
    drip: Iterable[bytes] = field(default=(), repr=False)
    ending: Ending = Ending.KEEP
    pause: bool = False


def performance(fault: Misbehaviour, reply: HttpReply, *, url: str, elsewhere: str) -> Performance:
    """Return what to do.

    Args:
        fault: What is wrong.
        reply: What a server that behaves would have said.
        url: The server itself, for redirects.
        elsewhere: Another server, likewise.
    """
    if fault in _WITH_REPLY:
        return _WITH_REPLY[fault](reply)
    if fault in _REDIRECTS:
        return _redirect(fault, url, elsewhere)
    return _FIXED[fault]()


def _head(status: int, *headers: tuple[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} {'OK' if status < 300 else 'Not OK'}"]  # noqa: PLR2004
    lines.append(f"Date: {format_datetime(datetime.now(UTC), usegmt=True)}")
    lines += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join((*lines, "", "")).encode("utf-8", "surrogateescape")


def _json(*headers: tuple[str, str]) -> bytes:
    return _head(200, ("Content-Type", "application/json"), *headers)


def _sized(reply: HttpReply, *headers: tuple[str, str]) -> bytes:
    length = ("Content-Length", str(len(reply.body)))
    return _head(reply.status, *reply.headers, *headers, length) + reply.body


def _chunked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        yield b"%x\r\n%b\r\n" % (len(piece), piece)


def _halves(body: bytes) -> tuple[bytes, bytes]:
    middle = max(1, len(body) // 2)
    return body[:middle], body[middle:]


def _in_chunks(reply: HttpReply) -> bytes:
    head = _head(reply.status, *reply.headers, ("Transfer-Encoding", "chunked"))
    return head + b"".join(_chunked(half for half in _halves(reply.body) if half))


_CUT: Final = ("Content-Length", "4096")

_WITH_REPLY: Final[Mapping[Misbehaviour, Callable[[HttpReply], Performance]]] = {
    Misbehaviour.NONE: lambda reply: Performance(_sized(reply)),
    Misbehaviour.CHUNKED: lambda reply: Performance(_in_chunks(reply) + b"0\r\n\r\n"),
    Misbehaviour.SLOW: lambda reply: Performance(_sized(reply), pause=True),
    Misbehaviour.CLOSE_AFTER_REPLY: lambda reply: Performance(_sized(reply), ending=Ending.CLOSE),
    Misbehaviour.RESET_MID_BODY: lambda reply: Performance(
        _json(_CUT) + _halves(reply.body)[0], ending=Ending.RESET
    ),
    Misbehaviour.TRUNCATED_BODY: lambda reply: Performance(
        _json(_CUT) + reply.body, ending=Ending.CLOSE
    ),
    Misbehaviour.TRUNCATED_CHUNKS: lambda reply: Performance(
        _in_chunks(reply), ending=Ending.CLOSE
    ),
    Misbehaviour.BODY_DRIP: lambda reply: Performance(
        _json(_CUT), drip=itertools.chain(_single(reply.body), _single(b" " * 4096))
    ),
    Misbehaviour.PARTIAL_CONTENT: lambda reply: Performance(
        _sized(HttpReply(reply.body, 206), ("Content-Range", f"bytes 0-1/{len(reply.body)}"))
    ),
    Misbehaviour.EOF_DELIMITED: lambda reply: Performance(
        _json(("Connection", "close")) + reply.body, ending=Ending.CLOSE
    ),
    Misbehaviour.HTTP_1_0: lambda reply: Performance(
        b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + reply.body,
        ending=Ending.CLOSE,
    ),
    Misbehaviour.LYING_LENGTH: lambda reply: Performance(
        _sized(reply) + b" " * (4 * _M), ending=Ending.CLOSE
    ),
    Misbehaviour.SECOND_REPLY: lambda reply: Performance(_sized(reply) * 2),
    Misbehaviour.TWO_LENGTHS: lambda reply: Performance(_sized(reply, ("Content-Length", "2"))),
    Misbehaviour.LENGTH_AND_CHUNKS: lambda reply: Performance(
        _json(("Content-Length", "2"), ("Transfer-Encoding", "chunked"))
        + b"".join(_chunked([reply.body]))
        + b"0\r\n\r\n"
    ),
    Misbehaviour.WRONG_CONTENT_TYPE: lambda reply: Performance(
        _sized(HttpReply(reply.body, headers=(("Content-Type", "text/plain; charset=utf-8"),)))
    ),
    Misbehaviour.NO_CONTENT_TYPE: lambda reply: Performance(
        _sized(HttpReply(reply.body, headers=()))
    ),
    Misbehaviour.MALFORMED_HEADERS: lambda reply: Performance(
        _sized(reply).replace(
            b"\r\nDate:", b"\r\n  folded " + reply.body + b"\r\n: no name\r\nDate:"
        )
    ),
    Misbehaviour.NOT_HTTP: lambda reply: Performance(
        b"220 ready " + reply.body + b"\r\n", ending=Ending.CLOSE
    ),
}


def _single(body: bytes) -> Iterator[bytes]:
    return (body[index : index + 1] for index in range(len(body)))


def _redirect(fault: Misbehaviour, url: str, elsewhere: str) -> Performance:
    status, target = _REDIRECTS[fault]
    location = ("Location", target.format(url=url, elsewhere=elsewhere))
    if fault is Misbehaviour.REDIRECT_HUGE:
        flood = itertools.repeat(b" " * 65536, 1024)
        return Performance(
            _head(status, location, ("Content-Length", str(64 * _M))), flood, ending=Ending.CLOSE
        )
    return Performance(_head(status, location, ("Content-Length", "0")))


_REDIRECTS: Final[Mapping[Misbehaviour, tuple[int, str]]] = {
    Misbehaviour.REDIRECT_301: (301, "{url}/moved"),
    Misbehaviour.REDIRECT_302: (302, "{url}/moved"),
    Misbehaviour.REDIRECT_303: (303, "{url}/moved"),
    Misbehaviour.REDIRECT_307: (307, "{url}/moved"),
    Misbehaviour.REDIRECT_308: (308, "{url}/moved"),
    Misbehaviour.REDIRECT_ELSEWHERE: (307, "{elsewhere}/moved"),
    Misbehaviour.REDIRECT_TO_PLAIN_HTTP: (307, "http://127.0.0.1/moved"),
    Misbehaviour.REDIRECT_TO_FILE: (302, "file:///etc/hostname"),
    Misbehaviour.REDIRECT_HUGE: (302, "{url}/moved"),
}


def _status(
    status: int, *headers: tuple[str, str], body: bytes = b'{"message": "no"}'
) -> Callable[[], Performance]:
    given = (("Content-Type", "application/json"), *headers)
    return lambda: Performance(_sized(HttpReply(body, status, given)))


def _limited(value: str) -> Callable[[], Performance]:
    return _status(429, ("Retry-After", value))


def _in_two_seconds() -> Performance:
    instant = datetime.now(UTC) + timedelta(seconds=2)
    return _limited(format_datetime(instant, usegmt=True))()


def _page(status: int) -> Callable[[], Performance]:
    reply = HttpReply(_PAGE, status, (("Content-Type", "text/html; charset=utf-8"),))
    return lambda: Performance(_sized(reply))


@cache
def _bomb() -> bytes:
    # Members of a gzip file may follow each other: one is compressed, and repeated.
    return gzip.compress(bytes(_M), 9) * 300


def _encoded(encoding: str, body: Callable[[], bytes]) -> Callable[[], Performance]:
    return lambda: Performance(
        _sized(
            HttpReply(
                body(),
                headers=(("Content-Type", "application/json"), ("Content-Encoding", encoding)),
            )
        )
    )


def _flood(first: bytes, flood: Iterable[bytes]) -> Performance:
    return Performance(first, flood, ending=Ending.CLOSE)


_FIXED: Final[Mapping[Misbehaviour, Callable[[], Performance]]] = {
    Misbehaviour.SILENCE: lambda: Performance(ending=Ending.HANG),
    Misbehaviour.CLOSE_BEFORE_REPLY: lambda: Performance(ending=Ending.CLOSE),
    Misbehaviour.RESET_BEFORE_REPLY: lambda: Performance(ending=Ending.RESET),
    Misbehaviour.RESET_IN_HEADERS: lambda: Performance(
        b"HTTP/1.1 200 OK\r\nContent-Ty", ending=Ending.RESET
    ),
    Misbehaviour.RESET_AFTER_HEADERS: lambda: Performance(_json(_CUT), ending=Ending.RESET),
    Misbehaviour.HEADER_DRIP: lambda: Performance(
        b"HTTP/1.1 200 OK\r\nX-Drip: ", drip=itertools.repeat(b"a")
    ),
    Misbehaviour.TRUNCATED_HEADERS: lambda: Performance(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Len", ending=Ending.CLOSE
    ),
    Misbehaviour.RATE_LIMITED: _status(429),
    Misbehaviour.RATE_LIMITED_SECONDS: _limited("1"),
    Misbehaviour.RATE_LIMITED_HTTP_DATE: _in_two_seconds,
    Misbehaviour.RATE_LIMITED_GARBAGE: _limited("soon"),
    Misbehaviour.RATE_LIMITED_NEGATIVE: _limited("-1"),
    Misbehaviour.RATE_LIMITED_TEN_YEARS: _limited(str(_TEN_YEARS)),
    Misbehaviour.SERVER_FAULT_500: _status(500),
    Misbehaviour.SERVER_FAULT_502: _status(502),
    Misbehaviour.SERVER_FAULT_503: _status(503),
    Misbehaviour.SERVER_FAULT_504: _status(504),
    Misbehaviour.HTML_ERROR_PAGE: _page(502),
    Misbehaviour.BAD_REQUEST: _status(400),
    Misbehaviour.UNAUTHORISED: _status(401),
    Misbehaviour.FORBIDDEN: _status(403),
    Misbehaviour.NOT_FOUND: _status(404),
    Misbehaviour.NO_CONTENT: lambda: Performance(_head(204)),
    Misbehaviour.EMPTY_BODY: _status(200, body=b""),
    Misbehaviour.LOGIN_PAGE: _page(200),
    Misbehaviour.HUGE_BODY: lambda: _flood(
        _json(("Content-Length", str(64 * _M))), itertools.repeat(b" " * 65536, 1024)
    ),
    Misbehaviour.HUGE_CHUNKED: lambda: _flood(
        _json(("Transfer-Encoding", "chunked")),
        _chunked(itertools.repeat(b" " * 65536, 1024)),
    ),
    Misbehaviour.NEGATIVE_LENGTH: lambda: _flood(
        _json(("Content-Length", "-1")), itertools.repeat(b" " * 65536, 1024)
    ),
    Misbehaviour.NEGATIVE_CHUNK: lambda: _flood(
        _json(("Transfer-Encoding", "chunked")) + b"-1\r\n", itertools.repeat(b" " * 65536, 1024)
    ),
    Misbehaviour.ENDLESS_CHUNK_LINE: lambda: _flood(
        _json(("Transfer-Encoding", "chunked")) + b"1;", itertools.repeat(b"a" * 65536, 1024)
    ),
    Misbehaviour.ENDLESS_TRAILERS: lambda: _flood(
        _json(("Transfer-Encoding", "chunked")) + b"2\r\n{}\r\n0\r\n",
        itertools.repeat(b"X-Trailer: a\r\n" * 4096, 1024),
    ),
    Misbehaviour.ENDLESS_HEADERS: lambda: _flood(
        b"HTTP/1.1 200 OK\r\n", itertools.repeat(b"X-Header: a\r\n" * 4096, 1024)
    ),
    Misbehaviour.ENDLESS_INTERIM: lambda: _flood(
        b"", itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n" * 2048, 1024)
    ),
    Misbehaviour.GZIP_BOMB: _encoded("gzip", _bomb),
    Misbehaviour.BROTLI: _encoded("br", lambda: b"\x0b\x01\x80{}\x03"),
    Misbehaviour.ZSTD: _encoded("zstd", lambda: b"\x28\xb5\x2f\xfd\x20\x02\x11\x00\x00{}"),
    Misbehaviour.STACKED_ENCODINGS: _encoded("gzip, gzip", lambda: gzip.compress(_bomb())),
    Misbehaviour.COMPRESSED_TRANSFER: lambda: Performance(
        _json(("Transfer-Encoding", "gzip, chunked"))
        + b"".join(_chunked([gzip.compress(b"{}")]))
        + b"0\r\n\r\n"
    ),
}
