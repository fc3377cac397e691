"""Signatures are those that others compute: published vectors, OpenSSL and a Java runtime."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from taxgate.adapters import secret_exchange, signing
from taxgate.adapters.secret_exchange import sha1prng_key, unwrapped
from taxgate.adapters.signing import (
    ConcatDigestSigner,
    HmacHeaderSigner,
    Message,
    OpenGatewaySigner,
    SortedParamSigner,
    digest,
    milliseconds,
)
from taxgate.errors import MissingExtraError
from taxgate.evidence import CHINA
from taxgate.secret import Secret

NOW = datetime(2026, 11, 23, 10, 0, 0, 123_456, tzinfo=CHINA)
NOW_MS = "1795399200123"
SECRET = Secret("5a0e3b7c9d1f4a6b8c2e0d4f6a8b1c3e")
SM3_VECTORS = (
    ("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    ("abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
)
"""GB/T 32905-2016, annex A."""
JAVA_VECTORS = (
    (
        "3f2a61c0d4b84e5fa1b2c3d4e5f60718",
        "5a0e3b7c9d1f4a6b8c2e0d4f6a8b1c3e",
        "0813f3e22633efdf05373656d622285a",
        "XS70WQ8JnNK4Pygd0Rty0Q9VQlmK2H12bnUbDGC7cT1F3coE+w8CHh7MjtG42+jP",
    ),
    (
        "应用授权码",
        "short",
        "089b29fac483dee6f762a99138827c1a",
        "/neOQ6fgZio8dlKkbIRShw==",
    ),
)
"""Application key, secret, AES key and wrapped secret; see vectors/Sha1PrngVectors.java."""


def openssl(*arguments, data):
    """Return the hexadecimal digest that the program openssl prints."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("there is no program openssl here")
    done = subprocess.run([program, *arguments], input=data, capture_output=True, check=True)
    return done.stdout.decode().rpartition("= ")[2].strip()


def test_milliseconds_are_exact():
    """The time stamp is the instant, whatever its offset, without a binary fraction's loss."""
    assert milliseconds(NOW) == NOW_MS
    assert milliseconds(NOW.astimezone(UTC)) == NOW_MS
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for count in range(0, 1000, 7):
        later = start + timedelta(milliseconds=count)
        assert milliseconds(later) == str(1767225600000 + count)


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        (
            "\x0b" * 20,
            "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        ),
        (
            "Jefe",
            "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
    ],
)
def test_rfc_4231_vectors(key, text, expected):
    """The code under every header signature is HMAC-SHA-256 of RFC 4231, in Base64."""
    assert base64.b64decode(signing._hmac_sha256(Secret(key), text)).hex() == expected


@pytest.mark.parametrize(("text", "expected"), SM3_VECTORS)
def test_sm3_vectors(text, expected):
    """SM3 is that of GB/T 32905, however it is computed."""
    assert digest("sm3", text.encode()).hex() == expected
    assert signing._sm3_of_the_extra(text.encode()).hex() == expected


def test_sm3_falls_back_to_the_extra(monkeypatch):
    """Where OpenSSL has no SM3, the extra computes it."""

    def without_sm3(name, data=b"", **options):
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr(hashlib, "new", without_sm3)
    assert digest("sm3", b"abc").hex() == SM3_VECTORS[0][1]


def test_sm3_without_anything_names_the_extra(monkeypatch):
    """Where neither can, the error says what to install."""

    def without_sm3(name, data=b"", **options):
        raise ValueError(name)

    monkeypatch.setattr(hashlib, "new", without_sm3)
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.hashes", None)
    with pytest.raises(MissingExtraError, match=r"taxgate\[gateway\]"):
        digest("sm3", b"abc")


@pytest.mark.parametrize("algorithm", ["sha256", "sm3", "sha1", "md5"])
def test_digests_equal_those_of_openssl(algorithm):
    """Every digest a profile may name is the one the program openssl computes."""
    data = "appKey=1&纳税人=某公司&appSecret=s".encode()
    assert digest(algorithm, data).hex() == openssl("dgst", f"-{algorithm}", data=data)


@pytest.mark.parametrize("prefix", ["gjgxjhpt", "gjzwfwpt"])
def test_national_gateways_sign_service_requester_and_time(prefix):
    """Four headers with underscores; the signature is openssl's HMAC over sid, rid and rtime."""
    signer = HmacHeaderSigner(prefix=prefix, requester="rid-1")
    signed = signer.sign(Message(service="sid-2"), now=NOW, nonce="unused", secret=SECRET)
    assert dict(signed.fields) == {}
    assert set(signed.headers) == {f"{prefix}_{part}" for part in ("rid", "sid", "rtime", "sign")}
    assert signed.headers[f"{prefix}_rid"] == "rid-1"
    assert signed.headers[f"{prefix}_sid"] == "sid-2"
    assert signed.headers[f"{prefix}_rtime"] == NOW_MS
    expected = openssl(
        "dgst", "-sha256", "-hmac", SECRET.reveal(), data=f"sid-2rid-1{NOW_MS}".encode()
    )
    assert base64.b64decode(signed.headers[f"{prefix}_sign"]).hex() == expected


def test_open_gateway_signs_client_time_and_nonce():
    """X-Signature is openssl's HMAC over client, time and nonce."""
    signed = OpenGatewaySigner(client="c-1").sign(Message(), now=NOW, nonce="n0nce", secret=SECRET)
    expected = openssl(
        "dgst", "-sha256", "-hmac", SECRET.reveal(), data=f"c-1{NOW_MS}n0nce".encode()
    )
    assert signed.headers["X-Client-Id"] == "c-1"
    assert signed.headers["X-Timestamp"] == NOW_MS
    assert signed.headers["X-Nonce"] == "n0nce"
    assert base64.b64decode(signed.headers["X-Signature"]).hex() == expected


