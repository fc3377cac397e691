"""Kinds of registration (业务类型) where a checkpoint's own wording does not name them (`ACTS`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..terms import Checkpoint
from . import Text

DEREGISTRATION: Final[Mapping[str, Text]] = {
    "deregistration": Text("依申请注销登记", "deregistration on application"),
    "ex-officio-deregistration": Text("依职权注销、强制注销", "deregistration ex officio"),
    "revocation-of-registration": Text("撤销登记", "revocation of a registration"),
    "business-suspension": Text("歇业", "suspension of business"),
    "other": Text("其他登记", "other registration"),
}

ACTS: Final[Mapping[Checkpoint, Mapping[str, Text]]] = {
    Checkpoint.DEREGISTRATION: DEREGISTRATION,
}
