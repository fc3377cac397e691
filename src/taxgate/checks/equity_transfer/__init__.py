"""Change registration of an individual's equity transfer (个人转让股权变更登记), Order Art. 26.

The market registrar checks the individual income tax (个人所得税) proof of that very deal before it
enters the new shareholder. Where nothing is found it tells the taxpayer to file and pay; no
national law bars the registration, so the application is held and not refused.

Source: Order No. 307 Art. 26; Individual Income Tax Law Art. 15(2); Measures on Individual Income
Tax on Gains from Equity Transfer; Regulations on the Registration of Market Entities and their
Implementing Rules; Civil Procedure Law Art. 262. Provisions: `taxgate.law.equity_transfer`.

Not encoded: see `NOT_ENCODED`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from attrs import evolve

from ...decision import Decision
from ...evidence import Answer, Answers, Inquiry
from ...findings import Bench, Obligation, new_obligation
from ...law import Provision, reach
from ...law.order_307 import ART_26
from ...parties import IdType, Person
from ...proceedings import Obstacle
from ...terms import Addressee, Checkpoint, Matter, Reading
from ..carrying import carries
from ..concluding import decide, new_inquiry, purpose
from .application import EquityAct, EquityPaper, EquityTaxRecord, EquityTransferApplication
from .appraisal import appraise
from .court import court_papers, courts_to_tell, frozen_by, suspected_court_papers
from .deals import BY_DEATH, Deal
from .duties import (
    DEAL_SCOPE,
    FREEZE,
    SCOPE,
    TRANSFER_DUTY,
    DealScope,
    Freeze,
    Scope,
    TransferCircumstances,
)
from .tables import INCOME_TAX_TABLES, TABLES, IncomeTaxFacts

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

CHECKPOINT: Final = Checkpoint.EQUITY_TRANSFER
PROVISION: Final[Provision] = ART_26
Application = EquityTransferApplication
Record = EquityTaxRecord
Paper = EquityPaper
Act = EquityAct

NOT_ENCODED: Final = (
    (
        "转让价格是否偏低、有无正当理由，税额是否正确：由税务机关核定。",
        "Whether a price is low without good reason, and whether the tax is right.",
    ),
    (
        "亲属、扶养关系等是否使转让不征税：以税务机关对该笔交易的记录为准。",
        "Whether kinship or support frees a deal of tax: the tax authority's record says so.",
    ),
    (
        "股权归属、协议效力、优先购买权等实体问题。",
        "Whose the equity is, whether the agreement is valid, rights of first refusal.",
    ),
    (
        "法院文书是否真实：由经办人向法院核实后填报。",
        "Whether court papers are genuine: an officer asks the court and states it.",
    ),
    (
        "申请材料退回后另行提交的，作为新的申请。",
        "Material returned with the notice and handed in again is a new application.",
    ),
)
"""What stays with a person, in Chinese and English."""

_BENCH: Final = Bench(
    {
        Scope: (SCOPE,),
        DealScope: (DEAL_SCOPE,),
        IncomeTaxFacts: INCOME_TAX_TABLES,
    }
)


def obligations(application: EquityTransferApplication) -> tuple[Obligation, ...]:
    """Return what is to be judged, before anything is known of the tax records.

    First the act itself; then, where the checkpoint governs it, every deal.
    """
    return tuple(obligation for _, obligation in _judged(application))


@carries("E-14")
def _judged(
    application: EquityTransferApplication,
) -> Iterator[tuple[Deal | None, Obligation]]:
    """Yield every obligation with its deal; the strictest of all decides, none is split off."""
    scope = Scope(
        reach=reach(PROVISION, application.governing_on, application.division.province),
        act=application.act,
    )
    whole = new_obligation(
        matter=Matter.APPLICATION, facts=scope, subject=application.company.masked
    )
    yield None, whole
    if SCOPE.decide(scope).conclusion is None:
        for deal in application.deals:
            yield deal, _obligation(application, deal)


def _obligation(application: EquityTransferApplication, deal: Deal) -> Obligation:
    """Return what is to be judged of one deal: whether it is governed, or else its tax."""
    scope = DealScope(
        transferor=deal.transferor_class, company=application.company_type, shares=deal.shares
    )
    company = Person(IdType.USCC, application.company.value)
    court = courts_to_tell(deal)
    plain = new_obligation(
        matter=Matter.APPLICATION,
        facts=scope,
        subject=_subject(application, deal),
        party=deal.transferor,
        parties={
            Addressee.TAXPAYER: (_answering(deal),),
            Addressee.WITHHOLDING_AGENT: (deal.transferee,),
            Addressee.TRANSFEREE: (deal.transferee,),
            Addressee.APPLICANT: (application.applicant or company,),
            Addressee.COURT: (),
        },
        authorities={Addressee.COURT: court} if court is not None else {},
        period=deal.agreed_on.isoformat(),
    )
    if DEAL_SCOPE.decide(scope).conclusion is not None:
        return plain
    circumstances = TransferCircumstances(
        act=application.act, kind=deal.kind, court=court_papers(application, deal)
    )
    return evolve(
        plain,
        matter=Matter.INDIVIDUAL_INCOME_TAX,
        facts=None,
        inquiry=new_inquiry(
            matter=Matter.INDIVIDUAL_INCOME_TAX,
            company=application.company,
            person=deal.transferor,
            purpose=purpose(application, PROVISION),
        ),
        duty=TRANSFER_DUTY.decide(circumstances),
    )


def _answering(deal: Deal) -> Person:
    """Return who is told as taxpayer: the transferor, or who takes where the transferor is dead."""
    return deal.transferee if deal.kind in BY_DEATH else deal.transferor


def inquiries(application: EquityTransferApplication) -> tuple[Inquiry, ...]:
    """Return the questions to the tax bureau that this application needs: one per transferor."""
    asked = [item.inquiry for item in obligations(application) if item.inquiry is not None]
    return tuple({inquiry.key: inquiry for inquiry in reversed(asked)}.values())[::-1]


def check(
    application: EquityTransferApplication,
    answers: Iterable[Answer] = (),
    *,
    at: datetime,
    readings: Iterable[Reading | str] = (),
) -> Decision:
    """Decide an application from the answers to its inquiries. Pure: no clock, no source.

    Args:
        application: What the office knows.
        answers: At most one answer to each inquiry, in any order; a missing one is an outage.
        at: Aware instant of the check; judges freshness only.
        readings: Readings switched on.

    Raises:
        InputError: Answers that cannot belong to one case, or *at* without a time zone.
        ValueError: A reading nobody knows.
    """
    replies = Answers(answers, at)
    switched = frozenset(map(Reading, readings))
    appraised = [
        obligation
        if deal is None or obligation.inquiry is None
        else appraise(application, deal, obligation, replies)
        for deal, obligation in _judged(application)
    ]
    judged = application
    if more := tuple(suspected_court_papers(application)):
        judged = evolve(application, suspicions=(*application.suspicions, *more))
    return decide(
        CHECKPOINT,
        judged,
        appraised,
        _BENCH,
        at=at,
        readings=switched,
        obstacles=_obstacles(application),
        papers=application.papers,
    )


def _obstacles(application: EquityTransferApplication) -> Iterator[Obstacle]:
    for deal in application.deals:
        ruling = FREEZE.decide(Freeze(frozen=frozen_by(application, deal)))
        if ruling.conclusion is not None:
            yield Obstacle(
                ruling,
                (
                    ("subject", _subject(application, deal)),
                    ("party", deal.transferor.masked),
                ),
            )


def _subject(application: EquityTransferApplication, deal: Deal) -> str:
    return f"{application.company.masked} {deal.stake}"
