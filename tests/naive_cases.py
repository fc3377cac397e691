"""Random case documents over all four checkpoints, for the naive second reading.

Nothing here knows what a case leads to. A generator composes an application and answers around
one true set of keys and then spoils some of them: statuses, keys that match or nearly do, days at
boundaries, papers verified, unverified and suspected, outages, places, readings. All identifiers
are synthetic. `random_case` draws a document from a seeded `random.Random`; one in four is a
document of the given ones with a few values changed.
"""

import copy
import itertools
from datetime import date, timedelta
from typing import Final

TODAY: Final = date(2026, 11, 23)
READINGS: Final = (
    "vvt_all_registrations_strict",
    "exempt_loss_strict",
    "vpt_owner_mismatch_strict",
    "iit_strict",
    "deed_statutory_exemption_hold",
    "equity_strict",
    "bankruptcy_direct",
)
OUTAGES: Final = ("timeout", "not-opened", "bad-signature", "malformed-response", "stale-answer")
CHANNELS: Final = ("voucher-lookup", "tax-office-reply", "tax-counter", "tax-hotline")

# ------------------------------------------------------------------ people, companies, days


def resident(number, name=None):
    """A natural person by resident number."""
    person = {"id_type": "resident-number", "number": number}
    return {**person, "name": name} if name else person


WANG: Final = resident("149998196201180417", "王样例")
LI: Final = resident("149999199109251868", "李样例")
ZHAO: Final = resident("149998198506113273", "赵样例")
ZHANG: Final = resident("149999198803072136", "张样例")
COMPANY: Final = {"id_type": "uscc", "number": "91149999MA0EX0A01R", "name": "样例实业有限公司"}
OTHER_COMPANY: Final = {"id_type": "uscc", "number": "91149999MA0EX0C03B", "name": "样例商贸"}
PASSPORT: Final = {"id_type": "passport", "number": "EX0000001", "name": "SAMPLE ANNA"}
PEOPLE: Final = (WANG, LI, ZHAO, ZHANG)


def short_number(person):
    """The same person by a resident number of 15 digits."""
    number = person["number"]
    return {**person, "number": number[:6] + number[8:17]}


def spoilt(rng, person, others=PEOPLE):
    """The person as another system writes it: mostly the same, sometimes not."""
    if person is None:
        return None
    draw = rng.random()
    if draw < 0.80:
        return person
    if draw < 0.83:
        return {key: value for key, value in person.items() if key != "name"}
    if draw < 0.86 and person["id_type"] == "resident-number":
        return short_number(person)
    if draw < 0.90:
        return {**person, "name": "王样列"}
    if draw < 0.92:
        return {"id_type": "passport", "number": "EX0000009", "name": person.get("name", "某")}
    if draw < 0.93:
        return {"id_type": "old-registration-number", "number": "140100000001", "name": "样例老厂"}
    if draw < 0.95:
        return None
    return rng.choice(others)


def iso(moment):
    """A day as it is written."""
    return moment.isoformat()


def some_day(rng, anchor, spread=3):
    """A day close to an anchor."""
    return anchor + timedelta(days=rng.randint(-spread, spread))


def chance(rng, share):
    """True in this share of all draws."""
    return rng.random() < share


def without_nulls(value):
    """The document without members that are null, as most people write it."""
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [without_nulls(item) for item in value]
    return value


# ------------------------------------------------------------------ records, papers, answers

STATUSES: Final = (
    *("paid",) * 14,
    *("reduced-paid",) * 2,
    *("exempt",) * 4,
    *("not-taxable",) * 2,
    *("declared-zero",) * 3,
    *("deferred",) * 3,
    *("unpaid",) * 6,
    "refunded",
    "voided",
    "revoked",
    "never-issued",
)


def vouchers(rng, record, at_day):
    """Number, cancellation and day of issue of a tax record."""
    if chance(rng, 0.7):
        record["voucher_no"] = f"EX{rng.randint(1, 3)}"
    if record["status"] in ("refunded", "voided", "revoked") and chance(rng, 0.7):
        record["cancels"] = f"EX{rng.randint(1, 3)}"
    if chance(rng, 0.8):
        late = rng.randint(1, 2) if chance(rng, 0.04) else -rng.randint(0, 40)
        record["issued_on"] = iso(at_day + timedelta(days=late))
    if chance(rng, 0.8):
        record["authority"] = "140100" if chance(rng, 0.9) else "110105"
    return record


def several(rng, draw):
    """No record, one (mostly), or a few."""
    count = rng.choice((0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 3))
    return [draw() for _ in range(count)]


def papers_of(rng, share, draw):
    """Papers handed in, verified or not, now and then suspected."""
    papers = []
    while chance(rng, share) and len(papers) < 3:
        paper = {"record": draw()}
        if chance(rng, 0.55):
            paper["verified_by"] = rng.choice(CHANNELS)
        if chance(rng, 0.08):
            paper["forgery"] = "印章不符"
        papers.append(paper)
    return papers


def answer(rng, inquiry, records, at):
    """An answer to an inquiry, or none at all, or an outage."""
    draw = rng.random()
    if draw < 0.04:
        return []
    if draw < 0.10:
        return [{"inquiry": inquiry, "records": None, "outage": {"cause": rng.choice(OUTAGES)}}]
    if draw < 0.12:
        as_of = f"{iso(at - timedelta(days=2))}T10:00:00+08:00"
    elif draw < 0.13:
        as_of = f"{iso(at)}T10:30:00+08:00"
    elif draw < 0.14:
        as_of = f"{iso(at - timedelta(days=1))}T10:00:00+08:00"
    else:
        as_of = f"{iso(at)}T09:58:00+08:00"
    return [{"inquiry": inquiry, "records": records, "as_of": as_of}]


