"""The bureau's side of an exchange database: workers that fail, stop, die and come back late."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from contextlib import ExitStack

import pytest
import sqlalchemy as sa
from attrs import evolve
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from exchange_cases import AT, Bureau, Exchange, emptied, forked, quick_folder, sqlite_server
from postgresql import postgresql_server  # noqa: F401 - a fixture
from taxgate.adapters.exchange_messages import read_question
from taxgate.adapters.exchange_tables import REQUEST, State
from taxgate.evidence import Answer, OutageCause, Provenance
from taxgate.sources import SourceError
from taxgate.terms import RecordStatus
from taxgate.testing.samples import sample

PAID = sample("purchase-tax", 1)
ASKED = PAID.inquiry
RECORDS = PAID.records
C = OutageCause


@pytest.fixture(params=["sqlite", "postgresql"])
def exchange(request):
    """Give both sides of an exchange, in either kind of database."""
    with quick_folder() as folder:
        if request.param == "sqlite":
            server = sqlite_server(folder)
        else:
            server = emptied(request.getfixturevalue("postgresql_server"))
        made = Exchange(server)
        yield made
        made.close()


def answer(records=RECORDS):
    """Return an answer as a worker gets it."""
    return Answer(inquiry=ASKED, records=records, as_of=AT, provenance=Provenance.LIVE)


def test_nothing_to_do_is_said(exchange):
    """An empty database keeps no worker busy."""
    assert not exchange.worker(Bureau()).step()


def test_a_request_is_leased_to_one_worker(exchange):
    """Fault 76: while a lease runs, nobody else gets the request."""
    exchange.source._write(ASKED, exchange.deadline(600))
    first, second = exchange.worker(Bureau()), exchange.worker(Bureau())
    lease = first.lease()
    assert lease is not None
    assert second.lease() is None
    assert first.lease() is None


def test_the_one_that_waited_longest_comes_first(exchange):
    """Requests are answered in the order in which they were asked."""
    for number in (3, 1, 2):
        exchange.source._write(sample("purchase-tax", number).inquiry, exchange.deadline())
        exchange.pass_time(0.1)
    bureau = Bureau(clock=exchange.clock)
    worker = exchange.worker(bureau)
    while worker.step():
        pass
    assert [inquiry.key for inquiry in bureau.asked] == [
        sample("purchase-tax", number).inquiry.key for number in (3, 1, 2)
    ]


def test_nobody_works_for_someone_who_no_longer_waits(exchange):
    """An expired request is left alone."""
    exchange.refused(ASKED, seconds=1)
    bureau = Bureau(RECORDS)
    assert not exchange.worker(bureau).step()
    assert bureau.asked == []


def test_a_worker_that_dies_is_replaced(exchange):
    """Fault 76: its lease runs out, another takes over, and there is one answer."""
    exchange.source._write(ASKED, exchange.deadline(600))
    dead = exchange.worker(Bureau(), lease=10).lease()
    other = exchange.worker(Bureau(RECORDS, clock=exchange.clock))
    assert not other.step()
    exchange.pass_time(9.9)
    assert not other.step()
    exchange.pass_time(0.1)
    assert other.step()
    assert len(exchange.answers()) == 1
    assert dead is not None


def test_a_worker_that_comes_back_too_late_writes_nothing(exchange):
    """Fault 76: no double answer, neither while another works on it nor when it has finished."""
    exchange.source._write(ASKED, exchange.deadline(600))
    slow, quick = exchange.worker(Bureau(), lease=10), exchange.worker(Bureau(), lease=10)
    old = slow.lease()
    exchange.pass_time(10)
    new = quick.lease()
    unpaid = answer((evolve(RECORDS[0], status=RecordStatus.UNPAID),))
    assert not slow.finish(old, answer())
    assert quick.finish(new, unpaid)
    assert not slow.finish(old, answer())
    assert not quick.finish(new, answer())
    (row,) = exchange.answers()
    assert '"unpaid"' in row.records


def test_a_lease_that_ran_out_still_answers_where_nobody_took_over(exchange):
    """An answer is worth having even if it took long; nobody else has written one."""
    exchange.source._write(ASKED, exchange.deadline(600))
    worker = exchange.worker(Bureau(), lease=10)
    lease = worker.lease()
    exchange.pass_time(60)
    assert worker.finish(lease, answer())


def test_a_request_that_kills_workers_is_given_up(exchange, caplog):
    """Fault 76: after so many leases it is dead, and the office hears of an outage at once."""
    worker = exchange.worker(Bureau(), lease=1, most_leases=3)

    def dies():
        assert worker.lease() is not None
        exchange.pass_time(1)

    outage = exchange.refused(ASKED, dies, dies, dies, worker.lease, seconds=60)
    assert outage.cause is C.SERVER_FAULT
    (row,) = exchange.requests()
    assert (row.state, row.leases, row.remark) == (State.DEAD, 3, "leases")
    assert "leased too often" in caplog.text


def test_an_outage_of_the_bureau_is_tried_again_after_a_pause(exchange):
    """A bureau that cannot be asked now may be asked in half a second, a second, and no more."""
    bureau = Bureau(RECORDS, error=SourceError.of("bureau", C.CONNECT_FAILED))
    worker = exchange.worker(bureau, most_leases=3)
    exchange.source._write(ASKED, exchange.deadline(600))
    steps = []
    for _ in range(40):
        steps.append(worker.step())
        exchange.pass_time(0.1)
    assert [number for number, busy in enumerate(steps) if busy] == [0, 5, 15]
    (row,) = exchange.requests()
    assert (row.state, row.remark) == (State.DEAD, "connect-failed")


def test_the_office_hears_why_the_bureau_gave_up(exchange):
    """The cause stands beside the outage, for whoever looks into it."""
    bureau = Bureau(error=SourceError.of("bureau", C.RATE_LIMITED))
    outage = exchange.refused(ASKED, exchange.worker(bureau, most_leases=1).step)
    assert (outage.cause, outage.detail) == (C.SERVER_FAULT, "rate-limited")


def test_an_untrusted_answer_travels_as_that(exchange):
    """What the bureau's side could not trust, the office does not trust either."""
    bureau = Bureau(error=SourceError.of("bureau", C.UNKNOWN_CODE, "7"))
    assert exchange.refused(ASKED, exchange.worker(bureau).step).cause is C.UNKNOWN_CODE
    assert len(bureau.asked) == 1


