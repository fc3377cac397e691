"""Whoever asks unusually often is told of, once, and without a name (fault 67)."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from gate_cases import shipped
from log_cases import PAID, decided, log_in
from taxgate.evidence import CHINA
from taxgate.log import Alert, DecisionLog, Watch

NOW = datetime(2026, 11, 23, 12, tzinfo=CHINA)
HOUR = timedelta(hours=1)


def test_the_first_beyond_is_told_and_no_more_until_it_has_fallen():
    """Three an hour are usual: the fourth is told, the fifth not, the next hour's fourth again."""
    told = []
    watch = Watch(3, HOUR, told.append)
    for minute in (0, 1, 2):
        watch.note("a", NOW + timedelta(minutes=minute))
    assert told == []
    watch.note("b", NOW)
    watch.note("a", NOW + timedelta(minutes=3))
    watch.note("a", NOW + timedelta(minutes=4))
    assert told == [Alert("a", 4, NOW + timedelta(minutes=3))]
    for minute in (70, 71, 72, 73):
        watch.note("a", NOW + timedelta(minutes=minute))
    assert [item.at for item in told] == [
        NOW + timedelta(minutes=3),
        NOW + timedelta(minutes=73),
    ]


def test_what_lies_longer_ago_does_not_count():
    """Four in two hours are not four in one."""
    told = []
    watch = Watch(3, HOUR, told.append)
    for minute in (0, 40, 80, 120, 160):
        watch.note("a", NOW + timedelta(minutes=minute))
    assert told == []


def test_decisions_and_clear_readings_count(tmp_path, caplog):
    """Both are told of by the token that stands in the log, in one line of the program's log."""
    with log_in(tmp_path) as plain:
        log = DecisionLog(plain.store, plain.keys, watch=Watch(3, HOUR))
        with caplog.at_level(logging.WARNING):
            decided(log, 3)
            assert caplog.records == []
            log.read_clear(1, reader="officer-7", reason="x", at=shipped(PAID).at)
        (record,) = caplog.records
        token = next(log.entries()).body["actor"]
        assert record.getMessage() == f"officer {token} asked 4 times"
        assert "officer-7" not in caplog.text
