"""The sandbox bureau's door: signatures, bounded requests, and lines without personal data."""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
import http.client
import json
import logging
import threading
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

import taxgate
from bureau_cases import about, bureau, register, reports, source
from taxgate.adapters.profile_files import load_profile
from taxgate.bureau import MAGICS, SECRET, SandboxBureau
from taxgate.errors import ConfigError
from taxgate.secret import Secret
from taxgate.sources import Deadline, SourceError, ask

__all__ = ["bureau", "reports", "source"]  # fixtures

BY_NAME = {magic.name: magic for magic in MAGICS}
PAID_VIN = "LTX9E5A14TA000019"


def post(url, path, body, headers=None):
    """Send a request with the standard library alone, and return status and JSON."""
    parts = urlsplit(url)
    with closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)) as connection:
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        typed = {"Content-Type": "application/json", **(headers or {})}
        connection.request("POST", parts.path + path, body=text, headers=typed)
        response = connection.getresponse()
        return response.status, json.loads(response.read())


# Signatures, computed here without the package ----------------------------------------------------


sha1 = functools.partial(hashlib.sha1, usedforsecurity=False)


def milliseconds():
    """Return the present instant as the gateways write it."""
    return str(int(time.time() * 1000))


def base64_hmac(text, key):
    """Return Base64 of HMAC-SHA-256."""
    return base64.b64encode(hmac.digest(key.encode(), text.encode(), "sha256")).decode()


def gateway_headers(service, key, at=None):
    """Return the four headers of a national gateway."""
    stamp = at or milliseconds()
    return {
        "gjgxjhpt_rid": "sandbox",
        "gjgxjhpt_sid": service,
        "gjgxjhpt_rtime": stamp,
        "gjgxjhpt_sign": base64_hmac(service + "sandbox" + stamp, key),
    }


VEHICLE_BODY = {
    "zsxmdm": "10115",
    "djjgdm": "140100001",
    "ywbh": "A-1",
    "cxyj": "order-307/24(2)",
    "qqlsh": "0123",
    "clsbdh": PAID_VIN,
}


def opened_secret(wrapped):
    """Open a gateway's secret: AES-128-ECB under twice the SHA-1 of the application key."""
    key = sha1(sha1(SECRET.encode()).digest()).digest()[:16]
    decryptor = Cipher(algorithms.AES(key), modes.ECB()).decryptor()  # noqa: S305 - what the gateway does
    padded = decryptor.update(base64.b64decode(wrapped)) + decryptor.finalize()
    return padded[: -padded[-1]].decode()


def test_a_national_gateway_hands_out_a_secret_and_takes_what_it_signs(bureau):
    """Fetch, unwrap, sign and ask, step by step as the gateway's documents say."""
    url = bureau.url_of("gjgxjhpt")
    refresh = gateway_headers("sandbox-refresh", SECRET)
    status, reply = post(url, "/sysapi/auth/refreshappsecret", refresh, refresh)
    assert (status, reply["code"]) == (200, "0")
    assert 3500 < reply["data"]["secretEndTime"] / 1000 - time.time() < 3700
    secret = opened_secret(reply["data"]["secret"])
    status, reply = post(
        url,
        "/sysapi/service/tax-clearance",
        VEHICLE_BODY,
        gateway_headers("sandbox-vehicle", secret),
    )
    assert (status, reply["code"], reply["data"]["retcode"]) == (200, "0", "000")
    assert reply["data"]["clsbdh"] == PAID_VIN
    assert reply["data"]["qqlsh"] == "0123"
    assert [record["wszt"] for record in reply["data"]["list"]] == ["1"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        gateway_headers("sandbox-vehicle", SECRET),
        gateway_headers("sandbox-vehicle", "another key"),
        gateway_headers("sandbox-nothing", SECRET),
    ],
    ids=["lost on the way", "with the permanent key", "with another key", "unknown service"],
)
def test_a_national_gateway_refuses_other_signatures(bureau, headers):
    """The inner code says so, and nothing is answered."""
    url = bureau.url_of("gjgxjhpt")
    status, reply = post(url, "/sysapi/service/tax-clearance", VEHICLE_BODY, headers)
    assert status == 200
    assert reply["data"]["retcode"] == "999"
    assert not reply["data"].get("list")


