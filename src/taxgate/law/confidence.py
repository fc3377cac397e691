"""How sure the specification is (可信程度): of each text it read, and of each row.

A text is tagged by how it was read, a row by how much room the texts leave. Neither tag changes a
decision; both are shown beside it, so that nobody takes a default for the letter of the law.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import frozen

from ..terms import Language

__all__ = ["FIRMNESS", "SOURCES", "WRITTEN_ON", "Confidence", "Firmness", "Phrase", "Trust"]

WRITTEN_ON: Final = date(2026, 11, 23)
"""Day of the specification: of law made later it knows nothing."""


@frozen
class Phrase:
    """A few words in both languages, for what stands beside the law.

    Attributes:
        zh: Chinese.
        en: English.
    """

    zh: str
    en: str

    def to(self, language: Language) -> str:
        """Return the words in *language*."""
        return self.zh if language is Language.ZH_CN else self.en


class Confidence(StrEnum):
    """How a text was read, from surest to least sure."""

    S = "S"
    """The Order itself, read whole."""
    R = "R"
    """Its article was read in full in a repository copy, not in the official gazette."""
    P = "P"
    """A public source other than the text states it."""
    U = "U"
    """Believed, not verified."""


@frozen
class Trust:
    """The confidence in one text, with what limits it.

    Attributes:
        confidence: The tag; where the specification gives two, the less sure of them.
        limit: What the tag does not cover; None where it covers everything.
    """

    confidence: Confidence
    limit: Phrase | None = None


@frozen
class Firmness:
    """How much room the texts leave a row.

    Attributes:
        tag: `F` (firm), `D` (a default chosen among competing readings) or `F;D` (firm, but for
            the part `default` names).
        default: What of a firm row is a default, or what of it is disputed; None otherwise.
    """

    tag: str
    default: Phrase | None = None


_FIRM: Final = """
V-01 V-02 V-03 V-07 V-08 V-09 V-10 V-15 V-16 V-17 V-18 V-21 V-25 V-27 V-29 V-31 V-32 V-35 V-37
S-01 S-03 S-06 S-09 S-18
R-02 R-03 R-05 R-07 R-08 R-14 R-15 R-18 R-22 R-24
E-03 E-08 E-10 E-11 E-12 E-16 E-17 E-18 E-25
D-01 D-02 D-04 D-05 D-10 D-12 D-15 D-18 D-19 D-20 D-22 D-23 D-26 D-28 D-33
"""
_DEFAULT: Final = """
V-04 V-05 V-11 V-14 V-19 V-20 V-22 V-23 V-24 V-26 V-28 V-33 V-34 V-38 V-39
S-02 S-05 S-07 S-08 S-12 S-13 S-14 S-15 S-16 S-17
R-04 R-06 R-09 R-10 R-11 R-12 R-13 R-16 R-17 R-19 R-20 R-21 R-25 R-26 R-27 R-28 R-29 R-30 R-31 R-32
E-02 E-04 E-05 E-07 E-09 E-13 E-14 E-15 E-19 E-20 E-21 E-22 E-23 E-24 E-26 E-27
D-06 D-07 D-08 D-09 D-11 D-13 D-14 D-16 D-17 D-24 D-25 D-29 D-30 D-31 D-32 D-34
"""
_UNTIL_CONFIRMED: Final = Phrase(
    "在税务机关确认之前，办理效果属默认选择",
    "its effect is a default until the tax authority has confirmed",
)
_PARTLY: Final[Mapping[str, Firmness]] = MappingProxyType(
    {
        "V-06": Firmness(
            "F;D", Phrase("公告列举的类别属默认选择", "the notice's classes: default")
        ),
        "V-12": Firmness("D", Phrase("应查年度的确定", "the rule on which year is asked")),
        "V-13": Firmness(
            "F",
            Phrase("与道路交通安全法第13条的关系有争议", "disputed against V-l Art. 13: item 4"),
        ),
        "V-30": Firmness("F;D", _UNTIL_CONFIRMED),
        "V-36": Firmness("F;D", Phrase("质押备案属默认选择", "filing of a pledge: default")),
        "S-04": Firmness(
            "F;D",
            Phrase("预告登记和新设负担属默认选择", "advance notices and burdens: default"),
        ),
        "S-10": Firmness(
            "F;D",
            Phrase("税务机关的查封属默认选择，法院的为明文", "firm for courts; tax seals: default"),
        ),
        "S-11": Firmness("F;D", Phrase("在后的查封属默认选择", "later seals: default")),
        "R-01": Firmness("F;D", Phrase("预告登记属默认选择", "advance notices: default")),
        "R-23": Firmness("F;D", _UNTIL_CONFIRMED),
        "E-01": Firmness("F;D", Phrase("个人独资企业属默认选择", "sole proprietorships: default")),
        "E-06": Firmness(
            "F;D", Phrase("告知为明文，暂缓属默认选择", "firm as to telling; the hold: default")
        ),
        "D-03": Firmness("F;D", Phrase("简易程序属默认选择", "simplified route: default")),
        "D-21": Firmness("F;D", Phrase("暂缓属默认选择", "the hold: default")),
        "D-27": Firmness(
            "F;D",
            Phrase(
                "机构编制部门和伪造裁定属默认选择", "staffing office and forged ruling: default"
            ),
        ),
    }
)

FIRMNESS: Final[Mapping[str, Firmness]] = MappingProxyType(
    {
        **dict.fromkeys(_FIRM.split(), Firmness("F")),
        **dict.fromkeys(_DEFAULT.split(), Firmness("D")),
        **_PARTLY,
    }
)
"""Every row of the specification with its firmness."""

_NUMBER: Final = Phrase("文号未核实", "its number is not verified")
_PART_READ: Final = Phrase("仅部分条文读过全文", "only part of it was read in full")
_R: Final = Trust(Confidence.R)
_P: Final = Trust(Confidence.P)
_U: Final = Trust(Confidence.U)

SOURCES: Final[Mapping[str, Trust]] = MappingProxyType(
    {
        **dict.fromkeys((f"V-{letter}" for letter in "abcdefghijklmnopq"), _R),
        "V-r": Trust(Confidence.P, _NUMBER),
        "V-s": _U,
        "V-t": Trust(
            Confidence.U,
            Phrase("税目表的推论读过全文", "what follows from the tax table was read in full"),
        ),
        "V-u": _U,
        **dict.fromkeys((f"L-{letter}" for letter in "abcdefghilmqrstu"), _R),
        "L-g": Trust(
            Confidence.R,
            Phrase(
                "继承、赠与的例外未核实", "that inheritance and gift fall outside: not verified"
            ),
        ),
        "L-j": _P,
        "L-k": _U,
        "L-n": Trust(
            Confidence.R, Phrase("2024年的修改未核实", "the amendment of 2024 is not verified")
        ),
        "L-o": Trust(
            Confidence.P, Phrase("2019年以后的修改未核实", "amendments after 2019: not verified")
        ),
        "L-p": Trust(Confidence.P, Phrase("条号未核实", "article numbers are not verified")),
        "L-q": Trust(Confidence.P, _PART_READ),
        "L-v": _U,
        "L-w": Trust(Confidence.P, _NUMBER),
        **dict.fromkeys((f"E-{letter}" for letter in "abcjklmnpqr"), _R),
        **dict.fromkeys((f"E-{letter}" for letter in "defgh"), _P),
        "E-i": _U,
        "E-o": _U,
        **dict.fromkeys((f"D-{letter}" for letter in "abcdefghn"), _R),
        "D-i": _P,
        "D-j": _P,
        "D-k": Trust(Confidence.P, _NUMBER),
        "D-l": Trust(Confidence.P, Phrase("仅见标题", "only its title was seen")),
        "D-m": Trust(Confidence.P, _PART_READ),
        "D-o": _P,
        "Individual Income Tax Law 14": _R,
        "Regulations 20, 40, 44": _R,
        **dict.fromkeys(("1.1", "1.3", "5.2", "6", "7"), _R),
    }
)
"""Confidence by the specification's name of a national text; sections 1 to 7 by their number."""
