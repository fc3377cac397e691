"""Decision (审查结论): every finding, and what they come to together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NoReturn

from attrs import field, frozen

from .building import quickly
from .errors import DecisionTruthError, NotPassedError
from .findings import Finding, Outcome, strictest
from .proceedings import Heading, Obstacle, Referral
from .remedies import Remedy, remedies
from .tables import Ruling
from .terms import Basis, Effect, Flag, Language, Reading, Verdict

if TYPE_CHECKING:
    from .explaining import Node
    from .notices import Notice

_GROUNDED = frozenset({Basis.ANSWER, Basis.VERIFIED_PAPER, Basis.CLASS_IN_LAW})


@frozen(kw_only=True)
class LogReference:
    """Where a decision stands in the decision log (审查日志).

    Attributes:
        seq: Number of its entry.
        digest: Digest of that entry, which fixes the decision and all entries before it.
        replayed: Whether it was recorded earlier and is given again.
        supersedes: Entry of the decision it takes the place of; both stay.
    """

    seq: int
    digest: str
    replayed: bool = False
    supersedes: int | None = None


@frozen(kw_only=True)
class Decision:
    """What the office is told: verdict, effect, every reason.

    Immutable. It has no truth value: use `may_complete`, `verdict` or `require_pass()`.

    Attributes:
        heading: The case it belongs to.
        findings: Every finding, strictest first, then by code; never empty.
        obstacles: Non-tax obstacles that stand.
        readings: Readings that were in force.
        flags: Remarks, in a fixed order.
        referrals: Written reports due to the tax authority.
        silent: Rows that matched and say nothing, kept for the explanation.
        logged: Where it stands in the decision log; None where no log was kept. No part of what
            makes two decisions equal.

    Raises:
        ValueError: There is no finding: nothing decided is never a pass.
    """

    heading: Heading
    findings: tuple[Finding, ...]
    obstacles: tuple[Obstacle, ...] = ()
    readings: frozenset[Reading] = frozenset()
    flags: tuple[Flag, ...] = ()
    referrals: tuple[Referral, ...] = ()
    silent: tuple[Finding, ...] = ()
    logged: LogReference | None = field(default=None, eq=False)
    outcome: Outcome = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Find the strictest outcome."""
        object.__setattr__(self, "outcome", strictest(item.outcome for item in self.findings))

    @property
    def verdict(self) -> Verdict:
        """What the Order directs the office to do."""
        return self.outcome.verdict

    @property
    def effect(self) -> Effect:
        """What the office may do with the application now."""
        return self.outcome.effect

    @property
    def may_complete(self) -> bool:
        """Whether the registration may be completed: effect proceed and no open obstacle."""
        return self.effect is Effect.PROCEED and not self.obstacles

    @property
    def deciding(self) -> tuple[Finding, ...]:
        """The findings with the strictest outcome."""
        return tuple(item for item in self.findings if item.outcome is self.outcome)

    @property
    def verified(self) -> bool:
        """Whether the tax check took place, also where tax turned out to be unpaid.

        Some obligation rests on an answer, on a verified paper or on a class in law, and none on an
        outage. It does not mean that tax is in order. An act out of scope is never verified.
        """
        bases = {item.obligation.basis for item in self.findings}
        return bool(bases & _GROUNDED) and Basis.OUTAGE not in bases

    @property
    def retryable(self) -> bool:
        """Whether a retry alone could lift every finding that holds the application.

        Where nothing holds it, whether something proceeded unverified and is to be asked again.
        """
        holding = [item for item in self.findings if item.outcome.effect is not Effect.PROCEED]
        if holding:
            return all(item.ruling.row.retryable for item in holding)
        return any(item.ruling.row.retryable for item in self.findings)

    def remedies(self) -> tuple[Remedy, ...]:
        """Return what is missing to pass (补救途径): one remedy per obligation, joined by "and".

        Each lists every minimal set of actions that satisfies its obligation; none, where nobody
        can do anything about it. Obligations that are satisfied have no remedy.
        """
        return remedies((*self.findings, *self.silent), self.readings)

    def require_pass(self) -> None:
        """Return if the registration may be completed.

        Raises:
            NotPassedError: It may not; the error carries this decision.
        """
        if not self.may_complete:
            raise NotPassedError(self)

    def notices(self, language: Language | str = Language.ZH_CN) -> tuple[Notice, ...]:
        """Return one notice (一次性告知书) per addressee, in *language*."""
        from .notices import notices  # noqa: PLC0415 - texts are loaded when first needed

        return notices(self, Language(language))

    def explanation(self, language: Language | str = Language.ZH_CN) -> Node:
        """Return the whole way to this decision as a tree of texts in *language*."""
        from .explaining import explain  # noqa: PLC0415 - texts are loaded when first needed

        return explain(self, Language(language))

    def explain(self, language: Language | str = Language.ZH_CN) -> str:
        """Return the whole way to this decision as indented text in *language*."""
        return str(self.explanation(language))

    def __bool__(self) -> NoReturn:
        """Refuse: a block would count as true.

        Raises:
            DecisionTruthError: Always.
        """
        raise DecisionTruthError


