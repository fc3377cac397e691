"""Which transfers the checkpoint governs, and what they demand (4.2), for inquiries and checks."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from attrs import frozen

from ...findings import Outcome
from ...law.equity_transfer import (
    COMPANIES_ONLY,
    CONFIRMED_EQUITY,
    COURT_ASSISTANCE,
    COURTS_ARE_ASSISTED,
    EQUITY_AND_PARTNERSHIP_SHARES,
    FROZEN_EQUITY,
    KINDS_OF_TRANSFER,
    OPERATOR_CHANGE,
    REGISTERED_AND_FILED_ITEMS,
    REGISTERED_SHAREHOLDERS,
    TAX_AUTHORITY_ASSESSES,
    VOUCHER_OF_THE_DEAL,
)
from ...law.order_307 import ART_2, ART_26, ART_34
from ...tables import Row, Table, when
from ...terms import Flag, ObstacleKind, Reach
from .application import CompanyType, EquityAct
from .deals import PartyClass, ShareClass, TransferKind


class CourtPapers(StrEnum):
    """What the court documents on a deal amount to."""

    NONE = "none"
    LACKING = "lacking"
    """Incomplete, not in force, or naming another company, holder or stake."""
    UNAUTHENTICATED = "unauthenticated"
    """All there, but not all confirmed by the court, or one suspected forged."""
    COMPLETE = "complete"
    """An instrument in force and a notice of assistance, both authenticated, on this very deal."""


class TransferDuty(StrEnum):
    """What a deal demands of individual income tax."""

    VOUCHER = "voucher"
    """The voucher of this deal is checked."""
    RECORD_OF_DEAL = "record-of-deal"
    """So it is, but what is asked for is a record of this deal, not a payment."""
    COURT_ASSISTED = "court-assisted"
    """The registrar must carry the court's notice out; missing tax does not stop it."""
    AWAITS_COURT = "awaits-court"
    """Whether it must cannot be told before the court has confirmed its papers."""


class Frozen(StrEnum):
    """Whether the transferor's equity is frozen, and by whom."""

    NO = "no"
    BY_EXECUTING_COURT = "by-executing-court"
    """Only by the court whose execution is carried out here."""
    BY_ANOTHER = "by-another"


@frozen
class Scope:
    """Facts of the scope table."""

    reach: Reach
    act: EquityAct


@frozen
class DealScope:
    """Facts of the scope table of one deal."""

    transferor: PartyClass
    company: CompanyType
    shares: ShareClass


@frozen
class TransferCircumstances:
    """Facts of the duty table."""

    act: EquityAct
    kind: TransferKind
    court: CourtPapers


@frozen
class Freeze:
    """Facts of the freeze table."""

    frozen: Frozen


_A: Final = EquityAct
_C: Final = CompanyType
_K: Final = TransferKind
_TRANSFERS: Final = (_A.CHANGE_REGISTRATION, _A.FILING)
_ORGANISATIONS: Final = tuple(item for item in PartyClass if item is not PartyClass.INDIVIDUAL)
_GIVEN: Final = (
    _K.GIFT, _K.INHERITANCE, _K.LEGACY, _K.DIVORCE_SPLIT, _K.NOMINEE_RESTORATION,
)  # fmt: skip
"""Kinds in which nothing may be payable, but only the tax authority says so."""
_DEALT: Final = tuple(
    item for item in _K if item not in (*_GIVEN, _K.COURT_EXECUTION, _K.COURT_CONFIRMATION)
)
_NO_PRIVILEGE: Final = (CourtPapers.NONE, CourtPapers.LACKING)
_SOME: Final = tuple(item for item in CourtPapers if item is not CourtPapers.NONE)

# fmt: off
SCOPE: Final[Table[Outcome]] = Table(
    name="equity-transfer/scope",
    question=("本环节是否适用？", "Does the checkpoint govern this act?"),
    columns={"reach": tuple(Reach), "act": tuple(EquityAct)},
    rows=(
        Row(("E-17",), when(reach=Reach.OUTSIDE_SHANXI), Outcome.NOT_APPLICABLE,
            "equity-transfer/outside-shanxi", (ART_2,)),
        Row(("E-17",), when(reach=Reach.BEFORE_EFFECTIVE_DATE), Outcome.NOT_APPLICABLE,
            "equity-transfer/before-effective-date", (ART_34,),
            flags=(Flag.NATIONAL_LAW_STILL_BINDS,)),
        Row(("E-25",),
            when(reach=Reach.IN,
                 act=(_A.CAPITAL_INCREASE, _A.NOMINAL_REDUCTION, _A.LEGAL_REPRESENTATIVE_CHANGE,
                      _A.PLEDGE_ENTRY, _A.FREEZING_ENTRY, _A.OTHER_ENTRY)),
            Outcome.NOT_APPLICABLE, "equity-transfer/no-transfer",
            (ART_26, REGISTERED_AND_FILED_ITEMS)),
        Row(("4.2",), when(reach=Reach.IN, act=_TRANSFERS), None,
            "equity-transfer/in-scope", (ART_26,)),
    ),
)

