"""From records and papers to facts: which of them is about this holder, this company, this deal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from typing import Final

from attrs import evolve

from ...evidence import Answer, Answers, Paper, TaxRecord
from ...findings import Obligation, Standing, Weighed, new_weighed
from ...identifiers import Division
from ...parties import PersonMatch, compare_persons
from ...terms import OK, Flag, Matter, RecordStatus, State
from ..carrying import carries
from ..merging import Merger, by_status, merge, weigh_paper
from .application import EquityTaxRecord, EquityTransferApplication, PaidBy
from .court import authenticity
from .coverage import Coverage, Remainder, coverage, prices_agree, remainder, same_unit
from .deals import Deal
from .tables import Circumstance, IncomeTaxFacts, PriceStated

Weight = tuple[Standing, str]
Weigh = Callable[[TaxRecord, Deal], Weight]

_ACCEPTED: Final = frozenset({RecordStatus.DECLARED_ZERO, RecordStatus.DEFERRED})
"""What income tax on equity accepts beyond the usual: a zero return, a deferral of this deal."""
_FULFILLED: Final = OK | {State.DEFERRED}
_PAID: Final = frozenset({RecordStatus.PAID, RecordStatus.REDUCED_PAID})
_NOT_REMITTED: Final = "not-remitted"
_REMITTANCE_UNKNOWN: Final = "remittance-unknown"
_OUTSIDE: Final = "issued-outside-shanxi"
_SMALLER: Final = "smaller-stake"
_OF_NO_KNOWN_DEAL: Final = "cancels-of-no-known-deal"
_NOT_IDENTIFIED: Final = "deal-not-identified"
_OF_NO_KNOWN_PARTY_OR_DEAL: Final = frozenset(
    {
        _NOT_IDENTIFIED,
        "taxpayer-missing",
        "taxpayer-not-comparable",
        "company-missing",
        "transferee-not-comparable",
    }
)
"""Why a conflict may be of somebody else's deal: nobody is called a defaulter for it."""


def appraise(
    application: EquityTransferApplication, deal: Deal, obligation: Obligation, answers: Answers
) -> Obligation:
    """Return the obligation with its facts, from the answer and the papers handed in."""
    assert obligation.inquiry is not None  # noqa: S101 - every governed deal asks for this tax
    answer = answers.to(obligation.inquiry)

    def weigh(record: TaxRecord, of: Deal) -> Weight:
        return weigh_record(record, application, of, answers.today)

    merger, covered = _merge(application, deal, answer, weigh)
    return obligation.appraised(
        IncomeTaxFacts(
            duty=obligation.demand,
            state=merger.state,
            circumstance=_circumstance(merger),
            price=PriceStated.ZERO if deal.price == 0 else PriceStated.OTHER,
            authenticity=authenticity(deal),
        ),
        answer=answer,
        basis=merger.basis,
        weighed=merger.weighed,
        flags=_flags(application, merger, covered),
    )


# One record -----------------------------------------------------------------------------------


def weigh_record(
    record: TaxRecord, application: EquityTransferApplication, deal: Deal, today: date
) -> Weight:
    """Return what one record counts for, for one deal, and why.

    A key that differs settles whose record it is before anything else is asked. A voucher the tax
    authority never issued counts whichever deal it claims to be of.
    """
    if record.matter is not Matter.INDIVIDUAL_INCOME_TAX:
        return Standing.UNRELATED, "other-matter"
    if not isinstance(record, EquityTaxRecord):
        return Standing.CONFLICT, "record-of-another-kind"
    another = _another_holder(record, application, deal)
    if another is not None:
        return another
    if record.status is RecordStatus.NEVER_ISSUED:
        return Standing.FORGED, f"status-{record.status}"
    another = _another_deal(record, deal) or _not_comparable(record, deal)
    if another is not None:
        return another
    standing, why = by_status(record, today, also_good=_ACCEPTED)
    if not _names_deal(record, application, deal):
        return _of_no_known_deal(record, standing)
    if standing in (Standing.GOOD, Standing.OWED):
        withheld = _withheld(record)
        if withheld is not None:
            return withheld
    if standing is Standing.GOOD:
        return _does_not_fit(record, application, deal) or (standing, why)
    return standing, why


