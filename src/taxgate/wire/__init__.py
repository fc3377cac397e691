"""The wire format (数据交换格式): one strict JSON document in, one out, both with a schema.

    {"checkpoint": "vehicle",                       which check is made
     "application": {...},                          what the office knows
     "answers": [{"inquiry": {...}, "records": [...], "as_of": "..."},
                 {"inquiry": {...}, "outage": {"cause": "timeout"}}],
     "readings": [],
     "at": "2026-11-23T10:00:00+08:00"}             instant of the check

Names on the wire are the attributes' names, codes the values of the closed vocabularies. A document
that breaks the schema is refused with the JSON path of every fault; nothing is coerced, and nothing
it does not say is made up. What goes out carries no identifier in clear.

    read_case, read_lines       JSON, JSON Lines in
    read_application            an application alone, where a gate asks for the answers
    write_case                  and out again, without loss
    inquiries_document          what is to be asked
    decide_document             JSON in, JSON out
    write_decision, decision_document, error_document
    input_schema, output_schema

`import taxgate` does not load this package.
"""

from __future__ import annotations

from .case import CHECKPOINTS, Case
from .lines import read_lines
from .parsing import LARGEST
from .reading import case_of, read_application, read_case
from .schema import input_schema, output_schema
from .writing import (
    decide_document,
    decision_document,
    error_document,
    inquiries_document,
    write_case,
    write_decision,
)

__all__ = [
    "CHECKPOINTS",
    "LARGEST",
    "Case",
    "case_of",
    "decide_document",
    "decision_document",
    "error_document",
    "input_schema",
    "inquiries_document",
    "output_schema",
    "read_application",
    "read_case",
    "read_lines",
    "write_case",
    "write_decision",
]
