"""Asking through an exchange database: what is used, what is refused, and what is never used."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import logging
import socket
import sqlite3
import ssl
import threading
import time
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
import trustme
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange_cases import (
    AT,
    Bureau,
    Exchange,
    emptied,
    ended,
    engine_of,
    forked,
    quick_folder,
    sqlite_server,
)
from postgresql import postgresql_server  # noqa: F401 - a fixture
from taxgate import config
from taxgate.adapters import exchange_store
from taxgate.adapters.exchange_database import ExchangeDatabaseSource, from_settings
from taxgate.adapters.exchange_messages import answer_row, question_text, read_question, seal
from taxgate.adapters.exchange_store import ExchangeDatabase, create_tables
from taxgate.adapters.exchange_tables import ANSWER, PUSH, REQUEST, SCHEMA, SCHEMA_VERSION, State
from taxgate.adapters.exchange_worker import ExchangeWorker
from taxgate.database import addresses
from taxgate.database.addresses import read_url
from taxgate.database.filesystem import network_file_system
from taxgate.errors import ClosedError, ConfigError
from taxgate.evidence import Answer, OutageCause, Provenance, Purpose, Reservation
from taxgate.secret import Secret
from taxgate.sources import Deadline, SourceError
from taxgate.terms import Matter, RecordStatus
from taxgate.testing.samples import KINDS, sample

PAID = sample("purchase-tax", 1)
ASKED = PAID.inquiry
RECORDS = PAID.records
OTHER = sample("purchase-tax", 2)
KEY = Secret("shared by office and bureau")
C = OutageCause


@pytest.fixture
def quick():
    """Give a folder on a disk that is never waited for."""
    with quick_folder() as folder:
        yield folder


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request, quick):
    """Give new tables, in either kind of database."""
    if request.param == "sqlite":
        return sqlite_server(quick)
    return emptied(request.getfixturevalue("postgresql_server"))


@pytest.fixture
def exchange(server):
    """Give both sides of an exchange."""
    made = Exchange(server)
    yield made
    made.close()


@pytest.fixture
def embedded(quick):
    """Give both sides of an exchange in SQLite, for what does not depend on the database."""
    made = Exchange(sqlite_server(quick))
    yield made
    made.close()


def resealed(row, key=None, **changes):
    """Return *row* with changes, and a seal that fits them."""
    row = {**row, **changes}
    return {**row, "seal": seal(row, key)}


# The way it should go -----------------------------------------------------------------------------


def test_an_answer_comes_back_with_what_the_bureau_vouches_for(exchange):
    """Records, instant, consultation and reservations arrive as the bureau's side gave them."""
    bureau = Bureau(
        RECORDS,
        as_of=AT - timedelta(minutes=3),
        consultation_id="Q-1",
        reservations=(Reservation.NO_ECHO,),
    )
    answer = exchange.ask(ASKED, exchange.worker(bureau).step)
    assert answer.inquiry is ASKED
    assert answer.records == RECORDS
    assert answer.as_of == AT - timedelta(minutes=3)
    assert answer.consultation_id == "Q-1"
    assert answer.reservations == (Reservation.NO_ECHO,)
    assert answer.provenance is Provenance.LIVE
    assert answer.source == "exchange-database"
    assert len(answer.digest) == 64


def test_the_purpose_travels_with_the_request(exchange):
    """Office, case and provision stand in the row, and reach whoever answers (Art. 19)."""
    bureau = Bureau(RECORDS)
    exchange.ask(ASKED, exchange.worker(bureau).step)
    (row,) = exchange.requests()
    assert (row.office, row.case_no, row.provision) == (
        ASKED.purpose.office,
        ASKED.purpose.case_no,
        ASKED.purpose.provision,
    )
    assert "purpose" not in json.loads(row.question)
    assert bureau.asked == [ASKED]


def test_a_request_says_how_long_anybody_waits(exchange):
    """It is dated by the office's clock and expires when the check's time is up."""
    exchange.refused(ASKED, seconds=8)
    (row,) = exchange.requests()
    assert row.asked_at == AT
    assert row.expires_at == AT + timedelta(seconds=8)
    assert row.state == State.WAITING


def test_an_answer_that_was_read_is_marked(exchange):
    """Once taken, the request is over for everybody."""
    exchange.ask(ASKED, exchange.worker(Bureau(RECORDS)).step)
    assert [row.state for row in exchange.requests()] == [State.READ]


def test_provenance_is_what_the_bureau_side_says(exchange):
    """A worker that answers from memory makes no live answer of it."""
    answer = exchange.ask(
        ASKED, exchange.worker(Bureau(RECORDS, provenance=Provenance.IN_MEMORY)).step
    )
    assert answer.provenance is Provenance.IN_MEMORY


