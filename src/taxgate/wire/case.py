"""A case (案件): everything one check needs, as one value."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import attrs
from attrs import field, frozen

from ..decision import Decision
from ..errors import ApplicationError
from ..evidence import OFF_THE_WIRE, Answer
from ..proceedings import Application
from ..terms import Checkpoint, Reading

__all__ = ["CHECKPOINTS", "Case", "on_the_wire", "rules"]

CHECKPOINTS: Final[Mapping[Checkpoint, str]] = MappingProxyType(
    {
        Checkpoint.VEHICLE: "vehicle",
        Checkpoint.PROPERTY_TITLE: "property_title",
        Checkpoint.EQUITY_TRANSFER: "equity_transfer",
        Checkpoint.DEREGISTRATION: "deregistration",
    }
)
"""Module of `taxgate.checks` that judges each checkpoint, loaded when first needed."""


@cache
def rules(checkpoint: Checkpoint) -> Any:  # noqa: ANN401 - modules share names, not a type
    """Return the module that judges *checkpoint*."""
    return importlib.import_module(f"taxgate.checks.{CHECKPOINTS[checkpoint]}")


def on_the_wire(item: attrs.Attribute[Any]) -> bool:
    """Tell whether a document may state the field *item* of a class."""
    return item.init and not OFF_THE_WIRE.items() <= item.metadata.items()


@frozen(kw_only=True)
class Case:
    """One case to be decided (待审案件): an application, the answers to its inquiries, an instant.

    Give the application of one act. Ask one inquiry per tax and subject and give one answer for
    each; an inquiry without an answer counts as an outage (not asked): never a verified pass.

    Attributes:
        checkpoint: Which check is made (查验环节).
        application: What the office knows (登记申请).
        answers: What the tax bureau answered, one answer to each inquiry, in any order.
        readings: Readings (释义选项) the office has switched on; none by default. Their order means
            nothing.
        at: Instant of the check. It judges whether answers are fresh (not older than 24 hours) and
            records and papers dated after it. The law that governs is that of the governing day of
            the application, such as `handled_on`, whatever this instant is.

    Raises:
        ApplicationError: The application is one of another checkpoint.
    """

    checkpoint: Checkpoint
    application: Application = field(repr=False)
    answers: tuple[Answer, ...] = field(default=(), repr=False)
    readings: frozenset[Reading] = field(default=frozenset(), converter=frozenset)
    at: datetime

    def __attrs_post_init__(self) -> None:
        """Refuse an application of another checkpoint."""
        if not isinstance(self.application, rules(self.checkpoint).Application):
            raise ApplicationError("checkpoint", "is not the one the application was made for")

    def decide(self) -> Decision:
        """Decide the case; see `check` of its checkpoint.

        Raises:
            InputError: Answers that cannot belong to one case, or an instant without a time zone.
        """
        decision: Decision = rules(self.checkpoint).check(
            self.application, self.answers, at=self.at, readings=self.readings
        )
        return decision
