"""Notices: who is told what, and what nobody may ever be told."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from importlib.util import find_spec
from itertools import product

import pytest
from attrs import evolve, make_class
from attrs.exceptions import FrozenInstanceError

import deregistration_cases as deregistration
import equity_transfer_cases as equity
import property_title_cases as estate
from expect import ByHand, by_hand
from taxgate.checks import vehicle
from taxgate.checks.vehicle.application import Archive, VehicleAct
from taxgate.checks.vehicle.tables import PURCHASE_TAX, VESSEL_TAX
from taxgate.decision import conclude
from taxgate.evidence import OutageCause
from taxgate.findings import Finding, Obligation, Outcome, Standing, Weighed
from taxgate.identifiers import Division
from taxgate.law.order_307 import ART_25_1
from taxgate.notices import notices, referral_text
from taxgate.parties import IdType, Person
from taxgate.proceedings import Heading, Suspicion, SuspicionKind
from taxgate.tables import Row, when
from taxgate.terms import (
    Addressee,
    Checkpoint,
    Effect,
    Language,
    Matter,
    RecordStatus,
    Step,
    Verdict,
)
from taxgate.wording import common, forms
from vehicle_cases import AT, BUYER, OWNER, VPT, VVT, apply, judge, paper, record

BOTH = tuple(Language)
ACTS = (
    VehicleAct.FIRST_REGISTRATION,
    VehicleAct.WHOLE_VEHICLE_REPLACEMENT,
    VehicleAct.TRANSFER,
    VehicleAct.USE_CHANGE,
    VehicleAct.MORTGAGE,
    VehicleAct.INSPECTION_MARK,
)
REPLIES = {
    "paid": None,
    "none": [],
    "unpaid": RecordStatus.UNPAID,
    "deferred": RecordStatus.DEFERRED,
    "refunded": RecordStatus.REFUNDED,
    "never-issued": RecordStatus.NEVER_ISSUED,
    "timeout": OutageCause.TIMEOUT,
    "bad-signature": OutageCause.BAD_SIGNATURE,
}
OWING = {
    Language.ZH_CN: ("欠", "补缴", "未缴", "应缴", "尚未缴纳", "申报缴纳", "滞纳"),
    Language.EN: ("pay ", "owed", "owe ", "unpaid", "arrears", "not yet paid", "payable", "late"),
}
AGENT = Person(IdType.PASSPORT, "P0000077", "丙受让")
OTHER = Person(IdType.PASSPORT, "P0000088", "丁转让")
SECOND_BUYER = equity.SECOND_BUYER
CLERK = Person(IdType.PASSPORT, "P0000099", "戊代办")


def reply(matter, name):
    """Return the answer of that name about one tax."""
    found = REPLIES[name]
    return [record(matter, found)] if isinstance(found, RecordStatus) else found


def told(decision, language=Language.ZH_CN):
    """Return the notices by addressee."""
    return {notice.addressee: notice for notice in notices(decision, language)}


HEADING = Heading(
    checkpoint=Checkpoint.VEHICLE,
    act="transfer",
    division=Division("140100"),
    governing_on=date(2026, 11, 23),
    at=AT,
)


def finding(
    outcome,
    to,
    *,
    code="vehicle/purchase-tax/none-found",
    matter=VPT,
    step=Step.PAY_OR_FILE,
    cites=(ART_25_1,),
    retryable=False,
    **obligation,
):
    """Return a finding made by hand, for parties no vehicle case has."""
    row = Row(("X-1",), when(), outcome, code, cites, step, tuple(to), retryable)
    ruling = by_hand(row, code)
    return Finding(ruling, Obligation(matter=matter, facts=ByHand(), **obligation))


CASES = [
    pytest.param(act, vpt, vvt, id=f"{act}-{vpt}-{vvt}")
    for act, vpt, vvt in product(ACTS, REPLIES, REPLIES)
]


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(("act", "vpt", "vvt"), CASES)
def test_every_finding_that_does_not_pass_is_told_with_all_it_takes(act, vpt, vvt, language):
    """Tax, subject, source, result, duty, authority, article and next step stand in a notice."""
    changes = {"archive_exemption": Archive.OWNER} if act is VehicleAct.TRANSFER else {}
    decision = judge(apply(act, **changes), reply(VPT, vpt), reply(VVT, vvt))
    given = notices(decision, language)
    expected = sorted(
        item.code for item in decision.findings if item.outcome.verdict is not Verdict.PASS
    )
    assert sorted(item.code for notice in given for item in notice.items) == expected
    for notice in given:
        assert notice.language is language
        for item in notice.items:
            for part in (
                item.matter,
                item.subject,
                item.source,
                item.as_of,
                item.result,
                item.code,
                item.reason,
                item.action,
                *item.basis,
            ):
                assert part
                assert part in notice.text
            assert any("No. 307" in cite or "山西省" in cite for cite in item.basis)
            outage = item.code.endswith(("unreachable", "untrusted"))
            assert (item.authority is None) is outage
            assert item.evidence


@pytest.mark.parametrize("language", BOTH)
def test_a_pass_and_an_act_out_of_scope_tell_nobody_anything(language):
    """Where nothing is to be told there is no notice, not an empty one."""
    assert notices(judge(apply()), language) == ()
    outside = judge(apply(VehicleAct.TEMPORARY_PLATE), [], [])
    assert notices(outside, language) == ()


def test_a_notice_names_the_taxs_own_article_and_the_orders():
    """First registration without purchase tax: Order Art. 24(2) and the tax law's Art. 13."""
    (notice,) = judge(apply(), []).notices()
    (item,) = notice.items
    assert "《山西省税费服务和征管保障办法》第24条第2款" in item.basis
    assert "《中华人民共和国车辆购置税法》第13条" in item.basis
    assert "车辆登记地的主管税务机关" in notice.text
    assert "电子税务局" in item.action
    assert notice.title == "一次性告知书"