def test_pauses_grow_up_to_a_second_and_end_with_the_deadline(embedded):
    """It looks often at first, then less, and never sleeps past its time."""
    outage = embedded.refused(ASKED, seconds=8)
    assert outage.cause is C.TIMEOUT
    assert embedded.pauses[0] == pytest.approx(0.05)
    assert all(
        later <= earlier * 1.5 + 1e-9
        for earlier, later in zip(embedded.pauses, embedded.pauses[1:], strict=False)
    )
    assert max(embedded.pauses) == 1.0
    assert sum(embedded.pauses) == pytest.approx(8)


def test_signed_answers_are_used(embedded):
    """With a shared secret, a seal made with it is taken."""
    source = ExchangeDatabaseSource(
        embedded.database, key=KEY, clock=embedded.clock, sleep=embedded.sleep
    )
    embedded.turns = iter([embedded.worker(Bureau(RECORDS), key=KEY).step])
    assert source.query(ASKED, embedded.deadline()).records == RECORDS


def test_the_seal_is_what_the_documentation_says(embedded):
    """Whoever writes the bureau's side in another language can make the same seal."""
    row = {
        "request_id": "ab12",
        "question": '{"matter":"clearance"}',
        "as_of": "2026-11-23T10:00:00+08:00",
        "records": "[]",
        "outage": None,
        "provenance": "live",
        "reservations": "[]",
        "consultation_id": "查-1",
    }
    # printf '%s' TEXT | sha256sum, and openssl dgst -sha256 -hmac k, of the list as one JSON text.
    text = (
        r'["ab12","{\"matter\":\"clearance\"}","2026-11-23T10:00:00+08:00","[]",null,"live",'
        r'"[]","查-1"]'
    )
    assert seal(row, None) == hashlib.sha256(text.encode()).hexdigest()
    assert seal(row, Secret("k")) == hmac.digest(b"k", text.encode(), "sha256").hex()


# 40 to 47: another subject, no echo, contradictions, and time -------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        question_text(OTHER.inquiry),
        question_text(sample("vehicle-tax", 1).inquiry),
        question_text(sample("clearance", 1).inquiry),
        "",
        "{}",
        "null",
        question_text(ASKED).replace("1M8", "１M8"),
    ],
    ids=["vehicle", "tax", "kind", "nothing", "object", "null", "full-width"],
)
def test_an_answer_that_does_not_repeat_the_subject_is_untrusted(embedded, question):
    """Faults 40 to 42: another subject, another tax, no echo at all."""
    outage = embedded.refused(
        ASKED, lambda: embedded.write(resealed(embedded.row(RECORDS), question=question))
    )
    assert outage.cause is C.SUBJECT_MISMATCH


def test_contradictory_records_all_arrive(exchange):
    """Faults 43 and 44: nothing chooses between them here; the core finds the conflict."""
    unpaid = evolve(RECORDS[0], status=RecordStatus.UNPAID, voucher_no=None)
    answer = exchange.ask(ASKED, exchange.worker(Bureau((*RECORDS, unpaid))).step)
    assert answer.records == (*RECORDS, unpaid)


@pytest.mark.parametrize(
    ("as_of", "cause"),
    [
        (None, C.STALE_ANSWER),
        (AT - timedelta(hours=24, seconds=1), C.STALE_ANSWER),
        (AT + timedelta(minutes=5, seconds=1), C.CLOCK_SKEW),
        (AT - timedelta(hours=23, minutes=59), None),
        (AT + timedelta(minutes=5), None),
    ],
)
def test_only_a_fresh_answer_is_used(embedded, as_of, cause):
    """Faults 46 and 47: missing or older than a day is stale, five minutes ahead is too far."""
    turn = lambda: embedded.write(embedded.row(RECORDS, as_of=as_of))  # noqa: E731
    if cause is None:
        assert embedded.ask(ASKED, turn).records == RECORDS
    else:
        assert embedded.refused(ASKED, turn).cause is cause


def test_the_age_that_is_taken_can_be_set_lower(tmp_path):
    """A matter that changes fast gets a shorter life."""
    exchange = Exchange(sqlite_server(tmp_path), max_age=timedelta(minutes=10))
    old = AT - timedelta(minutes=11)
    turn = lambda: exchange.write(exchange.row(RECORDS, as_of=old))  # noqa: E731
    assert exchange.refused(ASKED, turn).cause is C.STALE_ANSWER
    exchange.close()


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23T10:00:00",
        "2026-11-23",
        "2026-11-23 10:00:00+08:00",
        "20261123T100000Z",
        "2026-11-23T10:00:60Z",
        "２０26-11-23T10:00:00Z",
        "",
        "now",
    ],
)
def test_an_instant_without_offset_or_shape_is_refused(embedded, text):
    """Fault 95: what no reader could misread is an instant; nothing is added to the rest."""
    outage = embedded.refused(
        ASKED, lambda: embedded.write(resealed(embedded.row(RECORDS), as_of=text))
    )
    assert outage.cause is C.MALFORMED_RESPONSE


