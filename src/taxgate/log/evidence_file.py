"""The evidence file of one case (证据包): a ZIP that a court can verify without taxgate.

Decision, facts, masked inquiries, digests of the replies and the bureau's own numbers of them,
clauses in force, rows that matched, notices, referrals, the proof that the entry stands in the
chain, and a verifier that needs Python alone. Identifiers, names and the case number are masked.
From the same log the same bytes are made: no clock is read, nothing is compressed.

How the proof works: the digest of an entry covers its body, so what leads from entry N to a signed
head at M are the bodies of N to M. They hold nothing personal. The earliest signed head within
`REACH` entries is taken; where there is none, entry N itself is signed as it is found, which says
less, and the verifier says so.
"""

from __future__ import annotations

import json
import zipfile
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from importlib import resources
from typing import IO, Any, Final

from attrs import evolve, frozen

from .. import __version__
from ..decision import Decision
from ..errors import LogError, LogKeyError, LogTamperedError, TaxgateError
from ..evidence import CHINA, Answer
from ..export import sheet, tables
from ..identifiers import Division, mask_code
from ..law.clauses_national import NATIONAL_CLAUSES
from ..law.clauses_order import ORDER_CLAUSES
from ..recorded import Recorded
from ..revision import law_revision
from ..terms import Language
from ..wire.case import Case
from ..wire.writing import decision_document
from ..wording import Text
from .canonical import canonical
from .describing import decision_body, read_evidence
from .entry import Entry, EntryKind, link_digest
from .exporting import row_of
from .heads import Head, stored_heads
from .keys import KeyKind, KeyRing
from .reporting import readable
from .store import Store, read_body

__all__ = ["REACH", "evidence_file", "write_evidence_file"]

REACH: Final = 200
"""Entries between a decision and the signed head that proves it, at most."""

_PURPOSE: Final = "entry"
"""What a signature is for that is made of one entry, not of the end of the chain."""


@frozen
class _Rebuilt:
    """A decision worked out once more from its sealed evidence, and what it was made from."""

    case: Case
    decision: Decision


def write_evidence_file(
    store: Store, keys: KeyRing, seq: int, stream: IO[bytes], *, at: datetime
) -> None:
    """Write the evidence file of the decision *seq* to *stream*, as a ZIP.

    Args:
        store: The log.
        keys: To check heads with, public halves will do; to unseal evidence where they can; to sign
            the list of files where they can.
        seq: Entry of the decision.
        stream: Where to; it is not closed.
        at: When it is made; stands in it only where no signed head is near.

    Raises:
        LogError: There is no such decision, or the log cannot be read.
        LogTamperedError: An entry is not what was written.
        LogKeyError: No signed head is near, and there is no key to sign with.
    """
    files = evidence_file(store, keys, seq, at=at)
    made = datetime.fromisoformat(json.loads(files["entry.json"])["at"]).astimezone(CHINA)
    # A ZIP knows no year before 1980; the instant is that of the decision, never of today.
    stamp = max(made.timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, stamp)
            info.create_system = 3  # the same on every machine
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)


def evidence_file(store: Store, keys: KeyRing, seq: int, *, at: datetime) -> dict[str, bytes]:
    """Return the files of an evidence file by name; see `write_evidence_file`."""
    entry = store.entry(seq)
    if entry is None or entry.body.get("kind") != EntryKind.DECISION:
        raise LogError(f"entry {seq} is no decision")
    row_of(entry)  # a body that is none is refused before it is read further
    head, between = _proof(store, keys, entry, at)
    rebuilt, why_not = _rebuilt(store, keys, entry)
    with readable(entry):
        files = dict(_files(store, entry, rebuilt, head, between))
        files["README.txt"] = _readme(entry, rebuilt, why_not, head).encode()
    files["chain/public-key.txt"] = b64encode(keys.public(head["key_id"])) + b"\n"
    manifest = _pretty(
        {
            "format": 1,
            "taxgate": __version__,
            "log_id": store.log_id,
            "entry": seq,
            "files": {name: sha256(files[name]).hexdigest() for name in sorted(files)},
        }
    )
    signature = _signature(keys, head["key_id"], manifest)
    ordered = {name: files[name] for name in sorted(files)}
    ordered["manifest.json"] = manifest
    if signature is not None:
        ordered["manifest.sig"] = b64encode(signature) + b"\n"
    return ordered


