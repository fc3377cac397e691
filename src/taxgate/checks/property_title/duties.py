"""Which tax is asked for at which act (3.2 scope matrix), written once for inquiries and checks."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from attrs import frozen

from ...findings import Outcome
from ...law.order_307 import ART_2, ART_25_1, ART_25_2, ART_34
from ...law.property_title import (
    AUCTION_TAXES,
    COMPETENT_REGISTRAR,
    DEED_EXEMPTIONS,
    DEED_TAXABLE,
    EXCHANGE_BASE,
    EXEMPTION_ENDS,
    FAMILY_RELIEF,
    GIFTS_OF_HOUSES,
    INCOME_TAX_CHECK,
    NO_DEED_TAX_NO_TITLE,
    NO_LVAT_NO_TITLE,
    NO_TITLE_UNDER_TAX_SEAL,
    SEALED_NOT_MORTGAGED,
    SEALED_NOT_TRANSFERRED,
    SEIZURE_EFFECTS,
)
from ...tables import Row, Table, when
from ...terms import Flag, Reach
from .kinds import TAXED_ACTS, TRANSFERS, PropertyAct, RightKind, Tie


class Governed(StrEnum):
    """What the act is to Art. 25."""

    TAXED = "taxed"
    UNTAXED = "untaxed"
    ASSISTANCE = "assistance"


class DeedDuty(StrEnum):
    """What the act demands of deed tax, for one transferee and unit."""

    REQUIRED = "required"
    EXCHANGE = "exchange"
    """A return of zero will do."""
    GRANT = "grant"
    """First registration of granted land, or conversion from allocated land."""
    COURT = "court"
    TAX_AUCTION = "tax-auction"
    SPOUSE = "spouse"
    """An exemption record between spouses."""
    HEIR = "heir"
    """An exemption record of a statutory heir."""
    DIVORCE = "divorce"
    LEGACY = "legacy"
    USE_END = "use-end"
    OUTSIDE = "outside"
    """A right that is neither land-use right in the sense of the tax nor house, or no grant."""
    NO_TRANSFER = "no-transfer"
    """First registration of a building."""


class IncomeDuty(StrEnum):
    """On whom individual income tax falls, and how it is asked for."""

    TRANSFEROR = "transferor"
    CONTRIBUTOR = "contributor"
    """An instalment plan filed for the deal will do."""
    DONEE = "donee"
    COURT_SELLER = "court-seller"
    TAX_AUCTION_SELLER = "tax-auction-seller"
    NOT_ASKED = "not-asked"


class LandDuty(StrEnum):
    """How land appreciation tax is asked of a transferor."""

    REQUIRED = "required"
    DEVELOPER = "developer"
    LISTED_DEVELOPER = "listed-developer"
    """The developer's project is on the list of legacy problems."""
    COURT_SELLER = "court-seller"
    TAX_AUCTION_SELLER = "tax-auction-seller"
    NOT_ASKED = "not-asked"


class Seller(StrEnum):
    """Kind of transferor, as land appreciation tax sees it."""

    INDIVIDUAL = "individual"
    ENTITY = "entity"
    DEVELOPER = "developer"
    LISTED_DEVELOPER = "listed-developer"


class ActKind(StrEnum):
    """What a seal means for an act."""

    DISPOSAL = "disposal"
    HARMLESS = "harmless"
    UNNAMED = "unnamed"
    """Neither forbidden nor free by name: the sealing authority is asked."""
    ASSISTANCE = "assistance"


_A: Final = PropertyAct
_R: Final = RightKind
_D: Final = DeedDuty

BUILDINGS: Final = (_R.HOUSING, _R.NON_HOUSING)
OUTSIDE_DEED_TAX: Final = (_R.CONTRACT_LAND, _R.LAND_OPERATION, _R.SEA, _R.FOREST)
"""Rights whose transfer bears no deed tax and no land appreciation tax."""
RURAL: Final = (_R.CONTRACT_LAND, _R.LAND_OPERATION)
TAXED_RIGHTS: Final = tuple(right for right in _R if right not in OUTSIDE_DEED_TAX)

