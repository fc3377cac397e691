"""Explanations: the whole way to a decision, masked and one line per text."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from expect import ByHand, by_hand
from taxgate.checks.vehicle.application import Archive, VehicleAct
from taxgate.decision import conclude
from taxgate.evidence import Answer, Inquiry, Outage, OutageCause, Purpose
from taxgate.explaining import Node, explain
from taxgate.findings import Finding, Obligation, Outcome
from taxgate.identifiers import Division, UnitCode
from taxgate.parties import IdType, Person
from taxgate.proceedings import Heading, Suspicion, SuspicionKind
from taxgate.tables import Row, when
from taxgate.terms import Checkpoint, Language, Matter, RecordStatus, Verdict
from vehicle_cases import AT, OWNER, VIN, VPT, VVT, apply, judge, paper, record

BOTH = tuple(Language)


def texts(node):
    """Yield every text of a tree."""
    yield node.text
    for child in node.children:
        yield from texts(child)


def test_a_tree_is_drawn_with_branches():
    """Each level is indented below its parent, the last branch closed."""
    tree = Node("a", (Node("b", (Node("c"), Node("d"))), Node("e", (Node("f"),))))
    assert str(tree) == "a\n├─ b\n│  ├─ c\n│  └─ d\n└─ e\n   └─ f"
    with pytest.raises(FrozenInstanceError):
        tree.text = "x"


def test_the_way_from_inquiry_to_row_is_told():
    """Question, answer, record, facts, table, row, code, law and cure of a refused case."""
    other = record(VPT, vin=None, voucher_no="V-00112233", issued_on=date(2026, 11, 1))
    decision = judge(apply(office="某车管所", case_no="A-1"), [other], OutageCause.TIMEOUT)
    told = decision.explain()
    for part in (
        "审查结论：阻断：暂缓办理（block/hold）",
        "某车管所",
        "A-1",
        "适用法律的日期：2026年11月23日",
        "可以办结：否",
        "采用的释义选项：无",
        "本业务对车辆购置税有何要求？ [vehicle/purchase-tax-duty] → first；规则：2.2",
        "查询：车辆购置税；*************2788；查询依据：order-307/24(2)",
        "答复：test；2026年11月23日 10:00（北京时间）；1 条记录",
        "信息不一致（conflict）：记录未载明车辆识别代号，无法对应",
        "开具日期：2026年11月1日",
        "duty=first, state=conflict, claim=none",
        "[vehicle/purchase-tax] → notify；规则：V-04；vehicle/purchase-tax/conflict",
        "《山西省税费服务和征管保障办法》第24条第2款",
        "查询超时（timeout）",
        "起决定作用的结论",
        "告知对象：申请人",
        "[vehicle/vessel-tax-arrears] → 不作结论",
        "非税障碍：无",
    ):
        assert part in told
    assert "V-00112233" not in told


@pytest.mark.parametrize("language", BOTH)
def test_a_reading_that_changed_a_conclusion_is_named(language):
    """The reading in force stands at the head and at the row it changed."""
    application = apply(VehicleAct.TRANSFER)
    strict = judge(application, None, [], readings=("vvt_all_registrations_strict",))
    told = strict.explain(language)
    label = {Language.ZH_CN: "由释义选项改变", Language.EN: "Changed by reading"}[language]
    assert "vvt_all_registrations_strict" in told
    assert label in told
    assert label not in judge(application, None, []).explain(language)


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("act", VehicleAct)
@pytest.mark.parametrize("status", [None, *RecordStatus])
def test_every_vehicle_case_can_be_explained_on_lines_of_its_own(language, act, status):
    """No text breaks its line, none is empty, and all obligations are there."""
    changes = {"archive_exemption": Archive.UNKNOWN, "seized": True}
    found = []
    if status in VEHICLE_STATUSES:
        found = [record(VPT, status), record(VVT, status)]
    decision = judge(apply(act, **changes), found, found, readings=())
    tree = explain(decision, language)
    assert len(str(tree).splitlines()) == len(list(texts(tree)))
    assert all(texts(tree))
    assert sum(" [vehicle/" in text for text in texts(tree)) >= len(decision.findings)


VEHICLE_STATUSES = (
    RecordStatus.PAID,
    RecordStatus.EXEMPT,
    RecordStatus.DECLARED_ZERO,
    RecordStatus.DEFERRED,
    RecordStatus.UNPAID,
    RecordStatus.VOIDED,
    RecordStatus.NEVER_ISSUED,
)


@pytest.mark.parametrize("language", BOTH)
def test_what_was_typed_cannot_forge_a_line(language):
    """Newlines, escapes, separators and direction marks are printed as what they are (fault 63)."""
    evil = "a\n└─ 审查结论：通过\r\x1b[2J\u2028\u202e\u200bb\ue000"
    suspicion = Suspicion(kind=SuspicionKind.SHAM_PRICE, found=evil, matter=VPT, person=OWNER)
    application = apply(papers=(paper(forgery=evil),), suspicions=(suspicion,))
    tree = explain(judge(application, [], []), language)
    assert len(str(tree).splitlines()) == len(list(texts(tree)))
    assert "\\u000a└─" in str(tree)
    for character in "\r\x1b\u2028\u202e\u200b\ue000":
        assert character not in str(tree)
    assert OWNER.masked in str(tree)


def test_numbers_and_known_names_in_typed_words_are_masked():
    """An officer who typed an identity number into a suspicion did not publish it."""
    number = "14999919990101000X"
    typed = f"{OWNER.name}持{number}，又称 1499 9919 9901 0100，于2026-11-01交来，金额800000元"
    decision = judge(apply(papers=(paper(forgery=typed),)), [], [])
    told = decision.explain()
    assert OWNER.name not in told
    assert number not in told
    assert "9919 9901" not in told
    assert "于2026-11-01交来，金额800000元" in told


@pytest.mark.parametrize("language", BOTH)
def test_papers_tell_how_they_were_verified(language):
    """Channel of a verified paper, or that nobody verified it."""
    handed = (paper(verified=True), paper(matter=VVT))
    told = judge(apply(papers=handed), [], []).explain(language)
    expected = {
        Language.ZH_CN: ("核验渠道：税务机关票证查验", "未经核验"),
        Language.EN: ("verified by: the tax bureau's voucher check", "not verified"),
    }[language]
    assert all(part in told for part in expected)


@pytest.mark.parametrize("language", BOTH)
def test_obstacles_flags_and_referrals_are_listed(language):
    """What stands beside the tax verdict is shown beside it."""
    elsewhere = record(VPT, authority=Division("140200"), taxpayer=OWNER)
    suspicion = Suspicion(kind=SuspicionKind.DUAL_CONTRACT, found="x")
    decision = judge(apply(seized=True, suspicions=(suspicion,)), [elsewhere])
    assert decision.verdict is Verdict.PASS
    told = decision.explain(language)
    for part in ("vehicle-seized", "tax-place-differs", "140200", OWNER.masked):
        assert part in told


def test_a_referral_before_the_order_is_explained_without_it():
    """A provision not in force on the governing day is not cited."""
    suspicion = Suspicion(kind=SuspicionKind.OTHER, found="x")
    early = apply(handled_on=date(2024, 1, 31), suspicions=(suspicion,))
    assert "第29条" not in judge(early).explain()
    assert "第29条" in judge(apply(suspicions=(suspicion,))).explain()


def test_an_inquiry_on_real_estate_shows_its_subject_masked():
    """Unit, company and person of a question are masked; so is the source's own number."""
    unit = UnitCode.parse("149999001001GB00001F00010001")
    person = Person(IdType.PASSPORT, "P0000077", "丙受让")
    inquiry = Inquiry(
        matter=Matter.DEED_TAX,
        unit=unit,
        person=person,
        purpose=Purpose(office="o", case_no="c", provision="order-307/25(1)"),
    )
    row = Row(("X-1",), when(), Outcome.SATISFIED, "vehicle/purchase-tax/paid")
    ruling = by_hand(row, "vehicle/purchase-tax/paid")
    answer = Answer(inquiry=inquiry, outage=Outage(cause=OutageCause.CLOCK_SKEW))
    obligation = Obligation(
        matter=Matter.DEED_TAX,
        facts=ByHand(),
        inquiry=inquiry,
        answer=evolve(answer, consultation_id="C-00998877"),
    )
    heading = Heading(
        checkpoint=Checkpoint.VEHICLE,
        act="transfer",
        division=Division("140100"),
        governing_on=date(2026, 11, 23),
        at=AT,
        applicant=person,
    )
    told = explain(conclude(heading, [Finding(ruling, obligation)]), "en")
    text = str(told)
    assert unit.masked in text
    assert person.masked in text
    assert "clocks disagree (clock-skew)" in text
    assert "[by-hand/table] → satisfied" in text
    for secret in (unit.value, "P0000077", "丙受让", "C-00998877"):
        assert secret not in text


def test_the_vehicle_number_is_masked_everywhere():
    """The VIN appears with its last characters only."""
    told = judge(apply(), [], []).explain()
    assert VIN.masked in told
    assert VIN.value not in told
