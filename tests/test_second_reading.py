"""Cases written from the specification and the schema alone, as a second reading of both."""

import json
from pathlib import Path

import pytest

from taxgate import wire

_FOLDER = Path(__file__).parent / "second_reading"
_PLAIN = ("may_complete", "verified", "retryable")


def _cases():
    """Every case of every file, under the name of its file and its own."""
    return [
        pytest.param(case, id=f"{file.stem}:{case['name']}")
        for file in sorted(_FOLDER.glob("*.json"))
        for case in json.loads(file.read_text(encoding="utf-8"))
    ]


def _seen(document, expected):
    """What the decision document says of everything the expectation names."""
    deciding = [f for f in document["findings"] if f["outcome"] == document["outcome"]]
    rows = {row for finding in deciding for row in finding["rows"]}
    seen = {
        "outcome": document["outcome"],
        "rows": [row for row in expected["rows"] if row in rows] or sorted(rows),
        **{key: document[key] for key in _PLAIN},
        "flags": [flag for flag in expected.get("flags", ()) if flag in document["flags"]],
        "obstacles": [obstacle["kind"] for obstacle in document["obstacles"]],
        "referrals": len(document["referrals"]),
    }
    return {key: seen[key] for key in expected}


@pytest.mark.parametrize("case", _cases())
def test_the_decision_is_the_one_read_from_the_specification(case):
    """The decision has the outcome and everything else the case expects of it."""
    decision = wire.read_case(json.dumps(case["case"])).decide()
    assert _seen(wire.decision_document(decision), case["expected"]) == case["expected"]


def test_no_case_goes_by_the_name_of_another():
    """Names tell the cases of all files apart."""
    names = [case.id for case in _cases()]
    assert len(names) == len(set(names))