UNTAXED_TIES: Final = {
    _A.GIFT: frozenset({Tie.SPOUSE, Tie.CLOSE_RELATIVE, Tie.SUPPORTER}),
    _A.MARITAL_DIVISION: frozenset({Tie.SPOUSE}),
    _A.DIVORCE_DIVISION: frozenset({Tie.EX_SPOUSE}),
    _A.INHERITANCE: frozenset({Tie.STATUTORY_HEIR, Tie.LEGATEE}),
}
"""Ties by which, once proven, a transfer is not taxed on the transferor's side or as a gift."""

_PLAIN_TRANSFERS: Final = (
    _A.SALE,
    _A.CONTRIBUTION,
    _A.DEBT_SETTLEMENT,
    _A.ALLOCATION,
    _A.OTHER_TRANSFER,
)
_NOT_SPOUSE: Final = tuple(tie for tie in Tie if tie is not Tie.SPOUSE)
_NOT_EX_SPOUSE: Final = tuple(tie for tie in Tie if tie is not Tie.EX_SPOUSE)
_NOT_HEIR: Final = tuple(tie for tie in Tie if tie is not Tie.STATUTORY_HEIR)
_DISPOSALS: Final = (
    *TRANSFERS,
    _A.MORTGAGE,
    _A.ADVANCE_NOTICE,
    _A.EASEMENT,
    _A.RESIDENCE_RIGHT,
    _A.WAIVER,
)
_HARMLESS: Final = (_A.CORRECTION, _A.OBJECTION, _A.NAME_CHANGE, _A.MORTGAGE_RELEASE)


@frozen
class Scope:
    """Facts of the scope table."""

    reach: Reach
    governed: Governed


@frozen
class DeedCircumstances:
    """Facts of the duty table of deed tax."""

    act: PropertyAct
    right: RightKind
    tie: Tie


@frozen
class IncomeCircumstances:
    """Facts of the duty table of individual income tax."""

    act: PropertyAct
    right: RightKind


@frozen
class LandCircumstances:
    """Facts of the duty table of land appreciation tax."""

    act: PropertyAct
    right: RightKind
    seller: Seller


@frozen
class SealedAct:
    """Facts of the table of what a seal means for an act."""

    act: PropertyAct


# fmt: off
SCOPE: Final[Table[Outcome]] = Table(
    name="property-title/scope",
    question=("本环节的税务查验是否适用？", "Does the tax check of this checkpoint apply?"),
    columns={"reach": tuple(Reach), "governed": tuple(Governed)},
    rows=(
        Row(("R-24", "S-18"), when(reach=Reach.OUTSIDE_SHANXI), Outcome.NOT_APPLICABLE,
            "property-title/outside-shanxi", (ART_2, COMPETENT_REGISTRAR)),
        Row(("R-24", "S-18"), when(reach=Reach.BEFORE_EFFECTIVE_DATE), Outcome.NOT_APPLICABLE,
            "property-title/before-effective-date", (ART_34,),
            flags=(Flag.NATIONAL_LAW_STILL_BINDS,)),
        Row(("R-01",), when(reach=Reach.IN, governed=Governed.UNTAXED), Outcome.NOT_APPLICABLE,
            "property-title/out-of-scope", (ART_25_1, NO_DEED_TAX_NO_TITLE, INCOME_TAX_CHECK)),
        Row(("3.2",), when(reach=Reach.IN, governed=Governed.TAXED), None,
            "property-title/in-scope", (ART_25_1,)),
        Row(("3.3",), when(reach=Reach.IN, governed=Governed.ASSISTANCE), None,
            "property-title/assistance-only", (ART_25_2,)),
    ),
)

