"""Verifies an evidence file; needs Python 3.9 or later and nothing else.

    python verify.py                 the folder this lies in
    python verify.py FILE.zip        an evidence file that was not unpacked
    python verify.py --key BASE64    and the signer must be the one you know

It reads, it never writes, and it asks nobody. Exit code 0: everything fits; 1: something does not.
A copy of it lies in every evidence file; whoever distrusts that copy takes it from taxgate itself.
"""

# ruff: noqa: T201 - it prints what it finds; it is a program of its own

from __future__ import annotations

import json
import sys
import zipfile
from base64 import b64decode
from collections.abc import Callable
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any

# Ed25519 (RFC 8032) ------------------------------------------------------------------------------

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)

_Point = tuple[int, int, int, int]


def _x_of(y: int, sign: int) -> int | None:
    """Return the x of a point, or None where there is no such point."""
    if y >= _P:
        return None
    squared = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    if squared == 0:
        return None if sign else 0
    x = pow(squared, (_P + 3) // 8, _P)
    if (x * x - squared) % _P:
        x = x * _ROOT % _P
    if (x * x - squared) % _P:
        return None
    return _P - x if x & 1 != sign else x


def _decoded(data: bytes) -> _Point | None:
    number = int.from_bytes(data, "little")
    y = number & ((1 << 255) - 1)
    x = _x_of(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % _P)


def _encoded(point: _Point) -> bytes:
    inverse = pow(point[2], _P - 2, _P)
    x, y = point[0] * inverse % _P, point[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _sum(one: _Point, two: _Point) -> _Point:
    a = (one[1] - one[0]) * (two[1] - two[0]) % _P
    b = (one[1] + one[0]) * (two[1] + two[0]) % _P
    c, d = 2 * one[3] * two[3] * _D % _P, 2 * one[2] * two[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(number: int, point: _Point) -> _Point:
    found: _Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = _sum(found, point)
        point = _sum(point, point)
        number >>= 1
    return found


def signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether *signature* is the Ed25519 signature of *message* under the key *public*."""
    base_y = 4 * pow(5, _P - 2, _P) % _P
    base_x = _x_of(base_y, 0)
    if len(public) != 32 or len(signature) != 64 or base_x is None:  # noqa: PLR2004 - RFC 8032
        return False
    key = _decoded(public)
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or scalar >= _L:
        return False
    challenge = sha512(signature[:32] + public + message).digest()
    number = int.from_bytes(challenge, "little") % _L
    negative = (_P - key[0], key[1], 1, _P - key[3])
    base = (base_x, base_y, 1, base_x * base_y % _P)
    return _encoded(_sum(_times(scalar, base), _times(number, negative))) == signature[:32]


# The chain ----------------------------------------------------------------------------------------


def canonical(value: Any) -> bytes:  # noqa: ANN401 - any JSON value without fractions
    """Return the one spelling (RFC 8785) of a value made of texts, integers, lists and objects."""
    return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _ordered(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return {name: _ordered(value[name]) for name in names}
    if isinstance(value, list):
        return [_ordered(part) for part in value]
    if isinstance(value, float):
        raise ValueError("a number with a fraction")  # noqa: TRY004 - as of all that does not fit
    return value


def link(seq: int, prev: str, text: bytes) -> str:
    """Return the digest of the entry *seq* after *prev* whose body is spelled *text*."""
    return sha256(b'{"body":%b,"prev":"%b","seq":%d}' % (text, prev.encode(), seq)).hexdigest()


class Misfit(Exception):  # noqa: N818 - it names what was found
    """Something in the file does not fit."""


def _demand(fits: bool, problem: str) -> None:  # noqa: FBT001 - what is demanded
    if not fits:
        raise Misfit(problem)


class Evidence:
    """An evidence file.

    Args:
        read: Returns the bytes of one of its files.
        names: Names of all files there are.
    """

    def __init__(self, read: Callable[[str], bytes], names: list[str]) -> None:
        self._read = read
        self._names = names
        self.public = b64decode(read("chain/public-key.txt").strip(), validate=True)

    def _json(self, name: str) -> Any:  # noqa: ANN401
        return json.loads(self._read(name))

    def manifest(self) -> int:
        """Every file is the one the list names, and the list is signed; return their number."""
        manifest = self._json("manifest.json")
        listed: dict[str, str] = manifest["files"]
        rest = {"manifest.json", "manifest.sig"}
        _demand(
            sorted(set(self._names) - rest) == sorted(listed)
            and len(set(self._names)) == len(self._names),
            "files are missing or were added",
        )
        _demand(manifest["log_id"] == self.head["log_id"], "the list is of another log")
        for name, digest in listed.items():
            _demand(sha256(self._read(name)).hexdigest() == digest, f"{name} was changed")
        if "manifest.sig" in self._names:
            signature = b64decode(self._read("manifest.sig").strip(), validate=True)
            _demand(
                signed(self.public, self._read("manifest.json"), signature),
                "the list of files has no valid signature",
            )
        return len(listed)

    @property
    def listed_by_key(self) -> bool:
        """Whether the list of files is signed."""
        return "manifest.sig" in self._names

    def chain(self) -> dict[str, Any]:
        """The entry leads to what is signed, link by link; return its body."""
        lines = self._read("chain/entries.jsonl").decode("utf-8").split("\n")
        entries = [json.loads(line) for line in lines if line]
        _demand(bool(entries), "there is no entry")
        prev, seq = entries[0]["prev"], entries[0]["seq"]
        for entry in entries:
            text = entry["text"].encode("utf-8")
            _demand(entry["seq"] == seq and entry["prev"] == prev, f"entry {seq} does not follow")
            _demand(entry["digest"] == link(seq, prev, text), f"entry {seq} was changed")
            _demand(canonical(json.loads(text)) == text, f"entry {seq} is spelled otherwise")
            prev, seq = entry["digest"], seq + 1
        head = self._json("chain/head.json")
        _demand(head["seq"] == seq - 1 and head["digest"] == prev, "the head is of another entry")
        _demand(
            head["purpose"] == "head" or (head["purpose"] == "entry" and len(entries) == 1),
            "the signature is for another purpose",
        )
        message = canonical(
            {
                "at": head["at"],
                "digest": head["digest"],
                "log": head["log_id"],
                "purpose": head["purpose"],
                "seq": head["seq"],
            }
        )
        signature = b64decode(head["signature"], validate=True)
        _demand(signed(self.public, message, signature), "the head has no valid signature")
        body: dict[str, Any] = json.loads(entries[0]["text"])
        _demand(self._json("entry.json") == body, "entry.json is not the entry of the chain")
        return body

    def decision(self, body: dict[str, Any]) -> bool:
        """The decision in words says what the entry says; return whether there is one."""
        if "decision.json" not in self._names:
            return False
        told = self._json("decision.json")
        for name in (
            *("outcome", "verdict", "effect", "may_complete", "verified", "retryable", "flags"),
            *("checkpoint", "act", "division", "governing_on", "office"),
        ):
            _demand(told[name] == body[name], f"decision.json says otherwise: {name}")
        _demand(sorted(told["readings"]) == body["readings"], "decision.json says otherwise")
        said = [
            (
                item["table"],
                item["code"],
                item["outcome"],
                item["rows"],
                body["obligations"][item["obligation"]]["facts"],
            )
            for item in body["findings"]
            if item["outcome"] is not None
        ]
        found = [
            (item["table"], item["code"], item["outcome"], item["rows"], item["facts"])
            for item in told["findings"]
        ]
        _demand(said == found, "decision.json gives other findings")
        return True

    @property
    def head(self) -> dict[str, Any]:
        """What is signed."""
        head: dict[str, Any] = self._json("chain/head.json")
        return head


_PROVED = (
    "PROVED / 已证明：",
    "NOT PROVED / 未证明：",
)


def verify(evidence: Evidence, known: bytes | None = None) -> list[str]:
    """Return what an evidence file proves and what it does not, as lines of text.

    Args:
        evidence: The file.
        known: Public key of the signer as it is known from elsewhere.

    Raises:
        Misfit: Something does not fit.
    """
    if known is not None:
        _demand(evidence.public == known, "it is signed by another key than the one you know")
    number = evidence.manifest()
    body = evidence.chain()
    head = evidence.head
    worded = evidence.decision(body)
    lines = [_PROVED[0]]
    listed = (
        "signed list / 清单已签名"
        if evidence.listed_by_key
        else "list without signature / 清单未签名"
    )
    lines.append(
        f"  - all {number} files are those listed ({listed}) / 全部{number}个文件与清单一致"
    )
    lines.append(
        f"  - the entry was not changed since the key signed entry {head['seq']} at {head['at']}"
        f" / 自密钥于 {head['at']} 签署第{head['seq']}条起，本条目未被改动"
    )
    lines.append(
        f"  - it says / 其内容为: {body['checkpoint']} {body['act']}, {body['outcome']}"
        f" ({body['verdict']}, {body['effect']}), at {body['at']}, law {body['law']}"
    )
    if worded:
        lines.append("  - decision.json says the same / decision.json 与条目一致")
    lines.append(_PROVED[1])
    if known is None:
        lines.append(
            "  - whose key it is: compare chain/public-key.txt with what the office published, or"
            " give it with --key / 密钥属于谁：请与登记机关公布的公钥核对，或者用 --key 给出"
        )
    if not evidence.listed_by_key:
        lines.append(
            "  - that notices, explanation, inquiries and clauses are those the office made: their"
            " list is not signed / 告知书、说明、查验请求和条款确由机关制作：清单未签名"
        )
    if head["purpose"] != "head":
        lines.append(
            "  - that the entry is older than this file: no head kept earlier was near enough"
            " / 条目早于本文件：附近没有更早保存的链头"
        )
    lines.append(
        "  - that the holder of the key did not write the log anew before signing; heads kept by"
        " somebody else show that / 签名之前密钥持有人没有重写日志：须与他人保存的链头核对"
    )
    lines.append(
        "  - that what the tax bureau answered was true, or that the application was"
        " / 税务机关的答复属实，或者申请内容属实"
    )
    lines.append(
        "  - whose case it is: identifiers are masked; the office's key opens the sealed evidence"
        " / 案件属于谁：标识均已打码，须由持有密钥的机关开封证据"
    )
    return lines


def _opened(path: Path) -> Evidence:
    if path.is_dir():
        names = [
            item.relative_to(path).as_posix()
            for item in sorted(path.rglob("*"))
            if item.is_file() and "__pycache__" not in item.parts
        ]
        return Evidence(lambda name: (path / name).read_bytes(), names)
    archive = zipfile.ZipFile(path)
    return Evidence(archive.read, archive.namelist())


def main(arguments: list[str]) -> int:
    """Verify what *arguments* name and print the result; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    rest, known = list(arguments), None
    try:
        if "--key" in rest:
            place = rest.index("--key")
            known = b64decode(rest[place + 1], validate=True)
            del rest[place : place + 2]
        path = Path(rest[0]) if rest else Path(__file__).parent
        lines = verify(_opened(path), known)
    except Misfit as error:
        print(f"DOES NOT FIT / 不符：{_plain(str(error))}", file=sys.stderr)
        return 1
    except (
        OSError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        zipfile.BadZipFile,
    ) as error:
        print(f"CANNOT BE READ / 无法读取：{type(error).__name__}", file=sys.stderr)
        return 1
    for line in lines:
        print(_plain(line))
    return 0


def _plain(text: str) -> str:
    return "".join(part if part.isprintable() else repr(part)[1:-1] for part in text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
