"""The wire: strict in, lossless round trip, masked and deterministic out."""

from __future__ import annotations

import io
import json
import pickle
import time
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from attrs import asdict, define, evolve, field, frozen, validators
from cattrs import ClassValidationError, Converter
from hypothesis import given
from hypothesis import strategies as st

import strategies
import vehicle_cases
from taxgate.checks.vehicle.application import VehicleAct, VehicleApplication, VehicleTaxRecord
from taxgate.errors import AnswerError, ApplicationError, WireError
from taxgate.evidence import CHINA, Outage, OutageCause, TaxRecord
from taxgate.identifiers import FrameNumber, IdentifierError, Vin
from taxgate.parties import IdType, Person
from taxgate.terms import Checkpoint, Language, Matter, Reading
from taxgate.wire import (
    Case,
    decide_document,
    decision_document,
    error_document,
    inquiries_document,
    parsing,
    read_case,
    read_lines,
    reading,
    write_case,
    write_decision,
)
from taxgate.wire.case import rules
from taxgate.wire.faults import faults_of
from taxgate.wire.formats import AMOUNT, DAY, INSTANT, compiled
from wire_documents import (
    FULL,
    OWNER_NUMBER,
    REMOVED,
    SECRETS,
    VIN,
    documents,
    faults,
    json_path,
    places,
    put,
    spoil,
    text,
)

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


# Reading ------------------------------------------------------------------------------------------


def test_every_field_arrives_with_its_type():
    """The full document becomes the objects it describes, nothing changed."""
    case = read_case(text(FULL))
    application = case.application
    assert isinstance(application, VehicleApplication)
    assert case.checkpoint is Checkpoint.VEHICLE
    assert application.act is VehicleAct.TRANSFER
    assert application.vehicle.frame == Vin(VIN)
    assert application.old_frame == FrameNumber("LC0012345")
    assert application.owner == Person(IdType.RESIDENT_NUMBER, OWNER_NUMBER, "甲某")
    assert application.price == Decimal("123000.50")
    assert application.acquired_on == date(2020, 2, 29)
    assert application.vehicle.seats == 5
    assert application.seized is False
    assert application.exemption_claimed == (Matter.VEHICLE_AND_VESSEL_TAX,)
    assert isinstance(application.papers[0].record, VehicleTaxRecord)
    assert application.suspicions[0].found == "发票与合同不一致。\n另附说明。"
    assert case.answers[0].records == ()
    assert case.answers[0].as_of == datetime(2026, 11, 23, 9, 59, 59, 123456, tzinfo=CHINA)
    assert case.answers[1].outage == Outage(cause=OutageCause.TIMEOUT)
    assert case.readings == {Reading.EXEMPT_LOSS_STRICT, Reading.IIT_STRICT}
    assert case.at == datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)


def test_bytes_and_text_are_read_alike():
    """UTF-8 bytes and text give the same case, escaped or not."""
    escaped = json.dumps(FULL)
    assert read_case(text(FULL)) == read_case(text(FULL).encode()) == read_case(escaped)


@pytest.mark.parametrize("steps", [steps for steps, _ in places(FULL)], ids=json_path)
def test_null_is_taken_where_the_field_is_optional_and_nowhere_else(steps):
    """Null means the same as leaving out; where leaving out is a fault, so is null."""
    path = ".".join(map(str, steps))
    if isinstance(steps[-1], int):
        assert json_path(steps) in faults(spoil(path, None))
        return
    left_out = _read(spoil(path, REMOVED))
    null = _read(spoil(path, None))
    if isinstance(left_out, Case) and isinstance(null, Case):
        assert left_out == null
    elif isinstance(null, Case):
        pytest.fail("null where the field is required")
    else:
        assert json_path(steps) in dict(null.faults) or left_out.faults == null.faults


@pytest.mark.parametrize("steps", [steps for steps, _ in places(FULL)], ids=json_path)
@pytest.mark.parametrize("wrong", [True, 0, 1.5, "", [], {}, [[]]], ids=repr)
def test_a_value_of_another_type_is_refused_with_its_path(steps, wrong):
    """Nothing is coerced: one fault, at the very place (row 39)."""
    if type(_get(steps)) is not type(wrong):
        assert list(faults(spoil(".".join(map(str, steps)), wrong))) == [json_path(steps)]


@pytest.mark.parametrize(
    "path",
    [
        "checkpoint",
        "application",
        "at",
        "application.division",
        "application.act",
        "application.vehicle",
        "application.vehicle.frame",
        "application.owner",
        "application.owner.id_type",
        "application.owner.number",
        "application.already_registered",
        "application.seized",
        "application.suspicions.0.kind",
        "application.insurance.since",
        "application.papers.0.record",
        "application.papers.0.record.status",
        "application.papers.0.record.matter",
        "answers.0.inquiry",
        "answers.0.inquiry.matter",
        "answers.0.inquiry.purpose.office",
        "answers.1.outage.cause",
    ],
)
def test_what_is_required_and_missing_is_named(path):
    """No default stands in for a fact that decides, least of all for a status (row 35)."""
    steps = tuple(int(step) if step.isdecimal() else step for step in path.split("."))
    assert faults(spoil(path, REMOVED))[json_path(steps)] == "is missing"


