"""The test kit draws what it promises, and its contract for registries finds what it is for."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from importlib import import_module
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

from taxgate import Gate, InputError, Purpose
from taxgate.errors import WireError
from taxgate.evidence import Answer
from taxgate.findings import Outcome
from taxgate.identifiers import (
    Division,
    FrameNumber,
    ResidentNumber,
    UnitCode,
    Uscc,
    Vin,
    check_code,
    check_name,
)
from taxgate.terms import Checkpoint
from taxgate.testing import registering, strategies
from taxgate.testing.clock import START
from taxgate.testing.registry import RegistryContract
from taxgate.testing.strategies import rows_of
from taxgate.testing.strategies.seeds import seeds
from taxgate.wire import read_case, write_case
from taxgate.wire.case import rules

ROOT = Path(__file__).parent.parent
UNSEEN_ROWS = {"V-15"}
"""Rows of tables that demand nothing, so that no decision shows them."""

IDENTIFIERS = {
    "vins": Vin,
    "frame_numbers": FrameNumber,
    "usccs": Uscc,
    "resident_numbers": ResidentNumber,
    "divisions": Division,
    "unit_codes": UnitCode,
}
TEXTS = {"names": check_name, "codes": check_code}
PARSED = {name: kind.parse for name, kind in IDENTIFIERS.items()} | TEXTS
OTHERS = (
    "persons",
    "purposes",
    "inquiries",
    "records",
    "papers",
    "answers",
    "applications",
    "cases",
)
FEW = settings(max_examples=25)

pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")


# Strategies ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PARSED)
@given(data=st.data())
def test_what_is_drawn_as_an_identifier_is_one(name, data):
    """Every value drawn is of its class and is read again from its own text."""
    drawn = data.draw(getattr(strategies, name)())
    text = drawn if name in TEXTS else drawn.value
    assert PARSED[name](text) == drawn
    if name in IDENTIFIERS:
        assert type(drawn) is IDENTIFIERS[name]


@pytest.mark.parametrize("name", PARSED)
@given(data=st.data())
def test_what_is_drawn_as_no_identifier_is_refused_as_told(name, data):
    """The twin tells the class of the error, and it is exactly that one."""
    wrong = data.draw(getattr(strategies, f"invalid_{name}")())
    with pytest.raises(InputError) as caught:
        PARSED[name](wrong.text)
    assert type(caught.value) is wrong.error


@pytest.mark.parametrize("name", OTHERS)
@given(data=st.data())
def test_what_is_drawn_as_refused_is_refused(name, data):
    """Each twin brings the error it tells, at the field it tells."""
    wrong = data.draw(getattr(strategies, f"invalid_{name}")())
    with pytest.raises(wrong.error) as caught:
        wrong.make()
    assert type(caught.value) is wrong.error
    assert wrong.at is None or caught.value.field == wrong.at


@given(strategies.resident_numbers(), strategies.usccs(), strategies.unit_codes())
def test_regions_of_drawn_identifiers_do_not_exist(number, company, unit):
    """Nobody's number can be drawn: regions 149997 to 149999 were never given out."""
    nowhere = {"149997", "149998", "149999"}
    assert {number.value[:6], company.value[2:8], unit.value[:6]} <= nowhere


@given(data=st.data())
def test_records_papers_and_answers_belong_to_their_question(data):
    """They are of the class of the checkpoint that asks; an answer repeats the question."""
    inquiry = data.draw(strategies.inquiries())
    record = data.draw(strategies.records(inquiry))
    paper = data.draw(strategies.papers(inquiry))
    answer = data.draw(strategies.answers(inquiry))
    kinds = {rules(item).Record: rules(item).Paper for item in Checkpoint}
    assert type(paper) is kinds[type(record)]
    assert answer.inquiry == inquiry
    assert {type(item) for item in answer.records or ()} <= {type(record)}


@pytest.mark.parametrize("checkpoint", Checkpoint)
@given(data=st.data())
def test_a_drawn_case_can_be_decided_and_written(checkpoint, data):
    """Every case has a decision, and comes back from the wire as it was."""
    case = data.draw(strategies.cases(checkpoint))
    assert case.checkpoint is checkpoint
    assert read_case(write_case(case)).decide() == case.decide()


