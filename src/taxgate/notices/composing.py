"""From a decision to its notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..findings import Finding, Outcome
from ..parties import Person
from ..terms import Addressee, Basis, Checkpoint, Effect, Language, Matter, State, Step
from ..wording import common
from ..wording.forms import (
    BLANK,
    CONTACT,
    CONTACT_OF_AUTHORITY,
    EFFECT_RETURNED,
    EFFECT_UNCHECKED,
    EFFECTS,
    EXPLAIN_TO_OFFICE,
    HANDLING_TIMES,
    OWN_REGISTER,
    REVIEW_OF_REFUSAL,
    TAX_DISPUTES,
    TAX_SOURCE,
    TITLE,
    TITLE_TO_AUTHORITY,
    UNTIL,
    Registrar,
)
from ..wording.printing import moment, one_line
from .addressing import Told, address, visible
from .notice import Notice, NoticeItem

if TYPE_CHECKING:
    from ..decision import Decision

_UNNAMED: Final = "unnamed"
"""What an answer carries as source when nobody named one."""

_REGISTRARS: Final = {
    Checkpoint.VEHICLE: Registrar.TRAFFIC_POLICE,
    Checkpoint.PROPERTY_TITLE: Registrar.REAL_ESTATE,
    Checkpoint.EQUITY_TRANSFER: Registrar.MARKET,
    Checkpoint.DEREGISTRATION: Registrar.MARKET,
}
_OWN_SOURCES: Final = frozenset({Basis.REGISTER, Basis.CLASS_IN_LAW, Basis.OFFICER})
_DIFFER: Final = frozenset({State.CONFLICT, State.KEY_MISMATCH, State.OWNER_MISMATCH})


def notices(decision: Decision, language: Language | str = Language.ZH_CN) -> tuple[Notice, ...]:
    """Return one notice per addressee, in the order of its strictest finding.

    Raises:
        MissingTextError: A code has no wording: a fault of this package.
        ValueError: A language nobody knows.
    """
    told = address(decision.findings, decision.heading)
    return tuple(_compose(one, told, decision, Language(language)) for one in told)


def _compose(one: Told, told: tuple[Told, ...], decision: Decision, language: Language) -> Notice:
    heading = decision.heading
    authority = one.reader.authority
    mine = [finding for finding, _ in one.items]
    known = mine if authority else [*mine, *visible(told)]
    outcome = max(finding.outcome for finding in known)
    phone = heading.office_phone or BLANK
    title = TITLE_TO_AUTHORITY if authority else TITLE
    contact = CONTACT_OF_AUTHORITY if authority else CONTACT
    return Notice(
        title=title.to(language),
        addressee=one_line(one.reader.person.masked) if one.reader.person else BLANK,
        role=_join((common.addressee(role, language) for role in one.roles), language),
        to_authority=authority,
        office=heading.office or BLANK,
        office_phone=phone,
        case_no=heading.case_no or BLANK,
        date=heading.today,
        act=_act(decision, language),
        items=tuple(
            _item(finding, role, one.reader.person, decision, language)
            for finding, role in one.items
        ),
        effect=outcome.effect,
        effect_text=_effect_text(outcome, known, decision, language),
        until=_until(outcome, decision, language),
        others_open=not authority and _others_open(mine, visible(told)),
        obstacles=()
        if authority
        else tuple(common.obstacle_reason(item, language) for item in decision.obstacles),
        contact=contact.to(language).format_map({"phone": phone}),
        remedies=() if authority else _remedies(outcome, language),
        language=language,
    )