def test_a_provision_not_in_force_on_the_governing_day_is_not_cited():
    """In 2010 neither the Order nor the tax law stood; the Road Traffic Safety Law did."""
    row = next(row for row in PURCHASE_TAX.rows if row.ids == ("V-02",))
    ruling = by_hand(evolve(row, when={}), "vehicle/purchase-tax/none-found")
    early = evolve(HEADING, governing_on=date(2010, 1, 1))
    decision = conclude(
        early, [Finding(ruling, Obligation(matter=VPT, facts=ByHand(), party=OWNER))]
    )
    (notice,) = decision.notices()
    assert notice.items[0].basis == ("《中华人民共和国道路交通安全法》第9条",)


# Outages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("cause", [OutageCause.TIMEOUT, OutageCause.MALFORMED_RESPONSE])
def test_an_outage_never_says_that_tax_is_owed(act, cause, language):
    """The applicant learns that the check was not completed and that a voucher may be handed in."""
    decision = judge(apply(act), cause, cause)
    given = notices(decision, language)
    assert given
    for notice in given:
        assert not [word for word in OWING[language] if word in notice.text.lower()]
        assert {
            Language.ZH_CN: "查验未能完成",
            Language.EN: "could not be completed",
        }[language] in notice.text
        assert {
            Language.ZH_CN: "可以提交凭证",
            Language.EN: "You may submit the voucher",
        }[language] in notice.text
        assert notice.effect is not Effect.REFUSE


def test_an_outage_at_an_advisory_act_goes_on_and_asserts_no_debt():
    """V-33: a mortgage is not held; the applicant is told that the check comes later."""
    (notice,) = judge(apply(VehicleAct.MORTGAGE), None, OutageCause.TIMEOUT).notices()
    assert notice.effect is Effect.PROCEED
    assert notice.until is None
    assert "由本机关重新查验" in notice.items[0].action


def test_an_outage_is_told_to_the_applicant_and_not_to_the_taxpayer():
    """It says nothing about the taxpayer, who need not know of it."""
    decision = judge(apply(applicant=CLERK), OutageCause.TIMEOUT, OutageCause.TIMEOUT)
    (notice,) = notices(decision)
    assert notice.addressee == CLERK.masked
    assert notice.role == "申请人"
    assert len(notice.items) == 2


# Effect, time, remedies ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("vvt", REPLIES)
def test_remedies_name_review_and_court_exactly_where_the_application_is_refused(
    act, vvt, language
):
    """Explaining and the tax authority are open always; 60 days and 6 months after a refusal."""
    review = {Language.ZH_CN: "60日", Language.EN: "60 days"}[language]
    court = {Language.ZH_CN: "六个月", Language.EN: "6 months"}[language]
    for notice in judge(apply(act), None, reply(VVT, vvt)).notices(language):
        refused = notice.effect is Effect.REFUSE
        assert (review in notice.text) is refused
        assert (court in notice.text) is refused
        assert "88" in notice.remedies[-1]
        assert len(notice.remedies) == (3 if refused else 2)


@pytest.mark.parametrize("language", BOTH)
def test_a_hold_ends_with_a_persons_decision(language):
    """The handling time of a vehicle goes on: 1 to 2 days, 5 working days, never automatically."""
    (notice,) = judge(apply(VehicleAct.TRANSFER), None, []).notices(language)
    assert notice.effect is Effect.HOLD
    expected = {
        Language.ZH_CN: ("一日至二日", "五个工作日", "不会自动作出决定"),
        Language.EN: ("1 to 2 days", "5 working days", "never automatically"),
    }[language]
    assert all(words in notice.until for words in expected)
    assert notice.until in notice.text


def test_what_proceeds_is_said_to_go_on():
    """V-23: unpaid vehicle tax does not stop a mortgage; to pay is a thing apart."""
    (notice,) = judge(apply(VehicleAct.MORTGAGE), None, []).notices()
    assert notice.effect is Effect.PROCEED
    assert "不影响本次申请继续办理" in notice.effect_text
    assert notice.items[0].action.startswith("本事项不影响本次业务办理")


def test_contact_is_the_hotline_and_the_office():
    """12366 and the office's own telephone."""
    decision = judge(apply(office="某车管所", office_phone="0351-0000000", case_no="A-1"), [])
    (notice,) = decision.notices()
    assert "12366" in notice.contact
    assert "0351-0000000" in notice.contact
    assert (notice.office, notice.case_no, notice.date) == ("某车管所", "A-1", date(2026, 11, 23))
    assert "2026年11月23日" in notice.text


def test_what_the_office_left_empty_is_a_line_to_fill_in():
    """Office, telephone and case number may be missing; an addressee nobody knows, too."""
    (notice,) = judge(apply(), []).notices()
    assert (notice.office, notice.office_phone, notice.case_no) == ("____",) * 3
    assert notice.text.count("____") >= 3
    unknown = conclude(HEADING, [finding(Outcome.NOTIFY, [Addressee.TAXPAYER])])
    (blank,) = notices(unknown)
    assert blank.addressee == "____"
    assert blank.role == "纳税人"


# One notice per addressee, with its own reasons ---------------------------------------------------


def test_one_notice_holds_all_reasons_of_one_person():
    """Both taxes missing: one notice, two items, strictest first, the owner in one role."""
    (notice,) = judge(apply(), [], []).notices()
    assert [item.matter for item in notice.items] == ["车辆购置税", "车船税"]
    assert notice.role == "纳税人"
    assert not notice.others_open


def test_a_person_in_two_roles_gets_one_notice():
    """Owner as taxpayer and as applicant: purchase tax missing, vehicle tax not checked."""
    (notice,) = judge(apply(), [], OutageCause.TIMEOUT).notices()
    assert notice.role == "纳税人、申请人"
    assert len(notice.items) == 2


def test_a_finding_told_to_one_person_in_two_roles_is_one_item():
    """Nothing is said twice."""
    both = {Addressee.TAXPAYER: (OWNER,), Addressee.TRANSFEREE: (OWNER,)}
    item = finding(Outcome.NOTIFY, both, party=OWNER, parties=both)
    (notice,) = notices(conclude(HEADING, [item]))
    assert len(notice.items) == 1


