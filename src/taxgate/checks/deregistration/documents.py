"""From records and papers to the state of the clearance document, and what a court ruling is worth.

The code of the entity (统一社会信用代码) is the only key. A mere receipt is no document; a document
dated after acceptance counts, one dated after the decision is a conflict.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from attrs import evolve, frozen

from ...evidence import Answer, Answers, TaxRecord
from ...findings import Standing, Weighed, new_weighed
from ...identifiers import normalise_name
from ...terms import OK, Basis, Matter, RecordStatus, State
from ..carrying import carries
from ..merging import Merger, by_status, merge, weigh_paper
from .application import (
    Cause,
    DeregistrationApplication,
    Entity,
    EntityKind,
    Registrar,
    Route,
    RulingKind,
)
from .facts import Affairs, CourtPaper, Document, Holding, RulingDoubt, Sparing
from .records import DeregistrationRecord, DocumentKind

Weight = tuple[Standing, str]

_DOCUMENTS: Final = (RecordStatus.ISSUED, RecordStatus.REVOKED, RecordStatus.NEVER_ISSUED)
_ENDED: Final = (RecordStatus.REVOKED, RecordStatus.NEVER_ISSUED)
_WAIVER: Final = f"status-{RecordStatus.WAIVED}"
_MATTERS: Final = (Matter.CLEARANCE, Matter.TAX_REGISTRATION)
_FIT_FOR_MARKET: Final = frozenset(
    {
        DocumentKind.CLEARANCE_CERTIFICATE,
        DocumentKind.CANCELLATION_NOTICE,
        DocumentKind.SETTLEMENT_NOTICE,
    }
)
_FIT_FOR_STAFFING: Final = frozenset(
    {DocumentKind.CLEARANCE_CERTIFICATE, DocumentKind.CANCELLATION_NOTICE}
)
_BY_STATE: Final = {
    State.NONE_FOUND: Document.ABSENT,
    State.KEY_MISMATCH: Document.MISMATCH,
    State.INVALID: Document.REVOKED,
    State.CONFLICT: Document.CONFLICT,
    State.SOURCE_UNREACHABLE: Document.SOURCE_UNREACHABLE,
    State.SOURCE_UNTRUSTED: Document.SOURCE_UNTRUSTED,
    State.FORGED_SUSPECT: Document.FORGED_SUSPECT,
}
_HOLDINGS: Final = {
    Document.VERIFIED: Holding.DOCUMENT,
    Document.WAIVED: Holding.DOCUMENT,
    Document.FORGED_SUSPECT: Holding.SUSPECT,
}
_ENDS: Final = (RulingKind.ENDS_BANKRUPTCY, RulingKind.ENDS_COMPULSORY_LIQUIDATION)
_SPARED_KINDS: Final = (
    EntityKind.BRANCH,
    EntityKind.INDIVIDUAL_BUSINESS,
    EntityKind.COOPERATIVE,
)


@frozen
class Judged:
    """The state of the document and what it rests on.

    Attributes:
        document: State of the document.
        state: The same as the shared evidence status, which has no word for a document that is
            verified or waived.
        basis: What it rests on.
        weighed: Every record and paper with its standing.
    """

    document: Document
    state: State | None
    basis: Basis
    weighed: tuple[Weighed, ...]

    @property
    def holding(self) -> Holding:
        """Whether that is a document the simplified route can do with."""
        return _HOLDINGS.get(self.document, Holding.NO_DOCUMENT)


def last_day_of_evidence(application: DeregistrationApplication, today: date) -> date:
    """Return the last day a record may be dated: the decision, or an earlier check."""
    return min(application.decided_on, today)


def names_differ(stated: str | None, entity: Entity) -> bool:
    """Tell whether a name is stated and is not the entity's, once both are normalised."""
    return stated is not None and normalise_name(stated) != normalise_name(entity.name)


def records_of(answer: Answer) -> tuple[DeregistrationRecord, ...]:
    """Return the records of an answer that are about deregistrations at all."""
    return tuple(
        record for record in answer.records or () if isinstance(record, DeregistrationRecord)
    )


