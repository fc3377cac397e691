"""The examples run as they stand and print what they promise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
LONGEST = 60

PRINTED = {
    "vehicle": [
        "notify-taxpayer refuse False",
        "One-time notice",
        "vehicle/purchase-tax/none-found",
        "Vehicle Purchase Tax Law, Art. 13",
    ],
    "property_title": [
        "notify-taxpayer hold False",
        "One-time notice",
        "individual income tax",
        "Individual Income Tax Law, Art. 15",
    ],
    "equity_transfer": [
        "notify-taxpayer hold False",
        "一次性告知书",
        "equity-transfer/income-tax/smaller-stake",
        "《中华人民共和国个人所得税法》第15条",
    ],
    "deregistration": [
        "2026-11-21 notify-taxpayer hold False",
        "deregistration/publicity/running",
        "2026-11-22 pass proceed True",
    ],
    "gate_and_bureau": [
        "2026-0001: notify-taxpayer / refuse (vehicle/purchase-tax/none-found)",
        "One-time notice",
        "2026-0001: pass / proceed",
        "completed",
        "ERROR taxgate.gate: no answer in the matter vehicle-purchase-tax",
        "2026-0002: block / hold (vehicle/purchase-tax/source-untrusted)",
        "WARNING taxgate.gate: no answer in the matter vehicle-purchase-tax",
        "2026-0003: block / hold (vehicle/purchase-tax/source-unreachable)",
        "check again later",
    ],
    "small_registry": [
        "2026-0001 notify-taxpayer refuse",
        "registration may not be completed",
        "2026-0001 pass proceed completed: ['2026-0001']",
    ],
}


def test_every_example_is_run():
    """No example is left out of these tests."""
    assert {path.stem for path in EXAMPLES.glob("*.py")} == set(PRINTED)


@pytest.mark.parametrize("name", PRINTED)
def test_an_example_prints_what_it_promises(name):
    """The lines stand in the output in this order, and nothing is complained of."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", str(EXAMPLES / f"{name}.py")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    position = 0
    for line in PRINTED[name]:
        position = done.stdout.find(line, position)
        assert position >= 0, f"{line!r} is not there, or not in its place:\n{done.stdout}"


@pytest.mark.parametrize("name", sorted(set(PRINTED) - {"gate_and_bureau", "small_registry"}))
def test_an_example_of_a_checkpoint_is_short(name):
    """A reader sees it whole."""
    assert len((EXAMPLES / f"{name}.py").read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_a_party_never_learns_of_the_tax_of_another():
    """The example sale holds for the seller's income tax; no notice to the buyer names it."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", str(EXAMPLES / "property_title.py")],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    notices = done.stdout.split("One-time notice")[1:]
    to_buyer = [text for text in notices if "To: 李" in text]
    assert not any("income tax" in text for text in to_buyer)
