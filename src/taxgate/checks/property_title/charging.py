"""Which tax is asked of which party for which unit: one charge each (应查验事项)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from attrs import frozen

from ...parties import Person
from ...tables import Ruling
from ...terms import Matter
from ..carrying import carries
from ..merging import Ground as Class
from .application import PropertyApplication, PropertyUnit, Transferee, Transferor
from .duties import (
    DEED_DUTY,
    INCOME_DUTY,
    LAND_DUTY,
    UNTAXED_TIES,
    DeedCircumstances,
    DeedDuty,
    IncomeCircumstances,
    IncomeDuty,
    LandCircumstances,
    LandDuty,
    Seller,
)
from .facts import Ground, Relation
from .kinds import TAXED_ACTS, TRANSFERS, ExemptionGround, Role


@frozen(kw_only=True)
class Charge:
    """One tax of one party for one unit, before anything is known of the records.

    Attributes:
        matter: The tax.
        unit: The unit.
        person: The party it falls on.
        role: In which role.
        share: The share that changes hands; None: not stated among several parties.
        duty: The ruling of the duty table.
        untaxed: Whether the party is outside the tax by a class the file proves.
        ground: Ground of an exemption from deed tax.
        relation: Whether a tie frees the transfer from the tax.
    """

    matter: Matter
    unit: PropertyUnit
    person: Person
    role: Role
    share: Fraction | None
    duty: Ruling[Any]
    untaxed: Class = Class.NONE
    ground: Ground = Ground.NONE
    relation: Relation = Relation.NONE

    @property
    def demand(self) -> Any:  # noqa: ANN401 - each tax has a duty enum of its own
        """What the duty table demands."""
        return self.duty.conclusion


_GROUNDS: Final = {
    ExemptionGround.SPOUSE: Ground.FAMILY,
    ExemptionGround.STATUTORY_HEIR: Ground.FAMILY,
    ExemptionGround.OTHER: Ground.OTHER,
}


@carries("R-20")
def charges(application: PropertyApplication) -> Iterator[Charge]:
    """Yield every charge: each tax, party and unit is judged by itself, and all count."""
    if application.act not in TAXED_ACTS:
        return
    for unit in application.units:
        yield from _deed_tax(application, unit)
        if application.act in TRANSFERS:
            yield from _income_tax(application, unit)
            yield from _land_tax(application, unit)


def _deed_tax(application: PropertyApplication, unit: PropertyUnit) -> Iterator[Charge]:
    parties = application.transferees_of(unit)
    for party in parties:
        duty = DEED_DUTY.decide(
            DeedCircumstances(act=application.act, right=unit.right, tie=party.tie)
        )
        yield Charge(
            matter=Matter.DEED_TAX,
            unit=unit,
            person=party.person,
            role=Role.TRANSFEREE,
            share=_share(party, parties),
            duty=duty,
            untaxed=_outside_deed_tax(duty.conclusion, unit),
            ground=_ground(duty.conclusion, party),
        )


@carries("R-17", "R-30")
def _outside_deed_tax(duty: DeedDuty | None, unit: PropertyUnit) -> Class:
    """Tell whether deed tax does not arise by class: no transfer, or a right the file proves."""
    by_class = duty is DeedDuty.NO_TRANSFER or (duty is DeedDuty.OUTSIDE and unit.class_proven)
    return Class.CLASS_IN_LAW if by_class else Class.NONE


def _ground(duty: DeedDuty | None, party: Transferee) -> Ground:
    """Return the ground of an exemption: the act's own, else the one claimed."""
    if duty in (DeedDuty.SPOUSE, DeedDuty.HEIR):
        return Ground.FAMILY
    if duty is DeedDuty.DIVORCE:
        return Ground.OTHER
    return _GROUNDS[party.exemption] if party.exemption is not None else Ground.NONE


def _income_tax(application: PropertyApplication, unit: PropertyUnit) -> Iterator[Charge]:
    duty = INCOME_DUTY.decide(IncomeCircumstances(act=application.act, right=unit.right))
    if duty.conclusion is IncomeDuty.NOT_ASKED:
        return
    donees = duty.conclusion is IncomeDuty.DONEE
    takers = application.transferees_of(unit)
    parties: tuple[Transferor | Transferee, ...] = (
        takers if donees else application.transferors_of(unit)
    )
    for party in parties:
        if party.individual:
            relation = _relation(application, (party,) if isinstance(party, Transferee) else takers)
            yield Charge(
                matter=Matter.INDIVIDUAL_INCOME_TAX,
                unit=unit,
                person=party.person,
                role=Role.TRANSFEREE if donees else Role.TRANSFEROR,
                share=_share(party, parties),
                duty=duty,
                untaxed=_BY_RELATION[relation],
                relation=relation,
            )


def _land_tax(application: PropertyApplication, unit: PropertyUnit) -> Iterator[Charge]:
    parties = application.transferors_of(unit)
    relation = _relation(application, application.transferees_of(unit))
    for party in parties:
        duty = LAND_DUTY.decide(
            LandCircumstances(
                act=application.act, right=unit.right, seller=seller_of(application, party)
            )
        )
        if duty.conclusion is not LandDuty.NOT_ASKED:
            yield Charge(
                matter=Matter.LAND_APPRECIATION_TAX,
                unit=unit,
                person=party.person,
                role=Role.TRANSFEROR,
                share=_share(party, parties),
                duty=duty,
                untaxed=_BY_RELATION[relation],
                relation=relation,
            )


def seller_of(application: PropertyApplication, party: Transferor) -> Seller:
    """Return what kind of seller a transferor is."""
    if party.individual:
        return Seller.INDIVIDUAL
    if not application.developer_sale:
        return Seller.ENTITY
    return Seller.LISTED_DEVELOPER if application.listed_project else Seller.DEVELOPER


@carries("R-27")
def _relation(application: PropertyApplication, takers: tuple[Transferee, ...]) -> Relation:
    """Tell whether every taker's relation, marriage or the death frees the transfer, and proven."""
    ties = UNTAXED_TIES.get(application.act, frozenset())
    if not all(taker.tie in ties for taker in takers):
        return Relation.NONE
    return Relation.PROVEN if all(taker.proven for taker in takers) else Relation.UNPROVEN


_BY_RELATION: Final = {
    Relation.NONE: Class.NONE,
    Relation.UNPROVEN: Class.NONE,
    Relation.PROVEN: Class.CLASS_IN_LAW,
}


def _share(
    party: Transferor | Transferee, parties: tuple[Transferor | Transferee, ...]
) -> Fraction | None:
    """Return the share that changes hands: as stated, else the whole of a sole party."""
    if party.share is not None:
        return party.share.fraction
    return Fraction(1) if len(parties) == 1 else None