def test_an_instant_in_utc_is_the_same_instant(exchange):
    """Fault 95: 02:00Z is ten o'clock in China, whatever the server's own zone."""
    answer = exchange.ask(
        ASKED,
        lambda: exchange.write(resealed(exchange.row(RECORDS), as_of="2026-11-23T02:00:00Z")),
    )
    assert answer.as_of == AT


# 45, 54: what is in the row -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "records",
    [
        "", "{}", "null", "[{}]", "[", "[]]", '[{"matter":"vehicle-purchase-tax"}]',
        '[{"matter":"vehicle-purchase-tax","status":"unpaid","status":"paid"}]',
        '[{"matter":"vehicle-purchase-tax","status":1}]',
        '[{"matter":"vehicle-purchase-tax","status":"paid","vin":"１M8GDM9AXKP000001"}]',
        '[{"matter":"vehicle-purchase-tax","status":"paid","vin":"1M8GDM9AXKP00000１"}]',
        '[{"matter":"vehicle-purchase-tax","status":"paid","surprise":1}]',
        '[{"matter":"deed-tax","status":"issued"}]',
        "[NaN]", "[1e400]", "[" * 5000,
    ],
)  # fmt: skip
def test_records_are_read_strictly(embedded, records):
    """Faults 45 and 54: cut off, doubled, of another kind or in other digits is no record."""
    outage = embedded.refused(
        ASKED, lambda: embedded.write(resealed(embedded.row(RECORDS), records=records))
    )
    assert outage.cause is C.MALFORMED_RESPONSE


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"records": None}, C.MALFORMED_RESPONSE),
        ({"outage": "timeout"}, C.MALFORMED_RESPONSE),
        ({"records": None, "outage": "tired"}, C.UNKNOWN_CODE),
        ({"provenance": "LIVE"}, C.UNKNOWN_CODE),
        ({"provenance": ""}, C.UNKNOWN_CODE),
        ({"reservations": "[1]"}, C.UNKNOWN_CODE),
        ({"reservations": "{}"}, C.MALFORMED_RESPONSE),
        ({"reservations": ""}, C.MALFORMED_RESPONSE),
        ({"consultation_id": "a\u202eb"}, C.MALFORMED_RESPONSE),
    ],
)
def test_every_column_is_read_strictly(embedded, changes, cause):
    """A column left empty, or holding a word nobody knows, makes no answer."""
    outage = embedded.refused(
        ASKED, lambda: embedded.write(resealed(embedded.row(RECORDS), **changes))
    )
    assert outage.cause is cause


def test_sqlite_holds_no_number_where_text_is_due(embedded):
    """SQLite keeps any kind of value in any column; only text is read as text."""

    def turn():
        embedded.write(embedded.row(RECORDS))
        embedded.do(sa.text("UPDATE exchange_answer SET as_of = CAST('1' AS BLOB)"))

    assert embedded.refused(ASKED, turn).cause is C.MALFORMED_RESPONSE


def test_an_answer_beyond_the_limit_is_not_even_read(exchange):
    """A mebibyte is enough for any answer."""
    outage = exchange.refused(
        ASKED, lambda: exchange.write({**exchange.row(RECORDS), "records": " " * (1 << 20) + "[]"})
    )
    assert outage.cause is C.OVERSIZE_RESPONSE


# 50: pushes ---------------------------------------------------------------------------------------


def push(exchange, *texts):
    """Write pushes, as whoever has access may."""
    exchange.do(*[sa.insert(PUSH).values(question=text, written_at=AT) for text in texts])


def test_a_push_only_says_what_to_ask_again(exchange):
    """Fault 50: repeated and forged pushes end in one question each, and never in an answer."""
    push(exchange, question_text(ASKED), question_text(ASKED), "paid!", '{"matter":"clearance"}')
    told = exchange.source.pushed(exchange.deadline())
    assert [inquiry.key for inquiry in told] == [ASKED.key]
    assert told[0].purpose is None
    assert exchange.source.pushed(exchange.deadline()) == ()
    bureau = Bureau(())
    assert exchange.ask(ASKED, exchange.worker(bureau).step).records == ()
    assert len(bureau.asked) == 1


def test_an_answer_to_no_request_is_never_used(exchange):
    """Fault 50: a forged row needs a request, and the next request has a number nobody knows."""
    exchange.refused(ASKED, seconds=1)
    old = exchange.requests()[-1]
    exchange.write(exchange.row(RECORDS, request=old))
    assert exchange.refused(ASKED, seconds=1).cause is C.TIMEOUT
    assert len({row.request_id for row in exchange.requests()}) == 2


@pytest.mark.parametrize("key", [None, Secret("another")])
def test_a_forged_seal_is_refused(embedded, key):
    """Fault 50: with a shared secret, a row sealed without it or with another is a forgery."""
    source = ExchangeDatabaseSource(
        embedded.database, key=KEY, clock=embedded.clock, sleep=embedded.sleep
    )
    embedded.turns = iter([lambda: embedded.write(embedded.row(RECORDS, key=key))])
    with pytest.raises(SourceError) as caught:
        source.query(ASKED, embedded.deadline())
    assert caught.value.outage.cause is C.BAD_SIGNATURE