# Proof --------------------------------------------------------------------------------------------


def _proof(
    store: Store, keys: KeyRing, entry: Entry, at: datetime
) -> tuple[dict[str, Any], list[tuple[int, str, str, str]]]:
    """Return what is signed, and the entries that lead there, spelled as they are stored."""
    heads = [head for head in stored_heads(store, store.log_id) if _reaches(keys, head, entry.seq)]
    if heads:
        head = min(heads, key=lambda item: (item.seq, item.at))
        rows = _linked(store, entry.seq, head.seq)
        if rows[-1][2] != head.digest:
            raise LogTamperedError(head.seq, "is another than the signed head fixes")
        return {**head.value, "purpose": "head"}, rows
    rows = _linked(store, entry.seq, entry.seq)
    message = canonical(
        {
            "at": at.isoformat(),
            "digest": entry.digest,
            "log": store.log_id,
            "purpose": _PURPOSE,
            "seq": entry.seq,
        }
    )
    key_id, signature = keys.sign(message)
    head = Head(
        log_id=store.log_id,
        seq=entry.seq,
        digest=entry.digest,
        at=at,
        key_id=key_id,
        signature=signature,
    )
    return {**head.value, "purpose": _PURPOSE}, rows


def _reaches(keys: KeyRing, head: Head, seq: int) -> bool:
    try:
        return seq <= head.seq < seq + REACH and keys.signed(
            head.key_id, head.message, head.signature
        )
    except (LogKeyError, ValueError):
        return False


def _linked(store: Store, first: int, last: int) -> list[tuple[int, str, str, str]]:
    """Return the entries from *first* to *last*, each of which follows the one before."""
    found = []
    due, prev = first, None
    for row in store.rows(first - 1):
        seq, said, digest, text = row
        if seq > last:
            break
        if seq != due or said != (prev or said) or digest != link_digest(seq, said, text.encode()):
            raise LogTamperedError(due, "does not fit its digest, or the entry before it")
        found.append(row)
        due, prev = due + 1, digest
    if due != last + 1:
        raise LogTamperedError(due, "is missing")
    return found


def _signature(keys: KeyRing, key_id: str, manifest: bytes) -> bytes | None:
    """Return the signature of the list by the key of the head; None where that is elsewhere."""
    try:
        ids = keys.ids(KeyKind.SIGN)
        if not ids or keys.current(KeyKind.SIGN) != key_id:
            return None
        return keys.sign(manifest)[1]
    except LogKeyError:
        return None


# What was decided ---------------------------------------------------------------------------------


def _rebuilt(store: Store, keys: KeyRing, entry: Entry) -> tuple[_Rebuilt | None, str]:
    """Return the decision as an object with words, if it is the one recorded; else why not."""
    sealed = store.sealed(entry.seq)
    if sealed is None:
        return None, "erased"
    if sealed.digest != entry.body["evidence"]:
        raise LogTamperedError(entry.seq, "its sealed evidence is not what was written")
    try:
        case, purpose, actor = read_evidence(keys.unseal(sealed))
    except LogKeyError:
        return None, "key"
    try:
        decision = case.decide()
        again = decision_body(
            keys,
            Recorded(case=case, decision=decision, purpose=purpose, actor=actor),
            evidence=sealed.digest,
        )
    except LogKeyError:
        return None, "key"
    except TaxgateError:
        return None, "law"
    if not _same(again, entry.body):
        return None, "law"
    heading = decision.heading
    if heading.case_no is not None:
        heading = evolve(heading, case_no=mask_code(heading.case_no))
    return _Rebuilt(case, evolve(decision, heading=heading)), ""


def _same(again: Mapping[str, Any], body: Mapping[str, Any]) -> bool:
    """Tell whether a decision worked out anew says what was recorded; tokens may be of new keys."""
    names = ("outcome", "findings", "obstacles", "flags", "referrals", "may_complete", "verified")
    return all(again[name] == body[name] for name in names) and [
        item["facts"] for item in again["obligations"]
    ] == [item["facts"] for item in body["obligations"]]