def frame_of_case(rng, checkpoint, application, answers, at):
    """The case around an application and its answers."""
    readings = [reading for reading in READINGS if chance(rng, 0.15)]
    return without_nulls(
        {
            "checkpoint": checkpoint,
            "application": application,
            "answers": answers,
            "readings": readings,
            "at": f"{iso(at)}T10:00:00+08:00",
        }
    )


def place_and_days(rng):
    """Division and days of an application, and the day of the check."""
    place = {"division": "140100" if chance(rng, 0.96) else rng.choice(("110105", "410100"))}
    draw = rng.random()
    if draw < 0.90:
        handled = TODAY
    elif draw < 0.97:
        handled = rng.choice((date(2024, 1, 31), date(2024, 2, 1), date(2026, 1, 1)))
    else:
        handled = TODAY - timedelta(days=rng.randint(1, 400))
    if chance(rng, 0.8):
        place["handled_on"] = iso(handled)
        if chance(rng, 0.5):
            place["application_date"] = iso(handled - timedelta(days=rng.randint(0, 5)))
    else:
        place["application_date"] = iso(handled)
    at = handled if chance(rng, 0.95) else handled + timedelta(days=1)
    return place, handled, at


# ------------------------------------------------------------------ vehicles

VEHICLE_ACTS: Final = (
    *("first-registration",) * 6,
    *("transfer",) * 6,
    *("inspection-mark",) * 3,
    *("whole-vehicle-replacement",) * 2,
    *("use-change",) * 3,
    *("co-owner-change",) * 3,
    "relocation",
    "other-change",
    "mortgage",
    "mortgage-release",
    "deregistration",
    "change-filing",
    "pledge-filing",
    "correction",
    "replacement-document",
    "temporary-plate",
    "school-bus-plate",
    "ex-officio-deregistration",
)
NEW_ENERGY: Final = ("battery-electric", "fuel-cell", "plug-in-hybrid")
VINS: Final = ("LTX9E5A1XNA000027", "LTX9E5A1XNA000028", "LTX9E5A10NA000030")


def vehicle_case(rng):
    """A case of Art. 24(2)."""
    place, handled, at = place_and_days(rng)
    act = rng.choice(VEHICLE_ACTS)
    car = some_vehicle(rng)
    app = {
        **place,
        "act": act,
        "vehicle": car,
        "owner": WANG if chance(rng, 0.9) else COMPANY,
        "already_registered": act not in ("first-registration", "temporary-plate"),
        "seized": chance(rng, 0.06),
        "archive_exemption": rng.choice(("none", "none", "vehicle", "owner", "use", "unknown")),
        "exemption_claimed": [],
    }
    if act == "whole-vehicle-replacement":
        app["old_frame"] = VINS[1]
    if act == "transfer":
        app["new_owner"] = LI
        app["same_class_claimed"] = app["archive_exemption"] == "owner" and chance(rng, 0.3)
    app["acquired_on"] = iso(
        rng.choice((date(2025, 12, 31), date(2026, 1, 1), date(2026, 9, 1), date(2024, 6, 1)))
    )
    if app["acquired_on"] > iso(handled):
        app["acquired_on"] = iso(handled - timedelta(days=20))
    if app["archive_exemption"] in ("owner", "use", "vehicle") and chance(rng, 0.9):
        app["exempted_on"] = iso(handled - timedelta(days=20))
    if chance(rng, 0.2):
        app["exemption_claimed"] = ["vehicle-purchase-tax"]
    if chance(rng, 0.2):
        app["exemption_claimed"] = [*app["exemption_claimed"], "vehicle-and-vessel-tax"]
    if chance(rng, 0.5):
        since = handled - timedelta(days=rng.choice((0, 1, 100, 363, 364, 365, 366)))
        app["insurance"] = {
            "policy_no": "EXPOL1",
            "since": iso(since),
            "until": iso(since + timedelta(days=364)),
        }
    app["papers"] = papers_of(
        rng, 0.15, lambda: vehicle_record(rng, app, rng.choice(VEHICLE_TAXES), handled, at)
    )
    answers = []
    for matter in VEHICLE_TAXES:
        inquiry = {"matter": matter, "vin": car["frame"]}
        records = several(rng, lambda m=matter: vehicle_record(rng, app, m, handled, at))
        answers += answer(rng, inquiry, records, at)
    return frame_of_case(rng, "vehicle", app, answers, at)


VEHICLE_TAXES: Final = ("vehicle-purchase-tax", "vehicle-and-vessel-tax")


def some_vehicle(rng):
    """A vehicle, petrol passenger cars before all."""
    car = {
        "frame": VINS[0],
        "category": "passenger-car",
        "energy": "petrol",
        "displacement_ml": 1498,
        "seats": 5,
        "plate_no": "晋A0EX27",
        "plate_class": "小型汽车",
        "engine_no": "EX100027",
        "model": "样例牌EX1500",
    }
    draw = rng.random()
    if draw < 0.15:
        car["energy"] = rng.choice(NEW_ENERGY)
        car["seats"] = rng.choice((5, 9, 10))
        if car["energy"] != "plug-in-hybrid":
            del car["displacement_ml"]
    elif draw < 0.27:
        car["category"] = "motorcycle"
        car["seats"] = 2
        car["design_speed_kmh"] = rng.choice((45, 50, 51, 90, None))
        car["energy"] = rng.choice(("petrol", "petrol", "battery-electric"))
        car["displacement_ml"] = rng.choice((49, 50, 51, 125, 150, 151, None))
        if car["energy"] == "battery-electric":
            del car["displacement_ml"]
    elif draw < 0.37:
        car["category"] = rng.choice(
            ("bus", "truck", "trailer", "special-vehicle", "forklift", "excavator", "other")
        )
    elif draw < 0.39:
        car["category"] = rng.choice(("tractor", "military", "vessel"))
    return car


