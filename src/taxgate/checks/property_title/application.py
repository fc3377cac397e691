"""What a real-estate registrar (不动产登记机构) knows of a title matter, and its tax records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from ...errors import AnswerError, ApplicationError
from ...evidence import Paper, TaxRecord, code
from ...identifiers import UnitCode
from ...parties import NATURAL, IdType, Person
from ...proceedings import Application
from ...terms import Matter
from .execution import AssistanceRequest, Seal
from .kinds import (
    TAXED_ACTS,
    TRANSFERS,
    Authentication,
    Authority,
    ExemptionGround,
    Measure,
    PartyKind,
    PropertyAct,
    RecordForm,
    RightKind,
    Role,
    Tie,
)

__all__ = [
    "AssistanceRequest",
    "Authentication",
    "Authority",
    "Covered",
    "ExemptionGround",
    "Measure",
    "PartyKind",
    "PropertyAct",
    "PropertyApplication",
    "PropertyPaper",
    "PropertyTaxRecord",
    "PropertyUnit",
    "RecordForm",
    "RightKind",
    "Role",
    "Seal",
    "Share",
    "Tie",
    "Transferee",
    "Transferor",
]


@frozen(kw_only=True)
class Share:
    """A share in a unit (份额), exact: `part` of `of`.

    Attributes:
        part: Parts held, such as 1.
        of: Parts there are, such as 2.

    Raises:
        ApplicationError: A number is not positive.
    """

    part: int
    of: int

    def __attrs_post_init__(self) -> None:
        """Refuse what is no share."""
        if self.part <= 0 or self.of <= 0:
            raise ApplicationError("share", "must be two positive numbers, such as 1 of 2")

    @property
    def fraction(self) -> Fraction:
        """The share as a number; above one it is impossible, and judged so by its reader."""
        return Fraction(self.part, self.of)


@frozen(kw_only=True)
class PropertyUnit:
    """One unit applied for (不动产单元).

    Attributes:
        code: Unit code.
        right: Right and kind of real estate.
        price: Consideration (成交价格) for the whole unit, in yuan; taxgate never judges whether
            it is right, only whether a record differs from it.
        owners: Registered owners, for comparison with the owner a request for assistance names. At
            a transfer an empty list means the transferors; at every other act with `requests` the
            owners are needed, for papers that name no registered owner are incomplete.
        class_proven: The file proves the class for which deed tax is not levied, as for rights that
            are neither granted land nor a building.

    Raises:
        ApplicationError: The price is no amount.
    """

    code: UnitCode
    right: RightKind
    price: Decimal | None = None
    owners: tuple[Person, ...] = ()
    class_proven: bool = False

    def __attrs_post_init__(self) -> None:
        """Refuse a price that is no amount."""
        if self.price is not None and not (self.price.is_finite() and self.price >= 0):
            raise ApplicationError("units.price", "is not an amount of zero or more")


@frozen(kw_only=True)
class Transferor:
    """Who gives a right up (转让方、被继承人).

    Attributes:
        person: Who it is; at an inheritance the deceased. Individual income tax and land
            appreciation tax are asked of this person, also of the deceased unless each transferee's
            tie is `proven`, but at a gift income tax is the donee's.
        kind: Individual or entity; null: as the document says.
        unit: The unit given up; null: every unit of the application.
        share: The share given up; null: all of it, or jointly with the others. Where both sides
            of a unit are known in shares (a sole party without one has the whole), they add up to
            the same.
    """

    person: Person
    kind: PartyKind | None = None
    unit: UnitCode | None = None
    share: Share | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a kind the document contradicts."""
        kind_of(self.person, self.kind, "transferors.kind")

    @property
    def individual(self) -> bool:
        """Whether individual income tax can fall on it."""
        return kind_of(self.person, self.kind, "transferors.kind") is PartyKind.INDIVIDUAL


