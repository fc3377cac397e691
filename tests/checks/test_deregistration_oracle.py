"""The tables of deregistration against the specification read naively, for every case there is.

The oracle is written from the rows of 5.3 one by one, in plain text facts, and knows nothing of the
tables: it lists every row that matches, and the strictest outcome wins. The second half works out
periods and states from days itself, and goes through the whole check.
"""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deregistration_cases import (
    OTHER,
    S,
    individual,
    judge,
    morning,
    publicity,
    push,
    record,
    simplified,
)
from expect import (
    BLOCK,
    CANNOT_VERIFY,
    NOT_APPLICABLE,
    NOTIFY_HOLD,
    PASS,
    expect_everywhere,
)
from taxgate.checks.deregistration.application import Bar, Objector, PushState
from taxgate.checks.deregistration.duties import (
    CLEARANCE_DUTY,
    OBJECTION_DUTY,
    SCOPE,
    ClearanceDuty,
)
from taxgate.checks.deregistration.facts import (
    Affairs,
    Body,
    CourtPaper,
    Declared,
    Delivery,
    Document,
    Eligibility,
    Holding,
    Objection,
    Others,
    Period,
    RulingDoubt,
    Sparing,
    TaxRegistration,
)
from taxgate.checks.deregistration.simplified import (
    DELIVERY,
    ELIGIBILITY,
    EXCEPTION,
    OBJECTION,
    OTHER_OBJECTION,
    PERIOD,
    PERIOD_OBSTACLE,
    ROUTE_OBSTACLE,
    SIMPLIFIED_CLEARANCE,
    VERIFICATION,
)
from taxgate.checks.deregistration.tables import (
    CLEARANCE_TABLES,
    COURT_CLEARANCE,
    GENERAL_CLEARANCE,
    OBSTACLE_TABLES,
    RULING,
    SIMPLIFIED_TABLES,
    TAX_REGISTRATION,
)
from taxgate.evidence import OutageCause
from taxgate.terms import ObstacleKind, Reading

DIRECT = frozenset({Reading.BANKRUPTCY_DIRECT})
DOWN = {"source-unreachable", "source-untrusted"}
RAISED = {"raised-in-period", "raised-outside-period"}
UNKNOWN = {"unanswered", *DOWN}
NO_OBJECTION_KNOWN = {"none", "withdrawn"}


# The rows, as they are written ----------------------------------------------------------------


def no_document(document):
    """Any state but VERIFIED, WAIVED and FORGED_SUSPECT."""
    return document not in {"verified", "waived", "forged-suspect"}


def general_rows(document, spared, never, forged_ruling):
    """List the rows a general-route case matches, with their outcomes."""
    found = {}
    if document == "verified":
        found["D-01"] = PASS
    if document == "waived":
        found["D-16"] = PASS
    if document == "absent":
        found["D-02"] = NOTIFY_HOLD
        if never:
            found["D-14"] = NOTIFY_HOLD
        if spared:
            found["D-18"] = NOTIFY_HOLD
        if never or spared:  # the more specific row gives the reason
            del found["D-02"]
    if document in {"mismatch", "revoked", "conflict"}:
        found["D-03"] = NOTIFY_HOLD
    if document in DOWN:
        found["D-30"] = CANNOT_VERIFY
    if document == "forged-suspect" or forged_ruling:
        found["D-27"] = BLOCK
    return found


def court_rows(document, ends, forged_ruling, direct):
    """List the rows a court-route case matches, with their outcomes."""
    found = {}
    if document == "verified":
        found["D-01"] = PASS
    if document == "waived":
        found["D-16"] = PASS
    if document == "absent":
        if ends:
            found["D-17"] = PASS if direct else NOTIFY_HOLD
        else:
            found["D-33"] = NOTIFY_HOLD
    if document in {"mismatch", "revoked", "conflict"}:
        found["D-03"] = NOTIFY_HOLD
    if document in DOWN:
        found["D-30"] = CANNOT_VERIFY
    if document == "forged-suspect" or forged_ruling:
        found["D-27"] = BLOCK
    return found


