"""Whatever is done to a log afterwards shows, and what cannot show is said (faults 89 to 91)."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import datetime

import pytest

from log_cases import decided, log_in, sqlite_url, tampered
from taxgate.errors import LogWriteError
from taxgate.evidence import CHINA
from taxgate.log import DecisionLog, KeyKind, KeyRing, Store, new_key
from taxgate.log.chain import Doubt, verify
from taxgate.log.entry import link_digest
from taxgate.log.heads import FileWitness, StoreWitness, sign_head
from taxgate.log.store import Draft

NOW = datetime(2026, 11, 23, 12, tzinfo=CHINA)
LENGTH = 8


@pytest.fixture
def kept(tmp_path):
    """Return a folder with a log of eight decisions, and a witness that knows them all."""
    with log_in(tmp_path) as log:
        decided(log, LENGTH)
        head = sign_head(log.store, log.keys, NOW)
    FileWitness(tmp_path / "witness.jsonl").keep(head)
    return tmp_path


def verified(folder, *, witnessed=True):
    """Verify the log in *folder*."""
    store = Store(sqlite_url(folder))
    keys = KeyRing.from_folder(folder / "keys")
    witnesses = [FileWitness(folder / "witness.jsonl")] if witnessed else []
    found = verify(store, keys, witnesses)
    store.close()
    return found


def rebuilt(folder, seq, change):
    """Change the body of entry *seq* and work out every digest from there on anew."""
    store = Store(sqlite_url(folder))
    rows = list(store.rows(seq - 1))
    store.close()
    prev = rows[0][1]
    for number, _, _, text in rows:
        new = change(text) if number == seq else text
        digest = link_digest(number, prev, new.encode())
        tampered(
            folder,
            (
                "UPDATE taxgate_log_entries SET body=?, prev=?, digest=? WHERE seq=?",
                (new, prev, digest, number),
            ),
        )
        prev = digest


def cut_after(seq):
    """Return statements that cut off every trace of the entries after *seq*."""
    return [
        (f"DELETE FROM taxgate_log_{table} WHERE seq > ?", (seq,))  # noqa: S608 - names of ours
        for table in ("entries", "evidence", "heads", "requests")
    ]


def test_an_untouched_log_is_sound(kept):
    """All entries are read, fixed by a head kept elsewhere, and nothing is left in doubt."""
    found = verified(kept)
    assert found.sound
    assert (found.entries, found.anchored, found.signed, found.doubts) == (
        LENGTH,
        LENGTH,
        LENGTH,
        (),
    )


def test_without_a_witness_it_says_what_it_cannot_know(kept):
    """No head elsewhere: a cut tail or an old copy would not show."""
    assert verified(kept, witnessed=False).doubts == (Doubt.NOT_ANCHORED,)
    store = Store(sqlite_url(kept))
    assert verify(store).doubts == (Doubt.NOT_ANCHORED, Doubt.SIGNATURES_NOT_CHECKED)
    store.close()


def test_entries_after_the_last_witnessed_head_are_in_doubt(kept):
    """The tail since then is told apart."""
    from taxgate.log import DecisionLog  # noqa: PLC0415

    with DecisionLog(Store(sqlite_url(kept)), KeyRing.from_folder(kept / "keys")) as log:
        decided(log, 1, first=50)
    found = verified(kept)
    assert (found.sound, found.doubts) == (True, (Doubt.TAIL_NOT_ANCHORED,))


@pytest.mark.parametrize("witnessed", [True, False])
@pytest.mark.parametrize(
    ("statement", "first", "problem"),
    [
        ("UPDATE taxgate_log_entries SET body=replace(body,'proceed','refused') WHERE seq=3",
         3, "does not fit its digest"),
        ("UPDATE taxgate_log_entries SET digest=upper(digest) WHERE seq=3", 3, "digest"),
        ("UPDATE taxgate_log_entries SET body='[1' WHERE seq=2", 2, "digest"),
        ("DELETE FROM taxgate_log_entries WHERE seq=4", 4, "is missing"),
        ("DELETE FROM taxgate_log_entries WHERE seq=1", 1, "is missing"),
        ("UPDATE taxgate_log_evidence SET sealed=x'00' WHERE seq=5", 5, "sealed evidence"),
        ("UPDATE taxgate_log_evidence SET key_id='gone' WHERE seq=5", 5, "sealed evidence"),
        ("DELETE FROM taxgate_log_evidence WHERE seq=6", 6, "its evidence is gone"),
        ("UPDATE taxgate_log_entries SET prev=x'00ff' WHERE seq=3", 3, "does not follow"),
        ("UPDATE taxgate_log_entries SET prev='é' WHERE seq=3", 3, "does not follow"),
        ("UPDATE taxgate_log_entries SET body=printf('%.*c',100000,'[') WHERE seq=3", 3, "digest"),
        ("UPDATE taxgate_log_entries SET body='{\"kind\":\"erasure\",\"entries\":7}' WHERE seq=3",
         3, "digest"),
        ("INSERT INTO taxgate_log_entries VALUES (-1, 'a', 'b', '{}')", -1, "is no entry of"),
        ("UPDATE taxgate_log_evidence SET seq=0 WHERE seq=3", 0, "is no entry of the log"),
        ("UPDATE taxgate_log_requests SET seq=3 WHERE seq=4", 3, "is not the latest decision"),
        ("UPDATE taxgate_log_requests SET content='x' WHERE seq=4", 4, "is not the latest"),
        ("UPDATE taxgate_log_requests SET seq='x' WHERE seq=4", 1, "is not the latest"),
        ("UPDATE taxgate_log_requests SET seq=99 WHERE seq=8", 9, "given as the latest"),
    ],
)  # fmt: skip
def test_an_edit_or_a_deletion_is_named(kept, statement, first, problem, witnessed):
    """The first bad entry is named, with or without a witness."""
    tampered(kept, statement)
    fault = verified(kept, witnessed=witnessed).fault
    assert fault.seq == first
    assert problem in fault.problem


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"kind": "erasure", "entries": [10]}, "says that evidence was erased"),
        ({"kind": "erasure", "entries": [3]}, "says that evidence was erased"),
        ({"kind": "erasure", "entries": 3}, "not written as the log writes"),
        ({"kind": "erasure", "entries": [[3]]}, "not written as the log writes"),
        ({"kind": "decision", "supersedes": 10}, "takes the place of an entry"),
        ({"kind": "decision", "supersedes": "3"}, "takes the place of an entry"),
    ],
)
def test_an_entry_that_speaks_of_what_it_cannot_know_is_named(kept, body, problem):
    """Well chained, yet no log wrote it: it would excuse what is taken away later."""
    store = Store(sqlite_url(kept))
    store.append([Draft(body=body)])
    store.close()
    fault = verified(kept).fault
    assert (fault.seq, problem in fault.problem) == (9, True)


def test_two_decisions_cannot_take_the_place_of_one(kept):
    """A fork among the decisions of one case is named."""
    store = Store(sqlite_url(kept))
    for _ in range(2):
        store.append([Draft(body={"kind": "decision", "supersedes": 3})])
    store.close()
    tampered(kept, "DELETE FROM taxgate_log_requests WHERE seq=3")
    assert verified(kept).fault.seq == 10


def test_a_gap_far_away_costs_no_memory(kept):
    """Entries with an enormous number, chained to one another, are named and no more."""
    number = 2**62
    body = '{"kind":"decision"}'
    first = link_digest(number, "a" * 64, body.encode())
    second = link_digest(number + 1, first, body.encode())
    for row in ((number, "a" * 64, first, body), (number + 1, first, second, body)):
        tampered(kept, ("INSERT INTO taxgate_log_entries VALUES (?, ?, ?, ?)", row))
    assert verified(kept).fault.seq == 9


def test_a_log_is_verified_while_others_write_to_it(kept, monkeypatch):
    """What comes, and what is erased, after the beginning makes nothing look tampered with."""
    log = DecisionLog(Store(sqlite_url(kept)), KeyRing.from_folder(kept / "keys"))
    real = log.store.rows

    def meanwhile(after=0):
        monkeypatch.undo()
        log.erase(before=datetime(2100, 1, 1, tzinfo=CHINA), rule="r", at=NOW)
        decided(log, 2, first=50)
        return real(after)

    monkeypatch.setattr(log.store, "rows", meanwhile)
    found = verify(log.store)
    assert (found.fault, found.entries) == (None, LENGTH)
    assert verify(log.store).entries == LENGTH + 3
    log.close()


def test_a_head_no_key_could_sign_is_named(kept):
    """A number beyond what can be spelled is a fault of the head, not of the program."""
    tampered(kept, "UPDATE taxgate_log_heads SET head=replace(head,'\"seq\": 8','\"seq\": 8' || "
             "'0000000000000000')")  # fmt: skip
    assert "no valid signature" in verified(kept, witnessed=False).fault.problem


def test_a_head_that_was_kept_in_part_was_not_kept(kept):
    """A disk that is nearly full takes a part of a line without an error (fault 87)."""
    resource = pytest.importorskip("resource")
    path = kept / "witness.jsonl"
    with closing(Store(sqlite_url(kept))) as store:
        (head,) = FileWitness(path).heads(store.log_id)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 10, before[1]))
    try:
        with pytest.raises(LogWriteError, match="the witness cannot be written"):
            FileWitness(path).keep(head)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_entries_that_changed_places_are_named(kept):
    """Two entries swapped, each with its own digest, do not follow one another."""
    tampered(
        kept,
        "UPDATE taxgate_log_entries SET seq=100 WHERE seq=3",
        "UPDATE taxgate_log_entries SET seq=3 WHERE seq=4",
        "UPDATE taxgate_log_entries SET seq=4 WHERE seq=100",
    )
    assert verified(kept, witnessed=False).fault.seq == 3


def test_an_entry_put_in_is_named(kept):
    """An entry after the end that follows nothing is found."""
    tampered(
        kept,
        "INSERT INTO taxgate_log_entries SELECT 9, prev, 'x' || digest, body "
        "FROM taxgate_log_entries WHERE seq=8",
    )
    assert verified(kept, witnessed=False).fault.seq == 9


def test_a_cut_tail_shows_only_to_a_witness(kept):
    """Entries, evidence and heads cut off together leave a chain that is whole."""
    tampered(kept, *cut_after(6))
    alone = verified(kept, witnessed=False)
    assert (alone.sound, alone.doubts) == (True, (Doubt.NOT_ANCHORED,))
    fault = verified(kept).fault
    assert (fault.seq, "goes up to entry 8" in fault.problem) == (7, True)


def test_a_chain_worked_out_anew_shows_to_the_heads(kept):
    """An entry edited and all after it recomputed breaks the head kept beside the log, too."""
    rebuilt(kept, 3, lambda text: text.replace("proceed", "refused"))
    assert verified(kept).fault.seq == LENGTH
    assert "kept beside the log" in verified(kept, witnessed=False).fault.problem
    tampered(kept, "DELETE FROM taxgate_log_heads")
    assert verified(kept, witnessed=False).sound
    assert "kept elsewhere" in verified(kept).fault.problem


def test_an_old_copy_put_back_shows_to_a_witness(kept):
    """The database of yesterday is whole, and too short."""
    shutil.copy(kept / "log.sqlite3", kept / "old.sqlite3")
    from taxgate.log import DecisionLog  # noqa: PLC0415

    with DecisionLog(Store(sqlite_url(kept)), KeyRing.from_folder(kept / "keys")) as log:
        decided(log, 2, first=70)
        FileWitness(kept / "witness.jsonl").keep(sign_head(log.store, log.keys, NOW))
    for file in kept.glob("log.sqlite3*"):
        file.unlink()
    (kept / "old.sqlite3").rename(kept / "log.sqlite3")
    fault = verified(kept).fault
    assert (fault.seq, "is missing" in fault.problem) == (LENGTH + 1, True)
    assert verified(kept, witnessed=False).sound


def test_a_forged_head_is_not_believed(kept):
    """A head whose signature does not fit, or of a key nobody knows, is a fault."""
    lines = (kept / "witness.jsonl").read_text()
    (kept / "witness.jsonl").write_text(lines.replace('"seq":8', '"seq":7'))
    assert "has no valid signature" in verified(kept).fault.problem
    (kept / "witness.jsonl").write_text(lines.replace('"key_id":"2026-01"', '"key_id":"x"'))
    assert "has no valid signature" in verified(kept).fault.problem


def test_heads_signed_under_an_older_key_stay_good(kept):
    """After a rotation old heads are checked with the old key, its public half will do."""
    new_key(kept / "keys", KeyKind.SIGN, "2026-02")
    (kept / "keys" / "sign-2026-01.key").unlink()
    assert verified(kept).sound
    store = Store(sqlite_url(kept))
    assert sign_head(store, KeyRing.from_folder(kept / "keys"), NOW).key_id == "2026-02"
    store.close()
    assert verified(kept).sound


def test_another_log_can_be_the_witness(kept, tmp_path):
    """Heads kept in another database serve like those in a file."""
    other = Store.create(sqlite_url(tmp_path, "other.sqlite3"))
    store = Store(sqlite_url(kept))
    keys = KeyRing.from_folder(kept / "keys")
    StoreWitness(other).keep(sign_head(store, keys, NOW))
    assert verify(store, keys, [StoreWitness(other)]).doubts == ()
    store.close()
    tampered(
        kept,
        *cut_after(2),
    )
    store = Store(sqlite_url(kept))
    assert verify(store, keys, [StoreWitness(other)]).fault.seq == 3
    store.close()
    other.close()


def test_a_log_is_not_another_log(kept, tmp_path):
    """The entries of one log put under the name of another do not fit their beginning."""
    tampered(kept, "UPDATE taxgate_log_meta SET value='0' WHERE name='log_id'")
    assert verified(kept, witnessed=False).fault.seq == 1
