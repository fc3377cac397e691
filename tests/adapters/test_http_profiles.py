"""The HTTP source by the shipped profiles: what is sent, what is read, and what is refused."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import parse_qs

import pytest
from attrs import evolve

from http_cases import (
    APP_KEY,
    AT,
    COMPANY,
    OPENED,
    OWN,
    PERSON,
    PURPOSE,
    REFRESH,
    UNIT,
    VIN,
    WRAPPED,
    Sender,
    as_json,
    ask_unit,
    ask_vehicle,
    configured,
    local,
    national,
    outage,
    query,
    source,
)
from taxgate.adapters.profile_files import load_profile
from taxgate.adapters.profile_reading import read_profile
from taxgate.adapters.signing import HmacHeaderSigner, Message
from taxgate.errors import ConfigError
from taxgate.evidence import Inquiry, OutageCause, Reservation
from taxgate.parties import IdType, Person
from taxgate.secret import Secret
from taxgate.sources import SourceError, SourceUntrustedError
from taxgate.terms import Matter, RecordStatus

C = OutageCause
VEHICLE_ROW = {
    "zsxmdm": "10115", "wszt": "1", "clsbdh": VIN.value, "pzhm": "P-1", "ypzhm": "",
    "kjrq": "2026-02-28", "fdjh": None, "ynse": "100.00", "sjse": "100.00",
}  # fmt: skip
UNIT_ROW = {
    "zsxmdm": "10119", "wszt": "1", "bdcdyh": UNIT.value, "nsrsbh": PERSON.number, "zjlx": "208",
    "nsrmc": "甲某", "jyje": "1230000.50",
}  # fmt: skip


def gateway(respond, prefix="gjgxjhpt", *, profile=None, **options):
    """Return a source that asks a national gateway, and what stands in for its transport."""
    sender = Sender(respond)
    given = configured(prefix)
    given["secrets"]["app_key"] = Secret(APP_KEY)
    return source(sender, profile or prefix, **(given | options)), sender


# National gateways --------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["gjgxjhpt", "gjzwfwpt"])
def test_a_national_gateway_is_asked_in_two_steps(prefix):
    """A secret is fetched with the one that stays, unwrapped, and signs the question."""
    bureau, sender = gateway(national(prefix, rows=[VEHICLE_ROW]), prefix)
    answer = query(bureau)
    assert [request.url.rpartition("/sysapi")[2] for request in sender.requests] == [
        "/auth/refreshappsecret",
        "/service/tax-clearance",
    ]
    for request, service, secret in zip(
        sender.requests, ("refresh", "vehicle"), ("app_secret-hush", OPENED), strict=True
    ):
        expected = HmacHeaderSigner(prefix=prefix, requester="requester-1").sign(
            Message(service=f"sid-{service}"), now=AT, nonce="", secret=Secret(secret)
        )
        assert expected.headers.items() <= request.headers.items()
    first = json.loads(sender.requests[0].body)
    assert first == {name: sender.requests[0].headers[name] for name in first}
    assert set(first) == {f"{prefix}_{part}" for part in ("rid", "sid", "rtime", "sign")}
    asked = json.loads(sender.requests[1].body)
    assert all(name == name.lower() for name in asked)
    assert asked["clsbdh"] == VIN.value
    assert asked["zsxmdm"] == "10115"
    assert asked["djjgdm"] == "1401-07"
    assert asked["ywbh"] == PURPOSE.case_no
    (record,) = answer.records
    assert record.matter is Matter.VEHICLE_PURCHASE_TAX
    assert record.status is RecordStatus.PAID
    assert record.vin == VIN
    assert record.voucher_no == "P-1"
    assert record.issued_on == date(2026, 2, 28)
    assert record.cancels is None
    assert answer.as_of == AT - timedelta(minutes=1)
    assert answer.consultation_id == "Q-1"


def test_the_secret_is_kept_and_renewed_before_its_end():
    """One fetch serves many questions; five minutes before its end another is fetched."""
    ages = [0.0]
    bureau, sender = gateway(national("gjgxjhpt"), monotonic=lambda: ages[0])
    for _ in range(3):
        query(bureau)
    assert _fetches(sender) == 1
    assert bureau.secret_remaining == 6900
    ages[0] = 6901
    sender.at = AT
    query(bureau)
    assert _fetches(sender) == 2


def _fetches(sender):
    return sum(request.url.endswith(REFRESH) for request in sender.requests)


@pytest.mark.parametrize("by_code", [False, True])
def test_a_refused_signature_renews_the_secret_once(by_code):
    """By status 401 or by code: one new secret, one more try, then it works (20)."""
    refused = [True]
    good = national("gjgxjhpt", rows=[VEHICLE_ROW])

    def respond(asked, request):
        if refused and not request.url.endswith(REFRESH):
            refused.pop()
            if by_code:
                return {"code": "0", "data": {"retcode": "999"}}
            return SourceError.of("bureau", C.BAD_SIGNATURE, "HTTP status 401")
        return good(asked, request)

    bureau, sender = gateway(respond)
    assert len(query(bureau).records) == 1
    assert _fetches(sender) == 2
    assert len(sender.requests) == 4


def test_a_refusal_without_a_try_left_is_told_as_one_and_leaves_the_gateway_alone():
    """With one try it is still a bad signature, for which no other source stands in (20, 84)."""
    ages = [0.0]
    good = national("gjgxjhpt", rows=[VEHICLE_ROW])
    refused = [True]

    def respond(asked, request):
        if refused and not request.url.endswith(REFRESH):
            return SourceError.of("bureau", C.BAD_SIGNATURE, "HTTP status 401")
        return good(asked, request)

    bureau, sender = gateway(respond, attempts=1, monotonic=lambda: ages[0])
    for _ in range(5):
        assert outage(bureau).cause is C.BAD_SIGNATURE
    assert len(sender.requests) - _fetches(sender) == 1
    refused.clear()
    ages[0] += 31
    assert len(query(bureau).records) == 1


def test_a_second_refusal_leaves_the_gateway_alone():
    """No storm: two tries and two fetches, then nothing for a while (20)."""
    good = national("gjgxjhpt")

    def respond(asked, request):
        if request.url.endswith(REFRESH):
            return good(asked, request)
        return SourceError.of("bureau", C.BAD_SIGNATURE, "HTTP status 403")

    bureau, sender = gateway(respond)
    for _ in range(20):
        assert outage(bureau).cause is C.BAD_SIGNATURE
    assert len(sender.requests) == 4
    assert _fetches(sender) == 2


def test_questions_before_and_after_a_new_secret_count_together():
    """At most three questions for one inquiry, whatever they end in (83)."""
    replies = iter([C.BAD_SIGNATURE, C.SERVER_FAULT, C.SERVER_FAULT, C.SERVER_FAULT])
    good = national("gjgxjhpt")

    def respond(asked, request):
        if request.url.endswith(REFRESH):
            return good(asked, request)
        return SourceError.of("bureau", next(replies), "told")

    bureau, sender = gateway(respond)
    assert outage(bureau).cause is C.SERVER_FAULT
    assert len(sender.requests) - _fetches(sender) == 3


@pytest.mark.parametrize(
    ("reply", "cause"),
    [
        ({"code": "-1"}, C.BAD_SIGNATURE),
        ({"code": "E-106"}, C.UNKNOWN_CODE),
        ({"code": "0"}, C.MALFORMED_RESPONSE),
        ({"code": "0", "data": {"secret": WRAPPED}}, C.MALFORMED_RESPONSE),
        ({"code": "0", "data": {"secret": 5, "secretEndTime": 1}}, C.MALFORMED_RESPONSE),
        ({"code": "0", "data": {"secret": WRAPPED, "secretEndTime": "soon"}}, C.MALFORMED_RESPONSE),
        (
            {"code": "0", "data": {"secret": "YWJj", "secretEndTime": "1795406400000"}},
            C.BAD_SIGNATURE,
        ),
        (
            {"code": "0", "data": {"secret": WRAPPED, "secretEndTime": "1795312800000"}},
            C.CLOCK_SKEW,
        ),
        (b"<html>", C.MALFORMED_RESPONSE),
    ],
)
def test_a_secret_that_cannot_be_had_is_an_outage(reply, cause):
    """No question leaves the office without a secret to sign it (20)."""
    bureau, sender = gateway(lambda *_: reply)
    found = outage(bureau)
    assert found.cause is cause
    assert _fetches(sender) == len(sender.requests) == 1
    assert WRAPPED not in str(found)


def test_a_gateway_that_gives_no_secret_is_left_alone():
    """A refused fetch counts as a refused signature: no storm of fetches either (20)."""
    ages = [0.0]
    refused = SourceError.of("bureau", C.BAD_SIGNATURE, "HTTP status 401")
    bureau, sender = gateway(lambda *_: refused, monotonic=lambda: ages[0])
    for _ in range(20):
        assert outage(bureau).cause is C.BAD_SIGNATURE
    assert len(sender.requests) == 1
    ages[0] += 31
    sender.respond = national("gjgxjhpt")
    assert query(bureau).records == ()


def test_the_wrong_application_key_is_a_bad_signature():
    """What does not open with this key is told as that, and neither is shown."""
    bureau, _ = gateway(
        national("gjgxjhpt"),
        secrets={"app_key": Secret("another"), "app_secret": Secret("x")},
    )
    found = outage(bureau)
    assert found.cause is C.BAD_SIGNATURE
    assert "does not open" in found.detail


@pytest.mark.parametrize(
    ("prefix", "codes", "cause"),
    [
        ("gjgxjhpt", {"code": "-1"}, C.SERVER_FAULT),
        ("gjgxjhpt", {"code": "E-106"}, C.UNKNOWN_CODE),
        ("gjgxjhpt", {"code": "200"}, C.UNKNOWN_CODE),
        ("gjzwfwpt", {"code": "300"}, C.SERVER_FAULT),
        ("gjzwfwpt", {"code": "res-001"}, C.UNKNOWN_CODE),
        ("gjzwfwpt", {"code": 200}, C.MALFORMED_RESPONSE),
        ("gjgxjhpt", {"inner": "999"}, C.BAD_SIGNATURE),
        ("gjgxjhpt", {"inner": "500"}, C.SERVER_FAULT),
        ("gjgxjhpt", {"inner": "0"}, C.UNKNOWN_CODE),
        ("gjgxjhpt", {"inner": None}, C.MALFORMED_RESPONSE),
        ("gjgxjhpt", {"inner": ""}, C.MALFORMED_RESPONSE),
    ],
)
def test_both_envelopes_have_to_say_success(prefix, codes, cause):
    """Success outside and failure inside is failure, whatever records lie there (21)."""
    good = national(prefix, rows=[VEHICLE_ROW])
    bad = national(prefix, rows=[VEHICLE_ROW], **codes)

    def respond(asked, request):
        return (good if request.url.endswith(REFRESH) else bad)(asked, request)

    bureau, _ = gateway(respond, prefix)
    found = outage(bureau)
    assert found.cause is cause
    if cause is C.UNKNOWN_CODE:
        assert next(iter(codes.values())) in found.detail


def test_no_record_by_code_is_bound_all_the_same():
    """The code for "no record" makes an empty answer, if subject and instant are there."""
    bureau, _ = gateway(national("gjgxjhpt", inner="404"))
    assert query(bureau).records == ()
    bureau, _ = gateway(national("gjgxjhpt", inner="404", clsbdh="1M8GDM9AXKP042789"))
    assert outage(bureau).cause is C.SUBJECT_MISMATCH
    bureau, _ = gateway(national("gjgxjhpt", inner="404", sjgxsj=None))
    assert outage(bureau).cause is C.STALE_ANSWER


SPOILT = {
    "40 another vehicle": ({"clsbdh": "1M8GDM9AXKP042789"}, C.SUBJECT_MISMATCH),
    "42 no vehicle": ({"clsbdh": None}, C.SUBJECT_MISMATCH),
    "39 a number for the vehicle": ({"clsbdh": 5}, C.SUBJECT_MISMATCH),
    "41 another tax": ({"zsxmdm": "10114"}, C.SUBJECT_MISMATCH),
    "41 an unknown tax": ({"zsxmdm": "10120"}, C.SUBJECT_MISMATCH),
    "41 another year": ({"nd": "2025"}, C.SUBJECT_MISMATCH),
    "41 a year too many": ({"nd": "2025,2026"}, C.SUBJECT_MISMATCH),
    "41 no year": ({"nd": ""}, C.SUBJECT_MISMATCH),
    "40 somebody besides": ({"nsrsbh": "P1"}, C.SUBJECT_MISMATCH),
    "49 another number": ({"qqlsh": "x"}, C.REPLAYED_ANSWER),
    "45 a page is missing": ({"total": 2}, C.MALFORMED_RESPONSE),
    "45 no total": ({"total": None}, C.MALFORMED_RESPONSE),
    "46 a day and a second old": ({"sjgxsj": local(hours=24, seconds=1)}, C.STALE_ANSWER),
    "47 in the future": ({"sjgxsj": local(minutes=-6)}, C.CLOCK_SKEW),
    "96 a day that is none": ({"sjgxsj": "2026-02-30 00:00:00"}, C.MALFORMED_RESPONSE),
    "96 a leap second": ({"sjgxsj": "2026-11-23 09:59:60"}, C.MALFORMED_RESPONSE),
    "96 a year of two digits": ({"sjgxsj": "26-11-23 09:59:00"}, C.MALFORMED_RESPONSE),
    "54 full-width digits": ({"sjgxsj": "２026-11-23 09:59:00"}, C.MALFORMED_RESPONSE),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_reply_field_by_field_is_bound_as_strictly(name):
    """Echo, number, page and age by the bureau's own names (40-49, 96)."""
    changes, cause = SPOILT[name]
    good = national("gjgxjhpt", rows=[VEHICLE_ROW])
    bureau, sender = gateway(good)
    inquiry = ask_vehicle(Matter.VEHICLE_PURCHASE_TAX, years=(2026,))
    assert len(query(bureau, inquiry).records) == 1
    sender.respond = national("gjgxjhpt", rows=[VEHICLE_ROW], **changes)
    assert outage(bureau, inquiry).cause is cause