@pytest.mark.parametrize(
    "path",
    ["", "application", "application.vehicle", "application.papers.0.record", "answers.0.inquiry"],
)
def test_an_unknown_field_is_refused_and_the_likely_one_named(path):
    """In our own documents nothing is passed over (row 38)."""
    place = f"{path}." if path else ""
    found = faults(spoil(f"{place}ownr", 1))
    (where, problem), *others = found.items()
    assert not others
    steps = tuple(int(step) if step.isdecimal() else step for step in path.split(".") if step)
    assert where == f"{json_path(steps)}.ownr"
    assert "is no field here" in problem
    assert ("owner" in problem) is (path == "application")


@pytest.mark.parametrize("status", ["N", "false", "0", 0, "１", None, "", "PAID", "waived", [], {}])
def test_a_status_nobody_knows_is_refused(status):
    """Exact look-up among the statuses such a record may have (rows 36, 37)."""
    document = spoil("answers.0.records", [{"matter": "vehicle-purchase-tax", "status": status}])
    assert list(faults(document)) == ["$.answers[0].records[0].status"]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("checkpoint", "$.checkpoint"),
        ("application.act", "$.application.act"),
        ("application.vehicle.category", "$.application.vehicle.category"),
        ("application.exemption_claimed.0", "$.application.exemption_claimed[0]"),
        ("answers.1.outage.cause", "$.answers[1].outage.cause"),
        ("answers.0.inquiry.matter", "$.answers[0].inquiry.matter"),
        ("readings.0", "$.readings[0]"),
    ],
)
def test_an_unknown_code_is_refused(path, place):
    """A closed vocabulary stays closed, and the fault lists what is known."""
    assert "is not one of" in faults(spoil(path, "no-such-code"))[place]


def test_all_faults_of_a_document_are_in_one_error():
    """Whoever wrote it corrects it once; the order is the document's."""
    document = spoil("application.vehicle.seats", "5")
    for path, value in (
        ("application.vehicle.plate_no", " 晋A00001"),
        ("application.owner", {"id_type": "uscc", "number": "91149999MA0000001X", "name": "甲 "}),
        ("application.price", "1e5"),
        ("application.papers.0.forgery", "   "),
        ("application.papers.0.colour", "red"),
        ("answers.0.records", [{"status": "paid"}, 7]),
        ("answers.1.inquiry", document["answers"][0]["inquiry"]),
        ("readings", ["iit_strict", "iit_strict", "IIT_STRICT"]),
        ("at", "2026-11-23"),
    ):
        put(document, path.split("."), value)
    assert list(faults(document)) == [
        "$.application.vehicle.seats",
        "$.application.vehicle.plate_no",
        "$.application.owner.number",
        "$.application.owner.name",
        "$.application.price",
        "$.application.papers[0].colour",
        "$.answers[0].records[0].matter",
        "$.answers[0].records[1]",
        "$.readings[1]",
        "$.readings[2]",
        "$.at",
    ]


@given(data=st.data())
def test_every_planted_fault_is_found_where_it_was_planted(data):
    """However many places are spoilt together, each one is reported."""
    single = [
        (steps, value)
        for steps, value in places(FULL)
        if not isinstance(value, (dict, list)) and "number" not in steps
    ]
    chosen = data.draw(st.lists(st.sampled_from(single), min_size=1, max_size=8))
    document = spoil("at", FULL["at"])
    for steps, _ in chosen:
        put(document, [str(step) for step in steps], [1.5])
    found = faults(document)
    assert {json_path(steps) for steps, _ in chosen} <= {path.removesuffix("[0]") for path in found}


@pytest.mark.parametrize(
    ("change", "place", "problem"),
    [
        ({"application.new_owner": REMOVED}, "$.application.new_owner", "new owner"),
        ({"application.vehicle.seats": -1}, "$.application.vehicle.seats", "negative"),
        (
            {"application.insurance.until": "2025-01-01"},
            "$.application.insurance.until",
            "before insurance.since",
        ),
        (
            {"application.papers.0.forgery": "  "},
            "$.application.papers[0].forgery",
            "needs its reason",
        ),
        ({"application.suspicions.0.found": ""}, "$.application.suspicions[0].found", "empty"),
        ({"application.handled_on": "2026-01-01"}, "$.application.handled_on", "before"),
        ({"answers.0.records": REMOVED}, "$.answers[0]", "either records"),
        ({"answers.1.inquiry.vin": REMOVED}, "$.answers[1].inquiry", "names no subject"),
        (
            {"answers.1.inquiry": FULL["answers"][0]["inquiry"]},
            "$.answers[1]",
            "answered before",
        ),
        ({"readings": ["iit_strict"] * 2}, "$.readings[1]", "given twice"),
    ],
)
def test_what_the_classes_refuse_is_a_fault_at_its_place(change, place, problem):
    """Contradictions are told like faults of form, with the field they are about."""
    document = FULL
    for path, value in change.items():
        document = spoil(path, value, document)
    found = faults(document)
    assert problem in found[place]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("validator", "place"),
    [
        (validators.lt(5), "$"),
        (validators.in_([1]), "$.size"),
        (validators.instance_of(str), "$.size"),
    ],
)
def test_what_a_validator_refuses_is_a_fault(validator, place):
    """At its field where the validator names it, and without the value it names too."""

    @define
    class Small:
        size: int = field(validator=validator)

    with pytest.raises(ClassValidationError) as caught:
        Converter().structure({"size": 777}, Small)
    ((path, problem),) = faults_of(caught.value)
    assert path == place
    assert "777" not in problem


