"""The closed vocabularies (术语) every other module speaks, and the published order of states.

Wire values equal enum values: kebab-case, public, never reused for another meaning. The
specification's UPPER_CASE names are the same names written for a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Checkpoint(StrEnum):
    """One of the four places (查验环节) where Order No. 307 makes an office check tax."""

    VEHICLE = "vehicle"
    PROPERTY_TITLE = "property-title"
    EQUITY_TRANSFER = "equity-transfer"
    DEREGISTRATION = "deregistration"


class Verdict(StrEnum):
    """What the Order, or the general duty to tell once, directs the office to do.

    Members are ordered by `Outcome`, not here. Every member is truthy: never test one for truth.
    """

    PASS = "pass"
    NOTIFY_TAXPAYER = "notify-taxpayer"
    BLOCK = "block"


class Effect(StrEnum):
    """What the office may do with the application now."""

    PROCEED = "proceed"
    HOLD = "hold"
    REFUSE = "refuse"


class Matter(StrEnum):
    """What an obligation is about and what an inquiry asks for: a tax, or a tax document."""

    VEHICLE_PURCHASE_TAX = "vehicle-purchase-tax"
    """Vehicle purchase tax (车辆购置税)."""
    VEHICLE_AND_VESSEL_TAX = "vehicle-and-vessel-tax"
    """Vehicle and vessel tax (车船税)."""
    DEED_TAX = "deed-tax"
    """Deed tax (契税)."""
    INDIVIDUAL_INCOME_TAX = "individual-income-tax"
    """Individual income tax (个人所得税)."""
    LAND_APPRECIATION_TAX = "land-appreciation-tax"
    """Land appreciation tax (土地增值税)."""
    OTHER_TAX = "other-tax"
    """VAT, surcharges, stamp tax and the rest (增值税、附加、印花税等): never asked for."""
    CLEARANCE = "clearance"
    """Clearance document (清税文书), waiver of it, and tax affairs of an entity."""
    TAX_OBJECTION = "tax-objection"
    """The tax authority's objection to a simplified deregistration (简易注销异议)."""
    TAX_REGISTRATION = "tax-registration"
    """Whether an entity is registered for tax (税务登记), and the papers that cancel it."""
    SEAL = "seal"
    """Seizure (查封) of real estate, and requests for assistance in execution (协助执行)."""
    COURT_EXECUTION = "court-execution"
    """Court papers (法院文书) that order or confirm a transfer."""
    APPLICATION = "application"
    """The application as a whole, for instance an act the checkpoint does not govern."""


class RecordStatus(StrEnum):
    """What one record of the tax authority, or one voucher, says of itself."""

    PAID = "paid"
    REDUCED_PAID = "reduced-paid"
    EXEMPT = "exempt"
    NOT_TAXABLE = "not-taxable"
    DECLARED_ZERO = "declared-zero"
    DEFERRED = "deferred"
    UNPAID = "unpaid"
    REFUNDED = "refunded"
    VOIDED = "voided"
    REVOKED = "revoked"
    NEVER_ISSUED = "never-issued"
    """The tax authority answers that it never issued the voucher."""
    ISSUED = "issued"
    """A clearance document (清税文书) was issued and stands."""
    WAIVED = "waived"
    """The tax authority states that no clearance document is needed."""
    NEVER_HAD_TAX_AFFAIRS = "never-had-tax-affairs"
    HAD_TAX_AFFAIRS = "had-tax-affairs"
    NO_OBJECTION = "no-objection"
    OBJECTED = "objected"
    OBJECTION_WITHDRAWN = "objection-withdrawn"
    REGISTERED_FOR_TAX = "registered-for-tax"
    NOT_REGISTERED_FOR_TAX = "not-registered-for-tax"


TAX_STATUSES: Final = frozenset(
    {
        RecordStatus.PAID,
        RecordStatus.REDUCED_PAID,
        RecordStatus.EXEMPT,
        RecordStatus.NOT_TAXABLE,
        RecordStatus.DECLARED_ZERO,
        RecordStatus.DEFERRED,
        RecordStatus.UNPAID,
        RecordStatus.REFUNDED,
        RecordStatus.VOIDED,
        RecordStatus.REVOKED,
        RecordStatus.NEVER_ISSUED,
    }
)
"""Statuses a record of a tax may have; the others are about clearance of an entity."""