ROWS = {
    "35 no status": ({"wszt": ...}, C.MALFORMED_RESPONSE),
    "35 status null": ({"wszt": None}, C.MALFORMED_RESPONSE),
    "35 status empty": ({"wszt": ""}, C.MALFORMED_RESPONSE),
    "36 status as a number": ({"wszt": 1}, C.MALFORMED_RESPONSE),
    "36 status full-width": ({"wszt": "１"}, C.UNKNOWN_CODE),
    "36 status with a blank": ({"wszt": "1 "}, C.UNKNOWN_CODE),
    "36 status in words": ({"wszt": "Y"}, C.UNKNOWN_CODE),
    "37 an unknown tax": ({"zsxmdm": "99999"}, C.UNKNOWN_CODE),
    "35 no vehicle": ({"clsbdh": ""}, C.MALFORMED_RESPONSE),
    "28 negative": ({"ynse": "-1.00"}, C.MALFORMED_RESPONSE),
    "28 minus nothing": ({"ynse": "-0.00"}, C.MALFORMED_RESPONSE),
    "28 more paid than due": ({"sjse": "100.01"}, C.MALFORMED_RESPONSE),
    "27 an exponent": ({"sjse": "1E+2"}, C.MALFORMED_RESPONSE),
    "27 an underscore": ({"sjse": "1_0"}, C.MALFORMED_RESPONSE),
    "27 blanks": ({"sjse": " 5 "}, C.MALFORMED_RESPONSE),
    "27 three places": ({"sjse": "1.005"}, C.MALFORMED_RESPONSE),
    "39 a number for an amount": ({"sjse": 100}, C.MALFORMED_RESPONSE),
    "39 a text for a year": ({"ssnd": "2026"}, C.MALFORMED_RESPONSE),
    "39 a list for a voucher": ({"pzhm": ["P"]}, C.MALFORMED_RESPONSE),
    "96 a day as a number": ({"kjrq": 20260228}, C.MALFORMED_RESPONSE),
    "96 a compact day": ({"kjrq": "20260228"}, C.MALFORMED_RESPONSE),
    "96 29 February": ({"kjrq": "2026-02-29"}, C.MALFORMED_RESPONSE),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_record_field_by_field_is_read_as_strictly(name):
    """One record that cannot be read spoils the answer; the others do not stand for it."""
    changes, cause = ROWS[name]
    row = {key: part for key, part in (VEHICLE_ROW | changes).items() if part is not ...}
    bureau, _ = gateway(national("gjgxjhpt", rows=[VEHICLE_ROW, row]))
    assert outage(bureau).cause is cause


def test_parties_amounts_and_companies_are_mapped():
    """Fields of a person and a stake are put together; constants only where the part is there."""
    bureau, sender = gateway(national("gjgxjhpt", rows=[UNIT_ROW]))
    (record,) = query(bureau, ask_unit()).records
    assert record.taxpayer == PERSON
    assert record.unit == UNIT
    assert record.price == Decimal("1230000.50")
    assert json.loads(sender.requests[-1].body)["zjlx"] == "208"
    row = {
        "zsxmdm": "10106", "wszt": "2", "nsrsbh": PERSON.number, "zjlx": "208",
        "shxydm": COMPANY.value, "zrbl": "33.3", "jnfs": "2", "sfrk": "0",
    }  # fmt: skip
    sender.respond = national("gjgxjhpt", rows=[row, {**row, "zrbl": None}])
    inquiry = Inquiry(
        matter=Matter.INDIVIDUAL_INCOME_TAX, company=COMPANY, person=PERSON, purpose=PURPOSE
    )
    first, second = query(bureau, inquiry).records
    assert first.stake.value == Decimal("33.3")
    assert second.stake is None
    assert (first.paid_by.value, first.remitted) == ("withholding", False)
    assert first.company == COMPANY
    assert json.loads(sender.requests[-1].body)["shxydm"] == COMPANY.value


def test_what_the_interface_cannot_ask_is_not_asked():
    """A kind of document without a code, and an office that is not in the catalogue."""
    bureau, sender = gateway(national("gjgxjhpt"))
    other = Person(IdType.OLD_REGISTRATION_NUMBER, "1401001")
    found = outage(bureau, ask_unit(person=other))
    assert found.cause is C.NOT_ASKED
    assert "1401001" not in found.detail
    elsewhere = evolve(ask_vehicle(), purpose=evolve(PURPOSE, office="外省某机关"))
    assert outage(bureau, elsewhere).cause is C.NOT_OPENED
    assert outage(bureau, evolve(ask_vehicle(), purpose=None)).cause is C.NOT_OPENED
    assert not sender.requests


# Other gateways -----------------------------------------------------------------------------------


def test_an_open_gateway_reads_capitals_and_totals():
    """Client headers, fields in capitals, one page, and a total that must match."""

    def respond(asked, _):
        row = {"ZSXMDM": "QS", "WSZT": "1", "WSZL": "01", "SHXYDM": COMPANY.value, "NSRMC": "某"}
        data = {
            "ROWS": [row], "TOTAL": "1", "SJGXSJ": 1795399200000, "CXLSH": "7",
            "QQLSH": asked["QQLSH"], "SHXYDM": asked["SHXYDM"].lower(), "ZSXMDM": "QS",
        }  # fmt: skip
        return {"code": 200, "data": data}

    sender = Sender(respond)
    bureau = source(sender, "open-gateway", **configured("open-gateway"))
    inquiry = Inquiry(matter=Matter.CLEARANCE, company=COMPANY, purpose=PURPOSE)
    answer = query(bureau, inquiry)
    assert answer.records[0].status is RecordStatus.ISSUED
    assert answer.as_of == AT
    asked = json.loads(sender.requests[0].body)
    assert (asked["START"], asked["SIZE"]) == ("1", "100")
    headers = sender.requests[0].headers
    assert headers["X-Client-Id"] == "client_id-1"
    assert headers["X-Nonce"] != asked["QQLSH"]
    found = outage(bureau, ask_unit())
    assert (found.cause, found.detail) == (
        C.NOT_OPENED, "profile open-gateway does not ask for deed-tax",
    )  # fmt: skip


def test_sorted_parameters_travel_in_the_body():
    """The body carries its own signature; two envelopes, the outer code a number."""

    def respond(asked, _):
        data = {
            "RetCode": "000", "list": [UNIT_ROW], "total": 1, "sjgxsj": "20261123095900",
            "qqlsh": asked["qqlsh"], "zsxmdm": asked["zsxmdm"], "bdcdyh": asked["bdcdyh"],
            "nsrsbh": asked["nsrsbh"],
        }  # fmt: skip
        return {"code": 200, "data": data}

    sender = Sender(respond)
    bureau = source(sender, "sorted-params", **configured("sorted-params"))
    assert query(bureau, ask_unit()).as_of == AT - timedelta(minutes=1)
    asked = json.loads(sender.requests[0].body)
    signature = asked.pop("sign")
    text = "&".join(f"{name}={asked[name]}" for name in sorted(asked) if asked[name])
    text += "&appSecret=app_secret-hush"
    assert signature == hashlib.sha256(text.encode()).hexdigest().upper()
    assert asked["qxdm"] == "district-1"
    assert "hush" not in sender.requests[0].body.decode()


def test_the_city_bus_signs_in_headers():
    """Key, signature and time are headers; the profile says that the digest is weak."""

    def respond(asked, _):
        data = {
            "list": [], "total": 0, "sjgxsj": local(), "qqlsh": asked["qqlsh"],
            "zsxmdm": asked["zsxmdm"], "clsbdh": asked["clsbdh"],
        }  # fmt: skip
        return {"code": "0", "data": data}

    sender = Sender(respond)
    bureau = source(sender, "city-bus", **configured("city-bus"))
    assert query(bureau).records == ()
    headers = sender.requests[0].headers
    text = f"app_id-1app_secret-hush{headers['timestamp']}"
    assert headers["signature"] == hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
    assert bureau.profile.signing.weak


# Profiles of one's own ----------------------------------------------------------------------------

ROW = {
    "ZT": "Y", "CJH": VIN.value, "RQ": "20260228", "QS": "1", "HJ": "3.00", "A": "1.00", "B": 2,
}  # fmt: skip


def own(row, *, server_date=AT, code="0", **options):
    """Return a source by a profile of one's own, and its stand-in for a transport."""

    def respond(*_):
        if isinstance(row, SourceError):
            return row
        body = {"row": row, "名称": "某", "rate": 0.5}
        return as_json({"head": {"code": code}, "body": body}).decode().encode("gb18030")

    sender = Sender(respond, server_date=server_date)
    secrets = {"password": Secret("hush-1"), "token": Secret("hush-2")}
    fields = {"secrets": secrets, "mutual_tls": True}
    return source(sender, read_profile(OWN.encode(), "own"), **(fields | options)), sender


def test_a_form_in_gb18030_with_one_record():
    """A form, another character set, one record, fractions where nobody reads, no echo."""
    bureau, sender = own(ROW)
    answer = query(bureau)
    (record,) = answer.records
    assert (record.status, record.arrears) == (RecordStatus.PAID, True)
    assert record.issued_on == date(2026, 2, 28)
    assert answer.as_of == AT
    assert answer.reservations == (Reservation.NO_ECHO,)
    request = sender.requests[0]
    form = parse_qs(request.body.decode("ascii"), encoding="gb18030", strict_parsing=True)
    assert form["JG"] == [PURPOSE.office]
    assert form["KH"] == ["hush-1"]
    assert form["SJ"] == ["2026-11-23 10:00:00"]
    assert request.headers["X-Token"] == "hush-2"
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded;charset=gb18030"


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"HJ": "3.01"}, C.MALFORMED_RESPONSE),
        ({"HJ": None}, C.MALFORMED_RESPONSE),
        ({"A": 1.5}, C.MALFORMED_RESPONSE),
        ({"QS": "2"}, C.UNKNOWN_CODE),
        ({"QS": True}, C.MALFORMED_RESPONSE),
        ({"RQ": "2026-02-28"}, C.MALFORMED_RESPONSE),
        ({"ZT": "y"}, C.UNKNOWN_CODE),
        ({"ZT": 8}, C.UNKNOWN_CODE),
    ],
)
def test_sums_flags_and_days_are_checked(changes, cause):
    """A sum that is none, a flag nobody knows, a day written otherwise (27, 28, 36, 96)."""
    bureau, _ = own(ROW | changes)
    assert outage(bureau).cause is cause


