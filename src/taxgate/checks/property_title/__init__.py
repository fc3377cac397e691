"""Registration of title to real estate (不动产权属登记), Order Art. 25.

Before title is registered the registrar checks deed tax (契税) of the transferee, individual income
tax (个人所得税) and land appreciation tax (土地增值税) of the transferor. The Order is silent on
what follows where nothing is found; national law bars registration without deed tax, and where
land appreciation tax is known to be unpaid. Art. 25 para. 2 makes the registrar assist the tax
authority that seals or sells real estate; seals of every authority are judged here.

Source: Order No. 307 Art. 25; Deed Tax Law Art. 11; Provisional Regulations on Land Appreciation
Tax Art. 12; Individual Income Tax Law Art. 15(2); Provisional Regulations on Real Estate
Registration Art. 22; Urban Real Estate Law Art. 38. Provisions: `taxgate.law.property_title`.

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
from ...law.order_307 import ART_25_1
from ...proceedings import Obstacle
from ...terms import Addressee, Checkpoint, Matter, Reach, Reading
from ..concluding import decide
from .application import PropertyApplication, PropertyPaper, PropertyTaxRecord
from .appraisal import appraise, obligation_of, other_taxes
from .charging import charges
from .duties import ACT_KIND, DEED_DUTY, INCOME_DUTY, LAND_DUTY, SCOPE, Governed, Scope
from .facts import (
    DeedFacts,
    IncomeFacts,
    LandFacts,
    OtherTaxFacts,
    RegisterFacts,
    RequestFacts,
    SealFacts,
)
from .kinds import TAXED_ACTS, PropertyAct
from .seal_tables import OBSTACLE, REGISTER, REQUEST, SEAL
from .seals import obstacles, seal_obligations, suspected_requests
from .tables import DEED_TAX, INCOME_TAX, LAND_TAX, OTHER_TAX

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

CHECKPOINT: Final = Checkpoint.PROPERTY_TITLE
PROVISION: Final[Provision] = ART_25_1
Application = PropertyApplication
Record = PropertyTaxRecord
Paper = PropertyPaper
Act = PropertyAct

TABLES: Final = (
    SCOPE,
    ACT_KIND,
    DEED_DUTY,
    INCOME_DUTY,
    LAND_DUTY,
    DEED_TAX,
    INCOME_TAX,
    LAND_TAX,
    OTHER_TAX,
    SEAL,
    REGISTER,
    REQUEST,
    OBSTACLE,
)

NOT_ENCODED: Final = (
    (
        "税额、计税价格、减免税条件是否正确；价格明显偏低的，由税务机关核定。",
        "Whether amount, taxable price or relief are right; odd prices are for the tax authority.",
    ),
    (
        "查封是否适当（例如唯一住房）：登记机构只可提出审查建议。",
        "Whether a seizure is proper, such as of a sole home: a review may only be suggested.",
    ),
    (
        "亲属、婚姻、死亡、法定继承等事实是否成立：由登记机构依材料认定后输入。",
        "Whether relation, marriage, death or heirship is proven: the registrar finds and says it.",
    ),
    (
        "增值税及附加、印花税等是否缴纳：不查询，仅听取税务机关主动反映的情况。",
        "Whether VAT, surcharges, stamp tax and the rest are paid: never asked, only heard.",
    ),
    (
        "其他机关查封的登记本身，以及挂起期满后的处理：由经办人决定。",
        "Recording another authority's seal, and what becomes of a hold in the end: people decide.",
    ),
)
"""What stays with a person, in Chinese and English."""

_BENCH: Final = Bench(
    {
        Scope: (SCOPE,),
        DeedFacts: (DEED_TAX,),
        IncomeFacts: (INCOME_TAX,),
        LandFacts: (LAND_TAX,),
        OtherTaxFacts: (OTHER_TAX,),
        SealFacts: (SEAL,),
        RegisterFacts: (REGISTER,),
        RequestFacts: (REQUEST,),
    }
)


def obligations(application: PropertyApplication) -> tuple[Obligation, ...]:
    """Return what is to be judged, before anything is known of the tax records.

    First the act itself; where the Order reaches it, then the seals, and the taxes each party owes
    proof of. Seals rest on the registrar's own register, so their facts are known at once.
    """
    whole = _whole(application)
    if whole.facts.reach is not Reach.IN:
        return (whole,)
    return (
        whole,
        *seal_obligations(application),
        *(obligation_of(charge, application) for charge in charges(application)),
    )


def inquiries(application: PropertyApplication) -> tuple[Inquiry, ...]:
    """Return the questions to the tax bureau that this application needs, and no others."""
    return tuple(item.inquiry for item in obligations(application) if item.inquiry is not None)


def check(
    application: PropertyApplication,
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
    judged = application
    if more := tuple(suspected_requests(application)):
        judged = evolve(application, suspicions=(*application.suspicions, *more))
    return decide(
        CHECKPOINT,
        judged,
        _appraised(application, replies),
        _BENCH,
        at=at,
        readings=switched,
        obstacles=_obstacles(application),
        papers=application.papers,
    )


def _whole(application: PropertyApplication) -> Obligation:
    if application.act in TAXED_ACTS:
        governed = Governed.TAXED
    elif application.act is PropertyAct.ASSISTANCE:
        governed = Governed.ASSISTANCE
    else:
        governed = Governed.UNTAXED
    return new_obligation(
        matter=Matter.APPLICATION,
        facts=Scope(
            reach=reach(PROVISION, application.governing_on, application.division.province),
            governed=governed,
        ),
        subject="; ".join(sorted(unit.code.masked for unit in application.units)),
        parties={Addressee.APPLICANT: (application.applicant,)} if application.applicant else {},
    )


def _appraised(application: PropertyApplication, answers: Answers) -> Iterator[Obligation]:
    whole = _whole(application)
    yield whole
    if whole.facts.reach is not Reach.IN:
        return
    yield from seal_obligations(application)
    if application.act in TAXED_ACTS:
        for charge in charges(application):
            yield appraise(charge, application, answers)
        yield from other_taxes(application, answers)


def _obstacles(application: PropertyApplication) -> Iterator[Obstacle]:
    """Yield the seals in force where the Order does not reach (S-18)."""
    if _whole(application).facts.reach is Reach.IN:
        return
    for facts, subject in obstacles(application):
        ruling = OBSTACLE.decide(facts)
        if ruling.conclusion is not None:
            yield Obstacle(ruling, (("subject", subject),))