DEED_DUTY: Final[Table[DeedDuty]] = Table(
    name="property-title/deed-tax-duty",
    question=("本业务对契税有何要求？", "What does the act demand of deed tax?"),
    columns={"act": TAXED_ACTS, "right": tuple(_R), "tie": tuple(Tie)},
    rows=(
        Row(("R-18",),
            when(act=_A.FIRST_REGISTRATION, right=(_R.GRANTED_LAND, _R.OTHER_LAND)),
            _D.GRANT, "property-title/deed-tax/grant", (DEED_TAXABLE,)),
        Row(("R-17",), when(act=_A.FIRST_REGISTRATION, right=BUILDINGS),
            _D.NO_TRANSFER, "property-title/deed-tax/no-transfer", (DEED_TAXABLE,)),
        Row(("R-30",),
            when(act=_A.FIRST_REGISTRATION,
                 right=(_R.ALLOCATED_LAND, _R.HOMESTEAD, _R.COLLECTIVE_LAND, *OUTSIDE_DEED_TAX)),
            _D.OUTSIDE, "property-title/deed-tax/outside", (DEED_TAXABLE,)),
        Row(("R-18",), when(act=_A.GRANT_CONVERSION),
            _D.GRANT, "property-title/deed-tax/grant", (DEED_TAXABLE,)),
        Row(("R-32",), when(act=_A.EXEMPT_USE_END),
            _D.USE_END, "property-title/deed-tax/use-end", (EXEMPTION_ENDS,)),
        # Transfers: the right comes first, then how it is acquired.
        Row(("R-30",), when(act=TRANSFERS, right=OUTSIDE_DEED_TAX),
            _D.OUTSIDE, "property-title/deed-tax/outside", (DEED_TAXABLE,)),
        Row(("3.2",), when(act=_PLAIN_TRANSFERS, right=TAXED_RIGHTS),
            _D.REQUIRED, "property-title/deed-tax/required", (NO_DEED_TAX_NO_TITLE,)),
        Row(("R-05",), when(act=_A.EXCHANGE, right=TAXED_RIGHTS),
            _D.EXCHANGE, "property-title/deed-tax/exchange", (EXCHANGE_BASE,)),
        Row(("R-16",), when(act=_A.COURT_TRANSFER, right=TAXED_RIGHTS),
            _D.COURT, "property-title/deed-tax/court", (NO_DEED_TAX_NO_TITLE, AUCTION_TAXES)),
        Row(("R-16",), when(act=_A.TAX_AUCTION, right=TAXED_RIGHTS),
            _D.TAX_AUCTION, "property-title/deed-tax/tax-auction", (NO_DEED_TAX_NO_TITLE,)),
        Row(("3.2",), when(act=(_A.GIFT, _A.MARITAL_DIVISION), right=TAXED_RIGHTS, tie=Tie.SPOUSE),
            _D.SPOUSE, "property-title/deed-tax/spouse", (DEED_EXEMPTIONS,)),
        Row(("3.2",), when(act=(_A.GIFT, _A.MARITAL_DIVISION), right=TAXED_RIGHTS, tie=_NOT_SPOUSE),
            _D.REQUIRED, "property-title/deed-tax/required", (NO_DEED_TAX_NO_TITLE,)),
        Row(("3.2",), when(act=_A.DIVORCE_DIVISION, right=TAXED_RIGHTS, tie=Tie.EX_SPOUSE),
            _D.DIVORCE, "property-title/deed-tax/divorce", (FAMILY_RELIEF,)),
        Row(("3.2",), when(act=_A.DIVORCE_DIVISION, right=TAXED_RIGHTS, tie=_NOT_EX_SPOUSE),
            _D.REQUIRED, "property-title/deed-tax/required", (NO_DEED_TAX_NO_TITLE,)),
        Row(("R-14",), when(act=_A.INHERITANCE, right=TAXED_RIGHTS, tie=Tie.STATUTORY_HEIR),
            _D.HEIR, "property-title/deed-tax/heir", (DEED_EXEMPTIONS,)),
        Row(("R-15",), when(act=_A.INHERITANCE, right=TAXED_RIGHTS, tie=_NOT_HEIR),
            _D.LEGACY, "property-title/deed-tax/legacy", (DEED_EXEMPTIONS, NO_DEED_TAX_NO_TITLE)),
    ),
)

