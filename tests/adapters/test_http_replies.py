"""What the HTTP source makes of a reply in the generic profile; numbers are rows of the faults."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest

from http_cases import (
    AT,
    COMPANY,
    PERSON,
    PURPOSE,
    VIN,
    Sender,
    as_json,
    ask_unit,
    ask_vehicle,
    generic,
    outage,
    paid,
    query,
    source,
)
from taxgate.errors import ClosedError
from taxgate.evidence import Inquiry, OutageCause, Provenance, Reservation
from taxgate.sources import SourceError
from taxgate.terms import Matter, RecordStatus
from taxgate.testing.samples import KINDS, sample
from taxgate.wire.exchange import record_value

C = OutageCause


def told(change, **options):
    """Return the outage after *change* was made to a good reply."""

    def respond(asked, _):
        reply = generic(asked, records=[paid()])
        changed = change(reply)
        return reply if changed is None else changed

    return outage(source(Sender(respond, **options)))


def data(**changes):
    """Return a change of the inner part of a reply; `...` takes a field out."""

    def change(reply):
        for name, value in changes.items():
            if value is ...:
                del reply["data"][name]
            else:
                reply["data"][name] = value

    return change


def record(**changes):
    """Return a change of the record."""
    return data(records=[{k: v for k, v in paid(**changes).items() if v is not ...}])


def text(old, new):
    """Return a change of the text of a reply."""

    def change(reply):
        raw = as_json(reply)
        assert old in raw
        return raw.replace(old, new)

    return change


# Answers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_question_brings_its_records(kind):
    """The inquiry travels in taxgate's own form, purpose included, and its records come back."""
    wanted = sample(kind)
    sender = Sender(
        lambda asked, _: generic(asked, records=[record_value(wanted.records[0])]),
    )
    answer = query(source(sender), wanted.inquiry)
    assert answer.records == wanted.records
    assert answer.inquiry is wanted.inquiry
    sent = json.loads(sender.requests[0].body)
    assert sent["inquiry"]["purpose"]["case_no"] == wanted.inquiry.purpose.case_no


def test_an_answer_carries_its_evidence():
    """Source, instant, consultation number, digest of the raw bytes, and that it is live."""
    bodies = []

    def respond(asked, _):
        bodies.append(as_json(generic(asked, records=[paid()], more={"rate": "x"})))
        return bodies[-1]

    answer = query(source(Sender(respond)))
    assert answer.source == "bureau"
    assert answer.as_of == AT
    assert answer.consultation_id == "Q-1"
    assert answer.digest == hashlib.sha256(bodies[0]).hexdigest()
    assert answer.provenance is Provenance.LIVE
    assert answer.reservations == ()


def test_plain_http_is_a_reservation():
    """What came over plain http says so (15, and the national network's own addresses)."""
    sender = Sender(lambda asked, _: generic(asked), plain_http=True)
    answer = query(source(sender))
    assert answer.records == ()
    assert answer.reservations == (Reservation.PLAIN_HTTP,)


def test_contradicting_and_double_records_are_kept():
    """All records go to the core, which judges conflicts (43, 44)."""
    records = [paid(), paid(status="unpaid"), paid()]
    answer = query(source(Sender(lambda asked, _: generic(asked, records=records))))
    statuses = [found.status for found in answer.records]
    assert statuses == [RecordStatus.PAID, RecordStatus.UNPAID, RecordStatus.PAID]


def test_unknown_fields_are_tolerated_and_part_of_the_digest():
    """A source may say more than is read; the digest covers it (38)."""
    digests = set()
    for more in ("one", "two"):
        records = [paid(remark=more, taxpayer={"id_type": "passport", "number": "P1", "age": 1})]
        sender = Sender(lambda asked, _, r=records: generic(asked, records=r, remark=1))
        answer = query(source(sender))
        assert answer.records[0].status is RecordStatus.PAID
        digests.add(answer.digest)
    assert len(digests) == 2


def test_the_identifier_travels_in_the_body_only():
    """Neither the path nor a header carries any part of the question (14, 64)."""
    sender = Sender(lambda asked, _: generic(asked))
    query(source(sender))
    request = sender.requests[0]
    assert request.url == "https://tax.example.invalid/gate/inquiries"
    shown = request.url + repr(request.headers)
    assert VIN.value not in shown
    assert PURPOSE.case_no not in shown


# Faults -------------------------------------------------------------------------------------------

