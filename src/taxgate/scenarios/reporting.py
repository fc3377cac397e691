"""Reports on scenarios (报告): one page of HTML for people, JUnit XML for a build server."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from importlib import resources
from typing import Final
from xml.etree import ElementTree as ET

from ..errors import MissingExtraError
from ..terms import Language
from ..wording import Text
from .running import Result, Status
from .steps import Part

__all__ = ["STATUSES", "html_report", "junit_report"]

STATUSES: Final = {
    Status.PASSED: Text("通过", "passed"),
    Status.FAILED: Text("不符", "failed"),
    Status.FAULTY: Text("无法执行", "faulty"),
}

_KEYWORDS: Final = {
    Part.GIVEN: Text("假如", "Given"),
    Part.WHEN: Text("当", "When"),
    Part.THEN: Text("那么", "Then"),
}

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may contain, not even as a reference."""


def html_report(results: Sequence[Result], language: Language = Language.ZH_CN) -> str:
    """Return one page that needs no other file; all text is escaped.

    Raises:
        MissingExtraError: The extra `scenarios` is not installed.
    """
    try:
        from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - an optional dependency
    except ModuleNotFoundError:
        raise MissingExtraError("scenarios", "the report on scenarios") from None
    source = resources.files(__package__).joinpath("report.html").read_text(encoding="utf-8")
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(source)
    counts = Counter(result.status for result in results)
    return template.render(
        language=str(language),
        title=Text("场景执行报告", "Report on scenarios").to(language),
        summary=[(STATUSES[status].to(language), str(status), counts[status]) for status in Status],
        features=_features(results, language),
    )


def _features(results: Sequence[Result], language: Language) -> dict[str, list[dict[str, object]]]:
    features: dict[str, list[dict[str, object]]] = {}
    for result in results:
        scenario = result.scenario
        features.setdefault(scenario.feature.to(language), []).append(
            {
                "name": scenario.name.to(language),
                "tags": " ".join(f"@{tag}" for tag in sorted(scenario.tags)),
                "status": str(result.status),
                "word": STATUSES[result.status].to(language),
                "place": f"{scenario.path.name}:{scenario.line}",
                "steps": [
                    f"{_KEYWORDS[part].to(language)} {text.to(language)}"
                    for part, text in result.steps
                ],
                "why": "" if result.status is Status.PASSED else result.explained(language),
            }
        )
    return features


def junit_report(results: Sequence[Result], language: Language = Language.ZH_CN) -> bytes:
    """Return JUnit XML: a suite per feature, a failure or an error for what did not pass."""
    root = ET.Element("testsuites", name="taxgate scenarios")
    suites: dict[str, ET.Element] = {}
    for result in results:
        scenario = result.scenario
        name = _xml(scenario.feature.to(language))
        if name not in suites:
            suites[name] = ET.SubElement(root, "testsuite", name=name)
        case = ET.SubElement(
            suites[name],
            "testcase",
            classname=_xml(scenario.path.name),
            name=_xml(scenario.name.to(language)),
            line=str(scenario.line),
        )
        if result.status is not Status.PASSED:
            kind = "failure" if result.status is Status.FAILED else "error"
            message = result.message.to(language) if result.message is not None else ""
            told = ET.SubElement(case, kind, message=_xml(message))
            told.text = _xml(result.explained(language))
    for element in (root, *suites.values()):
        element.set("tests", str(len(element.findall(".//testcase"))))
        element.set("failures", str(len(element.findall(".//failure"))))
        element.set("errors", str(len(element.findall(".//error"))))
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _xml(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