class State(StrEnum):
    """Evidence status (证据状态) of one obligation, after every record and paper was weighed.

    The thirteen statuses of the specification, with the unreachable source split in two because
    "could not ask" and "cannot trust the answer" are different things, and one split of CONFLICT
    that a reading needs.
    """

    PAID = "paid"
    REDUCED_PAID = "reduced-paid"
    EXEMPT = "exempt"
    NOT_TAXABLE = "not-taxable"
    DECLARED_ZERO = "declared-zero"
    DEFERRED = "deferred"
    UNPAID = "unpaid"
    NONE_FOUND = "none-found"
    KEY_MISMATCH = "key-mismatch"
    CONFLICT = "conflict"
    OWNER_MISMATCH = "owner-mismatch"
    """A conflict in nothing but the taxpayer: same vehicle, another comparable person."""
    INVALID = "invalid"
    FORGED_SUSPECT = "forged-suspect"
    SOURCE_UNREACHABLE = "source-unreachable"
    SOURCE_UNTRUSTED = "source-untrusted"


class Reach(StrEnum):
    """Whether the Order reaches an act at all (Order Art. 2 para. 1, Art. 34)."""

    IN = "in"
    BEFORE_EFFECTIVE_DATE = "before-effective-date"
    OUTSIDE_SHANXI = "outside-shanxi"


class Basis(StrEnum):
    """What an obligation's state rests on (依据来源)."""

    ANSWER = "answer"
    VERIFIED_PAPER = "verified-paper"
    CLASS_IN_LAW = "class-in-law"
    """Outside the tax by a class the statute names, worked out from the facts."""
    REGISTER = "register"
    """The office's own register or file; no tax source was needed."""
    OFFICER = "officer"
    """An officer's finding."""
    OUTAGE = "outage"


class Reading(StrEnum):
    """A reading (释义选项): a lawful alternative an office may switch on; all are off by default.

    Each changes the conclusion of named rows only, never a condition.
    """

    VVT_ALL_REGISTRATIONS_STRICT = "vvt_all_registrations_strict"
    EXEMPT_LOSS_STRICT = "exempt_loss_strict"
    VPT_OWNER_MISMATCH_STRICT = "vpt_owner_mismatch_strict"
    IIT_STRICT = "iit_strict"
    DEED_STATUTORY_EXEMPTION_HOLD = "deed_statutory_exemption_hold"
    EQUITY_STRICT = "equity_strict"
    BANKRUPTCY_DIRECT = "bankruptcy_direct"


class Flag(StrEnum):
    """A remark on a decision that changes neither verdict nor effect."""

    NATIONAL_LAW_STILL_BINDS = "national-law-still-binds"
    TAX_PLACE_DIFFERS = "tax-place-differs"
    STAKE_LARGER_THAN_APPLIED = "stake-larger-than-applied"
    DOCUMENT_NOT_USED = "document-not-used"
    LAND_DEED_TAX_UNKNOWN = "land-deed-tax-unknown"
    CLEARANCE_WAIVED_BY_TAX = "clearance-waived-by-tax"
    TAX_NEVER_REGISTERED = "tax-never-registered"
    EXECUTE_REQUEST = "execute-request"
    """The act itself is to record, renew or lift the seal as requested."""
    WAITING_SEAL = "waiting-seal"
    """The seal is recorded as waiting behind one already in force (轮候查封)."""
    RECORD_SEAL_FIRST = "record-seal-first"
    RECORD_TRANSFER_FIRST = "record-transfer-first"
    INFORM_TAX_AUTHORITY = "inform-tax-authority"
    """Tell the tax authority by information sharing (Order Art. 9); not a referral."""
    INFORM_COURT = "inform-court"
    """Tell the executing court in writing at once."""
    COORDINATE_WITH_COURT = "coordinate-with-court"
    """Tax authority and court coordinate an auction or a bankruptcy (Order Art. 30)."""
    ESCALATE = "escalate"
    CHECK_AGAIN_LATER = "check-again-later"
    DECIDE_ON_REPUBLICITY = "decide-on-republicity"
    ADVISORY_OPERATOR_TAX = "advisory-operator-tax"
    """Outside this checkpoint, but taxes must be settled all the same (条例 Art. 13)."""


class ObstacleKind(StrEnum):
    """A non-tax obstacle (非税障碍): the act waits for it, the tax verdict does not change."""

    VEHICLE_SEIZED = "vehicle-seized"
    SEAL_IN_FORCE = "seal-in-force"
    EQUITY_FROZEN = "equity-frozen"
    PUBLICITY_RUNNING = "publicity-running"
    PUBLICITY_MISSING = "publicity-missing"
    OBJECTION_PERIOD_RUNNING = "objection-period-running"
    APPLIED_LATE = "applied-late"
    ROUTE_NOT_OPEN = "route-not-open"
    OTHER_OBJECTION = "other-objection"


