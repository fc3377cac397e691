"""The canonical spelling is that of RFC 8785, as an independent package has it."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxgate.log.canonical import canonical, digest_of
from taxgate.terms import Verdict

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_it_spells_as_the_rfc_does(value):
    """Byte for byte the same as the package `rfc8785`, and read back to the same value."""
    rfc8785 = pytest.importorskip("rfc8785", reason="the comparison needs the package rfc8785")
    assert canonical(value) == rfc8785.dumps(value)
    assert json.loads(canonical(value)) == value
    assert digest_of(value) == sha256(rfc8785.dumps(value)).hexdigest()


def test_keys_are_ordered_by_utf_16():
    """A character beyond the first plane comes before one at its end, unlike by code point."""
    assert canonical({"\ufb33": 1, "\U0001f600": 2}).decode() == '{"\U0001f600":2,"\ufb33":1}'


def test_members_are_spelled_by_their_value():
    """A member of a vocabulary is its value, and no more."""
    assert canonical([Verdict.PASS]) == b'["pass"]'


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (1.0, TypeError),
        ([object()], TypeError),
        ({1: 2}, TypeError),
        ((1,), TypeError),
        (2**53, ValueError),
        (-(2**53), ValueError),
        ("\ud800", ValueError),
    ],
)
def test_what_has_no_one_spelling_is_refused(value, error):
    """Fractions, tuples, large integers and half characters never get into a digest."""
    with pytest.raises(error):
        canonical(value)
