"""Running scenarios (执行): steps build a case, it is decided, the decision is compared."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from attrs import field, frozen

from .. import wire
from ..decision import Decision
from ..errors import InputError
from ..terms import Language
from ..wording import Text
from .drafting import Draft
from .errors import FailedScenarioError, FaultyScenarioError
from .expecting import Verified
from .reading import Scenario
from .steps import Part, spoken, start

__all__ = ["Result", "Status", "run", "run_all"]


class Status(StrEnum):
    """How a scenario ended."""

    PASSED = "passed"
    FAILED = "failed"
    """The decision is another than the scenario says."""
    FAULTY = "faulty"
    """The scenario cannot be read, or expects nothing."""


@frozen
class Result:
    """What came of one scenario.

    Attributes:
        scenario: The scenario.
        status: How it ended.
        steps: Its steps as understood, in both languages, up to the one that ended it.
        message: Why it did not pass.
        decision: The decision; None where there is none.
        document: The case the steps built, as on the wire; None where they built none.
    """

    scenario: Scenario
    status: Status
    steps: tuple[tuple[Part, Text], ...]
    message: Text | None = None
    decision: Decision | None = None
    document: dict[str, Any] | None = field(default=None, repr=False)

    def explained(self, language: Language) -> str:
        """Return why it did not pass and the whole way to the decision."""
        told = [] if self.message is None else [self.message.to(language)]
        if self.decision is not None:
            told.append(self.decision.explain(language))
        return "\n".join(told)


def run(scenario: Scenario) -> Result:
    """Run one scenario. Nothing is asked of anybody, and nothing is raised for what it says."""
    running = _Running(scenario)
    status, message = Status.PASSED, None
    try:
        running.go()
    except FaultyScenarioError as error:
        status, message = Status.FAULTY, error.text
    except FailedScenarioError as error:
        status, message = Status.FAILED, error.text
    return Result(
        scenario, status, tuple(running.steps), message, running.decision, running.document
    )


def run_all(scenarios: Iterable[Scenario]) -> tuple[Result, ...]:
    """Run every scenario."""
    return tuple(run(scenario) for scenario in scenarios)


class _Running:
    """One scenario on its way."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.steps: list[tuple[Part, Text]] = []
        self.document: dict[str, Any] | None = None
        self._draft: Draft | None = None
        self._seen: Verified | None = None
        self._expected = False

    @property
    def decision(self) -> Decision | None:
        """The decision, if one was made."""
        result = self._seen.result if self._seen is not None else None
        return result if isinstance(result, Decision) else None

    def go(self) -> None:
        """Take every step."""
        for kind, sentence in self.scenario.steps:
            try:
                self._take(Part(kind), sentence)
            except ValueError:
                raise FaultyScenarioError(
                    Text(f"步骤前缺少关键词：{sentence}", f"a step without its keyword: {sentence}")
                ) from None
        if not self._expected:
            raise FaultyScenarioError(
                Text("场景没有写明预期结果", "the scenario expects nothing, which proves nothing")
            )

    def _take(self, part: Part, sentence: str) -> None:
        language = self.scenario.language
        if self._draft is None:
            begun = start(sentence, language) if part is Part.GIVEN else None
            if begun is None:
                raise FaultyScenarioError(
                    Text(f"第一步应当是基本案情，而不是：{sentence}", f"no plain case: {sentence}")
                )
            self._draft, text = begun
            self.steps.append((part, text))
            return
        step = spoken(part, sentence, self._draft, language)
        self.steps.append((part, step.text))
        if part is Part.GIVEN:
            if self._seen is not None:
                raise FaultyScenarioError(Text("查验之后不能再改变案情", "the check was made"))
            step.act(self._draft)
        elif part is Part.WHEN:
            self._check(self._draft)
        else:
            if self._seen is None:
                raise FaultyScenarioError(Text("尚未进行税务查验", "no check was made yet"))
            self._expected = True
            step.act(self._seen)

    def _check(self, draft: Draft) -> None:
        try:
            self.document = draft.document()
            text = json.dumps(self.document, ensure_ascii=False)
            self._seen = Verified(wire.read_case(text).decide())
        except InputError as error:
            self._seen = Verified(error)