def _another_holder(
    record: EquityTaxRecord, application: EquityTransferApplication, deal: Deal
) -> Weight | None:
    """Compare transferor and company, where the record states them."""
    if (
        record.taxpayer is not None
        and compare_persons(record.taxpayer, deal.transferor) is PersonMatch.DIFFERENT
    ):
        return Standing.MISMATCH, "taxpayer-differs"
    if record.company is not None and record.company != application.company:
        return Standing.MISMATCH, "company-differs"
    return None


@carries("E-10")
def _another_deal(record: EquityTaxRecord, deal: Deal) -> Weight | None:
    """Compare transferee and day of agreement, where the record states them.

    What was issued before the agreement or event is of an earlier deal, unless it names this very
    day of agreement.
    """
    if (
        record.transferee is not None
        and compare_persons(record.transferee, deal.transferee) is PersonMatch.DIFFERENT
    ):
        return Standing.MISMATCH, "transferee-differs"
    if record.agreed_on is not None and record.agreed_on != deal.agreed_on:
        return Standing.MISMATCH, "agreement-date-differs"
    if (
        record.agreed_on is None
        and record.issued_on is not None
        and record.issued_on < deal.agreed_on
    ):
        return Standing.MISMATCH, "earlier-deal"
    return None


def _not_comparable(record: EquityTaxRecord, deal: Deal) -> Weight | None:
    """Demand a transferor and a company, and parties that can be compared with the deal's."""
    if record.taxpayer is None:
        return Standing.CONFLICT, "taxpayer-missing"
    if compare_persons(record.taxpayer, deal.transferor) is not PersonMatch.SAME:
        return Standing.CONFLICT, "taxpayer-not-comparable"
    if record.company is None:
        return Standing.CONFLICT, "company-missing"
    if (
        record.transferee is not None
        and compare_persons(record.transferee, deal.transferee) is not PersonMatch.SAME
    ):
        return Standing.CONFLICT, "transferee-not-comparable"
    return None


@carries("E-19")
def _names_deal(
    record: EquityTaxRecord, application: EquityTransferApplication, deal: Deal
) -> bool:
    """Tell whether a record states at least one key of the deal.

    A stake alone will do only where it is not larger than the deal's: then nothing ties the rest
    of it to this deal.
    """
    if record.transferee is not None or record.agreed_on is not None:
        return True
    if not same_unit(record.stake, deal):
        return False
    _, left = remainder(application, record)
    return left is None or left <= Fraction(deal.stake.value)


def _of_no_known_deal(record: EquityTaxRecord, standing: Standing) -> Weight:
    """Weigh a record that states no key of the deal: a conflict, unless it ends a voucher by name.

    A refund, void or revocation counts for the voucher it names, whatever else it leaves out.
    """
    if standing is Standing.INVALID and (record.cancels or record.voucher_no) is not None:
        return Standing.INVALID, _OF_NO_KNOWN_DEAL
    return Standing.CONFLICT, _NOT_IDENTIFIED


@carries("E-12", "E-21")
def _withheld(record: EquityTaxRecord) -> Weight | None:
    """Demand that what was withheld was remitted, by the tax source; None where that is so.

    Where nothing was payable, or payment is deferred, there is nothing to remit.
    """
    by_agent = record.paid_by is PaidBy.WITHHOLDING
    if record.status in _PAID:
        if record.remitted is False:
            return Standing.CONFLICT, _NOT_REMITTED
        if by_agent and record.remitted is None:
            return Standing.CONFLICT, _REMITTANCE_UNKNOWN
    if record.status is RecordStatus.UNPAID and by_agent:
        if record.remitted:
            return Standing.CONFLICT, "remitted-but-unpaid"
        return Standing.CONFLICT, _NOT_REMITTED
    return None


