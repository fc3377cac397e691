"""What a bureau, or something on the way to it, does to a question (传输层故障)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

__all__ = ["ACCEPTING", "LISTENING", "Misbehaviour"]


class Misbehaviour(StrEnum):
    """One way to treat a connection or a request."""

    NONE = "none"
    """A plain reply of status 200 with a stated length."""
    CHUNKED = "chunked"
    """Likewise, in several chunks: no fault."""
    SLOW = "slow"
    """Likewise, after a pause: no fault for who has time."""
    CLOSE_AFTER_REPLY = "close-after-reply"
    """Likewise, and the connection is closed without a word: no fault either."""

    # Who connects
    REFUSE = "refuse"
    """Nobody listens."""
    BLACK_HOLE = "black-hole"
    """The first packet is never answered."""
    TLS_STALL = "tls-stall"
    """The connection is accepted, and then nothing is said."""
    UNREAD = "unread"
    """TLS is agreed upon, if it is used, and then nothing is read or said."""
    RESET_ON_ACCEPT = "reset-on-accept"
    CLOSE_ON_ACCEPT = "close-on-accept"

    # The connection breaks, or time runs out
    SILENCE = "silence"
    """The request is read, and then nothing is said."""
    CLOSE_BEFORE_REPLY = "close-before-reply"
    RESET_BEFORE_REPLY = "reset-before-reply"
    RESET_IN_HEADERS = "reset-in-headers"
    RESET_AFTER_HEADERS = "reset-after-headers"
    RESET_MID_BODY = "reset-mid-body"
    HEADER_DRIP = "header-drip"
    BODY_DRIP = "body-drip"
    TRUNCATED_HEADERS = "truncated-headers"
    TRUNCATED_BODY = "truncated-body"
    TRUNCATED_CHUNKS = "truncated-chunks"

    # Another status than 200
    REDIRECT_301 = "redirect-301"
    REDIRECT_302 = "redirect-302"
    REDIRECT_303 = "redirect-303"
    REDIRECT_307 = "redirect-307"
    REDIRECT_308 = "redirect-308"
    REDIRECT_ELSEWHERE = "redirect-elsewhere"
    """307 to another host."""
    REDIRECT_TO_PLAIN_HTTP = "redirect-to-plain-http"
    REDIRECT_TO_FILE = "redirect-to-file"
    REDIRECT_HUGE = "redirect-huge"
    """302 with a body of 64 MiB."""
    RATE_LIMITED = "rate-limited"
    RATE_LIMITED_SECONDS = "rate-limited-seconds"
    """429, Retry-After: 1."""
    RATE_LIMITED_HTTP_DATE = "rate-limited-http-date"
    """429, Retry-After names the instant two seconds from now."""
    RATE_LIMITED_GARBAGE = "rate-limited-garbage"
    RATE_LIMITED_NEGATIVE = "rate-limited-negative"
    RATE_LIMITED_TEN_YEARS = "rate-limited-ten-years"
    SERVER_FAULT_500 = "server-fault-500"
    SERVER_FAULT_502 = "server-fault-502"
    SERVER_FAULT_503 = "server-fault-503"
    SERVER_FAULT_504 = "server-fault-504"
    HTML_ERROR_PAGE = "html-error-page"
    """502 with the page of a proxy."""
    BAD_REQUEST = "bad-request"
    UNAUTHORISED = "unauthorised"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not-found"
    NO_CONTENT = "no-content"
    PARTIAL_CONTENT = "partial-content"

    # Status 200, and yet no reply
    EMPTY_BODY = "empty-body"
    EOF_DELIMITED = "eof-delimited"
    HTTP_1_0 = "http-1.0"
    """Likewise, as an old server does."""
    HUGE_BODY = "huge-body"
    """64 MiB, and the length says so."""
    HUGE_CHUNKED = "huge-chunked"
    """64 MiB in chunks."""
    LYING_LENGTH = "lying-length"
    """A small length is stated, and 4 MiB come."""
    SECOND_REPLY = "second-reply"
    """A second reply comes along with the first."""
    TWO_LENGTHS = "two-lengths"
    LENGTH_AND_CHUNKS = "length-and-chunks"
    NEGATIVE_LENGTH = "negative-length"
    NEGATIVE_CHUNK = "negative-chunk"
    ENDLESS_CHUNK_LINE = "endless-chunk-line"
    ENDLESS_TRAILERS = "endless-trailers"
    ENDLESS_HEADERS = "endless-headers"
    ENDLESS_INTERIM = "endless-interim"
    """One reply of status 100 after the other."""
    MALFORMED_HEADERS = "malformed-headers"
    NOT_HTTP = "not-http"
    GZIP_BOMB = "gzip-bomb"
    """305 KB that unpack to 300 MiB."""
    BROTLI = "brotli"
    ZSTD = "zstd"
    STACKED_ENCODINGS = "stacked-encodings"
    """gzip within gzip."""
    COMPRESSED_TRANSFER = "compressed-transfer"
    """gzip as a transfer coding."""
    WRONG_CONTENT_TYPE = "wrong-content-type"
    NO_CONTENT_TYPE = "no-content-type"
    LOGIN_PAGE = "login-page"
    """200 with the page of a portal that wants a log-in."""


LISTENING: Final = frozenset({Misbehaviour.REFUSE, Misbehaviour.BLACK_HOLE})
"""What a whole server does or does not; it cannot be scripted for a single request."""

ACCEPTING: Final = frozenset(
    {
        Misbehaviour.TLS_STALL,
        Misbehaviour.UNREAD,
        Misbehaviour.RESET_ON_ACCEPT,
        Misbehaviour.CLOSE_ON_ACCEPT,
    }
)
"""What happens to a connection before there is a request on it."""
