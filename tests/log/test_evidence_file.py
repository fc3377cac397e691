"""An evidence file proves one decision to whoever has Python, and tells nobody whose case it is."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from base64 import b64decode, b64encode
from datetime import timedelta
from hashlib import sha256

import attrs
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from gate_cases import NAMES, Bureau, clock_of, purpose_of, shipped
from log_cases import decided, log_in, tampered
from log_story import NOW, PAID, UNPAID, Story
from taxgate import Gate
from taxgate.errors import LogError, LogKeyError, LogTamperedError
from taxgate.evidence import Answer
from taxgate.identifiers import Division, Identifier
from taxgate.log import KeyRing
from taxgate.log.evidence_file import REACH, write_evidence_file
from taxgate.log.heads import sign_head
from taxgate.log.store import Draft
from taxgate.log.verifier import _L as ORDER
from taxgate.log.verifier import signed
from taxgate.parties import Person


def made(log, seq, keys=None):
    """Return the evidence file of a decision as bytes."""
    stream = io.BytesIO()
    write_evidence_file(log.store, keys or log.keys, seq, stream, at=NOW)
    return stream.getvalue()


def files_of(data):
    """Return the files of an evidence file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files):
    """Return files as a ZIP."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def verified(folder, files, *arguments):
    """Unpack *files* and run the verifier among them, with Python alone; return what it did."""
    place = folder / "unpacked"
    for name, content in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    return ran(place / "verify.py", *arguments)


def ran(*command):
    """Run a program with Python alone: nothing installed can be imported."""
    return subprocess.run(
        [sys.executable, "-I", "-S", *map(str, command)],
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
        timeout=60,
    )


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """Return a log with an unpaid case, three more decisions, and a signed head."""
    story = Story(tmp_path_factory.mktemp("log"))
    story.decide(UNPAID)
    story.act(1)
    for _ in range(3):
        story.decide(PAID)
    sign_head(story.log.store, story.log.keys, NOW)
    with story.log:
        yield story.log


@pytest.fixture(scope="module")
def data(log):
    """Return the evidence file of the unpaid case."""
    return made(log, 1)


@pytest.fixture
def files(data):
    """Return its files."""
    return files_of(data)


def test_it_holds_what_a_court_asks_for(files):
    """Decision, facts, inquiries, clauses, rows, proof, notices, referrals and a verifier."""
    assert {
        "README.txt",
        "chain/entries.jsonl",
        "chain/head.json",
        "chain/public-key.txt",
        "clauses.json",
        "decision.json",
        "entry.json",
        "explanation.en.txt",
        "explanation.zh-CN.txt",
        "facts.json",
        "inquiries.json",
        "later.json",
        "manifest.json",
        "manifest.sig",
        "notices/1.en.txt",
        "notices/1.zh-CN.txt",
        "referrals.json",
        "verify.py",
    } <= set(files)
    decision = json.loads(files["decision.json"])
    assert (decision["outcome"], decision["effect"]) == ("refuse", "refuse")
    facts = json.loads(files["facts.json"])
    unpaid = next(item for item in facts if item["code"] == "property-title/deed-tax/unpaid")
    assert unpaid["facts"]["state"] == "unpaid"
    assert "契税" in unpaid["row_in_words"]["zh-CN"]["question"]
    assert all(item["row_in_words"] for item in facts)
    (later,) = json.loads(files["later.json"])
    assert (later["seq"], later["body"]["kind"]) == (2, "act")


def test_inquiries_are_masked_and_name_the_bureaus_own_numbers(files):
    """What was asked shows no identifier; number of the consultation and digest are there."""
    asked = json.loads(files["inquiries.json"])
    case = shipped(UNPAID)
    assert [item["consultation_no"] for item in asked] == [
        item.consultation_id for item in case.answers
    ]
    assert {item["matter"] for item in asked} >= {"deed-tax"}
    assert all("*" in item["asked"] for item in asked)
    assert all("reply_digest" in item for item in asked)


def test_clauses_are_those_of_the_governing_day(files):
    """Only what binds on that day is listed, each in both languages, those cited marked."""
    clauses = json.loads(files["clauses.json"])
    day = json.loads(files["entry.json"])["governing_on"]
    assert all(item["since"] <= day for item in clauses)
    assert all(item["until"] is None or day < item["until"] for item in clauses)
    assert all(item["paraphrase"]["zh-CN"] and item["paraphrase"]["en"] for item in clauses)
    cited = {item["id"] for item in clauses if item["cited_by_the_rows"]}
    assert any("deed-tax-law" in name for name in cited)
    assert 0 < len(cited) < len(clauses)


def personal(value):
    """Yield every identifier, number and name of a person in a case, in clear."""
    if isinstance(value, Division):
        return
    if isinstance(value, Identifier):
        yield value.value
    elif isinstance(value, Person):
        yield value.number
        if value.name is not None and len(value.name) > 1:
            yield value.name
    elif isinstance(value, tuple):
        for part in value:
            yield from personal(part)
    elif attrs.has(type(value)):
        for item in attrs.fields(type(value)):
            part = getattr(value, item.name)
            named = item.name in {"voucher_no", "certificate_no", "contract_no", "plate"}
            if named and isinstance(part, str):
                yield part
            elif not (isinstance(value, Answer) and item.name == "source"):
                yield from personal(part)


def test_no_case_shows_whose_it_is(tmp_path):
    """Of no shipped case does any file hold an identifier, a name or the case number (fault 64)."""
    with log_in(tmp_path) as log:
        for name in NAMES:
            case = shipped(name)
            if any(item.outage is not None for item in case.answers):
                continue
            purpose = purpose_of(case, case_no=f"CANARY-{name}"[:64])
            bare = attrs.evolve(case.application, case_no=None, office=None)
            with Gate(Bureau(case), clock=clock_of(case), readings=case.readings, log=log) as gate:
                seq = gate.check(bare, purpose=purpose, actor="officer-7").logged.seq
            files = files_of(made(log, seq))
            assert "decision.json" in files
            secret = {*personal(case.application), *personal(case.answers)}
            assert secret
            for path, content in files.items():
                text = content.decode()
                found = [item for item in {*secret, "CANARY", "officer-7"} if item in text]
                assert not found, (name, path)


def test_the_same_log_gives_the_same_bytes(log, data):
    """No clock and no compression: whoever makes it again gets the same file."""
    stream = io.BytesIO()
    write_evidence_file(log.store, log.keys, 1, stream, at=NOW + timedelta(days=9))
    assert stream.getvalue() == data


def test_it_verifies_with_python_alone(log, data, files, tmp_path):
    """Unpacked or not, with the key known from elsewhere or not; what is not proved is said."""
    done = verified(tmp_path, files)
    assert (done.returncode, done.stderr) == (0, "")
    assert "PROVED" in done.stdout
    assert "NOT PROVED" in done.stdout
    assert "whose key it is" in done.stdout
    assert "decision.json says the same" in done.stdout
    path = tmp_path / "case.zip"
    path.write_bytes(data)
    known = b64encode(log.keys.public("2026-01")).decode()
    done = ran(tmp_path / "unpacked" / "verify.py", "--key", known, path)
    assert done.returncode == 0
    assert "whose key it is" not in done.stdout
    other = b64encode(bytes(32)).decode()
    assert ran(tmp_path / "unpacked" / "verify.py", "--key", other, path).returncode == 1


def refused(tmp_path, files):
    """Tell what the genuine verifier says against *files*; it must say something."""
    from taxgate.log import verifier  # noqa: PLC0415 - the file itself is run

    path = tmp_path / "forged.zip"
    path.write_bytes(zipped(files))
    done = ran(verifier.__file__, path)
    assert done.returncode == 1
    assert done.stdout == ""
    return done.stderr


def test_a_change_of_any_file_shows(files, tmp_path):
    """One byte more in any file, a file more or a file less, and it does not verify."""
    for name in files:
        refused(tmp_path, {**files, name: b"A" + files[name]})
    assert "added" in refused(tmp_path, {**files, "x": b""})
    assert "missing" in refused(
        tmp_path, {name: files[name] for name in files if name != "facts.json"}
    )


def relisted(files):
    """Return *files* with a list that fits them, and no signature: the work of a forger."""
    forged = {name: content for name, content in files.items() if name != "manifest.sig"}
    manifest = json.loads(forged["manifest.json"])
    manifest["files"] = {
        name: sha256(content).hexdigest()
        for name, content in forged.items()
        if name != "manifest.json"
    }
    return {**forged, "manifest.json": json.dumps(manifest).encode()}


def test_a_forger_who_rewrites_the_list_is_caught_by_the_chain(files, tmp_path):
    """Entry, decision, head and key hang together by the signature of the head."""
    entry = files["entry.json"].replace(b'"refuse"', b'"satisfied"')
    assert "not the entry" in refused(tmp_path, relisted({**files, "entry.json": entry}))
    lines = files["chain/entries.jsonl"].replace(b"refuse", b"satisfied")
    assert "was changed" in refused(tmp_path, relisted({**files, "chain/entries.jsonl": lines}))
    for name in ("outcome", "may_complete"):
        decision = json.loads(files["decision.json"])
        decision[name] = "satisfied" if name == "outcome" else True
        changed = {**files, "decision.json": json.dumps(decision).encode()}
        assert f"otherwise: {name}" in refused(tmp_path, relisted(changed))
    decision = json.loads(files["decision.json"])
    decision["findings"][0]["facts"]["state"] = "paid"
    changed = {**files, "decision.json": json.dumps(decision).encode()}
    assert "other findings" in refused(tmp_path, relisted(changed))
    head = json.loads(files["chain/head.json"])
    for change in ({"at": "2020-01-01T00:00:00+08:00"}, {"purpose": "entry"}, {"seq": 4}):
        forged = {**files, "chain/head.json": json.dumps({**head, **change}).encode()}
        refused(tmp_path, relisted(forged))
    forged = {**files, "chain/public-key.txt": b64encode(bytes(32))}
    assert "no valid signature" in refused(tmp_path, relisted(forged))


def test_what_is_no_evidence_file_is_no_proof(files, tmp_path):
    """Junk, half a file or another kind of file ends with a message, never with a proof."""
    assert "CANNOT BE READ" in refused(tmp_path, {"x": b"y"})
    assert "CANNOT BE READ" in refused(tmp_path, {**files, "manifest.json": b"[]"})
    path = tmp_path / "junk.zip"
    path.write_bytes(b"junk")
    verifier = tmp_path / "verify.py"
    verifier.write_bytes(files["verify.py"])
    done = ran(verifier, path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr


def test_erased_evidence_leaves_the_entry(tmp_path):
    """After erasure the entry is proved as before; its words are gone, and that is said."""
    with log_in(tmp_path) as log:
        decided(log)
        log.erase(before=NOW, rule="five-years", at=NOW)
        sign_head(log.store, log.keys, NOW)
        files = files_of(made(log, 1))
    assert "decision.json" not in files
    assert "erased under a retention rule" in files["README.txt"].decode()
    assert json.loads(files["inquiries.json"])[0]["source"]
    done = verified(tmp_path, files)
    assert done.returncode == 0
    assert "decision.json" not in done.stdout


def test_without_a_head_nearby_the_entry_itself_is_signed(tmp_path):
    """It proves less, and the verifier says so; a head that is near but too early is none."""
    with log_in(tmp_path) as log:
        decided(log)
        sign_head(log.store, log.keys, NOW)
        decided(log, first=2)
        body = log.store.entry(1).body
        log.store.append([Draft(body=body)] * REACH)
        sign_head(log.store, log.keys, NOW)
        near, far = files_of(made(log, 3)), files_of(made(log, 2))
    assert json.loads(near["chain/head.json"])["purpose"] == "head"
    assert len(near["chain/entries.jsonl"].splitlines()) == REACH
    assert json.loads(far["chain/head.json"])["purpose"] == "entry"
    done = verified(tmp_path, far)
    assert done.returncode == 0
    assert "that the entry is older than this file" in done.stdout


def test_without_any_signature_there_is_no_evidence_file(tmp_path):
    """No signed head and no key to sign with: an error, not a file that proves nothing."""
    with log_in(tmp_path) as log:
        decided(log)
        with pytest.raises(LogKeyError, match="sign key"):
            made(log, 1, KeyRing({}))
        sign_head(log.store, log.keys, NOW)
        public = KeyRing({}, {"2026-01": log.keys.public("2026-01")})
        files = files_of(made(log, 1, public))
    assert "manifest.sig" not in files
    assert "key to the sealed evidence was not at hand" in files["README.txt"].decode()
    done = verified(tmp_path, files)
    assert done.returncode == 0
    assert "list without signature" in done.stdout
    assert "that notices, explanation" in done.stdout


def test_a_log_that_was_changed_gives_no_evidence_file(tmp_path):
    """Neither a changed entry on the way to the head nor changed evidence is passed on."""
    with log_in(tmp_path) as log:
        decided(log, 3)
        sign_head(log.store, log.keys, NOW)
        tampered(tmp_path, "UPDATE taxgate_log_evidence SET sealed = sealed || x'00' WHERE seq = 1")
        with pytest.raises(LogTamperedError, match="entry 1"):
            made(log, 1)
        tampered(
            tmp_path,
            "UPDATE taxgate_log_entries SET body = replace(body, 'satisfied', 'advise')"
            " WHERE seq = 2",
        )
        with pytest.raises(LogTamperedError, match="entry 2"):
            made(log, 2)
        tampered(tmp_path, "DELETE FROM taxgate_log_entries WHERE seq = 2")
        for seq, problem in ((2, "is no decision"), (9, "is no decision")):
            with pytest.raises(LogError, match=problem):
                made(log, seq)


def test_another_law_is_never_put_into_the_words_of_this_one(tmp_path, monkeypatch):
    """A decision that this copy would make otherwise is not worded; the entry alone is given."""
    from taxgate.log import evidence_file as module  # noqa: PLC0415 - patched below

    with log_in(tmp_path) as log:
        decided(log)
        sign_head(log.store, log.keys, NOW)
        original = module.decision_body

        def other(*arguments, **named):
            body = original(*arguments, **named)
            return {**body, "outcome": "refuse"}

        monkeypatch.setattr(module, "decision_body", other)
        monkeypatch.setattr(module, "law_revision", lambda: "another")
        files = files_of(made(log, 1))
    assert "decision.json" not in files
    assert "another revision of the law" in files["README.txt"].decode()
    assert {item["row_in_words"] for item in json.loads(files["facts.json"])} == {None}


# Ed25519 ------------------------------------------------------------------------------------------


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200))
def test_signatures_are_judged_as_cryptography_judges(secret, message):
    """The verifier's own Ed25519 accepts what cryptography signs, and no changed bit of it."""
    private = Ed25519PrivateKey.from_private_bytes(secret)
    public = private.public_key().public_bytes_raw()
    signature = private.sign(message)
    assert signed(public, message, signature)
    assert not signed(public, message + b"x", signature)
    assert not signed(public, message, bytes([signature[0] ^ 1]) + signature[1:])
    # The same signature with another spelling of its number (RFC 8032, 5.1.7).
    number = int.from_bytes(signature[32:], "little") + ORDER
    assert not signed(public, message, signature[:32] + number.to_bytes(32, "little"))


VECTORS = [
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155",
    "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da",
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
]
"""RFC 8032, 7.1: public key, message, and the two halves of the signature."""


@pytest.mark.parametrize("vector", [VECTORS[:4], VECTORS[4:]])
def test_published_vectors(vector):
    """The first test vectors of RFC 8032 are accepted."""
    public, message, *signature = vector
    assert signed(bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex("".join(signature)))


def test_what_is_no_key_or_signature_signs_nothing():
    """Wrong lengths, and points that do not lie on the curve, are refused."""
    assert not signed(bytes(31), b"", bytes(64))
    assert not signed(bytes(32), b"", bytes(63))
    off_the_curve = (2).to_bytes(32, "little")
    assert not signed(off_the_curve, b"", bytes(64))
    assert not signed(b"\xff" * 32, b"", bytes(64))
    assert b64decode(b64encode(b"")) == b""
