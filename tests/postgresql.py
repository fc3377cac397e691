"""A PostgreSQL server for tests: one that is named, or one of our own that is thrown away.

`TAXGATE_POSTGRESQL_URL` names a scratch database; tests drop their tables in it. Without it a
cluster is made in a temporary folder, from the programs the distribution installs, and reached
through a Unix socket. Without those the tests that need it are skipped, and say so.

    from postgresql import postgresql_server  # a fixture, for the whole session
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attrs import frozen
from sqlalchemy import make_url

from taxgate.secret import Secret

__all__ = ["Server", "postgresql_server"]

DEBIAN = Path("/usr/lib/postgresql")
USERS = ("postgres", "nobody")
"""Who may own a cluster where tests run as root: PostgreSQL refuses to run as root."""


@frozen
class Server:
    """How to reach a scratch database, and how to stop it at once and start it again."""

    url: str
    password: Secret | None = None
    crash: Callable[[], None] | None = None


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """Give a scratch database in PostgreSQL, or skip the test."""
    named = os.environ.get("TAXGATE_POSTGRESQL_URL")
    if named:
        url = make_url(named)
        password = Secret(str(url.password)) if url.password is not None else None
        bare = url._replace(password=None)
        yield Server(bare.render_as_string(hide_password=False), password)
        return
    programs = _programs()
    if programs is None:
        pytest.skip(
            "PostgreSQL is not installed: install the distribution's package postgresql, "
            "or set TAXGATE_POSTGRESQL_URL to a scratch database"
        )
    # Short, and not below pytest's own folder: the path of a Unix socket has 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="taxgate-pg-"))
    try:
        yield from _cluster(programs, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    """Return the folder of initdb and pg_ctl; the newest where there are several."""
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).parent
    folders = [place.parent for place in DEBIAN.glob("*/bin/initdb")]
    return max(folders, key=lambda place: float(place.parent.name), default=None)


def _cluster(programs: Path, folder: Path) -> Iterator[Server]:
    identity = {}
    if os.geteuid() == 0:
        user = _unprivileged()
        os.chown(folder, user.pw_uid, user.pw_gid)
        identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    data = folder / "data"
    quiet = {"stdin": subprocess.DEVNULL, "cwd": folder, "env": {"LC_ALL": "C"}, **identity}

    def run(program: str, *arguments: str) -> None:
        # Into a file: the server inherits the output, and a pipe would be waited for.
        with (folder / "output").open("ab") as output:
            done = subprocess.run(
                [programs / program, "-D", data, *arguments],
                stdout=output,
                stderr=output,
                check=False,
                timeout=60,
                **quiet,
            )
        if done.returncode:
            pytest.fail(f"{program} failed:\n{(folder / 'output').read_text()}")

    run("initdb", "-U", "taxgate", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = (
        f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off "
        "-c shared_buffers=16MB -c max_connections=60"
    )

    def start() -> None:
        run("pg_ctl", "-w", "-o", options, "start")

    def crash() -> None:
        run("pg_ctl", "-m", "immediate", "-w", "stop")
        start()

    start()
    try:
        yield Server(f"postgresql://taxgate@/postgres?host={folder}", crash=crash)
    finally:
        run("pg_ctl", "-m", "immediate", "-w", "stop")


def _unprivileged() -> pwd.struct_passwd:
    for name in USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    pytest.skip("PostgreSQL refuses to run as root, and there is no other user to run it as")
