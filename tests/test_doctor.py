"""`taxgate doctor`: every check finds what it is for, and says what to do about it."""

from __future__ import annotations

import http.client
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
from contextlib import closing, contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from attrs import evolve

from bureau_cases import configured, register
from taxgate.adapters.certificates import validity
from taxgate.adapters.profile_files import load_profile
from taxgate.bureau import MAGICS, SandboxBureau
from taxgate.cli import run
from taxgate.doctor import Level, examine, gates, probing
from taxgate.doctor.profiles import gaps
from taxgate.doctor.versions import FLOORS, installed
from taxgate.sources import system_clock
from taxgate.testing.misbehaving import MisbehavingServer
from taxgate.wording import Text
from tls import Certificates

OK, WARNING, FAULT = Level.OK, Level.WARNING, Level.FAULT


@pytest.fixture(scope="module")
def lines():
    """Return where the shared bureau reports to."""
    return []


@pytest.fixture(scope="module")
def bureau(lines):
    """Return a bureau that speaks every shipped profile."""
    with SandboxBureau(["all"], report=lines.append) as running:
        yield running


@pytest.fixture
def reports(lines):
    """Return the lines the bureau reports from now on."""
    lines.clear()
    return lines


@pytest.fixture
def config(monkeypatch, tmp_path, bureau):
    """Return a function that writes a configuration for the bureau."""
    register(monkeypatch)
    return lambda profile="generic", change=lambda text: text: configured(
        tmp_path, bureau, profile, change
    )


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """Return a certification authority."""
    return Certificates(tmp_path_factory.mktemp("tls"))


@contextmanager
def served(handler):
    """Serve by *handler* on this machine, and return the address."""
    handler.log_message = lambda *_: None
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def levels(remarks, name):
    """Return the levels of the remarks of one name."""
    return [remark.level for remark in remarks if remark.name == name]


def only(remarks, name):
    """Return the one remark of that name."""
    (found,) = [remark for remark in remarks if remark.name == name]
    return found


# All of it ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["generic", "gjgxjhpt", "gjzwfwpt", "sorted-params"])
def test_a_sound_configuration_has_no_fault(config, profile):
    """Against the bureau itself there are warnings only, and the probe is answered."""
    remarks = examine(config(profile), probe=True)
    assert not [remark for remark in remarks if remark.level is FAULT]
    assert only(remarks, "probe").level is OK
    assert only(remarks, "configuration").level is OK
    assert only(remarks, "clock-skew").level is OK
    assert levels(remarks, "dependency") == [OK, OK]


def test_every_remark_is_said_in_both_languages_and_whatever_is_wrong_has_a_remedy(config):
    """No text is missing, and none is the other language's."""
    for profile in ("generic", "gjgxjhpt", "city-bus"):
        for remark in examine(config(profile), probe=True):
            assert remark.told.zh != remark.told.en
            assert any("\u4e00" <= character <= "\u9fff" for character in remark.told.zh)
            assert not any("\u4e00" <= character <= "\u9fff" for character in remark.told.en)
            assert (remark.remedy is None) is (remark.level is OK)


def test_without_a_probe_no_question_is_asked(config, reports):
    """A request without a body and the fetching of a secret is all there is."""
    for profile in ("generic", "gjgxjhpt"):
        examine(config(profile))
    assert all("a secret was handed out" in line for line in reports)
    reports.clear()
    examine(config("generic"), probe=True)
    nobody = next(magic for magic in MAGICS if magic.name == "no-record")
    assert any(nobody.vin.masked in line for line in reports)


def test_offline_nobody_is_connected_to(config, reports, monkeypatch):
    """Files are looked at, and no socket is opened."""
    path = config("gjgxjhpt")

    def refuse(*_):
        pytest.fail("connected although offline")

    monkeypatch.setattr(http.client.HTTPConnection, "connect", refuse)
    remarks = examine(path, offline=True, probe=True)
    assert reports == []
    assert {"clock-skew", "secret-expiry", "probe"}.isdisjoint(r.name for r in remarks)


