"""What is refused before a source is asked, and what holds of the package as a whole."""

from __future__ import annotations

import ast
import logging
import pickle
import re
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from attrs import evolve

import taxgate
from fault_rows import AROUND, MEMORY, REPLAY
from simulated import CASES, START
from source_kinds import AROUND as MAKERS
from source_kinds import Script, ScriptedSource, in_memory, replayed
from taxgate import vehicle
from taxgate.errors import AnswerError, ConfigError, InputError, PurposeError
from taxgate.evidence import CHINA, Answer, OutageCause, Purpose, china_date
from taxgate.findings import Outcome
from taxgate.gate import Gate
from taxgate.identifiers import Vin, check_code, check_name, parse_frame
from taxgate.parties import IdType, Person
from taxgate.secret import Secret
from taxgate.sources import SourceError
from taxgate.terms import Matter
from taxgate.testing.contract import shown_canaries
from taxgate.wire import read_case
from wire_documents import spoil, text

VEHICLE = CASES[0]
VIN = "1M8GDM9AXKP042788"
SOURCE = Path(taxgate.__file__).parent


def fault(number):
    """Mark a case as one that shows this fault at the gate."""
    return pytest.mark.fault(number, source="gate")


# Identifiers --------------------------------------------------------------------------------------

FRAMES = {
    14: ["../../admin", "1M8GDM9A@KP042788", "1M8GDM9A%2e042788", "1M8GDM9A\r\nX: 042",
         "1M8GDM9A/KP042788", "1M8GDM9A?KP042788"],
    53: ["1M8GDM9AIKP042788", "1M8GDM9AOKP042788", "1M8GDM9AQKP042788", "1M8GDM9AXKP0427888"],
    54: ["１M8GDM9AXKP042788", "1M8GDM9AXKP04278٨", "1M8GDM9AXKP04278²"],
    55: ["1M8GDM9AХKP042788", "1M8GDM9AΧKP042788", "1M8GDM9AſKP042788", "1M8GDM9AX\u212aP042788"],
    56: ["1M8GDM9AX\u200bKP042788", "\u202e1M8GDM9AXKP042788", "1M8GDM9AXKP042788\u00a0",
         " 1M8GDM9AXKP042788", "1M8GDM9AXKP042788 ", "1M8GDM9AXKP04278\n"],
}  # fmt: skip
PERSONS = {
    54: [("resident-number", "１10101199003070011"), ("uscc", "9114٩999MA0000001C")],
    55: [("uscc", "91149999MА0000001C"), ("resident-number", "11010119900307001Χ")],
    56: [("passport", "P000\u200b0001"), ("passport", "P0000001 "), ("other", "A\u202eB")],
    58: [("uscc", "91149999MA0000001D"), ("resident-number", "110101199003070012"),
         ("uscc", "123456789"), ("resident-number", "11010190030700")],
}  # fmt: skip
NAMES = {
    56: ["甲\u202e某", "甲\u200b某", " 甲某", "甲某 ", "甲\u0000某", "甲\u00a0某", "甲\u2028某"],
}


def spoilt(table):
    """Return each bad text with its number as a parameter."""
    return [
        pytest.param(value, id=f"{number}-{place}", marks=fault(number))
        for number, values in table.items()
        for place, value in enumerate(values)
    ]


@pytest.mark.parametrize("frame", spoilt(FRAMES))
def test_a_frame_number_that_is_none_is_an_input_error(frame):
    """Nothing is repaired and nothing is asked; the message does not repeat the text."""
    with pytest.raises(InputError) as caught:
        parse_frame(frame)
    assert frame not in str(caught.value)
    with pytest.raises(InputError):
        read_case(text(spoil("application.vehicle.frame", frame)))


@pytest.mark.parametrize("kind", ["1M8GDM9AXKP04278", "LC0012345"])
@pytest.mark.fault(53, source="gate")
def test_a_shorter_number_is_an_older_frame_number_and_no_vin(kind):
    """Sixteen characters are no VIN; a vehicle registered long ago may bear them all the same."""
    with pytest.raises(InputError):
        Vin(kind)
    assert parse_frame(kind).value == kind


