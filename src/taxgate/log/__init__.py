"""The decision log (审查日志): nothing acknowledged is lost, nothing changes unseen.

Officials answer personally for a check that was not made (Order Art. 32, 33). A gate with a log
keeps each decision before it returns it: a body for good, chained to the one before, and sealed
evidence beside it that can be erased.

    DecisionLog(Store(url), KeyRing.from_folder(path))

`import taxgate` does not load this package; it needs the extra `log`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

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
    "Store",
    "Watch",
    "from_settings",
    "new_key",
]


def from_settings(settings: Settings) -> DecisionLog:
    """Return the log a configuration describes.

    Raises:
        ConfigError: It cannot be opened.
        LogError: What stores it is damaged, or a key is missing.
    """
    seconds = settings.number(
        "replay_for_seconds", REPLAY_FOR.total_seconds(), least=0, most=86_400
    )
    keys = KeyRing.from_folder(settings.path("keys"))
    store = Store(settings.text("url"), password=settings.secret("password", None))
    acts = settings.flag("acts", default=False)
    most = settings.whole("alert_above_per_hour", 0, least=0, most=1_000_000)
    watch = Watch(most, timedelta(hours=1)) if most else None
    return DecisionLog(store, keys, replay_for=timedelta(seconds=seconds), acts=acts, watch=watch)
