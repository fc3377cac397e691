"""What `import taxgate` exposes, and that all checkpoints expose the same few names."""

from __future__ import annotations

import importlib
import types
import typing

import attrs
import pytest

import taxgate
from taxgate import checks

CHECKPOINTS = [
    taxgate.vehicle,
    taxgate.property_title,
    taxgate.equity_transfer,
    taxgate.deregistration,
]
COMMON = {
    "CHECKPOINT",
    "NOT_ENCODED",
    "PROVISION",
    "TABLES",
    "Act",
    "Application",
    "Paper",
    "Record",
    "check",
    "inquiries",
    "obligations",
}


def test_public_names_are_what_all_says():
    """Every name in `__all__` resolves, and `dir()` shows them."""
    for name in taxgate.__all__:
        assert getattr(taxgate, name) is not None
        assert name in dir(taxgate)
    assert sorted(taxgate.__all__) == taxgate.__all__
    assert len(taxgate.__all__) <= 24


def test_an_unknown_name_is_an_attribute_error():
    """A slip is told apart from a missing module."""
    with pytest.raises(AttributeError, match="no attribute 'vehicles'"):
        taxgate.vehicles  # noqa: B018


@pytest.mark.parametrize("module", CHECKPOINTS, ids=lambda module: module.__name__)
def test_checkpoints_expose_the_same_names(module):
    """One shape for all: learn one, know all."""
    assert set(module.__all__) == COMMON
    assert module.CHECKPOINT in taxgate.Checkpoint
    assert module.PROVISION.place == "14"
    assert {"act", "division"} <= {field.name for field in module.Application.__attrs_attrs__}
    assert all(zh and en and zh != en for zh, en in module.NOT_ENCODED)


def test_every_package_of_checks_is_a_checkpoint():
    """A new checkpoint is covered here for free."""
    names = {module.__name__.rsplit(".", 1)[1] for module in CHECKPOINTS}
    found = {
        name
        for name, value in vars(checks).items()
        if isinstance(value, types.ModuleType) and hasattr(value, "CHECKPOINT")
    }
    assert found == names


def classes(kind, found):
    """Collect the classes and enums of a checkpoint that a field's type is made of."""
    for part in typing.get_args(kind):
        classes(part, found)
    if (
        isinstance(kind, type)
        and kind not in found
        and kind.__module__.startswith("taxgate.checks")
    ):
        found.add(kind)
        for inner in typing.get_type_hints(kind).values() if attrs.has(kind) else ():
            classes(inner, found)


@pytest.mark.parametrize("module", CHECKPOINTS, ids=lambda module: module.__name__)
def test_whatever_an_application_is_made_of_comes_from_one_place(module):
    """Users import from `<checkpoint>.application`, wherever a class is defined today."""
    home = importlib.import_module(f"{module.__name__}.application")
    found = set()
    for kind in (module.Application, module.Record, module.Paper):
        classes(kind, found)
    assert {kind.__name__ for kind in found} == set(home.__all__)
    for kind in found:
        assert getattr(home, kind.__name__) is kind
