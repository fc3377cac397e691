"""Counting the log (统计): how often what was decided, why, where, and how long it took to clear.

One pass over the entries. What is kept in memory grows with vocabularies, offices, officers, days
and with cases that are still open, not with the entries. Nothing that is counted names a person:
an officer appears as the token of the log.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Final

from attrs import define, field, frozen

from ..errors import LogTamperedError
from ..evidence import china_date
from ..terms import Effect
from .entry import Entry, EntryKind

__all__ = ["Actor", "Clearing", "Counts", "RowActs", "between", "count", "ranked", "readable"]


@frozen
class Clearing:
    """How long cases took from their first hold or refusal to the decision that let them go on.

    Attributes:
        open: Cases that were not let go on yet.
        cleared: Cases that were.
        median: Minutes half of them took at most; None where there are none.
        ninetieth: Minutes nine in ten of them took at most.
        longest: Minutes the slowest took.
    """

    open: int
    cleared: int
    median: int | None
    ninetieth: int | None
    longest: int | None


@frozen
class RowActs:
    """Acts of officers (经办人处置) beside decisions that one row of the tables decided.

    Attributes:
        row: Id of the row.
        acts: Acts, by what was done.
        decisions: Decisions the row decided in the same time.
    """

    row: str
    acts: Mapping[str, int]
    decisions: int

    @property
    def rate(self) -> float | None:
        """Acts for each decision; None where the decisions lie outside the time counted."""
        return sum(self.acts.values()) / self.decisions if self.decisions else None


@frozen
class Actor:
    """What one officer did, to see who asks conspicuously often.

    Attributes:
        token: Token of the officer.
        decisions: Decisions made by them.
        readings: Entries they read in clear.
        busiest_hour: Most of both within one hour of the clock.
    """

    token: str
    decisions: int
    readings: int
    busiest_hour: int


@define(kw_only=True)
class Counts:
    """What one pass over the log counted.

    Attributes:
        entries: Entries counted.
        first: Instant of the earliest of them.
        last: Instant of the latest.
        kinds: Entries by what they record.
        decisions: Decisions.
        completable: Decisions by which the registration may be completed.
        unverified: Decisions that proceed though no tax check took place.
        rechecks: Decisions that took the place of an earlier one of the same case.
        checkpoints: Decisions by checkpoint.
        outcomes: Decisions by outcome.
        effects: Decisions by effect.
        reasons: Reason codes of the findings that decided, each once a decision.
        matters: Matter each of these codes was last about.
        offices: Decisions by office.
        obstacles: Non-tax obstacles by kind.
        flags: Remarks.
        readings: Readings (释义选项) that were in force, by decision.
        outages: Outage causes, one for each matter and subject of a decision.
        sources: Answers by source: how many there were, and how many were outages.
        days: Decisions by calendar day in China and effect.
        clear_readings: Readings of personal data in clear, by reason.
        erased: Entries whose evidence was erased.
        acts: Acts of officers by kind.
    """

    entries: int = 0
    first: datetime | None = None
    last: datetime | None = None
    kinds: Counter[str] = field(factory=Counter)
    decisions: int = 0
    completable: int = 0
    unverified: int = 0
    rechecks: int = 0
    checkpoints: Counter[str] = field(factory=Counter)
    outcomes: Counter[str] = field(factory=Counter)
    effects: Counter[str] = field(factory=Counter)
    reasons: Counter[str] = field(factory=Counter)
    matters: dict[str, str] = field(factory=dict)
    offices: Counter[str] = field(factory=Counter)
    obstacles: Counter[str] = field(factory=Counter)
    flags: Counter[str] = field(factory=Counter)
    readings: Counter[str] = field(factory=Counter)
    outages: Counter[str] = field(factory=Counter)
    sources: Counter[tuple[str, bool]] = field(factory=Counter)
    days: Counter[tuple[date, str]] = field(factory=Counter)
    clear_readings: Counter[str] = field(factory=Counter)
    erased: int = 0
    acts: Counter[str] = field(factory=Counter)
    _rows: Counter[str] = field(factory=Counter)
    _row_acts: Counter[tuple[str, str]] = field(factory=Counter)
    _actors: dict[str, _Doing] = field(factory=dict)
    _held: dict[int, _Hold] = field(factory=dict)
    _times: dict[str, Counter[int]] = field(factory=dict)

    def add(self, entry: Entry) -> None:
        """Count one entry; they come in the order of the chain."""
        body = entry.body
        at = datetime.fromisoformat(body["at"])
        self.entries += 1
        self.first = at if self.first is None else min(self.first, at)
        self.last = at if self.last is None else max(self.last, at)
        self.kinds[entry.kind.value] += 1
        match entry.kind:
            case EntryKind.DECISION:
                self._decision(entry.seq, body, at)
            case EntryKind.ACT:
                self.acts[body["act"]] += 1
                for row in body["rows"]:
                    self._row_acts[row, body["act"]] += 1
            case EntryKind.READING:
                self.clear_readings[body["reason"]] += 1
                self._doing(body["reader"]).read(at)
            case EntryKind.ERASURE:
                self.erased += len(body["entries"])
            case EntryKind.KEY:
                pass

    def _decision(self, seq: int, body: Mapping[str, Any], at: datetime) -> None:
        self.decisions += 1
        self.completable += body["may_complete"]
        self.unverified += body["effect"] == Effect.PROCEED and not body["verified"]
        self.rechecks += body["supersedes"] is not None
        self.checkpoints[body["checkpoint"]] += 1
        self.outcomes[body["outcome"]] += 1
        self.effects[body["effect"]] += 1
        self.offices[body["office"]] += 1
        self.days[china_date(at), body["effect"]] += 1
        self.obstacles.update(item["kind"] for item in body["obstacles"])
        self.flags.update(body["flags"])
        self.readings.update(body["readings"])
        deciding = [item for item in body["findings"] if item["outcome"] == body["outcome"]]
        self.reasons.update({item["code"] for item in deciding})
        for item in deciding:
            self.matters[item["code"]] = body["obligations"][item["obligation"]]["matter"]
        self._rows.update({row for item in deciding for row in item["rows"]})
        self.outages.update(
            cause
            for *_, cause in {
                (item["matter"], item["about"], item["party"], item["outage"])
                for item in body["obligations"]
                if item["outage"] is not None
            }
        )
        for answer in body["answers"]:
            self.sources[answer["source"], answer["outage"] is not None] += 1
        if body["actor"] is not None:
            self._doing(body["actor"]).decided(at)
        self._clear(seq, body, at)

    def follow(self, entry: Entry) -> None:
        """Note of an entry before the time counted no more than whether it holds a case."""
        if entry.kind is EntryKind.DECISION:
            self._hold(entry.seq, entry.body, datetime.fromisoformat(entry.body["at"]))

    def _clear(self, seq: int, body: Mapping[str, Any], at: datetime) -> None:
        """Count how long a case was held, where this decision lets it go on."""
        before = self._hold(seq, body, at)
        if before is not None and body["effect"] == Effect.PROCEED:
            minutes = max(0, int((at - before.since).total_seconds() // 60))
            self._times.setdefault(before.outcome, Counter())[minutes] += 1

    def _hold(self, seq: int, body: Mapping[str, Any], at: datetime) -> _Hold | None:
        """Follow a case from its first hold; return that hold where there was one."""
        before = self._held.pop(body["supersedes"], None)
        if body["effect"] != Effect.PROCEED:
            self._held[seq] = before or _Hold(at, body["outcome"])
        return before

    def _doing(self, token: str) -> _Doing:
        return self._actors.setdefault(token, _Doing())

    @property
    def clearing(self) -> Mapping[str, Clearing]:
        """How long cases took to clear, by the outcome they were first held or refused with."""
        still = Counter(hold.outcome for hold in self._held.values())
        return {
            outcome: _clearing(still[outcome], self._times.get(outcome, Counter()))
            for outcome in sorted({*still, *self._times})
        }

    @property
    def clearing_together(self) -> Clearing:
        """The same of all outcomes together."""
        times: Counter[int] = Counter()
        for of_outcome in self._times.values():
            times.update(of_outcome)
        return _clearing(len(self._held), times)

    @property
    def row_acts(self) -> tuple[RowActs, ...]:
        """Acts of officers by row, those acted against most often first."""
        found: dict[str, dict[str, int]] = {}
        for (row, kind), number in sorted(self._row_acts.items()):
            found.setdefault(row, {})[kind] = number
        made = [RowActs(row, acts, self._rows[row]) for row, acts in found.items()]
        return tuple(sorted(made, key=lambda item: (-sum(item.acts.values()), item.row)))

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Officers, the busiest hour first."""
        made = [
            Actor(token, doing.decisions, doing.readings, doing.most)
            for token, doing in self._actors.items()
        ]
        return tuple(sorted(made, key=lambda item: (-item.busiest_hour, item.token)))

    @property
    def value(self) -> dict[str, Any]:
        """Everything as plain values."""
        return {
            "entries": self.entries,
            "first": None if self.first is None else self.first.isoformat(),
            "last": None if self.last is None else self.last.isoformat(),
            "kinds": ranked(self.kinds),
            "decisions": self.decisions,
            "completable": self.completable,
            "unverified": self.unverified,
            "rechecks": self.rechecks,
            "checkpoints": ranked(self.checkpoints),
            "outcomes": ranked(self.outcomes),
            "effects": ranked(self.effects),
            "reasons": ranked(self.reasons),
            "offices": ranked(self.offices),
            "obstacles": ranked(self.obstacles),
            "flags": ranked(self.flags),
            "readings": ranked(self.readings),
            "outages": ranked(self.outages),
            "sources": {
                name: {"answers": answers, "outages": outages}
                for name, answers, outages in self.by_source
            },
            "days": {
                on.isoformat(): {
                    effect: self.days[on, effect] for effect in Effect if self.days[on, effect]
                }
                for on in sorted({on for on, _ in self.days})
            },
            "clearing_minutes": {
                outcome: _clearing_value(found) for outcome, found in self.clearing.items()
            },
            "clear_readings": ranked(self.clear_readings),
            "erased": self.erased,
            "acts": ranked(self.acts),
            "acts_by_row": [
                {
                    "row": item.row,
                    "acts": dict(item.acts),
                    "decisions": item.decisions,
                    "rate": None if item.rate is None else round(item.rate, 6),
                }
                for item in self.row_acts
            ],
            "actors": [
                {
                    "actor": item.token,
                    "decisions": item.decisions,
                    "clear_readings": item.readings,
                    "busiest_hour": item.busiest_hour,
                }
                for item in self.actors
            ],
        }

    @property
    def by_source(self) -> tuple[tuple[str, int, int], ...]:
        """Name, answers and outages of each source, by name."""
        names = sorted({name for name, _ in self.sources})
        return tuple(
            (name, self.sources[name, False] + self.sources[name, True], self.sources[name, True])
            for name in names
        )


