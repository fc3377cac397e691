"""What the sandbox bureau says is what the HTTP source reads, by each profile and an odd one."""

from __future__ import annotations

from contextlib import closing

import pytest
from attrs import evolve

from bureau_cases import about, configured, purpose, register
from taxgate.adapters.profile_files import load_profile
from taxgate.bureau import MAGICS, KnownRecords, SandboxBureau, shipped
from taxgate.bureau.hearing import NotUnderstoodError, heard, read_body
from taxgate.bureau.setting_up import VARIABLE
from taxgate.config import load
from taxgate.evidence import Inquiry, OutageCause
from taxgate.identifiers import Vin
from taxgate.parties import IdType, Person
from taxgate.sources import Deadline, SourceError, ask
from taxgate.terms import Matter, RecordStatus
from taxgate.wire.exchange import checkpoint_of

BY_NAME = {magic.name: magic for magic in MAGICS}
OFFICES = {
    "vehicle": "示例市公安局交通警察支队车辆管理所",
    "property-title": "示例市不动产登记中心",
    "equity-transfer": "示例市市场监督管理局",
    "deregistration": "示例市市场监督管理局",
}

ODD = """
format = 1
title = { en = "odd in every way", zh = "处处不同" }
to_confirm = []

[request]
encoding = "form"
charset = "gb18030"

[request.body]
tax = { from = "matter", codes = "taxes" }
office = "purpose.office"
user = { parameter = "user" }
password = { secret = "password" }
sent = { time = "YYYYMMDDhhmmss" }

[request.headers]
X-Request = { request_id = "hex" }

[reply]
content_types = ["application/json"]
charset = "gb18030"
request_id = "$.request"

[[reply.envelopes]]
code = "head.code"
raw = "integer"
success = ["0"]
inside = "body"

[[reply.envelopes]]
code = "state"
success = ["Y", "N"]
[reply.envelopes.failures]
E = "no-record"
B = "server-fault"

[reply.as_of]
from = "time"
form = "seconds"
raw = "integer"
max_age_seconds = 3600

[reply.echo]
mode = "required"
[reply.echo.fields]
matter = { from = "tax", codes = "taxes" }
vin = "frame"
years = "years"

[questions.vehicle]
checkpoint = "vehicle"
matters = ["vehicle-purchase-tax", "vehicle-and-vessel-tax"]
path = "/ask"
[questions.vehicle.body]
frame = "vin"
years = { from = "years", joined = true }
[questions.vehicle.records]
at = "record"
single = true
[questions.vehicle.record]
matter = { from = "tax", codes = "taxes" }
status = { from = "status", raw = "integer", codes = "statuses" }
vin = { from = "car.frame", required = true }
tax_year = { from = "year", raw = "text" }
issued_on = { from = "day", day = "YYYYMMDD", blank = true }
arrears = { from = "owed", codes = "flags" }
authority = { is = "140100" }
[questions.vehicle.amounts]
fields = ["due", "paid", "open"]
not_above = [["paid", "due"]]
sums = [["due", "paid", "open"]]

[signer]
kind = "concat-digest"
algorithm = "sm3"
order = ["secret", "time", "key"]
where = "body"
[signer.names]
key = "app"
signature = "mac"
time = "ms"

[codes.taxes]
A = "vehicle-purchase-tax"
B = "vehicle-and-vessel-tax"
[codes.statuses]
1 = "paid"
9 = "paid"
0 = "unpaid"
[codes.flags]
Y = "true"
N = "false"
"""
"""Form in, GB18030 both ways, one record, codes as numbers, nested paths, a password."""


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """Return a function that asks a bureau through the configuration it prints."""
    register(monkeypatch)

    def call(bureau, profile, inquiry, seconds=5):
        found = load(configured(tmp_path, bureau, profile), sleep=lambda _: None)
        with closing(found.named["bureau"]) as source:
            return ask(source, inquiry, Deadline(seconds))

    return call


@pytest.fixture(scope="module")
def bureau():
    """Return a bureau that speaks every shipped profile."""
    with SandboxBureau(["all"], report=lambda _: None) as running:
        yield running


def question_about(record):
    """Return the inquiry that finds a shipped record."""
    inquiry = Inquiry(
        matter=record.matter,
        vin=getattr(record, "vin", None),
        unit=getattr(record, "unit", None),
        company=getattr(record, "company", None) or getattr(record, "uscc", None),
        person=record.taxpayer if not getattr(record, "vin", None) else None,
        years=(record.tax_year,) if getattr(record, "tax_year", None) else (),
    )
    office = OFFICES[checkpoint_of(inquiry)]
    return Inquiry(
        matter=inquiry.matter,
        vin=inquiry.vin,
        unit=inquiry.unit,
        company=inquiry.company,
        person=inquiry.person,
        years=inquiry.years,
        purpose=purpose(office, "24(2)"),
    )


