"""What may stand in a drop file, seen through a gate in production: it never passes."""

from __future__ import annotations

import logging

import pytest

import vehicle_cases
from drop_cases import HEADER, VIN, Drop, coverage, csv_of, flat
from taxgate.adapters.by_matter import RoutedSource
from taxgate.adapters.drop_layout import shipped_layouts
from taxgate.evidence import Answer, OutageCause, Provenance, Purpose
from taxgate.findings import Outcome
from taxgate.gate import Gate
from taxgate.identifiers import Vin
from taxgate.terms import Matter, RecordStatus

C = OutageCause
CAR = vehicle_cases.car(frame=Vin(VIN))
APPLICATION = vehicle_cases.apply(vehicle=CAR)
PURPOSE = Purpose(office="某市车管所", case_no="CASE-1", provision="order-307/24(2)")
GOOD = [VIN, "1", "0001E05", "20260228", "", ""]


class VesselTax:
    """A live source of the other tax, which is paid: what follows is due to the file alone."""

    provenance = Provenance.LIVE
    name = "vessel-tax"

    def query(self, inquiry, _deadline):
        """Answer that it is paid."""
        paid = vehicle_cases.record(vehicle_cases.VVT, vin=inquiry.vin)
        return Answer(
            inquiry=inquiry,
            records=(paid,),
            source=self.name,
            as_of=vehicle_cases.AT,
            provenance=Provenance.LIVE,
        )


@pytest.fixture
def drop(tmp_path):
    """Return a folder into which the bureau puts lists of vehicle purchase tax."""
    return Drop(tmp_path / "drop")


def check(drop):
    """Return what a gate in production decides."""
    source = RoutedSource({Matter.VEHICLE_PURCHASE_TAX: drop.source}, VesselTax())
    with Gate(source, clock=lambda: drop.now) as gate:
        return gate.check(APPLICATION, purpose=PURPOSE)


def causes(decision):
    """Return why there was no answer."""
    answers = [item.obligation.answer for item in (*decision.findings, *decision.silent)]
    return {answer.outage.cause for answer in answers if answer is not None and answer.outage}


def rows(*told, **fields):
    """Return what puts these rows there."""
    return lambda drop: drop.put_rows(*told, **fields)


def cell(place, value):
    """Return what puts the good row there, with one cell changed."""
    return rows([*GOOD[:place], value, *GOOD[place + 1 :]])


def content(spoil):
    """Return what puts a file there whose bytes are spoilt, with a manifest that fits it."""
    return lambda drop: drop.put(spoil(csv_of([HEADER, GOOD])), rows=1)


def manifest(old, new):
    """Return what puts a good file there, with a manifest changed as text."""

    def put(drop):
        path = drop.put_rows(GOOD)
        told = path.read_text(encoding="utf-8")
        assert old in told
        path.write_text(told.replace(old, new, 1), encoding="utf-8")

    return put


def fault(number, name, put, cause):
    """Return a parameter: a fault of a file or its manifest."""
    marks = pytest.mark.fault(number, source="drop-files")
    return pytest.param(put, cause, id=f"{number}-{name}", marks=marks)


def _doubled(told):
    return told.replace("姓名".encode(), "完税状态".encode())


BAD = C.MALFORMED_RESPONSE
FAULTS = [
    fault(22, "empty", content(lambda _: b""), BAD),
    fault(25, "cut", content(lambda told: told[:-20]), BAD),
    fault(
        26,
        "column-twice",
        content(_doubled),
        BAD,
    ),
    fault(26, "count-twice", manifest('"rows": 1', '"rows": 2, "rows": 1'), BAD),
    fault(27, "count", manifest('"rows": 1', '"rows": NaN'), BAD),
    fault(29, "count", manifest('"rows": 1', '"rows": 1.0'), BAD),
    fault(29, "exponent", manifest('"rows": 1', '"rows": 1e0'), BAD),
    fault(30, "long", manifest('"rows": 1', '"rows": ' + "9" * 5000), BAD),
    fault(34, "gb18030", content(lambda told: told.decode().encode("gb18030")), BAD),
    fault(34, "utf-16", content(lambda told: told.decode().encode("utf-16")), BAD),
    fault(34, "byte-order-mark", content(lambda told: b"\xef\xbb\xbf" + told), BAD),
    fault(35, "empty", cell(1, ""), BAD),
    *(
        fault(36, repr(code), cell(1, code), C.UNKNOWN_CODE)
        for code in ("N", "false", "１", "01", "1 ", "True")
    ),
    fault(37, "status", cell(1, "部分"), C.UNKNOWN_CODE),
    fault(39, "columns", content(lambda told: told.replace(b",20260228", b"")), BAD),
    fault(39, "manifest", manifest('"rows": 1', '"rows": "1"'), BAD),
    # A manifest that is no JSON cannot be told from one that is still being written.
    fault(74, "manifest-cut", manifest('"version": 1, ', '"version": 1'), C.SERVER_FAULT),
    fault(74, "manifest-trailing", manifest('{"version"', '{} {"version"'), C.SERVER_FAULT),
    fault(74, "manifest-deep", manifest('"lists": [', '"lists": [' + "[" * 50_000), C.SERVER_FAULT),
    fault(41, "matter", rows(GOOD, lists=[coverage(matter="vehicle-and-vessel-tax")]), None),
    fault(46, "missing", rows(GOOD, as_of=...), C.STALE_ANSWER),
    fault(46, "old", rows(GOOD, as_of="2026-11-22T09:59:00+08:00"), C.STALE_ANSWER),
    fault(47, "ahead", rows(GOOD, as_of="2026-11-23T10:06:00+08:00"), C.CLOCK_SKEW),
]