def judge_document(
    application: DeregistrationApplication, answer: Answer, answers: Answers
) -> Judged:
    """Return the state of the document from the source's answer and the papers handed in."""
    day = last_day_of_evidence(application, answers.today)
    weighed = [
        new_weighed(record, *_weigh(record, application, day)) for record in records_of(answer)
    ]
    weighed += [
        weigh_paper(paper, *_weigh(paper.record, application, day)) for paper in application.papers
    ]
    merger = merge(answer, _contradict_waivers(weighed))
    if merger.state in OK:
        return Judged(Document.VERIFIED, None, merger.basis, merger.weighed)
    if _leaves_waiver(application, merger):
        waived = _waive(merger)
        if waived is not None:
            return waived
    if merger.state is State.CONFLICT and _is_revoked(application, merger):
        return Judged(Document.REVOKED, State.INVALID, merger.basis, merger.weighed)
    return Judged(_BY_STATE[merger.state], merger.state, merger.basis, merger.weighed)


@carries("D-01", "D-03", "D-20", "D-34")
def _weigh(
    record: DeregistrationRecord, application: DeregistrationApplication, day: date
) -> Weight:
    """Weigh one record or paper: kind, entity, day, name.

    A revocation counts whatever it calls the document, so that none slips through by its kind.
    """
    if record.matter not in _MATTERS:
        return Standing.UNRELATED, "other-matter"
    if record.status is RecordStatus.WAIVED:
        return _weigh_waiver(record, application, day)
    if record.status not in _DOCUMENTS:
        return Standing.UNRELATED, "no-document"
    if record.status is RecordStatus.ISSUED and record.document is not None:
        fit = _FIT_FOR_MARKET
        if application.registrar is Registrar.STAFFING_OFFICE:
            fit = _FIT_FOR_STAFFING
        if record.document not in fit:
            return Standing.UNRELATED, "document-kind-does-not-fit"
    if record.uscc is None:
        return Standing.CONFLICT, "uscc-missing"
    if record.uscc != application.entity.uscc:
        return Standing.MISMATCH, "uscc-differs"
    standing, why = by_status(record, day)
    if standing is not Standing.GOOD:
        return standing, why
    if record.document is None:
        return Standing.CONFLICT, "document-kind-missing"
    if names_differ(record.name, application.entity):
        return Standing.CONFLICT, "name-differs"
    return standing, why


def _weigh_waiver(
    record: DeregistrationRecord, application: DeregistrationApplication, day: date
) -> Weight:
    """Weigh a waiver: for another entity it is nothing, in doubt it is a conflict."""
    if record.uscc is None:
        return Standing.CONFLICT, "uscc-missing"
    if record.uscc != application.entity.uscc:
        return Standing.MISMATCH, "uscc-differs"
    if names_differ(record.name, application.entity):
        return Standing.CONFLICT, "name-differs"
    if record.issued_on is not None and record.issued_on > day:
        return Standing.CONFLICT, "dated-after-check"
    return Standing.UNRELATED, _WAIVER


def _contradict_waivers(weighed: list[Weighed]) -> list[Weighed]:
    """Leave a waiver in conflict whose number is revoked or was never issued, by another code.

    Merging does the same for documents; it does not know waivers.
    """
    strange = {
        item.record.cancels or item.record.voucher_no
        for item in weighed
        if item.standing is Standing.MISMATCH
        and not item.unverified
        and item.record.status in _ENDED
    } - {None}
    return [
        evolve(item, standing=Standing.CONFLICT, why="perhaps-cancelled")
        if _is_waiver(item) and item.record.voucher_no in strange
        else item
        for item in weighed
    ]


def _leaves_waiver(application: DeregistrationApplication, merger: Merger) -> bool:
    """Tell whether a waiver stands beside the documents.

    None is found, or one of another entity; or, at a market registrar, one that is revoked under
    its number: a revocation cancels only the document it names. A staffing office has no use for a
    waiver, which must not take the place of a revocation there.
    """
    if merger.state in (State.NONE_FOUND, State.KEY_MISMATCH):
        return True
    if merger.state is not State.INVALID or application.registrar is not Registrar.MARKET:
        return False
    waivers = {item.record.voucher_no for item in merger.weighed if _is_waiver(item)} - {None}
    return all(
        _names_document(item.record)
        and (item.record.cancels or item.record.voucher_no) not in waivers
        for item in merger.weighed
        if item.standing is Standing.INVALID
    )