MALFORMED = {
    "22 an empty text": lambda _: b"\n",
    "25 cut short": lambda reply: as_json(reply)[:-5],
    "25 rubbish behind": lambda reply: as_json(reply) + b"x",
    "25 two documents": lambda reply: as_json(reply) * 2,
    "26 the status twice": text(b'"status": "paid"', b'"status": "unpaid", "status": "paid"'),
    "26 twice where nobody reads": text(b'"message": ""', b'"message": "", "message": ""'),
    "27 NaN where nobody reads": text(b'"message": ""', b'"message": NaN'),
    "27 infinity": text(b'"message": ""', b'"message": -Infinity'),
    "27 minus zero": text(b'"message": ""', b'"message": -0'),
    "29 a binary fraction": text(b'"message": ""', b'"message": 1.5'),
    "29 scientific": text(b'"message": ""', b'"message": 1E+999999'),
    "30 nested deep": text(b'"message": ""', b'"message": ' + b"[" * 10**5 + b"]" * 10**5),
    "30 five thousand digits": text(b'"message": ""', b'"message": ' + b"9" * 5000),
    "34 GBK": lambda reply: as_json(reply | {"message": "查询成功"}).decode().encode("gbk"),
    "34 UTF-16": lambda reply: as_json(reply).decode().encode("utf-16"),
    "34 byte order mark": lambda reply: b"\xef\xbb\xbf" + as_json(reply),
    "34 half a surrogate pair": text(b'"message": ""', b'"message": "\\ud800"'),
    "35 no status": record(status=...),
    "35 status null": record(status=None),
    "35 status empty": record(status=""),
    "36 status a number": record(status=0),
    "36 status a truth value": record(status=True),
    "39 a list for the reply": lambda _: [],
    "39 a text for the data": lambda reply: reply | {"data": "x"},
    "39 no data": lambda _: {"code": "0"},
    "39 the code as a number": lambda reply: reply | {"code": 0},
    "35 no code": lambda reply: {"data": reply["data"]},
    "35 the code empty": lambda reply: reply | {"code": ""},
    "39 an object for the records": data(records={}),
    "39 null for the records": data(records=None),
    "39 no records": data(records=...),
    "39 a text for a record": data(records=["paid"]),
    "39 a vin in a list": record(vin=["1M8GDM9AXKP042788"]),
    "39 a year in words": record(tax_year="2026"),
    "a status of another kind of record": record(status="issued"),
    "a vin of the wrong length": record(vin="1M8GDM9AXKP0427888"),
    "54 full-width digits": record(vin="1M8GDM9AXKP04278８"),
    "96 a day that is none": record(issued_on="2026-02-30"),
    "consultation number with a line break": data(consultation_id="a\nb"),
    "consultation number as a number": data(consultation_id=7),
    "96 a leap second": data(as_of="2026-11-23T09:59:60+08:00"),
    "95 no offset": data(as_of="2026-11-23T09:59:00"),
    "as_of as a number": data(as_of=1795399200),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_cannot_be_read_in_one_way_only_is_malformed(name):
    """Nothing ambiguous, cut short, mistyped or mislabelled is believed (22-39, 54, 95, 96)."""
    found = told(MALFORMED[name])
    assert found.cause is C.MALFORMED_RESPONSE
    assert VIN.value[:16] not in str(found)


@pytest.mark.parametrize(
    "amount", ["NaN", "Infinity", "1E+9", "-0", "1_000", " 5 ", "１２", "01.00", "1.23456", 5, ""]
)
def test_amounts_are_plain_decimals(amount):
    """Decimal itself would take most of these (27)."""
    inquiry = ask_unit()
    person = {"id_type": "passport", "number": PERSON.number}
    found = {
        "matter": "deed-tax", "status": "paid", "taxpayer": person, "price": amount,
        "unit": inquiry.unit.value,
    }  # fmt: skip
    bureau = source(Sender(lambda asked, _: generic(asked, records=[found])))
    assert outage(bureau, inquiry).cause is C.MALFORMED_RESPONSE
    found["price"] = "1230000.50"
    assert query(bureau, inquiry).records[0].price is not None


@pytest.mark.parametrize(
    ("label", "believed"),
    [
        ("application/json", True),
        ("application/json;charset=UTF-8", True),
        ('application/json; charset="utf8"', True),
        ("application/json;charset=GBK", False),
        ("application/json; charset=ISO-8859-1", False),
    ],
)
def test_a_label_of_another_character_set_is_malformed(label, believed):
    """A reply that says it is in another character set than agreed is not read at all (34)."""
    sender = Sender(lambda asked, _: generic(asked), content_type=label)
    if believed:
        assert query(source(sender)).records == ()
    else:
        assert outage(source(sender)).cause is C.MALFORMED_RESPONSE


@pytest.mark.parametrize("status", ["N", "false", "0", "１", "PAID", "paid ", "已完税"])
def test_an_unknown_status_is_an_unknown_code(status):
    """Codes are looked up exactly; nothing is folded, trimmed or guessed (36)."""
    assert told(record(status=status)).cause is C.UNKNOWN_CODE


def test_an_unknown_code_is_told_if_it_can_be_no_identifier():
    """An operator sees a short plain code, and never what might be a number of somebody (37)."""
    assert told(record(basis="NEW-7")).detail == "records[0].basis: code NEW-7"
    for hidden in (VIN.value, VIN.value.lower(), "042788", COMPANY.value, "140105199001010018",
                   "甲某", "a\nb", "x" * 33, "P0000001", "1234567"):  # fmt: skip
        found = told(record(status=hidden))
        assert found.cause is C.UNKNOWN_CODE
        assert found.detail == "records[0].status: a code that is not shown"


def test_an_unknown_code_deep_inside_is_found():
    """Kinds of documents of persons are codes, too (37)."""
    found = told(record(taxpayer={"id_type": "library-card", "number": "1"}))
    assert (found.cause, found.detail) == (
        C.UNKNOWN_CODE, "records[0].taxpayer.id_type: code library-card",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("rate-limited", C.RATE_LIMITED),
        ("busy", C.SERVER_FAULT),
        ("not-opened", C.NOT_OPENED),
        ("bad-signature", C.BAD_SIGNATURE),
        ("1", C.UNKNOWN_CODE),
        ("00", C.UNKNOWN_CODE),
        ("paid", C.UNKNOWN_CODE),
    ],
)
def test_a_failure_in_the_envelope_is_no_answer(code, cause):
    """Records behind a code that is no success are never read (21)."""
    found = told(lambda reply: reply | {"code": code})
    assert found.cause is cause
    assert found.detail == f"code: code {code}"