def vehicle_record(rng, app, matter, handled, at):
    """A record on one of the two taxes."""
    car = app["vehicle"]
    record = {"matter": matter, "status": rng.choice(STATUSES)}
    if matter == "vehicle-purchase-tax" and app["archive_exemption"] in ("owner", "use"):
        payer = app.get("new_owner", app["owner"]) if chance(rng, 0.8) else app["owner"]
    else:
        payer = app["owner"]
    record["taxpayer"] = spoilt(rng, payer)
    draw = rng.random()
    if draw < 0.86:
        record["vin"] = car["frame"]
    elif draw < 0.88:
        record["vin"] = car["frame"].lower()
    elif draw < 0.94:
        record["vin"] = VINS[1]
    if record.get("vin") is None and chance(rng, 0.8):
        record["plate_no"] = car["plate_no"] if chance(rng, 0.8) else "晋A0EX99"
        record["plate_class"] = car["plate_class"] if chance(rng, 0.9) else "大型汽车"
    for key in ("engine_no", "model", "category"):
        if chance(rng, 0.2):
            record[key] = car[key]
            if chance(rng, 0.1):
                record[key] = "truck" if key == "category" else "EX-OTHER"
    if matter == "vehicle-and-vessel-tax":
        record["tax_year"] = rng.choice((0, 0, 0, 0, 0, -1, -1, -2, 1)) + handled.year
        if chance(rng, 0.03):
            record["tax_year"] = None
        record["arrears"] = chance(rng, 0.06)
    elif car.get("energy") in NEW_ENERGY and chance(rng, 0.5):
        record["status"] = rng.choice(("exempt", "reduced-paid"))
    if matter == "vehicle-purchase-tax" and record["status"] in ("exempt", "reduced-paid"):
        record["basis"] = rng.choice(("new-energy", "other", None))
        record["attaches_to"] = rng.choice(("vehicle", "owner", "use", None))
    record = vouchers(rng, record, at)
    if matter == "vehicle-purchase-tax" and app.get("exempted_on") and chance(rng, 0.3):
        exempted = date.fromisoformat(app["exempted_on"])
        record["issued_on"] = iso(some_day(rng, exempted, 1))
    return record


# ------------------------------------------------------------------ real estate

UNITS: Final = ("149999001001GB00001F00010001", "149999001001GB00001F00010002")
TAXED_ACTS: Final = (
    *("sale",) * 8,
    *("gift",) * 5,
    *("inheritance",) * 4,
    *("marital-division",) * 2,
    *("divorce-division",) * 2,
    *("court-transfer",) * 3,
    *("tax-auction",) * 3,
    *("first-registration",) * 4,
    *("contribution",) * 2,
    *("exchange",) * 2,
    "debt-settlement",
    "allocation",
    "other-transfer",
    "grant-conversion",
    "exempt-use-end",
)
UNTAXED_ACTS: Final = (
    "name-change",
    "address-change",
    "area-change",
    "boundary-change",
    "term-change",
    "co-ownership-change",
    "use-change",
    "correction",
    "objection",
    "advance-notice",
    "advance-notice-release",
    "mortgage",
    "mortgage-change",
    "mortgage-release",
    "easement",
    "residence-right",
    "burden-release",
    "waiver",
    "deregistration",
    "certificate",
    "assistance",
    "assistance",
    "assistance",
)
RIGHTS: Final = (
    *("housing",) * 8,
    *("non-housing",) * 4,
    *("granted-land",) * 2,
    "allocated-land",
    "homestead",
    "collective-land",
    "contract-land",
    "land-operation",
    "sea",
    "forest",
)
TIES_AT: Final = {
    "gift": ("none", "none", "spouse", "close-relative", "supporter"),
    "inheritance": ("statutory-heir", "legatee"),
    "marital-division": ("spouse",),
    "divorce-division": ("ex-spouse",),
}


def property_case(rng):
    """A case of Art. 25."""
    place, handled, at = place_and_days(rng)
    act = rng.choice(TAXED_ACTS if chance(rng, 0.75) else UNTAXED_ACTS)
    codes = UNITS[: 2 if chance(rng, 0.12) else 1]
    units = [property_unit(rng, code, act) for code in codes]
    app = {
        **place,
        "act": act,
        "units": units,
        "seal_register_readable": chance(rng, 0.97),
        "contract_no": "EX网签18" if chance(rng, 0.7) else None,
    }
    parties(rng, app)
    if act == "sale" and app["transferors"][0]["person"] == COMPANY:
        app["developer_sale"] = chance(rng, 0.5)
        app["listed_project"] = app["developer_sale"] and chance(rng, 0.4)
    seals_and_requests(rng, app, handled)
    subjects = []
    for unit in units:
        for taker in app["transferees"]:
            subjects.append((unit, "deed-tax", taker, "transferee"))
            subjects.append((unit, "individual-income-tax", taker, "transferee"))
        for giver in app["transferors"]:
            subjects.append((unit, "individual-income-tax", giver, "transferor"))
            subjects.append((unit, "land-appreciation-tax", giver, "transferor"))
    if act != "gift":
        subjects = [s for s in subjects if s[1:4:2] != ("individual-income-tax", "transferee")]
    else:
        subjects = [s for s in subjects if s[1:4:2] != ("individual-income-tax", "transferor")]
    answers, seen = [], set()
    for unit, matter, party, role in subjects:
        mark = (unit["code"], matter, party["person"]["number"])
        if mark in seen:
            continue
        seen.add(mark)
        inquiry = {"matter": matter, "unit": unit["code"], "person": party["person"]}
        records = several(
            rng,
            lambda u=unit, m=matter, p=party, r=role: property_record(rng, app, u, m, p, r, at),
        )
        answers += answer(rng, inquiry, records, at)
    if subjects:
        app["papers"] = papers_of(
            rng, 0.1, lambda: property_record(rng, app, *rng.choice(subjects), at)
        )
    return frame_of_case(rng, "property-title", app, answers, at)


