"""Every kind of source the package ships, each in front of a bureau that follows a script."""

from __future__ import annotations

import json

import attrs
import trustme
from attrs import evolve

from taxgate.adapters.breaker import BreakerSource
from taxgate.adapters.by_matter import RoutedSource
from taxgate.adapters.cached import CachedSource
from taxgate.adapters.cross_check import CrossCheckSource
from taxgate.adapters.fallback import FallbackSource
from taxgate.adapters.http import HttpSource
from taxgate.adapters.memory import InMemorySource
from taxgate.adapters.profile_files import load_profile
from taxgate.adapters.rate_limit import RateLimitedSource
from taxgate.adapters.recording import RecordingSource
from taxgate.adapters.replay import ReplaySource
from taxgate.adapters.transport import Transport
from taxgate.bureau import SECRET, SandboxBureau
from taxgate.bureau.setting_up import credentials_for
from taxgate.errors import ConfigError
from taxgate.evidence import Answer, OutageCause, Provenance
from taxgate.secret import Secret
from taxgate.sources import Deadline, SourceError, ask, system_clock
from taxgate.terms import Checkpoint
from taxgate.testing.contract import Script
from taxgate.testing.misbehaving import HttpReply, MisbehavingServer, Misbehaviour
from taxgate.testing.samples import KINDS, canary, sample
from taxgate.wire.case import rules
from taxgate.wire.exchange import read_inquiry, record_value
from taxgate.wire.parsing import parse

KEY = Secret("a key for tests, long enough")


class ScriptedSource:
    """What a combinator asks: answers live, as a script says, and counts how often."""

    provenance = Provenance.LIVE

    def __init__(self, script, name="bureau"):
        self.script = script
        self.name = name
        self.asked = []
        self.closed = 0

    def query(self, inquiry, deadline):
        """Answer as the script says; silence lasts until the deadline."""
        self.asked.append(inquiry)
        if self.script.silent:
            raise SourceError.of(self.name, _waited(deadline))
        if inquiry.matter in self.script.outages:
            raise SourceError.of(self.name, self.script.outages[inquiry.matter], None, 7)
        return Answer(
            inquiry=inquiry,
            records=self.script.answer(inquiry),
            source=self.name,
            as_of=system_clock(),
            provenance=Provenance.LIVE,
        )

    def close(self):
        """Count it."""
        self.closed += 1


def _waited(deadline):
    import threading  # noqa: PLC0415 - only silence needs it

    threading.Event().wait(deadline.remaining)
    return OutageCause.TIMEOUT


# Combinators --------------------------------------------------------------------------------------

AROUND = {
    "by-matter": lambda inner, _folder: RoutedSource({}, inner()),
    "cached": lambda inner, _folder: CachedSource(inner()),
    "fallback": lambda inner, _folder: FallbackSource(inner(), inner()),
    "cross-check": lambda inner, _folder: CrossCheckSource(inner(), inner()),
    "breaker": lambda inner, _folder: BreakerSource(inner()),
    "rate-limit": lambda inner, _folder: RateLimitedSource(inner(), calls=10_000),
    "recording": lambda inner, folder: RecordingSource(inner(), folder / "recording", key=KEY),
}
"""Each combinator around one inner source, or around several of the same kind."""


# In memory, recorded ------------------------------------------------------------------------------


def in_memory(script):
    """Return the source in memory."""
    return InMemorySource(script.records, outages=script.outages)


def replayed(script, folder, questions=None):
    """Return the replay of a recording that holds what *script* says of every sample."""
    path = folder / f"recording-{len(list(folder.iterdir()))}"
    if questions is None:
        questions = [sample(kind, number).inquiry for kind in KINDS for number in range(9)]
        questions += [canary(kind).inquiry for kind in KINDS]
    recording = RecordingSource(ScriptedSource(script), path, key=KEY)
    for question in questions:
        try:
            ask(recording, question, Deadline(10))
        except SourceError:
            continue
    recording.close()
    known = {record.voucher_no for record in script.records if record.voucher_no}
    known |= {record.taxpayer.name for record in script.records if record.taxpayer}
    return ReplaySource(path, KEY, known=known, as_if_now=True)


# HTTP ---------------------------------------------------------------------------------------------

AUTHORITY = trustme.CA()
"""Who vouches for the servers of the tests."""

FAILURES = {
    OutageCause.RATE_LIMITED: "rate-limited",
    OutageCause.SERVER_FAULT: "busy",
    OutageCause.NOT_OPENED: "not-opened",
    OutageCause.BAD_SIGNATURE: "bad-signature",
    OutageCause.UNKNOWN_CODE: "what-nobody-knows",
}
"""How the generic profile says it in its envelope."""


def server_context(authority=AUTHORITY, *names):
    """Return how a server speaks TLS, with a certificate for *names*."""
    import ssl  # noqa: PLC0415

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*(names or ("127.0.0.1",))).configure_cert(context)
    return context


