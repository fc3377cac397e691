"""How often properties are tried, and that no test talks to another machine.

HYPOTHESIS_PROFILE chooses how often: `dev` (the default; few tries, new ones each run), `ci` (the
same tries each run, so that a red run is the fault of the change) or `deep` (very many; hours).
"""

from __future__ import annotations

import os
import sys
from ipaddress import ip_address

import pytest
from hypothesis import HealthCheck, settings

from canary import no_identifier_in_any_log  # noqa: F401 - a fixture for every test

# A busy machine is no fault of the code: neither slowness nor a missed deadline fails a property.
_PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("dev", max_examples=50, **_PATIENT)
settings.register_profile("ci", max_examples=50, derandomize=True, database=None, **_PATIENT)
settings.register_profile("deep", max_examples=10_000, print_blob=True, **_PATIENT)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or "dev")

# A proxy of the surroundings would stand between a test and its own server on this machine.
for _name in [name for name in os.environ if name.lower().endswith("_proxy")]:
    del os.environ[_name]

_WITH_ADDRESS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_WITH_HOST = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})


def _is_here(host: object) -> bool:
    """Say whether *host* is this machine; no host at all stands for it in look-ups."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in {None, "", "localhost"}:
        return True
    if not isinstance(host, str):
        return False
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _refuse_other_machines(event: str, args: tuple[object, ...]) -> None:
    if event in _WITH_ADDRESS:
        address = args[1]
        # Unix sockets have paths for addresses; None: connected before, and looked at then.
        if address is None or isinstance(address, (str, bytes)):
            return
        host = address[0] if isinstance(address, tuple) and address else address
    elif event in _WITH_HOST:
        host = args[0]
    else:
        return
    if not _is_here(host):
        # Not an Exception: no `except` in the code under test can take it for an outage.
        pytest.fail(f"{event} to {host!r}: tests talk to this machine only")


# An audit hook also sees what C code and other threads do, and there is no way around it.
sys.addaudithook(_refuse_other_machines)
