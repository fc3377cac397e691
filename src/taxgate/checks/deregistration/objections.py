"""From the answer on objections to one state: none, withdrawn, raised, or not established.

Silence is never "no objection": that takes an explicit answer of the decision day, after the last
day of the period and after a push that was confirmed. A withdrawal is a statement, no silence: it
takes away the objection it concerns whatever the push, and settles the matter where the answer is
of the decision day or of a day between the end of the period and the decision.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from attrs import field, frozen

from ...errors import AnswerError
from ...evidence import Answer, OutageKind, china_date
from ...findings import Standing, Weighed, new_weighed
from ...terms import Basis, Matter, RecordStatus
from ..carrying import carries
from .application import DeregistrationApplication
from .documents import names_differ
from .facts import Delivery, Holding, Objection, Period
from .periods import Course
from .records import DeregistrationRecord
from .withdrawals import Withdrawn, tie_all

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
    """Perhaps about this entity, or perhaps withdrawn: nothing may be concluded beside it."""
    WITHDRAWN = "withdrawn"
    NONE = "none"
    CANCELLED = "cancelled"
    """A withdrawal concerns it."""
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
        holding: Whether the applicant holds a document.
    """

    application: DeregistrationApplication
    answer: Answer
    course: Course
    delivery: Delivery
    holding: Holding
    _withdrawn: Withdrawn = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Tie the withdrawals to the objections they concern."""
        entity, decided_on = self.application.entity, self.application.decided_on
        records = [
            record
            for record in self.answer.records or ()
            if isinstance(record, DeregistrationRecord) and record.matter is Matter.TAX_OBJECTION
        ]
        withdrawals = [
            record
            for record in records
            if record.status is _S.OBJECTION_WITHDRAWN
            and record.uscc in (None, entity.uscc)
            and (record.issued_on is None or record.issued_on <= decided_on)
        ]
        objections = [
            record
            for record in records
            if record.status is _S.OBJECTED and record.uscc == entity.uscc
        ]
        in_doubt = [
            record
            for record in withdrawals
            if record.uscc is None or self._doubt(record) is not None
        ]
        object.__setattr__(self, "_withdrawn", tie_all(withdrawals, objections, in_doubt))

    @carries("D-05", "D-09", "D-31")
    def conclude(self) -> Heard:
        """Return whether a tax objection stands.

        An objection stands until a withdrawal concerns it. One in the period outweighs one outside
        it, any outweighs a withdrawal, and that outweighs a plain "no objection". A statement that
        may or may not be about this entity, and an objection that may or may not be withdrawn,
        leave the matter open; beside a document the objection stands until it is withdrawn for
        certain.

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
            weighed.append(new_weighed(record, _STANDINGS[says], why))
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
        if record.status is _S.OBJECTION_WITHDRAWN:
            return self._say_withdrawn(record)
        return self._say_none(record)

    def _doubt(self, record: DeregistrationRecord) -> str | None:
        """Return why a reassuring record is in doubt; None where it is not."""
        if names_differ(record.name, self.application.entity):
            return "name-differs"
        if record.issued_on is not None and record.issued_on > self._answered_on:
            return "dated-after-check"
        return None

    @property
    def _answered_on(self) -> date:
        """Day the answer was true at; an answer without one says nothing of any day."""
        return date.min if self.answer.as_of is None else china_date(self.answer.as_of)

    def _demand_day(self, record: DeregistrationRecord) -> None:
        if record.raised_on is not None and record.raised_on > self.application.decided_on:
            raise AnswerError(
                self.answer.inquiry.label,
                "an objection is dated after the decision day: correct one of the two days",
            )

    def _say_objected(self, record: DeregistrationRecord) -> tuple[Said, str]:
        if record in self._withdrawn.lifted:
            return Said.CANCELLED, "objection-withdrawn"
        if record in self._withdrawn.doubtful:
            return self._perhaps_withdrawn(), "perhaps-withdrawn"
        return self._stands(record)

    def _perhaps_withdrawn(self) -> Said:
        """Return what objections say of which some, but not which, may be withdrawn.

        Where one is left for certain, it counts as raised in the period only if all of them were.
        Beside a document an open matter would let the application pass, so there an objection
        stands until the tax source says that it is withdrawn.
        """
        if not (self._withdrawn.one_stands or self.holding is Holding.DOCUMENT):
            return Said.DOUBTFUL
        says = {self._stands(item)[0] for item in self._withdrawn.doubtful}
        in_period = says == {Said.STANDS_IN_PERIOD}
        return Said.STANDS_IN_PERIOD if in_period else Said.STANDS_OUTSIDE_PERIOD

    def _stands(self, record: DeregistrationRecord) -> tuple[Said, str]:
        if record.raised_on is None:
            return Said.STANDS_OUTSIDE_PERIOD, "day-of-objection-missing"
        if self.course.contains(record.raised_on):
            return Said.STANDS_IN_PERIOD, "raised-in-period"
        return Said.STANDS_OUTSIDE_PERIOD, "raised-outside-period"

    def _say_withdrawn(self, record: DeregistrationRecord) -> tuple[Said, str]:
        """Accept a withdrawal unless the answer is too old to exclude a later objection."""
        decided_on, last = self.application.decided_on, self.course.last_day
        if names_differ(record.name, self.application.entity):
            return Said.DOUBTFUL, "name-differs"
        if record.issued_on is not None and record.issued_on > decided_on:
            # On the decision day it had not been withdrawn yet.
            return self._stands(record)
        doubt = self._doubt(record)
        if doubt is not None:
            return Said.DOUBTFUL, doubt
        day = self._answered_on
        if day == decided_on or (last is not None and last < day < decided_on):
            return Said.WITHDRAWN, f"status-{record.status}"
        return Said.NOTHING, "answer-not-after-period"

    @carries("D-08")
    def _say_none(self, record: DeregistrationRecord) -> tuple[Said, str]:
        """Accept "no objection" only of the decision day, after the period and the push."""
        decided_on, last = self.application.decided_on, self.course.last_day
        if names_differ(record.name, self.application.entity):
            return Said.DOUBTFUL, "name-differs"
        if self.delivery is not Delivery.DELIVERED:
            return Said.NOTHING, "push-not-confirmed"
        if self._answered_on != decided_on:
            return Said.NOTHING, "not-of-decision-day"
        if last is None or decided_on <= last:
            return Said.NOTHING, "period-not-over"
        if record.issued_on is not None and not last < record.issued_on <= decided_on:
            return Said.NOTHING, "not-after-period"
        return Said.NONE, f"status-{record.status}"

    def _basis(self, objection: Objection) -> Basis:
        """Return what is judged on.

        While the period runs nothing is due yet, so the registrar's own record decides; where
        publicity or push cannot be relied on, nothing was verified. Beside a document the push is
        not asked for, so a withdrawal is an answer like any other.
        """
        if objection in _RAISED:
            return Basis.ANSWER
        if objection is Objection.WITHDRAWN and self.holding is not Holding.NO_DOCUMENT:
            return Basis.ANSWER
        if self.delivery is not Delivery.DELIVERED or self.course.last_day is None:
            not_begun = self.course.period is Period.NOT_BEGUN
            delivered = self.delivery is Delivery.DELIVERED
            return Basis.REGISTER if not_begun and delivered else Basis.OUTAGE
        if objection in _SETTLED:
            return Basis.ANSWER
        return Basis.REGISTER if self.course.period in _NOT_OVER else Basis.OUTAGE
