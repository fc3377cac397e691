"""Where a source may be asked: the address it is configured with, and what its name leads to.

An address inside the machine or the office is refused unless it is named as permitted, so that
neither a slip in a file nor a name server can turn a question to the bureau into one to something
else. Over plain http, where no certificate says who answers, a name is resolved once and its
addresses stay.
"""

from __future__ import annotations

import os
import re
import socket
import threading
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final
from urllib.parse import urlsplit

from attrs import frozen

from ..errors import ConfigError
from ..evidence import OutageCause
from .fencing import Exchange, Fault

__all__ = ["Address", "Origin", "Resolver", "is_internal", "origin_of"]

_HOST: Final = re.compile(
    r"(?=.{1,253}\.?$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*"
    r"(?:[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)\.?",
    re.ASCII,
)
_PATH: Final = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]*)*", re.ASCII)
_INTERNAL_NAMES: Final = ("localhost", "local", "localdomain", "internal", "home.arpa")
_PORTS: Final = {"https": 443, "http": 80}


@frozen
class Address:
    """One address a host has.

    Attributes:
        family: Address family of the socket.
        host: The address itself, as text.
        port: TCP port.
    """

    family: socket.AddressFamily
    host: str
    port: int


@frozen
class Origin:
    """Whom a transport talks to.

    Attributes:
        prefix: Scheme, host and port, as configured.
        scheme: "https" or "http".
        host: Name or IP address in lower case, without brackets.
        port: TCP port.
    """

    prefix: str
    scheme: str
    host: str
    port: int

    @property
    def plain(self) -> bool:
        """Whether nothing is encrypted on the way."""
        return self.scheme == "http"

    def path_of(self, url: str) -> str | None:
        """Return the path of *url*; None if it is of another origin, or says more than a path."""
        if not url.startswith(self.prefix):
            return None
        path = url[len(self.prefix) :]
        return (path or "/") if _PATH.fullmatch(path) else None