@pytest.mark.parametrize(("algorithm", "weak"), [("sha1", True), ("sha256", False)])
def test_city_bus_digests_its_parts_in_order(algorithm, weak):
    """Key, secret and time one after the other; SHA-1 calls itself weak."""
    signer = ConcatDigestSigner(
        algorithm=algorithm,
        order=("key", "secret", "time"),
        key="k-1",
        names={"key": "appKey", "signature": "signature", "time": "timestamp"},
    )
    signed = signer.sign(Message(), now=NOW, nonce="unused", secret=SECRET)
    text = f"k-1{SECRET.reveal()}{NOW_MS}".encode()
    assert signed.headers == {
        "appKey": "k-1",
        "timestamp": NOW_MS,
        "signature": openssl("dgst", f"-{algorithm}", data=text),
    }
    assert signer.weak is weak


def test_the_order_of_concatenation_is_data():
    """Another order gives another signature, in the body if the profile says so."""
    signer = ConcatDigestSigner(
        algorithm="sha256",
        order=("secret", "key", "time"),
        key="k-1",
        names={"key": "a", "signature": "s", "time": "t"},
        in_headers=False,
    )
    signed = signer.sign(Message(), now=NOW, nonce="unused", secret=SECRET)
    assert dict(signed.headers) == {}
    text = f"{SECRET.reveal()}k-1{NOW_MS}".encode()
    assert signed.fields["s"] == hashlib.sha256(text).hexdigest()


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_sorted_parameters_are_signed_in_order_of_their_names(algorithm):
    """Sorted by name, empty ones left out, the secret last, in capitals."""
    names = {
        "key": "appid", "signature": "sign", "time": "timestamp", "nonce": "nonce",
        "secret": "appSecret",
    }  # fmt: skip
    signer = SortedParamSigner(algorithm=algorithm, key="k-1", names=names)
    message = Message(parameters={"zjlx": "201", "bdcdyh": "某单元", "htbh": ""})
    signed = signer.sign(message, now=NOW, nonce="n", secret=SECRET)
    text = (
        f"appid=k-1&bdcdyh=某单元&nonce=n&timestamp={NOW_MS}&zjlx=201&appSecret={SECRET.reveal()}"
    )
    expected = openssl("dgst", f"-{algorithm}", data=text.encode()).upper()
    assert signed.fields == {
        "appid": "k-1", "timestamp": NOW_MS, "nonce": "n", "sign": expected,
    }  # fmt: skip
    assert not signer.weak


def test_no_signer_shows_a_secret():
    """Neither a signer nor what it returns prints the secret, its inputs or the signature."""
    message = Message(service="s", parameters={"vin": "1M8GDM9AXKP042788"})
    signer = SortedParamSigner(
        algorithm="sha256", key="k", names={"key": "a", "signature": "s", "secret": "c"}
    )
    signed = signer.sign(message, now=NOW, nonce="n", secret=SECRET)
    for shown in (repr(message), repr(signer), repr(signed)):
        assert SECRET.reveal() not in shown
        assert "042788" not in shown
        assert signed.fields["s"] not in shown


# Secrets wrapped by a gateway ---------------------------------------------------------------------


@pytest.mark.parametrize(("key", "secret", "derived", "wrapped"), JAVA_VECTORS)
def test_recorded_vectors_of_java(key, secret, derived, wrapped):
    """Key and secret are what Java's SHA1PRNG and AES made of them when they were recorded."""
    assert sha1prng_key(key.encode()).hex() == derived
    assert unwrapped(wrapped, Secret(key)).reveal() == secret


def test_vectors_made_by_java_now():
    """A Java runtime on this machine wraps secrets that are unwrapped here."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("there is no Java runtime here; the recorded vectors were checked")
    pairs = [("0" * 32, "a" * 32), ("k", "0123456789abcdef"), ("f" * 64, "x" * 15)]
    pairs += [(key, secret) for key, secret, _, _ in JAVA_VECTORS]
    program = Path(__file__).with_name("vectors") / "Sha1PrngVectors.java"
    done = subprocess.run(
        [java, "-Dfile.encoding=UTF-8", "-Dsun.jnu.encoding=UTF-8", str(program),
         *(part for pair in pairs for part in pair)],
        capture_output=True, check=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    lines = done.stdout.decode().splitlines()
    assert len(lines) == len(pairs)
    for (key, secret), line in zip(pairs, lines, strict=True):
        derived, wrapped = line.split()
        assert sha1prng_key(key.encode()).hex() == derived
        assert unwrapped(wrapped, Secret(key)).reveal() == secret


@pytest.mark.parametrize(
    ("wrapped", "problem"),
    [
        ("not base64!", "Base64"),
        ("", "whole number"),
        ("YWJj", "whole number"),
        ("A" * 5000, "too long"),
        (JAVA_VECTORS[1][3], "does not open"),
        ("/neOQ6fgZio8dlKkbIRShw==\n", "Base64"),
    ],
)
def test_what_cannot_be_unwrapped_is_refused(wrapped, problem):
    """Anything but a secret under this key is refused, without being repeated."""
    with pytest.raises(ValueError, match=problem) as caught:
        unwrapped(wrapped, Secret("another key"))
    assert not wrapped or wrapped.strip() not in str(caught.value)


def test_unwrapping_names_its_extra(monkeypatch):
    """Without the library that unwraps, the error says what to install."""
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.ciphers", None)
    with pytest.raises(MissingExtraError, match=r"taxgate\[gateway\]"):
        secret_exchange.unwrapped(JAVA_VECTORS[0][3], SECRET)