def simplified_rows(document, period, delivery, objection, barred, never):
    """List the rows a simplified case matches, with their outcomes."""
    found = {}
    missing = no_document(document)
    individual_ = period in {"ten-days-running", "ten-days-over", "not-pushed"}
    over = period in {"over", "applied-late", "ten-days-over"}
    in_time = period in {"over", "ten-days-over"}
    if document in {"verified", "waived"}:
        if objection in RAISED:
            found["D-29"] = NOTIFY_HOLD
        else:
            found["D-01" if document == "verified" else "D-16"] = PASS
    if not barred and in_time and objection == "none":
        found["D-15" if never else "D-12" if individual_ else "D-04"] = PASS
    if not barred and in_time and objection == "withdrawn":
        found["D-09"] = PASS
    if missing and objection == "raised-in-period":
        found["D-05"] = BLOCK
    if missing and objection == "raised-outside-period":
        found["D-31"] = NOTIFY_HOLD
    if missing and period in {"not-begun", "running"} and objection not in RAISED:
        found["D-06"] = NOTIFY_HOLD
    if missing and period == "applied-late":
        found["D-07"] = NOTIFY_HOLD
    if missing and (
        (over and objection in UNKNOWN) or delivery != "delivered" or period == "unreadable"
    ):
        found["D-08"] = CANNOT_VERIFY
    if missing and barred:
        found["D-11"] = NOTIFY_HOLD
    if missing and period == "ten-days-running" and objection not in RAISED:
        found["D-13"] = NOTIFY_HOLD
    if document == "revoked" and objection in NO_OBJECTION_KNOWN:
        found["D-32"] = NOTIFY_HOLD
    if document == "forged-suspect":
        found["D-27"] = BLOCK
    return found


def simplified_obstacles(found, period, barred, others):
    """List the obstacles of D-06, D-10 and D-19; what cannot be read or never began waits too."""
    obstacles = set()
    if "D-06" in found:
        obstacles.add("publicity-missing" if period == "not-begun" else "publicity-running")
    if "D-01" in found or "D-16" in found:
        obstacles |= {
            "not-begun": {"publicity-missing"},
            "unreadable": {"publicity-missing"},
            "running": {"publicity-running"},
            "applied-late": {"applied-late"},
            "ten-days-running": {"objection-period-running"},
            "not-pushed": {"objection-period-running"},
        }.get(period, set())
        if barred:
            obstacles.add("route-not-open")
    if others:
        obstacles.add("other-objection")
    return obstacles


def staffing_rows(document, registration, declared, organ, forged_ruling):
    """List the rows a staffing-office case matches, with their outcomes."""
    found = {}
    none = document in {"absent", "waived"}
    differs = (registration, declared) in {
        ("registered", "not-registered"),
        ("not-registered", "registered"),
    }
    if document == "verified":
        found["D-20"] = PASS
    if registration == "registered" and none:
        found["D-23" if differs else "D-21"] = NOTIFY_HOLD
    if registration == "not-registered":
        if declared != "registered":
            found["D-25" if organ else "D-22"] = PASS
        elif none or document in DOWN:
            found["D-23"] = NOTIFY_HOLD
    if registration == "conflict" and (none or document in DOWN):
        found["1.3"] = NOTIFY_HOLD
    if document not in {"verified", "forged-suspect"} and (
        registration in DOWN or (registration == "registered" and document in DOWN)
    ):
        found["D-24"] = CANNOT_VERIFY
    if document in {"mismatch", "revoked", "conflict"}:
        found["D-34"] = NOTIFY_HOLD
    if document == "forged-suspect" or forged_ruling:
        found["D-27"] = BLOCK
    return found


# Every combination of facts -------------------------------------------------------------------


def told(tables, facts, readings=frozenset()):
    """Return the rows the tables name with their outcomes, silent rows left out."""
    found = {}
    for table in tables:
        ruling = table.decide(facts, readings)
        if ruling.conclusion is not None:
            for row in ruling.row.ids:
                found[row] = max(ruling.conclusion, found.get(row, ruling.conclusion))
    return found


