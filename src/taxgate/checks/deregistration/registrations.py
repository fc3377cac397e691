"""What the tax source says of a unit's tax registration (税务登记), at a staffing office.

Having a USCC does not mean being registered for tax, so it is asked, never inferred. A complete
empty list is an answer: not registered. A list that names others, or says something else, is not.
"""

from __future__ import annotations

from attrs import frozen

from ...evidence import Answer, Answers, OutageKind
from ...terms import Basis, Matter, RecordStatus
from ..carrying import carries
from .application import DeregistrationApplication
from .documents import last_day_of_evidence, names_differ, records_of
from .facts import Body, Declared, TaxRegistration
from .records import DeregistrationRecord


@frozen
class Known:
    """What is known of the registration and what it rests on."""

    registration: TaxRegistration
    basis: Basis


@carries("D-21", "D-22", "D-24")
def judge_registration(
    application: DeregistrationApplication, answer: Answer, answers: Answers
) -> Known:
    """Return whether the unit is registered for tax.

    A written confirmation of the tax authority that it never was counts during an outage, once an
    officer verified it; against an answer that says otherwise it is a conflict.
    """
    confirmed = _confirmed_on_paper(application, answers)
    if answer.outage is not None:
        if confirmed:
            return Known(TaxRegistration.NOT_REGISTERED, Basis.VERIFIED_PAPER)
        if answer.outage.kind is OutageKind.UNREACHABLE:
            return Known(TaxRegistration.SOURCE_UNREACHABLE, Basis.OUTAGE)
        return Known(TaxRegistration.SOURCE_UNTRUSTED, Basis.OUTAGE)
    if not answer.records:
        return Known(TaxRegistration.NOT_REGISTERED, Basis.ANSWER)
    said = [record for record in records_of(answer) if record.matter is Matter.TAX_REGISTRATION]
    affirmed = [record for record in said if _may_affirm(record, application)]
    denied = any(
        record.status is RecordStatus.NOT_REGISTERED_FOR_TAX
        and _is_clear(record, application, answers)
        for record in said
    )
    if not affirmed and denied:
        return Known(TaxRegistration.NOT_REGISTERED, Basis.ANSWER)
    clear = all(_is_clear(record, application, answers) for record in affirmed)
    if affirmed and clear and not denied and not confirmed:
        return Known(TaxRegistration.REGISTERED, Basis.ANSWER)
    return Known(TaxRegistration.CONFLICT, Basis.ANSWER)


def _may_affirm(record: DeregistrationRecord, application: DeregistrationApplication) -> bool:
    """Tell whether a record says, perhaps of this unit, that it is registered.

    Only the reassuring statement must be beyond doubt: one that may be this unit's contradicts a
    "not registered" even where its name or its day does not fit.
    """
    return record.status is RecordStatus.REGISTERED_FOR_TAX and record.uscc in (
        None,
        application.entity.uscc,
    )


def _is_clear(
    record: DeregistrationRecord, application: DeregistrationApplication, answers: Answers
) -> bool:
    """Tell whether a record is about this unit beyond doubt and not dated after the decision."""
    return (
        record.uscc == application.entity.uscc
        and not names_differ(record.name, application.entity)
        and (
            record.issued_on is None
            or record.issued_on <= last_day_of_evidence(application, answers.today)
        )
    )


def _confirmed_on_paper(application: DeregistrationApplication, answers: Answers) -> bool:
    return any(
        paper.record.status is RecordStatus.NOT_REGISTERED_FOR_TAX
        and paper.verified_by is not None
        and paper.forgery is None
        and _is_clear(paper.record, application, answers)
        for paper in application.papers
    )


@carries("D-23")
def judge_declared(application: DeregistrationApplication) -> Declared:
    """Return what the unit declares of its registration."""
    if application.declared_registration is None:
        return Declared.NOTHING
    return Declared.REGISTERED if application.declared_registration else Declared.NOT_REGISTERED


@carries("D-25")
def judge_body(application: DeregistrationApplication) -> Body:
    """Tell a state organ by its code, which starts with 11."""
    return Body.STATE_ORGAN if application.entity.uscc.is_state_organ else Body.OTHER