def test_a_mistake_in_the_program_is_no_fault_of_the_document():
    """It goes up as what it is, instead of blaming whoever wrote the document."""

    @define
    class Broken:
        size: int

        def __attrs_post_init__(self):
            raise AttributeError

    with pytest.raises(ClassValidationError) as caught:
        Converter().structure({"size": 1}, Broken)
    with pytest.raises(AttributeError):
        faults_of(caught.value)


# Single values ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "amount",
    [
        "NaN", "Infinity", "-Infinity", "1E+999999", "1e5", "-0", "-0.00", "1_000", " 5 ", "5\n",
        "１２", "٣", "²", "0x10", "", "+1", "01", "1.", ".5", "1.23456", "1,5", "1" * 19,
        "9" * 15 + ".0001", "--1", "1" * 1_000_000, 5, 5.0, True, None, ["1"],
    ],
)  # fmt: skip
def test_an_amount_in_another_form_is_refused(amount):
    """Decimal takes most of these; only plain digits count (rows 27, 29)."""
    if amount is None:
        assert read_case(text(spoil("application.price", None))).application.price is None
    else:
        assert list(faults(spoil("application.price", amount))) == ["$.application.price"]


@pytest.mark.parametrize(
    "amount", ["0", "5", "-5", "0.5", "-0.5", "0.0000", "12.3400", "9" * 18, "9" * 14 + ".9999"]
)
def test_an_amount_is_taken_exactly(amount):
    """Every digit is kept, trailing zeros too."""
    price = read_case(text(spoil("application.price", amount))).application.price
    assert str(price) == amount


@pytest.mark.parametrize(
    "day",
    [
        "2026-02-30", "2025-02-29", "2026-1-1", "20261123", "2026-W47-1", "2026-327", "26-11-23",
        "2026-11-23T00:00:00+08:00", "2026/11/23", "２０２６-11-23", " 2026-11-23", "2026-11-23\n",
        "2026-13-01", "2026-00-10", "0000-01-01", "1899-12-31", "9999-12-31", "", 20261123, True,
        "2026-11-23" * 100_000,
    ],
)  # fmt: skip
def test_a_day_in_another_form_is_refused(day):
    """Exactly YYYY-MM-DD, in the calendar, in years that leave room for counting (row 96)."""
    assert list(faults(spoil("application.handled_on", day))) == ["$.application.handled_on"]


@pytest.mark.parametrize(
    "instant",
    [
        "2026-11-23T10:00:00", "2026-11-23T10:00+08:00", "2026-11-23 10:00:00+08:00",
        "2026-11-23T10:00:60+08:00", "2026-11-23T24:00:00+08:00", "2026-11-23T10:00:00+0800",
        "2026-11-23T10:00:00+08", "2026-11-23t10:00:00z", "2026-11-23T10:00:00-00:00",
        "2026-11-23T10:00:00.+08:00", "2026-11-23T10:00:00,5+08:00", "2026-02-30T10:00:00Z",
        "2026-11-23T10:00:00.1234567Z", "2026-11-23", "20261123T100000Z", "", 1795399200,
        "9998-12-31T23:00:00-23:00", "1899-12-31T10:00:00Z", "2026-11-23T10:00:00+24:00",
        "2026-11-23T10:00:00Z" * 50_000,
    ],
)  # fmt: skip
def test_an_instant_in_another_form_is_refused(instant):
    """RFC 3339 with seconds and offset; no leap second, no unknown offset."""
    assert list(faults(spoil("at", instant))) == ["$.at"]


@pytest.mark.parametrize(
    ("instant", "meant"),
    [
        ("2026-11-23T02:00:00Z", datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)),
        ("2026-11-22T21:00:00-05:00", datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)),
        ("2026-11-23T10:00:00.5+08:00", datetime(2026, 11, 23, 10, 0, 0, 500_000, tzinfo=CHINA)),
    ],
)
def test_an_instant_may_have_any_offset(instant, meant):
    """What counts is the instant; days are worked out in China time."""
    assert read_case(text(spoil("at", instant))).at == meant


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("application.vehicle.frame", "1M8GDM9AXKP04278O"),
        ("application.vehicle.frame", "1M8GDM9AXKP0427888"),
        ("application.vehicle.frame", "１M8GDM9AXKP042788"),
        ("application.vehicle.frame", "1М8GDM9AXKP042788"),
        ("application.vehicle.frame", "1M8GDM9AXKP04278ſ"),
        ("application.vehicle.frame", " 1M8GDM9AXKP042788"),
        ("application.vehicle.frame", "1M8GDM9AXKP042788\n"),
        ("application.vehicle.frame", "1M8GDM9AXKP\u200b042788"),
        ("application.vehicle.frame", "000000000"),
        ("application.vehicle.frame", "A" * 900_000),
        ("application.division", "14010"),
        ("application.division", "14010０"),
        ("application.applicant.number", "91149999MA0000001D"),
        ("application.applicant.number", "999999999"),
        ("application.owner.number", "110101199003070012"),
        ("application.owner.number", "110101199002300015"),
        ("application.owner.name", "甲\u202e某"),
        ("application.owner.name", "甲\u0000某"),
        ("application.vehicle.plate_no", "晋A\u00a000001"),
        ("application.papers.0.record.voucher_no", "\u2460\u200d"),
        ("application.papers.0.record.authority", "1401051"),
        ("answers.0.inquiry.unit", "149999001001GB00001F0001000"),
        ("answers.0.inquiry.company", "91149999MA00000010"),
        ("answers.0.inquiry.purpose.office", ""),
    ],
)
def test_an_identifier_that_cannot_be_one_is_refused_at_its_field(path, number):
    """Look-alikes, slips and white space are faults of input, never of tax (rows 53 to 58)."""
    steps = tuple(int(step) if step.isdecimal() else step for step in path.split("."))
    found = faults(spoil(path, number))
    assert list(found) == [json_path(steps)]
    assert number[:60] not in str(found) or not number


