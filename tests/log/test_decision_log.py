"""A gate with a log gives no decision that is not kept, and keeps each case once."""

from __future__ import annotations

import os
import threading
import time
from datetime import timedelta

import pytest
from attrs import evolve

from gate_cases import Bureau, clock_of, purpose_of, shipped
from log_cases import PAID, application_of, decided, keys_in, log_in, sqlite_url, tampered
from taxgate import AsyncGate, Gate
from taxgate.adapters.memory import InMemorySource
from taxgate.cases import CASES
from taxgate.errors import (
    ClosedError,
    ConfigError,
    LogConflictError,
    LogKeyError,
    LogTamperedError,
    LogWriteError,
)
from taxgate.evidence import CHINA, OutageCause, Purpose
from taxgate.log import DecisionLog, KeyKind, KeyRing, Store, new_key
from taxgate.log.chain import verify
from taxgate.log.committing import Committer
from taxgate.log.describing import content_digest, evidence_of, read_evidence
from taxgate.log.entry import Entry, link_digest
from taxgate.log.store import Draft
from taxgate.recorded import Recorded
from taxgate.sources import SourceError
from taxgate.terms import Matter
from taxgate.wire import read_case


@pytest.fixture
def log(tmp_path):
    """Return an empty log."""
    with log_in(tmp_path) as made:
        yield made


def gate_on(log, bureau, case, **later):
    """Return a gate that writes to *log*."""
    return Gate(bureau, clock=clock_of(case, **later), readings=case.readings, log=log)


def test_a_decision_is_kept_before_it_is_returned(log):
    """The entry says what was decided, by which law, on which facts; the evidence says on what."""
    case = shipped(PAID)
    (decision,) = decided(log)
    (entry,) = log.entries()
    assert decision.logged.seq == entry.seq == 1
    assert decision.logged.digest == entry.digest
    assert not decision.logged.replayed
    body = entry.body
    assert (body["verdict"], body["effect"], body["may_complete"]) == ("pass", "proceed", True)
    assert (body["checkpoint"], body["act"]) == ("vehicle", "first-registration")
    assert body["findings"][0]["rows"] == ["V-01"]
    assert body["obligations"][0]["facts"]["state"] == "paid"
    assert {item["provenance"] for item in body["answers"]} == {"live"}
    sealed = log.store.sealed(1)
    kept, purpose, actor = read_evidence(log.keys.unseal(sealed))
    assert sealed.digest == body["evidence"]
    assert (purpose.case_no, actor) == ("2026-1", "officer-7")
    assert kept.application == evolve(
        case.application, office=purpose.office, case_no=purpose.case_no
    )
    assert kept.decide() == decision


def test_the_body_says_nothing_about_a_person(log):
    """No identifier, name, case number or officer stands in what is kept for good (fault 64)."""
    case = shipped(PAID)
    decided(log)
    text = next(log.entries()).text
    owner = case.application.owner
    personal = (
        owner.number,
        owner.name,
        case.application.vehicle.frame.value,
        '2026-1"',
        "officer-7",
        case.answers[0].records[0].voucher_no,
    )
    assert not [item for item in personal if item in text]


def test_the_same_case_gets_the_recorded_decision(log):
    """Asked again, nobody asks the bureau, and the decision is marked as replayed (fault 80)."""
    case = shipped(PAID)
    bureau = Bureau(case)
    with gate_on(log, bureau, case) as gate:
        first = gate.check(case.application, purpose=purpose_of(case))
        again = gate.check(case.application, purpose=purpose_of(case))
        assert again == first
        assert (again.logged.seq, again.logged.replayed) == (1, True)
        assert len(bureau.asked) == 2
    assert len(list(log.entries())) == 1


@pytest.mark.parametrize("later", [{"minutes": 15, "seconds": 1}, {"minutes": -1}])
def test_a_recorded_decision_has_its_time(log, later):
    """After a quarter of an hour, or before it was made, the bureau is asked anew; both stay."""
    case = shipped(PAID)
    bureau = Bureau(case)
    gate_on(log, bureau, case).check(case.application, purpose=purpose_of(case))
    asked = gate_on(log, bureau, case, **later)
    again = asked.check(case.application, purpose=purpose_of(case))
    assert (again.logged.seq, again.logged.replayed, again.logged.supersedes) == (2, False, 1)
    assert len(bureau.asked) == 4
    assert [entry.body["supersedes"] for entry in log.entries()] == [None, 1]