@pytest.mark.parametrize("language", BOTH)
def test_a_party_learns_nothing_of_anothers_items_but_that_one_is_open(language):
    """Order Art. 19: two sellers, two taxes; neither reads of the other's."""
    first = finding(
        Outcome.NOTIFY,
        [Addressee.TAXPAYER],
        party=OWNER,
        parties={Addressee.TAXPAYER: (OWNER,)},
        subject="***1",
    )
    second = finding(
        Outcome.REFUSE,
        [Addressee.TAXPAYER],
        code="vehicle/vessel-tax/unpaid",
        matter=VVT,
        party=OTHER,
        parties={Addressee.TAXPAYER: (OTHER,)},
        subject="***2",
        period="2025",
    )
    given = told(conclude(HEADING, [first, second]), language)
    mine, theirs = given[OWNER.masked], given[OTHER.masked]
    for notice, foreign in ((mine, second), (theirs, first)):
        assert notice.others_open
        assert foreign.code not in notice.text
        assert foreign.obligation.subject not in notice.text
        assert foreign.obligation.party.masked not in notice.text
        assert len(notice.items) == 1
    tax = {Language.ZH_CN: "车船税", Language.EN: "vehicle and vessel tax"}[language]
    assert tax not in mine.text
    # The application is one: what the other's item does to it, this party has to know.
    assert mine.effect is Effect.REFUSE


def test_anothers_item_that_holds_nothing_is_not_open():
    """Advice to another party is no reason to speak of an open item."""
    held = finding(Outcome.NOTIFY, [Addressee.TAXPAYER], party=OWNER)
    advice = finding(Outcome.ADVISE, [Addressee.TAXPAYER], party=OTHER)
    given = told(conclude(HEADING, [held, advice]))
    assert not given[OWNER.masked].others_open
    assert given[OTHER.masked].others_open


def test_the_applicant_learns_that_somebody_elses_item_holds_the_application():
    """No item of its own, no detail, but the state of what it applied for, and its remedies."""
    decision = judge(apply(applicant=CLERK), [])
    notice = told(decision)[CLERK.masked]
    assert notice.items == ()
    assert notice.others_open
    assert notice.effect is Effect.REFUSE
    assert "60日" in notice.text
    assert "车辆购置税" not in notice.text
    assert OWNER.masked not in notice.text


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("outcome", [Outcome.NOTIFY, Outcome.REFUSE])
def test_a_co_applicant_learns_only_that_anothers_item_is_open(outcome, language):
    """Section 6: all parties apply together; without an item of its own one reads no detail."""
    parties = {Addressee.TAXPAYER: (OTHER,), Addressee.APPLICANT: (OTHER,)}
    open_ = finding(outcome, [Addressee.TAXPAYER], party=OTHER, parties=parties, subject="***1")
    met = finding(
        Outcome.SATISFIED,
        [],
        code="vehicle/vessel-tax/paid",
        party=OWNER,
        parties={Addressee.TAXPAYER: (OWNER,), Addressee.WITHHOLDING_AGENT: (AGENT,)},
    )
    given = told(conclude(HEADING, [open_, met]), language)
    assert set(given) == {OTHER.masked, OWNER.masked}
    assert given[OTHER.masked].items
    assert not given[OTHER.masked].others_open
    bare = given[OWNER.masked]
    assert bare.items == ()
    assert bare.others_open
    assert bare.effect is outcome.effect
    assert bare.remedies
    assert forms.ANOTHERS_OPEN.to(language) in bare.text
    assert not [
        secret
        for secret in (OTHER.masked, open_.code, "***1", common.matter(VPT, language))
        if secret in bare.text
    ]
    # Nothing in it points to items that are not there.
    assert {Language.ZH_CN: "以上", Language.EN: "above"}[language] not in bare.text


def test_a_party_known_by_a_silent_row_alone_is_told_too():
    """A rule that says nothing still tells who applies; roles listed with nobody tell nobody."""
    open_ = finding(Outcome.NOTIFY, [Addressee.TAXPAYER], party=OTHER)
    silent = finding(None, [], code="vehicle/silent", party=OWNER)
    gone = finding(None, [], code="vehicle/gone", party=CLERK, parties={Addressee.TAXPAYER: ()})
    given = told(conclude(HEADING, [open_, silent, gone]))
    assert set(given) == {OTHER.masked, OWNER.masked}


def test_a_stated_applicant_speaks_for_all_parties():
    """With an applicant nobody else is told without an item of its own."""
    open_ = finding(Outcome.NOTIFY, [Addressee.TAXPAYER], party=OTHER)
    met = finding(Outcome.SATISFIED, [], code="vehicle/vessel-tax/paid", party=OWNER)
    given = told(conclude(evolve(HEADING, applicant=CLERK), [open_, met]))
    assert set(given) == {OTHER.masked, CLERK.masked}


@pytest.mark.parametrize("outcome", [Outcome.ADVISE, Outcome.SATISFIED])
def test_where_nothing_holds_nobody_learns_of_anothers_item(outcome):
    """Advice to one party is no business of the others."""
    first = finding(outcome, [Addressee.TAXPAYER], party=OTHER)
    second = finding(Outcome.SATISFIED, [], code="vehicle/vessel-tax/paid", party=OWNER)
    assert OWNER.masked not in told(conclude(HEADING, [first, second]))


def test_a_seal_not_yet_recorded_is_told_to_the_tax_authority_alone():
    """S-02: nothing reaches owner or applicant, neither an item nor that one is open."""
    seal = finding(
        Outcome.CANNOT_VERIFY,
        [Addressee.TAX_AUTHORITY],
        code="vehicle/seal/conflict",
        matter=Matter.SEAL,
        step=Step.COMPLETE_PAPERS,
        subject="***S",
        party=OWNER,
    )
    heading = evolve(HEADING, applicant=OWNER)
    assert len(notices(conclude(HEADING, [seal]))) == 1
    (only,) = notices(conclude(heading, [seal]))
    assert only.to_authority
    assert only.role == "税务机关"
    assert "协助执行通知书" in only.text
    assert only.remedies == ()
    advice = finding(Outcome.ADVISE, [Addressee.TAXPAYER], party=OWNER)
    beside = told(conclude(heading, [seal, advice]))[OWNER.masked]
    assert not beside.others_open
    assert beside.effect is Effect.PROCEED
    assert "查封" not in beside.text
    assert "***S" not in beside.text


