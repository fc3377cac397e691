"""Hypothesis strategies for whole cases of any checkpoint, read off its attrs classes.

Identifiers come from pools of two or three, so that records match, nearly match and miss often.
All of them are synthetic. A combination the classes refuse is drawn again.
"""

from __future__ import annotations

import types
import typing
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache

import attrs
from hypothesis import reject
from hypothesis import strategies as st

from taxgate.errors import InputError
from taxgate.evidence import CHINA, Answer, Outage, OutageCause, TaxRecord
from taxgate.identifiers import Division, FrameNumber, UnitCode, Uscc, Vin
from taxgate.parties import IdType, Person
from taxgate.terms import Matter, Reading, RecordStatus

AT = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)
TODAY = AT.date()

POOLS = {
    Vin: [Vin("1M8GDM9AXKP042788"), Vin("1M8GDM9AXKP042789")],
    FrameNumber: [FrameNumber("LC0012345")],
    Uscc: [Uscc("91149999MA0000001C")],
    UnitCode: [
        UnitCode("149999001001GB00001F00010001"),
        UnitCode("149999001001GB00001F00010002"),
    ],
    Division: [Division("140100"), Division("140500")],
    Person: [
        Person(IdType.PASSPORT, "P0000001", "甲某"),
        Person(IdType.PASSPORT, "P0000002", "乙某"),
        Person(IdType.PASSPORT, "P0000002", "另名"),
    ],
    date: [TODAY - timedelta(days=days) for days in (0, 1, 11, 12, 21, 22, 41, 300)],
    Decimal: [Decimal(10), Decimal(40), Decimal(100)],
    int: [1, 2, 50, 150, 2025, 2026],
    str: ["A-1", "A-2"],
    bool: [False, True],
    datetime: [AT],
}
OUT_OF_PLACE = [Division("110100")]


@cache
def hints(cls):
    """Return the resolved field types of an attrs class."""
    return typing.get_type_hints(cls)


@cache
def values(kind):
    """Return a strategy for values of a type, as deep as it goes."""
    if kind in POOLS:
        return st.sampled_from(POOLS[kind])
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return st.one_of([values(item) for item in arguments])
    if kind is type(None):
        return st.none()
    if origin is tuple:
        return st.lists(values(arguments[0]), max_size=2).map(tuple)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    return instances(kind)


def field_values(cls, field):
    """Return a strategy for one field; a record only has a status it may have."""
    if field.name == "status" and issubclass(cls, TaxRecord):
        return st.sampled_from(sorted(cls.STATUSES))
    if field.name in ("at", "suspicions"):
        return st.just(AT if field.name == "at" else ())
    return values(hints(cls)[field.name])


@st.composite
def instances(draw, cls, *, plain=False, **fixed):
    """Draw an instance; optional fields keep their default half of the time, or if *plain*."""
    fields = dict(fixed)
    for field in attrs.fields(cls):
        if not field.init or field.name in fields:
            continue
        required = field.default is attrs.NOTHING
        if required or (not plain and draw(st.booleans())):
            fields[field.name] = draw(field_values(cls, field))
    try:
        return cls(**fields)
    except InputError:
        reject()


@st.composite
def records(draw, module, inquiry, **fixed):
    """Draw a record that mostly answers *inquiry*: keys taken from it, or drawn from the pools."""
    kinds = hints(module.Record)
    keys = {
        name: getattr(inquiry, attribute)
        for name, attribute in (
            ("vin", "vin"),
            ("unit", "unit"),
            ("company", "company"),
            ("uscc", "company"),
            ("taxpayer", "person"),
            ("contract_no", "contract_no"),
        )
        if name in kinds and getattr(inquiry, attribute) is not None
    }
    near = {name: value for name, value in keys.items() if draw(st.integers(0, 9)) < 8}
    matter = inquiry.matter if draw(st.integers(0, 9)) < 9 else draw(st.sampled_from(list(Matter)))
    return draw(instances(module.Record, **({"matter": matter} | near | fixed)))


@st.composite
def answers(draw, module, inquiry):
    """Draw an answer: mostly records, sometimes an outage."""
    if draw(st.integers(0, 9)) < 2:
        return Answer(inquiry=inquiry, outage=Outage(cause=draw(st.sampled_from(OutageCause))))
    found = draw(st.lists(records(module, inquiry), max_size=3))
    return Answer(inquiry=inquiry, records=tuple(found), as_of=AT, source="drawn")


@st.composite
def fulfilled(draw, module):
    """Draw (application, answers, no readings) in which good records answer every inquiry."""
    application = draw(
        instances(module.Application, plain=True, division=POOLS[Division][0], handled_on=TODAY)
    )
    replies = tuple(
        Answer(
            inquiry=inquiry,
            records=(draw(good_records(module, application, inquiry)),),
            as_of=AT,
            source="drawn",
        )
        for inquiry in {item.key: item for item in module.inquiries(application)}.values()
    )
    return application, replies, frozenset()


def good_records(module, application, inquiry):
    """Return a strategy for plain records that fulfil *inquiry*, as far as keys can."""
    kinds = hints(module.Record)
    keys = {
        "vin": inquiry.vin,
        "unit": inquiry.unit,
        "company": inquiry.company,
        "taxpayer": inquiry.person,
        "tax_year": application.governing_on.year,
        "matter": inquiry.matter,
    }
    known = {name: value for name, value in keys.items() if name in kinds and value is not None}
    good = [RecordStatus.PAID, RecordStatus.EXEMPT]
    status = st.sampled_from([item for item in good if item in module.Record.STATUSES] or [None])
    return status.flatmap(
        lambda item: instances(
            module.Record, plain=True, **known, **({"status": item} if item else {})
        )
    )


@st.composite
def applications(draw, module):
    """Draw an application, mostly one the checkpoint governs and asks about."""
    fixed = {"division": POOLS[Division][0], "handled_on": TODAY}
    if draw(st.integers(0, 9)) == 0:
        del fixed["division"], fixed["handled_on"]
    return draw(instances(module.Application, **fixed))


@st.composite
def cases(draw, module):
    """Draw (application, answers, readings) of a checkpoint."""
    application = draw(applications(module))
    asked = dict.fromkeys(item.key for item in module.inquiries(application))
    by_key = {item.key: item for item in module.inquiries(application)}
    replies = tuple(draw(answers(module, by_key[key])) for key in asked)
    switched = frozenset(draw(st.sets(st.sampled_from(list(Reading)), max_size=2)))
    return application, replies, switched