INCOME_DUTY: Final[Table[IncomeDuty]] = Table(
    name="property-title/income-tax-duty",
    question=("本业务对个人所得税有何要求？", "What does the act demand of individual income tax?"),
    columns={"act": TRANSFERS, "right": tuple(_R)},
    rows=(
        Row(("3.2",), when(right=RURAL),
            IncomeDuty.NOT_ASKED, "property-title/income-tax/not-asked", (INCOME_TAX_CHECK,)),
        Row(("R-06",),
            when(act=(_A.SALE, _A.EXCHANGE, _A.DEBT_SETTLEMENT, _A.ALLOCATION, _A.OTHER_TRANSFER),
                 right=(*TAXED_RIGHTS, _R.SEA, _R.FOREST)),
            IncomeDuty.TRANSFEROR, "property-title/income-tax/transferor", (INCOME_TAX_CHECK,)),
        Row(("R-06", "R-29"),
            when(act=_A.CONTRIBUTION, right=(*TAXED_RIGHTS, _R.SEA, _R.FOREST)),
            IncomeDuty.CONTRIBUTOR, "property-title/income-tax/contributor", (INCOME_TAX_CHECK,)),
        # Not taxed where the file proves why; otherwise asked as of any transferor.
        Row(("R-27",),
            when(act=(_A.MARITAL_DIVISION, _A.DIVORCE_DIVISION, _A.INHERITANCE),
                 right=(*TAXED_RIGHTS, _R.SEA, _R.FOREST)),
            IncomeDuty.TRANSFEROR, "property-title/income-tax/family", (GIFTS_OF_HOUSES,)),
        Row(("R-27", "R-28"),
            when(act=_A.GIFT, right=(*TAXED_RIGHTS, _R.SEA, _R.FOREST)),
            IncomeDuty.DONEE, "property-title/income-tax/donee", (GIFTS_OF_HOUSES,)),
        Row(("R-16",), when(act=_A.COURT_TRANSFER, right=(*TAXED_RIGHTS, _R.SEA, _R.FOREST)),
            IncomeDuty.COURT_SELLER, "property-title/income-tax/court-seller", (AUCTION_TAXES,)),
        Row(("R-16",), when(act=_A.TAX_AUCTION, right=(*TAXED_RIGHTS, _R.SEA, _R.FOREST)),
            IncomeDuty.TAX_AUCTION_SELLER, "property-title/income-tax/tax-auction-seller",
            (INCOME_TAX_CHECK,)),
    ),
)

_PAID_TRANSFERS: Final = (
    *_PLAIN_TRANSFERS,
    _A.EXCHANGE,
    _A.GIFT,
    _A.MARITAL_DIVISION,
)
_NON_HOUSING: Final = tuple(right for right in TAXED_RIGHTS if right is not _R.HOUSING)
_ENTITIES: Final = (Seller.ENTITY, Seller.DEVELOPER, Seller.LISTED_DEVELOPER)
_PAID_BUT_SALE: Final = tuple(act for act in _PAID_TRANSFERS if act is not _A.SALE)

