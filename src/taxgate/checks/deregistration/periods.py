"""Where publicity, window and the ten days stand on the decision day."""

from __future__ import annotations

from datetime import date
from typing import Final

from attrs import frozen

from ..carrying import carries
from .application import DeregistrationApplication, PushState
from .days import days_later, objection_last_day, publicity_last_day, window
from .facts import Delivery, Eligibility, Others, Period

_DELIVERIES: Final = {
    PushState.DELIVERED: Delivery.DELIVERED,
    PushState.NOT_SENT: Delivery.NOT_SENT,
    PushState.FAILED: Delivery.FAILED,
    PushState.UNKNOWN: Delivery.UNKNOWN,
}


@frozen
class Course:
    """Where the objection period stands.

    Attributes:
        period: Its place on the decision day.
        opened_on: Day it opened, itself not counted; None where it never did.
        last_day: Its last day; None where it never began.
    """

    period: Period
    opened_on: date | None = None
    last_day: date | None = None

    def contains(self, day: date) -> bool:
        """Tell whether *day* lies in the period; the day it opened does, though not counted."""
        if self.opened_on is None or self.last_day is None:
            return False
        return self.opened_on <= day <= self.last_day

    @property
    def label(self) -> str | None:
        """First and last counted day, for people; None where it never began."""
        if self.opened_on is None or self.last_day is None:
            return None
        return f"{days_later(self.opened_on, 1)}/{self.last_day}"


@carries("D-08")
def judge_delivery(application: DeregistrationApplication) -> Delivery:
    """Tell what became of the push; without a day, or after the decision day, it is not sent."""
    push = application.push
    if push is None:
        return Delivery.NOT_SENT
    if push.state is PushState.DELIVERED and (
        push.delivered_on is None or push.delivered_on > application.decided_on
    ):
        return Delivery.NOT_SENT
    return _DELIVERIES[push.state]


def judge_course(application: DeregistrationApplication) -> Course:
    """Tell where the objection period of this entity's route stands on the decision day."""
    if application.is_individual_business:
        return _ten_days(application)
    return _publicity(application)


@carries("D-12", "D-13")
def _ten_days(application: DeregistrationApplication) -> Course:
    """Count ten days from the delivered push; there is no latest day to apply."""
    push = application.push
    if (
        push is None
        or push.delivered_on is None
        or judge_delivery(application) is not Delivery.DELIVERED
    ):
        return Course(Period.NOT_PUSHED)
    last = objection_last_day(push.delivered_on, frozenset(application.rest_days))
    over = application.decided_on > last
    return Course(
        Period.TEN_DAYS_OVER if over else Period.TEN_DAYS_RUNNING, push.delivered_on, last
    )


@carries("D-04", "D-06", "D-07")
def _publicity(application: DeregistrationApplication) -> Course:
    """Judge "over" on the decision day, and lateness on the day the application came in."""
    publicity, decided_on = application.publicity, application.decided_on
    if publicity is not None and not publicity.readable:
        return Course(Period.UNREADABLE)
    if publicity is None or publicity.started_on is None or publicity.started_on > decided_on:
        return Course(Period.NOT_BEGUN)
    rest_days = frozenset(application.rest_days)
    last = publicity_last_day(publicity.started_on, publicity.published_until, rest_days)
    if decided_on <= last:
        return Course(Period.RUNNING, publicity.started_on, last)
    _, latest = window(last, publicity.extended_until, rest_days)
    applied_on = application.application_date
    in_time = applied_on is not None and applied_on <= latest
    return Course(Period.OVER if in_time else Period.APPLIED_LATE, publicity.started_on, last)


@carries("D-11")
def judge_eligibility(application: DeregistrationApplication) -> Eligibility:
    """Tell whether nothing in the registrar's own register closes the simplified route."""
    return Eligibility.BARRED if application.bars else Eligibility.ELIGIBLE


@carries("D-10")
def judge_others(application: DeregistrationApplication) -> Others:
    """Tell whether a department, a creditor or another party objects."""
    return Others.OBJECT if application.other_objections else Others.SILENT
