"""The end of every check: findings become a decision on this application."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from ..building import quickly
from ..decision import Decision, conclude
from ..evidence import Inquiry, Paper, Purpose
from ..findings import Bench, Obligation
from ..law import Provision
from ..proceedings import Application, Heading, Obstacle, referrals
from ..terms import Checkpoint, Reading

# Application and law have checked these texts.
_purpose: Final = quickly(Purpose)
_heading: Final = quickly(Heading)
new_inquiry: Final = quickly(Inquiry)


def purpose(application: Application, provision: Provision) -> Purpose | None:
    """Return why the office asks, where the application says who it is (Order Art. 19)."""
    if application.office is None or application.case_no is None:
        return None
    return _purpose(office=application.office, case_no=application.case_no, provision=provision.id)


def decide(
    checkpoint: Checkpoint,
    application: Application,
    obligations: Iterable[Obligation],
    bench: Bench,
    *,
    at: datetime,
    readings: frozenset[Reading],
    obstacles: Iterable[Obstacle] = (),
    papers: Iterable[Paper] = (),
) -> Decision:
    """Return the decision on appraised obligations, with obstacles and the referrals due."""
    found = bench.find(obligations, readings)
    heading = _heading(
        checkpoint=checkpoint,
        act=str(application.act),
        division=application.division,
        governing_on=application.governing_on,
        at=at,
        office=application.office,
        office_phone=application.office_phone,
        case_no=application.case_no,
        applicant=application.applicant,
    )
    return conclude(
        heading,
        found,
        obstacles=obstacles,
        readings=readings,
        referrals=referrals(found, papers, application.suspicions),
    )
