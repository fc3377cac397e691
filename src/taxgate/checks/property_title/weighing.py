"""What one record or paper counts for: whose it is, of which unit, deal, role, share and price."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from attrs import evolve

from ...evidence import Answer, Answers
from ...findings import Standing, Weighed, new_weighed
from ...parties import Person, PersonMatch, compare_persons
from ...terms import Matter, RecordStatus
from ..carrying import carries
from ..merging import Ground as Class
from ..merging import by_status, weigh_paper
from .application import PropertyApplication, PropertyPaper, PropertyTaxRecord
from .charging import Charge
from .facts import Clash
from .kinds import PropertyAct, RecordForm

Weight = tuple[Standing, str]

_CENT: Final = Fraction(1, 100)
_COUNTS_FOR: Final = (Standing.GOOD, Standing.DEFERRED)
_SPEAKS_AGAINST: Final = (Standing.OWED, Standing.INVALID)
_PERSON_UNCLEAR: Final = (Standing.CONFLICT, "taxpayer-not-comparable")
_NAMELESS: Final = ("keys-missing", "contract-not-comparable")
"""Conflicts of records nobody can say they are about this deal at all."""


def weigh_all(
    charge: Charge, application: PropertyApplication, answer: Answer | None, answers: Answers
) -> tuple[Weighed, ...]:
    """Weigh what the source answered, what it reports elsewhere, and the papers handed in.

    A debt the source reports beside another question is heard, and so is a consolidated flag. Of a
    tax that does not arise by class no paper is needed: only one that says "unpaid" is heard.
    """
    own = list(_records(answer.records if answer is not None else None))
    weighed = [
        new_weighed(record, *weigh(record, charge, application, answers.today))
        for record in dict.fromkeys(own)
    ]
    for record in dict.fromkeys(_records(answers.records())):
        if record in own:
            continue
        item = new_weighed(record, *weigh(record, charge, application, answers.today))
        flag = record.form is RecordForm.COMPLETION and item.standing is not Standing.UNRELATED
        if flag or item.standing is Standing.OWED:
            weighed.append(item)
    weighed += [
        weigh_paper(paper, *weigh(paper.record, charge, application, answers.today))
        for paper in application.papers
        if _is_about(paper, charge, application) and _is_needed(paper, charge)
    ]
    return tuple(_without_nameless(weighed))


def _records(records: Iterable[object] | None) -> Iterator[PropertyTaxRecord]:
    for record in records or ():
        if isinstance(record, PropertyTaxRecord):
            yield record


def _without_nameless(weighed: list[Weighed]) -> Iterator[Weighed]:
    """Yield what was weighed; a record that names no deal cannot contradict a positive debt.

    Beside a voucher that stands it is a conflict all the same: the debt may be this deal's.
    """
    against = any(item.standing in _SPEAKS_AGAINST and not item.unverified for item in weighed)
    ended = {
        item.record.cancels or item.record.voucher_no
        for item in weighed
        if item.standing is Standing.INVALID and not item.unverified
    }
    good = any(
        item.standing is Standing.GOOD
        and (item.record.voucher_no is None or item.record.voucher_no not in ended)
        for item in weighed
    )
    for item in weighed:
        if against and not good and item.standing is Standing.CONFLICT and item.why in _NAMELESS:
            yield evolve(item, standing=Standing.UNRELATED)
        else:
            yield item


def _is_needed(paper: PropertyPaper, charge: Charge) -> bool:
    """Tell whether a paper can bear on a charge; a suspected one is reported in any case."""
    if charge.untaxed is Class.NONE:
        return True
    return paper.record.status is RecordStatus.UNPAID and paper.forgery is None


def _is_about(paper: PropertyPaper, charge: Charge, application: PropertyApplication) -> bool:
    """Tell whether a paper concerns this charge, and not just another party or unit of the case."""
    record = paper.record
    if record.form is RecordForm.COMPLETION:
        return any(item.matter is charge.matter for item in record.covers)
    if record.matter is not charge.matter:
        return False
    units = {unit.code for unit in application.units}
    if record.unit in units and record.unit != charge.unit.code:
        return False
    if record.taxpayer is None or _same(record.taxpayer, charge.person) is PersonMatch.SAME:
        return True
    return all(
        _same(record.taxpayer, other.person) is not PersonMatch.SAME
        for other in application.parties
    )


_same = compare_persons


def weigh(
    record: PropertyTaxRecord, charge: Charge, application: PropertyApplication, today: date
) -> Weight:
    """Return what a record counts for: first whether it is this deal's, then what it says.

    A key that surely differs makes it another's, whatever is unclear about the person.
    """
    named = _names_tax_and_person(record, charge)
    if named is not None and named != _PERSON_UNCLEAR:
        return named
    keyed = _names_deal(record, charge, application)
    if named is not None and (keyed is None or keyed[0] is not Standing.MISMATCH):
        return named
    if keyed is not None:
        return keyed
    return _says(record, charge, application, today)


@carries("R-31")
def _names_tax_and_person(record: PropertyTaxRecord, charge: Charge) -> Weight | None:
    """Compare tax, person and role; a consolidated flag proves only what it names."""
    if record.form is RecordForm.COMPLETION:
        matches = {
            _same(item.person, charge.person)
            for item in record.covers
            if item.matter is charge.matter
        }
        if PersonMatch.SAME in matches:
            return None
        if PersonMatch.VARIANT in matches:
            return _PERSON_UNCLEAR
        return Standing.UNRELATED, "flag-names-others"
    if record.matter is not charge.matter:
        return Standing.UNRELATED, "other-matter"
    match = PersonMatch.SAME
    if record.taxpayer is not None:
        match = _same(record.taxpayer, charge.person)
    if match is PersonMatch.DIFFERENT:
        return Standing.MISMATCH, "taxpayer-differs"
    if record.role not in (None, charge.role):
        return Standing.MISMATCH, "role-differs"
    return None if match is PersonMatch.SAME else _PERSON_UNCLEAR


def _names_deal(
    record: PropertyTaxRecord, charge: Charge, application: PropertyApplication
) -> Weight | None:
    """Compare unit and contract. What the bureau says it never issued needs no keys of its own."""
    if record.unit is not None and record.unit != charge.unit.code:
        return Standing.MISMATCH, "unit-differs"
    if (
        record.contract_no is not None
        and application.contract_no is not None
        and record.contract_no != application.contract_no
    ):
        return Standing.MISMATCH, "contract-differs"
    if record.status is RecordStatus.NEVER_ISSUED:
        return None
    if record.unit is None and record.contract_no is None:
        return Standing.CONFLICT, "keys-missing"
    if record.unit is None and application.contract_no is None:
        return Standing.CONFLICT, "contract-not-comparable"
    if record.taxpayer is None and record.form is RecordForm.VOUCHER:
        return Standing.CONFLICT, "taxpayer-missing"
    return None


@carries("R-05", "R-21", "R-22", "R-25", "R-29")
def _says(
    record: PropertyTaxRecord, charge: Charge, application: PropertyApplication, today: date
) -> Weight:
    """Weigh a record of this very deal by its status, then by share and price."""
    standing, why = by_status(record, today, also_good=_also_good(record, charge, application))
    if standing not in _COUNTS_FOR:
        return standing, why
    if record.share is not None:
        if record.share.fraction > 1:
            return Standing.CONFLICT, "share-impossible"
        if charge.share is None and record.share.fraction < 1:
            return Standing.CONFLICT, "share-not-stated"
    if _price_differs(record, charge):
        return Standing.CONFLICT, "price-differs"
    return standing, why


def _also_good(
    record: PropertyTaxRecord, charge: Charge, application: PropertyApplication
) -> frozenset[RecordStatus]:
    """Return what else fulfils this tax: a zero return, an instalment plan of a contribution."""
    if charge.matter is Matter.DEED_TAX:
        exchange = application.act is PropertyAct.EXCHANGE
        return frozenset({RecordStatus.DECLARED_ZERO} if exchange else ())
    plan = (
        charge.matter is Matter.INDIVIDUAL_INCOME_TAX
        and application.act is PropertyAct.CONTRIBUTION
        and record.instalment_plan
    )
    good = {RecordStatus.DECLARED_ZERO, RecordStatus.DEFERRED}
    return frozenset(good if plan else {RecordStatus.DECLARED_ZERO})


def _price_differs(record: PropertyTaxRecord, charge: Charge) -> bool:
    """Tell whether a record states another price than the case, for the unit or for the share."""
    if record.price is None or charge.unit.price is None:
        return False
    shares = {Fraction(1), charge.share or Fraction(1)}
    if record.share is not None:
        shares.add(record.share.fraction)
    return all(_differ(record.price, charge.unit.price, share) for share in shares)


def _differ(stated: Decimal, price: Decimal, share: Fraction) -> bool:
    return abs(Fraction(stated) - Fraction(price) * share) >= _CENT


@carries("R-21", "R-25")
def clash_of(weighed: Iterable[Weighed], matter: Matter) -> Clash:
    """Return what a conflict is about: a price first, then a zero return of deed tax."""
    whys = {item.why for item in weighed if item.standing is Standing.CONFLICT}
    if "price-differs" in whys:
        return Clash.PRICE
    zero = f"status-{RecordStatus.DECLARED_ZERO}" in whys
    return Clash.ZERO if zero and matter is Matter.DEED_TAX else Clash.NONE


def good_share(weighed: Iterable[Weighed]) -> Fraction:
    """Return the share good records and verified papers cover together, each voucher once.

    A record that states no share covers all of its taxpayer's. Records without a number may be one
    and the same, so only the largest of them counts, and not beside numbered ones.
    """
    numbered: dict[str, Fraction] = {}
    unnumbered = Fraction(0)
    for item in weighed:
        record = item.record
        if item.standing is not Standing.GOOD or item.unverified:
            continue
        if not isinstance(record, PropertyTaxRecord) or record.share is None:
            return Fraction(1)
        covered = record.share.fraction
        if record.voucher_no is None:
            unnumbered = max(unnumbered, covered)
        else:
            numbered[record.voucher_no] = max(numbered.get(record.voucher_no, covered), covered)
    return max(sum(numbered.values(), Fraction(0)), unnumbered)


def same_person(left: Person, right: Person) -> bool:
    """Tell whether two descriptions may mean one person."""
    return compare_persons(left, right) is not PersonMatch.DIFFERENT
