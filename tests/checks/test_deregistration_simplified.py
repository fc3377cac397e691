"""Simplified deregistration: named cases per row, section 5. S = 11-01, P = 11-21, to 12-11."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from deregistration_cases import (
    CLEARANCE,
    DAY,
    DOWN,
    GARBLED,
    LAST,
    OBJECTION,
    OTHER,
    REGISTRATION,
    START,
    USCC,
    WINDOW_LAST,
    S,
    individual,
    judge,
    morning,
    paper,
    publicity,
    push,
    record,
    ruling,
    simplified,
)
from expect import BLOCK, CANNOT_VERIFY, NOTIFY_HOLD, PASS, expect
from taxgate.checks import deregistration
from taxgate.checks.deregistration.application import (
    Bar,
    DeclaredAffairs,
    Objector,
    Publicity,
    Push,
    PushState,
)
from taxgate.errors import AnswerError, ApplicationError
from taxgate.evidence import CHINA
from taxgate.terms import Basis, Flag, Matter, ObstacleKind, Step

ONE = timedelta(days=1)
ENDS = [date(2026, 11, 22), WINDOW_LAST]
TEN = date(2026, 11, 11)
"""Last of the ten days after a push on 11-01."""
HELD = [
    pytest.param(S.ISSUED, "D-01", id="verified"),
    pytest.param(S.WAIVED, "D-16", id="waived"),
]
NO_DOCUMENT = [
    pytest.param([], id="absent"),
    pytest.param([record(uscc=OTHER)], id="mismatch"),
    pytest.param([record(S.REVOKED)], id="revoked"),
    pytest.param([record(name="另一名称")], id="conflict"),
    pytest.param(DOWN, id="unknown"),
]
OBJECTED = [record(S.OBJECTED, raised_on=date(2026, 11, 5))]
UNDELIVERED = [
    pytest.param(None, "not-sent", id="no-push"),
    pytest.param(Push(state=PushState.DELIVERED), "not-sent", id="no-day"),
    pytest.param(push(PushState.DELIVERED, DAY + ONE), "not-sent", id="after-decision"),
    pytest.param(push(PushState.NOT_SENT), "not-sent", id="not-sent"),
    pytest.param(push(PushState.FAILED), "failed", id="failed"),
    pytest.param(push(PushState.UNKNOWN), "unknown", id="unknown"),
]
WEEKENDS = tuple(
    day for day in (START + timedelta(days=count) for count in range(60)) if day.weekday() >= 5
)


def codes(decision):
    """Return the reason codes of all findings."""
    return {item.code for item in decision.findings}


def rows(decision):
    """Return the rows of all findings."""
    return {name for item in decision.findings for name in item.rows}


def obstacles(decision):
    """Return kinds and rows of the obstacles."""
    return [(item.kind, item.rows) for item in decision.obstacles]


# The exception --------------------------------------------------------------------------------


@pytest.mark.rows("D-04")
@pytest.mark.parametrize("on", ENDS)
def test_no_objection_after_the_publicity_passes_without_a_document(on):
    """First and last day of the window; the source has no document and none is needed."""
    decision = judge(simplified(on), [])
    expect(decision, PASS, "D-04")
    assert decision.verified
    assert decision.may_complete


@pytest.mark.rows("D-04")
@pytest.mark.parametrize("reply", [DOWN, GARBLED])
def test_the_exception_needs_no_document_not_even_an_answer_on_it(reply):
    """Where the document is unknown the exception still passes, and that counts as verified."""
    decision = judge(simplified(), reply)
    expect(decision, PASS, "D-04")
    assert decision.verified
    assert not decision.retryable


@pytest.mark.rows("D-04")
def test_an_application_filed_too_early_matures():
    """Filed on 11-10 and decided on P+1: the period is judged on the decision day."""
    case = simplified(application_date=date(2026, 11, 10), handled_on=LAST + ONE)
    expect(judge(case, []), PASS, "D-04")


@pytest.mark.rows("D-04")
def test_lateness_is_judged_on_the_application_date():
    """Applied for on the window's last day and decided weeks later: in time."""
    case = simplified(application_date=WINDOW_LAST, handled_on=date(2027, 1, 5))
    expect(judge(case, []), PASS, "D-04")


