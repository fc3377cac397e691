"""The draft of a case (案件草稿): steps change it, and it becomes one wire document.

Nothing but the document and the inquiries taxgate itself derives from it is looked at: what a
scenario says is what `taxgate.wire` reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any, Final

from attrs import Factory, define

from .. import wire
from ..terms import Checkpoint, Language
from ..wording import Text
from .bases import OLD_VIN, Base
from .errors import FaultyScenarioError
from .fields import APPLICATION, RECORDS, THINGS, Fact, Thing, person
from .words import PEOPLE, Said, read_value

__all__ = ["Draft"]

_OF_ALL: Final = ""
"""Stands for every party where a step names none."""

_ANSWERED_BEFORE: Final = timedelta(minutes=2)
_NUMBERS: Final = {known["number"]: name for name, (_, known) in PEOPLE.items()}

Record = dict[str, Any]


@define
class _Reply:
    """What the tax authority says on one matter: records, or an outage."""

    records: list[Record] = Factory(list)
    outage: str | None = None
    time: dict[str, Any] = Factory(dict)


@define
class Draft:
    """A case in the making.

    Attributes:
        base: The plain case it started from.
    """

    base: Base
    _application: dict[str, Any]
    _about: dict[str, Any] = Factory(dict)
    _readings: list[str] = Factory(list)
    _replies: dict[tuple[str, str], _Reply] = Factory(dict)
    _papers: list[tuple[str, Record, dict[str, Any]]] = Factory(list)
    _focus: tuple[dict[str, Any], tuple[Fact, ...], dict[str, Any]] | None = None

    @classmethod
    def of(cls, base: Base) -> Draft:
        """Start from a plain case."""
        return cls(base, deepcopy(dict(base.application)))

    def fact(self, name: str, value: str, language: Language) -> tuple[Fact, Said]:
        """Return a fact of the application and what its value means.

        Raises:
            FaultyScenarioError: There is no such fact or value.
        """
        return _read(APPLICATION[self.base.checkpoint], name, value, language)

    def own_fact(self, name: str, value: str, language: Language) -> tuple[Fact, Said]:
        """Return a fact of what the last step spoke of, and what its value means.

        Raises:
            FaultyScenarioError: There is no such fact or value, or nothing was spoken of.
        """
        return _read(self._focused()[1], name, value, language)

    def thing(self, name: str, language: Language) -> Thing:
        """Return what can be added under a name.

        Raises:
            FaultyScenarioError: There is no such thing at this checkpoint.
        """
        known = THINGS[self.base.checkpoint]
        for thing in known:
            if thing.text.to(language) == name:
                return thing
        raise _unknown(name, [thing.text for thing in known], language)

    def change(self, fact: Fact, value: Any) -> None:  # noqa: ANN401 - JSON
        """State a fact of the application."""
        _put(self._about if fact.path.startswith("@") else self._application, fact.path, value)

    def change_own(self, fact: Fact, value: Any) -> None:  # noqa: ANN401 - JSON
        """State a fact of what the last step spoke of."""
        target, _, aside = self._focused()
        if fact.path.startswith("@"):
            aside[fact.path] = value
        else:
            target[fact.path] = value

    def add(self, thing: Thing) -> None:
        """Add a thing and speak of it from now on."""
        new = deepcopy(dict(thing.start))
        if thing.listed:
            _list_at(self._application, thing.path).append(new)
        else:
            _put(self._application, thing.path, new)
        self._focus = (new, thing.facts, {})

    def remove(self, thing: Thing) -> None:
        """Take a thing away, all of them where there are several."""
        _put(self._application, thing.path, [] if thing.listed else None)

    def read(self, reading: str) -> None:
        """Switch a reading on."""
        self._readings.append(reading)

    def answer(self, matter: str, status: str, party: str = _OF_ALL) -> None:
        """Let the tax authority answer with one record, or with none."""
        self._replies[matter, party] = _Reply()
        if status != "none":
            self.answer_more(matter, status, party)
        else:
            self._focus = ({}, RECORDS[self.base.checkpoint], self._replies[matter, party].time)

    def answer_more(self, matter: str, status: str, party: str = _OF_ALL) -> None:
        """Add a record to an answer."""
        reply = self._replies.setdefault((matter, party), _Reply())
        record: Record = {"matter": matter, "status": status}
        reply.records.append(record)
        self._focus = (record, RECORDS[self.base.checkpoint], reply.time)

    def fail(self, matter: str, cause: str, party: str = _OF_ALL) -> None:
        """Let the inquiry end without a usable answer."""
        self._replies[matter, party] = _Reply(outage=cause)

    def hand_in(self, matter: str, status: str, handling: str, party: str = _OF_ALL) -> None:
        """Hand in a voucher or document."""
        record: Record = {"matter": matter, "status": status}
        paper: dict[str, Any] = {}
        if handling == "forged":
            paper["forgery"] = "the officer doubts its authenticity"
        elif handling:
            paper["verified_by"] = handling
        self._papers.append((party, record, paper))
        self._focus = (record, RECORDS[self.base.checkpoint], {})

    def document(self) -> dict[str, Any]:
        """Return the case as a wire document.

        Raises:
            InputError: The application cannot be what the steps make of it.
        """
        application = _without_nothing(self._application)
        if self.base.checkpoint is Checkpoint.VEHICLE:
            _complete_vehicle(application)
        case: dict[str, Any] = {
            "checkpoint": str(self.base.checkpoint),
            "application": application,
            "answers": [],
            "readings": list(self._readings),
            "at": self._about.get("@at") or _morning(application),
        }
        inquiries = wire.inquiries_document(wire.case_of(case))
        if self._papers:
            application["papers"] = [
                paper | {"record": self._filled(record, self._inquiry(record, party, inquiries))}
                for party, record, paper in self._papers
            ]
        case["answers"] = self._answers(inquiries, case["at"])
        return case

    def _answers(self, inquiries: list[dict[str, Any]], at: str) -> list[dict[str, Any]]:
        left = dict(self._replies)
        answers = []
        for inquiry in inquiries:
            party = _NUMBERS.get(inquiry.get("person", {}).get("number", ""), _OF_ALL)
            matter = inquiry["matter"]
            left.pop((matter, party), None)
            left.pop((matter, _OF_ALL), None)
            reply = self._replies.get((matter, party)) or self._replies.get((matter, _OF_ALL))
            answers.append(self._answer(inquiry, reply, at))
        for (matter, party), reply in left.items():
            if matter == "other-tax" and inquiries:
                records = [self._filled(r, inquiries[0]) for r in reply.records]
                answers[0].setdefault("records", []).extend(records)
                continue
            record = {"matter": matter}
            answers.append(self._answer(self._inquiry(record, party, inquiries), reply, at))
        return answers

    def _answer(self, inquiry: dict[str, Any], reply: _Reply | None, at: str) -> dict[str, Any]:
        answer: dict[str, Any] = {"inquiry": inquiry, "source": "EX"}
        if reply is not None and reply.outage is not None:
            return answer | {"outage": {"cause": reply.outage}}
        as_of = (datetime.fromisoformat(at) - _ANSWERED_BEFORE).isoformat()
        if reply is None:
            records = self._good(inquiry)
        else:
            records = [self._filled(record, inquiry) for record in reply.records]
            as_of = reply.time.get("@as_of") or as_of
        for number, record in enumerate(records, 1):
            record.setdefault("voucher_no", f"V-{number}")
        return answer | {"records": records, "as_of": as_of}

    def _inquiry(
        self, record: Record, party: str, inquiries: list[dict[str, Any]]
    ) -> dict[str, Any]:
        """Return the inquiry a record answers, or one nobody made where it is not asked for."""
        for inquiry in inquiries:
            known = inquiry.get("person", {}).get("number", "")
            if inquiry["matter"] == record["matter"] and party in ("", _NUMBERS.get(known)):
                return inquiry
        made: dict[str, Any] = {"matter": record["matter"]}
        match self.base.checkpoint:
            case Checkpoint.VEHICLE:
                made["vin"] = self._application["vehicle"]["frame"]
            case Checkpoint.PROPERTY_TITLE:
                made["unit"] = self._application["units"][0]["code"]
                made["person"] = person(party or "a")
            case Checkpoint.EQUITY_TRANSFER:
                made["company"] = self._application["company"]
                made["person"] = person(party or "a")
            case Checkpoint.DEREGISTRATION:
                made["company"] = self._application["entity"]["uscc"]
        return made

    def _good(self, inquiry: dict[str, Any]) -> list[Record]:
        """Return the records of a case in good order."""
        matter = inquiry["matter"]
        if self.base.checkpoint is Checkpoint.EQUITY_TRANSFER:
            return [
                self._filled({"matter": matter, "status": "paid"} | _of_deal(deal), inquiry)
                for deal in self._application["deals"]
                if deal["transferor"]["number"] == inquiry["person"]["number"]
            ]
        status = "paid"
        if self.base.checkpoint is Checkpoint.DEREGISTRATION:
            if matter == "clearance" and self._application.get("route") == "simplified":
                return []
            status = {"clearance": "issued", "tax-objection": "no-objection"}.get(
                matter, "not-registered-for-tax"
            )
        return [self._filled({"matter": matter, "status": status}, inquiry)]

    def _filled(self, record: Record, inquiry: dict[str, Any]) -> Record:
        """Return a record with what it says, and for the rest what fits the inquiry."""
        start: Record = {}
        match self.base.checkpoint:
            case Checkpoint.VEHICLE:
                start["vin"] = inquiry["vin"]
                if record["matter"] == "vehicle-and-vessel-tax":
                    start["tax_year"] = int(_governing(self._application)[:4])
            case Checkpoint.PROPERTY_TITLE:
                start["unit"] = inquiry["unit"]
                start["taxpayer"] = inquiry["person"]
                start["contract_no"] = self._application.get("contract_no")
            case Checkpoint.EQUITY_TRANSFER:
                start["company"] = inquiry["company"]
                start["taxpayer"] = inquiry["person"]
                start["issued_on"] = "2026-11-10"
                deals = [
                    deal
                    for deal in self._application["deals"]
                    if deal["transferor"]["number"] == inquiry["person"]["number"]
                ]
                if deals:
                    start |= _of_deal(deals[0])
            case Checkpoint.DEREGISTRATION:
                start["uscc"] = inquiry["company"]
                if record["status"] in ("issued", "revoked"):
                    start["document"] = "clearance-certificate"
        found = _without_nothing(start | record)
        assert isinstance(found, dict)  # noqa: S101 - for the type checker
        return found

    def _focused(self) -> tuple[dict[str, Any], tuple[Fact, ...], dict[str, Any]]:
        if self._focus is None:
            raise FaultyScenarioError(
                Text("此前没有提到可以用“其”指代的事物", 'nothing was named that "its" could mean')
            )
        return self._focus


def _read(facts: tuple[Fact, ...], name: str, value: str, language: Language) -> tuple[Fact, Said]:
    for fact in facts:
        if fact.text.to(language) == name:
            return fact, read_value(fact.kind, value, language)
    raise _unknown(name, [fact.text for fact in facts], language)


def _unknown(name: str, known: list[Text], language: Language) -> FaultyScenarioError:
    listed = "、".join(text.to(language) for text in known) or "-"
    return FaultyScenarioError(
        Text(
            f"本环节没有“{name}”，可用：{listed}",
            f'nothing here is called "{name}"; known: {listed}',
        )
    )


def _of_deal(deal: Mapping[str, Any]) -> Record:
    return {key: deal[key] for key in ("transferee", "stake", "agreed_on")}


def _put(target: Any, path: str, value: Any) -> None:  # noqa: ANN401 - JSON
    *way, last = path.split(".")
    _reached(target, way)[last] = value


def _list_at(target: Any, path: str) -> list[Any]:  # noqa: ANN401 - JSON
    *way, last = path.split(".")
    found: list[Any] = _reached(target, way).setdefault(last, [])
    return found


def _reached(target: Any, way: list[str]) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return the object at the end of *way*, made where an object on it is missing."""
    for part in way:
        if not isinstance(target, list):
            if target.get(part) is None:
                target[part] = {}
            target = target[part]
        elif int(part) < len(target):
            target = target[int(part)]
        else:
            raise FaultyScenarioError(
                Text("本案没有这一步骤所说的事物", "the case has nothing this step could be about")
            )
    found: dict[str, Any] = target
    return found


def _without_nothing(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return *value* without the facts that were taken away."""
    if isinstance(value, dict):
        return {key: _without_nothing(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_nothing(item) for item in value]
    return value


def _complete_vehicle(application: dict[str, Any]) -> None:
    """Add the party or number an act cannot do without, unless a step named it."""
    if application.get("act") == "transfer":
        application.setdefault("new_owner", person("b"))
    if application.get("act") == "whole-vehicle-replacement":
        application.setdefault("old_frame", OLD_VIN)


def _governing(application: Mapping[str, Any]) -> str:
    return str(application.get("handled_on") or application.get("application_date") or "2026-11-23")


def _morning(application: Mapping[str, Any]) -> str:
    return f"{_governing(application)}T10:00:00+08:00"
