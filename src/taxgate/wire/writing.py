"""Values become JSON: a case so that it can be read again without loss, a decision masked.

Keys stand in the order in which the classes list their fields, so equal values give equal text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, Final

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn, override

from .. import __version__
from ..decision import Decision
from ..errors import AnswerError, ApplicationError, InputError, WireError
from ..evidence import CHINA, Answer, OutageCause, TaxRecord
from ..findings import Finding
from ..identifiers import Identifier, mask_code
from ..law import Provision
from ..proceedings import Application, Obstacle, Referral
from ..remedies import Remedy
from ..tables import Action
from ..terms import Checkpoint, Language, Reading
from .case import Case, on_the_wire, rules
from .documents import (
    ActionEntry,
    CitationEntry,
    DecisionDocument,
    ErrorDocument,
    FaultEntry,
    FindingEntry,
    NoticeEntry,
    ObstacleEntry,
    RecordEntry,
    ReferralEntry,
    RemedyEntry,
)
from .faults import application_path
from .parsing import LARGEST
from .reading import read_case

__all__ = [
    "decide_document",
    "decision_document",
    "error_document",
    "inquiries_document",
    "unstructured",
    "write_case",
    "write_decision",
]

LANGUAGES: Final = (Language.ZH_CN, Language.EN)


def decide_document(
    document: bytes | str,
    *,
    languages: Sequence[Language | str] = LANGUAGES,
    largest: int = LARGEST,
) -> str:
    """Decide the case in one JSON document; return the decision as another.

    Args:
        document: See `read_case`.
        languages: Languages of reasons and notices.
        largest: Bytes *document* may have.

    Raises:
        WireError: *document* is faulty and nothing was decided; see `error_document`.
    """
    case = read_case(document, largest=largest)
    try:
        decision = case.decide()
    except InputError as error:
        faults = _faults(error)
    else:
        return write_decision(decision, languages)
    raise WireError(faults)


# Cases --------------------------------------------------------------------------------------------


def write_case(case: Case) -> str:
    """Write a case as one line of JSON, which `read_case` reads back to an equal case.

    Fields that are null or an empty list by default are left out where they are.

    Raises:
        WireError: The case holds what the wire cannot carry, such as a text with control characters
            or an amount with more than 18 digits; only a case built in Python can.
    """
    text = _json(unstructured(case.checkpoint, case))
    if read_case(text, largest=max(LARGEST, len(text))) != case:
        raise WireError((("$", "cannot be written without loss"),))
    return text


def unstructured(checkpoint: Checkpoint | None, value: Any) -> Any:  # noqa: ANN401
    """Return *value* as what a JSON parser would return.

    Args:
        checkpoint: Whose records and application it may hold; of None: neither.
        value: An object of one of the package's classes.

    Raises:
        WireError: It holds a record of another kind than this checkpoint's.
    """
    return _writer(checkpoint).unstructure(value)


@cache
def _writer(checkpoint: Checkpoint | None) -> Converter:
    """Return the converter for cases of *checkpoint*; of None: for what goes out."""
    converter = Converter(unstruct_collection_overrides={tuple: list})
    converter.register_unstructure_hook(Identifier, _value)
    # A member is text already, but not plain text: it would be refused where it is read again.
    converter.register_unstructure_hook(StrEnum, str)
    converter.register_unstructure_hook(Decimal, _amount)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook(datetime, _instant)

    @converter.register_unstructure_hook_factory(_is_class)
    def _class(kind: type) -> Any:  # noqa: ANN401
        return _object(kind, converter)

    if checkpoint is not None:
        own = rules(checkpoint)
        application = converter.get_unstructure_hook(own.Application)
        record = _exactly(own.Record, converter.get_unstructure_hook(own.Record))
        converter.register_unstructure_hook_func(lambda kind: kind is Application, application)
        converter.register_unstructure_hook_func(lambda kind: kind is TaxRecord, record)
    return converter


def _exactly(kind: type, hook: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a hook that writes a *kind* and refuses what merely resembles one."""

    def write(value: Any) -> Any:  # noqa: ANN401
        if type(value) is not kind:
            raise WireError(
                (("$.answers", "hold a record of another kind than this checkpoint's"),)
            )
        return hook(value)

    return write


