"""Withdrawn objections: which one a withdrawal takes away, and what is left (5.2, 5.3).

Publicity 11-01 to 11-21; an objection of 11-10 and its withdrawal of 11-18; decided on 11-25.
"""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from deregistration_cases import (
    OTHER,
    S,
    individual,
    judge,
    morning,
    push,
    record,
    simplified,
    staffing,
)
from deregistration_cases import apply as general
from expect import BLOCK, CANNOT_VERIFY, NOTIFY_HOLD, PASS, expect
from taxgate.checks import deregistration
from taxgate.checks.deregistration.application import PushState, Route
from taxgate.evidence import CHINA, Answer
from taxgate.terms import Flag, Matter

DECIDED = date(2026, 11, 25)
RAISED = date(2026, 11, 10)
LATE = date(2026, 11, 23)
WITHDRAWN = date(2026, 11, 18)
AFTER_PERIOD = datetime(2026, 11, 24, 20, tzinfo=CHINA)
IN_PERIOD = datetime.combine(date(2026, 11, 21), time(20), CHINA)
UNSENT = [PushState.NOT_SENT, PushState.FAILED, PushState.UNKNOWN]
NUMBERED = [
    record(S.OBJECTED, raised_on=RAISED, voucher_no="YY-0001"),
    record(S.OBJECTION_WITHDRAWN, cancels="YY-0001", issued_on=WITHDRAWN),
]
LATE_ONE = [
    record(S.OBJECTED, raised_on=LATE, voucher_no="YY-0002"),
    record(S.OBJECTION_WITHDRAWN, cancels="YY-0002", issued_on=LATE),
]


def rows(decision):
    """Return the rows of all findings."""
    return {name for item in decision.findings for name in item.rows}


def whys(decision):
    """Return why each record counts for what it does, for every record of the objection."""
    return [
        item.why
        for finding in (*decision.findings, *decision.silent)
        if finding.obligation.matter is Matter.TAX_OBJECTION
        for item in finding.obligation.weighed
    ]


def hear(reply, document=(), **changes):
    """Decide on 11-25 from records on objections, with an answer of some instant."""
    as_of = changes.pop("as_of", None)
    return judge(simplified(DECIDED, **changes), list(document), reply, as_of=as_of)


# What a withdrawal leaves ---------------------------------------------------------------------


@pytest.mark.rows("D-09")
@pytest.mark.parametrize("reply", [NUMBERED, LATE_ONE])
@pytest.mark.parametrize("as_of", [None, AFTER_PERIOD])
@pytest.mark.parametrize("case", [simplified, individual])
def test_a_withdrawn_objection_never_refuses(case, as_of, reply):
    """An answer of the decision day, or of the evening before: it passes on tax."""
    decision = judge(case(DECIDED), [], reply, as_of=as_of)
    expect(decision, PASS, "D-09")
    assert rows(decision) == {"D-09"}
    assert Flag.DECIDE_ON_REPUBLICITY in decision.flags
    assert decision.verified


@pytest.mark.rows("D-08")
@pytest.mark.parametrize("reply", [NUMBERED, NUMBERED[1:]])
def test_an_answer_of_the_period_cannot_exclude_a_later_objection(reply):
    """Decided on 11-22 from an answer of the last evening: ask again, never refuse."""
    decision = judge(simplified(date(2026, 11, 22)), [], reply, as_of=IN_PERIOD)
    expect(decision, CANNOT_VERIFY, "D-08")
    assert rows(decision) == {"D-08"}
    assert decision.retryable
    assert not decision.verified


@pytest.mark.rows("D-08")
def test_an_answer_after_the_decision_day_says_nothing_of_it():
    """Handled on 11-25, asked on 11-26: whether it was withdrawn by then is not known."""
    after = morning(date(2026, 11, 26))
    decision = judge(simplified(DECIDED), [], NUMBERED, at=after)
    expect(decision, CANNOT_VERIFY, "D-08")
    assert rows(decision) == {"D-08"}


@pytest.mark.rows("D-08", "D-09")
@pytest.mark.parametrize("state", UNSENT)
@pytest.mark.parametrize("case", [simplified, individual])
def test_a_withdrawal_does_not_replace_the_push(case, state):
    """The push not confirmed: cannot verify, and no refusal beside it."""
    decision = judge(case(DECIDED, push=push(state)), [], NUMBERED)
    expect(decision, CANNOT_VERIFY, "D-08")
    assert rows(decision) <= {"D-08", "D-09"}
    assert decision.retryable
    assert not decision.verified


