"""The day count of simplified deregistrations: the specification's example, and its theorems."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxgate.checks.deregistration.days import (
    days_later,
    latest_extension,
    next_working_day,
    objection_last_day,
    publicity_last_day,
    shortest_publicity,
    shortest_window,
    window,
)

START = date(2026, 11, 1)
WEEKENDS = frozenset(
    day
    for day in (date(2026, 11, 1) + timedelta(days=count) for count in range(90))
    if day.weekday() >= 5
)
DAYS = st.dates(date(2024, 2, 1), date(2030, 12, 31))
NEAR = st.frozensets(st.integers(0, 60), max_size=40)


@pytest.mark.rows("D-04", "D-07")
def test_example_without_a_calendar():
    """S = 2026-11-01: P = 11-21; apply 11-22 to 12-11; extended at most to 12-21."""
    last = publicity_last_day(START)
    assert last == date(2026, 11, 21)
    assert window(last) == (date(2026, 11, 22), date(2026, 12, 11))
    assert latest_extension(last) == date(2026, 12, 21)
    assert window(last, date(2026, 12, 21)) == (date(2026, 11, 22), date(2026, 12, 21))


@pytest.mark.rows("D-04", "D-07")
def test_example_with_a_calendar():
    """With weekends as rest days: P = 11-23; apply 11-24 to 12-14, as 12-13 is a Sunday."""
    last = publicity_last_day(START, rest_days=WEEKENDS)
    assert last == date(2026, 11, 23)
    assert window(last, rest_days=WEEKENDS) == (date(2026, 11, 24), date(2026, 12, 14))


@pytest.mark.rows("D-12", "D-13")
def test_example_of_ten_days():
    """Pushed 2026-11-01: the last of the ten days is 11-11."""
    assert objection_last_day(START) == date(2026, 11, 11)
    moved = frozenset({date(2026, 11, 11), date(2026, 11, 12)})
    assert objection_last_day(START, moved) == date(2026, 11, 13)


def test_a_later_published_end_counts():
    """The system may publish longer than 20 days; the publicity then ends later."""
    assert publicity_last_day(START, date(2026, 11, 30)) == date(2026, 11, 30)
    assert publicity_last_day(START, date(2026, 11, 21)) == date(2026, 11, 21)
    moved = frozenset({date(2026, 11, 30)})
    assert publicity_last_day(START, date(2026, 11, 30), moved) == date(2026, 12, 1)


def test_an_extension_ends_on_a_working_day():
    """The last day of an extension moves like the others."""
    _, last = window(date(2026, 11, 21), date(2026, 12, 20), WEEKENDS)
    assert last == date(2026, 12, 21)


@given(started_on=DAYS)
def test_lengths(started_on):
    """Twenty counted days of publicity, twenty to apply, thirty at most; ten for an individual."""
    last = publicity_last_day(started_on)
    first_to_apply, last_to_apply = window(last)
    assert (last - started_on).days == 20
    assert (first_to_apply - last).days == 1
    assert (last_to_apply - last).days == 20
    assert (latest_extension(last) - last).days == 30
    assert (objection_last_day(started_on) - started_on).days == 10
    assert shortest_publicity(started_on) == last
    assert shortest_window(last) == last_to_apply


@given(started_on=DAYS, offsets=NEAR)
def test_a_last_day_is_never_a_rest_day_and_never_moves_back(started_on, offsets):
    """A calendar only moves last days forward, to the first working day there is."""
    rest = frozenset(started_on + timedelta(days=offset) for offset in offsets)
    for plain, moved in (
        (publicity_last_day(started_on), publicity_last_day(started_on, rest_days=rest)),
        (objection_last_day(started_on), objection_last_day(started_on, rest)),
    ):
        assert moved not in rest
        assert moved >= plain
        assert all(
            plain + timedelta(days=between) in rest for between in range((moved - plain).days)
        )


@given(started_on=DAYS, offsets=NEAR)
def test_a_moved_publicity_moves_the_window(started_on, offsets):
    """The window opens the day after the moved last day, and twenty days count from there."""
    rest = frozenset(started_on + timedelta(days=offset) for offset in offsets)
    last = publicity_last_day(started_on, rest_days=rest)
    first, latest = window(last, rest_days=rest)
    assert first == last + timedelta(days=1)
    assert latest == next_working_day(last + timedelta(days=20), rest)


def test_the_end_of_the_calendar_is_survived():
    """A period that would end after the last day there is never ends."""
    assert days_later(date.max, 1) == date.max
    assert publicity_last_day(date.max) == date.max
    assert next_working_day(date.max, frozenset({date.max})) == date.max