def test_identifiers_are_brought_into_canonical_form_once():
    """Lower case in ASCII and the old form of a resident number mean no other subject."""
    document = spoil("application.vehicle.frame", VIN.lower())
    put(document, ["application", "owner", "number"], "110101900307001")
    application = read_case(text(document)).application
    assert application.vehicle.frame == Vin(VIN)
    assert application.owner.number == OWNER_NUMBER


@pytest.mark.parametrize("number", [True, False, "1", 1.0, 1e2, 10**20, -(10**20), None, [1]])
def test_an_integer_is_an_integer(number):
    """Neither truth values nor fractions nor text; nor more than every reader can hold."""
    document = spoil("answers.0.inquiry.years", [number])
    assert list(faults(document)) == ["$.answers[0].inquiry.years[0]"]


@pytest.mark.parametrize("truth", ["true", "false", 0, 1, None, "N", []])
def test_a_truth_value_is_true_or_false(truth):
    """Python and cattrs take all of these for truth values."""
    assert list(faults(spoil("application.seized", truth))) == ["$.application.seized"]


@pytest.mark.parametrize("found", ["a\u0000b", "a\u001bb", "\u202eb", "\u2066", "a\u009bb"])
def test_free_text_has_no_hidden_characters(found):
    """What is printed on a notice or a screen may not move the cursor or the reader."""
    place = "$.application.suspicions[0].found"
    assert list(faults(spoil("application.suspicions.0.found", found))) == [place]


def test_free_text_has_a_length():
    """4000 characters are read, 4001 are not."""
    path = "application.suspicions.0.found"
    assert isinstance(_read(spoil(path, "字" * 4000)), Case)
    assert isinstance(_read(spoil(path, "字" * 4001)), WireError)


# JSON itself --------------------------------------------------------------------------------------


def test_a_key_given_twice_is_refused_wherever_it_stands():
    """The standard library keeps the last one (row 26); here the object is named."""
    document = text(FULL).replace('"seized": false', '"seized": true, "seized": false')
    document = document.replace('"cause": "timeout"', '"cause": "timeout", "cause": "timeout"')
    document = document.replace('"at":', '"110101199003070011": {"a": 1, "a": 1}, "at":')
    found = faults(document)
    assert found == {
        "$.application": "gives the field seized more than once",
        "$.answers[1].outage": "gives the field cause more than once",
        "$.*": found["$.*"],
    }
    assert OWNER_NUMBER not in str(found)


