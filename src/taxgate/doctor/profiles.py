"""What a profile leaves open or weak (接口配置缺口): unconfirmed places, echo, age, signature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ..adapters.profile import Profile, SignerKind
from ..evidence import FRESH_FOR
from ..wording import Text
from .remark import Level, Remark

__all__ = ["gaps"]

_WEAK: Final = Text(
    "签名使用已被攻破的摘要算法 {algorithm}。",
    "It signs with {algorithm}, a digest that is broken.",
)
_CONFIRM: Final = Text(
    "接口配置中有 {count} 处未经税务机关确认：{places}",
    "{count} places of the profile are not confirmed by the bureau: {places}",
)


def gaps(profile: Profile, place: str, table: Mapping[str, Any]) -> Iterator[Remark]:
    """Remark on *profile* as the source at *place* uses it.

    Args:
        profile: The profile.
        place: The source, such as `sources.bureau`.
        table: The source's table of the configuration.
    """
    yield from _unconfirmed(profile, place)
    yield from _echo(profile, place)
    yield from _age(profile, place, table)
    yield from _signature(profile, place)


def _unconfirmed(profile: Profile, place: str) -> Iterator[Remark]:
    if profile.to_confirm:
        count, places = str(len(profile.to_confirm)), ", ".join(profile.to_confirm)
        yield Remark(
            level=Level.WARNING,
            name="profile-unconfirmed",
            place=place,
            told=Text(
                _CONFIRM.zh.format(count=count, places=places),
                _CONFIRM.en.format(count=count, places=places),
            ),
            remedy=Text(
                "复制该接口配置文件，逐处与税务机关的接口文档核对，改正后从 to_confirm 中删去。",
                "Copy the profile, compare each place with the bureau's interface document, correct"
                " it and take it out of to_confirm.",
            ),
        )
    else:
        yield _fine(
            "profile-unconfirmed",
            place,
            "接口配置各处均已确认。",
            "Nothing in the profile is left to confirm.",
        )


def _echo(profile: Profile, place: str) -> Iterator[Remark]:
    if profile.reply.echo.absent:
        yield Remark(
            level=Level.WARNING,
            name="no-echo",
            place=place,
            told=Text(
                "答复不回显查验对象，只能靠双向 TLS 证明答复对应哪次查验，证据较弱。",
                "Replies do not repeat their subject: only mutual TLS ties them to the question,"
                " and they are weaker evidence.",
            ),
            remedy=Text(
                "请税务机关在答复中回显税种和查验对象。",
                "Ask the bureau to repeat tax and subject in its replies.",
            ),
        )
    else:
        yield _fine("no-echo", place, "答复回显查验对象。", "Replies repeat their subject.")


def _age(profile: Profile, place: str, table: Mapping[str, Any]) -> Iterator[Remark]:
    oldest = FRESH_FOR.total_seconds()
    limit = profile.reply.as_of.max_age
    if isinstance(table.get("max_age_seconds"), int | float):
        limit = min(limit, float(table["max_age_seconds"]))
    if profile.reply.as_of.path is None:
        yield Remark(
            level=Level.WARNING,
            name="no-as-of",
            place=place,
            told=Text(
                "答复不含数据时点，以 Date 响应头代替：只说明何时发出，不说明数据何时为真。",
                "Replies do not say as of when they are true; the Date header stands in, which says"
                " when they were sent.",
            ),
            remedy=Text("请税务机关提供数据时点。", "Ask the bureau to state it."),
        )
    if limit >= oldest:
        yield Remark(
            level=Level.WARNING,
            name="freshness",
            place=place,
            told=Text(
                "未设定短于 24 小时的时效：退税、作废最迟一天后才会反映。",
                "No limit shorter than 24 hours: a refund may go unnoticed for a day.",
            ),
            remedy=Text(
                "与税务机关约定数据更新频率，并设置 max_age_seconds。",
                "Agree with the bureau on how often data is renewed, and set max_age_seconds.",
            ),
        )
    else:
        yield _fine(
            "freshness",
            place,
            f"答复超过 {limit:.0f} 秒即不采用。",
            f"Answers older than {limit:.0f} seconds are not used.",
        )


def _signature(profile: Profile, place: str) -> Iterator[Remark]:
    signing = profile.signing
    if signing.weak:
        yield Remark(
            level=Level.WARNING,
            name="weak-signer",
            place=place,
            told=Text(
                _WEAK.zh.format(algorithm=signing.algorithm),
                _WEAK.en.format(algorithm=signing.algorithm),
            ),
            remedy=Text(
                "与税务机关约定改用 SHA-256 或者 SM3；此前确保连接经 TLS 验证。",
                "Agree on SHA-256 or SM3 with the bureau; until then rely on verified TLS only.",
            ),
        )
    elif signing.kind is SignerKind.NONE:
        yield Remark(
            level=Level.WARNING,
            name="weak-signer",
            place=place,
            told=Text("请求不签名。", "Requests are not signed."),
            remedy=Text(
                "使用客户端证书（client_certificate），或者带签名的接口。",
                "Show a client certificate (client_certificate), or use an interface that signs.",
            ),
        )
    else:
        yield _fine(
            "weak-signer", place, "签名算法未被攻破。", "The signature's digest is not broken."
        )
    if signing.kind is SignerKind.HMAC_HEADER:
        yield Remark(
            level=Level.WARNING,
            name="underscore-headers",
            place=place,
            told=Text(
                f"签名请求头（{signing.prefix}_rid 等）含下划线，nginx 等代理默认丢弃。",
                f"The signature travels in headers with underscores ({signing.prefix}_rid and"
                " others), which nginx and other proxies drop by default.",
            ),
            remedy=Text(
                "途经的每个 nginx 设置 underscores_in_headers on; 然后用 --probe 检测。",
                "Set underscores_in_headers on; in every nginx on the way, then test with --probe.",
            ),
        )


def _fine(name: str, place: str, zh: str, en: str) -> Remark:
    return Remark(level=Level.OK, name=name, place=place, told=Text(zh, en))
