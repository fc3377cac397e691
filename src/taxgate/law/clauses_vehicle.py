"""National clauses on vehicles that no table cites (车辆环节未被规则引用的国家条文)."""

from __future__ import annotations

from datetime import date
from typing import Final

from . import Instrument, vehicle
from .confidence import Phrase
from .ledger import Clause, doubt, officer, outside, rows, uncited_clause

__all__ = ["VEHICLE_CLAUSES"]

_RECORD_DECIDES: Final = outside(
    "是否减免由税务机关认定，登记时只看其记录。",
    "Whether relief is due the tax authority decides; a registrar sees its record only.",
)
_VESSEL_2018: Final = Instrument(
    "vessel-tax-notice-2018-74", "财税〔2018〕74号", "Notice 2018 No. 74 on vehicle and vessel tax"
)
_ELECTRONIC_2019: Final = Instrument(
    "purchase-tax-notice-2019-26",
    "国家税务总局公告2019年第26号",
    "Notice 2019 No. 26 on collecting vehicle purchase tax",
)
_PURCHASE_TAX: Final = vehicle.PAY_BEFORE_REGISTRATION.instrument
_VESSEL_TAX: Final = vehicle.VESSEL_TAX_PROOF.instrument
_VESSEL_RULES: Final = vehicle.POLICY_IS_RECEIPT.instrument
_ROAD_SAFETY: Final = vehicle.PURCHASE_TAX_PROOF.instrument
_ROAD_RULES: Final = vehicle.SEIZED_NOT_REGISTERED.instrument
_PURCHASE_SINCE: Final = vehicle.PAY_BEFORE_REGISTRATION.since
_VESSEL_SINCE: Final = vehicle.VESSEL_TAX_PROOF.since
_ROAD_SINCE: Final = vehicle.PURCHASE_TAX_PROOF.since

VEHICLE_CLAUSES: Final[tuple[Clause, ...]] = (
    uncited_clause(
        _PURCHASE_TAX,
        "9",
        "V-b",
        _PURCHASE_SINCE,
        Phrase(
            "外交、军警、消防、固定装置专用车、城市公交等车辆免税。",
            "Diplomatic, military, police, fire, fixed-device and city-bus vehicles are exempt.",
        ),
        _RECORD_DECIDES,
    ),
    uncited_clause(
        _VESSEL_TAX,
        "3,4,5",
        "V-h",
        _VESSEL_SINCE,
        Phrase(
            "渔船、军警、消防、外交车船免税；节能、新能源及公交、农村车辆可由国家或者省减免。",
            "Some classes are exempt; State Council and province may relieve others.",
        ),
        _RECORD_DECIDES,
    ),
    uncited_clause(
        _VESSEL_TAX,
        "6,7,8,9",
        "V-i",
        _VESSEL_SINCE,
        Phrase(
            "交强险承保机构代收；按年缴纳，期限由省确定，地点为登记地或者承保机构所在地。",
            "The insurer withholds; due yearly in a period set by the province, where the vehicle"
            " is registered or the insurer sits.",
        ),
        doubt(4),
    ),
    uncited_clause(
        _VESSEL_RULES,
        "13,15,19,21",
        "V-k",
        _VESSEL_SINCE,
        Phrase(
            "向承保机构出示已税凭证、代收后不再申报、灭失退税等事项。",
            "Earlier proof shown to the insurer, no second filing, refund for a lost vehicle.",
        ),
        outside(
            "属纳税人、承保机构与税务机关之间的事项，登记时只看结果。",
            "Between taxpayer, insurer and tax authority; a registrar sees the outcome.",
        ),
    ),
    uncited_clause(
        _VESSEL_RULES,
        "23",
        "V-k",
        _VESSEL_SINCE,
        Phrase("纳税年度即公历年度。", "The tax year is the calendar year."),
        rows("V-12", 4),
    ),
    uncited_clause(
        _VESSEL_RULES,
        "24",
        "V-k",
        _VESSEL_SINCE,
        Phrase(
            "临时入境的境外及港澳台车辆不征税。",
            "Vehicles entering temporarily from abroad, Hong Kong, Macao or Taiwan are not taxed.",
        ),
        officer(
            "没有为临时入境车辆设类；遇有登记申请的由经办人与税务机关核实。",
            "There is no class for them; on an application a person asks the tax authority.",
        ),
    ),
    uncited_clause(
        _ROAD_SAFETY,
        "13",
        "V-l",
        _ROAD_SINCE,
        Phrase(
            "检验机构不得另设条件；符合安全标准的发给标志。",
            "A testing station may add no condition; what is safe gets its mark.",
        ),
        doubt(4),
    ),
    uncited_clause(
        _ROAD_RULES,
        "4,5",
        "V-m",
        _ROAD_SINCE,
        Phrase(
            "登记分注册、变更、转移、抵押、注销五种。",
            "Registration is of five kinds: first, change, transfer, mortgage, cancellation.",
        ),
        rows("V-35 V-36"),
    ),
    uncited_clause(
        _VESSEL_2018,
        "",
        "V-t",
        date(2018, 7, 10),
        Phrase(
            "纯电动、燃料电池乘用车不在税目内；列入目录的新能源商用车免税，节能车减半。",
            "Pure-electric and fuel-cell passenger cars are outside; listed new-energy commercial"
            " vehicles exempt, energy-saving ones halved.",
        ),
        rows("V-07"),
    ),
    uncited_clause(
        _ELECTRONIC_2019,
        "",
        "V-u",
        _PURCHASE_SINCE,
        Phrase(
            "完税证明电子化，不再发纸质证明；免税车辆也须申报。",
            "Proof is electronic, none is issued on paper; exempt vehicles file too.",
        ),
        outside(
            "说明为何以电子记录为准；登记机关依购置税法第13条核对。",
            "It tells why the electronic record counts; the check itself is Art. 13's.",
        ),
    ),
)