def test_what_could_not_be_asked_is_asked_again(log):
    """A decision that rests on an outage is never given a second time."""
    case = shipped(PAID)
    down = Bureau(
        case, errors={Matter.VEHICLE_PURCHASE_TAX: SourceError.of("b", OutageCause.TIMEOUT)}
    )
    held = gate_on(log, down, case).check(case.application, purpose=purpose_of(case))
    assert not held.may_complete
    passed = gate_on(log, Bureau(case), case).check(case.application, purpose=purpose_of(case))
    assert passed.may_complete
    assert passed.logged.supersedes == 1


def test_another_application_of_the_same_case_is_a_conflict(log):
    """Corrected data never slips in under an old decision; recheck says that it is meant."""
    case = shipped(PAID)
    with gate_on(log, Bureau(case), case) as gate:
        gate.check(case.application, purpose=purpose_of(case))
        corrected = evolve(case.application, seized=True)
        with pytest.raises(LogConflictError) as refused:
            gate.check(corrected, purpose=purpose_of(case))
        assert refused.value.seq == 1
        held = gate.recheck(corrected, purpose=purpose_of(case))
    assert (held.logged.seq, held.logged.supersedes, held.may_complete) == (2, 1, False)


def test_a_recheck_supersedes_and_both_stay(log):
    """The taxpayer has paid since: asked anew though the old decision still holds (fault 51)."""
    case = shipped(PAID)
    bureau = Bureau(case)
    with gate_on(log, bureau, case) as gate:
        gate.check(case.application, purpose=purpose_of(case))
        again = gate.recheck(case.application, purpose=purpose_of(case))
        assert (again.logged.seq, again.logged.supersedes) == (2, 1)
        assert gate.check(case.application, purpose=purpose_of(case)).logged.seq == 2
    assert len(bureau.asked) == 4


def held_and_passed(log, case):
    """Keep a pass, then a decision of the same case on another application that holds it."""
    with gate_on(log, Bureau(case), case) as gate:
        assert gate.check(case.application, purpose=purpose_of(case)).may_complete
        corrected = evolve(case.application, seized=True)
        assert not gate.recheck(corrected, purpose=purpose_of(case)).may_complete
    return corrected


@pytest.mark.parametrize(
    "statements",
    [
        ["UPDATE taxgate_log_requests SET seq=1"],
        [
            "UPDATE taxgate_log_evidence SET seq=12 WHERE seq=2",
            "UPDATE taxgate_log_evidence SET seq=2 WHERE seq=1",
        ],
        ["UPDATE taxgate_log_entries SET body=(SELECT body FROM taxgate_log_entries WHERE seq=1)"],
        ["UPDATE taxgate_log_entries SET body='{}'"],
    ],
)
def test_a_log_that_was_tampered_with_passes_nothing(log, tmp_path, statements):
    """The pass of another application is never given, whoever can write the tables (fault 89)."""
    case = shipped(PAID)
    corrected = held_and_passed(log, case)
    tampered(tmp_path, *statements)
    gate = gate_on(log, Bureau(case), case)
    with pytest.raises(LogTamperedError):
        gate.check(corrected, purpose=purpose_of(case))
    assert not gate.recheck(corrected, purpose=purpose_of(case)).may_complete


def test_an_old_decision_is_not_made_young(log, tmp_path):
    """How old a decision is says its sealed evidence, not a body that anybody could write anew."""
    case = shipped(PAID)
    decided(log)
    (entry,) = log.entries()
    later = case.at + timedelta(days=30)
    text = entry.text.replace(f'"at":"{case.at.isoformat()}"', f'"at":"{later.isoformat()}"')
    digest = link_digest(1, entry.prev, text.encode())
    change = "UPDATE taxgate_log_entries SET body=?, digest=?"
    tampered(tmp_path, (change, (text, digest)))
    bureau = Bureau(case)
    asked = Gate(bureau, clock=lambda: later, readings=case.readings, log=log)
    asked.check(application_of(case), purpose=purpose_of(case, case_no="2026-1"))
    assert len(bureau.asked) == 2


def test_the_decision_of_a_trial_is_never_given_by_a_gate_that_is_none(log):
    """Answers made up in memory pass nothing, though they lie in the log of the office."""
    case = shipped(PAID)
    known = [record for answer in case.answers for record in answer.records]
    clock = clock_of(case)
    trial = Gate(InMemorySource(known, clock=clock), clock=clock, trial=True, log=log)
    assert trial.check(case.application, purpose=purpose_of(case)).may_complete
    assert trial.check(case.application, purpose=purpose_of(case)).logged.replayed
    bureau = Bureau(case)
    live = gate_on(log, bureau, case).check(case.application, purpose=purpose_of(case))
    assert (live.logged.seq, live.logged.replayed, len(bureau.asked)) == (2, False, 2)