def clearance_facts(duty, document, **fields):
    """Return facts of a clearance document, with a plain value for what is not asked."""
    plain = {
        "affairs": Affairs.NOT_ESTABLISHED,
        "sparing": Sparing.NONE,
        "ruling": CourtPaper.NOT_ESTABLISHED,
        "objection": Objection.UNANSWERED,
    }
    return SimpleNamespace(duty=duty, document=document, **(plain | fields))


@pytest.mark.rows("D-01", "D-02", "D-03", "D-14", "D-16", "D-18", "D-27", "D-30")
def test_general_route_against_the_rows():
    """Document, tax affairs, kind of entity, suspected ruling: every combination."""
    for document, affairs, sparing, doubt in itertools.product(
        Document, Affairs, Sparing, RulingDoubt
    ):
        facts = clearance_facts(ClearanceDuty.GENERAL, document, affairs=affairs, sparing=sparing)
        found = told(CLEARANCE_TABLES, facts) | told((RULING,), SimpleNamespace(doubt=doubt))
        expected = general_rows(
            document,
            sparing is Sparing.OTHER_MATERIAL,
            affairs is Affairs.NEVER,
            doubt is RulingDoubt.FORGED,
        )
        assert found == expected, (document, affairs, sparing, doubt)


@pytest.mark.rows("D-01", "D-03", "D-16", "D-17", "D-27", "D-30", "D-33")
@pytest.mark.parametrize("readings", [frozenset(), DIRECT], ids=["default", "direct"])
def test_court_route_against_the_rows(readings):
    """Document, ruling, suspected ruling and the reading: every combination."""
    for document, ruling, doubt in itertools.product(Document, CourtPaper, RulingDoubt):
        facts = clearance_facts(ClearanceDuty.COURT, document, ruling=ruling)
        found = told(CLEARANCE_TABLES, facts, readings)
        found |= told((RULING,), SimpleNamespace(doubt=doubt), readings)
        expected = court_rows(
            document,
            ruling is CourtPaper.ENDS_PROCEDURE,
            doubt is RulingDoubt.FORGED,
            readings == DIRECT,
        )
        assert found == expected, (document, ruling, doubt)


HOLDINGS = {
    Document.VERIFIED: Holding.DOCUMENT,
    Document.WAIVED: Holding.DOCUMENT,
    Document.FORGED_SUSPECT: Holding.SUSPECT,
}


def possible(period, delivery, objection):
    """Tell whether period, push and objection can occur together."""
    if period in {"ten-days-running", "ten-days-over"} and delivery != "delivered":
        return False
    if period == "not-pushed" and delivery == "delivered":
        return False
    if objection == "none":
        over = period in {"over", "applied-late", "ten-days-over"}
        return over and delivery == "delivered"
    return True


def simplified_combinations():
    """Yield every possible combination of facts of the simplified route."""
    for document, period, delivery, objection in itertools.product(
        Document, Period, Delivery, Objection
    ):
        if possible(period, delivery, objection):
            for eligibility, affairs in itertools.product(Eligibility, Affairs):
                yield document, period, delivery, objection, eligibility, affairs


def decide_simplified(document, period, delivery, objection, eligibility, affairs):
    """Return what the tables of both obligations say, and the facts of the exception."""
    clearance = clearance_facts(ClearanceDuty.SIMPLIFIED, document, objection=objection)
    facts = SimpleNamespace(
        holding=HOLDINGS.get(document, Holding.NO_DOCUMENT),
        period=period,
        delivery=delivery,
        objection=objection,
        eligibility=eligibility,
        affairs=affairs,
        others=Others.SILENT,
    )
    return told(CLEARANCE_TABLES, clearance) | told(SIMPLIFIED_TABLES, facts), facts