LAND_DUTY: Final[Table[LandDuty]] = Table(
    name="property-title/land-tax-duty",
    question=("本业务对土地增值税有何要求？", "What does the act demand of land appreciation tax?"),
    columns={"act": TRANSFERS, "right": tuple(_R), "seller": tuple(Seller)},
    rows=(
        Row(("3.2",), when(right=OUTSIDE_DEED_TAX),
            LandDuty.NOT_ASKED, "property-title/land-tax/right-not-asked", (NO_LVAT_NO_TITLE,)),
        Row(("3.2",), when(act=(_A.DIVORCE_DIVISION, _A.INHERITANCE), right=TAXED_RIGHTS),
            LandDuty.NOT_ASKED, "property-title/land-tax/mode-not-asked", (NO_LVAT_NO_TITLE,)),
        Row(("3.2",),
            when(act=(*_PAID_TRANSFERS, _A.COURT_TRANSFER, _A.TAX_AUCTION), right=_R.HOUSING,
                 seller=Seller.INDIVIDUAL),
            LandDuty.NOT_ASKED, "property-title/land-tax/housing-not-asked", (NO_LVAT_NO_TITLE,)),
        Row(("R-08", "R-09", "R-27"),
            when(act=_PAID_TRANSFERS, right=_NON_HOUSING, seller=Seller.INDIVIDUAL),
            LandDuty.REQUIRED, "property-title/land-tax/required", (NO_LVAT_NO_TITLE,)),
        Row(("R-08", "R-09", "R-27"),
            when(act=_A.SALE, right=TAXED_RIGHTS, seller=Seller.ENTITY),
            LandDuty.REQUIRED, "property-title/land-tax/required", (NO_LVAT_NO_TITLE,)),
        Row(("R-08", "R-09", "R-27"),
            when(act=_PAID_BUT_SALE, right=TAXED_RIGHTS, seller=_ENTITIES),
            LandDuty.REQUIRED, "property-title/land-tax/required", (NO_LVAT_NO_TITLE,)),
        Row(("R-26",), when(act=_A.SALE, right=TAXED_RIGHTS, seller=Seller.DEVELOPER),
            LandDuty.DEVELOPER, "property-title/land-tax/developer", (NO_LVAT_NO_TITLE,)),
        Row(("R-26",), when(act=_A.SALE, right=TAXED_RIGHTS, seller=Seller.LISTED_DEVELOPER),
            LandDuty.LISTED_DEVELOPER, "property-title/land-tax/listed-developer",
            (NO_LVAT_NO_TITLE,)),
        Row(("R-16",), when(act=_A.COURT_TRANSFER, right=TAXED_RIGHTS, seller=_ENTITIES),
            LandDuty.COURT_SELLER, "property-title/land-tax/court-seller", (AUCTION_TAXES,)),
        Row(("R-16",),
            when(act=_A.COURT_TRANSFER, right=_NON_HOUSING, seller=Seller.INDIVIDUAL),
            LandDuty.COURT_SELLER, "property-title/land-tax/court-seller", (AUCTION_TAXES,)),
        Row(("R-16",), when(act=_A.TAX_AUCTION, right=TAXED_RIGHTS, seller=_ENTITIES),
            LandDuty.TAX_AUCTION_SELLER, "property-title/land-tax/tax-auction-seller",
            (NO_LVAT_NO_TITLE,)),
        Row(("R-16",), when(act=_A.TAX_AUCTION, right=_NON_HOUSING, seller=Seller.INDIVIDUAL),
            LandDuty.TAX_AUCTION_SELLER, "property-title/land-tax/tax-auction-seller",
            (NO_LVAT_NO_TITLE,)),
    ),
)

ACT_KIND: Final[Table[ActKind]] = Table(
    name="property-title/act-under-seal",
    question=("查封对本业务有何影响？", "What does a seal mean for the act?"),
    columns={"act": tuple(_A)},
    rows=(
        Row(("S-04",), when(act=_DISPOSALS), ActKind.DISPOSAL, "property-title/seal/disposal",
            (NO_TITLE_UNDER_TAX_SEAL, SEALED_NOT_TRANSFERRED, SEALED_NOT_MORTGAGED)),
        Row(("S-05",), when(act=_HARMLESS), ActKind.HARMLESS, "property-title/seal/harmless"),
        Row(("S-01", "S-05"), when(act=_A.ASSISTANCE), ActKind.ASSISTANCE,
            "property-title/seal/assistance", (ART_25_2,)),
        Row(("S-17",),
            when(act=frozenset(_A) - {*_DISPOSALS, *_HARMLESS, _A.ASSISTANCE}),
            ActKind.UNNAMED, "property-title/seal/unnamed", (SEIZURE_EFFECTS,)),
    ),
)
# fmt: on
