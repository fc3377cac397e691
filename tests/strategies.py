"""Hypothesis strategies for whole cases of any checkpoint: sample cases, perturbed.

A drawn case starts from a sample application of `<checkpoint>_cases` and changes some of its
fields, at any depth, to values from small pools, so that records match, nearly match and miss
often. A change the classes refuse is dropped. All identifiers are synthetic.
"""

from __future__ import annotations

import contextlib
import types
import typing
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache

import attrs
from hypothesis import reject
from hypothesis import strategies as st

import deregistration_cases
import equity_transfer_cases
import property_title_cases
import vehicle_cases
from taxgate import deregistration, equity_transfer, property_title, vehicle
from taxgate.errors import InputError
from taxgate.evidence import CHINA, Answer, Outage, OutageCause, TaxRecord
from taxgate.identifiers import Division, FrameNumber, Identifier, UnitCode, Uscc, Vin
from taxgate.parties import IdType, Person
from taxgate.terms import Matter, Reading

PERSONS = [
    Person(IdType.PASSPORT, "P0000001", "甲某"),
    Person(IdType.PASSPORT, "P0000002", "乙某"),
    Person(IdType.PASSPORT, "P0000002", "另名"),
]
POOLS = {
    Vin: [vehicle_cases.VIN, vehicle_cases.OTHER_VIN],
    FrameNumber: [FrameNumber("LC0012345")],
    Uscc: [Uscc("91149999MA0000001C"), Uscc("91149998MA00000021")],
    UnitCode: [
        UnitCode("149999001001GB00001F00010001"),
        UnitCode("149999001001GB00001F00010002"),
    ],
    Division: [Division("140100"), Division("140500"), Division("110100")],
    Person: PERSONS,
    Decimal: [Decimal(10), Decimal(30), Decimal(100)],
    int: [1, 2, 50, 150, 2025, 2026],
    str: ["A-1", "A-2"],
    bool: [False, True],
}
DAYS = (-20, -1, 0, 1, 11, 12, 21, 22, 41, 300)
"""Days before a sample's day of decision."""


@attrs.frozen
class Samples:
    """What cases of one checkpoint start from."""

    applications: tuple
    records: Callable
    """(application, inquiry) -> records that answer it well."""
    day: date

    @property
    def at(self):
        """Instant of the check."""
        return datetime.combine(self.day, time(10), CHINA)


def vehicle_records(application, inquiry):
    """Return tax paid for the vehicle asked about."""
    fields = {"matter": inquiry.matter, "vin": inquiry.vin}
    if inquiry.matter is Matter.VEHICLE_AND_VESSEL_TAX:
        fields["tax_year"] = application.governing_on.year
    return [vehicle_cases.record(**fields)]


def equity_records(application, inquiry):
    """Return tax paid for each deal of the person asked about."""
    return [
        equity_transfer_cases.record(
            of=deal, company=inquiry.company, taxpayer=inquiry.person, voucher_no=f"V-{number}"
        )
        for number, deal in enumerate(application.deals)
        if deal.transferor.key == inquiry.person.key
    ]


def deregistration_records(application, inquiry):
    """Return a clearance certificate, no objection, or a tax registration."""
    status = {
        Matter.CLEARANCE: deregistration_cases.S.ISSUED,
        Matter.TAX_OBJECTION: deregistration_cases.S.NO_OBJECTION,
        Matter.TAX_REGISTRATION: deregistration_cases.S.REGISTERED_FOR_TAX,
    }[inquiry.matter]
    return [deregistration_cases.record(status, uscc=inquiry.company)]


def _vehicles():
    acts = vehicle_cases.VehicleAct
    plain = [vehicle_cases.apply(act) for act in acts]
    settled = [
        vehicle_cases.apply(act, archive_exemption="none") for act in (acts.TRANSFER, acts.MORTGAGE)
    ]
    return (*plain, *settled)


SAMPLES = {
    vehicle: Samples(_vehicles(), vehicle_records, date(2026, 11, 23)),
    equity_transfer: Samples(
        (
            *(equity_transfer_cases.apply(deal) for deal in equity_transfer_cases.DEALS),
            equity_transfer_cases.apply(*equity_transfer_cases.DEALS[:3]),
        ),
        equity_records,
        date(2026, 11, 23),
    ),
    deregistration: Samples(
        (
            deregistration_cases.apply(),
            deregistration_cases.apply(
                deregistration_cases.Route.COURT, ruling=deregistration_cases.ruling()
            ),
            deregistration_cases.simplified(),
            deregistration_cases.individual(),
            deregistration_cases.staffing(),
        ),
        deregistration_records,
        deregistration_cases.DAY,
    ),
    property_title: Samples(
        property_title_cases.SAMPLES, property_title_cases.good_records, date(2026, 11, 23)
    ),
}


@cache
def hints(cls):
    """Return the resolved field types of an attrs class."""
    return typing.get_type_hints(cls)