# 59: injection ------------------------------------------------------------------------------------

HOSTILE = st.one_of(
    st.sampled_from(
        ["'; DROP TABLE exchange_answer; --", "1' OR '1'='1", '"', "%s", ":x", "$1", "\\", "?"]
    ),
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40),
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=15,
)
@given(office=HOSTILE, case_no=HOSTILE, contract=HOSTILE, voucher=HOSTILE)
def test_no_text_becomes_a_statement(exchange, office, case_no, contract, voucher):
    """Fault 59: every text is bound, comes back as it was, and the tables stay."""
    purpose = Purpose(office=office, case_no=case_no, provision="order-307/24(2)")
    inquiry = evolve(ASKED, contract_no=contract, purpose=purpose)
    records = (evolve(RECORDS[0], voucher_no=voucher),)
    bureau = Bureau(records, clock=exchange.clock)
    answer = exchange.ask(inquiry, exchange.worker(bureau).step)
    assert answer.records == records
    assert bureau.asked == [inquiry]


# 75: other, doubled, late and half-written answers ------------------------------------------------


def test_a_half_written_row_is_waited_for(exchange):
    """Fault 75: until the bureau says that the row is complete, there is no answer."""
    row = {}

    def begin():
        row.update(exchange.row(RECORDS))
        exchange.write({**row, "complete": False, "records": None, "as_of": None})

    def end():
        exchange.do(sa.update(ANSWER).values(**row))

    answer = exchange.ask(ASKED, begin, lambda: None, end)
    assert answer.records == RECORDS
    assert len(exchange.pauses) == 3


def test_a_row_that_stays_half_written_is_a_timeout(exchange):
    """Fault 75: what is never completed was never answered."""
    outage = exchange.refused(
        ASKED, lambda: exchange.write({**exchange.row(RECORDS), "complete": False})
    )
    assert outage.cause is C.TIMEOUT
    assert [row.state for row in exchange.requests()] == [State.WAITING]


@pytest.mark.parametrize("column", ["records", "as_of", "provenance", "question"])
def test_a_row_updated_in_part_does_not_fit_its_seal(exchange, column):
    """Fault 75: each column is as sealed, or the row is not used."""
    other = {
        "records": "[]",
        "as_of": AT.isoformat() if column != "as_of" else "2026-11-23T09:00:00+08:00",
        "provenance": "cached",
        "question": question_text(OTHER.inquiry),
    }

    def turn():
        exchange.write({**exchange.row(RECORDS), column: other[column]})

    assert exchange.refused(ASKED, turn).cause is C.MALFORMED_RESPONSE


def test_an_answer_copied_from_another_request_does_not_fit(exchange):
    """Faults 49 and 75: an old answer to the same question under a new number is not used."""
    exchange.ask(ASKED, exchange.worker(Bureau(RECORDS)).step)
    (old,) = exchange.answers()

    def turn():
        exchange.write({**old._mapping, "request_id": exchange.requests()[-1].request_id})

    exchange.pass_time(1)
    assert exchange.refused(ASKED, turn).cause is C.MALFORMED_RESPONSE


def test_a_request_is_answered_once(exchange):
    """Fault 75: the database itself refuses a second answer."""
    exchange.refused(ASKED, lambda: exchange.write({**exchange.row(RECORDS), "complete": False}))
    with pytest.raises(sa.exc.IntegrityError):
        exchange.write(exchange.row(()))


def test_two_answers_are_no_answer_where_the_key_is_gone(exchange):
    """Fault 75: a table somebody else made without the key holds two rows; neither is used."""
    columns = ", ".join(
        f"{column.name} {'BOOLEAN' if column.name == 'complete' else 'TEXT'}"
        for column in ANSWER.c
        if column.name != "written_at"
    )
    moment = "TIMESTAMPTZ" if exchange.engine.dialect.name == "postgresql" else "TEXT"
    exchange.do(
        sa.text("DROP TABLE exchange_answer"),
        sa.text(f"CREATE TABLE exchange_answer ({columns}, written_at {moment})"),
    )

    def turn():
        exchange.write(exchange.row(RECORDS))
        exchange.write(exchange.row(RECORDS))

    assert exchange.refused(ASKED, turn).cause is C.MALFORMED_RESPONSE


def test_a_second_answer_that_comes_between_look_and_read_is_seen(exchange):
    """Fault 75: what is read is counted again, in the transaction that reads it."""
    exchange.do(
        sa.text("DROP TABLE exchange_answer"),
        sa.text(
            "CREATE TABLE exchange_answer AS SELECT request_id, question, question AS as_of,"
            " question AS records, question AS outage, question AS provenance,"
            " question AS reservations, question AS consultation_id, question AS seal,"
            " 1 = 1 AS complete, asked_at AS written_at FROM exchange_request"
        ),
    )
    request = exchange.source._write(ASKED, exchange.deadline())
    exchange.write(exchange.row(RECORDS))
    exchange.write(exchange.row(RECORDS))
    with pytest.raises(SourceError) as caught:
        exchange.source._take(request, exchange.deadline())
    assert caught.value.outage.cause is C.MALFORMED_RESPONSE


