"""The faults and attacks sources have to survive, and which source is tried with which.

Numbers are those of the list of faults in the issue. What a test shows is said by a marker on it,
`@pytest.mark.fault(3, source="http")`, or in `fault_tests.py`, for tests that stand with the
source they are about. `faults/test_matrix.py` fails for a fault and a source that belong together
and that no test shows.
"""

# ruff: noqa: E501 - one line of the table is one line of the page

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from attrs import field, frozen

from taxgate.evidence import OutageCause
from taxgate.wording import Text

HTTP: Final = "http"
EXCHANGE: Final = "exchange-database"
FILES: Final = "drop-files"
MEMORY: Final = "in-memory"
REPLAY: Final = "replay"
AROUND: Final = (
    "by-matter", "cached", "fallback", "cross-check", "breaker", "rate-limit", "recording",
)  # fmt: skip
SOURCES: Final = (HTTP, EXCHANGE, FILES, *AROUND, REPLAY, MEMORY)
GATE: Final = "gate"
"""Not a source: what is refused before any is asked, or decided beside all of them."""


class Where(StrEnum):
    """Where a fault comes from."""

    NETWORK = "network"
    """The connection, TLS, or HTTP itself."""
    REPLY = "reply"
    """What a reply, an answer row or a file says."""
    GATE = "gate"
    """What is handed in, or how the whole is built: the same for every source."""
    OWN = "own"
    """Something only some sources do."""