# The file itself ----------------------------------------------------------------------------------


def test_every_fault_of_a_configuration_is_named(config):
    """Not only the first, and what can be looked at in spite of them is."""

    def spoil(text):
        return text.replace("[gate]", "[gate]\nwithin_seconds = 0\nsurprise = 1")

    remarks = examine(config(change=spoil))
    places = [remark.place for remark in remarks if remark.name == "configuration"]
    assert places == ["gate.within_seconds", "gate.surprise"]
    assert set(levels(remarks, "configuration")) == {FAULT}
    assert only(remarks, "clock-skew").level is OK


@pytest.mark.parametrize("content", [None, "[gate", "\udc80"])
def test_a_file_that_cannot_be_read_is_a_fault(tmp_path, content):
    """Missing, no TOML, or not UTF-8."""
    path = tmp_path / "taxgate.toml"
    if content is not None:
        path.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert FAULT in levels(examine(path), "configuration")


@pytest.mark.parametrize(
    ("mode", "level"), [(0o600, OK), (0o644, OK), (0o664, WARNING), (0o666, FAULT)]
)
def test_who_may_change_the_configuration(config, mode, level):
    """Whoever may change it decides whom the office asks."""
    path = config()
    path.chmod(mode)
    assert levels(examine(path, offline=True), "file-permissions") == [level]


@pytest.mark.parametrize(
    ("mode", "level"), [(0o600, OK), (0o400, OK), (0o640, WARNING), (0o644, FAULT)]
)
def test_who_may_read_a_secret(config, tmp_path, mode, level):
    """A secret's file is closed to other accounts."""
    secret = tmp_path / "secret"
    secret.write_text("of this office", encoding="utf-8")
    secret.chmod(mode)

    def from_file(text):
        return text.replace('{ env = "TAXGATE_SANDBOX_SECRET" }', '{ file = "secret" }')

    remarks = examine(config("sorted-params", from_file), offline=True)
    found = [r for r in remarks if r.name == "file-permissions" and r.place == str(secret)]
    assert [remark.level for remark in found] == [level]
    assert "of this office" not in "".join(r.told.en + r.told.zh for r in remarks)


def test_who_may_change_a_profile(config, tmp_path):
    """A profile of one's own is looked at as the configuration is."""
    own = tmp_path / "ours.toml"
    shipped = Path(probing.__file__).parents[1] / "adapters" / "profiles" / "generic.toml"
    own.write_bytes(shipped.read_bytes())
    own.chmod(0o664)
    remarks = examine(
        config(change=lambda text: text.replace('"generic"', '"ours.toml"')), offline=True
    )
    found = [r for r in remarks if r.name == "file-permissions" and r.place == str(own)]
    assert [remark.level for remark in found] == [WARNING]
    assert levels(remarks, "no-echo") == [OK]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="accounts are of POSIX")
def test_a_file_of_another_account_is_remarked_on(config, monkeypatch):
    """Neither this account's nor root's: who may change it is not known here."""
    path = config()
    owner = path.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    if owner == 0:
        monkeypatch.setattr("taxgate.doctor.files._TRUSTED", frozenset())
    found = [r for r in examine(path, offline=True) if r.name == "file-permissions"]
    assert [remark.level for remark in found] == [WARNING]


# The gate -----------------------------------------------------------------------------------------


def test_readings_and_trials_are_spoken_of(config):
    """Each reading is named with what it means, and a trial is never overlooked."""

    def switch(text):
        return text.replace("[gate]", '[gate]\nreadings = ["equity_strict"]')

    remarks = examine(config(change=switch), offline=True)
    assert only(remarks, "trial").level is WARNING
    assert "equity_strict" in only(remarks, "reading").told.zh


