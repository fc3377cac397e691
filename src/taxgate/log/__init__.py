"""The decision log (审查日志): nothing acknowledged is lost, nothing changes unseen.

Officials answer personally for a check that was not made (Order Art. 32, 33). A gate with a log
keeps each decision before it returns it: a body for good, chained to the one before, and sealed
evidence beside it that can be erased.

    DecisionLog(Store(url), KeyRing.from_folder(path))

`import taxgate` does not load this package; it needs the extra `log`.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from ..secret import Secret
from .acts import Act, ActKind
from .decision_log import REPLAY_FOR, DecisionLog
from .entry import Entry, EntryKind
from .keys import KeyKind, KeyRing, new_key
from .store import Store
from .watching import Alert, Watch

if TYPE_CHECKING:
    from ..config import Settings

__all__ = [
    "Act",
    "ActKind",
    "Alert",
    "DecisionLog",
    "Entry",
    "EntryKind",
    "KeyKind",
    "KeyRing",
    "LogSettings",
    "Store",
    "Watch",
    "from_settings",
    "new_key",
]


@frozen(kw_only=True)
class LogSettings:
    """What the table [log] of a configuration says; nothing is opened yet.

    Attributes:
        url: Where the log lies.
        keys: Folder of its keys.
        password: For PostgreSQL.
        replay_for: How long a recorded decision is given again.
        acts: Whether acts of officers may be recorded.
        alert_above_per_hour: Checks of one officer within an hour above which is told; 0: never.
    """

    url: str
    keys: Path
    password: Secret | None
    replay_for: timedelta
    acts: bool
    alert_above_per_hour: int

    @classmethod
    def of(cls, settings: Settings) -> LogSettings:
        """Return what *settings* say; what is wrong with them is recorded there."""
        replay_for = settings.number(
            "replay_for_seconds", REPLAY_FOR.total_seconds(), least=0, most=86_400
        )
        return cls(
            url=settings.text("url"),
            keys=settings.path("keys"),
            password=settings.secret("password", None),
            replay_for=timedelta(seconds=replay_for),
            acts=settings.flag("acts", default=False),
            alert_above_per_hour=settings.whole("alert_above_per_hour", 0, least=0, most=1_000_000),
        )


def from_settings(settings: Settings) -> DecisionLog:
    """Return the log a configuration describes.

    Raises:
        ConfigError: It cannot be opened.
        LogError: What stores it is damaged, or a key is missing.
    """
    said = LogSettings.of(settings)
    keys = KeyRing.from_folder(said.keys)
    most = said.alert_above_per_hour
    store = Store(said.url, password=said.password)
    try:
        return DecisionLog(
            store,
            keys,
            replay_for=said.replay_for,
            acts=said.acts,
            watch=Watch(most, timedelta(hours=1)) if most else None,
        )
    except BaseException:
        store.close()
        raise