@pytest.mark.parametrize(
    ("literal", "problem"),
    [
        ("NaN", "not a number"),
        ("Infinity", "not a number"),
        ("-Infinity", "not a number"),
        ("5.0", "fraction"),
        ("5e0", "fraction"),
        ("1E+999999", "fraction"),
        ("-0", "minus zero"),
        ("9007199254740992", "beyond"),
        ("9" * 5000, "beyond"),
        ("-" + "9" * 500_000, "beyond"),
    ],
)
@pytest.mark.parametrize("field", ["seats", "unknown_one"])
def test_a_number_two_readers_may_read_differently_is_refused(literal, problem, field):
    """In a field that takes numbers, and in one that does not exist (rows 27, 29, 30)."""
    document = text(FULL).replace('"seats": 5', f'"{field}": {literal}')
    with pytest.raises(WireError) as caught:
        read_case(document)
    assert any(
        path == f"$.application.vehicle.{field}" and problem in told
        for path, told in caught.value.faults
    )


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ("", "empty"),
        (b"", "empty"),
        ("   ", "is not JSON"),
        ("{}{}", "goes on after its end"),
        (text(FULL) + "x", "goes on after its end"),
        (text(FULL)[:-1], "is not JSON"),
        ('{"checkpoint": "vehicle",}', "is not JSON"),
        ("{'checkpoint': 1}", "is not JSON"),
        ('{"a": 01}', "is not JSON"),
        ('{"a": "\t"}', "is not JSON"),
        ('{"a": "\\x"}', "is not JSON"),
        ('{"a": 1_0}', "is not JSON"),
        ("// {}", "is not JSON"),
        ("\ufeff{}", "byte order mark"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
        (text(FULL).encode("utf-16"), "is not UTF-8"),
        (text(FULL).encode("gb18030"), "is not UTF-8"),
        (b'{"a": "\xed\xa0\x80"}', "is not UTF-8"),
        (b'{"a": "\xc0\x80"}', "is not UTF-8"),
        ("[" * 100_000, "nested deeper"),
        ('{"a":' * 100_000, "nested deeper"),
        ("[" * 100_000 + "]" * 100_000, "nested deeper"),
        ('"' + '\\"' * 400_000, "is not JSON"),
        ("[" + ",".join("1" * 30_000) + "]", "more than 20000 values"),
        ("x" * 1_048_577, "larger than 1048576 bytes"),
        (bytearray(b"{}"), "neither bytes nor text"),
        (None, "neither bytes nor text"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_not_one_json_document_is_refused(document, problem):
    """One fault, at the root, and quickly (rows 25, 30, 31, 34, 69)."""
    began = time.perf_counter()
    with pytest.raises(WireError) as caught:
        read_case(document)
    assert time.perf_counter() - began < 2
    ((path, told),) = caught.value.faults
    assert path == "$"
    assert problem in told


@pytest.mark.parametrize("value", ["null", "true", "1", '"vehicle"', "[]", "[{}]"])
def test_what_is_not_an_object_is_refused(value):
    """A list or a single value is no case (row 39)."""
    assert "must be an object" in faults(value)["$"]


def test_nesting_has_one_limit_however_short_the_document():
    """Depth does not depend on how deep the caller stands."""
    found = faults(text(spoil("application.extra", json.loads("[" * 60 + "]" * 60))))
    assert any("nested deeper than 32 levels" in problem for problem in found.values())


@pytest.mark.parametrize("half", ["\\ud800", "\\udfff", "\\udc00\\ud800"])
def test_half_a_surrogate_pair_is_refused(half):
    """It is no character and cannot be written again."""
    document = text(FULL).replace("发票与合同", half)
    assert "surrogate" in faults(document)["$.application.suspicions[0].found"]
    raw = json.loads(f'"{half}"')
    assert (
        "surrogate"
        in faults(text(FULL).replace("发票与合同", raw))["$.application.suspicions[0].found"]
    )
    assert faults(text(FULL).replace('"seats"', f'"{half}"'))


def test_the_size_limit_is_the_callers():
    """A document of exactly the limit is read."""
    document = text(FULL).encode()
    assert read_case(document, largest=len(document)) == read_case(document)
    with pytest.raises(WireError, match="larger than"):
        read_case(document, largest=len(document) - 1)


def test_a_parser_out_of_stack_is_no_crash(monkeypatch):
    """Deep inside a caller's own recursion a short document may be too deep already."""

    class Exhausted:
        def decode(self, _):
            raise RecursionError

    monkeypatch.setattr(parsing, "_DECODER", Exhausted())
    assert "nested deeper" in faults("{}")["$"]


def test_many_values_are_fine_up_to_the_limit():
    """20000 values are read through, one more is not."""
    values = ",".join("1" * 19_995)
    assert set(faults(f'{{"checkpoint":1,"readings":[{values}]}}')) > {"$.checkpoint"}
    assert "more than 20000" in faults(f'{{"a":1,"b":[{values},1,1,1]}}')["$"]


def test_the_wire_cannot_tell_any_two_kinds_apart():
    """A class whose field may be several things needs a rule first; silence would pick one."""
    with pytest.raises(TypeError, match="tell the members"):
        reading._either(int | str, Converter())


def test_without_a_known_checkpoint_the_rest_is_read_as_far_as_it_can_be():
    """What does not depend on the checkpoint is checked all the same."""
    document = spoil("checkpoint", "vehicles")
    put(document, ["application"], [])
    put(document, ["answers", "0", "records"], [7])
    put(document, ["answers", "1", "outage"], {})
    assert list(faults(document)) == [
        "$.checkpoint",
        "$.application",
        "$.answers[0].records[0]",
        "$.answers[1].outage.cause",
    ]


# What errors say ----------------------------------------------------------------------------------


@given(data=st.data())
def test_no_fault_repeats_what_was_entered(data):
    """Whatever a canary stands in for, the error never shows it (row 64)."""
    canary = "Zq7Xk9Zq7Xk9"
    steps, _ = data.draw(st.sampled_from(list(places(FULL))))
    shape = data.draw(st.sampled_from([canary, [canary], {canary: canary}, canary * 3]))
    read = _read(spoil(".".join(map(str, steps)), shape))
    if isinstance(read, WireError):
        assert canary not in str(read)
        assert canary not in repr(read)
        assert canary not in text(error_document(read))
        assert read.__context__ is None


def test_a_case_shows_nothing_of_its_application():
    """Its repr may stand in a log."""
    shown = repr(read_case(text(FULL)))
    assert not [secret for secret in SECRETS if secret in shown]


def test_the_error_pickles():
    """Worker processes hand it on whole."""
    with pytest.raises(WireError) as caught:
        read_case("{}")
    assert pickle.loads(pickle.dumps(caught.value)).faults == caught.value.faults  # noqa: S301


@given(value=JSON_VALUES)
def test_any_json_is_a_case_or_an_error(value):
    """Nothing else is ever raised, and arbitrary values are no case."""
    assert isinstance(_read(value), WireError)


@given(data=st.data())
def test_any_change_to_a_document_gives_a_case_or_an_error(data):
    """Whatever is put anywhere: one of the two, and a case that can be written again."""
    document = spoil("at", FULL["at"])
    for _ in range(data.draw(st.integers(1, 3))):
        steps, _ = data.draw(st.sampled_from(list(places(document))))
        known = data.draw(st.sampled_from([value for _, value in places(FULL)]))
        value = data.draw(st.just(REMOVED) | st.just(known) | JSON_VALUES)
        put(document, [str(step) for step in steps], value)
    read = _read(document)
    if isinstance(read, Case):
        assert read_case(write_case(read)) == read


@given(junk=st.binary(max_size=60))
def test_any_bytes_are_an_error(junk):
    """Bytes that happen to be a case do not occur."""
    with pytest.raises(WireError):
        read_case(junk)


# Round trip ---------------------------------------------------------------------------------------


def test_the_full_document_is_written_as_it_was():
    """Keys in the order of the classes, nothing lost: the document itself comes back."""
    assert json.loads(write_case(read_case(text(FULL)))) == FULL
    assert write_case(read_case(text(FULL))) == text(FULL).replace(", ", ",").replace(": ", ":")


@pytest.mark.parametrize("checkpoint", Checkpoint)
@given(data=st.data())
def test_reading_what_was_written_gives_the_same_case(checkpoint, data):
    """Any case of any checkpoint survives the wire, and is decided the same."""
    case = _drawn_case(checkpoint, data)
    written = write_case(case)
    assert read_case(written) == case
    assert write_case(read_case(written)) == written
    assert decide_document(written) == write_decision(case.decide())


@pytest.mark.parametrize("checkpoint", Checkpoint)
@given(data=st.data())
def test_a_document_drawn_from_the_classes_is_read_and_decided(checkpoint, data):
    """Or a class refuses it, and says where; what is read survives being written."""
    read = _read(data.draw(documents(checkpoint)))
    if isinstance(read, WireError):
        assert all(path.startswith(("$.application", "$.answers")) for path, _ in read.faults)
    else:
        assert read_case(write_case(read)) == read
        assert read.decide().findings


def test_what_the_wire_cannot_carry_is_not_written():
    """A case built in Python may hold it; losing it in silence would be worse."""
    case = read_case(text(FULL))
    for price in (Decimal("1.23456"), Decimal("NaN"), Decimal(10) ** 18):
        broken = evolve(case, application=evolve(case.application, price=price))
        with pytest.raises(WireError):
            write_case(broken)


def test_a_record_of_another_checkpoint_is_not_written():
    """Nor is an application of a class of one's own: it would be read back as another."""
    case = read_case(text(FULL))
    answer = evolve(case.answers[0], records=(TaxRecord(matter="seal", status="paid"),))
    with pytest.raises(WireError, match="another kind"):
        write_case(evolve(case, answers=(answer,)))

    @frozen(kw_only=True)
    class Own(VehicleApplication):
        colour: str = "red"

    own = Own(**asdict(case.application, recurse=False))
    with pytest.raises(WireError, match="without loss"):
        write_case(evolve(case, application=own))


def test_an_amount_is_written_without_exponent():
    """Python writes 1E+3; the wire writes 1000."""
    case = read_case(text(FULL))
    changed = evolve(case, application=evolve(case.application, price=Decimal("1E+3")))
    assert json.loads(write_case(changed))["application"]["price"] == "1000"


def test_an_offset_with_seconds_is_written_in_china_time():
    """Local mean time has offsets RFC 3339 cannot write; the instant stays the same."""
    odd = timezone(timedelta(hours=8, minutes=5, seconds=43))
    case = evolve(read_case(text(FULL)), at=datetime(2026, 11, 23, 10, 5, 43, tzinfo=odd))
    assert json.loads(write_case(case))["at"] == "2026-11-23T10:00:00+08:00"


def test_a_case_needs_an_application_of_its_checkpoint():
    """Another checkpoint's rules would not even know its fields."""
    with pytest.raises(ApplicationError, match="checkpoint"):
        evolve(read_case(text(FULL)), checkpoint=Checkpoint.DEREGISTRATION)


EXTREMES = {
    "day": ["1900-01-01", "1900-02-28", "9998-12-31", "2024-02-29", "2024-02-01"],
    "instant": ["1900-01-01T08:00:00+08:00", "9998-12-31T23:59:59+08:00", "2024-01-31T16:00:00Z"],
    "integer": [-(2**53) + 1, -1, 0, 1, 10_000, 2**53 - 1],
    "amount": ["0", "-1", "0.0001", "9" * 18, "-" + "9" * 14 + ".9999"],
}
"""The outermost values the wire takes, by kind."""


def kind_of(value):
    """Return which kind of value stands in a document, None for the others."""
    if type(value) is int:
        return "integer"
    if type(value) is str:
        for kind, pattern in (("day", DAY), ("instant", INSTANT), ("amount", AMOUNT)):
            if compiled(pattern).search(value):
                return kind
    return None


@pytest.mark.parametrize("checkpoint", Checkpoint)
@given(data=st.data())
def test_extreme_values_are_decided_or_refused(checkpoint, data):
    """Counting days and sums never leaves the calendar or fails: a decision, or faults."""
    document = json.loads(write_case(_drawn_case(checkpoint, data)))
    for steps, value in list(places(document)):
        if (kind := kind_of(value)) is not None and data.draw(st.booleans()):
            put(document, list(map(str, steps)), data.draw(st.sampled_from(EXTREMES[kind])))
    try:
        out = json.loads(decide_document(text(document)))
    except WireError:
        return
    assert out["verdict"] in {"pass", "notify-taxpayer", "block"}


# JSON Lines ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("binary", [True, False])
def test_a_bad_line_never_stops_the_others(binary):
    """Every line has its result, in order: cases, faults, an empty line, a line too long."""
    good = write_case(read_case(text(FULL)))
    lines = [good, "{", "", good + "\r", " " * 70_000, good, '"' + "x" * 200_000, good]
    whole = "\n".join(lines)
    stream = io.BytesIO(whole.encode()) if binary else io.StringIO(whole, newline="\n")
    results = list(read_lines(stream, largest=50_000))
    assert [isinstance(result, Case) for result in results] == [
        True, False, False, True, False, True, False, True,
    ]  # fmt: skip
    assert "empty line" in str(results[2])
    assert "larger than 50000" in str(results[4])


def test_lines_are_read_one_at_a_time():
    """The first result is there before the second line is."""

    class Stream(io.BytesIO):
        asked = 0

        def readline(self, size=-1):
            self.asked += 1
            return super().readline(size)

    line = write_case(read_case(text(FULL))).encode()
    stream = Stream(line + b"\n" + line + b"\n")
    results = read_lines(stream)
    assert isinstance(next(results), Case)
    assert stream.asked == 1
    assert len(list(results)) == 1


def test_a_line_that_is_no_utf8_is_a_fault_of_that_line():
    """In a binary stream the others are read."""
    line = write_case(read_case(text(FULL))).encode()
    results = list(read_lines(io.BytesIO(b"\xff\n" + line)))
    assert isinstance(results[0], WireError)
    assert isinstance(results[1], Case)


def test_a_line_of_exactly_the_limit_is_read():
    """The line break does not count, and one character more is too much."""
    line = write_case(read_case(text(FULL))).encode()
    for ending in (b"", b"\n", b"\n" + line):
        kept = list(read_lines(io.BytesIO(line + ending), largest=len(line)))
        assert all(isinstance(result, Case) for result in kept)
        cut = list(read_lines(io.BytesIO(line + ending), largest=len(line) - 1))
        assert all(isinstance(result, WireError) for result in cut)
        assert len(kept) == len(cut)


# Going out ----------------------------------------------------------------------------------------


def test_json_in_json_out():
    """The decision of the document is the decision of the case."""
    case = read_case(text(FULL))
    assert decide_document(text(FULL)) == write_decision(case.decide())
    assert decide_document(text(FULL).encode()) == decide_document(text(FULL))


def test_the_document_says_what_the_decision_says():
    """Verdict, effect and every reason, by the names of the decision."""
    decision = vehicle_cases.judge(vehicle_cases.apply(seized=True), vpt=[], vvt=[])
    document = decision_document(decision)
    assert document == json.loads(write_decision(decision))
    assert document["verdict"] == decision.verdict.value
    assert document["effect"] == "refuse"
    assert document["may_complete"] is False
    assert document["verified"] is decision.verified
    assert document["governing_on"] == "2026-11-23"
    assert document["at"] == "2026-11-23T10:00:00+08:00"
    assert document["obstacles"][0]["kind"] == "vehicle-seized"
    assert document["obstacles"][0]["citations"]
    codes = [finding["code"] for finding in document["findings"]]
    assert codes == [finding.code for finding in decision.findings]
    first = document["findings"][0]
    assert first["outcome"] == "notify-and-refuse"
    assert first["rows"] == list(decision.findings[0].rows)
    assert {finding["outage"] for finding in document["findings"]} == {None}
    assert first["state"] == first["facts"]["state"] == "none-found"
    assert set(first["reason"]) == {"zh-CN", "en"}
    assert {notice["language"] for notice in document["notices"]} == {"zh-CN", "en"}


def test_every_open_obligation_has_its_ways_out():
    """All obligations have to be remedied; of each, any one way will do."""
    decision = vehicle_cases.judge(vehicle_cases.apply(), vpt=[], vvt=[])
    document = decision_document(decision)
    assert [remedy["matter"] for remedy in document["remedies"]] == [
        "vehicle-purchase-tax",
        "vehicle-and-vessel-tax",
    ]
    for entry, remedy in zip(document["remedies"], decision.remedies(), strict=True):
        assert entry["party"] == vehicle_cases.OWNER.masked
        assert entry["subject"] == remedy.obligation.subject
        assert [[action["action"] for action in way] for way in entry["ways"]] == [
            [action.name for action in way] for way in remedy.ways
        ]
        assert entry["ways"]
        for action in (action for way in entry["ways"] for action in way):
            assert action["actor"]
            assert set(action["text"]) == {"zh-CN", "en"}
            assert all(action["text"].values())
        cited = {citation["id"] for citation in entry["citations"]}
        assert cited
        assert cited <= {
            citation["id"] for found in document["findings"] for citation in found["citations"]
        }


def test_what_is_satisfied_needs_no_remedy():
    """Nothing is open where all is paid, nor where the checkpoint does not govern the act."""
    assert decision_document(vehicle_cases.judge(vehicle_cases.apply()))["remedies"] == []


def test_actions_come_in_the_languages_asked_for():
    """As reasons and notices do."""
    decision = vehicle_cases.judge(vehicle_cases.apply(), vpt=[])
    document = decision_document(decision, ["en"])
    (entry,) = document["remedies"]
    assert all(set(action["text"]) == {"en"} for way in entry["ways"] for action in way)


def test_why_a_source_gave_no_answer_is_told():
    """A time-out is another cause than an inquiry nobody put."""
    document = decision_document(read_case(text(spoil("answers", FULL["answers"][1:]))).decide())
    assert {finding["matter"]: finding["outage"] for finding in document["findings"]} == {
        "vehicle-purchase-tax": None,
        "vehicle-and-vessel-tax": "timeout",
    }
    nothing = decision_document(read_case(text(spoil("answers", []))).decide())
    assert "not-asked" in {finding["outage"] for finding in nothing["findings"]}


def test_provisions_not_yet_in_force_are_not_cited():
    """Citations are those of the governing day."""
    early = vehicle_cases.apply(handled_on=date(2019, 1, 1))
    document = decision_document(vehicle_cases.judge(early))
    for finding in document["findings"]:
        assert finding["citations"] == []


def test_languages_are_the_callers_choice():
    """Reasons and notices come in the languages asked for, in their order."""
    decision = vehicle_cases.judge(vehicle_cases.apply(), vpt=[])
    document = decision_document(decision, [Language.EN])
    assert {notice["language"] for notice in document["notices"]} == {"en"}
    assert all(set(finding["reason"]) == {"en"} for finding in document["findings"])
    assert decision_document(decision, ())["notices"] == []
    with pytest.raises(ValueError, match="fr"):
        decision_document(decision, ["fr"])


def test_nothing_leaves_in_clear():
    """Not one identifier, name or voucher of the case stands in the decision (row 64)."""
    out = decide_document(text(FULL))
    assert not [secret for secret in (*SECRETS, "乙某", "甲某", "某某公司") if secret in out]
    assert "发票与合同不一致" not in out
    referrals = json.loads(out)["referrals"]
    assert [referral["kind"] for referral in referrals] == ["forged-voucher", "sham-price"]
    assert referrals[0]["voucher_no"].startswith("****")
    assert referrals[1]["person"].startswith("****")


def test_equal_decisions_give_equal_text():
    """Whatever the order of answers and readings, byte for byte."""
    document = spoil("readings", FULL["readings"][::-1])
    document["answers"].reverse()
    assert decide_document(text(document)) == decide_document(text(FULL))


def test_a_faulty_document_is_no_decision():
    """Nothing is decided; the error has a document of its own, with every fault."""
    with pytest.raises(WireError) as caught:
        decide_document("{}")
    document = error_document(caught.value)
    assert [fault["path"] for fault in document["faults"]] == [
        "$.checkpoint",
        "$.application",
        "$.at",
    ]
    assert set(document) == {"taxgate", "faults"}


@pytest.mark.parametrize(
    ("error", "path"),
    [
        (ApplicationError("owner.number", "is wrong"), "$.application.owner.number"),
        (ApplicationError("at", "carries no time zone"), "$.at"),
        (AnswerError("deed-tax ****", "is given twice"), "$.answers"),
        (IdentifierError("VIN", "is empty"), "$"),
    ],
)
def test_every_input_error_has_a_document(error, path):
    """What was built in Python and refused there is told in the same form."""
    ((fault),) = error_document(error)["faults"]
    assert fault["path"] == path
    assert fault["problem"]


def test_what_only_deciding_finds_is_a_fault_too(monkeypatch):
    """An error of the check is turned into the faults of the document."""

    def refuse(*_, **__):
        raise ApplicationError("vehicle.seats", "cannot be judged")

    monkeypatch.setattr(rules(Checkpoint.VEHICLE), "check", refuse)
    with pytest.raises(WireError) as caught:
        decide_document(text(FULL))
    assert caught.value.faults == (("$.application.vehicle.seats", "cannot be judged"),)


def test_the_inquiries_of_a_case_can_be_written():
    """What is to be asked, as it stands in an answer; the identifiers in clear."""
    case = read_case(text(FULL))
    asked = inquiries_document(case)
    assert [inquiry["matter"] for inquiry in asked] == [
        "vehicle-purchase-tax",
        "vehicle-and-vessel-tax",
    ] or [inquiry["matter"] for inquiry in asked] == ["vehicle-and-vessel-tax"]
    answers = [{"inquiry": item, "records": [], "as_of": FULL["at"]} for item in asked]
    answered = read_case(text(spoil("answers", answers)))
    assert tuple(item.inquiry for item in answered.answers) == rules(Checkpoint.VEHICLE).inquiries(
        case.application
    )


# Helpers ------------------------------------------------------------------------------------------


def _drawn_case(checkpoint, data):
    application, answers, readings = data.draw(strategies.cases(rules(checkpoint)))
    return Case(
        checkpoint=checkpoint,
        application=application,
        answers=answers,
        readings=readings,
        at=datetime(2026, 11, 23, 10, 0, tzinfo=CHINA),
    )


def _read(document):
    try:
        return read_case(text(document))
    except WireError as error:
        return error


def _get(steps):
    value = FULL
    for step in steps:
        value = value[step]
    return value