@pytest.mark.parametrize("outcome", Outcome)
@FEW
@given(data=st.data())
def test_a_case_of_an_outcome_has_that_outcome(outcome, data):
    """Whatever outcome is asked for, every case drawn has it."""
    assert data.draw(strategies.cases(outcome=outcome)).decide().outcome is outcome


@FEW
@given(data=st.data(), row=st.sampled_from(sorted(strategies.reachable_rows())))
def test_a_case_of_a_row_has_that_row(data, row):
    """Whatever row is asked for, it speaks in every case drawn."""
    assert row in rows_of(data.draw(strategies.cases(row=row)).decide())


def test_every_row_that_can_be_seen_has_a_case():
    """The seeds reach every row of every table; run `seeding` where this fails after a change."""
    due = {
        row
        for checkpoint in Checkpoint
        for table in rules(checkpoint).TABLES
        for item in table.rows
        for row in item.ids
    }
    assert due - strategies.reachable_rows() == UNSEEN_ROWS


def test_a_row_nobody_has_is_refused():
    """A row or an outcome that does not exist is an error, never an empty strategy."""
    with pytest.raises(ValueError, match="no case is known"):
        strategies.cases(row="V-99")
    with pytest.raises(ValueError, match="there is no outcome"):
        strategies.cases(outcome="maybe")
    with pytest.raises(ValueError, match="no application is made of"):
        strategies.parts(Answer)


@pytest.mark.parametrize("checkpoint", Checkpoint)
@given(data=st.data())
def test_a_near_miss_names_its_path(checkpoint, data):
    """A document one slip away from a valid one is refused at the very place of the slip."""
    document = data.draw(strategies.wire_documents(checkpoint))
    read_case(json.dumps(document))
    slip = data.draw(strategies.near_misses(document))
    with pytest.raises(WireError) as caught:
        read_case(slip.text)
    assert slip.path in dict(caught.value.faults), slip.what


@pytest.mark.parametrize("checkpoint", Checkpoint)
def test_no_near_miss_of_a_shipped_case_is_read(checkpoint):
    """All near misses of one whole document, not a sample of them."""
    document = json.loads(write_case(seeds(checkpoint)[0].case))
    slips = list(strategies.every_near_miss(document))
    assert len(slips) > 300
    for slip in slips:
        with pytest.raises(WireError) as caught:
            read_case(slip.text)
        assert slip.path in dict(caught.value.faults), slip.what


def test_examples_shrink_to_what_matters():
    """The smallest case that shows something is a shipped one, changed where it has to be."""
    quickly = settings(database=None, max_examples=5000, derandomize=True)
    assert find(strategies.divisions(), lambda _: True, settings=quickly) == Division("140000")
    assert find(strategies.names(), lambda name: len(name) == 2, settings=quickly) == "一一"
    changed = find(
        strategies.cases("vehicle"),
        lambda case: case.application.owner.number == "P0000002",
        settings=quickly,
    )
    first = seeds(Checkpoint.VEHICLE)[0].case
    named = changed.application.owner
    assert changed == evolve(first, application=evolve(first.application, owner=named))
    paid = find(strategies.cases(outcome="satisfied"), lambda _: True, settings=quickly)
    assert paid == first


@pytest.mark.parametrize(
    ("module", "name"),
    [(module, name) for module, names in registering.CLASSES.items() for name in names],
)
def test_hypothesis_knows_every_class(module, name):
    """`from_type` draws it, without anything having been registered by the test."""
    kind = getattr(import_module(module), name)
    drawn = find(st.from_type(kind), lambda _: True, settings=settings(database=None))
    assert isinstance(drawn, kind)