def test_a_question_that_cannot_be_read_is_given_up(exchange):
    """Nobody guesses what an office may have meant."""
    exchange.source._write(ASKED, exchange.deadline(600))
    exchange.do(sa.update(REQUEST).values(question='{"matter":"clearance"'))
    bureau = Bureau(RECORDS)
    assert exchange.worker(bureau).step()
    (row,) = exchange.requests()
    assert (row.state, row.remark) == (State.DEAD, "unreadable")
    assert bureau.asked == []


def test_a_mistake_in_the_source_travels_on(exchange):
    """It is no outage; the request is taken up again when the lease has run out."""
    exchange.source._write(ASKED, exchange.deadline(600))
    with pytest.raises(ZeroDivisionError):
        exchange.worker(Bureau(error=ZeroDivisionError())).step()
    exchange.pass_time(30)
    assert exchange.worker(Bureau(RECORDS, clock=exchange.clock)).step()


def test_what_the_database_refuses_of_a_worker_is_an_outage(exchange):
    """A worker without tables says that it has no database, and shows no row."""
    worker = exchange.worker(Bureau(RECORDS))
    exchange.source._write(ASKED, exchange.deadline(600))
    lease = worker.lease()
    exchange.do(sa.text("DROP TABLE exchange_answer"))
    with pytest.raises(SourceError) as caught:
        worker.finish(lease, answer())
    assert caught.value.outage.cause is C.SERVER_FAULT
    assert caught.value.__context__ is None


def test_workers_at_once_never_lease_the_same_request(exchange):
    """Fault 76: eight threads take twenty requests, and each is taken once."""
    for number in range(20):
        exchange.source._write(sample("purchase-tax", number).inquiry, exchange.deadline(600))
    worker = exchange.worker(Bureau(), monotonic=time.monotonic)
    leases = []

    def take():
        while (lease := worker.lease()) is not None:
            leases.append(lease.request_id)

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(leases) == sorted(row.request_id for row in exchange.requests())


def test_a_worker_that_is_killed_is_replaced(exchange):
    """Fault 76: a real process, killed while it holds the lease; the office gets its answer."""
    exchange.source._write(ASKED, exchange.deadline(600))
    reading, writing = os.pipe()

    def take():
        lease = exchange.worker(Bureau(), lease=10, monotonic=time.monotonic).lease()
        os.write(writing, b"y" if lease else b"n")
        time.sleep(30)

    child = forked(take)
    assert os.read(reading, 1) == b"y"
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    os.close(writing)
    other = exchange.worker(Bureau(RECORDS, clock=exchange.clock))
    assert not other.step()
    exchange.pass_time(10)
    assert other.step()
    (row,) = exchange.answers()
    (request,) = exchange.requests()
    assert row.request_id == request.request_id
    assert (request.state, request.leases) == (State.ANSWERED, 2)


def test_it_runs_until_it_is_told_to_stop(exchange, caplog):
    """While the database is away it waits and tries again; a set event ends it."""
    caplog.set_level(logging.WARNING)
    stop = threading.Event()
    worker = exchange.worker(Bureau(RECORDS, clock=exchange.clock), monotonic=time.monotonic)
    exchange.source._write(ASKED, exchange.deadline(600))
    exchange.do(sa.text("ALTER TABLE exchange_request RENAME TO away"))
    thread = threading.Thread(target=worker.run, args=(stop, 0.005))
    thread.start()
    until = time.monotonic() + 5
    while "server-fault" not in caplog.text and time.monotonic() < until:
        time.sleep(0.005)
    exchange.do(sa.text("ALTER TABLE away RENAME TO exchange_request"))
    while not exchange.answers() and time.monotonic() < until:
        time.sleep(0.005)
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
    assert len(exchange.answers()) == 1