@pytest.mark.rows("D-01", "D-16", "D-29")
@pytest.mark.parametrize(("status", "row"), [(S.ISSUED, "D-01"), (S.WAIVED, "D-16")])
@pytest.mark.parametrize("state", [PushState.DELIVERED, *UNSENT])
@pytest.mark.parametrize("as_of", [None, AFTER_PERIOD])
@pytest.mark.parametrize("reply", [NUMBERED, LATE_ONE])
def test_a_document_beside_a_withdrawn_objection_is_no_conflict(reply, as_of, state, status, row):
    """Whatever the push and the age of the answer: nothing stands against the document."""
    decision = hear(reply, [record(status)], push=push(state), as_of=as_of)
    expect(decision, PASS, row)
    assert "D-29" not in rows(decision)
    assert decision.verified


@pytest.mark.rows("D-06", "D-13")
@pytest.mark.parametrize(("case", "row"), [(simplified, "D-06"), (individual, "D-13")])
def test_withdrawn_while_the_period_runs_there_is_still_a_day_to_wait_for(case, row):
    """Withdrawn on the day it was raised: wait, no refusal."""
    reply = [
        record(S.OBJECTED, raised_on=date(2026, 11, 5), voucher_no="YY-0003"),
        record(S.OBJECTION_WITHDRAWN, cancels="YY-0003", issued_on=date(2026, 11, 5)),
    ]
    decision = judge(case(date(2026, 11, 9)), [], reply)
    expect(decision, NOTIFY_HOLD, row)
    assert rows(decision) == {row}


@pytest.mark.rows("D-05", "D-31")
def test_a_new_objection_stands_beside_an_old_one_withdrawn():
    """The first was withdrawn, the second was not."""
    again = [*NUMBERED, record(S.OBJECTED, raised_on=date(2026, 11, 20), voucher_no="YY-0004")]
    expect(hear(again), BLOCK, "D-05")
    late = [*NUMBERED, record(S.OBJECTED, raised_on=LATE, voucher_no="YY-0005")]
    expect(hear(late), NOTIFY_HOLD, "D-31")


# To which objection it is tied ----------------------------------------------------------------


@pytest.mark.rows("D-09")
@pytest.mark.parametrize(
    ("objection", "withdrawal"),
    [
        pytest.param(
            {"voucher_no": "O-1"}, {"cancels": "O-1", "voucher_no": "W-1"}, id="number-it-cancels"
        ),
        pytest.param({"voucher_no": "O-1"}, {"voucher_no": "O-1"}, id="its-own-number"),
        pytest.param(
            {"voucher_no": "O-1"}, {"voucher_no": "W-1", "raised_on": RAISED}, id="day-not-number"
        ),
        pytest.param({"voucher_no": "O-1"}, {"raised_on": RAISED}, id="day"),
        pytest.param({}, {"cancels": "O-1", "raised_on": RAISED}, id="day-number-unknown"),
        pytest.param({}, {}, id="the-only-one"),
        pytest.param({"raised_on": None}, {"raised_on": RAISED}, id="the-only-one-undated"),
    ],
)
def test_a_withdrawal_takes_away_the_objection_it_concerns(objection, withdrawal):
    """By number, else by day, else the only one there is."""
    reply = [
        record(S.OBJECTED, **({"raised_on": RAISED} | objection)),
        record(S.OBJECTION_WITHDRAWN, **withdrawal),
    ]
    decision = hear(reply)
    expect(decision, PASS, "D-09")
    assert "objection-withdrawn" in whys(decision)


@pytest.mark.rows("D-05")
@pytest.mark.parametrize(
    "withdrawal",
    [
        pytest.param({"cancels": "O-2"}, id="another-number"),
        pytest.param({"cancels": "O-2", "raised_on": RAISED}, id="another-number-of-the-day"),
        pytest.param({"raised_on": date(2026, 11, 5)}, id="another-day"),
        pytest.param({"issued_on": date(2026, 11, 9)}, id="before-it-was-raised"),
        pytest.param({"cancels": "O-1", "uscc": OTHER}, id="another-entity"),
    ],
)
def test_the_withdrawal_of_another_objection_leaves_this_one(withdrawal):
    """It concerns another one, so this one stands."""
    reply = [
        record(S.OBJECTED, raised_on=RAISED, voucher_no="O-1"),
        record(S.OBJECTION_WITHDRAWN, **withdrawal),
    ]
    expect(hear(reply), BLOCK, "D-05")


