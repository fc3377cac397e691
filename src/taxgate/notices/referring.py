"""The written report to the tax authority (书面告知), Order No. 307 Art. 29."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..identifiers import mask_code
from ..proceedings import Referral
from ..terms import Addressee, Language
from ..wording import common
from ..wording.forms import (
    ATTACHED,
    BLANK,
    NEVER_ISSUED,
    REFERRAL_OPENING,
    TITLE_OF_REFERRAL,
    UNNAMED_BASIS,
    labelled,
)
from ..wording.printing import day, free_text, one_line
from .names import known_names

if TYPE_CHECKING:
    from ..decision import Decision


def referral_text(
    referral: Referral, decision: Decision, language: Language | str = Language.ZH_CN
) -> str:
    """Return the report on one suspicion, ready to be signed; identifiers are masked.

    The office attaches identity and voucher number in full, which only the tax authority may see.
    """
    return "\n".join(_lines(referral, decision, Language(language)))


def _lines(referral: Referral, decision: Decision, language: Language) -> Iterator[str]:
    heading = decision.heading
    office = one_line(heading.office or BLANK)
    yield TITLE_OF_REFERRAL.to(language)
    yield ""
    yield labelled("referral-to", common.addressee(Addressee.TAX_AUTHORITY, language), language)
    yield labelled("office", office, language)
    yield labelled("office-phone", one_line(heading.office_phone or BLANK), language)
    yield labelled("case-no", one_line(heading.case_no or BLANK), language)
    yield labelled("date", day(heading.today, language), language)
    yield ""
    basis = (
        referral.basis.cite(language)
        if referral.basis.in_force(heading.governing_on)
        else UNNAMED_BASIS.to(language)
    )
    yield REFERRAL_OPENING.to(language).format_map({"basis": basis})
    yield ""
    yield labelled("kind", common.suspicion(referral.kind, language), language)
    if referral.matter is not None:
        yield labelled("matter", common.matter(referral.matter, language), language)
    if referral.person is not None:
        yield labelled("person", one_line(referral.person.masked), language)
    if referral.voucher_no is not None:
        yield labelled("voucher", mask_code(referral.voucher_no), language)
    found = (
        NEVER_ISSUED.to(language)
        if referral.reason is None
        else free_text(referral.reason, known_names(decision))
    )
    yield labelled("found", found, language)
    yield ""
    yield ATTACHED.to(language)
    yield ""
    yield labelled("signature", office, language)