def test_a_national_gateway_refuses_an_old_time(bureau):
    """A signature of half an hour ago may have been overheard."""
    old = str(int((time.time() - 1800) * 1000))
    headers = gateway_headers("sandbox-refresh", SECRET, old)
    _, reply = post(bureau.url_of("gjgxjhpt"), "/sysapi/auth/refreshappsecret", headers, headers)
    assert reply["code"] == "-1"
    assert "data" not in reply


def gateway_request(nonce, key=SECRET):
    """Return headers and body for the open-data gateway."""
    stamp = milliseconds()
    headers = {
        "X-Client-Id": "sandbox",
        "X-Timestamp": stamp,
        "X-Nonce": nonce,
        "X-Signature": base64_hmac("sandbox" + stamp + nonce, key),
    }
    body = {"ZSXMDM": "10115", "YWBH": "A-1", "QQLSH": "7", "CLSBDH": PAID_VIN}
    return headers, body


def test_an_open_gateway_takes_a_nonce_once(bureau):
    """The second request with the same nonce is refused, and so is another key."""
    url = bureau.url_of("open-gateway")
    headers, body = gateway_request("n-1")
    assert post(url, "/vehicle", body, headers)[1]["code"] == "200"
    assert post(url, "/vehicle", body, headers)[1]["code"] == "401"
    headers, body = gateway_request("n-2", "another key")
    assert post(url, "/vehicle", body, headers)[1]["code"] == "401"


def sorted_body(**changes):
    """Return a signed body of the sorted-parameter scheme."""
    body = {
        "zsxmdm": "10119",
        "ywbh": "A-1",
        "qqlsh": "8",
        "qxdm": "sandbox",
        "bdcdyh": "149999001001GB00001F00010001",
        "nsrsbh": "149999199109251868",
        "zjlx": "201",
        "appid": "sandbox",
        "timestamp": milliseconds(),
        "nonce": f"n-{time.monotonic_ns()}",
    }
    text = "&".join(f"{name}={body[name]}" for name in sorted(body))
    body["sign"] = hashlib.sha256(f"{text}&appSecret={SECRET}".encode()).hexdigest().upper()
    return {**body, **changes}


def test_sorted_parameters_are_taken_and_tampering_is_not(bureau):
    """The signature covers the body: another taxpayer in it is refused."""
    url = bureau.url_of("sorted-params")
    _, reply = post(url, "/property", sorted_body())
    assert (reply["code"], reply["data"]["RetCode"]) == (200, "000")
    assert [record["wszt"] for record in reply["data"]["list"]] == ["1"]
    _, reply = post(url, "/property", sorted_body(nsrsbh="149998196201180417"))
    assert reply["data"]["RetCode"] == "999"


def test_a_city_bus_takes_its_digest(bureau):
    """SHA-1 of key, secret and time, lower-case hexadecimal."""
    stamp = milliseconds()
    digest = sha1(f"sandbox{SECRET}{stamp}".encode()).hexdigest()
    headers = {"appKey": "sandbox", "timestamp": stamp, "signature": digest}
    body = {"zsxmdm": "10115", "ywbh": "A-1", "qqlsh": "9", "clsbdh": PAID_VIN}
    url = bureau.url_of("city-bus")
    assert post(url, "/vehicle", body, headers)[1]["code"] == "0"
    wrong = {**headers, "signature": digest[::-1]}
    assert post(url, "/vehicle", body, wrong)[1]["code"] == "401"


def test_another_secret_can_be_given(monkeypatch, tmp_path):
    """What is signed with the sandbox's own secret is refused then."""
    register(monkeypatch)
    with SandboxBureau(["open-gateway"], secret=Secret("of this office")) as bureau:
        headers, body = gateway_request("n-3")
        assert post(bureau.url_of("open-gateway"), "/vehicle", body, headers)[1]["code"] == "401"
        headers, body = gateway_request("n-4", "of this office")
        assert post(bureau.url_of("open-gateway"), "/vehicle", body, headers)[1]["code"] == "200"


# The door -----------------------------------------------------------------------------------------


