"""Hypothesis strategies for whole cases of any checkpoint: sample cases, perturbed.

A drawn case starts from a sample application of `<checkpoint>_cases`, and the test kit changes some
of its places, so that records match, nearly match and miss often. Unlike the kit's own cases these
keep their samples apart from what answers them. All identifiers are synthetic.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date, datetime, time
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
from taxgate.evidence import CHINA, Answer, Outage, OutageCause
from taxgate.parties import Person
from taxgate.terms import Matter, Reading
from taxgate.testing.strategies.changing import POOLS, drawn_changes, places

PERSONS = POOLS[Person]


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


places_in = cache(lambda value: places(value, {}))
"""Where a value of a case may be changed, and into what."""


@st.composite
def perturbed(draw, value, most=2):
    """Draw *value* with up to *most* places changed; what its class refuses stays unchanged."""
    return drawn_changes(draw, value, places_in(value), most)


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
            "record": draw(perturbed(item)),
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
    application = draw(perturbed(base, most=3))
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
        found = [draw(perturbed(item)) for item in found]
    if good and draw(st.integers(0, 3)) == 0:
        found.append(draw(perturbed(draw(st.sampled_from(good)))))
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
    return st.sampled_from(good).flatmap(perturbed)