@pytest.mark.parametrize(("trial", "level"), [("false", FAULT), ("true", WARNING)])
def test_a_source_whose_answers_do_not_count(config, trial, level):
    """In production it is a fault; in a trial it is only called what it is."""

    def in_memory(_):
        return f'[gate]\ntrial = {trial}\nsource = "m"\n[sources.m]\nkind = "tests-memory"\n'

    remarks = examine(config(change=in_memory), probe=True)
    assert only(remarks, "not-live").level is level
    assert only(remarks, "not-live").place == "sources.m"
    assert "probe" not in {remark.name for remark in remarks}


@pytest.mark.parametrize(("kind", "level"), [(None, OK), ("nfs4", FAULT)])
def test_an_exchange_database_on_a_network_file_system(config, tmp_path, monkeypatch, kind, level):
    """SQLite loses rows there."""
    monkeypatch.setattr(gates, "network_file_system", lambda _: kind)
    url = f"sqlite:///{tmp_path}/exchange.sqlite3"

    def database(_):
        return f'[gate]\nsource = "x"\n[sources.x]\nkind = "exchange-database"\nurl = "{url}"\n'

    remarks = examine(config(change=database), offline=True)
    assert only(remarks, "network-file-system").level is level


# Profiles -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("profile", "name", "level"),
    [
        ("generic", "profile-unconfirmed", OK),
        ("gjgxjhpt", "profile-unconfirmed", WARNING),
        ("generic", "weak-signer", WARNING),
        ("city-bus", "weak-signer", WARNING),
        ("sorted-params", "weak-signer", OK),
        ("open-gateway", "no-echo", OK),
        ("gjgxjhpt", "underscore-headers", WARNING),
        ("gjzwfwpt", "underscore-headers", WARNING),
        ("open-gateway", "freshness", WARNING),
    ],
)
def test_gaps_of_the_shipped_profiles(profile, name, level):
    """What is unconfirmed, unsigned, signed weakly, or easily lost on the way."""
    assert levels(gaps(load_profile(profile), "sources.x", {}), name) == [level]


def test_a_weak_digest_is_named():
    """SHA-1 of the city bus."""
    remarks = list(gaps(load_profile("city-bus"), "sources.x", {}))
    assert "sha1" in only(remarks, "weak-signer").told.en


def test_replies_without_echo_or_time_are_weaker_evidence():
    """Both are told apart."""
    profile = load_profile("generic")
    echo = evolve(profile.reply.echo, absent=True, whole=None)
    reply = evolve(profile.reply, echo=echo, as_of=evolve(profile.reply.as_of, path=None))
    remarks = list(gaps(evolve(profile, reply=reply), "sources.x", {}))
    assert only(remarks, "no-echo").level is WARNING
    assert only(remarks, "no-as-of").level is WARNING


def test_a_shorter_limit_of_freshness_settles_it():
    """Whether the profile or the configuration sets it."""
    profile = load_profile("generic")
    assert only(gaps(profile, "p", {"max_age_seconds": 600}), "freshness").level is OK
    reply = evolve(profile.reply, as_of=evolve(profile.reply.as_of, max_age=600.0))
    assert only(gaps(evolve(profile, reply=reply), "p", {}), "freshness").level is OK


def test_dependencies_below_their_floor_are_faults():
    """Installed releases are compared as numbers, and a missing one is below."""
    assert [remark.level for remark in installed()] == [OK] * len(FLOORS)
    why = Text("原因", "why")
    floors = {"requests": ((9999,), why), "urllib3": ((1, 100), why), "no-such": ((1,), why)}
    assert [remark.level for remark in installed(floors)] == [FAULT, OK, FAULT]


# The connection -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ahead", "level"),
    [
        (timedelta(seconds=20), OK),
        (timedelta(seconds=-20), OK),
        (timedelta(minutes=3), WARNING),
        (timedelta(minutes=-3), WARNING),
        (timedelta(hours=1), FAULT),
        (timedelta(hours=-1), FAULT),
    ],
)
def test_clocks_that_disagree(monkeypatch, tmp_path, ahead, level):
    """Beyond five minutes no answer is used, so that is a fault."""
    register(monkeypatch)
    with SandboxBureau(clock=lambda: system_clock() + ahead) as bureau:
        remarks = examine(configured(tmp_path, bureau, "generic"))
    assert only(remarks, "clock-skew").level is level


