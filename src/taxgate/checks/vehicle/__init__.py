"""Vehicle registration and inspection (车辆登记、检验), Order Art. 24 para. 2.

Traffic police check vehicle purchase tax (车辆购置税) and vehicle and vessel tax (车船税)
before they register or inspect a vehicle. Where nothing, or something abnormal, is found they tell
the taxpayer to file and pay; national law bars first registration and the inspection mark until
then.

Source: Order No. 307 Art. 24(2); Vehicle Purchase Tax Law Art. 13, 14; Vehicle and Vessel Tax Law
Art. 10(2) and its Implementing Regulations Art. 22(2); Provisions on the Registration of Motor
Vehicles Art. 12 to 55. Provisions: `taxgate.law.vehicle`.

Not encoded: see `NOT_ENCODED`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from ...building import quickly
from ...decision import Decision
from ...evidence import Answer, Answers, Inquiry
from ...findings import Obligation, new_obligation
from ...law import Provision, reach
from ...law.order_307 import ART_24_2
from ...proceedings import Obstacle
from ...terms import Addressee, Checkpoint, Matter, Reading
from ..concluding import decide, new_inquiry, purpose
from .application import (
    VehicleAct,
    VehicleApplication,
    VehiclePaper,
    VehicleTaxRecord,
)
from .appraisal import accepted_years, appraise_purchase_tax, appraise_vessel_tax
from .duties import (
    GOVERNED_ACTS,
    PURCHASE_TAX_DUTY,
    SCOPE,
    SEIZURE,
    UNASKED,
    VESSEL_TAX_DUTY,
    VPT,
    VVT,
    Claimed,
    Governed,
    PurchaseTaxCircumstances,
    PurchaseTaxDuty,
    Scope,
    Seized,
    Seizure,
    VesselTaxCircumstances,
)
from .tables import BENCH, TABLES

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

CHECKPOINT: Final = Checkpoint.VEHICLE
PROVISION: Final[Provision] = ART_24_2
Application = VehicleApplication
Record = VehicleTaxRecord
Paper = VehiclePaper
Act = VehicleAct

NOT_ENCODED: Final = (
    (
        "车辆与发票、所有人身份的核对（登记规定第15条）。",
        "Matching the vehicle with invoice and owner's identity (Registration Provisions Art. 15).",
    ),
    (
        "税额、计税价格、减免税限额是否正确。",
        "Whether amount, taxable price or the cap of a relief is right.",
    ),
    (
        "车辆是否确属专用车辆、公交车辆等免税类别：以税务机关的免税记录为准。",
        "Whether a vehicle belongs to an exempt class: the tax authority's record says so.",
    ),
    (
        "挂起期满后是否不予登记、退办：由经办人决定。",
        "What becomes of a held application when the handling time runs out: a person decides.",
    ),
)
"""What stays with a person, in Chinese and English."""

_scope: Final = quickly(Scope)
_purchase_tax_circumstances: Final = quickly(PurchaseTaxCircumstances)
_vessel_tax_circumstances: Final = quickly(VesselTaxCircumstances)
_seizure: Final = quickly(Seizure)

_APPRAISALS: Final = {
    VPT: appraise_purchase_tax,
    VVT: appraise_vessel_tax,
}


def obligations(application: VehicleApplication) -> tuple[Obligation, ...]:
    """Return what is to be judged, before anything is known of the tax records.

    First the act itself; then, where the checkpoint governs it, each tax its duty tables ask for.
    """
    governed = application.governed and application.act in GOVERNED_ACTS
    scope = _scope(
        reach=reach(PROVISION, application.governing_on, application.division.province),
        governed=Governed.YES if governed else Governed.NO,
    )
    subject = _subject(application)
    whole = new_obligation(matter=Matter.APPLICATION, facts=scope, subject=subject)
    if SCOPE.decide(scope).conclusion is not None:
        return (whole,)
    return (whole, *_taxes(application, subject))


def _taxes(application: VehicleApplication, subject: str) -> Iterator[Obligation]:
    act, frame, taxpayer = application.act, application.vehicle.frame, application.taxpayer
    parties = {
        Addressee.TAXPAYER: (taxpayer,),
        Addressee.APPLICANT: (application.applicant or taxpayer,),
    }
    why = purpose(application, PROVISION)
    purchase_tax = PURCHASE_TAX_DUTY.decide(
        _purchase_tax_circumstances(
            act=act,
            archive=application.archive_exemption,
            claimed=Claimed.SAME_CLASS if application.same_class_claimed else Claimed.NO,
        )
    )
    if purchase_tax.conclusion is not PurchaseTaxDuty.IGNORED:
        unasked = purchase_tax.conclusion in UNASKED
        yield new_obligation(
            matter=VPT,
            facts=None,
            subject=subject,
            party=taxpayer,
            parties=parties,
            inquiry=None if unasked else new_inquiry(matter=VPT, vin=frame, purpose=why),
            duty=purchase_tax,
        )
    yield new_obligation(
        matter=VVT,
        facts=None,
        subject=subject,
        party=taxpayer,
        parties=parties,
        inquiry=new_inquiry(
            matter=VVT,
            vin=frame,
            plate=application.vehicle.plate_no,
            years=accepted_years(application),
            purpose=why,
        ),
        duty=VESSEL_TAX_DUTY.decide(_vessel_tax_circumstances(act=act)),
    )


def inquiries(application: VehicleApplication) -> tuple[Inquiry, ...]:
    """Return the questions to the tax bureau that this application needs, and no others."""
    return tuple(item.inquiry for item in obligations(application) if item.inquiry is not None)


def check(
    application: VehicleApplication,
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
    appraised = [_appraise(application, item, replies) for item in obligations(application)]
    return decide(
        CHECKPOINT,
        application,
        appraised,
        BENCH,
        at=at,
        readings=switched,
        obstacles=_obstacles(application),
        papers=application.papers,
    )


def _appraise(
    application: VehicleApplication, obligation: Obligation, answers: Answers
) -> Obligation:
    appraise = _APPRAISALS.get(obligation.matter)
    return obligation if appraise is None else appraise(application, obligation, answers)


def _obstacles(application: VehicleApplication) -> tuple[Obstacle, ...]:
    seized = Seized.YES if application.seized else Seized.NO
    ruling = SEIZURE.decide(_seizure(act=application.act, seized=seized))
    if ruling.conclusion is None:
        return ()
    return (Obstacle(ruling, (("subject", _subject(application)),)),)


def _subject(application: VehicleApplication) -> str:
    return application.vehicle.frame.masked
