"""The reply, read under a cap and only where its end is said plainly.

`http.client` takes a body that simply stops for a whole one, reads a negative chunk to the end of
the stream, and leaves what came after the body for the next question. None of it happens here. A
reply is read where the connection is owned: a fault closes the connection, and what is handed on is
complete.
"""

from __future__ import annotations

import http.client
import re
from typing import Final

from ..evidence import OutageCause
from .fencing import Exchange, Fault, current

__all__ = ["FramedReply"]

_LENGTH: Final = re.compile(r"[0-9]{1,18}", re.ASCII)
_CHUNK: Final = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
_LONGEST_LINE: Final = 4096
_MOST_TRAILERS: Final = 32
_HTTP_1_1: Final = 11


class FramedReply(http.client.HTTPResponse):
    """A reply with its whole body; only one of status 200 has any that is looked at.

    Attributes:
        fields: Headers with lower-case names; repeated ones are joined by commas.
        whole: The body.
    """

    fields: dict[str, str]
    whole: bytes = b""

    def begin(self) -> None:
        """Read the reply.

        Raises:
            Fault: It does not come, is cut, too large, compressed or not HTTP.
        """
        exchange = current()
        try:
            super().begin()
        except http.client.RemoteDisconnected:
            raise Fault(OutageCause.CONNECT_FAILED, "closed before the reply") from None
        except (http.client.HTTPException, ValueError):
            raise Fault(OutageCause.MALFORMED_RESPONSE, "not an HTTP reply") from None
        exchange.head = None
        # Anything the parser of headers did not understand; urllib3 would log it, with content.
        if self.headers.defects or self.headers.get_payload():
            raise Fault(OutageCause.MALFORMED_RESPONSE, "headers that are none")
        self.fields = {}
        for name, value in self.headers.items():
            key = name.lower()
            self.fields[key] = f"{self.fields[key]},{value}" if key in self.fields else value
        if self.status == http.client.OK:
            self.whole = self._body(exchange.largest)
            self._refuse_surplus(exchange)
        else:
            self.will_close = True
        self.close()

    def _body(self, largest: int) -> bytes:
        if self.fields.get("content-encoding", "identity").strip().lower() != "identity":
            raise Fault(OutageCause.OVERSIZE_RESPONSE, "compressed, which nobody asked for")
        coding = self.fields.get("transfer-encoding")
        length = self.fields.get("content-length")
        if coding is not None:
            if coding.strip().lower() != "chunked":
                raise Fault(OutageCause.OVERSIZE_RESPONSE, "a transfer coding nobody asked for")
            if length is not None or self.version != _HTTP_1_1:
                raise Fault(OutageCause.MALFORMED_RESPONSE, "two lengths")
            return self._chunks(largest)
        if length is None:
            raise Fault(OutageCause.MALFORMED_RESPONSE, "a body without a stated length")
        if not _LENGTH.fullmatch(length):
            raise Fault(OutageCause.MALFORMED_RESPONSE, "a length that is none")
        return self._exactly(_capped(int(length), largest))

    def _chunks(self, largest: int) -> bytes:
        body = bytearray()
        while size := self._chunk_size():
            _capped(len(body) + size, largest)
            chunk = self._exactly(size + 2)
            if not chunk.endswith(b"\r\n"):
                raise Fault(OutageCause.MALFORMED_RESPONSE, "a chunk of another size than stated")
            body += memoryview(chunk)[:-2]
        for _ in range(_MOST_TRAILERS):
            if self._line() == b"\r\n":
                return bytes(body)
        raise Fault(OutageCause.MALFORMED_RESPONSE, "trailers without end")

    def _chunk_size(self) -> int:
        found = _CHUNK.fullmatch(self._line())
        if found is None:
            raise Fault(OutageCause.MALFORMED_RESPONSE, "a chunk without a size")
        return int(found[1], 16)

    def _line(self) -> bytes:
        line = self.fp.readline(_LONGEST_LINE)
        if line.endswith(b"\n"):
            return line
        if len(line) == _LONGEST_LINE:
            raise Fault(OutageCause.MALFORMED_RESPONSE, "a line without end")
        raise Fault(OutageCause.CONNECT_FAILED, "closed in the middle of the body")

    def _exactly(self, size: int) -> bytes:
        read = self.fp.read(size)
        if len(read) < size:
            raise Fault(OutageCause.CONNECT_FAILED, "closed in the middle of the body")
        return read

    def _refuse_surplus(self, exchange: Exchange) -> None:
        """Look, without waiting, whether more came than was stated."""
        exchange.glancing = True
        surplus = self.fp.peek(1)
        exchange.glancing = False
        if surplus:
            raise Fault(OutageCause.OVERSIZE_RESPONSE, "more than the stated length")
        if exchange.ended:
            self.will_close = True


def _capped(size: int, largest: int) -> int:
    if size > largest:
        raise Fault(OutageCause.OVERSIZE_RESPONSE, f"more than {largest} bytes")
    return size