def part(record, name):
    """Return a field of a record by its dotted name."""
    for step in name.split("."):
        record = getattr(record, step, None)
    return record


@pytest.mark.parametrize(
    "profile", ["generic", "gjgxjhpt", "gjzwfwpt", "open-gateway", "sorted-params", "city-bus"]
)
def test_every_shipped_record_arrives_as_it_is_known(asked, bureau, profile):
    """All the fields a profile carries are equal at both ends."""
    known = KnownRecords(shipped())
    spoken = load_profile(profile)
    tried = 0
    for record in shipped():
        inquiry = question_about(record)
        question = spoken.question_for(inquiry, checkpoint_of(inquiry))
        if question is None:
            continue
        due = known.about(inquiry)
        found = asked(bureau, profile, inquiry).records
        tried += 1
        if question.records.whole:
            assert found == due
            continue
        assert len(found) == len(due)
        for one, other in zip(found, due, strict=True):
            for name in question.record:
                assert part(one, name) == part(other, name), name
    assert tried >= 2


@pytest.fixture
def odd(tmp_path):
    """Return a bureau that speaks the odd profile."""
    path = tmp_path / "odd.toml"
    path.write_text(ODD, encoding="utf-8")
    path.chmod(0o600)
    with SandboxBureau([str(path)], report=lambda _: None) as running:
        yield running


def configured_odd(text):
    """Return the printed configuration with the file instead of a name."""
    return text.replace('profile = "odd"', 'profile = "odd.toml"')


def ask_odd(tmp_path, bureau, inquiry):
    """Ask by the odd profile."""
    found = load(configured(tmp_path, bureau, "odd", configured_odd), sleep=lambda _: None)
    with closing(found.named["bureau"]) as source:
        return ask(source, inquiry, Deadline(5))


def vessel_tax(vin):
    """Return a question about two years of vehicle and vessel tax."""
    return Inquiry(
        matter=Matter.VEHICLE_AND_VESSEL_TAX,
        vin=vin,
        years=(2025, 2026),
        purpose=purpose("示例市㐀车辆管理所", "24(2)"),
    )


def test_an_odd_profile_is_spoken_as_well(monkeypatch, tmp_path, odd):
    """Everything about it is different from the shipped ones, and the answer is right."""
    register(monkeypatch)
    (record,) = ask_odd(tmp_path, odd, vessel_tax(BY_NAME["paid"].vin)).records
    assert record.status == "paid"
    assert record.vin == BY_NAME["paid"].vin
    assert record.tax_year == 2026
    assert record.arrears is False
    assert record.authority.value == "140100"
    assert record.issued_on is not None


@pytest.mark.parametrize("vin", [BY_NAME["no-record"].vin, Vin("LTX9E5A14TB000019")])
def test_no_record_is_said_by_a_code_where_one_record_is_due(monkeypatch, tmp_path, odd, vin):
    """A single record cannot be an empty list."""
    register(monkeypatch)
    assert ask_odd(tmp_path, odd, vessel_tax(vin)).records == ()


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("other-charset", OutageCause.MALFORMED_RESPONSE),
        ("wrong-subject", OutageCause.SUBJECT_MISMATCH),
        ("wrong-matter", OutageCause.SUBJECT_MISMATCH),
        ("replayed", OutageCause.REPLAYED_ANSWER),
        ("duplicate-keys", OutageCause.MALFORMED_RESPONSE),
        ("unknown-answer", OutageCause.UNKNOWN_CODE),
        ("failure-inside", OutageCause.SERVER_FAULT),
        ("records-swapped", OutageCause.MALFORMED_RESPONSE),
        ("undated", OutageCause.STALE_ANSWER),
        ("stale", OutageCause.STALE_ANSWER),
        ("contradiction", OutageCause.SERVER_FAULT),
    ],
)
def test_an_odd_profile_fails_as_the_others_do(monkeypatch, tmp_path, odd, name, cause):
    """What it cannot say, a second record, is a fault of the server."""
    register(monkeypatch)
    with pytest.raises(SourceError) as caught:
        ask_odd(tmp_path, odd, vessel_tax(BY_NAME[name].vin))
    assert caught.value.outage.cause is cause


def test_a_status_without_a_code_is_not_said_as_another(monkeypatch, tmp_path):
    """The bureau owns up with status 501 instead of choosing the nearest code."""
    register(monkeypatch)
    path = tmp_path / "odd.toml"
    path.write_text(ODD, encoding="utf-8")
    path.chmod(0o600)
    paid = next(r for r in shipped() if r.matter is Matter.VEHICLE_PURCHASE_TAX)
    exempt = evolve(paid, status=RecordStatus.EXEMPT)
    with (
        SandboxBureau([str(path)], records=KnownRecords([exempt])) as bureau,
        pytest.raises(SourceError) as caught,
    ):
        ask_odd(tmp_path, bureau, question_about(exempt))
    assert caught.value.outage.detail == "HTTP status 501"


