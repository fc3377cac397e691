"""What a scenario may expect of a decision (预期), read from the published document if it can."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from attrs import define, field

from .. import wire
from ..decision import Decision
from ..errors import InputError
from ..findings import Finding
from ..parties import IdType, Person
from ..tables import Ruling
from ..terms import Language
from ..wording import Text
from .errors import FailedScenarioError
from .words import PEOPLE

__all__ = ["Verified"]


@define(slots=False)
class Verified:
    """What came of the check: a decision, or the application returned as faulty.

    Attributes:
        result: The decision, or what is wrong with what was handed in.
    """

    result: Decision | InputError = field()

    @property
    def decision(self) -> Decision:
        """The decision.

        Raises:
            FailedScenarioError: There is none, for the input is faulty.
        """
        if isinstance(self.result, Decision):
            return self.result
        raise FailedScenarioError(
            Text(f"没有结论，因为输入有误：{self.result}", f"faulty input: {self.result}")
        )

    @cached_property
    def _document(self) -> dict[str, Any]:
        return wire.decision_document(self.decision, [Language.ZH_CN])

    def plain(self, key: str, value: Any) -> None:  # noqa: ANN401 - JSON
        """Expect a plain member of the decision document."""
        _expect(self._document[key] == value, f"{key} = {self._document[key]}")

    def lists(self, key: str, value: str) -> None:
        """Expect a word among those of a list of the document."""
        entries = self._document[key]
        seen = [entry if isinstance(entry, str) else entry["kind"] for entry in entries]
        _expect(value in seen, f"{key} = {seen}")

    def lists_none(self, key: str) -> None:
        """Expect a list of the document to be empty."""
        _expect(not self._document[key], f"{key} = {self._document[key]}")

    def lists_some(self, key: str) -> None:
        """Expect a list of the document not to be empty."""
        _expect(bool(self._document[key]), f"{key} = []")

    def row(self, name: str) -> None:
        """Expect a row of the specification among those that concluded something.

        A row that says what an act demands of a tax counts too, a row that matched and says
        nothing does not.
        """
        seen = self.rows()
        _expect(name in seen, f"rows = {sorted(seen)}")

    def decided_by(self, name: str) -> None:
        """Expect a row among those of the strictest findings, which decide."""
        outcome = self.decision.outcome
        seen = {row for one in self.decision.findings if one.outcome is outcome for row in one.rows}
        _expect(name in seen, f"rows = {sorted(seen)}")

    def silent(self, name: str) -> None:
        """Expect a row that matched and says nothing: it lets the case go on."""
        seen = {row for finding in self.decision.silent for row in finding.rows}
        _expect(name in seen, f"silent = {sorted(seen)}")

    def rows(self) -> frozenset[str]:
        """Return the ids of every row that concluded something, demands included."""
        found = {row for finding in self.decision.findings for row in finding.rows}
        for obstacle in self._document["obstacles"]:
            found.update(obstacle["rows"])
        for ruling in self.demands():
            found.update(ruling.row.ids)
        return frozenset(found)

    def demands(self) -> Iterator[Ruling[Any]]:
        """Yield what the tables of duties said."""
        items: tuple[Finding, ...] = (*self.decision.findings, *self.decision.silent)
        for item in items:
            if item.obligation.duty is not None:
                yield item.obligation.duty

    def state(self, matter: str, value: str) -> None:
        """Expect a state of the evidence on a matter."""
        seen = [f["state"] for f in self._document["findings"] if f["matter"] == matter]
        _expect(value in seen, f"state = {seen}")

    def reason(self, code: str) -> None:
        """Expect a reason code."""
        seen = [finding["code"] for finding in self._document["findings"]]
        _expect(code in seen, f"code = {seen}")

    def told(self, name: str, *, told: bool = True) -> None:
        """Expect a party to be told something, or nothing."""
        known = PEOPLE[name][1]
        party = Person(IdType(known["id_type"]), known["number"], known["name"])
        seen = [notice["addressee"] for notice in self._document["notices"]]
        _expect((party.masked in seen) is told, f"addressees = {seen}")

    def told_to_authority(self) -> None:
        """Expect an authority to be told."""
        notices = self._document["notices"]
        _expect(any(notice["to_authority"] for notice in notices), "to_authority = false")

    def returned(self, path: str) -> None:
        """Expect the application to be returned as faulty, at a place of the document."""
        if isinstance(self.result, Decision):
            _expect(held=False, seen=f"outcome = {self.result.outcome}")
            return
        document = wire.error_document(self.result)
        seen = [fault["path"] for fault in document["faults"]]
        _expect(any(one.endswith(path) for one in seen), f"faults = {seen}")


def _expect(held: bool, seen: str) -> None:  # noqa: FBT001 - an assertion
    if not held:
        raise FailedScenarioError(Text(f"实际结果不同：{seen}", f"it is otherwise: {seen}"))