class Step(StrEnum):
    """What cures a finding (补救事项), in the terms of a notice."""

    NONE = "none"
    PAY_OR_FILE = "pay-or-file"
    OBTAIN_EXEMPTION_RECORD = "obtain-exemption-record"
    OBTAIN_TAX_RECORD = "obtain-tax-record"
    """Ask the tax authority for its record of the deal: not taxed, exempt, zero or paid."""
    OBTAIN_CLEARANCE = "obtain-clearance"
    OBTAIN_CLEARANCE_AT_ONCE = "obtain-clearance-at-once"
    """The tax authority issues the clearance document at once in this situation."""
    CANCEL_TAX_REGISTRATION = "cancel-tax-registration"
    SETTLE_OBJECTION = "settle-objection"
    LIFT_OBJECTION = "lift-objection"
    WAIT = "wait"
    CORRECT_DATA = "correct-data"
    ASK_TAX_AUTHORITY = "ask-tax-authority"
    REMIT_WITHHELD = "remit-withheld"
    SHOW_GROUND = "show-ground"
    RETRY = "retry"
    AUTHENTICATE_PAPERS = "authenticate-papers"
    COMPLETE_PAPERS = "complete-papers"
    LIFT_SEAL = "lift-seal"
    ASK_SEALING_AUTHORITY = "ask-sealing-authority"
    HAND_OVER_DISPOSAL = "hand-over-disposal"
    EXPLAIN_SUSPICION = "explain-suspicion"


class Addressee(StrEnum):
    """Who is told (告知对象). Whom it means in a case, the obligation says."""

    TAXPAYER = "taxpayer"
    """The party the tax falls on (纳税人)."""
    WITHHOLDING_AGENT = "withholding-agent"
    """The party that has to withhold (扣缴义务人)."""
    TRANSFEREE = "transferee"
    APPLICANT = "applicant"
    TAX_AUTHORITY = "tax-authority"
    SEALING_AUTHORITY = "sealing-authority"
    COURT = "court"


class Actor(StrEnum):
    """Who can change a fact (可采取行动者); a fact no action names, nobody can change."""

    TAXPAYER = "taxpayer"
    """The party the tax falls on, or the entity itself."""
    WITHHOLDING_AGENT = "withholding-agent"
    TAX_AUTHORITY = "tax-authority"
    OFFICE = "office"
    """The registration office."""
    OTHER_AUTHORITY = "other-authority"
    """A court or another authority that sealed, froze or ordered."""
    TIME = "time"


class Language(StrEnum):
    """Languages of notices and explanations; a clerk sees zh-CN by default."""

    ZH_CN = "zh-CN"
    EN = "en"


OK: Final = frozenset(
    {
        State.PAID,
        State.REDUCED_PAID,
        State.EXEMPT,
        State.NOT_TAXABLE,
        State.DECLARED_ZERO,
    }
)
"""States that fulfil a tax; where a tax does not accept one, appraisal made it CONFLICT."""

MISSING: Final = frozenset({State.UNPAID, State.NONE_FOUND, State.KEY_MISMATCH, State.INVALID})
"""States that rows call "missing"."""

OUTAGE: Final = frozenset({State.SOURCE_UNREACHABLE, State.SOURCE_UNTRUSTED})
"""States of a check that did not take place, or whose answer cannot be trusted."""


def _published_order() -> Mapping[State, frozenset[State]]:
    absent = frozenset({State.NONE_FOUND, State.KEY_MISMATCH})
    owed = frozenset({State.UNPAID, State.INVALID})
    rest = frozenset(State) - OK
    worse: dict[State, frozenset[State]] = {}
    for state in State:
        if state in OK:
            worse[state] = rest
        elif state in absent:
            worse[state] = owed | {State.FORGED_SUSPECT}
        elif state is State.FORGED_SUSPECT:
            worse[state] = frozenset()
        else:
            worse[state] = frozenset({State.FORGED_SUSPECT})
    return MappingProxyType(worse)


WORSE_THAN: Final = _published_order()
"""The published partial order: each state with the states that are worse than it.

Nothing found is worse than fulfilled; positively owed is worse than nothing found; a suspected
forgery is worse than all. An outage, a conflict and a deferral are worse than fulfilled and better
than forged, and otherwise not compared: they say other things. Every table is proved monotone in
this order when it is built.
"""
