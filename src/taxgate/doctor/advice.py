"""What to do about an outage (处置建议), by its cause."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ..evidence import OutageCause
from ..wording import Text

__all__ = ["ADVICE"]

ADVICE: Final[Mapping[OutageCause, Text]] = MappingProxyType(
    {
        OutageCause.NOT_ASKED: Text(
            "该事项没有可查询的数据来源：请在配置 [gate.sources] 中指定。",
            "No source is there for this matter: name one under [gate.sources].",
        ),
        OutageCause.TIMEOUT: Text(
            "稍后重试；如反复超时，请与税务机关核对地址、防火墙和对方负载。",
            "Try again later. If it keeps happening, check the address, the firewall and, with the"
            " bureau, its load.",
        ),
        OutageCause.CONNECT_FAILED: Text(
            "检查地址、端口、专线和防火墙；对方可能正在重启，稍后重试。",
            "Check address, port, the line and the firewall; the other side may be restarting, so"
            " try again later.",
        ),
        OutageCause.DNS_FAILED: Text(
            "检查域名拼写和本机的域名解析设置。",
            "Check how the host name is written, and this machine's name resolution.",
        ),
        OutageCause.RATE_LIMITED: Text(
            "等待对方要求的时间后重试；在配置中设置限速，并与税务机关约定频率。",
            "Wait as long as it asks, then try again; set a rate limit in the configuration and"
            " agree with the bureau on a rate.",
        ),
        OutageCause.SERVER_FAULT: Text(
            "对方系统故障：稍后重试；持续发生时告知税务机关，并提供查询编号和时间。",
            "The other system is at fault: try again later; if it lasts, tell the bureau, with the"
            " number and the time of the inquiry.",
        ),
        OutageCause.NOT_OPENED: Text(
            "向税务机关申请开放共享目录中的该项（办法第18条）；重试无用。",
            "Ask the bureau to open this item of the sharing catalogue to the office (Order Art."
            " 18); trying again does not help.",
        ),
        OutageCause.TLS_FAILED: Text(
            "核对证书的有效期、主机名和签发机构；不得关闭证书验证。",
            "Check the certificate's dates, host name and issuer; never switch verification off.",
        ),
        OutageCause.REDIRECT_REFUSED: Text(
            "配置的地址已变更，或者被网关拦截：与税务机关核对新地址。",
            "The address has moved, or a gateway stands in between: confirm the new one with the"
            " bureau.",
        ),
        OutageCause.BAD_SIGNATURE: Text(
            "检查密钥、应用编号和本机时钟；确认代理没有丢弃带下划线的请求头"
            "（nginx：underscores_in_headers on）。",
            "Check secret, application number and this machine's clock; make sure that no proxy"
            " drops header names with underscores (nginx: underscores_in_headers on).",
        ),
        OutageCause.MALFORMED_RESPONSE: Text(
            "答复不符合接口配置：与税务机关核对接口文档，并更新接口配置文件。",
            "The reply does not fit the profile: compare it with the bureau's interface document"
            " and correct the profile.",
        ),
        OutageCause.OVERSIZE_RESPONSE: Text(
            "答复超出上限：确认地址无误，并告知税务机关。",
            "The reply is beyond the limit: make sure that the address is right, and tell the"
            " bureau.",
        ),
        OutageCause.UNKNOWN_CODE: Text(
            "向税务机关询问该代码的含义，再加入接口配置的代码表；不得猜测。",
            "Ask the bureau what the code means, then add it to the profile's code table; never"
            " guess.",
        ),
        OutageCause.SUBJECT_MISMATCH: Text(
            "不得使用该答复；立即告知税务机关，并保存查询编号和时间。",
            "Do not use this answer; tell the bureau at once, and keep the number and the time of"
            " the inquiry.",
        ),
        OutageCause.STALE_ANSWER: Text(
            "数据过旧：告知税务机关其数据同步已滞后；稍后重试。",
            "The data is too old: tell the bureau that its synchronisation lags; try again later.",
        ),
        OutageCause.CLOCK_SKEW: Text(
            "校准本机时钟（NTP）；如本机无误，告知税务机关。",
            "Set this machine's clock (NTP); if it is right, tell the bureau.",
        ),
        OutageCause.REPLAYED_ANSWER: Text(
            "不得使用该答复；检查中间的缓存和代理，并告知税务机关。",
            "Do not use this answer; look for caches and proxies in between, and tell the bureau.",
        ),
        OutageCause.SOURCES_DISAGREE: Text(
            "两个数据来源答复不一致：不得择一采用，请税务机关核实。",
            "Two sources answer differently: do not choose one; ask the bureau which is right.",
        ),
        OutageCause.NOT_LIVE: Text(
            "答复来自内存或者回放，只能用于试验：请配置真实的数据来源。",
            "It comes from memory or from a recording and serves trials only: configure a real"
            " source.",
        ),
    }
)
"""One text for each cause."""
