"""No identifier of any test gets into a log, whatever is being tested.

Every test runs with the root logger at DEBUG, urllib3 and requests included, and all that is
logged is searched for the identifiers and names the tests ask about. `caplog` shows what it would
show without this.
"""

from __future__ import annotations

import logging
import re
import traceback

import pytest

from taxgate.testing.samples import CANARIES

PLANTED = re.compile(
    r"1M8GDM9AX?KP\d{6}"  # frame numbers
    r"|LTAXGATE\w+"
    r"|149999\d{6}G[BJZ]\w{6,}"  # units
    r"|9114999[89]MA\w{7,8}"  # companies
    r"|(?<![A-Za-z0-9])P\d{7}(?!\d)"  # passports
    r"|1101011990\d{8}|11010519491231\d{3}[\dX]"  # residents
    r"|[甲乙丙丁]某"  # names
    r"|" + "|".join(map(re.escape, CANARIES))
)
"""Identifiers and names that tests use as subjects; none of them was ever issued."""


class Listener(logging.Handler):
    """Searches every text a record could be printed as; keeps what it found and nothing else."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.found = set()

    def emit(self, record):
        """Search it."""
        texts = [record.getMessage(), record.msg if isinstance(record.msg, str) else ""]
        texts += [part for part in record.args or () if isinstance(part, str)]
        if record.exc_info and record.exc_info[1]:
            texts += traceback.format_exception(record.exc_info[1])
        self.found.update((record.name, hit) for hit in found_in(texts))


def found_in(texts):
    """Return what is planted and stands in any of *texts*."""
    return sorted({match for text in texts for match in PLANTED.findall(text)})


@pytest.fixture(autouse=True)
def no_identifier_in_any_log(caplog):
    """Fail a test in the end whose logs, at DEBUG, hold an identifier."""
    root = logging.getLogger()
    level = root.level
    listener = Listener()
    # What a test sees by caplog is as it was: warnings, unless it asks for more.
    caplog.handler.setLevel(logging.WARNING)
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    yield
    root.removeHandler(listener)
    root.setLevel(level)
    assert not listener.found, f"logged in clear: {sorted(listener.found)}"