@frozen
class Fault:
    """One fault or attack.

    Attributes:
        number: Its number in the list of faults.
        title: What happens.
        outcome: What a caller has to see.
        where: Where it comes from.
        native: Sources that meet it themselves.
        cause: Cause of the outage it has to become; None: it becomes none.
        handed_on: Whether other sources hand on what comes of it.
        except_for: Sources it does not concern, each with the reason, beyond the usual ones.
    """

    number: int
    title: Text
    outcome: Text
    where: Where
    native: tuple[str, ...]
    cause: OutageCause | None = None
    handed_on: bool = True
    except_for: Mapping[str, Text] = field(factory=dict)

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source it is tried with; the gate where it concerns no single one."""
        if self.where is Where.GATE:
            return (GATE, *self.native)
        others = (*AROUND, REPLAY, MEMORY) if self.handed_on else ()
        wanted = {*self.native, *others} - {*self.except_for}
        return tuple(source for source in SOURCES if source in wanted)

    def reason(self, source: str) -> Text | None:
        """Return why it is not tried with *source*; None where it is."""
        if source in self.sources:
            return None
        if source in self.except_for:
            return self.except_for[source]
        return _USUAL.get((self.where, source), _NOBODY)


_NOBODY = Text("该来源不涉及此项", "the source does nothing of the kind")
_ONCE = Text("在询问任何来源之前即已处理", "dealt with before any source is asked")
_USUAL: Final[Mapping[tuple[Where, str], Text]] = {
    **{(Where.GATE, source): _ONCE for source in SOURCES},
    (Where.NETWORK, EXCHANGE): Text(
        "不使用 HTTP，由数据库驱动连接", "speaks no HTTP: a database driver connects"
    ),
    (Where.NETWORK, FILES): Text("只读取文件，不建立连接", "reads files and connects to nobody"),
    (Where.REPLY, EXCHANGE): Text("应答行中没有此项内容", "an answer row has nothing of the kind"),
    (Where.REPLY, FILES): Text("交换文件中没有此项内容", "a file has nothing of the kind"),
}


def _cause(cause: OutageCause, zh: str = "", en: str = "") -> Text:
    kind = "U" if cause.kind.value == "source-unreachable" else "T"
    return Text(
        f"{kind} `{cause}`{'；' + zh if zh else ''}", f"{kind} `{cause}`{'; ' + en if en else ''}"
    )


def _network(
    number: int,
    zh: str,
    en: str,
    cause: OutageCause,
    *,
    more: tuple[str, str] = ("", ""),
    native: tuple[str, ...] = (HTTP,),
    except_for: Mapping[str, Text] | None = None,
) -> Fault:
    outcome = _cause(cause, *more)
    reasons = except_for or {}
    return Fault(number, Text(zh, en), outcome, Where.NETWORK, native, cause, except_for=reasons)


def _reply(
    number: int,
    zh: str,
    en: str,
    cause: OutageCause,
    *,
    more: tuple[str, str] = ("", ""),
    native: tuple[str, ...] = (HTTP, EXCHANGE, FILES),
) -> Fault:
    return Fault(number, Text(zh, en), _cause(cause, *more), Where.REPLY, native, cause)


def _start(number: int, zh: str, en: str, outcome: tuple[str, str] = ("", "")) -> Fault:
    """Return a fault of a configuration, refused before anything is asked."""
    told = Text(
        "启动时即报告配置错误" + outcome[0],
        "refused at start as a configuration error" + outcome[1],
    )
    return Fault(number, Text(zh, en), told, Where.NETWORK, (HTTP,), handed_on=False)


def _at_the_gate(
    number: int, zh: str, en: str, outcome: tuple[str, str], native: tuple[str, ...] = ()
) -> Fault:
    return Fault(number, Text(zh, en), Text(*outcome), Where.GATE, native)


def _own(number: int, zh: str, en: str, outcome: tuple[str, str], native: tuple[str, ...]) -> Fault:
    return Fault(number, Text(zh, en), Text(*outcome), Where.OWN, native, handed_on=False)


def _decided(
    number: int,
    zh: str,
    en: str,
    outcome: tuple[str, str],
    native: tuple[str, ...] = (HTTP, EXCHANGE, FILES),
) -> Fault:
    return Fault(number, Text(zh, en), Text(*outcome), Where.REPLY, native)


_BY_THE_DRIVER: Final = {
    EXCHANGE: Text(
        "由数据库驱动核对；配置须要求核对域名（verify-full）",
        "checked by the driver; the configuration has to demand it (verify-full)",
    )
}

_C = OutageCause
_INPUT = ("输入错误，不作任何询问", "an input error before anything is asked")

# fmt: off
FAULTS: Final[tuple[Fault, ...]] = (
    _network(1, "连接被拒绝", "connection refused", _C.CONNECT_FAILED,
             native=(HTTP, EXCHANGE)),
    _network(2, "域名无法解析", "the name cannot be resolved", _C.DNS_FAILED),
    _network(3, "首个数据包始终无应答", "the first packet is never answered", _C.TIMEOUT,
             native=(HTTP, EXCHANGE)),
    _network(4, "应答途中连接被重置", "the connection is reset in the middle of a reply",
             _C.CONNECT_FAILED, native=(HTTP, EXCHANGE)),
    _network(5, "应答逐字节缓慢到达", "a reply drips in byte by byte", _C.TIMEOUT,
             more=("以总时限为准", "at the total deadline")),
    _network(6, "TLS 握手停滞", "the TLS handshake stalls", _C.TIMEOUT, native=(HTTP, EXCHANGE)),
    _network(7, "证书过期、自签名或者由其他机构签发", "certificate expired, self-signed, or of another authority",
             _C.TLS_FAILED, more=("不降级重试", "no weaker second try"), except_for=_BY_THE_DRIVER),
    _network(8, "证书与主机名不符", "the certificate is for another host", _C.TLS_FAILED, except_for=_BY_THE_DRIVER),
    _network(9, "对方只支持 TLS 1.2 以前的版本", "a peer that speaks nothing newer than TLS 1.1", _C.TLS_FAILED, except_for=_BY_THE_DRIVER),
    _network(10, "客户端证书缺失、过期或者与密钥不符", "client certificate missing, expired or of another key",
             _C.TLS_FAILED, more=("能够预先发现的，启动时报告", "at start where it can be known"), except_for=_BY_THE_DRIVER),
    _start(11, "环境变量更改信任的证书机构，或者关闭校验", "the environment changes whom TLS trusts, or switches it off",
           ("；环境变量不起作用", "; the environment has no effect")),
    Fault(12, Text("环境中设有代理或者 .netrc", "a proxy or .netrc in the environment"),
          Text("不起作用", "has no effect"), Where.NETWORK, (HTTP,), handed_on=False),
    _network(13, "重定向到任何地址", "a redirect, to wherever", _C.REDIRECT_REFUSED),
    _at_the_gate(14, "标识中夹带路径或者换行", "an identifier that smuggles in a path or a line break",
                 ("输入错误；标识从不出现在地址中", "an input error; no identifier ever stands in a URL"), (HTTP,)),
    _start(15, "地址指向本机或者内部网络", "the address leads into this machine or the office"),
    Fault(16, Text("域名解析结果中途改变", "the name leads elsewhere between two calls"),
          Text("证书仍按域名校验；明文连接固定地址", "TLS still checks the name; plain http keeps its addresses"),
          Where.NETWORK, (HTTP,), handed_on=False),
    _network(17, "请求过于频繁，附各种 Retry-After", "told to come back later, in every form of Retry-After",
             _C.RATE_LIMITED, more=("等待不超过时限", "never waits past the deadline")),
    _network(18, "服务器错误或者代理的错误页面", "a server error, or the error page of a proxy", _C.SERVER_FAULT),
    _network(19, "传输层报告请求有误或者不存在", "status 400 or 404", _C.MALFORMED_RESPONSE,
             more=("404 不等于“无记录”", "404 does not mean no record")),
    _network(20, "签名或者身份被拒绝，签名头丢失", "signature refused, secret expired, signed headers lost",
             _C.BAD_SIGNATURE, more=("只更换一次密钥", "one new secret, then a pause")),
    Fault(21, Text("外层成功而内层失败", "the outer envelope succeeds and the inner one fails"),
          Text("按内层代码处理，绝不视为有记录", "as the inner code says, never as a record"),
          Where.REPLY, (HTTP,), _C.SERVER_FAULT),
    _reply(22, "应答为空", "an empty reply", _C.MALFORMED_RESPONSE),
    _network(23, "正文短于声明的长度", "a body shorter than it says", _C.CONNECT_FAILED),
    _network(24, "正文以断开连接结束", "a body that ends with the connection", _C.MALFORMED_RESPONSE),
    _reply(25, "JSON 不完整或者有多余内容", "JSON cut off, or with something behind it", _C.MALFORMED_RESPONSE),
    _reply(26, "同一字段出现两次", "one field stated twice", _C.MALFORMED_RESPONSE),
    _reply(27, "并非数字的数字", "numbers that are none", _C.MALFORMED_RESPONSE),
    Fault(28, Text("税额为负、合计不符", "negative tax, sums that do not add up"),
          _cause(_C.MALFORMED_RESPONSE, "绝不通过", "never a pass"), Where.REPLY, (HTTP,), _C.MALFORMED_RESPONSE,
          except_for={source: Text("没有税额", "holds no amounts of tax") for source in (EXCHANGE, FILES)}),
    _reply(29, "金额为浮点数或者科学记数", "amounts as floats or with exponents", _C.MALFORMED_RESPONSE),
    _reply(30, "嵌套极深、数字极长", "nested without end, numbers without end", _C.MALFORMED_RESPONSE),
    _reply(31, "应答过大", "a reply too large", _C.OVERSIZE_RESPONSE),
    Fault(32, Text("压缩炸弹", "a compressed reply that unpacks without end"),
          _cause(_C.OVERSIZE_RESPONSE, "额外内存不超过 8 MiB", "at most 8 MiB of extra memory"),
          Where.NETWORK, (HTTP,), _C.OVERSIZE_RESPONSE),
    _network(33, "内容类型不符", "another content type", _C.MALFORMED_RESPONSE),
    _reply(34, "字符编码不符", "another encoding than it claims", _C.MALFORMED_RESPONSE),
    _reply(35, "没有状态", "no status, or an empty one", _C.MALFORMED_RESPONSE),
    _reply(36, "状态貌似真假值", "a status that looks like true or false", _C.UNKNOWN_CODE),
    _reply(37, "新的未知代码", "a code nobody knows yet", _C.UNKNOWN_CODE,
           more=("保留原代码", "the raw code is kept for the operator")),
    Fault(38, Text("多余的字段", "fields nobody knows"), Text("容许", "tolerated"),
          Where.REPLY, (HTTP, FILES), handed_on=False, except_for={EXCHANGE: Text(
              "采用本软件自己的格式，未知字段一律拒绝", "rows are in taxgate's own form: what is unknown there is refused")}),
    _reply(39, "类型不符", "a value of another type", _C.MALFORMED_RESPONSE),
    _reply(40, "应答属于其他主体", "the answer is about another subject", _C.SUBJECT_MISMATCH),
    _reply(41, "应答属于其他税种", "the answer is about another tax", _C.SUBJECT_MISMATCH),
    _reply(42, "应答没有回显主体", "the answer does not say whom it is about", _C.SUBJECT_MISMATCH,
           native=(HTTP, EXCHANGE)),
    _decided(43, "同一应答中的记录互相矛盾", "records in one answer contradict each other",
             ("结果异常：告知并暂缓", "a conflict: inform and hold")),
    _decided(44, "一方完税而另一方没有", "one party cleared, the other not", ("不予通过", "does not pass")),
    Fault(45, Text("分页应答缺页", "a page of the answer is missing"), _cause(_C.MALFORMED_RESPONSE),
          Where.REPLY, (HTTP, FILES), _C.MALFORMED_RESPONSE),
    _reply(46, "数据时点过旧或者缺失", "the answer is stale, or says nothing of when", _C.STALE_ANSWER),
    _reply(47, "数据时点在未来", "the answer comes from the future", _C.CLOCK_SKEW),
    _at_the_gate(48, "查询期间本机时钟被调整", "the clock on the wall is set during a call",
                 ("时限按单调时钟计算", "deadlines count on a clock that never goes back")),
    _reply(49, "重放旧的应答", "an old reply comes again", _C.REPLAYED_ANSWER, native=(HTTP, EXCHANGE)),
    _own(50, "伪造或者重复的推送", "a pushed status that is forged or repeated",
         ("推送只引起重新查询", "a push only makes one ask again"), (EXCHANGE,)),
    _decided(51, "通过以后退税或者作废", "a refund or void after a pass",
             ("再次查验时即被发现", "the next check sees it")),
    _decided(52, "免税证明在当日被撤销", "an exemption revoked by the day", ("不予通过", "does not pass")),
    _at_the_gate(53, "车辆识别代号大小写、字符、长度有误", "a VIN in lower case, with I, O or Q, too short or too long", _INPUT),
    _at_the_gate(54, "全角数字、其他文字的数字", "full-width and foreign digits", _INPUT),
    _at_the_gate(55, "形似字符", "look-alike letters", _INPUT),
    _at_the_gate(56, "零宽字符、方向控制符、特殊空白", "invisible and direction-changing characters", _INPUT),
    _at_the_gate(57, "兼容字符使姓名相撞", "names that compatibility characters make equal",
                 ("按原样保存，比较规则有名称", "kept as given; the rule of comparison is named")),
    _at_the_gate(58, "信用代码校验位不符、旧式证件号码", "a wrong check character, identifiers of old forms", _INPUT),
    _at_the_gate(63, "日志注入", "text that would begin a log line of its own",
                 ("一事一行", "one event is one line"), (HTTP, EXCHANGE)),
    Fault(64, Text("个人信息外泄于日志、错误、文本表示", "personal data in logs, errors or representations"),
          Text("无一处可见", "not one hit"), Where.OWN, SOURCES, handed_on=False),
    _at_the_gate(68, "反序列化执行代码", "pickle",
                 ("不使用；密钥拒绝序列化", "not used; secrets refuse it")),
    _at_the_gate(69, "正则表达式灾难性回溯", "text that makes a pattern take for ever",
                 ("长度先行，模式不回溯", "length first; no pattern that backtracks")),
    _own(70, "XML 外部实体、实体膨胀", "XML entities, inside or out", ("T `malformed-response`", "T `malformed-response`"), (FILES,)),
    Fault(71, Text("SOAP 错误报文", "a SOAP fault with status 200"), Text("不适用", "does not apply"),
          Where.REPLY, (), handed_on=False,
          except_for={source: Text("没有使用 SOAP 的来源", "no source speaks SOAP") for source in SOURCES}),
    _own(72, "电子表格的炸弹、公式、宏、数字化的标识", "spreadsheets: bombs, formulas, macros, identifiers as numbers",
         ("T，绝不读作数值", "T, never read as a number"), (FILES,)),
    _own(73, "CSV 引号未闭合、行不齐", "CSV with an open quote, or ragged rows", ("T `malformed-response`", "T `malformed-response`"), (FILES,)),
    _own(74, "文件写了一半、被替换、为链接", "a file half written, replaced, or a link",
         ("等待完整的清单，否则不可用", "only with a complete manifest"), (FILES,)),
    _own(75, "应答行重复、迟到、属于其他请求", "answer rows that are doubled, late, or of another request",
         ("不采用", "not used"), (EXCHANGE,)),
    _own(76, "处理程序持有租约时中止", "a worker dies holding a lease", ("租约到期，不重复应答", "the lease ends; no double answer"), (EXCHANGE,)),
    _own(77, "多线程争用缓存", "threads race in a cache", ("只询问一次", "one question, no mixed answers"), ("cached",)),
    _own(78, "缓存键相撞、内容被改", "a cache serves one office what another asked", ("键包含一切区别", "the key holds all that differs"), ("cached",)),
    _own(79, "缓存的完税晚于退税", "a cached “paid” outlives a refund", ("保留时间短，可要求实时", "kept for a short while; live on demand"), ("cached",)),
    _at_the_gate(80, "异步任务被取消", "an asynchronous check is cancelled",
                 ("不再询问；不留下半个结论", "nothing more is asked; no half decision")),
    Fault(81, Text("创建以后分叉进程", "a fork after it was made"), Text("各进程自行其是", "each process has its own"),
          Where.OWN, SOURCES, handed_on=False),
    _own(82, "熔断后一拥而上", "a stampede when the circuit half opens", ("只放行一个", "one probe"), ("breaker",)),
    _own(83, "多层重试", "retries at several layers", ("每次查询至多三次请求", "at most three requests a question"), (HTTP, *AROUND)),
    _own(84, "因答复“未缴”而改问他处", "asking elsewhere because the answer was “unpaid”", ("绝不", "never"), ("fallback",)),
    _own(85, "正式环境使用回放或者内存来源", "answers from memory or a recording in production",
         ("启动时报告；答复不计", "refused at start; the answers do not count"), (MEMORY, REPLAY, *AROUND)),
    _at_the_gate(95, "时区", "time zones", ("一律带时区，按中国日期", "aware instants only, days in China"), (HTTP,)),
    _at_the_gate(96, "闰日、闰秒、两位数年份", "leap days, leap seconds, two-digit years",
                 ("照历法，否则拒绝", "by the calendar, or refused"), (HTTP,)),
)
# fmt: on
"""Every fault that concerns sources and the gate, in order."""
