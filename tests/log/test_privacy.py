"""What is personal can be read by few, each reading is recorded, and it can be erased."""

from __future__ import annotations

import copy
import pickle
import sqlite3
from datetime import datetime, timedelta

import pytest

from gate_cases import shipped
from log_cases import PAID, decided, keys_in, log_in, sqlite_url
from log_cases import tampered as changed
from taxgate.errors import (
    ApplicationError,
    ConfigError,
    LogError,
    LogKeyError,
    LogTamperedError,
)
from taxgate.evidence import CHINA
from taxgate.log import Act, ActKind, DecisionLog, EntryKind, KeyKind, KeyRing, Store, new_key
from taxgate.log.chain import verify
from taxgate.log.keys import Sealed
from taxgate.log.replaying import Kind, replay
from taxgate.log.store import Draft

NOW = datetime(2026, 11, 23, 12, tzinfo=CHINA)


@pytest.fixture
def log(tmp_path):
    """Return a log of three decisions."""
    with log_in(tmp_path) as made:
        decided(made, 3)
        yield made


def an_act(**changes):
    """Return a good act beside the first decision."""
    facts = {
        "decision": 1,
        "kind": ActKind.HOLD,
        "actor": "officer-7",
        "second": "officer-8",
        "authority": "court order 2026-1",
        "reason": "court-order",
        "paper": "paper-77",
        "at": NOW,
        "expires": NOW + timedelta(days=1),
    }
    return Act(**(facts | changes))


def everywhere(folder, text):
    """Tell whether *text* stands in clear in any file of *folder*."""
    return any(text.encode() in path.read_bytes() for path in folder.iterdir() if path.is_file())


def test_nothing_personal_lies_in_clear_in_the_files(log, tmp_path):
    """Neither identifiers nor names, case numbers or officers stand in the database (fault 64)."""
    case = shipped(PAID)
    owner = case.application.owner
    log.close()
    assert everywhere(tmp_path, "first-registration")
    for text in (owner.number, owner.name, case.application.vehicle.frame.value, "officer-7"):
        assert not everywhere(tmp_path, text)


def test_a_reading_in_clear_is_recorded_first(log):
    """Who read which entry and why stands in the chain, and only then is anything shown."""
    case, purpose, actor = log.read_clear(2, reader="auditor-1", reason="complaint", at=NOW)
    assert (purpose.case_no, actor) == ("2026-2", "officer-7")
    assert case.application.owner == shipped(PAID).application.owner
    entry = log.store.head()
    assert (entry.kind, entry.body["entry"], entry.body["reason"]) == ("reading", 2, "complaint")
    assert "auditor-1" not in entry.text
    assert [item.seq for item in log.by_actor("auditor-1")] == [4]
    assert [item.seq for item in log.by_actor("officer-7")] == [1, 2, 3]
    assert [item.seq for item in log.of_case(purpose.office, "2026-2")] == [2, 4]


def test_nothing_is_shown_that_cannot_be_recorded(log, monkeypatch):
    """A reading that leaves no trace does not happen."""

    def fail(drafts):
        raise LogError("disk full")

    monkeypatch.setattr(log.store, "append", fail)
    with pytest.raises(LogError, match="disk full"):
        log.read_clear(2, reader="auditor-1", reason="complaint", at=NOW)


def test_erasure_leaves_chain_and_rules(log):
    """After erasing, the chain verifies, the rules replay, and the clear data is gone for good."""
    made = shipped(PAID).at
    assert log.erase(before=made, rule="five-years", at=NOW) is None
    entry = log.erase(before=made + timedelta(seconds=1), rule="five-years", at=NOW)
    assert (entry.kind, entry.body["entries"]) == ("erasure", [1, 2, 3])
    assert verify(log.store).sound
    assert {item.kind for item in replay(log)} == {Kind.SEALED}
    with pytest.raises(LogError, match="was erased"):
        log.read_clear(1, reader="a", reason="b", at=NOW)
    assert log.erase(before=NOW, rule="five-years", at=NOW) is None


def test_a_lost_key_makes_clear_data_unreadable_and_nothing_else(log, tmp_path):
    """Without the sealing key nobody reads, and the chain still verifies."""
    log.close()
    (tmp_path / "keys" / "seal-2026-01.key").unlink()
    new_key(tmp_path / "keys", KeyKind.SEAL, "2026-02")
    with DecisionLog(Store(sqlite_url(tmp_path)), KeyRing.from_folder(tmp_path / "keys")) as left:
        with pytest.raises(LogKeyError, match="seal key 2026-01: is not among the keys"):
            left.read_clear(1, reader="a", reason="b", at=NOW)
        assert verify(left.store).sound
        assert {item.kind for item in replay(left)} == {Kind.SEALED}