def count(
    entries: Iterable[Entry],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    progress: Callable[[int], None] | None = None,
) -> Counts:
    """Count *entries* of a time.

    Args:
        entries: In the order of the chain.
        since: Instant of the first; None: from the beginning.
        until: Instant they lie before; None: to the end.
        progress: Told the number of each entry that was read.

    Raises:
        LogError: The log cannot be read.
    """
    counts = Counts()
    for entry in entries:
        if progress is not None:
            progress(entry.seq)
        with readable(entry):
            if between(entry, since, until):
                counts.add(entry)
            elif between(entry, None, since):
                counts.follow(entry)
    return counts


@contextmanager
def readable(entry: Entry) -> Iterator[None]:
    """Read *entry* inside; a body that is not what the log writes is said to be none.

    Raises:
        LogTamperedError: Something is missing in it, or is of another kind.
    """
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError):
        problem = "is not written as the log writes: verify the log"
    else:
        return
    # Outside the handler: what it caught may show what somebody wrote there.
    raise LogTamperedError(entry.seq, problem)


def between(entry: Entry, since: datetime | None, until: datetime | None) -> bool:
    """Tell whether *entry* was made at or after *since*, and before *until*."""
    if since is None and until is None:
        return True
    at = datetime.fromisoformat(entry.body["at"])
    return (since is None or since <= at) and (until is None or at < until)


