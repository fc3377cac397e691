"""A decision table as a DMN 1.3 model (决策模型与标记), for modellers and other engines.

One model per table: its decision has hit policy UNIQUE, its inputs list the values they may take.
See `rules` for how readings and silence are told. The diagram is there because modellers show
nothing without one.
"""

from __future__ import annotations

from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..tables import Table
from .rules import OUTPUTS, Input, Rule, RuleTable, code_expression, quoted, rule_table

__all__ = ["MODEL", "dmn"]

MODEL: Final = "https://www.omg.org/spec/DMN/20191111/MODEL/"
"""Namespace of DMN 1.3."""

_NAMESPACES: Final = {
    "xmlns": MODEL,
    "xmlns:dmndi": "https://www.omg.org/spec/DMN/20191111/DMNDI/",
    "xmlns:dc": "http://www.omg.org/spec/DMN/20180521/DC/",
    "xmlns:di": "http://www.omg.org/spec/DMN/20180521/DI/",
}
_OURS: Final = "urn:taxgate:decision-tables"
_ANY: Final = "-"
_WIDTH, _HEIGHT, _GAP, _TOP, _BELOW = 180, 60, 40, 80, 240
"""Sizes in the diagram, in pixels: boxes, the space between them, and the two levels."""


def dmn(table: Table[Any]) -> bytes:
    """Return *table* as a DMN 1.3 document in UTF-8."""
    rules = rule_table(table)
    name = rules.name.replace("/", "_")
    root = Element(
        "definitions",
        {
            **_NAMESPACES,
            "id": f"{name}_model",
            "name": rules.name,
            "namespace": f"{_OURS}:{rules.name}",
            "exporter": "taxgate",
        },
    )
    _decision(root, rules, name)
    for item in rules.inputs:
        _input_data(root, item)
    _diagram(root, rules, name)
    indent(root)
    return bytes(tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _decision(root: Element, rules: RuleTable, name: str) -> None:
    decision = SubElement(root, "decision", id=name, name=rules.name)
    SubElement(decision, "question").text = " / ".join(rules.question)
    SubElement(decision, "variable", id=f"{name}_variable", name=rules.name)
    for item in rules.inputs:
        needed = SubElement(decision, "informationRequirement", id=f"needs_{item.name}")
        SubElement(needed, "requiredInput", href=f"#data_{item.name}")
    table = SubElement(decision, "decisionTable", id=f"{name}_table", hitPolicy="UNIQUE")
    for item in rules.inputs:
        clause = SubElement(table, "input", id=f"input_{item.name}", label=item.label)
        asked = SubElement(
            clause, "inputExpression", id=f"expression_{item.name}", typeRef=_type(item)
        )
        SubElement(asked, "text").text = item.name
        allowed = SubElement(clause, "inputValues", id=f"values_{item.name}")
        SubElement(allowed, "text").text = _tests(item.members or (True, False))
    for output in OUTPUTS:
        clause = SubElement(table, "output", id=f"output_{output}", name=output, typeRef="string")
        if output == "conclusion":
            allowed = SubElement(clause, "outputValues", id=f"values_of_{output}")
            SubElement(allowed, "text").text = _tests(rules.conclusions)
    for number, rule in enumerate(rules.rules, 1):
        _rule(table, rule, rules.inputs, f"rule_{number}")


def _rule(table: Element, rule: Rule, inputs: tuple[Input, ...], name: str) -> None:
    element = SubElement(table, "rule", id=name)
    if rule.note:
        SubElement(element, "description").text = rule.note
    for item, accepted in zip(inputs, rule.when, strict=True):
        entry = SubElement(element, "inputEntry", id=f"{name}_{item.name}")
        SubElement(entry, "text").text = _accepted(accepted)
    answers = (
        quoted(rule.conclusion),
        code_expression(rule),
        quoted(rule.rows),
        quoted(rule.cites),
    )
    for output, answer in zip(OUTPUTS, answers, strict=True):
        entry = SubElement(element, "outputEntry", id=f"{name}_{output}")
        SubElement(entry, "text").text = answer


def _accepted(accepted: tuple[str, ...] | bool | None) -> str:  # noqa: FBT001 - a reading's value
    if accepted is None:
        return _ANY
    return _tests((accepted,) if isinstance(accepted, bool) else accepted)


def _tests(values: tuple[str | bool, ...] | tuple[str, ...]) -> str:
    return ",".join(
        str(value).lower() if isinstance(value, bool) else quoted(value) for value in values
    )


def _type(item: Input) -> str:
    return "boolean" if item.members is None else "string"


def _input_data(root: Element, item: Input) -> None:
    data = SubElement(root, "inputData", id=f"data_{item.name}", name=item.name)
    SubElement(data, "variable", id=f"of_{item.name}", name=item.name, typeRef=_type(item))


def _diagram(root: Element, rules: RuleTable, name: str) -> None:
    diagram = SubElement(SubElement(root, "dmndi:DMNDI"), "dmndi:DMNDiagram", id=f"{name}_diagram")
    step = _WIDTH + _GAP
    middle = _GAP + step * (len(rules.inputs) - 1) // 2
    _shape(diagram, name, middle, _TOP)
    for number, item in enumerate(rules.inputs):
        left = _GAP + step * number
        _shape(diagram, f"data_{item.name}", left, _BELOW)
        edge = SubElement(
            diagram,
            "dmndi:DMNEdge",
            id=f"edge_{item.name}",
            dmnElementRef=f"needs_{item.name}",
        )
        half = _WIDTH // 2
        SubElement(edge, "di:waypoint", x=str(left + half), y=str(_BELOW))
        SubElement(edge, "di:waypoint", x=str(middle + half), y=str(_TOP + _HEIGHT))


def _shape(diagram: Element, of: str, left: int, top: int) -> None:
    shape = SubElement(diagram, "dmndi:DMNShape", id=f"shape_{of}", dmnElementRef=of)
    SubElement(shape, "dc:Bounds", x=str(left), y=str(top), width=str(_WIDTH), height=str(_HEIGHT))
