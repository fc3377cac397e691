"""Set-up shared by the tests of the sandbox bureau, of `taxgate ask` and of `taxgate doctor`."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

import pytest

from taxgate import config
from taxgate.adapters.memory import InMemorySource
from taxgate.bureau import SECRET, SandboxBureau
from taxgate.bureau.setting_up import VARIABLE
from taxgate.config import load
from taxgate.evidence import Inquiry, Purpose
from taxgate.parties import IdType, Person
from taxgate.terms import Matter

PROFILES = ("city-bus", "generic", "gjgxjhpt", "gjzwfwpt", "open-gateway", "sorted-params")
VEHICLE_OFFICE = "示例市公安局交通警察支队车辆管理所"
TITLE_OFFICE = "示例市不动产登记中心"


def in_memory(settings):
    """Build a source that knows nothing; stands for any whose answers are not live."""
    return InMemorySource(clock=settings.clock, name=settings.name)


def register(monkeypatch):
    """Make the kind of source that is none of the package's known, and set the secret."""
    ours = EntryPoint("tests-memory", "bureau_cases:in_memory", config.GROUP)
    monkeypatch.setattr(config, "entry_points", lambda *, group: [*entry_points(group=group), ours])
    monkeypatch.setenv(VARIABLE, SECRET)


def configured(folder, bureau: SandboxBureau, profile: str, change=lambda text: text):
    """Write the configuration the bureau prints, changed if need be, and return its path."""
    path = folder / "taxgate.toml"
    path.write_text(change(bureau.snippet(profile)), encoding="utf-8")
    path.chmod(0o600)
    return path


def about(profile, magic, matter=None):
    """Return a question *profile* can ask about the identifiers of *magic*."""
    question = next(iter(profile.questions.values()))
    chosen = matter or question.matters[0]
    if chosen in {Matter.VEHICLE_PURCHASE_TAX, Matter.VEHICLE_AND_VESSEL_TAX}:
        return Inquiry(matter=chosen, vin=magic.vin, purpose=purpose(VEHICLE_OFFICE, "24(2)"))
    return Inquiry(
        matter=chosen,
        unit=magic.unit,
        person=Person(IdType.RESIDENT_NUMBER, magic.resident.value),
        purpose=purpose(TITLE_OFFICE, "25(1)"),
    )


def purpose(office, article):
    """Return the purpose of a question under an article of the Order."""
    return Purpose(office=office, case_no="测-2026-0001", provision=f"order-307/{article}")


@pytest.fixture(scope="module")
def reports():
    """Return the lines the shared bureau reports."""
    return []


@pytest.fixture(scope="module")
def bureau(reports):
    """Return a bureau that speaks every shipped profile."""
    with SandboxBureau(["all"], report=reports.append) as running:
        yield running


@pytest.fixture
def source(monkeypatch, tmp_path, bureau):
    """Return a function that makes the source the bureau's own configuration describes."""
    register(monkeypatch)
    made = []

    def make(profile, of=bureau, **settings):
        path = configured(tmp_path, of, profile)
        found = load(path, sleep=lambda _: None, **settings).named["bureau"]
        made.append(found)
        return found

    yield make
    for found in made:
        found.close()
