"""The same registry, mended."""

from attrs import define
from registry import Registry


@define
class MendedRegistry(Registry):
    """Keeps a decision under the case it was made in.

    One vehicle may have several applications at once: what lets it be inspected need not let it be
    registered in another's name.
    """

    def kept_under(self, case_no: str) -> str:
        """Return the case number."""
        return case_no