def test_a_lease_shows_nothing_of_the_question(exchange):
    """Its repr is the number of the request."""
    exchange.source._write(ASKED, exchange.deadline(600))
    lease = exchange.worker(Bureau()).lease()
    assert ASKED.vin.value in lease.question
    assert ASKED.vin.value not in repr(lease)


class Workers(RuleBasedStateMachine):
    """Offices ask, workers lease, finish, die and come back, and time passes (fault 76).

    Whatever the order: a running lease is one worker's, a request has one answer at most, it is
    the answer to that request, and an office reads that one or none.
    """

    def __init__(self):
        super().__init__()
        self.disk = ExitStack()
        folder = self.disk.enter_context(quick_folder())
        self.exchange = Exchange(sqlite_server(folder))
        self.workers = [
            self.exchange.worker(Bureau(), name=f"w{n}", lease=10, most_leases=3) for n in range(3)
        ]
        self.pending = []
        self.leases = []
        self.finished = {}
        self.read = set()

    def teardown(self):
        """Leave nothing behind."""
        self.exchange.close()
        self.disk.close()

    def records_for(self, lease, worker):
        """Return what only this worker would answer to this question."""
        inquiry = read_question(lease.question)
        record = evolve(RECORDS[0], vin=inquiry.vin, voucher_no=f"{lease.request_id}-{worker}")
        return Answer(
            inquiry=inquiry,
            records=(record,),
            as_of=self.exchange.now,
            provenance=Provenance.LIVE,
        )

    @rule(number=st.integers(0, 3), seconds=st.sampled_from([5, 25, 100]))
    def ask(self, number, seconds):
        """An office writes a request."""
        inquiry = sample("purchase-tax", number).inquiry
        deadline = self.exchange.deadline(seconds)
        self.pending.append((self.exchange.source._write(inquiry, deadline), deadline))

    @rule(who=st.integers(0, 2))
    def lease(self, who):
        """A worker takes a request; nobody else's lease on it runs at this moment."""
        found = self.workers[who].lease()
        if found is None:
            return
        assert found.request_id not in self.finished
        assert found.leases <= 3
        for other, _ in self.leases:
            if other.request_id == found.request_id:
                assert other.until <= self.exchange.now
        assert found.expires_at > self.exchange.now
        self.leases.append((found, who))

    @precondition(lambda self: self.leases)
    @rule(data=st.data(), by=st.sampled_from(["its own", "another"]))
    def finish(self, data, by):
        """A worker writes its answer, in time or long after; a lease is worth one answer."""
        place = data.draw(st.integers(0, len(self.leases) - 1))
        lease, who = self.leases[place]
        worker = self.workers[who if by == "its own" else (who + 1) % 3]
        wrote = worker.finish(lease, self.records_for(lease, who))
        newest = max(
            (other for other, _ in self.leases if other.request_id == lease.request_id),
            key=lambda other: other.leases,
        )
        if wrote:
            assert lease.request_id not in self.finished
            assert newest is lease
            self.finished[lease.request_id] = who

    @precondition(lambda self: self.leases)
    @rule(data=st.data())
    def die(self, data):
        """A worker is gone, and nobody hears of its lease again."""
        self.leases.pop(data.draw(st.integers(0, len(self.leases) - 1)))

    @rule(seconds=st.sampled_from([0.5, 5, 10, 11]))
    def wait(self, seconds):
        """Time passes."""
        self.exchange.pass_time(seconds)

    @precondition(lambda self: self.pending)
    @rule(data=st.data())
    def look(self, data):
        """An office looks for its answer while it has time."""
        place = data.draw(st.integers(0, len(self.pending) - 1))
        request, deadline = self.pending[place]
        if deadline.passed:
            self.pending.pop(place)
            return
        cause = None
        try:
            found = self.exchange.source._look(request, deadline)
        except SourceError as error:
            cause = error.outage.cause
        if cause is not None:
            assert cause is C.SERVER_FAULT
            assert request.request_id not in self.finished
            self.pending.pop(place)
            return
        assert (found is not None) == (request.request_id in self.finished)
        if found is not None:
            (record,) = found.records
            assert record.vin == request.inquiry.vin
            assert record.voucher_no == (
                f"{request.request_id}-{self.finished[request.request_id]}"
            )
            self.read.add(request.request_id)
            self.pending.pop(place)

    @invariant()
    def one_answer_each(self):
        """There are as many answers as requests were finished, each repeating its question."""
        rows = {row.request_id: row for row in self.exchange.answers()}
        assert set(rows) == set(self.finished)
        for request in self.exchange.requests():
            if request.request_id in rows:
                assert rows[request.request_id].question == request.question
                expected = State.READ if request.request_id in self.read else State.ANSWERED
                assert request.state == expected


TestWorkers = Workers.TestCase
TestWorkers.settings = settings(max_examples=25, stateful_step_count=30)
