"""Order No. 307 clause by clause (山西省税费服务和征管保障办法逐句台账).

One clause per sentence of the articles the checkpoints rest on; a sentence whose parts a semicolon
sets apart has a clause per part (`a`, `b`, ...).
"""

from __future__ import annotations

from typing import Final

from . import SHANXI
from .confidence import Confidence, Trust
from .ledger import Claim, Clause, officer, outside, rows
from .order_307 import IN_FORCE, ORDER

__all__ = ["ORDER_CLAUSES"]

_READ: Final = Trust(Confidence.S)
_REACH: Final = "V-37 R-24 S-18 E-17 D-28"
_UNREACHABLE: Final = "V-05 R-13 S-15 E-15 D-08 D-24 D-30"
_LIABILITY: Final = outside(
    "由本级政府或者上级机关追究，查验本身不产生该后果；审查记录说明谁据何作出决定。",
    "Government or superior authority pursues it; a check never does. The record of a decision"
    " tells who decided on what.",
)


def _clause(place: str, zh: str, en: str, claim: Claim) -> Clause:
    article, _, _ = place.partition("/")
    return Clause(
        id=f"{ORDER.id}/{place}",
        instrument=ORDER,
        article=article,
        source=f"Order {article}",
        zh=zh,
        en=en,
        trust=_READ,
        claim=claim,
        since=IN_FORCE,
        place=SHANXI,
    )