def test_late_answers_are_kept_and_not_used(exchange):
    """Fault 75: nobody waits any longer; the row stays, and the next question is a new one."""
    lease = None
    worker = exchange.worker(Bureau(RECORDS))

    def turn():
        nonlocal lease
        lease = worker.lease()

    assert exchange.refused(ASKED, turn, seconds=2).cause is C.TIMEOUT
    answer = Answer(inquiry=ASKED, records=RECORDS, as_of=AT, provenance=Provenance.LIVE)
    assert worker.finish(lease, answer)
    assert exchange.database.late_answers(exchange.now) == (lease.request_id,)
    unpaid = Bureau((evolve(RECORDS[0], status=RecordStatus.UNPAID),), clock=exchange.clock)
    again = exchange.ask(ASKED, exchange.worker(unpaid).step)
    assert [record.status for record in again.records] == [RecordStatus.UNPAID]
    assert exchange.database.late_answers(exchange.now) == (lease.request_id,)


def test_a_request_that_vanished_is_untrusted(exchange):
    """Somebody deletes requests that are waited for: that is not a bureau that is merely slow."""
    assert (
        exchange.refused(ASKED, lambda: exchange.do(sa.delete(REQUEST))).cause
        is C.MALFORMED_RESPONSE
    )


def test_untrusted_answers_are_logged_as_errors_in_one_line(embedded, caplog):
    """An operator is told, and nobody's number is."""
    caplog.set_level(logging.DEBUG)
    embedded.refused(
        ASKED,
        lambda: embedded.write(
            resealed(embedded.row(RECORDS), question=question_text(OTHER.inquiry))
        ),
    )
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [record.getMessage() for record in errors] == [
        "source exchange-database: source-untrusted, subject-mismatch"
    ]
    assert ASKED.vin.value not in caplog.text
    assert OTHER.inquiry.vin.value not in caplog.text


# The database itself ------------------------------------------------------------------------------


def test_a_locked_file_is_given_up_at_the_deadline(tmp_path):
    """Fault 92: a writer that does not let go costs the time there is, and not more."""
    server = sqlite_server(tmp_path)
    source = ExchangeDatabaseSource(ExchangeDatabase(server.url))
    with contextlib.closing(sqlite3.connect(tmp_path / "exchange.sqlite3")) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        with pytest.raises(SourceError) as caught:
            source.query(ASKED, Deadline(0.3))
        taken = time.monotonic() - began
    assert caught.value.outage.cause is C.TIMEOUT
    assert 0.25 <= taken <= 0.4
    source.close()


def test_a_locked_table_is_given_up_at_the_deadline(postgresql_server):  # noqa: F811
    """A lock on the server costs the time there is, and not more."""
    exchange = Exchange(emptied(postgresql_server))
    with exchange.engine.begin() as on:
        on.execute(sa.text("LOCK TABLE exchange_request"))
        began = time.monotonic()
        with pytest.raises(SourceError) as caught:
            exchange.source.query(ASKED, Deadline(0.3))
        taken = time.monotonic() - began
    assert caught.value.outage.cause is C.TIMEOUT
    assert 0.25 <= taken <= 0.4
    exchange.close()