def perturbed_value(value, kind, day):
    """Return a strategy for another value of a field; classes are perturbed inside."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        kinds = [item for item in arguments if item is not type(None)]
        inside = [perturbed_value(value, item, day) for item in kinds]
        return st.one_of([*inside, st.none()] if type(None) in arguments else inside)
    if origin is tuple:
        return perturbed_list(value or (), arguments[0], day)
    if kind in POOLS:
        return st.sampled_from(POOLS[kind])
    if kind is date:
        return st.sampled_from([day - timedelta(days=days) for days in DAYS])
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    if isinstance(value, kind) and attrs.has(kind):
        return perturbed(value, day, most=1)
    return st.just(value)


@st.composite
def perturbed_list(draw, value, kind, day):
    """Draw a changed list: one value dropped, doubled, or perturbed."""
    items = list(value)
    if items:
        place = draw(st.integers(0, len(items) - 1))
        how = draw(st.sampled_from(["drop", "double", "change"]))
        if how == "drop":
            del items[place]
        elif how == "double":
            items.append(items[place])
        else:
            items[place] = draw(perturbed_value(items[place], kind, day))
    elif kind in POOLS or (isinstance(kind, type) and issubclass(kind, StrEnum)):
        items.append(draw(perturbed_value(None, kind, day)))
    return tuple(items)


@st.composite
def perturbed(draw, value, day, most=2):
    """Draw *value* with up to *most* fields changed; what its class refuses stays unchanged."""
    names = [field.name for field in attrs.fields(type(value)) if field.init]
    for name in draw(st.lists(st.sampled_from(names), max_size=most)):
        if name in ("suspicions", "at") or isinstance(value, Identifier | Person):
            continue
        if name == "status" and isinstance(value, TaxRecord):
            choice = st.sampled_from(sorted(value.STATUSES))
        else:
            choice = perturbed_value(getattr(value, name), hints(type(value))[name], day)
        try:
            value = attrs.evolve(value, **{name: draw(choice)})
        except InputError:
            continue
    return value


@st.composite
def papers(draw, module, application):
    """Draw papers handed in: good records of some inquiry, verified or not, forged or not."""
    sample = SAMPLES[module]
    asked = module.inquiries(application)
    if not asked or draw(st.integers(0, 2)):
        return application.papers
    found = sample.records(application, draw(st.sampled_from(asked)))
    handed_in = list(application.papers)
    for item in found[:2]:
        fields = {
            "record": draw(perturbed(item, sample.day)),
            "verified_by": draw(st.sampled_from([None, "tax-counter"])),
            "forgery": draw(st.sampled_from([None, None, "编号不存在"])),
        }
        with contextlib.suppress(InputError):
            handed_in.append(module.Paper(**fields))
    return tuple(handed_in)


@st.composite
def applications(draw, module):
    """Draw an application with up to three fields changed."""
    sample = SAMPLES[module]
    base = draw(st.sampled_from(sample.applications))
    application = draw(perturbed(base, sample.day, most=3))
    try:
        return attrs.evolve(application, papers=draw(papers(module, application)))
    except InputError:
        return application


@st.composite
def answers(draw, module, application, inquiry):
    """Draw an answer: an outage, nothing, or records that fit, nearly fit or contradict."""
    sample = SAMPLES[module]
    if draw(st.integers(0, 9)) == 0:
        return Answer(inquiry=inquiry, outage=Outage(cause=draw(st.sampled_from(OutageCause))))
    good = sample.records(application, inquiry)
    found = [item for item in good if draw(st.integers(0, 9))]
    if draw(st.booleans()):
        found = [draw(perturbed(item, sample.day)) for item in found]
    if good and draw(st.integers(0, 3)) == 0:
        found.append(draw(perturbed(draw(st.sampled_from(good)), sample.day)))
    return Answer(inquiry=inquiry, records=tuple(found), as_of=sample.at, source="drawn")


@st.composite
def cases(draw, module):
    """Draw (application, answers, readings) of a checkpoint that belong to one case."""
    application = draw(applications(module))
    asked = {item.key: item for item in module.inquiries(application)}
    replies = tuple(draw(answers(module, application, item)) for item in asked.values())
    switched = frozenset(draw(st.sets(st.sampled_from(list(Reading)), max_size=2)))
    try:
        module.check(application, replies, at=SAMPLES[module].at)
    except InputError:
        reject()
    return application, replies, switched


@st.composite
def fulfilled(draw, module):
    """Draw an untouched sample in which good records answer every inquiry."""
    sample = SAMPLES[module]
    application = draw(st.sampled_from(sample.applications))
    asked = {item.key: item for item in module.inquiries(application)}
    replies = tuple(
        Answer(
            inquiry=item,
            records=tuple(sample.records(application, item)),
            as_of=sample.at,
            source="drawn",
        )
        for item in asked.values()
    )
    return application, replies, frozenset()


def records(module, application, inquiry):
    """Return a strategy for one record around *inquiry*."""
    sample = SAMPLES[module]
    good = sample.records(application, inquiry)
    return st.sampled_from(good).flatmap(lambda item: perturbed(item, sample.day))
