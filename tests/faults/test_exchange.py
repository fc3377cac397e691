"""What may stand in an answer row, seen through a gate in production: it never passes."""

from __future__ import annotations

import json
import logging
from datetime import timedelta

import pytest
from attrs import evolve

import equity_transfer_cases
from exchange_cases import Bureau, Exchange, sqlite_server
from simulated import Case
from strategies import equity_records
from taxgate import equity_transfer
from taxgate.adapters.exchange_messages import question_text, seal
from taxgate.evidence import OutageCause, OutageKind
from taxgate.findings import Outcome
from taxgate.gate import Gate
from taxgate.terms import RecordStatus

C = OutageCause
ONE = Case(
    "equity-transfer/one-deal",
    equity_transfer,
    "order-307/26",
    equity_transfer_cases.apply(),
    equity_records,
)
"""One question, so that the bureau's turns come in order."""
GOOD = tuple(equity_records(ONE.application, ONE.inquiries[0]))


@pytest.fixture
def exchange(tmp_path):
    """Return both sides of an exchange database in SQLite."""
    exchange = Exchange(sqlite_server(tmp_path))
    yield exchange
    exchange.close()


def check(exchange, *turns):
    """Return what a gate in production decides while the bureau takes its turns."""
    exchange.turns = iter(turns)
    gate = Gate(exchange.source, clock=exchange.clock, monotonic=exchange.monotonic)
    return gate.check(ONE.application, purpose=ONE.purpose)


def causes(decision):
    """Return why there was no answer."""
    answers = [item.obligation.answer for item in (*decision.findings, *decision.silent)]
    return {answer.outage.cause for answer in answers if answer is not None and answer.outage}


def written(exchange, **changes):
    """Return a turn in which a good answer is written with changes, and a seal that fits them."""

    def turn():
        row = exchange.row(GOOD)
        for name, change in changes.items():
            row[name] = change(row[name]) if callable(change) else change
        exchange.write({**row, "seal": seal(row, None)})

    return turn


def in_record(**fields):
    """Return a change of every record; Ellipsis takes a field out."""

    def change(text):
        records = [
            {name: part for name, part in (record | fields).items() if part is not ...}
            for record in json.loads(text)
        ]
        return json.dumps(records)

    return {"records": change}


def text(old, new):
    """Return a change of the records as text."""

    def change(records):
        assert old in records
        return records.replace(old, new, 1)

    return {"records": change}


def about(**changes):
    """Return the question with changes, as the answer repeats it."""
    return {"question": lambda _: question_text(evolve(ONE.inquiries[0], **changes))}


def row(number, name, changes, cause):
    """Return a parameter: a fault of an answer row."""
    marks = pytest.mark.fault(number, source="exchange-database")
    return pytest.param(changes, cause, id=f"{number}-{name}", marks=marks)


BAD = C.MALFORMED_RESPONSE
ROWS = [
    row(22, "nothing", {"records": None}, BAD),
    row(22, "empty", {"records": ""}, BAD),
    row(25, "cut", {"records": lambda told: told[:-5]}, BAD),
    row(25, "trailing", {"records": lambda told: told + "x"}, BAD),
    row(25, "twice", {"records": lambda told: told + told}, BAD),
    row(26, "status-twice", text('"status":', '"status":"unpaid","status":'), BAD),
    *(
        row(27, repr(price), in_record(price=price), BAD)
        for price in ("NaN", "Infinity", "1E+999999", "-0", "1_000", " 5 ", "１００")
    ),
    row(29, "float", in_record(price=300000.5), BAD),
    row(29, "exponent", in_record(price="3e5"), BAD),
    row(30, "deep", {"records": "[" * 100_000 + "]" * 100_000}, BAD),
    row(30, "long", text('"status"', f'"price":{"9" * 5000},"status"'), BAD),
    row(31, "huge", {"records": " " * (1 << 20) + "[]"}, C.OVERSIZE_RESPONSE),
    row(34, "byte-order-mark", {"records": lambda told: "\ufeff" + told}, BAD),
    row(34, "lone-surrogate", in_record(voucher_no="\ud800"), BAD),
    row(35, "missing", in_record(status=...), BAD),
    row(35, "null", in_record(status=None), BAD),
    row(35, "empty", in_record(status=""), BAD),
    *(
        row(36, repr(status), in_record(status=status), C.UNKNOWN_CODE)
        for status in ("N", "false", "0", "１", "PAID")
    ),
    *(row(36, type(status).__name__, in_record(status=status), BAD) for status in (0, True)),
    row(37, "status", in_record(status="paid-in-part"), C.UNKNOWN_CODE),
    row(37, "outage", {"records": None, "outage": "tired"}, C.UNKNOWN_CODE),
    row(39, "object", {"records": "{}"}, BAD),
    row(39, "number", in_record(voucher_no=5), BAD),
    row(39, "list", in_record(taxpayer=[]), BAD),
    row(40, "company", about(company=equity_transfer_cases.OTHER_COMPANY), C.SUBJECT_MISMATCH),
    row(40, "person", about(person=equity_transfer_cases.BUYER), C.SUBJECT_MISMATCH),
    row(41, "matter", about(matter="clearance"), C.SUBJECT_MISMATCH),
    row(42, "missing", {"question": ""}, C.SUBJECT_MISMATCH),
    row(46, "missing", {"as_of": None}, C.STALE_ANSWER),
    row(46, "old", {"as_of": "2026-11-22T09:59:00+08:00"}, C.STALE_ANSWER),
    row(47, "ahead", {"as_of": "2026-11-23T10:06:00+08:00"}, C.CLOCK_SKEW),
]


