"""Court papers and freezes: what they amount to for one deal, as closed enums."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...parties import PersonMatch, compare_persons
from ...proceedings import Suspicion, SuspicionKind
from ...terms import Matter
from ..carrying import carries
from .application import EquityTransferApplication
from .deals import CourtDocument, CourtDocumentKind, Deal
from .duties import CourtPapers, Frozen
from .tables import Authenticity


@carries("E-09", "E-22")
def court_papers(application: EquityTransferApplication, deal: Deal) -> CourtPapers:
    """Tell what the court documents on a deal amount to.

    Complete are an instrument in force and a notice of assistance in execution (协助执行通知书),
    each naming this company, this holder and exactly this stake; a document that stands on several
    deals of the holder names the stake of all of them. The notice may come from another court than
    the instrument (委托执行).
    """
    if not deal.court_documents:
        return CourtPapers.NONE
    naming = [item for item in deal.court_documents if _names(item, application, deal)]
    in_force = any(item.in_force for item in naming)
    notice = any(item.kind is CourtDocumentKind.ASSISTANCE_NOTICE for item in naming)
    if not (in_force and notice):
        return CourtPapers.LACKING
    if authenticity(deal) is not Authenticity.SETTLED:
        return CourtPapers.UNAUTHENTICATED
    return CourtPapers.COMPLETE


@carries("E-27")
def authenticity(deal: Deal) -> Authenticity:
    """Tell whether the court confirmed every document on a deal; a suspicion comes first."""
    if any(item.forgery is not None for item in deal.court_documents):
        return Authenticity.SUSPECTED_FORGED
    if not all(item.authenticated for item in deal.court_documents):
        return Authenticity.NOT_YET
    return Authenticity.SETTLED


@carries("E-09", "E-26", "E-27")
def courts_to_tell(deal: Deal) -> str | None:
    """Return the court to write to, by its name; several are listed; None without any document.

    Courts whose documents still await confirmation come before the court that executes.
    """
    documents = deal.court_documents
    waiting = [item for item in documents if item.forgery is not None or not item.authenticated]
    notices = [item for item in documents if item.kind is CourtDocumentKind.ASSISTANCE_NOTICE]
    return "、".join(dict.fromkeys(item.court for item in waiting or notices or documents)) or None


@carries("E-18")
def frozen_by(application: EquityTransferApplication, deal: Deal) -> Frozen:
    """Tell whether the transferor's equity is frozen, and by whom.

    A freeze counts unless it is certainly another person's. Only the court whose notice is carried
    out, with complete papers, does not stand in its own way.
    """
    standing = [
        freeze
        for freeze in application.freezes
        if not freeze.lifted
        and compare_persons(freeze.person, deal.transferor) is not PersonMatch.DIFFERENT
    ]
    if not standing:
        return Frozen.NO
    executing = set()
    if court_papers(application, deal) is CourtPapers.COMPLETE:
        executing = {
            item.court
            for item in deal.court_documents
            if item.kind is CourtDocumentKind.ASSISTANCE_NOTICE and _names(item, application, deal)
        }
    if all(freeze.authority in executing for freeze in standing):
        return Frozen.BY_EXECUTING_COURT
    return Frozen.BY_ANOTHER


@carries("E-27")
def suspected_court_papers(application: EquityTransferApplication) -> Iterator[Suspicion]:
    """Yield what is to be reported in writing of court documents suspected forged."""
    for deal in application.deals:
        for document in deal.court_documents:
            if document.forgery is not None:
                yield Suspicion(
                    kind=SuspicionKind.OTHER,
                    found=document.forgery,
                    matter=Matter.COURT_EXECUTION,
                    person=deal.transferor,
                )


def _names(document: CourtDocument, application: EquityTransferApplication, deal: Deal) -> bool:
    """Tell whether a document names this company, this holder and exactly the stake it moves."""
    return (
        document.company == application.company
        and document.person is not None
        and compare_persons(document.person, deal.transferor) is PersonMatch.SAME
        and _names_stake(document, application, deal)
    )


def _names_stake(
    document: CourtDocument, application: EquityTransferApplication, deal: Deal
) -> bool:
    """Tell whether a document names the stake of this deal and all others it is given for.

    One order moves its stake once: deals it is repeated on share that stake.
    """
    if document.stake is None:
        return False
    moved = [
        other.stake
        for other in application.deals_of(deal.transferor)
        if other == deal or any(_may_be_one(document, item) for item in other.court_documents)
    ]
    return all(stake.unit is document.stake.unit for stake in moved) and Fraction(
        document.stake.value
    ) == sum(Fraction(stake.value) for stake in moved)


def _may_be_one(document: CourtDocument, other: CourtDocument) -> bool:
    """Tell whether two documents may be the same one; a number not stated may be any."""
    return (document.kind, document.court) == (other.kind, other.court) and (
        document.number == other.number or None in (document.number, other.number)
    )