def test_who_had_tax_withheld_is_never_told_to_pay():
    """E-21: withheld, not remitted; the row addresses the agent, and nobody stands in for it."""
    row = {
        "outcome": Outcome.NOTIFY,
        "to": [Addressee.WITHHOLDING_AGENT],
        "step": Step.REMIT_WITHHELD,
        "matter": Matter.INDIVIDUAL_INCOME_TAX,
        "party": OTHER,
    }
    known = finding(**row, parties={Addressee.WITHHOLDING_AGENT: (AGENT,)})
    notice, other = notices(conclude(HEADING, [known]))
    assert (other.addressee, other.items) == (OTHER.masked, ())
    assert "解缴" not in other.text
    assert notice.addressee == AGENT.masked
    assert notice.role == "扣缴义务人"
    assert "解缴" in notice.items[0].action
    unknown, _ = notices(conclude(HEADING, [finding(**row)]))
    assert unknown.addressee == "____"


def test_a_withholding_agent_is_named_to_the_taxpayer_where_it_is_another():
    """Section 6: taxpayer and, if different, the withholding agent."""
    parties = {Addressee.TAXPAYER: (OTHER,), Addressee.WITHHOLDING_AGENT: (AGENT,)}
    item = finding(
        Outcome.NOTIFY,
        [Addressee.TAXPAYER, Addressee.WITHHOLDING_AGENT],
        party=OTHER,
        parties=parties,
    )
    given = told(conclude(HEADING, [item]))
    assert given[OTHER.masked].items[0].withholding_agent == AGENT.masked
    assert given[OTHER.masked].items[0].party is None
    assert given[AGENT.masked].items[0].withholding_agent is None
    assert given[AGENT.masked].items[0].party == OTHER.masked


def test_a_row_that_names_nobody_still_reaches_the_applicant():
    """A notice may not get lost."""
    (notice,) = notices(conclude(HEADING, [finding(Outcome.REFUSE, [])]))
    assert notice.role == "申请人"


def test_a_court_is_told_in_its_own_words_and_has_no_remedies():
    """What a party is to do is not asked of an authority."""
    item = finding(
        Outcome.CANNOT_VERIFY,
        [Addressee.TAXPAYER, Addressee.COURT],
        code="vehicle/purchase-tax/forged-suspect",
        step=Step.EXPLAIN_SUSPICION,
        party=OWNER,
        parties={Addressee.TAXPAYER: (OWNER,)},
    )
    given = told(conclude(HEADING, [item]))
    court = given["____"]
    assert court.role == "执行法院"
    assert court.items[0].evidence is None
    assert court.items[0].authority is None
    assert court.items[0].action != given[OWNER.masked].items[0].action


def test_an_authority_is_addressed_by_its_name_where_the_case_has_it():
    """Its name is public and no blank to fill in; two courts get a notice each."""
    row = {"outcome": Outcome.CANNOT_VERIFY, "to": [Addressee.COURT], "party": OWNER}
    first = finding(**row, authorities={Addressee.COURT: "甲地法院"})
    second = finding(**row, authorities={Addressee.COURT: "乙地法院"}, subject="***2")
    third = finding(**row, authorities={Addressee.SEALING_AUTHORITY: "某局"}, subject="***3")
    given = notices(conclude(HEADING, [first, second, third]))
    assert [notice.addressee for notice in given] == ["甲地法院", "乙地法院", "____"]
    assert all(notice.role == "执行法院" and notice.to_authority for notice in given)
    assert "甲地法院" in given[0].text


SUSPECTED_COURT_PAPERS = equity.executed(
    court_documents=equity.documents(authenticated=False, forgery="印章存疑")
)
UNCONFIRMED = equity.executed(court_documents=equity.documents(authenticated=False))
NEVER_ISSUED = [equity.record(RecordStatus.NEVER_ISSUED)]
SUSPICION = {
    Language.ZH_CN: ("伪", "存疑", "嫌疑", "涉嫌", "书面告知税务机关", "第29条"),
    Language.EN: ("forge", "suspect", "suspicion", "authenticity", "genuine", "doubt", "art. 29"),
}


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(
    ("deal", "reply"),
    [
        pytest.param(equity.executed(), NEVER_ISSUED, id="E-26"),
        pytest.param(UNCONFIRMED, NEVER_ISSUED, id="E-26-and-E-27"),
        pytest.param(SUSPECTED_COURT_PAPERS, None, id="E-27"),
        pytest.param(SUSPECTED_COURT_PAPERS, NEVER_ISSUED, id="both"),
    ],
)
def test_a_party_reads_of_no_suspicion_where_the_check_could_not_be_completed(
    deal, reply, language
):
    """Section 1.2: only that the check was not completed, and which proof may be handed in."""
    decision = equity.judge(equity.apply(deal), reply)
    assert decision.outcome is Outcome.CANNOT_VERIFY
    given = told(decision, language)
    court = given.pop(equity.COURT)
    assert court.to_authority
    assert [word for word in SUSPICION[language] if word in court.text.lower()]
    assert set(given) == {equity.HOLDER.masked, equity.BUYER.masked, equity.COMPANY.masked}
    for notice in given.values():
        assert not [word for word in SUSPICION[language] if word in notice.text.lower()]
        assert not [word for word in OWING[language] if word in notice.text.lower()]
        assert notice.effect is Effect.HOLD
    items = [item for notice in given.values() for item in notice.items]
    assert items
    for item in items:
        assert item.evidence
        assert item.basis
    assert "cannot-verify" in {item.code for item in items} or deal is UNCONFIRMED
    completed = {Language.ZH_CN: "未能完成", Language.EN: "could not be completed"}[language]
    assert any(completed in item.reason for item in items)