def _names_document(record: TaxRecord) -> bool:
    """Tell whether a revocation names the document it revokes, by its kind and number."""
    return (
        isinstance(record, DeregistrationRecord)
        and record.document in _FIT_FOR_MARKET
        and (record.cancels or record.voucher_no) is not None
    )


@carries("D-16")
def _waive(merger: Merger) -> Judged | None:
    """Return the waiver where the tax source states one for this entity; None where it does not.

    It stands only where no document contradicts it.
    """
    weighed = tuple(
        evolve(item, standing=Standing.GOOD) if _is_waiver(item) else item
        for item in merger.weighed
    )
    if weighed == merger.weighed:
        return None
    return Judged(Document.WAIVED, None, Basis.ANSWER, weighed)


def _is_waiver(item: Weighed) -> bool:
    return item.why == _WAIVER


@carries("D-32")
def _is_revoked(application: DeregistrationApplication, merger: Merger) -> bool:
    """Tell whether, on the simplified route, a conflict hides a revocation of this entity's own.

    There a conflict counts as no document at all, but a revocation does not: what contradicts a
    revocation must not make it milder.
    """
    return application.route is Route.SIMPLIFIED and any(
        item.standing is Standing.INVALID and not item.unverified for item in merger.weighed
    )


@carries("D-14", "D-15")
def judge_affairs(
    application: DeregistrationApplication, answer: Answer, answers: Answers
) -> Affairs:
    """Tell whether the tax source says that this entity never had tax affairs (未办理过涉税事宜).

    A declaration alone says nothing; a statement to the contrary outweighs.
    """
    day = last_day_of_evidence(application, answers.today)
    statuses = {
        record.status
        for record in records_of(answer)
        if record.uscc == application.entity.uscc
        and not names_differ(record.name, application.entity)
        and (record.issued_on is None or record.issued_on <= day)
    }
    never = RecordStatus.NEVER_HAD_TAX_AFFAIRS in statuses
    had = RecordStatus.HAD_TAX_AFFAIRS in statuses
    return Affairs.NEVER if never and not had else Affairs.NOT_ESTABLISHED


@carries("D-18")
def judge_sparing(application: DeregistrationApplication) -> Sparing:
    """Tell whether the rules spare this entity other material than the clearance certificate."""
    if application.entity.kind in _SPARED_KINDS or application.cause is Cause.MERGER_OR_DIVISION:
        return Sparing.OTHER_MATERIAL
    return Sparing.NONE


@carries("D-17", "D-33")
def judge_ruling(application: DeregistrationApplication) -> CourtPaper:
    """Tell whether the ruling ends this entity's bankruptcy or compulsory liquidation.

    It must be authenticated and in force, name this entity by code or, without one, by name, and
    not be dated after the decision. One suspected to be forged establishes nothing.
    """
    ruling = application.ruling
    if ruling is None or ruling.forgery is not None or ruling.kind not in _ENDS:
        return CourtPaper.NOT_ESTABLISHED
    if not (ruling.in_force and ruling.authenticated):
        return CourtPaper.NOT_ESTABLISHED
    if ruling.dated_on is not None and ruling.dated_on > application.decided_on:
        return CourtPaper.NOT_ESTABLISHED
    if ruling.uscc is not None:
        same = ruling.uscc == application.entity.uscc
    else:
        same = ruling.name is not None
    if not same or names_differ(ruling.name, application.entity):
        return CourtPaper.NOT_ESTABLISHED
    return CourtPaper.ENDS_PROCEDURE


@carries("D-27")
def judge_doubt(application: DeregistrationApplication) -> RulingDoubt:
    """Tell whether an officer suspects the ruling to be forged, whatever the route."""
    ruling = application.ruling
    return (
        RulingDoubt.FORGED
        if ruling is not None and ruling.forgery is not None
        else RulingDoubt.NONE
    )
