"""From the seal register and pending requests to the facts of the seizure tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve, frozen

from ...findings import Obligation, new_obligation
from ...parties import Person, PersonMatch, compare_persons
from ...proceedings import Suspicion, SuspicionKind
from ...terms import Addressee, Basis, Matter
from ..carrying import carries
from .application import PropertyApplication, PropertyUnit
from .duties import ACT_KIND, ActKind, SealedAct
from .execution import AssistanceRequest, Seal
from .facts import (
    Force,
    Needed,
    Papers,
    Readable,
    RegisterFacts,
    Renewal,
    RequestFacts,
    Sealed,
    Sealer,
    SealFacts,
    Standing,
    Touched,
)
from .kinds import TRANSFERS, Authentication, Authority, Measure, PropertyAct
from .weighing import same_person

_ASKERS: Final = {
    PropertyAct.TAX_AUCTION: (Authority.TAX,),
    PropertyAct.COURT_TRANSFER: (Authority.COURT,),
}
"""Whose request for transfer an act carries out; only a court has the precedence of S-11."""


@frozen
class _Entry:
    """A seal of the register, or one whose papers wait to be recorded.

    Attributes:
        seal: The seal.
        force: Whether it is in force.
        request: The request that waits to be recorded.
        renewed: The request renews it in time, so it keeps the rank it has.
    """

    seal: Seal
    force: Force
    request: AssistanceRequest | None = None
    renewed: bool = False


def kind_of_act(application: PropertyApplication) -> ActKind:
    """Return what a seal means for the act."""
    kind = ACT_KIND.decide(SealedAct(act=application.act)).conclusion
    assert kind is not None  # noqa: S101 - no row of the table is silent
    return kind


def seal_obligations(application: PropertyApplication) -> Iterator[Obligation]:
    """Yield the register of each unit, each seal on it, and each request, with their facts."""
    kind = kind_of_act(application)
    readable = Readable.YES if application.seal_register_readable else Readable.NO
    for unit in application.units:
        yield _obligation(
            application,
            unit,
            RegisterFacts(needed=_needed(application, unit, kind), readable=readable),
            basis=Basis.REGISTER if application.seal_register_readable else Basis.OUTAGE,
        )
        for entry in _entries(application, unit):
            facts = _seal_facts(application, unit, entry, kind)
            names = asking(application, unit) | {Addressee.SEALING_AUTHORITY: entry.seal.name}
            if entry.request is not None:
                names[Addressee.TAX_AUTHORITY] = entry.seal.name
            yield _obligation(application, unit, facts, names=names)
    for request in application.requests:
        yield from _request(application, request, kind)


def _needed(application: PropertyApplication, unit: PropertyUnit, kind: ActKind) -> Needed:
    """Tell whether the register of a unit is needed; a request on it is entered there."""
    asked = any(request.unit == unit.code for request in application.requests)
    return Needed.NO if kind is ActKind.HARMLESS and not asked else Needed.YES


def obstacles(application: PropertyApplication) -> Iterator[tuple[SealFacts, str]]:
    """Yield the facts of each recorded seal with its masked unit, where the Order is silent.

    Requests are not carried out there, so what they ask for changes nothing.
    """
    kind = kind_of_act(application)
    for unit in application.units:
        for entry in _recorded(application, unit):
            yield _seal_facts(application, unit, entry, kind), unit.code.masked


def _obligation(
    application: PropertyApplication,
    unit: PropertyUnit,
    facts: Any,  # noqa: ANN401 - facts of one of three tables
    *,
    basis: Basis = Basis.REGISTER,
    names: Mapping[Addressee, str] = MappingProxyType({}),
) -> Obligation:
    asker = application.applicant
    return new_obligation(
        matter=Matter.SEAL,
        facts=facts,
        subject=unit.code.masked,
        parties={
            Addressee.APPLICANT: (asker,) if asker is not None else application.tellable_of(unit)
        },
        authorities=names,
        basis=basis,
    )


def asking(application: PropertyApplication, unit: PropertyUnit) -> dict[Addressee, str]:
    """Return who asks for the transfer of a unit that this act carries out, by name."""
    askers = _ASKERS.get(application.act, ())
    names = dict.fromkeys(
        request.name
        for request in application.requests
        if request.measure is Measure.TRANSFER
        and request.unit == unit.code
        and request.authority in askers
    )
    role = Addressee.TAX_AUTHORITY if Authority.TAX in askers else Addressee.COURT
    return {role: "、".join(names)} if names else {}


# Seals ----------------------------------------------------------------------------------------


@carries("S-03", "S-06", "S-10", "S-12", "S-14")
def _entries(application: PropertyApplication, unit: PropertyUnit) -> Iterator[_Entry]:
    """Yield the seals on a unit, and those whose complete papers arrived and wait.

    Complete papers by which the tax authority lifts its seal are recorded first: to the act that
    seal has ended. One whose stated end passed, but whose renewal arrived in time and complete,
    has not ended: the renewal is recorded first.
    """
    for entry in _recorded(application, unit):
        renewal = _renewed_by(application, entry.seal)
        if renewal is not None:
            yield _Entry(entry.seal, Force.PENDING, renewal, renewed=True)
        elif _lifted(application, entry.seal):
            yield evolve(entry, force=Force.ENDED)
        else:
            yield entry
    last = max((seal.rank for seal in application.seals), default=0)
    for request in application.requests:
        if _will_be_recorded(application, request) and request.unit == unit.code:
            seal = Seal(
                unit=request.unit,
                authority=request.authority,
                name=request.name,
                rank=last + 1,
                until=request.until,
            )
            yield _Entry(seal, Force.PENDING, request)


def _recorded(application: PropertyApplication, unit: PropertyUnit) -> Iterator[_Entry]:
    """Yield the seals on a unit as the register has them."""
    for seal in application.seals:
        if seal.unit == unit.code:
            yield _Entry(seal, _force(seal, application.governing_on))


def _renewed_by(application: PropertyApplication, seal: Seal) -> AssistanceRequest | None:
    """Return complete papers that renew a seal past its stated end and arrived by that end.

    A renewal whose own stated end has passed too renews nothing any more.
    """
    on = application.governing_on
    if seal.lifted or seal.until is None or seal.until >= on:
        return None
    for request in application.requests:
        if (
            request.measure is Measure.RENEW
            and request.unit == seal.unit
            and _is_of(seal, request)
            and request.received_on <= seal.until
            and (request.until is None or request.until >= on)
            and _papers(application, request) is Papers.COMPLETE
        ):
            return request
    return None


def _lifted(application: PropertyApplication, seal: Seal) -> bool:
    """Tell whether complete papers of this case lift a tax seal.

    Papers that fit several seals of one authority do not say which, so they end none of them
    before the register shows it.
    """
    return any(
        request.authority is Authority.TAX
        and _papers(application, request) is Papers.COMPLETE
        and _in_force(application, _liftable(application, request)) == [seal]
        for request in application.requests
    )


def _in_force(
    application: PropertyApplication, seals: Iterable[Seal], *, renewed: bool = False
) -> list[Seal]:
    """Return the seals in force in the register, and those renewed in time if asked for."""
    on = application.governing_on
    return [
        seal
        for seal in seals
        if _force(seal, on) is not Force.ENDED
        or (renewed and _renewed_by(application, seal) is not None)
    ]


def _liftable(application: PropertyApplication, request: AssistanceRequest) -> list[Seal]:
    """Return the seals a request may be meant to lift: its own authority's, not yet lifted."""
    if request.measure is not Measure.LIFT:
        return []
    return [
        seal
        for seal in application.seals
        if seal.unit == request.unit
        and _is_of(seal, request)
        and not seal.lifted
        and (seal.owner is None or _is_among(request.owner, (seal.owner,)))
    ]