@pytest.mark.fault(53, source="gate")
def test_only_reading_folds_lower_case():
    """A VIN in lower case is upper-cased when it is read, after the ASCII test, and never else."""
    assert Vin.parse(VIN.lower()) == Vin(VIN)
    with pytest.raises(InputError):
        Vin(VIN.lower())


@pytest.mark.parametrize("person", spoilt(PERSONS))
def test_a_document_number_that_is_none_is_an_input_error(person):
    """Look-alikes, foreign digits, wrong check characters and old forms are refused when read."""
    kind, number = person
    with pytest.raises(InputError) as caught:
        Person(IdType(kind), number)
    assert number not in str(caught.value)


@pytest.mark.parametrize("name", spoilt(NAMES))
def test_a_name_nobody_can_read_is_an_input_error(name):
    """Controls, directions and blanks nobody sees do not get into a name."""
    with pytest.raises(InputError):
        check_name(name)
    with pytest.raises(InputError):
        Person(IdType.PASSPORT, "P0000001", name)


@pytest.mark.parametrize("name", ["①号公司", "第Ⅸ公司", "㍿某某"])
@pytest.mark.fault(57, source="gate")
def test_a_name_is_kept_as_given(name):
    """Compatibility characters stay as they are; only the comparison folds them."""
    assert Person(IdType.USCC, "91149999MA0000001C", name).name == name


@pytest.mark.fault(58, source="gate")
def test_old_and_small_forms_are_read_where_the_rule_says_so():
    """Fifteen digits are lengthened, a small x is the large one, an old number has its own kind."""
    assert Person(IdType.RESIDENT_NUMBER, "110101900307001").number.startswith("11010119900307001")
    old = Person(IdType.OLD_REGISTRATION_NUMBER, "123456789")
    assert old.number == "123456789"


# What a gate asks for before it asks --------------------------------------------------------------


class Silent:
    """A source that must not be asked."""

    name = "silent"

    def query(self, inquiry, deadline):
        """Fail."""
        raise AssertionError("asked")


@pytest.mark.fault(14, source="gate")
def test_what_cannot_be_an_identifier_never_reaches_a_source():
    """The application itself cannot be built, so that there is nothing to hand to a gate."""
    with Gate(Silent()) as gate, pytest.raises(InputError):
        gate.check(
            evolve(VEHICLE.application, vehicle=evolve(
                VEHICLE.application.vehicle, frame=parse_frame("../../admin"))),
            purpose=VEHICLE.purpose,
        )  # fmt: skip


def test_without_a_purpose_nothing_is_asked():
    """A purpose that is none, or another provision's, is refused first."""
    with Gate(Silent()) as gate:
        for purpose in (None, Purpose(office="甲", case_no="1", provision="order-307/26")):
            with pytest.raises(PurposeError):
                gate.check(VEHICLE.application, purpose=purpose)


# Time ---------------------------------------------------------------------------------------------


