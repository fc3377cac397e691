"""A recording played back decides as the answers did, and is read strictly."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from combined_sources import (
    DOWN,
    NOTHING,
    PAID,
    QUESTION,
    UNPAID,
    VVT,
    Scripted,
    asked_for,
    at_once,
    soon,
    wall,
)
from recordings import CANARY, EVERYTHING, KEY, record_all, recorded, replay
from strategies import SAMPLES
from taxgate import vehicle
from taxgate.adapters.recording import RecordingSource
from taxgate.adapters.replay import ReplaySource
from taxgate.adapters.tokens import Tokens
from taxgate.errors import ConfigError
from taxgate.evidence import Answer, OutageCause, Provenance, Reservation
from taxgate.identifiers import FrameNumber, UnitCode, Uscc
from taxgate.parties import IdType, Person
from taxgate.secret import Secret
from taxgate.sources import SourceUnavailableError
from taxgate.terms import RecordStatus
from vehicle_cases import AT, OTHER_VIN, VIN, apply, record


@pytest.fixture
def path(tmp_path):
    """Where the recording is."""
    return tmp_path / "recording.jsonl"


@pytest.mark.parametrize("reply", [PAID, UNPAID, NOTHING])
def test_a_recording_plays_back_what_was_answered(path, reply):
    """With the source, its date and its reservations, and as what it is: a replay."""

    class Plain(Scripted):
        def query(self, inquiry, deadline):
            return evolve(super().query(inquiry, deadline), reservations=(Reservation.NO_ECHO,))

    source = RecordingSource(Plain(reply), path, key=KEY, clock=wall())
    source.query(QUESTION, soon())
    source.close()
    played = replay(path).query(asked_for(office="另一车管所", case_no="9"), soon())
    assert [item.status for item in played.records] == [item.status for item in reply]
    assert {item.vin for item in played.records} <= {VIN}
    assert played.provenance is Provenance.REPLAYED
    assert (played.source, played.as_of) == ("bureau", AT)
    assert played.reservations == (Reservation.NO_ECHO,)


def test_identifiers_of_the_question_come_back_and_others_are_invented(path):
    """The person and vehicle asked about, but no voucher; another vehicle is again another."""
    other = evolve(EVERYTHING, vin=OTHER_VIN, taxpayer=Person(IdType.USCC, "91149999MA0000001C"))
    question = asked_for(person=CANARY, plate="晋A00001")
    record_all(path, (question, (EVERYTHING, other)))
    first, second = replay(path).query(question, soon()).records
    assert (first.vin, first.taxpayer, first.plate_no) == (VIN, CANARY, "晋A00001")
    assert (first.model, first.plate_class) == ("M-1", "小型汽车")
    assert first.voucher_no not in (None, "V-CANARY")
    assert first.voucher_no == second.voucher_no
    assert second.vin not in (VIN, OTHER_VIN)
    assert second.taxpayer.id_type is IdType.USCC
    assert second.taxpayer.number != "91149999MA0000001C"
    again = replay(path, known=["E-CANARY", "91149999MA0000001C"])
    first, second = again.query(question, soon()).records
    assert first.engine_no == "E-CANARY"
    assert second.taxpayer.number == "91149999MA0000001C"


def test_what_was_never_recorded_was_not_asked(path):
    """Another vehicle, matter, person or year is another question."""
    record_all(path, (QUESTION, PAID))
    source = replay(path)
    for question in (
        asked_for(vin=OTHER_VIN),
        asked_for(vin=FrameNumber("LC0012345")),
        asked_for(matter=VVT),
        asked_for(person=CANARY),
        asked_for(years=(2026,)),
    ):
        with pytest.raises(SourceUnavailableError) as caught:
            source.query(question, soon())
        assert caught.value.outage.cause is OutageCause.NOT_ASKED


def test_answers_are_played_back_in_order_and_the_last_again(path):
    """First an outage, then "unpaid", then "paid", and "paid" from then on."""
    record_all(path, (QUESTION, DOWN), (QUESTION, UNPAID), (QUESTION, PAID))
    source = replay(path)
    with pytest.raises(SourceUnavailableError):
        source.query(QUESTION, soon())
    found = [source.query(QUESTION, soon()).records[0].status for _ in range(3)]
    assert found == [RecordStatus.UNPAID, RecordStatus.PAID, RecordStatus.PAID]


def test_an_answer_may_be_dated_anew(path):
    """As old as it was when it was recorded; otherwise it is stale a day later (46, 49)."""
    source = recorded(path, PAID, as_of=AT - timedelta(hours=3))
    source.query(QUESTION, soon())
    source.close()
    later = AT + timedelta(days=400)
    plain = replay(path, clock=wall(later)).query(QUESTION, soon())
    assert plain.as_of == AT - timedelta(hours=3)
    anew = replay(path, clock=wall(later), as_if_now=True).query(QUESTION, soon())
    assert anew.as_of == later - timedelta(hours=3)


def outcome(decision):
    """Return what a decision comes to, matter by matter."""
    return [
        (item.obligation.matter, item.outcome, str(getattr(item.obligation.facts, "state", "")))
        for item in decision.findings
    ]


@given(st.data())
def test_a_replay_decides_as_the_answers_did(tmp_path_factory, data):
    """Theorem, over every checkpoint: with its own texts known a case is decided alike."""
    module = data.draw(st.sampled_from(list(SAMPLES)))
    samples = SAMPLES[module]
    application = data.draw(st.sampled_from(samples.applications))
    path = tmp_path_factory.mktemp("recording") / "r.jsonl"
    path.touch(mode=0o600)
    live, questions = [], module.inquiries(application)
    for inquiry in questions:
        reply = tuple(samples.records(application, inquiry))
        if data.draw(st.booleans(), label="drop"):
            reply = reply[1:]
        record_all(path, (inquiry, reply))
        live.append(Answer(inquiry=inquiry, records=reply, as_of=AT))
    source = replay(path, known=texts_of(application), as_if_now=True, clock=wall(samples.at))
    played = [source.query(inquiry, soon()) for inquiry in questions]
    was = [evolve(answer, as_of=samples.at) for answer in live]
    now = [evolve(answer, as_of=samples.at) for answer in played]
    assert outcome(module.check(application, now, at=samples.at)) == outcome(
        module.check(application, was, at=samples.at)
    )


def texts_of(value):
    """Return every text in an application."""
    found = []
    left = [value]
    while left:
        part = left.pop()
        if type(part) is str:
            found.append(part)
        elif isinstance(part, (Person, Uscc, UnitCode)) or hasattr(part, "__attrs_attrs__"):
            left.extend(getattr(part, item.name) for item in type(part).__attrs_attrs__)
        elif isinstance(part, (tuple, frozenset)):
            left.extend(part)
    return found


def test_without_known_texts_a_replay_is_never_more_favourable(path):
    """An engine number that cannot be restored is again another engine: hold, not pass."""
    paid = record(engine_no="E0001")
    record_all(path, (QUESTION, (paid,)), (asked_for(matter=VVT, years=(2026,)), ()))
    application = apply()
    played = replay(path).query(vehicle.inquiries(application)[0], soon())
    assert not vehicle.check(application, [played], at=AT).may_complete


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
        ),
        max_leaves=6,
    )
)
def test_any_other_line_is_a_fault_at_start(tmp_path_factory, value):
    """Strict reading: no line of anything else is passed over."""
    path = tmp_path_factory.mktemp("recording") / "r.jsonl"
    path.write_text(json.dumps(value) + "\n")
    with pytest.raises(ConfigError):
        replay(path)


LINE = {"recording": 1, "asked": "a", "checkpoint": "vehicle", "matter": "vehicle-purchase-tax",
        "source": "bureau", "records": []}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"recording": 2}, "$.recording"),
        ({"key": "0000"}, "$.key"),
        ({"outage": "timeout"}, "$"),
        ({"records": None}, "$"),
        ({"records": [{"matter": "vehicle-purchase-tax"}]}, "$[0]"),
        ({"records": [{"matter": "vehicle-purchase-tax", "status": "paid", "vin": "x"}]}, "$[0]"),
        ({"extra": 1}, "$"),
        ({"matter": "no-such-tax"}, "$.matter"),
        ({"checkpoint": "deregistration", "records": [{"matter": "deed-tax"}]}, "$[0]"),
    ],
)
def test_a_line_changed_by_hand_is_a_fault_with_its_place(path, change, place):
    """The fault names line and place, and no value."""
    path.write_text(json.dumps(LINE | {"key": Tokens(KEY).key_id} | change) + "\n")
    with pytest.raises(ConfigError) as caught:
        replay(path)
    assert caught.value.faults[0][0].startswith(f"path line 1 {place}")


def test_another_key_is_a_fault_of_every_line(path):
    """Rather than "not asked" for every question."""
    record_all(path, (QUESTION, PAID), (QUESTION, PAID))
    with pytest.raises(ConfigError) as caught:
        ReplaySource(path, Secret("another key for tests"))
    assert len(caught.value.faults) == 2


@pytest.mark.parametrize("text", ['{"a":1,"a":2}', "", "{", "[" * 99, '{"recording":NaN}'])
def test_what_is_no_json_object_is_a_fault(path, text):
    """Doubled keys, empty lines and the like."""
    path.write_text(text + "\n")
    with pytest.raises(ConfigError):
        replay(path)


def test_a_last_line_without_its_end_is_a_fault(path):
    """It was cut off."""
    record_all(path, (QUESTION, PAID))
    path.write_text(path.read_text().rstrip("\n"))
    with pytest.raises(ConfigError):
        replay(path)


def test_a_recording_that_is_not_there_is_a_fault(path):
    """And an empty one is none: nothing was asked."""
    with pytest.raises(ConfigError):
        replay(path)
    path.touch()
    with pytest.raises(SourceUnavailableError):
        replay(path).query(QUESTION, soon())


def test_threads_get_each_answer_once(path):
    """Of eight recorded answers eight threads get eight different ones."""
    statuses = [RecordStatus.UNPAID] * 7 + [RecordStatus.PAID]
    record_all(path, *[(QUESTION, (record(status=status),)) for status in statuses])
    source = replay(path)
    found = at_once(lambda: source.query(QUESTION, soon()).records[0].status, 8)
    assert sorted(found) == sorted(statuses)
