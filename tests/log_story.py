"""A log that tells of some weeks: cases cleared and open, outages, acts, readings, an erasure."""

from __future__ import annotations

from datetime import datetime, timedelta

from attrs import evolve

from gate_cases import Bureau, clock_of, purpose_of, shipped
from log_cases import application_of, keys_in, sqlite_url
from taxgate import Gate
from taxgate.evidence import CHINA, OutageCause
from taxgate.log import Act, ActKind, DecisionLog, Store
from taxgate.sources import SourceError
from taxgate.terms import Matter

NOW = datetime(2026, 12, 5, 12, tzinfo=CHINA)
UNPAID = "property-sale-deed-tax-unpaid"
PAID = "vehicle-first-paid"
SCRIPT = "<script>document.title='ran'</script>"
FORMULA = '=HYPERLINK("http://example.invalid","x")'
TEMPLATE = "{{7*7}} {0.__class__} #panic()"
HOSTILE = (SCRIPT, FORMULA, TEMPLATE)
"""Names an office might give itself to run something where the log is read."""


class Story:
    """Writes a log decision by decision.

    Args:
        folder: Where the log and its keys are made.
    """

    def __init__(self, folder):
        self.log = DecisionLog(
            Store.create(sqlite_url(folder)), keys_in(folder / "keys"), acts=True
        )
        self._number = 0

    def decide(self, name, *, days=0, minutes=0, like=None, case_no=None, office=None, down=()):
        """Decide the shipped case *name* so much later; *like*: answered as that case is.

        `down` names matters whose source does not answer; with a case number of before it is a
        recheck.
        """
        case = shipped(name)
        later = timedelta(days=days, minutes=minutes)
        answers = shipped(like or name).answers
        moved = tuple(
            item if item.as_of is None else evolve(item, as_of=item.as_of + later)
            for item in answers
        )
        known = evolve(case, answers=moved)
        self._number += 1
        purpose = purpose_of(case, case_no=case_no or f"S-{self._number}")
        if office is not None:
            purpose = evolve(purpose, office=office)
        errors = {Matter(matter): SourceError.of("bureau", OutageCause.TIMEOUT) for matter in down}
        with Gate(
            Bureau(known, errors=errors),
            clock=clock_of(case, days=days, minutes=minutes),
            readings=case.readings,
            log=self.log,
        ) as gate:
            ask = gate.check if case_no is None else gate.recheck
            return ask(application_of(case), purpose=purpose, actor=f"officer-{self._number % 3}")

    def act(self, seq, *, days=0, kind=ActKind.HOLD):
        """Let an officer act beside the decision *seq*."""
        at = shipped(PAID).at + timedelta(days=days)
        return self.log.act(
            Act(
                decision=seq,
                kind=kind,
                actor="officer-1",
                second="officer-2",
                authority="court order 2026-1",
                reason="court-order",
                at=at,
                expires=at + timedelta(days=1),
            )
        )


def told(folder):
    """Return a log with a story of some weeks in *folder*.

    24 decisions of 23 cases: one of them unpaid at first and cleared after 90 minutes, three that
    an outage holds, three offices with hostile names; one act, one reading in clear.
    """
    story = Story(folder)
    held = story.decide(UNPAID, case_no=None)
    number = f"S-{story._number}"
    for day in range(12):
        story.decide(PAID, days=day)
    for day in (1, 3, 8):
        story.decide(UNPAID, days=day, minutes=day)
    for day in (4, 5, 5):
        story.decide(PAID, days=day, down=(Matter.VEHICLE_PURCHASE_TAX,))
    for day, office in enumerate(HOSTILE):
        story.decide(PAID, days=day, office=office)
    story.decide("vehicle-mortgage-no-record", days=9)
    assert not held.may_complete
    story.decide(UNPAID, like="property-sale-paid", minutes=90, case_no=number)
    story.act(2)
    story.log.read_clear(2, reader="auditor-1", reason="complaint", at=NOW)
    return story.log