@pytest.mark.rows("D-05")
def test_a_withdrawal_older_than_the_only_objection_does_not_concern_it():
    """Withdrawn on 11-08, objected anew on 11-10, neither with a number."""
    reply = [
        record(S.OBJECTED, raised_on=RAISED),
        record(S.OBJECTION_WITHDRAWN, issued_on=date(2026, 11, 8)),
    ]
    expect(hear(reply), BLOCK, "D-05")


@pytest.mark.rows("D-08")
@pytest.mark.parametrize(
    ("objections", "withdrawal"),
    [
        pytest.param([{"voucher_no": "O-1"}], {}, id="number-on-one-side"),
        pytest.param([{}], {"cancels": "O-1"}, id="number-on-the-other-side"),
        pytest.param(
            [{"voucher_no": "O-1"}],
            {"cancels": "O-1", "issued_on": date(2026, 11, 9)},
            id="older-than-the-one-it-names",
        ),
        pytest.param([{"voucher_no": "O-1"}], {"cancels": "O-1", "name": "另一名称"}, id="name"),
        pytest.param([{"voucher_no": "O-1"}], {"cancels": "O-1", "uscc": None}, id="nobody"),
        pytest.param([{}], {"name": "另一名称"}, id="name-without-a-number"),
    ],
)
def test_an_objection_perhaps_withdrawn_is_not_refused(objections, withdrawal):
    """It is not known to stand, nor to be withdrawn: cannot verify."""
    reply = [record(S.OBJECTED, **({"raised_on": RAISED} | item)) for item in objections]
    decision = hear([*reply, record(S.OBJECTION_WITHDRAWN, **withdrawal)])
    expect(decision, CANNOT_VERIFY, "D-08")
    assert rows(decision) == {"D-08"}
    assert decision.retryable
    assert "perhaps-withdrawn" in whys(decision)


@pytest.mark.rows("D-29")
@pytest.mark.parametrize(
    ("objection", "withdrawal"),
    [
        pytest.param({"voucher_no": "O-1"}, {}, id="number-on-one-side"),
        pytest.param({"voucher_no": "O-1"}, {"cancels": "O-1", "name": "另一名称"}, id="name"),
        pytest.param({"voucher_no": "O-1"}, {"cancels": "O-1", "uscc": None}, id="nobody"),
        pytest.param(
            {"voucher_no": "O-1"},
            {"cancels": "O-1", "issued_on": date(2026, 11, 9)},
            id="older-than-the-one-it-names",
        ),
    ],
)
def test_beside_a_document_an_objection_stands_until_it_is_withdrawn_for_certain(
    objection, withdrawal
):
    """The document was issued, the source objects, and what it withdraws cannot be told."""
    reply = [
        record(S.OBJECTED, **({"raised_on": RAISED} | objection)),
        record(S.OBJECTION_WITHDRAWN, **withdrawal),
    ]
    expect(judge(simplified(DECIDED), [record()], reply), NOTIFY_HOLD, "D-29")


@pytest.mark.rows("D-05", "D-29", "D-31")
@pytest.mark.parametrize(
    ("objections", "withdrawal", "outcome", "row"),
    [
        ([{"voucher_no": "O-1"}, {"voucher_no": "O-2"}], {}, BLOCK, "D-05"),
        ([{"voucher_no": "O-1"}, {"voucher_no": "O-2"}], {"raised_on": RAISED}, BLOCK, "D-05"),
        ([{}, {"raised_on": LATE}], {}, NOTIFY_HOLD, "D-31"),
        ([{}, {"raised_on": None}], {}, NOTIFY_HOLD, "D-31"),
    ],
)
def test_one_withdrawal_leaves_one_of_two_objections(objections, withdrawal, outcome, row):
    """Whichever it concerns, one stands: in the period if both were, else on a day unknown."""
    reply = [record(S.OBJECTED, **({"raised_on": RAISED} | item)) for item in objections]
    reply.append(record(S.OBJECTION_WITHDRAWN, **withdrawal))
    expect(hear(reply), outcome, row)
    held = judge(simplified(DECIDED), [record()], reply)
    expect(held, NOTIFY_HOLD, "D-29")


