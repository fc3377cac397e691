"""The decision agrees with a second, deliberately naive reading of the specification.

`naive_reading.py` reads the same case documents and shares no code with the library. Both are
asked about the shipped cases, about those of the second reading, and about random ones
(`naive_cases.py`): 20,000 in a common run, a million by

    TAXGATE_NAIVE_CASES=1000000 python -m pytest tests/test_naive_reading.py -s

TAXGATE_NAIVE_SEED gives another million. Every disagreement is shown with its document and both
results. The states "no record" and "of another subject" count as one here: the specification
treats them alike (1.3), and only the words of the reason differ.
"""

import json
import os
import random
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

import naive_cases
import naive_reading
from taxgate import wire
from taxgate.errors import InputError, WireError

_TESTS = Path(__file__).parent
_SHIPPED = _TESTS.parent / "src" / "taxgate" / "cases"
_LAW_ROWS = frozenset((_TESTS / "law_rows.txt").read_text(encoding="utf-8").split())
_HOW_MANY = int(os.environ.get("TAXGATE_NAIVE_CASES", "20000"))
_SEED = int(os.environ.get("TAXGATE_NAIVE_SEED", "307"))
_SHOWN = 5

_TAXES = frozenset(
    {
        "vehicle-purchase-tax",
        "vehicle-and-vessel-tax",
        "deed-tax",
        "individual-income-tax",
        "land-appreciation-tax",
    }
)
_FAMILIES = {
    "source-untrusted": "source-unreachable",
    "key-mismatch": "none-found",
    **dict.fromkeys(naive_reading.OK, "ok"),
}
_NOT_REACHED = {
    "V-25": "says what plays no part, and no field states it: the place of purchase",
}
"""Rows no case document can show to be reached, and why."""


def _documents():
    """The shipped documents and those of the second reading, by name."""
    for path in sorted(_SHIPPED.glob("*.json")):
        yield path.stem, json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((_TESTS / "second_reading").glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            yield f"{path.stem}:{case['name']}", case["case"]


_GIVEN = dict(_documents())


def _family(state, outcome):
    """A state as the two readings are compared by it; any fulfilled state is "ok"."""
    return "ok" if outcome == "satisfied" else _FAMILIES.get(str(state), str(state))


def _seen(decision):
    """What the library decided: outcome, whether it may be completed, and what decided."""
    states, rows = set(), set()
    for finding in decision.findings:
        if finding.outcome is not decision.outcome:
            continue
        state = getattr(finding.obligation.facts, "state", None)
        matter = str(finding.obligation.matter)
        # Rows on a court's papers stand on the obligation of the tax, whose state they ignore.
        if matter in _TAXES and state is not None and finding.rows != ("E-27",):
            states.add((matter, _family(state, decision.outcome)))
        else:
            rows.add(frozenset(finding.rows))
    return str(decision.outcome), decision.may_complete, states, rows


def _disagreement(decision, read):
    """What differs between the two; None where nothing does.

    Out of scope is out of scope, for whatever reason: several may hold at once.
    """
    outcome, may_complete, states, rows = _seen(decision)
    if (outcome, may_complete) != (read["outcome"], read["may_complete"]):
        return "outcome"
    if outcome == "not-applicable":
        return None
    naive = {(m, _family(f, outcome)) for m, f in read["deciding"] if m in _TAXES}
    if naive != states:
        return "states"
    named = {family for matter, family in read["deciding"] if matter not in _TAXES}
    if not all(any(row in each for each in rows) for row in named):
        return "rows"
    return None if all(named & each for each in rows) else "rows"


def _both(document, decision, read, what):
    """A disagreement, with everything needed to settle it."""
    return (
        f"they disagree on {what}\n{json.dumps(document, ensure_ascii=False)}\n"
        f"library: {_seen(decision)}\nnaive:   {read}"
    )


@pytest.mark.parametrize("name", _GIVEN)
def test_both_readings_agree_on_a_given_case(name):
    """The naive reading comes to what the library decides of a shipped or second-reading case."""
    decision = wire.read_case(json.dumps(_GIVEN[name])).decide()
    read = naive_reading.decide(_GIVEN[name])
    what = _disagreement(decision, read)
    assert what is None, _both(_GIVEN[name], decision, read, what)


def test_the_naive_reading_knows_nothing_of_the_library():
    """It names no module but those of the standard library."""
    source = (_TESTS / "naive_reading.py").read_text(encoding="utf-8")
    named = [line.split()[1] for line in source.splitlines() if line.startswith(("import", "from"))]
    assert {name.partition(".")[0] for name in named} <= sys.stdlib_module_names


@pytest.mark.slow
def test_both_readings_agree_on_random_cases():
    """No disagreement on random cases; most are valid, and they reach every row there is."""
    rng, given = random.Random(_SEED), list(_GIVEN.values())
    decided, faulty, reached, disagreements = Counter(), Counter(), Counter(), []
    began = time.perf_counter()
    for _ in range(_HOW_MANY):
        document = naive_cases.random_case(rng, given)
        try:
            decision = wire.read_case(json.dumps(document)).decide()
        except (InputError, WireError):
            faulty[document["checkpoint"]] += 1
            continue
        decided[document["checkpoint"]] += 1
        read = naive_reading.decide(document)
        reached.update(read["rows"])
        what = _disagreement(decision, read)
        if what is not None:
            disagreements.append(_both(document, decision, read, what))
    seconds = time.perf_counter() - began
    sys.stdout.write(
        f"\n{_HOW_MANY} cases of seed {_SEED} in {seconds:.0f} s: {decided.total()} decided"
        f" {dict(decided)}, {faulty.total()} faulty {dict(faulty)},"
        f" {len(disagreements)} disagreements;"
        f" {len(_LAW_ROWS & set(reached))} of {len(_LAW_ROWS)} rows reached,"
        f" least often {reached.most_common()[:-6:-1]}\n"
    )
    assert not disagreements, "\n\n".join(sorted(disagreements, key=len)[:_SHOWN])
    for checkpoint, count in decided.items():
        assert count >= 0.7 * (count + faulty[checkpoint]), checkpoint
    assert len(decided) == 4
    assert _LAW_ROWS - set(reached) == set(_NOT_REACHED)
