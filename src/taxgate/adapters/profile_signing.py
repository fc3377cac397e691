"""How a profile says that requests are signed: the table [signer], read strictly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from .profile import Exchange, Path, Raw, SignerKind, SigningRules
from .profile_tables import SERVICE_PATH, WORD, Place, read_envelope
from .signing import WEAK

__all__ = ["read_signing"]

_SIGNED_PARTS: Final = ("key", "secret", "time")


def read_signing(root: Place) -> SigningRules:
    """Return how requests are signed, by the table [signer] of *root*."""
    place = root.table("signer", required=True)
    if place is None:
        return SigningRules()
    kind = place.member("kind", SignerKind)
    prefix = ""
    algorithm = "sha256"
    order: tuple[str, ...] = ()
    names: Mapping[str, str] = {}
    in_headers = True
    exchange = None
    if kind is SignerKind.HMAC_HEADER:
        prefix = place.matching("prefix", re.compile(r"[a-z0-9]{1,32}"), "letters and digits")
        exchange = _exchange(place)
    if kind is SignerKind.CONCAT_DIGEST:
        algorithm = place.choice("algorithm", ("sha1", "sha256", "sm3", "md5"))
        order = place.texts("order")
        if sorted(order) != sorted(_SIGNED_PARTS):
            place.fault("order", f"must name {', '.join(_SIGNED_PARTS)}, each once")
        in_headers = place.choice("where", ("headers", "body"), "headers") == "headers"
        names = _names(place, {"key", "signature", "time"}, set())
    if kind is SignerKind.SORTED_PARAMS:
        algorithm = place.choice("algorithm", ("sha256", "sm3", "md5"))
        names = _names(place, {"key", "signature", "secret"}, {"time", "nonce"})
        in_headers = False
    weak = place.flag("weak", default=False)
    if weak != (algorithm in WEAK):
        place.fault(
            "weak",
            f"must be true: {algorithm} is broken; agree on sha256 or sm3 with the bureau"
            if algorithm in WEAK
            else f"must not be true: {algorithm} is not",
        )
    return SigningRules(
        kind=kind,
        prefix=prefix,
        algorithm=algorithm,
        order=order,
        names=names,
        in_headers=in_headers,
        weak=weak,
        exchange=exchange,
    )


def _names(place: Place, due: set[str], more: set[str]) -> Mapping[str, str]:
    names = place.mapping("names")
    for name in sorted(due - {*names}):
        place.fault(("names", name), "is missing: say what it is called")
    for name in sorted({*names} - due - more):
        place.fault(("names", name), "is not known here")
    if len({*names.values()}) < len(names):
        place.fault("names", "gives two parts one name")
    return {**dict.fromkeys(due, "missing"), **names}


def _exchange(signer: Place) -> Exchange | None:
    place = signer.table("exchange")
    if place is None:
        return None
    return Exchange(
        path=place.matching("path", SERVICE_PATH, "a plain path such as /sysapi/auth"),
        service=place.matching("service", WORD, "a name of letters, digits, - and _"),
        signed_with=place.choice("signed_with", ("app_secret", "app_key")),
        in_body=place.flag("in_body", default=True),
        envelope=read_envelope(place),
        secret=place.path("secret") or Path(()),
        ends=place.path("ends") or Path(()),
        ends_raw=place.member("ends_raw", Raw, Raw.EITHER),
        unwrap=place.choice("unwrap", ("aes-128-ecb-sha1prng", "none")) != "none",
        early=float(place.whole("renew_before_seconds", 300, least=0, most=86_400)),
    )
