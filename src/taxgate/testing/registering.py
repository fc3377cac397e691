"""Tells Hypothesis how to make our classes (登记数据生成策略), so that `from_type` knows them.

Hypothesis calls `register` when it is imported, by its entry point. Loading our classes then would
take longer than loading Hypothesis, and most of who has both installed needs neither; so a class is
registered as soon as its own module is imported, and its strategy is made when it is first drawn.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from functools import partial
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import MappingProxyType, ModuleType
from typing import Any, Final

__all__ = ["CLASSES", "register"]

_PARTS: Final = "parts"

CLASSES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "taxgate.identifiers": {
            "Vin": ("vins",),
            "FrameNumber": ("frame_numbers",),
            "Uscc": ("usccs",),
            "ResidentNumber": ("resident_numbers",),
            "UnitCode": ("unit_codes",),
            "Division": ("divisions",),
        },
        "taxgate.parties": {"Person": ("persons",)},
        "taxgate.evidence": {
            "Purpose": ("purposes",),
            "Inquiry": ("inquiries",),
            "TaxRecord": ("records",),
            "Paper": ("papers",),
            "Answer": ("answers",),
            "Outage": ("outages",),
        },
        "taxgate.proceedings": {"Application": ("applications",), "Suspicion": (_PARTS,)},
        "taxgate.checks.vehicle.application": {
            "VehicleApplication": ("applications", "vehicle"),
            "VehicleTaxRecord": ("records", "vehicle"),
            "VehiclePaper": ("papers", "vehicle"),
            "Vehicle": (_PARTS,),
            "CompulsoryInsurance": (_PARTS,),
        },
        "taxgate.checks.property_title.application": {
            "PropertyApplication": ("applications", "property-title"),
            "PropertyTaxRecord": ("records", "property-title"),
            "PropertyPaper": ("papers", "property-title"),
            "PropertyUnit": (_PARTS,),
            "Transferor": (_PARTS,),
            "Transferee": (_PARTS,),
            "Share": (_PARTS,),
        },
        "taxgate.checks.property_title.execution": {
            "AssistanceRequest": (_PARTS,),
            "Seal": (_PARTS,),
        },
        "taxgate.checks.equity_transfer.application": {
            "EquityTransferApplication": ("applications", "equity-transfer"),
            "EquityTaxRecord": ("records", "equity-transfer"),
            "EquityPaper": ("papers", "equity-transfer"),
            "FreezeEntry": (_PARTS,),
        },
        "taxgate.checks.equity_transfer.deals": {
            "CourtDocument": (_PARTS,),
            "Deal": (_PARTS,),
            "Stake": (_PARTS,),
        },
        "taxgate.checks.deregistration.application": {
            "DeregistrationApplication": ("applications", "deregistration"),
            "Entity": (_PARTS,),
            "Publicity": (_PARTS,),
            "Push": (_PARTS,),
            "Ruling": (_PARTS,),
        },
        "taxgate.checks.deregistration.records": {
            "DeregistrationRecord": ("records", "deregistration"),
            "DeregistrationPaper": ("papers", "deregistration"),
        },
        "taxgate.wire.case": {"Case": ("cases",)},
    }
)
"""Strategy of each class, and of which checkpoint, by the module the class lives in."""


def register() -> None:
    """Have every class registered that is loaded, and every other as soon as it is.

    Calling it again changes nothing.
    """
    for name in CLASSES:
        module = sys.modules.get(name)
        if module is not None:
            _register(module)
    if not any(isinstance(finder, _Watcher) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Watcher())


class _Watcher(MetaPathFinder):
    """Finds nothing by itself, but hears of our modules when they are imported."""

    def __init__(self) -> None:
        self._looked_for: set[str] = set()

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - as importlib calls it
        target: ModuleType | None = None,  # noqa: ARG002 - likewise
        /,
    ) -> ModuleSpec | None:
        """Return what the other finders return, made to tell us when the module is there."""
        if fullname not in CLASSES or fullname in self._looked_for:
            return None
        self._looked_for.add(fullname)
        try:
            spec = find_spec(fullname)
        finally:
            self._looked_for.discard(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = _Telling(spec.loader)
        return spec


class _Telling(Loader):
    """Loads as another loader does, and registers what was loaded.

    Wrapped, not patched: one loader may be that of many modules.
    """

    def __init__(self, inner: Loader) -> None:
        self._inner = inner

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Return what the other loader returns."""
        return self._inner.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Run the module, register its classes, and leave it as if we had not been there."""
        module.__loader__ = self._inner
        if module.__spec__ is not None:
            module.__spec__.loader = self._inner
        self._inner.exec_module(module)
        _register(module)


def _register(module: ModuleType) -> None:
    from hypothesis import strategies as st  # noqa: PLC0415 - when Hypothesis itself is there

    for name, (strategy, *of) in CLASSES[module.__name__].items():
        kind = getattr(module, name, None)
        if kind is not None:  # half a module, while it is being imported in a circle
            st.register_type_strategy(kind, partial(_made, strategy, *of))


def _made(strategy: str, *arguments: Any) -> Any:  # noqa: ANN401 - see the last line
    """Return the strategy of a class; the last of *arguments* is the class."""
    *of, kind = arguments
    strategies = import_module("taxgate.testing.strategies")
    if strategy == _PARTS:
        return strategies.parts(kind)
    if of and strategy in {"records", "papers"}:
        return strategies.inquiries(*of).flatmap(getattr(strategies, strategy))
    return getattr(strategies, strategy)(*of)