@frozen(kw_only=True)
class Transferee:
    """Who acquires a right, or holds it at a first registration (受让方、权利人).

    Attributes:
        person: Who it is. Deed tax is asked of this person; at a gift, unless the tie is one that
            frees it and is `proven`, individual income tax of an individual too.
        kind: Individual or entity; null: as the document says.
        unit: The unit acquired; null: every unit of the application.
        share: The share acquired; null: all of it, or jointly with the others. It takes as much as
            the transferors give.
        tie: How it stands to the transferors; needed for each at an inheritance. A family tie is
            one of individuals: the transferee is one and so is every transferor of its unit, who
            have one spouse each; a legatee may be an organisation, the deceased may not.
        proven: The file proves that relation, the marriage or its end, or the death. It frees from
            individual income tax and land appreciation tax; deed tax takes a record all the same.
        exemption: Ground on which it claims exemption from deed tax. At a gift or division between
            spouses and for a statutory heir at an inheritance the tie alone says so. At any other
            act the ground spouse or statutory-heir takes this claim and the same tie: only with
            both does the reading `deed_statutory_exemption_hold` reach it.

    Raises:
        ApplicationError: The claim contradicts the tie.
    """

    person: Person
    kind: PartyKind | None = None
    unit: UnitCode | None = None
    share: Share | None = None
    tie: Tie = Tie.NONE
    proven: bool = False
    exemption: ExemptionGround | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a kind the document contradicts, and a claim the tie contradicts."""
        kind_of(self.person, self.kind, "transferees.kind")
        needed = _NEEDED.get(self.exemption)
        if needed is not None and self.tie is not needed:
            raise ApplicationError(
                "transferees.exemption", f"claims the ground of a {needed} without that tie"
            )

    @property
    def individual(self) -> bool:
        """Whether individual income tax can fall on it."""
        return kind_of(self.person, self.kind, "transferees.kind") is PartyKind.INDIVIDUAL


_NEEDED: Final[dict[ExemptionGround | None, Tie]] = {
    ExemptionGround.SPOUSE: Tie.SPOUSE,
    ExemptionGround.STATUTORY_HEIR: Tie.STATUTORY_HEIR,
}
"""The tie a claim presupposes."""

_SOLE_TRADER: Final = "92"


def kind_of(person: Person, stated: PartyKind | None, path: str) -> PartyKind:
    """Return whether a person is taxed as an individual or as an entity.

    Raises:
        ApplicationError: The document does not say and nothing is stated, or both disagree.
    """
    if person.id_type in NATURAL:
        known = PartyKind.INDIVIDUAL
    elif person.id_type is IdType.OTHER or person.number.startswith(_SOLE_TRADER):
        if stated is None:
            raise ApplicationError(path, "is missing: the document does not tell")
        return stated
    else:
        known = PartyKind.ENTITY
    if stated not in (None, known):
        raise ApplicationError(path, f"contradicts the document, which is one of an {known}")
    return known


@frozen(kw_only=True)
class Covered:
    """One tax of one party that a consolidated flag names.

    Attributes:
        matter: The tax.
        person: The party.
    """

    matter: Matter
    person: Person


@frozen(kw_only=True)
class PropertyTaxRecord(TaxRecord):
    """A record of a tax on real estate, or a consolidated completion flag.

    A record is matched by taxpayer and unit, or by taxpayer and contract number where it states no
    unit.

    A consolidated flag (`form` completion) stands for the taxes and parties in `covers`. It is
    matched by unit or contract number; `matter` is one of those taxes, `status` what holds of all
    of them, such as paid, and `taxpayer` null. It belongs in the answer to any one inquiry of the
    case, and is heard for all.

    VAT and other taxes (`matter` other-tax) are never asked for. A report that one is unpaid stands
    among the records of any answer of the case and is heard whatever that answer was about; one
    without a taxpayer names unit or contract and is taken to mean the transferors.

    Attributes:
        unit: Unit it is about.
        contract_no: Contract or online-signing number (合同、网签备案号).
        role: Side of the deal it is about, where stated.
        share: Share it covers; null: not stated, all of the taxpayer's.
        price: Price it states, in yuan, for the share it covers or for the whole unit.
        instalment_plan: A deferral filed as an instalment plan for this very deal (分期缴纳备案).
        form: Voucher, or consolidated flag.
        covers: Taxes and parties a consolidated flag names; an empty list for a voucher.

    Raises:
        AnswerError: A voucher claims to be about several taxes, or the price is no amount.
    """

    unit: UnitCode | None = None
    contract_no: str | None = field(default=None, converter=code, repr=False)
    role: Role | None = None
    share: Share | None = None
    price: Decimal | None = None
    instalment_plan: bool = False
    form: RecordForm = RecordForm.VOUCHER
    covers: tuple[Covered, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse a price that is no amount."""
        super().__attrs_post_init__()
        if self.price is not None and not self.price.is_finite():
            raise AnswerError(str(self.matter), "states a price that is no amount")


