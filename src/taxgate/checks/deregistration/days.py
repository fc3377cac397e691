"""The day count of a simplified deregistration (简易注销期间), in calendar days of China.

"Days" in the Regulations on market entities are natural days: they say working days (工作日)
where they mean them. The day on which a period starts is not counted, and a day ends at 24:00. A
last day that falls on a rest day (法定休假日) moves to the next working day only where the office
supplies its rest days; without them nothing moves.

Source: Regulations on the Registration of Market Entities Art. 33; Company Law Art. 240 (at least
20 days); Notice 2021 No. 45 (at most 30 days to apply); Civil Code (民法典) Art. 201(1) and 203 by
analogy. Days at the very end of the calendar stay there: a period that cannot end is running.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

PUBLICITY_DAYS: Final = 20
WINDOW_DAYS: Final = 20
EXTENDED_WINDOW_DAYS: Final = 30
OBJECTION_DAYS: Final = 10


def days_later(day: date, count: int) -> date:
    """Return the day *count* days after *day*, or the last day there is."""
    return date.fromordinal(min(day.toordinal() + count, date.max.toordinal()))


def next_working_day(day: date, rest_days: Collection[date]) -> date:
    """Return *day*, or where it is a rest day the first day after it that is none."""
    while day in rest_days and day < date.max:
        day = days_later(day, 1)
    return day


def shortest_publicity(started_on: date) -> date:
    """Return the earliest last day a publicity that starts on *started_on* may have."""
    return days_later(started_on, PUBLICITY_DAYS)


def publicity_last_day(
    started_on: date, published_until: date | None = None, rest_days: Collection[date] = ()
) -> date:
    """Return the last day of the publicity period (公示期).

    Args:
        started_on: Day the publicity starts; not counted.
        published_until: End the system published; a later one than 20 days counts.
        rest_days: The office's rest days.
    """
    last = shortest_publicity(started_on)
    if published_until is not None:
        last = max(last, published_until)
    return next_working_day(last, rest_days)


def latest_extension(publicity_last: date) -> date:
    """Return the latest last day an extended window to apply may have."""
    return days_later(publicity_last, EXTENDED_WINDOW_DAYS)


def shortest_window(publicity_last: date) -> date:
    """Return the last day of the window to apply before any move to a working day."""
    return days_later(publicity_last, WINDOW_DAYS)


def window(
    publicity_last: date, extended_until: date | None = None, rest_days: Collection[date] = ()
) -> tuple[date, date]:
    """Return the first and the last day to apply (申请期间).

    Args:
        publicity_last: Last day of the publicity, already moved where it moves.
        extended_until: Last day of an extension the registrar recorded; without a record there is
            none.
        rest_days: The office's rest days.
    """
    last = shortest_window(publicity_last) if extended_until is None else extended_until
    return days_later(publicity_last, 1), next_working_day(last, rest_days)


def objection_last_day(delivered_on: date, rest_days: Collection[date] = ()) -> date:
    """Return the last of the ten days to object to an individual business (个体工商户).

    Args:
        delivered_on: Day the push reached the tax authority; not counted.
        rest_days: The office's rest days.
    """
    return next_working_day(days_later(delivered_on, OBJECTION_DAYS), rest_days)
