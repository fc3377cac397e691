"""Magic identifiers (测试标识): asked about one, the sandbox bureau does what its table says.

Each has a number of two digits; the tens are the kind of fault. The number stands in an identifier
of each kind that is well-formed, with a fitting check character, and that nobody has: a VIN whose
middle reads FAULT, a parcel and an organisation of the region 149999 and a person of the region
149997, which do not exist.

The table printed by `taxgate bureau --magic` and the one in the documentation are made of `MAGICS`,
and so are the replies: `misdeeds` and `wires` ask for these names and for no others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, TypeVar

from attrs import frozen

from ..evidence import Inquiry, OutageCause
from ..identifiers import Identifier, ResidentNumber, UnitCode, Uscc, Vin
from ..wording import Text

__all__ = ["MAGICS", "Magic", "magic_of"]

T = TypeVar("T", bound=Identifier)


@frozen(kw_only=True)
class Magic:
    """One line of the table.

    Attributes:
        number: Two digits; the tens are the kind.
        name: Its name, kebab-case.
        title: What the bureau does.
        cause: The outage a source makes of it; None: an answer that is accepted.
    """

    number: int
    name: str
    title: Text
    cause: OutageCause | None = None

    @property
    def vin(self) -> Vin:
        """The vehicle it is tried with."""
        return _vin(f"LTXFAULT{{}}TB0000{self.number:02}")

    @property
    def unit(self) -> UnitCode:
        """The real-estate unit it is tried with."""
        return UnitCode(f"149999999999GB000{self.number:02}F00010001")

    @property
    def uscc(self) -> Uscc:
        """The company or entity it is tried with."""
        return _uscc(f"91149999MAFAULT{self.number:02}")

    @property
    def resident(self) -> ResidentNumber:
        """The person it is tried with."""
        return _resident(f"14999719000101{self.number:03}")

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """All four of them."""
        return self.vin, self.unit, self.uscc, self.resident


def magic_of(inquiry: Inquiry) -> Magic | None:
    """Return what *inquiry* is asked to try; None if it is about nobody magic.

    The object decides before the person: of two magic identifiers the first of VIN, unit, company
    and person counts.
    """
    person = inquiry.person.number if inquiry.person else None
    for value in (inquiry.vin, inquiry.unit, inquiry.company):
        if value is not None and value.value in _by_value():
            return _by_value()[value.value]
    return None if person is None else _by_value().get(person)


@cache
def _by_value() -> Mapping[str, Magic]:
    return MappingProxyType({part.value: magic for magic in MAGICS for part in magic.identifiers})


# The check characters are found by trying: the parsers know the weights, and once is enough.


@cache
def _vin(pattern: str) -> Vin:
    return next(vin for vin in map(Vin, _filled(pattern, "0123456789X")) if vin.check_digit_ok)


@cache
def _uscc(body: str) -> Uscc:
    return _first(Uscc, _filled(body + "{}", "0123456789ABCDEFGHJKLMNPQRTUWXY"))


@cache
def _resident(body: str) -> ResidentNumber:
    return _first(ResidentNumber, _filled(body + "{}", "0123456789X"))


def _filled(pattern: str, characters: str) -> Iterator[str]:
    return (pattern.format(character) for character in characters)


def _first(kind: type[T], texts: Iterator[str]) -> T:
    for text in texts:
        try:
            return kind(text)
        except ValueError:
            continue
    raise AssertionError("one check character always fits")


_O = OutageCause

# fmt: off
MAGICS: Final[tuple[Magic, ...]] = (
    # 0x: answers. Nothing is wrong with them.
    Magic(number=1, name="paid", title=Text(
        "已缴纳；清税文书已出具、无异议等令人放心的记录",
        "paid; a clearance document issued, no objection: whatever reassures")),
    Magic(number=2, name="unpaid", title=Text(
        "未缴纳；清税文书已撤销、已提出异议等",
        "unpaid; the document revoked, an objection raised: whatever does not")),
    Magic(number=3, name="no-record", title=Text("没有记录", "no record")),
    Magic(number=4, name="contradiction", title=Text(
        "同一答复中的两条记录相互矛盾", "two records in one answer contradict each other")),
    Magic(number=5, name="record-of-another", title=Text(
        "答复无误，但其中记录属于另一对象",
        "the right answer, holding a record that is about another subject")),
    Magic(number=6, name="slow", title=Text(
        "两秒后才答复，答复无误", "the right answer, two seconds late")),

    # 1x: the connection.
    Magic(number=11, name="silence", cause=_O.TIMEOUT, title=Text(
        "收下请求后不答复", "takes the request and never answers")),
    Magic(number=12, name="header-drip", cause=_O.TIMEOUT, title=Text(
        "响应头逐字节缓慢发送", "sends the headers byte by byte, without end")),
    Magic(number=13, name="body-drip", cause=_O.TIMEOUT, title=Text(
        "响应正文逐字节缓慢发送", "sends the body byte by byte, without end")),
    Magic(number=14, name="reset", cause=_O.CONNECT_FAILED, title=Text(
        "发送一半后重置连接", "resets the connection in the middle of the body")),
    Magic(number=15, name="cut-short", cause=_O.CONNECT_FAILED, title=Text(
        "正文短于 Content-Length", "sends less than Content-Length says")),
    Magic(number=16, name="hang-up", cause=_O.CONNECT_FAILED, title=Text(
        "不答复，直接断开连接", "closes the connection without a word")),
    Magic(number=17, name="no-length", cause=_O.MALFORMED_RESPONSE, title=Text(
        "不声明长度，以断开连接为结尾", "states no length: the end of the connection is the end")),

    # 2x: the status line and the headers.
    Magic(number=21, name="rate-limited", cause=_O.RATE_LIMITED, title=Text(
        "429，Retry-After 为 30 秒", "429 with Retry-After: 30")),
    Magic(number=22, name="server-error", cause=_O.SERVER_FAULT, title=Text(
        "500，HTML 错误页", "500 with an HTML page")),
    Magic(number=23, name="maintenance", cause=_O.SERVER_FAULT, title=Text(
        "503，系统维护", "503, down for maintenance")),
    Magic(number=24, name="not-found", cause=_O.MALFORMED_RESPONSE, title=Text(
        "404（不等于没有记录）", "404, which is not the same as no record")),
    Magic(number=25, name="unauthorised", cause=_O.BAD_SIGNATURE, title=Text(
        "401，签名被拒绝", "401: the signature is refused")),
    Magic(number=26, name="redirect", cause=_O.REDIRECT_REFUSED, title=Text(
        "302，跳转到另一路径", "302 to another path")),
    Magic(number=27, name="no-content", cause=_O.MALFORMED_RESPONSE, title=Text(
        "204，没有正文", "204, nothing in it")),
    Magic(number=28, name="empty-body", cause=_O.MALFORMED_RESPONSE, title=Text(
        "200，正文为空", "200 with an empty body")),
    Magic(number=29, name="html-page", cause=_O.MALFORMED_RESPONSE, title=Text(
        "200，正文是 HTML 页面", "200 with an HTML page")),

    # 3x: size.
    Magic(number=31, name="oversize", cause=_O.OVERSIZE_RESPONSE, title=Text(
        "超过长度上限的正文", "a body beyond every limit")),
    Magic(number=32, name="gzip-bomb", cause=_O.OVERSIZE_RESPONSE, title=Text(
        "压缩炸弹", "a small compressed body that unpacks to 64 MiB")),

    # 4x: the text of the body.
    Magic(number=41, name="truncated", cause=_O.MALFORMED_RESPONSE, title=Text(
        "JSON 不完整", "half a JSON document")),
    Magic(number=42, name="duplicate-keys", cause=_O.MALFORMED_RESPONSE, title=Text(
        "JSON 中有重复的键", "a JSON object that has one key twice")),
    Magic(number=43, name="two-documents", cause=_O.MALFORMED_RESPONSE, title=Text(
        "连续两个 JSON 文档", "two JSON documents in one body")),
    Magic(number=44, name="not-a-number", cause=_O.MALFORMED_RESPONSE, title=Text(
        "数值为 NaN", "a number that is NaN")),
    Magic(number=45, name="fraction", cause=_O.MALFORMED_RESPONSE, title=Text(
        "数值为带小数的浮点数", "a number in binary floating point")),
    Magic(number=46, name="deep-nesting", cause=_O.MALFORMED_RESPONSE, title=Text(
        "嵌套十万层", "nested 100 000 deep")),
    Magic(number=47, name="other-charset", cause=_O.MALFORMED_RESPONSE, title=Text(
        "声明 UTF-8，实为 GBK", "says UTF-8 and is GBK")),

    # 5x: the fields.
    Magic(number=51, name="unknown-status", cause=_O.UNKNOWN_CODE, title=Text(
        "未知的状态代码", "a status nobody knows")),
    Magic(number=52, name="no-status", cause=_O.MALFORMED_RESPONSE, title=Text(
        "记录缺少状态", "a record without its status")),
    Magic(number=53, name="empty-status", cause=_O.MALFORMED_RESPONSE, title=Text(
        "记录状态为空", "a record whose status is empty")),
    Magic(number=54, name="records-swapped", cause=_O.MALFORMED_RESPONSE, title=Text(
        "记录列表变成一个对象", "an object where the list of records belongs")),
    Magic(number=55, name="unknown-answer", cause=_O.UNKNOWN_CODE, title=Text(
        "未知的返回码", "a reply code nobody knows")),
    Magic(number=56, name="failure-inside", cause=_O.SERVER_FAULT, title=Text(
        "HTTP 200，返回码表示失败，却附有记录", "HTTP 200, a reply code of failure, and records")),
    Magic(number=57, name="not-opened", cause=_O.NOT_OPENED, title=Text(
        "共享目录未向本机关开放该项", "the catalogue item is not open to this office")),
    Magic(number=58, name="signature-refused", cause=_O.BAD_SIGNATURE, title=Text(
        "HTTP 200，返回码表示签名错误", "HTTP 200, a reply code that refuses the signature")),
    Magic(number=59, name="page-missing", cause=_O.MALFORMED_RESPONSE, title=Text(
        "总数多于所给的记录", "a total larger than the records that are there")),

    # 6x: what ties the answer to the question.
    Magic(number=61, name="wrong-subject", cause=_O.SUBJECT_MISMATCH, title=Text(
        "回显另一对象", "repeats another subject")),
    Magic(number=62, name="wrong-matter", cause=_O.SUBJECT_MISMATCH, title=Text(
        "回显另一税种", "repeats another tax")),
    Magic(number=63, name="no-echo", cause=_O.SUBJECT_MISMATCH, title=Text(
        "不回显查验对象", "does not repeat the subject")),
    Magic(number=64, name="replayed", cause=_O.REPLAYED_ANSWER, title=Text(
        "回显另一请求编号", "repeats the number of another request")),

    # 7x: time.
    Magic(number=71, name="stale", cause=_O.STALE_ANSWER, title=Text(
        "数据截止时间为两天前", "true as of two days ago")),
    Magic(number=72, name="undated", cause=_O.STALE_ANSWER, title=Text(
        "没有数据截止时间", "does not say as of when")),
    Magic(number=73, name="from-the-future", cause=_O.CLOCK_SKEW, title=Text(
        "数据截止时间在一小时之后", "true as of an hour from now")),
)
# fmt: on
"""Every magic identifier, by number."""
