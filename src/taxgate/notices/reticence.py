"""What a party is not told: that papers are suspected, while the check has not been completed.

Where a suspicion only holds the application, the authorities are told of it in writing (Order No.
307 Art. 29), and the party no more than that the check could not be completed and which proof may
be handed in. Where a suspicion refuses the application, the party is told why.
"""

from __future__ import annotations

from datetime import date

from attrs import evolve

from ..findings import Finding, Outcome
from ..law.order_307 import ART_29
from ..terms import Addressee, Language
from ..wording import common
from ..wording.forms import NOT_COMPLETED
from ..wording.printing import one_line
from ..wording.steps import NOT_COMPLETED_EVIDENCE, NOT_COMPLETED_REASONS, NOT_COMPLETED_STEPS
from .notice import NoticeItem


def keeps_quiet(finding: Finding, role: Addressee) -> bool:
    """Tell whether a finding rests on a suspicion that this addressee is not told of."""
    row = finding.ruling.row
    return (
        finding.outcome is Outcome.CANNOT_VERIFY
        and ART_29 in row.cites
        and role not in common.AUTHORITY_ADDRESSEES
    )


def quiet(item: NoticeItem, finding: Finding, on: date, language: Language) -> NoticeItem:
    """Return the item as a check that could not be completed, with the proof that may help."""
    cure = finding.ruling.row.step
    reason = NOT_COMPLETED_REASONS[cure].to(language)
    return evolve(
        item,
        code=Outcome.CANNOT_VERIFY.value,
        result=NOT_COMPLETED.to(language),
        reason=one_line(reason.format_map({"matter": item.matter})),
        differs=(),
        basis=tuple(
            provision.cite(language) for provision in finding.cites(on) if provision != ART_29
        ),
        action=NOT_COMPLETED_STEPS[cure].to(language),
        authority=None,
        evidence=NOT_COMPLETED_EVIDENCE[cure].to(language),
    )