@pytest.mark.rows(
    "D-01", "D-04", "D-05", "D-06", "D-07", "D-08", "D-09", "D-11", "D-12", "D-13", "D-15", "D-16",
    "D-27", "D-29", "D-31", "D-32",
)  # fmt: skip
def test_simplified_route_against_the_rows():
    """Every possible combination: the same rows, hence the same outcome, and never none."""
    seen = 0
    for combination in simplified_combinations():
        found, _ = decide_simplified(*combination)
        document, period, delivery, objection, eligibility, affairs = combination
        expected = simplified_rows(
            document,
            period,
            delivery,
            objection,
            eligibility is Eligibility.BARRED,
            affairs is Affairs.NEVER,
        )
        assert found == expected, combination
        assert found, combination
        seen += 1
    assert seen > 3000


@pytest.mark.rows("D-06", "D-10", "D-19")
def test_obstacles_against_the_rows():
    """Every possible combination, with and without an objection of others."""
    for combination in simplified_combinations():
        found, facts = decide_simplified(*combination)
        _, period, _, _, eligibility, _ = combination
        for others in Others:
            facts.others = others
            rulings = [table.decide(facts) for table in OBSTACLE_TABLES]
            kinds = {item.conclusion for item in rulings} - {None}
            assert all(isinstance(kind, ObstacleKind) for kind in kinds)
            assert kinds == simplified_obstacles(
                found, period, eligibility is Eligibility.BARRED, others is Others.OBJECT
            ), combination


@pytest.mark.rows("D-01", "D-05", "D-27", "D-29")
def test_a_worse_document_is_never_better_on_the_simplified_route():
    """All else equal: a forgery is worst, a revocation no better than nothing at all.

    A document beside an objection in the period (D-29) is milder than the objection alone (D-05).
    """
    for combination in simplified_combinations():
        document = combination[0]
        outcome = max(decide_simplified(*combination)[0].values())
        forged, _ = decide_simplified(Document.FORGED_SUSPECT, *combination[1:])
        assert max(forged.values()) >= outcome
        if document in (Document.ABSENT, Document.MISMATCH, Document.CONFLICT):
            revoked, _ = decide_simplified(Document.REVOKED, *combination[1:])
            assert max(revoked.values()) >= outcome
        if document in (Document.VERIFIED, Document.WAIVED):
            absent, _ = decide_simplified(Document.ABSENT, *combination[1:])
            assert max(absent.values()) >= outcome


@pytest.mark.rows("D-20", "D-21", "D-22", "D-23", "D-24", "D-25", "D-27", "D-34")
def test_staffing_office_against_the_rows():
    """Papers, registration, declaration, state organ: the strictest of the rows that match."""
    for document, registration, declared, body in itertools.product(
        Document, TaxRegistration, Declared, Body
    ):
        facts = SimpleNamespace(
            document=document, registration=registration, declared=declared, body=body
        )
        ((row, outcome),) = told((TAX_REGISTRATION,), facts).items()
        expected = staffing_rows(
            document, registration, declared, body is Body.STATE_ORGAN, forged_ruling=False
        )
        assert outcome is max(expected.values()), (document, registration, declared)
        assert expected[row] is outcome


# From days and records ------------------------------------------------------------------------

BASE = date(2026, 11, 1)
ONE = timedelta(days=1)
OFFSETS = st.integers(-3, 60)
DOCUMENTS = {
    "verified": [record()],
    "waived": [record(S.WAIVED)],
    "absent": [],
    "mismatch": [record(uscc=OTHER)],
    "revoked": [record(S.REVOKED)],
    "conflict": [record(name="另一名称")],
    "source-unreachable": OutageCause.TIMEOUT,
    "forged-suspect": [record(S.NEVER_ISSUED)],
}


def last_days(started, rest):
    """Count the days one by one: twenty after the start, then on to a working day."""
    last = started
    for _ in range(20):
        last += ONE
    while last in rest:
        last += ONE
    window = last
    for _ in range(20):
        window += ONE
    while window in rest:
        window += ONE
    return last, window


def expected_period(business, started, pushed, applied_on, decided_on, rest):
    """Return period, its first and its last day, from the words of 5.2."""
    if business:
        if pushed is None or pushed > decided_on:
            return "not-pushed", None, None
        tenth = pushed
        for _ in range(10):
            tenth += ONE
        while tenth in rest:
            tenth += ONE
        return ("ten-days-over" if decided_on > tenth else "ten-days-running"), pushed, tenth
    if started is None or started > decided_on:
        return "not-begun", None, None
    last, window = last_days(started, rest)
    if decided_on <= last:
        return "running", started, last
    return ("over" if applied_on <= window else "applied-late"), started, last