@pytest.mark.rows("D-08")
def test_a_withdrawal_dated_after_the_answer_is_in_doubt():
    """Nobody can report on 11-24 what happens on 11-25."""
    reply = [NUMBERED[0], record(S.OBJECTION_WITHDRAWN, cancels="YY-0001", issued_on=DECIDED)]
    decision = hear(reply, as_of=AFTER_PERIOD)
    expect(decision, CANNOT_VERIFY, "D-08")
    assert "dated-after-check" in whys(decision)
    expect(hear(reply), PASS, "D-09")


@pytest.mark.rows("D-05")
def test_a_doubtful_withdrawal_of_another_number_changes_nothing():
    """The objection in the period stands beside it."""
    reply = [NUMBERED[0], record(S.OBJECTION_WITHDRAWN, cancels="YY-0009", name="另一名称")]
    expect(hear(reply), BLOCK, "D-05")


@pytest.mark.rows("D-09")
def test_each_of_two_objections_is_withdrawn_by_its_own_number():
    """Two objections, two withdrawals."""
    decision = hear([*NUMBERED, *LATE_ONE])
    expect(decision, PASS, "D-09")
    expect(hear([*NUMBERED, LATE_ONE[0]]), NOTIFY_HOLD, "D-31")


@pytest.mark.rows("D-08")
def test_an_answer_of_no_known_instant_settles_nothing():
    """Without an as-of time no day is known, so nothing is withdrawn."""
    case = simplified(DECIDED)
    answers = [
        Answer(inquiry=inquiry, records=tuple(NUMBERED), as_of=None, source="test")
        for inquiry in deregistration.inquiries(case)
    ]
    decision = deregistration.check(case, answers, at=morning(DECIDED))
    expect(decision, CANNOT_VERIFY, "D-08")


# A waiver beside a revocation -----------------------------------------------------------------

WAIVER = record(S.WAIVED)
CERTIFICATE = record(S.ISSUED, voucher_no="C-1")


@pytest.mark.rows("D-16")
@pytest.mark.parametrize(
    "revoked",
    [
        pytest.param([record(S.REVOKED, voucher_no="C-1")], id="alone"),
        pytest.param([record(S.REVOKED, cancels="C-1"), CERTIFICATE], id="beside-it"),
    ],
)
def test_a_waiver_is_left_where_a_certificate_is_revoked_by_number(revoked):
    """A revocation cancels only the document it names; the waiver is not that."""
    decision = hear(None, [*revoked, WAIVER])
    expect(decision, PASS, "D-16")
    for route in (Route.GENERAL, Route.COURT):
        expect(judge(general(route), [*revoked, WAIVER]), PASS, "D-16")


@pytest.mark.rows("D-03", "D-32")
@pytest.mark.parametrize(
    ("revocation", "waiver"),
    [
        pytest.param(record(S.REVOKED), WAIVER, id="no-number"),
        pytest.param(record(S.REVOKED, voucher_no="C-1", document=None), WAIVER, id="no-kind"),
        pytest.param(
            record(S.REVOKED, cancels="C-1"), record(S.WAIVED, voucher_no="C-1"), id="the-waiver"
        ),
    ],
)
def test_a_revocation_that_may_be_of_the_waiver_leaves_none(revocation, waiver):
    """It does not name a certificate by its number, or names the waiver: hold."""
    expect(hear(None, [revocation, waiver]), NOTIFY_HOLD, "D-32")
    expect(judge(general(), [revocation, waiver]), NOTIFY_HOLD, "D-03")


@pytest.mark.rows("D-34")
def test_a_waiver_does_not_hide_a_revocation_from_the_staffing_office():
    """Art. 27(2) knows no waiver: the papers are revoked, whatever else is said."""
    reply = [record(S.REVOKED, cancels="C-1"), WAIVER, record(S.NOT_REGISTERED_FOR_TAX)]
    expect(judge(staffing(), registration=reply), NOTIFY_HOLD, "D-34")