def _object(kind: type, converter: Converter) -> Callable[[Any], dict[str, Any]]:
    """Return a hook that writes an attrs class; null and empty lists by default are left out."""
    every = attrs.fields(attrs.resolve_types(kind))
    fields = [item for item in every if on_the_wire(item)]
    omitted = {item.name for item in fields if item.default in (None, (), frozenset())}
    overrides: dict[str, Any] = {
        item.name: override(
            omit_if_default=item.name in omitted,
            unstruct_hook=_readings if item.type == frozenset[Reading] else None,
        )
        for item in fields
    }
    overrides |= {item.name: override(omit=True) for item in every if not on_the_wire(item)}
    build: Callable[[Any], dict[str, Any]] = make_dict_unstructure_fn(
        kind, converter, _cattrs_use_linecache=False, **overrides
    )
    if not omitted:
        return build
    names = tuple(item.name for item in fields)

    def write(value: Any) -> dict[str, Any]:  # noqa: ANN401
        # cattrs puts what it may leave out behind what it may not.
        built = build(value)
        return {name: built[name] for name in names if name in built}

    return write


def _is_class(kind: Any) -> bool:  # noqa: ANN401
    return isinstance(kind, type) and attrs.has(kind) and not issubclass(kind, Identifier)


def _value(identifier: Identifier) -> str:
    return identifier.value


def _amount(amount: Decimal) -> str:
    return format(amount, "f")


def _instant(instant: datetime) -> str:
    offset = instant.utcoffset()
    if offset is not None and offset % timedelta(minutes=1):
        # Local mean time of old: RFC 3339 knows whole minutes only, and the instant is what counts.
        instant = instant.astimezone(CHINA)
    return instant.isoformat()


def _readings(readings: frozenset[Reading]) -> list[str]:
    return [reading.value for reading in Reading if reading in readings]


def inquiries_document(case: Case) -> list[dict[str, Any]]:
    """Return the questions to the tax bureau the case needs answers to, as on the wire.

    Identifiers stand in clear: the source must be asked about them.
    """
    writer = _writer(case.checkpoint)
    return [
        writer.unstructure(inquiry)
        for inquiry in rules(case.checkpoint).inquiries(case.application)
    ]


# Decisions ----------------------------------------------------------------------------------------


def write_decision(decision: Decision, languages: Sequence[Language | str] = LANGUAGES) -> str:
    """Write a decision as one line of JSON; see `decision_document`."""
    return _json(decision_document(decision, languages))


def decision_document(
    decision: Decision, languages: Sequence[Language | str] = LANGUAGES
) -> dict[str, Any]:
    """Return a decision as what a JSON parser would return of `write_decision`.

    Identifiers and names are masked; what the office's officer wrote in words is left out.

    Args:
        decision: What was decided.
        languages: Languages of reasons and notices, in this order; citations come in both.

    Raises:
        ValueError: A language nobody knows.
    """
    document: dict[str, Any] = _writer(None).unstructure(_document(decision, languages))
    return document


def error_document(error: InputError) -> dict[str, Any]:
    """Return what is wrong with a document, or with a case, as a document of its own."""
    document: dict[str, Any] = _writer(None).unstructure(
        ErrorDocument(
            taxgate=__version__,
            faults=tuple(
                FaultEntry(path=path, problem=problem) for path, problem in _faults(error)
            ),
        )
    )
    return document


def _faults(error: InputError) -> tuple[tuple[str, str], ...]:
    match error:
        case WireError():
            return error.faults
        case ApplicationError():
            return ((application_path(error), error.problem),)
        case AnswerError():
            return (("$.answers", str(error)),)
        case _:
            return (("$", str(error)),)


def _document(decision: Decision, languages: Sequence[Language | str]) -> DecisionDocument:
    told = tuple(Language(language) for language in languages)
    heading = decision.heading
    on = heading.governing_on
    return DecisionDocument(
        taxgate=__version__,
        checkpoint=heading.checkpoint,
        act=heading.act,
        outcome=decision.outcome,
        verdict=decision.verdict,
        effect=decision.effect,
        may_complete=decision.may_complete,
        verified=decision.verified,
        retryable=decision.retryable,
        governing_on=on,
        at=heading.at,
        case_no=heading.case_no,
        office=heading.office,
        division=heading.division,
        readings=tuple(reading for reading in Reading if reading in decision.readings),
        findings=tuple(_finding(finding, on, told) for finding in decision.findings),
        obstacles=tuple(_obstacle(obstacle, on) for obstacle in decision.obstacles),
        flags=decision.flags,
        referrals=tuple(_referral(referral) for referral in decision.referrals),
        remedies=tuple(_remedy(remedy, on, told) for remedy in decision.remedies()),
        notices=tuple(_notices(decision, told)),
    )