@pytest.mark.rows("D-04", "D-06")
def test_a_later_published_end_is_the_end():
    """Published until 11-30: still running on that day, over on 12-01, to 12-20."""
    until = publicity(published_until=date(2026, 11, 30))
    running = judge(simplified(date(2026, 11, 30), publicity=until), [])
    expect(running, NOTIFY_HOLD, "D-06")
    expect(judge(simplified(DAY, publicity=until), []), PASS, "D-04")
    expect(judge(simplified(date(2026, 12, 20), publicity=until), []), PASS, "D-04")
    late = judge(simplified(date(2026, 12, 21), publicity=until), [])
    expect(late, NOTIFY_HOLD, "D-07")


@pytest.mark.rows("D-04", "D-06", "D-07")
def test_rest_days_move_last_days_where_they_are_supplied():
    """With weekends: P = 11-23, window to 12-14; without, nothing moves."""
    for on, outcome, row in (
        (date(2026, 11, 23), NOTIFY_HOLD, "D-06"),
        (date(2026, 11, 24), PASS, "D-04"),
        (date(2026, 12, 14), PASS, "D-04"),
        (date(2026, 12, 15), NOTIFY_HOLD, "D-07"),
    ):
        expect(judge(simplified(on, rest_days=WEEKENDS), []), outcome, row)
    expect(judge(simplified(date(2026, 11, 22)), []), PASS, "D-04")


@pytest.mark.rows("D-15")
def test_never_had_tax_affairs_is_the_reason_where_it_is_known():
    """The tax source says so: the same pass, told by its own row."""
    reply = [record(S.NEVER_HAD_TAX_AFFAIRS)]
    for case in (simplified(), individual()):
        decision = judge(case, reply)
        expect(decision, PASS, "D-15")
        assert rows(decision) == {"D-15"}
    declared = simplified(declared_affairs=DeclaredAffairs.NEVER_HAD)
    expect(judge(declared, []), PASS, "D-04")


@pytest.mark.rows("D-15")
def test_never_had_tax_affairs_does_not_replace_the_rest():
    """Within the period, or without an answer on objections, it passes nothing."""
    reply = [record(S.NEVER_HAD_TAX_AFFAIRS)]
    expect(judge(simplified(LAST), reply), NOTIFY_HOLD, "D-06")
    expect(judge(simplified(), reply, []), CANNOT_VERIFY, "D-08")


@pytest.mark.rows("D-12", "D-13")
def test_an_individual_business_waits_ten_days():
    """Pushed 11-01: 11-11 is too early, 11-12 is not, and there is no latest day."""
    early = judge(individual(TEN), [])
    expect(early, NOTIFY_HOLD, "D-13")
    assert early.obstacles == ()
    for on in (TEN + ONE, date(2027, 6, 1)):
        decision = judge(individual(on), [])
        expect(decision, PASS, "D-12")
        assert decision.verified


@pytest.mark.rows("D-12", "D-13")
def test_rest_days_move_the_tenth_day():
    """A rest day on 11-11 makes 11-12 the last one."""
    expect(judge(individual(TEN + ONE, rest_days=(TEN,)), []), NOTIFY_HOLD, "D-13")
    expect(judge(individual(TEN + 2 * ONE, rest_days=(TEN,)), []), PASS, "D-12")


@pytest.mark.rows("D-12")
def test_publicity_of_an_individual_business_plays_no_part():
    """Not even one that cannot be read, and no day of application is needed."""
    case = individual(publicity=Publicity(readable=False), application_date=None, accepted_on=DAY)
    expect(judge(case, []), PASS, "D-12")


@pytest.mark.rows("D-09")
@pytest.mark.parametrize("case", [simplified, individual])
def test_a_withdrawn_objection_passes_on_tax(case):
    """The tax source says it is withdrawn: the office decides on publishing again."""
    reply = [record(S.OBJECTION_WITHDRAWN, raised_on=date(2026, 11, 5))]
    decision = judge(case(), [], reply)
    expect(decision, PASS, "D-09")
    assert Flag.DECIDE_ON_REPUBLICITY in decision.flags


@pytest.mark.rows("D-05", "D-31")
def test_a_withdrawal_after_the_decision_comes_too_late():
    """On the decision day the objection stood."""
    later = {"issued_on": DAY + ONE}
    inside = [record(S.OBJECTION_WITHDRAWN, raised_on=date(2026, 11, 5), **later)]
    expect(judge(simplified(), [], inside), BLOCK, "D-05")
    undated = [record(S.OBJECTION_WITHDRAWN, **later)]
    expect(judge(simplified(), [], undated), NOTIFY_HOLD, "D-31")