@pytest.mark.parametrize("name", ["law_revision", "__version__"])
def test_another_law_or_version_asks_anew(log, monkeypatch, name):
    """What is given again is what the entry says: no decision leaves the gate without its own."""
    case = shipped(PAID)
    gate_on(log, Bureau(case), case).check(case.application, purpose=purpose_of(case))
    other = (lambda: "0" * 16) if name == "law_revision" else "0.0.0"
    monkeypatch.setattr(f"taxgate.log.decision_log.{name}", other)
    again = gate_on(log, Bureau(case), case).check(case.application, purpose=purpose_of(case))
    assert (again.logged.seq, again.logged.replayed) == (2, False)


@pytest.mark.parametrize(("minute", "replayed"), [(58, True), (62, False)])
def test_a_recorded_decision_does_not_outlive_its_day(log, minute, replayed):
    """A paper may run out at midnight in China: what was decided before is asked anew."""
    case = shipped(PAID)
    evening = case.at.astimezone(CHINA).replace(hour=23, minute=55, second=0)
    answers = tuple(evolve(item, as_of=evening) for item in case.answers)
    bureau = Bureau(evolve(case, at=evening, answers=answers))
    later = evening.replace(minute=0) + timedelta(minutes=minute)
    for at in (evening, later):
        gate = Gate(bureau, clock=lambda at=at: at, readings=case.readings, log=log)
        decision = gate.check(case.application, purpose=purpose_of(case))
    assert decision.logged.replayed is replayed


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_evidence_tells_the_application_it_was_sealed_with(case):
    """Read back, it has the same content: a decision is given again for no other."""
    read = read_case(case.document())
    purpose = Purpose(office="office", case_no="1", provision="p")
    recorded = Recorded(case=read, decision=read.decide(), purpose=purpose)
    kept, _, _ = read_evidence(evidence_of(recorded))
    assert content_digest(kept) == content_digest(read)


def test_a_process_without_the_newest_key_does_not_hide_its_decision(log, tmp_path):
    """While keys are rotated the latest decision counts, whichever key it was found by."""
    case = shipped(PAID)
    old = gate_on(log, Bureau(case), case)
    new_key(tmp_path / "keys", KeyKind.TOKEN, "2026-02")
    rotated = DecisionLog(Store(sqlite_url(tmp_path)), KeyRing.from_folder(tmp_path / "keys"))
    new = gate_on(rotated, Bureau(case), case)
    numbers = [
        gate.recheck(case.application, purpose=purpose_of(case)).logged.seq
        for gate in (new, old, new, old)
    ]
    assert numbers == [1, 2, 3, 4]
    assert new.check(case.application, purpose=purpose_of(case)).logged.seq == 4
    assert new.recheck(case.application, purpose=purpose_of(case)).logged.supersedes == 4
    assert verify(rotated.store).sound
    rotated.close()


def test_only_the_decision_that_was_looked_at_gives_way(log, monkeypatch):
    """A correction that is recorded in between is a conflict, and not superseded unseen."""
    case = shipped(PAID)
    gate_on(log, Bureau(case), case).check(case.application, purpose=purpose_of(case))
    later = gate_on(log, Bureau(case), case, minutes=16)
    real = log.recall
    calls = []

    def recall(*arguments, **options):
        found = real(*arguments, **options)
        calls.append(found)
        if len(calls) == 2:
            corrected = evolve(case.application, seized=True)
            later.recheck(corrected, purpose=purpose_of(case))
        return found

    monkeypatch.setattr(log, "recall", recall)
    with pytest.raises(LogConflictError) as refused:
        later.check(case.application, purpose=purpose_of(case))
    assert refused.value.seq == 2


