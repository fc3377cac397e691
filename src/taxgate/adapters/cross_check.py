"""Two sources asked the same question (交叉核对); what one alone says never completes anything.

What both state is handed on. What speaks against the taxpayer is handed on if either states it. But
what fulfils an obligation has to be stated by both:

* Where one says "paid" and the other "unpaid" of the same thing, both records are handed on, and
  the check finds them in conflict (结果异常): hold, and ask the tax authority.
* Where one says "paid" and the other knows nothing of it, or something else, there is no record
  that would show the conflict. The answer is then not trusted (`OutageCause.SOURCES_DISAGREE`):
  the check was not completed, which accuses nobody and may be repeated. Registers often lag behind
  one another by a day.

Records are compared by all that they state. Only the name of a person may be missing on one side
where the document is the same; the other side's is then taken, so that nothing is counted twice.
The answer is as old as the older of the two.

Not covered: "unpaid" of one thing beside "paid" of another that only one source knows. Neither is
handed on, and where a tax is not owed by a class in law that needs no answer, the class stands.
"""

from __future__ import annotations

import contextvars
import threading
from typing import Any, Final

import attrs

from ..config import Settings
from ..errors import ConfigError
from ..evidence import Answer, Inquiry, OutageCause, Provenance, TaxRecord
from ..parties import Person
from ..sources import (
    ClearanceSource,
    Deadline,
    SourceError,
    SourceUnavailableError,
    SourceUntrustedError,
    ask,
)
from ..terms import RecordStatus
from .combining import close_all, forget_all, name_of, weakest

__all__ = ["CrossCheckSource", "from_settings"]

_AGAINST: Final = frozenset({RecordStatus.UNPAID, RecordStatus.OBJECTED})
"""What counts even if only one source states it: it can only make a decision stricter."""

_CONTRADICTED: Final = frozenset(
    {
        RecordStatus.PAID,
        RecordStatus.REDUCED_PAID,
        RecordStatus.EXEMPT,
        RecordStatus.NOT_TAXABLE,
        RecordStatus.DECLARED_ZERO,
        RecordStatus.DEFERRED,
    }
)
"""What "unpaid" of the same thing contradicts."""

_DETAILS: Final = frozenset(
    {
        "status", "voucher_no", "cancels", "issued_on", "authority", "price", "policy_no", "basis",
        "attaches_to", "arrears", "instalment_plan", "paid_by", "remitted",
    }
)  # fmt: skip
"""Fields that say nothing of what a record is about."""


class _Told:
    """What one source said: an answer or an error."""

    __slots__ = ("answer", "error")

    def __init__(self) -> None:
        self.answer: Answer | None = None
        self.error: BaseException | None = None

    def listen(self, source: ClearanceSource, inquiry: Inquiry, deadline: Deadline) -> None:
        """Ask *source* and keep what comes of it, for the thread that waits."""
        try:
            self.answer = ask(source, inquiry, deadline)
        except BaseException as error:  # noqa: BLE001 - raised again by the thread that waits
            self.error = error


class CrossCheckSource:
    """Asks two sources side by side and hands on what holds by both.

    Args:
        first: One source.
        second: The other.
        alone: Whether one source's answer is enough where the other cannot be asked. Never where
            the other answered and cannot be trusted.
        name: Name it gives as the source where the two disagree.

    Raises:
        ConfigError: The two are one and the same, which confirms nothing.
    """

    def __init__(
        self,
        first: ClearanceSource,
        second: ClearanceSource,
        *,
        alone: bool = False,
        name: str = "cross-check",
    ) -> None:
        if first is second:
            raise ConfigError((("second", "is the same source as first: name another"),))
        self._first: Final = first
        self._second: Final = second
        self._alone: Final = alone
        self.name: Final = name

    @property
    def provenance(self) -> Provenance:
        """The weaker of the two."""
        return weakest((self._first, self._second))

    def query(self, inquiry: Inquiry, deadline: Deadline, /) -> Answer:
        """Return what holds by both sources.

        Raises:
            SourceUnavailableError: One of the two could not be asked.
            SourceUntrustedError: An answer cannot be trusted, or the two disagree.
        """
        second = _Told()
        # The context carries what belongs to this check, such as its trace.
        context = contextvars.copy_context()
        helper = threading.Thread(
            target=context.run,
            args=(second.listen, self._second, inquiry, deadline),
            name="taxgate-cross-check",
            daemon=True,
        )
        helper.start()
        first = _Told()
        first.listen(self._first, inquiry, deadline)
        helper.join(deadline.remaining)
        if second.answer is None and second.error is None:
            second.error = SourceError.of(name_of(self._second), OutageCause.TIMEOUT)
        return self._both(inquiry, first, second)

    def forget(self, inquiry: Inquiry) -> None:
        """Drop what a source inside keeps on *inquiry*."""
        forget_all((self._first, self._second), inquiry)

    def close(self) -> None:
        """Close both sources."""
        close_all((self._first, self._second))

    def _both(self, inquiry: Inquiry, first: _Told, second: _Told) -> Answer:
        errors = [told.error for told in (first, second) if told.error is not None]
        # A mistake in a program comes first, then what somebody has to look into.
        errors.sort(key=_urgency)
        if errors and not (self._alone and isinstance(errors[0], SourceUnavailableError)):
            raise errors[0]
        left, right = first.answer, second.answer
        if left is None or right is None:
            only = right if left is None else left
            if only is None:
                raise errors[0]
            return only
        return self._merged(inquiry, left, right)

    def _merged(self, inquiry: Inquiry, left: Answer, right: Answer) -> Answer:
        if not (_borne_out(left, right) and _borne_out(right, left)):
            raise SourceError.of(
                self.name, OutageCause.SOURCES_DISAGREE, f"{left.source} and {right.source}"
            )
        instants = [answer.as_of for answer in (left, right)]
        older = min((instant for instant in instants if instant is not None), default=None)
        numbers = [left.consultation_id, right.consultation_id]
        return Answer(
            inquiry=inquiry,
            records=_joined(left, right),
            source=f"{left.source}+{right.source}",
            as_of=None if None in instants else older,
            consultation_id="+".join(number for number in numbers if number) or None,
            provenance=max(left.provenance, right.provenance, key=tuple(Provenance).index),
            reservations=tuple(dict.fromkeys((*left.reservations, *right.reservations))),
        )


