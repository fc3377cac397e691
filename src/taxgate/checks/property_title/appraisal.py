"""From records and papers to the facts of each tax."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve

from ...evidence import Answer, Answers
from ...findings import Obligation, Standing, new_obligation, new_weighed
from ...law.order_307 import ART_25_1
from ...parties import Person, PersonMatch, compare_persons
from ...terms import OK, Addressee, Basis, Flag, Matter, RecordStatus, State
from ..carrying import carries
from ..concluding import new_inquiry, purpose
from ..merging import Ground as Class
from ..merging import Merger, merge
from .application import PropertyApplication, PropertyTaxRecord, PropertyUnit, Transferor
from .charging import Charge, seller_of
from .duties import DeedDuty, Seller
from .facts import Clash, Debtor, DeedFacts, IncomeFacts, LandFacts, OtherTaxFacts, Plan
from .kinds import PropertyAct
from .seals import asking
from .weighing import clash_of, good_share, weigh_all


def obligation_of(charge: Charge, application: PropertyApplication) -> Obligation:
    """Return the obligation of a charge; what a class in law settles is not asked for."""
    inquiry = new_inquiry(
        matter=charge.matter,
        unit=charge.unit.code,
        person=charge.person,
        contract_no=application.contract_no,
        purpose=purpose(application, ART_25_1),
    )
    return new_obligation(
        matter=charge.matter,
        facts=None,
        subject=charge.unit.code.masked,
        party=charge.person,
        parties=parties_of(charge.person, application, (charge.unit,)),
        authorities=asking(application, charge.unit),
        inquiry=inquiry if charge.untaxed is Class.NONE else None,
        duty=charge.duty,
    )


def parties_of(
    person: Person, application: PropertyApplication, units: tuple[PropertyUnit, ...]
) -> dict[Addressee, tuple[Person, ...]]:
    """Return whom each addressee means for a party: at an inheritance heirs for the deceased."""
    told: tuple[Person, ...] = (person,)
    if application.act is PropertyAct.INHERITANCE:
        takers = [item for unit in units for item in application.tellable_of(unit)]
        if all(item.key != person.key for item in takers):
            told = tuple({item.key: item for item in takers}.values())
    asker = application.applicant
    return {
        Addressee.TAXPAYER: told,
        Addressee.APPLICANT: (asker,) if asker is not None else told,
    }


def appraise(charge: Charge, application: PropertyApplication, answers: Answers) -> Obligation:
    """Return the obligation of a charge with its facts."""
    obligation = obligation_of(charge, application)
    answer = answers.to(obligation.inquiry) if obligation.inquiry is not None else None
    weighed = weigh_all(charge, application, answer, answers)
    merger = _with_share(charge, answer, merge(answer, weighed, ground=charge.untaxed))
    facts = {
        Matter.DEED_TAX: _deed_facts,
        Matter.INDIVIDUAL_INCOME_TAX: _income_facts,
        Matter.LAND_APPRECIATION_TAX: _land_facts,
    }[charge.matter](charge, merger)
    return obligation.appraised(
        facts,
        answer=answer,
        basis=merger.basis,
        weighed=merger.weighed,
        flags=_flags(charge, application),
    )


def _with_share(charge: Charge, answer: Answer | None, merger: Merger) -> Merger:
    """Demand that good records add up to the share applied for; what falls short is another's."""
    fulfilled = any(
        item.standing is Standing.GOOD and not item.unverified for item in merger.weighed
    )
    settled = merger.state in OK or merger.state is State.DEFERRED
    enough = good_share(merger.weighed) >= (charge.share or Fraction(1))
    if merger.basis is Basis.CLASS_IN_LAW or not settled or not fulfilled or enough:
        return merger
    short = tuple(
        evolve(item, standing=Standing.MISMATCH, why="share-too-small")
        if item.standing is Standing.GOOD and not item.unverified
        else item
        for item in merger.weighed
    )
    return merge(answer, short)


def _deed_facts(charge: Charge, merger: Merger) -> DeedFacts:
    return DeedFacts(
        duty=charge.demand,
        state=merger.state,
        ground=charge.ground,
        clash=_clash(charge, merger),
    )


