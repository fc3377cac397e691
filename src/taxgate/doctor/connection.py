"""How a bureau is reached (连接): TLS, certificates, and the clock at the other end.

One request without a body and without an identifier, to the configured address.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from ..errors import ConfigError
from ..evidence import CLOCK_SKEW
from ..sources import Clock
from ..wording import Text
from .remark import Level, Remark

__all__ = ["base_path", "http_connection", "reached"]

PATIENCE: Final = 5.0
"""Seconds each step may take."""

SOON: Final = timedelta(days=30)
"""How long before its end a certificate is spoken of."""

NOTICEABLE: Final = timedelta(seconds=60)

_EXPIRED: Final = 10
_NOT_YET: Final = 9
_HOST: Final = 62
_ISSUERS: Final = frozenset({18, 19, 20, 21})
_TLS: Final[Mapping[int, tuple[Text, Text]]] = {
    _EXPIRED: (
        Text("对方证书已过期。", "Its certificate has expired."),
        Text(
            "请税务机关更换证书；核对本机时钟。", "Ask the bureau for a new one; check this clock."
        ),
    ),
    _NOT_YET: (
        Text("对方证书尚未生效。", "Its certificate is not valid yet."),
        Text("核对本机时钟。", "Check this machine's clock."),
    ),
    _HOST: (
        Text("对方证书不属于所配置的主机名。", "Its certificate is for another host name."),
        Text(
            "核对 url；主机名必须与证书一致。",
            "Check url: the host name has to be one the certificate names.",
        ),
    ),
}
_ISSUER: Final = (
    Text("对方证书的签发机构不受信任。", "Its certificate's issuer is not trusted."),
    Text(
        "从税务机关取得根证书，用 ca_file 指定；不得关闭验证。",
        "Get the root certificate from the bureau and name it as ca_file; never switch"
        " verification off.",
    ),
)
_NO_TLS: Final = (
    Text("未能建立 TLS 1.2 以上的连接。", "No connection of TLS 1.2 or later could be made."),
    Text(
        "请税务机关启用 TLS 1.2 以上；国密 TLCP 需在本机设代理。",
        "Ask the bureau for TLS 1.2 or later; TLCP (国密) needs a local proxy.",
    ),
)
_OWN_CERTIFICATE: Final = (
    Text(
        "握手之后对方即断开：很可能要求客户端证书，或者拒绝了所给的证书。",
        "It broke off after the handshake: most likely it wants a client certificate, or refuses"
        " this one.",
    ),
    Text(
        "从税务机关取得客户端证书，用 client_certificate 和 client_key 指定。",
        "Get one from the bureau and name it with client_certificate and client_key.",
    ),
)


def reached(
    table: Mapping[str, Any], place: str, folder: Path, clock: Clock, *, offline: bool
) -> Iterator[Remark]:
    """Remark on the address of an HTTP source, and on who answers there.

    Args:
        table: The source's table of the configuration.
        place: The source, such as `sources.bureau`.
        folder: Where the configuration lies.
        clock: This machine's clock.
        offline: Whether nobody is to be asked.
    """
    from ..adapters.addresses import origin_of  # noqa: PLC0415 - brings requests
    from ..bureau.sending import MARK  # noqa: PLC0415 - likewise

    url = table.get("url")
    try:
        origin = origin_of(
            str(url),
            allow_plain_http_to=table.get("allow_plain_http_to", ()),
            allow_internal=table.get("allow_internal", ()),
        )
    except (ConfigError, TypeError):
        return  # a fault of the configuration, and named as one there
    if origin.plain:
        yield Remark(
            level=Level.WARNING,
            name="plain-http",
            place=place,
            told=Text(
                f"到 {origin.host} 的连接不加密：传输中可被窃听、篡改，答复的证据较弱。",
                f"The connection to {origin.host} is not encrypted: it can be read and changed on"
                " the way, and answers are weaker evidence.",
            ),
            remedy=Text(
                "请税务机关提供 https；此前仅在专线上使用。",
                "Ask the bureau for https; until then use it on a dedicated line only.",
            ),
        )
    else:
        yield from _own_certificate(table, place, folder, clock)
    if offline:
        return
    try:
        connection = http_connection(table, folder)
    except (OSError, TypeError, ValueError):
        return  # files for TLS that cannot be used, named as faults as well
    # A path of the other side's is not known to take HEAD: whatever it answers bears a date.
    began = clock()
    agreed = False
    with contextlib.closing(connection):
        try:
            connection.connect()
            if isinstance(connection.sock, ssl.SSLSocket):
                yield from _certificate(connection.sock, place, clock)
                agreed = True
            connection.request("HEAD", urlsplit(str(url)).path or "/")
            response = connection.getresponse()
            if response.getheader(MARK):
                yield _sandbox(place)
            date = response.getheader("Date")
        except ssl.SSLCertVerificationError as error:
            told, remedy = _TLS.get(error.verify_code, _ISSUER)
            yield _bad("tls", place, told, remedy)
        except (ssl.SSLError, ConnectionError) as error:
            if agreed:
                # Since TLS 1.3 a certificate that is missing is noticed after the handshake only.
                yield _bad("tls", place, *_OWN_CERTIFICATE)
            elif isinstance(error, ssl.SSLError):
                yield _bad("tls", place, *_NO_TLS)
            else:
                yield _unreachable(place, error)
        except (OSError, http.client.HTTPException) as error:
            yield _unreachable(place, error)
        else:
            yield from _clocks(date, began, clock(), place)


def http_connection(table: Mapping[str, Any], folder: Path) -> http.client.HTTPConnection:
    """Return a connection, not yet open, to the address of an HTTP source.

    Args:
        table: The source's table of the configuration, whose `url` was looked at.
        folder: Where the configuration lies.
    """
    parts = urlsplit(table["url"])
    host = parts.hostname or ""
    if parts.scheme == "http":
        return http.client.HTTPConnection(host, parts.port, timeout=PATIENCE)
    from requests.utils import DEFAULT_CA_BUNDLE_PATH  # noqa: PLC0415 - the source's own default

    authorities = folder / table["ca_file"] if "ca_file" in table else DEFAULT_CA_BUNDLE_PATH
    context = ssl.create_default_context(cafile=str(authorities))
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if "client_certificate" in table:
        key = folder / table["client_key"] if "client_key" in table else None
        context.load_cert_chain(folder / table["client_certificate"], key, password="")
    return http.client.HTTPSConnection(host, parts.port, timeout=PATIENCE, context=context)


def base_path(table: Mapping[str, Any]) -> str:
    """Return the path under which an HTTP source is asked."""
    return urlsplit(str(table["url"])).path.rstrip("/")


def _own_certificate(
    table: Mapping[str, Any], place: str, folder: Path, clock: Clock
) -> Iterator[Remark]:
    from ..adapters.certificates import validity  # noqa: PLC0415 - brings requests

    if not isinstance(table.get("client_certificate"), str):
        return
    try:
        pem = (folder / table["client_certificate"]).read_text(encoding="ascii")
        _, until = validity(pem)
    except (OSError, ValueError):
        return  # a fault of the configuration
    yield from _expiry(until, clock(), place, Text("本机的客户端证书", "The client certificate"))


def _certificate(connection: ssl.SSLSocket, place: str, clock: Clock) -> Iterator[Remark]:
    shown = connection.version() or "?"
    yield Remark(
        level=Level.OK,
        name="tls",
        place=place,
        told=Text(
            f"{shown}，证书与主机名验证通过。", f"{shown}; certificate and host name verified."
        ),
    )
    ends = (connection.getpeercert() or {}).get("notAfter")
    if isinstance(ends, str):
        until = datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC)
        yield from _expiry(until, clock(), place, Text("对方证书", "Its certificate"))


def _expiry(until: datetime, now: datetime, place: str, what: Text) -> Iterator[Remark]:
    left = until - now
    days = left.days
    on = f"{until:%Y-%m-%d}"
    told = Text(
        f"{what.zh}还有 {days} 天到期（{on}）。", f"{what.en} expires in {days} days, on {on}."
    )
    if left > SOON:
        yield Remark(level=Level.OK, name="certificate-expiry", place=place, told=told)
        return
    yield Remark(
        level=Level.WARNING if left > timedelta() else Level.FAULT,
        name="certificate-expiry",
        place=place,
        told=told,
        remedy=Text("在到期前更换。", "Have it replaced before that day."),
    )


def _clocks(date: str | None, began: datetime, ended: datetime, place: str) -> Iterator[Remark]:
    theirs = None
    with contextlib.suppress(ValueError, TypeError):
        theirs = parsedate_to_datetime(date) if date else None
    if theirs is None or theirs.tzinfo is None:
        yield Remark(
            level=Level.WARNING,
            name="clock-skew",
            place=place,
            told=Text(
                "对方不提供 Date 响应头，无法比较时钟。",
                "It sends no Date header: the clocks cannot be compared.",
            ),
            remedy=Text("确认本机时钟已用 NTP 校准。", "Make sure that this clock is kept by NTP."),
        )
        return
    # The header counts in whole seconds, and was written some time between the two instants.
    skew = max(timedelta(), theirs - ended, began - theirs - timedelta(seconds=1))
    seconds = round(skew.total_seconds())
    told = Text(f"双方时钟相差约 {seconds} 秒。", f"The clocks differ by about {seconds} seconds.")
    if skew <= NOTICEABLE:
        yield Remark(level=Level.OK, name="clock-skew", place=place, told=told)
        return
    yield Remark(
        level=Level.FAULT if skew > CLOCK_SKEW else Level.WARNING,
        name="clock-skew",
        place=place,
        told=told,
        remedy=Text(
            "用 NTP 校准本机时钟；如本机无误，告知税务机关。相差超过 5 分钟的答复不予采用。",
            "Set this clock by NTP; if it is right, tell the bureau. Answers of a clock more than 5"
            " minutes off are not used.",
        ),
    )


def _sandbox(place: str) -> Remark:
    return Remark(
        level=Level.WARNING,
        name="sandbox",
        place=place,
        told=Text(
            "这是沙箱税务机关，数据均为虚构。",
            "This is the sandbox bureau: all its data is invented.",
        ),
        remedy=Text(
            "办理登记前改为税务机关的正式地址。",
            "Name the bureau's own address before registrations are completed.",
        ),
    )


def _unreachable(place: str, error: Exception) -> Remark:
    why = type(error).__name__
    if isinstance(error, TimeoutError):
        told = Text("连接超时。", "The connection timed out.")
    elif isinstance(error, socket.gaierror):
        told = Text("域名无法解析。", "The host name cannot be resolved.")
    else:
        told = Text(f"无法连接（{why}）。", f"It cannot be reached ({why}).")
    return _bad(
        "connection",
        place,
        told,
        Text("核对地址、端口、专线和防火墙。", "Check address, port, line and firewall."),
    )


def _bad(name: str, place: str, told: Text, remedy: Text) -> Remark:
    return Remark(level=Level.FAULT, name=name, place=place, told=told, remedy=remedy)
