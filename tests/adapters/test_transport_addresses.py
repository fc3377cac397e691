"""Whom a transport may be pointed at, and that nothing around it points it elsewhere."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from taxgate.adapters.addresses import is_internal
from taxgate.adapters.transport import Transport
from taxgate.errors import ConfigError
from taxgate.evidence import OutageCause
from taxgate.testing.misbehaving import HttpReply, MisbehavingServer, Misbehaviour
from tls import Certificates
from transport_cases import BODY, HERE, ask, outage, resolve, transport

C = OutageCause
M = Misbehaviour
THERE = "127.0.0.2"
"""A second address of this machine: where nobody should be asked."""


def faults(url, **options):
    """Return what is wrong with *url* as the address of a bureau."""
    with pytest.raises(ConfigError) as caught:
        Transport(source="bureau", base_url=url, **options)
    assert {place for place, _ in caught.value.faults} == {"url"}
    return " | ".join(problem for _, problem in caught.value.faults)


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://bureau.test", "plain http"),
        ("ftp://bureau.test", "https://"),
        ("bureau.test", "https://"),
        ("", "https://"),
        ("https://", "names no host"),
        ("https:///query", "names no host"),
        ("https://bureau.test:0", "port 0"),
        ("https://bureau.test:99999", "not a URL"),
        ("https://bureau.test:x", "not a URL"),
        ("https://[::1", "not a URL"),
        ("https://user:word@bureau.test", "credentials"),
        ("https://bureau.test@evil.test", "credentials"),
        ("https://bureau.test/?a=1", "query"),
        ("https://bureau.test?", "query"),
        ("https://bureau.test/#a", "fragment"),
        ("https://bureau.test/a/../b", "path"),
        ("https://bureau.test/%2e%2e/b", "path"),
        ("https://bureau.test/a b", "characters"),
        ("https://bureau.test/a\r\nX:1", "characters"),
        ("https://税务.test", "xn--"),
        ("https://bureau..test", "neither a name nor an IP address"),
        ("https://-bureau.test", "neither a name nor an IP address"),
    ],
)
def test_an_address_that_cannot_be_one_is_refused_at_start(url, problem):
    """A configuration error that says what is wrong, without repeating it."""
    said = faults(url)
    assert problem in said
    assert "word" not in said


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.8.9.10", "[::1]", "0.0.0.1", "[::]", "169.254.169.254", "[fe80::1]",
     "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.100.100.200", "[fd00:ec2::254]",
     "[::ffff:127.0.0.1]", "[::ffff:169.254.169.254]", "[2002:7f00:1::]", "224.0.0.1", "localhost",
     "LOCALHOST", "localhost.", "db.localhost", "metadata.google.internal", "printer.local"],
)  # fmt: skip
def test_an_address_inside_is_refused_unless_it_is_named(host):
    """Row 15: loopback, link-local, private, metadata, and what is written another way."""
    assert "allow_internal" in faults(f"https://{host}")
    Transport(
        source="bureau", base_url=f"https://{host}", allow_internal=[host.strip("[]").lower()]
    ).close()


@pytest.mark.parametrize("host", ["127.1", "0x7f.1", "2130706433", "0177.0.0.1", "127.0.0.1.", "1"])
def test_an_address_written_oddly_is_refused_even_if_it_is_named(host):
    """Row 15: forms that resolvers understand and people do not."""
    assert "neither a name nor an IP address" in faults(f"https://{host}", allow_internal=[host])


def test_an_address_outside_is_accepted():
    """A name, a name with port and path, and an IP address; nobody is asked as yet."""
    for url in ("https://bureau.test", "https://b-1.bureau.test:8443/api/v1/", "https://1.1.1.1/"):
        Transport(source="bureau", base_url=url).close()


def test_every_fault_is_named_at_once():
    """Six mistakes, six lines."""
    with pytest.raises(ConfigError) as caught:
        Transport(
            source="bureau",
            base_url="http://user@localhost/?a#b",
            largest=0,
            attempts=0,
            connect_timeout=float("nan"),
            retry_after_cap=-1,
        )
    said = str(caught.value)
    for part in ("credentials", "query", "fragment", "allow_internal", "allow_plain_http_to",
                 "largest", "attempts", "connect_timeout", "retry_after_cap"):  # fmt: skip
        assert part in said


def test_internal_addresses_within_others_are_seen():
    """IPv4 inside IPv6 is judged by what it is inside."""
    assert is_internal(ip_address("::ffff:10.0.0.1"))
    assert not is_internal(ip_address("::ffff:1.1.1.1"))


def test_a_name_that_leads_inside_is_not_followed(monkeypatch):
    """Row 15: a name server cannot turn a question to the bureau into one to this machine."""
    resolve(monkeypatch, lambda _: [HERE])
    with MisbehavingServer(host=HERE) as server:
        url = f"https://bureau.test:{server.port}"
        made = Transport(source="bureau", base_url=url, sleep=lambda _: None)
        assert outage(made, server, url=url).cause is C.DNS_FAILED
        made.close()
        assert server.connections == 0


def test_a_plain_http_name_stays_where_it_was_found(monkeypatch):
    """Row 16: resolved once; what the name server says later is not asked for."""
    answers = iter([HERE])
    calls = resolve(monkeypatch, lambda _: [next(answers, THERE)])
    with (
        MisbehavingServer(BODY, always=M.CLOSE_AFTER_REPLY) as server,
        MisbehavingServer(host=THERE, port=server.port) as trap,
    ):
        url = f"http://bureau.test:{server.port}"
        with transport(
            server,
            base_url=url,
            allow_plain_http_to=["bureau.test"],
            allow_internal=[HERE, THERE],
        ) as made:
            for _ in range(3):
                assert ask(made, server, url=url).body == BODY
        assert server.connections == 3
        assert trap.connections == 0
        assert calls == ["bureau.test"]


def test_a_plain_http_name_may_lead_to_listed_addresses_only(monkeypatch):
    """Row 16: with IP addresses in the list, others are not asked, the first time included."""
    answers = iter([[THERE], [THERE, HERE]])
    resolve(monkeypatch, lambda _: next(answers))
    with (
        MisbehavingServer(BODY) as server,
        MisbehavingServer(host=THERE, port=server.port) as trap,
    ):
        url = f"http://bureau.test:{server.port}"
        with transport(
            server,
            base_url=url,
            allow_plain_http_to=["bureau.test", HERE],
            allow_internal=["bureau.test"],
            attempts=1,
        ) as made:
            assert outage(made, server, url=url).cause is C.DNS_FAILED
            assert ask(made, server, url=url).body == BODY
        assert trap.connections == 0


def test_a_tls_name_that_moves_is_checked_where_it_leads(monkeypatch, tmp_path):
    """Row 16: the certificate of the place it moved to is not the bureau's."""
    certificates = Certificates(tmp_path)
    answers = iter([HERE])
    resolve(monkeypatch, lambda _: [next(answers, THERE)])
    with (
        MisbehavingServer(
            BODY, always=M.CLOSE_AFTER_REPLY, tls=certificates.server("bureau.test")
        ) as server,
        MisbehavingServer(
            host=THERE, port=server.port, tls=certificates.server("evil.test")
        ) as trap,
    ):
        url = f"https://bureau.test:{server.port}"
        with transport(
            server, base_url=url, ca_file=certificates.ca_file, allow_internal=["bureau.test"]
        ) as made:
            assert ask(made, server, url=url).body == BODY
            assert outage(made, server, url=url).cause is C.TLS_FAILED
        assert trap.requests == []