def property_unit(rng, code, act):
    """A unit, housing before all."""
    right = rng.choice(RIGHTS)
    if act == "grant-conversion":
        right = "granted-land"
    elif act == "exempt-use-end":
        right = rng.choice(("housing", "non-housing", "granted-land"))
    unit = {"code": code, "right": right, "class_proven": False}
    if right not in ("housing", "non-housing", "granted-land"):
        unit["class_proven"] = chance(rng, 0.5)
    if chance(rng, 0.7):
        unit["price"] = "880000.00"
    return unit


def parties(rng, app):
    """Who gives and who takes, in one or two persons each."""
    act = app["act"]
    takes = act in (*TAXED_ACTS, "grant-conversion") and act != "assistance"
    gives = takes and act not in ("first-registration", "grant-conversion", "exempt-use-end")
    family = act in ("inheritance", "marital-division", "divorce-division")
    ties = TIES_AT.get(act, ("none",))
    app["transferors"] = app["transferees"] = []
    if gives:
        entity = not family and chance(rng, 0.3)
        givers = [COMPANY] if entity else [WANG]
        if not family and not entity and chance(rng, 0.12):
            givers.append(ZHAO)
        app["transferors"] = [{"person": giver} for giver in givers]
    if takes:
        organisation = not family and chance(rng, 0.1)
        takers = [OTHER_COMPANY] if organisation else [LI]
        if not organisation and act != "marital-division" and chance(rng, 0.12):
            takers.append(ZHANG)
        app["transferees"] = [{"person": taker} for taker in takers]
        related = gives and not organisation and app["transferors"][0]["person"] is not COMPANY
        for taker in app["transferees"]:
            if related or family:
                taker["tie"] = rng.choice(ties)
                if len(takers) > 1 and taker["tie"] == "spouse":
                    taker["tie"] = "close-relative" if act == "gift" else "spouse"
                taker["proven"] = taker["tie"] != "none" and chance(rng, 0.5)
            if chance(rng, 0.1):
                taker["exemption"] = "other"
    for side in ("transferors", "transferees"):
        if len(app[side]) == 2 and chance(rng, 0.7):
            for party in app[side]:
                party["share"] = {"part": 1, "of": 2}
    if act == "exchange" and len(app["units"]) == 2:
        one, two = app["units"]
        app["transferors"] = [
            {"person": WANG, "unit": one["code"]},
            {"person": LI, "unit": two["code"]},
        ]
        app["transferees"] = [
            {"person": LI, "unit": one["code"]},
            {"person": WANG, "unit": two["code"]},
        ]


def property_record(rng, app, unit, matter, party, role, at):
    """A record on one tax of one party."""
    record = {"matter": matter, "status": rng.choice(STATUSES)}
    record["taxpayer"] = spoilt(rng, party["person"])
    draw = rng.random()
    if draw < 0.85:
        record["unit"] = unit["code"]
    elif draw < 0.91:
        record["unit"] = UNITS[1] if unit["code"] == UNITS[0] else UNITS[0]
    if chance(rng, 0.5):
        record["contract_no"] = "EX网签18" if chance(rng, 0.85) else "EX网签19"
    if chance(rng, 0.4):
        record["role"] = role if chance(rng, 0.9) else "transferee"
    if chance(rng, 0.3):
        record["price"] = "880000.00" if chance(rng, 0.85) else "870000.00"
    if chance(rng, 0.25):
        record["share"] = rng.choice(
            ({"part": 1, "of": 2}, {"part": 1, "of": 1}, {"part": 1, "of": 3})
        )
        if record.get("price") == "880000.00" and chance(rng, 0.5):
            record["price"] = "440000.00"
    if matter == "individual-income-tax" and record["status"] == "deferred":
        record["instalment_plan"] = chance(rng, 0.5)
    if chance(rng, 0.04):
        record["matter"], record["status"] = "other-tax", rng.choice(("unpaid", "paid"))
        return vouchers(rng, record, at)
    if chance(rng, 0.04):
        record["form"], record["taxpayer"] = "completion", None
        record["status"] = rng.choice(("paid", "exempt"))
        record["covers"] = [{"matter": matter, "person": party["person"]}]
        for key in ("role", "price", "share"):
            record.pop(key, None)
        if chance(rng, 0.5) and app["transferors"]:
            record["covers"].append(
                {"matter": "individual-income-tax", "person": app["transferors"][0]["person"]}
            )
            if record["covers"][0] == record["covers"][1]:
                record["covers"].pop()
    return vouchers(rng, record, at)


SEALERS: Final = (("tax", "样例税务局"), ("court", "样例法院"), ("other", "样例公安局"))