def test_a_suspicion_that_refuses_is_told_to_the_taxpayer():
    """E-16: a refusal carries its reason; only a check that was not completed keeps quiet."""
    seller = told(equity.judge(equity.apply(), NEVER_ISSUED))[equity.HOLDER.masked]
    assert seller.effect is Effect.REFUSE
    assert seller.items[0].code.endswith("forged-suspect")


def test_the_courts_that_have_yet_to_confirm_are_written_to_first():
    """E-27: the notice of one court is confirmed, the instrument of another is not."""
    instrument, assistance = equity.documents()
    waiting = evolve(instrument, court="另一法院", authenticated=False)
    deal = equity.executed(court_documents=(waiting, assistance))
    given = notices(equity.judge(equity.apply(deal)))
    assert [notice.addressee for notice in given if notice.to_authority] == ["另一法院"]


def test_ways_out_are_told_to_whoever_is_told_all_that_is_open():
    """A way settles the whole obligation; told to a reader of a part, it would tell the rest."""
    alone = told(equity.judge(equity.apply(UNCONFIRMED)))[equity.COMPANY.masked]
    assert alone.items[0].ways
    both = told(equity.judge(equity.apply(UNCONFIRMED), NEVER_ISSUED))[equity.COMPANY.masked]
    assert both.items[0].ways == ()


# What differs, obstacles --------------------------------------------------------------------------


@pytest.mark.parametrize("language", BOTH)
def test_what_proceeds_is_not_said_to_go_on_while_another_obstacle_stands(language):
    """V-23 on a seized vehicle: tax stops nothing, the seizure does and comes first."""
    (notice,) = judge(apply(VehicleAct.MORTGAGE, seized=True), None, []).notices(language)
    assert notice.effect is Effect.PROCEED
    assert notice.obstacles
    assert forms.EFFECTS[Effect.PROCEED].to(language) not in notice.text
    words = {
        Language.ZH_CN: ("不是停止办理", "应先行解决", "不能办结"),
        Language.EN: ("no ground to stop", "settled first", "cannot be completed"),
    }[language]
    assert all(word in notice.effect_text for word in words)
    gone = {Language.ZH_CN: "继续办理", Language.EN: "goes on"}[language]
    assert gone not in notice.text


def test_a_conflict_names_what_differs_and_the_authority_of_the_record():
    """It asserts nothing: the tax authority of the record confirms or corrects."""
    other = record(VPT, engine_no="E9999", authority=Division("140200"))
    (notice,) = judge(apply(), [other]).notices()
    (item,) = notice.items
    assert item.differs == ("发动机号不一致",)
    assert item.authority == "出具该记录的税务机关（140200）"
    assert "E9999" not in notice.text
    assert "不认定是否完税" in item.reason


def test_an_unverified_voucher_against_no_record_is_said_to_be_what_differs():
    """Paper no officer verified is a conflict, not a payment."""
    (notice,) = judge(apply(papers=(paper(),)), []).notices()
    assert "所提交的凭证未经核验，与数据来源的答复不一致" in notice.items[0].differs


def test_what_differs_is_for_the_taxpayers_eyes_only():
    """An agent told of the taxpayer's conflict does not read its records."""
    weighed = (Weighed(record(VPT), Standing.CONFLICT, "model-differs"),)
    item = finding(
        Outcome.NOTIFY,
        [Addressee.TAXPAYER, Addressee.WITHHOLDING_AGENT],
        code="vehicle/purchase-tax/conflict",
        party=OTHER,
        parties={Addressee.WITHHOLDING_AGENT: (AGENT,)},
        weighed=weighed,
    )
    given = told(conclude(HEADING, [item]))
    assert given[OTHER.masked].items[0].differs == ("车辆型号不一致",)
    assert given[AGENT.masked].items[0].differs == ()


def test_records_that_say_nothing_do_not_differ():
    """Another tax, or what was cancelled, is not listed."""
    weighed = (
        Weighed(record(VVT), Standing.UNRELATED, "other-matter"),
        Weighed(record(VPT), Standing.CONFLICT, "vin-missing"),
    )
    item = finding(
        Outcome.NOTIFY,
        [Addressee.TAXPAYER],
        code="vehicle/purchase-tax/conflict",
        step=Step.CORRECT_DATA,
        party=OTHER,
        weighed=weighed,
    )
    (notice,) = notices(conclude(HEADING, [item]))
    assert notice.items[0].differs == ("记录未载明车辆识别代号，无法对应",)
    assert notice.items[0].authority == "出具该记录的税务机关"


@pytest.mark.parametrize("language", BOTH)
def test_a_seizure_is_told_beside_the_tax_and_never_as_tax(language):
    """V-31 is a non-tax obstacle; alone it makes no tax notice."""
    (notice,) = judge(apply(seized=True), []).notices(language)
    assert len(notice.obstacles) == 1
    assert notice.obstacles[0] in notice.text
    assert notice.obstacles[0] not in {item.reason for item in notice.items}
    assert judge(apply(seized=True)).notices(language) == ()


def test_what_the_archive_settles_was_checked_in_the_offices_own_register():
    """V-38: an unsolicited report against the archive names the register as what was checked."""
    application = apply(VehicleAct.TRANSFER, archive_exemption=Archive.NONE)
    (notice,) = judge(application, [record(VPT, RecordStatus.UNPAID)]).notices()
    assert notice.items[0].source == "本机关登记簿、档案"
    assert notice.addressee == BUYER.masked


# Nothing in full, nothing executed ----------------------------------------------------------------