def test_whoever_is_interrupted_while_writing_for_several_stops_nobody_else(log, monkeypatch):
    """The interrupt is for its own thread; the others hear that nothing was written, and go on."""
    committer = Committer(log.store)
    real = log.store.append
    began, go_on = threading.Event(), threading.Event()
    heard = []

    def interrupted(drafts):
        began.set()
        go_on.wait(10)
        raise KeyboardInterrupt

    def wait_for_it(number):
        try:
            heard.append(committer.commit(Draft(body={"kind": "key", "at": str(number)})))
        except BaseException as error:  # noqa: BLE001 - what it hears is what is asked
            heard.append(error)

    monkeypatch.setattr(log.store, "append", interrupted)
    leader = threading.Thread(target=wait_for_it, args=(0,))
    leader.start()
    assert began.wait(10)
    monkeypatch.setattr(log.store, "append", real)
    others = [threading.Thread(target=wait_for_it, args=(number,)) for number in range(1, 5)]
    for thread in others:
        thread.start()
    go_on.set()
    for thread in (leader, *others):
        thread.join(10)
    assert [item for item in heard if isinstance(item, BaseException)] == [heard[0]]
    assert isinstance(heard[0], KeyboardInterrupt)
    assert len(list(log.entries())) == 4


def test_an_interrupt_reaches_only_the_thread_it_was_meant_for(log, monkeypatch):
    """Two drafts of one transaction: one thread is interrupted, the other hears of a failure."""
    committer = Committer(log.store)
    began, heard = threading.Event(), {}
    calls = []

    def append(drafts):
        calls.append(len(drafts))
        if len(calls) == 1:
            began.set()
            go_on.wait(10)
            return [Entry(seq=1, prev="", body={}, text="", digest="")]
        raise KeyboardInterrupt

    def work(number):
        try:
            heard[number] = committer.commit(Draft(body={}))
        except BaseException as error:  # noqa: BLE001 - as above
            heard[number] = error

    go_on = threading.Event()
    monkeypatch.setattr(log.store, "append", append)
    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    threads[0].start()
    assert began.wait(10)
    for thread in threads[1:]:
        thread.start()
    while len(committer._queue) < 3:
        time.sleep(0.001)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert calls == [1, 2]
    assert {type(heard[1]), type(heard[2])} == {KeyboardInterrupt, LogWriteError}


def test_other_offices_and_cases_are_other_decisions(log):
    """The same application in another case, or at another office, is asked about for itself."""
    case = shipped(PAID)
    bare = application_of(case)
    with gate_on(log, Bureau(case), case) as gate:
        for office, case_no in (("a", "1"), ("a", "2"), ("b", "1")):
            gate.check(bare, purpose=purpose_of(case, office=office, case_no=case_no))
    assert [entry.body["supersedes"] for entry in log.entries()] == [None] * 3


def test_a_new_token_key_still_finds_old_cases(log, tmp_path):
    """After a rotation the same case is found under the old key (fault 65)."""
    case = shipped(PAID)
    gate_on(log, Bureau(case), case).check(case.application, purpose=purpose_of(case))
    new_key(tmp_path / "keys", KeyKind.TOKEN, "2026-02")
    rotated = DecisionLog(Store(sqlite_url(tmp_path)), KeyRing.from_folder(tmp_path / "keys"))
    again = gate_on(rotated, Bureau(case), case).recheck(case.application, purpose=purpose_of(case))
    assert again.logged.supersedes == 1
    assert [entry.body["case"][:7] for entry in rotated.entries()] == ["2026-01", "2026-02"]


def test_no_decision_leaves_a_gate_whose_log_fails(log, monkeypatch):
    """What cannot be written was not decided (fault 87)."""
    case = shipped(PAID)

    def fail(drafts):
        raise LogWriteError("nothing was written (SQLITE_FULL)")

    monkeypatch.setattr(log.store, "append", fail)
    with pytest.raises(LogWriteError, match="SQLITE_FULL"):
        gate_on(log, Bureau(case), case).check(case.application, purpose=purpose_of(case))
    monkeypatch.undo()
    assert list(log.entries()) == []
    assert decided(log)[0].logged.seq == 1


def test_without_its_seal_key_a_recorded_decision_is_asked_anew(log, tmp_path):
    """Evidence nobody can read gives no decision back; the chain is not touched."""
    case = shipped(PAID)
    gate_on(log, Bureau(case), case).check(case.application, purpose=purpose_of(case))
    (tmp_path / "keys" / "seal-2026-01.key").unlink()
    with pytest.raises(LogKeyError, match="there is none"):
        DecisionLog(Store(sqlite_url(tmp_path)), KeyRing.from_folder(tmp_path / "keys"))
    new_key(tmp_path / "keys", KeyKind.SEAL, "2026-02")
    fresh = DecisionLog(Store(sqlite_url(tmp_path)), KeyRing.from_folder(tmp_path / "keys"))
    again = gate_on(fresh, Bureau(case), case).check(case.application, purpose=purpose_of(case))
    assert (again.logged.seq, again.logged.supersedes) == (2, 1)