def test_a_busy_bureau_is_asked_again():
    """What may pass is for the transport to repeat; each request has a number of its own (83)."""
    replies = iter([{"code": "busy"}, {"code": "busy"}, None])
    sender = Sender(lambda asked, _: next(replies) or generic(asked))
    assert query(source(sender)).records == ()
    numbers = {json.loads(request.body)["request_id"] for request in sender.requests}
    assert len(numbers) == 3


OTHERS = {
    "40 another vehicle": {"vin": "1M8GDM9AXKP042789"},
    "41 another tax": {"matter": "vehicle-and-vessel-tax"},
    "41 another year": {"years": [2025]},
    "41 years added": {"years": [2025, 2026, 2026]},
    "39 a text for the year": {"years": ["2026"]},
    "40 a company besides": {"company": COMPANY.value},
    "40 a person besides": {"person": {"id_type": "passport", "number": "P1"}},
}


@pytest.mark.parametrize("name", OTHERS)
def test_an_echo_of_another_question_is_a_mismatch(name):
    """Subject, tax and years have to come back as they were asked (40, 41)."""
    bureau = source(
        Sender(lambda asked, _: generic(asked, inquiry=asked["inquiry"] | OTHERS[name]))
    )
    assert outage(bureau, ask_vehicle(years=(2026,))).cause is C.SUBJECT_MISMATCH


@pytest.mark.parametrize("echo", [..., None, "", [], {}, "1M8GDM9AXKP042788", {"vin": VIN.value}])
def test_a_missing_echo_is_a_mismatch(echo):
    """A reply that does not repeat the question is not to it (42)."""
    assert told(data(inquiry=echo)).cause is C.SUBJECT_MISMATCH


def test_an_echo_in_lower_case_is_the_same():
    """ASCII letters of an identifier may come back in lower case; years in another order."""

    def respond(asked, _):
        echo = asked["inquiry"] | {"vin": VIN.value.lower(), "years": [2026, 2025]}
        return generic(asked, inquiry=echo)

    assert query(source(Sender(respond)), ask_vehicle(years=(2025, 2026))).records == ()


def test_a_record_of_another_subject_is_left_to_the_core():
    """Inside the right reply it is a key mismatch in law, and no outage."""
    other = paid(vin="1M8GDM9AXKP042789")
    answer = query(source(Sender(lambda asked, _: generic(asked, records=[other]))))
    assert len(answer.records) == 1


@pytest.mark.parametrize("number", ["another", ..., None, 1, ""])
def test_the_number_of_another_request_is_a_replay(number):
    """A reply belongs to the request whose number it repeats (49)."""
    assert told(data(request_id=number)).cause is C.REPLAYED_ANSWER