def seals_and_requests(rng, app, handled):
    """The seal register, and requests of authorities that are pending."""
    share = 0.3 if app["act"] in ("tax-auction", "court-transfer", *UNTAXED_ACTS) else 0.08
    seals = []
    while chance(rng, share) and len(seals) < 3:
        kind, name = rng.choice(SEALERS)
        seal = {
            "unit": rng.choice(app["units"])["code"],
            "authority": kind,
            "name": name,
            "rank": len(seals) + 1,
            "lifted": chance(rng, 0.1),
            "debt_settled": kind == "tax" and chance(rng, 0.1),
            "handed_over": chance(rng, 0.15),
        }
        if chance(rng, 0.4):
            seal["until"] = iso(handled + timedelta(days=rng.choice((-30, -1, 0, 1, 90))))
        seal["since"] = iso(handled - timedelta(days=100))
        if chance(rng, 0.1):
            seal["owner"] = rng.choice((WANG, ZHAO))
        seals.append(seal)
    app["seals"] = seals
    requests = []
    wanted = 1 if app["act"] == "assistance" else 0
    share = 0.3 if app["act"] in ("tax-auction", "court-transfer") else 0.06
    while len(requests) < wanted or (chance(rng, share) and len(requests) < 2):
        requests.append(request(rng, app, handled))
    app["requests"] = requests
    known = [one for one in requests if one["measure"] != "seal" and chance(rng, 0.6)]
    seals += [own_seal(rng, app, one, handled) for one in known]
    if requests:
        for unit in app["units"]:
            unit["owners"] = [party["person"] for party in app["transferors"]] or [WANG]


def own_seal(rng, app, one, handled):
    """A seal of the authority that now asks for its renewal or lifting, or for the transfer."""
    return {
        "unit": one["unit"],
        "authority": one["authority"],
        "name": one["name"],
        "rank": len(app["seals"]) + rng.randint(1, 2),
        "until": iso(handled + timedelta(days=rng.choice((-3, -1, 0, 90)))),
        "since": iso(handled - timedelta(days=100)),
        "lifted": False,
    }


def request(rng, app, handled):
    """One request for assistance."""
    kind, name = rng.choice((SEALERS[0], SEALERS[0], SEALERS[1]))
    measures = ["seal", "seal", "renew", "lift"]
    if app["act"] == "tax-auction":
        measures = ["transfer"] * 5 + measures
        kind, name = SEALERS[0]
    if app["act"] == "court-transfer":
        measures = ["transfer"] * 5 + measures
        kind, name = SEALERS[1]
    owners = [party["person"] for party in app["transferors"]] or [WANG]
    return {
        "authority": kind,
        "name": name,
        "measure": rng.choice(measures),
        "unit": rng.choice(app["units"])["code"],
        "owner": owners[0] if chance(rng, 0.93) else ZHANG,
        "notice_present": chance(rng, 0.94),
        "instrument_present": chance(rng, 0.94),
        "consistent": chance(rng, 0.95),
        "authentication": "done" if chance(rng, 0.93) else "pending",
        "received_on": iso(handled - timedelta(days=rng.choice((0, 0, 0, 1, 3, 5)))),
        "order": rng.choice((0, 0, 1, 2)),
        "until": iso(handled + timedelta(days=180)) if chance(rng, 0.5) else None,
        "forgery": "文书疑似伪造" if chance(rng, 0.04) else None,
    }


# ------------------------------------------------------------------ equity

DEAL_KINDS: Final = (
    *("sale",) * 6,
    *("court-execution",) * 4,
    "exchange",
    "debt-settlement",
    "contribution",
    "buy-back",
    "paid-reduction",
    "gift",
    "inheritance",
    "legacy",
    "divorce-split",
    "nominee-restoration",
    "court-confirmation",
)
PRICED: Final = {
    "sale",
    "exchange",
    "debt-settlement",
    "contribution",
    "buy-back",
    "paid-reduction",
}
EQUITY_ENTRIES: Final = (
    "capital-increase",
    "nominal-reduction",
    "legal-representative-change",
    "pledge-entry",
    "freezing-entry",
    "other-entry",
)
USCC: Final = "91149999MA0EX0A01R"


def equity_case(rng):
    """A case of Art. 26."""
    place, handled, at = place_and_days(rng)
    act = rng.choice(
        (*("change-registration",) * 20, "filing", "filing", rng.choice(EQUITY_ENTRIES))
    )
    kind = "limited-liability-company"
    draw = rng.random()
    if draw < 0.12:
        kind = "joint-stock-company"
    elif draw < 0.18:
        kind = rng.choice(("partnership", "sole-proprietorship", "cooperative"))
    app = {
        **place,
        "act": act,
        "company": USCC,
        "company_type": kind,
        "freezes": [],
        "vouchers_used": [],
        "deals": [],
    }
    if act in ("change-registration", "filing"):
        app["deals"] = [deal(rng, app, WANG, LI, handled)]
        if chance(rng, 0.15):
            app["deals"].append(deal(rng, app, ZHANG, ZHAO, handled))
        elif chance(rng, 0.06):
            app["deals"].append(deal(rng, app, WANG, ZHAO, handled))
            app["deals"][1]["agreed_on"] = iso(handled - timedelta(days=rng.choice((10, 9, 20))))
    while chance(rng, 0.08) and len(app["freezes"]) < 2:
        app["freezes"].append(
            {
                "authority": rng.choice(("样例法院", "样例区法院")),
                "person": rng.choice((WANG, WANG, ZHANG, LI)),
                "lifted": chance(rng, 0.3),
            }
        )
    if chance(rng, 0.08):
        app["vouchers_used"] = [{"voucher_no": "EX1", "stake": percent(rng.choice((5, 10)))}]
    subjects = app["deals"]
    if subjects:
        app["papers"] = papers_of(rng, 0.12, lambda: equity_record(rng, rng.choice(subjects), at))
    answers = []
    for holder in {one["transferor"]["number"]: one["transferor"] for one in subjects}.values():
        inquiry = {"matter": "individual-income-tax", "company": USCC, "person": holder}
        records = []
        for one in subjects:
            if one["transferor"] == holder:
                records += several(rng, lambda d=one: equity_record(rng, d, at))
        answers += answer(rng, inquiry, records, at)
    return frame_of_case(rng, "equity-transfer", app, answers, at)


