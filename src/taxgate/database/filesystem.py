"""Whether a file lies where SQLite may be used: on a file system of this machine.

SQLite relies on locks and shared memory that network file systems (网络文件系统) do not give it;
two machines that write one file there destroy it.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Final

__all__ = ["network_file_system"]

_MOUNTS: Final = Path("/proc/self/mountinfo")
_NETWORK: Final = frozenset(
    {
        "9p", "acfs", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs2",
        "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "panfs",
        "pvfs2", "s3fs", "smb2", "smb3", "smbfs", "sshfs", "vboxsf", "virtiofs", "webdav",
    }
)  # fmt: skip
_FUSE: Final = re.compile(r"fuse(?:blk)?\.(.+)")
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")


def network_file_system(path: Path, mounts: Path = _MOUNTS) -> str | None:
    """Return the type of the network file system *path* lies on; None on a disk of this machine.

    Args:
        path: A file, which need not exist yet.
        mounts: The kernel's list of what is mounted where, as on Linux. Without one the answer is
            None, except for a Windows share.
    """
    if sys.platform == "win32" and str(path.absolute()).startswith("\\\\"):
        return "smb"
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    place = Path(os.path.realpath(path))
    around = {os.fspath(place), *(os.fspath(folder) for folder in place.parents)}
    deepest, kind = -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) <= _MOUNT_POINT or not after:
            continue
        point = _ESCAPED.sub(lambda found: chr(int(found[1], 8)), fields[_MOUNT_POINT])
        # Of two mounts on one place the later one is on top.
        if point in around and len(point) >= deepest:
            deepest, kind = len(point), after.split(" ")[0]
    if found := _FUSE.fullmatch(kind):
        kind = found[1]
    return kind if kind in _NETWORK else None


_MOUNT_POINT: Final = 4
"""Place of the mount point among the fields of a line."""
