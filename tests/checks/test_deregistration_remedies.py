"""What is missing to pass, for every combination of facts of every obligation."""

from __future__ import annotations

import itertools
from math import prod

import pytest
from attrs import evolve, fields

from deregistration_cases import (
    DAY,
    DOWN,
    OTHER,
    START,
    WINDOW_LAST,
    S,
    individual,
    judge,
    publicity,
    record,
    ruling,
    simplified,
    staffing,
)
from deregistration_cases import apply as general
from taxgate.checks.deregistration.application import Bar, Route, RulingKind
from taxgate.checks.deregistration.facts import (
    ClearanceFacts,
    ObjectionFacts,
    RegistrationFacts,
    RulingFacts,
)
from taxgate.checks.deregistration.tables import (
    CLEARANCE_TABLES,
    RULING,
    SIMPLIFIED_TABLES,
    TAX_REGISTRATION,
)
from taxgate.remedies import satisfies, ways_out
from taxgate.terms import Reading

OBJECTED = [record(S.OBJECTED, raised_on=START)]
LATER = [record(S.OBJECTED, raised_on=DAY)]
GROUPS = [
    pytest.param(CLEARANCE_TABLES, ClearanceFacts, id="clearance"),
    pytest.param(SIMPLIFIED_TABLES, ObjectionFacts, id="objection"),
    pytest.param((TAX_REGISTRATION,), RegistrationFacts, id="registration"),
    pytest.param((RULING,), RulingFacts, id="ruling"),
]
UNREAD = {"state", "others"}
"""Facts for referrals and obstacles: no table of the obligation reads them."""
READINGS = [
    pytest.param(frozenset(), id="default"),
    pytest.param(frozenset({Reading.BANKRUPTCY_DIRECT}), id="direct"),
]
HOPELESS: dict[str, str] = {}
"""Combinations nobody can do anything about, described: there are none at this checkpoint."""


def points(tables, kind):
    """Return every combination of the facts that *tables* read, and thus of all facts of *kind*."""
    columns = {name: members for table in tables for name, members in table.columns.items()}
    unread = {item.name for item in fields(kind)} - set(columns)
    assert unread <= UNREAD
    every = [
        kind(**dict(zip(columns, members, strict=True)), **dict.fromkeys(unread))
        for members in itertools.product(*columns.values())
    ]
    assert len(every) == prod(len(members) for members in columns.values())
    return every


def after(way, facts):
    """Return the facts once every action of *way* is done."""
    return evolve(facts, **{name: member for item in way for name, member in item.sets.items()})


def is_open(action, facts):
    """Tell whether somebody can take this action now."""
    return all(getattr(facts, name) in accepted for name, accepted in action.when.items())


def subsets(way):
    """Yield every proper subset of a way."""
    return itertools.chain.from_iterable(
        itertools.combinations(way, size) for size in range(len(way))
    )


def ways(decision):
    """Return the ways out of each open obligation, by matter."""
    return {
        item.obligation.matter.value: {
            tuple(sorted(action.name for action in way)) for way in item.ways
        }
        for item in decision.remedies()
    }


@pytest.mark.rows(
    "D-02", "D-03", "D-05", "D-06", "D-07", "D-08", "D-11", "D-13", "D-14", "D-17", "D-18", "D-21",
    "D-23", "D-24", "D-27", "D-29", "D-30", "D-31", "D-32", "D-33", "D-34",
)  # fmt: skip
@pytest.mark.parametrize(("tables", "kind"), GROUPS)
@pytest.mark.parametrize("readings", READINGS)
def test_every_way_satisfies_and_no_part_of_it_does(tables, kind, readings):
    """Every point: each way is open, enough and minimal, and what does not pass has one."""
    hopeless = set()
    for facts in points(tables, kind):
        if satisfies(tables, facts, readings):
            assert ways_out(tables, facts, readings) == ((),)
            continue
        found = ways_out(tables, facts, readings)
        if not found:
            hopeless.add(str(facts))
        for way in found:
            assert all(is_open(action, facts) for action in way)
            assert len({action.name for action in way}) == len(way)
            assert satisfies(tables, after(way, facts), readings), (facts, way)
            for part in subsets(way):
                assert not satisfies(tables, after(part, facts), readings), (facts, part)
    assert hopeless == set(HOPELESS)


@pytest.mark.rows("D-02", "D-03", "D-14", "D-18", "D-30")
@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        pytest.param([], {("obtain-clearance",)}, id="absent"),
        pytest.param([record(S.NEVER_HAD_TAX_AFFAIRS)], {("obtain-clearance",)}, id="never"),
        pytest.param([record(uscc=OTHER)], {("obtain-clearance",)}, id="mismatch"),
        pytest.param([record(S.REVOKED)], {("obtain-clearance",)}, id="revoked"),
        pytest.param([record(name="另一名称")], {("correct-record",)}, id="conflict"),
        pytest.param(DOWN, {("ask-again",), ("verify-voucher",)}, id="outage"),
        pytest.param([record(S.NEVER_ISSUED)], {("clear-suspicion",)}, id="forged"),
    ],
)
def test_ways_out_on_the_general_route(reply, expected):
    """A document; in an outage a retry or an officer's check by another channel."""
    assert ways(judge(general(), reply)) == {"clearance": expected}