def ranked(counted: Mapping[str, int]) -> dict[str, int]:
    """Return *counted* with the most frequent first, and by name where two are as frequent."""
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


@frozen
class _Hold:
    """Since when a case has been held or refused, and why at first."""

    since: datetime
    outcome: str


@define
class _Doing:
    """What one officer did so far."""

    decisions: int = 0
    readings: int = 0
    most: int = 0
    _hour: datetime | None = None
    _within: int = 0

    def decided(self, at: datetime) -> None:
        self.decisions += 1
        self._tick(at)

    def read(self, at: datetime) -> None:
        self.readings += 1
        self._tick(at)

    def _tick(self, at: datetime) -> None:
        # Entries come as good as in the order of time, so one hour at a time is enough.
        hour = at.replace(minute=0, second=0, microsecond=0)
        self._within = self._within + 1 if hour == self._hour else 1
        self._hour = hour
        self.most = max(self.most, self._within)


_HALF: Final = 0.5
_NINE_IN_TEN: Final = 0.9


def _clearing(still: int, times: Counter[int]) -> Clearing:
    total = times.total()
    if not total:
        return Clearing(still, 0, None, None, None)
    return Clearing(still, total, _within(times, _HALF), _within(times, _NINE_IN_TEN), max(times))


def _within(times: Counter[int], share: float) -> int:
    """Return the minutes that *share* of all cases took at most."""
    due, found = share * times.total(), 0
    for minutes in sorted(times):
        found += times[minutes]
        if found >= due:
            return minutes
    raise AssertionError("all cases together are fewer than a share of them")


def _clearing_value(found: Clearing) -> dict[str, int | None]:
    return {
        "open": found.open,
        "cleared": found.cleared,
        "median": found.median,
        "ninetieth": found.ninetieth,
        "longest": found.longest,
    }
