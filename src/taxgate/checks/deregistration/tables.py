"""The decision tables of the deregistration checkpoint (5.3): documents, papers and rulings.

Every matching row counts and the strictest outcome wins, so the rows on the simplified route stand
in tables of their own (`simplified`), each with one question; all of them read every case.
"""

from __future__ import annotations

from typing import Final

from ...findings import Outcome
from ...law.deregistration import (
    ADMINISTRATOR_DEREGISTERS,
    CANCEL_TAX_REGISTRATION_FIRST,
    CLEARANCE_AT_ONCE,
    CLEARANCE_SPARED,
    COURT_RULING,
    GENERAL_MATERIAL,
    NON_BUSINESS_TAXPAYERS,
    SETTLE_FIRST,
    SHARED_NOT_ASKED_AGAIN,
    TRUE_MATERIAL,
)
from ...law.order_307 import ART_17, ART_27_1, ART_27_2, ART_29, ART_30
from ...tables import Row, Table, when
from ...terms import Addressee, Flag, Reading, Step
from .actions import CLEARANCE_ACTIONS, REGISTRATION_ACTIONS, RULING_ACTIONS
from .duties import CLEARANCE_DUTY, OBJECTION_DUTY, SCOPE, ClearanceDuty
from .facts import (
    WORSE_DOCUMENT,
    Affairs,
    Body,
    CourtPaper,
    Declared,
    Document,
    RulingDoubt,
    Sparing,
    TaxRegistration,
)
from .simplified import OBSTACLE_TABLES, SIMPLIFIED_CLEARANCE, SIMPLIFIED_TABLES

_O: Final = Outcome
_D: Final = Document
_R: Final = TaxRegistration
_TAXPAYER: Final = (Addressee.TAXPAYER,)
_APPLICANT: Final = (Addressee.APPLICANT,)
_DOWN: Final = (_D.SOURCE_UNREACHABLE, _D.SOURCE_UNTRUSTED)
_LAW: Final = (ART_27_1, CANCEL_TAX_REGISTRATION_FIRST, SETTLE_FIRST, GENERAL_MATERIAL)
_G: Final = ClearanceDuty.GENERAL
_C: Final = ClearanceDuty.COURT
_REGISTRATION_DOWN: Final = (_R.SOURCE_UNREACHABLE, _R.SOURCE_UNTRUSTED)
_NO_PAPERS: Final = (_D.ABSENT, _D.WAIVED)
_NOT_JUDGED_BY_PAPERS: Final = (*_NO_PAPERS, *_DOWN)
"""Papers that fulfil nothing and contradict nothing: the registration decides."""

