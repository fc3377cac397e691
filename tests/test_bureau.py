"""The sandbox bureau: what it knows, what it does to magic identifiers, and what it keeps quiet."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from datetime import datetime
from importlib.resources import files

import pytest

from bureau_cases import (
    PROFILES,
    VEHICLE_OFFICE,
    about,
    bureau,
    configured,
    purpose,
    register,
    reports,
    source,
)
from taxgate import Gate
from taxgate.adapters.profile_files import load_profile, shipped
from taxgate.bureau import MAGICS, SandboxBureau, magic_of, opened, sending, write
from taxgate.bureau import shipped as shipped_records
from taxgate.bureau.tabulating import heading, markdown, rows
from taxgate.cases import CASES
from taxgate.config import load
from taxgate.errors import ConfigError
from taxgate.evidence import CHINA, Inquiry, OutageCause, Provenance
from taxgate.gate import purpose_for
from taxgate.identifiers import ResidentNumber, UnitCode, Uscc, Vin
from taxgate.parties import IdType, Person
from taxgate.sources import Deadline, SourceError, ask
from taxgate.terms import Effect, Language, Matter, RecordStatus
from taxgate.wire import read_application, read_case

__all__ = ["bureau", "reports", "source"]  # fixtures

BY_NAME = {magic.name: magic for magic in MAGICS}
NOW = datetime(2026, 11, 23, 10, tzinfo=CHINA)
PAID_VIN = "LTX9E5A14TA000019"

OUTAGES = {
    "silence": OutageCause.TIMEOUT,
    "header-drip": OutageCause.TIMEOUT,
    "body-drip": OutageCause.TIMEOUT,
    "reset": OutageCause.CONNECT_FAILED,
    "cut-short": OutageCause.CONNECT_FAILED,
    "hang-up": OutageCause.CONNECT_FAILED,
    "no-length": OutageCause.MALFORMED_RESPONSE,
    "rate-limited": OutageCause.RATE_LIMITED,
    "server-error": OutageCause.SERVER_FAULT,
    "maintenance": OutageCause.SERVER_FAULT,
    "not-found": OutageCause.MALFORMED_RESPONSE,
    "unauthorised": OutageCause.BAD_SIGNATURE,
    "redirect": OutageCause.REDIRECT_REFUSED,
    "no-content": OutageCause.MALFORMED_RESPONSE,
    "empty-body": OutageCause.MALFORMED_RESPONSE,
    "html-page": OutageCause.MALFORMED_RESPONSE,
    "oversize": OutageCause.OVERSIZE_RESPONSE,
    "gzip-bomb": OutageCause.OVERSIZE_RESPONSE,
    "truncated": OutageCause.MALFORMED_RESPONSE,
    "duplicate-keys": OutageCause.MALFORMED_RESPONSE,
    "two-documents": OutageCause.MALFORMED_RESPONSE,
    "not-a-number": OutageCause.MALFORMED_RESPONSE,
    "fraction": OutageCause.MALFORMED_RESPONSE,
    "deep-nesting": OutageCause.MALFORMED_RESPONSE,
    "other-charset": OutageCause.MALFORMED_RESPONSE,
    "unknown-status": OutageCause.UNKNOWN_CODE,
    "no-status": OutageCause.MALFORMED_RESPONSE,
    "empty-status": OutageCause.MALFORMED_RESPONSE,
    "records-swapped": OutageCause.MALFORMED_RESPONSE,
    "unknown-answer": OutageCause.UNKNOWN_CODE,
    "failure-inside": OutageCause.SERVER_FAULT,
    "not-opened": OutageCause.NOT_OPENED,
    "signature-refused": OutageCause.BAD_SIGNATURE,
    "page-missing": OutageCause.MALFORMED_RESPONSE,
    "wrong-subject": OutageCause.SUBJECT_MISMATCH,
    "wrong-matter": OutageCause.SUBJECT_MISMATCH,
    "no-echo": OutageCause.SUBJECT_MISMATCH,
    "replayed": OutageCause.REPLAYED_ANSWER,
    "stale": OutageCause.STALE_ANSWER,
    "undated": OutageCause.STALE_ANSWER,
    "from-the-future": OutageCause.CLOCK_SKEW,
}
"""What a caller has to see of each fault, by the requirements on sources."""

ANSWERS = {
    "paid": ("paid",),
    "unpaid": ("unpaid",),
    "no-record": (),
    "contradiction": ("paid", "unpaid"),
    "record-of-another": ("paid",),
    "slow": ("paid",),
}

UNSAYABLE = {
    ("city-bus", "not-opened"),
    ("generic", "page-missing"),
    ("gjgxjhpt", "not-opened"),
    ("gjzwfwpt", "not-opened"),
    ("sorted-params", "not-opened"),
}
"""Faults a profile has no words for: the bureau says so with status 501."""


# The table ----------------------------------------------------------------------------------------


def test_the_table_is_the_one_expected_here():
    """No fault is without an expectation, and each promises the outage that is required."""
    assert {magic.name: magic.cause for magic in MAGICS} == {**dict.fromkeys(ANSWERS), **OUTAGES}


def test_magic_identifiers_are_well_formed_and_all_different():
    """Each parses, its VIN has a fitting check digit, and no number stands twice."""
    seen = [part.value for magic in MAGICS for part in magic.identifiers]
    assert len(set(seen)) == len(seen) == 4 * len(MAGICS)
    for magic in MAGICS:
        assert Vin.parse(magic.vin.value).check_digit_ok
        assert UnitCode.parse(magic.unit.value) == magic.unit
        assert Uscc.parse(magic.uscc.value) == magic.uscc
        assert ResidentNumber.parse(magic.resident.value) == magic.resident
        assert not magic.unit.division.value.startswith("1401")


def test_magic_identifiers_belong_to_regions_that_do_not_exist():
    """Nobody's number is used: counties 9999 and 9997 of Shanxi were never assigned."""
    for magic in MAGICS:
        assert magic.unit.value.startswith("149999")
        assert magic.uscc.value[2:8] == "149999"
        assert magic.resident.value.startswith("149997")