def test_the_sandbox_is_not_taken_for_a_bureau(config, monkeypatch, tmp_path, certificates):
    """Its replies say what they are, and those of others do not."""
    assert only(examine(config()), "sandbox").level is WARNING
    with MisbehavingServer(tls=certificates.server("localhost")) as server:
        remarks = examine(over_tls(tmp_path, server.port, ca_file=certificates.ca_file))
    assert "sandbox" not in {remark.name for remark in remarks}


def test_plain_http_is_remarked_on(config):
    """Also where the configuration allows it by name."""
    assert only(examine(config()), "plain-http").level is WARNING


def closed(folder, monkeypatch):
    """Return a configuration whose bureau has closed."""
    register(monkeypatch)
    with SandboxBureau() as bureau:
        return configured(folder, bureau, "generic")


def test_a_bureau_that_cannot_be_reached(monkeypatch, tmp_path):
    """Nothing else can be said of it then."""
    remarks = examine(closed(tmp_path, monkeypatch))
    assert only(remarks, "connection").level is FAULT
    assert "clock-skew" not in {remark.name for remark in remarks}


def test_a_bureau_without_a_date_is_remarked_on(config, bureau):
    """Clocks that cannot be compared are no fault, and not fine either."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.send_response_only(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

    with served(Handler) as url:
        remarks = examine(config(change=lambda text: text.replace(bureau.url, url)))
    assert only(remarks, "clock-skew").level is WARNING


def test_files_for_tls_that_cannot_be_used(monkeypatch, tmp_path):
    """They are faults of the configuration, and nobody is connected to without them."""
    register(monkeypatch)
    remarks = examine(over_tls(tmp_path, 1, ca_file=tmp_path / "nothing.pem"))
    assert "sources.b.ca_file" in {r.place for r in remarks if r.name == "configuration"}
    assert {"tls", "connection"}.isdisjoint(remark.name for remark in remarks)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (socket.gaierror("no such host"), "resolved"),
        (TimeoutError(), "timed out"),
        (ConnectionRefusedError(), "ConnectionRefusedError"),
        (http.client.BadStatusLine("x"), "BadStatusLine"),
    ],
)
def test_why_a_bureau_cannot_be_reached(config, monkeypatch, error, told):
    """The cause is named, without what anybody sent."""

    def fail(_):
        raise error

    monkeypatch.setattr(http.client.HTTPConnection, "connect", fail)
    remark = only(examine(config()), "connection")
    assert remark.level is FAULT
    assert told in remark.told.en


def over_tls(folder, port, *, host="localhost", ca_file=None, more=""):
    """Write a configuration that asks over TLS."""
    authority = f'ca_file = "{ca_file}"\n' if ca_file else ""
    path = folder / "taxgate.toml"
    path.write_text(
        '[gate]\nsource = "b"\n[sources.b]\nkind = "http"\nprofile = "generic"\n'
        f'url = "https://{host}:{port}/x"\nallow_internal = ["{host}"]\n{authority}{more}',
        encoding="utf-8",
    )
    path.chmod(0o600)
    return path


def test_tls_is_verified_and_its_certificate_dated(monkeypatch, tmp_path, certificates):
    """Version, host name and days left."""
    register(monkeypatch)
    with MisbehavingServer(tls=certificates.server("localhost")) as server:
        path = over_tls(tmp_path, server.port, ca_file=certificates.ca_file)
        remarks = examine(path)
        assert only(remarks, "tls").level is OK
        assert "TLSv1.3" in only(remarks, "tls").told.en
        assert only(remarks, "certificate-expiry").level is OK
        assert "plain-http" not in {remark.name for remark in remarks}
        pem = ssl.get_server_certificate(("127.0.0.1", server.port))
        _, until = validity(pem)
        soon = examine(path, clock=lambda: until - timedelta(days=10))
        assert only(soon, "certificate-expiry").level is WARNING
        assert "10" in only(soon, "certificate-expiry").told.zh


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("expired", "expired"),
        ("host", "another host"),
        ("authority", "issuer"),
        ("self-signed", "issuer"),
        ("old", "TLS 1.2"),
    ],
)
def test_a_certificate_that_does_not_hold(monkeypatch, tmp_path, certificates, case, told):
    """Each has its own cause, and none is got around."""
    register(monkeypatch)
    context = {
        "expired": lambda: certificates.server("localhost", expired=True),
        "host": lambda: certificates.server("elsewhere.test"),
        "authority": lambda: certificates.server("localhost"),
        "self-signed": certificates.self_signed,
        "old": lambda: certificates.server("localhost", old=True),
    }[case]()
    trusted = None if case in {"authority", "self-signed"} else certificates.ca_file
    with MisbehavingServer(tls=context) as server:
        remarks = examine(over_tls(tmp_path, server.port, ca_file=trusted))
        assert server.requests == []
    assert only(remarks, "tls").level is FAULT
    assert told in only(remarks, "tls").told.en


def test_a_bureau_that_wants_a_certificate_of_the_office(monkeypatch, tmp_path, certificates):
    """Nothing is wrong with its own, and that is said."""
    register(monkeypatch)
    with MisbehavingServer(tls=certificates.server("localhost", clients=True)) as server:
        remarks = examine(over_tls(tmp_path, server.port, ca_file=certificates.ca_file))
    (told,) = [
        remark.told.en for remark in remarks if (remark.name, remark.level) == ("tls", FAULT)
    ]
    assert "it wants a client certificate" in told


def test_the_office_s_own_certificate_is_dated(monkeypatch, tmp_path, certificates):
    """It expires as well, and then nobody is let in."""
    register(monkeypatch)
    certificate, key = certificates.client()
    more = f'client_certificate = "{certificate}"\nclient_key = "{key}"\n'
    with MisbehavingServer(tls=certificates.server("localhost", clients=True)) as server:
        path = over_tls(tmp_path, server.port, ca_file=certificates.ca_file, more=more)
        assert levels(examine(path), "certificate-expiry") == [OK, OK]
        assert levels(examine(path, offline=True), "certificate-expiry") == [OK]


# Secrets, headers, questions ----------------------------------------------------------------------


def test_a_secret_that_expires_is_fetched(config):
    """How long it serves is said, and that the signature's headers arrive."""
    remarks = examine(config("gjgxjhpt"))
    assert only(remarks, "secret-expiry").level is OK
    assert "55" in only(remarks, "secret-expiry").told.en
    assert levels(remarks, "underscore-headers") == [OK]