class GenericBureau:
    """A bureau that speaks the profile `generic`; *change* spoils its replies, if given."""

    def __init__(self, script, change=None):
        self.script = script
        self.change = change

    def value(self, request):
        """Return what the reply says, as a plain value."""
        asked = parse(request.body)
        inquiry = read_inquiry(asked["inquiry"])
        cause = self.script.outages.get(inquiry.matter)
        if cause is not None:
            return {"code": FAILURES[cause], "message": "told by the bureau"}
        records = [record_value(record) for record in self.script.answer(inquiry)]
        return {
            "code": "0",
            "message": "",
            "data": {
                "request_id": asked["request_id"],
                "inquiry": asked["inquiry"],
                "as_of": system_clock().isoformat(),
                "consultation_id": "Q-1",
                "records": records,
            },
        }

    def __call__(self, request):
        """Reply."""
        value = self.value(request)
        if self.change is not None:
            value = self.change(value)
        if isinstance(value, (bytes, HttpReply)):
            return value
        return as_json(value)


def as_json(value):
    """Return *value* as JSON text; days and amounts as texts."""
    return json.dumps(value, ensure_ascii=False, default=str).encode()


class Served:
    """An HTTP source and the server it asks; closing it closes both."""

    def __init__(self, folder):
        self.folder = folder
        self.servers = []
        self.sources = []

    def server(self, respond, **changes):
        """Return a server with TLS."""
        options = {"tls": server_context()} | changes
        server = MisbehavingServer(respond, **options)
        self.servers.append(server)
        return server

    def source(self, server, *, profile="generic", url=None, **changes):
        """Return a source that asks *server*."""
        file = self.folder / "authority.pem"
        if not file.exists():
            AUTHORITY.cert_pem.write_to_path(str(file))
        loaded = load_profile(profile)
        base = url or server.url
        plain = base.startswith("http:")
        options = {
            "source": "http",
            "base_url": base,
            "ca_file": None if plain else file,
            "allow_internal": ["127.0.0.1", "localhost"],
            "allow_plain_http_to": ["127.0.0.1"] if plain else (),
            "content_types": loaded.reply.content_types,
        }
        own = {name: changes.pop(name) for name in ("pause", "max_age") if name in changes}
        transport = Transport(**(options | changes))
        source = HttpSource(loaded, transport=transport, url=base, **own)
        self.sources.append(source)
        return source

    def asked(self, script, change=None, **changes):
        """Return a source that asks a bureau following *script*."""
        always = Misbehaviour.SILENCE if script.silent else Misbehaviour.NONE
        return self.source(self.server(GenericBureau(script, change), always=always), **changes)

    def close(self):
        """Close all."""
        for source in self.sources:
            source.close()
        for server in self.servers:
            server.close()


class Looked:
    """What a sandbox looks up: a script's records, and no matter it does not answer."""

    def __init__(self, script):
        self.script = script

    def about(self, inquiry):
        """Return them in the script's order."""
        if inquiry.matter in self.script.outages:
            raise ConfigError((("records", "cannot be read, says the script"),))
        return self.script.answer(inquiry)


class Sandbox:
    """The sandbox bureau in one profile, and sources that ask it."""

    def __init__(self, profile):
        self.profile = load_profile(profile)
        self.open = []

    def asked(self, script):
        """Return a source that asks a new sandbox which follows *script*."""
        if script.silent:
            server = MisbehavingServer(always=Misbehaviour.SILENCE)
            url = server.url
        else:
            server = SandboxBureau((self.profile,), records=Looked(script))
            url = server.url_of(self.profile.name)
        credentials = credentials_for(self.profile, Secret(SECRET))
        transport = Transport(
            source="http",
            base_url=url,
            allow_internal=["127.0.0.1"],
            allow_plain_http_to=["127.0.0.1"],
            content_types=self.profile.reply.content_types,
            attempts=1,
        )
        source = HttpSource(
            self.profile,
            transport=transport,
            url=url,
            parameters=credentials.parameters,
            secrets=credentials.secrets,
            services=credentials.services,
            offices={"某市登记机关": "140100001"} if self.profile.needs_offices else {},
        )
        self.open += [source, server]
        return source

    def carried(self, record):
        """Return *record* as it arrives: without what the profile has no field for."""
        [question] = [
            question
            for question in self.profile.questions.values()
            if record.matter in question.matters
            and question.checkpoint in (None, checkpoint_of_record(record))
        ]
        if question.records.whole:
            return record
        named = {name.partition(".")[0] for name in question.record}
        blank = {
            item.alias: item.default
            for item in attrs.fields(type(record))
            if item.name not in named and item.default is not attrs.NOTHING
        }
        return evolve(record, **blank)

    def close(self):
        """Close all."""
        for item in self.open:
            item.close()


def checkpoint_of_record(record):
    """Return the checkpoint whose records are of this class."""
    return next(each for each in Checkpoint if rules(each).Record is type(record))


__all__ = [
    "AROUND",
    "AUTHORITY",
    "FAILURES",
    "KEY",
    "GenericBureau",
    "Sandbox",
    "Script",
    "ScriptedSource",
    "Served",
    "as_json",
    "in_memory",
    "replayed",
    "server_context",
]