def _files(
    store: Store,
    entry: Entry,
    rebuilt: _Rebuilt | None,
    head: Mapping[str, Any],
    rows: Iterable[tuple[int, str, str, str]],
) -> Iterator[tuple[str, bytes]]:
    body = entry.body
    yield "entry.json", _pretty(body)
    yield "facts.json", _pretty(list(_facts(body)))
    yield "clauses.json", _pretty(list(_clauses(body)))
    yield "later.json", _pretty(list(_later(store, entry.seq)))
    yield "chain/head.json", _pretty(head)
    yield (
        "chain/entries.jsonl",
        b"".join(
            canonical({"seq": seq, "prev": prev, "digest": digest, "text": text}) + b"\n"
            for seq, prev, digest, text in rows
        ),
    )
    yield "verify.py", resources.files(__package__).joinpath("verifier.py").read_bytes()
    if rebuilt is None:
        yield "inquiries.json", _pretty(list(body["answers"]))
        return
    decision = rebuilt.decision
    document = decision_document(decision)
    yield "decision.json", _pretty(document)
    yield "referrals.json", _pretty(document["referrals"])
    yield "inquiries.json", _pretty([_inquiry(answer) for answer in rebuilt.case.answers])
    for language in Language:
        yield f"explanation.{language}.txt", f"{decision.explain(language)}\n".encode()
        for number, notice in enumerate(decision.notices(language), start=1):
            yield f"notices/{number}.{language}.txt", f"{notice.text}\n".encode()


