"""An inquiry becomes a request: what is written how, and what never leaves the body."""

from __future__ import annotations

import json
import uuid
from datetime import UTC

import pytest

from http_cases import AT, OWN, PURPOSE, VIN, ask_vehicle, numbered
from taxgate.adapters.asking import Configured, compose, written
from taxgate.adapters.profile_files import load_profile
from taxgate.adapters.profile_reading import read_profile
from taxgate.secret import Secret
from taxgate.terms import Checkpoint

SECRETS = {"password": Secret("hush-1"), "token": Secret("hush-2")}


def composed(profile, inquiry, **changes):
    """Return the request that asks *inquiry* about a vehicle."""
    question = profile.question_for(inquiry, Checkpoint.VEHICLE)
    options = {
        "configured": Configured(source="bureau", secrets=SECRETS),
        "signer": None,
        "secret": None,
        "now": AT,
    }
    return compose(profile, question, inquiry, **(options | changes))


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("milliseconds", "1795399200000"),
        ("seconds", "1795399200"),
        ("rfc3339", "2026-11-23T10:00:00+08:00"),
        ("YYYY-MM-DD hh:mm:ss", "2026-11-23 10:00:00"),
        ("YYYYMMDDhhmmss", "20261123100000"),
    ],
)
def test_instants_are_written_in_chinas_time(form, expected):
    """The same instant gives the same text, whatever its own offset (95)."""
    assert written(AT, form) == expected
    assert written(AT.astimezone(UTC), form) == expected


def own(**body):
    """Return the profile of the tests as JSON with more fields of a question."""
    text = OWN.replace('encoding = "form"', 'encoding = "json"')
    lines = "\n".join(f"{name} = {value}" for name, value in body.items())
    return read_profile(
        text.replace('JG = "purpose.office"', f'JG = "purpose.office"\n{lines}').encode(), "own"
    )


def test_every_kind_of_value_is_written():
    """Texts, nested names, lists, and parts of the inquiry that are not there are left out."""
    profile = own(
        A='{ is = "fixed" }',
        B='"years"',
        C='{ from = "years", joined = true }',
        D='{ time = "seconds" }',
        E='{ request_id = "uuid" }',
        F='{ request_id = "uuid" }',
        G='"plate"',
        H='"contract_no"',
        **{'"X.Y"': '"purpose.case_no"', '"X.Z"': '"purpose.provision"'},
    )
    inquiry = ask_vehicle(years=(2025, 2026), plate="晋A00001")
    asked = composed(profile, inquiry, new_id=numbered())
    body = json.loads(asked.body.decode("gb18030"))
    number = str(uuid.UUID(int=1))
    assert body == {
        "KH": "hush-1", "SJ": "2026-11-23 10:00:00", "CJH": VIN.value, "JG": PURPOSE.office,
        "A": "fixed", "B": [2025, 2026], "C": "2025,2026", "D": "1795399200", "E": number,
        "F": number, "G": "晋A00001",
        "X": {"Y": PURPOSE.case_no, "Z": PURPOSE.provision},
    }  # fmt: skip
    assert asked.request_id == number
    assert composed(own(B='"years"'), ask_vehicle()).request_id is None
    assert "B" not in json.loads(composed(own(B='"years"'), ask_vehicle()).body.decode("gb18030"))


def test_a_request_does_not_print_itself():
    """Neither the body nor the headers show in what a debugger or a log would print (64)."""
    asked = composed(own(), ask_vehicle())
    assert VIN.value not in repr(asked)
    assert "hush" not in repr(asked)
    assert PURPOSE.office not in repr(Configured(source="b", offices={PURPOSE.office: "1"}))


def test_each_request_has_a_number_of_its_own():
    """Two requests of one inquiry differ in nothing but their number (49)."""
    profile = load_profile("generic")
    bodies = [json.loads(composed(profile, ask_vehicle()).body) for _ in range(2)]
    assert bodies[0].pop("request_id") != bodies[1].pop("request_id")
    assert bodies[0] == bodies[1]
