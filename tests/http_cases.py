"""What tests of the HTTP source share: a stand-in for the transport, and the replies of bureaus."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest

from taxgate.adapters.http import HttpSource
from taxgate.adapters.profile_files import load_profile
from taxgate.adapters.transport import Reply
from taxgate.evidence import CHINA, Inquiry, Purpose
from taxgate.identifiers import UnitCode, Uscc, Vin
from taxgate.parties import IdType, Person
from taxgate.secret import Secret
from taxgate.sources import Deadline, SourceError, SourceUnavailableError
from taxgate.terms import Matter
from vehicle_cases import AT

VIN = Vin("1M8GDM9AXKP042788")
UNIT = UnitCode("149999001001GB00001F00000001")
COMPANY = Uscc("91149999MA0000001C")
PERSON = Person(IdType.PASSPORT, "P0000001", "甲某")
PURPOSE = Purpose(office="某市登记机关", case_no="CASE-2026-0001", provision="order-307/24(2)")
APP_KEY = "3f2a61c0d4b84e5fa1b2c3d4e5f60718"
WRAPPED = "XS70WQ8JnNK4Pygd0Rty0Q9VQlmK2H12bnUbDGC7cT1F3coE+w8CHh7MjtG42+jP"
OPENED = "5a0e3b7c9d1f4a6b8c2e0d4f6a8b1c3e"
"""Recorded from a Java runtime; see test_signing.py."""
REFRESH = "/sysapi/auth/refreshappsecret"

URL = "https://tax.example.invalid/gate"


def ask_vehicle(matter=Matter.VEHICLE_PURCHASE_TAX, **changes):
    """Return a question about a vehicle."""
    return Inquiry(matter=matter, vin=VIN, purpose=PURPOSE, **changes)


def ask_unit(matter=Matter.DEED_TAX, **changes):
    """Return a question about a unit and a person."""
    fields = {"unit": UNIT, "person": PERSON, "purpose": PURPOSE}
    return Inquiry(matter=matter, **(fields | changes))


class Sender:
    """Stands in for the transport: asks a function, and repeats what may pass, three times in all.

    Args:
        respond: Takes the body of a request as a plain value and the request, and returns a value,
            raw bytes, or a `SourceError` to raise.
        at: Instant replies are received.
        server_date: Instant the server says it is.
        content_type: What the reply is labelled as.
        plain_http: Whether it comes over plain http.
    """

    def __init__(
        self, respond, *, at=AT, server_date=None, content_type="application/json",
        plain_http=False,
    ):  # fmt: skip
        self.respond = respond
        self.at = at
        self.server_date = server_date
        self.content_type = content_type
        self.plain_http = plain_http
        self.requests = []
        self.closed = False

    def send(self, make, deadline, *, judge=None):
        """Ask as `Transport.send` does."""
        for attempt in range(3):
            before = len(self.requests)
            try:
                return self._once(make, judge)
            except SourceUnavailableError:
                if attempt == 2 or len(self.requests) == before:
                    raise
        raise AssertionError

    def _once(self, make, judge):
        request = make()
        self.requests.append(request)
        value = self.respond(body_of(request), request)
        if isinstance(value, SourceError):
            raise value
        body = value if isinstance(value, bytes) else as_json(value)
        reply = Reply(
            status=200,
            headers={"content-type": self.content_type},
            body=body,
            received_at=self.at,
            server_date=self.server_date,
            plain_http=self.plain_http,
        )
        if judge is not None:
            judge(reply)
        return reply

    def close(self):
        """Note it."""
        self.closed = True


def body_of(request):
    """Return the body of *request* as a plain value."""
    return json.loads(request.body) if request.body[:1] in b"{[" else request.body


def as_json(value):
    """Return *value* as a reply."""
    return json.dumps(value, ensure_ascii=False).encode()


def source(sender, profile="generic", **options):
    """Return a source that asks through *sender*, on the clock of the tests."""
    loaded = load_profile(profile) if isinstance(profile, str) else profile
    fields = {"transport": sender, "url": URL, "name": "bureau", "clock": lambda: sender.at}
    return HttpSource(loaded, **(fields | options))


def configured(profile):
    """Return invented texts and secrets for all that *profile* asks for."""
    loaded = load_profile(profile) if isinstance(profile, str) else profile
    return {
        "parameters": {name: f"{name}-1" for name in loaded.parameters},
        "secrets": {name: Secret(f"{name}-hush") for name in loaded.secrets},
        "services": {name: f"sid-{name}" for name in loaded.services},
        "offices": {PURPOSE.office: "1401-07"} if loaded.needs_offices else {},
    }


def generic(asked, *, records=(), **changes):
    """Return what a bureau that speaks the generic profile replies to *asked*."""
    data = {
        "request_id": asked["request_id"],
        "inquiry": asked["inquiry"],
        "as_of": AT.isoformat(),
        "consultation_id": "Q-1",
        "records": list(records),
    }
    return {"code": "0", "message": "", "data": data | changes}


def paid(**changes):
    """Return a record of purchase tax paid on the vehicle, as on the wire."""
    record = {"matter": "vehicle-purchase-tax", "status": "paid", "vin": VIN.value}
    return record | changes


def query(asked, inquiry=None, within=5.0):
    """Return the answer of a source to *inquiry*."""
    return asked.query(inquiry if inquiry is not None else ask_vehicle(), Deadline(within))


def outage(asked, inquiry=None):
    """Return why a source has no answer to *inquiry*."""
    with pytest.raises(SourceError) as caught:
        query(asked, inquiry)
    assert caught.value.source == "bureau"
    return caught.value.outage


def local(instant=AT, **ago):
    """Return *instant*, or some time before it, as the national gateways write it."""
    return (instant - timedelta(**ago)).astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


def numbered():
    """Return a maker of numbers that can be told in advance."""
    count = iter(range(1, 1000))
    return lambda: uuid.UUID(int=next(count))


def national(prefix, *, rows=(), code=None, ends=None, inner="000", **changes):
    """Return a national gateway of this *prefix*, as a function of request bodies."""
    ok = code or ("0" if prefix == "gjgxjhpt" else "200")

    def respond(asked, request):
        if request.url.endswith(REFRESH):
            until = ends or AT + timedelta(hours=2)
            until = until.timestamp() * 1000
            return {"code": ok, "data": {"secret": WRAPPED, "secretEndTime": str(int(until))}}
        data = {
            "retcode": inner, "qqlsh": asked["qqlsh"], "cxlsh": "Q-1", "sjgxsj": local(minutes=1),
            "zsxmdm": asked["zsxmdm"], "list": list(rows), "total": len(rows),
        }  # fmt: skip
        for name in ("clsbdh", "bdcdyh", "shxydm", "nsrsbh", "nd"):
            if name in asked:
                data[name] = asked[name]
        return {"code": ok, "message": "", "data": data | changes}

    return respond


OWN = """
format = 1
title = { en = "own", zh = "自有" }
to_confirm = []
[request]
encoding = "form"
charset = "gb18030"
[request.body]
KH = { secret = "password" }
SJ = { time = "YYYY-MM-DD hh:mm:ss" }
[request.headers]
X-Token = { secret = "token" }
[reply]
charset = "gb18030"
fractions = "ignored"
status_404 = "no-record"
[[reply.envelopes]]
code = "$.head.code"
success = ["0"]
inside = "body"
[reply.envelopes.failures]
9 = "no-record"
[reply.as_of]
header = "date"
[reply.echo]
mode = "absent"
[questions.cars]
checkpoint = "vehicle"
matters = ["vehicle-purchase-tax"]
path = "/cars"
[questions.cars.body]
CJH = "vin"
JG = "purpose.office"
[questions.cars.records]
at = "row"
single = true
null_is_none = true
[questions.cars.record]
matter = { is = "vehicle-purchase-tax" }
status = { from = "ZT", codes = "yn", raw = "either" }
vin = "CJH"
issued_on = { from = "RQ", day = "YYYYMMDD" }
arrears = { from = "QS", codes = "yes" }
[questions.cars.amounts]
fields = ["HJ", "A", "B"]
sums = [["HJ", "A", "B"]]
raw = "either"
[codes.yn]
Y = "paid"
7 = "unpaid"
[codes.yes]
1 = "true"
0 = "false"
[signer]
kind = "none"
"""
"""A profile that differs from the shipped ones wherever it can."""