NAME = "欧阳测试探针"
NUMBER = "149999199901010000"[:-1] + "X"


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(("vpt", "vvt"), list(product(REPLIES, REPLIES)))
def test_a_planted_name_and_number_never_appear(vpt, vvt, language):
    """Names, document numbers, VIN, vouchers and plates are printed masked only."""
    canary = Person(IdType.OTHER, NUMBER, NAME)
    voucher = "CANARY-7788990011"

    def marked(matter, name):
        found = reply(matter, name)
        if isinstance(found, list):
            return [evolve(item, taxpayer=canary, voucher_no=voucher) for item in found]
        return found

    application = apply(
        owner=canary,
        applicant=Person(IdType.OTHER, NUMBER[::-1], NAME + "乙"),
        papers=(paper(forgery=f"{NAME}（{NUMBER}）交来的{voucher}印章不符", voucher_no=voucher),),
    )
    decision = judge(application, marked(VPT, vpt), marked(VVT, vvt))
    printed = [notice.text for notice in notices(decision, language)]
    printed += [repr(notice) for notice in notices(decision, language)]
    printed += [referral_text(item, decision, language) for item in decision.referrals]
    printed.append(decision.explain(language))
    printed.append(repr(decision.explanation(language)))
    assert decision.referrals
    secrets = (
        NAME, NUMBER, NUMBER[::-1], voucher, application.vehicle.frame.value, "晋A00001", "E0001",
    )  # fmt: skip
    for text in printed:
        for secret in secrets:
            assert secret not in text


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("reply", [None, [], OutageCause.TIMEOUT], ids=["paid", "none", "down"])
@pytest.mark.parametrize("application", estate.SAMPLES)
def test_no_party_of_a_real_estate_case_is_named_in_full(application, reply, language):
    """Names, documents and unit codes, in every notice and in the explanation."""
    replies = {} if reply is None else {"deed": reply, "iit": reply, "lvat": reply}
    decision = estate.judge(application, **replies)
    printed = [notice.text for notice in notices(decision, language)]
    printed.append(decision.explain(language))
    people = (estate.SELLER, estate.BUYER, estate.SECOND_BUYER, estate.COMPANY)
    secrets = [estate.UNIT.value, estate.OTHER_UNIT.value]
    secrets += [part for person in people for part in (person.name, person.number)]
    assert not [secret for secret in secrets for text in printed if secret in text]


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("reply", [None, [], OutageCause.TIMEOUT], ids=["paid", "none", "down"])
@pytest.mark.parametrize("deal", equity.DEALS)
def test_no_party_of_an_equity_deal_is_named_in_full(deal, reply, language):
    """Names, documents and the company's code, in every notice and in the explanation."""
    decision = equity.judge(equity.apply(deal), reply)
    printed = [notice.text for notice in notices(decision, language)]
    printed.append(decision.explain(language))
    people = (equity.HOLDER, equity.BUYER, equity.SECOND_HOLDER, equity.SECOND_BUYER, equity.FIRM)
    secrets = [equity.COMPANY.value, equity.OTHER_COMPANY.value]
    secrets += [part for person in people for part in (person.name, person.number)]
    assert not [secret for secret in secrets for text in printed if secret in text]


@pytest.mark.parametrize("language", BOTH)
def test_no_entity_is_named_in_full(language):
    """Name and code of the entity, in every notice and in the explanation."""
    for application in (
        deregistration.apply(),
        deregistration.simplified(),
        deregistration.individual(),
        deregistration.staffing(),
    ):
        for reply in (None, OutageCause.TIMEOUT):
            decision = deregistration.judge(application, reply, reply, reply)
            printed = [notice.text for notice in notices(decision, language)]
            printed.append(decision.explain(language))
            for text in printed:
                assert deregistration.NAME not in text
                assert deregistration.USCC.value not in text


@pytest.mark.parametrize("language", BOTH)
def test_data_is_never_a_template(language):
    """Braces in names and offices are printed as they are (fault 61)."""
    trap = "{0.__class__}{subject}{{7*7}}%s"
    owner = Person(IdType.OTHER, "N-1", "{subject}")
    decision = judge(apply(owner=owner, office=trap, office_phone=trap, case_no=trap), [])
    (notice,) = notices(decision, language)
    assert notice.text.count(trap) == 5
    assert notice.addressee.startswith("{*")


def test_no_amount_is_ever_named():
    """The registrar computes nothing: the price on the invoice stays out of the notice."""
    (notice,) = judge(apply(price=None), []).notices()
    assert "元" not in notice.text


def test_a_notice_is_a_value():
    """Two runs are equal; nobody changes what was said."""
    decision = judge(apply(), [])
    (notice,), (again,) = notices(decision), notices(decision, "zh-CN")
    assert notice == again
    assert str(notice) == notice.text
    with pytest.raises(FrozenInstanceError):
        notice.addressee = "x"
    with pytest.raises(ValueError, match="fr"):
        notices(decision, "fr")


# Every checkpoint ---------------------------------------------------------------------------------


MATTERS = {
    Checkpoint.VEHICLE: VPT,
    Checkpoint.PROPERTY_TITLE: Matter.DEED_TAX,
    Checkpoint.EQUITY_TRANSFER: Matter.INDIVIDUAL_INCOME_TAX,
    Checkpoint.DEREGISTRATION: Matter.CLEARANCE,
}
PARTIES = {
    Addressee.TAXPAYER: (OTHER,),
    Addressee.WITHHOLDING_AGENT: (AGENT,),
    Addressee.TRANSFEREE: (AGENT,),
    Addressee.APPLICANT: (CLERK,),
}


def rules():
    """Return the module of every checkpoint."""
    names = (item.value.replace("-", "_") for item in Checkpoint)
    return [
        import_module(f"taxgate.checks.{name}")
        for name in names
        if find_spec(f"taxgate.checks.{name}") and find_spec(f"taxgate.wording.{name}")
    ]


def concluding(rule):
    """Yield every ruling of a checkpoint that is no pass, under each single reading."""
    for table in rule.TABLES:
        for readings in (frozenset(), *(frozenset({item}) for item in table.readings)):
            for ruling in table.rulings(readings).values():
                if not isinstance(ruling.conclusion, Outcome):
                    continue
                if ruling.conclusion.verdict is not Verdict.PASS:
                    yield ruling


CONCLUDING = [
    pytest.param(rule, ruling, id=f"{ruling.code}-{'-'.join(ruling.row.ids)}-{ruling.conclusion}")
    for rule in rules()
    for ruling in {
        (ruling.code, ruling.row.ids, ruling.conclusion): ruling for ruling in concluding(rule)
    }.values()
]


