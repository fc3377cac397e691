"""National law clause by clause: what tables cannot tell of it (国家层面条文台账).

Provisions that tables cite come from the modules beside this one. Here stand the claims no table
makes (rows that appraisal carries out, ambiguities, what is left to others), and the clauses no
table cites at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from . import Provision, deregistration, equity_transfer, property_title, vehicle
from .clauses_frame import FRAME_CLAUSES
from .clauses_market import MARKET_CLAUSES
from .clauses_property_title import TITLE_CLAUSES
from .clauses_vehicle import VEHICLE_CLAUSES
from .ledger import NOBODY, Claim, Clause, doubt, national_clause, officer, outside, rows

__all__ = ["CLAIMS", "NATIONAL_CLAUSES", "provisions"]

CLAIMS: Final[Mapping[Provision, Claim]] = MappingProxyType(
    {
        vehicle.PLACE_OF_TAX: rows("V-25 V-26"),
        vehicle.LOST_EXEMPTION: doubt(5),
        vehicle.REFUND_ON_RETURN: rows("V-29"),
        vehicle.VESSEL_TAX_CLASSES: rows("V-07"),
        vehicle.SAME_YEAR_TRANSFER: rows("V-21"),
        vehicle.NO_PROOF_NO_PROCESSING: doubt(3),
        vehicle.VESSEL_TAX_VEHICLES: rows("V-32"),
        vehicle.OTHER_REGISTRATIONS: doubt(3),
        vehicle.INSPECTION_MARK: doubt(4),
        vehicle.NO_EXTRA_DOCUMENTS: doubt(3),
        vehicle.NEW_ENERGY_RELIEF: rows("V-11"),
        vehicle.NOT_TAXABLE_CLASSES: rows("V-06"),
        property_title.DEED_EXEMPTIONS: doubt(7),
        property_title.TITLE_BY_REGISTRATION: outside(
            "说明登记与物权变动的关系；是否登记仍由税务和查封各条决定。",
            "It tells what registration does to title; whether to register the rows on tax and"
            " seizure decide.",
        ),
        property_title.AUCTION_TAXES: doubt(6),
        property_title.LEGACY_PROJECTS: doubt(18),
        equity_transfer.EQUITY_AND_PARTNERSHIP_SHARES: doubt(14),
        equity_transfer.COMPANIES_ONLY: doubt(14),
        equity_transfer.REGISTERED_AND_FILED_ITEMS: doubt(13),
        equity_transfer.COURTS_ARE_ASSISTED: doubt(22),
        deregistration.SIMPLIFIED_ROUTE: officer(
            "全体投资人承诺及债权债务是否结清由登记机关自行审查。",
            "The investors' promise, and whether debts are settled, the registrar examines itself.",
        ),
        deregistration.NO_OBJECTION_IN_TWENTY_DAYS: doubt(20, 21),
        deregistration.INDIVIDUAL_BUSINESS_TEN_DAYS: doubt(20, 21),
        deregistration.COURT_RULING: doubt(9),
        deregistration.SHANXI_PRACTICE: doubt(21),
        deregistration.CLEARANCE_SPARED: doubt(10),
    }
)
"""What is claimed of a provision beside the rows that cite it."""


def provisions() -> Iterator[Provision]:
    """Yield every national provision of the modules beside this one, each once."""
    seen: set[int] = set()
    for module in (vehicle, property_title, equity_transfer, deregistration):
        for value in vars(module).values():
            if isinstance(value, Provision) and id(value) not in seen:
                seen.add(id(value))
                yield value


NATIONAL_CLAUSES: Final[tuple[Clause, ...]] = (
    *(national_clause(provision, CLAIMS.get(provision, NOBODY)) for provision in provisions()),
    *VEHICLE_CLAUSES,
    *TITLE_CLAUSES,
    *MARKET_CLAUSES,
    *FRAME_CLAUSES,
)
"""Every national clause the specification relies on."""
