"""TLS is spoken with who was meant and with nobody else; there is no second, laxer try."""

from __future__ import annotations

import base64
import contextlib
import socket
import ssl
import struct
import threading
import time
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization as form
from hypothesis import given
from hypothesis import strategies as st

from taxgate.adapters.certificates import client_context, validity
from taxgate.adapters.fencing import Exchange, Fault, FencedSocket, within
from taxgate.adapters.transport import Transport
from taxgate.errors import ConfigError
from taxgate.evidence import OutageCause, OutageKind
from taxgate.sources import Deadline
from taxgate.testing.misbehaving import MisbehavingServer, Misbehaviour
from tls import NOW, Certificates
from transport_cases import BODY, HERE, ask, outage, resolve, timed, transport

C = OutageCause
M = Misbehaviour


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """The authority that is trusted."""
    return Certificates(tmp_path_factory.mktemp("trusted"))


@pytest.fixture(scope="module")
def others(tmp_path_factory):
    """An authority that is not."""
    return Certificates(tmp_path_factory.mktemp("others"))


@pytest.fixture(scope="module")
def own(certificates):
    """Our own certificate and key, as the arguments of a transport."""
    certificate, key = certificates.client()
    return {"client_certificate": certificate, "client_key": key}


def is_refused(server, **options):
    """Assert that TLS fails, that it is tried once, and that no question went out."""
    url = options.pop("url", server.url)
    with transport(server, base_url=url, **options) as made:
        told = outage(made, server, url=url)
    assert (told.kind, told.cause) == (OutageKind.UNTRUSTED, C.TLS_FAILED)
    assert server.connections == 1
    assert server.requests == []


def test_the_right_certificate_is_enough(certificates):
    """A reply over TLS, five times over one connection, and it says that it was encrypted."""
    with (
        MisbehavingServer(BODY, tls=certificates.server(HERE)) as server,
        transport(server, ca_file=certificates.ca_file) as made,
    ):
        replies = [ask(made, server) for _ in range(5)]
        assert {reply.body for reply in replies} == {BODY}
        assert not replies[0].plain_http
        assert server.connections == 1


def test_an_expired_certificate_is_refused(certificates):
    """Row 7: it ran out yesterday."""
    with MisbehavingServer(tls=certificates.server(HERE, expired=True)) as server:
        is_refused(server, ca_file=certificates.ca_file)


def test_a_self_signed_certificate_is_refused(certificates, others):
    """Row 7: it vouches for itself."""
    with MisbehavingServer(tls=others.self_signed()) as server:
        is_refused(server, ca_file=certificates.ca_file)


def test_another_authority_is_refused(certificates, others):
    """Row 7: somebody else vouches for it."""
    with MisbehavingServer(tls=others.server(HERE)) as server:
        is_refused(server, ca_file=certificates.ca_file)


def test_authorities_of_requests_are_not_added_to_the_one_that_was_named(
    certificates, others, monkeypatch
):
    """With a file of authorities named, the list that comes with requests is not trusted."""
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(certificates.ca_file))
    with MisbehavingServer(tls=certificates.server(HERE)) as server:
        is_refused(server, ca_file=others.ca_file)


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("bureau.test", "other.test"),
        ("deep.down.bureau.test", "*.bureau.test"),
        ("bureau.test", "*.test"),
    ],
)
def test_a_certificate_for_another_name_is_refused(certificates, monkeypatch, host, name):
    """Row 8: another host, and wildcards that reach too far."""
    resolve(monkeypatch, lambda _: [HERE])
    with MisbehavingServer(tls=certificates.server(name)) as server:
        is_refused(server, ca_file=certificates.ca_file, url=f"https://{host}:{server.port}")


def test_a_wildcard_of_one_label_is_accepted(certificates, monkeypatch):
    """What a wildcard is for."""
    resolve(monkeypatch, lambda _: [HERE])
    with MisbehavingServer(BODY, tls=certificates.server("*.bureau.test")) as server:
        url = f"https://tax.bureau.test:{server.port}"
        with transport(server, base_url=url, ca_file=certificates.ca_file) as made:
            assert ask(made, server, url=url).body == BODY


def test_an_address_that_stands_only_in_the_subject_is_refused(certificates):
    """Row 8: an IP address has to be an alternative name; the subject does not count."""
    with MisbehavingServer(tls=certificates.server("bureau.test", common_name=HERE)) as server:
        is_refused(server, ca_file=certificates.ca_file)


def test_a_name_that_stands_only_in_the_subject_is_refused(certificates, monkeypatch):
    """Row 8: likewise a host name."""
    resolve(monkeypatch, lambda _: [HERE])
    context = certificates.server("other.test", common_name="bureau.test")
    with MisbehavingServer(tls=context) as server:
        is_refused(server, ca_file=certificates.ca_file, url=f"https://bureau.test:{server.port}")


