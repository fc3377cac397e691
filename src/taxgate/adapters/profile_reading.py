"""Profiles are read from TOML strictly: a file with any fault is refused, with all of its faults.

What is refused beyond unknown keys and wrong kinds: a path or header that could carry an
identifier, a reply that need not say what it answers, a status with a default, a code table with a
meaning that does not exist, and a place to confirm that is none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final

from ..errors import ConfigError
from ..evidence import FRESH_FOR, TaxRecord
from ..parties import IdType
from ..terms import Checkpoint, Matter
from ..wire.case import rules
from .profile import (
    NO_RECORD,
    SUBJECT,
    Amounts,
    AsOf,
    Codes,
    Echo,
    Field,
    Form,
    Path,
    Profile,
    Question,
    Raw,
    Records,
    Reply,
    Request,
    SignerKind,
    SigningRules,
    Slot,
    SlotKind,
)
from .profile_signing import read_signing
from .profile_tables import SERVICE_PATH, WORD, Faults, Place, read_codes, read_envelope
from .profile_targets import form_of, target_of

__all__ = ["CHARSETS", "DAY_FORMS", "INSTANT_FORMS", "PROFILE_NAME", "read_profile"]

FORMAT: Final = 1
"""Version of the file format."""

CHARSETS: Final = ("utf-8", "gb18030")
INSTANT_FORMS: Final = (
    "rfc3339",
    "milliseconds",
    "seconds",
    "YYYY-MM-DD hh:mm:ss",
    "YYYYMMDDhhmmss",
)
DAY_FORMS: Final = ("YYYY-MM-DD", "YYYYMMDD", "YYYY-MM-DD hh:mm:ss")
TIME_FORMS: Final = (*INSTANT_FORMS,)
ID_FORMS: Final = ("uuid", "hex")

_ASKED: Final[Mapping[Checkpoint, tuple[Matter, ...]]] = {
    Checkpoint.VEHICLE: (Matter.VEHICLE_PURCHASE_TAX, Matter.VEHICLE_AND_VESSEL_TAX),
    Checkpoint.PROPERTY_TITLE: (
        Matter.DEED_TAX,
        Matter.INDIVIDUAL_INCOME_TAX,
        Matter.LAND_APPRECIATION_TAX,
    ),
    Checkpoint.EQUITY_TRANSFER: (Matter.INDIVIDUAL_INCOME_TAX,),
    Checkpoint.DEREGISTRATION: (
        Matter.CLEARANCE,
        Matter.TAX_OBJECTION,
        Matter.TAX_REGISTRATION,
    ),
}
_KEYS: Final[Mapping[Checkpoint, tuple[str, ...]]] = {
    Checkpoint.VEHICLE: ("vin",),
    Checkpoint.PROPERTY_TITLE: ("unit", "contract_no"),
    Checkpoint.EQUITY_TRANSFER: ("company",),
    Checkpoint.DEREGISTRATION: ("uscc",),
}
_PARTS: Final = (
    "matter",
    "vin",
    "unit",
    "company",
    "person.id_type",
    "person.number",
    "person.name",
    "plate",
    "contract_no",
    "years",
    "purpose.office",
    "purpose.case_no",
    "purpose.provision",
)
_ECHOED: Final = ("matter", "vin", "unit", "company", "person.id_type", "person.number", "years")
_HEADER: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MEDIA_TYPE: Final = re.compile(r"[a-z]+/[a-z0-9.+-]+")
PROFILE_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
"""What a profile may be called."""


def read_profile(content: bytes, name: str, *, file: str | None = None) -> Profile:
    """Return the profile in the TOML document *content*.

    Args:
        content: The document, in UTF-8.
        name: What it is called.
        file: What faults name as the file.

    Raises:
        ConfigError: It is no profile; lists every fault with its place.
    """
    shown = file if file is not None else f"profile {name}"
    try:
        document = tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise ConfigError(((shown, "is not UTF-8"),)) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(((shown, f"is not TOML: {error}"),)) from None
    faults = Faults(shown)
    profile = _Reading(faults, document).profile(name)
    if faults.found:
        raise ConfigError(tuple(dict.fromkeys(faults.found)))
    return profile


# The document -------------------------------------------------------------------------------------


class _Reading:
    """Reads one document."""

    def __init__(self, faults: Faults, document: dict[str, Any]) -> None:
        self._document: Final = document
        self._root: Final = Place(faults, "", document)
        self._codes: Final[dict[str, Codes]] = {}

    def profile(self, name: str) -> Profile:
        root = self._root
        if not PROFILE_NAME.fullmatch(name):
            root.fault(None, "must be called by lower-case letters, digits and hyphens")
        if root.whole("format", 0, least=0, most=99) != FORMAT:
            root.fault("format", f"must be {FORMAT}: the version of the file format")
        title = root.mapping("title")
        if set(title) != {"en", "zh"}:
            root.fault("title", "must have en and zh, and nothing else")
        to_confirm = root.texts("to_confirm")
        for place in to_confirm:
            if not self._exists(place):
                root.fault("to_confirm", f"names {place}, which is no place of this file")
        self._read_codes()
        signing = read_signing(root)
        request = self._request(signing)
        reply = self._reply(request)
        questions = self._questions(request, reply, signing)
        if reply.request_id is not None and not any(
            slot.kind is SlotKind.REQUEST_ID
            for slot in (*request.body.values(), *request.headers.values())
        ):
            root.fault(("reply", "request_id"), "is read, but no request has a request_id")
        root.finish()
        return Profile(
            name=name,
            title=title,
            to_confirm=to_confirm,
            request=request,
            reply=reply,
            questions=questions,
            signing=signing,
        )

    def _exists(self, place: str) -> bool:
        value: Any = self._document
        for name in place.split("."):
            if not isinstance(value, dict) or name not in value:
                return False
            value = value[name]
        return True

    def _read_codes(self) -> None:
        tables = self._root.table("codes")
        if tables is None:
            return
        for name in tables.names():
            meanings = tables.mapping(name)
            if not meanings:
                tables.fault(name, "must be a table of codes and their meanings")
            self._codes[name] = Codes(name, meanings)

    # Requests

    def _request(self, signing: SigningRules) -> Request:
        place = self._root.table("request", required=True)
        if place is None:
            return Request()
        body = self._slots(place, "body")
        headers = self._slots(place, "headers")
        at = place.place
        for name, slot in headers.items():
            if not _HEADER.fullmatch(name):
                place.fault(("headers", name), "is no name of a header")
            if slot.kind in (SlotKind.INQUIRY, SlotKind.OFFICE):
                # Proxies write headers down; they do not write bodies down.
                place.fault(("headers", name), "carries a part of the inquiry: put it in the body")
        json = place.choice("encoding", ("json", "form"), "json") == "json"
        whole = place.text("whole", None)
        if whole is not None and not json:
            place.fault("whole", "needs a JSON body")
        added = signing.names.values() if signing.kind is SignerKind.SORTED_PARAMS else ()
        for name in {*body} & {*added}:
            place.fault(("body", name), f"is added by the signature, too (at {at})")
        return Request(
            json=json,
            charset=place.choice("charset", CHARSETS, "utf-8"),
            whole=whole,
            body=body,
            headers=headers,
        )

    def _slots(self, place: Place, name: str) -> dict[str, Slot]:
        table = place.table(name)
        found: dict[str, Slot] = {}
        if table is None:
            return found
        for key in table.names():
            slot_place = table.value_or_table(key, "from")
            slot = self._slot(slot_place) if slot_place is not None else None
            table.path_of(key, key)
            if slot is not None:
                found[key] = slot
        return found

    def _slot(self, place: Place) -> Slot | None:
        given = [kind for kind in SlotKind if place.has(kind.value)]
        if len(given) != 1:
            place.fault(None, f"must have exactly one of {', '.join(SlotKind)}")
            return None
        kind = given[0]
        codes = None
        joined = False
        match kind:
            case SlotKind.INQUIRY:
                value = place.choice("from", _PARTS)
                joined = place.flag("joined", default=False)
                if value in {"matter", "person.id_type"}:
                    codes = read_codes(place, "codes", self._codes)
                    self._demand_meanings(place, codes, Matter if value == "matter" else IdType)
                if joined and value != "years":
                    place.fault("joined", "is for years only")
            case SlotKind.TIME:
                value = place.choice("time", TIME_FORMS)
            case SlotKind.REQUEST_ID:
                value = place.choice("request_id", ID_FORMS)
            case SlotKind.OFFICE:
                value = place.choice("office", ("catalogue",))
            case SlotKind.PARAMETER | SlotKind.SECRET:
                value = place.matching(kind.value, WORD, "a name of letters, digits, - and _")
            case _:
                value = place.text("is")
        return Slot(kind=kind, value=value, codes=codes, joined=joined)

    # Replies

    def _reply(self, request: Request) -> Reply:
        place = self._root.table("reply", required=True)
        if place is None:
            place = Place(Faults(""), "reply", {})
        content_types = place.texts("content_types", ("application/json",))
        for text in content_types:
            if not _MEDIA_TYPE.fullmatch(text):
                place.fault(
                    "content_types", "must be media types in lower case, without parameters"
                )
        return Reply(
            content_types=content_types,
            charset=place.choice("charset", CHARSETS, "utf-8"),
            fractions_ignored=place.choice("fractions", ("refused", "ignored"), "refused")
            == "ignored",
            missing_is_no_record=place.choice(
                "status_404", ("malformed-response", NO_RECORD), "malformed-response"
            )
            == NO_RECORD,
            envelopes=tuple(read_envelope(item) for item in place.tables("envelopes")),
            as_of=self._as_of(place),
            echo=self._echo(place, request),
            request_id=place.path("request_id", required=False),
            consultation_id=place.path("consultation_id", required=False),
        )

    def _as_of(self, reply: Place) -> AsOf:
        place = reply.table("as_of", required=True)
        if place is None or (not place.has("from") and not place.has("header")):
            if place is not None:
                reply.fault(("as_of", "from"), "is missing: an answer says when it was true")
            return AsOf(path=None, form="rfc3339")
        oldest = int(FRESH_FOR.total_seconds())
        max_age = place.whole("max_age_seconds", oldest, least=1, most=oldest)
        if place.has("header"):
            place.choice("header", ("date",))
            if place.has("from"):
                place.fault("header", "stands beside from: give one of the two")
            return AsOf(path=None, form="rfc3339", max_age=max_age)
        form = place.choice("form", INSTANT_FORMS)
        epoch = form in {"milliseconds", "seconds"}
        return AsOf(
            path=place.path("from"),
            form=form,
            raw=place.member("raw", Raw, Raw.EITHER if epoch else Raw.TEXT),
            offset=place.whole("offset_minutes", 480, least=-720, most=840),
            max_age=max_age,
        )

    def _echo(self, reply: Place, request: Request) -> Echo:
        place = reply.table("echo", required=True)
        if place is None:
            return Echo()
        mode = place.choice("mode", ("required", "absent"))
        whole = place.path("whole", required=False)
        parts = place.table("fields")
        fields: dict[str, Field] = {}
        for name in parts.names() if parts is not None else ():
            part = parts.value_or_table(name, "from") if parts is not None else None
            if name not in _ECHOED:
                place.fault(("fields", name), f"must be one of {', '.join(_ECHOED)}")
            elif part is not None:
                fields[name] = self._echoed(part, name)
        if mode == "absent" and (whole is not None or fields):
            place.fault("mode", "is absent, and yet something is echoed")
        if whole is not None and (fields or request.whole is None):
            place.fault("whole", "needs request.whole, and no fields beside it")
        return Echo(absent=mode == "absent", whole=whole, fields=fields)

    def _echoed(self, place: Place, name: str) -> Field:
        codes = read_codes(place, "codes", self._codes)
        if name in {"matter", "person.id_type"}:
            self._demand_meanings(place, codes, Matter if name == "matter" else IdType)
        elif codes is not None:
            place.fault("codes", "is for matter and person.id_type only")
        joined = place.flag("joined", default=False)
        if joined and name != "years":
            place.fault("joined", "is for years only")
        return Field(
            path=place.path("from"),
            raw=place.member("raw", Raw, Raw.TEXT),
            codes=codes,
            joined=joined,
            required=True,
        )

    # Questions

    def _questions(
        self, request: Request, reply: Reply, signing: SigningRules
    ) -> dict[str, Question]:
        table = self._root.table("questions", required=True)
        found: dict[str, Question] = {}
        for name in table.names() if table is not None else ():
            place = table.table(name) if table is not None else None
            if place is None:
                continue
            if not WORD.fullmatch(name):
                place.fault(None, "must be called by letters, digits, - and _")
            found[name] = self._question(place, name, request, reply, signing)
        if table is not None and not found:
            table.fault(None, "names no question")
        asked: dict[tuple[Checkpoint, Matter], str] = {}
        for question in found.values():
            for checkpoint in [question.checkpoint] if question.checkpoint else Checkpoint:
                for matter in question.matters:
                    first = asked.setdefault((checkpoint, matter), question.name)
                    if first != question.name and table is not None:
                        table.fault(question.name, f"asks {matter}, which {first} asks already")
        return found

    def _question(
        self, place: Place, name: str, request: Request, reply: Reply, signing: SigningRules
    ) -> Question:
        checkpoint = place.member("checkpoint", Checkpoint) if place.has("checkpoint") else None
        listed = place.texts("matters")
        askable = {
            matter.value
            for point in ([checkpoint] if checkpoint else Checkpoint)
            for matter in _ASKED[point]
        }
        for text in listed:
            if text not in askable:
                place.fault("matters", f"{text} is not asked there: {', '.join(sorted(askable))}")
        if not listed:
            place.fault("matters", "is empty")
        matters = tuple(Matter(text) for text in listed if text in askable)
        path = place.matching("path", SERVICE_PATH, "a plain path such as /sysapi/query")
        body = self._slots(place, "body")
        for key in {*body} & {*request.body}:
            place.fault(("body", key), "stands in request.body, too")
        records = self._records(place)
        record: dict[str, Field] = {}
        if records.whole:
            for given in ("record", "amounts"):
                if place.has(given):
                    place.table(given)
                    place.fault(given, "stands beside records.whole: leave it out")
        elif checkpoint is None:
            place.fault("checkpoint", "is missing: fields of a record belong to one checkpoint")
        else:
            record = self._record(place, checkpoint, matters)
        question = Question(
            name=name,
            checkpoint=checkpoint,
            matters=matters,
            path=path,
            body=body,
            records=records,
            record=record,
            amounts=self._amounts(place) if not records.whole else Amounts(),
        )
        self._demand_subject(place, question, request, reply)
        self._demand_codes(place, question, request)
        if signing.kind is SignerKind.SORTED_PARAMS:
            _demand_flat(place, question, request)
        return question

    def _records(self, question: Place) -> Records:
        place = question.table("records", required=True)
        if place is None:
            return Records(at=Path(()))
        return Records(
            at=place.path("at") or Path(()),
            single=place.flag("single", default=False),
            null_is_none=place.flag("null_is_none", default=False),
            total=place.path("total", required=False),
            whole=place.flag("whole", default=False),
        )

    def _record(
        self, question: Place, checkpoint: Checkpoint, matters: tuple[Matter, ...]
    ) -> dict[str, Field]:
        place = question.table("record", required=True)
        if place is None:
            return {}
        kind: type[TaxRecord] = rules(checkpoint).Record
        found: dict[str, Field] = {}
        for name in place.names():
            target = target_of(kind, name)
            part = place.value_or_table(name, "from")
            if target is None:
                place.fault(name, f"is no field of a record at {checkpoint}")
            elif part is not None:
                found[name] = self._field(part, name, target)
        for name in ("matter", "status"):
            if name not in found:
                place.fault(name, "is missing: a record says what it is about, and what it says")
        matter = found.get("matter")
        if matter is not None and matter.constant is not None:
            if matter.constant not in matters:
                place.fault("matter", "is constant, and none of the matters asked")
            if len(matters) > 1:
                place.fault("matter", "is constant, and yet several matters are asked")
        status = found.get("status")
        if status is not None and status.codes is not None:
            for code, meaning in status.codes.meanings.items():
                if meaning not in kind.STATUSES:
                    place.fault("status", f"reads {code} as {meaning}, no status of such a record")
        if not any(name in found for name in _KEYS[checkpoint]):
            place.fault(None, f"has no key: map {' or '.join(_KEYS[checkpoint])}")
        return found

    def _field(self, place: Place, name: str, target: Any) -> Field:  # noqa: ANN401
        form = form_of(target)
        codes = read_codes(place, "codes", self._codes)
        if form is Form.CODE:
            if place.has("is"):
                if name == "status":
                    place.fault("is", "gives a status to every record: a status is read")
                elif place.text("is") not in tuple(target):
                    place.fault("is", f"must be one of {', '.join(target)}")
            else:
                self._demand_meanings(place, codes, target)
        elif form is Form.FLAG:
            if codes is None or not set(codes.meanings.values()) <= {"true", "false"}:
                place.fault("codes", "is missing: name a table whose meanings are true and false")
        elif codes is not None:
            place.fault("codes", "has no use here: this field is no code")
        if place.has("is"):
            if form not in (Form.CODE, Form.TEXT):
                place.fault("is", "is for codes and texts only")
            return Field(path=None, constant=place.text("is"), form=form)
        blank = place.flag("blank", default=False)
        always = name in {"matter", "status"}
        required = place.flag("required", default=always)
        if always and (blank or not required):
            place.fault(None, "is always required, and never blank")
        raw = Raw.INTEGER if form is Form.WHOLE else Raw.TEXT
        return Field(
            path=place.path("from"),
            form=form,
            raw=place.member("raw", Raw, raw),
            codes=codes,
            day=place.choice("day", DAY_FORMS, "YYYY-MM-DD"),
            required=required,
            blank=blank,
        )

    def _amounts(self, question: Place) -> Amounts:
        place = question.table("amounts")
        if place is None:
            return Amounts()

        def paths(name: str, texts: tuple[str, ...]) -> tuple[Path, ...]:
            return tuple(place.path_of(name, text) for text in texts)

        fields = paths("fields", place.texts("fields", ()))
        optional = paths("optional", place.texts("optional", ()))
        not_above = [paths("not_above", group) for group in place.groups("not_above")]
        sums = [paths("sums", group) for group in place.groups("sums")]
        for name, groups in (("not_above", not_above), ("sums", sums)):
            for group in groups:
                if len(group) < 2 or not {*group} <= {*fields, *optional}:  # noqa: PLR2004
                    place.fault(name, "must group two or more of fields and optional")
                elif name == "not_above" and len(group) != 2:  # noqa: PLR2004
                    place.fault(name, "must hold pairs")
        return Amounts(
            fields=fields,
            optional=optional,
            raw=place.member("raw", Raw, Raw.TEXT),
            not_above=tuple((pair[0], pair[-1]) for pair in not_above if pair),
            sums=tuple(sums),
        )

    # What has to hold across tables

    def _demand_meanings(self, place: Place, codes: Codes | None, kind: Any) -> None:  # noqa: ANN401
        if codes is None:
            if not place.has("codes"):
                place.fault("codes", "is missing: name the table that reads this code")
            return
        for code, meaning in codes.meanings.items():
            if meaning not in {member.value for member in kind}:
                place.fault(
                    "codes", f"[codes.{codes.name}] reads {code} as {meaning}, unknown here"
                )

    def _demand_subject(
        self, place: Place, question: Question, request: Request, reply: Reply
    ) -> None:
        """Demand that what is asked about travels in the body, and comes back."""
        if request.whole is None and question.checkpoint is None:
            place.fault("checkpoint", "is missing: without request.whole a question is of one")
        subject = SUBJECT[question.checkpoint] if question.checkpoint else _any_subject(question)
        slots = (*request.body.values(), *question.body.values())
        sent = {slot.value for slot in slots if slot.kind is SlotKind.INQUIRY}
        if request.whole is not None:
            sent |= {"years"} if Matter.VEHICLE_AND_VESSEL_TAX in question.matters else set()
            for key in {**request.body, **question.body}:
                if f"{key}.".startswith(f"{request.whole}."):
                    place.fault(("body", key), "is written over a part of request.whole")
        elif question.checkpoint is not None:
            for part in subject:
                if part not in sent:
                    place.fault("body", f"does not ask about {part}")
        if reply.echo.absent or reply.echo.whole is not None:
            return
        due = {"matter", *subject} | ({"years"} & sent)
        for part in sorted(due - {*reply.echo.fields}):
            self._root.fault(
                ("reply", "echo", "fields", part),
                f"is missing: {question.name} asks for it, and the reply has to repeat it",
            )

    def _demand_codes(self, place: Place, question: Question, request: Request) -> None:
        """Demand one code for each matter that is asked by code."""
        for key, slot in {**request.body, **question.body}.items():
            if slot.kind is SlotKind.INQUIRY and slot.value == "matter" and slot.codes is not None:
                for matter in question.matters:
                    if slot.codes.code_of(matter) is None:
                        place.fault(
                            ("body", key),
                            f"[codes.{slot.codes.name}] must have exactly one code for {matter}",
                        )


def _any_subject(question: Question) -> tuple[str, ...]:
    """Return what a question of any checkpoint may be about: what is not asked is not repeated."""
    found = [SUBJECT[at] for at, matters in _ASKED.items() if {*matters} & {*question.matters}]
    return tuple(dict.fromkeys(part for parts in found for part in parts))


def _demand_flat(place: Place, question: Question, request: Request) -> None:
    """Demand a body of plain texts: only those can be sorted and signed."""
    if request.whole is not None:
        place.fault(None, "has a nested body, which sorted-params cannot sign")
    for key, slot in {**request.body, **question.body}.items():
        listed = slot.kind is SlotKind.INQUIRY and slot.value == "years" and not slot.joined
        if "." in key or listed:
            place.fault(("body", key), "is no plain text, which sorted-params could sign")
