"""What the log keeps of a decision: a body for good, and evidence that can be erased.

The body holds every table that was asked, the facts it read and what it said: enough to decide by
the tables again for ever, and nothing about a person. The evidence holds the application and the
answers as they were: enough to appraise them again, and to decide once more from the start.
"""

from __future__ import annotations

import json
from typing import Any, Final

import attrs

from .. import __version__
from ..evidence import Answer, Inquiry, Provenance, Purpose, Reservation
from ..findings import Finding, Obligation
from ..parties import Person
from ..recorded import Recorded
from ..revision import law_revision
from ..wire.case import Case
from ..wire.reading import case_of
from ..wire.writing import unstructured
from .canonical import canonical, digest_of
from .entry import EntryKind
from .keys import KeyRing

__all__ = [
    "content_digest",
    "content_token",
    "decision_body",
    "evidence_of",
    "read_evidence",
    "request_token",
]

FORMAT: Final = 1
"""Version of what a body and evidence look like."""


def request_token(keys: KeyRing, purpose: Purpose, case: Case, key_id: str | None = None) -> str:
    """Return what is the same for the same office, case and matter, under one token key."""
    matter = f"{case.checkpoint}/{case.application.act}"
    # No text of a purpose holds a control character: nothing runs into what stands beside it.
    return keys.token("request", f"{purpose.office}\0{purpose.case_no}\0{matter}", key_id)


def content_digest(case: Case) -> str:
    """Return what is the same for the same application and readings; never kept as it is."""
    application = unstructured(case.checkpoint, case.application)
    return digest_of({"application": application, "readings": sorted(case.readings)})


def content_token(keys: KeyRing, digest: str, key_id: str | None = None) -> str:
    """Return the token of a content digest under one token key."""
    return keys.token("content", digest, key_id)


def decision_body(
    keys: KeyRing,
    recorded: Recorded,
    *,
    evidence: str,
    supersedes: int | None = None,
    content: str | None = None,
) -> dict[str, Any]:
    """Return the body of the entry that records a decision.

    Args:
        keys: For tokens.
        recorded: The check.
        evidence: Digest of the sealed evidence.
        supersedes: Entry of the decision it takes the place of.
        content: Token of the application, where it was worked out already.
    """
    case, decision, purpose = recorded.case, recorded.decision, recorded.purpose
    found = (*decision.findings, *decision.silent)
    # Several tables may read one obligation; it is described once.
    obligations = list({id(item.obligation): item.obligation for item in found}.values())
    place = {id(item): number for number, item in enumerate(obligations)}
    return {
        "kind": EntryKind.DECISION.value,
        "format": FORMAT,
        "taxgate": __version__,
        "law": law_revision(),
        "at": decision.heading.at.isoformat(),
        "office": purpose.office,
        "provision": purpose.provision,
        "actor": None if recorded.actor is None else keys.token("actor", recorded.actor),
        "case": keys.token("case", f"{purpose.office}\0{purpose.case_no}"),
        "request": request_token(keys, purpose, case),
        "content": content or content_token(keys, content_digest(case)),
        "supersedes": supersedes,
        "checkpoint": case.checkpoint.value,
        "act": str(decision.heading.act),
        "division": decision.heading.division.value,
        "governing_on": decision.heading.governing_on.isoformat(),
        "readings": sorted(decision.readings),
        "outcome": decision.outcome.value,
        "verdict": decision.verdict.value,
        "effect": decision.effect.value,
        "may_complete": decision.may_complete,
        "verified": decision.verified,
        "retryable": decision.retryable,
        "obligations": [_obligation(keys, item) for item in obligations],
        "findings": [_finding(item, place[id(item.obligation)]) for item in found],
        "obstacles": [
            {"kind": item.kind.value, "code": item.ruling.code, "rows": list(item.rows)}
            for item in decision.obstacles
        ],
        "flags": [flag.value for flag in decision.flags],
        "referrals": [item.kind.value for item in decision.referrals],
        "answers": [_answer(keys, item) for item in case.answers],
        "evidence": evidence,
    }