def test_sealed_bytes_that_were_changed_do_not_open(log, tmp_path):
    """Changed evidence is neither read nor taken for genuine."""
    changed(tmp_path, "UPDATE taxgate_log_evidence SET sealed = sealed || x'00' WHERE seq = 1")
    with pytest.raises(LogTamperedError, match="entry 1: its sealed evidence"):
        log.read_clear(1, reader="a", reason="b", at=NOW)
    with pytest.raises(LogKeyError, match="the bytes were changed"):
        log.keys.unseal(log.store.sealed(1))


def test_tokens_cannot_be_worked_out_without_the_key(tmp_path):
    """The same text has another token under another key, of another kind, and no way back."""
    one, two = keys_in(tmp_path / "a"), keys_in(tmp_path / "b")
    assert one.token("person", "x") == one.token("person", "x")
    tokens = {one.token("person", "x"), one.token("subject", "x"), two.token("person", "x")}
    assert len(tokens) == 3
    assert repr(one) == "KeyRing(token: 1, seal: 1, sign: 1)"


def test_a_seal_never_repeats(tmp_path):
    """The same text sealed twice gives different bytes, and both open."""
    keys = keys_in(tmp_path / "keys")
    one, two = keys.seal(b"x"), keys.seal(b"x")
    assert one.data != two.data
    assert keys.unseal(one) == keys.unseal(two) == b"x"
    with pytest.raises(LogKeyError):
        keys.unseal(Sealed("2026-01", b"short"))


def test_acts_are_off_unless_switched_on(log):
    """No officer's act enters a log whose office did not say that law allows them."""
    with pytest.raises(LogError, match="acts of officers are off"):
        log.act(an_act())


def test_an_act_names_its_decision_and_alters_nothing(log, tmp_path):
    """It stands in the chain with actor, second person, authority, reason, paper and end."""
    with DecisionLog(log.store, log.keys, acts=True) as acting:
        before = acting.store.entry(1)
        entry = acting.act(an_act())
        assert acting.store.entry(1) == before
        body = entry.body
        assert (entry.kind, body["act"], body["decision"]) == ("act", "hold", 1)
        assert body["decision_digest"] == before.digest
        assert body["rows"] == ["V-01"]
        assert (body["authority"], body["reason"]) == ("court order 2026-1", "court-order")
        assert not [text for text in ("officer-7", "officer-8", "paper-77") if text in entry.text]
        assert verify(acting.store).sound
        with pytest.raises(LogError, match="entry 4 is no decision"):
            acting.act(an_act(decision=4))
        with pytest.raises(LogError, match="entry 99 is no decision"):
            acting.act(an_act(decision=99))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"second": "officer-7"}, "second"),
        ({"expires": NOW}, "expires"),
        ({"at": NOW.replace(tzinfo=None)}, "expires"),
    ],
)
def test_an_act_needs_a_second_person_and_an_end(change, field):
    """Nobody acts alone or for ever."""
    with pytest.raises(ApplicationError) as refused:
        an_act(**change)
    assert refused.value.field == field


def test_evidence_of_another_entry_is_not_shown_as_its_own(log, tmp_path):
    """Put beside another entry, evidence would be read under a wrong name: it is refused."""
    changed(
        tmp_path,
        "DELETE FROM taxgate_log_evidence WHERE seq=2",
        "UPDATE taxgate_log_evidence SET seq=2 WHERE seq=1",
    )
    with pytest.raises(LogTamperedError, match="entry 2: its sealed evidence"):
        log.read_clear(2, reader="auditor", reason="audit", at=NOW)
    assert [entry.kind for entry in log.entries()] == [EntryKind.DECISION] * 3


def test_more_can_be_erased_than_one_statement_takes(tmp_path):
    """An office has more decisions in a year than SQLite takes numbers in one statement."""
    log = log_in(tmp_path)
    many = range(1, 40_001)
    connection = sqlite3.connect(tmp_path / "log.sqlite3")
    connection.executemany(
        "INSERT INTO taxgate_log_evidence VALUES (?, 'k', x'00')", [(seq,) for seq in many]
    )
    connection.commit()
    connection.close()
    log.store.erase(many, Draft(body={"kind": "erasure", "entries": []}))
    assert log.store.with_evidence() == []
    log.close()


def test_keys_are_not_written_anywhere(log):
    """Neither pickled nor copied (fault 68)."""
    for copied in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="not written anywhere"):
            copied(log.keys)


def test_a_folder_that_others_may_write_holds_no_keys(tmp_path):
    """Whoever can put a key there chooses what everything is sealed with from now on."""
    keys_in(tmp_path / "keys")
    (tmp_path / "keys").chmod(0o770)
    with pytest.raises(ConfigError, match="may be written by others"):
        KeyRing.from_folder(tmp_path / "keys")
