"""Hypothesis strategies (数据生成策略) for every public class and identifier; synthetic throughout.

    from taxgate.testing.strategies import cases

    @given(cases("vehicle", row="V-16"))
    def test_my_registry(case): ...

Every strategy has a twin, `invalid_...`, that draws what has to be refused, with the error it
brings. Drawn cases start from cases that come with the package and differ from them in a few
places, so that records match, nearly match and miss, and a failing example is small and readable.
"""

from __future__ import annotations

from ...errors import MissingExtraError

try:
    import hypothesis  # noqa: F401 - only to say what is missing
except ImportError:
    raise MissingExtraError("testing", "strategies") from None

from .cases import (
    applications,
    cases,
    invalid_applications,
    invalid_cases,
    parts,
    reachable_rows,
)
from .documents import NearMiss, every_near_miss, near_misses, wire_documents
from .evidence import (
    answers,
    inquiries,
    invalid_answers,
    invalid_inquiries,
    invalid_papers,
    invalid_records,
    outages,
    papers,
    records,
)
from .identifiers import (
    codes,
    divisions,
    frame_numbers,
    invalid_codes,
    invalid_divisions,
    invalid_frame_numbers,
    invalid_names,
    invalid_resident_numbers,
    invalid_unit_codes,
    invalid_usccs,
    invalid_vins,
    names,
    resident_numbers,
    unit_codes,
    usccs,
    vins,
)
from .people import invalid_persons, invalid_purposes, persons, purposes
from .refusals import Misspelt, Refused
from .settling import denied, settled_records
from .varying import rows_of

__all__ = [
    "Misspelt",
    "NearMiss",
    "Refused",
    "answers",
    "applications",
    "cases",
    "codes",
    "denied",
    "divisions",
    "every_near_miss",
    "frame_numbers",
    "inquiries",
    "invalid_answers",
    "invalid_applications",
    "invalid_cases",
    "invalid_codes",
    "invalid_divisions",
    "invalid_frame_numbers",
    "invalid_inquiries",
    "invalid_names",
    "invalid_papers",
    "invalid_persons",
    "invalid_purposes",
    "invalid_records",
    "invalid_resident_numbers",
    "invalid_unit_codes",
    "invalid_usccs",
    "invalid_vins",
    "names",
    "near_misses",
    "outages",
    "papers",
    "parts",
    "persons",
    "purposes",
    "reachable_rows",
    "records",
    "resident_numbers",
    "rows_of",
    "settled_records",
    "unit_codes",
    "usccs",
    "vins",
    "wire_documents",
]