def test_the_next_address_is_tried_when_one_refuses(monkeypatch):
    """A bureau with two addresses, one of them down, is reachable."""
    resolve(monkeypatch, lambda _: [THERE, HERE])
    with MisbehavingServer(BODY) as server:
        url = f"http://bureau.test:{server.port}"
        with transport(
            server,
            base_url=url,
            allow_plain_http_to=["bureau.test"],
            allow_internal=["bureau.test"],
            attempts=1,
        ) as made:
            assert ask(made, server, url=url).body == BODY


def test_a_silent_address_leaves_time_for_the_next(monkeypatch):
    """The first is a black hole; the second gets its share of the time."""
    resolve(monkeypatch, lambda _: [THERE, HERE])
    with (
        MisbehavingServer(BODY) as server,
        MisbehavingServer(host=THERE, port=server.port, always=M.BLACK_HOLE),
    ):
        url = f"http://bureau.test:{server.port}"
        with transport(
            server,
            base_url=url,
            allow_plain_http_to=["bureau.test"],
            allow_internal=["bureau.test"],
            connect_timeout=0.4,
        ) as made:
            assert ask(made, server, url=url).body == BODY


@pytest.fixture
def trap():
    """A server that nobody should connect to."""
    with MisbehavingServer(host=THERE) as server:
        yield server
        assert server.connections == 0


def test_proxies_of_the_environment_are_not_used(monkeypatch, trap):
    """Row 12: whatever the variables say, the bureau is asked directly."""
    for name in (
        "HTTP_PROXY",
        "http_proxy",
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
    ):
        monkeypatch.setenv(name, trap.url)
    with MisbehavingServer(BODY) as server, transport(server) as made:
        assert ask(made, server).body == BODY


def test_a_netrc_of_the_environment_is_not_used(monkeypatch, tmp_path):
    """Row 12: no password goes along that nobody configured."""
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine {HERE} login clerk password word\ndefault login a password b\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".netrc").write_text(netrc.read_text())
    with MisbehavingServer(BODY) as server, transport(server) as made:
        ask(made, server)
        assert server.requests[0].header("Authorization") is None


@pytest.mark.parametrize(
    "name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"]
)
def test_authorities_of_the_environment_are_not_trusted(monkeypatch, tmp_path, name):
    """Row 11: a certificate that only the environment vouches for is refused."""
    certificates = Certificates(tmp_path)
    place = tmp_path if name.endswith("DIR") else certificates.ca_file
    monkeypatch.setenv(name, str(place))
    with (
        MisbehavingServer(tls=certificates.server(HERE)) as server,
        transport(server) as made,
    ):
        assert outage(made, server).cause is C.TLS_FAILED
        assert server.requests == []


def test_the_environment_cannot_have_keys_written_down(monkeypatch, tmp_path):
    """SSLKEYLOGFILE would lay open what was encrypted."""
    certificates = Certificates(tmp_path)
    log = tmp_path / "keys.log"
    monkeypatch.setenv("SSLKEYLOGFILE", str(log))
    with (
        MisbehavingServer(BODY, tls=certificates.server(HERE)) as server,
        transport(server, ca_file=certificates.ca_file) as made,
    ):
        ask(made, server)
    assert not log.exists() or not log.read_text()


def test_cookies_are_neither_kept_nor_sent():
    """What a bureau sets in one reply does not tie the next question to it."""
    reply = HttpReply(
        BODY, headers=(("Content-Type", "application/json"), ("Set-Cookie", "a=1; Path=/"))
    )
    with MisbehavingServer(reply) as server, transport(server) as made:
        ask(made, server)
        ask(made, server)
        assert server.requests[1].header("Cookie") is None
        assert not list(next(iter(made._sessions.values())).cookies)
