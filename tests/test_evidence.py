"""Inquiries, answers and freshness: "no record", "could not ask", "cannot trust" stay apart."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta

import pytest

from taxgate.errors import AnswerError, ApplicationError, InputError
from taxgate.evidence import (
    CHINA,
    Answer,
    Answers,
    Channel,
    Inquiry,
    Outage,
    OutageCause,
    OutageKind,
    Paper,
    Purpose,
    TaxRecord,
    china_date,
)
from taxgate.parties import IdType, Person
from taxgate.terms import Matter, RecordStatus
from vehicle_cases import AT, OTHER_VIN, VIN, VPT, VVT, record

INQUIRY = Inquiry(matter=VPT, vin=VIN)
PERSON = Person(IdType.PASSPORT, "P0000001", "甲某")


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2024, 1, 31, 15, 59, 59, tzinfo=UTC), date(2024, 1, 31)),
        (datetime(2024, 1, 31, 16, 0, tzinfo=UTC), date(2024, 2, 1)),
        (datetime(2024, 2, 29, 23, 59, tzinfo=CHINA), date(2024, 2, 29)),
        (datetime(2024, 2, 29, 16, 0, tzinfo=UTC), date(2024, 3, 1)),
    ],
)
def test_dates_are_days_in_china(instant, day):
    """Midnight in China is 16:00 UTC, on leap days too."""
    assert china_date(instant) == day


def test_a_naive_instant_is_refused():
    """Without an offset nobody knows the day."""
    with pytest.raises(ApplicationError, match="time zone"):
        china_date(datetime(2024, 2, 1))  # noqa: DTZ001
    with pytest.raises(AnswerError, match="time zone"):
        Answer(inquiry=INQUIRY, records=(), as_of=datetime(2024, 2, 1))  # noqa: DTZ001


def test_an_inquiry_needs_a_subject():
    """A question about nothing in particular may not be asked."""
    with pytest.raises(AnswerError, match="no subject"):
        Inquiry(matter=VPT, person=PERSON)


def test_what_makes_two_inquiries_the_same():
    """Matter and subject; not purpose, years, plate or contract, nor a person's name."""
    purpose = Purpose(office="太原车管所", case_no="C-1", provision="order-307/24(2)")
    richer = Inquiry(matter=VPT, vin=VIN, plate="晋A1", years=(2026,), purpose=purpose)
    assert richer.key == INQUIRY.key
    assert Inquiry(matter=VVT, vin=VIN).key != INQUIRY.key
    assert Inquiry(matter=VPT, vin=OTHER_VIN).key != INQUIRY.key
    named = Inquiry(matter=VPT, vin=VIN, person=PERSON)
    renamed = Inquiry(matter=VPT, vin=VIN, person=Person(PERSON.id_type, PERSON.number, "别名"))
    assert named.key == renamed.key != INQUIRY.key


def test_every_cause_of_an_outage_is_unreachable_or_untrusted():
    """Seven causes could not be asked; the rest cannot be trusted."""
    unreachable = {cause for cause in OutageCause if cause.kind is OutageKind.UNREACHABLE}
    assert {str(cause) for cause in unreachable} == {
        "not-asked",
        "timeout",
        "connect-failed",
        "dns-failed",
        "rate-limited",
        "server-fault",
        "not-opened",
    }
    assert Outage(cause=OutageCause.STALE_ANSWER).kind is OutageKind.UNTRUSTED


def test_an_answer_is_records_or_an_outage():
    """Neither, or both, is no answer; an empty tuple says "no record"."""
    outage = Outage(cause=OutageCause.TIMEOUT)
    with pytest.raises(AnswerError, match="either records"):
        Answer(inquiry=INQUIRY)
    with pytest.raises(AnswerError, match="either records"):
        Answer(inquiry=INQUIRY, records=(), outage=outage)
    assert Answer(inquiry=INQUIRY, records=()).outage is None


@pytest.mark.parametrize(
    ("as_of", "cause"),
    [
        (AT, None),
        (AT - timedelta(hours=24), None),
        (AT + timedelta(minutes=5), None),
        (AT - timedelta(hours=24, seconds=1), OutageCause.STALE_ANSWER),
        (AT + timedelta(minutes=5, seconds=1), OutageCause.CLOCK_SKEW),
        (None, OutageCause.STALE_ANSWER),
    ],
)
def test_only_fresh_answers_are_trusted(as_of, cause):
    """Stale, timeless and future answers become outages on both sides of each limit."""
    answers = Answers([Answer(inquiry=INQUIRY, records=(record(),), as_of=as_of)], AT)
    found = answers.to(INQUIRY)
    if cause is None:
        assert found.outage is None
        assert list(answers.records()) == [record()]
    else:
        assert found.outage == Outage(cause=cause)
        assert found.records is None
        assert list(answers.records()) == []


def test_a_missing_answer_is_not_asked_and_an_outage_stays_one():
    """Nobody asked is an outage of its own; a stale outage is the same outage."""
    assert Answers([], AT).to(INQUIRY).outage == Outage(cause=OutageCause.NOT_ASKED)
    down = Answer(inquiry=INQUIRY, outage=Outage(cause=OutageCause.TIMEOUT))
    assert Answers([down], AT).to(INQUIRY) is down


def test_two_answers_to_one_inquiry_are_refused_without_naming_the_subject():
    """The error describes the inquiry masked, and pickles."""
    answer = Answer(inquiry=INQUIRY, records=(), as_of=AT)
    with pytest.raises(AnswerError, match="twice") as caught:
        Answers([answer, answer], AT)
    assert VIN.value not in str(caught.value)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301


def test_a_record_of_a_tax_has_a_status_of_a_tax():
    """A clearance status on a tax record is an input error, not a silent nothing."""
    for status in RecordStatus:
        if status in TaxRecord.STATUSES:
            assert TaxRecord(matter=Matter.DEED_TAX, status=status).status is status
        else:
            with pytest.raises(InputError, match="never"):
                TaxRecord(matter=Matter.DEED_TAX, status=status)


def test_a_suspicion_needs_its_reason():
    """An empty reason is refused: suspicion must be reasoned."""
    with pytest.raises(ApplicationError, match="reason"):
        Paper(record=record(), verified_by=Channel.TAX_COUNTER, forgery="  ")


def test_labels_and_reprs_are_masked():
    """No identifier in the clear leaves by accident."""
    planted = Person(IdType.PASSPORT, "G12345678", "欧阳某某")
    item = record(taxpayer=planted, voucher_no="8888777766665555")
    inquiry = Inquiry(
        matter=VPT, vin=VIN, person=planted, plate="晋A88888", contract_no="HT-20261123"
    )
    answer = Answer(inquiry=inquiry, records=(item,))
    for text in (repr(answer), str(answer), inquiry.label, item.label, repr(planted)):
        for secret in (
            "G12345678",
            "欧阳某某",
            "8888777766665555",
            VIN.value,
            "晋A88888",
            "HT-2026",
        ):
            assert secret not in text


def test_no_paper_calls_itself_never_issued():
    """Only a source can answer that, and only an officer can suspect it."""
    with pytest.raises(ApplicationError, match="forgery"):
        Paper(record=record(status=RecordStatus.NEVER_ISSUED))