def percent(value):
    """A stake in percent."""
    return {"value": str(value), "unit": "percent"}


def deal(rng, app, giver, taker, handled):
    """One transfer."""
    kind = rng.choice(DEAL_KINDS)
    if app["act"] == "filing" and kind in ("buy-back", "paid-reduction"):
        kind = "sale"
    company = {"id_type": "uscc", "number": USCC, "name": "样例实业有限公司"}
    bought_back = kind in ("buy-back", "paid-reduction")
    entity = bought_back or kind == "contribution"
    one = {
        "transferor": giver,
        "transferor_class": "individual",
        "transferee": company if bought_back else OTHER_COMPANY if entity else taker,
        "transferee_class": "company" if entity else "individual",
        "stake": percent(30),
        "kind": kind,
        "agreed_on": iso(handled - timedelta(days=10)),
        "shares": "none",
        "between_shareholders": app["act"] == "filing",
        "court_documents": [],
    }
    if kind in PRICED or chance(rng, 0.2):
        one["price"] = rng.choice(("0", "300000"))
    if app["company_type"] == "joint-stock-company":
        one["shares"] = rng.choice(("promoter", "promoter", "non-promoter", "listed"))
    if chance(rng, 0.06):
        one["transferor"] = OTHER_COMPANY
        one["transferor_class"] = rng.choice(("company", "partnership", "sole-proprietorship"))
        if entity and not bought_back:
            one["transferee"] = company
    if kind in ("court-execution", "court-confirmation") and chance(rng, 0.93):
        one["court_documents"] = court_documents(rng, one)
    return one


def court_documents(rng, one):
    """Instrument and notice of assistance, complete or not."""
    documents = []
    kinds = ["instrument"]
    if one["kind"] == "court-execution":
        kinds.append("assistance-notice")
    for kind in kinds:
        if chance(rng, 0.06):
            continue
        documents.append(
            {
                "kind": kind,
                "court": "样例法院" if chance(rng, 0.95) else "样例区法院",
                "authenticated": chance(rng, 0.93),
                "in_force": chance(rng, 0.94) if kind == "instrument" else None,
                "number": f"（2026）样执{kind[0]}号",
                "forgery": "疑似伪造" if chance(rng, 0.03) else None,
                "company": rng.choice((USCC,) * 20 + ("91149999MA0EX0C03B", None)),
                "person": rng.choice((one["transferor"],) * 20 + (ZHAO, None)),
                "stake": rng.choice((percent(30),) * 20 + (percent(20), None)),
            }
        )
    return documents


def equity_record(rng, one, at):
    """A record on the income tax of a deal."""
    record = {"matter": "individual-income-tax", "status": rng.choice(STATUSES)}
    record["taxpayer"] = spoilt(rng, one["transferor"])
    record["company"] = rng.choice((USCC,) * 18 + ("91149999MA0EX0C03B", None))
    if chance(rng, 0.7):
        record["transferee"] = spoilt(rng, one["transferee"])
    if chance(rng, 0.7):
        record["stake"] = rng.choice((*(percent(30),) * 10, percent(20), percent(10), percent(40)))
        if chance(rng, 0.04):
            record["stake"] = {"value": "300000", "unit": "amount"}
    if chance(rng, 0.7):
        agreed = date.fromisoformat(one["agreed_on"])
        record["agreed_on"] = iso(agreed if chance(rng, 0.92) else some_day(rng, agreed, 2))
    if chance(rng, 0.2) and one.get("price"):
        record["price"] = one["price"] if chance(rng, 0.85) else "310000"
    if chance(rng, 0.5):
        record["paid_by"] = rng.choice(("own-payment", "withholding"))
        if record["paid_by"] == "withholding":
            record["remitted"] = rng.choice((True, True, True, False, None))
    record = vouchers(rng, record, at)
    if chance(rng, 0.6) and record.get("issued_on"):
        agreed = date.fromisoformat(one["agreed_on"])
        record["issued_on"] = iso(agreed + timedelta(days=rng.choice((-1, 0, 1, 3, 5))))
    return record


# ------------------------------------------------------------------ deregistration

ENTITIES: Final = {
    "company": "91149999MA0000001C",
    "partnership": "91149999MA0000001C",
    "other-enterprise": "91149999MA0000001C",
    "branch": "91149999MA0000001C",
    "cooperative": "91149999MA0000001C",
    "individual-business": "92149999MA0000004J",
    "public-institution": "12149999MB00000063",
    "organ": "11149999MB00000053",
}
BARS: Final = ("approval-needed", "abnormal-list", "equity-frozen", "unexecuted-penalty")