@carries("E-13", "E-19")
def _does_not_fit(
    record: EquityTaxRecord, application: EquityTransferApplication, deal: Deal
) -> Weight | None:
    """Judge a good record's authority, what is left of its stake, and its price; None: it fits."""
    if record.authority is not None and not record.authority.in_shanxi:
        return Standing.CONFLICT, _OUTSIDE
    left, stake = remainder(application, record)
    if left is Remainder.USED_UP:
        return Standing.MISMATCH, str(Remainder.USED_UP)
    if left is Remainder.UNKNOWN or (left is Remainder.LEFT and not same_unit(record.stake, deal)):
        return Standing.CONFLICT, str(Remainder.UNKNOWN)
    if not prices_agree(deal, stake if same_unit(record.stake, deal) else None, [record.price]):
        return Standing.CONFLICT, str(Coverage.PRICE_DIFFERS)
    return None


# All of them together -------------------------------------------------------------------------


@carries("E-04", "E-11", "E-20")
def _merge(
    application: EquityTransferApplication, deal: Deal, answer: Answer, weigh: Weigh
) -> tuple[Merger, Coverage | None]:
    """Merge all records and papers, then compare the stakes of what is good.

    No class in law makes a deal free of tax here: only the tax authority's record does.
    """
    merger = merge(answer, _weigh_all(application, deal, answer, weigh))
    if merger.state is State.INVALID:
        return _without_strange_cancellations(merger), None
    if merger.state not in _FULFILLED:
        return merger, None

    def rivals(record: EquityTaxRecord) -> tuple[Deal, ...]:
        return tuple(
            other
            for other in application.deals_of(deal.transferor)
            if other != deal and weigh(record, other)[0] is Standing.GOOD
        )

    good = [item for item in merger.weighed if _counts(item)]
    covered = coverage(application, deal, good, rivals)
    if covered in (Coverage.COVERED, Coverage.LARGER):
        return merger, covered
    if covered is not Coverage.SHORT:
        return merge(answer, _turn(merger, Standing.CONFLICT, str(covered))), covered
    short = merge(answer, _turn(merger, Standing.MISMATCH, _SMALLER))
    if short.state is State.INVALID:
        # Something valid is left, only not enough of it.
        return evolve(short, state=State.KEY_MISMATCH), covered
    return short, covered


def _weigh_all(
    application: EquityTransferApplication, deal: Deal, answer: Answer, weigh: Weigh
) -> tuple[Weighed, ...]:
    """Weigh every record of the answer, and every paper but those of another transferor here."""
    weighed = [new_weighed(record, *weigh(record, deal)) for record in answer.records or ()]
    weighed += [
        weigh_paper(paper, *weigh(paper.record, deal))
        for paper in application.papers
        if paper.record.matter is Matter.INDIVIDUAL_INCOME_TAX
        and not _is_of_another_transferor(paper, application, deal)
    ]
    return tuple(weighed)


def _is_of_another_transferor(
    paper: Paper, application: EquityTransferApplication, deal: Deal
) -> bool:
    named = paper.record.taxpayer
    if named is None or compare_persons(named, deal.transferor) is not PersonMatch.DIFFERENT:
        return False
    return any(
        compare_persons(named, other.transferor) is not PersonMatch.DIFFERENT
        for other in application.deals
    )


def _counts(item: Weighed) -> bool:
    return item.standing is Standing.GOOD and not item.unverified


def _turn(merger: Merger, standing: Standing, why: str) -> tuple[Weighed, ...]:
    """Return what was weighed, with what counted as good turned into something else."""
    return tuple(
        evolve(item, standing=standing, why=why) if _counts(item) else item
        for item in merger.weighed
    )


