"""Order No. 307 (山西省税费服务和征管保障办法): the checkpoints and the articles around them."""

from __future__ import annotations

from datetime import date
from typing import Final

from . import SHANXI, Instrument, Provision

IN_FORCE: Final = date(2024, 2, 1)

ORDER: Final = Instrument(
    "order-307",
    "山西省税费服务和征管保障办法",
    "Measures of Shanxi Province on Tax and Fee Services and the Safeguarding of Collection"
    " (Provincial Government Order No. 307)",
)


def _article(article: str, zh: str, en: str) -> Provision:
    return Provision(ORDER, article, f"Order {article}", IN_FORCE, zh, en, place=SHANXI)


ART_2: Final = _article(
    "2(1)",
    "适用于本省行政区域内的活动；法律、法规另有规定的从其规定。",
    "Covers activity within the province; other laws and regulations prevail where they differ.",
)
ART_9: Final = _article(
    "9",
    "税务机关与有关部门共享、交换涉税信息。",
    "The tax authority and the departments share and exchange tax information.",
)
ART_17: Final = _article(
    "17",
    "共享信息须真实、完整、可用；不能电子交换的，由部门确定其他共享方式。",
    "Shared data must be true, complete and usable; where electronic exchange is impossible the"
    " departments fix another way.",
)
ART_19: Final = _article(
    "19",
    "涉税信息只能用于履行法定职责，并应保密。",
    "Tax information serves legal duties only and is kept confidential.",
)
ART_24_2: Final = _article(
    "24(2)",
    "公安交管部门办理车辆登记、检验时核查车购税、车船税信息；无结果或异常的，告知纳税人申报缴纳。",
    "Traffic police check purchase tax and vehicle tax when registering or inspecting a vehicle;"
    " where nothing or something abnormal is found they tell the taxpayer to file and pay.",
)
ART_25_1: Final = _article(
    "25(1)",
    "办理不动产权属登记时查验完税、减免税凭证或者有关信息；已履行义务的依法登记。",
    "A title registrar checks payment or exemption proofs or information, and registers where the"
    " duty is fulfilled.",
)
ART_25_2: Final = _article(
    "25(2)",
    "税务机关依法查封、拍卖、变卖不动产的，发出协助执行通知书及相关法律文书，登记机构予以协助。",
    "Where the tax authority seals or sells real estate it sends a notice of assistance in"
    " execution with the instruments, and the registrar assists.",
)
ART_26: Final = _article(
    "26",
    "个人转让股权办理变更登记，查验与该交易相关的个人所得税完税凭证；查验无结果的，告知纳税人申报缴纳。",
    "On an individual's equity transfer the registrar checks the income-tax proof of that deal;"
    " where nothing is found it tells the taxpayer to file and pay.",
)
ART_27_1: Final = _article(
    "27(1)",
    "受理注销登记时查验清税文书；未提供的告知先行取得；简易注销且税务机关未提出异议的除外。",
    "A market registrar checks the clearance document when accepting a deregistration and tells who"
    " has none to obtain it first, except on the simplified route without a tax objection.",
)
ART_27_2: Final = _article(
    "27(2)",
    "机构编制部门办理法人注销登记，对已依法办理税务登记的，要求提供注销税务登记资料。",
    "A staffing office requires papers of cancelled tax registration from a legal person that was"
    " registered for tax.",
)
ART_29: Final = _article(
    "29",
    "履职中发现涉嫌税费违法行为的，书面告知税务机关；属税务机关管辖的，依法移送。",
    "Suspected tax violations found on duty are reported to the tax authority in writing; its cases"
    " are transferred to it.",
)
ART_30: Final = _article(
    "30",
    "落实破产处置联动机制，并与法院协作办理不动产司法拍卖涉税事项。",
    "Tax authority and courts cooperate on bankruptcies and on judicial auctions of real estate.",
)
ART_34: Final = _article(
    "34",
    "自2024年2月1日起施行。",
    "In force from 2024-02-01.",
)
