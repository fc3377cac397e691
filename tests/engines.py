"""Other people's rule engines, asked what our exported tables answer.

- zen-engine reads JDM: a compiled engine with an expression language of its own.
- pyDMNrules reads DMN: it interprets FEEL, and knows hit policy UNIQUE.

Neither shares code with taxgate or with the other. What comes in is a fact for each column and a
truth value for each reading; what comes out is compared with `Table.decide`, field by field.
"""

from __future__ import annotations

import json
import re
from types import SimpleNamespace

import pytest

from taxgate.export.dmn import dmn
from taxgate.export.jdm import jdm
from taxgate.export.rules import SAYS_NOTHING

MISSING = "the engines are missing: pip install 'taxgate[oracles]'"


def readings_of(table):
    """Yield no reading, and each reading of a table alone."""
    yield frozenset()
    for reading in sorted(table.readings):
        yield frozenset({reading})


def asked(table, point, readings):
    """Return what an engine is given for a combination of facts under readings."""
    facts = dict(zip(table.columns, (member.value for member in point), strict=True))
    return facts | {reading.value: reading in readings for reading in table.readings}


def decided(table, point, readings):
    """Return what taxgate decides, in the words an engine answers with."""
    facts = SimpleNamespace(**dict(zip(table.columns, point, strict=True)))
    ruling = table.decide(facts, readings)
    said = ruling.conclusion
    return {
        "conclusion": SAYS_NOTHING if said is None else said.value,
        "code": ruling.code,
        "rows": " ".join(ruling.row.ids),
        "cites": " ".join(provision.id for provision in ruling.row.cites),
    }


def differences(table, answer):
    """Return how many combinations were asked, and where *answer* is another than ours."""
    count, found = 0, []
    for readings in readings_of(table):
        for point in table.points():
            given = asked(table, point, readings)
            count += 1
            got, ours = answer(given), decided(table, point, readings)
            if got != ours:
                found.append((given, got, ours))
    return count, found


def zen(table, policy="first"):
    """Return zen-engine's answer to a table's JDM, as a function of what it is given.

    Args:
        table: The table.
        policy: "first", as exported, or "collect": then all rules that match are answered.
    """
    engine = pytest.importorskip("zen", reason=MISSING).ZenEngine()
    document = json.loads(jdm(table))
    (content,) = (
        node["content"] for node in document["nodes"] if node["type"] == "decisionTableNode"
    )
    content["hitPolicy"] = policy
    decision = engine.create_decision(json.dumps(document))
    decision.validate()
    return lambda given: decision.evaluate(given)["result"]


_LABEL = re.compile(r' label="[^"]*"')
_FACT = re.compile(r"\bData\.\w+")


def dmn_rules(table):
    """Return pyDMNrules' answer to a table's DMN, as a function of what it is given.

    It takes the label of a column for its name, so labels are left out. What it cannot answer, no
    rule or more than one included, it says in words: these are returned.
    """
    rules = pytest.importorskip("pyDMNrules", reason=MISSING).DMN()
    status = rules.useXML(_LABEL.sub("", dmn(table).decode("utf-8")))
    assert not status, status
    rules.parser.sFeelParse = _each_once(rules.parser.sFeelParse)
    fields = decided(table, next(table.points()), frozenset())

    def answer(given):
        status, decision = rules.decide(given)
        if status:
            return status["errors"]
        return {field: decision["Result"][field] for field in fields}

    return answer


def _each_once(parse):
    """Have the engine's own evaluation done once for each expression and the facts it names.

    An assignment is always passed on. Otherwise most of the time is spent reading the same few
    expressions again.
    """
    facts, known = {}, {}

    def parse_once(text):
        if " <- " in text:
            facts[text.partition(" <- ")[0]] = text
            return parse(text)
        key = (text, tuple(facts.get(fact) for fact in _FACT.findall(text)))
        if key not in known:
            known[key] = parse(text)
        return known[key]

    return parse_once
