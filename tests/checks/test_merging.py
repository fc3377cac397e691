"""Merging of records and papers: every combination, against a separately written reading."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from attrs import evolve

from expect import expect_everywhere
from taxgate.checks.merging import (
    MERGING,
    Ground,
    Merged,
    Unverified,
    by_status,
    merge,
    weigh_paper,
)
from taxgate.evidence import Answer, Inquiry, Outage, OutageCause
from taxgate.findings import Standing, Weighed
from taxgate.terms import OK, OUTAGE, Basis, RecordStatus, State
from vehicle_cases import AT, VIN, VPT, paper, record

pytestmark = pytest.mark.rows("1.3")

INQUIRY = Inquiry(matter=VPT, vin=VIN)
ANSWERED = Answer(inquiry=INQUIRY, records=(), as_of=AT)
DOWN = Answer(inquiry=INQUIRY, outage=Outage(cause=OutageCause.TIMEOUT))
UNTRUSTED = Answer(inquiry=INQUIRY, outage=Outage(cause=OutageCause.TLS_FAILED))
S = Standing


def naive(*facts):
    """Say what section 1.3 of the specification says, in its order, without the table."""
    forged, ground, replied, good, conflict, owed, deferred, invalid, mismatch, paper_ = facts
    if forged:
        return Merged.FORGED_SUSPECT
    if ground:
        return Merged.CONFLICT if owed else Merged.OUTSIDE_THE_TAX
    clean = good and not (conflict or owed or deferred)
    if clean:
        return Merged.FULFILLED
    if not replied:
        return Merged.NO_ANSWER
    disagree = sum([good, owed, deferred]) > 1
    if conflict or disagree or paper_ == "claims":
        return Merged.CONFLICT
    for holds, merged in (
        (owed, Merged.UNPAID),
        (deferred, Merged.DEFERRED),
        (invalid, Merged.INVALID),
        (mismatch or paper_ == "other", Merged.KEY_MISMATCH),
    ):
        if holds:
            return merged
    return Merged.NONE_FOUND


def test_every_combination_equals_the_naive_reading():
    """All 2,304 combinations."""

    def reading(_, forged, ground, replied, *facts):
        *present, paper_ = facts
        merged = naive(
            forged == "yes",
            ground == "class-in-law",
            replied == "answered",
            *(item == "yes" for item in present),
            paper_,
        )
        return {"1.3"}, merged

    assert len(MERGING.rulings(frozenset())) == 2304
    expect_everywhere(MERGING, reading)


def weighed(*standings, start=0):
    """Return records with these standings and vouchers of their own."""
    return [
        Weighed(record(voucher_no=f"V{number}"), standing, "test")
        for number, standing in enumerate(standings, start=start)
    ]


@pytest.mark.parametrize(
    ("standings", "state"),
    [
        ([], State.NONE_FOUND),
        ([S.GOOD], State.PAID),
        ([S.GOOD, S.GOOD], State.PAID),
        ([S.GOOD, S.MISMATCH], State.PAID),
        ([S.GOOD, S.UNRELATED], State.PAID),
        ([S.GOOD, S.INVALID], State.PAID),
        ([S.GOOD, S.OWED], State.CONFLICT),
        ([S.GOOD, S.CONFLICT], State.CONFLICT),
        ([S.GOOD, S.DEFERRED], State.CONFLICT),
        ([S.GOOD, S.FORGED], State.FORGED_SUSPECT),
        ([S.OWED], State.UNPAID),
        ([S.OWED, S.DEFERRED], State.CONFLICT),
        ([S.OWED, S.INVALID, S.MISMATCH], State.UNPAID),
        ([S.DEFERRED], State.DEFERRED),
        ([S.INVALID], State.INVALID),
        ([S.INVALID, S.MISMATCH], State.INVALID),
        ([S.MISMATCH], State.KEY_MISMATCH),
        ([S.UNRELATED], State.NONE_FOUND),
        ([S.CONFLICT, S.OWED], State.CONFLICT),
    ],
)
def test_records_of_an_answer(standings, state):
    """Several records of one obligation, in either order."""
    records = weighed(*standings)
    for order in itertools.permutations(records):
        merger = merge(ANSWERED, order)
        assert merger.state is state
        expected = Basis.OFFICER if state is State.FORGED_SUSPECT else Basis.ANSWER
        assert merger.basis is expected


@pytest.mark.parametrize("answer", [DOWN, UNTRUSTED, None])
@pytest.mark.parametrize("standing", list(S))
def test_without_an_answer_only_verified_papers_count(answer, standing):
    """A verified good paper pays, a forged one is forged, everything else stays an outage."""
    for verified in (True, False):
        papers = [Weighed(record(), standing, "test", paper(verified=verified))]
        state = merge(answer, papers).state
        if standing is S.FORGED:
            assert state is State.FORGED_SUSPECT
        elif standing is S.GOOD and verified:
            assert state is State.PAID
            assert merge(answer, papers).basis is Basis.VERIFIED_PAPER
        else:
            assert state in OUTAGE
            assert (state is State.SOURCE_UNTRUSTED) is (answer is UNTRUSTED)


@pytest.mark.parametrize("standing", [S.OWED, S.DEFERRED, S.CONFLICT])
@pytest.mark.parametrize("answer", [DOWN, UNTRUSTED])
def test_contradicting_verified_papers_do_not_pass_an_outage(standing, answer):
    """A verified good paper beside a verified contradicting one proves nothing."""
    papers = [
        Weighed(record(voucher_no="V1"), S.GOOD, "test", paper(verified=True)),
        Weighed(record(voucher_no="V2"), standing, "test", paper(verified=True)),
    ]
    assert merge(answer, papers).state in OUTAGE


@pytest.mark.parametrize("standing", [S.OWED, S.DEFERRED, S.INVALID, S.MISMATCH, None])
def test_an_unverified_paper_contradicts_the_source(standing):
    """What the paper claims and the source does not confirm is a conflict, never fulfilled."""
    claim = Weighed(record(voucher_no="V9"), S.GOOD, "test", paper())
    records = weighed(*[standing] if standing else [])
    assert merge(ANSWERED, [*records, claim]).state is State.CONFLICT
    assert merge(ANSWERED, [*weighed(S.GOOD), claim]).state is State.PAID


def test_an_unverified_paper_of_another_subject_is_a_mismatch():
    """A paper about something else leaves "no record", with the differing key kept."""
    other = Weighed(record(), S.MISMATCH, "test", paper())
    assert merge(ANSWERED, [other]).state is State.KEY_MISMATCH
    owed = Weighed(record(), S.OWED, "test", paper())
    assert merge(ANSWERED, [owed]).state is State.NONE_FOUND
    assert merge(DOWN, [other]).state is State.SOURCE_UNREACHABLE


@pytest.mark.parametrize("standing", [S.GOOD, S.DEFERRED, S.CONFLICT])
def test_a_refund_cancels_what_it_names(standing):
    """Named by its own number or by `cancels`; what is left is used."""
    paid = Weighed(record(voucher_no="V1"), standing, "test")
    for cancelling in (
        record(status=RecordStatus.REFUNDED, voucher_no="V1"),
        record(status=RecordStatus.VOIDED, voucher_no="V2", cancels="V1"),
    ):
        undone = Weighed(cancelling, S.INVALID, "test")
        merger = merge(ANSWERED, [undone, paid])
        assert merger.state is State.INVALID
        assert [item.standing for item in merger.weighed] == [S.INVALID, S.CANCELLED]
        other = weighed(S.GOOD, start=5)
        assert merge(ANSWERED, [undone, paid, *other]).state is State.PAID


def test_a_refund_that_names_nothing_makes_a_conflict():
    """It may mean the record that is there; so may a named one mean a record without number."""
    unnamed = Weighed(record(status=RecordStatus.REFUNDED), S.INVALID, "test")
    named = Weighed(record(status=RecordStatus.REFUNDED, cancels="V1"), S.INVALID, "test")
    numbered = Weighed(record(voucher_no="V2"), S.GOOD, "test")
    bare = Weighed(record(), S.GOOD, "test")
    assert merge(ANSWERED, [unnamed, numbered]).state is State.CONFLICT
    assert merge(ANSWERED, [named, bare]).state is State.CONFLICT
    assert merge(ANSWERED, [named, numbered]).state is State.PAID


def test_an_unverified_paper_cancels_nothing_and_is_cancelled():
    """A refund on unverified paper is hearsay; a paper whose voucher was refunded is void."""
    hearsay = Weighed(record(voucher_no="V1"), S.INVALID, "test", paper())
    good = Weighed(record(voucher_no="V1"), S.GOOD, "test")
    assert merge(ANSWERED, [hearsay, good]).state is State.PAID
    refunded = record(status=RecordStatus.REFUNDED, voucher_no="V1")
    assert merge(ANSWERED, [evolve(hearsay, record=refunded), good]).state is State.PAID
    refund = Weighed(record(status=RecordStatus.REFUNDED, cancels="V1"), S.INVALID, "test")
    reused = Weighed(record(voucher_no="V1"), S.GOOD, "test", paper())
    assert merge(ANSWERED, [refund, reused]).state is State.INVALID


@pytest.mark.parametrize("answer", [ANSWERED, DOWN, UNTRUSTED])
def test_a_class_in_law_needs_no_answer(answer):
    """Only a positive "owed" contradicts it, and a forgery decides before it."""
    ground = Ground.CLASS_IN_LAW
    merger = merge(answer, [], ground=ground)
    assert (merger.state, merger.basis) == (State.NOT_TAXABLE, Basis.CLASS_IN_LAW)
    for standing in set(S) - {S.OWED, S.FORGED}:
        assert merge(answer, weighed(standing), ground=ground).state is State.NOT_TAXABLE
    assert merge(answer, weighed(S.OWED), ground=ground).state is State.CONFLICT
    assert merge(answer, weighed(S.FORGED), ground=ground).state is State.FORGED_SUSPECT


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        (RecordStatus.PAID, S.GOOD),
        (RecordStatus.REDUCED_PAID, S.GOOD),
        (RecordStatus.EXEMPT, S.GOOD),
        (RecordStatus.NOT_TAXABLE, S.GOOD),
        (RecordStatus.DECLARED_ZERO, S.CONFLICT),
        (RecordStatus.DEFERRED, S.DEFERRED),
        (RecordStatus.UNPAID, S.OWED),
        (RecordStatus.REFUNDED, S.INVALID),
        (RecordStatus.VOIDED, S.INVALID),
        (RecordStatus.REVOKED, S.INVALID),
        (RecordStatus.NEVER_ISSUED, S.FORGED),
    ],
)
def test_what_a_status_counts_for(status, standing):
    """The status model of section 1.3; a tax may accept a zero return or a deferral."""
    today = date(2026, 11, 23)
    assert by_status(record(status=status), today)[0] is standing
    accepted = by_status(record(status=status), today, also_good=frozenset({status}))
    assert accepted[0] is S.GOOD
    later = record(status=status, issued_on=date(2026, 11, 24))
    assert by_status(later, today, also_good=frozenset({status})) == (
        S.CONFLICT,
        "dated-after-check",
    )


@pytest.mark.parametrize(
    "status",
    [
        RecordStatus.PAID,
        RecordStatus.REDUCED_PAID,
        RecordStatus.EXEMPT,
        RecordStatus.NOT_TAXABLE,
        RecordStatus.DECLARED_ZERO,
        RecordStatus.DEFERRED,
    ],
)
def test_a_good_record_gives_its_own_state(status):
    """The state names what the record says; of several the plainest payment comes first."""
    good = Weighed(record(status=status), S.GOOD, "test")
    assert merge(ANSWERED, [good]).state == State(status.value)
    paid = Weighed(record(), S.GOOD, "test")
    assert merge(ANSWERED, [good, paid]).state is State.PAID
    assert (State(status.value) in OK) is (status is not RecordStatus.DEFERRED)


def test_an_officers_suspicion_comes_first():
    """A suspected paper is forged whatever it says."""
    suspected = paper(verified=True, forgery="编号不存在")
    item = weigh_paper(suspected, S.GOOD, "status-paid")
    assert (item.standing, item.why) == (S.FORGED, "officer-suspects-forgery")
    plain = weigh_paper(paper(), S.GOOD, "status-paid")
    assert (plain.standing, plain.unverified) == (S.GOOD, True)


def test_unverified_papers_are_summed_up():
    """One that claims fulfilment outweighs those of another subject."""
    claims = Weighed(record(), S.GOOD, "test", paper())
    other = Weighed(record(), S.MISMATCH, "test", paper())
    silent = Weighed(record(), S.UNRELATED, "test", paper())
    for items in itertools.permutations([claims, other, silent]):
        assert merge(ANSWERED, items).state is State.CONFLICT
    assert len(Unverified) == 3


def test_what_a_cancellation_does_to_a_voucher_is_said():
    """Named: cancelled by the record; perhaps named: perhaps cancelled."""
    refund = Weighed(record(status=RecordStatus.REFUNDED, cancels="V1"), S.INVALID, "test")
    named = Weighed(record(voucher_no="V1"), S.GOOD, "test")
    unnumbered = Weighed(record(voucher_no=None), S.GOOD, "test")
    weighed = merge(ANSWERED, [refund, named, unnumbered]).weighed
    assert [(item.standing, item.why) for item in weighed] == [
        (S.INVALID, "test"),
        (S.CANCELLED, "cancelled-by-record"),
        (S.CONFLICT, "perhaps-cancelled"),
    ]


@pytest.mark.parametrize(
    ("verified", "state"), [(True, State.CONFLICT), (False, State.NOT_TAXABLE)]
)
def test_against_a_class_in_law_a_doubtful_unpaid_counts_where_somebody_vouches(verified, state):
    """What an officer verified contradicts the class; a paper nobody verified does not."""
    said = paper(verified=verified, status=RecordStatus.UNPAID)
    merged = merge(None, [weigh_paper(said, S.CONFLICT, "x")], ground=Ground.CLASS_IN_LAW)
    assert merged.state is state