def test_a_code_as_a_number_where_the_profile_says_so():
    """Text or number is agreed per field, and never a truth value."""
    bureau, _ = own(ROW | {"ZT": 7})
    assert query(bureau).records[0].status is RecordStatus.UNPAID
    bureau, _ = own(ROW | {"ZT": True})
    assert outage(bureau).cause is C.MALFORMED_RESPONSE


def test_null_and_status_404_mean_no_record_where_the_profile_says_so():
    """Both are empty answers of weaker evidence; without a Date header none is fresh (19, 42)."""
    bureau, _ = own(None)
    assert query(bureau).records == ()
    missing = SourceUntrustedError.of("bureau", C.MALFORMED_RESPONSE, "HTTP status 404")
    bureau, _ = own(missing)
    answer = query(bureau)
    assert (answer.records, answer.reservations) == ((), (Reservation.NO_ECHO,))
    bureau, _ = own(None, code="9")
    assert query(bureau).records == ()
    bureau, _ = own(ROW, server_date=None)
    assert outage(bureau).cause is C.STALE_ANSWER


def test_status_404_is_never_the_word_that_a_unit_is_not_registered():
    """There "no record" lets the application pass, and a wrong path gives 404 as well (19, 101)."""
    text = OWN.replace(
        "[questions.cars]",
        """[questions.units]
checkpoint = "deregistration"
matters = ["tax-registration"]
path = "/units"
body = { DM = "company" }
records = { at = "row", null_is_none = true }
[questions.units.record]
matter = { is = "tax-registration" }
status = { from = "ZT", codes = "registered" }
uscc = "DM"
[codes.registered]
N = "not-registered-for-tax"
[questions.cars]""",
    )
    missing = SourceUntrustedError.of("bureau", C.MALFORMED_RESPONSE, "HTTP status 404")
    sender = Sender(lambda *_: missing)
    options = {"mutual_tls": True, "secrets": {"password": Secret("a"), "token": Secret("b")}}
    bureau = source(sender, read_profile(text.encode(), "own"), **options)
    assert query(bureau).records == ()
    unit = Inquiry(matter=Matter.TAX_REGISTRATION, company=COMPANY, purpose=PURPOSE)
    assert outage(bureau, unit).cause is C.MALFORMED_RESPONSE


