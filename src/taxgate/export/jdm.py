"""A decision table as a JSON Decision Model (JDM), the format of the GoRules engines and editor.

One model per table: what comes in is checked against a JSON Schema that lists every value, and one
decision table answers. JDM knows no hit policy UNIQUE; "first" finds the same rule, because only
one matches. See `rules` for how readings and silence are told.
"""

from __future__ import annotations

from json import dumps
from typing import Any, Final

from ..tables import Table
from .rules import OUTPUTS, Input, Rule, RuleTable, code_expression, quoted, rule_table

__all__ = ["jdm"]

_STEP: Final = 300
"""Distance between two nodes in the editor, in pixels."""


def jdm(table: Table[Any]) -> bytes:
    """Return *table* as a JDM document, JSON in UTF-8."""
    rules = rule_table(table)
    nodes: list[dict[str, Any]] = [
        {
            "id": "request",
            "name": "request",
            "type": "inputNode",
            "content": {"schema": dumps(_schema(rules), ensure_ascii=False)},
        },
        {
            "id": "table",
            "name": rules.name,
            "type": "decisionTableNode",
            "content": _content(rules),
        },
        {"id": "response", "name": "response", "type": "outputNode"},
    ]
    for place, node in enumerate(nodes):
        node["position"] = {"x": _STEP * place, "y": 0}
    document = {
        "contentType": "application/vnd.gorules.decision",
        "nodes": nodes,
        "edges": [
            {"id": f"{left}-{right}", "type": "edge", "sourceId": left, "targetId": right}
            for left, right in (("request", "table"), ("table", "response"))
        ],
    }
    return f"{dumps(document, ensure_ascii=False, indent=2)}\n".encode()


def _schema(rules: RuleTable) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            item.name: {"type": "boolean"}
            if item.members is None
            else {"type": "string", "enum": list(item.members)}
            for item in rules.inputs
        },
        "required": [item.name for item in rules.inputs],
    }


def _content(rules: RuleTable) -> dict[str, Any]:
    return {
        "hitPolicy": "first",
        "inputs": [
            {"id": f"input-{item.name}", "name": item.label, "field": item.name}
            for item in rules.inputs
        ],
        "outputs": [
            {"id": f"output-{output}", "name": output, "field": output} for output in OUTPUTS
        ],
        "rules": [
            _rule(rule, rules.inputs, f"rule-{number}")
            for number, rule in enumerate(rules.rules, 1)
        ],
        "passThrough": False,
        "inputField": None,
        "outputPath": None,
        "executionMode": "single",
    }


def _rule(rule: Rule, inputs: tuple[Input, ...], name: str) -> dict[str, str]:
    answers = (
        quoted(rule.conclusion),
        code_expression(rule),
        quoted(rule.rows),
        quoted(rule.cites),
    )
    return {
        "_id": name,
        "_description": rule.note,
        **{
            f"input-{item.name}": _accepted(accepted)
            for item, accepted in zip(inputs, rule.when, strict=True)
        },
        **{f"output-{output}": answer for output, answer in zip(OUTPUTS, answers, strict=True)},
    }


def _accepted(accepted: tuple[str, ...] | bool | None) -> str:  # noqa: FBT001 - a reading's value
    """Return a cell; an empty one accepts everything."""
    if accepted is None:
        return ""
    if isinstance(accepted, bool):
        return str(accepted).lower()
    return ", ".join(map(quoted, accepted))