def test_the_bureau_of_these_tests_is_believed_when_it_behaves(exchange):
    """Without a fault the decision is a verified pass."""
    decision = check(exchange, written(exchange))
    assert decision.outcome is Outcome.SATISFIED
    assert decision.verified


@pytest.mark.parametrize(("changes", "cause"), ROWS)
def test_a_fault_of_an_answer_row_is_an_outage_with_its_cause(exchange, caplog, changes, cause):
    """Nothing passes, and what cannot be trusted is logged as an error, on one line."""
    caplog.set_level(logging.DEBUG)
    decision = check(exchange, written(exchange, **changes))
    assert decision.outcome is Outcome.CANNOT_VERIFY
    assert not decision.may_complete
    assert not decision.verified
    assert decision.retryable
    assert causes(decision) == {cause}
    assert cause.kind is OutageKind.UNTRUSTED
    messages = [record.getMessage() for record in caplog.records]
    assert any(record.levelno >= logging.ERROR for record in caplog.records)
    assert all(message.isprintable() for message in messages)


@pytest.mark.fault(49, source="exchange-database")
def test_the_answer_to_an_earlier_request_is_not_believed_again(exchange):
    """An old answer, copied to a new request of the same question, does not fit its seal."""
    assert check(exchange, written(exchange)).outcome is Outcome.SATISFIED
    old = exchange.answers()[0]._mapping

    def replay():
        request = exchange.requests()[-1].request_id
        exchange.write({**old, "request_id": request, "written_at": exchange.now})

    decision = check(exchange, replay)
    assert decision.outcome is Outcome.CANNOT_VERIFY
    assert causes(decision) & {C.MALFORMED_RESPONSE, C.REPLAYED_ANSWER, C.BAD_SIGNATURE}


@pytest.mark.fault(63, source="exchange-database")
@pytest.mark.parametrize("nasty", ["a\nERROR forged", "a\x1b[31mb", "a\u2028b"])
def test_nothing_in_a_row_begins_a_line_of_the_log(exchange, caplog, nasty):
    """Codes, numbers and words of a row are escaped where they are told at all."""
    caplog.set_level(logging.DEBUG)
    for changes in (
        {"provenance": nasty},
        {"records": None, "outage": nasty},
        {"consultation_id": nasty},
        in_record(status=nasty),
    ):
        check(exchange, written(exchange, **changes))
        exchange.pass_time(1)
    assert caplog.records
    assert all(record.getMessage().isprintable() for record in caplog.records)


# What is answered ---------------------------------------------------------------------------------


def answered(exchange, *records):
    """Return the decision on records a worker answers with."""
    worker = exchange.worker(Bureau(records, clock=exchange.clock))
    return check(exchange, worker.step)


@pytest.mark.fault(43, source="exchange-database")
def test_records_that_contradict_each_other_do_not_pass(exchange):
    """Paid and unpaid of one deal: a conflict."""
    unpaid = evolve(GOOD[0], status=RecordStatus.UNPAID, voucher_no="V-9")
    decision = answered(exchange, *GOOD, unpaid)
    assert decision.outcome is Outcome.NOTIFY
    assert not decision.may_complete


@pytest.mark.fault(44, source="exchange-database")
def test_one_party_cleared_and_the_other_not_does_not_pass(exchange):
    """What is on record is another holder's tax; this holder's is not."""
    others = evolve(GOOD[0], taxpayer=equity_transfer_cases.SECOND_HOLDER)
    decision = answered(exchange, others)
    assert decision.outcome > Outcome.ADVISE
    assert not decision.may_complete


@pytest.mark.fault(51, source="exchange-database")
def test_a_refund_after_a_pass_is_seen_by_the_next_check(exchange):
    """Each check is a request of its own; the second answer counts for the second decision."""
    before = answered(exchange, *GOOD)
    exchange.pass_time(timedelta(minutes=1).total_seconds())
    after = answered(exchange, *(evolve(item, status=RecordStatus.REFUNDED) for item in GOOD))
    assert before.outcome is Outcome.SATISFIED
    assert not after.may_complete
    assert after.outcome > Outcome.ADVISE


@pytest.mark.fault(52, source="exchange-database")
def test_an_exemption_revoked_by_the_day_does_not_pass(exchange):
    """The exemption and what revokes it come in one answer."""
    exempt = evolve(GOOD[0], status=RecordStatus.EXEMPT, voucher_no="V-1")
    revoked = evolve(GOOD[0], status=RecordStatus.REVOKED, voucher_no="V-2", cancels="V-1")
    decision = answered(exchange, exempt, revoked)
    assert decision.outcome > Outcome.ADVISE
    assert not decision.may_complete
