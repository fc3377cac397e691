"""A small registry with a mistake in it. Find it, or let `test_registry.py` find it.

It keeps the latest decision, so that a registration is completed on a pass only. All data that goes
through it in the tests is invented.
"""

import threading

from attrs import define, field

from taxgate import Decision, Gate, vehicle
from taxgate.evidence import Purpose


@define
class Registry:
    """A registration office: its applications, the latest decisions, and what is done."""

    gate: Gate
    applications: dict[str, vehicle.Application] = field(factory=dict)
    decisions: dict[str, Decision] = field(factory=dict)
    completed: list[str] = field(factory=list)
    lock: threading.Lock = field(factory=threading.Lock, init=False)

    def submit(self, application: vehicle.Application) -> str:
        """Take an application in and return its case number."""
        case_no = f"2026-{len(self.applications) + 1:04d}"
        self.applications[case_no] = application
        return case_no

    def check(self, case_no: str) -> Decision:
        """Have the gate decide, and keep the decision."""
        purpose = Purpose(office="示例车辆管理所", case_no=case_no, provision=vehicle.PROVISION.id)
        decision = self.gate.check(self.applications[case_no], purpose=purpose)
        self.decisions[self.kept_under(case_no)] = decision
        return decision

    def complete(self, case_no: str) -> None:
        """Enter the registration.

        Raises:
            ValueError: It was never checked, or is entered already.
            NotPassedError: The latest decision does not allow it.
        """
        with self.lock:  # two clerks may press the button at once
            decision = self.decisions.get(self.kept_under(case_no))
            if decision is None:
                raise ValueError("check the case first")
            decision.require_pass()
            if case_no in self.completed:
                raise ValueError("it is entered already")
            self.completed.append(case_no)

    def kept_under(self, case_no: str) -> str:
        """Return what the decision on a case is kept under."""
        return self.applications[case_no].vehicle.frame.value
