"""From a decision to its notices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from ..findings import Finding, Outcome, Standing
from ..parties import Person
from ..remedies import Remedy
from ..terms import Addressee, Checkpoint, Effect, Language, Matter, State, Step
from ..wording import Text, common
from ..wording.actions import NOBODY
from ..wording.forms import (
    BLANK,
    CONTACT,
    CONTACT_OF_AUTHORITY,
    EFFECT_RETURNED,
    EFFECT_UNCHECKED,
    EFFECTS,
    EFFECTS_OF_OTHERS,
    EXPLAIN_TO_OFFICE,
    HANDLING_TIMES,
    OBSTACLE_FIRST,
    OWN_REGISTER,
    REVIEW_OF_REFUSAL,
    SEE_REASON,
    TAX_DISPUTES,
    TAX_IS_NO_GROUND,
    TAX_SOURCE,
    TITLE,
    TITLE_TO_AUTHORITY,
    UNTIL,
    UNVERIFIED_PAPER,
    Registrar,
    bracketed,
    listed,
)
from ..wording.printing import moment, one_line
from ..wording.steps import ADVISED, AUTHORITY_STEPS
from .addressing import Told, address, visible
from .notice import Notice, NoticeItem
from .reticence import keeps_quiet, quiet

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
_STATES: Final = frozenset(state.value for state in State)
_NOBODYS: Final = frozenset({Step.NONE, Step.RETRY})
"""Steps the addressee need not take."""
_SAYS_NOTHING: Final = frozenset({Standing.UNRELATED, Standing.CANCELLED})
_DIFFER: Final = frozenset({State.CONFLICT, State.KEY_MISMATCH, State.OWNER_MISMATCH})


def notices(decision: Decision, language: Language | str = Language.ZH_CN) -> tuple[Notice, ...]:
    """Return one notice per addressee, in the order of its strictest finding.

    Raises:
        MissingTextError: A code has no wording: a fault of this package.
        ValueError: A language nobody knows.
    """
    return tuple(notices_in(decision, (Language(language),)))


def notices_in(decision: Decision, languages: Iterable[Language]) -> Iterator[Notice]:
    """Yield the notices in several languages, each as `notices` returns it.

    Who is told what, and every way out, is the same in each and found once.
    """
    told = address(decision.findings, decision.heading, decision.silent)
    if not told:
        return
    cures = {id(item.obligation): item for item in decision.remedies()}
    for language in languages:
        for one in told:
            yield _compose(one, told, decision, cures, language)


def _compose(
    one: Told,
    told: tuple[Told, ...],
    decision: Decision,
    cures: Mapping[int, Remedy],
    language: Language,
) -> Notice:
    heading = decision.heading
    authority = one.reader.authority
    mine = [finding for finding, _ in one.items]
    known = mine if authority else [*mine, *visible(told)]
    effect = max(finding.outcome for finding in known).effect
    registrar = _registrar(decision)
    phone = one_line(heading.office_phone or BLANK)
    title = TITLE_TO_AUTHORITY if authority else TITLE
    contact = CONTACT_OF_AUTHORITY if authority else CONTACT
    return Notice(
        title=title.to(language),
        addressee=_addressee(one),
        role=listed((common.addressee(role, language) for role in one.roles), language),
        to_authority=authority,
        office=one_line(heading.office or BLANK),
        office_phone=phone,
        case_no=one_line(heading.case_no or BLANK),
        date=heading.today,
        act=_act(decision, language),
        items=tuple(
            _item(finding, role, one, decision, cures, language) for finding, role in one.items
        ),
        effect=effect,
        effect_text=_effect_text(
            effect,
            one,
            obstacles=bool(decision.obstacles),
            market=registrar is Registrar.MARKET,
            language=language,
        ),
        until=UNTIL.to(language).format_map({"time": HANDLING_TIMES[registrar].to(language)})
        if effect is Effect.HOLD
        else None,
        others_open=not authority and _others_open(mine, visible(told)),
        obstacles=()
        if authority
        else tuple(common.obstacle_reason(item, language) for item in decision.obstacles),
        contact=contact.to(language).format_map({"phone": phone}),
        remedies=() if authority else _remedies(effect, language),
        language=language,
    )


def _addressee(one: Told) -> str:
    reader = one.reader
    if reader.person is not None:
        return one_line(reader.person.masked)
    return one_line(reader.name or BLANK)


def _act(decision: Decision, language: Language) -> str:
    heading = decision.heading
    where = common.checkpoint(heading.checkpoint, language)
    act = common.act(heading.checkpoint, heading.act, language)
    return where + bracketed(act, language)


def _item(
    finding: Finding,
    role: Addressee,
    one: Told,
    decision: Decision,
    cures: Mapping[int, Remedy],
    language: Language,
) -> NoticeItem:
    reader = one.reader.person
    obligation, cure = finding.obligation, finding.ruling.row.step
    where, about = decision.heading.checkpoint, obligation.matter
    agents = _agents(finding)
    source, as_of = _checked(finding, decision, language)
    to_authority = _is_authority(role)
    own_step = not to_authority or cure in AUTHORITY_STEPS
    item = NoticeItem(
        matter=common.matter(about, language),
        period=one_line(obligation.period) if obligation.period else None,
        subject=one_line(obligation.subject),
        party=_masked((obligation.party,), reader, language),
        withholding_agent=_masked(agents, reader, language),
        source=source,
        as_of=as_of,
        result=_result(finding, language),
        code=finding.code,
        reason=common.reason(finding, language, with_subject=False),
        differs=_differs(finding, role, where, language),
        basis=tuple(
            dict.fromkeys(
                provision.cite(language)
                for provision in finding.cites(decision.heading.governing_on)
            )
        ),
        action=_action(finding, role, where, language),
        authority=None if to_authority else _authority(finding, role, where, language),
        evidence=common.evidence(cure, about, where, language) if own_step else None,
        outcome=common.outcome(finding.outcome, language),
        ways=_ways(finding, one, cures, language),
    )
    if not keeps_quiet(finding, role):
        return item
    return quiet(item, finding, decision.heading.governing_on, language)


def _ways(
    finding: Finding, one: Told, cures: Mapping[int, Remedy], language: Language
) -> tuple[str, ...]:
    """Return every way out, or that there is none; nothing where nothing is missing.

    A way out settles all that is open on an obligation, so it is told only to a party that is told
    all of it.
    """
    cure = cures.get(id(finding.obligation))
    if one.reader.authority or cure is None:
        return ()
    roles = {id(mine): role for mine, role in one.items}
    if any(id(item) not in roles or keeps_quiet(item, roles[id(item)]) for item in cure.findings):
        return ()
    return tuple(common.way(item, language) for item in cure.ways) or (NOBODY.to(language),)


def _agents(finding: Finding) -> tuple[Person, ...]:
    """Return who has to withhold, where the row has a word for them at all."""
    if Addressee.WITHHOLDING_AGENT not in finding.ruling.row.to:
        return ()
    return finding.obligation.parties.get(Addressee.WITHHOLDING_AGENT, ())


def _masked(
    persons: tuple[Person | None, ...], reader: Person | None, language: Language
) -> str | None:
    """Return who is meant, masked, leaving out the reader; None where nobody is left."""
    others = [
        one_line(person.masked)
        for person in persons
        if person is not None and (reader is None or person.key != reader.key)
    ]
    return listed(others, language) if others else None


def _checked(finding: Finding, decision: Decision, language: Language) -> tuple[str, str]:
    """Return with whom it was checked, and as of when."""
    answer = finding.obligation.answer
    if answer is None:
        return OWN_REGISTER.to(language), moment(decision.heading.at, language)
    source = TAX_SOURCE.to(language) if answer.source == _UNNAMED else one_line(answer.source)
    return source, moment(answer.as_of or decision.heading.at, language)


def _state(finding: Finding) -> State | None:
    """Return the evidence status a finding is about; None where its checkpoint has its own.

    Where papers wait to be authenticated, the finding is about those and not about tax evidence.
    """
    tail = finding.code.rsplit("/", 1)[-1]
    if tail in _STATES:
        return State(tail)
    if finding.ruling.row.step is Step.AUTHENTICATE_PAPERS:
        return None
    found = getattr(finding.obligation.facts, "state", None)
    return found if isinstance(found, State) else None


def _result(finding: Finding, language: Language) -> str:
    """Return the status in words; where a checkpoint has its own, the explanation tells it."""
    found = _state(finding)
    if found is not None:
        return common.state(found, language)
    return SEE_REASON.to(language)


def _action(finding: Finding, role: Addressee, where: Checkpoint, language: Language) -> str:
    """Return what to do; where it holds nothing, that it can be done apart."""
    cure = finding.ruling.row.step
    action = common.step(cure, finding.obligation.matter, where, language, to=role)
    if finding.outcome is not Outcome.ADVISE or cure in _NOBODYS or _is_authority(role):
        return action
    return ADVISED.to(language).format_map({"action": action})


def _is_authority(role: Addressee) -> bool:
    return role in common.AUTHORITY_ADDRESSEES


def _differs(
    finding: Finding, role: Addressee, where: Checkpoint, language: Language
) -> tuple[str, ...]:
    """Return what differs, for the taxpayer's own records and for nobody else's eyes."""
    if role is not Addressee.TAXPAYER or _state(finding) not in _DIFFER:
        return ()
    told = []
    for item in finding.obligation.weighed:
        if item.standing in _SAYS_NOTHING:
            continue
        told.append(common.why(item, where, language))
        if item.unverified:
            told.append(UNVERIFIED_PAPER.to(language))
    return tuple(dict.fromkeys(told))


def _authority(
    finding: Finding, role: Addressee, where: Checkpoint, language: Language
) -> str | None:
    """Return whom to turn to; for a conflict the authority of the record, by its code."""
    obligation, cure = finding.obligation, finding.ruling.row.step
    asked = common.authority_to_ask(cure, obligation.matter, where, language)
    if cure is not Step.CORRECT_DATA or role is not Addressee.TAXPAYER or asked is None:
        return asked
    codes = sorted(
        {
            item.record.authority.value
            for item in obligation.weighed
            if item.standing not in _SAYS_NOTHING and item.record.authority is not None
        }
    )
    return asked + bracketed(listed(codes, language), language) if codes else asked


def _effect_text(
    effect: Effect, one: Told, *, obstacles: bool, market: bool, language: Language
) -> str:
    """Return what becomes of the application, in words.

    An authority is not told of non-tax obstacles, nor that anything goes on in spite of them.
    """
    authority = one.reader.authority
    if effect is Effect.PROCEED and obstacles:
        parts = [TAX_IS_NO_GROUND] if authority else [TAX_IS_NO_GROUND, OBSTACLE_FIRST]
    elif effect is Effect.HOLD:
        parts = _held(one, market=market and not authority)
    else:
        parts = [EFFECTS_OF_OTHERS[effect] if not one.items else EFFECTS[effect]]
    return _sentences((part.to(language) for part in parts), language)


def _held(one: Told, *, market: bool) -> list[Text]:
    """Return what a hold means: asked again, returned, or waiting for what is told."""
    holding = [item for item, _ in one.items if item.outcome.effect is Effect.HOLD]
    unchecked = [
        item
        for item, role in one.items
        if item.outcome is Outcome.CANNOT_VERIFY
        and (item.ruling.row.retryable or keeps_quiet(item, role))
    ]
    parts = [EFFECT_UNCHECKED] if unchecked else []
    if market:
        parts.append(EFFECT_RETURNED)
    elif not one.items:
        parts.append(EFFECTS_OF_OTHERS[Effect.HOLD])
    elif not holding or len(unchecked) < len(holding):
        parts.append(EFFECTS[Effect.HOLD])
    return parts


def _others_open(mine: list[Finding], shown: tuple[Finding, ...]) -> bool:
    return any(
        finding.outcome.effect is not Effect.PROCEED and all(own is not finding for own in mine)
        for finding in shown
    )


def _remedies(effect: Effect, language: Language) -> tuple[str, ...]:
    remedies = [EXPLAIN_TO_OFFICE]
    if effect is Effect.REFUSE:
        remedies.append(REVIEW_OF_REFUSAL)
    remedies.append(TAX_DISPUTES)
    return tuple(remedy.to(language) for remedy in remedies)


def _registrar(decision: Decision) -> Registrar:
    """Return the kind of registrar; only a staffing office asks about tax registration."""
    asked = {item.obligation.matter for item in (*decision.findings, *decision.silent)}
    if Matter.TAX_REGISTRATION in asked:
        return Registrar.STAFFING
    return _REGISTRARS[decision.heading.checkpoint]


def _sentences(parts: Iterable[str], language: Language) -> str:
    return ("" if language is Language.ZH_CN else " ").join(parts)
