"""From the application and the answers to the facts of each obligation."""

from __future__ import annotations

from typing import Final

from ...evidence import Answers
from ...findings import Obligation
from ...terms import Basis, Flag, Matter
from ..carrying import carries
from .application import DeregistrationApplication, Route
from .documents import (
    Judged,
    judge_affairs,
    judge_document,
    judge_doubt,
    judge_ruling,
    judge_sparing,
)
from .duties import question
from .facts import (
    ClearanceFacts,
    Document,
    Objection,
    ObjectionFacts,
    RegistrationFacts,
    RulingFacts,
)
from .objections import Heard, Hearing
from .periods import (
    Course,
    judge_course,
    judge_delivery,
    judge_eligibility,
    judge_others,
)
from .registrations import judge_body, judge_declared, judge_registration

_NOT_USED: Final = (Document.MISMATCH, Document.CONFLICT)


def appraise_clearance(
    application: DeregistrationApplication, obligation: Obligation, answers: Answers
) -> Obligation:
    """Return the obligation of a market entity's clearance document with its facts."""
    answer = answers.to(question(application, Matter.CLEARANCE))
    judged = judge_document(application, answer, answers)
    objection = Objection.UNANSWERED
    if application.route is Route.SIMPLIFIED:
        objection = _hear(application, answers, judged)[0].objection
    return obligation.appraised(
        ClearanceFacts(
            duty=obligation.demand,
            document=judged.document,
            state=judged.state,
            affairs=judge_affairs(application, answer, answers),
            sparing=judge_sparing(application),
            ruling=judge_ruling(application),
            objection=objection,
        ),
        answer=answer,
        basis=judged.basis,
        weighed=judged.weighed,
    )


def appraise_objection(
    application: DeregistrationApplication, obligation: Obligation, answers: Answers
) -> Obligation:
    """Return the obligation of the exception on the simplified route with its facts."""
    clearance = answers.to(question(application, Matter.CLEARANCE))
    judged = judge_document(application, clearance, answers)
    heard, course = _hear(application, answers, judged)
    return obligation.appraised(
        ObjectionFacts(
            holding=judged.holding,
            period=course.period,
            delivery=judge_delivery(application),
            objection=heard.objection,
            eligibility=judge_eligibility(application),
            affairs=judge_affairs(application, clearance, answers),
            others=judge_others(application),
        ),
        answer=answers.to(question(application, Matter.TAX_OBJECTION)),
        basis=heard.basis,
        weighed=heard.weighed,
        period=course.label,
        flags=_soft_flags(judged),
    )


def _hear(
    application: DeregistrationApplication, answers: Answers, judged: Judged
) -> tuple[Heard, Course]:
    course = judge_course(application)
    hearing = Hearing(
        application=application,
        answer=answers.to(question(application, Matter.TAX_OBJECTION)),
        course=course,
        delivery=judge_delivery(application),
        holding=judged.holding,
    )
    return hearing.conclude(), course


@carries("D-03")
def _soft_flags(judged: Judged) -> tuple[Flag, ...]:
    """Remark on the simplified route that a document was handed in and could not be used."""
    return (Flag.DOCUMENT_NOT_USED,) if judged.document in _NOT_USED else ()


def appraise_registration(
    application: DeregistrationApplication, obligation: Obligation, answers: Answers
) -> Obligation:
    """Return the obligation of a unit's tax registration with its facts.

    Verified papers settle it whatever the registration; otherwise the registration is the basis.
    """
    answer = answers.to(question(application, Matter.TAX_REGISTRATION))
    judged = judge_document(application, answer, answers)
    known = judge_registration(application, answer, answers)
    by_papers = judged.document in (Document.VERIFIED, Document.FORGED_SUSPECT)
    return obligation.appraised(
        RegistrationFacts(
            document=judged.document,
            state=judged.state,
            registration=known.registration,
            declared=judge_declared(application),
            body=judge_body(application),
        ),
        answer=answer,
        basis=judged.basis if by_papers else known.basis,
        weighed=judged.weighed,
    )


def appraise_ruling(
    application: DeregistrationApplication, obligation: Obligation, _answers: Answers
) -> Obligation:
    """Return the obligation of a court ruling with its facts; only an officer can doubt it."""
    return obligation.appraised(
        RulingFacts(doubt=judge_doubt(application)),
        basis=Basis.OFFICER,
    )
