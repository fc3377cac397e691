"""Where a database is (数据库地址): a file of this machine, or a PostgreSQL server."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Final

from ..errors import ConfigError
from ..secret import Secret
from .alchemy import sa
from .filesystem import network_file_system

__all__ = ["address_fault", "read_url"]

_TLS_FILES: Final = frozenset({"sslrootcert", "sslcert", "sslkey", "sslcrl", "sslmode"})


def read_url(text: str, password: Secret | None) -> sa.URL:
    """Return where the database is.

    Raises:
        ConfigError: The text is no such URL, or leaves open whom it talks to.
    """
    try:
        url = sa.make_url(text)
    except sa.exc.ArgumentError:
        raise address_fault("is no database URL") from None
    if url.password is not None:
        raise address_fault("holds a password: give it as a secret of its own")
    match url.drivername:
        case "sqlite" | "sqlite+pysqlite":
            return _sqlite(url, password)
        case "postgresql" | "postgresql+psycopg":
            return _postgresql(url, password)
    raise address_fault("is neither sqlite: nor postgresql:")


def address_fault(problem: str) -> ConfigError:
    """Return the error that says what is wrong with the address of a database."""
    return ConfigError((("url", problem),))


def _sqlite(url: sa.URL, password: Secret | None) -> sa.URL:
    if not url.database or not Path(url.database).is_absolute() or url.query:
        raise address_fault(
            "must name a file by its absolute path, as in sqlite:////var/lib/x.sqlite3"
        )
    if password is not None:
        raise address_fault("is of a file, which takes no password")
    if kind := network_file_system(Path(url.database)):
        raise address_fault(
            f"is of a file on a network file system ({kind}): SQLite would lose rows there; use "
            "PostgreSQL, or a disk of this machine"
        )
    return url


def _postgresql(url: sa.URL, password: Secret | None) -> sa.URL:
    query = dict(url.query)
    hosts = [url.host] if url.host is not None else []
    # A directory of Unix sockets is no host of a URL, and stands in its query.
    if "host" in query:
        hosts.append(str(query["host"]))
    strange = set(query) - _TLS_FILES - {"host"}
    if strange or len(hosts) != 1 or "," in hosts[0]:
        raise address_fault("must name one host, and besides it at most the files of TLS")
    if not _is_here(hosts[0]):
        if query.get("sslmode", "verify-full") != "verify-full":
            raise address_fault("is of another machine: no sslmode but verify-full is taken")
        query["sslmode"] = "verify-full"
    url = url.set(drivername="postgresql+psycopg", query=query)
    return url if password is None else url.set(password=password.reveal())


def _is_here(host: str) -> bool:
    """Tell whether *host* is a folder of Unix sockets or a loopback address."""
    if host.startswith("/") or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