def expected_objection(said, raised_on, answered_on, decided_on, delivered, first, last):
    """Return the state of the objection, from the words of 5.2."""
    if said == "objected":
        inside = raised_on is not None and first is not None and first <= raised_on <= last
        return "raised-in-period" if inside else "raised-outside-period"
    fresh = answered_on == decided_on
    if said in {"withdrawn", "lifted"}:
        after_period = last is not None and answered_on > last
        return "withdrawn" if fresh or after_period else "unanswered"
    if said == "none" and delivered and fresh and last is not None and decided_on > last:
        return "none"
    return "unanswered"


@pytest.mark.rows("D-04", "D-05", "D-06", "D-07", "D-08", "D-12", "D-13", "D-19", "D-29", "D-31")
@given(
    business=st.booleans(),
    start=st.none() | OFFSETS,
    pushed=st.none() | OFFSETS,
    applied=st.integers(0, 60),
    waited=st.integers(0, 5),
    rest=st.frozensets(st.integers(0, 60), max_size=25),
    document=st.sampled_from(sorted(DOCUMENTS)),
    said=st.sampled_from(["none", "objected", "withdrawn", "lifted", "nothing"]),
    raised=st.none() | OFFSETS,
    stale=st.booleans(),
    never=st.booleans(),
    barred=st.booleans(),
    others=st.booleans(),
)
def test_whole_cases_against_the_rows(
    *, business, start, pushed, applied, waited, rest, document, said, raised, stale, never, barred,
    others,
):  # fmt: skip
    """Days, documents and answers of any kind: the check says what the rows say."""

    def day(offset):
        return None if offset is None else BASE + timedelta(days=offset)

    applied_on, decided_on = day(applied), day(applied + waited)
    started, delivered_on, raised_on = day(start), day(pushed), day(raised)
    if raised_on is not None and (raised_on > decided_on or said not in {"objected", "lifted"}):
        raised_on = None
    resting = frozenset(day(offset) for offset in rest)
    answered_on = decided_on - ONE if stale else decided_on
    case = (individual if business else simplified)(
        application_date=applied_on,
        handled_on=decided_on,
        publicity=None if business else publicity(started),
        push=push(PushState.NOT_SENT) if delivered_on is None else push(delivered_on=delivered_on),
        bars=(Bar.PENDING_CASE,) if barred else (),
        other_objections=(Objector.CREDITOR,) if others else (),
        rest_days=tuple(resting),
    )
    clearance = DOCUMENTS[document]
    if never and isinstance(clearance, list):
        clearance = [*clearance, record(S.NEVER_HAD_TAX_AFFAIRS)]
    statement = {
        "none": [record(S.NO_OBJECTION)],
        "objected": [record(S.OBJECTED, raised_on=raised_on)],
        "withdrawn": [record(S.OBJECTION_WITHDRAWN)],
        "lifted": [
            record(S.OBJECTED, raised_on=raised_on, voucher_no="O-1"),
            record(S.OBJECTION_WITHDRAWN, cancels="O-1"),
        ],
        "nothing": [],
    }[said]
    as_of = datetime.combine(answered_on, morning(decided_on).timetz())
    decision = judge(case, clearance, statement, as_of=as_of)

    delivered = delivered_on is not None and delivered_on <= decided_on
    period, first, last = expected_period(
        business, started, delivered_on, applied_on, decided_on, resting
    )
    objection = expected_objection(said, raised_on, answered_on, decided_on, delivered, first, last)
    expected = simplified_rows(
        document,
        period,
        "delivered" if delivered else "not-sent",
        objection,
        barred,
        never and isinstance(clearance, list),
    )
    found = {name: item.outcome for item in decision.findings for name in item.rows}
    assert found == expected
    assert {item.kind for item in decision.obstacles} == simplified_obstacles(
        expected, period, barred, others
    )
    assert decision.outcome is max(expected.values())