ORDER_CLAUSES: Final[tuple[Clause, ...]] = (
    _clause(
        "2(1)/s1",
        "只及于山西境内的税费服务与征管保障工作。",
        "It reaches tax and fee services and their safeguarding inside Shanxi only.",
        rows(_REACH),
    ),
    _clause(
        "2(1)/s2",
        "上位的法律、法规作不同规定时让位：不予办理须以国家规定为据。",
        "Where a law or regulation says otherwise the Order gives way: a refusal needs a national"
        " basis.",
        rows("V-02 V-03 V-13 R-03 R-08 S-04", 1),
    ),
    _clause(
        "2(2)/s1",
        "税费一词包括税收、社保缴费和非税收入三类。",
        "Taxes and fees are three things: taxes, social insurance, non-tax revenue.",
        outside(
            "四个查验环节只查税收；社保缴费和非税收入没有可查的条文。",
            "The four checkpoints check taxes only; no article has insurance or other revenue"
            " checked.",
        ),
    ),
    _clause(
        "9/s1",
        "税务机关同其他部门建立协同，互通涉税费信息。",
        "The tax authority sets up cooperation with other departments and exchanges information.",
        rows("E-09"),
    ),
    _clause(
        "17(1)/s1",
        "省级税务、政务数据等部门共建共享机制；数据须真实、完整、能用，不可信的答复等于没有答复。",
        "Provincial tax bureau and data department build the sharing; data is true, complete and"
        " usable, so an answer that cannot be trusted is no answer.",
        rows(_UNREACHABLE),
    ),
    _clause(
        "17(2)/s1",
        "以电子交换为主；做不到时由各部门商定别的渠道。",
        "Exchange is electronic; where that fails the departments agree on another channel.",
        rows(f"{_UNREACHABLE} E-09", 8),
    ),
    _clause(
        "18/s1",
        "共享什么列入目录，由省税务局编制并更新；未开放的目录项视同无法查验。",
        "What is shared stands in a catalogue the provincial tax bureau keeps; an item not opened"
        " cannot be checked.",
        rows("V-05 R-13 E-15 D-08 D-24 D-30"),
    ),
    _clause(
        "18/s2",
        "目录没有列入的需求，由税务机关与相关部门另行商定。",
        "What the catalogue lacks is settled between the tax authority and those concerned.",
        officer(
            "系统不提出目录以外的查询；需要时由登记机关向税务机关提出。",
            "No question outside the catalogue is asked; a person raises the need with the tax"
            " authority.",
        ),
    ),
    _clause(
        "19(1)/s1",
        "取得的涉税费信息只许为法定职责使用和保管。",
        "Tax information obtained is used and kept for legal duties alone.",
        rows("S-02 R-20"),
    ),
    _clause(
        "19(2)/s1",
        "其中的国家秘密、商业秘密和隐私须保密，不得外泄。",
        "State secrets, trade secrets and privacy in it are kept and never passed on.",
        rows("S-02 R-20"),
    ),
    _clause(
        "23/s1",
        "有关部门对税务机关在价格、优惠资格、扣除备案等方面的认定或者核查请求及时配合。",
        "When the tax authority asks for help on prices, entitlement, deductions or the like,"
        " departments give it promptly.",
        officer(
            "请求因税务机关而起，与某次登记能否办理无关；由单位答复，可附审查记录。",
            "The request comes from the tax authority and decides no registration; a person"
            " answers it, with the record of the case if asked.",
        ),
    ),
    _clause(
        "24(1)/s1",
        "税务与公安之间有协作机制。",
        "Tax authority and police cooperate.",
        outside(
            "属机关之间的安排，不涉及车辆登记、检验的查验。",
            "An arrangement between authorities; no check at registration or inspection.",
        ),
    ),
    _clause(
        "24(1)/s2",
        "税务机关移来的涉罪案件和线索由公安依法处理。",
        "Police handle suspected crimes the tax authority hands over.",
        outside(
            "属刑事侦办，不由车辆管理所在登记时决定。",
            "Criminal investigation; not decided at a registration counter.",
        ),
    ),
    _clause(
        "24(2)/s1a",
        "交管部门在登记、检验车辆时依法核对两项车辆税的完税或免税情况。",
        "When registering or inspecting a vehicle traffic police check both vehicle taxes, paid or"
        " exempt, as the law provides.",
        rows(
            "V-01 V-05 V-06 V-07 V-09 V-10 V-12 V-15 V-16 V-17 V-18 V-21 V-25 V-26 V-32 V-33 V-34"
            " V-35 V-36",
            3,
            4,
        ),
    ),
    _clause(
        "24(2)/s1b",
        "未查到或者结果反常的，向纳税人说明其申报缴纳义务。",
        "Where nothing is found, or something abnormal, the taxpayer is told of the duty to file"
        " and pay.",
        rows(
            "V-02 V-03 V-04 V-08 V-11 V-13 V-14 V-19 V-20 V-22 V-23 V-24 V-27 V-28 V-29 V-38 V-39",
            1,
            5,
            19,
        ),
    ),
    _clause(
        "25(1)/s1",
        "登记权属时查看缴税、减免的凭证或者信息；义务已尽的依法登记，未尽的没有写明。",
        "At title registration proof of payment or relief, or information, is checked; who has done"
        " the duty is registered by law; on who has not, the Order is silent.",
        rows(
            "R-01 R-02 R-03 R-04 R-05 R-06 R-07 R-08 R-09 R-10 R-11 R-12 R-13 R-14 R-15 R-17 R-18"
            " R-19 R-20 R-21 R-22 R-25 R-26 R-27 R-28 R-29 R-30 R-31 R-32",
            2,
            16,
            19,
        ),
    ),
    _clause(
        "25(2)/s1",
        "税务机关对不动产采取查封、变现措施时，须向登记机构同时送达协助通知和所依文书，登记机构配合执行。",
        "When the tax authority seals or sells real estate it serves both the notice of assistance"
        " and the instrument behind it, and the registrar carries it out.",
        rows("S-01 S-02 S-03 S-07 S-08 S-12 S-13 S-15", 6),
    ),
    _clause(
        "26/s1",
        "个人转股作变更登记的，市场监管部门查看这一笔交易的个税凭证。",
        "On an individual's equity transfer the market registrar checks the income-tax proof of"
        " that very deal.",
        rows("E-01 E-02 E-14 E-15 E-22 E-24 E-25 E-27", 13, 14),
    ),
    _clause(
        "26/s2a",
        "申报缴纳义务已尽的，依法变更。",
        "Who has done the duty to file and pay is registered.",
        rows("E-03 E-04 E-05 E-07 E-12", 12),
    ),
    _clause(
        "26/s2b",
        "没有查到的，说明其申报缴纳义务。",
        "Where nothing is found, the taxpayer is told of the duty to file and pay.",
        rows("E-06 E-08 E-10 E-11 E-13 E-19 E-20 E-21 E-23", 1, 19),
    ),
    _clause(
        "27(1)/s1a",
        "收到注销申请时，市场监管部门依法查看清税材料。",
        "On accepting a deregistration the market registrar checks the clearance document.",
        rows("D-01 D-03 D-16 D-19 D-26 D-30"),
    ),
    _clause(
        "27(1)/s1b",
        "拿不出的，请其先去取得。",
        "Who cannot produce one is told to obtain it first.",
        rows("D-02 D-06 D-07 D-11 D-13 D-14 D-17 D-18 D-33", 9, 10),
    ),
    _clause(
        "27(1)/s2",
        "唯一的例外：走简易程序且税务机关没有异议。",
        "The only exception: the simplified route without an objection of the tax authority.",
        rows(
            "D-04 D-05 D-06 D-07 D-08 D-09 D-10 D-11 D-12 D-13 D-15 D-19 D-29 D-31 D-32",
            11,
            21,
        ),
    ),
    _clause(
        "27(2)/s1",
        "编制部门注销法人时，凡依法登记过税务的，须交税务注销材料。",
        "A staffing office that deregisters a legal person asks for papers of cancelled tax"
        " registration if it was lawfully registered for tax.",
        rows("D-20 D-21 D-22 D-23 D-24 D-25 D-34", 15),
    ),
    _clause(
        "29/s1a",
        "工作中遇到疑似税费违法的，书面通报税务机关。",
        "Suspected violations met with at work are reported to the tax authority in writing.",
        rows("V-30 R-23 S-16 E-16 E-26 D-27"),
    ),
    _clause(
        "29/s1b",
        "自己查办的案件归税务管辖的，依法移交。",
        "A case of one's own that belongs to the tax authority is handed over to it.",
        officer(
            "是否立案、是否移交由查办人员判断；系统只生成书面通报。",
            "Whether there is a case, and whose, an investigator judges; only the written report"
            " is drawn up here.",
        ),
    ),
    _clause(
        "30(1)/s1",
        "税务机关参与破产联动，申报税收债权。",
        "The tax authority takes part in handling bankruptcies and files its claims.",
        rows("D-17 D-33", 9),
    ),
    _clause(
        "30(2)/s1",
        "税务机关同法院就司法拍卖不动产的涉税环节协作。",
        "Tax authority and court cooperate on the tax side of judicial auctions of real estate.",
        rows("R-16", 6),
    ),
    _clause(
        "31/s1",
        "别的法律、法规已定责任的，从那里追究。",
        "Where another law lays down liability, that law applies.",
        _LIABILITY,
    ),
    _clause(
        "32/s1a",
        "无故不供信息或者不协助的，责令改正。",
        "Whoever without good cause gives no information or help is ordered to correct it.",
        _LIABILITY,
    ),
    _clause(
        "32/s1b",
        "因而流失税费的，处分责任人员。",
        "If revenue is lost by it, those responsible are disciplined.",
        _LIABILITY,
    ),
    _clause("32/s1c", "涉罪的，追究刑责。", "If it is a crime, it is prosecuted.", _LIABILITY),
    _clause(
        "33/s1a",
        "违法使用、保管信息的，责令改正。",
        "Whoever uses or keeps information unlawfully is ordered to correct it.",
        _LIABILITY,
    ),
    _clause(
        "33/s1b",
        "情节较重的，处分责任人员。",
        "If it is serious, those responsible are disciplined.",
        _LIABILITY,
    ),
    _clause("33/s1c", "涉罪的，追究刑责。", "If it is a crime, it is prosecuted.", _LIABILITY),
    _clause(
        "34/s1",
        "施行首日为2024年2月1日。",
        "The first day it binds is 2024-02-01.",
        rows(_REACH, 17),
    ),
    _clause(
        "34/s2",
        "取代2017年公布的第255号令。",
        "It takes the place of Order No. 255, published in 2017.",
        officer(
            "第255号令未编入本软件；施行日以前的事项依当时的规定由经办人判断。",
            "Order No. 255 is not encoded: what was handled before that day a person judges by the"
            " rules of then.",
        ),
    ),
)
"""Every clause of the articles the checkpoints rest on, in the order of the text."""