@pytest.mark.rows("D-10")
@pytest.mark.parametrize("objector", list(Objector))
@pytest.mark.parametrize(
    ("case", "reply", "row"),
    [
        (simplified, [record(S.NO_OBJECTION)], "D-04"),
        (simplified, [record(S.OBJECTION_WITHDRAWN)], "D-09"),
        (individual, [record(S.NO_OBJECTION)], "D-12"),
    ],
)
def test_an_objection_of_others_is_no_tax_matter(case, reply, row, objector):
    """Passes on tax; the act waits for a non-tax obstacle."""
    decision = judge(case(other_objections=(objector,)), [], reply)
    expect(decision, PASS, row)
    assert [item.kind for item in decision.obstacles] == [ObstacleKind.OTHER_OBJECTION]
    assert "D-10" in decision.obstacles[0].rows
    assert not decision.may_complete


@pytest.mark.rows("D-10")
def test_an_objection_of_others_stands_beside_a_document_too():
    """A creditor's objection closes the route whatever the tax result (1.2)."""
    decision = judge(simplified(other_objections=(Objector.CREDITOR,)), [record()])
    expect(decision, PASS, "D-01")
    assert [item.kind for item in decision.obstacles] == [ObstacleKind.OTHER_OBJECTION]


# Objections -----------------------------------------------------------------------------------


@pytest.mark.rows("D-05")
@pytest.mark.parametrize("reply", NO_DOCUMENT)
@pytest.mark.parametrize("raised_on", [START + ONE, LAST])
def test_an_objection_within_the_publicity_closes_the_route(reply, raised_on):
    """First and last counted day: refused, with the cure."""
    decision = judge(simplified(), reply, [record(S.OBJECTED, raised_on=raised_on)])
    expect(decision, BLOCK, "D-05")
    assert decision.deciding[0].ruling.row.step is Step.SETTLE_OBJECTION
    assert not decision.retryable
    assert not decision.referrals


@pytest.mark.rows("D-05")
def test_an_objection_stands_at_once_and_on_the_very_day_of_publication():
    """Raised while the publicity still runs: no waiting, and no obstacle beside the refusal."""
    for raised_on in (START, START + ONE):
        reply = [record(S.OBJECTED, raised_on=raised_on)]
        decision = judge(simplified(date(2026, 11, 10)), [], reply)
        expect(decision, BLOCK, "D-05")
        assert rows(decision) == {"D-05"}
        assert decision.obstacles == ()


@pytest.mark.rows("D-05", "D-31")
def test_an_objection_within_the_ten_days():
    """Pushed 11-01: raised by 11-11 it closes the route, on 11-12 it does not."""
    inside = [record(S.OBJECTED, raised_on=TEN)]
    expect(judge(individual(), [], inside), BLOCK, "D-05")
    outside = [record(S.OBJECTED, raised_on=TEN + ONE)]
    expect(judge(individual(), [], outside), NOTIFY_HOLD, "D-31")


@pytest.mark.rows("D-31")
@pytest.mark.parametrize("raised_on", [LAST + ONE, DAY, None, START - ONE])
@pytest.mark.parametrize("reply", NO_DOCUMENT)
def test_an_objection_outside_the_publicity_holds_without_refusing(reply, raised_on):
    """After the period, on the decision day, on no known day, before it began: a document."""
    decision = judge(simplified(), reply, [record(S.OBJECTED, raised_on=raised_on)])
    expect(decision, NOTIFY_HOLD, "D-31")
    assert decision.deciding[0].ruling.row.step is Step.OBTAIN_CLEARANCE


@pytest.mark.rows("D-05", "D-31")
def test_a_moved_last_day_is_still_in_the_period():
    """With weekends the publicity ends on 11-23: an objection of that day closes the route."""
    reply = [record(S.OBJECTED, raised_on=date(2026, 11, 23))]
    expect(judge(simplified(rest_days=WEEKENDS), [], reply), BLOCK, "D-05")
    expect(judge(simplified(), [], reply), NOTIFY_HOLD, "D-31")


@pytest.mark.rows("D-31")
def test_an_objection_before_any_period_is_outside_it():
    """Publicity not begun, or the push not delivered: there is no period to lie in."""
    reply = [record(S.OBJECTED, raised_on=date(2026, 11, 5))]
    decision = judge(simplified(publicity=None), [], reply)
    expect(decision, NOTIFY_HOLD, "D-31")
    assert rows(decision) == {"D-31"}
    decision = judge(individual(push=None), [], reply)
    expect(decision, CANNOT_VERIFY, "D-08")
    assert "D-31" in rows(decision)