@pytest.mark.parametrize("kind", ["vin", "unit", "company", "person"])
def test_an_identifier_of_each_kind_is_recognised(kind):
    """Whichever of the four an inquiry names, the bureau does what its table says."""
    for magic in MAGICS:
        person = Person(IdType.RESIDENT_NUMBER, "149999198803072136")
        if kind == "person":
            person = Person(IdType.RESIDENT_NUMBER, magic.resident.value)
        asked = Inquiry(
            matter=Matter.INDIVIDUAL_INCOME_TAX,
            vin=magic.vin if kind == "vin" else None,
            unit=magic.unit if kind == "unit" else None,
            company=magic.uscc
            if kind == "company"
            else Uscc("91149999MA0EX0A01R")
            if kind == "person"
            else None,
            person=person,
        )
        assert magic_of(asked) is magic


def test_nobody_of_the_shipped_cases_is_magic():
    """The demonstration's people and things are known, not faulty."""
    for case in CASES:
        for answer in read_case(case.document()).answers:
            assert magic_of(answer.inquiry) is None


@pytest.mark.parametrize("language", Language)
def test_the_table_is_printed_from_the_same_data(language):
    """Every magic identifier stands in it with all four numbers."""
    text = markdown(language)
    assert len(text.splitlines()) == len(MAGICS) + 2
    assert {len(row) for row in rows(language)} == {len(heading(language))}
    for magic in MAGICS:
        for part in magic.identifiers:
            assert part.value in text


# Magic identifiers --------------------------------------------------------------------------------


def test_every_shipped_profile_is_tried():
    """A profile added to the package is tried here, too."""
    assert shipped() == PROFILES


@pytest.mark.parametrize("name", OUTAGES)
@pytest.mark.parametrize("profile", PROFILES)
def test_a_magic_identifier_ends_in_the_outage_that_is_required(source, profile, name):
    """Asked through the HTTP source, each fault has the one cause it has to have."""
    cause = OutageCause.SERVER_FAULT if (profile, name) in UNSAYABLE else OUTAGES[name]
    deadline = Deadline(0.25 if cause is OutageCause.TIMEOUT else 5)
    with pytest.raises(SourceError) as caught:
        ask(source(profile), about(load_profile(profile), BY_NAME[name]), deadline)
    assert caught.value.outage.cause is cause
    if (profile, name) in UNSAYABLE:
        assert caught.value.outage.detail == "HTTP status 501"


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("profile", PROFILES)
def test_a_magic_identifier_without_a_fault_is_answered(source, monkeypatch, profile, name):
    """The answer is fresh, holds the records the table promises, and says that it is invented."""
    monkeypatch.setattr(sending, "LATE", 0.1)
    inquiry = about(load_profile(profile), BY_NAME[name])
    answer = ask(source(profile), inquiry, Deadline(5))
    assert tuple(record.status for record in answer.records) == ANSWERS[name]
    assert answer.provenance is Provenance.IN_MEMORY
    assert answer.consultation_id.startswith("SANDBOX-")
    ours = {inquiry.vin, inquiry.unit}
    for record in answer.records:
        key = getattr(record, "vin", None) or record.unit
        assert (key in ours) is (name != "record-of-another")


