"""taxgate: may a registration be completed, as far as tax is concerned? (先税后证).

Four checkpoints of Shanxi Provincial Government Order No. 307, each a module with the same names:
`vehicle`, `property_title`, `equity_transfer`, `deregistration`. Build its `Application`, hand it
to a `Gate`, which asks the tax bureau, and obey the decision. Or ask `inquiries(application)`
yourself and hand the answers to the module's pure `check(...)`.

Names are loaded when first used, so importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .checks import deregistration, equity_transfer, property_title, vehicle
    from .decision import Decision
    from .errors import InputError, NotPassedError, TaxgateError
    from .evidence import Answer, Inquiry, Outage, OutageCause, Purpose
    from .gate import AsyncGate, Gate
    from .parties import IdType, Person
    from .terms import Checkpoint, Effect, Reading, Verdict

__version__: Final = "0.1.0"

__all__ = [
    "Answer",
    "AsyncGate",
    "Checkpoint",
    "Decision",
    "Effect",
    "Gate",
    "IdType",
    "InputError",
    "Inquiry",
    "NotPassedError",
    "Outage",
    "OutageCause",
    "Person",
    "Purpose",
    "Reading",
    "TaxgateError",
    "Verdict",
    "deregistration",
    "equity_transfer",
    "property_title",
    "vehicle",
]

_HOMES: Final = {
    "Answer": "evidence",
    "AsyncGate": "gate",
    "Checkpoint": "terms",
    "Decision": "decision",
    "Effect": "terms",
    "Gate": "gate",
    "IdType": "parties",
    "InputError": "errors",
    "Inquiry": "evidence",
    "NotPassedError": "errors",
    "Outage": "evidence",
    "OutageCause": "evidence",
    "Person": "parties",
    "Purpose": "evidence",
    "Reading": "terms",
    "TaxgateError": "errors",
    "Verdict": "terms",
}
"""Module each public name lives in; the checkpoints are modules themselves."""


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute may be anything
    """Load a public name when it is first used."""
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    home = _HOMES.get(name)
    if home is None:
        value: Any = import_module(f".checks.{name}", __name__)
    else:
        value = getattr(import_module(f".{home}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted([*__all__, "__version__"])
