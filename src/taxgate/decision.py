"""Decision (审查结论): every finding, and what they come to together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NoReturn

from attrs import field, frozen

from .errors import DecisionTruthError, NotPassedError
from .findings import Finding, Outcome, strictest
from .proceedings import Heading, Obstacle, Referral
from .remedies import Remedy, remedies
from .terms import Basis, Effect, Flag, Language, Reading, Verdict

if TYPE_CHECKING:
    from .explaining import Node
    from .notices import Notice

_GROUNDED = frozenset({Basis.ANSWER, Basis.VERIFIED_PAPER, Basis.CLASS_IN_LAW})


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


def conclude(
    heading: Heading,
    findings: Iterable[Finding],
    *,
    obstacles: Iterable[Obstacle] = (),
    readings: frozenset[Reading] = frozenset(),
    referrals: Iterable[Referral] = (),
) -> Decision:
    """Return the decision on *findings*, in an order that does not depend on theirs."""
    ordered: list[Finding] = []
    silent: list[Finding] = []
    flags: set[Flag] = set()
    for item in findings:
        if item.silent:
            silent.append(item)
        else:
            ordered.append(item)
            flags.update(item.ruling.row.flags, item.obligation.flags)
    ordered.sort(key=_order)
    silent.sort(key=_place)
    standing = sorted(obstacles, key=lambda item: (item.kind, item.detail))
    for obstacle in standing:
        flags.update(obstacle.flags)
    return Decision(
        heading=heading,
        findings=tuple(ordered),
        obstacles=tuple(standing),
        readings=readings,
        flags=tuple(sorted(flags)),
        silent=tuple(silent),
        referrals=tuple(
            sorted(
                referrals,
                key=lambda item: (
                    item.kind,
                    item.matter or "",
                    item.voucher_no or "",
                    item.reason or "",
                ),
            )
        ),
    )


def _order(finding: Finding) -> tuple[int, tuple[str, str, tuple[str, ...], str]]:
    return -finding.outcome.rank, _place(finding)


def _place(finding: Finding) -> tuple[str, str, tuple[str, ...], str]:
    obligation = finding.obligation
    party = obligation.party.key if obligation.party is not None else ()
    return finding.ruling.code, obligation.subject, party, obligation.period or ""
