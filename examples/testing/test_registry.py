"""The registry under the contract: this test fails, and its last lines say how to get there.

Run it: python -m pytest --show-capture=no examples/testing/test_registry.py
"""

from collections.abc import Iterable

from hypothesis import Phase, settings
from registry import Registry

from taxgate import Gate
from taxgate.sources import ClearanceSource
from taxgate.testing.clock import StandingClock
from taxgate.testing.registry import RegistryContract


class SmallRegistry(RegistryContract):
    """Files applications about vehicles, and tries to complete what may not be completed."""

    def make(self, bureau: ClearanceSource, clock: StandingClock) -> Registry:
        """Return a registry whose gate asks the played bureau."""
        return Registry(Gate(bureau, clock=clock))

    def completed(self, registry: Registry) -> Iterable[str]:
        """Return what stands in the register."""
        return list(registry.completed)

    def close(self, registry: Registry) -> None:
        """Let go of the gate's threads."""
        registry.gate.close()


TestSmallRegistry = SmallRegistry.TestCase
TestSmallRegistry.settings = settings(
    deadline=None,
    stateful_step_count=10,
    report_multiple_bugs=False,
    # Without the phase that explains: it takes longer than finding and shrinking together.
    phases=[Phase.generate, Phase.shrink],
)