@pytest.mark.fault(48, source="gate")
@pytest.mark.parametrize("hours", [-30, -1, 1, 30])
def test_a_clock_set_during_a_call_neither_ends_nor_prolongs_it(hours):
    """Deadlines are counted on a clock that never goes back; freshness is judged at the end."""
    wall = [START]

    class Setting(ScriptedSource):
        def query(self, inquiry, deadline):
            answer = super().query(inquiry, deadline)
            wall[0] = START.replace(day=START.day + hours // 24, hour=(START.hour + hours) % 24)
            assert not deadline.passed
            return evolve(answer, as_of=START)

    records = tuple(
        item for inquiry in VEHICLE.inquiries
        for item in VEHICLE.good(VEHICLE.application, inquiry)
    )  # fmt: skip
    with Gate(Setting(Script(records=records)), clock=lambda: wall[0]) as gate:
        decision = gate.check(VEHICLE.application, purpose=VEHICLE.purpose)
    assert decision.heading.at == wall[0]
    fresh = -5 * 60 <= (wall[0] - START).total_seconds() <= 24 * 3600
    assert (decision.outcome is Outcome.SATISFIED) == fresh


@pytest.mark.fault(48, source="gate")
@pytest.mark.parametrize(
    ("as_of", "step", "cause"),
    [
        (timedelta(hours=9), timedelta(hours=10), OutageCause.CLOCK_SKEW),
        (timedelta(hours=-25), timedelta(hours=-2), OutageCause.STALE_ANSWER),
    ],
)
def test_a_clock_set_after_an_answer_does_not_make_it_look_fresh(caplog, as_of, step, cause):
    """An answer is judged when it comes and again in the check: the clock is set in between."""

    class Dated(ScriptedSource):
        """Dates its answers in the future, or long ago."""

        def query(self, inquiry, deadline):
            return evolve(super().query(inquiry, deadline), as_of=START + as_of)

    class Clock:
        """Steps once all have been answered."""

        readings = 0

        def __call__(self):
            self.readings += 1
            return START if self.readings <= len(VEHICLE.inquiries) else START + step

    records = tuple(
        item for inquiry in VEHICLE.inquiries
        for item in VEHICLE.good(VEHICLE.application, inquiry)
    )  # fmt: skip
    with Gate(Dated(Script(records=records)), clock=Clock()) as gate:
        decision = gate.check(VEHICLE.application, purpose=VEHICLE.purpose)
    assert decision.heading.at == START + step
    assert decision.outcome is Outcome.CANNOT_VERIFY
    answers = [item.obligation.answer for item in decision.findings if item.obligation.answer]
    assert {answer.outage.cause for answer in answers} == {cause}
    assert any(record.levelno >= logging.ERROR for record in caplog.records)


@pytest.mark.fault(95, source="gate")
def test_midnight_is_midnight_in_china():
    """Four in the afternoon of the day before, in UTC, the day has begun; a second earlier not."""
    assert china_date(datetime(2024, 1, 31, 16, 0, tzinfo=UTC)) == date(2024, 2, 1)
    assert china_date(datetime(2024, 1, 31, 15, 59, 59, tzinfo=UTC)) == date(2024, 1, 31)


@pytest.mark.fault(95, source="gate")
def test_an_instant_without_a_time_zone_is_an_input_error():
    """Neither an answer nor a check takes one."""
    naive = datetime(2026, 11, 23, 10, 0)  # noqa: DTZ001 - that is the point
    with pytest.raises(AnswerError):
        Answer(inquiry=VEHICLE.inquiries[0], records=(), as_of=naive)
    with pytest.raises(InputError):
        vehicle.check(VEHICLE.application, [], at=naive)


@pytest.mark.fault(96, source="gate")
@pytest.mark.parametrize(
    "day", ["2023-02-29", "2100-02-29", "26-11-23", "2026-11-31", "2026-1-5", "２０26-01-05"]
)
def test_a_day_that_is_not_in_the_calendar_is_an_input_error(day):
    """A day is written in full, in plain digits, and there is such a day."""
    with pytest.raises(InputError):
        read_case(text(spoil("application.handled_on", day)))


@pytest.mark.fault(96, source="gate")
@pytest.mark.parametrize("instant", ["2026-06-30T23:59:60+08:00", "2026-11-23T24:00:00+08:00"])
def test_an_instant_that_no_clock_shows_is_an_input_error(instant):
    """Leap seconds and hour 24 are refused: two readers would make different instants of them."""
    with pytest.raises(InputError):
        read_case(text(spoil("at", instant)))


@pytest.mark.fault(96, source="gate")
def test_summer_time_of_old_was_an_hour_ahead_and_days_are_still_counted_in_utc_plus_8():
    """Clocks showed +09:00 in six summers: an instant with that offset is read right."""
    instant = datetime.fromisoformat("1990-07-01T00:30:00+09:00")
    assert china_date(instant) == date(1990, 6, 30)
    assert instant.astimezone(CHINA).hour == 23


# Logs ---------------------------------------------------------------------------------------------


@pytest.mark.fault(63, source="gate")
@pytest.mark.parametrize("nasty", ["a\nERROR forged", "a\r\nb", "a\x1b[31mb", "a\u2028b", "a\x85b"])
def test_one_outage_is_one_line_in_the_log(caplog, nasty):
    """Whatever a source says of itself, its message does not begin a second line."""

    class Nasty:
        def query(self, inquiry, deadline):
            raise SourceError.of(nasty, OutageCause.UNKNOWN_CODE, nasty)

    caplog.set_level(logging.DEBUG)
    with Gate(Nasty()) as gate:
        gate.check(VEHICLE.application, purpose=VEHICLE.purpose)
    messages = [record.getMessage() for record in caplog.records]
    assert len(messages) == len(VEHICLE.inquiries)
    assert all(message.isprintable() for message in messages)


# The package as a whole ---------------------------------------------------------------------------


def imported():
    """Yield (module file, name) of everything the package imports."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield path, node.module or ""


@pytest.mark.fault(68, source="gate")
def test_nothing_is_unpickled():
    """No module reads pickles, but the contract of sources: it reads an error it has written."""
    dangerous = {
        "pickle",
        "cPickle",
        "shelve",
        "marshal",
        "dill",
        "cloudpickle",
        "joblib",
        "jsonpickle",
    }
    users = {path.name for path, name in imported() if name.split(".")[0] in dangerous}
    assert users <= {"contract.py"}
    # Beside the tests, not beside the package: that may be installed somewhere else.
    selected = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert 'select = ["ALL"]' in selected
    assert '"S301"' not in selected


@pytest.mark.fault(68, source="gate")
def test_a_secret_refuses_to_be_pickled():
    """It would be written in clear."""
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError):
            pickle.dumps(Secret("hidden"), protocol)


def patterns():
    """Return every pattern that stands in a module, by its place."""
    found = {}
    for module in walk_packages(taxgate.__path__, "taxgate."):
        if module.name.startswith(("taxgate.cli", "taxgate.__main__")):
            continue
        for name, value in vars(import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                found[f"{module.name}.{name}"] = value
    return found


def nested(pattern):
    """Return how many repetitions without bound stand inside another one and may backtrack.

    One whose turns each begin with a separator that the repetition inside cannot take, such as
    `(?:-[0-9A-Z]+)*`, has one way to match only, and is not counted.
    """
    parser, constants = re._parser, re._constants
    loops = {constants.MAX_REPEAT, constants.MIN_REPEAT}

    def takes(parsed, character):
        for code, argument in parsed:
            if code is constants.IN:
                single = [item for item in argument if item[0] is not constants.NEGATE]
                if (constants.NEGATE, None) in argument:
                    return True
                return any(
                    chosen == character
                    if kind is constants.LITERAL
                    else chosen[0] <= character <= chosen[1]
                    if kind is constants.RANGE
                    else True
                    for kind, chosen in single
                )
            if code is not constants.LITERAL or argument == character:
                return True
        return False

    def count(parsed, separator):
        """Count in *parsed*; *separator* begins each turn of what is around, 0 if nothing does."""
        total = 0
        for code, argument in parsed:
            if code in loops:
                _, most, body = argument
                endless = most == constants.MAXREPEAT
                if endless and separator is not None:
                    total += separator == 0 or takes(body, separator)
                total += count(body, first(body) if endless else separator)
            elif code is constants.POSSESSIVE_REPEAT:
                total += count(argument[2], None)
            elif code is constants.ATOMIC_GROUP:
                total += count(argument, None)
            elif code is constants.SUBPATTERN:
                total += count(argument[3], separator)
            elif code is constants.BRANCH:
                total += sum(count(branch, separator) for branch in argument[1])
            elif code in (constants.ASSERT, constants.ASSERT_NOT):
                total += count(argument[1], separator)
        return total

    def first(parsed):
        code, argument = parsed[0]
        if code is constants.SUBPATTERN:
            return first(argument[3])
        return argument if code is constants.LITERAL else 0

    return count(parser.parse(pattern.pattern, pattern.flags), None)


@pytest.mark.fault(69, source="gate")
def test_no_pattern_repeats_a_repetition_without_bound():
    """Counted on the patterns themselves, not on a stop-watch: none can try 2ⁿ ways."""
    assert nested(re.compile(r"(a+)+b")) == 1
    assert nested(re.compile(r"(?:-[a-z-]+)*b")) == 1
    assert nested(re.compile(r"[a-z]+(?:-[a-z]+)*")) == 0
    found = patterns()
    assert len(found) > 10
    assert not {name: value.pattern for name, value in found.items() if nested(value)}


@pytest.mark.fault(69, source="gate")
def test_length_comes_before_any_pattern(monkeypatch):
    """A megabyte is refused by its length: not one pattern is tried on it."""
    from taxgate import identifiers  # noqa: PLC0415

    class Untried:
        def __getattr__(self, name):
            raise AssertionError("a pattern was tried")

    for name, value in vars(identifiers).items():
        if isinstance(value, re.Pattern):
            monkeypatch.setattr(identifiers, name, Untried())
    huge = "A" * 1_000_000
    for kind in identifiers.IDENTIFIERS:
        with pytest.raises(InputError):
            kind(huge)
    for check in (check_name, check_code):
        with pytest.raises(InputError):
            check(huge)


# Production ---------------------------------------------------------------------------------------


def not_live(kind, folder):
    """Return a source of a kind whose answers are not live."""
    script = Script()
    if kind == MEMORY:
        return in_memory(script)
    if kind == REPLAY:
        return replayed(script, folder, VEHICLE.inquiries)
    return MAKERS[kind](lambda: in_memory(script), folder)


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=pytest.mark.fault(85, source=kind))
        for kind in (MEMORY, REPLAY, *AROUND)
    ],
)
def test_a_production_gate_refuses_a_source_that_is_not_live(tmp_path, kind):
    """In memory or replayed, or anything around such a source: refused at start, with its place."""
    source = not_live(kind, tmp_path)
    with pytest.raises(ConfigError) as caught:
        Gate(source)
    assert caught.value.faults[0][0] == "sources"
    with pytest.raises(ConfigError):
        Gate({Matter.VEHICLE_PURCHASE_TAX: source})
    Gate(source, trial=True).close()


class Coy:
    """A source that does not say what it is until it answers."""

    name = "coy"

    def __init__(self, inner):
        self.query = inner.query


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=pytest.mark.fault(85, source=kind))
        for kind in (MEMORY, REPLAY, *AROUND)
    ],
)
def test_answers_that_are_not_live_do_not_count_in_production(tmp_path, kind):
    """Where a source keeps quiet about itself, each of its answers is refused all the same."""
    records = tuple(
        item for inquiry in VEHICLE.inquiries
        for item in VEHICLE.good(VEHICLE.application, inquiry)
    )  # fmt: skip
    script = Script(records=records)
    if kind == REPLAY:
        source = Coy(replayed(script, tmp_path, VEHICLE.inquiries))
    elif kind == MEMORY:
        source = Coy(in_memory(script))
    else:
        source = MAKERS[kind](lambda: Coy(in_memory(script)), tmp_path)
    with Gate(source) as gate:
        decision = gate.check(VEHICLE.application, purpose=VEHICLE.purpose)
    assert decision.outcome is Outcome.CANNOT_VERIFY
    assert not decision.verified
    answers = [item.obligation.answer for item in decision.findings if item.obligation.answer]
    assert {answer.outage.cause for answer in answers} == {OutageCause.NOT_LIVE}
    assert not shown_canaries(repr(decision))
