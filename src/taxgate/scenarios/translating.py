"""The English rendering of features (英文译本): written from the step table, runnable too."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ..terms import Language
from .errors import FaultyScenarioError
from .reading import Scenario, read_feature
from .running import Status, run
from .steps import Part

__all__ = ["english", "english_path", "write_english"]

_KEYWORDS: Final = {Part.GIVEN: "Given", Part.WHEN: "When", Part.THEN: "Then"}


def english_path(path: Path) -> Path:
    """Return where the English rendering of a feature stands: beside it."""
    return path.with_name(f"{path.name.removesuffix('.feature')}.en.feature")


def english(scenarios: Sequence[Scenario]) -> str:
    """Return the scenarios of one feature in English; backgrounds and outlines are written out.

    Raises:
        FaultyScenarioError: A step cannot be understood.
    """
    lines = ["# language: en", f"# Written from {scenarios[0].path.name}; change that file."]
    lines.append(f"Feature: {scenarios[0].feature.to(Language.EN)}")
    for scenario in scenarios:
        result = run(scenario)
        if result.status is Status.FAULTY and result.message is not None:
            raise FaultyScenarioError(result.message)
        lines.append("")
        if scenario.tags:
            lines.append("  " + " ".join(f"@{tag}" for tag in sorted(scenario.tags)))
        lines.append(f"  Scenario: {scenario.name.to(Language.EN)}")
        before = None
        for part, text in result.steps:
            lines.append(f"    {'And' if part is before else _KEYWORDS[part]} {text.en}")
            before = part
    return "\n".join(lines) + "\n"


def write_english(path: Path) -> Path:
    """Write the English rendering of a feature beside it, and return where.

    Raises:
        FaultyScenarioError: The feature cannot be read.
    """
    out = english_path(path)
    out.write_text(english(read_feature(path)), encoding="utf-8", newline="\n")
    return out
