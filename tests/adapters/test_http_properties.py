"""Whatever a bureau replies is an answer to the question or an outage, and nothing else."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from http_cases import (
    APP_KEY,
    AT,
    REFRESH,
    VIN,
    Sender,
    as_json,
    ask_vehicle,
    configured,
    generic,
    national,
    paid,
    query,
    source,
)
from taxgate.evidence import CLOCK_SKEW, FRESH_FOR
from taxgate.secret import Secret
from taxgate.sources import SourceError

ROW = {"zsxmdm": "10115", "wszt": "1", "clsbdh": VIN.value, "ynse": "1.00", "sjse": "1.00"}
SCRAPS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["0", "1", "paid", "", VIN.value, "2026-11-23 09:00:00", "10115", "000"]),
)
VALUES = st.recursive(
    SCRAPS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def bureau(profile, spoil):
    """Return a source whose bureau's good replies are spoilt."""

    def respond(asked, request):
        if profile == "generic":
            return spoil(generic(asked, records=[paid()]))
        reply = national(profile, rows=[ROW])(asked, request)
        return reply if request.url.endswith(REFRESH) else spoil(reply)

    given_ = configured(profile)
    if profile != "generic":
        given_["secrets"]["app_key"] = Secret(APP_KEY)
    return source(Sender(respond), profile, **given_)


def places(value, path=()):
    """Yield the path of every value in *value*."""
    yield path
    parts = value.items() if isinstance(value, dict) else ()
    parts = enumerate(value) if isinstance(value, list) else parts
    for name, part in parts:
        yield from places(part, (*path, name))


def replaced(value, path, new):
    """Return *value* with *new* at *path*."""
    if not path:
        return new
    value = copy.deepcopy(value)
    inside = value
    for name in path[:-1]:
        inside = inside[name]
    inside[path[-1]] = new
    return value


def answered(asked):
    """Return the answer, or None for an outage; anything else is raised."""
    try:
        return query(asked)
    except SourceError as error:
        told = str(error)
    assert VIN.value not in told
    return None


@pytest.mark.parametrize("profile", ["generic", "gjgxjhpt"])
@given(data=st.data(), new=VALUES)
def test_one_value_replaced_by_any_other(profile, data, new):
    """An answer that is believed is fresh and about the question; all else is an outage."""

    def spoil(reply):
        path = data.draw(st.sampled_from(list(places(reply))))
        return json.dumps(replaced(reply, path, new)).encode()

    answer = answered(bureau(profile, spoil))
    if answer is not None:
        assert answer.inquiry == ask_vehicle()
        assert -CLOCK_SKEW <= AT - answer.as_of <= FRESH_FOR


@pytest.mark.parametrize("profile", ["generic", "gjgxjhpt"])
@given(cut=st.integers(0, 700), put=st.binary(max_size=8), over=st.integers(0, 8))
def test_some_bytes_replaced_by_any_others(profile, cut, put, over):
    """Bytes cut, put in or changed anywhere never raise anything but an outage."""

    def spoil(reply):
        raw = as_json(reply)
        return raw[:cut] + put + raw[cut + over :]

    answered(bureau(profile, spoil))


@given(raw=st.binary(max_size=200))
def test_any_bytes(raw):
    """What is no reply at all is an outage."""
    assert answered(bureau("generic", lambda _: raw)) is None


@given(code=st.text(max_size=40))
def test_no_code_is_success_but_the_one(code):
    """Records count behind the one code of success only."""
    answer = answered(bureau("generic", lambda reply: reply | {"code": code}))
    assert (answer is not None) is (code == "0")


@given(status=st.text(max_size=20) | SCRAPS)
def test_no_status_is_guessed(status):
    """A record says paid only where the code says so exactly."""

    def spoil(reply):
        row = reply["data"]["list"][0] | {"wszt": status}
        return json.dumps(replaced(reply, ("data", "list"), [row])).encode()

    answer = answered(bureau("gjgxjhpt", spoil))
    if answer is not None:
        assert status in set("0123456789")
