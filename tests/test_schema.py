"""The published schemas: valid, complete, described, and at one with the reader."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import datetime
from enum import StrEnum

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import strategies
from taxgate.errors import InputError, WireError
from taxgate.evidence import CHINA, Inquiry, OutageCause
from taxgate.findings import Outcome
from taxgate.identifiers import IDENTIFIERS
from taxgate.parties import Person
from taxgate.terms import Checkpoint, Matter, RecordStatus
from taxgate.wire import (
    Case,
    decision_document,
    error_document,
    input_schema,
    output_schema,
    read_case,
    write_case,
)
from taxgate.wire.case import rules
from taxgate.wire.describing import description, field_description, member_descriptions, title
from taxgate.wire.formats import IDENTIFIER_PATTERNS, compiled
from wire_documents import (
    FULL,
    OWNER_NUMBER,
    REMOVED,
    VIN,
    documents,
    json_path,
    places,
    put,
    spoil,
    text,
)

INPUT = {checkpoint: input_schema([checkpoint]) for checkpoint in Checkpoint}
ACCEPTS = {
    checkpoint: Draft202012Validator(schema).is_valid for checkpoint, schema in INPUT.items()
}
OUTPUT = Draft202012Validator(output_schema())
VEHICLE = ACCEPTS[Checkpoint.VEHICLE]
SCHEMAS = [
    *(pytest.param(schema, id=f"input-{checkpoint}") for checkpoint, schema in INPUT.items()),
    pytest.param(input_schema(), id="input"),
    pytest.param(output_schema(), id="output"),
]
OF_FORM = re.compile(
    r"is missing$|must be .*, not |is no field here|is not one of|is never the status|is not a date"
    r"|is not an instant|is not a decimal|is not a number|has more than|contains |is given twice$"
)
"""How problems of form begin; whatever else is refused, a class refuses."""


# The schemas themselves ---------------------------------------------------------------------------


@pytest.mark.parametrize("schema", SCHEMAS)
def test_the_schema_is_a_schema(schema):
    """It keeps to its own dialect, and to JSON."""
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_definition_is_used_and_every_reference_defined(schema):
    """Nothing dangles and nothing is left over."""
    used = {node["$ref"].removeprefix("#/$defs/") for node in _nodes(schema) if "$ref" in node}
    assert used == set(schema["$defs"])


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_object_is_closed_and_every_field_described(schema):
    """Who reads only the schema learns what each field means."""
    for name, body in [("", schema), *schema["$defs"].items()]:
        if "properties" not in body:
            continue
        assert body["additionalProperties"] is False
        assert body["title"], name
        for field, shape in body["properties"].items():
            assert shape.get("description"), f"{name}.{field}"
            assert shape["description"].rstrip().endswith((".", ")")), f"{name}.{field}"


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_text_has_a_bound_or_a_list(schema):
    """A format, a pattern or an enum: what comes in is nowhere just any string."""
    if schema["$id"] == "urn:taxgate:case":
        for node in _nodes(schema):
            if node.get("type") == "string":
                assert "pattern" in node or "enum" in node, node


def test_schemas_do_not_depend_on_the_process():
    """Two processes with other hash seeds generate the same text."""
    program = (
        "import json; from taxgate.wire import *\n"
        "print(json.dumps([input_schema(), output_schema()]))"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert texts == {(json.dumps([input_schema(), output_schema()]) + "\n").encode()}


def test_every_code_of_every_vocabulary_is_listed():
    """Enums in the schema are those of the code, in their order."""
    defined = input_schema()["$defs"]
    for kind in (Matter, OutageCause, RecordStatus):
        assert defined[kind.__name__]["enum"] == [member.value for member in kind]
    for checkpoint in Checkpoint:
        act = rules(checkpoint).Act
        assert INPUT[checkpoint]["$defs"][act.__name__]["enum"] == [item.value for item in act]
    assert output_schema()["$defs"]["Outcome"]["enum"] == [outcome.value for outcome in Outcome]


def test_all_checkpoints_are_covered_and_told_apart_by_one_field():
    """Each application is judged by its own schema only."""
    schema = input_schema()
    assert schema["properties"]["checkpoint"]["enum"] == [item.value for item in Checkpoint]
    both = Draft202012Validator(schema)
    assert both.is_valid(FULL)
    for checkpoint in Checkpoint:
        if checkpoint is not Checkpoint.VEHICLE:
            assert not both.is_valid(spoil("checkpoint", checkpoint.value))


@pytest.mark.parametrize("checkpoint", Checkpoint)
def test_a_record_may_have_the_statuses_of_its_class(checkpoint):
    """The status is narrowed to what such a record can say."""
    record = rules(checkpoint).Record
    shape = INPUT[checkpoint]["$defs"][record.__name__]["properties"]["status"]
    assert shape["enum"] == [status.value for status in RecordStatus if status in record.STATUSES]


# Schema and reader --------------------------------------------------------------------------------


def test_the_full_document_keeps_to_the_schema():
    """Every field of it, without a complaint."""
    assert not list(Draft202012Validator(INPUT[Checkpoint.VEHICLE]).iter_errors(FULL))


WRONG = [
    None, True, 0, -1, 2**53, "", "x", "１", "2026-13-01", "2026-11-23", "9999-12-31", "-0", "1e5",
    "12.5", "12.5\n", "9" * 19, "2026-11-23T10:00:60+08:00", "2026-11-23T10:00:00Z", "a\u0000",
    " a", "a ", "a" * 65, "a" * 201, "a" * 4001, "1M8GDM9AXKP04278O", "LC0012345", "140100",
    "14010", "140100\n", "passport", "paid", "waived", [], [None], ["x"], {}, {"x": 1}, REMOVED,
]  # fmt: skip


@pytest.mark.parametrize("steps", [steps for steps, _ in places(FULL)], ids=json_path)
def test_schema_and_reader_refuse_the_same_near_misses(steps):
    """What the schema refuses the reader refuses, and what the reader refuses for its form."""
    for wrong in WRONG:
        if wrong is not REMOVED or isinstance(steps[-1], str):
            _demand_agreement(Checkpoint.VEHICLE, spoil(".".join(map(str, steps)), wrong))


@pytest.mark.parametrize("checkpoint", Checkpoint)
@given(data=st.data())
def test_schema_and_reader_agree_on_any_document(checkpoint, data):
    """Drawn from the classes, as it is and with one place spoilt."""
    document = data.draw(documents(checkpoint))
    _demand_agreement(checkpoint, document)
    steps, _ = data.draw(st.sampled_from(list(places(document))))
    wrong = data.draw(st.sampled_from(WRONG))
    if wrong is not REMOVED or isinstance(steps[-1], str):
        put(document, [str(step) for step in steps], wrong)
        _demand_agreement(checkpoint, document)


@pytest.mark.parametrize("checkpoint", Checkpoint)
@given(data=st.data())
def test_what_is_written_keeps_to_the_schema(checkpoint, data):
    """Whatever the reader reads again, the schema takes."""
    application, answers, readings = data.draw(strategies.cases(rules(checkpoint)))
    case = Case(
        checkpoint=checkpoint,
        application=application,
        answers=answers,
        readings=readings,
        at=datetime(2026, 11, 23, 10, 0, tzinfo=CHINA),
    )
    assert ACCEPTS[checkpoint](json.loads(write_case(case)))


WRITTEN = (
    VIN, "LC0012345", "ABC-123-9", "91149999MA0000001C", OWNER_NUMBER, "110101900307001",
    "11010119900307889X", "149999001001GB00001F00010001", "149999001001GB00001W00000000", "140100",
)  # fmt: skip


@pytest.mark.parametrize("kind", IDENTIFIERS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_a_pattern_is_never_stricter_than_the_identifier(kind, data):
    """Whatever the class reads has the published shape, in either case of letters."""
    written = data.draw(st.sampled_from(WRITTEN))
    place = data.draw(st.integers(0, len(written)))
    put_in = data.draw(st.sampled_from(["", "0", "X", "-", "\n", "Ａ", "O"]))
    pattern = compiled(IDENTIFIER_PATTERNS[kind])
    for near in (written, written.lower(), written[:place] + put_in + written[place + 1 :]):
        try:
            kind.parse(near)
        except InputError:
            continue
        assert pattern.search(near)


@pytest.mark.parametrize("kind", IDENTIFIERS, ids=lambda kind: kind.__name__)
def test_a_pattern_is_anchored(kind):
    """Nothing may stand before or after, not even a line break."""
    pattern = compiled(IDENTIFIER_PATTERNS[kind])
    shaped = [written for written in WRITTEN if pattern.search(written)]
    assert shaped
    for written in shaped:
        assert not pattern.search(f"{written}\n")
        assert not pattern.search(f" {written}")


def test_a_number_has_the_shape_of_its_document():
    """A USCC in a person is a USCC to the schema too."""
    place = "application.applicant.number"
    assert not VEHICLE(spoil(place, "P0000001"))
    assert VEHICLE(spoil("application.applicant.id_type", "passport"))


# Going out ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("checkpoint", Checkpoint)
@given(data=st.data())
def test_every_decision_keeps_to_the_output_schema(checkpoint, data):
    """Whatever is decided, in both languages."""
    module = rules(checkpoint)
    application, answers, readings = data.draw(strategies.cases(module))
    decision = module.check(
        application, answers, at=datetime(2026, 11, 23, 10, 0, tzinfo=CHINA), readings=readings
    )
    document = decision_document(decision)
    assert not list(OUTPUT.iter_errors(document))


def test_every_error_keeps_to_the_output_schema():
    """An error is told apart from a decision by its fields."""
    error = _read({})
    assert OUTPUT.is_valid(error_document(error))
    assert not OUTPUT.is_valid({**error_document(error), "verdict": "pass"})
    assert not OUTPUT.is_valid({})


def test_a_decision_without_a_field_is_none():
    """Every field is always there, so a reader of decisions need not guess."""
    document = decision_document(read_case(text(FULL)).decide())
    assert OUTPUT.is_valid(document)
    for field in document:
        assert not OUTPUT.is_valid({key: part for key, part in document.items() if key != field})
    assert not OUTPUT.is_valid({**document, "more": 1})
    assert not OUTPUT.is_valid({**document, "verdict": "PASS"})


# Descriptions -------------------------------------------------------------------------------------


def test_descriptions_come_from_the_docstrings():
    """First paragraph, further paragraphs, and each entry of `Attributes:`, lines joined."""
    assert (
        title(Inquiry) == "One question to the tax bureau (查验请求): one matter about one subject."
    )
    assert description(Inquiry).startswith("The subject is a vehicle (`vin`), a unit and a person")
    assert "Attributes" not in description(Inquiry)
    assert field_description(Person, "number") == (
        "Its number. Citizen numbers of 15 digits are lengthened, citizen numbers and USCCs "
        "checked; other numbers are kept as given."
    )
    assert field_description(Person, "colour") is None


def test_members_are_described_by_what_stands_below_them():
    """Read from the source; a member without a word has none."""
    told = member_descriptions(Matter)
    assert told["deed-tax"] == "Deed tax (契税)."
    assert list(told) == [matter.value for matter in Matter]
    assert "purchase" in INPUT[Checkpoint.VEHICLE]["$defs"]["Acquisition"]["enum"]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_descriptions_speak_of_json_and_not_of_python(schema):
    """Who reads the schema knows null and lists, and need not know Python."""
    for node in _nodes(schema):
        for told in (node.get("title"), node.get("description")):
            if isinstance(told, str):
                assert not re.search(r"\bNone\b|\btuple|\(\)", told), told


def test_a_missing_answer_is_told_as_an_outage_and_not_as_a_hold():
    """V-33, E-09 and D-04 go on without one; but none of them is a verified pass."""
    told = input_schema()["description"]
    assert "counts as an outage (not asked): never a verified pass" in told
    assert "held until" not in told


def test_the_schema_says_which_inquiries_each_checkpoint_needs():
    """One line for each, with the matters by their codes."""
    lines = description(Inquiry).splitlines()
    for checkpoint, matters in {
        "vehicle": ("vehicle-purchase-tax", "vehicle-and-vessel-tax"),
        "property-title": ("deed-tax", "individual-income-tax", "land-appreciation-tax"),
        "equity-transfer": ("individual-income-tax",),
        "deregistration": ("clearance", "tax-objection", "tax-registration"),
    }.items():
        (line,) = (line for line in lines if line.startswith(f"At {checkpoint}:"))
        assert all(matter in line for matter in matters)


def test_members_without_source_are_not_described():
    """A class made at run time has no source to read."""
    assert member_descriptions(StrEnum("Made", {"A": "a"})) == {}


@pytest.mark.parametrize("checkpoint", Checkpoint)
def test_every_class_on_the_wire_says_what_it_is(checkpoint):
    """No field of an application or record goes without an entry in a docstring."""
    for kind in (rules(checkpoint).Application, rules(checkpoint).Record):
        for field in attrs.fields(kind):
            assert field_description(kind, field.name), f"{kind.__name__}.{field.name}"


# Helpers ------------------------------------------------------------------------------------------


def _read(document):
    try:
        return read_case(text(document))
    except WireError as error:
        return error


def _demand_agreement(checkpoint, document):
    read = _read(document)
    if not ACCEPTS[checkpoint](document):
        assert isinstance(read, WireError), document
    elif isinstance(read, WireError):
        of_form = [(path, problem) for path, problem in read.faults if OF_FORM.match(problem)]
        assert not of_form
    else:
        assert read_case(write_case(read)) == read


def _nodes(value):
    """Yield every object inside a schema."""
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from _nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from _nodes(part)