@pytest.mark.parametrize(
    "body",
    [
        b"tax=A&tax=B&frame=LTX9E5A14TA000019",
        b"tax=A&frame=\xff\xff",
        b"tax=Z&frame=LTX9E5A14TA000019",
        b"tax=A",
    ],
    ids=["twice", "charset", "unknown code", "no subject"],
)
def test_a_form_that_is_not_the_profiles_is_not_understood(tmp_path, body):
    """Twice the same field, another character set, an unknown code, nobody asked about."""
    path = tmp_path / "odd.toml"
    path.write_text(ODD, encoding="utf-8")
    path.chmod(0o600)
    profile = load_profile(path)
    with pytest.raises(NotUnderstoodError):
        heard(profile, "/ask", read_body(profile, body), {})


def test_what_is_asked_is_what_is_heard(bureau, asked):
    """The echo of every profile comes back, so that nothing was lost in either direction."""
    for name in bureau.profiles:
        inquiry = about(load_profile(name), BY_NAME["paid"])
        assert asked(bureau, name, inquiry).inquiry.key == inquiry.key


# A profile with next to nothing around its answers ------------------------------------------------

BARE = """
format = 1
title = { en = "bare", zh = "极简" }
to_confirm = []
[request]
whole = "q"
[reply]
[reply.as_of]
header = "date"
[reply.echo]
mode = "required"
whole = "q"
[questions.any]
matters = ["vehicle-purchase-tax", "individual-income-tax", "tax-objection"]
path = "/ask"
[questions.any.records]
at = "found"
whole = true
[signer]
kind = "hmac-header"
prefix = "bare"
"""
"""No envelope, no number of the request, no time but the header's; one secret for good."""


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """Return a function that asks a bureau by the bare profile."""
    register(monkeypatch)
    path = tmp_path / "bare.toml"
    path.write_text(BARE, encoding="utf-8")
    path.chmod(0o600)
    with SandboxBureau([str(path)], report=lambda _: None) as running:

        def call(inquiry):
            text = configured(
                tmp_path, running, "bare", lambda text: text.replace('"bare"', '"bare.toml"', 1)
            )
            found = load(text, sleep=lambda _: None)
            with closing(found.named["bureau"]) as source:
                return ask(source, inquiry, Deadline(5))

        yield call


def about_vehicle(name):
    """Return a question about a magic vehicle."""
    return Inquiry(
        matter=Matter.VEHICLE_PURCHASE_TAX,
        vin=BY_NAME[name].vin,
        purpose=purpose("示例市公安局交通警察支队车辆管理所", "24(2)"),
    )


def test_a_bare_profile_is_answered(bare):
    """The four headers are checked with a secret that serves for good."""
    assert [record.status for record in bare(about_vehicle("paid")).records] == ["paid"]


@pytest.mark.parametrize(
    ("name", "status"), [("paid", "paid"), ("unpaid", "unpaid")], ids=["good", "bad"]
)
def test_magic_companies_have_records_of_their_transfers(bare, name, status):
    """Individual income tax is asked for about a company, too."""
    inquiry = Inquiry(
        matter=Matter.INDIVIDUAL_INCOME_TAX,
        company=BY_NAME[name].uscc,
        person=Person(IdType.RESIDENT_NUMBER, "149998196201180417"),
        purpose=purpose("示例市市场监督管理局", "26"),
    )
    (record,) = bare(inquiry).records
    assert (record.status, record.company) == (status, inquiry.company)


@pytest.mark.parametrize(
    "name",
    ["replayed", "unknown-answer", "failure-inside", "not-opened", "signature-refused",
     "page-missing"],
)  # fmt: skip
def test_what_a_bare_profile_cannot_get_wrong_is_said(bare, name):
    """There is nothing of the kind in it: status 501, and nothing is answered."""
    with pytest.raises(SourceError) as caught:
        bare(about_vehicle(name))
    assert caught.value.outage.detail == "HTTP status 501"


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("undated", OutageCause.STALE_ANSWER),
        ("from-the-future", OutageCause.CLOCK_SKEW),
        ("unauthorised", OutageCause.BAD_SIGNATURE),
        ("no-echo", OutageCause.SUBJECT_MISMATCH),
    ],
)
def test_faults_of_a_bare_profile(bare, name, cause):
    """The Date header is what is moved or left out."""
    with pytest.raises(SourceError) as caught:
        bare(about_vehicle(name))
    assert caught.value.outage.cause is cause


def test_a_bare_profile_refuses_by_status(bare, monkeypatch):
    """Without a reply code the refusal of a signature is 401."""
    monkeypatch.setenv(VARIABLE, "another key")
    with pytest.raises(SourceError) as caught:
        bare(about_vehicle("paid"))
    assert caught.value.outage.cause is OutageCause.BAD_SIGNATURE
    assert caught.value.outage.detail == "HTTP status 401"