@pytest.mark.parametrize(
    ("matter", "good", "bad"),
    [
        (Matter.CLEARANCE, RecordStatus.ISSUED, RecordStatus.REVOKED),
        (Matter.TAX_OBJECTION, RecordStatus.NO_OBJECTION, RecordStatus.OBJECTED),
        (
            Matter.TAX_REGISTRATION,
            RecordStatus.NOT_REGISTERED_FOR_TAX,
            RecordStatus.REGISTERED_FOR_TAX,
        ),
    ],
)
@pytest.mark.parametrize("profile", ["generic", "gjgxjhpt", "open-gateway"])
def test_magic_entities_have_clearance_records(source, profile, matter, good, bad):
    """What reassures and what does not is said in the words of the matter."""
    made = source(profile)
    for name, status in (("paid", good), ("unpaid", bad)):
        asked = Inquiry(
            matter=matter,
            company=BY_NAME[name].uscc,
            purpose=purpose("示例市市场监督管理局", "27(1)"),
        )
        (record,) = ask(made, asked, Deadline(5)).records
        assert record.status is status


def vehicle_case(vin):
    """Return the shipped application whose taxes are paid, for another vehicle."""
    case = next(case for case in CASES if case.name == "vehicle-first-paid")
    document = json.loads(case.document())
    document["application"]["vehicle"]["frame"] = vin
    return read_application(document["checkpoint"], json.dumps(document["application"]))


@pytest.mark.parametrize("name", [*OUTAGES, *ANSWERS])
def test_no_fault_lets_a_vehicle_be_registered(monkeypatch, tmp_path, name):
    """Through a gate the reassuring record inside a faulty reply never counts."""
    register(monkeypatch)
    monkeypatch.setattr(sending, "LATE", 0.1)
    with SandboxBureau(clock=lambda: NOW) as bureau:
        path = configured(tmp_path, bureau, "generic")
        found = load(path, clock=lambda: NOW, sleep=lambda _: None)
        # Short only where nothing comes: a busy machine is no fault of the bureau.
        within = 0.4 if OUTAGES.get(name) is OutageCause.TIMEOUT else 8
        application = vehicle_case(BY_NAME[name].vin.value)
        with Gate(found.sources, clock=lambda: NOW, within=within, trial=True) as gate:
            asks = purpose_for(application, office=application.office, case_no=application.case_no)
            decision = gate.check(application, purpose=asks)
    good = name in {"paid", "slow"}
    assert decision.may_complete is good
    assert (decision.effect is Effect.PROCEED) is good


# Records ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["vehicle-first-paid", "property-sale-paid", "equity-sale-paid"])
def test_without_arguments_the_shipped_cases_are_known(monkeypatch, tmp_path, name):
    """Asked by a gate, the bureau's own answers lead to the pass the shipped case shows."""
    register(monkeypatch)
    document = json.loads(next(case for case in CASES if case.name == name).document())
    application = read_application(document["checkpoint"], json.dumps(document["application"]))
    asks = purpose_for(application, office=application.office, case_no=application.case_no)
    with SandboxBureau(clock=lambda: NOW) as bureau:
        found = load(configured(tmp_path, bureau, "generic"), clock=lambda: NOW)
        with Gate(found.sources, clock=lambda: NOW, trial=True) as gate:
            decision = gate.check(application, purpose=asks)
        again = load(configured(tmp_path, bureau, "generic"), clock=lambda: NOW)
        with Gate(again.sources, clock=lambda: NOW) as gate:
            refused = gate.check(application, purpose=asks)
    assert decision.may_complete
    assert decision.verified
    # What the sandbox says never counts where registrations are completed.
    assert not refused.may_complete
    causes = {
        item.obligation.answer.outage.cause
        for item in refused.findings
        if item.obligation.answer is not None
    }
    assert causes == {OutageCause.NOT_LIVE}


@pytest.mark.parametrize("place", ["records.sqlite", "records"])
def test_records_can_be_changed_while_the_bureau_runs(source, tmp_path, place):
    """First unpaid, then paid: an office that asks again sees it."""
    path = tmp_path / place
    asked = Inquiry(
        matter=Matter.VEHICLE_PURCHASE_TAX,
        vin=Vin(PAID_VIN),
        purpose=purpose(VEHICLE_OFFICE, "24(2)"),
    )
    write(path, shipped_records())
    with SandboxBureau(records=opened(path)) as bureau:
        made = source("generic", bureau)
        assert [r.status for r in ask(made, asked, Deadline(5)).records] == ["paid"]
        if path.is_dir():
            for file in path.glob("*.json"):
                text = file.read_text(encoding="utf-8")
                file.write_text(text.replace('"paid"', '"unpaid"'), encoding="utf-8")
        else:
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.execute(
                    "UPDATE record SET value = replace(value, '\"paid\"', '\"unpaid\"')"
                )
        assert [r.status for r in ask(made, asked, Deadline(5)).records] == ["unpaid"]


