"""The named ambiguities (释义疑点): where the texts allow more than one answer.

Numbers and order are the specification's; the default taken and the readings that change it are
told with the rows (`terms.Reading`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from .confidence import Phrase

__all__ = ["AMBIGUITIES"]

AMBIGUITIES: Final[Mapping[int, Phrase]] = MappingProxyType(
    {
        1: Phrase("告知之后申请如何处理", "what telling does to the application"),
        2: Phrase(
            "不动产登记遇未缴税时本办法未作规定", "unpaid tax at title registration: silence"
        ),
        3: Phrase("首次登记以外的车船税", "vehicle and vessel tax beyond first registration"),
        4: Phrase("检验时的车船税及其年度", "vehicle and vessel tax at inspection, and its year"),
        5: Phrase("车辆转让致免税条件丧失", "exemption lost by a vehicle's transfer"),
        6: Phrase("法院或者税务机关的拍卖", "auctions by court or tax authority"),
        7: Phrase("法定免税而无记录", "exempt by statute, but no record of it"),
        8: Phrase("数据来源中断", "an outage of the source"),
        9: Phrase("破产裁定与唯一例外", "a bankruptcy ruling against the only exception"),
        10: Phrase("从未办理涉税事宜的一般注销", "general route without any tax affairs"),
        11: Phrase("简易注销公示期未满", "simplified route while publicity runs"),
        12: Phrase(
            "零税款、免税、递延能否充作完税凭证", "zero, exempt or deferred as proof of payment"
        ),
        13: Phrase(
            "仅需备案的变动及非买卖的取得", "changes that are only filed; other ways than sale"
        ),
        14: Phrase("合伙企业财产份额", "shares in partnerships"),
        15: Phrase("何谓已经办理税务登记", "when a unit counts as registered for tax"),
        16: Phrase("权属登记的范围", "how far title registration reaches"),
        17: Phrase("跨越施行日的申请以何日为准", "which day governs across the day of effect"),
        18: Phrase("开发企业的历史欠税", "a developer's old arrears"),
        19: Phrase("金额、姓名、型号等次要字段不符", "soft fields that differ"),
        20: Phrase("期间末日遇休息日", "a last day that is a rest day"),
        21: Phrase("税务机关沉默", "silence of the tax authority"),
        22: Phrase(
            "法院执行遇数据中断或者伪造凭证", "court execution against an outage or a forgery"
        ),
    }
)
"""Short name of each ambiguity by its number."""