def _finding(finding: Finding, on: date, languages: Iterable[Language]) -> FindingEntry:
    from ..wording.common import reason  # noqa: PLC0415 - texts are loaded when first needed

    obligation = finding.obligation
    row = finding.ruling.row
    return FindingEntry(
        code=finding.code,
        outcome=finding.outcome,
        verdict=finding.outcome.verdict,
        effect=finding.outcome.effect,
        rows=finding.rows,
        table=finding.ruling.table.name,
        matter=obligation.matter,
        subject=obligation.subject,
        party=obligation.party.masked if obligation.party is not None else None,
        period=obligation.period,
        state=getattr(obligation.facts, "state", None),
        facts=_facts(obligation.facts),
        basis=obligation.basis,
        outage=_outage(obligation.answer),
        retryable=row.retryable,
        reading=finding.ruling.reading,
        step=row.step,
        citations=_citations(finding.cites(on)),
        reason={language: reason(finding, language) for language in languages},
        records=tuple(
            RecordEntry(label=item.record.label, standing=item.standing, why=item.why)
            for item in obligation.weighed
        ),
    )


def _outage(answer: Answer | None) -> OutageCause | None:
    return answer.outage.cause if answer is not None and answer.outage is not None else None


def _facts(facts: Any) -> dict[str, str]:  # noqa: ANN401 - each kind of obligation has its own
    return {name: str(getattr(facts, name)) for name in _columns(facts.__class__)}


@cache
def _columns(facts: Any) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(item.name for item in attrs.fields(facts))


def _obstacle(obstacle: Obstacle, on: date) -> ObstacleEntry:
    cites = tuple(item for item in obstacle.ruling.row.cites if item.in_force(on))
    return ObstacleEntry(kind=obstacle.kind, rows=obstacle.rows, citations=_citations(cites))


def _referral(referral: Referral) -> ReferralEntry:
    return ReferralEntry(
        kind=referral.kind,
        matter=referral.matter,
        person=referral.person.masked if referral.person is not None else None,
        voucher_no=mask_code(referral.voucher_no) if referral.voucher_no is not None else None,
        citation=_citations((referral.basis,))[0],
    )


def _remedy(remedy: Remedy, on: date, languages: tuple[Language, ...]) -> RemedyEntry:
    obligation = remedy.obligation
    return RemedyEntry(
        matter=obligation.matter,
        subject=obligation.subject,
        party=obligation.party.masked if obligation.party is not None else None,
        period=obligation.period,
        ways=tuple(tuple(_action(item, languages) for item in way) for way in remedy.ways),
        citations=_citations(tuple(item for item in remedy.cites if item.in_force(on))),
    )


def _action(action: Action, languages: Iterable[Language]) -> ActionEntry:
    from ..wording.common import action as words  # noqa: PLC0415 - loaded when first needed

    return ActionEntry(
        action=action.name,
        actor=action.actor,
        text={language: words(action, language) for language in languages},
    )


def _notices(decision: Decision, languages: Sequence[Language]) -> Iterable[NoticeEntry]:
    if not languages:
        return
    from ..notices import notices_in  # noqa: PLC0415 - texts are loaded when first needed

    for notice in notices_in(decision, languages):
        yield NoticeEntry(
            language=notice.language,
            addressee=notice.addressee,
            role=notice.role,
            to_authority=notice.to_authority,
            effect=notice.effect,
            codes=tuple(item.code for item in notice.items),
            text=notice.text,
        )


@lru_cache(maxsize=1024)
def _citations(cites: tuple[Provision, ...]) -> tuple[CitationEntry, ...]:
    return tuple(
        CitationEntry(
            id=provision.id, zh=provision.cite(Language.ZH_CN), en=provision.cite(Language.EN)
        )
        for provision in cites
    )


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _json(value: Any) -> str:  # noqa: ANN401
    return _ENCODER.encode(value)
