"""Secrets and questions tried out (试探): what only asking the bureau can show.

The question is about an identifier nobody has, and is asked only where somebody said so.
"""

from __future__ import annotations

import contextlib
import http.client
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from ..adapters.profile import Profile, SignerKind
from ..evidence import Inquiry, OutageCause, Purpose, china_date
from ..parties import IdType, Person
from ..sources import ClearanceSource, Clock, Deadline, SourceError, ask
from ..terms import Checkpoint, Matter
from ..wire.case import rules
from ..wire.exchange import checkpoint_of
from ..wording import Text
from .advice import ADVICE
from .connection import base_path, http_connection
from .remark import Level, Remark

__all__ = ["expiring_secret", "probed"]

NOBODY: Final = "no-record"
"""Name of the magic identifier a probe asks about."""

_SHORT: Final = 60.0


def expiring_secret(source: ClearanceSource, place: str, within: float) -> Iterator[Remark]:
    """Remark on a secret that expires: whether one is to be had, and how long it serves."""
    from ..adapters.http import HttpSource  # noqa: PLC0415 - brings requests

    keeper = source._keeper if isinstance(source, HttpSource) else None  # noqa: SLF001
    if keeper is None:
        return
    try:
        # Fetched as for a question, without one.
        keeper.current(Deadline(within))
    except SourceError as error:
        yield _outage(error, place, "secret-expiry", Text("取不到限时密钥", "No secret to be had"))
        return
    yield _arrived(place)
    remaining = keeper.remaining or 0.0
    minutes = round(remaining / 60)
    yield Remark(
        level=Level.OK if remaining > _SHORT else Level.WARNING,
        name="secret-expiry",
        place=place,
        told=Text(
            f"已取得限时密钥，{minutes} 分钟后（到期之前）更新。",
            f"A secret was fetched; it is renewed in {minutes} minutes, before it ends.",
        ),
        remedy=None
        if remaining > _SHORT
        else Text(
            "密钥有效期过短：核对双方时钟，并询问税务机关。",
            "It serves very briefly: compare the clocks, and ask the bureau.",
        ),
    )


def probed(
    source: ClearanceSource,
    place: str,
    table: Mapping[str, Any],
    folder: Path,
    within: float,
    clock: Clock,
) -> Iterator[Remark]:
    """Remark on what comes of one question about nobody.

    Args:
        source: Whom to ask.
        place: The source, such as `sources.bureau`.
        table: Its table of the configuration.
        folder: Where the configuration lies.
        within: Seconds it may take.
        clock: This machine's clock.
    """
    profile = getattr(source, "profile", None)
    known = profile if isinstance(profile, Profile) else None
    try:
        answer = ask(source, _about_nobody(known, table, clock), Deadline(within))
    except SourceError as error:
        yield _outage(error, place, "probe", Text("试查询失败", "The probe failed"))
        if error.outage.cause is OutageCause.BAD_SIGNATURE and known is not None:
            yield from _lost_headers(known, place, table, folder)
        return
    count = len(answer.records or ())
    if count:
        yield Remark(
            level=Level.WARNING,
            name="probe",
            place=place,
            told=Text(
                f"对不存在的对象返回了 {count} 条记录。",
                f"It has {count} records about an identifier nobody has.",
            ),
            remedy=Text(
                "确认所连的是正式系统，并询问税务机关。",
                "Make sure that this is the real system, and ask the bureau.",
            ),
        )
        return
    signing = known.signing if known is not None else None
    if signing is not None and signing.kind is SignerKind.HMAC_HEADER and not signing.exchange:
        yield _arrived(place)
    yield Remark(
        level=Level.OK,
        name="probe",
        place=place,
        told=Text(
            "试查询成功：签名、报文和回显均符合配置，无此对象的记录。",
            "The probe was answered: signature, fields and echo are as configured; no record.",
        ),
    )