@pytest.mark.parametrize("place", ["records.sqlite", "records"])
def test_what_was_written_is_read_again_whole(tmp_path, place):
    """Every shipped record is found by its subject."""
    path = tmp_path / place
    write(path, shipped_records())
    known = opened(path)
    for record in shipped_records():
        asked = Inquiry(
            matter=record.matter,
            vin=getattr(record, "vin", None),
            unit=getattr(record, "unit", None),
            company=getattr(record, "company", None) or getattr(record, "uscc", None),
            person=record.taxpayer,
        )
        assert record in known.about(asked)


def test_nothing_is_written_over(tmp_path):
    """What is there already stays as it is."""
    for name in ("there.sqlite", "there"):
        path = tmp_path / name
        path.mkdir()
        with pytest.raises(ConfigError, match="is there already"):
            write(path, shipped_records())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"matter": "deed-tax", "status": "paid"}', "gives one of"),
        ('{"matter": "deed-tax", "status": "settled", "unit": "x"}', r"\$\[0\]\.status"),
        ('[{"matter": "no-tax", "vin": "LTX9E5A14TA000019"}]', r"\$\[0\]"),
        ("{", "JSON"),
        ('{"a": 1, "a": 2}', "record"),
    ],
)
def test_a_faulty_record_is_named_with_its_file(tmp_path, text, problem):
    """The sandbox does not start on records that nobody could be told."""
    (tmp_path / "one.json").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=problem) as caught:
        opened(tmp_path)
    assert all("one.json" in place for place, _ in caught.value.faults)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    """Neither a missing file nor one of another kind starts the sandbox."""
    path = tmp_path / "records.sqlite"
    with pytest.raises(ConfigError, match="cannot be read"):
        opened(path)
    path.write_text("no database at all, but long enough to be looked at", encoding="utf-8")
    with pytest.raises(ConfigError, match="cannot be read"):
        opened(path)


def test_records_that_become_unreadable_end_in_a_fault_of_the_server(source, tmp_path):
    """The bureau says that it cannot look, not that there is nothing."""
    path = tmp_path / "records"
    write(path, shipped_records())
    asked = Inquiry(
        matter=Matter.VEHICLE_PURCHASE_TAX,
        vin=Vin(PAID_VIN),
        purpose=purpose(VEHICLE_OFFICE, "24(2)"),
    )
    with SandboxBureau(records=opened(path)) as bureau:
        (path / "more.json").write_text("{", encoding="utf-8")
        with pytest.raises(SourceError) as caught:
            ask(source("generic", bureau), asked, Deadline(5))
    assert caught.value.outage.cause is OutageCause.SERVER_FAULT


# In a program ------------------------------------------------------------------------------------


def test_a_slow_answer_takes_its_time(bureau):
    """Two seconds, well within the time a check has."""
    began = time.monotonic()
    with closing(bureau.source("generic")) as source:
        answer = ask(source, about(load_profile("generic"), BY_NAME["slow"]), Deadline(8))
    assert [record.status for record in answer.records] == ["paid"]
    assert 1.9 < time.monotonic() - began < 8


@pytest.mark.parametrize("profile", PROFILES)
def test_a_gate_can_be_given_a_source_without_a_file(bureau, profile):
    """Everything a source needs to know of the bureau, the bureau knows."""
    with closing(bureau.source(profile)) as source:
        answer = ask(source, about(load_profile(profile), BY_NAME["paid"]), Deadline(5))
    assert answer.provenance is Provenance.IN_MEMORY
    assert answer.source == "sandbox"


def test_a_profile_of_ones_own_is_named_by_its_file(tmp_path):
    """The configuration that is shown can be loaded, whatever folder it is put into."""
    path = tmp_path / "own.toml"
    shipped_text = files("taxgate.adapters.profiles").joinpath("generic.toml").read_text("utf-8")
    path.write_text(shipped_text.replace('name = "generic"', 'name = "own"', 1), "utf-8")
    path.chmod(0o600)
    with SandboxBureau([str(path)]) as bureau:
        (name,) = bureau.profiles
        assert f'profile = "{path}"' in bureau.snippet(name)
