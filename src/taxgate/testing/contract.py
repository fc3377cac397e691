"""The contract every source keeps (数据来源共同约定), as tests that pytest collects.

    class TestMySource(SourceContract):
        def make(self, script):
            return MySource(a_server_that_knows(script.records))

Whoever writes a source subclasses `SourceContract` and says how to make one; what the bureau at its
other end knows and does is a `Script`. The tests come along. They need pytest, and no network.
"""

# ruff: noqa: S101 - these are tests

from __future__ import annotations

import logging
import os
import pickle
import select
import signal
import threading
import time
import traceback
import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import ClassVar, Final

import pytest
from attrs import evolve, field, frozen

from ..adapters.memory import concerns
from ..evidence import CLOCK_SKEW, FRESH_FOR, Answer, Inquiry, OutageCause, Provenance, TaxRecord
from ..sources import ClearanceSource, Deadline, SourceError, ask, system_clock
from ..terms import Matter
from .samples import CANARIES, KINDS, Sample, canary, sample

__all__ = ["Script", "SourceContract", "shown_canaries"]

PATIENCE: Final = 0.1
"""Seconds a source may go on after its deadline."""

AWKWARD: Final = ("000123", "1E5", "0x10", "-1", "=1+1", "true", "1.10", "2026-01-02", "空")
"""Voucher numbers that some reader would take for something else."""

_GROUPS: Final = (
    ("deed-tax", "income-tax-on-a-unit", "land-appreciation-tax"),
    ("purchase-tax", "vehicle-tax"),
    ("clearance", "tax-registration"),
)

_AMPLE: Final = 10.0
_SHORT: Final = 0.4
_THREADS: Final = 8


@frozen(kw_only=True)
class Script:
    """What the bureau at the other end of a source knows and does.

    Attributes:
        records: All it knows, in the order in which it tells them.
        outages: Matters it does not answer, and the cause the source has to give. Only causes the
            test class lists in `causes` occur.
        silent: It takes every question and never answers.
    """

    records: tuple[TaxRecord, ...] = ()
    outages: Mapping[Matter, OutageCause] = field(factory=dict)
    silent: bool = False

    def answer(self, inquiry: Inquiry) -> tuple[TaxRecord, ...]:
        """Return the records a bureau that knows these finds for *inquiry*."""
        return tuple(record for record in self.records if concerns(record, inquiry))


