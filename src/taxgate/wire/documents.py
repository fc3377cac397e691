"""What goes out: the decision as a document, and the error as one. Everything in it is masked.

The classes are the published shape: the output schema is generated from them. Every field is always
present; what there is none of is null or an empty list.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from attrs import frozen

from ..evidence import OutageCause
from ..findings import Outcome, Standing
from ..identifiers import Division
from ..proceedings import SuspicionKind
from ..terms import (
    Actor,
    Basis,
    Checkpoint,
    Effect,
    Flag,
    Language,
    Matter,
    ObstacleKind,
    Reading,
    State,
    Step,
    Verdict,
)

__all__ = [
    "ActionEntry",
    "CitationEntry",
    "DecisionDocument",
    "ErrorDocument",
    "FaultEntry",
    "FindingEntry",
    "NoticeEntry",
    "ObstacleEntry",
    "RecordEntry",
    "ReferralEntry",
    "RemedyEntry",
]


@frozen(kw_only=True)
class CitationEntry:
    """A provision (条文) in force on the governing day.

    Attributes:
        id: Public id, instrument and article.
        zh: Citation in Chinese.
        en: Citation in English.
    """

    id: str
    zh: str
    en: str


@frozen(kw_only=True)
class RecordEntry:
    """One record or paper, and what it counted for (证据作用).

    Attributes:
        label: What it is, masked.
        standing: What it counted for.
        why: Public code of the reason.
    """

    label: str
    standing: Standing
    why: str


@frozen(kw_only=True)
class FindingEntry:
    """One reason (理由): a rule that applies to one tax of one party for one object.

    Attributes:
        code: Public reason code (理由代码).
        outcome: What the rule concludes.
        verdict: What that directs the office to do.
        effect: What the office may do with the application, if this were the only finding.
        rows: Ids of the specification's rows this line of the table stands for; not every one of
            them is met in this case.
        table: Name of the decision table.
        matter: Tax or tax document.
        subject: Vehicle, unit, company or other object, masked; empty where there is none.
        party: The party the tax falls on, masked; null where there is none.
        period: Tax year or other period; null where there is none.
        state: Evidence status (证据状态); null where no tax evidence was weighed.
        facts: What the table read: column names to members.
        basis: What the state rests on; null where it rests on nothing but the application.
        outage: Why the source gave no usable answer, "not-asked" where its inquiry has none; null
            where it answered or nothing was to be asked.
        retryable: Whether a retry alone may lift this finding.
        reading: The reading (释义选项) that changed the conclusion; null where none did.
        step: What cures it.
        citations: Provisions this line of the table stands for, those in force on the governing
            day only; not every one of them is met in this case.
        reason: The reason in words, by language.
        records: Every record and paper that was weighed, in the order given.
    """

    code: str
    outcome: Outcome
    verdict: Verdict
    effect: Effect
    rows: tuple[str, ...]
    table: str
    matter: Matter
    subject: str
    party: str | None
    period: str | None
    state: State | None
    facts: Mapping[str, str]
    basis: Basis | None
    outage: OutageCause | None
    retryable: bool
    reading: Reading | None
    step: Step
    citations: tuple[CitationEntry, ...]
    reason: Mapping[Language, str]
    records: tuple[RecordEntry, ...]


@frozen(kw_only=True)
class ObstacleEntry:
    """A non-tax obstacle (非税障碍) that stands: the act waits for it, the verdict is untouched.

    Attributes:
        kind: Which obstacle it is.
        rows: Ids of the specification's rows this line of the table stands for; not every one of
            them is met in this case.
        citations: Provisions this line of the table stands for, those in force on the governing
            day only; not every one of them is met in this case.
    """

    kind: ObstacleKind
    rows: tuple[str, ...]
    citations: tuple[CitationEntry, ...]


@frozen(kw_only=True)
class ReferralEntry:
    """A written report due to the tax authority (书面告知), Order Art. 29.

    What the officer found in words stays with the case: it may name anybody.

    Attributes:
        kind: Kind of violation suspected.
        matter: Tax it concerns; null where that is not known.
        person: Whom it concerns, masked; null where that is not known.
        voucher_no: Number of the voucher suspected, masked; null where it has none.
        citation: The provision that demands the report.
    """

    kind: SuspicionKind
    matter: Matter | None
    person: str | None
    voucher_no: str | None
    citation: CitationEntry


@frozen(kw_only=True)
class ActionEntry:
    """One action (补救行动) and who can take it.

    Attributes:
        action: Public name of the action.
        actor: Who can take it.
        text: The action in words, by language.
    """

    action: str
    actor: Actor
    text: Mapping[Language, str]


@frozen(kw_only=True)
class RemedyEntry:
    """What satisfies one obligation that is not satisfied yet (补救途径).

    Attributes:
        matter: Tax or tax document.
        subject: Vehicle, unit, company or other object, masked; empty where there is none.
        party: The party the tax falls on, masked; null where there is none.
        period: Tax year or other period; null where there is none.
        ways: Ways out. Any one of them will do, and each is a list of actions that have to be taken
            together. Empty where nobody can do anything about it.
        citations: Provisions that ask for it, those in force on the governing day only.
    """

    matter: Matter
    subject: str
    party: str | None
    period: str | None
    ways: tuple[tuple[ActionEntry, ...], ...]
    citations: tuple[CitationEntry, ...]


@frozen(kw_only=True)
class NoticeEntry:
    """What one addressee is told (一次性告知书), in one language.

    Attributes:
        language: Language of the text.
        addressee: Who is told: a person masked, or an authority by its name; a blank to fill in
            where nobody is known.
        role: In which role, in words.
        to_authority: Whether the addressee is an authority, not a party.
        effect: What the office may do with the application, as far as the addressee may know.
        codes: Reason codes of the items it is told; "cannot-verify" in place of a code that says
            more than the addressee may know. Empty for a party that only learns that somebody
            else's item is open.
        text: The whole notice.
    """

    language: Language
    addressee: str
    role: str
    to_authority: bool
    effect: Effect
    codes: tuple[str, ...]
    text: str


@frozen(kw_only=True)
class DecisionDocument:
    """A decision (审查结论): verdict, effect, and every reason for them.

    The office may complete the registration if and only if `may_complete` is true.

    Attributes:
        taxgate: Version of taxgate that decided.
        checkpoint: Which check was made (查验环节).
        act: What was applied for.
        outcome: The strictest outcome of all findings.
        verdict: What the Order directs the office to do.
        effect: What the office may do with the application now.
        may_complete: Whether the registration may be completed: effect proceed, no obstacle.
        verified: Whether the tax check took place, also where tax turned out to be unpaid: some
            obligation rests on an answer, a verified paper or a class in law, and none on an
            outage. It does not mean that tax is in order, and is never true where the checkpoint
            does not govern the act.
        retryable: Whether a retry alone could lift all that holds.
        governing_on: Day whose law governs, China time.
        at: Instant of the check.
        case_no: The office's case number; null where it was not given.
        office: Name of the office; null where it was not given.
        division: Division code (行政区划代码) of the handling registrar.
        readings: Readings (释义选项) that were in force.
        findings: Every finding, strictest first.
        obstacles: Non-tax obstacles that stand.
        flags: Remarks that change neither verdict nor effect.
        referrals: Written reports due to the tax authority.
        remedies: What is missing to pass (补救途径): one entry per open obligation; all of them
            have to be remedied.
        notices: One notice per addressee and language.
    """

    taxgate: str
    checkpoint: Checkpoint
    act: str
    outcome: Outcome
    verdict: Verdict
    effect: Effect
    may_complete: bool
    verified: bool
    retryable: bool
    governing_on: date
    at: datetime
    case_no: str | None
    office: str | None
    division: Division
    readings: tuple[Reading, ...]
    findings: tuple[FindingEntry, ...]
    obstacles: tuple[ObstacleEntry, ...]
    flags: tuple[Flag, ...]
    referrals: tuple[ReferralEntry, ...]
    remedies: tuple[RemedyEntry, ...]
    notices: tuple[NoticeEntry, ...]


@frozen(kw_only=True)
class FaultEntry:
    """One fault (错误) of what was handed in.

    Attributes:
        path: JSON path of the place, from `$`.
        problem: What is wrong with it and what to do; never repeats the value.
    """

    path: str
    problem: str


@frozen(kw_only=True)
class ErrorDocument:
    """Why nothing was decided: what was handed in is wrong. It is never a verdict.

    Attributes:
        taxgate: Version of taxgate.
        faults: Every fault found, in document order.
    """

    taxgate: str
    faults: tuple[FaultEntry, ...]
