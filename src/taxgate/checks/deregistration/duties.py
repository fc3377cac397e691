"""What is asked of which deregistration (5.2 scope), written once for inquiries and checks."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from attrs import frozen

from ...evidence import Inquiry
from ...findings import Outcome
from ...law import Provision
from ...law.deregistration import (
    CANCEL_TAX_REGISTRATION_FIRST,
    COURT_RULING,
    EX_OFFICIO,
    GENERAL_MATERIAL,
    INDIVIDUAL_BUSINESS_TEN_DAYS,
    NO_OBJECTION_IN_TWENTY_DAYS,
    SIMPLIFIED_ROUTE,
)
from ...law.order_307 import ART_2, ART_27_1, ART_27_2, ART_34
from ...tables import Row, Table, when
from ...terms import Flag, Matter, Reach
from ..concluding import new_inquiry, purpose
from .application import DeregistrationApplication, Registrar, Route


class Governed(StrEnum):
    """Whether the act is one Art. 27 is about."""

    YES = "yes"
    NO = "no"


class Trade(StrEnum):
    """Whether the entity is an individual business (个体工商户)."""

    INDIVIDUAL = "individual"
    OTHER = "other"


class ClearanceDuty(StrEnum):
    """What a market deregistration demands of the clearance document (清税文书)."""

    GENERAL = "general"
    SIMPLIFIED = "simplified"
    """The document, or the exception without a tax objection."""
    COURT = "court"


class ObjectionDuty(StrEnum):
    """Which objection period the route has."""

    PUBLICITY = "publicity"
    """Twenty days of publicity, then a window to apply."""
    TEN_DAYS = "ten-days"
    """Ten days after the push."""
    NOT_ASKED = "not-asked"


@frozen
class Scope:
    """Facts of the scope table."""

    reach: Reach
    governed: Governed


@frozen
class MarketCircumstances:
    """Facts of the duty tables of a market deregistration."""

    route: Route
    trade: Trade


GOVERNED_REGISTRARS: Final = (Registrar.MARKET, Registrar.STAFFING_OFFICE)

# fmt: off
SCOPE: Final[Table[Outcome]] = Table(
    name="deregistration/scope",
    question=("本环节是否适用？", "Does the checkpoint govern this act?"),
    columns={"reach": tuple(Reach), "governed": tuple(Governed)},
    rows=(
        Row(("D-28",), when(reach=Reach.OUTSIDE_SHANXI), Outcome.NOT_APPLICABLE,
            "deregistration/outside-shanxi", (ART_2,)),
        Row(("D-28",), when(reach=Reach.BEFORE_EFFECTIVE_DATE), Outcome.NOT_APPLICABLE,
            "deregistration/before-effective-date", (ART_34,),
            flags=(Flag.NATIONAL_LAW_STILL_BINDS,)),
        Row(("D-26",), when(reach=Reach.IN, governed=Governed.NO), Outcome.NOT_APPLICABLE,
            "deregistration/out-of-scope", (ART_27_1, ART_27_2, EX_OFFICIO)),
        Row(("5.2",), when(reach=Reach.IN, governed=Governed.YES), None,
            "deregistration/in-scope", (ART_27_1, ART_27_2)),
    ),
)

CLEARANCE_DUTY: Final[Table[ClearanceDuty]] = Table(
    name="deregistration/clearance-duty",
    question=("本程序对清税文书有何要求？", "What does the route demand of the document?"),
    columns={"route": tuple(Route)},
    rows=(
        Row(("5.2",), when(route=Route.GENERAL), ClearanceDuty.GENERAL,
            "deregistration/clearance/general",
            (ART_27_1, CANCEL_TAX_REGISTRATION_FIRST, GENERAL_MATERIAL)),
        Row(("5.2",), when(route=Route.SIMPLIFIED), ClearanceDuty.SIMPLIFIED,
            "deregistration/clearance/simplified", (ART_27_1, SIMPLIFIED_ROUTE)),
        Row(("5.2",), when(route=Route.COURT), ClearanceDuty.COURT,
            "deregistration/clearance/court", (ART_27_1, COURT_RULING)),
    ),
)

OBJECTION_DUTY: Final[Table[ObjectionDuty]] = Table(
    name="deregistration/objection-duty",
    question=("本程序是否有异议期？", "Does the route have an objection period?"),
    columns={"route": tuple(Route), "trade": tuple(Trade)},
    rows=(
        Row(("5.2",), when(route=(Route.GENERAL, Route.COURT)), ObjectionDuty.NOT_ASKED,
            "deregistration/objection/not-asked", (ART_27_1,)),
        Row(("5.2",), when(route=Route.SIMPLIFIED, trade=Trade.OTHER), ObjectionDuty.PUBLICITY,
            "deregistration/objection/publicity", (ART_27_1, NO_OBJECTION_IN_TWENTY_DAYS)),
        Row(("5.2",), when(route=Route.SIMPLIFIED, trade=Trade.INDIVIDUAL), ObjectionDuty.TEN_DAYS,
            "deregistration/objection/ten-days", (ART_27_1, INDIVIDUAL_BUSINESS_TEN_DAYS)),
    ),
)
# fmt: on


def provision_for(registrar: Registrar) -> Provision:
    """Return the paragraph of Art. 27 that binds this kind of registrar."""
    return ART_27_2 if registrar is Registrar.STAFFING_OFFICE else ART_27_1


def question(application: DeregistrationApplication, matter: Matter) -> Inquiry:
    """Return the question to the tax authority about *matter* of this entity."""
    return new_inquiry(
        matter=matter,
        company=application.entity.uscc,
        purpose=purpose(application, provision_for(application.registrar)),
    )