@carries("S-06", "S-13")
def _force(seal: Seal, on: date) -> Force:
    """Return whether the register shows a seal as in force on a day.

    It ends when it is lifted, or the day after its stated end. Nobody computes an end that is not
    stated, and payment alone lifts nothing.
    """
    if seal.lifted or (seal.until is not None and seal.until < on):
        return Force.ENDED
    open_ended = seal.until is None or seal.debt_settled
    return Force.OPEN_ENDED if open_ended and seal.authority is Authority.TAX else Force.IN_FORCE


def _will_be_recorded(application: PropertyApplication, request: AssistanceRequest) -> bool:
    """Tell whether complete papers make a new seal: a sealing, or a renewal that came too late."""
    if _papers(application, request) is not Papers.COMPLETE:
        return False
    if request.measure is Measure.SEAL:
        return True
    return request.measure is Measure.RENEW and _renewal(application, request) is Renewal.TOO_LATE


def _seal_facts(
    application: PropertyApplication, unit: PropertyUnit, entry: _Entry, kind: ActKind
) -> SealFacts:
    return SealFacts(
        kind=kind,
        force=entry.force,
        sealer=Sealer.TAX if entry.seal.authority is Authority.TAX else Sealer.OTHER,
        standing=_standing(application, unit, entry),
        touched=_touched(application, unit, entry.seal, kind),
    )


