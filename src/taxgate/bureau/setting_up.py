"""What an office needs to ask the sandbox bureau (接入配置): numbers, secrets, a configuration."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Final

from ..adapters.http import HttpSource
from ..adapters.profile import Profile
from ..adapters.transport import Transport
from ..cases import CASES
from ..secret import Secret
from ..sources import Clock
from ..wire.reading import read_case
from .signatures import Credentials

__all__ = ["VARIABLE", "credentials_for", "snippet", "source_for"]

VARIABLE: Final = "TAXGATE_SANDBOX_SECRET"
"""Environment variable the printed configuration takes the secret from."""

_OFFICE_CODES: Final = 140_100_001


def credentials_for(profile: Profile, secret: Secret) -> Credentials:
    """Return what the sandbox's office was given for *profile*."""
    return Credentials(
        parameters=dict.fromkeys(profile.parameters, "sandbox"),
        secrets=dict.fromkeys(profile.secrets, secret),
        services={name: f"sandbox-{name}" for name in profile.services},
        offices=_offices(),
    )


def source_for(
    profile: Profile, given: Credentials, url: str, host: str, clock: Clock
) -> HttpSource:
    """Return a source that asks the sandbox at *url*.

    Args:
        profile: How it is asked.
        given: What its office was given.
        url: Address of the profile.
        host: Host in it.
        clock: Clock of the source.
    """
    transport = Transport(
        source="sandbox",
        base_url=url,
        allow_internal=(host,),
        allow_plain_http_to=(host,),
        content_types=profile.reply.content_types,
        clock=clock,
    )
    return HttpSource(
        profile,
        transport=transport,
        url=url,
        name="sandbox",
        parameters=given.parameters,
        secrets=given.secrets,
        services=given.services,
        offices=given.offices,
        clock=clock,
    )


def snippet(
    profile: Profile, url: str, host: str, secret: str | None = None, *, named: str | None = None
) -> str:
    """Return a configuration file for asking the sandbox at *url*.

    Args:
        profile: How it is asked.
        url: Address of the profile.
        host: Host in it.
        secret: Where the secret stands, in TOML; the environment if None.
        named: How the profile is found; by its name if None.
    """
    given = credentials_for(profile, Secret(""))
    where = secret or f'{{ env = "{VARIABLE}" }}'
    return "\n".join([*_lines(named or profile.name, profile, given, url, host, where), ""])


def _lines(
    named: str, profile: Profile, given: Credentials, url: str, host: str, secret: str
) -> Iterator[str]:
    yield "# 沙箱配置，仅供调试 / for the sandbox bureau, never where registrations are completed"
    yield "[gate]"
    yield 'source = "bureau"'
    yield "trial = true"
    yield ""
    yield "[sources.bureau]"
    yield 'kind = "http"'
    yield f"profile = {_text(named)}"
    yield f"url = {_text(url)}"
    yield f"allow_internal = [{_text(host)}]"
    yield f"allow_plain_http_to = [{_text(host)}]"
    tables = {
        "parameters": {name: _text(text) for name, text in sorted(given.parameters.items())},
        "secrets": dict.fromkeys(sorted(given.secrets), secret),
        "services": {name: _text(text) for name, text in sorted(given.services.items())},
        "offices": {name: _text(text) for name, text in given.offices.items()}
        if profile.needs_offices
        else {},
    }
    for table, values in tables.items():
        if values:
            yield ""
            yield f"[sources.bureau.{table}]"
            for name, value in values.items():
                yield f"{name if name.isascii() else _text(name)} = {value}"


def _text(text: str) -> str:
    # A JSON string is a TOML string.
    return json.dumps(text, ensure_ascii=False)


@cache
def _offices() -> dict[str, str]:
    """Return a code for each office of the shipped cases."""
    named = dict.fromkeys(read_case(case.document()).application.office for case in CASES)
    return {name: str(_OFFICE_CODES + n) for n, name in enumerate(n for n in named if n)}
