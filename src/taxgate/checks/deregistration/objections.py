"""From the answer on objections to one state: none, withdrawn, raised, or not established.

Silence is never "no objection": that takes an explicit answer of the decision day, after the last
day of the period and after a push that was confirmed.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from attrs import field, frozen

from ...errors import AnswerError
from ...evidence import Answer, OutageKind, china_date
from ...findings import Standing, Weighed
from ...terms import Basis, Matter, RecordStatus
from ..carrying import carries
from .application import DeregistrationApplication
from .documents import names_differ
from .facts import Delivery, Objection, Period
from .periods import Course
from .records import DeregistrationRecord

_S: Final = RecordStatus
_STATEMENTS: Final = (_S.NO_OBJECTION, _S.OBJECTED, _S.OBJECTION_WITHDRAWN)
_NOT_OVER: Final = (Period.NOT_BEGUN, Period.RUNNING, Period.TEN_DAYS_RUNNING)
_RAISED: Final = (Objection.RAISED_IN_PERIOD, Objection.RAISED_OUTSIDE_PERIOD)
_SETTLED: Final = (Objection.NONE, Objection.WITHDRAWN)


class Said(StrEnum):
    """What one record says of the tax objection."""

    STANDS_IN_PERIOD = "stands-in-period"
    STANDS_OUTSIDE_PERIOD = "stands-outside-period"
    DOUBTFUL = "doubtful"
    """Perhaps about this entity: nothing may be concluded beside it."""
    WITHDRAWN = "withdrawn"
    NONE = "none"
    CANCELLED = "cancelled"
    """A withdrawal names it."""
    ANOTHER = "another"
    """About another entity."""
    NOTHING = "nothing"


_STANDINGS: Final = {
    Said.STANDS_IN_PERIOD: Standing.CONFLICT,
    Said.STANDS_OUTSIDE_PERIOD: Standing.CONFLICT,
    Said.DOUBTFUL: Standing.CONFLICT,
    Said.WITHDRAWN: Standing.GOOD,
    Said.NONE: Standing.GOOD,
    Said.CANCELLED: Standing.CANCELLED,
    Said.ANOTHER: Standing.MISMATCH,
    Said.NOTHING: Standing.UNRELATED,
}
_BY_WEIGHT: Final = (
    (Said.STANDS_IN_PERIOD, Objection.RAISED_IN_PERIOD),
    (Said.STANDS_OUTSIDE_PERIOD, Objection.RAISED_OUTSIDE_PERIOD),
    (Said.DOUBTFUL, Objection.UNANSWERED),
    (Said.WITHDRAWN, Objection.WITHDRAWN),
    (Said.NONE, Objection.NONE),
)
"""What records say together: the first of these that one of them says."""


@frozen
class Heard:
    """The state of the tax objection and what it rests on.

    Attributes:
        objection: Its state.
        basis: What it rests on.
        weighed: Every record with its standing.
    """

    objection: Objection
    basis: Basis
    weighed: tuple[Weighed, ...] = ()


@frozen
class Hearing:
    """One answer on objections, heard for one case.

    Attributes:
        application: The case.
        answer: What the source answered.
        course: Where the objection period stands.
        delivery: What became of the push.
    """

    application: DeregistrationApplication
    answer: Answer
    course: Course
    delivery: Delivery
    _withdrawn: frozenset[str] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Collect the numbers of objections that withdrawals name."""
        object.__setattr__(
            self,
            "_withdrawn",
            frozenset(
                number
                for record in self.answer.records or ()
                if isinstance(record, DeregistrationRecord)
                and record.status is _S.OBJECTION_WITHDRAWN
                and self._say(record)[0] is Said.WITHDRAWN
                and (number := record.cancels or record.voucher_no) is not None
            ),
        )

    @carries("D-05", "D-09", "D-31")
    def conclude(self) -> Heard:
        """Return whether a tax objection stands.

        An objection stands until a withdrawal names it by its number. One in the period outweighs
        one outside it, any outweighs a withdrawal, and that outweighs a plain "no objection". A
        statement that may or may not be about this entity leaves the matter open.

        Raises:
            AnswerError: An objection dated after the decision day.
        """
        if self.answer.outage is not None:
            unreachable = self.answer.outage.kind is OutageKind.UNREACHABLE
            down = Objection.SOURCE_UNREACHABLE if unreachable else Objection.SOURCE_UNTRUSTED
            return Heard(down, self._basis(down))
        said, weighed = set(), []
        for record in self.answer.records or ():
            says, why = self._say(record)
            said.add(says)
            weighed.append(Weighed(record, _STANDINGS[says], why))
        objection = next(
            (state for says, state in _BY_WEIGHT if says in said), Objection.UNANSWERED
        )
        return Heard(objection, self._basis(objection), tuple(weighed))

    def _say(self, record: object) -> tuple[Said, str]:
        """Return what one record says, and why."""
        if (
            not isinstance(record, DeregistrationRecord)
            or record.matter is not Matter.TAX_OBJECTION
            or record.status not in _STATEMENTS
        ):
            return Said.NOTHING, "no-statement-on-objections"
        if record.uscc is None:
            return Said.DOUBTFUL, "uscc-missing"
        if record.uscc != self.application.entity.uscc:
            return Said.ANOTHER, "uscc-differs"
        self._demand_day(record)
        if record.status is _S.OBJECTED:
            return self._say_objected(record)
        if names_differ(record.name, self.application.entity):
            return Said.DOUBTFUL, "name-differs"
        if record.status is _S.OBJECTION_WITHDRAWN:
            return self._say_withdrawn(record)
        return self._say_none(record)

    def _demand_day(self, record: DeregistrationRecord) -> None:
        if record.raised_on is not None and record.raised_on > self.application.decided_on:
            raise AnswerError(
                self.answer.inquiry.label,
                "an objection is dated after the decision day: correct one of the two days",
            )

    def _say_objected(self, record: DeregistrationRecord) -> tuple[Said, str]:
        if record.voucher_no is not None and record.voucher_no in self._withdrawn:
            return Said.CANCELLED, "objection-withdrawn"
        return self._stands(record)

    def _stands(self, record: DeregistrationRecord) -> tuple[Said, str]:
        if record.raised_on is None:
            return Said.STANDS_OUTSIDE_PERIOD, "day-of-objection-missing"
        if self.course.contains(record.raised_on):
            return Said.STANDS_IN_PERIOD, "raised-in-period"
        return Said.STANDS_OUTSIDE_PERIOD, "raised-outside-period"

    def _say_withdrawn(self, record: DeregistrationRecord) -> tuple[Said, str]:
        if record.issued_on is not None and record.issued_on > self.application.decided_on:
            # On the decision day it had not been withdrawn yet.
            return self._stands(record)
        return self._confirmed() or (Said.WITHDRAWN, f"status-{record.status}")

    @carries("D-08")
    def _say_none(self, record: DeregistrationRecord) -> tuple[Said, str]:
        """Accept "no objection" only of the decision day, after the period and the push."""
        doubt = self._confirmed()
        if doubt is not None:
            return doubt
        decided_on, last = self.application.decided_on, self.course.last_day
        if last is None or decided_on <= last:
            return Said.NOTHING, "period-not-over"
        if record.issued_on is not None and not last < record.issued_on <= decided_on:
            return Said.NOTHING, "not-after-period"
        return Said.NONE, f"status-{record.status}"

    def _confirmed(self) -> tuple[Said, str] | None:
        """Return why a reassuring statement does not count; None where it does."""
        if self.delivery is not Delivery.DELIVERED:
            return Said.NOTHING, "push-not-confirmed"
        as_of = self.answer.as_of
        if as_of is None or china_date(as_of) != self.application.decided_on:
            return Said.NOTHING, "not-of-decision-day"
        return None

    def _basis(self, objection: Objection) -> Basis:
        """Return what is judged on.

        While the period runs nothing is due yet, so the registrar's own record decides; where
        publicity or push cannot be relied on, nothing was verified.
        """
        if objection in _RAISED:
            return Basis.ANSWER
        if self.delivery is not Delivery.DELIVERED or self.course.last_day is None:
            not_begun = self.course.period is Period.NOT_BEGUN
            delivered = self.delivery is Delivery.DELIVERED
            return Basis.REGISTER if not_begun and delivered else Basis.OUTAGE
        if objection in _SETTLED:
            return Basis.ANSWER
        return Basis.REGISTER if self.course.period in _NOT_OVER else Basis.OUTAGE