def test_a_server_that_says_nothing_is_given_up_at_the_deadline(monkeypatch):
    """Fault 3: it takes the connection and never speaks; the deadline holds all the same."""
    monkeypatch.setattr(exchange_store, "_AT_START", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"postgresql://taxgate@127.0.0.1:{listener.getsockname()[1]}/x?sslmode=disable"
        source = ExchangeDatabaseSource(ExchangeDatabase(url))
        began = time.monotonic()
        with pytest.raises(SourceError) as caught:
            source.query(ASKED, Deadline(0.3))
        taken = time.monotonic() - began
        source.close()
    assert caught.value.outage.cause is C.TIMEOUT
    assert 0.25 <= taken <= 0.4


def test_nobody_at_the_port_is_an_outage_and_no_fault_of_the_configuration(caplog):
    """Fault 1: the database may be down at start, and come up later."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    source = ExchangeDatabaseSource(ExchangeDatabase(f"postgresql://taxgate@127.0.0.1:{port}/x"))
    assert "cannot be reached yet: connect-failed" in caplog.text
    with pytest.raises(SourceError) as caught:
        source.query(ASKED, Deadline(5))
    assert caught.value.outage.cause is C.CONNECT_FAILED
    source.close()


@contextlib.contextmanager
def answering(serve):
    """Listen on this machine, and let *serve* have each connection; give the port."""

    def run():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                connection.settimeout(5)
                connection.recv(8)
                serve(connection)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=run)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


def outage_at(port, query=""):
    """Return the outage of asking a server at this port of the machine."""
    url = f"postgresql://taxgate@127.0.0.1:{port}/x?sslmode=verify-full{query}"
    source = ExchangeDatabaseSource(ExchangeDatabase(url))
    with pytest.raises(SourceError) as caught:
        source.query(ASKED, Deadline(5))
    source.close()
    return caught.value.outage


@pytest.fixture
def authority(tmp_path):
    """Give a certificate authority, and its certificate as a file for URLs."""
    made = trustme.CA()
    file = tmp_path / "ca.pem"
    made.cert_pem.write_to_path(str(file))
    return made, f"&sslrootcert={file}"


def test_a_server_without_tls_is_not_talked_to(authority):
    """Fault 9: where the name has to be proved, nothing is sent in clear."""
    with answering(lambda connection: connection.sendall(b"N")) as port:
        assert outage_at(port, authority[1]).cause is C.TLS_FAILED


@pytest.mark.parametrize("fault", ["other authority", "other name"])
def test_a_server_that_cannot_prove_its_name_is_not_talked_to(authority, fault):
    """Faults 7 and 8: a certificate of another authority, or for another name."""
    made, query = authority
    issuer = trustme.CA() if fault == "other authority" else made
    name = "127.0.0.1" if fault == "other authority" else "bureau.example"
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    issuer.issue_cert(name).configure_cert(context)

    def serve(connection):
        connection.sendall(b"S")
        with context.wrap_socket(connection, server_side=True) as secure:
            secure.recv(100)

    with answering(serve) as port:
        assert outage_at(port, query).cause is C.TLS_FAILED


def test_a_server_that_hangs_up_is_an_outage(authority):
    """Fault 4: the connection ends before anything was said."""
    with answering(lambda _: None) as port:
        assert outage_at(port, authority[1]).cause is C.CONNECT_FAILED


def test_a_server_that_restarts_is_used_again(postgresql_server):  # noqa: F811
    """Fault 4: connections that broke are replaced; nobody has to start the office anew."""
    exchange = Exchange(emptied(postgresql_server))
    worker = exchange.worker(Bureau(RECORDS))
    assert exchange.ask(ASKED, worker.step).records == RECORDS
    exchange.do(
        sa.text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'taxgate' AND pid <> pg_backend_pid()"
        )
    )
    assert exchange.ask(ASKED, worker.step).records == RECORDS
    exchange.close()


def test_a_file_that_is_no_database_is_an_outage(tmp_path):
    """A destroyed file answers nothing, and its error names no row."""
    server = sqlite_server(tmp_path)
    source = ExchangeDatabaseSource(ExchangeDatabase(server.url))
    (tmp_path / "exchange.sqlite3").write_bytes(b"garbage" * 4096)
    with pytest.raises(SourceError) as caught:
        source.query(ASKED, Deadline(2))
    assert caught.value.outage.cause is C.SERVER_FAULT
    assert caught.value.__context__ is None
    source.close()


def test_a_failed_statement_shows_nothing_of_what_was_asked(exchange, caplog):
    """Not even the error behind the error: drivers put the row into theirs."""
    caplog.set_level(logging.DEBUG)
    exchange.do(sa.text("DROP TABLE exchange_answer"), sa.text("DROP TABLE exchange_request"))
    with pytest.raises(SourceError) as caught:
        exchange.ask(ASKED)
    assert caught.value.outage.cause is C.SERVER_FAULT
    assert caught.value.__context__ is None
    assert ASKED.vin.value not in caplog.text


def test_after_closing_nothing_is_asked(exchange):
    """A closed source says that it is closed; that is a mistake and no outage."""
    exchange.source.close()
    with pytest.raises(ClosedError):
        exchange.ask(ASKED)


def test_old_rows_can_be_deleted(exchange):
    """Rows hold personal data: once they have served, they go, answers and pushes with them."""
    exchange.ask(ASKED, exchange.worker(Bureau(RECORDS)).step)
    push(exchange, question_text(ASKED))
    assert exchange.database.purge(AT) == 0
    assert exchange.database.purge(AT + timedelta(days=1)) == 1
    assert exchange.requests() == exchange.answers() == exchange.do(sa.select(PUSH)) == []


# 92, 93, 94: one file for many, network drives, other versions ------------------------------------


def test_processes_that_share_a_file_lose_nothing(quick):
    """Fault 92: four processes ask and two answer at once, and every answer is the right one."""
    server = sqlite_server(quick)
    questions = [[sample("purchase-tax", 40 * who + n) for n in range(15)] for who in range(4)]
    known = {item.inquiry.key: item.records for part in questions for item in part}
    stop = threading.Event()

    class Register(Bureau):
        def query(self, inquiry, deadline):
            self.records = known[inquiry.key]
            return super().query(inquiry, deadline)

    def serve():
        database = ExchangeDatabase(server.url)
        bureau = Register(clock=lambda: datetime.now(AT.tzinfo))
        ExchangeWorker(database, bureau).run(stop, 0.002)
        database.close()

    def office(who):
        source = ExchangeDatabaseSource(ExchangeDatabase(server.url), poll=0.01)
        for item in questions[who]:
            assert source.query(item.inquiry, Deadline(20)).records == item.records

    children = [forked(partial(office, who)) for who in range(4)]
    threads = [threading.Thread(target=serve) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        codes = [ended(child) for child in children]
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert codes == [0, 0, 0, 0]
    engine = engine_of(server)
    with engine.begin() as on:
        assert on.scalar(sa.select(sa.func.count()).select_from(ANSWER)) == 60
        assert set(on.scalars(sa.select(REQUEST.c.leases))) == {1}
    engine.dispose()


MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:40 / /mnt/office\\040share rw - nfs4 server:/x rw
31 22 0:41 / /mnt/win rw,relatime - cifs //server/x rw
32 22 0:42 / /mnt/ssh rw - fuse.sshfs me@server:/ rw
33 30 254:1 / /mnt/office\\040share/local rw - xfs /dev/vdb rw
34 22 0:43 / /mnt/both rw - ext4 /dev/vdc rw
35 34 0:44 / /mnt/both rw - nfs server:/y rw
odd line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/x.sqlite3", None),
        ("/mnt/office share/x.sqlite3", "nfs4"),
        ("/mnt/office share/a/b/x.sqlite3", "nfs4"),
        ("/mnt/office share/local/x.sqlite3", None),
        ("/mnt/office shares/x.sqlite3", None),
        ("/mnt/win/x.sqlite3", "cifs"),
        ("/mnt/ssh/x.sqlite3", "sshfs"),
        ("/mnt/both/x.sqlite3", "nfs"),
    ],
)
def test_network_file_systems_are_told(tmp_path, path, kind):
    """Fault 93: the mount that lies on top at the deepest place decides."""
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS, encoding="utf-8")
    assert network_file_system(Path(path), mounts) == kind


def test_a_link_to_a_network_drive_is_followed(tmp_path):
    """Fault 93: what counts is where the file is."""
    (tmp_path / "far").mkdir()
    (tmp_path / "near").symlink_to(tmp_path / "far")
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"1 0 0:1 / {tmp_path.resolve()}/far rw - nfs s:/ rw\n", encoding="utf-8")
    assert network_file_system(tmp_path / "near" / "x", mounts) == "nfs"
    assert network_file_system(tmp_path / "near" / "x", tmp_path / "missing") is None


def test_a_child_of_a_busy_process_can_use_the_file(quick):
    """Fault 81: threads are in the middle of transactions while the process forks."""
    server = sqlite_server(quick)
    source = ExchangeDatabaseSource(ExchangeDatabase(server.url))
    stop = threading.Event()

    def write():
        while not stop.is_set():
            source._write(ASKED, Deadline(5))

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    write_too = partial(source._write, OTHER.inquiry, Deadline(20))
    try:
        codes = [ended(forked(write_too)) for _ in range(8)]
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    source.close()
    assert codes == [0] * 8


def test_sqlite_on_a_network_drive_is_refused_at_start(tmp_path, monkeypatch):
    """Fault 93: a configuration that would lose rows is not started."""
    server = sqlite_server(tmp_path)
    monkeypatch.setattr(addresses, "network_file_system", lambda _: "nfs4")
    for make in (ExchangeDatabase, create_tables):
        with pytest.raises(ConfigError, match="network file system"):
            make(server.url)


@pytest.mark.parametrize(
    ("version", "problem"), [(SCHEMA_VERSION + 1, "newer"), (SCHEMA_VERSION - 1, "older")]
)
def test_tables_of_another_version_are_refused_at_start(server, version, problem):
    """Fault 94: neither newer nor older tables are written to, and creating changes nothing."""
    engine = engine_of(server)
    with engine.begin() as on:
        on.execute(sa.update(SCHEMA).values(version=version))
    for make in (ExchangeDatabase, create_tables):
        with pytest.raises(ConfigError, match=problem):
            make(server.url, password=server.password)
    engine.dispose()


def test_a_database_without_tables_is_refused_at_start(tmp_path, server):
    """Nothing is created by accident: not a table, and not a file."""
    engine = engine_of(server)
    with engine.begin() as on:
        SCHEMA.drop(on)
    with pytest.raises(ConfigError, match="call create_tables once"):
        ExchangeDatabase(server.url, password=server.password)
    with pytest.raises(ConfigError, match="does not exist"):
        ExchangeDatabase(f"sqlite:///{tmp_path}/none.sqlite3")
    assert not (tmp_path / "none.sqlite3").exists()
    engine.dispose()


def test_tables_that_came_back_changed_are_an_outage(server):
    """Fault 94: a database that was away at start is looked at before it is used."""
    database = ExchangeDatabase(server.url, password=server.password)
    database._known = False
    engine = engine_of(server)
    with engine.begin() as on:
        on.execute(sa.update(SCHEMA).values(version=99))
    with pytest.raises(SourceError) as caught:
        ExchangeDatabaseSource(database).query(ASKED, Deadline(5))
    assert caught.value.outage.cause is C.SERVER_FAULT
    database.close()
    engine.dispose()


def test_a_new_file_is_this_users_alone_and_writes_ahead(tmp_path):
    """It will hold identifiers in clear; readers and writers do not stand in each other's way."""
    server = sqlite_server(tmp_path)
    file = tmp_path / "exchange.sqlite3"
    assert file.stat().st_mode & 0o077 == 0
    with contextlib.closing(sqlite3.connect(file)) as on:
        assert on.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    file.chmod(0o666)
    with pytest.raises(ConfigError, match="everybody"):
        ExchangeDatabase(server.url)


# The URL ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("", "no database URL"),
        ("nonsense", "no database URL"),
        ("mysql://h/x", "neither"),
        ("postgresql+psycopg2://h/x", "neither"),
        ("sqlite://", "absolute path"),
        ("sqlite:///:memory:", "absolute path"),
        ("sqlite:///relative.sqlite3", "absolute path"),
        ("sqlite:////tmp/x.sqlite3?mode=memory", "absolute path"),
        ("postgresql://u:secret@localhost/x", "password"),
        ("postgresql:///x", "one host"),
        ("postgresql://localhost/x?host=/tmp", "one host"),
        ("postgresql://localhost/x?options=-csearch_path", "one host"),
        ("postgresql://localhost/x?passfile=/tmp/x", "one host"),
        ("postgresql:///x?host=a,b", "one host"),
        ("postgresql://db.example.invalid/x?sslmode=require", "verify-full"),
        ("postgresql://192.0.2.1/x?sslmode=disable", "verify-full"),
    ],
)
def test_a_url_that_leaves_something_open_is_refused(url, problem):
    """Fault 11 among others: no password in it, one host, and no weaker TLS than the name's."""
    with pytest.raises(ConfigError, match=problem) as caught:
        read_url(url, None)
    assert "u:secret" not in str(caught.value)