def facts_of(ruling):
    """Return facts that give *ruling*; columns of other tables hold what no action waits for."""
    table = ruling.table
    readings = frozenset({ruling.reading} if ruling.reading else ())
    point = next(point for point, item in table.rulings(readings).items() if item.row is ruling.row)
    facts = dict(zip(table.columns, point, strict=True))
    others = {name for action in table.actions for name in (*action.when, *action.sets)}
    facts |= dict.fromkeys(others - set(facts))
    return make_class("Facts", list(facts), frozen=True)(**facts)


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(("rule", "ruling"), CONCLUDING)
def test_every_row_of_every_checkpoint_makes_complete_notices(rule, ruling, language):
    """Whoever it addresses reads reason, law and step; an outage speaks of no debt."""
    heading = evolve(HEADING, checkpoint=rule.CHECKPOINT, act=next(iter(rule.Act)).value)
    obligation = Obligation(
        matter=MATTERS[rule.CHECKPOINT],
        facts=facts_of(ruling),
        subject="***1",
        party=OTHER,
        parties=PARTIES,
        period="2026",
    )
    every = notices(conclude(heading, [Finding(ruling, obligation)]), language)
    given = [notice for notice in every if notice.items]
    assert {role for notice in given for role in notice.role.replace("、", ", ").split(", ")} == {
        common.addressee(role, language) for role in ruling.row.to
    }
    refused = ruling.conclusion.effect is Effect.REFUSE
    for notice in given:
        assert not set("{}") & set(notice.text)
        (item,) = notice.items
        assert all((item.reason, item.basis, item.action))
        assert (notice.until is not None) is (notice.effect is Effect.HOLD)
        assert len(notice.remedies) == (0 if notice.to_authority else 3 if refused else 2)
        if ruling.code.endswith(("source-unreachable", "source-untrusted")):
            assert not [word for word in OWING[language] if word in notice.text.lower()]
    addressees = [notice.addressee for notice in every]
    assert len(set(addressees)) == len(addressees)
    bare = [notice for notice in every if not notice.items]
    for notice in bare:
        assert notice.others_open
        assert ruling.code not in notice.text
        assert notice.effect is ruling.conclusion.effect is not Effect.PROCEED
        assert len(notice.remedies) == (3 if refused else 2)
    if ruling.conclusion.effect is not Effect.PROCEED and not all(n.to_authority for n in given):
        parties = {notice.addressee for notice in every if not notice.to_authority}
        assert parties == {OTHER.masked, AGENT.masked, CLERK.masked}
    else:
        assert not bare


@pytest.mark.parametrize("language", BOTH)
def test_a_market_registrar_returns_the_material(language):
    """E-06, E-r: nothing is refused, a new submission has its own date, 3 + 3 working days."""
    given = told(equity.judge(equity.apply(), []), language)
    assert set(given) == {equity.HOLDER.masked, equity.BUYER.masked, equity.COMPANY.masked}
    assert given[equity.COMPANY.masked].items == ()
    for notice in given.values():
        assert notice.effect is Effect.HOLD
        for words in {
            Language.ZH_CN: ("退回", "重新提交", "三个工作日", "不会自动作出决定"),
            Language.EN: ("returned", "new submission", "3 working days", "never automatically"),
        }[language]:
            assert words in notice.text
    seller, agent = given[equity.HOLDER.masked], given[equity.BUYER.masked]
    assert seller.items[0].withholding_agent == equity.BUYER.masked
    assert agent.items[0].action != seller.items[0].action


def test_an_heir_is_no_withholding_agent():
    """E-23: the heir is told as transferee; a record of the deal is asked for, not a payment."""
    heir = equity.deal(equity.TransferKind.INHERITANCE)
    given = told(equity.judge(equity.apply(heir), []))
    assert given.pop(equity.COMPANY.masked).items == ()
    for notice in given.values():
        assert notice.items[0].withholding_agent is None
        assert "税务记录" in notice.items[0].action
        assert "缴纳" not in notice.items[0].action


def test_one_of_two_sellers_reads_nothing_of_the_other():
    """E-14: both hold the whole application; each notice tells its own transferor's tax only."""
    two = (equity.deal(), equity.deal(transferor=equity.SECOND_HOLDER, transferee=SECOND_BUYER))
    given = told(equity.judge(equity.apply(*two), []))
    assert len(given) == 5
    assert given[equity.COMPANY.masked].items == ()
    seller = given[equity.HOLDER.masked]
    assert seller.others_open
    assert equity.SECOND_HOLDER.masked not in seller.text
    assert SECOND_BUYER.masked not in seller.text


def test_a_market_registrar_whose_check_failed_asks_again_itself():
    """E-15: returned like any hold, but the applicant need not do anything."""
    notice = told(equity.judge(equity.apply(), OutageCause.TIMEOUT))[equity.COMPANY.masked]
    assert "查验未能完成" in notice.effect_text
    assert "退回" in notice.effect_text


def test_a_missing_clearance_document_is_a_result_and_no_debt():
    """D-02: nothing found; obtain clearance first; 3 + 3 working days."""
    (notice,) = notices(deregistration.judge(deregistration.apply()))
    assert notice.items[0].result == "未查到记录"
    assert notice.items[0].code == "deregistration/clearance/absent"
    assert "清税申报" in notice.items[0].action
    assert "三个工作日" in notice.until


def test_a_staffing_office_has_its_own_time_and_returns_nothing():
    """D-21: Art. 27(2); the market registrar's 3 + 3 working days are not its own."""
    registered = deregistration.record(RecordStatus.REGISTERED_FOR_TAX)
    decision = deregistration.judge(deregistration.staffing(), registration=[registered])
    (notice,) = notices(decision)
    assert "注销税务登记" in notice.items[0].action
    assert "三个工作日" not in notice.until
    assert "退回" not in notice.effect_text


# Real estate --------------------------------------------------------------------------------------

SEALING = ("查封", "协助执行", "seal", "seizure", "execution")


