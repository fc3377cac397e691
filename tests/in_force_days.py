"""Since when each source binds that a row rests on: the column "in force" of the specification."""

from __future__ import annotations

from datetime import date

COLLECTION_LAW = date(2001, 5, 1)
COLLECTION_RULES = date(2002, 10, 15)
PURCHASE_TAX = date(2019, 7, 1)
VESSEL_TAX = date(2012, 1, 1)
ROAD_SAFETY = date(2004, 5, 1)
VEHICLE_REGISTRATION = date(2022, 5, 1)
DEED_TAX = date(2021, 9, 1)
INCOME_TAX = date(2019, 1, 1)
TITLE_REGULATIONS = date(2015, 3, 1)
TITLE_RULES = date(2016, 1, 1)
CIVIL_CODE = date(2021, 1, 1)
EQUITY_MEASURES = date(2015, 1, 1)
COMPANY_LAW = date(2024, 7, 1)
MARKET_ENTITIES = date(2022, 3, 1)

SINCE = {
    "Order": date(2024, 2, 1),
    "V-a": PURCHASE_TAX,
    "V-d": PURCHASE_TAX,
    "V-e": PURCHASE_TAX,
    "V-j": VESSEL_TAX,
    "V-k": VESSEL_TAX,
    "V-l": ROAD_SAFETY,
    "V-m": ROAD_SAFETY,
    "V-n": VEHICLE_REGISTRATION,
    "V-o": VEHICLE_REGISTRATION,
    "V-p": VEHICLE_REGISTRATION,
    "V-q": VEHICLE_REGISTRATION,
    "V-r": date(2024, 1, 1),
    "L-a": DEED_TAX,
    "L-b": DEED_TAX,
    "L-c": DEED_TAX,
    "L-d": DEED_TAX,
    "L-e": DEED_TAX,
    "L-f": DEED_TAX,
    "L-g": date(1994, 1, 1),
    "L-h": INCOME_TAX,
    "L-i": INCOME_TAX,
    "L-j": date(2019, 1, 1),
    "L-l": date(2026, 1, 1),
    "L-n": TITLE_REGULATIONS,
    "L-o": TITLE_RULES,
    "L-p": TITLE_RULES,
    "L-q 37": COLLECTION_LAW,
    "L-q 66": COLLECTION_RULES,
    "L-q 68": COLLECTION_RULES,
    "L-r": date(1995, 1, 1),
    "L-s": CIVIL_CODE,
    "L-t": date(2017, 1, 1),
    "L-u": date(2021, 1, 1),
    "E-a": INCOME_TAX,
    "E-b": INCOME_TAX,
    "E-c": INCOME_TAX,
    "E-d": EQUITY_MEASURES,
    "E-e": EQUITY_MEASURES,
    "E-f": EQUITY_MEASURES,
    "E-g": EQUITY_MEASURES,
    "E-h": EQUITY_MEASURES,
    "E-i": EQUITY_MEASURES,
    "E-j": COMPANY_LAW,
    "E-k": MARKET_ENTITIES,
    "E-l": MARKET_ENTITIES,
    "E-m": date(2022, 1, 1),
    "E-n": date(2022, 11, 1),
    "E-p": COLLECTION_RULES,
    "E-q": date(2024, 1, 1),
    "E-r": MARKET_ENTITIES,
    "Individual Income Tax Law": INCOME_TAX,
    "D-a 16": COLLECTION_LAW,
    "D-a 15(1)": COLLECTION_RULES,
    "D-b": COLLECTION_RULES,
    "D-d": MARKET_ENTITIES,
    "D-e": MARKET_ENTITIES,
    "D-f": MARKET_ENTITIES,
    "D-g": MARKET_ENTITIES,
    "D-h": COMPANY_LAW,
    "D-i": date(2021, 7, 30),
    "D-m": date(2007, 6, 1),
    "Regulations": MARKET_ENTITIES,
}
"""First day by the specification's name of the source, with an article where the days differ."""

UNDATED = ("D-j", "D-k", "E-o", "L-k", "L-w")
"""Sources of which the specification gives no day, or a year at most."""

UNTIL = {"V-r": date(2028, 1, 1)}
"""First day after: the purchase-tax relief is for cars bought until the end of 2027."""
