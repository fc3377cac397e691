"""A time-stamping authority witnesses heads: a real one, run with openssl on this machine."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime

import pytest
from attrs import evolve

from log_cases import decided, log_in
from taxgate.errors import LogCorruptError, LogWriteError
from taxgate.evidence import CHINA
from taxgate.log.chain import Doubt, verify
from taxgate.log.heads import sign_head
from taxgate.log.timestamping import TimestampWitness, authority_at
from taxgate.testing.misbehaving import HttpReply, MisbehavingServer

NOW = datetime(2026, 11, 23, 12, tzinfo=CHINA)
SETTINGS = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[extensions]
extendedKeyUsage = critical,timeStamping
"""


def openssl(folder, *arguments):
    """Run openssl in *folder*."""
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """Return the folder of an authority: a root, and a signer for stamps."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "tsa.cnf").write_text(SETTINGS.format(folder=folder))
    (folder / "serial").write_text("01\n")
    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    openssl(folder, "req", "-x509", *new, "-keyout", "root.key", "-out", "root.pem",
            "-subj", "/CN=Example root", "-days", "30")  # fmt: skip
    openssl(
        folder, "req", *new, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Example TSA"
    )
    openssl(folder, "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key",
            "-CAcreateserial", "-out", "tsa.pem", "-days", "30", "-extfile", "tsa.cnf",
            "-extensions", "extensions")  # fmt: skip
    return folder


def stamp_with(folder):
    """Return how to have the authority in *folder* stamp a query."""

    def stamp(query):
        (folder / "query").write_bytes(query)
        openssl(folder, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-signer",
                "tsa.pem", "-inkey", "tsa.key", "-out", "reply")  # fmt: skip
        return (folder / "reply").read_bytes()

    return stamp


@pytest.fixture
def log(tmp_path):
    """Return a log of three decisions."""
    with log_in(tmp_path) as made:
        decided(made, 3)
        yield made


def test_a_stamped_head_anchors_the_log(log, authority, tmp_path):
    """The authority's stamp is good for the head, and the log is fixed up to it."""
    root = (authority / "root.pem").read_bytes()
    witness = TimestampWitness(tmp_path / "stamps", stamp_with(authority), [root])
    head = sign_head(log.store, log.keys, NOW)
    witness.keep(head)
    found = verify(log.store, log.keys, [TimestampWitness(tmp_path / "stamps", None, [root])])
    assert (found.sound, found.anchored, found.doubts) == (True, 3, ())
    decided(log, 1, first=50)
    assert verify(log.store, log.keys, [witness]).doubts == (Doubt.TAIL_NOT_ANCHORED,)


def test_a_stamp_on_another_head_is_none(log, authority, tmp_path):
    """A head changed after it was stamped, or stamped by somebody else, is not believed."""
    root = (authority / "root.pem").read_bytes()
    witness = TimestampWitness(tmp_path / "stamps", stamp_with(authority), [root])
    witness.keep(sign_head(log.store, log.keys, NOW))
    (path,) = (tmp_path / "stamps").glob("*.json")
    path.write_bytes(path.read_bytes().replace(b'"seq":3', b'"seq":2'))
    with pytest.raises(LogCorruptError, match="has no stamp of the authority"):
        list(witness.heads(log.store.log_id))


def test_a_reply_that_is_no_stamp_is_refused(log, authority, tmp_path):
    """Garbage, or the stamp on an earlier query, is never kept."""
    root = (authority / "root.pem").read_bytes()
    head = sign_head(log.store, log.keys, NOW)
    old = stamp_with(authority)
    kept = []
    TimestampWitness(tmp_path / "a", lambda query: kept.append(old(query)) or kept[0], [root]).keep(
        head
    )
    for reply in (b"garbage", kept[0]):
        witness = TimestampWitness(tmp_path / "b", lambda _, reply=reply: reply, [root])
        with pytest.raises(LogWriteError, match="does not verify"):
            witness.keep(evolve(head, seq=2))
    with pytest.raises(LogWriteError, match="no authority"):
        TimestampWitness(tmp_path / "b", None, [root]).keep(head)
    assert not (tmp_path / "b").exists()


def test_an_authority_is_asked_over_http(log, authority, tmp_path):
    """The query goes out as RFC 3161 says, and an authority that fails gives a named error."""
    root = (authority / "root.pem").read_bytes()
    stamp = stamp_with(authority)

    def respond(request):
        assert ("Content-Type", "application/timestamp-query") in request.headers
        return HttpReply(
            stamp(request.body), headers=(("Content-Type", "application/timestamp-reply"),)
        )

    head = sign_head(log.store, log.keys, NOW)
    with MisbehavingServer(respond=respond) as server:
        asking = authority_at(
            server.url, allow_plain_http_to=["127.0.0.1"], allow_internal=["127.0.0.1"]
        )
        witness = TimestampWitness(tmp_path / "stamps", asking, [root])
        witness.keep(head)
        assert list(witness.heads(log.store.log_id)) == [head]
    with pytest.raises(LogWriteError, match="got no time stamp"):
        witness.keep(head)