@carries("S-14")
def _touched(
    application: PropertyApplication, unit: PropertyUnit, seal: Seal, kind: ActKind
) -> Touched:
    """Tell whether an act reaches the share a seal lies on; what is not known, does.

    A transfer leaves that share alone only where each transferor states the share it gives up,
    these make less than the whole unit, and none of them may be the owner of the sealed one.
    """
    owner = seal.owner
    if owner is None:
        return Touched.WHOLE
    givers = application.transferors_of(unit)
    shares = [item.share.fraction for item in givers if item.share is not None]
    if kind is not ActKind.DISPOSAL or not givers or len(shares) < len(givers) or sum(shares) >= 1:
        return Touched.SHARE
    return Touched.SHARE if any(same_person(item.person, owner) for item in givers) else Touched.NO


@carries("S-07", "S-08", "S-10", "S-11")
def _standing(application: PropertyApplication, unit: PropertyUnit, entry: _Entry) -> Standing:
    """Return how a seal stands to the transfer this act carries out for an authority.

    With requests of several authorities the one that gives the least precedence counts.
    """
    askers = _ASKERS.get(application.act, ())
    orders = [
        request
        for request in application.requests
        if request.measure is Measure.TRANSFER
        and request.unit == unit.code
        and request.authority in askers
        and _papers(application, request) is Papers.COMPLETE
    ]
    return _least({_against(application, unit, entry, order) for order in orders})


def _least(found: set[Standing]) -> Standing:
    """Return what gives the least precedence."""
    for standing in (Standing.EARLIER_THAN_TAX, Standing.ALONE, Standing.GIVES_WAY):
        if standing in found:
            return standing
    return Standing.ALONE


def _against(
    application: PropertyApplication, unit: PropertyUnit, entry: _Entry, order: AssistanceRequest
) -> Standing:
    """Return how one seal stands to one request for transfer, at worst.

    Precedence is had share by share: a seal on one owner's share is none over another's, so one on
    the whole unit is compared for each who gives the unit up.
    """
    if entry.request is not None and not entry.renewed:
        earlier = order.arrived < entry.request.arrived
        return Standing.GIVES_WAY if earlier or _is_of(entry.seal, order) else Standing.ALONE
    owner = entry.seal.owner
    owners = (
        [item.person for item in application.transferors_of(unit)] if owner is None else [owner]
    )
    return _least({_on_share(application, unit, entry, order, person) for person in owners})


def _on_share(
    application: PropertyApplication,
    unit: PropertyUnit,
    entry: _Entry,
    order: AssistanceRequest,
    owner: Person,
) -> Standing:
    """Return how a recorded seal stands to a request for transfer on one owner's share.

    An authority that asks for the transfer and lifts its own seal keeps the rank of that seal. A
    seal that may lie on the share counts against the request, for it only one that surely does.
    """
    seals = [
        seal
        for seal in _in_force(application, application.seals, renewed=True)
        if seal.unit == unit.code
        and (seal.owner is None or same_person(seal.owner, owner))
        and (_is_of(seal, order) or not _lifted(application, seal))
    ]
    sure = [seal for seal in seals if seal.owner is None or _is_among(seal.owner, (owner,))]
    own = [seal.rank for seal in sure if _is_of(seal, order)]
    if order.authority is Authority.TAX:
        if not own:
            return Standing.ALONE
        late = entry.seal.rank > min(own)
        if late or _is_of(entry.seal, order) or entry.seal.handed_over:
            return Standing.GIVES_WAY
        return Standing.EARLIER_THAN_TAX
    held = [*own, *(seal.rank for seal in sure if seal.handed_over)]
    first = min((seal.rank for seal in seals), default=0)
    return Standing.GIVES_WAY if first in held else Standing.ALONE