# Each table alone, at every point -------------------------------------------------------------

NOTHING = {"5.3"}, None
TEN_DAYS = {"ten-days-running", "ten-days-over", "not-pushed"}
IN_TIME = {"over", "ten-days-over"}
OVER = IN_TIME | {"applied-late"}


def only(found):
    """Return the rows found, which agree on one outcome, or that there is nothing to say."""
    if not found:
        return NOTHING
    (outcome,) = set(found.values())
    return set(found), outcome


def simplified_document(document, objection):
    """Read what the document itself says on the simplified route."""
    if document == "forged-suspect":
        return {"D-27"}, BLOCK
    if document in {"verified", "waived"}:
        if objection in RAISED:
            return {"D-29"}, NOTIFY_HOLD
        return {"D-01" if document == "verified" else "D-16"}, PASS
    if document == "revoked" and objection in NO_OBJECTION_KNOWN:
        return {"D-32"}, NOTIFY_HOLD
    return NOTHING


def exception(period, objection, eligibility, affairs):
    """Read D-04, D-09, D-12 and D-15."""
    if period not in IN_TIME or eligibility == "barred" or objection not in NO_OBJECTION_KNOWN:
        return NOTHING
    if objection == "withdrawn":
        return {"D-09"}, PASS
    if affairs == "never":
        return {"D-15"}, PASS
    return {"D-12" if period in TEN_DAYS else "D-04"}, PASS


def standing_objection(holding, objection):
    """Read D-05 and D-31."""
    if holding != "no-document" or objection not in RAISED:
        return NOTHING
    if objection == "raised-in-period":
        return {"D-05"}, BLOCK
    return {"D-31"}, NOTIFY_HOLD


def running(holding, period, objection):
    """Read D-06, D-07 and D-13."""
    if holding != "no-document":
        return NOTHING
    if period == "applied-late":
        return {"D-07"}, NOTIFY_HOLD
    if period in {"not-begun", "running", "ten-days-running"} and objection not in RAISED:
        return {"D-13" if period == "ten-days-running" else "D-06"}, NOTIFY_HOLD
    return NOTHING


def not_established(holding, period, objection):
    """Read D-08 on the answer and on the record of the publicity."""
    unknown = period == "unreadable" or (period in OVER and objection in UNKNOWN)
    if holding == "no-document" and unknown:
        return {"D-08"}, CANNOT_VERIFY
    return NOTHING


def period_obstacle(holding, period, objection):
    """Read the obstacles of D-06 and D-19."""
    if objection in RAISED:
        return NOTHING
    if holding == "no-document":
        begun = {"not-begun": "publicity-missing", "running": "publicity-running"}
        return ({"D-06"}, begun[period]) if period in begun else NOTHING
    waits = {
        "not-begun": "publicity-missing",
        "unreadable": "publicity-missing",
        "running": "publicity-running",
        "applied-late": "applied-late",
        "ten-days-running": "objection-period-running",
        "not-pushed": "objection-period-running",
    }
    if holding == "document" and period in waits:
        return {"D-19"}, waits[period]
    return NOTHING


@pytest.mark.rows("D-26", "D-28")
def test_scope_of_every_act():
    """Place, day, and whether Art. 27 names the act."""

    def scope(_, reach, governed):
        if reach != "in":
            return {"D-28"}, NOT_APPLICABLE
        return ({"5.2"}, None) if governed == "yes" else ({"D-26"}, NOT_APPLICABLE)

    expect_everywhere(SCOPE, scope)


@pytest.mark.rows("5.2")
def test_what_every_route_demands():
    """Each route has a document of its own; only the simplified one has a period to object."""

    def objection(_, route, trade):
        if route != "simplified":
            return {"5.2"}, "not-asked"
        return {"5.2"}, "ten-days" if trade == "individual" else "publicity"

    expect_everywhere(CLEARANCE_DUTY, lambda _, route: ({"5.2"}, route))
    expect_everywhere(OBJECTION_DUTY, objection)