def test_another_machine_has_to_prove_its_name():
    """Without a word about TLS it is verified; a password takes its place without being shown."""
    url = read_url("postgresql://u@db.example.invalid/x", Secret("s3cret"))
    assert url.query["sslmode"] == "verify-full"
    assert url.drivername == "postgresql+psycopg"
    assert url.password == "s3cret"
    assert "s3cret" not in repr(url)
    with pytest.raises(ConfigError, match="takes no password"):
        read_url("sqlite:////tmp/x.sqlite3", Secret("s3cret"))


# Settings -----------------------------------------------------------------------------------------


def built(table):
    """Return what a table of the configuration makes, and the faults there are."""
    loader = config._Loader(Path("x.toml"), lambda: AT, time.monotonic, time.sleep)
    made = config.Settings(loader, "sources.bureau", table)
    try:
        return from_settings(made), loader._faults
    except ConfigError as error:
        return None, [*loader._faults, *error.faults]
    finally:
        made.finish()


def test_a_table_of_the_configuration_makes_a_source(tmp_path, monkeypatch):
    """Every key is used, and the source has the name of its table."""
    monkeypatch.setenv("TAXGATE_TEST_KEY", "s3cret")
    server = sqlite_server(tmp_path)
    source, faults = built(
        {
            "url": server.url,
            "key": {"env": "TAXGATE_TEST_KEY"},
            "poll_seconds": 0.1,
            "max_age_seconds": 60,
        }
    )
    assert (source.name, faults) == ("bureau", [])
    assert "s3cret" not in repr(source)
    source.close()


@pytest.mark.parametrize(
    ("table", "place"),
    [
        ({}, "sources.bureau.url"),
        ({"url": "sqlite://"}, "url"),
        ({"url": "sqlite:////nowhere/x", "poll_seconds": 0}, "sources.bureau.poll_seconds"),
        ({"url": "sqlite:////nowhere/x", "password": "x"}, "sources.bureau.password"),
        ({"url": "sqlite:////nowhere/x", "max_age_seconds": 90000}, "sources.bureau.max_age"),
    ],
)
def test_faults_of_a_table_are_named(table, place):
    """A start with a wrong configuration fails and says where."""
    source, faults = built(table)
    assert source is None
    assert any(found.startswith(place) for found, _ in faults)


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_survives_its_row(kind):
    """What is written as a question is read back as the same question."""
    asked = sample(kind, 7).inquiry
    assert read_question(question_text(asked)) == evolve(asked, purpose=None)
    row = answer_row("1", question_text(asked), Answer(inquiry=asked, records=()))
    assert row["outage"] is None
    assert Matter(json.loads(row["question"])["matter"]) is asked.matter
