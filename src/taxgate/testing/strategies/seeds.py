"""Cases to start from (种子案例): the shipped ones, and small changes of them that reach more rows.

A seed file lists, for one checkpoint, changes of shipped cases by path. `seeding.py` beside it
finds them; a test makes sure that they still reach every row that can be seen in a decision.
"""

from __future__ import annotations

import copy
import json
from functools import cache
from importlib import resources
from typing import Any, Final

from ...cases import CASES
from ...terms import Checkpoint
from ...wire.reading import case_of
from .varying import Shelf, shelved

__all__ = ["DROPPED", "after", "seeds", "shipped"]

DROPPED: Final = "(dropped)"
"""Stands for a field that is taken out."""


@cache
def seeds(checkpoint: Checkpoint) -> tuple[Shelf, ...]:
    """Return every case of *checkpoint* to start from, the shipped ones first."""
    known = shipped(checkpoint)
    listed = json.loads(
        resources.files(__package__).joinpath("seed_cases", f"{checkpoint}.json").read_bytes()
    )
    documents = [*known.values(), *(after(known[item["from"]], item["put"]) for item in listed)]
    return shelved(case_of(document) for document in documents)


def shipped(checkpoint: Checkpoint) -> dict[str, dict[str, Any]]:
    """Return the shipped cases of *checkpoint* by name, as plain values."""
    return {
        item.name: json.loads(item.document()) for item in CASES if item.checkpoint is checkpoint
    }


def after(document: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return *document* with the value of each path put in its place, in order.

    Args:
        document: A case as a plain value.
        changes: Values by dotted path, such as `answers.0.records`.

    Raises:
        LookupError: A path leads nowhere.
    """
    changed = copy.deepcopy(document)
    for path, value in changes.items():
        *ways, last = path.split(".")
        inside: Any = changed
        for step in ways:
            inside = inside[int(step) if isinstance(inside, list) else step]
        if isinstance(inside, list):
            inside[int(last)] = value
        elif value == DROPPED:
            del inside[last]
        else:
            inside[last] = copy.deepcopy(value)
    return changed
