"""The contract every registry keeps (登记系统共同约定): nothing is completed against the decision.

    class SmallRegistry(RegistryContract):
        def make(self, bureau, clock):
            return Registry(Gate(bureau, clock=clock))

    TestSmallRegistry = SmallRegistry.TestCase

Hypothesis files applications, lets the bureau change its mind, has cases checked and completed, in
any order and at once, and looks for a registration that was completed although the latest decision
did not allow it. What it finds it brings down to the fewest steps.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterable
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from attrs import evolve, mutable
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, precondition, rule

from ..decision import Decision
from ..errors import InputError, TaxgateError
from ..evidence import Answer
from ..findings import Outcome
from ..proceedings import Application
from ..sources import ClearanceSource
from ..terms import Checkpoint, Reading
from ..wire.case import Case, rules
from .clock import StandingClock
from .played_bureau import PlayedBureau, Says
from .strategies.changing import change, places
from .strategies.seeds import seeds

__all__ = ["RegistryContract"]

_MOST_CASES: Final = 3
"""Cases of one run: enough to mix them up, few enough to go back to each."""

_WORSE: Final = tuple(says for says in Says if says is not Says.IN_ORDER)

_PATIENCE: Final = 0.05
"""Seconds that are waited for what may have to wait for the check itself to end."""


@mutable(eq=False)
class _Filed:
    """A case of the registry, and what may be done with it."""

    number: Hashable
    application: Application
    latest: Decision | None = None
    since: datetime | None = None
    entered: int = 0

    def __repr__(self) -> str:
        return f"<case {self.number}>"


class RegistryContract(RuleBasedStateMachine):
    """What holds for every registry. Subclass it, and hand its `TestCase` to pytest.

    Give `make`; the calls `submit`, `check`, `complete` of your registry are expected to be methods
    of what it returns, and to be told about by a case number. Where they are not, override the
    methods of these names. A registry refuses by raising.

    Attributes:
        checkpoint: Which applications come in.
        readings: Readings the registry's gate has switched on.
        asks_anew: Whether every check asks the bureau. Set it to False where answers or decisions
            may be kept for a while: then a check that asks nobody stands on what was said last.
        lasts: How long a decision may be completed on; for ever if None.
        completes: Whether the registry completes whatever the decision allows. Set it to False
            where something other than tax may stand in the way.
        amends: Whether applications may be replaced before they are completed; then `amend` has to
            be there too.
    """

    checkpoint: ClassVar[Checkpoint | str] = Checkpoint.VEHICLE
    readings: ClassVar[frozenset[Reading]] = frozenset()
    asks_anew: ClassVar[bool] = True
    lasts: ClassVar[timedelta | None] = None
    completes: ClassVar[bool] = True
    amends: ClassVar[bool] = False

    # What you give -------------------------------------------------------------------------------

    def make(self, bureau: ClearanceSource, clock: StandingClock) -> Any:  # noqa: ANN401, ARG002
        """Return a new registry that asks *bureau*; give *clock* to its gate.

        Raises:
            TypeError: The subclass does not say how.
        """
        raise TypeError(f"{type(self).__name__}.make is missing: return your registry")

    def submit(self, registry: Any, application: Any) -> Any:  # noqa: ANN401 - yours
        """Hand an application in; return the number of its case."""
        return registry.submit(application)

    def check(self, registry: Any, number: Any) -> Any:  # noqa: ANN401 - yours
        """Have a case checked; return the `Decision` if you like, it is compared then."""
        return registry.check(number)

    def complete(self, registry: Any, number: Any) -> Any:  # noqa: ANN401 - yours
        """Complete a registration; raise where the registry refuses."""
        return registry.complete(number)

    def amend(self, registry: Any, number: Any, application: Any) -> Any:  # noqa: ANN401 - yours
        """Put another application in the place of the one that was handed in."""
        return registry.amend(number, application)

    def completed(self, registry: Any) -> Iterable[Any] | None:  # noqa: ANN401, ARG002 - yours
        """Return the numbers of all cases that stand completed, each as often as it was entered.

        None, the default, counts each call of `complete` that returns as one entry.
        """
        return None

    def close(self, registry: Any) -> None:  # noqa: ANN401 - yours
        """Take the registry down; calls its `close` if it has one."""
        close = getattr(registry, "close", None)
        if close is not None:
            close()

    # What is done with it ------------------------------------------------------------------------

    filed: Bundle[_Filed] = Bundle("filed")

    def __init__(self) -> None:
        super().__init__()
        self._clock = StandingClock()
        self._bureau = PlayedBureau(self._clock)
        self._cases: list[_Filed] = []
        self._registry = self.make(self._bureau, self._clock)

    def teardown(self) -> None:
        """Close the registry."""
        self.close(self._registry)

    @precondition(lambda self: len(self._cases) < _MOST_CASES)
    @rule(target=filed, which=st.integers(0, 99))
    def an_application_comes_in(self, which: int) -> _Filed:
        """File an application that passes while the bureau finds everything in order."""
        good = _passing(Checkpoint(self.checkpoint))
        case = good[which % len(good)]
        self._clock.now = max(self._clock.now, case.at)
        known = {answer.inquiry.key: answer.records for answer in case.answers}
        return self._file(case.application, known)

    @precondition(lambda self: len(self._cases) < _MOST_CASES)
    @rule(target=filed, like=filed, place=st.integers(0, 999), other=st.integers(0, 99))
    def a_similar_one_comes_in(self, like: _Filed, place: int, other: int) -> _Filed:
        """File one that differs from another in one place: of the same vehicle, another act."""
        return self._file(_varied(like.application, place, other), {})

    @rule(case=filed, which=st.integers(0, 9), says=st.sampled_from(Says))
    def the_bureau_turns(self, case: _Filed, which: int, says: Says) -> None:
        """From now on the bureau says something else to a question of a case."""
        asked = self._rules.inquiries(case.application)
        if asked:
            self._bureau.turns(asked[which % len(asked)], says)

    @precondition(lambda self: self._cases)
    @rule(hours=st.sampled_from([1, 25, 24 * 40]))
    def time_passes(self, hours: int) -> None:
        """The clock goes on."""
        self._clock.move(timedelta(hours=hours))

    @rule(case=filed)
    def a_case_is_checked(self, case: _Filed) -> None:
        """Check, for the first time or again; work out what the decision has to be."""
        self._check(case)
        self._audit()

    @rule(case=filed)
    def a_case_is_completed(self, case: _Filed) -> None:
        """Complete: before any check, after the latest, once more, whatever comes."""
        allowed = self._allowed(case)
        went = self._completed_once(case)
        entered = self._entered(case, int(went))
        note(f"{case}: completing it {'went through' if went else 'was refused'}")
        self._judge(case, entered, allowed=allowed)
        if self.completes and allowed and not case.entered and not entered:
            raise AssertionError(f"{case} may be completed, and the registry refuses")
        case.entered += entered
        self._audit()

    @rule(case=filed, says=st.sampled_from(_WORSE))
    def the_bureau_turns_and_it_is_completed(self, case: _Filed, says: Says) -> None:
        """Say something worse to every question of a case, check it again, and complete it."""
        for inquiry in self._rules.inquiries(case.application):
            self._bureau.turns(inquiry, says)
        self._check(case)
        self.a_case_is_completed(case)

    @rule(case=filed)
    def a_case_is_completed_twice_at_once(self, case: _Filed) -> None:
        """Complete one case from two threads: at most one of them may get through."""
        allowed = self._allowed(case)
        together = threading.Barrier(2)
        went: list[bool] = []

        def run() -> None:
            together.wait()
            went.append(self._completed_once(case))

        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        entered = self._entered(case, sum(went))
        note(f"{case}: two at once, {sum(went)} went through")
        self._judge(case, entered, allowed=allowed)
        case.entered += entered
        self._audit()

    @rule(case=filed)
    def a_case_is_completed_while_it_is_checked(self, case: _Filed) -> None:
        """Complete while the bureau is still being asked: only an earlier decision can allow it."""
        allowed = self._allowed(case)
        went: list[bool] = []
        thread = threading.Thread(target=lambda: went.append(self._completed_once(case)))

        def meanwhile() -> None:
            thread.start()
            # Where the registry makes it wait for the check, so do we, but not for ever.
            thread.join(_PATIENCE)

        self._bureau.meanwhile = meanwhile
        self._check(case)
        self._bureau.meanwhile = None
        if thread.ident is None:
            return
        thread.join()
        entered = self._entered(case, sum(went))
        note(f"{case}: completed meanwhile, {sum(went)} went through")
        self._judge(case, entered, allowed=allowed or self._allowed(case))
        case.entered += entered
        self._audit()

    @precondition(lambda self: self.amends)
    @rule(case=filed, place=st.integers(0, 999), other=st.integers(0, 99))
    def a_case_is_amended(self, case: _Filed, place: int, other: int) -> None:
        """Replace an application: what was decided on it says nothing of the new one."""
        application = _varied(case.application, place, other)
        if case.entered or application == case.application:
            return
        try:
            self.amend(self._registry, case.number, application)
        except TaxgateError:
            return
        case.application, case.latest = application, None
        self._learn(application, {})
        note(f"{case}: amended")

    # How -----------------------------------------------------------------------------------------

    @property
    def _rules(self) -> Any:  # noqa: ANN401 - modules share names, not a type
        return rules(Checkpoint(self.checkpoint))

    def _file(self, application: Application, known: dict[Any, Any]) -> _Filed:
        # Office and case number are the registry's to give.
        application = evolve(application, office=None, case_no=None)
        self._learn(application, known)
        case = _Filed(self.submit(self._registry, application), application)
        if any(case.number == other.number for other in self._cases):
            raise AssertionError(f"{case}: the number was given before")
        self._cases.append(case)
        note(f"{case}: {application.act}")
        return case

    def _learn(self, application: Application, known: dict[Any, Any]) -> None:
        for inquiry in self._rules.inquiries(application):
            self._bureau.learns(inquiry, application, known.get(inquiry.key))

    def _check(self, case: _Filed) -> None:
        before = len(self._bureau.said())
        told, failed = None, False
        try:
            told = self.check(self._registry, case.number)
        except InputError:
            raise  # a registry that cannot ask at all would otherwise keep every contract
        except TaxgateError as error:
            failed = True
            note(f"{case}: {type(error).__name__}")
        said = self._bureau.said()
        heard = said[before:]
        if not heard and (failed or (case.latest is not None and not self.asks_anew)):
            return  # nothing was decided, or what was decided stands
        answers = _last(heard if self.asks_anew else said)
        due: Decision = self._rules.check(
            case.application, answers, at=self._clock(), readings=self.readings
        )
        if failed and due.may_complete:
            return  # it heard nothing against the case, and got no decision either
        case.latest, case.since = due, self._clock()
        note(f"{case}: {_summary(due)}")
        if isinstance(told, Decision) and told.may_complete and not due.may_complete:
            raise AssertionError(
                f"{case}: the registry was told that it may be completed; from what the bureau "
                f"said follows {_summary(due)}"
            )

    def _allowed(self, case: _Filed) -> bool:
        if case.latest is None or case.since is None or not case.latest.may_complete:
            return False
        return self.lasts is None or self._clock() - case.since <= self.lasts

    def _completed_once(self, case: _Filed) -> bool:
        try:
            self.complete(self._registry, case.number)
        except Exception:  # noqa: BLE001 - however a registry refuses
            return False
        return True

    def _entered(self, case: _Filed, went: int) -> int:
        """Return how many entries a case has got since it was last looked at."""
        found = self.completed(self._registry)
        return went if found is None else list(found).count(case.number) - case.entered

    def _audit(self) -> None:
        """Demand that no case stands in the register that was not completed by us."""
        found = self.completed(self._registry)
        if found is None:
            return
        listed = list(found)
        for case in self._cases:
            if listed.count(case.number) != case.entered:
                raise AssertionError(f"{case} was entered without being completed")
        if len(listed) != sum(case.entered for case in self._cases):
            raise AssertionError("the register holds a case that was never handed in")

    def _judge(self, case: _Filed, entered: int, *, allowed: bool) -> None:
        if entered <= 0:
            return
        if entered > 1 or case.entered:
            raise AssertionError(f"{case} was completed twice")
        if case.latest is None:
            raise AssertionError(f"{case} was completed, and nothing had been decided on it")
        if not allowed:
            raise AssertionError(
                f"{case} was completed against the latest decision, {_summary(case.latest)}"
            )


def _passing(checkpoint: Checkpoint) -> tuple[Case, ...]:
    """Return cases that may be completed, and ask the bureau something."""
    return tuple(
        seed.case
        for seed in seeds(checkpoint)
        if seed.may_complete
        and seed.outcome is Outcome.SATISFIED
        and not seed.case.readings
        and rules(checkpoint).inquiries(seed.case.application)
    )


def _varied(application: Application, place: int, other: int) -> Application:
    listed = places(application, {})
    chosen = listed[place % len(listed)]
    varied: Application = change(application, chosen, chosen.others[other % len(chosen.others)])
    return varied


def _last(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Return the last answer to each question."""
    return tuple({answer.inquiry.key: answer for answer in answers}.values())


def _summary(decision: Decision) -> str:
    codes = [finding.code for finding in decision.deciding]
    codes += [str(obstacle.kind) for obstacle in decision.obstacles]
    return f"{decision.verdict}/{decision.effect} ({', '.join(dict.fromkeys(codes))})"