class SourceContract(ABC):
    """What holds for every source. Subclass it, name the class `Test...`, and say how to make one.

    Attributes:
        provenance: What the source says of where its answers come from.
        told: What its answers say of that, where it is less: those of a sandbox, for instance.
        kinds: Kinds of question it takes; in every other matter it is not opened.
        causes: Causes of an outage that `make` can bring about.
        can_be_silent: Whether there is somebody at its other end who might never answer.
        freshest: Whether its answers are dated by the clock on the wall, now.
    """

    provenance: ClassVar[Provenance] = Provenance.LIVE
    told: ClassVar[Provenance | None] = None
    kinds: ClassVar[tuple[str, ...]] = tuple(KINDS)
    causes: ClassVar[tuple[OutageCause, ...]] = (OutageCause.SERVER_FAULT,)
    can_be_silent: ClassVar[bool] = True
    freshest: ClassVar[bool] = True

    @abstractmethod
    def make(self, script: Script) -> ClearanceSource:
        """Return a new source whose bureau follows *script*.

        What has to be taken down after the test is the affair of a fixture of the subclass; the
        source itself is closed by the tests.
        """

    def carried(self, record: TaxRecord) -> TaxRecord:
        """Return *record* as it arrives, for a source whose format has no room for some field."""
        return record

    @contextmanager
    def _made(self, script: Script) -> Iterator[ClearanceSource]:
        source = self.make(script)
        try:
            yield source
        finally:
            _close(source)

    def _sample(self, kind: str, number: int) -> Sample:
        """Return a sample of *kind*, or of the first kind the source takes."""
        return sample(kind if kind in self.kinds else self.kinds[0], number)

    def _beside(self) -> tuple[str, ...]:
        """Return kinds of question about one subject, in different matters."""
        return next(
            (chosen for group in _GROUPS if len(chosen := self._taken(group)) > 1), self.kinds[:1]
        )

    def _taken(self, kinds: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(kind for kind in kinds if kind in self.kinds)

    def _not_opened(self, kind: str) -> bool:
        """Demand that a kind of question it does not take is not opened, if it does not."""
        if kind in self.kinds:
            return False
        with self._made(Script()) as source, pytest.raises(SourceError) as caught:
            ask(source, sample(kind, 1).inquiry, Deadline(_AMPLE))
        assert caught.value.outage.cause is OutageCause.NOT_OPENED
        return True

    # Answers --------------------------------------------------------------------------------------

    @pytest.mark.parametrize("kind", KINDS)
    def test_every_kind_of_question_is_answered_with_its_records(self, kind: str) -> None:
        """The answer is to the very question, and holds the records as the bureau has them."""
        if self._not_opened(kind):
            return
        asked = sample(kind, 1)
        others = tuple(record for number in (2, 3) for record in sample(kind, number).records)
        with self._made(Script(records=(*others, *asked.records))) as source:
            answer = ask(source, asked.inquiry, Deadline(_AMPLE))
        assert answer.inquiry.key == asked.inquiry.key
        assert answer.records == tuple(self.carried(record) for record in asked.records)
        assert answer.outage is None

    @pytest.mark.parametrize("kind", KINDS)
    def test_no_record_is_an_empty_answer_and_no_outage(self, kind: str) -> None:
        """That nothing was found is something the bureau said."""
        if self._not_opened(kind):
            return
        known = sample(kind, 2).records
        with self._made(Script(records=known)) as source:
            answer = ask(source, sample(kind, 1).inquiry, Deadline(_AMPLE))
        assert answer.records == ()
        assert answer.outage is None

    def test_several_records_keep_their_order(self) -> None:
        """What the bureau listed first stays first."""
        asked = self._sample("vehicle-tax", 1)
        records = _numbered(asked.records[0], ("V-2", "V-1", "V-3"))
        with self._made(Script(records=records)) as source:
            answer = ask(source, asked.inquiry, Deadline(_AMPLE))
        assert answer.records == tuple(self.carried(record) for record in records)

    @pytest.mark.parametrize(
        "number", ["000123", "1E5", "0x10", "-1", "=1+1", "true", "1.10", "空"]
    )
    def test_nothing_is_made_of_a_number_but_what_it_is(self, number: str) -> None:
        """Voucher numbers are texts: nothing drops a zero, counts, or works out a formula."""
        asked = self._sample("purchase-tax", 1)
        records = _numbered(asked.records[0], (number,))
        with self._made(Script(records=records)) as source:
            answer = ask(source, asked.inquiry, Deadline(_AMPLE))
        assert answer.records == tuple(self.carried(record) for record in records)

    def test_an_answer_says_where_it_comes_from(self) -> None:
        """Source and provenance are stated, and no more is claimed than the source stands for."""
        asked = self._sample("clearance", 1)
        with self._made(Script(records=asked.records)) as source:
            answer = ask(source, asked.inquiry, Deadline(_AMPLE))
            assert getattr(source, "provenance", None) is self.provenance
        assert answer.provenance is (self.told or self.provenance)
        assert answer.source not in {"", "unnamed"}

    def test_an_answer_says_what_instant_it_was_true_at(self) -> None:
        """`as_of` carries a time zone, does not lie ahead, and is fresh where it is asked live."""
        asked = self._sample("clearance", 1)
        with self._made(Script(records=asked.records)) as source:
            answer = ask(source, asked.inquiry, Deadline(_AMPLE))
        assert isinstance(answer.as_of, datetime)
        assert answer.as_of.utcoffset() is not None
        if self.freshest:
            assert -CLOCK_SKEW <= system_clock() - answer.as_of <= FRESH_FOR

    def test_one_answer_does_not_colour_the_next(self) -> None:
        """Asked about one, another and the first again, it says of the first what it said."""
        first, second = self._sample("deed-tax", 1), self._sample("deed-tax", 2)
        nobody = self._sample("deed-tax", 3)
        with self._made(Script(records=(*first.records, *second.records))) as source:
            answers = [
                ask(source, item.inquiry, Deadline(_AMPLE))
                for item in (first, second, nobody, first)
            ]
        told = [answer.records for answer in answers]
        mine, theirs = (
            tuple(self.carried(record) for record in item.records) for item in (first, second)
        )
        assert told == [mine, theirs, (), mine]

    def test_taxes_of_one_subject_are_told_apart(self) -> None:
        """The same subject in several matters: each answer holds its own matter only."""
        asked = [sample(kind, 1) for kind in self._beside()]
        known = tuple(record for item in asked for record in item.records)
        with self._made(Script(records=known)) as source:
            for item in asked:
                answer = ask(source, item.inquiry, Deadline(_AMPLE))
                assert answer.inquiry.key == item.inquiry.key
                assert answer.records == tuple(self.carried(record) for record in item.records)

    # Outages --------------------------------------------------------------------------------------

    def test_an_outage_is_a_source_error_with_its_cause(self) -> None:
        """Whatever keeps the bureau from answering comes out as that, and as nothing else."""
        asked = self._sample("purchase-tax", 1)
        for cause in self.causes:
            script = Script(records=asked.records, outages={asked.inquiry.matter: cause})
            with self._made(script) as source, pytest.raises(SourceError) as caught:
                ask(source, asked.inquiry, Deadline(_AMPLE))
            assert caught.value.outage.cause is cause
            assert caught.value.source

    def test_an_outage_in_one_matter_is_none_in_another(self) -> None:
        """What cannot be asked for now says nothing about what can."""
        down, up = (sample(kind, 1) for kind in self._beside()[:2])
        script = Script(
            records=(*down.records, *up.records), outages={down.inquiry.matter: self.causes[0]}
        )
        with self._made(script) as source:
            with pytest.raises(SourceError):
                ask(source, down.inquiry, Deadline(_AMPLE))
            answer = ask(source, up.inquiry, Deadline(_AMPLE))
        assert answer.records == tuple(self.carried(record) for record in up.records)

    def test_errors_pickle(self) -> None:
        """An outage travels between processes and says the same there."""
        asked = self._sample("purchase-tax", 1)
        error = self._error(asked.inquiry)
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own error, made a line above
        assert type(again) is type(error)
        assert (again.source, again.outage, str(again)) == (error.source, error.outage, str(error))

    def test_it_gives_up_at_the_deadline(self) -> None:
        """A bureau that never answers is a timeout, within a tenth of a second of the deadline."""
        if not self.can_be_silent:
            return
        with self._made(Script(silent=True)) as source:
            began = time.monotonic()
            with pytest.raises(SourceError) as caught:
                ask(source, self._sample("clearance", 1).inquiry, Deadline(_SHORT))
            taken = time.monotonic() - began
        assert caught.value.outage.cause is OutageCause.TIMEOUT
        assert taken <= _SHORT + PATIENCE

    def test_it_does_not_begin_after_the_deadline(self) -> None:
        """With no time left it answers at once or says that there was none."""
        asked = self._sample("clearance", 1)
        expected = tuple(self.carried(record) for record in asked.records)
        with self._made(Script(records=asked.records)) as source:
            began = time.monotonic()
            told = _told(source, asked.inquiry, Deadline(0))
            taken = time.monotonic() - began
        assert told in (expected, OutageCause.TIMEOUT)
        assert taken <= PATIENCE

    # Threads, processes, the end ------------------------------------------------------------------

    def test_threads_do_not_mix_answers(self) -> None:
        """Eight threads ask about eight subjects at once; each hears of its own."""
        asked = [self._sample("deed-tax", number) for number in range(_THREADS)]
        known = tuple(record for item in asked for record in item.records)
        heard: dict[int, list[Answer]] = {number: [] for number in range(_THREADS)}
        failed: list[BaseException] = []
        together = threading.Barrier(_THREADS)

        def run(number: int) -> None:
            try:
                together.wait(_AMPLE)
                for _ in range(3):
                    heard[number].append(ask(source, asked[number].inquiry, Deadline(_AMPLE)))
            except BaseException as error:  # noqa: BLE001 - told by the test itself
                failed.append(error)

        with self._made(Script(records=known)) as source:
            _all_at_once(run, _THREADS)
        assert not failed, failed
        for number, answers in heard.items():
            assert len(answers) == 3  # noqa: PLR2004 - as often as it asked
            for answer in answers:
                assert answer.inquiry.key == asked[number].inquiry.key
                assert answer.records == tuple(
                    self.carried(record) for record in asked[number].records
                )

    def test_it_works_after_a_fork(self) -> None:
        """Parent and child of a fork both go on asking with the source that was made before."""
        if not hasattr(os, "fork"):
            return
        asked = self._sample("clearance", 1)
        expected = tuple(self.carried(record) for record in asked.records)
        with self._made(Script(records=asked.records)) as source:
            assert ask(source, asked.inquiry, Deadline(_AMPLE)).records == expected
            told = _in_a_child(lambda: ask(source, asked.inquiry, Deadline(_AMPLE)).records)
            assert ask(source, asked.inquiry, Deadline(_AMPLE)).records == expected
        assert told == repr(expected)

    def test_it_closes_cleanly_and_twice(self) -> None:
        """Closing it again, or before it was ever used, does no harm."""
        asked = self._sample("clearance", 1)
        with self._made(Script(records=asked.records)) as source:
            ask(source, asked.inquiry, Deadline(_AMPLE))
            _close(source)
            _close(source)
        with self._made(Script()):
            pass

    # Nothing shows --------------------------------------------------------------------------------

    @pytest.mark.parametrize("kind", KINDS)
    def test_no_identifier_shows_in_an_answer(
        self, kind: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """Nothing written or logged at DEBUG, and no repr, holds what was asked about."""
        if self._not_opened(kind):
            return
        caplog.set_level(logging.DEBUG)
        asked = canary(kind)
        with self._made(Script(records=asked.records)) as source:
            answer = ask(source, asked.inquiry, Deadline(_AMPLE))
            shown = [repr(source), str(source), repr(answer), repr(answer.source)]
        assert answer.records == tuple(self.carried(record) for record in asked.records)
        assert not shown_canaries(*shown, *_logged(caplog), *capfd.readouterr())

    @pytest.mark.parametrize("kind", KINDS)
    def test_no_identifier_shows_in_an_outage(
        self, kind: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """Neither the error nor its traceback nor the log holds what was asked about."""
        if self._not_opened(kind):
            return
        caplog.set_level(logging.DEBUG)
        asked = canary(kind)
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            error = self._error(asked.inquiry, asked.records)
        shown = [
            str(error),
            repr(error),
            repr(error.outage),
            *traceback.format_exception(error),
            *(str(item.message) for item in warned if item.category is not ResourceWarning),
        ]
        assert not shown_canaries(*shown, *_logged(caplog), *capfd.readouterr())

    def _error(self, inquiry: Inquiry, records: tuple[TaxRecord, ...] = ()) -> SourceError:
        script = Script(records=records, outages={inquiry.matter: self.causes[0]})
        with self._made(script) as source, pytest.raises(SourceError) as caught:
            ask(source, inquiry, Deadline(_AMPLE))
        return caught.value


def shown_canaries(*texts: str) -> set[str]:
    """Return the parts of the canary that stand in any of *texts*."""
    return {part for part in CANARIES for text in texts if part in text}


def _told(
    source: ClearanceSource, inquiry: Inquiry, deadline: Deadline
) -> tuple[TaxRecord, ...] | OutageCause | None:
    """Return the records of an answer, or the cause of the outage."""
    try:
        return ask(source, inquiry, deadline).records
    except SourceError as error:
        return error.outage.cause


def _logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        text
        for record in caplog.records
        for text in (record.getMessage(), repr(record.args), record.exc_text or "")
    ]


def _close(source: ClearanceSource) -> None:
    close = getattr(source, "close", None)
    if close is not None:
        close()


def _numbered(record: TaxRecord, numbers: tuple[str, ...]) -> tuple[TaxRecord, ...]:
    return tuple(evolve(record, voucher_no=number) for number in numbers)


def _all_at_once(run: Callable[[int], None], number: int) -> None:
    threads = [threading.Thread(target=run, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_AMPLE * 2)


def _in_a_child(work: Callable[[], object]) -> str:
    """Return the repr of what *work* returns in a forked process, or of what it raises."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Newer Pythons warn of forks beside threads; how a source copes is what is tested.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            told = repr(work())
        except BaseException as error:  # noqa: BLE001 - the parent is told
            told = f"{type(error).__name__}: {error}"
        os.write(writing, told.encode())
        os._exit(0)
    os.close(writing)
    try:
        ready, _, _ = select.select([reading], [], [], _AMPLE * 2)
        if not ready:
            os.kill(child, signal.SIGKILL)
            return "the child never answered"
        with os.fdopen(os.dup(reading), "rb") as pipe:
            return pipe.read().decode()
    finally:
        os.close(reading)
        os.waitpid(child, 0)
