"""The mended registry under the same contract: nothing is found.

Run it: python -m pytest examples/testing/test_mended.py
"""

from hypothesis import settings
from mended import MendedRegistry
from test_registry import SmallRegistry

from taxgate import Gate
from taxgate.sources import ClearanceSource
from taxgate.testing.clock import StandingClock


class Mended(SmallRegistry):
    """The same contract."""

    def make(self, bureau: ClearanceSource, clock: StandingClock) -> MendedRegistry:
        """Return the mended registry."""
        return MendedRegistry(Gate(bureau, clock=clock))


TestMended = Mended.TestCase
TestMended.settings = settings(deadline=None, stateful_step_count=15)
