"""The shipped cases: each comes to what the specification says, and holds invented data only."""

from __future__ import annotations

import json
import re

import pytest

from expect import expect
from shipped_expectations import EXPECTED, strings
from taxgate.cases import CASES
from taxgate.terms import Checkpoint, Effect, Language
from taxgate.wire import read_case

NAMES = [case.name for case in CASES]
BY_NAME = {case.name: case for case in CASES}
UNVERIFIED = {
    "vehicle-inspection-outage",
    "vehicle-outside-shanxi",
    "property-sale-outage",
    "equity-partnership",
}
INVENTED = re.compile(r"14999[89]")
"""Regions no number was ever issued for; they stand inside every resident number and USCC."""


def test_the_expectations_cover_the_shipped_cases():
    """No case is shipped without an expectation, in the fixed order, each name once."""
    assert list(EXPECTED) == NAMES
    assert {case.checkpoint for case in CASES} == set(Checkpoint)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_case_comes_to_what_the_specification_says(name):
    """Outcome, row, obstacle and whether the act may be completed follow from the law."""
    outcome, row, obstacle = EXPECTED[name]
    case = read_case(BY_NAME[name].document())
    assert case.checkpoint is BY_NAME[name].checkpoint
    decision = case.decide()
    expect(decision, outcome, row)
    assert [item.rows for item in decision.obstacles] == ([(obstacle,)] if obstacle else [])
    proceeds = outcome.effect is Effect.PROCEED
    assert decision.may_complete is (proceeds and obstacle is None)


@pytest.mark.parametrize("name", sorted(UNVERIFIED))
def test_nothing_is_called_verified_that_was_not(name):
    """An outage and an act out of scope are never reported as tax verified."""
    assert read_case(BY_NAME[name].document()).decide().verified is False


def test_only_the_forged_paper_is_referred():
    """The suspicion is reported in writing; no outage, no debt and no missing record is."""
    referred = {name for name in NAMES if read_case(BY_NAME[name].document()).decide().referrals}
    assert referred == {"vehicle-first-forged-paper"}


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_every_case_has_titles_and_an_office(case):
    """People see a title in their language, and notices an office to turn to."""
    assert case.title.to(Language.ZH_CN) != case.title.to(Language.EN)
    assert read_case(case.document()).application.office


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_every_number_is_invented(case):
    """Resident numbers, USCCs and unit codes name a region that does not exist."""
    for value in strings(json.loads(case.document())):
        if re.fullmatch(r"[0-9]{17}[0-9X]", value):
            assert INVENTED.match(value), value
        elif re.fullmatch(r"[0-9A-Z]{18}", value) and not value.startswith("EX"):
            assert INVENTED.match(value[2:]), value
        elif re.fullmatch(r"[0-9A-Z]{28}", value):
            assert INVENTED.match(value), value
