"""Every fault, with every source it concerns, is shown by a test that exists."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fault_rows import FAULTS, GATE, SOURCES, Where
from fault_tests import SHOWN

TESTS = Path(__file__).resolve().parents[1]
CONCERNED = (*range(1, 59), 63, 64, *range(68, 86), 95, 96)
"""Numbers of the list of faults that concern sources and the gate."""

_TELL = """
import pytest

def pytest_collection_modifyitems(items):
    for item in items:
        print("node", item.nodeid.split("[")[0])
        for mark in item.iter_markers("fault"):
            for number in mark.args:
                print("shown", number, mark.kwargs["source"])
"""


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Return the tests there are, and which fault is marked as shown for which source."""
    folder = tmp_path_factory.mktemp("plugin")
    (folder / "tell_faults.py").write_text(_TELL, encoding="utf-8")
    path = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "tell_faults",
         "-p", "no:cacheprovider", "adapters", "faults", *sorted(_files())],
        cwd=TESTS, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": path},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:]
    lines = [line.split() for line in done.stdout.splitlines()]
    nodes = {line[1].removeprefix("tests/") for line in lines if line[:1] == ["node"]}
    marked = {(int(line[1]), line[2]) for line in lines if line[:1] == ["shown"]}
    return nodes, marked


def _files():
    files = {node.partition("::")[0] for nodes in SHOWN.values() for node in nodes}
    return {file for file in files if not file.startswith(("adapters/", "faults/"))}


def test_every_number_of_the_list_has_its_row():
    """None is left out and none is there twice."""
    assert tuple(fault.number for fault in FAULTS) == CONCERNED


def test_every_pair_is_shown_or_has_a_reason(collected):
    """A fault and a source: a test shows what comes of it, or it is said why there is none."""
    _, marked = collected
    missing = []
    for fault in FAULTS:
        for source in (GATE, *SOURCES) if fault.where is Where.GATE else SOURCES:
            reason = fault.reason(source)
            if reason is not None:
                assert reason.zh
                assert reason.en
            elif (fault.number, source) not in marked and (fault.number, source) not in SHOWN:
                missing.append((fault.number, source))
    assert not missing


def test_nothing_is_shown_that_is_said_not_to_apply(collected):
    """A pair with a reason has no test: otherwise the reason is wrong."""
    _, marked = collected
    applies = {(fault.number, source) for fault in FAULTS for source in fault.sources}
    assert not (marked | {*SHOWN}) - applies


def test_the_tests_named_exist(collected):
    """What stands in the list of tests elsewhere has not been renamed or removed."""
    nodes, _ = collected
    named = {node for shown in SHOWN.values() for node in shown}
    assert not named - nodes


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: str(fault.number))
def test_a_row_says_what_it_is(fault):
    """Title and outcome in both languages, and a source, or a reason for every one of them."""
    assert fault.title.zh
    assert fault.title.en
    assert fault.outcome.zh
    assert fault.outcome.en
    assert fault.sources or all(fault.reason(source) for source in SOURCES)
