"""The HTTP source over its real transport, against servers on this machine."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import stat
from importlib.metadata import EntryPoint

import pytest

from http_cases import (
    APP_KEY,
    OPENED,
    OWN,
    PURPOSE,
    WRAPPED,
    Sender,
    ask_vehicle,
    configured,
    generic,
    national,
    outage,
    query,
)
from taxgate import config
from taxgate.adapters.http import HttpSource
from taxgate.adapters.profile_files import load_profile
from taxgate.adapters.profile_reading import read_profile
from taxgate.adapters.transport import Transport
from taxgate.errors import ConfigError
from taxgate.evidence import OutageCause, Provenance, Reservation
from taxgate.secret import Secret
from taxgate.sources import Deadline, SourceError, system_clock
from taxgate.testing.misbehaving import HttpReply, MisbehavingServer
from taxgate.testing.samples import CANARIES, canary
from tls import Certificates

C = OutageCause
HERE = "127.0.0.1"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """Return an authority that vouches for the servers here."""
    return Certificates(tmp_path_factory.mktemp("authority"))


@contextlib.contextmanager
def served(certificates, respond, profile="generic", *, clients=False, plain=False, **options):
    """Yield a source that asks a server over TLS, and the server."""

    def reply(request):
        value = respond(json.loads(request.body) if request.body[:1] == b"{" else None, request)
        return value if isinstance(value, (bytes, HttpReply)) else json.dumps(value).encode()

    loaded = load_profile(profile) if isinstance(profile, str) else profile
    tls = None if plain else certificates.server(HERE, clients=clients)
    certificate, key = certificates.client() if clients else (None, None)
    with MisbehavingServer(reply, tls=tls) as server:
        transport = Transport(
            source="bureau",
            base_url=server.url,
            ca_file=None if plain else certificates.ca_file,
            client_certificate=certificate,
            client_key=key,
            allow_internal=[HERE],
            allow_plain_http_to=[HERE] if plain else [],
            content_types=loaded.reply.content_types,
            sleep=lambda _: None,
        )
        fields = {"url": server.url, "name": "bureau", "mutual_tls": clients}
        source = HttpSource(loaded, transport=transport, **(fields | options))
        with contextlib.closing(source):
            yield source, server


def now(asked, _):
    """Reply by the generic profile, as of now."""
    return generic(asked, as_of=system_clock().isoformat())


def cause_of(source, inquiry=None):
    """Return why there is no answer."""
    with pytest.raises(SourceError) as caught:
        query(source, inquiry)
    return caught.value.outage.cause


def test_the_generic_profile_over_tls(certificates):
    """One question, one answer, live."""
    with served(certificates, now) as (source, server):
        answer = query(source)
        assert (answer.records, answer.provenance) == ((), Provenance.LIVE)
        (request,) = server.requests
        assert (request.method, request.path) == ("POST", "/inquiries")


def test_plain_http_is_reserved(certificates):
    """Only where the configuration allows it by name, and the answer says so."""
    with served(certificates, now, plain=True) as (source, _):
        assert query(source).reservations == (Reservation.PLAIN_HTTP,)


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        (401, C.BAD_SIGNATURE),
        (403, C.BAD_SIGNATURE),
        (404, C.MALFORMED_RESPONSE),
        (400, C.MALFORMED_RESPONSE),
        (204, C.MALFORMED_RESPONSE),
        (429, C.RATE_LIMITED),
        (503, C.SERVER_FAULT),
        (302, C.REDIRECT_REFUSED),
    ],
)
def test_a_status_that_is_no_success_is_no_answer(certificates, status, cause):
    """Whatever lies in the body (13, 17-20, 22); nothing is asked more than three times (83)."""
    reply = HttpReply(status=status, body=b"" if status == 204 else b"{}")
    with served(certificates, lambda *_: reply) as (source, server):
        assert cause_of(source) is cause
        assert len(server.requests) == (3 if status in {429, 503} else 1)


def test_status_404_over_mutual_tls_where_the_profile_says_so(certificates):
    """The one status besides success that may be an answer: "no record" (19, 42)."""
    secrets = {"password": Secret("a"), "token": Secret("b")}
    profile = read_profile(OWN.encode(), "own")
    reply = HttpReply(status=404, body=b"{}")
    with served(certificates, lambda *_: reply, profile, clients=True, secrets=secrets) as (
        source,
        _,
    ):
        answer = query(source)
        assert (answer.records, answer.reservations) == ((), (Reservation.NO_ECHO,))


def test_a_national_gateway_over_tls(certificates):
    """Header names with underscores arrive as they are; the unwrapped secret signs."""

    def respond(asked, request):
        stood_in = type("Asked", (), {"url": request.path})
        instant = system_clock()
        reply = national("gjgxjhpt")(asked, stood_in)
        if "secret" in reply["data"]:
            until = int(instant.timestamp() * 1000) + 3_600_000
            return {"code": "0", "data": {"secret": WRAPPED, "secretEndTime": str(until)}}
        reply["data"]["sjgxsj"] = instant.strftime("%Y-%m-%d %H:%M:%S")
        return reply

    given = configured("gjgxjhpt")
    given["secrets"]["app_key"] = Secret(APP_KEY)
    with served(certificates, respond, "gjgxjhpt", **given) as (source, server):
        assert query(source).records == ()
        assert query(source).records == ()
        assert [request.path for request in server.requests] == [
            "/sysapi/auth/refreshappsecret",
            "/sysapi/service/tax-clearance",
            "/sysapi/service/tax-clearance",
        ]
        for request in server.requests:
            for part in ("rid", "sid", "rtime", "sign"):
                assert request.header(f"gjgxjhpt_{part}")


def test_nothing_private_is_logged(certificates, caplog):
    """At DEBUG neither identifiers nor secrets show, in answers and in outages (63, 64)."""
    caplog.set_level(logging.DEBUG)
    shown = []
    replies = [
        lambda asked: generic(asked, as_of=system_clock().isoformat()),
        lambda asked: generic(asked, inquiry={**asked["inquiry"], "matter": "deed-tax"}),
        lambda asked: {"code": asked["inquiry"].get("vin", "x\n\x1b[31m")},
        lambda asked: generic(asked, records=[{"matter": "deed-tax", "status": "金丝雀某"}]),
        lambda asked: generic(asked, records=[asked["inquiry"]]),
        lambda asked: json.dumps(asked["inquiry"]).encode() + b"x",
    ]
    for kind in ("purchase-tax", "deed-tax", "clearance"):
        for reply in replies:
            with served(certificates, lambda asked, _, r=reply: r(asked)) as (source, _):
                try:
                    shown.append(repr(query(source, canary(kind).inquiry)))
                except SourceError as error:
                    shown += [repr(error), str(error), repr(error.__cause__)]
    shown += [record.getMessage() for record in caplog.records]
    assert any("untrusted" in message for message in shown)
    for message in shown:
        assert not any(part in message for part in CANARIES)
        assert "\n" not in message
        assert "\x1b" not in message


def test_secrets_are_not_logged(certificates, caplog):
    """Neither the secret that stays nor the one that was fetched shows in an outage (64)."""
    caplog.set_level(logging.DEBUG)

    def respond(asked, request):
        return {"code": OPENED, "data": {"secret": WRAPPED}}

    given = configured("gjgxjhpt")
    given["secrets"] = {"app_key": Secret(APP_KEY), "app_secret": Secret("hush-hush")}
    with served(certificates, respond, "gjgxjhpt", **given) as (source, _):
        with pytest.raises(SourceError) as caught:
            query(source)
        shown = str(caught.value) + repr(caught.value) + repr(source) + caplog.text
    for secret in (APP_KEY, "hush-hush", OPENED, WRAPPED):
        assert secret not in shown


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_fork_asks_with_connections_of_its_own(certificates):
    """Before and after a fork both processes get answers (81)."""
    with served(certificates, now) as (source, server):
        query(source)
        child = os.fork()
        if child == 0:
            code = 1
            with contextlib.suppress(BaseException):
                code = 0 if source.query(ask_vehicle(), Deadline(5)).records == () else 2
            os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        query(source)
        assert len(server.requests) == 3


# Configuration ------------------------------------------------------------------------------------

CONFIGURATION = """
[gate]
source = "bureau"
[sources.bureau]
kind = "http"
url = "https://tax.example.invalid/gate"
profile = "gjgxjhpt"
max_age_seconds = 3600
[sources.bureau.parameters]
requester = "rid-1"
[sources.bureau.secrets]
app_key = { env = "TAXGATE_TEST_APP_KEY" }
app_secret = { file = "app-secret" }
[sources.bureau.services]
vehicle = "sid-1"
property = "sid-2"
equity = "sid-3"
entity = "sid-4"
refresh = "sid-5"
[sources.bureau.offices]
"某市登记机关" = "1401-07"
"""


@pytest.fixture
def configuration(tmp_path, monkeypatch):
    """Return a function that reads a configuration in which sources of kind http are known."""
    point = EntryPoint("http", "taxgate.adapters.http:from_settings", config.GROUP)
    monkeypatch.setattr(config, "entry_points", lambda **_: [point])
    monkeypatch.setenv("TAXGATE_TEST_APP_KEY", APP_KEY)
    secret = tmp_path / "app-secret"
    secret.write_text("hush\n")
    secret.chmod(0o600)

    def read(text=CONFIGURATION):
        path = tmp_path / "taxgate.toml"
        path.write_text(text, encoding="utf-8")
        path.chmod(0o644)
        return config.load(path).sources

    return read


def faults_of(read, text):
    """Return the faults of a configuration."""
    with pytest.raises(ConfigError) as caught:
        read(text)
    return dict(caught.value.faults)


def test_a_source_is_configured(configuration):
    """Everything a profile asks for stands in the configuration, secrets in places of their own."""
    with contextlib.closing(configuration()) as source:
        assert isinstance(source, HttpSource)
        assert (source.name, source.profile.name) == ("bureau", "gjgxjhpt")
        assert source.provenance is Provenance.LIVE
        assert source._max_age == 3600


def test_a_profile_beside_the_configuration(configuration, tmp_path):
    """A path of a profile is relative to the configuration, and its faults are named (102)."""
    text = CONFIGURATION[: CONFIGURATION.index("max_age")].replace("gjgxjhpt", "./own.toml")
    text += 'client_certificate = "office.pem"\n'
    profile = tmp_path / "own.toml"
    profile.write_text(OWN.replace("format = 1", "format = 9"), encoding="utf-8")
    profile.chmod(0o644)
    found = faults_of(configuration, text)
    assert "format: must be 1" in found["sources.bureau.profile"]
    profile.write_text(OWN, encoding="utf-8")
    profile.chmod(0o666 | stat.S_IWOTH)
    assert "everybody" in faults_of(configuration, text)["sources.bureau.profile"]


def test_every_fault_of_a_configuration_is_named(configuration):
    """Address, secrets, names and limits, in one go; no secret is repeated."""
    text = (
        CONFIGURATION.replace("https://tax.example.invalid", "http://127.0.0.1")
        .replace("max_age_seconds = 3600", "max_age_seconds = 0\nverify = false")
        .replace('{ env = "TAXGATE_TEST_APP_KEY" }', '"hush-hush"')
        .replace('vehicle = "sid-1"', 'car = "sid-1"')
    )
    found = faults_of(configuration, text)
    assert set(found) == {
        "sources.bureau.url",
        "sources.bureau.max_age_seconds",
        "sources.bureau.verify",
        "sources.bureau.secrets.app_key",
        "sources.bureau.services.vehicle",
        "sources.bureau.services.car",
    }
    assert "hush-hush" not in str(found)


def test_an_unknown_profile_is_named_beside_other_faults(configuration):
    """Without a profile nothing else it asks for is complained about."""
    text = CONFIGURATION.replace("gjgxjhpt", "gjgxjhpx")
    found = faults_of(configuration, text)
    assert set(found) == {"sources.bureau.profile"}
    assert "gjgxjhpt" in found["sources.bureau.profile"]


def test_the_office_catalogue_is_used(configuration):
    """An office that is not in it is not opened to: nothing is asked (Order Art. 18)."""
    text = CONFIGURATION.replace("某市登记机关", "另一机关")
    with contextlib.closing(configuration(text)) as source:
        sender = Sender(national("gjgxjhpt"), at=system_clock())
        source._transport = sender
        found = outage(source)
        assert found.cause is C.NOT_OPENED
        assert PURPOSE.office not in found.detail
