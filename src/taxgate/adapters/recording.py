"""Answers written down (录制) as they come, without personal data, to be played back elsewhere.

Each question and what came of it becomes one line of JSON; `taxgate.adapters.replay` reads it. What
identifies stands in it as tokens only, see `taxgate.adapters.tokens`. Left out are the question
itself, the bureau's number of the consultation, the digest of its reply and the words of an outage.

    {"recording":1,"key":"...","asked":"...","checkpoint":"vehicle","matter":"vehicle-purchase-tax",
     "source":"bureau","as_of":"2026-11-23T10:00:00+08:00","age":0,"records":[...]}

A recording is a by-product: if a line cannot be written the answer is handed on all the same, and
the log says so.
"""

from __future__ import annotations

import json
import logging
import math
import os
import stat
import threading
from pathlib import Path
from typing import Any, Final

from ..config import Settings
from ..errors import ConfigError, InputError
from ..evidence import CHINA, Answer, Inquiry, Provenance
from ..secret import Secret
from ..sources import ClearanceSource, Clock, Deadline, SourceError, ask, system_clock
from ..wire.exchange import checkpoint_of
from .combining import close_all, forget_all, name_of, weakest
from .forking import PerProcess
from .tokens import Tokens

__all__ = ["FORMAT", "RecordingSource", "from_settings"]

_LOG: Final = logging.getLogger(__name__)

FORMAT: Final = 1
"""Version of the lines."""

_LONGEST_WAIT: Final = 10**9
"""Seconds: nobody waits longer, and numbers beyond need not be finite."""

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


class RecordingSource:
    """Asks another source and writes down what it answered, and every outage.

    Args:
        of: The source that is asked.
        path: File the lines are appended to; made readable for its owner only. Several processes
            may write to it.
        key: Key of the tokens; the same is needed to play the recording back.
        clock: Clock the age of an answer is told by.

    Raises:
        ConfigError: The file cannot be written, is a link, or can be read by others; or the key is
            too short.
    """

    def __init__(
        self,
        of: ClearanceSource,
        path: str | Path,
        *,
        key: Secret,
        clock: Clock = system_clock,
    ) -> None:
        self._of: Final = of
        self._tokens: Final = Tokens(key)
        self._clock: Final = clock
        self.name: Final = name_of(of)
        self._lock: Final = PerProcess(threading.Lock)
        self._torn = False
        self._file: int | None = _opened(Path(path))

    @property
    def provenance(self) -> Provenance:
        """That of the source asked."""
        return weakest((self._of,))

    def query(self, inquiry: Inquiry, deadline: Deadline, /) -> Answer:
        """Return the answer of the source, unchanged.

        Raises:
            SourceError: There is no usable answer.
        """
        try:
            answer = ask(self._of, inquiry, deadline)
        except SourceError as error:
            self._note(inquiry, error.source, _outage(error))
            raise
        self._note(inquiry, answer.source, answer)
        return answer

    def forget(self, inquiry: Inquiry) -> None:
        """Drop what a source inside keeps on *inquiry*."""
        forget_all((self._of,), inquiry)

    def close(self) -> None:
        """Close the file and the source inside."""
        with self._lock.get():
            file, self._file = self._file, None
        if file is not None:
            os.close(file)
        close_all((self._of,))

    def _note(self, inquiry: Inquiry, source: str, came: Answer | dict[str, Any]) -> None:
        try:
            line = {
                "recording": FORMAT,
                "key": self._tokens.key_id,
                "asked": self._tokens.of_question(inquiry),
                "checkpoint": checkpoint_of(inquiry),
                "matter": inquiry.matter,
                "source": source,
                **(self._answer(came) if isinstance(came, Answer) else came),
            }
            self._append(json.dumps(line, separators=(",", ":")).encode("ascii") + b"\n")
        except (OSError, InputError) as error:
            # Neither the error's text nor the line: both may hold what may not get into a log.
            _LOG.error(
                "an answer in the matter %s was not recorded: %s",
                inquiry.matter,
                type(error).__name__,
            )

    def _answer(self, answer: Answer) -> dict[str, Any]:
        value: dict[str, Any] = {}
        if answer.as_of is not None:
            value["as_of"] = answer.as_of.astimezone(CHINA).isoformat()
            value["age"] = math.floor((self._clock() - answer.as_of).total_seconds())
        if answer.reservations:
            value["reservations"] = list(answer.reservations)
        value["records"] = [self._tokens.scrubbed(record) for record in answer.records or ()]
        return value

    def _append(self, line: bytes) -> None:
        """Append *line* in one piece.

        Raises:
            OSError: It could not be written, or not as a whole.
        """
        with self._lock.get():
            if self._file is None:
                return
            # What was left of a line on a full disk must not swallow this one.
            whole = b"\n" + line if self._torn else line
            self._torn = True
            if os.write(self._file, whole) != len(whole):
                raise OSError("the line was cut off")
            self._torn = False


def _outage(error: SourceError) -> dict[str, Any]:
    value: dict[str, Any] = {"outage": error.outage.cause}
    wait = error.outage.retry_after
    if wait is not None and 0 <= wait <= _LONGEST_WAIT:
        value["retry_after"] = math.ceil(wait)
    return value


def _opened(path: Path) -> int:
    """Return the file at *path*, open for appending by its owner alone."""
    # One write at the end of the file: lines of several processes do not mix.
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        file = os.open(path, flags, 0o600)
    except OSError as error:
        raise ConfigError((("path", f"cannot be written: {type(error).__name__}"),)) from None
    mode = os.fstat(file).st_mode
    if stat.S_ISREG(mode) and not mode & _OTHERS:
        return file
    os.close(file)
    raise ConfigError((("path", "must be a plain file for its owner only: chmod 600"),))


def from_settings(settings: Settings) -> RecordingSource:
    """Build the source from its table.

    `of`: name of the source asked; `path`: file the lines are appended to; `key`: secret of at
    least 16 characters.
    """
    return RecordingSource(
        settings.source("of"),
        settings.path("path"),
        key=settings.secret("key"),
        clock=settings.clock,
    )