def _about_nobody(profile: Profile | None, table: Mapping[str, Any], clock: Clock) -> Inquiry:
    from ..bureau.magic import MAGICS  # noqa: PLC0415 - brings the whole bureau

    nobody = next(magic for magic in MAGICS if magic.name == NOBODY)
    matter, checkpoint = Matter.VEHICLE_PURCHASE_TAX, Checkpoint.VEHICLE
    if profile is not None:
        question = next(iter(profile.questions.values()))
        matter = question.matters[0]
        checkpoint = question.checkpoint or checkpoint
    offices = table.get("offices")
    office = (
        next(iter(offices), "taxgate doctor") if isinstance(offices, dict) else "taxgate doctor"
    )
    has_person = checkpoint in {Checkpoint.PROPERTY_TITLE, Checkpoint.EQUITY_TRANSFER}
    inquiry = Inquiry(
        matter=matter,
        vin=nobody.vin if checkpoint is Checkpoint.VEHICLE else None,
        unit=nobody.unit if checkpoint is Checkpoint.PROPERTY_TITLE else None,
        company=nobody.uscc
        if checkpoint in {Checkpoint.EQUITY_TRANSFER, Checkpoint.DEREGISTRATION}
        else None,
        person=Person(IdType.RESIDENT_NUMBER, nobody.resident.value) if has_person else None,
        years=(china_date(clock()).year,) if matter is Matter.VEHICLE_AND_VESSEL_TAX else (),
        purpose=Purpose(
            office=office, case_no="DOCTOR-1", provision=rules(checkpoint).PROVISION.id
        ),
    )
    assert checkpoint_of(inquiry) is checkpoint  # noqa: S101 - built for it
    return inquiry


def _lost_headers(
    profile: Profile, place: str, table: Mapping[str, Any], folder: Path
) -> Iterator[Remark]:
    """Tell whether the bureau answers alike with the signature's headers and without them."""
    signing = profile.signing
    if signing.kind is not SignerKind.HMAC_HEADER:
        return
    headers = {f"{signing.prefix}_{name}": "0" for name in ("rid", "sid", "rtime", "sign")}
    path = (
        signing.exchange.path if signing.exchange else next(iter(profile.questions.values())).path
    )
    try:
        without = _reply(table, folder, path, {})
        within = _reply(table, folder, path, headers)
    except (OSError, http.client.HTTPException):
        return
    if without == within:
        yield Remark(
            level=Level.FAULT,
            name="underscore-headers",
            place=place,
            told=Text(
                "有无签名请求头，对方答复相同：它们很可能在途中被代理丢弃。",
                "It answers alike with the signature's headers and without them: a proxy on the way"
                " most likely drops them.",
            ),
            remedy=Text(
                "途经的每个 nginx 设置 underscores_in_headers on;",
                "Set underscores_in_headers on; in every nginx on the way.",
            ),
        )
    else:
        yield _arrived(place)


def _arrived(place: str) -> Remark:
    return Remark(
        level=Level.OK,
        name="underscore-headers",
        place=place,
        told=Text("签名请求头能够到达对方。", "The signature's headers arrive."),
    )


def _reply(
    table: Mapping[str, Any], folder: Path, path: str, headers: Mapping[str, str]
) -> tuple[int, bytes]:
    with contextlib.closing(http_connection(table, folder)) as connection:
        sent = {**headers, "Content-Type": "application/json;charset=utf-8"}
        connection.request("POST", base_path(table) + path, body=b"{}", headers=sent)
        response = connection.getresponse()
        return response.status, response.read(1 << 16)


def _outage(error: SourceError, place: str, name: str, what: Text) -> Remark:
    outage = error.outage
    detail = f" ({outage.detail})" if outage.detail else ""
    passing = outage.cause is OutageCause.RATE_LIMITED
    return Remark(
        level=Level.WARNING if passing else Level.FAULT,
        name=name,
        place=place,
        told=Text(f"{what.zh}：{outage.cause}{detail}", f"{what.en}: {outage.cause}{detail}"),
        remedy=ADVICE[outage.cause],
    )
