"""Stakes (股权份额): whether the records of a deal, added up, cover what is applied for.

Stakes are compared by their sum, less what earlier registrations used. What cannot be told apart is
never added: a paper that may be the very voucher of an electronic record counts once. A voucher
that also fits other deals of the same transferor has to cover those as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from attrs import frozen

from ...findings import Weighed
from ..carrying import carries
from .application import EquityTaxRecord, EquityTransferApplication
from .deals import Deal, Stake

Rivals = Callable[[EquityTaxRecord], tuple[Deal, ...]]
"""Other deals of the same transferor that a record fits as well."""


class Coverage(StrEnum):
    """How the good records of a deal compare with the stake applied for."""

    COVERED = "covered"
    LARGER = "larger"
    SHORT = "short"
    STAKE_UNCLEAR = "stake-unclear"
    """Which stake, or which of several deals, they cover cannot be told."""
    STAKE_DIFFERS = "stake-differs"
    """One voucher is given with two stakes."""
    PRICE_DIFFERS = "price-differs"


class Remainder(StrEnum):
    """What earlier registrations left of a voucher."""

    UNTOUCHED = "untouched"
    LEFT = "left"
    USED_UP = "already-used"
    UNKNOWN = "remainder-unknown"


@frozen
class _Voucher:
    """One voucher, however many records and papers tell of it."""

    number: str | None
    electronic: bool
    stake: Fraction | None
    price: Decimal | None
    rivals: tuple[Deal, ...]


def remainder(
    application: EquityTransferApplication, record: EquityTaxRecord
) -> tuple[Remainder, Fraction | None]:
    """Return what earlier registrations left of a record's stake, in its own unit.

    The second is None where no stake is stated or nothing can be subtracted from it.
    """
    used = application.used(record.voucher_no)
    if record.stake is None:
        return (Remainder.UNKNOWN if used else Remainder.UNTOUCHED), None
    if not used:
        return Remainder.UNTOUCHED, Fraction(record.stake.value)
    if any(stake.unit is not record.stake.unit for stake in used):
        return Remainder.UNKNOWN, None
    left = Fraction(record.stake.value) - sum(Fraction(stake.value) for stake in used)
    return (Remainder.LEFT, left) if left > 0 else (Remainder.USED_UP, None)


def same_unit(stake: Stake | None, deal: Deal) -> bool:
    """Tell whether a stake is stated in the unit the deal is applied for in."""
    return stake is not None and stake.unit is deal.stake.unit


@carries("E-11")
def coverage(
    application: EquityTransferApplication, deal: Deal, items: Sequence[Weighed], rivals: Rivals
) -> Coverage:
    """Tell whether good records and verified papers cover the stake of a deal.

    Args:
        application: For what earlier registrations used.
        deal: The deal.
        items: What counts as good for it; at least one.
        rivals: Other deals a record fits.
    """
    grouped = _vouchers(application, deal, items, rivals)
    if grouped is None:
        return Coverage.STAKE_DIFFERS
    clear = [item for item in grouped if _is_clear(item, deal)]
    unclear = [item for item in grouped if not _is_clear(item, deal)]
    stated = [item for item in clear if item.stake is not None]
    if clear and not stated:
        return Coverage.COVERED
    found = {_compare(deal, group) for group in _groups(stated) if group}
    for result in (Coverage.PRICE_DIFFERS, Coverage.LARGER, Coverage.COVERED):
        if result in found:
            return result
    return Coverage.STAKE_UNCLEAR if unclear or len(clear) > len(stated) else Coverage.SHORT


def _is_clear(item: _Voucher, deal: Deal) -> bool:
    """Tell whether a voucher says how much it covers, or fits no other deal anyway."""
    if item.stake is None:
        return not item.rivals
    return all(rival.stake.unit is deal.stake.unit for rival in item.rivals)


def _vouchers(
    application: EquityTransferApplication, deal: Deal, items: Iterable[Weighed], rivals: Rivals
) -> list[_Voucher] | None:
    """Put what tells of one voucher together; None where it is told with two stakes.

    Records are one voucher by its number; without one, only if they are equal.
    """
    groups: dict[object, list[Weighed]] = {}
    for item in items:
        groups.setdefault(_identity(item), []).append(item)
    found = []
    for group in groups.values():
        records = [_equity(item) for item in group]
        stakes = {
            remainder(application, record)[1] for record in records if same_unit(record.stake, deal)
        }
        if len(stakes) > 1:
            return None
        found.append(
            _Voucher(
                number=records[0].voucher_no,
                electronic=any(item.paper is None for item in group),
                stake=next(iter(stakes), None),
                price=next((item.price for item in records if item.price is not None), None),
                rivals=tuple({rival: None for record in records for rival in rivals(record)}),
            )
        )
    return found


def _identity(item: Weighed) -> object:
    number = item.record.voucher_no
    return number if number is not None else (item.record, item.paper is None)


def _equity(item: Weighed) -> EquityTaxRecord:
    assert isinstance(item.record, EquityTaxRecord)  # noqa: S101 - no other record is good
    return item.record


def _groups(stated: Sequence[_Voucher]) -> list[list[_Voucher]]:
    """Return the sets of vouchers that are certainly different ones, each to be added up.

    What the source lists; what bears numbers; each paper without a number by itself.
    """
    return [
        [item for item in stated if item.electronic],
        [item for item in stated if item.number is not None],
        *([item] for item in stated if item.number is None and not item.electronic),
    ]


def _compare(deal: Deal, group: Sequence[_Voucher]) -> Coverage:
    """Compare a set of vouchers with the stake applied for, and their prices with the deal's.

    What fits this deal alone is used first. What is left open, and all other deals that shared
    vouchers fit, have to be covered by the shared ones.
    """
    own = sum((item.stake or Fraction() for item in group if not item.rivals), Fraction())
    shared = sum((item.stake or Fraction() for item in group if item.rivals), Fraction())
    wanted = Fraction(deal.stake.value)
    claims = {rival: None for item in group for rival in item.rivals}
    others = sum((Fraction(rival.stake.value) for rival in claims), Fraction())
    left_open = max(wanted - own, Fraction())
    if left_open and shared < left_open + others:
        return Coverage.SHORT
    total = own + shared
    if not claims and not prices_agree(deal, total, [item.price for item in group]):
        return Coverage.PRICE_DIFFERS
    return Coverage.LARGER if total > wanted + others else Coverage.COVERED


def prices_agree(deal: Deal, stake: Fraction | None, prices: Sequence[Decimal | None]) -> bool:
    """Tell whether stated prices fit the deal's price, as far as they can be compared at all.

    The price of the same stake is the same, that of a larger stake no lower, that of a smaller one
    no higher; a record of a part may also state the price of the whole deal. Nothing else is read
    into a price.
    """
    stated = [price for price in prices if price is not None]
    if deal.price is None or len(stated) < len(prices):
        return True
    if all(price == deal.price for price in stated):
        return True
    total, price = sum(map(Fraction, stated)), Fraction(deal.price)
    wanted = Fraction(deal.stake.value)
    if stake is None or stake == wanted:
        return total == price
    return total >= price if stake > wanted else total <= price