def test_a_peer_that_speaks_only_old_tls_is_refused(certificates):
    """Row 9: nothing older than TLS 1.2."""
    with MisbehavingServer(tls=certificates.server(HERE, old=True)) as server:
        is_refused(server, ca_file=certificates.ca_file)


def test_a_peer_that_speaks_no_tls_is_refused(certificates):
    """What answers a handshake with text is not who was meant."""

    def greet(listener):
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"220 ready\r\n")
            connection.recv(4096)

    with socket.create_server((HERE, 0)) as listener:
        greeter = threading.Thread(target=greet, args=(listener,), daemon=True)
        greeter.start()
        url = f"https://{HERE}:{listener.getsockname()[1]}"
        made = Transport(
            source="bureau", base_url=url, ca_file=certificates.ca_file, allow_internal=[HERE]
        )
        with contextlib.closing(made):
            assert outage(made, None, url=url).cause is C.TLS_FAILED
        greeter.join()


@pytest.mark.parametrize("fault", [M.TLS_STALL, M.SILENCE, M.HEADER_DRIP, M.BODY_DRIP])
def test_what_takes_too_long_over_tls_ends_at_the_deadline(certificates, fault):
    """Rows 5 and 6 over TLS: within 100 ms."""
    with (
        MisbehavingServer(always=fault, tls=certificates.server(HERE)) as server,
        transport(server, ca_file=certificates.ca_file) as made,
    ):
        told, took = timed(made, server, within=0.4)
        assert told.cause is C.TIMEOUT
        assert 0.4 <= took < 0.5


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        (M.RESET_ON_ACCEPT, C.CONNECT_FAILED),
        (M.CLOSE_ON_ACCEPT, C.CONNECT_FAILED),
        (M.CLOSE_BEFORE_REPLY, C.CONNECT_FAILED),
        (M.RESET_MID_BODY, C.CONNECT_FAILED),
        (M.TRUNCATED_BODY, C.CONNECT_FAILED),
        (M.EOF_DELIMITED, C.MALFORMED_RESPONSE),
        (M.HUGE_CHUNKED, C.OVERSIZE_RESPONSE),
        (M.LYING_LENGTH, C.OVERSIZE_RESPONSE),
        (M.SECOND_REPLY, C.OVERSIZE_RESPONSE),
        (M.GZIP_BOMB, C.OVERSIZE_RESPONSE),
    ],
)
def test_faults_have_the_same_outcome_over_tls(certificates, fault, cause):
    """Encryption changes how bytes arrive, not what they are worth."""
    with (
        MisbehavingServer(b'{"a": 1}', always=fault, tls=certificates.server(HERE)) as server,
        transport(server, ca_file=certificates.ca_file) as made,
    ):
        assert outage(made, server).cause is cause


def test_a_request_nobody_reads_ends_at_the_deadline_over_tls(certificates):
    """A body too large for the buffers on the way, after a good handshake."""
    with (
        MisbehavingServer(always=M.UNREAD, tls=certificates.server(HERE)) as server,
        transport(server, ca_file=certificates.ca_file) as made,
    ):
        told, took = timed(made, server, within=0.4, body=bytes(32 << 20))
        assert told.cause is C.TIMEOUT
        assert took < 0.5


def test_a_connection_reset_before_the_handshake_leaves_nothing_open(certificates):
    """The TLS library takes another way for it than for a reset during the handshake."""
    context = client_context(ca_file=certificates.ca_file, certificate=None, key=None, now=NOW)
    exchange = Exchange(Deadline(1), largest=1, connect_timeout=1, monotonic=time.monotonic)
    with socket.create_server((HERE, 0)) as listener, within(exchange):
        connection = FencedSocket()
        connection.connect(listener.getsockname())
        accepted, _ = listener.accept()
        accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        accepted.close()
        time.sleep(0.02)
        with pytest.raises(Fault) as caught:
            context.wrap_socket(connection, server_hostname=HERE)
        assert caught.value.cause is C.CONNECT_FAILED


def test_a_handshake_for_which_no_time_is_left_is_not_begun(certificates):
    """The connection took it all."""
    context = client_context(ca_file=certificates.ca_file, certificate=None, key=None, now=NOW)
    exchange = Exchange(Deadline(0), largest=1, connect_timeout=1, monotonic=time.monotonic)
    with socket.create_server((HERE, 0)) as listener, within(exchange):
        connection = FencedSocket()
        connection.connect(listener.getsockname())
        with pytest.raises(Fault) as caught:
            context.wrap_socket(connection, server_hostname=HERE)
        assert caught.value.cause is C.TIMEOUT


def test_a_client_certificate_is_shown(certificates, own):
    """Mutual TLS with a certificate the bureau trusts."""
    with (
        MisbehavingServer(BODY, tls=certificates.server(HERE, clients=True)) as server,
        transport(server, ca_file=certificates.ca_file, **own) as made,
    ):
        assert ask(made, server).body == BODY