_decision: Final[Callable[..., Decision]] = quickly(Decision)


def conclude(
    heading: Heading,
    findings: Sequence[Finding],
    *,
    obstacles: Iterable[Obstacle] = (),
    readings: frozenset[Reading] = frozenset(),
    referrals: Iterable[Referral] = (),
) -> Decision:
    """Return the decision on *findings*, in an order that does not depend on theirs.

    Raises:
        ValueError: Not one of them says anything: nothing decided is never a pass.
    """
    plan = _arrange(tuple([item.ruling for item in findings]))
    said, silent = plan.said(findings), plan.silent(findings)
    if plan.tied:
        said = tuple(sorted(said, key=_order))
        silent = tuple(sorted(silent, key=_place))
    standing, reports = tuple(obstacles), tuple(referrals)
    if len(standing) > 1:
        standing = tuple(sorted(standing, key=_kind))
    if len(reports) > 1:
        reports = tuple(sorted(reports, key=_report))
    flags = [flag for item in said for flag in item.obligation.flags]
    for obstacle in standing:
        flags += obstacle.flags
    return _decision(
        heading=heading,
        findings=said,
        obstacles=standing,
        readings=readings,
        flags=tuple(sorted({*flags, *plan.flags})) if flags else plan.flags,
        referrals=reports,
        silent=silent,
        outcome=plan.outcome,
    )


_Pick = Callable[[Sequence[Finding]], tuple[Finding, ...]]


@frozen
class _Arrangement:
    """What rulings alone fix of a decision.

    Attributes:
        said: Takes findings and returns those that say something, strictest first, then by code.
        silent: Takes findings and returns the others, by code.
        tied: Whether two agree in outcome and code, so that what they are about decides.
        outcome: The strictest outcome.
        flags: Remarks of their rows, in order.
    """

    said: _Pick
    silent: _Pick
    tied: bool
    outcome: Outcome
    flags: tuple[Flag, ...]


@lru_cache(maxsize=4096)
def _arrange(rulings: tuple[Ruling[Outcome], ...]) -> _Arrangement:
    """Arrange rulings. They are few and come again, so each combination is sorted once."""
    said = [
        ((-item.conclusion.rank, item.code), place)
        for place, item in enumerate(rulings)
        if item.conclusion is not None
    ]
    silent = [(item.code, place) for place, item in enumerate(rulings) if item.conclusion is None]
    keys = [key for key, _ in (*said, *silent)]
    return _Arrangement(
        said=_picking([place for _, place in sorted(said)]),
        silent=_picking([place for _, place in sorted(silent)]),
        tied=len(set(keys)) < len(keys),
        outcome=strictest(item.conclusion for item in rulings if item.conclusion is not None),
        flags=tuple(sorted({flag for _, place in said for flag in rulings[place].row.flags})),
    )


def _picking(places: list[int]) -> _Pick:
    """Return what takes the findings at *places*; of two or more it can be done in one step."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda findings: tuple([findings[place] for place in places])


def _order(finding: Finding) -> tuple[int, tuple[str, str, tuple[str, ...], str]]:
    return -finding.outcome.rank, _place(finding)


def _place(finding: Finding) -> tuple[str, str, tuple[str, ...], str]:
    obligation = finding.obligation
    party = obligation.party.key if obligation.party is not None else ()
    return finding.ruling.code, obligation.subject, party, obligation.period or ""


def _kind(obstacle: Obstacle) -> tuple[str, tuple[tuple[str, str], ...]]:
    return obstacle.kind, obstacle.detail


def _report(referral: Referral) -> tuple[str, str, str, str]:
    return referral.kind, referral.matter or "", referral.voucher_no or "", referral.reason or ""