def deregistration_case(rng):
    """A case of Art. 27."""
    staffing = chance(rng, 0.25)
    kind = "company"
    if staffing:
        kind = rng.choice(("public-institution", "public-institution", "organ"))
    elif chance(rng, 0.55):
        kind = rng.choice((*("individual-business",) * 4, "branch", "cooperative", "partnership"))
    uscc = ENTITIES[kind]
    division = "140100" if chance(rng, 0.97) else "110105"
    start = date(2026, 11, 1) if chance(rng, 0.95) else date(2024, 1, 2)
    handled = start + timedelta(days=rng.choice((0, 9, 10, 11, 19, 20, 21, 22, 30, 39, 40, 41)))
    if chance(rng, 0.1):
        handled += timedelta(days=rng.choice((8, 9, 10, 11)))
    applied = handled - timedelta(days=rng.choice((0, 0, 0, 0, 1, 2)))
    app = {
        "division": division,
        "application_date": iso(applied),
        "handled_on": iso(handled) if chance(rng, 0.8) or applied != handled else None,
        "act": "deregistration",
        "registrar": "staffing-office" if staffing else "market",
        "entity": {
            "uscc": uscc,
            "name": "样例单位",
            "kind": "public-institution" if staffing else kind,
        },
    }
    if chance(rng, 0.03):
        app["act"] = rng.choice(
            ("ex-officio-deregistration", "revocation-of-registration", "business-suspension")
        )
    if chance(rng, 0.3) and not staffing:
        app["accepted_on"] = iso(applied)
    if staffing:
        app["declared_registration"] = rng.choice((True, False, None))
    else:
        market_facts(rng, app, start, applied, handled)
    at = handled
    matters = ("tax-registration",) if staffing else ("clearance", "tax-objection")
    app["papers"] = papers_of(
        rng, 0.18, lambda: clearance_record(rng, app, matters[0], handled, paper=True)
    )
    answers = []
    for matter in matters:
        if matter == "tax-objection":
            if app["route"] != "simplified":
                continue
            records = objection_records(rng, app, start, handled)
        else:
            records = several(
                rng, lambda m=matter: clearance_record(rng, app, m, handled, paper=False)
            )
        answers += answer(rng, {"matter": matter, "company": uscc}, records, at)
    return frame_of_case(rng, "deregistration", app, answers, at)


def market_facts(rng, app, start, applied, handled):
    """Route, publicity, push, ruling and what else a market registrar knows."""
    small = app["entity"]["kind"] == "individual-business"
    app["route"] = rng.choice(("general", "simplified", "simplified", "simplified", "court"))
    if app["entity"]["kind"] == "branch" and app["route"] == "court":
        app["route"] = "general"
    app["cause"] = rng.choice(("dissolution", "dissolution", "merger-or-division", "other"))
    if app["route"] == "simplified":
        app["bars"] = [rng.choice(BARS)] if chance(rng, 0.12) else []
        app["other_objections"] = ["creditor"] if chance(rng, 0.1) else []
        if not small and chance(rng, 0.95):
            app["publicity"] = {"readable": chance(rng, 0.97), "started_on": iso(start)}
            if chance(rng, 0.4):
                extra = rng.choice((0, 0, 1, 5))
                app["publicity"]["published_until"] = iso(start + timedelta(days=20 + extra))
            if chance(rng, 0.15):
                last = app["publicity"].get("published_until", iso(start + timedelta(days=20)))
                end = date.fromisoformat(last) + timedelta(days=rng.choice((20, 25, 30)))
                app["publicity"]["extended_until"] = iso(end)
        if chance(rng, 0.12):
            app["rest_days"] = [
                iso(start + timedelta(days=offset))
                for offset in rng.choice(((20, 21), (10, 11), (40, 41), (20,), (21,), (10,)))
            ]
        app["push"] = {"state": "delivered", "delivered_on": iso(start)}
        draw = rng.random()
        if draw < 0.08:
            app["push"] = {"state": rng.choice(("not-sent", "failed", "unknown"))}
        elif draw < 0.10:
            app["push"] = {"state": "delivered"}
        elif draw < 0.12:
            app["push"] = None
    if app["route"] == "court" and chance(rng, 0.92):
        app["ruling"] = {
            "kind": rng.choice(
                (*("ends-bankruptcy", "ends-compulsory-liquidation") * 4, "opens-procedure")
            ),
            "in_force": chance(rng, 0.92),
            "authenticated": chance(rng, 0.92),
            "uscc": rng.choice((app["entity"]["uscc"],) * 8 + ("91149999MA0000002F", None)),
            "name": rng.choice(("样例单位", "样例单位", "别的单位", None)),
            "dated_on": iso(handled + timedelta(days=rng.choice((-20, -1, 0, 1)))),
            "forgery": "疑似伪造" if chance(rng, 0.04) else None,
        }


def clearance_record(rng, app, matter, handled, *, paper):
    """A document, a waiver, or a statement on tax affairs or the tax registration."""
    statuses = ["issued"] * 8 + ["revoked"] * 2
    if not paper:
        statuses += ["waived", "never-issued"]
        if app["registrar"] == "market":
            statuses += ["never-had-tax-affairs"] * 3 + ["had-tax-affairs"]
        else:
            statuses += ["registered-for-tax"] * 6 + ["not-registered-for-tax"] * 4
    elif app["registrar"] == "staffing-office":
        statuses += ["not-registered-for-tax"]
    status = rng.choice(statuses)
    record = {
        "matter": matter,
        "status": status,
        "uscc": rng.choice((app["entity"]["uscc"],) * 12 + ("91149999MA0000002F", None)),
    }
    if chance(rng, 0.5):
        record["name"] = app["entity"]["name"] if chance(rng, 0.9) else "样例单位分部"
    if status in ("issued", "revoked"):
        record["document"] = rng.choice(
            (
                *("clearance-certificate",) * 8,
                "cancellation-notice",
                "settlement-notice",
                "receipt",
                None,
            )
        )
    if chance(rng, 0.7):
        record["voucher_no"] = f"EX清{rng.randint(1, 2)}"
    if status == "revoked" and chance(rng, 0.7):
        record["cancels"] = f"EX清{rng.randint(1, 2)}"
    if chance(rng, 0.6):
        record["issued_on"] = iso(handled + timedelta(days=rng.choice((-9, -1, 0, 0, 1))))
    return record


