"""Values built quickly are what their classes would have built, and as frozen."""

from __future__ import annotations

import copy
import pickle

import pytest
from attrs import field, frozen
from attrs.exceptions import FrozenInstanceError

from taxgate.building import quickly
from taxgate.checks.vehicle.tables import PurchaseTaxFacts
from taxgate.decision import Decision
from taxgate.evidence import Inquiry, Purpose
from taxgate.findings import Finding, Obligation, Weighed
from taxgate.identifiers import IdentifierError
from taxgate.proceedings import Heading, Referral
from taxgate.terms import Matter
from vehicle_cases import VIN


@frozen
class Sample:
    """A class with every kind of argument, and a field named as few are."""

    kind: str
    new: int = 3
    parts: dict[str, int] = field(factory=dict)
    name: str = field(default="none", kw_only=True, converter=str.upper)


def test_arguments_and_defaults_are_those_of_the_class():
    """By position, by name, left out; only converters do not run."""
    build = quickly(Sample)
    left_out = build("a")
    assert (left_out.kind, left_out.new, left_out.parts, left_out.name) == ("a", 3, {}, "none")
    assert build("a", 4, {"b": 1}, name="C") == Sample("a", 4, {"b": 1}, name="c")
    assert build(kind="a", name="D").new == Sample("a").new
    assert build("a").parts is not build("a").parts
    with pytest.raises(TypeError):
        build()
    with pytest.raises(TypeError):
        build("a", 1, {}, "by position")


@pytest.mark.parametrize(
    "kind",
    [Decision, Finding, Heading, Inquiry, Obligation, PurchaseTaxFacts, Purpose, Referral, Weighed],
)
def test_every_class_that_is_built_quickly_allows_it(kind):
    """Python lets an instance change its class only where the slots are the same."""
    taken = {item.name: item.name for item in kind.__attrs_attrs__}
    built = quickly(kind)(**taken)
    assert type(built) is kind
    assert {name: getattr(built, name) for name in taken} == taken


def test_what_was_built_is_frozen_equal_and_copied_as_any_other():
    """Nobody can tell how a value was built."""
    built, usual = (make(matter=Matter.DEED_TAX, vin=VIN) for make in (quickly(Inquiry), Inquiry))
    assert type(built) is Inquiry
    assert (built, repr(built), hash(built)) == (usual, repr(usual), hash(usual))
    assert pickle.loads(pickle.dumps(built)) == copy.deepcopy(built) == usual  # noqa: S301
    with pytest.raises(FrozenInstanceError):
        built.matter = Matter.SEAL
    with pytest.raises(FrozenInstanceError):
        del built.matter


def test_a_class_still_checks_what_it_is_given():
    """Building quickly is another door; the usual one stays guarded."""
    quickly(Purpose)
    with pytest.raises(IdentifierError):
        Purpose(office=" ", case_no="1", provision="order-307/24(2)")