def _without_strange_cancellations(merger: Merger) -> Merger:
    """Make it a conflict where all that speaks of invalidity names a voucher nobody knows here."""
    strange = all(
        item.why == _OF_NO_KNOWN_DEAL
        for item in merger.weighed
        if item.standing is Standing.INVALID and not item.unverified
    )
    cancelled = any(item.standing is Standing.CANCELLED for item in merger.weighed)
    return evolve(merger, state=State.CONFLICT) if strange and not cancelled else merger


@carries("E-11", "E-13", "E-21")
def _circumstance(merger: Merger) -> Circumstance:
    """Tell what makes up a mismatch or a conflict, as far as a row tells it apart."""
    if merger.state is State.KEY_MISMATCH:
        short = any(item.why == _SMALLER for item in merger.weighed)
        return Circumstance.SMALLER_STAKE if short else Circumstance.NONE
    if merger.state is not State.CONFLICT:
        return Circumstance.NONE
    whys = {item.why for item in merger.weighed if item.standing is Standing.CONFLICT}
    if _is_not_remitted(merger.weighed):
        more = whys - {_NOT_REMITTED, _REMITTANCE_UNKNOWN}
        return Circumstance.NOT_REMITTED_AND_MORE if more else Circumstance.NOT_REMITTED
    return Circumstance.OUTSIDE_SHANXI if whys == {_OUTSIDE} else Circumstance.NONE


def _is_not_remitted(weighed: Iterable[Weighed]) -> bool:
    """Tell whether tax was withheld and the source says that it was not paid over.

    It says so of the withholding itself, or it says "unpaid" against a withholding receipt of this
    deal, of which it does not say elsewhere that it was remitted.
    """
    items = tuple(weighed)
    if any(item.why == _NOT_REMITTED for item in items):
        return True
    receipts = [item.record for item in items if _is_receipt(item)]
    remitted = [item.record for item in items if _is_receipt(item) and _says_remitted(item)]
    open_ones = [
        receipt
        for receipt in receipts
        if not any(_may_be_one_voucher(receipt, record) for record in remitted)
    ]
    return bool(open_ones) and any(item.standing is Standing.OWED for item in items)


def _is_receipt(item: Weighed) -> bool:
    """Tell whether it is a withholding receipt that is known to be of this deal."""
    return (
        isinstance(item.record, EquityTaxRecord)
        and item.record.paid_by is PaidBy.WITHHOLDING
        and item.record.status in _PAID
        and item.standing in (Standing.GOOD, Standing.CONFLICT)
        and item.why not in _OF_NO_KNOWN_PARTY_OR_DEAL
    )


def _says_remitted(item: Weighed) -> bool:
    """Tell whether the source itself says that it was remitted; a paper is the agent's word."""
    assert isinstance(item.record, EquityTaxRecord)  # noqa: S101 - no other record is a receipt
    return item.paper is None and item.record.remitted is True


def _may_be_one_voucher(record: TaxRecord, other: TaxRecord) -> bool:
    return record.voucher_no == other.voucher_no or None in (record.voucher_no, other.voucher_no)


@carries("E-03", "E-11", "E-13")
def _flags(
    application: EquityTransferApplication, merger: Merger, covered: Coverage | None
) -> tuple[Flag, ...]:
    """Remark a stake larger than applied for, and an authority elsewhere in Shanxi or unknown."""
    if merger.state not in _FULFILLED:
        return ()
    flags = []
    if any(
        not _same_place(item.record.authority, application.division)
        for item in merger.weighed
        if _counts(item)
    ):
        flags.append(Flag.TAX_PLACE_DIFFERS)
    if covered is Coverage.LARGER:
        flags.append(Flag.STAKE_LARGER_THAN_APPLIED)
    return tuple(flags)


def _same_place(authority: Division | None, registrar: Division) -> bool:
    """Tell whether one of two divisions lies in the other; an authority not stated lies nowhere."""
    if authority is None:
        return False
    left, right = _significant(authority), _significant(registrar)
    return left.startswith(right) or right.startswith(left)


def _significant(division: Division) -> str:
    """Return a division code without the zeros that stand for "all of it"."""
    return division.value.removesuffix("00").removesuffix("00")
