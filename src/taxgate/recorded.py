"""What a gate hands to a decision log (审查日志), and what any log has to do with it."""

from __future__ import annotations

from typing import Protocol

from attrs import field, frozen

from .decision import Decision
from .evidence import Purpose
from .wire.case import Case

__all__ = ["DecisionLog", "Recorded"]


@frozen(kw_only=True)
class Recorded:
    """All that one check was made from, and what came of it.

    Attributes:
        case: Application, answers, readings and instant.
        decision: What came of it.
        purpose: Who asked, in which case, under which provision.
        actor: The officer, by whatever the office calls them; None where it did not say.
    """

    case: Case
    decision: Decision
    purpose: Purpose
    actor: str | None = field(default=None, repr=False)


class DecisionLog(Protocol):
    """Keeps every decision before anybody hears of it."""

    def recall(self, case: Case, purpose: Purpose, *, trial: bool = False) -> Decision | None:
        """Return the decision this office made of this very case, where it still holds.

        Args:
            case: The application, without answers, at the present instant.
            purpose: Who asks, in which case, under which provision.
            trial: Whether a decision may be given again whose answers do not count.

        Raises:
            LogConflictError: The case was decided on another application.
            LogError: The log cannot be read, or is not what was written.
        """

    def record(self, recorded: Recorded, *, recheck: bool) -> Decision:
        """Return the decision once it is kept, with its place in the log.

        Where the same case was decided meanwhile by another process, that decision is returned.

        Args:
            recorded: The check.
            recheck: Whether it takes the place of an earlier decision, whatever that was.

        Raises:
            LogConflictError: The case was decided on another application.
            LogWriteError: It could not be written; the decision must not be used.
        """

    def close(self) -> None:
        """Let go of files and connections."""
