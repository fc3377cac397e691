"""Tokens stand for what identifies, and what is invented in their place is well-formed."""

from __future__ import annotations

import json

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import property_title_cases
from combined_sources import asked_for
from recordings import EVERYTHING, KEY
from strategies import PERSONS
from taxgate.adapters.tokens import Tokens, restored
from taxgate.errors import ConfigError, WireError
from taxgate.identifiers import (
    FrameNumber,
    ResidentNumber,
    UnitCode,
    Uscc,
    Vin,
    check_code,
    check_name,
    parse_frame,
)
from taxgate.parties import IdType, Person
from taxgate.secret import Secret
from taxgate.terms import Matter
from taxgate.wire import parsing
from taxgate.wire.exchange import read_records
from vehicle_cases import OTHER_VIN, VIN

CHECKS = {
    "vin": lambda text: parse_frame(text).__class__ is Vin,
    "frame": lambda text: parse_frame(text).__class__ is FrameNumber,
    "uscc": lambda text: Uscc(text).value == text,
    "resident": lambda text: ResidentNumber(text).value == text,
    "unit": lambda text: UnitCode(text).value == text,
    "text": lambda text: check_code(text) == check_name(text) == text,
}
DIGESTS = st.integers(0, 2**128 - 1).map(lambda number: f"{number:032x}")


@pytest.mark.parametrize("kind", list(CHECKS))
@given(digest=DIGESTS)
def test_what_is_invented_is_well_formed_and_always_the_same(kind, digest):
    """Theorem: every token of every kind becomes a value its class accepts."""
    token = f"{kind}:{digest}"
    invented = restored(token, {})
    assert CHECKS[kind](invented)
    assert restored(token, {}) == invented


def test_the_tokens_of_a_thousand_numbers_become_as_many_values():
    """No kind has so few values that different ones meet in a recording."""
    tokens = Tokens(KEY)
    for kind in CHECKS:
        found = {restored(tokens.of(kind, str(number)), {}) for number in range(1000)}
        assert len(found) == 1000, kind


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=40)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
        ),
        max_leaves=8,
    )
)
def test_what_is_no_token_stays_as_it_is(value):
    """And the value read is not changed under the hands of the next reader."""
    before = json.dumps(value)
    assert restored(value, {}) == value
    assert json.dumps(value) == before


def test_a_key_given_twice_is_still_a_fault_afterwards():
    """What the parser marks stays marked."""
    value = parsing.parse('[{"matter":"vehicle-purchase-tax","status":"paid","status":"paid"}]')
    with pytest.raises(WireError):
        read_records(asked_for(), restored(value, {}))


def test_a_short_key_is_refused():
    """Short keys can be tried out, and so can the numbers behind the tokens."""
    with pytest.raises(ConfigError):
        Tokens(Secret("short"))


def test_the_same_text_has_the_same_token_under_one_key_only():
    """Records agree and differ as before; without the key nothing can be tried."""
    one, other = Tokens(KEY), Tokens(Secret("another key for tests"))
    assert one.of("vin", VIN.value) == Tokens(KEY).of("vin", VIN.value)
    assert one.of("vin", VIN.value) != one.of("vin", OTHER_VIN.value)
    assert one.of("vin", VIN.value) != one.of("text", VIN.value)
    assert one.of("vin", VIN.value) != other.of("vin", VIN.value)
    assert one.key_id != other.key_id


def test_a_company_is_the_same_whether_it_is_a_subject_or_a_person():
    """Its code is one number wherever it stands."""
    code = Uscc("91149999MA0000001C")
    tokens = Tokens(KEY)
    asked = evolve(asked_for(), vin=None, company=code)
    person = Person(IdType.USCC, code.value)
    value = tokens.scrubbed(evolve(EVERYTHING, taxpayer=person))["taxpayer"]["number"]
    assert tokens.known(asked)[value] == code.value


def test_a_person_may_be_known_by_the_document_alone():
    """Without a name in the inquiry no name comes back, and the number does."""
    tokens = Tokens(KEY)
    person = evolve(PERSONS[0], name=None)
    assert set(tokens.known(asked_for(person=person)).values()) == {VIN.value, person.number}


def test_parties_deep_inside_a_record_are_hidden_and_come_back():
    """A consolidated flag names several; whoever asks knows one of them."""
    person, other = PERSONS[0], PERSONS[1]
    flag = property_title_cases.completion((Matter.DEED_TAX, person), (Matter.DEED_TAX, other))
    tokens = Tokens(KEY)
    value = tokens.scrubbed(flag)
    text = json.dumps(value, ensure_ascii=False)
    assert person.number not in text
    assert person.name not in text
    asked = evolve(asked_for(), matter=Matter.DEED_TAX, vin=None, unit=flag.unit, person=person)
    (back,) = read_records(asked, restored([json.loads(text)], tokens.known(asked)))
    assert back.unit == flag.unit
    assert [part.person == person for part in back.covers] == [True, False]