def test_a_secret_that_cannot_be_had(config, monkeypatch):
    """With another key the gateway hands out none."""
    path = config("gjgxjhpt")
    monkeypatch.setenv("TAXGATE_SANDBOX_SECRET", "another key")
    remarks = examine(path)
    assert only(remarks, "secret-expiry").level is FAULT
    assert "bad-signature" in only(remarks, "secret-expiry").told.en


@contextmanager
def proxy(target):
    """Stand before *target* as nginx does by default: headers with underscores vanish."""
    parts = urlsplit(target)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            kept = {name: text for name, text in self.headers.items() if "_" not in name}
            with closing(http.client.HTTPConnection(parts.hostname, parts.port)) as inside:
                inside.request(self.command, self.path, body=body, headers=kept)
                response = inside.getresponse()
                reply = response.read()
                self.send_response(response.status)
                self.send_header("Content-Type", response.getheader("Content-Type"))
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

        do_HEAD = do_POST  # noqa: N815 - the name the standard library calls

    with served(Handler) as url:
        yield url


def test_a_proxy_that_drops_headers_is_found_out(config, bureau):
    """The reply is the same with the headers as without them."""
    with proxy(bureau.url) as url:
        path = config("gjgxjhpt", lambda text: text.replace(bureau.url, url))
        remarks = examine(path, probe=True)
    assert only(remarks, "probe").level is FAULT
    assert only(remarks, "underscore-headers").level is FAULT
    assert "underscores_in_headers on" in only(remarks, "underscore-headers").remedy.zh