def test_requests_are_bounded(bureau):
    """Too long a body is refused before it is read, and so is one of unknown length."""
    parts = urlsplit(bureau.url_of("generic"))
    for headers, status in (({"Content-Length": str(1 << 20)}, 413), ({}, 411)):
        with closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)) as line:
            line.putrequest("POST", parts.path + "/inquiries")
            for name, value in headers.items():
                line.putheader(name, value)
            line.endheaders()
            assert line.getresponse().status == status


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/elsewhere", {}, 400),
        ("/inquiries", b"\xff", 400),
        ("/inquiries", b"[]", 400),
        ("/inquiries", {"inquiry": {"matter": "deed-tax"}}, 400),
        ("/inquiries", {"inquiry": {"matter": "vehicle-purchase-tax", "vin": "nonsense"}}, 400),
    ],
)
def test_what_is_not_understood_is_refused_without_repeating_it(bureau, path, body, status):
    """A word about the place, none of the content."""
    found, reply = post(bureau.url_of("generic"), path, body)
    assert found == status
    assert "nonsense" not in reply["problem"]


def test_an_address_without_a_profile_is_not_found(bureau):
    """Nothing is guessed from a path."""
    assert post(bureau.url, "/unknown/inquiries", {})[0] == 404
    with pytest.raises(KeyError):
        bureau.url_of("unknown")


def test_a_browser_is_told_what_this_is(bureau):
    """GET asks nothing and says that all of it is invented."""
    parts = urlsplit(bureau.url)
    with closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)) as connection:
        connection.request("GET", "/")
        response = connection.getresponse()
        text = response.read().decode()
    assert response.status == 200
    assert "仅供调试" in text
    assert "/generic" in text


def test_one_line_for_each_request_and_no_identifier_in_it(source, bureau, reports):
    """Reports name the matter and the masked subject."""
    reports.clear()
    profile = load_profile("sorted-params")
    made = source("sorted-params")
    for name in ("paid", "no-record"):
        ask(made, about(profile, BY_NAME[name]), Deadline(5))
    assert len(reports) == 2
    assert "deed-tax" in reports[0]
    clear = [part.value for magic in MAGICS for part in magic.identifiers]
    for line in reports:
        assert "\n" not in line
        assert not any(value in line for value in clear)
        assert "测-2026-0001" not in line


def test_without_a_reporter_it_logs_the_same_line(source, caplog):
    """The logger is named after the module, and gets one line, masked."""
    with SandboxBureau() as bureau, caplog.at_level(logging.INFO, "taxgate.bureau"):
        magic = BY_NAME["paid"]
        ask(source("generic", bureau), about(load_profile("generic"), magic), Deadline(5))
    (line,) = [record.getMessage() for record in caplog.records if record.name == "taxgate.bureau"]
    assert magic.vin.value not in line
    assert magic.vin.masked in line


def test_closing_ends_what_drips_and_leaves_nothing_behind(source):
    """A reply without end does not keep the bureau from closing, and closing twice is fine."""
    before = threading.active_count()
    bureau = SandboxBureau()
    made = source("generic", bureau)
    with pytest.raises(SourceError):
        ask(made, about(load_profile("generic"), BY_NAME["silence"]), Deadline(0.2))

    def drip():
        with pytest.raises(SourceError):
            ask(made, about(load_profile("generic"), BY_NAME["body-drip"]), Deadline(5))

    asking = threading.Thread(target=drip)
    asking.start()
    time.sleep(0.2)
    began = time.monotonic()
    bureau.close()
    bureau.close()
    asking.join()
    assert time.monotonic() - began < 2
    assert threading.active_count() <= before


def test_a_profile_of_ones_own_is_spoken(tmp_path, source):
    """The sandbox tries a file before the bureau's own system does."""
    text = Path(taxgate.__file__).parent / "adapters" / "profiles" / "generic.toml"
    path = tmp_path / "ours.toml"
    path.write_text(
        text.read_text(encoding="utf-8").replace("/inquiries", "/tax/query"), encoding="utf-8"
    )
    path.chmod(0o600)
    with SandboxBureau([str(path)]) as bureau:
        assert bureau.profiles == ("ours",)
        body = {
            "request_id": "1",
            "inquiry": {"matter": "vehicle-purchase-tax", "vin": PAID_VIN},
        }
        status, reply = post(bureau.url_of("ours"), "/tax/query", body)
    assert status == 200
    assert len(reply["data"]["records"]) == 1


def test_an_unknown_profile_is_a_fault_of_the_configuration():
    """It says which there are."""
    with pytest.raises(ConfigError, match="generic"):
        SandboxBureau(["no-such"])


def test_a_port_in_use_is_an_error_of_the_system(bureau):
    """Whoever starts it twice is told."""
    with pytest.raises(OSError, match="in use"):
        SandboxBureau(port=urlsplit(bureau.url).port)