def evidence_of(recorded: Recorded) -> bytes:
    """Return what is sealed beside the entry: everything the decision was made from, in clear."""
    answers = [
        {
            "provenance": item.provenance.value,
            "reservations": [part.value for part in item.reservations],
            "detail": None if item.outage is None else item.outage.detail,
        }
        for item in recorded.case.answers
    ]
    return canonical(
        {
            "format": FORMAT,
            "case": unstructured(recorded.case.checkpoint, recorded.case),
            "answers": answers,
            "office": recorded.purpose.office,
            "case_no": recorded.purpose.case_no,
            "provision": recorded.purpose.provision,
            "actor": recorded.actor,
        }
    )


def read_evidence(plain: bytes) -> tuple[Case, Purpose, str | None]:
    """Return case, purpose and actor of unsealed evidence.

    Raises:
        WireError: It holds no case.
        KeyError: It is no evidence of this format.
    """
    value = json.loads(plain)
    case = case_of(value["case"])
    answers = tuple(
        _vouched(answer, vouched)
        for answer, vouched in zip(case.answers, value["answers"], strict=True)
    )
    purpose = Purpose(
        office=value["office"], case_no=value["case_no"], provision=value["provision"]
    )
    return attrs.evolve(case, answers=answers), purpose, value["actor"]


def _vouched(answer: Answer, vouched: dict[str, Any]) -> Answer:
    """Return *answer* with what its source vouched for."""
    outage = answer.outage
    if outage is not None:
        outage = attrs.evolve(outage, detail=vouched["detail"])
    return attrs.evolve(
        answer,
        outage=outage,
        provenance=Provenance(vouched["provenance"]),
        reservations=tuple(Reservation(part) for part in vouched["reservations"]),
    )


def _obligation(keys: KeyRing, obligation: Obligation) -> dict[str, Any]:
    answer = obligation.answer
    outage = None if answer is None or answer.outage is None else answer.outage.cause.value
    return {
        "matter": obligation.matter.value,
        "about": _about(keys, obligation.inquiry),
        "party": _party(keys, obligation.party),
        "period": obligation.period,
        "basis": None if obligation.basis is None else obligation.basis.value,
        "outage": outage,
        "facts": _facts(obligation.facts),
    }


def _finding(finding: Finding, obligation: int) -> dict[str, Any]:
    ruling = finding.ruling
    return {
        "obligation": obligation,
        "table": ruling.table.name,
        "rows": list(ruling.row.ids),
        "code": ruling.code,
        "outcome": None if ruling.conclusion is None else ruling.conclusion.value,
        "reading": None if ruling.reading is None else ruling.reading.value,
    }


def _answer(keys: KeyRing, answer: Answer) -> dict[str, Any]:
    return {
        "matter": answer.inquiry.matter.value,
        "about": _about(keys, answer.inquiry),
        "party": _party(keys, answer.inquiry.person),
        "source": answer.source,
        "provenance": answer.provenance.value,
        "reservations": [part.value for part in answer.reservations],
        "as_of": None if answer.as_of is None else answer.as_of.isoformat(),
        "outage": None if answer.outage is None else answer.outage.cause.value,
        "records": None if answer.records is None else len(answer.records),
    }


def _about(keys: KeyRing, inquiry: Inquiry | None) -> str | None:
    """Return the token of what an inquiry is about: a vehicle, a unit, a company."""
    if inquiry is None:
        return None
    subject = inquiry.vin or inquiry.unit or inquiry.company
    return None if subject is None else keys.token("subject", subject.value)


def _party(keys: KeyRing, person: Person | None) -> str | None:
    return None if person is None else keys.token("person", f"{person.id_type}\0{person.number}")


def _facts(facts: Any) -> dict[str, str]:  # noqa: ANN401 - each kind of obligation has its own
    return {item.name: str(getattr(facts, item.name)) for item in attrs.fields(type(facts))}
