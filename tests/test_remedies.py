"""What is missing to pass: every minimal way out, checked over all facts of the tables."""

from __future__ import annotations

import itertools

import pytest
from attrs import evolve, make_class

from expect import ByHand, by_hand
from taxgate.checks.deregistration.simplified import SIMPLIFIED_TABLES
from taxgate.checks.deregistration.tables import CLEARANCE_TABLES, RULING, TAX_REGISTRATION
from taxgate.checks.equity_transfer.tables import INCOME_TAX_TABLES
from taxgate.checks.property_title import tables as property_tables
from taxgate.checks.vehicle.application import Archive, VehicleAct
from taxgate.checks.vehicle.tables import PURCHASE_TAX_TABLES, VESSEL_TAX_TABLES
from taxgate.evidence import OutageCause
from taxgate.findings import Finding, Obligation, Outcome
from taxgate.remedies import ways_out
from taxgate.tables import Row, when
from taxgate.terms import Actor, RecordStatus
from vehicle_cases import OWNER, VPT, VVT, apply, judge, record

GROUPS = {
    "vehicle purchase tax": PURCHASE_TAX_TABLES,
    "vehicle and vessel tax": VESSEL_TAX_TABLES,
    "equity transfer": INCOME_TAX_TABLES,
    "deed tax": (property_tables.DEED_TAX,),
    "income tax": (property_tables.INCOME_TAX,),
    "land appreciation tax": (property_tables.LAND_TAX,),
    "clearance": CLEARANCE_TABLES,
    "objection": SIMPLIFIED_TABLES,
    "tax registration": (TAX_REGISTRATION,),
    "ruling": (RULING,),
}
NOTHING = frozenset()


def points(tables):
    """Yield every combination of facts that some table of the group reads, as an object."""
    columns = {}
    for table in tables:
        for column, members in table.columns.items():
            columns.setdefault(column, members)
            shared = [member for member in columns[column] if member in members]
            columns[column] = tuple(shared)
    facts = make_class("Facts", list(columns), frozen=True)
    for values in itertools.product(*columns.values()):
        yield facts(*values)


def met(tables, facts):
    """Read every table naively: no row that matches concludes more than satisfied."""
    for table in tables:
        point = {column: getattr(facts, column) for column in table.columns}
        (row,) = [row for row in table.rows if row.accepts(point)]
        if row.then is not None and row.then > Outcome.SATISFIED:
            return False
    return True


def after(facts, actions):
    """Return the facts after the actions, or None where two of them contradict each other."""
    sets = {}
    for action in actions:
        for column, member in action.sets.items():
            if sets.setdefault(column, member) is not member:
                return None
    values = {field.name: getattr(facts, field.name) for field in type(facts).__attrs_attrs__}
    return type(facts)(**(values | sets))


def usable(tables, facts):
    """Return the actions that are open in these facts."""
    return [
        action
        for action in dict.fromkeys(action for table in tables for action in table.actions)
        if all(getattr(facts, column) in members for column, members in action.when.items())
    ]


def subsets(items):
    """Yield every subset."""
    for size in range(len(items) + 1):
        yield from itertools.combinations(items, size)


@pytest.mark.parametrize("group", GROUPS)
def test_ways_out_are_all_minimal_and_complete(group):
    """A way satisfies every table, no part of it does, and every set that does contains one."""
    tables = GROUPS[group]
    for facts in points(tables):
        ways = {frozenset(way) for way in ways_out(tables, facts, NOTHING)}
        if met(tables, facts):
            assert ways == {NOTHING}
            continue
        good = {
            frozenset(chosen)
            for chosen in subsets(usable(tables, facts))
            if (changed := after(facts, chosen)) is not None and met(tables, changed)
        }
        assert ways == {way for way in good if not any(other < way for other in good)}


@pytest.mark.parametrize("group", GROUPS)
def test_actions_of_one_name_are_never_open_together(group):
    """The name tells a reader what to do: two meanings at once would mislead."""
    tables = GROUPS[group]
    for facts in points(tables):
        names = [action.name for action in usable(tables, facts)]
        assert len(names) == len(set(names)), facts


def names(decision):
    """Return the ways out by matter, as names and actors."""
    return {
        remedy.obligation.matter: [[item.name for item in way] for way in remedy.ways]
        for remedy in decision.remedies()
    }


def test_unpaid_is_paid_or_exempted():
    """Pay, or hand in the exemption record; only the taxpayer can."""
    decision = judge(apply(), [record(VPT, RecordStatus.UNPAID)])
    assert names(decision) == {VPT: [["file-and-pay"], ["obtain-exemption-record"]]}
    (remedy,) = decision.remedies()
    assert {action.actor for way in remedy.ways for action in way} == {Actor.TAXPAYER}
    assert "V-d" in {item.source for item in remedy.cites}


def test_who_claims_an_exemption_is_not_told_to_pay():
    """V-08: the record of the exemption is what is missing."""
    decision = judge(apply(exemption_claimed=(VPT,)), [])
    assert names(decision) == {VPT: [["obtain-exemption-record"]]}


def test_several_taxes_are_joined_by_and():
    """One remedy per obligation that is open."""
    decision = judge(apply(), [], OutageCause.TIMEOUT)
    found = names(decision)
    assert set(found) == {VPT, VVT}
    assert found[VVT] == [["ask-again"], ["verify-voucher"]]


def test_what_passes_needs_nothing():
    """A satisfied decision has no remedies; an advisory one says what would settle it."""
    assert judge(apply()).remedies() == ()
    mortgage = apply(VehicleAct.MORTGAGE, archive_exemption=Archive.NONE)
    arrears = [record(VVT), record(VVT, RecordStatus.UNPAID, tax_year=2024)]
    assert names(judge(mortgage, None, arrears)) == {VVT: [["pay-arrears"]]}


def test_what_nobody_can_change_is_said():
    """Where no action helps there is no way, and notice and explanation say so."""
    row = Row(("1.2",), when(), Outcome.NOTIFY, "vehicle/purchase-tax/none-found")
    stuck = evolve(row, to=("taxpayer",), step="pay-or-file")
    obligation = Obligation(matter=VPT, facts=ByHand(), party=OWNER)
    open_finding = Finding(by_hand(stuck), obligation)
    decision = evolve(judge(apply()), findings=(open_finding,))
    (remedy,) = decision.remedies()
    assert remedy.ways == ()
    assert "目前无法通过补正解决" in decision.explain()
    assert "目前无法通过补正解决" in decision.notices()[0].text
