"""What the invalid twins draw (反例): something that has to be refused, and the error it brings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import field, frozen

from ...errors import InputError
from ...identifiers import IdentifierError

__all__ = ["Misspelt", "Refused"]


@frozen
class Misspelt:
    """A text that is no identifier of some kind.

    Attributes:
        text: What was entered; now and then something that is no text at all.
        error: The class of the error that `parse` raises, exactly.
    """

    text: Any
    error: type[IdentifierError]


@frozen
class Refused:
    """Fields of which one cannot be, or which contradict one another.

    Attributes:
        kind: The class that refuses them.
        fields: What it is given.
        error: The class of its error.
        at: The field the error names; None where the error names none.
    """

    kind: Callable[..., Any]
    fields: Mapping[str, Any] = field(repr=False)
    error: type[InputError]
    at: str | None = None

    def make(self) -> Any:  # noqa: ANN401 - an object of whatever class it is
        """Give the fields to the class.

        Raises:
            InputError: Always, unless the class has become more lenient.
        """
        return self.kind(**self.fields)