# fmt: off
GENERAL_CLEARANCE: Final[Table[Outcome]] = Table(
    name="deregistration/general-clearance",
    question=("普通程序：清税文书是否允许办理？", "General route: is the document in order?"),
    columns={
        "duty": tuple(ClearanceDuty),
        "document": tuple(Document),
        "affairs": tuple(Affairs),
        "sparing": tuple(Sparing),
    },
    worse={"document": WORSE_DOCUMENT},
    actions=CLEARANCE_ACTIONS,
    rows=(
        Row(("5.3",), when(duty=(ClearanceDuty.SIMPLIFIED, _C)), None,
            "deregistration/clearance/not-the-general-route"),
        Row(("D-01",), when(duty=_G, document=_D.VERIFIED),
            _O.SATISFIED, "deregistration/clearance/verified", (ART_27_1, GENERAL_MATERIAL)),
        Row(("D-16",), when(duty=_G, document=_D.WAIVED),
            _O.SATISFIED, "deregistration/clearance/waived", (ART_27_1, CLEARANCE_SPARED),
            flags=(Flag.CLEARANCE_WAIVED_BY_TAX,)),
        Row(("D-02",),
            when(duty=_G, document=_D.ABSENT, affairs=Affairs.NOT_ESTABLISHED,
                 sparing=Sparing.NONE),
            _O.NOTIFY, "deregistration/clearance/absent", _LAW,
            Step.OBTAIN_CLEARANCE, _TAXPAYER),
        Row(("D-18",),
            when(duty=_G, document=_D.ABSENT, affairs=Affairs.NOT_ESTABLISHED,
                 sparing=Sparing.OTHER_MATERIAL),
            _O.NOTIFY, "deregistration/clearance/not-spared", _LAW,
            Step.OBTAIN_CLEARANCE, _TAXPAYER),
        Row(("D-14",),
            when(duty=_G, document=_D.ABSENT, affairs=Affairs.NEVER, sparing=Sparing.NONE),
            _O.NOTIFY, "deregistration/clearance/never-had-tax-affairs",
            (ART_27_1, CLEARANCE_SPARED), Step.OBTAIN_CLEARANCE_AT_ONCE, _TAXPAYER),
        Row(("D-14", "D-18"),
            when(duty=_G, document=_D.ABSENT, affairs=Affairs.NEVER,
                 sparing=Sparing.OTHER_MATERIAL),
            _O.NOTIFY, "deregistration/clearance/never-had-tax-affairs",
            (ART_27_1, CLEARANCE_SPARED, GENERAL_MATERIAL),
            Step.OBTAIN_CLEARANCE_AT_ONCE, _TAXPAYER),
        Row(("D-03",), when(duty=_G, document=(_D.MISMATCH, _D.REVOKED)),
            _O.NOTIFY, "deregistration/clearance/{document}", _LAW,
            Step.OBTAIN_CLEARANCE, _TAXPAYER),
        Row(("D-03",), when(duty=_G, document=_D.CONFLICT),
            _O.NOTIFY, "deregistration/clearance/{document}", _LAW,
            Step.ASK_TAX_AUTHORITY, _TAXPAYER),
        Row(("D-30",), when(duty=_G, document=_DOWN),
            _O.CANNOT_VERIFY, "deregistration/clearance/{document}",
            (ART_17, ART_27_1, SHARED_NOT_ASKED_AGAIN), Step.RETRY, _APPLICANT, retryable=True),
        Row(("D-27",), when(duty=_G, document=_D.FORGED_SUSPECT),
            _O.REFUSE, "deregistration/clearance/{document}", (TRUE_MATERIAL, ART_29),
            Step.EXPLAIN_SUSPICION, _TAXPAYER),
    ),
)

