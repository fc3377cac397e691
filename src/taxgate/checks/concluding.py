"""The end of every check: findings become a decision on this application."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ..decision import Decision, conclude
from ..evidence import Paper, Purpose
from ..findings import Finding
from ..law import Provision
from ..proceedings import Application, Heading, Obstacle, referrals
from ..terms import Checkpoint, Reading


def purpose(application: Application, provision: Provision) -> Purpose | None:
    """Return why the office asks, where the application says who it is (Order Art. 19)."""
    if application.office is None or application.case_no is None:
        return None
    return Purpose(office=application.office, case_no=application.case_no, provision=provision.id)


def decide(
    checkpoint: Checkpoint,
    application: Application,
    findings: Iterable[Finding],
    *,
    at: datetime,
    readings: frozenset[Reading],
    obstacles: Iterable[Obstacle] = (),
    papers: Iterable[Paper] = (),
) -> Decision:
    """Return the decision with heading, obstacles and the referrals that are due."""
    found = tuple(findings)
    heading = Heading(
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