@pytest.mark.rows("D-05")
def test_one_objection_in_the_period_outweighs_all_else():
    """Beside another outside it, a "no objection" and the withdrawal of a third."""
    reply = [
        record(S.NO_OBJECTION),
        record(S.OBJECTED, raised_on=DAY, voucher_no="O-1"),
        record(S.OBJECTED, raised_on=LAST, name="另一名称", voucher_no="O-2"),
        record(S.OBJECTION_WITHDRAWN, cancels="O-9"),
    ]
    expect(judge(simplified(), [], reply), BLOCK, "D-05")


@pytest.mark.rows("D-05")
@pytest.mark.parametrize("status", [S.OBJECTED, S.OBJECTION_WITHDRAWN])
def test_an_objection_dated_after_the_decision_is_an_input_error(status):
    """Never read as "expired" or as "none"."""
    reply = [record(status, raised_on=DAY + ONE)]
    with pytest.raises(AnswerError, match="after the decision day") as caught:
        judge(simplified(), [], reply)
    assert USCC.value not in str(caught.value)


@pytest.mark.rows("D-04")
def test_an_objection_to_another_entity_is_none_to_this_one():
    """A record of another code inside the right reply plays no part, whatever its day."""
    reply = [record(S.NO_OBJECTION), record(S.OBJECTED, uscc=OTHER, raised_on=DAY + ONE)]
    expect(judge(simplified(), [], reply), PASS, "D-04")


# What does not count as "no objection" --------------------------------------------------------


@pytest.mark.rows("D-08")
@pytest.mark.parametrize(
    "reply",
    [
        pytest.param([], id="empty"),
        pytest.param([record(S.NO_OBJECTION, uscc=OTHER)], id="another"),
        pytest.param([record(S.NO_OBJECTION, uscc=None)], id="nobody"),
        pytest.param([record(S.NO_OBJECTION, name="另一名称")], id="name"),
        pytest.param([record(S.NO_OBJECTION, issued_on=TEN)], id="of-the-period"),
        pytest.param([record(S.NO_OBJECTION, issued_on=DAY + ONE)], id="of-tomorrow"),
        pytest.param([record(S.WAIVED, matter=REGISTRATION)], id="other-matter"),
        pytest.param([record(S.NO_OBJECTION), record(S.OBJECTED, uscc=None)], id="doubt-beside"),
        pytest.param([record(S.OBJECTION_WITHDRAWN, uscc=None)], id="withdrawn-by-nobody"),
        pytest.param([record(S.OBJECTION_WITHDRAWN, name="另一名称")], id="withdrawn-name"),
        pytest.param([record()], id="no-statement"),
    ],
)
@pytest.mark.parametrize("case", [simplified, individual])
def test_silence_and_doubt_are_not_no_objection(case, reply):
    """Answered, but nothing that settles it: cannot verify, and nobody is accused."""
    decision = judge(case(), [], reply)
    expect(decision, CANNOT_VERIFY, "D-08")
    assert "deregistration/objection/unanswered" in codes(decision)
    assert decision.retryable
    assert not decision.verified


@pytest.mark.rows("D-04", "D-08")
def test_the_day_of_the_statement_where_the_record_gives_one():
    """After the period and up to the decision day it counts."""
    for issued_on in (LAST + ONE, DAY):
        reply = [record(S.NO_OBJECTION, issued_on=issued_on)]
        expect(judge(simplified(), [], reply), PASS, "D-04")
    of_the_last_day = [record(S.NO_OBJECTION, issued_on=LAST)]
    expect(judge(simplified(), [], of_the_last_day), CANNOT_VERIFY, "D-08")


@pytest.mark.rows("D-08")
def test_an_answer_not_of_the_decision_day_is_not_no_objection():
    """True the evening before, or the morning after: not as of the decision day."""
    reply = [record(S.NO_OBJECTION)]
    evening = datetime(2026, 11, 30, 23, 59, tzinfo=CHINA)
    expect(judge(simplified(), [], reply, as_of=evening), CANNOT_VERIFY, "D-08")
    after = morning(DAY + ONE)
    expect(judge(simplified(), [], reply, at=after), CANNOT_VERIFY, "D-08")


@pytest.mark.rows("D-08")
def test_an_answer_older_than_the_periods_end_settles_nothing():
    """Decided on P+1, answered on P: ask again."""
    case = simplified(LAST + ONE)
    last = datetime(2026, 11, 21, 23, 0, tzinfo=CHINA)
    decision = judge(case, [], [record(S.NO_OBJECTION)], as_of=last)
    expect(decision, CANNOT_VERIFY, "D-08")