def objection_records(rng, app, start, handled):
    """What the tax authority says of objections."""
    records = []
    draw = rng.random()
    if draw < 0.08:
        return records
    if draw < 0.70:
        records.append({"status": "no-objection"})
    if draw > 0.66:
        raised = start + timedelta(days=rng.choice((0, 1, 9, 10, 11, 19, 20, 21, 22)))
        objected = {"status": "objected"}
        if raised <= handled and chance(rng, 0.9):
            objected["raised_on"] = iso(raised)
        if chance(rng, 0.5):
            objected["voucher_no"] = f"EX异{rng.randint(1, 2)}"
        records.append(objected)
        if draw > 0.82:
            withdrawn = {"status": "objection-withdrawn"}
            if objected.get("raised_on") and chance(rng, 0.6):
                withdrawn["raised_on"] = objected["raised_on"]
            if objected.get("voucher_no") and chance(rng, 0.7):
                withdrawn["cancels"] = objected["voucher_no"]
            elif chance(rng, 0.1):
                withdrawn["cancels"] = "EX异9"
            records.append(withdrawn)
            if draw > 0.93:
                records.remove(objected)
    for record in records:
        record["matter"] = "tax-objection"
        record["uscc"] = rng.choice((app["entity"]["uscc"],) * 15 + ("91149999MA0000002F", None))
        if chance(rng, 0.4):
            record["name"] = app["entity"]["name"] if chance(rng, 0.92) else "别的单位"
    rng.shuffle(records)
    return records


# ------------------------------------------------------------------ given documents, changed


def places(value, path=()):
    """Every path to a plain value in a document."""
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    else:
        yield path
        return
    yield from itertools.chain.from_iterable(places(item, (*path, key)) for key, item in pairs)


WORDS: Final = {
    "status": STATUSES,
    "category": ("passenger-car", "motorcycle", "bus", "forklift"),
    "energy": ("petrol", "battery-electric", "plug-in-hybrid"),
    "division": ("140100", "140400", "110105"),
    "authority": ("140100", "110105"),
    "archive_exemption": ("none", "owner", "use", "vehicle", "unknown"),
    "tie": ("none", "spouse", "close-relative"),
    "right": RIGHTS,
    "kind": DEAL_KINDS,
    "route": ("general", "simplified", "court"),
    "verified_by": CHANNELS,
    "act": (),
}
NEEDED: Final = {"number", "frame", "code", "registrar", "uscc", "company", "value", "state"}
KEPT: Final = {"checkpoint", "matter", "id_type", "unit", "office", "provision", "at"}


def changed(rng, document):
    """A given document with a few of its values changed, lost or doubled."""
    case = copy.deepcopy(document)
    for _ in range(rng.randint(1, 3)):
        change(rng, case)
    if chance(rng, 0.3):
        case["readings"] = [reading for reading in READINGS if chance(rng, 0.3)]
    return case


def change(rng, case):
    """One change."""
    answers = case.get("answers") or []
    draw = rng.random()
    if answers and draw < 0.10:
        answers.remove(rng.choice(answers))
        return
    if answers and draw < 0.25:
        told = rng.choice(answers)
        if told.get("records"):
            records = told["records"]
            if chance(rng, 0.5):
                records.remove(rng.choice(records))
            else:
                twin = copy.deepcopy(rng.choice(records))
                twin["status"] = rng.choice(statuses_of(case))
                records.append(twin)
        else:
            told.pop("records", None)
            told["outage"] = {"cause": rng.choice(OUTAGES)}
        return
    if draw < 0.5:
        statuses = [path for path in places(answers) if path[-1] == "status"]
        if statuses:
            put_in(answers, rng.choice(statuses), rng.choice(statuses_of(case)))
        return
    path = rng.choice([p for p in places(case) if p and p[-1] not in KEPT and "inquiry" not in p])
    old = get_in(case, path)
    if isinstance(old, bool):
        put_in(case, path, not old)
    elif path[-1] in WORDS:
        put_in(case, path, rng.choice(words(case, path[-1])))
    elif isinstance(old, str) and len(old) == 10 and old[4:5] == "-":
        moved = date.fromisoformat(old) + timedelta(days=rng.choice((-30, -1, 1, 2)))
        put_in(case, path, iso(moved))
    elif path[-1] in ("name", "voucher_no", "contract_no", "engine_no", "model"):
        put_in(case, path, "样例EX9")
    elif isinstance(path[-1], str) and path[-1] not in NEEDED and chance(rng, 0.5):
        del get_in(case, path[:-1])[path[-1]]


def statuses_of(case):
    """Statuses a record of this checkpoint may have."""
    if case["checkpoint"] != "deregistration":
        return STATUSES
    return (
        "issued",
        "revoked",
        "waived",
        "never-issued",
        "never-had-tax-affairs",
        "no-objection",
        "objected",
        "objection-withdrawn",
    )


def words(case, key):
    """Other words for a member; kinds and acts are each checkpoint's own."""
    checkpoint = case["checkpoint"]
    if key == "status":
        return statuses_of(case)
    if key == "act":
        return {
            "vehicle": VEHICLE_ACTS,
            "property-title": (*TAXED_ACTS, *UNTAXED_ACTS),
            "equity-transfer": ("change-registration", "filing"),
            "deregistration": ("deregistration", "business-suspension"),
        }[checkpoint]
    if key == "kind" and checkpoint == "deregistration":
        return ("company", "branch", "cooperative", "individual-business")
    if key == "authority" and checkpoint == "property-title":
        return ("tax", "court", "other")
    return WORDS[key]


def get_in(value, path):
    """What stands at a path."""
    for step in path:
        value = value[step]
    return value


def put_in(value, path, item):
    """Put something at a path."""
    get_in(value, path[:-1])[path[-1]] = item


# ------------------------------------------------------------------ all

GENERATORS: Final = (vehicle_case, property_case, equity_case, deregistration_case)


def random_case(rng, documents):
    """A case document: composed, or one of the given documents changed."""
    if chance(rng, 0.25):
        return changed(rng, rng.choice(documents))
    return rng.choice(GENERATORS)(rng)
