"""What users write, checked by mypy --strict and never run."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import assert_type

from taxgate import (
    Answer,
    Decision,
    Effect,
    Inquiry,
    Outage,
    OutageCause,
    Reading,
    Verdict,
    deregistration,
    equity_transfer,
    property_title,
    vehicle,
)
from taxgate.notices import Notice


def register(application: vehicle.Application, answers: Iterable[Answer], at: datetime) -> Decision:
    """Decide a vehicle matter with a reading switched on."""
    decision = vehicle.check(application, answers, at=at, readings=[Reading.EXEMPT_LOSS_STRICT])
    assert_type(decision, Decision)
    assert_type(decision.verdict, Verdict)
    assert_type(decision.effect, Effect)
    assert_type(decision.may_complete, bool)
    assert_type(decision.notices("en"), tuple[Notice, ...])
    assert_type(decision.explain(), str)
    decision.require_pass()
    return decision


def ask(application: property_title.Application) -> list[Answer]:
    """Answer every inquiry with an outage."""
    return [
        Answer(inquiry=inquiry, outage=Outage(cause=OutageCause.TIMEOUT))
        for inquiry in property_title.inquiries(application)
    ]


def questions(
    share: equity_transfer.Application, entity: deregistration.Application
) -> tuple[Inquiry, ...]:
    """All checkpoints expose the same few names."""
    return (*equity_transfer.inquiries(share), *deregistration.inquiries(entity))
