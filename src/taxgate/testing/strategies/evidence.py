"""Questions, records, papers, answers, outages (查验请求与证据), and such as are refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from attrs import evolve
from hypothesis import strategies as st

from ...errors import AnswerError, ApplicationError
from ...evidence import (
    CHINA,
    Answer,
    Channel,
    Inquiry,
    Outage,
    OutageCause,
    Paper,
    TaxRecord,
)
from ...identifiers import UnitCode, Uscc, Vin
from ...parties import IdType, Person
from ...terms import Checkpoint, Matter, RecordStatus
from ...wire.case import rules
from ...wire.exchange import checkpoint_of, record_class
from .changing import NOT_FRESH, Place, drawn_changes, places
from .identifiers import frame_numbers, unit_codes, usccs, vins
from .people import persons, purposes
from .refusals import Refused
from .settling import denied, settled_records

__all__ = [
    "AT",
    "answers",
    "inquiries",
    "invalid_answers",
    "invalid_inquiries",
    "invalid_papers",
    "invalid_records",
    "outages",
    "papers",
    "records",
]

AT: Final = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)
"""Instant at which drawn answers are fresh, unless they are meant not to be."""

_MATTERS: Final[dict[Checkpoint, tuple[Matter, ...]]] = {
    Checkpoint.VEHICLE: (Matter.VEHICLE_PURCHASE_TAX, Matter.VEHICLE_AND_VESSEL_TAX),
    Checkpoint.PROPERTY_TITLE: (
        Matter.DEED_TAX,
        Matter.INDIVIDUAL_INCOME_TAX,
        Matter.LAND_APPRECIATION_TAX,
    ),
    Checkpoint.EQUITY_TRANSFER: (Matter.INDIVIDUAL_INCOME_TAX,),
    Checkpoint.DEREGISTRATION: (
        Matter.CLEARANCE,
        Matter.TAX_OBJECTION,
        Matter.TAX_REGISTRATION,
    ),
}


def inquiries(checkpoint: Checkpoint | str | None = None) -> st.SearchStrategy[Inquiry]:
    """Return questions (查验请求) such as a checkpoint asks, of subjects of every kind.

    Args:
        checkpoint: Which checkpoint; any if None.
    """
    among = tuple(Checkpoint) if checkpoint is None else (Checkpoint(checkpoint),)
    return st.one_of([_inquiries(item) for item in among])


def invalid_inquiries() -> st.SearchStrategy[Refused]:
    """Return questions about nothing in particular."""
    return st.builds(
        lambda matter, person: Refused(Inquiry, {"matter": matter, "person": person}, AnswerError),
        st.sampled_from(Matter),
        st.one_of(st.none(), persons()),
    )


def records(inquiry: Inquiry | None = None) -> st.SearchStrategy[TaxRecord]:
    """Return records (涉税记录) that answer a question, nearly answer it, or contradict.

    Args:
        inquiry: The question; any if None.
    """
    if inquiry is None:
        return inquiries().flatmap(records)
    return _records(inquiry)


def invalid_records(inquiry: Inquiry | None = None) -> st.SearchStrategy[Refused]:
    """Return records with a status that no record of their kind has.

    Args:
        inquiry: What they are about; anything if None.
    """
    if inquiry is None:
        return inquiries().flatmap(invalid_records)
    kind = record_class(inquiry)
    never = [status for status in RecordStatus if status not in kind.STATUSES]
    return st.sampled_from(never).map(
        lambda status: Refused(kind, {"matter": inquiry.matter, "status": status}, AnswerError)
    )


def papers(inquiry: Inquiry | None = None) -> st.SearchStrategy[Paper]:
    """Return papers handed in (提交的凭证): verified or not, suspected forged or not.

    Args:
        inquiry: The question they were to answer; any if None.
    """
    if inquiry is None:
        return inquiries().flatmap(papers)
    kind = rules(checkpoint_of(inquiry)).Paper
    asked = evolve(inquiry, matter=_of_documents(inquiry))
    plain = settled_records(asked)[0]
    return st.builds(
        lambda record, channel, forgery: _paper(kind, (record, plain), channel, forgery),
        records(asked),
        _CHANNELS,
        _SUSPICIONS,
    )


def invalid_papers(inquiry: Inquiry | None = None) -> st.SearchStrategy[Refused]:
    """Return papers suspected without a reason, or that call themselves never issued.

    Args:
        inquiry: The question they were to answer; any if None.
    """
    if inquiry is None:
        return inquiries().flatmap(invalid_papers)
    kind = rules(checkpoint_of(inquiry)).Paper
    good = settled_records(inquiry)[0]
    silent = st.sampled_from(["", " ", "\n\t"]).map(
        lambda reason: Refused(
            kind, {"record": good, "forgery": reason}, ApplicationError, "papers.forgery"
        )
    )
    own = type(good)
    never = st.builds(
        lambda channel: Refused(
            kind,
            {
                "record": own(matter=_unissued(inquiry), status=RecordStatus.NEVER_ISSUED),
                "verified_by": channel,
            },
            ApplicationError,
            "papers.record.status",
        ),
        _CHANNELS,
    )
    return st.one_of(silent, never)


def outages() -> st.SearchStrategy[Outage]:
    """Return outages (查验未完成) of every cause.

    They have no invalid twin: a cause nobody knows exists on the wire only, see `near_misses`.
    """
    return st.builds(
        Outage,
        cause=st.sampled_from(OutageCause),
        detail=st.sampled_from([None, "code 9001"]),
        retry_after=st.sampled_from([None, 30.0]),
    )


def answers(inquiry: Inquiry | None = None, *, at: datetime = AT) -> st.SearchStrategy[Answer]:
    """Return answers (查验答复): an outage, nothing, records, records that are too old.

    Args:
        inquiry: The question; any if None.
        at: Instant of the check the answers are for.
    """
    if inquiry is None:
        return inquiries().flatmap(lambda asked: answers(asked, at=at))
    told = st.builds(
        Answer,
        inquiry=st.just(inquiry),
        records=st.lists(records(inquiry), max_size=2).map(tuple),
        source=st.just("bureau"),
        as_of=st.sampled_from([at, at - timedelta(minutes=1), *(at + by for by in NOT_FRESH)]),
    )
    silent = st.builds(Answer, inquiry=st.just(inquiry), outage=outages(), source=st.just("bureau"))
    return st.one_of(told, told, silent)


def invalid_answers(inquiry: Inquiry | None = None) -> st.SearchStrategy[Refused]:
    """Return answers that hold neither records nor an outage, both, or an instant without offset.

    Args:
        inquiry: The question; any if None.
    """
    if inquiry is None:
        return inquiries().flatmap(invalid_answers)
    fields: dict[str, Any] = {"inquiry": inquiry}
    both = outages().map(lambda outage: fields | {"records": (), "outage": outage})
    adrift = fields | {"records": (), "as_of": AT.replace(tzinfo=None)}
    return st.one_of(st.just(fields), st.just(adrift), both).map(
        lambda wrong: Refused(Answer, wrong, AnswerError)
    )


# How ----------------------------------------------------------------------------------------------

_CHANNELS: Final = st.one_of(st.none(), st.sampled_from(Channel))
_SUSPICIONS: Final = st.sampled_from([None, None, "编号不存在"])


def _inquiries(checkpoint: Checkpoint) -> st.SearchStrategy[Inquiry]:
    why = st.one_of(st.none(), purposes(checkpoint))
    asked = st.sampled_from(_MATTERS[checkpoint])
    if checkpoint is Checkpoint.VEHICLE:
        return st.builds(
            Inquiry,
            matter=asked,
            vin=st.one_of(vins(), frame_numbers()),
            years=st.sampled_from([(2026,), (2025, 2026)]),
            purpose=why,
        )
    if checkpoint is Checkpoint.PROPERTY_TITLE:
        return st.builds(Inquiry, matter=asked, unit=unit_codes(), person=persons(), purpose=why)
    if checkpoint is Checkpoint.EQUITY_TRANSFER:
        return st.builds(Inquiry, matter=asked, company=usccs(), person=persons(), purpose=why)
    return st.builds(Inquiry, matter=asked, company=usccs(), purpose=why)


def _of_documents(inquiry: Inquiry) -> Matter:
    """Return the matter a document is about; none is about an objection."""
    at_market = inquiry.matter is Matter.TAX_OBJECTION
    return Matter.CLEARANCE if at_market else inquiry.matter


def _paper(
    kind: Callable[..., Paper],
    among: tuple[TaxRecord, ...],
    channel: Channel | None,
    forgery: str | None,
) -> Paper:
    """Return a paper with the first record that a paper may have."""
    first, *others = among
    try:
        return kind(record=first, verified_by=channel, forgery=forgery)
    except ApplicationError:
        # Drawn with a status no paper states of itself.
        return _paper(kind, tuple(others), channel, forgery)


def _unissued(inquiry: Inquiry) -> Matter:
    """Return the matter under which the bureau says that it never issued a document."""
    at_registrar = checkpoint_of(inquiry) is Checkpoint.DEREGISTRATION
    return Matter.CLEARANCE if at_registrar else inquiry.matter


@st.composite
def _records(draw: st.DrawFn, inquiry: Inquiry) -> TaxRecord:
    base = draw(st.sampled_from((*settled_records(inquiry), *denied(inquiry))))
    among = _places_of(type(base), inquiry.matter)  # type: ignore[arg-type] # classes are hashable
    changed: TaxRecord = drawn_changes(draw, base, among, 2)
    return changed


@cache
def _places_of(kind: type[TaxRecord], matter: Matter) -> tuple[Place, ...]:
    """Return where a record of a kind may be changed, whoever it is about."""
    here = next(checkpoint for checkpoint in Checkpoint if rules(checkpoint).Record is kind)
    asked = Inquiry(
        matter=matter,
        vin=Vin("1M8GDM9AXKP042799") if here is Checkpoint.VEHICLE else None,
        unit=_UNIT if here is Checkpoint.PROPERTY_TITLE else None,
        company=Uscc("91149997MA0000003M"),
        person=Person(IdType.PASSPORT, "EX9999999"),
    )
    return places(settled_records(asked)[0], {})


_UNIT: Final = UnitCode("149998001001GB00009F00090009")