def test_the_bureau_of_these_tests_is_believed_when_it_behaves(drop):
    """Without a fault the decision is a verified pass."""
    drop.put_rows(GOOD)
    decision = check(drop)
    assert decision.outcome is Outcome.SATISFIED
    assert decision.verified


@pytest.mark.parametrize(("put", "cause"), FAULTS)
def test_a_fault_of_a_file_is_an_outage_with_its_cause(drop, caplog, put, cause):
    """Nothing passes, and what cannot be trusted is logged as an error, on one line."""
    caplog.set_level(logging.DEBUG)
    put(drop)
    decision = check(drop)
    assert decision.outcome is Outcome.CANNOT_VERIFY
    assert not decision.may_complete
    assert not decision.verified
    assert decision.retryable
    assert causes(decision) == {cause} if cause else causes(decision)
    assert all(record.getMessage().isprintable() for record in caplog.records)


@pytest.mark.fault(31, source="drop-files")
def test_a_file_too_large_is_not_read(tmp_path):
    """More bytes than were allowed are an outage of their own cause."""
    drop = Drop(tmp_path / "drop", largest=1000)
    drop.put_rows(*[GOOD] * 30)
    decision = check(drop)
    assert decision.outcome is Outcome.CANNOT_VERIFY
    assert causes(decision) == {C.OVERSIZE_RESPONSE}


@pytest.mark.fault(40, 44, source="drop-files")
def test_a_list_of_others_says_no_record_of_this_one(drop):
    """Rows about other vehicles, however paid, are no record of this vehicle."""
    drop.put_rows([vehicle_cases.OTHER_VIN.value, *GOOD[1:]])
    decision = check(drop)
    assert decision.outcome > Outcome.ADVISE
    assert not decision.may_complete


@pytest.mark.fault(43, source="drop-files")
def test_rows_that_contradict_each_other_do_not_pass(drop):
    """Paid and unpaid of one vehicle: a conflict."""
    drop.put_rows(GOOD, [*GOOD[:1], "0", "", *GOOD[3:]])
    decision = check(drop)
    assert decision.outcome is Outcome.NOTIFY
    assert not decision.may_complete


@pytest.mark.fault(51, source="drop-files")
def test_a_newer_list_is_heard_by_the_next_check(drop):
    """Paid in the list of nine o'clock, unpaid in that of half past: the second does not pass."""
    drop.put_rows(GOOD, name="a.csv")
    before = check(drop)
    drop.put_rows([*GOOD[:1], "0", "", *GOOD[3:]], name="b.csv", as_of="2026-11-23T09:30:00+08:00")
    after = check(drop)
    assert before.outcome is Outcome.SATISFIED
    assert not after.may_complete


@pytest.mark.fault(52, source="drop-files")
def test_an_exemption_revoked_by_the_day_does_not_pass(tmp_path):
    """The exemption and what revokes it stand in one list of the package's own layout."""
    layouts = shipped_layouts()
    parts = {part.path: part.column for part in layouts["vehicle"]._record if part.column}
    records = (
        vehicle_cases.record(status=RecordStatus.EXEMPT, vin=CAR.frame, voucher_no="V-1"),
        vehicle_cases.record(
            status=RecordStatus.REVOKED, vin=CAR.frame, voucher_no="V-2", cancels="V-1"
        ),
    )
    drop = Drop(tmp_path / "drop", layouts)
    told = [list(flat(record, parts).values()) for record in records]
    drop.put_rows(*told, header=[*parts.values()], layout="vehicle")
    decision = check(drop)
    assert not causes(decision)
    assert decision.outcome > Outcome.ADVISE
    assert not decision.may_complete