@pytest.mark.parametrize(
    "more", [{"list": [{"zsxmdm": "DJ", "wszt": "D", "shxydm": COMPANY.value}]}, {"total": 1}]
)
def test_a_code_that_says_no_record_beside_records_is_malformed(more):
    """One of the two is wrong; "registered" must not be read as "no record" (21, 43, 101)."""
    unit = Inquiry(matter=Matter.TAX_REGISTRATION, company=COMPANY, purpose=PURPOSE)
    bureau, _ = gateway(national("gjgxjhpt", inner="404"))
    assert query(bureau, unit).records == ()
    bureau, _ = gateway(national("gjgxjhpt", inner="404", **more))
    assert outage(bureau, unit).cause is C.MALFORMED_RESPONSE


def test_status_404_is_malformed_by_default():
    """The generic profile does not take a missing page for a missing record (19)."""
    missing = SourceUntrustedError.of("bureau", C.MALFORMED_RESPONSE, "HTTP status 404")
    assert outage(source(Sender(lambda *_: missing))).cause is C.MALFORMED_RESPONSE


def test_wrong_bytes_are_refused_in_gb18030_too():
    """UTF-8 under a profile of GB18030 is not guessed at (34)."""
    bureau, sender = own(ROW)
    sender.respond = lambda *_: b'{"head": {"code": "0"}, "body": {"row": null, "x": "\xff\xfe"}}'
    assert outage(bureau).cause is C.MALFORMED_RESPONSE


