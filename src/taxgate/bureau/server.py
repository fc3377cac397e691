"""The sandbox bureau's door (沙箱服务): HTTP on this machine, for trying things out.

The standard library's server, because it is a sandbox: it keeps header names with underscores, as
the national gateways need them, and lets a fault get at the bare connection. It is no server for a
real bureau, and it listens on this machine only unless it is told otherwise.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from ..adapters.http import HttpSource
from ..adapters.profile import Profile
from ..adapters.profile_files import load_profile, shipped
from ..secret import Secret
from ..sources import Clock, system_clock
from .answering import Counter, Outcome
from .records import KnownRecords, Records
from .records import shipped as shipped_records
from .sending import Sending, sent
from .setting_up import credentials_for, snippet, source_for
from .signatures import Credentials, Gatekeeper

__all__ = ["LARGEST", "SECRET", "SandboxBureau"]

_LOG: Final = logging.getLogger("taxgate.bureau")

LARGEST: Final = 64 << 10
"""Bytes a request may have."""

SECRET: Final = "taxgate-sandbox-secret-for-nobody"
"""Every secret of the sandbox unless another is given: known to all, worth nothing."""

_PATIENCE: Final = 10.0
_PLAIN: Final = "generic"


class SandboxBureau:
    """A tax bureau on this machine, from the moment it is made until it is closed.

        with SandboxBureau() as bureau:
            with Gate(bureau.source("generic")) as gate:
                ...

    Args:
        profiles: Which interfaces it speaks: names of shipped profiles, "all", paths of files, or
            profiles.
        records: What it knows; the records of the shipped cases if None.
        host: Address to listen on.
        port: TCP port; 0 for any that is free.
        secret: What signs requests; `SECRET` if None.
        clock: The bureau's clock.
        report: Called with one line for each request, without personal data; a log line if None.

    Raises:
        ConfigError: A profile cannot be used.
        OSError: The port cannot be listened on.
    """

    def __init__(
        self,
        profiles: Iterable[str | Profile] = ("generic",),
        *,
        records: Records | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        secret: Secret | None = None,
        clock: Clock = system_clock,
        report: Callable[[str], None] | None = None,
    ) -> None:
        known = records if records is not None else KnownRecords(shipped_records())
        signs = secret if secret is not None else Secret(SECRET)
        self._counters: Final[dict[str, Counter]] = {}
        self._credentials: Final[dict[str, Credentials]] = {}
        self._clock: Final = clock
        self._named: Final[dict[str, str]] = {}
        for name, profile in _profiles(profiles):
            self._named[profile.name] = name
            given = self._credentials[profile.name] = credentials_for(profile, signs)
            gatekeeper = Gatekeeper(profile, given)
            self._counters[profile.name] = Counter(profile, gatekeeper, known, clock)
        self._server: Final = _Server(
            (host, port), self._counters, report if report is not None else _LOG.info, clock
        )
        bound_host, bound_port = self._server.server_address[:2]
        shown = host or str(bound_host)
        self.url: Final = f"http://{f'[{shown}]' if ':' in shown else shown}:{bound_port}"
        """Where it is, without a path."""
        self._host: Final = host
        self._thread: Final = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.05},
            name="taxgate-bureau",
            daemon=True,
        )
        self._closed = False
        self._thread.start()

    @property
    def profiles(self) -> tuple[str, ...]:
        """Names of the profiles it speaks."""
        return tuple(self._counters)

    def url_of(self, profile: str) -> str:
        """Return the address at which *profile* is spoken."""
        if profile not in self._counters:
            raise KeyError(profile)
        return f"{self.url}/{profile}"

    def source(self, profile: str = "generic") -> HttpSource:
        """Return a source that asks this bureau by *profile*; whoever takes it closes it.

        It counts as live: never use it where registrations are completed.
        """
        spoken = self._counters[profile].profile
        given = self._credentials[profile]
        return source_for(spoken, given, self.url_of(profile), self._host, self._clock)

    def snippet(self, profile: str, secret: str | None = None) -> str:
        """Return a configuration file that asks this bureau by *profile*.

        Args:
            profile: Name of a profile it speaks.
            secret: Where the secret stands, in TOML; the environment if None.
        """
        spoken = self._counters[profile].profile
        return snippet(spoken, self.url_of(profile), self._host, secret, named=self._named[profile])

    def close(self) -> None:
        """Stop listening, and end whatever is still dripping."""
        if not self._closed:
            self._closed = True
            self._server.ending.set()
            self._server.shutdown()
            self._server.end_connections()
            self._server.server_close()
            self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def _profiles(named: Iterable[str | Profile]) -> Iterable[tuple[str, Profile]]:
    """Yield each profile with how a configuration names it: by its name, or by its file."""
    for item in named:
        if isinstance(item, Profile):
            yield item.name, item
        elif item == "all":
            # The plain one first: its configuration is the one that is shown.
            for name in sorted(shipped(), key=lambda name: (name != _PLAIN, name)):
                yield name, load_profile(name)
        else:
            yield item if item in shipped() else str(Path(item).absolute()), load_profile(item)


class _Server(ThreadingHTTPServer):
    """Accepts connections, and knows those that are open."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(
        self,
        address: tuple[str, int],
        counters: Mapping[str, Counter],
        report: Callable[[str], None],
        clock: Clock,
    ) -> None:
        self.counters: Final = counters
        self.report: Final = report
        self.clock: Final = clock
        self.ending: Final = threading.Event()
        self._open: Final[set[socket.socket]] = set()
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401
        self._open.discard(request)
        super().shutdown_request(request)

    def end_connections(self) -> None:
        """Wake every thread that waits for the other side."""
        for connection in tuple(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401, ARG002
        # One line, and nothing of the request: a traceback could quote it.
        self.report("the other side broke off, or a request failed")


class _Handler(BaseHTTPRequestHandler):
    """Reads one request and has it answered; each connection carries one."""

    server: _Server
    timeout = _PATIENCE

    def do_POST(self) -> None:
        """Answer a question."""
        began = time.monotonic()
        outcome = self._outcome()
        took = f"{(time.monotonic() - began) * 1000:.0f} ms"
        # Before it is sent: a reply that drips would be reported minutes later.
        self.server.report(f"{outcome.sending.status} {outcome.report} ({took})")
        self.close_connection = True
        try:
            sent(outcome.sending, self.connection, self.server.ending)
        except OSError:
            self.server.report("the other side has gone")

    def do_GET(self) -> None:
        """Say what this is; no question is asked by GET, as a URL ends up in logs."""
        names = ", ".join(f"/{name}" for name in self.server.counters)
        body = (
            "taxgate 沙箱税务机关，仅供调试，数据均为虚构。\n"
            f"taxgate's sandbox bureau: for trying out; all data is invented.\n{names}\n"
        ).encode()
        whole = Sending(
            body=body, content_type="text/plain;charset=utf-8", date=self.server.clock()
        )
        self.close_connection = True
        if self.command == "HEAD":
            self.connection.sendall(whole.head(len(body)))
        else:
            sent(whole, self.connection, self.server.ending)

    do_HEAD = do_GET  # noqa: N815 - the name the standard library calls

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401
        """Say nothing: what the standard library would log is what the other side sent."""

    def _outcome(self) -> Outcome:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdecimal()):
            return self._problem(411, "say how long the body is")
        if len(length) > len(str(LARGEST)) or int(length) > LARGEST:
            return self._problem(413, f"a request has at most {LARGEST} bytes")
        body = self.rfile.read(int(length))
        _, _, rest = self.path.partition("/")
        name, slash, path = rest.partition("/")
        counter = self.server.counters.get(name)
        if counter is None:
            return self._problem(404, "no profile is spoken at this address")
        headers = {key.lower(): value for key, value in self.headers.items()}
        found = counter.serve(slash + path, headers, body)
        return Outcome(found.sending, f"{name} {found.report}")

    def _problem(self, status: int, problem: str) -> Outcome:
        body = f'{{"problem": "{problem}"}}'.encode()
        return Outcome(Sending(status=status, body=body, date=self.server.clock()), problem)