@pytest.mark.rows("D-08")
@pytest.mark.parametrize(("reply", "state"), [(DOWN, "unreachable"), (GARBLED, "untrusted")])
@pytest.mark.parametrize("document", NO_DOCUMENT)
@pytest.mark.parametrize("case", [simplified, individual])
def test_an_outage_after_the_period_cannot_be_verified(case, document, reply, state):
    """Hold and retry, never a pass, never a refusal."""
    decision = judge(case(), document, reply)
    expect(decision, CANNOT_VERIFY, "D-08")
    assert f"deregistration/objection/source-{state}" in codes(decision)
    assert decision.retryable
    assert not decision.verified


@pytest.mark.rows("D-08")
def test_without_any_answer_nothing_passes():
    """Nobody was asked: cannot verify."""
    decision = deregistration.check(simplified(), at=morning(DAY))
    expect(decision, CANNOT_VERIFY, "D-08")


@pytest.mark.rows("D-08")
@pytest.mark.parametrize(("sent", "state"), UNDELIVERED)
@pytest.mark.parametrize("case", [simplified, individual])
@pytest.mark.parametrize("status", [S.NO_OBJECTION, S.OBJECTION_WITHDRAWN])
def test_a_push_that_is_not_confirmed_cannot_be_verified(case, sent, state, status):
    """The silence of a system that was never asked is not "no objection"."""
    decision = judge(case(push=sent), [], [record(status)])
    expect(decision, CANNOT_VERIFY, "D-08")
    assert f"deregistration/push/{state}" in codes(decision)
    assert decision.retryable
    assert not decision.verified


@pytest.mark.rows("D-06", "D-08")
def test_a_missing_push_outweighs_the_running_publicity():
    """Both are told; waiting is needed too, so a retry alone does not help."""
    decision = judge(simplified(LAST, push=None), [])
    expect(decision, CANNOT_VERIFY, "D-08")
    assert {"D-06", "D-08"} <= rows(decision)
    assert not decision.retryable


@pytest.mark.rows("D-08")
@pytest.mark.parametrize("status", [S.NO_OBJECTION, S.OBJECTION_WITHDRAWN])
def test_a_publicity_record_that_cannot_be_read_cannot_be_verified(status):
    """Neither begun nor missing is known."""
    case = simplified(publicity=Publicity(readable=False))
    decision = judge(case, [], [record(status)])
    expect(decision, CANNOT_VERIFY, "D-08")
    assert codes(decision) == {"deregistration/publicity/unreadable"}
    assert decision.retryable
    assert not decision.verified


@pytest.mark.rows("D-06")
@pytest.mark.parametrize("objection", [DOWN, [], [record(S.OBJECTION_WITHDRAWN)], None])
def test_while_the_publicity_runs_objections_need_no_answer_yet(objection):
    """Not due yet: wait till P+1; the obstacle names the running publicity."""
    decision = judge(simplified(LAST), [], objection)
    expect(decision, NOTIFY_HOLD, "D-06")
    assert rows(decision) == {"D-06"}
    assert decision.deciding[0].ruling.row.step is Step.WAIT
    assert decision.deciding[0].obligation.period == "2026-11-02/2026-11-21"
    assert obstacles(decision) == [(ObstacleKind.PUBLICITY_RUNNING, ("D-06",))]
    assert not decision.retryable


@pytest.mark.rows("D-06")
@pytest.mark.parametrize("reply", NO_DOCUMENT)
@pytest.mark.parametrize(
    "record_of_it",
    [
        pytest.param(None, id="none"),
        pytest.param(publicity(None), id="no-start"),
        pytest.param(publicity(DAY + ONE), id="starts-tomorrow"),
    ],
)
def test_publicity_that_has_not_begun(record_of_it, reply):
    """No start, or one after the decision day."""
    decision = judge(simplified(publicity=record_of_it), reply)
    expect(decision, NOTIFY_HOLD, "D-06")
    assert obstacles(decision) == [(ObstacleKind.PUBLICITY_MISSING, ("D-06",))]
    assert decision.findings[0].obligation.basis in (Basis.REGISTER, Basis.ANSWER)


