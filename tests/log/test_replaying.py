"""Logged cases are decided again from what was kept, and another reading changes what it should."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from attrs import evolve

from gate_cases import NAMES, Bureau, clock_of, purpose_of, shipped
from log_cases import PAID, decided, log_in, tampered
from taxgate import Gate
from taxgate.errors import ApplicationError, LogTamperedError
from taxgate.findings import Outcome
from taxgate.log.describing import read_evidence
from taxgate.log.replaying import Kind, replay, what_if
from taxgate.terms import Effect, Reading


@pytest.fixture
def log(tmp_path):
    """Return an empty log."""
    with log_in(tmp_path) as made:
        yield made


def everything(log, readings=()):
    """Let a trial gate decide every shipped case that answers all its inquiries."""
    decisions = {}
    for name in NAMES:
        case = shipped(name)
        if all(item.outage is None for item in case.answers):
            gate = Gate(Bureau(case), clock=clock_of(case), readings=readings, log=log)
            decisions[name] = gate.check(case.application, purpose=purpose_of(case))
    return decisions


def test_a_case_that_would_be_refused_today_does_not_end_the_replay(log, monkeypatch):
    """Input that a later version does not take is told as another result; the rest is decided."""
    decided(log, 3)
    calls = []

    def stricter(plain):
        calls.append(plain)
        if len(calls) == 2:
            raise ApplicationError("owner", "is not taken any more")
        return read_evidence(plain)

    monkeypatch.setattr("taxgate.log.replaying.read_evidence", stricter)
    found = list(replay(log))
    assert [item.kind for item in found] == [Kind.SAME, Kind.OTHER, Kind.SAME]
    assert (found[1].after, found[1].changes) == (None, ())


def test_an_entry_somebody_made_up_is_named(log, tmp_path):
    """A body without what every decision has is said to be none of the log's."""
    decided(log, 1)
    tampered(
        tmp_path, "UPDATE taxgate_log_entries SET body=replace(body, '\"answers\"', '\"other\"')"
    )
    with pytest.raises(LogTamperedError, match="entry 1"):
        list(replay(log))


def test_every_logged_case_is_decided_the_same_again(log):
    """From the sealed evidence, under the same law: not one differs."""
    decisions = everything(log)
    found = list(replay(log))
    assert len(found) == len(decisions) > 15
    assert {item.kind for item in found} == {Kind.SAME}
    assert all(item.same_law and item.before == item.after for item in found)


def test_without_evidence_the_tables_still_say_the_same(log, tmp_path):
    """Erased or unreadable evidence takes appraisal away, not the rules."""
    everything(log)
    tampered(tmp_path, "DELETE FROM taxgate_log_evidence WHERE seq = 1")
    found = list(replay(log))
    assert found[0].kind is Kind.SEALED
    assert found[0].after == found[0].before
    assert {item.kind for item in replay(log, evidence=False)} == {Kind.SAME}


def test_a_record_that_does_not_fit_the_rules_shows(log, tmp_path):
    """An outcome written into the log that its facts do not give is found by deciding again."""
    decided(log)
    body = json.loads(next(log.entries()).text)
    body["obligations"][0]["facts"]["state"] = "unpaid"
    tampered(tmp_path, ("UPDATE taxgate_log_entries SET body = ?", (json.dumps(body),)))
    (found,) = replay(log)
    assert (found.kind, found.before) == (Kind.OTHER, "satisfied")
    assert Outcome(found.after).effect is Effect.REFUSE
    assert found.changes[0].after[0] == "vehicle/purchase-tax/unpaid"


def test_facts_nobody_knows_are_told_apart(log, tmp_path):
    """A table or a member this copy does not have is a named result, never "the same"."""
    decided(log, 2)
    for seq, old, new in ((1, '"paid"', '"settled"'), (2, "purchase-tax", "horse-tax")):
        tampered(
            tmp_path,
            (
                "UPDATE taxgate_log_entries SET body = replace(body, ?, ?) WHERE seq = ?",
                (old, new, seq),
            ),
        )
    assert [item.kind for item in replay(log)] == [Kind.UNKNOWN_FACTS] * 2
    assert [item.after for item in replay(log)] == [None] * 2


def test_another_law_is_said(log, tmp_path):
    """An entry of another revision says so, whatever comes of it."""
    decided(log)
    tampered(
        tmp_path,
        'UPDATE taxgate_log_entries SET body = replace(body, \'"law":"\', \'"law":"x\')',
    )
    (found,) = replay(log)
    assert (found.kind, found.same_law) == (Kind.SAME, False)


@pytest.mark.parametrize("reading", list(Reading))
def test_what_if_gives_what_a_gate_with_that_reading_gives(log, reading, tmp_path):
    """Deciding by the tables under a reading is the same as checking with it from the start."""
    decisions = everything(log)
    found = {item.seq: item for item in what_if(log, {reading: True})}
    for name, decision in decisions.items():
        case = shipped(name)
        again = evolve(case, readings=frozenset({reading})).decide()
        item = found[decision.logged.seq]
        assert item.after == again.outcome.value
        codes = {finding.code for finding in decision.findings}
        changed = {finding.code for finding in again.findings} - codes
        assert changed <= {change.after[0] for change in item.changes}
        if item.kind is Kind.SAME:
            assert [f.code for f in again.findings] == [f.code for f in decision.findings]


def test_a_reading_can_be_taken_back(log):
    """What was decided with a reading on is decided as without it."""
    everything(log, readings=list(Reading))
    plain = {item.seq: item.after for item in what_if(log, dict.fromkeys(Reading, False))}
    assert list(plain.values()) == [
        shipped(name).decide().outcome.value
        for name in NAMES
        if all(item.outage is None for item in shipped(name).answers)
    ]


def test_only_the_time_asked_for_is_decided_again(log):
    """From an instant on, and up to another."""
    case = shipped(PAID)
    decided(log)
    assert len(list(replay(log, since=case.at, until=case.at + timedelta(seconds=1)))) == 1
    assert list(replay(log, since=case.at + timedelta(seconds=1))) == []
    assert list(what_if(log, {}, until=case.at)) == []