COURT_CLEARANCE: Final[Table[Outcome]] = Table(
    name="deregistration/court-clearance",
    question=("凭法院裁定：清税文书是否允许办理？", "Court route: is the document in order?"),
    columns={
        "duty": tuple(ClearanceDuty),
        "document": tuple(Document),
        "ruling": tuple(CourtPaper),
    },
    worse={"document": WORSE_DOCUMENT},
    rows=(
        Row(("5.3",), when(duty=(ClearanceDuty.SIMPLIFIED, _G)), None,
            "deregistration/clearance/not-the-court-route"),
        Row(("D-01",), when(duty=_C, document=_D.VERIFIED),
            _O.SATISFIED, "deregistration/clearance/verified", (ART_27_1, GENERAL_MATERIAL)),
        Row(("D-16",), when(duty=_C, document=_D.WAIVED),
            _O.SATISFIED, "deregistration/clearance/waived", (ART_27_1, CLEARANCE_SPARED),
            flags=(Flag.CLEARANCE_WAIVED_BY_TAX,)),
        Row(("D-17",), when(duty=_C, document=_D.ABSENT, ruling=CourtPaper.ENDS_PROCEDURE),
            _O.NOTIFY, "deregistration/clearance/absent-after-ruling",
            (ART_27_1, COURT_RULING, CLEARANCE_AT_ONCE, ADMINISTRATOR_DEREGISTERS, ART_30),
            Step.OBTAIN_CLEARANCE_AT_ONCE, _TAXPAYER, flags=(Flag.COORDINATE_WITH_COURT,),
            under=(Reading.BANKRUPTCY_DIRECT, _O.SATISFIED)),
        Row(("D-33",), when(duty=_C, document=_D.ABSENT, ruling=CourtPaper.NOT_ESTABLISHED),
            _O.NOTIFY, "deregistration/clearance/ruling-not-established",
            (*_LAW, COURT_RULING, ADMINISTRATOR_DEREGISTERS, ART_30),
            Step.OBTAIN_CLEARANCE, _TAXPAYER, flags=(Flag.COORDINATE_WITH_COURT,)),
        Row(("D-03",), when(duty=_C, document=(_D.MISMATCH, _D.REVOKED)),
            _O.NOTIFY, "deregistration/clearance/{document}", _LAW,
            Step.OBTAIN_CLEARANCE, _TAXPAYER),
        Row(("D-03",), when(duty=_C, document=_D.CONFLICT),
            _O.NOTIFY, "deregistration/clearance/{document}", _LAW,
            Step.ASK_TAX_AUTHORITY, _TAXPAYER),
        Row(("D-30",), when(duty=_C, document=_DOWN),
            _O.CANNOT_VERIFY, "deregistration/clearance/{document}",
            (ART_17, ART_27_1, SHARED_NOT_ASKED_AGAIN), Step.RETRY, _APPLICANT, retryable=True),
        Row(("D-27",), when(duty=_C, document=_D.FORGED_SUSPECT),
            _O.REFUSE, "deregistration/clearance/{document}", (TRUE_MATERIAL, ART_29),
            Step.EXPLAIN_SUSPICION, _TAXPAYER),
    ),
)

RULING: Final[Table[Outcome]] = Table(
    name="deregistration/ruling",
    question=("法院裁定书的真伪是否存疑？", "Is the court ruling suspected to be forged?"),
    columns={"doubt": tuple(RulingDoubt)},
    actions=RULING_ACTIONS,
    rows=(
        Row(("D-27",), when(doubt=RulingDoubt.FORGED),
            _O.REFUSE, "deregistration/ruling/suspected", (ART_27_1, ART_27_2, TRUE_MATERIAL),
            Step.AUTHENTICATE_PAPERS, _TAXPAYER, flags=(Flag.INFORM_COURT,)),
        Row(("5.3",), when(doubt=RulingDoubt.NONE), None, "deregistration/ruling/no-suspicion"),
    ),
)