@pytest.mark.rows("D-06")
def test_a_publicity_that_starts_on_the_decision_day_runs():
    """Begun, and nowhere near its end."""
    decision = judge(simplified(publicity=publicity(DAY), push=push()), [])
    assert obstacles(decision) == [(ObstacleKind.PUBLICITY_RUNNING, ("D-06",))]


@pytest.mark.rows("D-07")
@pytest.mark.parametrize("reply", NO_DOCUMENT)
@pytest.mark.parametrize("status", [S.NO_OBJECTION, S.OBJECTION_WITHDRAWN])
def test_applied_late_the_exception_has_lapsed(reply, status):
    """The day after P+20: hold, whatever the tax authority says."""
    decision = judge(simplified(WINDOW_LAST + ONE), reply, [record(status)])
    expect(decision, NOTIFY_HOLD, "D-07")
    assert Step.OBTAIN_CLEARANCE in {item.ruling.row.step for item in decision.deciding}
    assert decision.obstacles == ()


@pytest.mark.rows("D-04", "D-07")
def test_a_recorded_extension_and_no_other():
    """Extended to P+30: 12-21 is in time, 12-22 is late."""
    extended = publicity(extended_until=date(2026, 12, 21))
    expect(judge(simplified(date(2026, 12, 21), publicity=extended), []), PASS, "D-04")
    late = judge(simplified(date(2026, 12, 22), publicity=extended), [])
    expect(late, NOTIFY_HOLD, "D-07")


@pytest.mark.rows("D-07", "D-08")
def test_late_and_unanswered_are_both_told():
    """The stricter decides; a retry alone would not lift the lateness."""
    decision = judge(simplified(WINDOW_LAST + ONE), [], DOWN)
    expect(decision, CANNOT_VERIFY, "D-08")
    assert {"D-07", "D-08"} <= rows(decision)
    assert not decision.retryable


@pytest.mark.rows("D-11")
@pytest.mark.parametrize("bar", list(Bar))
@pytest.mark.parametrize("case", [simplified, individual])
def test_a_ground_that_closes_the_route_takes_a_document(case, bar):
    """Not the simplified route: hold, although the tax authority does not object."""
    decision = judge(case(bars=(bar,)), [])
    expect(decision, NOTIFY_HOLD, "D-11")
    assert rows(decision) == {"D-11"}
    assert decision.obstacles == ()


@pytest.mark.rows("D-06", "D-11")
def test_a_closed_route_and_a_running_publicity_are_both_told():
    """All reasons stay."""
    decision = judge(simplified(LAST, bars=(Bar.PENDING_CASE,)), [])
    expect(decision, NOTIFY_HOLD, "D-11")
    assert rows(decision) == {"D-06", "D-11"}


# With a document ------------------------------------------------------------------------------


@pytest.mark.rows("D-01", "D-16")
@pytest.mark.parametrize(("status", "row"), HELD)
@pytest.mark.parametrize("case", [simplified, individual])
@pytest.mark.parametrize("objection", [DOWN, [], [record(S.NO_OBJECTION)]])
def test_a_document_or_waiver_satisfies_the_simplified_route(case, objection, status, row):
    """Whatever is known of objections, as long as none stands."""
    decision = judge(case(), [record(status)], objection)
    expect(decision, PASS, row)
    assert decision.verified
    assert decision.may_complete


@pytest.mark.rows("D-01")
def test_a_verified_paper_satisfies_the_simplified_route_in_an_outage():
    """Verified by an officer while both sources are down."""
    decision = judge(simplified(papers=(paper(verified=True),)), DOWN, DOWN)
    expect(decision, PASS, "D-01")
    assert decision.verified


@pytest.mark.rows("D-19")
@pytest.mark.parametrize(("status", "row"), HELD)
@pytest.mark.parametrize(
    ("case", "kind"),
    [
        pytest.param(simplified(LAST), ObstacleKind.PUBLICITY_RUNNING, id="running"),
        pytest.param(simplified(publicity=None), ObstacleKind.PUBLICITY_MISSING, id="not-begun"),
        pytest.param(
            simplified(publicity=Publicity(readable=False)),
            ObstacleKind.PUBLICITY_MISSING,
            id="unreadable",
        ),
        pytest.param(simplified(WINDOW_LAST + ONE), ObstacleKind.APPLIED_LATE, id="late"),
        pytest.param(
            simplified(bars=(Bar.ABNORMAL_LIST,)), ObstacleKind.ROUTE_NOT_OPEN, id="not-eligible"
        ),
        pytest.param(individual(TEN), ObstacleKind.OBJECTION_PERIOD_RUNNING, id="ten-days"),
        pytest.param(individual(push=None), ObstacleKind.OBJECTION_PERIOD_RUNNING, id="not-pushed"),
    ],
)
def test_a_document_passes_on_tax_and_the_route_waits(case, kind, status, row):
    """Tax is satisfied; the obstacle is named and is no tax verdict."""
    decision = judge(case, [record(status)], DOWN)
    expect(decision, PASS, row)
    assert obstacles(decision) == [(kind, ("D-19",))]
    assert not decision.may_complete
    assert decision.verified


