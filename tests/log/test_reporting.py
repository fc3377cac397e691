"""Counts say how often what was decided, why and where, and how long it took to clear."""

from __future__ import annotations

import json
import tracemalloc
from datetime import datetime, timedelta

import pytest

from log_cases import log_in, tampered
from log_story import HOSTILE, NOW, PAID, UNPAID, Story, told
from taxgate.errors import LogTamperedError
from taxgate.evidence import CHINA
from taxgate.log.replaying import what_if
from taxgate.log.reporting import Clearing, count
from taxgate.log.store import Draft
from taxgate.terms import Matter, Reading

DAY = datetime(2026, 11, 23, tzinfo=CHINA)


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """Return a log of some weeks."""
    with told(tmp_path_factory.mktemp("log")) as made:
        yield made


def test_everything_is_counted_once(log):
    """Decisions by kind, checkpoint, outcome, effect, reason and office, as the story has them."""
    counts = count(log.entries())
    assert (counts.entries, counts.decisions) == (26, 24)
    assert counts.kinds == {"decision": 24, "act": 1, "reading": 1}
    assert counts.checkpoints == {"vehicle": 19, "property-title": 5}
    assert counts.outcomes == {"satisfied": 16, "refuse": 4, "cannot-verify": 3, "advise": 1}
    assert counts.effects == {"proceed": 17, "refuse": 4, "hold": 3}
    assert (counts.completable, counts.unverified, counts.rechecks) == (17, 0, 1)
    assert counts.reasons["property-title/deed-tax/unpaid"] == 4
    assert counts.reasons["vehicle/purchase-tax/source-unreachable"] == 3
    assert sum(counts.offices.values()) == 24
    assert all(counts.offices[name] == 1 for name in HOSTILE)
    assert counts.clear_readings == {"complaint": 1}


def test_outages_are_counted_by_cause_and_by_source(log):
    """Three inquiries timed out; the other source answered all it was asked."""
    counts = count(log.entries())
    assert counts.outages == {"timeout": 3}
    assert [(name, outages) for name, _, outages in counts.by_source if outages] == [("bureau", 3)]
    assert {name: answers for name, answers, _ in counts.by_source}["bureau"] == 3


def test_the_time_to_clear_runs_from_the_first_hold_to_the_decision_that_lets_it_go(log):
    """One case took 90 minutes; three refused and three held ones are still open."""
    counts = count(log.entries())
    assert counts.clearing == {
        "cannot-verify": Clearing(3, 0, None, None, None),
        "refuse": Clearing(3, 1, 90, 90, 90),
    }
    assert counts.clearing_together == Clearing(6, 1, 90, 90, 90)


def test_a_case_held_several_times_counts_from_the_first(tmp_path):
    """Rechecks that hold again do not start the clock anew, whatever they hold it for."""
    story = Story(tmp_path)
    story.decide(UNPAID)
    story.decide(UNPAID, minutes=30, case_no="S-1", down=(Matter.DEED_TAX,))
    story.decide(UNPAID, like="property-sale-paid", minutes=50, case_no="S-1")
    for number, minutes in enumerate((10, 20, 400), start=4):
        story.decide(UNPAID)
        story.decide(
            UNPAID, like="property-sale-paid", minutes=minutes, case_no=f"S-{2 * number - 4}"
        )
    assert count(story.log.entries()).clearing == {"refuse": Clearing(0, 4, 20, 400, 400)}
    story.log.close()


def test_acts_stand_apart_and_are_counted_by_row(log):
    """One act beside fifteen decisions of the row; no count of decisions knows of it."""
    counts = count(log.entries())
    (row,) = counts.row_acts
    assert (row.row, row.acts, row.decisions) == ("V-01", {"hold": 1}, 15)
    assert row.rate == pytest.approx(1 / 15)
    assert counts.acts == {"hold": 1}


def test_whoever_asks_often_shows(log):
    """Officers are counted by token, with the most they did in one hour (fault 67)."""
    counts = count(log.entries())
    assert sum(item.decisions for item in counts.actors) == 24
    assert sum(item.readings for item in counts.actors) == 1
    assert counts.actors[0].busiest_hour == max(item.busiest_hour for item in counts.actors)
    assert not any("officer" in item.token or "auditor" in item.token for item in counts.actors)


def test_a_time_is_counted_by_itself(log):
    """From one day on, before another; a case held earlier still counts where it is cleared."""
    late = count(log.entries(), since=DAY + timedelta(days=8))
    assert (late.decisions, late.kinds["reading"]) == (6, 1)
    assert late.outages == {}
    early = count(log.entries(), until=DAY + timedelta(days=1))
    assert early.decisions == 4
    # Decided at ten; cleared ninety minutes later.
    noon = count(log.entries(), since=DAY + timedelta(hours=11), until=DAY + timedelta(days=1))
    assert noon.decisions == 1
    assert noon.clearing["refuse"].median == 90
    assert count(log.entries(), since=NOW + timedelta(days=1)).value["first"] is None


def test_counts_are_plain_values(log):
    """The most frequent comes first, days are in order, and nothing personal is in it."""
    value = count(log.entries()).value
    text = json.dumps(value)
    assert list(value["effects"]) == ["proceed", "refuse", "hold"]
    assert list(value["days"]) == sorted(value["days"])
    assert sum(sum(of_day.values()) for of_day in value["days"].values()) == 24
    assert not [name for name in ("officer-", "auditor-", "S-1") if name in text]


def test_a_body_that_is_none_is_named(tmp_path):
    """An entry somebody wrote into the database by hand ends the count with its number."""
    story = Story(tmp_path)
    story.decide(PAID)
    with story.log as log:
        tampered(
            tmp_path, 'UPDATE taxgate_log_entries SET body = \'{"kind":"decision"}\' WHERE seq = 1'
        )
        with pytest.raises(LogTamperedError, match="entry 1") as named:
            count(log.entries())
        assert named.value.seq == 1
        assert named.value.__cause__ is None


def peak(log, work):
    """Return the most memory *work* took, in bytes."""
    tracemalloc.start()
    try:
        work(log)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_log(tmp_path, monkeypatch):
    """Three times the entries are counted and decided again in about the same memory."""
    story = Story(tmp_path)
    story.decide(PAID)
    body = next(story.log.entries()).body
    reading = {Reading.IIT_STRICT: True}

    def work(log):
        assert sum(1 for _ in what_if(log, reading)) == count(log.entries()).decisions

    peaks = []
    # Two pages of the store are held at once; both logs are longer than that.
    monkeypatch.setattr("taxgate.log.store.PAGE", 50)
    for more in (200, 400):
        story.log.store.append([Draft(body=body)] * more)
        work(story.log)
        peaks.append(peak(story.log, work))
    story.log.close()
    assert peaks[1] < 1.2 * peaks[0]


def test_an_empty_log_has_nothing_to_count(tmp_path):
    """No decision, no time, no rate; and no division by nothing."""
    with log_in(tmp_path) as log:
        counts = count(log.entries())
    assert (counts.entries, counts.first, counts.clearing, counts.row_acts) == (0, None, {}, ())
    assert counts.clearing_together == Clearing(0, 0, None, None, None)