def _is_of(seal: Seal, request: AssistanceRequest) -> bool:
    return seal.authority is request.authority and seal.name == request.name


# Requests -------------------------------------------------------------------------------------


@carries("S-01", "S-02", "S-03", "S-12", "S-15", "S-16")
def _request(
    application: PropertyApplication, request: AssistanceRequest, kind: ActKind
) -> Iterator[Obligation]:
    """Yield the obligation of a request; beside another act, one on another unit is none of it."""
    mine = [unit for unit in application.units if unit.code == request.unit]
    if not mine and kind is not ActKind.ASSISTANCE:
        return
    papers = _papers(application, request)
    facts = RequestFacts(
        kind=kind,
        sealer=Sealer.TAX if request.authority is Authority.TAX else Sealer.OTHER,
        measure=request.measure,
        papers=papers,
        sealed=_sealed(application, request),
        renewal=_renewal(application, request),
    )
    pending = papers is Papers.UNAUTHENTICATED
    yield new_obligation(
        matter=Matter.SEAL,
        facts=facts,
        subject=request.unit.masked,
        authorities={
            Addressee.TAX_AUTHORITY: request.name,
            Addressee.SEALING_AUTHORITY: request.name,
        },
        basis=Basis.OUTAGE if pending else Basis.REGISTER,
    )


def _papers(application: PropertyApplication, request: AssistanceRequest) -> Papers:
    """Return the state of the papers. Lifting takes the instrument; the rest takes both papers."""
    if request.forgery is not None:
        return Papers.SUSPECTED_FORGED
    notice = request.notice_present or request.measure is Measure.LIFT
    if not (notice and request.instrument_present and request.consistent):
        return Papers.INCOMPLETE
    if request.authentication is Authentication.PENDING:
        return Papers.UNAUTHENTICATED
    named = _names_the_owner(application, request) and _names_a_seal(application, request)
    return Papers.COMPLETE if named else Papers.INCOMPLETE


def _names_a_seal(application: PropertyApplication, request: AssistanceRequest) -> bool:
    """Tell whether papers that lift a seal name one the register shows, where it can be read."""
    if request.measure is not Measure.LIFT or not application.seal_register_readable:
        return True
    return bool(_liftable(application, request))


def _names_the_owner(application: PropertyApplication, request: AssistanceRequest) -> bool:
    """Tell whether the papers name a unit of this case and its registered owner."""
    for unit in application.units:
        if unit.code == request.unit:
            return _is_among(request.owner, _owners(application, unit))
    return False


def _owners(application: PropertyApplication, unit: PropertyUnit) -> tuple[Person, ...]:
    """Return the registered owners; at a transfer, where none are given, who gives the unit up."""
    if unit.owners or application.act not in TRANSFERS:
        return unit.owners
    return tuple(item.person for item in application.transferors_of(unit))


def _is_among(person: Person, others: Iterable[Person]) -> bool:
    return any(compare_persons(person, other) is PersonMatch.SAME for other in others)


def _sealed(application: PropertyApplication, request: AssistanceRequest) -> Sealed:
    live = any(
        seal.unit == request.unit and _force(seal, request.received_on) is not Force.ENDED
        for seal in application.seals
    )
    return Sealed.YES if live else Sealed.NO


def _renewal(application: PropertyApplication, request: AssistanceRequest) -> Renewal:
    """Tell whether the seal to be renewed was still in force when the request arrived."""
    live = any(
        seal.unit == request.unit
        and _is_of(seal, request)
        and _force(evolve(seal, debt_settled=False), request.received_on) is not Force.ENDED
        for seal in application.seals
    )
    return Renewal.IN_TIME if live else Renewal.TOO_LATE


@carries("S-16")
def suspected_requests(application: PropertyApplication) -> Iterator[Suspicion]:
    """Yield what is to be reported in writing of papers of requests suspected forged."""
    for request in application.requests:
        if request.forgery is not None:
            yield Suspicion(
                kind=SuspicionKind.FORGED_VOUCHER,
                found=request.forgery,
                matter=Matter.SEAL,
                person=request.owner,
            )