@pytest.mark.rows("D-19")
def test_several_obstacles_are_all_named():
    """Late, not eligible, and a creditor objects."""
    case = simplified(
        WINDOW_LAST + ONE, bars=(Bar.EQUITY_FROZEN,), other_objections=(Objector.CREDITOR,)
    )
    decision = judge(case, [record()])
    expect(decision, PASS, "D-01")
    assert {item.kind for item in decision.obstacles} == {
        ObstacleKind.APPLIED_LATE,
        ObstacleKind.ROUTE_NOT_OPEN,
        ObstacleKind.OTHER_OBJECTION,
    }


@pytest.mark.rows("D-29")
@pytest.mark.parametrize(("status", "row"), HELD)
@pytest.mark.parametrize("raised_on", [date(2026, 11, 5), DAY, None])
@pytest.mark.parametrize("on", [DAY, WINDOW_LAST + ONE])
def test_a_document_beside_a_standing_objection_is_a_conflict(status, row, raised_on, on):
    """Verified or waived, yet objected, at whatever time: the tax authority is asked to lift it."""
    case = simplified(on, bars=(Bar.ABNORMAL_LIST,))
    decision = judge(case, [record(status)], [record(S.OBJECTED, raised_on=raised_on)])
    expect(decision, NOTIFY_HOLD, "D-29")
    assert row not in rows(decision)
    assert decision.deciding[0].ruling.row.step is Step.LIFT_OBJECTION
    assert decision.obstacles == ()


@pytest.mark.rows("D-32")
@pytest.mark.parametrize("status", [S.NO_OBJECTION, S.OBJECTION_WITHDRAWN])
@pytest.mark.parametrize("case", [simplified, individual])
def test_a_revoked_document_without_an_objection_is_a_conflict(case, status):
    """The tax authority revoked it and yet does not object: ask."""
    decision = judge(case(), [record(S.REVOKED)], [record(status)])
    expect(decision, NOTIFY_HOLD, "D-32")
    assert decision.deciding[0].ruling.row.step is Step.ASK_TAX_AUTHORITY
    assert Flag.DOCUMENT_NOT_USED not in decision.flags


@pytest.mark.rows("D-32")
@pytest.mark.parametrize(
    "beside", [record(name="另一名称"), record(uscc=None), record(voucher_no=None)]
)
def test_nothing_beside_a_revocation_makes_it_milder(beside):
    """A conflict counts as no document, a revocation does not: it is told first."""
    expect(judge(simplified(), [record(S.REVOKED), beside]), NOTIFY_HOLD, "D-32")


@pytest.mark.rows("D-05", "D-08", "D-31")
def test_a_revoked_document_is_none_where_an_objection_stands_or_is_unknown():
    """The other rows on the simplified route decide."""
    revoked = [record(S.REVOKED)]
    expect(judge(simplified(), revoked, OBJECTED), BLOCK, "D-05")
    expect(judge(simplified(), revoked, [record(S.OBJECTED)]), NOTIFY_HOLD, "D-31")
    expect(judge(simplified(), revoked, DOWN), CANNOT_VERIFY, "D-08")


@pytest.mark.rows("D-03", "D-04")
@pytest.mark.parametrize(
    "reply", [[record(uscc=OTHER)], [record(name="另一名称")], [record(uscc=None)]]
)
def test_a_document_in_conflict_counts_as_none_with_a_soft_flag(reply):
    """Of another entity, or doubtful: the exception decides, the flag remarks it."""
    decision = judge(simplified(), reply)
    expect(decision, PASS, "D-04")
    assert Flag.DOCUMENT_NOT_USED in decision.flags
    late = judge(simplified(WINDOW_LAST + ONE), reply)
    expect(late, NOTIFY_HOLD, "D-07")
    assert Flag.DOCUMENT_NOT_USED in late.flags
    assert Flag.DOCUMENT_NOT_USED not in judge(simplified(), []).flags


