"""What goes wrong for magic identifiers (故障生成), each fault where it belongs.

In the draft of the answer, in the JSON value made of it, in its text, or in how it is sent
(`wires`). Everything else about the reply stays right, and a reassuring record lies in it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve, field, frozen

from ..adapters.profile import NO_RECORD, Profile, Question
from ..evidence import Inquiry, OutageCause
from ..parties import IdType, Person
from ..wire.exchange import checkpoint_of
from .magic import MAGICS, Magic, magic_of
from .placing import found, put, removed
from .sending import JSON, Manner, Sending
from .speaking import CannotSayError, Draft, failing, record_objects, said, status_path
from .specimens import reassuring, worrying

__all__ = ["Scene", "acted"]

BOMB: Final = 64 << 20
"""Bytes the small body of `gzip-bomb` unpacks to, and bytes of `oversize`."""

NESTED: Final = 100_000
RETRY_AFTER: Final = 30
TWO_DAYS: Final = timedelta(days=2)
ONE_HOUR: Final = timedelta(hours=1)
UNKNOWN: Final = "TG-UNKNOWN"
_NOTE: Final = "查询成功"


@frozen(kw_only=True)
class Scene:
    """One question about a magic identifier.

    Attributes:
        profile: How the bureau speaks.
        question: Which of the profile's questions it is.
        inquiry: What is asked.
        draft: The right answer.
        now: The bureau's present instant, aware.
    """

    profile: Profile
    question: Question
    inquiry: Inquiry = field(repr=False)
    draft: Draft
    now: datetime

    @property
    def other(self) -> Inquiry:
        """The same question about somebody else."""
        asked = self.inquiry
        somebody = next(magic for magic in MAGICS if magic is not magic_of(asked))
        return evolve(
            asked,
            vin=somebody.vin if asked.vin else None,
            unit=somebody.unit if asked.unit else None,
            company=somebody.uscc if asked.company else None,
            person=asked.person and Person(IdType.RESIDENT_NUMBER, somebody.resident.value),
        )


def acted(magic: Magic, scene: Scene) -> Sending:
    """Return the reply the table promises for *magic*.

    Raises:
        CannotSayError: The profile has no way to go wrong like this.
    """
    draft = scene.draft
    draft.records = (reassuring(scene.inquiry, scene.now.date()),)
    redraft = _DRAFTS.get(magic.name)
    if redraft is not None:
        redraft(scene, draft)
    root = said(scene.profile, scene.question, draft)
    spoil = _VALUES.get(magic.name)
    if spoil is not None:
        spoil(scene, root)
    reply = scene.profile.reply
    write = _TEXTS.get(magic.name)
    whole = Sending(
        body=_dumped(root).encode(reply.charset) if write is None else write(scene, root),
        content_type=f"{reply.content_types[0]};charset={reply.charset}",
        date=draft.as_of if reply.as_of.path is None else scene.now,
    )
    resend = _SENDINGS.get(magic.name)
    return whole if resend is None else resend(whole)


def _dumped(root: Any) -> str:  # noqa: ANN401
    return json.dumps(root, ensure_ascii=False)


# The draft ----------------------------------------------------------------------------------------


def _unpaid(scene: Scene, draft: Draft) -> None:
    draft.records = (worrying(scene.inquiry, scene.now.date()),)


def _no_record(scene: Scene, draft: Draft) -> None:
    draft.records = ()
    where = scene.question.records
    if where.single and not where.null_is_none:
        draft.failure = failing(scene.profile, NO_RECORD)


def _contradiction(scene: Scene, draft: Draft) -> None:
    today = scene.now.date()
    draft.records = (reassuring(scene.inquiry, today), worrying(scene.inquiry, today))


def _record_of_another(scene: Scene, draft: Draft) -> None:
    draft.records = (reassuring(scene.other, scene.now.date()),)


def _wrong_subject(scene: Scene, draft: Draft) -> None:
    _demand_echo(scene)
    draft.inquiry = scene.other


def _wrong_matter(scene: Scene, draft: Draft) -> None:
    _demand_echo(scene)
    asked = scene.inquiry
    for question in scene.profile.questions.values():
        for matter in question.matters:
            other = evolve(asked, matter=matter)
            if matter is not asked.matter and checkpoint_of(other) is checkpoint_of(asked):
                draft.inquiry = other
                return
    raise CannotSayError("another tax about the same subject")


def _no_echo(scene: Scene, draft: Draft) -> None:
    _demand_echo(scene)
    draft.inquiry = None


def _demand_echo(scene: Scene) -> None:
    if scene.profile.reply.echo.absent:
        raise CannotSayError("whom the answer is about")


def _replayed(scene: Scene, draft: Draft) -> None:
    if scene.profile.reply.request_id is None:
        raise CannotSayError("the number of the request")
    draft.request_id = "00000000-0000-4000-8000-000000000000"


def _stale(_scene: Scene, draft: Draft) -> None:
    assert draft.as_of is not None  # noqa: S101 - the server drafts it
    draft.as_of -= TWO_DAYS


def _undated(_scene: Scene, draft: Draft) -> None:
    draft.as_of = None


def _from_the_future(_scene: Scene, draft: Draft) -> None:
    assert draft.as_of is not None  # noqa: S101 - the server drafts it
    draft.as_of += ONE_HOUR


def _page_missing(scene: Scene, draft: Draft) -> None:
    if scene.question.records.total is None:
        raise CannotSayError("how many records there are in all")
    draft.total = 2


def _fails(meaning: OutageCause) -> Callable[[Scene, Draft], None]:
    def fail(scene: Scene, draft: Draft) -> None:
        draft.failure = failing(scene.profile, meaning)

    return fail


def _unknown_answer(scene: Scene, draft: Draft) -> None:
    envelopes = scene.profile.reply.envelopes
    if not envelopes:
        raise CannotSayError("a reply code")
    # Digits, so that it can stand where a number is due.
    draft.failure = len(envelopes) - 1, "98765"


_DRAFTS: Final[Mapping[str, Callable[[Scene, Draft], None]]] = MappingProxyType(
    {
        "unpaid": _unpaid,
        "no-record": _no_record,
        "contradiction": _contradiction,
        "record-of-another": _record_of_another,
        "unknown-answer": _unknown_answer,
        "failure-inside": _fails(OutageCause.SERVER_FAULT),
        "not-opened": _fails(OutageCause.NOT_OPENED),
        "signature-refused": _fails(OutageCause.BAD_SIGNATURE),
        "page-missing": _page_missing,
        "wrong-subject": _wrong_subject,
        "wrong-matter": _wrong_matter,
        "no-echo": _no_echo,
        "replayed": _replayed,
        "stale": _stale,
        "undated": _undated,
        "from-the-future": _from_the_future,
    }
)


# The value ----------------------------------------------------------------------------------------


def _status(change: Callable[[dict[str, Any], tuple[str, ...]], None]) -> Callable[..., None]:
    """Return what changes the status of every record by *change*."""

    def act(scene: Scene, root: dict[str, Any]) -> None:
        for record in record_objects(scene.profile, scene.question, root):
            change(record, status_path(scene.question))

    return act


def _set_status(value: Any) -> Callable[..., None]:  # noqa: ANN401
    def change(record: dict[str, Any], names: tuple[str, ...]) -> None:
        *outside, last = names
        found(record, outside)[last] = value

    return _status(change)


def _swap_records(scene: Scene, root: dict[str, Any]) -> None:
    where = scene.question.records
    level: Any = root
    for envelope in scene.profile.reply.envelopes:
        if envelope.inside is not None:
            level = found(root if envelope.inside.from_root else level, envelope.inside.names)
    records = record_objects(scene.profile, scene.question, root)
    put(root, level, where.at, list(records) if where.single else records[0])


_NUMBER: Final = "TG-NUMBER"
"""Stands in the value where its text will have a number no JSON writer would write."""

_VALUES: Final[Mapping[str, Callable[[Scene, dict[str, Any]], None]]] = MappingProxyType(
    {
        "unknown-status": _set_status(UNKNOWN),
        "no-status": _status(removed),
        "empty-status": _set_status(""),
        "records-swapped": _swap_records,
        "not-a-number": _set_status(_NUMBER),
        "fraction": _set_status(_NUMBER),
    }
)


# The text -----------------------------------------------------------------------------------------


def _truncated(scene: Scene, root: dict[str, Any]) -> bytes:
    text = _dumped(root).encode(scene.profile.reply.charset)
    return text[: len(text) // 2]


def _duplicate_keys(scene: Scene, root: dict[str, Any]) -> bytes:
    """Return the text with the status of its record twice, first another and then the good one."""
    (record,) = record_objects(scene.profile, scene.question, root)
    names = status_path(scene.question)
    # The whole key and value as the writer writes them: nothing else in the text is equal.
    pair = f"{json.dumps(names[-1], ensure_ascii=False)}: {_dumped(found(record, names))}"
    other = f"{json.dumps(names[-1], ensure_ascii=False)}: {_dumped(UNKNOWN)}"
    text = _dumped(root).replace(pair, f"{other}, {pair}", 1)
    return text.encode(scene.profile.reply.charset)


def _two_documents(scene: Scene, root: dict[str, Any]) -> bytes:
    return f"{_dumped(root)}\n{_dumped(root)}".encode(scene.profile.reply.charset)


def _number(text: str) -> Callable[[Scene, dict[str, Any]], bytes]:
    def write(scene: Scene, root: dict[str, Any]) -> bytes:
        return _dumped(root).replace(_dumped(_NUMBER), text).encode(scene.profile.reply.charset)

    return write


def _deep(scene: Scene, root: dict[str, Any]) -> bytes:
    nested = "[" * NESTED + "]" * NESTED
    return f'{{"nested": {nested}, {_dumped(root)[1:]}'.encode(scene.profile.reply.charset)


def _other_charset(scene: Scene, root: dict[str, Any]) -> bytes:
    text = _dumped({"note": _NOTE, **root})
    if scene.profile.reply.charset == "utf-8":
        return text.encode("gb18030")
    # What is no text in this character set at all: the bytes of UTF-8 might be taken for some.
    return text.encode(scene.profile.reply.charset).replace(b"note", b"\xff\xff\xff\xff")


_TEXTS: Final[Mapping[str, Callable[[Scene, dict[str, Any]], bytes]]] = MappingProxyType(
    {
        "truncated": _truncated,
        "duplicate-keys": _duplicate_keys,
        "two-documents": _two_documents,
        "not-a-number": _number("NaN"),
        "fraction": _number("1.0"),
        "deep-nesting": _deep,
        "other-charset": _other_charset,
    }
)


# The sending --------------------------------------------------------------------------------------

_PAGE: Final = "<!doctype html><title>{0}</title><h1>{0}</h1>\n"


def _page(status: int, title: str, **more: Any) -> Callable[[Sending], Sending]:  # noqa: ANN401
    body = _PAGE.format(title).encode()
    return lambda whole: evolve(
        whole, status=status, body=body, content_type="text/html;charset=utf-8", **more
    )


def _empty(status: int, **more: Any) -> Callable[[Sending], Sending]:  # noqa: ANN401
    return lambda whole: evolve(whole, status=status, body=b"", **more)


def _sent(manner: Manner) -> Callable[[Sending], Sending]:
    return lambda whole: evolve(whole, manner=manner)


def _zipped(whole: Sending) -> Sending:
    body = gzip.compress(whole.body + b" " * BOMB, compresslevel=9)
    return evolve(whole, body=body, headers={"Content-Encoding": "gzip"})


_SENDINGS: Final[Mapping[str, Callable[[Sending], Sending]]] = MappingProxyType(
    {
        "slow": _sent(Manner.SLOW),
        "silence": _sent(Manner.SILENCE),
        "header-drip": _sent(Manner.HEADER_DRIP),
        "body-drip": _sent(Manner.BODY_DRIP),
        "reset": _sent(Manner.RESET),
        "cut-short": _sent(Manner.CUT_SHORT),
        "hang-up": _sent(Manner.HANG_UP),
        "no-length": _sent(Manner.NO_LENGTH),
        "oversize": _sent(Manner.OVERSIZE),
        "gzip-bomb": _zipped,
        "rate-limited": _page(429, "Too Many Requests", headers={"Retry-After": str(RETRY_AFTER)}),
        "server-error": _page(500, "Internal Server Error"),
        "maintenance": _page(503, "Service Unavailable"),
        "not-found": _page(404, "Not Found"),
        "unauthorised": _page(401, "Unauthorized"),
        "redirect": _empty(302, headers={"Location": "/elsewhere"}),
        "no-content": _empty(204),
        "empty-body": _empty(200, content_type=JSON),
        "html-page": _page(200, "OK"),
    }
)