def test_many_threads_make_one_chain(log):
    """Sixteen threads write 64 cases: 64 entries without a gap, and one for a case they share."""
    case = shipped(PAID)
    bare = application_of(case)
    gate = gate_on(log, Bureau(case), case)
    numbers = []

    def work(thread):
        for number in range(4):
            purpose = purpose_of(case, case_no=f"{thread}-{number}")
            numbers.append(gate.check(bare, purpose=purpose).logged.seq)
        gate.check(bare, purpose=purpose_of(case, case_no="shared"))

    threads = [threading.Thread(target=work, args=(thread,)) for thread in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(numbers)) == 64
    assert [entry.seq for entry in log.entries()] == list(range(1, 66))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_log_opened_before_a_fork_serves_after_it(log):
    """Parent and child write side by side to one chain (fault 81)."""
    decided(log, 2)
    child = os.fork()
    if child == 0:
        status = 1
        try:
            status = 0 if len(decided(log, 3, first=100)) == 3 else 1
        finally:
            os._exit(status)
    decided(log, 3, first=200)
    assert os.waitpid(child, 0)[1] == 0
    assert [entry.seq for entry in log.entries()] == list(range(1, 9))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_forks_in_the_middle_of_transactions_harm_nobody(log):
    """While four threads write, children are born that write too; all go on (fault 81)."""
    stopped = threading.Event()

    def work(first):
        number = first
        while not stopped.is_set():
            decided(log, 1, first=number)
            number += 1

    threads = [threading.Thread(target=work, args=(10_000 * n,)) for n in range(1, 5)]
    for thread in threads:
        thread.start()
    children = []
    for number in range(6):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                status = 0 if len(decided(log, 2, first=10 * number)) == 2 else 1
            finally:
                os._exit(status)
        children.append(child)
    statuses = [os.waitpid(child, 0)[1] for child in children]
    stopped.set()
    for thread in threads:
        thread.join()
    assert statuses == [0] * 6
    entries = list(log.entries())
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert verify(log.store).sound


def test_a_closed_gate_gives_nothing_again(log):
    """Not what was recorded either: whoever closed it meant an end."""
    case = shipped(PAID)
    with gate_on(log, Bureau(case), case) as gate:
        gate.check(case.application, purpose=purpose_of(case))
    with pytest.raises(ClosedError):
        gate.check(case.application, purpose=purpose_of(case))


def test_the_asynchronous_gate_keeps_a_log_too(log):
    """The same entry, the same replay."""
    import asyncio  # noqa: PLC0415

    case = shipped(PAID)

    async def run():
        async with AsyncGate(Bureau(case), clock=clock_of(case), log=log) as gate:
            first = await gate.check(case.application, purpose=purpose_of(case))
            again = await gate.check(case.application, purpose=purpose_of(case))
            third = await gate.recheck(case.application, purpose=purpose_of(case))
        return first, again, third

    first, again, third = asyncio.run(run())
    assert [item.logged.seq for item in (first, again, third)] == [1, 1, 2]
    assert again.logged.replayed


def test_a_log_is_made_once_and_opened_where_there_is_one(tmp_path):
    """Nothing is overwritten, and nothing is made by opening."""
    with pytest.raises(ConfigError, match="cannot be opened"):
        Store(sqlite_url(tmp_path))
    Store.create(sqlite_url(tmp_path)).close()
    with pytest.raises(ConfigError, match="exists already"):
        Store.create(sqlite_url(tmp_path))
    keys = keys_in(tmp_path / "keys")
    with DecisionLog(Store(sqlite_url(tmp_path)), keys, replay_for=timedelta(minutes=1)) as opened:
        assert decided(opened)[0].logged.seq == 1


def test_a_recorded_decision_lasts_no_longer_than_its_answers(log):
    """An answer a day old but for two minutes is given again for two minutes, then asked anew."""
    case = shipped(PAID)
    old = case.at - timedelta(hours=24) + timedelta(minutes=2)
    dated = evolve(case, answers=tuple(evolve(item, as_of=old) for item in case.answers))
    gate_on(log, Bureau(dated), case).check(case.application, purpose=purpose_of(case))
    within = gate_on(log, Bureau(case), case, minutes=1)
    assert within.check(case.application, purpose=purpose_of(case)).logged.replayed
    bureau = Bureau(case)
    after = gate_on(log, bureau, case, minutes=3)
    again = after.check(case.application, purpose=purpose_of(case))
    assert (again.logged.replayed, again.logged.supersedes, len(bureau.asked)) == (False, 1, 2)