@pytest.mark.rows("D-01", "D-02", "D-03", "D-14", "D-16", "D-18", "D-27", "D-30")
def test_the_general_table_speaks_of_its_route_only():
    """At every point; on other routes it says nothing."""

    def general(_, duty, document, affairs, sparing):
        if duty != "general":
            return NOTHING
        never, spared = affairs == "never", sparing == "other-material"
        return only(general_rows(document, spared, never, forged_ruling=False))

    expect_everywhere(GENERAL_CLEARANCE, general)


@pytest.mark.rows("D-01", "D-03", "D-16", "D-17", "D-27", "D-30", "D-33")
def test_the_court_table_speaks_of_its_route_only():
    """At every point, under either reading; on other routes it says nothing."""

    def court(readings, duty, document, ruling):
        if duty != "court":
            return NOTHING
        direct = "bankruptcy_direct" in readings
        ends = ruling == "ends-procedure"
        return only(court_rows(document, ends, forged_ruling=False, direct=direct))

    expect_everywhere(COURT_CLEARANCE, court)


@pytest.mark.rows("D-27")
def test_only_a_suspected_ruling_is_spoken_of():
    """A ruling nobody suspects says nothing of forgery."""
    expect_everywhere(RULING, lambda _, doubt: NOTHING if doubt == "none" else ({"D-27"}, BLOCK))


@pytest.mark.rows(
    "D-01", "D-04", "D-05", "D-06", "D-07", "D-08", "D-09", "D-11", "D-12", "D-13", "D-15", "D-16",
    "D-27", "D-29", "D-31", "D-32",
)  # fmt: skip
def test_the_simplified_tables_one_by_one():
    """At every point, possible or not, as the rows are worded."""
    expect_everywhere(
        SIMPLIFIED_CLEARANCE,
        lambda _, duty, *facts: simplified_document(*facts) if duty == "simplified" else NOTHING,
    )
    expect_everywhere(EXCEPTION, lambda _, *facts: exception(*facts))
    expect_everywhere(OBJECTION, lambda _, *facts: standing_objection(*facts))
    expect_everywhere(PERIOD, lambda _, *facts: running(*facts))
    expect_everywhere(VERIFICATION, lambda _, *facts: not_established(*facts))
    expect_everywhere(
        DELIVERY,
        lambda _, holding, delivery: (
            ({"D-08"}, CANNOT_VERIFY)
            if holding == "no-document" and delivery != "delivered"
            else NOTHING
        ),
    )
    expect_everywhere(
        ELIGIBILITY,
        lambda _, holding, eligibility: (
            ({"D-11"}, NOTIFY_HOLD)
            if holding == "no-document" and eligibility == "barred"
            else NOTHING
        ),
    )


@pytest.mark.rows("D-06", "D-10", "D-19")
def test_the_obstacle_tables_one_by_one():
    """At every point: what waits although, or because, a document is there."""
    expect_everywhere(PERIOD_OBSTACLE, lambda _, *facts: period_obstacle(*facts))
    expect_everywhere(
        ROUTE_OBSTACLE,
        lambda _, holding, eligibility, objection: (
            ({"D-19"}, "route-not-open")
            if holding == "document" and eligibility == "barred" and objection not in RAISED
            else NOTHING
        ),
    )
    expect_everywhere(
        OTHER_OBJECTION,
        lambda _, others: NOTHING if others == "silent" else ({"D-10", "1.2"}, "other-objection"),
    )


@pytest.mark.rows("D-20", "D-21", "D-22", "D-23", "D-24", "D-25", "D-27", "D-34")
def test_the_staffing_table_at_every_point():
    """Papers, registration, declaration and kind of unit: the rows of the strictest outcome."""

    def staffing(_, document, registration, declared, body):
        if document == "verified":
            return {"D-20"}, PASS
        organ = body == "state-organ"
        found = staffing_rows(document, registration, declared, organ, forged_ruling=False)
        strictest = max(found.values())
        return {row for row, outcome in found.items() if outcome is strictest}, strictest

    expect_everywhere(TAX_REGISTRATION, staffing)