def test_importing_hypothesis_loads_no_checkpoint():
    """The entry point costs who imports Hypothesis nothing, and neither does the package itself."""
    program = (
        "import sys, hypothesis\n"
        "assert 'taxgate.checks' not in sys.modules\n"
        "import taxgate.testing\n"
        "assert not {'taxgate.checks', 'cattrs'} & set(sys.modules)\n"
        "from taxgate.checks.vehicle.application import VehicleApplication as wanted\n"
        "from hypothesis import strategies as st, find\n"
        "print(find(st.from_type(wanted), lambda _: True).act)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("first-registration\n", "")


# Fixtures -----------------------------------------------------------------------------------------


def test_the_clock_stands_still(taxgate_clock):
    """It shows one instant until it is moved."""
    assert taxgate_clock() == taxgate_clock() == START
    taxgate_clock.move(START - taxgate_clock.now.replace(hour=9))
    assert (taxgate_clock() - START).total_seconds() == 3600


def test_the_bureau_in_memory_tells_its_records(in_memory_bureau, taxgate_clock):
    """A gate on it decides from what it was given, dated by the clock of the test."""
    case = seeds(Checkpoint.VEHICLE)[0].case
    for answer in case.answers:
        in_memory_bureau.records.extend(answer.records)
    application = evolve(case.application, office=None, case_no=None)
    purpose = Purpose(office="示例车辆管理所", case_no="EX-1", provision="order-307/24(2)")
    with Gate(in_memory_bureau, clock=taxgate_clock, trial=True) as gate:
        assert gate.check(application, purpose=purpose).may_complete


def test_the_misbehaving_bureau_listens(misbehaving_bureau):
    """It has an address on this machine, and nobody has asked it yet."""
    assert misbehaving_bureau.url.startswith("http://127.0.0.1:")
    assert misbehaving_bureau.requests == []


# The contract of registries -----------------------------------------------------------------------


class Registry:
    """A registry that is in order; the others below each do one thing wrong."""

    def __init__(self, gate):
        self.gate = gate
        self.applications = []
        self.decisions = {}
        self.done = []
        self.lock = threading.Lock()

    def submit(self, application):
        """Take an application in."""
        self.applications.append(application)
        return len(self.applications) - 1

    def purpose(self, number):
        """Return why the bureau is asked in a case."""
        application = self.applications[number]
        provision = next(
            item.PROVISION.id
            for item in map(rules, Checkpoint)
            if type(application) is item.Application
        )
        if type(application) is rules(Checkpoint.DEREGISTRATION).Application:
            asked = rules(Checkpoint.DEREGISTRATION).inquiries(
                evolve(application, office="某机关", case_no=f"EX-{number}")
            )
            provision = asked[0].purpose.provision if asked else provision
        return Purpose(office="某机关", case_no=f"EX-{number}", provision=provision)

    def check(self, number):
        """Have a case decided."""
        application = self.applications[number]
        decision = self.gate.check(application, purpose=self.purpose(number))
        if self.applications[number] is application:
            self.decisions[number] = decision
        return decision

    def complete(self, number):
        """Enter a registration."""
        with self.lock:
            self.decisions[number].require_pass()
            if number in self.done:
                raise ValueError("done")
            self.done.append(number)

    def amend(self, number, application):
        """Replace an application; what was decided no longer holds."""
        self.applications[number] = application
        self.decisions.pop(number, None)

    def close(self):
        """Let go of the gate."""
        self.gate.close()


class BeforeAnyCheck(Registry):
    """Completes what nobody has checked."""

    def complete(self, number):
        """Look only at a decision that is there."""
        with self.lock:
            if number in self.decisions:
                self.decisions[number].require_pass()
            if number in self.done:
                raise ValueError("done")
            self.done.append(number)


class OnceIsEnough(Registry):
    """Keeps a pass for ever, whatever is decided later."""

    def check(self, number):
        """Keep the first pass."""
        before = self.decisions.get(number)
        decision = super().check(number)
        if before is not None and before.may_complete:
            self.decisions[number] = before
        return decision


class AnybodysPass(Registry):
    """Completes on the decision that was made last, in whatever case."""

    def complete(self, number):
        """Take the last decision for this one."""
        with self.lock:
            list(self.decisions.values())[-1].require_pass()
            if number in self.done:
                raise ValueError("done")
            self.done.append(number)


class Twice(Registry):
    """Enters a registration as often as it is told."""

    def complete(self, number):
        """Never look whether it is there."""
        self.decisions[number].require_pass()
        self.done.append(number)


class TwiceAtOnce(Registry):
    """Looks whether it is there, and enters it a moment later."""

    def complete(self, number):
        """Leave time for another thread between looking and entering."""
        self.decisions[number].require_pass()
        if number in self.done:
            raise ValueError("done")
        threading.Event().wait(0.002)
        self.done.append(number)


class AsksOnce(Registry):
    """Asks the bureau the first time only."""

    def check(self, number):
        """Return what was decided before."""
        return self.decisions[number] if number in self.decisions else super().check(number)


class OutageIsFine(Registry):
    """Completes where the bureau could not be asked."""

    def complete(self, number):
        """Let a check that did not take place count as a pass."""
        with self.lock:
            decision = self.decisions[number]
            if decision.outcome is not Outcome.CANNOT_VERIFY:
                decision.require_pass()
            if number in self.done:
                raise ValueError("done")
            self.done.append(number)


class TooEarly(Registry):
    """Opens the case for completion as soon as the check has begun."""

    def check(self, number):
        """Note a pass to come, and take it back if it does not."""
        self.decisions.setdefault(number, _Hoped)
        return super().check(number)


class _Hoped:
    """A decision that is not there yet."""

    @staticmethod
    def require_pass():
        """Say nothing against it."""


class KeepsItAfterAmending(Registry):
    """Lets a decision stand when the application is another."""

    def amend(self, number, application):
        """Replace the application, and nothing else."""
        self.applications[number] = application


class EntersAnother(Registry):
    """Enters the case before the one it was told to enter."""

    def complete(self, number):
        """Get the number wrong."""
        super().complete(number)
        self.done[-1] = max(0, number - 1)


class RefusesAll(Registry):
    """Never completes anything, and so never anything it should not."""

    def complete(self, number):
        """Fail."""
        raise KeyError(number)


def contract(made, at=Checkpoint.VEHICLE):
    """Return the contract for a registry."""

    class Contract(RegistryContract):
        checkpoint = at
        amends = True

        def make(self, bureau, clock):
            return made(Gate(bureau, clock=clock))

        def completed(self, registry):
            return registry.done

    return Contract


def play(machine, tries):
    """Run a contract without shrinking what it finds: the finding is what is tested."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=tries,
            stateful_step_count=20,
            database=None,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            report_multiple_bugs=False,
        ),
    )


@pytest.mark.parametrize("checkpoint", Checkpoint)
def test_a_registry_in_order_keeps_the_contract(checkpoint):
    """Nothing is found where nothing is wrong, at any checkpoint."""
    play(contract(Registry, checkpoint), 25)


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (BeforeAnyCheck, "nothing had been decided"),
        (OnceIsEnough, "against the latest decision"),
        (AnybodysPass, "was completed"),
        (Twice, "twice"),
        (TwiceAtOnce, "twice"),
        (AsksOnce, "was told that it may be completed|against the latest decision"),
        (OutageIsFine, "cannot|against the latest decision"),
        (TooEarly, "completed"),
        (KeepsItAfterAmending, "nothing had been decided|against the latest decision"),
        (EntersAnother, "without being completed|registry refuses"),
        (RefusesAll, "the registry refuses"),
    ],
)
def test_a_registry_with_a_mistake_is_found_out(made, told):
    """Each way to complete what may not be completed is found within few tries."""
    with pytest.raises(AssertionError, match=told):
        play(contract(made), 2_000)


def test_a_contract_without_a_registry_says_so():
    """Whoever forgets `make` is told."""
    with pytest.raises(TypeError, match="make is missing"):
        RegistryContract()


# The example --------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("name", "code"), [("test_registry", 1), ("test_mended", 0)])
def test_the_example_finds_its_mistake(name, code, tmp_path):
    """The planted mistake is found and brought down to two applications; mended it is gone."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-c", "pyproject.toml"),
            *("-p", "no:cacheprovider", "--show-capture=no"),
            f"{ROOT}/examples/testing/{name}.py",
        ],
        cwd=_folder_of(tmp_path),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    if code:
        steps = done.stdout.split("Failing test case")[1]
        assert "nothing had been decided on it" in done.stdout
        filed = steps.count("an_application_comes_in") + steps.count("a_similar_one_comes_in")
        assert filed == 2


def _folder_of(tmp_path):
    """Return a folder with a configuration of its own, as that of a user is."""
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\n", encoding="ascii")
    return tmp_path
