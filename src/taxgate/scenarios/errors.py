"""What is wrong with a scenario itself (场景错误): it is never a verdict."""

from __future__ import annotations

from ..terms import Language
from ..wording import Text

__all__ = ["FailedScenarioError", "FaultyScenarioError"]


class _ScenarioError(Exception):
    """Something to be told about a scenario: for its author, never for software that decides.

    Attributes:
        text: What, in both languages.
    """

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return self.text.to(Language.ZH_CN)


class FaultyScenarioError(_ScenarioError):
    """A scenario cannot be read: an unknown step, word, fact or file."""


class FailedScenarioError(_ScenarioError):
    """The decision is not what the scenario says it should be."""