DEAL_SCOPE: Final[Table[Outcome]] = Table(
    name="equity-transfer/deal-scope",
    question=("本项转让是否属于个人转让股权？",
              "Is this deal an individual's transfer of equity?"),
    columns={
        "transferor": tuple(PartyClass),
        "company": tuple(CompanyType),
        "shares": tuple(ShareClass),
    },
    rows=(
        Row(("E-01",), when(transferor=_ORGANISATIONS), Outcome.NOT_APPLICABLE,
            "equity-transfer/transferor-not-individual", (ART_26, VOUCHER_OF_THE_DEAL)),
        Row(("E-02",),
            when(transferor=PartyClass.INDIVIDUAL,
                 company=(_C.PARTNERSHIP, _C.SOLE_PROPRIETORSHIP, _C.COOPERATIVE,
                          _C.INDIVIDUAL_BUSINESS)),
            Outcome.NOT_APPLICABLE, "equity-transfer/not-equity-of-a-company",
            (ART_26, EQUITY_AND_PARTNERSHIP_SHARES, COMPANIES_ONLY, OPERATOR_CHANGE),
            flags=(Flag.ADVISORY_OPERATOR_TAX,)),
        Row(("E-25",),
            when(transferor=PartyClass.INDIVIDUAL, company=_C.JOINT_STOCK_COMPANY,
                 shares=(ShareClass.NON_PROMOTER, ShareClass.LISTED)),
            Outcome.NOT_APPLICABLE, "equity-transfer/shares-not-registered",
            (ART_26, REGISTERED_SHAREHOLDERS, REGISTERED_AND_FILED_ITEMS)),
        # A joint-stock company without a kind of shares is refused as input; were it not, it
        # would be checked.
        Row(("4.2",),
            when(transferor=PartyClass.INDIVIDUAL, company=_C.JOINT_STOCK_COMPANY,
                 shares=(ShareClass.PROMOTER, ShareClass.NONE)),
            None, "equity-transfer/promoter-shares", (ART_26, REGISTERED_SHAREHOLDERS)),
        Row(("4.2",),
            when(transferor=PartyClass.INDIVIDUAL, company=_C.LIMITED_LIABILITY_COMPANY),
            None, "equity-transfer/company-equity", (ART_26, VOUCHER_OF_THE_DEAL)),
    ),
)

TRANSFER_DUTY: Final[Table[TransferDuty]] = Table(
    name="equity-transfer/transfer-duty",
    question=("本项转让对个人所得税有何要求？",
              "What does this deal demand of individual income tax?"),
    columns={"act": _TRANSFERS, "kind": tuple(TransferKind), "court": tuple(CourtPapers)},
    rows=(
        Row(("4.2",),
            when(act=_A.CHANGE_REGISTRATION, kind=_DEALT, court=CourtPapers.NONE),
            TransferDuty.VOUCHER, "equity-transfer/duty/voucher",
            (ART_26, VOUCHER_OF_THE_DEAL, KINDS_OF_TRANSFER)),
        Row(("E-24",), when(act=_A.FILING, kind=_DEALT, court=CourtPapers.NONE),
            TransferDuty.VOUCHER, "equity-transfer/duty/between-shareholders",
            (ART_26, REGISTERED_AND_FILED_ITEMS)),
        Row(("E-23",), when(act=_A.CHANGE_REGISTRATION, kind=_GIVEN),
            TransferDuty.RECORD_OF_DEAL, "equity-transfer/duty/record-of-deal",
            (ART_26, VOUCHER_OF_THE_DEAL, TAX_AUTHORITY_ASSESSES)),
        Row(("E-23", "E-24"), when(act=_A.FILING, kind=_GIVEN),
            TransferDuty.RECORD_OF_DEAL, "equity-transfer/duty/record-of-deal-between-shareholders",
            (ART_26, VOUCHER_OF_THE_DEAL, REGISTERED_AND_FILED_ITEMS)),
        # Court papers give a privilege to an execution only, and only all of them together.
        Row(("E-22",), when(act=_A.CHANGE_REGISTRATION, kind=_DEALT, court=_SOME),
            TransferDuty.VOUCHER, "equity-transfer/duty/no-privilege",
            (ART_26, COURT_ASSISTANCE)),
        Row(("E-22", "E-24"), when(act=_A.FILING, kind=_DEALT, court=_SOME),
            TransferDuty.VOUCHER, "equity-transfer/duty/no-privilege-between-shareholders",
            (ART_26, COURT_ASSISTANCE, REGISTERED_AND_FILED_ITEMS)),
        Row(("E-22",), when(kind=_K.COURT_CONFIRMATION),
            TransferDuty.VOUCHER, "equity-transfer/duty/confirmed-only",
            (ART_26, COURT_ASSISTANCE, CONFIRMED_EQUITY)),
        Row(("E-22",), when(kind=_K.COURT_EXECUTION, court=_NO_PRIVILEGE),
            TransferDuty.VOUCHER, "equity-transfer/duty/court-papers-lacking",
            (ART_26, COURT_ASSISTANCE)),
        Row(("E-27",), when(kind=_K.COURT_EXECUTION, court=CourtPapers.UNAUTHENTICATED),
            TransferDuty.AWAITS_COURT, "equity-transfer/duty/awaits-court",
            (COURT_ASSISTANCE,)),
        Row(("E-09",), when(kind=_K.COURT_EXECUTION, court=CourtPapers.COMPLETE),
            TransferDuty.COURT_ASSISTED, "equity-transfer/duty/court-assisted",
            (KINDS_OF_TRANSFER, COURT_ASSISTANCE, COURTS_ARE_ASSISTED)),
    ),
)

FREEZE: Final[Table[ObstacleKind]] = Table(
    name="equity-transfer/freeze",
    question=("股权是否被冻结？", "Does a freeze stand in the way?"),
    columns={"frozen": tuple(Frozen)},
    rows=(
        Row(("E-18",), when(frozen=Frozen.NO), None, "equity-transfer/not-frozen"),
        Row(("E-18",), when(frozen=Frozen.BY_EXECUTING_COURT), None,
            "equity-transfer/frozen-by-the-executing-court", (FROZEN_EQUITY, COURTS_ARE_ASSISTED)),
        Row(("E-18",), when(frozen=Frozen.BY_ANOTHER), ObstacleKind.EQUITY_FROZEN,
            "equity-transfer/frozen", (FROZEN_EQUITY,)),
    ),
)
# fmt: on