def test_a_wrong_key_is_not_taken_for_a_dropped_header(config, monkeypatch):
    """The gateway tells the two apart, so the headers do arrive."""
    path = config("gjgxjhpt")
    monkeypatch.setenv("TAXGATE_SANDBOX_SECRET", "another key")
    remarks = examine(path, probe=True)
    assert only(remarks, "probe").level is FAULT
    assert only(remarks, "underscore-headers").level is OK


def test_a_probe_that_finds_something_is_strange(config, monkeypatch):
    """Nobody has that identifier, so nobody can have paid for it."""
    paid = next(magic for magic in MAGICS if magic.name == "paid")
    monkeypatch.setattr("taxgate.doctor.probing.NOBODY", paid.name)
    assert only(examine(config(), probe=True), "probe").level is WARNING


def test_a_probe_that_fails_says_why(config, monkeypatch):
    """Cause and advice are those of the outage."""
    monkeypatch.setattr("taxgate.doctor.probing.NOBODY", "wrong-subject")
    remark = only(examine(config(), probe=True), "probe")
    assert remark.level is FAULT
    assert "subject-mismatch" in remark.told.en


def test_combinations_are_not_asked_twice(config, reports):
    """Only a source that asks somebody itself is probed."""

    def cached(text):
        return text.replace('source = "bureau"', 'source = "both"') + (
            '\n[sources.both]\nkind = "cached"\nof = "bureau"\n'
        )

    examine(config(change=cached), probe=True)
    assert len(reports) == 1


# The command --------------------------------------------------------------------------------------


@pytest.fixture
def command(capsysbinary):
    """Run the command in this process."""

    def call(*arguments):
        code = run(["doctor", *map(str, arguments)])
        out, err = capsysbinary.readouterr()
        return code, out.decode("utf-8"), err.decode("utf-8")

    return call


@pytest.mark.parametrize(("language", "word"), [("zh-CN", "故障 0 项"), ("en", "0 faults")])
def test_warnings_leave_the_exit_code_zero(config, command, language, word):
    """And the count stands at the end."""
    code, out, err = command("--config", config(), "--lang", language)
    assert (code, err) == (0, "")
    assert word in out.splitlines()[-1]


def test_a_fault_leaves_exit_code_one(command, monkeypatch, tmp_path):
    """Whatever else is fine."""
    path = closed(tmp_path, monkeypatch)
    code, out, _ = command("--config", path, "--lang", "en")
    assert code == 1
    assert "[fault] sources.bureau" in out
    assert "remedy" in out


def test_json_holds_every_remark(config, command):
    """Level, name, place, both languages, and the counts."""
    code, out, _ = command("--config", config("gjgxjhpt"), "--offline", "--json")
    document = json.loads(out)
    assert code == 0
    assert sum(document["counts"].values()) == len(document["remarks"])
    assert document["counts"]["fault"] == 0
    for remark in document["remarks"]:
        assert remark.keys() == {"level", "name", "place", "told", "remedy"}
        assert remark["told"].keys() == {"zh-CN", "en"}


def test_probing_offline_is_wrong_use(config, command):
    """The two contradict each other."""
    assert command("--config", config(), "--offline", "--probe")[0] == 2


def test_the_library_can_be_used_without_the_command_line():
    """Importing the doctor loads neither typer nor the HTTP libraries."""
    program = (
        "import sys, taxgate.doctor\n"
        "print(sorted({'requests', 'typer', 'rich', 'http.server'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "[]", "")
