"""Deregistration (注销登记), Order Art. 27.

A market registrar (市场主体登记机关) checks the clearance document (清税文书) when it accepts a
deregistration and tells who has none to obtain it first, except on the simplified route (简易注销)
where the tax authority has not objected. A staffing office (机构编制部门) requires papers of the
cancelled tax registration of a legal person that was registered for tax.

Source: Order No. 307 Art. 27; Law on the Administration of Tax Collection Art. 16 and its Rules
Art. 12, 15, 16, 50; Regulations on the Registration of Market Entities Art. 33, 34 and their Rules
Art. 46 to 48; Company Law Art. 240, 241. Provisions: `taxgate.law.deregistration`.

Not encoded: see `NOT_ENCODED`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from ...decision import Decision
from ...evidence import Answer, Answers, Inquiry
from ...findings import Bench, Obligation, new_obligation
from ...law import Provision, reach
from ...law.order_307 import ART_27_1
from ...proceedings import Obstacle
from ...tables import Ruling
from ...terms import Addressee, Checkpoint, Matter, Reading
from ..concluding import decide
from .application import (
    DeregistrationAct,
    DeregistrationApplication,
    Registrar,
)
from .appraisal import (
    appraise_clearance,
    appraise_objection,
    appraise_registration,
    appraise_ruling,
)
from .duties import (
    CLEARANCE_DUTY,
    GOVERNED_REGISTRARS,
    OBJECTION_DUTY,
    SCOPE,
    Governed,
    MarketCircumstances,
    ObjectionDuty,
    Scope,
    Trade,
    provision_for,
    question,
)
from .facts import ClearanceFacts, ObjectionFacts, RegistrationFacts, RulingFacts
from .records import DeregistrationPaper, DeregistrationRecord
from .simplified import OBSTACLE_TABLES, SIMPLIFIED_TABLES
from .tables import CLEARANCE_TABLES, RULING, TABLES, TAX_REGISTRATION

__all__ = [
    "CHECKPOINT",
    "NOT_ENCODED",
    "PROVISION",
    "TABLES",
    "Act",
    "Application",
    "Paper",
    "Record",
    "check",
    "inquiries",
    "obligations",
]

CHECKPOINT: Final = Checkpoint.DEREGISTRATION
PROVISION: Final[Provision] = ART_27_1
Application = DeregistrationApplication
Record = DeregistrationRecord
Paper = DeregistrationPaper
Act = DeregistrationAct

NOT_ENCODED: Final = (
    (
        "清算报告、股东会决议、债权人公告、分支机构先行注销等税收以外的注销材料。",
        "Material other than tax: liquidation report, resolutions, notice to creditors, branches.",
    ),
    (
        "是否属于不适用简易注销的情形、是否有其他部门或者债权人异议：由登记机关查核后录入。",
        "What closes the simplified route, and who else objects: the registrar enters both.",
    ),
    (
        "异议撤回后是否重新公示：由登记机关决定。",
        "Whether to publish again after an objection was withdrawn: the registrar decides.",
    ),
    (
        "裁定书的真伪和效力：由经办人向人民法院核实。",
        "Whether a ruling is genuine and in force: an officer asks the court.",
    ),
    (
        "挂起期满后是否不予登记、退回：由经办人决定。",
        "What becomes of a held application when the handling time runs out: a person decides.",
    ),
)
"""What stays with a person, in Chinese and English."""

_APPRAISALS: Final = {
    Matter.CLEARANCE: appraise_clearance,
    Matter.TAX_OBJECTION: appraise_objection,
    Matter.TAX_REGISTRATION: appraise_registration,
    Matter.COURT_EXECUTION: appraise_ruling,
}
_BENCH: Final = Bench(
    {
        Scope: (SCOPE,),
        ClearanceFacts: CLEARANCE_TABLES,
        ObjectionFacts: SIMPLIFIED_TABLES,
        RegistrationFacts: (TAX_REGISTRATION,),
        RulingFacts: (RULING,),
    }
)


def obligations(application: DeregistrationApplication) -> tuple[Obligation, ...]:
    """Return what is to be judged, before anything is known of the tax records.

    First the act itself; then, where the checkpoint governs it, what the registrar has to ask for,
    and a court ruling that was handed in.
    """
    governed = (
        application.act is DeregistrationAct.DEREGISTRATION
        and application.registrar in GOVERNED_REGISTRARS
    )
    scope = Scope(
        reach=reach(
            provision_for(application.registrar),
            application.governing_on,
            application.division.province,
        ),
        governed=Governed.YES if governed else Governed.NO,
    )
    whole = new_obligation(matter=Matter.APPLICATION, facts=scope, subject=_subject(application))
    if SCOPE.decide(scope).conclusion is not None:
        return (whole,)
    return (whole, *_demands(application))


def _demands(application: DeregistrationApplication) -> Iterator[Obligation]:
    if application.registrar is Registrar.STAFFING_OFFICE:
        yield _demand(application, Matter.TAX_REGISTRATION)
    else:
        trade = Trade.INDIVIDUAL if application.is_individual_business else Trade.OTHER
        route = application.route
        assert route is not None  # noqa: S101 - demanded by the application
        circumstances = MarketCircumstances(route=route, trade=trade)
        yield _demand(application, Matter.CLEARANCE, CLEARANCE_DUTY.decide(circumstances))
        objection = OBJECTION_DUTY.decide(circumstances)
        if objection.conclusion is not ObjectionDuty.NOT_ASKED:
            yield _demand(application, Matter.TAX_OBJECTION, objection)
    if application.ruling is not None:
        yield _demand(application, Matter.COURT_EXECUTION)


def inquiries(application: DeregistrationApplication) -> tuple[Inquiry, ...]:
    """Return the questions to the tax authority that this application needs, and no others.

    General and court route: the clearance document. Simplified route: that and objections. Staffing
    office: the tax registration. Out of scope: none.
    """
    return tuple(item.inquiry for item in obligations(application) if item.inquiry is not None)


def check(
    application: DeregistrationApplication,
    answers: Iterable[Answer] = (),
    *,
    at: datetime,
    readings: Iterable[Reading | str] = (),
) -> Decision:
    """Decide an application from the answers to its inquiries. Pure: no clock, no source.

    A "no objection" counts only as of the decision day. A decision for a day that is past is
    `retryable` where such an answer is missing, as any answer a source owes; yet no retry can give
    an answer of that day, so the office moves `handled_on` to the day it asks again.

    Args:
        application: What the office knows.
        answers: At most one answer to each inquiry, in any order; a missing one is an outage.
        at: Aware instant of the check; judges freshness, and that no record is dated after it.
        readings: Readings switched on.

    Raises:
        InputError: Answers that cannot belong to one case, an objection dated after the decision
            day, or *at* without a time zone.
        ValueError: A reading nobody knows.
    """
    replies = Answers(answers, at)
    switched = frozenset(map(Reading, readings))
    appraised = [_appraise(application, item, replies) for item in obligations(application)]
    return decide(
        CHECKPOINT,
        application,
        appraised,
        _BENCH,
        at=at,
        readings=switched,
        obstacles=[obstacle for item in appraised for obstacle in _obstacles(item)],
        papers=application.papers,
    )


def _appraise(
    application: DeregistrationApplication, obligation: Obligation, answers: Answers
) -> Obligation:
    appraise = _APPRAISALS.get(obligation.matter)
    return obligation if appraise is None else appraise(application, obligation, answers)


def _obstacles(obligation: Obligation) -> Iterator[Obstacle]:
    """Yield what stands in the way on the simplified route beside tax."""
    if obligation.matter is not Matter.TAX_OBJECTION:
        return
    detail = [("subject", obligation.subject)]
    if obligation.period is not None:
        detail.append(("period", obligation.period))
    for table in OBSTACLE_TABLES:
        ruling = table.decide(obligation.facts)
        if ruling.conclusion is not None:
            yield Obstacle(ruling, tuple(detail))


def _subject(application: DeregistrationApplication) -> str:
    return application.entity.uscc.masked


def _demand(
    application: DeregistrationApplication,
    matter: Matter,
    duty: Ruling[Any] | None = None,
) -> Obligation:
    entity = application.entity.person
    applicant = application.applicant or entity
    # Whoever applies acts for the entity, as liquidator, administrator or sponsor, and is told all.
    told = (entity,) if applicant.key == entity.key else (entity, applicant)
    return new_obligation(
        matter=matter,
        facts=None,
        subject=_subject(application),
        party=entity,
        parties={
            Addressee.TAXPAYER: told,
            Addressee.APPLICANT: (applicant,),
        },
        inquiry=None if matter is Matter.COURT_EXECUTION else question(application, matter),
        duty=duty,
    )
