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
from typing import Any, Final

from ...decision import Decision
from ...evidence import Answer, Answers, Inquiry
from ...findings import Finding, Obligation, find
from ...law import Provision, reach
from ...law.order_307 import ART_24_2
from ...proceedings import Obstacle
from ...tables import Ruling
from ...terms import Addressee, Checkpoint, Matter, Reading
from ..concluding import decide, purpose
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
    Claimed,
    Governed,
    PurchaseTaxCircumstances,
    PurchaseTaxDuty,
    Scope,
    Seized,
    Seizure,
    VesselTaxCircumstances,
)
from .tables import PURCHASE_TAX_TABLES, TABLES, VESSEL_TAX_TABLES

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


def obligations(application: VehicleApplication) -> tuple[Obligation, ...]:
    """Return what is to be judged, before anything is known of the tax records.

    First the act itself; then, where the checkpoint governs it, each tax its duty tables ask for.
    """
    governed = application.governed and application.act in GOVERNED_ACTS
    scope = Scope(
        reach=reach(PROVISION, application.governing_on, application.division.province),
        governed=Governed.YES if governed else Governed.NO,
    )
    whole = Obligation(matter=Matter.APPLICATION, facts=scope, subject=_subject(application))
    if SCOPE.decide(scope).conclusion is not None:
        return (whole,)
    return (whole, *_taxes(application))


def _taxes(application: VehicleApplication) -> Iterator[Obligation]:
    why = purpose(application, PROVISION)
    purchase_tax = PURCHASE_TAX_DUTY.decide(
        PurchaseTaxCircumstances(
            act=application.act,
            archive=application.archive_exemption,
            claimed=Claimed.SAME_CLASS if application.same_class_claimed else Claimed.NO,
        )
    )
    if purchase_tax.conclusion is not PurchaseTaxDuty.IGNORED:
        unasked = purchase_tax.conclusion in UNASKED
        yield _tax(
            application,
            Matter.VEHICLE_PURCHASE_TAX,
            purchase_tax,
            None
            if unasked
            else Inquiry(
                matter=Matter.VEHICLE_PURCHASE_TAX,
                vin=application.vehicle.frame,
                purpose=why,
            ),
        )
    yield _tax(
        application,
        Matter.VEHICLE_AND_VESSEL_TAX,
        VESSEL_TAX_DUTY.decide(VesselTaxCircumstances(act=application.act)),
        Inquiry(
            matter=Matter.VEHICLE_AND_VESSEL_TAX,
            vin=application.vehicle.frame,
            plate=application.vehicle.plate_no,
            years=accepted_years(application),
            purpose=why,
        ),
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
    switched = frozenset(Reading(reading) for reading in readings)
    appraised = [_appraise(application, item, replies) for item in obligations(application)]
    findings = [finding for item in appraised for finding in _find(item, switched)]
    return decide(
        CHECKPOINT,
        application,
        findings,
        at=at,
        readings=switched,
        obstacles=_obstacles(application),
        papers=application.papers,
    )


def _appraise(
    application: VehicleApplication, obligation: Obligation, answers: Answers
) -> Obligation:
    if obligation.matter is Matter.VEHICLE_PURCHASE_TAX:
        return appraise_purchase_tax(application, obligation, answers)
    if obligation.matter is Matter.VEHICLE_AND_VESSEL_TAX:
        return appraise_vessel_tax(application, obligation, answers)
    return obligation


_READ_BY: Final = {
    Matter.VEHICLE_PURCHASE_TAX: PURCHASE_TAX_TABLES,
    Matter.VEHICLE_AND_VESSEL_TAX: VESSEL_TAX_TABLES,
}
"""Tables that read the facts of each tax."""


def _find(obligation: Obligation, readings: frozenset[Reading]) -> Iterator[Finding]:
    return find(_READ_BY.get(obligation.matter, (SCOPE,)), obligation, readings)


def _obstacles(application: VehicleApplication) -> Iterator[Obstacle]:
    seized = Seized.YES if application.seized else Seized.NO
    ruling = SEIZURE.decide(Seizure(act=application.act, seized=seized))
    if ruling.conclusion is not None:
        yield Obstacle(ruling, (("subject", _subject(application)),))


def _subject(application: VehicleApplication) -> str:
    return application.vehicle.frame.masked


def _tax(
    application: VehicleApplication,
    matter: Matter,
    duty: Ruling[Any],
    inquiry: Inquiry | None,
) -> Obligation:
    return Obligation(
        matter=matter,
        facts=None,
        subject=_subject(application),
        party=application.taxpayer,
        parties={
            Addressee.TAXPAYER: (application.taxpayer,),
            Addressee.APPLICANT: (application.applicant or application.taxpayer,),
        },
        inquiry=inquiry,
        duty=duty,
    )