@pytest.mark.parametrize("shown", ["none", "another authority's", "an expired one"])
def test_a_client_certificate_only_the_bureau_can_refuse_is_a_tls_failure(
    certificates, others, shown
):
    """Row 10: what cannot be seen at start comes out when the bureau says no, and is final."""
    options = {}
    if shown == "another authority's":
        options = dict(zip(("client_certificate", "client_key"), others.client(), strict=True))
    if shown == "an expired one":
        files = certificates.client(expired=True)
        options = dict(zip(("client_certificate", "client_key"), files, strict=True))
        options["clock"] = lambda: NOW - timedelta(days=2)  # our own clock is behind
    with (
        MisbehavingServer(tls=certificates.server(HERE, clients=True)) as server,
        transport(server, ca_file=certificates.ca_file, **options) as made,
    ):
        assert outage(made, server).cause is C.TLS_FAILED
        assert server.requests == []
        assert server.connections == 1


def places(**options):
    """Return which settings a transport with *options* is refused for."""
    with pytest.raises(ConfigError) as caught:
        Transport(source="bureau", base_url="https://bureau.test", **options)
    return [place for place, _ in caught.value.faults]


def test_a_client_certificate_that_cannot_work_is_refused_at_start(
    certificates, others, own, tmp_path
):
    """Row 10: expired, another one's key, no key, no file, no certificate, a key alone."""
    expired, its_key = certificates.client(expired=True)
    other_key = others.client()[1]
    text = tmp_path / "text.pem"
    text.write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    certificate, key = own["client_certificate"], own["client_key"]
    assert places(client_certificate=expired, client_key=its_key) == ["client_certificate"]
    assert places(client_certificate=certificate, client_key=other_key) == ["client_key"]
    assert places(client_certificate=certificate) == ["client_key"]
    assert places(client_certificate=certificate, client_key=tmp_path / "no") == ["client_key"]
    assert places(client_certificate=tmp_path / "no", client_key=key) == ["client_certificate"]
    assert places(client_certificate=text, client_key=key) == ["client_certificate"]
    assert places(client_certificate=key, client_key=key) == ["client_certificate"]
    assert places(client_key=key) == ["client_key"]


def test_a_key_with_a_password_is_refused_without_asking_for_it(certificates, own, tmp_path):
    """Nobody sits at the terminal of a service."""
    key = form.load_pem_private_key(own["client_key"].read_bytes(), None)
    locked = tmp_path / "locked.key"
    locked.write_bytes(
        key.private_bytes(
            form.Encoding.PEM,
            form.PrivateFormat.PKCS8,
            form.BestAvailableEncryption(b"word"),
        )
    )
    assert places(client_certificate=own["client_certificate"], client_key=locked) == ["client_key"]


def test_a_file_of_authorities_that_holds_none_is_refused_at_start(tmp_path):
    """Missing, empty, or something else."""
    empty = tmp_path / "empty.pem"
    empty.touch()
    assert places(ca_file=empty) == ["ca_file"]
    assert places(ca_file=tmp_path / "missing.pem") == ["ca_file"]
    assert places(ca_file=tmp_path) == ["ca_file"]


def test_the_validity_of_a_certificate_is_read_as_openssl_reads_it(certificates):
    """Both ways to write an instant, against an independent reader."""
    for path in (certificates.ca_file, *[certificates.client()[0] for _ in range(3)]):
        pem = path.read_text()
        parsed = x509.load_pem_x509_certificate(pem.encode())
        assert validity(pem) == (parsed.not_valid_before_utc, parsed.not_valid_after_utc)


@given(st.binary(max_size=200))
def test_bytes_that_are_no_certificate_are_a_value_error(der):
    """Whatever stands where a certificate should be."""
    body = base64.encodebytes(der).decode()
    with contextlib.suppress(ValueError):
        validity(f"-----BEGIN CERTIFICATE-----\n{body}-----END CERTIFICATE-----\n")


def test_files_for_tls_are_refused_over_plain_http(own):
    """Whoever gives them means to encrypt."""
    with pytest.raises(ConfigError, match="plain http"):
        Transport(
            source="bureau",
            base_url="http://bureau.test",
            allow_plain_http_to=["bureau.test"],
            **own,
        )


def test_a_cut_certificate_is_no_certificate(certificates):
    """However it is cut, it is a ValueError and nothing else."""
    der = ssl.PEM_cert_to_DER_cert(certificates.ca_file.read_text())
    for size in range(0, 120, 3):
        body = base64.encodebytes(der[:size]).decode()
        with pytest.raises(ValueError, match=r"."):
            validity(f"-----BEGIN CERTIFICATE-----\n{body}-----END CERTIFICATE-----\n")