def _income_facts(charge: Charge, merger: Merger) -> IncomeFacts:
    planned = merger.state is State.DEFERRED and any(
        item.standing is Standing.GOOD and not item.unverified for item in merger.weighed
    )
    return IncomeFacts(
        duty=charge.demand,
        state=merger.state,
        plan=Plan.YES if planned else Plan.NO,
        relation=charge.relation,
        clash=_clash(charge, merger),
    )


def _land_facts(charge: Charge, merger: Merger) -> LandFacts:
    return LandFacts(
        duty=charge.demand,
        state=merger.state,
        relation=charge.relation,
        clash=_clash(charge, merger),
    )


def _clash(charge: Charge, merger: Merger) -> Clash:
    """Return what a conflict is about, where a row names it."""
    if merger.state is not State.CONFLICT:
        return Clash.NONE
    return clash_of(merger.weighed, charge.matter)


@carries("R-17")
def _flags(charge: Charge, application: PropertyApplication) -> tuple[Flag, ...]:
    """Remark at a building's first registration that the land's deed tax is not known."""
    building = charge.demand is DeedDuty.NO_TRANSFER
    if building and not application.land_deed_tax_settled:
        return (Flag.LAND_DEED_TAX_UNKNOWN,)
    return ()


# Taxes nobody asks about ----------------------------------------------------------------------


@carries("R-10", "R-11", "R-19")
def other_taxes(application: PropertyApplication, answers: Answers) -> Iterator[Obligation]:
    """Yield one obligation for each party whose other taxes are reported unpaid unasked.

    Nothing is asked and nothing missing is judged; a report that names no taxpayer, but unit or
    contract, is taken to mean the transferors, and one that names another unit nobody here. Told
    is only who surely is the taxpayer named.
    """
    found = False
    for person, seller, units in _everybody(application):
        reported = tuple(
            new_weighed(record, Standing.OWED, f"status-{record.status}")
            for record in dict.fromkeys(answers.records())
            if isinstance(record, PropertyTaxRecord)
            and _reports(record, person, units, application, transferor=seller is not None)
        )
        if reported:
            found = True
            first = reported[0].record
            yield new_obligation(
                matter=Matter.OTHER_TAX,
                facts=OtherTaxFacts(debtor=_debtor(seller)),
                subject="; ".join(sorted(unit.code.masked for unit in units)),
                party=person,
                parties=parties_of(person, application, units),
                basis=Basis.ANSWER,
                answer=next(item for item in answers if first in (item.records or ())),
                weighed=reported,
            )
    if not found:
        yield new_obligation(matter=Matter.OTHER_TAX, facts=OtherTaxFacts(debtor=Debtor.NOBODY))


def _everybody(
    application: PropertyApplication,
) -> Iterator[tuple[Person, Seller | None, tuple[PropertyUnit, ...]]]:
    """Yield each person once, as transferor if it is one, with the units it takes part in."""
    roles: dict[object, tuple[Person, Seller | None, tuple[PropertyUnit, ...]]] = {}
    for party in application.parties:
        units = tuple(unit for unit in application.units if party.unit in (None, unit.code))
        known = roles.get(party.person.key)
        if known is not None:
            both = tuple(unit for unit in application.units if unit in (*known[2], *units))
            roles[party.person.key] = (known[0], known[1], both)
        else:
            seller = seller_of(application, party) if isinstance(party, Transferor) else None
            roles[party.person.key] = (party.person, seller, units)
    yield from roles.values()


def _reports(
    record: PropertyTaxRecord,
    person: Person,
    units: tuple[PropertyUnit, ...],
    application: PropertyApplication,
    *,
    transferor: bool,
) -> bool:
    """Tell whether a record says that other taxes of this person are unpaid."""
    if record.matter is not Matter.OTHER_TAX or record.status is not RecordStatus.UNPAID:
        return False
    if record.unit is not None and record.unit not in {unit.code for unit in units}:
        return False
    if record.unit is None and record.contract_no not in (None, application.contract_no):
        return False
    if record.taxpayer is not None:
        return compare_persons(record.taxpayer, person) is PersonMatch.SAME
    return transferor and (record.unit is not None or record.contract_no is not None)


def _debtor(seller: Seller | None) -> Debtor:
    if seller is Seller.DEVELOPER:
        return Debtor.DEVELOPER
    if seller is Seller.LISTED_DEVELOPER:
        return Debtor.LISTED_DEVELOPER
    return Debtor.PARTY