@frozen(kw_only=True)
class PropertyPaper(Paper):
    """A voucher on a real-estate tax that was handed in."""

    record: PropertyTaxRecord


@frozen(kw_only=True)
class PropertyApplication(Application):
    """An application to register title to real estate (不动产登记申请).

    Attributes:
        act: Kind of registration.
        units: Units applied for.
        transferors: Who gives up; needed for every transfer.
        transferees: Who acquires or holds; needed for every act that is taxed.
        seal_register_readable: Whether the seal register (查封登记簿) could be read.
        seals: Its entries on these units; an empty list says there is none.
        requests: Requests of authorities that are pending; an empty list says there is none. One on
            a unit that is not applied for counts at the act assistance only.
        contract_no: Contract or online-signing number.
        contract_date: Day of the contract or equivalent document.
        developer_sale: A developer sells a unit of its own project (开发企业销售自建项目).
        listed_project: The project is on the official list of legacy problems (历史遗留).
        land_deed_tax_settled: At a first registration of a building: the file shows the deed tax
            of the land.
        papers: Vouchers handed in.

    Raises:
        ApplicationError: An act lacks what it needs, or the application contradicts itself.
    """

    act: PropertyAct
    units: tuple[PropertyUnit, ...]
    seal_register_readable: bool
    transferors: tuple[Transferor, ...] = ()
    transferees: tuple[Transferee, ...] = ()
    seals: tuple[Seal, ...] = ()
    requests: tuple[AssistanceRequest, ...] = ()
    contract_no: str | None = field(default=None, converter=code, repr=False)
    contract_date: date | None = None
    developer_sale: bool = False
    listed_project: bool = False
    land_deed_tax_settled: bool = False
    papers: tuple[PropertyPaper, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Demand what the act needs."""
        super().__attrs_post_init__()
        self._demand_units()
        if self.act in TAXED_ACTS:
            _demand_parties("transferees", self.units, self.transferees)
        if self.act in TRANSFERS:
            _demand_parties("transferors", self.units, self.transferors)
            _demand_equal_shares(self)
        self._demand_ties()
        _demand_individuals(self)
        self._demand_requests()

    def _demand_units(self) -> None:
        if not self.units:
            raise ApplicationError("units", "is empty: name the unit applied for")
        codes = [unit.code for unit in self.units]
        if len(set(codes)) < len(codes):
            raise ApplicationError("units", "names a unit twice")
        if self.division.in_shanxi and not all(item.division.in_shanxi for item in codes):
            raise ApplicationError(
                "units", "names a unit outside Shanxi, which a registrar in Shanxi cannot register"
            )

    def _demand_ties(self) -> None:
        if self.act is PropertyAct.INHERITANCE and any(
            party.tie not in (Tie.STATUTORY_HEIR, Tie.LEGATEE) for party in self.transferees
        ):
            raise ApplicationError(
                "transferees.tie", "is to say for each whether statutory heir or legatee"
            )
        if self.developer_sale and (
            self.act is not PropertyAct.SALE
            or all(transferor.individual for transferor in self.transferors)
        ):
            raise ApplicationError("developer_sale", "takes a sale by an entity")
        if self.act is PropertyAct.EXCHANGE and len(self.units) > 1:
            given = {item.person.key for item in self.transferors}
            taken = {item.person.key for item in self.transferees}
            if given != taken:
                raise ApplicationError(
                    "transferees", "is to name each side of an exchange, as transferors does"
                )

    def _demand_requests(self) -> None:
        if self.act is PropertyAct.ASSISTANCE:
            if not self.requests:
                raise ApplicationError("requests", "is empty: an authority's request is the act")
            if any(item.measure is Measure.TRANSFER for item in self.requests):
                raise ApplicationError(
                    "requests.measure", "is a transfer: choose court-transfer or tax-auction"
                )

    @property
    def parties(self) -> tuple[Transferor | Transferee, ...]:
        """All parties, those who give up first."""
        return (*self.transferors, *self.transferees)

    def transferors_of(self, unit: PropertyUnit) -> tuple[Transferor, ...]:
        """Return who gives up *unit*."""
        return tuple(item for item in self.transferors if item.unit in (None, unit.code))

    def transferees_of(self, unit: PropertyUnit) -> tuple[Transferee, ...]:
        """Return who acquires *unit*."""
        return tuple(item for item in self.transferees if item.unit in (None, unit.code))

    def tellable_of(self, unit: PropertyUnit) -> tuple[Person, ...]:
        """Return the parties of *unit* who can be told something: the deceased cannot."""
        takers = tuple(item.person for item in self.transferees_of(unit))
        if self.act is PropertyAct.INHERITANCE:
            return takers
        return (*(item.person for item in self.transferors_of(unit)), *takers)


def _demand_parties(
    path: str, units: Iterable[PropertyUnit], parties: tuple[Transferor | Transferee, ...]
) -> None:
    """Demand a party on each unit, each once, with shares that make no more than the whole."""
    codes = {unit.code for unit in units}
    if any(party.unit not in {None, *codes} for party in parties):
        raise ApplicationError(f"{path}.unit", "is no unit of this application")
    for unit in codes:
        mine = [party for party in parties if party.unit in (None, unit)]
        if not mine:
            raise ApplicationError(path, "is empty for a unit: the act needs the parties")
        if len({party.person.key for party in mine}) < len(mine):
            raise ApplicationError(path, "names a person twice for one unit")
        if sum(party.share.fraction for party in mine if party.share is not None) > 1:
            raise ApplicationError(f"{path}.share", "adds up to more than the whole")


def _demand_equal_shares(application: PropertyApplication) -> None:
    """Demand that the shares acquired of a unit make what is given up of it, where both are known.

    A buyer of more than is given would be registered for what nobody was asked about.
    """
    for unit in application.units:
        given = _total(application.transferors_of(unit))
        taken = _total(application.transferees_of(unit))
        if given is not None and taken is not None and given != taken:
            path = "transferees.share" if taken > given else "transferors.share"
            raise ApplicationError(path, "adds up to more than the other side of the transfer has")


def _total(parties: tuple[Transferor | Transferee, ...]) -> Fraction | None:
    """Return the shares of one side together; a sole party that states none has the whole."""
    shares = [party.share.fraction for party in parties if party.share is not None]
    if len(shares) == len(parties):
        return sum(shares, Fraction(0))
    return Fraction(1) if len(parties) == 1 else None


_FAMILY: Final = frozenset(Tie) - {Tie.NONE, Tie.LEGATEE}
"""Ties only an individual can have."""


def _demand_individuals(application: PropertyApplication) -> None:
    """Demand individuals on both ends of a family tie, and one spouse for each at most."""
    for unit in application.units:
        givers = application.transferors_of(unit)
        takers = application.transferees_of(unit)
        if any(taker.tie in _FAMILY and not taker.individual for taker in takers):
            raise ApplicationError("transferees.tie", "is a family tie, which takes an individual")
        if any(taker.tie is not Tie.NONE for taker in takers) and not all(
            giver.individual for giver in givers
        ):
            raise ApplicationError(
                "transferees.tie", "is a tie to a transferor that is no individual"
            )
        _demand_few_spouses(givers, takers)
    _demand_few_spouses(application.transferors, application.transferees)


def _demand_few_spouses(givers: tuple[Transferor, ...], takers: tuple[Transferee, ...]) -> None:
    spouses = {taker.person.key for taker in takers if taker.tie is Tie.SPOUSE}
    if givers and len(spouses) > len({giver.person.key for giver in givers}):
        raise ApplicationError("transferees.tie", "claims more spouses than there are transferors")
