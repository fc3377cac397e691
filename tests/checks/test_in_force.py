"""Each provision that a row rests on binds from the day the specification gives for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from in_force_days import SINCE, UNDATED, UNTIL
from taxgate.checks.merging import MERGING
from test_public_api import CHECKPOINTS

TABLES = (MERGING, *(table for module in CHECKPOINTS for table in module.TABLES))
CITED = {one.id: one for table in TABLES for row in table.rows for one in row.cites}
DAY = timedelta(days=1)


def stated(provision, days):
    """Return the day stated for a provision: the longest name that begins its own wins."""
    name = f"{provision.source} {provision.article}"
    fitting = [known for known in days if f"{name},".startswith((f"{known} ", f"{known},"))]
    return days[max(fitting, key=len)] if fitting else None


@pytest.mark.rows("2.1", "3.1", "4.1", "5.1")
@pytest.mark.parametrize("name", sorted(CITED))
def test_a_provision_binds_from_its_day_on(name):
    """Not the day before, and from then on; to the end where there is one, and not after."""
    provision = CITED[name]
    if provision.source in UNDATED:
        assert provision.in_force(date(2024, 2, 1)), "it binds as long as the Order does"
        return
    since, until = stated(provision, SINCE), stated(provision, UNTIL)
    assert not provision.in_force(since - DAY)
    assert provision.in_force(since)
    if until is None:
        assert provision.in_force(date.max)
    else:
        assert provision.in_force(until - DAY)
        assert not provision.in_force(until)