def _urgency(error: BaseException) -> int:
    if isinstance(error, SourceUntrustedError):
        return 1
    return 2 if isinstance(error, SourceError) else 0


def _records(answer: Answer) -> tuple[TaxRecord, ...]:
    return answer.records or ()


def _borne_out(answer: Answer, by: Answer) -> bool:
    """Tell whether *by* states, or contradicts, all that could be good news in *answer*."""
    unpaid = [record for record in _records(by) if record.status is RecordStatus.UNPAID]
    return all(
        record.status in _AGAINST
        or _same(record, by) is not None
        or (record.status in _CONTRADICTED and any(_contradicts(other, record) for other in unpaid))
        for record in _records(answer)
    )


def _contradicts(unpaid: TaxRecord, record: TaxRecord) -> bool:
    """Tell whether the check is bound to find *unpaid* in conflict with *record*.

    An older one may be of an earlier deal: the check would pass over it, and believe the other.
    """
    if unpaid.issued_on is not None and (
        record.issued_on is None or unpaid.issued_on < record.issued_on
    ):
        return False
    return bool(_thing(unpaid) == _thing(record))


def _joined(left: Answer, right: Answer) -> tuple[TaxRecord, ...]:
    """Return the records of both, each once: two halves of a share must not become a whole."""
    both = [_same(record, right) or record for record in _records(left)]
    others = [record for record in _records(right) if _same(record, left) is None]
    return tuple(dict.fromkeys((*both, *others)))


def _same(record: TaxRecord, answer: Answer) -> TaxRecord | None:
    """Return *record* as both state it, or None where *answer* does not state it."""
    stated = _plain(record)
    for other in _records(answer):
        if _plain(other) == stated:
            named: TaxRecord = _named(record, other)
            if named == _named(other, record):
                return named
    return None


def _thing(record: TaxRecord) -> Any:  # noqa: ANN401 - nested tuples
    """Return what *record* is about, whatever it says of it."""
    return _plain(record, _DETAILS)


def _plain(value: Any, without: frozenset[str] = frozenset()) -> Any:  # noqa: ANN401
    """Return *value* as something that can be compared: persons by their document."""
    if isinstance(value, Person):
        return value.key
    if isinstance(value, tuple):
        return tuple(_plain(part) for part in value)
    if attrs.has(type(value)):
        names = [item.name for item in attrs.fields(type(value)) if item.name not in without]
        return (type(value), *(_plain(getattr(value, name)) for name in names))
    return value


def _named(value: Any, other: Any) -> Any:  # noqa: ANN401
    """Return *value* with names that only *other* states; in all else the two are the same."""
    if isinstance(value, Person):
        return other if value.name is None else value
    if isinstance(value, tuple):
        return tuple(_named(*pair) for pair in zip(value, other, strict=True))
    if attrs.has(type(value)) and value != other:
        names = [item.name for item in attrs.fields(type(value))]
        changed = {name: _named(getattr(value, name), getattr(other, name)) for name in names}
        return attrs.evolve(value, **changed)
    return value


def from_settings(settings: Settings) -> CrossCheckSource:
    """Build the source from its table.

    `first`, `second`: names of the two sources; `alone`: whether one is enough where the other
    cannot be asked (false).
    """
    return CrossCheckSource(
        settings.source("first"),
        settings.source("second"),
        alone=settings.flag("alone", default=False),
        name=settings.name,
    )