def _facts(body: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every table that was asked, the facts it read and the row that matched."""
    for finding in body["findings"]:
        obligation = body["obligations"][finding["obligation"]]
        yield {
            "table": finding["table"],
            "rows": finding["rows"],
            "code": finding["code"],
            "outcome": finding["outcome"],
            "reading": finding["reading"],
            "matter": obligation["matter"],
            "period": obligation["period"],
            "basis": obligation["basis"],
            "outage": obligation["outage"],
            "facts": obligation["facts"],
            "row_in_words": (
                _row_in_words(finding, obligation["facts"])
                if body["law"] == law_revision()
                else None
            ),
        }


def _row_in_words(finding: Mapping[str, Any], facts: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the row of a table that matched as text; None where this copy does not have it."""
    table = tables().get(finding["table"])
    if table is None:
        return None
    places = [
        place
        for place, row in enumerate(table.rows)
        if list(row.ids) == finding["rows"]
        and all(facts[column] in map(str, members) for column, members in row.when.items())
    ]
    if len(places) != 1:
        return None
    told = {language.value: sheet(table, language) for language in Language}
    return {
        name: {
            "question": page.question,
            "row": dict(zip(page.header, page.rows[places[0]], strict=True)),
        }
        for name, page in told.items()
    }


def _inquiry(answer: Answer) -> dict[str, Any]:
    """Return what was asked and how it was answered, masked; never the answer itself.

    The bureau's own number of the consultation stands in full: with it the bureau finds its reply.
    """
    inquiry = answer.inquiry
    return {
        "asked": inquiry.label,
        "matter": inquiry.matter.value,
        "years": list(inquiry.years),
        "provision": None if inquiry.purpose is None else inquiry.purpose.provision,
        "source": answer.source,
        "provenance": answer.provenance.value,
        "reservations": [item.value for item in answer.reservations],
        "as_of": None if answer.as_of is None else answer.as_of.isoformat(),
        "outage": None if answer.outage is None else answer.outage.cause.value,
        "records": None if answer.records is None else len(answer.records),
        "consultation_no": answer.consultation_id,
        "reply_digest": answer.digest,
    }


def _clauses(body: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the clauses that bind the registrar on the governing day; those cited are marked."""
    on = date.fromisoformat(body["governing_on"])
    province = Division.parse(body["division"]).province
    cited = {
        provision.id
        for finding in body["findings"]
        for provision in _cites(finding)
        if provision.in_force(on)
    }
    for clause in (*ORDER_CLAUSES, *NATIONAL_CLAUSES):
        if clause.binds(on, province):
            yield {
                "id": clause.id,
                "instrument": {"zh-CN": clause.instrument.zh, "en": clause.instrument.en},
                "article": clause.article,
                "since": None if clause.since is None else clause.since.isoformat(),
                "until": None if clause.until is None else clause.until.isoformat(),
                "paraphrase": {"zh-CN": clause.zh, "en": clause.en},
                "cited_by_the_rows": clause.provision is not None and clause.provision.id in cited,
            }


def _cites(finding: Mapping[str, Any]) -> Iterator[Any]:
    table = tables().get(finding["table"])
    for row in () if table is None else table.rows:
        if list(row.ids) == list(finding["rows"]):
            yield from row.cites


def _later(store: Store, seq: int) -> Iterator[dict[str, Any]]:
    """Yield the acts beside a decision and the decision that took its place, if any.

    Acts (经办人处置) stand apart from the decision, which they do not alter.
    """
    marks = (f'"decision":{seq},', f'"supersedes":{seq},')
    for number, _, digest, text in store.rows(seq):
        # Bodies are spelled one way only: one look tells which are worth reading.
        if any(mark in text for mark in marks):
            body = read_body(number, text)
            if seq in (body.get("decision"), body.get("supersedes")):
                yield {"seq": number, "digest": digest, "body": body}


def _pretty(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()


_WHY_NOT: Final[Mapping[str, Text]] = {
    "erased": Text(
        "证据已按保存期限清除：只剩条目本身，没有告知书和结论全文。",
        "The evidence was erased under a retention rule: only the entry itself is left, without"
        " notices and without the decision in words.",
    ),
    "key": Text(
        "没有开封证据的密钥：只有条目本身，没有告知书和结论全文。",
        "The key to the sealed evidence was not at hand: only the entry itself is here, without"
        " notices and without the decision in words.",
    ),
    "law": Text(
        "本版本依其他法规版本审查，不能重述当时的结论：只有条目本身。",
        "This copy decides by another revision of the law and cannot word the decision of then:"
        " only the entry itself is here.",
    ),
}

_README: Final = """\
证据包 / Evidence file

条目 / entry       {seq}
日志 / log         {log}
审查时间 / at      {at}
登记机关 / office  {office}
查验环节 / check   {checkpoint} {act}
结论 / outcome     {outcome} ({verdict}, {effect})
法规版本 / law     {law}
{missing}
文件 / Files
  entry.json         日志条目 / the entry of the log
  decision.json      结论全文 / the decision in words, masked
  explanation.*.txt  审查过程 / the whole way to the decision
  facts.json         事实与适用的规则 / the facts, and the rows that matched
  inquiries.json     已打码的查验请求、答复摘要值和对方的查询编号
                     / inquiries masked, digests of the replies, the bureau's own numbers of them
  clauses.json       当日有效的条款（本软件的转述，以官方文本为准）
                     / clauses in force on the governing day, in our own words
  notices/           一次性告知书 / notices
  referrals.json     书面告知税务机关的事项 / written reports due to the tax authority
  later.json         其后的经办人处置和替代结论 / acts beside it and what took its place later
  chain/             链的证明、签名和公钥 / chain proof, signature and public key
  manifest.json      文件清单，manifest.sig 为其签名 / list of files, and its signature
  verify.py          核验程序，只需 Python / verifier; needs Python alone

核验 / Verify
  python verify.py
  python verify.py --key BASE64     （公钥另行取得 / public key known from elsewhere）

说明 / What to know
  标识、姓名和案号均已打码。包内其他条目只含代码和令牌，不含个人信息。
  Identifiers, names and the case number are masked. Other entries in the chain proof hold codes and
  tokens only, nothing personal.
  法律文本以官方发布为准；本包不是完税证明。
  The official text of the law is what counts. This is no statement that tax was paid.
  链头由密钥 {key} 于 {signed} 签署（第{head}条）。
  Signed with the key {key} at {signed} (entry {head}).
"""


def _readme(entry: Entry, rebuilt: _Rebuilt | None, why_not: str, head: Mapping[str, Any]) -> str:
    body = entry.body
    missing = "" if rebuilt is not None else f"\n{_WHY_NOT[why_not].zh}\n{_WHY_NOT[why_not].en}\n"
    return _README.format_map(
        {
            "seq": entry.seq,
            "log": head["log_id"],
            "at": body["at"],
            "office": body["office"],
            "checkpoint": body["checkpoint"],
            "act": body["act"],
            "outcome": body["outcome"],
            "verdict": body["verdict"],
            "effect": body["effect"],
            "law": body["law"],
            "missing": missing,
            "key": head["key_id"],
            "signed": head["at"],
            "head": head["seq"],
        }
    )
