"""What a bureau does to a question over HTTP, seen through a gate in production: it never passes.

The bureau knows both taxes as paid, so that whatever were believed of it would pass.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta

import pytest

from simulated import CASES
from source_kinds import GenericBureau, Script, Served, as_json
from taxgate.evidence import OutageCause, OutageKind
from taxgate.findings import Outcome
from taxgate.gate import Gate
from taxgate.sources import system_clock
from taxgate.testing.misbehaving import HttpReply, Misbehaviour

M = Misbehaviour
C = OutageCause
VEHICLE = CASES[0]
SALE = CASES[1]


@pytest.fixture
def served(tmp_path):
    """Return where servers and sources are made; close them in the end."""
    served = Served(tmp_path)
    yield served
    served.close()


def script_of(case):
    """Return a bureau that knows all the case needs."""
    records = [
        record for inquiry in case.inquiries for record in case.good(case.application, inquiry)
    ]
    return Script(records=tuple(records))


def check(source, case=VEHICLE, within=5.0):
    """Return what a gate in production decides."""
    with Gate(source, within=within) as gate:
        return gate.check(case.application, purpose=case.purpose)


def causes(decision):
    """Return why there was no answer, for every obligation that was asked about."""
    answers = [item.obligation.answer for item in (*decision.findings, *decision.silent)]
    return {answer.outage.cause for answer in answers if answer is not None and answer.outage}


def expect_outage(decision, cause):
    """Assert what a caller sees of an outage."""
    assert decision.outcome is Outcome.CANNOT_VERIFY
    assert not decision.may_complete
    assert not decision.verified
    assert decision.retryable
    assert causes(decision) == {cause}


def fault(number):
    """Mark a case as one that shows this fault over HTTP."""
    return pytest.mark.fault(number, source="http")


def case(number, what, cause):
    """Return a parameter of a test that shows a fault."""
    name = what.value if isinstance(what, Misbehaviour) else what.__name__.strip("_")
    return pytest.param(what, cause, id=f"{number}-{name}", marks=fault(number))


def test_the_bureau_of_these_tests_is_believed_when_it_behaves(served):
    """Without a fault the decision is a verified pass: what follows is due to the fault alone."""
    decision = check(served.asked(script_of(VEHICLE)))
    assert decision.outcome is Outcome.SATISFIED
    assert decision.verified


# The connection -----------------------------------------------------------------------------------

CONNECTION = [
    case(1, M.REFUSE, C.CONNECT_FAILED),
    *(
        case(4, what, C.CONNECT_FAILED)
        for what in (M.RESET_ON_ACCEPT, M.RESET_BEFORE_REPLY, M.RESET_AFTER_HEADERS,
                     M.RESET_MID_BODY)
    ),
    *(
        case(13, what, C.REDIRECT_REFUSED)
        for what in (M.REDIRECT_301, M.REDIRECT_302, M.REDIRECT_307, M.REDIRECT_308,
                     M.REDIRECT_ELSEWHERE, M.REDIRECT_TO_PLAIN_HTTP, M.REDIRECT_TO_FILE)
    ),
    *(
        case(17, what, C.RATE_LIMITED)
        for what in (M.RATE_LIMITED, M.RATE_LIMITED_SECONDS, M.RATE_LIMITED_HTTP_DATE,
                     M.RATE_LIMITED_GARBAGE, M.RATE_LIMITED_NEGATIVE, M.RATE_LIMITED_TEN_YEARS)
    ),
    *(
        case(18, what, C.SERVER_FAULT)
        for what in (M.SERVER_FAULT_500, M.SERVER_FAULT_502, M.SERVER_FAULT_503,
                     M.SERVER_FAULT_504, M.HTML_ERROR_PAGE)
    ),
    case(19, M.BAD_REQUEST, C.MALFORMED_RESPONSE),
    case(19, M.NOT_FOUND, C.MALFORMED_RESPONSE),
    case(20, M.UNAUTHORISED, C.BAD_SIGNATURE),
    case(20, M.FORBIDDEN, C.BAD_SIGNATURE),
    case(22, M.NO_CONTENT, C.MALFORMED_RESPONSE),
    case(22, M.EMPTY_BODY, C.MALFORMED_RESPONSE),
    case(23, M.TRUNCATED_BODY, C.CONNECT_FAILED),
    case(24, M.EOF_DELIMITED, C.MALFORMED_RESPONSE),
    case(31, M.HUGE_BODY, C.OVERSIZE_RESPONSE),
    case(31, M.HUGE_CHUNKED, C.OVERSIZE_RESPONSE),
    case(32, M.GZIP_BOMB, C.OVERSIZE_RESPONSE),
    case(33, M.WRONG_CONTENT_TYPE, C.MALFORMED_RESPONSE),
    case(33, M.NO_CONTENT_TYPE, C.MALFORMED_RESPONSE),
]  # fmt: skip


@pytest.mark.parametrize(("what", "cause"), CONNECTION)
def test_a_fault_of_the_connection_is_an_outage_with_its_cause(served, caplog, what, cause):
    """Nothing passes, nobody is accused, and what cannot be trusted is logged as an error."""
    caplog.set_level(logging.DEBUG)
    server = served.server(GenericBureau(script_of(VEHICLE)), always=what)
    # Waiting as long as a bureau asks for is not what is tested here.
    decision = check(served.source(server, retry_after_cap=0.01))
    expect_outage(decision, cause)
    assert bool(cause.kind is OutageKind.UNTRUSTED) == any(
        record.levelno >= logging.ERROR for record in caplog.records
    )


@pytest.mark.parametrize(
    "what",
    [
        pytest.param(M.BLACK_HOLE, id="3-black-hole", marks=fault(3)),
        pytest.param(M.HEADER_DRIP, id="5-header-drip", marks=fault(5)),
        pytest.param(M.BODY_DRIP, id="5-body-drip", marks=fault(5)),
        pytest.param(M.TLS_STALL, id="6-tls-stall", marks=fault(6)),
    ],
)
def test_what_never_ends_is_a_timeout_at_the_total_deadline(served, what):
    """A bureau that never comes to an end holds nobody up beyond the time a check may take."""
    server = served.server(GenericBureau(script_of(VEHICLE)), always=what)
    source = served.source(server)
    began = time.monotonic()
    with Gate(source, within=0.5) as gate:
        decision = gate.check(VEHICLE.application, purpose=VEHICLE.purpose)
        taken = time.monotonic() - began
    expect_outage(decision, C.TIMEOUT)
    assert taken <= 0.5 + 0.1


@pytest.mark.fault(17, source="http")
@pytest.mark.parametrize(
    ("what", "least", "most"),
    [
        (M.RATE_LIMITED_SECONDS, 1, 1),
        (M.RATE_LIMITED_HTTP_DATE, 0, 2),
        (M.RATE_LIMITED_TEN_YEARS, 1, 315_360_000),
    ],
)
def test_the_wait_a_bureau_asks_for_is_told_and_not_waited_for(served, what, least, most):
    """Whoever shows the decision knows when to come back; the check itself ends in time."""
    server = served.server(GenericBureau(script_of(VEHICLE)), always=what)
    began = time.monotonic()
    decision = check(served.source(server), within=0.5)
    assert time.monotonic() - began <= 0.5 + 0.1
    waits = {item.obligation.answer.outage.retry_after for item in decision.deciding}
    assert all(least <= wait <= most for wait in waits)


@pytest.mark.fault(83, source="http")
@pytest.mark.parametrize("what", [M.SERVER_FAULT_503, M.RESET_MID_BODY, M.RATE_LIMITED])
def test_one_question_is_put_three_times_at_most(served, what):
    """There is one layer of retries: the bureau counts no more than three requests a question."""
    server = served.server(GenericBureau(script_of(VEHICLE)), always=what)
    check(served.source(server, retry_after_cap=0.01))
    assert len(server.requests) <= 3 * len(VEHICLE.inquiries)


# What the reply says ------------------------------------------------------------------------------


def _in_data(**changes):
    def change(value):
        return value | {"data": value["data"] | changes}

    return change


def _in_records(**changes):
    def change(value):
        records = [
            {name: part for name, part in (record | changes).items() if part is not Ellipsis}
            for record in value["data"]["records"]
        ]
        return _in_data(records=records)(value)

    return change


def _in_inquiry(**changes):
    def change(value):
        return _in_data(inquiry=value["data"]["inquiry"] | changes)(value)

    return change


def _text(old, new):
    def change(value):
        text = as_json(value).decode()
        assert old in text
        return text.replace(old, new, 1).encode()

    return change


def _bytes(spoil):
    return lambda value: spoil(as_json(value))


def _aged(**age):
    def change(value):
        return _in_data(as_of=(system_clock() - timedelta(**age)).isoformat())(value)

    return change


def _without(name):
    def change(value):
        return value | {"data": {key: part for key, part in value["data"].items() if key != name}}

    return change


def _mislabelled(value):
    return HttpReply(as_json(value), headers=(("Content-Type", "application/json; charset=gbk"),))


def _many(value):
    """Two records of the same year: paid, and unpaid."""
    [record] = value["data"]["records"]
    return _in_data(records=[record, record | {"status": "unpaid"}])(value)


def reply(number, name, change, cause):
    """Return a parameter: a fault of what the reply says."""
    return pytest.param(change, cause, id=f"{number}-{name}", marks=fault(number))


BAD = C.MALFORMED_RESPONSE
REPLIES = [
    *(
        reply(21, name, lambda value, code=code: value | {"code": code}, cause)
        for name, code, cause in (
            ("busy", "busy", C.SERVER_FAULT),
            ("not-opened", "not-opened", C.NOT_OPENED),
            ("unknown", "E-106", C.UNKNOWN_CODE),
        )
    ),
    reply(
        21, "failed-with-records", lambda value: value | {"code": "rate-limited"}, C.RATE_LIMITED
    ),
    reply(25, "cut", _bytes(lambda text: text[:-20]), BAD),
    reply(25, "trailing", _bytes(lambda text: text + b" garbage"), BAD),
    reply(25, "two-documents", _bytes(lambda text: text + text), BAD),
    reply(26, "status-twice", _text('"status":', '"status": "unpaid", "status":'), BAD),
    reply(26, "code-twice", _text('"code":', '"code": "busy", "code":'), BAD),
    *(
        reply(30, name, _text('"records":', f'"more": {text}, "records":'), BAD)
        for name, text in (
            ("deep-lists", "[" * 100_000 + "]" * 100_000),
            ("deep-objects", '{"a":' * 50_000 + "1" + "}" * 50_000),
            ("long-integer", "9" * 5000),
        )
    ),
    reply(27, "nan", _text('"records":', '"more": NaN, "records":'), BAD),
    reply(27, "infinity", _text('"records":', '"more": -Infinity, "records":'), BAD),
    reply(27, "minus-zero", _text('"code": "0"', '"code": "0", "more": -0'), BAD),
    reply(29, "float", _text('"records":', '"more": 12.5, "records":'), BAD),
    reply(34, "gbk", _bytes(lambda text: text.decode().encode("gbk")), BAD),
    reply(34, "utf-16", _bytes(lambda text: text.decode().encode("utf-16")), BAD),
    reply(34, "byte-order-mark", _bytes(lambda text: b"\xef\xbb\xbf" + text), BAD),
    reply(34, "lone-surrogate", _text('"message": ""', '"message": "\\ud800"'), BAD),
    reply(
        34,
        "wrong-label",
        _mislabelled,
        BAD,
    ),
    reply(35, "missing", _in_records(status=...), BAD),
    reply(35, "null", _in_records(status=None), BAD),
    reply(35, "empty", _in_records(status=""), BAD),
    *(
        reply(36, repr(status), _in_records(status=status), C.UNKNOWN_CODE)
        for status in ("N", "false", "0", "１", "PAID", "paid ")
    ),
    *(
        reply(36, f"{type(status).__name__}", _in_records(status=status), BAD)
        for status in (0, True, 1)
    ),
    reply(37, "status", _in_records(status="paid-in-part"), C.UNKNOWN_CODE),
    reply(37, "basis", _in_records(basis="new-ground"), C.UNKNOWN_CODE),
    reply(39, "list-for-object", lambda value: [value], BAD),
    reply(
        39,
        "object-for-list",
        lambda value: _in_data(records=value["data"]["records"][0])(value),
        BAD,
    ),
    reply(39, "number-for-text", _in_records(voucher_no=5), BAD),
    reply(39, "text-for-number", _in_records(tax_year="2026"), BAD),
    reply(39, "null-for-list", _in_data(records=None), BAD),
    reply(40, "vin", _in_inquiry(vin="1M8GDM9AXKP042789"), C.SUBJECT_MISMATCH),
    reply(
        40,
        "person",
        _in_inquiry(person={"id_type": "passport", "number": "P9"}),
        C.SUBJECT_MISMATCH,
    ),
    reply(41, "matter", _in_inquiry(matter="deed-tax"), C.SUBJECT_MISMATCH),
    reply(42, "missing", _without("inquiry"), C.SUBJECT_MISMATCH),
    reply(42, "null", _in_data(inquiry=None), C.SUBJECT_MISMATCH),
    reply(46, "old", _aged(hours=25), C.STALE_ANSWER),
    reply(46, "missing", _without("as_of"), C.STALE_ANSWER),
    reply(46, "null", _in_data(as_of=None), C.STALE_ANSWER),
    reply(47, "ahead", _aged(minutes=-6), C.CLOCK_SKEW),
    reply(49, "another", _in_data(request_id="0" * 32), C.REPLAYED_ANSWER),
    reply(49, "missing", _without("request_id"), C.REPLAYED_ANSWER),
    reply(95, "no-offset", _in_data(as_of="2026-11-23T10:00:00"), BAD),
    reply(96, "leap-second", _in_data(as_of="2026-06-30T23:59:60Z"), BAD),
    reply(96, "two-digit-year", _in_data(as_of="26-11-23T10:00:00+08:00"), BAD),
]


@pytest.mark.parametrize(("change", "cause"), REPLIES)
def test_a_fault_of_the_reply_is_an_outage_with_its_cause(served, caplog, change, cause):
    """Nothing passes; what cannot be trusted is asked once, and logged as an error on one line."""
    caplog.set_level(logging.DEBUG)
    server = served.server(GenericBureau(script_of(VEHICLE), change))
    decision = check(served.source(server, retry_after_cap=0.01))
    expect_outage(decision, cause)
    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert bool(errors) == (cause.kind is OutageKind.UNTRUSTED)
    assert not any("\n" in record.getMessage() for record in caplog.records)
    if cause.kind is OutageKind.UNTRUSTED:
        assert len(server.requests) == len(VEHICLE.inquiries)


@pytest.mark.parametrize(
    "amount",
    [
        "NaN",
        "Infinity",
        "1E+999999",
        "-0",
        "1_000",
        " 5 ",
        "１００",
        "1e5",
        ".5",
        "+5",
        "",
    ],
)
@pytest.mark.fault(27, 29, source="http")
def test_an_amount_is_written_one_way_or_refused(served, amount):
    """Texts that some reader takes for a number are no amount."""
    source = served.asked(script_of(SALE), _in_records(price=amount))
    expect_outage(check(source, SALE), BAD)


@pytest.mark.fault(38, source="http")
def test_unknown_fields_are_tolerated(served):
    """A bureau may say more than is known of; what is known still counts."""

    def spoil(value):
        records = [record | {"remark": "x"} for record in value["data"]["records"]]
        return _in_data(more={"and": ["more"]}, records=records)(value)

    decision = check(served.asked(script_of(VEHICLE), spoil))
    assert decision.outcome is Outcome.SATISFIED


@pytest.mark.fault(43, source="http")
def test_two_records_that_contradict_each_other_are_a_conflict(served):
    """Paid and unpaid of the same tax: the office asks the tax authority, and nothing passes."""
    decision = check(served.asked(script_of(VEHICLE), _many))
    assert decision.outcome is Outcome.NOTIFY
    assert not decision.may_complete


@pytest.mark.fault(44, source="http")
def test_one_party_cleared_and_the_other_not_does_not_pass(served):
    """The buyer's deed tax is paid, the seller's income tax is not on record."""
    records = [record for record in script_of(SALE).records if record.matter == "deed-tax"]
    decision = check(served.asked(Script(records=tuple(records))), SALE)
    assert decision.outcome > Outcome.ADVISE
    assert not decision.may_complete


@pytest.mark.fault(51, source="http")
def test_a_refund_after_a_pass_is_seen_by_the_next_check(served):
    """Paid, and at the next check refunded: the new decision does not pass, the old one stands."""
    first = script_of(VEHICLE)
    bureau = GenericBureau(first)
    source = served.source(served.server(bureau))
    before = check_keeping(source)
    bureau.change = _in_records(status="refunded")
    after = check_keeping(source)
    assert before.outcome is Outcome.SATISFIED
    assert not after.may_complete
    assert before.outcome is Outcome.SATISFIED


@pytest.mark.fault(52, source="http")
def test_an_exemption_revoked_by_the_day_is_none(served):
    """The exemption certificate and its revocation are both on record: taxpayers are told."""

    def spoil(value):
        records = [
            record | {"status": status, **cancels, "voucher_no": number}
            for record in value["data"]["records"]
            for status, cancels, number in (
                ("exempt", {}, "V-1"),
                ("revoked", {"cancels": "V-1"}, "V-2"),
            )
        ]
        return _in_data(records=records)(value)

    decision = check(served.asked(script_of(VEHICLE), spoil))
    assert decision.verdict.value != "pass"
    assert not decision.may_complete


def check_keeping(source):
    """Return a decision without closing the source."""
    gate = Gate(source)
    return gate.check(VEHICLE.application, purpose=VEHICLE.purpose)


@pytest.mark.fault(63, source="http")
@pytest.mark.parametrize("nasty", ["a\nERROR forged", "a\x1b[31mb", "a\u2028b"])
def test_nothing_in_a_reply_begins_a_line_of_the_log(served, caplog, nasty):
    """Codes, messages and values of a reply are escaped where they are told at all."""
    caplog.set_level(logging.DEBUG)
    for change in (
        lambda value: value | {"code": nasty, "message": nasty},
        _in_records(status=nasty),
        _in_records(voucher_no=nasty),
        _in_data(as_of=nasty),
    ):
        decision = check(served.asked(script_of(VEHICLE), change))
        assert decision.outcome is Outcome.CANNOT_VERIFY
    assert caplog.records
    assert all(record.getMessage().isprintable() for record in caplog.records)