def test_a_recorded_reply_is_a_replay():
    """Yesterday's reply, played back whole, has yesterday's number (49)."""
    kept = []

    def respond(asked, _):
        kept.append(generic(asked, records=[paid()]))
        return kept[0]

    bureau = source(Sender(respond))
    query(bureau)
    assert outage(bureau).cause is C.REPLAYED_ANSWER


@pytest.mark.parametrize(
    ("age", "cause"),
    [
        (timedelta(hours=24), None),
        (timedelta(hours=24, seconds=1), C.STALE_ANSWER),
        (timedelta(minutes=-5), None),
        (timedelta(minutes=-5, seconds=-1), C.CLOCK_SKEW),
        (timedelta(days=-3000), C.CLOCK_SKEW),
    ],
)
def test_the_age_of_an_answer_is_bounded_on_both_sides(age, cause):
    """At most a day old, at most five minutes ahead; both days of the boundary (46, 47)."""
    sender = Sender(lambda asked, _: generic(asked, as_of=(AT - age).isoformat()))
    if cause is None:
        assert query(source(sender)).as_of == AT - age
    else:
        assert outage(source(sender)).cause is cause


@pytest.mark.parametrize("as_of", [..., None, ""])
def test_an_answer_without_an_instant_is_stale(as_of):
    """What does not say when it was true is not taken for now (46)."""
    assert told(data(as_of=as_of)).cause is C.STALE_ANSWER


def test_the_limit_of_age_can_be_lowered_only():
    """The configuration may ask for fresher answers than the profile does, not for older ones."""
    as_of = (AT - timedelta(minutes=11)).isoformat()
    sender = Sender(lambda asked, _: generic(asked, as_of=as_of))
    assert query(source(sender, max_age=660)).records == ()
    assert outage(source(sender, max_age=659)).cause is C.STALE_ANSWER
    old = Sender(lambda asked, _: generic(asked, as_of=(AT - timedelta(days=2)).isoformat()))
    assert outage(source(old, max_age=10**6)).cause is C.STALE_ANSWER


@pytest.mark.parametrize("minutes", [6, -6])
def test_clocks_that_differ_are_told(minutes):
    """With a Date header minutes away nobody can say how old the answer is (47)."""
    date = AT + timedelta(minutes=minutes)
    found = told(lambda _: None, server_date=date)
    assert found.cause is C.CLOCK_SKEW
    near = Sender(lambda asked, _: generic(asked), server_date=AT + timedelta(minutes=5))
    assert query(source(near)).records == ()


def test_an_answer_in_force_by_another_offset():
    """The instant counts, not its offset: midnight in Shanxi is 16:00 the day before (95)."""
    as_of = "2026-11-23T02:00:00Z"
    answer = query(source(Sender(lambda asked, _: generic(asked, as_of=as_of))))
    assert answer.as_of == AT


# What is not asked --------------------------------------------------------------------------------


def test_a_refused_signature_is_not_tried_for_a_while():
    """After 401 the bureau is left alone for the pause, then asked once more (20)."""
    ages = [100.0]
    refusing = [True]

    def respond(asked, _):
        if refusing[0]:
            return SourceError.of("bureau", C.BAD_SIGNATURE, "HTTP status 401")
        return generic(asked)

    sender = Sender(respond)
    bureau = source(sender, monotonic=lambda: ages[0])
    for _ in range(20):
        assert outage(bureau).cause is C.BAD_SIGNATURE
    assert len(sender.requests) == 1
    ages[0] += 31
    assert outage(bureau).cause is C.BAD_SIGNATURE
    assert len(sender.requests) == 2
    refusing[0] = False
    ages[0] += 31
    assert query(bureau).records == ()


def test_no_profile_asks_what_no_checkpoint_asks():
    """A seal is no question to the tax bureau: asking for it is a mistake in a program."""
    bureau = source(Sender(lambda asked, _: generic(asked)))
    with pytest.raises(ValueError, match="no checkpoint"):
        query(bureau, Inquiry(matter=Matter.SEAL, unit=ask_unit().unit))


def test_closing_closes_the_transport():
    """The source owns its transport; what a closed one raises is no outage."""

    def closed(*_):
        raise ClosedError("the transport")

    sender = Sender(closed)
    bureau = source(sender)
    with pytest.raises(ClosedError):
        query(bureau)
    bureau.close()
    assert sender.closed
    assert "Secret" not in repr(bureau)
    assert bureau.secret_remaining is None
