"""The gate (查验闸口): an application goes in, the tax bureau is asked, a decision comes out.

    with Gate(source) as gate:
        decision = gate.check(application, purpose=Purpose(...))

The only place where the pure checks meet sources and clocks. All inquiries of one application are
made side by side within one deadline. Whatever goes wrong with a source becomes an outage in the
decision, never a pass; a mistake in a program travels on as the exception it is.

`AsyncGate` has the same names for programs on an event loop.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import time
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from contextvars import copy_context
from pathlib import Path
from typing import Final, Self

from attrs import evolve, frozen

from .config import WITHIN, load
from .decision import Decision
from .errors import ApplicationError, ClosedError, ConfigError, PurposeError
from .evidence import (
    Answer,
    Inquiry,
    OutageCause,
    OutageKind,
    Provenance,
    Purpose,
    not_fresh,
)
from .proceedings import Application
from .recorded import DecisionLog, Recorded
from .sources import (
    ClearanceSource,
    Clock,
    Deadline,
    Monotonic,
    SourceError,
    SourceUntrustedError,
    ask,
    system_clock,
)
from .terms import Checkpoint, Matter, Reading
from .wire.case import CHECKPOINTS, Case, rules

__all__ = ["AsyncGate", "Gate", "Purpose", "purpose_for"]

_LOG: Final = logging.getLogger(__name__)

WORKERS: Final = 32
"""Inquiries that may be under way at once, over all checks of one gate."""


@frozen
class _Question:
    """An application ready to be asked about.

    Attributes:
        checkpoint: Which check it is.
        application: The application, with the office and case number of the purpose.
        inquiries: What the tax bureau is asked.
        purpose: Who asks, in which case, under which provision.
        actor: The officer, where the office said so.
    """

    checkpoint: Checkpoint
    application: Application
    inquiries: tuple[Inquiry, ...]
    purpose: Purpose
    actor: str | None


class _Asking:
    """What both gates share: sources, threads that ask them, and the decision at the end."""

    def __init__(  # noqa: PLR0913 - each may be set by itself, and the first alone will do
        self,
        sources: ClearanceSource | Mapping[Matter, ClearanceSource],
        *,
        readings: Iterable[Reading | str] = (),
        clock: Clock = system_clock,
        monotonic: Monotonic = time.monotonic,
        within: float = WITHIN,
        trial: bool = False,
        raise_outages: bool = False,
        permits: Mapping[str, Collection[Checkpoint | str]] | None = None,
        log: DecisionLog | None = None,
    ) -> None:
        self._by_matter = dict(sources) if isinstance(sources, Mapping) else None
        self._only = None if isinstance(sources, Mapping) else sources
        self._readings: Final = frozenset(Reading(reading) for reading in readings)
        self._clock: Final = clock
        self._monotonic: Final = monotonic
        self._within: Final = within
        self._trial: Final = trial
        self._raise: Final = raise_outages
        self._permits: Final = permits and {
            office: frozenset(Checkpoint(checkpoint) for checkpoint in checkpoints)
            for office, checkpoints in permits.items()
        }
        self._log: Final = log
        self._closed = False
        self._demand_sources()
        self._begin()

    @classmethod
    def from_config(cls, path: str | Path, *, raise_outages: bool = False) -> Self:
        """Return a gate as the configuration file at *path* describes it.

        Raises:
            ConfigError: The file cannot be used; lists every fault.
        """
        found = load(path)
        return cls(
            found.sources,
            readings=found.readings,
            within=found.within,
            trial=found.trial,
            permits=found.permits,
            log=found.log,
            raise_outages=raise_outages,
        )

    def _demand_sources(self) -> None:
        """Refuse at start what could never lead to a decision that counts."""
        faults = []
        if self._by_matter is not None and not self._by_matter:
            faults.append(("sources", "is empty: give one source, or one for each tax"))
        for place, source in self._places():
            if not isinstance(source, ClearanceSource):
                faults.append((place, "is no source: it has no method query(inquiry, deadline)"))
                continue
            provenance = getattr(source, "provenance", None)
            if isinstance(provenance, Provenance) and not provenance.counts and not self._trial:
                faults.append(
                    (place, f"gives {provenance} answers: for a trial, say so with trial=True")
                )
        if faults:
            raise ConfigError(tuple(faults))

    def _places(self) -> list[tuple[str, ClearanceSource]]:
        if self._by_matter is None:
            assert self._only is not None  # noqa: S101 - one of the two is given
            return [("sources", self._only)]
        return [(f"sources.{matter}", source) for matter, source in self._by_matter.items()]

    # Threads --------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._lock = threading.Lock()
        self._under_way: set[Future[Answer]] = set()
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="taxgate")
        # Last: a thread that finds this process noted down takes what was made for it.
        self._pid = os.getpid()

    def _submit(self, inquiries: Iterable[Inquiry], deadline: Deadline) -> list[Future[Answer]]:
        if self._pid != os.getpid():
            # After a fork the threads are gone and the lock may be held for ever.
            self._begin()
        with self._lock:
            if self._closed:
                raise ClosedError("the gate")
            # The context carries what belongs to this check, such as its trace; one for each, since
            # no two threads can be in the same.
            futures = [
                self._pool.submit(copy_context().run, self._answer, item, deadline)
                for item in inquiries
            ]
            self._under_way.update(futures)
        for future in futures:
            future.add_done_callback(self._under_way.discard)
        return futures

    def _end(self) -> None:
        if self._pid != os.getpid():
            # As above: what the process before has under way is not ours to wait for.
            self._begin()
        with self._lock:
            self._closed = True
            running = set(self._under_way)
        for future in running:
            future.cancel()
        # A source that keeps to its deadline ends by then; one that does not is left behind.
        left = wait(running, timeout=self._within).not_done
        self._pool.shutdown(wait=not left, cancel_futures=True)
        # Each of them, even if closing another fails; the log, entered first, comes last.
        with ExitStack() as stack:
            if self._log is not None:
                stack.callback(self._log.close)
            for source in {id(source): source for _, source in self._places()}.values():
                close = getattr(source, "close", None)
                if close is not None:
                    stack.callback(close)

    # Asking ---------------------------------------------------------------------------------------

    def _prepare(self, application: Application, purpose: Purpose, actor: str | None) -> _Question:
        """Return what is to be asked, after looking at why."""
        if not isinstance(purpose, Purpose):
            raise PurposeError("office", "is missing: say who asks, in which case, and by what law")
        judge = rules(_checkpoint(application))
        if self._permits is not None and judge.CHECKPOINT not in self._permits.get(
            purpose.office, frozenset()
        ):
            raise PurposeError("office", f"may not ask at the checkpoint {judge.CHECKPOINT}")
        for name in ("office", "case_no"):
            stated = getattr(application, name)
            if stated is not None and stated != getattr(purpose, name):
                raise PurposeError(name, f"is another than the application's {name}")
        known = evolve(application, office=purpose.office, case_no=purpose.case_no)
        inquiries: tuple[Inquiry, ...] = judge.inquiries(known)
        grounds = {item.purpose.provision for item in inquiries if item.purpose is not None}
        if grounds and purpose.provision not in grounds:
            raise PurposeError(
                "provision", f"is not what this is asked under: {', '.join(sorted(grounds))}"
            )
        return _Question(judge.CHECKPOINT, known, inquiries, purpose, actor)

    def _source_of(self, inquiry: Inquiry) -> ClearanceSource | None:
        return self._only if self._by_matter is None else self._by_matter.get(inquiry.matter)

    def _forget(self, question: _Question) -> None:
        """Drop what sources keep on *question*: whoever asks anew is told what holds now."""
        for inquiry in question.inquiries:
            forget = getattr(self._source_of(inquiry), "forget", None)
            if forget is not None:
                forget(inquiry)

    def _answer(self, inquiry: Inquiry, deadline: Deadline) -> Answer:
        """Return the answer to one inquiry, whatever becomes of it."""
        source = self._source_of(inquiry)
        try:
            if source is None:
                raise SourceError.of("none", OutageCause.NOT_OPENED, "no source for this matter")
            if deadline.passed:
                raise SourceError.of("gate", OutageCause.TIMEOUT)
            answer = ask(source, inquiry, deadline)
            if not (self._trial or answer.provenance.counts):
                raise SourceError.of(answer.source, OutageCause.NOT_LIVE, answer.provenance)
            # Judged now and in the check: the clock may be set in between, and an answer from
            # the future, or one too old, would look fresh by it.
            if (cause := not_fresh(answer.as_of, self._clock())) is not None:
                raise SourceError.of(answer.source, cause)
        except SourceError as error:
            _report(inquiry, error)
            return Answer(inquiry=inquiry, outage=error.outage, source=error.source)
        return answer

    def _settled(self, question: _Question, futures: list[Future[Answer]]) -> list[Answer]:
        """Return every answer; those that are still to come are outages."""
        if any(future.cancelled() for future in futures):
            # Taken back before anybody was asked: the gate was closed meanwhile.
            raise ClosedError("the gate")
        answers = [
            future.result() if future.done() else _too_late(inquiry, future)
            for inquiry, future in zip(question.inquiries, futures, strict=True)
        ]
        kind = rules(question.checkpoint).Record
        for answer in answers:
            # The check looks for records of its own kind: another "unpaid" would go unheard.
            if not all(isinstance(record, kind) for record in answer.records or ()):
                raise TypeError(f"source {answer.source} gave a record that is no {kind.__name__}")
        return answers

    def _recalled(self, question: _Question) -> Decision | None:
        """Return the decision the log holds of this very case, where that still stands."""
        if self._closed:
            raise ClosedError("the gate")
        if self._log is None:
            return None
        return self._log.recall(self._case(question, ()), question.purpose, trial=self._trial)

    def _decided(
        self, question: _Question, answers: Iterable[Answer], *, recheck: bool
    ) -> Decision:
        """Return the decision, kept in the log before anybody hears of it."""
        case = self._case(question, tuple(answers))
        if self._raise:
            _raise_first(case.answers)
        decision = case.decide()
        if self._log is None:
            return decision
        recorded = Recorded(
            case=case, decision=decision, purpose=question.purpose, actor=question.actor
        )
        return self._log.record(recorded, recheck=recheck)

    def _case(self, question: _Question, answers: tuple[Answer, ...]) -> Case:
        return Case(
            checkpoint=question.checkpoint,
            application=question.application,
            answers=answers,
            readings=self._readings,  # type: ignore[arg-type]  # of the converter, not of the field
            at=self._clock(),
        )


class Gate(_Asking):
    """Asks the tax bureau and decides (查验闸口). One gate serves any number of threads.

    Args:
        sources: Whom to ask: one source, or one for each tax. A tax without one counts as not open
            to this office.
        readings: Readings (释义选项) switched on.
        clock: The present instant, for judging how fresh answers are.
        monotonic: Clock the deadline is counted on.
        within: Seconds one check may take, all its inquiries and their retries together.
        trial: Let answers count that are not live: replayed, in memory, or vouched for by nobody.
            Never where registrations are completed on the decision.
        raise_outages: Raise the error of a source instead of deciding with an outage.
        permits: Checkpoints each office may ask at, by its name; without it any may.
        log: Where every decision is kept before it is returned.

    Raises:
        ConfigError: A source gives answers that do not count, and this is no trial.
        ValueError: A reading or checkpoint nobody knows.
    """

    def check(
        self, application: Application, *, purpose: Purpose, actor: str | None = None
    ) -> Decision:
        """Ask what *application* needs, and decide it.

        With a log the decision is kept before it is returned. The same case on the same application
        gets the decision that was kept, without asking anybody, while that still holds.

        Args:
            application: An application of any checkpoint.
            purpose: Who asks, in which case, under which provision (Order Art. 19); it travels with
                each inquiry. Where the application names office and case number, they are the same.
            actor: The officer, for the log; by whatever the office calls them.

        Raises:
            PurposeError: There is no purpose, or it does not permit the inquiries.
            InputError: The application cannot be decided.
            SourceError: A source gave no usable answer, and the gate was told to raise.
            LogConflictError: The log holds a decision of this case on another application.
            LogError: The decision could not be kept, so there is none.
            ClosedError: The gate was closed.
        """
        question = self._prepare(application, purpose, actor)
        kept = self._recalled(question)
        return self._asked(question, recheck=False) if kept is None else kept

    def recheck(
        self, application: Application, *, purpose: Purpose, actor: str | None = None
    ) -> Decision:
        """Ask anew and decide again, whatever was decided before; in a log both stay.

        For a taxpayer who has paid since, and for an application that was corrected. Nor does a
        cache answer: a refund it does not know of is found.

        Args:
            application: As for `check`.
            purpose: As for `check`.
            actor: As for `check`.

        Raises:
            TaxgateError: As for `check`, but for a conflict with an earlier decision.
        """
        question = self._prepare(application, purpose, actor)
        self._forget(question)
        return self._asked(question, recheck=True)

    def _asked(self, question: _Question, *, recheck: bool) -> Decision:
        deadline = Deadline(self._within, monotonic=self._monotonic)
        futures = self._submit(question.inquiries, deadline)
        wait(futures, timeout=deadline.remaining)
        return self._decided(question, self._settled(question, futures), recheck=recheck)

    def close(self) -> None:
        """Let go of threads and sources; inquiries under way are given until their deadline."""
        self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncGate(_Asking):
    """A `Gate` for programs on an event loop; the same arguments and names.

    Sources are asked in threads, so that those written for `Gate` serve here, too. A check that is
    cancelled asks no more than what is already under way.
    """

    async def check(
        self, application: Application, *, purpose: Purpose, actor: str | None = None
    ) -> Decision:
        """Ask what *application* needs, and decide it; see `Gate.check`."""
        question = self._prepare(application, purpose, actor)
        kept = None if self._log is None else await asyncio.to_thread(self._recalled, question)
        return await self._asked(question, recheck=False) if kept is None else kept

    async def recheck(
        self, application: Application, *, purpose: Purpose, actor: str | None = None
    ) -> Decision:
        """Ask anew and decide again, whatever was decided before; see `Gate.recheck`."""
        question = self._prepare(application, purpose, actor)
        self._forget(question)
        return await self._asked(question, recheck=True)

    async def _asked(self, question: _Question, *, recheck: bool) -> Decision:
        deadline = Deadline(self._within, monotonic=self._monotonic)
        futures = self._submit(question.inquiries, deadline)
        await _finished(futures, deadline)
        answers = self._settled(question, futures)
        if self._log is None:
            return self._decided(question, answers, recheck=recheck)
        # Once begun, the write ends, whoever stops waiting: asked again, it is found.
        return await asyncio.to_thread(self._decided, question, answers, recheck=recheck)

    async def close(self) -> None:
        """Let go of threads and sources; inquiries under way are given until their deadline."""
        await asyncio.to_thread(self._end)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def purpose_for(application: Application, *, office: str, case_no: str) -> Purpose:
    """Return the purpose of asking about *application*, under the provision that makes one ask.

    Args:
        application: An application of any checkpoint.
        office: Name of the registration office.
        case_no: Its case number.

    Raises:
        ApplicationError: The application cannot be asked about.
        IdentifierError: Office or case number cannot be what it claims to be.
    """
    judge = rules(_checkpoint(application))
    known = evolve(application, office=office, case_no=case_no)
    for inquiry in judge.inquiries(known):
        if inquiry.purpose is not None:
            purpose: Purpose = inquiry.purpose
            return purpose
    return Purpose(office=office, case_no=case_no, provision=judge.PROVISION.id)


def _checkpoint(application: Application) -> Checkpoint:
    """Return the checkpoint *application* was made for."""
    for checkpoint in CHECKPOINTS:
        if type(application) is rules(checkpoint).Application:
            return checkpoint
    raise ApplicationError("checkpoint", "has no application of this kind: use its own class")


async def _finished(futures: list[Future[Answer]], deadline: Deadline) -> None:
    """Wait for *futures* until the deadline; whoever is cancelled takes back what has not begun."""
    waiting = [asyncio.wrap_future(future) for future in futures]
    try:
        if waiting:
            await asyncio.wait(waiting, timeout=deadline.remaining)
    except asyncio.CancelledError:
        for future in futures:
            future.cancel()
        raise
    finally:
        for each in waiting:
            # Cancelled, or its error looked at: otherwise asyncio would write that error, of which
            # nobody knows what it quotes, into its log, or stumble over a loop that was closed.
            if not each.cancel() and not each.cancelled():
                each.exception()


def _too_late(inquiry: Inquiry, future: Future[Answer]) -> Answer:
    future.cancel()
    error = SourceError.of("gate", OutageCause.TIMEOUT)
    _report(inquiry, error)
    return Answer(inquiry=inquiry, outage=error.outage, source=error.source)


def _raise_first(answers: Iterable[Answer]) -> None:
    """Raise what a source said; an answer nobody can trust comes before one that is missing."""
    outages = [(item.source, item.outage) for item in answers if item.outage is not None]
    outages.sort(key=lambda pair: pair[1].kind is OutageKind.UNREACHABLE)
    for source, outage in outages:
        raise SourceError.of(source, outage.cause, outage.detail, outage.retry_after)


def _report(inquiry: Inquiry, error: SourceError) -> None:
    """Tell the log which matter went without an answer and why; nothing about whom."""
    level = logging.ERROR if isinstance(error, SourceUntrustedError) else logging.WARNING
    _LOG.log(level, "no answer in the matter %s: %s", inquiry.matter, _on_one_line(str(error)))


def _on_one_line(text: str) -> str:
    """Return *text* so that it cannot begin a line of its own in a log."""
    return "".join(
        part if part.isprintable() else part.encode("unicode_escape").decode("ascii")
        for part in text
    )
