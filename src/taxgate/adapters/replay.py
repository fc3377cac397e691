"""Answers from a recording (回放), for trials and tests. A production gate refuses them.

A question is looked up by matter, subject, person and years. The first time it is asked the first
answer recorded is given, then the next, and in the end the last again and again: "no" and then
"yes" is played back as it was. A question that was never recorded was not asked.

The identifiers of the inquiry come back into its records; everything else that identified something
is an invented value, see `taxgate.adapters.tokens`. So a record of the vehicle asked about is again
one of this vehicle, and one of another vehicle is again of another.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from ..config import Settings
from ..errors import ConfigError, WireError
from ..evidence import Answer, Inquiry, OutageCause, Provenance, Reservation, TaxRecord
from ..secret import Secret
from ..sources import Clock, Deadline, SourceError, system_clock
from ..terms import Checkpoint, Matter
from ..wire.parsing import LARGEST, parse
from ..wire.reading import structured
from .forking import PerProcess
from .recording import FORMAT
from .tokens import Tokens, restored

__all__ = ["ReplaySource", "from_settings"]


@frozen(kw_only=True)
class _Line:
    """One line of a recording, its records excepted."""

    recording: int
    key: str
    asked: str
    checkpoint: Checkpoint
    matter: Matter
    source: str
    as_of: datetime | None = None
    age: int | None = None
    reservations: tuple[Reservation, ...] = ()
    outage: OutageCause | None = None
    retry_after: int | None = None


@frozen
class _Recorded:
    """One line with its records, tokens and all, as JSON text."""

    line: _Line
    records: Any = field(repr=False)


class _State:
    """How often each question was asked."""

    __slots__ = ("lock", "times")

    def __init__(self) -> None:
        self.lock: Final = threading.Lock()
        self.times: Final[dict[str, int]] = {}


class ReplaySource:
    """Gives the answers of a recording.

    Args:
        path: The recording.
        key: The key it was made with.
        known: Texts other than those of an inquiry that shall come back where they stood, such as
            an engine number of the applications that are tried.
        as_if_now: Date each answer as old as it was when it was recorded. Otherwise it keeps its
            date and, a day later, counts as stale.
        clock: Clock for that.
        name: Name it gives as the source where nothing was recorded.

    Raises:
        ConfigError: The recording cannot be read, or was made with another key; lists every line
            that is at fault.
    """

    provenance: Final = Provenance.REPLAYED

    def __init__(
        self,
        path: str | Path,
        key: Secret,
        *,
        known: Iterable[str] = (),
        as_if_now: bool = False,
        clock: Clock = system_clock,
        name: str = "replay",
    ) -> None:
        self._tokens: Final = Tokens(key)
        self._known: Final = tuple(known)
        self._as_if_now: Final = as_if_now
        self._clock: Final = clock
        self.name: Final = name
        self._recorded: Final = _read(Path(path), self._tokens.key_id)
        self._state: Final = PerProcess(_State)

    def query(self, inquiry: Inquiry, _deadline: Deadline, /) -> Answer:
        """Return the answer that was recorded for *inquiry*.

        Raises:
            SourceError: None was recorded, or an outage was.
        """
        asked = self._tokens.of_question(inquiry)
        recorded = self._recorded.get(asked)
        if recorded is None:
            raise SourceError.of(self.name, OutageCause.NOT_ASKED, "not in the recording")
        state = self._state.get()
        with state.lock:
            time = state.times.get(asked, 0)
            state.times[asked] = time + 1
        return self._played(inquiry, recorded[min(time, len(recorded) - 1)])

    def _played(self, inquiry: Inquiry, found: _Recorded) -> Answer:
        line = found.line
        if line.outage is not None:
            raise SourceError.of(line.source, line.outage, None, line.retry_after)
        as_of = line.as_of
        if self._as_if_now and line.age is not None:
            as_of = self._clock() - timedelta(seconds=line.age)
        return Answer(
            inquiry=inquiry,
            records=_records(line, found.records, self._tokens.known(inquiry, self._known)),
            source=line.source,
            as_of=as_of,
            provenance=Provenance.REPLAYED,
            reservations=line.reservations,
        )


def _read(path: Path, key_id: str) -> dict[str, list[_Recorded]]:
    """Return what was recorded, by question."""
    found: dict[str, list[_Recorded]] = {}
    faults: list[tuple[str, str]] = []
    try:
        with path.open("rb") as file:
            for number, text in enumerate(iter(lambda: file.readline(LARGEST + 2), b""), start=1):
                try:
                    recorded = _recorded(text, key_id)
                except WireError as error:
                    faults += [(f"path line {number} {place}", why) for place, why in error.faults]
                else:
                    found.setdefault(recorded.line.asked, []).append(recorded)
    except OSError as error:
        faults.append(("path", f"cannot be read: {type(error).__name__}"))
    if faults:
        raise ConfigError(tuple(faults))
    return found


def _recorded(text: bytes, key_id: str) -> _Recorded:
    if not text.endswith(b"\n"):
        raise WireError((("$", "is cut off, or longer than a line may be"),))
    value = parse(text[:-1])
    records = value.pop("records", None) if isinstance(value, dict) else None
    line = structured(None, value, _Line)
    if line.recording != FORMAT:
        raise WireError((("$.recording", f"is not {FORMAT}: another release wrote it"),))
    if line.key != key_id:
        raise WireError((("$.key", "is not the key given"),))
    if (records is None) == (line.outage is None):
        raise WireError((("$", "gives neither records nor an outage, or both"),))
    if records is not None:
        # Read once with invented values: a fault shall come to light now and not in a check.
        _records(line, records, {})
    return _Recorded(line, records)


def _records(line: _Line, records: Any, known: dict[str, str]) -> tuple[TaxRecord, ...]:  # noqa: ANN401
    kind: Any = tuple[TaxRecord, ...]
    read: tuple[TaxRecord, ...] = structured(line.checkpoint, restored(records, known), kind)
    return read


def from_settings(settings: Settings) -> ReplaySource:
    """Build the source from its table.

    `path`: the recording; `key`: the secret it was made with; `known`: other texts that shall come
    back; `as_if_now`: date answers anew (false).
    """
    return ReplaySource(
        settings.path("path"),
        settings.secret("key"),
        known=settings.texts("known", ()),
        as_if_now=settings.flag("as_if_now", default=False),
        clock=settings.clock,
        name=settings.name,
    )