@pytest.mark.rows("D-27")
def test_a_forged_document_outweighs_the_exception():
    """The exception would pass; the forgery refuses all the same, and is told first."""
    case = simplified(papers=(paper(forgery="印章与样本不符"),), ruling=ruling())
    decision = judge(case, [])
    expect(decision, BLOCK, "D-27")
    assert decision.findings[0].rows == ("D-27",)
    assert len(decision.referrals) == 1


@pytest.mark.rows("D-27")
def test_a_forged_document_silences_the_rows_on_missing_documents():
    """Neither "wait" nor "late" nor "route closed" is told beside the suspicion."""
    case = simplified(LAST, push=None, bars=(Bar.PENDING_CASE,), papers=(paper(forgery="可疑"),))
    decision = judge(case, [], OBJECTED)
    expect(decision, BLOCK, "D-27")
    assert rows(decision) == {"D-27"}
    assert decision.obstacles == ()


# Input errors ---------------------------------------------------------------------------------


@pytest.mark.rows("D-11")
@pytest.mark.parametrize("case", [simplified, individual])
@pytest.mark.parametrize("missing", ["bars", "other_objections"])
def test_what_was_not_looked_up_is_an_input_error(case, missing):
    """Eligibility and other objections are never assumed."""
    with pytest.raises(ApplicationError, match=missing):
        case(**{missing: None})


@pytest.mark.rows("D-07")
def test_lateness_needs_the_day_of_application():
    """Acceptance and handling do not say whether the application came in time."""
    with pytest.raises(ApplicationError, match="application_date"):
        simplified(application_date=None, accepted_on=DAY)


@pytest.mark.rows("D-06")
def test_a_publicity_shorter_than_twenty_days_is_an_input_error():
    """An end before S+20, also one before the start, or an end without a start."""
    for until in (LAST - ONE, START - ONE):
        with pytest.raises(ApplicationError, match="published_until"):
            publicity(published_until=until)
    assert publicity(published_until=LAST)
    for name in ("published_until", "extended_until"):
        with pytest.raises(ApplicationError, match=name):
            publicity(None, **{name: LAST})


@pytest.mark.rows("D-07")
def test_an_extension_is_at_most_thirty_days():
    """P+31 is refused, and so is one that would shorten the window."""
    for until in (LAST + 31 * ONE, WINDOW_LAST - ONE):
        with pytest.raises(ApplicationError, match="extended_until"):
            simplified(publicity=publicity(extended_until=until))
    for until in (LAST + 30 * ONE, WINDOW_LAST):
        assert simplified(publicity=publicity(extended_until=until))
    moved = date(2026, 12, 23)
    assert simplified(publicity=publicity(extended_until=moved), rest_days=WEEKENDS)
    with pytest.raises(ApplicationError, match="extended_until"):
        simplified(publicity=publicity(extended_until=moved))


@pytest.mark.rows("D-08")
def test_a_push_that_contradicts_itself_is_an_input_error():
    """A failed push has no day of delivery."""
    with pytest.raises(ApplicationError, match="delivered_on"):
        push(PushState.FAILED, START)


@pytest.mark.rows("D-01", "D-04", "1.3")
@pytest.mark.parametrize(
    ("status", "matters"),
    [
        *((status, (OBJECTION,)) for status in (S.OBJECTED, S.OBJECTION_WITHDRAWN, S.NO_OBJECTION)),
        *((status, (REGISTRATION,)) for status in (S.REGISTERED_FOR_TAX, S.NOT_REGISTERED_FOR_TAX)),
        *(
            (status, (CLEARANCE, REGISTRATION))
            for status in (
                S.ISSUED,
                S.REVOKED,
                S.NEVER_ISSUED,
                S.WAIVED,
                S.HAD_TAX_AFFAIRS,
                S.NEVER_HAD_TAX_AFFAIRS,
            )
        ),
    ],
)
def test_a_status_is_stated_under_its_own_matter(status, matters):
    """An objection or a revocation under another matter would be passed over: refused."""
    for matter in Matter:
        if matter in matters:
            assert record(status, matter=matter).matter is matter
        else:
            with pytest.raises(AnswerError, match="is stated under"):
                record(status, matter=matter)


@pytest.mark.rows("D-04")
def test_objection_days_do_not_matter_to_other_matters():
    """A record that is no statement on objections is ignored beside one that is."""
    reply = [record(S.NO_OBJECTION), record(S.HAD_TAX_AFFAIRS)]
    expect(judge(simplified(), [], reply), PASS, "D-04")
