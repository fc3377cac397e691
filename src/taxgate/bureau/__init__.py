"""A sandbox tax bureau (沙箱税务机关): try everything against it before the real one is asked.

    with SandboxBureau(["generic"]) as bureau, Gate(bureau.source("generic")) as gate:
        ...

It speaks the profiles `adapters.http` asks by, knows the records of the shipped cases or one's own,
and for a magic identifier does what `MAGICS` says of it. All it knows is invented.

    profile ─▶ hearing (request → inquiry) ─▶ records, or misdeeds ─▶ speaking (answer → reply)
"""

from __future__ import annotations

from .magic import MAGICS, Magic, magic_of
from .records import FolderRecords, KnownRecords, Records, SqliteRecords, opened, shipped, write
from .server import SECRET, SandboxBureau

__all__ = [
    "MAGICS",
    "SECRET",
    "FolderRecords",
    "KnownRecords",
    "Magic",
    "Records",
    "SandboxBureau",
    "SqliteRecords",
    "magic_of",
    "opened",
    "shipped",
    "write",
]
