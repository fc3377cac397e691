"""Deciding logged cases again (重演): from what was kept, without asking anybody.

Two ways. By the tables alone, from the facts every entry keeps for good: that also answers what
another reading would have changed, over any number of entries. From the start, where the sealed
evidence is still there and can be read: application and answers are appraised once more, too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import SimpleNamespace
from typing import Any, Final

from attrs import evolve, field, frozen

from ..errors import InputError, LogKeyError
from ..export import tables
from ..findings import Outcome
from ..recorded import Recorded
from ..revision import law_revision
from ..tables import Ruling
from ..terms import Reading
from .decision_log import DecisionLog
from .describing import decision_body, read_evidence
from .entry import Entry, EntryKind
from .reporting import between, readable
from .store import Store

__all__ = ["Change", "Difference", "Kind", "replay", "what_if"]


class Kind(StrEnum):
    """What deciding again came to."""

    SAME = "same"
    OTHER = "other"
    """Another outcome, or the same for another reason."""
    UNKNOWN_FACTS = "unknown-facts"
    """The tables of this copy do not know a table, a column or a member of the entry."""
    SEALED = "sealed"
    """The evidence was erased, or its key is gone: decided by the tables alone, with the same
    result."""


@frozen(kw_only=True)
class Change:
    """One table that says something else.

    Attributes:
        table: Its public name.
        before: Reason code and outcome that are recorded; the outcome is None where it was silent.
        after: Reason code and outcome now.
        rows: Ids of the specification's rows that matched now.
    """

    table: str
    before: tuple[str, str | None]
    after: tuple[str, str | None]
    rows: tuple[str, ...]


@frozen(kw_only=True)
class Difference:
    """What deciding one entry again came to.

    Attributes:
        seq: The entry.
        case: Token of the case.
        kind: What it came to.
        law: Revision of the law it was decided by.
        same_law: Whether this copy decides by the same.
        before: Outcome that is recorded.
        after: Outcome now; None where the tables cannot tell, or the input would be refused.
        changes: Tables that say something else.
    """

    seq: int
    case: str
    kind: Kind
    law: str
    same_law: bool
    before: str
    after: str | None
    changes: tuple[Change, ...] = field(default=())


def replay(
    log: DecisionLog,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    evidence: bool = True,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Difference]:
    """Decide every logged case of a time again; yield what came of each, those alike included.

    Args:
        log: The log.
        since: Instant of the first decision; None: from the beginning.
        until: Instant decisions lie before; None: to the end.
        evidence: Whether to start from the sealed evidence where it can be read.
        progress: Told the number of each entry that was read.

    Raises:
        LogError: The log cannot be read.
        LogTamperedError: An entry is not what the log writes.
    """
    for entry in _decisions(log, since, until, progress):
        with readable(entry):
            found = _by_tables(entry, _readings(entry))
        if evidence and found.kind is Kind.SAME:
            found = _from_evidence(log, entry, found)
        yield found


def what_if(
    log: DecisionLog | Store,
    readings: Mapping[Reading, bool],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Difference]:
    """Decide every logged case by the tables again with other readings; yield what came of each.

    Args:
        log: The log; no key is needed.
        readings: Readings to switch on or off; the others stay as each entry has them.
        since: Instant of the first decision; None: from the beginning.
        until: Instant decisions lie before; None: to the end.
        progress: Told the number of each entry that was read.

    Raises:
        LogError: The log cannot be read.
        LogTamperedError: An entry is not what the log writes.
    """
    on = frozenset(reading for reading, wanted in readings.items() if wanted)
    off = frozenset(readings) - on
    for entry in _decisions(log, since, until, progress):
        with readable(entry):
            found = _by_tables(entry, (_readings(entry) | on) - off)
        yield found


def _decisions(
    log: DecisionLog | Store,
    since: datetime | None,
    until: datetime | None,
    progress: Callable[[int], None] | None,
) -> Iterator[Entry]:
    for entry in log.entries():
        if progress is not None:
            progress(entry.seq)
        with readable(entry):
            wanted = entry.kind is EntryKind.DECISION and between(entry, since, until)
        if wanted:
            yield entry


def _readings(entry: Entry) -> frozenset[Reading]:
    known = {reading.value for reading in Reading}
    return frozenset(Reading(text) for text in entry.body["readings"] if text in known)


def _by_tables(entry: Entry, readings: frozenset[Reading]) -> Difference:
    """Return what the tables say to the facts of *entry* under *readings*."""
    body = entry.body
    outcomes: list[Outcome] = []
    changes: list[Change] = []
    unknown = False
    for finding in body["findings"]:
        facts = body["obligations"][finding["obligation"]]["facts"]
        ruling = _ruling(finding["table"], tuple(sorted(facts.items())), readings)
        if ruling is None:
            unknown = True
            continue
        if ruling.conclusion is not None:
            outcomes.append(ruling.conclusion)
        change = _change(finding, ruling)
        if change is not None:
            changes.append(change)
    after = None if unknown or not outcomes else max(outcomes).value
    if unknown:
        kind = Kind.UNKNOWN_FACTS
    elif changes or after != body["outcome"]:
        kind = Kind.OTHER
    else:
        kind = Kind.SAME
    return Difference(
        seq=entry.seq,
        case=body["case"],
        kind=kind,
        law=body["law"],
        same_law=body["law"] == law_revision(),
        before=body["outcome"],
        after=after,
        changes=tuple(changes),
    )


def _change(finding: Mapping[str, Any], ruling: Ruling[Outcome]) -> Change | None:
    outcome = None if ruling.conclusion is None else ruling.conclusion.value
    before, after = (finding["code"], finding["outcome"]), (ruling.code, outcome)
    if before == after:
        return None
    return Change(table=finding["table"], before=before, after=after, rows=ruling.row.ids)


@cache
def _ruling(
    table: str, facts: tuple[tuple[str, str], ...], readings: frozenset[Reading]
) -> Ruling[Outcome] | None:
    """Return what a table says to facts as they are recorded; None where it does not know them.

    Facts are few and come again, so each combination is looked up once.
    """
    known = tables().get(table)
    if known is None:
        return None
    recorded = dict(facts)
    members = {}
    for column, of_column in known.columns.items():
        by_value = {member.value: member for member in of_column}
        if recorded.get(column) not in by_value:
            return None
        members[column] = by_value[recorded[column]]
    return known.decide(SimpleNamespace(**members), readings)


_TOLD: Final = frozenset({"law", "taxgate", "supersedes", "evidence"})
"""What of a body says where it stands and not what was decided."""


def _from_evidence(log: DecisionLog, entry: Entry, found: Difference) -> Difference:
    """Return what comes of appraising *entry* from its evidence, where that can be read."""
    sealed = log.store.sealed(entry.seq)
    if sealed is None:
        return _with(found, Kind.SEALED)
    try:
        case, purpose, actor = read_evidence(log.keys.unseal(sealed))
        decision = case.decide()
    except LogKeyError:
        return _with(found, Kind.SEALED)
    except InputError:
        # This version may refuse what was decided then; later cases are decided all the same.
        return evolve(found, kind=Kind.OTHER, after=None)
    again = decision_body(
        log.keys,
        Recorded(case=case, decision=decision, purpose=purpose, actor=actor),
        evidence=entry.body["evidence"],
    )
    # Tokens are those of the key in use then; what was decided does not depend on them.
    with readable(entry):
        same = _decided(again) == _decided(entry.body)
    if same:
        return found
    return Difference(
        seq=entry.seq,
        case=found.case,
        kind=Kind.OTHER,
        law=found.law,
        same_law=found.same_law,
        before=entry.body["outcome"],
        after=decision.outcome.value,
        changes=tuple(_changes(entry.body["findings"], again["findings"])),
    )


def _decided(body: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """Return what was decided: the body without its place, its tokens and its version."""
    kept = {name: body[name] for name in body if name not in _TOLD | _TOKENS}
    obligations = [_without(item, _ABOUT) for item in body["obligations"]]
    answers = [_without(item, _ABOUT) for item in body["answers"]]
    return {**kept, "obligations": obligations, "answers": answers}


_TOKENS: Final = frozenset({"actor", "case", "request", "content"})
_ABOUT: Final = frozenset({"about", "party"})


def _without(value: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    return {name: part for name, part in value.items() if name not in names}


def _changes(
    before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]
) -> Iterator[Change]:
    """Yield the tables that were asked once only, or say something else, in order."""
    first = {(item["obligation"], item["table"]): item for item in before}
    second = {(item["obligation"], item["table"]): item for item in after}
    for key in dict.fromkeys((*first, *second)):
        old, new = first.get(key), second.get(key)
        said = [
            ("", None) if item is None else (item["code"], item["outcome"]) for item in (old, new)
        ]
        if said[0] != said[1]:
            rows = () if new is None else tuple(new["rows"])
            yield Change(table=key[1], before=said[0], after=said[1], rows=rows)


def _with(found: Difference, kind: Kind) -> Difference:
    return evolve(found, kind=kind, changes=())