TAX_REGISTRATION: Final[Table[Outcome]] = Table(
    name="deregistration/tax-registration",
    question=("机构编制部门：税务登记是否允许办理？",
              "Staffing office: does the tax registration allow the act?"),
    columns={
        "document": tuple(Document),
        "registration": tuple(TaxRegistration),
        "declared": tuple(Declared),
        "body": tuple(Body),
    },
    worse={"document": WORSE_DOCUMENT},
    actions=REGISTRATION_ACTIONS,
    rows=(
        Row(("D-20",), when(document=_D.VERIFIED),
            _O.SATISFIED, "deregistration/tax-registration/cancelled", (ART_27_2,)),
        Row(("D-27",), when(document=_D.FORGED_SUSPECT),
            _O.REFUSE, "deregistration/tax-registration/{document}", (ART_27_2, ART_29),
            Step.EXPLAIN_SUSPICION, _TAXPAYER),
        Row(("D-24",),
            when(document=(*_NOT_JUDGED_BY_PAPERS, _D.MISMATCH, _D.REVOKED, _D.CONFLICT),
                 registration=_REGISTRATION_DOWN),
            _O.CANNOT_VERIFY, "deregistration/tax-registration/{registration}",
            (ART_17, ART_27_2), Step.RETRY, _APPLICANT, retryable=True),
        Row(("D-24",),
            when(document=_DOWN, registration=_R.REGISTERED),
            _O.CANNOT_VERIFY, "deregistration/tax-registration/{document}",
            (ART_17, ART_27_2), Step.RETRY, _APPLICANT, retryable=True),
        Row(("D-34",),
            when(document=(_D.MISMATCH, _D.REVOKED),
                 registration=(_R.REGISTERED, _R.NOT_REGISTERED, _R.CONFLICT)),
            _O.NOTIFY, "deregistration/tax-registration/papers-{document}",
            (ART_27_2, CANCEL_TAX_REGISTRATION_FIRST), Step.CANCEL_TAX_REGISTRATION, _TAXPAYER),
        Row(("D-34",),
            when(document=_D.CONFLICT,
                 registration=(_R.REGISTERED, _R.NOT_REGISTERED, _R.CONFLICT)),
            _O.NOTIFY, "deregistration/tax-registration/papers-contradicted",
            (ART_27_2, CANCEL_TAX_REGISTRATION_FIRST), Step.ASK_TAX_AUTHORITY, _TAXPAYER),
        Row(("1.3",), when(document=_NOT_JUDGED_BY_PAPERS, registration=_R.CONFLICT),
            _O.NOTIFY, "deregistration/tax-registration/{registration}", (ART_27_2,),
            Step.ASK_TAX_AUTHORITY, _TAXPAYER),
        Row(("D-21",),
            when(document=_NO_PAPERS, registration=_R.REGISTERED,
                 declared=(Declared.NOTHING, Declared.REGISTERED)),
            _O.NOTIFY, "deregistration/tax-registration/papers-required",
            (ART_27_2, CANCEL_TAX_REGISTRATION_FIRST, SETTLE_FIRST),
            Step.CANCEL_TAX_REGISTRATION, _TAXPAYER),
        # One side says registered, the other not: no papers will settle that.
        Row(("D-23",),
            when(document=_NO_PAPERS, registration=_R.REGISTERED, declared=Declared.NOT_REGISTERED),
            _O.NOTIFY, "deregistration/tax-registration/declared-otherwise", (ART_27_2,),
            Step.ASK_TAX_AUTHORITY, _TAXPAYER),
        Row(("D-23",),
            when(document=_NOT_JUDGED_BY_PAPERS, registration=_R.NOT_REGISTERED,
                 declared=Declared.REGISTERED),
            _O.NOTIFY, "deregistration/tax-registration/declared-otherwise", (ART_27_2,),
            Step.ASK_TAX_AUTHORITY, _TAXPAYER),
        Row(("D-22",),
            when(document=_NOT_JUDGED_BY_PAPERS, registration=_R.NOT_REGISTERED,
                 declared=(Declared.NOTHING, Declared.NOT_REGISTERED), body=Body.OTHER),
            _O.SATISFIED, "deregistration/tax-registration/never-registered", (ART_27_2,),
            flags=(Flag.TAX_NEVER_REGISTERED,)),
        Row(("D-25",),
            when(document=_NOT_JUDGED_BY_PAPERS, registration=_R.NOT_REGISTERED,
                 declared=(Declared.NOTHING, Declared.NOT_REGISTERED), body=Body.STATE_ORGAN),
            _O.SATISFIED, "deregistration/tax-registration/state-organ",
            (ART_27_2, NON_BUSINESS_TAXPAYERS), flags=(Flag.TAX_NEVER_REGISTERED,)),
    ),
)
# fmt: on

CLEARANCE_TABLES: Final = (GENERAL_CLEARANCE, COURT_CLEARANCE, SIMPLIFIED_CLEARANCE)
TABLES: Final = (
    SCOPE,
    CLEARANCE_DUTY,
    OBJECTION_DUTY,
    *CLEARANCE_TABLES,
    *SIMPLIFIED_TABLES,
    TAX_REGISTRATION,
    RULING,
    *OBSTACLE_TABLES,
)