@pytest.mark.rows("D-17", "D-33")
def test_a_ruling_is_a_way_out_only_where_it_spares_the_document():
    """By default the document is needed whatever the ruling; under the reading either will do."""
    opened = ruling(kind=RulingKind.OPENS_PROCEDURE)
    case = general(Route.COURT, ruling=opened)
    document = {("obtain-clearance",)}
    assert ways(judge(case, [])) == {"clearance": document}
    assert ways(judge(general(Route.COURT, ruling=ruling()), [])) == {"clearance": document}
    direct = judge(case, [], readings=(Reading.BANKRUPTCY_DIRECT,))
    assert ways(direct) == {"clearance": {*document, ("confirm-court-papers",)}}


@pytest.mark.rows("D-05")
def test_ways_out_of_an_objection_in_the_period():
    """Settled and lifted, settled and published again, or the general route with a document."""
    settled = {("settle-objection",), ("obtain-clearance-and-take-general-route",)}
    again = {("settle-objection-and-publish",)}
    assert ways(judge(simplified(), [], OBJECTED)) == {"tax-objection": settled | again}
    assert ways(judge(individual(), [], OBJECTED)) == {"tax-objection": settled}
    late = simplified(WINDOW_LAST.replace(day=12))
    assert ways(judge(late, [], OBJECTED)) == {
        "tax-objection": {
            ("obtain-clearance-and-take-general-route",),
            ("publish", "settle-objection"),
        }
    }


@pytest.mark.rows("D-31")
def test_ways_out_of_a_late_objection():
    """A document on the general route, or the tax authority lifts it."""
    assert ways(judge(simplified(), [], LATER)) == {
        "tax-objection": {("obtain-clearance-and-take-general-route",), ("settle-objection",)}
    }


@pytest.mark.rows("D-29")
@pytest.mark.parametrize("status", [S.ISSUED, S.WAIVED])
@pytest.mark.parametrize("objection", [OBJECTED, LATER])
def test_ways_out_of_a_document_beside_an_objection(status, objection):
    """The tax authority lifts it, or the general route, where the document passes."""
    decision = judge(simplified(), [record(status)], objection)
    assert ways(decision) == {"clearance": {("lift-objection",), ("take-general-route",)}}


@pytest.mark.rows("D-27", "D-29")
def test_a_suspicion_cleared_still_meets_the_objection():
    """Both are to be dealt with."""
    decision = judge(simplified(), [record(S.NEVER_ISSUED)], OBJECTED)
    assert ways(decision) == {
        "clearance": {
            ("clear-suspicion", "lift-objection"),
            ("clear-suspicion", "take-general-route"),
        }
    }


@pytest.mark.rows("D-32")
def test_ways_out_of_a_revocation_without_an_objection():
    """The tax authority clarifies, or a new document."""
    decision = judge(simplified(), [record(S.REVOKED)])
    assert ways(decision) == {"clearance": {("correct-record",), ("obtain-clearance",)}}


@pytest.mark.rows("D-06", "D-07", "D-08", "D-11", "D-13")
@pytest.mark.parametrize(
    ("case", "expected"),
    [
        pytest.param(
            simplified(START.replace(day=10)),
            {("ask-for-objections", "wait-for-publicity"), ("obtain-clearance",)},
            id="running",
        ),
        pytest.param(
            individual(START.replace(day=10)),
            {("ask-for-objections", "wait-ten-days"), ("obtain-clearance",)},
            id="ten-days",
        ),
        pytest.param(
            simplified(WINDOW_LAST.replace(day=12)),
            {("obtain-clearance",), ("publish",)},
            id="late",
        ),
        pytest.param(simplified(bars=(Bar.PENDING_CASE,)), {("obtain-clearance",)}, id="barred"),
        pytest.param(
            simplified(push=None),
            {("ask-for-objections", "send-push"), ("obtain-clearance",)},
            id="not-pushed",
        ),
        pytest.param(
            simplified(publicity=publicity(readable=False)),
            {("ask-for-objections", "read-publicity-record"), ("obtain-clearance",)},
            id="unreadable",
        ),
    ],
)
def test_ways_out_where_the_exception_is_not_established(case, expected):
    """Wait, publish again, push and ask: or bring the document, which always will do."""
    assert ways(judge(case, [])) == {"tax-objection": expected}


@pytest.mark.rows("D-21", "D-23", "D-24")
@pytest.mark.parametrize(
    ("said", "declared", "expected"),
    [
        pytest.param(
            [record(S.REGISTERED_FOR_TAX)], True, {("cancel-tax-registration",)}, id="registered"
        ),
        pytest.param(
            [record(S.REGISTERED_FOR_TAX)],
            False,
            {("cancel-tax-registration",), ("correct-registration",)},
            id="declared-not",
        ),
        pytest.param(
            [record(S.NOT_REGISTERED_FOR_TAX)],
            True,
            {("cancel-tax-registration",), ("correct-declaration",)},
            id="declared",
        ),
        pytest.param(
            DOWN, None, {("ask-again",), ("ask-for-registration",), ("verify-voucher",)}, id="down"
        ),
    ],
)
def test_ways_out_at_a_staffing_office(said, declared, expected):
    """Papers, or whoever is wrong corrects what it said."""
    decision = judge(staffing(declared_registration=declared), registration=said)
    assert ways(decision) == {"tax-registration": expected}