@pytest.mark.parametrize("language", BOTH)
def test_buyer_and_seller_each_read_their_own_tax(language):
    """R-20: deed tax is the buyer's, income tax the seller's; each learns that one more is open."""
    given = told(estate.judge(estate.apply(), deed=[], iit=[]), language)
    buyer, seller = given[estate.BUYER.masked], given[estate.SELLER.masked]
    assert [item.code for item in buyer.items] == ["property-title/deed-tax/none-found"]
    assert [item.code for item in seller.items] == ["property-title/income-tax/none-found"]
    assert buyer.others_open
    assert seller.others_open
    for notice, other, tax in (
        (buyer, estate.SELLER, common.matter(Matter.INDIVIDUAL_INCOME_TAX, language)),
        (seller, estate.BUYER, common.matter(Matter.DEED_TAX, language)),
    ):
        assert other.masked not in notice.text
        assert tax not in notice.text
        assert notice.effect is Effect.REFUSE


def test_a_title_registrar_holds_within_thirty_working_days():
    """R-06: the seller's income tax is missing; the statutory time goes on."""
    notice, buyer = notices(estate.judge(estate.apply(), iit=[]))
    assert (buyer.addressee, buyer.items) == (estate.BUYER.masked, ())
    assert notice.addressee == estate.SELLER.masked
    assert "三十个工作日" in notice.until
    assert "退回" not in notice.effect_text
    assert "一窗受理" in notice.items[0].action


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("flaw", ["notice_present", "instrument_present", "consistent"])
def test_papers_of_a_seal_that_lack_something_are_told_to_the_tax_authority_alone(flaw, language):
    """S-02: neither owner nor buyer nor applicant reads of a seal before it is recorded."""
    request = estate.request(**{flaw: False})
    application = estate.apply(requests=(request,), applicant=CLERK)
    (only,) = notices(estate.judge(application), language)
    assert only.to_authority
    # With a tax of their own missing, the parties read of that tax and of nothing else.
    both = notices(estate.judge(application, deed=[]), language)
    (authority,) = (notice for notice in both if notice.to_authority)
    assert [item.code for item in authority.items] == ["property-title/seal/papers-incomplete"]
    for notice in both:
        if notice.to_authority:
            continue
        assert not [word for word in SEALING if word in notice.text.lower()]
        assert notice.others_open is (notice.addressee != estate.BUYER.masked)


@pytest.mark.parametrize("language", BOTH)
def test_a_seal_in_force_is_told_to_the_applicants_and_asserts_no_tax(language):
    """25(2): the entry in the register is what they read, and who can lift it."""
    given = notices(estate.judge(estate.apply(seals=(estate.seal(),))), language)
    assert {notice.addressee for notice in given} == {estate.BUYER.masked, estate.SELLER.masked}
    for notice in given:
        assert notice.effect is Effect.REFUSE
        (item,) = notice.items
        assert (
            item.authority
            == {
                Language.ZH_CN: "查封机关",
                Language.EN: "the sealing authority",
            }[language]
        )
        assert not [word for word in OWING[language] if word in notice.text.lower()]


def test_the_executing_court_is_told_of_the_sellers_open_tax():
    """R-16: seller and court, each in a notice of its own; the buyer has no item."""
    application = estate.apply(estate.PropertyAct.COURT_TRANSFER, estate.RightKind.NON_HOUSING)
    given = notices(estate.judge(application, iit=[]))
    assert {notice.role for notice in given if notice.items} == {"纳税人", "执行法院"}
    (bare,) = (notice for notice in given if not notice.items)
    assert bare.addressee == estate.BUYER.masked


# Referrals ----------------------------------------------------------------------------------------


def suspected(**changes):
    """Return the decision on a case with a forged voucher."""
    forged = paper(forgery="印章与样式不符\n2026-11-23 当面核对", voucher_no="V-00112233")
    return judge(apply(papers=(forged,), office="某车管所", **changes))


def test_a_referral_is_a_suspicion_in_writing_to_the_tax_authority():
    """Order Art. 29: what was found, about which tax and voucher, identifiers attached apart."""
    decision = suspected()
    (referral,) = decision.referrals
    text = referral_text(referral, decision)
    for part in (
        "书面告知",
        "税务机关",
        "《山西省税费服务和征管保障办法》第29条",
        "车辆购置税",
        "涉嫌伪造、变造凭证",
        "印章与样式不符\\u000a2026-11-23 当面核对",
        "完整信息由办理机关另附",
        "尚未认定",
        "某车管所",
    ):
        assert part in text
    assert "V-00112233" not in text
    english = referral_text(referral, decision, "en")
    assert "suspicion, not a finding" in english
    assert "attached by the office" in english


def test_a_referral_on_the_tax_authoritys_own_answer_says_so():
    """It never issued the voucher: there is no officer's reason."""
    decision = judge(apply(), [record(VPT, RecordStatus.NEVER_ISSUED, taxpayer=OWNER)])
    (referral,) = decision.referrals
    text = referral_text(referral, decision)
    assert "从未开具" in text
    assert OWNER.masked in text
    assert "所涉凭证号码" not in text


def test_a_referral_before_the_order_does_not_cite_it():
    """A provision not in force on the governing day is not cited."""
    decision = suspected(handled_on=date(2024, 1, 31))
    (referral,) = decision.referrals
    assert "第29条" not in referral_text(referral, decision)


def test_a_referral_may_know_neither_tax_nor_person():
    """An officer's suspicion of another kind carries only what was found."""
    found = Suspicion(kind=SuspicionKind.OTHER, found="线索")
    decision = judge(apply(suspicions=(found,)))
    (referral,) = decision.referrals
    text = referral_text(referral, decision)
    assert "线索" in text
    assert "所涉税费" not in text
    assert "所涉当事人" not in text


def test_the_tables_of_vehicles_address_somebody_wherever_they_do_not_pass():
    """No row that holds, refuses or advises is without an addressee and a step."""
    for table in (*vehicle.TABLES,):
        if table not in (PURCHASE_TAX, VESSEL_TAX):
            continue
        for row in table.rows:
            if row.then is not None and row.then.verdict is not Verdict.PASS:
                assert row.to
                assert row.step is not Step.NONE