def is_internal(address: IPv4Address | IPv6Address) -> bool:
    """Say whether *address* leads into the machine or the office rather than out to the bureau."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return is_internal(inner)
    return not address.is_global or address.is_multicast


def origin_of(
    url: str, *, allow_plain_http_to: Collection[str] = (), allow_internal: Collection[str] = ()
) -> Origin:
    """Return whom *url* names.

    Args:
        url: Scheme, host, perhaps a port and a path.
        allow_plain_http_to: Hosts that may be asked without encryption.
        allow_internal: Hosts inside the machine or the office that may be asked.

    Raises:
        ConfigError: It cannot be used; names every fault. The address itself is not repeated.
    """
    faults: list[str] = []
    parts = host = port = None
    try:
        parts = urlsplit(url)
        host = parts.hostname
        port = parts.port
    except ValueError:
        faults.append("is not a URL")
    if not url.isascii() or any(character <= " " or character == "\x7f" for character in url):
        faults.append("holds characters that a URL has not; write a host's name as xn--...")
    if parts is not None:
        if "@" in parts.netloc:
            faults.append("holds credentials: a secret belongs into its own setting")
        if "?" in url:
            faults.append("holds a query: what is asked travels in the body")
        if "#" in url:
            faults.append("holds a fragment")
        if not _PATH.fullmatch(parts.path):
            faults.append("has a path with `..`, `%` or other characters that are not plain")
        if parts.scheme not in _PORTS:
            faults.append("does not begin with https://")
        if port == 0:
            faults.append("names port 0")
        faults += _faults_of_host(host, allow_internal)
        if parts.scheme == "http" and host not in _folded(allow_plain_http_to):
            faults.append("is plain http, and allow_plain_http_to does not name its host")
    if faults or parts is None or host is None:
        raise ConfigError(tuple(("url", fault) for fault in faults))
    return Origin(
        prefix=url[: len(url) - len(parts.path)],
        scheme=parts.scheme,
        host=host,
        port=port or _PORTS[parts.scheme],
    )


def _faults_of_host(host: str | None, allowed: Collection[str]) -> list[str]:
    if not host:
        return ["names no host"]
    try:
        internal = is_internal(ip_address(host))
    except ValueError:
        if not _HOST.fullmatch(host):
            # Among others 127.1, 0x7f.1 and 2130706433, which resolvers take for 127.0.0.1.
            return ["has a host that is neither a name nor an IP address in its usual form"]
        name = host.rstrip(".")
        internal = any(name == inner or name.endswith(f".{inner}") for inner in _INTERNAL_NAMES)
    if internal and host not in _folded(allowed):
        return ["leads into this machine or office, and allow_internal does not name its host"]
    return []


def _folded(hosts: Collection[str]) -> frozenset[str]:
    return frozenset(host.lower().strip("[]") for host in hosts)


class Resolver:
    """Finds the addresses of one host, as long as the caller has time and no longer.

    The system's look-up cannot be given a time limit, so it runs in a thread of its own, one at a
    time however many callers wait. It is needed for new connections to a name only.

    Args:
        origin: Whom to find.
        allow_plain_http_to: If IP addresses are among them, a host asked without encryption is
            asked at one of these only.
        allow_internal: Names and IP addresses inside the machine or the office that may be asked.
    """

    def __init__(
        self,
        origin: Origin,
        *,
        allow_plain_http_to: Collection[str] = (),
        allow_internal: Collection[str] = (),
    ) -> None:
        self._origin: Final = origin
        self._allowed: Final = _folded(allow_internal)
        self._listed: Final = frozenset(filter(_is_ip, _folded(allow_plain_http_to)))
        self._pinned: tuple[Address, ...] = ()
        self._under_way: Final[dict[int, _LookUp]] = {}

    def addresses(self, exchange: Exchange) -> tuple[Address, ...]:
        """Return where the host may be reached, never none.

        Raises:
            Fault: There is no such place, or finding it takes too long.
        """
        if self._pinned:
            return self._pinned
        if _is_ip(self._origin.host):
            return (_address(self._origin.host, self._origin.port),)
        found = tuple(
            _address(host, self._origin.port) for host in self._look_up(exchange) if self._may(host)
        )
        if not found:
            raise Fault(OutageCause.DNS_FAILED, "the name leads only where nobody may be asked")
        if self._origin.plain:
            self._pinned = found
        return found

    def _may(self, host: str) -> bool:
        if self._origin.plain and self._listed and host not in self._listed:
            return False
        permitted = self._origin.host in self._allowed or host in self._allowed
        return permitted or not is_internal(ip_address(host))

    def _look_up(self, exchange: Exchange) -> tuple[str, ...]:
        process = os.getpid()  # a look-up of the process this one was forked from never ends here
        mine = _LookUp(self._origin)
        under_way = self._under_way.setdefault(process, mine)
        if under_way is mine:
            try:
                threading.Thread(
                    target=mine.run, args=(self._under_way,), name="taxgate-dns", daemon=True
                ).start()
            except RuntimeError:  # the system has no thread to give
                self._under_way.pop(process, None)
                mine.done.set()
        if not under_way.done.wait(exchange.left()):
            exchange.times_out()
        if not under_way.found:
            raise Fault(OutageCause.DNS_FAILED, "the host's name has no address")
        return under_way.found


class _LookUp:
    """One look-up; whoever needs it waits for it."""

    def __init__(self, origin: Origin) -> None:
        self._origin: Final = origin
        self.done: Final = threading.Event()
        self.found: tuple[str, ...] = ()

    def run(self, under_way: dict[int, _LookUp]) -> None:
        """Look it up, and say so when done."""
        try:
            entries = socket.getaddrinfo(
                self._origin.host, self._origin.port, type=socket.SOCK_STREAM
            )
            self.found = tuple(dict.fromkeys(str(entry[4][0]) for entry in entries))
        except (OSError, UnicodeError):
            pass  # nothing found
        finally:
            under_way.pop(os.getpid(), None)
            self.done.set()


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _address(host: str, port: int) -> Address:
    version = ip_address(host).version
    return Address(socket.AF_INET6 if version == 6 else socket.AF_INET, host, port)  # noqa: PLR2004