def test_an_absent_echo_needs_mutual_tls():
    """Without a certificate of one's own nothing would tie the answer to the question (42)."""
    with pytest.raises(ConfigError, match="mutual TLS"):
        own(ROW, mutual_tls=False)


def test_every_missing_value_of_a_profile_is_named():
    """What a profile needs and is not given, and what is given for nothing, all at once."""
    sender = Sender(lambda *_: {})
    with pytest.raises(ConfigError) as caught:
        source(
            sender,
            "gjgxjhpt",
            parameters={"requester": "中文", "colour": "red"},
            secrets={"app_key": Secret("")},
            services={"vehicle": "v\n"},
        )
    assert dict(caught.value.faults) == {
        "parameters.colour": "is not known: profile gjgxjhpt has no use for it",
        "parameters.requester": "must be printable ASCII: it travels in a header",
        "secrets.app_key": "is empty",
        "secrets.app_secret": "is missing: profile gjgxjhpt needs it",
        "services.vehicle": "must be printable ASCII: it travels in a header",
        "services.entity": "is missing: profile gjgxjhpt needs it",
        "services.equity": "is missing: profile gjgxjhpt needs it",
        "services.property": "is missing: profile gjgxjhpt needs it",
        "services.refresh": "is missing: profile gjgxjhpt needs it",
        "offices": "is missing: profile gjgxjhpt needs the bureau's codes of offices",
    }


def test_missing_extras_are_told_at_the_start(monkeypatch):
    """A gateway that wraps its secrets needs its extra before the first question."""
    import sys  # noqa: PLC0415 - only here

    from taxgate.errors import MissingExtraError  # noqa: PLC0415

    monkeypatch.setitem(sys.modules, "cryptography", None)
    with pytest.raises(MissingExtraError, match="gateway"):
        gateway(national("gjgxjhpt"))


def test_the_shipped_national_profiles_differ_in_their_prefix():
    """Both sign alike; the header names come from the profile."""
    for name in ("gjgxjhpt", "gjzwfwpt"):
        assert load_profile(name).signing.prefix == name
    assert base64.b64decode(WRAPPED)
